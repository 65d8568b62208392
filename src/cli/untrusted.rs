//! Why a gateway's certificate is not trusted, which coming back later does not help, and how to mend it.

use rustls::CertificateError;
use std::error::Error;
use std::io;
use std::path::Path;

/// What is wrong with the gateway's certificate.
pub(super) struct Untrusted {
    pub why: String,
    pub mend: String,
}

/// What is known of a failed attempt to reach `host`, with the authority in `trust`, if one was given. `None`: it is about something
/// else, and trying again can help.
pub(super) fn untrusted(error: &(dyn Error + 'static), host: &str, trust: Option<&Path>) -> Option<Untrusted> {
    match of_tls(error)? {
        rustls::Error::InvalidCertificate(fault) => Some(theirs(fault, host, trust)),
        _ => None,
    }
}

/// The error of TLS among the causes. An I/O error that holds another does not count it among its causes.
fn of_tls<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a rustls::Error> {
    let mut next = Some(error);
    while let Some(it) = next {
        if let Some(found) = it.downcast_ref() {
            return Some(found);
        }
        next = match it.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
            Some(held) => Some(held),
            None => it.source(),
        };
    }
    None
}

fn theirs(fault: &CertificateError, host: &str, trust: Option<&Path>) -> Untrusted {
    let (why, mend) = match (fault, trust) {
        (CertificateError::UnknownIssuer, None) => (
            "the gateway's certificate is from an authority that this machine does not know".to_owned(),
            "Does the gateway have an authority of its own? Ask those who run it for its certificate, and give it with --trust FILE."
                .to_owned(),
        ),
        (CertificateError::UnknownIssuer, Some(file)) => (
            format!("the gateway's certificate is not from the authority in {}", file.display()),
            "Ask those who run the gateway for the right one. Is --to the right gateway?".to_owned(),
        ),
        (CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. }, _) => (
            format!("the gateway's certificate is not for the name {host}"),
            "Use in --to the name that those who run the gateway have told.".to_owned(),
        ),
        (
            CertificateError::Expired
            | CertificateError::ExpiredContext { .. }
            | CertificateError::NotValidYet
            | CertificateError::NotValidYetContext { .. },
            _,
        ) => (
            "the gateway's certificate has ended, or has not begun".to_owned(),
            "Is this machine's clock right (date)? Otherwise those who run the gateway must renew it.".to_owned(),
        ),
        (other, _) => (
            format!("the gateway's certificate cannot be trusted: {other}"),
            "Tell those who run the gateway.".to_owned(),
        ),
    };
    Untrusted { why, mend }
}
