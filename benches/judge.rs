//! What judging costs, stage by stage, on one thread: `cargo bench --bench judge [-- FILE…]`.
//!
//! Without files it takes a worked example (7 KB) and a message with eight faults. Beside it, libxml2 parses and validates
//! the same file by the same schemas (`xmllint --repeat`); where there is no xmllint, that is said.
//!
//! `scripts/beside-libxml2` compares more closely: a dialogue message of 6 KB, judged here and parsed and validated by libxml2
//! in a small C program, in turns, on the same core.

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
    if let (Some(program), Some(schema)) =
        (std::env::var_os("MELDEPORT_BESIDE"), std::env::var_os("MELDEPORT_BESIDE_SCHEMA"))
    {
        return beside::run(Path::new(&program), Path::new(&schema));
    }
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
    say("decode", size, best(|| xml::decode(&arrival.bytes, None, limits.bytes_max)));
    say("gate", size, best(|| xml::gate(text.as_str(), &limits)));
    say("tree", size, best(|| xml::plant(gated)));
    for (name, stage) in [
        ("… up to the envelope", Stage::Envelope),
        ("… and the schema", Stage::Schema),
        ("… and the rules", Stage::Rules),
        ("… and the route", Stage::Route),
    ] {
        say(name, size, best(|| judge::examine_until(&arrival, rulebook, directory, stage)));
    }
    say("the whole judgement", size, best(|| judge::judge(&arrival, rulebook, directory)));
    if let Judgement::Verdict(verdict) = &judged {
        let id = ReceiptId(Uuid::nil());
        let answer = || apprec::write(&receipt::compose(verdict, id, arrival.received_at, AppRecVersion::V1_1));
        say("the AppRec", size, best(answer));
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
fn best<T>(once: impl Fn() -> T) -> Duration {
    let round = || {
        let (began, mut count) = (Instant::now(), 0_u32);
        while began.elapsed() < EACH {
            for _ in 0..16 {
                black_box(once());
            }
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

/// Ours and libxml2's in turns.
mod beside {
    use super::Path;
    use super::arrival;
    use super::black_box;
    use super::judge;
    use meldeport::app;
    use meldeport::domain::Judgement;
    use std::io::BufRead;
    use std::io::BufReader;
    use std::io::Write;
    use std::process::Child;
    use std::process::ChildStdout;
    use std::process::Command;
    use std::process::Stdio;
    use std::time::Instant;

    /// Turns of each, and how many messages there are in one.
    const TURNS: usize = 15;
    const MESSAGES: u32 = 2_000;
    const BYTES: usize = 6 * 1024;

    pub(super) fn run(program: &Path, schema: &Path) {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let given: Vec<String> = std::env::args().skip(1).filter(|it| !it.starts_with("--")).collect();
        if given.is_empty() {
            let text =
                std::fs::read_to_string(root.join("tests/corpus/valid/dialog-note-plain.xml")).expect("the corpus");
            let file = std::env::temp_dir().join(format!("meldeport-beside-{}.xml", std::process::id()));
            std::fs::write(&file, of_six_kilobytes(&text)).expect("the folder for temporary files can be written");
            compare(program, schema, &file, "a dialogue message");
            std::fs::remove_file(&file).expect("it was written a moment ago");
        }
        given.iter().for_each(|it| compare(program, schema, Path::new(it), it));
    }

    /// A dialogue message whose note goes on until it has the size.
    fn of_six_kilobytes(text: &str) -> String {
        let (before, after) = text.split_once("</TekstNotatInnhold>").expect("the message has a note");
        let more = "Hun trener hver dag og får hjelp til stell & måltider. ".replace('&', "&amp;");
        let mut text = before.to_owned();
        while text.len() + after.len() < BYTES {
            text.push_str(&more);
        }
        text + "</TekstNotatInnhold>" + after
    }

    fn compare(program: &Path, schema: &Path, file: &Path, name: &str) {
        let bytes = std::fs::read(file).unwrap_or_else(|error| panic!("{name}: {error}"));
        let size = bytes.len();
        let (arrival, rulebook, directory) = (arrival(bytes), app::example_rulebook(), app::example_directory());
        let verdict = match judge::judge(&arrival, &rulebook, &directory) {
            Judgement::Verdict(it) if it.is_accepted() => "accepted",
            Judgement::Verdict(_) => "rejected",
            Judgement::Refusal(_) => "refused",
        };
        let mut theirs = Theirs::start(program, schema, file);
        println!("\n{name}: {size} bytes, {verdict}; {TURNS} turns of {MESSAGES} messages each, µs for one message");
        println!("  by {} and {}", theirs.version, schema.display());
        println!("  turn   judge   libxml2 (parse, validate)   ratio");
        let mut turns: Vec<(f64, f64)> = Vec::new();
        for turn in 1..=TURNS {
            let began = Instant::now();
            for _ in 0..MESSAGES {
                black_box(judge::judge(black_box(&arrival), &rulebook, &directory));
            }
            let ours = began.elapsed().as_secs_f64() * 1e6 / f64::from(MESSAGES);
            let theirs = theirs.turn() * 1e6 / f64::from(MESSAGES);
            println!("  {turn:>4} {ours:>7.1} {theirs:>9.1} {:>25.2}", theirs / ours);
            turns.push((ours, theirs));
        }
        let median = |of: fn(&(f64, f64)) -> f64| {
            let mut all: Vec<f64> = turns.iter().map(of).collect();
            all.sort_by(f64::total_cmp);
            all[all.len() / 2]
        };
        let (ours, theirs) = (median(|it| it.0), median(|it| it.1));
        println!("  median {ours:.1} and {theirs:.1}: judge does {:.2} messages while libxml2 does one", theirs / ours);
    }

    /// The C program, which does so many when it is told a number.
    struct Theirs {
        child: Child,
        answers: BufReader<ChildStdout>,
        version: String,
    }

    impl Theirs {
        fn start(program: &Path, schema: &Path, file: &Path) -> Self {
            let mut command = Command::new(program);
            command.arg(schema).arg(file).stdin(Stdio::piped()).stdout(Stdio::piped());
            let mut child = command.spawn().unwrap_or_else(|error| panic!("{}: {error}", program.display()));
            let mut answers = BufReader::new(child.stdout.take().expect("it is piped"));
            let mut version = String::new();
            answers.read_line(&mut version).expect("it says its version");
            Self { child, answers, version: version.trim().to_owned() }
        }

        /// Seconds for one turn.
        fn turn(&mut self) -> f64 {
            let mut orders = self.child.stdin.as_ref().expect("it is piped");
            writeln!(orders, "{MESSAGES}").expect("it listens");
            let mut answer = String::new();
            self.answers.read_line(&mut answer).expect("it answers");
            let (seconds, _) = answer.trim().split_once(' ').expect("seconds and a verdict");
            seconds.parse().expect("seconds are a number")
        }
    }

    impl Drop for Theirs {
        fn drop(&mut self) {
            drop(self.child.stdin.take());
            // It ends when it hears nothing more.
            drop(self.child.wait());
        }
    }
}
