//! How fast a message is read and checked by its schema, beside libxml2 doing the same through Python's lxml, where that is
//! installed. Run: `cargo bench --bench schema [FILE…]`. Without files it takes an example of our own.

use std::hint::black_box;
use std::path::Path;
use std::process::Command;
use std::time::Duration;
use std::time::Instant;

use meldeport::rules::schema;
use meldeport::wire::xml;
use roxmltree::Document;

const EACH: Duration = Duration::from_millis(1_500);
const BATCH: u32 = 32;

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let given: Vec<String> = std::env::args().skip(1).filter(|it| !it.starts_with("--")).collect();
    let files = match given.is_empty() {
        true => vec![root.join("tests/corpus/valid/hospital-inpatient.xml").display().to_string()],
        false => given,
    };
    let start = Instant::now();
    schema::published();
    println!("schemas compiled in {:?}", start.elapsed());

    for file in files {
        let bytes = std::fs::read(&file).unwrap_or_else(|e| panic!("{file}: {e}"));
        println!("\n{file}: {} bytes, one thread, the quickest batch of {BATCH}", bytes.len());
        measure_ours(&bytes);
        measure_lxml(root, &file);
    }
}

fn measure_ours(bytes: &[u8]) {
    let limits = xml::Limits::default();
    let decode = || xml::decode(bytes, None, limits.bytes_max).unwrap_or_else(|e| panic!("{e}"));
    let text = decode();
    let gate = || xml::gate(text.as_str(), &limits).unwrap_or_else(|e| panic!("{e}"));
    let gated = gate();
    let tree = xml::plant(gated).unwrap_or_else(|e| panic!("{e}"));
    println!("  faults: {}", schema::published().check(&tree, 100).len());

    say("decode", bytes.len(), rate(|| drop(black_box(decode()))));
    say("gate", bytes.len(), rate(|| _ = black_box(gate())));
    say("tree", bytes.len(), rate(|| drop(black_box(xml::plant(gated)))));
    say("check", bytes.len(), rate(|| drop(black_box(schema::published().check(&tree, 100)))));
    say("decode + gate + tree + check", bytes.len(), rate(|| whole(bytes, &limits)));
}

fn whole(bytes: &[u8], limits: &xml::Limits) {
    let checked = xml::decode(bytes, None, limits.bytes_max).and_then(|text| {
        let tree: Document<'_> = xml::plant(xml::gate(text.as_str(), limits)?)?;
        Ok(schema::published().check(&tree, 100).len())
    });
    black_box(checked.is_ok());
}

/// Times a second, in the quickest batch: what other programs do on the machine only ever makes a batch slower.
fn rate(once: impl Fn()) -> f64 {
    let (start, mut best) = (Instant::now(), Duration::MAX);
    while start.elapsed() < EACH {
        let batch = Instant::now();
        for _ in 0..BATCH {
            once();
        }
        best = best.min(batch.elapsed());
    }
    f64::from(BATCH) / best.as_secs_f64()
}

fn say(what: &str, bytes: usize, rate: f64) {
    println!("  {what:<30} {rate:>9.0} /s  {:>7.1} µs  {:>6.0} MB/s", 1e6 / rate, rate * bytes as f64 / 1e6);
}

const LXML: &str = r#"
import sys, time
from lxml import etree
schema, file, seconds, batch = etree.XMLSchema(etree.parse(sys.argv[1])), sys.argv[2], float(sys.argv[3]), int(sys.argv[4])
data, parser = open(file, "rb").read(), etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
start, best = time.perf_counter(), 1e9
while time.perf_counter() - start < seconds:
    then = time.perf_counter()
    for _ in range(batch):
        schema.validate(etree.fromstring(data, parser))
    best = min(best, time.perf_counter() - then)
print(".".join(map(str, etree.LIBXML_VERSION)), batch / best)
"#;

fn measure_lxml(root: &Path, file: &str) {
    let driver = root.join("schemas/all.xsd");
    let output = Command::new("/usr/bin/python3")
        .args(["-c", LXML])
        .arg(driver)
        .args([file, &EACH.as_secs_f64().to_string(), &BATCH.to_string()])
        .output();
    let said = output.ok().filter(|it| it.status.success()).and_then(|it| String::from_utf8(it.stdout).ok());
    match said.as_deref().map(str::trim).and_then(|it| it.split_once(' ')) {
        Some((version, rate)) => {
            let bytes = std::fs::metadata(file).map_or(0, |it| it.len() as usize);
            say(&format!("libxml2 {version} parse + validate"), bytes, rate.parse().unwrap_or(0.0));
        }
        None => println!("  libxml2: not measured (no lxml for /usr/bin/python3)"),
    }
}
