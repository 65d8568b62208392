//! What somebody wrote in a form is not lost with their session.
//!
//! The page that says that the session is over has what was written, as fields of a form to the same place: sign in in another
//! tab, then go on. Nothing is stored here for it, and what is shown was sent by the one who sees it. The form's key is of the
//! session that is gone, so nothing is done by sending it: the form is drawn anew, filled in, for the person to look over.

use crate::domain::Language;
use crate::inbox::fault::Fault;
use crate::inbox::texts::Words;
use crate::inbox::view::Page;
use crate::inbox::view::html;
use askama::Template;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::response::Response;
use std::collections::BTreeMap;

#[derive(Template)]
#[template(path = "kept.html")]
struct KeptPage<'a> {
    page: Page,
    t: Words,
    action: &'a str,
    /// All but the key.
    fields: Vec<(&'a str, &'a str)>,
    /// What was written in whole sentences, to be seen.
    written: Vec<&'a str>,
}

/// The answer to a form that somebody sent who is not signed in (any more): `why`, or the page that keeps what was written.
pub(super) fn answer(why: Fault, action: &str, posted: &BTreeMap<String, String>) -> Response {
    match why.without_session() {
        Some(language) => draw(language, action, posted),
        None => why.into_response(),
    }
}

fn draw(language: Language, action: &str, posted: &BTreeMap<String, String>) -> Response {
    let t = Words(language);
    let fields: Vec<_> = posted.iter().filter(|it| it.0 != "key").map(|it| (it.0.as_str(), it.1.as_str())).collect();
    let written = fields.iter().map(|it| it.1).filter(|it| it.contains(char::is_whitespace)).collect();
    html(
        StatusCode::UNAUTHORIZED,
        &KeptPage { page: Page::plain(language, t.fault_signed_out()), t, action, fields, written },
    )
}
