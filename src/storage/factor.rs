//! Second factors of local accounts: one-time codes, recovery codes, passkeys.

use crate::domain::Redacted;
use crate::domain::Timestamp;
use crate::storage::StoreError;
use crate::storage::UserId;
use async_trait::async_trait;

/// What a second factor needs.
#[async_trait]
pub trait FactorStore: Send + Sync {
    /// The authenticator of a person, when there is one.
    async fn authenticator(&self, user: UserId) -> Result<Option<Authenticator>, StoreError>;

    /// Keeps a new secret that the person has not shown a code of yet. The one that is in use stays until then.
    async fn begin_authenticator(&self, user: UserId, secret: &Redacted<Vec<u8>>) -> Result<(), StoreError>;

    /// The secret that waits for its first code.
    async fn begun_authenticator(&self, user: UserId) -> Result<Option<Redacted<Vec<u8>>>, StoreError>;

    /// Takes the begun secret into use, with new recovery codes by their hashes; older ones work no more.
    async fn confirm_authenticator(
        &self,
        user: UserId,
        step: i64,
        codes_sha256: &[[u8; 32]],
        now: Timestamp,
    ) -> Result<(), StoreError>;

    /// Uses the code of `step`: exactly once, and none older afterwards.
    async fn use_step(&self, user: UserId, step: i64) -> Result<bool, StoreError>;

    /// Uses a recovery code: exactly once.
    async fn use_recovery_code(&self, user: UserId, sha256: [u8; 32], now: Timestamp) -> Result<bool, StoreError>;

    /// Takes away every second factor of a person, and ends the sessions and the unused links: the operator's way out when all
    /// is lost.
    async fn reset_factors(&self, user: UserId) -> Result<(), StoreError>;

    /// Takes away the authenticator and its recovery codes, of one who has another way in. `Ok(false)`: there is none.
    async fn remove_authenticator(&self, user: UserId) -> Result<bool, StoreError>;

    /// `Ok(false)`: the credential is known already.
    async fn add_passkey(&self, passkey: &Passkey, now: Timestamp) -> Result<bool, StoreError>;

    async fn passkeys(&self, user: UserId) -> Result<Vec<Passkey>, StoreError>;

    async fn passkey(&self, credential: &[u8]) -> Result<Option<Passkey>, StoreError>;

    /// Moves the counter on. `Ok(false)`: it had been there already; the key may have been copied.
    async fn use_passkey(&self, credential: &[u8], signatures: u32, now: Timestamp) -> Result<bool, StoreError>;

    /// Takes a passkey of that person away.
    async fn remove_passkey(&self, user: UserId, credential: &[u8]) -> Result<bool, StoreError>;
}

/// A secret that makes one-time codes by the clock.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Authenticator {
    /// Sealed at rest.
    pub secret: Redacted<Vec<u8>>,
    /// The step of the newest code that was used.
    pub last_step: i64,
    /// Recovery codes that have not been used.
    pub codes_left: u64,
}

/// A public key on somebody's device.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Passkey {
    pub credential: Vec<u8>,
    pub user: UserId,
    /// What the person calls it.
    pub name: String,
    /// SubjectPublicKeyInfo, DER.
    pub public_key: Vec<u8>,
    /// COSE: -7 (ES256), -8 (EdDSA), -257 (RS256).
    pub algorithm: i64,
    /// The authenticator's counter; 0 when it does not count.
    pub signatures: u32,
}
