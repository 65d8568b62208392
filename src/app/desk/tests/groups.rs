//! What a group leaves unread, and who works together.

use super::Gateway;
use super::now;
use crate::clock::Clock;
use crate::domain::Act;
use crate::domain::Acting;
use crate::domain::Authority;
use crate::domain::Colleague;
use crate::domain::*;
use crate::inbox::Names as _;
use crate::inbox::ReportDesk;
use crate::inbox::Written;
use crate::notify::EmailConfig;
use crate::notify::EmailNotifier;
use crate::notify::EmailTls;
use crate::notify::Notice;
use crate::notify::Notifier as _;
use crate::sink::Sink;
use crate::sink::SinkTls;
use crate::storage::Deed;
use crate::storage::*;
use crate::work::Bell;
use jiff::civil::date;
use std::sync::Arc;
use std::time::Duration;
use uuid::Uuid;

/// A case is lifted to the group in Risør, where nobody sits; after its own time the deputy, then the leader, gets a letter
/// through a real mail server, and the letters tell nothing about whom.
///
/// seed: G-05, R-03
#[tokio::test]
async fn what_a_group_leaves_unread_is_written_to_its_deputy_and_leader_without_persons() {
    let gateway = Gateway::new().await;
    let sent = gateway.desk.send(&gateway.child(), Written::ByReporter).await.unwrap();
    let reference = sent.reference.to_string();
    let lingering = gateway.store.unread_items(None, 9).await.unwrap().remove(0);
    let who = Colleague { id: Uuid::from_u128(1), name: "Kari Saksbehandler".to_owned() };
    let lift = Act::Lift {
        to: LiftTo::Group { item: Uuid::now_v7(), group: UnitId("risor-koordinerende-enhet".to_owned()) },
        reason: LiftReason::NotSolvedOtherwise,
        step: LiftStep::Two,
        text: None,
    };
    // Nobody takes it at home; else somebody looks after it, and its copy is not reminded of.
    for act in [Act::Open, lift] {
        let by = Acting { who: who.clone(), authority: Authority::Own, at: now() };
        let deed = Deed { item: lingering.item, units: vec![lingering.unit.clone()], act, by, version: None };
        assert!(matches!(gateway.store.act_on_case(&deed).await.unwrap(), Acted::Done { .. }));
    }

    gateway.clock.advance(Duration::from_hours(24 * 60));
    let metrics = Arc::new(crate::telemetry::Metrics::new("0"));
    let config = crate::work::DeadlinesConfig::default();
    let (store, heart, clock) = (gateway.store.clone(), gateway.heart.clone(), gateway.clock.clone());
    let meetings = gateway.store.clone();
    let worker = crate::work::DeadlineWorker::new(store, meetings, heart, clock, metrics, &config, Bell::default());
    worker.look().await.unwrap();

    let sink = Sink::start(SinkTls::None).await.unwrap();
    let email = EmailConfig {
        server: "127.0.0.1".to_owned(),
        port: sink.address().port(),
        tls: EmailTls::None,
        from: "Meldeport <ikke-svar@mottak.example>".to_owned(),
        ..EmailConfig::default()
    };
    let inbox = "https://innboks.risor.example/";
    let heart = gateway.heart.clone();
    let notifier = EmailNotifier::new(&email, std::path::Path::new(""), inbox, heart, gateway.clock.clone()).unwrap();
    let until = gateway.clock.now().plus(Duration::from_secs(60));
    // One at a time for each unit and channel, so it is asked until nothing is left.
    loop {
        let claim = Claim { rows_max: 9, now: gateway.clock.now(), until };
        let leases = gateway.store.claim_notices(claim).await.unwrap();
        if leases.is_empty() {
            break;
        }
        for lease in leases {
            let held = lease.held.clone();
            let DueNotice { id, unit, reference, created_at, unread, reminder, meeting, about, graded, .. } = held;
            if reminder.is_some() {
                let names_unit = !graded;
                let notice = Notice { id, unit, reference, created_at, unread, reminder, meeting, about, names_unit };
                notifier.notify(&notice).await.unwrap();
            }
            gateway.store.settle_notice(&lease, Next::Delivered, None, gateway.clock.now()).await.unwrap();
        }
    }
    let mails = sink.mails();
    let to = |part: &str| mails.iter().filter(|it| it.to.iter().any(|it| it.contains(part))).collect::<Vec<_>>();
    let deputy = to("stedfortreder-koordinerende-enhet@risor.example");
    assert_eq!(deputy.len(), 1, "{:?}", mails.iter().map(|it| &it.to).collect::<Vec<_>>());
    assert!(deputy[0].header("Subject").unwrap().contains("stedfortreder"));
    assert!(mails.iter().any(|it| it.header("Subject").unwrap().contains("leder:")), "and the leader after that");
    let (report, mut planted) = (gateway.child(), vec!["BARNEKOORDINATOR".to_owned(), "Barnekoordinator".to_owned()]);
    let patient = report.patient.as_ref().unwrap();
    planted.extend(patient.id.number.as_ref().map(|it| it.reveal().clone()));
    planted.extend(patient.name.as_ref().and_then(|it| it.family.as_ref()).map(|it| it.reveal().clone()));
    for mail in &mails {
        let said = format!("{}\n{}", mail.header("Subject").unwrap(), mail.body());
        assert!(said.contains(&reference), "{said}");
        assert!(planted.iter().all(|it| !said.contains(it.as_str())), "{said}");
    }
}

/// Who can be lifted to without asking, by the directory as it is published.
#[tokio::test]
async fn units_of_one_municipality_work_together_and_those_of_two_do_not() {
    let gateway = Gateway::new().await;
    let unit = |id: &str| UnitId(id.to_owned());
    let (office, day) = (unit("gjerstad-tjenestekontor"), date(2026, 11, 22));

    assert_eq!(gateway.heart.municipality_of(&office).as_deref(), Some("Gjerstad"));
    assert!(gateway.heart.work_together(&office, &unit("gjerstad-koordinerende-gruppe"), day));
    assert!(!gateway.heart.work_together(&office, &unit("loppa-koordinerende-enhet"), day));
    assert!(!gateway.heart.work_together(&office, &unit("finnes-ikke"), day));
}
