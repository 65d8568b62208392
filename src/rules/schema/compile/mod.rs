//! From schema documents to tables. Whatever is not understood is refused with file and line.

mod complex;
mod particle;
mod pattern;
mod simple;
mod source;

use std::collections::HashMap;
use std::fmt;

use roxmltree::Node;

use self::source::Kind;
use self::source::Source;
use super::automaton::Automaton;
use super::automaton::Particle;
use super::automaton::Unbuildable;
use super::model::Attribute;
use super::model::AttributeId;
use super::model::AutomatonId;
use super::model::Constraint;
use super::model::Element;
use super::model::ElementId;
use super::model::Schemas;
use super::model::Shape;
use super::model::SimpleType;
use super::model::Type;
use super::model::TypeId;
use super::model::Wildcard;
use super::names::NameId;
use super::names::Names;
use super::names::NamespaceId;

/// `maxOccurs` above this (and not `unbounded`) is refused, because counts are written out in the automata.
pub const OCCURRENCES_MAX: u32 = 64;

pub(super) const XS: &str = "http://www.w3.org/2001/XMLSchema";
pub(super) const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// Why the schemas cannot be used. It is about our own files, so it may quote them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompileError {
    pub file: String,
    pub line: u32,
    pub what: String,
}

impl fmt::Display for CompileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.what)
    }
}

impl std::error::Error for CompileError {}

pub(super) fn compile(files: &[(&str, &str)]) -> Result<Schemas, CompileError> {
    let sources = files.iter().map(|(file, text)| Source::read(file, text)).collect::<Result<Vec<_>, _>>()?;
    let mut compiler = Compiler::new(&sources)?;
    compiler.run()?;
    Ok(compiler.finish())
}

type Result<T, E = CompileError> = std::result::Result<T, E>;

/// A node of a schema document, with the document it is from.
type At<'s> = (&'s Source<'s>, Node<'s, 's>);

struct Compiler<'s> {
    sources: &'s [Source<'s>],
    /// Every global component by kind and name.
    globals: HashMap<(Kind, NameId), At<'s>>,
    names: Names,
    types: Vec<Slot<'s>>,
    type_ids: HashMap<NameId, TypeId>,
    /// The particle of each complex type with element content, for those that extend it.
    particles: HashMap<TypeId, Particle>,
    elements: Vec<Element>,
    attributes: Vec<Attribute>,
    wildcards: Vec<Wildcard>,
    automata: Vec<Automaton>,
    element_ids: HashMap<NameId, ElementId>,
    attribute_ids: HashMap<NameId, AttributeId>,
    any_type: TypeId,
    any_simple_type: TypeId,
    particle_ids: u32,
}

/// A type on its way. Others can refer to it by id before it is made.
enum Slot<'s> {
    Waiting(At<'s>),
    /// Being made; who needs it now is its own ancestor.
    Busy,
    Made(Type),
}

impl<'s> Compiler<'s> {
    fn new(sources: &'s [Source<'s>]) -> Result<Self> {
        let mut compiler = Compiler {
            sources,
            globals: HashMap::new(),
            names: Names::new(),
            types: Vec::new(),
            type_ids: HashMap::new(),
            particles: HashMap::new(),
            elements: Vec::new(),
            attributes: Vec::new(),
            wildcards: Vec::new(),
            automata: Vec::new(),
            element_ids: HashMap::new(),
            attribute_ids: HashMap::new(),
            any_type: TypeId(0),
            any_simple_type: TypeId(1),
            particle_ids: 0,
        };
        compiler.add_builtins();
        for source in sources {
            compiler.register(source)?;
        }
        Ok(compiler)
    }

    /// Notes every global component, so that order and file do not matter.
    fn register(&mut self, source: &'s Source<'s>) -> Result<()> {
        let namespace = self.names.add_namespace(&source.target);
        for node in source.components() {
            let kind = match node.tag_name().name() {
                "import" => {
                    self.see_import(source, node)?;
                    continue;
                }
                "element" => Kind::Element,
                "attribute" => Kind::Attribute,
                "attributeGroup" => Kind::AttributeGroup,
                "group" => Kind::Group,
                "complexType" | "simpleType" => Kind::Type,
                other => return Err(source.refuse(node, format!("xs:{other} is not supported"))),
            };
            let name = self.names.add(namespace, source.needed(node, "name")?);
            if self.globals.insert((kind, name), (source, node)).is_some() {
                return Err(source.refuse(node, "the same name is declared twice".to_owned()));
            }
            if kind == Kind::Type {
                if self.type_ids.contains_key(&name) {
                    return Err(source.refuse(node, "the name is that of a built-in type".to_owned()));
                }
                self.type_ids.insert(name, TypeId(self.types.len() as u32));
                self.types.push(Slot::Waiting((source, node)));
            }
        }
        Ok(())
    }

    fn see_import(&self, source: &Source<'_>, node: Node<'_, '_>) -> Result<()> {
        source.allow(node, &["id", "namespace", "schemaLocation"])?;
        let namespace = node.attribute("namespace").unwrap_or("");
        if self.sources.iter().any(|it| it.target == namespace) {
            return Ok(());
        }
        Err(source.refuse(node, format!("the namespace {namespace:?} is imported, but no schema for it was given")))
    }

    fn run(&mut self) -> Result<()> {
        let mut globals: Vec<_> = self.globals.iter().map(|(key, at)| (*key, *at)).collect();
        globals.sort_by_key(|((_, name), _)| *name);
        for ((kind, name), (source, node)) in globals {
            match kind {
                Kind::Element => {
                    self.global_element(name, (source, node))?;
                }
                Kind::Attribute => {
                    self.global_attribute(name, (source, node))?;
                }
                Kind::Type => {
                    self.made(self.type_ids[&name], (source, node))?;
                }
                // Checked where they are used.
                Kind::AttributeGroup | Kind::Group => {}
            }
        }
        Ok(())
    }

    fn finish(mut self) -> Schemas {
        let xsi = self.names.add_namespace(XSI);
        let mut global_elements = vec![None; self.names.len()];
        for (name, id) in &self.element_ids {
            global_elements[name.index()] = Some(*id);
        }
        let made = |slot| match slot {
            Slot::Made(it) => it,
            Slot::Waiting(_) | Slot::Busy => unreachable!("run() has made every type"),
        };
        Schemas {
            names: self.names,
            types: self.types.into_iter().map(made).collect(),
            elements: self.elements,
            attributes: self.attributes,
            wildcards: self.wildcards,
            automata: self.automata,
            global_elements,
            global_attributes: self.attribute_ids,
            global_types: self.type_ids,
            any_type: self.any_type,
            xsi,
        }
    }

    /// The type, made now if it was not; `at` is who needs it.
    fn made(&mut self, id: TypeId, at: At<'s>) -> Result<&Type> {
        let slot = &mut self.types[id.0 as usize];
        if let Slot::Waiting(it) = slot {
            let it = *it;
            *slot = Slot::Busy;
            let made = self.make_type(id, it)?;
            self.types[id.0 as usize] = Slot::Made(made);
        }
        match &self.types[id.0 as usize] {
            Slot::Made(it) => Ok(it),
            Slot::Waiting(_) | Slot::Busy => Err(at.0.refuse(at.1, "the type is derived from itself".to_owned())),
        }
    }

    fn make_type(&mut self, id: TypeId, (source, node): At<'s>) -> Result<Type> {
        let name = match node.attribute("name") {
            Some(local) => {
                let namespace = self.names.add_namespace(&source.target);
                Some(self.names.add(namespace, local))
            }
            None => None,
        };
        if node.tag_name().name() == "simpleType" {
            let (base, simple) = self.simple_type((source, node))?;
            Ok(Type { name, base, is_abstract: false, shape: Shape::Simple(simple) })
        } else {
            self.complex_type(id, name, (source, node))
        }
    }

    /// A type written where it is used.
    fn anonymous_type(&mut self, at: At<'s>) -> Result<TypeId> {
        let id = TypeId(self.types.len() as u32);
        self.types.push(Slot::Waiting(at));
        self.made(id, at)?;
        Ok(id)
    }

    /// The simple type of this id.
    fn simple(&mut self, id: TypeId, at: At<'s>) -> Result<&SimpleType> {
        match &self.made(id, at)?.shape {
            Shape::Simple(it) => Ok(it),
            Shape::Complex(_) => Err(at.0.refuse(at.1, "a simple type is expected".to_owned())),
        }
    }

    /// The type that an attribute such as `type` or `base` names.
    fn type_named(&mut self, value: &str, (source, node): At<'s>) -> Result<TypeId> {
        let name = self.qname(value, (source, node))?;
        self.type_ids.get(&name).copied().ok_or_else(|| source.refuse(node, format!("there is no type {value}")))
    }

    /// A prefixed name in an attribute's value.
    fn qname(&mut self, value: &str, (source, node): At<'s>) -> Result<NameId> {
        let (uri, local) = source.resolve(node, value)?;
        let namespace = self.names.add_namespace(uri);
        Ok(self.names.add(namespace, local))
    }

    /// What `ref` refers to.
    fn referred(&mut self, kind: Kind, at: At<'s>) -> Result<Option<(NameId, At<'s>)>> {
        let (source, node) = at;
        let Some(value) = node.attribute("ref") else { return Ok(None) };
        if node.attribute("name").is_some() || node.attribute("type").is_some() {
            return Err(source.refuse(node, "ref excludes name and type".to_owned()));
        }
        let name = self.qname(value, at)?;
        match self.globals.get(&(kind, name)) {
            Some(there) => Ok(Some((name, *there))),
            None => Err(source.refuse(node, format!("{value} is not declared"))),
        }
    }

    fn global_element(&mut self, name: NameId, at: At<'s>) -> Result<ElementId> {
        if let Some(id) = self.element_ids.get(&name) {
            return Ok(*id);
        }
        // The id is known before its type is made, because the type may hold the element itself.
        let id = self.reserve_element(name);
        self.element_ids.insert(name, id);
        self.fill_element(id, at)?;
        Ok(id)
    }

    fn reserve_element(&mut self, name: NameId) -> ElementId {
        let (is_abstract, is_nillable) = (false, false);
        self.elements.push(Element {
            name,
            type_id: self.any_type,
            is_abstract,
            is_nillable,
            constraint: Constraint::Free,
        });
        ElementId(self.elements.len() as u32 - 1)
    }

    fn fill_element(&mut self, id: ElementId, at: At<'s>) -> Result<()> {
        let (source, node) = at;
        source.allow(
            node,
            &[
                "id",
                "name",
                "type",
                "minOccurs",
                "maxOccurs",
                "form",
                "nillable",
                "abstract",
                "default",
                "fixed",
                "final",
            ],
        )?;
        let type_id = self.type_of(at, self.any_type)?;
        let constraint = self.constraint(type_id, at)?;
        let is_abstract = source.boolean(node, "abstract")?;
        let is_nillable = source.boolean(node, "nillable")?;
        let element = &mut self.elements[id.0 as usize];
        *element = Element { type_id, is_abstract, is_nillable, constraint, name: element.name };
        Ok(())
    }

    /// The type of an element or attribute: named, written within, or the one that stands when none is said.
    fn type_of(&mut self, at: At<'s>, otherwise: TypeId) -> Result<TypeId> {
        let (source, node) = at;
        let within: Vec<_> = source.parts(node).collect();
        match (node.attribute("type"), within.as_slice()) {
            (Some(value), []) => self.type_named(value, at),
            (None, [it]) if matches!(it.tag_name().name(), "simpleType" | "complexType") => {
                self.anonymous_type((source, *it))
            }
            (None, []) => Ok(otherwise),
            (Some(_), [it, ..]) => Err(source.refuse(*it, "a type is already named".to_owned())),
            (None, [it, ..]) => Err(source.refuse(*it, format!("xs:{} is not supported here", it.tag_name().name()))),
        }
    }

    fn global_attribute(&mut self, name: NameId, at: At<'s>) -> Result<AttributeId> {
        if let Some(id) = self.attribute_ids.get(&name) {
            return Ok(*id);
        }
        let id = self.attribute(at)?;
        self.attribute_ids.insert(name, id);
        Ok(id)
    }

    fn attribute(&mut self, at: At<'s>) -> Result<AttributeId> {
        at.0.allow(at.1, &["id", "name", "type", "form", "use", "default", "fixed"])?;
        let type_id = self.type_of(at, self.any_simple_type)?;
        self.simple(type_id, at)?;
        let constraint = self.constraint(type_id, at)?;
        self.attributes.push(Attribute { type_id, constraint });
        Ok(AttributeId(self.attributes.len() as u32 - 1))
    }

    fn constraint(&mut self, type_id: TypeId, at: At<'s>) -> Result<Constraint> {
        let (source, node) = at;
        match (node.attribute("fixed"), node.attribute("default")) {
            (Some(_), Some(_)) => Err(source.refuse(node, "default excludes fixed".to_owned())),
            (Some(value), None) => Ok(Constraint::Fixed(self.fixed_value(type_id, value, at)?)),
            (None, Some(value)) => {
                self.fixed_value(type_id, value, at)?;
                Ok(Constraint::Default)
            }
            (None, None) => Ok(Constraint::Free),
        }
    }

    fn automaton(&mut self, particle: &Particle, at: At<'s>) -> Result<AutomatonId> {
        let built = Automaton::build(particle, &self.names, &self.wildcards).map_err(|why| {
            let what = match why {
                Unbuildable::TooLarge => "the content has too many places when its counts are written out".to_owned(),
                Unbuildable::Ambiguous(Some(name)) => {
                    format!("the element {} could be attributed to two places of the content", self.names.local(name))
                }
                Unbuildable::Ambiguous(None) => "an element could be attributed to two wildcards".to_owned(),
            };
            at.0.refuse(at.1, what)
        })?;
        self.automata.push(built);
        Ok(AutomatonId(self.automata.len() as u32 - 1))
    }

    /// The namespace of a local element or attribute.
    fn local_namespace(&mut self, (source, node): At<'s>, is_qualified_otherwise: bool) -> Result<NamespaceId> {
        let is_qualified = match node.attribute("form") {
            None => is_qualified_otherwise,
            Some("qualified") => true,
            Some("unqualified") => false,
            Some(_) => return Err(source.refuse(node, "form is qualified or unqualified".to_owned())),
        };
        Ok(if is_qualified { self.names.add_namespace(&source.target) } else { NamespaceId::NONE })
    }
}
