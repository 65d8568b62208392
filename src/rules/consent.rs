//! Consent, objection and age (domain/FACTS.md § 1.4 and § 2.5 nos. 13 and 14; helsepersonelloven §§ 22, 25 and 45;
//! pasient- og brukerrettighetsloven §§ 4-3 to 4-6). A report that the person objects to is stopped, unless another
//! basis is given with its reason; that cannot be relaxed.

use crate::domain::Code;
use crate::domain::ConsentStatus;
use crate::domain::DraftConsent;
use crate::domain::LegalBasis;
use crate::domain::ReportKind;
use crate::rules::case::Case;
use crate::rules::case::Told;
use crate::rules::reading;
use jiff::ToSpan;

/// From this age a person consents alone (pbrl § 4-3). Years.
pub(super) const CONSENT_AGE_YEARS: u32 = 16;
/// Myndighetsalder. Years.
pub(super) const FULL_AGE_YEARS: u32 = 18;

/// A report about a person says whether the person consents. Without that nothing more is asked about it.
pub(super) fn presence(case: &Case<'_>, told: &mut Told) {
    let Some(draft) = case.draft else { return };
    if case.kind.is_some() && case.person.is_some() && draft.consent.is_none() {
        told.tell(Code::ConsentMissing, &draft.at);
    }
}

/// What the person has said. A withdrawal needs no consent: it may come exactly because there is none.
pub(super) fn status(case: &Case<'_>, told: &mut Told) {
    let Some(consent) = consent(case).filter(|_| case.kind != Some(ReportKind::Withdrawal)) else { return };
    let Some((status, said)) = status_of(consent).zip(consent.status.as_ref()) else { return };
    match status {
        ConsentStatus::Objected => told.tell(objection(consent), &said.at),
        ConsentStatus::Unclear if case.is_within_health() => told.tell(Code::ConsentUnclearInHealth, &said.at),
        ConsentStatus::Unclear => told.tell(Code::ConsentUnclearOutsideHealth, &said.at),
        ConsentStatus::NotObjected if !case.is_within_health() => {
            told.tell(Code::NotObjectedOutsideHealth, &said.at);
        }
        ConsentStatus::NotObjected
        | ConsentStatus::Given
        | ConsentStatus::GivenOrally
        | ConsentStatus::GivenOnBehalf => {}
    }
}

fn objection(consent: &DraftConsent) -> Code {
    match (basis(consent), &consent.basis_reason) {
        (Some(LegalBasis::Other), Some(_)) => Code::ObjectionOverridden,
        (Some(LegalBasis::Other), None) => Code::ObjectionReasonMissing,
        (
            Some(LegalBasis::Section22 | LegalBasis::Section25 | LegalBasis::Section38a | LegalBasis::Section45) | None,
            _,
        ) => Code::ConsentObjected,
    }
}

/// The reason of another basis, where it is not already demanded because of an objection.
pub(super) fn basis_reason(case: &Case<'_>, told: &mut Told) {
    let Some(consent) = consent(case) else { return };
    let objected = status_of(consent) == Some(ConsentStatus::Objected) && case.kind != Some(ReportKind::Withdrawal);
    if let (Some(LegalBasis::Other), Some(said), None) = (basis(consent), &consent.basis, &consent.basis_reason)
        && !objected
    {
        told.tell(Code::BasisReasonMissing, &said.at);
    }
}

/// When it was given, and how long it lasts.
pub(super) fn dates(case: &Case<'_>, told: &mut Told) {
    let Some(consent) = consent(case).filter(|_| case.kind != Some(ReportKind::Withdrawal)) else { return };
    let given = is_given(consent);
    let date = reading::said_date(consent.date.as_ref());
    match (&consent.date, date) {
        (None, _) if given => told.tell(Code::ConsentDateMissing, &consent.at),
        (Some(said), Some(date)) if date > case.today => told.tell(Code::ConsentDateInFuture, &said.at),
        (Some(said), Some(date)) if given && is_old(case, date) => told.tell(Code::ConsentOld, &said.at),
        // No consent, no date; a date that cannot be read is the schema's to tell.
        (None | Some(_), _) => {}
    }
    let (Some(said), Some(ends)) = (&consent.valid_until, reading::said_date(consent.valid_until.as_ref())) else {
        return;
    };
    if date.is_some_and(|it| ends < it) {
        told.tell(Code::ConsentPeriodBackwards, &said.at);
    } else if given && ends < case.today {
        told.tell(Code::ConsentExpired, &said.at);
    }
}

fn is_old(case: &Case<'_>, given: jiff::civil::Date) -> bool {
    given.checked_add(i64::from(case.rulebook.consent_months_max).months()).is_ok_and(|it| it < case.today)
}

/// Who has consented, and whether one of that age does so.
pub(super) fn giver(case: &Case<'_>, told: &mut Told) {
    let Some(consent) = consent(case) else { return };
    let Some((status, said)) = status_of(consent).zip(consent.status.as_ref()) else { return };
    let role = consent.given_by_role.as_ref();
    let by_person = role.is_none() || reading::is(role, "PERSONEN");
    let by_carer = reading::is(role, "FORESATT") || reading::is(role, "BARNEVERN");
    let is_child = case.age.is_some_and(|it| it < CONSENT_AGE_YEARS);
    match (status, role) {
        // A giver without a role is the schema's to tell.
        (ConsentStatus::GivenOnBehalf, None) if consent.given_by.is_none() => {
            told.tell(Code::ConsentGiverMissing, &consent.at);
        }
        (ConsentStatus::GivenOnBehalf, Some(role)) if by_person => told.tell(Code::ConsentGiverIsPerson, &role.at),
        (ConsentStatus::Given | ConsentStatus::GivenOrally, _) if by_person && is_child => {
            told.tell(Code::ConsentByChild, &said.at);
        }
        (ConsentStatus::Given | ConsentStatus::GivenOrally | ConsentStatus::GivenOnBehalf, Some(role))
            if by_carer && !is_child && case.age.is_some() =>
        {
            told.tell(Code::ConsentByParentOverSixteen, &role.at);
        }
        (ConsentStatus::GivenOnBehalf, Some(role))
            if case.age.is_some_and(|it| it >= FULL_AGE_YEARS) && consent.basis.is_none() =>
        {
            told.tell(Code::ConsentOnBehalfWithoutBasis, &role.at);
        }
        (
            ConsentStatus::Given
            | ConsentStatus::GivenOrally
            | ConsentStatus::GivenOnBehalf
            | ConsentStatus::NotObjected
            | ConsentStatus::Unclear
            | ConsentStatus::Objected,
            _,
        ) => {}
    }
}

/// A consent to ask others says whom.
pub(super) fn scope(case: &Case<'_>, told: &mut Told) {
    let Some(consent) = consent(case) else { return };
    for (code, name) in &consent.scopes {
        if let (Some(code), None) = (code, name)
            && code.as_str() == "INNHENTE_FRA"
        {
            told.tell(Code::ConsentScopeUnnamed, &code.at);
        }
    }
}

fn consent<'a>(case: &Case<'a>) -> Option<&'a DraftConsent> {
    case.person.and(case.draft).and_then(|it| it.consent.as_ref())
}

fn status_of(consent: &DraftConsent) -> Option<ConsentStatus> {
    reading::coded(consent.status.as_ref(), ConsentStatus::from_code)
}

fn basis(consent: &DraftConsent) -> Option<LegalBasis> {
    reading::coded(consent.basis.as_ref(), LegalBasis::from_code)
}

fn is_given(consent: &DraftConsent) -> bool {
    match status_of(consent) {
        Some(ConsentStatus::Given | ConsentStatus::GivenOrally | ConsentStatus::GivenOnBehalf) => true,
        Some(ConsentStatus::NotObjected | ConsentStatus::Unclear | ConsentStatus::Objected) | None => false,
    }
}
