//! Coordinators, those who are missing, and the numbers that a contact person begins with.

use super::TODAY;
use super::act;
use super::appoint;
use crate::domain::Act;
use crate::domain::CoordinatorKind;
use crate::domain::PlanStatus;
use crate::domain::Role;
use crate::domain::StartPage;
use crate::inbox::tests::support::*;
use crate::storage::PeopleStore as _;
use axum::http::StatusCode;
use serde_json::Value;
use std::time::Duration;
use uuid::Uuid;

/// The same day as the coordinator's time has ended, the case is in the list of those without.
///
/// seed: G-25, L-22
#[tokio::test]
async fn a_case_without_a_main_coordinator_today_is_in_the_gap_list() {
    let house = House::new().await;
    let (mut leader, _) = house.signed_in_as("leder", Role::Leader, "gjerstad").await;
    let one = house.plant(Plant::default()).await;
    act(&house, &one, Act::Open, Duration::ZERO).await;
    act(&house, &one, Act::Take, Duration::ZERO).await;
    assert!(leader.get("/register?list=gap").await.body.contains(&one.reference));
    appoint(&house, &one, 1, "Kim Koordinator", CoordinatorKind::Municipal).await;
    assert!(!leader.get("/register?list=gap").await.body.contains(&one.reference));

    let yesterday = TODAY.yesterday().unwrap();
    let end = Act::EndCoordinator { coordinator: Uuid::from_u128(1), last_day: yesterday, why: None };
    act(&house, &one, end, Duration::ZERO).await;

    let gap = leader.get("/register.csv?list=gap").await;
    assert!(gap.body.contains(&one.reference) && gap.body.lines().count() == 2, "{}", gap.body);
    assert!(leader.get("/register/coordinators").await.body.contains("?list=gap"));
}

/// The coordinator's name, kind, period and number of persons; nothing about those persons.
///
/// seed: K-04, K-06, R-14, H-35, K-18, G-23
#[tokio::test]
async fn the_list_of_coordinators_counts_their_cases_and_has_no_patient() {
    let house = House::new().await;
    let (mut system, _) = house.signed_in_as("system", Role::SystemCoordinator, "gjerstad").await;
    for number in 0..3 {
        let one = house.plant(Plant::default()).await;
        act(&house, &one, Act::Open, Duration::ZERO).await;
        act(&house, &one, Act::Take, Duration::ZERO).await;
        appoint(&house, &one, number + 1, "=Kim Koordinator", CoordinatorKind::Municipal).await;
    }
    for (number, kind) in CoordinatorKind::ALL.iter().enumerate().skip(1) {
        let one = house.plant(Plant::default()).await;
        act(&house, &one, Act::Open, Duration::ZERO).await;
        act(&house, &one, Act::Take, Duration::ZERO).await;
        appoint(&house, &one, 10 + number as u128, kind.code(), *kind).await;
    }

    let page = system.get("/register/coordinators").await;
    let csv = system.get("/register/coordinators.csv?kind=KOMMUNAL").await;

    assert_eq!(csv.body.lines().count(), 2, "{}", csv.body);
    let line = csv.body.lines().nth(1).unwrap();
    let unit = "Tjenestekontoret i Gjerstad (eksempel)";
    assert_eq!(line, format!("\"'=Kim Koordinator\";Kommunal koordinator;{unit};3;3;3;2026-09-01;;0;"));
    assert!(page.body.contains("?list=unassigned\">Ufordelt (0)"), "{}", page.body);
    for kind in CoordinatorKind::ALL {
        let path = format!("/register/coordinators.json?kind={}", kind.code());
        let json: Value = serde_json::from_str(&system.get(&path).await.body).unwrap();
        let persons = if *kind == CoordinatorKind::Municipal { 3 } else { 1 };
        assert_eq!(json["rows"][0]["persons_today"], persons, "a number");
        assert_eq!(json["rows"][0]["kind_code"], kind.code());
        assert_eq!((&json["rows"][0]["unit_id"], &json["rows"][0]["until"]), (&"gjerstad".into(), &Value::Null));
        assert_eq!(json["rows"].as_array().unwrap().len(), 1);
    }
    for body in [&page.body, &csv.body] {
        assert!(!body.contains("Testdal") && !body.contains("BEHOV"), "no patient and no case");
    }
    assert_eq!(system.get("/register/coordinators?kind=X").await.status, StatusCode::NOT_FOUND);
}

/// What is on the page that a contact person comes to: plans, coordinators and what waits, each number as that of the list it
/// leads to. Whoever would rather begin in the inbox says so once.
///
/// seed: K-17
#[tokio::test]
async fn a_contact_person_begins_with_the_plans_and_coordinators_there_are() {
    let house = House::new().await;
    let plans = [PlanStatus::InProgress, PlanStatus::InProgress, PlanStatus::Active];
    for (number, status) in plans.into_iter().enumerate() {
        let one = house.plant(Plant::default()).await;
        for deed in [Act::Open, Act::Take, Act::SetPlan { status, on: TODAY }] {
            act(&house, &one, deed, Duration::ZERO).await;
        }
        let (id, kind) = (number as u128, [CoordinatorKind::Municipal, CoordinatorKind::ChildCoordinator][number % 2]);
        appoint(&house, &one, id, ["Kim Koordinator", "Siv Koordinator"][number % 2], kind).await;
    }
    // One who was a coordinator once, and one case elsewhere.
    let gone = house.plant(Plant::default()).await;
    act(&house, &gone, Act::Open, Duration::ZERO).await;
    act(&house, &gone, Act::Take, Duration::ZERO).await;
    appoint(&house, &gone, 9, "Gro Koordinator", CoordinatorKind::Municipal).await;
    let last_day = TODAY.yesterday().unwrap();
    act(&house, &gone, Act::EndCoordinator { coordinator: Uuid::from_u128(9), last_day, why: None }, Duration::ZERO)
        .await;
    let unread = house.plant(Plant::default()).await;
    house.plant(Plant { unit: "risor", ..Plant::default() }).await;
    let (_, user) = house.signed_in_as("kontakt", Role::Secretary, "gjerstad").await;
    let sign_in = async |browser: &mut Browser, login: &str| {
        let page = browser.get("/sign-in").await;
        browser.post("/sign-in", &[("login", login), ("password", PASSWORD)], &page).await.location().to_owned()
    };

    let mut kontakt = house.browser();
    assert_eq!(sign_in(&mut kontakt, "kontakt").await, "/oversikt");
    let page = kontakt.get("/oversikt").await;

    for (href, count, name) in [
        ("/register?list=open", 5, "Under arbeid eller ulest"),
        ("/register?status=unread", 1, "Ulest"),
        ("/register?list=unassigned", 1, "Ufordelt"),
        ("/register?list=overdue", 0, "Over fristen"),
        ("/register?plan=UNDER_ARBEID", 2, "Under arbeid"),
        ("/register?plan=VIRKSOM", 1, "Virksom"),
        ("/register?plan=AVSLUTTET", 0, "Avsluttet"),
        ("/register/coordinators", 2, "Koordinatorer i dag"),
        ("/register?list=gap", 2, "Uten hovedkoordinator"),
        ("/register?list=delegated", 0, ""),
    ] {
        let number = format!("<a href=\"{href}\"><strong>{count}</strong> <span>{name}");
        assert!(page.body.contains(&number), "{number}: {}", page.body);
        if let Some(query) = href.strip_prefix("/register?") {
            let behind = kontakt.get(&format!("/register.csv?{query}")).await;
            assert_eq!(behind.body.lines().count(), count + 1, "{href}: {}", behind.body);
        }
    }
    let of_kind = |kind: &str, cells: &str| {
        let row = page.body.split("<tr").find(|it| it.contains(&format!(">{kind}</th>"))).unwrap();
        assert_eq!(row.matches("<td").count(), 2);
        let told: Vec<_> = row.split("\">").filter_map(|it| it.split("</td>").next()?.parse::<u32>().ok()).collect();
        assert_eq!(told, cells.split(' ').map(|it| it.parse().unwrap()).collect::<Vec<u32>>(), "{kind}: {row}");
    };
    of_kind("Kommunal koordinator", "1 2");
    of_kind("Barnekoordinator", "1 1");
    for it in ["Testdal", "Kim Koordinator", unread.reference.as_str()] {
        assert!(!page.body.contains(it), "numbers, and nobody: {it}");
    }

    // Where one goes when one asked for a page, and what one chooses.
    let mut asking = house.browser();
    let form = asking.get("/sign-in?next=/register").await;
    let fields = [("login", "kontakt"), ("password", PASSWORD), ("next", "/register")];
    assert_eq!(asking.post("/sign-in", &fields, &form).await.location(), "/register");
    let chosen = kontakt.post("/oversikt/start", &[("page", "inbox")], &page).await;
    assert_eq!(chosen.location(), "/oversikt?done=1");
    assert!(kontakt.get("/oversikt?done=1").await.body.contains("Det er husket"));
    assert_eq!(sign_in(&mut house.browser(), "kontakt").await, "/");
    assert_eq!(house.store.start_page(user.id).await.unwrap(), Some(StartPage::Inbox));
    let again = kontakt.get("/oversikt").await;
    kontakt.post("/oversikt/start", &[("page", "overview")], &again).await;
    assert_eq!(sign_in(&mut house.browser(), "kontakt").await, "/oversikt");

    // Who works with cases begins with them, and finds the numbers; who has no whole unit has none.
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    assert_eq!(sign_in(&mut house.browser(), "kari").await, "/");
    assert!(kari.get("/").await.body.contains("href=\"/oversikt\""));
    assert_eq!(kari.get("/oversikt").await.status, StatusCode::OK);
    let (mut member, _) = house.signed_in_as("medlem", Role::Member, "gjerstad").await;
    assert_eq!(sign_in(&mut house.browser(), "medlem").await, "/");
    assert_eq!(member.get("/oversikt").await.status, StatusCode::FORBIDDEN);
    assert!(!member.get("/").await.body.contains("href=\"/oversikt\""));
}

/// seed: L-06
#[tokio::test]
async fn it_is_told_when_a_coordinator_was_last_contacted_and_no_patient_is_named() {
    let house = House::new().await;
    let (mut system, _) = house.signed_in_as("system", Role::SystemCoordinator, "gjerstad").await;
    let one = house.plant(Plant::default()).await;
    act(&house, &one, Act::Open, Duration::ZERO).await;
    act(&house, &one, Act::Take, Duration::ZERO).await;
    appoint(&house, &one, 1, "Kim Koordinator", CoordinatorKind::Municipal).await;
    let place = "/register/coordinators/contact";
    let page = system.get("/register/coordinators").await;
    assert!(page.body.contains("Sist kontaktet"));
    let value = |name: &str| {
        let rest = page.body.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap();
        rest.split('"').next().unwrap().to_owned()
    };
    let (unit, who) = (value("unit"), value("who"));
    for (on, expected) in [
        ("2026-10-03", StatusCode::SEE_OTHER),
        ("2026-10-01", StatusCode::SEE_OTHER),
        ("2026-12-24", StatusCode::UNPROCESSABLE_ENTITY),
    ] {
        let given = [("unit", unit.as_str()), ("who", who.as_str()), ("on", on)];
        assert_eq!(system.post(place, &given, &page).await.status, expected, "{on}");
    }
    let elsewhere = [("unit", "karmoy"), ("who", who.as_str()), ("on", "2026-10-04")];
    assert_eq!(system.post(place, &elsewhere, &page).await.status, StatusCode::FORBIDDEN, "not for another unit");
    let nobody = [("unit", unit.as_str()), ("who", "AAAA"), ("on", "2026-10-04")];
    assert_eq!(system.post(place, &nobody, &page).await.status, StatusCode::NOT_FOUND, "not for a stranger");

    let after = system.get("/register/coordinators").await;
    assert!(after.body.contains("3. oktober 2026"), "an earlier day changes nothing: {}", after.body);
    let csv = system.get("/register/coordinators.csv").await.body;
    assert!(csv.lines().next().unwrap().ends_with(";Sist kontaktet"), "{csv}");
    assert!(csv.lines().nth(1).unwrap().ends_with(";2026-10-03"), "{csv}");
    for body in [&after.body, &csv] {
        assert!(!body.contains("Testdal") && !body.contains(&one.reference), "no patient and no case");
    }
}
