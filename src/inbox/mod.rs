//! The units' web inbox (innboks): sign in, list, open, take, close.
//!
//! Pages are drawn on the server and work without JavaScript. Handlers turn domain types into view models, and only
//! view models reach a template. What it never does: change anything by GET (a reading is written in the journal, no
//! more), put anything about a person in a URL, a page title, a cookie or a log, or fetch anything from elsewhere.
//!
//! ```text
//! GET  /                        lists: Ufordelt · Mine · Enhetens · Ferdig
//! GET  /items/{id}              one report; unopened, only its cover
//! POST /items/{id}/{act}        open · take · release · confirm · close · reopen · accept · take-back · undo
//! GET  /items/{id}/do/{act}     the form of an act that says something; POST does it
//! GET  /items/{id}/attachments/{position}
//! POST /search                  by reference; a POST, so that what people type is in no URL
//! GET  /sign-in   POST /sign-in   POST /sign-out   GET /first/{token}   POST /first/{token}   POST /language
//! GET  /sjekk   POST /sjekk     «Sjekk en melding», without sign-in; nothing is stored
//! GET  /assets/{name}
//! ```

mod act;
mod assets;
mod attachment;
mod casework;
mod check;
mod config;
mod fault;
mod form;
mod form_key;
mod guard;
mod icon;
mod item;
mod language;
mod letter;
mod list;
mod moment;
mod password;
mod port;
mod search;
mod session;
mod sign_in;
mod texts;
mod timeline;
mod token;
mod view;

#[cfg(test)]
mod tests;

pub use config::InboxConfig;
pub use port::CheckMessage;
pub use port::Checked;
pub use port::CheckedFinding;
pub use port::CheckedReceipt;
pub use port::CheckedVerdict;
pub use port::CountsAs;
pub use port::Names;
pub use port::ReadMessage;
pub use port::ReadReport;
pub use port::UnreadableReport;
pub use token::Token;

use crate::clock::Clock;
use crate::domain::Timestamp;
use crate::inbox::form_key::Once;
use crate::inbox::password::Passwords;
use crate::storage::AccountStore;
use crate::storage::CaseStore;
use crate::storage::InboxStore;
use crate::storage::MessageStore;
use crate::storage::OperatorStore;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware;
use axum::routing::get;
use axum::routing::post;
use std::sync::Arc;

/// Largest form that is read. Bytes.
const FORM_BYTES_MAX: usize = 16 * 1024;

/// What the inbox is built of.
pub struct Inbox {
    pub accounts: Arc<dyn AccountStore>,
    pub items: Arc<dyn InboxStore>,
    pub cases: Arc<dyn CaseStore>,
    pub messages: Arc<dyn MessageStore>,
    /// For the journal and for finding a message by its reference.
    pub operator: Arc<dyn OperatorStore>,
    pub clock: Arc<dyn Clock>,
    pub reader: Arc<dyn ReadReport>,
    pub names: Arc<dyn Names>,
    pub checker: Arc<dyn CheckMessage>,
    pub config: InboxConfig,
}

/// The inbox as an HTTP service. TLS, the listener and its shutdown are the caller's.
pub fn router(inbox: Inbox) -> Router {
    let passwords = Passwords::new(&inbox.config);
    let checks = check::Checks::new(&inbox.config);
    let house = Arc::new(House { inbox, passwords, checks, acts: Once::new(), firsts: Once::new() });
    Router::new()
        .route("/", get(list::show))
        .route("/items/{id}", get(item::show))
        .route("/items/{id}/{act}", post(act::answer))
        .merge(casework::routes())
        .route("/items/{id}/attachments/{position}", get(attachment::download))
        .route("/search", post(search::find).get(search::ask))
        .route("/sign-in", get(sign_in::show).post(sign_in::sign_in))
        .route("/sign-out", post(sign_in::sign_out))
        .route("/first/{token}", get(sign_in::show_first).post(sign_in::use_first))
        .route("/language", post(language::choose))
        .merge(check::routes())
        .route("/assets/{name}", get(assets::serve))
        .fallback(fault::not_found)
        .method_not_allowed_fallback(fault::method_not_allowed)
        .layer(DefaultBodyLimit::max(FORM_BYTES_MAX))
        .layer(middleware::from_fn_with_state(Arc::clone(&house), guard::keep))
        .with_state(house)
}

/// The state that handlers share.
struct House {
    inbox: Inbox,
    passwords: Passwords,
    checks: check::Checks,
    /// The forms that have acted on items.
    acts: Once<()>,
    /// What came of the forms that use a one-time link.
    firsts: Once<sign_in::First>,
}

impl House {
    fn now(&self) -> Timestamp {
        self.inbox.clock.now()
    }

    fn config(&self) -> &InboxConfig {
        &self.inbox.config
    }
}
