//! Whom and what the form takes.

use super::Gateway;
use super::now;
use crate::clock::Clock;
use crate::domain::*;
use crate::inbox::PublicDirectory;
use crate::inbox::ReportDesk;
use crate::inbox::Written;
use crate::storage::*;
use jiff::civil::date;
use uuid::Uuid;

/// seed: H-26, L-41
/// seed in part: H-20, H-23, H-43, H-50, G-26
#[tokio::test]
async fn every_kind_of_reporter_is_taken_without_an_hpr_number() {
    let gateway = Gateway::new().await;
    let mut sent_by = Vec::new();
    for category in ReporterCategory::ALL.iter().copied().filter(|it| *it != ReporterCategory::HospitalCoordinatingUnit)
    {
        let mut report = gateway.adult();
        report.reporter.category = category;
        report.reporter.hpr = None;
        if category.is_private() {
            report.reporter.private = true;
            (report.reporter.organisation, report.reporter.organisation_name) = (None, None);
            report.reporter.her_id = None;
        }
        let judgement = gateway.judge(&report).await;
        assert!(judgement.is_accepted, "{}: {:?}", category.code(), judgement.findings);
        let sent = gateway.desk.send(&report, Written::ByReporter).await.unwrap();
        assert!(sent.is_accepted, "{}", category.code());
        sent_by.push((category, sent.reference.to_string()));
    }
    // One of each is in the register of the unit that has them all, under its own kind.
    let (mut kari, _) = gateway.staff("risor-helse-og-omsorg").await;
    assert!(sent_by.len() > 20, "{sent_by:?}");
    for (category, reference) in sent_by {
        let csv = kari.get(&format!("/register.csv?sector={}", category.code())).await.body;
        assert!(csv.lines().count() == 2 && csv.contains(&reference), "{}: {csv}", category.code());
    }
}

/// seed: H-22
#[tokio::test]
async fn every_age_is_taken() {
    let gateway = Gateway::new().await;
    for (years, born) in [(0, date(2026, 8, 1)), (17, date(2009, 2, 1)), (18, date(2008, 2, 1)), (95, date(1931, 2, 1))]
    {
        let mut report = if years < 16 { gateway.child() } else { gateway.adult() };
        let patient = report.patient.as_mut().unwrap();
        patient.id = PatientId { kind: "UKJENT".to_owned(), number: None, reason: Some("IKKE_OPPGITT".to_owned()) };
        patient.date_of_birth = Some(Redacted::new(born));
        let judgement = gateway.judge(&report).await;
        assert!(judgement.is_accepted, "{years}: {:?}", judgement.findings);
        let doubted = judgement.findings.iter().find(|it| it.code == Code::BirthDateImplausible);
        assert_eq!((judgement.born.map(Redacted::into_inner), doubted), (Some(born), None));
        let sent = gateway.desk.send(&report, Written::ByReporter).await.unwrap();
        let rows = gateway.rows(if years < 18 { "risor-oppvekst" } else { "risor-helse-og-omsorg" }).await;
        assert!(rows.iter().any(|it| it.reference == sent.reference), "{years}: {rows:?}");
    }
}

/// seed: L-42, L-43, H-41
/// seed in part: L-44
#[tokio::test]
async fn one_service_an_uncertain_duration_and_every_service_are_taken() {
    let gateway = Gateway::new().await;
    let mut report = gateway.adult();
    report.duration = Some(ExpectedDuration::Uncertain);
    let all: Vec<String> = {
        let texts = include_str!("../../../../schemas/behovsmelding-1.0.xsd");
        let list =
            texts.split("simpleType name=\"TjenesteType\"").nth(1).unwrap().split("</xs:simpleType>").next().unwrap();
        list.split("enumeration value=\"").skip(1).map(|it| it.split('"').next().unwrap().to_owned()).collect()
    };
    assert!(all.len() > 30);
    for kind in all {
        report.report_id = Uuid::now_v7().to_string();
        let (status, name) = (Some("NAA".to_owned()), None);
        report.services = vec![Service { kind: kind.clone(), level: None, status, name, contact: None }];
        let judgement = gateway.judge(&report).await;
        assert!(judgement.is_accepted, "{kind}: {:?}", judgement.findings);
        let few = judgement.findings.iter().find(|it| it.code == Code::FewServices).map(|it| it.severity);
        assert_eq!(few, Some(Severity::Info), "{kind}");
        let sent = gateway.desk.send(&report, Written::ByReporter).await.unwrap();
        let kept = gateway.store.message(&sent.reference.to_string()).await.unwrap();
        assert!(sent.is_accepted && !kept.items.is_empty(), "{kind}: {kept:?}");
        let said = kept.findings.iter().find(|it| it.code == Code::FewServices.id()).map(|it| it.severity);
        assert_eq!(said, Some(Severity::Info), "{kind}");
    }
}

#[tokio::test]
async fn a_report_of_no_service_is_led_to_the_default_unit_and_the_same_report_twice_is_one() {
    let gateway = Gateway::new().await;
    let mut report = gateway.adult();
    report.services.clear();
    let default = gateway.heart.reception(&report.receiver.municipality, date(2026, 11, 20)).unwrap().units.remove(0);

    assert_eq!(gateway.judge(&report).await.units, [default.id]);
    let first = gateway.desk.send(&report, Written::ByReporter).await.unwrap();
    let again = gateway.desk.send(&report, Written::ByReporter).await.unwrap();
    assert!(first.is_accepted && first.reference == again.reference);
    assert_eq!(gateway.clock.now(), now());
}
