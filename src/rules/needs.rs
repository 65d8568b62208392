//! What the report is about and what is needed (domain/FACTS.md § 2.5 nos. 1 and 19 to 29). The gateway never decides
//! on the right to a plan or a coordinator; what it thinks odd is a remark, and the municipality considers the case.

use crate::domain::Code;
use crate::domain::DraftReport;
use crate::domain::ExpectedDuration;
use crate::domain::NeedKind;
use crate::domain::ReportKind;
use crate::domain::Said;
use crate::domain::UrgencyLevel;
use crate::rules::case::Case;
use crate::rules::case::Told;
use crate::rules::consent::FULL_AGE_YEARS;
use crate::rules::reading;
use std::collections::HashSet;

/// "Two or more" services (pasient- og brukerrettighetsloven § 2-5 as the guideline reads it).
const SERVICES_FEW: usize = 2;

/// A question has no person; everything else has one.
pub(super) fn person(case: &Case<'_>, told: &mut Told) {
    let Some(draft) = case.draft else { return };
    match (case.kind, &draft.patient) {
        (Some(ReportKind::Question), Some(patient)) => told.tell(Code::QuestionWithPatient, &patient.at),
        (
            Some(
                ReportKind::Need
                | ReportKind::PossibleNeed
                | ReportKind::TeamAroundPerson
                | ReportKind::ChangedNeed
                | ReportKind::Withdrawal,
            ),
            None,
        ) => told.tell(Code::PatientMissing, &draft.at),
        (Some(_), _) | (None, _) => {}
    }
}

pub(super) fn needs(case: &Case<'_>, told: &mut Told) {
    let Some(draft) = case.draft else { return };
    if case.asks_for_something() && draft.needs.is_empty() {
        told.tell(Code::NeedMissing, &draft.at);
    }
    let child_coordinator = draft.needs.iter().find(|it| need(&it.kind) == Some(NeedKind::ChildCoordinator));
    match child_coordinator {
        Some(it) if case.age.is_some_and(|age| age >= FULL_AGE_YEARS) => {
            told.tell(Code::ChildCoordinatorForAdult, &it.at);
        }
        None if case.unborn && case.asks_for_something() && !draft.needs.is_empty() => {
            let unborn = case.person.and_then(|it| it.unborn.as_ref());
            told.tell(Code::UnbornWithoutChildCoordinator, unborn.map_or(&draft.at, |it| &it.at));
        }
        Some(_) | None => {}
    }
}

fn need(said: &Option<Said>) -> Option<NeedKind> {
    reading::coded(said.as_ref(), NeedKind::from_code)
}

/// The earlier report that this one concerns.
pub(super) fn earlier_report(case: &Case<'_>, told: &mut Told) {
    let Some(draft) = case.draft else { return };
    match (&draft.concerns, case.kind) {
        (Some(said), _) => {
            let itself = draft.report_id.as_ref().is_some_and(|it| it.as_str().eq_ignore_ascii_case(said.as_str()));
            if itself {
                told.tell(Code::ReportRefersToItself, &said.at);
            }
        }
        (None, Some(ReportKind::Withdrawal)) => told.tell(Code::WithdrawalWithoutReference, &draft.at),
        (None, Some(ReportKind::ChangedNeed)) => told.tell(Code::ChangeWithoutReference, &draft.at),
        (
            None,
            Some(ReportKind::Need | ReportKind::PossibleNeed | ReportKind::TeamAroundPerson | ReportKind::Question)
            | None,
        ) => {}
    }
}

/// Identity numbers belong in their field; in a text nobody protects them. How long a text is, is the schema's to tell.
pub(super) fn texts(case: &Case<'_>, told: &mut Told) {
    let Some(draft) = case.draft else { return };
    for said in free_texts(draft).filter(|it| holds_eleven_digits(it.as_str())) {
        told.tell(Code::IdentityNumberInText, &said.at);
    }
}

fn free_texts(draft: &DraftReport) -> impl Iterator<Item = &Said> {
    let single = [
        &draft.description,
        &draft.what_matters,
        &draft.goals,
        &draft.no_guardian_text,
        &draft.coordinator_wish_who,
        &draft.family_link,
    ];
    single
        .into_iter()
        .flatten()
        .chain(draft.consent.iter().flat_map(|it| it.basis_reason.iter().chain(it.given_by.iter())))
        .chain(draft.guardians.iter().flat_map(|it| it.not_informed_reason.iter()))
        .chain(draft.representatives.iter().flat_map(|it| it.scope.iter()))
        .chain(draft.services.iter().flat_map(|it| it.name.iter()))
        .chain(draft.attachments.iter().flat_map(|it| it.title.iter()))
}

/// Eleven digits in a row, or six and five with one sign between, as people write identity numbers.
fn holds_eleven_digits(text: &str) -> bool {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for (index, sign) in text.chars().enumerate() {
        if sign.is_ascii_digit() {
            match runs.last_mut() {
                Some((_, end)) if *end == index => *end += 1,
                Some(_) | None => runs.push((index, index + 1)),
            }
        }
    }
    let length = |(start, end): &(usize, usize)| end - start;
    runs.iter().any(|it| length(it) == 11)
        || runs.windows(2).any(|it| length(&it[0]) == 6 && length(&it[1]) == 5 && it[1].0 == it[0].1 + 1)
}

pub(super) fn services(case: &Case<'_>, told: &mut Told) {
    let Some(draft) = case.draft else { return };
    let kinds: HashSet<&str> =
        draft.services.iter().map(|it| it.kind.as_ref().map_or("", |said| said.as_str())).collect();
    let other = draft.services.iter().filter(|it| reading::is(it.kind.as_ref(), "ANNET")).count();
    let different = kinds.len() + other.saturating_sub(1);
    if case.asks_for_something() && different < SERVICES_FEW {
        told.tell(Code::FewServices, draft.services.first().map_or(&draft.at, |it| &it.at));
    }
}

/// The law knows no number of months.
pub(super) fn duration(case: &Case<'_>, told: &mut Told) {
    let said = case.draft.and_then(|it| it.duration.as_ref());
    if let (Some(said), Some(ExpectedDuration::Short)) = (said, reading::coded(said, ExpectedDuration::from_code)) {
        told.tell(Code::DurationShort, &said.at);
    }
}

pub(super) fn urgency(case: &Case<'_>, told: &mut Told) {
    let Some(draft) = case.draft else { return };
    let level = reading::coded(draft.urgency.as_ref(), UrgencyLevel::from_code);
    if let (Some(UrgencyLevel::Urgent), Some(said), None) = (level, &draft.urgency, &draft.urgency_reason) {
        told.tell(Code::UrgencyWithoutReason, &said.at);
    }
}

pub(super) fn discharge(case: &Case<'_>, told: &mut Told) {
    let said = case.draft.and_then(|it| it.admission.as_ref()).and_then(|it| it.planned_discharge.as_ref());
    if let Some(said) = said
        && reading::date(said.as_str()).is_some_and(|it| it < case.today)
    {
        told.tell(Code::DischargeInPast, &said.at);
    }
}

#[cfg(test)]
mod tests {
    use super::holds_eleven_digits;

    #[test]
    fn eleven_digits_are_found_as_people_write_them() {
        for text in ["12835401802", "født 128354 01802.", "128354-01802", "nr:12835401802;", "128354\u{a0}01802"] {
            assert!(holds_eleven_digits(text), "{text}");
        }
        for text in
            ["", "+47 99 00 01 22", "4799000122", "128354018022", "128354  01802", "2026-10-05 12:30", "123456 1234567"]
        {
            assert!(!holds_eleven_digits(text), "{text}");
        }
    }
}
