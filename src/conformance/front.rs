//! The front: takes a sender's connection, hands each request on to the real intake under the same certificate, and watches.
//! Now and then it makes a fault: it says that it is busy, answers late, or cuts the line. The intake knows nothing of it.

use crate::app;
use crate::clock::Clock;
use crate::conformance::progress;
use crate::conformance::reading;
use crate::conformance::reading::Reading;
use crate::conformance::seen::Fault;
use crate::conformance::seen::FaultKind;
use crate::conformance::seen::Log;
use crate::conformance::seen::Seen;
use crate::conformance::seen::SeenMessage;
use crate::conformance::seen::Visit;
use crate::conformance::seen::What;
use crate::conformance::seen::kept_id;
use crate::domain::Rulebook;
use crate::trial::ClientError;
use crate::trial::Reply;
use crate::trial::SendingSystem;
use crate::trial::World;
use bytes::Bytes;
use http::HeaderValue;
use http::Method;
use http::Request;
use http::Response;
use http::StatusCode;
use http::header;
use http_body_util::BodyExt;
use http_body_util::Full;
use http_body_util::Limited;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::TokioExecutor;
use hyper_util::rt::TokioIo;
use hyper_util::server::conn::auto;
use rustls::RootCertStore;
use rustls::ServerConfig;
use rustls::server::WebPkiClientVerifier;
use rustls_pki_types::CertificateDer;
use rustls_pki_types::PrivateKeyDer;
use rustls_pki_types::pem::PemObject;
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::time::Duration;
use std::time::Instant;
use tokio::net::TcpListener;
use tokio::net::TcpStream;
use tokio::sync::Notify;
use tokio::sync::watch;
use tokio_rustls::TlsAcceptor;

/// More than this is not read, whatever the intake would say. Bytes.
const BODY_BYTES_MAX: usize = 64 * 1024 * 1024;
const HANDSHAKE_MAX: Duration = Duration::from_secs(10);
/// After the operating system refuses a connection.
const BREATH: Duration = Duration::from_millis(100);

/// The kit's senders, and the name that their renewed certificate ends in.
const HOLDERS: [&str; 2] = ["hospital", "school"];
const RENEWED: &str = "-renewed";

/// How long senders are made to wait.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Waits {
    /// What Retry-After says.
    pub retry_after: Duration,
    /// How long a slow answer takes.
    pub slow: Duration,
}

/// The front cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum FrontError {
    #[error("could not use {}", file.display())]
    Certificate {
        file: PathBuf,
        #[source]
        cause: Box<dyn std::error::Error + Send + Sync>,
    },
    #[error("could not read what was seen before")]
    Log(#[source] io::Error),
    #[error("could not set up TLS")]
    Tls(#[source] rustls::Error),
}

/// Stands between senders and the intake.
pub struct Front {
    world: World,
    intake: SocketAddr,
    rulebook: Rulebook,
    clock: Arc<dyn Clock>,
    log: Arc<Log>,
    waits: Waits,
    /// With the first certificate and with the renewed one. Sessions of one cannot be resumed with the other.
    tls: [Arc<ServerConfig>; 2],
    holders: BTreeMap<[u8; 32], Holder>,
    /// Which of the two is in use.
    renewed: watch::Sender<bool>,
    /// One at a time chooses what is to be done with a message.
    choosing: Mutex<()>,
}

/// Whose certificate it is.
#[derive(Clone)]
struct Holder {
    /// The files' name: `hospital`, `hospital-renewed` …
    file: String,
    sender: &'static str,
    own_certificate: u8,
}

/// One connection: whose it is, and how it can be cut.
struct Caller {
    holder: Holder,
    gateway_certificate: u8,
    scissors: Notify,
}

impl Caller {
    fn visit(&self) -> Visit {
        Visit {
            sender: self.holder.sender.to_owned(),
            own_certificate: self.holder.own_certificate,
            gateway_certificate: self.gateway_certificate,
        }
    }
}

/// What is answered; its body becomes a stream at the edge.
type Answer = Response<Bytes>;

impl Front {
    /// Reads the made-up world's certificates, and what was seen before.
    ///
    /// # Errors
    /// A file cannot be used.
    pub fn open(
        world: World,
        intake: SocketAddr,
        rulebook: Rulebook,
        clock: Arc<dyn Clock>,
        log: Arc<Log>,
        waits: Waits,
    ) -> Result<Arc<Self>, FrontError> {
        let tls = [server(&world, "gateway")?, server(&world, "gateway-renewed")?];
        let mut holders = BTreeMap::new();
        for sender in HOLDERS {
            for (own_certificate, end) in [(1, ""), (2, RENEWED)] {
                let file = format!("{sender}{end}");
                let chain = certificates(&world.certificate(&file).0)?;
                let own = chain.first().map(|it| app::sha256(it)).unwrap_or_default();
                holders.insert(own, Holder { file, sender, own_certificate });
            }
        }
        let was_renewed = log.read().map_err(FrontError::Log)?.iter().any(|it| it.what == What::Renewed);
        Ok(Arc::new(Self {
            world,
            intake,
            rulebook,
            clock,
            log,
            waits,
            tls,
            holders,
            renewed: watch::Sender::new(was_renewed),
            choosing: Mutex::new(()),
        }))
    }

    /// Takes connections for ever.
    pub async fn serve(self: Arc<Self>, listener: TcpListener) {
        loop {
            match listener.accept().await {
                Ok((socket, _)) => {
                    tokio::spawn(Arc::clone(&self).converse(socket));
                }
                Err(_) => tokio::time::sleep(BREATH).await,
            }
        }
    }

    async fn converse(self: Arc<Self>, socket: TcpStream) {
        let mut renewed = self.renewed.subscribe();
        let is_renewed = *renewed.borrow_and_update();
        let acceptor = TlsAcceptor::from(Arc::clone(&self.tls[usize::from(is_renewed)]));
        // Who cannot prove who it is, or dawdles, is left without a word, as by the intake itself.
        let Ok(Ok(stream)) = tokio::time::timeout(HANDSHAKE_MAX, acceptor.accept(socket)).await else { return };
        let shown = stream.get_ref().1.peer_certificates().and_then(|it| it.first()).map(|it| app::sha256(it));
        let Some(holder) = shown.and_then(|it| self.holders.get(&it)).cloned() else { return };
        let caller =
            Arc::new(Caller { holder, gateway_certificate: if is_renewed { 2 } else { 1 }, scissors: Notify::new() });
        let service = service_fn({
            let (front, caller) = (Arc::clone(&self), Arc::clone(&caller));
            move |request| {
                let (front, caller) = (Arc::clone(&front), Arc::clone(&caller));
                async move { Ok::<_, Infallible>(front.answer(&caller, request).await.map(Full::new)) }
            }
        });
        let builder = auto::Builder::new(TokioExecutor::new());
        let connection = builder.serve_connection(TokioIo::new(stream), service);
        tokio::pin!(connection);
        loop {
            tokio::select! {
                // How a connection ends is the client's affair.
                _ = connection.as_mut() => return,
                () = caller.scissors.notified() => return,
                // What was begun with the old certificate is finished, and nothing new begun.
                Ok(()) = renewed.changed() => connection.as_mut().graceful_shutdown(),
            }
        }
    }

    /// The answer; after a renewal the last one on an old connection, which says so.
    async fn answer(&self, caller: &Caller, request: Request<Incoming>) -> Answer {
        let is_http1 = request.version() < http::Version::HTTP_2;
        let mut answer = self.told(caller, request).await;
        if is_http1 && caller.gateway_certificate == 1 && *self.renewed.borrow() {
            answer.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
        }
        answer
    }

    async fn told(&self, caller: &Caller, request: Request<Incoming>) -> Answer {
        let (parts, body) = request.into_parts();
        let body = match Limited::new(body, BODY_BYTES_MAX).collect().await {
            Ok(body) => body.to_bytes(),
            Err(_) => return plain(StatusCode::PAYLOAD_TOO_LARGE, "the body is too large or broke off"),
        };
        let path = parts.uri.path().to_owned();
        let is_rehearsal = parts.uri.query().is_some_and(|it| it.starts_with("dry-run"));
        let request = Request::from_parts(parts, body);
        if request.method() == Method::POST && path == "/messages" && !is_rehearsal {
            return self.message(caller, request).await;
        }
        let answer = self.hand_on(caller, request).await;
        if path == "/messages" {
            self.keep(What::Rehearsal { status: answer.status().as_u16(), by: caller.visit() });
        } else if let Some(id) = path.strip_prefix("/receipts/") {
            let (status, receipt) = (answer.status().as_u16(), hash(answer.body()));
            self.keep(What::Receipt { message_id: kept_id(id), status, receipt, by: caller.visit() });
        }
        answer
    }

    async fn message(&self, caller: &Caller, request: Request<Bytes>) -> Answer {
        let reading = reading::read(request.body(), &self.rulebook, self.clock.now());
        match self.choose(&reading) {
            None => {
                let answer = self.hand_on(caller, request).await;
                self.saw(caller, reading, &answer, true);
                answer
            }
            Some(FaultKind::Busy) => {
                let answer = self.busy();
                self.saw(caller, reading, &answer, true);
                answer
            }
            Some(FaultKind::Slow) => {
                let mut patience = Patience::begin(self, &reading);
                let answer = self.hand_on(caller, request).await;
                tokio::time::sleep(self.waits.slow).await;
                patience.is_over = true;
                self.saw(caller, reading, &answer, true);
                answer
            }
            Some(FaultKind::Cut) => {
                // The worst moment: it has been received and stored, and the sender does not know.
                let answer = self.hand_on(caller, request).await;
                self.saw(caller, reading, &answer, false);
                caller.scissors.notify_one();
                std::future::pending().await
            }
        }
    }

    /// What is to be done with a message; a fault is written down before it is made.
    fn choose(&self, reading: &Reading) -> Option<FaultKind> {
        let _turn = self.choosing.lock().unwrap_or_else(PoisonError::into_inner);
        let seen = self.seen();
        let kind = progress::choose(&seen, reading, self.clock.now())?;
        let wait = match kind {
            FaultKind::Busy => self.waits.retry_after,
            FaultKind::Slow => self.waits.slow,
            FaultKind::Cut => Duration::ZERO,
        };
        self.keep(What::Fault(Fault {
            kind,
            message_id: reading.message_id.clone().unwrap_or_default(),
            sha256: reading.sha256.clone(),
            alike: reading.alike.clone(),
            wait_seconds: wait.as_secs(),
        }));
        Some(kind)
    }

    fn busy(&self) -> Answer {
        let seconds = self.waits.retry_after.as_secs();
        let json = serde_json::json!({
            "type": "urn:meldeport:problem:MP-902", "title": "The gateway is busy (made by the conformance kit).",
            "status": 503, "code": "MP-902", "detail": format!("Send the same bytes again after {seconds} seconds."),
        });
        let mut answer = plain(StatusCode::SERVICE_UNAVAILABLE, &json.to_string());
        let headers = answer.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        answer
    }

    /// To the real intake, with the sender's own certificate.
    async fn hand_on(&self, caller: &Caller, request: Request<Bytes>) -> Answer {
        match self.asked(caller, request).await {
            Ok(reply) => {
                let mut answer = Response::new(reply.body);
                *answer.status_mut() = reply.status;
                *answer.headers_mut() = reply.headers;
                for own in [header::CONNECTION, header::TRANSFER_ENCODING, header::CONTENT_LENGTH] {
                    answer.headers_mut().remove(own);
                }
                answer
            }
            Err(error) => {
                tracing::error!(
                    error = &error as &dyn std::error::Error,
                    "the gateway behind the front did not answer"
                );
                plain(StatusCode::BAD_GATEWAY, "the gateway behind the front did not answer")
            }
        }
    }

    async fn asked(&self, caller: &Caller, request: Request<Bytes>) -> Result<Reply, ClientError> {
        let (certificate, key) = self.world.certificate(&caller.holder.file);
        let mut system = SendingSystem::new(self.intake, &self.world.authority(), &certificate, &key)?;
        let (mut parts, body) = request.into_parts();
        for own in [header::CONNECTION, header::TRANSFER_ENCODING, header::CONTENT_LENGTH, header::EXPECT] {
            parts.headers.remove(own);
        }
        let host = HeaderValue::from_str(&self.intake.to_string()).expect("an address is plain text");
        parts.headers.insert(header::HOST, host);
        let path = parts.uri.path_and_query().map_or("/", |it| it.as_str()).to_owned();
        parts.uri = path.parse().expect("the path of an address that was parsed");
        parts.version = http::Version::HTTP_11;
        system.ask(Request::from_parts(parts, Full::new(body))).await
    }

    /// Keeps what came and what was answered; renews the certificate once the first message has been accepted.
    fn saw(&self, caller: &Caller, reading: Reading, answer: &Answer, answered: bool) {
        let read = reading::receipt(answer.body());
        let receipt = read.is_some().then(|| hash(answer.body()));
        let (receipt_status, errors) = read.unzip();
        let message = SeenMessage {
            by: caller.visit(),
            message_id: reading.message_id.as_deref().map(kept_id),
            sha256: reading.sha256,
            alike: reading.alike,
            traits: reading.traits,
            status: answer.status().as_u16(),
            answered,
            receipt_status,
            receipt,
            errors: errors.unwrap_or_default(),
        };
        let is_accepted = message.is_accepted();
        self.keep(What::Message(message));
        if is_accepted && self.renewed.send_if_modified(|it| !std::mem::replace(it, true)) {
            self.keep(What::Renewed);
        }
    }

    fn seen(&self) -> Vec<Seen> {
        self.log.read().unwrap_or_else(|error| {
            tracing::error!(error = &error as &dyn std::error::Error, "what was seen could not be read");
            Vec::new()
        })
    }

    fn keep(&self, what: What) {
        if let Err(error) = self.log.add(&*self.clock, what) {
            tracing::error!(error = &error as &dyn std::error::Error, "what was seen could not be kept");
        }
    }
}

/// Notices when a sender leaves while it is made to wait.
struct Patience<'a> {
    front: &'a Front,
    message_id: String,
    began: Instant,
    is_over: bool,
}

impl<'a> Patience<'a> {
    fn begin(front: &'a Front, reading: &Reading) -> Self {
        let message_id = reading.message_id.as_deref().map(kept_id).unwrap_or_default();
        Self { front, message_id, began: Instant::now(), is_over: false }
    }
}

impl Drop for Patience<'_> {
    fn drop(&mut self) {
        if !self.is_over {
            let after_ms = u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX);
            self.front.keep(What::HungUp { message_id: std::mem::take(&mut self.message_id), after_ms });
        }
    }
}

fn plain(status: StatusCode, text: &str) -> Answer {
    let mut answer = Response::new(Bytes::from(text.to_owned()));
    *answer.status_mut() = status;
    answer
}

fn hash(body: &Bytes) -> String {
    app::hex(&app::sha256(body))
}

fn server(world: &World, name: &str) -> Result<Arc<ServerConfig>, FrontError> {
    let (certificate, key_file) = world.certificate(name);
    let authority = world.authority();
    let mut roots = RootCertStore::empty();
    for root in certificates(&authority)? {
        roots.add(root).map_err(|error| FrontError::Certificate { file: authority.clone(), cause: Box::new(error) })?;
    }
    let key = PrivateKeyDer::from_pem_file(&key_file)
        .map_err(|error| FrontError::Certificate { file: key_file, cause: Box::new(error) })?;
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), Arc::clone(&provider))
        .build()
        .map_err(|error| FrontError::Certificate { file: authority, cause: Box::new(error) })?;
    let mut server = ServerConfig::builder_with_provider(provider)
        .with_protocol_versions(&[&rustls::version::TLS13, &rustls::version::TLS12])
        .map_err(FrontError::Tls)?
        .with_client_cert_verifier(verifier)
        .with_single_cert(certificates(&certificate)?, key)
        .map_err(FrontError::Tls)?;
    server.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(Arc::new(server))
}

fn certificates(file: &Path) -> Result<Vec<CertificateDer<'static>>, FrontError> {
    CertificateDer::pem_file_iter(file)
        .and_then(Iterator::collect)
        .map_err(|error| FrontError::Certificate { file: file.to_owned(), cause: Box::new(error) })
}
