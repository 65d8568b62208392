//! Pages that say why something did not go.

use super::support::House;
use super::support::Plant;
use crate::domain::Role;
use axum::http::StatusCode;

const MENU: &str = "class=\"top-menu\"";

/// Whoever followed an old link stood on a page without the menu, in no language but the browser's.
#[tokio::test]
async fn who_is_signed_in_has_the_menu_and_a_way_back_on_every_fault() {
    let house = House::new().await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let (mut mona, _) = house.signed_in_as("mona", Role::Member, "gruppe").await;
    let planted = house.plant(Plant::default()).await;
    let lifted = house.plant(Plant { unit: "gruppe", ..Plant::default() }).await;
    let (path, of_group) = (format!("/items/{}", planted.item), format!("/items/{}", lifted.item));

    for (language, way_back, to_inbox) in [
        ("nb", "Tilbake til meldingen", "Til innboksen"),
        ("nn", "Tilbake til meldinga", "Til innboksen"),
        ("en", "Back to the report", "To the inbox"),
    ] {
        let list = kari.get("/").await;
        kari.post("/language", &[("lang", language), ("back", "/")], &list).await;
        let unopened = kari.get(&format!("{path}/attachments/1")).await;
        assert_eq!(unopened.status, StatusCode::CONFLICT);
        assert!(unopened.body.contains(MENU) && unopened.body.contains(way_back), "{}", unopened.body);
        assert!(unopened.body.contains(&format!("class=\"button primary\" href=\"{path}\"")), "{}", unopened.body);
        for (status, place) in [
            (StatusCode::NOT_FOUND, "/nowhere"),
            (StatusCode::NOT_FOUND, "/items/00000000-0000-0000-0000-000000000000"),
            (StatusCode::NOT_FOUND, of_group.as_str()),
            (StatusCode::METHOD_NOT_ALLOWED, "/sign-out"),
        ] {
            let page = kari.get(place).await;
            assert_eq!(page.status, status, "{place}");
            assert!(page.body.contains(MENU) && page.body.contains(to_inbox), "{place}: {}", page.body);
            assert!(page.body.contains(&format!("lang=\"{language}\"")), "{place}");
            assert!(page.body.contains("Kari Prøve"), "{place}");
        }
        let stale = kari.post_bare("/language", &[("lang", language), ("back", "/"), ("key", "-")]).await;
        assert!(stale.status == StatusCode::FORBIDDEN && stale.body.contains(MENU), "{}", stale.body);
    }
    let hidden = mona.get(&of_group).await;
    assert!(hidden.body.contains(MENU), "{}", hidden.body);
}

#[tokio::test]
async fn who_is_not_signed_in_gets_the_plain_page() {
    let house = House::new().await;
    let mut nobody = house.browser();

    let page = nobody.get("/nowhere").await;

    assert_eq!(page.status, StatusCode::NOT_FOUND);
    assert!(!page.body.contains(MENU) && !page.body.contains("/sign-out"), "{}", page.body);
}
