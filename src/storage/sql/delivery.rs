//! Notices under a lease: who works on what, and until when.

use super::SqlStore;
use super::engine::Engine;
use super::engine::Record;
use super::engine::is_unique_violation;
use super::engine::values;
use super::meeting;
use super::work::Count;
use super::work::Work;
use crate::domain::DeliveryState;
use crate::domain::ItemState;
use crate::domain::MeetingId;
use crate::domain::MessageId;
use crate::domain::Next;
use crate::domain::NoticeChannel;
use crate::domain::NoticeId;
use crate::domain::Reference;
use crate::domain::Reminder;
use crate::domain::Timestamp;
use crate::domain::UnitId;
use crate::storage::Actor;
use crate::storage::Claim;
use crate::storage::DeliveryStore;
use crate::storage::DueNotice;
use crate::storage::Lease;
use crate::storage::NewJournalLine;
use crate::storage::StoreError;
use crate::storage::seal::fill_random;
use async_trait::async_trait;
use sqlx::AssertSqlSafe;
use uuid::Builder;
use uuid::Uuid;

#[async_trait]
impl<E: Engine> DeliveryStore for SqlStore<E> {
    async fn claim_notices(&self, claim: Claim) -> Result<Vec<Lease<DueNotice>>, StoreError> {
        if self.nothing_due(claim.now).await? {
            return Ok(Vec::new());
        }
        let mut work = self.pools.work().await?;
        let leases = match take(&mut work, claim).await {
            // Another node took one for the same unit and channel between our look and our mark. It has them; our next
            // look shows what is left.
            Err(error) if is_unique_violation(&error) => return Ok(Vec::new()),
            other => other?,
        };
        work.commit().await?;
        Ok(leases)
    }

    async fn settle_notice(
        &self,
        lease: &Lease<DueNotice>,
        next: Next,
        failure: Option<&str>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let (state, due, action) = match next {
            Next::Delivered => (DeliveryState::Delivered, None, Some("notified")),
            Next::Retry { due } => (DeliveryState::Queued, Some(due), None),
            Next::Abandoned => (DeliveryState::Abandoned, None, Some("notice_abandoned")),
        };
        let mut work = self.pools.work().await?;
        let sql = "-- settle_notice
UPDATE notices
SET state = $1, due = COALESCE($2, due), last_failure = COALESCE($3, last_failure), lease_token = NULL, lease_expires = NULL
WHERE id = $4 AND lease_token = $5 AND state = 'queued'
RETURNING message";
        let values =
            values![state.label(), due.map(|it| it.0), failure.map(str::to_owned), lease.held.id.0, lease.token];
        let settled = work.fetch("notices", sql, values).await?;
        let [settled] = settled.as_slice() else { return Err(StoreError::LeaseLost) };
        work.count(Count::Notice(DeliveryState::Queued), -1);
        work.count(Count::Notice(state), 1);
        if let Some(action) = action {
            let DueNotice { unit, channel, reference, .. } = &lease.held;
            work.tell(NewJournalLine {
                at: now,
                actor: Actor::House,
                action,
                message: settled.uuid_if_any("message")?.map(MessageId),
                detail: format!("reference {reference}; to {unit} by {}; attempt {}", channel.label(), lease.attempt),
            });
        }
        work.commit().await
    }

    async fn requeue_notice(&self, id: NoticeId, now: Timestamp) -> Result<(), StoreError> {
        let mut work = self.pools.work().await?;
        let sql = "UPDATE notices SET state = 'queued', due = $1, attempts = 0 WHERE id = $2 AND state = 'abandoned'";
        if work.execute(sql, values![now, id.0]).await? != 1 {
            return Err(StoreError::Absent);
        }
        work.count(Count::Notice(DeliveryState::Abandoned), -1);
        work.count(Count::Notice(DeliveryState::Queued), 1);
        work.commit().await
    }

    async fn next_notice_due(&self) -> Result<Option<Timestamp>, StoreError> {
        let sql = "SELECT MIN(due) AS due FROM notices WHERE state = 'queued' AND lease_token IS NULL";
        let found = self.ask("notices", sql, values![]).await?;
        found.first().map_or(Ok(None), |it| it.time_if_any("due"))
    }
}

impl<E: Engine> SqlStore<E> {
    /// A look without a lock and without a write, so that an idle worker's period costs next to nothing.
    async fn nothing_due(&self, now: Timestamp) -> Result<bool, StoreError> {
        let sql = "-- nothing_due
SELECT 1
FROM notices
WHERE state = 'queued' AND due <= $1 AND (lease_token IS NULL OR lease_expires <= $1)
LIMIT 1";
        Ok(self.ask("notices", sql, values![now]).await?.is_empty())
    }
}

async fn take<E: Engine>(work: &mut Work<E>, claim: Claim) -> Result<Vec<Lease<DueNotice>>, StoreError> {
    // Leases that ran out: their holders can no longer settle, whoever takes the notice next.
    let sql = format!("SELECT id FROM notices WHERE lease_token IS NOT NULL AND lease_expires <= $1{}", E::SKIP_LOCKED);
    for expired in work.fetch("notices", AssertSqlSafe(sql), values![claim.now]).await? {
        let sql = "UPDATE notices SET lease_token = NULL, lease_expires = NULL WHERE id = $1";
        work.execute(sql, values![expired.uuid("id")?]).await?;
    }

    // The oldest due of each unit and channel that nobody works for.
    let sql = format!(
        "-- claim_notices
SELECT n.id, n.unit, n.channel, n.reference, n.created_at, n.attempts, n.reminder, n.meeting
FROM notices AS n
WHERE n.state = 'queued' AND n.due <= $1 AND n.lease_token IS NULL
    AND NOT EXISTS (
        SELECT 1
        FROM notices AS held
        WHERE held.unit = n.unit AND held.channel = n.channel AND held.lease_token IS NOT NULL)
    AND NOT EXISTS (
        SELECT 1
        FROM notices AS older
        WHERE older.state = 'queued' AND older.unit = n.unit AND older.channel = n.channel
            AND older.lease_token IS NULL AND (older.due, older.id) < (n.due, n.id))
ORDER BY n.due, n.id
LIMIT $2{}",
        E::SKIP_LOCKED
    );
    let mut leases = Vec::new();
    for record in work.fetch("notices", AssertSqlSafe(sql), values![claim.now, claim.rows_max]).await? {
        let token = new_token();
        let id = record.uuid("id")?;
        let attempt = record.count::<u32>("attempts")?.saturating_add(1);
        let sql = "UPDATE notices SET lease_token = $1, lease_expires = $2, attempts = $3 WHERE id = $4";
        work.execute(sql, values![token, claim.until, attempt, id]).await?;
        let held = due_notice(work, id, &record).await?;
        leases.push(Lease { held, token, attempt, expires: claim.until });
    }
    Ok(leases)
}

async fn due_notice<E: Engine>(work: &mut Work<E>, id: Uuid, record: &Record<E>) -> Result<DueNotice, StoreError> {
    let unit = record.text("unit")?;
    let sql = "SELECT count FROM tallies WHERE what = 'item' AND unit = $1 AND state = $2";
    let unread = work.fetch("tallies", sql, values![unit.as_str(), ItemState::Unread.label()]).await?;
    Ok(DueNotice {
        id: NoticeId(id),
        unit: UnitId(unit),
        channel: record.word("channel", NoticeChannel::from_label)?,
        reference: record.word("reference", Reference::parse)?,
        created_at: record.time("created_at")?,
        unread: unread.first().map_or(Ok(0), |it| it.count("count"))?,
        reminder: match record.text_if_any("reminder")? {
            None => None,
            Some(label) => Some(Reminder::from_label(&label).ok_or_else(|| record.fault("reminder"))?),
        },
        meeting: match record.uuid_if_any("meeting")? {
            None => None,
            Some(id) => meeting::held(work, MeetingId(id)).await?,
        },
    })
}

pub(super) fn new_token() -> Uuid {
    let mut bytes = [0; 16];
    fill_random(&mut bytes);
    Builder::from_random_bytes(bytes).into_uuid()
}
