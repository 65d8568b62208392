//! What the program says of itself, and how it ends when it is asked wrongly.

use crate::corpus;
use crate::meldeport;
use crate::text;
use std::process::Command;
use std::process::Stdio;

#[test]
fn the_errors_page_of_the_manual_is_what_the_program_prints() {
    let page = meldeport::cli::errors_page(meldeport::domain::Code::ALL);

    assert!(include_str!("../../src/manual/errors.md") == page, "run: meldeport errors > src/manual/errors.md");
    assert_eq!(text(&meldeport(&["errors"]).stdout), page);
}

#[test]
fn every_command_has_help_and_help_is_no_failure() {
    let commands: &[&[&str]] = &[
        &["demo"],
        &["serve"],
        &["check"],
        &["judge"],
        &["send"],
        &["conformance"],
        &["conformance", "serve"],
        &["conformance", "report"],
        &["conformance", "cases"],
        &["conformance", "example"],
        &["conformance", "confirm"],
        &["route"],
        &["load"],
        &["message"],
        &["queue"],
        &["queue", "list"],
        &["queue", "requeue"],
        &["alarm", "list"],
        &["alarm", "close"],
        &["cert", "list"],
        &["status"],
        &["doctor"],
        &["key", "status"],
        &["key", "rotate"],
        &["backup"],
        &["restore"],
        &["user"],
        &["user", "grant"],
        &["api-client"],
        &["api-client", "add"],
        &["api-client", "renew"],
        &["api-client", "hook", "set"],
        &["errors"],
        &["audit"],
        &["directory", "export"],
        &["directory", "gaps"],
        &["retention"],
        &["key", "add"],
        &["completion"],
    ];
    for command in commands {
        let output = meldeport(&[*command, &["--help"]].concat());
        assert_eq!(output.status.code(), Some(0), "{command:?}");
        assert!(text(&output.stdout).contains("Usage:"), "{command:?}");
    }
}

#[test]
fn a_reader_that_has_had_enough_is_no_bug() {
    let mut printing = Command::new(env!("CARGO_BIN_EXE_meldeport"))
        .args(["errors", "--json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(printing.stdout.take());

    let output = printing.wait_with_output().unwrap();

    assert_eq!((output.status.code(), text(&output.stderr).as_str()), (Some(141), ""));
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
fn completions_are_printed_for_each_shell() {
    for shell in ["bash", "zsh", "fish"] {
        let output = meldeport(&["completion", shell]);
        assert_eq!(output.status.code(), Some(0));
        assert!(text(&output.stdout).contains("meldeport"), "{shell}");
    }
}
