//! What the inbox asks of the rest of the house. Implemented where the parts are put together (`app`).

use crate::domain::AppRecStatus;
use crate::domain::ArchivePackage;
use crate::domain::Attachment;
use crate::domain::CoordinatingBody;
use crate::domain::Deviation;
use crate::domain::Finding;
use crate::domain::Head;
use crate::domain::HeaderDetail;
use crate::domain::ItemId;
use crate::domain::Language;
use crate::domain::MaskedLine;
use crate::domain::MunicipalityNumber;
use crate::domain::NoWayOut;
use crate::domain::NoticeChannel;
use crate::domain::OutboundKind;
use crate::domain::ReceiptError;
use crate::domain::Redacted;
use crate::domain::Report;
use crate::domain::Route;
use crate::domain::Timestamp;
use crate::domain::UnitId;
use crate::storage::Actor;
use crate::storage::RawMessage;
use crate::storage::StoreError;
use async_trait::async_trait;
use bytes::Bytes;
use jiff::civil::Date;

/// Reads a stored message once more, so that it can be shown.
///
/// Both functions may take tens of milliseconds for a large message; the inbox calls them where blocking is allowed.
pub trait ReadReport: Send + Sync {
    /// The header, the report and what is attached.
    fn read(&self, raw: &RawMessage) -> Result<ReadMessage, UnreadableReport>;

    /// The decoded bytes of the attachment at `position` ([`Attachment::position`]). `None`: there is none there, it is
    /// kept elsewhere, or its base64 is broken.
    fn attachment(&self, raw: &RawMessage, position: usize) -> Result<Option<NthAttachment>, UnreadableReport>;

    /// The package as one file. `None`: it is too large to be one.
    fn archive(&self, package: &ArchivePackage) -> Option<Redacted<Bytes>>;
}

/// An attachment's bytes.
#[derive(Clone, Debug)]
pub struct NthAttachment {
    /// As people count the attachments of the message, from 1. (Positions count its other documents too.)
    pub number: usize,
    pub bytes: Redacted<Bytes>,
}

/// A message that has been read.
#[derive(Clone, Debug)]
pub struct ReadMessage {
    pub head: Head,
    pub report: Report,
    pub attachments: Vec<Attachment>,
    /// What else the header says.
    pub particulars: Vec<HeaderDetail>,
}

/// A message that was accepted cannot be read any more: a bug of ours. Says nothing of its content.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("a stored message that was accepted could not be read again")]
pub struct UnreadableReport;

/// Names for people of what the messages and the database know by number.
pub trait Names: Send + Sync {
    /// Name of a unit in the unit directory.
    fn unit(&self, id: &UnitId) -> Option<String>;

    /// Every unit of the unit directory.
    fn units(&self) -> Vec<UnitId>;

    /// Name of a municipality.
    fn municipality(&self, number: &MunicipalityNumber) -> Option<String>;

    /// Name of the municipality that the unit belongs to. `None`: a hospital trust's, or no unit.
    fn municipality_of(&self, id: &UnitId) -> Option<String>;

    /// Whether the two belong to the same municipality or trust, or one of them works for the other's on `day`.
    fn work_together(&self, one: &UnitId, other: &UnitId, day: Date) -> bool;

    /// Name of a registered sender, or of a body outside, that is kept by its short name.
    fn sender(&self, short_name: &str) -> Option<String>;

    /// Whether the unit is a group that meets.
    fn is_group(&self, id: &UnitId) -> bool;

    /// How the unit's people are told of something.
    fn notice_channels(&self, id: &UnitId) -> Vec<NoticeChannel>;
}

/// Whether units can write to somebody outside. What they write goes from the case's event to the queue by itself.
pub trait Outbox: Send + Sync {
    /// Whether what has this kind, about a message of the sender with that name, has somewhere to go.
    fn way(&self, sender_name: &str, kind: &OutboundKind) -> Result<(), NoWayOut>;

    /// Makes the message once in vain, so that what stands in the way is said to the one who writes. Work for the
    /// processor, as reading a report.
    fn rehearse(&self, saying: Saying, original: &RawMessage) -> Result<(), NoWayOut>;

    /// The municipalities and hospital trusts outside whose coordinating units take reports from here, by name.
    fn takers(&self) -> Vec<(CoordinatingBody, String)>;

    /// Something has been said, and will be due.
    fn ring(&self);
}

/// What somebody wants to say to somebody outside.
#[derive(Clone, Debug)]
pub struct Saying {
    pub item: ItemId,
    pub unit: UnitId,
    pub kind: OutboundKind,
    pub text: Redacted<String>,
    pub by: Actor,
}

/// The configuration as a document, with its history.
#[async_trait]
pub trait ConfigBook: Send + Sync {
    /// That of the municipalities and trusts that `units` belong to, in force on `day`.
    async fn book(&self, units: &[UnitId], language: Language, day: Date) -> Result<ConfigDocument, StoreError>;
}

/// The configuration for people, and the same for machines.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ConfigDocument {
    pub sections: Vec<ConfigSection>,
    pub json: String,
}

/// A heading and what stands under it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ConfigSection {
    /// 1 is the document's own.
    pub level: u8,
    pub heading: String,
    pub lines: Vec<String>,
    /// Lines of files that went and came.
    pub code: Vec<String>,
}

/// Says what would come of a message, and stores nothing of it.
///
/// `check` may take a second for a large message; the inbox calls it where blocking is allowed.
pub trait CheckMessage: Send + Sync {
    /// Largest message that is looked at. Bytes.
    fn bytes_max(&self) -> usize;

    /// The whole report. `charset` is known when the text came through a form, which changes the encoding.
    fn check(
        &self,
        message: &Redacted<Bytes>,
        charset: Option<&str>,
        counts_as: CountsAs,
        received_at: Timestamp,
    ) -> Checked;
}

/// How the sender of a message that is tried out is looked upon.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CountsAs {
    /// Registered, whoever it is: for those who are not registered here yet.
    Registered,
    /// What it is here.
    ItIs,
}

/// What would come of a message.
#[derive(Clone, Debug)]
pub struct Checked {
    pub verdict: CheckedVerdict,
    /// In document order.
    pub findings: Vec<CheckedFinding>,
    /// How many more there were than are told.
    pub findings_left_out: usize,
    /// When it is rejected for small deviations alone.
    pub would_pass_with: Vec<Deviation>,
    /// When it is accepted.
    pub route: Option<Route>,
    /// Unless it is refused.
    pub receipt: Option<CheckedReceipt>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CheckedVerdict {
    Accepted,
    Rejected,
    /// Without an id and somebody to answer there is no receipt; the sender is told by the transport.
    Refused,
}

/// A finding with its line, as far as it may be shown.
#[derive(Clone, Debug)]
pub struct CheckedFinding {
    pub finding: Finding,
    pub line: Option<MaskedLine>,
}

/// The receipt (AppRec 1.1) that would have been sent.
#[derive(Clone, Debug)]
pub struct CheckedReceipt {
    pub status: AppRecStatus,
    pub errors: Vec<ReceiptError>,
    /// Indented, for people.
    pub xml: String,
}
