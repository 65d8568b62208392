//! Rules for a dialogue message, beside those for every header, and the person that it is about. Consent is not asked:
//! a dialogue has no field for it.

use crate::domain::AddressGrading;
use crate::domain::At;
use crate::domain::Attachment;
use crate::domain::Classification;
use crate::domain::Code;
use crate::domain::Dialogue;
use crate::domain::DialogueClass;
use crate::domain::DialogueEntry;
use crate::domain::DialogueReport;
use crate::domain::Head;
use crate::domain::Observation;
use crate::domain::Patient;
use crate::domain::PatientId;
use crate::domain::PersonName;
use crate::domain::Redacted;
use crate::domain::ReportPatient;
use crate::domain::RichText;
use crate::domain::Sector;
use crate::domain::Severity;
use crate::rules::case::Context;
use crate::rules::identity::IdFault;
use crate::rules::identity::NationalId;
use crate::rules::identity::Placeholder;
use crate::rules::reading;

/// What the rules notice about a dialogue message that carries no report of need. `content`: the Content that it lies in.
pub fn examine_dialogue(
    head: &Head,
    dialogue: &Dialogue,
    content: &At,
    classification: &Classification,
    attachments: &[Attachment],
    context: &Context<'_>,
) -> Vec<Observation> {
    let mut told = Vec::new();
    let silent = attachments.is_empty() && says_nothing(dialogue);
    person_and_class(head, content, classification, silent, context, &mut told);
    told
}

/// What holds for every message that is no report of need, but may say one. `content`: where it lies.
pub(super) fn person_and_class(
    head: &Head,
    content: &At,
    classification: &Classification,
    says_nothing: bool,
    context: &Context<'_>,
    told: &mut Vec<Observation>,
) {
    if head.patient.is_none() {
        let patient = At::Path("/MsgHead/MsgInfo/Patient".to_owned());
        told.push(Observation::new(Code::HeadPatientMissing, patient));
    } else {
        let consent = Observation::new(Code::DialogueConsentUnsaid, content.clone());
        // Between health services information may be shared unless the person objects (hpl. §§ 25, 45); others need it.
        told.push(match context.sender.sector {
            Sector::Health => consent,
            Sector::Other => consent.weighing(Severity::Warning),
        });
    }
    match classification.class() {
        DialogueClass::Unclassified => told.push(Observation::new(Code::DialogueUnclassified, content.clone())),
        DialogueClass::NeedOfPlanOrCoordinator => {}
    }
    if says_nothing {
        told.push(Observation::new(Code::DialogueSaysNothing, content.clone()));
    }
}

fn says_nothing(dialogue: &Dialogue) -> bool {
    let empty = |it: &Option<Redacted<RichText>>| it.as_ref().is_none_or(|it| it.reveal().blocks.is_empty());
    dialogue.entries.iter().all(|it| match it {
        DialogueEntry::Note(note) => {
            empty(&note.content) && note.remark.is_none() && note.question.as_ref().is_none_or(|it| empty(&it.text))
        }
        DialogueEntry::Question(question) => empty(&question.text),
    })
}

/// The dialogue as something for a unit to act on.
pub fn settle_dialogue(head: &Head, dialogue: Dialogue, classification: Classification) -> DialogueReport {
    DialogueReport { dialogue, classification, patient: head.patient.as_ref().map(patient) }
}

/// The header's patient. Its address is not read here, so nothing is known of a grading.
pub(super) fn patient(patient: &Patient) -> ReportPatient {
    let national = patient.idents.iter().find_map(|it| {
        let kind = it.kind.code.clone().filter(|it| matches!(it.as_str(), "FNR" | "DNR" | "HNR" | "FHN"))?;
        Some((kind, NationalId::parse(it.id.reveal().trim())))
    });
    let said = patient.date_of_birth.as_ref().and_then(|it| reading::date(it.reveal().trim()));
    let in_number = national.as_ref().and_then(|(_, id)| id.as_ref().ok()?.date_of_birth());
    let name = PersonName {
        given: patient.given_name.clone(),
        middle: patient.middle_name.clone(),
        family: patient.family_name.clone(),
    };
    ReportPatient {
        id: id(patient, national),
        name: (name != PersonName::default()).then_some(name),
        date_of_birth: said.or(in_number).map(Redacted::new),
        unborn: None,
        telephone: None,
        email: None,
        address: None,
        grading: AddressGrading::Ungraded,
        language: None,
        needs_interpreter: None,
        contact_ways: Vec::new(),
    }
}

/// A national number before another id. A stand-in for a number is no number.
fn id(patient: &Patient, national: Option<(String, Result<NationalId, IdFault>)>) -> PatientId {
    let unknown = |reason: &str| PatientId { kind: "UKJENT".to_owned(), number: None, reason: Some(reason.to_owned()) };
    match national {
        Some((kind, Ok(id))) => PatientId { kind, number: Some(id.number().clone()), reason: None },
        Some((_, Err(IdFault::Placeholder(Placeholder::Newborn)))) => unknown("NYFODT"),
        Some((_, Err(IdFault::Placeholder(Placeholder::Unborn)))) => unknown("UFODT"),
        Some((_, Err(IdFault::NotElevenDigits | IdFault::ControlDigits | IdFault::ImpossibleDate))) | None => {
            let written = patient.idents.iter().find(|it| !it.id.reveal().trim().is_empty());
            match written {
                Some(it) => PatientId {
                    kind: it.kind.code.clone().unwrap_or_else(|| "XXX".to_owned()),
                    number: Some(Redacted::new(it.id.reveal().trim().to_owned())),
                    reason: None,
                },
                None => PatientId { kind: "UKJENT".to_owned(), number: None, reason: None },
            }
        }
    }
}
