//! What stands in elements and attributes.

use super::SEQUENCE;
use super::faults;
use super::schema;

#[test]
fn text_between_elements_is_told_once() {
    let found = faults(&schema(SEQUENCE), "<r xmlns='u'>one<alpha/>two<charlie>1</charlie><golf/></r>");
    assert_eq!(found, ["r: TextForbidden { required: [] }"]);
    let found = faults(&schema(SEQUENCE), "<r xmlns='u'>one</r>");
    assert!(
        found.len() == 1 && found[0].contains("alpha") && found[0].contains("golf"),
        "what is missing is said in it: {found:?}"
    );
    let mixed = schema(
        "<xs:element name='r'><xs:complexType mixed='true'><xs:sequence><xs:element name='a'/></xs:sequence></xs:complexType></xs:element>",
    );
    assert_eq!(faults(&mixed, "<r xmlns='u'>one<a/>two</r>"), [""; 0]);
}

#[test]
fn what_must_be_empty_must_be_quite_empty() {
    let schemas = schema("<xs:element name='r'><xs:complexType><xs:attribute name='V'/></xs:complexType></xs:element>");

    assert_eq!(faults(&schemas, "<r xmlns='u' V='x'><!-- c --></r>"), [""; 0]);
    for message in ["<r xmlns='u'> </r>", "<r xmlns='u'>x</r>", "<r xmlns='u'><a/></r>"] {
        assert_eq!(faults(&schemas, message), ["r: ContentForbidden"], "{message}");
    }
}

#[test]
fn attributes_are_required_fixed_typed_and_no_others() {
    let schemas = schema(
        "<xs:attribute name='g' type='xs:int'/>
         <xs:element name='r'><xs:complexType>
           <xs:attribute name='V' type='xs:token' use='required'/>
           <xs:attribute name='S' type='xs:int'/>
           <xs:attribute name='F' fixed='x'/>
           <xs:attribute ref='g' use='required'/>
           <xs:attribute name='P' use='prohibited'/>
         </xs:complexType></xs:element>",
    );

    assert_eq!(faults(&schemas, "<r xmlns='u' xmlns:u='u' V='a' S=' 1 ' F='x' u:g='1'/>"), [""; 0]);
    let found = faults(&schemas, "<r xmlns='u' xmlns:u='u' S='b' F='y' g='1' P='1'/>");
    let name = |local: &str, namespace: &str| {
        format!("r: AttributeMissing {{ name: Name {{ namespace: {namespace:?}, local: {local:?} }} }}")
    };
    assert_eq!(found.len(), 6, "{found:#?}");
    assert!(found.contains(&name("V", "")) && found.contains(&name("g", "u")));
    assert!(found.iter().any(|it| it.starts_with("r@S: ValueInvalid")));
    assert!(found.iter().any(|it| it.starts_with("r@F: ValueFixed { expected: \"x\" }")));
    assert!(
        found.iter().any(|it| it.starts_with("r@g: AttributeUnexpected"))
            && found.iter().any(|it| it.starts_with("r@P: AttributeUnexpected"))
    );
}

#[test]
fn every_facet_says_what_it_wants() {
    let cases = [
        (
            "xs:string",
            "<xs:enumeration value='J'/><xs:enumeration value='N'/>",
            "J",
            "j",
            "Enumeration { values: [\"J\", \"N\"] }",
        ),
        ("xs:decimal", "<xs:enumeration value='1.0'/>", " 01 ", "2", "Enumeration { values: [\"1.0\"] }"),
        ("xs:token", "<xs:pattern value='[0-9]{4}'/>", " 0301 ", "301", "Pattern { pattern: \"[0-9]{4}\" }"),
        ("xs:token", "<xs:pattern value='a'/><xs:pattern value='b'/>", "b", "c", "Pattern { pattern: \"a | b\" }"),
        ("xs:string", "<xs:length value='2'/>", "æø", "æ", "Length { exactly: 2 }"),
        ("xs:string", "<xs:minLength value='1'/>", " ", "", "TooShort { min: 1 }"),
        ("xs:string", "<xs:maxLength value='2'/>", "æø", "abc", "TooLong { max: 2 }"),
        ("xs:base64Binary", "<xs:maxLength value='3'/>", "QU JD", "QUJDRA==", "TooLong { max: 3 }"),
        ("xs:int", "<xs:minInclusive value='1'/>", "1", "0", "TooSmall { min: \"1\", inclusive: true }"),
        ("xs:int", "<xs:minExclusive value='1'/>", "2", "1", "TooSmall { min: \"1\", inclusive: false }"),
        (
            "xs:date",
            "<xs:maxInclusive value='2026-12-31'/>",
            "2026-12-31",
            "2027-01-01",
            "TooLarge { max: \"2026-12-31\", inclusive: true }",
        ),
        ("xs:decimal", "<xs:totalDigits value='3'/>", "012.30", "12.34", "TotalDigits { max: 3 }"),
        ("xs:decimal", "<xs:fractionDigits value='1'/>", "1.50", "1.55", "FractionDigits { max: 1 }"),
        ("xs:unsignedByte", "", "255", "256", "TooLarge { max: \"255\", inclusive: true }"),
        (
            "xs:string",
            "<xs:whiteSpace value='collapse'/><xs:length value='1'/>",
            " a ",
            " a b ",
            "Length { exactly: 1 }",
        ),
        ("xs:NMTOKENS", "<xs:maxLength value='2'/>", "a  b", "a b c", "TooLong { max: 2 }"),
    ];
    for (base, facets, good, bad, why) in cases {
        let schemas = schema(&format!(
            "<xs:element name='r'><xs:simpleType><xs:restriction base='{base}'>{facets}</xs:restriction></xs:simpleType></xs:element>"
        ));
        assert_eq!(faults(&schemas, &format!("<r xmlns='u'>{good}</r>")), [""; 0], "{base} {facets}");
        let found = faults(&schemas, &format!("<r xmlns='u'>{bad}</r>"));
        assert!(found.len() == 1 && found[0].ends_with(&format!("why: {why} }}")), "{found:?}");
    }
}

#[test]
fn facets_are_inherited() {
    let schemas = schema(
        "<xs:simpleType name='four'><xs:restriction base='xs:token'><xs:pattern value='[0-9]{4}'/></xs:restriction></xs:simpleType>
         <xs:simpleType name='oslo'><xs:restriction base='four'><xs:pattern value='03.*'/></xs:restriction></xs:simpleType>
         <xs:element name='r' type='oslo'/>",
    );

    assert_eq!(faults(&schemas, "<r xmlns='u'>0301</r>"), [""; 0]);
    assert!(faults(&schemas, "<r xmlns='u'>4601</r>")[0].contains("type_name: Some(\"oslo\")"));
    assert!(faults(&schemas, "<r xmlns='u'>03</r>")[0].contains("[0-9]{4}"));
}

#[test]
fn unions_and_lists_are_followed() {
    let schemas = schema(
        "<xs:element name='r'><xs:complexType><xs:attribute name='V'><xs:simpleType><xs:union memberTypes='xs:dateTime xs:date xs:gYear'/></xs:simpleType></xs:attribute>
         <xs:attribute name='L'><xs:simpleType><xs:list itemType='xs:int'/></xs:simpleType></xs:attribute></xs:complexType></xs:element>",
    );

    assert_eq!(faults(&schemas, "<r xmlns='u' V='2026-01-01' L='1 2  3'/>"), [""; 0]);
    let found = faults(&schemas, "<r xmlns='u' V='2026-1-1' L='1 x'/>");
    assert_eq!(found.len(), 2);
    assert!(found[0].contains("Union { types: [\"dateTime\", \"date\", \"gYear\"] }"), "{found:?}");
}

#[test]
fn identifiers_are_unique_and_referred_to() {
    let schemas = schema(
        "<xs:element name='r'><xs:complexType><xs:sequence><xs:element name='a' maxOccurs='unbounded'><xs:complexType><xs:attribute name='Id' type='xs:ID'/><xs:attribute name='To' type='xs:IDREFS'/></xs:complexType></xs:element></xs:sequence></xs:complexType></xs:element>",
    );

    assert_eq!(faults(&schemas, "<r xmlns='u'><a To='y x'/><a Id='x'/><a Id=' y '/></r>"), [""; 0]);
    assert_eq!(
        faults(&schemas, "<r xmlns='u'><a To='z'/><a Id='x'/><a Id='x'/></r>"),
        ["a@To: IdMissing", "a@Id: IdRepeated"]
    );
}

#[test]
fn fixed_and_default_elements_are_kept() {
    let schemas = schema(
        "<xs:element name='r'><xs:complexType><xs:sequence><xs:element name='f' type='xs:decimal' fixed='1.0' minOccurs='0'/><xs:element name='d' type='xs:int' default='1' minOccurs='0'/></xs:sequence></xs:complexType></xs:element>",
    );

    assert_eq!(faults(&schemas, "<r xmlns='u'><f/><d/></r>"), [""; 0]);
    assert_eq!(faults(&schemas, "<r xmlns='u'><f>01</f><d>2</d></r>"), [""; 0]);
    assert_eq!(faults(&schemas, "<r xmlns='u'><f>2</f></r>"), ["f: ValueFixed { expected: \"1.0\" }"]);
}

#[test]
fn a_value_around_a_comment_is_one_value() {
    let schemas = schema("<xs:element name='r' type='xs:int'/>");

    assert_eq!(faults(&schemas, "<r xmlns='u'>1<!-- c -->2</r>"), [""; 0]);
    assert_eq!(faults(&schemas, "<r xmlns='u'>1<!-- c --> 2</r>").len(), 1);
    assert_eq!(faults(&schemas, "<r xmlns='u'/>").len(), 1);
}

#[test]
fn an_attribute_that_is_misspelt_is_not_also_missing() {
    let schemas = schema(
        "<xs:element name='r'><xs:complexType>
           <xs:attribute name='opprettet' type='xs:token' use='required'/>
         </xs:complexType></xs:element>",
    );

    for misspelt in ["oppretet", "Opprettet"] {
        let found = faults(&schemas, &format!("<r xmlns='u' {misspelt}='a'/>"));
        assert!(matches!(found.as_slice(), [one] if one.contains("AttributeUnexpected")), "{found:#?}");
    }
    assert_eq!(faults(&schemas, "<r xmlns='u' noe='a'/>").len(), 2, "not like it at all");
    assert_eq!(faults(&schemas, "<r xmlns='u'/>").len(), 1);
}
