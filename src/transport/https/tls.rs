//! Who we are and whom we trust: loaded from files, taken into use as one, changed without dropping a connection.
//!
//! Roots and revocation lists are fixed in rustls's verifier, so the whole server configuration is swapped when any file
//! changes. Sessions of the old configuration cannot be resumed with the new one, so nobody slips past a new revocation
//! list by resumption. Connections that are open already are looked at again by their generation: see
//! [`Trust::still_trusts`].

use crate::clock::Clock;
use crate::domain::Timestamp;
use crate::intake::sha256;
use crate::transport::https::certificate;
use crate::transport::https::config::HttpsConfig;
use crate::transport::https::config::RevocationDepth;
use crate::transport::https::config::RevocationPolicy;
use crate::transport::https::error::TlsError;
use arc_swap::ArcSwap;
use rustls::RootCertStore;
use rustls::ServerConfig;
use rustls::crypto::CryptoProvider;
use rustls::server::WebPkiClientVerifier;
use rustls::server::danger::ClientCertVerifier;
use rustls::time_provider::TimeProvider;
use rustls_pki_types::CertificateDer;
use rustls_pki_types::CertificateRevocationListDer;
use rustls_pki_types::PrivateKeyDer;
use rustls_pki_types::UnixTime;
use rustls_pki_types::pem;
use rustls_pki_types::pem::PemObject;
use std::fmt;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use x509_parser::parse_x509_crl;

/// What is in use now; all holders see a change at once.
pub type Trusted = ArcSwap<Trust>;

/// One loaded set of files.
pub struct Trust {
    pub(crate) server: Arc<ServerConfig>,
    verifier: Arc<dyn ClientCertVerifier>,
    /// Counts up with every set that is taken into use.
    pub(crate) generation: u64,
    /// When the gateway's own certificate ends.
    pub own_certificate_ends: Timestamp,
    /// SHA-256 of the gateway's own certificate.
    pub own_certificate_sha256: [u8; 32],
    pub roots: usize,
    pub revocation_lists: usize,
    /// When the first of the revocation lists is past its own date.
    pub revocation_lists_good_until: Option<Timestamp>,
}

impl Trust {
    /// Reads all files. Blocking; does nothing else.
    pub fn load(config: &HttpsConfig, clock: &Arc<dyn Clock>, generation: u64) -> Result<Self, TlsError> {
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let roots = roots(&config.client_roots_file)?;
        let root_count = roots.len();
        let lists = revocation_lists(config)?;
        let (list_count, lists_good_until) = (lists.len(), good_until(&lists));
        let verifier = verifier(config, &provider, roots, lists)?;
        let chain = certificates(&config.certificate_file)?;
        let own = chain.first().cloned().ok_or_else(|| empty(&config.certificate_file, "certificate"))?;
        let own_certificate_ends = certificate::ends_at(&own)
            .map_err(|fault| TlsError::Certificate { file: config.certificate_file.clone(), fault })?;
        let server = server(config, clock, &provider, Arc::clone(&verifier), chain)?;
        Ok(Self {
            server: Arc::new(server),
            verifier,
            generation,
            own_certificate_ends,
            own_certificate_sha256: sha256(&own),
            roots: root_count,
            revocation_lists: list_count,
            revocation_lists_good_until: lists_good_until,
        })
    }

    /// Whether a client's chain (its own certificate first) would be let in at `now`.
    pub(crate) fn still_trusts(&self, chain: &[CertificateDer<'_>], now: Timestamp) -> bool {
        let Some((own, authorities)) = chain.split_first() else { return false };
        self.verifier.verify_client_cert(own, authorities, unix_time(now)).is_ok()
    }
}

/// The house's clock, as rustls asks for it.
struct ClockTime(Arc<dyn Clock>);

impl fmt::Debug for ClockTime {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("ClockTime")
    }
}

impl TimeProvider for ClockTime {
    fn current_time(&self) -> Option<UnixTime> {
        Some(unix_time(self.0.now()))
    }
}

fn unix_time(at: Timestamp) -> UnixTime {
    UnixTime::since_unix_epoch(at.since(Timestamp(0)))
}

fn server(
    config: &HttpsConfig,
    clock: &Arc<dyn Clock>,
    provider: &Arc<CryptoProvider>,
    verifier: Arc<dyn ClientCertVerifier>,
    chain: Vec<CertificateDer<'static>>,
) -> Result<ServerConfig, TlsError> {
    let key = private_key(&config.key_file)?;
    let mut server = ServerConfig::builder_with_details(Arc::clone(provider), Arc::new(ClockTime(Arc::clone(clock))))
        .with_protocol_versions(&[&rustls::version::TLS13, &rustls::version::TLS12])
        .map_err(TlsError::Settings)?
        .with_client_cert_verifier(verifier)
        .with_single_cert(chain, key)
        .map_err(|source| TlsError::Identity {
            certificate: config.certificate_file.clone(),
            key: config.key_file.clone(),
            source,
        })?;
    // Ours first: the strongest cipher that both know.
    server.ignore_client_order = true;
    server.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(server)
}

fn verifier(
    config: &HttpsConfig,
    provider: &Arc<CryptoProvider>,
    roots: RootCertStore,
    lists: Vec<CertificateRevocationListDer<'static>>,
) -> Result<Arc<dyn ClientCertVerifier>, TlsError> {
    let mut builder =
        WebPkiClientVerifier::builder_with_provider(Arc::new(roots), Arc::clone(provider)).with_crls(lists);
    match config.unknown_revocation {
        RevocationPolicy::Refuse => {}
        RevocationPolicy::Allow => builder = builder.allow_unknown_revocation_status(),
    }
    match config.expired_revocation_list {
        RevocationPolicy::Refuse => builder = builder.enforce_revocation_expiration(),
        RevocationPolicy::Allow => {}
    }
    match config.revocation_depth {
        RevocationDepth::Chain => {}
        RevocationDepth::EndEntity => builder = builder.only_check_end_entity_revocation(),
    }
    builder.build().map_err(TlsError::Verifier)
}

fn roots(file: &Path) -> Result<RootCertStore, TlsError> {
    let mut roots = RootCertStore::empty();
    for certificate in certificates(file)? {
        roots.add(certificate).map_err(|source| TlsError::Root { file: file.to_owned(), source })?;
    }
    if roots.is_empty() { Err(empty(file, "certificate")) } else { Ok(roots) }
}

pub(super) fn certificates(file: &Path) -> Result<Vec<CertificateDer<'static>>, TlsError> {
    all(file, &read(file)?)
}

pub(super) fn revocation_lists(config: &HttpsConfig) -> Result<Vec<CertificateRevocationListDer<'static>>, TlsError> {
    let mut lists = Vec::new();
    for file in &config.revocation_list_files {
        let bytes = read(file)?;
        if bytes.starts_with(b"\x30") {
            // DER, as authorities publish it: a SEQUENCE. PEM begins with text.
            lists.push(CertificateRevocationListDer::from(bytes));
            continue;
        }
        let found = all(file, &bytes)?;
        if found.is_empty() {
            return Err(empty(file, "revocation list"));
        }
        lists.extend(found);
    }
    Ok(lists)
}

fn private_key(file: &Path) -> Result<PrivateKeyDer<'static>, TlsError> {
    let unreadable = |source| TlsError::Unreadable { file: file.to_owned(), source };
    let mode = std::fs::metadata(file).map_err(unreadable)?.permissions().mode() & 0o777;
    if mode & 0o007 != 0 {
        return Err(TlsError::KeyReadableByAll { file: file.to_owned(), mode });
    }
    match PrivateKeyDer::from_pem_slice(&read(file)?) {
        Ok(key) => Ok(key),
        Err(pem::Error::NoItemsFound) => Err(empty(file, "private key")),
        Err(source) => Err(TlsError::NotPem { file: file.to_owned(), source }),
    }
}

/// Every item of one kind in a PEM file.
fn all<T: PemObject>(file: &Path, bytes: &[u8]) -> Result<Vec<T>, TlsError> {
    T::pem_slice_iter(bytes)
        .collect::<Result<_, _>>()
        .map_err(|source| TlsError::NotPem { file: file.to_owned(), source })
}

fn read(file: &Path) -> Result<Vec<u8>, TlsError> {
    std::fs::read(file).map_err(|source| TlsError::Unreadable { file: file.to_owned(), source })
}

fn empty(file: &Path, what: &'static str) -> TlsError {
    TlsError::Empty { file: file.to_owned(), what }
}

/// What came of looking at the files.
#[derive(Debug)]
pub enum Reload {
    /// New files are in use.
    Done { own_certificate_ends: Timestamp, revocation_lists_good_until: Option<Timestamp> },
    /// The new files are bad. The old ones are still in use.
    Failed(TlsError),
}

/// Looks at the files now and then, and takes what has changed into use.
pub struct Reloader {
    config: Arc<HttpsConfig>,
    clock: Arc<dyn Clock>,
    trusted: Arc<Trusted>,
    seen: Vec<Fingerprint>,
}

/// What a file holds, and who may read it; `None` when it cannot be read.
type Fingerprint = Option<([u8; 32], u32)>;

impl Reloader {
    /// Loads the files for the first time. Blocking, as all of this.
    pub fn load(config: Arc<HttpsConfig>, clock: Arc<dyn Clock>) -> Result<Self, TlsError> {
        let seen = fingerprints(&config);
        let trusted = Arc::new(ArcSwap::from_pointee(Trust::load(&config, &clock, 1)?));
        Ok(Self { config, clock, trusted, seen })
    }

    pub fn trusted(&self) -> Arc<Trusted> {
        Arc::clone(&self.trusted)
    }

    /// Looks once. `None`: nothing has changed since the last look. A bad file is told once, until it changes again.
    pub fn look(&mut self) -> Option<Reload> {
        let now = fingerprints(&self.config);
        if now == self.seen {
            return None;
        }
        self.seen = now;
        Some(self.take())
    }

    /// Takes the files into use whether or not they have changed, as at SIGHUP.
    pub fn take(&mut self) -> Reload {
        match Trust::load(&self.config, &self.clock, self.trusted.load().generation + 1) {
            Ok(trust) => {
                let own_certificate_ends = trust.own_certificate_ends;
                let revocation_lists_good_until = trust.revocation_lists_good_until;
                self.trusted.store(Arc::new(trust));
                Reload::Done { own_certificate_ends, revocation_lists_good_until }
            }
            Err(error) => Reload::Failed(error),
        }
    }

    /// How long to wait between looks; `None`: only at SIGHUP.
    pub fn period(&self) -> Option<Duration> {
        (self.config.reload_seconds > 0).then(|| Duration::from_secs(self.config.reload_seconds))
    }
}

/// Each file's, in order. Files are small: reading them is surer than trusting times of change, and cheap at this pace.
fn fingerprints(config: &HttpsConfig) -> Vec<Fingerprint> {
    [&config.certificate_file, &config.key_file, &config.client_roots_file]
        .into_iter()
        .chain(&config.revocation_list_files)
        .map(|file| {
            let mode = std::fs::metadata(file).ok()?.permissions().mode();
            Some((sha256(&std::fs::read(file).ok()?), mode))
        })
        .collect()
}

/// When the first of `lists` is past its own date; `None` when none says.
pub(super) fn good_until(lists: &[CertificateRevocationListDer<'_>]) -> Option<Timestamp> {
    lists
        .iter()
        .filter_map(|it| parse_x509_crl(it).ok()?.1.next_update())
        .map(|it| Timestamp(it.timestamp().saturating_mul(1_000_000)))
        .min()
}
