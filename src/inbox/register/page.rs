//! The register of reported needs: filter, page, and download.

use super::COORDINATORS;
use super::journal;
use super::required;
use super::sheet::Sheet;
use super::sheet::csv_file;
use super::sheet::json_file;
use super::sheet::xlsx_file;
use super::wanted::Asked;
use super::wanted::List;
use super::wanted::Wanted;
use crate::domain::AgeGroup;
use crate::domain::CaseOutcome;
use crate::domain::ItemState;
use crate::domain::NeedKind;
use crate::domain::PlanStatus;
use crate::domain::Redacted;
use crate::domain::ReporterCategory;
use crate::domain::Sight;
use crate::domain::TeamStatus;
use crate::domain::Timestamp;
use crate::inbox::House;
use crate::inbox::fault::Fault;
use crate::inbox::moment;
use crate::inbox::moment::Moment;
use crate::inbox::session::SignedIn;
use crate::inbox::texts::Words;
use crate::inbox::view::Page;
use crate::inbox::view::Tag;
use crate::inbox::view::html;
use crate::inbox::view::sender_name;
use crate::inbox::view::unit_name_in;
use crate::storage::RegisterCursor;
use crate::storage::RegisterQuery;
use crate::storage::RegisterRow;
use askama::Template;
use axum::extract::Query;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::Map;
use serde_json::Value;
use serde_json::json;
use std::sync::Arc;

/// Rows of the register in one download; what is more is said in the JSON, and asks for a narrower filter.
const EXPORT_ROWS_MAX: usize = 20_000;
/// Rows that a download reads at a time.
const EXPORT_PAGE_ROWS: u32 = 1000;

#[derive(Template)]
#[template(path = "register.html")]
struct RegisterPage {
    page: Page,
    t: Words,
    lists: Vec<ListLink>,
    coordinators: &'static str,
    list: &'static str,
    /// For paper, which has no tabs: what it is a list of stands beside when it was printed.
    printed: Moment,
    choices: Vec<Select>,
    from: String,
    to: String,
    /// Those that are shown beside each other.
    columns: Vec<&'static str>,
    rows: Vec<Row>,
    csv: String,
    json: String,
    xlsx: String,
    next: Option<String>,
    first: Option<String>,
}

struct ListLink {
    name: &'static str,
    href: String,
    count: u64,
    chosen: bool,
}

struct Select {
    name: &'static str,
    label: &'static str,
    options: Vec<Choice>,
}

struct Choice {
    value: String,
    name: String,
    chosen: bool,
}

struct Row {
    href: String,
    reference: String,
    cells: Vec<(&'static str, String)>,
    /// What is opened in the row: only what there is to say.
    more: Vec<(&'static str, String)>,
}

pub(super) async fn show(
    State(house): State<Arc<House>>,
    who: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    let (t, fault) = (Words(who.language), |it| Fault::store(who.language, it));
    let seen = required(&who)?;
    let wanted = Wanted::parse(&asked, &seen, who.at).ok_or_else(|| Fault::absent(who.language))?;
    let sights = wanted.sights(&seen);
    let rows_max = house.config().rows_max;
    let query = RegisterQuery { filter: wanted.filter.clone(), after: wanted.after, rows_max: rows_max + 1 };
    let mut rows = house.inbox.register.register_page(&sights, &query).await.map_err(fault)?;
    let rows_kept = usize::try_from(rows_max).unwrap_or(usize::MAX);
    let more = rows.len() > rows_kept;
    rows.truncate(rows_kept);
    let mut lists = Vec::new();
    for list in List::ALL {
        let filter = wanted.filter_of(list, who.at);
        lists.push(ListLink {
            name: list_name(list, t),
            href: format!("/register?{}", wanted.query(list, None)),
            count: house.inbox.register.register_count(&sights, &filter).await.map_err(fault)?,
            chosen: list == wanted.list,
        });
    }
    journal(&house, &who, "listed", format!("register: {}, {}", wanted.query(wanted.list, None), rows.len())).await?;
    let next = rows.last().filter(|_| more).map(cursor);
    let here = |after| format!("/register?{}", wanted.query(wanted.list, after));
    let query = wanted.query(wanted.list, None);
    let columns = columns(t);
    let first = shown_first(wanted.list, seen.len());
    let drawn = rows.iter().map(|row| {
        let all = columns.iter().zip(cells(row, &house, t)).skip(1);
        let all = all.map(|((key, name), it)| (*key, (*name, moment::in_words(it, who.language))));
        let (shown, rest): (Vec<_>, Vec<_>) = all.partition(|(key, _)| first.contains(key));
        Row {
            href: format!("/items/{}", row.id),
            reference: row.reference.to_string(),
            cells: shown.into_iter().map(|it| it.1).collect(),
            more: rest.into_iter().map(|it| it.1).filter(|it| !it.1.is_empty()).collect(),
        }
    });
    let page = RegisterPage {
        page: Page::signed_in(&house, &who, t.register()),
        t,
        lists,
        coordinators: COORDINATORS,
        list: wanted.list.word(),
        printed: Moment::of(who.at, who.at, who.language),
        choices: choices(&house, &seen, &wanted, t),
        from: wanted.from.map(|it| it.to_string()).unwrap_or_default(),
        to: wanted.to.map(|it| it.to_string()).unwrap_or_default(),
        rows: drawn.collect(),
        columns: columns
            .iter()
            .filter(|(key, _)| *key == "reference" || first.contains(key))
            .map(|(_, name)| *name)
            .collect(),
        csv: format!("/register.csv?{query}"),
        json: format!("/register.json?{query}"),
        xlsx: format!("/register.xlsx?{query}"),
        next: next.map(|it| here(Some(it))),
        first: wanted.after.map(|_| here(None)),
    };
    Ok(html(StatusCode::OK, &page))
}

pub(super) async fn csv(
    State(house): State<Arc<House>>,
    who: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    let (sheet, _) = export(&house, &who, &asked, "csv").await?;
    Ok(csv_file("register", &sheet.csv()))
}

pub(super) async fn json(
    State(house): State<Arc<House>>,
    who: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    let (sheet, more) = export(&house, &who, &asked, "json").await?;
    Ok(json_file("register", &json!({ "as_of": who.at.to_string(), "more": more, "rows": sheet.json() })))
}

pub(super) async fn xlsx(
    State(house): State<Arc<House>>,
    who: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    let (sheet, _) = export(&house, &who, &asked, "xlsx").await?;
    xlsx_file("register", vec![(Words(who.language).register().to_owned(), sheet)], who.language).await
}

/// Everything that the filter covers, and whether there is more than a download takes.
async fn export(house: &House, who: &SignedIn, asked: &Asked, form: &str) -> Result<(Sheet, bool), Fault> {
    let t = Words(who.language);
    let seen = required(who)?;
    let wanted = Wanted::parse(asked, &seen, who.at).ok_or_else(|| Fault::absent(who.language))?;
    let sights = wanted.sights(&seen);
    let mut sheet = Sheet { columns: columns(t), ..Sheet::default() };
    let mut query = RegisterQuery { filter: wanted.filter.clone(), after: None, rows_max: EXPORT_PAGE_ROWS };
    loop {
        let rows = house.inbox.register.register_page(&sights, &query).await;
        let rows = rows.map_err(|it| Fault::store(who.language, it))?;
        sheet.rows.extend(rows.iter().map(|it| cells(it, house, t)));
        sheet.codes.extend(rows.iter().map(codes));
        let is_last = rows.len() < EXPORT_PAGE_ROWS as usize;
        query.after = rows.last().map(cursor);
        if is_last || sheet.rows.len() > EXPORT_ROWS_MAX {
            break;
        }
    }
    let more = sheet.rows.len() > EXPORT_ROWS_MAX;
    sheet.rows.truncate(EXPORT_ROWS_MAX);
    sheet.codes.truncate(EXPORT_ROWS_MAX);
    let filter = wanted.query(wanted.list, None);
    journal(house, who, "overview_exported", format!("register {form}: {filter}, {} rows", sheet.rows.len())).await?;
    Ok((sheet, more))
}

const fn cursor(row: &RegisterRow) -> RegisterCursor {
    RegisterCursor { received_at: row.received_at, id: row.id }
}

const fn list_name(list: List, t: Words) -> &'static str {
    match list {
        List::All => t.register_all(),
        List::Open => t.overview_open(),
        List::Gap => t.register_gap(),
        List::Unassigned => t.register_unassigned(),
        List::Overdue => t.register_overdue(),
        List::Review => t.register_review(),
        List::Delegated => t.register_delegated(),
    }
}

fn columns(t: Words) -> Vec<(&'static str, &'static str)> {
    vec![
        ("reference", t.register_reference()),
        ("received", t.register_received()),
        ("needs", t.register_need()),
        ("dimensions", t.list_dimension()),
        ("status", t.register_status()),
        ("plan", t.register_plan()),
        ("outcome", t.register_outcome()),
        ("team", t.case_team()),
        ("coordinator_from", t.register_coordinated()),
        ("coordinator", t.case_coordinator()),
        ("decision", t.field_decision()),
        ("review", t.case_review()),
        ("appoint_by", t.register_appoint_by()),
        ("reporter", t.register_sector()),
        ("sender", t.register_sender()),
        ("channel", t.register_channel()),
        ("age_group", t.register_age()),
        ("answered", t.register_answered()),
        ("relay_log", t.statistics_relay_log()),
        ("unit", t.register_unit()),
    ]
}

/// The columns that are shown beside each other: as many as a page of middle width has room for, and the day that the list is about.
/// The rest of a row is opened in it, and everything is in the files.
fn shown_first(list: List, units: usize) -> Vec<&'static str> {
    let mut first = vec!["received", "needs", "status", "plan", "coordinator"];
    match list {
        List::Gap | List::Delegated => first.push("appoint_by"),
        List::Review => first.push("review"),
        List::Overdue => first.push("answered"),
        List::All | List::Open | List::Unassigned => {}
    }
    if units > 1 {
        first.push("unit");
    }
    first
}

/// In the order of [`columns`]. Unit, sender, reporter and age of a graded case are left out: they tell where the person is.
fn cells(row: &RegisterRow, house: &House, t: Words) -> Vec<String> {
    let day = |it: Option<Timestamp>| it.map(|it| it.date_in_norway().to_string()).unwrap_or_default();
    let word = |it: &Option<String>| it.as_deref().map(|it| case_word(t, it)).unwrap_or_default();
    let needs: Vec<_> = row.needs.iter().map(|it| t.need_short(it)).collect();
    let text = |it: &Option<Redacted<String>>| it.as_ref().map(|it| it.reveal().clone()).unwrap_or_default();
    let open = |it: String| if row.protected { t.register_graded().to_owned() } else { it };
    vec![
        row.reference.to_string(),
        day(Some(row.received_at)),
        if needs.is_empty() { t.kind_short(&row.kind) } else { needs.join(", ") },
        row.dimensions.iter().map(|it| t.code("Dimensjon", it)).collect::<Vec<_>>().join(", "),
        Tag::of_state(row.state, t).word.to_owned(),
        word(&row.plan),
        word(&row.outcome),
        word(&row.team),
        row.coordinated_from.map(|it| it.to_string()).unwrap_or_default(),
        open(match row.coordinator_left {
            true => format!("{} ({})", text(&row.coordinator), t.no_role_here()),
            false => text(&row.coordinator),
        }),
        open(text(&row.decision)),
        row.review_on.map(|it| it.to_string()).unwrap_or_default(),
        row.delegated_due.map(|it| it.to_string()).unwrap_or_default(),
        open(row.reporter.as_deref().map(|it| t.code("MelderKategori", it)).unwrap_or_default()),
        open(sender_name(house, &row.sender)),
        t.came_by(&row.channel).to_owned(),
        open(row.age_group.as_deref().map(|it| t.age_group(it).to_owned()).unwrap_or_default()),
        day(row.first_answer_at),
        t.relay_log_said(row.relay_log).to_owned(),
        open(unit_name_in(house, &row.unit, t.0)),
    ]
}

/// The codes behind the words of [`cells`]. The same is left out of a graded case.
fn codes(row: &RegisterRow) -> Map<String, Value> {
    let open = |it: Value| if row.protected { Value::Null } else { it };
    let codes = [
        ("kind_code", json!(row.kind)),
        ("needs_codes", json!(row.needs)),
        ("dimensions_codes", json!(row.dimensions)),
        ("status_code", json!(row.state.label())),
        ("plan_code", json!(row.plan)),
        ("outcome_code", json!(row.outcome)),
        ("team_code", json!(row.team)),
        ("reporter_code", open(json!(row.reporter))),
        ("channel_code", json!(row.channel)),
        ("age_group_code", open(json!(row.age_group))),
        ("relay_log", json!(row.relay_log)),
        ("unit_id", open(json!(row.unit.0))),
    ];
    codes.into_iter().map(|(key, it)| (key.to_owned(), it)).collect()
}

pub(super) fn case_word(t: Words, code: &str) -> String {
    t.case_code(code).map_or_else(|| code.to_owned(), str::to_owned)
}

fn choices(house: &House, seen: &[Sight], wanted: &Wanted, t: Words) -> Vec<Select> {
    let filter = &wanted.filter;
    let unit = |it: &Sight| Choice {
        name: unit_name_in(house, &it.unit, t.0),
        chosen: wanted.unit.as_ref() == Some(&it.unit.0),
        value: it.unit.0.clone(),
    };
    let option = |value: &str, name: String, chosen: bool| Choice { value: value.to_owned(), name, chosen };
    let needs = NeedKind::ALL.iter().map(|it| option(it.code(), t.need_short(it.code()), filter.need == Some(*it)));
    let states = ItemState::ALL
        .iter()
        .map(|it| option(it.label(), Tag::of_state(*it, t).word.to_owned(), wanted.state == Some(*it)));
    let plans = PlanStatus::ALL.iter().map(|it| option(it.code(), case_word(t, it.code()), filter.plan == Some(*it)));
    let outcomes =
        CaseOutcome::ALL.iter().map(|it| option(it.code(), case_word(t, it.code()), filter.outcome == Some(*it)));
    let sectors = ReporterCategory::ALL
        .iter()
        .map(|it| option(it.code(), t.code("MelderKategori", it.code()), filter.reporter == Some(*it)));
    let ages = AgeGroup::ALL
        .iter()
        .map(|it| option(it.code(), t.age_group(it.code()).to_owned(), filter.age_group == Some(*it)));
    let teams = TeamStatus::ALL.iter().map(|it| option(it.code(), case_word(t, it.code()), filter.team == Some(*it)));
    let mut all = vec![
        Select { name: "need", label: t.register_need(), options: needs.collect() },
        Select { name: "status", label: t.register_status(), options: states.collect() },
        Select { name: "plan", label: t.register_plan(), options: plans.collect() },
        Select { name: "team", label: t.case_team(), options: teams.collect() },
        Select { name: "outcome", label: t.register_outcome(), options: outcomes.collect() },
        Select { name: "sector", label: t.register_sector(), options: sectors.collect() },
        Select { name: "age", label: t.register_age(), options: ages.collect() },
    ];
    if seen.len() > 1 {
        all.push(Select { name: "unit", label: t.register_unit(), options: seen.iter().map(unit).collect() });
    }
    all
}
