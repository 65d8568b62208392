//! The queue of notices as operators see it.

use super::SqlStore;
use super::engine::Engine;
use super::engine::values;
use super::operator::notice_row;
use crate::domain::DeliveryState;
use crate::domain::Reference;
use crate::storage::QueueStore;
use crate::storage::QueuedNotice;
use crate::storage::StoreError;
use async_trait::async_trait;

/// Rows at most, whatever is asked for.
const ROWS_MAX: u32 = 1000;

#[async_trait]
impl<E: Engine> QueueStore for SqlStore<E> {
    async fn queue(&self, state: DeliveryState, rows_max: u32) -> Result<Vec<QueuedNotice>, StoreError> {
        let sql = "-- queue
SELECT id, unit, channel, state, attempts, due, last_failure, reference, created_at
FROM notices
WHERE state = $1
ORDER BY created_at, id
LIMIT $2";
        let found = self.ask("notices", sql, values![state.label(), rows_max.min(ROWS_MAX)]).await?;
        found
            .iter()
            .map(|it| {
                Ok(QueuedNotice {
                    row: notice_row(it)?,
                    reference: it.word("reference", Reference::parse)?,
                    created_at: it.time("created_at")?,
                })
            })
            .collect()
    }
}
