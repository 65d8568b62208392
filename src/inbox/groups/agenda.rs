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
use crate::domain::Meeting;
use crate::domain::MeetingKind;
use crate::domain::Timestamp;
use crate::inbox::House;
use crate::inbox::access;
use crate::inbox::fault::Fault;
use crate::inbox::form::Posted;
use crate::inbox::moment::Moment;
use crate::inbox::session::SignedIn;
use crate::inbox::texts::Words;
use crate::storage::Shift;
use crate::storage::StoreError;
use axum::extract::Path;
use axum::extract::State;
use axum::response::IntoResponse;
use axum::response::Redirect;
use axum::response::Response;
use serde::Deserialize;
use std::sync::Arc;

/// A form that puts cases on an agenda.
pub(in crate::inbox) struct Put {
    pub action: String,
    pub key: String,
    /// Which meetings one can choose between, the next first, by id; empty: there is only one.
    pub meetings: Vec<(String, String)>,
}

impl Put {
    /// On the first of `coming`, if nothing else is chosen.
    pub(super) fn of(coming: &[Meeting], who: &SignedIn, now: Timestamp) -> Option<Self> {
        let action = format!("{}/put", meeting_path(coming.first()?));
        let key = who.draw_key(&action);
        let meetings = if coming.len() > 1 { choices(coming.iter(), who, now) } else { Vec::new() };
        Some(Self { action, key, meetings })
    }
}

/// Meetings as one chooses between them.
pub(super) fn choices<'a>(
    meetings: impl Iterator<Item = &'a Meeting>,
    who: &SignedIn,
    now: Timestamp,
) -> Vec<(String, String)> {
    let t = Words(who.language);
    let named = |it: &Meeting| {
        let at = Moment::of(it.plan.at, now, who.language).full;
        match it.kind {
            MeetingKind::Fixed => at,
            MeetingKind::Extraordinary => format!("{at} – {}", t.meeting_extraordinary().to_lowercase()),
        }
    };
    meetings.map(|it| (it.id.to_string(), named(it))).collect()
}

#[derive(Deserialize)]
pub(super) struct PutForm {
    key: String,
    /// One case; absent: all that wait.
    item: Option<String>,
    /// Another planned meeting of the group than the one of the address.
    meeting: Option<String>,
    /// Afterwards to the meeting (`meeting`), or to the case.
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
    let meeting = match &form.meeting {
        Some(chosen) => meeting_of(&house, &who, &unit, chosen).await?,
        None => meeting,
    };
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
    let back = match (form.back.as_deref(), items.as_slice()) {
        (Some("meeting"), _) => format!("{}?done=put", meeting_path(&meeting)),
        (Some(_), [item]) => format!("/items/{item}"),
        (Some(_) | None, _) => format!("{}?done=put", group_path(&unit)),
    };
    Ok(Redirect::to(&back).into_response())
}

#[derive(Deserialize)]
pub(super) struct OrderForm {
    key: String,
    item: String,
    /// `earlier`, `later`, `off`, or `other`: another planned meeting.
    to: String,
    /// Which other.
    meeting: Option<String>,
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
        "other" => {
            let chosen = form.meeting.as_deref().unwrap_or_default();
            let other = meeting_of(&house, &who, &unit, chosen).await?;
            if !other.is_coming(house.now()) || !is_on(&house, &who, &meeting, item).await? {
                return Err(Fault::absent(who.language));
            }
            (store.put_on_agenda(other.id, &[item], &who.person(), house.now()).await.map(|_| true), "other")
        }
        "off" => (store.take_off_agenda(meeting.id, item, &who.person(), house.now()).await, "off"),
        _ => return Err(Fault::absent(who.language)),
    };
    done.map_err(|it| Fault::store(who.language, it))?;
    Ok(Redirect::to(&format!("{}?done={said}", meeting_path(&meeting))).into_response())
}

/// Whether a case is on an agenda, and nothing has been written of it there yet.
async fn is_on(house: &House, who: &SignedIn, meeting: &Meeting, item: ItemId) -> Result<bool, Fault> {
    let rows = house.inbox.meetings.agenda(meeting.id).await.map_err(|it| Fault::store(who.language, it))?;
    Ok(rows.iter().any(|it| it.row.id == item && !it.minuted))
}
