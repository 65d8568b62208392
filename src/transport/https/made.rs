//! Certificates for trying out: a certificate authority of our own and the certificates it issues, shaped like the real
//! ones (SEID 1 and SEID 2, standards/FACTS.md h.1), for the demo and for tests.
//!
//! Never for production: the authority's key lies in memory, and nobody has checked who the holders are.

use crate::domain::OrgNumber;
use crate::domain::Redacted;
use crate::domain::Timestamp;
use rcgen::BasicConstraints;
use rcgen::CertificateParams;
use rcgen::CertificateRevocationListParams;
use rcgen::CertifiedIssuer;
use rcgen::DistinguishedName;
use rcgen::DnType;
use rcgen::ExtendedKeyUsagePurpose;
use rcgen::IsCa;
use rcgen::KeyIdMethod;
use rcgen::KeyPair;
use rcgen::KeyUsagePurpose;
use rcgen::RevocationReason;
use rcgen::RevokedCertParams;
use rcgen::SerialNumber;
use rcgen::date_time_ymd;
use std::time::Duration;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);
const ORGANISATION_IDENTIFIER: &[u64] = &[2, 5, 4, 97];
const SERIAL_NUMBER: &[u64] = &[2, 5, 4, 5];

/// A certificate authority made up on the spot.
pub struct MadeAuthority {
    issuer: CertifiedIssuer<'static, KeyPair>,
    /// PEM of this authority when a holder must send it along: empty for a root.
    chain_pem: String,
    made_at: Timestamp,
}

/// A certificate and its private key.
#[derive(Clone, Debug)]
pub struct MadeCertificate {
    /// The certificate, then the authorities between it and the root. PEM.
    pub certificate_pem: String,
    /// PKCS #8, PEM.
    pub key_pem: Redacted<String>,
    serial: SerialNumber,
}

/// Who a client certificate is for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum MadeSubject {
    /// `organizationIdentifier = NTRNO-…`, issued from 2021.
    Seid2 { organisation: OrgNumber, name: String, sub_unit: Option<MadeSubUnit> },
    /// `serialNumber = …`, issued until 2022.
    Seid1 { organisation: OrgNumber, name: String, sub_unit: Option<MadeSubUnit> },
    /// Only a name: says not which organisation it is for.
    NameOnly { name: String },
    /// Attributes as they stand, for certificates that are wrong in other ways: OID and value.
    Attributes(Vec<(Vec<u64>, String)>),
}

/// A sub-unit (underenhet) in OU, in the two formats that have been seen.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum MadeSubUnit {
    /// `ER:NO-984886136-Navn`.
    Register { number: OrgNumber, name: String },
    /// `NAVN-974095769`.
    Named { number: OrgNumber, name: String },
}

impl MadeSubUnit {
    fn text(&self) -> String {
        match self {
            Self::Register { number, name } => format!("ER:NO-{number}-{name}"),
            Self::Named { number, name } => format!("{name}-{number}"),
        }
    }
}

impl MadeAuthority {
    /// A root that is valid for ten years from the day before `now`.
    pub fn root(name: &str, now: Timestamp) -> Result<Self, rcgen::Error> {
        let key = KeyPair::generate()?;
        let issuer = CertifiedIssuer::self_signed(authority_params(name, now), key)?;
        Ok(Self { issuer, chain_pem: String::new(), made_at: now })
    }

    /// An authority below this one; its certificates carry it along.
    pub fn subordinate(&self, name: &str) -> Result<Self, rcgen::Error> {
        let key = KeyPair::generate()?;
        let issuer = CertifiedIssuer::signed_by(authority_params(name, self.made_at), key, &self.issuer)?;
        let chain_pem = format!("{}{}", issuer.pem(), self.chain_pem);
        Ok(Self { issuer, chain_pem, made_at: self.made_at })
    }

    /// The authority's own certificate, to be trusted by others. PEM.
    pub fn certificate_pem(&self) -> String {
        self.issuer.pem()
    }

    /// A server certificate for `hosts` (names or addresses), valid for `days`.
    pub fn gateway(&self, hosts: &[&str], days: u32) -> Result<MadeCertificate, rcgen::Error> {
        let names: Vec<String> = hosts.iter().map(|it| (*it).to_owned()).collect();
        let mut params = CertificateParams::new(names)?;
        params.distinguished_name = named(hosts.first().copied().unwrap_or("localhost"));
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        self.issue(params, self.made_at.minus(DAY), self.made_at.plus(DAY * days))
    }

    /// A client certificate for `subject`, valid for two years from the day before the authority was made.
    pub fn client(&self, subject: &MadeSubject) -> Result<MadeCertificate, rcgen::Error> {
        self.client_between(subject, self.made_at.minus(DAY), self.made_at.plus(DAY * 730))
    }

    /// A client certificate for `subject` with its own time.
    pub fn client_between(
        &self,
        subject: &MadeSubject,
        from: Timestamp,
        to: Timestamp,
    ) -> Result<MadeCertificate, rcgen::Error> {
        let mut params = CertificateParams::default();
        params.distinguished_name = subject_name(subject);
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
        self.issue(params, from, to)
    }

    /// A list that revokes `revoked`; it says to be good for `days`. PEM.
    pub fn revocation_list(&self, revoked: &[&MadeCertificate], days: u32) -> Result<String, rcgen::Error> {
        let revoked_certs = revoked
            .iter()
            .map(|it| RevokedCertParams {
                serial_number: it.serial.clone(),
                revocation_time: date_time_ymd(1970, 1, 1) + since_epoch(self.made_at.minus(DAY)),
                reason_code: Some(RevocationReason::KeyCompromise),
                invalidity_date: None,
            })
            .collect();
        let params = CertificateRevocationListParams {
            this_update: date_time_ymd(1970, 1, 1) + since_epoch(self.made_at.minus(DAY)),
            next_update: date_time_ymd(1970, 1, 1) + since_epoch(self.made_at.minus(DAY).plus(DAY * days)),
            crl_number: serial(),
            issuing_distribution_point: None,
            revoked_certs,
            key_identifier_method: KeyIdMethod::Sha256,
        };
        params.signed_by(&self.issuer)?.pem()
    }

    fn issue(
        &self,
        mut params: CertificateParams,
        from: Timestamp,
        to: Timestamp,
    ) -> Result<MadeCertificate, rcgen::Error> {
        let key = KeyPair::generate()?;
        let serial = serial();
        params.serial_number = Some(serial.clone());
        params.not_before = date_time_ymd(1970, 1, 1) + since_epoch(from);
        params.not_after = date_time_ymd(1970, 1, 1) + since_epoch(to);
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature, KeyUsagePurpose::KeyEncipherment];
        params.use_authority_key_identifier_extension = true;
        let certificate = params.signed_by(&key, &self.issuer)?;
        Ok(MadeCertificate {
            certificate_pem: format!("{}{}", certificate.pem(), self.chain_pem),
            key_pem: key.serialize_pem().into(),
            serial,
        })
    }
}

fn authority_params(name: &str, now: Timestamp) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name = named(name);
    params.serial_number = Some(serial());
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    params.not_before = date_time_ymd(1970, 1, 1) + since_epoch(now.minus(DAY));
    params.not_after = date_time_ymd(1970, 1, 1) + since_epoch(now.plus(DAY * 3653));
    params
}

fn named(common_name: &str) -> DistinguishedName {
    let mut name = DistinguishedName::new();
    name.push(DnType::CountryName, "NO");
    name.push(DnType::OrganizationName, "Meldeport, for trying out");
    name.push(DnType::CommonName, common_name);
    name
}

fn subject_name(subject: &MadeSubject) -> DistinguishedName {
    match subject {
        MadeSubject::Seid2 { organisation, name, sub_unit } => {
            let mut subject = holder(name, sub_unit.as_ref());
            subject.push(DnType::from_oid(ORGANISATION_IDENTIFIER), format!("NTRNO-{organisation}"));
            subject
        }
        MadeSubject::Seid1 { organisation, name, sub_unit } => {
            let mut subject = holder(name, sub_unit.as_ref());
            subject.push(DnType::from_oid(SERIAL_NUMBER), organisation.to_string());
            subject
        }
        MadeSubject::NameOnly { name } => holder(name, None),
        MadeSubject::Attributes(attributes) => {
            let mut subject = DistinguishedName::new();
            for (oid, value) in attributes {
                subject.push(DnType::from_oid(oid), value.as_str());
            }
            subject
        }
    }
}

fn holder(name: &str, sub_unit: Option<&MadeSubUnit>) -> DistinguishedName {
    let mut subject = DistinguishedName::new();
    subject.push(DnType::CountryName, "NO");
    subject.push(DnType::OrganizationName, name);
    if let Some(unit) = sub_unit {
        subject.push(DnType::OrganizationalUnitName, unit.text());
    }
    subject.push(DnType::CommonName, name);
    subject
}

/// Sixteen random bytes that are a positive number.
fn serial() -> SerialNumber {
    let mut bytes = [0; 16];
    aws_lc_rs::rand::fill(&mut bytes).expect("the operating system's random source is there once the process runs");
    bytes[0] = bytes[0] & 0x7f | 0x40;
    SerialNumber::from_slice(&bytes)
}

/// rcgen does not name its type of time, so it is made where it is used: the epoch, and this much later.
fn since_epoch(at: Timestamp) -> Duration {
    at.since(Timestamp(0))
}
