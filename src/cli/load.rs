//! `meldeport load`: the capacity test with an oracle. Every acknowledged message becomes an obligation that is checked in
//! the store afterwards.

use crate::app;
use crate::cli::Exit;
use crate::cli::Stop;
use crate::clock::Clock;
use crate::clock::SystemClock;
use crate::config::Config;
use crate::domain::OrgNumber;
use crate::storage::ReceiptAnswer;
use crate::storage::Store;
use crate::trial::Ports;
use crate::trial::SendingSystem;
use crate::trial::Template;
use crate::trial::World;
use crate::trial::freshen;
use bytes::Bytes;
use clap::Args;
use hdrhistogram::Histogram;
use serde_json::json;
use std::collections::HashMap;
use std::net::SocketAddr;
use std::path::Path;
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering;
use std::time::Duration;
use std::time::Instant;
use tokio::process::Child;
use tokio::process::Command;
use uuid::Uuid;

pub(super) const MESSAGE: &str = include_str!("../../tests/corpus/valid/hospital-inpatient.xml");

/// Latencies above this are counted as this. Microseconds.
const LATENCY_MAX: u64 = 120_000_000;

/// How long a gateway of our own may take to start. Seconds.
const START_SECONDS_MAX: u64 = 30;

#[derive(Args, Debug)]
#[command(
    after_help = "Without --world it makes a world of its own in a temporary folder, starts a gateway there as a process of its own, and takes it down again.\n\nExamples:\n  meldeport load --seconds 30\n  meldeport load --senders 64 --count 100000 --json\n  meldeport load --inbox 1000000\n\nExit status 1: the oracle found something lost, doubled or changed; with --inbox, that a page takes more than 100 ms at the median or weighs more than 100 kB."
)]
pub(super) struct Line {
    /// Senders, each with one kept-alive TLS connection
    #[arg(long, default_value_t = 32)]
    senders: u32,
    /// How long to send
    #[arg(long, default_value_t = 10)]
    seconds: u64,
    /// Stop after so many messages instead
    #[arg(long)]
    count: Option<u64>,
    /// Of a hundred messages, how many are sent a second time to see that the receipt is the same
    #[arg(long, default_value_t = 2)]
    repeat: u64,
    /// A world made by `meldeport demo` whose gateway is running
    #[arg(long, value_name = "FOLDER")]
    world: Option<PathBuf>,
    /// Write each acknowledged message id and receipt hash to this file as they come
    #[arg(long, value_name = "FILE")]
    obligations: Option<PathBuf>,
    /// Fill an inbox with so many reports instead, and measure its pages
    #[arg(long, value_name = "REPORTS", conflicts_with_all = ["world", "count", "obligations"])]
    pub(super) inbox: Option<u32>,
    /// One JSON object
    #[arg(long)]
    pub(super) json: bool,
}

/// What came of it all.
struct Outcome {
    acknowledged: HashMap<Uuid, [u8; 32]>,
    latency: Histogram<u64>,
    refused: u64,
    unanswered: u64,
    repeats: u64,
    repeats_that_differ: u64,
    elapsed: Duration,
    bytes: u64,
}

pub(super) async fn run(line: Line) -> Result<Exit, Stop> {
    if let Some(reports) = line.inbox {
        return super::load_inbox::run(reports, line.json).await;
    }
    let temporary = std::env::temp_dir().join(format!("meldeport-load-{}", std::process::id()));
    let (world, own) = match &line.world {
        Some(folder) => (World { folder: folder.clone() }, None),
        None => {
            let world = World::make(&temporary, Ports::free().map_err(cannot)?, &SystemClock).map_err(cannot)?;
            let gateway = start(&world).await?;
            (world, Some(gateway))
        }
    };
    let result = measure(&line, &world, own.as_ref().and_then(Child::id)).await;
    if let Some(mut gateway) = own {
        // It is ours and holds nothing that anybody needs.
        drop(gateway.kill().await);
        drop(std::fs::remove_dir_all(&temporary));
    }
    result
}

pub(super) fn cannot(error: std::io::Error) -> Stop {
    Stop::Said(Exit::Later, format!("could not make a world to try in: {error}"))
}

/// Starts a gateway as its own process, so that its memory and time are its own, and waits until it is ready.
pub(super) async fn start(world: &World) -> Result<Child, Stop> {
    let program = std::env::current_exe().map_err(cannot)?;
    let log = std::fs::File::create(world.folder.join("gateway.log")).map_err(cannot)?;
    let child = Command::new(program)
        .args(["serve", "--config"])
        .arg(world.config())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(log)
        .kill_on_drop(true)
        .spawn()
        .map_err(cannot)?;
    let config = Config::load(&world.config())?;
    let began = Instant::now();
    while tokio::net::TcpStream::connect(config.https.listen).await.is_err() {
        if began.elapsed() > Duration::from_secs(START_SECONDS_MAX) {
            let said = std::fs::read_to_string(world.folder.join("gateway.log")).unwrap_or_default();
            return Err(Stop::Said(Exit::Bug, format!("the gateway did not start:\n{said}")));
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    Ok(child)
}

async fn measure(line: &Line, world: &World, gateway: Option<u32>) -> Result<Exit, Stop> {
    let config = Config::load(&world.config())?;
    if !line.json {
        eprintln!("Sending from {} senders to {} …", line.senders, config.https.listen);
    }
    let before = gateway.and_then(used);
    let outcome = send(line, world, config.https.listen).await?;
    let after = gateway.and_then(used);
    let memory_kib = gateway.and_then(memory_kib);
    let lost = lost(&config, &outcome.acknowledged).await?;
    let rate = outcome.acknowledged.len() as f64 / outcome.elapsed.as_secs_f64();
    let cores = before.zip(after).map(|(before, after)| (after - before) / outcome.elapsed.as_secs_f64());
    let percentile = |at| outcome.latency.value_at_quantile(at) as f64 / 1000.0;
    let is_whole = lost.missing == 0 && lost.changed == 0 && lost.doubled == 0 && outcome.repeats_that_differ == 0;
    if line.json {
        println!(
            "{}",
            json!({
                "acknowledged": outcome.acknowledged.len(), "seconds": outcome.elapsed.as_secs_f64(), "per_second": rate,
                "bytes_mean": outcome.bytes / (outcome.acknowledged.len() as u64).max(1),
                "latency_ms": { "p50": percentile(0.5), "p90": percentile(0.9), "p99": percentile(0.99), "max": percentile(1.0) },
                "refused": outcome.refused, "unanswered": outcome.unanswered, "repeats": outcome.repeats,
                "memory_kib": memory_kib, "gateway_cores": cores,
                "oracle": { "whole": is_whole, "missing": lost.missing, "changed": lost.changed, "doubled": lost.doubled,
                            "repeats_that_differ": outcome.repeats_that_differ },
            })
        );
    } else {
        println!(
            "acknowledged  {} messages of {} bytes in {:.1} s",
            outcome.acknowledged.len(),
            outcome.bytes / (outcome.acknowledged.len() as u64).max(1),
            outcome.elapsed.as_secs_f64()
        );
        println!("rate          {rate:.0} messages a second, each validated and synced to disk before its answer");
        println!(
            "latency       p50 {:.1} ms   p90 {:.1} ms   p99 {:.1} ms   max {:.1} ms",
            percentile(0.5),
            percentile(0.9),
            percentile(0.99),
            percentile(1.0)
        );
        println!("not accepted  {} refused, {} without an answer", outcome.refused, outcome.unanswered);
        if let (Some(memory), Some(cores)) = (memory_kib, cores) {
            println!("gateway       {:.0} MB of memory at most, {cores:.2} cores", memory as f64 / 1024.0);
        }
        println!("repeats       {} sent again, {} with another receipt", outcome.repeats, outcome.repeats_that_differ);
        let verdict = if is_whole { "nothing lost, nothing doubled, nothing changed" } else { "SOMETHING IS WRONG" };
        println!(
            "oracle        {verdict} ({} missing, {} changed, {} doubled)",
            lost.missing, lost.changed, lost.doubled
        );
    }
    Ok(if is_whole { Exit::Fine } else { Exit::No })
}

async fn send(line: &Line, world: &World, address: SocketAddr) -> Result<Outcome, Stop> {
    let message = freshen(MESSAGE, SystemClock.now(), Uuid::now_v7());
    let template = Template::new(&message).expect("the corpus message has all that a template needs");
    let template = Arc::new(template);
    let next = Arc::new(AtomicU64::new(0));
    let obligations = line.obligations.as_deref().map(keep_obligations).transpose().map_err(cannot)?.map(Arc::new);
    let began = Instant::now();
    let until = began + Duration::from_secs(line.seconds);
    let mut senders = Vec::new();
    for _ in 0..line.senders {
        let (certificate, key) = world.certificate("hospital");
        let mut system = SendingSystem::new(address, &world.authority(), &certificate, &key)
            .map_err(|error| Stop::Said(Exit::Configuration, super::chain(&error)))?;
        let (template, next, obligations) = (Arc::clone(&template), Arc::clone(&next), obligations.clone());
        let (count, repeat) = (line.count, line.repeat);
        senders.push(tokio::spawn(async move {
            let mut outcome = Outcome::new();
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                let is_over = count.map_or_else(|| Instant::now() >= until, |count| number >= count);
                if is_over {
                    return outcome;
                }
                let id = Uuid::now_v7();
                let message = Bytes::from(template.make(number, id));
                let repeats = number % 100 < repeat;
                outcome.send(&mut system, id, message, repeats, obligations.as_deref()).await;
            }
        }));
    }
    let mut all = Outcome::new();
    for sender in senders {
        let one = sender.await.map_err(|error| Stop::Said(Exit::Bug, format!("a sender broke: {error}")))?;
        all.add(one);
    }
    all.elapsed = began.elapsed();
    Ok(all)
}

impl Outcome {
    fn new() -> Self {
        Self {
            acknowledged: HashMap::new(),
            latency: Histogram::new_with_bounds(1, LATENCY_MAX, 3).expect("the bounds are in order"),
            refused: 0,
            unanswered: 0,
            repeats: 0,
            repeats_that_differ: 0,
            elapsed: Duration::ZERO,
            bytes: 0,
        }
    }

    async fn send(
        &mut self,
        system: &mut SendingSystem,
        id: Uuid,
        message: Bytes,
        repeats: bool,
        obligations: Option<&Obligations>,
    ) {
        let began = Instant::now();
        let Ok(reply) = system.post("/messages", message.clone(), None).await else {
            self.unanswered += 1;
            tokio::time::sleep(Duration::from_millis(100)).await;
            return;
        };
        if reply.status != http::StatusCode::OK {
            self.refused += 1;
            tokio::time::sleep(Duration::from_millis(20)).await;
            return;
        }
        let micros = u64::try_from(began.elapsed().as_micros()).unwrap_or(LATENCY_MAX);
        self.latency.saturating_record(micros);
        self.bytes += message.len() as u64;
        let receipt = app::sha256(&reply.body);
        self.acknowledged.insert(id, receipt);
        if let Some(obligations) = obligations {
            obligations.keep(id, &receipt);
        }
        if repeats {
            self.repeats += 1;
            match system.post("/messages", message, None).await {
                Ok(again) if app::sha256(&again.body) == receipt => {}
                Ok(again) if again.status == http::StatusCode::SERVICE_UNAVAILABLE => {}
                Ok(_) => self.repeats_that_differ += 1,
                Err(_) => self.unanswered += 1,
            }
        }
    }

    fn add(&mut self, other: Self) {
        self.acknowledged.extend(other.acknowledged);
        self.latency.add(other.latency).expect("the histograms have the same bounds");
        self.refused += other.refused;
        self.unanswered += other.unanswered;
        self.repeats += other.repeats;
        self.repeats_that_differ += other.repeats_that_differ;
        self.bytes += other.bytes;
    }
}

/// A file that outlives us: each acknowledged id with its receipt's hash, one line each.
struct Obligations(std::sync::Mutex<std::fs::File>);

fn keep_obligations(file: &Path) -> std::io::Result<Obligations> {
    Ok(Obligations(std::sync::Mutex::new(std::fs::OpenOptions::new().create(true).append(true).open(file)?)))
}

impl Obligations {
    fn keep(&self, id: Uuid, receipt: &[u8; 32]) {
        let line = format!("{id} {}\n", app::hex(receipt));
        let mut file = self.0.lock().expect("no holder of this lock panics");
        std::io::Write::write_all(&mut *file, line.as_bytes()).expect("the obligations file can be written");
    }
}

/// What the oracle found.
struct Lost {
    missing: u64,
    changed: u64,
    doubled: u64,
}

/// Asks the store for every obligation.
async fn lost(config: &Config, acknowledged: &HashMap<Uuid, [u8; 32]>) -> Result<Lost, Stop> {
    let store = app::open_store(config).await?;
    let sender = OrgNumber::parse(crate::trial::HOSPITAL).expect("the made-up number holds");
    let mut lost = Lost { missing: 0, changed: 0, doubled: 0 };
    for (id, receipt) in acknowledged {
        match store.receipt(&sender, &id.to_string()).await? {
            ReceiptAnswer::Have(answer) => match answer.receipt {
                Some(xml) if app::sha256(&xml) == *receipt => {}
                Some(_) => lost.changed += 1,
                None => lost.missing += 1,
            },
            ReceiptAnswer::Unknown => lost.missing += 1,
        }
    }
    lost.doubled = doubled(&*store, acknowledged.len() as u64).await?;
    Ok(lost)
}

/// How many more inbox items than accepted messages there are; each accepted message of the load goes to one unit.
async fn doubled(store: &dyn Store, acknowledged: u64) -> Result<u64, Stop> {
    let tallies = store.tallies().await?;
    let messages: u64 = tallies.messages.iter().map(|(_, count)| count).sum();
    let items: u64 = tallies.items.iter().map(|(_, _, count)| count).sum();
    let too_few = acknowledged.saturating_sub(messages);
    Ok(items.saturating_sub(messages) + too_few)
}

/// Seconds of processor time that a process has used.
fn used(pid: u32) -> Option<f64> {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks: f64 = fields.get(11)?.parse::<f64>().ok()? + fields.get(12)?.parse::<f64>().ok()?;
    Some(ticks / 100.0)
}

/// The most memory that a process has had resident. KiB.
fn memory_kib(pid: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    status.lines().find_map(|it| it.strip_prefix("VmHWM:"))?.split_whitespace().next()?.parse().ok()
}
