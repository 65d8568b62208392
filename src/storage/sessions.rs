//! Where a person is signed in, and ending it from elsewhere.

use crate::domain::Timestamp;
use crate::storage::Session;
use crate::storage::StoreError;
use crate::storage::UserId;
use async_trait::async_trait;

/// All sessions of a person, where [`AccountStore`](crate::storage::AccountStore) knows them one by one.
#[async_trait]
pub trait SessionStore: Send + Sync {
    /// The sessions of `user` that have not reached their end, the one used last first.
    async fn sessions_of(&self, user: UserId, now: Timestamp) -> Result<Vec<Session>, StoreError>;

    /// Ends the sessions of `user`, all but the one with the token `but`, and the links that the person has not used. Returns how
    /// many sessions there were.
    async fn end_sessions(&self, user: UserId, but: Option<[u8; 32]>) -> Result<u64, StoreError>;

    /// Ends everybody's sessions and unused links. Returns how many sessions there were.
    async fn end_all_sessions(&self) -> Result<u64, StoreError>;

    /// Whose session it is and when it was last used, when the person has come all the way in. Asking is not using it.
    async fn whose_session(
        &self,
        token_sha256: [u8; 32],
        now: Timestamp,
    ) -> Result<Option<(UserId, Timestamp)>, StoreError>;
}
