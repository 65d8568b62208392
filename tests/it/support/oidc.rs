//! A real, certified provider of identities (oidc-provider), which runs on loopback while the test does.

use crate::support::Browser;
use crate::support::Page;
use aws_lc_rs::signature::ECDSA_P256_SHA256_FIXED_SIGNING;
use aws_lc_rs::signature::EcdsaKeyPair;
use aws_lc_rs::signature::KeyPair as _;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use meldeport::inbox::AssertionAudience;
use meldeport::inbox::ClientAlgorithm;
use meldeport::inbox::ProviderConfig;
use reqwest::Client;
use reqwest::Url;
use reqwest::header;
use reqwest::redirect;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Child;
use std::process::Command;
use std::process::Stdio;
use std::time::Duration;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/oidc");
/// Where the provider sends people back to; it is registered there.
pub const INBOX: &str = "https://localhost:9443";

/// The provider's process, and a browser's cookies there.
pub struct Oidc {
    child: Child,
    issuer: String,
    client: Client,
    cookies: BTreeMap<String, String>,
    keys: tempfile::TempDir,
}

impl Drop for Oidc {
    fn drop(&mut self) {
        // It may be gone already; there is nobody to tell.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

impl Oidc {
    /// `None`: Node or its modules are not there, and nothing is proved.
    pub async fn start() -> Option<Self> {
        if !Path::new(FOLDER).join("node_modules/oidc-provider").exists() {
            let needed = std::env::var_os("MELDEPORT_TEST_NEEDS_OIDC").is_some();
            assert!(!needed, "the provider is not there: run `npm ci` in tests/oidc");
            eprintln!("NOT TESTED AGAINST A PROVIDER: run `npm ci` in tests/oidc");
            return None;
        }
        let keys = tempfile::tempdir().unwrap();
        let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap();
        let der = STANDARD.encode(pair.to_pkcs8v1().unwrap().as_ref());
        let pem = format!("-----BEGIN PRIVATE KEY-----\n{der}\n-----END PRIVATE KEY-----\n");
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
        let oidc = Self { child, issuer, client, cookies: BTreeMap::new(), keys };
        for _ in 0..1200 {
            if oidc.client.get(format!("{}/become?sub=ragna&acr=substantial", oidc.issuer)).send().await.is_ok() {
                return Some(oidc);
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("the provider did not start");
    }

    pub fn config(&self) -> ProviderConfig {
        ProviderConfig {
            name: "id".to_owned(),
            label: "Prøve-ID".to_owned(),
            issuer: self.issuer.clone(),
            client_id: "meldeport".to_owned(),
            key_file: self.keys.path().join("client.pem"),
            key_id: "ours".to_owned(),
            algorithm: ClientAlgorithm::Es256,
            assertion_audience: AssertionAudience::Issuer,
            levels: vec!["substantial".to_owned(), "high".to_owned()],
            content_levels: vec!["high".to_owned()],
            acr_values: "substantial".to_owned(),
            content_acr_values: "high".to_owned(),
            ..ProviderConfig::default()
        }
    }

    pub async fn become_person(&mut self, sub: &str, acr: &str) {
        self.cookies.clear();
        self.client.get(format!("{}/become?sub={sub}&acr={acr}", self.issuer)).send().await.unwrap();
    }

    /// Follows the browser from our page to the provider and back.
    pub async fn pass(&mut self, browser: &mut Browser, from: &str) -> Page {
        let mut place = browser.get(from).await.location;
        for _ in 0..12 {
            if let Some(back) = place.strip_prefix(INBOX) {
                return browser.get(back).await;
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
}
