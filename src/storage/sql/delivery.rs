//! Notices under a lease: who works on what, and until when.

use super::SqlStore;
use super::engine::Engine;
use super::engine::Record;
use super::engine::Statement;
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
use crate::domain::Reminded;
use crate::domain::Reminder;
use crate::domain::Timestamp;
use crate::domain::UnitId;
use crate::domain::norway;
use crate::storage::Actor;
use crate::storage::Claim;
use crate::storage::DeliveryStore;
use crate::storage::DueNotice;
use crate::storage::Lease;
use crate::storage::NewJournalLine;
use crate::storage::StoreError;
use crate::storage::seal::fill_random;
use async_trait::async_trait;
use jiff::civil::Date;
use sqlx::AssertSqlSafe;
use uuid::Builder;
use uuid::Uuid;

/// Whether anybody whom the notice `n` is about has a graded address.
const GRADED: &str = "CAST(CASE WHEN EXISTS (SELECT 1 FROM items AS g WHERE g.message = n.message AND g.protected = 1) \
     THEN 1 ELSE 0 END AS BIGINT)";

/// Reminders in one letter at most; more of the same kind are in the next.
const IN_ONE_LETTER_MAX: u32 = 50;

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
        let mut told = vec![(settled.uuid_if_any("message")?, lease.held.reference.clone())];
        // What went in the same letter shares what came of it. Nobody else holds it: there is one lease for a unit and channel.
        if !lease.held.with.is_empty() {
            let mut statement = Statement::<E>::new("-- settle_with_it\nUPDATE notices\nSET state = ");
            statement.value(state.label()).push(", attempts = ").value(lease.attempt);
            if let Some(due) = due {
                statement.push(", due = ").value(due);
            }
            if let Some(failure) = failure {
                statement.push(", last_failure = ").value(failure);
            }
            statement.push("\nWHERE state = 'queued' AND lease_token IS NULL AND id IN ");
            statement.list(lease.held.with.iter().map(|it| it.0)).push("\nRETURNING message, reference");
            for record in work.fetch("notices", AssertSqlSafe(statement.sql), statement.values).await? {
                told.push((record.uuid_if_any("message")?, record.word("reference", Reference::parse)?));
            }
        }
        let settled = i64::try_from(told.len()).unwrap_or(i64::MAX);
        work.count(Count::Notice(DeliveryState::Queued), -settled);
        work.count(Count::Notice(state), settled);
        for (message, reference) in told {
            let (Some(action), DueNotice { unit, channel, .. }) = (action, &lease.held) else { break };
            work.tell(NewJournalLine {
                at: now,
                actor: Actor::House,
                action,
                message: message.map(MessageId),
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
SELECT n.id, n.message, n.unit, n.channel, n.reference, n.created_at, n.attempts, n.reminder, n.meeting, {GRADED} AS graded
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
        let mut held = due_notice(work, id, &record).await?;
        gather(work, &mut held, &record, claim.now).await?;
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
        about: Vec::new(),
        graded: record.flag("graded")?,
        with: Vec::new(),
    })
}

/// Reminders of one kind to one unit go in one e-mail: those that are due and have been tried as often as this one, and graded ones
/// by themselves, so that no other reference tells where they are. A system is told of each by itself.
async fn gather<E: Engine>(
    work: &mut Work<E>,
    held: &mut DueNotice,
    record: &Record<E>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let Some(reminder) = held.reminder else { return Ok(()) };
    let mut about = vec![(record.uuid_if_any("message")?, held.reference.clone())];
    if held.channel == NoticeChannel::Email {
        let sql = format!(
            "-- in_the_same_letter
SELECT n.id, n.message, n.reference
FROM notices AS n
WHERE n.state = 'queued' AND n.unit = $1 AND n.channel = $2 AND n.reminder = $3 AND n.due <= $4 AND n.attempts = $5
    AND n.lease_token IS NULL AND n.id <> $6 AND {GRADED} = $7
ORDER BY n.due, n.id
LIMIT $8"
        );
        let values = values![
            held.unit.0.as_str(),
            held.channel.label(),
            reminder.label(),
            now,
            record.count::<u32>("attempts")?,
            held.id.0,
            u32::from(held.graded),
            IN_ONE_LETTER_MAX - 1
        ];
        for record in work.fetch("notices", AssertSqlSafe(sql), values).await? {
            held.with.push(NoticeId(record.uuid("id")?));
            about.push((record.uuid_if_any("message")?, record.word("reference", Reference::parse)?));
        }
    }
    for (message, reference) in about {
        let since = match message {
            Some(message) => since(work, message, &held.unit, reminder).await?,
            None => None,
        };
        held.about.push(Reminded { reference, since });
    }
    Ok(())
}

/// Binds the message and the unit: since when it lies there, also when another unit passed it on. The unit is no plain column, or
/// SQLite looks for the least along all that the unit has ever received, and no index says where in it the message stands.
pub(super) const SINCE_RECEIVED: &str = "-- since_received
SELECT MIN(COALESCE(here_since, received_at)) AS since
FROM items
WHERE message = $1 AND unit || '' = $2 AND share = 'content'";
/// As [`SINCE_RECEIVED`].
pub(super) const SINCE_DEADLINE: &str =
    "SELECT MIN(deadline) AS since FROM items WHERE message = $1 AND unit || '' = $2 AND share = 'content'";

/// Since when it lies, or by when it should have been done.
async fn since<E: Engine>(
    work: &mut Work<E>,
    message: Uuid,
    unit: &UnitId,
    reminder: Reminder,
) -> Result<Option<Timestamp>, StoreError> {
    let sql = match reminder {
        Reminder::Unread | Reminder::UnreadDeputy | Reminder::UnreadLeader | Reminder::MeetingTooLate => SINCE_RECEIVED,
        Reminder::AnswerLate => SINCE_DEADLINE,
        Reminder::OfferUnanswered => {
            "SELECT MIN(t.offered_at) AS since FROM transfers AS t INNER JOIN items AS i ON i.id = t.item \
             WHERE i.message = $1 AND i.unit = $2 AND t.state = 'open'"
        }
        Reminder::DelegationLate => {
            let sql = "SELECT MIN(delegated_due) AS due FROM items WHERE message = $1 AND unit = $2";
            let found = work.fetch("items", sql, values![message, unit.0.as_str()]).await?;
            let due = found.first().map(|it| it.text_if_any("due")).transpose()?.flatten();
            let day = due.and_then(|it| it.parse::<Date>().ok()).and_then(|it| it.to_zoned(norway()).ok());
            return Ok(day.map(|it| Timestamp::from_jiff(it.timestamp())));
        }
        Reminder::MeetingSpoke | Reminder::NobodyResponsible | Reminder::PassedOn => return Ok(None),
    };
    let found = work.fetch("items", sql, values![message, unit.0.as_str()]).await?;
    found.first().map_or(Ok(None), |it| it.time_if_any("since"))
}

pub(super) fn new_token() -> Uuid {
    let mut bytes = [0; 16];
    fill_random(&mut bytes);
    Builder::from_random_bytes(bytes).into_uuid()
}
