//! The units' inbox: lists, one item, and what people do with it.

use crate::domain::ItemId;
use crate::domain::ItemState;
use crate::domain::MessageId;
use crate::domain::MessageState;
use crate::domain::Redacted;
use crate::domain::Reference;
use crate::domain::Share;
use crate::domain::Timestamp;
use crate::domain::UnitId;
use crate::storage::ItemSummary;
use crate::storage::JournalLine;
use crate::storage::KeptFinding;
use crate::storage::KeptStep;
use crate::storage::ListFilter;
use crate::storage::StoreError;
use crate::storage::UserId;
use async_trait::async_trait;
use jiff::civil::Date;

/// What the inbox needs.
#[async_trait]
pub trait InboxStore: Send + Sync {
    /// One page, by deadline or newest first, by keyset. Summaries are unsealed.
    async fn inbox_page(&self, query: &InboxQuery) -> Result<Vec<InboxRow>, StoreError>;

    /// How many items of `units` are in each state, and how many of them `who` has taken.
    async fn inbox_counts(&self, units: &[UnitId], who: UserId) -> Result<InboxCounts, StoreError>;

    /// One item with its message's facts and history. Listing it is not opening it. [`StoreError::Absent`] when there
    /// is none, or it is in none of `units`.
    async fn item(&self, id: ItemId, units: &[UnitId]) -> Result<ItemDetail, StoreError>;
}

/// One who acts, as the journal keeps it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Person {
    pub id: UserId,
    /// Shown to colleagues; an employee's name at work.
    pub display_name: String,
}

/// Which items to list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct InboxQuery {
    /// Never empty: the units that the reader belongs to.
    pub units: Vec<UnitId>,
    /// Empty: all states.
    pub states: Vec<ItemState>,
    /// Only what this person is responsible for; of the one who asks, also what they coordinate today.
    pub responsible: Option<UserId>,
    /// Only the message with this reference. It has an item or so in each unit, so there is no second page, and `after` is
    /// not looked at.
    pub reference: Option<Reference>,
    pub told: OnlyTold,
    pub filter: ListFilter,
    pub order: InboxOrder,
    pub after: Option<InboxCursor>,
    pub rows_max: u32,
}

impl InboxQuery {
    /// The first of everything, by deadline; to be narrowed.
    pub fn first(rows_max: u32) -> Self {
        Self {
            units: Vec::new(),
            states: Vec::new(),
            responsible: None,
            reference: None,
            told: OnlyTold::Listed,
            filter: ListFilter::default(),
            order: InboxOrder::Work,
            after: None,
            rows_max,
        }
    }
}

/// What is done with reports that a unit is only told of (til orientering), which another unit has.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum OnlyTold {
    #[default]
    Listed,
    /// They are nobody's work here. Nor is what is only lifted to here, when somebody has read it: it is for others to take.
    LeftOut,
    /// They are nobody's work here; what is lifted to here is shown.
    NotTold,
    /// Only they.
    Alone,
}

/// How a list is sorted.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum InboxOrder {
    /// What must be answered first: by deadline.
    #[default]
    Work,
    NewestFirst,
}

/// Where the next page begins.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct InboxCursor {
    pub deadline: Timestamp,
    pub received_at: Timestamp,
    pub id: ItemId,
}

/// One row of a list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct InboxRow {
    pub id: ItemId,
    pub message: MessageId,
    pub reference: Reference,
    pub unit: UnitId,
    pub share: Share,
    pub state: ItemState,
    pub kind: String,
    pub needs: Vec<String>,
    pub urgent: bool,
    pub protected: bool,
    pub attachments: u32,
    pub received_at: Timestamp,
    /// When the sender must have an answer.
    pub deadline: Timestamp,
    /// Whether the sender has had one, and has said nothing since.
    pub answered: bool,
    /// When somebody outside said something that has not been answered since.
    pub heard_at: Option<Timestamp>,
    /// Whether its sender has withdrawn it, as [`crate::domain::withdrawn_by`] has it. What has left the unit is not told of.
    pub withdrawn: bool,
    /// When somebody is to be in touch next.
    pub next_contact_on: Option<Date>,
    pub responsible: Option<Person>,
    /// The unit that lifted it to here, where it lies, and who is responsible there.
    pub lifted_from: Option<(UnitId, Option<String>)>,
    pub summary: Redacted<ItemSummary>,
}

/// One item with everything around it except the report itself, which is read from the message's bytes.
#[derive(Clone, Debug)]
pub struct ItemDetail {
    pub row: InboxRow,
    pub message_state: MessageState,
    pub sender_message_id: String,
    pub message_type: String,
    pub findings: Vec<KeptFinding>,
    pub route: Vec<KeptStep>,
    /// Oldest first.
    pub journal: Vec<JournalLine>,
    /// Other items, in the same units, about the same person (by the blind index), newest first.
    pub earlier: Vec<InboxRow>,
}

/// Items per state.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct InboxCounts {
    pub unread: u64,
    pub opened: u64,
    pub taken: u64,
    pub waiting: u64,
    pub proposed: u64,
    pub offered: u64,
    pub transferred: u64,
    pub withdrawn: u64,
    pub closed: u64,
    /// Of those that are unread or opened, those that the unit is only told of.
    pub only_told: u64,
    /// Of those that are opened, those that are only lifted to here.
    pub lifted_here: u64,
    /// Of those that are withdrawn, those that were only offered or lifted to the unit, and taken back or declined.
    pub taken_back: u64,
    /// Not done, and the person who asks is responsible or coordinates it today.
    pub mine: u64,
}

impl InboxCounts {
    pub const fn of(&self, state: ItemState) -> u64 {
        match state {
            ItemState::Unread => self.unread,
            ItemState::Opened => self.opened,
            ItemState::Taken => self.taken,
            ItemState::Waiting => self.waiting,
            ItemState::Proposed => self.proposed,
            ItemState::Offered => self.offered,
            ItemState::Transferred => self.transferred,
            ItemState::Withdrawn => self.withdrawn,
            ItemState::Closed => self.closed,
        }
    }
}
