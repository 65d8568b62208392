//! The register itself: who sees it, which rows it has, and what it is exported as.

use super::TODAY;
use super::act;
use crate::domain::Act;
use crate::domain::PlanStatus;
use crate::domain::Role;
use crate::inbox::tests::support::*;
use axum::http::StatusCode;
use serde_json::Value;
use serde_json::json;
use std::time::Duration;

/// Each status of a plan is filtered, and the CSV has exactly what the page has.
///
/// seed: G-10, L-08
#[tokio::test]
async fn the_register_and_its_csv_have_exactly_what_the_filter_asks_for() {
    let house = House::new().await;
    let (mut leader, _) = house.signed_in_as("leder", Role::Leader, "gjerstad").await;
    let mut planted = Vec::new();
    for number in 0..20 {
        let one = house.plant(Plant::default()).await;
        if let Some(status) = PlanStatus::ALL.get(number) {
            act(&house, &one, Act::Open, Duration::ZERO).await;
            act(&house, &one, Act::Take, Duration::ZERO).await;
            act(&house, &one, Act::SetPlan { status: *status, on: TODAY }, Duration::ZERO).await;
        }
        planted.push(one);
    }

    let all = leader.get("/register.csv").await;
    assert_eq!((all.status, all.body.lines().count()), (StatusCode::OK, 21), "{}", all.body);
    for (status, one) in PlanStatus::ALL.iter().zip(&planted) {
        let query = format!("?plan={}&need=BARNEKOORDINATOR&from=2026-10-05&to=2026-10-05", status.code());
        let page = leader.get(&format!("/register{query}")).await;
        let csv = leader.get(&format!("/register.csv{query}")).await;
        assert_eq!(csv.body.lines().count(), 2, "{}", csv.body);
        for other in &planted {
            let expected = other.reference == one.reference;
            assert_eq!(page.body.contains(&other.reference), expected);
            assert_eq!(csv.body.contains(&other.reference), expected);
        }
        let json = leader.get(&format!("/register.json{query}")).await;
        let json: Value = serde_json::from_str(&json.body).unwrap();
        let row = &json["rows"][0];
        assert_eq!(row["reference"], one.reference);
        assert_eq!((&row["plan_code"], &row["status_code"]), (&json!(status.code()), &json!("taken")));
        assert_eq!((&row["needs_codes"], &row["relay_log"]), (&json!(["BARNEKOORDINATOR", "IP"]), &json!(false)));
        assert_eq!((&row["coordinator"], &row["unit_id"]), (&Value::Null, &json!("gjerstad")));
        assert_eq!((json["rows"].as_array().unwrap().len(), &json["more"]), (1, &json!(false)));
    }
    for empty in ["?need=HABILITERING", "?from=2026-10-06", "?age=ELDRE", "?sector=FASTLEGE", "?status=closed"] {
        assert_eq!(leader.get(&format!("/register.csv{empty}")).await.body.lines().count(), 1, "{empty}");
    }
    for wrong in ["?need=X", "?unit=risor", "?from=i+dag", "?list=x", "?after=1"] {
        assert_eq!(leader.get(&format!("/register{wrong}")).await.status, StatusCode::NOT_FOUND, "{wrong}");
    }
    let exported: Vec<_> = house.journal().await.into_iter().filter(|it| it.action == "overview_exported").collect();
    assert_eq!(exported.len(), 16);
    assert!(exported.iter().any(|it| it.detail.contains("plan=VIRKSOM") && it.detail.contains("1 rows")));
}

#[tokio::test]
async fn the_register_has_a_row_before_anybody_opens_and_names_nobody() {
    let house = House::new().await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let open = house.plant(Plant::default()).await;
    let graded = house.plant(Plant { protected: true, ..Plant::default() }).await;

    for path in ["/register", "/register.csv", "/register.json"] {
        let seen = kari.get(path).await;
        assert!(seen.body.contains(&open.reference), "{path}");
        assert!(!seen.body.contains(&graded.reference), "{path}: one who is not cleared");
        assert!(!seen.body.contains("Testdal"), "{path}");
    }
    let (mut cleared, user) = house.signed_in("kim", "Kim Prøve", &[]).await;
    house.clear(&user, "gjerstad").await;
    let csv = cleared.get("/register.csv").await;
    let line = csv.body.lines().find(|it| it.contains(&graded.reference)).unwrap();
    assert!(line.contains("Gradert") && !line.contains("sykehus") && !line.contains("Gjerstad"), "{line}");
    let paged = House::with(crate::inbox::InboxConfig { rows_max: 1, ..plain() }).await;
    let (mut kari, _) = paged.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let (one, two) = (paged.plant(Plant::default()).await, paged.plant(Plant::default()).await);
    let first = kari.get("/register?need=IP").await;
    let next = first.body.split("href=\"").find(|it| it.contains("after=")).unwrap().split('"').next().unwrap();
    let second = kari.get(&next.replace("&#38;", "&").replace("&amp;", "&")).await;
    assert!(first.body.contains(&two.reference) && !first.body.contains(&one.reference));
    assert!(second.body.contains(&one.reference) && !second.body.contains(&two.reference));
}

#[tokio::test]
async fn who_sees_no_whole_unit_has_no_overview() {
    let house = House::new().await;
    for role in [Role::Member, Role::Coordinator, Role::Auditor, Role::DirectoryAdministrator] {
        let (mut browser, _) = house.signed_in_as(role.label(), role, "gjerstad").await;
        assert!(!browser.get("/").await.body.contains("href=\"/register\""), "{role:?}");
        for path in ["/register", "/register.csv", "/register/coordinators", "/statistikk", "/statistikk.json"] {
            assert_eq!(browser.get(path).await.status, StatusCode::FORBIDDEN, "{role:?} {path}");
        }
    }
    for role in [Role::Leader, Role::SystemCoordinator, Role::Secretary] {
        let (mut browser, _) = house.signed_in_as(role.label(), role, "gjerstad").await;
        let inbox = browser.get("/").await.body;
        assert!(inbox.contains("href=\"/register\"") && inbox.contains("href=\"/statistikk\""), "{role:?}");
    }
}

/// The workbook is there for each overview, and only for those who may see it.
#[tokio::test]
async fn a_workbook_is_what_is_seen_and_is_in_the_journal() {
    let house = House::new().await;
    let (mut leader, _) = house.signed_in_as("leder", Role::Leader, "gjerstad").await;
    let (mut guest, _) = house.signed_in_as("revisor", Role::Auditor, "gjerstad").await;
    house.plant(Plant::default()).await;

    for path in ["/register.xlsx", "/register/coordinators.xlsx", "/statistikk.xlsx"] {
        let file = leader.get(path).await;
        assert_eq!(file.status, StatusCode::OK, "{path}");
        let kind = file.headers["content-type"].to_str().unwrap();
        assert_eq!(kind, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
        assert!(file.body.starts_with("PK"), "{path}");
        assert_ne!(guest.get(path).await.status, StatusCode::OK, "{path}");
    }

    let told: Vec<_> = house.journal().await.into_iter().filter(|it| it.action == "overview_exported").collect();
    assert_eq!(told.len(), 3);
    assert!(told.iter().all(|it| it.detail.contains("xlsx")));
}

/// Nineteen columns scrolled sideways on every screen but the widest.
#[tokio::test]
async fn the_register_shows_few_columns_first_and_the_rest_in_the_row() {
    let house = House::new().await;
    let (mut leader, _) = house.signed_in_as("leder", Role::Leader, "gjerstad").await;
    let planted = house.plant(Plant { reporter: Some("FASTLEGE"), ..Plant::default() }).await;

    for (language, more, sender) in [
        ("nb", "Mer om saken", "Avsender"),
        ("nn", "Meir om saka", "Avsendar"),
        ("en", "More about the case", "Sender"),
    ] {
        let list = leader.get("/").await;
        leader.post("/language", &[("lang", language), ("back", "/")], &list).await;
        for (list, columns) in [("all", 6), ("review", 7), ("delegated", 7), ("gap", 7)] {
            let page = leader.get(&format!("/register?list={list}")).await.body;
            let chosen = page.split("aria-current=\"page\">").nth(2).and_then(|it| it.split(" <span").next()).unwrap();
            assert!(page.contains(&format!("<p class=\"on-paper\"><strong>{chosen} (")), "paper has no tabs: {page}");
            let head = page.split("<thead").nth(1).map(|it| it.split("</thead>").next().unwrap());
            let Some(head) = head else { continue };
            assert_eq!(head.matches("scope=\"col\"").count(), columns + 1, "{list}: {head}");
        }
        let page = leader.get("/register").await.body;
        let row = page.split("<tbody").nth(1).unwrap();
        assert!(row.contains(&planted.reference) && row.contains("<details class=\"row-more\">"), "{row}");
        assert!(row.contains(&format!("<summary>{more}<span class=\"hidden-text\"> – {}", planted.reference)), "{row}");
        // Beside what is folded, not in it: paper shows what a screen hides.
        let rest = row.split("</details><dl class=\"row-rest\">").nth(1).unwrap().split("</dl>").next().unwrap();
        assert!(rest.contains(&format!("<dt>{sender}</dt><dd>Eksempel sykehus HF</dd>")), "{rest}");
        assert!(!rest.contains("<dd></dd>"), "what there is nothing to say of is not said: {rest}");
    }
    let csv = leader.get("/register.csv").await.body;
    assert!(csv.lines().next().unwrap().split([',', ';']).count() > 18, "the files have everything: {csv}");
}
