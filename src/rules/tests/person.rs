//! Identity, consent, guardians and graded addresses.

use super::build::Trial;
use super::build::about_adult;
use super::build::adult;
use super::build::child;
use super::build::guardian;
use super::build::just;
use super::build::moment;
use super::build::said;
use crate::domain::Code;
use crate::domain::ReportKind;
use crate::domain::Severity;
use crate::domain::SyntheticPersons;

pub(super) const TRIALS: &[Trial] = &[
    // Identity numbers.
    adult("no number", |m| m.person().id = None, &[Code::IdentityNumberMissing]),
    adult(
        "ten digits",
        |m| m.person().id = said("1283540180"),
        &[Code::IdentityNumberMalformed, Code::PatientIdsDiffer],
    ),
    adult("a blank in the number", |m| m.person().id = said("128354 01802"), &[]),
    adult(
        "a number that fails its control digits",
        |m| m.number("FNR", "12835401803", "1954-03-12"),
        &[Code::IdentityNumberControlDigits],
    ),
    adult(
        "a number of the 2032 series",
        |m| m.number("FNR", "02013299903", "1932-01-02"),
        &[Code::IdentityNumberNotYetInUse],
    ),
    adult(
        "a number of the 2032 series when it is in use",
        |m| {
            m.number("FNR", "02013299903", "1932-01-02");
            m.rulebook.new_identity_numbers_from = jiff::civil::date(2026, 10, 6);
        },
        &[],
    ),
    adult(
        "a D-number said to be a national one",
        |m| m.number("FNR", "58850321874", "2003-05-18"),
        &[Code::IdentityNumberKindDiffers],
    ),
    adult(
        "a national number said to be a D-number",
        |m| m.number("DNR", "12835401802", "1954-03-12"),
        &[Code::IdentityNumberKindDiffers],
    ),
    adult(
        "a national number said to be an auxiliary one",
        |m| m.number("FHN", "12835401802", "1954-03-12"),
        &[Code::IdentityNumberKindDiffers],
    ),
    adult(
        "a day that does not exist",
        |m| m.number("FNR", "30825401039", "1954-02-28"),
        &[Code::IdentityNumberDateImpossible],
    ),
    adult(
        "another day than the number's",
        |m| {
            m.person().date_of_birth = said("1954-12-03");
            m.patient().date_of_birth = None;
        },
        &[Code::IdentityNumberDateDiffers],
    ),
    adult(
        "a stand-in for a newborn's number",
        |m| {
            m.number("FNR", "05082600100", "2026-08-05");
            m.report().guardians.push(guardian());
            m.consent().given_by_role = said("FORESATT");
        },
        &[Code::IdentityNumberPlaceholder],
    ),
    adult(
        "a made-up number where people are real",
        |m| m.rulebook.synthetic_persons = SyntheticPersons::Refused,
        &[Code::IdentityNumberSynthetic],
    ),
    adult(
        "a number of Norsk helsenett's where people are real",
        |m| {
            m.number("FNR", "31779956744", "1899-12-31");
            m.rulebook.synthetic_persons = SyntheticPersons::Refused;
        },
        &[Code::IdentityNumberSynthetic, Code::BirthDateImplausible],
    ),
    adult(
        "an H-number said to be a national one where people are real",
        |m| {
            m.number("FNR", "13527248013", "1972-12-13");
            m.rulebook.synthetic_persons = SyntheticPersons::Refused;
        },
        &[Code::IdentityNumberKindDiffers],
    ),
    adult("a number of NAV's where made-up people are taken", |m| m.number("FNR", "13527248013", "1972-12-13"), &[]),
    adult("an H-number", |m| m.number("HNR", "13527248013", "1972-12-13"), &[Code::IdentityNumberLocal]),
    adult("a common auxiliary number", |m| m.number("FHN", "80123456797", "1972-12-13"), &[]),
    adult("a D-number", |m| m.number("DNR", "58850321874", "2003-05-18"), &[Code::IdentityNumberTemporary]),
    adult("a DUF number", |m| m.number("DUF", "201512345678", "2003-05-18"), &[Code::IdentityNumberTemporary]),
    adult("half a DUF number", |m| m.number("DUF", "2015123456", "2003-05-18"), &[Code::IdentityNumberMalformed]),
    adult("a passport", |m| m.number("PNR", "X1234567", "2003-05-18"), &[]),
    adult("an unknown number and why", |m| m.without_number("IKKE_OPPGITT"), &[]),
    adult(
        "an unknown number without a reason",
        |m| {
            m.without_number("ANNET");
            m.person().id_reason = None;
        },
        &[Code::UnknownIdentityWithoutReason],
    ),
    adult(
        "an unknown number that is there",
        |m| {
            m.without_number("ANNET");
            m.person().id = said("12835401802");
        },
        &[Code::UnknownIdentityWithNumber],
    ),
    adult(
        "an old person said to be newborn",
        |m| m.without_number("NYFODT"),
        &[Code::UnknownIdentityReasonContradicted],
    ),
    adult(
        "a born person said to be expected",
        |m| m.without_number("UFODT"),
        &[Code::UnknownIdentityReasonContradicted],
    ),
    child(
        "a newborn child",
        |m| {
            m.without_number("NYFODT");
            m.person().date_of_birth = said("2026-10-01");
            m.patient().date_of_birth = None;
        },
        &[],
    ),
    adult("a kind of id that is not in the list is the schema's", |m| m.person().id_kind = said("FØDSEL"), &[]),
    // Name and date of birth.
    adult(
        "no name",
        |m| {
            m.person().given_name = None;
            m.person().family_name = None;
        },
        &[Code::PatientNameMissing],
    ),
    adult("one name", |m| m.person().given_name = None, &[]),
    adult("a date of birth that only the number tells", |m| m.person().date_of_birth = None, &[Code::BirthDateMissing]),
    adult(
        "no date of birth at all",
        |m| {
            m.without_number("IKKE_OPPGITT");
            m.person().date_of_birth = None;
        },
        &[Code::BirthDateMissing],
    ),
    adult("an unreadable date of birth is the schema's", |m| m.person().date_of_birth = said("12.03.1954"), &[]),
    child(
        "born tomorrow",
        |m| {
            m.without_number("NYFODT");
            m.person().date_of_birth = said("2026-10-07");
            m.patient().date_of_birth = None;
        },
        &[Code::BirthDateInFuture],
    ),
    adult(
        "121 years old",
        |m| {
            m.without_number("IKKE_OPPGITT");
            m.person().date_of_birth = said("1905-10-06");
            m.patient().date_of_birth = None;
        },
        &[Code::BirthDateImplausible],
    ),
    adult("an expected child", |m| m.expect_child("2026-12-24"), &[]),
    adult(
        "an expected child of whom the header says nothing",
        |m| {
            m.expect_child("2026-12-24");
            m.head.patient = None;
        },
        &[],
    ),
    adult("a child expected in two years", |m| m.expect_child("2028-12-24"), &[Code::DueDateImplausible]),
    adult("a child expected last spring", |m| m.expect_child("2026-04-24"), &[Code::DueDateImplausible]),
    adult(
        "an expected child under the mother's number",
        |m| {
            m.expect_child("2026-12-24");
            m.person().id_kind = said("FNR");
            m.person().id = said("21848701871");
            m.person().id_reason = None;
        },
        &[],
    ),
    // Consent.
    adult("no consent", |m| m.report().consent = None, &[Code::ConsentMissing]),
    adult(
        "no consent, and no kind of report, which is the schema's",
        |m| {
            m.report().consent = None;
            m.report().kind = None;
        },
        &[],
    ),
    adult("no status is the schema's", |m| m.consent().status = None, &[]),
    adult("the person objects", |m| m.consent().status = said("MOTSATT_SEG"), &[Code::ConsentObjected]),
    adult(
        "the person objects, and another paragraph is not enough",
        |m| {
            m.consent().status = said("MOTSATT_SEG");
            m.consent().basis = said("HPL_38A");
            m.consent().basis_reason = said("Meldeplikt.");
        },
        &[Code::ConsentObjected],
    ),
    adult(
        "the person objects, and the other basis has no reason",
        |m| {
            m.consent().status = said("MOTSATT_SEG");
            m.consent().basis = said("ANNET");
        },
        &[Code::ObjectionReasonMissing],
    ),
    adult(
        "the person objects, and there is danger",
        |m| {
            m.consent().status = said("MOTSATT_SEG");
            m.consent().basis = said("ANNET");
            m.consent().basis_reason = said("Nær og alvorlig fare for eget liv.");
        },
        &[Code::ObjectionOverridden],
    ),
    adult(
        "the person withdraws by objecting",
        |m| {
            m.withdraw();
            m.consent().status = said("MOTSATT_SEG");
        },
        &[],
    ),
    adult(
        "consent and another basis without a reason",
        |m| m.consent().basis = said("ANNET"),
        &[Code::BasisReasonMissing],
    ),
    adult("not clear, from a hospital", |m| m.consent().status = said("IKKE_AVKLART"), &[Code::ConsentUnclearInHealth]),
    adult(
        "not clear, from a school",
        |m| {
            m.send_from_school();
            m.consent().status = said("IKKE_AVKLART");
        },
        &[Code::ConsentUnclearOutsideHealth],
    ),
    adult(
        "not clear, from the police through a hospital",
        |m| {
            m.reporter().category = said("POLITI");
            m.consent().status = said("IKKE_AVKLART");
        },
        &[Code::ConsentUnclearOutsideHealth],
    ),
    adult(
        "not clear, and withdrawn",
        |m| {
            m.withdraw();
            m.consent().status = said("IKKE_AVKLART");
        },
        &[],
    ),
    adult(
        "not objected, in health",
        |m| {
            m.consent().status = said("IKKE_MOTSATT_SEG");
            m.consent().date = None;
        },
        &[],
    ),
    adult(
        "not objected, from a school",
        |m| {
            m.send_from_school();
            m.consent().status = said("IKKE_MOTSATT_SEG");
        },
        &[Code::NotObjectedOutsideHealth],
    ),
    adult("consent without a date", |m| m.consent().date = None, &[Code::ConsentDateMissing]),
    adult("consent tomorrow", |m| m.consent().date = said("2026-10-07"), &[Code::ConsentDateInFuture]),
    adult("consent today", |m| m.consent().date = said("2026-10-06"), &[]),
    adult("consent a year ago", |m| m.consent().date = said("2025-10-06"), &[]),
    adult("consent more than a year ago", |m| m.consent().date = said("2025-10-05"), &[Code::ConsentOld]),
    adult("an unreadable date of consent is the schema's", |m| m.consent().date = said("i går"), &[]),
    adult(
        "consent that ended yesterday",
        |m| {
            m.consent().date = said("2026-01-01");
            m.consent().valid_until = said("2026-10-05");
        },
        &[Code::ConsentExpired],
    ),
    adult("consent that ends today", |m| m.consent().valid_until = said("2026-10-06"), &[]),
    adult(
        "consent that ends before it begins",
        |m| m.consent().valid_until = said("2026-10-04"),
        &[Code::ConsentPeriodBackwards],
    ),
    adult(
        "consent on behalf, by nobody",
        |m| m.consent().status = said("AVGITT_PA_VEGNE"),
        &[Code::ConsentGiverMissing],
    ),
    adult(
        "consent on behalf, by the person",
        |m| {
            m.consent().status = said("AVGITT_PA_VEGNE");
            m.consent().given_by_role = said("PERSONEN");
        },
        &[Code::ConsentGiverIsPerson],
    ),
    adult(
        "consent on behalf of an adult, without saying why",
        |m| {
            m.consent().status = said("AVGITT_PA_VEGNE");
            m.consent().given_by_role = said("PAARORENDE");
        },
        &[Code::ConsentOnBehalfWithoutBasis],
    ),
    adult(
        "consent on behalf of an adult who cannot decide",
        |m| {
            m.consent().status = said("AVGITT_PA_VEGNE");
            m.consent().given_by_role = said("PAARORENDE");
            m.consent().basis = said("HPL_22");
        },
        &[],
    ),
    adult(
        "a parent consents for an adult",
        |m| m.consent().given_by_role = said("FORESATT"),
        &[Code::ConsentByParentOverSixteen],
    ),
    child("a child consents alone", |m| m.consent().given_by_role = None, &[Code::ConsentByChild]),
    child(
        "one of sixteen consents alone",
        |m| {
            m.without_number("IKKE_OPPGITT");
            m.person().date_of_birth = said("2010-10-06");
            m.patient().date_of_birth = None;
            m.consent().given_by_role = said("PERSONEN");
        },
        &[],
    ),
    child(
        "one of fifteen consents alone",
        |m| {
            m.without_number("IKKE_OPPGITT");
            m.person().date_of_birth = said("2010-10-07");
            m.patient().date_of_birth = None;
            m.consent().given_by_role = said("PERSONEN");
        },
        &[Code::ConsentByChild],
    ),
    child("child welfare consents", |m| m.consent().given_by_role = said("BARNEVERN"), &[]),
    adult(
        "consent to ask nobody in particular",
        |m| m.consent().scopes.push((said("INNHENTE_FRA"), None)),
        &[Code::ConsentScopeUnnamed],
    ),
    adult("consent to ask the GP", |m| m.consent().scopes.push((said("INNHENTE_FRA"), said("Fastlegen"))), &[]),
    // Guardians.
    child("no guardian", |m| m.report().guardians.clear(), &[Code::GuardianMissing]),
    child(
        "no guardian, and why",
        |m| {
            m.report().guardians.clear();
            m.report().no_guardian_reason = said("BARNEVERN_HAR_OMSORG");
        },
        &[],
    ),
    child(
        "no guardian for another reason, which is not said",
        |m| {
            m.report().guardians.clear();
            m.report().no_guardian_reason = said("ANNET");
        },
        &[Code::NoGuardianUnexplained],
    ),
    child(
        "a guardian, and why there is none",
        |m| m.report().no_guardian_reason = said("UKJENT"),
        &[Code::GuardianContradicted],
    ),
    child(
        "no guardian in a withdrawal",
        |m| {
            m.withdraw();
            m.report().guardians.clear();
        },
        &[],
    ),
    child(
        "a guardian must not be told, without a reason",
        |m| {
            m.report().guardians[0].must_not_be_informed = said("true");
            m.report().guardians[0].informed = said("false");
        },
        &[Code::GuardianHiddenWithoutReason],
    ),
    child(
        "a guardian must not be told, and why",
        |m| {
            m.report().guardians[0].must_not_be_informed = said("1");
            m.report().guardians[0].not_informed_reason = said("Barnet ønsker det.");
        },
        &[],
    ),
    child(
        "a guardian who does not know",
        |m| m.report().guardians[0].informed = said("0"),
        &[Code::GuardianUninformedWithoutReason],
    ),
    child(
        "contact through a guardian who must not be told",
        |m| {
            m.report().guardians[0].must_not_be_informed = said("true");
            m.report().guardians[0].not_informed_reason = said("Barnet ønsker det.");
            m.person().contact_ways = vec![just("FORESATT")];
        },
        &[Code::GuardianHiddenYetContact],
    ),
    adult("a guardian of an adult", |m| m.report().guardians.push(guardian()), &[Code::GuardianOfAdult]),
    child(
        "the parents of one of seventeen are not told, which needs no reason",
        |m| {
            m.without_number("IKKE_OPPGITT");
            m.person().date_of_birth = said("2009-01-01");
            m.patient().date_of_birth = None;
            m.consent().given_by_role = None;
            m.report().guardians[0].must_not_be_informed = said("true");
        },
        &[],
    ),
    // Graded addresses and safe contact.
    adult(
        "address and telephone of a protected person",
        |m| m.person().grading = said("STRENGT_FORTROLIG"),
        &[Code::GradedAddressWithContact],
    ),
    adult(
        "a protected person who cannot be found",
        |m| {
            m.person().grading = said("KLIENTADRESSE");
            m.person().address = None;
            m.person().telephone = None;
            m.person().contact_ways = vec![just("MELDER")];
        },
        &[],
    ),
    adult(
        "a protected person whose address is in the header",
        |m| {
            m.person().grading = said("FORTROLIG");
            m.person().address = None;
            m.person().telephone = None;
            m.patient().has_address = true;
        },
        &[Code::GradedAddressWithContact],
    ),
    child(
        "a guardian's telephone of a protected child",
        |m| {
            m.person().grading = said("FORTROLIG");
            m.person().address = None;
            m.person().telephone = None;
        },
        &[Code::GradedAddressWithGuardianTelephone],
    ),
    adult("an ungraded address", |m| m.person().grading = said("UGRADERT"), &[]),
    adult(
        "do not contact, and how to",
        |m| m.person().contact_ways = vec![just("IKKE_KONTAKT"), just("TELEFON")],
        &[Code::ContactWayContradicted],
    ),
];

#[test]
fn all_three_ways_to_find_a_protected_person_are_told_each_at_its_place() {
    let mut message = about_adult();
    message.person().grading = said("STRENGT_FORTROLIG");
    message.person().email = said("ragna@eksempel.example");
    message.patient().has_telecom = true;

    let told = message.observations().iter().filter(|it| it.code == Code::GradedAddressWithContact).count();

    assert_eq!(told, 4);
}

#[test]
fn a_date_of_birth_that_the_number_tells_is_missed_less() {
    let mut message = about_adult();
    message.person().date_of_birth = None;
    assert_eq!(message.observations()[0].severity, Some(Severity::Warning));

    message.without_number("IKKE_OPPGITT");
    assert_eq!(message.observations()[0].severity, None);
    assert_eq!(Code::BirthDateMissing.severity(), Severity::Error);
}

#[test]
fn the_day_is_norways() {
    // Half past midnight on 7 October in Norway; still the 6th in UTC.
    let mut message = about_adult();
    message.received_at = moment("2026-10-06T22:30:00Z");
    message.consent().date = said("2026-10-07");

    assert_eq!(message.observations(), []);
}

/// The consent table of domain/FACTS.md § 1.4: what each status weighs from a health service and from a school.
#[test]
fn every_status_of_consent_is_weighed_by_who_sends() {
    let weights = [
        ("SAMTYKKET", None, None),
        ("SAMTYKKET_MUNTLIG_JOURNALFORT", None, None),
        ("IKKE_MOTSATT_SEG", None, Some(Severity::Error)),
        ("AVGITT_PA_VEGNE", None, None),
        ("IKKE_AVKLART", Some(Severity::Warning), Some(Severity::Error)),
        ("MOTSATT_SEG", Some(Severity::Error), Some(Severity::Error)),
    ];
    for (status, from_health, from_school) in weights {
        for (expected, school) in [(from_health, false), (from_school, true)] {
            let mut message = about_adult();
            message.consent().status = said(status);
            message.consent().given_by_role = (status == "AVGITT_PA_VEGNE").then(|| just("VERGE"));
            message.consent().basis = (status == "AVGITT_PA_VEGNE").then(|| just("HPL_22"));
            if school {
                message.send_from_school();
            }
            let heaviest = message.observations().iter().map(|it| it.severity.unwrap_or(it.code.severity())).max();
            assert_eq!(heaviest, expected, "{status}, from a school: {school}");
        }
    }
}

#[test]
fn whatever_the_kind_a_question_never_asks_for_consent() {
    for kind in ReportKind::ALL {
        let mut message = about_adult();
        message.ask();
        message.report().kind = said(kind.code());
        let asks = message.observations().iter().any(|it| it.code == Code::ConsentMissing);
        assert!(!asks, "there is nobody who could consent");
    }
}
