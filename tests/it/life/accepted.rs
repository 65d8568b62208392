//! The main job: a hospital's report reaches its unit and is answered.

use crate::support::Page;
use crate::support::TestGateway;
use crate::support::corpus;
use crate::support::header;
use crate::support::message_id;
use crate::support::receipt;
use crate::support::text;
use crate::support::wait_until;
use meldeport::clock::Clock as _;
use meldeport::config::EngineChoice;
use meldeport::domain::ItemState;
use meldeport::domain::Timestamp;
use sqlx::AssertSqlSafe;
use sqlx::Connection as _;
use sqlx::PgConnection;
use std::time::Duration;
use std::time::Instant;
use uuid::Uuid;

/// In which a sender has its receipt, also on a busy machine.
const RECEIPT_WAIT_MAX: Duration = Duration::from_secs(5);
const UNIT: &str = "gjerstad-tjenestekontor";
const PASSWORD: &str = "fjorten grønne elger";

/// seed: H-04, L-26, L-27
/// seed in part: H-20, K-02
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_accepted_report_reaches_its_unit_and_is_read_taken_and_closed_by_a_case_worker() {
    let gateway = TestGateway::open().await;

    whole_way(&gateway).await;

    gateway.close().await;
}

/// The same house on the other engine. PostgreSQL is found by `MELDEPORT_TEST_PG_URL`.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_accepted_report_goes_the_whole_way_on_postgresql() {
    let Ok(url) = std::env::var("MELDEPORT_TEST_PG_URL") else {
        eprintln!("NOT TESTED ON POSTGRESQL: MELDEPORT_TEST_PG_URL is not set (postgres://…)");
        return;
    };
    let schema = format!("house_{}", Uuid::now_v7().simple());
    say(&url, format!("CREATE SCHEMA {schema}")).await;
    let mark = if url.contains('?') { '&' } else { '?' };
    let gateway = TestGateway::open_with(|config, folder| {
        let file = folder.join("data/postgres-url");
        std::fs::write(file, format!("{url}{mark}options[search_path]={schema}\n")).unwrap();
        config.store.engine = EngineChoice::Postgres;
    })
    .await;

    whole_way(&gateway).await;

    gateway.close().await;
    say(&url, format!("DROP SCHEMA {schema} CASCADE")).await;
}

async fn say(url: &str, sql: String) {
    let mut connection = PgConnection::connect(url).await.unwrap();
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
}

async fn whole_way(gateway: &TestGateway) {
    let (message, asked) = (gateway.fresh(corpus!("valid/hospital-inpatient.xml")), Instant::now());
    let sent_at = gateway.clock.now();
    let reply = gateway.send_as("hospital", message.clone()).await;

    // The receipt comes within seconds, with the reference, the time, and who received.
    assert!(asked.elapsed() < RECEIPT_WAIT_MAX, "{:?}", asked.elapsed());
    assert_eq!(reply.status, 200, "{}", text(&reply));
    let (told, xml) = (receipt(&reply), text(&reply));
    assert_eq!(told.status.code.as_deref(), Some("1"));
    assert_eq!((told.original_id, told.sender.as_str()), (message_id(&message), "Gjerstad kommune (eksempel)"));
    let made = xml.split("<GenDate>").nth(1).unwrap().split('<').next().unwrap();
    let made = Timestamp::from_jiff(made.parse().unwrap());
    assert!(made.since(sent_at) < RECEIPT_WAIT_MAX && sent_at.since(made) < Duration::from_secs(1), "{made:?}");
    let sender = xml.split("<Sender>").nth(1).unwrap().split("</Sender>").next().unwrap();
    assert!(sender.contains("<Id>90001</Id>") && sender.contains("<Id>900011</Id>"), "{sender}");
    let reference = header(&reply, "meldeport-reference");
    assert_eq!(gateway.message(&reply).await.row.reference.as_str(), reference);

    // The unit is told that something waits, and no more.
    wait_until("the unit is told", async || !gateway.sink.mails().is_empty()).await;
    let mail = gateway.sink.mails().remove(0);
    assert_eq!(mail.to, ["tjenestekontor@gjerstad.example"]);
    assert!(mail.body().contains(reference), "{}", mail.text);

    // A new case worker chooses a password by the one-time link, and signs in on another machine.
    let link = gateway.invite("kari", &[UNIT]).await;
    let mut browser = gateway.browser();
    let page = browser.get(&link).await;
    let page = browser.post(&page, &link, &[("password", PASSWORD), ("repeat", PASSWORD)]).await;
    assert_eq!(page.status, 303, "{}", page.body);
    let mut browser = gateway.browser();
    let again = browser.get(&link).await;
    assert_eq!(again.status, 410, "the link holds once: {}", again.body);
    assert!(!again.actions().contains(&link.as_str()), "and there is no form to fill in: {}", again.body);
    let page = browser.get("/sign-in").await;
    let page = browser.post(&page, "/sign-in", &[("login", "kari"), ("password", PASSWORD)]).await;
    assert_eq!((page.status, page.location.as_str()), (303, "/"), "{}", page.body);

    let list = browser.get("/").await;
    assert!(list.body.contains(reference), "{}", list.body);
    let open = ending(&list, "/open");
    let page = browser.post(&list, &open, &[]).await;
    assert_eq!(page.status, 303, "{}", page.body);
    let report = browser.get(&page.location).await;
    assert!(report.body.contains("Ragna") && report.body.contains("Prøvesen"), "{}", report.body);
    assert!(report.title().contains(reference) && !report.title().contains("Prøvesen"), "{}", report.title());

    let page = browser.post(&report, &ending(&report, "/take"), &[]).await;
    let taken = browser.get(&page.location).await;
    let refused = browser.post(&taken, &ending(&taken, "/close"), &[]).await;
    assert_eq!(refused.status, 409, "nothing is done without being filed: {}", refused.body);
    let item = ending(&taken, "/close").trim_end_matches("/close").to_owned();
    for (act, fields) in [
        ("archived", &[("reference", "2026/17-3")][..]),
        ("decided", &[("outcome", "INNVILGET"), ("on", "2026-11-22"), ("text", "")][..]),
    ] {
        let form = browser.get(&format!("{item}/do/{act}")).await;
        let page = browser.post(&form, &format!("{item}/do/{act}"), fields).await;
        assert_eq!(page.status, 303, "{act}: {}", page.body);
    }
    let ready = browser.get(&item).await;
    let page = browser.post(&ready, &ending(&ready, "/close"), &[]).await;
    assert_eq!(page.status, 303, "{}", page.body);
    assert!(browser.get(&page.location).await.body.contains("Kari Saksbehandler"));

    let detail = gateway.message(&reply).await;
    let items: Vec<_> = detail.items.iter().map(|(unit, state)| (unit.0.as_str(), *state)).collect();
    assert_eq!(items, [(UNIT, ItemState::Closed)]);
    let done: Vec<_> = detail.journal.iter().map(|it| it.action.as_str()).collect();
    assert!(done.len() >= 4, "each step is in the journal: {done:?}");
}

/// Where the only form on the page goes to that ends so.
fn ending(page: &Page, end: &str) -> String {
    let found: Vec<_> = page.actions().into_iter().filter(|it| it.ends_with(end)).collect();
    assert_eq!(found.len(), 1, "{found:?}");
    found[0].to_owned()
}
