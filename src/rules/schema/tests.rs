//! What the engine says, feature by feature. Whether it agrees with libxml2 on whole messages is asked in `tests/schema.rs`.

use proptest::prelude::*;
use roxmltree::Document;

use super::*;

/// A schema in namespace `u` with these components.
fn schema(components: &str) -> Schemas {
    match Schemas::compile(&[("test.xsd", &wrapped(components))]) {
        Ok(it) => it,
        Err(e) => panic!("{e}"),
    }
}

fn wrapped(components: &str) -> String {
    format!(
        "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' xmlns='u' targetNamespace='u' elementFormDefault='qualified'>\n\
         {components}\n</xs:schema>"
    )
}

fn refusal(components: &str) -> String {
    Schemas::compile(&[("test.xsd", &wrapped(components))]).unwrap_err().to_string()
}

/// Each fault in short: the element (with attribute), what is wrong, and what was expected.
fn faults(schemas: &Schemas, message: &str) -> Vec<String> {
    let tree = Document::parse(message).unwrap();
    let faults = schemas.check(&tree, 100);
    assert!(faults.is_sorted_by_key(|it| it.offset), "{faults:#?}");
    faults.iter().map(|it| short(&tree, it)).collect()
}

fn short(tree: &Document<'_>, fault: &Fault) -> String {
    let node = tree.get_node(fault.node).unwrap();
    let attribute =
        fault.attribute.map(|n| format!("@{}", node.attributes().nth(n).unwrap().name())).unwrap_or_default();
    let list = |it: &[Expected]| {
        let name = |it: &Expected| match it {
            Expected::Element(it) => it.local.clone(),
            Expected::Any => "*".to_owned(),
        };
        it.iter().map(name).collect::<Vec<_>>().join("|")
    };
    let lists = |it: &[Vec<Expected>]| it.iter().map(|it| list(it)).collect::<Vec<_>>().join(",");
    let said = match &fault.kind {
        FaultKind::ElementUnexpected { why, expected, may_end, required } => {
            let why = match why {
                Why::Unknown { similar: Some(it) } => format!("unknown, like {}", it.local),
                Why::Unknown { similar: None } => "unknown".to_owned(),
                Why::WrongNamespace { expected } => format!("wrong namespace, not {}", expected.namespace),
                Why::TooEarly => "too early".to_owned(),
                Why::TooLate { before: Some(it) } => format!("too late, before {}", it.local),
                Why::TooLate { before: None } => "too late".to_owned(),
                Why::TooMany { max } => format!("too many, {max}"),
                Why::Excluded => "excluded".to_owned(),
            };
            let end = if *may_end { "|end" } else { "" };
            let required = if required.is_empty() { String::new() } else { format!(" required {}", lists(required)) };
            format!("{why}; expected {}{end}{required}", list(expected))
        }
        FaultKind::ElementMissing { missing, before } => {
            let before = before.as_ref().map_or("end", |it| &it.local);
            format!("missing {} before {before}", lists(missing))
        }
        other => format!("{other:?}"),
    };
    format!("{}{attribute}: {said}", node.tag_name().name())
}

const SEQUENCE: &str = "
  <xs:element name='r'><xs:complexType><xs:sequence>
    <xs:element name='alpha' type='xs:string'/>
    <xs:element name='bravo' type='xs:string' minOccurs='0'/>
    <xs:element name='charlie' type='xs:int' maxOccurs='2'/>
    <xs:choice minOccurs='0'>
      <xs:element name='delta' type='xs:string'/>
      <xs:element name='echo' type='xs:string'/>
    </xs:choice>
    <xs:element name='foxtrot' type='xs:string' minOccurs='0' maxOccurs='unbounded'/>
    <xs:element name='golf' type='xs:string'/>
  </xs:sequence></xs:complexType></xs:element>";

fn sequence(children: &str) -> Vec<String> {
    let message: String = children
        .split_whitespace()
        .map(|it| match it {
            "charlie" => "<charlie>1</charlie>".to_owned(),
            "charlie!" => "<charlie>x</charlie>".to_owned(),
            it => format!("<{it}/>"),
        })
        .collect();
    faults(&schema(SEQUENCE), &format!("<r xmlns='u'>{message}</r>"))
}

#[test]
fn what_fits_has_no_faults() {
    for children in
        ["alpha charlie golf", "alpha bravo charlie charlie delta foxtrot foxtrot golf", "alpha charlie echo golf"]
    {
        assert_eq!(sequence(children), [""; 0], "{children}");
    }
}

#[test]
fn what_is_missing_is_said_once_and_where() {
    assert_eq!(sequence("charlie golf"), ["r: missing alpha before charlie"]);
    assert_eq!(sequence("golf"), ["r: missing alpha,charlie before golf"]);
    assert_eq!(sequence("alpha charlie"), ["r: missing golf before end"]);
    assert_eq!(sequence(""), ["r: missing alpha,charlie,golf before end"]);
    assert_eq!(
        sequence("bravo delta"),
        ["r: missing alpha before bravo", "r: missing charlie before delta", "r: missing golf before end"]
    );
}

#[test]
fn what_is_unknown_is_passed_over() {
    assert_eq!(sequence("alpha other charlie golf"), ["other: unknown; expected bravo|charlie"]);
    assert_eq!(sequence("alpha charlie golf zulu"), ["zulu: unknown; expected |end"]);
}

#[test]
fn an_unknown_element_in_the_place_of_a_required_one_is_one_fault() {
    assert_eq!(sequence("zulu charlie golf"), ["zulu: unknown; expected alpha required alpha"]);
    assert_eq!(
        sequence("alpha charlie zulu"),
        ["zulu: unknown; expected charlie|delta|echo|foxtrot|golf required golf"]
    );
}

#[test]
fn a_near_name_is_taken_for_the_one_meant() {
    assert_eq!(sequence("Alpha charlie golf"), ["Alpha: unknown, like alpha; expected alpha"]);
    assert_eq!(sequence("alpha charly charlie golf"), ["charly: unknown, like charlie; expected bravo|charlie"]);
    assert_eq!(
        sequence("alpha charly golf"),
        [
            "charly: unknown, like charlie; expected bravo|charlie",
            "charly: ValueInvalid { type_name: Some(\"int\"), builtin: Integer, why: Form }"
        ]
    );
}

#[test]
fn order_is_told_once() {
    assert_eq!(sequence("bravo alpha charlie golf"), ["bravo: too early; expected alpha"]);
    assert_eq!(sequence("alpha golf charlie"), ["golf: too early; expected bravo|charlie"]);
    assert_eq!(
        sequence("alpha charlie bravo golf"),
        ["bravo: too late, before charlie; expected charlie|delta|echo|foxtrot|golf"]
    );
    assert_eq!(sequence("alpha foxtrot foxtrot charlie golf"), ["foxtrot: too early; expected bravo|charlie"]);
    assert_eq!(
        sequence("alpha charlie foxtrot delta golf"),
        ["delta: too late, before foxtrot; expected foxtrot|golf"]
    );
}

#[test]
fn too_many_and_excluded_are_told_apart() {
    assert_eq!(sequence("alpha alpha charlie golf"), ["alpha: too many, 1; expected bravo|charlie"]);
    assert_eq!(
        sequence("alpha charlie charlie charlie golf"),
        ["charlie: too many, 2; expected delta|echo|foxtrot|golf"]
    );
    assert_eq!(sequence("alpha charlie delta echo golf"), ["echo: excluded; expected foxtrot|golf"]);
    assert_eq!(sequence("alpha charlie golf golf"), ["golf: too many, 1; expected |end"]);
}

#[test]
fn a_misplaced_element_is_checked_inside_all_the_same() {
    assert_eq!(
        sequence("alpha charlie golf charlie!"),
        [
            "charlie: too late, before golf; expected |end",
            "charlie: ValueInvalid { type_name: Some(\"int\"), builtin: Integer, why: Form }"
        ]
    );
}

#[test]
fn the_wrong_namespace_is_said_to_be_that() {
    let schemas = schema(SEQUENCE);
    let found = faults(&schemas, "<r xmlns='u'><alpha/><charlie xmlns='v'><x/></charlie><golf/></r>");
    assert_eq!(found, ["charlie: wrong namespace, not u; expected bravo|charlie"]);

    let found = faults(&schemas, "<r xmlns='u'><alpha xmlns=''/><charlie>1</charlie><golf/></r>");
    assert_eq!(found, ["alpha: wrong namespace, not u; expected alpha"]);
}

#[test]
fn an_unknown_root_is_the_only_fault() {
    assert_eq!(faults(&schema(SEQUENCE), "<r><x/></r>"), ["r: RootUnknown"]);
    assert!(
        schema(SEQUENCE).declares("u", "r")
            && !schema(SEQUENCE).declares("u", "alpha")
            && !schema(SEQUENCE).declares("v", "r")
    );
}

#[test]
fn alternatives_that_are_missing_are_given_together() {
    let schemas = schema(
        "<xs:element name='r'><xs:complexType><xs:sequence>
           <xs:choice><xs:element name='inst'/><xs:sequence><xs:element name='prof'/><xs:element name='spec'/></xs:sequence></xs:choice>
           <xs:element name='address' minOccurs='0'/>
         </xs:sequence></xs:complexType></xs:element>",
    );

    assert_eq!(faults(&schemas, "<r xmlns='u'><address/></r>"), ["r: missing inst before address"]);
    assert_eq!(faults(&schemas, "<r xmlns='u'><prof/></r>"), ["r: missing spec before end"]);
    let schemas = schema(
        "<xs:element name='r'><xs:complexType><xs:choice><xs:element name='a'/><xs:element name='b'/></xs:choice></xs:complexType></xs:element>",
    );
    assert_eq!(faults(&schemas, "<r xmlns='u'/>"), ["r: missing a|b before end"]);
}

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
fn types_are_extended_and_restricted() {
    let schemas = schema(
        "<xs:complexType name='base'><xs:sequence><xs:element name='a'/></xs:sequence><xs:attribute name='x' use='required'/></xs:complexType>
         <xs:complexType name='more'><xs:complexContent><xs:extension base='base'><xs:sequence><xs:element name='b'/></xs:sequence><xs:attribute name='y'/></xs:extension></xs:complexContent></xs:complexType>
         <xs:complexType name='less'><xs:complexContent><xs:restriction base='base'><xs:sequence><xs:element name='a'/></xs:sequence><xs:attribute name='x' use='prohibited'/></xs:restriction></xs:complexContent></xs:complexType>
         <xs:complexType name='text'><xs:simpleContent><xs:extension base='xs:int'><xs:attribute name='x'/></xs:extension></xs:simpleContent></xs:complexType>
         <xs:complexType name='small'><xs:simpleContent><xs:restriction base='text'><xs:maxInclusive value='9'/></xs:restriction></xs:simpleContent></xs:complexType>
         <xs:complexType name='open'><xs:complexContent><xs:restriction base='xs:anyType'><xs:sequence><xs:any minOccurs='0' processContents='skip'/></xs:sequence></xs:restriction></xs:complexContent></xs:complexType>
         <xs:element name='m' type='more'/><xs:element name='l' type='less'/><xs:element name='t' type='text'/><xs:element name='s' type='small'/><xs:element name='o' type='open'/>
         <xs:element name='b' type='base'/>",
    );

    for good in [
        "<m xmlns='u' x='' y=''><a/><b/></m>",
        "<t xmlns='u' x=''>12</t>",
        "<s xmlns='u' x=''>9</s>",
        "<o xmlns='u'><q/></o>",
    ] {
        assert_eq!(faults(&schemas, good), [""; 0], "{good}");
    }
    assert_eq!(faults(&schemas, "<m xmlns='u' x=''><a/></m>"), ["m: missing b before end"]);
    assert!(faults(&schemas, "<l xmlns='u' x=''><a/></l>")[0].contains("AttributeUnexpected"));
    assert!(faults(&schemas, "<s xmlns='u'>10</s>")[0].contains("TooLarge"));
    assert_eq!(faults(&schemas, "<t xmlns='u'>1<a/></t>"), ["t: ElementsInText"]);
    assert!(
        faults(&schemas, "<o xmlns='u' z=''/>")[0].contains("AttributeUnexpected"),
        "a restriction inherits no wildcard"
    );
}

#[test]
fn wildcards_are_strict_lax_or_skip() {
    let any = |attributes: &str| {
        schema(&format!(
            "<xs:element name='r'><xs:complexType><xs:sequence><xs:any {attributes} minOccurs='0' maxOccurs='unbounded'/></xs:sequence></xs:complexType></xs:element>
             <xs:element name='n' type='xs:int'/>"
        ))
    };
    let message = "<r xmlns='u'><n>x</n><q><n>y</n></q></r>";

    let strict = faults(&any(""), message);
    assert!(
        strict[0].starts_with("n: ValueInvalid") && strict[1] == "q: ElementUndeclared" && strict.len() == 2,
        "{strict:?}"
    );
    assert_eq!(faults(&any("processContents='lax'"), message).len(), 2, "an n within an unknown q is found");
    assert_eq!(faults(&any("processContents='skip'"), message), [""; 0]);
    assert_eq!(faults(&any("namespace='##other'"), "<r xmlns='u'><n>1</n></r>"), ["n: unknown; expected *|end"]);
    assert_eq!(faults(&any("namespace='##other' processContents='lax'"), "<r xmlns='u'><q xmlns='v'/></r>"), [""; 0]);
    assert_eq!(faults(&any("namespace='##other' processContents='lax'"), "<r xmlns='u'><q xmlns=''/></r>").len(), 1);
    assert_eq!(
        faults(
            &any("namespace='##local ##targetNamespace v' processContents='lax'"),
            "<r xmlns='u'><q xmlns=''/><q/><q xmlns='v'/></r>"
        ),
        [""; 0]
    );
}

#[test]
fn any_attribute_is_strict_or_lax() {
    let any = |attributes: &str| {
        schema(&format!(
            "<xs:attribute name='g' type='xs:int'/><xs:element name='r'><xs:complexType><xs:anyAttribute {attributes}/></xs:complexType></xs:element>"
        ))
    };

    assert!(faults(&any(""), "<r xmlns='u' xmlns:u='u' u:g='x'/>")[0].contains("ValueInvalid"));
    assert_eq!(faults(&any(""), "<r xmlns='u' q='x'/>"), ["r@q: AttributeUndeclared"]);
    assert_eq!(faults(&any("processContents='lax'"), "<r xmlns='u' q='x'/>"), [""; 0]);
    assert!(faults(&any("namespace='##other'"), "<r xmlns='u' q='x'/>")[0].contains("AttributeUnexpected"));
}

#[test]
fn xsi_attributes_mean_what_they_mean() {
    let schemas = schema(
        "<xs:complexType name='base' abstract='true'><xs:sequence/></xs:complexType>
         <xs:complexType name='real'><xs:complexContent><xs:extension base='base'><xs:sequence><xs:element name='a'/></xs:sequence></xs:extension></xs:complexContent></xs:complexType>
         <xs:element name='r'><xs:complexType><xs:sequence><xs:element name='b' type='base' minOccurs='0'/><xs:element name='n' type='xs:int' nillable='true' minOccurs='0'/>
           <xs:element name='i' type='xs:integer' minOccurs='0'/></xs:sequence></xs:complexType></xs:element>",
    );
    let inside = |it: &str| {
        faults(
            &schemas,
            &format!(
                "<r xmlns='u' xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xmlns:xs='http://www.w3.org/2001/XMLSchema' xsi:schemaLocation='u nowhere'>{it}</r>"
            ),
        )
    };

    for good in [
        "<b xsi:type='real'><a/></b>",
        "<n xsi:nil='true'/>",
        "<n xsi:nil='false'>1</n>",
        "<i xsi:type='xs:byte'>1</i>",
    ] {
        assert_eq!(inside(good), [""; 0], "{good}");
    }
    assert_eq!(inside("<b/>"), ["b: TypeAbstract"]);
    assert_eq!(inside("<b xsi:type='nothing'/>"), ["b@type: TypeUnknown"], "one cause, one fault");
    assert_eq!(inside("<i xsi:type='xs:string'>1</i>"), ["i@type: TypeUnrelated"]);
    assert_eq!(inside("<n xsi:nil='true'>1</n>"), ["n: NilWithContent"]);
    assert_eq!(inside("<i xsi:nil='true'>1</i>"), ["i@nil: NilForbidden"]);
    assert!(inside("<i xsi:schemalocation='u nowhere'>1</i>")[0].contains("AttributeUnexpected"), "only four names");
    assert!(inside("<i xsi:type='xs:byte'>1000</i>")[0].contains("TooLarge"));
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
fn groups_and_qualified_names_are_looked_up() {
    let schemas = schema(
        "<xs:group name='pair'><xs:sequence><xs:element name='a'/><xs:element name='q' type='xs:QName' form='unqualified'/></xs:sequence></xs:group>
         <xs:attributeGroup name='both'><xs:attribute name='x'/><xs:attribute name='y' use='required'/></xs:attributeGroup>
         <xs:element name='r'><xs:complexType><xs:sequence><xs:group ref='pair' maxOccurs='2'/></xs:sequence><xs:attributeGroup ref='both'/></xs:complexType></xs:element>",
    );

    assert_eq!(faults(&schemas, "<u:r xmlns:u='u' y=''><u:a/><q>u:x</q><u:a/><q>x</q></u:r>"), [""; 0]);
    assert_eq!(faults(&schemas, "<u:r xmlns:u='u' y=''><u:a/><q>v:x</q></u:r>").len(), 1);
}

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
