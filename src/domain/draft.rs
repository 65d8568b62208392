//! A report as it stands in a message, before anything about it is known to be right.
//!
//! `wire` fills it, whatever the carrier; `rules` looks at every field, tells all that is wrong at once, and turns a
//! draft without errors into a [`crate::domain::NeedReport`]. Every field remembers where it stood.

use crate::domain::Code;
use crate::domain::Deviation;
use crate::domain::Redacted;
use crate::domain::Severity;
use crate::domain::Text;

/// A place in the opened message that has not been put into words yet.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum At {
    /// The element with this number in the tree, and one of its attributes if any.
    Node { node: u32, attribute: Option<&'static str> },
    /// An attribute of the element with this number, by a name that only the message knows.
    Attribute { node: u32, name: String },
    /// A path of local names from the root: `/MsgHead/MsgInfo/Receiver`. What is missing is told at its nearest
    /// ancestor that exists.
    Path(String),
}

/// Something that a rule or the schema check noticed. `judge` gives it a place in words and applies strictness.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Observation {
    pub code: Code,
    pub at: At,
    /// Set when the case weighs otherwise than its code usually does.
    pub severity: Option<Severity>,
    pub expected: Option<Text>,
    /// The same in the schema's own words, when it was the schema that was broken.
    pub schema_says: Option<String>,
    /// Of an element that is not known there: the name that was likely meant.
    pub meant: Option<String>,
    /// Set when it is one of the small deviations that a sender can be allowed.
    pub deviation: Option<Deviation>,
}

impl Observation {
    pub fn new(code: Code, at: At) -> Self {
        Self { code, at, severity: None, expected: None, schema_says: None, meant: None, deviation: None }
    }

    pub fn expecting(mut self, expected: Text) -> Self {
        self.expected = Some(expected);
        self
    }

    pub fn deviating(mut self, deviation: Deviation) -> Self {
        self.deviation = Some(deviation);
        self
    }

    pub fn weighing(mut self, severity: Severity) -> Self {
        self.severity = Some(severity);
        self
    }
}

/// A value as written, trimmed of white space at both ends, and where it stood.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Said {
    pub text: Redacted<String>,
    pub at: At,
}

impl Said {
    pub fn as_str(&self) -> &str {
        self.text.reveal()
    }
}

/// The report as written. Groups that may be missing are `Option`; the schema check tells that they must not be.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DraftReport {
    pub at: At,
    pub report_id: Option<Said>,
    pub created: Option<Said>,
    pub language: Option<Said>,
    pub concerns: Option<Said>,
    pub kind: Option<Said>,
    pub municipality: Option<Said>,
    pub district: Option<Said>,
    pub level: Option<Said>,
    pub receiver_organisation: Option<Said>,
    pub patient: Option<DraftPatient>,
    pub guardians: Vec<DraftGuardian>,
    pub no_guardian_reason: Option<Said>,
    pub no_guardian_text: Option<Said>,
    pub representatives: Vec<DraftRepresentative>,
    pub consent: Option<DraftConsent>,
    pub reporter: Option<DraftReporter>,
    pub original_reporter: Option<DraftReporter>,
    pub needs: Vec<DraftNeed>,
    pub description: Option<Said>,
    pub what_matters: Option<Said>,
    pub goals: Option<Said>,
    pub duration: Option<Said>,
    pub services: Vec<DraftService>,
    pub existing: Vec<DraftExisting>,
    pub coordinator_wish: Option<Said>,
    pub coordinator_wish_who: Option<Said>,
    pub urgency: Option<Said>,
    pub urgency_reason: Option<Said>,
    pub admission: Option<DraftAdmission>,
    pub transitions: Vec<Said>,
    pub new_municipality: Option<Said>,
    pub new_municipality_from: Option<Said>,
    pub family_link: Option<Said>,
    pub attachments: Vec<DraftAttachmentReference>,
    pub has_local_extension: bool,
}

/// See [`crate::domain::ReportPatient`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DraftPatient {
    pub at: At,
    pub id_kind: Option<Said>,
    pub id: Option<Said>,
    pub id_reason: Option<Said>,
    pub given_name: Option<Said>,
    pub middle_name: Option<Said>,
    pub family_name: Option<Said>,
    pub date_of_birth: Option<Said>,
    /// The element for an expected child is there and says yes.
    pub unborn: Option<Said>,
    pub due: Option<Said>,
    pub telephone: Option<Said>,
    pub email: Option<Said>,
    /// Street, postal code, town and country, joined for people.
    pub address: Option<Said>,
    pub grading: Option<Said>,
    pub language: Option<Said>,
    pub interpreter: Option<Said>,
    pub contact_ways: Vec<Said>,
}

/// See [`crate::domain::Guardian`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DraftGuardian {
    pub at: At,
    pub relation: Option<Said>,
    pub name: Option<Said>,
    pub telephone: Option<Said>,
    pub has_parental_responsibility: Option<Said>,
    pub informed: Option<Said>,
    pub not_informed_reason: Option<Said>,
    pub must_not_be_informed: Option<Said>,
}

/// See [`crate::domain::Representative`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DraftRepresentative {
    pub at: At,
    pub kind: Option<Said>,
    pub name: Option<Said>,
    pub telephone: Option<Said>,
    pub scope: Option<Said>,
}

/// See [`crate::domain::Consent`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DraftConsent {
    pub at: At,
    pub status: Option<Said>,
    pub date: Option<Said>,
    pub given_by_role: Option<Said>,
    pub given_by: Option<Said>,
    /// Code and text.
    pub scopes: Vec<(Option<Said>, Option<Said>)>,
    pub valid_until: Option<Said>,
    pub basis: Option<Said>,
    pub basis_reason: Option<Said>,
}

/// See [`crate::domain::Reporter`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DraftReporter {
    pub at: At,
    pub category: Option<Said>,
    /// The element Privat stands in place of Virksomhet.
    pub private: bool,
    pub organisation: Option<Said>,
    pub her_id: Option<Said>,
    pub organisation_name: Option<Said>,
    pub unit: Option<Said>,
    pub name: Option<Said>,
    /// Code, code system and name.
    pub roles: Vec<DraftRole>,
    pub position: Option<Said>,
    pub telephone: Option<Said>,
    pub email: Option<Said>,
    pub hpr: Option<Said>,
    pub wants_answer: Option<Said>,
    pub answer_channel: Option<Said>,
}

/// A professional role as written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DraftRole {
    pub at: At,
    pub code: Option<Said>,
    pub system: Option<Said>,
    pub name: Option<Said>,
}

/// See [`crate::domain::Contact`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DraftContact {
    pub at: At,
    pub name: Option<Said>,
    pub telephone: Option<Said>,
    pub email: Option<Said>,
}

/// See [`crate::domain::Need`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DraftNeed {
    pub at: At,
    pub kind: Option<Said>,
    pub dimensions: Vec<Said>,
}

/// See [`crate::domain::Service`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DraftService {
    pub at: At,
    pub kind: Option<Said>,
    pub level: Option<Said>,
    pub status: Option<Said>,
    pub name: Option<Said>,
    pub contact: Option<DraftContact>,
}

/// See [`crate::domain::ExistingEntry`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DraftExisting {
    pub at: At,
    pub what: String,
    pub answer: Option<Said>,
    pub contact: Option<DraftContact>,
}

/// See [`crate::domain::Admission`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DraftAdmission {
    pub at: At,
    pub hospital: Option<Said>,
    pub ward: Option<Said>,
    pub planned_discharge: Option<Said>,
}

/// See [`crate::domain::AttachmentReference`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DraftAttachmentReference {
    pub at: At,
    pub kind: Option<Said>,
    pub document: Option<Said>,
    pub title: Option<Said>,
}
