//! The header of a message (hodemelding, MsgHead 1.2, HIS 80601) as nouns.

use crate::domain::Detail;
use crate::domain::HerId;
use crate::domain::PdfA;
use crate::domain::Redacted;
use crate::domain::Timestamp;
use std::ops::Range;

/// A coded value (CS or CV): the code `V`, the code system `S`, the name `DN` and other text `OT`.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Coded {
    pub code: Option<String>,
    pub system: Option<String>,
    pub name: Option<String>,
    pub other: Option<String>,
}

/// Everything in MsgInfo (meldingshode).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Head {
    /// MsgInfo/Type, code list 8279.
    pub message_type: Coded,
    pub migversion: String,
    pub generated: Generated,
    /// MsgId: the sender's own id of the message. Opaque.
    pub message_id: String,
    pub processing: ProcessingStatus,
    /// RequestedPriority, code list 8115.
    pub priority: Option<Coded>,
    pub ack: AckWish,
    pub conversation: Option<Conversation>,
    pub sender: Party,
    pub receiver: Party,
    pub other_receivers: Vec<OtherReceiver>,
    /// As whom we got it, once that is known.
    pub addressed_as: AddressedAs,
    pub patient: Option<Patient>,
}

impl Head {
    /// The receiver that we are: the one who answers (standards/FACTS.md a.1, OtherReceiver).
    pub fn addressee(&self) -> &Party {
        match self.addressed_as {
            AddressedAs::Receiver => &self.receiver,
            AddressedAs::OtherReceiver(index) => self.other_receivers.get(index).map_or(&self.receiver, |it| &it.party),
        }
    }
}

/// As whom a message was got (adressert som). Each receiver of a message answers for itself.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum AddressedAs {
    #[default]
    Receiver,
    /// A copy: which of the other receivers.
    OtherReceiver(usize),
}

/// GenDate as it stood, and as a moment.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Generated {
    /// To be echoed in the receipt letter by letter.
    pub verbatim: String,
    /// Without an offset, the time is Norwegian (Europe/Oslo). `None`: it is not a moment we understand.
    pub at: Option<Timestamp>,
}

/// ProcessingStatus: whether the message is meant in earnest.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum ProcessingStatus {
    /// `P` or absent.
    #[default]
    Production,
    /// `T`: training (opplæring).
    Training,
    /// `D`: debugging.
    Debugging,
    /// Another code.
    Unknown(String),
}

/// Ack: which receipts the sender wishes (ønsket kvittering, code list 7304). It is kept and passed on; the receipt is the body of
/// the reply, which there always is.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum AckWish {
    /// `J`, or absent: always.
    #[default]
    Always,
    /// `N`: none.
    Never,
    /// `F`: only when something is wrong.
    OnFault,
    /// Another code; treated as always.
    Unknown(String),
}

/// ConversationRef: the place of a message in a dialogue.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Conversation {
    pub parent: String,
    pub conversation: String,
}

/// A communication party (kommunikasjonspart): one level (flat) or two, outermost first (HIS 1153, HIS 1174).
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Party {
    pub levels: Vec<PartyLevel>,
}

impl Party {
    /// The HER-id of the innermost level: the address that messages are exchanged with.
    pub fn her_id(&self) -> Option<HerId> {
        self.levels.last().and_then(PartyLevel::her_id)
    }

    /// The outermost level (virksomhet).
    pub fn organisation(&self) -> Option<&PartyLevel> {
        self.levels.first()
    }

    /// Names from outermost to innermost, for people: `Eksempel sykehus HF, Medisinsk avdeling`.
    pub fn display_name(&self) -> String {
        self.levels.iter().map(|it| it.name.as_str()).filter(|it| !it.is_empty()).collect::<Vec<_>>().join(", ")
    }
}

/// One level of a party.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PartyLevel {
    pub kind: LevelKind,
    pub name: String,
    pub idents: Vec<Ident>,
}

impl PartyLevel {
    /// The id of type `code` (`HER`, `ENH`, `HPR` …). Matched on `V`; the code system is not trusted.
    pub fn ident(&self, code: &str) -> Option<&str> {
        self.idents.iter().find(|it| it.kind.code.as_deref() == Some(code)).map(|it| it.id.as_str())
    }

    pub fn her_id(&self) -> Option<HerId> {
        self.ident("HER").and_then(|it| HerId::parse(it.trim()))
    }
}

/// Whether a level is an organisation or a person in it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum LevelKind {
    #[default]
    Organisation,
    HealthcareProfessional,
}

/// An id of an organisation or of health personnel, with its type (code lists 9051 and 8116).
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Ident {
    pub id: String,
    pub kind: Coded,
}

/// An id of a person, with its type (ID-type person, code list 8116).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PersonIdent {
    pub id: Redacted<String>,
    pub kind: Coded,
}

/// OtherReceiver: somebody else who gets the same message.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OtherReceiver {
    pub role: Coded,
    pub party: Party,
}

/// The patient of the header (pasient).
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Patient {
    pub family_name: Option<Redacted<String>>,
    pub middle_name: Option<Redacted<String>>,
    pub given_name: Option<Redacted<String>>,
    /// As written: xs:date.
    pub date_of_birth: Option<Redacted<String>>,
    pub sex: Option<Redacted<Coded>>,
    pub idents: Vec<PersonIdent>,
    pub has_address: bool,
    pub has_telecom: bool,
}

/// What the header says besides (opplysning i hodet): an address, a telephone, another id, a remark on a document. No rule asks
/// for it, so it is read only when staff are to see the message.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HeaderDetail {
    pub of: HeaderPart,
    /// The organisation or person within that part.
    pub who: Option<Redacted<String>>,
    pub detail: Detail,
}

/// Whom or what a detail of the header is about (del av hodet).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum HeaderPart {
    Sender,
    Receiver,
    OtherReceiver,
    Patient,
    /// By its place among the message's Documents, from 1.
    Document(usize),
}

/// An attachment (vedlegg): a Document whose RefDoc/MsgType is `A`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Attachment {
    /// Place among the message's Documents, from 1. The order is kept to the end.
    pub position: usize,
    /// RefDoc/Id, which the payload refers to.
    pub id: Option<String>,
    /// RefDoc/Description: usually a file name, so it is treated as personal.
    pub description: Option<Redacted<String>>,
    pub declared_type: Option<String>,
    /// RefDoc/Compression, code list 1204.
    pub compression: Option<Coded>,
    pub content: AttachmentContent,
}

/// Where an attachment's bytes are.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum AttachmentContent {
    /// Inside the message, as base64.
    Inline(InlineFile),
    /// FileReference: a file somewhere else. Never fetched.
    External,
    /// Base64 that cannot be decoded.
    Undecodable,
    /// Packed by a method that is not understood.
    PackingUnknown,
    /// It is not packed by the method that it is said to be packed by.
    PackingBroken,
    /// Unpacking was broken off: it would come to more than is allowed.
    UnpacksTooFar,
    /// Neither content nor reference.
    Absent,
}

impl AttachmentContent {
    /// The file, when its bytes can be had.
    pub const fn inline(&self) -> Option<&InlineFile> {
        match self {
            Self::Inline(file) => Some(file),
            Self::External
            | Self::Undecodable
            | Self::PackingUnknown
            | Self::PackingBroken
            | Self::UnpacksTooFar
            | Self::Absent => None,
        }
    }
}

/// A file inside a message (fil i meldingen).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct InlineFile {
    /// Its size, decoded and unpacked.
    pub bytes: usize,
    /// The content type that the bytes themselves show.
    pub found_type: Option<&'static str>,
    pub pdf_a: Option<PdfA>,
    pub packing: Packing,
    /// Where the base64 text stands in the decoded message, with the markup that may be in it.
    pub text: Range<usize>,
}

/// How a file is packed (komprimering, code list 1204).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Packing {
    #[default]
    None,
    /// `GZ`.
    Gzip,
    /// `DF`, with or without the wrapping of zlib.
    Deflate,
}
