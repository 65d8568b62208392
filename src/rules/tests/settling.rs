//! From draft to report.

use super::build::about_adult;
use super::build::about_child;
use super::build::just;
use super::build::said;
use crate::domain::AddressGrading;
use crate::domain::Code;
use crate::domain::ConsentStatus;
use crate::domain::DraftReport;
use crate::domain::HerId;
use crate::domain::NeedKind;
use crate::domain::ReceiverLevel;
use crate::domain::ReportKind;
use crate::domain::UrgencyLevel;
use crate::rules::obstacles;
use crate::rules::settle;
use jiff::civil::date;

/// Whether the code of the obstacles is told, for the test that no code is dead.
pub(super) fn tells_of_obstacles() -> bool {
    let mut message = about_adult();
    message.report().kind = None;
    obstacles(message.report()).iter().all(|it| it.code == Code::ReportIncomplete) && settle(message.report()).is_none()
}

#[test]
fn a_good_draft_becomes_a_report_with_all_that_it_said() {
    let mut message = about_child();
    message.report().guardians[0].must_not_be_informed = said("1");

    let report = settle(message.report()).unwrap();

    assert_eq!(report.kind, ReportKind::Need);
    assert_eq!(report.created.to_string(), "2026-10-06T07:10:00.000000Z");
    assert_eq!((report.receiver.municipality.as_str(), report.receiver.level), ("4211", ReceiverLevel::Municipality));
    let patient = report.patient.unwrap();
    assert_eq!(patient.id.number.unwrap().reveal(), "04861751843");
    assert_eq!(patient.name.unwrap().full().reveal(), "Ragna Prøvesen");
    assert_eq!(patient.date_of_birth.unwrap().reveal(), &date(2017, 6, 4));
    assert_eq!((patient.grading, patient.unborn), (AddressGrading::Ungraded, None));
    assert_eq!(report.consent.status, ConsentStatus::Given);
    assert_eq!(report.consent.date, Some(date(2026, 10, 5)));
    assert_eq!(report.guardians[0].must_not_be_informed, Some(true));
    assert_eq!(report.guardians[0].has_parental_responsibility, Some(true));
    assert_eq!(report.needs[0].kind, NeedKind::ChildCoordinator);
    assert_eq!((report.services.len(), report.urgency.level), (2, UrgencyLevel::Ordinary));
    assert_eq!(report.reporter.her_id, Some(HerId(800_011)));
}

#[test]
fn a_question_settles_without_person_and_consent() {
    let mut message = about_adult();
    message.ask();

    let report = settle(message.report()).unwrap();

    assert_eq!((report.patient, report.consent.status), (None, ConsentStatus::Unclear));
}

#[test]
fn an_expected_child_settles_with_its_due_date() {
    let mut message = about_adult();
    message.expect_child("2026-12-24");

    let patient = settle(message.report()).unwrap().patient.unwrap();

    assert_eq!(patient.unborn.unwrap().reveal(), &Some(date(2026, 12, 24)));
    assert_eq!((patient.name, patient.date_of_birth), (None, None));
}

#[test]
fn a_stand_in_for_a_number_settles_as_no_number() {
    let mut message = about_adult();
    message.person().id = said("05082600100");

    let id = settle(message.report()).unwrap().patient.unwrap().id;

    assert_eq!((id.kind.as_str(), id.number, id.reason.as_deref()), ("UKJENT", None, Some("NYFODT")));
}

#[test]
fn blanks_in_an_identity_number_are_taken_out() {
    let mut message = about_adult();
    message.person().id = said("128354 01802");

    assert_eq!(settle(message.report()).unwrap().patient.unwrap().id.number.unwrap().reveal(), "12835401802");
}

#[test]
fn the_date_of_birth_is_the_numbers_when_no_other_is_said() {
    let mut message = about_adult();
    message.person().date_of_birth = None;

    let patient = settle(message.report()).unwrap().patient.unwrap();

    assert_eq!(patient.date_of_birth.unwrap().reveal(), &date(1954, 3, 12));
}

#[test]
fn what_is_required_or_dangerous_to_lose_keeps_a_draft_from_settling() {
    let changes: [fn(&mut DraftReport); 20] = [
        |it| it.report_id = None,
        |it| it.created = said("2026-10-06T09:10:00"),
        |it| it.kind = said("ØNSKE"),
        |it| it.municipality = None,
        |it| it.municipality = said("42"),
        |it| it.district = said("4211"),
        |it| it.level = said("FYLKE"),
        |it| it.reporter = None,
        |it| it.reporter.as_mut().unwrap().category = said("NABO"),
        |it| {
            it.original_reporter =
                it.reporter.clone().map(|reporter| crate::domain::DraftReporter { category: None, ..reporter })
        },
        |it| it.consent.as_mut().unwrap().status = None,
        |it| it.needs[0].kind = said("ALT"),
        |it| it.services[1].kind = None,
        |it| it.urgency = said("STRAKS"),
        |it| it.new_municipality = said("9"),
        |it| it.patient.as_mut().unwrap().id_kind = None,
        |it| it.patient.as_mut().unwrap().grading = said("HEMMELIG"),
        |it| it.patient.as_mut().unwrap().unborn = said("kanskje"),
        |it| {
            it.guardians.push(super::build::guardian());
            it.guardians[0].must_not_be_informed = said("ja");
        },
        |it| {
            it.attachments.push(crate::domain::DraftAttachmentReference {
                at: it.at.clone(),
                kind: said("ANNET"),
                document: None,
                title: None,
            });
        },
    ];
    for (index, change) in changes.into_iter().enumerate() {
        let mut message = about_adult();
        change(message.report());

        assert!(settle(message.report()).is_none(), "change {index}");
        assert_eq!(obstacles(message.report()).len(), 1, "change {index}");
    }
}

#[test]
fn other_unreadable_values_are_left_out() {
    let mut message = about_adult();
    message.report().duration = said("EVIG");
    message.report().needs[0].dimensions = vec![just("ÅNDELIG"), just("SOSIAL")];
    message.consent().date = said("i går");
    message.reporter().her_id = said("9999999999");

    let report = settle(message.report()).unwrap();

    assert_eq!((report.duration, report.consent.date, report.reporter.her_id), (None, None, None));
    assert_eq!(report.needs[0].dimensions.len(), 1);
    assert!(obstacles(message.report()).is_empty());
}

#[test]
fn all_obstacles_are_met_at_once() {
    let mut message = about_adult();
    message.report().created = None;
    message.report().municipality = None;
    message.person().grading = said("HEMMELIG");
    message.consent().status = said("KANSKJE");
    message.reporter().category = None;
    message.report().needs[0].kind = None;

    assert_eq!(obstacles(message.report()).len(), 6);
}
