//! The second who agrees, or does not, that a graded case is opened (toperson-regelen): who asks and why, and what came of it.

use crate::domain::ItemId;
use crate::domain::OpeningReason;
use crate::domain::OpeningRefusal;
use crate::domain::Redacted;
use crate::domain::SecondPerson;
use crate::domain::Timestamp;
use crate::domain::UnitId;
use crate::storage::Person;
use crate::storage::StoreError;
use crate::storage::UserId;
use async_trait::async_trait;

/// What the two-person rule needs. Who may ask and who may answer is decided before.
#[async_trait]
pub trait OpeningStore: Send + Sync {
    /// What the second person has said of `user` opening `item`. What was asked or answered before `since` counts no more.
    async fn second_person(&self, item: ItemId, user: UserId, since: Timestamp) -> Result<SecondPerson, StoreError>;

    /// The same in words: why, who answered and what. `None`: nothing that counts.
    async fn opening(&self, item: ItemId, user: UserId, since: Timestamp) -> Result<Option<Opening>, StoreError>;

    /// Asks for a second person, with its journal line. Asking again asks anew, and a no that was said stays
    /// beside it. `why`: absent when a case system asks.
    async fn ask_second(
        &self,
        item: ItemId,
        who: &Person,
        why: Option<&Because<OpeningReason>>,
        now: Timestamp,
    ) -> Result<(), StoreError>;

    /// Agrees that `user` opens `item`, with its journal line. `Ok(false)`: nobody asks (any more).
    async fn agree_second(&self, item: ItemId, user: UserId, by: &Person, now: Timestamp) -> Result<bool, StoreError>;

    /// Says no to it, with its journal line. `Ok(false)`: nobody asks (any more).
    async fn refuse_second(
        &self,
        item: ItemId,
        user: UserId,
        why: &Because<OpeningRefusal>,
        by: &Person,
        now: Timestamp,
    ) -> Result<bool, StoreError>;

    /// Who waits for a second person in `units`, oldest first; not those who asked before `since`.
    async fn waiting_for_second(&self, units: &[UnitId], since: Timestamp)
    -> Result<Vec<WaitingForSecond>, StoreError>;
}

/// A reason that stands in the journal, and what was written beside it, which is sealed and stands nowhere else.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Because<R> {
    pub reason: R,
    pub text: Option<Redacted<String>>,
}

/// That somebody asked to open a graded case, and what came of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Opening {
    pub asked_at: Timestamp,
    /// Absent when a case system asked.
    pub why: Option<Because<OpeningReason>>,
    pub answer: Option<OpeningAnswer>,
}

/// What the second person said.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OpeningAnswer {
    /// The name at work.
    pub by: String,
    pub at: Timestamp,
    /// Why not. Absent: it was agreed to.
    pub refusal: Option<Because<OpeningRefusal>>,
}

/// Somebody who asks to open a graded case.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WaitingForSecond {
    pub item: ItemId,
    pub unit: UnitId,
    pub reference: String,
    pub who: Person,
    pub asked_at: Timestamp,
    pub why: Option<Because<OpeningReason>>,
    /// The no that was said before they asked anew, while it counts.
    pub earlier: Option<OpeningAnswer>,
}
