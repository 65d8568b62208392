//! Stories of the intake, over the real store.

use super::Intake;
use super::IntakeConfig;
use super::NotAccepted;
use super::RejudgeError;
use super::Uncounted;
use super::testing::LittleJudging;
use super::testing::PERSON;
use super::testing::Remembering;
use crate::clock::TestClock;
use crate::domain::AlarmKind;
use crate::domain::AppRecVersion;
use crate::domain::Arrival;
use crate::domain::Channel;
use crate::domain::Code;
use crate::domain::MessageState;
use crate::domain::NoticeChannel;
use crate::domain::OrgNumber;
use crate::domain::Peer;
use crate::domain::Reason;
use crate::domain::Share;
use crate::domain::Timestamp;
use crate::telemetry::Captured;
use bytes::Bytes;
use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use tokio_util::task::TaskTracker;

const NOW: Timestamp = Timestamp(1_791_000_000_000_000);

struct House {
    intake: Arc<Intake>,
    judging: Arc<LittleJudging>,
    store: Arc<Remembering>,
}

impl House {
    async fn new() -> Self {
        let config = IntakeConfig { judging_threads: 2, ..IntakeConfig::default() };
        let judging = Arc::new(LittleJudging::new());
        let store = Remembering::open().await;
        let intake = Intake::new(
            config,
            Arc::clone(&judging) as _,
            Arc::clone(&store) as _,
            Arc::new(TestClock::at(NOW)),
            Arc::new(Uncounted),
            TaskTracker::new(),
        );
        Self { intake, judging, store }
    }

    async fn bring(&self, text: &str) -> Result<super::Accepted, NotAccepted> {
        let peer = hospital();
        let ticket = self.intake.enter(self.intake.sender_of(&peer).unwrap()).unwrap();
        self.intake.accept(ticket, arrival(peer, text), AppRecVersion::V1_1).await
    }
}

fn hospital() -> Peer {
    Peer {
        organisation: OrgNumber::parse("310000108").unwrap(),
        sub_unit: None,
        certificate_sha256: [7; 32],
        certificate_ends: Timestamp(i64::MAX),
    }
}

fn arrival(peer: Peer, text: &str) -> Arrival {
    Arrival {
        peer,
        channel: Channel::Https,
        received_at: NOW,
        bytes: Bytes::copy_from_slice(text.as_bytes()),
        charset: None,
    }
}

#[tokio::test]
async fn an_accepted_message_is_committed_whole_before_it_is_answered() {
    let house = House::new().await;

    let accepted = house.bring(r#"<m id="A-1" v="accepted"/>"#).await.unwrap();

    let settled = house.store.only().await;
    assert_eq!(accepted.state, MessageState::Accepted);
    assert_eq!(accepted.receipt, Some(settled.receipt.as_ref().unwrap().xml.clone()));
    assert_eq!(accepted.reference, settled.message.reference);
    assert_eq!(settled.message.sender_name, "eksempel-sykehus");
    assert_eq!(settled.message.sender_message_id, "A-1");
    assert_eq!(settled.message.message_type, "BEHOVSMELDING");
    let [step] = settled.route.as_slice() else { panic!("{:?}", settled.route) };
    assert_eq!(step.said, "Regelen «gjerstad» passet. Kommunen er 4211.");
    assert!(matches!(&step.reason, Some(Reason::Said(it)) if it.en == "The municipality is 4211."));
    assert_eq!(settled.alarms[0].kind, AlarmKind::Unroutable);
    assert_eq!(settled.alarms[0].subject, "4211");
}

#[tokio::test]
async fn a_unit_that_shall_only_be_aware_learns_nothing_about_the_person() {
    let house = House::new().await;

    house.bring(r#"<m id="A-1" v="accepted"/>"#).await.unwrap();

    let settled = house.store.only().await;
    let [content, awareness] = settled.items.as_slice() else { panic!("two units") };
    assert_eq!(content.summary.reveal().person_name.as_deref(), Some(PERSON));
    assert!(content.urgent);
    assert_eq!(awareness.share, Share::Awareness);
    assert_eq!(awareness.summary.reveal(), &crate::storage::ItemSummary::default());
    assert!(awareness.needs.is_empty());
    let told: Vec<_> = settled.notices.iter().map(|it| (it.unit.0.as_str(), it.channel)).collect();
    assert_eq!(
        told,
        [("gjerstad-tjenestekontor", NoticeChannel::Email), ("gjerstad-tjenestekontor", NoticeChannel::Webhook)]
    );
}

#[tokio::test]
async fn sixty_four_equal_arrivals_are_one_message_and_one_receipt() {
    let house = Arc::new(House::new().await);

    let all: Vec<_> = (0..64)
        .map(|_| {
            let house = Arc::clone(&house);
            tokio::spawn(async move { house.bring(r#"<m id="A-1" v="accepted"/>"#).await.unwrap() })
        })
        .collect();
    let mut answers = HashSet::new();
    for one in all {
        let accepted = one.await.unwrap();
        answers.insert((accepted.message, accepted.receipt));
    }

    assert_eq!(answers.len(), 1);
    assert_eq!(house.store.stored().await.len(), 1);
}

#[tokio::test]
async fn other_bytes_under_the_same_id_are_refused_and_the_first_stands() {
    let house = House::new().await;

    let first = house.bring(r#"<m id="A-1" v="accepted"/>"#).await.unwrap();
    let second = house.bring(r#"<m id="A-1" v="rejected"/>"#).await.unwrap_err();

    assert_eq!(second.code(), Code::MessageIdReused);
    assert!(matches!(second, NotAccepted::Conflict { first_reference } if first_reference == first.reference));
    assert_eq!(house.store.only().await.state, MessageState::Accepted);
    assert_eq!(house.store.refusals_kept().await, 1);
}

#[tokio::test]
async fn a_panic_of_ours_makes_the_message_stuck_and_never_rejects_it() {
    let house = House::new().await;

    let accepted = house.bring(r#"<m id="A-1" v="panic"/>"#).await.unwrap();
    let again = house.bring(r#"<m id="A-1" v="panic"/>"#).await.unwrap();

    assert_eq!(accepted.state, MessageState::Stuck);
    assert_eq!(accepted.receipt, None);
    assert_eq!(accepted.sender_message_id, "A-1");
    assert_eq!(again.message, accepted.message);
    let settled = house.store.only().await;
    assert_eq!(settled.alarms[0].kind, AlarmKind::MessageStuck);
    assert_eq!(settled.alarms[0].subject, accepted.reference.to_string());
    assert_eq!(&settled.message.bytes[..], br#"<m id="A-1" v="panic"/>"#);
}

#[tokio::test]
async fn a_stuck_message_without_an_id_is_known_by_its_hash() {
    let house = House::new().await;

    let accepted = house.bring(r#"<m id="" v="panic"/>"#).await.unwrap();

    assert!(accepted.sender_message_id.starts_with("sha256:"), "{}", accepted.sender_message_id);
    assert_eq!(accepted.sender_message_id.len(), "sha256:".len() + 64);
}

#[tokio::test]
async fn a_stuck_message_is_judged_again_with_its_id_and_reference_kept() {
    let house = House::new().await;
    let stuck = house.bring(r#"<m id="A-1" v="panic"/>"#).await.unwrap();

    assert!(matches!(house.intake.rejudge(stuck.message).await, Err(RejudgeError::StuckAgain)));
    house.judging.mended.store(true, Ordering::SeqCst);
    let state = house.intake.rejudge(stuck.message).await.unwrap();

    assert_eq!(state, MessageState::Accepted);
    let settled = house.store.only().await;
    assert_eq!((settled.message.id, &settled.message.reference), (stuck.message, &stuck.reference));
    assert_eq!(settled.items.len(), 2);
    let organisation = hospital().organisation;
    assert!(house.intake.receipt(&organisation, "A-1").await.unwrap().receipt.is_some());
    assert!(matches!(house.intake.rejudge(stuck.message).await, Err(RejudgeError::NotStuck)));
}

#[tokio::test]
async fn nothing_is_promised_while_the_store_is_down() {
    let house = House::new().await;
    house.store.go_down().await;

    for text in [r#"<m id="A-1" v="accepted"/>"#, r#"<m id="A-2" v="panic"/>"#, r#"<m id="A-3" v="refused"/>"#, "<m/>"]
    {
        let told = house.bring(text).await.unwrap_err();
        assert_eq!(told.code(), Code::StoreUnavailable, "{text}");
    }
}

#[tokio::test]
async fn a_refusal_is_kept_with_hash_and_size_and_without_content() {
    let house = House::new().await;

    let told = house.bring(r#"<m id="A-1" v="refused"/>"#).await.unwrap_err();

    assert_eq!(told.code(), Code::AnswerAddressMissing);
    let kept = &house.store.refusals()[0];
    assert_eq!((kept.code.as_str(), kept.size), ("MP-214", 25));
    assert_eq!(kept.sender_message_id.as_deref(), Some("A-1"));
    assert!(house.store.stored().await.is_empty());
}

#[tokio::test]
async fn a_report_that_nobody_can_receive_leaves_an_alarm() {
    let house = House::new().await;

    let accepted = house.bring(r#"<m id="A-1" v="nowhere"/>"#).await.unwrap();

    assert_eq!(accepted.state, MessageState::Rejected);
    let settled = house.store.only().await;
    assert_eq!(settled.alarms[0].kind, AlarmKind::Unroutable);
    assert_eq!(settled.alarms[0].subject, "HER-id 90001");
}

#[tokio::test]
async fn one_who_hangs_up_does_not_stop_the_commit() {
    let house = House::new().await;
    let peer = hospital();
    let ticket = house.intake.enter(house.intake.sender_of(&peer).unwrap()).unwrap();

    let mut accepting =
        Box::pin(house.intake.accept(ticket, arrival(peer, r#"<m id="A-1" v="accepted"/>"#), AppRecVersion::V1_1));
    // Polled once, then dropped: as when the connection goes away while we work.
    let polled =
        std::future::poll_fn(|context| std::task::Poll::Ready(accepting.as_mut().poll(context).is_pending())).await;
    drop(accepting);
    assert!(polled);

    house.intake.tasks.close();
    house.intake.tasks.wait().await;
    assert_eq!(house.store.only().await.message.sender_message_id, "A-1");
}

#[tokio::test]
async fn a_dry_run_stores_nothing() {
    let house = House::new().await;
    let peer = hospital();
    let enter = || house.intake.enter(house.intake.sender_of(&peer).unwrap()).unwrap();
    let wish = AppRecVersion::V1_1;

    let judged =
        house.intake.preview(enter(), arrival(peer.clone(), r#"<m id="A-1" v="rejected"/>"#), wish).await.unwrap();
    let stuck = house.intake.preview(enter(), arrival(peer.clone(), r#"<m id="A-1" v="panic"/>"#), wish).await;

    assert_eq!(judged.judgement.findings()[0].code, Code::SchemaElementMissing);
    assert_eq!(stuck.err(), Some(Code::JudgingFailed));
    assert!(house.store.stored().await.is_empty());
}

#[tokio::test]
async fn each_message_is_one_line_in_the_log_and_nothing_in_it_is_about_the_person() {
    let house = House::new().await;
    let captured = Captured::default();
    // With a single dispatcher alive, tracing asks the thread that meets a callsite first, which may be another test's and
    // have none; with two it asks them all.
    let _second = tracing::Dispatch::new(tracing_subscriber::registry());
    let subscriber =
        tracing_subscriber::fmt().json().with_max_level(tracing::Level::TRACE).with_writer(captured.clone());
    let _guard = tracing::subscriber::set_default(subscriber.finish());

    for text in [
        r#"<m id="A-1" v="accepted"/>"#,
        r#"<m id="A-1" v="accepted"/>"#,
        r#"<m id="A-1" v="rejected"/>"#,
        r#"<m id="A-2" v="rejected"/>"#,
        r#"<m id="A-3" v="refused"/>"#,
        r#"<m id="A-4" v="panic"/>"#,
    ] {
        let _ = house.bring(text).await;
    }

    let log = captured.text();
    let lines: Vec<serde_json::Value> = log
        .lines()
        .map(|it| serde_json::from_str::<serde_json::Value>(it).unwrap()["fields"].clone())
        .filter(|it| it["verdict"].is_string())
        .collect();
    let told: Vec<_> =
        lines.iter().map(|it| (it["event"].as_str().unwrap(), it["verdict"].as_str().unwrap())).collect();
    assert_eq!(
        told,
        [
            ("message_settled", "accepted"),
            ("message_repeated", "accepted"),
            ("message_conflict", "refused"),
            ("message_settled", "rejected"),
            ("message_refused", "refused"),
            ("message_stuck", "stuck"),
        ]
    );
    assert_eq!(lines[0]["peer.org"], "310000108");
    assert_eq!(lines[0]["message.id"], lines[1]["message.id"]);
    assert_eq!(lines[3]["codes"], "MP-303");
    for personal in [PERSON, "Sigrun", "Fiktiv", "30887901887"] {
        assert!(!log.contains(personal), "{personal} is in the log");
    }
}
