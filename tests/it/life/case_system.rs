//! Case systems over real TLS: one that is bound to its client certificate, and one that keeps its cursor over a restore.

use crate::support::CaseWorker;
use crate::support::Peers;
use crate::support::Place;
use crate::support::TestGateway;
use crate::support::corpus;
use crate::support::header;
use crate::support::wait_until;
use meldeport::app::sha256;
use meldeport::domain::Clearance;
use meldeport::domain::OutboundState;
use meldeport::domain::UnitId;
use meldeport::inbox::Token;
use meldeport::storage::Actor;
use meldeport::storage::ApiCredential;
use meldeport::storage::NewApiClient;
use meldeport::storage::UserId;
use reqwest::Certificate;
use reqwest::Client;
use reqwest::Identity;
use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::PemObject;
use serde_json::Value;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;
use uuid::Uuid;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_case_system_that_is_bound_to_a_certificate_gets_in_with_it_and_nowhere_else() {
    let gateway = TestGateway::open_with(|config, _| {
        config.api_listener.enabled = true;
        config.api_listener.listen = SocketAddr::from(([127, 0, 0, 1], 0));
    })
    .await;
    let house = gateway.house();
    let (certificate, _) = gateway.world.certificate("hospital");
    let certificate = sha256(&CertificateDer::from_pem_file(certificate).unwrap());
    let token = add_system(&gateway, "epj", Some(certificate)).await;
    let (own, people) = (house.api_address.unwrap(), house.inbox_address);

    let mut answers = Vec::new();
    for (who, address) in [(Some("hospital"), own), (Some("school"), own), (None, own), (Some("hospital"), people)] {
        let url = format!("https://{address}/api/v1/me");
        let answer = caller(&gateway, who).get(url).bearer_auth(&token).send().await.unwrap();
        let status = answer.status().as_u16();
        let told: Value = answer.json().await.unwrap();
        answers.push((status, told["code"].as_str().unwrap_or_default().to_owned()));
    }

    let refused = || (403, "MP-603".to_owned());
    assert_eq!(answers, [(200, String::new()), refused(), refused(), refused()]);
    let page = caller(&gateway, Some("hospital")).get(format!("https://{own}/sign-in")).send().await.unwrap();
    assert_eq!(page.status().as_u16(), 404, "it is for case systems only");
    gateway.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cursor_kept_over_a_restore_is_refused_and_no_report_is_passed_over() {
    let mut gateway = TestGateway::open().await;
    let token = add_system(&gateway, "arkiv", None).await;
    let copy = gateway.world.folder.join("copy.db").display().to_string();
    report(&gateway, 1).await;
    let (_, told) = changes(&gateway, &token, "").await;
    let early = told["next_cursor"].as_str().unwrap().to_owned();
    // What is on its way to a unit while the copy is taken, is tried again only when its lease has run out.
    wait_until("the units have been told", async || gateway.queued().await == 0).await;
    let (status, said) = gateway.command(&["backup", &copy]).await;
    assert_eq!(status, Some(0), "{said}");
    report(&gateway, 2).await;
    let (_, told) = changes(&gateway, &token, &early).await;
    let kept = told["next_cursor"].as_str().unwrap().to_owned();
    assert_eq!(accepted(&told), 2);

    gateway.close_house().await;
    let (status, said) = gateway.command(&["restore", "--replace", &copy]).await;
    assert_eq!(status, Some(0), "{said}");
    gateway.open_house().await;

    let refused = || (410, Value::from("MP-620"));
    let answer = async |cursor| changes(&gateway, &token, cursor).await;
    let (status, told) = answer(&kept).await;
    assert_eq!((status, told["code"].clone()), refused(), "the journal is shorter now");
    report(&gateway, 4).await;
    let (status, told) = answer(&kept).await;
    assert_eq!((status, told["code"].clone()), refused(), "also when it has grown past it");
    let (status, told) = answer(&early).await;
    assert_eq!((status, accepted(&told)), (200, 4), "a cursor of before the copy is of both journals");
    assert_eq!(accepted(&answer("").await.1), 5);
    gateway.close().await;
}

/// A letter that did not arrive is no answer, neither of the unit nor of anybody outside.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_case_system_is_told_that_an_answer_was_not_delivered_and_not_that_one_has_come() {
    let (peers, nobody_listens, gjerstad) = (Peers::new(), Place::hospital(), Place::gjerstad());
    let mut gateway = TestGateway::open_with(|config, folder| {
        peers.join(config, folder, &gjerstad, &[&nobody_listens]);
        config.work.outbound.attempts_max = 1;
    })
    .await;
    let token = add_system(&gateway, "epj", None).await;
    let reply = gateway.send_as("hospital", gateway.fresh(corpus!("valid/hospital-inpatient.xml"))).await;
    let reference = header(&reply, "meldeport-reference").to_owned();
    let mut kari = CaseWorker::new(&gateway, "kari", &["gjerstad-tjenestekontor"]).await;
    kari.take().await;
    kari.say("answered", &[("kind", "FORELOPIG"), ("text", "Vi har meldingen."), ("way", "ELEKTRONISK")]).await;
    let item = kari.item.clone();
    let stands = async || {
        let answers = asked(&gateway, &token, &format!("{item}/answers")).await.1["answers"].clone();
        let short = asked(&gateway, &token, &item).await.1["answers"].clone();
        assert_eq!(answers.as_array().unwrap().len(), 1);
        assert_eq!(answers[0]["delivery"], short[0]["delivery"]);
        (answers[0]["delivery"].clone(), answers[0]["arrived_at"].clone())
    };
    assert_eq!(stands().await, (Value::from("waits"), Value::Null), "it can be undone");

    gateway.clock.advance(Duration::from_secs(12));
    wait_until("it is given up", async || {
        gateway.sent().await.first().is_some_and(|it| it.state == OutboundState::Abandoned)
    })
    .await;

    assert_eq!(stands().await, (Value::from("abandoned"), Value::Null));
    let (_, told) = changes(&gateway, &token, "").await;
    let words: Vec<_> = told["changes"].as_array().unwrap().iter().map(|it| it["event"].as_str().unwrap()).collect();
    assert_eq!(words, ["accepted", "opened", "taken", "answered", "outbound_abandoned"]);
    let came = asked(&gateway, &token, &format!("{item}/follow-ups")).await.1;
    assert_eq!(came["follow_ups"], Value::Array(Vec::new()), "nobody has said anything");
    let page = kari.page().await;
    assert!(page.body.contains("ble ikke levert. Ring mottakeren"), "{}", page.body);
    assert_eq!(page.body.matches("fikk ikke fram det enheten sendte").count(), 1, "{}", page.body);
    gateway.ends_with_alarm("outbound_abandoned", &reference);
    gateway.close().await;
}

/// Sends so many reports.
async fn report(gateway: &TestGateway, times: usize) {
    for _ in 0..times {
        let reply = gateway.send_as("hospital", gateway.fresh(corpus!("valid/hospital-inpatient.xml"))).await;
        assert_eq!(reply.status, 200);
    }
}

async fn changes(gateway: &TestGateway, token: &str, cursor: &str) -> (u16, Value) {
    let query = if cursor.is_empty() { String::new() } else { format!("?cursor={cursor}") };
    let url = format!("https://{}/api/v1/changes{query}", gateway.house().inbox_address);
    let answer = caller(gateway, None).get(url).bearer_auth(token).send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap())
}

/// What the interface says at the path of a page.
async fn asked(gateway: &TestGateway, token: &str, path: &str) -> (u16, Value) {
    let url = format!("https://{}/api/v1{path}", gateway.house().inbox_address);
    let answer = caller(gateway, None).get(url).bearer_auth(token).send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap())
}

/// How many reports have come, by a page of what has happened.
fn accepted(told: &Value) -> usize {
    assert_eq!(told["more"], false);
    told["changes"].as_array().unwrap().iter().filter(|it| it["event"] == "accepted").count()
}

/// Registers a case system; gives its token.
async fn add_system(gateway: &TestGateway, name: &str, certificate_sha256: Option<[u8; 32]>) -> String {
    let (token, now) = (Token::generate(), meldeport::clock::Clock::now(&*gateway.clock));
    let client = NewApiClient {
        id: UserId(Uuid::now_v7()),
        name: name.to_owned(),
        units: vec![UnitId("gjerstad-tjenestekontor".to_owned())],
        clearance: Clearance::Ordinary,
        certificate_sha256,
        credential: ApiCredential { token_sha256: token.sha256(), expires: now.plus(Duration::from_secs(3600)) },
    };
    let by = Actor::Operator("drift".to_owned());
    assert!(gateway.house().store.add_api_client(&client, &by, now).await.unwrap());
    token.text().reveal().clone()
}

/// Trusts the made-up authority; shows the certificate of `who`.
fn caller(gateway: &TestGateway, who: Option<&str>) -> Client {
    let read = |file: PathBuf| std::fs::read(file).unwrap();
    let authority = Certificate::from_pem(&read(gateway.world.authority())).unwrap();
    let mut client = Client::builder().tls_certs_only([authority]);
    if let Some(who) = who {
        let (certificate, key) = gateway.world.certificate(who);
        client = client.identity(Identity::from_pem(&[read(certificate), read(key)].concat()).unwrap());
    }
    client.build().unwrap()
}
