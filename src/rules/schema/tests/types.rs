//! Types, wildcards and names.

use super::faults;
use super::schema;

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
fn groups_and_qualified_names_are_looked_up() {
    let schemas = schema(
        "<xs:group name='pair'><xs:sequence><xs:element name='a'/><xs:element name='q' type='xs:QName' form='unqualified'/></xs:sequence></xs:group>
         <xs:attributeGroup name='both'><xs:attribute name='x'/><xs:attribute name='y' use='required'/></xs:attributeGroup>
         <xs:element name='r'><xs:complexType><xs:sequence><xs:group ref='pair' maxOccurs='2'/></xs:sequence><xs:attributeGroup ref='both'/></xs:complexType></xs:element>",
    );

    assert_eq!(faults(&schemas, "<u:r xmlns:u='u' y=''><u:a/><q>u:x</q><u:a/><q>x</q></u:r>"), [""; 0]);
    assert_eq!(faults(&schemas, "<u:r xmlns:u='u' y=''><u:a/><q>v:x</q></u:r>").len(), 1);
}
