//! What municipalities ask for, row by row, and the test that shows it: `src/manual/capabilities.md` is written from the
//! markers that stand before tests, and a test holds it equal.
//!
//! A marker is a line of the comment right before a test: `seed: G-04, K-13` when the test shows the whole row, and
//! `seed in part: G-05` when something of the row's check is not shown by it. A marker anywhere else, within a function or
//! before one that is not run as a test, is refused. Rows are those of the project's `../shared/domain/SEED_ROWS.md`.
//!
//! `MELDEPORT_UPDATE=1 cargo test --test capabilities` writes the page anew.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::path::PathBuf;

/// The rows of each of the five sources, in order: `Y` software can do it, `P` partly, `N` people's own work.
const SOURCES: [Source; 5] = [
    Source { letter: 'G', name: "Gjerstad", verdicts: "NYYYYYNPPYPPNYYYYPYYYYPNYYY" },
    Source { letter: 'K', name: "Karmøy", verdicts: "PYYYPPYNYYPYYYYYYYNYYYYYYPPYN" },
    Source { letter: 'L', name: "Loppa", verdicts: "YYYYYPYYPPNYYYYPYYYYNYPPNYYYPYYYYPPYYYPYYYYYYY" },
    Source {
        letter: 'H',
        name: "Helsedirektoratet",
        verdicts: "PPNYPYNYYYYYYNYPPYPYYYYPYYNYPYYYPNPNPYYYYYYYYYYYNYYYY",
    },
    Source { letter: 'R', name: "Risør", verdicts: "YYYYYYNPPNPNNPPYYYYYYYY" },
];

struct Source {
    letter: char,
    name: &'static str,
    verdicts: &'static str,
}

/// A test that shows a row.
struct Shown {
    test: String,
    file: String,
    whole: bool,
}

fn here() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn rows() -> impl Iterator<Item = (String, char, &'static str)> {
    SOURCES.iter().flat_map(|source| {
        let verdicts = source.verdicts.chars().enumerate();
        verdicts.map(|(index, verdict)| (format!("{}-{:02}", source.letter, index + 1), verdict, source.name))
    })
}

/// Every source file in which a test may stand.
fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            if path.file_name().is_some_and(|it| it != "node_modules" && it != "corpus" && it != "snapshots") {
                files(&path, found);
            }
        } else if path.extension().is_some_and(|it| it == "rs" || it == "mjs") && !path.ends_with("capabilities.rs") {
            found.push(path);
        }
    }
    found.sort();
}

/// The rows that `line` names, and whether it claims them whole.
fn marker(line: &str) -> Option<(bool, Vec<String>)> {
    let said = line.trim().trim_start_matches('/').trim();
    let (whole, ids) = match said.strip_prefix("seed: ") {
        Some(ids) => (true, ids),
        None => (false, said.strip_prefix("seed in part: ")?),
    };
    Some((
        whole,
        ids.trim_end_matches('.').split(',').map(|it| it.trim().trim_start_matches("seed: ").to_owned()).collect(),
    ))
}

/// The name of the test that begins at `line`, if one does.
fn test_name(line: &str) -> Option<String> {
    let line = line.trim();
    if let Some((_, rest)) = line.split_once("fn ") {
        return Some(function_name(rest).replace('_', " "));
    }
    let rest = ["test(", "await test(", "walk(", "await walk(", "await walk.part("]
        .iter()
        .find_map(|it| line.strip_prefix(it))?;
    let quote = rest.chars().next().filter(|it| "'\"`".contains(*it))?;
    Some(rest[1..].split(quote).next().unwrap().to_owned())
}

fn function_name(declaration: &str) -> &str {
    declaration.split(['(', '<']).next().unwrap()
}

/// The stories that a file hands to `contract!`, which makes a test of each for either engine.
fn stories(text: &str) -> Vec<&str> {
    let lists = text.split("\ncontract!(").skip(1).filter_map(|it| it.split_once(");"));
    lists.flat_map(|(list, _)| list.split(',')).map(str::trim).collect()
}

/// What a marker waits for: the test, after nothing but the rest of its comment and its attributes.
#[derive(Default)]
struct Waiting {
    rows: Vec<(bool, String)>,
    /// An attribute says that what follows is run as a test.
    is_test: bool,
}

/// The rows of each marker of a file, with the test that it stands before.
fn marked(text: &str) -> Result<Vec<(bool, String, String)>, String> {
    let (mut found, mut waiting) = (Vec::new(), Waiting::default());
    for (number, line) in text.lines().enumerate() {
        if let Some((whole, ids)) = marker(line) {
            if let Some(unknown) = ids.iter().find(|id| !rows().any(|(row, ..)| row == **id)) {
                return Err(format!("{}: there is no row {unknown}", number + 1));
            }
            waiting.rows.extend(ids.into_iter().map(|it| (whole, it)));
            continue;
        }
        let line = line.trim();
        let Some((_, id)) = waiting.rows.first() else { continue };
        if line.starts_with("//") {
            continue;
        }
        if line.starts_with("#[") {
            waiting.is_test |= line.starts_with("#[test]") || line.starts_with("#[tokio::test");
            continue;
        }
        let is_story = || line.split_once("fn ").is_some_and(|(_, rest)| stories(text).contains(&function_name(rest)));
        let Some(test) = test_name(line).filter(|_| waiting.is_test || !line.contains("fn ") || is_story()) else {
            return Err(format!("{}: the marker of {id} does not stand before a test", number + 1));
        };
        found.extend(std::mem::take(&mut waiting).rows.into_iter().map(|(whole, id)| (whole, id, test.clone())));
    }
    match waiting.rows.first() {
        Some((_, id)) => Err(format!("the marker of {id} stands at the end, before no test")),
        None => Ok(found),
    }
}

fn shown() -> Result<BTreeMap<String, Vec<Shown>>, String> {
    let mut found = Vec::new();
    files(&here().join("src"), &mut found);
    files(&here().join("tests"), &mut found);
    let mut shown: BTreeMap<String, Vec<Shown>> = BTreeMap::new();
    for path in found {
        let file = path.strip_prefix(here()).unwrap().display().to_string();
        let text = fs::read_to_string(&path).unwrap();
        for (whole, id, test) in marked(&text).map_err(|fault| format!("{file}:{fault}"))? {
            shown.entry(id).or_default().push(Shown { test, file: file.clone(), whole });
        }
    }
    Ok(shown)
}

fn page(shown: &BTreeMap<String, Vec<Shown>>) -> String {
    let state = |id: &str, verdict: char| match shown.get(id) {
        Some(tests) if tests.iter().any(|it| it.whole) => "shown",
        Some(_) => "in part",
        None if verdict == 'N' => "people's work",
        None => "not shown yet",
    };
    let count = |wanted: &str| rows().filter(|(id, verdict, _)| state(id, *verdict) == wanted).count();
    let mut page = String::from(
        "# What municipalities ask for, and the test that shows it\n\n\
         Written by `tests/capabilities.rs` from the markers before the tests; not by hand. The rows are the sentences of \
         four municipalities' own pages and the Directorate of Health's guide, each with a check from outside, as listed in \
         the project's `domain/SEED_ROWS.md`.\n\n\
         Software can do: Y wholly, P partly, N not (people's own work). State: *shown* when a test makes the row's check, \
         *in part* when tests make some of it, *not shown yet* when no test names the row.\n\n",
    );
    let _ = writeln!(
        page,
        "{} rows: {} shown, {} in part, {} not shown yet, {} people's work.",
        rows().count(),
        count("shown"),
        count("in part"),
        count("not shown yet"),
        count("people's work")
    );
    let mut heading = "";
    for (id, verdict, source) in rows() {
        if source != heading {
            let _ = write!(page, "\n## {source}\n\n| Row | Software | State | Tests |\n|---|---|---|---|\n");
            heading = source;
        }
        let tests: Vec<_> =
            shown.get(&id).into_iter().flatten().map(|it| format!("{} (`{}`)", it.test, it.file)).collect();
        let _ = writeln!(page, "| {id} | {verdict} | {} | {} |", state(&id, verdict), tests.join("; "));
    }
    page
}

#[test]
fn the_page_of_capabilities_is_what_the_tests_say() {
    let page = page(&shown().unwrap_or_else(|fault| panic!("{fault}")));
    let file = here().join("src/manual/capabilities.md");
    if std::env::var_os("MELDEPORT_UPDATE").is_some() {
        fs::write(&file, &page).unwrap();
    }
    let kept = fs::read_to_string(&file).unwrap_or_default();
    assert!(kept == page, "src/manual/capabilities.md is old; MELDEPORT_UPDATE=1 cargo test --test capabilities");
}

#[test]
fn the_rows_are_those_of_the_project() {
    let Ok(text) = fs::read_to_string(here().join("../shared/domain/SEED_ROWS.md")) else {
        eprintln!("SKIPPED: ../shared/domain/SEED_ROWS.md is not there");
        return;
    };
    let listed: Vec<(String, char)> = text
        .lines()
        .filter_map(|line| {
            let cells: Vec<&str> = line.split('|').map(str::trim).collect();
            let id = cells.get(1).filter(|it| it.len() == 4 && it.as_bytes()[1] == b'-')?;
            let verdict = cells.get(3).filter(|it| ["Y", "P", "N"].contains(it))?;
            Some(((*id).to_owned(), verdict.chars().next().unwrap()))
        })
        .collect();
    assert_eq!(rows().map(|(id, verdict, _)| (id, verdict)).collect::<Vec<_>>(), listed);
}

#[test]
fn a_marker_names_its_rows() {
    assert_eq!(marker("/// seed: G-04, K-13"), Some((true, vec!["G-04".to_owned(), "K-13".to_owned()])));
    assert_eq!(marker("    // seed in part: G-05."), Some((false, vec!["G-05".to_owned()])));
    assert_eq!(marker("/// The seed of the random numbers."), None);
    assert_eq!(test_name("async fn a_b_c() {").as_deref(), Some("a b c"));
    assert_eq!(test_name("await test('a case worker opens', async () => {").as_deref(), Some("a case worker opens"));
}

#[test]
fn a_marker_stands_before_a_test_and_nowhere_else() {
    let test = |marked_as: &str, before: &str| format!("{marked_as}{before}async fn a_b(house: &House) {{\n}}\n");
    let marker = "/// What it is about.\n///\n/// seed: G-04\n";
    let name = |text: &str| marked(text).map(|it| it.into_iter().map(|it| it.2).collect::<Vec<_>>());

    let attribute = "#[tokio::test(flavor = \"multi_thread\", worker_threads = 2)]\n";
    assert_eq!(name(&test(marker, attribute)), Ok(vec!["a b".to_owned()]));
    let story = format!("\ncontract!(\n    another,\n    a_b,\n);\n{}", test(marker, ""));
    assert_eq!(name(&story), Ok(vec!["a b".to_owned()]), "which runs on each engine");
    for (wrong, text) in [
        ("a helper", test(marker, "")),
        ("a helper that another list names", format!("\ncontract!(another);\n{}", test(marker, ""))),
        ("within a function", format!("fn a() {{\n{marker}    let it = 1;\n}}\n{}", test("", attribute))),
        ("at the end", format!("{}{marker}", test("", attribute))),
    ] {
        assert!(marked(&text).is_err(), "{wrong}");
    }
}
