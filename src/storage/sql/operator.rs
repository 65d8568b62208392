//! What operators see and mend.

use super::SqlStore;
use super::concern;
use super::engine::Engine;
use super::engine::Record;
use super::engine::Statement;
use super::engine::values;
use super::inbox::JOURNAL_OF_MESSAGE;
use super::journal::line_as_kept;
use super::journal::tip;
use super::journal::verify;
use super::settle::ALARMS;
use super::settle::Outcome;
use super::settle::Wish;
use super::settle::findings_from_text;
use super::settle::route_from_text;
use super::work::Look;
use crate::domain::AlarmKind;
use crate::domain::DeliveryState;
use crate::domain::ItemState;
use crate::domain::MessageId;
use crate::domain::MessageState;
use crate::domain::NewAlarm;
use crate::domain::NoticeChannel;
use crate::domain::NoticeId;
use crate::domain::OutboundState;
use crate::domain::Reference;
use crate::domain::Severity;
use crate::domain::Timestamp;
use crate::domain::UnitId;
use crate::storage::Alarm;
use crate::storage::AlarmOutcome;
use crate::storage::JournalProof;
use crate::storage::MessageDetail;
use crate::storage::MessageQuery;
use crate::storage::MessageRow;
use crate::storage::NewJournalLine;
use crate::storage::NoticeRow;
use crate::storage::OperatorStore;
use crate::storage::StoreError;
use crate::storage::Tallies;
use async_trait::async_trait;
use std::collections::HashMap;
use uuid::Uuid;

/// Rows in one page at most, whatever is asked for.
const PAGE_ROWS_MAX: u32 = 1000;

#[async_trait]
impl<E: Engine> OperatorStore for SqlStore<E> {
    async fn probe(&self, now: Timestamp) -> Result<(), StoreError> {
        match self.writer.write(Wish::Probe(now)).await? {
            Outcome::Written => Ok(()),
            Outcome::Settled(_) => unreachable!("the writer answers a probe with nothing"),
        }
    }

    async fn messages(&self, query: &MessageQuery) -> Result<Vec<MessageRow>, StoreError> {
        let mut look = self.pools.look().await?;
        let mut statement = Statement::new(MESSAGES);
        if let Some(unit) = &query.unit {
            statement.push("WHERE m.id IN (SELECT message FROM items WHERE unit = ").value(unit.0.as_str()).push(")");
        } else {
            statement.push("WHERE m.size >= 0");
        }
        // Written out, because a partial index is found by its words and not by a bound value.
        statement.push(match query.state {
            None => "",
            Some(MessageState::Accepted) => " AND m.state = 'accepted'",
            Some(MessageState::Rejected) => " AND m.state = 'rejected'",
            Some(MessageState::Stuck) => " AND m.state = 'stuck'",
        });
        if let Some(sender) = &query.sender {
            statement.push(" AND m.sender_name = ").value(sender.as_str());
        }
        if let Some(since) = query.since {
            statement.push(" AND m.received_at >= ").value(since);
        }
        if let Some(before) = query.before {
            let found =
                look.fetch("messages", "SELECT received_at FROM messages WHERE id = $1", values![before.0]).await?;
            let received_at = found.first().ok_or(StoreError::Absent)?.time("received_at")?;
            statement.push(" AND (m.received_at, m.id) < (").value(received_at).push(", ").value(before.0).push(")");
        }
        statement.push(" ORDER BY m.received_at DESC, m.id DESC LIMIT ").value(query.rows_max.min(PAGE_ROWS_MAX));
        let found = look.run("messages", statement).await?;
        let ids = found.iter().map(|it| it.uuid("id")).collect::<Result<Vec<_>, _>>()?;
        let mut units = units_of(&mut look, &ids).await?;
        found.iter().map(|it| message_row(it, &mut units)).collect()
    }

    async fn message(&self, any_id: &str) -> Result<MessageDetail, StoreError> {
        let any_id = any_id.trim();
        let mut look = self.pools.look().await?;
        let mut found = Vec::new();
        if let Ok(id) = Uuid::parse_str(any_id) {
            let mut statement = Statement::new(MESSAGES);
            statement.push("WHERE m.id = ").value(id);
            found = look.run("messages", statement).await?;
        }
        if let (true, Some(reference)) = (found.is_empty(), Reference::parse(any_id)) {
            let mut statement = Statement::new(MESSAGES);
            statement.push("WHERE m.reference = ").value(reference.as_str());
            found = look.run("messages", statement).await?;
        }
        if found.is_empty() {
            let mut statement = Statement::new(MESSAGES);
            statement.push("WHERE m.sender_message_id = ").value(any_id);
            statement.push(" ORDER BY m.received_at DESC, m.id DESC LIMIT 1");
            found = look.run("messages", statement).await?;
        }
        let found = found.first().ok_or(StoreError::Absent)?;
        detail(&mut look, found).await
    }

    async fn open_alarm(&self, alarm: NewAlarm, now: Timestamp) -> Result<AlarmOutcome, StoreError> {
        let mut work = self.pools.work().await?;
        let row = values![alarm.kind.label(), alarm.subject, now, now, 1_u32];
        let times = work.insert_and_fetch(&ALARMS, vec![row]).await?;
        let times: u64 = times.first().map_or(Ok(1), |it| it.count("times"))?;
        work.commit().await?;
        Ok(if times == 1 { AlarmOutcome::Opened } else { AlarmOutcome::AlreadyOpen })
    }

    async fn clear_alarm(&self, kind: AlarmKind, subject: &str, now: Timestamp) -> Result<(), StoreError> {
        let mut work = self.pools.work().await?;
        let sql = "UPDATE alarms SET cleared_at = $1 WHERE kind = $2 AND subject = $3 AND cleared_at IS NULL";
        work.execute(sql, values![now, kind.label(), subject]).await?;
        work.commit().await
    }

    async fn close_alarm(&self, kind: AlarmKind, subject: &str, told: NewJournalLine) -> Result<(), StoreError> {
        let mut work = self.pools.work().await?;
        let sql = "UPDATE alarms SET cleared_at = $1 WHERE kind = $2 AND subject = $3 AND cleared_at IS NULL";
        if work.execute(sql, values![told.at, kind.label(), subject]).await? == 0 {
            return Err(StoreError::Absent);
        }
        work.tell(told);
        work.commit().await
    }

    async fn alarms(&self) -> Result<Vec<Alarm>, StoreError> {
        let sql = "-- alarms
SELECT kind, subject, opened_at, times
FROM alarms
WHERE cleared_at IS NULL
ORDER BY opened_at, id";
        let found = self.ask("alarms", sql, values![]).await?;
        let alarm = |record: &Record<E>| {
            Ok(Alarm {
                kind: record.word("kind", AlarmKind::from_label)?,
                subject: record.text("subject")?,
                opened_at: record.time("opened_at")?,
                times: record.count("times")?,
            })
        };
        found.iter().map(alarm).collect()
    }

    async fn tallies(&self) -> Result<Tallies, StoreError> {
        let mut look = self.pools.look().await?;
        let mut tallies = Tallies::default();
        for record in look.fetch("tallies", "SELECT what, unit, state, count FROM tallies", values![]).await? {
            let count: u64 = record.count("count")?;
            match record.text("what")?.as_str() {
                "message" => tallies.messages.push((record.word("state", MessageState::from_label)?, count)),
                "item" => {
                    let unit = UnitId(record.text("unit")?);
                    tallies.items.push((unit, record.word("state", ItemState::from_label)?, count));
                }
                "notice" => tallies.notices.push((record.word("state", DeliveryState::from_label)?, count)),
                "outbound" => tallies.outbound.push((record.word("state", OutboundState::from_label)?, count)),
                "refusal" => tallies.refusals = count,
                _ => return Err(record.fault("what")),
            }
        }
        tallies.messages.sort_unstable();
        tallies.items.sort_unstable();
        tallies.notices.sort_unstable();
        tallies.outbound.sort_unstable();
        let sql = "-- tallies
SELECT (SELECT MIN(received_at) FROM items WHERE state = 'unread' AND share = 'content') AS oldest_unread,
    (SELECT COUNT(*) FROM items WHERE state = 'unread' AND share = 'awareness') AS only_told,
    (SELECT MIN(created_at) FROM notices WHERE state = 'queued') AS oldest_queued_notice,
    (SELECT COUNT(*) FROM hook_events WHERE state = 'queued') AS hooks_queued,
    (SELECT COUNT(*) FROM hook_events WHERE state = 'abandoned') AS hooks_abandoned,
    (SELECT MIN(created_at) FROM hook_events WHERE state = 'queued') AS oldest_queued_hook,
    (SELECT MIN(created_at) FROM outbound WHERE state = 'queued') AS oldest_queued_outbound,
    (SELECT COUNT(*) FROM alarms WHERE cleared_at IS NULL) AS alarms_open";
        let oldest = look.fetch("tallies", sql, values![]).await?;
        let oldest = oldest.first().ok_or(StoreError::Inconsistent { table: "tallies", column: "count" })?;
        tallies.oldest_unread = oldest.time_if_any("oldest_unread")?;
        tallies.only_told = oldest.count("only_told")?;
        tallies.oldest_queued_notice = oldest.time_if_any("oldest_queued_notice")?;
        tallies.hooks_queued = oldest.count("hooks_queued")?;
        tallies.hooks_abandoned = oldest.count("hooks_abandoned")?;
        tallies.oldest_queued_hook = oldest.time_if_any("oldest_queued_hook")?;
        tallies.oldest_queued_outbound = oldest.time_if_any("oldest_queued_outbound")?;
        tallies.alarms_open = oldest.count("alarms_open")?;
        // Word for word as the index has it.
        let sql = "-- outbound_in_trouble
SELECT state, COUNT(*) AS count
FROM outbound
WHERE state IN ('abandoned', 'rejected') AND closed_at IS NULL
GROUP BY state";
        for record in look.fetch("outbound", sql, values![]).await? {
            match record.word("state", OutboundState::from_label)? {
                OutboundState::Abandoned => tallies.outbound_abandoned = record.count("count")?,
                OutboundState::Rejected => tallies.outbound_rejected = record.count("count")?,
                OutboundState::Queued
                | OutboundState::Sent
                | OutboundState::Acknowledged
                | OutboundState::Cancelled => return Err(record.fault("state")),
            }
        }
        Ok(tallies)
    }

    async fn journal(&self, line: NewJournalLine) -> Result<(), StoreError> {
        let mut work = self.pools.work().await?;
        work.tell(line);
        work.commit().await
    }

    async fn catch_up_journal(&self) -> Result<(), StoreError> {
        concern::fill(&self.pools).await
    }

    async fn verify_journal(&self) -> Result<JournalProof, StoreError> {
        verify(&self.pools).await
    }

    async fn journal_tip(&self) -> Result<(u64, [u8; 32]), StoreError> {
        tip(&self.pools).await
    }

    async fn journal_hash(&self, sequence: u64) -> Result<Option<[u8; 32]>, StoreError> {
        let found = self.ask("journal", "SELECT hash FROM journal WHERE sequence = $1", values![sequence]).await?;
        found.first().map(|it| it.hash("hash")).transpose()
    }
}

/// What a message in a list is read from. A `WHERE` follows.
const MESSAGES: &str = "-- messages
SELECT m.id, m.reference, m.received_at, m.state, m.sender_name, m.sender_message_id, m.message_type, m.size, m.channel,
    m.sha256, m.findings, m.route
FROM messages AS m
";

fn message_row<E: Engine>(
    record: &Record<E>,
    units: &mut HashMap<Uuid, Vec<UnitId>>,
) -> Result<MessageRow, StoreError> {
    let id = record.uuid("id")?;
    let mut errors: Vec<String> = Vec::new();
    for finding in record.word("findings", findings_from_text)? {
        if finding.severity == Severity::Error && !errors.contains(&finding.code) {
            errors.push(finding.code);
        }
    }
    Ok(MessageRow {
        id: MessageId(id),
        reference: record.word("reference", Reference::parse)?,
        received_at: record.time("received_at")?,
        state: record.word("state", MessageState::from_label)?,
        sender_name: record.text("sender_name")?,
        sender_message_id: record.text("sender_message_id")?,
        message_type: record.text("message_type")?,
        size: record.count("size")?,
        units: units.remove(&id).unwrap_or_default(),
        errors,
    })
}

async fn units_of<E: Engine>(look: &mut Look<E>, ids: &[Uuid]) -> Result<HashMap<Uuid, Vec<UnitId>>, StoreError> {
    let mut statement = Statement::new("SELECT message, unit FROM items WHERE message IN ");
    statement.list(ids.iter().copied());
    statement.push(" ORDER BY message, id");
    let mut units: HashMap<Uuid, Vec<UnitId>> = HashMap::new();
    for record in look.run("items", statement).await? {
        units.entry(record.uuid("message")?).or_default().push(UnitId(record.text("unit")?));
    }
    Ok(units)
}

async fn detail<E: Engine>(look: &mut Look<E>, record: &Record<E>) -> Result<MessageDetail, StoreError> {
    let id = record.uuid("id")?;
    let items =
        look.fetch("items", "SELECT unit, state FROM items WHERE message = $1 ORDER BY id", values![id]).await?;
    let items: Vec<(UnitId, ItemState)> = items
        .iter()
        .map(|it| Ok((UnitId(it.text("unit")?), it.word("state", ItemState::from_label)?)))
        .collect::<Result<_, StoreError>>()?;
    let sql = "-- notices_of_message
SELECT id, unit, channel, state, attempts, due, last_failure
FROM notices
WHERE message = $1
ORDER BY id";
    let notices = look.fetch("notices", sql, values![id]).await?;
    let receipt = look.fetch("receipts", "SELECT version, id FROM receipts WHERE message = $1", values![id]).await?;
    let journal = look.fetch("journal", JOURNAL_OF_MESSAGE, values![id]).await?;
    let mut units = HashMap::from([(id, items.iter().map(|(unit, _)| unit.clone()).collect())]);
    Ok(MessageDetail {
        row: message_row(record, &mut units)?,
        channel: record.text("channel")?,
        sha256: record.hash("sha256")?,
        findings: record.word("findings", findings_from_text)?,
        route: record.word("route", route_from_text)?,
        items,
        notices: notices.iter().map(notice_row).collect::<Result<_, _>>()?,
        receipt: match receipt.first() {
            Some(it) => Some((it.text("version")?, it.uuid("id")?.to_string())),
            None => None,
        },
        journal: journal.iter().map(line_as_kept).collect::<Result<_, _>>()?,
    })
}

pub(super) fn notice_row<E: Engine>(record: &Record<E>) -> Result<NoticeRow, StoreError> {
    let state = record.word("state", DeliveryState::from_label)?;
    let due = match state {
        DeliveryState::Queued => Some(record.time("due")?),
        DeliveryState::Delivered | DeliveryState::Abandoned => None,
    };
    Ok(NoticeRow {
        id: NoticeId(record.uuid("id")?),
        unit: UnitId(record.text("unit")?),
        channel: record.word("channel", NoticeChannel::from_label)?,
        state,
        attempts: record.count("attempts")?,
        due,
        last_failure: record.text_if_any("last_failure")?,
    })
}
