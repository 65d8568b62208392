//! A case on its way to the archive.

use crate::domain::Redacted;
use crate::domain::Reference;
use crate::domain::Timestamp;
use bytes::Bytes;
use uuid::Uuid;

/// A package for the archive (avleveringspakke, Noark 5 arkivmelding): one case with its records, each with its documents.
#[derive(Clone, Debug)]
pub struct ArchivePackage {
    pub id: Uuid,
    /// Of the case (saksmappe).
    pub case_id: Uuid,
    pub reference: Reference,
    /// Where people have registered it in the archive (journalføring).
    pub archive_reference: Option<Redacted<String>>,
    pub unit: String,
    pub responsible: Option<String>,
    /// The person's address is graded.
    pub protected: bool,
    pub received_at: Timestamp,
    pub made_at: Timestamp,
    pub made_by: String,
    /// The message as it was received comes first.
    pub records: Vec<ArchiveRecord>,
}

/// One thing that came, went or was written down (journalpost).
#[derive(Clone, Debug)]
pub struct ArchiveRecord {
    pub id: Uuid,
    /// What we call it.
    pub key: String,
    pub kind: ArchiveRecordKind,
    /// Says nothing of the person.
    pub title: String,
    /// When it came, went or was said.
    pub at: Timestamp,
    /// Who sent it, whom it went to, or who wrote it down.
    pub party: String,
    pub documents: Vec<ArchiveDocument>,
}

/// Which way a record went (journalposttype).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ArchiveRecordKind {
    Incoming,
    Outgoing,
    /// Nothing was sent: what was said by telephone, and the case as it is printed.
    Note,
}

/// One file of the package (dokument).
#[derive(Clone, Debug)]
pub struct ArchiveDocument {
    pub id: Uuid,
    pub kind: ArchiveDocumentKind,
    /// Says nothing of the person.
    pub title: String,
    /// Name in the package. Never the sender's.
    pub file: String,
    /// Such as `XML` or `PDF`.
    pub format: String,
    pub variant: ArchiveVariant,
    pub sha256: [u8; 32],
    pub bytes: Redacted<Bytes>,
}

/// What a document is to its record (tilknyttet registrering som).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ArchiveDocumentKind {
    Main,
    Attachment,
}

/// Whether a file can be deposited as it is (variantformat).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ArchiveVariant {
    /// Arkivformat.
    Archive,
    /// Produksjonsformat: the archive must make it over first.
    Production,
}

impl ArchiveVariant {
    /// XML, plain text and TIFF can be deposited as they are, and a PDF that says it is made for archives (PDF/A).
    pub fn of(format: &str, is_pdf_a: bool) -> Self {
        match format {
            "XML" | "TXT" | "TIFF" | "TIF" => Self::Archive,
            "PDF" if is_pdf_a => Self::Archive,
            _ => Self::Production,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ArchiveVariant;

    #[test]
    fn only_what_can_be_deposited_as_it_is_has_the_format_of_an_archive() {
        for (format, pdf_a, expected) in [
            ("XML", false, ArchiveVariant::Archive),
            ("TXT", false, ArchiveVariant::Archive),
            ("PDF", true, ArchiveVariant::Archive),
            ("PDF", false, ArchiveVariant::Production),
            ("HTML", false, ArchiveVariant::Production),
            ("DOCX", false, ArchiveVariant::Production),
        ] {
            assert_eq!(ArchiveVariant::of(format, pdf_a), expected, "{format}");
        }
    }
}
