//! The description of the interface (OpenAPI 3.1). A text of our own beside this file; tests hold it against the routes.

use axum::http::header;
use axum::response::IntoResponse;
use axum::response::Response;

/// The description.
pub(in crate::inbox) const DOCUMENT: &str = include_str!("openapi.json");

pub(super) async fn serve() -> Response {
    ([(header::CONTENT_TYPE, "application/json")], DOCUMENT).into_response()
}
