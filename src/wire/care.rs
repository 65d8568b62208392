//! Reads a nursing and care message (PLO) of KITH. No schema of it is public, so nothing is looked for: every element, every
//! text and every attribute is kept where it stood.

use super::node::coded;
use super::rich::rich;
use crate::domain::CareMessage;
use crate::domain::Passage;
use crate::domain::PassagePart;
use crate::domain::Redacted;
use roxmltree::Node;

/// How the namespaces of all of them begin: then the kind, and the day of the edition.
const NAMESPACES: &str = "http://www.kith.no/xmlstds/po/";

const XHTML: &str = "http://www.w3.org/1999/xhtml";

/// Elements within elements that are kept as such; what lies deeper is kept as text of the deepest. `xml::Limits` is set
/// by the operator, and must not decide how deep the house calls itself.
const DEPTH_MAX: usize = 60;

/// What the attributes of a coded value are called.
const CODED: [&str; 4] = ["V", "S", "DN", "OT"];

/// The message whose root element is `root`, when it is one.
pub(super) fn care(root: Node<'_, '_>) -> Option<CareMessage> {
    let (kind, edition) = root.tag_name().namespace()?.strip_prefix(NAMESPACES)?.split_once('/')?;
    let content = Redacted::new(passage(root, DEPTH_MAX));
    Some(CareMessage { kind: kind.to_owned(), edition: edition.to_owned(), content })
}

fn passage(node: Node<'_, '_>, depth_left: usize) -> Passage {
    let mut parts = said_by_attributes(node);
    let within = || node.descendants().skip(1).filter(Node::is_element);
    let is_xhtml = |it: Node<'_, '_>| it.tag_name().namespace() == Some(XHTML);
    if within().next().is_some() && within().all(is_xhtml) {
        parts.push(PassagePart::Rich(rich(node)));
        return Passage { element: node.tag_name().name().to_owned(), parts };
    }
    // Texts with nothing but a comment between them are one text.
    let mut text = String::new();
    for child in node.children() {
        if child.is_element() {
            flush(&mut text, &mut parts);
            if depth_left == 0 {
                deeper(child, &mut parts);
            } else {
                parts.push(PassagePart::Passage(passage(child, depth_left - 1)));
            }
        } else if child.is_text() {
            text.push_str(child.text().unwrap_or_default());
        }
    }
    flush(&mut text, &mut parts);
    Passage { element: node.tag_name().name().to_owned(), parts }
}

fn flush(text: &mut String, parts: &mut Vec<PassagePart>) {
    let said = text.trim();
    if !said.is_empty() {
        parts.push(PassagePart::Text(said.to_owned()));
    }
    text.clear();
}

/// The coded value, and then what other attributes say.
fn said_by_attributes(node: Node<'_, '_>) -> Vec<PassagePart> {
    let mut parts = Vec::new();
    if CODED.iter().any(|it| node.attribute(*it).is_some_and(|it| !it.trim().is_empty())) {
        parts.push(PassagePart::Coded(coded(node)));
    }
    let others = node.attributes().filter(|it| it.namespace().is_some() || !CODED.contains(&it.name()));
    parts.extend(
        others
            .filter(|it| !it.value().trim().is_empty())
            .map(|it| PassagePart::Attribute { name: it.name().to_owned(), value: it.value().trim().to_owned() }),
    );
    parts
}

/// What lies deeper than anybody writes, without its structure.
fn deeper(node: Node<'_, '_>, parts: &mut Vec<PassagePart>) {
    for it in node.descendants() {
        if it.is_element() {
            parts.extend(said_by_attributes(it));
        } else if it.is_text() {
            flush(&mut it.text().unwrap_or_default().to_owned(), parts);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::care;
    use crate::domain::CareMessage;
    use crate::domain::Passage;
    use crate::domain::PassagePart;
    use roxmltree::Document;

    fn read(inner: &str) -> CareMessage {
        let namespace = "http://www.kith.no/xmlstds/po/HelseopplysningerVedSoknad/2012-04-01";
        care(Document::parse(&format!("<R xmlns='{namespace}'>{inner}</R>")).unwrap().root_element()).unwrap()
    }

    fn text(it: &str) -> PassagePart {
        PassagePart::Text(it.to_owned())
    }

    #[test]
    fn every_element_text_and_attribute_is_kept_in_order() {
        let it = read("før<A V='1' DN='En' x='y'>a<!-- - -->b</A>mellom<B><C/></B>etter");

        assert_eq!((it.kind.as_str(), it.edition.as_str()), ("HelseopplysningerVedSoknad", "2012-04-01"));
        let parts = &it.content.reveal().parts;
        let passages: Vec<_> = it.content.reveal().passages().collect();
        assert_eq!((&parts[0], &parts[2], &parts[4]), (&text("før"), &text("mellom"), &text("etter")));
        assert!(matches!(&passages[0].parts[0], PassagePart::Coded(it) if it.name.as_deref() == Some("En")));
        let other = PassagePart::Attribute { name: "x".to_owned(), value: "y".to_owned() };
        assert_eq!(passages[0].parts[1..], [other, text("ab")]);
        assert_eq!(passages[1].parts, [PassagePart::Passage(Passage { element: "C".to_owned(), parts: vec![] })]);
    }

    #[test]
    fn marked_up_text_keeps_its_structure_and_cannot_act() {
        let it = read("<T><p xmlns='http://www.w3.org/1999/xhtml'>a<script>x()</script></p></T>");
        let passages: Vec<_> = it.content.reveal().passages().collect();
        assert!(matches!(&passages[0].parts[..], [PassagePart::Rich(it)] if it.left_out == 1 && it.blocks.len() == 1));
    }

    #[test]
    fn what_lies_too_deep_is_kept_without_its_structure() {
        let it = read(&format!("{}<Z v='w'>dypt</Z>{}", "<a>".repeat(200), "</a>".repeat(200)));
        let (mut depth, mut found) = (0, Vec::new());
        it.content.reveal().walk(&mut |it| {
            depth += 1;
            found.extend(it.parts.iter().filter(|it| !matches!(it, PassagePart::Passage(_))).cloned());
        });
        let attribute = PassagePart::Attribute { name: "v".to_owned(), value: "w".to_owned() };
        assert_eq!((depth, found), (super::DEPTH_MAX + 1, vec![attribute, text("dypt")]));
    }

    #[test]
    fn other_namespaces_are_something_else() {
        for namespace in ["http://www.kith.no/xmlstds/po/", "http://www.kith.no/xmlstds/dialog/2006-10-11", "urn:x"] {
            let xml = format!("<R xmlns='{namespace}'/>");
            assert!(care(Document::parse(&xml).unwrap().root_element()).is_none());
        }
    }
}
