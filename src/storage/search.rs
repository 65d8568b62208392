//! Finding reports by what people know of them, through blind indexes.

use crate::domain::ItemId;
use crate::domain::ItemState;
use crate::domain::Redacted;
use crate::domain::Sight;
use crate::domain::Timestamp;
use crate::storage::InboxRow;
use crate::storage::ListFilter;
use crate::storage::StoreError;
use crate::storage::UserId;
use async_trait::async_trait;

/// What searching needs. Only what is covered by the sights is found.
#[async_trait]
pub trait SearchStore: Send + Sync {
    /// One page, newest first, by keyset.
    async fn find(&self, sights: &[Sight], who: UserId, query: &SearchQuery) -> Result<Vec<InboxRow>, StoreError>;

    /// Items of the same unit that look like this one, newest first: not those about the same identity number, which are
    /// told as earlier reports.
    async fn alike(
        &self,
        sights: &[Sight],
        who: UserId,
        item: ItemId,
        rows_max: u32,
    ) -> Result<Vec<(Likeness, InboxRow)>, StoreError>;

    /// As [`crate::storage::InboxStore::inbox_counts`], of what is seen by `sights` and left by `filter`.
    async fn filtered_counts(
        &self,
        sights: &[Sight],
        who: UserId,
        filter: &ListFilter,
    ) -> Result<FilteredCounts, StoreError>;
}

/// How many a filter leaves in each state.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct FilteredCounts {
    counts: Vec<(ItemState, u64)>,
    /// Of those that are unread or opened, those that the unit is only told of.
    pub only_told: u64,
    /// Of those that are opened, those that are only lifted to here.
    pub lifted_here: u64,
    /// As [`crate::storage::InboxCounts::taken_back`].
    pub taken_back: u64,
    /// Taken, waiting or offered, and the person who asks is responsible.
    pub mine: u64,
    /// States of which not every row was looked at: there are at least so many.
    pub at_least: Vec<ItemState>,
}

impl FilteredCounts {
    pub fn of(&self, state: ItemState) -> u64 {
        self.counts.iter().filter(|(it, _)| *it == state).map(|(_, count)| count).sum()
    }

    pub(crate) fn add(&mut self, state: ItemState, count: u64) {
        self.counts.push((state, count));
    }
}

/// What is sought.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SearchQuery {
    pub sought: Sought,
    pub after: Option<SearchCursor>,
    pub rows_max: u32,
}

/// Where the next page begins.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SearchCursor {
    pub at: Timestamp,
    pub item: ItemId,
}

/// One thing that a report can be found by.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Sought {
    /// Our reference, an id of the message, its document or its conversation, or the archive's reference of the case.
    Id(String),
    PersonId(Redacted<String>),
    /// Words of a person's name; all of them.
    PersonName(Redacted<String>),
    /// Words of a sender's name; all of them.
    SenderName(Redacted<String>),
    /// An organisation number.
    Organisation(Redacted<String>),
}

/// Why two reports look alike (ligner på).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Likeness {
    /// The same person, from the same sender, on the same day, with the same needs.
    SentTwice,
    /// The same name and day of birth, under another identity number or none.
    SamePerson,
    /// The same sender, on the same day, with the same needs; and one of the two has no identity number.
    SameDay,
}
