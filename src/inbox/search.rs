//! One search for all: our reference, the sender's ids, a sender, a person's name or identity number.
//!
//! What is typed is posted, never put into a URL: the page with what was found has a handle instead, which says nothing, holds
//! only in the session that made it and only for a while. That somebody searched, by what, and how many were found, is in the
//! journal; what was searched for is not.

use crate::domain::ItemId;
use crate::domain::Redacted;
use crate::domain::Reference;
use crate::domain::Timestamp;
use crate::inbox::House;
use crate::inbox::fault::Fault;
use crate::inbox::form::Posted;
use crate::inbox::icon::Icon;
use crate::inbox::list::Row;
use crate::inbox::session::SignedIn;
use crate::inbox::texts::Words;
use crate::inbox::token::Token;
use crate::inbox::view::Page;
use crate::inbox::view::html;
use crate::storage::InboxRow;
use crate::storage::SearchCursor;
use crate::storage::SearchQuery;
use crate::storage::Sought;
use askama::Template;
use axum::extract::Path;
use axum::extract::Query;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::response::Redirect;
use axum::response::Response;
use serde::Deserialize;
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::time::Duration;
use uuid::Uuid;

/// Where the search form posts to.
pub(super) const ACTION: &str = "/search";
/// What others write around a reference, and mail programs paste with it.
const BRACES: [char; 11] = ['{', '}', '[', ']', '(', ')', '<', '>', '«', '»', '"'];
/// Longest text that is searched for. Characters.
const SOUGHT_CHARACTERS_MAX: usize = 200;
/// How long a page of what was found can be come back to.
const SEARCH_REMEMBERED: Duration = Duration::from_secs(15 * 60);
/// Searches that are remembered at most, of all sessions together; the oldest go first.
const SEARCHES_MAX: usize = 2_000;

/// What was searched for lately, in this process only: after a restart, or on another node, one searches again.
pub(super) struct Searches(Mutex<HashMap<[u8; 32], Search>>);

/// By the hash of its handle.
#[derive(Clone)]
struct Search {
    session: [u8; 32],
    at: Timestamp,
    typed: Typed,
}

/// What was typed, as it is understood.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Typed {
    Id(String),
    PersonId(Redacted<String>),
    Organisation(Redacted<String>),
    /// A name: of a person, or of a sender.
    Words(Redacted<String>),
}

/// What was searched by, as the journal says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum By {
    Id,
    PersonId,
    Organisation,
    PersonName,
    SenderName,
}

impl By {
    const fn said(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::PersonId => "identity number",
            Self::Organisation => "organisation number",
            Self::PersonName => "name",
            Self::SenderName => "sender",
        }
    }
}

impl Searches {
    pub(super) fn new() -> Self {
        Self(Mutex::new(HashMap::new()))
    }

    /// Remembers a search of `session`; its handle.
    fn keep(&self, session: [u8; 32], at: Timestamp, typed: Typed) -> Token {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|_, it| at.since(it.at) < SEARCH_REMEMBERED);
        if kept.len() >= SEARCHES_MAX
            && let Some(oldest) = kept.iter().min_by_key(|(_, it)| it.at).map(|(handle, _)| *handle)
        {
            kept.remove(&oldest);
        }
        let handle = Token::generate();
        kept.insert(handle.sha256(), Search { session, at, typed });
        handle
    }

    /// `None`: it is too long ago, or another's.
    fn find(&self, handle: &Token, session: [u8; 32], now: Timestamp) -> Option<Typed> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let found = kept.get(&handle.sha256())?;
        (found.session == session && now.since(found.at) < SEARCH_REMEMBERED).then(|| found.typed.clone())
    }
}

impl Typed {
    /// `None`: nothing that can be searched for.
    fn of(text: &str) -> Option<Self> {
        let text = text.trim().trim_matches(BRACES).trim();
        let digits: String = text.chars().filter(|it| !it.is_whitespace() && *it != '-').collect();
        let is_number = !digits.is_empty() && digits.bytes().all(|it| it.is_ascii_digit());
        if text.is_empty() || text.chars().count() > SOUGHT_CHARACTERS_MAX {
            return None;
        }
        if is_number && digits.len() == 11 {
            return Some(Self::PersonId(Redacted::new(digits)));
        }
        if is_number && digits.len() == 9 {
            return Some(Self::Organisation(Redacted::new(digits)));
        }
        let is_one_word = !text.contains(char::is_whitespace);
        let has_digit = text.contains(|it: char| it.is_ascii_digit());
        // A number of another length is a DUF number or an archive's; people write them in groups.
        if plain_id(text).is_some() || is_number || is_one_word && has_digit || Reference::parse(text).is_some() {
            return Some(Self::Id(text.to_owned()));
        }
        text.contains(char::is_alphabetic).then(|| Self::Words(Redacted::new(text.to_owned())))
    }

    /// What looks like a reference and is none may be a name, if it is all letters.
    fn or_name(self) -> Self {
        match self {
            Self::Id(text) if text.chars().all(|it| it.is_alphabetic() || it.is_whitespace() || it == '-') => {
                Self::Words(Redacted::new(text))
            }
            other => other,
        }
    }

    const fn by(&self, of_sender: bool) -> By {
        match self {
            Self::Id(_) => By::Id,
            Self::PersonId(_) => By::PersonId,
            Self::Organisation(_) => By::Organisation,
            Self::Words(_) if of_sender => By::SenderName,
            Self::Words(_) => By::PersonName,
        }
    }

    fn sought(&self, of_sender: bool) -> Sought {
        match self {
            Self::Id(id) => Sought::Id(id.clone()),
            Self::PersonId(number) => Sought::PersonId(number.clone()),
            Self::Organisation(number) => Sought::Organisation(number.clone()),
            Self::Words(name) if of_sender => Sought::SenderName(name.clone()),
            Self::Words(name) => Sought::PersonName(name.clone()),
        }
    }
}

/// A reference or a UUID, which say nothing about anybody and may stand in a URL; the braces that come with some are left out.
/// A name of nine letters could be a reference too, so one without a digit counts only as we write it.
fn plain_id(text: &str) -> Option<String> {
    let text = text.trim().trim_matches(['{', '}']);
    let is_reference =
        Reference::parse(text).is_some_and(|it| it.as_str() == text || text.contains(|it: char| it.is_ascii_digit()));
    (is_reference || Uuid::parse_str(text).is_ok()).then(|| text.to_owned())
}

#[derive(Template)]
#[template(path = "search.html")]
struct SearchPage {
    page: Page,
    t: Words,
    error: Option<&'static str>,
}

#[derive(Template)]
#[template(path = "found.html")]
struct FoundPage {
    page: Page,
    t: Words,
    heading: &'static str,
    rows: Vec<Row>,
    /// Where the same words are searched for in the other names, and what that is called.
    other: Option<(String, &'static str)>,
    next: Option<String>,
    first: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct AskedFor {
    q: Option<String>,
}

/// The form by itself; with a reference or an id in the URL, what it finds.
pub(super) async fn ask(
    State(house): State<Arc<House>>,
    who: SignedIn,
    Query(asked): Query<AskedFor>,
) -> Result<Response, Fault> {
    let t = Words(who.language);
    match asked.q.as_deref().map(plain_id) {
        None => Ok(draw(&house, &who, StatusCode::OK, None)),
        Some(Some(id)) => go(&house, &who, Typed::Id(id)).await,
        Some(None) => Ok(draw(&house, &who, StatusCode::UNPROCESSABLE_ENTITY, Some(t.search_not_plain()))),
    }
}

#[derive(Deserialize)]
pub(super) struct SearchForm {
    #[serde(alias = "reference")]
    q: String,
    key: String,
}

/// Goes to the one report with that id, or to the page of what is found.
pub(super) async fn find(
    State(house): State<Arc<House>>,
    who: SignedIn,
    Posted(form): Posted<SearchForm>,
) -> Result<Response, Fault> {
    who.check_key(ACTION, &form.key)?;
    match Typed::of(&form.q) {
        Some(typed) => go(&house, &who, typed).await,
        None => {
            let error = Words(who.language).search_not_understood();
            Ok(draw(&house, &who, StatusCode::UNPROCESSABLE_ENTITY, Some(error)))
        }
    }
}

async fn go(house: &House, who: &SignedIn, mut typed: Typed) -> Result<Response, Fault> {
    if matches!(typed, Typed::Id(_)) {
        let rows = rows(house, who, typed.sought(false), None, 2).await?;
        if let [row] = rows.as_slice() {
            journal(house, who, By::Id, 1).await?;
            return Ok(Redirect::to(&format!("/items/{}", row.id)).into_response());
        }
        if rows.is_empty() {
            typed = typed.or_name();
        }
    }
    let handle = house.searches.keep(who.session.token_sha256, house.now(), typed);
    Ok(Redirect::to(&format!("{ACTION}/{}", handle.text().reveal())).into_response())
}

#[derive(Deserialize)]
pub(super) struct FoundQuery {
    /// `sender`: the words are of a sender's name.
    by: Option<String>,
    after: Option<String>,
}

/// What a search of this session found.
pub(super) async fn found(
    State(house): State<Arc<House>>,
    who: SignedIn,
    Path(handle): Path<String>,
    Query(query): Query<FoundQuery>,
) -> Result<Response, Fault> {
    let t = Words(who.language);
    let after = match query.after.as_deref().map(parse_cursor) {
        None => None,
        Some(Some(it)) => Some(it),
        Some(None) => return Err(Fault::absent(who.language)),
    };
    let typed = Token::parse(&handle).and_then(|it| house.searches.find(&it, who.session.token_sha256, house.now()));
    let Some(typed) = typed else {
        return Ok(draw(&house, &who, StatusCode::NOT_FOUND, Some(t.search_gone())));
    };
    let rows_max = house.config().rows_max;
    let mut of_sender = query.by.as_deref() == Some("sender");
    let mut rows = rows(&house, &who, typed.sought(of_sender), after, rows_max + 1).await?;
    let is_words = matches!(typed, Typed::Words(_));
    if rows.is_empty() && is_words && query.by.is_none() {
        // Nobody of that name: perhaps it is a sender.
        of_sender = true;
        rows = self::rows(&house, &who, typed.sought(true), after, rows_max + 1).await?;
    }
    let rows_kept = usize::try_from(rows_max).unwrap_or(usize::MAX);
    let more = rows.len() > rows_kept;
    rows.truncate(rows_kept);
    journal(&house, &who, typed.by(of_sender), rows.len()).await?;

    let here = |by: bool| match (is_words, by) {
        (false, _) => format!("{ACTION}/{handle}?"),
        (true, true) => format!("{ACTION}/{handle}?by=sender"),
        (true, false) => format!("{ACTION}/{handle}?by=person"),
    };
    let next =
        rows.last().filter(|_| more).map(|it| format!("{}&after={}_{}", here(of_sender), it.received_at.0, it.id));
    let other = if of_sender { t.search_in_persons() } else { t.search_in_senders() };
    let page = FoundPage {
        page: Page::signed_in(&house, &who, t.search_found()),
        t,
        heading: if !rows.is_empty() {
            heading(typed.by(of_sender), t)
        } else if is_words && query.by.is_none() {
            t.found_no_name()
        } else {
            nothing(typed.by(of_sender), t)
        },
        rows: rows.iter().map(|it| Row::of(it, &house, &who)).collect(),
        other: is_words.then(|| (here(!of_sender), other)),
        next,
        first: after.map(|_| here(of_sender)),
    };
    Ok(html(StatusCode::OK, &page))
}

const fn heading(by: By, t: Words) -> &'static str {
    match by {
        By::Id => t.found_by_id(),
        By::PersonId => t.found_by_person_id(),
        By::Organisation => t.found_by_organisation(),
        By::PersonName => t.found_by_name(),
        By::SenderName => t.found_by_sender(),
    }
}

/// What kind of thing was sought in vain.
const fn nothing(by: By, t: Words) -> &'static str {
    match by {
        By::Id => t.found_no_id(),
        By::PersonId => t.found_no_person_id(),
        By::Organisation => t.found_no_organisation(),
        By::PersonName => t.found_no_person(),
        By::SenderName => t.found_no_sender(),
    }
}

fn draw(house: &House, who: &SignedIn, status: StatusCode, error: Option<&'static str>) -> Response {
    let t = Words(who.language);
    html(status, &SearchPage { page: Page::signed_in(house, who, t.search_heading()), t, error })
}

async fn rows(
    house: &House,
    who: &SignedIn,
    sought: Sought,
    after: Option<SearchCursor>,
    rows_max: u32,
) -> Result<Vec<InboxRow>, Fault> {
    let query = SearchQuery { sought, after, rows_max };
    let found = house.inbox.search.find(&who.sights(), who.user.id, &query).await;
    found.map_err(|it| Fault::store(who.language, it))
}

/// That somebody searched: by what, and how many were found. Never for what.
async fn journal(house: &House, who: &SignedIn, by: By, rows: usize) -> Result<(), Fault> {
    house
        .journal(who.actor(), "searched", format!("by {}, {rows}", by.said()))
        .await
        .map_err(|it| Fault::store(who.language, it))
}

fn parse_cursor(text: &str) -> Option<SearchCursor> {
    let (at, item) = text.split_once('_')?;
    Some(SearchCursor { at: Timestamp(at.parse().ok()?), item: item.parse::<ItemId>().ok()? })
}

#[cfg(test)]
mod tests {
    use super::Searches;
    use super::Typed;
    use crate::domain::Timestamp;
    use std::time::Duration;

    #[test]
    fn what_is_typed_is_understood() {
        let by = |text: &str| Typed::of(text).map(|it| it.by(false).said());

        assert_eq!(by("7k3 9qx 2ma"), Some("id"));
        assert_eq!(by("{0190A1B2-0000-7000-8000-000000000001}"), Some("id"));
        for id in ["MSG-2026-17", "2026 0123 4567", "26/01234-2", "N1234567"] {
            assert_eq!(by(id), Some("id"), "{id}");
        }
        assert_eq!(by("058185 30120"), Some("identity number"));
        assert_eq!(by("310 000 108"), Some("organisation number"));
        assert_eq!(by("Åse-Marie Testdal"), Some("name"));
        for nothing in ["", "  ", "…", &"a".repeat(201)] {
            assert_eq!(by(nothing), None, "{nothing}");
        }
    }

    #[test]
    fn a_reference_without_a_digit_is_one_only_as_we_write_it() {
        let reference = crate::domain::Reference::parse("ABC-DEF-GHJ").unwrap();

        assert!(super::plain_id(&reference.to_string()).is_some());
        assert!(super::plain_id("Margrethe").is_none() && super::plain_id("ann-eva-per").is_none());
    }

    #[test]
    fn a_handle_holds_in_its_own_session_and_for_a_while() {
        let searches = Searches::new();
        let typed = Typed::of("Åse Testdal").unwrap();

        let handle = searches.keep([1; 32], Timestamp(0), typed.clone());

        let later = |minutes: u64| Timestamp(0).plus(Duration::from_secs(minutes * 60));
        assert_eq!(searches.find(&handle, [1; 32], later(14)), Some(typed));
        assert_eq!(searches.find(&handle, [2; 32], later(14)), None);
        assert_eq!(searches.find(&handle, [1; 32], later(15)), None);
    }

    #[test]
    fn only_so_many_searches_are_remembered() {
        let searches = Searches::new();
        let first = searches.keep([1; 32], Timestamp(0), Typed::Id("a1".to_owned()));

        for number in 1..=super::SEARCHES_MAX {
            searches.keep([1; 32], Timestamp(i64::try_from(number).unwrap()), Typed::Id("b2".to_owned()));
        }

        assert!(searches.find(&first, [1; 32], Timestamp(9)).is_none());
        assert_eq!(searches.0.lock().unwrap().len(), super::SEARCHES_MAX);
    }
}
