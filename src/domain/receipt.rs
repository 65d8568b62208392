//! The receipt (applikasjonskvittering, AppRec, HIS 80415) as a noun.

use crate::domain::Coded;
use crate::domain::Party;
use crate::domain::ReceiptId;
use crate::domain::Timestamp;

/// Application receipt on its way back to the sender.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Receipt {
    pub id: ReceiptId,
    pub version: AppRecVersion,
    pub generated_at: Timestamp,
    /// Who answers: the message's receiver, levels kept.
    pub sender: Party,
    /// Who is answered: the message's sender, levels kept.
    pub receiver: Party,
    pub status: AppRecStatus,
    pub errors: Vec<ReceiptError>,
    pub original: OriginalMessage,
}

/// Which of the two published versions.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum AppRecVersion {
    /// 1.0 2004-11-21.
    V1_0,
    /// v1.1 2012-02-15.
    #[default]
    V1_1,
}

impl AppRecVersion {
    /// The word used in the database, in logs and as a metric label.
    pub const fn label(self) -> &'static str {
        match self {
            Self::V1_0 => "1.0",
            Self::V1_1 => "1.1",
        }
    }
}

/// Code list 8258.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum AppRecStatus {
    Ok,
    Rejected,
    OkErrorInMessagePart,
}

impl AppRecStatus {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Ok => "1",
            Self::Rejected => "2",
            Self::OkErrorInMessagePart => "3",
        }
    }

    pub const fn name(self) -> &'static str {
        match self {
            Self::Ok => "OK",
            Self::Rejected => "Avvist",
            Self::OkErrorInMessagePart => "OK, feil i delmelding",
        }
    }
}

/// One Error element: code of list 8221, its name, and our own code, place and text in `OT`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ReceiptError {
    pub apprec: AppRecCode,
    pub other_text: String,
}

/// Which message is answered; echoed letter by letter.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OriginalMessage {
    pub message_type: Coded,
    /// GenDate as it stood.
    pub issue_date: String,
    pub id: String,
}

/// Error codes of AppRec, code list 8221 (standards/FACTS.md b.4).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum AppRecCode {
    E10,
    E21,
    E30,
    E31,
    E32,
    E35,
    E36,
    S01,
    S02,
    S03,
    T01,
    T02,
    T10,
    T99,
    X99,
}

impl AppRecCode {
    pub const fn code(self) -> &'static str {
        match self {
            Self::E10 => "E10",
            Self::E21 => "E21",
            Self::E30 => "E30",
            Self::E31 => "E31",
            Self::E32 => "E32",
            Self::E35 => "E35",
            Self::E36 => "E36",
            Self::S01 => "S01",
            Self::S02 => "S02",
            Self::S03 => "S03",
            Self::T01 => "T01",
            Self::T02 => "T02",
            Self::T10 => "T10",
            Self::T99 => "T99",
            Self::X99 => "X99",
        }
    }

    /// The national list's own name of the code, in Norwegian, for `DN`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::E10 => "Ugyldig meldingsidentifikator",
            Self::E21 => "Mottaker finnes ikke",
            Self::E30 => "Pasientens fødselsnummer mangler",
            Self::E31 => "Pasientens fødselsnummer er feil",
            Self::E32 => "Pasientens navn mangler",
            Self::E35 => "Pasienten finnes ikke i mottakersystemet",
            Self::E36 => "Pasientopplysninger er utilstrekkelige",
            Self::S01 => "Feil på signatur",
            Self::S02 => "Ugyldig sertifikat",
            Self::S03 => "Tilbaketrukket sertifikat",
            Self::T01 => "Ikke XML / ikke «well formed» / uleselig",
            Self::T02 => "XML validerer ikke",
            Self::T10 => "Støtter ikke meldingsformatet",
            Self::T99 => "Annen feil på format",
            Self::X99 => "Annen feil",
        }
    }
}
