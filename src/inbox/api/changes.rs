//! What has happened, page by page. Nothing about persons is in it, so fetching it is not reading a report.

use crate::domain::Code;
use crate::inbox::House;
use crate::inbox::api::ApiCaller;
use crate::inbox::api::Problem;
use crate::inbox::api::item::ItemView;
use crate::inbox::api::item::json;
use crate::inbox::api::wanted::Wanted;
use crate::inbox::view::unit_name;
use crate::storage::Change;
use crate::storage::JournalMark;
use axum::extract::RawQuery;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;
use std::sync::Arc;

/// What a cursor begins with, so that another form of it can be told from this one. After 1 stood a line's number and
/// nothing of its hash.
const CURSOR_MARK: u8 = 2;
const CURSOR_MARK_BEFORE: u8 = 1;

/// A cursor, as far as it can be told by itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Cursor {
    At(JournalMark),
    /// Of the form before: nothing tells which journal it was of.
    Before,
}

/// What is asked for. Parsed by hand, so that a field that we do not know is refused and not passed over.
#[derive(Default, Debug)]
struct Asked {
    cursor: Option<Cursor>,
    limit: Option<u32>,
    /// Begin with what happens from now on; without a cursor only.
    from_now: bool,
}

impl Asked {
    /// All that is wrong with it, when something is.
    fn parse(query: &str, rows_max: u32) -> Result<Self, Vec<Wanted>> {
        let (mut asked, mut wrong) = (Self::default(), Vec::new());
        for field in query.split('&').filter(|it| !it.is_empty()) {
            let (name, value) = field.split_once('=').unwrap_or((field, ""));
            let fault = match name {
                "cursor" if asked.cursor.is_none() => {
                    asked.cursor = Cursor::parse(value);
                    asked.cursor.is_none().then_some(Wanted::Cursor)
                }
                "limit" if asked.limit.is_none() => {
                    let is_plain = value.bytes().all(|it| it.is_ascii_digit());
                    asked.limit = value.parse().ok().filter(|it| is_plain && (1..=rows_max).contains(it));
                    asked.limit.is_none().then_some(Wanted::Limit(rows_max))
                }
                "start" if value == "now" => {
                    asked.from_now = true;
                    None
                }
                "start" => Some(Wanted::Start),
                _ => Some(Wanted::QueryFields),
            };
            wrong.extend(fault.filter(|it| !wrong.contains(it)));
        }
        if wrong.is_empty() { Ok(asked) } else { Err(wrong) }
    }
}

impl Cursor {
    fn parse(cursor: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(cursor).ok()?;
        let (mark, rest) = bytes.split_first()?;
        let (line, piece) = rest.split_first_chunk()?;
        let line = u64::from_be_bytes(*line);
        i64::try_from(line).ok()?;
        match *mark {
            CURSOR_MARK => Some(Self::At(JournalMark { line, piece: piece.try_into().ok()? })),
            CURSOR_MARK_BEFORE if piece.is_empty() => Some(Self::Before),
            _ => None,
        }
    }
}

fn cursor_of(mark: JournalMark) -> String {
    let bytes = [&[CURSOR_MARK][..], &mark.line.to_be_bytes(), &mark.piece].concat();
    URL_SAFE_NO_PAD.encode(bytes)
}

pub(super) async fn list(
    State(house): State<Arc<House>>,
    caller: ApiCaller,
    RawQuery(query): RawQuery,
) -> Result<Response, Problem> {
    let rows_max = house.config().api.page_rows_max;
    let asked = Asked::parse(&query.unwrap_or_default(), rows_max);
    let asked = asked.map_err(|it| Problem::unreadable(it, caller.who.language))?;
    let limit = asked.limit.unwrap_or(rows_max);
    let store = &house.inbox.api;
    if asked.from_now && asked.cursor.is_none() {
        let end = store.journal_end().await.map_err(|it| Problem::store(&caller, it))?;
        return Ok(json(
            StatusCode::OK,
            &serde_json::json!({ "changes": [], "next_cursor": cursor_of(end), "more": false }),
        ));
    }
    let unknown = || Problem::of(Code::ApiCursorUnknown, caller.who.language);
    let after = match asked.cursor {
        None => None,
        Some(Cursor::At(mark)) => Some(mark),
        Some(Cursor::Before) => return Err(unknown()),
    };
    let page = store.api_changes(caller.who.user.id, &caller.who.sights(), after, limit).await;
    let page = page.map_err(|it| Problem::store(&caller, it))?.ok_or_else(unknown)?;
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
    use super::Cursor;
    use super::cursor_of;
    use crate::inbox::api::wanted::Wanted;
    use crate::storage::JournalMark;

    fn mark(line: u64) -> JournalMark {
        JournalMark::new(line, &[0xa7; 32])
    }

    #[test]
    fn a_cursor_is_what_we_gave_or_nothing() {
        for line in [0, 1, 77_000_000, i64::MAX as u64] {
            assert_eq!(Cursor::parse(&cursor_of(mark(line))), Some(Cursor::At(mark(line))));
        }
        let whole = cursor_of(mark(1));
        for wrong in ["", "AA", "////", "AQxx", &whole[1..], &whole[..20], &cursor_of(mark(u64::MAX))] {
            assert_eq!(Cursor::parse(wrong), None, "{wrong}");
        }
        assert_eq!(Cursor::parse("AQAAAAAAAAPo"), Some(Cursor::Before));
    }

    #[test]
    fn a_field_that_we_do_not_know_is_refused() {
        for right in ["", "limit=5", "limit=100", "start=now"] {
            assert!(Asked::parse(right, 100).is_ok(), "{right}");
        }
        let faults = |query: &str| Asked::parse(query, 100).err().unwrap();
        for wrong in ["limit=0", "limit=-1", "limit=+1", "limit=101", "limit"] {
            assert_eq!(faults(wrong), [Wanted::Limit(100)], "{wrong}");
        }
        assert_eq!(faults("cursor=%20"), [Wanted::Cursor]);
        assert_eq!(faults("start=then"), [Wanted::Start]);
        for wrong in ["x=1", "limit=5&limit=6", "x"] {
            assert_eq!(faults(wrong), [Wanted::QueryFields], "{wrong}");
        }
        assert_eq!(faults("x=1&limit=0&y=2"), [Wanted::QueryFields, Wanted::Limit(100)], "all of it, and each once");
        let both = Asked::parse(&format!("start=now&cursor={}", cursor_of(mark(7))), 100).unwrap();
        assert_eq!(both.cursor, Some(Cursor::At(mark(7))), "whoever has a cursor goes on from it");
    }
}
