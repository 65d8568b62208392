//! Registers, geography, reporter, needs and the report's code lists.

use super::build::Message;
use super::build::Trial;
use super::build::about_adult;
use super::build::adult;
use super::build::at;
use super::build::child;
use super::build::just;
use super::build::reporter;
use super::build::role;
use super::build::said;
use super::build::service;
use crate::domain::Code;
use crate::domain::DraftAdmission;
use crate::domain::Environment;
use crate::domain::Severity;

pub(super) const TRIALS: &[Trial] = &[
    // The person, by the kind of report.
    adult(
        "a report about nobody",
        |m| {
            m.report().patient = None;
            m.report().consent = None;
            m.head.patient = None;
        },
        &[Code::PatientMissing],
    ),
    adult("a question", Message::ask, &[]),
    adult("a question about a person", |m| m.report().kind = said("SPORSMAL"), &[Code::QuestionWithPatient]),
    adult(
        "a question with a patient in the header",
        |m| {
            m.report().kind = said("SPORSMAL");
            m.report().patient = None;
        },
        &[Code::QuestionWithPatient],
    ),
    adult("a withdrawal", Message::withdraw, &[]),
    adult("a team around the person", |m| m.report().kind = said("ANSVARSGRUPPE"), &[]),
    // Registers.
    adult(
        "a mistyped organisation number of the reporter",
        |m| m.reporter().organisation = said("310000109"),
        &[Code::OrganisationNumberControlDigit],
    ),
    adult("half an organisation number is the schema's", |m| m.reporter().organisation = said("3100001"), &[]),
    adult(
        "a mistyped organisation number of the hospital",
        |m| {
            m.report().admission = Some(DraftAdmission {
                at: at("Innleggelse"),
                hospital: said("310000109"),
                ward: None,
                planned_discharge: None,
            });
        },
        &[Code::OrganisationNumberControlDigit],
    ),
    adult("a HER-id beyond 31 bits", |m| m.reporter().her_id = said("9999999999"), &[Code::HerIdOutOfRange]),
    adult("a HPR number of noughts", |m| m.reporter().hpr = said("000"), &[Code::HprNumberImplausible]),
    adult("no HPR number", |m| m.reporter().hpr = None, &[]),
    adult("for a hospital trust, but which", |m| m.report().level = said("HF"), &[Code::HospitalTrustNumberMissing]),
    adult(
        "for a hospital trust",
        |m| {
            m.report().level = said("HF");
            m.report().receiver_organisation = said("310000108");
        },
        &[],
    ),
    // Geography.
    adult(
        "a municipality that does not exist",
        |m| m.report().municipality = said("9998"),
        &[Code::MunicipalityNotValid],
    ),
    adult("a municipality of 2019", |m| m.report().municipality = said("1201"), &[Code::MunicipalityNotValid]),
    adult(
        "a municipality of 2019, in a report of 2019",
        |m| {
            m.report().municipality = said("1201");
            m.report().created = said("2019-12-31T23:59:59+01:00");
        },
        &[],
    ),
    adult("half a municipality is the schema's", |m| m.report().municipality = said("42"), &[]),
    adult(
        "another municipality's district",
        |m| m.report().district = said("460101"),
        &[Code::DistrictOutsideMunicipality],
    ),
    adult(
        "a district",
        |m| {
            m.report().municipality = said("4601");
            m.report().district = said("460101");
        },
        &[],
    ),
    adult("no district where there are some", |m| m.report().municipality = said("4601"), &[Code::DistrictRecommended]),
    adult(
        "no district in a question",
        |m| {
            m.ask();
            m.report().municipality = said("4601");
        },
        &[],
    ),
    adult(
        "a new municipality that does not exist",
        |m| m.report().new_municipality = said("9998"),
        &[Code::NewMunicipalityNotValid],
    ),
    adult(
        "to move to where one is",
        |m| m.report().new_municipality = said("4211"),
        &[Code::NewMunicipalitySameAsReceiver],
    ),
    adult("to move", |m| m.report().new_municipality = said("1149"), &[]),
    adult(
        "to move, but where to",
        |m| m.report().transitions.push(just("FLYTTING")),
        &[Code::MoveWithoutNewMunicipality],
    ),
    adult("to begin at school", |m| m.report().transitions.push(just("SKOLESTART")), &[]),
    // Reporter.
    adult(
        "a hospital that is a private person",
        |m| {
            m.reporter().private = true;
            m.reporter().organisation = None;
        },
        &[Code::ReporterOrganisationMissing],
    ),
    adult(
        "the person, with an organisation",
        |m| m.reporter().category = said("PERSON_SELV"),
        &[Code::ReporterOrganisationUnexpected],
    ),
    adult("a volunteer, with an organisation", |m| m.reporter().category = said("FRIVILLIG"), &[]),
    adult(
        "the next of kin",
        |m| {
            m.reporter().category = said("PAARORENDE");
            m.reporter().private = true;
            m.reporter().organisation = None;
        },
        &[],
    ),
    adult(
        "a relay that does not say for whom",
        |m| m.reporter().category = said("HF_KE"),
        &[Code::OriginalReporterMissing],
    ),
    adult(
        "a relay",
        |m| {
            m.reporter().category = said("HF_KE");
            m.report().original_reporter = Some(reporter());
        },
        &[],
    ),
    adult(
        "a telephone of noughts",
        |m| m.reporter().telephone = said("00000000"),
        &[Code::ReporterTelephoneImplausible],
    ),
    adult("a telephone of two digits", |m| m.reporter().telephone = said("12"), &[Code::ReporterTelephoneImplausible]),
    adult("a short number", |m| m.reporter().telephone = said("02800"), &[]),
    adult("no telephone is the schema's", |m| m.reporter().telephone = None, &[]),
    // Needs.
    adult("no need", |m| m.report().needs.clear(), &[Code::NeedMissing]),
    adult("an unknown need is the schema's", |m| m.report().needs[0].kind = said("ALT"), &[]),
    adult(
        "a withdrawal of nothing",
        |m| {
            m.withdraw();
            m.report().concerns = None;
        },
        &[Code::WithdrawalWithoutReference],
    ),
    adult("a change of nothing", |m| m.report().kind = said("ENDRET_BEHOV"), &[Code::ChangeWithoutReference]),
    adult(
        "a report about itself",
        |m| m.report().concerns = said("AAAAAAAA-BBBB-4CCC-8DDD-EEEEEEEEEEEE"),
        &[Code::ReportRefersToItself],
    ),
    adult(
        "an identity number in the description",
        |m| m.report().description = said("Gjelder 128354 01802, som trenger hjelp."),
        &[Code::IdentityNumberInText],
    ),
    adult(
        "an identity number as family link",
        |m| m.report().family_link = said("12835401802"),
        &[Code::IdentityNumberInText],
    ),
    adult("one service", |m| m.report().services.truncate(1), &[Code::FewServices]),
    adult("no service", |m| m.report().services.clear(), &[Code::FewServices]),
    adult(
        "one service twice",
        |m| m.report().services = vec![service("BOLIG"), service("BOLIG")],
        &[Code::FewServices],
    ),
    adult("two other services", |m| m.report().services = vec![service("ANNET"), service("ANNET")], &[]),
    adult("a short need", |m| m.report().duration = said("KORTVARIG"), &[Code::DurationShort]),
    adult(
        "a child coordinator for an adult",
        |m| m.report().needs[0].kind = said("BARNEKOORDINATOR"),
        &[Code::ChildCoordinatorForAdult],
    ),
    adult(
        "a plan for an expected child",
        |m| {
            m.expect_child("2026-12-24");
            m.report().needs[0].kind = said("IP");
        },
        &[Code::UnbornWithoutChildCoordinator],
    ),
    adult("urgent, but why", |m| m.report().urgency = said("HASTER"), &[Code::UrgencyWithoutReason]),
    adult(
        "urgent",
        |m| {
            m.report().urgency = said("HASTER");
            m.report().urgency_reason = said("UTSKRIVNING");
        },
        &[],
    ),
    adult("discharged yesterday", |m| m.report().admission = Some(admission("2026-10-05")), &[Code::DischargeInPast]),
    adult("discharged today", |m| m.report().admission = Some(admission("2026-10-06")), &[]),
    // Code lists.
    adult(
        "an unknown profession",
        |m| m.reporter().roles = vec![role("QQ", "2.16.578.1.12.4.1.1.9060")],
        &[Code::NationalCodeUnknown],
    ),
    adult(
        "a profession said to be a function",
        |m| m.reporter().roles = vec![role("SP", "2.16.578.1.12.4.1.1.9034")],
        &[Code::NationalCodeUnknown],
    ),
    adult("a function", |m| m.reporter().roles = vec![role("8", "2.16.578.1.12.4.1.1.9034")], &[]),
    adult("a role of another system is the schema's", |m| m.reporter().roles = vec![role("1", "1.2.3")], &[]),
    child("an unknown relation", |m| m.report().guardians[0].relation = said("QQ"), &[Code::NationalCodeUnknown]),
    adult("northern Sámi", |m| m.report().language = said("se"), &[Code::TextLanguageOther]),
    adult("nynorsk", |m| m.report().language = said("nn"), &[]),
    adult("something unknown has no report to look at", |m| m.draft = None, &[]),
];

fn admission(discharge: &str) -> DraftAdmission {
    DraftAdmission {
        at: at("Innleggelse"),
        hospital: said("310000108"),
        ward: said("Medisinsk avdeling"),
        planned_discharge: said(discharge),
    }
}

#[test]
fn made_up_organisations_are_remarked_where_everything_is_made_up() {
    let mut message = about_adult();
    message.reporter().organisation = said("310000109");
    message.rulebook.environment = Environment::Test;

    assert_eq!(message.observations()[0].severity, Some(Severity::Warning));
}

#[test]
fn what_an_old_municipality_number_has_become_is_told() {
    let mut message = about_adult();
    message.report().municipality = said("1201");

    let observations = message.observations();

    let expected = observations[0].expected.as_ref().unwrap();
    assert_eq!(expected.nb, "Nummeret er erstattet av 4601 Bergen.");
    assert_eq!(expected.en, "The number was replaced by 4601 Bergen.");
}
