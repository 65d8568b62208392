//! The built-in simple types of XML Schema 1.0, part 2: how a value is written, compared and measured.

mod binary;
mod moment;
mod number;
mod words;

use std::borrow::Cow;
use std::cmp::Ordering;

/// The built-in types that have a form of their own. The integers of limited range are `Integer` with limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Builtin {
    AnySimple,
    String,
    NormalizedString,
    Token,
    Language,
    Name,
    NcName,
    NmToken,
    Id,
    IdRef,
    Boolean,
    Decimal,
    Integer,
    Float,
    Double,
    Duration,
    DateTime,
    Time,
    Date,
    GYear,
    GYearMonth,
    GMonth,
    GMonthDay,
    GDay,
    HexBinary,
    Base64Binary,
    AnyUri,
    QName,
}

/// What happens to white space before a value is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum White {
    Preserve,
    /// Each tab and line feed becomes a space.
    Replace,
    /// And runs of spaces become one, and none stands at either end.
    Collapse,
}

pub(super) fn normalise(value: &str, white: White) -> Cow<'_, str> {
    let is_white = |byte: u8| matches!(byte, b' ' | b'\t' | b'\n' | b'\r');
    match white {
        White::Preserve => Cow::Borrowed(value),
        White::Replace if value.bytes().any(|it| it != b' ' && is_white(it)) => {
            Cow::Owned(value.replace(['\t', '\n', '\r'], " "))
        }
        White::Replace => Cow::Borrowed(value),
        White::Collapse => {
            let trimmed = trim(value);
            let bytes = trimmed.as_bytes();
            let is_collapsed = !bytes.iter().any(|it| it.is_ascii_whitespace())
                || bytes.windows(2).all(|it| !is_white(it[0]) || (it[0] == b' ' && !is_white(it[1])));
            if is_collapsed { Cow::Borrowed(trimmed) } else { Cow::Owned(items(trimmed).collect::<Vec<_>>().join(" ")) }
        }
    }
}

/// Without the white space of XML at both ends.
pub(super) fn trim(value: &str) -> &str {
    value.trim_matches([' ', '\t', '\n', '\r'])
}

/// The items of a list.
pub(super) fn items(value: &str) -> impl Iterator<Item = &str> {
    value.split([' ', '\t', '\n', '\r']).filter(|it| !it.is_empty())
}

impl Builtin {
    /// By the name in the namespace of XML Schema.
    pub(super) fn by_name(name: &str) -> Option<Builtin> {
        ALL.iter().find(|it| it.as_str() == name).copied()
    }

    /// The name in XML Schema.
    pub fn as_str(self) -> &'static str {
        match self {
            Builtin::AnySimple => "anySimpleType",
            Builtin::String => "string",
            Builtin::NormalizedString => "normalizedString",
            Builtin::Token => "token",
            Builtin::Language => "language",
            Builtin::Name => "Name",
            Builtin::NcName => "NCName",
            Builtin::NmToken => "NMTOKEN",
            Builtin::Id => "ID",
            Builtin::IdRef => "IDREF",
            Builtin::Boolean => "boolean",
            Builtin::Decimal => "decimal",
            Builtin::Integer => "integer",
            Builtin::Float => "float",
            Builtin::Double => "double",
            Builtin::Duration => "duration",
            Builtin::DateTime => "dateTime",
            Builtin::Time => "time",
            Builtin::Date => "date",
            Builtin::GYear => "gYear",
            Builtin::GYearMonth => "gYearMonth",
            Builtin::GMonth => "gMonth",
            Builtin::GMonthDay => "gMonthDay",
            Builtin::GDay => "gDay",
            Builtin::HexBinary => "hexBinary",
            Builtin::Base64Binary => "base64Binary",
            Builtin::AnyUri => "anyURI",
            Builtin::QName => "QName",
        }
    }

    pub(super) fn white(self) -> White {
        match self {
            Builtin::AnySimple | Builtin::String => White::Preserve,
            Builtin::NormalizedString => White::Replace,
            _ => White::Collapse,
        }
    }

    /// Whether any text, once its white space is normalised, is a value of the type.
    pub(super) fn is_free(self) -> bool {
        matches!(self, Builtin::AnySimple | Builtin::String | Builtin::NormalizedString | Builtin::Token)
    }

    /// Whether a value is written as the type is written. White space is already normalised, except for `base64Binary`, which
    /// may hold some anywhere. A prefix of a `QName` is looked up by the caller.
    pub(super) fn has_form(self, value: &str) -> bool {
        match self {
            Builtin::AnySimple | Builtin::String | Builtin::NormalizedString | Builtin::Token => true,
            Builtin::Language => words::is_language(value),
            Builtin::Name => words::is_name(value),
            Builtin::NcName | Builtin::Id | Builtin::IdRef => words::is_ncname(value),
            Builtin::NmToken => words::is_nmtoken(value),
            Builtin::Boolean => matches!(value, "true" | "false" | "1" | "0"),
            Builtin::Decimal => number::is_decimal(value),
            Builtin::Integer => number::is_integer(value),
            Builtin::Float | Builtin::Double => number::is_double(value),
            Builtin::Duration => moment::duration(value).is_some(),
            Builtin::DateTime
            | Builtin::Time
            | Builtin::Date
            | Builtin::GYear
            | Builtin::GYearMonth
            | Builtin::GMonth
            | Builtin::GMonthDay
            | Builtin::GDay => moment::moment(self, value).is_some(),
            Builtin::HexBinary => binary::is_hex(value),
            Builtin::Base64Binary => binary::base64_bytes(value).is_some(),
            Builtin::AnyUri => words::is_uri(value),
            Builtin::QName => words::is_qname(value),
        }
    }

    /// How two values stand to each other; `None` when that is not determined (a time with a zone and one without) or not at
    /// all (strings have no order). Both have the form of the type.
    pub(super) fn compare(self, one: &str, other: &str) -> Option<Ordering> {
        match self {
            Builtin::Decimal | Builtin::Integer => Some(number::compare_decimals(one, other)),
            Builtin::Float | Builtin::Double => number::double(one).partial_cmp(&number::double(other)),
            Builtin::Duration => moment::duration(one)?.partial_cmp(&moment::duration(other)?),
            Builtin::DateTime
            | Builtin::Time
            | Builtin::Date
            | Builtin::GYear
            | Builtin::GYearMonth
            | Builtin::GMonth
            | Builtin::GMonthDay
            | Builtin::GDay => moment::moment(self, one)?.partial_cmp(&moment::moment(self, other)?),
            Builtin::Boolean => Some(matches!(one, "true" | "1").cmp(&matches!(other, "true" | "1"))),
            Builtin::HexBinary => one.eq_ignore_ascii_case(other).then_some(Ordering::Equal),
            Builtin::Base64Binary => {
                let letters = |it: &str| it.bytes().filter(|it| !it.is_ascii_whitespace()).collect::<Vec<u8>>();
                (letters(one) == letters(other)).then_some(Ordering::Equal)
            }
            Builtin::AnySimple
            | Builtin::String
            | Builtin::NormalizedString
            | Builtin::Token
            | Builtin::Language
            | Builtin::Name
            | Builtin::NcName
            | Builtin::NmToken
            | Builtin::Id
            | Builtin::IdRef
            | Builtin::AnyUri
            | Builtin::QName => (one == other).then_some(Ordering::Equal),
        }
    }

    /// Whether two values are the same, as `1.0` and `1` are for `decimal`.
    pub(super) fn same(self, one: &str, other: &str) -> bool {
        one == other || self.compare(one, other) == Some(Ordering::Equal)
    }

    /// What length facets measure: bytes of binary types, otherwise characters.
    pub(super) fn length(self, value: &str) -> usize {
        match self {
            Builtin::HexBinary => value.len() / 2,
            Builtin::Base64Binary => binary::base64_bytes(value).unwrap_or(0),
            _ => value.chars().count(),
        }
    }

    /// Digits in all and after the point, without those that do not count.
    pub(super) fn digits(value: &str) -> (usize, usize) {
        number::digits(value)
    }
}

const ALL: [Builtin; 28] = [
    Builtin::AnySimple,
    Builtin::String,
    Builtin::NormalizedString,
    Builtin::Token,
    Builtin::Language,
    Builtin::Name,
    Builtin::NcName,
    Builtin::NmToken,
    Builtin::Id,
    Builtin::IdRef,
    Builtin::Boolean,
    Builtin::Decimal,
    Builtin::Integer,
    Builtin::Float,
    Builtin::Double,
    Builtin::Duration,
    Builtin::DateTime,
    Builtin::Time,
    Builtin::Date,
    Builtin::GYear,
    Builtin::GYearMonth,
    Builtin::GMonth,
    Builtin::GMonthDay,
    Builtin::GDay,
    Builtin::HexBinary,
    Builtin::Base64Binary,
    Builtin::AnyUri,
    Builtin::QName,
];

/// Prefix and local part of a `QName`.
pub(super) fn split_qname(value: &str) -> (Option<&str>, &str) {
    match value.split_once(':') {
        Some((prefix, local)) => (Some(prefix), local),
        None => (None, value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_is_preserved_replaced_or_collapsed() {
        assert_eq!(normalise(" a\n b ", White::Preserve), " a\n b ");
        assert_eq!(normalise(" a\n b ", White::Replace), " a  b ");
        assert_eq!(normalise("\t a\n b  c ", White::Collapse), "a b c");
        assert_eq!(normalise("a\tb", White::Collapse), "a b");
        assert!(matches!(normalise(" a b ", White::Collapse), Cow::Borrowed("a b")));
        assert_eq!(normalise(" \n ", White::Collapse), "");
        assert_eq!(normalise("\u{a0}a", White::Collapse), "\u{a0}a", "only the white space of XML counts");
    }

    #[test]
    fn every_type_is_found_by_its_name() {
        for it in ALL {
            assert_eq!(Builtin::by_name(it.as_str()), Some(it));
        }
    }

    #[test]
    fn values_are_compared_as_values() {
        assert!(Builtin::Decimal.same("1.0", "+01"));
        assert!(Builtin::Boolean.same("1", "true"));
        assert!(Builtin::DateTime.same("2026-01-01T00:00:00Z", "2025-12-31T24:00:00Z"));
        assert!(Builtin::DateTime.same("2026-01-01T01:00:00+01:00", "2026-01-01T00:00:00Z"));
        assert!(Builtin::HexBinary.same("0a", "0A"));
        assert!(!Builtin::String.same("a", "A"));
        assert_eq!(Builtin::DateTime.compare("2026-01-01T00:00:00", "2026-01-01T00:00:00Z"), None);
        assert_eq!(Builtin::DateTime.compare("2026-01-01T00:00:00", "2026-01-02T00:00:00Z"), Some(Ordering::Less));
    }
}
