//! Attachments (vedlegg): the Documents of a message whose RefDoc/MsgType is `A`, and those that hold a file under another
//! name, or none.

use super::node::child;
use super::node::child_coded;
use super::node::child_text;
use super::probe::Probe;
use super::unpack::Budget;
use super::unpack::Sink;
use super::unpack::UnpackFault;
use super::unpack::UnpackLimits;
use crate::domain::Attachment;
use crate::domain::AttachmentContent;
use crate::domain::Coded;
use crate::domain::InlineFile;
use crate::domain::Packing;
use crate::domain::Redacted;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use roxmltree::Node;
use std::ops::Range;

const BASE64_NAMESPACE: &str = "http://www.kith.no/xmlstds/base64container";

/// Base64 characters decoded at a time; a multiple of four.
const PIECE: usize = 8 * 1024;

/// The attachment in `document`, when it is one. What is packed counts against `budget`.
pub(super) fn attachment(
    document: Node<'_, '_>,
    position: usize,
    source: &str,
    budget: &mut Budget,
) -> Option<Attachment> {
    let reference = child(document, "RefDoc")?;
    let kind = child_coded(reference, "MsgType").and_then(|it| it.code);
    if kind.as_deref() != Some("A") && containers(reference).next().is_none() {
        return None;
    }
    let compression = child_coded(reference, "Compression");
    Some(Attachment {
        position,
        id: child_text(reference, "Id"),
        description: child_text(reference, "Description").map(Redacted::new),
        declared_type: child_text(reference, "MimeType"),
        content: content(reference, compression.as_ref(), source, budget),
        compression,
    })
}

/// Code list 1204. `None`: another method than the two that are understood.
fn packing(compression: Option<&Coded>) -> Option<Packing> {
    match compression.and_then(|it| it.code.as_deref()) {
        None => Some(Packing::None),
        Some("GZ") => Some(Packing::Gzip),
        Some("DF") => Some(Packing::Deflate),
        Some(_) => None,
    }
}

fn content(
    reference: Node<'_, '_>,
    compression: Option<&Coded>,
    source: &str,
    budget: &mut Budget,
) -> AttachmentContent {
    if child(reference, "FileReference").is_some() {
        return AttachmentContent::External;
    }
    let mut containers = containers(reference);
    let container = containers.next().filter(|it| it.children().any(|it| it.is_text()));
    let Some(range) = container.and_then(|it| inside(it, source)) else { return AttachmentContent::Absent };
    if containers.next().is_some() {
        // Two files in one place: neither may be passed over.
        return AttachmentContent::Undecodable;
    }
    let Some(encoded) = source.get(range.clone()) else { return AttachmentContent::Undecodable };
    let Some(packing) = packing(compression) else { return AttachmentContent::PackingUnknown };
    match unpacked(encoded, packing, Probe::default(), budget) {
        Ok(probe) => {
            match packing {
                Packing::None => {}
                Packing::Gzip | Packing::Deflate => budget.spend(probe.size),
            }
            AttachmentContent::Inline(InlineFile {
                bytes: probe.size,
                found_type: probe.found_type(),
                pdf_a: probe.pdf_a(),
                packing,
                text: range,
            })
        }
        Err(Fault::NotBase64) => AttachmentContent::Undecodable,
        Err(Fault::Packing(UnpackFault::Broken)) => AttachmentContent::PackingBroken,
        Err(Fault::Packing(UnpackFault::TooFar)) => AttachmentContent::UnpacksTooFar,
    }
}

fn containers<'a, 'i>(reference: Node<'a, 'i>) -> impl Iterator<Item = Node<'a, 'i>> {
    let within = child(reference, "Content").into_iter().flat_map(|it| it.children());
    within.filter(|it| it.is_element() && it.tag_name().namespace() == Some(BASE64_NAMESPACE))
}

/// Where that stands in the source which is between the tags of an element. `None`: it has but one tag.
fn inside(element: Node<'_, '_>, source: &str) -> Option<Range<usize>> {
    let whole = element.range();
    let markup = source.get(whole.clone())?;
    let end = markup.rfind("</")?;
    let mut quote = None;
    let closes = markup.bytes().position(|sign| {
        match (quote, sign) {
            (None, b'>') => return true,
            (None, b'"' | b'\'') => quote = Some(sign),
            (Some(open), _) if open == sign => quote = None,
            (None | Some(_), _) => {}
        }
        false
    })?;
    Some(whole.start + closes + 1..whole.start + end)
}

/// The characters of base64 text in `markup`: around comments and instructions, out of CDATA sections, and also where they are
/// written as references. Some writers make `&#13;` of each line's end.
fn pieces(markup: &str) -> impl Iterator<Item = &str> {
    let mut rest = markup;
    std::iter::from_fn(move || {
        while !rest.is_empty() {
            let (piece, later) = first_piece(rest);
            rest = later;
            if !piece.is_empty() {
                return Some(piece);
            }
        }
        None
    })
}

/// The first piece of what is not empty, and the rest, which is shorter. What is no base64 stays so.
fn first_piece(markup: &str) -> (&str, &str) {
    let after = |rest: &str, end: &str| rest.find(end).map_or(rest.len(), |it| it + end.len());
    if let Some(text) = markup.strip_prefix("<![CDATA[") {
        return text.split_once("]]>").unwrap_or((text, ""));
    }
    if let Some(comment) = markup.strip_prefix("<!--") {
        return ("", &comment[after(comment, "-->")..]);
    }
    if let Some(instruction) = markup.strip_prefix("<?") {
        return ("", &instruction[after(instruction, "?>")..]);
    }
    if let Some((reference, rest)) = markup.strip_prefix('&').and_then(|it| it.split_once(';')) {
        return (referred(reference).unwrap_or("&"), rest);
    }
    let end = markup.find(['<', '&']).unwrap_or(markup.len());
    markup.split_at(end.max(1))
}

/// What a reference such as `#13` or `#x3D` stands for, when it is white space or belongs to base64.
fn referred(reference: &str) -> Option<&'static str> {
    const SIGNS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=";
    let number = reference.strip_prefix('#')?;
    let number = match number.strip_prefix('x') {
        Some(hex) => u32::from_str_radix(hex, 16),
        None => number.parse(),
    };
    match char::from_u32(number.ok()?)? {
        '\t' | '\n' | '\r' | ' ' => Some(" "),
        sign => SIGNS.find(sign).map(|it| &SIGNS[it..=it]),
    }
}

/// Why the bytes of an attachment cannot be had.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Fault {
    NotBase64,
    Packing(UnpackFault),
}

/// Decodes and unpacks into `sink`, a piece at a time. What is not packed is as large as the message lets it be; that it
/// is too large is for `rules`.
fn unpacked<W: Sink>(encoded: &str, packing: Packing, sink: W, budget: &Budget) -> Result<W, Fault> {
    let mut unpacker = match packing {
        Packing::None => Budget::unlimited().unpacker(packing, sink),
        Packing::Gzip | Packing::Deflate => budget.unpacker(packing, sink),
    };
    let mut piece = Vec::with_capacity(PIECE);
    let mut decoded = Vec::with_capacity(PIECE / 4 * 3);
    let mut ended = false;
    let mut burst = Ok(());
    let mut take = |piece: &mut Vec<u8>| -> Result<(), Fault> {
        if piece.is_empty() {
            return Ok(());
        }
        if ended {
            return Err(Fault::NotBase64);
        }
        ended = piece.ends_with(b"=");
        decoded.clear();
        STANDARD.decode_vec(&piece, &mut decoded).map_err(|_| Fault::NotBase64)?;
        if burst.is_ok() {
            // That it is not base64 is told first, wherever it begins.
            burst = unpacker.feed(&decoded).map_err(Fault::Packing);
        }
        piece.clear();
        Ok(())
    };
    for line in pieces(encoded).flat_map(str::lines) {
        let mut line = line.as_bytes().trim_ascii();
        while !line.is_empty() {
            let (now, later) = line.split_at(line.len().min(PIECE - piece.len()));
            let blanks = now.iter().any(u8::is_ascii_whitespace);
            if blanks {
                piece.extend(now.iter().filter(|it| !it.is_ascii_whitespace()));
            } else {
                piece.extend_from_slice(now);
            }
            line = later;
            if piece.len() == PIECE {
                take(&mut piece)?;
            }
        }
    }
    take(&mut piece)?;
    burst?;
    unpacker.end().map_err(Fault::Packing)
}

/// The bytes of an attachment, decoded and unpacked. `None`: see [`AttachmentContent`].
pub fn attachment_bytes(source: &str, file: &InlineFile, limits: &UnpackLimits) -> Option<Vec<u8>> {
    unpacked(source.get(file.text.clone())?, file.packing, Vec::with_capacity(file.bytes), &Budget::new(limits)).ok()
}

#[cfg(test)]
mod tests {
    use super::Fault;
    use super::attachment;
    use super::attachment_bytes;
    use super::unpacked;
    use crate::domain::Attachment;
    use crate::domain::AttachmentContent;
    use crate::domain::InlineFile;
    use crate::domain::MessageLimits;
    use crate::domain::Packing;
    use crate::wire::probe::Probe;
    use crate::wire::unpack::Budget;
    use crate::wire::unpack::UnpackFault;
    use crate::wire::unpack::UnpackLimits;
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;
    use flate2::Compression;
    use roxmltree::Document;
    use std::io::Write;

    fn limits() -> UnpackLimits {
        UnpackLimits::from(&MessageLimits::default())
    }

    fn measure(encoded: &str, packing: Packing) -> Result<usize, Fault> {
        unpacked(encoded, packing, Probe::default(), &Budget::new(&limits())).map(|it| it.size)
    }

    #[test]
    fn measuring_agrees_with_decoding_whatever_the_length_and_line_breaks() {
        for size in [0, 1, 2, 3, 5000, 6144, 6145, 20_000] {
            let bytes: Vec<u8> = (0..size).map(|it| u8::try_from(it % 251).unwrap()).collect();
            let plain = STANDARD.encode(&bytes);
            for gap in ["\r\n", " ", "\n\t \n"] {
                let wrapped: String =
                    plain.as_bytes().chunks(76).flat_map(|it| [std::str::from_utf8(it).unwrap(), gap]).collect();
                let file = InlineFile {
                    bytes: size,
                    found_type: None,
                    pdf_a: None,
                    packing: Packing::None,
                    text: 0..wrapped.len(),
                };

                assert_eq!(measure(&wrapped, Packing::None), Ok(size));
                assert_eq!(attachment_bytes(&wrapped, &file, &limits()).unwrap(), bytes);
            }
        }
    }

    #[test]
    fn base64_is_read_whole_however_xml_lets_it_be_written() {
        for written in [
            "QUJD REVG",
            "QUJD&#13;\nREVG&#xD;\n",
            "<![CDATA[QUJDREVG]]>",
            " QU<![CDATA[JD]]>RE<![CDATA[VG]]>",
            "QUJD<!-- REVG -->RE<?x QUJD?>VG",
            "&#81;UJDREV&#x47;",
        ] {
            let file =
                InlineFile { bytes: 6, found_type: None, pdf_a: None, packing: Packing::None, text: 0..written.len() };
            assert_eq!(measure(written, Packing::None), Ok(6), "{written}");
            assert_eq!(attachment_bytes(written, &file, &limits()).unwrap(), b"ABCDEF", "{written}");
        }
        assert_eq!(measure("QUJD&#61;", Packing::None), Err(Fault::NotBase64));
        assert_eq!(measure("QUI&#61;", Packing::None), Ok(2));
    }

    fn opened(document: &str) -> Option<Attachment> {
        let container = "xmlns:b='http://www.kith.no/xmlstds/base64container'";
        let text = format!("<Document {container}><RefDoc>{document}</RefDoc></Document>");
        let tree = Document::parse(&text).unwrap();
        attachment(tree.root_element(), 2, &text, &mut Budget::new(&limits()))
    }

    #[test]
    fn the_whole_content_of_the_container_is_the_file() {
        for (inner, bytes) in [("QUJD<!-- > -->REVG", 6), ("<![CDATA[QUJD]]>", 3), ("QUJD&#13;&#10;REVG", 6)] {
            let document = format!(
                "<MsgType V='A'/><Content><b:Base64Container a='>' c=\"'>\">{inner}</b:Base64Container></Content>"
            );
            let AttachmentContent::Inline(file) = opened(&document).unwrap().content else { panic!("{inner}") };
            assert_eq!(file.bytes, bytes, "{inner}");
        }
        for empty in [
            "<b:Base64Container/>",
            "<b:Base64Container></b:Base64Container>",
            "<b:Base64Container><!-- --></b:Base64Container>",
        ] {
            let document = format!("<MsgType V='A'/><Content>{empty}</Content>");
            assert_eq!(opened(&document).unwrap().content, AttachmentContent::Absent, "{empty}");
        }
    }

    #[test]
    fn a_file_is_an_attachment_whatever_it_is_called_and_two_in_one_place_are_told() {
        let file = "<b:Base64Container>QUJD</b:Base64Container>";
        for kind in ["<MsgType V='REF'/>", "<MsgType DN='Vedlegg'/>", ""] {
            assert!(opened(&format!("{kind}<Content>{file}</Content>")).is_some(), "{kind}");
        }
        assert!(opened("<MsgType V='XML'/><Content><a/></Content>").is_none());
        let two = opened(&format!("<MsgType V='A'/><Content>{file}{file}</Content>")).unwrap();
        assert_eq!(two.content, AttachmentContent::Undecodable);
    }

    #[test]
    fn what_is_not_base64_is_told() {
        for broken in ["@@@@", "QUJD QUI", "QUI=QUJD", "QUJD\u{a0}QUJD"] {
            assert_eq!(measure(broken, Packing::None), Err(Fault::NotBase64));
            assert_eq!(measure(broken, Packing::Gzip), Err(Fault::NotBase64));
        }
    }

    #[test]
    fn packed_files_are_measured_as_they_come_out() {
        let packed = |bytes: &[u8]| {
            let mut it = flate2::write::GzEncoder::new(Vec::new(), Compression::best());
            it.write_all(bytes).unwrap();
            STANDARD.encode(it.finish().unwrap())
        };
        assert_eq!(measure(&packed(b"%PDF-1.7 lang nok"), Packing::Gzip), Ok(17));
        let bomb = packed(&vec![0; 50_000_000]);
        assert_eq!(measure(&bomb, Packing::Gzip), Err(Fault::Packing(UnpackFault::TooFar)));
        assert_eq!(measure("JVBERi0xLjc=", Packing::Gzip), Err(Fault::Packing(UnpackFault::Broken)));
    }
}
