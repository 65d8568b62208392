//! What an operator asks of a gateway, and is told.

use crate::in_world;
use crate::lines;
use crate::new_world;
use crate::text;
use crate::world;
use meldeport::app;
use meldeport::clock::Clock;
use meldeport::clock::SystemClock;
use meldeport::config::Config;
use meldeport::domain::AlarmKind;
use meldeport::domain::NewAlarm;
use meldeport::trial::World;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;
use std::process::Stdio;
use std::time::Duration;

/// seed: R-23
#[test]
fn a_link_that_cannot_lead_anywhere_is_told_by_check() {
    let (_folder, world) = world();
    let told = || {
        let checked = in_world(&world, &["check", "--json"]);
        assert_eq!(checked.status.code(), Some(0), "{}", text(&checked.stdout));
        let remarks = lines(&checked).into_iter().filter(|it| it["about"] == "content");
        remarks.map(|it| it["text"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(told(), Vec::<String>::new());

    let link = |url: &str| {
        let link = "[[link]]\nkey = \"veileder\"\nvalid_from = 2026-11-02\ntitle = { nb = \"Veilederen\" }\n";
        std::fs::write(world.folder.join("own.toml"), format!("{link}url = \"{url}\"\n")).unwrap();
    };
    link("https://helsedirektoratet");
    let config = std::fs::read_to_string(world.config()).unwrap();
    let files = format!("\n[content]\nfiles = [\"{}\"]\n", world.folder.join("own.toml").display());
    std::fs::write(world.config(), config + &files).unwrap();
    let broken = told();
    assert!(broken.len() == 1 && broken[0].contains("veileder"), "{broken:?}");

    link("https://www.helsedirektoratet.no/veiledere/rehabilitering");
    assert_eq!(told(), Vec::<String>::new());
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
    assert!(said.contains("webhooks  0 wait") && said.contains("  answers   0 wait"), "{said}");
    assert_eq!((&json["answers"]["queued"], &json["answers"]["rejected"]), (&0.into(), &0.into()));

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

/// What stops the gateway, or stops all that it is for, is found before it is started; and it says which setting.
#[test]
fn check_finds_what_serve_stops_at() {
    let (_folder, world) = world();
    let plain = std::fs::read_to_string(world.config()).unwrap();
    let config = Config::load(&world.config()).unwrap();
    let (intake, inbox) = (config.https.listen, config.inbox_listener.listen);
    let same = |from: std::net::SocketAddr, to: &str| {
        plain.replace(&format!("listen = \"{from}\""), &format!("listen = \"{to}\""))
    };
    let with = |more: &str| format!("{plain}\n{more}\n");
    let everywhere = format!("0.0.0.0:{}", intake.port());
    for (changed, setting) in [
        (same(inbox, &intake.to_string()), "https.listen"),
        (same(inbox, &everywhere), "inbox_listener.listen"),
        (same(config.admin.listen, &intake.to_string()), "admin.listen"),
        (same(inbox, &format!("[::]:{}", intake.port())), "inbox_listener.listen"),
        (with(&format!("[api_listener]\nenabled = true\nlisten = \"{inbox}\"")), "api_listener.listen"),
        (with("[work.notices]\nretry_delays = []"), "work.notices.retry_delays"),
        (with("[work.notices]\nattempts_max = 0"), "work.notices.attempts_max"),
        (with("[work.outbound]\nretry_delays = [\"snart\"]"), "work.outbound.retry_delays"),
        (with("[work.hooks]\nattempts_max = 0"), "work.hooks.attempts_max"),
        (with("[inbox.api]\npage_rows_max = 0"), "inbox.api.page_rows_max"),
    ] {
        std::fs::write(world.config(), &changed).unwrap();
        let checked = in_world(&world, &["check"]);
        let (status, said) = serve_until_it_stops(&world);
        assert_eq!((checked.status.code(), status), (Some(1), Some(78)), "{setting}: {said}");
        assert!(text(&checked.stdout).contains(setting) && said.contains(setting), "{setting}: {said}");
    }
    std::fs::write(world.config(), with(&format!("[api_listener]\nlisten = \"{inbox}\""))).unwrap();
    assert_eq!(in_world(&world, &["check"]).status.code(), Some(0), "it is not open");
    let (status, said) = serve_until_it_stops(&world);
    assert_eq!(status, None, "and the gateway runs: {said}");
}

/// How the gateway ended and what it said. `None`: it has opened its inbox, and has been ended here.
fn serve_until_it_stops(world: &World) -> (Option<i32>, String) {
    let inbox = Config::load(&world.config()).unwrap().inbox_listener.listen;
    let mut serving = Command::new(env!("CARGO_BIN_EXE_meldeport"))
        .args(["serve", "--config", &world.config().display().to_string()])
        .env_remove("MELDEPORT_CONFIG")
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let stopped = loop {
        if let Some(status) = serving.try_wait().unwrap() {
            break status.code();
        }
        if std::net::TcpStream::connect(inbox).is_ok() {
            serving.kill().unwrap();
            break None;
        }
        std::thread::sleep(Duration::from_millis(50));
    };
    (stopped, text(&serving.wait_with_output().unwrap().stderr))
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
            assert!(names.starts_with(&tried_rules), "{owner} {need}: {tried_rules:?} of {names:?}");
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
