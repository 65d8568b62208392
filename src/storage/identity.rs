//! Who people are at providers of identities, and browsers that have been sent there.

use crate::domain::Redacted;
use crate::domain::Timestamp;
use crate::storage::Actor;
use crate::storage::StoreError;
use crate::storage::UserId;
use async_trait::async_trait;

/// What signing in by OpenID Connect needs.
#[async_trait]
pub trait IdentityStore: Send + Sync {
    /// Ties a person to a subject at a provider, in place of the one before there, ends the person's sessions and tells the
    /// journal. `Ok(false)`: the subject belongs to somebody else.
    async fn tie(
        &self,
        provider: &str,
        subject: &Redacted<String>,
        user: UserId,
        by: &Actor,
        now: Timestamp,
    ) -> Result<bool, StoreError>;

    /// The providers that a person is tied to, and since when.
    async fn ties(&self, user: UserId) -> Result<Vec<(String, Timestamp)>, StoreError>;

    /// Takes away the tie to a provider, ends the person's sessions and tells the journal. `Ok(false)`: there is none.
    async fn untie(&self, user: UserId, provider: &str, by: &Actor, now: Timestamp) -> Result<bool, StoreError>;

    /// Whose a subject is.
    async fn identity(&self, provider: &str, subject: &Redacted<String>) -> Result<Option<UserId>, StoreError>;

    /// Remembers that a browser has been sent to a provider; forgets those that have not come back in time.
    async fn add_attempt(&self, attempt: &Attempt, now: Timestamp) -> Result<(), StoreError>;

    /// Takes out an attempt that began in this browser: exactly one caller gets it, once, before it expires. Brought by
    /// another browser it stays for the right one.
    async fn take_attempt(
        &self,
        state_sha256: [u8; 32],
        browser_sha256: [u8; 32],
        now: Timestamp,
    ) -> Result<Option<Attempt>, StoreError>;

    /// Counts a failed attempt to sign in from a network address; returns how many there have been since `since`.
    async fn count_failed_address(&self, address: &str, now: Timestamp, since: Timestamp) -> Result<u64, StoreError>;

    /// How many failed attempts there have been from there since `since`.
    async fn failed_from(&self, address: &str, since: Timestamp) -> Result<u64, StoreError>;

    /// What only this store makes of what a browser carries, so that what it brings back is known to be ours. `None`: the store
    /// has no keys.
    fn browser_tag(&self, carried: &[u8]) -> Option<Vec<u8>>;
}

/// A browser that has been sent to a provider and is to come back.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Attempt {
    pub state_sha256: [u8; 32],
    /// The provider's name in the configuration.
    pub provider: String,
    pub nonce: String,
    /// PKCE.
    pub verifier: Redacted<String>,
    /// Of the cookie of the browser that was sent.
    pub browser_sha256: [u8; 32],
    /// Where in the inbox to go afterwards.
    pub back: String,
    /// Of the one-time link that is being used, when it is one.
    pub link_sha256: Option<[u8; 32]>,
    /// Who must come back, when somebody proves anew who they are.
    pub user: Option<UserId>,
    /// Earliest moment of signing in that is enough.
    pub not_before: Timestamp,
    pub expires: Timestamp,
}
