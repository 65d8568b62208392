//! Gateways that write to each other: a municipality answers a hospital, a report is passed on to another municipality, and
//! what comes back is kept with what it is about. Real TLS, real certificates, two whole houses.

use crate::support::Peers;
use crate::support::Place;
use crate::support::TestGateway;
use crate::support::add_hospital;
use crate::support::corpus;
use crate::support::header;
use crate::support::message_id;
use crate::support::receipt;
use crate::support::text;
use crate::support::wait_until;
use meldeport::app::Draft;
use meldeport::app::OutboundTimes;
use meldeport::app::outbound_id;
use meldeport::domain::AttachmentContent;
use meldeport::domain::CoordinatingBody;
use meldeport::domain::FaultReason;
use meldeport::domain::MessageLimits;
use meldeport::domain::NoWayOut;
use meldeport::domain::OutboundId;
use meldeport::domain::OutboundKind;
use meldeport::domain::OutboundState;
use meldeport::domain::Redacted;
use meldeport::domain::UnitId;
use meldeport::storage::Actor;
use meldeport::storage::MessageDetail;
use meldeport::storage::MessageQuery;
use meldeport::storage::OutboundRow;
use meldeport::trial::Reply;
use meldeport::wire;
use meldeport::wire::UnpackLimits;
use std::time::Duration;

const ANSWER: &str = "Takk. Vi har oppnevnt koordinator, og ringer dere i morgen.";

/// What a case worker at the unit that has the message writes; said at once when it cannot be sent.
async fn write(
    gateway: &TestGateway,
    about: &MessageDetail,
    kind: OutboundKind,
    said: &str,
) -> Result<OutboundId, NoWayOut> {
    gateway.plant(format!("<a><TekstNotatInnhold>{said}</TekstNotatInnhold></a>").as_bytes());
    let house = gateway.house();
    let now = meldeport::clock::Clock::now(&*gateway.clock);
    let draft = Draft {
        id: outbound_id(&*gateway.clock),
        item: None,
        unit: about.items[0].0.clone(),
        kind,
        text: Redacted::new(said.to_owned()),
        by: Actor::Person { id: "kari".to_owned(), name: "Kari Saksbehandler".to_owned() },
    };
    let id = draft.id;
    let original = house.store.raw(about.row.id).await.unwrap();
    let ready = house.heart().ready_to_send(draft, &original, OutboundTimes::of(&gateway.config), now)?;
    house.store.enqueue(ready).await.unwrap();
    house.ring_outbound();
    Ok(id)
}

async fn row(gateway: &TestGateway, id: OutboundId) -> OutboundRow {
    gateway.house().store.outbound(id).await.unwrap()
}

async fn until(gateway: &TestGateway, id: OutboundId, state: OutboundState) -> OutboundRow {
    wait_until(&format!("it is {}", state.label()), async || row(gateway, id).await.state == state).await;
    row(gateway, id).await
}

/// The one message that the gateway has from a sender.
async fn only_from(gateway: &TestGateway, sender: &str) -> MessageDetail {
    let query = MessageQuery { sender: Some(sender.to_owned()), rows_max: 10, ..MessageQuery::default() };
    let rows = gateway.house().store.messages(&query).await.unwrap();
    assert_eq!(rows.len(), 1, "{rows:?}");
    gateway.house().store.message(&rows[0].id.to_string()).await.unwrap()
}

async fn body_of(gateway: &TestGateway, message: &MessageDetail) -> String {
    let raw = gateway.house().store.raw(message.row.id).await.unwrap();
    String::from_utf8(raw.bytes.reveal().to_vec()).unwrap()
}

/// The hospital's gateway and Karmøy's, each knowing the other.
async fn hospital_and_karmoy() -> (TestGateway, TestGateway, Peers) {
    let (peers, hospital, karmoy) = (Peers::new(), Place::hospital(), Place::karmoy());
    let at_hospital = TestGateway::open_with(|config, folder| {
        add_hospital(folder);
        peers.join(config, folder, &hospital, &[&karmoy]);
    })
    .await;
    let at_karmoy = TestGateway::open_with(|config, folder| peers.join(config, folder, &karmoy, &[&hospital])).await;
    (at_hospital, at_karmoy, peers)
}

/// The hospital's coordinating unit reports to Karmøy.
async fn reported(karmoy: &TestGateway) -> (Reply, MessageDetail) {
    let reply = karmoy.send_as("hospital", karmoy.fresh(corpus!("valid/hospital-ke-relay.xml"))).await;
    assert_eq!(receipt(&reply).status.code.as_deref(), Some("1"), "{}", text(&reply));
    let message = karmoy.message(&reply).await;
    (reply, message)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_municipality_answers_and_the_hospitals_gateway_acknowledges() {
    let (hospital, karmoy, _peers) = hospital_and_karmoy().await;
    let (_, about) = reported(&karmoy).await;

    let id = write(&karmoy, &about, OutboundKind::Answer, ANSWER).await.unwrap();
    let row = until(&karmoy, id, OutboundState::Acknowledged).await;

    assert_eq!((row.attempts, row.receiver.as_str()), (1, "eksempel-sykehus"));
    let answer = only_from(&hospital, "karmoy-kommune").await;
    assert_eq!(answer.row.sender_message_id, id.to_string());
    assert_eq!(answer.row.message_type, "DIALOG_HELSEFAGLIG");
    assert_eq!(answer.items.iter().map(|(unit, _)| unit.0.as_str()).collect::<Vec<_>>(), ["sykehus-ke"]);
    let body = body_of(&hospital, &answer).await;
    hospital.plant(body.as_bytes());
    let tree = roxmltree::Document::parse(&body).unwrap();
    let opened = wire::open(&tree, &limits()).unwrap();
    assert_eq!(opened.head.conversation.unwrap().parent, about.row.sender_message_id);
    assert!(body.contains(ANSWER));
    let journal = karmoy.house().store.message(&about.row.id.to_string()).await.unwrap().journal;
    let actions: Vec<_> = journal.iter().map(|it| it.action.as_str()).filter(|it| it.starts_with("outbound")).collect();
    assert_eq!(actions, ["outbound_queued", "outbound_acknowledged"]);
    karmoy.close().await;
    hospital.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_report_is_passed_on_with_its_reporter_and_its_attachments() {
    let (peers, hospital, karmoy, gjerstad) = (Peers::new(), Place::hospital(), Place::karmoy(), Place::gjerstad());
    let to = TestGateway::open_with(|config, folder| peers.join(config, folder, &gjerstad, &[&karmoy])).await;
    let from =
        TestGateway::open_with(|config, folder| peers.join(config, folder, &karmoy, &[&hospital, &gjerstad])).await;
    let original = from.fresh(corpus!("valid/attachments.xml"));
    let reply = from.send_as("hospital", original.clone()).await;
    let about = from.message(&reply).await;
    let number = |it: &str| CoordinatingBody::parse(it).unwrap();

    let nobody = write(&from, &about, OutboundKind::Transfer(number("5614")), "").await;
    let why = "Personen bor i Gjerstad.";
    let id = write(&from, &about, OutboundKind::Transfer(number("4211")), why).await.unwrap();
    until(&from, id, OutboundState::Acknowledged).await;

    assert_eq!(nobody, Err(NoWayOut::ReceiverUnknown));
    let arrived = only_from(&to, "karmoy-kommune").await;
    let body = body_of(&to, &arrived).await;
    to.plant(body.as_bytes());
    assert_eq!(attachments(&body), attachments(&original));
    assert_eq!(attachments(&body).len(), 3);
    let (_, reporter) = body.split_once("<OpprinneligMelder>").unwrap();
    assert!(reporter.contains("<Navn>Bjørnar Prøveås</Navn>"), "{reporter}");
    assert!(body.contains(why) && body.contains("<Navn>Kari Saksbehandler</Navn>"));
    assert!(arrived.items.iter().any(|(unit, _)| unit.0.starts_with("gjerstad")), "{:?}", arrived.items);
    from.close().await;
    to.close().await;
}

/// A municipality passes a report on to the coordinating unit of a hospital trust, which answers with an AppRec like any other.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_report_is_passed_on_to_the_coordinating_unit_of_a_hospital_trust() {
    let (peers, karmoy, gjerstad) = (Peers::new(), Place::karmoy(), Place::gjerstad());
    let trust = Place { takes_as_trust: true, ..Place::hospital() };
    let mut to = TestGateway::open_with(|config, folder| {
        add_hospital(folder);
        peers.join(config, folder, &trust, &[&karmoy]);
    })
    .await;
    let from = TestGateway::open_with(|config, folder| peers.join(config, folder, &karmoy, &[&trust, &gjerstad])).await;
    let original = from.fresh(corpus!("valid/attachments.xml"));
    let reply = from.send_as("hospital", original.clone()).await;
    let about = from.message(&reply).await;

    let kind = OutboundKind::Transfer(CoordinatingBody::parse("310000108").unwrap());
    let id = write(&from, &about, kind, "Personen trenger rehabilitering i sykehus.").await.unwrap();
    until(&from, id, OutboundState::Acknowledged).await;

    let arrived = only_from(&to, "karmoy-kommune").await;
    let body = body_of(&to, &arrived).await;
    to.plant(body.as_bytes());
    assert!(body.contains("<Nivaa>HF</Nivaa><Orgnr>310000108</Orgnr>") && body.contains("<OpprinneligMelder>"));
    assert_eq!(attachments(&body), attachments(&original));
    assert!(arrived.items.iter().any(|(unit, _)| unit.0 == "sykehus-ke"), "{:?}", arrived.items);
    // The trust has a unit and no rules.
    to.ends_with_alarm("unroutable", "1149");
    from.close().await;
    to.close().await;
}

fn limits() -> UnpackLimits {
    UnpackLimits::from(&MessageLimits::default())
}

fn attachments(message: &str) -> Vec<(Option<String>, Vec<u8>)> {
    let tree = roxmltree::Document::parse(message).unwrap();
    let all = wire::open(&tree, &limits()).unwrap().attachments;
    let bytes = |it: meldeport::domain::Attachment| match it.content {
        AttachmentContent::Inline(file) => {
            (it.id, wire::attachment_bytes(tree.input_text(), &file, &limits()).unwrap())
        }
        other => panic!("the corpus has inline attachments: {other:?}"),
    };
    all.into_iter().map(bytes).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_receiver_that_is_down_gets_it_when_it_is_back_and_gets_it_once() {
    let (peers, hospital, karmoy) = (Peers::new(), Place::hospital(), Place::karmoy());
    let from = TestGateway::open_with(|config, folder| peers.join(config, folder, &karmoy, &[&hospital])).await;
    let (_, about) = reported(&from).await;

    let id = write(&from, &about, OutboundKind::Question, "Hvilken avdeling ligger han på?").await.unwrap();
    wait_until("it has been tried", async || row(&from, id).await.last_failure.is_some()).await;
    assert_eq!(row(&from, id).await.state, OutboundState::Queued);
    let to = TestGateway::open_with(|config, folder| {
        add_hospital(folder);
        peers.join(config, folder, &hospital, &[&karmoy]);
    })
    .await;
    from.clock.advance(Duration::from_secs(60 * 60));
    let row = until(&from, id, OutboundState::Acknowledged).await;

    assert!(row.attempts >= 2, "{row:?}");
    let question = only_from(&to, "karmoy-kommune").await;
    assert_eq!(question.row.sender_message_id, id.to_string());
    to.plant(body_of(&to, &question).await.as_bytes());
    from.close().await;
    to.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_rejection_wakes_the_operator_and_tells_the_unit() {
    let (peers, hospital, karmoy) = (Peers::new(), Place::hospital(), Place::karmoy());
    // The hospital has registered other HER-ids for the municipality.
    let stranger = Place { her_ids: &[99999, 999_991], ..karmoy.clone() };
    let to = TestGateway::open_with(|config, folder| {
        add_hospital(folder);
        peers.join(config, folder, &hospital, &[&stranger]);
    })
    .await;
    let mut from = TestGateway::open_with(|config, folder| peers.join(config, folder, &karmoy, &[&hospital])).await;
    let (reply, about) = reported(&from).await;
    wait_until("the unit has been told of the report", async || from.queued().await == 0).await;
    let mails = from.sink.mails().len();

    let id = write(&from, &about, OutboundKind::Answer, ANSWER).await.unwrap();
    let row = until(&from, id, OutboundState::Rejected).await;

    assert_eq!(row.answer_codes, ["S02", "S02"]);
    let reference = header(&reply, "meldeport-reference").to_owned();
    assert!(from.open_alarms().await.contains(&("outbound_rejected".to_owned(), reference.clone())));
    wait_until("the unit is told", async || from.sink.mails().len() == mails + 1).await;
    let (status, _) = from.admin_post(&format!("/outbound/{id}/requeue")).await;
    assert_eq!(status, 200);
    until(&from, id, OutboundState::Rejected).await;
    from.ends_with_alarm("outbound_rejected", &reference);
    to.plant(body_of(&to, &only_from(&to, "karmoy-kommune").await).await.as_bytes());
    from.close().await;
    to.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn feedback_on_an_error_finds_what_it_is_about() {
    let (hospital, mut karmoy, _peers) = hospital_and_karmoy().await;
    let (reply, about) = reported(&karmoy).await;
    let id = write(&karmoy, &about, OutboundKind::Answer, ANSWER).await.unwrap();
    until(&karmoy, id, OutboundState::Acknowledged).await;
    let answer = only_from(&hospital, "karmoy-kommune").await;

    let kind = OutboundKind::FaultReport(FaultReason::WrongAddressee);
    let fault = write(&hospital, &answer, kind, "Pasienten er ikke hos oss.").await.unwrap();
    until(&hospital, fault, OutboundState::Acknowledged).await;

    let row = row(&karmoy, id).await;
    assert_eq!((row.state, row.answer_codes.as_slice()), (OutboundState::Rejected, &["8117:1".to_owned()][..]));
    let said = karmoy.house().store.message(&fault.to_string()).await.unwrap();
    // It joins the case that the answer was about.
    assert_eq!((said.row.message_type.as_str(), said.items.len()), ("DIALOG_AVVIK", 0));
    let reference = header(&reply, "meldeport-reference").to_owned();
    assert!(said.route.iter().any(|it| it.said.contains(&reference)), "{:?}", said.route);
    karmoy.ends_with_alarm("outbound_rejected", &reference);
    karmoy.close().await;
    hospital.close().await;
}

fn apprec(original: &str, status: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><AppRec xmlns="http://www.kith.no/xmlstds/apprec/2012-02-15"><MsgType V="APPREC" DN="Applikasjonskvittering"/><MIGversion>v1.1 2012-02-15</MIGversion><GenDate>2026-11-22T12:00:00Z</GenDate><Id>5f3c1a52-0000-4000-8000-000000000001</Id><Sender><HCP><Inst><Name>Eksempel sykehus HF</Name></Inst></HCP></Sender><Receiver><HCP><Inst><Name>Karmøy kommune</Name></Inst></HCP></Receiver><Status V="{status}" DN=""/><Error V="E21" S="2.16.578.1.12.4.1.1.8221" DN="Mottaker finnes ikke"/><OriginalMsgId><MsgType V="DIALOG_HELSEFAGLIG" DN=""/><IssueDate>2026-11-22T12:00:00Z</IssueDate><Id>{original}</Id></OriginalMsgId></AppRec>"#
    )
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_receipt_that_comes_by_itself_is_matched_and_never_answered_by_a_receipt() {
    let (hospital, mut karmoy, _peers) = hospital_and_karmoy().await;
    let (reply, about) = reported(&karmoy).await;
    let id = write(&karmoy, &about, OutboundKind::Answer, ANSWER).await.unwrap();
    until(&karmoy, id, OutboundState::Acknowledged).await;

    let good = karmoy.send_as("hospital", apprec(&id.to_string(), "1")).await;
    let strangers = karmoy.send_as("school", apprec(&id.to_string(), "2")).await;
    let unknown = karmoy.send_as("hospital", apprec(&message_id(corpus!("valid/nynorsk.xml")), "2")).await;
    let unclear = karmoy.send_as("hospital", apprec(&id.to_string(), "7")).await;
    let unchanged = row(&karmoy, id).await.state;
    let negative = karmoy.send_as("hospital", apprec(&id.to_string(), "2")).await;
    let again = karmoy.send_as("hospital", apprec(&id.to_string(), "2")).await;

    assert_eq!(unchanged, OutboundState::Acknowledged);
    for (answer, said) in [(&strangers, "MP-510"), (&unknown, "MP-510"), (&unclear, "MP-511")] {
        assert!(answer.status.is_client_error() && text(answer).contains(said), "{}", text(answer));
    }
    let reference = header(&reply, "meldeport-reference").to_owned();
    for answer in [&good, &negative, &again] {
        assert_eq!((answer.status.as_u16(), answer.body.len()), (200, 0), "{}", text(answer));
        assert_eq!(header(answer, "meldeport-reference"), reference);
    }
    let row = row(&karmoy, id).await;
    assert_eq!((row.state, row.answer_codes.as_slice()), (OutboundState::Rejected, &["E21".to_owned()][..]));
    karmoy.ends_with_alarm("outbound_rejected", &reference);
    hospital.plant(body_of(&hospital, &only_from(&hospital, "karmoy-kommune").await).await.as_bytes());
    karmoy.close().await;
    hospital.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sender_without_a_way_back_is_told_of_at_once() {
    let gateway = TestGateway::open().await;
    let reply = gateway.send_as("hospital", gateway.fresh(corpus!("valid/hospital-inpatient.xml"))).await;
    let about = gateway.message(&reply).await;

    let answer = write(&gateway, &about, OutboundKind::Answer, ANSWER).await;

    assert_eq!(answer, Err(NoWayOut::NoAddress));
    assert_eq!(about.items[0].0, UnitId("gjerstad-tjenestekontor".to_owned()));
    gateway.close().await;
}
