//! What a file is, found out from its bytes as they come by, without ever holding the whole.

use crate::domain::PdfA;
use crate::domain::TextProbe;
use regex::bytes::Regex;
use std::sync::LazyLock;

/// Enough to know every type by.
const START_BYTES: usize = 16;

/// What the metadata say about PDF/A is shorter than this.
const MARK_BYTES_MAX: usize = 64;

/// The metadata (XMP) of a PDF/A are never packed, so that they can be found like this (ISO 19005-1, 6.7.2).
static PART: LazyLock<Regex> = LazyLock::new(|| mark(r#"pdfaid:part(?:>|\s*=\s*["'])\s*([1-4])"#));
static CONFORMANCE: LazyLock<Regex> = LazyLock::new(|| mark(r#"pdfaid:conformance(?:>|\s*=\s*["'])\s*([ABUEFabuef])"#));

fn mark(pattern: &str) -> Regex {
    Regex::new(pattern).expect("both patterns are tried in a test")
}

/// Takes bytes and knows in the end how many there were and what they are.
#[derive(Default)]
pub(super) struct Probe {
    pub size: usize,
    start: Vec<u8>,
    text: TextProbe,
    /// The end of what came before, where a mark may have begun.
    tail: Vec<u8>,
    part: Option<u8>,
    conformance: Option<u8>,
}

impl Probe {
    pub fn feed(&mut self, piece: &[u8]) {
        self.size += piece.len();
        if self.start.len() < START_BYTES {
            self.start.extend(piece.iter().take(START_BYTES - self.start.len()));
        }
        if type_of(&self.start) == Some(PDF) {
            self.look_for_marks(piece);
        } else {
            self.text.feed(piece);
        }
    }

    pub fn found_type(&self) -> Option<&'static str> {
        type_of(&self.start).or_else(|| self.text.found().map(crate::domain::PlainText::content_type))
    }

    pub fn pdf_a(&self) -> Option<PdfA> {
        let conformance = self.conformance.map(|it| char::from(it.to_ascii_lowercase()));
        self.part.map(|it| PdfA { part: it - b'0', conformance })
    }

    fn look_for_marks(&mut self, piece: &[u8]) {
        if self.part.is_some() && self.conformance.is_some() {
            return;
        }
        let mut joined = std::mem::take(&mut self.tail);
        joined.extend_from_slice(piece);
        let digit =
            |it: &Regex| it.captures(&joined).and_then(|it| it.get(1)).and_then(|it| it.as_bytes().first()).copied();
        self.part = self.part.or_else(|| digit(&PART));
        self.conformance = self.conformance.or_else(|| digit(&CONFORMANCE));
        self.tail = joined.split_off(joined.len().saturating_sub(MARK_BYTES_MAX));
    }
}

const PDF: &str = "application/pdf";

/// The type that the first bytes show (magic bytes), for the types that the house takes or knows the danger of.
fn type_of(start: &[u8]) -> Option<&'static str> {
    const KNOWN: &[(&[u8], &str)] = &[
        (b"%PDF-", PDF),
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
    let found = KNOWN.iter().find(|(magic, _)| start.starts_with(magic));
    // Two letters are how a text can begin too; a program has bytes that no text has.
    found.filter(|(magic, _)| *magic != b"MZ" || start.iter().any(|it| *it < 9)).map(|(_, name)| *name)
}

#[cfg(test)]
mod tests {
    use super::Probe;

    fn probed(bytes: &[u8], piece: usize) -> Probe {
        let mut probe = Probe::default();
        bytes.chunks(piece).for_each(|it| probe.feed(it));
        probe
    }

    #[test]
    fn the_first_bytes_show_the_type() {
        for (bytes, found) in [
            (&b"%PDF-1.7"[..], Some("application/pdf")),
            (b"MZ\x90\0", Some("application/x-msdownload")),
            (b"MZ er to bokstaver", Some("text/plain; charset=utf-8")),
            (b"II*\0\x08\0\0\0", Some("image/tiff")),
            (b"MM\0*", Some("image/tiff")),
            (b"hello", Some("text/plain; charset=utf-8")),
            (b"bl\xe5", Some("text/plain; charset=windows-1252")),
            (b"{\\rtf1", Some("application/rtf")),
            (b"\0\0", None),
            (b"", None),
        ] {
            assert_eq!(probed(bytes, 100).found_type(), found, "{bytes:?}");
            assert_eq!(probed(bytes, 1).found_type(), found, "{bytes:?} byte by byte");
        }
    }

    #[test]
    fn pdf_a_is_known_by_its_own_metadata_wherever_a_piece_ends() {
        for (marks, found) in [
            ("<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>", "PDF/A-2b"),
            ("<x pdfaid:part='1' pdfaid:conformance = \"A\"/>", "PDF/A-1a"),
            ("<pdfaid:part> 4 </pdfaid:part>", "PDF/A-4"),
        ] {
            let file = format!("%PDF-1.7\n{}{marks}{}", "x".repeat(100), "y".repeat(100));
            for piece in [1, 7, 64, 1000] {
                assert_eq!(probed(file.as_bytes(), piece).pdf_a().unwrap().to_string(), found, "{piece}");
            }
        }
        assert_eq!(probed(b"%PDF-1.7 pdfaid:part>9", 10).pdf_a(), None);
        assert_eq!(probed(b"pdfaid:part>1", 100).pdf_a(), None, "it is no PDF");
    }
}
