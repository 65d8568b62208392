//! Whole trees: limits, the order of what is said, and what a schema may not contain.

use super::faults;
use super::refusal;
use super::schema;
use crate::rules::schema::*;
use proptest::prelude::*;
use roxmltree::Document;

#[test]
fn no_more_faults_than_asked_for() {
    let schemas = schema(
        "<xs:element name='r'><xs:complexType><xs:sequence/></xs:complexType></xs:element><xs:element name='s'><xs:complexType><xs:sequence><xs:element name='a' minOccurs='0'/></xs:sequence></xs:complexType></xs:element>",
    );
    let message = format!("<s xmlns='u'>{}</s>", "<x/>".repeat(10_000));
    let tree = Document::parse(&message).unwrap();

    assert_eq!(schemas.check(&tree, 7).len(), 7);
    assert_eq!(schemas.check(&tree, 0).len(), 0);
}

#[test]
fn depth_does_not_end_the_stack() {
    let schemas = schema(
        "<xs:element name='r'><xs:complexType><xs:sequence><xs:element ref='r' minOccurs='0'/></xs:sequence></xs:complexType></xs:element>",
    );
    let message = format!("<r xmlns='u'>{}{}</r>", "<r>".repeat(50_000), "</r>".repeat(50_000));

    assert_eq!(faults(&schemas, &message), ["r: TooDeep"]);
}

#[test]
fn what_is_not_supported_is_refused_with_file_and_line() {
    let cases = [
        (
            "<xs:element name='r'><xs:complexType><xs:all/></xs:complexType></xs:element>",
            "test.xsd:2: xs:all is not supported here",
        ),
        ("\n<xs:include schemaLocation='x'/>", "test.xsd:3: xs:include is not supported"),
        (
            "<xs:element name='a'/><xs:element name='r' substitutionGroup='a'/>",
            "test.xsd:2: the attribute substitutionGroup is not supported here",
        ),
        ("<xs:element name='r'><xs:key name='k'/></xs:element>", "test.xsd:2: xs:key is not supported here"),
        ("<xs:element name='r' type='nothing'/>", "test.xsd:2: there is no type nothing"),
        ("<xs:element name='r' type='v:x'/>", "test.xsd:2: the prefix v is not declared"),
        ("<xs:import namespace='v'/>", "test.xsd:2: the namespace \"v\" is imported, but no schema for it was given"),
        ("<xs:element name='r'/><xs:element name='r'/>", "test.xsd:2: the same name is declared twice"),
        (
            "<xs:simpleType name='s'><xs:restriction base='s'/></xs:simpleType>",
            "test.xsd:2: the type is derived from itself",
        ),
        (
            "<xs:simpleType name='s'><xs:restriction base='xs:token'><xs:pattern value='a*?'/></xs:restriction></xs:simpleType>",
            "test.xsd:2: the pattern a*? has ? after nothing that can be repeated",
        ),
        (
            "<xs:simpleType name='s'><xs:restriction base='xs:int'><xs:enumeration value='x'/></xs:restriction></xs:simpleType>",
            "test.xsd:2: the value \"x\" is not of the type",
        ),
        (
            "<xs:element name='r'><xs:complexType><xs:sequence><xs:element name='a' maxOccurs='65'/></xs:sequence></xs:complexType></xs:element>",
            "test.xsd:2: maxOccurs above 64 is not supported",
        ),
        (
            "<xs:element name='r'><xs:complexType><xs:sequence><xs:element name='a' minOccurs='0'/><xs:element name='a'/></xs:sequence></xs:complexType></xs:element>",
            "test.xsd:2: the element a could be attributed to two places of the content",
        ),
        ("<xs:element name='r' type='xs:int' fixed='x'/>", "test.xsd:2: the value \"x\" is not of the type"),
    ];
    for (components, said) in cases {
        assert_eq!(refusal(components), said);
    }
    assert!(Schemas::compile(&[("x.xsd", "<a")]).is_err());
    assert_eq!(Schemas::compile(&[("x.xsd", "<a/>")]).unwrap_err().to_string(), "x.xsd:1: this is no schema");
}

#[test]
fn schemas_can_be_shared_between_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<Schemas>();
}

/// Trees of names that the published schemas know, and of others, in any order and depth.
fn trees() -> impl Strategy<Value = String> {
    let name = prop::sample::select(vec![
        "MsgHead",
        "MsgInfo",
        "Type",
        "MIGversion",
        "GenDate",
        "MsgId",
        "Sender",
        "Receiver",
        "Organisation",
        "Ident",
        "Id",
        "TypeId",
        "Patient",
        "Document",
        "RefDoc",
        "MsgType",
        "Content",
        "b:Behovsmelding",
        "b:Meldingstype",
        "b:Mottaker",
        "b:Melder",
        "b:Pasient",
        "b:Tjeneste",
        "b:Behov",
        "ds:Signature",
        "ds:SignedInfo",
        "ds:Object",
        "c:Base64Container",
        "Ukjent",
        "x:Type",
        "id",
        "GenDato",
    ]);
    let attributes = prop::sample::select(vec![
        "",
        " V='1'",
        " V='A' S='1.2.3' DN='d'",
        " S='x'",
        " Id='i'",
        " xsi:nil='true'",
        " xsi:type='ds:SignatureType'",
        " x:y='z'",
    ]);
    let text = prop::sample::select(vec![
        "",
        " ",
        "text",
        "2026-03-31T12:00:00",
        "<!-- c -->",
        "1<?p?>2",
        "<![CDATA[]]>",
        "QUI=",
    ]);
    let leaf = (name.clone(), attributes.clone(), text.clone()).prop_map(|(n, a, t)| format!("<{n}{a}>{t}</{n}>"));
    let tree = leaf.prop_recursive(8, 80, 8, move |inner| {
        let inside = prop::collection::vec(inner, 0..8);
        (name.clone(), attributes.clone(), inside, text.clone())
            .prop_map(|(n, a, i, t)| format!("<{n}{a}>{t}{}</{n}>", i.concat()))
    });
    tree.prop_map(|it| {
        format!(
            "<MsgHead xmlns='http://www.kith.no/xmlstds/msghead/2006-05-24' xmlns:b='urn:meldeport:behovsmelding:1.0' \
             xmlns:ds='http://www.w3.org/2000/09/xmldsig#' xmlns:c='http://www.kith.no/xmlstds/base64container' xmlns:x='urn:x' \
             xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'>{it}</MsgHead>"
        )
    })
}

/// Found by fuzzing: what is missing in an element without children stands where it begins.
#[test]
fn an_empty_elements_missing_children_come_before_a_fault_in_its_attributes() {
    let message = "<MsgHead xmlns='http://www.kith.no/xmlstds/msghead/2006-05-24'><MsgInfo a='1'/></MsgHead>";
    let faults = published().check(&Document::parse(message).unwrap(), 1_000);

    assert!(faults.is_sorted_by_key(|it| it.offset), "{faults:#?}");
    assert!(faults.iter().any(|it| matches!(it.kind, FaultKind::AttributeUnexpected { .. })), "{faults:#?}");
    assert!(faults.iter().any(|it| matches!(it.kind, FaultKind::ElementMissing { .. })), "{faults:#?}");
}

/// Found by the property test below: an empty value stands after the attributes of its element.
#[test]
fn an_empty_value_comes_after_a_fault_in_an_attribute_of_its_element() {
    let message = "<MsgHead xmlns='http://www.kith.no/xmlstds/msghead/2006-05-24'><MsgInfo><GenDate V='1'></GenDate></MsgInfo></MsgHead>";
    let faults = published().check(&Document::parse(message).unwrap(), 1_000);

    assert!(faults.is_sorted_by_key(|it| it.offset), "{faults:#?}");
    let of_date: Vec<_> = faults
        .iter()
        .filter(|it| matches!(it.kind, FaultKind::AttributeUnexpected { .. } | FaultKind::ValueInvalid { .. }))
        .collect();
    assert_eq!(of_date.len(), 2, "{faults:#?}");
    assert_eq!(of_date[1].offset, message.find("></GenDate>").unwrap());
}

/// An attribute that is missing stands before those that are wrong, also when there is only room for some of them.
#[test]
fn what_is_left_out_for_want_of_room_comes_last() {
    let message = "<MsgHead xmlns='http://www.kith.no/xmlstds/msghead/2006-05-24'><MsgInfo><Type A='1' B='2'/></MsgInfo></MsgHead>";
    let tree = Document::parse(message).unwrap();
    let places = |max| published().check(&tree, max).iter().map(|it| (it.node, it.offset)).collect::<Vec<_>>();
    let all = places(1_000);

    assert!(all.len() > 3, "{all:?}");
    for max in 1..all.len() {
        assert_eq!(places(max), all[..max], "{max}");
    }
}

proptest! {
    #[test]
    fn no_tree_makes_it_panic_and_faults_come_in_order(message in trees()) {
        let tree = Document::parse(&message).unwrap();
        let faults = published().check(&tree, 1_000);

        prop_assert!(!faults.is_empty() && faults.is_sorted_by_key(|it| it.offset), "{faults:#?}");
        prop_assert!(faults.iter().all(|it| it.offset < message.len()));
        let places = |it: &[Fault]| it.iter().map(|it| (it.node, it.offset)).collect::<Vec<_>>();
        prop_assert_eq!(places(&published().check(&tree, 3)), places(&faults[..faults.len().min(3)]));
        prop_assert_eq!(examine(&tree, 1_000).len(), faults.len());
    }
}
