//! Notices to a unit's own system: a CloudEvents 1.0 event in structured mode, signed, over HTTPS.
//!
//! ```text
//! POST /…                                     content-type: application/cloudevents+json; charset=utf-8
//! Meldeport-Signature: t=1795262400,v1=<hex of HMAC-SHA-256 over "1795262400." and the body, with the shared secret>
//!
//! {"specversion":"1.0","id":"<the notice's id, the same in every attempt>","source":"<the inbox's address>",
//!  "type":"meldeport.inbox.waiting.v1","subject":"<unit>","time":"…","datacontenttype":"application/json",
//!  "data":{"reference":"7K3-9QX-2MA","unread":3,"inbox":"https://…"}}
//! ```
//!
//! A reminder has `"reminder"` in its data: `unread`, `unread_deputy`, `unread_leader`, `answer_late`, `meeting_too_late`,
//! `delegation_late`, `offer_unanswered`, `nobody_responsible` or `meeting_spoke`.
//! A notice that a group is called to a meeting, or that it is moved or called off, has `"meeting"`: `id`, `kind` (`fixed`,
//! `extraordinary`), `state` (`planned`, `cancelled`), `at`, `minutes`, `place` and `revision`; its reference is the meeting's.
//!
//! A receiver compares the signature in constant time, refuses a `t` that is more than five minutes off, and does nothing
//! the second time it sees an `id`. Any 2xx answer is a yes.

use crate::clock::Clock;
use crate::domain::NoticeChannel;
use crate::notify::Notice;
use crate::notify::Notifier;
use crate::notify::NotifyConfigFault;
use crate::notify::NotifyError;
use crate::notify::NotifyRetry;
use crate::notify::UnitContacts;
use crate::notify::WebhookConfig;
use crate::notify::email::is_this_machine;
use crate::notify::email::read;
use async_trait::async_trait;
use aws_lc_rs::hmac;
use reqwest::Certificate;
use reqwest::Client;
use reqwest::Response;
use reqwest::Url;
use reqwest::header;
use reqwest::redirect;
use serde_json::json;
use std::fmt::Write;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// The header with the time and the signature.
pub const SIGNATURE_HEADER: &str = "meldeport-signature";

/// CloudEvents `type`. A change that receivers must know of gets a new number.
const EVENT_TYPE: &str = "meldeport.inbox.waiting.v1";

/// Calls the units' systems.
pub struct WebhookNotifier {
    client: Client,
    inbox: String,
    contacts: Arc<dyn UnitContacts>,
    clock: Arc<dyn Clock>,
}

impl WebhookNotifier {
    /// Reads the file that `config` names, from `folder` when it is relative. Opens no connection.
    ///
    /// `inbox` is the address of the inbox as staff know it.
    pub fn new(
        config: &WebhookConfig,
        folder: &Path,
        inbox: &str,
        contacts: Arc<dyn UnitContacts>,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, NotifyConfigFault> {
        Url::parse(inbox).map_err(|_| NotifyConfigFault::Inbox(inbox.to_owned()))?;
        let client = client(config, folder)?;
        Ok(Self { client, inbox: inbox.to_owned(), contacts, clock })
    }

    fn body(&self, notice: &Notice) -> String {
        let mut data = json!({ "reference": notice.reference.as_str(), "unread": notice.unread, "inbox": self.inbox });
        if let Some(reminder) = notice.reminder {
            data["reminder"] = reminder.label().into();
        }
        if let Some(meeting) = &notice.meeting {
            data["meeting"] = json!({
                "id": meeting.id.to_string(), "kind": meeting.kind.label(), "state": meeting.state.label(),
                "at": meeting.plan.at.to_string(), "minutes": meeting.plan.minutes, "place": meeting.plan.place,
                "revision": meeting.revision,
            });
        }
        json!({
            "specversion": "1.0",
            "id": notice.id.to_string(),
            "source": self.inbox,
            "type": EVENT_TYPE,
            "subject": notice.unit.to_string(),
            "time": notice.created_at.to_string(),
            "datacontenttype": "application/json",
            "data": data,
        })
        .to_string()
    }
}

#[async_trait]
impl Notifier for WebhookNotifier {
    async fn notify(&self, notice: &Notice) -> Result<(), NotifyError> {
        let missing = || NotifyError::NoAddress { unit: notice.unit.clone(), channel: NoticeChannel::Webhook };
        let bad = |why| NotifyError::BadAddress { unit: notice.unit.clone(), channel: NoticeChannel::Webhook, why };
        let webhook = self.contacts.contact(&notice.unit).and_then(|it| it.webhook).ok_or_else(missing)?;
        let url = address(&webhook.url).map_err(bad)?;
        let body = self.body(notice);
        let seconds = self.clock.now().0.div_euclid(1_000_000);
        let sent = self
            .client
            .post(url)
            .header(header::CONTENT_TYPE, "application/cloudevents+json; charset=utf-8")
            .header(SIGNATURE_HEADER, format!("t={seconds},v1={}", signature(webhook.secret.reveal(), seconds, &body)))
            .body(body)
            .send()
            .await;
        match sent {
            Ok(response) => verdict(&response),
            Err(error) if error.is_timeout() => Err(NotifyError::TimedOut),
            // The address can hold a key, so it is taken out of the error.
            Err(error) => Err(NotifyError::Unreachable(Box::new(error.without_url()))),
        }
    }
}

/// A client that follows nobody elsewhere and trusts whom the operator trusts. Opens no connection.
pub(super) fn client(config: &WebhookConfig, folder: &Path) -> Result<Client, NotifyConfigFault> {
    let mut client = Client::builder()
        .no_proxy()
        .redirect(redirect::Policy::none())
        .retry(reqwest::retry::never())
        .referer(false)
        .user_agent(concat!("meldeport/", env!("CARGO_PKG_VERSION")))
        .timeout(Duration::from_secs(config.seconds_max));
    if !config.ca_file.as_os_str().is_empty() {
        let file = folder.join(&config.ca_file);
        let authorities = Certificate::from_pem_bundle(&read(&file)?).unwrap_or_default();
        if authorities.is_empty() {
            return Err(NotifyConfigFault::NoCertificate(file));
        }
        client = client.tls_certs_only(authorities);
    }
    client.build().map_err(|cause| NotifyConfigFault::Tls(Box::new(cause)))
}

/// Hex of HMAC-SHA-256 over time, a full stop and body.
pub(super) fn signature(secret: &[u8], seconds: i64, body: &str) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret);
    let tag = hmac::sign(&key, format!("{seconds}.{body}").as_bytes());
    tag.as_ref().iter().fold(String::with_capacity(64), |mut hex, byte| {
        write!(hex, "{byte:02x}").expect("writing to a string does not fail");
        hex
    })
}

/// HTTPS, or HTTP to this machine.
pub(super) fn address(url: &str) -> Result<Url, &'static str> {
    let url = Url::parse(url).map_err(|_| "it is not a web address")?;
    let host = url.host_str().ok_or("it names no host")?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err("it holds a user name or password");
    }
    match url.scheme() {
        "https" => Ok(url),
        "http" if is_this_machine(host) => Ok(url),
        "http" => Err("it must begin with https"),
        _ => Err("it is not a web address"),
    }
}

pub(super) fn verdict(response: &Response) -> Result<(), NotifyError> {
    let status = response.status();
    let later = || match retry_after(response) {
        Some(wait) => NotifyRetry::After(wait),
        None => NotifyRetry::Later,
    };
    let retry = match status.as_u16() {
        200..=299 => return Ok(()),
        408 | 425 | 429 | 500..=599 => later(),
        _ => NotifyRetry::Never,
    };
    Err(NotifyError::Refused { status: status.as_u16(), retry })
}

/// `Retry-After` in seconds. The other form, a date, leans on the two clocks agreeing; our own delays serve as well.
fn retry_after(response: &Response) -> Option<Duration> {
    let said = response.headers().get(header::RETRY_AFTER)?.to_str().ok()?;
    said.trim().parse().ok().map(Duration::from_secs)
}

#[cfg(test)]
mod tests;
