//! Signing in by a real, certified provider (oidc-provider), which runs on loopback while the test does.
//!
//! It needs Node and `npm ci` in `tests/oidc`; without them the tests say so loudly and prove nothing.

use super::support::Answer;
use super::support::Browser;
use super::support::House;
use super::support::Plant;
use crate::inbox::AssertionAudience;
use crate::inbox::ClientAlgorithm;
use crate::inbox::InboxConfig;
use crate::inbox::ProviderConfig;
use aws_lc_rs::signature::ECDSA_P256_SHA256_FIXED_SIGNING;
use aws_lc_rs::signature::EcdsaKeyPair;
use aws_lc_rs::signature::KeyPair as _;
use axum::http::StatusCode;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use reqwest::Client;
use reqwest::Url;
use reqwest::header;
use reqwest::redirect;
use std::collections::HashMap;
use std::path::Path;
use std::process::Child;
use std::process::Command;
use std::process::Stdio;
use std::time::Duration;
use tempfile::TempDir;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/oidc");

/// The provider's process, and a browser's cookies there.
struct Oidc {
    child: Child,
    issuer: String,
    client: Client,
    cookies: HashMap<String, String>,
    /// Where our key is.
    keys: TempDir,
}

impl Drop for Oidc {
    fn drop(&mut self) {
        // It may be gone already; there is nobody to tell.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

impl Oidc {
    async fn start() -> Option<Self> {
        if !Path::new(FOLDER).join("node_modules/oidc-provider").exists() {
            let needed = std::env::var_os("MELDEPORT_TEST_NEEDS_OIDC").is_some();
            assert!(!needed, "the provider is not there: run `npm ci` in tests/oidc");
            eprintln!("NOT TESTED AGAINST A PROVIDER: run `npm ci` in tests/oidc");
            return None;
        }
        let keys = TempDir::new().unwrap();
        let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap();
        let der = pair.to_pkcs8v1().unwrap();
        let pem =
            format!("-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n", STANDARD.encode(der.as_ref()));
        std::fs::write(keys.path().join("client.pem"), pem).unwrap();
        let point = &pair.public_key().as_ref()[1..];
        let [x, y] = [&point[..32], &point[32..]].map(|it| URL_SAFE_NO_PAD.encode(it));
        let jwk = format!(r#"{{"kty":"EC","crv":"P-256","x":"{x}","y":"{y}","kid":"ours","use":"sig","alg":"ES256"}}"#);

        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let child = Command::new("node")
            .args(["provider.mjs", &port.to_string(), &jwk])
            .current_dir(FOLDER)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let client = Client::builder().redirect(redirect::Policy::none()).build().unwrap();
        let issuer = format!("http://127.0.0.1:{port}");
        let oidc = Self { child, issuer, client, cookies: HashMap::new(), keys };
        for _ in 0..300 {
            if oidc.client.get(format!("{}/become?sub=kari&acr=substantial", oidc.issuer)).send().await.is_ok() {
                return Some(oidc);
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("the provider did not start");
    }

    /// An inbox at the provider's time, which trusts it.
    async fn house(&self, change: impl FnOnce(&mut ProviderConfig)) -> House {
        let mut provider = ProviderConfig {
            name: "id".to_owned(),
            label: "Prøve-ID".to_owned(),
            issuer: self.issuer.clone(),
            client_id: "meldeport".to_owned(),
            key_file: "client.pem".into(),
            key_id: "ours".to_owned(),
            algorithm: ClientAlgorithm::Es256,
            assertion_audience: AssertionAudience::Issuer,
            levels: vec!["substantial".to_owned(), "high".to_owned()],
            acr_values: "substantial".to_owned(),
            content_acr_values: "high".to_owned(),
            ..ProviderConfig::default()
        };
        change(&mut provider);
        let config = InboxConfig { providers: vec![provider], ..InboxConfig::default() };
        House::at_the_real_time(config, self.keys.path()).await
    }

    async fn become_person(&mut self, sub: &str, acr: &str) {
        self.cookies.clear();
        self.client.get(format!("{}/become?sub={sub}&acr={acr}", self.issuer)).send().await.unwrap();
    }

    /// Follows the browser through the provider until it is sent back to us; path and query there.
    async fn pass(&mut self, from: &str) -> String {
        let mut place = from.to_owned();
        for _ in 0..12 {
            if let Some(back) = place.strip_prefix("https://localhost:9443") {
                return back.to_owned();
            }
            let url = Url::parse(&self.issuer).unwrap().join(&place).unwrap();
            let cookies: Vec<_> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            let answer = self.client.get(url).header(header::COOKIE, cookies.join("; ")).send().await.unwrap();
            for cookie in answer.headers().get_all(header::SET_COOKIE) {
                let (name, value) = cookie.to_str().unwrap().split(';').next().unwrap().split_once('=').unwrap();
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
            let Some(next) = answer.headers().get(header::LOCATION) else {
                panic!("the provider stops at {place}: {}", answer.text().await.unwrap())
            };
            place = next.to_str().unwrap().to_owned();
        }
        panic!("the provider sends the browser around in a circle");
    }

    async fn sign_in(&mut self, browser: &mut Browser) -> Answer {
        let away = browser.get("/sign-in/with/id").await;
        let back = self.pass(away.location()).await;
        browser.get(&back).await
    }
}

/// A person of the unit whose account is tied to `kari` at the provider, by a one-time link.
async fn tied(house: &House, oidc: &mut Oidc) -> Browser {
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
    let Some(mut oidc) = Oidc::start().await else { return };
    let house = oidc.house(|_| {}).await;
    let mut browser = tied(&house, &mut oidc).await;
    let inbox = browser.get("/").await;
    assert!(inbox.status == StatusCode::OK && inbox.body.contains("Kari Prøve"));

    let out = browser.post("/sign-out", &[], &inbox).await;
    assert!(out.status == StatusCode::OK && out.body.contains("Logg også ut av Prøve-ID"));
    assert!(out.body.contains("name=\"id_token_hint\"") && !out.body.contains("?id_token"));
    let policy = out.headers["content-security-policy"].to_str().unwrap();
    assert!(policy.contains(&format!("form-action 'self' {}", oidc.issuer)), "{policy}");
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
    let Some(mut oidc) = Oidc::start().await else { return };
    let house = oidc.house(|_| {}).await;
    tied(&house, &mut oidc).await;

    let mut browser = house.browser();
    let away = browser.get("/sign-in/with/id").await;
    let back = oidc.pass(away.location()).await;
    let state = back.split("state=").nth(1).unwrap().split('&').next().unwrap();
    let wrong_state = back.replace(state, &state.chars().rev().collect::<String>());
    assert_eq!(browser.get(&wrong_state).await.location(), "/sign-in?refused=unknown");
    assert_eq!(house.browser().get(&back).await.location(), "/sign-in?refused=unknown", "another browser");
    assert_eq!(browser.get(&back).await.location(), "/sign-in?refused=unknown", "the state is used up by that");

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
    let Some(mut oidc) = Oidc::start().await else { return };
    let house = oidc.house(|_| {}).await;
    tied(&house, &mut oidc).await;

    oidc.become_person("kari", "low").await;
    let low = oidc.sign_in(&mut house.browser()).await;
    assert_eq!(low.location(), "/sign-in?refused=level");
    oidc.become_person("stranger", "high").await;
    let unknown = oidc.sign_in(&mut house.browser()).await;
    assert_eq!(unknown.location(), "/sign-in?refused=nobody");

    let elsewhere = oidc.issuer.replace("127.0.0.1", "localhost");
    let house = oidc.house(|it| it.issuer = elsewhere).await;
    let answer = house.browser().get("/sign-in/with/id").await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "it calls itself something else");
}

#[tokio::test]
async fn content_asks_for_a_higher_level_and_comes_back_to_the_case() {
    let Some(mut oidc) = Oidc::start().await else { return };
    let house = oidc.house(|it| it.content_levels = vec!["high".to_owned()]).await;
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
    assert_eq!(browser.get(&back).await.location(), "/sign-in?refused=level", "still substantial");

    oidc.become_person("kari", "high").await;
    let away = browser.get(&place).await;
    let back = oidc.pass(away.location()).await;
    let answer = browser.get(&back).await;
    assert_eq!(answer.location(), path);
    let cover = browser.get(&path).await;
    browser.post(&format!("{path}/open"), &[], &cover).await;
    assert!(browser.get(&path).await.body.contains("letter-heading"));
}
