//! What the targets share: changes that keep a document a document, and the schemas.
//!
//! libFuzzer changes bytes, and nearly every changed byte of an XML document is the end of it. So half of the time the
//! targets that want a tree let [`change_tree`] make the change: it moves, takes away, doubles and empties elements and
//! puts strange values in them, and the result is still well-formed.

use libfuzzer_sys::fuzzer_mutate;
use meldeport::rules::schema::Schemas;
use roxmltree::Document;
use roxmltree::Node;
use std::ops::Range;
use std::sync::LazyLock;

/// Our own schemas, compiled once.
pub static SCHEMAS: LazyLock<Schemas> = LazyLock::new(|| {
    let files = [
        ("apprec-1.0.xsd", include_str!("../../schemas/apprec-1.0.xsd")),
        ("apprec-1.1.xsd", include_str!("../../schemas/apprec-1.1.xsd")),
        ("base64container.xsd", include_str!("../../schemas/base64container.xsd")),
        ("behovsmelding-1.0.xsd", include_str!("../../schemas/behovsmelding-1.0.xsd")),
        ("dialogmelding-1.0.xsd", include_str!("../../schemas/dialogmelding-1.0.xsd")),
        ("dialogmelding-1.1.xsd", include_str!("../../schemas/dialogmelding-1.1.xsd")),
        ("felleskomponent1.xsd", include_str!("../../schemas/felleskomponent1.xsd")),
        ("kith.xsd", include_str!("../../schemas/kith.xsd")),
        ("msghead-1.2.xsd", include_str!("../../schemas/msghead-1.2.xsd")),
        ("xmldsig.xsd", include_str!("../../schemas/xmldsig.xsd")),
    ];
    Schemas::compile(&files).expect("our own schemas compile")
});

/// Values that have hurt somebody before, or lie at the edge of a type.
const VALUES: &[&str] = &[
    "",
    " ",
    "0",
    "-1",
    "00000000000",
    "12835401803",
    "12835401802",
    "2026-02-29",
    "2024-02-29",
    "9999-12-31",
    "0000-01-01",
    "-0001-01-01",
    "2026-10-25T02:30:00",
    "2026-03-29T02:30:00",
    "2026-01-01T24:00:00Z",
    "2026-01-01T00:00:00+14:01",
    "12026-10-05T10:00:00",
    "1.7976931348623157e309",
    "999999999999999999999999",
    "true",
    "1",
    "\u{0}",
    "\u{feff}",
    "\u{202e}",
    "\u{1f600}",
    "e\u{301}",
    "æøå",
    "&amp;",
    "]]&gt;",
    "QUI=",
    "QUJ=",
    "=QUJ",
    "QQ==QQ==",
    "FNR",
    "DNR",
    "DUF",
    "UKJENT",
    "XXX",
    "P",
    "T",
    "J",
    "N",
    "4211",
    "9998",
    "4601",
    "460101",
    "nb",
    "nn",
    "urn:meldeport:behovsmelding:1.0",
    "BEHOVSMELDING",
    "v1.2 2006-05-24",
];

/// A mutator for targets whose input is XML in UTF-8: every other change is made to the tree.
pub fn mutate_xml(data: &mut [u8], size: usize, max_size: usize, seed: u32) -> usize {
    let mut chance = Chance::new(seed);
    if chance.below(2) == 0 {
        return fuzzer_mutate(data, size, max_size);
    }
    let changed = std::str::from_utf8(&data[..size]).ok().and_then(|text| change_tree(text, &mut chance));
    match changed {
        Some(text) if text.len() <= max_size => {
            data[..text.len()].copy_from_slice(text.as_bytes());
            text.len()
        }
        Some(_) | None => fuzzer_mutate(data, size, max_size),
    }
}

/// One change to the tree; `None` when there is no tree, or nothing came of it this time.
pub fn change_tree(text: &str, chance: &mut Chance) -> Option<String> {
    if text.len() > 256 * 1024 {
        return None;
    }
    let tree = Document::parse(text).ok()?;
    let elements: Vec<Node<'_, '_>> = tree.descendants().filter(Node::is_element).collect();
    let node = elements[chance.below(elements.len())];
    let other = elements[chance.below(elements.len())];
    let whole = node.range();
    let value = VALUES[chance.below(VALUES.len())];
    Some(match chance.below(9) {
        0 => put(text, whole, ""),
        1 => put(text, whole.end..whole.end, &text[whole.clone()]),
        2 => put(text, whole, &text[other.range()]),
        3 => put(text, whole.start..whole.start, &text[other.range()]),
        4 => {
            let next = node.next_sibling_element()?.range();
            [&text[..whole.start], &text[next.clone()], &text[whole.end..next.start], &text[whole], &text[next.end..]]
                .concat()
        }
        5 | 6 => {
            let count = node.attributes().len();
            let attribute = node.attributes().nth(chance.below(count.max(1)))?;
            put(text, attribute.range_value(), value)
        }
        7 => {
            let leaf = node.descendants().filter(Node::is_text).last()?;
            put(text, leaf.range(), value)
        }
        _ => {
            let name = other.tag_name().name();
            put(text, whole.start..whole.start, &format!("<{name}>{value}</{name}>"))
        }
    })
}

fn put(text: &str, range: Range<usize>, with: &str) -> String {
    [&text[..range.start], with, &text[range.end..]].concat()
}

/// xorshift64*: the same seed gives the same changes.
pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u32) -> Self {
        Self(u64::from(seed) << 1 | 1)
    }

    pub fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % bound
    }
}
