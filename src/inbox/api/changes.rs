//! What has happened, page by page. Nothing about persons is in it, so fetching it is not reading a report.

use crate::domain::Code;
use crate::inbox::House;
use crate::inbox::api::ApiCaller;
use crate::inbox::api::Problem;
use crate::inbox::api::item::ItemView;
use crate::inbox::api::item::json;
use crate::inbox::view::unit_name;
use crate::storage::Change;
use axum::extract::RawQuery;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;
use std::sync::Arc;

/// What a cursor begins with, so that another form of it can be told from this one.
const CURSOR_MARK: u8 = 1;

/// What is asked for. Parsed by hand, so that a field that we do not know is refused and not passed over.
#[derive(Default)]
struct Asked {
    cursor: Option<u64>,
    limit: Option<u32>,
    /// Begin with what happens from now on; without a cursor only.
    from_now: bool,
}

impl Asked {
    fn parse(query: &str) -> Option<Self> {
        let mut asked = Self::default();
        for field in query.split('&').filter(|it| !it.is_empty()) {
            let (name, value) = field.split_once('=')?;
            match name {
                "cursor" if asked.cursor.is_none() => asked.cursor = Some(line_of(value)?),
                "limit" if asked.limit.is_none() => {
                    let is_plain = value.bytes().all(|it| it.is_ascii_digit());
                    asked.limit = Some(value.parse().ok().filter(|it| is_plain && *it > 0)?);
                }
                "start" if value == "now" => asked.from_now = true,
                _ => return None,
            }
        }
        Some(asked)
    }
}

fn cursor_of(line: u64) -> String {
    let mut bytes = vec![CURSOR_MARK];
    bytes.extend_from_slice(&line.to_be_bytes());
    URL_SAFE_NO_PAD.encode(bytes)
}

fn line_of(cursor: &str) -> Option<u64> {
    let bytes = URL_SAFE_NO_PAD.decode(cursor).ok()?;
    let (mark, line) = bytes.split_first()?;
    let line = u64::from_be_bytes(line.try_into().ok()?);
    (*mark == CURSOR_MARK && i64::try_from(line).is_ok()).then_some(line)
}

pub(super) async fn list(
    State(house): State<Arc<House>>,
    caller: ApiCaller,
    RawQuery(query): RawQuery,
) -> Result<Response, Problem> {
    let unreadable = || Problem::of(Code::ApiRequestUnreadable, caller.who.language);
    let asked = Asked::parse(&query.unwrap_or_default()).ok_or_else(unreadable)?;
    let rows_max = house.config().api.page_rows_max;
    let limit = asked.limit.unwrap_or(rows_max);
    if limit > rows_max {
        return Err(unreadable());
    }
    let store = &house.inbox.api;
    if asked.from_now && asked.cursor.is_none() {
        let end = store.journal_end().await.map_err(|it| Problem::store(&caller, it))?;
        return Ok(json(
            StatusCode::OK,
            &serde_json::json!({ "changes": [], "next_cursor": cursor_of(end), "more": false }),
        ));
    }
    let page = store.api_changes(&caller.who.sights(), asked.cursor.unwrap_or(0), limit).await;
    let page = page.map_err(|it| Problem::store(&caller, it))?;
    let change = |it: &Change| {
        let item = ItemView::of_change(&it.item, &house);
        serde_json::json!({ "event": it.kind, "at": it.at.to_string(), "item": item.json() })
    };
    let changes: Vec<Value> = page.changes.iter().map(change).collect();
    Ok(json(
        StatusCode::OK,
        &serde_json::json!({ "changes": changes, "next_cursor": cursor_of(page.looked_to), "more": page.more }),
    ))
}

/// Which case system the token is for.
pub(super) async fn me(State(house): State<Arc<House>>, caller: ApiCaller) -> Result<Response, Problem> {
    let sights = caller.who.sights();
    let units: Vec<Value> = sights
        .iter()
        .map(|it| {
            let graded = it.clearance == crate::domain::Clearance::Graded;
            serde_json::json!({ "id": it.unit.0, "name": unit_name(&house, &it.unit), "graded_addresses": graded })
        })
        .collect();
    let name = &caller.who.user.display_name;
    Ok(json(StatusCode::OK, &serde_json::json!({ "id": caller.who.user.id.to_string(), "name": name, "units": units })))
}

#[cfg(test)]
mod tests {
    use super::Asked;
    use super::cursor_of;
    use super::line_of;

    #[test]
    fn a_cursor_is_what_we_gave_or_nothing() {
        for line in [0, 1, 77_000_000, i64::MAX as u64] {
            assert_eq!(line_of(&cursor_of(line)), Some(line));
        }
        for wrong in ["", "AA", "////", &cursor_of(1)[1..], &cursor_of(u64::MAX)] {
            assert_eq!(line_of(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_field_that_we_do_not_know_is_refused() {
        assert!(Asked::parse("").is_some() && Asked::parse("limit=5").is_some() && Asked::parse("start=now").is_some());
        for wrong in ["x=1", "limit=0", "limit=-1", "limit=+1", "limit=5&limit=6", "cursor=%20", "start=then", "limit"]
        {
            assert!(Asked::parse(wrong).is_none(), "{wrong}");
        }
        let both = Asked::parse(&format!("start=now&cursor={}", cursor_of(7))).unwrap();
        assert_eq!(both.cursor, Some(7), "whoever has a cursor goes on from it");
    }
}
