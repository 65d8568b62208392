//! The way out over HTTPS: `POST` to a peer's own `/messages`, with our certificate, and its answer as it came.
//!
//! Judges nothing and keeps nothing: the same bytes are sent each time they are handed over, and what the answer means is
//! for the caller. Follows no redirect, uses no proxy, and trusts only the authorities of `[outbound]`.

use crate::intake::sha256;
use bytes::Bytes;
use http::HeaderValue;
use http::header;
use reqwest::Certificate;
use reqwest::Client;
use reqwest::Identity;
use reqwest::Url;
use reqwest::redirect;
use reqwest::tls::Version;
use serde::Deserialize;
use std::fmt;
use std::io;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::time::Duration;

/// An answer that is longer is cut: an AppRec is a few kilobytes.
const ANSWER_BYTES_MAX: usize = 1024 * 1024;

/// Section `[outbound]`.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct OutboundConfig {
    /// Our client certificate and the authorities between it and the root. PEM. Empty: the gateway's own.
    pub certificate_file: PathBuf,
    /// Its private key. PEM. Empty: the gateway's own.
    pub key_file: PathBuf,
    /// Authorities that peers' certificates must come from. PEM. Empty: those that client certificates come from.
    pub roots_file: PathBuf,
    /// How long one attempt may take.
    pub seconds_max: u64,
    /// How long something written can be taken back before it is sent.
    pub undo_seconds: u64,
}

impl Default for OutboundConfig {
    fn default() -> Self {
        Self {
            certificate_file: PathBuf::new(),
            key_file: PathBuf::new(),
            roots_file: PathBuf::new(),
            seconds_max: 60,
            undo_seconds: 60,
        }
    }
}

/// What a peer answered.
#[derive(Clone, Debug)]
pub struct PeerAnswer {
    pub status: u16,
    pub retry_after: Option<Duration>,
    /// May be an AppRec.
    pub body: Bytes,
}

/// No answer came.
#[derive(Debug, thiserror::Error)]
pub enum SendError {
    #[error("the address is no https address")]
    Address,
    #[error("could not read {}", file.display())]
    Unreadable { file: PathBuf, source: io::Error },
    #[error("our certificate and key, or the authorities, cannot be used")]
    Certificate(#[source] reqwest::Error),
    #[error("could not reach the receiver")]
    Unreachable(#[source] reqwest::Error),
    #[error("the receiver did not answer in time")]
    TimedOut,
}

/// Sends to peers. Its files are read again when they change.
pub struct HttpsSender {
    config: OutboundConfig,
    in_use: Mutex<Option<InUse>>,
}

/// A client, and what its files held.
struct InUse {
    fingerprint: [u8; 32],
    client: Client,
}

impl fmt::Debug for HttpsSender {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("HttpsSender").field("config", &self.config).finish_non_exhaustive()
    }
}

impl HttpsSender {
    /// `config` names every file.
    pub const fn new(config: OutboundConfig) -> Self {
        Self { config, in_use: Mutex::new(None) }
    }

    /// Whether the files can be used. Opens no connection.
    ///
    /// # Errors
    /// As [`HttpsSender::post`].
    pub fn check(&self) -> Result<(), SendError> {
        self.client().map(drop)
    }

    /// Sends `message` and waits for the answer.
    ///
    /// # Errors
    /// No answer came. The message may or may not have been received: send the same bytes again.
    pub async fn post(&self, address: &str, message: Bytes) -> Result<PeerAnswer, SendError> {
        let url = Url::parse(address).ok().filter(|it| it.scheme() == "https").ok_or(SendError::Address)?;
        let sent = self
            .client()?
            .post(url)
            .header(header::CONTENT_TYPE, HeaderValue::from_static("application/xml; charset=utf-8"))
            .header(header::ACCEPT, HeaderValue::from_static("application/xml"))
            .body(message)
            .send()
            .await;
        let mut response = sent.map_err(unanswered)?;
        let retry_after = response.headers().get(header::RETRY_AFTER).and_then(|it| it.to_str().ok());
        let retry_after = retry_after.and_then(|it| it.trim().parse().ok()).map(Duration::from_secs);
        let status = response.status().as_u16();
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(unanswered)? {
            let room = ANSWER_BYTES_MAX.saturating_sub(body.len());
            body.extend_from_slice(&chunk[..chunk.len().min(room)]);
            if body.len() == ANSWER_BYTES_MAX {
                break;
            }
        }
        Ok(PeerAnswer { status, retry_after, body: Bytes::from(body) })
    }

    /// The files are small and read anew for each message: surer than trusting times of change, and cheap at this pace.
    fn client(&self) -> Result<Client, SendError> {
        let certificate = read(&self.config.certificate_file)?;
        let key = read(&self.config.key_file)?;
        let roots = read(&self.config.roots_file)?;
        let fingerprint = sha256(&[sha256(&certificate), sha256(&key), sha256(&roots)].concat());
        let mut in_use = self.in_use.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = in_use.as_ref().filter(|it| it.fingerprint == fingerprint) {
            return Ok(known.client.clone());
        }
        let identity =
            Identity::from_pem(&[key, b"\n".to_vec(), certificate].concat()).map_err(SendError::Certificate)?;
        let roots = Certificate::from_pem_bundle(&roots).map_err(SendError::Certificate)?;
        let client = Client::builder()
            .no_proxy()
            .https_only(true)
            .redirect(redirect::Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .tls_version_min(Version::TLS_1_2)
            .tls_certs_only(roots)
            .identity(identity)
            .user_agent(concat!("meldeport/", env!("CARGO_PKG_VERSION")))
            .timeout(Duration::from_secs(self.config.seconds_max))
            .build()
            .map_err(SendError::Certificate)?;
        *in_use = Some(InUse { fingerprint, client: client.clone() });
        Ok(client)
    }
}

fn unanswered(error: reqwest::Error) -> SendError {
    if error.is_timeout() { SendError::TimedOut } else { SendError::Unreachable(error.without_url()) }
}

fn read(file: &Path) -> Result<Vec<u8>, SendError> {
    std::fs::read(file).map_err(|source| SendError::Unreadable { file: file.to_owned(), source })
}
