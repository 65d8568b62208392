//! The unit directory changes while the house is open.

use crate::support::TestGateway;
use crate::support::corpus;
use crate::support::text;
use crate::support::wait_until;
use meldeport::app;
use meldeport::app::Running;
use meldeport::clock::Clock;
use std::fs;

const MOVED: &str = r#"
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
why = { nb = "Alt går til den nye enheten.", nn = "Alt går til den nye eininga.", en = "Everything goes to the new unit." }
"#;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_changed_unit_directory_leads_the_next_message_and_a_bad_one_leaves_the_old_in_place() {
    let gateway = TestGateway::open().await;
    let file = gateway.world.folder.join("units/gjerstad.toml");
    assert_eq!(unit_of_next(&gateway).await, "gjerstad-tjenestekontor");

    fs::write(&file, MOVED).unwrap();
    gateway.house().reload();
    let has_changed = async || gateway.house().units().iter().any(|it| it.0 == "gjerstad-ny-enhet");
    wait_until("the new directory is in force", has_changed).await;
    assert_eq!(unit_of_next(&gateway).await, "gjerstad-ny-enhet");

    fs::write(&file, MOVED.replace("default = \"gjerstad-ny-enhet\"", "default = \"nobody\"")).unwrap();
    gateway.house().reload();
    wait_until("an operator is called", async || !gateway.open_alarms().await.is_empty()).await;
    let alarms = gateway.open_alarms().await;
    assert_eq!(alarms.first().unwrap(), &("reload_failed".to_owned(), "configuration".to_owned()));
    assert_eq!(unit_of_next(&gateway).await, "gjerstad-ny-enhet");

    fs::write(&file, MOVED).unwrap();
    gateway.house().reload();
    wait_until("the alarm is over", async || gateway.open_alarms().await.is_empty()).await;
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
    let gateway = TestGateway::open().await;
    let before = gateway.send_as("hospital", gateway.fresh(corpus!("valid/hospital-inpatient.xml"))).await;
    let id = gateway.message(&before).await.row.id;
    let file = gateway.world.folder.join("data/keys");
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
    fs::write(&file, &old).unwrap();
    gateway.house().reload();
    wait_until("the bad key file is told", async || {
        gateway.open_alarms().await.contains(&("reload_failed".to_owned(), "keys".to_owned()))
    })
    .await;
    assert!(gateway.house().store.raw(id).await.is_ok());
    fs::write(&file, &newest).unwrap();
    gateway.house().reload();
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
    let mut at = std::path::PathBuf::new();
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
    fs::write(at.join("own.toml"), link(&today.to_string(), NEW)).unwrap();
    gateway.house().reload();
    wait_until("the new link is in force", async || gateway.browser().get("/kontakt").await.body.contains(NEW)).await;

    for place in PLACES {
        let page = person.get(place).await;
        assert!(page.body.contains(NEW) && !page.body.contains(OLD), "{place}: {}", page.body);
    }
    let history = person.get("/kontakt/historikk").await;
    assert!(history.body.contains(OLD) && history.body.contains(NEW), "{}", history.body);
    gateway.close().await;
}
