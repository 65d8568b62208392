//! What judging costs, stage by stage, on one thread: `cargo bench --bench judge [-- FILE…]`.
//!
//! Without files it takes a worked example (7 KB) and a message with eight faults. Beside it, libxml2 parses and validates
//! the same file by the same schemas (`xmllint --repeat`); where there is no xmllint, that is said.

use bytes::Bytes;
use meldeport::app;
use meldeport::domain::AppRecVersion;
use meldeport::domain::Arrival;
use meldeport::domain::Channel;
use meldeport::domain::Judgement;
use meldeport::domain::OrgNumber;
use meldeport::domain::Peer;
use meldeport::domain::ReceiptId;
use meldeport::domain::Rulebook;
use meldeport::domain::Timestamp;
use meldeport::judge;
use meldeport::judge::Stage;
use meldeport::receipt;
use meldeport::routing::Directory;
use meldeport::trial;
use meldeport::wire::apprec;
use meldeport::wire::xml;
use std::hint::black_box;
use std::path::Path;
use std::process::Command;
use std::process::Stdio;
use std::time::Duration;
use std::time::Instant;
use uuid::Uuid;

/// How long each stage is measured, and how often; the best counts, for the machine has other things to do.
const EACH: Duration = Duration::from_millis(500);
const ROUNDS: usize = 3;
/// The corpus is dated October 2026.
const NOW: &str = "2026-10-21T10:00:00Z";

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let given: Vec<String> = std::env::args().skip(1).filter(|it| !it.starts_with("--")).collect();
    let ours = ["tests/corpus/valid/hospital-inpatient.xml", "tests/corpus/invalid/several-faults.xml"];
    let files = if given.is_empty() { ours.map(|it| root.join(it).display().to_string()).to_vec() } else { given };
    let (rulebook, directory) = (app::example_rulebook(), app::example_directory());
    for file in files {
        let bytes = std::fs::read(&file).unwrap_or_else(|error| panic!("{file}: {error}"));
        measure(&file, bytes, &rulebook, &directory);
        measure_xmllint(&root.join("schemas/all.xsd"), &file);
    }
}

fn measure(file: &str, bytes: Vec<u8>, rulebook: &Rulebook, directory: &Directory) {
    let size = bytes.len();
    let arrival = arrival(bytes);
    let judged = judge::judge(&arrival, rulebook, directory);
    let outcome = match &judged {
        Judgement::Verdict(it) if it.is_accepted() => "accepted".to_owned(),
        Judgement::Verdict(it) => format!("rejected with {} findings", it.findings.len()),
        Judgement::Refusal(_) => "refused".to_owned(),
    };
    println!("\n{file}: {size} bytes, {outcome}; one thread, the best of {ROUNDS}");

    let limits = xml::Limits::default();
    let text = xml::decode(&arrival.bytes, None, limits.bytes_max).unwrap_or_else(|fault| panic!("{fault:?}"));
    let gated = xml::gate(text.as_str(), &limits).unwrap_or_else(|fault| panic!("{fault:?}"));
    say("decode", size, best(|| drop(black_box(xml::decode(&arrival.bytes, None, limits.bytes_max)))));
    say("gate", size, best(|| drop(black_box(xml::gate(text.as_str(), &limits)))));
    say("tree", size, best(|| drop(black_box(xml::plant(gated)))));
    for (name, stage) in [
        ("… up to the envelope", Stage::Envelope),
        ("… and the schema", Stage::Schema),
        ("… and the rules", Stage::Rules),
        ("… and the route", Stage::Route),
    ] {
        say(name, size, best(|| drop(black_box(judge::examine_until(&arrival, rulebook, directory, stage)))));
    }
    say("the whole judgement", size, best(|| drop(black_box(judge::judge(&arrival, rulebook, directory)))));
    if let Judgement::Verdict(verdict) = &judged {
        let id = ReceiptId(Uuid::nil());
        let answer = || apprec::write(&receipt::compose(verdict, id, arrival.received_at, AppRecVersion::V1_1));
        say("the AppRec", size, best(|| drop(black_box(answer()))));
    }
}

fn arrival(bytes: Vec<u8>) -> Arrival {
    Arrival {
        peer: Peer {
            organisation: OrgNumber::parse(trial::HOSPITAL).expect("the made-up numbers hold"),
            sub_unit: None,
            certificate_sha256: [0; 32],
            certificate_ends: Timestamp(i64::MAX),
        },
        channel: Channel::File,
        received_at: Timestamp::from_jiff(NOW.parse().expect("this is a moment")),
        bytes: Bytes::from(bytes),
        charset: None,
    }
}

/// How long one takes.
fn best(once: impl Fn()) -> Duration {
    let round = || {
        let (began, mut count) = (Instant::now(), 0_u32);
        while began.elapsed() < EACH {
            (0..16).for_each(|_| once());
            count += 16;
        }
        began.elapsed() / count
    };
    (0..ROUNDS).map(|_| round()).min().unwrap_or_default()
}

fn say(what: &str, size: usize, took: Duration) {
    let seconds = took.as_secs_f64().max(1e-9);
    let (rate, flow) = (1.0 / seconds, size as f64 / seconds / 1e6);
    println!("  {what:<24} {:>8.1} µs {rate:>9.0} /s {flow:>6.0} MB/s", seconds * 1e6);
}

/// `xmllint --repeat` does a file a hundred times. What its start and the reading of the schemas take is measured by
/// itself and taken off.
fn measure_xmllint(schemas: &Path, file: &str) {
    const FILES: u32 = 20;
    let run = |repeat: bool, files: u32| {
        let mut command = Command::new("xmllint");
        command.args(["--nonet", "--noout", "--schema"]).arg(schemas).stdout(Stdio::null()).stderr(Stdio::null());
        if repeat {
            command.arg("--repeat");
        }
        let began = Instant::now();
        // The exit status says whether the file is valid, which is not asked here.
        command.args(std::iter::repeat_n(file, files as usize)).status().ok().map(|_| began.elapsed())
    };
    let rounds: Option<Vec<Duration>> = (0..ROUNDS)
        .map(|_| run(false, 1).zip(run(true, FILES)).map(|(start, all)| all.saturating_sub(start) / (FILES * 100 - 1)))
        .collect();
    match rounds.and_then(|it| it.into_iter().min()) {
        Some(took) => {
            let size = std::fs::metadata(file).map_or(0, |it| it.len() as usize);
            say("libxml2 parse, validate", size, took);
        }
        None => println!("  libxml2: NOT MEASURED, there is no xmllint here (Debian: libxml2-utils)"),
    }
}
