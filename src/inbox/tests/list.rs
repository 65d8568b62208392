//! Finding reports: the one search, what a list is narrowed to, what looks alike, and news while a list is open.

use super::support::Answer;
use super::support::Browser;
use super::support::House;
use super::support::Plant;
use super::support::membership;
use super::support::plain;
use crate::domain::Act;
use crate::domain::Acting;
use crate::domain::Authority;
use crate::domain::Colleague;
use crate::domain::Membership;
use crate::domain::PlanStatus;
use crate::domain::ReporterCategory;
use crate::domain::Role;
use crate::domain::TeamStatus;
use crate::domain::UnitId;
use crate::inbox::InboxConfig;
use crate::storage::Acted;
use crate::storage::CaseStore;
use crate::storage::Deed;
use axum::body::Body;
use axum::http::Request;
use axum::http::StatusCode;
use axum::http::header;
use http_body_util::BodyExt as _;
use jiff::civil::date;
use std::time::Duration;
use tower::ServiceExt as _;
use uuid::Uuid;

const PERSON_ID: &str = "05818530120";
const OTHER_PERSON_ID: &str = "05818530392";

/// Posts the search, and goes where it leads.
async fn search(browser: &mut Browser, text: &str) -> Answer {
    let form = browser.get("/search").await;
    let answer = browser.post("/search", &[("q", text)], &form).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{text}: {}", answer.body);
    let to = answer.location().to_owned();
    let page = browser.get(&to).await;
    assert!(!page.body.contains(&format!("value=\"{text}\"")), "what was typed is not repeated");
    page
}

#[tokio::test]
async fn a_report_is_found_by_name_number_sender_and_any_id_and_only_in_ones_own_units() {
    let house = House::new().await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let (mut ola, _) = house.signed_in("ola", "Ola Døme", &["risor"]).await;
    let planted = house
        .plant(Plant {
            person_id: Some(PERSON_ID.to_owned()),
            ids: &["dokument-17", "samtale-17"],
            sender: "Eksempel barnehage, Avdeling Tyttebær".to_owned(),
            ..Plant::default()
        })
        .await;
    house.plant(Plant { name: "Ola Oppdiktet".to_owned(), ..Plant::default() }).await;

    for text in ["aase testdal", "058185 30120", "Tyttebær"] {
        let page = search(&mut kari, text).await;
        assert!(page.body.contains(&planted.reference), "{text}: {}", page.body);
        assert!(!page.body.contains("Oppdiktet"), "{text}");
        let elsewhere = search(&mut ola, text).await;
        assert!(elsewhere.body.contains("Ingen meldinger som du har tilgang til"), "{text}");
    }
    assert_eq!(search(&mut kari, "310 000 108").await.body.matches("class=\"link reference\"").count(), 2);
    let form = kari.get("/search").await;
    for id in ["dokument-17", "SAMTALE-17", &planted.message.to_string(), &format!("{{{}}}", planted.message)] {
        let answer = kari.post("/search", &[("q", id)], &form).await;
        assert_eq!(answer.location(), format!("/items/{}", planted.item), "{id}");
    }
    for plain in [planted.reference.clone(), planted.message.to_string()] {
        assert_eq!(kari.get(&format!("/search?q={plain}")).await.location(), format!("/items/{}", planted.item));
    }
    for personal in [PERSON_ID, "Testdal", "Margrethe"] {
        assert_eq!(kari.get(&format!("/search?q={personal}")).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
}

#[tokio::test]
async fn a_search_for_a_person_leaves_no_value_anywhere_and_a_line_in_the_journal() {
    let house = House::new().await;
    let (mut kari, user) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let (mut ola, _) = house.signed_in("ola", "Ola Døme", &["gjerstad"]).await;
    house.plant(Plant { person_id: Some(PERSON_ID.to_owned()), ..Plant::default() }).await;
    let form = kari.get("/search").await;

    let answer = kari.post("/search", &[("q", PERSON_ID)], &form).await;
    let by_number = answer.location().to_owned();
    kari.get(&by_number).await;
    search(&mut kari, "Åse Testdal").await;

    assert!(!by_number.contains(PERSON_ID) && by_number.len() < 60);
    assert_eq!(ola.get(&by_number).await.status, StatusCode::NOT_FOUND, "a handle holds in its own session");
    house.clock.advance(Duration::from_secs(15 * 60));
    assert_eq!(kari.get(&by_number).await.status, StatusCode::NOT_FOUND, "and not for long");
    let searched: Vec<_> = house.journal().await.into_iter().filter(|it| it.action == "searched").collect();
    let details: Vec<_> = searched.iter().map(|it| it.detail.as_str()).collect();
    assert_eq!(details, ["by identity number, 1", "by name, 1"]);
    assert!(searched.iter().all(|it| it.actor_id == user.id.to_string() && it.message.is_none()));
}

#[tokio::test]
async fn a_graded_case_is_found_only_by_the_cleared_and_its_row_stays_hidden() {
    let house = House::new().await;
    let (mut kari, _) = house.signed_in_as("kari", Role::CaseWorker, "gjerstad").await;
    let (mut liv, user) = house.signed_in_as("liv", Role::CaseWorker, "gjerstad").await;
    house.clear(&user, "gjerstad").await;
    let graded = Plant { protected: true, person_id: Some(PERSON_ID.to_owned()), ..Plant::default() };
    let planted = house.plant(graded).await;

    for text in [PERSON_ID, "Åse Testdal"] {
        assert!(!search(&mut kari, text).await.body.contains(&planted.reference), "{text}");
        let page = search(&mut liv, text).await;
        assert!(page.body.contains(&planted.reference), "{text}");
        assert!(!page.body.contains("Åse") && !page.body.contains("sykehus HF"), "{text}");
    }
    assert!(!search(&mut liv, "Medisinsk avdeling").await.body.contains(&planted.reference));
    assert!(!liv.get("/?tab=unit&sender=eksempel-sykehus").await.body.contains(&planted.reference));
    assert!(liv.get("/?tab=unit").await.body.contains(&planted.reference));
}

/// Every kind is in one list with its kind, and each can be listed by itself.
///
/// seed in part: K-09
#[tokio::test]
async fn all_kinds_are_in_one_list_with_a_column_that_says_which() {
    let house = House::new().await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let kinds = [
        ("BEHOV", "Behov"),
        ("MULIG_BEHOV_HABREHAB", "Mulig behov"),
        ("ANSVARSGRUPPE", "Ansvarsgruppe"),
        ("ENDRET_BEHOV", "Endret behov"),
        ("SPORSMAL", "Spørsmål"),
        ("TILBAKETREKK", "Tilbaketrekking"),
        ("BEHOV_FOR_PLAN_ELLER_KOORDINATOR", "Dialogmelding"),
        ("PLO_BEHOV", "Pleie- og omsorgsmelding"),
    ];
    for (kind, _) in kinds {
        house.plant(Plant { kind, ..Plant::default() }).await;
    }

    let list = kari.get("/").await;

    assert!(list.body.contains("scope=\"col\">Type</th>"));
    for (kind, word) in kinds {
        assert_eq!(list.body.matches(&format!("data-label=\"Type\">{word}</td>")).count(), 1, "{kind}");
        let one = kari.get(&format!("/?kind={kind}")).await;
        assert_eq!(one.body.matches("data-label=\"Type\"").count(), 1, "{kind}");
        assert!(one.body.contains("Ufordelt <span class=\"count\" data-tab=\"unassigned\">(1)</span>"));
    }
}

/// One report by each kind of reporter that is a person: kept, listed by itself and with a chip that takes it away.
///
/// seed: G-26
#[tokio::test]
async fn reports_from_the_person_next_of_kin_guardian_and_services_are_filtered() {
    let house = House::new().await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let kinds = [
        ReporterCategory::PersonSelf,
        ReporterCategory::NextOfKin,
        ReporterCategory::LegalGuardian,
        ReporterCategory::HomeCare,
    ];
    let mut planted = Vec::new();
    for kind in kinds {
        planted.push(house.plant(Plant { reporter: Some(kind.code()), ..Plant::default() }).await);
    }

    for (kind, one) in kinds.into_iter().zip(&planted) {
        let page = kari.get(&format!("/?tab=unit&sector={}", kind.code())).await;
        for other in &planted {
            assert_eq!(page.body.contains(&other.reference), other.reference == one.reference, "{kind:?}");
        }
        assert!(page.body.contains("class=\"chip\" href=\"/?tab=unit\""), "{}", page.body);
    }
}

/// Each side of a need is kept and filtered.
///
/// seed: H-51
#[tokio::test]
async fn needs_are_filtered_by_social_psychosocial_and_medical() {
    let house = House::new().await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let social = house.plant(Plant { dimensions: &["SOSIAL"], ..Plant::default() }).await;
    let psychosocial = house.plant(Plant { dimensions: &["PSYKOSOSIAL"], ..Plant::default() }).await;
    let medical = house.plant(Plant { dimensions: &["SOSIAL", "MEDISINSK"], ..Plant::default() }).await;

    for (code, expected) in
        [("SOSIAL", [true, false, true]), ("PSYKOSOSIAL", [false, true, false]), ("MEDISINSK", [false, false, true])]
    {
        let page = kari.get(&format!("/?dimension={code}")).await;
        let found = [&social, &psychosocial, &medical].map(|it| page.body.contains(&it.reference));
        assert_eq!(found, expected, "{code}");
    }
}

/// The plan and the team around the person are set with their days, and listed by.
///
/// seed: L-05
#[tokio::test]
async fn cases_are_filtered_by_plan_team_and_coordinator() {
    let house = House::new().await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let (with, without) = (house.plant(Plant::default()).await, house.plant(Plant::default()).await);
    for act in [
        Act::Open,
        Act::Take,
        Act::SetPlan { status: PlanStatus::Active, on: date(2026, 10, 1) },
        Act::SetTeam { status: TeamStatus::Planned, on: date(2026, 10, 2), members: None },
    ] {
        let who = Colleague { id: Uuid::from_u128(7), name: "Ola Døme".to_owned() };
        let by = Acting { who, authority: Authority::Own, at: super::support::start() };
        let deed = Deed { item: with.item, units: vec![UnitId("gjerstad".to_owned())], act, by, version: None };
        assert!(matches!(house.store.act_on_case(&deed).await.unwrap(), Acted::Done { .. }));
    }

    for (query, expected) in [
        ("plan=VIRKSOM", [true, false]),
        ("plan=AVSLUTTET", [false, false]),
        ("team=PLANLAGT", [true, false]),
        ("plan=VIRKSOM&team=AKTIV", [false, false]),
        ("coordinator=no", [true, true]),
        ("coordinator=yes", [false, false]),
        ("status=taken", [true, false]),
    ] {
        let page = kari.get(&format!("/?tab=unit&{query}")).await;
        assert_eq!([&with, &without].map(|it| page.body.contains(&it.reference)), expected, "{query}");
    }
}

/// Who has the role in the coordinating unit inside the larger office sees its cases there; who has none does not.
///
/// seed: K-02
#[tokio::test]
async fn a_unit_inside_a_larger_office_is_a_filter_for_those_who_have_the_role() {
    let house = House::new().await;
    let (mut both, user) = house.signed_in_as("both", Role::CaseWorker, "gjerstad").await;
    house.grant(&user, membership("risor")).await;
    let (mut office, _) = house.signed_in_as("office", Role::CaseWorker, "gjerstad").await;
    let in_office = house.plant(Plant::default()).await;
    let in_unit = house.plant(Plant { unit: "risor", ..Plant::default() }).await;

    let page = both.get("/?unit=risor").await;
    assert!(page.body.contains(&in_unit.reference) && !page.body.contains(&in_office.reference));
    assert!(page.body.contains("(1)</span>"));
    assert!(both.get("/").await.body.contains(&in_office.reference));
    assert_eq!(office.get("/?unit=risor").await.status, StatusCode::NOT_FOUND);
    let page = office.get("/").await;
    assert!(!page.body.contains(&in_unit.reference) && page.body.contains(&in_office.reference));
}

#[tokio::test]
async fn paging_keeps_the_filter_and_the_chips_lead_back() {
    let house = House::with(InboxConfig { rows_max: 2, ..plain() }).await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    for number in 0..5 {
        house.plant(Plant { urgent: number != 2, ..Plant::default() }).await;
    }

    let mut path = "/?tab=unit&urgent=yes&need=IP".to_owned();
    let mut seen = 0;
    for _ in 0..2 {
        let page = kari.get(&path).await;
        seen += page.body.matches("<tr role=\"row\" class=\"is-urgent\"").count();
        assert!(page.body.contains("Enhetens <span class=\"count\" data-tab=\"unit\">(4)</span>"));
        assert!(page.body.contains("href=\"/?tab=unit&#38;need=IP\"") || page.body.contains("/?tab=unit&amp;need=IP"));
        let mut links = page.body.split("href=\"").filter_map(|it| it.split('"').next());
        let Some(next) = links.find(|it| it.contains("after=")) else { break };
        path = next.replace("&#38;", "&").replace("&amp;", "&");
        assert!(path.contains("urgent=yes") && path.contains("need=IP"), "{path}");
    }
    assert_eq!(seen, 4);
    for wrong in ["need=X", "urgent=maybe", "handler=7", "due=soon", "municipality=x", "kind=y"] {
        assert_eq!(kari.get(&format!("/?{wrong}")).await.status, StatusCode::NOT_FOUND, "{wrong}");
    }
}

#[tokio::test]
async fn what_looks_alike_is_told_on_the_reports_page() {
    let house = House::new().await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let (mut ola, _) = house.signed_in("ola", "Ola Døme", &["risor"]).await;
    let born = Some(date(1985, 1, 5));
    let one = Plant { person_id: Some(PERSON_ID.to_owned()), born, ..Plant::default() };
    let first = house.plant(one).await;
    let other = Plant {
        person_id: Some(OTHER_PERSON_ID.to_owned()),
        born,
        sender: "Eksempel skole".to_owned(),
        ..Plant::default()
    };
    let twin = house.plant(other).await;
    let again = house.plant(Plant { name: "Ola Oppdiktet".to_owned(), ..Plant::default() }).await;
    let twice = house.plant(Plant { person_id: Some(PERSON_ID.to_owned()), born, ..Plant::default() }).await;
    let other =
        Plant { name: "Kari Konstruert".to_owned(), person_id: Some(OTHER_PERSON_ID.to_owned()), ..Plant::default() };
    let patient = house.plant(other).await;
    house.plant(Plant { unit: "risor", born, ..Plant::default() }).await;

    let path = format!("/items/{}", first.item);
    let list = kari.get("/").await;
    kari.post(&format!("{path}/open"), &[], &list).await;
    let page = kari.get(&path).await;

    let (before, alike) = page.body.split_once("id=\"alike-heading\"").unwrap();
    let (double, alike) = alike.split_once("Samme navn og fødselsdato").unwrap();
    // The one that may have been sent twice is about the same person: marked there, and told of once.
    let same = before.split("id=\"earlier-heading\"").nth(1).unwrap();
    assert!(same.contains("Kan være sendt to ganger</span>") && same.contains(&twice.reference), "{same}");
    assert!(!double.contains(&twice.reference) && !alike.contains(&twice.reference), "{double}");
    assert!(!page.body.contains(&patient.reference), "another patient of the same hospital is not alike");
    let (person, day) = alike.split_once("Samme avsender, dag og behov").unwrap();
    assert!(person.contains(&twin.reference));
    assert!(day.contains(&again.reference) && !day.contains(&twin.reference));
    assert_eq!(ola.get(&path).await.status, StatusCode::NOT_FOUND);
}

/// A page that is full of long names weighs less than a hundred kilobytes.
#[tokio::test]
async fn a_full_page_of_long_names_weighs_under_a_hundred_kilobytes() {
    let house = House::new().await;
    let (mut kari, user) = house.signed_in("kari", "Kari Prøve", &["gjerstad", "risor"]).await;
    house.clear(&user, "gjerstad").await;
    let name = "Maximiliane-Aleksandra Wilhelmina von Oppdiktet-Prøvesen".to_owned();
    for _ in 0..60 {
        let sender = "Sørlandet øvingssykehus HF, Avdeling for barne- og ungdomspsykiatri".to_owned();
        house.plant(Plant { name: name.clone(), urgent: true, sender, ..Plant::default() }).await;
    }

    for path in ["/", "/?tab=unit&urgent=yes&need=IP&dimension=SOSIAL", "/?tab=unit&urgent=yes"] {
        let page = kari.get(path).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.body.len() < 100_000, "{path}: {} bytes", page.body.len());
    }
    let found = search(&mut kari, "Maximiliane Oppdiktet").await;
    assert_eq!(found.body.matches("is-urgent").count(), 50);
    assert!(found.body.len() < 100_000, "{} bytes", found.body.len());
}

/// A browser that listens, frame by frame.
struct Listening(Body);

impl Listening {
    async fn begin(house: &House, browser: &Browser, path: &str) -> Result<Self, StatusCode> {
        let cookies: Vec<_> = browser.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = Request::get(path).header(header::COOKIE, cookies.join("; ")).body(Body::empty()).unwrap();
        let answer = house.router.clone().oneshot(request).await.unwrap();
        if answer.status() != StatusCode::OK {
            return Err(answer.status());
        }
        assert_eq!(answer.headers()[header::CONTENT_TYPE], "text/event-stream");
        Ok(Self(answer.into_body()))
    }

    /// The next thing that is told; `None`: the stream has ended.
    async fn next(&mut self) -> Option<String> {
        let frame = tokio::time::timeout(Duration::from_secs(30), self.0.frame()).await.unwrap()?;
        Some(String::from_utf8(frame.unwrap().into_data().unwrap().to_vec()).unwrap())
    }
}

#[tokio::test]
async fn an_open_list_is_told_of_what_is_new_in_numbers_only() {
    let house = House::new().await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let page = kari.get("/").await;
    assert!(page.body.contains("data-events=\"/events\""));
    assert!(page.headers["content-security-policy"].to_str().unwrap().contains("connect-src 'self'"));
    assert!(!kari.get("/search").await.headers["content-security-policy"].to_str().unwrap().contains("connect-src"));

    let mut listening = Listening::begin(&house, &kari, "/events").await.ok().unwrap();
    assert!(listening.next().await.unwrap().starts_with("data: {\"all\":0,"));
    house.plant(Plant::default()).await;
    house.plant(Plant { unit: "risor", ..Plant::default() }).await;

    let told = listening.next().await.unwrap();
    let expected =
        "data: {\"all\":1,\"astray\":0,\"done\":0,\"mine\":0,\"told\":0,\"unassigned\":1,\"unit\":1,\"waiting\":0}\n\n";
    assert_eq!(told, expected);
}

#[tokio::test]
async fn listening_ends_with_the_session_and_does_not_keep_it_alive() {
    let house = House::new().await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let mut listening = Listening::begin(&house, &kari, "/events").await.ok().unwrap();
    listening.next().await.unwrap();

    house.clock.advance(Duration::from_secs(31 * 60));

    assert_eq!(listening.next().await.unwrap(), "event: end\ndata:\n\n");
    assert_eq!(listening.next().await, None);
    assert!(Listening::begin(&house, &kari, "/events").await.is_err());
    assert_ne!(kari.get("/").await.status, StatusCode::OK);
}

#[tokio::test]
async fn only_so_many_listen_and_a_closing_house_lets_them_go() {
    let house = House::with(InboxConfig { listeners_max: 1, ..plain() }).await;
    let (kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let mut listening = Listening::begin(&house, &kari, "/events").await.ok().unwrap();
    listening.next().await.unwrap();
    assert_eq!(Listening::begin(&house, &kari, "/events").await.err(), Some(StatusCode::SERVICE_UNAVAILABLE));

    house.closing.cancel();

    assert_eq!(listening.next().await, None);
    assert!(Listening::begin(&house, &house.browser(), "/events").await.is_err());
}

/// Staff read `eksempel-sykehus`, as operators call it.
#[tokio::test]
async fn a_sender_is_called_by_its_name_wherever_people_read() {
    let house = House::new().await;
    let (mut leader, user) = house.signed_in("liv", "Liv Prøve", &["gjerstad"]).await;
    for role in [Role::Leader, Role::Auditor] {
        house.grant(&user, Membership { role, ..membership("gjerstad") }).await;
    }
    let planted = house.plant(Plant { sender: "Medisinsk avdeling".to_owned(), ..Plant::default() }).await;
    house.plant(Plant { sender_name: "eksempel-skole", ..Plant::default() }).await;
    let path = format!("/items/{}", planted.item);
    let cover = leader.get(&path).await;
    leader.post(&format!("{path}/open"), &[], &cover).await;

    let list = leader.get("/?tab=unit").await.body;
    assert!(list.contains("<option value=\"eksempel-sykehus\">Eksempel sykehus HF</option>"), "{list}");
    assert!(list.contains("<option value=\"eksempel-skole\">eksempel-skole</option>"), "nobody is registered by it");
    for place in [path.as_str(), "/register", "/register.csv", "/statistikk", "/journal"] {
        let page = leader.get(place).await;
        assert_eq!(page.status, StatusCode::OK, "{place}");
        assert!(!page.body.contains("eksempel-sykehus"), "{place}: {}", page.body);
    }
    for place in [path.as_str(), "/register", "/register.csv", "/journal"] {
        assert!(leader.get(place).await.body.contains("Eksempel sykehus HF"), "{place}");
    }
}

/// An auditor, and one who only looks after people: nothing to search for, and a page of what they came to do.
#[tokio::test]
async fn those_who_see_no_report_begin_at_what_they_can_do_and_have_nothing_to_search_in() {
    let house = House::new().await;
    house.plant(Plant::default()).await;
    for (login, role, place) in [("rolf", Role::Auditor, "/journal"), ("dag", Role::DirectoryAdministrator, "/people")]
    {
        let (mut browser, _) = house.signed_in_as(login, role, "gjerstad").await;
        let page = browser.get("/").await;
        assert_eq!(page.title(), "Startside – Meldeport", "{role:?}");
        assert!(page.body.contains("<h1>Startside</h1>"), "{}", page.body);
        for absent in ["role=\"search\"", "Ufordelt", "class=\"tabs\"", "Innboks</a>"] {
            assert!(!page.body.contains(absent), "{role:?}: {absent}: {}", page.body);
        }
        let places = page.body.split("class=\"places\"").nth(1).unwrap();
        for href in [place, "/kontakt?lang=nb", "/lenker", "/account"] {
            assert!(places.contains(&format!("<h2><a href=\"{href}\"")), "{role:?}: {href}: {places}");
            assert_eq!(browser.get(href).await.status, StatusCode::OK, "{role:?}: {href}");
        }
        let elsewhere = browser.get(place).await;
        assert!(!elsewhere.body.contains("role=\"search\""), "{role:?}");
    }
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let page = kari.get("/").await;
    assert!(page.body.contains("role=\"search\"") && page.title().starts_with("Ufordelt"), "{}", page.body);
}

/// The unit that said no has nothing that went astray; the one that offered is told on the front page until it does something.
#[tokio::test]
async fn an_offer_that_is_declined_is_told_of_where_it_came_from_and_is_not_astray_where_it_went() {
    let house = House::new().await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let (mut ola, _) = house.signed_in("ola", "Ola Døme", &["risor"]).await;
    let (mut mona, _) = house.signed_in_as("mona", Role::Member, "gjerstad").await;
    let planted = house.plant(Plant::default()).await;
    let case = format!("/items/{}", planted.item);
    let list = kari.get("/").await;
    kari.post(&format!("{case}/open"), &[], &list).await;
    let page = kari.get(&case).await;
    kari.post(&format!("{case}/take"), &[], &page).await;
    let offer = kari.get(&format!("{case}/do/transfer_offered")).await;
    let fields = [("unit", "risor"), ("text", "Bor hos dere.")];
    let offered = kari.post(&format!("{case}/do/transfer_offered"), &fields, &offer).await;
    assert_eq!(offered.status, StatusCode::SEE_OTHER, "{}", offered.body);
    let theirs = ola.get("/").await;
    let theirs = theirs.body.split("href=\"/items/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let decline = format!("/items/{theirs}/do/transfer_refused");
    let form = ola.get(&decline).await;
    let said = ola.post(&decline, &[("text", "Feil bydel.")], &form).await;
    assert_eq!(said.status, StatusCode::SEE_OTHER, "{}", said.body);

    let astray = ola.get("/?tab=astray").await.body;
    assert!(!astray.contains(&planted.reference) && astray.contains("data-tab=\"astray\">(0)"), "{astray}");
    let front = kari.get("/").await.body;
    let told = format!("Mottakeren sa nei til å overta {}", planted.reference);
    assert!(front.contains(&told) && front.contains(&format!("href=\"{case}\">Se hvorfor")), "{front}");
    assert!(!ola.get("/").await.body.contains("sa nei") && !mona.get("/").await.body.contains("sa nei"));
    let form = kari.get(&format!("{case}/do/commented")).await;
    kari.post(&format!("{case}/do/commented"), &[("text", "Vi ringer.")], &form).await;
    assert!(!kari.get("/").await.body.contains("sa nei"), "something has been done with it since");
}
