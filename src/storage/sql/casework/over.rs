//! A lift ends with the case: when it is closed where it lies, nobody reads on in the group that it was lifted to, and nothing
//! there keeps its content from being removed in time.

use super::Change;
use super::end::show_to_nobody;
use super::end::the_house;
use crate::domain::Act;
use crate::domain::ItemId;
use crate::domain::ItemState;
use crate::domain::Redacted;
use crate::domain::Timestamp;
use crate::storage::StoreError;
use crate::storage::sql::SqlStore;
use crate::storage::sql::engine::Engine;
use crate::storage::sql::engine::Statement;
use crate::storage::sql::engine::values;
use crate::storage::sql::work::Work;
use std::collections::BTreeSet;

/// Cases that are over and lifted to another group.
const LIFTED: &str = "-- lifted_and_over
SELECT id
FROM items
WHERE lifted_to IS NOT NULL AND state IN ('closed', 'transferred', 'withdrawn')
ORDER BY closed_at, id
LIMIT ";

/// Cases that are over and lifted to the members of the group where they lie.
const SHOWN: &str = "-- shown_and_over
SELECT i.id
FROM lifts AS l
CROSS JOIN items AS i
WHERE i.id = l.item AND i.state IN ('closed', 'transferred', 'withdrawn')
LIMIT ";

impl<E: Engine> SqlStore<E> {
    /// Ends the lifts of cases that are over and could not be taken up again by an undo since `settled`. Returns how many.
    pub(super) async fn end_lifts_of_what_is_over(
        &self,
        settled: Timestamp,
        now: Timestamp,
        rows_max: u32,
    ) -> Result<u64, StoreError> {
        let mut found = BTreeSet::new();
        for sql in [LIFTED, SHOWN] {
            let mut statement = Statement::<E>::new(sql);
            statement.value(rows_max);
            for record in self.pools.look().await?.run("items", statement).await? {
                found.insert(record.uuid("id")?);
            }
        }
        let mut count = 0;
        for id in found {
            let mut work = self.pools.work().await?;
            if self.end_lift(&mut work, ItemId(id), settled, now).await? {
                work.commit().await?;
                count += 1;
            }
        }
        Ok(count)
    }

    async fn end_lift(
        &self,
        work: &mut Work<E>,
        id: ItemId,
        settled: Timestamp,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let row = self.hold(work, id, None).await?;
        // It may have been taken up again meanwhile, or can be.
        let is_over = matches!(row.case.state, ItemState::Closed | ItemState::Transferred | ItemState::Withdrawn);
        if !is_over || row.undo.as_ref().is_some_and(|it| it.until >= settled) {
            return Ok(false);
        }
        show_to_nobody(work, id).await?;
        self.end_lifted_rows(work, &row, &the_house(now)).await?;
        let act = Act::TakeBackLift { why: Redacted::new("Saken er ferdigbehandlet.".to_owned()) };
        let by = the_house(now);
        match row.case.after(&act, &by) {
            Ok(after) => {
                let change =
                    Change { kind: act.kind(), details: act.details(), by: &by, undo_until: None, send_due: None };
                self.set(work, &row, after, change).await?;
            }
            // One that has gone away keeps only that there was a case.
            Err(_) => {
                work.execute("UPDATE items SET lifted_to = NULL WHERE id = $1", values![id.0]).await?;
            }
        }
        Ok(true)
    }
}
