//! Small steps of writing: an element with a text, with a code, and one copied from a tree.

use crate::domain::Coded;
use crate::domain::Redacted;
use quick_xml::Writer;
use quick_xml::events::BytesDecl;
use quick_xml::events::BytesEnd;
use quick_xml::events::BytesStart;
use quick_xml::events::BytesText;
use quick_xml::events::Event;
use roxmltree::Node;
use std::collections::BTreeMap;
use std::io;

pub(super) type Out = Writer<Vec<u8>>;

const XML: &str = "http://www.w3.org/XML/1998/namespace";

pub(super) fn start() -> Out {
    let mut out = Writer::new(Vec::with_capacity(8192));
    out.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None))).expect("writing to memory does not fail");
    out
}

pub(super) fn finish(out: Out) -> Redacted<Vec<u8>> {
    Redacted::new(out.into_inner())
}

/// `<name>text</name>`.
pub(super) fn text(out: &mut Out, name: &str, text: &str) -> io::Result<()> {
    out.create_element(name).write_text_content(BytesText::new(&legal(text)))?;
    Ok(())
}

/// `<name V="…" DN="…"/>` (CS).
pub(super) fn code(out: &mut Out, name: &str, value: &str, display: &str) -> io::Result<()> {
    out.create_element(name).with_attribute(("V", value)).with_attribute(("DN", display)).write_empty()?;
    Ok(())
}

/// `<name V="…" S="…" DN="…"/>` (CV), with the number of the national code list.
pub(super) fn listed(out: &mut Out, name: &str, value: &str, list: &str, display: &str) -> io::Result<()> {
    let system = format!("2.16.578.1.12.4.1.1.{list}");
    out.create_element(name)
        .with_attribute(("V", value))
        .with_attribute(("S", system.as_str()))
        .with_attribute(("DN", display))
        .write_empty()?;
    Ok(())
}

/// A coded value as it was read; `list` stands in for a code system that was not said.
pub(super) fn coded(out: &mut Out, name: &str, value: &Coded, list: Option<&str>) -> io::Result<()> {
    let system = value.system.clone().or_else(|| list.map(|it| format!("2.16.578.1.12.4.1.1.{it}")));
    let mut element = out.create_element(name);
    for (key, value) in [("V", &value.code), ("S", &system), ("DN", &value.name), ("OT", &value.other)] {
        if let Some(value) = value {
            element = element.with_attribute((key, one_line(value).as_str()));
        }
    }
    element.write_empty()?;
    Ok(())
}

/// The element with everything in it, under `name` when one is given. `within` is the default namespace in force. Text is
/// kept letter by letter; comments and instructions are left out.
pub(super) fn copy(out: &mut Out, node: Node<'_, '_>, name: Option<&str>, within: Option<&str>) -> io::Result<()> {
    let namespace = node.tag_name().namespace();
    let name = name.unwrap_or_else(|| node.tag_name().name());
    let mut element = BytesStart::new(name);
    let mut prefixes = BTreeMap::new();
    if namespace != within {
        element.push_attribute(("xmlns", namespace.unwrap_or_default()));
        // Values may use prefixes too (xsi:type), so a subtree from elsewhere brings along those that are in force.
        let named = node.namespaces().filter_map(|it| Some((it.name()?, it.uri())));
        prefixes.extend(named.filter(|(name, _)| *name != "xml"));
    }
    for attribute in node.attributes() {
        if let Some(uri) = attribute.namespace().filter(|it| *it != XML) {
            prefixes.insert(node.lookup_prefix(uri).unwrap_or("a"), uri);
        }
    }
    for (prefix, uri) in &prefixes {
        element.push_attribute((format!("xmlns:{prefix}").as_str(), *uri));
    }
    for attribute in node.attributes() {
        let key = match attribute.namespace() {
            None => attribute.name().to_owned(),
            Some(XML) => format!("xml:{}", attribute.name()),
            Some(uri) => format!("{}:{}", node.lookup_prefix(uri).unwrap_or("a"), attribute.name()),
        };
        element.push_attribute((key.as_str(), one_line(attribute.value()).as_str()));
    }
    out.write_event(Event::Start(element))?;
    for child in node.children() {
        if child.is_element() {
            copy(out, child, None, namespace)?;
        } else if let Some(text) = child.text().filter(|_| child.is_text()) {
            out.write_event(Event::Text(BytesText::new(text)))?;
        }
    }
    out.write_event(Event::End(BytesEnd::new(name)))
}

/// Lines end in LF, and what XML does not allow (a form can hold any sign) is left out.
pub(super) fn legal(text: &str) -> String {
    let allowed = |it: &char| matches!(it, '\t' | '\n' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    text.replace("\r\n", "\n").replace('\r', "\n").chars().filter(allowed).collect()
}

/// As [`legal`], for an attribute: a line break there would become a blank on the other side.
fn one_line(text: &str) -> String {
    legal(text).replace(['\n', '\t'], " ")
}
