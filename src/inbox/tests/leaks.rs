//! What somebody once got at, or could have: each was shown to be so before it was mended.

use super::support::House;
use super::support::PASSWORD;
use super::support::Plant;
use super::support::Planted;
use super::support::membership;
use super::support::plain;
use super::support::start;
use crate::domain::Clearance;
use crate::domain::Membership;
use crate::domain::Redacted;
use crate::domain::Role;
use crate::domain::Share;
use crate::domain::TaskKind;
use crate::inbox::InboxConfig;
use crate::inbox::SecondFactor;
use crate::inbox::Token;
use crate::inbox::only_api;
use crate::storage::AccountStore as _;
use crate::storage::Actor;
use crate::storage::FactorStore as _;
use crate::storage::NewTask;
use crate::storage::Passkey;
use crate::storage::PeopleStore as _;
use crate::storage::Person;
use crate::storage::TaskStore as _;
use crate::storage::User;
use axum::body::Body;
use axum::http::Request;
use axum::http::StatusCode;
use jiff::civil::date;
use std::time::Duration;
use tower::ServiceExt as _;
use uuid::Uuid;

const PERSON_ID: &str = "58850321874";

async fn with_passkey(house: &House, user: &User) {
    let passkey = Passkey {
        credential: b"kid".to_vec(),
        user: user.id,
        name: "telefon".to_owned(),
        public_key: Vec::new(),
        algorithm: -7,
        signatures: 0,
    };
    assert!(house.store.add_passkey(&passkey, start()).await.unwrap());
}

/// A password alone made one's own app the second factor, where a passkey was the only one that the person had.
#[tokio::test]
async fn a_passkey_is_a_second_factor_that_a_password_does_not_get_round() {
    for second_factor in [SecondFactor::Required, SecondFactor::Offered] {
        let house = House::with(InboxConfig { second_factor, ..plain() }).await;
        let (mut kari, user) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
        let before = kari.get("/account").await;
        with_passkey(&house, &user).await;

        let mut thief = house.browser();
        let page = thief.get("/sign-in").await;
        let half = thief.post("/sign-in", &[("login", "kari"), ("password", PASSWORD)], &page).await;
        assert_eq!(half.location(), "/sign-in/second?next=/", "{second_factor:?}");
        assert_eq!(thief.get("/").await.location(), "/sign-in/second?next=/");
        assert_eq!(thief.get("/account").await.location(), "/sign-in/second");
        let asked = thief.get("/sign-in/second").await;
        assert!(asked.body.contains("data-passkey=\"get\""), "the passkey is asked for: {}", asked.body);
        assert!(!asked.body.contains("name=\"code\""), "there is no app to have a code from");

        // Nor does a session from before, which has shown one factor only.
        let refused = kari.post("/account/app", &[], &before).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{second_factor:?}: {}", refused.body);
        assert!(house.store.begun_authenticator(user.id).await.unwrap().is_none());
    }
}

/// The form of an answer told who had reported, also to a unit that is only told that the report exists.
#[tokio::test]
async fn who_reported_is_not_told_before_the_report_is_opened_or_where_it_may_not_be() {
    let house = House::new().await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let plant = |share| Plant { share, sender_name: "stum-skole", ..Plant::default() };
    let unopened = house.plant(plant(Share::Content)).await;
    let known_of = house.plant(plant(Share::Awareness)).await;
    for act in ["answered", "asked_for_more", "wrong_addressee"] {
        let form = kari.get(&format!("/items/{}/do/{act}", unopened.item)).await;
        assert!(form.body.contains("Ring melder, og skriv") && !form.body.contains("Ring melder ("), "{}", form.body);
        let form = kari.get(&format!("/items/{}/do/{act}", known_of.item)).await;
        assert_eq!(form.status, StatusCode::FORBIDDEN, "{act}: {}", form.body);
    }
    for planted in [&unopened, &known_of] {
        assert!(!house.actions(planted).await.contains(&"viewed".to_owned()), "nothing was read");
    }
}

/// The journal told everybody who leads or audits the unit of graded cases, and for whom there is one.
#[tokio::test]
async fn a_graded_case_stands_in_no_journal_that_the_uncleared_read() {
    let house = House::new().await;
    let graded = Plant { protected: true, person_id: Some(PERSON_ID.to_owned()), ..Plant::default() };
    let graded = house.plant(graded).await;
    let (mut cleared, user) = house.signed_in("revisor", "Reidun Prøve", &[]).await;
    let auditor = Membership { role: Role::Auditor, clearance: Clearance::Graded, ..membership("gjerstad") };
    house.grant(&user, auditor).await;
    for role in [Role::Leader, Role::Auditor] {
        let (mut uncleared, _) = house.signed_in_as(role.label(), role, "gjerstad").await;
        let page = uncleared.get("/journal").await;
        assert!(!page.body.contains(&graded.reference), "{role:?}");
        let found = uncleared.post("/journal", &[("number", PERSON_ID)], &page).await;
        assert!(found.status == StatusCode::OK && !found.body.contains(&graded.reference), "{role:?}");
    }
    let page = cleared.get("/journal").await;
    assert!(page.body.contains(&graded.reference));
    assert!(!page.body.contains("eksempel-sykehus"), "who sent it is told where the case is read: {}", page.body);
    assert!(cleared.post("/journal", &[("number", PERSON_ID)], &page).await.body.contains(&graded.reference));
}

async fn task(house: &House, planted: &Planted, assignee: Option<&User>) {
    let person = |it: &User| Person { id: it.id, display_name: it.display_name.clone() };
    let task = NewTask {
        id: Uuid::now_v7(),
        kind: TaskKind::FromMeeting,
        text: Some(Redacted::new("Ring mor til Noor".to_owned())),
        due_on: date(2026, 10, 1),
        assignee: assignee.map(person),
        meeting: None,
    };
    let by = Person { id: crate::storage::UserId(Uuid::nil()), display_name: "Siri".to_owned() };
    house.store.add_task(planted.item, &task, &by, start()).await.unwrap();
}

/// The list of tasks showed what is written about a graded case to one alone, and its unit.
#[tokio::test]
async fn a_graded_cases_tasks_are_read_on_its_own_page_by_two() {
    let house = House::new().await;
    let (mut kari, user) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    house.clear(&user, "gjerstad").await;
    let graded = house.plant(Plant { protected: true, ..Plant::default() }).await;
    task(&house, &graded, None).await;
    task(&house, &graded, Some(&user)).await;

    let list = kari.get("/tasks").await;

    assert_eq!(list.body.matches(&format!("/items/{}\"", graded.item)).count(), 2, "{}", list.body);
    assert!(!list.body.contains("Ring mor til Noor"));
    assert!(!list.body.contains("<span class=\"quiet-text\">Tjenestekontoret i Gjerstad (eksempel)</span>"));
}

/// Who had left the unit went on reading what they had been given to do.
#[tokio::test]
async fn who_leaves_a_unit_leaves_their_tasks() {
    let house = House::new().await;
    let (mut mona, user) = house.signed_in("mona", "Mona Prøve", &["risor"]).await;
    let role = house.grant(&user, membership("gjerstad")).await;
    let planted = house.plant(Plant::default()).await;
    task(&house, &planted, Some(&user)).await;
    assert!(mona.get("/tasks").await.body.contains("Ring mor til Noor"));
    assert!(mona.get("/").await.body.contains("1 oppgave"));

    let by = Actor::Operator("drift".to_owned());
    house.store.end_membership(role, None, &by, start()).await.unwrap();
    let page = mona.get("/sign-in").await;
    mona.post("/sign-in", &[("login", "mona"), ("password", PASSWORD)], &page).await;

    let list = mona.get("/tasks").await;
    assert_eq!(list.status, StatusCode::OK);
    assert!(!list.body.contains("Ring mor til Noor") && !list.body.contains(&planted.reference), "{}", list.body);
    assert!(!mona.get("/").await.body.contains("1 oppgave"));
}

/// «Bekreft og ta neste» led to a graded case that the person is not to know of.
#[tokio::test]
async fn the_next_report_is_one_that_the_person_sees() {
    let house = House::new().await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let planted = house.plant(Plant::default()).await;
    let graded = house.plant(Plant { protected: true, urgent: true, ..Plant::default() }).await;
    let path = format!("/items/{}", planted.item);
    let list = kari.get("/").await;
    kari.post(&format!("{path}/open"), &[], &list).await;
    let page = kari.get(&path).await;

    let next = kari.post(&format!("{path}/confirm"), &[("next", "1")], &page).await;

    assert_eq!(next.location(), "/");
    assert!(!house.actions(&graded).await.contains(&"access_denied".to_owned()));
}

/// A graded case was never lifted to its own group, but could be to another's.
#[tokio::test]
async fn a_graded_case_is_lifted_to_nobody() {
    let house = House::new().await;
    let (mut kari, kari_user) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let (mut ola, ola_user) = house.signed_in("ola", "Ola Prøve", &["gjerstad"]).await;
    for user in [&kari_user, &ola_user] {
        house.clear(user, "gjerstad").await;
    }
    let graded = house.plant(Plant { protected: true, ..Plant::default() }).await;
    let path = format!("/items/{}", graded.item);
    house.agreed_to(&graded, &mut kari, &mut ola).await;
    let cover = kari.get(&path).await;
    kari.post(&format!("{path}/open"), &[], &cover).await;

    let page = kari.get(&path).await;
    assert!(page.body.contains("letter-heading") && !page.body.contains(&format!("{path}/do/lifted")), "{}", page.body);
    assert_eq!(kari.get(&format!("{path}/do/lifted")).await.status, StatusCode::FORBIDDEN);
}

/// Anybody on the internet wrote as many lines in the journal as they liked.
#[tokio::test]
async fn who_fails_to_sign_in_in_any_way_is_held_back_by_address() {
    let house = House::new().await;
    let mut browser = house.browser();
    let fields = [("credential", "x"), ("client_data", "x"), ("authenticator", "x"), ("signature", "x")];
    for _ in 0..30 {
        browser.post_bare("/sign-in/passkey", &fields).await;
        browser.get("/sign-in/callback?state=x&code=y").await;
    }
    let lines = house.journal().await.iter().filter(|it| it.action == "sign_in_failed").count();
    assert_eq!(lines, 50, "as many as by password");

    let waits = browser.post_bare("/sign-in/passkey", &fields).await;
    assert_eq!(waits.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(browser.get("/sign-in/callback?state=x&code=y").await.status, StatusCode::TOO_MANY_REQUESTS);
}

/// Each guess at a one-time link cost as much as a password.
#[tokio::test]
async fn a_link_that_there_is_not_is_told_before_any_password_is_looked_at() {
    let house = House::new().await;
    let mut browser = house.browser();
    let path = format!("/first/{}", Token::generate().text().reveal());

    assert_eq!(browser.get(&path).await.status, StatusCode::GONE);

    // One who sends the form all the same: it was drawn while the link held.
    let (_, user) = house.signed_in("ola", "Ola Prøve", &["gjerstad"]).await;
    let token = Token::generate();
    house.store.add_link(token.sha256(), user.id, None, start().plus(Duration::from_secs(60))).await.unwrap();
    let path = format!("/first/{}", token.text().reveal());
    let page = browser.get(&path).await;
    assert!(page.body.contains("<strong>ola</strong>"), "whoever gets it learns what to sign in as: {}", page.body);
    house.clock.advance(Duration::from_secs(61));

    let answer = browser.post(&path, &[("password", "kort"), ("repeat", "kort")], &page).await;

    assert_eq!(answer.status, StatusCode::GONE);
}

/// One with no role any more could be given a link by a stranger's administrator, and by anybody who keeps a unit's people.
#[tokio::test]
async fn nobody_makes_a_link_for_one_who_is_not_theirs_any_more() {
    let house = House::new().await;
    let (mut admin, _) = house.signed_in_as("admin", Role::DirectoryAdministrator, "gjerstad").await;
    house.signed_in_as("kari", Role::CaseWorker, "gjerstad").await;
    let (_, gone) = house.signed_in("ola", "Ola Prøve", &["risor"]).await;
    let roles = house.store.memberships(gone.id).await.unwrap();
    let by = Actor::Operator("drift".to_owned());
    house.store.end_membership(roles[0].id, None, &by, start()).await.unwrap();
    let page = admin.get("/people").await;

    let refused = admin.post("/people/link", &[("login", "ola")], &page).await;

    assert_eq!(refused.status, StatusCode::FORBIDDEN, "{}", refused.body);
    assert!(!refused.body.contains("/first/"));
}

/// The answer to an invitation told whether a reference is one of another unit's.
#[tokio::test]
async fn an_invitation_tells_nothing_of_another_units_cases() {
    let house = House::new().await;
    let (mut admin, _) = house.signed_in_as("admin", Role::DirectoryAdministrator, "gjerstad").await;
    let theirs = house.plant(Plant { unit: "risor", ..Plant::default() }).await;
    let page = admin.get("/people").await;
    let mut said = Vec::new();
    for case in [theirs.reference.as_str(), "7K3-9QX-2MA"] {
        let fields = [("unit", "risor"), ("login", "gjest"), ("name", "Gry"), ("role", "guest"), ("case", case)];
        let answer = admin.post("/people/give", &fields, &page).await;
        let error = answer.body.split("role=\"alert\"").nth(1).unwrap().split("</div>").next().unwrap().to_owned();
        said.push((answer.status, error));
    }
    assert_eq!(said[0], said[1]);
}

/// The register's filters told what its cells hide of a graded case.
#[tokio::test]
async fn a_filter_tells_nothing_that_the_register_hides() {
    let house = House::new().await;
    let (mut kim, user) = house.signed_in("kim", "Kim Prøve", &[]).await;
    house.clear(&user, "gjerstad").await;
    let plant = |protected| Plant { protected, reporter: Some("SKOLE"), ..Plant::default() };
    let (open, graded) = (house.plant(plant(false)).await, house.plant(plant(true)).await);

    let (all, school) = (kim.get("/register.csv").await, kim.get("/register.csv?sector=SKOLE").await);

    assert!(all.body.contains(&open.reference) && all.body.contains(&graded.reference));
    assert!(school.body.contains(&open.reference) && !school.body.contains(&graded.reference), "{}", school.body);
}

/// A secretary who is not cleared could clear a colleague for the whole unit, by inviting them to one case.
#[tokio::test]
async fn an_invitation_to_one_case_clears_nobody() {
    let house = House::new().await;
    let (mut secretary, _) = house.signed_in_as("sekretar", Role::Secretary, "gjerstad").await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let ordinary = house.plant(Plant::default()).await;
    let graded = house.plant(Plant { protected: true, ..Plant::default() }).await;
    let page = secretary.get("/people").await;
    let fields = [
        ("unit", "gjerstad"),
        ("login", "kari"),
        ("role", "guest"),
        ("to", "2026-12-01"),
        ("case", ordinary.reference.as_str()),
        ("cleared", "1"),
    ];

    let refused = secretary.post("/people/give", &fields, &page).await;

    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.body);
    assert!(refused.body.contains("kan ikke klareres"), "{}", refused.body);
    assert!(!kari.get("/").await.body.contains(&graded.reference));
}

/// On the listener for case systems alone, what is refused came without the headers that every answer has.
#[tokio::test]
async fn what_is_refused_where_only_case_systems_ask_has_the_headers_too() {
    let house = House::new().await;
    let request = Request::builder().uri("/items/x").body(Body::empty()).unwrap();

    let refused = only_api(house.router.clone()).oneshot(request).await.unwrap();

    assert_eq!(refused.status(), StatusCode::NOT_FOUND);
    for name in ["x-content-type-options", "strict-transport-security", "content-security-policy", "cache-control"] {
        assert!(refused.headers().contains_key(name), "{name}: {:?}", refused.headers());
    }
}
