//! One schema document, and the small questions that are asked of it everywhere.

use roxmltree::Document;
use roxmltree::Node;
use roxmltree::ParsingOptions;

use super::CompileError;
use super::Result;
use super::XS;

/// The kinds of global component; each has names of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Kind {
    Element,
    Attribute,
    Type,
    AttributeGroup,
    Group,
}

pub(super) struct Source<'t> {
    file: &'t str,
    tree: Document<'t>,
    pub target: String,
    pub elements_are_qualified: bool,
    pub attributes_are_qualified: bool,
}

impl<'t> Source<'t> {
    pub fn read(file: &'t str, text: &'t str) -> Result<Source<'t>> {
        // Schemas are ours; that of XML-DSig has a DOCTYPE.
        let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
        let tree = Document::parse_with_options(text, options).map_err(|e| CompileError {
            file: file.to_owned(),
            line: e.pos().row,
            what: e.to_string(),
        })?;
        let mut source = Source {
            file,
            tree,
            target: String::new(),
            elements_are_qualified: false,
            attributes_are_qualified: false,
        };
        let root = source.tree.root_element();
        if !root.has_tag_name((XS, "schema")) {
            return Err(source.refuse(root, "this is no schema".to_owned()));
        }
        source.allow(root, &["targetNamespace", "elementFormDefault", "attributeFormDefault", "version", "id"])?;
        let is_qualified = |name| match root.attribute(name) {
            None | Some("unqualified") => Ok(false),
            Some("qualified") => Ok(true),
            Some(_) => Err(source.refuse(root, format!("{name} is qualified or unqualified"))),
        };
        let (elements, attributes) = (is_qualified("elementFormDefault")?, is_qualified("attributeFormDefault")?);
        let target = root.attribute("targetNamespace").unwrap_or("").to_owned();
        (source.elements_are_qualified, source.attributes_are_qualified) = (elements, attributes);
        source.target = target;
        Ok(source)
    }

    pub fn refuse(&self, node: Node<'_, '_>, what: String) -> CompileError {
        let line = self.tree.text_pos_at(node.range().start).row;
        CompileError { file: self.file.to_owned(), line, what }
    }

    /// The global components and imports.
    pub fn components(&self) -> impl Iterator<Item = Node<'_, 't>> {
        self.parts(self.tree.root_element())
    }

    /// The element children, without annotations.
    pub fn parts<'a>(&self, node: Node<'a, 't>) -> impl Iterator<Item = Node<'a, 't>> + use<'a, 't> {
        node.children().filter(|it| it.is_element() && !it.has_tag_name((XS, "annotation")))
    }

    /// The only part of these names, if there is one; and no other.
    pub fn refuse_parts(&self, node: Node<'_, 't>) -> Result<()> {
        match self.parts(node).next() {
            Some(it) => Err(self.refuse(it, format!("xs:{} is not supported here", it.tag_name().name()))),
            None => Ok(()),
        }
    }

    /// No attribute but these; attributes of other namespaces are notes to other tools.
    pub fn allow(&self, node: Node<'_, '_>, names: &[&str]) -> Result<()> {
        match node.attributes().find(|it| it.namespace().is_none() && !names.contains(&it.name())) {
            Some(it) => Err(self.refuse(node, format!("the attribute {} is not supported here", it.name()))),
            None => Ok(()),
        }
    }

    pub fn needed<'a>(&self, node: Node<'a, '_>, name: &str) -> Result<&'a str> {
        node.attribute(name).ok_or_else(|| self.refuse(node, format!("the attribute {name} is missing")))
    }

    pub fn boolean(&self, node: Node<'_, '_>, name: &str) -> Result<bool> {
        match node.attribute(name) {
            None | Some("false" | "0") => Ok(false),
            Some("true" | "1") => Ok(true),
            Some(_) => Err(self.refuse(node, format!("{name} is true or false"))),
        }
    }

    /// The namespace and local name of a prefixed name.
    pub fn resolve<'a>(&self, node: Node<'a, '_>, value: &'a str) -> Result<(&'a str, &'a str)> {
        let value = value.trim();
        let (prefix, local) = match value.split_once(':') {
            Some((prefix, local)) => (Some(prefix), local),
            None => (None, value),
        };
        match (node.lookup_namespace_uri(prefix), prefix) {
            (Some(uri), _) => Ok((uri, local)),
            (None, None) => Ok(("", local)),
            (None, Some("xml")) => Ok((roxmltree::NS_XML_URI, local)),
            (None, Some(prefix)) => Err(self.refuse(node, format!("the prefix {prefix} is not declared"))),
        }
    }
}
