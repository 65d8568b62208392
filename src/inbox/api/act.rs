//! What a case system does with an item. Each act says which version of the item it is based on, and has a key of its own: sent
//! twice it is done once, and both get the same answer.

use crate::domain::Act;
use crate::domain::Code;
use crate::domain::Denial;
use crate::domain::Redacted;
use crate::domain::SecondPerson;
use crate::domain::Wish;
use crate::inbox::House;
use crate::inbox::access;
use crate::inbox::api::ApiCaller;
use crate::inbox::api::Problem;
use crate::inbox::api::item::etag;
use crate::inbox::api::item::json;
use crate::inbox::api::item::looked;
use crate::inbox::api::item::second;
use crate::inbox::api::wanted::Wanted;
use crate::inbox::casework;
use crate::inbox::token::sha256;
use crate::storage::Acted;
use crate::storage::ActedOnce;
use crate::storage::Deed;
use crate::storage::OnceKey;
use crate::telemetry::Event;
use axum::extract::Path;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::HeaderName;
use axum::http::HeaderValue;
use axum::http::StatusCode;
use axum::http::header;
use axum::response::Response;
use axum::routing::MethodRouter;
use axum::routing::post;
use bytes::Bytes;
use serde::Deserialize;
use std::sync::Arc;

const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
/// Fewest and most characters of a key.
const KEY_CHARACTERS: std::ops::RangeInclusive<usize> = 8..=200;
/// Most characters of an archive reference.
const REFERENCE_CHARACTERS_MAX: usize = 200;

/// The way to an act that says nothing more than which it is.
pub(super) fn plain(plain: Act) -> MethodRouter<Arc<House>> {
    post(
        move |State(house): State<Arc<House>>,
              caller: ApiCaller,
              Path(id): Path<String>,
              headers: HeaderMap,
              body: Bytes| async move {
            nothing_more(&caller, &body)?;
            act(&house, &caller, &id, &headers, plain, &body).await
        },
    )
}

/// Where the case is in the archive.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Filed {
    reference: String,
}

pub(super) async fn journal_reference(
    State(house): State<Arc<House>>,
    caller: ApiCaller,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    let unreadable = |it| Problem::unreadable(vec![it], caller.who.language);
    let filed: Filed = serde_json::from_slice(&body).map_err(|_| unreadable(Wanted::FiledBody))?;
    let reference = filed.reference.trim_matches(' ');
    let is_plain = !reference.chars().any(char::is_control);
    if reference.is_empty() || !is_plain || filed.reference.chars().count() > REFERENCE_CHARACTERS_MAX {
        return Err(unreadable(Wanted::Reference));
    }
    let filed = Act::Archive { reference: Redacted::new(reference.to_owned()) };
    act(&house, &caller, &id, &headers, filed, &body).await
}

/// Acts without fields have no body; an empty JSON object is as good as none.
fn nothing_more(caller: &ApiCaller, body: &Bytes) -> Result<(), Problem> {
    if matches!(body.trim_ascii(), b"" | b"{}") {
        return Ok(());
    }
    Err(Problem::unreadable(vec![Wanted::NoBody], caller.who.language))
}

async fn act(
    house: &House,
    caller: &ApiCaller,
    id: &str,
    headers: &HeaderMap,
    act: Act,
    body: &Bytes,
) -> Result<Response, Problem> {
    let who = &caller.who;
    let missing = |code, wanted| Problem::of(code, who.language).with(vec![wanted]);
    let key = key(headers).ok_or_else(|| missing(Code::ApiKeyMissing, Wanted::IdempotencyKey))?;
    let Some(tag) = headers.get(header::IF_MATCH).map(HeaderValue::as_bytes) else {
        return Err(missing(Code::ApiVersionMissing, Wanted::IfMatch));
    };
    let version = match tag {
        b"*" => None,
        tag => Some(version(tag).ok_or_else(|| missing(Code::ApiRequestUnreadable, Wanted::IfMatch))?),
    };
    let kind = act.kind();
    let looked = looked(house, caller, id, Wish::See).await?;
    access::require_act(house, who, &looked, kind).await?;
    let row = &looked.detail.row;
    // No body and an empty object are the same request. On another version it is another.
    let said: &[u8] = if body.trim_ascii() == b"{}" { b"" } else { body };
    let request = [kind.label().as_bytes(), row.id.0.as_bytes(), tag, said].join(&0);
    let once = OnceKey { client: who.user.id, key_sha256: sha256(key), request_sha256: sha256(&request) };
    let by = casework::acting(house, who, &row.unit);
    let deed = Deed { item: row.id, units: vec![row.unit.clone()], act, by, version };
    let answered = house.inbox.api.act_once(&once, &deed).await.map_err(|it| Problem::store(caller, it))?;
    match answered {
        ActedOnce::AnotherRequest => Err(Problem::of(Code::ApiKeyReused, who.language)),
        ActedOnce::Answered(Acted::Refused(why)) => Err(Problem::refused(why, who.language)),
        ActedOnce::Answered(Acted::Done { message, state, version, undo_until: _ }) => {
            tracing::info!(
                event = Event::ItemActed.name(),
                message.id = %message,
                user.id = %who.user.id,
                act = kind.label(),
                state = state.label(),
                "item acted on by a case system"
            );
            let told = serde_json::json!({
                "id": row.id.to_string(), "act": kind.label(), "state": state.label(), "version": version, "etag": etag(version),
            });
            let mut response = json(StatusCode::OK, &told);
            let etag = HeaderValue::try_from(etag(version)).expect("a number in quotes is ASCII");
            response.headers_mut().insert(header::ETAG, etag);
            Ok(response)
        }
    }
}

fn key(headers: &HeaderMap) -> Option<&[u8]> {
    let key = headers.get(IDEMPOTENCY_KEY)?.as_bytes();
    (KEY_CHARACTERS.contains(&key.len()) && key.iter().all(u8::is_ascii_graphic)).then_some(key)
}

/// The version in one of our own ETags.
fn version(tag: &[u8]) -> Option<u64> {
    let number = tag.strip_prefix(b"\"")?.strip_suffix(b"\"")?;
    std::str::from_utf8(number).ok()?.parse().ok()
}

/// Asks for the second who must agree before a graded case is opened. Asking again changes nothing.
pub(super) async fn second_person(
    State(house): State<Arc<House>>,
    caller: ApiCaller,
    Path(id): Path<String>,
    body: Bytes,
) -> Result<Response, Problem> {
    nothing_more(&caller, &body)?;
    let who = &caller.who;
    let looked = looked(&house, &caller, &id, Wish::See).await?;
    let row = &looked.detail.row;
    match looked.may(Wish::Read) {
        Err(Denial::SecondPerson(SecondPerson::NotAsked)) => {
            let asked = house.inbox.openings.ask_second(row.id, &who.person(), None, house.now()).await;
            asked.map_err(|it| Problem::store(&caller, it))?;
        }
        // A system that asks again and again does not get past a no; that counts for as long as a yes.
        Ok(()) | Err(Denial::SecondPerson(SecondPerson::Asked | SecondPerson::Refused | SecondPerson::Agreed)) => {}
        Err(Denial::Unknown | Denial::Ended | Denial::NotByRole) => {
            access::require(&house, who, &looked, Wish::Read).await?;
        }
    }
    let mut told = serde_json::json!({ "id": row.id.to_string() });
    second(&house, &caller, row).await?.tell(&mut told);
    Ok(json(StatusCode::OK, &told))
}

#[cfg(test)]
mod tests {
    use super::version;

    #[test]
    fn a_version_is_one_of_our_own_tags() {
        assert_eq!(version(b"\"12\""), Some(12));
        for other in [&b"12"[..], b"W/\"12\"", b"\"x\"", b"\"\"", b"\"12\", \"13\""] {
            assert_eq!(version(other), None, "{other:?}");
        }
    }
}
