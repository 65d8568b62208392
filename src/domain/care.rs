//! A nursing and care message (pleie- og omsorgsmelding, PLO 1.5 and 1.6). No schema of it is public, so nothing of it has a
//! field here: it is kept as it stood, element by element, and a person reads it.

use crate::domain::Classification;
use crate::domain::Coded;
use crate::domain::DialogueClass;
use crate::domain::Redacted;
use crate::domain::ReportPatient;
use crate::domain::RichText;

/// The types of nursing and care messages (code list 8279; standards/FACTS.md c.1 and c.4).
pub const CARE_MESSAGE_TYPES: [&str; 13] = [
    "HELSEOPPL_SOKNAD",
    "HELSEOPPLYSNINGER_LEGE",
    "INNLEGGELSESRAPPORT",
    "UTSKRIVNINGSRAPPORT",
    "LEGEMIDDELHANDTERING",
    "LOG_INNLAGT",
    "LOG_UTSKRIVNINGSKLAR",
    "LOG_AVMELDING",
    "LOG_UTSKREVET",
    "LOG_DOD",
    "MEDISINSKE_OPPLYSNINGER",
    "ORIENTERING_TJENESTETILBUD",
    "TVERRFAGLIG_EPIKRISE",
];

/// A nursing and care message (pleie- og omsorgsmelding) as it was read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CareMessage {
    /// What the namespace calls it, such as `HelseopplysningerVedSoknad`, and the day of its edition.
    pub kind: String,
    pub edition: String,
    /// The whole content, its root element included.
    pub content: Redacted<Passage>,
}

/// An element of a content that has no schema here, with all that it says, in order (avsnitt).
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Passage {
    /// The element's local name.
    pub element: String,
    pub parts: Vec<PassagePart>,
}

/// Something that a [`Passage`] says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum PassagePart {
    Text(String),
    /// A text with structure of its own (XHTML).
    Rich(RichText),
    /// The attributes V, S, DN and OT.
    Coded(Coded),
    /// Another attribute.
    Attribute {
        name: String,
        value: String,
    },
    Passage(Passage),
}

impl Passage {
    /// The passages within this one.
    pub fn passages(&self) -> impl Iterator<Item = &Passage> {
        self.parts.iter().filter_map(|it| match it {
            PassagePart::Passage(it) => Some(it),
            PassagePart::Text(_) | PassagePart::Rich(_) | PassagePart::Coded(_) | PassagePart::Attribute { .. } => None,
        })
    }

    /// Whether neither it nor anything within it says anything.
    pub fn is_empty(&self) -> bool {
        self.parts.iter().all(|it| match it {
            PassagePart::Text(_) | PassagePart::Coded(_) | PassagePart::Attribute { .. } => false,
            PassagePart::Rich(it) => it.blocks.is_empty(),
            PassagePart::Passage(it) => it.is_empty(),
        })
    }

    /// It and everything within it, in order.
    pub fn walk(&self, look: &mut impl FnMut(&Self)) {
        look(self);
        self.passages().for_each(|it| it.walk(look));
    }
}

/// A nursing and care message as something for a unit to act on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CareReport {
    pub care: CareMessage,
    pub classification: Classification,
    /// The header's patient.
    pub patient: Option<ReportPatient>,
}

impl CareReport {
    /// The code, as it is stored and listed.
    pub const fn kind_code(&self) -> &'static str {
        match self.classification.class() {
            DialogueClass::NeedOfPlanOrCoordinator => "PLO_BEHOV",
            DialogueClass::Unclassified => "PLO_UKLASSIFISERT",
        }
    }
}
