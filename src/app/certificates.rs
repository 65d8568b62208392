//! What `check` says about the certificates that we show: whether browsers will take the inbox's, and how strong the keys are.

use crate::cli::chain;
use crate::config::Config;
use crate::config::EnvironmentChoice;
use crate::domain::Timestamp;
use rustls::RootCertStore;
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::ServerCertVerifier as _;
use rustls_pki_types::CertificateDer;
use rustls_pki_types::ServerName;
use rustls_pki_types::UnixTime;
use rustls_pki_types::pem::PemObject;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use x509_parser::parse_x509_certificate;
use x509_parser::public_key::PublicKey;

/// RSA keys below this are under 128 bits of strength (NIST SP 800-57, part 1, table 2).
const RSA_BITS_WISE: usize = 3072;

/// Whole sentences. What cannot be read is told by others.
pub fn check_certificates(config: &Config, now: Timestamp) -> Vec<String> {
    let now = UnixTime::since_unix_epoch(Duration::from_micros(u64::try_from(now.0).unwrap_or_default()));
    let inbox = config.path(&config.inbox_listener.certificate_file);
    let mut said = Vec::new();
    if config.environment == EnvironmentChoice::Production {
        let public = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        said.extend(distrust(&chain_of(&inbox), public, &config.inbox.public_address, now));
    }
    let gateway = config.https().certificate_file;
    for (what, file) in [("inbox", inbox), ("gateway", gateway)] {
        said.extend(chain_of(&file).first().and_then(|it| weakness(what, it)));
    }
    said
}

fn chain_of(file: &Path) -> Vec<CertificateDer<'static>> {
    CertificateDer::pem_file_iter(file).map(|all| all.filter_map(Result::ok).collect()).unwrap_or_default()
}

/// Why a browser that trusts `roots` would not take us at `address`.
fn distrust(chain_shown: &[CertificateDer<'_>], roots: RootCertStore, address: &str, now: UnixTime) -> Option<String> {
    let (own, between) = chain_shown.split_first()?;
    let host = address.split_once("://").map_or(address, |(_, rest)| rest).split('/').next().unwrap_or_default();
    let host = host.rsplit_once(':').map_or(host, |(name, _)| name).trim_matches(['[', ']']);
    let name = ServerName::try_from(host).ok()?;
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let verifier = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider).build().ok()?;
    let error = verifier.verify_server_cert(own, between, &name, &[], now).err()?;
    Some(format!(
        "The inbox's certificate is not one that every browser takes at {host}: {}. Where people come from outside, get one from a \
         public authority; where your own machines know your own authority, this is as it should be.",
        chain(&error)
    ))
}

fn weakness(what: &str, own: &CertificateDer<'_>) -> Option<String> {
    let (_, certificate) = parse_x509_certificate(own).ok()?;
    match certificate.public_key().parsed() {
        Ok(PublicKey::RSA(key)) if key.key_size() < RSA_BITS_WISE => Some(format!(
            "The {what}'s certificate has an RSA key of {} bits, which is under 128 bits of strength. Ask for P-256, or RSA of \
             {RSA_BITS_WISE}, the next time.",
            key.key_size()
        )),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::distrust;
    use super::weakness;
    use rcgen::BasicConstraints;
    use rcgen::CertificateParams;
    use rcgen::IsCa;
    use rcgen::Issuer;
    use rcgen::KeyPair;
    use rcgen::PKCS_RSA_SHA256;
    use rcgen::RsaKeySize;
    use rustls::RootCertStore;
    use rustls_pki_types::CertificateDer;
    use rustls_pki_types::UnixTime;
    use std::time::Duration;

    const ADDRESS: &str = "https://melding.gjerstad.example:9443";

    /// A certificate for the inbox, and the authority that it is from.
    fn made() -> (CertificateDer<'static>, CertificateDer<'static>) {
        let mut authority = CertificateParams::new(Vec::new()).unwrap();
        authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        let root = authority.self_signed(&key).unwrap().der().clone();
        let issuer = Issuer::new(authority, key);
        let own = CertificateParams::new(vec!["melding.gjerstad.example".to_owned()]).unwrap();
        (own.signed_by(&KeyPair::generate().unwrap(), &issuer).unwrap().der().clone(), root)
    }

    #[test]
    fn a_certificate_that_browsers_would_not_take_is_spoken_of() {
        let (own, root) = made();
        let now = UnixTime::since_unix_epoch(Duration::from_hours(24 * 365 * 56));
        let known = || {
            let mut roots = RootCertStore::empty();
            roots.add(root.clone()).unwrap();
            roots
        };
        let public = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };

        assert_eq!(distrust(std::slice::from_ref(&own), known(), ADDRESS, now), None);
        let unknown = distrust(std::slice::from_ref(&own), public, ADDRESS, now).unwrap();
        assert!(unknown.contains("at melding.gjerstad.example: ") && unknown.contains("Issuer"), "{unknown}");
        let another = distrust(&[own], known(), "https://innboks.gjerstad.example", now).unwrap();
        assert!(another.contains("not valid for name"), "{another}");
    }

    #[test]
    fn a_short_rsa_key_is_spoken_of() {
        let names = || CertificateParams::new(vec!["melding.gjerstad.example".to_owned()]).unwrap();
        let short = KeyPair::generate_rsa_for(&PKCS_RSA_SHA256, RsaKeySize::_2048).unwrap();
        let short = names().self_signed(&short).unwrap();
        let long = KeyPair::generate_rsa_for(&PKCS_RSA_SHA256, RsaKeySize::_3072).unwrap();
        let long = names().self_signed(&long).unwrap();

        assert!(weakness("inbox", short.der()).unwrap().contains("2048 bits"));
        assert_eq!((weakness("inbox", long.der()), weakness("inbox", &made().0)), (None, None));
    }
}
