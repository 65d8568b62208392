//! The house is kept: layers, purity, names, and no real person in the repository.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::path::PathBuf;

/// module → what it may `use crate::…`. Arrows only point down; nobody looks up. The manual's architecture page says why.
const LAYERS: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("wire", &["domain"]),
    ("rules", &["domain"]),
    ("routing", &["domain"]),
    ("receipt", &["domain"]),
    ("judge", &["domain", "wire", "rules", "routing"]),
    ("clock", &["domain"]),
    ("storage", &["domain", "clock"]),
    ("telemetry", &["domain", "clock"]),
    ("antivirus", &["domain"]),
    ("intake", &["domain", "clock", "storage", "receipt", "telemetry"]),
    ("work", &["domain", "clock", "storage", "receipt", "telemetry", "notify", "antivirus"]),
    ("transport", &["domain", "clock", "intake", "telemetry", "lifecycle"]),
    ("inbox", &["domain", "clock", "storage", "telemetry"]),
    ("notify", &["domain", "clock", "telemetry"]),
    ("admin", &["domain", "clock", "storage", "telemetry"]),
];

/// In these modules the world is not mentioned.
const PURE: &[&str] = &["domain", "wire", "rules", "routing", "receipt", "judge"];
const WORLD: &[&str] = &[
    "tokio::",
    "sqlx::",
    "reqwest::",
    "hyper::",
    "axum::",
    "std::fs",
    "std::net",
    "std::env",
    "tracing::",
    "SystemTime::now",
    "Timestamp::now",
    "Zoned::now",
    "Instant::now",
    "rand::",
    "new_v4()",
    "now_v7()",
];

/// The file system is met only at the edges.
const SOURCE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src");

#[test]
fn layers_hold_and_pure_rooms_do_not_mention_the_world() {
    let found = untidy(Path::new(SOURCE));

    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn a_breach_would_be_named() {
    let tree = Path::new(env!("CARGO_TARGET_TMPDIR")).join("tidy");
    let _ = fs::remove_dir_all(&tree);
    for (file, text) in [
        ("domain/message.rs", "use crate::domain::MessageId;\n"),
        ("judge.rs", "use crate::{domain::Verdict};\nfn f() { crate::wire::open(); }\n"),
        ("rules/mod.rs", "use crate::storage::Store;\nlet t = SystemTime::now();\n"),
    ] {
        let path = tree.join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    let found = untidy(&tree);

    assert_eq!(found.len(), 3, "{found:#?}");
    for said in ["one `use crate::…` per line", "`rules` may not know `storage`", "`rules` is pure"] {
        assert!(found.iter().any(|it| it.contains(said)), "{said}: {found:#?}");
    }
}

#[test]
fn every_room_has_its_row_in_the_table_of_layers() {
    let free = ["app", "cli", "config", "lifecycle", "main", "lib", "manual", "sink", "trial"];
    let rooms =
        fs::read_dir(SOURCE).unwrap().map(|it| it.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned());
    let missing: Vec<_> =
        rooms.filter(|it| !free.contains(&it.as_str()) && !LAYERS.iter().any(|(name, _)| name == it)).collect();

    assert!(missing.is_empty(), "rooms without a row in LAYERS: {missing:?}");
}

#[test]
fn domain_nouns_are_not_serialized() {
    let breaches = lines(Path::new(SOURCE).join("domain").as_path(), |line| line.contains("Serialize"));

    assert!(
        breaches.is_empty(),
        "what leaves the house is written by wire, storage or a view model:\n{}",
        breaches.join("\n")
    );
}

#[test]
fn no_promise_of_later_work_is_left_in_the_code() {
    let marks = ["todo!(", "unimplemented!(", "#[allow(", "#![allow(", "#[ignore", "FIXME", "TODO"];
    let breaches = lines(Path::new(SOURCE), |line| marks.iter().any(|it| line.contains(it)));

    assert!(breaches.is_empty(), "{}", breaches.join("\n"));
}

/// Every run of eleven digits that passes both control digits of an identity number must be synthetic: the month is 81 to
/// 92 (Skatteetaten), or it is one of the worked examples that the standards themselves publish.
#[test]
fn no_identity_number_in_the_repository_can_belong_to_a_person() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut breaches = Vec::new();
    for folder in ["src", "tests", "schemas", "config", "scripts", "fuzz", "benches"] {
        walk(&root.join(folder), &mut |path, text| {
            for (number, line) in text.lines().enumerate() {
                for digits in runs_of_eleven(line) {
                    if holds(&digits) && !is_synthetic(&digits) && !PUBLISHED.contains(&digits.as_str()) {
                        breaches.push(format!("{}:{}: looks like a real identity number", path.display(), number + 1));
                    }
                }
            }
        });
    }

    assert!(breaches.is_empty(), "{}", breaches.join("\n"));
}

/// Worked examples of the authorities (standards/FACTS.md g), used to test the arithmetic.
const PUBLISHED: &[&str] = &[
    "31129956715",
    "02013299997",
    "30108299920",
    "71129956709",
    "80123456797",
    "91234567883",
    "68467038838",
    "13527248013",
    "31779956744",
    "31529956889",
    "00000000000",
];

fn runs_of_eleven(line: &str) -> Vec<String> {
    line.split(|it: char| !it.is_ascii_alphanumeric())
        .filter(|it| it.len() == 11 && it.bytes().all(|b| b.is_ascii_digit()))
        .map(str::to_owned)
        .collect()
}

fn holds(digits: &str) -> bool {
    let digits: Vec<u32> = digits.chars().filter_map(|it| it.to_digit(10)).collect();
    let first: u32 = digits.iter().zip([3, 7, 6, 1, 8, 9, 4, 5, 2, 1]).map(|(digit, weight)| digit * weight).sum();
    let second: u32 = digits.iter().zip([5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]).map(|(digit, weight)| digit * weight).sum();
    first.is_multiple_of(11) && second.is_multiple_of(11)
}

fn is_synthetic(digits: &str) -> bool {
    (81..=92).contains(&digits[2..4].parse::<u32>().unwrap())
}

/// The manual's glossary is the one place that says which Norwegian word is which English one.
#[test]
fn every_noun_of_the_domain_is_in_the_glossary_and_every_type_there_exists() {
    let glossary = fs::read_to_string(Path::new(SOURCE).join("manual/glossary.md")).unwrap();
    let first_column = glossary.lines().filter(|it| it.starts_with('|')).filter_map(|it| it.split('|').nth(1));
    let named: BTreeSet<String> =
        first_column.flat_map(|it| it.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>()).collect();
    let nouns = nouns(&Path::new(SOURCE).join("domain"));
    let is_helper = |it: &str| it.starts_with("Draft") && it != "DraftReport";

    let missing: Vec<_> = nouns.iter().filter(|it| !named.contains(*it) && !is_helper(it)).collect();
    let gone: Vec<_> = named.iter().filter(|it| !it.ends_with('…') && !nouns.contains(*it)).collect();

    assert!(nouns.len() > 80, "the nouns were not found: {nouns:?}");
    assert!(missing.is_empty(), "nouns without a line in manual/glossary.md: {missing:?}");
    assert!(gone.is_empty(), "manual/glossary.md speaks of types that are no nouns of the domain: {gone:?}");
}

/// The public types of a room, those that the macro `codes!` makes included.
fn nouns(folder: &Path) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    walk(folder, &mut |_, text| {
        let mut in_codes = false;
        for line in text.lines().take_while(|it| *it != "#[cfg(test)]") {
            let word =
                |after: &str| after.split(|it: char| !it.is_alphanumeric()).next().unwrap_or_default().to_owned();
            let bare = line.trim_start();
            let declared = bare.strip_prefix("pub struct ").or_else(|| bare.strip_prefix("pub enum ")).map(word);
            in_codes = line == "codes! {" || in_codes && line != "}";
            let made = in_codes && line.starts_with("    ") && line.contains(" {") && !line.contains("//");
            found.extend(declared.into_iter().chain(made.then(|| word(line.trim_start()))));
        }
    });
    found.into_iter().filter(|it| it.starts_with(char::is_uppercase)).collect()
}

/// A page of the manual may point at a file; the file must be there.
#[test]
fn links_in_the_manual_and_in_the_readmes_lead_somewhere() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut broken = Vec::new();
    let mut look = |path: &Path, text: &str| {
        let inline = text.split("](").skip(1).filter_map(|it| it.split(')').next());
        let below = text.lines().filter(|it| it.starts_with('[')).filter_map(|it| Some(it.split_once("]: ")?.1));
        for link in inline.chain(below) {
            let file = link.split('#').next().unwrap_or_default();
            let is_ours = !file.is_empty() && !file.contains("://") && !file.contains("::");
            if is_ours && !path.parent().unwrap().join(file).exists() {
                broken.push(format!("{}: {link}", path.display()));
            }
        }
    };
    for page in ["README.md", "schemas/README.md", "tests/corpus/README.md"] {
        look(&root.join(page), &fs::read_to_string(root.join(page)).unwrap());
    }
    walk(&root.join("src/manual"), &mut |path, text| {
        if path.extension().is_some_and(|it| it == "md") {
            look(path, text);
        }
    });

    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

fn untidy(source: &Path) -> Vec<String> {
    let layers: BTreeMap<_, _> = LAYERS.iter().copied().collect();
    let mut breaches = Vec::new();
    walk(source, &mut |path, text| {
        if path.extension().is_none_or(|it| it != "rs") {
            return;
        }
        let room = path
            .strip_prefix(source)
            .unwrap()
            .iter()
            .next()
            .unwrap()
            .to_str()
            .unwrap()
            .trim_end_matches(".rs")
            .to_owned();
        let Some(allowed) = layers.get(room.as_str()) else { return };
        let tests_begin = text.find("#[cfg(test)]").map_or(usize::MAX, |at| text[..at].lines().count());
        let is_test_file = is_only_for_tests(path);
        for (number, line) in text.lines().enumerate().filter(|(_, it)| !it.trim_start().starts_with("//")) {
            let place = format!("{}:{}", path.display(), number + 1);
            if number >= tests_begin || is_test_file {
                break;
            }
            if line.contains("crate::{") {
                breaches.push(format!("{place}: write one `use crate::…` per line, so that each acquaintance is seen"));
            }
            for used in line
                .split("crate::")
                .skip(1)
                .map(|it| it.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap())
            {
                if used != room && !used.is_empty() && !allowed.contains(&used) && used != "domain" {
                    breaches.push(format!("{place}: `{room}` may not know `{used}`; it may know {allowed:?}"));
                }
            }
            for word in WORLD.iter().filter(|it| PURE.contains(&room.as_str()) && line.contains(**it)) {
                breaches.push(format!("{place}: `{room}` is pure; `{word}` belongs in the shell"));
            }
        }
    });
    breaches
}

/// The file is declared below `#[cfg(test)]` in its folder's `mod.rs`, or its folder is.
fn is_only_for_tests(path: &Path) -> bool {
    path.ancestors().take_while(|it| it.file_name().is_some_and(|name| name != "src")).any(|it| {
        let declaration = format!("#[cfg(test)]\nmod {};", it.file_stem().unwrap().to_string_lossy());
        let parent = it.parent().unwrap();
        [parent.join("mod.rs"), parent.join("lib.rs"), parent.with_extension("rs")]
            .iter()
            .any(|declares| fs::read_to_string(declares).is_ok_and(|text| text.contains(&declaration)))
    })
}

fn lines(folder: &Path, wrong: impl Fn(&str) -> bool) -> Vec<String> {
    let mut breaches = Vec::new();
    walk(folder, &mut |path, text| {
        if path.extension().is_some_and(|it| it == "rs") {
            let said = text.lines().enumerate().filter(|(_, it)| !it.trim_start().starts_with("//") && wrong(it));
            for (number, line) in said {
                breaches.push(format!("{}:{}: {}", path.display(), number + 1, line.trim()));
            }
        }
    });
    breaches
}

fn walk(folder: &Path, visit: &mut dyn FnMut(&Path, &str)) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let mut paths: Vec<PathBuf> = entries.map(|it| it.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            walk(&path, visit);
        } else if let Ok(text) = fs::read_to_string(&path) {
            visit(&path, &text);
        }
    }
}
