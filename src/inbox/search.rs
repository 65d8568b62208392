//! Finding a report by the reference that people say on the telephone.
//!
//! The form is a POST: somebody will type a name or an identity number into it one day, and that must not end up in a
//! URL, a browser's history or a log.

use crate::domain::ItemId;
use crate::domain::Reference;
use crate::inbox::House;
use crate::inbox::fault::Fault;
use crate::inbox::form::Posted;
use crate::inbox::session::SignedIn;
use crate::inbox::texts::Words;
use crate::inbox::view::Page;
use crate::inbox::view::html;
use crate::storage::InboxOrder;
use crate::storage::InboxQuery;
use crate::storage::StoreError;
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::response::Redirect;
use axum::response::Response;
use serde::Deserialize;
use std::sync::Arc;

/// Where the search form posts to.
pub(super) const ACTION: &str = "/search";

#[derive(Template)]
#[template(path = "search.html")]
struct SearchPage {
    page: Page,
    t: Words,
    error: Option<&'static str>,
}

/// The page one comes to by reloading a search that found nothing.
pub(super) async fn ask(State(house): State<Arc<House>>, who: SignedIn) -> Response {
    draw(&house, &who, StatusCode::OK, None)
}

#[derive(Deserialize)]
pub(super) struct SearchForm {
    reference: String,
    key: String,
}

/// Goes to the report with that reference, or says that there is none.
pub(super) async fn find(
    State(house): State<Arc<House>>,
    who: SignedIn,
    Posted(form): Posted<SearchForm>,
) -> Result<Response, Fault> {
    who.check_key(ACTION, &form.key)?;
    let t = Words(who.language);
    let Some(reference) = Reference::parse(&form.reference) else {
        return Ok(draw(&house, &who, StatusCode::UNPROCESSABLE_ENTITY, Some(t.search_not_reference())));
    };
    match item_of(&house, &who, reference).await.map_err(|it| Fault::store(who.language, it))? {
        Some(id) => Ok(Redirect::to(&format!("/items/{id}")).into_response()),
        None => Ok(draw(&house, &who, StatusCode::NOT_FOUND, Some(t.search_nothing()))),
    }
}

fn draw(house: &House, who: &SignedIn, status: StatusCode, error: Option<&'static str>) -> Response {
    let t = Words(who.language);
    html(status, &SearchPage { page: Page::signed_in(house, who, t.search_heading()), t, error })
}

/// The item of the message with that reference among those that the person sees.
async fn item_of(house: &House, who: &SignedIn, reference: Reference) -> Result<Option<ItemId>, StoreError> {
    let query = InboxQuery {
        units: Vec::new(),
        states: Vec::new(),
        responsible: None,
        reference: Some(reference),
        order: InboxOrder::Work,
        after: None,
        rows_max: 1,
    };
    let rows = house.inbox.people.seen_page(&who.sights(), who.user.id, &query).await?;
    Ok(rows.first().map(|it| it.id))
}
