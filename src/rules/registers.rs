//! Numbers in the national registers: organisation numbers (Enhetsregisteret), HER-ids (Adresseregisteret) and HPR
//! numbers (standards/FACTS.md g.5 and g.6). Whether they exist there is never asked.

use crate::domain::At;
use crate::domain::Code;
use crate::domain::DraftReporter;
use crate::domain::Environment;
use crate::domain::Observation;
use crate::domain::OrgNumber;
use crate::domain::OrgNumberFault;
use crate::domain::ReceiverLevel;
use crate::domain::Said;
use crate::domain::Severity;
use crate::rules::addressing;
use crate::rules::case::Case;
use crate::rules::case::Told;
use crate::rules::reading;

/// Numbers in the report. That one has nine digits is the schema's to tell.
pub(super) fn organisation_numbers(case: &Case<'_>, told: &mut Told) {
    let Some(draft) = case.draft else { return };
    let said: [Option<&Said>; 4] = [
        draft.receiver_organisation.as_ref(),
        draft.reporter.as_ref().and_then(|it| it.organisation.as_ref()),
        draft.original_reporter.as_ref().and_then(|it| it.organisation.as_ref()),
        draft.admission.as_ref().and_then(|it| it.hospital.as_ref()),
    ];
    for number in said.into_iter().flatten() {
        if OrgNumber::parse(number.as_str()) == Err(OrgNumberFault::ControlDigit) {
            let observation = Observation::new(Code::OrganisationNumberControlDigit, number.at.clone());
            // Made-up organisations in test environments often have made-up numbers, the national ones too.
            told.add(match case.rulebook.environment {
                Environment::Production => observation,
                Environment::Test => observation.weighing(Severity::Warning),
            });
        }
    }
}

/// Numbers in the header. Addressing goes by HER-id, so a wrong one only earns a remark.
pub(super) fn organisation_numbers_in_header(case: &Case<'_>, told: &mut Told) {
    for (path, text) in addressing::other_organisation_numbers(case) {
        let number: String = text.chars().filter(|it| !it.is_whitespace()).collect();
        match OrgNumber::parse(&number) {
            Ok(_) => {}
            Err(OrgNumberFault::NotNineDigits) => told.tell_at_path(Code::OrganisationNumberMalformed, path),
            Err(OrgNumberFault::ControlDigit) => told.add(
                Observation::new(Code::OrganisationNumberControlDigit, At::Path(path)).weighing(Severity::Warning),
            ),
        }
    }
}

/// The schema lets a HER-id have ten digits; the registry's ids fit in 31 bits.
pub(super) fn reporters_numbers(case: &Case<'_>, told: &mut Told) {
    let Some(draft) = case.draft else { return };
    let reporters: [Option<&DraftReporter>; 2] = [draft.reporter.as_ref(), draft.original_reporter.as_ref()];
    for reporter in reporters.into_iter().flatten() {
        if let Some(her_id) = &reporter.her_id
            && her_id.as_str().parse::<u64>().is_ok_and(|it| i32::try_from(it).is_err())
        {
            told.tell(Code::HerIdOutOfRange, &her_id.at);
        }
        // Never required, and any number of up to nine digits may be one; nought is not.
        if let Some(hpr) = &reporter.hpr
            && hpr.as_str().parse::<u64>() == Ok(0)
        {
            told.tell(Code::HprNumberImplausible, &hpr.at);
        }
    }
}

/// A report for a hospital trust must say which one.
pub(super) fn hospital_trust(case: &Case<'_>, told: &mut Told) {
    let Some(draft) = case.draft else { return };
    let level = reading::coded(draft.level.as_ref(), ReceiverLevel::from_code);
    if let (Some(ReceiverLevel::HospitalTrust), Some(said), None) = (level, &draft.level, &draft.receiver_organisation)
    {
        told.tell(Code::HospitalTrustNumberMissing, &said.at);
    }
}
