//! The schema engine and libxml2 give the same verdict: over the messages that other systems wrote, over our own examples, and
//! over seeded mutations of them, by the official schemas and by our own texts of them.
//!
//! The official schemas and the collected messages are not part of this repository. They are looked for in `$MELDEPORT_SHARED`
//! or `../shared`; without them, or without `xmllint`, the comparison is left out and says so.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;

use meldeport::rules::schema::Builtin;
use meldeport::rules::schema::Fault;
use meldeport::rules::schema::FaultKind;
use meldeport::rules::schema::Schemas;
use meldeport::rules::schema::ValueFault;
use meldeport::wire::xml;
use roxmltree::Document;
use roxmltree::Node;

const MUTATIONS: usize = 3_000;
const SEED: u64 = 0x6d65_6c64_6570_6f72;

#[test]
fn our_schemas_compile() {
    let schemas = compile(&own_schema_files());

    assert!(schemas.declares("urn:meldeport:behovsmelding:1.0", "Behovsmelding"));
    assert!(schemas.declares("http://www.kith.no/xmlstds/msghead/2006-05-24", "MsgHead"));
}

#[test]
fn our_valid_examples_have_no_faults() {
    let schemas = compile(&own_schema_files());
    for file in xml_files(&root().join("tests/corpus/valid")) {
        let text = decoded(&file);
        let tree = Document::parse(&text).unwrap();
        assert_eq!(schemas.check(&tree, 100), [], "{}", file.display());
    }
}

#[test]
fn one_mistake_gives_one_fault() {
    let schemas = compile(&own_schema_files());
    let texts: Vec<String> = xml_files(&root().join("tests/corpus/valid")).iter().map(|it| decoded(it)).collect();
    let mut chance = Chance(SEED);
    let (mut wrong, mut more) = (0, Vec::new());
    while wrong < 1_000 {
        let Some(text) = mutated(&texts[chance.below(texts.len())], &mut chance) else { continue };
        let tree = Document::parse(&text).unwrap();
        let faults = schemas.check(&tree, 1_000);
        wrong += usize::from(!faults.is_empty());
        if faults.len() > 1 {
            let paths: Vec<String> = faults.iter().map(|it| xml::xpath_of(tree.get_node(it.node).unwrap())).collect();
            more.push(format!("{paths:?} {faults:#?}"));
        }
    }
    println!("of {wrong} messages with one random change each, {} have more than one fault", more.len());
    // Some changes are several mistakes at once: an element of the wrong kind repeated where it holds the wrong value.
    assert!(more.len() * 50 <= wrong, "{} of {wrong}:\n{}", more.len(), more[..more.len().min(10)].join("\n"));
}

#[test]
fn the_verdict_is_that_of_libxml2_by_the_official_schemas() {
    let Some(shared) = shared() else { return };
    let folder = shared.join("standards/xsd");
    compare(
        &compile(&official_schema_files(&folder)),
        &folder.join("drivers/all-kith.xsd"),
        &collected(&shared),
        "official",
    );
}

#[test]
fn the_verdict_is_that_of_libxml2_by_our_own_schemas() {
    let Some(shared) = shared() else { return };
    let mut files = collected(&shared);
    files.extend(xml_files(&root().join("tests/corpus/valid")));
    compare(&compile(&own_schema_files()), &root().join("schemas/all.xsd"), &files, "own");
}

/// Where libxml2 2.9 departs from XML Schema part 2, and we do not follow it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Departure {
    /// White space around dates and times collapses (§ 4.3.6); libxml2 refuses it.
    WhiteSpaceAroundMoment,
    /// Other characters than those of base64 are none (§ 3.2.16); libxml2 takes some of them.
    NotBase64,
    /// `1e` is no number (§ 3.2.5); libxml2 takes it.
    NoExponent,
}

fn compare(schemas: &Schemas, driver: &Path, files: &[PathBuf], name: &str) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("schema-{name}"));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    assert!(files.len() > 20, "the collection should hold messages: {files:?}");

    let mut texts: Vec<String> = files.iter().map(|it| decoded(it)).collect();
    let originals = texts.len();
    // A change to a message that is already wrong would seldom change the verdict.
    let right: Vec<String> =
        texts.iter().filter(|it| schemas.check(&Document::parse(it).unwrap(), 1).is_empty()).cloned().collect();
    let mut chance = Chance(SEED);
    while texts.len() < originals + MUTATIONS {
        let original = right[chance.below(right.len())].clone();
        texts.extend(mutated(&original, &mut chance));
    }
    let names: Vec<String> = (0..texts.len()).map(|n| format!("{n:05}.xml")).collect();
    for (name, text) in names.iter().zip(&texts) {
        fs::write(folder.join(name), text).unwrap();
    }

    let said = xmllint(driver, &folder, &names);
    let (mut valid, mut departures, mut wrong) = (0, BTreeMap::new(), Vec::new());
    for (name, text) in names.iter().zip(&texts) {
        let tree = Document::parse(text).unwrap();
        let faults = schemas.check(&tree, 1_000);
        let theirs = &said[name.as_str()];
        assert!(faults.is_sorted_by_key(|it| it.offset), "{name}: {faults:#?}");
        match (faults.is_empty(), theirs.is_valid) {
            (true, true) => valid += 1,
            (false, false) => {}
            _ => match departure(&tree, &faults, theirs) {
                Some(it) => *departures.entry(it).or_insert(0) += 1,
                None => wrong.push(format!("{}: {faults:#?}\n{:#?}", folder.join(name).display(), theirs.messages)),
            },
        }
    }
    println!(
        "{name}: {originals} messages and {MUTATIONS} mutations (seed {SEED:#x}); {valid} valid; departures {departures:?}"
    );
    assert!(
        wrong.is_empty(),
        "{} verdicts differ (seed {SEED:#x}):\n{}",
        wrong.len(),
        wrong[..wrong.len().min(5)].join("\n")
    );
    assert!(valid > texts.len() / 20, "hardly any message is valid: the comparison says little");
    fs::remove_dir_all(&folder).unwrap();
}

fn departure(tree: &Document<'_>, faults: &[Fault], theirs: &Verdict) -> Option<Departure> {
    let is_moment = |it: &String| {
        let types = ["dateTime'", "date'", "time'", "gYear'", "gYearMonth'"];
        let quoted = it.split('\'').filter(|it| !it.is_empty()).any(|it| it != it.trim());
        quoted && types.iter().any(|of| it.contains(of)) || it.contains("union type")
    };
    if faults.is_empty() && !theirs.messages.is_empty() && theirs.messages.iter().all(is_moment) {
        return Some(Departure::WhiteSpaceAroundMoment);
    }
    let only = |of: &[Builtin]| {
        !faults.is_empty()
            && faults.iter().all(|it| {
                matches!(&it.kind, FaultKind::ValueInvalid { builtin, why: ValueFault::Form, .. } if of.contains(builtin))
            })
    };
    let holds = |bad: fn(char) -> bool| faults.iter().all(|it| value_of(tree, it).contains(bad));
    if only(&[Builtin::Base64Binary])
        && holds(|it| !it.is_ascii_alphanumeric() && !it.is_whitespace() && !"+/=".contains(it))
    {
        return Some(Departure::NotBase64);
    }
    (only(&[Builtin::Double, Builtin::Float]) && holds(|it| it == 'e')).then_some(Departure::NoExponent)
}

fn value_of(tree: &Document<'_>, fault: &Fault) -> String {
    let node = tree.get_node(fault.node).unwrap();
    let attribute = fault.attribute.and_then(|n| node.attributes().nth(n));
    attribute.map_or_else(|| node.text().unwrap_or("").to_owned(), |it| it.value().to_owned())
}

struct Verdict {
    is_valid: bool,
    messages: Vec<String>,
}

fn xmllint(driver: &Path, folder: &Path, names: &[String]) -> BTreeMap<String, Verdict> {
    let mut verdicts = BTreeMap::new();
    for names in names.chunks(400) {
        let mut command = Command::new("xmllint");
        command.args(["--nonet", "--noout", "--huge", "--schema"]).arg(driver).args(names).current_dir(folder);
        let output = command.output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        let mut messages: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for line in said.lines() {
            if let Some(name) = line.strip_suffix(" validates") {
                verdicts.insert(name.to_owned(), Verdict { is_valid: true, messages: vec![] });
            } else if let Some(name) = line.strip_suffix(" fails to validate") {
                let messages = messages.remove(name).unwrap_or_default();
                verdicts.insert(name.to_owned(), Verdict { is_valid: false, messages });
            } else if let Some((name, message)) = line.split_once(".xml:") {
                let name = &line[..name.len() + 4];
                messages.entry(name).or_default().push(message.to_owned());
            }
        }
    }
    assert_eq!(verdicts.len(), names.len(), "xmllint gave a verdict of each file");
    verdicts
}

/// One random change that leaves the document well-formed, or `None` when this time nothing came of it.
fn mutated(text: &str, chance: &mut Chance) -> Option<String> {
    let tree = Document::parse(text).unwrap();
    let elements: Vec<Node<'_, '_>> = tree.descendants().filter(Node::is_element).collect();
    let node = elements[chance.below(elements.len())];
    let other = elements[chance.below(elements.len())];
    let sibling = node.next_sibling_element();
    let attribute = match node.attributes().len() {
        0 => None,
        count => node.attributes().nth(chance.below(count)),
    };
    let values = [
        "",
        " ",
        "x",
        "0",
        "-1",
        "1.5",
        "true",
        "TRUE",
        "1",
        "2026-02-29",
        "2026-02-28",
        " 2026-01-01T00:00:00 ",
        "2026-01-01T24:00:00",
        "2026-01-01T24:00:01",
        "2026-01-01T00:00:00+14:00",
        "2026-01-01T00:00:00+14:01",
        "20260-01-01",
        "2026",
        "2026-13",
        "12:00:00",
        "1.2.3",
        "1..2",
        ".1",
        "2.16.578.1.12.4.1.1.8116",
        "a b",
        "a%zz",
        "tel:+47 12 34",
        ":a",
        "http://[x",
        "QUJD",
        "QUI=",
        "QUJ=",
        "@@@@",
        "Q U J D",
        "æøå",
        "v1.2 2006-05-24",
        " v1.2 2006-05-24",
        "0301",
        "12345",
        "12345678901",
        "NORMAL",
        "J",
        "1e5",
        "1e",
        "INF",
        "a@b",
        "e3b0c442-98fc-4c14-9afb-f4c8996fb924",
        "nb",
        "NO",
        "a\nb",
        "\t",
    ];
    let value = values[chance.below(values.len())];
    let inside = |node: Node<'_, '_>| {
        let whole = &text[node.range()];
        let start = node.range().start + end_of_start_tag(whole);
        let end = node.range().start + whole.rfind("</").unwrap_or(whole.len());
        (!whole.ends_with("/>") && start <= end).then_some(start..end)
    };
    let name = node.range().start + 1
        ..node.range().start + 1 + text[node.range().start + 1..].find([' ', '>', '/', '\n', '\t'])?;
    let put =
        |range: std::ops::Range<usize>, with: &str| format!("{}{with}{}", &text[..range.start], &text[range.end..]);
    let result = match chance.below(15) {
        0 if node != tree.root_element() => put(node.range(), ""),
        1 if node != tree.root_element() => put(node.range().end..node.range().end, &text[node.range()]),
        2 => {
            let (one, two) = (node.range(), sibling?.range());
            [&text[..one.start], &text[two.clone()], &text[one.end..two.start], &text[one], &text[two.end..]].concat()
        }
        3 => put(
            node.range().start..node.range().start,
            if node == tree.root_element() { "<!-- c -->" } else { "<Ukjent/>" },
        ),
        4 => put(inside(node)?.start..inside(node)?.start, "text"),
        5 => put(inside(node)?.start..inside(node)?.start, "<Ukjent>x</Ukjent>"),
        6 => put(attribute?.range(), ""),
        7 | 8 => put(attribute?.range_value(), value),
        9 => put(name.end..name.end, " Ukjent='x'"),
        10 | 11 => put(inside(node).filter(|_| !node.has_children() || node.text().is_some())?, value),
        12 => put(inside(node)?, ""),
        13 if other.tag_name().namespace() == node.tag_name().namespace() => {
            let copy = &text[other.range()];
            (copy.len() < 4_000).then(|| put(node.range().end..node.range().end, copy))?
        }
        14 => {
            let whole = put(name.end..name.end, " xmlns='urn:feil'");
            (!node.attributes().any(|it| it.name() == "xmlns")).then_some(whole)?
        }
        _ => return None,
    };
    // Prefixes are declared on the copied element's ancestors, and a second root is no root: then it is no document.
    xml::gate(&result, &xml::Limits::default()).is_ok_and(|it| xml::plant(it).is_ok()).then_some(result)
}

fn end_of_start_tag(element: &str) -> usize {
    let mut quote = None;
    for (at, it) in element.char_indices() {
        match (it, quote) {
            ('"' | '\'', None) => quote = Some(it),
            (it, Some(open)) if it == open => quote = None,
            ('>', None) => return at + 1,
            _ => {}
        }
    }
    element.len()
}

/// xorshift64*: the same changes each time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % bound
    }
}

fn compile(files: &[(String, String)]) -> Schemas {
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    Schemas::compile(&files).unwrap_or_else(|e| panic!("{e}"))
}

fn own_schema_files() -> Vec<(String, String)> {
    let folder = root().join("schemas");
    let mut files: Vec<PathBuf> =
        files_in(&folder).into_iter().filter(|it| it.extension().is_some_and(|it| it == "xsd")).collect();
    files.sort();
    files.iter().map(|it| (it.display().to_string(), decoded(it))).collect()
}

fn official_schema_files(folder: &Path) -> Vec<(String, String)> {
    let names = [
        "MsgHead-v1_2.xsd",
        "kith-base64.xsd",
        "dialogmelding-v1.0.xsd",
        "dialogmelding-v1.1.xsd",
        "apprec-v1.0.xsd",
        "apprec-v1.1.xsd",
        "felleskomponent1.xsd",
        "kith.xsd",
        "xmldsig-core-schema.xsd",
    ];
    names.iter().map(|it| ((*it).to_owned(), decoded(&folder.join(it)))).collect()
}

/// MsgHead, AppRec and dialogue messages of other systems.
fn collected(shared: &Path) -> Vec<PathBuf> {
    let folders = ["apprec-1.0", "apprec-1.1", "dialogmelding-1.0", "dialogmelding-1.1", "msghead-other"];
    folders
        .iter()
        .flat_map(|it| xml_files(&shared.join("standards/corpus").join(it)))
        .filter(|it| is_readable(it))
        .collect()
}

fn is_readable(file: &Path) -> bool {
    let bytes = fs::read(file).unwrap();
    let text = xml::decode(&bytes, None, usize::MAX).map(|it| Document::parse(it.as_str()).is_ok());
    if text != Ok(true) {
        println!("{} is no document that can be read", file.display());
    }
    text == Ok(true)
}

/// Without XML declaration, because the mutations are written as UTF-8.
fn decoded(file: &Path) -> String {
    let bytes = fs::read(file).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
    let text = xml::decode(&bytes, None, usize::MAX).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
    let text = text.as_str();
    match text.strip_prefix("<?xml").and_then(|it| it.split_once("?>")) {
        Some((_, rest)) => rest.trim_start().to_owned(),
        None => text.to_owned(),
    }
}

fn xml_files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> =
        files_in(folder).into_iter().filter(|it| it.extension().is_some_and(|it| it == "xml")).collect();
    files.sort();
    files
}

fn files_in(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).map(|it| it.map(|it| it.unwrap().path()).collect());
    entries.unwrap_or_default()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn shared() -> Option<PathBuf> {
    let folder = std::env::var_os("MELDEPORT_SHARED").map_or_else(|| root().join("../shared"), PathBuf::from);
    let has_lint = Command::new("xmllint").arg("--version").output().is_ok();
    if folder.join("standards/xsd").is_dir() && has_lint {
        return Some(folder);
    }
    eprintln!(
        "LEFT OUT: no xmllint, or no official schemas and messages in {}; see MELDEPORT_SHARED",
        folder.display()
    );
    None
}
