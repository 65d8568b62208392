//! The configuration's document, for those who answer for it.

use super::support::*;
use crate::domain::Role;
use axum::http::StatusCode;

#[tokio::test]
async fn the_configuration_is_shown_and_downloaded_by_leaders_and_administrators_and_nobody_else() {
    let house = House::new().await;
    for role in [Role::Leader, Role::DirectoryAdministrator, Role::SystemCoordinator, Role::Auditor] {
        let (mut browser, _) = house.signed_in_as(role.label(), role, "gjerstad").await;
        let page = browser.get("/oppsett").await;
        assert!(page.body.contains("Oppsett for gjerstad") && page.body.contains("+to = "), "{role:?}: {}", page.body);
        assert!(browser.get("/oppsett.txt").await.body.starts_with("# Oppsett for gjerstad\n\n- alle: Alt annet\n"));
        assert_eq!(browser.get("/oppsett.json").await.body, "{}");
    }
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    assert!(!kari.get("/").await.body.contains("/oppsett"));
    for path in ["/oppsett", "/oppsett.txt", "/oppsett.json"] {
        assert_eq!(kari.get(path).await.status, StatusCode::FORBIDDEN);
    }
    let told = house.journal().await.into_iter().filter(|it| it.detail.starts_with("configuration ")).count();
    assert_eq!(told, 12);
}

/// Everybody at the unit has its links in the inbox, and everybody else on the public page; other units do not have them.
///
/// seed: L-09
#[tokio::test]
async fn the_links_of_a_municipality_are_on_its_public_page_and_in_its_inbox() {
    let house = House::new().await;
    let (mut rolf, _) = house.signed_in("rolf", "Rolf Prøve", &["risor-systemkoordinator"]).await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let mut stranger = house.browser();

    assert!(rolf.get("/").await.body.contains("href=\"/lenker\""));
    let own = rolf.get("/lenker").await.body;
    assert!(own.contains("https://www.risor.example/tilbud") && own.contains("Tilbud i Risør"), "{own}");
    assert!(stranger.get("/kontakt/4201").await.body.contains("https://www.risor.example/tilbud"));
    let others = kari.get("/lenker").await.body;
    assert!(!others.contains("risor.example") && others.contains("https://"), "those for everybody: {others}");
}

/// Switched on for one unit: everybody who looks gets the same address, with nothing of who they are.
///
/// seed in part: H-16
#[tokio::test]
async fn a_units_questionnaire_is_linked_to_with_nothing_about_who_answers() {
    let house = House::new().await;
    let (mut rolf, _) = house.signed_in("rolf", "Rolf Prøve", &["risor-systemkoordinator"]).await;
    let address = "<a href=\"https://www.risor.example/hvordan-var-det\" rel=\"noopener noreferrer external\">";
    for browser in [&mut house.browser(), &mut rolf] {
        let page = browser.get("/kontakt/4201").await.body;
        assert_eq!(page.matches(address).count(), 1, "{page}");
        assert_eq!(page.matches("hvordan-var-det").count(), 1, "and no other form of it: {page}");
    }
    let json = house.browser().get("/kontakt/4201.json").await.body;
    assert!(json.contains("https://www.risor.example/hvordan-var-det"), "{json}");
}
