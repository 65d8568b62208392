//! The walk through a message, beside its schema.
//!
//! Nothing is allocated while all is well, and nothing of the message is kept afterwards. When something is wrong the walk goes
//! on, in such a way that one mistake gives one fault: see `content` for what is done about elements in the wrong place.

mod attributes;
mod content;
pub(super) mod values;

use std::borrow::Cow;
use std::collections::HashSet;

use roxmltree::Document;
use roxmltree::Node;

use self::values::What;
use super::compile::XSI;
use super::fault::Fault;
use super::fault::FaultKind;
use super::fault::ValueFault;
use super::model::Constraint;
use super::model::Content;
use super::model::Element;
use super::model::ElementId;
use super::model::Schemas;
use super::model::Shape;
use super::model::SimpleType;
use super::model::TypeId;
use super::model::Variety;
use super::names::NameId;
use super::names::NamespaceId;
use super::value::Builtin;
use super::value::items;
use super::value::normalise;
use super::value::split_qname;

/// How deep the walk goes. The safe reader lets far less through; this guards those who come another way.
const DEPTH_MAX: usize = 256;

pub(super) fn check(schemas: &Schemas, tree: &Document<'_>, faults_max: usize) -> Vec<Fault> {
    let mut walk = Walk {
        schemas,
        faults: Vec::new(),
        faults_max,
        depth: 0,
        seen_namespaces: Vec::new(),
        trail: Vec::new(),
        ids: HashSet::new(),
        references: Vec::new(),
    };
    walk.root(tree.root_element());
    walk.resolve_references();
    walk.faults
}

struct Walk<'s, 'd, 'i> {
    schemas: &'s Schemas,
    faults: Vec<Fault>,
    faults_max: usize,
    depth: usize,
    /// The namespaces of the message met so far, by the address of their text, which the tree keeps once for each.
    seen_namespaces: Vec<(*const u8, usize, Option<NamespaceId>)>,
    /// For each open element the children accepted so far; see `content`.
    trail: Vec<content::Step>,
    ids: HashSet<&'d str>,
    references: Vec<(&'d str, Spot<'d, 'i>)>,
}

/// What a fault is about.
#[derive(Clone, Copy)]
struct Spot<'d, 'i> {
    node: Node<'d, 'i>,
    attribute: Option<usize>,
    offset: usize,
}

impl<'d, 'i> Spot<'d, 'i> {
    fn of(node: Node<'d, 'i>) -> Self {
        Spot { node, attribute: None, offset: node.range().start }
    }

    /// Where the content begins. An empty element has none: that stands at the element, but after its attributes, which are
    /// read before it.
    fn of_content(node: Node<'d, 'i>) -> Self {
        let after_attributes = || node.attributes().next_back().map_or(node.range().start, |it| it.range().end);
        let offset = node.first_child().map_or_else(after_attributes, |it| it.range().start);
        Spot { node, attribute: None, offset }
    }
}

impl<'s, 'd, 'i> Walk<'s, 'd, 'i> {
    fn root(&mut self, root: Node<'d, 'i>) {
        match self.global_element(root) {
            Some(element) => self.element(root, element),
            None => self.report(Spot::of(root), FaultKind::RootUnknown),
        }
    }

    fn element(&mut self, node: Node<'d, 'i>, id: ElementId) {
        let element = &self.schemas[id];
        if element.is_abstract {
            return self.report(Spot::of(node), FaultKind::ElementAbstract);
        }
        self.typed(node, element.type_id, Some(element));
    }

    /// An element with the type that its declaration, or a wildcard, gives it.
    fn typed(&mut self, node: Node<'d, 'i>, declared: TypeId, element: Option<&'s Element>) {
        if self.is_full() {
            return;
        }
        if self.depth == DEPTH_MAX {
            return self.report(Spot::of(node), FaultKind::TooDeep);
        }
        let special = self.special_attributes(node);
        let said = special.type_attribute.map(|it| self.type_said(node, it, declared));
        let Some(type_id) = said.unwrap_or(Some(declared)) else { return };
        self.depth += 1;
        // An attribute that is missing is found last, and stands where the element begins. So all are gathered and put in order
        // before too many are left out.
        let faults_max = std::mem::replace(&mut self.faults_max, usize::MAX);
        let faults_before = self.faults.len();
        let is_nil = self.is_nil(node, special.nil_attribute, element);
        let constraint = element.map_or(&Constraint::Free, |it| &it.constraint);
        let schemas = self.schemas;
        let its_type = &schemas[type_id];
        if its_type.is_abstract {
            self.report(Spot::of(node), FaultKind::TypeAbstract);
        }
        let content = match &its_type.shape {
            Shape::Simple(_) => {
                self.no_attributes(node);
                Content::Simple(type_id)
            }
            Shape::Complex(complex) => {
                self.attributes(node, complex);
                complex.content
            }
        };
        self.faults[faults_before..].sort_by_key(|it| it.offset);
        self.faults.truncate(faults_max);
        self.faults_max = faults_max;
        self.body(node, content, constraint, is_nil);
        // What an element without children lacks stands where it begins, before its attributes.
        self.faults[faults_before..].sort_by_key(|it| it.offset);
        self.depth -= 1;
    }

    fn body(&mut self, node: Node<'d, 'i>, content: Content, constraint: &'s Constraint, is_nil: bool) {
        if is_nil {
            if let Some(it) = node.children().find(is_content) {
                self.report(Spot { offset: it.range().start, ..Spot::of(node) }, FaultKind::NilWithContent);
            }
            return;
        }
        match content {
            Content::Empty => {
                if let Some(it) = node.children().find(is_content) {
                    self.report(Spot { offset: it.range().start, ..Spot::of(node) }, FaultKind::ContentForbidden);
                }
            }
            Content::Simple(type_id) => self.simple_body(node, type_id, constraint),
            Content::Elements { automaton, is_mixed } => {
                if let (true, Constraint::Fixed(expected)) = (is_mixed, constraint) {
                    let has_elements = node.children().any(|it| it.is_element());
                    let text = text_of(node);
                    if has_elements || (!text.is_empty() && *text != **expected) {
                        let kind = FaultKind::ValueFixed { expected: expected.to_string() };
                        self.report(Spot::of_content(node), kind);
                    }
                }
                self.content(node, &self.schemas[automaton], is_mixed);
            }
        }
    }

    fn simple_body(&mut self, node: Node<'d, 'i>, type_id: TypeId, constraint: &'s Constraint) {
        let first = node.first_child();
        if let Some(it) = first.and_then(|_| node.children().find(|it| it.is_element())) {
            return self.report(Spot { offset: it.range().start, ..Spot::of(node) }, FaultKind::ElementsInText);
        }
        let simple = self.simple(type_id);
        let is_free = simple.is_free && matches!(constraint, Constraint::Free);
        if is_free || (first.is_none() && !matches!(constraint, Constraint::Free)) {
            return;
        }
        let spot = Spot::of_content(node);
        match lone_text(node) {
            Some(text) => self.value(spot, type_id, text, constraint),
            None => {
                let text = text_of(node);
                if !text.is_empty() || matches!(constraint, Constraint::Free) {
                    self.value_not_kept(spot, type_id, &text, constraint);
                }
            }
        }
    }

    /// A value that lies in the tree, so that identifiers among it can be remembered.
    fn value(&mut self, spot: Spot<'d, 'i>, type_id: TypeId, text: &'d str, constraint: &'s Constraint) {
        match self.value_not_kept(spot, type_id, text, constraint) {
            Some(Builtin::Id) => {
                for id in items(text) {
                    if !self.ids.insert(id) {
                        self.report(spot, FaultKind::IdRepeated);
                    }
                }
            }
            Some(Builtin::IdRef) => self.references.extend(items(text).map(|it| (it, spot))),
            Some(_) | None => {}
        }
    }

    fn value_not_kept(
        &mut self,
        spot: Spot<'d, 'i>,
        type_id: TypeId,
        text: &str,
        constraint: &'s Constraint,
    ) -> Option<Builtin> {
        let schemas = self.schemas;
        let look_up = |id| simple_of(schemas, id);
        let simple = look_up(type_id);
        let builtin = if simple.is_free {
            Builtin::AnySimple
        } else {
            match values::validate(&look_up, simple, text) {
                Ok(builtin) => builtin,
                Err(problem) => {
                    let kind = self.value_fault(type_id, problem);
                    self.report(spot, kind);
                    return None;
                }
            }
        };
        if builtin == Builtin::QName && !items(text).all(|it| self.has_known_prefix(spot.node, it)) {
            let (type_name, why) = (self.type_name(type_id), ValueFault::Form);
            self.report(spot, FaultKind::ValueInvalid { type_name, builtin, why });
        }
        if let Constraint::Fixed(expected) = constraint
            && !values::same(&look_up, simple, expected, &normalise(text, simple.white))
        {
            self.report(spot, FaultKind::ValueFixed { expected: expected.to_string() });
        }
        Some(builtin)
    }

    fn value_fault(&self, type_id: TypeId, problem: values::Problem<'s>) -> FaultKind {
        let simple = problem.simple;
        let text = |it: &str| it.to_owned();
        let bound = |it: &Option<super::model::Bound>| {
            it.as_ref().map_or((String::new(), true), |it| (text(&it.value), it.inclusive))
        };
        let why = match problem.what {
            What::Form => ValueFault::Form,
            What::Pattern(it) => ValueFault::Pattern { pattern: text(&it.source) },
            What::Enumeration(values) => ValueFault::Enumeration { values: values.iter().map(|it| text(it)).collect() },
            What::Length(exactly) => ValueFault::Length { exactly },
            What::TooShort(min) => ValueFault::TooShort { min },
            What::TooLong(max) => ValueFault::TooLong { max },
            What::TooSmall => {
                let (min, inclusive) = bound(&simple.min);
                ValueFault::TooSmall { min, inclusive }
            }
            What::TooLarge => {
                let (max, inclusive) = bound(&simple.max);
                ValueFault::TooLarge { max, inclusive }
            }
            What::TotalDigits(max) => ValueFault::TotalDigits { max },
            What::FractionDigits(max) => ValueFault::FractionDigits { max },
            What::Union(members) => {
                let types = members.iter().filter_map(|it| self.type_name(*it)).collect();
                ValueFault::Union { types }
            }
        };
        let builtin = match simple.variety {
            Variety::Atomic(builtin) => builtin,
            Variety::List(_) | Variety::Union(_) => Builtin::AnySimple,
        };
        FaultKind::ValueInvalid { type_name: self.type_name(type_id), builtin, why }
    }

    fn type_name(&self, id: TypeId) -> Option<String> {
        self.schemas[id].name.map(|it| self.schemas.names.local(it).to_owned())
    }

    fn simple(&self, id: TypeId) -> &'s SimpleType {
        simple_of(self.schemas, id)
    }

    fn has_known_prefix(&self, node: Node<'d, 'i>, value: &str) -> bool {
        match split_qname(value).0 {
            Some("xml") | None => true,
            prefix => node.lookup_namespace_uri(prefix).is_some(),
        }
    }

    fn resolve_references(&mut self) {
        let references = std::mem::take(&mut self.references);
        let before = self.faults.len();
        for (id, spot) in references {
            if !self.ids.contains(id) {
                self.report(spot, FaultKind::IdMissing);
            }
        }
        if self.faults.len() > before {
            self.faults.sort_by_key(|it| it.offset);
        }
    }

    fn global_element(&mut self, node: Node<'d, 'i>) -> Option<ElementId> {
        let (_, name) = self.name_of(node);
        self.schemas.global_elements.get(name?.index()).copied().flatten()
    }

    /// The namespace and name of an element, where the schemas mention them.
    fn name_of(&mut self, node: Node<'d, 'i>) -> (Option<NamespaceId>, Option<NameId>) {
        let tag = node.tag_name();
        let namespace = self.namespace(tag.namespace());
        (namespace, namespace.and_then(|it| self.schemas.names.find(it, tag.name())))
    }

    fn namespace(&mut self, uri: Option<&'d str>) -> Option<NamespaceId> {
        let uri = match uri {
            None | Some("") => return Some(NamespaceId::NONE),
            Some(uri) => uri,
        };
        let seen = self.seen_namespaces.iter().find(|it| it.0 == uri.as_ptr() && it.1 == uri.len());
        if let Some((_, _, id)) = seen {
            return *id;
        }
        let id = self.schemas.names.namespace(uri);
        if self.seen_namespaces.len() < SEEN_NAMESPACES_MAX {
            self.seen_namespaces.push((uri.as_ptr(), uri.len(), id));
        }
        id
    }

    fn is_full(&self) -> bool {
        self.faults.len() >= self.faults_max
    }

    fn report(&mut self, spot: Spot<'d, 'i>, kind: FaultKind) {
        if !self.is_full() {
            self.faults.push(Fault { kind, node: spot.node.id(), attribute: spot.attribute, offset: spot.offset });
        }
    }
}

/// A hostile message may have thousands; then they are looked up each time.
const SEEN_NAMESPACES_MAX: usize = 16;

fn simple_of(schemas: &Schemas, id: TypeId) -> &SimpleType {
    match &schemas[id].shape {
        Shape::Simple(it) => it,
        Shape::Complex(_) => unreachable!("the compiler refers to simple types only where a simple type must be"),
    }
}

/// Elements and text, also white space; but not comments, and not the nothing that an empty CDATA section is.
fn is_content(node: &Node<'_, '_>) -> bool {
    node.is_element() || node.text().is_some_and(|it| node.is_text() && !it.is_empty())
}

/// The text of an element that has one piece of text, or none at all.
fn lone_text<'d>(node: Node<'d, '_>) -> Option<&'d str> {
    match node.first_child() {
        None => Some(""),
        Some(it) if it.is_text() && it.next_sibling().is_none() => it.text(),
        Some(_) => None,
    }
}

/// All text of an element, around comments and instructions.
fn text_of<'d>(node: Node<'d, '_>) -> Cow<'d, str> {
    match lone_text(node) {
        Some(text) => Cow::Borrowed(text),
        None => Cow::Owned(node.children().filter(|it| it.is_text()).filter_map(|it| it.text()).collect()),
    }
}

/// Whether an attribute belongs to the schema language itself (`xsi:type`, `xsi:nil`, `xsi:schemaLocation`).
fn is_special(namespace: Option<&str>) -> bool {
    namespace == Some(XSI)
}
