//! Statistics, which hide what is few, and the report for leaders.

use super::DAY;
use super::TODAY;
use super::act;
use super::appoint;
use super::appoint_from;
use super::by;
use super::text;
use crate::domain::Act;
use crate::domain::AgeGroup;
use crate::domain::AnswerKind;
use crate::domain::AnswerWay;
use crate::domain::CaseOutcome;
use crate::domain::CoordinatorKind;
use crate::domain::Improvement;
use crate::domain::ItemId;
use crate::domain::LiftReason;
use crate::domain::LiftStep;
use crate::domain::LiftTo;
use crate::domain::Membership;
use crate::domain::Role;
use crate::domain::TransferTarget;
use crate::domain::UnitId;
use crate::domain::UnmetNeed;
use crate::inbox::tests::support::*;
use crate::storage::Acted;
use crate::storage::CaseStore;
use crate::storage::Deed;
use axum::http::StatusCode;
use serde_json::Value;
use serde_json::json;
use std::collections::BTreeMap;
use std::time::Duration;
use uuid::Uuid;

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
    assert!(senders.contains("Ingen tall som kan vises"), "one is not told: {senders}");
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

/// Two of the first quarter are hidden. Nine of the year less those of the second would be them.
#[tokio::test]
async fn what_one_quarter_hides_does_not_follow_from_the_year_and_the_others() {
    let house = House::new().await;
    let (mut leader, _) = house.signed_in_as("leder", Role::Leader, "gjerstad").await;
    // To January, and to April.
    for (days, schools, services) in [(100, 6, 2), (80, 8, 7)] {
        house.clock.advance(DAY * days);
        for (reporter, number) in [("SKOLE", schools), ("PPT", services)] {
            for _ in 0..number {
                house.plant(Plant { reporter: Some(reporter), ..Plant::default() }).await;
            }
        }
    }
    let form = leader.get("/sign-in").await;
    leader.post("/sign-in", &[("login", "leder"), ("password", PASSWORD)], &form).await;

    let mut told = Vec::new();
    for period in ["", "&quarter=1", "&quarter=2", "&quarter=3"] {
        let body = leader.get(&format!("/statistikk.json?year=2027{period}")).await.body;
        let json: Value = serde_json::from_str(&body).unwrap_or_else(|_| panic!("{body}"));
        let table = &json["counts"]["reporter"];
        let rows: Vec<_> = table["rows"].as_array().unwrap().iter().map(|it| it["count"].as_u64()).collect();
        told.push((rows, table["total"].as_u64()));
    }

    assert_eq!(told[0], (vec![Some(14), Some(9)], Some(23)), "the year is told");
    assert_eq!(told[1], (vec![None, None], Some(8)));
    assert_eq!(told[2], (vec![None, None], Some(15)), "or the first could be calculated");
    assert_eq!(told[3], (Vec::new(), Some(0)));
}
