//! How many messages of 6 KB per second can be settled, sealed and synced: `cargo bench --bench settle [-- URL]`.
//!
//! Writes to a new SQLite file in the folder for temporary files of the build, or to the PostgreSQL database at URL.

use meldeport::domain::AckWish;
use meldeport::domain::AppRecVersion;
use meldeport::domain::Channel;
use meldeport::domain::ItemId;
use meldeport::domain::MessageId;
use meldeport::domain::MessageState;
use meldeport::domain::MunicipalityNumber;
use meldeport::domain::NoticeChannel;
use meldeport::domain::NoticeId;
use meldeport::domain::OrgNumber;
use meldeport::domain::ReceiptId;
use meldeport::domain::Redacted;
use meldeport::domain::Reference;
use meldeport::domain::Share;
use meldeport::domain::Timestamp;
use meldeport::domain::UnitId;
use meldeport::storage::ItemSummary;
use meldeport::storage::JournalProof;
use meldeport::storage::Keys;
use meldeport::storage::NewItem;
use meldeport::storage::NewMessage;
use meldeport::storage::NewNotice;
use meldeport::storage::NewReceipt;
use meldeport::storage::Sealing;
use meldeport::storage::Settled;
use meldeport::storage::Settlement;
use meldeport::storage::Store;
use meldeport::storage::StoreOptions;
use meldeport::storage::open_postgres;
use meldeport::storage::open_sqlite;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use std::time::Instant;
use uuid::Uuid;

const MESSAGE_BYTES: usize = 6 * 1024;
const MESSAGES: u64 = 20_000;
const SENDERS: [u64; 4] = [1, 8, 32, 128];

fn main() {
    let url = std::env::args().skip(1).find(|it| it.starts_with("postgres"));
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime can be made");
    runtime.block_on(async {
        for senders in SENDERS {
            let sealing = Sealing::On(Keys::generate());
            let store: Arc<dyn Store> = match &url {
                Some(url) => open_postgres(url, sealing, StoreOptions::default()).await.expect("the database opens"),
                None => {
                    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("settle");
                    let _absent = std::fs::remove_dir_all(&folder);
                    std::fs::create_dir_all(&folder).expect("the folder can be made");
                    let file = folder.join("meldeport.db");
                    open_sqlite(&file, sealing, StoreOptions::default()).await.expect("the file opens")
                }
            };
            measure(store, senders).await;
            if url.is_some() {
                // Another key would not open it again.
                return;
            }
        }
    });
}

async fn measure(store: Arc<dyn Store>, senders: u64) {
    let each = if senders == 1 { MESSAGES / 10 } else { MESSAGES / senders };
    let cpu_before = cpu();
    let begun = Instant::now();
    let tasks: Vec<_> = (0..senders)
        .map(|sender| {
            let store = Arc::clone(&store);
            tokio::spawn(async move {
                let mut waits = Vec::new();
                for number in 0..each {
                    let begun = Instant::now();
                    let settled = store.settle(settlement(sender * each + number)).await.expect("it is stored");
                    assert!(matches!(settled, Settled::New));
                    waits.push(begun.elapsed());
                }
                waits
            })
        })
        .collect();
    let mut waits = Vec::new();
    for task in tasks {
        waits.extend(task.await.expect("no sender panics"));
    }
    let (taken, cpu) = (begun.elapsed(), cpu() - cpu_before);
    waits.sort_unstable();
    let at = |share: f64| waits[((waits.len() - 1) as f64 * share) as usize];
    let per_second = waits.len() as f64 / taken.as_secs_f64();
    println!(
        "{senders:>4} senders: {per_second:>6.0} messages/s, {:.0} µs of processor each, waits p50 {:?} p99 {:?} max {:?}",
        cpu.as_micros() as f64 / waits.len() as f64,
        at(0.5),
        at(0.99),
        at(1.0)
    );
    let begun = Instant::now();
    match store.verify_journal().await.expect("the journal can be read") {
        JournalProof::Whole { lines, .. } => println!("      journal of {lines} lines proved in {:?}", begun.elapsed()),
        JournalProof::BrokenAt { sequence } => panic!("the journal is broken at {sequence}"),
    }
}

/// Processor time of this process so far, user and system.
fn cpu() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    // utime and stime, in hundredths of a second (proc(5)).
    let ticks: u64 = fields.get(11..13).unwrap_or_default().iter().filter_map(|it| it.parse::<u64>().ok()).sum();
    Duration::from_millis(ticks * 10)
}

fn settlement(number: u64) -> Settlement {
    let id = |kind: u64| Uuid::from_u64_pair(1_790_000_000_000 << 16 | number, kind);
    let received_at = Timestamp(1_790_000_000_000_000 + i64::try_from(number).expect("few messages"));
    // Not compressible, as sealed bytes are not; distinct, as messages are.
    let bytes: Vec<u8> = (0..MESSAGE_BYTES as u64).map(|it| (it.wrapping_mul(number | 1) >> 3) as u8).collect();
    let mut random = [0; 9];
    for (position, byte) in random.iter_mut().enumerate() {
        *byte = (number >> (position * 5)) as u8 % 32;
    }
    let reference = Reference::from_random(random);
    let mut sha256 = [0; 32];
    sha256[..8].copy_from_slice(&number.to_be_bytes());
    Settlement {
        message: NewMessage {
            id: MessageId(id(1)),
            reference,
            channel: Channel::Https,
            received_at,
            sender: OrgNumber::parse("310000108").expect("its control digit holds"),
            sender_name: "eksempel-sykehus".to_owned(),
            sender_message_id: id(2).to_string(),
            message_type: "BEHOVSMELDING".to_owned(),
            sender_her_id: None,
            receiver_her_id: None,
            municipality: MunicipalityNumber::parse("4211"),
            bytes: bytes.into(),
            charset: None,
            sha256,
            judged_us: 300,
            report_id: None,
        },
        state: MessageState::Accepted,
        findings: Vec::new(),
        route: vec!["Kommunen har én enhet.".to_owned().into()],
        items: vec![NewItem {
            id: ItemId(id(3)),
            unit: UnitId(format!("unit-{}", number % 5)),
            share: Share::Content,
            came_at: None,
            kind: "BEHOV".to_owned(),
            needs: vec!["IP".to_owned()],
            dimensions: Vec::new(),
            ids: vec![id(5).to_string()],
            urgent: number.is_multiple_of(10),
            protected: false,
            attachments: 0,
            deadline: received_at,
            reporter: None,
            relay_log: false,
            made_at: None,
            age_group: None,
            summary: Redacted::new(ItemSummary {
                person_name: Some("Kari Prøve".to_owned()),
                person_id: Some(format!("person {}", number % 5000)),
                sender: "Eksempel sykehus, medisinsk avdeling".to_owned(),
                born: None,
                writer: None,
            }),
        }],
        receipt: Some(NewReceipt {
            id: ReceiptId(id(4)),
            version: AppRecVersion::V1_1,
            ack: AckWish::Always,
            xml: vec![b'x'; 1500].into(),
        }),
        notices: vec![NewNotice {
            id: NoticeId(id(5)),
            unit: UnitId(format!("unit-{}", number % 5)),
            channel: NoticeChannel::Email,
            due: received_at,
        }],
        alarms: Vec::new(),
        follows: None,
    }
}
