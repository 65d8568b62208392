//! What certificates and lists the configuration names, and when each ends. For operators; opens no socket.

use crate::domain::Timestamp;
use crate::transport::https::certificate;
use crate::transport::https::config::HttpsConfig;
use crate::transport::https::error::TlsError;
use crate::transport::https::tls::certificates;
use crate::transport::https::tls::good_until;
use crate::transport::https::tls::revocation_lists;
use rustls_pki_types::CertificateDer;
use std::path::Path;
use std::path::PathBuf;
use x509_parser::parse_x509_certificate;

/// A certificate or a revocation list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Paper {
    pub kind: PaperKind,
    pub file: PathBuf,
    /// Whom it is for, as it says itself; empty for a list.
    pub subject: String,
    /// `None`: it does not say.
    pub ends: Option<Timestamp>,
}

/// What a paper is to us.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum PaperKind {
    /// Ours, or an authority that is sent along with it.
    Own,
    /// An authority of senders' certificates.
    Root,
    RevocationList,
}

impl PaperKind {
    pub const fn label(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Root => "root",
            Self::RevocationList => "revocation_list",
        }
    }
}

/// All papers of the HTTPS way in.
///
/// # Errors
/// A file cannot be read, or is something else.
pub fn papers(config: &HttpsConfig) -> Result<Vec<Paper>, TlsError> {
    let mut all = own(&config.certificate_file)?;
    let roots = certificates(&config.client_roots_file)?;
    all.extend(roots.iter().map(|it| paper(PaperKind::Root, &config.client_roots_file, it)));
    for file in &config.revocation_list_files {
        let one = HttpsConfig { revocation_list_files: vec![file.clone()], ..config.clone() };
        let ends = good_until(&revocation_lists(&one)?);
        all.push(Paper { kind: PaperKind::RevocationList, file: file.clone(), subject: String::new(), ends });
    }
    Ok(all)
}

/// The certificates of a file that is ours.
///
/// # Errors
/// As [`papers`].
pub fn own(file: &Path) -> Result<Vec<Paper>, TlsError> {
    Ok(certificates(file)?.iter().map(|it| paper(PaperKind::Own, file, it)).collect())
}

fn paper(kind: PaperKind, file: &Path, der: &CertificateDer<'_>) -> Paper {
    let subject = parse_x509_certificate(der).map(|(_, it)| it.subject().to_string()).unwrap_or_default();
    Paper { kind, file: file.to_owned(), subject, ends: certificate::ends_at(der).ok() }
}
