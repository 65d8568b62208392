//! Names, languages and addresses.

use super::split_qname;

/// NameStartChar of XML 1.0, fifth edition.
fn begins_name(it: char) -> bool {
    matches!(it,
        ':' | 'A'..='Z' | '_' | 'a'..='z' | '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{2FF}'
        | '\u{370}'..='\u{37D}' | '\u{37F}'..='\u{1FFF}' | '\u{200C}'..='\u{200D}' | '\u{2070}'..='\u{218F}'
        | '\u{2C00}'..='\u{2FEF}' | '\u{3001}'..='\u{D7FF}' | '\u{F900}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FFFD}'
        | '\u{10000}'..='\u{EFFFF}')
}

/// NameChar of XML 1.0, fifth edition.
fn continues_name(it: char) -> bool {
    begins_name(it) || matches!(it, '-' | '.' | '0'..='9' | '\u{B7}' | '\u{300}'..='\u{36F}' | '\u{203F}'..='\u{2040}')
}

pub(super) fn is_nmtoken(value: &str) -> bool {
    !value.is_empty() && value.chars().all(continues_name)
}

pub(super) fn is_name(value: &str) -> bool {
    value.starts_with(begins_name) && is_nmtoken(value)
}

pub(super) fn is_ncname(value: &str) -> bool {
    is_name(value) && !value.contains(':')
}

pub(super) fn is_qname(value: &str) -> bool {
    let (prefix, local) = split_qname(value);
    prefix.is_none_or(is_ncname) && is_ncname(local)
}

/// `[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*`
pub(super) fn is_language(value: &str) -> bool {
    let mut parts = value.split('-');
    let is_part = |it: &str, of: fn(&u8) -> bool| (1..=8).contains(&it.len()) && it.as_bytes().iter().all(of);
    parts.next().is_some_and(|it| is_part(it, u8::is_ascii_alphabetic))
        && parts.all(|it| is_part(it, u8::is_ascii_alphanumeric))
}

/// Whether a value is a URI reference once the characters that URIs do not have are escaped (XLink § 5.4), as XML Schema asks:
/// æ, ø, å and spaces are fine, but `%` begins two hexadecimal digits, a scheme begins with a letter, and brackets stand
/// around an IP address.
pub(super) fn is_uri(value: &str) -> bool {
    let (value, fragment) = value.split_once('#').unwrap_or((value, ""));
    let (value, query) = value.split_once('?').unwrap_or((value, ""));
    let Some(hierarchy) = without_scheme(value) else { return false };
    let (authority, path) = match hierarchy.strip_prefix("//") {
        Some(rest) => rest.split_at(rest.find('/').unwrap_or(rest.len())),
        None => ("", hierarchy),
    };
    let has_bracket = |it: &str| it.contains(['[', ']']);
    is_authority(authority)
        && !has_bracket(path)
        && !has_bracket(query)
        && !fragment.contains('#')
        && [authority, path, query, fragment].into_iter().all(is_escaped)
}

/// What follows the scheme, or all of it when there is none; `None` when a colon stands where only a scheme's could.
fn without_scheme(value: &str) -> Option<&str> {
    match value.split_once(':') {
        Some((scheme, _)) if scheme.contains('/') => Some(value),
        Some((scheme, rest)) => {
            let is_scheme = scheme.starts_with(|it: char| it.is_ascii_alphabetic())
                && scheme.chars().all(|it| it.is_ascii_alphanumeric() || matches!(it, '+' | '-' | '.'));
            is_scheme.then_some(rest)
        }
        None => Some(value),
    }
}

fn is_authority(value: &str) -> bool {
    let host_and_port = value.rsplit_once('@').map_or(value, |(_, host)| host);
    let (host, port) = match host_and_port.strip_prefix('[') {
        Some(rest) => match rest.split_once(']') {
            Some((host, port)) => (host, port),
            None => return false,
        },
        None => host_and_port.split_at(host_and_port.find(':').unwrap_or(host_and_port.len())),
    };
    let is_port = port.is_empty() || port.strip_prefix(':').is_some_and(|it| it.bytes().all(|it| it.is_ascii_digit()));
    is_port && !host.contains(['[', ']'])
}

fn is_escaped(value: &str) -> bool {
    let mut pieces = value.split('%');
    pieces.next();
    pieces.all(|it| it.len() >= 2 && it.bytes().take(2).all(|it| it.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_written_as_they_should() {
        assert!(is_ncname("Formål") && is_ncname("_a-1.b") && is_name("a:b") && is_nmtoken("1a"));
        assert!(!is_ncname("a:b") && !is_ncname("1a") && !is_name("") && !is_nmtoken("a b"));
        assert!(is_qname("a:b") && is_qname("b") && !is_qname("a:") && !is_qname(":b") && !is_qname("a:b:c"));
        assert!(is_language("nb") && is_language("nb-NO") && !is_language("nb_NO") && !is_language(""));
        assert!(!is_language("norwegian") && !is_language("1a"));
    }

    #[test]
    fn addresses_may_be_written_freely_but_not_anyhow() {
        for value in [
            "",
            "tel:12 34 56 78",
            "mailto:æ@ø.no",
            "a b",
            "?",
            "#",
            "a%20b",
            "http://[::1]:80/",
            "http://a:/",
            "../a",
            "a/b:c",
            "urn:oid:1.2",
            "x:",
            "a\\b",
            "{",
        ] {
            assert!(is_uri(value), "{value}");
        }
        for value in ["a%zz", "%", "%a", ":a", "1a:b", "a#b#c", "http://[x/", "a[b]", "//a:b", "http://a:b/"] {
            assert!(!is_uri(value), "{value}");
        }
    }
}
