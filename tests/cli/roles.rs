//! Roles that are given from the command line: what is said of them, and what is never taken in silence.

use crate::in_world;
use crate::lines;
use crate::text;
use crate::world;
use meldeport::app;
use meldeport::clock::Clock;
use meldeport::clock::SystemClock;
use meldeport::config::Config;
use meldeport::domain::Redacted;
use meldeport::storage::Proof;
use meldeport::storage::Session;
use meldeport::trial::World;
use std::time::Duration;

const UNIT: &str = "gjerstad-tjenestekontor";

#[test]
fn a_role_given_again_takes_no_clearance_away() {
    let (_folder, world) = world();
    added(&world, &["--graded"]);
    let (status, said) = granted(&world, &["--unit", "loppa-koordinerende-enhet"]);
    assert_eq!((status, said.lines().count()), (Some(0), 1), "{said}");
    signs_in(&world);

    let (status, said) = granted(&world, &["--unit", "loppa-koordinerende-enhet", "--unit", UNIT]);

    assert_eq!(status, Some(1), "{said}");
    assert!(said.contains("would take the clearance away; nothing has changed"), "{said}");
    assert!(said.contains(&format!("meldeport user end anna --unit {UNIT} --role case_worker")), "{said}");
    let held = roles(&world);
    assert_eq!(held.len(), 2, "nor is a role given in the other unit: {held:?}");
    assert!(held.iter().all(|it| it["holds"] == true) && held[0]["graded"] == true, "{held:?}");

    let (status, said) = granted(&world, &["--unit", UNIT, "--graded"]);
    assert_eq!(status, Some(0), "{said}");
    assert!(
        said.contains("It is in place of case_worker in gjerstad-tjenestekontor, graded addresses, from "),
        "{said}"
    );
    assert!(said.contains("One session has ended; no case is let go of."), "so the refused one ended none: {said}");
    let holds: Vec<_> = roles(&world).iter().map(|it| (it["graded"] == true, it["holds"] == true)).collect();
    assert_eq!(holds, [(true, false), (false, true), (true, true)]);

    let ended = in_world(&world, &["user", "end", "anna", "--unit", UNIT, "--role", "case_worker"]);
    assert_eq!(ended.status.code(), Some(0), "{}", text(&ended.stderr));
    let (status, said) = granted(&world, &["--unit", UNIT]);
    assert_eq!((status, said.lines().count()), (Some(0), 1), "what was meant can be said: {said}");
}

#[test]
fn a_limited_role_beside_an_endless_one_is_told() {
    let (_folder, world) = world();
    added(&world, &[]);

    let (status, said) = granted(&world, &["--unit", UNIT, "--to", "2099-12-01"]);

    assert_eq!(status, Some(0), "{said}");
    let told: Vec<_> = said.lines().collect();
    assert!(told[0].starts_with("anna is now case_worker in ") && told[0].ends_with(", to 2099-12-01."), "{said}");
    assert!(told[1].starts_with("Beside it stands case_worker in ") && told[1].contains(", without end: "), "{said}");
    assert!(told[1].contains("meldeport user end anna --unit gjerstad-tjenestekontor --role case_worker"), "{said}");
    assert!(roles(&world).iter().all(|it| it["holds"] == true));

    let (status, said) = granted(&world, &["--unit", UNIT, "--role", "secretary", "--from", "2099-01-01"]);
    assert_eq!(
        (status, said.as_str()),
        (Some(0), "anna will be secretary in gjerstad-tjenestekontor, from 2099-01-01, without end.\n")
    );
}

fn added(world: &World, more: &[&str]) {
    let added = in_world(world, &[&["user", "add", "anna", "--name", "Anna", "--unit", UNIT], more].concat());
    assert_eq!(added.status.code(), Some(0), "{}", text(&added.stderr));
}

fn granted(world: &World, more: &[&str]) -> (Option<i32>, String) {
    let granted = in_world(world, &[&["user", "grant", "anna"], more].concat());
    (granted.status.code(), text(&granted.stderr))
}

fn roles(world: &World) -> Vec<serde_json::Value> {
    let users = lines(&in_world(world, &["user", "list", "--json"]));
    users.iter().find(|it| it["login"] == "anna").unwrap()["roles"].as_array().unwrap().clone()
}

fn signs_in(world: &World) {
    let config = Config::load(&world.config()).unwrap();
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let store = app::open_store(&config).await.unwrap_or_else(|it| panic!("{it:?}"));
        let now = SystemClock.now();
        let session = Session {
            token_sha256: [1; 32],
            user: store.user_by_login("anna").await.unwrap().unwrap().id,
            created_at: now,
            seen_at: now,
            expires: now.plus(Duration::from_hours(1)),
            form_secret: Redacted::new("secret".to_owned()),
            proof: Proof::password(now),
        };
        store.add_session(&session).await.unwrap();
    });
}
