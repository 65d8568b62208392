//! Where a person begins after signing in: the list, or the numbers of their units. By role, until they choose themselves.

use crate::domain::StartPage;
use crate::inbox::House;
use crate::inbox::fault::Fault;
use crate::inbox::form::Posted;
use crate::inbox::register;
use crate::inbox::session;
use crate::inbox::session::SignedIn;
use crate::storage::StoreError;
use crate::storage::UserId;
use axum::Router;
use axum::extract::State;
use axum::response::IntoResponse;
use axum::response::Redirect;
use axum::response::Response;
use axum::routing::post;
use serde::Deserialize;
use std::sync::Arc;

/// Where it is chosen.
pub(super) const CHOOSE: &str = "/oversikt/start";

pub(super) fn routes() -> Router<Arc<House>> {
    Router::new().route(CHOOSE, post(choose))
}

/// Where one who has just signed in goes: to the page that they asked for, else to where they begin.
pub(super) async fn place(house: &House, user: UserId, next: &str) -> Result<String, StoreError> {
    let next = session::safe_next(next);
    if next != "/" {
        return Ok(next.to_owned());
    }
    let memberships = house.inbox.people.memberships(user).await?;
    let chosen = house.inbox.people.start_page(user).await?;
    Ok(match chosen.unwrap_or_else(|| StartPage::of(&memberships, house.now())) {
        StartPage::Inbox => "/".to_owned(),
        StartPage::Overview => register::OVERVIEW.to_owned(),
    })
}

/// Where this person begins now.
pub(super) async fn of(house: &House, who: &SignedIn) -> Result<StartPage, StoreError> {
    let chosen = house.inbox.people.start_page(who.user.id).await?;
    Ok(chosen.unwrap_or_else(|| StartPage::of(&who.memberships, who.at)))
}

#[derive(Deserialize)]
struct Choice {
    key: String,
    page: String,
}

async fn choose(
    State(house): State<Arc<House>>,
    who: SignedIn,
    Posted(choice): Posted<Choice>,
) -> Result<Response, Fault> {
    who.check_key(CHOOSE, &choice.key)?;
    let page = StartPage::from_label(&choice.page).ok_or_else(|| Fault::absent(who.language))?;
    let kept = house.inbox.people.choose_start_page(who.user.id, page).await;
    kept.map_err(|it| Fault::store(who.language, it))?;
    Ok(Redirect::to(&format!("{}?done=1", register::OVERVIEW)).into_response())
}
