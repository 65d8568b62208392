//! Complex types: content, attributes, and how they are derived.

use std::collections::HashMap;

use roxmltree::Node;

use super::At;
use super::Compiler;
use super::Kind;
use super::Result;
use super::Slot;
use crate::rules::schema::automaton::Particle;
use crate::rules::schema::automaton::Term;
use crate::rules::schema::model::Admits;
use crate::rules::schema::model::AttributeUse;
use crate::rules::schema::model::AutomatonId;
use crate::rules::schema::model::ComplexType;
use crate::rules::schema::model::Content;
use crate::rules::schema::model::Process;
use crate::rules::schema::model::Shape;
use crate::rules::schema::model::Type;
use crate::rules::schema::model::TypeId;
use crate::rules::schema::model::Wildcard;
use crate::rules::schema::model::WildcardId;
use crate::rules::schema::names::NameId;

/// What a type says of attributes, before inheritance.
#[derive(Default)]
struct Attributes {
    uses: Vec<AttributeUse>,
    prohibited: Vec<NameId>,
    any: Vec<WildcardId>,
}

impl<'s> Compiler<'s> {
    /// `anyType`: any elements with any text between, any attributes, all checked only where a declaration is found.
    pub(super) fn any_type(&mut self) {
        let wildcard = self.add_wildcard(Admits::Any, Process::Lax);
        let particle = Particle { min: 0, max: None, term: Term::Wildcard { wildcard, id: self.particle_id() } };
        let built = crate::rules::schema::automaton::Automaton::build(&particle, &self.names, &self.wildcards);
        self.automata.push(built.expect("a single repeated wildcard is deterministic"));
        let content = Content::Elements { automaton: AutomatonId(self.automata.len() as u32 - 1), is_mixed: true };
        let id = self.any_type;
        self.particles.insert(id, particle);
        if let Slot::Made(it) = &mut self.types[id.0 as usize] {
            it.shape = Shape::Complex(complex(content, vec![], vec![wildcard]));
        }
    }

    pub(super) fn complex_type(&mut self, id: TypeId, name: Option<NameId>, at: At<'s>) -> Result<Type> {
        let (source, node) = at;
        source.allow(node, &["id", "name", "mixed", "abstract", "final"])?;
        let is_abstract = source.boolean(node, "abstract")?;
        let is_mixed = source.boolean(node, "mixed")?;
        let parts: Vec<_> = source.parts(node).collect();
        let (base, shape) = match parts.first().map(|it| it.tag_name().name()) {
            Some("simpleContent") => self.simple_content((source, only(at, &parts)?))?,
            Some("complexContent") => self.complex_content(id, is_mixed, (source, only(at, &parts)?))?,
            _ => {
                let (particle, rest) = self.content_and_rest(at, parts)?;
                let attributes = self.attributes(at, rest)?;
                let content = self.element_content(id, particle, is_mixed, at)?;
                (self.any_type, complex(content, attributes.uses, attributes.any))
            }
        };
        Ok(Type { name, base, is_abstract, shape: Shape::Complex(shape) })
    }

    /// Text with attributes.
    fn simple_content(&mut self, at: At<'s>) -> Result<(TypeId, ComplexType)> {
        let (source, node) = at;
        source.allow(node, &["id"])?;
        let there = (source, only(at, &source.parts(node).collect::<Vec<_>>())?);
        source.allow(there.1, &["id", "base"])?;
        let base = self.type_named(source.needed(there.1, "base")?, there)?;
        let mut parts: Vec<_> = source.parts(there.1).collect();
        let is_restriction = match there.1.tag_name().name() {
            "restriction" => true,
            "extension" => false,
            other => return Err(source.refuse(there.1, format!("xs:{other} is not supported here"))),
        };
        let (inner, inherited) = match &self.made(base, there)?.shape {
            Shape::Simple(_) if !is_restriction => (base, None),
            Shape::Complex(it @ ComplexType { content: Content::Simple(inner), .. }) => (*inner, Some(it.clone())),
            _ => return Err(source.refuse(there.1, "the base has no simple content".to_owned())),
        };
        let content = if is_restriction {
            let rest = parts.iter().position(|it| is_about_attributes(*it)).unwrap_or(parts.len());
            let rest = parts.split_off(rest);
            let facets = std::mem::replace(&mut parts, rest);
            let simple = self.simple(inner, there)?.clone();
            let simple = self.restrict(simple, inner, facets, there)?;
            self.types.push(Slot::Made(Type {
                name: None,
                base: inner,
                is_abstract: false,
                shape: Shape::Simple(simple),
            }));
            TypeId(self.types.len() as u32 - 1)
        } else {
            inner
        };
        let own = self.attributes(there, parts)?;
        Ok((base, derived(Content::Simple(content), inherited.as_ref(), own, is_restriction)))
    }

    fn complex_content(&mut self, id: TypeId, is_mixed: bool, at: At<'s>) -> Result<(TypeId, ComplexType)> {
        let (source, node) = at;
        source.allow(node, &["id", "mixed"])?;
        let is_mixed = if node.has_attribute("mixed") { source.boolean(node, "mixed")? } else { is_mixed };
        let there = (source, only(at, &source.parts(node).collect::<Vec<_>>())?);
        source.allow(there.1, &["id", "base"])?;
        let base = self.type_named(source.needed(there.1, "base")?, there)?;
        let Shape::Complex(inherited) = self.made(base, there)?.shape.clone() else {
            return Err(source.refuse(there.1, "the base is a simple type".to_owned()));
        };
        let (particle, rest) = self.content_and_rest(there, source.parts(there.1).collect())?;
        let own = self.attributes(there, rest)?;
        match there.1.tag_name().name() {
            "restriction" => {
                let content = self.element_content(id, particle, is_mixed, there)?;
                // What anyType inherits to others is nothing in particular.
                let inherited = (base != self.any_type).then_some(&inherited);
                Ok((base, derived(content, inherited, own, true)))
            }
            "extension" => {
                let content = match (inherited.content, particle) {
                    (Content::Simple(_), None) => inherited.content,
                    (Content::Simple(_), Some(_)) => {
                        return Err(source.refuse(there.1, "elements cannot be added to simple content".to_owned()));
                    }
                    (Content::Empty, particle) => self.element_content(id, particle, is_mixed, there)?,
                    (Content::Elements { is_mixed: also, .. }, particle) => {
                        let first = self.particles.get(&base).cloned();
                        let parts: Vec<Particle> = first.into_iter().chain(particle).collect();
                        let whole = Particle { min: 1, max: Some(1), term: Term::Sequence(parts) };
                        self.element_content(id, Some(whole), is_mixed || also, there)?
                    }
                };
                Ok((base, derived(content, Some(&inherited), own, false)))
            }
            other => Err(source.refuse(there.1, format!("xs:{other} is not supported here"))),
        }
    }

    /// The model group, if one comes first, and the parts about attributes.
    fn content_and_rest(
        &mut self,
        at: At<'s>,
        mut parts: Vec<Node<'s, 's>>,
    ) -> Result<(Option<Particle>, Vec<Node<'s, 's>>)> {
        match parts.first().copied() {
            Some(it) if !is_about_attributes(it) => {
                parts.remove(0);
                Ok((self.particle((at.0, it))?, parts))
            }
            _ => Ok((None, parts)),
        }
    }

    fn element_content(
        &mut self,
        id: TypeId,
        particle: Option<Particle>,
        is_mixed: bool,
        at: At<'s>,
    ) -> Result<Content> {
        let holds_something = |it: &Particle| match &it.term {
            Term::Sequence(parts) | Term::Choice(parts) => !parts.is_empty(),
            Term::Element { .. } | Term::Wildcard { .. } => true,
        };
        let particle = match particle.filter(holds_something) {
            Some(it) => it,
            None if is_mixed => Particle { min: 1, max: Some(1), term: Term::Sequence(vec![]) },
            None => return Ok(Content::Empty),
        };
        let automaton = self.automaton(&particle, at)?;
        self.particles.insert(id, particle);
        Ok(Content::Elements { automaton, is_mixed })
    }

    fn attributes(&mut self, at: At<'s>, parts: Vec<Node<'s, 's>>) -> Result<Attributes> {
        let source = at.0;
        let mut all = Attributes::default();
        for node in parts {
            let here = (source, node);
            match node.tag_name().name() {
                "attribute" => self.attribute_use(here, &mut all)?,
                "attributeGroup" => {
                    source.allow(node, &["id", "ref"])?;
                    let Some((_, (there, group))) = self.referred(Kind::AttributeGroup, here)? else {
                        return Err(source.refuse(node, "the attribute ref is missing".to_owned()));
                    };
                    if group.descendants().any(|it| it == node) {
                        return Err(source.refuse(node, "the attribute group refers to itself".to_owned()));
                    }
                    let more = self.attributes((there, group), there.parts(group).collect())?;
                    all.uses.extend(more.uses);
                    all.prohibited.extend(more.prohibited);
                    all.any.extend(more.any);
                }
                "anyAttribute" => {
                    let wildcard = self.wildcard(here, &[])?;
                    all.any.push(wildcard);
                }
                other => return Err(source.refuse(node, format!("xs:{other} is not supported here"))),
            }
        }
        let mut seen = HashMap::new();
        for it in &all.uses {
            if seen.insert(it.name, ()).is_some() {
                return Err(
                    source.refuse(at.1, format!("the attribute {} is declared twice", self.names.local(it.name)))
                );
            }
        }
        Ok(all)
    }

    fn attribute_use(&mut self, at: At<'s>, all: &mut Attributes) -> Result<()> {
        let (source, node) = at;
        let (name, attribute) = match self.referred(Kind::Attribute, at)? {
            Some((name, there)) => {
                source.allow(node, &["id", "ref", "use"])?;
                (name, self.global_attribute(name, there)?)
            }
            None => {
                let namespace = self.local_namespace(at, source.attributes_are_qualified)?;
                let name = self.names.add(namespace, source.needed(node, "name")?);
                (name, self.attribute(at)?)
            }
        };
        match node.attribute("use") {
            None | Some("optional") => all.uses.push(AttributeUse { name, attribute, is_required: false }),
            Some("required") => all.uses.push(AttributeUse { name, attribute, is_required: true }),
            Some("prohibited") => all.prohibited.push(name),
            Some(_) => return Err(source.refuse(node, "use is optional, required or prohibited".to_owned())),
        }
        Ok(())
    }
}

/// What is inherited, unless said otherwise. A restriction does not inherit wildcards.
fn derived(content: Content, inherited: Option<&ComplexType>, own: Attributes, is_restriction: bool) -> ComplexType {
    let mut uses = own.uses;
    let mut any = own.any;
    if let Some(inherited) = inherited {
        let is_said =
            |it: &&AttributeUse| uses.iter().any(|own| own.name == it.name) || own.prohibited.contains(&it.name);
        let kept: Vec<AttributeUse> = inherited.attributes.iter().filter(|it| !is_said(it)).copied().collect();
        uses.extend(kept);
        if !is_restriction {
            any.extend(&inherited.any_attribute);
        }
    }
    complex(content, uses, any)
}

fn complex(content: Content, attributes: Vec<AttributeUse>, any_attribute: Vec<WildcardId>) -> ComplexType {
    let required_attributes = attributes.iter().filter(|it| it.is_required).count();
    ComplexType { content, attributes, required_attributes, any_attribute }
}

fn is_about_attributes(node: Node<'_, '_>) -> bool {
    matches!(node.tag_name().name(), "attribute" | "attributeGroup" | "anyAttribute")
}

fn only<'s>(at: At<'s>, parts: &[Node<'s, 's>]) -> Result<Node<'s, 's>> {
    match parts {
        [one] => Ok(*one),
        [_, another, ..] => {
            Err(at.0.refuse(*another, format!("xs:{} is not supported here", another.tag_name().name())))
        }
        [] => Err(at.0.refuse(at.1, "xs:restriction or xs:extension is expected".to_owned())),
    }
}

impl<'s> Compiler<'s> {
    pub(super) fn add_wildcard(&mut self, admits: Admits, process: Process) -> WildcardId {
        self.wildcards.push(Wildcard { admits, process });
        WildcardId(self.wildcards.len() as u32 - 1)
    }
}
