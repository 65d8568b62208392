//! Tells a unit that something waits in its inbox, and nothing about whom or what.
//!
//! [`Notifier`] is the port; [`EmailNotifier`] and [`WebhookNotifier`] are the ways there are. A notice holds an opaque
//! reference and a number, so that no adapter can tell more than that. Trying again is decided by `work`, not here: an
//! adapter makes one attempt and says what came of it.

mod config;
mod email;
mod error;
mod hook;
mod reminders;
mod webhook;
mod words;

pub use config::*;
pub use email::EmailNotifier;
pub use error::*;
pub use hook::HookCaller;
pub use hook::HookEvent;
pub use hook::HttpHookCaller;
pub use hook::hook_address_fault;
pub use webhook::SIGNATURE_HEADER;
pub use webhook::WebhookNotifier;

use crate::domain::Language;
use crate::domain::Meeting;
use crate::domain::NoticeChannel;
use crate::domain::NoticeId;
use crate::domain::Redacted;
use crate::domain::Reference;
use crate::domain::Reminded;
use crate::domain::Reminder;
use crate::domain::Timestamp;
use crate::domain::UnitId;
use async_trait::async_trait;
use std::fmt;
use std::sync::Arc;

/// That something waits for a unit.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Notice {
    /// The same in every attempt, so that a repeat is recognised.
    pub id: NoticeId,
    pub unit: UnitId,
    pub reference: Reference,
    /// When the message came, or the meeting was called.
    pub created_at: Timestamp,
    /// Items in the unit's inbox that nobody has opened.
    pub unread: u64,
    /// What it reminds of, and so whom it goes to. `None`: something new has come.
    pub reminder: Option<Reminder>,
    /// The meeting that it calls to, moves or calls off.
    pub meeting: Option<Meeting>,
    /// What a reminder is about, its own reference first; several when they go in one letter.
    pub about: Vec<Reminded>,
    /// Whether a letter may say which unit it is: nobody whom it is about has a graded address.
    pub names_unit: bool,
}

/// One way to tell a unit.
#[async_trait]
pub trait Notifier: Send + Sync {
    /// One attempt. When it returns `Ok`, the unit's system has taken the notice over.
    async fn notify(&self, notice: &Notice) -> Result<(), NotifyError>;
}

/// How a unit is reached. The address is a shared mailbox or a system, never a person's.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UnitContact {
    pub unit: UnitId,
    /// Of the text in an e-mail.
    pub language: Language,
    pub email: Option<String>,
    pub webhook: Option<Webhook>,
}

/// A web address of the unit's own system.
#[derive(Clone, PartialEq, Eq)]
pub struct Webhook {
    pub url: String,
    /// Calls are signed with it (HMAC-SHA-256).
    pub secret: Redacted<Vec<u8>>,
}

impl fmt::Debug for Webhook {
    /// Without the address: some receivers put a key in it.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Webhook").finish_non_exhaustive()
    }
}

/// Where a unit's contact is looked up: the unit directory in force, which can change between two attempts.
pub trait UnitContacts: Send + Sync {
    fn contact(&self, unit: &UnitId) -> Option<UnitContact>;

    /// The mailbox that a notice about `unit` goes to: the unit's own, unless a reminder is for its deputy or leader.
    fn mailbox(&self, unit: &UnitId, reminder: Option<Reminder>) -> Option<String> {
        if reminder.is_some_and(Reminder::is_for_others) { None } else { self.contact(unit)?.email }
    }

    /// What everybody may call the unit.
    fn name(&self, unit: &UnitId, _: Language) -> String {
        unit.0.clone()
    }
}

/// The channels that the operator has set up.
#[derive(Clone, Default)]
pub struct Notifiers {
    email: Option<Arc<dyn Notifier>>,
    webhook: Option<Arc<dyn Notifier>>,
}

impl Notifiers {
    pub fn with_email(mut self, notifier: Arc<dyn Notifier>) -> Self {
        self.email = Some(notifier);
        self
    }

    pub fn with_webhook(mut self, notifier: Arc<dyn Notifier>) -> Self {
        self.webhook = Some(notifier);
        self
    }

    /// One attempt over `channel`.
    pub async fn notify(&self, channel: NoticeChannel, notice: &Notice) -> Result<(), NotifyError> {
        let notifier = match channel {
            NoticeChannel::Email => &self.email,
            NoticeChannel::Webhook => &self.webhook,
        };
        match notifier {
            Some(notifier) => notifier.notify(notice).await,
            None => Err(NotifyError::ChannelOff(channel)),
        }
    }
}

impl fmt::Debug for Notifiers {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let set_up = [("email", self.email.is_some()), ("webhook", self.webhook.is_some())];
        formatter.debug_list().entries(set_up.iter().filter(|(_, it)| *it).map(|(name, _)| name)).finish()
    }
}

#[cfg(test)]
pub(crate) mod testing;
