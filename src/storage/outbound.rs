//! What the house itself sends: kept from the moment it is written until the receiver has given its word.

use crate::domain::AlarmKind;
use crate::domain::Correspondent;
use crate::domain::ItemId;
use crate::domain::MessageId;
use crate::domain::NewAlarm;
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
use crate::storage::Lease;
use crate::storage::NewNotice;
use crate::storage::StoreError;
use async_trait::async_trait;
use bytes::Bytes;
use std::fmt;

/// The queue of what is sent. Every change writes its line in the journal of the message that it is about, in the same
/// transaction.
#[async_trait]
pub trait OutboundStore: Send + Sync {
    /// Puts it in the queue. With an id that is there already: nothing, so that a form sent twice sends once.
    /// [`StoreError::Absent`] when there is no such message.
    async fn enqueue(&self, outbound: NewOutbound) -> Result<(), StoreError>;

    /// Takes it back. Only before the first attempt; afterwards [`StoreError::Absent`], and it goes out.
    async fn cancel_outbound(&self, id: OutboundId, by: &Actor, now: Timestamp) -> Result<(), StoreError>;

    /// Takes up what is due, under a lease; at most one per receiver at a time. Oldest first. Also what has been delivered
    /// and is to be asked for.
    async fn claim_outbound(&self, claim: Claim) -> Result<Vec<Lease<DueOutbound>>, StoreError>;

    /// Keeps the message as it will be sent each time, before it is sent first.
    async fn keep_outbound_body(&self, lease: &Lease<DueOutbound>, body: &Redacted<Bytes>) -> Result<(), StoreError>;

    /// What came of the attempt. Compare and set on the lease token; [`StoreError::LeaseLost`] when it is not ours any more.
    async fn settle_outbound(&self, lease: &Lease<DueOutbound>, settled: OutboundSettled) -> Result<(), StoreError>;

    /// What the receiver says in a message of its own. Compare and set on `from`; [`StoreError::Absent`] when it has
    /// changed in the meantime.
    async fn answer_outbound(
        &self,
        id: OutboundId,
        from: OutboundState,
        settled: OutboundSettled,
    ) -> Result<(), StoreError>;

    /// Puts something abandoned, rejected or still unanswered back in the queue, due now, with attempts counted from zero:
    /// the same message under the same id. Clears its alarms.
    async fn requeue_outbound(
        &self,
        id: OutboundId,
        by: &Actor,
        answer_by: Timestamp,
        now: Timestamp,
    ) -> Result<(), StoreError>;

    /// Somebody has dealt with something abandoned, rejected or unanswered another way, such as by telephone: its alarms
    /// are cleared, and what was still waiting is given up.
    async fn close_outbound(&self, id: OutboundId, by: &Actor, now: Timestamp) -> Result<(), StoreError>;

    /// What should have been answered by `now` and nobody has been told of.
    async fn late_outbound(&self, now: Timestamp) -> Result<Vec<OutboundRow>, StoreError>;

    /// Raises the alarm that no AppRec has come, once, and adds the notices.
    async fn tell_late_outbound(
        &self,
        id: OutboundId,
        notices: Vec<NewNotice>,
        now: Timestamp,
    ) -> Result<(), StoreError>;

    /// When the next is due, if any waits that nobody holds.
    async fn next_outbound_due(&self) -> Result<Option<Timestamp>, StoreError>;

    /// One of them. [`StoreError::Absent`] when there is none.
    async fn outbound(&self, id: OutboundId) -> Result<OutboundRow, StoreError>;

    /// Newest first.
    async fn outbounds(&self, query: &OutboundQuery) -> Result<Vec<OutboundRow>, StoreError>;

    /// What was written, unsealed, for the unit that wrote it. Reading it is for the caller to journal.
    async fn outbound_text(&self, id: OutboundId) -> Result<Redacted<String>, StoreError>;
}

/// Something to be sent. `Debug` leaves out the text: it is about a person.
#[derive(Clone)]
pub struct NewOutbound {
    /// Minted when the form is shown, so that a form sent twice is one. It becomes the MsgId.
    pub id: OutboundId,
    pub about: MessageId,
    /// The item that it was written from.
    pub item: Option<ItemId>,
    pub kind: OutboundKind,
    /// Had from the directory of ways out; without one there is nothing to enqueue.
    pub to: Correspondent,
    /// Sealed at rest.
    pub text: Redacted<String>,
    pub by: Actor,
    pub at: Timestamp,
    /// When to send: the end of the time in which it can be taken back.
    pub due: Timestamp,
    /// When an alarm is raised if no AppRec has come.
    pub answer_by: Timestamp,
}

impl fmt::Debug for NewOutbound {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("NewOutbound")
            .field("id", &self.id)
            .field("about", &self.about)
            .field("kind", &self.kind)
            .field("to", &self.to.name)
            .field("due", &self.due)
            .finish_non_exhaustive()
    }
}

/// Something to be sent now.
#[derive(Clone, Debug)]
pub struct DueOutbound {
    pub id: OutboundId,
    pub about: MessageId,
    pub reference: Reference,
    pub kind: OutboundKind,
    /// Name of the registered receiver.
    pub receiver: String,
    pub by: Actor,
    /// `Queued`, or `Sent` when it is asked for again.
    pub state: OutboundState,
    /// In whose name, and who is told.
    pub units: Vec<UnitId>,
    pub text: Redacted<String>,
    /// `None`: it has not been made yet.
    pub body: Option<Redacted<Bytes>>,
}

/// What is kept of an attempt, or of the receiver's word.
#[derive(Clone, Debug)]
pub struct OutboundSettled {
    pub next: OutboundNext,
    /// A sentence about the world; no personal data.
    pub failure: Option<String>,
    /// Codes of the receiver's word.
    pub codes: Vec<String>,
    pub notices: Vec<NewNotice>,
    /// Until when the case that it was written in must be dealt with, when the receiver does not have it or cannot use it.
    /// `None`: the word is a message, which tells the case itself.
    pub deal_by: Option<Timestamp>,
    pub now: Timestamp,
}

impl OutboundSettled {
    /// The alarm that `next` calls for.
    pub fn alarm(&self, reference: &Reference) -> Option<NewAlarm> {
        let kind = match self.next {
            OutboundNext::Abandoned => AlarmKind::OutboundAbandoned,
            OutboundNext::Rejected => AlarmKind::OutboundRejected,
            OutboundNext::Retry { .. } | OutboundNext::Sent { .. } | OutboundNext::Acknowledged => return None,
        };
        Some(NewAlarm { kind, subject: reference.to_string() })
    }
}

/// Which to list.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct OutboundQuery {
    pub about: Option<MessageId>,
    pub state: Option<OutboundState>,
    pub rows_max: u32,
}

/// One of them, without what was written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OutboundRow {
    pub id: OutboundId,
    pub about: MessageId,
    pub reference: Reference,
    pub item: Option<ItemId>,
    pub kind: OutboundKind,
    pub receiver: String,
    pub receiver_organisation: OrgNumber,
    pub by: Actor,
    pub state: OutboundState,
    pub created_at: Timestamp,
    pub due: Timestamp,
    pub attempts: u32,
    pub answer_by: Timestamp,
    pub late_at: Option<Timestamp>,
    pub answered_at: Option<Timestamp>,
    pub answer_codes: Vec<String>,
    pub last_failure: Option<String>,
    /// In whose name it is sent: the item's unit, or those that have the report.
    pub units: Vec<UnitId>,
}
