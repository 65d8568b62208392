//! The units' web inbox (innboks): sign in, list, open, take, close; its register, statistics and groups; the public form and
//! directory; and the interface for case systems.
//!
//! Pages are drawn on the server and work without JavaScript. Handlers turn domain types into view models, and only
//! view models reach a template. What it never does: change anything by GET (a reading is written in the journal, no
//! more), put anything about a person in a URL, a page title, a cookie or a log, or fetch anything from elsewhere.
//!
//! ```text
//! signing in
//!   GET /sign-in   POST /sign-in   POST /sign-out   GET /first/{token}   POST /first/{token}   POST /language
//!   /sign-in/second  /sign-in/passkey          a second factor; a passkey
//!   /sign-in/with/{provider}  /sign-in/callback  by a provider; /first/{token}/with/{provider} ties the account to it
//!   /account  /sessions  /prove                one's factors; where one is signed in, and a new password; proving anew
//! lists
//!   GET /                     Ufordelt · Mine · Enhetens · Ferdig
//!   POST /search              a POST, so that what people type is in no URL; /search/{handle} shows what was found
//!   GET /overdue  /tasks  /questions    what is late; what is to be done; what a coordinator asks the leader
//!   GET /events               how many there are as time goes, while a list stays open
//! a case
//!   GET  /items/{id}          one report; unopened, only its cover
//!   POST /items/{id}/{act}    open · take · release · confirm · close · reopen · accept · take-back · undo
//!   GET  /items/{id}/do/{act} the form of an act that says something; POST does it
//!   GET  /items/{id}/attachments/{position}   …/show, for pictures and texts; …/follow-ups/{number}/… for what came later
//!   GET  /items/{id}/print    the whole report on paper; POST /items/{id}/archive.zip, for the archive (Noark 5)
//!   /items/{id}/second  /tasks  /questions  /lift  /experience    the second who agrees (also /second); beside the case
//! those who lead
//!   GET /oversikt  POST /oversikt/start       how one's units stand; whether one begins there
//!   GET /register  /register/coordinators      …csv …json …xlsx, without patients' names
//!   GET /statistikk  /statistikk/rapport       …csv …json …xlsx, none under five
//!   /groups  /groups/{unit}  …/meetings/{id}   groups that meet; POST calls, moves, calls off, orders
//!   /people  /journal                          roles and accounts; who has read what
//!   GET /oppsett  …txt  …json   GET /lenker    the configuration with its history; the municipality's links
//! everybody
//!   GET /kontakt  /kontakt/{number}  …json  /kontakt/historikk    the public directory
//!   /meld  /meld/{step}  …                     the form, for those without a system
//!   GET /drift  /drift.json                    whether reports are taken just now
//!   /sjekk                                     «Sjekk en melding»; nothing is stored
//!   GET /tilgjengelighet  /personvern  /.well-known/security.txt  /assets/{name}
//! case systems
//!   /api/v1                                    see `api/`
//! ```

mod about;
mod access;
mod act;
mod alike;
mod api;
mod assets;
mod attachment;
mod begin;
mod casework;
mod check;
mod client;
mod config;
mod contacts;
mod content;
mod events;
mod factor;
mod fault;
mod first_asks;
mod follow_up;
mod form;
mod form_key;
mod groups;
mod guard;
mod guessable;
mod icon;
mod item;
mod kept;
mod known;
mod language;
mod letter;
mod list;
pub(crate) mod moment;
mod narrow;
mod need_form;
mod oidc;
mod overdue;
mod particulars;
mod password;
mod people;
mod port;
mod print;
mod prove;
mod questions;
mod refusals;
mod register;
mod search;
mod second;
mod session;
mod sessions;
mod setup;
mod sign_in;
mod start;
mod tasks;
mod texts;
mod timeline;
mod token;
mod told;
mod uptime;
mod view;
mod why_here;
mod withdrawn;

#[cfg(test)]
mod tests;

pub use about::AboutConfig;
pub use api::ApiConfig;
pub use api::ClientCertificate;
pub use attachment::WhileUnsure;
pub use client::Client;
pub use config::FormConfig;
pub use config::InboxConfig;
pub use config::SecondFactor;
pub use contacts::ExtraOffer;
pub use contacts::FormOffer;
pub use contacts::PublicDirectory;
pub use contacts::PublicUnit;
pub use contacts::Reception;
pub use content::Content;
pub use content::ContentFault;
pub use content::LinkEntry;
pub use content::TextEntry;
pub use guessable::RefusedPasswords;
pub use need_form::DeskFault;
pub use need_form::DeskJudgement;
pub use need_form::DeskSent;
pub use need_form::ReportDesk;
pub use need_form::Written;
pub use oidc::AssertionAudience;
pub use oidc::ClientAlgorithm;
pub use oidc::ProviderConfig;
pub use oidc::ProviderError;
pub use oidc::Providers;
pub use port::CheckMessage;
pub use port::Checked;
pub use port::CheckedFinding;
pub use port::CheckedReceipt;
pub use port::CheckedVerdict;
pub use port::ConfigBook;
pub use port::ConfigDocument;
pub use port::ConfigSection;
pub use port::CountsAs;
pub use port::Names;
pub use port::NthAttachment;
pub use port::Outbox;
pub use port::ReadMessage;
pub use port::ReadReport;
pub use port::Saying;
pub use port::UnreadableReport;
pub use token::Token;
pub use told::CheckNumber;
pub use told::NotANumber;
pub use told::NumberKind;

use crate::clock::Clock;
use crate::domain::MessageId;
use crate::domain::Timestamp;
use crate::inbox::form_key::Once;
use crate::inbox::password::Passwords;
use crate::storage::AccountStore;
use crate::storage::Actor;
use crate::storage::ApiStore;
use crate::storage::AuditStore;
use crate::storage::CaseStore;
use crate::storage::FactorStore;
use crate::storage::FormStore;
use crate::storage::IdentityStore;
use crate::storage::InboxStore;
use crate::storage::MeetingStore;
use crate::storage::MessageStore;
use crate::storage::NewJournalLine;
use crate::storage::OpeningStore;
use crate::storage::OperatorStore;
use crate::storage::PeopleStore;
use crate::storage::QuestionStore;
use crate::storage::RegisterStore;
use crate::storage::ReminderStore;
use crate::storage::ScanStore;
use crate::storage::SearchStore;
use crate::storage::SessionStore;
use crate::storage::StatisticsStore;
use crate::storage::StoreError;
use crate::storage::TaskStore;
use crate::telemetry::Metrics;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware;
use axum::routing::get;
use axum::routing::post;
use std::sync::Arc;
use tokio_util::sync::CancellationToken;

/// Largest form that is read. Bytes.
const FORM_BYTES_MAX: usize = 16 * 1024;

/// What the inbox is built of.
pub struct Inbox {
    pub accounts: Arc<dyn AccountStore>,
    pub api: Arc<dyn ApiStore>,
    /// The journal as it is read.
    pub audit: Arc<dyn AuditStore>,
    pub sessions: Arc<dyn SessionStore>,
    pub metrics: Arc<Metrics>,
    pub items: Arc<dyn InboxStore>,
    pub people: Arc<dyn PeopleStore>,
    pub openings: Arc<dyn OpeningStore>,
    pub reminders: Arc<dyn ReminderStore>,
    pub identities: Arc<dyn IdentityStore>,
    pub factors: Arc<dyn FactorStore>,
    pub providers: Providers,
    pub cases: Arc<dyn CaseStore>,
    pub register: Arc<dyn RegisterStore>,
    pub search: Arc<dyn SearchStore>,
    pub figures: Arc<dyn StatisticsStore>,
    /// Cancelled when the house closes: what would go on for long ends then.
    pub closing: CancellationToken,
    pub meetings: Arc<dyn MeetingStore>,
    pub tasks: Arc<dyn TaskStore>,
    pub questions: Arc<dyn QuestionStore>,
    pub messages: Arc<dyn MessageStore>,
    /// For the journal and for finding a message by its reference.
    pub operator: Arc<dyn OperatorStore>,
    pub clock: Arc<dyn Clock>,
    pub reader: Arc<dyn ReadReport>,
    pub names: Arc<dyn Names>,
    pub checker: Arc<dyn CheckMessage>,
    pub numbers: Arc<dyn CheckNumber>,
    pub contacts: Arc<dyn PublicDirectory>,
    pub forms: Arc<dyn FormStore>,
    pub desk: Arc<dyn ReportDesk>,
    pub outbox: Arc<dyn Outbox>,
    /// What an antivirus program said of attachments, and what is done with those it has not looked at.
    pub scans: Arc<dyn ScanStore>,
    pub while_unsure: WhileUnsure,
    pub config: InboxConfig,
    /// Passwords that nobody may choose, besides those that are easy to guess.
    pub refused_passwords: RefusedPasswords,
    /// The configuration as a document, for leaders and administrators.
    pub book: Arc<dyn ConfigBook>,
}

/// The inbox as an HTTP service. TLS, the listener and its shutdown are the caller's.
pub fn router(inbox: Inbox) -> Router {
    let passwords = Passwords::new(&inbox.config);
    let checks = check::Checks::new(&inbox.config);
    let listeners = events::Listeners::new(inbox.config.listeners_max, inbox.closing.clone());
    let house = Arc::new(House {
        began: inbox.clock.now(),
        inbox,
        passwords,
        checks,
        acts: Once::new(),
        firsts: Once::new(),
        challenges: Once::new(),
        form: need_form::FormState::new(),
        searches: search::Searches::new(),
        listeners,
        api: api::Pace::default(),
        refusals: refusals::Refusals::default(),
    });
    Router::new()
        .route("/", get(list::show))
        .route("/items/{id}", get(item::show))
        .route("/items/{id}/{act}", post(act::answer))
        .merge(casework::routes())
        .merge(overdue::routes())
        .merge(print::routes())
        .route("/items/{id}/attachments/{position}", get(attachment::download))
        .route("/items/{id}/attachments/{position}/show", get(attachment::show))
        .route("/items/{id}/follow-ups/{number}/attachments/{position}", get(attachment::download_of_follow_up))
        .route("/items/{id}/follow-ups/{number}/attachments/{position}/show", get(attachment::show_of_follow_up))
        .route("/search", post(search::find).get(search::ask))
        .route("/search/{handle}", get(search::found))
        .route("/sign-in", get(sign_in::show).post(sign_in::sign_in))
        .route("/sign-out", post(sign_in::sign_out))
        .route("/first/{token}", get(sign_in::show_first).post(sign_in::use_first))
        .route("/language", post(language::choose))
        .merge(events::routes())
        .merge(check::routes())
        .merge(about::routes())
        .merge(sessions::routes())
        .merge(factor::routes())
        .merge(first_asks::routes())
        .merge(oidc::routes())
        .merge(people::routes())
        .merge(prove::routes())
        .merge(register::routes())
        .merge(start::routes())
        .merge(told::routes())
        .merge(setup::routes())
        .merge(groups::routes())
        .merge(questions::routes())
        .merge(tasks::routes())
        .merge(second::routes())
        .merge(contacts::routes())
        .merge(uptime::routes())
        .merge(need_form::routes())
        .merge(api::routes())
        .route("/assets/{name}", get(assets::serve))
        .fallback(fault::not_found)
        .method_not_allowed_fallback(fault::method_not_allowed)
        .layer(DefaultBodyLimit::max(FORM_BYTES_MAX))
        .layer(middleware::from_fn_with_state(Arc::clone(&house), guard::keep))
        .with_state(house)
}

/// The same without everything but the interface for case systems: for the listener that they have to themselves.
pub fn only_api(router: Router) -> Router {
    router.layer(middleware::from_fn(api::only))
}

/// The state that handlers share.
struct House {
    /// When it began to answer.
    began: Timestamp,
    inbox: Inbox,
    passwords: Passwords,
    checks: check::Checks,
    /// The forms that have acted on items.
    acts: Once<()>,
    /// What came of the forms that use a one-time link.
    firsts: Once<sign_in::First>,
    form: need_form::FormState,
    /// What was searched for lately.
    searches: search::Searches,
    listeners: events::Listeners,
    /// How often each case system has asked.
    api: api::Pace,
    /// What people have been refused lately.
    refusals: refusals::Refusals,
    /// Challenges that passkeys have answered.
    challenges: Once<()>,
}

impl House {
    fn now(&self) -> Timestamp {
        self.inbox.clock.now()
    }

    fn config(&self) -> &InboxConfig {
        &self.inbox.config
    }

    /// Writes in the journal what somebody did that changes no case; those that do have their line in the same commit.
    async fn journal(&self, actor: Actor, action: &'static str, detail: impl Into<String>) -> Result<(), StoreError> {
        self.add_line(actor, action, None, detail.into()).await
    }

    /// As [`House::journal`], about a message.
    async fn journal_about(
        &self,
        message: MessageId,
        actor: Actor,
        action: &'static str,
        detail: impl Into<String>,
    ) -> Result<(), StoreError> {
        self.add_line(actor, action, Some(message), detail.into()).await
    }

    async fn add_line(
        &self,
        actor: Actor,
        action: &'static str,
        message: Option<MessageId>,
        detail: String,
    ) -> Result<(), StoreError> {
        let line = NewJournalLine { at: self.now(), actor, action, message, detail };
        self.inbox.operator.journal(line).await
    }
}
