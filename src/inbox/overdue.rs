//! What is over its deadline in one's units (over fristen): not answered in time, the day of the next contact is past, a
//! coordinator was to be appointed, or nobody answers an offer.

use crate::domain::ItemId;
use crate::domain::Reference;
use crate::inbox::House;
use crate::inbox::fault::Fault;
use crate::inbox::icon::Icon;
use crate::inbox::list::Row;
use crate::inbox::people::Hint;
use crate::inbox::session::SignedIn;
use crate::inbox::texts::Words;
use crate::inbox::view::Page;
use crate::inbox::view::html;
use crate::storage::StoreError;
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use std::sync::Arc;

const PATH: &str = "/overdue";

/// Rows at most; the count says how many more there are.
const ROWS_MAX: u32 = 200;
/// Offers that somebody declined which the front page tells of at once.
const DECLINED_MAX: u32 = 5;

pub(super) fn routes() -> Router<Arc<House>> {
    Router::new().route(PATH, get(show))
}

/// How many are overdue; `None`: nothing is.
pub(super) async fn count(house: &House, who: &SignedIn) -> Result<Option<u64>, Fault> {
    let count = house.inbox.reminders.overdue_count(&who.sights(), who.user.id, house.now()).await;
    Ok(Some(count.map_err(|it| Fault::store(who.language, it))?).filter(|it| *it > 0))
}

/// What one must know of cases that were offered to somebody who said no: the case is still the unit's.
pub(super) async fn declined(house: &House, who: &SignedIn) -> Result<Vec<Hint>, StoreError> {
    let t = Words(who.language);
    let offers = house.inbox.reminders.declined_offers(&who.sights(), who.user.id, DECLINED_MAX).await?;
    let hint = |(item, reference): (ItemId, Reference)| Hint {
        text: t.offer_was_declined(reference.as_str()),
        href: Some(format!("/items/{item}")),
        link: t.offer_why_declined(),
    };
    Ok(offers.into_iter().map(hint).collect())
}

#[derive(Template)]
#[template(path = "overdue.html")]
struct OverduePage {
    page: Page,
    t: Words,
    count: Option<String>,
    rows: Vec<Row>,
}

async fn show(State(house): State<Arc<House>>, who: SignedIn) -> Result<Response, Fault> {
    let (t, fault) = (Words(who.language), |it| Fault::store(who.language, it));
    let count = count(&house, &who).await?;
    let rows = house.inbox.reminders.overdue(&who.sights(), who.user.id, house.now(), ROWS_MAX).await.map_err(fault)?;
    house.journal(who.actor(), "listed", format!("overdue, {}", rows.len())).await.map_err(fault)?;
    let page = OverduePage {
        page: Page::signed_in(&house, &who, t.overdue_heading()),
        t,
        count: count.map(|it| t.overdue_count(it)),
        rows: rows.iter().map(|it| Row::of(it, &house, &who)).collect(),
    };
    Ok(html(StatusCode::OK, &page))
}
