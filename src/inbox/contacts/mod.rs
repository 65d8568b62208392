//! The public directory (`/kontakt`): who receives reports for a municipality, and how. No sign-in. A contact person whom
//! the unit directory names is named on the page, and never in the JSON.
//!
//! The same is given as JSON, which other sites may fetch and show; nothing else here may be read from another site.

mod json;
mod port;

pub use port::ExtraOffer;
pub use port::FormOffer;
pub use port::PublicDirectory;
pub use port::PublicUnit;
pub use port::Reception;

use crate::domain::Language;
use crate::domain::Municipality;
use crate::domain::MunicipalityNumber;
use crate::domain::UnitId;
use crate::domain::Validity;
use crate::inbox::House;
use crate::inbox::LinkEntry;
use crate::inbox::TextEntry;
use crate::inbox::content::can_lead_somewhere;
use crate::inbox::language;
use crate::inbox::moment;
use crate::inbox::need_form::no_such_place;
use crate::inbox::session;
use crate::inbox::texts::Words;
use crate::inbox::view::Page;
use crate::inbox::view::html;
use crate::inbox::view::languages;
use askama::Template;
use axum::Router;
use axum::extract::Path;
use axum::extract::Query;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use jiff::civil::Date;
use serde::Deserialize;
use std::sync::Arc;

/// Where the directory is.
pub(super) const PATH: &str = "/kontakt";

/// Municipalities that one search shows.
const FOUND_MAX: usize = 40;

pub(super) fn routes() -> Router<Arc<House>> {
    Router::new()
        .route(PATH, get(search))
        .route("/kontakt.json", get(json::asked))
        .route("/kontakt/historikk", get(history))
        .route("/kontakt/{number}", get(show))
}

/// A help text as it is drawn.
pub(super) struct TextView {
    pub heading: String,
    pub paragraphs: Vec<String>,
    pub dated: String,
    pub version: String,
}

impl TextView {
    pub(super) fn of(entry: &TextEntry, t: Words) -> Self {
        Self {
            heading: entry.heading.in_language(t.0).to_owned(),
            paragraphs: entry.paragraphs(t.0),
            dated: moment::date(entry.valid_from, t.0),
            version: entry.version(),
        }
    }
}

/// A link as it is drawn.
pub(super) struct LinkView {
    pub title: String,
    pub url: String,
    pub dated: String,
}

impl LinkView {
    pub(super) fn of(entry: &LinkEntry, t: Words) -> Self {
        Self {
            title: entry.title.in_language(t.0).to_owned(),
            url: entry.url.clone(),
            dated: moment::date(entry.valid_from, t.0),
        }
    }

    /// Those in force, without those that cannot lead anywhere.
    pub(super) fn shown(house: &House, municipality: Option<&MunicipalityNumber>, t: Words, day: Date) -> Vec<Self> {
        let content = house.inbox.contacts.content();
        let links = content.links(municipality, day).into_iter().filter(|it| can_lead_somewhere(&it.url));
        links.map(|it| Self::of(it, t)).collect()
    }
}

/// The texts of `keys` in force.
pub(super) fn texts(house: &House, keys: &[&str], t: Words, day: Date) -> Vec<TextView> {
    let content = house.inbox.contacts.content();
    keys.iter().filter_map(|it| content.text(it, day)).map(|it| TextView::of(it, t)).collect()
}

/// One municipality in a list.
struct FoundView {
    number: String,
    name: &'static str,
    county: &'static str,
    receives: bool,
}

#[derive(Template)]
#[template(path = "contacts.html")]
struct ContactsPage {
    page: Page,
    t: Words,
    asked: String,
    searched: bool,
    found: Vec<FoundView>,
    more: bool,
    texts: Vec<TextView>,
    links: Vec<LinkView>,
    updated: Option<String>,
}

#[derive(Template)]
#[template(path = "contact.html")]
struct ContactPage {
    page: Page,
    t: Words,
    number: String,
    name: &'static str,
    county: &'static str,
    her_ids: String,
    units: Vec<UnitView>,
    successors: Vec<FoundView>,
    form: bool,
    private_persons: bool,
    extra: Vec<String>,
    texts: Vec<TextView>,
    links: Vec<LinkView>,
    updated: Option<String>,
}

/// A unit with the ways to reach it.
struct UnitView {
    name: String,
    is_default: bool,
    telephone: Option<String>,
    /// The same for a `tel:` address.
    dialled: String,
    opening_hours: Option<String>,
    person: Option<String>,
    deputy: Option<String>,
    questionnaire: Option<String>,
    post: Option<String>,
    email: Option<String>,
    web: Option<String>,
    her_ids: String,
    languages: String,
    receives: Vec<String>,
}

#[derive(Template)]
#[template(path = "content_history.html")]
struct HistoryPage {
    page: Page,
    t: Words,
    texts: Vec<TextView>,
    links: Vec<LinkView>,
}

#[derive(Deserialize)]
pub(super) struct Asked {
    lang: Option<String>,
    /// A municipality's name or number.
    q: Option<String>,
}

async fn search(State(house): State<Arc<House>>, headers: HeaderMap, Query(asked): Query<Asked>) -> Response {
    let t = Words(reader(&headers, asked.lang.as_deref()));
    let day = house.now().date_in_norway();
    let wanted = asked.q.as_deref().unwrap_or_default().trim();
    // What is no municipality's name or number is not shown again: people type other things in such fields.
    let plausible = wanted.chars().count() <= 40 && wanted.chars().filter(char::is_ascii_digit).count() <= 4;
    let wanted = if plausible { wanted } else { "" };
    let searched = asked.q.is_some();
    let receiving = house.inbox.contacts.receiving(day);
    let mut found: Vec<FoundView> = if wanted.is_empty() {
        let mut all: Vec<_> = receiving.iter().filter_map(|it| Municipality::find(it)).collect();
        all.sort_by_key(|it| a_to_aa(it.name));
        all.into_iter().map(|it| found_view(it, true)).collect()
    } else {
        let fits = |it: &&Municipality| it.is_valid_on(day) && fits(it, wanted);
        Municipality::all().filter(fits).map(|it| found_view(it, receiving.contains(&it.number))).collect()
    };
    let more = found.len() > FOUND_MAX;
    found.truncate(FOUND_MAX);

    let mut page = public_page(&house, t, t.contacts_heading(), |it| format!("{PATH}?lang={}", it.tag()));
    page.title = t.contacts_heading().to_owned();
    let texts = texts(&house, &["what", "rights", "who-can-report"], t, day);
    let links = LinkView::shown(&house, None, t, day);
    let (asked, updated) = (wanted.to_owned(), updated(&house, t, day));
    html(StatusCode::OK, &ContactsPage { page, t, asked, searched, found, more, texts, links, updated })
}

fn found_view(it: &'static Municipality, receives: bool) -> FoundView {
    FoundView { number: it.number.to_string(), name: it.name, county: it.county, receives }
}

/// A name as it is sorted in Norway: æ, ø and å come last, in that order.
fn a_to_aa(name: &str) -> String {
    let place = |it: char| match it {
        'æ' => '\u{f000}',
        'ø' => '\u{f001}',
        'å' => '\u{f002}',
        other => other,
    };
    name.to_lowercase().chars().map(place).collect()
}

/// By number, or by any part of any of its names.
fn fits(municipality: &Municipality, wanted: &str) -> bool {
    let number = municipality.number.as_str();
    if wanted.bytes().all(|it| it.is_ascii_digit()) {
        return number.starts_with(wanted);
    }
    municipality.name.to_lowercase().contains(&wanted.to_lowercase())
}

async fn show(
    State(house): State<Arc<House>>,
    Path(name): Path<String>,
    headers: HeaderMap,
    Query(asked): Query<Asked>,
) -> Response {
    if let Some(number) = name.strip_suffix(".json") {
        return json::of(&house, number);
    }
    let language = reader(&headers, asked.lang.as_deref());
    let t = Words(language);
    let day = house.now().date_in_norway();
    let Some(number) = MunicipalityNumber::parse(&name) else { return no_such_place(&house, language) };
    let (municipality, successors) = match Municipality::valid_on(&number, day) {
        Validity::Valid(it) => (it, Vec::new()),
        Validity::Expired { was, successors } => (was, successors),
        Validity::Unknown => return no_such_place(&house, language),
    };
    let receiving = house.inbox.contacts.receiving(day);
    let reception = house.inbox.contacts.reception(&number, day).filter(|_| successors.is_empty());
    let heading = format!("{} {}", t.contacts_of(), municipality.name);
    let page = public_page(&house, t, &heading, |it| format!("{PATH}/{number}?lang={}", it.tag()));
    let (her_ids, units, offer) = match reception {
        Some(it) => (ids(&it.her_ids), it.units.iter().map(|unit| unit_view(unit, t)).collect(), it.form),
        None => (String::new(), Vec::new(), FormOffer::default()),
    };
    let page = ContactPage {
        page,
        t,
        number: number.to_string(),
        name: municipality.name,
        county: municipality.county,
        her_ids,
        form: !units.is_empty() && house.inbox.desk.is_open(),
        units,
        successors: successors.into_iter().map(|it| found_view(it, receiving.contains(&it.number))).collect(),
        private_persons: offer.private_persons,
        extra: offer.extra.iter().map(|it| it.name.in_language(language).to_owned()).collect(),
        texts: texts(&house, &["who-can-report", "age-and-consent"], t, day),
        links: LinkView::shown(&house, Some(&number), t, day),
        updated: updated(&house, t, day),
    };
    html(StatusCode::OK, &page)
}

fn unit_view(unit: &PublicUnit, t: Words) -> UnitView {
    let languages = unit.languages.iter().map(|it| t.code("Spraak", it)).collect::<Vec<_>>();
    UnitView {
        name: unit.name.in_language(t.0).to_owned(),
        is_default: unit.is_default,
        telephone: unit.telephone.clone(),
        dialled: dialled(unit),
        opening_hours: unit.opening_hours.as_ref().map(|it| it.in_language(t.0).to_owned()),
        person: unit.person.clone(),
        deputy: unit.deputy.clone(),
        questionnaire: unit.questionnaire.clone().filter(|it| can_lead_somewhere(it)),
        post: unit.post.clone(),
        email: unit.email.clone(),
        web: unit.web.clone().filter(|it| can_lead_somewhere(it)),
        her_ids: ids(&unit.her_ids),
        languages: languages.join(", "),
        receives: unit.receives.iter().map(|it| it.in_language(t.0).to_owned()).collect(),
    }
}

fn ids(ids: &[crate::domain::HerId]) -> String {
    ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

async fn history(State(house): State<Arc<House>>, headers: HeaderMap, Query(asked): Query<Asked>) -> Response {
    let t = Words(reader(&headers, asked.lang.as_deref()));
    let content = house.inbox.contacts.content();
    let (texts, links) = content.history();
    let page = public_page(&house, t, t.history_heading(), |it| format!("{PATH}/historikk?lang={}", it.tag()));
    let texts = texts.into_iter().map(|it| TextView::of(it, t)).collect();
    let links = links.into_iter().map(|it| LinkView::of(it, t)).collect();
    html(StatusCode::OK, &HistoryPage { page, t, texts, links })
}

pub(super) fn updated(house: &House, t: Words, day: Date) -> Option<String> {
    house.inbox.contacts.content().updated(day).map(|it| moment::date(it, t.0))
}

/// The frame of a page that everybody may see.
pub(super) fn public_page(house: &House, t: Words, title: &str, href: impl Fn(Language) -> String) -> Page {
    let mut page = Page::open(house, t.0, title);
    page.language_links = languages(t.0, href);
    page
}

/// The language asked for, else that of the session, else the browser's.
pub(super) fn reader(headers: &HeaderMap, asked: Option<&str>) -> Language {
    let chosen = || session::brought(headers).and_then(|(_, chosen)| chosen);
    asked.and_then(language::from_tag).or_else(chosen).unwrap_or_else(|| language::of_browser(headers))
}

/// How to call a unit.
pub(super) struct CallView {
    pub unit: String,
    pub telephone: String,
    /// The same for a `tel:` address.
    pub dialled: String,
    pub opening_hours: Option<String>,
}

impl CallView {
    /// As the unit stands in the public directory; where it has no telephone, the one that takes what no other unit takes.
    pub(super) fn of(house: &House, unit: &UnitId, t: Words) -> Option<Self> {
        let day = house.now().date_in_norway();
        let directory = &house.inbox.contacts;
        let mut receptions = directory.receiving(day).into_iter().filter_map(|it| directory.reception(&it, day));
        let units = receptions.find(|it| it.units.iter().any(|it| it.id == *unit))?.units;
        let own = units.iter().find(|it| it.id == *unit && it.telephone.is_some());
        let found = own.or_else(|| units.iter().find(|it| it.telephone.is_some()))?;
        Some(Self {
            unit: found.name.in_language(t.0).to_owned(),
            dialled: dialled(found),
            telephone: found.telephone.clone()?,
            opening_hours: found.opening_hours.as_ref().map(|it| it.in_language(t.0).to_owned()),
        })
    }

    /// Each number once.
    pub(super) fn of_all(house: &House, units: &[UnitId], t: Words) -> Vec<Self> {
        let mut calls: Vec<Self> = units.iter().filter_map(|it| Self::of(house, it, t)).collect();
        calls.dedup_by(|one, other| one.dialled == other.dialled);
        calls
    }
}

fn dialled(unit: &PublicUnit) -> String {
    unit.telephone.iter().flat_map(|it| it.chars()).filter(|it| !it.is_whitespace()).collect()
}
