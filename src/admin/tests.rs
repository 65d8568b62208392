use super::AdminConfig;
use super::AdminError;
use super::AdminState;
use super::OtherMachines;
use super::PROBE_KEPT_MAX;
use super::PROBE_TIME_MAX;
use super::Readiness;
use super::Requeue;
use super::RequeueError;
use super::serve;
use crate::clock::Clock;
use crate::clock::TestClock;
use crate::domain::AlarmKind;
use crate::domain::MessageId;
use crate::domain::NewAlarm;
use crate::domain::NoticeId;
use crate::domain::OutboundId;
use crate::domain::Timestamp;
use crate::storage::Alarm;
use crate::storage::AlarmOutcome;
use crate::storage::JournalProof;
use crate::storage::MessageDetail;
use crate::storage::MessageQuery;
use crate::storage::MessageRow;
use crate::storage::NewJournalLine;
use crate::storage::OperatorStore;
use crate::storage::StoreError;
use crate::storage::Tallies;
use crate::telemetry::CertificateBook;
use crate::telemetry::Metrics;
use crate::telemetry::OWN;
use crate::telemetry::Pulse;
use async_trait::async_trait;
use serde_json::Value;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::Mutex;
use std::time::Duration;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

const STUCK: Uuid = Uuid::from_u128(11);
const ABANDONED: Uuid = Uuid::from_u128(12);

/// A database that can be unplugged, or made slow.
#[derive(Default)]
struct Plug {
    trouble: Mutex<Trouble>,
    probes: Mutex<u32>,
    alarms: Mutex<Vec<Alarm>>,
}

#[derive(Clone, Copy, Default)]
enum Trouble {
    #[default]
    None,
    Gone,
    Slow,
}

#[async_trait]
impl OperatorStore for Plug {
    async fn probe(&self, _now: Timestamp) -> Result<(), StoreError> {
        *self.probes.lock().unwrap() += 1;
        let trouble = *self.trouble.lock().unwrap();
        match trouble {
            Trouble::None => Ok(()),
            Trouble::Gone => Err(StoreError::Unavailable("pulled out".into())),
            Trouble::Slow => std::future::pending().await,
        }
    }

    async fn messages(&self, _query: &MessageQuery) -> Result<Vec<MessageRow>, StoreError> {
        Ok(Vec::new())
    }

    async fn message(&self, _any_id: &str) -> Result<MessageDetail, StoreError> {
        Err(StoreError::Absent)
    }

    async fn open_alarm(&self, alarm: NewAlarm, now: Timestamp) -> Result<AlarmOutcome, StoreError> {
        let NewAlarm { kind, subject } = alarm;
        self.alarms.lock().unwrap().push(Alarm { kind, subject, opened_at: now, times: 1 });
        Ok(AlarmOutcome::Opened)
    }

    async fn clear_alarm(&self, _kind: AlarmKind, _subject: &str, _now: Timestamp) -> Result<(), StoreError> {
        Ok(())
    }

    async fn close_alarm(&self, _kind: AlarmKind, _subject: &str, _told: NewJournalLine) -> Result<(), StoreError> {
        Err(StoreError::Absent)
    }

    async fn alarms(&self) -> Result<Vec<Alarm>, StoreError> {
        Ok(self.alarms.lock().unwrap().clone())
    }

    async fn tallies(&self) -> Result<Tallies, StoreError> {
        Ok(Tallies::default())
    }

    async fn journal(&self, _line: NewJournalLine) -> Result<(), StoreError> {
        Ok(())
    }

    async fn catch_up_journal(&self) -> Result<(), StoreError> {
        Ok(())
    }

    async fn verify_journal(&self) -> Result<JournalProof, StoreError> {
        Ok(JournalProof::Whole { lines: 0, last_hash: [0; 32] })
    }

    async fn journal_tip(&self) -> Result<(u64, [u8; 32]), StoreError> {
        Ok((0, [0; 32]))
    }

    async fn journal_hash(&self, _sequence: u64) -> Result<Option<[u8; 32]>, StoreError> {
        Ok(None)
    }
}

#[derive(Default)]
struct Desk(Mutex<Vec<String>>);

#[async_trait]
impl Requeue for Desk {
    async fn message(&self, id: MessageId, operator: &str) -> Result<String, RequeueError> {
        self.0.lock().unwrap().push(format!("message {id} by {operator}"));
        if id.0 == STUCK { Ok("accepted".to_owned()) } else { Err(RequeueError::NotWaiting) }
    }

    async fn outbound(&self, id: OutboundId, operator: &str) -> Result<String, RequeueError> {
        self.0.lock().unwrap().push(format!("outbound {id} by {operator}"));
        if id.0 == ABANDONED { Ok("queued".to_owned()) } else { Err(RequeueError::NotWaiting) }
    }

    async fn notice(&self, id: NoticeId, operator: &str) -> Result<String, RequeueError> {
        self.0.lock().unwrap().push(format!("notice {id} by {operator}"));
        if id.0 == ABANDONED { Ok("queued".to_owned()) } else { Err(RequeueError::Later("it rains".to_owned())) }
    }
}

struct Face {
    address: SocketAddr,
    clock: Arc<TestClock>,
    store: Arc<Plug>,
    desk: Arc<Desk>,
    pulse: Pulse,
    book: CertificateBook,
    shutdown: CancellationToken,
}

impl Face {
    async fn open() -> Self {
        let clock = Arc::new(TestClock::at(Timestamp::from_jiff("2026-11-21T12:00:00Z".parse().unwrap())));
        let (store, desk) = (Arc::new(Plug::default()), Arc::new(Desk::default()));
        let pulse = Pulse::new("notices", Duration::from_secs(60), clock.now());
        let book = CertificateBook::default();
        book.set(OWN, clock.now().plus(Duration::from_secs(3600)));
        let shutdown = CancellationToken::new();
        let readiness = Readiness::new(vec![pulse.clone()], book.clone(), shutdown.clone());
        let state = AdminState {
            store: store.clone(),
            requeue: desk.clone(),
            readiness: Arc::new(readiness),
            metrics: Arc::new(Metrics::new("9.9.9")),
            clock: clock.clone(),
            others: OtherMachines::Refused,
        };
        let config = AdminConfig { listen: "127.0.0.1:0".parse().unwrap(), ..AdminConfig::default() };
        let listener = config.bind().await.unwrap();
        let address = listener.local_addr().unwrap();
        // It listens on although the house is stopping, so that the test can hear it say so.
        tokio::spawn(serve(listener, state, CancellationToken::new()));
        Self { address, clock, store, desk, pulse, book, shutdown }
    }

    async fn get(&self, path: &str) -> (u16, String) {
        let response = reqwest::get(format!("http://{}{path}", self.address)).await.unwrap();
        (response.status().as_u16(), response.text().await.unwrap())
    }

    async fn post(&self, path: &str, operator: Option<&str>) -> (u16, Value) {
        let mut request = reqwest::Client::new().post(format!("http://{}{path}", self.address));
        if let Some(name) = operator {
            request = request.header("Meldeport-Operator", name);
        }
        let response = request.send().await.unwrap();
        (response.status().as_u16(), serde_json::from_str(&response.text().await.unwrap()).unwrap())
    }

    /// The status, and the reasons of what is not fine.
    async fn ready(&self) -> (u16, Vec<String>) {
        let (status, body) = self.get("/ready").await;
        let body: Value = serde_json::from_str(&body).unwrap();
        assert_eq!(body["ready"], status == 200);
        let checks = body["checks"].as_array().unwrap().iter();
        let faults = checks.filter(|it| it["ok"] == false).map(|it| format!("{}: {}", it["check"], it["why"]));
        (status, faults.collect())
    }
}

#[tokio::test]
async fn a_house_that_works_is_live_and_ready() {
    let face = Face::open().await;

    assert_eq!(face.get("/live").await, (200, "live\n".to_owned()));
    assert_eq!(face.ready().await, (200, Vec::new()));
}

#[tokio::test]
async fn ready_tells_the_truth_about_the_database() {
    let face = Face::open().await;

    *face.store.trouble.lock().unwrap() = Trouble::Gone;
    let (status, faults) = face.ready().await;
    assert_eq!((status, faults.len()), (503, 1));
    let told = "\"store\": \"The database cannot be written: could not reach or write the database: pulled out.\"";
    assert_eq!(faults, [told], "with the cause, which says what to mend");

    face.clock.advance(PROBE_KEPT_MAX);
    *face.store.trouble.lock().unwrap() = Trouble::Slow;
    let began = tokio::time::Instant::now();
    let (status, faults) = face.ready().await;
    assert_eq!((status, faults.len()), (503, 1));
    assert!(began.elapsed() < PROBE_TIME_MAX * 2);
    assert_eq!(face.get("/live").await.0, 200);
}

#[tokio::test]
async fn those_who_ask_often_do_not_make_the_database_write_often() {
    let face = Face::open().await;

    for _ in 0..50 {
        assert_eq!(face.ready().await.0, 200);
    }
    assert_eq!(*face.store.probes.lock().unwrap(), 1);

    *face.store.trouble.lock().unwrap() = Trouble::Gone;
    face.clock.advance(PROBE_KEPT_MAX);
    assert_eq!(face.ready().await.0, 503);
    *face.store.trouble.lock().unwrap() = Trouble::None;
    face.clock.advance(PROBE_KEPT_MAX);
    assert_eq!(face.ready().await.0, 200);
    assert_eq!(*face.store.probes.lock().unwrap(), 3);
}

#[tokio::test]
async fn a_worker_that_has_fallen_silent_is_missed() {
    let face = Face::open().await;
    face.clock.advance(Duration::from_secs(61));

    let (status, faults) = face.ready().await;
    assert_eq!(
        (status, faults),
        (503, vec!["\"worker notices\": \"It has not been heard from for 61 seconds.\"".to_owned()])
    );

    face.pulse.beat(face.clock.now());
    assert_eq!(face.ready().await.0, 200);
}

#[tokio::test]
async fn an_ended_certificate_or_a_shutdown_is_told() {
    let face = Face::open().await;
    face.book.set(OWN, face.clock.now());
    let (status, faults) = face.ready().await;
    assert_eq!((status, faults.len()), (503, 1));
    assert!(faults[0].contains("ended 2026-11-21T12:00:00"), "{faults:?}");

    face.shutdown.cancel();
    let (status, faults) = face.ready().await;
    assert_eq!((status, faults.len()), (503, 2));
}

#[tokio::test]
async fn metrics_and_alarms_are_told() {
    let face = Face::open().await;
    let alarm = NewAlarm { kind: AlarmKind::Unroutable, subject: "4211".to_owned() };
    face.store.open_alarm(alarm, face.clock.now()).await.unwrap();

    let (_, metrics) = face.get("/metrics").await;
    let (status, alarms) = face.get("/alarms").await;

    assert!(metrics.contains("meldeport_build_info{version=\"9.9.9\"} 1") && metrics.ends_with("# EOF\n"));
    let expected = serde_json::json!([
        { "kind": "unroutable", "subject": "4211", "opened_at": "2026-11-21T12:00:00.000000Z", "times": 1 }
    ]);
    assert_eq!((status, serde_json::from_str::<Value>(&alarms).unwrap()), (200, expected));
}

#[tokio::test]
async fn an_operator_puts_things_back_under_a_name() {
    let face = Face::open().await;

    let message = face.post(&format!("/messages/{STUCK}/requeue"), Some("ola.n")).await;
    let notice = face.post(&format!("/notices/{ABANDONED}/requeue"), Some("ola.n")).await;

    assert_eq!(message, (200, serde_json::json!({ "outcome": "accepted" })));
    assert_eq!(notice, (200, serde_json::json!({ "outcome": "queued" })));
    assert_eq!(
        *face.desk.0.lock().unwrap(),
        [format!("message {STUCK} by ola.n"), format!("notice {ABANDONED} by ola.n")]
    );
}

#[tokio::test]
async fn what_cannot_be_put_back_is_said_so() {
    let face = Face::open().await;

    assert_eq!(face.post(&format!("/messages/{ABANDONED}/requeue"), Some("ola")).await.0, 409);
    assert_eq!(face.post(&format!("/notices/{STUCK}/requeue"), Some("ola")).await.0, 503);
    assert_eq!(face.post("/messages/7K3-9QX-2MA/requeue", Some("ola")).await.0, 404);
}

#[tokio::test]
async fn a_web_page_on_the_machine_can_change_and_learn_nothing() {
    let face = Face::open().await;

    for name in [None, Some(""), Some("ola nordmann"), Some("<b>")] {
        assert_eq!(face.post(&format!("/messages/{STUCK}/requeue"), name).await.0, 400, "{name:?}");
    }
    assert!(face.desk.0.lock().unwrap().is_empty());

    let client = reqwest::Client::new();
    for host in ["rebound.example", "127.0.0.1.example", "localhost.example:9464", ""] {
        let request = client.get(format!("http://{}/alarms", face.address)).header("host", host);
        assert_eq!(request.send().await.unwrap().status().as_u16(), 421, "{host}");
    }
    for host in ["localhost", "LOCALHOST:9464", "[::1]:9464", "127.0.0.2:1"] {
        let request = client.get(format!("http://{}/alarms", face.address)).header("host", host);
        assert_eq!(request.send().await.unwrap().status().as_u16(), 200, "{host}");
    }
}

#[tokio::test]
async fn an_address_that_others_can_reach_is_refused_unless_asked_for() {
    let open = AdminConfig { listen: "0.0.0.0:0".parse().unwrap(), allow_other_machines: false };

    assert!(matches!(open.check(), Err(AdminError::Open(_))));
    assert!(matches!(open.bind().await, Err(AdminError::Open(_))));
    assert!(AdminConfig { allow_other_machines: true, ..open }.bind().await.is_ok());
}
