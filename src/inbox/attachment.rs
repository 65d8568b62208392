//! Downloading an attachment: always saved, never shown in the browser, and always in the journal.

use crate::domain::ItemId;
use crate::domain::Share;
use crate::inbox::House;
use crate::inbox::fault::Fault;
use crate::inbox::item;
use crate::inbox::session::SignedIn;
use crate::storage::NewJournalLine;
use axum::body::Body;
use axum::extract::Path;
use axum::extract::State;
use axum::http::HeaderValue;
use axum::http::header;
use axum::response::IntoResponse;
use axum::response::Response;
use std::sync::Arc;

/// What the first bytes show a file to be: content type and file name extension. Anything else is just bytes.
pub(super) fn found_type(bytes: &[u8]) -> (&'static str, &'static str) {
    match bytes {
        [b'%', b'P', b'D', b'F', b'-', ..] => ("application/pdf", "pdf"),
        [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => ("image/png", "png"),
        [0xff, 0xd8, 0xff, ..] => ("image/jpeg", "jpg"),
        _ => ("application/octet-stream", "bin"),
    }
}

/// One attachment of an opened report. Its name is the report's reference and a number: a sender's file name can tell
/// who the person is.
pub(super) async fn download(
    State(house): State<Arc<House>>,
    who: SignedIn,
    Path((id, position)): Path<(String, usize)>,
) -> Result<Response, Fault> {
    let fault = |it| Fault::store(who.language, it);
    let id: ItemId = id.parse().map_err(|_| Fault::absent(who.language))?;
    let detail = house.inbox.items.item(id, &who.user.units).await.map_err(fault)?;
    if detail.row.share == Share::Awareness {
        return Err(Fault::only_awareness(who.language));
    }
    if !detail.row.state.shows_content() {
        return Err(Fault::not_opened(who.language));
    }

    let raw = house.inbox.messages.raw(detail.row.message).await.map_err(fault)?;
    let reader = Arc::clone(&house.inbox.reader);
    let found = item::blocking(who.language, move || reader.attachment(&raw, position)).await?;
    let bytes = found
        .map_err(|it| Fault::bug(who.language, &it.to_string()))?
        .ok_or_else(|| Fault::absent(who.language))?
        .into_inner();

    let line = NewJournalLine {
        at: house.now(),
        actor: who.actor(),
        action: "downloaded",
        message: Some(detail.row.message),
        detail: format!("{position}"),
    };
    house.inbox.operator.journal(line).await.map_err(fault)?;

    let (kind, extension) = found_type(&bytes);
    let name = format!("attachment; filename=\"{}-vedlegg-{position}.{extension}\"", detail.row.reference);
    let mut response = Body::from(bytes).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    let name = HeaderValue::try_from(name).expect("a reference and a number are ASCII without control characters");
    headers.insert(header::CONTENT_DISPOSITION, name);
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::found_type;

    #[test]
    fn a_type_is_what_the_first_bytes_show_and_never_what_was_said() {
        assert_eq!(found_type(b"%PDF-1.7"), ("application/pdf", "pdf"));
        assert_eq!(found_type(b"\x89PNG\r\n\x1a\n"), ("image/png", "png"));
        assert_eq!(found_type(b"\xff\xd8\xff\xe0"), ("image/jpeg", "jpg"));
        assert_eq!(found_type(b"<html><script>"), ("application/octet-stream", "bin"));
        assert_eq!(found_type(b""), ("application/octet-stream", "bin"));
    }
}
