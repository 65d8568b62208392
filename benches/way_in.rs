//! The whole way in but the network: how many messages per second are judged, settled, sealed and synced, by how many
//! senders at a time. `cargo bench --bench way_in`. Distinct messages, a new SQLite file in the folder for temporary files
//! of the build.

use bytes::Bytes;
use meldeport::app::Heart;
use meldeport::clock::Clock;
use meldeport::clock::SystemClock;
use meldeport::config::Config;
use meldeport::domain::AppRecVersion;
use meldeport::domain::Arrival;
use meldeport::domain::Channel;
use meldeport::domain::MessageState;
use meldeport::domain::OrgNumber;
use meldeport::domain::Peer;
use meldeport::domain::Timestamp;
use meldeport::intake::Intake;
use meldeport::intake::Uncounted;
use meldeport::storage::Keys;
use meldeport::storage::MessageStore;
use meldeport::storage::OperatorStore;
use meldeport::storage::Sealing;
use meldeport::storage::StoreOptions;
use meldeport::storage::open_sqlite;
use meldeport::trial::HOSPITAL;
use meldeport::trial::Ports;
use meldeport::trial::Template;
use meldeport::trial::World;
use meldeport::trial::freshen;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use std::time::Instant;
use tokio_util::task::TaskTracker;
use uuid::Uuid;

const SENDERS: [u64; 4] = [1, 8, 32, 128];
const MESSAGES: u64 = 8_000;

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime can be made");
    let template = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/valid/hospital-inpatient.xml");
    let template = std::fs::read_to_string(template).expect("the corpus is here");
    runtime.block_on(async {
        for senders in SENDERS {
            measure(&template, senders).await;
        }
    });
}

async fn measure(template: &str, senders: u64) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("way-in");
    let _absent = std::fs::remove_dir_all(&folder);
    let world =
        World::make(&folder, Ports::free().expect("there are free ports"), &SystemClock).expect("a world can be made");
    let config = Config::load(&world.config()).expect("the made-up configuration is right");
    let heart = Heart::new(&config).expect("the made-up world can be judged by");
    let file: PathBuf = folder.join("way-in.db");
    let store =
        open_sqlite(&file, Sealing::On(Keys::generate()), StoreOptions::default()).await.expect("the file opens");
    let messages: Arc<dyn MessageStore> = store.clone();
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let tasks = TaskTracker::new();
    let intake = Intake::new(config.intake, Arc::new(heart), messages, clock, Arc::new(Uncounted), tasks);

    let each = if senders == 1 { MESSAGES / 8 } else { MESSAGES / senders };
    let fresh = freshen(template, SystemClock.now(), Uuid::now_v7());
    let made = Template::new(&fresh).expect("the worked example is a template");
    let brought: Vec<Vec<Bytes>> = (0..senders)
        .map(|sender| (0..each).map(|it| Bytes::from(made.make(sender * each + it, Uuid::now_v7()))).collect())
        .collect();
    let size = brought[0][0].len();

    let (cpu_before, began) = (cpu(), Instant::now());
    let sending: Vec<_> = brought.into_iter().map(|bytes| tokio::spawn(send(Arc::clone(&intake), bytes))).collect();
    let mut waits = Vec::new();
    for task in sending {
        waits.extend(task.await.expect("no sender panics"));
    }
    let (took, busy) = (began.elapsed(), cpu() - cpu_before);

    let stored: u64 = store.tallies().await.expect("the store counts").messages.iter().map(|(_, count)| count).sum();
    assert_eq!(stored, each * senders, "what was acknowledged is stored once");
    waits.sort_unstable();
    let at = |share: f64| waits[((waits.len() - 1) as f64 * share) as usize];
    println!(
        "{senders:>4} senders: {:>6.0} messages/s of {size} bytes, {:.0} µs of processor each, waits p50 {:?} p99 {:?} max {:?}",
        waits.len() as f64 / took.as_secs_f64(),
        busy.as_micros() as f64 / waits.len() as f64,
        at(0.5),
        at(0.99),
        at(1.0)
    );
    store.close().await;
}

/// One sender: each message when the one before has been answered.
async fn send(intake: Arc<Intake>, messages: Vec<Bytes>) -> Vec<Duration> {
    let peer = Peer {
        organisation: OrgNumber::parse(HOSPITAL).expect("the made-up numbers hold"),
        sub_unit: None,
        certificate_sha256: [0; 32],
        certificate_ends: Timestamp(i64::MAX),
    };
    let sender = intake.sender_of(&peer).expect("the hospital is registered");
    let mut waits = Vec::with_capacity(messages.len());
    for bytes in messages {
        let began = Instant::now();
        let mut ticket = intake.enter(sender.clone()).expect("there is room");
        ticket.grow(bytes.len()).expect("there is room");
        let received_at = SystemClock.now();
        let arrival = Arrival { peer: peer.clone(), channel: Channel::Https, received_at, bytes, charset: None };
        let accepted = intake.accept(ticket, arrival, AppRecVersion::V1_1).await.expect("it is taken in");
        assert_eq!(accepted.state, MessageState::Accepted);
        waits.push(began.elapsed());
    }
    waits
}

/// Processor time of this process so far, user and system.
fn cpu() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    // utime and stime, in hundredths of a second (proc(5)).
    let ticks: u64 = fields.get(11..13).unwrap_or_default().iter().filter_map(|it| it.parse::<u64>().ok()).sum();
    Duration::from_millis(ticks * 10)
}
