//! The coordinators of the units: who, of which kind, for how many persons, and from when until when. No patient is named.

use super::CONTACT;
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
use crate::domain::Denial;
use crate::domain::Sight;
use crate::domain::UnitId;
use crate::inbox::House;
use crate::inbox::fault::Fault;
use crate::inbox::form::Posted;
use crate::inbox::moment;
use crate::inbox::session::SignedIn;
use crate::inbox::texts::Words;
use crate::inbox::view::Page;
use crate::inbox::view::html;
use crate::inbox::view::unit_name_in;
use crate::storage::Coordination;
use crate::storage::CoordinatorContact;
use crate::storage::StoreError;
use askama::Template;
use axum::extract::Query;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::response::Redirect;
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
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
    rows: Vec<RowView>,
    key: String,
    /// The day that is proposed, and the last that is possible.
    today: Date,
    said: Option<&'static str>,
    wrong: Option<&'static str>,
    /// Cases that wait for a coordinator, and for somebody to take them.
    gap: u64,
    unassigned: u64,
    query: String,
}

/// One line: its cells, and who it is about when somebody has been in touch.
struct RowView {
    cells: Vec<String>,
    name: String,
    unit: String,
    who: String,
}

#[derive(Default, Deserialize)]
pub(super) struct Asked {
    kind: Option<String>,
    done: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct ContactForm {
    key: String,
    unit: String,
    who: String,
    on: String,
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
    draw(&house, &who, &asked, None, StatusCode::OK).await
}

/// Writes down that the unit has been in touch with a coordinator.
pub(super) async fn contact(
    State(house): State<Arc<House>>,
    who: SignedIn,
    Posted(form): Posted<ContactForm>,
) -> Result<Response, Fault> {
    who.check_key(CONTACT, &form.key)?;
    let t = Words(who.language);
    let sights = required(&who)?;
    let unit = UnitId(form.unit);
    if !sights.iter().any(|it| it.unit == unit) {
        return Err(Fault::denied(who.language, Denial::NotByRole));
    }
    let today = who.at.date_in_norway();
    let Some(on) = form.on.parse::<Date>().ok().filter(|it| *it <= today) else {
        let wrong = Some(t.contacted_wrong());
        return draw(&house, &who, &Asked::default(), wrong, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let index = URL_SAFE_NO_PAD.decode(&form.who).map_err(|_| Fault::absent(who.language))?;
    let contact = CoordinatorContact { unit, who: index, on };
    let kept = house.inbox.register.record_contact(&contact, &who.person(), house.now()).await;
    match kept.map_err(|it| Fault::store(who.language, it))? {
        true => Ok(Redirect::to("/register/coordinators?done=contact").into_response()),
        false => Err(Fault::absent(who.language)),
    }
}

async fn draw(
    house: &Arc<House>,
    who: &SignedIn,
    asked: &Asked,
    wrong: Option<&'static str>,
    status: StatusCode,
) -> Result<Response, Fault> {
    let t = Words(who.language);
    let fault = |it| Fault::store(who.language, it);
    let (sights, kind, sheet) = read(house, who, asked).await?;
    let all =
        Wanted::parse(&super::wanted::Asked::default(), &sights, who.at).ok_or_else(|| Fault::absent(who.language))?;
    let count = |list| {
        let filter = all.filter_of(list, who.at);
        let sights = &sights;
        async move { house.inbox.register.register_count(sights, &filter).await }
    };
    let kinds = CoordinatorKind::ALL.iter();
    let page = CoordinatorsPage {
        page: Page::signed_in(house, who, t.coordinators()),
        t,
        kinds: kinds.map(|it| (it.code(), super::page::case_word(t, it.code()), kind == Some(*it))).collect(),
        gap: count(List::Gap).await.map_err(fault)?,
        unassigned: count(List::Unassigned).await.map_err(fault)?,
        query: kind.map(|it| format!("?kind={}", it.code())).unwrap_or_default(),
        columns: sheet.sheet.columns,
        rows: sheet.sheet.rows.into_iter().zip(sheet.about).map(|it| row(it, who)).collect(),
        key: who.draw_key(CONTACT),
        today: who.at.date_in_norway(),
        said: asked.done.is_some().then(|| t.contacted_done()),
        wrong,
    };
    journal(house, who, "listed", format!("coordinators, {}", page.rows.len())).await?;
    Ok(html(status, &page))
}

pub(super) async fn csv(
    State(house): State<Arc<House>>,
    who: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    let (_, _, Told { sheet, .. }) = read(&house, &who, &asked).await?;
    journal(&house, &who, "overview_exported", format!("coordinators csv, {} rows", sheet.rows.len())).await?;
    Ok(csv_file("coordinators", &sheet.csv()))
}

pub(super) async fn json(
    State(house): State<Arc<House>>,
    who: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    let (_, _, Told { sheet, .. }) = read(&house, &who, &asked).await?;
    journal(&house, &who, "overview_exported", format!("coordinators json, {} rows", sheet.rows.len())).await?;
    Ok(json_file("coordinators", &json!({ "as_of": who.at.to_string(), "rows": sheet.json() })))
}

pub(super) async fn xlsx(
    State(house): State<Arc<House>>,
    who: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    let (_, _, Told { sheet, .. }) = read(&house, &who, &asked).await?;
    journal(&house, &who, "overview_exported", format!("coordinators xlsx, {} rows", sheet.rows.len())).await?;
    xlsx_file("coordinators", vec![(Words(who.language).coordinators().to_owned(), sheet)], who.language).await
}

async fn read(
    house: &House,
    who: &SignedIn,
    asked: &Asked,
) -> Result<(Vec<Sight>, Option<CoordinatorKind>, Told), Fault> {
    let sights = required(who)?;
    let kind = asked.kind().ok_or_else(|| Fault::absent(who.language))?;
    let found = house.inbox.register.coordinations(&sights, COORDINATIONS_MAX).await;
    let found = found.map_err(|it| Fault::store(who.language, it))?;
    let contacts = house.inbox.register.coordinator_contacts(&sights).await;
    let contacts = contacts.map_err(|it| Fault::store(who.language, it))?;
    let sheet = sheet(&found, &contacts, kind, who.at.date_in_norway(), house, Words(who.language));
    Ok((sights, kind, sheet))
}

/// Those who coordinate for somebody today.
pub(super) struct Active {
    pub coordinators: usize,
    /// How many of each kind there are, and for how many persons; a kind without any is left out.
    pub kinds: Vec<(CoordinatorKind, usize, usize)>,
}

pub(super) async fn active(house: &House, sights: &[Sight], today: Date) -> Result<Active, StoreError> {
    let mut found = house.inbox.register.coordinations(sights, COORDINATIONS_MAX).await?;
    found.retain(|it| is_active(it, today));
    let kinds = CoordinatorKind::ALL.iter().filter_map(|kind| {
        let of_kind = || found.iter().filter(|it| it.kind == *kind);
        let many = of_kind().map(|it| it.who.as_slice()).collect::<BTreeSet<_>>().len();
        let persons = of_kind().map(|it| it.person.as_slice()).collect::<BTreeSet<_>>().len();
        (many > 0).then_some((*kind, many, persons))
    });
    let coordinators = found.iter().map(|it| it.who.as_slice()).collect::<BTreeSet<_>>().len();
    Ok(Active { coordinators, kinds: kinds.collect() })
}

fn is_active(it: &Coordination, today: Date) -> bool {
    it.from <= today && it.until.is_none_or(|until| today <= until)
}

/// The table, and whom each of its rows is about.
struct Told {
    sheet: Sheet,
    about: Vec<(UnitId, Vec<u8>)>,
}

/// As people read it: days in words. (Files have them as machines read them.)
fn row((cells, (unit, index)): (Vec<String>, (UnitId, Vec<u8>)), who: &SignedIn) -> RowView {
    let cells: Vec<String> = cells.into_iter().map(|it| moment::in_words(it, who.language)).collect();
    let name = cells.first().cloned().unwrap_or_default();
    RowView { cells, name, unit: unit.0, who: URL_SAFE_NO_PAD.encode(index) }
}

/// What one coordinator has in one unit, as one kind.
struct Load<'a> {
    name: &'a str,
    /// Persons who are coordinated for today, and those with whom the coordinator is the main one.
    now: BTreeSet<&'a [u8]>,
    main: BTreeSet<&'a [u8]>,
    ever: BTreeSet<&'a [u8]>,
    /// The cases of those where another is the main one too.
    overlapping: BTreeSet<Uuid>,
    from: Date,
    until: Option<Date>,
}

fn sheet(
    found: &[Coordination],
    contacts: &[CoordinatorContact],
    kind: Option<CoordinatorKind>,
    today: Date,
    house: &House,
    t: Words,
) -> Told {
    let is_active = |it: &Coordination| is_active(it, today);
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
            overlapping: BTreeSet::new(),
        });
        load.ever.insert(&it.person);
        load.from = load.from.min(it.from);
        load.until = load.until.and_then(|one| it.until.map(|other| one.max(other)));
        if is_active(it) {
            load.now.insert(&it.person);
            if it.duty == CoordinatorDuty::Main {
                load.main.insert(&it.person);
                if mains.get(&it.item.0).is_some_and(|all| all.len() > 1) {
                    load.overlapping.insert(it.item.0);
                }
            }
        }
    }
    let contacted = |unit: &UnitId, who: &[u8]| contacts.iter().find(|it| it.unit == *unit && it.who == who);
    let mut rows: Vec<_> = loads
        .into_iter()
        .map(|((unit, who, kind), it)| {
            let cells = vec![
                it.name.to_owned(),
                super::page::case_word(t, kind.code()),
                unit_name_in(house, unit, t.0),
                it.now.len().to_string(),
                it.main.len().to_string(),
                it.ever.len().to_string(),
                it.from.to_string(),
                it.until.map(|it| it.to_string()).unwrap_or_default(),
                it.overlapping.len().to_string(),
                contacted(unit, who).map(|it| it.on.to_string()).unwrap_or_default(),
            ];
            (cells, kind.code(), (unit.clone(), who.to_vec()))
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
        ("last_contacted", t.coordinator_contacted()),
    ];
    let codes = |(_, kind, (unit, _)): &(Vec<String>, &str, (UnitId, Vec<u8>))| {
        [("kind_code", json!(kind)), ("unit_id", json!(unit.0))]
            .map(|(key, it)| (key.to_owned(), it))
            .into_iter()
            .collect()
    };
    let codes = rows.iter().map(codes).collect();
    let (rows, about) = rows.into_iter().map(|(cells, _, about)| (cells, about)).unzip();
    let numbers = &["persons_today", "as_main", "persons_ever", "overlapping"];
    Told { sheet: Sheet { columns, rows, numbers, codes }, about }
}
