//! Giving out an attachment: saved, or shown when nothing in it can act; always in the journal, and never when it holds
//! something harmful or nobody has looked at it yet.

use crate::domain;
use crate::domain::AttachmentContent;
use crate::domain::ItemId;
use crate::domain::PlainText;
use crate::domain::ScanResult;
use crate::domain::Share;
use crate::inbox::House;
use crate::inbox::access;
use crate::inbox::fault::Fault;
use crate::inbox::item;
use crate::inbox::port::NthAttachment;
use crate::inbox::port::ReadMessage;
use crate::inbox::session::SignedIn;
use crate::storage::ScannedFile;
use axum::body::Body;
use axum::extract::Path;
use axum::extract::State;
use axum::http::HeaderValue;
use axum::http::header;
use axum::response::IntoResponse;
use axum::response::Response;
use std::sync::Arc;

/// What is done with attachments that no antivirus program has looked at.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum WhileUnsure {
    /// There is no such program here.
    NobodyLooks,
    Hold,
    Release,
}

/// Whether an attachment may be given out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Standing {
    Free,
    /// It may, though nobody has looked at it yet.
    FreeUnlooked,
    /// It is held until somebody has looked.
    Held,
    /// It cannot be looked at, and is held for good.
    Unscannable,
    /// Never.
    Infected,
}

impl Standing {
    pub(super) fn of(scanned: &[ScannedFile], position: usize, while_unsure: WhileUnsure) -> Self {
        let known = scanned.iter().find(|it| usize::try_from(it.position) == Ok(position)).map(|it| it.result);
        match (known, while_unsure) {
            (Some(ScanResult::Infected), _) => Self::Infected,
            (Some(ScanResult::Clean), _) | (Some(ScanResult::Unscannable) | None, WhileUnsure::NobodyLooks) => {
                Self::Free
            }
            (Some(ScanResult::Unscannable), WhileUnsure::Hold) => Self::Unscannable,
            (None, WhileUnsure::Hold) => Self::Held,
            (Some(ScanResult::Unscannable) | None, WhileUnsure::Release) => Self::FreeUnlooked,
        }
    }

    pub(super) const fn is_free(self) -> bool {
        match self {
            Self::Free | Self::FreeUnlooked => true,
            Self::Held | Self::Unscannable | Self::Infected => false,
        }
    }
}

/// Whether the message may be given out as it came: with every attachment inside.
pub(super) fn is_free_whole(read: &ReadMessage, scanned: &[ScannedFile], while_unsure: WhileUnsure) -> bool {
    let mut inside = read.attachments.iter().filter(|it| matches!(it.content, AttachmentContent::Inline(_)));
    inside.all(|it| Standing::of(scanned, it.position, while_unsure).is_free())
}

/// What the bytes show a file to be: content type and file name extension. Anything else is just bytes.
pub(super) fn found_type(bytes: &[u8]) -> (&'static str, &'static str) {
    match bytes {
        [b'%', b'P', b'D', b'F', b'-', ..] => ("application/pdf", "pdf"),
        [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => ("image/png", "png"),
        [0xff, 0xd8, 0xff, ..] => ("image/jpeg", "jpg"),
        [b'I', b'I', b'*', 0, ..] | [b'M', b'M', 0, b'*', ..] => ("image/tiff", "tif"),
        _ if PlainText::is_markup(bytes) => ("application/octet-stream", "bin"),
        _ => PlainText::of(bytes).map_or(("application/octet-stream", "bin"), |it| (it.content_type(), "txt")),
    }
}

/// Pictures and texts can do nothing in a browser that does not guess (`nosniff`). A PDF can hold programs, and a TIFF is
/// shown by few; they are saved.
pub(super) fn can_be_shown(content_type: &str) -> bool {
    matches!(content_type, "image/png" | "image/jpeg") || content_type.starts_with("text/plain;")
}

/// What is to be done with a file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Wish {
    Save,
    Show,
}

pub(super) async fn download(
    State(house): State<Arc<House>>,
    who: SignedIn,
    Path((id, position)): Path<(String, usize)>,
) -> Result<Response, Fault> {
    give(&house, &who, &id, Of::Report, position, Wish::Save).await
}

pub(super) async fn download_of_follow_up(
    State(house): State<Arc<House>>,
    who: SignedIn,
    Path((id, number, position)): Path<(String, usize, usize)>,
) -> Result<Response, Fault> {
    give(&house, &who, &id, Of::FollowUp(number), position, Wish::Save).await
}

pub(super) async fn show_of_follow_up(
    State(house): State<Arc<House>>,
    who: SignedIn,
    Path((id, number, position)): Path<(String, usize, usize)>,
) -> Result<Response, Fault> {
    give(&house, &who, &id, Of::FollowUp(number), position, Wish::Show).await
}

pub(super) async fn show(
    State(house): State<Arc<House>>,
    who: SignedIn,
    Path((id, position)): Path<(String, usize)>,
) -> Result<Response, Fault> {
    give(&house, &who, &id, Of::Report, position, Wish::Show).await
}

/// Whose attachment it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Of {
    Report,
    /// What came about the case later, counted from 1.
    FollowUp(usize),
}

/// One attachment as a file, for whoever else may have it.
pub(super) async fn save(house: &Arc<House>, who: &SignedIn, id: &str, position: usize) -> Result<Response, Fault> {
    give(house, who, id, Of::Report, position, Wish::Save).await
}

/// The same of what came about the case later, counted from 1.
pub(super) async fn save_of_follow_up(
    house: &Arc<House>,
    who: &SignedIn,
    id: &str,
    number: usize,
    position: usize,
) -> Result<Response, Fault> {
    give(house, who, id, Of::FollowUp(number), position, Wish::Save).await
}

/// One attachment of an opened report. Its name is the report's reference and a number: a sender's file name can tell
/// who the person is.
async fn give(
    house: &Arc<House>,
    who: &SignedIn,
    id: &str,
    of: Of,
    position: usize,
    wish: Wish,
) -> Result<Response, Fault> {
    let fault = |it| Fault::store(who.language, it);
    let id: ItemId = id.parse().map_err(|_| Fault::absent(who.language))?;
    let looked = access::look(house, who, id).await?;
    access::require(house, who, &looked, domain::Wish::Read).await?;
    let detail = looked.detail;
    if detail.row.share == Share::Awareness {
        return Err(Fault::only_awareness(who.language));
    }
    if !detail.row.state.shows_content() {
        return Err(Fault::not_opened(who.language));
    }
    let (message, reference) = match of {
        Of::Report => (detail.row.message, detail.row.reference.clone()),
        Of::FollowUp(number) => {
            let all = house.inbox.messages.follow_ups(detail.row.message).await.map_err(fault)?;
            let found = number.checked_sub(1).and_then(|it| all.into_iter().nth(it));
            let found = found.ok_or_else(|| Fault::absent(who.language))?;
            (found.message, found.reference)
        }
    };
    let scanned = house.inbox.scans.scanned_files(message).await.map_err(fault)?;
    if !Standing::of(&scanned, position, house.inbox.while_unsure).is_free() {
        return Err(Fault::held_back(who.language));
    }

    let raw = house.inbox.messages.raw(message).await.map_err(fault)?;
    let reader = Arc::clone(&house.inbox.reader);
    let found = item::blocking(who.language, move || reader.attachment(&raw, position)).await?;
    let NthAttachment { number, bytes } =
        found.map_err(|it| Fault::bug(who.language, &it.to_string()))?.ok_or_else(|| Fault::absent(who.language))?;
    let bytes = bytes.into_inner();

    let (kind, extension) = found_type(&bytes);
    let (action, disposition) = match wish {
        Wish::Show if can_be_shown(kind) => ("attachment_viewed", "inline"),
        Wish::Show | Wish::Save => ("downloaded", "attachment"),
    };
    let which = match of {
        Of::Report => format!("{number}"),
        Of::FollowUp(_) => format!("{number}, {reference}"),
    };
    house.journal_about(detail.row.message, who.actor(), action, which).await.map_err(fault)?;

    let name = format!("{disposition}; filename=\"{}-vedlegg-{number}.{extension}\"", reference);
    let mut response = Body::from(bytes).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    let name = HeaderValue::try_from(name).expect("a reference and a number are ASCII without control characters");
    headers.insert(header::CONTENT_DISPOSITION, name);
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::Standing;
    use super::WhileUnsure;
    use super::can_be_shown;
    use super::found_type;
    use crate::domain::ScanResult;
    use crate::storage::ScannedFile;

    #[test]
    fn a_type_is_what_the_first_bytes_show_and_never_what_was_said() {
        assert_eq!(found_type(b"%PDF-1.7"), ("application/pdf", "pdf"));
        assert_eq!(found_type(b"\x89PNG\r\n\x1a\n"), ("image/png", "png"));
        assert_eq!(found_type(b"\xff\xd8\xff\xe0"), ("image/jpeg", "jpg"));
        assert_eq!(found_type(b"<html><script>"), ("application/octet-stream", "bin"));
        assert_eq!(found_type(b"MM\0*"), ("image/tiff", "tif"));
        assert_eq!(found_type(b"\0\x01"), ("application/octet-stream", "bin"));
        assert_eq!(found_type(b""), ("application/octet-stream", "bin"));
    }

    #[test]
    fn only_what_cannot_act_is_shown() {
        for (bytes, shown) in [
            (&b"%PDF-1.7"[..], false),
            (b"MM\0*", false),
            (b"\0", false),
            (b"\x89PNG\r\n\x1a\n", true),
            (b"Hei <b onclick=x()>", true),
            (b"<svg onload=x()>", false),
        ] {
            assert_eq!(can_be_shown(found_type(bytes).0), shown, "{bytes:?}");
        }
    }

    #[test]
    fn an_infected_file_is_never_given_out_and_an_unknown_one_is_held_when_somebody_looks() {
        use Standing::*;
        let of = |result: Option<ScanResult>, while_unsure| {
            let known: Vec<_> = result.into_iter().map(|result| ScannedFile { position: 2, result }).collect();
            Standing::of(&known, 2, while_unsure)
        };
        for (result, nobody, hold, release) in [
            (None, Free, Held, FreeUnlooked),
            (Some(ScanResult::Clean), Free, Free, Free),
            (Some(ScanResult::Unscannable), Free, Unscannable, FreeUnlooked),
            (Some(ScanResult::Infected), Infected, Infected, Infected),
        ] {
            assert_eq!(of(result, WhileUnsure::NobodyLooks), nobody);
            assert_eq!(of(result, WhileUnsure::Hold), hold);
            assert_eq!(of(result, WhileUnsure::Release), release);
        }
        let other = [ScannedFile { position: 3, result: ScanResult::Clean }];
        assert_eq!(Standing::of(&other, 2, WhileUnsure::Hold), Held);
    }
}
