//! Putting cases on an agenda, ordering it, and taking them off.

use super::CASES_MAX;
use super::arranged;
use super::denied;
use super::group_of;
use super::group_path;
use super::meeting_of;
use super::meeting_path;
use super::puts;
use crate::domain::ItemId;
use crate::inbox::House;
use crate::inbox::access;
use crate::inbox::fault::Fault;
use crate::inbox::form::Posted;
use crate::inbox::session::SignedIn;
use crate::storage::Shift;
use crate::storage::StoreError;
use axum::extract::Path;
use axum::extract::State;
use axum::response::IntoResponse;
use axum::response::Redirect;
use axum::response::Response;
use serde::Deserialize;
use std::sync::Arc;

#[derive(Deserialize)]
pub(super) struct PutForm {
    key: String,
    /// One case; absent: all that wait.
    item: Option<String>,
    /// Afterwards to the case.
    back: Option<String>,
}

pub(super) async fn put(
    State(house): State<Arc<House>>,
    who: SignedIn,
    Path((unit, id)): Path<(String, String)>,
    Posted(form): Posted<PutForm>,
) -> Result<Response, Fault> {
    let fault = |it: StoreError| Fault::store(who.language, it);
    let unit = group_of(&house, &who, &unit)?;
    if !puts(&who, &unit) {
        return Err(denied(&house, &who, &unit, "put on an agenda").await);
    }
    let meeting = meeting_of(&house, &who, &unit, &id).await?;
    who.check_key(&format!("{}/put", meeting_path(&meeting)), &form.key)?;
    if !meeting.is_coming(house.now()) {
        return Err(Fault::absent(who.language));
    }
    let mut waiting = house.inbox.meetings.waiting_for_meeting(&unit, house.now(), CASES_MAX).await.map_err(fault)?;
    if let Some(item) = &form.item {
        let item: ItemId = item.parse().map_err(|_| Fault::absent(who.language))?;
        if !waiting.iter().any(|it| it.id == item) {
            // One that a meeting has dealt with can be taken up again by those who have it.
            let looked = access::look(&house, &who, item).await?;
            waiting = vec![looked.detail.row];
        }
        waiting.retain(|it| it.id == item && it.unit == unit);
    }
    let seen = access::seen(&house, &who, waiting).await.map_err(fault)?;
    let items: Vec<ItemId> = seen.into_iter().map(|it| it.id).collect();
    if items.is_empty() && form.item.is_some() {
        return Err(Fault::absent(who.language));
    }
    house.inbox.meetings.put_on_agenda(meeting.id, &items, &who.person(), house.now()).await.map_err(fault)?;
    let back = match (form.back, items.as_slice()) {
        (Some(_), [item]) => format!("/items/{item}"),
        (Some(_) | None, _) => format!("{}?done=put", group_path(&unit)),
    };
    Ok(Redirect::to(&back).into_response())
}

#[derive(Deserialize)]
pub(super) struct OrderForm {
    key: String,
    item: String,
    /// `earlier`, `later` or `off`.
    to: String,
}

pub(super) async fn order(
    State(house): State<Arc<House>>,
    who: SignedIn,
    Path((unit, id)): Path<(String, String)>,
    Posted(form): Posted<OrderForm>,
) -> Result<Response, Fault> {
    let unit = arranged(&house, &who, &unit, "order an agenda").await?;
    let meeting = meeting_of(&house, &who, &unit, &id).await?;
    who.check_key(&format!("{}/order", meeting_path(&meeting)), &form.key)?;
    let item: ItemId = form.item.parse().map_err(|_| Fault::absent(who.language))?;
    let store = &house.inbox.meetings;
    let (done, said) = match form.to.as_str() {
        "earlier" => (store.shift(meeting.id, item, Shift::Earlier).await, "ordered"),
        "later" => (store.shift(meeting.id, item, Shift::Later).await, "ordered"),
        "off" => (store.take_off_agenda(meeting.id, item, &who.person(), house.now()).await, "off"),
        _ => return Err(Fault::absent(who.language)),
    };
    done.map_err(|it| Fault::store(who.language, it))?;
    Ok(Redirect::to(&format!("{}?done={said}", meeting_path(&meeting))).into_response())
}
