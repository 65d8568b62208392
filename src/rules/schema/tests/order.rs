//! Elements in their order and number.

use super::SEQUENCE;
use super::faults;
use super::schema;
use super::sequence;

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
