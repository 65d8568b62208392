//! What lies unopened or unanswered, who has been reminded of it, and what is overdue in a unit.

use crate::domain::ItemId;
use crate::domain::MessageId;
use crate::domain::Reference;
use crate::domain::Reminder;
use crate::domain::Sight;
use crate::domain::Timestamp;
use crate::domain::UnitId;
use crate::storage::InboxRow;
use crate::storage::NewNotice;
use crate::storage::StoreError;
use crate::storage::UserId;
use async_trait::async_trait;
use jiff::civil::Date;

/// What the worker of deadlines and the list of overdue cases need.
#[async_trait]
pub trait ReminderStore: Send + Sync {
    /// Items that nobody has opened, oldest first, from `after` on; not those of which the leader has been reminded.
    async fn unread_items(
        &self,
        after: Option<(Timestamp, ItemId)>,
        rows_max: u32,
    ) -> Result<Vec<Lingering>, StoreError>;

    /// Items that should have been answered by `now`, were not, and of which nobody has been reminded. Oldest deadline
    /// first.
    async fn late_items(&self, now: Timestamp, rows_max: u32) -> Result<Vec<Lingering>, StoreError>;

    /// Urgent items of `units` that nobody has answered, and of which nobody has been told that the meeting comes too late.
    /// Oldest first.
    async fn urgent_items(&self, units: &[UnitId], rows_max: u32) -> Result<Vec<Lingering>, StoreError>;

    /// Items whose appointment of a coordinator should have been done before `today`, at either end, and whose unit has not
    /// been reminded of it.
    async fn late_delegations(&self, today: Date, rows_max: u32) -> Result<Vec<Lingering>, StoreError>;

    /// Items that were offered to somebody by `before`, who has not answered, and whose unit has not been reminded of it.
    async fn unanswered_offers(&self, before: Timestamp, rows_max: u32) -> Result<Vec<Lingering>, StoreError>;

    /// Items that another unit has lifted, laid or offered to theirs, that nobody has opened and whose unit has not been told; what
    /// can still be undone at `now` is left out.
    async fn passed_on_items(&self, now: Timestamp, rows_max: u32) -> Result<Vec<Lingering>, StoreError>;

    /// Items that nobody has since whoever was responsible lost sight of them, and whose unit has not been told.
    async fn left_items(&self, rows_max: u32) -> Result<Vec<Lingering>, StoreError>;

    /// Queues the notices of one reminder, with its journal line, all or nothing. `Ok(false)`: it has been sent before,
    /// or there is nothing to be reminded of any more.
    async fn remind(
        &self,
        item: &Lingering,
        reminder: Reminder,
        notices: &[NewNotice],
        now: Timestamp,
    ) -> Result<bool, StoreError>;

    /// What is overdue of what is seen by `sights`: not answered in time, the day of the next contact is past, a coordinator
    /// was to be appointed, or an offer to another receiver waits for an answer. By deadline.
    async fn overdue(
        &self,
        sights: &[Sight],
        who: UserId,
        now: Timestamp,
        rows_max: u32,
    ) -> Result<Vec<InboxRow>, StoreError>;

    /// Cases that were offered to somebody who said no, and with which nothing has been done since: which, and what we call
    /// them. Oldest first.
    async fn declined_offers(
        &self,
        sights: &[Sight],
        who: UserId,
        rows_max: u32,
    ) -> Result<Vec<(ItemId, Reference)>, StoreError>;

    /// How many they are.
    async fn overdue_count(&self, sights: &[Sight], who: UserId, now: Timestamp) -> Result<u64, StoreError>;
}

/// An item that waits for somebody. Nothing about the person.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Lingering {
    pub item: ItemId,
    pub message: MessageId,
    pub reference: Reference,
    pub unit: UnitId,
    pub received_at: Timestamp,
    /// From when it could be opened here: what came by post has been received before it was written down, and what another unit
    /// passed on has been received there.
    pub here_since: Timestamp,
    pub urgent: bool,
    /// What has been sent.
    pub reminded: Vec<Reminder>,
}
