//! Lists, one report, and what people do with it.

mod lists;
mod seen;
mod steps;
mod transfer;

use crate::inbox::tests::support::Browser;
use crate::inbox::tests::support::House;
use crate::inbox::tests::support::Plant;
use crate::inbox::tests::support::Planted;
use axum::http::StatusCode;

/// Fills in the form of an act.
async fn casework(browser: &mut Browser, path: &str, act: &str, fields: &[(&str, &str)]) {
    let action = format!("{path}/do/{act}");
    let form = browser.get(&action).await;
    assert_eq!(form.status, StatusCode::OK, "{act}: {}", form.body);
    let answer = browser.post(&action, fields, &form).await;
    assert_eq!(answer.location(), format!("{path}?done={act}"), "{act}: {}", answer.body);
}

/// What most of these begin with: Kari, who works in Gjerstad, and a report that has come there, with its address.
async fn arrived(plant: Plant) -> (House, Browser, Planted, String) {
    let house = House::new().await;
    let (kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let planted = house.plant(plant).await;
    let path = format!("/items/{}", planted.item);
    (house, kari, planted, path)
}

/// As [`arrived`], and Kari has opened it.
async fn opened(plant: Plant) -> (House, Browser, Planted, String) {
    let (house, mut kari, planted, path) = arrived(plant).await;
    let list = kari.get("/").await;
    kari.post(&format!("{path}/open"), &[], &list).await;
    (house, kari, planted, path)
}
