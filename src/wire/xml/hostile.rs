//! What a hostile sender may send, and chance. Everything here is answered well within a second.

use std::time::Duration;
use std::time::Instant;

use proptest::prelude::*;

use super::*;

/// Optimised and undisturbed each is answered in less than 0.3 seconds. Tests are neither, so this only tells that from the
/// half minute and more that what is quadratic takes.
const LONG: Duration = Duration::from_secs(6);

fn read(bytes: &[u8], limits: &Limits) -> Result<(usize, usize, usize), Fault> {
    let text = decode(bytes, None, limits.bytes_max)?;
    let tree = plant(gate(text.as_str(), limits)?)?;
    let elements = || tree.descendants().filter(roxmltree::Node::is_element);
    let depth = elements().map(|it| it.ancestors().filter(roxmltree::Node::is_element).count()).max().unwrap_or(0);
    let attributes = elements().map(|it| it.attributes().count()).max().unwrap_or(0);
    Ok((tree.descendants().count() - 1, depth, attributes))
}

fn laughs() -> String {
    let mut text = "<!DOCTYPE a [<!ENTITY l0 'ha'>".to_owned();
    for n in 1..10 {
        text += &format!("<!ENTITY l{n} '{}'>", format!("&l{};", n - 1).repeat(10));
    }
    text + "]><a>&l9;</a>"
}

fn many(count: usize, piece: impl Fn(usize) -> String) -> String {
    (0..count).map(piece).collect()
}

#[test]
fn the_hostile_set_is_refused_quickly() {
    let big = 1_000_000;
    let utf16: Vec<u8> = "<a>å</a>".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let set: Vec<(&str, Vec<u8>)> = vec![
        ("billion laughs", laughs().into()),
        ("external entity", b"<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>".to_vec()),
        ("parameter entity", b"<!DOCTYPE a [<!ENTITY % x SYSTEM 'http://127.0.0.1/'> %x;]><a/>".to_vec()),
        ("doctype only", b"<!DOCTYPE a>".to_vec()),
        ("doctype without an end", [b"<!DOCTYPE a [".to_vec(), vec![b'['; big]].concat()),
        ("depth", "<a>".repeat(100_000).into()),
        ("depth, closed", ["<a>".repeat(100_000), "</a>".repeat(100_000)].concat().into()),
        ("a million attributes", format!("<a {}/>", many(big, |n| format!("a{n}='' "))).into()),
        ("attributes under the sum", format!("<a {}/>", many(90_000, |n| format!("a{n}='' "))).into()),
        ("namespace declarations", format!("<a {}/>", many(100_000, |n| format!("xmlns:a{n}='u{n}' "))).into()),
        ("declarations on many", format!("<a>{}</a>", many(40_000, |n| format!("<b xmlns:a{n}='u{n}'/>"))).into()),
        ("declarations nested", many(60, |n| format!("<b xmlns:a{n}='u' xmlns:b{n}='u'>")).into()),
        ("a long name", format!("<{}/>", "x".repeat(5 * big)).into()),
        ("a long attribute name", format!("<a {}=''/>", "x".repeat(5 * big)).into()),
        ("a long attribute", format!("<a b='{}'/>", "x".repeat(5 * big)).into()),
        ("50 MB of text", format!("<a>{}</a>", "x".repeat(50 * big)).into()),
        ("20 MB of text", format!("<a>{}</a>", "x".repeat(20 * big)).into()),
        ("20 MB of equals signs", format!("<a>{}</a>", "=".repeat(20 * big)).into()),
        ("20 MB of brackets in CDATA", format!("<a><![CDATA[{}]]></a>", "<".repeat(20 * big)).into()),
        ("many elements", format!("<a>{}</a>", "<b/>".repeat(5 * big)).into()),
        ("many comments", format!("<a>{}</a>", "<!---->".repeat(2 * big)).into()),
        ("many CDATA sections", format!("<a>{}</a>", "<![CDATA[]]>".repeat(2 * big)).into()),
        ("many references", format!("<a>{}</a>", "&amp;".repeat(4 * big)).into()),
        ("instructions", format!("<a>{}</a>", "<?b c?>".repeat(big)).into()),
        ("a long instruction", format!("<?{} ?><a/>", "x".repeat(5 * big)).into()),
        ("no end of a tag", ["<a ".to_owned(), "b='' ".repeat(20)].concat().into()),
        ("no end of a comment", format!("<a><!--{}", "x".repeat(10 * big)).into()),
        ("NUL", b"<a>\0</a>".to_vec()),
        ("only NUL", vec![0; big]),
        ("empty", vec![]),
        ("truncated", b"<a><b>text</b".to_vec()),
        ("two roots", b"<a/><b/>".to_vec()),
        ("not UTF-8", b"<a>\xFF\xFE</a>".to_vec()),
        ("Latin-1 that says UTF-8", b"<?xml version='1.0' encoding='UTF-8'?><a>bl\xE5b\xE6r</a>".to_vec()),
        ("UTF-8 that says UTF-16", b"<?xml version='1.0' encoding='UTF-16'?><a/>".to_vec()),
        ("UTF-16 without a mark", utf16),
        ("UTF-7", b"<?xml version='1.0' encoding='UTF-7'?><a>+ADw-</a>".to_vec()),
        ("overlong UTF-8", b"<a>\xC0\xBC</a>".to_vec()),
        ("surrogates in UTF-8", b"<a>\xED\xA0\x80</a>".to_vec()),
    ];
    for (name, bytes) in set {
        let start = Instant::now();
        let read = read(&bytes, &Limits::default());
        let took = start.elapsed();

        assert!(read.is_err(), "{name} was let in");
        assert!(took < LONG, "{name} took {took:?}");
    }
}

#[test]
fn a_large_attachment_is_let_in() {
    let lines = format!("{}\r\n", "QUJD".repeat(19)).repeat(250_000);
    let text =
        format!("<a xmlns='http://www.kith.no/xmlstds/base64container'><Base64Container>{lines}</Base64Container></a>");
    let start = Instant::now();

    assert_eq!(read(text.as_bytes(), &Limits::default()).unwrap(), (3, 2, 0));
    assert!(start.elapsed() < LONG, "{:?}", start.elapsed());
}

/// Pieces of XML, so that chance finds its way further in than pure noise would.
fn shards() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        Just("<a>"),
        Just("</a>"),
        Just("<b c='d'>"),
        Just("</b>"),
        Just("<p:e xmlns:p='u'/>"),
        Just("<a xmlns='v'>"),
        Just("text"),
        Just("&amp;"),
        Just("&#65;"),
        Just("&x;"),
        Just("<![CDATA[<x>]]>"),
        Just("<!--c-->"),
        Just("<?pi?>"),
        Just("<!DOCTYPE a>"),
        Just("<?xml version='1.0' encoding='UTF-8'?>"),
        Just("<"),
        Just(">"),
        Just("'"),
        Just("="),
        Just("\r\n"),
        Just("æ"),
        Just("\0"),
        Just("]]>"),
        Just("--"),
        Just("/>"),
        Just("\u{FFFF}"),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|it| it.concat().into_bytes())
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..200), label in "[a-z0-9-]{0,12}") {
        let _ = decode(&bytes, Some(&label), 1000);
        let _ = read(&bytes, &Limits::default());
    }

    #[test]
    fn no_pieces_of_xml_make_it_panic_and_limits_hold_in_the_tree(bytes in shards()) {
        let limits = Limits { nodes_max: 12, depth_max: 3, attributes_per_element_max: 1, ..Limits::default() };

        if let Ok((nodes, depth, attributes)) = read(&bytes, &limits) {
            prop_assert!(nodes <= 12 && depth <= 3 && attributes <= 1, "{nodes} {depth} {attributes}");
        }
    }

    #[test]
    fn what_is_let_in_is_well_formed_and_a_fault_lies_within_the_text(bytes in shards()) {
        let strict = std::str::from_utf8(&bytes).ok().and_then(|it| roxmltree::Document::parse(it).ok());
        match read(&bytes, &Limits::default()) {
            Ok(_) => prop_assert!(strict.is_some()),
            Err(fault) => prop_assert!(fault.offset <= bytes.len() && fault.line >= 1 && fault.column >= 1),
        }
    }
}
