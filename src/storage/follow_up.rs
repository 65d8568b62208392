//! What comes about a case that is here already: which case that is, and what has come.

use crate::domain::FollowUpKind;
use crate::domain::ItemId;
use crate::domain::MessageId;
use crate::domain::MunicipalityNumber;
use crate::domain::OrgNumber;
use crate::domain::Redacted;
use crate::domain::Reference;
use crate::domain::Timestamp;
use crate::domain::TransferWord;
use crate::domain::UnitId;
use crate::storage::NewNotice;
use crate::storage::StoreError;
use async_trait::async_trait;

/// Finding the case that a message is about.
#[async_trait]
pub trait FollowUpStore: Send + Sync {
    /// The cases that `earlier` may mean, newest first; a follow-up stands for the case that it belongs to. `person` is the
    /// identity number of whom the new message is about.
    async fn referred(&self, earlier: &Earlier, person: Option<&Redacted<String>>)
    -> Result<Vec<Referred>, StoreError>;

    /// What has come about the case of `about`, oldest first.
    async fn follow_ups(&self, about: MessageId) -> Result<Vec<FollowUpRow>, StoreError>;
}

/// How a message names an earlier one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Earlier {
    /// By our id: it answers something that we sent about that message.
    Message(MessageId),
    /// By the id that the sender gave it (MsgId).
    OfSender { sender: OrgNumber, sender_message_id: String },
    /// By the report's own id (meldingsId).
    Report(String),
}

/// A case that a message may be about.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Referred {
    pub message: MessageId,
    pub reference: Reference,
    pub sender: OrgNumber,
    pub municipality: Option<MunicipalityNumber>,
    /// Those that have the content. Empty: nobody here has it any more.
    pub units: Vec<UnitId>,
    pub person: SamePerson,
}

/// Whether two messages are about the same person, by the blind index.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum SamePerson {
    Same,
    Other,
    /// One of them has no identity number.
    Unknown,
}

/// That a message belongs to the case of an earlier one. When nobody has that case any more at the commit, the message
/// gets items of its own after all.
#[derive(Clone, Debug)]
pub struct FollowUp {
    /// The first message of the case.
    pub about: MessageId,
    /// The case's, which notices name: the message's own leads nowhere in an inbox.
    pub reference: Reference,
    pub kind: FollowUpKind,
    /// Name of the registered sender; never its unit, which can reveal what kind of patient it is.
    pub from: String,
    /// When the case must be answered anew.
    pub deadline: Timestamp,
    pub urgent: bool,
    pub attachments: u32,
    /// The item that was offered outside, and what was said of the offer.
    pub transfer: Option<(ItemId, TransferWord)>,
    /// Why, when a transfer is declined: a sentence about codes, never what somebody wrote.
    pub why: String,
    pub notices: Vec<NewNotice>,
}

/// A message that has come about a case.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FollowUpRow {
    pub message: MessageId,
    pub reference: Reference,
    pub kind: FollowUpKind,
    pub at: Timestamp,
}
