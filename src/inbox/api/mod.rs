//! The interface for case systems (fagsystem: EPJ, sak/arkiv): fetch what has changed, read it, claim it, confirm it, register
//! where it is filed. The same access decision, state machine and journal as the pages.
//!
//! ```text
//! GET  /api/v1/openapi.json                         the description; no token needed
//! GET  /api/v1/me                                   which case system the token is for, and its units
//! GET  /api/v1/changes?cursor=…&limit=…             what has happened since, oldest first; nothing about persons
//! GET  /api/v1/items/{id}                           how an item stands; ETag
//! GET  /api/v1/items/{id}/message                   what was sent, as JSON or XML; journalled as reading
//! GET  /api/v1/items/{id}/attachments/{position}    an attachment; journalled
//! GET  /api/v1/items/{id}/follow-ups                what the sender has said later: …/{n}, …/{n}/attachments/{position}
//! GET  /api/v1/items/{id}/answers                   what the unit has answered; journalled as reading
//! POST /api/v1/items/{id}/open · claim · release · confirm · journal-reference    If-Match and Idempotency-Key
//! POST /api/v1/items/{id}/second-person             asks for the second who must agree (graded address)
//! ```
//!
//! What it never does: sign anybody in, answer with a page, or do an act twice for one key.

mod act;
mod caller;
mod changes;
mod config;
mod follow_up;
mod item;
mod openapi;
mod pace;
mod problem;
mod report;
mod wanted;

pub use caller::ClientCertificate;
pub use config::ApiConfig;

pub(super) use caller::ApiCaller;
#[cfg(test)]
pub(super) use openapi::DOCUMENT;
pub(super) use pace::Pace;
pub(super) use problem::Problem;

use crate::domain::Act;
use crate::domain::Code;
use crate::inbox::House;
use crate::inbox::guard;
use crate::inbox::language;
use axum::Router;
use axum::extract::Request;
use axum::middleware;
use axum::middleware::Next;
use axum::response::IntoResponse;
use axum::response::Response;
use axum::routing::get;
use axum::routing::post;
use std::sync::Arc;

/// Where it is.
pub(super) const PATH: &str = "/api/v1";

pub(super) fn routes() -> Router<Arc<House>> {
    let routes = Router::new()
        .route("/openapi.json", get(openapi::serve))
        .route("/me", get(changes::me))
        .route("/changes", get(changes::list))
        .route("/items/{id}", get(item::show))
        .route("/items/{id}/message", get(item::message))
        .route("/items/{id}/attachments/{position}", get(item::attachment))
        .route("/items/{id}/follow-ups", get(follow_up::list))
        .route("/items/{id}/follow-ups/{number}", get(follow_up::show))
        .route("/items/{id}/follow-ups/{number}/attachments/{position}", get(follow_up::attached))
        .route("/items/{id}/answers", get(follow_up::answers))
        .route("/items/{id}/open", act::plain(Act::Open))
        .route("/items/{id}/claim", act::plain(Act::Take))
        .route("/items/{id}/release", act::plain(Act::Release))
        .route("/items/{id}/confirm", act::plain(Act::Confirm))
        .route("/items/{id}/journal-reference", post(act::journal_reference))
        .route("/items/{id}/second-person", post(act::second_person))
        .fallback(problem::not_found)
        .method_not_allowed_fallback(problem::method_not_allowed)
        .layer(middleware::from_fn(problem::told));
    Router::new().nest(PATH, routes)
}

/// Lets through what is for the interface, and nothing else.
pub(super) async fn only(request: Request, next: Next) -> Response {
    if request.uri().path().starts_with(PATH) {
        return next.run(request).await;
    }
    let mut refused = Problem::of(Code::ApiRouteUnknown, language::of_browser(request.headers())).into_response();
    guard::harden(refused.headers_mut());
    refused
}
