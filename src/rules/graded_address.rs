//! Graded addresses and safe contact (domain/FACTS.md § 2.5 nos. 7, 8 and 10, § 5.3). What would show where a protected
//! person can be found must not be in the message at all: it has then already been copied once too often.

use crate::domain::AddressGrading;
use crate::domain::Code;
use crate::domain::ContactWay;
use crate::domain::DraftPatient;
use crate::rules::case::Case;
use crate::rules::case::Told;
use crate::rules::reading;

pub(super) fn own_contact(case: &Case<'_>, told: &mut Told) {
    let Some(person) = case.person.filter(|it| is_protected(it)) else { return };
    for said in [&person.telephone, &person.email, &person.address].into_iter().flatten() {
        told.tell(Code::GradedAddressWithContact, &said.at);
    }
    if let Some(patient) = &case.head.patient {
        let path = "/MsgHead/MsgInfo/Patient";
        if patient.has_address {
            told.tell_at_path(Code::GradedAddressWithContact, format!("{path}/Address"));
        }
        if patient.has_telecom {
            told.tell_at_path(Code::GradedAddressWithContact, format!("{path}/TeleCom"));
        }
    }
}

pub(super) fn guardians_contact(case: &Case<'_>, told: &mut Told) {
    let (Some(draft), Some(_)) = (case.draft, case.person.filter(|it| is_protected(it))) else { return };
    for said in draft.guardians.iter().filter_map(|it| it.telephone.as_ref()) {
        told.tell(Code::GradedAddressWithGuardianTelephone, &said.at);
    }
}

/// "Do not contact" together with a way to do so is dangerous for one who is threatened.
pub(super) fn contact_ways(case: &Case<'_>, told: &mut Told) {
    let Some(person) = case.person else { return };
    let forbids = person.contact_ways.iter().find(|it| it.as_str() == ContactWay::DoNotContact.code());
    if let (Some(said), true) = (forbids, person.contact_ways.len() > 1) {
        told.tell(Code::ContactWayContradicted, &said.at);
    }
}

fn is_protected(person: &DraftPatient) -> bool {
    reading::coded(person.grading.as_ref(), AddressGrading::from_code).is_some_and(AddressGrading::is_protected)
}
