//! Twenty times in a row the gateway is killed in the middle of its work, and what it has acknowledged is never lost,
//! doubled or changed.

use bytes::Bytes;
use meldeport::app;
use meldeport::clock::Clock;
use meldeport::clock::SystemClock;
use meldeport::config::Config;
use meldeport::domain::MessageState;
use meldeport::sink::Sink;
use meldeport::sink::SinkTls;
use meldeport::storage::JournalProof;
use meldeport::storage::MessageQuery;
use meldeport::storage::Store;
use meldeport::trial::Ports;
use meldeport::trial::SendingSystem;
use meldeport::trial::Template;
use meldeport::trial::World;
use meldeport::trial::freshen;
use std::collections::BTreeMap;
use std::fs::File;
use std::net::SocketAddr;
use std::path::Path;
use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering;
use std::time::Duration;
use std::time::Instant;
use tokio::process::Child;
use tokio::process::Command;
use uuid::Uuid;

const ROUNDS: u64 = 20;
const SENDERS: usize = 6;
const START_MAX: Duration = Duration::from_secs(30);

const MESSAGE: &str = include_str!("corpus/valid/hospital-inpatient.xml");

/// What was sent, and what was acknowledged of it.
#[derive(Default)]
struct Sent(BTreeMap<Uuid, (Bytes, Option<Bytes>)>);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_acknowledged_is_lost_or_doubled_when_the_gateway_is_killed_twenty_times() {
    let folder = tempfile::tempdir().unwrap();
    let sink = Sink::start(SinkTls::None).await.unwrap();
    let ports = Ports { smtp: sink.address(), ..Ports::free().unwrap() };
    let world = World::make(folder.path(), ports, &SystemClock).unwrap();
    let template = Template::new(&freshen(MESSAGE, SystemClock.now(), Uuid::now_v7())).unwrap();
    let (template, next) = (Arc::new(template), Arc::new(AtomicU64::new(0)));
    let mut sent = Sent::default();
    let mut rounds_with_answers = 0;

    for round in 0..ROUNDS {
        let mut gateway = start(&world, ports.intake).await;
        let senders: Vec<_> = (0..SENDERS)
            .map(|_| tokio::spawn(send(hospital(&world, ports.intake), Arc::clone(&template), Arc::clone(&next))))
            .collect();
        // At another point of the work each time.
        tokio::time::sleep(Duration::from_millis(300 + round * 37 % 400)).await;
        gateway.kill().await.unwrap();
        let mut answered = 0;
        for sender in senders {
            let of_one = sender.await.unwrap();
            answered += of_one.0.values().filter(|(_, receipt)| receipt.is_some()).count();
            sent.0.extend(of_one.0);
        }
        rounds_with_answers += u64::from(answered > 0);
    }

    // It is killed in the middle of something: there were answers, and there were messages without one.
    assert_eq!(rounds_with_answers, ROUNDS, "{} messages in all", sent.0.len());
    let unanswered: Vec<_> = sent.0.iter().filter(|(_, (_, receipt))| receipt.is_none()).map(|(id, _)| *id).collect();
    assert!(unanswered.len() >= usize::try_from(ROUNDS).unwrap(), "only {} without an answer", unanswered.len());

    let mut gateway = start(&world, ports.intake).await;
    let mut system = hospital(&world, ports.intake);
    for (id, (_, receipt)) in sent.0.iter().filter(|(_, (_, receipt))| receipt.is_some()) {
        let again = system.get(&format!("/receipts/{id}")).await.unwrap();
        assert_eq!(Some(&again.body), receipt.as_ref(), "the receipt of {id} is another one");
    }
    // A sender without an answer sends again, and then it has one that stays.
    for id in &unanswered {
        let (message, receipt) = sent.0.get_mut(id).unwrap();
        let reply = system.post("/messages", message.clone(), None).await.unwrap();
        assert_eq!(reply.status, http::StatusCode::OK, "{id}");
        *receipt = Some(reply.body);
    }
    for (id, (message, receipt)) in sent.0.iter().step_by(7) {
        let again = system.post("/messages", message.clone(), None).await.unwrap();
        assert_eq!(Some(&again.body), receipt.as_ref(), "the receipt of {id} is another one");
    }
    gateway.kill().await.unwrap();

    let store = app::open_store(&Config::load(&world.config()).unwrap()).await.unwrap_or_else(|it| panic!("{it:?}"));
    let stored = stored(&*store).await;
    let ids: Vec<_> = sent.0.keys().map(ToString::to_string).collect();
    assert_eq!(stored, ids, "each message lies there once, and nothing else does");
    let tallies = store.tallies().await.unwrap();
    let items: u64 = tallies.items.iter().map(|(_, _, count)| count).sum();
    assert_eq!(tallies.messages, [(MessageState::Accepted, ids.len() as u64)]);
    assert_eq!(items, ids.len() as u64, "each message lies in one inbox");
    assert!(matches!(store.verify_journal().await.unwrap(), JournalProof::Whole { .. }));
    let audit = Command::new(env!("CARGO_BIN_EXE_meldeport"))
        .args(["audit", "verify", "--config"])
        .arg(world.config())
        .output()
        .await
        .unwrap();
    assert!(audit.status.success(), "{audit:?}");
    println!("{} messages, {} of them without an answer when the gateway fell", ids.len(), unanswered.len());
}

async fn start(world: &World, intake: SocketAddr) -> Child {
    let log = world.folder.join("gateway.log");
    let file = File::options().create(true).append(true).open(&log).unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_meldeport"))
        .args(["serve", "--config"])
        .arg(world.config())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(file)
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let began = Instant::now();
    while tokio::net::TcpStream::connect(intake).await.is_err() {
        let ended = child.try_wait().unwrap();
        assert!(ended.is_none() && began.elapsed() < START_MAX, "the gateway did not start: {}", said(&log));
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    child
}

fn said(log: &Path) -> String {
    std::fs::read_to_string(log).unwrap_or_default()
}

fn hospital(world: &World, intake: SocketAddr) -> SendingSystem {
    let (certificate, key) = world.certificate("hospital");
    SendingSystem::new(intake, &world.authority(), &certificate, &key).unwrap()
}

/// Sends distinct messages until the gateway falls.
async fn send(mut system: SendingSystem, template: Arc<Template>, next: Arc<AtomicU64>) -> Sent {
    let mut sent = Sent::default();
    loop {
        let id = Uuid::now_v7();
        let message = Bytes::from(template.make(next.fetch_add(1, Ordering::Relaxed), id));
        match system.post("/messages", message.clone(), None).await {
            Ok(reply) if reply.status == http::StatusCode::OK => sent.0.insert(id, (message, Some(reply.body))),
            Ok(reply) => panic!("{}: {}", reply.status, String::from_utf8_lossy(&reply.body)),
            Err(_) => {
                sent.0.insert(id, (message, None));
                return sent;
            }
        };
    }
}

/// The senders' ids of all messages that are stored, in order.
async fn stored(store: &dyn Store) -> Vec<String> {
    let mut query = MessageQuery { rows_max: 500, ..MessageQuery::default() };
    let mut ids = Vec::new();
    loop {
        let rows = store.messages(&query).await.unwrap();
        let Some(last) = rows.last() else { break };
        query.before = Some(last.id);
        ids.extend(rows.into_iter().map(|it| it.sender_message_id));
    }
    ids.sort();
    ids
}
