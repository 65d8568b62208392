//! What the house itself sends, under a lease until the receiver has given its word.

use super::SqlStore;
use super::delivery::new_token;
use super::engine::Engine;
use super::engine::Insert;
use super::engine::Record;
use super::engine::Statement;
use super::engine::is_unique_violation;
use super::engine::values;
use super::journal::actor_columns;
use super::journal::read_actor;
use super::settle::ALARMS;
use super::settle::NOTICES;
use super::settle::notice_row;
use super::work::Count;
use super::work::Look;
use super::work::Work;
use crate::domain::AlarmKind;
use crate::domain::Delivery;
use crate::domain::DeliveryState;
use crate::domain::ItemId;
use crate::domain::MessageId;
use crate::domain::OrgNumber;
use crate::domain::OutboundId;
use crate::domain::OutboundKind;
use crate::domain::OutboundNext;
use crate::domain::OutboundState;
use crate::domain::Redacted;
use crate::domain::Reference;
use crate::domain::Timestamp;
use crate::domain::UnitId;
use crate::storage::Actor;
use crate::storage::Claim;
use crate::storage::DueOutbound;
use crate::storage::Lease;
use crate::storage::NewJournalLine;
use crate::storage::NewNotice;
use crate::storage::NewOutbound;
use crate::storage::OutboundQuery;
use crate::storage::OutboundRow;
use crate::storage::OutboundSettled;
use crate::storage::OutboundStore;
use crate::storage::StoreError;
use crate::storage::seal::DataKey;
use crate::storage::seal::Place;
use crate::storage::seal::WrappedKey;
use async_trait::async_trait;
use bytes::Bytes;
use sqlx::AssertSqlSafe;
use std::collections::HashMap;
use uuid::Uuid;

/// Rows in one page at most, whatever is asked for.
const PAGE_ROWS_MAX: u32 = 1000;

/// What is told of at one time that no AppRec has come.
const LATE_ROWS_MAX: u32 = 100;

#[async_trait]
impl<E: Engine> OutboundStore for SqlStore<E> {
    async fn enqueue(&self, outbound: NewOutbound) -> Result<(), StoreError> {
        let (id, about) = (outbound.id.0, outbound.about.0);
        let mut work = self.pools.work().await?;
        let sql = "SELECT reference FROM messages WHERE id = $1";
        let message = work.fetch("messages", sql, values![about]).await?;
        let reference = message.first().ok_or(StoreError::Absent)?.text("reference")?;
        let key = self.key_of(&mut work, about).await?;
        let [actor, actor_id, actor_name] = actor_columns(&outbound.by);
        let row = values![
            id,
            about,
            reference.as_str(),
            outbound.item.map(|it| it.0),
            outbound.kind.label(),
            outbound.kind.detail().map(str::to_owned),
            outbound.to.name.as_str(),
            outbound.to.organisation.as_str(),
            actor,
            actor_id,
            actor_name,
            OutboundState::Queued.label(),
            outbound.at,
            outbound.due,
            0_u32,
            outbound.answer_by,
            key.seal(place("text", &id), outbound.text.reveal().as_bytes())
        ];
        if work.insert(&OUTBOUND, vec![row]).await? == 0 {
            return Ok(());
        }
        work.count(Count::Outbound(OutboundState::Queued), 1);
        work.tell(NewJournalLine {
            at: outbound.at,
            actor: outbound.by,
            action: "outbound_queued",
            message: Some(outbound.about),
            detail: format!("{}; to {}; id {}", outbound.kind.label(), outbound.to.name, outbound.id),
        });
        work.commit().await
    }

    async fn cancel_outbound(&self, id: OutboundId, by: &Actor, now: Timestamp) -> Result<(), StoreError> {
        let mut work = self.pools.work().await?;
        let sql = "-- cancel_outbound
UPDATE outbound
SET state = 'cancelled'
WHERE id = $1 AND state = 'queued' AND attempts = 0 AND lease_token IS NULL
RETURNING message, kind, receiver";
        let cancelled = work.fetch("outbound", sql, values![id.0]).await?;
        let cancelled = cancelled.first().ok_or(StoreError::Absent)?;
        work.count(Count::Outbound(OutboundState::Queued), -1);
        work.count(Count::Outbound(OutboundState::Cancelled), 1);
        work.tell(line(cancelled, id, by.clone(), "outbound_cancelled", "", now)?);
        work.commit().await
    }

    async fn claim_outbound(&self, claim: Claim) -> Result<Vec<Lease<DueOutbound>>, StoreError> {
        let sql = "-- nothing_due_outbound
SELECT 1
FROM outbound
WHERE state IN ('queued', 'sent') AND due <= $1 AND (lease_token IS NULL OR lease_expires <= $1)
LIMIT 1";
        if self.ask("outbound", sql, values![claim.now]).await?.is_empty() {
            return Ok(Vec::new());
        }
        let mut work = self.pools.work().await?;
        let leases = match self.take(&mut work, claim).await {
            // Another node took one for the same receiver between our look and our mark; our next look shows what is left.
            Err(error) if is_unique_violation(&error) => return Ok(Vec::new()),
            other => other?,
        };
        work.commit().await?;
        Ok(leases)
    }

    async fn keep_outbound_body(&self, lease: &Lease<DueOutbound>, body: &Redacted<Bytes>) -> Result<(), StoreError> {
        let id = lease.held.id.0;
        let mut work = self.pools.work().await?;
        let key = self.key_of(&mut work, lease.held.about.0).await?;
        let sql = "UPDATE outbound SET body = $1 WHERE id = $2 AND lease_token = $3 AND body IS NULL";
        let sealed = key.seal(place("body", &id), body.reveal());
        match work.execute(sql, values![sealed, id, lease.token]).await? {
            1 => work.commit().await,
            _ => Err(StoreError::LeaseLost),
        }
    }

    async fn settle_outbound(&self, lease: &Lease<DueOutbound>, settled: OutboundSettled) -> Result<(), StoreError> {
        let (id, from) = (lease.held.id, lease.held.state);
        let mut work = self.pools.work().await?;
        let fence = values![lease.token];
        if !apply(&mut work, id, from, &settled, "lease_token = $9", fence).await? {
            return Err(StoreError::LeaseLost);
        }
        self.hear_of_sent(&mut work, id, &settled).await?;
        work.commit().await
    }

    async fn answer_outbound(
        &self,
        id: OutboundId,
        from: OutboundState,
        settled: OutboundSettled,
    ) -> Result<(), StoreError> {
        let mut work = self.pools.work().await?;
        if !apply(&mut work, id, from, &settled, "TRUE", values![]).await? {
            return Err(StoreError::Absent);
        }
        self.hear_of_sent(&mut work, id, &settled).await?;
        work.commit().await
    }

    async fn requeue_outbound(
        &self,
        id: OutboundId,
        by: &Actor,
        answer_by: Timestamp,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut work = self.pools.work().await?;
        let before = stands(&mut work, id, "'abandoned', 'rejected', 'sent'").await?;
        let sql = "-- requeue_outbound
UPDATE outbound
SET state = 'queued', due = $1, attempts = 0, answer_by = $2, late_at = NULL, closed_at = NULL, lease_token = NULL,
    lease_expires = NULL, sent_at = CASE WHEN state = 'sent' THEN sent_at END
WHERE id = $3";
        work.execute(sql, values![now, answer_by, id.0]).await?;
        work.count(Count::Outbound(before.word("state", OutboundState::from_label)?), -1);
        work.count(Count::Outbound(OutboundState::Queued), 1);
        clear_alarms(&mut work, &before, now).await?;
        work.tell(line(&before, id, by.clone(), "outbound_requeued", "", now)?);
        work.commit().await
    }

    async fn close_outbound(&self, id: OutboundId, by: &Actor, now: Timestamp) -> Result<(), StoreError> {
        let mut work = self.pools.work().await?;
        let before = stands(&mut work, id, "'abandoned', 'rejected', 'sent', 'queued'").await?;
        let state = before.word("state", OutboundState::from_label)?;
        let after = if state.is_waiting() { OutboundState::Abandoned } else { state };
        let sql = "-- close_outbound
UPDATE outbound
SET state = $1, closed_at = $2, lease_token = NULL, lease_expires = NULL
WHERE id = $3";
        work.execute(sql, values![after.label(), now, id.0]).await?;
        work.count(Count::Outbound(state), -1);
        work.count(Count::Outbound(after), 1);
        clear_alarms(&mut work, &before, now).await?;
        work.tell(line(&before, id, by.clone(), "outbound_closed", "", now)?);
        work.commit().await
    }

    async fn late_outbound(&self, now: Timestamp) -> Result<Vec<OutboundRow>, StoreError> {
        let mut look = self.pools.look().await?;
        let mut statement = Statement::new(ROWS);
        statement.push("WHERE state IN ('queued', 'sent') AND late_at IS NULL AND answer_by <= ").value(now);
        statement.push(" ORDER BY answer_by, id LIMIT ").value(LATE_ROWS_MAX);
        rows(&mut look, statement).await
    }

    async fn tell_late_outbound(
        &self,
        id: OutboundId,
        notices: Vec<NewNotice>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut work = self.pools.work().await?;
        let sql = "-- tell_late_outbound
UPDATE outbound
SET late_at = $1
WHERE id = $2 AND late_at IS NULL AND state IN ('queued', 'sent')
RETURNING message, kind, receiver, reference";
        let late = work.fetch("outbound", sql, values![now, id.0]).await?;
        // Somebody else has told it, or it has been answered since.
        let Some(late) = late.first() else { return Ok(()) };
        let reference = late.text("reference")?;
        add_notices(&mut work, late.uuid("message")?, &reference, &notices, now).await?;
        raise(&mut work, AlarmKind::OutboundUnanswered, &reference, now).await?;
        work.tell(line(late, id, Actor::House, "outbound_late", "", now)?);
        work.commit().await
    }

    async fn next_outbound_due(&self) -> Result<Option<Timestamp>, StoreError> {
        let sql = "SELECT MIN(due) AS due FROM outbound WHERE state IN ('queued', 'sent') AND lease_token IS NULL";
        let found = self.ask("outbound", sql, values![]).await?;
        found.first().map_or(Ok(None), |it| it.time_if_any("due"))
    }

    async fn outbound(&self, id: OutboundId) -> Result<OutboundRow, StoreError> {
        let mut look = self.pools.look().await?;
        let mut statement = Statement::new(ROWS);
        statement.push("WHERE id = ").value(id.0);
        rows(&mut look, statement).await?.pop().ok_or(StoreError::Absent)
    }

    async fn outbounds(&self, query: &OutboundQuery) -> Result<Vec<OutboundRow>, StoreError> {
        let mut look = self.pools.look().await?;
        let mut statement = Statement::new(ROWS);
        statement.push("WHERE attempts >= 0");
        if let Some(about) = query.about {
            statement.push(" AND message = ").value(about.0);
        }
        if let Some(state) = query.state {
            statement.push(" AND state = ").value(state.label());
        }
        statement.push(" ORDER BY created_at DESC, id DESC LIMIT ").value(query.rows_max.min(PAGE_ROWS_MAX));
        rows(&mut look, statement).await
    }

    async fn outbound_text(&self, id: OutboundId) -> Result<Redacted<String>, StoreError> {
        let sql = "-- outbound_text
SELECT o.message, o.text, k.key_id, k.wrapped
FROM outbound AS o
LEFT JOIN data_keys AS k ON k.message = o.message
WHERE o.id = $1";
        let found = self.ask("outbound", sql, values![id.0]).await?;
        let found = found.first().ok_or(StoreError::Absent)?;
        let key = self.data_key(found.uuid("message")?, found)?;
        open_text(&key, &id.0, found)
    }
}

impl<E: Engine> SqlStore<E> {
    async fn key_of(&self, work: &mut Work<E>, message: Uuid) -> Result<DataKey, StoreError> {
        let sql = "SELECT key_id, wrapped FROM data_keys WHERE message = $1";
        let kept = work.fetch("data_keys", sql, values![message]).await?;
        let kept = kept.first().map(|it| Ok(WrappedKey { key_id: it.text("key_id")?, wrapped: it.bytes("wrapped")? }));
        self.sealer.data_key(message, kept.transpose()?)
    }

    async fn take(&self, work: &mut Work<E>, claim: Claim) -> Result<Vec<Lease<DueOutbound>>, StoreError> {
        // Leases that ran out: their holders can no longer settle, whoever takes it next.
        let sql =
            format!("SELECT id FROM outbound WHERE lease_token IS NOT NULL AND lease_expires <= $1{}", E::SKIP_LOCKED);
        for expired in work.fetch("outbound", AssertSqlSafe(sql), values![claim.now]).await? {
            let sql = "UPDATE outbound SET lease_token = NULL, lease_expires = NULL WHERE id = $1";
            work.execute(sql, values![expired.uuid("id")?]).await?;
        }
        // The oldest due of each receiver that nobody works for.
        let sql = format!(
            "-- claim_outbound
SELECT o.id, o.message, o.reference, o.item, o.kind, o.kind_detail, o.receiver, o.actor, o.actor_id, o.actor_name, o.state,
    o.attempts, o.text, o.body
FROM outbound AS o
WHERE o.state IN ('queued', 'sent') AND o.due <= $1 AND o.lease_token IS NULL
    AND NOT EXISTS (
        SELECT 1
        FROM outbound AS held
        WHERE held.receiver = o.receiver AND held.lease_token IS NOT NULL)
    AND NOT EXISTS (
        SELECT 1
        FROM outbound AS older
        WHERE older.state IN ('queued', 'sent') AND older.receiver = o.receiver AND older.lease_token IS NULL
            AND older.due <= $1 AND (older.due, older.id) < (o.due, o.id))
ORDER BY o.due, o.id
LIMIT $2{}",
            E::SKIP_LOCKED
        );
        let mut leases = Vec::new();
        for record in work.fetch("outbound", AssertSqlSafe(sql), values![claim.now, claim.rows_max]).await? {
            let token = new_token();
            let id = record.uuid("id")?;
            let attempt = record.count::<u32>("attempts")?.saturating_add(1);
            let held = match self.due_outbound(work, id, &record).await {
                // One that cannot be read must not hold back all the others; a person must look at it.
                Err(error) if !error.retry() => {
                    set_aside(work, OutboundId(id), &record, &error, claim.now).await?;
                    continue;
                }
                held => held?,
            };
            let sql = "UPDATE outbound SET lease_token = $1, lease_expires = $2, attempts = $3 WHERE id = $4";
            work.execute(sql, values![token, claim.until, attempt, id]).await?;
            leases.push(Lease { held, token, attempt, expires: claim.until });
        }
        Ok(leases)
    }

    async fn due_outbound(&self, work: &mut Work<E>, id: Uuid, record: &Record<E>) -> Result<DueOutbound, StoreError> {
        let about = record.uuid("message")?;
        let item = record.uuid_if_any("item")?;
        let sql = "SELECT id, unit FROM items WHERE message = $1 AND share = 'content' ORDER BY id";
        let items = work.fetch("items", sql, values![about]).await?;
        let key = self.key_of(work, about).await?;
        let body = match record.bytes_if_any("body")? {
            Some(sealed) => Some(Redacted::new(Bytes::from(key.open(place("body", &id), &sealed)?))),
            None => None,
        };
        Ok(DueOutbound {
            id: OutboundId(id),
            about: MessageId(about),
            reference: record.word("reference", Reference::parse)?,
            kind: kind(record)?,
            receiver: record.text("receiver")?,
            by: read_actor(record)?,
            state: record.word("state", OutboundState::from_label)?,
            units: units(&items, item)?,
            text: open_text(&key, &id, record)?,
            body,
        })
    }
}

/// Gives up what is damaged or whose key is missing, with the alarm that goes with it: it can be put back when it can be read.
async fn set_aside<E: Engine>(
    work: &mut Work<E>,
    id: OutboundId,
    record: &Record<E>,
    error: &StoreError,
    now: Timestamp,
) -> Result<(), StoreError> {
    tracing::error!("outbound.id" = %id, failure = %error, "something of a unit cannot be read, and is set aside");
    let settled = OutboundSettled {
        next: OutboundNext::Abandoned,
        failure: Some(format!("it cannot be read here: {error}")),
        codes: Vec::new(),
        notices: Vec::new(),
        deal_by: None,
        now,
    };
    let from = record.word("state", OutboundState::from_label)?;
    apply(work, id, from, &settled, "lease_token IS NULL", values![]).await.map(drop)
}

/// Sets what `settled` decides when it still stands as `from` and `fence` holds; tells, counts, raises and clears.
async fn apply<E: Engine>(
    work: &mut Work<E>,
    id: OutboundId,
    from: OutboundState,
    settled: &OutboundSettled,
    fence: &str,
    fence_values: Vec<super::engine::Value>,
) -> Result<bool, StoreError> {
    let (state, now) = (settled.next.state(), settled.now);
    let (due, action) = match settled.next {
        OutboundNext::Retry { due } => (Some(due), None),
        OutboundNext::Sent { ask_at } => (Some(ask_at), (from != OutboundState::Sent).then_some("outbound_sent")),
        OutboundNext::Acknowledged => (None, Some("outbound_acknowledged")),
        OutboundNext::Rejected => (None, Some("outbound_rejected")),
        OutboundNext::Abandoned => (None, Some("outbound_abandoned")),
    };
    let answered = matches!(settled.next, OutboundNext::Acknowledged | OutboundNext::Rejected).then_some(now.0);
    let arrived = match settled.next {
        OutboundNext::Sent { .. } | OutboundNext::Acknowledged | OutboundNext::Rejected => Some(now.0),
        OutboundNext::Retry { .. } | OutboundNext::Abandoned => None,
    };
    let codes = (!settled.codes.is_empty()).then(|| settled.codes.join(" "));
    let sql = format!(
        "-- settle_outbound
UPDATE outbound
SET state = $1, due = COALESCE($2, due), last_failure = COALESCE($3, last_failure), answered_at = COALESCE($4, answered_at),
    answer_codes = COALESCE($5, answer_codes), sent_at = COALESCE(sent_at, $8), lease_token = NULL, lease_expires = NULL
WHERE id = $6 AND state = $7 AND {fence}
RETURNING id, message, kind, receiver, reference, state"
    );
    let mut values = values![
        state.label(),
        due.map(|it| it.0),
        settled.failure.clone(),
        answered,
        codes,
        id.0,
        from.label(),
        arrived
    ];
    values.extend(fence_values);
    let changed = work.fetch("outbound", AssertSqlSafe(sql), values).await?;
    let [changed] = changed.as_slice() else { return Ok(false) };
    work.count(Count::Outbound(from), -1);
    work.count(Count::Outbound(state), 1);
    let reference = changed.word("reference", Reference::parse)?;
    add_notices(work, changed.uuid("message")?, reference.as_str(), &settled.notices, now).await?;
    match settled.alarm(&reference) {
        Some(alarm) => raise(work, alarm.kind, &alarm.subject, now).await?,
        None if state == OutboundState::Acknowledged => clear_alarms(work, changed, now).await?,
        None => {}
    }
    if let Some(action) = action {
        work.tell(line(changed, id, Actor::House, action, &settled.codes.join(" "), now)?);
    }
    Ok(true)
}

/// The row as it stands, locked, when it is in one of `states`.
async fn stands<E: Engine>(work: &mut Work<E>, id: OutboundId, states: &str) -> Result<Record<E>, StoreError> {
    let sql = format!(
        "-- stands_outbound
SELECT id, message, kind, receiver, reference, state
FROM outbound
WHERE id = $1 AND state IN ({states}) AND lease_token IS NULL{}",
        E::FOR_UPDATE
    );
    let mut found = work.fetch("outbound", AssertSqlSafe(sql), values![id.0]).await?;
    found.pop().ok_or(StoreError::Absent)
}

/// Clears the alarms of the message, but those that another one about the same message still calls for.
async fn clear_alarms<E: Engine>(work: &mut Work<E>, record: &Record<E>, now: Timestamp) -> Result<(), StoreError> {
    let sql = "-- others_in_trouble
SELECT state, late_at
FROM outbound
WHERE message = $1 AND id <> $2 AND closed_at IS NULL AND (state IN ('abandoned', 'rejected') OR late_at IS NOT NULL)";
    let others = work.fetch("outbound", sql, values![record.uuid("message")?, record.uuid("id")?]).await?;
    let mut kept = Vec::new();
    for other in &others {
        kept.push(match other.word("state", OutboundState::from_label)? {
            OutboundState::Abandoned => Some(AlarmKind::OutboundAbandoned),
            OutboundState::Rejected => Some(AlarmKind::OutboundRejected),
            OutboundState::Queued | OutboundState::Sent => Some(AlarmKind::OutboundUnanswered),
            OutboundState::Acknowledged | OutboundState::Cancelled => None,
        });
    }
    let reference = record.text("reference")?;
    for kind in [AlarmKind::OutboundAbandoned, AlarmKind::OutboundRejected, AlarmKind::OutboundUnanswered] {
        if !kept.contains(&Some(kind)) {
            let sql = "UPDATE alarms SET cleared_at = $1 WHERE kind = $2 AND subject = $3 AND cleared_at IS NULL";
            work.execute(sql, values![now, kind.label(), reference.as_str()]).await?;
        }
    }
    Ok(())
}

async fn raise<E: Engine>(
    work: &mut Work<E>,
    kind: AlarmKind,
    subject: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    work.insert_and_fetch(&ALARMS, vec![values![kind.label(), subject, now, now, 1_u32]]).await?;
    Ok(())
}

async fn add_notices<E: Engine>(
    work: &mut Work<E>,
    message: Uuid,
    reference: &str,
    notices: &[NewNotice],
    now: Timestamp,
) -> Result<(), StoreError> {
    let rows: Vec<_> = notices.iter().map(|it| notice_row(it, message, reference, now)).collect();
    work.count(Count::Notice(DeliveryState::Queued), i64::try_from(rows.len()).unwrap_or(i64::MAX));
    work.insert(&NOTICES, rows).await?;
    Ok(())
}

fn line<E: Engine>(
    record: &Record<E>,
    id: OutboundId,
    actor: Actor,
    action: &'static str,
    more: &str,
    at: Timestamp,
) -> Result<NewJournalLine, StoreError> {
    let (kind, receiver) = (record.text("kind")?, record.text("receiver")?);
    let more = if more.is_empty() { String::new() } else { format!("; codes {more}") };
    let message = Some(MessageId(record.uuid("message")?));
    Ok(NewJournalLine { at, actor, action, message, detail: format!("{kind}; to {receiver}; id {id}{more}") })
}

/// What one of them is read from. A `WHERE` follows.
const ROWS: &str = "-- outbound
SELECT id, message, reference, item, kind, kind_detail, receiver, receiver_organisation, actor, actor_id, actor_name, state,
    created_at, due, attempts, answer_by, late_at, answered_at, answer_codes, last_failure
FROM outbound
";

/// How what was written about a message stands.
pub(super) async fn deliveries<E: Engine>(
    look: &mut Look<E>,
    message: Uuid,
) -> Result<HashMap<OutboundId, Delivery>, StoreError> {
    let sql = "SELECT id, state, sent_at FROM outbound WHERE message = $1";
    let found = look.fetch("outbound", sql, values![message]).await?;
    let stands = found.iter().map(|it| {
        let state = it.word("state", OutboundState::from_label)?;
        Ok((OutboundId(it.uuid("id")?), Delivery::of(state, it.time_if_any("sent_at")?)))
    });
    stands.collect()
}

async fn rows<E: Engine>(look: &mut Look<E>, statement: Statement<E>) -> Result<Vec<OutboundRow>, StoreError> {
    let found = look.run("outbound", statement).await?;
    let mut rows = Vec::with_capacity(found.len());
    for record in &found {
        let about = record.uuid("message")?;
        let sql = "SELECT id, unit FROM items WHERE message = $1 AND share = 'content' ORDER BY id";
        let items = look.fetch("items", sql, values![about]).await?;
        let item = record.uuid_if_any("item")?;
        let codes = record.text_if_any("answer_codes")?.unwrap_or_default();
        rows.push(OutboundRow {
            id: OutboundId(record.uuid("id")?),
            about: MessageId(about),
            reference: record.word("reference", Reference::parse)?,
            item: item.map(ItemId),
            kind: kind(record)?,
            receiver: record.text("receiver")?,
            receiver_organisation: record.word("receiver_organisation", |it| OrgNumber::parse(it).ok())?,
            by: read_actor(record)?,
            state: record.word("state", OutboundState::from_label)?,
            created_at: record.time("created_at")?,
            due: record.time("due")?,
            attempts: record.count("attempts")?,
            answer_by: record.time("answer_by")?,
            late_at: record.time_if_any("late_at")?,
            answered_at: record.time_if_any("answered_at")?,
            answer_codes: codes.split_whitespace().map(str::to_owned).collect(),
            last_failure: record.text_if_any("last_failure")?,
            units: units(&items, item)?,
        });
    }
    Ok(rows)
}

/// The unit of the item that it was written from; else those that have the report.
fn units<E: Engine>(items: &[Record<E>], item: Option<Uuid>) -> Result<Vec<UnitId>, StoreError> {
    let mut all = Vec::new();
    for record in items {
        let unit = UnitId(record.text("unit")?);
        if item == Some(record.uuid("id")?) {
            return Ok(vec![unit]);
        }
        all.push(unit);
    }
    Ok(all)
}

fn kind<E: Engine>(record: &Record<E>) -> Result<OutboundKind, StoreError> {
    let detail = record.text_if_any("kind_detail")?;
    record.word("kind", |it| OutboundKind::from_label(it, detail.as_deref()))
}

fn open_text<E: Engine>(key: &DataKey, id: &Uuid, record: &Record<E>) -> Result<Redacted<String>, StoreError> {
    let text = key.open(place("text", id), &record.bytes("text")?)?;
    String::from_utf8(text).map(Redacted::new).map_err(|_| record.fault("text"))
}

const fn place<'a>(column: &'static str, id: &'a Uuid) -> Place<'a> {
    Place { table: "outbound", column, row: id.as_bytes() }
}

const OUTBOUND: Insert = Insert {
    table: "outbound",
    columns: &[
        "id",
        "message",
        "reference",
        "item",
        "kind",
        "kind_detail",
        "receiver",
        "receiver_organisation",
        "actor",
        "actor_id",
        "actor_name",
        "state",
        "created_at",
        "due",
        "attempts",
        "answer_by",
        "text",
    ],
    tail: "ON CONFLICT (id) DO NOTHING",
};
