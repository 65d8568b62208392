//! A lift ends with the case: when it is closed where it lies, nobody reads on in the group that it was lifted to, and nothing
//! there keeps its content from being removed in time. So do rows of units that were once asked to appoint a coordinator, and
//! are not any more.

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

/// Rows of units that are not asked to appoint a coordinator any more, and never did: older versions left them as they were. Those
/// of lifts are told apart by what their home says.
const ASKED_NO_MORE: &str = "-- asked_no_more
SELECT i.id
FROM items AS i
CROSS JOIN items AS h
WHERE i.came_from IS NOT NULL AND i.counts = 0 AND i.share = 'content' AND i.delegated_due IS NULL
    AND i.coordinated_until IS NULL AND i.removed_at IS NULL
    AND i.state IN ('unread', 'opened', 'taken', 'waiting', 'offered', 'closed')
    AND h.id = i.came_from AND h.state NOT IN ('transferred', 'withdrawn')
    AND (h.lifted_to IS NULL OR h.lifted_to <> i.unit)
    AND NOT EXISTS (SELECT 1 FROM coordinators AS c WHERE c.item = i.id)
    AND NOT EXISTS (SELECT 1 FROM case_events AS e WHERE e.item = i.id AND e.act = 'coordinator_appointed')
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
        for id in found.into_iter().map(ItemId) {
            count += u64::from(is_ended(id, self.end_lift(id, settled, now).await));
        }
        Ok(count + self.end_what_is_asked_no_more(now, rows_max).await?)
    }

    async fn end_what_is_asked_no_more(&self, now: Timestamp, rows_max: u32) -> Result<u64, StoreError> {
        let mut statement = Statement::<E>::new(ASKED_NO_MORE);
        statement.value(rows_max);
        let found = self.pools.look().await?.run("items", statement).await?;
        let mut count = 0;
        for record in &found {
            let id = ItemId(record.uuid("id")?);
            count += u64::from(is_ended(id, self.end_asked(id, now).await));
        }
        Ok(count)
    }

    async fn end_asked(&self, id: ItemId, now: Timestamp) -> Result<bool, StoreError> {
        let mut work = self.pools.work().await?;
        self.end_row(&mut work, id, &the_house(now)).await?;
        work.commit().await?;
        Ok(true)
    }

    async fn end_lift(&self, id: ItemId, settled: Timestamp, now: Timestamp) -> Result<bool, StoreError> {
        let mut work = self.pools.work().await?;
        let row = self.hold(&mut work, id, None).await?;
        // It may have been taken up again meanwhile, or can be.
        let is_over = matches!(row.case.state, ItemState::Closed | ItemState::Transferred | ItemState::Withdrawn);
        if !is_over || row.undo.as_ref().is_some_and(|it| it.until >= settled) {
            return Ok(false);
        }
        show_to_nobody(&mut work, id, now).await?;
        self.end_lifted_rows(&mut work, &row, &the_house(now)).await?;
        // Why the house does it, pages say in the reader's language.
        let act = Act::TakeBackLift { why: Redacted::default() };
        let by = the_house(now);
        match row.case.after(&act, &by) {
            Ok(after) => {
                let change =
                    Change { kind: act.kind(), details: Vec::new(), by: &by, undo_until: None, send_due: None };
                self.set(&mut work, &row, after, change).await?;
            }
            // One that has gone away keeps only that there was a case.
            Err(_) => {
                work.execute("UPDATE items SET lifted_to = NULL WHERE id = $1", values![id.0]).await?;
            }
        }
        work.commit().await?;
        Ok(true)
    }
}

/// Whether the row is ended. One that cannot be does not hold back the others; it is tried again.
fn is_ended(id: ItemId, ended: Result<bool, StoreError>) -> bool {
    ended.unwrap_or_else(|error| {
        tracing::error!(item.id = %id, failure = %error, "a lift or a delegation that is over cannot be ended");
        false
    })
}
