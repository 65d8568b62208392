//! What the house decided about a message, and why.

use crate::domain::AlarmKind;
use crate::domain::Attachment;
use crate::domain::CareReport;
use crate::domain::Classification;
use crate::domain::Code;
use crate::domain::Deviation;
use crate::domain::DialogueReport;
use crate::domain::Finding;
use crate::domain::Head;
use crate::domain::MunicipalityNumber;
use crate::domain::NeedKind;
use crate::domain::NeedReport;
use crate::domain::Reason;
use crate::domain::ReportPatient;
use crate::domain::Severity;
use crate::domain::Text;
use crate::domain::UnitId;
use crate::domain::UrgencyLevel;

/// The outcome of judging bytes: a verdict that can be answered with an AppRec, or a refusal that cannot.
#[derive(Clone, Debug)]
pub enum Judgement {
    Verdict(Box<Verdict>),
    Refusal(Refusal),
}

impl Judgement {
    pub fn findings(&self) -> &[Finding] {
        match self {
            Self::Verdict(it) => &it.findings,
            Self::Refusal(it) => &it.findings,
        }
    }
}

/// What could not be opened far enough to have an id and an answer address. Told at transport level.
#[derive(Clone, Debug)]
pub struct Refusal {
    /// At least one.
    pub findings: Vec<Finding>,
    /// The sender's message id, when it could be read all the same.
    pub sender_message_id: Option<String>,
}

/// A decided message.
#[derive(Clone, Debug)]
pub struct Verdict {
    pub head: Head,
    pub attachments: Vec<Attachment>,
    pub decision: Decision,
    /// In document order. Never empty when rejected.
    pub findings: Vec<Finding>,
    /// How many more findings there were than `limits.findings_max`.
    pub findings_left_out: usize,
    /// When it is rejected for small deviations alone: the leave that it would have passed with.
    pub would_pass_with: Vec<Deviation>,
}

/// Accepted or rejected; nothing between.
#[derive(Clone, Debug)]
pub enum Decision {
    Accepted { report: Report, route: Route },
    Rejected,
}

/// What an accepted message tells a unit, whatever it was carried in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Report {
    /// A report of need (behovsmelding), with the message that it lay beside, if any.
    Need { report: Box<NeedReport>, beside: Option<Beside> },
    /// A dialogue message (dialogmelding) that speaks for itself.
    Dialogue(Box<DialogueReport>),
    /// A nursing and care message (pleie- og omsorgsmelding) that speaks for itself.
    Care(Box<CareReport>),
}

/// A message that a report of need lay beside (følgemelding).
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Beside {
    Dialogue(Box<DialogueReport>),
    Care(Box<CareReport>),
}

impl Report {
    pub fn need(&self) -> Option<&NeedReport> {
        match self {
            Self::Need { report, .. } => Some(report),
            Self::Dialogue(_) | Self::Care(_) => None,
        }
    }

    pub fn dialogue(&self) -> Option<&DialogueReport> {
        match self {
            Self::Need { beside: Some(Beside::Dialogue(it)), .. } | Self::Dialogue(it) => Some(it),
            Self::Need { beside: Some(Beside::Care(_)) | None, .. } | Self::Care(_) => None,
        }
    }

    pub fn care(&self) -> Option<&CareReport> {
        match self {
            Self::Need { beside: Some(Beside::Care(it)), .. } | Self::Care(it) => Some(it),
            Self::Need { beside: Some(Beside::Dialogue(_)) | None, .. } | Self::Dialogue(_) => None,
        }
    }

    /// What a message that is not itself a report of need was understood to be about, and why.
    pub fn classification(&self) -> Option<&Classification> {
        self.dialogue().map(|it| &it.classification).or_else(|| self.care().map(|it| &it.classification))
    }

    pub fn patient(&self) -> Option<&ReportPatient> {
        match self {
            Self::Need { report, .. } => report.patient.as_ref(),
            Self::Dialogue(it) => it.patient.as_ref(),
            Self::Care(it) => it.patient.as_ref(),
        }
    }

    /// The kind of report, as it is stored and listed.
    pub fn kind_code(&self) -> &'static str {
        match self {
            Self::Need { report, .. } => report.kind.code(),
            Self::Dialogue(it) => it.classification.class().code(),
            Self::Care(it) => it.kind_code(),
        }
    }

    pub fn needs(&self) -> Vec<NeedKind> {
        match self {
            Self::Need { report, .. } => report.needs.iter().map(|it| it.kind).collect(),
            Self::Dialogue(it) => it.classification.needs.clone(),
            Self::Care(it) => it.classification.needs.clone(),
        }
    }

    pub fn is_urgent(&self) -> bool {
        match self {
            Self::Need { report, .. } => report.urgency.level == UrgencyLevel::Urgent,
            Self::Dialogue(it) => it.dialogue.is_urgent(),
            // Nothing in it is known to say so.
            Self::Care(_) => false,
        }
    }
}

impl From<NeedReport> for Report {
    fn from(report: NeedReport) -> Self {
        Self::Need { report: Box::new(report), beside: None }
    }
}

impl Verdict {
    pub const fn is_accepted(&self) -> bool {
        matches!(self.decision, Decision::Accepted { .. })
    }

    pub fn errors(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|it| it.severity == Severity::Error)
    }

    pub fn remarks(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|it| it.severity == Severity::Warning)
    }
}

/// Where a report goes, and why.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Route {
    /// `None`: a dialogue message to a hospital trust, which says nothing of the person's municipality.
    pub municipality: Option<MunicipalityNumber>,
    /// At least one with [`Share::Content`].
    pub targets: Vec<RouteTarget>,
    /// The rules that were looked at, in order, until one decided.
    pub steps: Vec<RouteStep>,
    /// An alarm that the route itself calls for (a default was used because no rule fitted).
    pub alarm: Option<AlarmKind>,
}

/// One unit that gets something.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RouteTarget {
    pub unit: UnitId,
    pub share: Share,
}

/// How much of a report a unit gets.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Share {
    /// The report itself.
    Content,
    /// Only that it exists and who handles it.
    Awareness,
}

impl Share {
    /// How it is written in the database and in JSON.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Content => "content",
            Self::Awareness => "awareness",
        }
    }

    pub fn from_label(label: &str) -> Option<Self> {
        [Self::Content, Self::Awareness].into_iter().find(|it| it.label() == label)
    }
}

/// One step of the explanation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RouteStep {
    /// The rule's name in the unit directory.
    pub rule: String,
    pub fitted: bool,
    /// Why it fitted, or what did not, for operators.
    pub why: Text,
    /// The same for those who read the report.
    pub reason: Reason,
}

/// A route that cannot be found: a finding about the sender's message.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NoRoute {
    pub code: Code,
    pub steps: Vec<RouteStep>,
}
