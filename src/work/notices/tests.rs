use super::NoticeWorker;
use super::requeue_notice;
use crate::domain::AlarmKind;
use crate::domain::DeliveryState;
use crate::domain::Language;
use crate::domain::NoticeChannel;
use crate::domain::NoticeId;
use crate::domain::Redacted;
use crate::domain::UnitId;
use crate::notify::EmailConfig;
use crate::notify::EmailNotifier;
use crate::notify::EmailTls;
use crate::notify::Notice;
use crate::notify::Notifier;
use crate::notify::Notifiers;
use crate::notify::NotifyError;
use crate::notify::UnitContact;
use crate::notify::Webhook;
use crate::notify::WebhookConfig;
use crate::notify::WebhookNotifier;
use crate::notify::testing::Book;
use crate::receipt::Jitter;
use crate::receipt::RetryPolicy;
use crate::sink::Manner;
use crate::sink::Sink;
use crate::sink::SinkTls;
use crate::storage::OperatorStore;
use crate::storage::StoreError;
use crate::telemetry::Captured;
use crate::telemetry::LogConfig;
use crate::telemetry::LogFormat;
use crate::telemetry::Metrics;
use crate::telemetry::dispatch;
use crate::work::Bell;
use crate::work::NoticesConfig;
use crate::work::testing::House;
use crate::work::testing::PLANTED_NAME;
use async_trait::async_trait;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::AsyncReadExt;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

const INBOX: &str = "https://innboks.example/";
const KE: &str = "gjerstad-tjenestekontor";
const OTHER: &str = "risor-koordinerende-enhet";

/// A worker at work, with the real channels.
struct AtWork {
    bell: Bell,
    metrics: Arc<Metrics>,
    shutdown: CancellationToken,
    running: JoinHandle<()>,
}

fn start(house: &House, notifiers: Notifiers) -> AtWork {
    let minutes = |it: u64| Duration::from_secs(it * 60);
    let policy = RetryPolicy { delays: vec![minutes(1), minutes(5)], jitter: Jitter::None, attempts_max: 3 };
    let metrics = Arc::new(Metrics::new("0"));
    let config = NoticesConfig { period_seconds: 60, ..NoticesConfig::default() };
    let worker =
        NoticeWorker::new(house.store.clone(), notifiers, house.clock.clone(), Arc::clone(&metrics), policy, &config);
    let (bell, shutdown) = (worker.bell(), CancellationToken::new());
    let running = tokio::spawn(worker.run(shutdown.clone()));
    AtWork { bell, metrics, shutdown, running }
}

impl AtWork {
    /// Moves the clock and rings.
    fn later(&self, house: &House, by: Duration) {
        house.clock.advance(by);
        self.bell.ring();
    }

    async fn stop(self) {
        self.shutdown.cancel();
        tokio::time::timeout(Duration::from_secs(10), self.running).await.unwrap().unwrap();
    }
}

fn contact(unit: &str, webhook: Option<String>) -> UnitContact {
    UnitContact {
        unit: UnitId(unit.to_owned()),
        language: Language::Nb,
        email: Some(format!("{unit}@example.no")),
        webhook: webhook.map(|url| Webhook { url, secret: Redacted::new(b"hemmelig".to_vec()) }),
    }
}

fn channels<const N: usize>(house: &House, sink: &Sink, contacts: [UnitContact; N]) -> Notifiers {
    let contacts = Book::of(contacts);
    let email = EmailConfig {
        server: "127.0.0.1".to_owned(),
        port: sink.address().port(),
        tls: EmailTls::None,
        from: "ikke-svar@mottak.example".to_owned(),
        ..EmailConfig::default()
    };
    let here = Path::new("");
    let email = EmailNotifier::new(&email, here, INBOX, Arc::clone(&contacts), house.clock.clone()).unwrap();
    let webhook = WebhookNotifier::new(&WebhookConfig::default(), here, INBOX, contacts, house.clock.clone()).unwrap();
    Notifiers::default().with_email(Arc::new(email)).with_webhook(Arc::new(webhook))
}

/// A receiver that gives the same answer to everybody.
async fn receiver(answer: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            tokio::spawn(async move {
                let mut read = vec![0; 16 * 1024];
                let _ = stream.read(&mut read).await;
                let _ = stream.write_all(answer.as_bytes()).await;
            });
        }
    });
    url
}

/// A receiver that takes the connection and never answers.
async fn dead_receiver() -> (TcpListener, String) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    (listener, url)
}

#[tokio::test]
async fn a_notice_reaches_the_unit_when_the_bell_rings() {
    let house = House::new().await;
    let sink = Sink::start(SinkTls::None).await.unwrap();
    let work = start(&house, channels(&house, &sink, [contact(KE, None)]));

    let id = house.queue(KE, NoticeChannel::Email).await;
    work.bell.ring();

    let row = house.until(id, DeliveryState::Delivered).await;
    assert_eq!(row.attempts, 1);
    assert_eq!(sink.mails()[0].to, [format!("{KE}@example.no")]);
    let metrics = Arc::clone(&work.metrics);
    work.stop().await;
    assert!(metrics.render().contains("notice_attempts_total{channel=\"email\",outcome=\"delivered\"} 1"));
}

#[tokio::test]
async fn what_waited_before_the_start_is_found_without_a_bell() {
    let house = House::new().await;
    let sink = Sink::start(SinkTls::None).await.unwrap();
    let id = house.queue(KE, NoticeChannel::Email).await;

    let work = start(&house, channels(&house, &sink, [contact(KE, None)]));

    house.until(id, DeliveryState::Delivered).await;
    work.stop().await;
}

#[tokio::test]
async fn a_notice_is_tried_again_then_given_up_with_an_alarm_that_the_next_success_clears() {
    let house = House::new().await;
    let sink = Sink::start(SinkTls::None).await.unwrap();
    sink.behave(Manner::Busy);
    let work = start(&house, channels(&house, &sink, [contact(KE, None)]));

    let id = house.queue(KE, NoticeChannel::Email).await;
    work.bell.ring();
    let first = house.until_row(id, |it| it.last_failure.is_some()).await;
    assert_eq!((first.state, first.attempts), (DeliveryState::Queued, 1));
    assert_eq!(first.last_failure.as_deref(), Some("the receiver answered 451"));

    work.later(&house, Duration::from_secs(59));
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert_eq!(house.notice(id).await.attempts, 1, "it came back too soon");

    work.later(&house, Duration::from_secs(1));
    house.until_row(id, |it| it.attempts == 2 && it.due > first.due).await;
    assert!(house.store.alarms().await.unwrap().is_empty());

    work.later(&house, Duration::from_secs(300));
    let given_up = house.until(id, DeliveryState::Abandoned).await;
    assert_eq!(given_up.attempts, 3);
    let alarms = house.store.alarms().await.unwrap();
    assert_eq!((alarms.len(), alarms[0].kind, alarms[0].subject.as_str()), (1, AlarmKind::NoticeAbandoned, KE));

    sink.behave(Manner::Takes);
    requeue_notice(&*house.store, &work.bell, &*house.clock, id, "ola").await.unwrap();
    let told = house.until(id, DeliveryState::Delivered).await;
    assert_eq!(told.attempts, 1);
    work.stop().await;
    assert!(house.store.alarms().await.unwrap().is_empty());
    assert_eq!(sink.mails().len(), 1);
}

#[tokio::test]
async fn what_cannot_succeed_is_given_up_at_once() {
    let house = House::new().await;
    let sink = Sink::start(SinkTls::None).await.unwrap();
    let gone = receiver("HTTP/1.1 410 Gone\r\ncontent-length: 0\r\n\r\n").await;
    let work = start(&house, channels(&house, &sink, [contact(KE, Some(gone))]));

    let gone = house.queue(KE, NoticeChannel::Webhook).await;
    let unknown = house.queue("finnes-ikke", NoticeChannel::Email).await;
    work.bell.ring();

    assert_eq!(house.until(gone, DeliveryState::Abandoned).await.attempts, 1);
    assert_eq!(house.until(unknown, DeliveryState::Abandoned).await.attempts, 1);
    work.stop().await;
    assert_eq!(house.store.alarms().await.unwrap().len(), 2);
}

#[tokio::test]
async fn a_working_webhook_does_not_hide_a_dead_mailbox() {
    let house = House::new().await;
    let sink = Sink::start(SinkTls::None).await.unwrap();
    sink.behave(Manner::Refuses);
    let fine = receiver("HTTP/1.1 204 No Content\r\n\r\n").await;
    let work = start(&house, channels(&house, &sink, [contact(KE, Some(fine))]));

    let email = house.queue(KE, NoticeChannel::Email).await;
    work.bell.ring();
    house.until(email, DeliveryState::Abandoned).await;
    let webhook = house.queue(KE, NoticeChannel::Webhook).await;
    work.bell.ring();
    house.until(webhook, DeliveryState::Delivered).await;

    work.stop().await;
    assert_eq!(house.store.alarms().await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_dead_receiver_delays_nobody_else() {
    let house = House::new().await;
    let sink = Sink::start(SinkTls::None).await.unwrap();
    let (_open, dead) = dead_receiver().await;
    let contacts = [contact(KE, Some(dead)), contact(OTHER, None)];
    let work = start(&house, channels(&house, &sink, contacts));

    let stuck = house.queue(KE, NoticeChannel::Webhook).await;
    work.bell.ring();
    house.until_row(stuck, |it| it.attempts == 1).await;
    // The first one is being sent and may have counted without this message: the second waits for it.
    let behind = house.queue(KE, NoticeChannel::Webhook).await;
    let fine = [house.queue(OTHER, NoticeChannel::Email).await, house.queue(KE, NoticeChannel::Email).await];
    work.bell.ring();

    for id in fine {
        house.until(id, DeliveryState::Delivered).await;
    }
    let attempts = [house.notice(stuck).await.attempts, house.notice(behind).await.attempts];
    assert_eq!(attempts, [1, 0], "more than one at a time for the same unit and channel");
    work.running.abort();
}

/// Delivers after a while.
struct Slow(Duration);

#[async_trait]
impl Notifier for Slow {
    async fn notify(&self, _notice: &Notice) -> Result<(), NotifyError> {
        tokio::time::sleep(self.0).await;
        Ok(())
    }
}

#[tokio::test]
async fn what_is_held_at_shutdown_is_finished_and_nothing_new_is_taken() {
    let house = House::new().await;
    let slow = Arc::new(Slow(Duration::from_millis(300)));
    let work = start(&house, Notifiers::default().with_email(slow));

    let held = house.queue(KE, NoticeChannel::Email).await;
    work.bell.ring();
    house.until_row(held, |it| it.attempts == 1).await;
    let waiting = house.queue(KE, NoticeChannel::Email).await;
    work.stop().await;

    assert_eq!(house.notice(held).await.state, DeliveryState::Delivered);
    assert_eq!((house.notice(waiting).await.state, house.notice(waiting).await.attempts), (DeliveryState::Queued, 0));
}

#[tokio::test]
async fn a_worker_that_comes_too_late_changes_nothing() {
    let house = House::new().await;
    let slow = start(&house, Notifiers::default().with_email(Arc::new(Slow(Duration::from_millis(400)))));
    let id = house.queue(KE, NoticeChannel::Email).await;
    slow.bell.ring();
    house.until_row(id, |it| it.attempts == 1).await;

    // The lease runs out while the first one is at it, and another takes the notice.
    house.clock.advance(Duration::from_secs(61));
    let sink = Sink::start(SinkTls::None).await.unwrap();
    sink.behave(Manner::Busy);
    let quick = start(&house, channels(&house, &sink, [contact(KE, None)]));
    let after_quick = house.until_row(id, |it| it.last_failure.is_some()).await;
    quick.stop().await;
    let metrics = Arc::clone(&slow.metrics);
    slow.stop().await;

    assert_eq!(house.notice(id).await, after_quick);
    assert_eq!(after_quick.attempts, 2);
    assert!(metrics.render().contains("worker_trouble_total{worker=\"notices\"} 1"));
}

/// A bug.
struct Panics;

#[async_trait]
impl Notifier for Panics {
    async fn notify(&self, _notice: &Notice) -> Result<(), NotifyError> {
        panic!("a bug that a test asked for")
    }
}

#[tokio::test]
async fn a_bug_in_one_notice_stops_neither_the_worker_nor_goes_on_for_ever() {
    let house = House::new().await;
    let sink = Sink::start(SinkTls::None).await.unwrap();
    let notifiers = channels(&house, &sink, [contact(KE, None)]).with_webhook(Arc::new(Panics));
    let work = start(&house, notifiers);

    let bug = house.queue(KE, NoticeChannel::Webhook).await;
    for attempt in 1..=4 {
        work.bell.ring();
        house.until_row(bug, |it| it.attempts == attempt).await;
        // An attempt is counted when it begins. Were the clock moved during the last, its lease could end before it does.
        if attempt < 4 {
            work.later(&house, Duration::from_secs(61));
        }
    }
    let fine = house.queue(KE, NoticeChannel::Email).await;
    work.bell.ring();

    house.until(fine, DeliveryState::Delivered).await;
    assert_eq!(house.until(bug, DeliveryState::Abandoned).await.attempts, 4);
    work.stop().await;
}

#[tokio::test]
async fn only_an_abandoned_notice_can_be_put_back() {
    let house = House::new().await;
    let queued = house.queue(KE, NoticeChannel::Email).await;
    for id in [queued, NoticeId(Uuid::from_u128(1))] {
        let answer = requeue_notice(&*house.store, &Bell::default(), &*house.clock, id, "ola").await;

        assert!(matches!(answer, Err(StoreError::Absent)), "{answer:?}");
    }
}

#[tokio::test]
async fn no_planted_name_reaches_a_log_a_failure_or_a_notice() {
    const PLANTED: [&str; 3] = [PLANTED_NAME, "Planteveien 7", "nokkel-i-adressen"];
    let log = Captured::default();
    let config = LogConfig { format: LogFormat::Json, level: "meldeport=trace,warn".to_owned() };
    let _listening = tracing::dispatcher::set_default(&dispatch(&config, log.clone()).unwrap());
    let house = House::new().await;
    let sink = Sink::start(SinkTls::None).await.unwrap();
    // Receivers that say names in their answers, as a careless one might.
    let careless =
        receiver("HTTP/1.1 500 Kari Planteprøve\r\nx-who: Planteveien 7\r\ncontent-length: 16\r\n\r\nKari Planteprøve")
            .await;
    let odd = receiver("Kari Planteprøve, Planteveien 7\r\n\r\n").await;
    let contacts = [contact(KE, Some(format!("{careless}nokkel-i-adressen"))), contact(OTHER, Some(odd))];
    let work = start(&house, channels(&house, &sink, contacts));

    let mail = house.queue(KE, NoticeChannel::Email).await;
    let refused = house.queue(KE, NoticeChannel::Webhook).await;
    let not_understood = house.queue(OTHER, NoticeChannel::Webhook).await;
    work.bell.ring();
    house.until(mail, DeliveryState::Delivered).await;
    let failures = [
        house.until_row(refused, |it| it.last_failure.is_some()).await.last_failure.unwrap(),
        house.until_row(not_understood, |it| it.last_failure.is_some()).await.last_failure.unwrap(),
    ];
    work.stop().await;

    let said = format!("{}\n{failures:?}\n{}", log.text(), sink.mails()[0].text);
    for planted in PLANTED {
        assert!(!said.contains(planted), "{planted} in\n{said}");
    }
    assert_eq!(log.text().lines().count(), 3, "one line per attempt:\n{}", log.text());
    assert!(log.text().contains("\"event\":\"notice_delivered\""), "{}", log.text());
}
