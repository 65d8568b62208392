//! The store, its keys and its copies.

use crate::in_world;
use crate::lines;
use crate::make_store;
use crate::new_world;
use crate::text;
use crate::world;
use meldeport::config::Config;
use sqlx::Connection;
use sqlx::SqliteConnection;
use std::os::unix::fs::PermissionsExt;
use std::process::Output;

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

/// On a full disk the line in the journal had no room, and so there was no copy either.
#[test]
fn a_copy_is_taken_also_when_the_journal_cannot_be_told_of_it() {
    let (folder, world) = new_world();
    make_store(&world);
    let store = world.folder.join("data/meldeport.db");
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let mut open = SqliteConnection::connect(&format!("sqlite://{}", store.display())).await.unwrap();
        let full = "CREATE TRIGGER full BEFORE INSERT ON journal BEGIN SELECT RAISE(FAIL, 'disk is full'); END";
        sqlx::raw_sql(full).execute(&mut open).await.unwrap();
        open.close().await.unwrap();
    });
    let copy = folder.path().join("copy.db");

    let taken = in_world(&world, &["backup", copy.to_str().unwrap()]);

    assert_eq!(taken.status.code(), Some(0), "{}", text(&taken.stderr));
    assert!(text(&taken.stderr).contains("the journal could not be told"), "{}", text(&taken.stderr));
    assert!(text(&taken.stdout).contains("its journal is whole") && copy.exists());
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

    let nameless = in_world(&world, &["user", "add", "ingen", "--name", " ", "--unit", "loppa-koordinerende-enhet"]);
    assert_eq!(nameless.status.code(), Some(64), "{}", text(&nameless.stderr));

    let invite = ["form", "invite", "--organisation", "310000116", "--name", "Eksempel skole", "--category", "SKOLE"];
    let invited = in_world(&world, &invite);
    assert_eq!(invited.status.code(), Some(0), "{}", text(&invited.stderr));
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
    assert!(text(&put_back.stdout).contains("Everybody is signed out"), "{}", text(&put_back.stdout));
    let users = text(&in_world(&world, &["user", "list"]).stdout);
    assert!(users.contains("kari") && !users.contains("ola"), "{users}");
    let told = runtime.block_on(async {
        let mut open = SqliteConnection::connect(&url).await.unwrap();
        let told: Vec<(String,)> =
            sqlx::query_as("SELECT action FROM journal ORDER BY sequence").fetch_all(&mut open).await.unwrap();
        let (links,): (i64,) = sqlx::query_as("SELECT COUNT(*) FROM links").fetch_one(&mut open).await.unwrap();
        assert_eq!(links, 0, "a link from before lets nobody in");
        let (invites,): (i64,) =
            sqlx::query_as("SELECT COUNT(*) FROM form_invites").fetch_one(&mut open).await.unwrap();
        open.close().await.unwrap();
        assert_eq!(invites, 0, "nor to the form");
        told.into_iter().map(|it| it.0).collect::<Vec<_>>()
    });
    assert_eq!(told[told.len() - 2..], ["backed_up", "restored"], "{told:?}");
    assert_eq!(in_world(&world, &["audit", "verify"]).status.code(), Some(0));

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
        for yes in [&[][..], &["--yes"]] {
            let output = in_world(&world, &[&["key", "remove", refused], yes].concat());
            assert_eq!(output.status.code(), Some(1), "{refused}");
            let said = text(&output.stderr);
            assert!(said.contains("seals what comes") || said.contains("there is no key"), "{yes:?}: {said}");
            assert!(!said.contains("would be taken out"), "{yes:?}: {said}");
        }
    }
    for old in listed.iter().filter(|it| it["seals"] == false) {
        let id = old["id"].as_str().unwrap();
        let warned = in_world(&world, &["key", "remove", id]);
        assert_eq!(warned.status.code(), Some(1), "it says first what needs it, and does nothing");
        assert!(text(&warned.stderr).contains("would be taken out"), "{}", text(&warned.stderr));
        let removed = in_world(&world, &["key", "remove", id, "--yes"]);
        assert_eq!(removed.status.code(), Some(0), "{}", text(&removed.stderr));
    }
    let left = std::fs::read_to_string(&file).unwrap();
    assert!(left.lines().count() == 1 && left.starts_with(&format!("{id}:")));
    assert_eq!(in_world(&world, &["queue", "list"]).status.code(), Some(0), "the one that is left opens it");
}
