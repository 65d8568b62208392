//! Bytes to text: which encoding, do all who say so agree, and is every byte of it good.
//!
//! Decisions, each with its reason:
//! - Byte order mark, XML declaration and the charset of the Content-Type must agree. RFC 7303 would let one win; a disagreement
//!   means that a name with æ, ø or å may come out wrong, so we ask the sender to mend it.
//! - ISO-8859-1 means ISO-8859-1: the bytes 0x80–0x9F are the control characters U+0080–U+009F, as XML processors read it, and
//!   not the curly quotes of windows-1252, as browsers do.
//! - UTF-16 without a mark is read only when declaration or transport says UTF-16 (XML 1.0, appendix F).
//! - Line ends become LF, as XML 1.0 § 2.11 asks of every reader. Text in UTF-8 with LF only is borrowed, never copied.

use std::borrow::Cow;
use std::fmt;

use encoding_rs::DecoderResult;

use super::fault::Fault;
use super::fault::FaultKind;
use super::fault::LimitName;
use super::fault::Source;
use super::lines;
use super::lines::Lines;

/// The encodings that a message may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    Utf8,
    /// UTF-16 where the label leaves the byte order to the mark.
    Utf16,
    Utf16Le,
    Utf16Be,
    Latin1,
    Windows1252,
    Ascii,
}

/// A decoded document, without byte order mark and with LF line ends.
#[derive(Debug)]
pub struct Text<'a> {
    text: Cow<'a, str>,
    encoding: Encoding,
}

impl Text<'_> {
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The encoding that the document came in.
    pub fn encoding(&self) -> Encoding {
        self.encoding
    }

    pub fn lines(&self) -> Lines<'_> {
        Lines::new(&self.text)
    }

    /// Whether the text still lies in the bytes received.
    pub fn is_borrowed(&self) -> bool {
        matches!(self.text, Cow::Borrowed(_))
    }
}

/// Decodes a document. `charset` is the parameter of the Content-Type, where there was one. Neither the bytes nor the decoded
/// text may be more than `bytes_max` (bytes).
///
/// # Errors
/// The encoding is unknown, contradicted or broken, or the document is too large.
pub fn decode<'a>(bytes: &'a [u8], charset: Option<&str>, bytes_max: usize) -> Result<Text<'a>, Fault> {
    if bytes.len() > bytes_max {
        return Err(too_large(bytes_max));
    }
    let (encoding, mark_bytes) = agree(bytes, charset)?;
    let body = &bytes[mark_bytes..];
    let text = match encoding {
        Encoding::Utf8 => utf8(body, mark_bytes)?,
        Encoding::Ascii => ascii(body, mark_bytes)?,
        Encoding::Latin1 => latin1(body, bytes_max)?,
        Encoding::Windows1252 => transcode(encoding_rs::WINDOWS_1252, body, mark_bytes, encoding, bytes_max)?,
        Encoding::Utf16Le => transcode(encoding_rs::UTF_16LE, body, mark_bytes, encoding, bytes_max)?,
        Encoding::Utf16 | Encoding::Utf16Be => transcode(encoding_rs::UTF_16BE, body, mark_bytes, encoding, bytes_max)?,
    };
    Ok(Text { text: with_line_feeds(text), encoding })
}

/// The encoding on which all who speak agree, and the length of the byte order mark.
fn agree(bytes: &[u8], charset: Option<&str>) -> Result<(Encoding, usize), Fault> {
    let look = look(bytes)?;
    let transport = match charset {
        Some(label) => Some((Source::Transport, by_label(label, Source::Transport)?)),
        None => None,
    };
    let declaration = match declared(&bytes[look.mark_bytes..], look.encoding) {
        Some(label) => Some((Source::Declaration, by_label(&label, Source::Declaration)?)),
        None => None,
    };

    let said = [look.encoding.map(|it| (Source::ByteOrderMark, it)), transport, declaration];
    let said: Vec<(Source, Encoding)> = said.into_iter().flatten().collect();
    for (n, one) in said.iter().enumerate() {
        if let Some(other) = said[n + 1..].iter().find(|it| !one.1.agrees_with(it.1)) {
            return Err(at_start(FaultKind::EncodingConflict { one: *one, other: *other }));
        }
    }
    // `<?xml` could be read byte by byte, so a label of two-byte units is wrong whoever says it.
    let wide = said.iter().find(|it| it.1.is_wide());
    if let (Some(wide), None, true) = (wide, look.encoding, bytes.first() == Some(&b'<')) {
        let seen = (Source::ByteOrderMark, Encoding::Utf8);
        return Err(at_start(FaultKind::EncodingConflict { one: seen, other: *wide }));
    }
    if look.is_wide_without_mark && said.len() == 1 {
        return Err(at_start(FaultKind::Utf16WithoutMark));
    }
    match said.iter().find(|it| it.1 != Encoding::Utf16) {
        Some((_, encoding)) => Ok((*encoding, look.mark_bytes)),
        None if said.is_empty() => Ok((Encoding::Utf8, 0)),
        None => Err(at_start(FaultKind::Utf16WithoutMark)),
    }
}

struct Look {
    encoding: Option<Encoding>,
    mark_bytes: usize,
    is_wide_without_mark: bool,
}

/// What the first bytes say (XML 1.0, appendix F).
fn look(bytes: &[u8]) -> Result<Look, Fault> {
    let marked = |encoding, mark_bytes| Ok(Look { encoding: Some(encoding), mark_bytes, is_wide_without_mark: false });
    let shaped = |encoding| Ok(Look { encoding: Some(encoding), mark_bytes: 0, is_wide_without_mark: true });
    let unsupported = |name| {
        let kind = FaultKind::EncodingUnsupported { source: Source::ByteOrderMark, known_as: Some(name) };
        Err(at_start(kind))
    };
    match bytes {
        [0x00, 0x00, 0xFE, 0xFF, ..] | [0xFF, 0xFE, 0x00, 0x00, ..] => unsupported("UTF-32"),
        [0x00, 0x00, 0x00, 0x3C, ..] | [0x3C, 0x00, 0x00, 0x00, ..] => unsupported("UTF-32"),
        [0x4C, 0x6F, 0xA7, 0x94, ..] => unsupported("EBCDIC"),
        [0xEF, 0xBB, 0xBF, ..] => marked(Encoding::Utf8, 3),
        [0xFF, 0xFE, ..] => marked(Encoding::Utf16Le, 2),
        [0xFE, 0xFF, ..] => marked(Encoding::Utf16Be, 2),
        [0x3C, 0x00, _, 0x00, ..] => shaped(Encoding::Utf16Le),
        [0x00, 0x3C, 0x00, _, ..] => shaped(Encoding::Utf16Be),
        _ => Ok(Look { encoding: None, mark_bytes: 0, is_wide_without_mark: false }),
    }
}

/// How far we look for the end of the XML declaration, in characters.
const DECLARATION_CHARACTERS_MAX: usize = 256;

/// The label in `encoding="…"` of the XML declaration, if there is one to be read.
fn declared(body: &[u8], seen: Option<Encoding>) -> Option<String> {
    let take = |skip: usize, step: usize| {
        body.iter().skip(skip).step_by(step).take(DECLARATION_CHARACTERS_MAX).copied().collect::<Vec<u8>>()
    };
    let head = match seen {
        Some(Encoding::Utf16Le) => take(0, 2),
        Some(Encoding::Utf16Be) => take(1, 2),
        _ => body[..body.len().min(DECLARATION_CHARACTERS_MAX)].to_vec(),
    };
    let rest = head.strip_prefix(b"<?xml")?;
    let end = rest.windows(2).position(|it| it == b"?>")?;
    let inside: String = rest[..end].iter().map(|byte| char::from(*byte)).collect();
    let after = inside[inside.find("encoding")? + "encoding".len()..].trim_start();
    let value = after.strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|it| matches!(it, '"' | '\''))?;
    value[1..].split(quote).next().map(str::to_owned)
}

fn by_label(label: &str, source: Source) -> Result<Encoding, Fault> {
    let label = label.trim().trim_matches('"');
    match label.to_ascii_lowercase().as_str() {
        "utf-8" | "utf8" => Ok(Encoding::Utf8),
        "utf-16" | "utf16" | "iso-10646-ucs-2" | "ucs-2" => Ok(Encoding::Utf16),
        "utf-16le" => Ok(Encoding::Utf16Le),
        "utf-16be" => Ok(Encoding::Utf16Be),
        "iso-8859-1" | "iso_8859-1" | "iso8859-1" | "iso88591" | "latin1" | "latin-1" | "l1" | "cp819" | "ibm819" => {
            Ok(Encoding::Latin1)
        }
        "windows-1252" | "cp1252" | "cp-1252" | "x-cp1252" => Ok(Encoding::Windows1252),
        "us-ascii" | "ascii" | "iso646-us" | "ansi_x3.4-1968" => Ok(Encoding::Ascii),
        _ => {
            let known_as = encoding_rs::Encoding::for_label(label.as_bytes()).map(encoding_rs::Encoding::name);
            Err(at_start(FaultKind::EncodingUnsupported { source, known_as }))
        }
    }
}

fn utf8(body: &[u8], mark_bytes: usize) -> Result<Cow<'_, str>, Fault> {
    match std::str::from_utf8(body) {
        Ok(text) => Ok(Cow::Borrowed(text)),
        Err(e) => Err(malformed(Encoding::Utf8, body, e.valid_up_to(), mark_bytes)),
    }
}

fn ascii(body: &[u8], mark_bytes: usize) -> Result<Cow<'_, str>, Fault> {
    match body.iter().position(|byte| !byte.is_ascii()) {
        Some(at) => Err(malformed(Encoding::Ascii, body, at, mark_bytes)),
        None => utf8(body, mark_bytes),
    }
}

fn latin1(body: &[u8], bytes_max: usize) -> Result<Cow<'_, str>, Fault> {
    let high = body.iter().filter(|byte| !byte.is_ascii()).count();
    if body.len() + high > bytes_max {
        return Err(too_large(bytes_max));
    }
    Ok(encoding_rs::mem::decode_latin1(body))
}

/// The size of the pieces in which text is transcoded, so that too large a text is noticed before it is held.
const PIECE_BYTES: usize = 64 * 1024;

/// How many bytes of UTF-8 this UTF-16 comes to: one to three for a unit, and four for a pair.
fn utf8_bytes_of(body: &[u8], little_endian: bool) -> usize {
    let unit = |it: &[u8]| {
        let pair = [it[0], it[1]];
        if little_endian { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) }
    };
    let bytes = |unit| match unit {
        0..=0x7F => 1,
        0x80..=0x7FF | 0xD800..=0xDFFF => 2,
        _ => 3,
    };
    body.chunks_exact(2).map(|it| bytes(unit(it))).sum()
}

fn transcode<'a>(
    table: &'static encoding_rs::Encoding,
    body: &'a [u8],
    mark_bytes: usize,
    encoding: Encoding,
    bytes_max: usize,
) -> Result<Cow<'a, str>, Fault> {
    // UTF-16 can grow by half. What would be too large is counted before room is made for it.
    if encoding.is_wide() && utf8_bytes_of(body, encoding == Encoding::Utf16Le) > bytes_max {
        return Err(too_large(bytes_max));
    }
    let mut decoder = table.new_decoder_without_bom_handling();
    // Enough for any text, so that it is never copied to grow; pages that are not written to cost nothing.
    let needed = decoder.max_utf8_buffer_length_without_replacement(body.len()).unwrap_or(usize::MAX);
    let mut text = String::with_capacity(needed.min(bytes_max.saturating_add(PIECE_BYTES * 3 + 16)));
    let mut read = 0;
    loop {
        text.reserve(PIECE_BYTES.min(body.len() - read) * 3 + 16);
        let piece_end = body.len().min(read + PIECE_BYTES);
        let is_last = piece_end == body.len();
        let (result, n) = decoder.decode_to_string_without_replacement(&body[read..piece_end], &mut text, is_last);
        read += n;
        if text.len() > bytes_max {
            return Err(too_large(bytes_max));
        }
        match result {
            DecoderResult::InputEmpty if is_last => return Ok(Cow::Owned(text)),
            DecoderResult::InputEmpty | DecoderResult::OutputFull => {}
            DecoderResult::Malformed(length, beyond) => {
                let at = read - usize::from(length) - usize::from(beyond);
                let place = lines::place_in(text.as_bytes());
                let kind = FaultKind::EncodingMalformed { encoding };
                return Err(Fault { kind, offset: at + mark_bytes, line: place.line, column: place.column });
            }
        }
    }
}

/// XML 1.0 § 2.11: CR LF and CR are read as LF.
fn with_line_feeds(text: Cow<'_, str>) -> Cow<'_, str> {
    if !text.as_bytes().contains(&b'\r') {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut pieces = text.split('\r');
    out.push_str(pieces.next().unwrap_or(""));
    for piece in pieces {
        out.push('\n');
        out.push_str(piece.strip_prefix('\n').unwrap_or(piece));
    }
    Cow::Owned(out)
}

fn at_start(kind: FaultKind) -> Fault {
    Fault { kind, offset: 0, line: 1, column: 1 }
}

fn too_large(bytes_max: usize) -> Fault {
    at_start(FaultKind::Limit { limit: LimitName::BytesMax, max: bytes_max })
}

fn malformed(encoding: Encoding, body: &[u8], at: usize, mark_bytes: usize) -> Fault {
    let place = lines::place_in(&body[..at]);
    let kind = FaultKind::EncodingMalformed { encoding };
    Fault { kind, offset: at + mark_bytes, line: place.line, column: place.column }
}

impl Encoding {
    pub fn as_str(self) -> &'static str {
        match self {
            Encoding::Utf8 => "UTF-8",
            Encoding::Utf16 => "UTF-16",
            Encoding::Utf16Le => "UTF-16LE",
            Encoding::Utf16Be => "UTF-16BE",
            Encoding::Latin1 => "ISO-8859-1",
            Encoding::Windows1252 => "windows-1252",
            Encoding::Ascii => "US-ASCII",
        }
    }

    fn is_wide(self) -> bool {
        matches!(self, Encoding::Utf16 | Encoding::Utf16Le | Encoding::Utf16Be)
    }

    fn agrees_with(self, other: Encoding) -> bool {
        let open = self == Encoding::Utf16 || other == Encoding::Utf16;
        self == other || (open && self.is_wide() && other.is_wide())
    }
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAX: usize = 1 << 20;

    fn text_of(bytes: &[u8], charset: Option<&str>) -> String {
        decode(bytes, charset, MAX).unwrap().as_str().to_owned()
    }

    fn fault_of(bytes: &[u8], charset: Option<&str>) -> Fault {
        decode(bytes, charset, MAX).unwrap_err()
    }

    fn utf16(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(order).collect()
    }

    #[test]
    fn utf8_with_line_feeds_is_borrowed() {
        let text = decode("<a>æ</a>".as_bytes(), None, MAX).unwrap();

        assert!(text.is_borrowed());
        assert_eq!(text.encoding(), Encoding::Utf8);
    }

    #[test]
    fn a_mark_is_honoured_and_left_out() {
        assert_eq!(text_of(b"\xEF\xBB\xBF<a/>", Some("utf-8")), "<a/>");
        let le = [vec![0xFF, 0xFE], utf16("<a>ø</a>", u16::to_le_bytes)].concat();
        assert_eq!(text_of(&le, Some("UTF-16")), "<a>ø</a>");
        let be =
            [vec![0xFE, 0xFF], utf16("<?xml version='1.0' encoding='utf-16'?><a>ø</a>", u16::to_be_bytes)].concat();
        assert_eq!(text_of(&be, None), "<?xml version='1.0' encoding='utf-16'?><a>ø</a>");
    }

    #[test]
    fn the_declaration_is_honoured() {
        let latin = b"<?xml version=\"1.0\" encoding = 'ISO-8859-1' ?><a>\xE6\x80</a>";
        assert!(text_of(latin, None).ends_with("<a>æ\u{80}</a>"));
        let windows = b"<?xml version=\"1.0\" encoding=\"windows-1252\"?><a>\xE6\x80</a>";
        assert!(text_of(windows, None).ends_with("<a>æ€</a>"));
        assert_eq!(text_of(b"<a>\xF8</a>", Some("\"iso-8859-1\"")), "<a>ø</a>");
    }

    #[test]
    fn line_ends_become_line_feeds() {
        assert_eq!(text_of(b"<a>\r\n\r\r\n</a>", None), "<a>\n\n\n</a>");
        assert_eq!(text_of(b"\r", None), "\n");
    }

    #[test]
    fn those_who_disagree_are_both_named() {
        let fault = fault_of(b"\xEF\xBB\xBF<?xml version='1.0' encoding='ISO-8859-1'?><a/>", None);
        let one = (Source::ByteOrderMark, Encoding::Utf8);
        let other = (Source::Declaration, Encoding::Latin1);
        assert_eq!(fault.kind, FaultKind::EncodingConflict { one, other });

        let fault = fault_of(b"<?xml version='1.0' encoding='utf-8'?><a/>", Some("iso-8859-1"));
        assert_eq!(
            fault.to_string(),
            "line 1, column 1: the Content-Type says ISO-8859-1, but the XML declaration says UTF-8"
        );

        let fault = fault_of(b"<?xml version='1.0' encoding='utf-16'?><a/>", None);
        assert!(matches!(fault.kind, FaultKind::EncodingConflict { .. }), "the .NET StringWriter mistake: {fault}");

        let le = utf16("<?xml version='1.0' encoding='utf-8'?><a/>", u16::to_le_bytes);
        assert!(matches!(fault_of(&le, None).kind, FaultKind::EncodingConflict { .. }));
    }

    #[test]
    fn utf16_without_a_mark_needs_a_word_from_someone() {
        let silent = utf16("<a/>", u16::to_le_bytes);
        assert_eq!(fault_of(&silent, None).kind, FaultKind::Utf16WithoutMark);
        assert_eq!(text_of(&silent, Some("utf-16le")), "<a/>");
        assert!(matches!(fault_of(&silent, Some("utf-16be")).kind, FaultKind::EncodingConflict { .. }));

        let declared = utf16("<?xml version='1.0' encoding='UTF-16'?><a/>", u16::to_be_bytes);
        assert!(text_of(&declared, None).ends_with("<a/>"));
        assert_eq!(fault_of(b" <a/>", Some("utf-16")).kind, FaultKind::Utf16WithoutMark);
    }

    #[test]
    fn an_unsupported_encoding_is_named_only_when_it_is_a_known_one() {
        let known = fault_of(b"<?xml version='1.0' encoding='Shift_JIS'?><a/>", None).kind;
        let source = Source::Declaration;
        assert_eq!(known, FaultKind::EncodingUnsupported { source, known_as: Some("Shift_JIS") });
        let unknown = fault_of(b"<?xml version='1.0' encoding='Kari Nordmann'?><a/>", None).kind;
        assert_eq!(unknown, FaultKind::EncodingUnsupported { source, known_as: None });
        assert!(fault_of(b"\x00\x00\xFE\xFF\x00\x00\x00<", None).to_string().contains("UTF-32"));
    }

    #[test]
    fn broken_bytes_are_told_by_place() {
        let fault = fault_of(b"<a>\n\xC3\xA6\xE6</a>", None);
        assert_eq!((fault.offset, fault.line, fault.column), (6, 2, 2));
        assert_eq!(fault.kind, FaultKind::EncodingMalformed { encoding: Encoding::Utf8 });

        assert_eq!(fault_of(b"<a>\xE6</a>", Some("us-ascii")).offset, 3);

        let half = [vec![0xFF, 0xFE], utf16("<a>", u16::to_le_bytes), vec![0x00, 0xD8, 0x3C, 0x00]].concat();
        assert_eq!(fault_of(&half, None).offset, 8);
    }

    #[test]
    fn too_many_bytes_are_refused_before_and_after_decoding() {
        let limit = FaultKind::Limit { limit: LimitName::BytesMax, max: 10 };
        assert_eq!(decode(b"<a></a>     ", None, 10).unwrap_err().kind, limit);
        assert_eq!(decode(b"<a>\xE6\xE6\xE6</a>", Some("latin1"), 10).unwrap_err().kind, limit);
        assert_eq!(decode(b"<a>\x80\x80</a>", Some("cp1252"), 10).unwrap_err().kind, limit);
    }
}
