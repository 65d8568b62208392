//! Every page that the inbox answers GET with is looked at by a walk in a browser: `tests/browser/routes.json` names the walk, this
//! test holds the list against the router, and `tests/browser/walks.mjs` holds what the walks looked at against the list.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::path::PathBuf;

/// The folder of what only machines ask for: no pages, and the OpenAPI document is held against it.
const API: &str = "api";

fn here() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && path.file_name().is_some_and(|it| it != "tests" && it != API) {
            files(&path, found);
        } else if path.extension().is_some_and(|it| it == "rs") {
            found.push(path);
        }
    }
}

/// What stands between the bracket that `text` begins with and its end.
fn bracketed(text: &str) -> &str {
    let mut depth = 0_u32;
    for (at, letter) in text.char_indices() {
        match letter {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return &text[1..at];
        }
    }
    text
}

/// The value of `const NAME: &str = "…"` in `text`.
fn constant(text: &str, name: &str) -> Option<String> {
    let rest = text.split(&format!("const {name}: &str = \"")).nth(1)?;
    rest.split('"').next().map(str::to_owned)
}

/// The patterns that one file of the inbox answers GET at.
fn gets(text: &str) -> Vec<String> {
    let mut gets = Vec::new();
    for (at, _) in text.match_indices(".route(") {
        let said = bracketed(&text[at + ".route".len()..]);
        let (place, methods) = said.split_once(',').unwrap_or((said, ""));
        let answers_get = methods.trim_start().starts_with("get(") || methods.contains(".get(");
        if answers_get {
            let place = place.trim();
            let literal = place.strip_prefix('"').and_then(|it| it.strip_suffix('"')).map(str::to_owned);
            let found = literal.or_else(|| constant(text, place));
            gets.push(
                found.unwrap_or_else(|| panic!("the route at {place} is no literal and no constant of its file")),
            );
        }
    }
    gets
}

fn listed() -> BTreeMap<String, String> {
    let text = fs::read_to_string(here().join("tests/browser/routes.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

#[test]
fn every_page_has_a_walk_and_every_walk_named_is_there() {
    let mut found = Vec::new();
    files(&here().join("src/inbox"), &mut found);
    let routes: BTreeSet<String> = found.iter().flat_map(|it| gets(&fs::read_to_string(it).unwrap())).collect();
    assert!(routes.len() > 30, "the router was not found: {routes:?}");
    let listed = listed();

    let without: Vec<_> = routes.iter().filter(|it| !listed.contains_key(*it)).collect();
    assert!(without.is_empty(), "pages that no walk looks at; add them to tests/browser/routes.json: {without:?}");
    let gone: Vec<_> = listed.keys().filter(|it| !routes.contains(*it)).collect();
    assert!(gone.is_empty(), "tests/browser/routes.json names pages that are not there: {gone:?}");
    for (route, walk) in &listed {
        let is_there = here().join("tests/browser").join(format!("{walk}.mjs")).is_file();
        assert!(is_there || walk.starts_with("none: "), "{route}: there is no walk {walk}");
    }
}

#[test]
fn routes_are_read_from_the_code_as_it_is_written() {
    let text = r#"const PATH: &str = "/one";
        Router::new().route(PATH, get(show).post(find)).route("/two/{id}", post(act))
            .route("/three/{id}", post(act).get(show))"#;

    assert_eq!(gets(text), ["/one", "/three/{id}"]);
}
