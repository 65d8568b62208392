//! One provider: what it says of itself, its keys, and the exchange of a code for a token.

use crate::clock::Clock;
use crate::domain::Redacted;
use crate::domain::Timestamp;
use crate::inbox::oidc::config::AssertionAudience;
use crate::inbox::oidc::config::ClientAlgorithm;
use crate::inbox::oidc::config::ProviderConfig;
use crate::inbox::token;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::Algorithm;
use jsonwebtoken::DecodingKey;
use jsonwebtoken::EncodingKey;
use jsonwebtoken::Header;
use jsonwebtoken::Validation;
use jsonwebtoken::jwk::Jwk;
use reqwest::Client;
use reqwest::Url;
use reqwest::redirect;
use serde::Deserialize;
use serde::Deserializer;
use serde::de::DeserializeOwned;
use serde::de::Error as _;
use serde_json::Map;
use serde_json::Value;
use serde_json::json;
use std::fmt;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::time::Duration;

/// Longest wait for one answer.
const ANSWER_WAIT_MAX: Duration = Duration::from_secs(8);
/// Largest answer that is read. Bytes.
const ANSWER_BYTES_MAX: usize = 512 * 1024;
/// How long what a provider says of itself, and its keys, are believed.
const METADATA_HOLDS: Duration = Duration::from_secs(60 * 60);
/// A key that we do not know is looked for anew, but not more often than this.
const KEYS_AGAIN_AFTER: Duration = Duration::from_secs(30);
/// How long a client's assertion holds.
const ASSERTION_HOLDS: Duration = Duration::from_secs(60);
/// What a token may be signed with. Never a shared secret, and never nothing.
const ALGORITHMS: [Algorithm; 7] = [
    Algorithm::RS256,
    Algorithm::RS384,
    Algorithm::RS512,
    Algorithm::PS256,
    Algorithm::ES256,
    Algorithm::ES384,
    Algorithm::EdDSA,
];

/// A provider with our key to it.
pub(in crate::inbox) struct Provider {
    pub config: ProviderConfig,
    key: EncodingKey,
    http: Client,
    clock: Arc<dyn Clock>,
    metadata: Mutex<Option<(Timestamp, Arc<Metadata>)>>,
    keys: Mutex<Option<(Timestamp, Arc<Vec<Jwk>>)>>,
}

/// What a provider says of itself.
#[derive(Clone, Debug, Deserialize)]
pub(in crate::inbox) struct Metadata {
    issuer: String,
    #[serde(deserialize_with = "url")]
    authorization_endpoint: Url,
    #[serde(deserialize_with = "url")]
    token_endpoint: Url,
    #[serde(deserialize_with = "url")]
    jwks_uri: Url,
    #[serde(default, deserialize_with = "url_if_any")]
    pub end_session_endpoint: Option<Url>,
}

fn url<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Url, D::Error> {
    Url::parse(&String::deserialize(deserializer)?).map_err(D::Error::custom)
}

fn url_if_any<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Url>, D::Error> {
    url(deserializer).map(Some)
}

/// Why a provider cannot be set up.
#[derive(Debug, thiserror::Error)]
pub enum ProviderError {
    #[error("could not read the key {}", path.display())]
    Unreadable {
        path: PathBuf,
        #[source]
        cause: std::io::Error,
    },
    #[error("{} holds no private key that fits the algorithm", path.display())]
    Key {
        path: PathBuf,
        #[source]
        cause: jsonwebtoken::errors::Error,
    },
    #[error("the provider `{name}`: {what}")]
    Setting { name: String, what: &'static str },
    #[error("could not make an HTTP client")]
    Client(#[source] reqwest::Error),
}

/// Why a conversation with a provider came to nothing. Says nothing of what was exchanged.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failed {
    #[error("could not reach the provider")]
    Unreachable(#[source] reqwest::Error),
    #[error("the provider answered HTTP {0}")]
    Status(u16),
    #[error("the provider's answer is too large or cannot be read")]
    Answer,
    #[error("the provider calls itself something else than the configuration does")]
    Issuer,
    #[error("the token's signature does not hold")]
    Signature,
    #[error("the assertion could not be signed")]
    Assertion,
}

impl Provider {
    pub(super) fn new(config: ProviderConfig, folder: &Path, clock: Arc<dyn Clock>) -> Result<Self, ProviderError> {
        check(&config)?;
        let path = folder.join(&config.key_file);
        let pem = std::fs::read(&path).map_err(|cause| ProviderError::Unreadable { path: path.clone(), cause })?;
        let key = match config.algorithm {
            ClientAlgorithm::Rs256 | ClientAlgorithm::Ps256 => EncodingKey::from_rsa_pem(&pem),
            ClientAlgorithm::Es256 => EncodingKey::from_ec_pem(&pem),
        };
        let key = key.map_err(|cause| ProviderError::Key { path, cause })?;
        let http = Client::builder()
            .redirect(redirect::Policy::none())
            .timeout(ANSWER_WAIT_MAX)
            .connect_timeout(ANSWER_WAIT_MAX)
            .build()
            .map_err(ProviderError::Client)?;
        Ok(Self { config, key, http, clock, metadata: Mutex::new(None), keys: Mutex::new(None) })
    }

    /// What the provider says of itself, asked again after a while.
    pub(super) async fn metadata(&self) -> Result<Arc<Metadata>, Failed> {
        let now = self.clock.now();
        if let Some(kept) = kept(&self.metadata, now, METADATA_HOLDS) {
            return Ok(kept);
        }
        let place = format!("{}/.well-known/openid-configuration", self.config.issuer.trim_end_matches('/'));
        let metadata: Metadata = self.read(self.http.get(place)).await?;
        if metadata.issuer != self.config.issuer {
            return Err(Failed::Issuer);
        }
        let metadata = Arc::new(metadata);
        keep(&self.metadata, now, Arc::clone(&metadata));
        Ok(metadata)
    }

    /// Where the browser is sent. `level` is asked for, and a sign-in that is no older than `age_max`.
    pub(super) fn authorization(&self, metadata: &Metadata, question: &Question<'_>) -> String {
        let mut url = metadata.authorization_endpoint.clone();
        let challenge = URL_SAFE_NO_PAD.encode(token::sha256(question.verifier.as_bytes()));
        let scope = self.config.scopes.join(" ");
        {
            let mut query = url.query_pairs_mut();
            query
                .append_pair("response_type", "code")
                .append_pair("client_id", &self.config.client_id)
                .append_pair("redirect_uri", question.redirect)
                .append_pair("scope", &scope)
                .append_pair("state", question.state)
                .append_pair("nonce", question.nonce)
                .append_pair("code_challenge", &challenge)
                .append_pair("code_challenge_method", "S256");
            if !question.level.is_empty() {
                query.append_pair("acr_values", question.level);
            }
            if let Some(age) = question.age_max {
                query.append_pair("max_age", &age.as_secs().to_string());
            }
        }
        url.into()
    }

    /// The claims of the ID token that a code is exchanged for, and the token itself. Its signature holds; what it says is
    /// for the caller to check.
    pub(super) async fn exchange(
        &self,
        code: &str,
        verifier: &Redacted<String>,
        redirect: &str,
    ) -> Result<(Map<String, Value>, Redacted<String>), Failed> {
        let metadata = self.metadata().await?;
        let assertion = self.assertion(&metadata)?;
        let form = [
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", redirect),
            ("code_verifier", verifier.reveal()),
            ("client_id", &self.config.client_id),
            ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
            ("client_assertion", &assertion),
        ];
        let mut body = String::new();
        for (name, value) in form {
            if !body.is_empty() {
                body.push('&');
            }
            body.push_str(name);
            body.push('=');
            body.push_str(&super::super::fault::query_value(value));
        }
        let request = self
            .http
            .post(metadata.token_endpoint.clone())
            .header("content-type", "application/x-www-form-urlencoded")
            .body(body);
        let answer: TokenAnswer = self.read(request).await?;
        let claims = self.verified(&answer.id_token, &metadata).await?;
        Ok((claims, Redacted::new(answer.id_token)))
    }

    /// Proves that we are the client (private_key_jwt, RFC 7523).
    fn assertion(&self, metadata: &Metadata) -> Result<String, Failed> {
        let now = self.clock.now();
        let algorithm = match self.config.algorithm {
            ClientAlgorithm::Rs256 => Algorithm::RS256,
            ClientAlgorithm::Ps256 => Algorithm::PS256,
            ClientAlgorithm::Es256 => Algorithm::ES256,
        };
        let audience = match self.config.assertion_audience {
            AssertionAudience::Issuer => self.config.issuer.as_str(),
            AssertionAudience::TokenEndpoint => metadata.token_endpoint.as_str(),
        };
        let mut header = Header::new(algorithm);
        header.kid = (!self.config.key_id.is_empty()).then(|| self.config.key_id.clone());
        let claims = json!({
            "iss": self.config.client_id,
            "sub": self.config.client_id,
            "aud": audience,
            "jti": URL_SAFE_NO_PAD.encode(token::random::<16>()),
            "iat": seconds(now),
            "nbf": seconds(now),
            "exp": seconds(now.plus(ASSERTION_HOLDS)),
        });
        jsonwebtoken::encode(&header, &claims, &self.key).map_err(|_| Failed::Assertion)
    }

    /// The claims of a token that one of the provider's keys has signed. An unknown key is looked for once more: keys rotate.
    async fn verified(&self, token: &str, metadata: &Metadata) -> Result<Map<String, Value>, Failed> {
        let header = jsonwebtoken::decode_header(token).map_err(|_| Failed::Signature)?;
        if !ALGORITHMS.contains(&header.alg) {
            return Err(Failed::Signature);
        }
        let keys = self.keys(metadata, METADATA_HOLDS).await?;
        if let Some(claims) = opened(token, &header, &keys) {
            return Ok(claims);
        }
        let keys = self.keys(metadata, KEYS_AGAIN_AFTER).await?;
        opened(token, &header, &keys).ok_or(Failed::Signature)
    }

    async fn keys(&self, metadata: &Metadata, holds: Duration) -> Result<Arc<Vec<Jwk>>, Failed> {
        let now = self.clock.now();
        if let Some(kept) = kept(&self.keys, now, holds) {
            return Ok(kept);
        }
        let set: KeySet = self.read(self.http.get(metadata.jwks_uri.clone())).await?;
        // A key of a kind that we do not know is of no use to us, and no reason to refuse the others.
        let keys: Vec<Jwk> = set.keys.into_iter().filter_map(|it| serde_json::from_value(it).ok()).collect();
        let keys = Arc::new(keys);
        keep(&self.keys, now, Arc::clone(&keys));
        Ok(keys)
    }

    async fn read<T: DeserializeOwned>(&self, request: reqwest::RequestBuilder) -> Result<T, Failed> {
        let mut response = request.send().await.map_err(|error| Failed::Unreachable(error.without_url()))?;
        if !response.status().is_success() {
            return Err(Failed::Status(response.status().as_u16()));
        }
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| Failed::Unreachable(error.without_url()))? {
            body.extend_from_slice(&chunk);
            if body.len() > ANSWER_BYTES_MAX {
                return Err(Failed::Answer);
            }
        }
        serde_json::from_slice(&body).map_err(|_| Failed::Answer)
    }
}

impl fmt::Debug for Provider {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Provider").field("name", &self.config.name).finish_non_exhaustive()
    }
}

/// What a browser is sent to a provider with.
pub(super) struct Question<'a> {
    pub redirect: &'a str,
    pub state: &'a str,
    pub nonce: &'a str,
    pub verifier: &'a str,
    /// `acr_values`; empty: not asked.
    pub level: &'a str,
    pub age_max: Option<Duration>,
}

#[derive(Deserialize)]
struct TokenAnswer {
    id_token: String,
}

#[derive(Deserialize)]
struct KeySet {
    keys: Vec<Value>,
}

/// What is wrong with the settings themselves.
fn check(config: &ProviderConfig) -> Result<(), ProviderError> {
    let wrong = |what| Err(ProviderError::Setting { name: config.name.clone(), what });
    let name_fits = !config.name.is_empty()
        && config.name.bytes().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'-');
    if !name_fits {
        return wrong("the name must be small letters, digits and dashes");
    }
    let Ok(issuer) = Url::parse(&config.issuer) else { return wrong("the issuer is no URL") };
    let is_loopback = matches!(issuer.host_str(), Some("127.0.0.1" | "localhost" | "[::1]"));
    if issuer.scheme() != "https" && !(issuer.scheme() == "http" && is_loopback) {
        return wrong("the issuer must be https");
    }
    if config.client_id.is_empty() || config.label.is_empty() {
        return wrong("client_id and label are needed");
    }
    if !config.scopes.iter().any(|it| it == "openid") {
        return wrong("the scope `openid` is needed");
    }
    Ok(())
}

fn opened(token: &str, header: &Header, keys: &[Jwk]) -> Option<Map<String, Value>> {
    let mut validation = Validation::new(header.alg);
    // Times and audience are held against our own clock, in `claims`.
    validation.validate_exp = false;
    validation.validate_nbf = false;
    validation.validate_aud = false;
    validation.required_spec_claims.clear();
    let named = |it: &&Jwk| match (&header.kid, &it.common.key_id) {
        (Some(asked), Some(key)) => asked == key,
        (Some(_), None) | (None, _) => true,
    };
    keys.iter().filter(named).find_map(|it| {
        let key = DecodingKey::from_jwk(it).ok()?;
        jsonwebtoken::decode::<Map<String, Value>>(token, &key, &validation).ok().map(|it| it.claims)
    })
}

fn seconds(at: Timestamp) -> i64 {
    at.0 / 1_000_000
}

fn kept<T>(place: &Mutex<Option<(Timestamp, Arc<T>)>>, now: Timestamp, holds: Duration) -> Option<Arc<T>> {
    let place = place.lock().unwrap_or_else(PoisonError::into_inner);
    place.as_ref().filter(|(at, _)| now.since(*at) < holds).map(|(_, it)| Arc::clone(it))
}

fn keep<T>(place: &Mutex<Option<(Timestamp, Arc<T>)>>, now: Timestamp, value: Arc<T>) {
    *place.lock().unwrap_or_else(PoisonError::into_inner) = Some((now, value));
}
