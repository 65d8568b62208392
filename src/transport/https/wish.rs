//! What a client wishes, as its headers say: which AppRec version, and which language in problem documents.
//!
//! The receipt is AppRec 1.1 unless 1.0 is asked for with a `version` parameter:
//!
//! ```text
//! Accept: application/xml;version=1.0
//! Accept: application/vnd.meldeport.apprec+xml;version=1.0
//! Accept: application/xml;version=1.1, application/xml;version=1.0;q=0.5
//! ```
//!
//! The highest `q` wins, then the one named first. What we do not understand is passed over, and a client that asks for
//! nothing we can make still gets AppRec 1.1: a sender that has delivered must always get its receipt (RFC 9110 § 12.4.1
//! leaves that to us). The `Content-Type` of a receipt is always `application/xml; charset=utf-8`; its root says which
//! version it is.

use crate::domain::AppRecVersion;
use crate::domain::Language;
use http::HeaderMap;
use http::HeaderName;
use http::header::ACCEPT;
use http::header::ACCEPT_LANGUAGE;

/// Which AppRec version the client wishes.
pub(crate) fn apprec_version(headers: &HeaderMap) -> AppRecVersion {
    best(headers, &ACCEPT, apprec_entry).unwrap_or_default()
}

/// In which language the client wishes to read. Bokmål when it does not say.
pub(crate) fn language(headers: &HeaderMap) -> Language {
    best(headers, &ACCEPT_LANGUAGE, language_entry).unwrap_or_default()
}

fn apprec_entry(entry: &Entry<'_>) -> Option<AppRecVersion> {
    let understood = ["application/xml", "text/xml", "application/vnd.meldeport.apprec+xml"];
    let any = ["*/*", "application/*", "text/*"];
    let version = entry.parameter("version");
    if any.iter().any(|it| entry.value.eq_ignore_ascii_case(it)) {
        return Some(AppRecVersion::default());
    }
    if !understood.iter().any(|it| entry.value.eq_ignore_ascii_case(it)) {
        return None;
    }
    match version {
        None => Some(AppRecVersion::default()),
        Some("1.0") => Some(AppRecVersion::V1_0),
        Some("1.1") => Some(AppRecVersion::V1_1),
        Some(_) => None,
    }
}

fn language_entry(entry: &Entry<'_>) -> Option<Language> {
    let primary = entry.value.split('-').next().unwrap_or_default().to_ascii_lowercase();
    match primary.as_str() {
        "nb" | "no" | "*" => Some(Language::Nb),
        "nn" => Some(Language::Nn),
        "en" => Some(Language::En),
        _ => None,
    }
}

/// One entry of a list in a header: a value and its parameters.
struct Entry<'a> {
    value: &'a str,
    parameters: &'a str,
}

impl<'a> Entry<'a> {
    fn parse(text: &'a str) -> Self {
        let (value, parameters) = text.split_once(';').unwrap_or((text, ""));
        Self { value: value.trim(), parameters }
    }

    fn parameter(&self, name: &str) -> Option<&'a str> {
        self.parameters
            .split(';')
            .filter_map(|it| it.split_once('='))
            .find(|(key, _)| key.trim().eq_ignore_ascii_case(name))
            .map(|(_, value)| value.trim().trim_matches('"'))
    }

    /// In thousandths; without one, or with one that cannot be read, it is 1.
    fn quality(&self) -> u32 {
        let quality: f32 = self.parameter("q").and_then(|it| it.parse().ok()).unwrap_or(1.0);
        (quality.clamp(0.0, 1.0) * 1000.0) as u32
    }
}

/// The understood entry with the highest quality above zero; the first of equals.
fn best<T>(headers: &HeaderMap, name: &HeaderName, understand: impl Fn(&Entry<'_>) -> Option<T>) -> Option<T> {
    let mut best: Option<(u32, T)> = None;
    for text in headers.get_all(name).iter().filter_map(|it| it.to_str().ok()) {
        for entry in text.split(',').map(Entry::parse) {
            let quality = entry.quality();
            let better = best.as_ref().map_or(quality > 0, |(known, _)| quality > *known);
            if let Some(value) = understand(&entry).filter(|_| better) {
                best = Some((quality, value));
            }
        }
    }
    best.map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::apprec_version;
    use super::language;
    use crate::domain::AppRecVersion;
    use crate::domain::Language;
    use http::HeaderMap;
    use http::HeaderValue;
    use http::header::ACCEPT;
    use http::header::ACCEPT_LANGUAGE;

    #[test]
    fn the_version_is_1_1_unless_1_0_is_asked_for() {
        let cases = [
            ("", AppRecVersion::V1_1),
            ("*/*", AppRecVersion::V1_1),
            ("application/json", AppRecVersion::V1_1),
            ("application/xml", AppRecVersion::V1_1),
            ("application/xml; version=1.0", AppRecVersion::V1_0),
            ("text/xml;version=\"1.0\"", AppRecVersion::V1_0),
            ("Application/Vnd.Meldeport.AppRec+xml;Version=1.0, */*;q=0.1", AppRecVersion::V1_0),
            ("application/xml;version=1.1;q=0.4, application/xml;version=1.0;q=0.5", AppRecVersion::V1_0),
            ("application/xml;version=1.1, application/xml;version=1.0", AppRecVersion::V1_1),
            ("application/xml;version=1.0;q=0, application/xml;version=1.1;q=0.1", AppRecVersion::V1_1),
            ("application/xml;version=2.0, application/xml;version=1.0;q=0.2", AppRecVersion::V1_0),
            (";;;,=,;q=,\"", AppRecVersion::V1_1),
        ];
        for (accept, expected) in cases {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT, HeaderValue::from_str(accept).unwrap());
            assert_eq!(apprec_version(&headers), expected, "{accept}");
        }
        assert_eq!(apprec_version(&HeaderMap::new()), AppRecVersion::V1_1);
    }

    #[test]
    fn problems_are_told_in_the_language_that_the_client_reads() {
        let cases = [
            ("nn", Language::Nn),
            ("nn-NO, nb;q=0.9", Language::Nn),
            ("en-GB,en;q=0.9", Language::En),
            ("no", Language::Nb),
            ("de, fr;q=0.8, en;q=0.5", Language::En),
            ("de", Language::Nb),
        ];
        for (accept, expected) in cases {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT_LANGUAGE, HeaderValue::from_str(accept).unwrap());
            assert_eq!(language(&headers), expected, "{accept}");
        }
    }
}
