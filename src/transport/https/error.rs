//! What can go wrong between the HTTPS way in and the world.

use crate::transport::https::certificate::CertificateFault;
use std::io;
use std::net::SocketAddr;
use std::path::Path;
use std::path::PathBuf;

/// The listener cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum HttpsError {
    #[error("could not listen at {address}")]
    Listen { address: SocketAddr, source: io::Error },
    #[error(transparent)]
    Tls(#[from] TlsError),
}

/// A certificate, key, root or revocation list cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    #[error("could not read {}", file.display())]
    Unreadable { file: PathBuf, source: io::Error },
    #[error("{} is not in PEM format", file.display())]
    NotPem { file: PathBuf, source: rustls_pki_types::pem::Error },
    /// A file that should hold something holds nothing.
    #[error("{} holds no {what}", file.display())]
    Empty { file: PathBuf, what: &'static str },
    #[error(
        "{} can be read by everybody (mode {mode:o}); take that away with: chmod o= {}",
        file.display(),
        file.display()
    )]
    KeyReadableByAll { file: PathBuf, mode: u32 },
    #[error("{} holds a certificate that cannot be used as a root", file.display())]
    Root { file: PathBuf, source: rustls::Error },
    #[error("{} and {} do not go together", certificate.display(), key.display())]
    Identity { certificate: PathBuf, key: PathBuf, source: rustls::Error },
    #[error("{} holds a certificate that cannot be read", file.display())]
    Certificate { file: PathBuf, fault: CertificateFault },
    #[error("the client roots or revocation lists cannot be used")]
    Verifier(#[source] rustls::server::VerifierBuilderError),
    #[error("the TLS library does not take the settings")]
    Settings(#[source] rustls::Error),
}

impl TlsError {
    /// The file that must be mended: the subject of the alarm.
    pub fn file(&self) -> Option<&Path> {
        match self {
            Self::Unreadable { file, .. }
            | Self::NotPem { file, .. }
            | Self::Empty { file, .. }
            | Self::KeyReadableByAll { file, .. }
            | Self::Root { file, .. }
            | Self::Certificate { file, .. } => Some(file),
            Self::Identity { certificate, .. } => Some(certificate),
            Self::Verifier(_) | Self::Settings(_) => None,
        }
    }
}
