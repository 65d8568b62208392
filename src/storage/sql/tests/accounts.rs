use super::Ground;
use super::NOON;
use super::contract;
use super::number;
use super::some_id;
use super::unit;
use crate::domain::Clearance;
use crate::domain::Membership;
use crate::domain::MembershipId;
use crate::domain::Redacted;
use crate::domain::Role;
use crate::domain::Timestamp;
use crate::domain::UnitId;
use crate::storage::AccountStore as _;
use crate::storage::Actor;
use crate::storage::FactorStore as _;
use crate::storage::IdentityStore as _;
use crate::storage::OperatorStore as _;
use crate::storage::PeopleStore as _;
use crate::storage::Proof;
use crate::storage::Session;
use crate::storage::SessionStore as _;
use crate::storage::StoreError;
use crate::storage::User;
use crate::storage::UserId;
use std::sync::Arc;
use std::time::Duration;

contract!(
    a_login_name_is_given_once,
    a_link_is_used_once_and_before_it_expires,
    a_link_ends_when_there_is_a_new_one_and_when_what_lets_in_is_changed,
    of_two_who_are_tied_to_one_subject_at_once_one_is,
    an_app_is_taken_away_with_its_codes,
    a_session_lives_until_it_expires_or_is_ended,
    a_new_password_ends_the_sessions,
    an_ended_user_is_out_at_once,
    sessions_are_listed_and_ended_from_elsewhere,
    failed_sign_ins_are_counted_without_keeping_what_was_typed,
    the_database_can_be_probed,
);

async fn a_login_name_is_given_once<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let kari = user("kari");

    assert!(store.add_user(&kari, NOON).await.unwrap());
    assert!(!store.add_user(&user("kari"), NOON).await.unwrap());
    assert!(store.add_user(&user("anders"), NOON).await.unwrap());

    assert_eq!(store.user_by_id(kari.id).await.unwrap(), Some(kari.clone()));
    assert_eq!(store.user_by_id(UserId(some_id())).await.unwrap(), None);
    assert_eq!(store.user_by_login("kari").await.unwrap(), Some(kari));
    assert_eq!(store.user_by_login("nobody").await.unwrap(), None);
    let logins: Vec<String> = store.users().await.unwrap().into_iter().map(|it| it.login).collect();
    assert_eq!(logins, ["anders", "kari"]);
    store.close().await;
}

async fn a_link_is_used_once_and_before_it_expires<G: Ground>(ground: &G) {
    let stores = [ground.open().await, ground.open().await];
    let kari = user("kari");
    stores[0].add_user(&kari, NOON).await.unwrap();
    stores[0].add_link([1; 32], kari.id, None, at(60)).await.unwrap();

    assert_eq!(stores[0].use_link([1; 32], at(60)).await.unwrap(), None);
    assert_eq!(stores[0].use_link([3; 32], at(1)).await.unwrap(), None);
    let tasks: Vec<_> = (0..8)
        .map(|it| {
            let store = Arc::clone(&stores[it % 2]);
            tokio::spawn(async move { store.use_link([1; 32], at(59)).await.unwrap() })
        })
        .collect();
    let mut used = Vec::new();
    for task in tasks {
        used.extend(task.await.unwrap());
    }

    assert_eq!(used, [kari.id]);
    assert!(matches!(stores[0].add_link([4; 32], UserId(some_id()), None, at(60)).await, Err(StoreError::Absent)));
    for store in stores {
        store.close().await;
    }
}

/// What went to the wrong address opened the account for three days, whatever its owner did.
async fn a_link_ends_when_there_is_a_new_one_and_when_what_lets_in_is_changed<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let (kari, dag) = (user("kari"), user("dag"));
    for it in [&kari, &dag] {
        store.add_user(it, NOON).await.unwrap();
    }
    let by = Actor::Operator("drift".to_owned());
    let made = async |number: u8| {
        store.add_link([number; 32], kari.id, Some(dag.id), at(60)).await.unwrap();
        store
            .link([number; 32], at(1))
            .await
            .unwrap()
            .map(|it| (it.user, it.login, it.made_by.map(|it| it.display_name)))
    };
    let is_gone = async |number: u8| {
        let used = store.use_link([number; 32], at(2)).await.unwrap();
        store.link([number; 32], at(2)).await.unwrap().is_none() && used.is_none()
    };

    assert_eq!(made(1).await, Some((kari.id, "kari".to_owned(), Some(dag.display_name.clone()))));
    store.add_link([2; 32], kari.id, None, at(60)).await.unwrap();
    assert!(is_gone(1).await, "by a new one");
    assert_eq!(store.link([2; 32], at(1)).await.unwrap().unwrap().made_by, None);
    store.set_password_hash(kari.id, Redacted::new("hash".to_owned()), at(1)).await.unwrap();
    assert!(is_gone(2).await, "by a password");
    made(3).await;
    assert!(store.remove_password(kari.id).await.unwrap() && !store.remove_password(kari.id).await.unwrap());
    assert!(is_gone(3).await && store.password_hash(kari.id).await.unwrap().is_none(), "by taking it away");
    made(4).await;
    assert!(store.tie("id", &Redacted::new("somebody".to_owned()), kari.id, &by, at(1)).await.unwrap());
    assert!(is_gone(4).await, "by a tie");
    made(5).await;
    assert!(store.untie(kari.id, "id", &by, at(1)).await.unwrap());
    assert!(is_gone(5).await, "by the end of one");
    made(6).await;
    store.reset_factors(kari.id).await.unwrap();
    assert!(is_gone(6).await, "by losing the factors");
    made(7).await;
    store.end_sessions(kari.id, None).await.unwrap();
    assert!(is_gone(7).await, "by signing out everywhere");
    made(8).await;
    store.end_all_sessions().await.unwrap();
    assert!(is_gone(8).await, "by signing everybody out");

    // One who is cleared now is not reached by a link that a third has made; by whoever clears, and by the operator, still.
    let cleared = Membership {
        id: MembershipId(0),
        unit: UnitId("gjerstad".to_owned()),
        role: Role::CaseWorker,
        case: None,
        clearance: Clearance::Graded,
        from: NOON,
        to: None,
    };
    made(9).await;
    store.grant(kari.id, &Membership { clearance: Clearance::Ordinary, ..cleared.clone() }, &by, NOON).await.unwrap();
    assert!(store.link([9; 32], at(2)).await.unwrap().is_some());
    store.grant(kari.id, &Membership { role: Role::Leader, ..cleared.clone() }, &by, NOON).await.unwrap();
    assert!(is_gone(9).await);
    store.add_link([10; 32], kari.id, None, at(60)).await.unwrap();
    store.grant(kari.id, &Membership { role: Role::Secretary, ..cleared }, &by, NOON).await.unwrap();
    assert_eq!(store.use_link([10; 32], at(2)).await.unwrap(), Some(kari.id));
    store.close().await;
}

/// The second was told of a fault of ours.
async fn of_two_who_are_tied_to_one_subject_at_once_one_is<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let mut tied = Vec::new();
    for number in 0..8 {
        let it = user(&format!("u{number}"));
        store.add_user(&it, NOON).await.unwrap();
        let store = Arc::clone(&store);
        tied.push(tokio::spawn(async move {
            let by = Actor::Operator("drift".to_owned());
            store.tie("id", &Redacted::new("somebody".to_owned()), it.id, &by, at(1)).await
        }));
    }
    let mut done = 0;
    for it in tied {
        done += usize::from(it.await.unwrap().unwrap());
    }
    assert_eq!(done, 1);
    store.close().await;
}

async fn an_app_is_taken_away_with_its_codes<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let kari = user("kari");
    store.add_user(&kari, NOON).await.unwrap();
    store.begin_authenticator(kari.id, &Redacted::new(vec![7; 20])).await.unwrap();
    store.confirm_authenticator(kari.id, 1, &[[1; 32]], NOON).await.unwrap();

    assert!(store.remove_authenticator(kari.id).await.unwrap());
    assert!(!store.remove_authenticator(kari.id).await.unwrap());
    assert!(store.authenticator(kari.id).await.unwrap().is_none());
    assert!(!store.use_recovery_code(kari.id, [1; 32], at(1)).await.unwrap());
    store.close().await;
}

async fn a_session_lives_until_it_expires_or_is_ended<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let kari = user("kari");
    store.add_user(&kari, NOON).await.unwrap();
    let given = session(1, kari.id);
    store.add_session(&given).await.unwrap();

    assert_eq!(store.session([1; 32], at(10)).await.unwrap(), Some((given.clone(), kari.clone())));
    assert_eq!(store.session([1; 32], at(50)).await.unwrap().unwrap().0.seen_at, NOON, "as it was before");
    assert_eq!(store.session([1; 32], at(60)).await.unwrap().unwrap().0.seen_at, at(50), "it had moved");
    assert_eq!(store.session([1; 32], at(3600)).await.unwrap(), None);
    assert_eq!(store.session([2; 32], at(10)).await.unwrap(), None);
    store.end_session([1; 32]).await.unwrap();
    assert_eq!(store.session([1; 32], at(10)).await.unwrap(), None);
    store.close().await;
}

async fn a_new_password_ends_the_sessions<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let kari = user("kari");
    store.add_user(&kari, NOON).await.unwrap();
    store.add_session(&session(1, kari.id)).await.unwrap();
    assert_eq!(store.password_hash(kari.id).await.unwrap(), None);

    let hash = Redacted::new("$argon2id$made-up".to_owned());
    store.set_password_hash(kari.id, hash.clone(), NOON).await.unwrap();

    assert_eq!(store.password_hash(kari.id).await.unwrap(), Some(hash.clone()));
    assert_eq!(store.session([1; 32], at(1)).await.unwrap(), None);
    assert!(matches!(store.set_password_hash(UserId(some_id()), hash, NOON).await, Err(StoreError::Absent)));
    store.close().await;
}

async fn an_ended_user_is_out_at_once<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let kari = user("kari");
    store.add_user(&kari, NOON).await.unwrap();
    store.set_password_hash(kari.id, Redacted::new("$argon2id$made-up".to_owned()), NOON).await.unwrap();
    store.add_session(&session(1, kari.id)).await.unwrap();
    store.add_link([1; 32], kari.id, None, at(60)).await.unwrap();

    store.end_user(kari.id, at(5)).await.unwrap();

    assert_eq!(store.session([1; 32], at(6)).await.unwrap(), None);
    assert_eq!(store.use_link([1; 32], at(6)).await.unwrap(), None);
    assert_eq!(store.password_hash(kari.id).await.unwrap(), None);
    assert_eq!(store.user_by_login("kari").await.unwrap().unwrap().ended_at, Some(at(5)));
    assert!(matches!(store.add_session(&session(2, kari.id)).await, Err(StoreError::Absent)));
    assert!(matches!(store.end_user(kari.id, at(7)).await, Err(StoreError::Absent)));
    assert!(!store.add_user(&user("kari"), NOON).await.unwrap(), "a name is never given to another");
    store.close().await;
}

async fn sessions_are_listed_and_ended_from_elsewhere<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let (kari, ola) = (user("kari"), user("ola"));
    for it in [&kari, &ola] {
        store.add_user(it, NOON).await.unwrap();
    }
    let later = Session { seen_at: at(60), ..session(2, kari.id) };
    for it in [&session(1, kari.id), &later, &session(3, kari.id), &session(4, ola.id)] {
        store.add_session(it).await.unwrap();
    }

    let listed = store.sessions_of(kari.id, at(70)).await.unwrap();
    assert_eq!(listed.iter().map(|it| it.token_sha256[0]).collect::<Vec<_>>(), [2, 1, 3]);
    assert_eq!(listed[0], later);
    assert!(store.sessions_of(kari.id, at(3600)).await.unwrap().is_empty(), "what has expired is over");

    assert_eq!(store.end_sessions(kari.id, Some([1; 32])).await.unwrap(), 2);
    assert!(store.session([1; 32], at(70)).await.unwrap().is_some());
    assert!(store.session([2; 32], at(70)).await.unwrap().is_none());
    assert!(store.session([4; 32], at(70)).await.unwrap().is_some(), "others are not touched");
    assert_eq!(store.end_sessions(kari.id, None).await.unwrap(), 1);
    assert_eq!(store.end_all_sessions().await.unwrap(), 1);
    assert!(store.session([4; 32], at(70)).await.unwrap().is_none());
    store.close().await;
}

async fn failed_sign_ins_are_counted_without_keeping_what_was_typed<G: Ground>(ground: &G) {
    let store = ground.open().await;
    for second in [0, 10, 20] {
        store.count_failed_sign_in("kari", at(second), NOON).await.unwrap();
    }

    assert_eq!(store.failed_sign_ins("kari", at(5)).await.unwrap(), 2);
    assert_eq!(store.failed_sign_ins("ola", NOON).await.unwrap(), 0);
    assert_eq!(store.count_failed_sign_in("kari", at(30), at(15)).await.unwrap(), 2);
    assert_eq!(number(&store, "SELECT COUNT(*) AS number FROM failed_sign_ins").await, 2);
    store.close().await;
}

async fn the_database_can_be_probed<G: Ground>(ground: &G) {
    let store = ground.open().await;

    store.probe(NOON).await.unwrap();

    assert_eq!(number(&store, "SELECT at AS number FROM probe").await, NOON.0);
    assert_eq!(number(&store, "SELECT COUNT(*) AS number FROM journal").await, 0, "nobody did anything");
    store.close().await;
    assert!(store.probe(NOON).await.unwrap_err().retry());
}

/// So many seconds after noon.
fn at(seconds: u64) -> Timestamp {
    NOON.plus(Duration::from_secs(seconds))
}

fn user(login: &str) -> User {
    User {
        id: UserId(some_id()),
        login: login.to_owned(),
        display_name: format!("{login} på jobb"),
        units: vec![unit("gjerstad"), unit("karmoy")],
        ended_at: None,
    }
}

fn session(token: u8, user: UserId) -> Session {
    Session {
        token_sha256: [token; 32],
        user,
        created_at: NOON,
        seen_at: NOON,
        expires: at(3600),
        form_secret: Redacted::new("secret".to_owned()),
        proof: Proof {
            id_token: Some(Redacted::new("header.claims-about-an-employee.signature".to_owned())),
            ..Proof::password(NOON)
        },
    }
}
