//! What every rule looks at: the message, what the operator has decided, and a few things worked out once.

use crate::domain::At;
use crate::domain::Attachment;
use crate::domain::Channel;
use crate::domain::Code;
use crate::domain::DraftPatient;
use crate::domain::DraftReport;
use crate::domain::DraftReporter;
use crate::domain::Head;
use crate::domain::Observation;
use crate::domain::RegisteredSender;
use crate::domain::ReportKind;
use crate::domain::ReporterCategory;
use crate::domain::Rulebook;
use crate::domain::Sector;
use crate::domain::Timestamp;
use crate::rules::identity::NationalId;
use crate::rules::reading;
use jiff::civil::Date;

/// What the rules need to know besides the message.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    pub rulebook: &'a Rulebook,
    /// The registered sender that the certificate speaks for.
    pub sender: &'a RegisteredSender,
    pub received_at: Timestamp,
    pub channel: Channel,
}

/// One message under examination.
pub struct Case<'a> {
    pub(super) head: &'a Head,
    /// Absent when the message carries something that we do not know.
    pub(super) draft: Option<&'a DraftReport>,
    pub(super) attachments: &'a [Attachment],
    pub(super) rulebook: &'a Rulebook,
    pub(super) sender: &'a RegisteredSender,
    pub(super) received_at: Timestamp,
    /// The day in Norway when the message was received.
    pub(super) today: Date,
    /// Staff of the municipality have written down what came by telephone, in a meeting or on paper.
    pub(super) written_down: bool,
    /// `None`: there is no report, or its kind cannot be read, which the schema check tells.
    pub(super) kind: Option<ReportKind>,
    /// The person whom the report is about. Never in a question: that it has one at all is told once.
    pub(super) person: Option<&'a DraftPatient>,
    /// The report is about a child that is expected.
    pub(super) unborn: bool,
    /// As said, or else as the identity number tells.
    pub(super) born: Option<Date>,
    /// Whole years today. Absent before birth and when the date of birth is not known.
    pub(super) age: Option<u32>,
}

impl<'a> Case<'a> {
    pub(super) fn new(
        head: &'a Head,
        draft: Option<&'a DraftReport>,
        attachments: &'a [Attachment],
        context: &Context<'a>,
    ) -> Self {
        let Context { rulebook, sender, received_at, channel } = *context;
        let written_down = channel == Channel::Manual;
        let today = received_at.date_in_norway();
        let kind = draft.and_then(|it| reading::coded(it.kind.as_ref(), ReportKind::from_code));
        let person = draft.and_then(|it| it.patient.as_ref()).filter(|_| kind != Some(ReportKind::Question));
        let unborn = person.is_some_and(|it| reading::says_yes(it.unborn.as_ref()));
        let born = person.filter(|_| !unborn).and_then(date_of_birth);
        let age = born.filter(|it| *it <= today).map(|it| reading::years_between(it, today));
        Self {
            head,
            draft,
            attachments,
            rulebook,
            sender,
            received_at,
            today,
            written_down,
            kind,
            person,
            unborn,
            born,
            age,
        }
    }

    /// Whether the report goes from health service to health service (helsepersonelloven §§ 25 and 45). The receiver
    /// always is one; the sender must be registered as one, and the reporter must not say otherwise.
    pub(super) fn is_within_health(&self) -> bool {
        self.sender.sector == Sector::Health
            && self.reporter().and_then(category).is_none_or(ReporterCategory::is_health)
    }

    pub(super) fn reporter(&self) -> Option<&'a DraftReporter> {
        self.draft.and_then(|it| it.reporter.as_ref())
    }

    /// Whether the report is of a kind that we can read, and asks for something to be done for a person.
    pub(super) fn asks_for_something(&self) -> bool {
        match self.kind {
            Some(
                ReportKind::Need | ReportKind::PossibleNeed | ReportKind::TeamAroundPerson | ReportKind::ChangedNeed,
            ) => true,
            Some(ReportKind::Question | ReportKind::Withdrawal) | None => false,
        }
    }
}

pub(super) fn category(reporter: &DraftReporter) -> Option<ReporterCategory> {
    reading::coded(reporter.category.as_ref(), ReporterCategory::from_code)
}

/// As said, or else as the identity number tells.
pub(super) fn date_of_birth(person: &DraftPatient) -> Option<Date> {
    let in_number = || person.id.as_ref().and_then(|it| NationalId::parse(it.as_str()).ok()?.date_of_birth());
    match &person.date_of_birth {
        Some(said) => reading::date(said.as_str()),
        None => in_number(),
    }
}

/// What the rules have noticed so far.
#[derive(Default)]
pub struct Told {
    observations: Vec<Observation>,
}

impl Told {
    pub(super) fn tell(&mut self, code: Code, at: &At) {
        self.add(Observation::new(code, at.clone()));
    }

    /// A place in the header, which has no nodes: its path.
    pub(super) fn tell_at_path(&mut self, code: Code, path: impl Into<String>) {
        self.add(Observation::new(code, At::Path(path.into())));
    }

    pub(super) fn add(&mut self, observation: Observation) {
        self.observations.push(observation);
    }

    pub(super) fn into_observations(self) -> Vec<Observation> {
        self.observations
    }
}
