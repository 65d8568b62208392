//! Lists, one report, and what people do with it.

use super::support::Answer;
use super::support::Browser;
use super::support::House;
use super::support::Plant;
use super::support::Planted;
use super::support::plain;
use crate::domain::ItemState;
use crate::domain::ReportKind;
use crate::domain::Role;
use crate::domain::Share;
use crate::inbox::InboxConfig;
use axum::http::StatusCode;
use std::time::Duration;

/// seed in part: L-17
#[tokio::test]
async fn a_report_is_opened_taken_put_back_closed_and_reopened() {
    let house = House::new().await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let planted = house.plant(Plant::default()).await;
    let path = format!("/items/{}", planted.item);
    let list = kari.get("/").await;
    assert!(list.body.contains("Ufordelt <span class=\"count\" data-tab=\"unassigned\">(1)</span>"));

    let opened = kari.post(&format!("{path}/open"), &[], &list).await;
    assert_eq!(opened.location(), path);
    let mut page = kari.get(&path).await;
    assert!(page.body.contains("[beskrivelse]"));

    for (verb, state) in [
        ("take", ItemState::Taken),
        ("release", ItemState::Opened),
        ("take", ItemState::Taken),
        ("close", ItemState::Closed),
        ("reopen", ItemState::Opened),
    ] {
        if verb == "close" {
            let refused = kari.post(&format!("{path}/close"), &[], &page).await;
            assert_eq!(refused.status, StatusCode::CONFLICT);
            assert!(refused.body.contains("Registrer arkivreferansen"), "{}", refused.body);
            casework(&mut kari, &path, "archived", &[("reference", "2026/17-3")]).await;
            casework(&mut kari, &path, "decided", &[("outcome", "INNVILGET"), ("on", "2026-10-05")]).await;
            page = kari.get(&path).await;
            assert!(page.body.contains("2026/17-3") && page.body.contains("Innvilget, 5. oktober 2026"));
        }
        let answer = kari.post(&format!("{path}/{verb}"), &[], &page).await;
        assert_eq!(answer.location(), format!("{path}?done={verb}"));
        assert_eq!(house.state(&planted, "gjerstad").await, state, "{verb}");
        page = kari.get(answer.location()).await;
        assert!(page.body.contains("role=\"status\""), "{verb}");
    }
    let done = ["taken", "released", "taken", "archived", "decided", "closed", "reopened"];
    let actions = house.actions(&planted).await;
    assert_eq!(actions[..3], ["accepted", "opened", "viewed"]);
    assert_eq!(actions[3..].iter().filter(|it| *it != "viewed").collect::<Vec<_>>(), done.iter().collect::<Vec<_>>());
}

/// There is no kind of its own for an application: it is a need, with what is applied for among the services.
///
/// seed: K-03, L-03
#[tokio::test]
async fn each_kind_goes_through_all_states_and_no_step_is_jumped_over() {
    let house = House::new().await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    for kind in ReportKind::ALL.iter().map(|it| it.code()) {
        let planted = house.plant(Plant { kind, ..Plant::default() }).await;
        let path = format!("/items/{}", planted.item);
        let list = kari.get("/").await;
        kari.post(&format!("{path}/open"), &[], &list).await;
        let (open, still_open) = (kari.get(&path).await, kari.get(&path).await);
        step(&mut kari, &house, &planted, "take", &open, Ok(ItemState::Taken)).await;
        let taken = kari.get(&path).await;
        let page = kari.get(&path).await;
        step(&mut kari, &house, &planted, "release", &page, Ok(ItemState::Opened)).await;
        // Buttons of a page that has grown old.
        step(&mut kari, &house, &planted, "close", &taken, Err(ItemState::Opened)).await;
        let page = kari.get(&path).await;
        step(&mut kari, &house, &planted, "take", &page, Ok(ItemState::Taken)).await;
        for (act, fields) in [
            ("archived", &[("reference", "2026/17-3")][..]),
            ("decided", &[("outcome", "VEILEDET"), ("on", "2026-10-05")]),
        ] {
            let page = kari.get(&path).await;
            step(&mut kari, &house, &planted, "close", &page, Err(ItemState::Taken)).await;
            casework(&mut kari, &path, act, fields).await;
        }
        let page = kari.get(&path).await;
        step(&mut kari, &house, &planted, "close", &page, Ok(ItemState::Closed)).await;
        step(&mut kari, &house, &planted, "take", &still_open, Err(ItemState::Closed)).await;
        let (closed, still_closed) = (kari.get(&path).await, kari.get(&path).await);
        step(&mut kari, &house, &planted, "reopen", &closed, Ok(ItemState::Opened)).await;
        step(&mut kari, &house, &planted, "reopen", &still_closed, Err(ItemState::Opened)).await;
    }
}

/// Presses a button of `page`. `Ok`: it is done, and the case stands so. `Err`: it is refused, and stands so still.
async fn step(
    browser: &mut Browser,
    house: &House,
    planted: &Planted,
    verb: &str,
    page: &Answer,
    expected: Result<ItemState, ItemState>,
) {
    let answer = browser.post(&format!("/items/{}/{verb}", planted.item), &[], page).await;
    let (status, state) = match expected {
        Ok(state) => (StatusCode::SEE_OTHER, state),
        Err(state) => (StatusCode::CONFLICT, state),
    };
    assert_eq!(answer.status, status, "{verb}: {}", answer.body);
    assert_eq!(house.state(planted, "gjerstad").await, state, "{verb}");
}

#[tokio::test]
async fn looking_at_the_cover_opens_nothing_and_shows_nothing() {
    let house = House::new().await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let planted = house.plant(Plant::default()).await;

    let cover = kari.get(&format!("/items/{}", planted.item)).await;

    assert_eq!(cover.status, StatusCode::OK);
    assert!(cover.body.contains("Meldingen er ikke åpnet"));
    assert!(!cover.body.contains("[beskrivelse]") && !cover.body.contains("[fnr]"));
    assert_eq!(house.state(&planted, "gjerstad").await, ItemState::Unread);
    assert_eq!(house.actions(&planted).await, ["accepted"]);
    let file = kari.get(&format!("/items/{}/attachments/2", planted.item)).await;
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
async fn a_colleague_is_told_plainly_why_something_is_not_possible() {
    let house = House::new().await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let (mut ola, _) = house.signed_in("ola", "Ola Døme", &["gjerstad"]).await;
    let planted = house.plant(Plant::default()).await;
    let path = format!("/items/{}", planted.item);
    let list = kari.get("/").await;
    kari.post(&format!("{path}/open"), &[], &list).await;
    let (before_kari, before_ola) = (kari.get(&path).await, ola.get(&path).await);
    kari.post(&format!("{path}/take"), &[], &before_kari).await;

    let refused = ola.post(&format!("{path}/take"), &[], &before_ola).await;

    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.body.contains("Kari Prøve har ansvaret for meldingen"));
    assert!(refused.body.contains("role=\"alert\""));
    assert!(refused.key(&format!("{path}/take")).is_none(), "what cannot be done is not offered");
}

#[tokio::test]
async fn a_double_click_does_things_once() {
    let house = House::new().await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let planted = house.plant(Plant::default()).await;
    let path = format!("/items/{}", planted.item);
    let list = kari.get("/").await;
    let open = format!("{path}/open");
    let mut again = kari.clone();

    let (first, second) = tokio::join!(kari.post(&open, &[], &list), again.post(&open, &[], &list));
    assert_eq!((first.location(), second.location()), (path.as_str(), path.as_str()));
    let page = kari.get(&path).await;
    kari.post(&format!("{path}/take"), &[], &page).await;
    let page = kari.get(&path).await;
    let release = format!("{path}/release");
    kari.post(&release, &[], &page).await;
    let second = kari.post(&release, &[], &page).await;

    assert_eq!(second.location(), format!("{path}?done=release"), "not refused: it was done");
    let stale = kari.get(&format!("{path}?done=take")).await;
    assert!(!stale.body.contains("Du har nå ansvaret"), "a notice that is no longer true is not shown");
    let actions = house.actions(&planted).await;
    assert_eq!(actions.iter().filter(|it| *it == "opened").count(), 1);
    assert_eq!(actions.iter().filter(|it| *it == "released").count(), 1);
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
    let house = House::new().await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let (mut liv, _) = house.signed_in("liv", "Liv Karmøy", &["karmoy"]).await;
    let planted = house.plant(Plant::default()).await;
    let path = format!("/items/{}", planted.item);
    let list = kari.get("/").await;
    kari.post(&format!("{path}/open"), &[], &list).await;

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
    let house = House::new().await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let planted = house.plant(Plant { share: Share::Awareness, ..Plant::default() }).await;

    assert!(!kari.get("/").await.body.contains(&planted.reference), "it is nobody's work here");
    let list = kari.get("/?tab=unit").await;
    let page = kari.get(&format!("/items/{}", planted.item)).await;

    assert!(list.body.contains("Til orientering") && !list.body.contains("Åse Testdal"));
    assert!(page.body.contains("Innholdet er hos en annen enhet") && !page.body.contains("Åse Testdal"));
    assert!(page.key(&format!("/items/{}/open", planted.item)).is_none());
    let file = kari.get(&format!("/items/{}/attachments/2", planted.item)).await;
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
    assert!(list.body.contains("(1)"), "the unit has it all the same: {}", list.body);
    let filtered = kari.get("/?kind=BEHOV").await;
    assert!(filtered.body.contains("data-tab=\"unassigned\">(0)"), "{}", filtered.body);
    let unit = kari.get("/?tab=unit").await;
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
}

#[tokio::test]
async fn lists_are_paged_by_keyset_and_urgent_comes_first() {
    let house = House::with(InboxConfig { rows_max: 2, ..plain() }).await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let mut expected = Vec::new();
    for number in 0..5 {
        house.clock.advance(Duration::from_secs(60));
        expected.push(house.plant(Plant { urgent: number == 3, ..Plant::default() }).await.reference);
    }
    expected[..4].rotate_right(1);

    let (mut seen, mut path) = (Vec::new(), "/".to_owned());
    loop {
        let page = kari.get(&path).await;
        let rows = page.body.split("<tbody").nth(1).unwrap();
        let mut found: Vec<_> = expected.iter().filter_map(|it| rows.find(it.as_str()).map(|at| (at, it))).collect();
        found.sort_unstable();
        assert!(found.len() <= 2);
        seen.extend(found.into_iter().map(|(_, it)| it.clone()));
        match page.body.split("rel=\"next\"").next().filter(|it| it.len() < page.body.len()) {
            None => break,
            Some(before) => {
                let href = before.rsplit("href=\"").next().unwrap().split('"').next().unwrap();
                path = href.replace("&#38;", "&").replace("&amp;", "&");
            }
        }
    }
    assert_eq!(seen, expected);
}

#[tokio::test]
async fn a_report_is_found_by_its_reference_as_people_type_it() {
    let house = House::new().await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    house.plant(Plant::default()).await;
    let planted = house.plant(Plant::default()).await;
    house.clock.advance(Duration::from_secs(5));
    house.plant(Plant::default()).await;
    let inbox = kari.get("/").await;

    let typed = planted.reference.to_lowercase().replace('-', " ");
    let found = kari.post("/search", &[("reference", &typed)], &inbox).await;
    assert_eq!(found.location(), format!("/items/{}", planted.item));

    let page = kari.post("/search", &[("reference", "…")], &inbox).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
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
    let house = House::new().await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let planted = house.plant(Plant { report: None, ..Plant::default() }).await;
    let list = kari.get("/").await;
    kari.post(&format!("/items/{}/open", planted.item), &[], &list).await;

    let page = kari.get(&format!("/items/{}", planted.item)).await;

    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("Innholdet i meldingen kan ikke vises"));
    assert!(page.key(&format!("/items/{}/take", planted.item)).is_some());
}

/// Fills in the form of an act.
async fn casework(browser: &mut Browser, path: &str, act: &str, fields: &[(&str, &str)]) {
    let action = format!("{path}/do/{act}");
    let form = browser.get(&action).await;
    assert_eq!(form.status, StatusCode::OK, "{act}: {}", form.body);
    let answer = browser.post(&action, fields, &form).await;
    assert_eq!(answer.location(), format!("{path}?done={act}"), "{act}: {}", answer.body);
}

#[tokio::test]
async fn a_form_of_casework_says_what_is_missing_and_keeps_what_was_typed() {
    let house = House::new().await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let planted = house.plant(Plant::default()).await;
    let path = format!("/items/{}", planted.item);
    let list = kari.get("/").await;
    kari.post(&format!("{path}/open"), &[], &list).await;
    let page = kari.get(&path).await;
    kari.post(&format!("{path}/take"), &[], &page).await;

    let action = format!("{path}/do/coordinator_appointed");
    let form = kari.get(&action).await;
    let typed = [("name", "Kari Koordinator"), ("kind", ""), ("duty", "HOVED"), ("from", "i morgen")];
    let answer = kari.post(&action, &typed, &form).await;

    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        answer.body.contains("href=\"#act-kind\"") && answer.body.contains("href=\"#act-from\""),
        "{}",
        answer.body
    );
    assert!(answer.body.contains("value=\"Kari Koordinator\""));
    assert!(!answer.body.contains("href=\"#act-duty\""));
}

/// seed: K-20
#[tokio::test]
async fn what_was_just_done_is_undone_by_its_bar_and_two_comment() {
    let house = House::new().await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let (mut ola, _) = house.signed_in("ola", "Ola Døme", &["gjerstad"]).await;
    let planted = house.plant(Plant::default()).await;
    let path = format!("/items/{}", planted.item);
    let list = kari.get("/").await;
    kari.post(&format!("{path}/open"), &[], &list).await;
    casework(&mut ola, &path, "commented", &[("text", "Ringte foresatte.")]).await;
    casework(&mut kari, &path, "commented", &[("text", "Avtalt møte.")]).await;

    let page = kari.get(&path).await;
    assert!(page.body.contains("Ringte foresatte.") && page.body.contains("Avtalt møte."));
    let undo = format!("{path}/undo");
    assert!(ola.get(&path).await.key(&undo).is_none(), "it was not hers");
    let answer = kari.post(&undo, &[], &page).await;
    assert_eq!(answer.location(), format!("{path}?done=undo"));
    let page = kari.get(&path).await;
    assert!(page.body.contains("angret") && page.key(&undo).is_none());
}

/// "Done" stood in one box, and "undo" in another beneath it.
#[tokio::test]
async fn what_was_done_and_the_way_back_are_said_in_one_box() {
    let house = House::new().await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let planted = house.plant(Plant::default()).await;
    let path = format!("/items/{}", planted.item);
    let list = kari.get("/").await;
    kari.post(&format!("{path}/open"), &[], &list).await;
    for (language, seconds) in [
        ("nb", "Du kan angre i noen sekunder."),
        ("nn", "Du kan angre i nokre sekund."),
        ("en", "You can undo this for a few seconds."),
    ] {
        let list = kari.get("/").await;
        kari.post("/language", &[("lang", language), ("back", "/")], &list).await;
        casework(&mut kari, &path, "commented", &[("text", "Avtalt møte.")]).await;

        let page = kari.get(&format!("{path}?done=commented")).await;

        assert_eq!(page.body.matches("class=\"alert").count(), 1, "{}", page.body);
        assert_eq!(page.body.matches(seconds).count(), 1);
        let told = page.body.split("class=\"alert success undo\"").nth(1).unwrap().split("</div>").next().unwrap();
        assert!(told.contains(&format!("action=\"{path}/undo\"")) && told.contains(seconds), "{told}");
        // Somebody who comes back to the page without having just done it has the way back all the same.
        assert!(kari.get(&path).await.body.contains("class=\"alert info undo no-print\""));
        let undone = kari.post(&format!("{path}/undo"), &[], &page).await;
        assert!(!kari.get(undone.location()).await.body.contains(seconds));
    }
}

/// seed in part: K-10, K-12, H-38
#[tokio::test]
async fn a_transfer_is_offered_accepted_and_takes_the_content_along() {
    let house = House::new().await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let (mut rita, _) = house.signed_in("rita", "Rita Døme", &["risor"]).await;
    let planted = house.plant(Plant::default()).await;
    let path = format!("/items/{}", planted.item);
    let list = kari.get("/").await;
    kari.post(&format!("{path}/open"), &[], &list).await;
    casework(&mut kari, &path, "transfer_offered", &[("unit", "risor"), ("text", "Personen har flyttet.")]).await;

    let list = rita.get("/").await;
    assert!(list.body.contains("Tilbudt oss") && !list.body.contains("Åse Testdal"), "{}", list.body);
    let start = list.body.find("/items/").unwrap();
    let theirs = list.body[start..].split('"').next().unwrap().to_owned();
    let cover = rita.get(&theirs).await;
    assert!(!cover.body.contains("[beskrivelse]"));
    let answer = rita.post(&format!("{theirs}/accept"), &[], &cover).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);

    assert!(rita.get(&theirs).await.body.contains("[beskrivelse]"));
    let left = kari.get(&path).await;
    assert!(left.body.contains("Overført") && !left.body.contains("[beskrivelse]") && !left.body.contains("Åse"));
    assert!(!kari.get("/?tab=done").await.body.contains("Åse Testdal"));
}

/// The receiver sees who offers, since when and why, and can say no by the form on the page: the case is then where it was.
#[tokio::test]
async fn a_transfer_that_is_offered_says_why_and_is_declined_from_its_page() {
    let house = House::new().await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let (mut rita, _) = house.signed_in("rita", "Rita Døme", &["risor"]).await;
    let (mut leader, _) = house.signed_in_as("lars", Role::Leader, "risor").await;
    let planted = house.plant(Plant::default()).await;
    let path = format!("/items/{}", planted.item);
    let list = kari.get("/").await;
    kari.post(&format!("{path}/open"), &[], &list).await;
    assert!(kari.get(&format!("{path}/do/transfer_offered")).await.body.contains("Skriv ikke navn"));
    casework(&mut kari, &path, "transfer_offered", &[("unit", "risor"), ("text", "Det gjelder Risør.")]).await;

    let list = rita.get("/").await;
    assert!(list.body.contains("Tilbudt oss") && !list.body.contains("Til orientering"), "{}", list.body);
    let start = list.body.find("/items/").unwrap();
    let theirs = list.body[start..].split('"').next().unwrap().to_owned();
    let cover = rita.get(&theirs).await;
    for shown in ["Tjenestekontoret i Gjerstad", "Kari Prøve", "5. oktober 2026", "Det gjelder Risør."] {
        assert!(cover.body.contains(shown), "{shown}: {}", cover.body);
    }
    assert!(!cover.body.contains("Til orientering"), "{}", cover.body);
    let seen = leader.get(&theirs).await;
    assert!(seen.body.contains("En saksbehandler eller sekretær i enheten svarer"), "{}", seen.body);
    assert!(seen.body.contains("Kari Prøve") && !seen.body.contains("Det gjelder Risør."), "{}", seen.body);
    assert_eq!(rita.get(&format!("{theirs}/do/commented")).await.status, StatusCode::FORBIDDEN);

    casework(&mut rita, &theirs, "transfer_refused", &[("text", "Personen bor i Gjerstad.")]).await;

    assert_eq!(house.state(&planted, "gjerstad").await, ItemState::Opened);
    let back = kari.get(&path).await;
    assert!(back.body.contains("Personen bor i Gjerstad."), "{}", back.body);
    assert!(house.actions(&planted).await.contains(&"transfer_refused".to_owned()));
}

#[tokio::test]
async fn one_confirms_and_goes_on_to_the_next() {
    let house = House::new().await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let (one, two) = (house.plant(Plant::default()).await, house.plant(Plant::default()).await);
    let path = format!("/items/{}", one.item);
    let list = kari.get("/").await;
    kari.post(&format!("{path}/open"), &[], &list).await;
    let page = kari.get(&path).await;

    let answer = kari.post(&format!("{path}/confirm"), &[("next", "1")], &page).await;

    assert_eq!(answer.location(), format!("/items/{}", two.item));
    assert!(kari.get(&path).await.key(&format!("{path}/confirm")).is_none(), "it is confirmed");
}

/// Neighbours' units stand after one's own, with the name of their municipality.
#[tokio::test]
async fn where_a_case_can_be_transferred_is_told_by_municipality() {
    let house = House::new().await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let planted = house.plant(Plant::default()).await;
    let path = format!("/items/{}", planted.item);
    let list = kari.get("/").await;
    kari.post(&format!("{path}/open"), &[], &list).await;
    let (page, in_another_tab) = (kari.get(&path).await, kari.get(&path).await);
    kari.post(&format!("{path}/take"), &[], &page).await;

    let again = kari.post(&format!("{path}/take"), &[], &in_another_tab).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    assert!(again.body.contains("Du har alt ansvaret for meldingen."), "{}", again.body);
    let form = kari.get(&format!("{path}/do/transfer_offered")).await.body;

    let places: Vec<_> = ["value=\"gruppe\"", "Loppa: fjern-gruppe", "Risør: risor"]
        .map(|it| form.find(it).unwrap_or_else(|| panic!("{it}: {form}")))
        .to_vec();
    assert!(places.is_sorted(), "{places:?}");
    let near = kari.get(&format!("{path}/do/appointment_delegated")).await.body;
    assert!(near.contains("Risør: risor") && !near.contains("fjern-gruppe"), "{near}");
}

/// One who has single cases only has nothing to hand out, and is not praised for an empty list.
#[tokio::test]
async fn a_coordinator_begins_with_the_cases_that_are_theirs() {
    let house = House::new().await;
    let (mut kim, _) = house.signed_in_as("kim", Role::Coordinator, "gjerstad").await;

    let page = kim.get("/").await.body;

    assert!(page.contains("Ingen saker her er gitt deg.") && !page.contains("Godt jobbet"), "{page}");
    assert!(page.contains("<h1>Enhetens") || page.contains("Enhetens"), "{page}");
}
