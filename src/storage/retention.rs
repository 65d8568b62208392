//! What has outlived its purpose, and its removal. The journal keeps that it was there and when it went.

use crate::domain::MessageId;
use crate::domain::Reference;
use crate::domain::Timestamp;
use crate::storage::StoreError;
use async_trait::async_trait;

/// What the removal of what is over needs.
#[async_trait]
pub trait RetentionStore: Send + Sync {
    /// Ends what units are only told of, where nobody has the case open any more; so many messages at once. Casework does it as
    /// it goes: this finds what is left from before. How many there were.
    async fn end_told(&self, rows_max: u32) -> Result<u64, StoreError>;

    /// Messages whose content is over, oldest first: every case of them was closed before `closed_before`, is filed, and has
    /// no coordinator, plan, appointment or day ahead; nobody has one unread, and nothing waits to be sent.
    async fn outlived(
        &self,
        closed_before: Timestamp,
        now: Timestamp,
        rows_max: u32,
    ) -> Result<Vec<Outlived>, StoreError>;

    /// Removes the content of one of them, everywhere; the register's codes and days stay. `Ok(false)`: it is in use again.
    async fn remove_outlived(
        &self,
        message: MessageId,
        closed_before: Timestamp,
        now: Timestamp,
    ) -> Result<bool, StoreError>;

    /// Rejected messages that came before `received_before` and whose content is still here, oldest first. Not those about which an
    /// alarm is open: somebody may need them.
    async fn rejected_outlived(
        &self,
        received_before: Timestamp,
        rows_max: u32,
    ) -> Result<Vec<OutlivedRejection>, StoreError>;

    /// Removes the content of one of them. Its findings, its hash and its receipt stay, so that a repeat gets the same answer.
    /// `Ok(false)`: it was removed already, or must not be.
    async fn remove_rejected(
        &self,
        message: MessageId,
        received_before: Timestamp,
        now: Timestamp,
    ) -> Result<bool, StoreError>;

    /// How many drafts of the form have expired, and how many senders' codes are older than `sent_before`.
    async fn expired_forms(&self, sent_before: Timestamp, now: Timestamp) -> Result<ExpiredForms, StoreError>;

    /// Removes them; gives how many they were.
    async fn remove_expired_forms(&self, sent_before: Timestamp, now: Timestamp) -> Result<ExpiredForms, StoreError>;

    /// How many traces are older than `before`.
    async fn old_traces(&self, before: TracesBefore) -> Result<Traces, StoreError>;

    /// Removes up to `rows_max` of each, oldest first, so that arrivals need not wait for all of them; gives how many they were.
    async fn remove_old_traces(
        &self,
        before: TracesBefore,
        rows_max: u32,
        now: Timestamp,
    ) -> Result<Traces, StoreError>;
}

/// A message whose content is over. Nothing about the person.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Outlived {
    pub message: MessageId,
    pub reference: Reference,
    pub closed_at: Timestamp,
}

/// A rejected message whose content is over. Nothing about the person.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OutlivedRejection {
    pub message: MessageId,
    pub reference: Reference,
    pub received_at: Timestamp,
}

/// What came before these moments is old.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TracesBefore {
    pub refusals: Timestamp,
    pub alarms: Timestamp,
    pub sign_ins: Timestamp,
}

/// Rows that came of what happened at the doors, and are of no use when they are old.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Traces {
    /// What could not be answered with a receipt.
    pub refusals: u64,
    /// Alarms that have been dealt with. The journal keeps who did.
    pub alarms: u64,
    /// Attempts to sign in that failed or were not finished, sessions that have ended, and links that nobody can use.
    pub sign_ins: u64,
}

impl Traces {
    pub const fn are_none(&self) -> bool {
        self.refusals == 0 && self.alarms == 0 && self.sign_ins == 0
    }
}

/// Rows of the form that nobody can use any more.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct ExpiredForms {
    pub drafts: u64,
    /// Codes by which senders see what has become of their reports.
    pub codes: u64,
}
