//! Stories over real TLS on a free port: real handshakes, real HTTP, the real intake, the real store. Only judging is the
//! small one of `intake::testing`, so that each verdict can be asked for.

mod answers;
mod bodies;
mod connections;
mod let_in;
mod reload;

use super::HttpsConfig;
use super::HttpsError;
use super::HttpsListener;
use super::Reload;
use super::RevocationPolicy;
use super::TlsError;
use super::made::MadeAuthority;
use super::made::MadeCertificate;
use super::made::MadeSubUnit;
use super::made::MadeSubject;
use crate::clock::Clock;
use crate::clock::SystemClock;
use crate::clock::TestClock;
use crate::domain::OrgNumber;
use crate::domain::Timestamp;
use crate::intake::Intake;
use crate::intake::IntakeConfig;
use crate::intake::Uncounted;
use crate::intake::testing::LittleJudging;
use crate::intake::testing::PERSON;
use crate::intake::testing::Remembering;
use crate::lifecycle::Lifecycle;
use rustls_pki_types::CertificateDer;
use rustls_pki_types::PrivateKeyDer;
use rustls_pki_types::ServerName;
use rustls_pki_types::pem::PemObject;
use std::io::Write;
use std::net::SocketAddr;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::sync::Arc;
use std::sync::Mutex;
use std::time::Duration;
use tokio::io::AsyncReadExt;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

const ACCEPTED: &str = r#"<m id="A-1" v="accepted"/>"#;
const HOUR: Duration = Duration::from_secs(3600);

/// A gateway that listens, and the authority that its clients' certificates come from.
struct Gate {
    address: SocketAddr,
    authority: MadeAuthority,
    clock: Arc<TestClock>,
    folder: tempfile::TempDir,
    judging: Arc<LittleJudging>,
    store: Arc<Remembering>,
    life: Lifecycle,
    reloads: Arc<Mutex<Vec<String>>>,
}

impl Gate {
    async fn open() -> Self {
        Self::open_with(|_| {}).await
    }

    async fn open_with(change: impl FnOnce(&mut HttpsConfig)) -> Self {
        Self::open_taking(IntakeConfig::default(), change).await
    }

    async fn open_taking(intake: IntakeConfig, change: impl FnOnce(&mut HttpsConfig)) -> Self {
        let clock = Arc::new(TestClock::at(SystemClock.now()));
        let authority = MadeAuthority::root("Prøve-CA", clock.now()).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let mut config = files(folder.path(), &authority);
        change(&mut config);
        let listener = HttpsListener::bind(config, Arc::clone(&clock) as _).await.unwrap();
        let judging = Arc::new(LittleJudging::new());
        let store = Remembering::open().await;
        let life = Lifecycle::new();
        let intake = Intake::new(
            intake,
            Arc::clone(&judging) as _,
            Arc::clone(&store) as _,
            Arc::clone(&clock) as _,
            Arc::new(Uncounted),
            life.tasks(),
        );
        let address = listener.address();
        let reloads = Arc::new(Mutex::new(Vec::new()));
        let told = Arc::clone(&reloads);
        tokio::spawn(listener.serve(intake, life.clone(), move |reload| {
            told.lock().unwrap().push(match reload {
                Reload::Done { .. } => "done".to_owned(),
                Reload::Failed(error) => error.to_string(),
            });
        }));
        Self { address, authority, clock, folder, judging, store, life, reloads }
    }

    /// The hospital's certificate.
    fn hospital(&self) -> MadeCertificate {
        self.authority.client(&seid2("310000108", None)).unwrap()
    }

    fn client(&self, certificate: &MadeCertificate) -> reqwest::Client {
        self.builder(certificate).build().unwrap()
    }

    fn builder(&self, certificate: &MadeCertificate) -> reqwest::ClientBuilder {
        let root = reqwest::Certificate::from_pem(self.authority.certificate_pem().as_bytes()).unwrap();
        let identity = format!("{}{}", certificate.certificate_pem, certificate.key_pem.reveal());
        reqwest::Client::builder()
            .no_proxy()
            .tls_certs_only([root])
            .identity(reqwest::Identity::from_pem(identity.as_bytes()).unwrap())
    }

    fn url(&self, path: &str) -> String {
        format!("https://localhost:{}{path}", self.address.port())
    }

    async fn post(&self, client: &reqwest::Client, text: &str) -> reqwest::Response {
        let request = client.post(self.url("/messages")).header("Content-Type", "application/xml; charset=utf-8");
        request.body(text.to_owned()).send().await.unwrap()
    }

    /// A bare TLS connection, HTTP/1.1, with or without a client certificate.
    async fn line(&self, certificate: Option<&MadeCertificate>) -> std::io::Result<TlsStream<TcpStream>> {
        self.line_with(certificate, &[&rustls::version::TLS13, &rustls::version::TLS12]).await
    }

    async fn line_with(
        &self,
        certificate: Option<&MadeCertificate>,
        versions: &[&'static rustls::SupportedProtocolVersion],
    ) -> std::io::Result<TlsStream<TcpStream>> {
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let mut roots = rustls::RootCertStore::empty();
        roots.add(CertificateDer::from_pem_slice(self.authority.certificate_pem().as_bytes()).unwrap()).unwrap();
        let builder = rustls::ClientConfig::builder_with_provider(provider)
            .with_protocol_versions(versions)
            .unwrap()
            .with_root_certificates(roots);
        let config = match certificate {
            None => builder.with_no_client_auth(),
            Some(made) => {
                let chain =
                    CertificateDer::pem_slice_iter(made.certificate_pem.as_bytes()).collect::<Result<_, _>>().unwrap();
                let key = PrivateKeyDer::from_pem_slice(made.key_pem.reveal().as_bytes()).unwrap();
                builder.with_client_auth_cert(chain, key).unwrap()
            }
        };
        let socket = TcpStream::connect(self.address).await?;
        TlsConnector::from(Arc::new(config)).connect(ServerName::try_from("localhost").unwrap(), socket).await
    }

    /// What a connection with this certificate is told: the error of its handshake, or of the first read after it.
    async fn refused(&self, certificate: Option<&MadeCertificate>) -> String {
        let mut line = match self.line(certificate).await {
            Ok(line) => line,
            Err(error) => return error.to_string(),
        };
        let request = b"GET /receipts/x HTTP/1.1\r\nHost: localhost\r\n\r\n";
        let _ = line.write_all(request).await;
        match line.read(&mut [0; 64]).await {
            Ok(_) => "let in".to_owned(),
            Err(error) => error.to_string(),
        }
    }

    /// Asks for a reload and waits until it has been told.
    async fn reload(&self) -> String {
        let before = self.reloads.lock().unwrap().len();
        self.life.reload();
        for _ in 0..500 {
            if let Some(told) = self.reloads.lock().unwrap().get(before) {
                return told.clone();
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("no reload was told")
    }

    fn write(&self, file: &str, text: &str) {
        std::fs::write(self.folder.path().join(file), text).unwrap();
    }
}

fn files(folder: &Path, authority: &MadeAuthority) -> HttpsConfig {
    let gateway = authority.gateway(&["localhost"], 90).unwrap();
    std::fs::write(folder.join("gateway.pem"), &gateway.certificate_pem).unwrap();
    std::fs::write(folder.join("gateway.key"), gateway.key_pem.reveal()).unwrap();
    std::fs::set_permissions(folder.join("gateway.key"), std::fs::Permissions::from_mode(0o600)).unwrap();
    std::fs::write(folder.join("roots.pem"), authority.certificate_pem()).unwrap();
    std::fs::write(folder.join("revoked.crl"), authority.revocation_list(&[], 30).unwrap()).unwrap();
    let config = HttpsConfig {
        listen: SocketAddr::from(([127, 0, 0, 1], 0)),
        certificate_file: "gateway.pem".into(),
        key_file: "gateway.key".into(),
        client_roots_file: "roots.pem".into(),
        revocation_list_files: vec!["revoked.crl".into()],
        ..HttpsConfig::default()
    };
    config.in_folder(folder)
}

fn number(text: &str) -> OrgNumber {
    OrgNumber::parse(text).unwrap()
}

fn seid2(organisation: &str, sub_unit: Option<MadeSubUnit>) -> MadeSubject {
    MadeSubject::Seid2 { organisation: number(organisation), name: "EKSEMPEL".to_owned(), sub_unit }
}

/// The problem document, its shape checked.
async fn problem(response: reqwest::Response) -> serde_json::Value {
    let status = response.status().as_u16();
    assert_eq!(response.headers()["content-type"], "application/problem+json");
    assert!(response.headers().contains_key("meldeport-request-id"));
    assert_eq!(response.headers()["cache-control"], "no-store");
    assert!(!response.headers().contains_key("server"));
    let document: serde_json::Value = serde_json::from_slice(&response.bytes().await.unwrap()).unwrap();
    assert_eq!(document["status"], status);
    assert_eq!(document["type"], format!("urn:meldeport:problem:{}", document["code"].as_str().unwrap()));
    assert!(document["instance"].as_str().unwrap().starts_with("urn:meldeport:"));
    for language in ["nb", "nn", "en"] {
        assert!(document["texts"][language]["title"].is_string() && document["texts"][language]["detail"].is_string());
    }
    document
}

async fn code(response: reqwest::Response) -> (u16, String) {
    let document = problem(response).await;
    (u16::try_from(document["status"].as_u64().unwrap()).unwrap(), document["code"].as_str().unwrap().to_owned())
}

/// Reads what comes until the line is closed, or `None` when it stays open for too long.
async fn until_closed(line: &mut TlsStream<TcpStream>) -> Option<String> {
    let mut bytes = Vec::new();
    let read = tokio::time::timeout(Duration::from_secs(20), line.read_to_end(&mut bytes)).await;
    // A line that is closed without the TLS farewell is an error to the library, and a closed line all the same.
    read.ok().map(|_| String::from_utf8_lossy(&bytes).into_owned())
}
