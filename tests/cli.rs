//! The commands as a person types them: help, data, exit status.

use std::path::Path;
use std::process::Command;
use std::process::Output;

fn meldeport(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_meldeport"))
        .args(arguments)
        .current_dir(env!("CARGO_TARGET_TMPDIR"))
        .env_remove("MELDEPORT_CONFIG")
        .output()
        .unwrap()
}

fn corpus(file: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus").join(file).display().to_string()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn the_errors_page_of_the_manual_is_what_the_program_prints() {
    let page = meldeport::cli::errors_page(meldeport::domain::Code::ALL);

    assert!(include_str!("../src/manual/errors.md") == page, "run: meldeport errors > src/manual/errors.md");
    assert_eq!(text(&meldeport(&["errors"]).stdout), page);
}

#[test]
fn every_command_has_help_and_help_is_no_failure() {
    for command in
        ["demo", "serve", "check", "judge", "route", "load", "message", "user", "errors", "audit", "completion"]
    {
        let output = meldeport(&[command, "--help"]);
        assert_eq!(output.status.code(), Some(0), "{command}");
        assert!(text(&output.stdout).contains("Usage:"), "{command}");
    }
}

#[test]
fn what_is_not_understood_ends_with_64() {
    assert_eq!(meldeport(&["jugde"]).status.code(), Some(64));
    assert_eq!(meldeport(&["judge", "no-such-file.xml"]).status.code(), Some(64));
    assert_eq!(meldeport(&["judge", "--at", "yesterday", &corpus("valid/nynorsk.xml")]).status.code(), Some(64));
}

#[test]
fn a_missing_configuration_ends_with_78_and_names_the_file() {
    let output = meldeport(&["check", "--config", "nowhere.toml"]);

    assert_eq!(output.status.code(), Some(78));
    assert!(text(&output.stderr).contains("nowhere.toml"));
}

#[test]
fn judge_prints_one_stable_object_per_file() {
    let files = [
        corpus("valid/hospital-inpatient.xml"),
        corpus("invalid/several-faults.xml"),
        corpus("invalid/MP-207-malformed.xml"),
    ];
    let output = meldeport(&["judge", "--json", "--at", "2026-10-18T20:00:00Z", &files[0], &files[1], &files[2]]);
    let lines: Vec<serde_json::Value> =
        text(&output.stdout).lines().map(|it| serde_json::from_str(it).unwrap()).collect();

    assert_eq!(output.status.code(), Some(1));
    let verdicts: Vec<_> = lines.iter().map(|it| it["verdict"].as_str().unwrap()).collect();
    assert_eq!(verdicts, ["accepted", "rejected", "refused"]);
    assert_eq!(lines[0]["units"], serde_json::json!(["gjerstad-tjenestekontor"]));
    assert_eq!(lines[0]["message_type"], "BEHOVSMELDING");
    assert!(lines[1]["findings"].as_array().unwrap().len() >= 6);
    for key in ["code", "severity", "apprec", "xpath", "line", "column", "text"] {
        assert!(lines[1]["findings"][0].get(key).is_some(), "{key}");
    }
}

#[test]
fn judging_the_schema_alone_takes_a_receipt_too() {
    let output = meldeport(&["judge", "--stage", "schema", &corpus("everything/apprec-1.1.xml")]);

    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stdout));
}

#[test]
fn a_route_is_explained_from_facts_and_from_a_message() {
    let facts = meldeport(&["route", "explain", "--municipality", "4211", "--need", "IP"]);
    let message = meldeport(&["route", "explain", &corpus("valid/hospital-inpatient.xml")]);

    for output in [facts, message] {
        assert_eq!(output.status.code(), Some(0));
        let said = text(&output.stdout);
        assert!(said.contains("→ gjerstad-tjenestekontor (content)") && said.contains('✓'), "{said}");
    }
    assert_eq!(meldeport(&["route", "explain", "--municipality", "0301"]).status.code(), Some(1));
}

#[test]
fn the_municipalities_own_cases_hold() {
    let output = meldeport(&["route", "test"]);

    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stdout));
    assert!(text(&output.stdout).lines().count() > 20);
}

#[test]
fn completions_are_printed_for_each_shell() {
    for shell in ["bash", "zsh", "fish"] {
        let output = meldeport(&["completion", shell]);
        assert_eq!(output.status.code(), Some(0));
        assert!(text(&output.stdout).contains("meldeport"), "{shell}");
    }
}
