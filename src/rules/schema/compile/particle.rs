//! Content models: sequences, choices, elements, wildcards and how often each may stand.

use super::At;
use super::Compiler;
use super::Kind;
use super::OCCURRENCES_MAX;
use super::Result;
use crate::rules::schema::automaton::Particle;
use crate::rules::schema::automaton::Term;
use crate::rules::schema::model::Admits;
use crate::rules::schema::model::Process;
use crate::rules::schema::model::WildcardId;
use crate::rules::schema::names::NamespaceId;

impl<'s> Compiler<'s> {
    /// A part of a content model; `None` when it can never stand (`maxOccurs="0"`).
    pub(super) fn particle(&mut self, at: At<'s>) -> Result<Option<Particle>> {
        let (source, node) = at;
        let (min, max) = occurrences(at)?;
        if max == Some(0) {
            return Ok(None);
        }
        let term = match node.tag_name().name() {
            "element" => self.element_term(at)?,
            "any" => {
                let wildcard = self.wildcard(at, &["minOccurs", "maxOccurs"])?;
                Term::Wildcard { wildcard, id: self.particle_id() }
            }
            name @ ("sequence" | "choice") => {
                source.allow(node, &["id", "minOccurs", "maxOccurs"])?;
                let mut parts = Vec::new();
                for part in source.parts(node).collect::<Vec<_>>() {
                    parts.extend(self.particle((source, part))?);
                }
                if name == "choice" { Term::Choice(parts) } else { Term::Sequence(parts) }
            }
            "group" => {
                source.allow(node, &["id", "ref", "minOccurs", "maxOccurs"])?;
                let Some((_, (there, group))) = self.referred(Kind::Group, at)? else {
                    return Err(source.refuse(node, "the attribute ref is missing".to_owned()));
                };
                if group.descendants().any(|it| it == node) {
                    return Err(source.refuse(node, "the group refers to itself".to_owned()));
                }
                let mut parts = Vec::new();
                for part in there.parts(group).collect::<Vec<_>>() {
                    parts.extend(self.particle((there, part))?);
                }
                Term::Sequence(parts)
            }
            other => return Err(source.refuse(node, format!("xs:{other} is not supported here"))),
        };
        Ok(Some(Particle { min, max, term }))
    }

    fn element_term(&mut self, at: At<'s>) -> Result<Term> {
        let (source, node) = at;
        if let Some((name, there)) = self.referred(Kind::Element, at)? {
            source.allow(node, &["id", "ref", "minOccurs", "maxOccurs"])?;
            let element = self.global_element(name, there)?;
            return Ok(Term::Element { name, element, id: self.particle_id() });
        }
        let namespace = self.local_namespace(at, source.elements_are_qualified)?;
        let name = self.names.add(namespace, source.needed(node, "name")?);
        let element = self.reserve_element(name);
        self.fill_element(element, at)?;
        Ok(Term::Element { name, element, id: self.particle_id() })
    }

    /// `any` or `anyAttribute`.
    pub(super) fn wildcard(&mut self, (source, node): At<'s>, also: &[&str]) -> Result<WildcardId> {
        source.allow(node, &[&["id", "namespace", "processContents"], also].concat())?;
        source.refuse_parts(node)?;
        let target = self.names.add_namespace(&source.target);
        let admits = match node.attribute("namespace").map(str::trim) {
            None | Some("##any") => Admits::Any,
            Some("##other") => Admits::Other(target),
            Some(list) => {
                let these = list.split_whitespace().map(|it| match it {
                    "##targetNamespace" => target,
                    "##local" => NamespaceId::NONE,
                    uri => self.names.add_namespace(uri),
                });
                Admits::These(these.collect())
            }
        };
        let process = match node.attribute("processContents") {
            None | Some("strict") => Process::Strict,
            Some("lax") => Process::Lax,
            Some("skip") => Process::Skip,
            Some(_) => return Err(source.refuse(node, "processContents is strict, lax or skip".to_owned())),
        };
        Ok(self.add_wildcard(admits, process))
    }

    pub(super) fn particle_id(&mut self) -> u32 {
        self.particle_ids += 1;
        self.particle_ids
    }
}

fn occurrences((source, node): At<'_>) -> Result<(u32, Option<u32>)> {
    let number = |name: &str| match node.attribute(name) {
        None => Ok(1),
        Some(value) => match value.trim().parse::<u32>() {
            Ok(it) if it <= OCCURRENCES_MAX => Ok(it),
            Ok(_) => Err(source.refuse(node, format!("{name} above {OCCURRENCES_MAX} is not supported"))),
            Err(_) => Err(source.refuse(node, format!("{name} is a number"))),
        },
    };
    let min = number("minOccurs")?;
    let max = if node.attribute("maxOccurs") == Some("unbounded") { None } else { Some(number("maxOccurs")?) };
    if max.is_some_and(|it| it < min) {
        return Err(source.refuse(node, "maxOccurs is less than minOccurs".to_owned()));
    }
    Ok((min, max))
}
