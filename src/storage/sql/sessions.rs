//! Where a person is signed in, and ending it from elsewhere.

use super::SqlStore;
use super::account::end_links;
use super::engine::Engine;
use super::engine::Record;
use super::engine::values;
use crate::domain::Redacted;
use crate::domain::Timestamp;
use crate::storage::Session;
use crate::storage::SessionStore;
use crate::storage::StoreError;
use crate::storage::UserId;
use async_trait::async_trait;

#[async_trait]
impl<E: Engine> SessionStore for SqlStore<E> {
    async fn sessions_of(&self, user: UserId, now: Timestamp) -> Result<Vec<Session>, StoreError> {
        let sql = "-- sessions_of
SELECT token_sha256, created_at, seen_at, expires, form_secret, method, stage, factors, provider, level, proved_at,
    id_token
FROM sessions
WHERE user_id = $1 AND expires > $2
ORDER BY seen_at DESC, token_sha256";
        let found = self.ask("sessions", sql, values![user.0, now]).await?;
        let session = |it: &Record<E>| {
            let token_sha256 = it.hash("token_sha256")?;
            Ok(Session {
                proof: self.proof(&token_sha256, it)?,
                token_sha256,
                user,
                created_at: it.time("created_at")?,
                seen_at: it.time("seen_at")?,
                expires: it.time("expires")?,
                form_secret: Redacted::new(it.text("form_secret")?),
            })
        };
        found.iter().map(session).collect()
    }

    async fn end_sessions(&self, user: UserId, but: Option<[u8; 32]>) -> Result<u64, StoreError> {
        let mut work = self.pools.work().await?;
        let ended = match but {
            Some(but) => {
                let sql = "DELETE FROM sessions WHERE user_id = $1 AND token_sha256 <> $2";
                work.execute(sql, values![user.0, but]).await?
            }
            None => work.execute("DELETE FROM sessions WHERE user_id = $1", values![user.0]).await?,
        };
        end_links(&mut work, user).await?;
        work.commit().await?;
        Ok(ended)
    }

    async fn end_all_sessions(&self) -> Result<u64, StoreError> {
        let mut work = self.pools.work().await?;
        let ended = work.execute("DELETE FROM sessions", values![]).await?;
        work.execute("DELETE FROM links WHERE used_at IS NULL", values![]).await?;
        work.commit().await?;
        Ok(ended)
    }

    async fn whose_session(
        &self,
        token_sha256: [u8; 32],
        now: Timestamp,
    ) -> Result<Option<(UserId, Timestamp)>, StoreError> {
        let sql = "-- whose_session
SELECT s.user_id, s.seen_at
FROM sessions AS s
INNER JOIN users AS u ON u.id = s.user_id
WHERE s.token_sha256 = $1 AND s.expires > $2 AND s.stage = 'whole' AND u.ended_at IS NULL";
        let found = self.ask("sessions", sql, values![token_sha256, now]).await?;
        found.first().map(|it| Ok((UserId(it.uuid("user_id")?), it.time("seen_at")?))).transpose()
    }
}
