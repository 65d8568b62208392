//! Who has done what: the journal of a unit's reports and people, page by page and narrowed to what is asked for, and the
//! access log (innsynslogg) of one person, to be printed ([`access_log`]).
//!
//! The identity number comes by POST, is turned into its blind index, and is in no address, title or log. So does what is
//! typed as a reference: only when it is one does it stand in an address.

mod access_log;
mod number;
mod wanted;

pub use number::CheckNumber;
pub use number::NotANumber;
pub use number::NumberKind;

use crate::domain;
use crate::domain::Denial;
use crate::domain::JournalKind;
use crate::domain::Role;
use crate::domain::Sight;
use crate::domain::UnitId;
use crate::domain::norway;
use crate::inbox::House;
use crate::inbox::fault::Fault;
use crate::inbox::form::Posted;
use crate::inbox::moment::Moment;
use crate::inbox::particulars;
use crate::inbox::register::sheet::Sheet;
use crate::inbox::register::sheet::csv_file;
use crate::inbox::session::SignedIn;
use crate::inbox::texts::Words;
use crate::inbox::timeline;
use crate::inbox::view::Page;
use crate::inbox::view::html;
use crate::storage::JournalTurn;
use crate::storage::ToldAbout;
use access_log::Ask;
use askama::Template;
use axum::Router;
use axum::extract::Query;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::response::Redirect;
use axum::response::Response;
use axum::routing::get;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::Arc;
use wanted::Asked;
use wanted::Wanted;

pub(super) const PATH: &str = "/journal";

/// Lines that a download reads at a time.
const EXPORT_PAGE_LINES: u32 = 1000;

pub(super) fn routes() -> Router<Arc<House>> {
    Router::new().route(PATH, get(show).post(find)).route("/journal.csv", get(csv))
}

/// The units whose journal the person may read: as auditor or leader.
pub(super) fn units(who: &SignedIn) -> Vec<UnitId> {
    let mut units = who.units_as(Role::Auditor);
    units.extend(who.units_as(Role::Leader));
    units.sort_unstable();
    units.dedup();
    units
}

#[derive(Template)]
#[template(path = "told.html")]
struct ToldPage {
    page: Page,
    t: Words,
    key: String,
    heading: &'static str,
    error: Option<&'static str>,
    filter: Filter,
    lines: Vec<Line>,
    csv: String,
    csv_hint: String,
    newest: Option<String>,
    newer: Option<String>,
    older: Option<String>,
    ask: Ask,
}

#[derive(Default)]
struct Filter {
    from: String,
    to: String,
    reference: String,
    kinds: Vec<Choice>,
    people: Vec<Choice>,
    /// Something is narrowed: there is a way back to all.
    narrowed: bool,
}

struct Choice {
    value: String,
    name: String,
    chosen: bool,
}

struct Line {
    at: Moment,
    who: String,
    what: String,
    detail: String,
    reference: String,
}

async fn show(State(house): State<Arc<House>>, who: SignedIn, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    let wanted = Wanted::parse(&asked).ok_or_else(|| Fault::absent(who.language))?;
    page(&house, &who, &wanted, None).await
}

async fn page(house: &House, who: &SignedIn, wanted: &Wanted, error: Option<&'static str>) -> Result<Response, Fault> {
    let (t, fault) = (Words(who.language), |it| Fault::store(who.language, it));
    let sights = kept(who)?;
    let people = People::of(house, who, &sights).await?;
    if wanted.who.is_some_and(|it| !people.ids.contains_key(&it.to_string())) {
        return Err(Fault::absent(who.language));
    }
    let lines_max = house.config().rows_max;
    let query = wanted.query(lines_max + 1).ok_or_else(|| Fault::absent(who.language))?;
    let mut told = house.inbox.audit.journal_page(&sights, &query).await.map_err(fault)?;
    let there_are_more = told.len() > lines_max as usize;
    let is_back = matches!(wanted.turn, JournalTurn::NewerThan(_));
    if there_are_more {
        // The one beyond the page lies where the reader is going.
        if is_back {
            told.remove(0);
        } else {
            told.pop();
        }
    }
    let detail = format!("{}, {} lines", wanted.url_query(JournalTurn::Newest), told.len());
    house.journal(who.actor(), "journal_read", detail).await.map_err(fault)?;

    let here = |turn| link(PATH, &wanted.url_query(turn));
    let older = told.last().filter(|_| there_are_more || is_back).map(|it| here(JournalTurn::OlderThan(it.cursor())));
    let newer = told.first().filter(|_| if is_back { there_are_more } else { wanted.turn != JournalTurn::Newest });
    let newer = newer.map(|it| here(JournalTurn::NewerThan(it.cursor())));
    let drawn = ToldPage {
        page: Page::signed_in(house, who, t.told()),
        t,
        key: who.draw_key(PATH),
        heading: t.told(),
        error,
        filter: filter(wanted, &people, t),
        lines: told.iter().map(|it| line(it, &people, who, house)).collect(),
        csv: link("/journal.csv", &wanted.url_query(JournalTurn::Newest)),
        csv_hint: t.told_cut_hint(house.config().journal_file_lines_max),
        newest: (wanted.turn != JournalTurn::Newest).then(|| here(JournalTurn::Newest)),
        newer,
        older,
        ask: Ask::empty(t),
    };
    let status = if error.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok(html(status, &drawn))
}

fn link(place: &str, query: &str) -> String {
    if query.is_empty() { place.to_owned() } else { format!("{place}?{query}") }
}

fn filter(wanted: &Wanted, people: &People, t: Words) -> Filter {
    let kind = |it: &JournalKind| Choice {
        value: it.label().to_owned(),
        name: t.journal_kind(*it).to_owned(),
        chosen: wanted.kind == Some(*it),
    };
    let chosen = wanted.who.map(|it| it.to_string());
    let person = |(id, name): (&String, &String)| Choice {
        value: id.clone(),
        name: name.clone(),
        chosen: chosen.as_ref() == Some(id),
    };
    let mut of_people: Vec<Choice> = people.ids.iter().map(person).collect();
    of_people.sort_by_key(|it| it.name.to_lowercase());
    Filter {
        from: wanted.from.map(|it| it.to_string()).unwrap_or_default(),
        to: wanted.to.map(|it| it.to_string()).unwrap_or_default(),
        reference: wanted.reference.as_ref().map(|it| it.as_str().to_owned()).unwrap_or_default(),
        kinds: JournalKind::ALL.iter().map(kind).collect(),
        people: of_people,
        narrowed: wanted.is_narrowed(),
    }
}

/// The people of the units whose journal is read, also those who have left.
struct People {
    /// Name at work, by id; with the login name where two have the same.
    ids: BTreeMap<String, String>,
    /// Name at work, by login name.
    logins: BTreeMap<String, String>,
}

impl People {
    async fn of(house: &House, who: &SignedIn, sights: &[Sight]) -> Result<Self, Fault> {
        let units: Vec<UnitId> = sights.iter().map(|it| it.unit.clone()).collect();
        let found = house.inbox.people.people_of(&units).await.map_err(|it| Fault::store(who.language, it))?;
        let mut named: BTreeMap<String, usize> = BTreeMap::new();
        for (user, _) in &found {
            *named.entry(user.display_name.clone()).or_default() += 1;
        }
        let mut people = Self { ids: BTreeMap::new(), logins: BTreeMap::new() };
        for (user, _) in found {
            let alone = named.get(&user.display_name).is_none_or(|it| *it < 2);
            let name =
                if alone { user.display_name.clone() } else { format!("{} ({})", user.display_name, user.login) };
            people.ids.insert(user.id.to_string(), name);
            people.logins.insert(user.login, user.display_name);
        }
        Ok(people)
    }
}

/// Whose journal is read, and whether that of graded cases too: to be told that there is one says where somebody is.
fn kept(who: &SignedIn) -> Result<Vec<Sight>, Fault> {
    let sight = |unit: UnitId| {
        let clearance = domain::clearance(&who.memberships, &unit, who.at);
        Sight { clearance, ..Sight::whole(unit) }
    };
    let sights: Vec<Sight> = units(who).into_iter().map(sight).collect();
    if sights.is_empty() { Err(Fault::denied(who.language, Denial::NotByRole)) } else { Ok(sights) }
}

#[derive(Deserialize)]
struct FindForm {
    /// There in the form that asks for one person's access log.
    number: Option<String>,
    number_kind: Option<String>,
    #[serde(flatten)]
    asked: Asked,
    key: String,
}

/// Everything that was done with one person's reports; or the page that the filter asks for.
async fn find(
    State(house): State<Arc<House>>,
    who: SignedIn,
    Posted(form): Posted<FindForm>,
) -> Result<Response, Fault> {
    who.check_key(PATH, &form.key)?;
    let sights = kept(&who)?;
    let Some(number) = form.number else { return narrow(&house, &who, form.asked).await };
    let kind = form.number_kind.as_deref().map_or(Some(NumberKind::default()), NumberKind::from_label);
    let kind = kind.ok_or_else(|| Fault::absent(who.language))?;
    access_log::show(&house, &who, &sights, kind, number).await
}

/// Leads to the address of what was filled in; a reference that is none is said, and comes into no address.
async fn narrow(house: &House, who: &SignedIn, asked: Asked) -> Result<Response, Fault> {
    let mistyped = Wanted::mistyped(&asked);
    let asked = if mistyped { Wanted::without_reference(asked) } else { asked };
    let wanted = Wanted::parse(&asked).ok_or_else(|| Fault::absent(who.language))?;
    if mistyped {
        return page(house, who, &wanted, Some(Words(who.language).told_no_reference())).await;
    }
    Ok(Redirect::to(&link(PATH, &wanted.url_query(JournalTurn::Newest))).into_response())
}

/// What the filter covers, as a file.
async fn csv(State(house): State<Arc<House>>, who: SignedIn, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    let (t, fault) = (Words(who.language), |it| Fault::store(who.language, it));
    let absent = || Fault::absent(who.language);
    let sights = kept(&who)?;
    let people = People::of(&house, &who, &sights).await?;
    let wanted = Wanted::parse(&asked).ok_or_else(absent)?;
    if wanted.who.is_some_and(|it| !people.ids.contains_key(&it.to_string())) {
        return Err(absent());
    }
    let mut query = wanted.query(EXPORT_PAGE_LINES).ok_or_else(absent)?;
    query.turn = JournalTurn::Newest;
    let columns = vec![
        ("at", t.told_when()),
        ("who", t.told_who()),
        ("what", t.told_what()),
        ("details", t.told_details()),
        ("reference", t.register_reference()),
    ];
    let mut sheet = Sheet { columns, ..Sheet::default() };
    let lines_max = house.config().journal_file_lines_max;
    loop {
        let told = house.inbox.audit.journal_page(&sights, &query).await.map_err(fault)?;
        sheet.rows.extend(told.iter().map(|it| {
            // As spreadsheets here read a moment.
            let at = it.line.at.to_jiff().to_zoned(norway()).strftime("%d.%m.%Y %H:%M:%S").to_string();
            let Line { who, what, detail, reference, at: _ } = line(it, &people, &who, &house);
            vec![at, who, what, detail, reference]
        }));
        let is_last = told.len() < EXPORT_PAGE_LINES as usize;
        match told.last() {
            Some(last) if !is_last && sheet.rows.len() <= lines_max => {
                query.turn = JournalTurn::OlderThan(last.cursor());
            }
            Some(_) | None => break,
        }
    }
    let filter = wanted.url_query(JournalTurn::Newest);
    let is_cut = sheet.rows.len() > lines_max;
    sheet.rows.truncate(lines_max);
    let detail = format!("journal csv{}: {filter}, {} rows", if is_cut { " (cut)" } else { "" }, sheet.rows.len());
    if is_cut {
        let oldest = sheet.rows.last().map(|it| it[0].clone()).unwrap_or_default();
        sheet.rows.push(vec![
            String::new(),
            String::new(),
            t.told_cut(lines_max, &oldest),
            String::new(),
            String::new(),
        ]);
    }
    house.journal(who.actor(), "overview_exported", detail).await.map_err(fault)?;
    Ok(csv_file("journal", &sheet.csv()))
}

fn line(told: &ToldAbout, people: &People, who: &SignedIn, house: &House) -> Line {
    let t = Words(who.language);
    let line = &told.line;
    let what = match (line.action.as_str(), line.message) {
        ("role_given", None) => t.role_given_told(),
        ("role_ended", None) => t.role_ended_told(),
        (action, _) => t.journal_action(action).map_or_else(|| t.journal_other(), |(what, _)| what),
    };
    // The particulars of a graded case name units and senders, which tell where the person is; why it was opened tells nothing.
    let told_all = !told.graded || line.action.starts_with("second_");
    let detail = if told_all { particulars::of(line, house, who.language) } else { String::new() };
    Line {
        at: Moment::of(line.at, house.now(), who.language),
        who: timeline::who(&line.actor, t),
        what: what.to_owned(),
        detail: people.logins.get(&detail).cloned().unwrap_or(detail),
        reference: told.reference.clone().unwrap_or_default(),
    }
}
