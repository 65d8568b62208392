//! The directory for other sites: a municipality's contact block as JSON, which any page may fetch and show.

use crate::domain::Municipality;
use crate::domain::MunicipalityNumber;
use crate::domain::Text;
use crate::domain::Validity;
use crate::inbox::House;
use crate::inbox::contacts::PublicUnit;
use axum::extract::Query;
use axum::extract::State;
use axum::http::HeaderName;
use axum::http::StatusCode;
use axum::http::header;
use axum::response::IntoResponse;
use axum::response::Response;
use serde::Deserialize;
use serde_json::Value;
use serde_json::json;
use std::sync::Arc;

/// How long others may keep what they fetched. Seconds.
const KEPT_SECONDS: &str = "public, max-age=300";

#[derive(Deserialize)]
pub(super) struct Asked {
    kommune: Option<String>,
}

/// `/kontakt.json?kommune=4201`; without a number, the numbers that somebody receives for.
pub(super) async fn asked(State(house): State<Arc<House>>, Query(asked): Query<Asked>) -> Response {
    match asked.kommune {
        Some(number) => of(&house, &number),
        None => {
            let day = house.now().date_in_norway();
            let all: Vec<Value> = house
                .inbox
                .contacts
                .receiving(day)
                .iter()
                .map(|it| json!({ "number": it.as_str(), "name": Municipality::find(it).map(|it| it.name) }))
                .collect();
            answer(StatusCode::OK, &json!({ "as_of": day.to_string(), "municipalities": all }))
        }
    }
}

/// `/kontakt/4201.json`.
pub(super) fn of(house: &House, number: &str) -> Response {
    let day = house.now().date_in_norway();
    let known = MunicipalityNumber::parse(number).map(|it| (Municipality::valid_on(&it, day), it));
    let (municipality, successors, number) = match known {
        Some((Validity::Valid(it), number)) => (it, Vec::new(), number),
        Some((Validity::Expired { was, successors }, number)) => (was, successors, number),
        Some((Validity::Unknown, _)) | None => {
            return answer(StatusCode::NOT_FOUND, &json!({ "error": "no municipality has that number" }));
        }
    };
    let reception = house.inbox.contacts.reception(&number, day).filter(|_| successors.is_empty());
    let links: Vec<Value> = house
        .inbox
        .contacts
        .content()
        .links(Some(&number), day)
        .into_iter()
        .map(|it| json!({ "key": it.key, "title": text(&it.title), "url": it.url, "valid_from": it.valid_from.to_string() }))
        .collect();
    let successors: Vec<&str> = successors.iter().map(|it| it.number.as_str()).collect();
    let said = json!({
        "number": number.as_str(),
        "name": municipality.name,
        "county": municipality.county,
        "as_of": day.to_string(),
        // No receiver is said outright, so that nobody takes an empty list for a fault.
        "receives": reception.is_some(),
        "successors": successors,
        "her_ids": reception.iter().flat_map(|it| &it.her_ids).map(|it| it.0).collect::<Vec<_>>(),
        "units": reception.iter().flat_map(|it| &it.units).map(unit).collect::<Vec<_>>(),
        "page": format!("{}/kontakt/{number}", house.config().public_address.trim_end_matches('/')),
        "links": links,
    });
    answer(StatusCode::OK, &said)
}

fn unit(unit: &PublicUnit) -> Value {
    json!({
        "id": unit.id.0,
        "name": text(&unit.name),
        "is_default": unit.is_default,
        "her_ids": unit.her_ids.iter().map(|it| it.0).collect::<Vec<_>>(),
        "telephone": unit.telephone,
        "email": unit.email,
        "post": unit.post,
        "web": unit.web,
        "opening_hours": unit.opening_hours.as_ref().map(text),
        "questionnaire": unit.questionnaire,
        "languages": unit.languages,
        "receives": unit.receives.iter().map(text).collect::<Vec<_>>(),
        "kinds": unit.kinds,
        "needs": unit.needs,
    })
}

fn text(text: &Text) -> Value {
    json!({ "nb": text.nb, "nn": text.nn, "en": text.en })
}

fn answer(status: StatusCode, said: &Value) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "application/json; charset=utf-8"),
        (header::CACHE_CONTROL, KEPT_SECONDS),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (HeaderName::from_static("cross-origin-resource-policy"), "cross-origin"),
    ];
    (status, headers, said.to_string()).into_response()
}
