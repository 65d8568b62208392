//! The register, the coordinators, and the statistics.

use super::support::*;
use crate::domain::Act;
use crate::domain::Acting;
use crate::domain::AgeGroup;
use crate::domain::AnswerKind;
use crate::domain::AnswerWay;
use crate::domain::Authority;
use crate::domain::CaseOutcome;
use crate::domain::Colleague;
use crate::domain::Coordinator;
use crate::domain::CoordinatorDuty;
use crate::domain::CoordinatorKind;
use crate::domain::Improvement;
use crate::domain::ItemId;
use crate::domain::LiftReason;
use crate::domain::LiftStep;
use crate::domain::LiftTo;
use crate::domain::Membership;
use crate::domain::Overlap;
use crate::domain::PlanStatus;
use crate::domain::Redacted;
use crate::domain::Role;
use crate::domain::StartPage;
use crate::domain::TransferTarget;
use crate::domain::UnitId;
use crate::domain::UnmetNeed;
use crate::storage::Acted;
use crate::storage::CaseStore;
use crate::storage::Deed;
use crate::storage::PeopleStore as _;
use axum::http::StatusCode;
use jiff::civil::Date;
use jiff::civil::date;
use serde_json::Value;
use serde_json::json;
use std::collections::BTreeMap;
use std::time::Duration;
use uuid::Uuid;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);
/// The day on which the house's clock begins.
const TODAY: Date = date(2026, 10, 5);
const MONTH_BEFORE: Date = date(2026, 9, 1);

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
        assert_eq!(json["rows"][0]["reference"], one.reference);
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
        let persons = if *kind == CoordinatorKind::Municipal { "3" } else { "1" };
        assert_eq!(json["rows"][0]["persons_today"], persons);
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

/// Opened after one day, answered after 1, 2, 3, 4, 5 and 9, closed a day later; the slower unit is first.
///
/// seed: H-17, H-18, H-19, H-44, K-26, K-28, L-15, R-09
/// seed in part: G-12
#[tokio::test]
async fn known_times_give_known_medians_and_few_are_not_told() {
    let house = House::new().await;
    let (mut leader, user) = house.signed_in_as("leder", Role::Leader, "gjerstad").await;
    house.grant(&user, Membership { role: Role::Leader, ..membership("risor") }).await;
    for (number, days) in [1_u32, 2, 3, 4, 5, 9].into_iter().enumerate() {
        let one = house.plant(Plant::default()).await;
        act(&house, &one, Act::Open, DAY).await;
        for deed in [
            Act::Take,
            Act::FlagUnmetNeed { need: Some(UnmetNeed::RespiteCare) },
            Act::Answer { kind: AnswerKind::Message, text: text("Vi ringer."), way: AnswerWay::Telephone, basis: None },
            Act::Archive { reference: text("2026/17") },
            Act::Decide { outcome: CaseOutcome::Advised, on: TODAY, text: None },
        ] {
            act(&house, &one, deed, DAY * days).await;
        }
        act(&house, &one, Act::Close, DAY * (days + 1)).await;
        if number < 2 {
            let slow = house.plant(Plant { unit: "risor", ..Plant::default() }).await;
            assert!(slow.reference != one.reference);
        }
    }
    for _ in 0..4 {
        house.plant(Plant { unit: "risor", ..Plant::default() }).await;
    }
    // Every session has ended by then.
    house.clock.advance(DAY * 60);
    let form = leader.get("/sign-in").await;
    leader.post("/sign-in", &[("login", "leder"), ("password", PASSWORD)], &form).await;

    let body = leader.get("/statistikk.json?year=2026&quarter=4").await.body;
    let json: Value = serde_json::from_str(&body).unwrap_or_else(|_| panic!("{body}"));

    let units = &json["median_days"]["units"];
    assert_eq!(units[0]["of"], "risor", "the slowest first: {units}");
    assert_eq!((&units[0]["overdue"], &units[0]["unread"], &units[0]["waited"]), (&json!(6), &json!(6), &json!(60.0)));
    let fast = &units[1];
    assert_eq!((&fast["opened"], &fast["answered"], &fast["closed"]), (&json!(1.0), &json!(3.5), &json!(4.5)));
    assert_eq!(fast["coordinator"], Value::Null);
    let unmet = json["counts"]["unmet_need"]["rows"].as_array().unwrap();
    assert!(unmet.iter().any(|it| it["of"] == "Avlastning" && it["count"] == 6), "{unmet:?}");
    assert_eq!(json["counts"]["unmet_need"]["total"], 12);
    assert_eq!(json["counts"]["sender"]["rows"][0], json!({ "of": "Eksempel sykehus HF", "count": 12 }));
    let few = house.plant(Plant { unit: "risor", ..Plant::default() }).await;
    let flag = Act::FlagImprovement { improvement: Improvement::Yes, text: None };
    let unmet = Act::FlagUnmetNeed { need: Some(UnmetNeed::Housing) };
    for flagged in [Act::Open, Act::Take, flag, unmet] {
        let units = vec![UnitId("risor".to_owned())];
        let deed = Deed { item: few.item, units, act: flagged, by: by(Duration::ZERO), version: None };
        assert!(matches!(house.store.act_on_case(&deed).await.unwrap(), Acted::Done { .. }));
    }

    let page = leader.get("/statistikk").await;
    let csv = leader.get("/statistikk.csv").await;

    assert!(csv.body.contains("Ja;–") && csv.body.contains("Nei;–"), "one of thirteen: {}", csv.body);
    assert!(csv.body.lines().any(|it| it == "Bolig;–"), "one unmet need: {}", csv.body);
    let unmet = page.body.split("<tr").find(|it| it.contains(">Bolig</th>")).unwrap();
    assert!(unmet.contains(">–</td>"), "{unmet}");
    assert!(page.body.contains("<svg class=\"bar\"") && page.body.contains("data-print"), "{}", page.body);
    for body in [&page.body, &csv.body, &json.to_string()] {
        assert!(!body.contains("Testdal") && !body.contains(&few.reference), "nobody is named");
    }
    assert_eq!(leader.get("/statistikk?year=1999").await.status, StatusCode::NOT_FOUND);
}

/// Six are closed as clarified in the service area and five as granted: saved, found by it, and counted by it.
///
/// seed: K-11, L-18
#[tokio::test]
async fn what_came_of_cases_is_saved_found_and_counted() {
    let house = House::new().await;
    let (mut kari, user) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let (mut leader, _) = house.signed_in_as("leder", Role::Leader, "gjerstad").await;
    let mut closed = Vec::new();
    for outcome in [["AVKLART_I_TJENESTEOMRADET"; 6].as_slice(), &["INNVILGET"; 5]].concat() {
        let one = house.plant(Plant::default()).await;
        act(&house, &one, Act::Open, Duration::ZERO).await;
        for deed in [Act::Take, Act::Archive { reference: text("2026/17") }] {
            act(&house, &one, deed, Duration::ZERO).await;
        }
        closed.push((one, outcome));
    }
    // The first of each by hand, as a person does it.
    for number in [0, 6] {
        let (one, outcome) = &closed[number];
        let path = format!("/items/{}", one.item);
        house.give(one, "gjerstad", &user).await;
        let form = kari.get(&format!("{path}/do/decided")).await;
        let fields = [("outcome", *outcome), ("on", "2026-10-05"), ("text", "")];
        assert_eq!(kari.post(&format!("{path}/do/decided"), &fields, &form).await.status, StatusCode::SEE_OTHER);
        let page = kari.get(&path).await;
        let done = kari.post(&format!("{path}/close"), &[], &page).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    }
    for (number, (one, outcome)) in closed.iter().enumerate() {
        if number != 0 && number != 6 {
            let outcome = CaseOutcome::from_code(outcome).unwrap();
            act(&house, one, Act::Decide { outcome, on: TODAY, text: None }, Duration::ZERO).await;
            act(&house, one, Act::Close, Duration::ZERO).await;
        }
    }

    let json = leader.get("/statistikk.json?year=2026&quarter=4").await.body;
    let json: Value = serde_json::from_str(&json).unwrap();
    let csv = leader.get("/statistikk.csv?year=2026&quarter=4").await.body;
    for (code, word, count) in
        [("AVKLART_I_TJENESTEOMRADET", "Avklart i tjenesteområdet", 6), ("INNVILGET", "Innvilget", 5)]
    {
        let rows = json["counts"]["outcome"]["rows"].as_array().unwrap();
        let told: Vec<_> = rows.iter().filter(|it| it["of"] == word).map(|it| &it["count"]).collect();
        assert_eq!(told, [&json!(count)], "{word}: {rows:?}");
        assert!(csv.lines().any(|it| it == format!("{word};{count}")), "{csv}");
        let found = leader.get(&format!("/register.csv?outcome={code}")).await.body;
        assert_eq!(found.lines().count(), count + 1, "{found}");
        for (one, outcome) in &closed {
            assert_eq!(found.contains(&one.reference), *outcome == code, "{code}");
        }
    }
    assert_eq!(json["counts"]["outcome"]["total"], 11);
}

/// Made by the sender 1, 1, 2, 3, 4 and 9 days before it came, registered after 1 to 6 days, and with a coordinator from the
/// first to the sixth day after; and five that nobody coordinates.
///
/// seed: G-08
#[tokio::test]
async fn it_is_told_how_long_each_step_takes_and_how_many_open_cases_have_no_coordinator() {
    let house = House::new().await;
    let (mut leader, _) = house.signed_in_as("leder", Role::Leader, "gjerstad").await;
    for (number, days) in [1, 1, 2, 3, 4, 9].into_iter().enumerate() {
        let one = house.plant(Plant { days_under_way: Some(days), ..Plant::default() }).await;
        let nth = u32::try_from(number).unwrap() + 1;
        for deed in [Act::Open, Act::Take, Act::Confirm] {
            act(&house, &one, deed, DAY * nth).await;
        }
        let from = TODAY.saturating_add(jiff::Span::new().days(i64::from(nth)));
        appoint_from(&house, &one, u128::from(nth), "Kim Koordinator", CoordinatorKind::Municipal, from).await;
    }
    for _ in 0..4 {
        house.plant(Plant::default()).await;
    }
    // One whose coordinator has stopped has none.
    let left = house.plant(Plant::default()).await;
    act(&house, &left, Act::Open, DAY).await;
    act(&house, &left, Act::Take, DAY).await;
    appoint(&house, &left, 77, "Siv Koordinator", CoordinatorKind::Municipal).await;
    let end = Act::EndCoordinator { coordinator: Uuid::from_u128(77), last_day: TODAY, why: None };
    act(&house, &left, end, DAY).await;
    house.clock.advance(DAY * 30);
    let form = leader.get("/sign-in").await;
    leader.post("/sign-in", &[("login", "leder"), ("password", PASSWORD)], &form).await;

    let json = leader.get("/statistikk.json?year=2026&quarter=4").await.body;
    let json: Value = serde_json::from_str(&json).unwrap();
    let csv = leader.get("/statistikk.csv?year=2026&quarter=4").await.body;

    for of in ["everything", "units"] {
        let told = &json["median_days"][of][0];
        assert_eq!((&told["receipt"], &told["registered"]), (&json!(2.5), &json!(3.5)), "{of}: {told}");
        // From ten in the morning to midnight, three and four times: 2.6 and 3.6. One had a coordinator before it came.
        assert_eq!((&told["coordinator"], &told["cases"]), (&json!(2.6), &json!(11)), "{of}: {told}");
        assert_eq!(told["without_coordinator"], 5, "{of}: {told}");
    }
    let columns = csv.lines().find(|it| it.contains("Til registrert")).unwrap();
    let at = |name: &str| columns.split(';').position(|it| it == name).unwrap_or_else(|| panic!("{name}: {columns}"));
    let row: Vec<_> = csv.lines().find(|it| it.starts_with("Alle saker;")).unwrap().split(';').collect();
    for (name, expected) in [
        ("Fra laget til kvittert", "2,5"),
        ("Til registrert", "3,5"),
        ("Til koordinator", "2,6"),
        ("Uten hovedkoordinator", "5"),
    ] {
        assert_eq!(row[at(name)], expected, "{name}: {csv}");
    }
    assert!(leader.get("/register?list=gap").await.body.contains("Uten hovedkoordinator <span class=\"count\">(5)"));
    let page = leader.get("/statistikk").await.body;
    assert!(page.contains("Fra laget til kvittert") && page.contains("Til registrert"), "{page}");
}

/// A table each of sectors, ages and transfers, in every file; what is under five is told in none of them.
///
/// seed: G-09
#[tokio::test]
async fn the_export_has_rows_of_sector_age_and_transfer_and_hides_what_is_under_five() {
    let house = House::new().await;
    let (mut leader, _) = house.signed_in_as("leder", Role::Leader, "gjerstad").await;
    let mut planted = Vec::new();
    for (reporter, age_group, number) in [
        ("SKOLE", AgeGroup::Child, 6),
        ("FASTLEGE", AgeGroup::Adult, 7),
        ("PPT", AgeGroup::Old, 3),
        ("BARNEVERN", AgeGroup::Old, 2),
    ] {
        for _ in 0..number {
            let plant = Plant { reporter: Some(reporter), age_group: Some(age_group), ..Plant::default() };
            planted.push(house.plant(plant).await);
        }
    }
    let offer = async |one: &Planted| {
        act(&house, one, Act::Open, DAY).await;
        act(&house, one, Act::Take, DAY).await;
        let (transfer, to) = (Uuid::now_v7(), TransferTarget::Unit(UnitId("risor".to_owned())));
        act(&house, one, Act::OfferTransfer { transfer, to, why: text("Flyttet.") }, DAY).await;
        transfer
    };
    let told = async |leader: &mut Browser, key: &str| {
        let json = leader.get("/statistikk.json?year=2026").await.body;
        let json: Value = serde_json::from_str(&json).unwrap();
        let rows = json["counts"][key]["rows"].as_array().unwrap().clone();
        let row = |it: &Value| (it["of"].as_str().unwrap().to_owned(), it["count"].as_u64());
        rows.iter().map(row).collect::<BTreeMap<_, _>>()
    };

    offer(&planted[0]).await;
    let few = told(&mut leader, "transfer").await;
    assert_eq!(few["Tilbudt til andre, uten svar ennå"], None, "one of eighteen: {few:?}");
    assert_eq!(few["Behandlet her"], None, "nor what it could be calculated from");
    for one in &planted[1..5] {
        offer(one).await;
    }
    for one in &planted[6..12] {
        let transfer = offer(one).await;
        let units = vec![UnitId("risor".to_owned())];
        let accept = Deed { item: ItemId(transfer), units, act: Act::AcceptTransfer, by: by(DAY), version: None };
        assert!(matches!(house.store.act_on_case(&accept).await.unwrap(), Acted::Done { .. }));
    }
    // What another has taken is counted there: seven of the general practitioners become one, and six come.
    for _ in 0..6 {
        let (reporter, age_group) = (Some("FASTLEGE"), Some(AgeGroup::Adult));
        house.plant(Plant { reporter, age_group, ..Plant::default() }).await;
    }

    let sectors = told(&mut leader, "reporter").await;
    assert_eq!((sectors["Grunnskole eller SFO"], sectors["Fastlege"]), (Some(6), Some(7)), "{sectors:?}");
    assert_eq!((sectors["Pedagogisk-psykologisk tjeneste"], sectors["Barnevern"]), (None, None), "{sectors:?}");
    let ages = told(&mut leader, "age_group").await;
    assert_eq!((ages["Under 18 år"], ages["18–66 år"], ages["67 år og eldre"]), (Some(6), Some(7), Some(5)));
    let transfers = told(&mut leader, "transfer").await;
    assert_eq!(transfers["Tilbudt til andre, uten svar ennå"], Some(5), "{transfers:?}");
    assert_eq!((transfers["Overført til andre"], transfers["Behandlet her"]), (Some(6), Some(13)), "{transfers:?}");
    let csv = leader.get("/statistikk.csv?year=2026").await.body;
    for line in [
        "Grunnskole eller SFO;6",
        "Fastlege;7",
        "Barnevern;–",
        "Pedagogisk-psykologisk tjeneste;–",
        "67 år og eldre;5",
        "Overført til andre;6",
    ] {
        assert!(csv.lines().any(|it| it.trim_end() == line), "{line}: {csv}");
    }
    for one in &planted {
        assert!(!csv.contains(&one.reference) && !csv.contains("Testdal"));
    }
}

async fn appoint(house: &House, planted: &Planted, id: u128, name: &str, kind: CoordinatorKind) {
    appoint_from(house, planted, id, name, kind, MONTH_BEFORE).await;
}

async fn appoint_from(house: &House, planted: &Planted, id: u128, name: &str, kind: CoordinatorKind, from: Date) {
    let coordinator = Coordinator {
        id: Uuid::from_u128(id),
        kind,
        duty: CoordinatorDuty::Main,
        name: text(name),
        staff: None,
        from,
        until: None,
        overlap: Overlap::Unsaid,
        decision: None,
    };
    act(house, planted, Act::AppointCoordinator { coordinator }, Duration::ZERO).await;
}

/// Does an act on a case in Gjerstad, so long after the beginning.
async fn act(house: &House, planted: &Planted, act: Act, after: Duration) {
    let units = vec![UnitId("gjerstad".to_owned())];
    let deed = Deed { item: planted.item, units, act, by: by(after), version: None };
    let acted = house.store.act_on_case(&deed).await.unwrap();
    assert!(matches!(acted, Acted::Done { .. }), "{acted:?}");
}

fn by(after: Duration) -> Acting {
    let who = Colleague { id: Uuid::from_u128(7), name: "Kari Prøve".to_owned() };
    Acting { who, authority: Authority::Own, at: start().plus(after) }
}

fn text(text: &str) -> Redacted<String> {
    Redacted::new(text.to_owned())
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

/// Six are told with a chart and a table, one is hidden in both.
///
/// seed: G-12, H-01, R-19
#[tokio::test]
async fn the_report_for_leaders_has_charts_beside_tables_and_hides_what_is_hidden() {
    let house = House::new().await;
    let (mut leader, _) = house.signed_in_as("leder", Role::Leader, "gjerstad").await;
    let mut last = None;
    for _ in 0..6 {
        let one = house.plant(Plant::default()).await;
        act(&house, &one, Act::Open, DAY).await;
        let flag =
            Act::FlagImprovement { improvement: Improvement::Yes, text: Some(text("Åse ble glemt i overgangen")) };
        act(&house, &one, flag, DAY).await;
        let (reason, step) = (LiftReason::NotSolvedOtherwise, LiftStep::Two);
        let to = LiftTo::Group { item: Uuid::now_v7(), group: UnitId("risor".to_owned()) };
        act(&house, &one, Act::Lift { to, reason, step, text: None }, DAY).await;
        last = Some(one);
    }

    let page = leader.get("/statistikk/rapport?year=2026").await;

    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    let body = &page.body;
    for key in ["everything", "units", "needs", "senders", "reporter", "age_group", "transfer", "improvement", "need"] {
        assert!(body.contains(&format!("id=\"part-{key}\"")), "{key}");
    }
    let charts = body.matches("<svg class=\"chart\"").count();
    assert!(charts >= 5, "{charts}");
    assert_eq!(body.matches(" role=\"img\" aria-labelledby=\"chart-").count(), charts);
    assert_eq!(body.matches("<desc id=\"about-").count(), charts);
    let improvement = body.split("id=\"part-improvement\"").nth(1).unwrap().split("</section>").next().unwrap();
    assert!(improvement.contains(">Ja</th>") && improvement.contains(">6</td>"), "{improvement}");
    let csv = leader.get("/statistikk.csv?year=2026").await.body;
    assert!(csv.lines().any(|it| it == "Ja;6"), "{csv}");
    let last = last.unwrap();
    for personal in ["Testdal", "glemt", &last.reference] {
        assert!(!csv.contains(personal), "{personal}: {csv}");
    }
    let steps = body.split("id=\"part-lift_step\"").nth(1).unwrap().split("</section>").next().unwrap();
    assert!(steps.contains(">Trinn II</th>") && steps.contains(">6</td>"), "{steps}");
    for personal in ["Testdal", "glemt", &last.reference] {
        assert!(!body.contains(personal), "{personal}");
    }
    house.plant(Plant { sender_name: "eksempel-skole", ..Plant::default() }).await;
    let after = leader.get("/statistikk/rapport?year=2026").await.body;
    let senders = after.split("id=\"part-sender\"").nth(1).unwrap().split("</section>").next().unwrap();
    assert!(senders.contains("eksempel-skole") && senders.contains(">–</td>"), "one is not told: {senders}");
    assert!(!senders.contains(">6</td>"), "nor what it could be calculated from");
    let (mut member, _) = house.signed_in_as("medlem", Role::Member, "gjerstad").await;
    assert_ne!(member.get("/statistikk/rapport").await.status, StatusCode::OK);
}

/// seed: K-27, R-15
#[tokio::test]
async fn a_case_is_told_without_anybody_in_it() {
    let house = House::new().await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let one = house.plant(Plant::default()).await;
    for deed in [
        Act::Open,
        Act::Take,
        Act::Comment { text: text("Ringte Åse på 99 88 77 66") },
        Act::Archive { reference: text("2026/17-3") },
        Act::Decide { outcome: CaseOutcome::Advised, on: TODAY, text: Some(text("Mor heter Berit")) },
    ] {
        act(&house, &one, deed, DAY * 9).await;
    }

    let path = format!("/items/{}/experience", one.item);
    let page = kari.get(&path).await;

    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    let main = page.body.split("<article").nth(1).unwrap().split("</article>").next().unwrap();
    assert!(main.contains("Barnekoordinator") && main.contains("Uke 2"), "{main}");
    let written =
        ["Testdal", "Åse", "Ringte", "99 88", "Berit", "2026", "sykehus", "Gjerstad", "Tjenestekontor", "Prøve"];
    for personal in written.into_iter().chain([one.reference.as_str(), "[", "05818530"]) {
        assert!(!main.contains(personal), "{personal}: {main}");
    }
    assert!(house.actions(&one).await.contains(&"experience_viewed".to_owned()));
    let unopened = house.plant(Plant::default()).await;
    assert_ne!(kari.get(&format!("/items/{}/experience", unopened.item)).await.status, StatusCode::OK);
    let (mut leader, _) = house.signed_in_as("leder", Role::Leader, "gjerstad").await;
    assert_ne!(leader.get(&path).await.status, StatusCode::OK, "who may not read the case");
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
            let head = page.split("<thead").nth(1).map(|it| it.split("</thead>").next().unwrap());
            let Some(head) = head else { continue };
            assert_eq!(head.matches("scope=\"col\"").count(), columns + 1, "{list}: {head}");
        }
        let page = leader.get("/register").await.body;
        let row = page.split("<tbody").nth(1).unwrap();
        assert!(row.contains(&planted.reference) && row.contains("<details class=\"row-more\">"), "{row}");
        assert!(row.contains(&format!("<summary>{more}<span class=\"hidden-text\"> – {}", planted.reference)), "{row}");
        let rest = row.split("<dl>").nth(1).unwrap().split("</dl>").next().unwrap();
        assert!(rest.contains(&format!("<dt>{sender}</dt><dd>Eksempel sykehus HF</dd>")), "{rest}");
        assert!(!rest.contains("<dd></dd>"), "what there is nothing to say of is not said: {rest}");
    }
    let csv = leader.get("/register.csv").await.body;
    assert!(csv.lines().next().unwrap().split([',', ';']).count() > 18, "the files have everything: {csv}");
}
