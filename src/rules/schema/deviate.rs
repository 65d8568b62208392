//! Which faults are one of the small deviations that a sender can be allowed, seen from the structure alone.
//!
//! Each is drawn so narrowly that the readers in `wire` lose nothing by it: a field out of its place must be the only one of
//! its name there, a date must still be one day, and what is passed over must be something that nobody reads.

use roxmltree::Document;
use roxmltree::Node;

use super::compile::XSI;
use super::fault::Fault;
use super::fault::FaultKind;
use super::fault::ValueFault;
use super::fault::Why;
use super::value::Builtin;
use crate::domain::Deviation;

const SIGNATURE: (&str, &str) = ("http://www.w3.org/2000/09/xmldsig#", "Signature");

pub(super) fn deviation(tree: &Document<'_>, fault: &Fault) -> Option<Deviation> {
    let node = tree.get_node(fault.node)?;
    match &fault.kind {
        FaultKind::ElementUnexpected { why: Why::TooEarly | Why::TooLate { .. }, .. } => misplaced(node),
        FaultKind::ValueInvalid { builtin: Builtin::Date, why: ValueFault::Form, .. } => {
            let value = match fault.attribute {
                Some(n) => node.attributes().nth(n)?.value(),
                None => node.text()?,
            };
            is_date_of_few_digits(value.trim()).then_some(Deviation::DateDigits)
        }
        FaultKind::ValueInvalid { builtin: Builtin::Base64Binary, .. } if fault.attribute.is_none() => {
            let is_signature = |it: &Node<'_, '_>| it.has_tag_name(SIGNATURE);
            node.ancestors().any(|it| is_signature(&it)).then_some(Deviation::SignatureValues)
        }
        FaultKind::AttributeUnexpected { .. } => {
            let attribute = node.attributes().nth(fault.attribute?)?;
            match attribute.namespace() {
                None if node == tree.root_element() => Some(Deviation::RootAttribute),
                None => None,
                Some(uri) => {
                    let is_location = matches!(attribute.name(), "schemaLocation" | "noNamespaceSchemaLocation");
                    (is_location && is_nearly(uri, XSI)).then_some(Deviation::SchemaLocation)
                }
            }
        }
        FaultKind::RootUnknown
        | FaultKind::ElementUnexpected { .. }
        | FaultKind::ElementMissing { .. }
        | FaultKind::ElementUndeclared
        | FaultKind::ElementAbstract
        | FaultKind::ContentForbidden
        | FaultKind::ElementsInText
        | FaultKind::TextForbidden { .. }
        | FaultKind::AttributeMissing { .. }
        | FaultKind::AttributeUndeclared
        | FaultKind::ValueInvalid { .. }
        | FaultKind::ValueFixed { .. }
        | FaultKind::IdRepeated
        | FaultKind::IdMissing
        | FaultKind::TypeUnknown
        | FaultKind::TypeUnrelated
        | FaultKind::TypeAbstract
        | FaultKind::NilForbidden
        | FaultKind::NilWithContent
        | FaultKind::TooDeep => None,
    }
}

/// A field out of its place reads as in its place, as long as there is only one of it.
fn misplaced(node: Node<'_, '_>) -> Option<Deviation> {
    let parent = node.parent_element()?;
    let same = parent.children().filter(|it| it.tag_name() == node.tag_name()).count();
    if same != 1 {
        return None;
    }
    match (parent.tag_name().name(), node.tag_name().name()) {
        ("ConversationRef", _) => Some(Deviation::ConversationOrder),
        ("MsgInfo", _) => Some(Deviation::HeaderOrder),
        ("TeleCom", _) => Some(Deviation::TelecomOrder),
        _ => None,
    }
}

/// `1991-12-4`: a day that exists, with a zero or two left out.
fn is_date_of_few_digits(value: &str) -> bool {
    let mut parts = value.split('-');
    let (Some(year), Some(month), Some(day), None) = (parts.next(), parts.next(), parts.next(), parts.next()) else {
        return false;
    };
    let is_number = |it: &str, digits: &[usize]| digits.contains(&it.len()) && it.bytes().all(|it| it.is_ascii_digit());
    is_number(year, &[4])
        && is_number(month, &[1, 2])
        && is_number(day, &[1, 2])
        && Builtin::Date.has_form(&format!("{year}-{month:0>2}-{day:0>2}"))
}

/// Whether two namespaces differ in case and in signs only.
fn is_nearly(one: &str, other: &str) -> bool {
    let bare = |it: &str| it.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    bare(one) == bare(other)
}

#[cfg(test)]
mod tests {
    use super::super::published;
    use super::*;

    const HEAD: &str = "http://www.kith.no/xmlstds/msghead/2006-05-24";

    /// The deviation of each fault in a header made of these pieces.
    fn deviations(root: &str, conversation: &str, sender: &str, patient: &str) -> Vec<Option<Deviation>> {
        let party = |telecom: &str| {
            format!(
                "<Organisation><OrganisationName>A</OrganisationName><Ident><Id>1</Id><TypeId V='HER'/></Ident>{telecom}</Organisation>"
            )
        };
        let text = format!(
            "<MsgHead xmlns='{HEAD}' {root}><MsgInfo><Type V='DIALOG_NOTAT'/><MIGversion>v1.2 2006-05-24</MIGversion>\
             <GenDate>2026-01-01T00:00:00</GenDate><MsgId>1</MsgId>{conversation}<Sender>{}</Sender><Receiver>{}</Receiver>{patient}</MsgInfo>\
             <Document><RefDoc><MsgType V='XML'/></RefDoc></Document></MsgHead>",
            party(sender),
            party("")
        );
        let tree = Document::parse(&text).unwrap();
        published().check(&tree, 100).iter().map(|it| deviation(&tree, it)).collect()
    }

    #[test]
    fn the_order_of_a_few_fields_is_a_deviation() {
        let turned =
            "<ConversationRef><RefToConversation>a</RefToConversation><RefToParent>b</RefToParent></ConversationRef>";
        assert_eq!(deviations("", turned, "", ""), [Some(Deviation::ConversationOrder)]);

        let right =
            "<ConversationRef><RefToParent>b</RefToParent><RefToConversation>a</RefToConversation></ConversationRef>";
        assert_eq!(deviations("", &format!("{right}<Ack V='J'/>"), "", ""), [Some(Deviation::HeaderOrder)]);

        let telecom = "<TeleCom><TeleAddress V='tel:1'/><TypeTelecom V='WP'/></TeleCom>";
        assert_eq!(deviations("", "", telecom, ""), [Some(Deviation::TelecomOrder)]);
    }

    /// Otherwise the second would not be read, and nobody told.
    #[test]
    fn a_field_that_stands_twice_is_none() {
        let twice = "<ConversationRef><RefToConversation>a</RefToConversation><RefToParent>b</RefToParent><RefToConversation>c</RefToConversation></ConversationRef>";

        assert_eq!(deviations("", twice, "", ""), [None]);
    }

    #[test]
    fn a_day_with_few_digits_is_a_deviation_and_what_is_no_day_is_not() {
        let born = |it: &str| deviations("", "", "", &format!("<Patient><DateOfBirth>{it}</DateOfBirth></Patient>"));

        assert_eq!(born("1991-12-4"), [Some(Deviation::DateDigits)]);
        assert_eq!(born("1991-2-4"), [Some(Deviation::DateDigits)]);
        for no_day in ["1991-2-30", "91-2-3", "1991-12-", "4.12.1991", "1991-12-004", ""] {
            assert_eq!(born(no_day), [None], "{no_day}");
        }
    }

    #[test]
    fn attributes_that_nobody_reads_are_deviations_on_the_root_alone() {
        assert_eq!(deviations("xmlxd='x'", "", "", ""), [Some(Deviation::RootAttribute)]);
        assert_eq!(deviations("", "<Ack V='J' W='x'/>", "", ""), [None]);
        let nearly = "xmlns:i='http://www.w3.org/2001/XMLSchemainstance' i:schemaLocation='a b'";
        assert_eq!(deviations(nearly, "", "", ""), [Some(Deviation::SchemaLocation)]);
        assert_eq!(deviations("xmlns:i='urn:other' i:schemaLocation='a b'", "", "", ""), [None]);
    }
}
