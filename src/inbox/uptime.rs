//! Whether Meldeport takes reports just now (drift), for everybody, without sign-in: and what becomes of a report while nobody is
//! there to read it.

use crate::inbox::House;
use crate::inbox::contacts::public_page;
use crate::inbox::contacts::reader;
use crate::inbox::moment::Moment;
use crate::inbox::texts::Words;
use crate::inbox::view::Page;
use crate::inbox::view::html;
use askama::Template;
use axum::Router;
use axum::extract::Query;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::StatusCode;
use axum::http::header;
use axum::response::IntoResponse;
use axum::response::Response;
use axum::routing::get;
use serde::Deserialize;
use serde_json::json;
use std::sync::Arc;
use std::time::Duration;

const PATH: &str = "/drift";
/// A database that takes longer than this to answer does not answer.
const ANSWER_TIME_MAX: Duration = Duration::from_secs(2);

pub(super) fn routes() -> Router<Arc<House>> {
    Router::new().route(PATH, get(show)).route("/drift.json", get(machine))
}

#[derive(Template)]
#[template(path = "uptime.html")]
struct UptimePage {
    page: Page,
    t: Words,
    receives: bool,
    began: Moment,
    looked: Moment,
}

#[derive(Deserialize)]
struct Asked {
    lang: Option<String>,
}

/// 200 when reports are taken, else 503: what a watch needs is in the status.
async fn show(State(house): State<Arc<House>>, headers: HeaderMap, Query(asked): Query<Asked>) -> Response {
    let t = Words(reader(&headers, asked.lang.as_deref()));
    let (receives, now) = (receives(&house).await, house.now());
    let page = public_page(&house, t, t.uptime(), |it| format!("{PATH}?lang={}", it.tag()));
    let moment = |at| Moment::of(at, now, t.0);
    let page = UptimePage { page, t, receives, began: moment(house.began), looked: moment(now) };
    html(status(receives), &page)
}

async fn machine(State(house): State<Arc<House>>) -> Response {
    let receives = receives(&house).await;
    let said = json!({
        "receives": receives, "since": house.began.to_string(), "looked_at": house.now().to_string(),
    });
    let headers = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")];
    (status(receives), headers, said.to_string()).into_response()
}

const fn status(receives: bool) -> StatusCode {
    if receives { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE }
}

/// Whether the database answers: without it nothing is taken, and senders keep what they have. It is only read.
async fn receives(house: &House) -> bool {
    matches!(tokio::time::timeout(ANSWER_TIME_MAX, house.inbox.operator.tallies()).await, Ok(Ok(_)))
}
