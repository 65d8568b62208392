//! The coordinators of the units: who, of which kind, for how many persons, and from when until when. No patient is named.

use super::journal;
use super::required;
use super::sheet::Sheet;
use super::sheet::csv_file;
use super::sheet::json_file;
use super::sheet::xlsx_file;
use super::wanted::List;
use super::wanted::Wanted;
use crate::domain::CoordinatorDuty;
use crate::domain::CoordinatorKind;
use crate::domain::Sight;
use crate::domain::UnitId;
use crate::inbox::House;
use crate::inbox::fault::Fault;
use crate::inbox::session::SignedIn;
use crate::inbox::texts::Words;
use crate::inbox::view::Page;
use crate::inbox::view::html;
use crate::inbox::view::unit_name;
use crate::storage::Coordination;
use askama::Template;
use axum::extract::Query;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use jiff::civil::Date;
use serde::Deserialize;
use serde_json::json;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::sync::Arc;
use uuid::Uuid;

/// Times of coordinators that are read for the list.
const COORDINATIONS_MAX: u32 = 20_000;

#[derive(Template)]
#[template(path = "coordinators.html")]
struct CoordinatorsPage {
    page: Page,
    t: Words,
    kinds: Vec<(&'static str, String, bool)>,
    columns: Vec<(&'static str, &'static str)>,
    rows: Vec<Vec<String>>,
    /// Cases that wait for a coordinator, and for somebody to take them.
    gap: u64,
    unassigned: u64,
    query: String,
}

#[derive(Default, Deserialize)]
pub(super) struct Asked {
    kind: Option<String>,
}

impl Asked {
    /// `None`: there is no such kind.
    fn kind(&self) -> Option<Option<CoordinatorKind>> {
        match self.kind.as_deref() {
            None | Some("") => Some(None),
            Some(code) => CoordinatorKind::from_code(code).map(Some),
        }
    }
}

pub(super) async fn show(
    State(house): State<Arc<House>>,
    who: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    let t = Words(who.language);
    let fault = |it| Fault::store(who.language, it);
    let (sights, kind, sheet) = read(&house, &who, &asked).await?;
    let all =
        Wanted::parse(&super::wanted::Asked::default(), &sights, who.at).ok_or_else(|| Fault::absent(who.language))?;
    let count = |list| {
        let filter = all.filter_of(list, who.at);
        let (house, sights) = (&house, &sights);
        async move { house.inbox.register.register_count(sights, &filter).await }
    };
    let kinds = CoordinatorKind::ALL.iter();
    let page = CoordinatorsPage {
        page: Page::signed_in(&house, &who, t.coordinators()),
        t,
        kinds: kinds.map(|it| (it.code(), super::page::case_word(t, it.code()), kind == Some(*it))).collect(),
        gap: count(List::Gap).await.map_err(fault)?,
        unassigned: count(List::Unassigned).await.map_err(fault)?,
        query: kind.map(|it| format!("?kind={}", it.code())).unwrap_or_default(),
        columns: sheet.columns,
        rows: sheet.rows,
    };
    journal(&house, &who, "listed", format!("coordinators, {}", page.rows.len())).await?;
    Ok(html(StatusCode::OK, &page))
}

pub(super) async fn csv(
    State(house): State<Arc<House>>,
    who: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    let (_, _, sheet) = read(&house, &who, &asked).await?;
    journal(&house, &who, "overview_exported", format!("coordinators csv, {} rows", sheet.rows.len())).await?;
    Ok(csv_file("coordinators", &sheet.csv()))
}

pub(super) async fn json(
    State(house): State<Arc<House>>,
    who: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    let (_, _, sheet) = read(&house, &who, &asked).await?;
    journal(&house, &who, "overview_exported", format!("coordinators json, {} rows", sheet.rows.len())).await?;
    Ok(json_file("coordinators", &json!({ "as_of": who.at.to_string(), "rows": sheet.json() })))
}

pub(super) async fn xlsx(
    State(house): State<Arc<House>>,
    who: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    let (_, _, sheet) = read(&house, &who, &asked).await?;
    journal(&house, &who, "overview_exported", format!("coordinators xlsx, {} rows", sheet.rows.len())).await?;
    xlsx_file("coordinators", vec![(Words(who.language).coordinators().to_owned(), sheet)], who.language).await
}

async fn read(
    house: &House,
    who: &SignedIn,
    asked: &Asked,
) -> Result<(Vec<Sight>, Option<CoordinatorKind>, Sheet), Fault> {
    let sights = required(who)?;
    let kind = asked.kind().ok_or_else(|| Fault::absent(who.language))?;
    let found = house.inbox.register.coordinations(&sights, COORDINATIONS_MAX).await;
    let found = found.map_err(|it| Fault::store(who.language, it))?;
    let sheet = sheet(&found, kind, who.at.date_in_norway(), house, Words(who.language));
    Ok((sights, kind, sheet))
}

/// What one coordinator has in one unit, as one kind.
struct Load<'a> {
    name: &'a str,
    /// Persons who are coordinated for today, and those with whom the coordinator is the main one.
    now: BTreeSet<Uuid>,
    main: BTreeSet<Uuid>,
    ever: BTreeSet<Uuid>,
    from: Date,
    until: Option<Date>,
    overlaps: usize,
}

fn sheet(found: &[Coordination], kind: Option<CoordinatorKind>, today: Date, house: &House, t: Words) -> Sheet {
    let is_active = |it: &Coordination| it.from <= today && it.until.is_none_or(|until| today <= until);
    let mut mains: BTreeMap<Uuid, BTreeSet<&[u8]>> = BTreeMap::new();
    for it in found.iter().filter(|it| is_active(it) && it.duty == CoordinatorDuty::Main) {
        mains.entry(it.item.0).or_default().insert(&it.who);
    }
    let mut loads: BTreeMap<(&UnitId, &[u8], CoordinatorKind), Load<'_>> = BTreeMap::new();
    for it in found.iter().filter(|it| kind.is_none_or(|kind| kind == it.kind)) {
        let load = loads.entry((&it.unit, &it.who, it.kind)).or_insert_with(|| Load {
            name: it.name.reveal(),
            now: BTreeSet::new(),
            main: BTreeSet::new(),
            ever: BTreeSet::new(),
            from: it.from,
            until: it.until,
            overlaps: 0,
        });
        load.ever.insert(it.item.0);
        load.from = load.from.min(it.from);
        load.until = load.until.and_then(|one| it.until.map(|other| one.max(other)));
        if is_active(it) {
            load.now.insert(it.item.0);
            if it.duty == CoordinatorDuty::Main && load.main.insert(it.item.0) {
                load.overlaps += usize::from(mains.get(&it.item.0).is_some_and(|all| all.len() > 1));
            }
        }
    }
    let mut rows: Vec<Vec<String>> = loads
        .into_iter()
        .map(|((unit, _, kind), it)| {
            vec![
                it.name.to_owned(),
                super::page::case_word(t, kind.code()),
                unit_name(house, unit),
                it.now.len().to_string(),
                it.main.len().to_string(),
                it.ever.len().to_string(),
                it.from.to_string(),
                it.until.map(|it| it.to_string()).unwrap_or_default(),
                it.overlaps.to_string(),
            ]
        })
        .collect();
    rows.sort_unstable();
    let columns = vec![
        ("name", t.coordinator_name()),
        ("kind", t.coordinator_kind()),
        ("unit", t.register_unit()),
        ("persons_today", t.coordinator_now()),
        ("as_main", t.coordinator_main()),
        ("persons_ever", t.coordinator_ever()),
        ("from", t.people_from()),
        ("until", t.people_to()),
        ("overlapping", t.coordinator_overlaps()),
    ];
    Sheet { columns, rows }
}
