//! What has come about a case after the report itself, and what the unit has answered: the same as the case's page has, under the
//! same access, with the same lines in the journal.

use crate::domain::ActKind;
use crate::domain::AnswerWay;
use crate::domain::Code;
use crate::domain::Delivery;
use crate::domain::Detailed;
use crate::domain::Share;
use crate::domain::withdrawn_by;
use crate::inbox::House;
use crate::inbox::api::ApiCaller;
use crate::inbox::api::PATH;
use crate::inbox::api::Problem;
use crate::inbox::api::item::Form;
use crate::inbox::api::item::content;
use crate::inbox::api::item::form;
use crate::inbox::api::item::in_form;
use crate::inbox::api::item::json;
use crate::inbox::api::report;
use crate::inbox::attachment;
use crate::inbox::follow_up;
use crate::inbox::item;
use crate::storage::CaseEvent;
use crate::storage::FollowUpRow;
use crate::storage::InboxRow;
use axum::body::Body;
use axum::extract::Path;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::Value;
use std::sync::Arc;

fn href(row: &InboxRow, number: usize) -> String {
    format!("{PATH}/items/{}/follow-ups/{number}", row.id)
}

/// What the item itself tells of all this: how much has come, whether its sender has withdrawn it and since when, and what was
/// answered when. Nothing of what is written.
pub(super) fn tell(told: &mut Value, row: &InboxRow, came: &[FollowUpRow], events: &[CaseEvent]) {
    let withdrawn = withdrawn_by(came.iter().map(|it| it.kind)).filter(|_| row.withdrawn);
    told["withdrawn_by_sender"] = match withdrawn {
        Some(index) => serde_json::json!({ "at": came[index].at.to_string(), "follow_up": index + 1 }),
        None => Value::Null,
    };
    told["follow_ups"] = Value::from(if row.share == Share::Content { came.len() } else { 0 });
    told["answers"] = said(events).map(|it| answer(it, false)).collect();
}

/// What has come, oldest first: that it came, and of what kind.
pub(super) async fn list(
    State(house): State<Arc<House>>,
    caller: ApiCaller,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let looked = content(&house, &caller, &id).await?;
    let row = &looked.detail.row;
    let came = house.inbox.messages.follow_ups(row.message).await.map_err(|it| Problem::store(&caller, it))?;
    let one = |(index, it): (usize, &FollowUpRow)| {
        serde_json::json!({
            "number": index + 1,
            "reference": it.reference.as_str(),
            "kind": it.kind.code(),
            "received_at": it.at.to_string(),
            "href": href(row, index + 1),
        })
    };
    let all: Vec<Value> = came.iter().enumerate().map(one).collect();
    Ok(json(StatusCode::OK, &serde_json::json!({ "id": row.id.to_string(), "follow_ups": all })))
}

/// One of them, whole. The journal says that the case system has read it, before it is given.
pub(super) async fn show(
    State(house): State<Arc<House>>,
    caller: ApiCaller,
    Path((id, number)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let problem = |code| Problem::of(code, caller.who.language);
    let form = form(&caller, &headers)?;
    let unknown = || problem(Code::ApiItemUnknown);
    let looked = content(&house, &caller, &id).await?;
    let number = number.parse::<usize>().map_err(|_| unknown())?;
    let row = &looked.detail.row;
    let store = |it| Problem::store(&caller, it);
    let came = house.inbox.messages.follow_ups(row.message).await.map_err(store)?;
    let came = number.checked_sub(1).and_then(|it| came.into_iter().nth(it)).ok_or_else(unknown)?;
    let came = follow_up::read_one(&house, &caller.who, came).await?;
    if came.raw.is_none() {
        return Err(problem(Code::ApiContentNotHere));
    }
    let body = match form {
        Form::Xml => {
            let whole = came.whole(house.inbox.while_unsure).ok_or_else(|| problem(Code::ApiAttachmentHeld))?;
            Body::from(whole.bytes.reveal().clone())
        }
        Form::Json => {
            let read = came.read.as_ref().ok_or_else(|| problem(Code::ApiContentNotHere))?;
            let names = house.inbox.names.as_ref();
            let path = href(row, number);
            let mut told = report::content(read, &path, names, house.now(), caller.who.language);
            told["item"] = row.id.to_string().into();
            told["number"] = number.into();
            told["reference"] = came.row.reference.as_str().into();
            told["kind"] = came.row.kind.code().into();
            told["received_at"] = came.row.at.to_string().into();
            Body::from(told.to_string())
        }
    };
    let which = format!("by the interface for case systems; {}", came.row.reference);
    house.journal_about(row.message, caller.who.actor(), "viewed", which).await.map_err(store)?;
    Ok(in_form(body, form))
}

pub(super) async fn attached(
    State(house): State<Arc<House>>,
    caller: ApiCaller,
    Path((id, number, position)): Path<(String, String, String)>,
) -> Result<Response, Problem> {
    let unknown = || Problem::of(Code::ApiItemUnknown, caller.who.language);
    let number = number.parse::<usize>().map_err(|_| unknown())?;
    let position = position.parse::<usize>().map_err(|_| unknown())?;
    Ok(attachment::save_of_follow_up(&house, &caller.who, &id, number, position).await?)
}

/// What the unit has said to the sender and what was told it by word of mouth, oldest first, with what was written. Journalled as
/// reading.
pub(super) async fn answers(
    State(house): State<Arc<House>>,
    caller: ApiCaller,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let looked = content(&house, &caller, &id).await?;
    let row = &looked.detail.row;
    let store = |it| Problem::store(&caller, it);
    let case = item::case(&house, row).await.map_err(store)?;
    let all: Vec<Value> = said(&case.events).map(|it| answer(it, true)).collect();
    let detail = "by the interface for case systems; answers";
    house.journal_about(row.message, caller.who.actor(), "viewed", detail).await.map_err(store)?;
    Ok(json(StatusCode::OK, &serde_json::json!({ "id": row.id.to_string(), "answers": all })))
}

/// What was said to the sender, or by the sender by word of mouth, and not taken back.
fn said(events: &[CaseEvent]) -> impl Iterator<Item = &CaseEvent> {
    let is_said = |it: &&CaseEvent| {
        matches!(it.act, ActKind::AskForMore | ActKind::Answer | ActKind::RegisterAnswer | ActKind::WrongAddressee)
            && !it.undone
    };
    events.iter().filter(is_said)
}

/// `whole`: with what was written.
fn answer(event: &CaseEvent, whole: bool) -> Value {
    let of = |what: Detailed| event.details.iter().filter(move |it| it.0 == what).map(|it| it.1.reveal().as_str());
    let by_telephone = of(Detailed::Code).any(|it| it == AnswerWay::Telephone.code());
    // Nobody writes down in what way an answer by word of mouth came.
    let by_mouth = by_telephone || event.act == ActKind::RegisterAnswer;
    let code = of(Detailed::Code).find(|it| *it != AnswerWay::Telephone.code());
    let mut told = serde_json::json!({
        "act": event.act.label(),
        "code": code,
        "by_telephone": by_mouth,
        "at": event.at.to_string(),
        "delivery": event.delivery.map(Delivery::label),
        "arrived_at": event.delivery.and_then(Delivery::arrived_at).map(|it| it.to_string()),
    });
    if whole {
        told["by"] = event.who.name.as_str().into();
        told["text"] = of(Detailed::Text).next().into();
        told["reply"] = of(Detailed::Reply).next().into();
    }
    told
}
