//! What people do with a report, step by step.

use super::arrived;
use super::casework;
use super::opened;
use crate::domain::ItemState;
use crate::domain::ReportKind;
use crate::inbox::tests::support::Answer;
use crate::inbox::tests::support::Browser;
use crate::inbox::tests::support::House;
use crate::inbox::tests::support::Plant;
use crate::inbox::tests::support::Planted;
use axum::http::StatusCode;

/// seed in part: L-17
#[tokio::test]
async fn a_report_is_opened_taken_put_back_closed_and_reopened() {
    let (house, mut kari, planted, path) = arrived(Plant::default()).await;
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

#[tokio::test]
async fn the_page_says_what_a_case_still_needs_before_it_can_be_closed() {
    let (_house, mut kari, _, path) = opened(Plant::default()).await;
    let page = kari.get(&path).await;
    assert!(!page.body.contains("closing-heading"), "nobody has taken it");
    kari.post(&format!("{path}/take"), &[], &page).await;
    let page = kari.get(&path).await;
    let card = closing(&page);
    assert_eq!(card.matches("Mangler").count(), 2, "outcome and filing: {card}");
    assert_eq!(card.matches("Anbefalt").count(), 2, "answer and coordinator: {card}");
    assert!(card.contains(&format!("href=\"{path}/do/archived\"")) && !card.contains("Saken kan avsluttes"), "{card}");

    casework(&mut kari, &path, "archived", &[("reference", "2026/17-3")]).await;
    casework(&mut kari, &path, "decided", &[("outcome", "AVSLAG"), ("on", "2026-10-05")]).await;
    let page = kari.get(&path).await;
    let card = closing(&page);
    assert!(card.contains("Saken kan avsluttes") && card.contains("2026/17-3") && card.contains("Avslag"), "{card}");
    assert!(!card.contains("Mangler") && !card.contains("Hovedkoordinator"), "a refusal needs no coordinator: {card}");
    assert!(card.contains("Anbefalt") && card.contains(&format!("href=\"{path}/do/answered\"")), "{card}");
    kari.post(&format!("{path}/close"), &[], &page).await;
    assert!(!kari.get(&path).await.body.contains("closing-heading"), "it is closed");
}

/// The card that says what is missing.
fn closing(page: &Answer) -> String {
    let (_, card) = page.body.split_once("id=\"closing-heading\"").expect("the card is there");
    card.split("</section>").next().unwrap_or_default().to_owned()
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
async fn a_colleague_is_told_plainly_why_something_is_not_possible() {
    let (house, mut kari, _, path) = opened(Plant::default()).await;
    let (mut ola, _) = house.signed_in("ola", "Ola Døme", &["gjerstad"]).await;
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
    let (house, mut kari, planted, path) = arrived(Plant::default()).await;
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
async fn a_form_of_casework_says_what_is_missing_and_keeps_what_was_typed() {
    let (_house, mut kari, _, path) = opened(Plant::default()).await;
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
    let (house, mut kari, _, path) = opened(Plant::default()).await;
    let (mut ola, _) = house.signed_in("ola", "Ola Døme", &["gjerstad"]).await;
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
    let (_house, mut kari, _, path) = opened(Plant::default()).await;
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
