//! A report is offered to another unit.

use super::casework;
use super::opened;
use crate::domain::ItemState;
use crate::domain::Role;
use crate::inbox::tests::support::Plant;
use axum::http::StatusCode;

/// seed in part: K-10, K-12, H-38
#[tokio::test]
async fn a_transfer_is_offered_accepted_and_takes_the_content_along() {
    let (house, mut kari, _, path) = opened(Plant::default()).await;
    let (mut rita, _) = house.signed_in("rita", "Rita Døme", &["risor"]).await;
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
    let (house, mut kari, planted, path) = opened(Plant::default()).await;
    let (mut rita, _) = house.signed_in("rita", "Rita Døme", &["risor"]).await;
    let (mut leader, _) = house.signed_in_as("lars", Role::Leader, "risor").await;
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
    assert!(cover.body.contains(&format!("href=\"{theirs}/do/transfer_refused\"")), "{}", cover.body);
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

/// Neighbours' units stand after one's own, with the name of their municipality.
#[tokio::test]
async fn where_a_case_can_be_transferred_is_told_by_municipality() {
    let (_house, mut kari, _, path) = opened(Plant::default()).await;
    let (page, in_another_tab) = (kari.get(&path).await, kari.get(&path).await);
    kari.post(&format!("{path}/take"), &[], &page).await;

    let again = kari.post(&format!("{path}/take"), &[], &in_another_tab).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    assert!(again.body.contains("Du har alt ansvaret for meldingen."), "{}", again.body);
    let form = kari.get(&format!("{path}/do/transfer_offered")).await.body;

    let places: Vec<_> = ["value=\"gruppe\"", "Arendal: arendal", "Loppa: fjern-gruppe", "Risør: risor"]
        .map(|it| form.find(it).unwrap_or_else(|| panic!("{it}: {form}")))
        .to_vec();
    assert!(places.is_sorted(), "{places:?}");
    let near = kari.get(&format!("{path}/do/appointment_delegated")).await.body;
    assert!(near.contains("Risør: risor") && !near.contains("fjern-gruppe"), "{near}");
}
