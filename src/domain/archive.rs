//! A case on its way to the archive.

use crate::domain::Redacted;
use crate::domain::Reference;
use crate::domain::Timestamp;
use bytes::Bytes;
use uuid::Uuid;

/// A package for the archive (avleveringspakke, Noark 5 arkivmelding): one case with one incoming record and its documents.
#[derive(Clone, Debug)]
pub struct ArchivePackage {
    pub id: Uuid,
    /// Of the case (saksmappe), and of the record in it (journalpost).
    pub case_id: Uuid,
    pub record_id: Uuid,
    pub reference: Reference,
    /// Where people have registered it in the archive (journalføring).
    pub archive_reference: Option<Redacted<String>>,
    pub unit: String,
    pub responsible: Option<String>,
    pub sender: String,
    /// The person's address is graded.
    pub protected: bool,
    pub received_at: Timestamp,
    pub made_at: Timestamp,
    pub made_by: String,
    /// The message as it was received comes first.
    pub documents: Vec<ArchiveDocument>,
}

/// One file of the package (dokument).
#[derive(Clone, Debug)]
pub struct ArchiveDocument {
    pub id: Uuid,
    pub kind: ArchiveDocumentKind,
    /// Name in the package. Never the sender's.
    pub file: String,
    /// Such as `XML` or `PDF`.
    pub format: String,
    pub sha256: [u8; 32],
    pub bytes: Redacted<Bytes>,
}

/// What a document is to its record (tilknyttet registrering som).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ArchiveDocumentKind {
    Main,
    Attachment,
}
