//! The tree, and with it the strict check that the text is well-formed XML 1.0 with namespaces.

use roxmltree::Document;
use roxmltree::Error;
use roxmltree::ParsingOptions;

use super::fault::Fault;
use super::fault::FaultKind;
use super::fault::LimitName;
use super::fault::Malformed;
use super::gate::Gated;
use super::lines::Lines;

/// Makes the tree of a text that has passed the gate.
///
/// # Errors
/// The text is not well-formed.
pub fn plant<'t>(gated: Gated<'t>) -> Result<Document<'t>, Fault> {
    let nodes_limit = u32::try_from(gated.nodes_max().saturating_add(1)).unwrap_or(u32::MAX);
    let options = ParsingOptions { allow_dtd: false, nodes_limit, entity_resolver: None };
    Document::parse_with_options(gated.as_str(), options).map_err(|e| fault_of(&e, gated))
}

fn fault_of(error: &Error, gated: Gated<'_>) -> Fault {
    let text = gated.as_str();
    let kind = kind_of(error, gated);
    let (line, column) = if tells_no_place(error) {
        let end = Lines::new(text).at(text.len());
        (end.line, end.column)
    } else {
        (error.pos().row, error.pos().col)
    };
    Fault { kind, offset: offset_of(text, line, column), line, column }
}

fn tells_no_place(error: &Error) -> bool {
    matches!(error, Error::UnclosedRootNode | Error::UnexpectedEndOfStream | Error::NoRootNode)
}

fn kind_of(error: &Error, gated: Gated<'_>) -> FaultKind {
    FaultKind::Malformed(match error {
        Error::DtdDetected => return FaultKind::Doctype,
        Error::NodesLimitReached => {
            return FaultKind::Limit { limit: LimitName::NodesMax, max: gated.nodes_max() };
        }
        Error::AttributesLimitReached => {
            return FaultKind::Limit { limit: LimitName::AttributesMax, max: u32::MAX as usize };
        }
        Error::NamespacesLimitReached => {
            return FaultKind::Limit { limit: LimitName::NamespaceDeclarationsMax, max: usize::from(u16::MAX) };
        }
        Error::InvalidXmlPrefixUri(_)
        | Error::UnexpectedXmlUri(_)
        | Error::UnexpectedXmlnsUri(_)
        | Error::InvalidElementNamePrefix(_) => Malformed::ReservedNamespace,
        Error::DuplicatedNamespace(_, _) => Malformed::DuplicateNamespace,
        Error::UnknownNamespace(_, _) => Malformed::UndeclaredPrefix,
        Error::UnexpectedCloseTag(_, _, _) | Error::UnexpectedEntityCloseTag(_) => Malformed::EndTag,
        Error::UnknownEntityReference(_, _)
        | Error::MalformedEntityReference(_)
        | Error::EntityReferenceLoop(_)
        | Error::EntityResolver(_, _) => Malformed::Reference,
        Error::InvalidAttributeValue(_) => Malformed::AttributeValue,
        Error::DuplicatedAttribute(_, _) => Malformed::DuplicateAttribute,
        Error::NoRootNode => Malformed::NoRoot,
        Error::UnclosedRootNode | Error::UnexpectedEndOfStream => Malformed::Truncated,
        Error::UnexpectedDeclaration(_) => Malformed::Declaration,
        Error::InvalidName(_) => Malformed::Name,
        Error::NonXmlChar(_, _) => Malformed::Character,
        Error::InvalidComment(_) => Malformed::Comment,
        Error::InvalidCharacterData(_) => Malformed::CdataEnd,
        Error::InvalidChar(_, b'<', _) => Malformed::AttributeValue,
        Error::InvalidChar(_, _, _) | Error::InvalidChar2(_, _, _) => Malformed::Tag,
        Error::UnknownToken(pos) if is_after_root(gated.as_str(), pos.row, pos.col) => Malformed::AfterRoot,
        Error::UnknownToken(_) | Error::InvalidString(_, _) | Error::InvalidExternalID(_) => Malformed::Markup,
    })
}

/// The builder says "unknown token" also of a second root; then all before it is a whole document.
fn is_after_root(text: &str, line: u32, column: u32) -> bool {
    Document::parse(&text[..offset_of(text, line, column)]).is_ok()
}

fn offset_of(text: &str, line: u32, column: u32) -> usize {
    let line_start = match line {
        0 | 1 => 0,
        _ => text.match_indices('\n').nth(line as usize - 2).map_or(text.len(), |(at, _)| at + 1),
    };
    let within = text[line_start..].char_indices().nth(column.saturating_sub(1) as usize);
    within.map_or(text.len(), |(at, _)| line_start + at)
}

#[cfg(test)]
mod tests {
    use super::super::gate::Limits;
    use super::super::gate::gate;
    use super::*;

    fn fault(text: &str) -> Fault {
        plant(gate(text, &Limits::default()).unwrap()).unwrap_err()
    }

    #[test]
    fn each_way_of_being_malformed_is_told_in_plain_words() {
        let cases = [
            ("", Malformed::NoRoot),
            ("  <!-- only -->", Malformed::NoRoot),
            ("<a>", Malformed::Truncated),
            ("<a/><b/>", Malformed::AfterRoot),
            ("<a/>text", Malformed::AfterRoot),
            ("text<a/>", Malformed::Markup),
            ("<a></b>", Malformed::EndTag),
            ("<a b='' b=''/>", Malformed::DuplicateAttribute),
            ("<a xmlns:p='u' xmlns:q='u' p:b='' q:b=''/>", Malformed::DuplicateAttribute),
            ("<a xmlns:p='u' xmlns:p='v'/>", Malformed::DuplicateNamespace),
            ("<p:a/>", Malformed::UndeclaredPrefix),
            ("<a p:b=''/>", Malformed::UndeclaredPrefix),
            ("<a xmlns:xml='u'/>", Malformed::ReservedNamespace),
            ("<xmlns:a/>", Malformed::ReservedNamespace),
            ("<1a/>", Malformed::Name),
            ("<a:b:c xmlns:a='u'/>", Malformed::Name),
            ("<a>\u{1}</a>", Malformed::Character),
            ("<a>\0</a>", Malformed::Character),
            ("<a>\u{FFFE}</a>", Malformed::Character),
            ("<a b='<'/>", Malformed::AttributeValue),
            ("<a b='1'c='2'/>", Malformed::Tag),
            ("<a><!-- a -- b --></a>", Malformed::Comment),
            ("<a>]]></a>", Malformed::CdataEnd),
        ];
        for (text, kind) in cases {
            assert_eq!(fault(text).kind, FaultKind::Malformed(kind), "{text:?}: {:?}", Document::parse(text));
        }
    }

    #[test]
    fn the_place_is_where_it_went_wrong() {
        let it = fault("<a>\n æø<b></c></a>");
        assert_eq!((it.offset, it.line, it.column), (12, 2, 7));

        let it = fault("<a>\n<b>");
        assert_eq!((it.offset, it.line, it.column), (7, 2, 4));
    }

    #[test]
    fn a_fault_shows_nothing_of_the_document() {
        let shown = format!("{0} {0:?}", fault("<Nordmann Kari='1' Kari='2'/>"));

        assert!(!shown.contains("Kari") && !shown.contains("Nordmann"), "{shown}");
    }
}
