use super::Ground;
use super::NOON;
use super::contract;
use super::some_id;
use crate::domain::Redacted;
use crate::domain::Timestamp;
use crate::storage::AccountStore as _;
use crate::storage::Actor;
use crate::storage::Attempt;
use crate::storage::FactorStore as _;
use crate::storage::IdentityStore as _;
use crate::storage::JournalProof;
use crate::storage::OperatorStore as _;
use crate::storage::Passkey;
use crate::storage::StoreError;
use crate::storage::User;
use crate::storage::UserId;
use std::time::Duration;

contract!(
    an_identity_belongs_to_one_person,
    an_attempt_is_taken_once_and_in_time,
    failures_are_counted_by_address,
    an_authenticator_is_in_use_from_its_first_code,
    a_passkey_counts_on,
);

async fn an_identity_belongs_to_one_person<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let (kari, ola) = (user("kari"), user("ola"));
    for it in [&kari, &ola] {
        store.add_user(it, NOON).await.unwrap();
    }
    let subject = Redacted::new("05818530120".to_owned());

    assert!(store.tie("id", &subject, kari.id, &Actor::House, NOON).await.unwrap());
    assert!(!store.tie("id", &subject, ola.id, &Actor::House, NOON).await.unwrap());
    assert_eq!(store.identity("id", &subject).await.unwrap(), Some(kari.id));
    assert_eq!(store.identity("other", &subject).await.unwrap(), None);
    let ended = store.tie("id", &Redacted::new("x".to_owned()), UserId(some_id()), &Actor::House, NOON).await;
    assert!(matches!(ended, Err(StoreError::Absent)));

    // A new one takes its place, and both are told.
    let (new, by) = (Redacted::new("another".to_owned()), Actor::Operator("drift".to_owned()));
    assert!(store.tie("id", &new, kari.id, &by, at(1)).await.unwrap());
    assert_eq!(store.identity("id", &subject).await.unwrap(), None);
    assert_eq!(store.identity("id", &new).await.unwrap(), Some(kari.id));
    assert!(store.tie("other", &new, kari.id, &by, at(2)).await.unwrap(), "one at each provider");
    let ties = store.ties(kari.id).await.unwrap();
    assert_eq!(ties, [("id".to_owned(), at(1)), ("other".to_owned(), at(2))]);
    assert!(store.untie(kari.id, "id", &by, at(3)).await.unwrap());
    assert!(!store.untie(kari.id, "id", &by, at(4)).await.unwrap(), "there is none any more");
    assert_eq!(store.identity("id", &new).await.unwrap(), None);
    assert!(matches!(store.verify_journal().await.unwrap(), JournalProof::Whole { lines: 4, .. }));
    store.close().await;
}

async fn an_attempt_is_taken_once_and_in_time<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let given = attempt(1, Some(UserId(some_id())));
    store.add_attempt(&given, NOON).await.unwrap();
    store.add_attempt(&attempt(2, None), NOON).await.unwrap();

    let browser = given.browser_sha256;
    let take = async |number, browser, second| store.take_attempt([number; 32], browser, at(second)).await.unwrap();
    assert_eq!(take(1, [99; 32], 59).await, None, "another browser");
    assert_eq!(take(1, browser, 59).await, Some(given));
    assert_eq!(take(1, browser, 59).await, None);
    assert_eq!(take(2, browser, 60).await, None, "too late");
    store.close().await;
}

async fn failures_are_counted_by_address<G: Ground>(ground: &G) {
    let store = ground.open().await;
    for second in [0, 10, 20] {
        store.count_failed_address("192.0.2.7", at(second), NOON).await.unwrap();
    }

    assert_eq!(store.failed_from("192.0.2.7", at(5)).await.unwrap(), 2);
    assert_eq!(store.failed_from("192.0.2.8", NOON).await.unwrap(), 0);
    assert_eq!(store.count_failed_address("192.0.2.7", at(30), at(15)).await.unwrap(), 2);
    let tag = store.browser_tag(b"a browser").unwrap();
    assert_eq!(store.browser_tag(b"a browser"), Some(tag.clone()));
    assert_ne!(store.browser_tag(b"another"), Some(tag));
    store.close().await;
}

async fn an_authenticator_is_in_use_from_its_first_code<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let kari = user("kari");
    store.add_user(&kari, NOON).await.unwrap();
    let secret = Redacted::new(vec![7; 20]);

    assert!(matches!(store.confirm_authenticator(kari.id, 5, &[], NOON).await, Err(StoreError::Absent)));
    store.begin_authenticator(kari.id, &secret).await.unwrap();
    assert_eq!(store.authenticator(kari.id).await.unwrap(), None);
    assert_eq!(store.begun_authenticator(kari.id).await.unwrap(), Some(secret.clone()));
    store.confirm_authenticator(kari.id, 5, &[[1; 32], [2; 32]], NOON).await.unwrap();
    let kept = store.authenticator(kari.id).await.unwrap().unwrap();
    assert_eq!((kept.secret, kept.last_step, kept.codes_left), (secret, 5, 2));
    assert_eq!(store.begun_authenticator(kari.id).await.unwrap(), None);

    assert!(!store.use_step(kari.id, 5).await.unwrap());
    assert!(store.use_step(kari.id, 6).await.unwrap());
    assert!(!store.use_step(kari.id, 6).await.unwrap());
    assert!(store.use_recovery_code(kari.id, [1; 32], NOON).await.unwrap());
    assert!(!store.use_recovery_code(kari.id, [1; 32], NOON).await.unwrap());
    assert!(!store.use_recovery_code(kari.id, [3; 32], NOON).await.unwrap());
    assert_eq!(store.authenticator(kari.id).await.unwrap().unwrap().codes_left, 1);
    store.reset_factors(kari.id).await.unwrap();
    assert_eq!(store.authenticator(kari.id).await.unwrap(), None);
    store.close().await;
}

async fn a_passkey_counts_on<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let kari = user("kari");
    store.add_user(&kari, NOON).await.unwrap();
    let key = |credential: u8, signatures| Passkey {
        credential: vec![credential; 16],
        user: kari.id,
        name: "telefon".to_owned(),
        public_key: vec![1, 2, 3],
        algorithm: -7,
        signatures,
    };

    assert!(store.add_passkey(&key(1, 0), NOON).await.unwrap());
    assert!(!store.add_passkey(&key(1, 0), NOON).await.unwrap());
    assert!(store.add_passkey(&key(2, 4), at(1)).await.unwrap());
    assert_eq!(store.passkeys(kari.id).await.unwrap(), [key(1, 0), key(2, 4)]);
    assert_eq!(store.passkey(&[9; 16]).await.unwrap(), None);
    for _ in 0..2 {
        assert!(store.use_passkey(&[1; 16], 0, NOON).await.unwrap(), "one that does not count");
    }
    assert!(!store.use_passkey(&[2; 16], 4, NOON).await.unwrap(), "a copy");
    assert!(store.use_passkey(&[2; 16], 5, NOON).await.unwrap());
    assert!(!store.remove_passkey(UserId(some_id()), &[1; 16]).await.unwrap());
    assert!(store.remove_passkey(kari.id, &[1; 16]).await.unwrap());
    store.close().await;
}

fn at(seconds: u64) -> Timestamp {
    NOON.plus(Duration::from_secs(seconds))
}

fn attempt(state: u8, user: Option<UserId>) -> Attempt {
    Attempt {
        state_sha256: [state; 32],
        provider: "id".to_owned(),
        nonce: "nonce".to_owned(),
        verifier: Redacted::new("verifier".to_owned()),
        browser_sha256: [9; 32],
        back: "/items/1".to_owned(),
        link_sha256: user.map(|_| [8; 32]),
        user,
        not_before: NOON,
        expires: at(60),
    }
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
