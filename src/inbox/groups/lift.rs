//! Lifting a case to the members of its own unit's group: with a reason, and how far the case had come (trinn).

use crate::domain;
use crate::domain::ItemId;
use crate::domain::LiftReason;
use crate::domain::LiftStep;
use crate::domain::Role;
use crate::domain::Wish;
use crate::inbox::House;
use crate::inbox::access;
use crate::inbox::access::Looked;
use crate::inbox::fault::Fault;
use crate::inbox::form::Posted;
use crate::inbox::session::SignedIn;
use crate::inbox::texts::Words;
use crate::inbox::view::Page;
use crate::inbox::view::html;
use crate::storage::StoreError;
use askama::Template;
use axum::extract::Path;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::response::Redirect;
use axum::response::Response;
use serde::Deserialize;
use std::sync::Arc;

fn action(id: ItemId) -> String {
    format!("/items/{id}/lift")
}

/// Where the form is, when the unit has members and this person may lift. A graded case is never read by many.
pub(in crate::inbox) async fn lift_page(
    house: &House,
    who: &SignedIn,
    looked: &Looked,
) -> Result<Option<String>, StoreError> {
    let row = &looked.detail.row;
    if looked.lifted || row.protected || looked.may(Wish::Work).is_err() {
        return Ok(None);
    }
    let people = house.inbox.people.people_of(std::slice::from_ref(&row.unit)).await?;
    let is_group = people.iter().any(|(_, held)| !domain::units_as(held, Role::Member, who.at).is_empty());
    Ok(is_group.then(|| action(row.id)))
}

#[derive(Template)]
#[template(path = "lift.html")]
struct LiftPage {
    page: Page,
    t: Words,
    back: String,
    reference: String,
    action: String,
    key: String,
    typed: Typed,
    reasons: Vec<(&'static str, &'static str)>,
    steps: Vec<(&'static str, &'static str)>,
    wrong: bool,
}

#[derive(Deserialize, Default)]
pub(super) struct Typed {
    #[serde(default)]
    key: String,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    step: String,
}

pub(super) async fn ask(
    State(house): State<Arc<House>>,
    who: SignedIn,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    let looked = looked(&house, &who, &id).await?;
    Ok(draw(&house, &who, &looked, Typed::default(), false))
}

pub(super) async fn lift(
    State(house): State<Arc<House>>,
    who: SignedIn,
    Path(id): Path<String>,
    Posted(typed): Posted<Typed>,
) -> Result<Response, Fault> {
    let looked = looked(&house, &who, &id).await?;
    let id = looked.detail.row.id;
    who.check_key(&action(id), &typed.key)?;
    let said = LiftReason::from_code(&typed.reason).zip(LiftStep::from_code(&typed.step));
    let Some((reason, step)) = said else {
        return Ok(draw(&house, &who, &looked, typed, true));
    };
    let lifted = house.inbox.people.lift(id, reason, step, &who.person(), house.now()).await;
    lifted.map_err(|it| Fault::store(who.language, it))?;
    Ok(Redirect::to(&format!("/items/{id}")).into_response())
}

async fn looked(house: &House, who: &SignedIn, id: &str) -> Result<Looked, Fault> {
    let id: ItemId = id.parse().map_err(|_| Fault::absent(who.language))?;
    let looked = access::look(house, who, id).await?;
    access::require(house, who, &looked, Wish::Work).await?;
    if looked.detail.row.protected {
        return Err(Fault::denied(who.language, domain::Denial::NotByRole));
    }
    Ok(looked)
}

fn draw(house: &House, who: &SignedIn, looked: &Looked, typed: Typed, wrong: bool) -> Response {
    let (t, row) = (Words(who.language), &looked.detail.row);
    let action = action(row.id);
    let word = |code: &'static str| t.case_code(code).unwrap_or(code);
    let page = LiftPage {
        page: Page::signed_in(house, who, &format!("{} {}", t.report(), row.reference)),
        t,
        back: format!("/items/{}", row.id),
        reference: row.reference.to_string(),
        key: who.draw_key(&action),
        action,
        typed,
        reasons: LiftReason::ALL.iter().map(|it| (it.code(), word(it.code()))).collect(),
        steps: LiftStep::ALL.iter().map(|it| (it.code(), word(it.code()))).collect(),
        wrong,
    };
    html(if wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK }, &page)
}
