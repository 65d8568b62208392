//! What stood in a message is what staff see: every text of its content, and every byte of its attachments, for each
//! message of the corpus that is accepted, and for what other systems wrote.

use super::dialogue::page;
use super::dialogue::seen;
use super::dialogue::without_space;
use super::dialogue::xml_files;
use super::support::House;
use crate::app;
use crate::domain::Attachment;
use crate::domain::AttachmentContent;
use crate::domain::Packing;
use crate::inbox::ReadMessage;
use crate::judge;
use crate::wire;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use roxmltree::Document;
use roxmltree::Node;
use std::io::Read as _;
use std::path::Path;
use std::path::PathBuf;

/// Texts that are not shown letter by letter, by the element that they stand in: dates, codes and numbers are put into
/// words, and what the house says in its own way stands elsewhere on the page. `tests/report.rs` has each of them.
const PUT_INTO_WORDS: [&str; 31] = [
    "meldingsId",
    "Opprettet",
    "Kommune",
    "Bydel",
    "Nivaa",
    "Fodselsdato",
    "Fodt",
    "Termin",
    "Dato",
    "GyldigTil",
    "Id",
    "TrengerTolk",
    "Ufodt",
    "Hastegrad",
    "Varighet",
    "UtskrivningPlanlagt",
    "PlanlagtUtskrivning",
    "Fra",
    "FraDato",
    "Samtykke",
    "Status",
    "Privat",
    "OnskerTilbakemelding",
    "ErForesatt",
    "Informert",
    "SkalIkkeInformeres",
    "DokumentId",
    "Orgnr",
    "HerId",
    "Hpr",
    "Fodselsnummer",
];

struct Found {
    read: ReadMessage,
    /// Without white space, in order.
    texts: Vec<String>,
    /// As they stand in the message, unpacked by another way than the house's.
    files: Vec<(usize, Vec<u8>)>,
    /// As the house gives them out.
    given: Vec<(usize, Option<Vec<u8>>)>,
}

fn found(file: &Path) -> Option<Found> {
    let arrival = super::support::arrival(file);
    let rulebook = app::example_rulebook();
    let limits = wire::UnpackLimits::from(&rulebook.limits);
    judge::reopen(&arrival, &rulebook, |tree, it| {
        let report = it.report?;
        let mut texts = texts(tree);
        texts.extend(header_texts(tree));
        let files = files(tree);
        let bytes = |it: &Attachment| wire::attachment_bytes(tree.input_text(), it.content.inline()?, &limits);
        let given = it.attachments.iter().map(|it| (it.position, bytes(it))).collect();
        let read = ReadMessage { head: it.head, report, attachments: it.attachments, particulars: it.particulars };
        Some(Found { read, texts, files, given })
    })
    .flatten()
}

fn named<'a, 'i>(parent: Node<'a, 'i>, name: &'static str) -> impl Iterator<Item = Node<'a, 'i>> {
    parent.children().filter(move |it| it.is_element() && it.tag_name().name() == name)
}

/// Other content is rejected where it stands, for want of a schema.
fn is_carrier(root: &Node<'_, '_>) -> bool {
    let namespace = root.tag_name().namespace().unwrap_or_default();
    matches!(root.tag_name().name(), "Behovsmelding" | "Dialogmelding")
        || namespace.starts_with("http://www.kith.no/xmlstds/po/")
}

/// Every text of the first content of its kind, save programs and what is put into words.
fn texts(tree: &Document<'_>) -> Vec<String> {
    let mut seen_roots = Vec::new();
    let mut texts = Vec::new();
    for document in named(tree.root_element(), "Document") {
        let content = named(document, "RefDoc").flat_map(|it| named(it, "Content").collect::<Vec<_>>()).next();
        let root = content.and_then(|it| it.children().find(Node::is_element));
        let Some(root) = root.filter(is_carrier) else { continue };
        if seen_roots.contains(&root.tag_name()) {
            continue;
        }
        seen_roots.push(root.tag_name());
        let is_program = |it: &Node<'_, '_>| matches!(it.tag_name().name(), "script" | "style");
        let is_local = |it: &Node<'_, '_>| it.tag_name().name() == "Lokalt" || it.tag_name().name() == "LokalUtvidelse";
        let ours = root.tag_name().name() == "Behovsmelding";
        let said =
            root.descendants().filter(|it| it.is_text() && !it.ancestors().any(|it| is_program(&it) || is_local(&it)));
        for text in said {
            let parent = text.parent().map_or("", |it| it.tag_name().name());
            let all = without_space(text.text().unwrap_or_default());
            let in_words = PUT_INTO_WORDS.contains(&parent) || is_code_or_date(&all);
            if all.is_empty() || (ours && in_words) {
                continue;
            }
            texts.push(all);
        }
    }
    texts
}

/// Every text that the header says of the parties and the person, and every remark on a document. Dates are put into words.
fn header_texts(tree: &Document<'_>) -> Vec<String> {
    let root = tree.root_element();
    let parts = named(root, "MsgInfo")
        .flat_map(|it| it.children())
        .filter(|it| matches!(it.tag_name().name(), "Sender" | "Receiver" | "OtherReceiver" | "Patient"));
    let remarks = named(root, "Document").flat_map(|it| it.children()).filter(|it| it.tag_name().name() != "RefDoc");
    parts
        .chain(remarks)
        .flat_map(|it| it.descendants())
        .filter(|it| it.is_text() && it.parent().is_none_or(|it| it.tag_name().name() != "DateOfBirth"))
        .map(|it| without_space(it.text().unwrap_or_default()))
        .filter(|it| {
            !it.is_empty() && it.parse::<jiff::Timestamp>().is_err() && it.parse::<jiff::civil::Date>().is_err()
        })
        .collect()
}

/// `JA`, `BEHOV_X`, `2026-10-19`, `true`: said in words by the house.
fn is_code_or_date(text: &str) -> bool {
    let is_code = text.chars().all(|it| it.is_ascii_uppercase() || it.is_ascii_digit() || it == '_' || it == '-');
    is_code || matches!(text, "true" | "false") || text.parse::<jiff::civil::Date>().is_ok()
}

fn files(tree: &Document<'_>) -> Vec<(usize, Vec<u8>)> {
    let mut files = Vec::new();
    for (index, document) in named(tree.root_element(), "Document").enumerate() {
        let Some(reference) = named(document, "RefDoc").next() else { continue };
        let container = reference.descendants().find(|it| it.tag_name().name() == "Base64Container");
        let Some(container) = container else { continue };
        let written = container.descendants().filter(Node::is_text).filter_map(|it| it.text());
        let packed: String = written.flat_map(str::split_whitespace).collect();
        let Ok(packed) = STANDARD.decode(packed) else { continue };
        let method = named(reference, "Compression").next().and_then(|it| it.attribute("V"));
        let mut bytes = Vec::new();
        let read = match method {
            Some("GZ") => flate2::read::GzDecoder::new(&*packed).read_to_end(&mut bytes),
            Some("DF") => flate2::read::ZlibDecoder::new(&*packed).read_to_end(&mut bytes).or_else(|_| {
                bytes.clear();
                flate2::read::DeflateDecoder::new(&*packed).read_to_end(&mut bytes)
            }),
            Some(_) | None => std::io::copy(&mut &*packed, &mut bytes).map(|_| 0),
        };
        read.unwrap();
        files.push((index + 1, bytes));
    }
    files
}

#[tokio::test]
async fn every_text_and_every_byte_of_an_accepted_message_is_found_again() {
    let corpus = |it: &str| Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus").join(it);
    let house = House::new().await;
    let (mut texts, mut files, mut packed) = (0, 0, 0);
    let ours = xml_files(&corpus("valid")).into_iter().chain(xml_files(&corpus("remarked")));
    let shared = std::env::var_os("MELDEPORT_SHARED")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"), PathBuf::from);
    let theirs = ["dialogmelding-1.0", "dialogmelding-1.1", "msghead-other"];
    let theirs = theirs.into_iter().flat_map(|it| xml_files(&shared.join("standards/corpus").join(it)));
    let mut looked_at = 0;
    for (file, is_ours) in ours.map(|it| (it, true)).chain(theirs.map(|it| (it, false))) {
        let Some(found) = found(&file) else {
            assert!(!is_ours, "{} cannot be read", file.display());
            continue;
        };
        looked_at += 1;

        for (position, bytes) in &found.files {
            let given = found.given.iter().find(|(it, _)| it == position).and_then(|(_, it)| it.as_ref());
            assert!(given == Some(bytes), "{}: attachment {position} is not given out as it was", file.display());
        }
        let positions: Vec<_> = found.read.attachments.iter().map(|it| it.position).collect();
        assert!(positions.is_sorted(), "{}: {positions:?}", file.display());
        let is_packed =
            |it: &AttachmentContent| matches!(it, AttachmentContent::Inline(it) if it.packing != Packing::None);
        packed += found.read.attachments.iter().filter(|it| is_packed(&it.content)).count();
        files += found.files.len();

        let page = page(&house, found.read).await;
        let shown = seen(&page);
        for (index, text) in found.texts.iter().enumerate() {
            // The text itself is not printed: other systems' files may hold anything.
            assert!(shown.contains(text.as_str()), "{}: text number {index} is not shown", file.display());
        }
        for position in found.files.iter().map(|(it, _)| it) {
            assert!(page.contains(&format!("/attachments/{position}\"")), "{}: {position}", file.display());
        }
        texts += found.texts.len();
    }
    println!("{looked_at} messages, {texts} texts, {files} files, {packed} packed");
    assert!(texts > 300 && files >= 15 && packed >= 3, "{texts} texts, {files} files, {packed} packed");
}
