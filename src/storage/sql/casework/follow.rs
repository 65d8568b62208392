//! What an act on one item does to others: transfers and lifts.

use super::Change;
use super::counterpart;
use super::delegate::tick_appointed;
use super::end::show_to_nobody;
use super::row::Row;
use crate::domain::Act;
use crate::domain::ActKind;
use crate::domain::ActRefused;
use crate::domain::Acting;
use crate::domain::Authority;
use crate::domain::Calendar;
use crate::domain::Case;
use crate::domain::Improvement;
use crate::domain::ItemId;
use crate::domain::ItemState;
use crate::domain::LiftTo;
use crate::domain::Particular;
use crate::domain::Particulars;
use crate::domain::Redacted;
use crate::domain::ReportKind;
use crate::domain::Share;
use crate::domain::Timestamp;
use crate::domain::TransferTarget;
use crate::domain::UnitId;
use crate::domain::first_tasks;
use crate::storage::ItemSummary;
use crate::storage::NewTask;
use crate::storage::Person;
use crate::storage::StoreError;
use crate::storage::TransferState;
use crate::storage::UserId;
use crate::storage::seal::Place;
use crate::storage::sql::SqlStore;
use crate::storage::sql::concern;
use crate::storage::sql::delivery::new_token;
use crate::storage::sql::engine::Engine;
use crate::storage::sql::engine::Statement;
use crate::storage::sql::engine::values;
use crate::storage::sql::settle::ITEMS;
use crate::storage::sql::settle::summary_to_bytes;
use crate::storage::sql::statistics::recount;
use crate::storage::sql::task;
use crate::storage::sql::tokens::Findable;
use crate::storage::sql::tokens::TOKENS;
use crate::storage::sql::tokens::copy_ids;
use crate::storage::sql::tokens::forget;
use crate::storage::sql::work::Count;
use crate::storage::sql::work::Work;
use sqlx::AssertSqlSafe;
use uuid::Uuid;

/// The transfer that waits for an answer.
struct OpenTransfer {
    id: Uuid,
    item: ItemId,
    to_unit: Option<UnitId>,
}

impl<E: Engine> SqlStore<E> {
    /// Does what follows from `act` in other rows, and adds what comes with them to `after`. `Some`: it cannot be done,
    /// and nothing was.
    pub(super) async fn follow(
        &self,
        work: &mut Work<E>,
        row: &Row,
        after: &mut Case,
        act: &Act,
        by: &Acting,
    ) -> Result<Option<ActRefused>, StoreError> {
        match act {
            Act::OfferTransfer { transfer, to, why } => self.offer(work, row, *transfer, to, why, by).await,
            Act::Lift { to: LiftTo::Members { .. }, .. } => show_to_members(work, row, by).await,
            Act::Lift { to: LiftTo::Group { item, group }, .. } => {
                if has_report(work, row, group).await? {
                    return Ok(Some(ActRefused::AlreadyThere));
                }
                let (state, share) = (ItemState::Unread, Share::Content);
                let group = Sibling { id: *item, unit: group, state, share, at: by.at };
                self.add_sibling(work, row, group).await?;
                Ok(None)
            }
            Act::TakeBackLift { .. } => self.take_back_lift(work, row, by).await,
            Act::AcceptTransfer => {
                let transfer = settle_transfer(work, "id", row.id, TransferState::Accepted, by).await?;
                let Some(transfer) = transfer else { return Ok(Some(ActRefused::NotOffered)) };
                self.hand_over(work, row, after, &transfer, act, by).await?;
                Ok(None)
            }
            Act::DeclineTransfer { .. } => {
                let transfer = settle_transfer(work, "id", row.id, TransferState::Declined, by).await?;
                let Some(transfer) = transfer else { return Ok(Some(ActRefused::NotOffered)) };
                self.tell_other(work, transfer.item, act, by).await?;
                Ok(None)
            }
            Act::TakeBackTransfer => {
                let was_offered = self.take_back_offer(work, row, act, by).await?;
                Ok((!was_offered).then_some(ActRefused::NotOffered))
            }
            Act::TransferAccepted | Act::TransferDeclined { .. } => {
                self.answered_outside(work, row, after, act, by).await
            }
            Act::Confirm => {
                self.begin_tasks(work, row, by).await?;
                Ok(None)
            }
            Act::AppointCoordinator { .. } => {
                tick_appointed(work, row.id, row.version + 1, by).await?;
                Ok(None)
            }
            Act::Open | Act::Take | Act::Give { .. } | Act::Release => Ok(None),
            Act::AskForMore { .. } | Act::Answer { .. } | Act::AnswerArrived { .. } => Ok(None),
            Act::RegisterAnswer { .. } | Act::LiftEnded | Act::Lapse { .. } => Ok(None),
            Act::WrongAddressee { .. } => Ok(None),
            Act::Note { what } => self.follow_note(work, row, what, by).await,
            Act::OfferEnded | Act::Archive { .. } | Act::Decide { .. } => Ok(None),
            Act::ChangeCoordinator { .. } | Act::EndCoordinator { .. } | Act::SetPlan { .. } => Ok(None),
            Act::SetTeam { .. } | Act::PlanContact { .. } | Act::ChangeConsent { .. } => Ok(None),
            Act::FlagUnmetNeed { .. } | Act::FlagImprovement { .. } | Act::Comment { .. } => Ok(None),
            Act::Close => {
                self.end_delegation(work, row, by).await?;
                Ok(None)
            }
            Act::Reopen => Ok(None),
        }
    }

    /// Takes back what [`SqlStore::follow`] did for an act of this kind. `Some`: somebody has done something with it.
    pub(super) async fn unfollow(
        &self,
        work: &mut Work<E>,
        row: &Row,
        act: ActKind,
    ) -> Result<Option<ActRefused>, StoreError> {
        let made = match act {
            ActKind::OfferTransfer => {
                let sql = "DELETE FROM transfers WHERE item = $1 AND state = 'open' RETURNING id, to_unit";
                let found = work.fetch("transfers", sql, values![row.id.0]).await?;
                let Some(found) = found.first() else { return Ok(Some(ActRefused::ChangedSince)) };
                match found.text_if_any("to_unit")? {
                    Some(_) => found.uuid("id")?,
                    None => return Ok(None),
                }
            }
            ActKind::Delegate => match self.other_end(work, row).await? {
                Some(it) => it.0,
                None => return Ok(Some(ActRefused::ChangedSince)),
            },
            ActKind::Lift
                if row.undo.as_ref().is_some_and(|it| !it.before.lifted_to_members && row.case.lifted_to_members) =>
            {
                hide_from_members(work, row.id).await?;
                return Ok(None);
            }
            ActKind::Lift => {
                // Not the row of a lift that was taken back before.
                let sql = "-- row_of_lift
SELECT id
FROM items
WHERE message = $1 AND came_from = $2 AND unit = $3 AND state <> 'withdrawn'";
                let group = row.case.lifted_to.as_ref().map(|it| it.0.clone());
                let found = work.fetch("items", sql, values![row.message.0, row.id.0, group]).await?;
                let Some(found) = found.first() else { return Ok(Some(ActRefused::ChangedSince)) };
                found.uuid("id")?
            }
            ActKind::Confirm => {
                let sql = "DELETE FROM tasks WHERE item = $1 AND made_event = $2 AND done_at IS NULL";
                work.execute(sql, values![row.id.0, row.version]).await?;
                return Ok(None);
            }
            ActKind::AppointCoordinator => {
                let sql = "-- nobody_is_appointed_after_all
UPDATE tasks
SET done_at = NULL, done_by_name = NULL, done_event = NULL
WHERE item = $1 AND done_event = $2";
                work.execute(sql, values![row.id.0, row.version]).await?;
                return Ok(None);
            }
            _ => return Ok(None),
        };
        let sql = "DELETE FROM items WHERE id = $1 AND version = 0 RETURNING unit, state";
        let gone = work.fetch("items", sql, values![made]).await?;
        let Some(gone) = gone.first() else { return Ok(Some(ActRefused::ChangedSince)) };
        let unit = UnitId(gone.text("unit")?);
        // Nothing is left in the journal that the unit reads either.
        work.execute(concern::TAKE_BACK, values![unit.0.as_str(), row.message.0]).await?;
        work.count(Count::Item(unit, gone.word("state", ItemState::from_label)?), -1);
        Ok(None)
    }

    /// A case that somebody has registered has things to be done. One that another unit has at home has them there.
    async fn begin_tasks(&self, work: &mut Work<E>, row: &Row, by: &Acting) -> Result<(), StoreError> {
        let lies_here = !row.case.lies_elsewhere();
        let Some(kind) = ReportKind::from_code(&row.listed.kind).filter(|_| lies_here) else { return Ok(()) };
        let by_whom = Person { id: UserId(by.who.id), display_name: by.who.name.clone() };
        for (kind, due_on) in first_tasks(kind, Timestamp(row.listed.received_at), &Calendar::default()) {
            let id = new_token();
            let begun = NewTask { id, kind, text: None, due_on, assignee: None, meeting: None };
            task::insert(work, row.id, &begun, &row.key, &by_whom, by.at, Some(row.version + 1)).await?;
        }
        Ok(())
    }

    /// Nobody reads it any more to whom it was lifted: not the members here, nor the other group, nor whoever that group has
    /// lifted or delegated it on to. What one of them has offered to others is taken back by them first.
    async fn take_back_lift(
        &self,
        work: &mut Work<E>,
        row: &Row,
        by: &Acting,
    ) -> Result<Option<ActRefused>, StoreError> {
        show_to_nobody(work, row.id, by.at).await?;
        let rows = self.lifted_rows(work, row).await?;
        if rows.iter().any(|it| it.case.state == ItemState::Offered) {
            return Ok(Some(ActRefused::OfferedAway));
        }
        self.end_rows(work, rows, by).await?;
        Ok(None)
    }

    /// Nobody reads it any more at `other`, nor with whoever has it from there. `told` is noted there first. What one of them has
    /// offered to others is taken back by them first.
    pub(super) async fn take_back_what_stems(
        &self,
        work: &mut Work<E>,
        other: ItemId,
        by: &Acting,
        told: Particular,
    ) -> Result<Option<ActRefused>, StoreError> {
        let theirs = self.hold(work, other, None).await?;
        let mut rows = self.stemming_from(work, &theirs).await?;
        rows.insert(0, theirs);
        if rows.iter().any(|it| it.case.state == ItemState::Offered) {
            return Ok(Some(ActRefused::OfferedAway));
        }
        // What they have done meanwhile stands in the history.
        let _noted = self.note_at(work, other, told, by).await?;
        let noted = self.hold(work, other, None).await?;
        rows.splice(0..1, [noted]);
        self.end_rows(work, rows, by).await?;
        Ok(None)
    }

    /// Ends the row of the group that a case is lifted to, and what stems from it. What they have offered on is taken back.
    pub(super) async fn end_lifted_rows(&self, work: &mut Work<E>, row: &Row, by: &Acting) -> Result<(), StoreError> {
        let rows = self.lifted_rows(work, row).await?;
        self.end_rows(work, rows, by).await
    }

    /// The row of the group that a case is lifted to, and what stems from it; none when it is not lifted.
    async fn lifted_rows(&self, work: &mut Work<E>, row: &Row) -> Result<Vec<Row>, StoreError> {
        let Some(group) = &row.case.lifted_to else { return Ok(Vec::new()) };
        let sql = "-- lifted_row
SELECT id
FROM items
WHERE message = $1 AND came_from = $2 AND unit = $3 AND state NOT IN ('withdrawn', 'transferred')";
        let found = work.fetch("items", sql, values![row.message.0, row.id.0, group.0.as_str()]).await?;
        let Some(found) = found.first() else { return Ok(Vec::new()) };
        let theirs = self.hold(work, ItemId(found.uuid("id")?), None).await?;
        let mut rows = self.stemming_from(work, &theirs).await?;
        rows.insert(0, theirs);
        Ok(rows)
    }

    /// Takes back what is offered, if it is. An offer to somebody outside that has not gone yet does not go.
    pub(super) async fn take_back_offer(
        &self,
        work: &mut Work<E>,
        row: &Row,
        act: &Act,
        by: &Acting,
    ) -> Result<bool, StoreError> {
        let transfer = settle_transfer(work, "item", row.id, TransferState::TakenBack, by).await?;
        let Some(transfer) = transfer else { return Ok(false) };
        let sql = "UPDATE case_events SET send_due = NULL WHERE item = $1 AND act = 'transfer_offered'";
        work.execute(sql, values![row.id.0]).await?;
        if transfer.to_unit.is_some() {
            self.tell_other(work, ItemId(transfer.id), act, by).await?;
        }
        Ok(true)
    }

    async fn offer(
        &self,
        work: &mut Work<E>,
        row: &Row,
        id: Uuid,
        to: &TransferTarget,
        why: &Redacted<String>,
        by: &Acting,
    ) -> Result<Option<ActRefused>, StoreError> {
        let number = |it: &str| Some(it.to_owned());
        let (unit, municipality, trust, name) = match to {
            TransferTarget::Unit(unit) => (Some(unit), None, None, ""),
            TransferTarget::Municipality { number: it, name } => (None, number(it.as_str()), None, name.as_str()),
            TransferTarget::HospitalTrust { number: it, name } => (None, None, number(it.as_str()), name.as_str()),
        };
        if let Some(unit) = unit {
            if has_report(work, row, unit).await? {
                return Ok(Some(ActRefused::AlreadyThere));
            }
            let (state, share) = (ItemState::Proposed, Share::Awareness);
            let proposed = Sibling { id, unit, state, share, at: by.at };
            self.add_sibling(work, row, proposed).await?;
        }
        let place = Place { table: "transfers", column: "why", row: id.as_bytes() };
        let sql = "-- add_transfer
INSERT INTO transfers (id, item, from_unit, to_unit, to_municipality, to_name, state, offered_at, offered_by_name, why, to_trust)
VALUES ($1, $2, $3, $4, $5, $6, 'open', $7, $8, $9, $10)";
        let values = values![
            id,
            row.id.0,
            row.unit.0.as_str(),
            unit.map(|it| it.0.clone()),
            municipality,
            name,
            by.at,
            by.who.name.as_str(),
            row.key.seal(place, why.reveal().as_bytes()),
            trust
        ];
        work.execute(sql, values).await?;
        Ok(None)
    }

    /// A person here was told by a receiver outside. A unit here answers for itself.
    async fn answered_outside(
        &self,
        work: &mut Work<E>,
        row: &Row,
        after: &mut Case,
        act: &Act,
        by: &Acting,
    ) -> Result<Option<ActRefused>, StoreError> {
        let sql = "SELECT 1 FROM transfers WHERE item = $1 AND state = 'open' AND to_unit IS NOT NULL";
        if !work.fetch("transfers", sql, values![row.id.0]).await?.is_empty() {
            return Ok(Some(ActRefused::NotAccepted));
        }
        let state = match act {
            Act::TransferAccepted => TransferState::Accepted,
            _ => TransferState::Declined,
        };
        if settle_transfer(work, "item", row.id, state, by).await?.is_none() {
            return Ok(Some(ActRefused::NotOffered));
        }
        if state == TransferState::Accepted {
            show_to_nobody(work, row.id, by.at).await?;
            self.end_what_stems_from(work, row, by.at).await?;
            self.take_content_from(work, row).await?;
            without_content(after);
        }
        Ok(None)
    }

    /// The content goes from the one who offered to the one who has accepted, with what is known of the case.
    async fn hand_over(
        &self,
        work: &mut Work<E>,
        receiver: &Row,
        after: &mut Case,
        transfer: &OpenTransfer,
        act: &Act,
        by: &Acting,
    ) -> Result<(), StoreError> {
        let source = self.hold(work, transfer.item, None).await?;
        after.consent = source.case.consent;
        after.plan = source.case.plan;
        after.team = source.case.team;
        after.unmet_need = source.case.unmet_need;
        after.improvement = source.case.improvement;
        after.next_contact_on = source.case.next_contact_on;
        after.confirmed_at = source.case.confirmed_at;
        after.first_answer_at = source.case.first_answer_at;
        after.heard_at = source.case.heard_at;
        after.coordinators.clone_from(&source.case.coordinators);
        after.particulars = source.case.particulars.clone();
        // A unit that was to appoint answers to the one that asked.
        after.particulars.delegation = None;

        copy_ids(work, source.id, receiver.id).await?;
        show_to_nobody(work, source.id, by.at).await?;
        self.end_what_stems_from(work, &source, by.at).await?;
        self.take_content_from(work, &source).await?;
        self.tell_other(work, source.id, act, by).await?;

        // What is left to do is theirs now; whom they give it to, they say themselves.
        let sql = "-- hand_over_tasks
UPDATE tasks
SET item = $1, unit = $2, assignee = NULL, assignee_name = NULL
WHERE item = $3 AND done_at IS NULL";
        work.execute(sql, values![receiver.id.0, receiver.unit.0.as_str(), source.id.0]).await?;

        recount(work, receiver.id, -1).await?;
        let mut statement = Statement::<E>::new("-- hand_over\nUPDATE items SET needs = ");
        statement.value(source.listed.needs.as_str());
        statement.push(", attachments = ").value(source.listed.attachments);
        statement.push(", person_index = ").value(source.listed.person_index.clone());
        statement.push(", reporter = ").value(source.listed.reporter.clone());
        statement.push(", age_group = ").value(source.listed.age_group.clone());
        statement.push(", relay_log = ").value(source.listed.relay_log);
        statement.push(", dimensions = ").value(source.listed.dimensions.as_str());
        statement.push(", sender_name = ").value(source.listed.sender_name.clone());
        statement.push(", municipality = ").value(source.listed.municipality.clone());
        statement.push(", made_at = ").value(source.listed.made_at);
        // Something may have been heard since it was offered.
        statement.push(", deadline = ").value(source.deadline);
        statement.push(", place_in_line = ").value(source.listed.place_in_line);
        let summary = receiver.key.seal(receiver.place("summary"), &summary_to_bytes(&source.listed.summary));
        statement.push(", summary = ").value(summary);
        statement.push(" WHERE id = ").value(receiver.id.0);
        work.execute(AssertSqlSafe(statement.sql), statement.values).await?;
        recount(work, receiver.id, 1).await?;
        self.make_findable(work, receiver.id, &receiver.unit, &source).await
    }

    /// The one who has the content now finds it by what the one before did.
    async fn make_findable(
        &self,
        work: &mut Work<E>,
        item: ItemId,
        unit: &UnitId,
        source: &Row,
    ) -> Result<(), StoreError> {
        let sql = "SELECT sender FROM messages WHERE id = $1";
        let message = work.fetch("messages", sql, values![source.message.0]).await?;
        let organisation = message.first().ok_or(StoreError::Absent)?.text("sender")?;
        let findable = Findable {
            item,
            unit: &unit.0,
            at: Timestamp(source.listed.received_at),
            summary: &source.listed.summary,
            organisation: &organisation,
            needs: &source.listed.needs,
            ids: &[],
        };
        work.insert(&TOKENS, findable.rows(&self.sealer)).await?;
        Ok(())
    }

    /// Removes what a row says of the person. What was done with it is kept, and shown to those who have it now.
    pub(super) async fn take_content_from(&self, work: &mut Work<E>, row: &Row) -> Result<(), StoreError> {
        let summary = row.key.seal(row.place("summary"), &summary_to_bytes(&ItemSummary::default()));
        let sql = "-- take_content
UPDATE items
SET summary = $1, needs = '', attachments = 0, person_index = NULL, reporter = NULL, age_group = NULL, relay_log = 0, dimensions = '',
    sender_name = NULL, municipality = NULL, made_at = NULL
WHERE id = $2";
        recount(work, row.id, -1).await?;
        work.execute(sql, values![summary, row.id.0]).await?;
        recount(work, row.id, 1).await?;
        forget(work, row.id).await
    }

    /// Does to the item at the other end what `act` means for it.
    async fn tell_other(&self, work: &mut Work<E>, other: ItemId, act: &Act, by: &Acting) -> Result<(), StoreError> {
        let Some(act) = counterpart(act) else { return Ok(()) };
        let row = self.hold(work, other, None).await?;
        let by = Acting { authority: Authority::Leading, ..by.clone() };
        let after = row.case.after(&act, &by);
        let mut after = after.map_err(|_| StoreError::Inconsistent { table: "transfers", column: "state" })?;
        if act.kind() == ActKind::TransferAccepted {
            without_content(&mut after);
        }
        let change = Change { kind: act.kind(), details: act.details(), by: &by, undo_until: None, send_due: None };
        self.set(work, &row, after, change).await?;
        Ok(())
    }

    /// A row for another unit, of the same message. A case that is offered is counted by whoever accepts it; one that is lifted or
    /// delegated is counted where it lies.
    pub(super) async fn add_sibling(
        &self,
        work: &mut Work<E>,
        row: &Row,
        sibling: Sibling<'_>,
    ) -> Result<(), StoreError> {
        let has_content = sibling.share == Share::Content;
        let none = ItemSummary::default();
        let summary = if has_content { &row.listed.summary } else { &none };
        let place = Place { table: "items", column: "summary", row: sibling.id.as_bytes() };
        let values = values![
            sibling.id,
            row.message.0,
            sibling.unit.0.as_str(),
            sibling.share.label(),
            sibling.state.label(),
            row.listed.place_in_line,
            row.listed.received_at,
            row.listed.kind.as_str(),
            if has_content { row.listed.needs.as_str() } else { "" },
            row.listed.protected,
            if has_content { row.listed.attachments } else { 0 },
            row.listed.person_index.clone().filter(|_| has_content),
            row.key.seal(place, &summary_to_bytes(summary)),
            row.deadline,
            row.listed.reporter.clone().filter(|_| has_content),
            row.listed.age_group.clone().filter(|_| has_content),
            0_u32,
            false,
            row.listed.relay_log && has_content,
            Some(row.id.0),
            if has_content { row.listed.dimensions.as_str() } else { "" },
            row.listed.sender_name.clone().filter(|_| has_content),
            row.listed.municipality.clone().filter(|_| has_content),
            row.listed.made_at.filter(|_| has_content),
            true,
            row.listed.counts && sibling.state == ItemState::Proposed
        ];
        work.insert(&ITEMS, vec![values]).await?;
        let sql = "UPDATE items SET here_since = $1 WHERE id = $2";
        work.execute(sql, values![sibling.at, sibling.id]).await?;
        recount(work, ItemId(sibling.id), 1).await?;
        if has_content {
            work.bring(row.message.0, sibling.unit);
            copy_ids(work, row.id, ItemId(sibling.id)).await?;
            self.make_findable(work, ItemId(sibling.id), sibling.unit, row).await?;
        }
        work.count(Count::Item(sibling.unit.clone(), sibling.state), 1);
        Ok(())
    }
}

/// The row that is made for another unit.
pub(super) struct Sibling<'a> {
    pub id: Uuid,
    pub unit: &'a UnitId,
    pub state: ItemState,
    pub share: Share,
    /// When it is made.
    pub at: Timestamp,
}

/// What is left with the one who has passed a case on: that there was one, and that it was filed.
pub(super) fn without_content(case: &mut Case) {
    case.coordinators.clear();
    case.particulars = Particulars::default();
    case.plan = None;
    case.team = None;
    case.consent = None;
    case.unmet_need = None;
    case.improvement = Improvement::No;
    case.next_contact_on = None;
    case.lifted_to = None;
    case.lifted_to_members = false;
    case.share = Share::Awareness;
}

/// Whether `unit` has the report of this item's message already.
pub(super) async fn has_report<E: Engine>(work: &mut Work<E>, row: &Row, unit: &UnitId) -> Result<bool, StoreError> {
    let sql = "-- has_report
SELECT 1
FROM items
WHERE unit = $1 AND message = $2 AND (state = 'proposed' OR share = 'content' AND state <> 'withdrawn')
LIMIT 1";
    Ok(!work.fetch("items", sql, values![unit.0.as_str(), row.message.0]).await?.is_empty())
}

/// Those who meet where the case lies may read it from now on. A graded case is never read by many.
async fn show_to_members<E: Engine>(
    work: &mut Work<E>,
    row: &Row,
    by: &Acting,
) -> Result<Option<ActRefused>, StoreError> {
    if row.listed.protected != 0 {
        return Ok(Some(ActRefused::GradedForMembers));
    }
    let sql = "-- show_to_members
INSERT INTO lifts (item, at, by_id, by_name, by_agenda)
VALUES ($1, $2, $3, $4, 0)
ON CONFLICT (item) DO UPDATE
SET at = excluded.at, by_id = excluded.by_id, by_name = excluded.by_name, by_agenda = 0
WHERE lifts.by_agenda = 1";
    let lift = values![row.id.0, by.at, by.who.id, by.who.name.as_str()];
    let is_new = work.execute(sql, lift).await? == 1;
    Ok((!is_new).then_some(ActRefused::AlreadyLifted))
}

/// What was lifted to the members is read by them no more, unless it is on an agenda.
async fn hide_from_members<E: Engine>(work: &mut Work<E>, item: ItemId) -> Result<(), StoreError> {
    let sql = "-- still_on_an_agenda
UPDATE lifts
SET by_agenda = 1
WHERE item = $1 AND EXISTS (SELECT 1 FROM agenda AS a WHERE a.item = $1)";
    work.execute(sql, values![item.0]).await?;
    work.execute("DELETE FROM lifts WHERE item = $1 AND by_agenda = 0", values![item.0]).await?;
    Ok(())
}

/// Closes the open transfer whose `column` (`id` or `item`) is `id`.
async fn settle_transfer<E: Engine>(
    work: &mut Work<E>,
    column: &'static str,
    id: ItemId,
    state: TransferState,
    by: &Acting,
) -> Result<Option<OpenTransfer>, StoreError> {
    let mut statement = Statement::<E>::new("-- settle_transfer\nUPDATE transfers SET state = ");
    statement.value(state.label()).push(", settled_at = ").value(by.at);
    statement.push(", settled_by_name = ").value(by.who.name.as_str());
    statement.push(" WHERE state = 'open' AND ").push(column).push(" = ").value(id.0);
    statement.push(" RETURNING id, item, to_unit");
    let found = work.fetch("transfers", AssertSqlSafe(statement.sql), statement.values).await?;
    let Some(found) = found.first() else { return Ok(None) };
    Ok(Some(OpenTransfer {
        id: found.uuid("id")?,
        item: ItemId(found.uuid("item")?),
        to_unit: found.text_if_any("to_unit")?.map(UnitId),
    }))
}
