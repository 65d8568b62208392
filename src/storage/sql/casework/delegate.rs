//! A unit lays the appointment of a coordinator to another: the other gets the case, and both know until it is done.

use super::Change;
use super::columns;
use super::follow::Sibling;
use super::follow::has_report;
use super::row::Row;
use crate::domain::Act;
use crate::domain::ActRefused;
use crate::domain::Acting;
use crate::domain::Authority;
use crate::domain::Case;
use crate::domain::Coordinator;
use crate::domain::Delegation;
use crate::domain::DelegationSide;
use crate::domain::ItemId;
use crate::domain::ItemState;
use crate::domain::Particular;
use crate::domain::Particulars;
use crate::domain::Share;
use crate::domain::Timestamp;
use crate::domain::UnitId;
use crate::storage::StoreError;
use crate::storage::seal::Place;
use crate::storage::sql::SqlStore;
use crate::storage::sql::engine::Engine;
use crate::storage::sql::engine::values;
use crate::storage::sql::work::Work;
use jiff::civil::Date;
use uuid::Uuid;

impl<E: Engine> SqlStore<E> {
    /// Does what follows from something noted.
    pub(super) async fn follow_note(
        &self,
        work: &mut Work<E>,
        row: &Row,
        what: &Particular,
        by: &Acting,
    ) -> Result<Option<ActRefused>, StoreError> {
        match what {
            Particular::Delegate { item, to, due, .. } => self.lay_to(work, row, *item, to, *due, by.at).await,
            Particular::TakeBackDelegation => {
                let Some(other) = self.other_end(work, row).await? else { return Ok(None) };
                let given = row.case.particulars.delegation.as_ref().is_some_and(|it| it.side == DelegationSide::Given);
                if !given {
                    // Those who were asked say no: the case goes on where it lies.
                    let _ended = self.note_at(work, other, Particular::TakeBackDelegation, by).await?;
                    return Ok(None);
                }
                self.take_back_what_stems(work, other, by, Particular::TakeBackDelegation).await
            }
            Particular::LinkFamily { family, with } => {
                let linked = self.note_at(work, *with, Particular::BeLinked { family: *family }, by).await?;
                Ok(linked.err())
            }
            Particular::InformOfWish { .. } | Particular::Assess { .. } | Particular::SendDecision { .. } => Ok(None),
            Particular::PlanStart { .. } | Particular::PlanReview { .. } | Particular::TickChecklist { .. } => Ok(None),
            Particular::FinishDelegation { .. } | Particular::BeLinked { .. } | Particular::UnlinkFamily => Ok(None),
        }
    }

    /// Tells the other end that a coordinator has been appointed, if there is one that waits or is waited for.
    pub(super) async fn finish_delegation(
        &self,
        work: &mut Work<E>,
        row: &Row,
        coordinator: &Coordinator,
        by: &Acting,
    ) -> Result<(), StoreError> {
        let Some(other) = self.other_end(work, row).await? else { return Ok(()) };
        // The same person, and a time of their own in each case.
        let coordinator = Coordinator { id: Uuid::now_v7(), ..coordinator.clone() };
        // A case that has gone on since needs not be told.
        let _finished = self.note_at(work, other, Particular::FinishDelegation { coordinator }, by).await?;
        Ok(())
    }

    /// Tells the unit that was to appoint that the case is closed where it lies, and that nobody waits for it.
    pub(super) async fn end_delegation(&self, work: &mut Work<E>, row: &Row, by: &Acting) -> Result<(), StoreError> {
        let given = row.case.particulars.delegation.as_ref().is_some_and(|it| it.side == DelegationSide::Given);
        let Some(other) = self.other_end(work, row).await?.filter(|_| given) else { return Ok(()) };
        // A case that has gone on since needs not be told.
        let _ended = self.note_at(work, other, Particular::TakeBackDelegation, by).await?;
        Ok(())
    }

    /// The item at the other end of this one's delegation.
    pub(super) async fn other_end(&self, work: &mut Work<E>, row: &Row) -> Result<Option<ItemId>, StoreError> {
        let Some(delegation) = &row.case.particulars.delegation else { return Ok(None) };
        let found = match delegation.side {
            DelegationSide::Given => {
                // Not the row of an offer or a lift that the unit had before.
                let sql = "-- has_the_task
SELECT id AS other
FROM items
WHERE message = $1 AND came_from = $2 AND unit = $3 AND state NOT IN ('withdrawn', 'transferred')
    AND delegated_due IS NOT NULL
ORDER BY id DESC";
                work.fetch("items", sql, values![row.message.0, row.id.0, delegation.unit.0.as_str()]).await?
            }
            DelegationSide::Received => {
                let sql = "SELECT came_from AS other FROM items WHERE id = $1 AND came_from IS NOT NULL";
                work.fetch("items", sql, values![row.id.0]).await?
            }
        };
        found.first().map(|it| Ok(ItemId(it.uuid("other")?))).transpose()
    }

    async fn lay_to(
        &self,
        work: &mut Work<E>,
        row: &Row,
        item: Uuid,
        to: &UnitId,
        due: Date,
        at: Timestamp,
    ) -> Result<Option<ActRefused>, StoreError> {
        if has_report(work, row, to).await? {
            return Ok(Some(ActRefused::AlreadyThere));
        }
        let (state, share) = (ItemState::Unread, Share::Content);
        let sibling = Sibling { id: item, unit: to, state, share, at };
        self.add_sibling(work, row, sibling).await?;
        let delegation = Delegation { side: DelegationSide::Received, unit: row.unit.clone(), due };
        // What has been found out goes along, and the family does not.
        let known = Particulars { delegation: Some(delegation), family: None, ..row.case.particulars.clone() };
        let case = Case {
            consent: row.case.consent,
            plan: row.case.plan,
            team: row.case.team,
            particulars: known,
            ..Case::new(Share::Content)
        };
        let place = Place { table: "items", column: "facts", row: item.as_bytes() };
        let facts = row.key.seal(place, &columns::case_to_bytes(&case));
        let sql = "UPDATE items SET facts = $1, delegated_due = $2 WHERE id = $3";
        work.execute(sql, values![facts, due.to_string(), item]).await?;
        Ok(None)
    }

    /// Notes something at another item, as the house. An item that has gone on since is left as it is.
    pub(super) async fn note_at(
        &self,
        work: &mut Work<E>,
        other: ItemId,
        what: Particular,
        by: &Acting,
    ) -> Result<Result<(), ActRefused>, StoreError> {
        let row = self.hold(work, other, None).await?;
        let by = Acting { authority: Authority::Leading, ..by.clone() };
        let act = Act::Note { what };
        let after = match row.case.after(&act, &by) {
            Ok(after) => after,
            Err(refused) => return Ok(Err(refused)),
        };
        let change = Change { kind: act.kind(), details: act.details(), by: &by, undo_until: None, send_due: None };
        self.set(work, &row, after, change).await?;
        Ok(Ok(()))
    }
}
