//! Every page that the inbox answers GET with is looked at by a walk in a browser: `tests/browser/routes.json` names the walk, this
//! test holds the list against the router, and `tests/browser/walks.mjs` holds what the walks looked at against the list.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

#[path = "browser/router.rs"]
mod router;

/// Before what only machines ask for: no pages, and the OpenAPI document is held against it.
const API: &str = "/api/";

fn here() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn listed() -> BTreeMap<String, String> {
    let text = fs::read_to_string(here().join("tests/browser/routes.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

#[test]
fn every_page_has_a_walk_and_every_walk_named_is_there() {
    let pages = router::routes().into_iter().filter(|(method, it)| *method == "GET" && !it.starts_with(API));
    let routes: BTreeSet<String> = pages.map(|it| it.1).collect();
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

    let routes =
        [("GET", "/one"), ("GET", "/three/{id}"), ("POST", "/one"), ("POST", "/three/{id}"), ("POST", "/two/{id}")];
    assert!(router::in_text(text).iter().map(|(method, it)| (*method, it.as_str())).eq(routes));
}
