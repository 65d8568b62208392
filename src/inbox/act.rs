//! What people do with an item: open, take, give back, close, reopen. Each is a form that is obeyed once.

use crate::domain::ActRefused;
use crate::domain::ItemAct;
use crate::domain::ItemId;
use crate::domain::Share;
use crate::domain::Wish;
use crate::inbox::House;
use crate::inbox::access;
use crate::inbox::fault::Fault;
use crate::inbox::form::Posted;
use crate::inbox::item;
use crate::inbox::item::Notice;
use crate::inbox::session::SignedIn;
use crate::storage::ActOutcome;
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

/// The word of an act in a URL.
pub(super) const fn verb(act: ItemAct) -> &'static str {
    match act {
        ItemAct::Open => "open",
        ItemAct::Take => "take",
        ItemAct::Release => "release",
        ItemAct::Close => "close",
        ItemAct::Reopen => "reopen",
    }
}

pub(super) fn from_verb(word: &str) -> Option<ItemAct> {
    [ItemAct::Open, ItemAct::Take, ItemAct::Release, ItemAct::Close, ItemAct::Reopen]
        .into_iter()
        .find(|it| verb(*it) == word)
}

/// Where the form of an act posts to.
pub(super) fn action(id: ItemId, act: ItemAct) -> String {
    format!("/items/{id}/{}", verb(act))
}

/// Why nothing was done. Not remembered with the form: the next attempt may go better.
enum Undone {
    Refused(ActRefused),
    /// The person's unit only knows that the report exists.
    OnlyAwareness,
    Fault(Fault),
    Store(StoreError),
}

#[derive(Deserialize)]
pub(super) struct ActForm {
    key: String,
}

type Posting = Posted<ActForm>;

pub(super) async fn open(house: State<Arc<House>>, who: SignedIn, id: Path<String>, form: Posting) -> Answer {
    answer(&house, &who, &id, ItemAct::Open, &form).await
}

pub(super) async fn take(house: State<Arc<House>>, who: SignedIn, id: Path<String>, form: Posting) -> Answer {
    answer(&house, &who, &id, ItemAct::Take, &form).await
}

pub(super) async fn release(house: State<Arc<House>>, who: SignedIn, id: Path<String>, form: Posting) -> Answer {
    answer(&house, &who, &id, ItemAct::Release, &form).await
}

pub(super) async fn close(house: State<Arc<House>>, who: SignedIn, id: Path<String>, form: Posting) -> Answer {
    answer(&house, &who, &id, ItemAct::Close, &form).await
}

pub(super) async fn reopen(house: State<Arc<House>>, who: SignedIn, id: Path<String>, form: Posting) -> Answer {
    answer(&house, &who, &id, ItemAct::Reopen, &form).await
}

type Answer = Result<Response, Fault>;

async fn answer(house: &Arc<House>, who: &SignedIn, id: &str, act: ItemAct, form: &Posting) -> Answer {
    let id: ItemId = id.parse().map_err(|_| Fault::absent(who.language))?;
    let nonce = who.check_key(&action(id, act), &form.0.key)?;
    match house.acts.run(nonce, house.now(), || try_act(house, who, id, act)).await {
        // Opening shows the report; everything else says that it is done.
        Ok(()) if act == ItemAct::Open => Ok(Redirect::to(&format!("/items/{id}")).into_response()),
        Ok(()) => Ok(Redirect::to(&format!("/items/{id}?done={}", verb(act))).into_response()),
        Err(Undone::Refused(why)) => item::draw(house, who, id, Some(Notice::Refused(why)), StatusCode::CONFLICT).await,
        Err(Undone::OnlyAwareness) => Err(Fault::only_awareness(who.language)),
        Err(Undone::Fault(fault)) => Err(fault),
        Err(Undone::Store(error)) => Err(Fault::store(who.language, error)),
    }
}

async fn try_act(house: &House, who: &SignedIn, id: ItemId, act: ItemAct) -> Result<(), Undone> {
    let looked = access::look(house, who, id).await.map_err(Undone::Fault)?;
    if looked.detail.row.share == Share::Awareness {
        return Err(Undone::OnlyAwareness);
    }
    let wish = match act {
        ItemAct::Open => Wish::Read,
        ItemAct::Take | ItemAct::Release | ItemAct::Close | ItemAct::Reopen => Wish::Work,
    };
    access::require(house, who, &looked, wish).await.map_err(Undone::Fault)?;
    let detail = looked.detail;
    let units = std::slice::from_ref(&detail.row.unit);
    match house.inbox.items.act(id, units, act, &who.person(), house.now()).await.map_err(Undone::Store)? {
        ActOutcome::Done(state) => {
            tracing::info!(
                event = Event::ItemActed.name(),
                message.id = %detail.row.message,
                user.id = %who.user.id,
                act = verb(act),
                state = state.label(),
                "item acted on"
            );
            Ok(())
        }
        ActOutcome::Refused(why) => Err(Undone::Refused(why)),
    }
}
