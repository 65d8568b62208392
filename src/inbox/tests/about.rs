//! What the inbox says about itself.

use super::support::House;
use crate::inbox::AboutConfig;
use crate::inbox::InboxConfig;
use axum::http::StatusCode;

fn said() -> InboxConfig {
    let about = AboutConfig {
        responsible: "Gjerstad kommune <eksempel>".to_owned(),
        contact: "postmottak@gjerstad.example".to_owned(),
        privacy_officer: "personvernombud@gjerstad.example".to_owned(),
        accessibility_statement: "https://uustatus.example/gjerstad".to_owned(),
        security_contact: "mailto:hull@gjerstad.example".to_owned(),
    };
    InboxConfig { about, ..InboxConfig::default() }
}

#[tokio::test]
async fn the_statements_are_open_to_all_in_three_languages_and_name_who_answers() {
    let house = House::with(said()).await;
    let mut stranger = house.browser();

    for (path, word) in [("/tilgjengelighet", ["Uutilsynet"; 3]), ("/personvern", ["Datatilsynet"; 3])] {
        for (language, word) in ["nb", "nn", "en"].into_iter().zip(word) {
            let page = stranger.get(&format!("{path}?lang={language}")).await;
            assert_eq!(page.status, StatusCode::OK);
            assert!(page.body.contains(&format!("<html lang=\"{language}\">")) && page.body.contains(word));
            assert!(page.body.contains("Gjerstad kommune &#60;eksempel&#62;: postmottak@gjerstad.example"));
            assert!(
                page.body.contains("2026") && page.body.contains(env!("CARGO_PKG_VERSION")),
                "dated, with a version"
            );
        }
    }
    assert!(stranger.get("/tilgjengelighet").await.body.contains("href=\"https://uustatus.example/gjerstad\""));
    assert!(stranger.get("/personvern").await.body.contains("personvernombud@gjerstad.example"));
}

#[tokio::test]
async fn how_long_a_rejected_message_is_kept_is_the_setting_s_number() {
    for (days, said) in [
        (
            90,
            [
                "Innholdet i den slettes etter 90 dager.",
                "Innhaldet i ho blir sletta etter 90 dagar.",
                "Its content is deleted after 90 days.",
            ],
        ),
        (
            0,
            [
                "Det er ikke bestemt når innholdet i den slettes.",
                "Det er ikkje bestemt når innhaldet i ho blir sletta.",
                "It has not been decided when its content is deleted.",
            ],
        ),
    ] {
        let house = House::with(InboxConfig { rejected_days: days, ..InboxConfig::default() }).await;
        for (language, said) in ["nb", "nn", "en"].into_iter().zip(said) {
            let page = house.browser().get(&format!("/personvern?lang={language}")).await;
            assert!(page.body.contains(said), "{language}: {}", page.body);
        }
    }
}

#[tokio::test]
async fn what_the_municipality_has_not_said_is_told_and_not_hidden() {
    let house = House::new().await;
    let mut stranger = house.browser();

    let accessibility = stranger.get("/tilgjengelighet").await;
    assert!(accessibility.body.contains("ikke lagt inn her hvordan de kan nås"));
    assert!(accessibility.body.contains("ikke lagt inn her ennå"));
    assert!(stranger.get("/personvern").await.body.contains("ikke lagt inn her hvordan de kan nås"));
    assert_eq!(stranger.get("/.well-known/security.txt").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn every_page_leads_to_the_statements_and_to_checking_when_that_is_open() {
    let house = House::new().await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let mut stranger = house.browser();
    let pages = [
        kari.get("/").await,
        kari.get("/sessions").await,
        kari.get("/personvern").await,
        kari.get("/nowhere").await,
        stranger.get("/sign-in").await,
        stranger.get("/sjekk").await,
    ];

    for page in &pages {
        assert!(page.body.contains("href=\"/tilgjengelighet?") && page.body.contains("href=\"/personvern?"));
    }
    assert!(pages[0].body.contains("href=\"/sjekk?lang=nb\"") && pages[2].body.contains("action=\"/sign-out\""));
    let closed = House::with(InboxConfig { check_page: false, ..said() }).await;
    let page = closed.browser().get("/sign-in").await;
    assert!(page.body.contains("/personvern") && !page.body.contains("/sjekk"));
    assert!(!closed.browser().get("/personvern").await.body.contains("Sjekk en melding"));
}

#[tokio::test]
async fn security_txt_says_whom_to_tell_and_until_when_it_holds() {
    let house = House::with(said()).await;

    let answer = house.browser().get("/.well-known/security.txt").await;

    assert_eq!(answer.headers["content-type"], "text/plain; charset=utf-8");
    assert_eq!(
        answer.body,
        "Contact: mailto:hull@gjerstad.example\nExpires: 2027-01-03T08:00:00Z\nPreferred-Languages: nb, nn, en\n"
    );
}
