//! What stems from a case ends with it: the rows of those to whom it was lifted or delegated, and of those to whom they passed
//! it on in their turn. Whoever has accepted a transfer has the case as their own, and is not reached.

use super::Change;
use super::follow::without_content;
use super::row::Row;
use crate::domain::Act;
use crate::domain::Acting;
use crate::domain::Authority;
use crate::domain::Colleague;
use crate::domain::ItemId;
use crate::domain::ItemState;
use crate::domain::Timestamp;
use crate::storage::StoreError;
use crate::storage::sql::SqlStore;
use crate::storage::sql::engine::Engine;
use crate::storage::sql::engine::values;
use crate::storage::sql::work::Work;
use uuid::Uuid;

impl<E: Engine> SqlStore<E> {
    /// The rows that stem from the one with id `from` and have content, held until the transaction ends, the nearest first. A
    /// unit has one such row of a message at most, so there are no more than units.
    pub(super) async fn stemming_from(&self, work: &mut Work<E>, from: &Row) -> Result<Vec<Row>, StoreError> {
        let sql = "-- stemming_from
SELECT id
FROM items
WHERE message = $1 AND came_from = $2 AND state NOT IN ('proposed', 'transferred', 'withdrawn')
ORDER BY id";
        let mut rows: Vec<Row> = Vec::new();
        let mut next = Some(from.id);
        let mut looked = 0;
        while let Some(id) = next {
            for record in work.fetch("items", sql, values![from.message.0, id.0]).await? {
                let row = self.hold(work, ItemId(record.uuid("id")?), None).await?;
                // Another transaction may have ended it while this one waited.
                if !matches!(row.case.state, ItemState::Proposed | ItemState::Transferred | ItemState::Withdrawn) {
                    rows.push(row);
                }
            }
            next = rows.get(looked).map(|it| it.id);
            looked += 1;
        }
        Ok(rows)
    }

    /// Ends `rows`: nobody reads there any more, and each keeps that there was a row. What one has offered on is taken back
    /// first.
    pub(super) async fn end_rows(&self, work: &mut Work<E>, rows: Vec<Row>, by: &Acting) -> Result<(), StoreError> {
        let by = Acting { authority: Authority::Leading, ..by.clone() };
        for row in rows {
            let row = match row.case.state {
                ItemState::Offered => {
                    let act = Act::TakeBackTransfer;
                    self.take_back_offer(work, &row, &act, &by).await?;
                    self.note_end(work, &row, &act, &by).await?;
                    self.hold(work, row.id, None).await?
                }
                ItemState::Unread | ItemState::Opened | ItemState::Taken | ItemState::Waiting | ItemState::Closed => {
                    row
                }
                ItemState::Proposed | ItemState::Transferred | ItemState::Withdrawn => continue,
            };
            show_to_nobody(work, row.id, by.at).await?;
            self.take_content_from(work, &row).await?;
            self.note_end(work, &row, &Act::LiftEnded, &by).await?;
        }
        Ok(())
    }

    /// Ends the row with id `id`, and all that stems from it.
    pub(super) async fn end_row(&self, work: &mut Work<E>, id: ItemId, by: &Acting) -> Result<(), StoreError> {
        let row = self.hold(work, id, None).await?;
        let mut rows = self.stemming_from(work, &row).await?;
        rows.insert(0, row);
        self.end_rows(work, rows, by).await
    }

    /// Ends all that stems from `row`, as the house: whoever has it now is nobody's business there.
    pub(super) async fn end_what_stems_from(
        &self,
        work: &mut Work<E>,
        row: &Row,
        at: Timestamp,
    ) -> Result<Vec<ItemId>, StoreError> {
        let rows = self.stemming_from(work, row).await?;
        let ids = rows.iter().map(|it| it.id).collect();
        self.end_rows(work, rows, &the_house(at)).await?;
        Ok(ids)
    }

    async fn note_end(&self, work: &mut Work<E>, row: &Row, act: &Act, by: &Acting) -> Result<(), StoreError> {
        let after = row.case.after(act, by);
        let mut after = after.map_err(|_| StoreError::Inconsistent { table: "items", column: "state" })?;
        if matches!(act, Act::LiftEnded) {
            without_content(&mut after);
        }
        let change = Change { kind: act.kind(), details: act.details(), by, undo_until: None, send_due: None };
        self.set(work, row, after, change).await?;
        Ok(())
    }
}

/// No members read it in a group any more, and it is taken off the agenda of a meeting that has not begun. What a meeting has had
/// on its agenda stays there, with its minutes or without: that it was discussed is a record of the meeting.
pub(super) async fn show_to_nobody<E: Engine>(
    work: &mut Work<E>,
    item: ItemId,
    now: Timestamp,
) -> Result<(), StoreError> {
    let sql = "-- off_coming_agendas
DELETE FROM agenda
WHERE item = $1 AND written_at IS NULL
    AND NOT EXISTS (
        SELECT 1 FROM meetings AS m WHERE m.id = agenda.meeting AND m.state = 'planned' AND m.at <= $2
    )";
    work.execute(sql, values![item.0, now]).await?;
    work.execute("DELETE FROM lifts WHERE item = $1", values![item.0]).await?;
    Ok(())
}

/// The house itself, when it does something with a case that no person has asked for.
pub(super) fn the_house(at: Timestamp) -> Acting {
    let who = Colleague { id: Uuid::nil(), name: "Meldeport".to_owned() };
    Acting { who, authority: Authority::Leading, at }
}
