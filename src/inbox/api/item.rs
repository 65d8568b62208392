//! One item: how it stands, what was sent, and its attachments.

use crate::domain::Code;
use crate::domain::ItemId;
use crate::domain::ItemState;
use crate::domain::Reference;
use crate::domain::Share;
use crate::domain::Timestamp;
use crate::domain::UnitId;
use crate::domain::Wish;
use crate::inbox::House;
use crate::inbox::access;
use crate::inbox::access::Looked;
use crate::inbox::access::SECOND_HOLDS;
use crate::inbox::api::ApiCaller;
use crate::inbox::api::PATH;
use crate::inbox::api::Problem;
use crate::inbox::api::follow_up;
use crate::inbox::api::report;
use crate::inbox::api::wanted::Wanted;
use crate::inbox::attachment;
use crate::inbox::attachment::WhileUnsure;
use crate::inbox::item;
use crate::inbox::view::unit_name;
use crate::storage::ChangedItem;
use crate::storage::InboxRow;
use crate::storage::Opening;
use crate::storage::StoreError;
use axum::body::Body;
use axum::extract::Path;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::HeaderValue;
use axum::http::StatusCode;
use axum::http::header;
use axum::response::IntoResponse;
use axum::response::Response;
use serde_json::Value;
use std::sync::Arc;

/// How an item stands, without anything that tells who it is about.
pub(super) struct ItemView {
    id: ItemId,
    reference: Reference,
    /// Of a graded case it tells the municipality, and is not told.
    unit: Option<(UnitId, String)>,
    share: Share,
    state: ItemState,
    version: u64,
    kind: String,
    needs: Vec<String>,
    urgent: bool,
    graded: bool,
    attachments: u32,
    received_at: Timestamp,
    deadline: Timestamp,
}

impl ItemView {
    pub(super) fn of_change(it: &ChangedItem, house: &House) -> Self {
        Self {
            id: it.id,
            reference: it.reference.clone(),
            unit: (!it.protected).then(|| (it.unit.clone(), unit_name(house, &it.unit))),
            share: it.share,
            state: it.state,
            version: it.version,
            kind: it.kind.clone(),
            needs: it.needs.clone(),
            urgent: it.urgent,
            graded: it.protected,
            attachments: it.attachments,
            received_at: it.received_at,
            deadline: it.deadline,
        }
    }

    fn of_row(it: &InboxRow, version: u64, house: &House) -> Self {
        Self {
            id: it.id,
            reference: it.reference.clone(),
            unit: (!it.protected).then(|| (it.unit.clone(), unit_name(house, &it.unit))),
            share: it.share,
            state: it.state,
            version,
            kind: it.kind.clone(),
            needs: it.needs.clone(),
            urgent: it.urgent,
            graded: it.protected,
            attachments: it.attachments,
            received_at: it.received_at,
            deadline: it.deadline,
        }
    }

    pub(super) fn json(&self) -> Value {
        let unit = self.unit.as_ref().map(|(id, name)| serde_json::json!({ "id": id.0, "name": name }));
        serde_json::json!({
            "id": self.id.to_string(),
            "reference": self.reference.as_str(),
            "unit": unit,
            "share": self.share.label(),
            "state": self.state.label(),
            "version": self.version,
            "etag": etag(self.version),
            "kind": self.kind,
            "needs": self.needs,
            "urgent": self.urgent,
            "graded_address": self.graded,
            "attachments": self.attachments,
            "received_at": self.received_at.to_string(),
            "deadline": self.deadline.to_string(),
            "href": format!("{PATH}/items/{}", self.id),
        })
    }
}

/// The item's version as a strong validator.
pub(super) fn etag(version: u64) -> String {
    format!("\"{version}\"")
}

pub(super) fn json(status: StatusCode, value: &Value) -> Response {
    (status, [(header::CONTENT_TYPE, "application/json")], value.to_string()).into_response()
}

/// The item that a path names, when the case system may know of it.
pub(super) async fn looked(house: &House, caller: &ApiCaller, id: &str, wish: Wish) -> Result<Looked, Problem> {
    let unknown = || Problem::of(Code::ApiItemUnknown, caller.who.language);
    let id: ItemId = id.parse().map_err(|_| unknown())?;
    let looked = access::look(house, &caller.who, id).await?;
    access::require(house, &caller.who, &looked, wish).await?;
    Ok(looked)
}

pub(super) async fn show(
    State(house): State<Arc<House>>,
    caller: ApiCaller,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let looked = looked(&house, &caller, &id, Wish::See).await?;
    let row = &looked.detail.row;
    let store = |it| Problem::store(&caller, it);
    let version = house.inbox.api.item_version(row.id).await.map_err(store)?;
    let case = item::case(&house, row).await.map_err(store)?;
    let came = house.inbox.messages.follow_ups(row.message).await.map_err(store)?;
    let etag = HeaderValue::try_from(etag(version)).expect("a number in quotes is ASCII");
    // What a second person says, and what comes about a report that the unit is only told of, changes no version.
    let by_version = !row.protected && row.share == Share::Content;
    if by_version && headers.get(header::IF_NONE_MATCH) == Some(&etag) {
        return Ok((StatusCode::NOT_MODIFIED, [(header::ETAG, etag)]).into_response());
    }
    let mut told = ItemView::of_row(row, version, &house).json();
    let own = row.responsible.as_ref().is_some_and(|it| it.id == caller.who.user.id);
    told["responsible"] = match &row.responsible {
        Some(it) => serde_json::json!({ "name": it.display_name, "is_this_system": own }),
        None => Value::Null,
    };
    told["answered"] = Value::from(row.answered);
    told["confirmed_at"] = case.case.confirmed_at.map(|it| it.to_string()).into();
    told["closed_at"] = case.case.closed_at.map(|it| it.to_string()).into();
    told["outcome"] = case.case.outcome.map(|(outcome, _)| outcome.code()).into();
    told["has_archive_reference"] = Value::from(case.case.archive_reference.is_some());
    follow_up::tell(&mut told, row, &came, &case.events);
    second(&house, &caller, row).await?.tell(&mut told);
    let mut response = json(StatusCode::OK, &told);
    response.headers_mut().insert(header::ETAG, etag);
    Ok(response)
}

/// How far this case system has come with the second person who must agree, and until when that counts.
pub(super) struct Second {
    stands: &'static str,
    until: Option<Timestamp>,
}

impl Second {
    pub(super) fn tell(&self, told: &mut Value) {
        told["second_person"] = self.stands.into();
        told["second_person_until"] = self.until.map(|it| it.to_string()).into();
    }
}

pub(super) async fn second(house: &House, caller: &ApiCaller, row: &InboxRow) -> Result<Second, Problem> {
    if !row.protected {
        return Ok(Second { stands: "not_needed", until: None });
    }
    let since = caller.who.at.minus(SECOND_HOLDS);
    let opening = house.inbox.openings.opening(row.id, caller.who.user.id, since).await;
    let opening = opening.map_err(|it| Problem::store(caller, it))?;
    let until = |it: Timestamp| Some(it.plus(SECOND_HOLDS));
    Ok(match opening {
        None => Second { stands: "not_asked", until: None },
        Some(Opening { asked_at, answer: None, .. }) => Second { stands: "asked", until: until(asked_at) },
        Some(Opening { answer: Some(it), .. }) => {
            Second { stands: if it.refusal.is_some() { "refused" } else { "agreed" }, until: until(it.at) }
        }
    })
}

/// The item that a path names, when the case system may have its content now.
pub(super) async fn content(house: &House, caller: &ApiCaller, id: &str) -> Result<Looked, Problem> {
    let problem = |code| Problem::of(code, caller.who.language);
    let looked = looked(house, caller, id, Wish::Read).await?;
    let row = &looked.detail.row;
    if row.share == Share::Awareness {
        return Err(problem(Code::ApiContentNotHere));
    }
    if !row.state.shows_content() {
        let unread = row.state == ItemState::Unread;
        return Err(problem(if unread { Code::ApiNotOpened } else { Code::ApiContentNotHere }));
    }
    Ok(looked)
}

/// In which form the content is wanted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Form {
    Json,
    Xml,
}

/// The first form of `Accept` that we have. Weights are for browsers; a case system says what it wants.
fn accepted(headers: &HeaderMap) -> Option<Form> {
    let Some(accept) = headers.get(header::ACCEPT) else { return Some(Form::Json) };
    let accept = accept.to_str().ok()?;
    accept.split(',').find_map(|it| match it.split(';').next().unwrap_or_default().trim() {
        "application/json" | "application/*" | "*/*" => Some(Form::Json),
        "application/xml" | "text/xml" => Some(Form::Xml),
        _ => None,
    })
}

pub(super) fn form(caller: &ApiCaller, headers: &HeaderMap) -> Result<Form, Problem> {
    let refused = || Problem::of(Code::ApiNotAcceptable, caller.who.language).with(vec![Wanted::Accept]);
    accepted(headers).ok_or_else(refused)
}

pub(super) fn in_form(body: Body, form: Form) -> Response {
    let kind = match form {
        Form::Json => "application/json",
        Form::Xml => "application/xml",
    };
    let mut response = body.into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    response
}

/// What was sent. The journal says that the case system has read it, before it is given.
pub(super) async fn message(
    State(house): State<Arc<House>>,
    caller: ApiCaller,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let problem = |code| Problem::of(code, caller.who.language);
    let form = form(&caller, &headers)?;
    let looked = content(&house, &caller, &id).await?;
    let row = &looked.detail.row;
    let store = |it| Problem::store(&caller, it);
    let raw = match house.inbox.messages.raw(row.message).await {
        Err(StoreError::Absent) => return Err(problem(Code::ApiContentNotHere)),
        raw => raw.map_err(store)?,
    };
    let read = item::read(&house, &caller.who, &looked.detail).await?;
    let body = match form {
        Form::Xml => {
            // Its attachments are inside.
            let scanned = house.inbox.scans.scanned_files(row.message).await.map_err(store)?;
            let while_unsure = house.inbox.while_unsure;
            let is_free = match &read {
                Some(read) => attachment::is_free_whole(read, &scanned, while_unsure),
                None => while_unsure == WhileUnsure::NobodyLooks,
            };
            if !is_free {
                return Err(problem(Code::ApiAttachmentHeld));
            }
            Body::from(raw.bytes.reveal().clone())
        }
        Form::Json => {
            let read = read.ok_or_else(|| problem(Code::ApiContentNotHere))?;
            let names = house.inbox.names.as_ref();
            Body::from(report::json(&read, row, names, house.now(), caller.who.language).to_string())
        }
    };
    house
        .journal_about(row.message, caller.who.actor(), "viewed", "by the interface for case systems")
        .await
        .map_err(store)?;
    Ok(in_form(body, form))
}

pub(super) async fn attachment(
    State(house): State<Arc<House>>,
    caller: ApiCaller,
    Path((id, position)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let unknown = || Problem::of(Code::ApiItemUnknown, caller.who.language);
    let position = position.parse::<usize>().map_err(|_| unknown())?;
    Ok(attachment::save(&house, &caller.who, &id, position).await?)
}

#[cfg(test)]
mod tests {
    use super::Form;
    use super::accepted;
    use axum::http::HeaderMap;
    use axum::http::HeaderValue;
    use axum::http::header;

    #[test]
    fn the_form_is_the_first_that_we_have() {
        let of = |accept: &'static str| {
            let headers = HeaderMap::from_iter([(header::ACCEPT, HeaderValue::from_static(accept))]);
            accepted(&headers)
        };

        assert_eq!(accepted(&HeaderMap::new()), Some(Form::Json));
        assert_eq!(of("application/xml"), Some(Form::Xml));
        assert_eq!(of("text/html, application/xml;q=0.9, */*;q=0.1"), Some(Form::Xml));
        assert_eq!(of("*/*"), Some(Form::Json));
        assert_eq!(of("text/html"), None);
    }
}
