//! The two-person rule for graded addresses: one asks to open, another who is cleared agrees, and the journal tells both.

use crate::domain;
use crate::domain::Clearance;
use crate::domain::Denial;
use crate::domain::ItemId;
use crate::domain::Role;
use crate::domain::SecondPerson;
use crate::domain::UnitId;
use crate::domain::Wish;
use crate::domain::clearance;
use crate::inbox::House;
use crate::inbox::access;
use crate::inbox::access::Looked;
use crate::inbox::access::SECOND_HOLDS;
use crate::inbox::fault::Fault;
use crate::inbox::form::Posted;
use crate::inbox::moment::Moment;
use crate::inbox::prove;
use crate::inbox::session::SignedIn;
use crate::inbox::texts::Words;
use crate::inbox::view::Page;
use crate::inbox::view::html;
use crate::inbox::view::unit_name;
use crate::storage::Clearing;
use crate::storage::StoreError;
use crate::storage::UserId;
use crate::storage::WaitingForSecond;
use crate::storage::cleared_in;
use askama::Template;
use axum::Router;
use axum::extract::Path;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::response::Redirect;
use axum::response::Response;
use axum::routing::get;
use axum::routing::post;
use serde::Deserialize;
use std::sync::Arc;
use std::time::Duration;
use uuid::Uuid;

/// How long those who are cleared are shown who has been cleared.
const NEWLY: Duration = Duration::from_secs(14 * 24 * 60 * 60);

/// Where those who may agree see who waits, and those who are cleared see who has been cleared.
pub(super) const PATH: &str = "/second";

pub(super) fn routes() -> Router<Arc<House>> {
    Router::new()
        .route(PATH, get(show))
        .route("/items/{id}/second", post(ask))
        .route("/items/{id}/second/{user}", post(agree))
}

/// What a case's page says about the second person.
#[derive(Default)]
pub(super) struct SecondView {
    /// Action and key of the form that asks for one.
    pub ask: Option<(String, String)>,
    pub waits: bool,
    /// Others who ask for this person.
    pub asked: Vec<Asked>,
}

pub(super) struct Asked {
    pub name: String,
    pub reference: String,
    pub at: Moment,
    /// Action and key of the form that agrees. `None`: the two are cleared on the same person's word.
    pub agree: Option<(String, String)>,
}

pub(super) async fn view(house: &House, who: &SignedIn, looked: &Looked) -> Result<SecondView, StoreError> {
    let row = &looked.detail.row;
    if !row.protected {
        return Ok(SecondView::default());
    }
    let mut view = SecondView::default();
    match looked.may(Wish::Read) {
        Err(Denial::SecondPerson(SecondPerson::NotAsked)) => {
            let action = ask_action(row.id);
            let key = who.draw_key(&action);
            view.ask = Some((action, key));
        }
        Err(Denial::SecondPerson(SecondPerson::Asked)) => view.waits = true,
        Err(Denial::SecondPerson(SecondPerson::Agreed) | Denial::Unknown | Denial::Ended | Denial::NotByRole)
        | Ok(()) => {}
    }
    if looked.may_agree {
        let waiting = waiting(house, who, std::slice::from_ref(&row.unit)).await?;
        view.asked = waiting.iter().filter(|it| it.0.item == row.id).map(|it| asked(house, who, it)).collect();
    }
    Ok(view)
}

fn asked(house: &House, who: &SignedIn, (waiting, two): &(WaitingForSecond, Two)) -> Asked {
    let action = agree_action(waiting.item, waiting.who.id);
    let key = who.draw_key(&action);
    Asked {
        name: waiting.who.display_name.clone(),
        reference: waiting.reference.clone(),
        at: Moment::of(waiting.asked_at, house.now(), who.language),
        agree: (*two == Two::Yes).then_some((action, key)),
    }
}

fn ask_action(item: ItemId) -> String {
    format!("/items/{item}/second")
}

fn agree_action(item: ItemId, user: UserId) -> String {
    format!("/items/{item}/second/{user}")
}

/// Whether the one who asks and the one who would agree are two.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Two {
    Yes,
    /// Both are cleared on one person's word.
    No,
}

/// Who waits in `units`, the person themselves left out.
async fn waiting(house: &House, who: &SignedIn, units: &[UnitId]) -> Result<Vec<(WaitingForSecond, Two)>, StoreError> {
    let mut waiting = house.inbox.people.waiting_for_second(units, who.at.minus(SECOND_HOLDS)).await?;
    waiting.retain(|it| it.who.id != who.user.id);
    if waiting.is_empty() {
        return Ok(Vec::new());
    }
    let clearings = house.inbox.people.clearings(units).await?;
    let two = |it: &WaitingForSecond| {
        let cleared = cleared_in(&clearings, &it.unit, who.at);
        if domain::are_two(&cleared, it.who.id.0, who.user.id.0) { Two::Yes } else { Two::No }
    };
    Ok(waiting
        .into_iter()
        .map(|it| {
            let two = two(&it);
            (it, two)
        })
        .collect())
}

/// Who has been cleared of late, where the person is cleared too. The newest first.
pub(super) async fn newly_cleared(house: &House, who: &SignedIn) -> Result<Vec<Clearing>, StoreError> {
    let mut units: Vec<UnitId> = who.memberships.iter().map(|it| it.unit.clone()).collect();
    units.retain(|it| clearance(&who.memberships, it, who.at) == Clearance::Graded);
    units.sort_unstable();
    units.dedup();
    if units.is_empty() {
        return Ok(Vec::new());
    }
    let mut newly = house.inbox.people.clearings(&units).await?;
    newly.retain(|it| it.given_at >= who.at.minus(NEWLY));
    Ok(newly)
}

/// How many wait for this person.
pub(super) async fn count(house: &House, who: &SignedIn) -> Result<usize, StoreError> {
    let units = units(who);
    if units.is_empty() {
        return Ok(0);
    }
    Ok(waiting(house, who, &units).await?.iter().filter(|it| it.1 == Two::Yes).count())
}

/// The units in which the person may be the second who agrees.
fn units(who: &SignedIn) -> Vec<UnitId> {
    let roles = [Role::CaseWorker, Role::Secretary, Role::Leader];
    let mut units: Vec<UnitId> = roles.into_iter().flat_map(|it| who.units_as(it)).collect();
    units.retain(|it| clearance(&who.memberships, it, who.at) == Clearance::Graded);
    units.sort_unstable();
    units.dedup();
    units
}

#[derive(Template)]
#[template(path = "second.html")]
struct SecondPage {
    page: Page,
    t: Words,
    asked: Vec<Asked>,
    newly: Vec<(String, Moment)>,
}

/// Who waits for a second person.
async fn show(State(house): State<Arc<House>>, who: SignedIn) -> Result<Response, Fault> {
    let t = Words(who.language);
    let waiting = waiting(&house, &who, &units(&who)).await.map_err(|it| Fault::store(who.language, it))?;
    let newly = newly_cleared(&house, &who).await.map_err(|it| Fault::store(who.language, it))?;
    let page = SecondPage {
        page: Page::signed_in(&house, &who, t.second_list()),
        t,
        asked: waiting.iter().map(|it| asked(&house, &who, it)).collect(),
        newly: newly.iter().map(|it| told(&house, &who, it)).collect(),
    };
    Ok(html(StatusCode::OK, &page))
}

/// Who was cleared, where and by whom; and when.
fn told(house: &House, who: &SignedIn, it: &Clearing) -> (String, Moment) {
    let t = Words(who.language);
    let by = it.by.as_ref().map_or(t.cleared_operator(), |it| it.display_name.as_str());
    let unit = unit_name(house, &it.held.unit);
    (t.cleared_line(&it.who.display_name, &unit, by), Moment::of(it.given_at, house.now(), who.language))
}

#[derive(Deserialize)]
struct KeyForm {
    key: String,
}

/// Asks for a second person.
async fn ask(
    State(house): State<Arc<House>>,
    who: SignedIn,
    Path(id): Path<String>,
    Posted(form): Posted<KeyForm>,
) -> Result<Response, Fault> {
    let id: ItemId = id.parse().map_err(|_| Fault::absent(who.language))?;
    who.check_key(&ask_action(id), &form.key)?;
    let looked = access::look(&house, &who, id).await?;
    match looked.may(Wish::Read) {
        Err(Denial::SecondPerson(SecondPerson::NotAsked)) => {
            let asked = house.inbox.people.ask_second(id, &who.person(), house.now()).await;
            asked.map_err(|it| Fault::store(who.language, it))?;
        }
        // Asked already, or no need to ask.
        Ok(()) | Err(Denial::SecondPerson(_)) => {}
        Err(Denial::Unknown | Denial::Ended | Denial::NotByRole) => {
            access::require(&house, &who, &looked, Wish::Read).await?;
        }
    }
    Ok(Redirect::to(&format!("/items/{id}")).into_response())
}

/// Agrees that another opens.
async fn agree(
    State(house): State<Arc<House>>,
    who: SignedIn,
    Path((id, user)): Path<(String, String)>,
    Posted(form): Posted<KeyForm>,
) -> Result<Response, Fault> {
    let absent = || Fault::absent(who.language);
    let id: ItemId = id.parse().map_err(|_| absent())?;
    let user = UserId(Uuid::parse_str(&user).map_err(|_| absent())?);
    who.check_key(&agree_action(id, user), &form.key)?;
    let looked = access::look(&house, &who, id).await?;
    access::require(&house, &who, &looked, Wish::See).await?;
    if !looked.may_agree || user == who.user.id {
        return Err(Fault::denied(who.language, Denial::NotByRole));
    }
    let unit = &looked.detail.row.unit;
    let clearings = house.inbox.people.clearings(std::slice::from_ref(unit)).await;
    let cleared = cleared_in(&clearings.map_err(|it| Fault::store(who.language, it))?, unit, who.at);
    if !domain::are_two(&cleared, user.0, who.user.id.0) {
        access::deny(&house, &who, &looked, "agree", Denial::SecondPerson(SecondPerson::Asked)).await?;
    }
    // To agree counts for as much as to open.
    if !prove::is_enough(&house, &who) {
        return Err(Fault::prove(who.language, PATH.to_owned()));
    }
    let agreed = house.inbox.people.agree_second(id, user, &who.person(), house.now()).await;
    agreed.map_err(|it| Fault::store(who.language, it))?;
    Ok(Redirect::to(PATH).into_response())
}
