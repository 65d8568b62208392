//! What has to be done about cases, by when and by whom.

use crate::domain::ItemId;
use crate::domain::MeetingId;
use crate::domain::Redacted;
use crate::domain::Reference;
use crate::domain::Sight;
use crate::domain::TaskKind;
use crate::domain::Timestamp;
use crate::domain::UnitId;
use crate::storage::Person;
use crate::storage::StoreError;
use crate::storage::UserId;
use async_trait::async_trait;
use jiff::civil::Date;
use uuid::Uuid;

/// What lists of tasks need. Those of a case that is registered come with the registering.
#[async_trait]
pub trait TaskStore: Send + Sync {
    /// The tasks of a case, by the day they must be done; with those that a group was given to do when the case was lifted to
    /// it, and at the group those that its meetings gave the unit that lifted it.
    async fn tasks_of(&self, item: ItemId) -> Result<Vec<Task>, StoreError>;

    /// Adds a task to a case, with its journal line.
    async fn add_task(&self, item: ItemId, task: &NewTask, by: &Person, now: Timestamp) -> Result<(), StoreError>;

    /// Ticks a task off, with its journal line. `Ok(false)`: it was done already, or is not a task of the case.
    async fn tick_task(&self, item: ItemId, task: Uuid, by: &Person, now: Timestamp) -> Result<bool, StoreError>;

    /// What is to be done: all tasks in what is seen by `sights`, and those of `who` in the units where the person still has
    /// a role (`held`). By day.
    async fn open_tasks(
        &self,
        sights: &[Sight],
        who: UserId,
        held: &[UnitId],
        rows_max: u32,
    ) -> Result<Vec<Task>, StoreError>;

    /// How many of them should have been done before `today`.
    async fn overdue_tasks(
        &self,
        sights: &[Sight],
        who: UserId,
        held: &[UnitId],
        today: Date,
    ) -> Result<u64, StoreError>;
}

/// Something to be done about a case (oppgave).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Task {
    pub id: Uuid,
    pub item: ItemId,
    pub reference: Reference,
    pub unit: UnitId,
    /// The address of the person whom the case is about is graded.
    pub graded: bool,
    pub kind: TaskKind,
    pub text: Option<Redacted<String>>,
    pub due_on: Date,
    /// `None`: the unit's.
    pub assignee: Option<Person>,
    pub made_by: String,
    pub done: Option<(Timestamp, String)>,
}

/// A task to be kept.
#[derive(Clone, Debug)]
pub struct NewTask {
    pub id: Uuid,
    pub kind: TaskKind,
    pub text: Option<Redacted<String>>,
    pub due_on: Date,
    pub assignee: Option<Person>,
    pub meeting: Option<MeetingId>,
}
