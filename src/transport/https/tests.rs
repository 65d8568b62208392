//! Stories over real TLS on a free port: real handshakes, real HTTP, the real intake, the real store. Only judging is the
//! small one of `intake::testing`, so that each verdict can be asked for.

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

// ── who is let in ────────────────────────────────────────────────────────────────────────────────────────────────

#[tokio::test]
async fn without_a_client_certificate_there_is_no_handshake() {
    let gate = Gate::open().await;

    let told = gate.refused(None).await;

    assert!(told.contains("CertificateRequired"), "{told}");
}

#[tokio::test]
async fn a_certificate_of_an_authority_we_do_not_trust_is_refused() {
    let gate = Gate::open().await;
    let other = MadeAuthority::root("En annen CA", gate.clock.now()).unwrap();

    let told = gate.refused(Some(&other.client(&seid2("310000108", None)).unwrap())).await;

    assert!(told.contains("UnknownCA"), "{told}");
}

#[tokio::test]
async fn a_certificate_that_has_ended_or_not_begun_is_refused() {
    let gate = Gate::open().await;
    let now = gate.clock.now();
    let subject = seid2("310000108", None);
    let ended = gate.authority.client_between(&subject, now.minus(HOUR * 48), now.minus(HOUR)).unwrap();
    let early = gate.authority.client_between(&subject, now.plus(HOUR), now.plus(HOUR * 48)).unwrap();

    let told = gate.refused(Some(&ended)).await;
    assert!(told.contains("CertificateExpired"), "{told}");
    let told = gate.refused(Some(&early)).await;
    assert!(told.contains("Certificate") && told != "let in", "{told}");
}

#[tokio::test]
async fn a_revoked_certificate_is_refused_and_others_are_not() {
    let gate = Gate::open().await;
    let (good, revoked) = (gate.hospital(), gate.hospital());
    gate.write("revoked.crl", &gate.authority.revocation_list(&[&revoked], 30).unwrap());
    assert_eq!(gate.reload().await, "done");

    let told = gate.refused(Some(&revoked)).await;

    assert!(told.contains("CertificateRevoked"), "{told}");
    assert_eq!(gate.refused(Some(&good)).await, "let in");
}

#[tokio::test]
async fn a_certificate_about_which_no_list_speaks_follows_the_policy() {
    let below = |gate: &Gate| gate.authority.subordinate("Prøve-CA 2").unwrap();
    let strict = Gate::open().await;
    let lenient = Gate::open_with(|it| it.unknown_revocation = RevocationPolicy::Allow).await;

    let told = strict.refused(Some(&below(&strict).client(&seid2("310000108", None)).unwrap())).await;
    assert_ne!(told, "let in");
    let told = lenient.refused(Some(&below(&lenient).client(&seid2("310000108", None)).unwrap())).await;
    assert_eq!(told, "let in");
}

#[tokio::test]
async fn a_list_past_its_own_date_follows_the_policy() {
    let strict = Gate::open().await;
    let lenient = Gate::open_with(|it| it.expired_revocation_list = RevocationPolicy::Allow).await;
    for gate in [&strict, &lenient] {
        // Valid from the day before the authority was made, for one day: it is past its date in a moment.
        gate.write("revoked.crl", &gate.authority.revocation_list(&[], 1).unwrap());
        assert_eq!(gate.reload().await, "done");
        gate.clock.advance(HOUR);
    }

    assert_ne!(strict.refused(Some(&strict.hospital())).await, "let in");
    assert_eq!(lenient.refused(Some(&lenient.hospital())).await, "let in");
}

#[tokio::test]
async fn each_mismatch_of_a_certificate_has_its_own_code() {
    let gate = Gate::open().await;
    let unit = |digits: &str| Some(MadeSubUnit::Named { number: number(digits), name: "AVDELING".to_owned() });
    let cases = [
        (MadeSubject::NameOnly { name: "EKSEMPEL".to_owned() }, (403, "MP-101")),
        (seid2("310000124", None), (403, "MP-102")),
        (seid2("310000116", unit("984886136")), (403, "MP-105")),
        (seid2("310000116", None), (403, "MP-105")),
    ];
    for (subject, (status, expected)) in cases {
        let client = gate.client(&gate.authority.client(&subject).unwrap());
        assert_eq!(code(gate.post(&client, ACCEPTED).await).await, (status, expected.to_owned()), "{subject:?}");
    }
    assert!(gate.store.stored().await.is_empty());
}

#[tokio::test]
async fn both_generations_and_both_formats_of_sub_units_are_let_in() {
    let gate = Gate::open().await;
    let register = MadeSubUnit::Register { number: number("974095769"), name: "Avdeling".to_owned() };
    let named = MadeSubUnit::Named { number: number("974095769"), name: "AVDELING".to_owned() };
    let first = |sub_unit| {
        let name = "EKSEMPEL".to_owned();
        MadeSubject::Seid1 { organisation: number("310000116"), name, sub_unit }
    };
    let subjects = [
        seid2("310000116", Some(register.clone())),
        seid2("310000116", Some(named.clone())),
        first(Some(register)),
        first(Some(named)),
    ];
    for (position, subject) in subjects.iter().enumerate() {
        let client = gate.client(&gate.authority.client(subject).unwrap());
        let response = gate.post(&client, &format!(r#"<m id="A-{position}" v="accepted"/>"#)).await;
        assert_eq!(response.status(), 200, "{subject:?}");
    }
    assert_eq!(gate.store.stored().await.len(), 4);
}

#[tokio::test]
async fn tls_1_2_is_spoken_too() {
    let gate = Gate::open().await;

    let mut line = gate.line_with(Some(&gate.hospital()), &[&rustls::version::TLS12]).await.unwrap();
    line.write_all(b"GET /receipts/x HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").await.unwrap();

    assert!(until_closed(&mut line).await.unwrap().starts_with("HTTP/1.1 404"));
}

// ── what is answered ─────────────────────────────────────────────────────────────────────────────────────────────

#[tokio::test]
async fn every_verdict_is_answered_with_a_receipt() {
    let gate = Gate::open().await;
    let client = gate.client(&gate.hospital());
    for (text, verdict, status) in [(ACCEPTED, "accepted", "1"), (r#"<m id="R-1" v="rejected"/>"#, "rejected", "2")] {
        let response = gate.post(&client, text).await;

        assert_eq!(response.status(), 200);
        assert_eq!(response.version(), http::Version::HTTP_2);
        assert_eq!(response.headers()["content-type"], "application/xml; charset=utf-8");
        assert_eq!(response.headers()["meldeport-verdict"], verdict);
        assert_eq!(response.headers()["meldeport-reference"].len(), 11);
        assert!(response.headers().contains_key("meldeport-request-id"));
        assert!(!response.headers().contains_key("server"));
        let receipt = response.text().await.unwrap();
        assert!(
            receipt.contains(&format!(r#"status="{status}""#)) && receipt.contains(r#"version="1.1""#),
            "{receipt}"
        );
    }
}

#[tokio::test]
async fn accept_chooses_the_version_of_the_receipt() {
    let gate = Gate::open().await;
    let client = gate.builder(&gate.hospital()).http1_only().build().unwrap();

    let request = client.post(gate.url("/messages")).header("Content-Type", "text/xml");
    let response = request.header("Accept", "application/xml; version=1.0").body(ACCEPTED).send().await.unwrap();

    assert_eq!(response.version(), http::Version::HTTP_11);
    assert!(response.text().await.unwrap().contains(r#"version="1.0""#));
}

#[tokio::test]
async fn sixty_four_equal_posts_at_once_are_one_message_with_equal_receipts() {
    let gate = Arc::new(Gate::open().await);
    let certificate = gate.hospital();

    let posts: Vec<_> = (0..64)
        .map(|_| {
            let (gate, client) = (Arc::clone(&gate), gate.client(&certificate));
            tokio::spawn(async move {
                let response = gate.post(&client, ACCEPTED).await;
                assert_eq!(response.status(), 200);
                response.bytes().await.unwrap()
            })
        })
        .collect();
    let mut receipts = Vec::new();
    for post in posts {
        receipts.push(post.await.unwrap());
    }

    assert!(receipts.windows(2).all(|pair| pair[0] == pair[1]));
    assert_eq!(gate.store.stored().await.len(), 1);
}

#[tokio::test]
async fn a_receipt_is_given_again_to_the_organisation_that_sent_the_message_and_to_no_other() {
    let gate = Gate::open().await;
    let client = gate.client(&gate.hospital());
    let unit = MadeSubUnit::Named { number: number("974095769"), name: "AVDELING".to_owned() };
    let school = gate.client(&gate.authority.client(&seid2("310000116", Some(unit))).unwrap());
    let first = gate.post(&client, r#"<m id="A/1 ø" v="accepted"/>"#).await.bytes().await.unwrap();
    let url = gate.url("/receipts/A%2F1%20%C3%B8");

    let again = client.get(&url).send().await.unwrap();
    assert_eq!(again.headers()["meldeport-verdict"], "accepted");
    assert_eq!(again.bytes().await.unwrap(), first);
    assert_eq!(code(school.get(&url).send().await.unwrap()).await, (404, "MP-106".to_owned()));
    assert_eq!(code(client.get(gate.url("/receipts/%ff")).send().await.unwrap()).await.1, "MP-106");
}

#[tokio::test]
async fn other_bytes_under_the_same_id_are_a_conflict_that_names_the_first() {
    let gate = Gate::open().await;
    let client = gate.client(&gate.hospital());
    let first = gate.post(&client, ACCEPTED).await;
    let reference = first.headers()["meldeport-reference"].to_str().unwrap().to_owned();

    let document = problem(gate.post(&client, r#"<m id="A-1" v="rejected"/>"#).await).await;

    assert_eq!((&document["status"], &document["code"]), (&409.into(), &"MP-213".into()));
    assert_eq!(document["instance"], format!("urn:meldeport:reference:{reference}"));
}

#[tokio::test]
async fn a_stuck_message_is_202_and_its_place_answers_when_it_is_mended() {
    let gate = Gate::open().await;
    let client = gate.client(&gate.hospital());

    let response = gate.post(&client, r#"<m id="P-1" v="panic"/>"#).await;

    let place = response.headers()["location"].to_str().unwrap().to_owned();
    assert_eq!(response.headers()["meldeport-verdict"], "stuck");
    assert_eq!(place, "/receipts/P-1");
    assert_eq!(code(response).await, (202, "MP-903".to_owned()));
    assert_eq!(code(client.get(gate.url(&place)).send().await.unwrap()).await, (202, "MP-903".to_owned()));
    // The pool has survived.
    assert_eq!(gate.post(&client, ACCEPTED).await.status(), 200);
}

#[tokio::test]
async fn a_store_that_is_down_is_503_and_never_a_receipt() {
    let gate = Gate::open().await;
    let client = gate.client(&gate.hospital());
    gate.store.go_down().await;

    let response = gate.post(&client, ACCEPTED).await;
    assert_eq!(response.headers()["retry-after"], "10");
    assert_eq!(code(response).await, (503, "MP-901".to_owned()));
    assert_eq!(code(client.get(gate.url("/receipts/A-1")).send().await.unwrap()).await, (503, "MP-901".to_owned()));
}

#[tokio::test]
async fn what_cannot_be_opened_is_a_problem_with_its_place_in_three_languages() {
    let gate = Gate::open().await;
    let client = gate.client(&gate.hospital());
    let request = client.post(gate.url("/messages")).header("Content-Type", "application/xml");

    let response = request.header("Accept-Language", "nn-NO").body("<m/>").send().await.unwrap();
    assert_eq!(response.headers()["content-language"], "nn");
    let document = problem(response).await;

    assert_eq!((&document["status"], &document["code"]), (&400.into(), &"MP-207".into()));
    assert_eq!(document["title"], document["texts"]["nn"]["title"]);
    assert_eq!(document["findings"][0]["xpath"], "/m");
    assert_eq!(document["findings"][0]["line"], 1);
    assert_eq!(gate.store.refusals()[0].code, "MP-207");
}

#[tokio::test]
async fn a_rehearsal_tells_verdict_and_route_and_stores_nothing() {
    let gate = Gate::open().await;
    let client = gate.client(&gate.hospital());
    let rehearse = |query: &'static str, text: &'static str| {
        let request = client.post(gate.url(&format!("/messages{query}"))).header("Content-Type", "application/xml");
        async move { request.body(text).send().await.unwrap() }
    };

    let text = rehearse("?dry-run", ACCEPTED).await.text().await.unwrap();
    assert!(!text.contains(PERSON), "{text}");
    let told: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(told["verdict"], "accepted");
    assert_eq!(told["units"][0]["unit"], "gjerstad-tjenestekontor");
    assert_eq!(told["units"][1]["share"], "awareness");
    assert_eq!(told["route"][0]["why"]["en"], "The municipality is 4211.");
    let told = rehearse("?dry-run", r#"<m id="R-1" v="rejected"/>"#).await.text().await.unwrap();
    assert!(told.contains(r#""verdict":"rejected""#) && told.contains("MP-303"), "{told}");
    assert_eq!(code(rehearse("?dryrun", ACCEPTED).await).await, (404, "MP-905".to_owned()));
    assert_eq!(code(rehearse("?dry-run", r#"<m id="P" v="panic"/>"#).await).await, (500, "MP-903".to_owned()));
    assert!(gate.store.stored().await.is_empty());
}

#[tokio::test]
async fn unknown_places_and_methods_are_told_in_the_same_shape() {
    let gate = Gate::open().await;
    let client = gate.client(&gate.hospital());

    assert_eq!(code(client.get(gate.url("/")).send().await.unwrap()).await, (404, "MP-905".to_owned()));
    let response = client.get(gate.url("/messages")).send().await.unwrap();
    assert_eq!(response.headers()["allow"], "POST");
    assert_eq!(code(response).await, (405, "MP-905".to_owned()));
    let response = client.delete(gate.url("/receipts/A-1")).send().await.unwrap();
    assert_eq!(response.headers()["allow"], "GET, HEAD");
    assert_eq!(code(response).await, (405, "MP-905".to_owned()));
}

// ── bodies ───────────────────────────────────────────────────────────────────────────────────────────────────────

#[tokio::test]
async fn how_a_message_is_sent_is_checked_and_refusals_are_kept() {
    let gate = Gate::open().await;
    let client = gate.client(&gate.hospital());
    let send = |headers: &[(&'static str, &'static str)], body: Vec<u8>| {
        let request = client.post(gate.url("/messages"));
        let request = headers.iter().fold(request, |it, (name, value)| it.header(*name, *value));
        async move { request.body(body).send().await.unwrap() }
    };
    let xml = ("Content-Type", "application/xml");
    let plain = || ACCEPTED.as_bytes().to_vec();

    assert_eq!(code(send(&[], plain()).await).await, (415, "MP-203".to_owned()));
    assert_eq!(code(send(&[("Content-Type", "application/json")], plain()).await).await, (415, "MP-203".to_owned()));
    assert_eq!(code(send(&[xml, ("Content-Encoding", "br")], plain()).await).await, (415, "MP-203".to_owned()));
    assert_eq!(code(send(&[xml, ("Content-Encoding", "gzip")], plain()).await).await, (400, "MP-219".to_owned()));
    assert_eq!(code(send(&[xml], Vec::new()).await).await, (400, "MP-201".to_owned()));
    let kept: Vec<_> = gate.store.refusals().into_iter().map(|it| it.code).collect();
    assert_eq!(kept, ["MP-203", "MP-203", "MP-203", "MP-219", "MP-201"]);

    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(ACCEPTED.as_bytes()).unwrap();
    let response = send(&[xml, ("Content-Encoding", "gzip")], encoder.finish().unwrap()).await;
    assert_eq!(response.status(), 200);
    assert_eq!(&gate.store.only().await.message.bytes[..], ACCEPTED.as_bytes());
}

#[tokio::test]
async fn the_charset_of_the_content_type_is_handed_on() {
    let gate = Gate::open().await;
    let client = gate.client(&gate.hospital());
    let request = client.post(gate.url("/messages")).header("Content-Type", "text/xml; Charset=\"ISO-8859-1\"");

    assert_eq!(request.body(ACCEPTED).send().await.unwrap().status(), 200);

    assert_eq!(gate.store.only().await.message.charset.as_deref(), Some("ISO-8859-1"));
}

#[tokio::test]
async fn a_body_that_is_too_large_is_refused_without_reading_it_all() {
    let gate = Gate::open().await;
    gate.judging.rulebook.lock().unwrap().limits.bytes_max = 10_000;
    let certificate = gate.hospital();

    // Said beforehand, over HTTP/1.1, and never sent.
    let mut line = gate.line(Some(&certificate)).await.unwrap();
    let head = "POST /messages HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/xml\r\nContent-Length: 999999999\r\n\
                Expect: 100-continue\r\n\r\n";
    line.write_all(head.as_bytes()).await.unwrap();
    let told = until_closed(&mut line).await.expect("the line is closed");
    assert!(told.starts_with("HTTP/1.1 413") && told.contains("MP-202"), "{told}");

    // Found out on the way, over HTTP/2 and over HTTP/1.1.
    for client in [gate.client(&certificate), gate.builder(&certificate).http1_only().build().unwrap()] {
        let response = gate.post(&client, &"x".repeat(2_000_000)).await;
        let document = problem(response).await;
        assert_eq!((&document["status"], &document["code"]), (&413.into(), &"MP-202".into()));
        assert!(document["texts"]["en"]["title"].as_str().unwrap().contains("10000 bytes"));
    }
    assert!(gate.store.stored().await.is_empty());
    assert!(gate.store.refusals().iter().all(|it| it.size <= 10_000));
}

#[tokio::test]
async fn a_body_without_a_length_is_read_up_to_the_largest_message() {
    let gate = Gate::open().await;
    gate.judging.rulebook.lock().unwrap().limits.bytes_max = 100;
    let mut line = gate.line(Some(&gate.hospital())).await.unwrap();
    let head = "POST /messages HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/xml\r\nTransfer-Encoding: chunked\r\n\r\n";
    line.write_all(head.as_bytes()).await.unwrap();
    for _ in 0..3 {
        line.write_all(format!("32\r\n{}\r\n", "x".repeat(50)).as_bytes()).await.unwrap();
    }

    let mut answer = vec![0; 12];
    line.read_exact(&mut answer).await.unwrap();

    assert_eq!(answer, b"HTTP/1.1 413");
}

#[tokio::test]
async fn a_body_that_comes_too_slowly_is_given_up() {
    let gate = Gate::open_with(|it| {
        it.body_grace_seconds = 1;
        it.body_bytes_per_second_min = 1000;
    })
    .await;
    let mut line = gate.line(Some(&gate.hospital())).await.unwrap();
    let head =
        "POST /messages HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/xml\r\nContent-Length: 500\r\n\r\n<m ";
    line.write_all(head.as_bytes()).await.unwrap();

    let told = until_closed(&mut line).await.expect("the line is closed");

    assert!(told.starts_with("HTTP/1.1 408") && told.contains("MP-218"), "{told}");
    assert_eq!(gate.store.refusals()[0].size, 3);
}

#[tokio::test]
async fn more_than_the_house_can_hold_is_told_to_come_back() {
    let gate = Gate::open_taking(IntakeConfig { messages_in_flight_max: 1, ..IntakeConfig::default() }, |_| {}).await;
    let certificate = gate.hospital();
    let mut slow = gate.line(Some(&certificate)).await.unwrap();
    let head =
        "POST /messages HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/xml\r\nContent-Length: 26\r\n\r\n<m ";
    slow.write_all(head.as_bytes()).await.unwrap();
    tokio::time::sleep(Duration::from_millis(300)).await;

    let client = gate.client(&certificate);
    let response = gate.post(&client, ACCEPTED).await;
    assert_eq!(response.headers()["retry-after"], "10");
    assert_eq!(code(response).await, (503, "MP-902".to_owned()));

    slow.write_all(&ACCEPTED.as_bytes()[3..]).await.unwrap();
    let mut answer = vec![0; 12];
    slow.read_exact(&mut answer).await.unwrap();
    assert_eq!(answer, b"HTTP/1.1 200");
    let fresh = gate.post(&client, r#"<m id="A-2" v="accepted"/>"#).await;
    assert_eq!(fresh.status(), 200);
}

// ── connections ──────────────────────────────────────────────────────────────────────────────────────────────────

#[tokio::test]
async fn one_who_dribbles_a_header_is_let_go() {
    let gate = Gate::open_with(|it| it.header_seconds_max = 1).await;
    let mut line = gate.line(Some(&gate.hospital())).await.unwrap();
    line.write_all(b"POST /mess").await.unwrap();

    assert_eq!(until_closed(&mut line).await.as_deref(), Some(""));
}

#[tokio::test]
async fn one_who_asks_nothing_is_let_go_and_one_who_asks_is_kept() {
    let gate = Gate::open_with(|it| it.idle_seconds_max = 2).await;
    let certificate = gate.hospital();
    let mut silent = gate.line(Some(&certificate)).await.unwrap();
    let mut asking = gate.line(Some(&certificate)).await.unwrap();
    let request = b"GET /receipts/x HTTP/1.1\r\nHost: localhost\r\n\r\n";

    for _ in 0..4 {
        tokio::time::sleep(Duration::from_millis(800)).await;
        asking.write_all(request).await.unwrap();
        assert!(asking.read(&mut [0; 4096]).await.unwrap() > 0);
    }

    assert_eq!(until_closed(&mut silent).await.as_deref(), Some(""));
}

#[tokio::test]
async fn one_who_never_shakes_hands_is_let_go() {
    let gate = Gate::open_with(|it| it.handshake_seconds_max = 1).await;
    let mut socket = TcpStream::connect(gate.address).await.unwrap();

    let read = tokio::time::timeout(Duration::from_secs(10), socket.read(&mut [0; 16])).await;

    assert_eq!(read.expect("the line is closed").unwrap_or(0), 0);
}

#[tokio::test]
async fn one_address_has_only_so_many_connections() {
    let gate = Gate::open_with(|it| it.connections_per_address_max = 2).await;
    let certificate = gate.hospital();
    let first = gate.line(Some(&certificate)).await.unwrap();
    let _second = gate.line(Some(&certificate)).await.unwrap();

    assert!(gate.line(Some(&certificate)).await.is_err());
    drop(first);

    for _ in 0..200 {
        if gate.line(Some(&certificate)).await.is_ok() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("the place was not given back");
}

#[tokio::test]
async fn a_certificate_that_ends_under_a_kept_alive_connection_is_refused_from_then_on() {
    let gate = Gate::open().await;
    let now = gate.clock.now();
    let soon = gate.authority.client_between(&seid2("310000108", None), now.minus(HOUR), now.plus(HOUR)).unwrap();
    let client = gate.client(&soon);
    assert_eq!(gate.post(&client, ACCEPTED).await.status(), 200);

    gate.clock.advance(HOUR * 2);

    assert_eq!(code(gate.post(&client, ACCEPTED).await).await, (403, "MP-107".to_owned()));
}

// ── reload ───────────────────────────────────────────────────────────────────────────────────────────────────────

#[tokio::test]
async fn our_own_certificate_is_changed_under_a_kept_alive_connection() {
    let gate = Gate::open().await;
    let certificate = gate.hospital();
    let mut kept = gate.line(Some(&certificate)).await.unwrap();
    let own = |line: &TlsStream<TcpStream>| line.get_ref().1.peer_certificates().unwrap()[0].to_vec();
    let request = b"GET /receipts/x HTTP/1.1\r\nHost: localhost\r\n\r\n";

    let new = gate.authority.gateway(&["localhost"], 30).unwrap();
    gate.write("gateway.pem", &new.certificate_pem);
    gate.write("gateway.key", new.key_pem.reveal());
    assert_eq!(gate.reload().await, "done");

    kept.write_all(request).await.unwrap();
    assert!(kept.read(&mut [0; 4096]).await.unwrap() > 0);
    let fresh = gate.line(Some(&certificate)).await.unwrap();
    assert_ne!(own(&kept), own(&fresh));
    assert_eq!(own(&fresh), CertificateDer::from_pem_slice(new.certificate_pem.as_bytes()).unwrap().to_vec());
}

#[tokio::test]
async fn a_new_revocation_list_reaches_connections_that_are_open_already() {
    let gate = Gate::open().await;
    let (revoked, good) = (gate.hospital(), gate.hospital());
    let (its_client, other) = (gate.client(&revoked), gate.client(&good));
    assert_eq!(gate.post(&its_client, ACCEPTED).await.status(), 200);
    assert_eq!(gate.post(&other, ACCEPTED).await.status(), 200);

    gate.write("revoked.crl", &gate.authority.revocation_list(&[&revoked], 30).unwrap());
    assert_eq!(gate.reload().await, "done");

    assert_eq!(code(gate.post(&its_client, ACCEPTED).await).await, (403, "MP-107".to_owned()));
    assert_eq!(gate.post(&other, ACCEPTED).await.status(), 200);
    // It has been let go, and is not let in again: not by a new handshake, nor by resuming its old session.
    let request = its_client.post(gate.url("/messages")).header("Content-Type", "application/xml").body(ACCEPTED);
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert!(request.send().await.is_err());
}

#[tokio::test]
async fn a_bad_file_leaves_the_old_one_in_use_and_says_so() {
    let gate = Gate::open().await;
    let client = gate.client(&gate.hospital());

    gate.write("roots.pem", "not a certificate");
    assert!(gate.reload().await.contains("roots.pem holds no certificate"));
    assert_eq!(gate.post(&client, ACCEPTED).await.status(), 200);

    gate.write("roots.pem", &gate.authority.certificate_pem());
    gate.write("gateway.key", gate.hospital().key_pem.reveal());
    let told = gate.reload().await;
    assert!(told.contains("gateway.pem and") && told.contains("do not go together"), "{told}");
    assert_eq!(gate.refused(Some(&gate.hospital())).await, "let in");
}

#[tokio::test]
async fn changed_files_are_noticed_without_being_told_and_a_bad_one_is_told_once() {
    let gate = Gate::open_with(|it| it.reload_seconds = 1).await;
    let told = |count: usize| {
        let reloads = Arc::clone(&gate.reloads);
        async move {
            for _ in 0..100 {
                if reloads.lock().unwrap().len() >= count {
                    return reloads.lock().unwrap().clone();
                }
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
            panic!("no reload was told")
        }
    };

    gate.write("revoked.crl", "damaged");
    assert!(told(1).await[0].contains("holds no revocation list"));
    tokio::time::sleep(Duration::from_millis(2500)).await;
    assert_eq!(told(1).await.len(), 1);
    gate.write("revoked.crl", &gate.authority.revocation_list(&[], 30).unwrap());

    assert_eq!(told(2).await[1], "done");
}

#[tokio::test]
async fn a_key_that_everybody_can_read_is_refused() {
    let authority = MadeAuthority::root("Prøve-CA", SystemClock.now()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let config = files(folder.path(), &authority);
    std::fs::set_permissions(&config.key_file, std::fs::Permissions::from_mode(0o644)).unwrap();

    let refused = HttpsListener::bind(config, Arc::new(SystemClock)).await.err().unwrap();

    assert!(matches!(refused, HttpsError::Tls(TlsError::KeyReadableByAll { mode: 0o644, .. })), "{refused}");
}

#[tokio::test]
async fn what_is_in_use_can_be_seen() {
    let authority = MadeAuthority::root("Prøve-CA", SystemClock.now()).unwrap();
    let folder = tempfile::tempdir().unwrap();

    let listener = HttpsListener::bind(files(folder.path(), &authority), Arc::new(SystemClock)).await.unwrap();
    let trust = listener.trusted().load_full();

    let day = HOUR * 24;
    let now = SystemClock.now();
    assert!(trust.own_certificate_ends > now.plus(day * 89) && trust.own_certificate_ends < now.plus(day * 91));
    assert_eq!((trust.roots, trust.revocation_lists), (1, 1));
    let until: Timestamp = trust.revocation_lists_good_until.unwrap();
    assert!(until > now.plus(day * 28) && until < now.plus(day * 30));
}

// ── closing ──────────────────────────────────────────────────────────────────────────────────────────────────────

#[tokio::test]
async fn a_closing_gateway_finishes_what_it_holds_and_takes_nothing_new() {
    let gate = Gate::open().await;
    let certificate = gate.hospital();
    let mut idle = gate.line(Some(&certificate)).await.unwrap();
    let mut sending = gate.line(Some(&certificate)).await.unwrap();
    let length = ACCEPTED.len();
    let head = format!(
        "POST /messages HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/xml\r\nContent-Length: {length}\r\n\r\n"
    );
    sending.write_all(head.as_bytes()).await.unwrap();
    sending.write_all(&ACCEPTED.as_bytes()[..5]).await.unwrap();
    tokio::time::sleep(Duration::from_millis(200)).await;

    gate.life.close();
    assert_eq!(until_closed(&mut idle).await.as_deref(), Some(""));
    sending.write_all(&ACCEPTED.as_bytes()[5..]).await.unwrap();

    let told = until_closed(&mut sending).await.unwrap();
    assert!(told.starts_with("HTTP/1.1 200") && told.contains("status=\"1\""), "{told}");
    assert_eq!(gate.store.stored().await.len(), 1);
    assert!(gate.line(Some(&certificate)).await.is_err());
    tokio::time::timeout(Duration::from_secs(5), gate.life.tasks().wait()).await.expect("nothing is left");
}
