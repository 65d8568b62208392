//! What the inbox says about itself: how accessible it is, what it keeps about whom, and where to tell of a hole in it.
//!
//! The texts are ours and dated; who answers for them is the municipality's to say, in the configuration. What nobody has
//! said is told plainly instead of left out. Open to all: also those who cannot sign in may have a complaint.

use crate::domain::Language;
use crate::inbox::House;
use crate::inbox::fault::Fault;
use crate::inbox::language;
use crate::inbox::moment;
use crate::inbox::session;
use crate::inbox::session::SignedIn;
use crate::inbox::texts::Words;
use crate::inbox::view::Page;
use crate::inbox::view::html;
use crate::inbox::view::languages;
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
use jiff::civil::Date;
use jiff::civil::date;
use serde::Deserialize;
use serde::Serialize;
use std::sync::Arc;
use std::time::Duration;

/// The statement of accessibility (tilgjengelighetserklæring).
pub(super) const ACCESSIBILITY: &str = "/tilgjengelighet";
/// The statement of privacy (personvernerklæring).
pub(super) const PRIVACY: &str = "/personvern";

/// When the text was last gone through against the program. Moved when the text or what it tells of changes.
const ACCESSIBILITY_REVISED: Date = date(2026, 11, 22);
const PRIVACY_REVISED: Date = date(2026, 11, 22);

/// `security.txt` must say until when it holds; it is made anew each time it is asked for.
const SECURITY_TXT_HOLDS: Duration = Duration::from_secs(90 * 24 * 60 * 60);

/// Who answers for the inbox. All are shown to everybody.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AboutConfig {
    /// The municipality, or whoever else decides what the inbox is for: `Gjerstad kommune`.
    pub responsible: String,
    /// E-mail address or telephone for questions, and for telling that something cannot be used.
    pub contact: String,
    /// How the data protection officer (personvernombud) is reached.
    pub privacy_officer: String,
    /// Address of the municipality's own registered statement of accessibility.
    pub accessibility_statement: String,
    /// Where to tell of a hole: `mailto:…` or `https://…`, for `/.well-known/security.txt`. Empty: there is none.
    pub security_contact: String,
}

impl AboutConfig {
    /// What will not be there for people, in whole sentences.
    pub fn check(&self) -> Vec<String> {
        let mut said = Vec::new();
        if self.responsible.trim().is_empty() || self.contact.trim().is_empty() {
            said.push(
                "inbox.about.responsible or .contact is empty. The pages on privacy and accessibility name nobody to turn to."
                    .to_owned(),
            );
        }
        let is_link = |it: &str| it.is_empty() || it.starts_with("https://");
        if !is_link(&self.accessibility_statement) {
            said.push(
                "inbox.about.accessibility_statement does not begin with https://. It will not be shown.".to_owned(),
            );
        }
        if !self.security_contact.is_empty() && self.security_txt_contact().is_none() {
            said.push(
                "inbox.about.security_contact is not one mailto: or https: address. There will be no security.txt."
                    .to_owned(),
            );
        }
        said
    }

    /// The municipality's own statement, when it is a safe link.
    pub(super) fn statement(&self) -> Option<&str> {
        let address = self.accessibility_statement.trim();
        address.starts_with("https://").then_some(address)
    }

    fn security_txt_contact(&self) -> Option<&str> {
        let address = self.security_contact.trim();
        let is_one = address.bytes().all(|it| it.is_ascii_graphic());
        (is_one && (address.starts_with("mailto:") || address.starts_with("https://"))).then_some(address)
    }
}

pub(super) fn routes() -> Router<Arc<House>> {
    Router::new()
        .route(ACCESSIBILITY, get(accessibility))
        .route(PRIVACY, get(privacy))
        .route("/.well-known/security.txt", get(security_txt))
}

/// A statement as it is drawn.
pub(super) struct Statement {
    pub heading: &'static str,
    pub intro: &'static str,
    pub sections: Vec<Section>,
}

/// One part of a statement.
pub(super) struct Section {
    pub heading: &'static str,
    pub paragraphs: Vec<String>,
    /// Name and address.
    pub links: Vec<(String, String)>,
}

/// What the texts tell of this house.
pub(super) struct Facts<'a> {
    pub about: &'a AboutConfig,
    pub check_page: bool,
    pub idle_minutes: u64,
    pub session_hours: u64,
    /// Days until the content of a rejected message is removed. 0: it is kept.
    pub rejected_days: u32,
}

#[derive(Template)]
#[template(path = "about.html")]
struct AboutPage {
    page: Page,
    t: Words,
    statement: Statement,
    revised: String,
    version: &'static str,
}

#[derive(Deserialize)]
struct AboutQuery {
    lang: Option<String>,
}

async fn accessibility(
    State(house): State<Arc<House>>,
    who: Result<SignedIn, Fault>,
    headers: HeaderMap,
    Query(query): Query<AboutQuery>,
) -> Response {
    draw(&house, who, &headers, query, ACCESSIBILITY, ACCESSIBILITY_REVISED, Words::accessibility)
}

async fn privacy(
    State(house): State<Arc<House>>,
    who: Result<SignedIn, Fault>,
    headers: HeaderMap,
    Query(query): Query<AboutQuery>,
) -> Response {
    draw(&house, who, &headers, query, PRIVACY, PRIVACY_REVISED, Words::privacy)
}

fn draw(
    house: &House,
    who: Result<SignedIn, Fault>,
    headers: &HeaderMap,
    query: AboutQuery,
    path: &str,
    revised: Date,
    text: fn(Words, &Facts<'_>) -> Statement,
) -> Response {
    let config = house.config();
    let asked = query.lang.as_deref().and_then(language::from_tag);
    let kept = session::brought(headers).and_then(|(_, chosen)| chosen);
    let language: Language = match &who {
        Ok(who) => who.language,
        Err(_) => asked.or(kept).unwrap_or_else(|| language::of_browser(headers)),
    };
    let t = Words(language);
    let facts = Facts {
        about: &config.about,
        check_page: config.check_page,
        idle_minutes: config.session_idle_seconds_max / 60,
        session_hours: config.session_seconds_max / 3600,
        rejected_days: config.rejected_days,
    };
    let statement = text(t, &facts);
    let page = match &who {
        Ok(who) => Page::signed_in(house, who, statement.heading),
        Err(_) => {
            let mut page = Page::open(house, language, statement.heading);
            page.language_links = languages(language, |it| format!("{path}?lang={}", it.tag()));
            page
        }
    };
    let revised = moment::date(revised, language);
    html(StatusCode::OK, &AboutPage { page, t, statement, revised, version: env!("CARGO_PKG_VERSION") })
}

/// RFC 9116: whom to tell of a hole. Nothing when the operator has named nobody.
async fn security_txt(State(house): State<Arc<House>>, headers: HeaderMap) -> Response {
    let Some(contact) = house.config().about.security_txt_contact() else {
        return Fault::absent(language::of_browser(&headers)).into_response();
    };
    let expires = house.now().plus(SECURITY_TXT_HOLDS).to_jiff().strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    let text = format!("Contact: {contact}\nExpires: {expires}\nPreferred-Languages: nb, nn, en\n");
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response()
}

#[cfg(test)]
mod tests {
    use super::AboutConfig;

    #[test]
    fn what_nobody_has_said_is_spoken_of() {
        assert_eq!(AboutConfig::default().check().len(), 1);
        let wrong = AboutConfig {
            responsible: "Gjerstad kommune".to_owned(),
            contact: "postmottak@kommune.example".to_owned(),
            accessibility_statement: "javascript:alert(1)".to_owned(),
            security_contact: "mailto:a@b.example\nContact: mailto:evil@c.example".to_owned(),
            ..AboutConfig::default()
        };

        assert_eq!(wrong.check().len(), 2);
        assert_eq!((wrong.statement(), wrong.security_txt_contact()), (None, None));
    }
}
