//! What a case worker says on the page reaches whoever sent the report, unless it is undone in time. Two whole houses.

use crate::support::Browser;
use crate::support::Page;
use crate::support::Peers;
use crate::support::Place;
use crate::support::TestGateway;
use crate::support::add_hospital;
use crate::support::corpus;
use crate::support::receipt;
use crate::support::text;
use crate::support::wait_until;
use meldeport::domain::ItemState;
use meldeport::domain::MessageLimits;
use meldeport::domain::OutboundState;
use meldeport::storage::MessageDetail;
use meldeport::storage::MessageQuery;
use meldeport::storage::OutboundQuery;
use meldeport::storage::OutboundRow;
use meldeport::storage::StoreError;
use meldeport::wire;
use meldeport::wire::UnpackLimits;
use std::time::Duration;

const PASSWORD: &str = "fjorten grønne elger";
const ANSWER: &str = "Takk. Vi har oppnevnt koordinator, og ringer dere i morgen.";

/// The hospital's gateway and Karmøy's, each knowing the other; and the hospital has reported to Karmøy.
async fn reported() -> (TestGateway, TestGateway, Peers, MessageDetail) {
    let (peers, hospital, karmoy) = (Peers::new(), Place::hospital(), Place::karmoy());
    let at_hospital = TestGateway::open_with(|config, folder| {
        add_hospital(folder);
        peers.join(config, folder, &hospital, &[&karmoy]);
    })
    .await;
    let at_karmoy = TestGateway::open_with(|config, folder| peers.join(config, folder, &karmoy, &[&hospital])).await;
    let reply = at_karmoy.send_as("hospital", at_karmoy.fresh(corpus!("valid/hospital-ke-relay.xml"))).await;
    assert_eq!(receipt(&reply).status.code.as_deref(), Some("1"), "{}", text(&reply));
    let message = at_karmoy.message(&reply).await;
    (at_hospital, at_karmoy, peers, message)
}

/// A case worker of the unit that has the message: signed in, has opened it and taken it. Gives the item's path too.
async fn at_work(gateway: &TestGateway, about: &MessageDetail) -> (Browser, String) {
    let link = gateway.invite("kari", &[&about.items[0].0.0]).await;
    let mut browser = gateway.browser();
    let page = browser.get(&link).await;
    let page = browser.post(&page, &link, &[("password", PASSWORD), ("repeat", PASSWORD)]).await;
    assert_eq!(page.status, 303, "{}", page.body);
    let list = browser.get("/").await;
    let open = list.actions().into_iter().find(|it| it.ends_with("/open")).unwrap().to_owned();
    let page = browser.post(&list, &open, &[]).await;
    let item = page.location;
    let report = browser.get(&item).await;
    let page = browser.post(&report, &format!("{item}/take"), &[]).await;
    assert_eq!(page.status, 303, "{}", page.body);
    (browser, item)
}

async fn say(browser: &mut Browser, item: &str, act: &str, fields: &[(&str, &str)]) -> Page {
    let path = format!("{item}/do/{act}");
    let form = browser.get(&path).await;
    assert_eq!(form.status, 200, "{}", form.body);
    let page = browser.post(&form, &path, fields).await;
    assert_eq!(page.status, 303, "{}", page.body);
    browser.get(&page.location).await
}

async fn sent(gateway: &TestGateway) -> Vec<OutboundRow> {
    gateway.house().store.outbounds(&OutboundQuery { rows_max: 10, ..OutboundQuery::default() }).await.unwrap()
}

async fn acknowledged(gateway: &TestGateway) -> OutboundRow {
    wait_until("it is acknowledged", async || {
        sent(gateway).await.first().is_some_and(|it| it.state == OutboundState::Acknowledged)
    })
    .await;
    sent(gateway).await.remove(0)
}

/// Everything that the gateway has from Karmøy.
async fn from_karmoy(gateway: &TestGateway) -> Vec<MessageDetail> {
    let query = MessageQuery { sender: Some("karmoy-kommune".to_owned()), rows_max: 10, ..MessageQuery::default() };
    let mut all = Vec::new();
    for row in gateway.house().store.messages(&query).await.unwrap() {
        all.push(gateway.house().store.message(&row.id.to_string()).await.unwrap());
    }
    all
}

async fn body_of(gateway: &TestGateway, message: &MessageDetail) -> String {
    let raw = gateway.house().store.raw(message.row.id).await.unwrap();
    let body = String::from_utf8(raw.bytes.reveal().to_vec()).unwrap();
    gateway.plant(body.as_bytes());
    body
}

/// seed: K-07
/// seed in part: K-15, K-21
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_case_worker_answers_reaches_the_hospital_when_it_can_no_longer_be_undone() {
    let (hospital, karmoy, _peers, about) = reported().await;
    let (mut kari, item) = at_work(&karmoy, &about).await;
    karmoy.plant(format!("<a><TekstNotatInnhold>{ANSWER}</TekstNotatInnhold></a>").as_bytes());
    let answer = [("kind", "FORELOPIG"), ("text", ANSWER), ("way", "ELEKTRONISK")];

    // Undone within ten seconds: nothing is sent, however long one waits.
    let page = say(&mut kari, &item, "answered", &answer).await;
    karmoy.clock.advance(Duration::from_secs(5));
    let page = kari.post(&page, &format!("{item}/undo"), &[]).await;
    assert_eq!(page.status, 303, "{}", page.body);
    karmoy.clock.advance(Duration::from_secs(60));
    tokio::time::sleep(Duration::from_millis(2500)).await;
    assert_eq!(sent(&karmoy).await, []);

    say(&mut kari, &item, "answered", &answer).await;
    karmoy.clock.advance(Duration::from_secs(9));
    tokio::time::sleep(Duration::from_millis(1500)).await;
    assert_eq!(sent(&karmoy).await, [], "it can still be undone");
    karmoy.clock.advance(Duration::from_secs(3));
    let row = acknowledged(&karmoy).await;

    assert_eq!((row.attempts, row.receiver.as_str()), (1, "eksempel-sykehus"));
    let arrived = from_karmoy(&hospital).await;
    assert_eq!(arrived.len(), 1, "once");
    assert_eq!(arrived[0].row.message_type, "DIALOG_HELSEFAGLIG");
    assert_eq!(arrived[0].row.sender_message_id, row.id.to_string());
    let body = body_of(&hospital, &arrived[0]).await;
    let tree = roxmltree::Document::parse(&body).unwrap();
    let opened = wire::open(&tree, &UnpackLimits::from(&MessageLimits::default())).unwrap();
    assert_eq!(opened.head.conversation.unwrap().parent, about.row.sender_message_id);
    assert!(body.contains(ANSWER) && body.contains("Foreløpig svar."));
    let page = kari.get(&item).await;
    assert!(page.body.contains("svarte melder") && page.body.contains(ANSWER), "{}", page.body);
    karmoy.close().await;
    hospital.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_came_to_the_wrong_place_is_told_of_and_then_gone() {
    let (hospital, karmoy, _peers, about) = reported().await;
    let (mut kari, item) = at_work(&karmoy, &about).await;

    say(&mut kari, &item, "wrong_addressee", &[("reason", "1"), ("text", ""), ("way", "ELEKTRONISK")]).await;
    karmoy.clock.advance(Duration::from_secs(12));
    acknowledged(&karmoy).await;

    let arrived = from_karmoy(&hospital).await;
    assert_eq!((arrived.len(), arrived[0].row.message_type.as_str()), (1, "DIALOG_AVVIK"));
    body_of(&hospital, &arrived[0]).await;
    let store = &karmoy.house().store;
    wait_until("the content is gone", async || matches!(store.raw(about.row.id).await, Err(StoreError::Absent))).await;
    let now = store.message(&about.row.id.to_string()).await.unwrap();
    assert_eq!(now.items[0].1, ItemState::Withdrawn);
    assert!(now.journal.iter().any(|it| it.action == "content_removed"));
    karmoy.close().await;
    hospital.close().await;
}
