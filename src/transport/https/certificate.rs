//! From an enterprise certificate (virksomhetssertifikat) to the organisation it is for.
//!
//! The organisation number stands in `organizationIdentifier` (SEID 2, `NTRNO-…`) or, without one, in `serialNumber`
//! (SEID 1); a sub-unit stands in OU, in two formats (standards/FACTS.md h.1). The certificate has been verified by the
//! TLS layer before it comes here.
//!
//! Never guessed: a sub-unit that cannot be read rightly is a fault, for the certificate would otherwise speak for more
//! than it says, namely for the whole organisation.

use crate::domain::Code;
use crate::domain::Finding;
use crate::domain::OrgNumber;
use crate::domain::Peer;
use crate::domain::Text;
use crate::domain::Timestamp;
use crate::intake::sha256;
use x509_parser::asn1_rs::Any;
use x509_parser::asn1_rs::Tag;
use x509_parser::certificate::X509Certificate;
use x509_parser::der_parser::Oid;
use x509_parser::oid_registry;
use x509_parser::parse_x509_certificate;

const NATIONAL_REGISTER: &str = "NTRNO-";
const SUB_UNIT_REGISTER: &str = "ER:NO-";

/// Why a certificate does not say which organisation it is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CertificateFault {
    Unreadable,
    /// Neither organizationIdentifier nor serialNumber.
    NoNumber,
    /// organizationIdentifier is not of the national register (`NTRNO-`).
    OtherRegister,
    /// What should be an organisation number is none.
    NotAnOrganisationNumber,
    /// OU looks like a sub-unit, but its number is none.
    NotASubUnitNumber,
    /// The same kind of number more than once, and they differ.
    Ambiguous,
}

impl CertificateFault {
    /// `MP-101` with what was looked for.
    pub fn finding(self) -> Finding {
        Finding::new(Code::CertificateWithoutOrganisation, None).expecting(self.expected())
    }

    fn expected(self) -> Text {
        match self {
            Self::Unreadable => Text::of(
                "Sertifikatet kan ikke leses.",
                "Sertifikatet kan ikkje lesast.",
                "The certificate cannot be read.",
            ),
            Self::NoNumber => Text::of(
                "Det har verken organizationIdentifier (2.5.4.97) eller serialNumber (2.5.4.5).",
                "Det har verken organizationIdentifier (2.5.4.97) eller serialNumber (2.5.4.5).",
                "It has neither organizationIdentifier (2.5.4.97) nor serialNumber (2.5.4.5).",
            ),
            Self::OtherRegister => Text::of(
                "OrganizationIdentifier må begynne med NTRNO-.",
                "OrganizationIdentifier må begynne med NTRNO-.",
                "The organizationIdentifier must begin with NTRNO-.",
            ),
            Self::NotAnOrganisationNumber => Text::of(
                "Nummeret er ikke et gyldig organisasjonsnummer.",
                "Nummeret er ikkje eit gyldig organisasjonsnummer.",
                "The number is not a valid organisation number.",
            ),
            Self::NotASubUnitNumber => Text::of(
                "OU har et nummer for en underenhet, men det er ikke et gyldig organisasjonsnummer.",
                "OU har eit nummer for ei undereining, men det er ikkje eit gyldig organisasjonsnummer.",
                "OU holds a number of a sub-unit, but it is not a valid organisation number.",
            ),
            Self::Ambiguous => Text::of(
                "Det oppgir mer enn ett nummer, og de er ulike.",
                "Det oppgir meir enn eitt nummer, og dei er ulike.",
                "It gives more than one number, and they differ.",
            ),
        }
    }
}

/// The peer that a verified certificate (DER) is for.
pub fn peer_of(der: &[u8]) -> Result<Peer, CertificateFault> {
    let (_, certificate) = parse_x509_certificate(der).map_err(|_| CertificateFault::Unreadable)?;
    let organisation = organisation(&certificate)?;
    let sub_unit = sub_unit(&certificate)?.filter(|it| *it != organisation);
    Ok(Peer { organisation, sub_unit, certificate_sha256: sha256(der), certificate_ends: ends(&certificate) })
}

/// When a certificate (DER) ends.
pub fn ends_at(der: &[u8]) -> Result<Timestamp, CertificateFault> {
    let (_, certificate) = parse_x509_certificate(der).map_err(|_| CertificateFault::Unreadable)?;
    Ok(ends(&certificate))
}

fn ends(certificate: &X509Certificate<'_>) -> Timestamp {
    Timestamp(certificate.validity().not_after.timestamp().saturating_mul(1_000_000))
}

fn organisation(certificate: &X509Certificate<'_>) -> Result<OrgNumber, CertificateFault> {
    let organizationally = values(certificate, &organization_identifier())?;
    if !organizationally.is_empty() {
        let digits = organizationally
            .iter()
            .map(|it| it.strip_prefix(NATIONAL_REGISTER).ok_or(CertificateFault::OtherRegister))
            .collect::<Result<Vec<_>, _>>()?;
        return one_number(&digits, CertificateFault::NotAnOrganisationNumber)?.ok_or(CertificateFault::NoNumber);
    }
    let serially = values(certificate, &oid_registry::OID_X509_SERIALNUMBER)?;
    let digits: Vec<&str> = serially.iter().map(String::as_str).collect();
    one_number(&digits, CertificateFault::NotAnOrganisationNumber)?.ok_or(CertificateFault::NoNumber)
}

fn sub_unit(certificate: &X509Certificate<'_>) -> Result<Option<OrgNumber>, CertificateFault> {
    let units = values(certificate, &oid_registry::OID_X509_ORGANIZATIONAL_UNIT)?;
    let digits: Vec<&str> = units.iter().filter_map(|it| sub_unit_digits(it)).collect();
    one_number(&digits, CertificateFault::NotASubUnitNumber)
}

/// What should be the number of a sub-unit in one OU: `ER:NO-984886136-Navn`, `Navn-974095769` or the nine digits alone.
fn sub_unit_digits(unit: &str) -> Option<&str> {
    if let Some(after) = unit.strip_prefix(SUB_UNIT_REGISTER) {
        return Some(after.split('-').next().unwrap_or(after).trim());
    }
    let last = unit.rsplit('-').next().unwrap_or(unit).trim();
    let nine_digits = last.len() == 9 && last.bytes().all(|it| it.is_ascii_digit());
    nine_digits.then_some(last)
}

fn one_number(digits: &[&str], fault: CertificateFault) -> Result<Option<OrgNumber>, CertificateFault> {
    let mut found: Option<OrgNumber> = None;
    for text in digits {
        let number = OrgNumber::parse(text).map_err(|_| fault)?;
        match &found {
            Some(first) if *first != number => return Err(CertificateFault::Ambiguous),
            _ => found = Some(number),
        }
    }
    Ok(found)
}

/// All values of one attribute of the subject, trimmed.
fn values(certificate: &X509Certificate<'_>, oid: &Oid<'_>) -> Result<Vec<String>, CertificateFault> {
    let attributes = certificate.subject().iter_by_oid(oid);
    attributes.map(|it| text_of(it.attr_value()).ok_or(CertificateFault::Unreadable)).collect()
}

/// A directory string (X.520) as text: UTF-8, Printable, IA5, Teletex (as Latin-1) or BMP.
fn text_of(value: &Any<'_>) -> Option<String> {
    let text = match value.tag() {
        Tag::Utf8String | Tag::PrintableString | Tag::Ia5String => std::str::from_utf8(value.data).ok()?.to_owned(),
        Tag::TeletexString => value.data.iter().copied().map(char::from).collect(),
        Tag::BmpString => {
            let (pairs, rest) = value.data.as_chunks::<2>();
            let units: Vec<u16> = pairs.iter().copied().map(u16::from_be_bytes).collect();
            String::from_utf16(&units).ok().filter(|_| rest.is_empty())?
        }
        _ => return None,
    };
    Some(text.trim().to_owned())
}

fn organization_identifier() -> Oid<'static> {
    Oid::from(&[2, 5, 4, 97]).expect("2.5.4.97 is an object identifier")
}

#[cfg(test)]
mod tests {
    use super::CertificateFault;
    use super::peer_of;
    use crate::clock::Clock;
    use crate::clock::SystemClock;
    use crate::domain::OrgNumber;
    use crate::domain::Timestamp;
    use crate::transport::https::made::MadeAuthority;
    use crate::transport::https::made::MadeSubUnit;
    use crate::transport::https::made::MadeSubject;
    use rustls_pki_types::CertificateDer;
    use rustls_pki_types::pem::PemObject;

    fn read(subject: &MadeSubject) -> Result<(String, Option<String>), CertificateFault> {
        let made = MadeAuthority::root("Prøve-CA", SystemClock.now()).unwrap().client(subject).unwrap();
        let der = CertificateDer::from_pem_slice(made.certificate_pem.as_bytes()).unwrap();
        let peer = peer_of(&der)?;
        Ok((peer.organisation.to_string(), peer.sub_unit.map(|it| it.to_string())))
    }

    fn number(text: &str) -> OrgNumber {
        OrgNumber::parse(text).unwrap()
    }

    fn attributes(all: &[Attribute]) -> MadeSubject {
        MadeSubject::Attributes(all.iter().map(|(oid, value)| (oid.to_vec(), (*value).to_owned())).collect())
    }

    /// OID and value.
    type Attribute = (&'static [u64], &'static str);

    const NAME: &[u64] = &[2, 5, 4, 3];
    const SERIAL: &[u64] = &[2, 5, 4, 5];
    const UNIT: &[u64] = &[2, 5, 4, 11];
    const IDENTIFIER: &[u64] = &[2, 5, 4, 97];

    #[test]
    fn both_generations_of_certificates_are_read() {
        let organisation = number("310000108");
        let name = "EKSEMPEL SYKEHUS HF".to_owned();
        let second = MadeSubject::Seid2 { organisation: organisation.clone(), name: name.clone(), sub_unit: None };
        let first = MadeSubject::Seid1 { organisation, name, sub_unit: None };

        assert_eq!(read(&second), Ok(("310000108".to_owned(), None)));
        assert_eq!(read(&first), Ok(("310000108".to_owned(), None)));
    }

    #[test]
    fn a_sub_unit_is_read_in_each_format() {
        let formats = [
            ("ER:NO-984886136-TEST A1 Haugerud", Some("984886136")),
            ("ER:NO-984886136", Some("984886136")),
            ("SYKEHUSAPOTEK NORD TROMSØ-974095769", Some("974095769")),
            ("SYKEHUSAPOTEK NORD TROMSØ - 974095769", Some("974095769")),
            ("974095769", Some("974095769")),
            ("IKT-avdelingen", None),
            ("310000108", None),
        ];
        for (unit, expected) in formats {
            let subject = attributes(&[(IDENTIFIER, "NTRNO-310000108"), (UNIT, unit)]);
            assert_eq!(read(&subject), Ok(("310000108".to_owned(), expected.map(str::to_owned))), "{unit}");
        }
        for made in [
            MadeSubUnit::Register { number: number("984886136"), name: "Haugerud".to_owned() },
            MadeSubUnit::Named { number: number("984886136"), name: "HAUGERUD".to_owned() },
        ] {
            let name = "EKSEMPEL".to_owned();
            let subject = MadeSubject::Seid2 { organisation: number("310000108"), name, sub_unit: Some(made) };
            assert_eq!(read(&subject).unwrap().1.as_deref(), Some("984886136"));
        }
    }

    #[test]
    fn a_faulty_sub_unit_never_widens_to_the_whole_organisation() {
        for unit in ["ER:NO-984886137-Haugerud", "ER:NO-98488613-Haugerud", "ER:NO-", "HAUGERUD-984886137"] {
            let subject = attributes(&[(IDENTIFIER, "NTRNO-310000108"), (UNIT, unit)]);
            assert_eq!(read(&subject), Err(CertificateFault::NotASubUnitNumber), "{unit}");
        }
    }

    #[test]
    fn each_way_of_lacking_an_organisation_has_its_name() {
        let cases: [(&[Attribute], CertificateFault); 5] = [
            (&[(NAME, "EKSEMPEL")], CertificateFault::NoNumber),
            (&[(IDENTIFIER, "NTRSE-310000108")], CertificateFault::OtherRegister),
            (&[(IDENTIFIER, "NTRNO-310000109")], CertificateFault::NotAnOrganisationNumber),
            (&[(SERIAL, "UN:NO-9578-4050-1")], CertificateFault::NotAnOrganisationNumber),
            // The serial number of a SEID 2 certificate is not asked when its identifier is wrong.
            (&[(IDENTIFIER, "NTRNO-1"), (SERIAL, "310000108")], CertificateFault::NotAnOrganisationNumber),
        ];
        for (subject, fault) in cases {
            assert_eq!(read(&attributes(subject)), Err(fault));
        }
        assert_eq!(peer_of(b"not a certificate").err(), Some(CertificateFault::Unreadable));
    }

    #[test]
    fn the_end_of_a_certificate_is_read_to_the_second() {
        let now = Timestamp(1_791_000_000_000_000);
        let end = Timestamp(1_799_999_999_000_000);
        let authority = MadeAuthority::root("Prøve-CA", now).unwrap();
        let subject = MadeSubject::NameOnly { name: "x".to_owned() };
        let made = authority.client_between(&subject, now, end).unwrap();
        let der = CertificateDer::from_pem_slice(made.certificate_pem.as_bytes()).unwrap();

        assert_eq!(super::ends_at(&der), Ok(end));
    }
}
