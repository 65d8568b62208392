//! Documents made to hurt. Each costs bounded memory and gets a clear answer, and nothing panics.
//!
//! How memory is measured: the child judges the hostile file first and then a good message from standard input, which is
//! held open. While the child waits for it, `/proc` says the most memory it has had. The good message is accepted, so a
//! status of 1 comes from the hostile file.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::fs;
use std::fs::File;
use std::io::BufRead;
use std::io::BufReader;
use std::io::BufWriter;
use std::io::Read;
use std::io::Write;
use std::path::Path;
use std::process::Child;
use std::process::Command;
use std::process::Stdio;
use std::time::Duration;
use std::time::Instant;

const RESIDENT_KIB_MAX: u64 = 64 * 1024;
const MIB: usize = 1024 * 1024;
const GOOD: &str = include_str!("corpus/valid/hospital-inpatient.xml");
const CARE: &str = include_str!("corpus/remarked/care-discharge-1.5.xml");
const XHTML: &str = include_str!("corpus/valid/dialog-xhtml.xml");
const WITH_ATTACHMENT: &str = include_str!("corpus/valid/attachments.xml");
/// When the messages of the corpus are new.
const AT: &str = "2026-10-19T12:00:00Z";

/// A name, what it is written by, and the codes that it is told by.
type Hostile = (&'static str, fn(&mut dyn Write), &'static [&'static str]);

const HOSTILE: [Hostile; 19] = [
    ("billion-laughs", billion_laughs, &["MP-208"]),
    ("external-entity", external_entity, &["MP-208"]),
    ("depth-100000", deep, &["MP-209"]),
    ("a-million-attributes", attributes, &["MP-209"]),
    ("100000-namespaces", namespaces, &["MP-209"]),
    ("50-mb-of-text", text, &["MP-202"]),
    ("50-mb-of-base64", base64, &["MP-202"]),
    // Small enough to be read the whole way: the attachment is too large, and of no kind that is taken.
    ("18-mb-of-base64", base64_within_the_limit, &["MP-261", "MP-262"]),
    ("invalid-utf-8", invalid_utf8, &["MP-206"]),
    ("unknown-encoding", unknown_encoding, &["MP-204"]),
    ("utf-16-that-ends-in-the-middle", half_utf16, &["MP-206"]),
    ("utf-16-of-19-mb", utf16, &["MP-209"]),
    ("like-a-zip-file", zip, &["MP-206"]),
    ("nothing-but-nul", nul, &["MP-209"]),
    ("a-name-of-5-mb", long_name, &["MP-209"]),
    ("300000-empty-elements", elements, &["MP-209"]),
    // Fifty attachments of 90 kB that come to 20 MB each, and one of a megabyte that comes to 1 GB.
    ("many-zip-bombs", many_bombs, &["MP-273"; 50]),
    ("a-zip-bomb-of-1-gb", large_bomb, &["MP-273"]),
    ("a-zip-bomb-in-a-zip-bomb", bomb_in_bomb, &["MP-273"]),
];

/// What looks hostile and is accepted.
const HARMLESS: [Hostile; 4] = [
    // What could act is left out, and that is told.
    ("xhtml-with-script", script, &["MP-221"]),
    ("10000-elements-in-a-care-message", care, &["MP-493"]),
    ("a-care-message-as-deep-as-the-limit", deep_care, &["MP-493"]),
    // Nothing is wrong with it but its size, which is within the limit.
    ("a-comment-of-19-mb", long_comment, &[]),
];

/// In a build without optimisation on a busy machine; an optimised one takes less than a second for each.
const TIME_MAX: Duration = Duration::from_secs(60);

#[test]
fn every_hostile_document_gets_a_clear_answer_in_bounded_memory() {
    let folder = tempfile::tempdir().unwrap();
    let mut wrong = Vec::new();
    let rejected = HOSTILE.into_iter().map(|it| (it, 1));
    for ((name, write, expected), status) in rejected.chain(HARMLESS.into_iter().map(|it| (it, 0))) {
        let file = folder.path().join(format!("{name}.xml"));
        let mut out = BufWriter::new(File::create(&file).unwrap());
        write(&mut out);
        out.into_inner().unwrap().sync_all().unwrap();

        let began = Instant::now();
        let told = judge(folder.path(), &file);
        let took = began.elapsed();

        let codes: Vec<_> = told.findings.iter().map(String::as_str).collect();
        let resident = told.resident_kib;
        println!("{name}: {} codes, {resident} KiB, {took:?}, status {:?}", codes.len(), told.status);
        if codes != expected
            || told.status != Some(status)
            || resident > RESIDENT_KIB_MAX
            || took > TIME_MAX
            || told.talk.contains("panicked")
        {
            wrong.push(format!(
                "{name}: expected {expected:?}, got {codes:?}, {resident} KiB, {took:?}, status {:?}\n{}",
                told.status, told.talk
            ));
        }
        fs::remove_file(&file).unwrap();
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

struct Told {
    findings: Vec<String>,
    resident_kib: u64,
    status: Option<i32>,
    talk: String,
}

fn judge(folder: &Path, file: &Path) -> Told {
    let mut child = Command::new(env!("CARGO_BIN_EXE_meldeport"))
        .args(["judge", "--json", "--at", AT])
        .arg(file)
        .arg("-")
        .current_dir(folder)
        .env_remove("MELDEPORT_CONFIG")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = BufReader::new(child.stdout.take().unwrap());
    let mut first = String::new();
    said.read_line(&mut first).unwrap();
    let resident_kib = most_resident_kib(&child);
    // A child that has fallen over takes nothing; its status and its talk say so.
    drop(child.stdin.take().unwrap().write_all(GOOD.as_bytes()));
    let mut second = String::new();
    said.read_line(&mut second).unwrap();
    let output = child.wait_with_output().unwrap();
    let mut talk = String::from_utf8_lossy(&output.stderr).into_owned();
    let first: serde_json::Value = serde_json::from_str(&first).unwrap_or_default();
    let second: serde_json::Value = serde_json::from_str(&second).unwrap_or_default();
    if second["verdict"] != "accepted" {
        talk.push_str("the good message was not accepted\n");
        return Told { findings: Vec::new(), resident_kib, status: None, talk };
    }
    let findings = first["findings"].as_array().cloned().unwrap_or_default();
    // What is told of many good messages is left out.
    let findings = findings.iter().filter(|it| it["severity"] != "info");
    let findings = findings.map(|it| it["code"].as_str().unwrap_or_default().to_owned()).collect();
    Told { findings, resident_kib, status: output.status.code(), talk }
}

fn most_resident_kib(child: &Child) -> u64 {
    let mut status = String::new();
    File::open(format!("/proc/{}/status", child.id())).unwrap().read_to_string(&mut status).unwrap();
    let line = status.lines().find_map(|it| it.strip_prefix("VmHWM:"));
    // A zombie has no memory to tell of: it ended before it had answered.
    line.and_then(|it| it.split_whitespace().next()?.parse().ok()).unwrap_or(u64::MAX)
}

fn put(out: &mut dyn Write, text: &str) {
    out.write_all(text.as_bytes()).unwrap();
}

fn billion_laughs(out: &mut dyn Write) {
    put(out, "<?xml version=\"1.0\"?>\n<!DOCTYPE MsgHead [<!ENTITY l0 \"ha\">");
    for level in 1..40 {
        put(out, &format!("<!ENTITY l{level} \"{}\">", format!("&l{};", level - 1).repeat(10)));
    }
    put(out, "]>\n<MsgHead xmlns=\"http://www.kith.no/xmlstds/msghead/2006-05-24\">&l39;</MsgHead>");
}

fn external_entity(out: &mut dyn Write) {
    put(out, "<?xml version=\"1.0\"?>\n<!DOCTYPE MsgHead [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>\n");
    put(out, "<MsgHead xmlns=\"http://www.kith.no/xmlstds/msghead/2006-05-24\">&x;</MsgHead>");
}

fn deep(out: &mut dyn Write) {
    put(out, "<MsgHead xmlns=\"http://www.kith.no/xmlstds/msghead/2006-05-24\">");
    put(out, &"<a>".repeat(100_000));
    put(out, &"</a>".repeat(100_000));
    put(out, "</MsgHead>");
}

fn attributes(out: &mut dyn Write) {
    put(out, "<MsgHead xmlns=\"http://www.kith.no/xmlstds/msghead/2006-05-24\"");
    for number in 0..1_000_000 {
        put(out, &format!(" a{number}=\"\""));
    }
    put(out, "/>");
}

fn namespaces(out: &mut dyn Write) {
    put(out, "<MsgHead xmlns=\"http://www.kith.no/xmlstds/msghead/2006-05-24\"");
    for number in 0..100_000 {
        put(out, &format!(" xmlns:n{number}=\"urn:example:{number}\""));
    }
    put(out, "/>");
}

fn text(out: &mut dyn Write) {
    let (before, after) = GOOD.split_once("<Beskrivelse>").unwrap();
    put(out, before);
    put(out, "<Beskrivelse>");
    for _ in 0..50 {
        put(out, &"tekst ".repeat(MIB / 6));
    }
    put(out, after);
}

fn with_base64(out: &mut dyn Write, bytes: usize) {
    let begins = WITH_ATTACHMENT.find("<base:Base64Container").unwrap();
    let begins = begins + WITH_ATTACHMENT[begins..].find('>').unwrap() + 1;
    let (before, after) = WITH_ATTACHMENT.split_at(begins);
    let (_, after) = after.split_once("</").unwrap();
    put(out, before);
    let line = format!("{}\n", "QUJD".repeat(19));
    for _ in 0..bytes / line.len() {
        put(out, &line);
    }
    put(out, "</");
    put(out, after);
}

fn base64(out: &mut dyn Write) {
    with_base64(out, 50 * MIB);
}

fn base64_within_the_limit(out: &mut dyn Write) {
    with_base64(out, 18 * MIB);
}

fn invalid_utf8(out: &mut dyn Write) {
    let (before, after) = GOOD.split_once("Ragna").unwrap();
    put(out, before);
    out.write_all(&[0xC3, 0x28, 0xFF, 0xFE]).unwrap();
    put(out, after);
}

fn unknown_encoding(out: &mut dyn Write) {
    put(out, &GOOD.replacen("UTF-8", "EBCDIC-CP-NO", 1));
}

fn half_utf16(out: &mut dyn Write) {
    out.write_all(&[0xFF, 0xFE]).unwrap();
    for unit in GOOD.replacen("UTF-8", "UTF-16", 1).encode_utf16() {
        out.write_all(&unit.to_le_bytes()).unwrap();
    }
    // The first half of a pair, and then half of a unit.
    out.write_all(&[0x3D, 0xD8, 0x00]).unwrap();
}

fn utf16(out: &mut dyn Write) {
    out.write_all(&[0xFF, 0xFE]).unwrap();
    let good = GOOD.replacen("UTF-8", "UTF-16", 1);
    let (before, after) = good.split_once("<Beskrivelse>").unwrap();
    let mut write = |text: &str| {
        for unit in text.encode_utf16() {
            out.write_all(&unit.to_le_bytes()).unwrap();
        }
    };
    write(before);
    write("<Beskrivelse>");
    // Three bytes each in UTF-8, two in UTF-16: the document grows when it is read.
    for _ in 0..19 {
        write(&"\u{20AC}".repeat(MIB / 2));
    }
    write(after);
}

fn zip(out: &mut dyn Write) {
    out.write_all(b"PK\x03\x04\x14\x00\x08\x08\x08\x00").unwrap();
    let mut noise = 0x2545_F491_4F6C_DD1D_u64;
    for _ in 0..MIB / 8 {
        noise ^= noise << 13;
        noise ^= noise >> 7;
        noise ^= noise << 17;
        out.write_all(&noise.to_le_bytes()).unwrap();
    }
}

fn nul(out: &mut dyn Write) {
    out.write_all(&vec![0; 10 * MIB]).unwrap();
}

fn long_name(out: &mut dyn Write) {
    put(out, "<MsgHead xmlns=\"http://www.kith.no/xmlstds/msghead/2006-05-24\"><");
    put(out, &"n".repeat(5 * MIB));
    put(out, "/></MsgHead>");
}

fn long_comment(out: &mut dyn Write) {
    let (before, after) = GOOD.split_once("<MsgInfo>").unwrap();
    put(out, before);
    put(out, "<!--");
    put(out, &" merknad".repeat(19 * MIB / 8));
    put(out, "--><MsgInfo>");
    put(out, after);
}

fn elements(out: &mut dyn Write) {
    let (before, after) = GOOD.split_once("<Behov>").unwrap();
    put(out, before);
    put(out, &"<Tjeneste/>".repeat(300_000));
    put(out, "<Behov>");
    put(out, after);
}

/// So many zero bytes, packed.
fn packed_zeros(megabytes: usize) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    for _ in 0..megabytes {
        encoder.write_all(&vec![0; MIB]).unwrap();
    }
    encoder.finish().unwrap()
}

/// A dialogue message with these attachments, said to be packed.
fn with_packed(out: &mut dyn Write, files: &[&[u8]]) {
    let (before, after) = XHTML.rsplit_once("</MsgHead>").unwrap();
    put(out, before);
    for file in files {
        put(out, "<Document><RefDoc><MsgType V=\"A\" DN=\"Vedlegg\"/><MimeType>application/pdf</MimeType>");
        put(out, "<Compression V=\"GZ\"/><Content>");
        put(out, "<b:Base64Container xmlns:b=\"http://www.kith.no/xmlstds/base64container\">");
        put(out, &STANDARD.encode(file));
        put(out, "</b:Base64Container></Content></RefDoc></Document>");
    }
    put(out, "</MsgHead>");
    put(out, after);
}

fn many_bombs(out: &mut dyn Write) {
    let bomb = packed_zeros(20);
    with_packed(out, &vec![bomb.as_slice(); 50]);
}

fn large_bomb(out: &mut dyn Write) {
    with_packed(out, &[&packed_zeros(1000)]);
}

fn bomb_in_bomb(out: &mut dyn Write) {
    let mut outer = GzEncoder::new(Vec::new(), Compression::best());
    outer.write_all(&packed_zeros(200)).unwrap();
    with_packed(out, &[&outer.finish().unwrap()]);
}

fn script(out: &mut dyn Write) {
    let begins = XHTML.find("</TekstNotatInnhold>").unwrap();
    let (before, after) = XHTML.split_at(begins);
    put(out, before);
    for _ in 0..1000 {
        put(out, "<p xmlns=\"http://www.w3.org/1999/xhtml\" onclick=\"x()\">tekst<script>x()</script></p>");
    }
    put(out, after);
}

fn in_care(out: &mut dyn Write, content: &str) {
    let (before, after) = CARE.split_once("<po:OpplysningOpphold>").unwrap();
    put(out, before);
    put(out, content);
    put(out, "<po:OpplysningOpphold>");
    put(out, after);
}

fn care(out: &mut dyn Write) {
    in_care(out, &"<po:A x=\"y\">tekst <po:B/></po:A>".repeat(5_000));
}

fn deep_care(out: &mut dyn Write) {
    in_care(out, &format!("{}dypt{}", "<po:A>".repeat(58), "</po:A>".repeat(58)));
}
