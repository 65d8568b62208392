//! For the tests of every room: the smallest report and the least known patient, to be filled in where a test needs more.

use crate::domain::AddressGrading;
use crate::domain::Consent;
use crate::domain::ConsentStatus;
use crate::domain::Existing;
use crate::domain::MunicipalityNumber;
use crate::domain::NeedReport;
use crate::domain::PatientId;
use crate::domain::ReceiverLevel;
use crate::domain::ReceiverWish;
use crate::domain::ReportKind;
use crate::domain::ReportPatient;
use crate::domain::Reporter;
use crate::domain::ReporterCategory;
use crate::domain::Timestamp;
use crate::domain::Urgency;
use crate::domain::UrgencyLevel;

/// A question to `municipality`, without a patient.
pub(crate) fn smallest_report(municipality: MunicipalityNumber) -> NeedReport {
    NeedReport {
        report_id: "R-1".to_owned(),
        created: Timestamp(0),
        language: None,
        concerns: None,
        kind: ReportKind::Question,
        receiver: ReceiverWish { municipality, district: None, level: ReceiverLevel::Municipality, organisation: None },
        patient: None,
        guardians: Vec::new(),
        no_guardian: None,
        representatives: Vec::new(),
        consent: Consent {
            status: ConsentStatus::Given,
            date: None,
            given_by_role: None,
            given_by: None,
            scopes: Vec::new(),
            valid_until: None,
            basis: None,
            basis_reason: None,
        },
        reporter: Reporter {
            category: ReporterCategory::HospitalSomatic,
            private: false,
            organisation: None,
            her_id: None,
            organisation_name: None,
            unit: None,
            name: None,
            roles: Vec::new(),
            position: None,
            telephone: None,
            email: None,
            hpr: None,
            wants_answer: None,
            answer_channel: None,
        },
        original_reporter: None,
        needs: Vec::new(),
        description: None,
        what_matters: None,
        goals: None,
        duration: None,
        services: Vec::new(),
        existing: Existing::default(),
        coordinator_wish: None,
        urgency: Urgency { level: UrgencyLevel::Ordinary, reason: None },
        admission: None,
        transitions: Vec::new(),
        new_municipality: None,
        family_link: None,
        attachments: Vec::new(),
        has_local_extension: false,
    }
}

/// Somebody of whom nothing is known, not even why.
pub(crate) fn unknown_patient() -> ReportPatient {
    ReportPatient {
        id: PatientId { kind: "UKJENT".to_owned(), number: None, reason: Some("IKKE_OPPGITT".to_owned()) },
        name: None,
        date_of_birth: None,
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
