//! Small questions to the tree.

use crate::domain::At;
use crate::domain::Coded;
use crate::domain::Redacted;
use crate::domain::Said;
use roxmltree::Node;

/// The first child element with this local name, in the parent's own namespace.
pub(super) fn child<'a, 'i>(parent: Node<'a, 'i>, name: &str) -> Option<Node<'a, 'i>> {
    children(parent, name).next()
}

/// All child elements with this local name, in the parent's own namespace.
pub(super) fn children<'a, 'i, 'n>(
    parent: Node<'a, 'i>,
    name: &'n str,
) -> impl Iterator<Item = Node<'a, 'i>> + use<'a, 'i, 'n> {
    let namespace = parent.tag_name().namespace();
    parent
        .children()
        .filter(move |it| it.is_element() && it.tag_name().name() == name && it.tag_name().namespace() == namespace)
}

/// All text below the element, in document order, trimmed. Comments and instructions between do not cut it.
pub(super) fn text(node: Node<'_, '_>) -> String {
    let mut pieces = node.descendants().filter(Node::is_text).filter_map(|it| it.text());
    let Some(first) = pieces.next() else { return String::new() };
    let mut all = first.to_owned();
    pieces.for_each(|it| all.push_str(it));
    let trimmed = all.trim();
    if trimmed.len() == all.len() { all } else { trimmed.to_owned() }
}

/// The text of a child, when it is there and says something.
pub(super) fn child_text(parent: Node<'_, '_>, name: &str) -> Option<String> {
    child(parent, name).map(text).filter(|it| !it.is_empty())
}

pub(super) fn at(node: Node<'_, '_>) -> At {
    At::Node { node: node.id().get(), attribute: None }
}

/// What an element says, when it says something.
pub(super) fn said(node: Node<'_, '_>) -> Option<Said> {
    let text = text(node);
    (!text.is_empty()).then(|| Said { text: Redacted::new(text), at: at(node) })
}

pub(super) fn child_said(parent: Node<'_, '_>, name: &str) -> Option<Said> {
    child(parent, name).and_then(said)
}

/// What an attribute says, when it says something.
pub(super) fn attribute_said(node: Node<'_, '_>, name: &'static str) -> Option<Said> {
    let value = node.attribute(name)?.trim();
    let at = At::Node { node: node.id().get(), attribute: Some(name) };
    (!value.is_empty()).then(|| Said { text: Redacted::new(value.to_owned()), at })
}

/// A coded value (CS or CV).
pub(super) fn coded(node: Node<'_, '_>) -> Coded {
    let value = |name| node.attribute(name).map(str::trim).filter(|it: &&str| !it.is_empty()).map(str::to_owned);
    Coded { code: value("V"), system: value("S"), name: value("DN"), other: value("OT") }
}

pub(super) fn child_coded(parent: Node<'_, '_>, name: &str) -> Option<Coded> {
    child(parent, name).map(coded)
}
