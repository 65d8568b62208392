//! Meetings of groups: when, about which cases, and what was said.

use crate::domain::ItemId;
use crate::domain::Meeting;
use crate::domain::MeetingDecision;
use crate::domain::MeetingId;
use crate::domain::Redacted;
use crate::domain::Timestamp;
use crate::domain::UnitId;
use crate::storage::InboxRow;
use crate::storage::LiftTold;
use crate::storage::NewNotice;
use crate::storage::NewTask;
use crate::storage::Person;
use crate::storage::StoreError;
use async_trait::async_trait;

/// What groups that meet need.
#[async_trait]
pub trait MeetingStore: Send + Sync {
    /// The meetings of a group, latest first, those that are called off too.
    async fn meetings(&self, unit: &UnitId, rows_max: u32) -> Result<Vec<Meeting>, StoreError>;

    /// One meeting of one of `units`. [`StoreError::Absent`] when there is none.
    async fn meeting(&self, id: MeetingId, units: &[UnitId]) -> Result<Meeting, StoreError>;

    /// The next meeting of each of `units` that has one: planned, and not over at `now`.
    async fn next_meetings(&self, units: &[UnitId], now: Timestamp) -> Result<Vec<Meeting>, StoreError>;

    /// Calls a meeting about `items`, with its journal lines and the notices that say so, all or nothing.
    async fn add_meeting(
        &self,
        meeting: &Meeting,
        items: &[ItemId],
        notices: &[NewNotice],
        by: &Person,
    ) -> Result<(), StoreError>;

    /// Moves a meeting or calls it off, as [`MeetingStore::add_meeting`]. `Ok(false)`: it has been changed since
    /// `meeting.revision` was one less, or is to be called off and has minutes: it has been held.
    async fn change_meeting(&self, meeting: &Meeting, notices: &[NewNotice], by: &Person) -> Result<bool, StoreError>;

    /// What a meeting is about, in its order. What has been closed or passed on since stays.
    async fn agenda(&self, meeting: MeetingId) -> Result<Vec<AgendaRow>, StoreError>;

    /// The open cases of a group that are on no coming agenda and of which no meeting has said what becomes of them. By
    /// deadline.
    async fn waiting_for_meeting(
        &self,
        unit: &UnitId,
        now: Timestamp,
        rows_max: u32,
    ) -> Result<Vec<InboxRow>, StoreError>;

    /// Puts cases last on the agenda, each taken off any other coming one, with their journal lines. The members see them
    /// from now on. How many were not there already.
    async fn put_on_agenda(
        &self,
        meeting: MeetingId,
        items: &[ItemId],
        by: &Person,
        now: Timestamp,
    ) -> Result<u64, StoreError>;

    /// Takes a case off the agenda, with its journal line; who saw it only because it was there does not any more.
    /// `Ok(false)`: it is not there, or something has been written of it.
    async fn take_off_agenda(
        &self,
        meeting: MeetingId,
        item: ItemId,
        by: &Person,
        now: Timestamp,
    ) -> Result<bool, StoreError>;

    /// Changes places with the case before or after. `Ok(false)`: there is none.
    async fn shift(&self, meeting: MeetingId, item: ItemId, shift: Shift) -> Result<bool, StoreError>;

    /// Keeps what was said of a case, sealed, and what somebody was given to do, with the journal line. Written again, it
    /// takes the place of what was there. [`StoreError::Absent`]: the case is not on the agenda; the meeting was called off; or
    /// the case's lift has ended, and it has minutes already or is kept nowhere.
    async fn write_minutes(
        &self,
        meeting: MeetingId,
        item: ItemId,
        said: &NewMinutes,
        by: &Person,
        now: Timestamp,
    ) -> Result<(), StoreError>;

    /// The meetings whose agenda a case is or was on, earliest first; without those that were called off.
    async fn meetings_of(&self, item: ItemId) -> Result<Vec<Discussed>, StoreError>;

    /// As [`MeetingStore::meetings_of`], of the groups that the case has been lifted to; also of a lift that has been taken
    /// back: what was said before stays with the one that lifted it.
    async fn lifted_meetings_of(&self, item: ItemId) -> Result<Vec<Discussed>, StoreError>;

    /// Why each of `items` was lifted to where it lies now, and from which step; of those that were lifted, and whose content
    /// has not been removed.
    async fn lifts_of(&self, items: &[ItemId]) -> Result<Vec<(ItemId, LiftTold)>, StoreError>;

    /// For each of `items` that is on a coming agenda: when it is discussed.
    async fn discussed_at(&self, items: &[ItemId], now: Timestamp) -> Result<Vec<(ItemId, Timestamp)>, StoreError>;
}

/// A case on an agenda.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AgendaRow {
    pub row: InboxRow,
    pub put_by: String,
    pub put_at: Timestamp,
    /// Whether something has been written of it, and what the meeting said.
    pub minuted: bool,
    pub decision: Option<MeetingDecision>,
    /// Its lift has ended, and those who had it at home have it still: what was said of it is kept.
    pub kept_at_home: bool,
}

/// Which way on the agenda.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Shift {
    Earlier,
    Later,
}

/// What is to be kept of a case's discussion.
#[derive(Clone, Debug)]
pub struct NewMinutes {
    pub text: Redacted<String>,
    pub decision: Option<MeetingDecision>,
    /// What somebody is given to do, and in which case: the one that is discussed, or the one at home that was lifted.
    pub task: Option<(ItemId, NewTask)>,
    /// Those that tell the unit that lifted the case. They go when something is written of it for the first time.
    pub notices: Vec<NewNotice>,
}

/// A meeting that a case was or is to be discussed in.
#[derive(Clone, Debug)]
pub struct Discussed {
    pub meeting: Meeting,
    /// From 1.
    pub number: u32,
    pub minutes: Option<Minutes>,
}

/// What was said of a case (referat).
#[derive(Clone, Debug)]
pub struct Minutes {
    pub text: Redacted<String>,
    pub decision: Option<MeetingDecision>,
    pub written_by: String,
    pub written_at: Timestamp,
}
