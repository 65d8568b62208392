//! Casework: what people do with an item, one transaction each, and what is known of it afterwards.

use crate::domain::Act;
use crate::domain::ActKind;
use crate::domain::ActRefused;
use crate::domain::Acting;
use crate::domain::Case;
use crate::domain::Colleague;
use crate::domain::Delivery;
use crate::domain::Detailed;
use crate::domain::ItemId;
use crate::domain::ItemState;
use crate::domain::MessageId;
use crate::domain::OutboundId;
use crate::domain::Redacted;
use crate::domain::Timestamp;
use crate::domain::TransferTarget;
use crate::domain::UnitId;
use crate::storage::StoreError;
use async_trait::async_trait;
use uuid::Builder;
use uuid::Uuid;

/// What casework needs.
#[async_trait]
pub trait CaseStore: Send + Sync {
    /// What is known of an item, and everything that was done with it. [`StoreError::Absent`] when there is none, or it is
    /// in none of `units`.
    async fn case(&self, id: ItemId, units: &[UnitId]) -> Result<CaseDetail, StoreError>;

    /// Does one act, by the domain's state machine: event, case, counts, what it does to other items, and the line of the
    /// journal, all or nothing.
    async fn act_on_case(&self, deed: &Deed) -> Result<Acted, StoreError>;

    /// Takes the last act back, when it was `by`'s, its time is not over and nothing has been done since.
    async fn undo(&self, id: ItemId, units: &[UnitId], by: &Acting) -> Result<Acted, StoreError>;

    /// What is to be said to senders and whose time for undoing is over, oldest first.
    async fn due_words(&self, now: Timestamp, rows_max: u32) -> Result<Vec<DueWord>, StoreError>;

    /// When the next of them is due, if any waits.
    async fn next_word_due(&self) -> Result<Option<Timestamp>, StoreError>;

    /// Whoever brings it to the sender has it now. [`StoreError::Absent`]: it was not waiting.
    async fn word_handed_over(&self, id: WordId) -> Result<(), StoreError>;

    /// Removes the content of items that were not for their unit and whose time for undoing is over, when the message that
    /// says so has been made of it; when no unit has the
    /// message any more, the message's own bytes too. How many items it was.
    async fn remove_withdrawn(&self, now: Timestamp, rows_max: u32) -> Result<u64, StoreError>;

    /// Which units have the content of `messages` now, and how the case stands there.
    async fn held_elsewhere(&self, messages: &[MessageId]) -> Result<Vec<HeldBy>, StoreError>;

    /// Lets go of open cases whose responsible person has no access to them any more (ansvaret falt bort), each with its event
    /// and its line of the journal. How many it was.
    async fn let_go(&self, now: Timestamp, rows_max: u32) -> Result<u64, StoreError>;

    /// Ends the lifts of cases that are over, each with its events and lines of the journal. `settled`: what could be undone until
    /// later than that is left alone. How many it was.
    async fn end_lifts(&self, settled: Timestamp, now: Timestamp, rows_max: u32) -> Result<u64, StoreError>;

    /// The other cases of the same family that may be told of, wherever they are: whoever asks decides who sees them.
    async fn kin(&self, id: ItemId) -> Result<Vec<ItemId>, StoreError>;

    /// Offers that nobody has answered since `before`, oldest first.
    async fn stale_transfers(&self, before: Timestamp, rows_max: u32) -> Result<Vec<Transfer>, StoreError>;
}

/// One act of one person on one item.
#[derive(Clone, Debug)]
pub struct Deed {
    pub item: ItemId,
    /// The units that the person belongs to.
    pub units: Vec<UnitId>,
    pub act: Act,
    pub by: Acting,
    /// What the person saw. `Some`: when more has been done since, it is refused.
    pub version: Option<u64>,
}

/// What came of an act.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Acted {
    Done {
        message: MessageId,
        state: ItemState,
        version: u64,
        /// Until when it can be taken back; `None`: it cannot.
        undo_until: Option<Timestamp>,
    },
    Refused(ActRefused),
}

/// What is known of an item.
#[derive(Clone, Debug)]
pub struct CaseDetail {
    pub case: Case,
    pub version: u64,
    pub deadline: Timestamp,
    /// Oldest first; also what was done before it was lifted or transferred to here.
    pub events: Vec<CaseEvent>,
    /// Where it came from when it was lifted, delegated or transferred to here: the unit, and who is responsible there.
    pub came_from: Option<CameFrom>,
    /// The last transfer to or from here.
    pub transfer: Option<Transfer>,
    pub undo: Option<Undoable>,
}

/// A unit that has the content of a message, and how the case stands there.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HeldBy {
    pub message: MessageId,
    pub unit: UnitId,
    pub state: ItemState,
}

/// Where a row came from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CameFrom {
    pub item: ItemId,
    pub unit: UnitId,
    pub responsible: Option<Colleague>,
    /// It was lifted to here, and still lies with that unit.
    pub by_lift: bool,
}

/// What can be taken back, by whom and until when.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Undoable {
    pub act: ActKind,
    pub who: Uuid,
    pub until: Timestamp,
}

/// Something that was done.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CaseEvent {
    /// Where it was done, and as which of what was done there: what was done before it came here was done with another item.
    pub id: WordId,
    pub at: Timestamp,
    pub who: Colleague,
    pub act: ActKind,
    pub state: ItemState,
    pub details: Vec<(Detailed, Redacted<String>)>,
    pub undone: bool,
    /// How it stands when it was written to somebody outside. `None`: nothing was, or it was undone.
    pub delivery: Option<Delivery>,
}

/// Somebody is to take an item over.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Transfer {
    pub id: Uuid,
    pub item: ItemId,
    pub from_unit: UnitId,
    pub to: TransferTarget,
    pub state: TransferState,
    pub offered_at: Timestamp,
    pub offered_by: String,
    pub why: Redacted<String>,
}

/// Where a transfer stands.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum TransferState {
    Open,
    Accepted,
    Declined,
    TakenBack,
}

impl TransferState {
    pub const ALL: [Self; 4] = [Self::Open, Self::Accepted, Self::Declined, Self::TakenBack];

    pub const fn label(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Accepted => "accepted",
            Self::Declined => "declined",
            Self::TakenBack => "taken_back",
        }
    }

    pub fn from_label(label: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.label() == label)
    }
}

/// Which event it is; also which has something to say to the sender.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct WordId {
    pub item: ItemId,
    pub sequence: u64,
}

impl WordId {
    /// The id of the message that says it; the same each time.
    pub fn outbound_id(self) -> OutboundId {
        let of = [self.item.0.as_bytes().as_slice(), &self.sequence.to_be_bytes()].concat();
        let hash = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, &of);
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&hash.as_ref()[..16]);
        OutboundId(Builder::from_custom_bytes(bytes).into_uuid())
    }
}

/// Something to be said to the sender of a message.
#[derive(Clone, Debug)]
pub struct DueWord {
    pub id: WordId,
    pub message: MessageId,
    pub unit: UnitId,
    pub act: ActKind,
    pub details: Vec<(Detailed, Redacted<String>)>,
    pub who: Colleague,
    pub due: Timestamp,
}

#[cfg(test)]
mod tests {
    use super::WordId;
    use crate::domain::ItemId;
    use uuid::Uuid;

    #[test]
    fn what_is_said_has_one_id_however_often_it_is_looked_at() {
        let word = |item, sequence| WordId { item: ItemId(Uuid::from_u128(item)), sequence }.outbound_id();

        assert_eq!(word(7, 3), word(7, 3));
        assert_ne!(word(7, 3), word(7, 4));
        assert_ne!(word(7, 3), word(8, 3));
    }
}
