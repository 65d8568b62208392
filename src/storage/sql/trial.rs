//! For trials of speed: makes an inbox look as if people had worked with it for years, which through the port would take them
//! as long.

use super::SqlStore;
use super::engine::Engine;
use super::engine::values;
use super::tokens;
use crate::domain::Timestamp;
use crate::storage::StoreError;

/// Three days and ten days. Microseconds.
const ANSWERED_AFTER: i64 = 3 * 86_400_000_000;
const CLOSED_AFTER: i64 = 10 * 86_400_000_000;

impl<E: Engine> SqlStore<E> {
    /// Closes and answers everything that was received before `before`, and counts all of it anew.
    pub async fn pretend_worked_with(&self, before: Timestamp) -> Result<u64, StoreError> {
        let mut work = self.pools.work().await?;
        // Some are quicker than others.
        let sql = "-- pretend_worked_with
UPDATE items
SET state = 'closed', version = 4, opened_at = received_at + $1 / (1 + received_at / 1000000 % 7),
    confirmed_at = received_at + $1 / (1 + received_at / 1000000 % 3),
    first_answer_at = received_at + $1 * (1 + received_at / 1000000 % 9), closed_at = received_at + $2 * (1 + received_at / 1000000 % 5),
    outcome = CASE received_at / 1000000 % 4 WHEN 0 THEN 'INNVILGET' WHEN 1 THEN 'AVSLAG' ELSE 'VEILEDET' END,
    plan = CASE received_at / 1000000 % 2 WHEN 0 THEN 'VIRKSOM' END
WHERE received_at < $3 AND state = 'unread'";
        let closed = work.execute(sql, values![ANSWERED_AFTER, CLOSED_AFTER, before]).await?;
        work.execute("UPDATE items SET counted = 0", values![]).await?;
        work.execute("DELETE FROM statistics", values![]).await?;
        work.execute("DELETE FROM tallies WHERE what = 'item'", values![]).await?;
        let sql = "-- tally_anew
INSERT INTO tallies (what, unit, state, count)
SELECT 'item', unit, state, COUNT(*)
FROM items
GROUP BY unit, state";
        work.execute(sql, values![]).await?;
        work.commit().await?;
        tokens::fill(&self.pools, &self.sealer).await?;
        Ok(closed)
    }
}
