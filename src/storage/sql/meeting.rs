//! Meetings of groups, their agendas and what was said.

use super::SqlStore;
use super::casework::lifted_to;
use super::engine::Engine;
use super::engine::Insert;
use super::engine::Record;
use super::engine::Statement;
use super::engine::values;
use super::inbox::ROWS;
use super::reminders;
use super::task;
use super::work::Count;
use super::work::Work;
use crate::domain::DeliveryState;
use crate::domain::ItemId;
use crate::domain::Meeting;
use crate::domain::MeetingDecision;
use crate::domain::MeetingId;
use crate::domain::MeetingKind;
use crate::domain::MeetingPlan;
use crate::domain::MeetingState;
use crate::domain::MessageId;
use crate::domain::Redacted;
use crate::domain::Reference;
use crate::domain::Reminder;
use crate::domain::Timestamp;
use crate::domain::UnitId;
use crate::storage::Actor;
use crate::storage::AgendaRow;
use crate::storage::Discussed;
use crate::storage::InboxRow;
use crate::storage::LiftTold;
use crate::storage::MeetingStore;
use crate::storage::Minutes;
use crate::storage::NewJournalLine;
use crate::storage::NewMinutes;
use crate::storage::NewNotice;
use crate::storage::Person;
use crate::storage::Shift;
use crate::storage::StoreError;
use crate::storage::seal::DataKey;
use crate::storage::seal::Place;
use async_trait::async_trait;
use sqlx::AssertSqlSafe;
use std::collections::BTreeMap;
use uuid::Uuid;

/// Rows of one look at most, whatever is asked for.
const ROWS_MAX: u32 = 500;

const MEETING_COLUMNS: &str = "id, reference, unit, kind, state, at, minutes, place, revision, changed_at";

const AGENDA: Insert = Insert {
    table: "agenda",
    columns: &["meeting", "item", "place_in_order", "put_at", "put_by_name"],
    tail: "ON CONFLICT (meeting, item) DO NOTHING",
};

const LIFTED_BY_AGENDA: Insert = Insert {
    table: "lifts",
    columns: &["item", "at", "by_id", "by_name", "by_agenda"],
    tail: "ON CONFLICT (item) DO NOTHING",
};

const CALLS: Insert = Insert {
    table: "notices",
    columns: &["id", "reference", "unit", "channel", "state", "created_at", "due", "attempts", "meeting"],
    tail: "",
};

#[async_trait]
impl<E: Engine> MeetingStore for SqlStore<E> {
    async fn meetings(&self, unit: &UnitId, rows_max: u32) -> Result<Vec<Meeting>, StoreError> {
        let mut statement = select();
        statement.push(" FROM meetings WHERE unit = ").value(unit.0.as_str());
        statement.push(" ORDER BY at DESC, id DESC LIMIT ").value(rows_max.min(ROWS_MAX));
        self.pools.look().await?.run("meetings", statement).await?.iter().map(read).collect()
    }

    async fn meeting(&self, id: MeetingId, units: &[UnitId]) -> Result<Meeting, StoreError> {
        let mut statement = select();
        statement.push(" FROM meetings WHERE id = ").value(id.0);
        statement.push(" AND unit IN ").list(units.iter().map(|it| it.0.as_str()));
        let found = self.pools.look().await?.run("meetings", statement).await?;
        found.first().map(read).transpose()?.ok_or(StoreError::Absent)
    }

    async fn next_meetings(&self, units: &[UnitId], now: Timestamp) -> Result<Vec<Meeting>, StoreError> {
        let mut statement = select();
        statement.push(" FROM meetings WHERE unit IN ").list(units.iter().map(|it| it.0.as_str()));
        statement.push(" AND state = 'planned' AND ends > ").value(now);
        statement.push(" ORDER BY at, id LIMIT ").value(ROWS_MAX);
        let mut first: Vec<Meeting> = Vec::new();
        for record in self.pools.look().await?.run("meetings", statement).await? {
            let meeting: Meeting = read(&record)?;
            if !first.iter().any(|it| it.unit == meeting.unit) {
                first.push(meeting);
            }
        }
        Ok(first)
    }

    async fn add_meeting(
        &self,
        meeting: &Meeting,
        items: &[ItemId],
        notices: &[NewNotice],
        by: &Person,
    ) -> Result<(), StoreError> {
        let mut work = self.pools.work().await?;
        let Meeting { id, reference, unit, kind, state, plan, revision, changed_at } = meeting;
        let sql = "-- add_meeting
INSERT INTO meetings (id, reference, unit, kind, state, at, ends, minutes, place, revision, changed_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
        let row = values![
            id.0,
            reference.as_str(),
            unit.0.as_str(),
            kind.label(),
            state.label(),
            plan.at,
            plan.ends(),
            plan.minutes,
            plan.place.as_str(),
            *revision,
            *changed_at
        ];
        work.execute(sql, row).await?;
        put(&mut work, *id, items, by, *changed_at).await?;
        call(&mut work, meeting, notices).await?;
        work.tell(told(meeting, "meeting_called", by));
        work.commit().await
    }

    async fn change_meeting(&self, meeting: &Meeting, notices: &[NewNotice], by: &Person) -> Result<bool, StoreError> {
        let mut work = self.pools.work().await?;
        // Whoever writes minutes just now is done first: what has been said something of is not called off.
        hold(&mut work, meeting.id).await?;
        let sql = "-- change_meeting
UPDATE meetings
SET state = $1, at = $2, ends = $3, minutes = $4, place = $5, revision = $6, changed_at = $7
WHERE id = $8 AND revision = $6 - 1 AND state = 'planned'
    AND ($1 = 'planned' OR NOT EXISTS (SELECT 1 FROM agenda AS a WHERE a.meeting = $8 AND a.written_at IS NOT NULL))";
        let Meeting { id, state, plan, revision, changed_at, .. } = meeting;
        let row = values![
            state.label(),
            plan.at,
            plan.ends(),
            plan.minutes,
            plan.place.as_str(),
            *revision,
            *changed_at,
            id.0
        ];
        if work.execute(sql, row).await? != 1 {
            return Ok(false);
        }
        call(&mut work, meeting, notices).await?;
        let action = match meeting.state {
            MeetingState::Planned => "meeting_moved",
            MeetingState::Cancelled => "meeting_cancelled",
        };
        work.tell(told(meeting, action, by));
        work.commit().await?;
        Ok(true)
    }

    async fn agenda(&self, meeting: MeetingId) -> Result<Vec<AgendaRow>, StoreError> {
        let mut look = self.pools.look().await?;
        let mut statement = Statement::new(
            "-- agenda
SELECT a.item, a.put_at, a.put_by_name, a.written_at, a.decision, (SELECT COUNT(*) ",
        );
        statement.push(ENDED_AND_KEPT).push(" = a.item) AS kept_at_home FROM agenda AS a WHERE a.meeting = ");
        statement.value(meeting.0).push(" ORDER BY a.place_in_order, a.item");
        let found = look.run("agenda", statement).await?;
        let mut ids = Vec::with_capacity(found.len());
        for record in &found {
            ids.push(record.uuid("item")?);
        }
        let mut statement = Statement::new(ROWS);
        statement.push("WHERE i.id IN ").list(ids.iter().copied());
        let mut rows: BTreeMap<Uuid, InboxRow> = BTreeMap::new();
        for record in look.run("items", statement).await? {
            rows.insert(record.uuid("id")?, self.row(&record)?);
        }
        let mut agenda = Vec::with_capacity(found.len());
        for (record, id) in found.iter().zip(ids) {
            let Some(row) = rows.remove(&id) else { continue };
            agenda.push(AgendaRow {
                row,
                put_by: record.text("put_by_name")?,
                put_at: record.time("put_at")?,
                minuted: record.time_if_any("written_at")?.is_some(),
                kept_at_home: record.integer("kept_at_home")? > 0,
                decision: decision(record)?,
            });
        }
        Ok(agenda)
    }

    async fn waiting_for_meeting(
        &self,
        unit: &UnitId,
        now: Timestamp,
        rows_max: u32,
    ) -> Result<Vec<InboxRow>, StoreError> {
        let mut look = self.pools.look().await?;
        let mut statement = Statement::new(ROWS);
        statement.push("WHERE i.unit = ").value(unit.0.as_str()).push(
            " AND i.share = 'content' AND i.state IN ('unread', 'opened', 'taken', 'waiting')
    AND NOT EXISTS (
        SELECT 1
        FROM agenda AS a
        INNER JOIN meetings AS m ON m.id = a.meeting
        WHERE a.item = i.id AND m.state = 'planned' AND m.ends > ",
        );
        statement.value(now).push(
            ")
    AND NOT EXISTS (
        SELECT 1
        FROM agenda AS d
        WHERE d.item = i.id AND d.decision IS NOT NULL AND d.decision <> ",
        );
        statement.value(MeetingDecision::NextMeeting.code()).push(
            "
            AND NOT EXISTS (
                SELECT 1 FROM agenda AS l WHERE l.item = d.item AND l.written_at > d.written_at AND l.decision = ",
        );
        statement.value(MeetingDecision::NextMeeting.code()).push("))\nORDER BY i.deadline, i.id LIMIT ");
        statement.value(rows_max.min(ROWS_MAX));
        look.run("items", statement).await?.iter().map(|it| self.row(it)).collect()
    }

    async fn put_on_agenda(
        &self,
        meeting: MeetingId,
        items: &[ItemId],
        by: &Person,
        now: Timestamp,
    ) -> Result<u64, StoreError> {
        let mut work = self.pools.work().await?;
        let new = put(&mut work, meeting, items, by, now).await?;
        work.commit().await?;
        Ok(new)
    }

    async fn take_off_agenda(
        &self,
        meeting: MeetingId,
        item: ItemId,
        by: &Person,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut work = self.pools.work().await?;
        let sql = "DELETE FROM agenda WHERE meeting = $1 AND item = $2 AND written_at IS NULL";
        if work.execute(sql, values![meeting.0, item.0]).await? != 1 {
            return Ok(false);
        }
        let sql = "-- seen_no_more
DELETE FROM lifts
WHERE item = $1 AND by_agenda = 1 AND NOT EXISTS (SELECT 1 FROM agenda AS a WHERE a.item = $1)";
        work.execute(sql, values![item.0]).await?;
        let (message, _) = self.item_key(&mut work, item).await?;
        work.tell(about(message, "agenda_taken_off", meeting, by, now));
        work.commit().await?;
        Ok(true)
    }

    async fn shift(&self, meeting: MeetingId, item: ItemId, shift: Shift) -> Result<bool, StoreError> {
        let mut work = self.pools.work().await?;
        let sql = "SELECT item, place_in_order FROM agenda WHERE meeting = $1 ORDER BY place_in_order, item";
        let found = work.fetch("agenda", sql, values![meeting.0]).await?;
        let mut places = Vec::with_capacity(found.len());
        for record in &found {
            places.push((record.uuid("item")?, record.integer("place_in_order")?));
        }
        let Some(here) = places.iter().position(|it| it.0 == item.0) else { return Ok(false) };
        let there = match shift {
            Shift::Earlier => here.checked_sub(1),
            Shift::Later => Some(here + 1).filter(|it| *it < places.len()),
        };
        let Some(there) = there else { return Ok(false) };
        let sql = "UPDATE agenda SET place_in_order = $1 WHERE meeting = $2 AND item = $3";
        work.execute(sql, values![places[there].1, meeting.0, places[here].0]).await?;
        work.execute(sql, values![places[here].1, meeting.0, places[there].0]).await?;
        work.commit().await?;
        Ok(true)
    }

    async fn write_minutes(
        &self,
        meeting: MeetingId,
        item: ItemId,
        said: &NewMinutes,
        by: &Person,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut work = self.pools.work().await?;
        // One at a time, so that only the first is the first.
        if hold(&mut work, meeting).await? != Some(MeetingState::Planned) {
            return Err(StoreError::Absent);
        }
        let (message, key) = self.item_key(&mut work, item).await?;
        let sql = "SELECT 1 FROM agenda WHERE meeting = $1 AND item = $2 AND written_at IS NULL";
        let is_first = !work.fetch("agenda", sql, values![meeting.0, item.0]).await?.is_empty();
        let row = agenda_row(meeting, item);
        let place = Place { table: "agenda", column: "minutes", row: &row };
        let sealed = key.seal(place, said.text.reveal().as_bytes());
        // Of a meeting that has been held they are written once, also when those who have the case have ended the lift since.
        let sql = format!(
            "-- write_minutes
UPDATE agenda
SET minutes = $1, decision = $2, written_at = $3, written_by_name = $4
WHERE meeting = $5 AND item = $6
    AND (EXISTS (SELECT 1 FROM items AS i WHERE i.id = $6 AND i.state NOT IN ('withdrawn', 'transferred'))
        OR written_at IS NULL AND EXISTS (SELECT 1 {ENDED_AND_KEPT} = $6))"
        );
        let decision = said.decision.map(|it| it.code().to_owned());
        let values = values![sealed, decision, now, by.display_name.as_str(), meeting.0, item.0];
        if work.execute(AssertSqlSafe(sql), values).await? != 1 {
            return Err(StoreError::Absent);
        }
        if let Some((at, given)) = &said.task {
            task::insert(&mut work, *at, given, &key, by, now, None).await?;
            work.tell(about(message, "task_given", meeting, by, now));
        }
        if is_first {
            let found =
                work.fetch("messages", "SELECT reference FROM messages WHERE id = $1", values![message.0]).await?;
            let reference = found.first().ok_or(StoreError::Absent)?.word("reference", Reference::parse)?;
            reminders::queue(&mut work, message, &reference, Reminder::MeetingSpoke, &said.notices, now).await?;
        }
        work.tell(about(message, "minutes_written", meeting, by, now));
        work.commit().await
    }

    async fn meetings_of(&self, item: ItemId) -> Result<Vec<Discussed>, StoreError> {
        let mut statement = discussed();
        statement.push("= ").value(item.0);
        self.discussed(statement).await
    }

    async fn lifted_meetings_of(&self, item: ItemId) -> Result<Vec<Discussed>, StoreError> {
        let mut statement = discussed();
        statement.push("IN (").push(LIFTED_FROM).value(item.0).push(")");
        self.discussed(statement).await
    }

    async fn lifts_of(&self, items: &[ItemId]) -> Result<Vec<(ItemId, LiftTold)>, StoreError> {
        let mut statement = Statement::<E>::new(
            "-- lifts_of
SELECT r.id AS here, r.unit AS here_unit, e.item, e.sequence, e.detail, i.message, k.key_id, k.wrapped
FROM items AS r
INNER JOIN case_events AS e ON (e.item = r.id AND EXISTS (
        SELECT 1 FROM lifts AS l WHERE l.item = r.id AND l.by_agenda = 0
    )) OR e.item = r.came_from
INNER JOIN items AS i ON i.id = e.item
LEFT JOIN data_keys AS k ON k.message = i.message
WHERE e.act = 'lifted' AND e.undone = 0 AND r.id IN ",
        );
        statement.list(items.iter().map(|it| it.0)).push(" ORDER BY e.at, e.sequence");
        let mut lifts = BTreeMap::new();
        for record in self.pools.look().await?.run("case_events", statement).await? {
            let key = self.data_key(record.uuid("message")?, &record)?;
            let here = UnitId(record.text("here_unit")?);
            // The last one counts.
            if let Some(told) = lifted_to(&record, &key, &here)? {
                lifts.insert(record.uuid("here")?, told);
            }
        }
        Ok(lifts.into_iter().map(|(item, told)| (ItemId(item), told)).collect())
    }

    async fn discussed_at(&self, items: &[ItemId], now: Timestamp) -> Result<Vec<(ItemId, Timestamp)>, StoreError> {
        let mut statement = Statement::<E>::new(
            "-- discussed_at
SELECT a.item, MIN(m.at) AS at
FROM agenda AS a
INNER JOIN meetings AS m ON m.id = a.meeting
WHERE a.item IN ",
        );
        statement.list(items.iter().map(|it| it.0)).push(" AND m.state = 'planned' AND m.ends > ").value(now);
        statement.push(" GROUP BY a.item");
        let found = self.pools.look().await?.run("agenda", statement).await?;
        found.iter().map(|it| Ok((ItemId(it.uuid("item")?), it.time("at")?))).collect()
    }
}

/// How the meeting stands; nobody else changes it, or writes of it, until the transaction ends. `None`: it is not there.
async fn hold<E: Engine>(work: &mut Work<E>, meeting: MeetingId) -> Result<Option<MeetingState>, StoreError> {
    let sql = AssertSqlSafe(format!("SELECT state FROM meetings WHERE id = $1{}", E::FOR_UPDATE));
    let found = work.fetch("meetings", sql, values![meeting.0]).await?;
    found.first().map(|it| it.word("state", MeetingState::from_label)).transpose()
}

impl<E: Engine> SqlStore<E> {
    async fn discussed(&self, mut statement: Statement<E>) -> Result<Vec<Discussed>, StoreError> {
        statement.push(" ORDER BY m.at, m.id");
        let found = self.pools.look().await?.run("agenda", statement).await?;
        found
            .iter()
            .map(|it| {
                let meeting: Meeting = read(it)?;
                let minutes = match (it.bytes_if_any("said")?, it.time_if_any("written_at")?) {
                    (Some(sealed), Some(written_at)) => {
                        let row = agenda_row(meeting.id, ItemId(it.uuid("item")?));
                        let place = Place { table: "agenda", column: "minutes", row: &row };
                        let text = self.data_key(it.uuid("message")?, it)?.open(place, &sealed)?;
                        Some(Minutes {
                            text: Redacted::new(String::from_utf8(text).map_err(|_| it.fault("said"))?),
                            decision: decision(it)?,
                            written_by: it.text("written_by_name")?,
                            written_at,
                        })
                    }
                    (Some(_) | None, _) => None,
                };
                Ok(Discussed { meeting, number: it.count("number")?, minutes })
            })
            .collect()
    }

    /// The message of an item, and the key that its texts are sealed with.
    pub(super) async fn item_key(&self, work: &mut Work<E>, item: ItemId) -> Result<(MessageId, DataKey), StoreError> {
        let sql = "-- item_key
SELECT i.message, k.key_id, k.wrapped
FROM items AS i
LEFT JOIN data_keys AS k ON k.message = i.message
WHERE i.id = $1";
        let found = work.fetch("items", sql, values![item.0]).await?;
        let found = found.first().ok_or(StoreError::Absent)?;
        let message = found.uuid("message")?;
        Ok((MessageId(message), self.data_key(message, found)?))
    }
}

/// The rows of groups that a case has been lifted to, also those of lifts that have been taken back. The case's id follows.
pub(super) const LIFTED_FROM: &str = "SELECT l.id
    FROM items AS h
    INNER JOIN items AS l ON l.message = h.message AND l.came_from = h.id
    WHERE (l.unit = h.lifted_to AND l.state <> 'withdrawn'
            OR EXISTS (SELECT 1 FROM case_events AS e WHERE e.item = l.id AND e.act = 'lift_ended'))
        AND h.id = ";

/// A case whose lift has ended, while those who had it at home still have its content: what was said of it is read there. Which one
/// follows.
const ENDED_AND_KEPT: &str = "FROM items AS g
    INNER JOIN items AS h ON h.id = g.came_from
    WHERE g.state = 'withdrawn' AND h.share = 'content' AND h.state NOT IN ('proposed', 'transferred', 'withdrawn')
        AND h.removed_at IS NULL AND h.remove_at IS NULL
        AND EXISTS (SELECT 1 FROM case_events AS e WHERE e.item = g.id AND e.act = 'lift_ended')
        AND g.id";

/// What was said of a case, and when. The case follows.
fn discussed<E: Engine>() -> Statement<E> {
    Statement::new(
        "-- meetings_of
SELECT m.id, m.reference, m.unit, m.kind, m.state, m.at, m.minutes, m.place, m.revision, m.changed_at,
    a.item, a.minutes AS said, a.decision, a.written_at, a.written_by_name, i.message, k.key_id, k.wrapped,
    (SELECT COUNT(*) FROM agenda AS b WHERE b.meeting = a.meeting AND b.place_in_order <= a.place_in_order) AS number
FROM agenda AS a
INNER JOIN meetings AS m ON m.id = a.meeting
INNER JOIN items AS i ON i.id = a.item
LEFT JOIN data_keys AS k ON k.message = i.message
WHERE m.state = 'planned' AND a.item ",
    )
}

/// The meeting that a notice is about, as it stands now.
pub(super) async fn held<E: Engine>(work: &mut Work<E>, id: MeetingId) -> Result<Option<Meeting>, StoreError> {
    let sql = "-- meeting_of_notice
SELECT id, reference, unit, kind, state, at, minutes, place, revision, changed_at
FROM meetings
WHERE id = $1";
    work.fetch("meetings", sql, values![id.0]).await?.first().map(read).transpose()
}

/// What a meeting is read from. A `FROM` follows.
fn select<E: Engine>() -> Statement<E> {
    let mut statement = Statement::new("-- meetings\nSELECT ");
    statement.push(MEETING_COLUMNS);
    statement
}

fn read<E: Engine>(record: &Record<E>) -> Result<Meeting, StoreError> {
    Ok(Meeting {
        id: MeetingId(record.uuid("id")?),
        reference: record.word("reference", Reference::parse)?,
        unit: UnitId(record.text("unit")?),
        kind: record.word("kind", MeetingKind::from_label)?,
        state: record.word("state", MeetingState::from_label)?,
        plan: MeetingPlan { at: record.time("at")?, minutes: record.count("minutes")?, place: record.text("place")? },
        revision: record.count("revision")?,
        changed_at: record.time("changed_at")?,
    })
}

fn decision<E: Engine>(record: &Record<E>) -> Result<Option<MeetingDecision>, StoreError> {
    let code = record.text_if_any("decision")?;
    code.map(|it| MeetingDecision::from_code(&it).ok_or_else(|| record.fault("decision"))).transpose()
}

/// Where an agenda's row stands, for what is sealed in it.
fn agenda_row(meeting: MeetingId, item: ItemId) -> Vec<u8> {
    [&meeting.0.as_bytes()[..], &item.0.as_bytes()[..]].concat()
}

/// Puts `items` last. A graded case is shown to no more people for it.
async fn put<E: Engine>(
    work: &mut Work<E>,
    meeting: MeetingId,
    items: &[ItemId],
    by: &Person,
    now: Timestamp,
) -> Result<u64, StoreError> {
    let mut new = 0;
    for item in items {
        let sql = "SELECT message, protected FROM items WHERE id = $1";
        let found = work.fetch("items", sql, values![item.0]).await?;
        let found = found.first().ok_or(StoreError::Absent)?;
        let sql = "-- on_one_coming_agenda
DELETE FROM agenda
WHERE item = $1 AND meeting <> $2 AND written_at IS NULL
    AND meeting IN (SELECT id FROM meetings WHERE state = 'planned' AND ends > $3)";
        work.execute(sql, values![item.0, meeting.0, now]).await?;
        let sql = "SELECT COALESCE(MAX(place_in_order), 0) AS last FROM agenda WHERE meeting = $1";
        let last = work.fetch("agenda", sql, values![meeting.0]).await?;
        let last = last.first().map_or(Ok(0), |it| it.integer("last"))?;
        let row = values![meeting.0, item.0, last + 1, now, by.display_name.as_str()];
        if work.insert(&AGENDA, vec![row]).await? != 1 {
            continue;
        }
        new += 1;
        if !found.flag("protected")? {
            let row = values![item.0, now, by.id.0, by.display_name.as_str(), true];
            work.insert(&LIFTED_BY_AGENDA, vec![row]).await?;
        }
        work.tell(about(MessageId(found.uuid("message")?), "agenda_put", meeting, by, now));
    }
    Ok(new)
}

/// Queues what tells the group's people of a meeting. What was queued before and has not gone yet says the same by then.
async fn call<E: Engine>(work: &mut Work<E>, meeting: &Meeting, notices: &[NewNotice]) -> Result<(), StoreError> {
    let rows = notices.iter().map(|it| {
        values![
            it.id.0,
            meeting.reference.as_str(),
            it.unit.0.as_str(),
            it.channel.label(),
            DeliveryState::Queued.label(),
            meeting.changed_at,
            it.due,
            0_u32,
            meeting.id.0
        ]
    });
    work.insert(&CALLS, rows.collect()).await?;
    work.count(Count::Notice(DeliveryState::Queued), i64::try_from(notices.len()).unwrap_or(i64::MAX));
    Ok(())
}

fn actor(by: &Person) -> Actor {
    Actor::Person { id: by.id.to_string(), name: by.display_name.clone() }
}

fn told(meeting: &Meeting, action: &'static str, by: &Person) -> NewJournalLine {
    let Meeting { reference, unit, kind, plan, .. } = meeting;
    let detail = format!("{} meeting {reference} of {unit} at {}", kind.label(), plan.at);
    NewJournalLine { at: meeting.changed_at, actor: actor(by), action, message: None, detail }
}

/// A line about one case.
pub(super) fn about(
    message: MessageId,
    action: &'static str,
    meeting: MeetingId,
    by: &Person,
    at: Timestamp,
) -> NewJournalLine {
    NewJournalLine { at, actor: actor(by), action, message: Some(message), detail: format!("meeting {meeting}") }
}
