//! One pass over the text that counts, and stops at the first thing that is too much.
//!
//! It stands before the tree because a tree costs many times its text: without it a few megabytes of `<a/>` or `x=''` become
//! gigabytes of nodes, and a hundred thousand attributes on one element cost the square of that in time. What passes here costs
//! at most its own bytes and about 20 MB of tree with the default [`Limits`].
//!
//! It also refuses what the tree builder would let pass: any DOCTYPE, XML 1.1, references to characters that do not exist, a
//! default namespace declared twice, a prefix bound to nothing.

use quick_xml::Error;
use quick_xml::Reader;
use quick_xml::errors::IllFormedError;
use quick_xml::errors::SyntaxError;
use quick_xml::events::BytesStart;
use quick_xml::events::Event;

use super::fault::Fault;
use super::fault::FaultKind;
use super::fault::LimitName;
use super::fault::Malformed;
use super::lines::Lines;

/// How much of everything a document may have. The default suits messages of up to 30 MB with attachments in base64.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the document, as received and as decoded.
    pub bytes_max: usize,
    /// Elements within each other.
    pub depth_max: usize,
    /// Elements, pieces of text, comments and instructions together.
    pub nodes_max: usize,
    /// Attributes of the whole document; every `=` counts as one, because the tree builder reserves room for each.
    pub attributes_max: usize,
    /// Attributes on one element, namespace declarations included.
    pub attributes_per_element_max: usize,
    /// Bytes of one attribute's value.
    pub attribute_bytes_max: usize,
    /// Namespace declarations on an element and those around it.
    pub namespaces_in_scope_max: usize,
    /// Namespace declarations of the whole document.
    pub namespace_declarations_max: usize,
    /// Bytes of one name, prefix included.
    pub name_bytes_max: usize,
    /// Bytes of one run of text, except in [`Limits::base64_elements`].
    pub text_bytes_max: usize,
    /// Local names of the elements that hold attachments or signatures.
    pub base64_elements: Vec<String>,
    /// Bytes of one run of text in these.
    pub base64_bytes_max: usize,
    /// Processing instructions.
    pub instructions_max: usize,
}

const MIB: usize = 1024 * 1024;

impl Default for Limits {
    fn default() -> Self {
        Limits {
            bytes_max: 30 * MIB,
            depth_max: 64,
            nodes_max: 100_000,
            attributes_max: 100_000,
            attributes_per_element_max: 64,
            attribute_bytes_max: 16 * 1024,
            namespaces_in_scope_max: 64,
            namespace_declarations_max: 10_000,
            name_bytes_max: 256,
            text_bytes_max: MIB,
            base64_elements: vec!["Base64Container".to_owned()],
            base64_bytes_max: 28 * MIB,
            instructions_max: 16,
        }
    }
}

/// A text that has passed the gate. Only of such a text is a tree made.
#[derive(Debug, Clone, Copy)]
pub struct Gated<'t> {
    text: &'t str,
    nodes_max: usize,
}

impl<'t> Gated<'t> {
    pub fn as_str(self) -> &'t str {
        self.text
    }

    /// What the tree may have at most; it counts again.
    pub(super) fn nodes_max(self) -> usize {
        self.nodes_max
    }
}

/// Lets a text pass that keeps the limits and has no DOCTYPE. That it is well-formed is checked when the tree is made.
///
/// # Errors
/// The first limit that is broken, or the first thing that is certainly no XML.
pub fn gate<'t>(text: &'t str, limits: &Limits) -> Result<Gated<'t>, Fault> {
    match Pass::new(text, limits).run() {
        Ok(()) => Ok(Gated { text, nodes_max: limits.nodes_max }),
        Err((kind, offset)) => {
            let place = Lines::new(text).at(offset);
            Err(Fault { kind, offset, line: place.line, column: place.column })
        }
    }
}

/// The size of the pieces in which bytes are counted.
const PIECE_BYTES: usize = 64 * 1024;

const BYTE_ORDER_MARK: char = '\u{FEFF}';

type Stop = (FaultKind, usize);

struct Pass<'t, 'l> {
    text: &'t str,
    limits: &'l Limits,
    /// Namespace declarations of each open element.
    open: Vec<usize>,
    in_scope: usize,
    nodes: usize,
    declarations: usize,
    instructions: usize,
    text_bytes: usize,
    in_base64: bool,
}

impl<'t, 'l> Pass<'t, 'l> {
    fn new(text: &'t str, limits: &'l Limits) -> Self {
        let open = Vec::with_capacity(limits.depth_max);
        Pass {
            text,
            limits,
            open,
            in_scope: 0,
            nodes: 0,
            declarations: 0,
            instructions: 0,
            text_bytes: 0,
            in_base64: false,
        }
    }

    fn run(&mut self) -> Result<(), Stop> {
        self.count_bytes()?;
        // The one that a document may begin with is gone. Both readers would pass over a second and count wrong from there.
        if self.text.starts_with(BYTE_ORDER_MARK) {
            return Err(malformed(Malformed::Markup, 0));
        }
        let mut reader = Reader::from_str(self.text);
        // The tree builder compares the names of tags; here they would only be copied.
        reader.config_mut().check_end_names = false;
        reader.config_mut().allow_unmatched_ends = true;
        loop {
            let at = reader.buffer_position() as usize;
            match reader.read_event() {
                Ok(Event::Start(tag)) => self.start(&tag, at)?,
                Ok(Event::Empty(tag)) => {
                    self.start(&tag, at)?;
                    self.end();
                }
                Ok(Event::End(_)) => self.end(),
                Ok(Event::Text(it)) => self.characters(it.len(), at)?,
                Ok(Event::CData(it)) => {
                    self.node(at)?;
                    self.characters(it.len(), at)?;
                }
                Ok(Event::GeneralRef(it)) => {
                    reference(&it).map_err(|it| malformed(it, at))?;
                    self.characters(it.len() + 2, at)?;
                }
                Ok(Event::Comment(_)) => {
                    self.text_bytes = 0;
                    self.node(at)?;
                }
                Ok(Event::PI(it)) => {
                    self.text_bytes = 0;
                    self.node(at)?;
                    self.instructions += 1;
                    self.hold(LimitName::InstructionsMax, self.instructions, self.limits.instructions_max, at)?;
                    self.hold(LimitName::NameBytesMax, it.target().len(), self.limits.name_bytes_max, at)?;
                    if it.target().eq_ignore_ascii_case("xml") {
                        return Err(malformed(Malformed::Declaration, at));
                    }
                }
                Ok(Event::Decl(it)) => {
                    if at != 0 {
                        return Err(malformed(Malformed::Declaration, at));
                    }
                    match it.version().as_deref() {
                        Ok("1.0") => {}
                        Ok(_) => return Err(malformed(Malformed::Version, at)),
                        Err(_) => return Err(malformed(Malformed::Declaration, at)),
                    }
                }
                Ok(Event::DocType(_)) => return Err((FaultKind::Doctype, at)),
                Ok(Event::Eof) => return Ok(()),
                Err(e) => return Err(stop_of(&e, at)),
            }
        }
    }

    /// The tree builder reserves room for a node at each `<` and for an attribute at each `=`.
    fn count_bytes(&self) -> Result<(), Stop> {
        let bytes = self.text.as_bytes();
        self.hold(LimitName::BytesMax, bytes.len(), self.limits.bytes_max, 0)?;
        // An element has two `<` unless it is empty.
        self.count(b'<', LimitName::NodesMax, self.limits.nodes_max.saturating_mul(2), self.limits.nodes_max)?;
        self.count(b'=', LimitName::AttributesMax, self.limits.attributes_max, self.limits.attributes_max)
    }

    /// Counts in pieces, which is quick, and stops in the one where it becomes too much.
    fn count(&self, of: u8, limit: LimitName, max: usize, told: usize) -> Result<(), Stop> {
        let bytes = self.text.as_bytes();
        if bytes.len() <= max {
            return Ok(());
        }
        let mut count = 0;
        for (n, piece) in bytes.chunks(PIECE_BYTES).enumerate() {
            let before = count;
            count += piece.iter().filter(|it| **it == of).count();
            if count > max {
                let mut places = piece.iter().enumerate().filter(|(_, it)| **it == of).map(|(at, _)| at);
                let at = places.nth(max - before).unwrap_or(0);
                return Err((FaultKind::Limit { limit, max: told }, n * PIECE_BYTES + at));
            }
        }
        Ok(())
    }

    fn start(&mut self, tag: &BytesStart<'_>, at: usize) -> Result<(), Stop> {
        self.text_bytes = 0;
        self.node(at)?;
        self.hold(LimitName::DepthMax, self.open.len() + 1, self.limits.depth_max, at)?;
        self.hold(LimitName::NameBytesMax, tag.name().as_ref().len(), self.limits.name_bytes_max, at)?;
        let declared = self.attributes(tag, at)?;
        self.open.push(declared);
        self.in_base64 = self.limits.base64_elements.iter().any(|it| it == tag.local_name().as_ref());
        Ok(())
    }

    /// Counts the attributes; returns how many of them declare a namespace.
    fn attributes(&mut self, tag: &BytesStart<'_>, at: usize) -> Result<usize, Stop> {
        let (mut count, mut declared, mut defaults) = (0, 0, 0);
        for attribute in tag.attributes().with_checks(false) {
            let attribute = attribute.map_err(|_| malformed(Malformed::Tag, at))?;
            let (name, value) = (attribute.key.as_ref(), attribute.value.as_ref());
            count += 1;
            self.hold(LimitName::AttributesPerElementMax, count, self.limits.attributes_per_element_max, at)?;
            self.hold(LimitName::NameBytesMax, name.len(), self.limits.name_bytes_max, at)?;
            self.hold(LimitName::AttributeBytesMax, value.len(), self.limits.attribute_bytes_max, at)?;
            references_in(value).map_err(|it| malformed(it, at))?;
            let prefix = name.strip_prefix("xmlns:");
            if prefix.is_none() && name != "xmlns" {
                continue;
            }
            declared += 1;
            if prefix.is_some() && value.is_empty() {
                return Err(malformed(Malformed::ReservedNamespace, at));
            }
            defaults += usize::from(prefix.is_none());
            if defaults > 1 {
                return Err(malformed(Malformed::DuplicateNamespace, at));
            }
        }
        self.declarations += declared;
        self.in_scope += declared;
        self.hold(LimitName::NamespaceDeclarationsMax, self.declarations, self.limits.namespace_declarations_max, at)?;
        self.hold(LimitName::NamespacesInScopeMax, self.in_scope, self.limits.namespaces_in_scope_max, at)?;
        Ok(declared)
    }

    fn end(&mut self) {
        self.text_bytes = 0;
        self.in_base64 = false;
        // An end without a beginning is told by the tree builder.
        self.in_scope -= self.open.pop().unwrap_or(0);
    }

    fn characters(&mut self, bytes: usize, at: usize) -> Result<(), Stop> {
        if self.text_bytes == 0 {
            self.node(at)?;
        }
        self.text_bytes += bytes;
        if self.in_base64 {
            self.hold(LimitName::Base64BytesMax, self.text_bytes, self.limits.base64_bytes_max, at)
        } else {
            self.hold(LimitName::TextBytesMax, self.text_bytes, self.limits.text_bytes_max, at)
        }
    }

    fn node(&mut self, at: usize) -> Result<(), Stop> {
        self.nodes += 1;
        self.hold(LimitName::NodesMax, self.nodes, self.limits.nodes_max, at)
    }

    fn hold(&self, limit: LimitName, found: usize, max: usize, at: usize) -> Result<(), Stop> {
        if found > max { Err((FaultKind::Limit { limit, max }, at)) } else { Ok(()) }
    }
}

fn malformed(kind: Malformed, at: usize) -> Stop {
    (FaultKind::Malformed(kind), at)
}

fn stop_of(error: &Error, at: usize) -> Stop {
    let kind = match error {
        Error::Syntax(SyntaxError::UnclosedDoctype) | Error::IllFormed(IllFormedError::MissingDoctypeName) => {
            return (FaultKind::Doctype, at);
        }
        Error::Syntax(SyntaxError::InvalidBangMarkup) => Malformed::Markup,
        Error::Syntax(_) => Malformed::Truncated,
        Error::IllFormed(IllFormedError::UnclosedReference) => Malformed::Reference,
        Error::IllFormed(IllFormedError::UnmatchedEndTag(_) | IllFormedError::MismatchedEndTag { .. }) => {
            Malformed::EndTag
        }
        Error::IllFormed(IllFormedError::DoubleHyphenInComment) => Malformed::Comment,
        Error::InvalidAttr(_) => Malformed::Tag,
        _ => Malformed::Markup,
    };
    malformed(kind, at)
}

/// Every `&…;` in an attribute's value.
fn references_in(value: &str) -> Result<(), Malformed> {
    let mut pieces = value.split('&');
    pieces.next();
    for piece in pieces {
        let (name, _) = piece.split_once(';').ok_or(Malformed::Reference)?;
        reference(name)?;
    }
    Ok(())
}

/// What stands between `&` and `;`: one of the five, or a character that XML 1.0 has.
fn reference(name: &str) -> Result<(), Malformed> {
    let Some(number) = name.strip_prefix('#') else {
        return if matches!(name, "lt" | "gt" | "amp" | "apos" | "quot") { Ok(()) } else { Err(Malformed::Reference) };
    };
    let (digits, radix) = number.strip_prefix('x').map_or((number, 10), |hex| (hex, 16));
    if digits.is_empty() || !digits.chars().all(|it| it.is_digit(radix)) {
        return Err(Malformed::Reference);
    }
    let code = u32::from_str_radix(digits, radix).map_err(|_| Malformed::Character)?;
    match code {
        0x9 | 0xA | 0xD | 0x20..=0xD7FF | 0xE000..=0xFFFD | 0x10000..=0x10FFFF => Ok(()),
        _ => Err(Malformed::Character),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stop(text: &str, limits: &Limits) -> FaultKind {
        gate(text, limits).unwrap_err().kind
    }

    #[test]
    fn each_limit_holds_exactly_at_its_value() {
        let base = Limits::default();
        let cases: Vec<(Limits, &str, &str, LimitName, usize)> = vec![
            (Limits { bytes_max: 8, ..base.clone() }, "<a></a> ", "<a></a>  ", LimitName::BytesMax, 8),
            (Limits { depth_max: 2, ..base.clone() }, "<a><b/></a>", "<a><b><c/></b></a>", LimitName::DepthMax, 2),
            (Limits { nodes_max: 3, ..base.clone() }, "<a><b/>t</a>", "<a><b/>t<!--c--></a>", LimitName::NodesMax, 3),
            (
                Limits { attributes_max: 2, ..base.clone() },
                "<a b='1'>=</a>",
                "<a b='1'>==</a>",
                LimitName::AttributesMax,
                2,
            ),
            (
                Limits { attributes_per_element_max: 1, ..base.clone() },
                "<a b=''/>",
                "<a b='' c=''/>",
                LimitName::AttributesPerElementMax,
                1,
            ),
            (
                Limits { attribute_bytes_max: 2, ..base.clone() },
                "<a b='12'/>",
                "<a b='123'/>",
                LimitName::AttributeBytesMax,
                2,
            ),
            (
                Limits { namespaces_in_scope_max: 1, ..base.clone() },
                "<a><b xmlns='u'/><c xmlns='u'/></a>",
                "<a xmlns='u'><b xmlns:c='u'/></a>",
                LimitName::NamespacesInScopeMax,
                1,
            ),
            (
                Limits { namespace_declarations_max: 1, ..base.clone() },
                "<a xmlns='u'><b/></a>",
                "<a><b xmlns='u'/><c xmlns='u'/></a>",
                LimitName::NamespaceDeclarationsMax,
                1,
            ),
            (Limits { name_bytes_max: 3, ..base.clone() }, "<a:b/>", "<a:bc/>", LimitName::NameBytesMax, 3),
            (Limits { name_bytes_max: 3, ..base.clone() }, "<a bcd=''/>", "<a bcde=''/>", LimitName::NameBytesMax, 3),
            (
                Limits { text_bytes_max: 7, ..base.clone() },
                "<a>1&amp;2</a>",
                "<a>1&amp;<![CDATA[23]]></a>",
                LimitName::TextBytesMax,
                7,
            ),
            (
                Limits { text_bytes_max: 1, base64_bytes_max: 4, ..base.clone() },
                "<a><x:Base64Container>AAAA</x:Base64Container></a>",
                "<a><Base64Container>AAAAA</Base64Container></a>",
                LimitName::Base64BytesMax,
                4,
            ),
            (
                Limits { instructions_max: 1, ..base.clone() },
                "<?a?><b/>",
                "<?a?><?b?><c/>",
                LimitName::InstructionsMax,
                1,
            ),
        ];
        for (limits, good, bad, limit, max) in cases {
            assert!(gate(good, &limits).is_ok(), "{good}: {:?}", gate(good, &limits));
            assert_eq!(stop(bad, &limits), FaultKind::Limit { limit, max }, "{bad}");
        }
    }

    #[test]
    fn text_after_an_attachment_is_ordinary_text_again() {
        let limits = Limits { text_bytes_max: 2, ..Limits::default() };
        let bad = "<a><Base64Container>AAAA</Base64Container>long</a>";

        assert!(matches!(stop(bad, &limits), FaultKind::Limit { limit: LimitName::TextBytesMax, .. }));
    }

    /// Found by fuzzing: the places of all faults were three bytes off.
    #[test]
    fn a_second_byte_order_mark_is_refused_where_it_stands() {
        let fault = gate("\u{FEFF}<a>øø&b;</a>", &Limits::default()).unwrap_err();

        assert_eq!((fault.kind, fault.offset), (FaultKind::Malformed(Malformed::Markup), 0));
    }

    #[test]
    fn a_doctype_is_refused_however_it_is_written() {
        for text in [
            "<!DOCTYPE a><a/>",
            "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
            "<!DOCTYPE a SYSTEM 'u'",
            "<!doctype a><a/>",
            "<!DOCTYPE>",
        ] {
            assert_eq!(stop(text, &Limits::default()), FaultKind::Doctype, "{text}");
        }
        assert!(gate("<a><![CDATA[<!DOCTYPE a>]]><!--<!DOCTYPE a>--></a>", &Limits::default()).is_ok());
    }

    #[test]
    fn what_the_tree_builder_would_let_pass_is_refused_here() {
        let cases = [
            ("<a>&b;</a>", Malformed::Reference),
            ("<a>&#xD800;</a>", Malformed::Character),
            ("<a b='&#0;'/>", Malformed::Character),
            ("<a b='&c;'/>", Malformed::Reference),
            ("<a b='&c'/>", Malformed::Reference),
            ("<a>&#99999999999;</a>", Malformed::Character),
            ("<a>&#+9;</a>", Malformed::Reference),
            ("<a xmlns='u' xmlns='v'/>", Malformed::DuplicateNamespace),
            ("<a xmlns:b=''/>", Malformed::ReservedNamespace),
            ("<?xml version='1.1'?><a/>", Malformed::Version),
            ("<a/><?xml version='1.0'?>", Malformed::Declaration),
            ("<?XML version='1.0'?><a/>", Malformed::Declaration),
            ("<?xml encoding='utf-8'?><a/>", Malformed::Declaration),
        ];
        for (text, kind) in cases {
            assert_eq!(stop(text, &Limits::default()), FaultKind::Malformed(kind), "{text}");
        }
    }

    #[test]
    fn the_place_is_that_of_the_thing_that_was_too_much() {
        let fault = gate("<a>\n<b>\n  <c/></b></a>", &Limits { depth_max: 2, ..Limits::default() }).unwrap_err();

        assert_eq!((fault.offset, fault.line, fault.column), (10, 3, 3));
    }
}
