//! Any bytes, read safely: decode, gate, plant. What comes out keeps every limit that was set.
#![no_main]

use libfuzzer_sys::fuzz_target;
use meldeport::wire;
use meldeport::wire::xml;
use roxmltree::Document;
use roxmltree::Node;

fuzz_target!(|data: &[u8]| {
    // The length chooses what the transport says of the encoding, so that seeds are documents as they are.
    let charset = [None, Some("utf-8"), Some("ISO-8859-1"), Some("utf-16"), None][data.len() % 5];
    let limits = xml::Limits {
        bytes_max: 64 * 1024,
        depth_max: 16,
        nodes_max: 500,
        attributes_max: 200,
        attributes_per_element_max: 8,
        attribute_bytes_max: 300,
        name_bytes_max: 64,
        text_bytes_max: 4096,
        base64_bytes_max: 16 * 1024,
        namespaces_in_scope_max: 16,
        namespace_declarations_max: 50,
        instructions_max: 4,
        ..xml::Limits::default()
    };
    let text = match xml::decode(data, charset, limits.bytes_max) {
        Ok(text) => text,
        Err(fault) => {
            assert!(fault.offset <= data.len(), "the fault lies within the bytes");
            drop(wire::finding(&fault).text());
            return;
        }
    };
    assert!(text.as_str().len() <= limits.bytes_max);
    assert!(!text.as_str().contains('\r'), "line ends are LF");
    if text.is_borrowed() {
        let (inner, outer) = (text.as_str().as_bytes().as_ptr_range(), data.as_ptr_range());
        assert!(text.as_str().is_empty() || outer.start <= inner.start && inner.end <= outer.end);
    } else {
        let in_utf8 = text.encoding() == xml::Encoding::Utf8 && !data.contains(&b'\r');
        assert!(!in_utf8, "UTF-8 with LF only is borrowed, never copied");
    }

    let planted = xml::gate(text.as_str(), &limits).and_then(xml::plant);
    match planted {
        Ok(tree) => keeps(&tree, &limits),
        Err(fault) => {
            assert!(fault.offset <= text.as_str().len() && text.as_str().is_char_boundary(fault.offset));
            assert!(fault.line >= 1 && fault.column >= 1);
            let place = text.lines().at(fault.offset);
            assert_eq!((place.line, place.column), (fault.line, fault.column), "place and offset agree");
            drop(wire::finding(&fault).text());
        }
    }
});

fn keeps(tree: &Document<'_>, limits: &xml::Limits) {
    assert!(tree.descendants().count() <= limits.nodes_max + 1);
    let mut attributes = 0;
    for node in tree.descendants() {
        if let Some(text) = node.text().filter(|_| node.is_text()) {
            assert!(text.len() <= limits.base64_bytes_max);
        }
        if !node.is_element() {
            continue;
        }
        assert!(node.ancestors().filter(Node::is_element).count() <= limits.depth_max);
        assert!(node.tag_name().name().len() <= limits.name_bytes_max);
        assert!(node.attributes().len() <= limits.attributes_per_element_max);
        attributes += node.attributes().len();
        let path = xml::xpath_of(node);
        assert!(path.starts_with('/'));
    }
    assert!(attributes <= limits.attributes_max);
}
