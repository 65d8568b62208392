//! The compiled schemas: plain tables that are only read.

use std::collections::HashMap;

use regex::Regex;
use roxmltree::Document;

use super::automaton::Automaton;
use super::check;
use super::compile;
use super::compile::CompileError;
use super::fault::Fault;
use super::fault::Name;
use super::names::NameId;
use super::names::Names;
use super::names::NamespaceId;
use super::value::Builtin;
use super::value::White;

/// A set of schemas, compiled. It can be shared between threads.
#[derive(Debug)]
pub struct Schemas {
    pub(super) names: Names,
    pub(super) types: Vec<Type>,
    pub(super) elements: Vec<Element>,
    pub(super) attributes: Vec<Attribute>,
    pub(super) wildcards: Vec<Wildcard>,
    pub(super) automata: Vec<Automaton>,
    /// By the index of the name.
    pub(super) global_elements: Vec<Option<ElementId>>,
    pub(super) global_attributes: HashMap<NameId, AttributeId>,
    pub(super) global_types: HashMap<NameId, TypeId>,
    pub(super) any_type: TypeId,
    pub(super) xsi: NamespaceId,
}

impl Schemas {
    /// Compiles schemas, given as file name and text. Each namespace that is imported must be that of one of them.
    ///
    /// # Errors
    /// A schema is not well-formed, contradicts itself, or uses a part of XML Schema that the engine does not have.
    pub fn compile(files: &[(&str, &str)]) -> Result<Schemas, CompileError> {
        compile::compile(files)
    }

    /// All that is wrong with a message according to the schemas, in document order; at most `faults_max`, and when there are
    /// as many as that there may be more.
    pub fn check(&self, tree: &Document<'_>, faults_max: usize) -> Vec<Fault> {
        check::check(self, tree, faults_max)
    }

    /// Whether the schemas declare a root element of this name.
    pub fn declares(&self, namespace: &str, local: &str) -> bool {
        let name = self.names.namespace(namespace).and_then(|it| self.names.find(it, local));
        name.is_some_and(|it| self.global_elements[it.index()].is_some())
    }

    /// Whether something in the schemas has this local name.
    pub fn names(&self, local: &str) -> bool {
        self.names.namespace_ids().any(|it| self.names.find(it, local).is_some())
    }

    /// Each value that some type of the schemas lists.
    pub(super) fn enumerated(&self) -> impl Iterator<Item = &str> {
        let lists = self.types.iter().filter_map(|it| match &it.shape {
            Shape::Simple(simple) => simple.enumeration.as_deref(),
            Shape::Complex(_) => None,
        });
        lists.flatten().map(|it| &**it)
    }

    pub(super) fn name(&self, id: NameId) -> Name {
        let namespace = self.names.uri(self.names.namespace_of(id)).to_owned();
        Name { namespace, local: self.names.local(id).to_owned() }
    }
}

macro_rules! index {
    ($name:ident, $table:ident, $of:ident) => {
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub(super) struct $name(pub u32);

        impl std::ops::Index<$name> for Schemas {
            type Output = $of;

            fn index(&self, id: $name) -> &$of {
                &self.$table[id.0 as usize]
            }
        }
    };
}

index!(TypeId, types, Type);
index!(ElementId, elements, Element);
index!(AttributeId, attributes, Attribute);
index!(WildcardId, wildcards, Wildcard);
index!(AutomatonId, automata, Automaton);

#[derive(Debug)]
pub(super) struct Element {
    pub name: NameId,
    pub type_id: TypeId,
    pub is_abstract: bool,
    pub is_nillable: bool,
    pub constraint: Constraint,
}

#[derive(Debug)]
pub(super) struct Attribute {
    pub type_id: TypeId,
    pub constraint: Constraint,
}

/// What the schema says of the value itself.
#[derive(Debug, Clone)]
pub(super) enum Constraint {
    Free,
    /// Stands for the value of an empty element.
    Default,
    /// Normalised as the type asks.
    Fixed(Box<str>),
}

#[derive(Debug)]
pub(super) struct Type {
    pub name: Option<NameId>,
    /// Itself for `anyType`.
    pub base: TypeId,
    pub is_abstract: bool,
    pub shape: Shape,
}

#[derive(Debug, Clone)]
pub(super) enum Shape {
    Simple(SimpleType),
    Complex(ComplexType),
}

#[derive(Debug, Clone)]
pub(super) struct ComplexType {
    pub content: Content,
    pub attributes: Vec<AttributeUse>,
    pub required_attributes: usize,
    /// An attribute is admitted that one of them admits.
    pub any_attribute: Vec<WildcardId>,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct AttributeUse {
    pub name: NameId,
    pub attribute: AttributeId,
    pub is_required: bool,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Content {
    Empty,
    Simple(TypeId),
    Elements { automaton: AutomatonId, is_mixed: bool },
}

#[derive(Debug)]
pub(super) struct Wildcard {
    pub admits: Admits,
    pub process: Process,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Admits {
    Any,
    /// Every namespace but this one, and not names without one.
    Other(NamespaceId),
    These(Vec<NamespaceId>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Process {
    Strict,
    Lax,
    Skip,
}

impl Admits {
    /// `None` is a namespace that no schema mentions.
    pub fn admit(&self, namespace: Option<NamespaceId>) -> bool {
        match self {
            Admits::Any => true,
            Admits::Other(own) => namespace != Some(*own) && namespace != Some(NamespaceId::NONE),
            Admits::These(these) => namespace.is_some_and(|it| these.contains(&it)),
        }
    }
}

/// A simple type with the facets of all its ancestors.
#[derive(Debug, Clone)]
pub(super) struct SimpleType {
    pub variety: Variety,
    pub white: White,
    /// Each step of derivation must be matched.
    pub patterns: Vec<Pattern>,
    /// Normalised as the type asks.
    pub enumeration: Option<Vec<Box<str>>>,
    pub length: Option<usize>,
    pub length_min: Option<usize>,
    pub length_max: Option<usize>,
    pub min: Option<Bound>,
    pub max: Option<Bound>,
    pub total_digits: Option<usize>,
    pub fraction_digits: Option<usize>,
    /// Any text is a value of the type, so that it need not even be looked at.
    pub is_free: bool,
}

#[derive(Debug, Clone)]
pub(super) enum Variety {
    Atomic(Builtin),
    List(TypeId),
    Union(Vec<TypeId>),
}

#[derive(Debug, Clone)]
pub(super) struct Pattern {
    pub source: Box<str>,
    pub regex: Regex,
}

#[derive(Debug, Clone)]
pub(super) struct Bound {
    pub value: Box<str>,
    pub inclusive: bool,
}
