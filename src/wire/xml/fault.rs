//! What can be wrong with a document before anyone asks what it says.

use std::fmt;

use super::decode::Encoding;

/// Why a document could not be read. It holds no text of the document: what a hostile sender writes never reaches a log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fault {
    pub kind: FaultKind,
    /// Bytes from the beginning: of the bytes received for a fault of encoding, otherwise of the decoded text.
    pub offset: usize,
    /// From 1. Always 1 for a fault of encoding.
    pub line: u32,
    /// From 1, in characters. For a fault of encoding it is 1.
    pub column: u32,
}

/// The kinds of fault, in the order in which the stages can find them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    /// An encoding that is not among those of [`Encoding`]. The name is given only when it is a known one.
    EncodingUnsupported { source: Source, known_as: Option<&'static str> },
    /// Two of byte order mark, XML declaration and transport say different encodings.
    EncodingConflict { one: (Source, Encoding), other: (Source, Encoding) },
    /// A byte sequence that does not exist in the encoding.
    EncodingMalformed { encoding: Encoding },
    /// Two bytes to a character, and nothing that says in which order.
    Utf16WithoutMark,
    /// A limit of ours was passed; the document was not read any further.
    Limit { limit: LimitName, max: usize },
    /// A document type declaration. Messages need none, and it is the door to entity attacks.
    Doctype,
    /// Not well-formed XML 1.0 with namespaces.
    Malformed(Malformed),
}

/// Where an encoding was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// The first bytes: a byte order mark, or the shape of `<?` in them.
    ByteOrderMark,
    /// `encoding="…"` in the XML declaration.
    Declaration,
    /// `charset=…` of the Content-Type.
    Transport,
}

/// The name of each limit, as it stands in the configuration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LimitName {
    BytesMax,
    DepthMax,
    NodesMax,
    AttributesMax,
    AttributesPerElementMax,
    AttributeBytesMax,
    NamespacesInScopeMax,
    NamespaceDeclarationsMax,
    NameBytesMax,
    TextBytesMax,
    Base64BytesMax,
    InstructionsMax,
}

/// How a document fails to be well-formed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Malformed {
    /// No element at all.
    NoRoot,
    /// It ends before the root element is closed, or within a tag, comment or the like.
    Truncated,
    /// Something other than comments after the root element, such as a second root.
    AfterRoot,
    /// An end tag that is not the one of the element that is open.
    EndTag,
    /// An attribute that stands twice on one element.
    DuplicateAttribute,
    /// A prefix declared twice on one element.
    DuplicateNamespace,
    /// A prefix without a declaration.
    UndeclaredPrefix,
    /// A reserved prefix or namespace (`xml`, `xmlns`) used for something else, or a prefix bound to nothing.
    ReservedNamespace,
    /// A name with a character that names cannot have.
    Name,
    /// A character that XML 1.0 does not allow, such as NUL, also when written as a reference.
    Character,
    /// `&` that is not one of the five entities or a character reference.
    Reference,
    /// `<` within an attribute's value.
    AttributeValue,
    /// Something that is no attribute within a tag.
    Tag,
    /// `--` within a comment.
    Comment,
    /// `]]>` within text.
    CdataEnd,
    /// An XML declaration that is not at the very beginning, or not as it should be.
    Declaration,
    /// A version other than 1.0.
    Version,
    /// Something else that is no XML.
    Markup,
}

impl LimitName {
    /// As written in the configuration, the manual and the logs.
    pub fn as_str(self) -> &'static str {
        match self {
            LimitName::BytesMax => "bytes_max",
            LimitName::DepthMax => "depth_max",
            LimitName::NodesMax => "nodes_max",
            LimitName::AttributesMax => "attributes_max",
            LimitName::AttributesPerElementMax => "attributes_per_element_max",
            LimitName::AttributeBytesMax => "attribute_bytes_max",
            LimitName::NamespacesInScopeMax => "namespaces_in_scope_max",
            LimitName::NamespaceDeclarationsMax => "namespace_declarations_max",
            LimitName::NameBytesMax => "name_bytes_max",
            LimitName::TextBytesMax => "text_bytes_max",
            LimitName::Base64BytesMax => "base64_bytes_max",
            LimitName::InstructionsMax => "instructions_max",
        }
    }
}

impl Malformed {
    /// What was expected, in plain words.
    pub fn expected(self) -> &'static str {
        match self {
            Malformed::NoRoot => "the document has no element; one root element is expected",
            Malformed::Truncated => "the document ends too early; every element, tag and comment must be closed",
            Malformed::AfterRoot => "only comments may follow the root element",
            Malformed::EndTag => "the end tag must be that of the element which is open",
            Malformed::DuplicateAttribute => "an attribute may stand only once on an element",
            Malformed::DuplicateNamespace => "a namespace prefix may be declared only once on an element",
            Malformed::UndeclaredPrefix => "each namespace prefix must be declared with xmlns",
            Malformed::ReservedNamespace => {
                "the prefixes xml and xmlns are reserved, and a prefix must be bound to a name"
            }
            Malformed::Name => {
                "a name must begin with a letter or underscore and hold letters, digits, . - _ and one colon"
            }
            Malformed::Character => "a character that XML 1.0 does not allow",
            Malformed::Reference => {
                "& must be written &amp;, or begin one of the five entities or a character reference"
            }
            Malformed::AttributeValue => "< must be written &lt; in the value of an attribute",
            Malformed::Tag => "attributes are written name=\"value\" with white space between them",
            Malformed::Comment => "-- may not stand within a comment",
            Malformed::CdataEnd => "]]> must be written ]]&gt; in text",
            Malformed::Declaration => "the XML declaration stands first and is <?xml version=\"1.0\" encoding=\"…\"?>",
            Malformed::Version => "XML version 1.0 is expected",
            Malformed::Markup => "this is not XML markup",
        }
    }
}

impl Source {
    fn as_str(self) -> &'static str {
        match self {
            Source::ByteOrderMark => "the first bytes",
            Source::Declaration => "the XML declaration",
            Source::Transport => "the Content-Type",
        }
    }
}

impl fmt::Display for FaultKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FaultKind::EncodingUnsupported { source, known_as: Some(name) } => {
                write!(f, "{} says the encoding {name}, which is not supported", source.as_str())
            }
            FaultKind::EncodingUnsupported { source, known_as: None } => {
                write!(f, "{} says an encoding that is not known", source.as_str())
            }
            FaultKind::EncodingConflict { one, other } => {
                write!(f, "{} says {}, but {} says {}", one.0.as_str(), one.1, other.0.as_str(), other.1)
            }
            FaultKind::EncodingMalformed { encoding } => write!(f, "these bytes are not {encoding}"),
            FaultKind::Utf16WithoutMark => f.write_str("this looks like UTF-16 without byte order mark or declaration"),
            FaultKind::Limit { limit, max } => write!(f, "more than {max} ({})", limit.as_str()),
            FaultKind::Doctype => f.write_str("a document type declaration (DOCTYPE) is not accepted"),
            FaultKind::Malformed(it) => f.write_str(it.expected()),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}: {}", self.line, self.column, self.kind)
    }
}

impl std::error::Error for Fault {}
