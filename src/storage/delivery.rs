//! Queues with a lease: what waits to be sent, who works on it, and until when.

use crate::domain::Meeting;
use crate::domain::Next;
use crate::domain::NoticeChannel;
use crate::domain::NoticeId;
use crate::domain::Reference;
use crate::domain::Reminded;
use crate::domain::Reminder;
use crate::domain::Timestamp;
use crate::domain::UnitId;
use crate::storage::StoreError;
use async_trait::async_trait;
use uuid::Uuid;

/// Notices to units. (Receipts over asynchronous transports will be their twin.)
#[async_trait]
pub trait DeliveryStore: Send + Sync {
    /// Takes up to `claim.rows_max` due notices under a lease; at most one per unit and channel at a time, so that one
    /// dead receiver delays nobody else. Oldest first.
    async fn claim_notices(&self, claim: Claim) -> Result<Vec<Lease<DueNotice>>, StoreError>;

    /// What came of the attempt. Compare and set on the lease token; [`StoreError::LeaseLost`] when it is not ours any
    /// more. `failure` is kept for operators: a sentence about the world, no personal data.
    async fn settle_notice(
        &self,
        lease: &Lease<DueNotice>,
        next: Next,
        failure: Option<&str>,
        now: Timestamp,
    ) -> Result<(), StoreError>;

    /// Puts an abandoned notice back in the queue, due now, with attempts counted from zero.
    async fn requeue_notice(&self, id: NoticeId, now: Timestamp) -> Result<(), StoreError>;

    /// When the next notice is due, if any waits that nobody holds.
    async fn next_notice_due(&self) -> Result<Option<Timestamp>, StoreError>;
}

/// A wish to work.
#[derive(Clone, Copy, Debug)]
pub struct Claim {
    pub rows_max: u32,
    pub now: Timestamp,
    /// When the lease ends unless it is settled before.
    pub until: Timestamp,
}

/// A right to work on `T` until `expires`. The token is the fence: a late holder cannot settle.
#[derive(Clone, Debug)]
pub struct Lease<T> {
    pub held: T,
    pub token: Uuid,
    /// This attempt's number, from 1.
    pub attempt: u32,
    pub expires: Timestamp,
}

/// A notice to be sent.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DueNotice {
    pub id: NoticeId,
    pub unit: UnitId,
    pub channel: NoticeChannel,
    /// The message's reference, or the meeting's, for the text of the notice.
    pub reference: Reference,
    pub created_at: Timestamp,
    /// How many items in the unit's inbox nobody has opened, this one included.
    pub unread: u64,
    /// What it reminds of. `None`: something new has come.
    pub reminder: Option<Reminder>,
    /// The meeting that it calls to, moves or calls off, as it stands now.
    pub meeting: Option<Meeting>,
    /// What a reminder is about, its own reference first; empty: it is none.
    pub about: Vec<Reminded>,
    /// Whether what it is about, all of it, is of people with a graded address: such a letter names no unit. What is and what is
    /// not never go together.
    pub graded: bool,
    /// Reminders of the same kind that go in the same letter, and are settled with this one.
    pub with: Vec<NoticeId>,
}
