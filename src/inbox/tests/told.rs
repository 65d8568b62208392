//! The journal as auditors and leaders read it, and one person's access log.

use super::support::House;
use super::support::Plant;
use crate::domain::Role;
use axum::http::StatusCode;

#[tokio::test]
async fn an_auditor_prints_who_has_read_about_one_person_and_reads_nothing_else() {
    let house = House::new().await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let (mut auditor, _) = house.signed_in_as("revisor", Role::Auditor, "gjerstad").await;
    let number = "58850321874";
    let about = house.plant(Plant { person_id: Some(number.to_owned()), ..Plant::default() }).await;
    let other = house.plant(Plant::default()).await;
    let list = kari.get("/").await;
    for it in [&about, &other] {
        kari.post(&format!("/items/{}/open", it.item), &[], &list).await;
    }
    kari.get(&format!("/items/{}", about.item)).await;

    let journal = auditor.get("/journal").await;
    assert!(journal.body.contains(&about.reference) && journal.body.contains(&other.reference));
    let found = auditor.post("/journal", &[("number", "588503 21874")], &journal).await;

    assert_eq!(found.status, StatusCode::OK);
    assert!(found.body.contains("Innsynslogg for én person") && found.body.contains("data-print"));
    for said in ["Kari Prøve", "åpnet meldingen", "leste meldingen", &about.reference] {
        assert!(found.body.contains(said), "{said}");
    }
    assert!(!found.body.contains(&other.reference));
    assert!(!found.body.contains(number) && !found.body.contains("588503 21874"), "the number is not shown again");
    assert!(!found.body.contains("Åse Testdal"), "nor the name");
    assert_eq!(auditor.get(&format!("/items/{}", about.item)).await.status, StatusCode::NOT_FOUND);
    assert_eq!(kari.get("/journal").await.status, StatusCode::FORBIDDEN);
    let lines = house.journal().await;
    assert!(lines.iter().any(|it| it.action == "access_log_read" && !it.detail.contains(number)));
}
