//! The commands as a person types them: help, data, exit status.

use meldeport::app;
use meldeport::clock::Clock;
use meldeport::clock::SystemClock;
use meldeport::config::Config;
use meldeport::domain::AlarmKind;
use meldeport::domain::NewAlarm;
use meldeport::trial::Ports;
use meldeport::trial::World;
use sqlx::Connection;
use sqlx::SqliteConnection;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;
use std::process::Output;
use std::process::Stdio;

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

/// Karmøy decides that what schools and the school psychologist see goes to the reception of their own sector.
///
/// seed: H-25
#[test]
fn a_municipality_can_send_the_same_need_elsewhere_by_the_sector_of_the_reporter() {
    let (_folder, world) = new_world();
    let to = |reporter: &str| {
        let facts = ["route", "explain", "--json", "--municipality", "1149", "--need", "KOORDINATOR", "--age", "10"];
        let output = in_world(&world, &[&facts[..], &["--reporter", reporter]].concat());
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        let explained = lines(&output).remove(0);
        let targets = explained["targets"].as_array().unwrap().iter().filter(|it| it["share"] == "content");
        targets.map(|it| it["unit"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    for reporter in ["SKOLE", "PPT", "FASTLEGE", "NAV"] {
        assert_eq!(to(reporter), ["karmoy-bestillerkontor"], "{reporter}: as it comes");
    }

    let file = world.folder.join("units/karmoy.toml");
    let own = std::fs::read_to_string(&file).unwrap();
    let rule = "[[rule]]\nname = \"fra-skole\"\nreporters = [\"SKOLE\", \"PPT\"]\nto = [\"karmoy-oppvekst-mottak\"]\n\
                [rule.why]\nnb = \"Skolenes meldinger går til oppvekst.\"\nnn = \"Meldingar frå skular går til oppvekst.\"\n\
                en = \"Reports from schools go to children and culture.\"\n\n[[rule]]\nname = \"en-dor\"";
    std::fs::write(&file, own.replacen("[[rule]]\nname = \"en-dor\"", rule, 1)).unwrap();

    for (reporter, unit) in [
        ("SKOLE", "karmoy-oppvekst-mottak"),
        ("PPT", "karmoy-oppvekst-mottak"),
        ("FASTLEGE", "karmoy-bestillerkontor"),
        ("NAV", "karmoy-bestillerkontor"),
    ] {
        assert_eq!(to(reporter), [unit], "{reporter}");
    }
}

#[test]
fn completions_are_printed_for_each_shell() {
    for shell in ["bash", "zsh", "fish"] {
        let output = meldeport(&["completion", shell]);
        assert_eq!(output.status.code(), Some(0));
        assert!(text(&output.stdout).contains("meldeport"), "{shell}");
    }
}

/// A made-up world whose gateway has never run.
fn new_world() -> (tempfile::TempDir, World) {
    let folder = tempfile::tempdir().unwrap();
    let world = World::make(folder.path(), Ports::free().unwrap(), &SystemClock).unwrap();
    (folder, world)
}

/// A made-up world with the store and keys of a gateway that does not run now.
fn world() -> (tempfile::TempDir, World) {
    let (folder, world) = new_world();
    make_store(&world);
    (folder, world)
}

fn make_store(world: &World) {
    let config = Config::load(&world.config()).unwrap();
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        app::open_sqlite_store(&config).await.unwrap_or_else(|it| panic!("{it:?}")).close().await;
    });
}

fn in_world(world: &World, arguments: &[&str]) -> Output {
    let config = world.config().display().to_string();
    meldeport(&[arguments, &["--config", &config]].concat())
}

fn lines(output: &Output) -> Vec<serde_json::Value> {
    text(&output.stdout).lines().map(|it| serde_json::from_str(it).unwrap()).collect()
}

#[test]
fn judge_tells_the_line_what_was_expected_how_to_mend_it_the_receipt_and_the_route() {
    let (accepted, faulty) =
        (corpus("valid/hospital-inpatient.xml"), corpus("invalid/MP-303-missing-consent-status.xml"));
    let output = meldeport(&["judge", "--json", "--at", "2026-10-18T20:00:00Z", &accepted, &faulty]);
    let reports = lines(&output);

    assert_eq!(reports[0]["receipt"]["status"], "1");
    assert!(reports[0]["route"].as_array().unwrap().iter().any(|it| it["fitted"] == true));
    let finding = &reports[1]["findings"][0];
    assert_eq!(finding["masked"]["here"], "<Samtykke>");
    assert!(!finding["mend"].as_str().unwrap().is_empty());
    let schema = finding["schema"].as_str().unwrap();
    assert_eq!(schema, "missing before element 'Dato': Status");
    assert_eq!(reports[1]["receipt"]["status"], "2");
    assert!(reports[1]["receipt"]["xml"].as_str().unwrap().contains("<Status V=\"2\""));
    let said = text(&meldeport(&["judge", "--at", "2026-10-18T20:00:00Z", &faulty]).stdout);
    assert!(
        said.contains("»<Samtykke>«") && said.contains(&format!("XSD: {schema}")) && said.contains("AppRec 2 Avvist"),
        "{said}"
    );
}

#[test]
fn an_age_may_be_given_in_years_and_months_and_an_expected_child_has_none() {
    let explain = |more: &[&str]| {
        let facts = ["route", "explain", "--json", "--municipality", "4601", "--district", "460101"];
        meldeport(&[&facts[..], &["--need", "KOORDINATOR"], more].concat())
    };
    let child = explain(&["--age", "17y11m"]);
    let adult = explain(&["--age", "18"]);

    assert_eq!(child.status.code(), Some(0));
    assert_eq!(text(&child.stdout), text(&explain(&["--age", "215m"]).stdout));
    assert_ne!(text(&child.stdout), text(&adult.stdout), "the month before the birthday decides");
    assert_eq!(text(&explain(&["--unborn"]).stdout), text(&explain(&["--age", "0"]).stdout));
    assert_eq!(explain(&["--relayed", "--age", "3"]).status.code(), Some(0));
    for wrong in ["seven", "7y2", "1y99999m", "151", "-1"] {
        assert_eq!(explain(&["--age", wrong]).status.code(), Some(64), "{wrong}");
    }
    assert_eq!(explain(&["--age", "1", "--unborn"]).status.code(), Some(64));
}

#[test]
fn certificates_are_listed_with_their_ends() {
    let (_folder, world) = world();

    let output = in_world(&world, &["cert", "list", "--json"]);
    let papers = lines(&output);
    let kinds: Vec<_> = papers.iter().map(|it| it["kind"].as_str().unwrap()).collect();

    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert_eq!(kinds, ["own", "root", "revocation_list"]);
    assert!(papers.iter().all(|it| it["ends"].is_string() && it["ends_soon"] == false), "{papers:#?}");
    let all = in_world(&world, &["cert", "list", "--days", "10000"]);
    assert_eq!(all.status.code(), Some(1));
    assert!(text(&all.stdout).contains("! own"), "{}", text(&all.stdout));
    std::fs::write(world.certificate("gateway").0, "nothing").unwrap();
    assert_eq!(in_world(&world, &["cert", "list"]).status.code(), Some(78));
}

#[test]
fn a_gateway_that_is_down_is_told_by_status_and_doctor_and_they_say_what_to_do() {
    let (_folder, world) = world();

    let status = in_world(&world, &["status"]);
    let said = text(&status.stdout);
    assert_eq!(status.status.code(), Some(1), "{}", text(&status.stderr));
    assert!(said.contains("! gateway   does not answer") && said.contains("systemctl start"), "{said}");
    let json = &lines(&in_world(&world, &["status", "--json"]))[0];
    assert_eq!((&json["gateway"], &json["messages"]["stuck"]), (&"silent".into(), &0.into()));
    assert_eq!((&json["webhooks"]["queued"], &json["webhooks"]["abandoned"]), (&0.into(), &0.into()));
    assert!(said.contains("webhooks  0 wait"), "{said}");

    let doctor = in_world(&world, &["doctor", "--journal", "--json"]);
    let looks = lines(&doctor);
    let ill: Vec<_> = looks.iter().filter(|it| it["well"] == false).map(|it| it["what"].as_str().unwrap()).collect();
    assert_eq!((doctor.status.code(), ill), (Some(1), vec!["gateway"]), "{looks:#?}");

    std::fs::set_permissions(world.certificate("gateway").1, std::fs::Permissions::from_mode(0o644)).unwrap();
    let said = text(&in_world(&world, &["doctor"]).stdout);
    assert!(said.contains("can be read by everybody") && said.contains("→ chmod 600"), "{said}");
}

#[test]
fn a_wrong_path_is_told_and_nothing_is_made_there() {
    let (_folder, world) = new_world();

    for arguments in [&["status"][..], &["audit", "verify"], &["message", "list"], &["key", "status"]] {
        let output = in_world(&world, arguments);
        assert_eq!(output.status.code(), Some(78), "{arguments:?}: {}", text(&output.stdout));
    }

    let said = text(&in_world(&world, &["status"]).stderr);
    assert!(said.contains("There is no database") && said.contains("meldeport serve"), "{said}");
    assert!(!world.folder.join("data/keys").exists() && !world.folder.join("data/meldeport.db").exists());
}

/// The name and password in the URL are not told, nothing is looked up, and no key file is made beside what is not opened.
#[test]
fn a_database_elsewhere_that_proves_nothing_is_not_opened_unless_the_operator_says_so() {
    let (_folder, world) = new_world();
    let data = world.folder.join("data");
    let url = "postgres://meldeport:hemmelig@db.kommune.invalid/meldeport\n";
    std::fs::write(data.join("postgres-url"), url).unwrap();
    let plain = std::fs::read_to_string(world.config()).unwrap();
    let with =
        |store: &str| std::fs::write(world.config(), format!("{plain}\n[store]\nengine = \"postgres\"\n{store}\n"));
    with("").unwrap();

    let refused = in_world(&world, &["serve"]);
    let checked = in_world(&world, &["check"]);

    assert_eq!(refused.status.code(), Some(78), "{}", text(&refused.stderr));
    let said = text(&refused.stderr);
    assert!(said.contains("sslmode=verify-full") && said.contains("store.unproved_database"), "{said}");
    assert!(!said.contains("hemmelig") && !data.join("keys").exists(), "{said}");
    assert_eq!(checked.status.code(), Some(1));
    assert!(text(&checked.stdout).contains("sslmode=verify-full"), "{}", text(&checked.stdout));

    with("unproved_database = \"accept\"").unwrap();
    let tried = in_world(&world, &["queue", "list"]);
    assert!(text(&tried.stderr).contains("no key file"), "it comes further: {}", text(&tried.stderr));
}

#[test]
fn a_key_file_that_is_gone_gets_no_other_in_its_place() {
    let (_folder, world) = world();
    std::fs::remove_file(world.folder.join("data/keys")).unwrap();

    for command in ["serve", "status", "doctor"] {
        let output = in_world(&world, &[command]);
        let said = text(&output.stdout) + &text(&output.stderr);
        assert_ne!(output.status.code(), Some(0), "{command}");
        assert!(said.contains("Put ") && said.contains("data/keys (store.keys_file)"), "{command}: {said}");
    }

    assert_eq!(in_world(&world, &["serve"]).status.code(), Some(78));
    assert!(!world.folder.join("data/keys").exists());
}

#[test]
fn a_damaged_database_is_told_with_what_to_do_and_leaves_no_half_backup() {
    let (folder, world) = world();
    std::fs::write(world.folder.join("data/meldeport.db"), [b'x'; 20_000]).unwrap();
    let copy = folder.path().join("copy.db");

    for arguments in [&["status"][..], &["backup", copy.to_str().unwrap()]] {
        let output = in_world(&world, arguments);
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(78), "{said}");
        assert!(said.contains("is damaged") && said.contains("meldeport restore --replace FILE"), "{said}");
    }
    assert!(!copy.exists());
}

#[test]
fn a_copy_with_a_broken_journal_is_kept_as_evidence_and_the_alarm_opens() {
    let (folder, world) = world();
    let config = Config::load(&world.config()).unwrap();
    assert_eq!(
        in_world(&world, &["user", "add", "kari", "--name", "Kari", "--unit", "loppa-koordinerende-enhet"])
            .status
            .code(),
        Some(0)
    );
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let file = config.path(&config.store.path);
        let mut database = SqliteConnection::connect(&format!("sqlite://{}", file.display())).await.unwrap();
        sqlx::raw_sql("UPDATE journal SET detail = 'somebody else'").execute(&mut database).await.unwrap();
        database.close().await.unwrap();
    });
    let copy = folder.path().join("copy.db");

    let taken = in_world(&world, &["backup", copy.to_str().unwrap()]);
    let proved = in_world(&world, &["audit", "verify"]);

    assert_eq!((taken.status.code(), proved.status.code()), (Some(1), Some(1)));
    assert!(copy.exists());
    let open = lines(&in_world(&world, &["alarm", "list", "--json"]));
    assert_eq!(open.iter().map(|it| it["kind"].as_str().unwrap()).collect::<Vec<_>>(), ["journal_broken"]);
}

#[test]
fn an_alarm_that_only_a_person_can_end_is_closed_with_a_reason_and_once() {
    let (_folder, world) = world();
    let config = Config::load(&world.config()).unwrap();
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let store = app::open_store(&config).await.unwrap_or_else(|it| panic!("{it:?}"));
        for kind in [AlarmKind::Unroutable, AlarmKind::MessageStuck] {
            let alarm = NewAlarm { kind, subject: "HER-id 900011".to_owned() };
            store.open_alarm(alarm, SystemClock.now()).await.unwrap();
        }
    });
    let close = |kind: &str, subject: &str, why: &str| {
        in_world(&world, &["alarm", "close", kind, subject, "--because", why]).status.code()
    };

    let listed = in_world(&world, &["alarm", "list"]);
    assert_eq!(listed.status.code(), Some(1));
    assert!(text(&listed.stdout).contains("→ Mend the unit directory"), "{}", text(&listed.stdout));
    assert_eq!(close("unroutable", "4211", "mended"), Some(1), "no such alarm");
    assert_eq!(close("unroutabel", "HER-id 900011", "mended"), Some(64));
    assert_eq!(close("unroutable", "HER-id 900011", " "), Some(64));
    assert_eq!(close("message_stuck", "HER-id 900011", "mended"), Some(1), "another command ends it");
    assert_eq!(close("unroutable", "HER-id 900011", "the sender has been told"), Some(0));
    assert_eq!(close("unroutable", "HER-id 900011", "the sender has been told"), Some(1));
    let left = lines(&in_world(&world, &["alarm", "list", "--json"]));
    assert_eq!(left.iter().map(|it| it["kind"].as_str().unwrap()).collect::<Vec<_>>(), ["message_stuck"]);
    assert!(text(&in_world(&world, &["audit", "verify"]).stdout).contains("whole: 1 lines"));
}

#[test]
fn a_misspelt_sender_or_unit_does_not_pass_for_an_empty_list() {
    let (_folder, world) = world();

    let sender = in_world(&world, &["message", "list", "--sender", "eksempel-sjukehus"]);
    let unit = in_world(&world, &["message", "list", "--unit", "gjerstad"]);

    assert_eq!((sender.status.code(), unit.status.code()), (Some(1), Some(1)));
    assert!(text(&sender.stderr).contains("eksempel-sykehus"), "{}", text(&sender.stderr));
    assert!(text(&unit.stderr).contains("gjerstad-tjenestekontor"), "{}", text(&unit.stderr));
    assert_eq!(in_world(&world, &["message", "list", "--sender", "eksempel-sykehus"]).status.code(), Some(0));
}

#[test]
fn an_empty_queue_is_told_and_there_is_nothing_to_put_back() {
    let (_folder, world) = world();

    let list = in_world(&world, &["queue", "list"]);
    assert_eq!((list.status.code(), text(&list.stdout).as_str()), (Some(0), "Nothing waits.\n"));
    assert_eq!(text(&in_world(&world, &["queue", "list", "--json"]).stdout), "");
    assert_eq!(in_world(&world, &["queue", "requeue", "--all"]).status.code(), Some(1));
    let unknown = in_world(&world, &["queue", "requeue", "01990f0e-7d6c-7000-8000-000000000001"]);
    assert_eq!(unknown.status.code(), Some(1));
    assert!(text(&unknown.stderr).contains("no abandoned notice"), "{}", text(&unknown.stderr));
    assert_eq!(in_world(&world, &["queue", "requeue"]).status.code(), Some(64));
}

#[test]
fn a_copy_of_the_store_is_proved_and_can_be_put_back() {
    let (folder, world) = new_world();
    let copy = folder.path().join("copy.db");
    let file = copy.to_str().unwrap();
    assert_eq!(in_world(&world, &["backup", file]).status.code(), Some(1), "there is no store yet");
    assert!(!copy.exists());
    make_store(&world);
    assert_eq!(
        in_world(&world, &["user", "add", "kari", "--name", "Kari", "--unit", "loppa-koordinerende-enhet"])
            .status
            .code(),
        Some(0)
    );

    let taken = in_world(&world, &["backup", file]);
    assert_eq!(taken.status.code(), Some(0), "{}", text(&taken.stderr));
    assert!(text(&taken.stdout).contains("its journal is whole"), "{}", text(&taken.stdout));
    assert_eq!(std::fs::metadata(&copy).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(in_world(&world, &["backup", file]).status.code(), Some(75), "a copy is never overwritten");

    assert_eq!(
        in_world(&world, &["user", "add", "ola", "--name", "Ola", "--unit", "loppa-koordinerende-enhet"]).status.code(),
        Some(0)
    );
    assert_eq!(in_world(&world, &["restore", file]).status.code(), Some(1), "a store is there");
    let store = world.folder.join("data/meldeport.db");
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let url = format!("sqlite://{}", store.display());
    let open = runtime.block_on(async {
        let mut open = SqliteConnection::connect(&url).await.unwrap();
        sqlx::raw_sql("SELECT COUNT(*) FROM messages").execute(&mut open).await.unwrap();
        open
    });
    let refused = in_world(&world, &["restore", "--replace", file]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(text(&refused.stderr).contains("is in use"), "{}", text(&refused.stderr));
    runtime.block_on(open.close()).unwrap();
    let put_back = in_world(&world, &["restore", "--replace", file]);
    assert_eq!(put_back.status.code(), Some(0), "{}", text(&put_back.stderr));
    assert!(text(&put_back.stdout).contains("before-restore"), "{}", text(&put_back.stdout));
    let users = text(&in_world(&world, &["user", "list"]).stdout);
    assert!(users.contains("kari") && !users.contains("ola"), "{users}");

    let keys = world.folder.join("data/keys");
    let kept = std::fs::read_to_string(&keys).unwrap();
    std::fs::write(&keys, kept.replacen(':', "-other:", 1)).unwrap();
    let foreign = in_world(&world, &["restore", "--replace", file]);
    assert_eq!(foreign.status.code(), Some(1), "without its keys a copy is refused before anything is changed");
    std::fs::write(&keys, kept).unwrap();
    assert!(text(&in_world(&world, &["user", "list"]).stdout).contains("kari"));
    std::fs::write(&copy, "nothing").unwrap();
    assert_eq!(in_world(&world, &["restore", "--replace", file]).status.code(), Some(1));
}

#[test]
fn a_new_key_is_made_and_the_keys_themselves_are_never_shown() {
    let (_folder, world) = world();
    assert_eq!(in_world(&world, &["queue", "list"]).status.code(), Some(0), "the first opening makes a key");

    let rotated = in_world(&world, &["key", "rotate"]);
    let listed = in_world(&world, &["key", "status", "--json"]);

    assert_eq!(rotated.status.code(), Some(0), "{}", text(&rotated.stderr));
    assert!(text(&rotated.stdout).contains("0 data keys wrapped anew"), "{}", text(&rotated.stdout));
    let keys = lines(&listed);
    assert_eq!(keys.iter().map(|it| it["seals"] == true).collect::<Vec<_>>(), [false, true]);
    let file = world.folder.join("data/keys");
    let secret = std::fs::read_to_string(&file).unwrap();
    assert_eq!(secret.lines().count(), 2);
    for line in secret.lines() {
        let key = line.split_once(':').unwrap().1;
        assert!(!text(&listed.stdout).contains(key) && !text(&rotated.stdout).contains(key));
    }
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);

    // For several gateways: a key that only opens, then the same one seals.
    let added = text(&in_world(&world, &["key", "add"]).stdout);
    let id = added.split(' ').next().unwrap().to_owned();
    let seals = |output: &Output| lines(output).iter().find(|it| it["seals"] == true).unwrap()["id"].clone();
    assert_ne!(seals(&in_world(&world, &["key", "status", "--json"])), id.as_str());
    assert_eq!(in_world(&world, &["key", "rotate", &id]).status.code(), Some(0));
    assert_eq!(seals(&in_world(&world, &["key", "status", "--json"])), id.as_str());
    assert_eq!(in_world(&world, &["key", "rotate", "key-unknown"]).status.code(), Some(1));

    // Nothing needs the old ones, so they can go; the one that seals cannot.
    let listed = lines(&in_world(&world, &["key", "status", "--json"]));
    assert_eq!(listed.len(), 3);
    for refused in [id.as_str(), "key-unknown"] {
        assert_eq!(in_world(&world, &["key", "remove", refused]).status.code(), Some(1), "{refused}");
    }
    for old in listed.iter().filter(|it| it["seals"] == false) {
        let removed = in_world(&world, &["key", "remove", old["id"].as_str().unwrap()]);
        assert_eq!(removed.status.code(), Some(0), "{}", text(&removed.stderr));
    }
    let left = std::fs::read_to_string(&file).unwrap();
    assert!(left.lines().count() == 1 && left.starts_with(&format!("{id}:")));
    assert_eq!(in_world(&world, &["queue", "list"]).status.code(), Some(0), "the one that is left opens it");
}

/// For one municipality of each model: the rules that `route explain` tries are those of the document, in its order, and the
/// units that it names are those of the rule that fits.
///
/// seed: L-10
#[test]
fn the_exported_configuration_says_what_a_trial_run_says() {
    let (_folder, world) = world();
    let exported = in_world(&world, &["directory", "export", "--json"]);
    assert_eq!(exported.status.code(), Some(0), "{}", text(&exported.stderr));
    let document = &lines(&exported)[0];
    let mut tried = 0;
    for body in document["bodies"].as_array().unwrap() {
        let Some(owner) = body["owner"].as_str().filter(|it| it.len() == 4) else { continue };
        for need in ["IP", "KOORDINATOR", "BARNEKOORDINATOR"] {
            let asked = ["route", "explain", "--json", "--municipality", owner, "--need", need, "--age", "30"];
            let explained = &lines(&in_world(&world, &asked))[0];
            let steps = explained["steps"].as_array().unwrap();
            let looked: Vec<_> = steps.iter().filter(|it| !it["rule"].as_str().unwrap().starts_with('(')).collect();
            let rules = body["rules"].as_array().unwrap();
            let names: Vec<_> = rules.iter().map(|it| &it["name"]).collect();
            let tried_rules: Vec<_> = looked.iter().map(|it| &it["rule"]).collect();
            assert!(
                names.starts_with(&tried_rules) || tried_rules.iter().all(|it| names.contains(it)),
                "{owner} {need}"
            );
            let Some(last) = looked.iter().rfind(|it| it["fitted"] == true) else { continue };
            let rule = rules.iter().find(|it| it["name"] == last["rule"]).unwrap();
            for target in explained["targets"].as_array().unwrap() {
                let list = if target["share"] == "content" { &rule["to"] } else { &rule["aware"] };
                assert!(list.as_array().unwrap().contains(&target["unit"]), "{owner} {need}: {target}");
                tried += 1;
            }
        }
    }
    assert!(tried >= 5, "{tried}");
    let text_of = text(&in_world(&world, &["directory", "export"]).stdout);
    assert!(text_of.starts_with("# Oppsett av ruting, ") && text_of.contains("### Regler, i den rekkef"), "{text_of}");
    let gaps = in_world(&world, &["directory", "gaps"]);
    assert_eq!((gaps.status.code(), text(&gaps.stdout).as_str()), (Some(0), ""));
}

#[test]
fn what_has_outlived_its_purpose_is_told_before_it_is_removed() {
    let (_folder, world) = world();

    let dry = in_world(&world, &["retention", "--dry-run"]);
    let done = in_world(&world, &["retention", "--json"]);

    assert_eq!(dry.status.code(), Some(0), "{}", text(&dry.stderr));
    assert!(
        text(&dry.stdout).contains("0 reports, 0 rejected messages, 0 drafts and 0 codes would be removed."),
        "{}",
        text(&dry.stdout)
    );
    assert_eq!(lines(&done)[0]["drafts"], 0);
}

#[test]
fn a_case_system_is_registered_renewed_told_and_revoked() {
    let (_folder, world) = world();
    let call = |arguments: &[&str]| in_world(&world, &[&["api-client"], arguments].concat());
    let unit = "gjerstad-tjenestekontor";

    let added = call(&["add", "arkiv", "--unit", unit, "--days", "30"]);
    assert_eq!(added.status.code(), Some(0), "{}", text(&added.stderr));
    let token = text(&added.stdout);
    assert_eq!(token.trim().len(), 43, "stdout is the token and nothing else");
    for (wrong, status) in [
        (&["add", "arkiv", "--unit", unit][..], 1),
        (&["add", "annet", "--unit", "finnes-ikke"], 1),
        (&["add", "Stor Bokstav", "--unit", unit], 64),
        (&["add", "for-lenge", "--unit", unit, "--days", "9999"], 64),
        (&["renew", "finnes-ikke"], 1),
        (&["hook", "set", "arkiv", "http://arkiv.example/hook"], 64),
        (&["hook", "secret", "arkiv"], 1),
        (&["hook", "requeue", "01935000-0000-7000-8000-000000000001"], 1),
    ] {
        assert_eq!(call(wrong).status.code(), Some(status), "{wrong:?}");
    }

    let renewed = call(&["renew", "arkiv"]);
    assert_ne!(text(&renewed.stdout), token);
    assert_eq!(call(&["hook", "set", "arkiv", "https://arkiv.example/hook"]).status.code(), Some(0));
    assert_eq!(call(&["hook", "secret", "arkiv"]).status.code(), Some(0));
    let listed = text(&call(&["list", "--json"]).stdout);
    let listed: serde_json::Value = serde_json::from_str(&listed).unwrap();
    assert_eq!((&listed["units"][0], &listed["webhook"]), (&serde_json::json!(unit), &serde_json::json!(true)));
    assert_eq!(listed["tokens_until"].as_array().unwrap().len(), 2);
    let link = in_world(&world, &["user", "link", "system:arkiv"]);
    assert_ne!(link.status.code(), Some(0), "a case system never signs in");

    assert_eq!(call(&["revoke", "arkiv"]).status.code(), Some(0));
    assert!(text(&call(&["list"]).stdout).contains("revoked"));
    let journal = in_world(&world, &["audit", "verify", "--json"]);
    assert_eq!(journal.status.code(), Some(0), "{}", text(&journal.stderr));
    let proof: serde_json::Value = serde_json::from_str(&text(&journal.stdout)).unwrap();
    let hash = proof["last_hash"].as_str().unwrap();
    for (lines, status) in [(proof["lines"].as_u64().unwrap(), 0), (1, 1), (99_999, 1)] {
        let journal = in_world(&world, &["audit", "verify", "--known", &format!("{lines}:{hash}")]);
        assert_eq!(journal.status.code(), Some(status), "{lines}: {}", text(&journal.stdout));
    }
}
