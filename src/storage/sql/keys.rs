//! Key-encryption keys that change while the store is in use.

use super::SqlStore;
use super::engine::Engine;
use super::engine::values;
use super::migrate;
use crate::storage::Keys;
use crate::storage::StoreError;
use crate::storage::seal::WrappedKey;
use std::collections::BTreeMap;

impl<E: Engine> SqlStore<E> {
    /// Uses these keys from now on, once they are proved: the newest seals, and each that is still needed is among them.
    /// Otherwise those of before stay in use.
    pub async fn take_keys(&self, keys: Keys) -> Result<(), StoreError> {
        if self.sealer.newest_key_id().is_none() {
            return Ok(());
        }
        migrate::prove(&self.pools, keys.clone()).await?;
        self.sealer.take(keys);
        Ok(())
    }

    /// How many data keys each key-encryption key wraps.
    pub async fn key_uses(&self) -> Result<Vec<(String, u64)>, StoreError> {
        let mut uses: BTreeMap<String, u64> = BTreeMap::new();
        for sql in [
            "SELECT key_id, COUNT(*) AS count FROM data_keys GROUP BY key_id",
            "SELECT key_id, COUNT(*) AS count FROM form_drafts WHERE key_id IS NOT NULL GROUP BY key_id",
        ] {
            for it in self.ask("data_keys", sql, values![]).await? {
                *uses.entry(it.text("key_id")?).or_default() += it.count::<u64>("count")?;
            }
        }
        Ok(uses.into_iter().collect())
    }

    /// Wraps up to `rows_max` data keys anew under the newest key-encryption key, and tells how many it was. When it is
    /// none, the older keys are needed no more and can be taken away. Runs beside everything else.
    pub async fn rewrap(&self, rows_max: u32) -> Result<u64, StoreError> {
        let Some(newest) = self.sealer.newest_key_id() else { return Ok(0) };
        // Found before the transaction: the look may walk past all that are wrapped already, and arrivals must not wait for
        // that. Who changed one meanwhile is found by its key's id.
        let sql = "SELECT message, key_id, wrapped FROM data_keys WHERE key_id <> $1 LIMIT $2";
        let found = self.ask("data_keys", sql, values![newest.as_str(), rows_max]).await?;
        let mut work = self.pools.work().await?;
        let mut count = 0;
        for record in found {
            let message = record.uuid("message")?;
            let kept = WrappedKey { key_id: record.text("key_id")?, wrapped: record.bytes("wrapped")? };
            let Some(anew) = self.sealer.rewrap(message, &kept)? else { continue };
            let sql = "UPDATE data_keys SET key_id = $1, wrapped = $2 WHERE message = $3 AND key_id = $4";
            count += work.execute(sql, values![anew.key_id, anew.wrapped, message, kept.key_id]).await?;
        }
        work.commit().await?;
        Ok(count + self.rewrap_drafts(&newest, rows_max).await?)
    }
}
