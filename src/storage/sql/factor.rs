//! Second factors: one-time codes, recovery codes, passkeys.

use super::SqlStore;
use super::account::end_links;
use super::engine::Engine;
use super::engine::Record;
use super::engine::values;
use crate::domain::Redacted;
use crate::domain::Timestamp;
use crate::storage::Authenticator;
use crate::storage::FactorStore;
use crate::storage::Passkey;
use crate::storage::StoreError;
use crate::storage::UserId;
use crate::storage::seal::Place;
use async_trait::async_trait;

const fn secret_place(user: &UserId) -> Place<'_> {
    Place { table: "authenticators", column: "secret", row: user.0.as_bytes() }
}

#[async_trait]
impl<E: Engine> FactorStore for SqlStore<E> {
    async fn authenticator(&self, user: UserId) -> Result<Option<Authenticator>, StoreError> {
        let sql = "-- authenticator
SELECT secret, last_step, (SELECT COUNT(*) FROM recovery_codes WHERE user_id = $1 AND used_at IS NULL) AS codes_left
FROM authenticators
WHERE user_id = $1 AND secret IS NOT NULL";
        let found = self.ask("authenticators", sql, values![user.0]).await?;
        let Some(found) = found.first() else { return Ok(None) };
        let secret = self.sealer.open_secret(secret_place(&user), &found.bytes("secret")?)?;
        Ok(Some(Authenticator {
            secret: Redacted::new(secret),
            last_step: found.integer("last_step")?,
            codes_left: found.count("codes_left")?,
        }))
    }

    async fn begin_authenticator(&self, user: UserId, secret: &Redacted<Vec<u8>>) -> Result<(), StoreError> {
        let mut work = self.pools.work().await?;
        let sealed = self.sealer.seal_secret(secret_place(&user), secret.reveal());
        let sql = "-- begin_authenticator
INSERT INTO authenticators (user_id, begun, last_step)
VALUES ($1, $2, 0)
ON CONFLICT (user_id) DO UPDATE SET begun = excluded.begun";
        work.execute(sql, values![user.0, sealed]).await?;
        work.commit().await
    }

    async fn begun_authenticator(&self, user: UserId) -> Result<Option<Redacted<Vec<u8>>>, StoreError> {
        let sql = "SELECT begun FROM authenticators WHERE user_id = $1";
        let found = self.ask("authenticators", sql, values![user.0]).await?;
        let Some(sealed) = found.first().map(|it| it.bytes_if_any("begun")).transpose()?.flatten() else {
            return Ok(None);
        };
        Ok(Some(Redacted::new(self.sealer.open_secret(secret_place(&user), &sealed)?)))
    }

    async fn confirm_authenticator(
        &self,
        user: UserId,
        step: i64,
        codes_sha256: &[[u8; 32]],
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut work = self.pools.work().await?;
        let sql = "-- confirm_authenticator
UPDATE authenticators
SET secret = begun, begun = NULL, confirmed_at = $1, last_step = $2
WHERE user_id = $3 AND begun IS NOT NULL";
        if work.execute(sql, values![now, step, user.0]).await? != 1 {
            return Err(StoreError::Absent);
        }
        work.execute("DELETE FROM recovery_codes WHERE user_id = $1", values![user.0]).await?;
        for code in codes_sha256 {
            let sql = "INSERT INTO recovery_codes (user_id, code_sha256) VALUES ($1, $2)";
            work.execute(sql, values![user.0, *code]).await?;
        }
        work.commit().await
    }

    async fn use_step(&self, user: UserId, step: i64) -> Result<bool, StoreError> {
        let mut work = self.pools.work().await?;
        let sql =
            "UPDATE authenticators SET last_step = $1 WHERE user_id = $2 AND secret IS NOT NULL AND last_step < $1";
        let used = work.execute(sql, values![step, user.0]).await?;
        work.commit().await?;
        Ok(used == 1)
    }

    async fn use_recovery_code(&self, user: UserId, sha256: [u8; 32], now: Timestamp) -> Result<bool, StoreError> {
        let mut work = self.pools.work().await?;
        let sql = "-- use_recovery_code
UPDATE recovery_codes
SET used_at = $1
WHERE user_id = $2 AND code_sha256 = $3 AND used_at IS NULL";
        let used = work.execute(sql, values![now, user.0, sha256]).await?;
        work.commit().await?;
        Ok(used == 1)
    }

    async fn reset_factors(&self, user: UserId) -> Result<(), StoreError> {
        let mut work = self.pools.work().await?;
        work.execute("DELETE FROM recovery_codes WHERE user_id = $1", values![user.0]).await?;
        work.execute("DELETE FROM authenticators WHERE user_id = $1", values![user.0]).await?;
        work.execute("DELETE FROM passkeys WHERE user_id = $1", values![user.0]).await?;
        work.execute("DELETE FROM sessions WHERE user_id = $1", values![user.0]).await?;
        end_links(&mut work, user).await?;
        work.commit().await
    }

    async fn remove_authenticator(&self, user: UserId) -> Result<bool, StoreError> {
        let mut work = self.pools.work().await?;
        work.execute("DELETE FROM recovery_codes WHERE user_id = $1", values![user.0]).await?;
        let removed = work.execute("DELETE FROM authenticators WHERE user_id = $1", values![user.0]).await?;
        work.commit().await?;
        Ok(removed == 1)
    }

    async fn add_passkey(&self, passkey: &Passkey, now: Timestamp) -> Result<bool, StoreError> {
        let mut work = self.pools.work().await?;
        let sql = "-- add_passkey
INSERT INTO passkeys (credential, user_id, name, public_key, algorithm, signatures, added_at)
VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (credential) DO NOTHING";
        let Passkey { credential, user, name, public_key, algorithm, signatures } = passkey;
        let (credential, public_key) = (credential.clone(), public_key.clone());
        let values = values![credential, user.0, name.as_str(), public_key, *algorithm, *signatures, now];
        let added = work.execute(sql, values).await?;
        work.commit().await?;
        Ok(added == 1)
    }

    async fn passkeys(&self, user: UserId) -> Result<Vec<Passkey>, StoreError> {
        let sql = "-- passkeys
SELECT credential, user_id, name, public_key, algorithm, signatures
FROM passkeys
WHERE user_id = $1
ORDER BY added_at, credential";
        self.ask("passkeys", sql, values![user.0]).await?.iter().map(passkey).collect()
    }

    async fn passkey(&self, credential: &[u8]) -> Result<Option<Passkey>, StoreError> {
        let sql = "-- passkey
SELECT credential, user_id, name, public_key, algorithm, signatures
FROM passkeys
WHERE credential = $1";
        let found = self.ask("passkeys", sql, values![credential.to_vec()]).await?;
        found.first().map(passkey).transpose()
    }

    async fn use_passkey(&self, credential: &[u8], signatures: u32, now: Timestamp) -> Result<bool, StoreError> {
        let mut work = self.pools.work().await?;
        let sql = "-- use_passkey
UPDATE passkeys
SET signatures = $1, used_at = $2
WHERE credential = $3 AND (signatures < $1 OR (signatures = 0 AND $1 = 0))";
        let used = work.execute(sql, values![signatures, now, credential.to_vec()]).await?;
        work.commit().await?;
        Ok(used == 1)
    }

    async fn remove_passkey(&self, user: UserId, credential: &[u8]) -> Result<bool, StoreError> {
        let mut work = self.pools.work().await?;
        let sql = "DELETE FROM passkeys WHERE user_id = $1 AND credential = $2";
        let removed = work.execute(sql, values![user.0, credential.to_vec()]).await?;
        work.commit().await?;
        Ok(removed == 1)
    }
}

fn passkey<E: Engine>(record: &Record<E>) -> Result<Passkey, StoreError> {
    Ok(Passkey {
        credential: record.bytes("credential")?,
        user: UserId(record.uuid("user_id")?),
        name: record.text("name")?,
        public_key: record.bytes("public_key")?,
        algorithm: record.integer("algorithm")?,
        signatures: record.count("signatures")?,
    })
}
