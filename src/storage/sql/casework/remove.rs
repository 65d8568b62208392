//! Removing what was not for us: the unit keeps a row that says so, and nothing about the person.

use super::columns;
use super::end::show_to_nobody;
use super::row::Row;
use crate::domain::Case;
use crate::domain::ItemId;
use crate::domain::MessageId;
use crate::domain::Particulars;
use crate::domain::Timestamp;
use crate::storage::Actor;
use crate::storage::ItemSummary;
use crate::storage::NewJournalLine;
use crate::storage::StoreError;
use crate::storage::sql::SqlStore;
use crate::storage::sql::engine::Engine;
use crate::storage::sql::engine::values;
use crate::storage::sql::settle::summary_to_bytes;
use crate::storage::sql::tokens;
use crate::storage::sql::work::Work;
use sqlx::AssertSqlSafe;
use uuid::Uuid;

/// What was written when somebody asked to open a graded case, and when another said no.
const FORGET_OPENINGS: &str =
    "UPDATE openings SET reason_text = NULL, refusal_text = NULL, earlier_text = NULL WHERE item = $1";

impl<E: Engine> SqlStore<E> {
    pub(super) async fn remove(&self, now: Timestamp, rows_max: u32) -> Result<u64, StoreError> {
        // A look without a write, so that an idle period costs next to nothing.
        let due = "SELECT 1 FROM items WHERE remove_at <= $1 LIMIT 1";
        if self.ask("items", due, values![now]).await?.is_empty() {
            return Ok(0);
        }
        let mut work = self.pools.work().await?;
        // What the sender is to be told is read from the event, and its message made of the report, so they come first.
        let sql = format!(
            "-- removable
SELECT i.id
FROM items AS i
WHERE i.remove_at <= $1
    AND NOT EXISTS (SELECT 1 FROM case_events AS e WHERE e.item = i.id AND e.send_due IS NOT NULL)
    AND NOT EXISTS (SELECT 1 FROM outbound AS o WHERE o.message = i.message AND o.state = 'queued' AND o.body IS NULL)
ORDER BY i.remove_at, i.id
LIMIT $2{}",
            E::SKIP_LOCKED
        );
        let found = work.fetch("items", AssertSqlSafe(sql), values![now, rows_max]).await?;
        for record in &found {
            let row = self.hold(&mut work, ItemId(record.uuid("id")?), None).await?;
            // Whoever it was passed on to has it from the wrong place too.
            for stemming in self.end_what_stems_from(&mut work, &row, now).await? {
                let stemming = self.hold(&mut work, stemming, None).await?;
                self.empty(&mut work, &stemming, now).await?;
            }
            self.empty(&mut work, &row, now).await?;

            let sql = "-- somebody_has_it
SELECT 1
FROM items
WHERE message = $1 AND share = 'content' AND (state <> 'withdrawn' OR remove_at IS NOT NULL)
LIMIT 1";
            let last = work.fetch("items", sql, values![row.message.0]).await?.is_empty();
            if last {
                let sql = "-- remove_bodies
UPDATE messages
SET body = $1
WHERE id = $2 OR id IN (SELECT message FROM follow_ups WHERE about = $2)";
                work.execute(sql, values![Vec::<u8>::new(), row.message.0]).await?;
            }
            work.tell(NewJournalLine {
                at: now,
                actor: Actor::House,
                action: "content_removed",
                message: Some(MessageId(row.message.0)),
                detail: format!("in {}{}", row.unit, if last { "; and the message itself" } else { "" }),
            });
        }
        work.commit().await?;
        Ok(found.len() as u64)
    }

    /// Leaves of a row that there was one, and nothing of what was said.
    async fn empty(&self, work: &mut Work<E>, row: &Row, now: Timestamp) -> Result<(), StoreError> {
        self.take_content_from(work, row).await?;
        let bare = Case {
            state: row.case.state,
            opened_at: row.case.opened_at,
            first_answer_at: row.case.first_answer_at,
            closed_at: row.case.closed_at,
            ..Case::new(row.case.share)
        };
        let facts = row.key.seal(row.place("facts"), &columns::case_to_bytes(&bare));
        let sql = "-- remove_content
UPDATE items
SET facts = $1, undo = NULL, undo_until = NULL, remove_at = NULL, review_on = NULL, delegated_due = NULL,
    family = NULL, lifted_to = NULL
WHERE id = $2";
        work.execute(sql, values![facts, row.id.0]).await?;
        show_to_nobody(work, row.id, now).await?;
        work.execute("UPDATE case_events SET detail = NULL WHERE item = $1", values![row.id.0]).await?;
        work.execute("DELETE FROM coordinators WHERE item = $1", values![row.id.0]).await?;
        work.execute("DELETE FROM tasks WHERE item = $1", values![row.id.0]).await?;
        work.execute("UPDATE agenda SET minutes = NULL WHERE item = $1", values![row.id.0]).await?;
        work.execute("UPDATE questions SET text = NULL WHERE item = $1", values![row.id.0]).await?;
        work.execute(FORGET_OPENINGS, values![row.id.0]).await?;
        Ok(())
    }
}

/// Forgets what an item says of the person, when it is over: the register's codes and days stay, and where it is filed.
pub(in crate::storage::sql) async fn forget<E: Engine>(
    store: &SqlStore<E>,
    work: &mut Work<E>,
    id: Uuid,
    now: Timestamp,
) -> Result<(), StoreError> {
    let row = store.hold(work, ItemId(id), None).await?;
    store.take_words_from(work, &row).await?;
    let particulars = Particulars { wish: None, team_members: None, family: None, ..row.case.particulars.clone() };
    let bare = Case { particulars, ..row.case.clone() };
    let facts = row.key.seal(row.place("facts"), &columns::case_to_bytes(&bare));
    let sql = "-- forget
UPDATE items
SET facts = $1, undo = NULL, undo_until = NULL, family = NULL, removed_at = $2
WHERE id = $3";
    work.execute(sql, values![facts, now, id]).await?;
    work.execute("UPDATE case_events SET detail = NULL WHERE item = $1", values![id]).await?;
    work.execute("UPDATE tasks SET text = NULL WHERE item = $1", values![id]).await?;
    work.execute("UPDATE agenda SET minutes = NULL WHERE item = $1", values![id]).await?;
    work.execute("UPDATE questions SET text = NULL WHERE item = $1", values![id]).await?;
    work.execute(FORGET_OPENINGS, values![id]).await?;
    Ok(())
}

impl<E: Engine> SqlStore<E> {
    /// As when content goes to another unit, but what lists count by stays.
    async fn take_words_from(&self, work: &mut Work<E>, row: &Row) -> Result<(), StoreError> {
        let summary = row.key.seal(row.place("summary"), &summary_to_bytes(&ItemSummary::default()));
        let sql = "UPDATE items SET summary = $1, attachments = 0, person_index = NULL WHERE id = $2";
        work.execute(sql, values![summary, row.id.0]).await?;
        tokens::forget(work, row.id).await
    }
}
