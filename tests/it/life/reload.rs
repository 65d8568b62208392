//! The unit directory changes while the house is open.

use crate::support::CaseWorker;
use crate::support::TestGateway;
use crate::support::corpus;
use crate::support::text;
use crate::support::wait_until;
use meldeport::app;
use meldeport::app::Running;
use meldeport::clock::Clock;
use meldeport::domain::Role;
use std::fs;
use std::path::Path;
use std::path::PathBuf;
use std::time::Duration;

const MOVED: &str = r#"
[changed]
by = "Kari Systemkoordinator"
why = "Ny samarbeidsavtale"

[municipality]
number = "4211"
her_ids = [90001]
default = "gjerstad-ny-enhet"
when_unroutable = "default"

[[unit]]
id = "gjerstad-ny-enhet"
name = { nb = "Ny enhet i Gjerstad", nn = "Ny eining i Gjerstad", en = "New unit in Gjerstad" }
kind = "office"
her_ids = [900011]
languages = ["nb"]
max_unread_hours = 24
escalate_to = "gjerstad-ny-enhet-leder"
valid_from = 2024-01-01

[unit.notify]
email = "ny-enhet@gjerstad.example"

[unit.contact]
telephone = "+47 99 00 09 01"

[[unit]]
id = "gjerstad-ny-enhet-leder"
name = { nb = "Lederen i Gjerstad", nn = "Leiaren i Gjerstad", en = "The leader in Gjerstad" }
kind = "contact_point"
languages = ["nb"]
max_unread_hours = 48
escalate_to = "gjerstad-ny-enhet"
valid_from = 2024-01-01

[unit.notify]
email = "leder@gjerstad.example"

[unit.contact]
telephone = "+47 99 00 09 02"

[[rule]]
name = "alle"
to = ["gjerstad-ny-enhet"]
agreement = "Delavtale 3, eksempel"
why = { nb = "Alt går til den nye enheten.", nn = "Alt går til den nye eininga.", en = "Everything goes to the new unit." }

[[routine]]
name = "mottak"
valid_from = 2024-01-01
title = { nb = "Mottak av meldinger", nn = "Mottak av meldingar", en = "Receiving reports" }
body = { nb = "Innboksen leses hver morgen.", nn = "Innboksen blir lesen kvar morgon.", en = "The inbox is read each morning." }
"#;

/// An open gateway, and one of the files that it was opened with.
async fn with_file(path: &str) -> (TestGateway, PathBuf) {
    let gateway = TestGateway::open().await;
    let file = gateway.world.folder.join(path);
    (gateway, file)
}

/// Writes a file anew, and has the house read it.
fn put(gateway: &TestGateway, file: &Path, text: impl AsRef<[u8]>) {
    fs::write(file, text).unwrap();
    gateway.house().reload();
}

/// And whoever leads the unit finds what was changed in the document of the configuration: by whom, when and why.
///
/// seed: H-05, H-13, H-24, H-37
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_changed_unit_directory_leads_the_next_message_and_a_bad_one_leaves_the_old_in_place() {
    let (gateway, file) = with_file("units/gjerstad.toml").await;
    assert_eq!(unit_of_next(&gateway).await, "gjerstad-tjenestekontor");

    wait_until("the old unit has been told", async || gateway.queued().await == 0).await;
    gateway.clock.advance(Duration::from_secs(60 * 60));
    put(&gateway, &file, MOVED);
    let has_changed = async || gateway.house().units().iter().any(|it| it.0 == "gjerstad-ny-enhet");
    wait_until("the new directory is in force", has_changed).await;
    assert_eq!(unit_of_next(&gateway).await, "gjerstad-ny-enhet");
    the_document_tells_of_the_change(&gateway).await;

    put(&gateway, &file, MOVED.replace("default = \"gjerstad-ny-enhet\"", "default = \"nobody\""));
    wait_until("an operator is called", async || !gateway.open_alarms().await.is_empty()).await;
    let alarms = gateway.open_alarms().await;
    let (kind, subject) = alarms.first().unwrap();
    let named = std::fs::canonicalize(subject).unwrap();
    assert_eq!((kind.as_str(), named), ("reload_failed", std::fs::canonicalize(&file).unwrap()), "the file");
    let (_, metrics) = gateway.admin_get("/metrics").await;
    let counted = "meldeport_alarms_raised_total{kind=\"reload_failed\"} 1";
    assert!(metrics.contains(counted), "{metrics}");
    assert_eq!(unit_of_next(&gateway).await, "gjerstad-ny-enhet");

    put(&gateway, &file, MOVED);
    wait_until("the alarm is over", async || gateway.open_alarms().await.is_empty()).await;
    gateway.close().await;
}

async fn the_document_tells_of_the_change(gateway: &TestGateway) {
    let mut leader = CaseWorker::with_role(gateway, "leder", Role::Leader, "gjerstad-ny-enhet").await;
    wait_until("the version is kept", async || {
        leader.browser.get("/oppsett").await.body.contains("Kari Systemkoordinator")
    })
    .await;
    let exported = leader.browser.get("/oppsett.json").await;
    let told: serde_json::Value = serde_json::from_str(&exported.body).unwrap();

    let versions = told["history"].as_array().unwrap();
    assert_eq!(versions.len(), 2, "what was there at first, and the change: {versions:#?}");
    let (latest, file) = (&versions[0], &versions[0]["files"][0]);
    assert_eq!(latest["at"], gateway.clock.now().to_string());
    assert_eq!(file["file"], "gjerstad.toml");
    assert_eq!((&file["by"], &file["why"]), (&"Kari Systemkoordinator".into(), &"Ny samarbeidsavtale".into()));
    let diff: Vec<&str> = file["diff"].as_array().unwrap().iter().map(|it| it.as_str().unwrap()).collect();
    for line in ["-to = [\"gjerstad-tjenestekontor\"]", "+to = [\"gjerstad-ny-enhet\"]"] {
        assert!(diff.contains(&line), "{line}: {diff:#?}");
    }
    assert_eq!(versions[1]["files"][0]["by"], serde_json::Value::Null, "nobody said so of the first");
    let [rule] = told["bodies"][0]["rules"].as_array().unwrap().as_slice() else { panic!("one rule: {told}") };
    assert_eq!((&rule["name"], &rule["agreement"]), (&"alle".into(), &"Delavtale 3, eksempel".into()));
    let routine = &told["bodies"][0]["routines"][0];
    assert!(routine["version"].as_str().unwrap().starts_with("mottak@2024-01-01-"), "{routine}");
    assert_eq!((&routine["in_force"], &routine["body"]), (&true.into(), &"Innboksen leses hver morgen.".into()));
    let text = leader.browser.get("/oppsett.txt").await.body;
    for said in ["Avtale: Delavtale 3, eksempel.", "+to = [\"gjerstad-ny-enhet\"]", "Hvorfor: Ny samarbeidsavtale"] {
        assert!(text.contains(said), "{said}: {text}");
    }
}

/// A group to which everything goes; `seats` are its members.
fn with_group(seats: &str) -> String {
    let group = format!(
        r#"
[[unit]]
id = "gjerstad-gruppen"
name = {{ nb = "Gruppen", nn = "Gruppa", en = "The group" }}
kind = "group"
languages = ["nb"]
max_unread_hours = 72
escalate_to = "gjerstad-ny-enhet"
valid_from = 2024-01-01

[unit.notify]
email = "gruppen@gjerstad.example"

[unit.group]
{seats}
"#
    );
    MOVED.replace("to = [\"gjerstad-ny-enhet\"]", "to = [\"gjerstad-gruppen\"]").replacen(
        "\n[[rule]]",
        &format!("{group}\n[[rule]]"),
        1,
    )
}

/// What cannot be meant is refused in words before it is used; what time brings about is an alarm until it is mended.
///
/// seed: K-13, R-04
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_default_units_or_a_group_without_members_are_refused_and_none_or_none_any_more_is_an_alarm() {
    let (mut gateway, file) = with_file("units/gjerstad.toml").await;
    let (status, said) = gateway.command(&["check"]).await;
    assert_eq!(status, Some(0), "{said}");

    let two = format!("{MOVED}\n[[default]]\nunit = \"gjerstad-ny-enhet-leder\"\n");
    for (text, told) in [
        (two.as_str(), "4211 has two default units on the same day"),
        (&with_group("members = []"), "gjerstad-gruppen has no members today"),
    ] {
        fs::write(&file, text).unwrap();
        let (status, said) = gateway.command(&["check"]).await;
        assert!(status != Some(0) && said.contains(told), "{told}: {status:?} {said}");
    }

    let no_receiver = ("no_receiver".to_owned(), "4211".to_owned());
    let without = MOVED.replace("default = \"gjerstad-ny-enhet\"\n", "").replace("\"default\"", "\"reject\"");
    put(&gateway, &file, &without);
    wait_until("nobody receives", async || gateway.open_alarms().await.contains(&no_receiver)).await;
    put(&gateway, &file, MOVED);
    wait_until("somebody receives", async || gateway.open_alarms().await.is_empty()).await;

    let today = gateway.clock.now().date_in_norway();
    let seat_until = |day: jiff::civil::Date| {
        with_group(&format!("secretary = \"sekretær\"\n[[unit.group.member]]\nrole = \"sekretær\"\nvalid_to = {day}"))
    };
    put(&gateway, &file, seat_until(today));
    wait_until("the group gets it", async || unit_of_next(&gateway).await == "gjerstad-gruppen").await;
    assert!(gateway.open_alarms().await.is_empty());
    // Its last seat has ended: the default unit gets what the group should have had, and the operator is told.
    put(&gateway, &file, seat_until(today.yesterday().unwrap()));
    wait_until("the default unit gets it", async || unit_of_next(&gateway).await == "gjerstad-ny-enhet").await;
    let alarms = gateway.open_alarms().await;
    let [(kind, subject)] = Vec::from_iter(alarms.clone()).try_into().unwrap_or_else(|_| panic!("{alarms:?}"));
    assert_eq!((kind.as_str(), subject.as_str()), ("unroutable", "4211"));
    gateway.ends_with_alarm("unroutable", "4211");
    gateway.close().await;
}

/// Where the next report for Gjerstad lands.
async fn unit_of_next(gateway: &TestGateway) -> String {
    let reply = gateway.send_as("hospital", gateway.fresh(corpus!("valid/hospital-inpatient.xml"))).await;
    assert_eq!(reply.status, 200, "{}", text(&reply));
    let mut items = gateway.message(&reply).await.items;
    assert_eq!(items.len(), 1, "{items:?}");
    items.remove(0).0.0
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_key_comes_into_use_while_messages_come_and_the_old_one_can_be_taken_away() {
    let (gateway, file) = with_file("data/keys").await;
    let before = gateway.send_as("hospital", gateway.fresh(corpus!("valid/hospital-inpatient.xml"))).await;
    let id = gateway.message(&before).await.row.id;
    let old = fs::read_to_string(&file).unwrap();
    let wraps = async || app::key_uses(&gateway.config).await.unwrap_or_else(|stop| panic!("{}", stop.said()));

    app::rotate_key(&gateway.config, None).unwrap_or_else(|stop| panic!("{}", stop.said()));
    gateway.house().reload();
    wait_until("the newest key wraps everything", async || {
        let uses = wraps().await;
        uses.len() == 2 && (uses[0].wraps, uses[1].wraps) == (0, 1)
    })
    .await;
    let (old_id, newest) = (old.split(':').next().unwrap(), fs::read_to_string(&file).unwrap());
    let newest = newest.lines().last().unwrap().to_owned();
    let newest_id = newest.split(':').next().unwrap();
    let remove =
        async |id: &str, running| app::remove_key(&gateway.config, id, running).await.err().map(|it| it.said());
    assert!(remove(old_id, Running::Yes).await.unwrap().contains("Try again in a minute"), "it may be in use yet");
    assert!(remove(newest_id, Running::No).await.unwrap().contains("key rotate"), "it seals");
    assert_eq!(remove(old_id, Running::No).await, None);
    assert_eq!(fs::read_to_string(&file).unwrap().trim_end(), newest);
    gateway.house().reload();
    let after = gateway.send_as("hospital", gateway.fresh(corpus!("valid/loppa-rehabilitation.xml"))).await;

    assert_eq!((before.status, after.status), (http::StatusCode::OK, http::StatusCode::OK));
    assert!(gateway.house().store.raw(id).await.is_ok());
    assert!(gateway.open_alarms().await.is_empty());
    // The old key opens nothing any more: a file with it alone is refused, and the one in use stays.
    put(&gateway, &file, &old);
    wait_until("the bad key file is told", async || {
        gateway.open_alarms().await.contains(&("reload_failed".to_owned(), file.display().to_string()))
    })
    .await;
    assert!(gateway.house().store.raw(id).await.is_ok());
    put(&gateway, &file, &newest);
    wait_until("the alarm is cleared", async || gateway.open_alarms().await.is_empty()).await;
    gateway.close().await;
}

const OLD: &str =
    "https://www.helsedirektoratet.no/veiledere/rehabilitering-habilitering-individuell-plan-og-koordinator";
const NEW: &str = "https://www.helsedirektoratet.no/veiledere/ny-adresse-for-veilederen";

/// A link of the law's texts is changed in the configuration, while the house is open: everybody who reads or writes sees the
/// new one from its day on, and what stood there before can still be found.
///
/// seed: G-27
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_changed_link_is_on_the_public_page_and_in_the_form_and_the_old_one_is_in_the_history() {
    let mut at = PathBuf::new();
    let gateway = TestGateway::open_with(|config, folder| {
        // The file of the configuration is read again; it says where the texts are.
        at = folder.join("content");
        fs::create_dir(&at).unwrap();
        fs::write(at.join("own.toml"), "").unwrap();
        config.content.files = vec![at.clone()];
        let file = folder.join("meldeport.toml");
        let before = fs::read_to_string(&file).unwrap();
        fs::write(&file, format!("{before}\n[content]\nfiles = [\"{}\"]\n", at.display())).unwrap();
    })
    .await;
    let mut person = gateway.browser();
    let start = person.get("/meld?kommune=5614").await;
    person.post(&start, "/meld/start", &[("kommune", "5614")]).await;
    const PLACES: [&str; 5] = ["/kontakt", "/kontakt/5614", "/kontakt/5614.json", "/meld?kommune=5614", "/meld/melder"];
    for place in PLACES {
        let page = person.get(place).await;
        assert!(page.body.contains(OLD) && !page.body.contains(NEW), "{place}: {}", page.body);
    }

    let today = gateway.clock.now().date_in_norway();
    let link = |day: &str, url: &str| {
        format!(
            "[[link]]\nkey = \"veileder\"\nvalid_from = {day}\ntitle = {{ nb = \"Veilederen\" }}\nurl = \"{url}\"\n"
        )
    };
    put(&gateway, &at.join("own.toml"), link(&today.to_string(), NEW));
    wait_until("the new link is in force", async || gateway.browser().get("/kontakt").await.body.contains(NEW)).await;

    for place in PLACES {
        let page = person.get(place).await;
        assert!(page.body.contains(NEW) && !page.body.contains(OLD), "{place}: {}", page.body);
    }
    let history = person.get("/kontakt/historikk").await;
    assert!(history.body.contains(OLD) && history.body.contains(NEW), "{}", history.body);
    gateway.close().await;
}
