//! What single values of the unit directory may look like.

use crate::domain::DistrictNumber;
use crate::domain::Text;
use crate::domain::UnitId;
use crate::routing::condition::DistrictChoice;
use crate::routing::directory::Role;

/// Languages that a unit can say it reads: Norwegian, Northern, Southern and Lule Sámi, English.
pub(super) const LANGUAGES: &[&str] = &["nb", "nn", "se", "sma", "smj", "en"];

const UNIT_ID_CHARS_MAX: usize = 64;

pub(super) const UNIT_ID_EXPECTED: &str = "small letters a to z, digits and hyphens";
pub(super) const ROLE_EXPECTED: &str = "a role in small letters, never a person's name";

pub(super) fn codes<T: Copy>(all: &[T], code: fn(T) -> &'static str) -> Vec<&'static str> {
    all.iter().map(|it| code(*it)).collect()
}

pub(super) fn pairs<T: Copy>(all: &[T], code: fn(T) -> &'static str) -> Vec<(&'static str, T)> {
    all.iter().map(|it| (code(*it), *it)).collect()
}

pub(super) fn unit_id(text: &str) -> Option<UnitId> {
    let letters = text.bytes().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'-');
    let edges = !text.starts_with('-') && !text.ends_with('-');
    (!text.is_empty() && text.len() <= UNIT_ID_CHARS_MAX && letters && edges).then(|| UnitId(text.to_owned()))
}

/// A role is written in small letters with hyphens, which no name of a person is.
pub(super) fn role(text: &str) -> Option<Role> {
    let letters = text.chars().all(|it| it.is_lowercase() || it.is_ascii_digit() || it == '-');
    (!text.is_empty() && letters).then(|| Role(text.to_owned()))
}

pub(super) fn district_choice(text: &str) -> Option<DistrictChoice> {
    match text {
        "missing" => Some(DistrictChoice::Missing),
        "unknown" => Some(DistrictChoice::Unknown),
        number => DistrictNumber::parse(number).map(DistrictChoice::Named),
    }
}

pub(super) fn email(text: &str) -> Option<String> {
    let (local, domain) = text.split_once('@')?;
    let plain = text.chars().all(|it| !it.is_whitespace() && !it.is_control() && !matches!(it, '<' | '>' | ',' | ';'));
    (plain && !local.is_empty() && domain.contains('.') && !domain.contains('@')).then(|| text.to_owned())
}

pub(super) fn web_address(text: &str) -> Option<String> {
    let own = ["http://127.0.0.1", "http://[::1]", "http://localhost"];
    let here = |it: &&str| text.strip_prefix(*it).is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '/']));
    let secure = text.len() > "https://".len() && text.starts_with("https://");
    (!text.contains(char::is_whitespace) && (secure || own.iter().any(here))).then(|| text.to_owned())
}

pub(super) fn as_sentence(text: Text) -> Text {
    let end = |it: &str| if it.ends_with(['.', '!', '?']) { it.to_owned() } else { format!("{it}.") };
    Text::owned(end(&text.nb), end(&text.nn), end(&text.en))
}

#[cfg(test)]
mod tests {
    use super::email;
    use super::role;
    use super::web_address;
    use crate::domain::SERVICE_KINDS;

    #[test]
    fn the_services_are_those_of_the_published_schema() {
        let schema = include_str!("../../../schemas/behovsmelding-1.0.xsd");
        let list = schema
            .split("<xs:simpleType name=\"TjenesteType\">")
            .nth(1)
            .unwrap()
            .split("</xs:simpleType>")
            .next()
            .unwrap();
        let codes: Vec<_> =
            list.split("<xs:enumeration value=\"").skip(1).map(|it| it.split('"').next().unwrap()).collect();

        assert_eq!(codes, SERVICE_KINDS);
    }

    #[test]
    fn a_role_has_no_capital_letters_and_no_blanks() {
        assert!(role("ledende-helsesykepleier").is_some() && role("rådgiver-oppvekst").is_some());
        assert!(role("Ola Nordmann").is_none() && role("ola nordmann").is_none() && role("").is_none());
    }

    #[test]
    fn a_webhook_is_encrypted_unless_it_stays_on_the_machine() {
        assert!(
            web_address("https://sak.example/varsel").is_some() && web_address("http://127.0.0.1:9000/x").is_some()
        );
        assert!(web_address("http://sak.example").is_none() && web_address("http://localhost.example").is_none());
    }

    #[test]
    fn an_email_address_is_one_address_and_nothing_more() {
        assert!(email("postmottak@gjerstad.example").is_some());
        for bad in ["post", "a@b", "Kari <kari@x.example>", "a@x.example,b@x.example", "a@b@c.example"] {
            assert!(email(bad).is_none(), "{bad}");
        }
    }
}
