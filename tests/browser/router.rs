//! The routes of the inbox, read from its code. The walks' list and the table of roles are both held against them.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::path::PathBuf;

/// Method and pattern of each route. Those for case systems, in `api`, stand under a prefix of their own.
pub(crate) fn routes() -> BTreeSet<(&'static str, String)> {
    let mut found = Vec::new();
    files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/inbox"), &mut found);
    let mut routes = BTreeSet::new();
    for file in found {
        let prefix = if file.ends_with("api/mod.rs") { "/api/v1" } else { "" };
        let written = in_text(&fs::read_to_string(&file).unwrap());
        routes.extend(written.into_iter().map(|(method, pattern)| (method, format!("{prefix}{pattern}"))));
    }
    assert!(routes.len() > 100, "the router was not found: {routes:?}");
    routes
}

/// Those that one file's `text` has.
pub(crate) fn in_text(text: &str) -> BTreeSet<(&'static str, String)> {
    let mut routes = BTreeSet::new();
    for (at, _) in text.match_indices(".route(") {
        let said = bracketed(&text[at + ".route".len()..]);
        let (place, methods) = said.split_once(',').unwrap_or((said, ""));
        let place = place.trim();
        let literal = place.strip_prefix('"').and_then(|it| it.strip_suffix('"')).map(str::to_owned);
        let pattern = literal.or_else(|| constant(text, place));
        let pattern =
            pattern.unwrap_or_else(|| panic!("the route at {place} is no literal and no constant of its file"));
        for (method, word) in [("GET", "get("), ("POST", "post(")] {
            let is_plain_act = method == "POST" && methods.contains("::plain(");
            if is_plain_act || methods.trim_start().starts_with(word) || methods.contains(&format!(".{word}")) {
                routes.insert((method, pattern.clone()));
            }
        }
    }
    routes
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && path.file_name().is_some_and(|it| it != "tests") {
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
