use super::SIGNATURE_HEADER;
use super::WebhookNotifier;
use crate::clock::TestClock;
use crate::domain::Language;
use crate::domain::Redacted;
use crate::domain::Timestamp;
use crate::notify::Notifier;
use crate::notify::NotifyConfigFault;
use crate::notify::NotifyError;
use crate::notify::NotifyRetry;
use crate::notify::UnitContact;
use crate::notify::Webhook;
use crate::notify::WebhookConfig;
use crate::notify::testing::Book;
use crate::notify::testing::made_ca;
use crate::notify::testing::notice;
use aws_lc_rs::hmac;
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::response::Response;
use std::path::Path;
use std::sync::Arc;
use std::sync::Mutex;
use std::time::Duration;
use tokio::net::TcpListener;

const SECRET: &[u8] = b"en hemmelighet som bare vi to vet";
const INBOX: &str = "https://innboks.gjerstad.example/";

/// A unit's own system: checks the signature as its vendor would, then answers as told.
#[derive(Clone)]
struct Receiver {
    answer: Arc<Mutex<(StatusCode, Option<&'static str>)>>,
    got: Arc<Mutex<Vec<(HeaderMap, serde_json::Value)>>>,
}

impl Receiver {
    async fn start() -> (Self, String) {
        let receiver = Self { answer: Arc::new(Mutex::new((StatusCode::ACCEPTED, None))), got: Arc::default() };
        let router = Router::new().fallback(receive).with_state(receiver.clone());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/varsel", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, router).await });
        (receiver, url)
    }

    fn answers(&self, status: u16, retry_after: Option<&'static str>) {
        *self.answer.lock().unwrap() = (StatusCode::from_u16(status).unwrap(), retry_after);
    }
}

async fn receive(State(receiver): State<Receiver>, headers: HeaderMap, body: Bytes) -> Response {
    let said = headers[SIGNATURE_HEADER].to_str().unwrap();
    let (time, mac) = said.strip_prefix("t=").unwrap().split_once(",v1=").unwrap();
    let mac: Vec<u8> = (0..mac.len()).step_by(2).map(|at| u8::from_str_radix(&mac[at..at + 2], 16).unwrap()).collect();
    let mut signed = format!("{time}.").into_bytes();
    signed.extend_from_slice(&body);
    if hmac::verify(&hmac::Key::new(hmac::HMAC_SHA256, SECRET), &signed, &mac).is_err() {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    receiver.got.lock().unwrap().push((headers.clone(), serde_json::from_slice(&body).unwrap()));
    let (status, retry_after) = *receiver.answer.lock().unwrap();
    match retry_after {
        Some(said) => (status, [("retry-after", said)]).into_response(),
        None => (status, [("location", "/et-annet-sted")]).into_response(),
    }
}

fn notifier(url: &str, secret: &[u8], config: &WebhookConfig, folder: &Path) -> WebhookNotifier {
    let webhook = Webhook { url: url.to_owned(), secret: Redacted::new(secret.to_vec()) };
    let contact = UnitContact { unit: notice().unit, language: Language::Nb, email: None, webhook: Some(webhook) };
    let clock = Arc::new(TestClock::at(Timestamp::from_jiff("2026-11-21T12:00:00.9Z".parse().unwrap())));
    WebhookNotifier::new(config, folder, INBOX, Book::of([contact]), clock).unwrap()
}

fn plain(url: &str) -> WebhookNotifier {
    notifier(url, SECRET, &WebhookConfig { seconds_max: 5, ..WebhookConfig::default() }, Path::new(""))
}

#[tokio::test]
async fn the_event_is_signed_and_says_only_that_something_waits() {
    let (receiver, url) = Receiver::start().await;

    plain(&url).notify(&notice()).await.unwrap();

    let (headers, body) = receiver.got.lock().unwrap().remove(0);
    assert!(headers[SIGNATURE_HEADER].to_str().unwrap().starts_with("t=1795262400,v1="));
    assert_eq!(headers["content-type"], "application/cloudevents+json; charset=utf-8");
    assert_eq!(
        body,
        serde_json::json!({
            "specversion": "1.0",
            "id": "01935000-0000-7000-8000-000000000001",
            "source": "https://innboks.gjerstad.example/",
            "type": "meldeport.inbox.waiting.v1",
            "subject": "gjerstad-tjenestekontor",
            "time": "2026-11-21T11:59:30.000000Z",
            "datacontenttype": "application/json",
            "data": { "reference": "7K3-9QX-2MA", "unread": 3, "inbox": "https://innboks.gjerstad.example/" },
        })
    );
}

#[tokio::test]
async fn a_signature_with_another_secret_is_seen_by_the_receiver() {
    let (_receiver, url) = Receiver::start().await;
    let config = WebhookConfig::default();

    let error = notifier(&url, b"noe annet", &config, Path::new("")).notify(&notice()).await.unwrap_err();

    assert_eq!(error.chain(), "the receiver answered 401");
}

#[tokio::test]
async fn a_repeat_has_the_same_id() {
    let (receiver, url) = Receiver::start().await;
    let notifier = plain(&url);

    receiver.answers(503, None);
    notifier.notify(&notice()).await.unwrap_err();
    receiver.answers(204, None);
    notifier.notify(&notice()).await.unwrap();

    let got = receiver.got.lock().unwrap();
    assert_eq!(got[0].1["id"], got[1].1["id"]);
}

#[tokio::test]
async fn each_answer_is_understood() {
    let (receiver, url) = Receiver::start().await;
    let notifier = plain(&url);
    let minute = NotifyRetry::After(Duration::from_secs(60));

    for (status, retry_after, expected) in [
        (200, None, None),
        (204, None, None),
        (302, None, Some(NotifyRetry::Never)),
        (400, Some("60"), Some(NotifyRetry::Never)),
        (404, None, Some(NotifyRetry::Never)),
        (408, None, Some(NotifyRetry::Later)),
        (410, None, Some(NotifyRetry::Never)),
        (425, None, Some(NotifyRetry::Later)),
        (429, Some("60"), Some(minute)),
        (500, None, Some(NotifyRetry::Later)),
        (503, Some("60"), Some(minute)),
        (503, Some("Sat, 21 Nov 2026 12:01:00 GMT"), Some(NotifyRetry::Later)),
    ] {
        receiver.answers(status, retry_after);

        let retry = notifier.notify(&notice()).await.err().map(|it| it.retry());

        assert_eq!(retry, expected, "{status} {retry_after:?}");
    }
    // A redirect is not followed: each call was one call.
    assert_eq!(receiver.got.lock().unwrap().len(), 12);
}

#[tokio::test]
async fn a_receiver_that_hangs_is_left_in_time() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let config = WebhookConfig { seconds_max: 1, ..WebhookConfig::default() };

    let error = notifier(&url, SECRET, &config, Path::new("")).notify(&notice()).await.unwrap_err();

    assert!(matches!(error, NotifyError::TimedOut), "{error:?}");
}

#[tokio::test]
async fn an_error_does_not_tell_the_address() {
    let url = format!("http://{}/nokkel-i-adressen", crate::trial::free_port(0).unwrap());

    let error = plain(&url).notify(&notice()).await.unwrap_err();

    assert_eq!(error.retry(), NotifyRetry::Later);
    assert!(!format!("{error:?} {}", error.chain()).contains("nokkel"), "{error:?}");
}

#[tokio::test]
async fn an_address_that_is_not_safe_is_refused() {
    for url in [
        "http://kommune.example/varsel",
        "http://127.0.0.1.kommune.example/",
        "https://bruker:passord@kommune.example/",
        "ftp://127.0.0.1/",
        "ikke en adresse",
    ] {
        let error = plain(url).notify(&notice()).await.unwrap_err();

        assert!(matches!(error, NotifyError::BadAddress { .. }), "{url}: {error:?}");
        assert_eq!(error.retry(), NotifyRetry::Never);
    }
}

#[tokio::test]
async fn a_receiver_must_have_a_certificate_from_the_named_authority() {
    let ca = made_ca();
    let other = made_ca();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://{}/", listener.local_addr().unwrap());
    let server = Arc::clone(&ca.server);
    tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            let acceptor = tokio_rustls::TlsAcceptor::from(Arc::clone(&server));
            tokio::spawn(async move {
                use tokio::io::AsyncReadExt;
                use tokio::io::AsyncWriteExt;
                let mut stream = acceptor.accept(stream).await.ok()?;
                let mut read = [0; 4096];
                let _ = stream.read(&mut read).await.ok()?;
                stream.write_all(b"HTTP/1.1 204 No Content\r\n\r\n").await.ok()
            });
        }
    });
    let config = WebhookConfig { ca_file: "ca.pem".into(), seconds_max: 5 };

    let known = notifier(&url, SECRET, &config, ca.folder.path()).notify(&notice()).await;
    let unknown = notifier(&url, SECRET, &config, other.folder.path()).notify(&notice()).await;

    assert!(known.is_ok(), "{known:?}");
    assert_eq!(unknown.unwrap_err().retry(), NotifyRetry::Later);
}

#[test]
fn settings_that_cannot_work_are_refused_at_the_start() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("tom.pem"), "").unwrap();
    let made = |ca: &str, inbox: &str| {
        let config = WebhookConfig { ca_file: ca.into(), ..WebhookConfig::default() };
        WebhookNotifier::new(&config, folder.path(), inbox, Book::of([]), Arc::new(TestClock::at(Timestamp(0)))).err()
    };

    assert!(matches!(made("tom.pem", INBOX), Some(NotifyConfigFault::NoCertificate(_))));
    assert!(matches!(made("finnes-ikke.pem", INBOX), Some(NotifyConfigFault::Unreadable { .. })));
    assert!(matches!(made("", "innboks"), Some(NotifyConfigFault::Inbox(_))));
}
