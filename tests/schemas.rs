//! The schemas we publish, held against `xmllint` (Debian: `libxml2-utils`), against the published ones, and against the guide.
//!
//! The published schemas and the messages of other systems are not ours to copy. They lie in `../shared` (or where
//! `MELDEPORT_SHARED` says); where they are absent, the comparing tests say so on standard error and compare nothing.

use roxmltree::Document;
use roxmltree::Node;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::ops::Range;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;

const XSD: &str = "http://www.w3.org/2001/XMLSchema";
const MUTANTS: usize = 1000;
/// The largest message that is mutated. Bytes; larger ones hold nothing but more base64.
const MUTATED_BYTES_MAX: usize = 60_000;

#[test]
fn every_valid_message_of_the_corpus_is_valid_against_our_schemas() {
    let files = files_in(&here("tests/corpus/valid"), "xml");

    let verdicts = judge(&here("schemas/all.xsd"), &files);

    assert!(files.len() >= 22, "the corpus has only {} valid messages", files.len());
    for (file, verdict) in verdicts {
        assert_eq!(verdict, Verdict::Valid, "{}", file.display());
    }
}

#[test]
fn a_document_that_uses_every_element_of_the_national_schemas_is_valid() {
    let files = files_in(&here("tests/corpus/everything"), "xml");

    let verdicts = judge(&here("schemas/all.xsd"), &files);

    assert!(files.len() >= 7, "only {} documents", files.len());
    for (file, verdict) in verdicts {
        assert_eq!(verdict, Verdict::Valid, "{}", file.display());
    }
}

#[test]
fn every_faulty_message_gets_the_schema_verdict_that_its_comment_names() {
    let mut expected = BTreeMap::new();
    for file in files_in(&here("tests/corpus/invalid"), "xml") {
        let text = String::from_utf8_lossy(&fs::read(&file).unwrap()).into_owned();
        let named = text.split("Schema: ").nth(1).unwrap_or_else(|| panic!("{} names no verdict", file.display()));
        if named.starts_with("valid") {
            expected.insert(file, Verdict::Valid);
        } else if named.starts_with("invalid") {
            expected.insert(file, Verdict::Invalid);
        } else {
            // Reading stops before the schema, by limits that are ours and not those of xmllint.
            assert!(named.starts_with("unreadable"), "{}", file.display());
        }
    }

    let verdicts = judge(&here("schemas/all.xsd"), &expected.keys().cloned().collect::<Vec<_>>());

    assert!(expected.len() >= 30, "the corpus has only {} faulty messages that can be read", expected.len());
    assert_eq!(verdicts, expected);
}

#[test]
fn our_texts_agree_with_the_published_ones_about_what_other_systems_wrote() {
    let Some(shared) = shared() else { return };
    let mut files = foreign_messages(&shared);
    assert!(files.len() >= 50, "only {} messages under {}", files.len(), shared.display());
    files.extend(files_in(&here("tests/corpus/everything"), "xml"));

    let ours = judge(&here("schemas/all.xsd"), &files);
    let published = judge(&shared.join("standards/xsd/drivers/all-kith.xsd"), &files);

    assert_both_kinds(&published, 10);
    assert_eq!(ours, published);
}

#[test]
fn our_texts_agree_with_the_published_ones_when_each_element_is_dropped_or_doubled() {
    let Some(shared) = shared() else { return };
    let directory = tempfile::tempdir().unwrap();
    let mut files = Vec::new();
    let mut keep = |text: String| {
        let file = directory.path().join(format!("change-{:04}.xml", files.len()));
        fs::write(&file, text).unwrap();
        files.push(file);
    };
    for file in files_in(&here("tests/corpus/everything"), "xml") {
        let text = fs::read_to_string(&file).unwrap();
        let document = Document::parse(&text).unwrap();
        for node in document.descendants().filter(|it| it.is_element() && it.parent_element().is_some()) {
            keep(replaced(&text, node.range(), ""));
            keep(replaced(&text, node.range(), &text[node.range()].repeat(2)));
            for attribute in node.attributes() {
                keep(replaced(&text, attribute.range(), ""));
            }
        }
    }

    let ours = judge(&here("schemas/all.xsd"), &files);
    let published = judge(&shared.join("standards/xsd/drivers/all-kith.xsd"), &files);

    assert_both_kinds(&published, 500);
    let differing: Vec<_> = published.iter().filter(|(file, verdict)| ours[*file] != **verdict).collect();
    assert!(differing.is_empty(), "{differing:?}, kept in {}", directory.keep().display());
}

#[test]
fn our_texts_agree_with_the_published_ones_about_a_thousand_mutated_messages() {
    let Some(shared) = shared() else { return };
    let seed = std::env::var("MELDEPORT_SEED").ok().and_then(|it| it.parse().ok()).unwrap_or(20_261_122);
    let mut chance = Chance(seed);
    let published_driver = shared.join("standards/xsd/drivers/all-kith.xsd");
    let everything = files_in(&here("tests/corpus/everything"), "xml");
    let mut files = foreign_messages(&shared);
    files.extend(everything.iter().cloned());
    let mut bases = Vec::new();
    for (file, verdict) in judge(&published_driver, &files) {
        if let Ok(text) = String::from_utf8(fs::read(&file).unwrap())
            && text.len() <= MUTATED_BYTES_MAX
            && Document::parse(&text).is_ok()
        {
            // What begins valid is where one small change tells most, and what uses everything has most places to change.
            let weight = if everything.contains(&file) {
                30
            } else if verdict == Verdict::Valid {
                6
            } else {
                1
            };
            bases.extend(std::iter::repeat_n(text, weight));
        }
    }
    let directory = tempfile::tempdir().unwrap();
    files.clear();
    while files.len() < MUTANTS {
        let base = &bases[chance.below(bases.len())];
        if let Some(mutant) = mutate(base, &mut chance) {
            let file = directory.path().join(format!("mutant-{:04}.xml", files.len()));
            fs::write(&file, mutant).unwrap();
            files.push(file);
        }
    }

    let ours = judge(&here("schemas/all.xsd"), &files);
    let published = judge(&published_driver, &files);

    assert_both_kinds(&published, 40);
    for (file, verdict) in &published {
        if ours[file] != *verdict {
            let kept = directory.keep();
            panic!(
                "{} is {verdict:?} by the published schemas and {:?} by ours; seed {seed}, kept in {}",
                file.display(),
                ours[file],
                kept.display()
            );
        }
    }
}

#[test]
fn the_schemas_keep_to_the_subset_that_our_engine_compiles() {
    let known = BTreeSet::from([
        "schema",
        "import",
        "annotation",
        "documentation",
        "element",
        "complexType",
        "simpleType",
        "sequence",
        "choice",
        "any",
        "attribute",
        "anyAttribute",
        "simpleContent",
        "complexContent",
        "extension",
        "restriction",
        "union",
        "enumeration",
        "pattern",
        "length",
        "minLength",
        "maxLength",
        "minInclusive",
        "maxInclusive",
        "whiteSpace",
    ]);

    for file in files_in(&here("schemas"), "xsd") {
        let text = fs::read_to_string(&file).unwrap();
        let document = Document::parse(&text).unwrap();
        for node in document.descendants().filter(|it| it.tag_name().namespace() == Some(XSD)) {
            assert!(known.contains(node.tag_name().name()), "xs:{} in {}", node.tag_name().name(), file.display());
        }
    }
}

#[test]
fn everything_in_the_behovsmelding_schema_is_explained_in_norwegian_and_english() {
    let text = fs::read_to_string(here("schemas/behovsmelding-1.0.xsd")).unwrap();
    let document = Document::parse(&text).unwrap();
    let explained = BTreeSet::from(["schema", "element", "attribute", "complexType", "simpleType", "enumeration"]);

    for node in document.descendants().filter(|it| explained.contains(it.tag_name().name())) {
        let languages: Vec<_> = child(node, "annotation")
            .iter()
            .flat_map(|it| it.children())
            .filter(|it| {
                it.tag_name().name() == "documentation" && it.text().is_some_and(|text| !text.trim().is_empty())
            })
            .filter_map(|it| it.attribute(("http://www.w3.org/XML/1998/namespace", "lang")))
            .collect();
        assert_eq!(languages, ["nb", "en"], "line {}", document.text_pos_at(node.range().start).row);
    }
}

#[test]
fn the_guide_names_every_element_attribute_and_code_of_the_behovsmelding_schema() {
    let guide = fs::read_to_string(here("schemas/README.md")).unwrap();
    let quoted: BTreeSet<&str> = guide
        .split('`')
        .skip(1)
        .step_by(2)
        .flat_map(|it| it.split(['/', ' ', '@', '=', '"', '<', '>', '|', ',']))
        .collect();
    let text = fs::read_to_string(here("schemas/behovsmelding-1.0.xsd")).unwrap();
    let document = Document::parse(&text).unwrap();

    let missing: BTreeSet<&str> = document
        .descendants()
        .filter_map(|it| match it.tag_name().name() {
            "element" | "attribute" => it.attribute("name"),
            "enumeration" => it.attribute("value"),
            _ => None,
        })
        .filter(|it| !quoted.contains(it))
        .collect();

    assert_eq!(missing, BTreeSet::new());
}

#[test]
fn every_identity_number_in_the_corpus_is_synthetic() {
    for file in ["valid", "invalid"].iter().flat_map(|it| files_in(&here("tests/corpus").join(it), "xml")) {
        let bytes = fs::read(&file).unwrap();
        for digits in bytes.split(|it| !it.is_ascii_digit()).filter(|it| it.len() == 11) {
            let month = (digits[2] - b'0') * 10 + (digits[3] - b'0');
            assert!((81..=92).contains(&month), "an identity number in {} could be somebody's", file.display());
        }
    }
}

// ── xmllint ──

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Verdict {
    Valid,
    Invalid,
    /// Not well-formed, or beyond what the reader takes.
    Unreadable,
}

/// What `xmllint` says about each file. One process for all of them, since compiling the schemas costs most.
fn judge(schema: &Path, files: &[PathBuf]) -> BTreeMap<PathBuf, Verdict> {
    let output = Command::new("xmllint")
        .args(["--nonet", "--noout", "--huge", "--schema"])
        .arg(schema)
        .args(files)
        .output()
        .expect("xmllint is installed (Debian: apt-get install libxml2-utils)");
    let talk = String::from_utf8_lossy(&output.stderr);
    assert!(
        !talk.contains("failed to compile") && !talk.contains("Schemas parser error"),
        "{}: {talk}",
        schema.display()
    );
    let mut verdicts: BTreeMap<PathBuf, Verdict> = files.iter().map(|it| (it.clone(), Verdict::Unreadable)).collect();
    for line in talk.lines() {
        for (ending, verdict) in [(" validates", Verdict::Valid), (" fails to validate", Verdict::Invalid)] {
            if let Some(entry) = line.strip_suffix(ending).and_then(|file| verdicts.get_mut(Path::new(file))) {
                *entry = verdict;
            }
        }
    }
    verdicts
}

/// A comparison in which everything came out the same way would show nothing.
fn assert_both_kinds(verdicts: &BTreeMap<PathBuf, Verdict>, each_min: usize) {
    for kind in [Verdict::Valid, Verdict::Invalid] {
        let count = verdicts.values().filter(|it| **it == kind).count();
        assert!(count >= each_min, "only {count} files are {kind:?}");
    }
}

// ── Mutation ──

/// A small generator (xorshift), so that a seed tells the whole run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }
}

/// One change somewhere in the message; `None` where the place drawn does not allow the change drawn.
fn mutate(base: &str, chance: &mut Chance) -> Option<String> {
    let document = Document::parse(base).expect("only well-formed messages are mutated");
    let elements: Vec<Node> =
        document.descendants().filter(|it| it.is_element() && it.parent_element().is_some()).collect();
    let node = elements[chance.below(elements.len())];
    let attributes: Vec<_> = node.attributes().collect();
    let attribute = if attributes.is_empty() { None } else { Some(attributes[chance.below(attributes.len())]) };
    match chance.below(9) {
        0 => Some(replaced(base, node.range(), "")),
        1 => Some(replaced(base, node.range(), &base[node.range()].repeat(2))),
        2 => {
            let next = node.next_sibling_element()?;
            let between = &base[node.range().end..next.range().start];
            let swapped = format!("{}{between}{}", &base[next.range()], &base[node.range()]);
            Some(replaced(base, node.range().start..next.range().end, &swapped))
        }
        3 => {
            let name = elements[chance.below(elements.len())].tag_name().name();
            renamed(base, node, name)
        }
        4 => renamed(base, node, "Annet"),
        5 => Some(replaced(base, attribute?.range(), "")),
        6 => {
            let values = [
                "",
                "x",
                "2026-13-01",
                "12",
                "1.2.",
                "2026-10-06",
                "2026",
                "2026-10-06T10:00:00",
                "true",
                "a b",
                "  7  ",
                "%zz",
            ];
            Some(replaced(base, attribute?.range_value(), values[chance.below(values.len())]))
        }
        7 => {
            let name = ["V", "S", "DN", "OT", "Id", "Algorithm", "xml:lang"][chance.below(7)];
            let at = node.range().start + base[node.range()].find([' ', '>', '/', '\n', '\r', '\t'])?;
            Some(replaced(base, at..at, &format!(" {name}=\"1\""))).filter(|it| Document::parse(it).is_ok())
        }
        _ => {
            let text = node.children().find(|it| it.is_text())?;
            let values = [
                "",
                "x",
                "2026-10-06",
                "2026-02-30",
                "2026-10-06T10:00:00",
                "2026-10-06T25:00:00Z",
                "v1.2 2006-05-24",
                "-5",
                "AAAA",
                "A==",
            ];
            Some(replaced(base, text.range(), values[chance.below(values.len())]))
        }
    }
}

fn replaced(base: &str, range: Range<usize>, by: &str) -> String {
    format!("{}{by}{}", &base[..range.start], &base[range.end..])
}

/// The element under another name, in both of its tags; the prefix stays.
fn renamed(base: &str, node: Node, name: &str) -> Option<String> {
    let whole = &base[node.range()];
    let old = whole[1..].split([' ', '>', '/', '\n', '\r', '\t']).next()?;
    let new = old.rsplit_once(':').map_or(name.to_owned(), |(prefix, _)| format!("{prefix}:{name}"));
    let after_start = &whole[1 + old.len()..];
    let closing = format!("</{old}");
    let rest = match after_start.rfind(&closing) {
        Some(at) => format!("{}</{new}{}", &after_start[..at], &after_start[at + closing.len()..]),
        None => after_start.to_owned(),
    };
    Some(replaced(base, node.range(), &format!("<{new}{rest}")))
}

// ── Places ──

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The shared folder; says so on standard error, past the capture of the test harness, when it is not here.
fn shared() -> Option<PathBuf> {
    let place = std::env::var_os("MELDEPORT_SHARED").map_or_else(|| here("../shared"), PathBuf::from);
    if place.join("standards/xsd").is_dir() {
        return Some(place);
    }
    let _ = writeln!(std::io::stderr(), "skipped: ../shared is not here (looked in {})", place.display());
    None
}

fn foreign_messages(shared: &Path) -> Vec<PathBuf> {
    ["dialogmelding-1.0", "dialogmelding-1.1", "apprec-1.0", "apprec-1.1", "msghead-other"]
        .iter()
        .flat_map(|it| files_in(&shared.join("standards/corpus").join(it), "xml"))
        .collect()
}

fn files_in(directory: &Path, extension: &str) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(directory)
        .unwrap_or_else(|error| panic!("{}: {error}", directory.display()))
        .map(|it| it.unwrap().path())
        .filter(|it| it.extension().is_some_and(|it| it == extension))
        .collect();
    files.sort();
    files
}

fn child<'a, 'input>(node: Node<'a, 'input>, name: &str) -> Option<Node<'a, 'input>> {
    node.children().find(|it| it.tag_name().name() == name)
}
