//! The face for those who run the house: is it alive, is it ready, how many of what, which alarms, and putting things back
//! in the queue. On this machine only.
//!
//! ```text
//! GET  /live                      200 while the process runs
//! GET  /ready                     200 or 503, and each check with its reason, as JSON
//! GET  /metrics                   OpenMetrics text
//! GET  /alarms                    what a person must deal with, oldest first, as JSON
//! POST /messages/{id}/requeue     judges a stuck message again
//! POST /notices/{id}/requeue      puts an abandoned notice back in the queue
//! POST /outbound/{id}/requeue     sends again what was given up, rejected or not answered
//! ```
//!
//! Nobody signs in: whoever may use the machine may use this. So that a web page in a browser on the machine cannot, the
//! `Host` must be this machine's, and a `POST` must carry `Meldeport-Operator: <name>`, which a page cannot send without
//! asking first. The name goes into the journal.

mod config;
mod ready;
mod requeue;

pub use config::*;
pub use ready::*;
pub use requeue::*;

use crate::clock::Clock;
use crate::domain::MessageId;
use crate::domain::NoticeId;
use crate::domain::OutboundId;
use crate::storage::Alarm;
use crate::storage::OperatorStore;
use crate::telemetry::METRICS_MEDIA_TYPE;
use crate::telemetry::Metrics;
use axum::Router;
use axum::extract::Path;
use axum::extract::Request;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::StatusCode;
use axum::http::header;
use axum::middleware;
use axum::middleware::Next;
use axum::response::IntoResponse;
use axum::response::Response;
use axum::routing::get;
use axum::routing::post;
use serde_json::Value;
use serde_json::json;
use std::net::IpAddr;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

/// Who asks, for the journal. Letters, digits, `.`, `-`, `_` and `@`.
pub const OPERATOR_HEADER: &str = "meldeport-operator";

/// Characters in an operator's name.
const OPERATOR_CHARS_MAX: usize = 64;

/// What the face needs of the house.
#[derive(Clone)]
pub struct AdminState {
    pub store: Arc<dyn OperatorStore>,
    pub requeue: Arc<dyn Requeue>,
    pub readiness: Arc<Readiness>,
    pub metrics: Arc<Metrics>,
    pub clock: Arc<dyn Clock>,
    /// Whether only this machine may ask; see [`AdminConfig::allow_other_machines`].
    pub others: OtherMachines,
}

/// Serves until told to stop.
///
/// # Errors
/// The listener broke.
pub async fn serve(listener: TcpListener, state: AdminState, shutdown: CancellationToken) -> std::io::Result<()> {
    axum::serve(listener, router(state)).with_graceful_shutdown(shutdown.cancelled_owned()).await
}

/// The routes.
pub fn router(state: AdminState) -> Router {
    Router::new()
        .route("/live", get(live))
        .route("/ready", get(ready))
        .route("/metrics", get(metrics))
        .route("/alarms", get(alarms))
        .route("/messages/{id}/requeue", post(requeue_message))
        .route("/notices/{id}/requeue", post(requeue_notice))
        .route("/outbound/{id}/requeue", post(requeue_outbound))
        .layer(middleware::from_fn_with_state(state.clone(), only_from_here))
        .with_state(state)
}

/// A name that leads here from elsewhere (DNS rebinding) is not ours.
async fn only_from_here(State(state): State<AdminState>, request: Request, next: Next) -> Response {
    let host = request.headers().get(header::HOST).and_then(|it| it.to_str().ok()).unwrap_or_default();
    if state.others == OtherMachines::Refused && !is_this_machine(host) {
        return said(
            StatusCode::MISDIRECTED_REQUEST,
            "This is only for the machine itself. Ask for 127.0.0.1 or localhost.",
        );
    }
    let mut response = next.run(request).await;
    response.headers_mut().insert(header::CACHE_CONTROL, header::HeaderValue::from_static("no-store"));
    response
}

fn is_this_machine(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    name.eq_ignore_ascii_case("localhost") || name.parse().is_ok_and(|it: IpAddr| it.is_loopback())
}

async fn live() -> &'static str {
    "live\n"
}

async fn ready(State(state): State<AdminState>) -> Response {
    let report = state.readiness.look(&*state.store, &*state.clock).await;
    let status = if report.is_ready() { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let checks: Vec<_> = report
        .checks
        .iter()
        .map(|it| json!({ "check": it.name, "ok": it.is_fine(), "why": it.fault.as_deref().unwrap_or_default() }))
        .collect();
    as_json(status, &json!({ "ready": report.is_ready(), "checks": checks }))
}

async fn metrics(State(state): State<AdminState>) -> Response {
    ([(header::CONTENT_TYPE, METRICS_MEDIA_TYPE)], state.metrics.render()).into_response()
}

async fn alarms(State(state): State<AdminState>) -> Response {
    match state.store.alarms().await {
        Ok(alarms) => as_json(StatusCode::OK, &Value::Array(alarms.iter().map(alarm_view).collect())),
        Err(error) => said(StatusCode::SERVICE_UNAVAILABLE, &format!("Could not ask the database: {error}.")),
    }
}

fn alarm_view(alarm: &Alarm) -> Value {
    json!({
        "kind": alarm.kind.label(),
        "subject": alarm.subject,
        "opened_at": alarm.opened_at.to_string(),
        "times": alarm.times,
    })
}

async fn requeue_message(State(state): State<AdminState>, Path(id): Path<String>, headers: HeaderMap) -> Response {
    let Some(operator) = operator(&headers) else { return nameless() };
    match id.parse::<MessageId>() {
        Ok(id) => answered(state.requeue.message(id, operator).await),
        Err(_) => said(StatusCode::NOT_FOUND, "There is no message with that id."),
    }
}

async fn requeue_notice(State(state): State<AdminState>, Path(id): Path<String>, headers: HeaderMap) -> Response {
    let Some(operator) = operator(&headers) else { return nameless() };
    match id.parse::<NoticeId>() {
        Ok(id) => answered(state.requeue.notice(id, operator).await),
        Err(_) => said(StatusCode::NOT_FOUND, "There is no notice with that id."),
    }
}

async fn requeue_outbound(State(state): State<AdminState>, Path(id): Path<String>, headers: HeaderMap) -> Response {
    let Some(operator) = operator(&headers) else { return nameless() };
    match id.parse::<OutboundId>() {
        Ok(id) => answered(state.requeue.outbound(id, operator).await),
        Err(_) => said(StatusCode::NOT_FOUND, "There is nothing sent with that id."),
    }
}

fn operator(headers: &HeaderMap) -> Option<&str> {
    let name = headers.get(OPERATOR_HEADER)?.to_str().ok()?;
    let fits = (1..=OPERATOR_CHARS_MAX).contains(&name.len());
    let plain = |it: u8| it.is_ascii_alphanumeric() || b".-_@".contains(&it);
    (fits && name.bytes().all(plain)).then_some(name)
}

fn nameless() -> Response {
    said(
        StatusCode::BAD_REQUEST,
        "Say who asks: send the header Meldeport-Operator with a name. It goes into the journal.",
    )
}

fn answered(requeued: Result<String, RequeueError>) -> Response {
    match requeued {
        Ok(outcome) => as_json(StatusCode::OK, &json!({ "outcome": outcome })),
        Err(error) => {
            let status = match error {
                RequeueError::NotWaiting => StatusCode::CONFLICT,
                RequeueError::Later(_) => StatusCode::SERVICE_UNAVAILABLE,
            };
            said(status, &format!("Nothing was changed: {error}."))
        }
    }
}

fn said(status: StatusCode, sentence: &str) -> Response {
    as_json(status, &json!({ "said": sentence }))
}

fn as_json(status: StatusCode, body: &Value) -> Response {
    (status, [(header::CONTENT_TYPE, "application/json")], format!("{body}\n")).into_response()
}

#[cfg(test)]
mod tests;
