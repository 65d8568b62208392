use super::Ground;
use super::NOON;
use super::PERSON_ID;
use super::contract;
use super::deed_of;
use super::number;
use super::settlement;
use super::some_id;
use super::tamper;
use super::unit;
use crate::domain::Act;
use crate::domain::ActKind;
use crate::domain::Clearance;
use crate::domain::ItemId;
use crate::domain::ItemState;
use crate::domain::LiftReason;
use crate::domain::LiftStep;
use crate::domain::LiftTo;
use crate::domain::Membership;
use crate::domain::MembershipId;
use crate::domain::OpeningReason;
use crate::domain::OpeningRefusal;
use crate::domain::Redacted;
use crate::domain::Role;
use crate::domain::SecondPerson;
use crate::domain::Sight;
use crate::domain::StartPage;
use crate::domain::Timestamp;
use crate::domain::Voucher;
use crate::domain::Which;
use crate::domain::are_two;
use crate::storage::AccountStore as _;
use crate::storage::Acted;
use crate::storage::Actor;
use crate::storage::Because;
use crate::storage::CaseStore as _;
use crate::storage::InboxQuery;
use crate::storage::JournalProof;
use crate::storage::MessageStore as _;
use crate::storage::OpenCases;
use crate::storage::Opening;
use crate::storage::OpeningAnswer;
use crate::storage::OpeningStore as _;
use crate::storage::OperatorStore as _;
use crate::storage::PeopleStore as _;
use crate::storage::Person;
use crate::storage::Proof;
use crate::storage::RoleEnded;
use crate::storage::Session;
use crate::storage::StoreError;
use crate::storage::User;
use crate::storage::UserId;
use crate::storage::cleared_in;
use std::time::Duration;

contract!(
    who_had_an_inbox_before_roles_is_a_cleared_case_worker,
    roles_are_given_and_ended_and_told,
    where_one_begins_is_kept_and_can_be_changed,
    ending_a_role_ends_the_sessions,
    who_leaves_leaves_no_case_behind,
    a_list_shows_what_each_sight_covers_and_counts_the_same,
    a_second_person_agrees_once_and_not_for_oneself,
    a_no_to_an_opening_stays_beside_the_next_request,
    a_clearance_keeps_who_gave_it_and_on_whose_word_it_stands,
    a_clearance_carries_everybody_on_whose_word_its_giver_stood,
    the_journal_about_one_person_is_found_without_the_number,
);

async fn who_had_an_inbox_before_roles_is_a_cleared_case_worker<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let kari = user("kari", &[]);
    store.add_user(&kari, Timestamp(5)).await.unwrap();
    // As the database was before migration 3.
    for column in ["method", "stage", "factors", "provider", "level", "proved_at", "id_token"] {
        tamper(&*store, &format!("ALTER TABLE sessions DROP COLUMN {column}")).await;
    }
    tamper(&*store, "DROP INDEX items_graded").await;
    for table in [
        "memberships",
        "lifts",
        "openings",
        "identities",
        "attempts",
        "authenticators",
        "recovery_codes",
        "passkeys",
        "failed_addresses",
    ] {
        tamper(&*store, &format!("DROP TABLE {table}")).await;
    }
    tamper(&*store, "CREATE TABLE user_units AS SELECT id AS user_id, 'gjerstad' AS unit FROM users").await;
    tamper(&*store, "DELETE FROM migrations WHERE number IN (3, 36, 37)").await;
    store.close().await;

    let store = ground.open().await;

    let held = store.memberships(kari.id).await.unwrap();
    let id = held[0].id;
    assert_eq!(held, [Membership { id, from: Timestamp(5), ..wanted(Role::CaseWorker) }]);
    store.close().await;
}

async fn where_one_begins_is_kept_and_can_be_changed<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let (kari, ola) = (user("kari", &[]), user("ola", &[]));
    for it in [&kari, &ola] {
        store.add_user(it, NOON).await.unwrap();
    }

    assert_eq!(store.start_page(kari.id).await.unwrap(), None, "she has not chosen");
    for page in [StartPage::Inbox, StartPage::Overview] {
        store.choose_start_page(kari.id, page).await.unwrap();
        assert_eq!(store.start_page(kari.id).await.unwrap(), Some(page));
    }
    assert_eq!(store.start_page(ola.id).await.unwrap(), None, "hers is not his");
    store.close().await;
}

async fn roles_are_given_and_ended_and_told<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let (kari, ola) = (user("kari", &["gjerstad"]), user("ola", &[]));
    store.add_user(&kari, Timestamp(0)).await.unwrap();
    store.add_user(&ola, Timestamp(0)).await.unwrap();
    let by = Actor::Operator("drift".to_owned());

    let given = store.grant(ola.id, &wanted(Role::Secretary), &by, NOON).await.unwrap();
    let held = store.memberships(ola.id).await.unwrap();
    assert_eq!(held, [Membership { id: given, ..wanted(Role::Secretary) }]);
    let people = store.people_of(&[unit("gjerstad")]).await.unwrap();
    assert_eq!(
        people.iter().map(|(it, held)| (it.login.as_str(), held.len())).collect::<Vec<_>>(),
        [("kari", 1), ("ola", 1)]
    );
    assert_eq!(people[0].1[0].role, Role::CaseWorker);
    assert!(store.people_of(&[unit("karmoy")]).await.unwrap().is_empty());

    store.end_membership(given, None, &by, at(60)).await.unwrap();
    assert!(matches!(store.end_membership(given, None, &by, at(61)).await, Err(StoreError::Absent)));
    assert!(matches!(store.grant(UserId(some_id()), &wanted(Role::Member), &by, NOON).await, Err(StoreError::Absent)));
    assert_eq!(store.memberships(ola.id).await.unwrap()[0].to, Some(at(60)));
    assert!(matches!(store.verify_journal().await.unwrap(), JournalProof::Whole { lines: 2, .. }));
    store.close().await;
}

/// By a successor, by an end that is given, and by an end date that just passes; whoever keeps access keeps the case.
async fn who_leaves_leaves_no_case_behind<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let (kari, ola) = (user("kari", &["gjerstad"]), user("ola", &["gjerstad"]));
    let nora = user("nora", &[]);
    for it in [&kari, &ola, &nora] {
        store.add_user(it, Timestamp(0)).await.unwrap();
    }
    let to = Some(at(3600));
    store.grant(nora.id, &Membership { to, ..wanted(Role::CaseWorker) }, &Actor::House, NOON).await.unwrap();
    let (by, here) = (Actor::Operator("drift".to_owned()), [unit("gjerstad")]);
    let mut items = Vec::new();
    for (number, who) in [(1, &kari), (2, &kari), (3, &nora)] {
        let given = settlement(number);
        let item = given.items.iter().find(|it| it.unit == here[0]).unwrap().id;
        store.settle(given).await.unwrap();
        let person = Person { id: who.id, display_name: who.display_name.clone() };
        let taken = store.act_on_case(&deed_of(item, "gjerstad", Act::Take, &person, at(1))).await.unwrap();
        assert!(matches!(taken, Acted::Done { .. }), "{taken:?}");
        items.push(item);
    }
    tamper(&*store, "UPDATE items SET protected = 1 WHERE received_at = (SELECT MIN(received_at) FROM items)").await;
    for (clearance, count) in [(Clearance::Ordinary, 1), (Clearance::Graded, 2)] {
        let sight = Sight { clearance, ..Sight::whole(unit("gjerstad")) };
        let open = store.open_cases(&[sight]).await.unwrap();
        assert!(open.contains(&OpenCases { who: kari.id, unit: unit("gjerstad"), count }), "{open:?}");
    }
    tamper(&*store, "UPDATE items SET protected = 0").await;

    let also = store.grant(kari.id, &wanted(Role::Secretary), &by, NOON).await.unwrap();
    let gone = store.end_membership(also, Some(ola.id), &by, at(2)).await.unwrap();
    assert_eq!(gone, RoleEnded { sessions: 0, cases: 0 });
    assert_eq!(store.case(items[0], &here).await.unwrap().case.responsible.unwrap().id, kari.id.0, "she is still here");
    let first = store.memberships(kari.id).await.unwrap()[0].id;
    let gone = store.end_membership(first, Some(ola.id), &by, at(3)).await.unwrap();
    assert_eq!(gone, RoleEnded { sessions: 0, cases: 2 });
    for item in &items[..2] {
        let case = store.case(*item, &here).await.unwrap();
        assert_eq!((case.case.state, case.case.responsible.unwrap().id), (ItemState::Taken, ola.id.0));
        let told: Vec<_> = case.events.last().unwrap().details.iter().map(|it| it.1.reveal().clone()).collect();
        assert_eq!(told, ["kari på jobb", "ola på jobb"]);
    }
    store.end_user(ola.id, at(4)).await.unwrap();
    let case = store.case(items[0], &here).await.unwrap().case;
    assert_eq!((case.state, case.responsible), (ItemState::Opened, None));

    assert_eq!(store.let_go(at(3599), 10).await.unwrap(), 0, "not before the end");
    assert_eq!(store.let_go(at(3600), 10).await.unwrap(), 1);
    assert_eq!(store.let_go(at(3600), 10).await.unwrap(), 0);
    let case = store.case(items[2], &here).await.unwrap();
    assert_eq!((case.case.state, case.events.last().unwrap().act), (ItemState::Opened, ActKind::Lapse));
    assert!(matches!(store.verify_journal().await.unwrap(), JournalProof::Whole { .. }));
    store.close().await;
}

async fn ending_a_role_ends_the_sessions<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let kari = user("kari", &["gjerstad", "karmoy"]);
    store.add_user(&kari, Timestamp(0)).await.unwrap();
    let session = Session {
        token_sha256: [1; 32],
        user: kari.id,
        created_at: NOON,
        seen_at: NOON,
        expires: at(3600),
        form_secret: Redacted::new("secret".to_owned()),
        proof: Proof::password(NOON),
    };
    store.add_session(&session).await.unwrap();
    let (_, before) = store.session([1; 32], NOON).await.unwrap().unwrap();
    assert_eq!(before.units, [unit("gjerstad"), unit("karmoy")]);

    let first = store.memberships(kari.id).await.unwrap()[0].id;
    let gone = store.end_membership(first, None, &Actor::House, at(1)).await.unwrap();

    assert_eq!(gone, RoleEnded { sessions: 1, cases: 0 });
    assert_eq!(store.session([1; 32], at(2)).await.unwrap(), None);
    store.add_session(&session).await.unwrap();
    let (_, after) = store.session([1; 32], at(2)).await.unwrap().unwrap();
    assert_eq!(after.units, [unit("karmoy")]);
    store.close().await;
}

/// seed in part: G-19, K-22, K-23
async fn a_list_shows_what_each_sight_covers_and_counts_the_same<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let kari = Person { id: UserId(some_id()), display_name: "Kari".to_owned() };
    let mut items = Vec::new();
    for number in 0..4 {
        let mut given = settlement(number);
        given.items.truncate(1);
        given.items[0].protected = number == 3;
        items.push(given.items[0].id);
        store.settle(given).await.unwrap();
    }
    store.act_on_case(&deed_of(items[1], "gjerstad", Act::Open, &kari, NOON)).await.unwrap();
    let to = LiftTo::Members { unit: unit("gjerstad") };
    let lift = Act::Lift { to, reason: LiftReason::BetterHere, step: LiftStep::Two, text: None };
    let lifted = store.act_on_case(&deed_of(items[1], "gjerstad", lift, &kari, NOON)).await.unwrap();
    assert!(matches!(lifted, Acted::Done { .. }), "{lifted:?}");
    store.act_on_case(&deed_of(items[2], "gjerstad", Act::Take, &kari, NOON)).await.unwrap();
    assert_eq!(store.lifted(&items).await.unwrap(), [items[1]]);

    let sight = |which, clearance| Sight { unit: unit("gjerstad"), which, clearance };
    for (sight, expected) in [
        (sight(Which::All, Clearance::Graded), vec![0, 1, 2, 3]),
        (sight(Which::All, Clearance::Ordinary), vec![0, 1, 2]),
        (sight(Which::Lifted, Clearance::Ordinary), vec![1]),
        (sight(Which::Own, Clearance::Ordinary), vec![2]),
        (sight(Which::Case(items[0]), Clearance::Ordinary), vec![0]),
        (sight(Which::Case(items[3]), Clearance::Ordinary), vec![]),
        (Sight::whole(unit("karmoy")), vec![]),
    ] {
        let rows = store.seen_page(std::slice::from_ref(&sight), kari.id, &InboxQuery::first(50)).await.unwrap();
        let mut seen: Vec<ItemId> = rows.into_iter().map(|it| it.id).collect();
        seen.sort_unstable();
        assert_eq!(seen, expected.iter().map(|it: &usize| items[*it]).collect::<Vec<_>>(), "{sight:?}");
        let counts = store.seen_counts(std::slice::from_ref(&sight), kari.id).await.unwrap();
        let counted = counts.unread + counts.opened + counts.taken + counts.closed;
        assert_eq!(counted, expected.len() as u64, "{sight:?}");
    }
    store.close().await;
}

async fn a_clearance_keeps_who_gave_it_and_on_whose_word_it_stands<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let people = ["kari", "ola", "per"].map(|it| user(it, &[]));
    for it in &people {
        store.add_user(it, Timestamp(0)).await.unwrap();
    }
    let [kari, ola, per] = people;
    let by = |it: &User| Actor::Person { id: it.id.to_string(), name: it.display_name.clone() };
    let clear =
        async |it: &User, by: &Actor, seconds| store.grant(it.id, &wanted(Role::CaseWorker), by, at(seconds)).await;

    clear(&kari, &Actor::Operator("drift".to_owned()), 0).await.unwrap();
    assert!(matches!(clear(&per, &by(&ola), 1).await, Err(StoreError::Absent)), "ola is not cleared");
    clear(&ola, &by(&kari), 2).await.unwrap();
    clear(&per, &by(&ola), 3).await.unwrap();

    let found = store.clearings(&[unit("gjerstad")]).await.unwrap();
    let seen: Vec<_> =
        found.iter().map(|it| (it.who.id, it.by.as_ref().map(|it| it.id), it.voucher, it.given_at)).collect();
    assert_eq!(
        seen,
        [
            (per.id, Some(ola.id), Voucher::Person(kari.id.0), at(3)),
            (ola.id, Some(kari.id), Voucher::Person(kari.id.0), at(2)),
            (kari.id, None, Voucher::Operator, at(0)),
        ]
    );
    assert_eq!(cleared_in(&found, &unit("gjerstad"), at(4)).len(), 3);
    store.end_membership(found[0].held.id, None, &Actor::House, at(5)).await.unwrap();
    store.end_user(ola.id, at(6)).await.unwrap();
    let found = store.clearings(&[unit("gjerstad")]).await.unwrap();
    assert_eq!(cleared_in(&found, &unit("gjerstad"), at(7)).len(), 1, "who has left is cleared no more");
    assert!(store.clearings(&[unit("karmoy")]).await.unwrap().is_empty());
    store.close().await;
}

/// A second clearance, which is an ordinary act, made a person two with an account of their own.
async fn a_clearance_carries_everybody_on_whose_word_its_giver_stood<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let people = ["kari", "ola", "per", "skygge"].map(|it| user(it, &[]));
    for it in &people {
        store.add_user(it, Timestamp(0)).await.unwrap();
    }
    let [kari, ola, per, shadow] = people;
    let operator = Actor::Operator("drift".to_owned());
    let by = |it: &User| Actor::Person { id: it.id.to_string(), name: it.display_name.clone() };
    let mut ids = Vec::new();
    for (seconds, (who, by, role)) in [
        (&kari, operator.clone(), Role::Leader),
        (&ola, operator, Role::DirectoryAdministrator),
        (&kari, by(&ola), Role::CaseWorker),
        (&per, by(&kari), Role::Leader),
        (&per, by(&ola), Role::CaseWorker),
        (&shadow, by(&per), Role::CaseWorker),
    ]
    .into_iter()
    .enumerate()
    {
        ids.push(store.grant(who.id, &wanted(role), &by, at(seconds as u64)).await.unwrap());
    }
    let two = async |one: &User, other: &User, now| {
        let found = store.clearings(&[unit("gjerstad")]).await.unwrap();
        are_two(&cleared_in(&found, &unit("gjerstad"), now), one.id.0, other.id.0)
    };

    assert!(two(&kari, &ola, at(9)).await, "whom the operator has cleared is somebody");
    for other in [&kari, &ola, &per] {
        assert!(!two(&shadow, other, at(9)).await, "{}", other.login);
    }
    // The chain stays when what it stood on has ended: by its day, and with the account.
    store.end_membership(ids[3], None, &Actor::House, at(10)).await.unwrap();
    store.end_user(ola.id, at(11)).await.unwrap();
    for other in [&kari, &per] {
        assert!(!two(&shadow, other, at(12)).await, "{}", other.login);
    }
    let found = store.clearings(&[unit("gjerstad")]).await.unwrap();
    let cleared = cleared_in(&found, &unit("gjerstad"), at(12));
    let on_ended = |who: &User| cleared.iter().find(|it| it.who == who.id.0).unwrap().on_ended.clone();
    assert_eq!(on_ended(&per), [ola.id.0]);
    assert!(on_ended(&kari).is_empty() && on_ended(&shadow).is_empty());
    store.close().await;
}

/// Who was refused asked anew at once, and the next colleague was not told.
async fn a_no_to_an_opening_stays_beside_the_next_request<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let mut given = settlement(1);
    given.items[0].protected = true;
    let item = given.items[0].id;
    store.settle(given).await.unwrap();
    let (kari, ola) = (user("kari", &["gjerstad"]), user("ola", &["gjerstad"]));
    for it in [&kari, &ola] {
        store.add_user(it, Timestamp(0)).await.unwrap();
    }
    let person = |it: &User| Person { id: it.id, display_name: it.display_name.clone() };
    let said = |text: &str| Some(Redacted::new(text.to_owned()));
    let why_not = Because { reason: OpeningRefusal::TooClose, text: said("Kari er tante til Åse") };
    let earlier = async |since| {
        let waiting = store.waiting_for_second(&[unit("gjerstad")], since).await.unwrap();
        assert_eq!(waiting.len(), 1);
        waiting[0].earlier.clone()
    };

    store.ask_second(item, &person(&kari), None, at(10)).await.unwrap();
    assert_eq!(earlier(NOON).await, None);
    assert!(store.refuse_second(item, kari.id, &why_not, &person(&ola), at(20)).await.unwrap());
    let no = OpeningAnswer { by: ola.display_name.clone(), at: at(20), refusal: Some(why_not.clone()) };
    for seconds in [30, 40] {
        store.ask_second(item, &person(&kari), None, at(seconds)).await.unwrap();
        assert_eq!(earlier(NOON).await, Some(no.clone()), "however often they ask");
        assert_eq!(store.second_person(item, kari.id, NOON).await.unwrap(), SecondPerson::Asked);
    }
    assert_eq!(earlier(at(21)).await, None, "as long as a no counts");
    let other = Because { reason: OpeningRefusal::Other, text: None };
    assert!(store.refuse_second(item, kari.id, &other, &person(&ola), at(50)).await.unwrap());
    store.ask_second(item, &person(&kari), None, at(60)).await.unwrap();
    let no = OpeningAnswer { by: ola.display_name.clone(), at: at(50), refusal: Some(other) };
    assert_eq!(earlier(NOON).await, Some(no), "the last one, and no word of the one before");
    store.close().await;
}

async fn a_second_person_agrees_once_and_not_for_oneself<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let mut given = settlement(1);
    given.items[0].protected = true;
    let item = given.items[0].id;
    store.settle(given).await.unwrap();
    let (kari, ola) = (user("kari", &["gjerstad"]), user("ola", &["gjerstad"]));
    for it in [&kari, &ola] {
        store.add_user(it, Timestamp(0)).await.unwrap();
    }
    let person = |it: &User| Person { id: it.id, display_name: it.display_name.clone() };
    let second = async |since| store.second_person(item, kari.id, since).await.unwrap();
    let opening = async |since| store.opening(item, kari.id, since).await.unwrap();
    let said = |text: &str| Some(Redacted::new(text.to_owned()));
    let why = Because { reason: OpeningReason::Urgent, text: said("Åse ringte") };
    let why_not = Because { reason: OpeningRefusal::TooClose, text: said("Kari er tante til Åse") };

    assert_eq!(second(NOON).await, SecondPerson::NotAsked);
    assert!(!store.agree_second(item, kari.id, &person(&ola), NOON).await.unwrap(), "nobody asks");
    assert!(!store.refuse_second(item, kari.id, &why_not, &person(&ola), NOON).await.unwrap(), "nobody asks");
    store.ask_second(item, &person(&kari), Some(&why), at(10)).await.unwrap();
    assert_eq!(second(NOON).await, SecondPerson::Asked);
    assert_eq!(second(at(11)).await, SecondPerson::NotAsked, "asked too long ago");
    let waiting = store.waiting_for_second(&[unit("gjerstad")], NOON).await.unwrap();
    assert_eq!(waiting.iter().map(|it| (it.item, it.who.id)).collect::<Vec<_>>(), [(item, kari.id)]);
    assert_eq!(waiting[0].why, Some(why.clone()));
    assert!(store.waiting_for_second(&[unit("karmoy")], NOON).await.unwrap().is_empty());

    assert!(!store.agree_second(item, kari.id, &person(&kari), at(20)).await.unwrap(), "not for oneself");
    assert!(store.agree_second(item, kari.id, &person(&ola), at(20)).await.unwrap());
    assert!(!store.agree_second(item, kari.id, &person(&ola), at(21)).await.unwrap(), "once");
    assert!(!store.refuse_second(item, kari.id, &why_not, &person(&ola), at(21)).await.unwrap(), "a yes stands");
    assert_eq!(second(NOON).await, SecondPerson::Agreed);
    let answer = Some(OpeningAnswer { by: ola.display_name.clone(), at: at(20), refusal: None });
    assert_eq!(opening(NOON).await, Some(Opening { asked_at: at(10), why: Some(why.clone()), answer }));
    assert_eq!((second(at(21)).await, opening(at(21)).await), (SecondPerson::NotAsked, None), "it holds no longer");
    assert_eq!(store.second_person(item, ola.id, NOON).await.unwrap(), SecondPerson::NotAsked, "for one person");
    store.ask_second(item, &person(&kari), None, at(30)).await.unwrap();
    assert_eq!(second(NOON).await, SecondPerson::Asked, "asking again asks anew");
    assert_eq!(opening(NOON).await, Some(Opening { asked_at: at(30), why: None, answer: None }));

    assert!(!store.refuse_second(item, kari.id, &why_not, &person(&kari), at(40)).await.unwrap(), "not oneself");
    assert!(store.refuse_second(item, kari.id, &why_not, &person(&ola), at(40)).await.unwrap());
    assert!(!store.agree_second(item, kari.id, &person(&ola), at(41)).await.unwrap(), "a no stands");
    assert_eq!((second(NOON).await, second(at(41)).await), (SecondPerson::Refused, SecondPerson::NotAsked));
    let answer = OpeningAnswer { by: ola.display_name.clone(), at: at(40), refusal: Some(why_not) };
    assert_eq!(opening(NOON).await.unwrap().answer, Some(answer));
    assert!(store.waiting_for_second(&[unit("gjerstad")], NOON).await.unwrap().is_empty(), "answered");
    store.ask_second(item, &person(&kari), Some(&why), at(50)).await.unwrap();
    assert_eq!(opening(NOON).await, Some(Opening { asked_at: at(50), why: Some(why), answer: None }));
    // What was written lies sealed, and in no line of the journal.
    let sealed = "SELECT CAST(LENGTH(reason_text) AS BIGINT) AS number FROM openings";
    assert_eq!(number(&*store, sealed).await, 1 + 12 + 11 + 16, "its eleven bytes are sealed");
    let lines = "SELECT COUNT(*) AS number FROM journal WHERE detail LIKE '%Åse%' OR detail LIKE '%tante%'";
    assert_eq!(number(&*store, lines).await, 0);
    store.close().await;
}

async fn the_journal_about_one_person_is_found_without_the_number<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let mut other = settlement(2);
    other.items.iter_mut().for_each(|it| *it = nobody(it.clone()));
    store.settle(settlement(1)).await.unwrap();
    store.settle(other).await.unwrap();
    let person = Redacted::new(PERSON_ID.to_owned());

    let told = store.journal_about(&person, &[Sight::whole(unit("gjerstad"))]).await.unwrap();

    assert_eq!(told.iter().map(|it| it.line.action.as_str()).collect::<Vec<_>>(), ["accepted"]);
    assert!(store.journal_about(&person, &[Sight::whole(unit("nowhere"))]).await.unwrap().is_empty());
    assert_eq!(number(&store, "SELECT COUNT(*) AS number FROM journal").await, 2);
    store.close().await;
}

fn nobody(item: crate::storage::NewItem) -> crate::storage::NewItem {
    let summary = item.summary.map(|it| crate::storage::ItemSummary { person_id: None, ..it });
    crate::storage::NewItem { summary, ..item }
}

fn wanted(role: Role) -> Membership {
    Membership {
        id: MembershipId(0),
        unit: unit("gjerstad"),
        role,
        case: None,
        clearance: Clearance::Graded,
        from: NOON,
        to: None,
    }
}

fn at(seconds: u64) -> Timestamp {
    NOON.plus(Duration::from_secs(seconds))
}

fn user(login: &str, units: &[&str]) -> User {
    User {
        id: UserId(some_id()),
        login: login.to_owned(),
        display_name: format!("{login} på jobb"),
        units: units.iter().map(|it| unit(it)).collect(),
        ended_at: None,
    }
}
