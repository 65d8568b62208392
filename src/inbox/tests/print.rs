//! Deadlines on the list, the page for paper and the package for the archive.

use super::support::Browser;
use super::support::House;
use super::support::Plant;
use super::support::Planted;
use super::support::plain;
use crate::domain::FollowUpKind;
use crate::domain::OutboundNext;
use crate::domain::Role;
use crate::domain::UnitId;
use crate::inbox::WhileUnsure;
use crate::storage::Actor;
use crate::storage::CaseStore as _;
use crate::storage::OutboundStore as _;
use axum::http::StatusCode;
use axum::http::header;
use std::collections::BTreeSet;
use std::time::Duration;

async fn opened(house: &House, kari: &mut Browser) -> (Planted, String) {
    let planted = house.plant(Plant { bytes: b"<the-message-as-received/>", ..Plant::default() }).await;
    let path = format!("/items/{}", planted.item);
    let cover = kari.get(&path).await;
    kari.post(&format!("{path}/open"), &[], &cover).await;
    (planted, path)
}

/// seed in part: H-17, K-01
#[tokio::test]
async fn what_is_over_its_deadline_is_marked_with_a_word_and_counted_on_the_front_page() {
    let house = House::new().await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let urgent = house.plant(Plant { urgent: true, ..Plant::default() }).await;
    let ordinary = house.plant(Plant::default()).await;

    let fresh = kari.get("/").await.body;
    assert!(fresh.contains("i morgen") || fresh.contains("i dag"), "{fresh}");
    assert!(!fresh.contains("ver fristen</span>") && !fresh.contains("1 må følges opp"));

    house.clock.advance(Duration::from_secs(3 * 86_400));
    let (mut kari, _) = house.signed_in("kari2", "Kari Prøve", &["gjerstad"]).await;
    let list = kari.get("/").await.body;
    assert!(list.contains("1 må følges opp</a>") && list.contains("href=\"/overdue\""), "{list}");
    assert_eq!(list.matches("Over fristen</span>").count(), 1);
    assert!(list.contains("siden</span>") && list.contains("om 28 dager"), "{list}");

    let overdue = kari.get("/overdue").await;
    assert_eq!(overdue.status, StatusCode::OK);
    assert!(overdue.body.contains(&urgent.reference) && !overdue.body.contains(&ordinary.reference));
    let other = house.signed_in("ola", "Ola Prøve", &["risor"]).await.0.get("/overdue").await;
    assert!(other.body.contains("Ingenting må følges opp."));
}

/// seed: K-01
#[tokio::test]
async fn a_case_whose_follow_up_was_yesterday_is_on_the_list_of_what_is_overdue() {
    let house = House::new().await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let (planted, path) = opened(&house, &mut kari).await;
    let page = kari.get(&path).await;
    kari.post(&format!("{path}/take"), &[], &page).await;
    let plan = async |kari: &mut Browser, on: &str| {
        let form = kari.get(&format!("{path}/do/contact_planned")).await;
        let answer = kari.post(&format!("{path}/do/contact_planned"), &[("on", on)], &form).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        kari.get("/overdue").await.body
    };

    let today = plan(&mut kari, "2026-10-05").await;
    let form = kari.get(&format!("{path}/do/contact_planned")).await;
    let gone_by = kari.post(&format!("{path}/do/contact_planned"), &[("on", "2026-10-04")], &form).await;
    assert_eq!(gone_by.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(gone_by.body.contains("er passert. Skriv en dag fra i dag av"), "{}", gone_by.body);
    house.clock.advance(Duration::from_secs(86_400));
    let (mut kari, _) = house.signed_in("kari2", "Kari Prøve", &["gjerstad"]).await;
    let yesterday = kari.get("/overdue").await.body;

    assert!(!today.contains(&planted.reference));
    assert!(yesterday.contains(&planted.reference) && yesterday.contains("Oppfølging er over tiden</span>"));
}

#[tokio::test]
async fn the_page_for_paper_holds_everything_and_is_in_the_journal_as_printed() {
    let house = House::new().await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let (planted, path) = opened(&house, &mut kari).await;

    let page = kari.get(&format!("{path}/print")).await;

    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.title(), format!("Melding {} – Meldeport", planted.reference), "nothing of the person");
    assert!(page.body.contains("/assets/print.css?v=") && !page.body.contains("<style>"), "the policy forbids it");
    let head = page.body.split("<thead>").nth(1).unwrap().split("</thead>").next().unwrap();
    assert!(head.contains(&planted.reference), "it is on every page");
    assert!(page.body.contains("<h2>Tidslinje</h2>") || page.body.contains("tok imot meldingen"), "{}", page.body);
    assert!(page.body.contains("Kari Prøve"));
    assert_eq!(house.actions(&planted).await.last().unwrap(), "printed");
    let again = kari.get(&path).await.body;
    assert!(again.contains("skrev ut meldingen") && again.contains(&format!("{path}/print")));
}

#[tokio::test]
async fn only_those_who_may_read_it_get_it_on_paper() {
    let house = House::new().await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let unopened = house.plant(Plant::default()).await;
    let (mut ola, _) = house.signed_in("ola", "Ola Prøve", &["risor"]).await;

    let early = kari.get(&format!("/items/{}/print", unopened.item)).await;
    let stranger = ola.get(&format!("/items/{}/print", unopened.item)).await;

    assert_ne!(early.status, StatusCode::OK);
    assert_eq!(stranger.status, StatusCode::NOT_FOUND);
    assert!(!house.actions(&unopened).await.contains(&"printed".to_owned()));
}

/// What a package says of each record: its kind, its title, and the date that its kind has.
fn records(package: &str) -> Vec<(String, String)> {
    let between = |text: &str, name: &str| {
        let rest = text.split(&format!("<{name}>")).nth(1).unwrap_or_default();
        rest.split(&format!("</{name}>")).next().unwrap().to_owned()
    };
    let records = package.split("<registrering ").skip(1);
    // The documents of a record have titles of their own, and come before its own.
    let own = |it: &str| it.rsplit("</dokumentbeskrivelse>").next().unwrap().to_owned();
    records.map(|it| (between(&own(it), "journalposttype"), between(&own(it), "tittel"))).collect()
}

/// An archive sees what came, what went out and what was only said, each with its own date and its own words.
#[tokio::test]
async fn each_answer_is_a_record_of_its_own_in_the_package_and_one_by_telephone_is_a_note() {
    let house = House::new().await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let (planted, path) = opened(&house, &mut kari).await;
    let page = kari.get(&path).await;
    assert!(!page.body.contains("følger med i pakken") || page.body.contains("archive.zip"));
    kari.post(&format!("{path}/take"), &[], &page).await;
    let mut answer = async |text: &str, way: &str, kind: &str| {
        house.clock.advance(Duration::from_secs(60));
        let form = kari.get(&format!("{path}/do/answered")).await;
        let fields = [("kind", kind), ("text", text), ("way", way)];
        let said = kari.post(&format!("{path}/do/answered"), &fields, &form).await;
        assert_eq!(said.status, StatusCode::SEE_OTHER, "{}", said.body);
    };
    answer("Vi har meldingen.", "ELEKTRONISK", "FORELOPIG").await;
    house.clock.advance(Duration::from_secs(30));
    house.queue_what_was_said().await;
    assert_eq!(house.try_to_send(OutboundNext::Acknowledged).await, 1);
    answer("Sa at vi ringer igjen.", "TELEFON", "BESKJED").await;
    let form = kari.get(&format!("{path}/do/commented")).await;
    kari.post(&format!("{path}/do/commented"), &[("text", "Internt notat")], &form).await;
    let page = kari.get(&path).await;
    assert!(page.body.contains("Kommentarene og tidslinjen følger med i pakken."), "{}", page.body);

    let package = kari.post(&format!("{path}/archive.zip"), &[], &page).await.body;

    let reference = &planted.reference;
    let named = |kind: &str, title: &str| (kind.to_owned(), format!("{title}, referanse {reference}"));
    assert_eq!(
        records(&package),
        [
            named("Inngående dokument", "Melding om behov"),
            named("Utgående dokument", "Svar til melder"),
            named("Organinternt dokument uten oppfølging", "Notat om samtale: svar til melder"),
            named("Organinternt dokument uten oppfølging", "Utskrift av saken med tidslinje"),
        ]
    );
    for said in ["Vi har meldingen.", "Sa at vi ringer igjen."] {
        assert!(package.contains(said), "{said}");
    }
    assert!(package.contains("<sendtDato>2026-10-05T10:01:30+02:00</sendtDato>"), "{package}");
    assert!(package.contains("<fagsystem>Meldeport</fagsystem>") && !package.contains("<fagsystem>Arkiv</fagsystem>"));
    let description = package.split("</arkivmelding>").next().unwrap();
    assert!(!description.contains("Internt notat") && !description.contains("Testdal"), "no title says anything");
    // An answer that was undone went nowhere, and the same package has the same records.
    let ids =
        |package: &str| package.split("<registrering ").nth(2).unwrap().split("</systemID>").next().unwrap().to_owned();
    let again = kari.get(&path).await;
    let again = kari.post(&format!("{path}/archive.zip"), &[], &again).await.body;
    assert_eq!(ids(&again), ids(&package));
}

/// A letter that an archive has as sent has reached its receiver, and on that day.
#[tokio::test]
async fn an_answer_is_sent_in_the_package_only_when_the_receiver_has_it() {
    let house = House::new().await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let (planted, path) = opened(&house, &mut kari).await;
    let page = kari.get(&path).await;
    kari.post(&format!("{path}/take"), &[], &page).await;
    let form = kari.get(&format!("{path}/do/answered")).await;
    let fields = [("kind", "FORELOPIG"), ("text", "Vi har meldingen."), ("way", "ELEKTRONISK")];
    kari.post(&format!("{path}/do/answered"), &fields, &form).await;
    let seconds = |it: u64| house.clock.advance(Duration::from_secs(it));
    let mut packed = async || {
        let page = kari.get(&path).await;
        let package = kari.post(&format!("{path}/archive.zip"), &[], &page).await.body;
        assert!(package.contains("<arkivmelding "), "{package}");
        let said = records(&package).into_iter().filter(|it| it.1.starts_with("Svar til melder")).collect::<Vec<_>>();
        assert_eq!(said.is_empty(), page.body.contains("Ett brev er ikke sendt ennå"), "{}", page.body);
        assert_eq!(package.contains("utgaaende-1.txt"), package.contains("sendtDato"));
        (said, package.contains("<sendtDato>2026-10-05T10:02:50+02:00</sendtDato>"))
    };
    let record = |kind: &str, title: &str| vec![(kind.to_owned(), format!("{title}, referanse {}", planted.reference))];
    let note = |title| record("Organinternt dokument uten oppfølging", title);

    assert_eq!(packed().await, (Vec::new(), false), "it can be undone");
    seconds(20);
    house.queue_what_was_said().await;
    assert_eq!(packed().await, (Vec::new(), false), "it waits");
    let due = crate::clock::Clock::now(&*house.clock).plus(Duration::from_secs(60));
    assert_eq!(house.try_to_send(OutboundNext::Retry { due }).await, 1);
    assert_eq!(packed().await, (Vec::new(), false), "nobody answers");
    seconds(60);
    assert_eq!(house.try_to_send(OutboundNext::Abandoned).await, 1);
    assert_eq!(packed().await, (note("Svar til melder, kom ikke fram"), false));

    let now = crate::clock::Clock::now(&*house.clock);
    let (by, later) = (Actor::Operator("drift".to_owned()), now.plus(Duration::from_secs(3600)));
    let case = house.store.case(planted.item, &[UnitId("gjerstad".to_owned())]).await.unwrap();
    let id = case.events.iter().find(|it| it.delivery.is_some()).unwrap().id.outbound_id();
    house.store.requeue_outbound(id, &by, later, now).await.unwrap();
    assert_eq!(packed().await, (Vec::new(), false), "it is tried again");
    seconds(10);
    assert_eq!(house.try_to_send(OutboundNext::Rejected).await, 1);
    assert_eq!(packed().await, (note("Svar til melder, avvist av mottakerens system"), false));
    house.store.requeue_outbound(id, &by, later, crate::clock::Clock::now(&*house.clock)).await.unwrap();
    seconds(80);
    let ask_at = crate::clock::Clock::now(&*house.clock).plus(Duration::from_secs(300));
    assert_eq!(house.try_to_send(OutboundNext::Sent { ask_at }).await, 1);
    assert_eq!(packed().await, (record("Utgående dokument", "Svar til melder"), true));
    seconds(300);
    assert_eq!(house.try_to_send(OutboundNext::Acknowledged).await, 1);
    assert_eq!(packed().await, (record("Utgående dokument", "Svar til melder"), true), "still the day when it went");
}

/// The keys by which an archive knows each record, but the case's own.
fn keys(package: &str) -> Vec<String> {
    let records = package.split("<registrering ").skip(1);
    let key = |it: &str| it.split("<noekkel>").nth(1).unwrap().split("</noekkel>").next().unwrap().to_owned();
    records.map(key).collect()
}

/// An archive that finds a key that it has takes the record for the one that it has.
#[tokio::test]
async fn no_two_records_have_one_key_in_whichever_package_they_are() {
    let house = House::new().await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let (mut ola, _) = house.signed_in("ola", "Ola Prøve", &["risor"]).await;
    let (here, there) = house.plant_in_both("gjerstad", "risor").await;
    let packed = async |who: &mut Browser, of: &Planted| {
        let path = format!("/items/{}", of.item);
        let page = who.get(&path).await;
        house.clock.advance(Duration::from_secs(1));
        keys(&who.post(&format!("{path}/archive.zip"), &[], &page).await.body)
    };
    let spoke = async |who: &mut Browser, of: &Planted, text: &str| {
        let path = format!("/items/{}/do/answered", of.item);
        let form = who.get(&path).await;
        let said = who.post(&path, &[("kind", "FORELOPIG"), ("text", text), ("way", "TELEFON")], &form).await;
        assert_eq!(said.status, StatusCode::SEE_OTHER, "{}", said.body);
        house.clock.advance(Duration::from_secs(1));
    };
    for (who, of) in [(&mut kari, &here), (&mut ola, &there)] {
        for act in ["open", "take"] {
            let page = who.get(&format!("/items/{}", of.item)).await;
            who.post(&format!("/items/{}/{act}", of.item), &[], &page).await;
        }
    }

    spoke(&mut kari, &here, "Vi ringer i morgen.").await;
    spoke(&mut ola, &there, "Vi har ikke plass.").await;
    let undone = packed(&mut kari, &here).await;
    let page = kari.get(&format!("/items/{}", here.item)).await;
    let answer = kari.post(&format!("/items/{}/undo", here.item), &[], &page).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    spoke(&mut kari, &here, "Vi kommer på fredag.").await;
    let (now, again) = (packed(&mut kari, &here).await, packed(&mut kari, &here).await);
    let elsewhere = packed(&mut ola, &there).await;

    // The message itself, what was said, and the print.
    for package in [&undone, &now, &again, &elsewhere] {
        assert_eq!((package.len(), &package[0]), (3, &here.reference), "{package:?}");
    }
    assert_eq!(now[1], again[1], "the same is the same");
    let all = [&undone[1..], &now[1..], &again[2..], &elsewhere[1..]].concat();
    assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len(), "{all:?}");
}

/// What is held back is left out, and not that somebody wrote.
#[tokio::test]
async fn a_later_message_with_a_held_attachment_is_in_the_package_with_its_words() {
    let house = House::where_unsure(plain(), WhileUnsure::Hold).await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let (planted, path) = opened(&house, &mut kari).await;
    house.clock.advance(Duration::from_secs(86_400));
    let later = super::report::full(&|name| format!("[{name} later]"));
    let reference = house.hear(&planted, "gjerstad", FollowUpKind::Supplement, Some(later)).await;
    let (mut kari, _) = house.signed_in("kari2", "Kari Prøve", &["gjerstad"]).await;
    let page = kari.get(&path).await;
    kari.post(&format!("{path}/take"), &[], &page).await;
    let page = kari.get(&path).await;

    let package = kari.post(&format!("{path}/archive.zip"), &[], &page).await.body;

    let title = format!("Tillegg til meldingen, referanse {reference}");
    let came = records(&package).into_iter().find(|it| it.1 == title);
    assert_eq!(came, Some(("Inngående dokument".to_owned(), title.clone())), "{package}");
    assert!(package.contains("<mottattDato>2026-10-06T10:00:00+02:00</mottattDato>"), "{package}");
    assert!(package.contains("tillegg-1.txt") && !package.contains("tillegg-1.xml"), "{package}");
    let words = package.split(&title).last().unwrap();
    assert!(words.contains("Mottatt: 6. oktober 2026 kl. 10.00") && words.contains(" later]"), "{words}");
    assert!(!package.contains("tillegg-1-vedlegg"), "it is held");
}

/// Nothing is closed before it is filed, and what it is filed under is in the package.
///
/// seed: L-17
#[tokio::test]
async fn the_package_for_the_archive_holds_the_message_the_reference_and_a_description() {
    let house = House::new().await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let (planted, path) = opened(&house, &mut kari).await;
    let page = kari.get(&path).await;
    kari.post(&format!("{path}/take"), &[], &page).await;
    let form = kari.get(&format!("{path}/do/decided")).await;
    kari.post(&format!("{path}/do/decided"), &[("outcome", "INNVILGET"), ("on", "2026-10-05")], &form).await;
    let close = format!("{path}/close");
    let page = kari.get(&path).await;
    let unfiled = kari.post(&close, &[], &page).await;
    assert_eq!(unfiled.status, StatusCode::CONFLICT);
    assert!(unfiled.body.contains("Registrer arkivreferansen"), "{}", unfiled.body);
    let form = kari.get(&format!("{path}/do/archived")).await;
    kari.post(&format!("{path}/do/archived"), &[("reference", "2026/17-3")], &form).await;

    let action = format!("{path}/archive.zip");
    let page = kari.get(&path).await;
    let package = kari.post(&action, &[], &page).await;
    let forged = kari.post_bare(&action, &[("key", "x.y")]).await;

    assert_eq!(package.status, StatusCode::OK);
    assert_eq!(package.headers[header::CONTENT_TYPE], "application/zip");
    let said = package.headers[header::CONTENT_DISPOSITION].to_str().unwrap();
    assert_eq!(said, format!("attachment; filename=\"{}-arkiv.zip\"", planted.reference));
    for part in [
        "arkivmelding.xml",
        "melding.xml",
        "<the-message-as-received/>",
        "melding.html",
        "<noekkel>2026/17-3</noekkel>",
    ] {
        assert!(package.body.contains(part), "{part}");
    }
    assert_ne!(forged.status, StatusCode::OK);
    assert_eq!(house.actions(&planted).await.iter().filter(|it| *it == "exported").count(), 1);

    let page = kari.get(&path).await;
    assert_eq!(kari.post(&close, &[], &page).await.location(), format!("{path}?done=close"), "filed, it is closed");
    let (mut guest, _) = house.signed_in_as("revisor", Role::Auditor, "gjerstad").await;
    assert_ne!(guest.post_bare(&action, &[("key", "x.y")]).await.status, StatusCode::OK);
}
