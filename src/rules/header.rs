//! The header (meldingshode): its kind, version, time and status, and whether its patient is the report's
//! (standards/FACTS.md a.1 to a.4).

use crate::domain::AckWish;
use crate::domain::CARE_MESSAGE_TYPES;
use crate::domain::Code;
use crate::domain::DraftPatient;
use crate::domain::Environment;
use crate::domain::Observation;
use crate::domain::Patient;
use crate::domain::ProcessingStatus;
use crate::domain::ReportKind;
use crate::domain::Severity;
use crate::rules::case::Case;
use crate::rules::case::Told;
use crate::rules::reading;
use std::time::Duration;

/// Our own and the dialogue messages (code list 8279; standards/FACTS.md c.1). Nursing and care messages are read too.
const MESSAGE_TYPES: [&str; 6] =
    ["BEHOVSMELDING", "DIALOG_NOTAT", "DIALOG_FORESPORSEL", "DIALOG_SVAR", "DIALOG_HELSEFAGLIG", "DIALOG_AVVIK"];
const MIGVERSION: &str = "v1.2 2006-05-24";

/// The schema only asks for the element; what it says is for this rule.
pub(super) fn message_type(case: &Case<'_>, told: &mut Told) {
    let path = "/MsgHead/MsgInfo/Type";
    match case.head.message_type.code.as_deref() {
        Some(it) if MESSAGE_TYPES.contains(&it) || CARE_MESSAGE_TYPES.contains(&it) => {}
        Some(_) => told.tell_at_path(Code::MessageTypeUnsupported, format!("{path}/@V")),
        None => told.tell_at_path(Code::MessageTypeMissing, path),
    }
}

/// An empty MIGversion is silently the fixed value (XML Schema part 1, § 3.3.4). A wrong one is a value fault in the
/// schema too, but to the sender it is first of all a format that is not supported (T10).
pub(super) fn version(case: &Case<'_>, told: &mut Told) {
    let said = case.head.migversion.trim();
    if !said.is_empty() && said != MIGVERSION {
        told.tell_at_path(Code::HeaderVersionWrong, "/MsgHead/MsgInfo/MIGversion");
    }
}

/// What is not a moment is a value fault in the schema.
pub(super) fn generated(case: &Case<'_>, told: &mut Told) {
    const DAY: Duration = Duration::from_secs(24 * 60 * 60);
    let path = "/MsgHead/MsgInfo/GenDate";
    let Some(at) = case.head.generated.at else {
        match is_far_off(&case.head.generated.verbatim) {
            Some(FarOff::Future) => told.tell_at_path(Code::GeneratedInFuture, path),
            Some(FarOff::Past) => told.tell_at_path(Code::GeneratedLongAgo, path),
            None => {}
        }
        return;
    };
    let future_max = Duration::from_secs(u64::from(case.rulebook.generated_minutes_future_max) * 60);
    let past_max = DAY * case.rulebook.generated_days_past_max;
    if at > case.received_at.plus(future_max) {
        let observation = Observation::new(Code::GeneratedInFuture, crate::domain::At::Path(path.to_owned()));
        // Some hours are a clock or a time zone that is set wrong; no report should be lost by that.
        let is_clock = at <= case.received_at.plus(DAY);
        told.add(if is_clock { observation.weighing(Severity::Warning) } else { observation });
    } else if at < case.received_at.minus(past_max) {
        told.tell_at_path(Code::GeneratedLongAgo, path);
    }
}

enum FarOff {
    Future,
    Past,
}

/// XML Schema has years of five digits and more, and years before the first (part 2, § 3.2.7), which no calendar of ours goes to and no
/// schema tells of.
fn is_far_off(written: &str) -> Option<FarOff> {
    let written = written.trim();
    let year = written.strip_prefix('-').unwrap_or(written);
    let digits = year.bytes().take_while(u8::is_ascii_digit).count();
    if digits < 4 || !year[digits..].starts_with('-') {
        return None;
    }
    match (written.starts_with('-'), digits) {
        (true, _) => Some(FarOff::Past),
        (false, 4) => None,
        (false, _) => Some(FarOff::Future),
    }
}

/// A message without an id cannot be answered, and is refused by `judge`.
pub(super) fn message_id(case: &Case<'_>, told: &mut Told) {
    if case.head.message_id.trim().chars().count() > case.rulebook.limits.message_id_chars_max {
        told.tell_at_path(Code::MessageIdTooLong, "/MsgHead/MsgInfo/MsgId");
    }
}

pub(super) fn processing(case: &Case<'_>, told: &mut Told) {
    let path = "/MsgHead/MsgInfo/ProcessingStatus/@V";
    match (&case.head.processing, case.rulebook.environment) {
        (ProcessingStatus::Training | ProcessingStatus::Debugging, Environment::Production) => {
            told.tell_at_path(Code::MessageNotInEarnest, path);
        }
        (ProcessingStatus::Unknown(_), Environment::Production | Environment::Test) => {
            told.tell_at_path(Code::ProcessingStatusUnknown, path);
        }
        (ProcessingStatus::Training | ProcessingStatus::Debugging, Environment::Test)
        | (ProcessingStatus::Production, Environment::Production | Environment::Test) => {}
    }
}

pub(super) fn ack(case: &Case<'_>, told: &mut Told) {
    match &case.head.ack {
        AckWish::Unknown(_) => told.tell_at_path(Code::AckWishUnknown, "/MsgHead/MsgInfo/Ack/@V"),
        AckWish::Always | AckWish::Never | AckWish::OnFault => {}
    }
}

pub(super) fn conversation(case: &Case<'_>, told: &mut Told) {
    let Some(conversation) = &case.head.conversation else { return };
    let path = "/MsgHead/MsgInfo/ConversationRef";
    if conversation.parent.trim().is_empty() || conversation.conversation.trim().is_empty() {
        told.tell_at_path(Code::ConversationReferenceEmpty, path);
    } else if conversation.parent.trim() == case.head.message_id.trim() {
        told.tell_at_path(Code::ConversationReferenceToItself, format!("{path}/RefToParent"));
    }
}

/// The schema lets everything about the patient be absent; its documentation demands a name or an id.
pub(super) fn patient(case: &Case<'_>, told: &mut Told) {
    let path = "/MsgHead/MsgInfo/Patient";
    match &case.head.patient {
        Some(_) if case.kind == Some(ReportKind::Question) => told.tell_at_path(Code::QuestionWithPatient, path),
        Some(patient) if says_nothing(patient) => told.tell_at_path(Code::HeadPatientEmpty, path),
        Some(_) => {}
        None if case.person.is_some_and(can_be_named) => told.tell_at_path(Code::HeadPatientMissing, path),
        None => {}
    }
}

/// An expected child has neither name nor number, so the header has nothing to say about it.
fn can_be_named(person: &DraftPatient) -> bool {
    [&person.given_name, &person.family_name, &person.id].into_iter().any(Option::is_some)
}

fn says_nothing(patient: &Patient) -> bool {
    let named = [&patient.family_name, &patient.middle_name, &patient.given_name]
        .into_iter()
        .flatten()
        .any(|it| !it.reveal().trim().is_empty());
    !named && patient.idents.iter().all(|it| it.id.reveal().trim().is_empty())
}

/// Header and report must be about the same person. Values are compared, never told. Ids of different kinds can belong
/// to one person and are not compared.
pub(super) fn same_patient(case: &Case<'_>, told: &mut Told) {
    let (Some(head), Some(person)) = (&case.head.patient, case.person) else { return };
    if ids_differ(head, person) {
        told.tell(Code::PatientIdsDiffer, person.id.as_ref().map_or(&person.at, |it| &it.at));
    }
    let in_head = head.date_of_birth.as_ref().and_then(|it| reading::date(it.reveal().trim()));
    let in_report = reading::said_date(person.date_of_birth.as_ref());
    if let (Some(in_head), Some(in_report), Some(said)) = (in_head, in_report, &person.date_of_birth)
        && in_head != in_report
        && in_report <= case.today
    {
        told.tell(Code::PatientBirthDatesDiffer, &said.at);
    }
}

fn ids_differ(head: &Patient, person: &DraftPatient) -> bool {
    let (Some(kind), Some(id)) = (&person.id_kind, &person.id) else { return false };
    let id = without_spaces(id.as_str());
    let mut same_kind = head
        .idents
        .iter()
        .filter(|it| it.kind.code.as_deref() == Some(kind.as_str()))
        .map(|it| without_spaces(it.id.reveal()))
        .filter(|it| !it.is_empty())
        .peekable();
    same_kind.peek().is_some() && same_kind.all(|it| it != id)
}

fn without_spaces(id: &str) -> String {
    id.chars().filter(|it| !it.is_whitespace()).collect()
}
