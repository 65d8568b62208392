//! What the engine says, feature by feature. Whether it agrees with libxml2 on whole messages is asked in `tests/schema.rs`.

mod order;
mod types;
mod values;
mod whole;

use crate::rules::schema::*;
use roxmltree::Document;

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
