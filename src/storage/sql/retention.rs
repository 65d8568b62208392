//! Removing what has outlived its purpose: one transaction for each message.

use super::SqlStore;
use super::casework::end_all_that_is_told;
use super::casework::forget;
use super::engine::Engine;
use super::engine::Statement;
use super::engine::values;
use super::work::Count;
use crate::domain::MessageId;
use crate::domain::PlanStatus;
use crate::domain::Reference;
use crate::domain::Timestamp;
use crate::storage::Actor;
use crate::storage::ExpiredForms;
use crate::storage::NewJournalLine;
use crate::storage::Outlived;
use crate::storage::OutlivedRejection;
use crate::storage::RetentionStore;
use crate::storage::StoreError;
use crate::storage::Traces;
use crate::storage::TracesBefore;
use crate::storage::seal::Place;
use async_trait::async_trait;
use sqlx::AssertSqlSafe;

/// Rows of one look at most, whatever is asked for.
const ROWS_MAX: u32 = 1000;

#[async_trait]
impl<E: Engine> RetentionStore for SqlStore<E> {
    async fn end_told(&self, rows_max: u32) -> Result<u64, StoreError> {
        let mut work = self.pools.work().await?;
        let ended = end_all_that_is_told(&mut work, rows_max.min(ROWS_MAX)).await?;
        if ended > 0 {
            work.commit().await?;
        }
        Ok(ended)
    }

    async fn outlived(
        &self,
        closed_before: Timestamp,
        now: Timestamp,
        rows_max: u32,
    ) -> Result<Vec<Outlived>, StoreError> {
        let mut statement = outlived::<E>(closed_before, now);
        statement.push(" GROUP BY c.message, m.reference ORDER BY MAX(c.closed_at), c.message LIMIT ");
        statement.value(rows_max.min(ROWS_MAX));
        let found = self.pools.look().await?.run("items", statement).await?;
        let row = |record: &super::engine::Record<E>| {
            Ok(Outlived {
                message: MessageId(record.uuid("message")?),
                reference: record.word("reference", Reference::parse)?,
                closed_at: record.time("closed_at")?,
            })
        };
        found.iter().map(row).collect()
    }

    async fn remove_outlived(
        &self,
        message: MessageId,
        closed_before: Timestamp,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut work = self.pools.work().await?;
        // Held first, so that nobody reopens a case between the look and the removal.
        let sql = format!("SELECT id FROM items WHERE message = $1 ORDER BY id{}", E::FOR_UPDATE);
        let items = work.fetch("items", AssertSqlSafe(sql), values![message.0]).await?;
        let mut statement = outlived::<E>(closed_before, now);
        statement.push(" AND c.message = ").value(message.0).push(" GROUP BY c.message, m.reference");
        let found = work.fetch("items", AssertSqlSafe(statement.sql), statement.values).await?;
        let Some(found) = found.first() else { return Ok(false) };
        let reference = found.text("reference")?;
        for item in &items {
            forget(self, &mut work, item.uuid("id")?, now).await?;
        }
        let key = self.data_key_of(&mut work, message).await?;
        for record in work.fetch("outbound", "SELECT id FROM outbound WHERE message = $1", values![message.0]).await? {
            let id = record.uuid("id")?;
            let place = Place { table: "outbound", column: "text", row: id.as_bytes() };
            let sql = "UPDATE outbound SET text = $1, body = NULL WHERE id = $2";
            work.execute(sql, values![key.seal(place, b""), id]).await?;
        }
        // With the case goes what came about it later: those are messages without items of their own.
        let sql = "-- remove_outlived_bodies
UPDATE messages
SET body = $1
WHERE id = $2 OR id IN (SELECT message FROM follow_ups WHERE about = $2)";
        work.execute(sql, values![Vec::<u8>::new(), message.0]).await?;
        let sql = "-- remove_outlived_files
DELETE FROM scanned_files
WHERE message = $1 OR message IN (SELECT message FROM follow_ups WHERE about = $1)";
        work.execute(sql, values![message.0]).await?;
        let sql = "-- remove_outlived_scans
DELETE FROM scans
WHERE message = $1 OR message IN (SELECT message FROM follow_ups WHERE about = $1)";
        work.execute(sql, values![message.0]).await?;
        work.tell(NewJournalLine {
            at: now,
            actor: Actor::House,
            action: "content_outlived",
            message: Some(message),
            detail: format!("reference {reference}; {} cases, all closed and filed", items.len()),
        });
        work.commit().await?;
        Ok(true)
    }

    async fn rejected_outlived(
        &self,
        received_before: Timestamp,
        rows_max: u32,
    ) -> Result<Vec<OutlivedRejection>, StoreError> {
        let mut statement = rejected_outlived::<E>(received_before);
        statement.push(" ORDER BY m.received_at, m.id LIMIT ").value(rows_max.min(ROWS_MAX));
        let found = self.pools.look().await?.run("messages", statement).await?;
        let row = |record: &super::engine::Record<E>| {
            Ok(OutlivedRejection {
                message: MessageId(record.uuid("id")?),
                reference: record.word("reference", Reference::parse)?,
                received_at: record.time("received_at")?,
            })
        };
        found.iter().map(row).collect()
    }

    async fn remove_rejected(
        &self,
        message: MessageId,
        received_before: Timestamp,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut work = self.pools.work().await?;
        let mut statement = rejected_outlived::<E>(received_before);
        statement.push(" AND m.id = ").value(message.0).push(E::FOR_UPDATE);
        let found = work.fetch("messages", AssertSqlSafe(statement.sql), statement.values).await?;
        let Some(found) = found.first() else { return Ok(false) };
        let reference = found.text("reference")?;
        let nothing = values![Vec::<u8>::new(), message.0];
        work.execute("UPDATE messages SET body = $1 WHERE id = $2", nothing).await?;
        work.execute("DELETE FROM scanned_files WHERE message = $1", values![message.0]).await?;
        work.execute("DELETE FROM scans WHERE message = $1", values![message.0]).await?;
        work.tell(NewJournalLine {
            at: now,
            actor: Actor::House,
            action: "content_outlived",
            message: Some(message),
            detail: format!("reference {reference}; rejected"),
        });
        work.commit().await?;
        Ok(true)
    }

    async fn expired_forms(&self, sent_before: Timestamp, now: Timestamp) -> Result<ExpiredForms, StoreError> {
        let sql = "-- expired_forms
SELECT
    (SELECT COUNT(*) FROM form_drafts WHERE expires <= $1) AS drafts,
    (SELECT COUNT(*) FROM form_reports WHERE sent_at < $2) AS codes";
        let found = self.ask("form_drafts", sql, values![now, sent_before]).await?;
        let found = found.first().ok_or(StoreError::Inconsistent { table: "form_drafts", column: "expires" })?;
        Ok(ExpiredForms { drafts: found.count("drafts")?, codes: found.count("codes")? })
    }

    async fn remove_expired_forms(&self, sent_before: Timestamp, now: Timestamp) -> Result<ExpiredForms, StoreError> {
        let mut work = self.pools.work().await?;
        let drafts = work.execute("DELETE FROM form_drafts WHERE expires <= $1", values![now]).await?;
        let codes = work.execute("DELETE FROM form_reports WHERE sent_at < $1", values![sent_before]).await?;
        if drafts + codes > 0 {
            work.tell(NewJournalLine {
                at: now,
                actor: Actor::House,
                action: "forms_outlived",
                message: None,
                detail: format!("{drafts} drafts, {codes} codes"),
            });
        }
        work.commit().await?;
        Ok(ExpiredForms { drafts, codes })
    }

    async fn old_traces(&self, before: TracesBefore) -> Result<Traces, StoreError> {
        let mut look = self.pools.look().await?;
        let mut counts = [0; TRACES.len()];
        for (count, trace) in counts.iter_mut().zip(TRACES) {
            let sql = format!("SELECT COUNT(*) AS count FROM {} WHERE {} < $1", trace.table, trace.moment);
            let found = look.fetch(trace.table, AssertSqlSafe(sql), values![trace.before(before)]).await?;
            *count = found.first().map_or(Ok(0), |it| it.count("count"))?;
        }
        Ok(gathered(counts))
    }

    async fn remove_old_traces(
        &self,
        before: TracesBefore,
        rows_max: u32,
        now: Timestamp,
    ) -> Result<Traces, StoreError> {
        let mut work = self.pools.work().await?;
        let mut counts = [0; TRACES.len()];
        for (count, trace) in counts.iter_mut().zip(TRACES) {
            let Trace { table, key, moment, .. } = trace;
            let sql = format!(
                "-- remove_old_traces
DELETE FROM {table}
WHERE {key} IN (SELECT {key} FROM {table} WHERE {moment} < $1 ORDER BY {moment} LIMIT $2)"
            );
            *count = work.execute(AssertSqlSafe(sql), values![trace.before(before), rows_max.min(ROWS_MAX)]).await?;
        }
        let removed = gathered(counts);
        work.count(Count::Refusal, -i64::try_from(removed.refusals).unwrap_or(i64::MAX));
        if !removed.are_none() {
            let Traces { refusals, alarms, sign_ins } = removed;
            work.tell(NewJournalLine {
                at: now,
                actor: Actor::House,
                action: "traces_outlived",
                message: None,
                detail: format!("{refusals} refusals, {alarms} alarms, {sign_ins} traces of sign-ins"),
            });
        }
        work.commit().await?;
        Ok(removed)
    }
}

/// A table whose rows are of no use when they are old.
struct Trace {
    table: &'static str,
    key: &'static str,
    /// Since when a row is a trace and nothing more. NULL: it is in use.
    moment: &'static str,
    kind: TraceKind,
}

#[derive(Clone, Copy)]
enum TraceKind {
    Refusal,
    Alarm,
    SignIn,
}

impl Trace {
    const fn before(&self, before: TracesBefore) -> Timestamp {
        match self.kind {
            TraceKind::Refusal => before.refusals,
            TraceKind::Alarm => before.alarms,
            TraceKind::SignIn => before.sign_ins,
        }
    }
}

const TRACES: [Trace; 7] = [
    Trace { table: "refusals", key: "id", moment: "at", kind: TraceKind::Refusal },
    Trace { table: "alarms", key: "id", moment: "cleared_at", kind: TraceKind::Alarm },
    Trace { table: "failed_sign_ins", key: "id", moment: "at", kind: TraceKind::SignIn },
    Trace { table: "failed_addresses", key: "id", moment: "at", kind: TraceKind::SignIn },
    Trace { table: "attempts", key: "state_sha256", moment: "expires", kind: TraceKind::SignIn },
    Trace { table: "sessions", key: "token_sha256", moment: "expires", kind: TraceKind::SignIn },
    Trace { table: "links", key: "token_sha256", moment: "expires", kind: TraceKind::SignIn },
];

/// What was counted in each table of [`TRACES`], by kind.
fn gathered(counts: [u64; TRACES.len()]) -> Traces {
    let mut traces = Traces::default();
    for (count, trace) in counts.into_iter().zip(TRACES) {
        match trace.kind {
            TraceKind::Refusal => traces.refusals += count,
            TraceKind::Alarm => traces.alarms += count,
            TraceKind::SignIn => traces.sign_ins += count,
        }
    }
    traces
}

/// Rejected messages whose content is here. A condition or `ORDER BY` follows.
fn rejected_outlived<E: Engine>(received_before: Timestamp) -> Statement<E> {
    let mut statement = Statement::<E>::new(
        "-- rejected_outlived
SELECT m.id, m.reference, m.received_at
FROM messages AS m
WHERE m.state = 'rejected' AND LENGTH(m.body) > 0
    AND NOT EXISTS (SELECT 1 FROM alarms AS a WHERE a.subject = m.reference AND a.cleared_at IS NULL)
    AND m.received_at < ",
    );
    statement.value(received_before);
    statement
}

/// Closed cases with content of messages in which nothing is in use any more. A condition or `GROUP BY` follows.
fn outlived<E: Engine>(closed_before: Timestamp, now: Timestamp) -> Statement<E> {
    let today = now.date_in_norway().to_string();
    let mut statement = Statement::<E>::new(
        "-- outlived
SELECT c.message, m.reference, MAX(c.closed_at) AS closed_at
FROM items AS c
INNER JOIN messages AS m ON m.id = c.message
WHERE c.state = 'closed' AND c.removed_at IS NULL AND c.share = 'content' AND c.closed_at < ",
    );
    statement.value(closed_before);
    // Every row of the message must be over: gone away, only awareness, or closed, filed and with nothing ahead.
    statement.push(
        " AND NOT EXISTS (SELECT 1 FROM items AS i WHERE i.message = c.message AND i.state NOT IN ('transferred', 'withdrawn') \
         AND (i.share = 'content' OR i.state = 'proposed') AND NOT (i.state = 'closed' AND i.archive_index IS NOT NULL \
         AND i.delegated_due IS NULL AND i.closed_at < ",
    );
    statement.value(closed_before);
    statement.push(" AND (i.coordinated_until IS NULL OR i.coordinated_until < ").value(today.clone());
    statement.push(") AND (i.next_contact_on IS NULL OR i.next_contact_on < ").value(today.clone());
    statement.push(") AND (i.review_on IS NULL OR i.review_on < ").value(today);
    statement.push(") AND (i.plan IS NULL OR i.plan NOT IN ");
    let alive = [PlanStatus::Wished, PlanStatus::InProgress, PlanStatus::Active];
    statement.list(alive.iter().map(|it| it.code()));
    statement.push(")))");
    statement.push(
        " AND NOT EXISTS (SELECT 1 FROM case_events AS e INNER JOIN items AS i ON i.id = e.item \
         WHERE i.message = c.message AND e.send_due IS NOT NULL) \
         AND NOT EXISTS (SELECT 1 FROM outbound AS o WHERE o.message = c.message AND (o.state IN ('queued', 'sent') \
         OR o.state = 'abandoned' AND o.closed_at IS NULL))",
    );
    statement
}
