//! A unit lays the appointment of a coordinator to another: the other gets the case, and both know until it is done.

use super::Change;
use super::columns;
use super::follow::Sibling;
use super::follow::has_report;
use super::row::Row;
use crate::domain::Act;
use crate::domain::ActKind;
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
use crate::domain::TaskKind;
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
                if !is_given(row) {
                    // Those who were asked say no: the case goes on where it lies, and ends with them (see `ends_with`).
                    let further = self.stemming_from(work, row).await?;
                    if further.iter().any(|it| it.case.state == ItemState::Offered) {
                        return Ok(Some(ActRefused::OfferedAway));
                    }
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
    async fn finish_delegation(
        &self,
        work: &mut Work<E>,
        row: &Row,
        coordinator: &Coordinator,
        by: &Acting,
    ) -> Result<(), StoreError> {
        let Some(other) = self.other_end(work, row).await? else { return Ok(()) };
        // The same person, and a time of their own in each case.
        let coordinator = Coordinator { id: Uuid::now_v7(), ..coordinator.clone() };
        let told = Particular::FinishDelegation { coordinator };
        if is_given(row) {
            return self.ask_no_more(work, other, told, by).await;
        }
        // A case that has gone on since needs not be told.
        if self.note_at(work, other, told, by).await?.is_ok() {
            let theirs = self.hold(work, other, None).await?;
            tick_appointed(work, other, theirs.version, by).await?;
        }
        Ok(())
    }

    /// What is done with a coordinator in one of the units that work with a case is done in the others too, where the same one
    /// stands; whom a unit appoints that was asked to, stands where the case lies. Whether anybody was told.
    pub(super) async fn follow_coordinator(
        &self,
        work: &mut Work<E>,
        row: &Row,
        act: &Act,
        by: &Acting,
    ) -> Result<bool, StoreError> {
        if !matches!(act, Act::AppointCoordinator { .. } | Act::ChangeCoordinator { .. } | Act::EndCoordinator { .. }) {
            return Ok(false);
        }
        if let Act::AppointCoordinator { coordinator } = act
            && row.case.particulars.delegation.is_some()
        {
            self.finish_delegation(work, row, coordinator, by).await?;
            return Ok(true);
        }
        let mut told = false;
        for other in self.those_who_work_with(work, row).await? {
            let other = self.hold(work, other, None).await?;
            let Some(act) = at_the_other_end(act, row, &other) else { continue };
            // One who stands there beside somebody else cannot always be replaced as here.
            let Ok(after) = other.case.after_elsewhere(&act, by) else { continue };
            let details = other.case.details_of(&act);
            let change = Change { kind: act.kind(), details, by, undo_until: None, send_due: None };
            self.set(work, &other, after, change).await?;
            told = true;
        }
        Ok(told)
    }

    /// The other rows of those who work with a case because of a delegation, now or once: home's, or those that home has asked.
    async fn those_who_work_with(&self, work: &mut Work<E>, row: &Row) -> Result<Vec<ItemId>, StoreError> {
        let found = match row.case.delegated_here {
            true => {
                let sql = "SELECT came_from AS other FROM items WHERE id = $1 AND came_from IS NOT NULL";
                work.fetch("items", sql, values![row.id.0]).await?
            }
            false => {
                let sql = "-- who_was_asked
SELECT id AS other
FROM items
WHERE message = $1 AND came_from = $2 AND state NOT IN ('proposed', 'transferred', 'withdrawn') AND counts = 0
ORDER BY id";
                work.fetch("items", sql, values![row.message.0, row.id.0]).await?
            }
        };
        found.iter().map(|it| Ok(ItemId(it.uuid("other")?))).collect()
    }

    /// Tells the unit that was to appoint that the case is closed where it lies, and that nobody waits for it.
    pub(super) async fn end_delegation(&self, work: &mut Work<E>, row: &Row, by: &Acting) -> Result<(), StoreError> {
        let Some(other) = self.other_end(work, row).await?.filter(|_| is_given(row)) else { return Ok(()) };
        self.ask_no_more(work, other, Particular::TakeBackDelegation, by).await
    }

    /// Tells the unit that was asked, by `told`, that nothing is asked of it any more. Where it has no coordinator of its own in
    /// the case, it has the case no more either, nor has anybody from there.
    async fn ask_no_more(
        &self,
        work: &mut Work<E>,
        other: ItemId,
        told: Particular,
        by: &Acting,
    ) -> Result<(), StoreError> {
        let coordinates = !self.hold(work, other, None).await?.case.coordinators.is_empty();
        // A case that has gone on since needs not be told.
        let _told = self.note_at(work, other, told, by).await?;
        if coordinates { Ok(()) } else { self.end_row(work, other, by).await }
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

/// What `act` in `row` is in `other`; `None`: nothing, since the same coordinator does not stand there.
fn at_the_other_end(act: &Act, row: &Row, other: &Row) -> Option<Act> {
    let same = |id: &Uuid| {
        let here = row.case.coordinators.iter().find(|it| it.id == *id)?;
        other.case.coordinators.iter().find(|it| it.is_the_same_as(here)).map(|it| it.id)
    };
    // The same person, and a time of their own in each case.
    let copy = |it: &Coordinator| Coordinator { id: Uuid::now_v7(), ..it.clone() };
    if let Act::AppointCoordinator { coordinator } = act {
        return row.case.delegated_here.then(|| Act::AppointCoordinator { coordinator: copy(coordinator) });
    }
    if let Act::ChangeCoordinator { replaces, coordinator, why } = act {
        let (replaces, coordinator, why) = (same(replaces)?, copy(coordinator), why.clone());
        return Some(Act::ChangeCoordinator { replaces, coordinator, why });
    }
    let Act::EndCoordinator { coordinator, last_day, why } = act else { return None };
    Some(Act::EndCoordinator { coordinator: same(coordinator)?, last_day: *last_day, why: why.clone() })
}

/// Ticks off the task to appoint somebody: it is done by what has the number `event` in the case.
pub(super) async fn tick_appointed<E: Engine>(
    work: &mut Work<E>,
    item: ItemId,
    event: u64,
    by: &Acting,
) -> Result<(), StoreError> {
    let sql = "-- somebody_is_appointed
UPDATE tasks
SET done_at = $1, done_by_name = $2, done_event = $3
WHERE item = $4 AND kind = $5 AND done_at IS NULL";
    let kind = TaskKind::AppointCoordinator.code();
    work.execute(sql, values![by.at, by.who.name.as_str(), event, item.0, kind]).await?;
    Ok(())
}

/// Whether an act in `row` ends it there: those who were asked to appoint a coordinator say no, and have none of their own in the
/// case.
pub(super) fn ends_with(row: &Row, kind: ActKind) -> bool {
    let delegation = row.case.particulars.delegation.as_ref();
    let was_asked = delegation.is_some_and(|it| it.side == DelegationSide::Received);
    kind == ActKind::TakeBackDelegation && was_asked && row.case.coordinators.is_empty()
}

/// Whether the unit of `row` has laid the appointment to another.
fn is_given(row: &Row) -> bool {
    row.case.particulars.delegation.as_ref().is_some_and(|it| it.side == DelegationSide::Given)
}
