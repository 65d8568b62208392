//! Which language a person reads.
//!
//! Signed in, the choice is a suffix of the session's cookie, so that no second cookie is needed; before that it is in
//! the URL (`?lang=nn`), and the browser's own wish is the first guess.

use crate::domain::Language;
use crate::inbox::House;
use crate::inbox::fault::Fault;
use crate::inbox::form::Posted;
use crate::inbox::session;
use crate::inbox::session::AnyStage;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header;
use axum::response::IntoResponse;
use axum::response::Redirect;
use axum::response::Response;
use serde::Deserialize;
use std::sync::Arc;

/// Where the form that chooses a language posts to.
pub(super) const ACTION: &str = "/language";

pub(super) fn from_tag(tag: &str) -> Option<Language> {
    Language::ALL.into_iter().find(|it| it.tag() == tag)
}

/// The first of our languages in Accept-Language, by its weights; bokmål when there is none.
pub(super) fn of_browser(headers: &HeaderMap) -> Language {
    let wish = headers.get(header::ACCEPT_LANGUAGE).and_then(|it| it.to_str().ok()).unwrap_or_default();
    let mut best = (0.0, Language::Nb);
    for part in wish.split(',') {
        let (tag, weight) = part.split_once(';').unwrap_or((part, "q=1"));
        let weight: f32 = weight.trim().strip_prefix("q=").and_then(|it| it.parse().ok()).unwrap_or(0.0);
        let primary = tag.trim().split('-').next().unwrap_or_default().to_ascii_lowercase();
        let language = match primary.as_str() {
            "nb" | "no" => Language::Nb,
            "nn" => Language::Nn,
            "en" => Language::En,
            _ => continue,
        };
        if weight > best.0 {
            best = (weight, language);
        }
    }
    best.1
}

#[derive(Deserialize)]
pub(super) struct Choice {
    lang: String,
    back: String,
    key: String,
}

/// Chooses the language of this session; also for one who is still to show or add a second factor.
pub(super) async fn choose(
    State(house): State<Arc<House>>,
    AnyStage(who): AnyStage,
    Posted(choice): Posted<Choice>,
) -> Result<Response, Fault> {
    let now = house.now();
    who.check_key(ACTION, &choice.key)?;
    let language = from_tag(&choice.lang).unwrap_or(who.language);
    let cookie = session::cookie(&who.token, language, who.session.expires.since(now));
    Ok(([(header::SET_COOKIE, cookie)], Redirect::to(session::safe_path(&choice.back))).into_response())
}

#[cfg(test)]
mod tests {
    use super::of_browser;
    use crate::domain::Language;
    use axum::http::HeaderMap;
    use axum::http::HeaderValue;
    use axum::http::header::ACCEPT_LANGUAGE;

    #[test]
    fn the_browsers_wish_is_the_first_guess() {
        for (wish, language) in [
            ("nn-NO,nn;q=0.9,nb;q=0.8", Language::Nn),
            ("no,en;q=0.5", Language::Nb),
            ("de-DE,de;q=0.9,en;q=0.7", Language::En),
            ("en;q=0.3,nn;q=0.4", Language::Nn),
            ("se", Language::Nb),
            ("", Language::Nb),
            (";;;q=,,", Language::Nb),
        ] {
            let headers = HeaderMap::from_iter([(ACCEPT_LANGUAGE, HeaderValue::from_static(wish))]);
            assert_eq!(of_browser(&headers), language, "{wish}");
        }
    }
}
