//! Lists, their pages, and finding a report.

use crate::domain::Role;
use crate::inbox::InboxConfig;
use crate::inbox::tests::support::House;
use crate::inbox::tests::support::Plant;
use crate::inbox::tests::support::plain;
use axum::http::StatusCode;
use std::time::Duration;

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

/// One who has single cases only has nothing to hand out, and is not praised for an empty list.
#[tokio::test]
async fn a_coordinator_begins_with_the_cases_that_are_theirs() {
    let house = House::new().await;
    let (mut kim, user) = house.signed_in_as("kim", Role::Coordinator, "gjerstad").await;

    let page = kim.get("/").await.body;

    assert!(page.contains("Ingen saker her er gitt deg.") && !page.contains("Godt jobbet"), "{page}");
    let (given, other) = (house.plant(Plant::default()).await, house.plant(Plant::default()).await);
    house.give(&given, "gjerstad", &user).await;
    let page = kim.get("/").await.body;
    assert!(page.contains(&given.reference) && !page.contains(&other.reference), "{page}");
}
