//! Receiving: the one commit of a message, and what repeats of it are told.

use crate::domain::AckWish;
use crate::domain::AgeGroup;
use crate::domain::AppRecVersion;
use crate::domain::Channel;
use crate::domain::HerId;
use crate::domain::ItemId;
use crate::domain::MessageId;
use crate::domain::MessageState;
use crate::domain::MunicipalityNumber;
use crate::domain::NewAlarm;
use crate::domain::NoticeChannel;
use crate::domain::NoticeId;
use crate::domain::OrgNumber;
use crate::domain::OutboundId;
use crate::domain::OutboundState;
use crate::domain::Reading;
use crate::domain::ReceiptId;
use crate::domain::Redacted;
use crate::domain::Reference;
use crate::domain::Severity;
use crate::domain::Share;
use crate::domain::Timestamp;
use crate::domain::UnitId;
use crate::storage::FollowUp;
use crate::storage::FollowUpStore;
use crate::storage::KeptStep;
use crate::storage::OutboundRow;
use crate::storage::OutboundSettled;
use crate::storage::StoreError;
use async_trait::async_trait;
use bytes::Bytes;
use jiff::civil::Date;
use std::fmt;

/// Receiving and what the sender can ask for afterwards.
#[async_trait]
pub trait MessageStore: FollowUpStore {
    /// Message, verdict, inbox items, receipt, notices, alarms and journal line: all or nothing, synced when it returns.
    /// Arrivals that wait at the same time share one sync. [`StoreError::Unavailable`] at once when too many wait, and
    /// also when time is up before the database has answered: the sender tries again, and is told what we have.
    async fn settle(&self, settlement: Settlement) -> Result<Settled, StoreError>;

    /// A message that was stuck has been judged again. Compare and set: only from `stuck`. Its id, bytes and reference
    /// stay; everything else in `settlement` is as for a new one. [`StoreError::Absent`] when it is not stuck.
    ///
    /// A message that could not be read far enough to have its sender's id may have been sent again and decided under
    /// that id in the meantime. Then it follows that one and brings no items, receipt or notices along, so that no unit
    /// gets it twice; with other bytes under that id it becomes rejected, and a refusal keeps both hashes.
    async fn resettle(&self, settlement: Settlement) -> Result<(), StoreError>;

    /// Keeps that something could not be answered with a receipt: peer, time, size and hash, never the content.
    async fn keep_refusal(&self, refusal: NewRefusal) -> Result<(), StoreError>;

    /// The receipt for the message that `sender` calls `sender_message_id`.
    async fn receipt(&self, sender: &OrgNumber, sender_message_id: &str) -> Result<ReceiptAnswer, StoreError>;

    /// Something that we have sent, for the receiver's word about it. [`StoreError::Absent`] when there is none.
    async fn sent(&self, id: OutboundId) -> Result<OutboundRow, StoreError>;

    /// The receiver's word about something that we have sent; see [`crate::storage::OutboundStore::answer_outbound`].
    async fn settle_sent(
        &self,
        id: OutboundId,
        from: OutboundState,
        settled: OutboundSettled,
    ) -> Result<(), StoreError>;

    /// A stored message's bytes as received, unsealed, with what is needed to judge it again.
    async fn raw(&self, id: MessageId) -> Result<RawMessage, StoreError>;
}

/// Everything about one message that is committed together.
#[derive(Clone, Debug)]
pub struct Settlement {
    pub message: NewMessage,
    pub state: MessageState,
    pub findings: Vec<KeptFinding>,
    /// Why it went where it went, one step per rule looked at. No personal data.
    pub route: Vec<KeptStep>,
    pub items: Vec<NewItem>,
    /// Absent only when stuck.
    pub receipt: Option<NewReceipt>,
    pub notices: Vec<NewNotice>,
    pub alarms: Vec<NewAlarm>,
    /// The case that it belongs to. `None`: it is one of its own, with `items`.
    pub follows: Option<FollowUp>,
}

/// The message itself. `Debug` leaves out the bytes: they are about a person.
#[derive(Clone)]
pub struct NewMessage {
    pub id: MessageId,
    pub reference: Reference,
    pub channel: Channel,
    pub received_at: Timestamp,
    /// Organisation of the certificate; with `sender_message_id` it is unique.
    pub sender: OrgNumber,
    /// Name of the registered sender in the configuration.
    pub sender_name: String,
    /// The sender's own id. For a stuck message that could not be opened: `sha256:` and the hash.
    pub sender_message_id: String,
    /// MsgInfo/Type.
    pub message_type: String,
    pub sender_her_id: Option<HerId>,
    pub receiver_her_id: Option<HerId>,
    pub municipality: Option<MunicipalityNumber>,
    /// The report's own id (meldingsId), which later reports refer to.
    pub report_id: Option<String>,
    /// As received. Sealed at rest.
    pub bytes: Bytes,
    pub charset: Option<String>,
    pub sha256: [u8; 32],
    /// How long judging took. Microseconds.
    pub judged_us: u64,
}

impl fmt::Debug for NewMessage {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("NewMessage")
            .field("id", &self.id)
            .field("reference", &self.reference)
            .field("channel", &self.channel)
            .field("received_at", &self.received_at)
            .field("sender", &self.sender)
            .field("sender_message_id", &self.sender_message_id)
            .field("message_type", &self.message_type)
            .field("municipality", &self.municipality)
            .field("size", &self.bytes.len())
            .finish_non_exhaustive()
    }
}

/// A finding as kept for operators and staff: no values, so it is not sealed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct KeptFinding {
    /// `MP-301`.
    pub code: String,
    pub severity: Severity,
    pub xpath: Option<String>,
    pub line: Option<u32>,
    pub column: Option<u32>,
    /// Bokmål, as in the receipt.
    pub text: String,
}

/// One unit's share of a message.
#[derive(Clone, Debug)]
pub struct NewItem {
    pub id: ItemId,
    pub unit: UnitId,
    pub share: Share,
    /// When it came, by the word of the staff who wrote it down. `None`: as the message did.
    pub came_at: Option<Timestamp>,
    /// Code of [`crate::domain::ReportKind`].
    pub kind: String,
    /// Codes of [`crate::domain::NeedKind`].
    pub needs: Vec<String>,
    /// Codes of [`crate::domain::NeedDimension`].
    pub dimensions: Vec<String>,
    /// Ids that people may ask for: of the document and of the conversation. The message's own is known anyway.
    pub ids: Vec<String>,
    pub urgent: bool,
    /// The person's address is graded: lists, notices and statistics hide who and where.
    pub protected: bool,
    pub attachments: u32,
    /// When the sender says that it was made, when the unit gets the report itself.
    pub made_at: Option<Timestamp>,
    /// When the sender must have an answer.
    pub deadline: Timestamp,
    /// Code of [`crate::domain::ReporterCategory`], when the unit gets the report itself.
    pub reporter: Option<String>,
    pub age_group: Option<AgeGroup>,
    /// The report says that there is a relay log (stafettlogg, BTI), when the unit gets the report itself.
    pub relay_log: bool,
    /// Sealed at rest.
    pub summary: Redacted<ItemSummary>,
}

impl NewItem {
    /// Since when the unit has had it: deadline and waiting time count from then.
    pub(crate) fn received_at(&self, message: &NewMessage) -> Timestamp {
        self.came_at.unwrap_or(message.received_at)
    }
}

/// What a row says of a private person (privatperson) who reports: who it is, stands in the letter.
pub const PRIVATE_PERSON: &str = "Privatperson";

/// What a list of items shows about a person. Sealed at rest.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ItemSummary {
    pub person_name: Option<String>,
    /// Kept for the blind index, so that earlier reports about the same person can be found.
    pub person_id: Option<String>,
    /// Organisation, unit: a sender can reveal what kind of patient it is.
    pub sender: String,
    /// Kept for the blind index that finds the same person under another identity number.
    pub born: Option<Date>,
    /// Organisation number of who wrote in our own form, by which it is found instead of by the form's sender; empty when
    /// there is none. Absent: it came from the sender itself.
    pub writer: Option<String>,
}

/// The receipt as it will be given, now and each time it is asked for.
#[derive(Clone, Debug)]
pub struct NewReceipt {
    pub id: ReceiptId,
    pub version: AppRecVersion,
    pub ack: AckWish,
    /// The AppRec, UTF-8. Holds no personal data.
    pub xml: Bytes,
}

/// That a unit is to be told that something waits. Holds no content: only the unit and an opaque reference.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewNotice {
    pub id: NoticeId,
    pub unit: UnitId,
    pub channel: NoticeChannel,
    /// When to try first.
    pub due: Timestamp,
}

/// What came of [`MessageStore::settle`].
#[derive(Clone, Debug)]
pub enum Settled {
    New,
    /// We had the same bytes from the same sender under the same id: the same answer again.
    Known(Answer),
    /// We have other bytes under that id. Nothing was stored but the refusal with both hashes.
    Conflict {
        first_sha256: [u8; 32],
        first_reference: Reference,
    },
}

/// What a sender is told about a message that we have.
#[derive(Clone, Debug)]
pub struct Answer {
    pub message: MessageId,
    pub reference: Reference,
    pub state: MessageState,
    /// `None` while it is stuck.
    pub receipt: Option<Bytes>,
    /// `None`: it is in nobody's inbox to be read.
    pub reading: Option<Reading>,
}

/// The answer to a sender that asks for its receipt.
#[derive(Clone, Debug)]
pub enum ReceiptAnswer {
    Have(Answer),
    /// The organisation has sent nothing under that id.
    Unknown,
}

/// Something that could not be answered with a receipt.
#[derive(Clone, Debug)]
pub struct NewRefusal {
    pub at: Timestamp,
    pub channel: Channel,
    /// Organisation of the certificate, when there was one.
    pub peer: Option<OrgNumber>,
    pub sender_message_id: Option<String>,
    /// The first finding's code.
    pub code: String,
    /// Bytes read.
    pub size: u64,
    pub sha256: [u8; 32],
    /// Hash of the message that we had before under the same id.
    pub first_sha256: Option<[u8; 32]>,
}

/// A stored message, to be judged again or shown.
#[derive(Clone, Debug)]
pub struct RawMessage {
    pub id: MessageId,
    pub reference: Reference,
    pub state: MessageState,
    pub channel: Channel,
    pub received_at: Timestamp,
    pub sender: OrgNumber,
    pub sender_name: String,
    pub sender_message_id: String,
    pub charset: Option<String>,
    pub sha256: [u8; 32],
    pub bytes: Redacted<Bytes>,
}
