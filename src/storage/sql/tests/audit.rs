use super::Ground;
use super::NOON;
use super::contract;
use super::settlement;
use super::some_id;
use super::tamper;
use super::unit;
use crate::domain::Clearance;
use crate::domain::JournalKind;
use crate::domain::Membership;
use crate::domain::MembershipId;
use crate::domain::MessageId;
use crate::domain::Role;
use crate::domain::Sight;
use crate::domain::Timestamp;
use crate::domain::UnitId;
use crate::storage::AccountStore as _;
use crate::storage::Actor;
use crate::storage::AuditStore as _;
use crate::storage::JournalQuery;
use crate::storage::JournalTurn;
use crate::storage::MessageStore as _;
use crate::storage::NewJournalLine;
use crate::storage::OperatorStore as _;
use crate::storage::PeopleStore as _;
use crate::storage::SqlStore;
use crate::storage::ToldAbout;
use crate::storage::User;
use crate::storage::UserId;
use std::time::Duration;

contract!(
    a_line_concerns_the_units_of_its_message_and_of_its_people_and_no_other,
    what_is_graded_is_told_to_the_cleared_alone,
    the_journal_is_turned_page_by_page_both_ways,
    the_journal_is_narrowed_to_what_is_asked_for,
    a_journal_from_before_is_made_up_for_when_it_is_opened,
);

async fn a_line_concerns_the_units_of_its_message_and_of_its_people_and_no_other<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let (kari, ola, gone) = (user("kari"), user("ola"), user("gone"));
    for it in [&kari, &ola, &gone] {
        store.add_user(it, Timestamp(0)).await.unwrap();
        tell(&store, Actor::Operator("drift".to_owned()), "user_added", None, &it.login, 0).await;
    }
    grant(&store, &kari, "gjerstad", None).await;
    grant(&store, &ola, "karmoy", None).await;
    grant(&store, &gone, "gjerstad", Some(at(50))).await;
    for it in [&kari, &ola, &gone] {
        tell(&store, actor(it), "signed_in", None, "", 100).await;
        tell(&store, Actor::House, "sign_in_failed", None, &format!("of {}", it.login), 101).await;
    }
    tell(&store, Actor::House, "sign_in_failed", None, "unknown login", 102).await;
    let message = plant(&store, 1, "karmoy", false).await;
    tell(&store, actor(&kari), "refused", Some(message), "GET /items/{id}; 404", 103).await;
    tell(&store, actor(&ola), "viewed", Some(message), "", 104).await;

    let gjerstad = said(&page(&store, &["gjerstad"], &query()).await);
    assert_eq!(
        gjerstad,
        [
            "refused GET /items/{id}; 404",
            "sign_in_failed of gone",
            "sign_in_failed of kari",
            "signed_in ",
            "signed_in ",
            "role_given gone",
            "role_given kari",
            "user_added gone",
            "user_added kari",
        ]
    );
    let karmoy = said(&page(&store, &["karmoy"], &query()).await);
    assert_eq!(
        karmoy,
        [
            "viewed ",
            "refused GET /items/{id}; 404",
            "sign_in_failed of ola",
            "signed_in ",
            "role_given ola",
            "accepted",
            "user_added ola",
        ]
    );
    let both = page(&store, &["gjerstad", "karmoy"], &query()).await;
    assert_eq!(both.len(), gjerstad.len() + karmoy.len() - 1, "a line of both is told once");
    let reference = |told: &[ToldAbout]| told.iter().find(|it| it.line.action == "refused").unwrap().reference.clone();
    assert_eq!(reference(&page(&store, &["gjerstad"], &query()).await), None, "the case is not theirs");
    assert!(reference(&both).is_some() && reference(&page(&store, &["karmoy"], &query()).await).is_some());
    assert!(page(&store, &["nowhere"], &query()).await.is_empty());
    assert!(store.verify_journal().await.is_ok());
    store.close().await;
}

async fn what_is_graded_is_told_to_the_cleared_alone<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let (open, graded) = (plant(&store, 1, "gjerstad", false).await, plant(&store, 2, "gjerstad", true).await);
    for message in [open, graded] {
        tell(&store, Actor::House, "viewed", Some(message), "", 10).await;
    }
    let sight = |clearance| Sight { clearance, ..Sight::whole(unit("gjerstad")) };

    let uncleared = store.journal_page(&[sight(Clearance::Ordinary)], &query()).await.unwrap();
    let cleared = store.journal_page(&[sight(Clearance::Graded)], &query()).await.unwrap();

    assert!(uncleared.len() == 2 && uncleared.iter().all(|it| it.line.message == Some(open) && !it.graded));
    assert_eq!(cleared.iter().filter(|it| it.graded && it.line.message == Some(graded)).count(), 2);
    assert_eq!(cleared.len(), 4);
    store.close().await;
}

async fn the_journal_is_turned_page_by_page_both_ways<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let kari = user("kari");
    store.add_user(&kari, Timestamp(0)).await.unwrap();
    grant(&store, &kari, "gjerstad", None).await;
    for number in 0..9 {
        // Two at each moment: the order is still one.
        tell(&store, actor(&kari), "listed", None, &number.to_string(), 10 + number / 2).await;
    }
    let turn = async |turn| page(&store, &["gjerstad"], &JournalQuery { turn, lines_max: 4, ..query() }).await;
    let details = |told: &[ToldAbout]| told.iter().map(|it| it.line.detail.clone()).collect::<Vec<_>>().join(" ");

    let first = turn(JournalTurn::Newest).await;
    assert_eq!(details(&first), "8 7 6 5");
    let second = turn(JournalTurn::OlderThan(first.last().unwrap().cursor())).await;
    assert_eq!(details(&second), "4 3 2 1");
    let third = turn(JournalTurn::OlderThan(second.last().unwrap().cursor())).await;
    assert_eq!(third.iter().map(|it| it.line.action.as_str()).collect::<Vec<_>>(), ["listed", "role_given"]);
    assert!(turn(JournalTurn::OlderThan(third.last().unwrap().cursor())).await.is_empty());
    assert_eq!(turn(JournalTurn::NewerThan(third[0].cursor())).await, second);
    assert_eq!(turn(JournalTurn::NewerThan(second[0].cursor())).await, first);
    assert!(turn(JournalTurn::NewerThan(first[0].cursor())).await.is_empty());

    // Of two units together, whose lines lie between each other's.
    let ola = user("ola");
    store.add_user(&ola, Timestamp(0)).await.unwrap();
    grant(&store, &ola, "karmoy", None).await;
    for number in 9..13 {
        let who = if number % 2 == 0 { &kari } else { &ola };
        tell(&store, actor(who), "listed", None, &number.to_string(), 20 + number).await;
    }
    let both = ["gjerstad", "karmoy"];
    let turn = async |turn| page(&store, &both, &JournalQuery { turn, lines_max: 2, ..query() }).await;
    let first = turn(JournalTurn::Newest).await;
    let second = turn(JournalTurn::OlderThan(first[1].cursor())).await;
    let third = turn(JournalTurn::OlderThan(second[1].cursor())).await;
    assert_eq!([&first, &second, &third].map(|it| details(it)), ["12 11", "10 9", "8 7"]);
    assert_eq!(turn(JournalTurn::NewerThan(third[0].cursor())).await, second);
    assert_eq!(turn(JournalTurn::NewerThan(second[0].cursor())).await, first);
    store.close().await;
}

async fn the_journal_is_narrowed_to_what_is_asked_for<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let (kari, ola) = (user("kari"), user("ola"));
    for it in [&kari, &ola] {
        store.add_user(it, Timestamp(0)).await.unwrap();
        grant(&store, it, "gjerstad", None).await;
    }
    let (one, two) = (plant(&store, 1, "gjerstad", false).await, plant(&store, 2, "gjerstad", false).await);
    tell(&store, actor(&kari), "viewed", Some(one), "1", 100).await;
    tell(&store, actor(&ola), "viewed", Some(two), "2", 200).await;
    tell(&store, actor(&ola), "refused", None, "3", 300).await;
    tell(&store, Actor::House, "sign_in_failed", None, "of ola", 400).await;
    let narrowed = async |query| said(&page(&store, &["gjerstad"], &query).await);

    let read = JournalQuery { kind: Some(JournalKind::Read), ..query() };
    assert_eq!(narrowed(read.clone()).await, ["viewed 2", "viewed 1"]);
    assert_eq!(narrowed(JournalQuery { person: Some(kari.id), ..read }).await, ["viewed 1"]);
    let ola_did = JournalQuery { person: Some(ola.id), from: Some(at(150)), ..query() };
    assert_eq!(narrowed(ola_did.clone()).await, ["sign_in_failed of ola", "refused 3", "viewed 2"]);
    assert_eq!(narrowed(JournalQuery { until: Some(at(300)), ..ola_did }).await, ["viewed 2"], "until, and not at");
    let all = page(&store, &["gjerstad"], &query()).await;
    let reference = all.iter().find(|it| it.line.message == Some(two)).unwrap().reference.clone();
    let about = JournalQuery { reference: reference.clone(), ..query() };
    assert_eq!(narrowed(about).await, ["viewed 2", "accepted"]);
    let turn = JournalTurn::OlderThan(all.iter().find(|it| it.line.detail == "2").unwrap().cursor());
    assert_eq!(narrowed(JournalQuery { reference, turn, ..query() }).await, ["accepted"]);
    assert!(narrowed(JournalQuery { reference: Some("no such".to_owned()), ..query() }).await.is_empty());
    store.close().await;
}

async fn a_journal_from_before_is_made_up_for_when_it_is_opened<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let kari = user("kari");
    store.add_user(&kari, Timestamp(0)).await.unwrap();
    grant(&store, &kari, "gjerstad", None).await;
    let message = plant(&store, 1, "gjerstad", false).await;
    tell(&store, actor(&kari), "viewed", Some(message), "", 10).await;
    tell(&store, actor(&kari), "searched", None, "by id, 1", 11).await;
    let before = page(&store, &["gjerstad"], &query()).await;
    assert_eq!(before.len(), 4);
    tamper(&*store, "DELETE FROM journal_units").await;
    tamper(&*store, "UPDATE journal_head SET concerned_to = 0").await;
    assert!(page(&store, &["gjerstad"], &query()).await.is_empty());
    store.close().await;

    let store = ground.open().await;

    assert_eq!(page(&store, &["gjerstad"], &query()).await, before);
    store.close().await;
}

fn query() -> JournalQuery {
    JournalQuery { lines_max: 100, ..JournalQuery::default() }
}

async fn page<E: super::Engine>(store: &SqlStore<E>, units: &[&str], query: &JournalQuery) -> Vec<ToldAbout> {
    let sights: Vec<Sight> = units.iter().map(|it| Sight::whole(unit(it))).collect();
    store.journal_page(&sights, query).await.unwrap()
}

/// Action and particulars; of roles only whose, of what was accepted nothing.
fn said(told: &[ToldAbout]) -> Vec<String> {
    let said = |it: &ToldAbout| match it.line.action.as_str() {
        "accepted" => "accepted".to_owned(),
        "role_given" => format!("role_given {}", it.line.detail.split(':').next().unwrap()),
        action => format!("{action} {}", it.line.detail),
    };
    told.iter().map(said).collect()
}

async fn plant<E: super::Engine>(store: &SqlStore<E>, number: u32, of: &str, protected: bool) -> MessageId {
    let mut given = settlement(number);
    given.items.truncate(1);
    given.items[0].unit = UnitId(of.to_owned());
    given.items[0].protected = protected;
    given.notices.clear();
    let message = given.message.id;
    store.settle(given).await.unwrap();
    message
}

async fn tell<E: super::Engine>(
    store: &SqlStore<E>,
    actor: Actor,
    action: &'static str,
    message: Option<MessageId>,
    detail: &str,
    seconds: u64,
) {
    let line = NewJournalLine { at: at(seconds), actor, action, message, detail: detail.to_owned() };
    store.journal(line).await.unwrap();
}

async fn grant<E: super::Engine>(store: &SqlStore<E>, user: &User, of: &str, to: Option<Timestamp>) {
    let wanted = Membership {
        id: MembershipId(0),
        unit: unit(of),
        role: Role::CaseWorker,
        case: None,
        clearance: Clearance::Ordinary,
        from: NOON,
        to,
    };
    store.grant(user.id, &wanted, &Actor::Operator("drift".to_owned()), at(1)).await.unwrap();
}

fn actor(user: &User) -> Actor {
    Actor::Person { id: user.id.to_string(), name: user.display_name.clone() }
}

fn at(seconds: u64) -> Timestamp {
    NOON.plus(Duration::from_secs(seconds))
}

fn user(login: &str) -> User {
    User {
        id: UserId(some_id()),
        login: login.to_owned(),
        display_name: format!("{login} på jobb"),
        units: Vec::new(),
        ended_at: None,
    }
}
