//! What a coordinator asks the leader of the coordinating unit about a case, and what the leader answers.

use crate::domain::ItemId;
use crate::domain::Redacted;
use crate::domain::Reference;
use crate::domain::Timestamp;
use crate::domain::UnitId;
use crate::storage::Person;
use crate::storage::StoreError;
use async_trait::async_trait;

/// What the thread between coordinator and leader needs. Who may see it is asked before.
#[async_trait]
pub trait QuestionStore: Send + Sync {
    /// The thread of a case, oldest first.
    async fn thread(&self, item: ItemId) -> Result<Vec<ThreadLine>, StoreError>;

    /// Adds to the thread, sealed, with its journal line.
    async fn say(
        &self,
        item: ItemId,
        side: ThreadSide,
        text: &Redacted<String>,
        by: &Person,
        now: Timestamp,
    ) -> Result<(), StoreError>;

    /// Cases of `units` whose last line is a question, the one that has waited longest first.
    async fn unanswered(&self, units: &[UnitId], rows_max: u32) -> Result<Vec<Unanswered>, StoreError>;
}

/// Who says something.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum ThreadSide {
    /// The coordinator.
    Asked,
    /// The leader.
    Answered,
}

impl ThreadSide {
    pub const fn label(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Answered => "answered",
        }
    }

    pub fn from_label(label: &str) -> Option<Self> {
        [Self::Asked, Self::Answered].into_iter().find(|it| it.label() == label)
    }
}

/// Something that was said.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ThreadLine {
    pub at: Timestamp,
    pub by: String,
    pub side: ThreadSide,
    /// `None`: the content has been removed.
    pub text: Option<Redacted<String>>,
}

/// A question that waits.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unanswered {
    pub item: ItemId,
    pub reference: Reference,
    pub unit: UnitId,
    pub asked_at: Timestamp,
    pub asked_by: String,
}
