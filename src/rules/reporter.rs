//! Who reports (melder), and how to reach them (domain/FACTS.md § 2.5 nos. 15 to 18). That name and telephone are there
//! is the schema's to tell. An HPR number is never required: staff without one have the duty to report too.

use crate::domain::Code;
use crate::domain::DraftReporter;
use crate::domain::ReporterCategory;
use crate::rules::case;
use crate::rules::case::Case;
use crate::rules::case::Told;

/// A service has an organisation number; the person and the next of kin have none. Volunteers and legal guardians may
/// come from an organisation or not. Who telephones does not know the number of where they work, and staff who write down what
/// they say need not look it up: they name the place as the reporter's unit (Enhet).
pub(super) fn organisation(case: &Case<'_>, told: &mut Told) {
    let Some(draft) = case.draft else { return };
    let reporters: [Option<&DraftReporter>; 2] = [draft.reporter.as_ref(), draft.original_reporter.as_ref()];
    for reporter in reporters.into_iter().flatten() {
        let Some((category, said)) = case::category(reporter).zip(reporter.category.as_ref()) else { continue };
        let is_named = case.written_down && reporter.unit.is_some();
        if reporter.private && !category.is_private() && !is_named {
            told.tell(Code::ReporterOrganisationMissing, &said.at);
        }
        let one_of_the_family =
            matches!(category, ReporterCategory::PersonSelf | ReporterCategory::Parent | ReporterCategory::NextOfKin);
        if let (Some(organisation), true) = (&reporter.organisation, one_of_the_family) {
            told.tell(Code::ReporterOrganisationUnexpected, &organisation.at);
        }
    }
}

/// A hospital trust's coordinating unit passes on what somebody else has seen.
pub(super) fn original_reporter(case: &Case<'_>, told: &mut Told) {
    let (Some(draft), Some(reporter)) = (case.draft, case.reporter()) else { return };
    let relays = case::category(reporter) == Some(ReporterCategory::HospitalCoordinatingUnit);
    if relays && case.asks_for_something() && draft.original_reporter.is_none() {
        told.tell(Code::OriginalReporterMissing, &draft.at);
    }
}

/// The unit must be able to call back. The schema checks the signs of a number, not whether it can be one: a short
/// number has three digits at least, and no number is one digit repeated.
pub(super) fn telephone(case: &Case<'_>, told: &mut Told) {
    let Some(draft) = case.draft else { return };
    let reporters: [Option<&DraftReporter>; 2] = [draft.reporter.as_ref(), draft.original_reporter.as_ref()];
    for said in reporters.into_iter().flatten().filter_map(|it| it.telephone.as_ref()) {
        let digits: Vec<u8> = said.as_str().bytes().filter(u8::is_ascii_digit).collect();
        let repeated = digits.windows(2).all(|pair| pair[0] == pair[1]);
        if !digits.is_empty() && (digits.len() < 3 || repeated) {
            told.tell(Code::ReporterTelephoneImplausible, &said.at);
        }
    }
}
