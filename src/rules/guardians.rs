//! Guardians (foresatte) by the person's age (domain/FACTS.md § 1.4 and § 2.5 no. 11; pasient- og brukerrettighetsloven
//! §§ 3-4 and 4-4). These are remarks: the unit can mend what is missing, and no child should wait for it.

use crate::domain::Code;
use crate::domain::ContactWay;
use crate::rules::case::Case;
use crate::rules::case::Told;
use crate::rules::consent::CONSENT_AGE_YEARS;
use crate::rules::consent::FULL_AGE_YEARS;
use crate::rules::reading;

/// One under 16 has a guardian, or there is a reason why none is named.
pub(super) fn presence(case: &Case<'_>, told: &mut Told) {
    let (Some(draft), Some(_)) = (case.draft, case.person) else { return };
    let explained = draft.no_guardian_reason.is_some() || draft.no_guardian_text.is_some();
    let is_child = case.age.is_some_and(|it| it < CONSENT_AGE_YEARS);
    if is_child && case.asks_for_something() && draft.guardians.is_empty() && !explained {
        told.tell(Code::GuardianMissing, &draft.at);
    }
    if let (Some(guardian), true) = (draft.guardians.first(), case.age.is_some_and(|it| it >= FULL_AGE_YEARS)) {
        told.tell(Code::GuardianOfAdult, &guardian.at);
    }
}

/// Why none is named: not together with one who is, and in words when no code fits. A missing code is the schema's to
/// tell.
pub(super) fn absence(case: &Case<'_>, told: &mut Told) {
    let (Some(draft), Some(_)) = (case.draft, case.person) else { return };
    let Some(reason) = &draft.no_guardian_reason else { return };
    if !draft.guardians.is_empty() {
        told.tell(Code::GuardianContradicted, &reason.at);
    } else if reason.as_str() == "ANNET" && draft.no_guardian_text.is_none() {
        told.tell(Code::NoGuardianUnexplained, &reason.at);
    }
}

/// A guardian who does not know, or must not know, and why. The child may wish it from 12 to 16, and for serious reasons
/// at any age below that; above 16 the parents are not told unless they must be, so there is nothing to explain.
pub(super) fn informing(case: &Case<'_>, told: &mut Told) {
    let (Some(draft), Some(_)) = (case.draft, case.person) else { return };
    let needs_reason = case.age.is_none_or(|it| it < CONSENT_AGE_YEARS);
    for guardian in draft.guardians.iter().filter(|it| it.not_informed_reason.is_none() && needs_reason) {
        let hidden = guardian.must_not_be_informed.as_ref().filter(|it| reading::boolean(it.as_str()) == Some(true));
        let uninformed = guardian.informed.as_ref().filter(|it| reading::boolean(it.as_str()) == Some(false));
        match (hidden, uninformed) {
            (Some(said), _) => told.tell(Code::GuardianHiddenWithoutReason, &said.at),
            (None, Some(said)) => told.tell(Code::GuardianUninformedWithoutReason, &said.at),
            (None, None) => {}
        }
    }
}

/// Nobody should come to tell a guardian by following the contact details.
pub(super) fn contact(case: &Case<'_>, told: &mut Told) {
    let (Some(draft), Some(person)) = (case.draft, case.person) else { return };
    let through_guardian = person.contact_ways.iter().find(|it| it.as_str() == ContactWay::Guardian.code());
    let hidden = draft.guardians.iter().any(|it| reading::says_yes(it.must_not_be_informed.as_ref()));
    if let (Some(said), true) = (through_guardian, hidden) {
        told.tell(Code::GuardianHiddenYetContact, &said.at);
    }
}
