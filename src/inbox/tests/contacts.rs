//! The public directory through the router, as a stranger sees it.

use super::support::House;
use axum::http::StatusCode;
use serde_json::Value;

/// seed: R-01, L-46
/// seed in part: G-03, H-21
#[tokio::test]
async fn a_stranger_finds_who_receives_for_a_municipality_by_name_or_number() {
    let house = House::new().await;
    let mut stranger = house.browser();

    for asked in ["ris%C3%B8r", "4201", "42"] {
        let found = stranger.get(&format!("/kontakt?q={asked}")).await;
        assert_eq!(found.status, StatusCode::OK);
        assert!(found.body.contains("href=\"/kontakt/4201?lang=nb\">Risør</a>"), "{asked}: {}", found.body);
    }
    let page = stranger.get("/kontakt/4201").await;
    for said in [
        "Systemkoordinator i Risør",
        "href=\"tel:+4799000131\"",
        "Fellestjenesten, Risør kommune",
        "Hverdager 9–15",
        "HER-id 900041",
    ] {
        assert!(page.body.contains(said), "{said}: {}", page.body);
    }
    assert_eq!(page.title(), "Koordinerende enhet i Risør – Meldeport");
    assert!(page.headers.get("set-cookie").is_none());
}

/// seed in part: G-03
#[tokio::test]
async fn a_municipality_without_a_receiver_is_said_outright() {
    let house = House::new().await;
    let mut stranger = house.browser();

    let found = stranger.get("/kontakt?q=oslo").await;
    let page = stranger.get("/kontakt/0301").await;

    assert!(found.body.contains("Ingen mottaker"));
    assert!(page.status == StatusCode::OK && page.body.contains("Ingen mottaker") && page.body.contains("sentralbord"));
    assert_eq!(stranger.get("/kontakt/9998").await.status, StatusCode::NOT_FOUND);
    assert!(
        stranger.get("/kontakt/5432").await.body.contains("href=\"/kontakt/5614?lang=nb\""),
        "a number of earlier years"
    );
}

/// What somebody types by mistake is not drawn, and finds nothing.
#[tokio::test]
async fn an_identity_number_typed_as_a_municipality_is_not_shown_again() {
    let house = House::new().await;

    let page = house.browser().get("/kontakt?q=12835401802").await;

    assert!(!page.body.contains("12835401802"));
}

/// seed: H-48, H-12
/// seed in part: L-12
#[tokio::test]
async fn other_sites_may_fetch_the_contact_block_and_nothing_else() {
    let house = House::new().await;
    let mut stranger = house.browser();

    for path in ["/kontakt/4201.json", "/kontakt.json?kommune=4201"] {
        let block = stranger.get(path).await;
        let said: Value = serde_json::from_str(&block.body).unwrap();
        assert_eq!(block.headers["access-control-allow-origin"], "*");
        assert_eq!(block.headers["cross-origin-resource-policy"], "cross-origin");
        assert_eq!(
            (said["receives"].as_bool(), said["units"][0]["telephone"].as_str()),
            (Some(true), Some("+47 99 00 01 31"))
        );
        assert_eq!(said["units"][0]["receives"][0]["nn"], "Svarer på spørsmål.");
    }
    let none: Value = serde_json::from_str(&stranger.get("/kontakt/0301.json").await.body).unwrap();
    assert_eq!((none["receives"].as_bool(), none["units"].as_array().map(Vec::len)), (Some(false), Some(0)));
    assert_eq!(stranger.get("/kontakt/9998.json").await.status, StatusCode::NOT_FOUND);

    let page = stranger.get("/kontakt/4201").await;
    assert!(page.headers.get("access-control-allow-origin").is_none());
    assert_eq!(page.headers["cross-origin-resource-policy"], "same-origin");
    let posted = stranger.post_bare("/kontakt/4201.json", &[]).await;
    assert_eq!(posted.status, StatusCode::METHOD_NOT_ALLOWED);
    assert!(posted.headers.get("access-control-allow-origin").is_none());
}

/// seed: L-12
#[tokio::test]
async fn a_contact_person_is_named_to_people_and_never_to_machines() {
    let house = House::new().await;
    let mut stranger = house.browser();

    assert!(stranger.get("/kontakt/4201").await.body.contains("<dt>Kontaktperson</dt><dd>Kari Kontakt</dd>"));
    for machine in ["/kontakt/4201.json", "/kontakt.json?kommune=4201", "/kontakt/4201.json?lang=nn"] {
        let said = stranger.get(machine).await;
        assert!(
            said.status == StatusCode::OK && said.body.contains("risor-systemkoordinator"),
            "{machine}: {}",
            said.body
        );
        assert!(!said.body.contains("Kari") && !said.body.contains("\"person\""), "{machine}: {}", said.body);
    }
}

/// seed: H-47, H-53
/// seed in part: H-10
#[tokio::test]
async fn rights_and_law_are_told_in_three_languages_with_the_day_of_the_texts() {
    let house = House::new().await;
    let mut stranger = house.browser();

    for (lang, heading, day) in [
        ("nb", "Rettigheter", "1. november 2026"),
        ("nn", "Rettar", "1. november 2026"),
        ("en", "Rights", "1 November 2026"),
    ] {
        let page = stranger.get(&format!("/kontakt?lang={lang}")).await;
        assert!(page.body.contains(&format!("<html lang=\"{lang}\">")) && page.body.contains(heading), "{lang}");
        assert!(page.body.contains(day) && page.body.contains("https://lovdata.no/lov/1999-07-02-63"), "{lang}");
    }
    let history = stranger.get("/kontakt/historikk").await;
    assert!(history.body.contains("consent@2026-11-01-"));
}
