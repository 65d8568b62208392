//! Casework: one transaction for each act, with all that follows from it.

mod columns;
mod delegate;
mod end;
mod family;
mod follow;
mod heard;
mod left;
mod over;
mod particulars;
mod read;
mod remove;
mod row;
mod told;

pub(super) use read::answer_kind;
pub(super) use read::lift_reason;
pub(super) use read::lifted_to;
pub(super) use remove::forget;
pub(super) use told::end_all_that_is_told;

use super::SqlStore;
use super::engine::Engine;
use super::engine::Statement;
use super::engine::Value;
use super::engine::values;
use super::statistics::recount;
use super::work::Count;
use super::work::Work;
use crate::domain::Act;
use crate::domain::ActKind;
use crate::domain::ActRefused;
use crate::domain::Acting;
use crate::domain::Case;
use crate::domain::Detailed;
use crate::domain::FollowUpKind;
use crate::domain::ItemId;
use crate::domain::ItemState;
use crate::domain::MessageId;
use crate::domain::NOT_RECEIVED;
use crate::domain::Redacted;
use crate::domain::Share;
use crate::domain::Timestamp;
use crate::domain::UNDO_WAIT;
use crate::domain::UnitId;
use crate::storage::Acted;
use crate::storage::Actor;
use crate::storage::CaseDetail;
use crate::storage::CaseStore;
use crate::storage::Deed;
use crate::storage::DueWord;
use crate::storage::HeldBy;
use crate::storage::NewJournalLine;
use crate::storage::StoreError;
use crate::storage::Transfer;
use crate::storage::UserId;
use crate::storage::WordId;
use crate::storage::seal::Place;
use async_trait::async_trait;
use columns::details_to_bytes;
use row::Row;
use sqlx::AssertSqlSafe;
use told::end_what_is_told;

#[async_trait]
impl<E: Engine> CaseStore for SqlStore<E> {
    async fn case(&self, id: ItemId, units: &[UnitId]) -> Result<CaseDetail, StoreError> {
        self.read_case(id, units).await
    }

    async fn act_on_case(&self, deed: &Deed) -> Result<Acted, StoreError> {
        let mut work = self.pools.work().await?;
        let acted = self.act_in(&mut work, deed).await?;
        if let Acted::Done { .. } = acted {
            work.commit().await?;
        }
        Ok(acted)
    }

    async fn undo(&self, id: ItemId, units: &[UnitId], by: &Acting) -> Result<Acted, StoreError> {
        let mut work = self.pools.work().await?;
        let row = self.hold(&mut work, id, Some(units)).await?;
        let Some(undo) = row.undo.clone() else { return Ok(Acted::Refused(ActRefused::NothingToUndo)) };
        let last = self.last_event(&mut work, &row).await?;
        if last.who != by.who.id {
            return Ok(Acted::Refused(ActRefused::NothingToUndo));
        }
        if by.at > undo.until {
            return Ok(Acted::Refused(ActRefused::TooLateToUndo));
        }
        if let Some(refused) = self.unfollow(&mut work, &row, last.act).await? {
            return Ok(Acted::Refused(refused));
        }
        let sql = "UPDATE case_events SET undone = 1, send_due = NULL WHERE item = $1 AND sequence = $2";
        work.execute(sql, values![id.0, row.version]).await?;
        let details = vec![(Detailed::Code, Redacted::new(last.act.label().to_owned()))];
        let change = Change { kind: ActKind::Undo, details, by, undo_until: None, send_due: None };
        let state = undo.before.state;
        let version = self.set(&mut work, &row, undo.before, change).await?;
        work.commit().await?;
        Ok(Acted::Done { message: row.message, state, version, undo_until: None })
    }

    async fn due_words(&self, now: Timestamp, rows_max: u32) -> Result<Vec<DueWord>, StoreError> {
        self.read_due_words(now, rows_max).await
    }

    async fn next_word_due(&self) -> Result<Option<Timestamp>, StoreError> {
        let sql = "-- next_word_due
SELECT send_due
FROM case_events
WHERE send_due IS NOT NULL
ORDER BY send_due
LIMIT 1";
        self.ask("case_events", sql, values![]).await?.first().map(|it| it.time("send_due")).transpose()
    }

    async fn word_handed_over(&self, id: WordId) -> Result<(), StoreError> {
        let mut work = self.pools.work().await?;
        let sql = "-- word_handed_over
UPDATE case_events
SET send_due = NULL
WHERE item = $1 AND sequence = $2 AND send_due IS NOT NULL";
        if work.execute(sql, values![id.item.0, id.sequence]).await? != 1 {
            return Err(StoreError::Absent);
        }
        work.commit().await
    }

    async fn remove_withdrawn(&self, now: Timestamp, rows_max: u32) -> Result<u64, StoreError> {
        self.remove(now, rows_max).await
    }

    async fn held_elsewhere(&self, messages: &[MessageId]) -> Result<Vec<HeldBy>, StoreError> {
        self.read_held(messages).await
    }

    async fn let_go(&self, now: Timestamp, rows_max: u32) -> Result<u64, StoreError> {
        self.let_go_of_those_who_left(now, rows_max).await
    }

    async fn end_lifts(&self, settled: Timestamp, now: Timestamp, rows_max: u32) -> Result<u64, StoreError> {
        self.end_lifts_of_what_is_over(settled, now, rows_max).await
    }

    async fn kin(&self, id: ItemId) -> Result<Vec<ItemId>, StoreError> {
        self.read_kin(id).await
    }

    async fn stale_transfers(&self, before: Timestamp, rows_max: u32) -> Result<Vec<Transfer>, StoreError> {
        self.read_stale_transfers(before, rows_max).await
    }
}

/// What is written with a changed case.
struct Change<'a> {
    kind: ActKind,
    details: Vec<(Detailed, Redacted<String>)>,
    by: &'a Acting,
    /// `None`: it cannot be undone.
    undo_until: Option<Timestamp>,
    /// When it goes to somebody outside; `None`: it does not.
    send_due: Option<Timestamp>,
}

impl<E: Engine> SqlStore<E> {
    /// Does an act in a transaction that the caller commits when it is done.
    pub(in crate::storage::sql) async fn act_in(&self, work: &mut Work<E>, deed: &Deed) -> Result<Acted, StoreError> {
        let before = self.hold(work, deed.item, Some(&deed.units)).await?;
        if deed.version.is_some_and(|it| it != before.version) {
            return Ok(Acted::Refused(ActRefused::ChangedSince));
        }
        let mut after = match before.case.after(&deed.act, &deed.by) {
            Ok(after) => after,
            Err(refused) => return Ok(Acted::Refused(refused)),
        };
        let kind = deed.act.kind();
        // Looking is told each time; it is an event only when it is the first.
        if kind == ActKind::Open && after == before.case {
            let (message, state, version) = (before.message, after.state, before.version);
            work.tell(line(&before, kind, &deed.by, &[]));
            return Ok(Acted::Done { message, state, version, undo_until: None });
        }
        if let Some(refused) = self.follow(work, &before, &mut after, &deed.act, &deed.by).await? {
            return Ok(Acted::Refused(refused));
        }
        // What the other end of a delegation has been told is not taken back.
        let followed = self.follow_coordinator(work, &before, &deed.act, &deed.by).await?;
        let closed = kind == ActKind::Close && before.case.particulars.delegation != after.particulars.delegation;
        let told_elsewhere = followed || closed;
        let undo_until = (kind.can_be_undone() && !told_elsewhere).then(|| deed.by.at.plus(UNDO_WAIT));
        let send_due = deed.act.leaves_the_house().then_some(undo_until).flatten();
        let change = Change { kind, details: before.case.details_of(&deed.act), by: &deed.by, undo_until, send_due };
        let (state, responsible) = (after.state, after.responsible.clone());
        let version = self.set(work, &before, after, change).await?;
        let message = before.message;
        // A member had taken what they see no more.
        if let (ActKind::TakeBackLift, Some(who)) = (kind, responsible)
            && self.let_go_of(work, UserId(who.id), None, &Actor::House, deed.by.at).await? > 0
        {
            let row = self.hold(work, before.id, None).await?;
            return Ok(Acted::Done { message, state: row.case.state, version: row.version, undo_until });
        }
        if delegate::ends_with(&before, kind) {
            self.end_row(work, before.id, &deed.by).await?;
            let row = self.hold(work, before.id, None).await?;
            return Ok(Acted::Done { message, state: row.case.state, version: row.version, undo_until });
        }
        Ok(Acted::Done { message, state, version, undo_until })
    }

    /// Writes the case as it is after `change`: row, event, coordinators, counts and journal. Its new version.
    async fn set(&self, work: &mut Work<E>, before: &Row, after: Case, change: Change<'_>) -> Result<u64, StoreError> {
        let version = before.version + 1;
        recount(work, before.id, -1).await?;
        let mut statement = Statement::<E>::new("-- set_case\nUPDATE items SET version = ");
        statement.value(version);
        for (column, value) in self.row_values(before, &after) {
            statement.push(", ").push(column).push(" = ").value(value);
        }
        let undo =
            change.undo_until.map(|_| before.key.seal(before.place("undo"), &columns::case_to_bytes(&before.case)));
        statement.push(", undo = ").value(undo);
        statement.push(", undo_until = ").value(change.undo_until.map(|it| it.0));
        if !may_be_read(&before.case) && may_be_read(&after) {
            work.bring(before.message.0, &before.unit);
        }
        // That nobody has it is told until somebody does, or it is over.
        match (change.kind, &after.responsible, after.state) {
            (ActKind::Lapse, None, _) => statement.push(", left_at = ").value(change.by.at),
            (_, None, ItemState::Opened | ItemState::Offered) => &mut statement,
            (_, _, _) => statement.push(", left_at = NULL"),
        };
        let remove_at = (change.kind == ActKind::WrongAddressee).then_some(change.undo_until).flatten();
        statement.push(", remove_at = ").value(remove_at.map(|it| it.0));
        statement.push(" WHERE id = ").value(before.id.0).push(" AND version = ").value(before.version);
        if work.execute(AssertSqlSafe(statement.sql), statement.values).await? != 1 {
            return Err(StoreError::Inconsistent { table: "items", column: "version" });
        }

        let place = event_row(before.id, version);
        let place = Place { table: "case_events", column: "detail", row: &place };
        let detail = (!change.details.is_empty()).then(|| before.key.seal(place, &details_to_bytes(&change.details)));
        let event: Vec<Value> = values![
            before.id.0,
            version,
            change.by.at,
            change.by.who.id,
            change.by.who.name.as_str(),
            change.kind.label(),
            after.state.label(),
            detail,
            change.send_due.map(|it| it.0)
        ];
        let sql = "-- add_case_event
INSERT INTO case_events (item, sequence, at, actor, actor_name, act, state, detail, send_due, undone)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0)";
        work.execute(sql, event).await?;

        if before.case.coordinators != after.coordinators {
            self.write_coordinators(work, before, &after.coordinators).await?;
        }
        recount(work, before.id, 1).await?;
        work.count(Count::Item(before.unit.clone(), before.case.state), -1);
        work.count(Count::Item(before.unit.clone(), after.state), 1);
        if is_open_here(&before.case) != is_open_here(&after) {
            end_what_is_told(work, before.message).await?;
        }
        work.tell(line(before, change.kind, change.by, &change.details));
        Ok(version)
    }
}

/// Whether the unit has the content.
fn may_be_read(case: &Case) -> bool {
    case.share == Share::Content && case.state != ItemState::Withdrawn
}

/// Whether somebody of the unit is to do something with the content.
fn is_open_here(case: &Case) -> bool {
    case.share == Share::Content
        && !matches!(case.state, ItemState::Closed | ItemState::Transferred | ItemState::Withdrawn)
}

/// Where an event stands, for what is sealed in it.
fn event_row(item: ItemId, sequence: u64) -> Vec<u8> {
    [&item.0.as_bytes()[..], &sequence.to_be_bytes()[..]].concat()
}

fn line(row: &Row, kind: ActKind, by: &Acting, said: &[(Detailed, Redacted<String>)]) -> NewJournalLine {
    // Why a case was brought to a group is told to those who look after the house too: codes, and nothing that was written.
    let word = |what| said.iter().find(|it| it.0 == what).map_or("", |it| it.1.reveal().as_str());
    let why = match kind == ActKind::Lift {
        true => format!("; {}, trinn {}", word(Detailed::Code), word(Detailed::Step)),
        false => String::new(),
    };
    let is_answer = kind != ActKind::AnswerArrived
        || FollowUpKind::from_code(word(Detailed::Code)).is_none_or(FollowUpKind::is_from_outside);
    NewJournalLine {
        at: by.at,
        actor: match by.who.id.is_nil() {
            true => Actor::House,
            false => Actor::Person { id: by.who.id.to_string(), name: by.who.name.clone() },
        },
        action: if is_answer { kind.label() } else { NOT_RECEIVED },
        message: Some(MessageId(row.message.0)),
        detail: format!("in {}{why}", row.unit),
    }
}

/// The act that an act on one item is for the item at the other end of a transfer.
fn counterpart(act: &Act) -> Option<Act> {
    match act {
        Act::AcceptTransfer => Some(Act::TransferAccepted),
        Act::DeclineTransfer { why } => Some(Act::TransferDeclined { why: why.clone() }),
        Act::TakeBackTransfer => Some(Act::OfferEnded),
        Act::Open | Act::Take | Act::Give { .. } | Act::Release | Act::Confirm | Act::AskForMore { .. } => None,
        Act::Answer { .. } | Act::AnswerArrived { .. } | Act::WrongAddressee { .. } | Act::OfferTransfer { .. } => None,
        Act::TransferAccepted | Act::TransferDeclined { .. } | Act::OfferEnded | Act::Lift { .. } => None,
        Act::TakeBackLift { .. } | Act::LiftEnded => None,
        Act::RegisterAnswer { .. } | Act::Lapse { .. } => None,
        Act::Archive { .. } | Act::Decide { .. } | Act::AppointCoordinator { .. } => None,
        Act::ChangeCoordinator { .. } | Act::EndCoordinator { .. } | Act::SetPlan { .. } | Act::SetTeam { .. } => None,
        Act::PlanContact { .. } | Act::ChangeConsent { .. } | Act::FlagUnmetNeed { .. } => None,
        Act::FlagImprovement { .. } | Act::Note { .. } | Act::Comment { .. } | Act::Close | Act::Reopen => None,
    }
}
