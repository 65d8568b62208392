//! What a tester who walked the inbox met, small and smaller: errors at their fields, questions before what cannot be undone, and
//! words that say how to go on.

use super::support::House;
use super::support::Plant;
use crate::domain::Role;
use axum::http::StatusCode;

#[tokio::test]
async fn what_is_wrong_with_a_role_is_told_at_each_field_at_once() {
    let house = House::new().await;
    let (mut dag, _) = house.signed_in_as("dag", Role::DirectoryAdministrator, "gjerstad").await;
    let page = dag.get("/people").await;

    let empty = [("unit", "gjerstad"), ("role", "case_worker")];
    let told = dag.post("/people/give", &empty, &page).await;

    assert_eq!(told.status, StatusCode::UNPROCESSABLE_ENTITY);
    for field in ["people-login", "people-name"] {
        assert!(told.body.contains(&format!("<a href=\"#{field}\">")), "{field}: {}", told.body);
        assert!(told.body.contains(&format!("id=\"{field}-error\"")), "{field}");
        let input = told.body.split(&format!("id=\"{field}\"")).nth(1).unwrap().split('>').next().unwrap();
        assert!(input.contains("aria-invalid=\"true\"") && input.contains(&format!("{field}-error")), "{input}");
    }
    assert!(!told.body.contains("people-case-error"));
    let guest = [
        ("unit", "gjerstad"),
        ("role", "guest"),
        ("login", "gry"),
        ("name", "Gry Gjest"),
        ("case", "ABC-DEF-GH1"),
        ("to", "2020-01-01"),
    ];
    let told = dag.post("/people/give", &guest, &page).await;
    for field in ["people-case", "people-to"] {
        assert!(told.body.contains(&format!("id=\"{field}-error\"")), "{field}: {}", told.body);
    }
    assert!(told.body.contains("value=\"Gry Gjest\""), "what was typed stays");
}

#[tokio::test]
async fn an_access_is_not_ended_before_it_is_said_what_comes_of_it() {
    let house = House::new().await;
    let (mut dag, _) = house.signed_in_as("dag", Role::DirectoryAdministrator, "gjerstad").await;

    let alone = dag.get("/people").await;

    assert!(alone.body.contains("Ja, avslutt tilgangen") && alone.body.contains("Dette er din egen tilgang"));
    assert!(alone.body.contains("Enheten har ingen annen katalogadministrator"), "{}", alone.body);
    house.signed_in_as("dorte", Role::DirectoryAdministrator, "gjerstad").await;
    let two = dag.get("/people").await;
    assert!(!two.body.contains("Enheten har ingen annen katalogadministrator"));
}

#[tokio::test]
async fn a_search_says_what_was_sought_and_how_to_go_on_and_takes_a_reference_in_braces() {
    let house = House::new().await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let planted = house.plant(Plant::default()).await;
    let form = kari.get("/search").await;

    let found = kari.post("/search", &[("q", &format!("{{{}}}", planted.reference))], &form).await;
    assert_eq!(found.location(), format!("/items/{}", planted.item));

    for (typed, said) in [
        ("Zzzz Yyyy", "Ingen meldinger om personer, eller fra avsendere, med dette navnet"),
        ("058185 30120", "Ingen meldinger om personen med dette fødselsnummeret"),
        ("310 000 302", "Ingen meldinger fra virksomheten med dette organisasjonsnummeret"),
    ] {
        let answer = kari.post("/search", &[("q", typed)], &form).await;
        let page = kari.get(answer.location()).await;
        assert!(
            page.body.contains(said) && page.body.contains("søk på nytt i feltet øverst"),
            "{typed}: {}",
            page.body
        );
        assert!(!page.body.contains("Yyyy"), "what was sought is not shown again");
    }
}

#[tokio::test]
async fn the_password_is_found_from_the_account_and_the_account_from_the_password() {
    let house = House::new().await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;

    assert!(kari.get("/account").await.body.contains("<a href=\"/sessions\">Bytt passord"));
    assert!(kari.get("/sessions").await.body.contains("<a href=\"/account\">Autentiseringsapp"));
}
