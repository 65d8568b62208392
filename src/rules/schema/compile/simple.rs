//! Simple types: the built-in ones, and those that a schema derives from them.

use super::At;
use super::Compiler;
use super::Result;
use super::Slot;
use super::XS;
use super::pattern;
use crate::rules::schema::check::values;
use crate::rules::schema::model::Bound;
use crate::rules::schema::model::ComplexType;
use crate::rules::schema::model::Content;
use crate::rules::schema::model::Pattern;
use crate::rules::schema::model::Shape;
use crate::rules::schema::model::SimpleType;
use crate::rules::schema::model::Type;
use crate::rules::schema::model::TypeId;
use crate::rules::schema::model::Variety;
use crate::rules::schema::value::Builtin;
use crate::rules::schema::value::White;
use crate::rules::schema::value::normalise;

/// The integers that have limits: name, base, smallest, largest.
const INTEGERS: [(&str, &str, Option<&str>, Option<&str>); 12] = [
    ("nonPositiveInteger", "integer", None, Some("0")),
    ("negativeInteger", "nonPositiveInteger", None, Some("-1")),
    ("long", "integer", Some("-9223372036854775808"), Some("9223372036854775807")),
    ("int", "long", Some("-2147483648"), Some("2147483647")),
    ("short", "int", Some("-32768"), Some("32767")),
    ("byte", "short", Some("-128"), Some("127")),
    ("nonNegativeInteger", "integer", Some("0"), None),
    ("unsignedLong", "nonNegativeInteger", Some("0"), Some("18446744073709551615")),
    ("unsignedInt", "unsignedLong", Some("0"), Some("4294967295")),
    ("unsignedShort", "unsignedInt", Some("0"), Some("65535")),
    ("unsignedByte", "unsignedShort", Some("0"), Some("255")),
    ("positiveInteger", "nonNegativeInteger", Some("1"), None),
];

/// Derived built-in types and what they are derived from; the others are derived from `anySimpleType`.
const DERIVED: [(&str, &str); 10] = [
    ("normalizedString", "string"),
    ("token", "normalizedString"),
    ("language", "token"),
    ("Name", "token"),
    ("NMTOKEN", "token"),
    ("NCName", "Name"),
    ("ID", "NCName"),
    ("IDREF", "NCName"),
    ("integer", "decimal"),
    ("anySimpleType", "anyType"),
];

const LISTS: [(&str, &str); 2] = [("IDREFS", "IDREF"), ("NMTOKENS", "NMTOKEN")];

const PLAIN: [&str; 26] = [
    "string",
    "normalizedString",
    "token",
    "language",
    "Name",
    "NMTOKEN",
    "NCName",
    "ID",
    "IDREF",
    "boolean",
    "decimal",
    "integer",
    "float",
    "double",
    "duration",
    "dateTime",
    "time",
    "date",
    "gYear",
    "gYearMonth",
    "gMonth",
    "gMonthDay",
    "gDay",
    "hexBinary",
    "base64Binary",
    "anyURI",
];

impl<'s> Compiler<'s> {
    pub(super) fn add_builtins(&mut self) {
        // Replaced when the first complex type is made of particles; see `complex::any_type`.
        let placeholder = Shape::Complex(ComplexType {
            content: Content::Empty,
            attributes: vec![],
            required_attributes: 0,
            any_attribute: vec![],
        });
        self.add_builtin("anyType", self.any_type, placeholder);
        self.add_builtin("anySimpleType", self.any_type, Shape::Simple(atomic(Builtin::AnySimple)));
        for name in PLAIN.into_iter().chain(["QName"]) {
            let builtin = Builtin::by_name(name).expect("each name in the table is that of a built-in type");
            let base = DERIVED.iter().find(|it| it.0 == name).map_or("anySimpleType", |it| it.1);
            let base = self.builtin_id(base);
            self.add_builtin(name, base, Shape::Simple(atomic(builtin)));
        }
        for (name, base, min, max) in INTEGERS {
            let base = self.builtin_id(base);
            let bound = |it: Option<&str>| it.map(|value| Bound { value: value.into(), inclusive: true });
            let simple = SimpleType { min: bound(min), max: bound(max), ..atomic(Builtin::Integer) };
            self.add_builtin(name, base, Shape::Simple(simple));
        }
        for (name, item) in LISTS {
            let item = self.builtin_id(item);
            let simple = SimpleType { length_min: Some(1), ..list(item) };
            self.add_builtin(name, self.any_simple_type, Shape::Simple(simple));
        }
        self.any_type();
    }

    fn add_builtin(&mut self, name: &str, base: TypeId, shape: Shape) {
        let namespace = self.names.add_namespace(XS);
        let name = self.names.add(namespace, name);
        self.type_ids.insert(name, TypeId(self.types.len() as u32));
        self.types.push(Slot::Made(Type { name: Some(name), base, is_abstract: false, shape }));
    }

    fn builtin_id(&mut self, name: &str) -> TypeId {
        let namespace = self.names.add_namespace(XS);
        let name = self.names.add(namespace, name);
        self.type_ids[&name]
    }

    /// The base and the type itself.
    pub(super) fn simple_type(&mut self, at: At<'s>) -> Result<(TypeId, SimpleType)> {
        let (source, node) = at;
        source.allow(node, &["id", "name", "final"])?;
        let parts: Vec<_> = source.parts(node).collect();
        let [part] = parts.as_slice() else {
            return Err(source.refuse(node, "one of xs:restriction, xs:list and xs:union is expected".to_owned()));
        };
        let there = (source, *part);
        match part.tag_name().name() {
            "restriction" => {
                source.allow(*part, &["id", "base"])?;
                let (base, facets) = self.base_or_within(there, "base")?;
                let simple = self.simple(base, there)?.clone();
                Ok((base, self.restrict(simple, base, facets, there)?))
            }
            "list" => {
                source.allow(*part, &["id", "itemType"])?;
                let (item, rest) = self.base_or_within(there, "itemType")?;
                refuse_rest(there, &rest)?;
                if let Variety::List(_) = self.simple(item, there)?.variety {
                    return Err(source.refuse(*part, "a list of lists".to_owned()));
                }
                Ok((self.any_simple_type, list(item)))
            }
            "union" => {
                source.allow(*part, &["id", "memberTypes"])?;
                let mut members = Vec::new();
                for name in part.attribute("memberTypes").unwrap_or("").split_whitespace() {
                    members.push(self.type_named(name, there)?);
                }
                for within in source.parts(*part).collect::<Vec<_>>() {
                    if within.tag_name().name() != "simpleType" {
                        refuse_rest(there, &[within])?;
                    }
                    members.push(self.anonymous_type((source, within))?);
                }
                for member in &members {
                    self.simple(*member, there)?;
                }
                let variety = Variety::Union(members);
                Ok((
                    self.any_simple_type,
                    SimpleType { variety, white: White::Preserve, ..atomic(Builtin::AnySimple) }.settled(),
                ))
            }
            other => Err(source.refuse(*part, format!("xs:{other} is not supported here"))),
        }
    }

    /// The type that an attribute names or that is written first within; and the other parts.
    fn base_or_within(&mut self, at: At<'s>, attribute: &str) -> Result<(TypeId, Vec<roxmltree::Node<'s, 's>>)> {
        let (source, node) = at;
        let mut parts: Vec<_> = source.parts(node).collect();
        let within = parts.first().copied().filter(|it| it.tag_name().name() == "simpleType");
        match (node.attribute(attribute), within) {
            (Some(value), None) => Ok((self.type_named(value, at)?, parts)),
            (None, Some(it)) => {
                parts.remove(0);
                Ok((self.anonymous_type((source, it))?, parts))
            }
            _ => Err(source.refuse(node, format!("either {attribute} or an xs:simpleType within is expected"))),
        }
    }

    /// A type narrowed by facets.
    pub(super) fn restrict(
        &mut self,
        mut simple: SimpleType,
        base: TypeId,
        facets: Vec<roxmltree::Node<'s, 's>>,
        at: At<'s>,
    ) -> Result<SimpleType> {
        let source = at.0;
        let mut patterns: Vec<&str> = Vec::new();
        let mut values: Vec<Box<str>> = Vec::new();
        for facet in facets {
            source.allow(facet, &["id", "value", "fixed"])?;
            source.refuse_parts(facet)?;
            let value = source.needed(facet, "value")?;
            let refuse = |what: &str| source.refuse(facet, what.to_owned());
            let number = || value.trim().parse::<usize>().map_err(|_| refuse("a number is expected"));
            match facet.tag_name().name() {
                "enumeration" => values.push(self.facet_value(base, value, (source, facet))?),
                "pattern" => patterns.push(value),
                "length" => simple.length = Some(number()?),
                "minLength" => simple.length_min = Some(number()?.max(simple.length_min.unwrap_or(0))),
                "maxLength" => simple.length_max = Some(number()?.min(simple.length_max.unwrap_or(usize::MAX))),
                "totalDigits" => simple.total_digits = Some(number()?),
                "fractionDigits" => simple.fraction_digits = Some(number()?),
                name @ ("minInclusive" | "minExclusive") => {
                    let value = self.facet_value(base, value, (source, facet))?;
                    simple.min = Some(Bound { value, inclusive: name == "minInclusive" });
                }
                name @ ("maxInclusive" | "maxExclusive") => {
                    let value = self.facet_value(base, value, (source, facet))?;
                    simple.max = Some(Bound { value, inclusive: name == "maxInclusive" });
                }
                "whiteSpace" => {
                    let white = match value {
                        "preserve" => White::Preserve,
                        "replace" => White::Replace,
                        "collapse" => White::Collapse,
                        _ => return Err(refuse("whiteSpace is preserve, replace or collapse")),
                    };
                    if white < simple.white {
                        return Err(refuse("the base type collapses more white space"));
                    }
                    simple.white = white;
                }
                other => return Err(refuse(&format!("xs:{other} is not supported here"))),
            }
            let is_length = facet.tag_name().name().ends_with("ength");
            if is_length && matches!(simple.variety, Variety::Union(_)) {
                return Err(refuse("a union has no length"));
            }
        }
        if !values.is_empty() {
            simple.enumeration = Some(values);
        }
        if !patterns.is_empty() {
            // Patterns of one step are alternatives, those of several steps must all be met.
            let joined = patterns.iter().map(|it| format!("({it})")).collect::<Vec<_>>().join("|");
            for pattern in &patterns {
                pattern::translate(pattern)
                    .map_err(|it| source.refuse(at.1, format!("the pattern {pattern} has {it}")))?;
            }
            let regex = pattern::translate(&joined).map_err(|it| source.refuse(at.1, it))?;
            simple.patterns.push(Pattern { source: patterns.join(" | ").into(), regex });
        }
        Ok(simple.settled())
    }

    fn facet_value(&mut self, base: TypeId, value: &str, at: At<'s>) -> Result<Box<str>> {
        self.valid_value(base, value, at)
    }

    /// The value of `default` or `fixed`, normalised; it must be one of the type.
    pub(super) fn fixed_value(&mut self, type_id: TypeId, value: &str, at: At<'s>) -> Result<Box<str>> {
        let (type_id, at) = match self.made(type_id, at)?.shape {
            Shape::Complex(ComplexType { content: Content::Simple(inner), .. }) => (inner, at),
            Shape::Complex(ComplexType { content: Content::Elements { is_mixed: true, .. }, .. }) => {
                return Ok(value.into());
            }
            Shape::Complex(_) => return Err(at.0.refuse(at.1, "content of elements has no default".to_owned())),
            Shape::Simple(_) => (type_id, at),
        };
        self.valid_value(type_id, value, at)
    }

    fn valid_value(&mut self, type_id: TypeId, value: &str, at: At<'s>) -> Result<Box<str>> {
        self.make_members(type_id, at)?;
        let look_up = |id: TypeId| match &self.types[id.0 as usize] {
            Slot::Made(Type { shape: Shape::Simple(it), .. }) => it,
            _ => unreachable!("make_members() has made every simple type below"),
        };
        let simple = look_up(type_id);
        match values::validate(&look_up, simple, value) {
            Ok(_) => Ok(normalise(value, simple.white).into()),
            Err(_) => Err(at.0.refuse(at.1, format!("the value {value:?} is not of the type"))),
        }
    }

    /// Makes a simple type and those it is made of.
    fn make_members(&mut self, id: TypeId, at: At<'s>) -> Result<()> {
        match self.simple(id, at)?.variety.clone() {
            Variety::Atomic(_) => Ok(()),
            Variety::List(item) => self.make_members(item, at),
            Variety::Union(members) => members.into_iter().try_for_each(|it| self.make_members(it, at)),
        }
    }
}

fn refuse_rest(at: At<'_>, rest: &[roxmltree::Node<'_, '_>]) -> Result<()> {
    match rest.first() {
        Some(it) => Err(at.0.refuse(*it, format!("xs:{} is not supported here", it.tag_name().name()))),
        None => Ok(()),
    }
}

fn atomic(builtin: Builtin) -> SimpleType {
    SimpleType {
        variety: Variety::Atomic(builtin),
        white: builtin.white(),
        patterns: vec![],
        enumeration: None,
        length: None,
        length_min: None,
        length_max: None,
        min: None,
        max: None,
        total_digits: None,
        fraction_digits: None,
        is_free: builtin.is_free(),
    }
}

fn list(item: TypeId) -> SimpleType {
    SimpleType { variety: Variety::List(item), white: White::Collapse, ..atomic(Builtin::AnySimple) }.settled()
}

impl SimpleType {
    /// Says whether anything is left to check.
    fn settled(mut self) -> SimpleType {
        let has_facets = self.enumeration.is_some()
            || !self.patterns.is_empty()
            || self.length.or(self.length_min).or(self.length_max).is_some()
            || self.min.is_some()
            || self.max.is_some()
            || self.total_digits.or(self.fraction_digits).is_some();
        self.is_free = !has_facets && matches!(self.variety, Variety::Atomic(it) if it.is_free());
        self
    }
}
