//! Identities at providers, browsers on their way there, and where failed attempts came from.

use super::SqlStore;
use super::account::end_links;
use super::account::may_sign_in;
use super::engine::Engine;
use super::engine::values;
use super::work::Work;
use crate::domain::Redacted;
use crate::domain::Timestamp;
use crate::storage::Actor;
use crate::storage::Attempt;
use crate::storage::IdentityStore;
use crate::storage::NewJournalLine;
use crate::storage::StoreError;
use crate::storage::UserId;
use async_trait::async_trait;

#[async_trait]
impl<E: Engine> IdentityStore for SqlStore<E> {
    async fn tie(
        &self,
        provider: &str,
        subject: &Redacted<String>,
        user: UserId,
        by: &Actor,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut work = self.pools.work().await?;
        may_sign_in(&mut work, user).await?;
        let subject = self.sealer.subject_index(subject.reveal());
        let sql = "SELECT 1 AS one FROM identities WHERE provider = $1 AND subject_index = $2 AND user_id <> $3";
        if !work.fetch("identities", sql, values![provider, subject.clone(), user.0]).await?.is_empty() {
            return Ok(false);
        }
        let sql = "DELETE FROM identities WHERE provider = $1 AND user_id = $2";
        work.execute(sql, values![provider, user.0]).await?;
        let sql = "-- tie
INSERT INTO identities (provider, subject_index, user_id, added_at)
VALUES ($1, $2, $3, $4)
ON CONFLICT DO NOTHING";
        // Somebody else was tied to it at the same moment.
        if work.execute(sql, values![provider, subject, user.0, now]).await? != 1 {
            return Ok(false);
        }
        changed(&mut work, user, provider, "identity_tied", by, now).await?;
        work.commit().await?;
        Ok(true)
    }

    async fn ties(&self, user: UserId) -> Result<Vec<(String, Timestamp)>, StoreError> {
        let sql = "SELECT provider, added_at FROM identities WHERE user_id = $1 ORDER BY added_at, provider";
        let found = self.ask("identities", sql, values![user.0]).await?;
        found.iter().map(|it| Ok((it.text("provider")?, it.time("added_at")?))).collect()
    }

    async fn untie(&self, user: UserId, provider: &str, by: &Actor, now: Timestamp) -> Result<bool, StoreError> {
        let mut work = self.pools.work().await?;
        let sql = "DELETE FROM identities WHERE provider = $1 AND user_id = $2";
        if work.execute(sql, values![provider, user.0]).await? == 0 {
            return Ok(false);
        }
        changed(&mut work, user, provider, "identity_untied", by, now).await?;
        work.commit().await?;
        Ok(true)
    }

    async fn identity(&self, provider: &str, subject: &Redacted<String>) -> Result<Option<UserId>, StoreError> {
        let sql = "SELECT user_id FROM identities WHERE provider = $1 AND subject_index = $2";
        let subject = self.sealer.subject_index(subject.reveal());
        let found = self.ask("identities", sql, values![provider, subject]).await?;
        found.first().map(|it| it.uuid("user_id").map(UserId)).transpose()
    }

    async fn add_attempt(&self, attempt: &Attempt, now: Timestamp) -> Result<(), StoreError> {
        let mut work = self.pools.work().await?;
        work.execute("DELETE FROM attempts WHERE expires <= $1", values![now]).await?;
        let sql = "-- add_attempt
INSERT INTO attempts (state_sha256, provider, nonce, verifier, browser_sha256, back, link_sha256, user_id, not_before,
    expires)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
        let values = values![
            attempt.state_sha256,
            attempt.provider.as_str(),
            attempt.nonce.as_str(),
            attempt.verifier.reveal().as_str(),
            attempt.browser_sha256,
            attempt.back.as_str(),
            attempt.link_sha256.map(Vec::from),
            attempt.user.map(|it| it.0),
            attempt.not_before,
            attempt.expires
        ];
        work.execute(sql, values).await?;
        work.commit().await
    }

    async fn take_attempt(
        &self,
        state_sha256: [u8; 32],
        browser_sha256: [u8; 32],
        now: Timestamp,
    ) -> Result<Option<Attempt>, StoreError> {
        let mut work = self.pools.work().await?;
        let sql = "-- take_attempt
DELETE FROM attempts
WHERE state_sha256 = $1 AND expires > $2 AND browser_sha256 = $3
RETURNING provider, nonce, verifier, browser_sha256, back, link_sha256, user_id, not_before, expires";
        let taken = work.fetch("attempts", sql, values![state_sha256, now, browser_sha256]).await?;
        let Some(taken) = taken.first() else { return Ok(None) };
        let link_sha256 = match taken.bytes_if_any("link_sha256")? {
            Some(bytes) => Some(bytes.try_into().map_err(|_| taken.fault("link_sha256"))?),
            None => None,
        };
        let attempt = Attempt {
            state_sha256,
            provider: taken.text("provider")?,
            nonce: taken.text("nonce")?,
            verifier: Redacted::new(taken.text("verifier")?),
            browser_sha256: taken.hash("browser_sha256")?,
            back: taken.text("back")?,
            link_sha256,
            user: taken.uuid_if_any("user_id")?.map(UserId),
            not_before: taken.time("not_before")?,
            expires: taken.time("expires")?,
        };
        work.commit().await?;
        Ok(Some(attempt))
    }

    async fn count_failed_address(&self, address: &str, now: Timestamp, since: Timestamp) -> Result<u64, StoreError> {
        let address = self.sealer.address_index(address);
        let mut work = self.pools.work().await?;
        // What lies before the time that counts is of no use to anybody.
        work.execute("DELETE FROM failed_addresses WHERE at < $1", values![since]).await?;
        let sql = "INSERT INTO failed_addresses (address_index, at) VALUES ($1, $2)";
        work.execute(sql, values![address.clone(), now]).await?;
        let counted = work.fetch("failed_addresses", COUNT_FAILED, values![address, since]).await?;
        let count = counted.first().map_or(Ok(0), |it| it.count("count"))?;
        work.commit().await?;
        Ok(count)
    }

    async fn failed_from(&self, address: &str, since: Timestamp) -> Result<u64, StoreError> {
        let values = values![self.sealer.address_index(address), since];
        let counted = self.ask("failed_addresses", COUNT_FAILED, values).await?;
        counted.first().map_or(Ok(0), |it| it.count("count"))
    }

    fn browser_tag(&self, carried: &[u8]) -> Option<Vec<u8>> {
        self.sealer.browser_tag(carried)
    }
}

/// What follows when a person is somebody else at a provider, or nobody: the sessions end, and the journal tells whose it was.
async fn changed<E: Engine>(
    work: &mut Work<E>,
    user: UserId,
    provider: &str,
    action: &'static str,
    by: &Actor,
    now: Timestamp,
) -> Result<(), StoreError> {
    work.execute("DELETE FROM sessions WHERE user_id = $1", values![user.0]).await?;
    end_links(work, user).await?;
    let found = work.fetch("users", "SELECT login FROM users WHERE id = $1", values![user.0]).await?;
    let login = found.first().ok_or(StoreError::Absent)?.text("login")?;
    let detail = format!("{login}: {provider}");
    work.tell(NewJournalLine { at: now, actor: by.clone(), action, message: None, detail });
    Ok(())
}

const COUNT_FAILED: &str = "SELECT COUNT(*) AS count FROM failed_addresses WHERE address_index = $1 AND at >= $2";
