//! A sending system: one kept-alive TLS connection with a client certificate.

use bytes::Bytes;
use http::HeaderMap;
use http::Method;
use http::Request;
use http::StatusCode;
use http::header;
use http_body_util::BodyExt;
use http_body_util::Full;
use hyper::client::conn::http1::SendRequest;
use hyper_util::rt::TokioIo;
use rustls::ClientConfig;
use rustls::RootCertStore;
use rustls_pki_types::CertificateDer;
use rustls_pki_types::PrivateKeyDer;
use rustls_pki_types::ServerName;
use rustls_pki_types::pem::PemObject;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

/// How long a reply may take before the sender gives up and sends again later.
const REPLY_SECONDS_MAX: u64 = 60;

/// Speaks to one gateway as one organisation.
pub struct SendingSystem {
    tls: TlsConnector,
    address: SocketAddr,
    host: ServerName<'static>,
    connection: Option<SendRequest<Full<Bytes>>>,
}

/// What the gateway answered.
#[derive(Clone, Debug)]
pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}

/// No answer came.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    #[error("could not use the certificate")]
    Certificate(#[source] Box<dyn std::error::Error + Send + Sync>),
    #[error("could not reach the gateway")]
    Unreachable(#[source] std::io::Error),
    #[error("the connection broke before the answer came")]
    Broken(#[source] hyper::Error),
    #[error("no answer came within {REPLY_SECONDS_MAX} seconds")]
    Silent,
}

impl SendingSystem {
    /// Reads the authority to trust, the certificate and its key from PEM files.
    ///
    /// # Errors
    /// A file cannot be read or does not hold what it should.
    pub fn new(address: SocketAddr, authority: &Path, certificate: &Path, key: &Path) -> Result<Self, ClientError> {
        let wrong = |error: rustls_pki_types::pem::Error| ClientError::Certificate(Box::new(error));
        let mut roots = RootCertStore::empty();
        for root in CertificateDer::pem_file_iter(authority).map_err(wrong)? {
            roots.add(root.map_err(wrong)?).map_err(|error| ClientError::Certificate(Box::new(error)))?;
        }
        let chain =
            CertificateDer::pem_file_iter(certificate).map_err(wrong)?.collect::<Result<Vec<_>, _>>().map_err(wrong)?;
        let key = PrivateKeyDer::from_pem_file(key).map_err(wrong)?;
        let config = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::aws_lc_rs::default_provider()))
            .with_safe_default_protocol_versions()
            .and_then(|it| it.with_root_certificates(roots).with_client_auth_cert(chain, key))
            .map_err(|error| ClientError::Certificate(Box::new(error)))?;
        let host = ServerName::IpAddress(address.ip().into());
        Ok(Self { tls: TlsConnector::from(Arc::new(config)), address, host, connection: None })
    }

    /// Sends a message; `accept` may ask for a version of the AppRec.
    ///
    /// # Errors
    /// No answer came. The message may or may not have been received: send the same bytes again.
    pub async fn post(&mut self, path: &str, message: Bytes, accept: Option<&str>) -> Result<Reply, ClientError> {
        let mut request = Request::builder()
            .method(Method::POST)
            .uri(path)
            .header(header::HOST, self.address.to_string())
            .header(header::CONTENT_TYPE, "application/xml");
        if let Some(accept) = accept {
            request = request.header(header::ACCEPT, accept);
        }
        let request = request.body(Full::new(message)).expect("the path and the headers are our own");
        self.ask(request).await
    }

    /// Asks for something, such as a receipt.
    ///
    /// # Errors
    /// No answer came.
    pub async fn get(&mut self, path: &str) -> Result<Reply, ClientError> {
        let request = Request::builder()
            .uri(path)
            .header(header::HOST, self.address.to_string())
            .body(Full::new(Bytes::new()))
            .expect("the path and the headers are our own");
        self.ask(request).await
    }

    /// Sends any request.
    ///
    /// # Errors
    /// No answer came.
    pub async fn ask(&mut self, request: Request<Full<Bytes>>) -> Result<Reply, ClientError> {
        let asking = async {
            let mut connection = match self.connection.take().filter(|it| !it.is_closed()) {
                Some(connection) => connection,
                None => self.connect().await?,
            };
            connection.ready().await.map_err(ClientError::Broken)?;
            let response = connection.send_request(request).await.map_err(ClientError::Broken)?;
            let (head, body) = response.into_parts();
            let body = body.collect().await.map_err(ClientError::Broken)?.to_bytes();
            self.connection = Some(connection);
            Ok(Reply { status: head.status, headers: head.headers, body })
        };
        tokio::time::timeout(Duration::from_secs(REPLY_SECONDS_MAX), asking).await.unwrap_or(Err(ClientError::Silent))
    }

    async fn connect(&self) -> Result<SendRequest<Full<Bytes>>, ClientError> {
        let socket = TcpStream::connect(self.address).await.map_err(ClientError::Unreachable)?;
        socket.set_nodelay(true).map_err(ClientError::Unreachable)?;
        let stream = self.tls.connect(self.host.clone(), socket).await.map_err(ClientError::Unreachable)?;
        let (sender, connection) =
            hyper::client::conn::http1::handshake(TokioIo::new(stream)).await.map_err(ClientError::Broken)?;
        // The connection ends with its sender; how it ends is seen there.
        tokio::spawn(async move { drop(connection.await) });
        Ok(sender)
    }
}
