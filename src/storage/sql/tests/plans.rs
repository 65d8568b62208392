//! Every statement that any test runs on SQLite is planned once, and none may walk through what grows with each report: a unit has
//! a million of them. SQLite chooses by the statement and the indexes alone, so a plan is the same here as where there are many.

use crate::storage::sql::engine::Engine;
use crate::storage::sql::engine::Value;
use sqlx::AssertSqlSafe;
use std::collections::BTreeSet;
use std::collections::HashMap;
use std::sync::LazyLock;
use std::sync::Mutex;
use std::sync::PoisonError;

/// Tables with a row or more for each report.
const GROWING: [&str; 12] = [
    "items",
    "messages",
    "journal",
    "journal_units",
    "search_tokens",
    "case_events",
    "receipts",
    "notices",
    "data_keys",
    "follow_ups",
    "scans",
    "reminders",
];

/// How a statement begins that may walk, and why.
const MAY_WALK: [(&str, &str); 8] = [
    ("-- register_rows", "in the order that is asked for, until the page is full"),
    ("-- register_count", "what a filter of the register leaves has to be counted"),
    ("-- journal_page", "in the order that is asked for, until the page is full"),
    ("-- house_lines", "an operator's list, in the order that is asked for, until it is full"),
    ("-- messages", "an operator's list, in the order that is asked for, until it is full"),
    ("SELECT message, key_id, wrapped FROM data_keys", "an operator's change of key, in portions"),
    ("SELECT key_id, COUNT(*) AS count FROM data_keys", "an operator asks which keys are in use"),
    ("SELECT key_id FROM data_keys WHERE key_id NOT IN", "at the start: whether a key is missing"),
];

static SEEN: LazyLock<Mutex<BTreeSet<String>>> = LazyLock::new(Mutex::default);

/// Looks how `sql` will be run, the first time it is. Fails the test that runs it when it walks.
pub(in crate::storage::sql) async fn look<E: Engine>(connection: &mut E::Connection, sql: &str, values: &[Value]) {
    let is_new = || SEEN.lock().unwrap_or_else(PoisonError::into_inner).insert(sql.to_owned());
    // What tests themselves ask for is called number or value.
    let is_a_tests = sql.contains(" AS number") || sql.contains(" AS value");
    if E::LABEL != "sqlite" || is_a_tests || MAY_WALK.iter().any(|(begin, _)| sql.starts_with(begin)) || !is_new() {
        return;
    }
    let partial = "SELECT name AS detail FROM sqlite_schema WHERE type = 'index' AND sql LIKE '%) WHERE %'";
    let partial = ask::<E>(connection, partial.to_owned(), &[]).await;
    let plan = ask::<E>(connection, format!("EXPLAIN QUERY PLAN {sql}"), values).await;
    let tables = tables(sql);
    let walks: Vec<&String> = plan.iter().filter(|it| is_walk(it, &tables, &partial)).collect();
    assert!(walks.is_empty(), "walks through what grows with each report ({walks:?}):\n{sql}\n{plan:#?}");
}

async fn ask<E: Engine>(connection: &mut E::Connection, sql: String, values: &[Value]) -> Vec<String> {
    let mut arguments = E::Arguments::default();
    for value in values {
        if E::bind(&mut arguments, value.clone()).is_err() {
            return Vec::new();
        }
    }
    // What cannot be planned cannot be run either; the test says so.
    let rows = E::fetch(connection, sqlx::SqlSafeStr::into_sql_str(AssertSqlSafe(sql)), arguments).await;
    let rows = rows.unwrap_or_default();
    rows.iter().filter_map(|it| E::text(it, "detail").ok().flatten()).collect()
}

/// By what name each table stands in a statement.
fn tables(sql: &str) -> HashMap<&str, &str> {
    let bare = |it: &'static str| move |word: &str| word.eq_ignore_ascii_case(it);
    let words: Vec<&str> = sql.split_whitespace().map(|it| it.trim_matches(|it| "(),;".contains(it))).collect();
    let mut tables = HashMap::new();
    for (index, word) in words.iter().enumerate() {
        if !["FROM", "JOIN", "UPDATE", "INTO"].iter().any(|it| bare(it)(word)) {
            continue;
        }
        let Some(table) = words.get(index + 1) else { continue };
        let name = match words.get(index + 2..index + 4) {
            Some([as_, name]) if bare("AS")(as_) => name,
            Some(_) | None => table,
        };
        tables.insert(*name, *table);
    }
    tables
}

fn is_walk(step: &str, tables: &HashMap<&str, &str>, partial: &[String]) -> bool {
    let words: Vec<&str> = step.split_whitespace().collect();
    let [how, name, rest @ ..] = words.as_slice() else { return false };
    let grows = tables.get(name).is_some_and(|it| GROWING.contains(it));
    let index = rest.iter().skip_while(|it| **it != "INDEX").nth(1);
    let is_of_few = index.is_some_and(|it| partial.iter().any(|partial| partial == it));
    let is_whole = *how == "SCAN" || *how == "SEARCH" && step.ends_with("(unit=?)");
    grows && is_whole && !is_of_few
}

#[test]
fn a_walk_is_seen_and_a_look_is_not() {
    let tables = tables(
        "-- x\nSELECT i.id FROM items AS i INNER JOIN users AS u ON u.id = i.responsible WHERE id IN (SELECT id FROM messages)",
    );
    let partial = ["items_unread".to_owned()];
    for (step, walks) in [
        ("SCAN i USING COVERING INDEX items_newest", true),
        ("SCAN messages", true),
        ("SEARCH i USING INDEX items_register (unit=?)", true),
        ("SCAN i USING INDEX items_unread", false),
        ("SCAN u", false),
        ("SEARCH i USING INDEX items_newest (unit=? AND state=?)", false),
        ("SEARCH i USING PRIMARY KEY (id=?)", false),
        ("USE TEMP B-TREE FOR ORDER BY", false),
    ] {
        assert_eq!(is_walk(step, &tables, &partial), walks, "{step}");
    }
}
