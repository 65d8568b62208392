//! What the header and its documents say besides: addresses, telephones, other ids, remarks. Hospitals and practices write here
//! how they are to be reached. No rule asks for it, so only the reading for staff comes here.

use super::dialog::details;
use super::node::child;
use super::node::child_text;
use super::node::children;
use crate::domain::Detail;
use crate::domain::HeaderDetail;
use crate::domain::HeaderPart;
use crate::domain::Redacted;
use roxmltree::Document;
use roxmltree::Node;

const NAMES: [&str; 4] = ["OrganisationName", "GivenName", "MiddleName", "FamilyName"];

/// Of a document: what is shown with it as an attachment, and what only tells machines how to read it.
const OF_THE_FILE: [&str; 7] = ["DocumentConnection", "RefDoc", "MsgType", "Id", "MimeType", "Compression", "Content"];

/// Everything that is said in the header and about its documents, in order, save what has a place of its own.
pub fn particulars(tree: &Document<'_>) -> Vec<HeaderDetail> {
    let root = tree.root_element();
    let mut reader = Reader { found: Vec::new() };
    for part in child(root, "MsgInfo").into_iter().flat_map(|it| it.children()).filter(Node::is_element) {
        match part.tag_name().name() {
            "Sender" => reader.party(HeaderPart::Sender, part),
            "Receiver" => reader.party(HeaderPart::Receiver, part),
            "OtherReceiver" => reader.party(HeaderPart::OtherReceiver, part),
            "Patient" => reader.patient(part),
            _ => {}
        }
    }
    for (index, document) in children(root, "Document").enumerate() {
        reader.document(HeaderPart::Document(index + 1), document);
    }
    reader.found
}

struct Reader {
    found: Vec<HeaderDetail>,
}

impl Reader {
    /// Each level under its own name, outermost first.
    fn party(&mut self, of: HeaderPart, node: Node<'_, '_>) {
        let names: Vec<String> = NAMES.into_iter().filter_map(|it| child_text(node, it)).collect();
        let who = (!names.is_empty()).then(|| Redacted::new(names.join(" ")));
        let is_level = |it: &Node<'_, '_>| {
            matches!(it.tag_name().name(), "Organisation" | "HealthcareProfessional" | "Person" | "Patient")
        };
        for it in elements(node).filter(|it| !is_level(it) && !NAMES.contains(&it.tag_name().name())) {
            self.add(of, who.as_ref(), it);
        }
        elements(node).filter(is_level).for_each(|it| self.party(of, it));
    }

    /// The name and the birth date are shown with the person.
    fn patient(&mut self, node: Node<'_, '_>) {
        let is_shown =
            |it: &Node<'_, '_>| NAMES.contains(&it.tag_name().name()) || it.tag_name().name() == "DateOfBirth";
        elements(node).filter(|it| !is_shown(it)).for_each(|it| self.add(HeaderPart::Patient, None, it));
    }

    fn document(&mut self, of: HeaderPart, node: Node<'_, '_>) {
        let file = child(node, "RefDoc");
        let is_attachment = file.and_then(|it| child(it, "MsgType")).and_then(|it| it.attribute("V")) == Some("A");
        for it in elements(node).chain(file.into_iter().flat_map(elements)) {
            let name = it.tag_name().name();
            // What an attachment is called is shown beside it.
            if !OF_THE_FILE.contains(&name) && !(is_attachment && name == "Description") {
                self.add(of, None, it);
            }
        }
    }

    fn add(&mut self, of: HeaderPart, who: Option<&Redacted<String>>, node: Node<'_, '_>) {
        let mut said: Vec<Detail> = Vec::new();
        details(node, &mut said);
        self.found.extend(said.into_iter().map(|detail| HeaderDetail { of, who: who.cloned(), detail }));
    }
}

fn elements<'a, 'i>(node: Node<'a, 'i>) -> impl Iterator<Item = Node<'a, 'i>> {
    node.children().filter(Node::is_element)
}

#[cfg(test)]
mod tests {
    use super::particulars;
    use crate::domain::HeaderPart;
    use roxmltree::Document;

    #[test]
    fn each_level_says_how_it_is_reached_and_the_person_and_the_documents_say_the_rest() {
        let tree = Document::parse(concat!(
            "<MsgHead xmlns='http://www.kith.no/xmlstds/msghead/2006-05-24'><MsgInfo><Type V='DIALOG_NOTAT'/><Sender><Organisation>",
            "<OrganisationName>HF</OrganisationName><Ident><Id>80001</Id><TypeId V='HER'/></Ident><Organisation>",
            "<OrganisationName>Post</OrganisationName><TeleCom><TypeTelecom V='WP' DN='Arbeidsplass'/><TeleAddress V='tel:1'/>",
            "</TeleCom></Organisation></Organisation></Sender><Patient><FamilyName>F</FamilyName><Ident><Id>1</Id></Ident>",
            "<Ident><Id>2</Id></Ident><Address><City>By</City></Address></Patient></MsgInfo>",
            "<Document><Annotation>Les først</Annotation><RefDoc><MsgType V='A'/><Description>fil.pdf</Description></RefDoc>",
            "</Document></MsgHead>"
        ))
        .unwrap();

        let found = particulars(&tree);

        let told: Vec<_> = found
            .iter()
            .map(|it| {
                let who = it.who.as_ref().map_or("", |it| it.reveal().as_str());
                (it.of, who, it.detail.element.as_str(), it.detail.value.reveal().as_str())
            })
            .collect();
        assert_eq!(
            told,
            [
                (HeaderPart::Sender, "HF", "Ident", "80001, HER"),
                (HeaderPart::Sender, "Post", "TeleCom", "Arbeidsplass, tel:1"),
                (HeaderPart::Patient, "", "Ident", "1"),
                (HeaderPart::Patient, "", "Ident", "2"),
                (HeaderPart::Patient, "", "Address", "By"),
                (HeaderPart::Document(1), "", "Annotation", "Les først"),
            ]
        );
    }
}
