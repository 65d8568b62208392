//! What is seen of a report, by whom, and what the journal says of it.

use super::arrived;
use super::opened;
use crate::domain::ItemState;
use crate::domain::Share;
use crate::inbox::tests::support::House;
use crate::inbox::tests::support::Plant;
use axum::http::StatusCode;
use std::time::Duration;

#[tokio::test]
async fn looking_at_the_cover_opens_nothing_and_shows_nothing() {
    let (house, mut kari, planted, path) = arrived(Plant::default()).await;

    let cover = kari.get(&path).await;

    assert_eq!(cover.status, StatusCode::OK);
    assert!(cover.body.contains("Meldingen er ikke åpnet"));
    assert!(!cover.body.contains("[beskrivelse]") && !cover.body.contains("[fnr]"));
    assert_eq!(house.state(&planted, "gjerstad").await, ItemState::Unread);
    assert_eq!(house.actions(&planted).await, ["accepted"]);
    let file = kari.get(&format!("{path}/attachments/2")).await;
    assert_eq!(file.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn every_reading_is_in_the_journal() {
    let house = House::new().await;
    let (mut kari, user) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let planted = house.plant(Plant::default()).await;
    let path = format!("/items/{}", planted.item);
    let list = kari.get("/").await;
    kari.post(&format!("{path}/open"), &[], &list).await;

    kari.get(&path).await;
    kari.get(&path).await;
    kari.get(&format!("{path}/attachments/2")).await;

    assert_eq!(house.actions(&planted).await, ["accepted", "opened", "viewed", "viewed", "downloaded"]);
    let lines = house.journal().await;
    let listed = lines.iter().find(|it| it.action == "listed").unwrap();
    assert_eq!((&*listed.actor_id, &*listed.actor_name), (&*user.id.to_string(), "Kari Prøve"));
    let page = kari.get(&path).await;
    assert_eq!(page.body.matches("åpnet meldingen").count(), 1);
    assert_eq!(page.body.matches("leste meldingen").count(), 0, "drawn together with the opening");
    assert!(page.body.contains("lastet ned vedlegg"));
}

#[tokio::test]
async fn a_form_without_its_key_is_refused_and_nothing_is_done() {
    let house = House::new().await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let (mut ola, _) = house.signed_in("ola", "Ola Døme", &["gjerstad"]).await;
    let (one, two) = (house.plant(Plant::default()).await, house.plant(Plant::default()).await);
    let action = format!("/items/{}/open", one.item);
    let list = kari.get("/").await;
    let of_other_item = list.key(&format!("/items/{}/open", two.item)).unwrap();
    let of_other_person = ola.get("/").await.key(&action).unwrap();

    for fields in [vec![], vec![("key", "")], vec![("key", &*of_other_item)], vec![("key", &*of_other_person)]] {
        assert_eq!(kari.post_bare(&action, &fields).await.status, StatusCode::FORBIDDEN, "{fields:?}");
    }
    assert_eq!(kari.post_bare("/sign-out", &[("key", "x.y")]).await.status, StatusCode::FORBIDDEN);
    house.clock.advance(Duration::from_secs(60));
    kari.post_bare("/sign-out", &[("key", "x.y")]).await;
    let lines = house.journal().await.into_iter().filter(|it| it.action == "refused");
    let refused: Vec<(bool, String)> = lines.map(|it| (it.message.is_some(), it.detail)).collect();
    let open = |more: &str| (true, format!("POST /items/{{id}}/{{act}}; 403{more}"));
    let out = (false, "POST /sign-out; 403".to_owned());
    assert_eq!(refused, [open(""), out.clone(), open("; 3 more"), out], "each counts, also what is about no report");
    assert_eq!(house.state(&one, "gjerstad").await, ItemState::Unread);
    assert_eq!(kari.get(&action).await.status, StatusCode::METHOD_NOT_ALLOWED, "nothing changes by GET");
}

#[tokio::test]
async fn another_units_report_does_not_exist() {
    let (house, _, planted, path) = opened(Plant::default()).await;
    let (mut liv, _) = house.signed_in("liv", "Liv Karmøy", &["karmoy"]).await;

    assert_eq!(liv.get(&path).await.status, StatusCode::NOT_FOUND);
    assert_eq!(liv.get(&format!("{path}/attachments/2")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(liv.get("/?unit=gjerstad").await.status, StatusCode::NOT_FOUND);
    let inbox = liv.get("/?tab=unit").await;
    assert!(!inbox.body.contains(&planted.reference));
    let found = liv.post("/search", &[("reference", &planted.reference)], &inbox).await;
    let found = liv.get(found.location()).await;
    assert!(found.body.contains("Ingen meldinger som du har tilgang til") && !found.body.contains(&planted.reference));
    let told = house.actions(&planted).await;
    assert_eq!(told, ["accepted", "opened", "refused", "refused"], "its journal tells who tried");
}

/// seed in part: R-16
#[tokio::test]
async fn a_unit_that_is_only_told_sees_no_content_and_can_do_nothing() {
    let (_house, mut kari, planted, path) = arrived(Plant { share: Share::Awareness, ..Plant::default() }).await;

    assert!(!kari.get("/").await.body.contains(&planted.reference), "it is nobody's work here");
    let work = kari.get("/?tab=unit").await;
    assert!(!work.body.contains(&planted.reference), "nor anybody's here: {}", work.body);
    let list = kari.get("/?tab=told").await;
    let page = kari.get(&path).await;

    assert!(list.body.contains("Til orientering") && !list.body.contains("Åse Testdal"));
    assert!(page.body.contains("Innholdet er hos en annen enhet") && !page.body.contains("Åse Testdal"));
    assert!(page.key(&format!("{path}/open")).is_none());
    let file = kari.get(&format!("{path}/attachments/2")).await;
    assert_eq!(file.status, StatusCode::FORBIDDEN);
}

/// What a unit is only told of waits for nobody there: it is not among what nobody has taken, has no deadline, and says who
/// follows it up and how that goes.
#[tokio::test]
async fn a_report_for_information_is_no_work_and_says_how_it_goes_where_it_is() {
    let house = House::new().await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let (mut rita, _) = house.signed_in("rita", "Rita Døme", &["risor"]).await;
    let (theirs, mine) = house.plant_for_two("risor", "gjerstad").await;
    let path = format!("/items/{}", mine.item);

    let list = kari.get("/").await;
    assert!(list.body.contains("Ufordelt <span class=\"count\" data-tab=\"unassigned\">(0)</span>"), "{}", list.body);
    for (address, word) in [("/", "whole"), ("/?kind=BEHOV", "narrowed")] {
        let list = kari.get(address).await;
        for (tab, count) in [("unassigned", 0), ("unit", 0), ("told", 1)] {
            assert!(list.body.contains(&format!("data-tab=\"{tab}\">({count})")), "{word} {tab}: {}", list.body);
        }
    }
    let unit = kari.get("/?tab=told").await;
    let row = unit.body.split("<tr").find(|it| it.contains(&mine.reference)).unwrap();
    assert!(row.contains("Til orientering") && row.contains("risor · Ulest") && row.contains("Vises ikke"), "{row}");
    assert!(!row.contains("Skjermet") && !row.contains("november"), "{row}");

    let there = format!("/items/{}", theirs.item);
    for act in ["open", "take"] {
        let page = rita.get(&there).await;
        assert_eq!(rita.post(&format!("{there}/{act}"), &[], &page).await.status, StatusCode::SEE_OTHER, "{act}");
    }
    let cover = kari.get(&path).await;
    assert!(cover.body.contains("Følges opp av") && cover.body.contains("risor · Under arbeid"), "{}", cover.body);
    assert!(!cover.body.contains("Ulest") && !cover.body.contains("Åse Testdal"), "{}", cover.body);

    // It ends where it lies, and so here; and is there again when they take it up again.
    for (act, fields) in [
        ("do/archived", vec![("reference", "2026/17")]),
        ("do/decided", vec![("outcome", "AVSLAG"), ("on", "2026-10-05")]),
        ("close", vec![]),
    ] {
        let page = rita.get(&if act == "close" { there.clone() } else { format!("{there}/{act}") }).await;
        let answer = rita.post(&format!("{there}/{act}"), &fields, &page).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{act}: {}", answer.body);
    }
    let after = kari.get("/?tab=told").await.body;
    assert!(!after.contains(&mine.reference) && after.contains("data-tab=\"told\">(0)"), "{after}");
    assert!(!kari.get("/").await.body.contains("data-tab=\"told\""), "a list that is empty is not offered");
    let done = kari.get("/?tab=done").await.body;
    assert!(done.contains(&mine.reference) && !done.contains("Åse Testdal"), "{done}");
    let cover = kari.get(&path).await.body;
    assert!(cover.contains("risor · Ferdig") && !cover.contains("Åse Testdal"), "{cover}");
    let page = rita.get(&there).await;
    assert_eq!(rita.post(&format!("{there}/reopen"), &[], &page).await.status, StatusCode::SEE_OTHER);
    assert!(kari.get("/?tab=told").await.body.contains(&mine.reference));
}

#[tokio::test]
async fn an_attachment_is_saved_under_a_name_that_tells_nothing() {
    let house = House::new().await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let hostile = Plant { bytes: b"<html><script>alert(1)</script>", ..Plant::default() };
    let (honest, hostile) = (house.plant(Plant::default()).await, house.plant(hostile).await);
    let list = kari.get("/").await;
    for planted in [&honest, &hostile] {
        kari.post(&format!("/items/{}/open", planted.item), &[], &list).await;
    }

    let file = kari.get(&format!("/items/{}/attachments/2", honest.item)).await;
    assert_eq!(file.headers["content-type"], "application/pdf");
    let name = format!("attachment; filename=\"{}-vedlegg-1.pdf\"", honest.reference);
    assert_eq!(file.headers["content-disposition"], name.as_str());
    assert_eq!(file.headers["x-content-type-options"], "nosniff");
    assert_eq!(file.headers["cache-control"], "no-store");

    // The document that is attached to is the first of the message, and is no attachment.
    for path in [String::new(), "/print".to_owned()] {
        let page = kari.get(&format!("/items/{}{path}", honest.item)).await;
        let first = if path.is_empty() { "Vedlegg 1</span>" } else { "<li>1: " };
        assert!(page.body.contains(first), "{path}: {}", page.body);
    }
    let told = house.journal().await.into_iter().find(|it| it.action == "downloaded").unwrap();
    assert_eq!(told.detail, "1");

    let file = kari.get(&format!("/items/{}/attachments/2", hostile.item)).await;
    assert_eq!(file.headers["content-type"], "application/octet-stream");
    for position in [3, 4, 9] {
        let file = kari.get(&format!("/items/{}/attachments/{position}", honest.item)).await;
        assert_eq!(file.status, StatusCode::NOT_FOUND);
    }
}

/// seed in part: L-36
#[tokio::test]
async fn earlier_reports_about_the_same_person_are_shown() {
    let house = House::new().await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let same = || Plant { person_id: Some("04861751843".to_owned()), ..Plant::default() };
    let (earlier, now) = (house.plant(same()).await, house.plant(same()).await);
    let list = kari.get("/").await;
    kari.post(&format!("/items/{}/open", now.item), &[], &list).await;

    let page = kari.get(&format!("/items/{}", now.item)).await;

    assert!(page.body.contains("Andre meldinger om samme person"));
    assert!(page.body.contains(&earlier.reference));
}

#[tokio::test]
async fn a_report_that_cannot_be_read_is_still_there() {
    let (_house, mut kari, _, path) = opened(Plant { report: None, ..Plant::default() }).await;

    let page = kari.get(&path).await;

    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("Innholdet i meldingen kan ikke vises"));
    assert!(page.key(&format!("{path}/take")).is_some());
}
