//! A real, certified provider of identities (oidc-provider), which runs on loopback while a test does. The inbox's own tests
//! and those of the whole gateway both include this file.
//!
//! It needs Node and `npm ci` in `tests/oidc`; without them the tests say so loudly and prove nothing.

use super::free_port;
use aws_lc_rs::signature::ECDSA_P256_SHA256_FIXED_SIGNING;
use aws_lc_rs::signature::EcdsaKeyPair;
use aws_lc_rs::signature::KeyPair as _;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use reqwest::Client;
use reqwest::Url;
use reqwest::header;
use reqwest::redirect;
use std::collections::BTreeMap;
use std::fs::File;
use std::path::Path;
use std::process::Child;
use std::process::Command;
use std::time::Duration;
use std::time::Instant;
use tempfile::TempDir;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/oidc");
/// Our key, in [`Provider::keys`].
pub const KEY_FILE: &str = "client.pem";
/// The name of that key at the provider.
pub const KEY_ID: &str = "ours";
/// Where the provider sends people back to; it is registered there.
pub const INBOX: &str = "https://localhost:9443";
/// A busy machine needs long to start Node.
const START_MAX: Duration = Duration::from_secs(60);
/// From one page to the next, on the way through the provider.
const STEPS_MAX: usize = 12;

/// The provider's process, and a browser's cookies there.
pub struct Provider {
    child: Child,
    issuer: String,
    client: Client,
    cookies: BTreeMap<String, String>,
    /// Where our key is, and what the provider writes.
    folder: TempDir,
}

impl Drop for Provider {
    fn drop(&mut self) {
        // It may be gone already; there is nobody to tell.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

impl Provider {
    /// `None`: Node or its modules are not there, and nothing is proved.
    pub async fn start() -> Option<Self> {
        if !Path::new(FOLDER).join("node_modules/oidc-provider").exists() {
            let needed = std::env::var_os("MELDEPORT_TEST_NEEDS_OIDC").is_some();
            assert!(!needed, "the provider is not there: run `npm ci` in tests/oidc");
            eprintln!("NOT TESTED AGAINST A PROVIDER: run `npm ci` in tests/oidc");
            return None;
        }
        let folder = TempDir::new().unwrap();
        let jwk = make_key(&folder.path().join(KEY_FILE));
        let port = free_port(0).unwrap().port();
        let written = File::create(folder.path().join("provider.log")).unwrap();
        let child = Command::new("node")
            .args(["provider.mjs", &port.to_string(), &jwk])
            .current_dir(FOLDER)
            .stdout(written.try_clone().unwrap())
            .stderr(written)
            .spawn()
            .unwrap();
        let client = Client::builder().redirect(redirect::Policy::none()).build().unwrap();
        let issuer = format!("http://127.0.0.1:{port}");
        let mut provider = Self { child, issuer, client, cookies: BTreeMap::new(), folder };
        provider.wait_until_it_answers().await;
        Some(provider)
    }

    async fn wait_until_it_answers(&mut self) {
        let began = Instant::now();
        loop {
            let answered = self.client.get(format!("{}/.well-known/openid-configuration", self.issuer)).send().await;
            let Err(error) = answered else { return };
            let ended = self.child.try_wait().unwrap();
            if ended.is_some() || began.elapsed() > START_MAX {
                let written = std::fs::read_to_string(self.folder.path().join("provider.log")).unwrap();
                panic!("the provider did not start ({error}; ended: {ended:?}). It wrote:\n{written}");
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// The folder with our key.
    pub fn keys(&self) -> &Path {
        self.folder.path()
    }

    /// The person at the provider is `sub` from now on, proved at the level `acr`.
    pub async fn become_person(&mut self, sub: &str, acr: &str) {
        self.cookies.clear();
        self.client.get(format!("{}/become?sub={sub}&acr={acr}", self.issuer)).send().await.unwrap();
    }

    /// Follows a browser through the provider until it is sent back to us; path and query there.
    pub async fn pass(&mut self, from: &str) -> String {
        let mut place = from.to_owned();
        for _ in 0..STEPS_MAX {
            if let Some(back) = place.strip_prefix(INBOX) {
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
}

/// Makes our key at `path`; its public half as a JWK.
fn make_key(path: &Path) -> String {
    let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap();
    let der = STANDARD.encode(pair.to_pkcs8v1().unwrap().as_ref());
    let pem = format!("-----BEGIN PRIVATE KEY-----\n{der}\n-----END PRIVATE KEY-----\n");
    std::fs::write(path, pem).unwrap();
    let point = &pair.public_key().as_ref()[1..];
    let [x, y] = [&point[..32], &point[32..]].map(|it| URL_SAFE_NO_PAD.encode(it));
    format!(r#"{{"kty":"EC","crv":"P-256","x":"{x}","y":"{y}","kid":"{KEY_ID}","use":"sig","alg":"ES256"}}"#)
}
