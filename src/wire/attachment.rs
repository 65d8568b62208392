//! Attachments (vedlegg): the Documents of a message whose RefDoc/MsgType is `A`.

use super::node::child;
use super::node::child_coded;
use super::node::child_text;
use crate::domain::Attachment;
use crate::domain::AttachmentContent;
use crate::domain::Redacted;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use roxmltree::Node;
use std::ops::Range;

const BASE64_NAMESPACE: &str = "http://www.kith.no/xmlstds/base64container";

/// Base64 characters decoded at a time while checking; a multiple of four.
const PIECE: usize = 8 * 1024;

/// The attachment in `document`, when it is one.
pub(super) fn attachment(document: Node<'_, '_>, position: usize, source: &str) -> Option<Attachment> {
    let reference = child(document, "RefDoc")?;
    let kind = child_coded(reference, "MsgType").and_then(|it| it.code);
    if kind.as_deref() != Some("A") {
        return None;
    }
    Some(Attachment {
        position,
        id: child_text(reference, "Id"),
        description: child_text(reference, "Description").map(Redacted::new),
        declared_type: child_text(reference, "MimeType"),
        compression: child_coded(reference, "Compression"),
        content: content(reference, source),
    })
}

fn content(reference: Node<'_, '_>, source: &str) -> AttachmentContent {
    if child(reference, "FileReference").is_some() {
        return AttachmentContent::External;
    }
    let container = child(reference, "Content").and_then(|content| {
        let is_container = |it: &Node<'_, '_>| it.is_element() && it.tag_name().namespace() == Some(BASE64_NAMESPACE);
        content.children().find(is_container)
    });
    let Some(container) = container else { return AttachmentContent::Absent };
    let Some(text) = container.first_child().filter(Node::is_text) else { return AttachmentContent::Absent };
    let range = text.range();
    let Some(encoded) = source.get(range.clone()) else { return AttachmentContent::Undecodable };
    match measure(encoded) {
        Some((bytes, start)) => AttachmentContent::Inline { bytes, found_type: type_of(&start), text: range },
        None => AttachmentContent::Undecodable,
    }
}

/// The decoded size and the first bytes, without ever holding the whole. `None`: not base64.
fn measure(encoded: &str) -> Option<(usize, Vec<u8>)> {
    let mut size = 0;
    let mut start = Vec::new();
    let mut piece = Vec::with_capacity(PIECE);
    let mut decoded = Vec::with_capacity(PIECE / 4 * 3);
    let mut ended = false;
    let mut take = |piece: &mut Vec<u8>| -> Option<()> {
        if piece.is_empty() {
            return Some(());
        }
        if ended {
            return None;
        }
        ended = piece.ends_with(b"=");
        decoded.clear();
        STANDARD.decode_vec(&piece, &mut decoded).ok()?;
        size += decoded.len();
        if start.len() < 16 {
            start.extend(decoded.iter().take(16 - start.len()));
        }
        piece.clear();
        Some(())
    };
    for byte in encoded.bytes().filter(|it| !it.is_ascii_whitespace()) {
        piece.push(byte);
        if piece.len() == PIECE {
            take(&mut piece)?;
        }
    }
    take(&mut piece)?;
    Some((size, start))
}

/// The type that the first bytes show (magic bytes), for the types that the house takes or knows the danger of.
fn type_of(start: &[u8]) -> Option<&'static str> {
    const KNOWN: &[(&[u8], &str)] = &[
        (b"%PDF-", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"\xff\xd8\xff", "image/jpeg"),
        (b"II*\0", "image/tiff"),
        (b"MM\0*", "image/tiff"),
        (b"GIF8", "image/gif"),
        (b"PK\x03\x04", "application/zip"),
        (b"\x1f\x8b", "application/gzip"),
        (b"MZ", "application/x-msdownload"),
        (b"\xd0\xcf\x11\xe0", "application/x-ole-storage"),
        (b"{\\rtf", "application/rtf"),
    ];
    KNOWN.iter().find(|(magic, _)| start.starts_with(magic)).map(|(_, name)| *name)
}

/// The bytes of an attachment whose base64 stands at `text` in `source`.
pub fn attachment_bytes(source: &str, text: Range<usize>) -> Option<Vec<u8>> {
    let packed: Vec<u8> = source.get(text)?.bytes().filter(|it| !it.is_ascii_whitespace()).collect();
    STANDARD.decode(packed).ok()
}

#[cfg(test)]
mod tests {
    use super::attachment_bytes;
    use super::measure;
    use super::type_of;
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;

    #[test]
    fn measuring_agrees_with_decoding_whatever_the_length_and_line_breaks() {
        for size in [0, 1, 2, 3, 5000, 6144, 6145, 20_000] {
            let bytes: Vec<u8> = (0..size).map(|it| u8::try_from(it % 251).unwrap()).collect();
            let plain = STANDARD.encode(&bytes);
            let wrapped: String =
                plain.as_bytes().chunks(76).flat_map(|it| [std::str::from_utf8(it).unwrap(), "\r\n"]).collect();

            assert_eq!(measure(&wrapped).unwrap().0, size);
            assert_eq!(attachment_bytes(&wrapped, 0..wrapped.len()).unwrap(), bytes);
        }
    }

    #[test]
    fn what_is_not_base64_is_told() {
        assert_eq!(measure("@@@@"), None);
        assert_eq!(measure("QUJD QUI"), None);
        assert_eq!(measure("QUI=QUJD"), None);
    }

    #[test]
    fn the_first_bytes_show_the_type() {
        assert_eq!(type_of(b"%PDF-1.7"), Some("application/pdf"));
        assert_eq!(type_of(b"MZ\x90\0"), Some("application/x-msdownload"));
        assert_eq!(type_of(b"hello"), None);
    }
}
