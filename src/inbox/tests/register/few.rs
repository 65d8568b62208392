//! Too few cases for numbers: that is said once.

use super::*;
use crate::domain::Role;

#[tokio::test]
async fn too_few_cases_are_one_sentence_and_no_tables_of_dashes() {
    let house = House::new().await;
    let (mut leader, _) = house.signed_in_as("leder", Role::Leader, "gjerstad").await;
    let pages = ["/statistikk?year=2026", "/statistikk/rapport?year=2026"];
    for page in pages {
        let body = leader.get(page).await.body;
        assert!(body.contains("Ingen saker i perioden."), "{body}");
        assert!(!body.contains("<table"), "{page}");
    }
    for _ in 0..4 {
        house.plant(Plant::default()).await;
    }
    for page in pages {
        let body = leader.get(page).await.body;
        assert!(body.contains("Det er færre enn fem saker i perioden."), "{body}");
        assert!(!body.contains("<table") && !body.contains("<svg class=\"chart\""), "{page}");
    }
    house.plant(Plant::default()).await;
    for page in pages {
        let body = leader.get(page).await.body;
        assert!(body.contains("<table") && !body.contains("færre enn fem"), "{page}");
    }
}
