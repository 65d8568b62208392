use super::config_document;
use super::document_text;
use super::tell_receivers;
use super::without_receiver;
use crate::app::example_directory;
use crate::domain::AlarmKind;
use crate::domain::Language;
use crate::domain::Timestamp;
use crate::domain::UnitId;
use crate::routing::Directory;
use crate::storage::OperatorStore as _;
use crate::storage::RevisedFile;
use crate::storage::Revision;
use jiff::civil::Date;
use jiff::civil::date;
use serde_json::Value;

const TODAY: Date = date(2026, 11, 22);

const BEFORE: &str = r#"
[municipality]
number = "4201"
default = "kontor"

[[unit]]
id = "kontor"
name = "Kontoret"
kind = "office"

[unit.notify]
email = "kontor@risor.example"

[[unit]]
id = "avtale"
name = "Avtalekontoret"
kind = "office"

[unit.notify]
email = "avtale@risor.example"

[[rule]]
name = "utskriving"
why = "Fra sykehuset, etter samarbeidsavtalen"
admitted = true
agreement = "Delavtale 3, SSHF 2025"
to = ["avtale"]

[[rule]]
name = "alle"
why = "Alt annet"
to = ["kontor"]

[[routine]]
name = "mottak"
valid_from = 2026-01-01
title = "Mottak av meldinger"
body = "Innboksen leses hver morgen."

[[routine]]
name = "mottak"
valid_from = 2027-01-01
title = "Mottak av meldinger"
body = "Innboksen leses morgen og kveld."
"#;

fn directory(text: &str) -> Directory {
    Directory::parse(&[("units/risor.toml".to_owned(), text.to_owned())]).unwrap()
}

fn revision(directory: &Directory, text: &str, hour: i64, by: Option<&str>) -> Revision {
    let file = RevisedFile {
        name: "risor.toml".to_owned(),
        text: text.to_owned(),
        by: by.map(str::to_owned),
        why: by.map(|_| "Ny avtale".to_owned()),
    };
    let at = Timestamp::from_jiff("2026-11-20T08:00:00Z".parse().unwrap());
    Revision { version: directory.version().to_owned(), at: Timestamp(at.0 + hour * 3_600_000_000), files: vec![file] }
}

/// seed: H-05, H-13, H-24, H-37
#[test]
fn a_changed_route_is_in_the_document_with_its_diff_author_time_agreement_and_the_routines_version() {
    let after = BEFORE.replace("to = [\"avtale\"]", "to = [\"kontor\"]");
    let (first, then) = (directory(BEFORE), directory(&after));
    let revisions = [revision(&then, &after, 2, Some("Kari Systemkoordinator")), revision(&first, BEFORE, 0, None)];

    let document = config_document(&then, &revisions, None, Language::Nb, TODAY);
    let text = document_text(&document);

    assert!(text.contains("### 20. november 2026 kl. 11.00 – risor.toml – Kari Systemkoordinator"), "{text}");
    assert!(text.contains("Hvorfor: Ny avtale") && text.contains("-to = [\"avtale\"]\n+to = [\"kontor\"]"), "{text}");
    assert!(text.contains("1") && text.contains("Avtale: Delavtale 3, SSHF 2025."), "{text}");
    let routine = text.lines().find(|it| it.contains("gjelder nå")).unwrap();
    assert!(routine.contains("Mottak av meldinger – fra 1. januar 2026 (gjelder nå, versjon "), "{routine}");
    assert!(text.contains("Innboksen leses hver morgen.") && text.contains("gjelder ikke nå"), "{text}");
    let json: Value = serde_json::from_str(&document.json).unwrap();
    assert_eq!(json["history"][0]["files"][0]["by"], "Kari Systemkoordinator");
    assert_eq!(json["history"][0]["at"], revisions[0].at.to_string());
    assert_eq!(json["bodies"][0]["rules"][0]["agreement"], "Delavtale 3, SSHF 2025");
    assert_eq!(json["bodies"][0]["rules"][0]["to"], serde_json::json!(["kontor"]));
    assert_eq!(json["bodies"][0]["routines"][0]["in_force"], true);
    let version = json["bodies"][0]["routines"][0]["version"].as_str().unwrap();
    assert!(version.starts_with("mottak@2026-01-01-"), "{version}");
}

/// People were shown times for machines, and names of versions of sixty-four letters.
#[test]
fn days_are_in_words_and_versions_short_while_json_has_them_whole() {
    let first = directory(BEFORE);
    let revisions = [revision(&first, BEFORE, 0, None)];
    for (language, day, time) in [
        (Language::Nb, "Oppsett av ruting, 22. november 2026", "20. november 2026 kl. 09.00"),
        (Language::Nn, "Oppsett av ruting, 22. november 2026", "20. november 2026 kl. 09.00"),
        (Language::En, "Configuration of routing, 22 November 2026", "20 November 2026 at 09:00"),
    ] {
        let document = config_document(&first, &revisions, None, language, TODAY);
        let text = document_text(&document);

        assert!(text.contains(day) && text.contains(time), "{text}");
        assert!(text.contains(&first.version()[..8]) && !text.contains(first.version()), "{text}");
        let is_for_machines = |it: &str| it.len() == 10 && it.parse::<Date>().is_ok();
        assert!(!text.split([' ', ',', '.', '@', '\n']).any(is_for_machines), "{text}");
        assert!(document.json.contains(first.version()) && document.json.contains("\"2026-11-22\""));
    }
}

#[test]
fn a_name_that_stood_there_before_is_not_the_author_of_a_later_change() {
    let after = BEFORE.replace("hver morgen", "hver dag");
    let (first, then) = (directory(BEFORE), directory(&after));
    let revisions = [revision(&then, &after, 2, Some("Kari")), revision(&first, BEFORE, 0, Some("Kari"))];

    let text = document_text(&config_document(&then, &revisions, None, Language::Nb, TODAY));

    assert!(text.contains("risor.toml – ikke sagt hvem"), "{text}");
}

#[test]
fn a_leader_sees_the_configuration_of_their_own_municipality_alone() {
    let directory = example_directory();
    let own = [UnitId("risor-systemkoordinator".to_owned())];

    for language in Language::ALL {
        let text = document_text(&config_document(&directory, &[], Some(&own), language, TODAY));
        assert!(text.contains("\n## Risør (4201)\n") && !text.contains("(4211)"), "{text}");
    }
}

#[test]
fn every_municipality_and_trust_is_told_by_its_name() {
    let directory = example_directory();
    let document = config_document(&directory, &[], None, Language::Nb, TODAY);

    let headings: Vec<_> = document.sections.iter().filter(|it| it.level == 2).map(|it| &it.heading).collect();

    for number in directory.bodies().iter().map(|it| it.owner.to_string()) {
        let of_it: Vec<_> = headings.iter().filter(|it| it.ends_with(&format!(" ({number})"))).collect();
        assert_eq!(of_it.len(), 1, "{number}: {headings:?}");
    }
    assert!(!headings.iter().any(|it| it.starts_with(|it: char| it.is_ascii_digit())), "{headings:?}");
}

/// seed in part: L-10
#[test]
fn every_case_of_the_examples_is_in_the_document_with_what_it_comes_to() {
    let directory = example_directory();
    let json = config_document(&directory, &[], None, Language::En, TODAY).json;
    let json: Value = serde_json::from_str(&json).unwrap();

    let told = json["bodies"].as_array().unwrap().iter().flat_map(|it| it["trials"].as_array().unwrap());
    let told: Vec<_> = told.collect();
    assert_eq!(told.len(), crate::routing::trials(&directory).len());
    assert!(told.len() > 20 && told.iter().all(|it| it["passed"] == true), "{told:?}");
}

fn ended() -> String {
    BEFORE.replace("kind = \"office\"", "kind = \"office\"\nvalid_to = 2026-11-21")
}

fn without_default() -> String {
    BEFORE.replace("default = \"kontor\"\n", "")
}

/// The public side is tried in `contacts`; this is the operator's.
///
/// seed: G-03
#[test]
fn a_municipality_whose_only_units_have_ended_is_told_to_the_operator() {
    let ended = directory(&ended());

    assert_eq!(without_receiver(&ended, TODAY), ["4201"]);
    assert_eq!(without_receiver(&ended, TODAY.yesterday().unwrap()), Vec::<String>::new());
    assert_eq!(without_receiver(&example_directory(), TODAY), Vec::<String>::new());
    let text = document_text(&config_document(&ended, &[], None, Language::Nb, TODAY));
    assert!(text.contains("## Kommuner uten mottaker\n\n- 4201"), "{text}");
}

/// Two defaults are refused with a clear text, which is tried where files are read; none is an alarm until there is one.
///
/// seed: K-13
#[tokio::test]
async fn a_municipality_without_a_default_unit_is_an_alarm_until_it_has_one() {
    let two = format!("{BEFORE}\n[[default]]\nunit = \"avtale\"\n");
    let refused = Directory::parse(&[("risor.toml".to_owned(), two)]).unwrap_err();
    assert!(refused[0].to_string().contains("4201 has two default units on the same day"), "{}", refused[0]);

    let folder = tempfile::tempdir().unwrap();
    let options = crate::storage::StoreOptions::default();
    let file = folder.path().join("store.db");
    let store = crate::storage::open_sqlite(&file, crate::storage::Sealing::Off, options).await.unwrap();
    let now = Timestamp::from_jiff("2026-11-22T08:00:00Z".parse().unwrap());
    tell_receivers(&directory(&without_default()), &*store, now).await.unwrap();
    let open = store.alarms().await.unwrap();
    assert_eq!(
        open.iter().map(|it| (it.kind, it.subject.as_str())).collect::<Vec<_>>(),
        [(AlarmKind::NoReceiver, "4201")]
    );

    tell_receivers(&directory(BEFORE), &*store, now).await.unwrap();
    assert!(store.alarms().await.unwrap().is_empty());
    store.close().await;
}
