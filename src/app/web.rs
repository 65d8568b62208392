//! The listeners for people: the inbox over TLS (without client certificates) and the admin face in the clear on loopback.

use crate::app::sha256;
use crate::cli::Exit;
use crate::cli::Stop;
use crate::domain::Timestamp;
use crate::inbox::Client;
use crate::inbox::ClientCertificate;
use crate::lifecycle::Lifecycle;
use crate::transport::https;
use crate::transport::https::Doorman;
use arc_swap::ArcSwap;
use axum::Router;
use http::Request;
use hyper::body::Incoming;
use hyper_util::rt::TokioExecutor;
use hyper_util::rt::TokioIo;
use hyper_util::rt::TokioTimer;
use hyper_util::server::conn::auto::Builder;
use hyper_util::service::TowerToHyperService;
use rustls::DigitallySignedStruct;
use rustls::DistinguishedName;
use rustls::ServerConfig;
use rustls::SignatureScheme;
use rustls::client::danger::HandshakeSignatureValid;
use rustls::crypto::CryptoProvider;
use rustls::crypto::verify_tls12_signature;
use rustls::crypto::verify_tls13_signature;
use rustls::server::ClientHello;
use rustls::server::ResolvesServerCert;
use rustls::server::danger::ClientCertVerified;
use rustls::server::danger::ClientCertVerifier;
use rustls::sign::CertifiedKey;
use rustls_pki_types::CertificateDer;
use rustls_pki_types::PrivateKeyDer;
use rustls_pki_types::UnixTime;
use rustls_pki_types::pem::PemObject;
use std::fmt;
use std::net::SocketAddr;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use std::time::SystemTime;
use tokio::io::AsyncRead;
use tokio::io::AsyncWrite;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio_rustls::TlsAcceptor;
use tower::ServiceExt as _;

/// Connections at one time; more wait at the door.
const CONNECTIONS_MAX: usize = 512;
/// Of these, so many may come from one address: behind a proxy or a municipality's gateway there are many people.
const CONNECTIONS_PER_ADDRESS_MAX: usize = 256;
const HANDSHAKE_MAX: Duration = Duration::from_secs(10);
const HEADER_MAX: Duration = Duration::from_secs(10);
/// How often an HTTP/2 connection without traffic is asked whether anybody is there, and how long the answer may take.
const STILL_THERE_PERIOD: Duration = Duration::from_secs(30);
const STILL_THERE_MAX: Duration = Duration::from_secs(10);
/// Requests under way at one time in one HTTP/2 connection; a page asks for three things besides itself.
const STREAMS_MAX: u32 = 64;
/// After the operating system refuses a connection.
const BREATH: Duration = Duration::from_millis(100);

/// The inbox's certificate, read again when its files change.
pub(super) struct WebCertificate {
    certificate: PathBuf,
    key: PathBuf,
    in_use: ArcSwap<CertifiedKey>,
    read_at: ArcSwap<Option<SystemTime>>,
}

impl fmt::Debug for WebCertificate {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("WebCertificate").field("certificate", &self.certificate).finish_non_exhaustive()
    }
}

impl WebCertificate {
    pub(super) fn load(certificate: PathBuf, key: PathBuf) -> Result<Arc<Self>, Stop> {
        let in_use = read(&certificate, &key)?;
        let read_at = changed_at(&certificate);
        Ok(Arc::new(Self {
            certificate,
            key,
            in_use: ArcSwap::from_pointee(in_use),
            read_at: ArcSwap::from_pointee(read_at),
        }))
    }

    /// Reads the files again when they have changed. `Err`: they are bad, and the old ones are still in use.
    pub(super) fn look(&self) -> Result<bool, Stop> {
        let changed = changed_at(&self.certificate);
        if changed == **self.read_at.load() {
            return Ok(false);
        }
        let fresh = read(&self.certificate, &self.key)?;
        self.in_use.store(Arc::new(fresh));
        self.read_at.store(Arc::new(changed));
        Ok(true)
    }

    /// The certificate's file, as an alarm names it.
    pub(super) fn named(&self) -> String {
        self.certificate.display().to_string()
    }

    /// When the first of the files' certificates ends.
    pub(super) fn ends(&self) -> Option<Timestamp> {
        https::own(&self.certificate).ok()?.iter().filter_map(|it| it.ends).min()
    }

    fn server(self: &Arc<Self>, clients: Clients) -> Arc<ServerConfig> {
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let builder = ServerConfig::builder_with_provider(provider)
            .with_protocol_versions(&[&rustls::version::TLS13, &rustls::version::TLS12])
            .expect("the provider speaks TLS 1.2 and 1.3");
        let resolver: Arc<dyn ResolvesServerCert> = Arc::new(Resolver(Arc::clone(self)));
        let mut server = match clients {
            Clients::Browsers => builder.with_no_client_auth().with_cert_resolver(resolver),
            Clients::CaseSystems => {
                let anybody = Arc::new(Anybody(rustls::crypto::aws_lc_rs::default_provider()));
                builder.with_client_cert_verifier(anybody).with_cert_resolver(resolver)
            }
        };
        // Ours first: the strongest cipher that both know.
        server.ignore_client_order = true;
        server.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        Arc::new(server)
    }
}

/// Who comes to a listener.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Clients {
    /// They are not asked for a certificate: browsers would ask the person which one.
    Browsers,
    /// They may show one.
    CaseSystems,
}

/// Takes any client certificate whose private key the client proves to have. Which certificate a case system must come with is
/// registered by its hash, so that no authority needs to vouch for it.
#[derive(Debug)]
struct Anybody(CryptoProvider);

impl ClientCertVerifier for Anybody {
    fn client_auth_mandatory(&self) -> bool {
        false
    }

    fn root_hint_subjects(&self) -> &[DistinguishedName] {
        &[]
    }

    fn verify_client_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: UnixTime,
    ) -> Result<ClientCertVerified, rustls::Error> {
        Ok(ClientCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls12_signature(message, certificate, signed, &self.0.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls13_signature(message, certificate, signed, &self.0.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}

#[derive(Debug)]
struct Resolver(Arc<WebCertificate>);

impl ResolvesServerCert for Resolver {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(self.0.in_use.load_full())
    }
}

fn changed_at(file: &std::path::Path) -> Option<SystemTime> {
    std::fs::metadata(file).and_then(|it| it.modified()).ok()
}

fn read(certificate: &std::path::Path, key: &std::path::Path) -> Result<CertifiedKey, Stop> {
    let wrong =
        |file: &std::path::Path, why: String| Stop::Said(Exit::Configuration, format!("{}: {why}", file.display()));
    let mode = std::fs::metadata(key).map_err(|error| wrong(key, error.to_string()))?.permissions().mode() & 0o777;
    if mode & 0o007 != 0 {
        return Err(wrong(
            key,
            format!("everybody on this machine can read the private key (mode {mode:03o}); chmod 600"),
        ));
    }
    let chain: Vec<CertificateDer<'static>> = CertificateDer::pem_file_iter(certificate)
        .and_then(Iterator::collect)
        .map_err(|error| wrong(certificate, error.to_string()))?;
    if chain.is_empty() {
        return Err(wrong(certificate, "holds no certificate".to_owned()));
    }
    let private = PrivateKeyDer::from_pem_file(key).map_err(|error| wrong(key, error.to_string()))?;
    let provider = rustls::crypto::aws_lc_rs::default_provider();
    CertifiedKey::from_der(chain, private, &provider).map_err(|error| wrong(key, error.to_string()))
}

/// A port that has been taken.
pub(super) async fn listen(address: SocketAddr, what: &str) -> Result<TcpListener, Stop> {
    TcpListener::bind(address)
        .await
        .map_err(|error| Stop::Said(Exit::Later, format!("could not listen on {address} for the {what}: {error}")))
}

/// Serves `router` over TLS until the house closes.
pub(super) async fn serve_tls(
    listener: TcpListener,
    certificate: Arc<WebCertificate>,
    router: Router,
    clients: Clients,
    life: Lifecycle,
) {
    let acceptor = TlsAcceptor::from(certificate.server(clients));
    let places = Arc::new(Semaphore::new(CONNECTIONS_MAX));
    let doorman = Doorman::new(CONNECTIONS_MAX, CONNECTIONS_PER_ADDRESS_MAX);
    let soft = life.soft();
    loop {
        let Some((socket, address)) = next(&listener, &soft).await else { return };
        let client = Client(socket.peer_addr().ok().map(|it| it.ip()));
        let Ok(place) = Arc::clone(&places).acquire_owned().await else { return };
        // One address that has had enough is closed without a word; the others get in.
        let Ok(here) = doorman.place(address.ip()) else { continue };
        let (acceptor, router, life) = (acceptor.clone(), router.clone(), life.clone());
        life.tasks().spawn(async move {
            // What does not finish its handshake in time, or is no TLS, is left without a word.
            if let Ok(Ok(stream)) = tokio::time::timeout(HANDSHAKE_MAX, acceptor.accept(socket)).await {
                let shown = stream.get_ref().1.peer_certificates().and_then(<[_]>::first);
                let certificate = ClientCertificate(shown.map(|it| sha256(it)));
                connection(stream, (client, certificate), router, &life).await;
            }
            drop((here, place));
        });
    }
}

/// Serves `router` in the clear until the house closes. Only for loopback.
pub(super) async fn serve_clear(listener: TcpListener, router: Router, life: Lifecycle) {
    let places = Arc::new(Semaphore::new(CONNECTIONS_MAX));
    let soft = life.soft();
    loop {
        let Some((socket, _)) = next(&listener, &soft).await else { return };
        let Ok(place) = Arc::clone(&places).acquire_owned().await else { return };
        let (router, life) = (router.clone(), life.clone());
        life.tasks().spawn(async move {
            connection(socket, (Client::default(), ClientCertificate::default()), router, &life).await;
            drop(place);
        });
    }
}

async fn next(
    listener: &TcpListener,
    soft: &tokio_util::sync::CancellationToken,
) -> Option<(tokio::net::TcpStream, SocketAddr)> {
    loop {
        let accepted = tokio::select! {
            () = soft.cancelled() => return None,
            it = listener.accept() => it,
        };
        match accepted {
            Ok((socket, address)) => {
                // Without it small answers wait for company; the connection still works.
                drop(socket.set_nodelay(true));
                return Some((socket, address));
            }
            Err(_) => tokio::time::sleep(BREATH).await,
        }
    }
}

async fn connection(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    (client, certificate): (Client, ClientCertificate),
    router: Router,
    life: &Lifecycle,
) {
    let mut builder = Builder::new(TokioExecutor::new());
    builder.http1().timer(TokioTimer::new()).header_read_timeout(HEADER_MAX);
    builder
        .http2()
        .timer(TokioTimer::new())
        .keep_alive_interval(STILL_THERE_PERIOD)
        .keep_alive_timeout(STILL_THERE_MAX)
        .max_concurrent_streams(STREAMS_MAX);
    let router = router.map_request(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(client);
        request.extensions_mut().insert(certificate);
        request
    });
    let serving = builder.serve_connection(TokioIo::new(stream), TowerToHyperService::new(router));
    tokio::pin!(serving);
    let (soft, hard) = (life.soft(), life.hard());
    tokio::select! {
        // How a browser ends its connection is of no interest here.
        _ = serving.as_mut() => return,
        () = soft.cancelled() => serving.as_mut().graceful_shutdown(),
    }
    tokio::select! {
        _ = serving => {}
        () = hard.cancelled() => {}
    }
}
