//! Signing in by a real, certified provider (`tests/oidc/provider.rs`).

use super::provider::KEY_FILE;
use super::provider::KEY_ID;
use super::provider::Provider;
use super::support::Answer;
use super::support::Browser;
use super::support::House;
use super::support::PASSWORD;
use super::support::Plant;
use super::support::plain;
use crate::domain::Redacted;
use crate::inbox::AssertionAudience;
use crate::inbox::ClientAlgorithm;
use crate::inbox::InboxConfig;
use crate::inbox::ProviderConfig;
use crate::inbox::Token;
use crate::storage::AccountStore as _;
use crate::storage::FactorStore as _;
use crate::storage::IdentityStore as _;
use crate::storage::User;
use axum::http::StatusCode;
use reqwest::Url;
use std::collections::HashMap;
use std::time::Duration;

/// An inbox at the provider's time, which trusts it.
async fn house_of(oidc: &Provider, change: impl FnOnce(&mut ProviderConfig)) -> House {
    let mut provider = ProviderConfig {
        name: "id".to_owned(),
        label: "Prøve-ID".to_owned(),
        issuer: oidc.issuer().to_owned(),
        client_id: "meldeport".to_owned(),
        key_file: KEY_FILE.into(),
        key_id: KEY_ID.to_owned(),
        algorithm: ClientAlgorithm::Es256,
        assertion_audience: AssertionAudience::Issuer,
        levels: vec!["substantial".to_owned(), "high".to_owned()],
        acr_values: "substantial".to_owned(),
        content_acr_values: "high".to_owned(),
        ..ProviderConfig::default()
    };
    change(&mut provider);
    let config = InboxConfig { providers: vec![provider], ..plain() };
    House::at_the_real_time(config, oidc.keys()).await
}

async fn sign_in(oidc: &mut Provider, browser: &mut Browser) -> Answer {
    let away = browser.get("/sign-in/with/id").await;
    let back = oidc.pass(away.location()).await;
    browser.get(&back).await
}

/// A person of the unit whose account is tied to `kari` at the provider, by a one-time link.
async fn tied(house: &House, oidc: &mut Provider) -> Browser {
    let (_, link) = house.invite("kari", "Kari Prøve", &["gjerstad"]).await;
    let mut browser = house.browser();
    let path = format!("/first/{}", link.text().reveal());
    assert!(browser.get(&path).await.body.contains("Logg inn med Prøve-ID"));
    let away = browser.get(&format!("{path}/with/id")).await;
    let back = oidc.pass(away.location()).await;
    let answer = browser.get(&back).await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/"));
    browser
}

#[tokio::test]
async fn one_is_tied_by_a_link_and_then_signs_in_and_out_by_the_provider() {
    let Some(mut oidc) = Provider::start().await else { return };
    let house = house_of(&oidc, |_| {}).await;
    let mut browser = tied(&house, &mut oidc).await;
    let inbox = browser.get("/").await;
    assert!(inbox.status == StatusCode::OK && inbox.body.contains("Kari Prøve"));

    let out = browser.post("/sign-out", &[], &inbox).await;
    assert!(out.status == StatusCode::OK && out.body.contains("Logg også ut av Prøve-ID"));
    assert!(out.body.contains("name=\"id_token_hint\"") && !out.body.contains("?id_token"));
    let policy = out.headers["content-security-policy"].to_str().unwrap();
    assert!(policy.contains(&format!("form-action 'self' {}", oidc.issuer())), "{policy}");
    assert_eq!(browser.get("/").await.status, StatusCode::SEE_OTHER);

    let mut other = house.browser();
    assert!(other.get("/sign-in").await.body.contains("Logg inn med Prøve-ID"));
    let away = other.get("/sign-in/with/id?next=%2F%3Ftab%3Dmine").await;
    let asked: HashMap<String, String> = Url::parse(away.location()).unwrap().query_pairs().into_owned().collect();
    assert_eq!((asked["code_challenge_method"].as_str(), asked["acr_values"].as_str()), ("S256", "substantial"));
    let back = oidc.pass(away.location()).await;
    assert_eq!(other.get(&back).await.location(), "/?tab=mine");
    let actions: Vec<String> = house.journal().await.into_iter().map(|it| it.action).collect();
    assert_eq!(actions.iter().filter(|it| *it == "signed_in").count(), 2);
}

#[tokio::test]
async fn whoever_is_not_sent_by_us_not_known_or_not_sure_enough_stays_outside() {
    let Some(mut oidc) = Provider::start().await else { return };
    let house = house_of(&oidc, |_| {}).await;
    tied(&house, &mut oidc).await;

    let mut browser = house.browser();
    let away = browser.get("/sign-in/with/id").await;
    let back = oidc.pass(away.location()).await;
    let state = back.split("state=").nth(1).unwrap().split('&').next().unwrap();
    let wrong_state = back.replace(state, &state.chars().rev().collect::<String>());
    assert_eq!(browser.get(&wrong_state).await.location(), "/sign-in?refused=unknown");
    assert_eq!(house.browser().get(&back).await.location(), "/sign-in?refused=unknown", "another browser");
    assert_eq!(browser.get(&back).await.location(), "/", "which does not use it up");
    assert_eq!(browser.get(&back).await.location(), "/sign-in?refused=unknown", "but this does");
    let mut browser = house.browser();

    let away = browser.get("/sign-in/with/id").await;
    let back = oidc.pass(away.location()).await;
    let issuer = back.replace("iss=http", "iss=https");
    assert_eq!(browser.get(&issuer).await.location(), "/sign-in?refused=provider", "the answer of another issuer");

    let away = browser.get("/sign-in/with/id").await;
    let swapped = away.location().replace("nonce=", "nonce=x");
    let back = oidc.pass(&swapped).await;
    assert_eq!(browser.get(&back).await.location(), "/sign-in?refused=provider", "a token for another question");

    let away = browser.get("/sign-in/with/id").await;
    let back = oidc.pass(away.location()).await;
    house.clock.advance(Duration::from_secs(5 * 60));
    assert_eq!(browser.get(&back).await.location(), "/sign-in?refused=provider", "the token has expired");
    let away = browser.get("/sign-in/with/id").await;
    let back = oidc.pass(away.location()).await;
    house.clock.advance(Duration::from_secs(11 * 60));
    assert_eq!(browser.get(&back).await.location(), "/sign-in?refused=unknown", "it took too long");
    assert!(browser.get("/sign-in?refused=unknown").await.body.contains("tok for lang tid"));
    let details: Vec<String> =
        house.journal().await.into_iter().filter(|it| it.action == "sign_in_failed").map(|it| it.detail).collect();
    assert!(details.len() >= 6 && details.iter().any(|it| it.contains("nonce")), "{details:?}");
    assert_eq!(browser.get("/").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn too_low_a_level_an_unknown_subject_and_another_issuer_are_told_apart() {
    let Some(mut oidc) = Provider::start().await else { return };
    let house = house_of(&oidc, |_| {}).await;
    tied(&house, &mut oidc).await;

    oidc.become_person("kari", "low").await;
    let low = sign_in(&mut oidc, &mut house.browser()).await;
    assert_eq!(low.location(), "/sign-in?refused=level");
    oidc.become_person("stranger", "high").await;
    let unknown = sign_in(&mut oidc, &mut house.browser()).await;
    assert_eq!(unknown.location(), "/sign-in?refused=nobody");
    let mut browser = house.browser();
    let away = browser.get("/sign-in/with/id?next=/tasks").await;
    let back = oidc.pass(away.location()).await;
    assert_eq!(browser.get(&back).await.location(), "/sign-in?refused=nobody&next=/tasks", "the way back is kept");
    assert!(browser.get("/sign-in?refused=nobody&next=/tasks").await.body.contains("/sign-in/with/id?next=/tasks"));

    let elsewhere = oidc.issuer().replace("127.0.0.1", "localhost");
    let house = house_of(&oidc, |it| it.issuer = elsewhere).await;
    let answer = house.browser().get("/sign-in/with/id").await;
    assert_eq!(answer.location(), "/sign-in?refused=down", "it calls itself something else");
}

#[tokio::test]
async fn content_asks_for_a_higher_level_and_comes_back_to_the_case() {
    let Some(mut oidc) = Provider::start().await else { return };
    let house = house_of(&oidc, |it| it.content_levels = vec!["high".to_owned()]).await;
    let mut browser = tied(&house, &mut oidc).await;
    let planted = house.plant(Plant::default()).await;
    let path = format!("/items/{}", planted.item);

    let list = browser.get("/").await;
    let refused = browser.post(&format!("{path}/open"), &[], &list).await;
    assert_eq!(refused.status, StatusCode::SEE_OTHER);
    assert!(refused.location().starts_with("/prove?next="), "{}", refused.location());
    let place = refused.location().to_owned();
    let away = browser.get(&place).await;
    let asked: HashMap<String, String> = Url::parse(away.location()).unwrap().query_pairs().into_owned().collect();
    assert_eq!((asked["max_age"].as_str(), asked["acr_values"].as_str()), ("0", "high"));
    let back = oidc.pass(away.location()).await;
    let told = browser.get(&back).await.location().to_owned();
    assert_eq!(told, format!("/prove?refused=level&next={path}"), "still substantial");
    let line = house.journal().await.into_iter().rfind(|it| it.action == "sign_in_failed").unwrap();
    assert!(line.actor_name.contains("Kari"), "who went to prove it is known: {}", line.actor_name);
    let told = browser.get(&told).await;
    assert!(told.body.contains("For å lese meldinger må du logge inn med høyere"), "{}", told.body);
    assert!(told.body.contains(&format!("href=\"{place}\"")), "the button asks for the high level: {}", told.body);

    oidc.become_person("kari", "high").await;
    let away = browser.get(&place).await;
    let back = oidc.pass(away.location()).await;
    let answer = browser.get(&back).await;
    assert_eq!(answer.location(), path);
    let cover = browser.get(&path).await;
    browser.post(&format!("{path}/open"), &[], &cover).await;
    assert!(browser.get(&path).await.body.contains("letter-heading"));
}

/// A provider that does not answer was «a busy inbox», with no way back.
#[tokio::test]
async fn a_provider_that_is_down_is_told_on_the_page_to_sign_in() {
    let Some(oidc) = Provider::start().await else { return };
    let house = house_of(&oidc, |_| {}).await;
    drop(oidc);
    let mut browser = house.browser();

    let away = browser.get("/sign-in/with/id?next=/tasks").await;

    assert_eq!((away.status, away.location()), (StatusCode::SEE_OTHER, "/sign-in?refused=down&next=/tasks"));
    let page = browser.get(away.location()).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("svarer ikke akkurat nå"), "{}", page.body);
    let numbers = house.metrics.render();
    assert!(numbers.contains("meldeport_sign_ins_failed_total{reason=\"down\"} 1"), "{numbers}");
}

/// A second tie was added in silence beside the first, could be seen by nobody and taken away by nobody.
#[tokio::test]
async fn a_person_is_one_at_a_provider_and_sees_it_and_takes_it_away() {
    let Some(mut oidc) = Provider::start().await else { return };
    let house = house_of(&oidc, |_| {}).await;
    let mut first = tied(&house, &mut oidc).await;
    let kari = house.store.user_by_login("kari").await.unwrap().unwrap();
    let link_to = async |user: &User| {
        let link = Token::generate();
        let now = crate::clock::Clock::now(&*house.clock);
        house.store.add_link(link.sha256(), user.id, None, now.plus(Duration::from_secs(3600))).await.unwrap();
        format!("/first/{}", link.text().reveal())
    };
    let account = first.get("/account").await;
    assert!(account.body.contains("<strong>Prøve-ID</strong>, siden"), "{}", account.body);
    assert!(account.body.contains("eneste vei inn") && account.key("/account/tie/id/remove").is_none());

    // A new tie takes the place of the old one, and ends its sessions.
    let link = link_to(&kari).await;
    oidc.become_person("kari-other", "high").await;
    let mut second = house.browser();
    let away = second.get(&format!("{link}/with/id")).await;
    let back = oidc.pass(away.location()).await;
    assert_eq!(second.get(&back).await.location(), "/");
    assert_eq!(first.get("/").await.status, StatusCode::SEE_OTHER, "who was in by the old tie is out");
    oidc.become_person("kari", "high").await;
    assert_eq!(sign_in(&mut oidc, &mut house.browser()).await.location(), "/sign-in?refused=nobody");

    // Somebody else's subject is said to be that, and does not use up the link.
    let (ola, _) = house.invite("ola", "Ola Prøve", &["gjerstad"]).await;
    let link = link_to(&ola).await;
    oidc.become_person("kari-other", "high").await;
    let mut browser = house.browser();
    let away = browser.get(&format!("{link}/with/id")).await;
    let back = oidc.pass(away.location()).await;
    let told = browser.get(&back).await.location().to_owned();
    assert_eq!(told, "/sign-in?refused=taken");
    assert!(browser.get(&told).await.body.contains("hører til en annen bruker her"));
    assert_eq!(browser.get(&link).await.status, StatusCode::OK, "the link holds");

    // With another way in it can be taken away, and everybody who came by it is out.
    let link = link_to(&kari).await;
    let mut own = house.browser();
    let form = own.get(&link).await;
    own.post(&link, &[("password", PASSWORD), ("repeat", PASSWORD)], &form).await;
    let mut by_provider = house.browser();
    assert_eq!(sign_in(&mut oidc, &mut by_provider).await.location(), "/");
    let account = own.get("/account").await;
    let gone = own.post("/account/tie/id/remove", &[], &account).await;
    assert_eq!(gone.location(), "/account");
    assert!(!own.get("/account").await.body.contains("Prøve-ID"));
    assert_eq!(by_provider.get("/").await.status, StatusCode::SEE_OTHER);
    assert_eq!(sign_in(&mut oidc, &mut house.browser()).await.location(), "/sign-in?refused=nobody");
    let told: Vec<(String, String)> = house.journal().await.into_iter().map(|it| (it.action, it.detail)).collect();
    let of = |action: &str| told.iter().filter(|it| it.0 == action && it.1 == "kari: id").count();
    assert_eq!((of("identity_tied"), of("identity_untied")), (2, 1), "{told:?}");
}

/// A link that a colleague made was a second way into an account, beside what its owner used and saw.
#[tokio::test]
async fn a_link_from_a_colleague_changes_no_account_that_signs_in_from_outside() {
    let Some(mut oidc) = Provider::start().await else { return };
    let house = house_of(&oidc, |_| {}).await;
    let mut siv = tied(&house, &mut oidc).await;
    let user = house.store.user_by_login("kari").await.unwrap().unwrap();
    let (dag, _) = house.invite("dag", "Dag Administrator", &["gjerstad"]).await;
    let link_by = async |maker: Option<&User>| {
        let link = Token::generate();
        let until = crate::clock::Clock::now(&*house.clock).plus(Duration::from_secs(3600));
        house.store.add_link(link.sha256(), user.id, maker.map(|it| it.id), until).await.unwrap();
        format!("/first/{}", link.text().reveal())
    };

    // Neither a password nor another person at the provider; and the owner's own way goes on.
    let link = link_by(Some(&dag)).await;
    let mut thief = house.browser();
    let form = thief.get(&link).await;
    assert!(form.body.contains("Logg inn slik du pleier") && form.key(&link).is_none(), "{}", form.body);
    let key = form.key(&format!("{link}/second"));
    assert!(key.is_none(), "there is no factor to show");
    let away = thief.get(&format!("{link}/with/id")).await;
    assert!(away.status == StatusCode::OK && away.body.contains("Logg inn slik du pleier"), "{}", away.body);
    assert!(house.store.password_hash(user.id).await.unwrap().is_none());
    assert_eq!(siv.get("/").await.status, StatusCode::OK, "nothing of hers has ended");

    // Its owner signs in as ever, and the link does what it is for; the journal says whose it was.
    let form = siv.get(&link).await;
    assert!(form.key(&link).is_some(), "{}", form.body);
    siv.post(&link, &[("password", PASSWORD), ("repeat", PASSWORD)], &form).await;
    assert!(house.store.password_hash(user.id).await.unwrap().is_some());
    let used: Vec<String> =
        house.journal().await.into_iter().filter(|it| it.action == "link_used").map(|it| it.detail).collect();
    assert_eq!(used, ["by the operator", "by Dag Administrator"]);

    // What was added beside it is seen, and taken away, with everybody who came by it.
    let mut other = house.signed_in_again("kari").await;
    let mut own = house.browser();
    assert_eq!(sign_in(&mut oidc, &mut own).await.location(), "/");
    let account = own.get("/account").await;
    assert!(account.body.contains("Andre veier inn"), "{}", account.body);
    let gone = own.post("/account/password/remove", &[], &account).await;
    assert_eq!(gone.location(), "/account");
    assert!(house.store.password_hash(user.id).await.unwrap().is_none());
    assert_eq!(other.get("/").await.status, StatusCode::SEE_OTHER, "who came by it is out");
    assert!(!own.get("/account").await.body.contains("Andre veier inn"));
    assert!(house.journal().await.iter().any(|it| it.action == "password_removed"));

    // The operator has asked who it is, so that link stands for itself.
    let link = link_by(None).await;
    let mut lost = house.browser();
    oidc.become_person("kari-other", "high").await;
    let away = lost.get(&format!("{link}/with/id")).await;
    let back = oidc.pass(away.location()).await;
    assert_eq!(lost.get(&back).await.location(), "/");
}

/// One who had an app was tied to a stranger's sign-in without being asked for it, and was in by that alone from then on.
#[tokio::test]
async fn a_link_ties_nobody_who_has_an_app_before_it_is_shown() {
    let Some(mut oidc) = Provider::start().await else { return };
    let house = house_of(&oidc, |_| {}).await;
    let (user, _) = house.invite("siv", "Siv Prøve", &["gjerstad"]).await;
    let link_of = async || {
        let link = Token::generate();
        let until = crate::clock::Clock::now(&*house.clock).plus(Duration::from_secs(3600));
        house.store.add_link(link.sha256(), user.id, None, until).await.unwrap();
        format!("/first/{}", link.text().reveal())
    };
    let link = link_of().await;
    let mut thief = house.browser();
    // Sent away before she had one, and back after: it is looked at when it counts.
    let away = thief.get(&format!("{link}/with/id")).await;
    let back = oidc.pass(away.location()).await;
    house.store.begin_authenticator(user.id, &Redacted::new(vec![7; 20])).await.unwrap();
    house.store.confirm_authenticator(user.id, 1, &[[1; 32]], crate::clock::Clock::now(&*house.clock)).await.unwrap();
    let refused = thief.get(&back).await.location().to_owned();
    assert_eq!(refused, "/sign-in?refused=link");
    assert!(thief.get(&refused).await.body.contains("endrer ikke noe før du har vist den"));
    let away = thief.get(&format!("{link}/with/id")).await;
    assert!(away.status == StatusCode::OK && away.body.contains("app eller en passnøkkel"), "{}", away.body);
    assert!(house.store.ties(user.id).await.unwrap().is_empty());
    assert_eq!(sign_in(&mut oidc, &mut house.browser()).await.location(), "/sign-in?refused=nobody");
}
