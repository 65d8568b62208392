//! What somebody wrote in a form is not lost with their session, nor when they must prove once more who they are.
//!
//! The page that says so has what was written, as fields of a form to the same place: sign in, or prove who you are, in another tab,
//! then go on. Nothing is stored here for it, and what is shown was sent by the one who sees it. The form's key is of the session
//! that is gone, so nothing is done by sending it: the form is drawn anew, filled in, for the person to look over.

use crate::inbox::House;
use crate::inbox::fault::Fault;
use crate::inbox::session::SignedIn;
use crate::inbox::texts::Words;
use crate::inbox::view::Page;
use crate::inbox::view::html;
use askama::Template;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::response::Response;
use std::collections::BTreeMap;

/// The status of the form that is drawn anew: nobody is refused anything, it only has to be looked over and sent again.
pub(super) const AGAIN: StatusCode = StatusCode::CONFLICT;

#[derive(Template)]
#[template(path = "kept.html")]
struct KeptPage<'a> {
    page: Page,
    t: Words,
    heading: &'static str,
    /// What opens in another tab: URL and words.
    first: (&'a str, &'static str),
    action: &'a str,
    /// All but the key.
    fields: Vec<(&'a str, &'a str)>,
    /// What was written in whole sentences, to be seen.
    written: Vec<&'a str>,
}

/// The answer to a form that somebody sent who is not signed in (any more): `why`, or the page that keeps what was written.
pub(super) fn answer(why: Fault, action: &str, posted: &BTreeMap<String, String>) -> Response {
    match why.without_session() {
        Some(language) => {
            let t = Words(language);
            let page = Page::plain(language, t.fault_signed_out());
            draw(page, t, (t.kept_heading(), ("/sign-in", t.kept_sign_in())), action, posted)
        }
        None => why.into_response(),
    }
}

/// The answer to a form that somebody sent who must prove once more, at `place`, who they are.
pub(super) fn to_prove(
    house: &House,
    who: &SignedIn,
    place: &str,
    action: &str,
    posted: &BTreeMap<String, String>,
) -> Response {
    let t = Words(who.language);
    let page = Page::signed_in(house, who, t.prove_heading());
    draw(page, t, (t.kept_prove_heading(), (place, t.kept_prove())), action, posted)
}

fn draw(
    page: Page,
    t: Words,
    (heading, first): (&'static str, (&str, &'static str)),
    action: &str,
    posted: &BTreeMap<String, String>,
) -> Response {
    let fields: Vec<_> = posted.iter().filter(|it| it.0 != "key").map(|it| (it.0.as_str(), it.1.as_str())).collect();
    let written = fields.iter().map(|it| it.1).filter(|it| it.contains(char::is_whitespace)).collect();
    html(StatusCode::UNAUTHORIZED, &KeptPage { page, t, heading, first, action, fields, written })
}
