//! What the bytes of a file show it to be.

use std::fmt;

/// A plain text (ren tekst), by its encoding.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum PlainText {
    Utf8,
    /// ISO-8859-1, or the superset of it that Windows writes (windows-1252).
    Latin1,
}

impl PlainText {
    /// Whether `bytes` are a text, and in which encoding.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        let mut probe = TextProbe::default();
        probe.feed(bytes);
        probe.found()
    }

    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Utf8 => "text/plain; charset=utf-8",
            Self::Latin1 => "text/plain; charset=windows-1252",
        }
    }
}

/// Looks at bytes piece by piece, and finds out whether they are a text.
#[derive(Clone, Debug, Default)]
pub struct TextProbe {
    /// There has been something that no text has.
    not_text: bool,
    not_utf8: bool,
    /// There has been a byte that means nothing in windows-1252.
    not_latin1: bool,
    /// The beginning of a character whose end has not come yet.
    begun: Vec<u8>,
    any: bool,
}

impl TextProbe {
    pub fn feed(&mut self, piece: &[u8]) {
        self.any |= !piece.is_empty();
        if self.not_text {
            return;
        }
        // Control characters, save tab, line feed, form feed and carriage return.
        self.not_text = piece.iter().any(|it| matches!(it, 0..=8 | 0x0B | 0x0E..=0x1F | 0x7F));
        self.not_latin1 |= piece.iter().any(|it| matches!(it, 0x81 | 0x8D | 0x8F | 0x90 | 0x9D));
        if self.not_utf8 {
            return;
        }
        let mut joined = std::mem::take(&mut self.begun);
        joined.extend_from_slice(piece);
        if let Err(fault) = std::str::from_utf8(&joined) {
            match fault.error_len() {
                Some(_) => self.not_utf8 = true,
                None => self.begun = joined.split_off(fault.valid_up_to()),
            }
        }
    }

    /// What it was. Nothing at all is no text.
    pub fn found(&self) -> Option<PlainText> {
        match () {
            () if self.not_text || !self.any => None,
            () if !self.not_utf8 && self.begun.is_empty() => Some(PlainText::Utf8),
            () if !self.not_latin1 => Some(PlainText::Latin1),
            () => None,
        }
    }
}

/// PDF/A, the archival kind of PDF (ISO 19005), as its own metadata say it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct PdfA {
    /// 1 to 4.
    pub part: u8,
    /// `a`, `b`, `u`, `e` or `f`; part 4 may have none.
    pub conformance: Option<char>,
}

impl fmt::Display for PdfA {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "PDF/A-{}", self.part)?;
        self.conformance.map_or(Ok(()), |it| write!(formatter, "{it}"))
    }
}

#[cfg(test)]
mod tests {
    use super::PlainText;
    use super::TextProbe;

    #[test]
    fn a_text_is_known_by_what_no_text_has() {
        for (bytes, found) in [
            (&b"Bl\xc3\xa5b\xc3\xa6r\r\n\tog s\xc3\xa5"[..], Some(PlainText::Utf8)),
            (b"\xef\xbb\xbfmed merke", Some(PlainText::Utf8)),
            (b"Bl\xe5b\xe6r", Some(PlainText::Latin1)),
            (b"\x93Sitat\x94", Some(PlainText::Latin1)),
            (b"slutter midt i \xc3", Some(PlainText::Latin1)),
            (b"nul\0", None),
            (b"\x1b[31m", None),
            (b"\xff\x81", None),
            (b"", None),
        ] {
            assert_eq!(PlainText::of(bytes), found, "{bytes:?}");
        }
    }

    #[test]
    fn pieces_may_cut_a_character_in_two() {
        for text in ["æøå €", "a😀b"] {
            let mut probe = TextProbe::default();
            text.as_bytes().chunks(1).for_each(|it| probe.feed(it));
            assert_eq!(probe.found(), Some(PlainText::Utf8));
        }
    }
}
