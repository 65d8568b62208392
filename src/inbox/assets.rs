//! Style, script and icon, built into the binary. Nothing is fetched from elsewhere.

use crate::inbox::token;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::http::header;
use axum::response::IntoResponse;
use axum::response::Response;
use std::fmt::Write as _;
use std::sync::LazyLock;

const CSS: &str = include_str!("assets/inbox.css");
/// Of the page for paper, which is also a file of its own in the package for the archive.
pub(super) const PRINT_CSS: &str = include_str!("assets/print.css");
const JS: &str = include_str!("assets/inbox.js");
const ICON: &str = include_str!("assets/icon.svg");

/// Where the style is, with its version in the name, so that browsers may keep it for good.
pub(super) static CSS_URL: LazyLock<String> = LazyLock::new(|| url("inbox.css", CSS));
pub(super) static PRINT_CSS_URL: LazyLock<String> = LazyLock::new(|| url("print.css", PRINT_CSS));
pub(super) static JS_URL: LazyLock<String> = LazyLock::new(|| url("inbox.js", JS));
pub(super) static ICON_URL: LazyLock<String> = LazyLock::new(|| url("icon.svg", ICON));

fn url(name: &str, content: &str) -> String {
    let mut url = format!("/assets/{name}?v=");
    for byte in &token::sha256(content.as_bytes())[..6] {
        write!(url, "{byte:02x}").expect("writing to a string does not fail");
    }
    url
}

pub(super) async fn serve(Path(name): Path<String>) -> Response {
    let (kind, content) = match name.as_str() {
        "inbox.css" => ("text/css; charset=utf-8", CSS),
        "print.css" => ("text/css; charset=utf-8", PRINT_CSS),
        "inbox.js" => ("text/javascript; charset=utf-8", JS),
        "icon.svg" => ("image/svg+xml; charset=utf-8", ICON),
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "public, max-age=31536000, immutable")], content)
        .into_response()
}
