//! From a draft to the report. What the report cannot be without must be there and readable; so must what would be
//! dangerous to lose (a graded address, a guardian who must not know, urgency). Other unreadable values are left out:
//! the schema check has told of each.

use crate::domain::AddressGrading;
use crate::domain::Admission;
use crate::domain::At;
use crate::domain::AttachmentReference;
use crate::domain::Code;
use crate::domain::Coded;
use crate::domain::Consent;
use crate::domain::ConsentScope;
use crate::domain::ConsentStatus;
use crate::domain::Contact;
use crate::domain::ContactWay;
use crate::domain::CoordinatorWish;
use crate::domain::DistrictNumber;
use crate::domain::DraftConsent;
use crate::domain::DraftContact;
use crate::domain::DraftGuardian;
use crate::domain::DraftPatient;
use crate::domain::DraftReport;
use crate::domain::DraftReporter;
use crate::domain::Existing;
use crate::domain::ExistingEntry;
use crate::domain::ExpectedDuration;
use crate::domain::Guardian;
use crate::domain::HerId;
use crate::domain::LegalBasis;
use crate::domain::MunicipalityNumber;
use crate::domain::Need;
use crate::domain::NeedDimension;
use crate::domain::NeedKind;
use crate::domain::NeedReport;
use crate::domain::NewMunicipality;
use crate::domain::NoGuardian;
use crate::domain::Observation;
use crate::domain::PatientId;
use crate::domain::PersonName;
use crate::domain::ReceiverLevel;
use crate::domain::ReceiverWish;
use crate::domain::Redacted;
use crate::domain::ReportKind;
use crate::domain::ReportPatient;
use crate::domain::Reporter;
use crate::domain::ReporterCategory;
use crate::domain::Representative;
use crate::domain::Said;
use crate::domain::Service;
use crate::domain::Urgency;
use crate::domain::UrgencyLevel;
use crate::rules::case;
use crate::rules::identity::IdFault;
use crate::rules::identity::IdKind;
use crate::rules::identity::NationalId;
use crate::rules::identity::Placeholder;
use crate::rules::reading;

/// The report that a draft says. `None`: see [`obstacles`].
pub fn settle(draft: &DraftReport) -> Option<NeedReport> {
    report(draft, &mut Obstacles::default())
}

/// What keeps a draft from becoming a report: one observation for each. Empty exactly when [`settle`] gives a report.
///
/// The schema check tells the same, place by place, as long as it has not been relaxed. When it has, these remain, and
/// they cannot be relaxed.
pub fn obstacles(draft: &DraftReport) -> Vec<Observation> {
    let mut obstacles = Obstacles::default();
    let report = report(draft, &mut obstacles);
    debug_assert_eq!(report.is_none(), !obstacles.found.is_empty());
    obstacles.found
}

#[derive(Default)]
struct Obstacles {
    found: Vec<Observation>,
}

impl Obstacles {
    /// A value that must be there and be read. `around`: where a missing one would have stood.
    fn required<T>(&mut self, said: Option<&Said>, around: &At, read: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        let value = said.and_then(|it| read(it.as_str()));
        if value.is_none() {
            self.meet(said.map_or(around, |it| &it.at));
        }
        value
    }

    /// A value that may be missing, but must be read when it is there. The outer `None` is an obstacle.
    fn readable<T>(&mut self, said: Option<&Said>, read: impl FnOnce(&str) -> Option<T>) -> Option<Option<T>> {
        let Some(said) = said else { return Some(None) };
        self.required(Some(said), &said.at, read).map(Some)
    }

    fn meet(&mut self, at: &At) {
        self.found.push(Observation::new(Code::ReportIncomplete, at.clone()));
    }
}

/// Every part is tried before any is given up, so that all obstacles are met.
fn report(draft: &DraftReport, obstacles: &mut Obstacles) -> Option<NeedReport> {
    let at = &draft.at;
    let report_id = obstacles.required(draft.report_id.as_ref(), at, text);
    let created = obstacles.required(draft.created.as_ref(), at, reading::moment);
    let kind = obstacles.required(draft.kind.as_ref(), at, ReportKind::from_code);
    let receiver = receiver(draft, obstacles);
    let patient = draft.patient.as_ref().map(|it| patient(it, obstacles));
    let guardians = all(draft.guardians.iter().map(|it| guardian(it, obstacles)));
    let representatives = draft.representatives.iter().map(|it| Representative {
        kind: plain(&it.kind),
        name: personal(&it.name),
        telephone: personal(&it.telephone),
        scope: personal(&it.scope),
    });
    let consent = consent(draft.consent.as_ref(), obstacles);
    let reporter = match &draft.reporter {
        Some(it) => reporter(it, obstacles),
        None => {
            obstacles.meet(at);
            None
        }
    };
    let original_reporter = draft.original_reporter.as_ref().map(|it| self::reporter(it, obstacles));
    let needs = all(draft.needs.iter().map(|it| {
        let kind = obstacles.required(it.kind.as_ref(), &it.at, NeedKind::from_code)?;
        Some(Need {
            kind,
            dimensions: it.dimensions.iter().filter_map(|it| NeedDimension::from_code(it.as_str())).collect(),
        })
    }));
    let services = all(draft.services.iter().map(|it| {
        Some(Service {
            kind: obstacles.required(it.kind.as_ref(), &it.at, text)?,
            level: plain(&it.level),
            status: plain(&it.status),
            name: personal(&it.name),
            contact: it.contact.as_ref().map(contact),
        })
    }));
    let existing = draft.existing.iter().map(|it| ExistingEntry {
        what: it.what.clone(),
        answer: plain(&it.answer),
        contact: it.contact.as_ref().map(contact),
    });
    let urgency = obstacles.readable(draft.urgency.as_ref(), UrgencyLevel::from_code);
    let new_municipality = obstacles.readable(draft.new_municipality.as_ref(), MunicipalityNumber::parse);
    let attachments = all(draft.attachments.iter().map(|it| {
        let kind = obstacles.required(it.kind.as_ref(), &it.at, text);
        let document = obstacles.required(it.document.as_ref(), &it.at, text);
        Some(AttachmentReference { kind: kind?, document: document?, title: personal(&it.title) })
    }));
    Some(NeedReport {
        report_id: report_id?,
        created: created?,
        language: plain(&draft.language),
        concerns: plain(&draft.concerns),
        kind: kind?,
        receiver: receiver?,
        patient: given(patient)?,
        guardians: guardians?,
        no_guardian: draft
            .no_guardian_reason
            .as_ref()
            .map(|it| NoGuardian { reason: it.as_str().to_owned(), text: personal(&draft.no_guardian_text) }),
        representatives: representatives.collect(),
        consent: consent?,
        reporter: reporter?,
        original_reporter: given(original_reporter)?,
        needs: needs?,
        description: personal(&draft.description),
        what_matters: personal(&draft.what_matters),
        goals: personal(&draft.goals),
        duration: reading::coded(draft.duration.as_ref(), ExpectedDuration::from_code),
        services: services?,
        existing: Existing { entries: existing.collect() },
        coordinator_wish: draft
            .coordinator_wish
            .as_ref()
            .map(|it| CoordinatorWish { wish: it.as_str().to_owned(), who: personal(&draft.coordinator_wish_who) }),
        urgency: Urgency { level: urgency?.unwrap_or(UrgencyLevel::Ordinary), reason: plain(&draft.urgency_reason) },
        admission: draft.admission.as_ref().map(|it| Admission {
            hospital: plain(&it.hospital),
            ward: personal(&it.ward),
            planned_discharge: reading::said_date(it.planned_discharge.as_ref()),
        }),
        transitions: draft.transitions.iter().map(|it| it.as_str().to_owned()).collect(),
        new_municipality: new_municipality?.map(|municipality| NewMunicipality {
            municipality,
            from: reading::said_date(draft.new_municipality_from.as_ref()),
        }),
        family_link: personal(&draft.family_link),
        attachments: attachments?,
        has_local_extension: draft.has_local_extension,
    })
}

/// The level is the municipality's when nothing else is said (`schemas/behovsmelding-1.0.xsd`, no. 3).
fn receiver(draft: &DraftReport, obstacles: &mut Obstacles) -> Option<ReceiverWish> {
    let municipality = obstacles.required(draft.municipality.as_ref(), &draft.at, MunicipalityNumber::parse);
    let district = obstacles.readable(draft.district.as_ref(), DistrictNumber::parse);
    let level = obstacles.readable(draft.level.as_ref(), ReceiverLevel::from_code);
    Some(ReceiverWish {
        municipality: municipality?,
        district: district?,
        level: level?.unwrap_or(ReceiverLevel::Municipality),
        organisation: plain(&draft.receiver_organisation),
    })
}

/// The address is ungraded when nothing else is said (no. 8). The date of birth is the one in the number when no other is
/// said, so that a report without it still finds its way.
fn patient(draft: &DraftPatient, obstacles: &mut Obstacles) -> Option<ReportPatient> {
    let id = patient_id(draft, obstacles);
    let unborn = obstacles.readable(draft.unborn.as_ref(), reading::boolean);
    let grading = obstacles.readable(draft.grading.as_ref(), AddressGrading::from_code);
    let name = PersonName {
        given: personal(&draft.given_name),
        middle: personal(&draft.middle_name),
        family: personal(&draft.family_name),
    };
    let unborn = unborn?.unwrap_or(false);
    let born = if unborn { reading::said_date(draft.date_of_birth.as_ref()) } else { case::date_of_birth(draft) };
    Some(ReportPatient {
        id: id?,
        name: (name != PersonName::default()).then_some(name),
        date_of_birth: born.map(Redacted::new),
        unborn: unborn.then(|| Redacted::new(reading::said_date(draft.due.as_ref()))),
        telephone: personal(&draft.telephone),
        email: personal(&draft.email),
        address: personal(&draft.address),
        grading: grading?.unwrap_or_default(),
        language: personal(&draft.language),
        needs_interpreter: reading::coded(draft.interpreter.as_ref(), reading::boolean),
        contact_ways: draft.contact_ways.iter().filter_map(|it| ContactWay::from_code(it.as_str())).collect(),
    })
}

/// A stand-in for a number is no number: two newborn children can have the same, and must not be taken for one.
fn patient_id(draft: &DraftPatient, obstacles: &mut Obstacles) -> Option<PatientId> {
    let kind = obstacles.required(draft.id_kind.as_ref(), &draft.at, text)?;
    let is_national = IdKind::from_code(&kind).is_some_and(IdKind::is_national);
    let parsed = draft.id.as_ref().filter(|_| is_national).map(|it| NationalId::parse(it.as_str()));
    let reason = match parsed {
        Some(Err(IdFault::Placeholder(Placeholder::Newborn))) => "NYFODT",
        Some(Err(IdFault::Placeholder(Placeholder::Unborn))) => "UFODT",
        Some(Ok(id)) => {
            return Some(PatientId { kind, number: Some(id.number().clone()), reason: plain(&draft.id_reason) });
        }
        Some(Err(IdFault::NotElevenDigits | IdFault::ControlDigits | IdFault::ImpossibleDate)) | None => {
            return Some(PatientId { kind, number: personal(&draft.id), reason: plain(&draft.id_reason) });
        }
    };
    Some(PatientId { kind: "UKJENT".to_owned(), number: None, reason: Some(reason.to_owned()) })
}

fn guardian(draft: &DraftGuardian, obstacles: &mut Obstacles) -> Option<Guardian> {
    let must_not_be_informed = obstacles.readable(draft.must_not_be_informed.as_ref(), reading::boolean)?;
    Some(Guardian {
        relation: plain(&draft.relation),
        name: personal(&draft.name),
        telephone: personal(&draft.telephone),
        has_parental_responsibility: match draft.has_parental_responsibility.as_ref().map(Said::as_str) {
            Some("JA") => Some(true),
            Some("NEI") => Some(false),
            Some(_) | None => None,
        },
        informed: reading::coded(draft.informed.as_ref(), reading::boolean),
        not_informed_reason: personal(&draft.not_informed_reason),
        must_not_be_informed,
    })
}

/// A question has nobody who could consent, and counts as not clear.
fn consent(draft: Option<&DraftConsent>, obstacles: &mut Obstacles) -> Option<Consent> {
    let Some(draft) = draft else {
        return Some(Consent {
            status: ConsentStatus::Unclear,
            date: None,
            given_by_role: None,
            given_by: None,
            scopes: Vec::new(),
            valid_until: None,
            basis: None,
            basis_reason: None,
        });
    };
    let status = obstacles.required(draft.status.as_ref(), &draft.at, ConsentStatus::from_code)?;
    let scopes = draft.scopes.iter().filter_map(|(code, name)| {
        let code = code.as_ref()?.as_str().to_owned();
        Some(ConsentScope { code, text: personal(name) })
    });
    Some(Consent {
        status,
        date: reading::said_date(draft.date.as_ref()),
        given_by_role: plain(&draft.given_by_role),
        given_by: personal(&draft.given_by),
        scopes: scopes.collect(),
        valid_until: reading::said_date(draft.valid_until.as_ref()),
        basis: reading::coded(draft.basis.as_ref(), LegalBasis::from_code),
        basis_reason: personal(&draft.basis_reason),
    })
}

fn reporter(draft: &DraftReporter, obstacles: &mut Obstacles) -> Option<Reporter> {
    let category = obstacles.required(draft.category.as_ref(), &draft.at, ReporterCategory::from_code)?;
    let roles = draft.roles.iter().map(|it| Coded {
        code: plain(&it.code),
        system: plain(&it.system),
        name: plain(&it.name),
        other: None,
    });
    Some(Reporter {
        category,
        private: draft.private,
        organisation: plain(&draft.organisation),
        her_id: reading::coded(draft.her_id.as_ref(), HerId::parse),
        organisation_name: plain(&draft.organisation_name),
        unit: plain(&draft.unit),
        name: personal(&draft.name),
        roles: roles.collect(),
        position: plain(&draft.position),
        telephone: personal(&draft.telephone),
        email: personal(&draft.email),
        hpr: personal(&draft.hpr),
        wants_answer: reading::coded(draft.wants_answer.as_ref(), reading::boolean),
        answer_channel: plain(&draft.answer_channel),
    })
}

fn contact(draft: &DraftContact) -> Contact {
    Contact { name: personal(&draft.name), telephone: personal(&draft.telephone), email: personal(&draft.email) }
}

fn personal(said: &Option<Said>) -> Option<Redacted<String>> {
    said.as_ref().map(|it| it.text.clone())
}

fn plain(said: &Option<Said>) -> Option<String> {
    said.as_ref().map(|it| it.as_str().to_owned())
}

fn text(said: &str) -> Option<String> {
    Some(said.to_owned())
}

/// A part that may be absent, but not unreadable.
fn given<T>(part: Option<Option<T>>) -> Option<Option<T>> {
    match part {
        Some(None) => None,
        Some(Some(it)) => Some(Some(it)),
        None => Some(None),
    }
}

/// All of them, having looked at each; `None` when one met an obstacle.
fn all<T>(parts: impl Iterator<Item = Option<T>>) -> Option<Vec<T>> {
    let tried: Vec<Option<T>> = parts.collect();
    tried.into_iter().collect()
}
