//! Telling a case system that something has changed: as the notices' webhook (`webhook.rs`), with an item's id and a word.
//!
//! ```text
//! POST /…                     content-type: application/cloudevents+json; charset=utf-8
//! Meldeport-Signature: t=1795262400,v1=<hex>         while a secret is changed: t=…,v1=<by the new>,v1=<by the one before>
//!
//! {"specversion":"1.0","id":"<the event's id, the same in every attempt>","source":"<the inbox's address>",
//!  "type":"meldeport.item.changed.v1","subject":"<item>","time":"…","datacontenttype":"application/json",
//!  "data":{"item":"<item>","event":"accepted","href":"https://…/api/v1/items/<item>"}}
//! ```
//!
//! Nothing about persons: what has changed is fetched, where reading is decided and journalled.

use crate::clock::Clock;
use crate::domain::ItemId;
use crate::domain::Redacted;
use crate::domain::Timestamp;
use crate::notify::NotifyConfigFault;
use crate::notify::NotifyError;
use crate::notify::NotifyRetry;
use crate::notify::SIGNATURE_HEADER;
use crate::notify::WebhookConfig;
use crate::notify::webhook;
use async_trait::async_trait;
use reqwest::Client;
use reqwest::Url;
use reqwest::header;
use serde_json::json;
use std::fmt::Write;
use std::path::Path;
use std::sync::Arc;
use uuid::Uuid;

/// CloudEvents `type`. A change that receivers must know of gets a new number.
const EVENT_TYPE: &str = "meldeport.item.changed.v1";

/// That something has changed. `Debug` leaves out the address: some receivers put a key in it.
pub struct HookEvent<'a> {
    pub id: Uuid,
    pub url: &'a str,
    /// Each signs; the newest first.
    pub secrets: &'a [Redacted<Vec<u8>>],
    pub item: ItemId,
    /// The journal's word for it.
    pub kind: &'a str,
    pub at: Timestamp,
}

/// Tells case systems.
#[async_trait]
pub trait HookCaller: Send + Sync {
    /// One attempt. When it returns `Ok`, the case system has been told.
    async fn call(&self, event: &HookEvent<'_>) -> Result<(), NotifyError>;
}

/// Calls case systems over HTTPS.
pub struct HttpHookCaller {
    client: Client,
    inbox: String,
    clock: Arc<dyn Clock>,
}

impl HttpHookCaller {
    /// Reads the file that `config` names, from `folder` when it is relative. Opens no connection. `inbox` is the address of
    /// the inbox as case systems know it.
    pub fn new(
        config: &WebhookConfig,
        folder: &Path,
        inbox: &str,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, NotifyConfigFault> {
        Url::parse(inbox).map_err(|_| NotifyConfigFault::Inbox(inbox.to_owned()))?;
        let inbox = inbox.trim_end_matches('/').to_owned();
        Ok(Self { client: webhook::client(config, folder)?, inbox, clock })
    }

    fn body(&self, event: &HookEvent<'_>) -> String {
        let item = event.item.to_string();
        json!({
            "specversion": "1.0",
            "id": event.id.to_string(),
            "source": self.inbox,
            "type": EVENT_TYPE,
            "subject": item,
            "time": event.at.to_string(),
            "datacontenttype": "application/json",
            "data": { "item": item, "event": event.kind, "href": format!("{}/api/v1/items/{item}", self.inbox) },
        })
        .to_string()
    }
}

#[async_trait]
impl HookCaller for HttpHookCaller {
    async fn call(&self, event: &HookEvent<'_>) -> Result<(), NotifyError> {
        // Registered by an operator; a receiver that cannot be used is told of as one that said no for good.
        let url =
            webhook::address(event.url).map_err(|_| NotifyError::Refused { status: 0, retry: NotifyRetry::Never })?;
        let body = self.body(event);
        let seconds = self.clock.now().0.div_euclid(1_000_000);
        let signature = signed(event, seconds, &body);
        let sent = self
            .client
            .post(url)
            .header(header::CONTENT_TYPE, "application/cloudevents+json; charset=utf-8")
            .header(SIGNATURE_HEADER, signature)
            .body(body)
            .send()
            .await;
        match sent {
            Ok(response) => webhook::verdict(&response),
            Err(error) if error.is_timeout() => Err(NotifyError::TimedOut),
            Err(error) => Err(NotifyError::Unreachable(Box::new(error.without_url()))),
        }
    }
}

/// The header's value: the time, and a signature by each secret.
fn signed(event: &HookEvent<'_>, seconds: i64, body: &str) -> String {
    let mut signature = format!("t={seconds}");
    for secret in event.secrets {
        let by = webhook::signature(secret.reveal(), seconds, body);
        write!(signature, ",v1={by}").expect("writing to a string does not fail");
    }
    signature
}

/// What is wrong with an address that a case system is to be told at, as the end of a sentence.
pub fn hook_address_fault(url: &str) -> Option<&'static str> {
    webhook::address(url).err()
}

#[cfg(test)]
mod tests {
    use super::HookEvent;
    use super::HttpHookCaller;
    use super::signed;
    use crate::clock::TestClock;
    use crate::domain::ItemId;
    use crate::domain::Redacted;
    use crate::domain::Timestamp;
    use crate::notify::WebhookConfig;
    use serde_json::Value;
    use std::path::Path;
    use std::sync::Arc;

    const DESCRIPTION: &str = include_str!("../inbox/api/openapi.json");
    const MANUAL: &str = include_str!("../manual/operations.md");

    /// What case systems try their own program on is what we send.
    #[test]
    fn the_worked_example_in_the_description_is_an_event_and_its_signature() {
        let description: Value = serde_json::from_str(DESCRIPTION).unwrap();
        let hook = &description["webhooks"]["itemChanged"]["post"];
        let example = &hook["x-signature-example"];
        let text = |name: &str| example[name].as_str().unwrap();
        let told: Value = serde_json::from_str(text("body")).unwrap();
        let id = |it: &Value| it.as_str().unwrap().parse().unwrap();
        let inbox = told["source"].as_str().unwrap();
        let clock = Arc::new(TestClock::at(Timestamp(0)));
        let caller = HttpHookCaller::new(&WebhookConfig::default(), Path::new(""), inbox, clock).unwrap();

        let event = HookEvent {
            id: id(&told["id"]),
            url: "https://arkiv.example/meldeport",
            secrets: &[Redacted::new(text("secret").as_bytes().to_vec())],
            item: ItemId(id(&told["subject"])),
            kind: told["data"]["event"].as_str().unwrap(),
            at: Timestamp(1_795_262_400_000_000),
        };
        let body = caller.body(&event);

        assert_eq!(body, text("body"));
        assert_eq!(signed(&event, example["t"].as_i64().unwrap(), &body), text("header"));
        assert_eq!(hook["parameters"][0]["example"], text("header"));
        let media = &hook["requestBody"]["content"]["application/cloudevents+json"];
        assert_eq!(media["examples"]["signed"]["value"], told);
        for part in [text("secret"), text("body"), text("header")] {
            assert!(MANUAL.contains(part), "the manual has the same example: {part}");
        }
    }
}
