//! One thing that is wrong with a message according to its schema, with enough to write a sentence about it.

use roxmltree::NodeId;

use super::value::Builtin;

/// A fault: what, where, and what was expected. It holds names and limits from the schema, and no value from the message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub kind: FaultKind,
    /// The element that the fault is about, or on which the attribute stands, or in which something is missing.
    pub node: NodeId,
    /// Which of the element's attributes, when the fault is about one.
    pub attribute: Option<usize>,
    /// Bytes from the beginning of the decoded text.
    pub offset: usize,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FaultKind {
    /// The root element is none that the schemas declare.
    RootUnknown,
    /// An element that cannot stand here.
    ElementUnexpected {
        why: Why,
        /// What could stand here.
        expected: Vec<Expected>,
        /// Whether the element around it could also have ended here.
        may_end: bool,
        /// What had to stand here; one of each inner list. Empty when nothing had to.
        required: Vec<Vec<Expected>>,
    },
    /// Elements that had to stand before this place; one of each inner list.
    ElementMissing {
        missing: Vec<Vec<Expected>>,
        /// The element that came in their place; `None` when the element around ended.
        before: Option<Name>,
    },
    /// The place takes any element that has a schema, and this one has none.
    ElementUndeclared,
    /// An element that only serves as a base for others.
    ElementAbstract,
    /// The element must be empty (not even white space), and is not.
    ContentForbidden,
    /// The element takes text only, and holds elements.
    ElementsInText,
    /// Text where only elements can stand.
    TextForbidden {
        /// When the text stands alone: the elements that had to stand there; one of each inner list.
        required: Vec<Vec<Expected>>,
    },
    AttributeMissing {
        name: Name,
    },
    AttributeUnexpected {
        /// The attributes that the element can have.
        allowed: Vec<Name>,
    },
    /// The place takes any attribute that has a schema, and this one has none.
    AttributeUndeclared,
    /// The value of an attribute or the text of an element is not of its type.
    ValueInvalid {
        /// The name of the type in the schema, where it has one.
        type_name: Option<String>,
        /// The type of XML Schema that it rests on.
        builtin: Builtin,
        why: ValueFault,
    },
    /// The schema fixes the value, and this is another one.
    ValueFixed {
        expected: String,
    },
    /// The same identifier (type `ID`) stands earlier in the message.
    IdRepeated,
    /// A reference (type `IDREF`) to an identifier that is nowhere in the message.
    IdMissing,
    /// `xsi:type` names a type that the schemas do not have.
    TypeUnknown,
    /// `xsi:type` names a type that is not derived from the one expected.
    TypeUnrelated,
    /// The type can only be used through `xsi:type` with a type derived from it.
    TypeAbstract,
    /// `xsi:nil` on an element that cannot be nil.
    NilForbidden,
    /// `xsi:nil="true"` on an element that is not empty.
    NilWithContent,
    /// Elements within each other deeper than the engine follows.
    TooDeep,
}

/// Why an element cannot stand where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// No element of this name can stand in the element around it; perhaps another name was meant.
    Unknown { similar: Option<Name> },
    /// The right local name in the wrong namespace.
    WrongNamespace { expected: Name },
    /// It belongs further on: something that must come first comes later.
    TooEarly,
    /// It belongs earlier; before this one, where that can be said.
    TooLate { before: Option<Name> },
    /// It stands more often than it can.
    TooMany { max: u32 },
    /// The elements before it exclude it.
    Excluded,
}

/// Something that could stand in a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expected {
    Element(Name),
    /// Any element that the wildcard admits.
    Any,
}

/// A qualified name of the schema. The namespace is empty for names without one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    pub namespace: String,
    pub local: String,
}

/// How a value fails to be of its type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ValueFault {
    /// It is not written as the type is written.
    Form,
    /// It does not fit the pattern.
    Pattern {
        pattern: String,
    },
    /// It is none of the listed values.
    Enumeration {
        values: Vec<String>,
    },
    /// Characters, or bytes for binary types, or items for lists.
    Length {
        exactly: usize,
    },
    TooShort {
        min: usize,
    },
    TooLong {
        max: usize,
    },
    TooSmall {
        min: String,
        inclusive: bool,
    },
    TooLarge {
        max: String,
        inclusive: bool,
    },
    TotalDigits {
        max: usize,
    },
    FractionDigits {
        max: usize,
    },
    /// It is of none of the types of a union.
    Union {
        types: Vec<String>,
    },
}
