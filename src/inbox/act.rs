//! What people do with a case by one button: open, take, give back, confirm, close, reopen, and undo. Each is a form that
//! is obeyed once. Acts that say something have a page of their own (`casework/`).

use crate::domain;
use crate::domain::Act;
use crate::domain::ActKind;
use crate::domain::ActRefused;
use crate::domain::ItemId;
use crate::domain::ItemState;
use crate::domain::UnitId;
use crate::domain::Which;
use crate::inbox::House;
use crate::inbox::access;
use crate::inbox::casework;
use crate::inbox::fault::Fault;
use crate::inbox::form::Posted;
use crate::inbox::item;
use crate::inbox::item::Notice;
use crate::inbox::session::SignedIn;
use crate::storage::Acted;
use crate::storage::Deed;
use crate::storage::InboxQuery;
use crate::storage::OnlyTold;
use crate::storage::StoreError;
use crate::telemetry::Event;
use axum::extract::Path;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::response::Redirect;
use axum::response::Response;
use serde::Deserialize;
use std::sync::Arc;

/// The acts that are a button, in the order in which the page offers them, with their words in a URL.
pub(super) const BUTTONS: &[(ActKind, &str)] = &[
    (ActKind::Open, "open"),
    (ActKind::AcceptTransfer, "accept"),
    (ActKind::Take, "take"),
    (ActKind::Confirm, "confirm"),
    (ActKind::TakeBackTransfer, "take-back"),
    (ActKind::TransferAccepted, "accepted"),
    (ActKind::Close, "close"),
    (ActKind::Release, "release"),
    (ActKind::Reopen, "reopen"),
    (ActKind::Undo, "undo"),
];

/// The word of an act in a URL: its own, or the one that its form has.
pub(super) fn verb(act: ActKind) -> &'static str {
    BUTTONS.iter().find(|it| it.0 == act).map_or(act.label(), |it| it.1)
}

pub(super) fn from_verb(word: &str) -> Option<ActKind> {
    let button = BUTTONS.iter().find(|it| it.1 == word).map(|it| it.0);
    button.or_else(|| casework::WITH_FORM.iter().copied().find(|it| it.label() == word))
}

/// Where the form of an act posts to.
pub(super) fn action(id: ItemId, act: ActKind) -> String {
    format!("/items/{id}/{}", verb(act))
}

/// Why nothing was done. Not remembered with the form: the next attempt may go better.
pub(super) enum Undone {
    Refused(ActRefused),
    Fault(Fault),
    Store(StoreError),
}

#[derive(Deserialize)]
pub(super) struct ActForm {
    key: String,
    /// Afterwards to the next report that nobody has taken.
    next: Option<String>,
}

pub(super) async fn answer(
    State(house): State<Arc<House>>,
    who: SignedIn,
    Path((id, word)): Path<(String, String)>,
    Posted(form): Posted<ActForm>,
) -> Result<Response, Fault> {
    let id: ItemId = id.parse().map_err(|_| Fault::absent(who.language))?;
    let kind = BUTTONS.iter().find(|it| it.1 == word).map(|it| it.0).ok_or_else(|| Fault::absent(who.language))?;
    let nonce = who.check_key(&action(id, kind), &form.key)?;
    match house.acts.run(nonce, house.now(), || press(&house, &who, id, kind)).await {
        // Opening shows the report; everything else says that it is done.
        Ok(()) if kind == ActKind::Open => Ok(Redirect::to(&format!("/items/{id}")).into_response()),
        Ok(()) if form.next.is_some() => {
            let next = next_unassigned(&house, &who, id).await.map_err(|it| Fault::store(who.language, it))?;
            Ok(Redirect::to(&next.map_or_else(|| "/".to_owned(), |it| format!("/items/{it}"))).into_response())
        }
        Ok(()) => Ok(Redirect::to(&format!("/items/{id}?done={}", verb(kind))).into_response()),
        // Those who only know that there is a report get no page that says more.
        Err(Undone::Refused(ActRefused::OnlyAwareness)) => Err(Fault::only_awareness(who.language)),
        Err(Undone::Refused(why)) => {
            item::draw(&house, &who, id, Some(Notice::Refused(why)), StatusCode::CONFLICT).await
        }
        Err(Undone::Fault(fault)) => Err(fault),
        Err(Undone::Store(error)) => Err(Fault::store(who.language, error)),
    }
}

async fn press(house: &House, who: &SignedIn, id: ItemId, kind: ActKind) -> Result<(), Undone> {
    let act = match kind {
        ActKind::Open => Act::Open,
        ActKind::Take => Act::Take,
        ActKind::Release => Act::Release,
        ActKind::Confirm => Act::Confirm,
        ActKind::Close => Act::Close,
        ActKind::Reopen => Act::Reopen,
        ActKind::AcceptTransfer => Act::AcceptTransfer,
        ActKind::TakeBackTransfer => Act::TakeBackTransfer,
        ActKind::TransferAccepted => Act::TransferAccepted,
        ActKind::Undo => {
            let unit = permitted(house, who, id, kind).await?;
            let by = casework::acting(house, who, &unit);
            let units = std::slice::from_ref(&unit);
            let acted = house.inbox.cases.undo(id, units, &by).await.map_err(Undone::Store)?;
            return told(who, kind, acted);
        }
        // None of these is a button; `answer` has looked.
        _ => return Err(Undone::Store(StoreError::Absent)),
    };
    do_it(house, who, id, act).await
}

/// The unit of a case in which the person may do something of this kind; every no is in the journal.
pub(super) async fn permitted(house: &House, who: &SignedIn, id: ItemId, kind: ActKind) -> Result<UnitId, Undone> {
    let looked = access::look(house, who, id).await.map_err(Undone::Fault)?;
    access::require_act(house, who, &looked, kind).await.map_err(Undone::Fault)?;
    Ok(looked.detail.row.unit)
}

/// Does an act as the one who is signed in.
pub(super) async fn do_it(house: &House, who: &SignedIn, item: ItemId, act: Act) -> Result<(), Undone> {
    let kind = act.kind();
    let unit = permitted(house, who, item, kind).await?;
    let by = casework::acting(house, who, &unit);
    let deed = Deed { item, units: vec![unit], act, by, version: None };
    let acted = house.inbox.cases.act_on_case(&deed).await.map_err(Undone::Store)?;
    told(who, kind, acted)
}

fn told(who: &SignedIn, kind: ActKind, acted: Acted) -> Result<(), Undone> {
    match acted {
        Acted::Done { message, state, .. } => {
            tracing::info!(
                event = Event::ItemActed.name(),
                message.id = %message,
                user.id = %who.user.id,
                act = kind.label(),
                state = state.label(),
                "item acted on"
            );
            Ok(())
        }
        Acted::Refused(why) => Err(Undone::Refused(why)),
    }
}

/// What should be done first of what nobody has taken.
async fn next_unassigned(house: &House, who: &SignedIn, but: ItemId) -> Result<Option<ItemId>, StoreError> {
    // Of those that are seen as a whole and can be opened; who is not cleared is led to no graded case.
    let worked = domain::worked_units(&who.memberships, who.at);
    let mut sights = who.sights();
    sights.retain(|it| it.which == Which::All && worked.contains(&it.unit));
    let query = InboxQuery { states: vec![ItemState::Unread], told: OnlyTold::LeftOut, ..InboxQuery::first(2) };
    let rows = house.inbox.people.seen_page(&sights, who.user.id, &query).await?;
    Ok(rows.iter().map(|it| it.id).find(|it| *it != but))
}
