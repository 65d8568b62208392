//! Attributes, and what `xsi:type` and `xsi:nil` say.

use roxmltree::Attribute;
use roxmltree::Node;

use super::Spot;
use super::Walk;
use super::content::is_similar;
use super::is_special;
use crate::rules::schema::fault::FaultKind;
use crate::rules::schema::fault::ValueFault;
use crate::rules::schema::model::ComplexType;
use crate::rules::schema::model::Constraint;
use crate::rules::schema::model::Element;
use crate::rules::schema::model::Process;
use crate::rules::schema::model::Schemas;
use crate::rules::schema::model::Shape;
use crate::rules::schema::model::TypeId;
use crate::rules::schema::model::Variety;
use crate::rules::schema::names::NameId;
use crate::rules::schema::names::NamespaceId;
use crate::rules::schema::value::Builtin;
use crate::rules::schema::value::split_qname;
use crate::rules::schema::value::trim;

/// The attributes that every element may have. Another name in their namespace is a mistake, such as `xsi:schemalocation`.
const SPECIAL: [&str; 4] = ["type", "nil", "schemaLocation", "noNamespaceSchemaLocation"];

/// The attributes of the schema language that change how an element is checked.
#[derive(Clone, Copy, Default)]
pub(super) struct Special<'d, 'i> {
    pub type_attribute: Option<(usize, Attribute<'d, 'i>)>,
    pub nil_attribute: Option<(usize, Attribute<'d, 'i>)>,
}

impl<'s, 'd, 'i> Walk<'s, 'd, 'i> {
    pub(super) fn special_attributes(&mut self, node: Node<'d, 'i>) -> Special<'d, 'i> {
        let mut special = Special::default();
        for (n, attribute) in node.attributes().enumerate() {
            if attribute.namespace().is_some() && self.namespace(attribute.namespace()) == Some(self.schemas.xsi) {
                match attribute.name() {
                    "type" => special.type_attribute = Some((n, attribute)),
                    "nil" => special.nil_attribute = Some((n, attribute)),
                    _ => {}
                }
            }
        }
        special
    }

    /// The type that `xsi:type` says, when it may. When it may not, what the element holds is not looked at: it was written for
    /// that other type, and each fault in it would be a consequence of this one.
    pub(super) fn type_said(
        &mut self,
        node: Node<'d, 'i>,
        (n, attribute): (usize, Attribute<'d, 'i>),
        declared: TypeId,
    ) -> Option<TypeId> {
        let spot = spot_of(node, n, attribute);
        let (prefix, local) = split_qname(trim(attribute.value()));
        let uri = node.lookup_namespace_uri(prefix);
        let said = match (uri, prefix) {
            (None, Some(_)) => None,
            (uri, _) => self.schemas.type_named(uri.unwrap_or(""), local),
        };
        match said {
            None => self.report(spot, FaultKind::TypeUnknown),
            Some(said) if self.schemas.is_derived(said, declared) => return Some(said),
            Some(_) => self.report(spot, FaultKind::TypeUnrelated),
        }
        None
    }

    pub(super) fn is_nil(
        &mut self,
        node: Node<'d, 'i>,
        attribute: Option<(usize, Attribute<'d, 'i>)>,
        element: Option<&'s Element>,
    ) -> bool {
        let Some((n, attribute)) = attribute else { return false };
        let spot = spot_of(node, n, attribute);
        match (trim(attribute.value()), element) {
            ("true" | "1" | "false" | "0", Some(it)) if !it.is_nillable => {
                self.report(spot, FaultKind::NilForbidden);
                false
            }
            (value @ ("true" | "1" | "false" | "0"), Some(_)) => matches!(value, "true" | "1"),
            // Without a declaration there is nothing that could be nil (cvc-elt 3).
            ("true" | "1" | "false" | "0", None) => false,
            _ => {
                let (type_name, why) = (Some("boolean".to_owned()), ValueFault::Form);
                self.report(spot, FaultKind::ValueInvalid { type_name, builtin: Builtin::Boolean, why });
                false
            }
        }
    }

    /// An element of a simple type has none but those of the schema language.
    pub(super) fn no_attributes(&mut self, node: Node<'d, 'i>) {
        for (n, attribute) in node.attributes().enumerate() {
            if !(is_special(attribute.namespace()) && SPECIAL.contains(&attribute.name())) {
                self.report(spot_of(node, n, attribute), FaultKind::AttributeUnexpected { allowed: vec![] });
            }
        }
    }

    pub(super) fn attributes(&mut self, node: Node<'d, 'i>, complex: &'s ComplexType) {
        let mut required_seen = 0;
        for (n, attribute) in node.attributes().enumerate() {
            let namespace = self.namespace(attribute.namespace());
            let name = namespace.and_then(|it| self.schemas.names.find(it, attribute.name()));
            let declared = name.and_then(|name| complex.attributes.iter().find(|it| it.name == name));
            let spot = spot_of(node, n, attribute);
            match declared {
                Some(its_use) => {
                    required_seen += usize::from(its_use.is_required);
                    let declaration = &self.schemas[its_use.attribute];
                    self.attribute_value(spot, attribute, declaration.type_id, &declaration.constraint);
                }
                None if namespace == Some(self.schemas.xsi) && SPECIAL.contains(&attribute.name()) => {}
                None => self.wild_attribute(spot, attribute, namespace, name, complex),
            }
        }
        if required_seen < complex.required_attributes {
            self.missing_attributes(node, complex);
        }
    }

    fn attribute_value(
        &mut self,
        spot: Spot<'d, 'i>,
        attribute: Attribute<'d, 'i>,
        type_id: TypeId,
        constraint: &'s Constraint,
    ) {
        if !(self.simple(type_id).is_free && matches!(constraint, Constraint::Free)) {
            self.value(spot, type_id, attribute.value(), constraint);
        }
    }

    fn wild_attribute(
        &mut self,
        spot: Spot<'d, 'i>,
        attribute: Attribute<'d, 'i>,
        namespace: Option<NamespaceId>,
        name: Option<NameId>,
        complex: &'s ComplexType,
    ) {
        let schemas = self.schemas;
        let wildcard = complex.any_attribute.iter().map(|it| &schemas[*it]).find(|it| it.admits.admit(namespace));
        let Some(wildcard) = wildcard else {
            let allowed = complex.attributes.iter().map(|it| schemas.name(it.name)).collect();
            return self.report(spot, FaultKind::AttributeUnexpected { allowed });
        };
        let declared = name.and_then(|it| schemas.global_attributes.get(&it)).map(|it| &schemas[*it]);
        match (wildcard.process, declared) {
            (Process::Skip, _) | (Process::Lax, None) => {}
            (Process::Strict | Process::Lax, Some(it)) => {
                self.attribute_value(spot, attribute, it.type_id, &it.constraint)
            }
            (Process::Strict, None) => self.report(spot, FaultKind::AttributeUndeclared),
        }
    }

    #[cold]
    fn missing_attributes(&mut self, node: Node<'d, 'i>, complex: &'s ComplexType) {
        let schemas = self.schemas;
        for required in complex.attributes.iter().filter(|it| it.is_required) {
            let (namespace, local) = (schemas.names.namespace_of(required.name), schemas.names.local(required.name));
            let uri = schemas.names.uri(namespace);
            let is_here = |it: &Attribute<'_, '_>| it.name() == local && it.namespace().unwrap_or("") == uri;
            // One that is misspelt is told already.
            let is_meant = |it: &Attribute<'_, '_>| {
                complex.any_attribute.is_empty()
                    && !is_special(it.namespace())
                    && is_similar(local, it.name())
                    && !complex.attributes.iter().any(|known| schemas.names.local(known.name) == it.name())
            };
            if !node.attributes().any(|it| is_here(&it) || is_meant(&it)) {
                self.report(Spot::of(node), FaultKind::AttributeMissing { name: schemas.name(required.name) });
            }
        }
    }
}

impl Schemas {
    fn type_named(&self, uri: &str, local: &str) -> Option<TypeId> {
        let name = self.names.find(self.names.namespace(uri)?, local)?;
        self.global_types.get(&name).copied()
    }

    /// Whether a type is another or derived from it; the members of a union count as derived from it.
    fn is_derived(&self, id: TypeId, from: TypeId) -> bool {
        let mut at = id;
        loop {
            if at == from {
                return true;
            }
            let base = self[at].base;
            if base == at {
                break;
            }
            at = base;
        }
        match &self[from].shape {
            Shape::Simple(it) => match &it.variety {
                Variety::Union(members) => members.iter().any(|it| self.is_derived(id, *it)),
                Variety::Atomic(_) | Variety::List(_) => false,
            },
            Shape::Complex(_) => false,
        }
    }
}

fn spot_of<'d, 'i>(node: Node<'d, 'i>, n: usize, attribute: Attribute<'d, 'i>) -> Spot<'d, 'i> {
    Spot { node, attribute: Some(n), offset: attribute.range().start }
}
