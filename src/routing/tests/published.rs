//! The unit directories that we publish.

use super::*;

/// seed: G-04, L-01, R-02, H-42
/// seed in part: G-06, K-09, K-10, R-06, R-16, R-21, H-11, H-52
#[test]
fn every_case_of_every_municipality_comes_out_as_it_says() {
    let outcomes = run_cases(&DIRECTORY);

    let failed: Vec<String> = outcomes
        .iter()
        .filter_map(|it| match &it.result {
            CaseResult::Passed => None,
            CaseResult::Failed { wanted, got } => {
                Some(format!("{} {}: wanted {wanted}; got {got}\n{:#?}", it.source, it.name, it.steps))
            }
        })
        .collect();
    assert!(failed.is_empty(), "{}", failed.join("\n"));
    for (file, _) in PUBLISHED {
        assert!(outcomes.iter().filter(|it| it.source.file == *file).count() >= 4, "{file} has too few cases");
    }
}

#[test]
fn a_case_that_says_something_else_fails_and_says_what_came() {
    let text = with(&rule("alle", "kontor", ""))
        + &unit("annet", "")
        + "\n[[case]]\nname = \"Feil\"\non = 2026-10-15\nexpect = [\"annet\"]\nexpect_rule = \"alle\"\n";

    let outcome = &run_cases(&small(&text))[0];
    assert!(!outcome.passed());
    assert_eq!(
        outcome.result,
        CaseResult::Failed { wanted: "annet, by rule alle".to_owned(), got: "kontor, by rule alle".to_owned() }
    );
}

#[test]
fn the_published_municipalities_have_no_gap() {
    let gaps = check(&DIRECTORY, date(2026, 11, 1));

    // In the city, no rule is for everything: the rules for districts share everybody between them.
    let told: Vec<_> = gaps.iter().filter(|it| it.severity > Severity::Info).map(|it| &it.text.en).collect();
    assert!(told.is_empty(), "{told:#?}");
}

#[test]
fn the_example_with_every_key_parses_and_its_cases_pass() {
    let directory = read(&[("units.example.toml", EXAMPLE)]);

    let outcomes = run_cases(&directory);
    assert!(!outcomes.is_empty());
    assert!(outcomes.iter().all(crate::routing::CaseOutcome::passed), "{outcomes:#?}");
}

#[test]
fn the_parties_of_the_corpus_have_their_her_ids() {
    for (municipality, organisation, unit) in [
        ("4211", 90001, 900011),
        ("1149", 90002, 900021),
        ("5614", 90003, 900031),
        ("4201", 90004, 900041),
        ("4601", 90005, 900051),
    ] {
        for her_id in [organisation, unit] {
            let asked = RouteQuestion { receiver: Some(HerId(her_id)), ..question(municipality) };
            assert!(decide(&DIRECTORY, &asked, at(TODAY)).is_ok(), "{municipality} {her_id}");
        }
    }
}
