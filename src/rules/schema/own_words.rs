//! A fault in the schema's own words, for those who have the schema open beside them: one line, in English, after the sentence in
//! plain words. Names, facets and limits are the schema's; of the message only the name of the element or attribute is said.

use roxmltree::Document;

use super::fault::Expected;
use super::fault::Fault;
use super::fault::FaultKind;
use super::fault::Name;
use super::fault::ValueFault;
use super::fault::Why;
use super::value::Builtin;

/// How many names or values of a list are said.
const LISTED_MAX: usize = 40;
/// Only a hostile sender has longer names.
const NAME_CHARACTERS_MAX: usize = 64;

pub(super) fn own_words(tree: &Document<'_>, fault: &Fault) -> String {
    let node = tree.get_node(fault.node);
    let short = |it: &str| it.chars().take(NAME_CHARACTERS_MAX).collect::<String>();
    let element = node.map_or_else(String::new, |it| format!("element '{}'", short(it.tag_name().name())));
    let attribute = node.zip(fault.attribute).and_then(|(node, number)| node.attributes().nth(number));
    let attribute = attribute.map(|it| format!("attribute '{}'", short(it.name())));
    let subject = attribute.as_ref().map_or_else(|| element.clone(), |it| format!("{it} of {element}"));
    match &fault.kind {
        FaultKind::RootUnknown => format!("{element}: no global declaration"),
        FaultKind::ElementUnexpected { why, expected, may_end, required } => {
            format!("{element}: {}", unexpected(why, expected, *may_end, required))
        }
        FaultKind::ElementMissing { missing, before: Some(before) } => {
            format!("missing before element '{}': {}", before.local, steps(missing))
        }
        FaultKind::ElementMissing { missing, before: None } => {
            format!("{element}: content is not complete, expected {}", steps(missing))
        }
        FaultKind::ElementUndeclared => format!("{element}: no global declaration for the strict wildcard"),
        FaultKind::ElementAbstract => format!("{element}: abstract=\"true\""),
        FaultKind::ContentForbidden => format!("{element}: empty content, no characters and no children"),
        FaultKind::ElementsInText => format!("{element}: simple content, no children"),
        FaultKind::TextForbidden { required } if required.is_empty() => {
            format!("{element}: element-only content, no characters")
        }
        FaultKind::TextForbidden { required } => {
            format!("{element}: element-only content, no characters, expected {}", steps(required))
        }
        FaultKind::AttributeMissing { name } => format!("{element}: attribute '{}' has use=\"required\"", name.local),
        FaultKind::AttributeUnexpected { allowed } if allowed.is_empty() => {
            format!("{subject}: no attributes declared")
        }
        FaultKind::AttributeUnexpected { allowed } => {
            format!("{subject}: not declared, declared are {}", listed(allowed.iter().map(|it| it.local.as_str())))
        }
        FaultKind::AttributeUndeclared => format!("{subject}: no global declaration for the strict wildcard"),
        FaultKind::ValueInvalid { type_name, builtin, why } => {
            format!("{subject}: {}", value(type_name.as_deref(), *builtin, why))
        }
        FaultKind::ValueFixed { expected } => format!("{subject}: fixed=\"{expected}\""),
        FaultKind::IdRepeated => format!("{subject}: xs:ID is not unique in the document"),
        FaultKind::IdMissing => format!("{subject}: xs:IDREF without an xs:ID"),
        FaultKind::TypeUnknown => format!("{subject}: xsi:type names no type"),
        FaultKind::TypeUnrelated => format!("{subject}: xsi:type is not derived from the declared type"),
        FaultKind::TypeAbstract => format!("{element}: its type has abstract=\"true\""),
        FaultKind::NilForbidden => format!("{element}: nillable=\"false\""),
        FaultKind::NilWithContent => format!("{element}: xsi:nil=\"true\" with content"),
        FaultKind::TooDeep => format!("{element}: nested deeper than is checked"),
    }
}

fn unexpected(why: &Why, expected: &[Expected], may_end: bool, required: &[Vec<Expected>]) -> String {
    let could = || {
        let names = listed(expected.iter().map(name));
        match (expected.is_empty(), may_end) {
            (true, _) => "expected the end of the content".to_owned(),
            (false, true) => format!("expected {names} or the end of the content"),
            (false, false) => format!("expected {names}"),
        }
    };
    match why {
        Why::TooMany { max } => format!("maxOccurs=\"{max}\""),
        Why::WrongNamespace { expected: Name { namespace, .. } } if namespace.is_empty() => {
            "is declared in no namespace".to_owned()
        }
        Why::WrongNamespace { expected: Name { namespace, .. } } => format!("is declared in namespace '{namespace}'"),
        Why::TooLate { before: Some(before) } => format!("out of sequence, declared before '{}'", before.local),
        Why::Unknown { .. } | Why::TooEarly | Why::TooLate { before: None } | Why::Excluded if required.is_empty() => {
            format!("not expected here, {}", could())
        }
        Why::Unknown { .. } | Why::TooEarly | Why::TooLate { before: None } | Why::Excluded => {
            format!("not expected here, expected {}", steps(required))
        }
    }
}

fn value(type_name: Option<&str>, builtin: Builtin, why: &ValueFault) -> String {
    let base = builtin.as_str();
    let of_type = type_name
        .filter(|it| *it != base)
        .map_or_else(|| format!("xs:{base}"), |it| format!("type '{it}' (xs:{base})"));
    let facet = match why {
        ValueFault::Form => return format!("not in the lexical space of {of_type}"),
        ValueFault::Union { types } => return format!("in none of the member types {}", types.join(", ")),
        ValueFault::Pattern { pattern } => format!("pattern value=\"{pattern}\""),
        ValueFault::Enumeration { values } => format!("enumeration {}", listed(values.iter().map(String::as_str))),
        ValueFault::Length { exactly } => format!("length value=\"{exactly}\""),
        ValueFault::TooShort { min } => format!("minLength value=\"{min}\""),
        ValueFault::TooLong { max } => format!("maxLength value=\"{max}\""),
        ValueFault::TooSmall { min, inclusive: true } => format!("minInclusive value=\"{min}\""),
        ValueFault::TooSmall { min, inclusive: false } => format!("minExclusive value=\"{min}\""),
        ValueFault::TooLarge { max, inclusive: true } => format!("maxInclusive value=\"{max}\""),
        ValueFault::TooLarge { max, inclusive: false } => format!("maxExclusive value=\"{max}\""),
        ValueFault::TotalDigits { max } => format!("totalDigits value=\"{max}\""),
        ValueFault::FractionDigits { max } => format!("fractionDigits value=\"{max}\""),
    };
    format!("{of_type}, facet {facet}")
}

/// What must stand one after the other, with the choices in each place.
fn steps(required: &[Vec<Expected>]) -> String {
    let step = |choices: &Vec<Expected>| listed(choices.iter().map(name));
    required.iter().take(LISTED_MAX).map(step).collect::<Vec<_>>().join(", ")
}

fn name(expected: &Expected) -> &str {
    match expected {
        Expected::Element(it) => &it.local,
        Expected::Any => "any",
    }
}

fn listed<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let mut all: Vec<&str> = Vec::new();
    for name in names.take(LISTED_MAX + 1) {
        all.push(if all.len() == LISTED_MAX { "…" } else { name });
    }
    if let [one] = all[..] { one.to_owned() } else { format!("({})", all.join(" | ")) }
}

#[cfg(test)]
mod tests {
    use super::super::model::Schemas;
    use super::*;

    const SCHEMA: &str = r#"<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
        <xs:simpleType name="Nr"><xs:restriction base="xs:string"><xs:pattern value="[0-9]{4}"/></xs:restriction></xs:simpleType>
        <xs:simpleType name="Svar"><xs:restriction base="xs:token">
            <xs:enumeration value="JA"/><xs:enumeration value="NEI"/></xs:restriction></xs:simpleType>
        <xs:element name="A"><xs:complexType><xs:sequence>
            <xs:element name="B" type="Nr"/>
            <xs:element name="C" type="Svar" minOccurs="0"/>
            <xs:choice minOccurs="0"><xs:element name="D" type="xs:date"/><xs:element name="E" type="xs:int"/></xs:choice>
        </xs:sequence><xs:attribute name="v" type="xs:string" use="required"/></xs:complexType></xs:element>
    </xs:schema>"#;

    fn told(message: &str) -> Vec<String> {
        let schemas = Schemas::compile(&[("a.xsd", SCHEMA)]).unwrap();
        let tree = Document::parse(message).unwrap();
        schemas.check(&tree, 100).iter().map(|it| own_words(&tree, it)).collect()
    }

    #[test]
    fn each_fault_is_said_as_the_schema_says_it() {
        for (message, words) in [
            ("<A><B>4211</B></A>", "element 'A': attribute 'v' has use=\"required\""),
            ("<A v='' w=''><B>4211</B></A>", "attribute 'w' of element 'A': not declared, declared are v"),
            ("<A v=''/>", "element 'A': content is not complete, expected B"),
            ("<A v=''><C>JA</C></A>", "missing before element 'C': B"),
            ("<A v=''><B>1</B></A>", "element 'B': type 'Nr' (xs:string), facet pattern value=\"[0-9]{4}\""),
            ("<A v=''><B>4211</B><C>X</C></A>", "element 'C': type 'Svar' (xs:token), facet enumeration (JA | NEI)"),
            ("<A v=''><B>4211</B><D>i dag</D></A>", "element 'D': not in the lexical space of xs:date"),
            ("<A v=''><B>4211</B><B>4211</B></A>", "element 'B': maxOccurs=\"1\""),
            ("<A v=''><B>4211</B><D>2026-01-01</D><C>JA</C></A>", "element 'C': out of sequence, declared before 'D'"),
            (
                "<A v=''><B>4211</B><X/></A>",
                "element 'X': not expected here, expected (C | D | E) or the end of the content",
            ),
            ("<X/>", "element 'X': no global declaration"),
        ] {
            assert_eq!(told(message), [words], "{message}");
        }
    }

    #[test]
    fn no_value_of_the_message_is_said() {
        let all = told("<A v=''><B>Kari</B><C>Kari</C><D>Kari</D>Kari</A>").join("\n");

        assert!(!all.is_empty() && !all.contains("Kari"), "{all}");
    }

    #[test]
    fn a_monstrous_name_is_cut() {
        let all = told(&format!("<{}/>", "x".repeat(10_000)));

        assert!(all[0].len() < 200, "{}", all[0].len());
    }
}
