//! One connection, from its TLS handshake to its end.
//!
//! The client's certificate is read once and its requests carry the [`Visitor`]. Whoever does nothing for too long, or
//! dribbles a header, is let go; hyper's own timers cannot tell the two apart, so this counts for itself.

use crate::clock::Clock;
use crate::domain::Code;
use crate::domain::Finding;
use crate::domain::Peer;
use crate::telemetry::Event;
use crate::transport::https::certificate;
use crate::transport::https::certificate::CertificateFault;
use crate::transport::https::config::HttpsConfig;
use crate::transport::https::tls::Trusted;
use axum::Router;
use axum::body::Body;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::TokioExecutor;
use hyper_util::rt::TokioIo;
use hyper_util::server::conn::auto;
use rustls_pki_types::CertificateDer;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::MutexGuard;
use std::sync::PoisonError;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering;
use std::task::Context;
use std::task::Poll;
use std::time::Duration;
use tokio::io::AsyncRead;
use tokio::io::AsyncWrite;
use tokio::io::ReadBuf;
use tokio::net::TcpStream;
use tokio::sync::Notify;
use tokio::time::Instant;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

/// How long a connection that has been told to end may take for it.
const GOODBYE_MAX: Duration = Duration::from_secs(5);
/// How often a connection is looked at.
const LOOK_MAX: Duration = Duration::from_secs(1);
/// Header of one request. Bytes.
const HEADER_BYTES_MAX: u32 = 16 * 1024;
/// HTTP/1 reads in pieces of at most this. Bytes.
const BUFFER_BYTES_MAX: usize = 64 * 1024;
/// What one HTTP/2 stream or connection may send ahead. Bytes.
const WINDOW_BYTES: u32 = 256 * 1024;

/// What every connection needs.
pub(crate) struct Hall {
    pub(crate) config: Arc<HttpsConfig>,
    pub(crate) trusted: Arc<Trusted>,
    pub(crate) routes: Router,
    pub(crate) soft: CancellationToken,
    pub(crate) hard: CancellationToken,
}

/// The client at the other end of a connection.
pub(crate) struct Visitor {
    peer: Result<Peer, CertificateFault>,
    chain: Vec<CertificateDer<'static>>,
    /// The generation of trust that has let it in.
    generation: AtomicU64,
    introduced: AtomicBool,
    activity: Arc<Activity>,
    goodbye: Notify,
}

impl Visitor {
    /// Who it is, if it may still be here: the certificate says an organisation, has not ended, and is still trusted by
    /// what is in use now. One who is not is answered once more and then let go.
    pub(crate) fn peer(&self, trusted: &Trusted, clock: &dyn Clock) -> Result<&Peer, Finding> {
        let peer = self.peer.as_ref().map_err(|fault| fault.finding())?;
        let (trust, now) = (trusted.load(), clock.now());
        let looked_at = self.generation.load(Ordering::Relaxed) == trust.generation;
        let trusted_now = looked_at || trust.still_trusts(&self.chain, now);
        if !trusted_now || now > peer.certificate_ends {
            self.goodbye.notify_one();
            return Err(Finding::new(Code::CertificateNoLongerTrusted, None));
        }
        self.generation.store(trust.generation, Ordering::Relaxed);
        Ok(peer)
    }

    /// Whether this is the first time it is asked.
    pub(crate) fn is_new(&self) -> bool {
        !self.introduced.swap(true, Ordering::Relaxed)
    }
}

/// Serves one accepted socket to its end.
pub(crate) async fn serve(hall: Arc<Hall>, socket: TcpStream, address: SocketAddr) {
    let trust = hall.trusted.load_full();
    let handshake = TlsAcceptor::from(Arc::clone(&trust.server)).accept(socket);
    let stream = tokio::select! {
        outcome = tokio::time::timeout(hall.config.handshake_max(), handshake) => match outcome {
            Ok(Ok(stream)) => stream,
            Ok(Err(error)) => return told_handshake(address, &reason(&error)),
            Err(_) => return told_handshake(address, "timeout"),
        },
        () = hall.soft.cancelled() => return,
    };
    let (visitor, protocol) = introduce(&stream, trust.generation);
    converse(&hall, stream, visitor, protocol).await;
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Protocol {
    Http1,
    Http2,
}

fn introduce(stream: &TlsStream<TcpStream>, generation: u64) -> (Arc<Visitor>, Protocol) {
    let (_, session) = stream.get_ref();
    let chain: Vec<_> =
        session.peer_certificates().unwrap_or_default().iter().map(|it| it.clone().into_owned()).collect();
    let peer = chain.first().ok_or(CertificateFault::Unreadable).and_then(|it| certificate::peer_of(it));
    let protocol = match session.alpn_protocol() {
        Some(b"h2") => Protocol::Http2,
        Some(_) | None => Protocol::Http1,
    };
    let visitor = Visitor {
        peer,
        chain,
        generation: AtomicU64::new(generation),
        introduced: AtomicBool::new(false),
        activity: Arc::new(Activity::new()),
        goodbye: Notify::new(),
    };
    (Arc::new(visitor), protocol)
}

async fn converse(hall: &Hall, stream: TlsStream<TcpStream>, visitor: Arc<Visitor>, protocol: Protocol) {
    let activity = Arc::clone(&visitor.activity);
    let io = TokioIo::new(Watched { stream, activity: Arc::clone(&activity) });
    let service = service_fn({
        let (routes, visitor) = (hall.routes.clone(), Arc::clone(&visitor));
        move |request: http::Request<Incoming>| {
            let (routes, visitor) = (routes.clone(), Arc::clone(&visitor));
            async move {
                let busy = Busy::new(&visitor.activity);
                let mut request = request.map(Body::new);
                request.extensions_mut().insert(Arc::clone(&visitor));
                let response = routes.oneshot(request).await;
                drop(busy);
                response
            }
        }
    });
    let builder = builder(&hall.config, protocol);
    let connection = builder.serve_connection(io, service);
    tokio::pin!(connection);

    let mut look = tokio::time::interval(LOOK_MAX.min(hall.config.header_max() / 4).max(Duration::from_millis(20)));
    look.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut leaving: Option<Instant> = None;
    loop {
        let told_to_leave = tokio::select! {
            // How a connection ends is the client's affair; what matters has been logged with its messages.
            _ = connection.as_mut() => return,
            () = hall.hard.cancelled() => return,
            () = hall.soft.cancelled(), if leaving.is_none() => true,
            () = visitor.goodbye.notified(), if leaving.is_none() => true,
            _ = look.tick() => match activity.look(Instant::now(), &hall.config, protocol) {
                Pulse::Well => false,
                Pulse::Idle => true,
                Pulse::Dribbling => return,
            },
        };
        match leaving {
            None if told_to_leave => {
                leaving = Some(Instant::now());
                connection.as_mut().graceful_shutdown();
            }
            Some(since) if since.elapsed() > GOODBYE_MAX && !activity.is_busy() => return,
            Some(_) | None => {}
        }
    }
}

fn builder(config: &HttpsConfig, protocol: Protocol) -> auto::Builder<TokioExecutor> {
    let builder = auto::Builder::new(TokioExecutor::new());
    // ALPN has decided already. Guessing from the first bytes would wait for a silent client without end.
    let mut builder = match protocol {
        Protocol::Http1 => builder.http1_only(),
        Protocol::Http2 => builder.http2_only(),
    };
    builder.http1().max_buf_size(BUFFER_BYTES_MAX).pipeline_flush(false);
    builder
        .http2()
        .max_concurrent_streams(config.http2_streams_max)
        .max_header_list_size(HEADER_BYTES_MAX)
        .initial_stream_window_size(WINDOW_BYTES)
        .initial_connection_window_size(WINDOW_BYTES * 4);
    builder
}

/// Why a handshake failed, as one word: those of the certificate are what an operator asks about.
fn reason(error: &io::Error) -> String {
    use rustls::CertificateError;
    use rustls::Error;
    let inner = error.get_ref().and_then(|it| it.downcast_ref::<Error>());
    match inner {
        Some(Error::NoCertificatesPresented) => "no_certificate".to_owned(),
        Some(Error::InvalidCertificate(fault)) => match fault {
            CertificateError::Revoked => "revoked".to_owned(),
            CertificateError::Expired | CertificateError::ExpiredContext { .. } => "expired".to_owned(),
            CertificateError::UnknownIssuer => "unknown_issuer".to_owned(),
            CertificateError::UnknownRevocationStatus => "unknown_revocation_status".to_owned(),
            CertificateError::ExpiredRevocationList | CertificateError::ExpiredRevocationListContext { .. } => {
                "expired_revocation_list".to_owned()
            }
            // The library's own list of faults is open.
            _ => format!("certificate: {fault}"),
        },
        Some(other) => format!("tls: {other}"),
        None => format!("line: {}", error.kind()),
    }
}

fn told_handshake(address: SocketAddr, reason: &str) {
    tracing::info!(event = Event::HandshakeFailed.name(), %address, reason, "a client could not prove who it is");
}

/// What a connection is doing.
struct Activity {
    /// Bytes read since it began, inside TLS.
    read: AtomicU64,
    now: Mutex<Doing>,
}

struct Doing {
    requests: usize,
    /// Since when there has been no request.
    quiet_since: Instant,
    /// Bytes read when it became quiet.
    quiet_read: u64,
    /// When it was first seen to say something without having said a whole header.
    dribbling_since: Option<Instant>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Pulse {
    Well,
    /// Nothing has been asked for too long.
    Idle,
    /// A header has been under way for too long.
    Dribbling,
}

impl Activity {
    fn new() -> Self {
        let doing = Doing { requests: 0, quiet_since: Instant::now(), quiet_read: 0, dribbling_since: None };
        Self { read: AtomicU64::new(0), now: Mutex::new(doing) }
    }

    fn look(&self, now: Instant, config: &HttpsConfig, protocol: Protocol) -> Pulse {
        let read = self.read.load(Ordering::Relaxed);
        let mut doing = self.lock();
        if doing.requests > 0 {
            return Pulse::Well;
        }
        // HTTP/2 says things between requests that are not headers; there, idleness is enough.
        if protocol == Protocol::Http1 && read > doing.quiet_read {
            let since = *doing.dribbling_since.get_or_insert(now);
            return if now - since > config.header_max() { Pulse::Dribbling } else { Pulse::Well };
        }
        if now - doing.quiet_since > config.idle_max() { Pulse::Idle } else { Pulse::Well }
    }

    fn is_busy(&self) -> bool {
        self.lock().requests > 0
    }

    fn lock(&self) -> MutexGuard<'_, Doing> {
        self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One request under way.
struct Busy {
    activity: Arc<Activity>,
}

impl Busy {
    fn new(activity: &Arc<Activity>) -> Self {
        let mut doing = activity.lock();
        doing.requests += 1;
        doing.dribbling_since = None;
        drop(doing);
        Self { activity: Arc::clone(activity) }
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        let read = self.activity.read.load(Ordering::Relaxed);
        let mut doing = self.activity.lock();
        doing.requests -= 1;
        doing.quiet_since = Instant::now();
        doing.quiet_read = read;
    }
}

/// A stream that counts what is read from it.
struct Watched<S> {
    stream: S,
    activity: Arc<Activity>,
}

impl<S: AsyncRead + Unpin> AsyncRead for Watched<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let outcome = Pin::new(&mut self.stream).poll_read(context, buffer);
        let read = (buffer.filled().len() - before) as u64;
        self.activity.read.fetch_add(read, Ordering::Relaxed);
        outcome
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Watched<S> {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, data: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, data)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        data: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(context, data)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
