//! What every page has in common.

use crate::domain::ItemState;
use crate::domain::Language;
use crate::domain::Share;
use crate::inbox::House;
use crate::inbox::assets;
use crate::inbox::begin;
use crate::inbox::factor;
use crate::inbox::groups;
use crate::inbox::icon::Icon;
use crate::inbox::language;
use crate::inbox::people;
use crate::inbox::register;
use crate::inbox::search;
use crate::inbox::session::SignedIn;
use crate::inbox::setup;
use crate::inbox::sign_in;
use crate::inbox::tasks;
use crate::inbox::texts::Words;
use crate::inbox::told;
use crate::storage::InboxRow;
use askama::Template;
use axum::http::StatusCode;
use axum::http::header;
use axum::response::IntoResponse;
use axum::response::Response;

/// The frame of a page.
pub(super) struct Page {
    /// Never about a patient.
    pub title: String,
    pub lang: &'static str,
    pub environment: String,
    /// Whether the foot leads to «Sjekk en melding».
    pub check_page: bool,
    pub signed_in: Option<Chrome>,
    /// Before sign-in, a language is chosen by link: tag, name, URL.
    pub language_links: Vec<LanguageLink>,
    pub css: &'static str,
    pub js: &'static str,
    pub icon: &'static str,
}

/// What a signed-in person has on top of every page.
pub(super) struct Chrome {
    pub name: String,
    pub units: String,
    pub here: String,
    /// Pages that only some roles have: URL and name.
    pub links: Vec<(&'static str, &'static str)>,
    pub sign_out_key: String,
    /// Empty: there is nothing that this person could find.
    pub search_key: String,
    pub language_key: String,
    /// Seconds until the session ends when nothing happens.
    pub idle_seconds: u64,
    pub languages: Vec<LanguageLink>,
}

/// One of the three languages.
pub(super) struct LanguageLink {
    pub tag: &'static str,
    pub name: &'static str,
    pub href: String,
    pub chosen: bool,
}

/// Where the lists are.
const INBOX: &str = "/";

/// Names in the page's head before the rest are only counted.
const UNITS_NAMED_MAX: usize = 2;

/// `Tjenestekontoret · Oppvekst · +17`: one who belongs to many units knows them.
fn in_short(units: &[String]) -> String {
    let named = units.iter().take(UNITS_NAMED_MAX).cloned();
    let rest = units.len().saturating_sub(UNITS_NAMED_MAX);
    named.chain((rest > 0).then(|| format!("+{rest}"))).collect::<Vec<_>>().join(" · ")
}

impl Chrome {
    /// What `aria-current` says of a link: that one is at the page, or at one beneath it.
    pub(super) fn current(&self, href: &str) -> Option<&'static str> {
        let here = self.here.split('?').next().unwrap_or_default();
        let beneath = href != INBOX && here.strip_prefix(href).is_some_and(|it| it.starts_with('/'));
        (here == href).then_some("page").or_else(|| beneath.then_some("true"))
    }
}

impl Page {
    /// For people who are not signed in, or when it does not matter.
    pub(super) fn plain(language: Language, title: &str) -> Self {
        Self {
            title: title.to_owned(),
            lang: language.tag(),
            environment: String::new(),
            check_page: false,
            signed_in: None,
            language_links: Vec::new(),
            css: &assets::CSS_URL,
            js: &assets::JS_URL,
            icon: &assets::ICON_URL,
        }
    }

    /// For people who are not signed in, when the house is at hand.
    pub(super) fn open(house: &House, language: Language, title: &str) -> Self {
        let environment = house.config().environment.clone();
        Self { environment, check_page: house.config().check_page, ..Self::plain(language, title) }
    }

    pub(super) fn signed_in(house: &House, who: &SignedIn, title: &str) -> Self {
        let units: Vec<_> = who.units_held().iter().map(|it| unit_name(house, it)).collect();
        let chrome = Chrome {
            name: who.user.display_name.clone(),
            units: in_short(&units),
            here: who.here.clone(),
            links: links(house, who),
            sign_out_key: who.draw_key(sign_in::SIGN_OUT),
            search_key: if begin::is_for(who) { String::new() } else { who.draw_key(search::ACTION) },
            language_key: who.draw_key(language::ACTION),
            idle_seconds: house.config().session_idle_seconds_max,
            languages: languages(who.language, |_| String::new()),
        };
        Self { signed_in: Some(chrome), ..Self::open(house, who.language, title) }
    }
}

/// The pages that this person's roles have besides the inbox.
fn links(house: &House, who: &SignedIn) -> Vec<(&'static str, &'static str)> {
    let t = Words(who.language);
    let mut links = vec![(INBOX, if begin::is_for(who) { t.begin() } else { t.inbox() })];
    if !groups::groups(house, who).is_empty() {
        links.push((groups::PATH, t.groups()));
    }
    if !who.sights().is_empty() {
        links.push((tasks::PATH, t.tasks()));
    }
    if !register::overview(who).is_empty() {
        links.push((register::OVERVIEW, t.overview()));
        links.push((register::PATH, t.register()));
        links.push((register::STATISTICS, t.statistics()));
    }
    if people::keeps_people(who) {
        links.push((people::PATH, t.people()));
    }
    if !setup::units(who).is_empty() {
        links.push((setup::PATH, t.setup()));
    }
    if !told::units(who).is_empty() {
        links.push((told::PATH, t.told()));
    }
    links.push((setup::LINKS, t.links_page()));
    if who.session.proof.provider.is_empty() {
        links.push((factor::ACCOUNT, t.account()));
    }
    links
}

/// The three languages, in their own words.
pub(super) fn languages(chosen: Language, href: impl Fn(Language) -> String) -> Vec<LanguageLink> {
    Language::ALL
        .into_iter()
        .map(|it| {
            let name = match it {
                Language::Nb => "Bokmål",
                Language::Nn => "Nynorsk",
                Language::En => "English",
            };
            LanguageLink { tag: it.tag(), name, href: href(it), chosen: it == chosen }
        })
        .collect()
}

/// The unit's name, or its id when the directory does not know it (any more).
pub(super) fn unit_name(house: &House, unit: &crate::domain::UnitId) -> String {
    house.inbox.names.unit(unit).unwrap_or_else(|| unit.0.clone())
}

/// The registered name of a sender that is kept by its short name; that one when nobody is registered by it (any more).
pub(super) fn sender_name(house: &House, short_name: &str) -> String {
    house.inbox.names.sender(short_name).unwrap_or_else(|| short_name.to_owned())
}

/// A word with an icon and a colour, so that no meaning is in the colour alone.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Tag {
    pub word: &'static str,
    pub icon: Icon,
    pub tone: &'static str,
}

impl Tag {
    /// As [`Tag::of_state`]; what was only offered or lifted to the unit, and taken back, was never wrongly addressed.
    pub(super) fn of_row(row: &InboxRow, t: Words) -> Self {
        let tag = Self::of_state(row.state, t);
        match (row.state, row.share) {
            (ItemState::Withdrawn, Share::Awareness) => Self { word: t.state_withdrawn(), ..tag },
            _ => tag,
        }
    }

    pub(super) fn of_state(state: ItemState, t: Words) -> Self {
        match state {
            ItemState::Unread => Self { word: t.state_unread(), icon: Icon::Envelope, tone: "warning" },
            ItemState::Opened => Self { word: t.state_opened(), icon: Icon::Eye, tone: "neutral" },
            ItemState::Taken => Self { word: t.state_taken(), icon: Icon::Person, tone: "info" },
            ItemState::Waiting => Self { word: t.state_waiting(), icon: Icon::Clock, tone: "warning" },
            ItemState::Proposed => Self { word: t.state_proposed(), icon: Icon::Envelope, tone: "warning" },
            ItemState::Offered => Self { word: t.state_offered(), icon: Icon::Clock, tone: "info" },
            ItemState::Transferred => Self { word: t.state_transferred(), icon: Icon::Check, tone: "neutral" },
            ItemState::Withdrawn => Self { word: t.state_wrong_addressee(), icon: Icon::Stop, tone: "neutral" },
            ItemState::Closed => Self { word: t.state_closed(), icon: Icon::Check, tone: "success" },
        }
    }
}

/// `template` as an answer.
pub(super) fn html(status: StatusCode, template: &impl Template) -> Response {
    match template.render() {
        Ok(text) => (status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], text).into_response(),
        // Templates are compiled; what can fail is only writing to a string, which does not.
        Err(error) => {
            tracing::error!(%error, "inbox page could not be drawn");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}
