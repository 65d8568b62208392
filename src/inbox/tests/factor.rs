//! The second factor of local accounts, and proving anew.

use super::support::House;
use super::support::PASSWORD;
use super::support::Plant;
use super::support::plain;
use crate::inbox::InboxConfig;
use crate::storage::AccountStore as _;
use crate::storage::FactorStore as _;
use crate::storage::IdentityStore as _;
use axum::http::StatusCode;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use std::time::Duration;

/// What the app on the telephone shows: written anew here, so that our own arithmetic is not its own witness.
fn code(base32: &str, at: crate::domain::Timestamp) -> String {
    let mut bits = String::new();
    for letter in base32.chars().filter(|it| !it.is_whitespace()) {
        let value = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".find(letter).unwrap();
        bits.push_str(&format!("{value:05b}"));
    }
    let bytes: Vec<u8> = bits
        .as_bytes()
        .chunks_exact(8)
        .map(|it| u8::from_str_radix(std::str::from_utf8(it).unwrap(), 2).unwrap())
        .collect();
    let key = aws_lc_rs::hmac::Key::new(aws_lc_rs::hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, &bytes);
    let hash = aws_lc_rs::hmac::sign(&key, &(at.0 / 30_000_000).to_be_bytes());
    let hash = hash.as_ref();
    let offset = usize::from(hash[19] & 15);
    let number = u32::from_be_bytes(hash[offset..offset + 4].try_into().unwrap()) & 0x7fff_ffff;
    format!("{:06}", number % 1_000_000)
}

fn between<'a>(body: &'a str, from: &str, to: &str) -> &'a str {
    body.split(from).nth(1).unwrap().split(to).next().unwrap()
}

#[tokio::test]
async fn an_app_is_added_asked_for_and_a_code_works_once() {
    let house = House::new().await;
    let (mut kari, user) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let account = kari.get("/account").await;
    let shown = kari.post("/account/app", &[], &account).await;
    assert!(shown.body.contains("<svg") && shown.body.contains("QR-kode"));
    let secret = between(&shown.body, "one-time-link\">", "<").to_owned();
    let wrong = kari.post("/account/app/confirm", &[("code", "000000")], &shown).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(house.store.authenticator(user.id).await.unwrap().is_none(), "not in use before its first code");
    let now = crate::clock::Clock::now(&*house.clock);
    let done = kari.post("/account/app/confirm", &[("code", &code(&secret, now))], &shown).await;
    assert!(done.status == StatusCode::OK && done.body.contains("Reservekodene dine"), "{}", done.body);
    let recovery = between(&done.body, "<li class=\"reference\">", "<").to_owned();
    assert_eq!(kari.get("/").await.status, StatusCode::OK, "the session goes on");

    let mut again = house.browser();
    let page = again.get("/sign-in").await;
    let half = again.post("/sign-in", &[("login", "kari"), ("password", PASSWORD)], &page).await;
    assert_eq!(half.location(), "/sign-in/second?next=/");
    assert_eq!(again.get("/").await.location(), "/sign-in/second?next=/", "half is not in");
    assert_eq!(again.get("/account").await.location(), "/sign-in/second", "and changes nothing");
    let page = again.get("/sign-in/second?next=/").await;
    assert!(page.body.contains("mistet både telefonen og reservekodene"), "{}", page.body);
    let used = again.post("/sign-in/second", &[("code", &code(&secret, now))], &page).await;
    assert_eq!(used.status, StatusCode::UNAUTHORIZED, "that code has been used");
    house.clock.advance(Duration::from_secs(30));
    let now = crate::clock::Clock::now(&*house.clock);
    let right = again.post("/sign-in/second", &[("code", &code(&secret, now))], &page).await;
    assert_eq!((right.status, right.location()), (StatusCode::SEE_OTHER, "/"));
    assert_eq!(again.get("/").await.status, StatusCode::OK);

    for (expected, what) in [(StatusCode::SEE_OTHER, "once"), (StatusCode::UNAUTHORIZED, "and not again")] {
        let mut lost = house.browser();
        let page = lost.get("/sign-in").await;
        lost.post("/sign-in", &[("login", "kari"), ("password", PASSWORD)], &page).await;
        let page = lost.get("/sign-in/second").await;
        assert_eq!(lost.post("/sign-in/second", &[("code", &recovery)], &page).await.status, expected, "{what}");
    }
    let actions: Vec<String> = house.journal().await.into_iter().map(|it| it.action).collect();
    for told in ["second_factor_set", "second_factor_failed", "recovery_code_used"] {
        assert!(actions.iter().any(|it| it == told), "{told}: {actions:?}");
    }
}

#[tokio::test]
async fn wrong_codes_make_one_wait() {
    let house = House::new().await;
    let (mut kari, user) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let account = kari.get("/account").await;
    let shown = kari.post("/account/app", &[], &account).await;
    let secret = between(&shown.body, "one-time-link\">", "<").to_owned();
    let now = crate::clock::Clock::now(&*house.clock);
    kari.post("/account/app/confirm", &[("code", &code(&secret, now))], &shown).await;
    assert_eq!(house.store.authenticator(user.id).await.unwrap().unwrap().codes_left, 10);
    let mut thief = house.browser();
    let page = thief.get("/sign-in").await;
    thief.post("/sign-in", &[("login", "kari"), ("password", PASSWORD)], &page).await;
    let page = thief.get("/sign-in/second").await;
    for _ in 0..5 {
        let answer = thief.post("/sign-in/second", &[("code", "123456")], &page).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    }

    house.clock.advance(Duration::from_secs(60));
    let now = crate::clock::Clock::now(&*house.clock);
    let answer = thief.post("/sign-in/second", &[("code", &code(&secret, now))], &page).await;

    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS, "the right one too");
}

#[tokio::test]
async fn an_address_that_fails_with_many_names_makes_all_from_there_wait() {
    let house = House::new().await;
    house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let now = crate::clock::Clock::now(&*house.clock);
    for _ in 0..50 {
        house.store.count_failed_address("unknown", now, now).await.unwrap();
    }
    let mut browser = house.browser();
    let page = browser.get("/sign-in").await;

    let waits = browser.post("/sign-in", &[("login", "kari"), ("password", PASSWORD)], &page).await;
    house.clock.advance(Duration::from_secs(16 * 60));
    let later = browser.post("/sign-in", &[("login", "kari"), ("password", PASSWORD)], &page).await;

    assert_eq!(waits.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(later.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn as_it_comes_nobody_gets_further_without_a_second_factor() {
    let house = House::with(InboxConfig::default()).await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    assert_eq!(kari.get("/").await.location(), "/account");
    let account = kari.get("/account").await;
    assert!(account.body.contains("krever to faktorer"));

    let shown = kari.post("/account/app", &[], &account).await;
    let secret = between(&shown.body, "one-time-link\">", "<").to_owned();
    let now = crate::clock::Clock::now(&*house.clock);
    kari.post("/account/app/confirm", &[("code", &code(&secret, now))], &shown).await;

    assert_eq!(kari.get("/").await.status, StatusCode::OK);
}

/// Who has no telephone at work adds a passkey, and who has neither is not shut in.
#[tokio::test]
async fn the_first_page_offers_a_passkey_too_and_a_way_out() {
    let house = House::with(InboxConfig::default()).await;
    let (mut kari, user) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let account = kari.get("/account").await;
    let chosen = kari.post("/language", &[("lang", "en"), ("back", "/account")], &account).await;
    assert_eq!(chosen.location(), "/account");
    let account = kari.get("/account").await;
    assert!(account.body.contains("asks for two factors"), "{}", account.body);
    let mut leaves = kari.clone();

    // What an authenticator says of a new key: for us, there, verified, and the key's name.
    let challenge = between(&account.body, "data-challenge=\"", "\"");
    let rp = between(&account.body, "data-rp=\"", "\"");
    let encode = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
    let client_data = format!(
        r#"{{"type":"webauthn.create","challenge":"{}","origin":"{}","crossOrigin":false}}"#,
        encode(challenge.as_bytes()),
        InboxConfig::default().public_address
    );
    let mut said = crate::inbox::token::sha256(rp.as_bytes()).to_vec();
    said.extend_from_slice(&[0b0100_0101, 0, 0, 0, 0]);
    said.extend_from_slice(&[0; 16]);
    said.extend_from_slice(&[0, 3]);
    said.extend_from_slice(b"kid");
    let (client_data, said, key) = (encode(client_data.as_bytes()), encode(&said), encode(b"a public key"));
    let fields = [
        ("name", "stick"),
        ("client_data", client_data.as_str()),
        ("authenticator", said.as_str()),
        ("public_key", key.as_str()),
        ("algorithm", "-7"),
    ];
    let added = kari.post("/account/passkey", &fields, &account).await;
    assert_eq!((added.status, added.location()), (StatusCode::SEE_OTHER, "/account"), "{}", added.body);
    assert_eq!(house.store.passkeys(user.id).await.unwrap().len(), 1);
    assert_eq!(kari.get("/").await.status, StatusCode::OK, "all the way in");

    // One who has neither leaves.
    let (mut ola, _) = house.signed_in("ola", "Ola Prøve", &["gjerstad"]).await;
    let page = ola.get("/account").await;
    assert!(ola.post("/sign-out", &[], &page).await.location().starts_with("/sign-in?out=1"));
    assert!(ola.get("/account").await.location().starts_with("/sign-in"));
    assert!(leaves.get("/").await.location().starts_with("/sign-in"), "the half session has ended");
}

#[tokio::test]
async fn content_asks_for_the_password_again_when_it_was_long_ago() {
    let config = InboxConfig { content_proof_seconds_max: 600, ..plain() };
    let house = House::with(config).await;
    let (mut kari, _) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let planted = house.plant(Plant::default()).await;
    let path = format!("/items/{}", planted.item);
    let list = kari.get("/").await;
    kari.post(&format!("{path}/open"), &[], &list).await;
    assert!(kari.get(&path).await.body.contains("letter-heading"));

    house.clock.advance(Duration::from_secs(601));
    let place = kari.get(&path).await.location().to_owned();
    assert_eq!(place, format!("/prove?next={path}"));
    let page = kari.get(&place).await;
    let wrong = kari.post("/prove", &[("password", "noe helt annet"), ("next", &path)], &page).await;
    assert_eq!(wrong.status, StatusCode::UNAUTHORIZED);
    let right = kari.post("/prove", &[("password", PASSWORD), ("next", &path)], &wrong).await;
    assert_eq!(right.location(), path);
    assert!(kari.get(&path).await.body.contains("letter-heading"));
}

#[tokio::test]
async fn factors_are_changed_only_by_one_who_has_just_said_who_they_are() {
    let house = House::new().await;
    let (mut kari, user) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let account = kari.get("/account").await;
    house.clock.advance(Duration::from_secs(15 * 60 + 1));

    let place = kari.post("/account/app", &[], &account).await.location().to_owned();
    assert_eq!(place, "/prove?next=/account", "a browser left open adds no key");
    assert!(house.store.begun_authenticator(user.id).await.unwrap().is_none());

    let page = kari.get(&place).await;
    let proved = kari.post("/prove", &[("password", PASSWORD), ("next", "/account")], &page).await;
    assert_eq!(proved.location(), "/account");
    let account = kari.get("/account").await;
    assert!(kari.post("/account/app", &[], &account).await.body.contains("<svg"));
}

/// A link set a new password, and ended every session, before anybody had shown the app.
#[tokio::test]
async fn a_link_changes_nothing_before_the_second_factor_is_shown() {
    let house = House::new().await;
    let (mut kari, user) = house.signed_in("kari", "Kari Prøve", &["gjerstad"]).await;
    let account = kari.get("/account").await;
    let shown = kari.post("/account/app", &[], &account).await;
    let secret = between(&shown.body, "one-time-link\">", "<").to_owned();
    let now = || crate::clock::Clock::now(&*house.clock);
    kari.post("/account/app/confirm", &[("code", &code(&secret, now()))], &shown).await;
    let before = house.store.password_hash(user.id).await.unwrap().unwrap();
    let token = crate::inbox::Token::generate();
    house.store.add_link(token.sha256(), user.id, None, now().plus(Duration::from_secs(3600))).await.unwrap();
    let link = format!("/first/{}", token.text().reveal());
    let fields = [("password", "sju elger over grønne fjell"), ("repeat", "sju elger over grønne fjell")];

    let mut browser = house.browser();
    let page = browser.get(&link).await;
    assert!(page.body.contains("har en app eller en passnøkkel") && page.key(&link).is_none(), "{}", page.body);
    let on = browser.post(&format!("{link}/second"), &[], &page).await;
    assert!(on.status == StatusCode::OK && on.body.contains("name=\"code\""), "{}", on.body);
    assert_eq!(browser.get("/").await.location(), "/sign-in/second?next=/", "half is not in");
    let wrong = browser.post("/sign-in/second", &[("code", "000000"), ("next", &link)], &on).await;
    assert_eq!(wrong.status, StatusCode::UNAUTHORIZED);
    assert!(browser.get(&link).await.key(&link).is_none(), "nor after a wrong code");
    assert_eq!(house.store.password_hash(user.id).await.unwrap().unwrap().reveal(), before.reveal());
    assert_eq!(kari.get("/").await.status, StatusCode::OK, "and nobody is out");

    house.clock.advance(Duration::from_secs(30));
    let right = browser.post("/sign-in/second", &[("code", &code(&secret, now())), ("next", &link)], &on).await;
    assert_eq!(right.location(), link, "back to the link");
    let page = browser.get(&link).await;
    let done = browser.post(&link, &fields, &page).await;
    assert_eq!((done.status, done.location()), (StatusCode::SEE_OTHER, "/"), "{}", done.body);
    assert_eq!(browser.get("/").await.status, StatusCode::OK, "the factor has been shown");
    assert_ne!(house.store.password_hash(user.id).await.unwrap().unwrap().reveal(), before.reveal());
    assert_eq!(browser.get(&link).await.status, StatusCode::GONE, "once");
}
