//! What can be asked, and what is answered.
//!
//! | Request | Answer |
//! |---|---|
//! | `POST /messages` | 200 and an AppRec for every verdict, also a rejection; 202 and a problem when it is stuck |
//! | `POST /messages` with an AppRec | 200 and nothing, once it is matched with what we sent; 404 `MP-510` when it is not |
//! | `POST /messages?dry-run` | 200 and the verdict as JSON; nothing is stored |
//! | `GET /receipts/{MsgId}` | 200 and the same AppRec again, for the organisation that sent the message |
//! | anything else | 404 `MP-905`, or 405 with `Allow` |
//!
//! Content-Type is `application/xml` or `text/xml`, with `charset` if the client knows it; Content-Encoding may be `gzip`.
//! `Accept` chooses the version of the AppRec: see [`wish`](super::wish). A repeated message gets the receipt it got
//! first, in the version that was asked for first. Every answer has `Meldeport-Request-Id`; answers about a message have
//! `Meldeport-Reference`, which people can say on the telephone, and `Meldeport-Verdict`; those about one that lies in somebody's
//! inbox have `Meldeport-Reading`: `unread` (received, not read yet) or `opened`. So there is no silence when nobody is there.
//!
//! A parameter that we do not know is refused: `?dryrun` would otherwise deliver what was meant as a rehearsal.

use crate::clock::Clock;
use crate::domain::Arrival;
use crate::domain::Channel;
use crate::domain::Code;
use crate::domain::Finding;
use crate::domain::Language;
use crate::domain::Peer;
use crate::domain::Reading;
use crate::domain::RegisteredSender;
use crate::domain::Text;
use crate::intake::Accepted;
use crate::intake::Intake;
use crate::intake::NotAccepted;
use crate::intake::Ticket;
use crate::intake::uuid_at;
use crate::transport::https::body;
use crate::transport::https::body::BodyLimits;
use crate::transport::https::body::ContentEncoding;
use crate::transport::https::config::HttpsConfig;
use crate::transport::https::connection::Visitor;
use crate::transport::https::preview;
use crate::transport::https::problem::Problem;
use crate::transport::https::tls::Trusted;
use crate::transport::https::wish;
use axum::Extension;
use axum::Router;
use axum::body::Body;
use axum::extract::MatchedPath;
use axum::extract::Path;
use axum::extract::Request;
use axum::extract::State;
use axum::extract::rejection::PathRejection;
use axum::middleware;
use axum::middleware::Next;
use axum::response::IntoResponse;
use axum::response::Response;
use axum::routing::get;
use axum::routing::post;
use http::HeaderMap;
use http::HeaderName;
use http::HeaderValue;
use http::StatusCode;
use http::header;
use std::sync::Arc;
use std::time::Instant;
use tokio_util::sync::CancellationToken;

const REFERENCE: HeaderName = HeaderName::from_static("meldeport-reference");
const VERDICT: HeaderName = HeaderName::from_static("meldeport-verdict");
/// Whether anybody who received it has opened it.
const READING: HeaderName = HeaderName::from_static("meldeport-reading");
const REQUEST_ID: HeaderName = HeaderName::from_static("meldeport-request-id");

/// What answering needs.
pub(crate) struct Desk {
    pub(crate) config: Arc<HttpsConfig>,
    pub(crate) intake: Arc<Intake>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) trusted: Arc<Trusted>,
    pub(crate) soft: CancellationToken,
}

/// A registered sender with one request.
#[derive(Clone)]
struct Guest {
    peer: Peer,
    sender: RegisteredSender,
}

/// The routes, with the door before all of them.
pub(crate) fn routes(desk: Arc<Desk>) -> Router {
    Router::new()
        .route("/messages", post(message).fallback(|| async { only("POST") }))
        .route("/receipts/{message_id}", get(receipt).fallback(|| async { only("GET, HEAD") }))
        .fallback(|| async { Told::from(Problem::of(Code::RouteUnknown)) })
        .layer(middleware::from_fn_with_state(Arc::clone(&desk), door))
        .with_state(desk)
}

/// A problem that has not been put into the client's language yet: the door does that.
struct Told(Box<Problem>);

impl From<Problem> for Told {
    fn from(problem: Problem) -> Self {
        Self(Box::new(problem))
    }
}

impl IntoResponse for Told {
    fn into_response(self) -> Response {
        let mut response = Response::new(Body::empty());
        response.extensions_mut().insert(Arc::new(*self.0));
        response
    }
}

fn only(methods: &'static str) -> Told {
    let problem = Problem::of(Code::RouteUnknown).with_status(StatusCode::METHOD_NOT_ALLOWED);
    Told::from(problem.with_header(header::ALLOW, HeaderValue::from_static(methods)))
}

/// Lets registered senders through, puts problems into words, and dresses every answer.
async fn door(State(desk): State<Arc<Desk>>, mut request: Request, next: Next) -> Response {
    let began = Instant::now();
    let request_id = uuid_at(desk.clock.now()).to_string();
    let language = wish::language(request.headers());
    let method = request.method().clone();
    let path = request.extensions().get::<MatchedPath>().map(|it| it.as_str().to_owned());
    let answer = match desk.guest(&request) {
        Ok(guest) => {
            request.extensions_mut().insert(guest);
            next.run(request).await
        }
        Err(problem) => {
            body::linger(request.into_body());
            problem.into_response()
        }
    };
    let response = in_words(answer, language, &request_id);
    tracing::debug!(
        request.id = request_id,
        %method,
        path = path.as_deref().unwrap_or("unknown"),
        status = response.status().as_u16(),
        duration_ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX),
        "request answered"
    );
    dressed(response, &request_id)
}

fn in_words(mut answer: Response, language: Language, request_id: &str) -> Response {
    match answer.extensions_mut().remove::<Arc<Problem>>() {
        Some(problem) => Problem::clone(&problem).into_response(language, request_id),
        None => answer,
    }
}

fn dressed(mut response: Response, request_id: &str) -> Response {
    let headers = response.headers_mut();
    let mut set = |name, value| headers.insert(name, HeaderValue::from_static(value));
    set(header::CACHE_CONTROL, "no-store");
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'");
    set(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000; includeSubDomains");
    set(header::REFERRER_POLICY, "no-referrer");
    set(header::VARY, "Accept, Accept-Language");
    if let Ok(value) = HeaderValue::from_str(request_id) {
        headers.insert(REQUEST_ID, value);
    }
    response
}

impl Desk {
    /// Who asks, or why nobody is let in. What is turned away here is counted, never stored.
    fn guest(&self, request: &Request) -> Result<Guest, Told> {
        let visitor = request.extensions().get::<Arc<Visitor>>().expect("every request comes through a connection");
        let peer = visitor.peer(&self.trusted, &*self.clock).map_err(|finding| {
            self.intake.count_refusal(None, Channel::Https, finding.code);
            Told::from(Problem::of_finding(finding))
        })?;
        let sender = self.intake.sender_of(peer).map_err(|code| self.turned_away(peer, code))?;
        if self.soft.is_cancelled() {
            return Err(self.turned_away(peer, Code::ShuttingDown));
        }
        if visitor.is_new() {
            self.intake.saw_certificate(&sender, peer);
        }
        Ok(Guest { peer: peer.clone(), sender })
    }

    fn turned_away(&self, peer: &Peer, code: Code) -> Told {
        self.intake.count_refusal(Some(peer), Channel::Https, code);
        Told::from(Problem::of(code))
    }

    /// Reads the message, or says what is wrong with how it was sent; that is kept.
    async fn arrival(&self, guest: &Guest, request: Request, ticket: &mut Ticket) -> Result<Arrival, Told> {
        let (parts, body) = request.into_parts();
        let limits = BodyLimits::new(&self.config, self.intake.limits().bytes_max);
        let sent = Sent::read(&parts.headers, &limits);
        let sent = match sent {
            Ok(sent) => sent,
            Err(finding) => {
                let expects_to_be_asked = parts.headers.contains_key(header::EXPECT);
                if !expects_to_be_asked {
                    body::linger(body);
                }
                self.intake.note_refusal(&guest.peer, Channel::Https, finding.code, b"").await;
                return Err(Told::from(Problem::of_finding(finding)));
            }
        };
        let fault = match body::read(body, ticket, sent.encoding, &limits).await {
            Ok(bytes) if bytes.is_empty() => {
                body::BodyFault { code: Code::BodyEmpty, expected: None, read: Vec::new() }
            }
            Ok(bytes) => {
                return Ok(Arrival {
                    peer: guest.peer.clone(),
                    channel: Channel::Https,
                    received_at: self.clock.now(),
                    bytes,
                    charset: sent.charset,
                });
            }
            Err(fault) => fault,
        };
        match fault.code {
            Code::Overloaded => self.intake.count_refusal(Some(&guest.peer), Channel::Https, fault.code),
            _ => self.intake.note_refusal(&guest.peer, Channel::Https, fault.code, &fault.read).await,
        }
        let problem = Problem::of(fault.code);
        Err(Told::from(match fault.expected {
            Some(expected) => problem.expecting(expected),
            None => problem,
        }))
    }
}

/// How a message was sent, as its headers say.
struct Sent {
    charset: Option<String>,
    encoding: ContentEncoding,
}

impl Sent {
    fn read(headers: &HeaderMap, limits: &BodyLimits) -> Result<Self, Finding> {
        let charset = charset(headers)?;
        let encoding = content_encoding(headers)?;
        let declared: Option<usize> =
            headers.get(header::CONTENT_LENGTH).and_then(|it| it.to_str().ok()).and_then(|it| it.parse().ok());
        if declared.is_some_and(|it| it > limits.bytes_max) {
            return Err(Finding::new(Code::BodyTooLarge, None).expecting(body::size_text(limits.bytes_max)));
        }
        Ok(Self { charset, encoding })
    }
}

/// The `charset` of a Content-Type that is XML.
fn charset(headers: &HeaderMap) -> Result<Option<String>, Finding> {
    let unsupported = || Finding::new(Code::MediaTypeUnsupported, None);
    let text = headers.get(header::CONTENT_TYPE).and_then(|it| it.to_str().ok()).ok_or_else(unsupported)?;
    let (media, parameters) = text.split_once(';').unwrap_or((text, ""));
    if !["application/xml", "text/xml"].iter().any(|it| media.trim().eq_ignore_ascii_case(it)) {
        return Err(unsupported());
    }
    let named = parameters.split(';').filter_map(|it| it.split_once('='));
    let charset = named.filter(|(key, _)| key.trim().eq_ignore_ascii_case("charset")).map(|(_, value)| value).next();
    Ok(charset.map(|it| it.trim().trim_matches('"').to_owned()).filter(|it| !it.is_empty()))
}

fn content_encoding(headers: &HeaderMap) -> Result<ContentEncoding, Finding> {
    let mut all = headers.get_all(header::CONTENT_ENCODING).iter();
    let (first, second) = (all.next(), all.next());
    match (first.map(|it| it.to_str().unwrap_or("?").trim().to_ascii_lowercase()).as_deref(), second) {
        (None | Some("" | "identity"), None) => Ok(ContentEncoding::Identity),
        (Some("gzip" | "x-gzip"), None) => Ok(ContentEncoding::Gzip),
        _ => Err(Finding::new(Code::MediaTypeUnsupported, None).expecting(Text::of(
            "Content-Encoding må være gzip eller mangle.",
            "Content-Encoding må vere gzip eller mangle.",
            "Content-Encoding must be gzip or absent.",
        ))),
    }
}

/// Whether a message is meant in earnest.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Intent {
    Earnest,
    DryRun,
}

impl Intent {
    fn of(query: Option<&str>) -> Result<Self, Told> {
        let mut intent = Self::Earnest;
        for parameter in query.unwrap_or_default().split('&').filter(|it| !it.is_empty()) {
            match parameter {
                "dry-run" | "dry-run=" | "dry-run=true" | "dry-run=1" => intent = Self::DryRun,
                _ => {
                    return Err(Told::from(Problem::of(Code::RouteUnknown).expecting(Text::of(
                        "Den eneste parameteren er ?dry-run.",
                        "Den einaste parameteren er ?dry-run.",
                        "The only parameter is ?dry-run.",
                    ))));
                }
            }
        }
        Ok(intent)
    }
}

async fn message(
    State(desk): State<Arc<Desk>>,
    Extension(guest): Extension<Guest>,
    request: Request,
) -> Result<Response, Told> {
    let intent = Intent::of(request.uri().query())?;
    let version = wish::apprec_version(request.headers());
    let mut ticket = desk.intake.enter(guest.sender.clone()).map_err(|code| desk.turned_away(&guest.peer, code))?;
    let arrival = desk.arrival(&guest, request, &mut ticket).await?;
    match intent {
        Intent::DryRun => match desk.intake.preview(ticket, arrival, version).await {
            Ok(rehearsal) => Ok(preview::response(rehearsal)),
            // Nothing was stored, so nothing waits for a person: it is a plain fault of ours.
            Err(Code::JudgingFailed) => {
                Err(Told::from(Problem::of(Code::JudgingFailed).with_status(StatusCode::INTERNAL_SERVER_ERROR)))
            }
            Err(code) => Err(Told::from(Problem::of(code))),
        },
        Intent::Earnest => match desk.intake.accept(ticket, arrival, version).await {
            Ok(accepted) => answered(accepted),
            Err(refused) => Err(Told::from(problem_of(&refused))),
        },
    }
}

async fn receipt(
    State(desk): State<Arc<Desk>>,
    Extension(guest): Extension<Guest>,
    message_id: Result<Path<String>, PathRejection>,
) -> Result<Response, Told> {
    // A path that is not text after unescaping is the id of no message.
    let Ok(Path(message_id)) = message_id else { return Err(Told::from(Problem::of(Code::ReceiptNotYours))) };
    match desk.intake.receipt(&guest.peer.organisation, &message_id).await {
        Ok(accepted) => answered(accepted),
        Err(code) => Err(Told::from(Problem::of(code))),
    }
}

/// The AppRec; or, while the message is stuck, that it is safe with us.
fn answered(accepted: Accepted) -> Result<Response, Told> {
    let reference =
        HeaderValue::from_str(accepted.reference.as_str()).expect("a reference is letters, digits and dashes");
    let verdict = HeaderValue::from_static(accepted.state.label());
    let Some(xml) = accepted.receipt else {
        let place = format!("/receipts/{}", in_path(&accepted.sender_message_id));
        let place = HeaderValue::from_str(&place).expect("what is escaped for a path is plain ASCII");
        let problem = Problem::of(Code::JudgingFailed)
            .about(accepted.reference.as_str())
            .with_header(header::LOCATION, place)
            .with_header(REFERENCE, reference)
            .with_header(VERDICT, verdict);
        return Err(Told::from(problem));
    };
    let is_empty = xml.is_empty();
    let mut response = Response::new(Body::from(xml));
    let headers = response.headers_mut();
    if is_empty {
        // What came was an AppRec, and that is never answered by one.
        headers.insert(REFERENCE, reference);
        return Ok(response);
    }
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/xml; charset=utf-8"));
    headers.insert(REFERENCE, reference);
    headers.insert(VERDICT, verdict);
    if let Some(reading) = accepted.reading {
        let word = match reading {
            Reading::Unread => "unread",
            Reading::Opened => "opened",
            Reading::Transferred => "transferred",
        };
        headers.insert(READING, HeaderValue::from_static(word));
    }
    Ok(response)
}

fn problem_of(refused: &NotAccepted) -> Problem {
    let problem = Problem::of(refused.code());
    match refused {
        NotAccepted::Refused(refusal) => problem.with_findings(&refusal.findings),
        NotAccepted::Conflict { first_reference } => problem.about(first_reference.as_str()),
        NotAccepted::Later(_) => problem,
    }
}

/// Escapes everything but what RFC 3986 calls unreserved.
fn in_path(text: &str) -> String {
    use std::fmt::Write;
    text.bytes().fold(String::with_capacity(text.len()), |mut path, byte| {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            path.push(char::from(byte));
        } else {
            let _ = write!(path, "%{byte:02X}");
        }
        path
    })
}

#[cfg(test)]
mod tests {
    use super::Intent;
    use super::in_path;

    #[test]
    fn a_misspelt_rehearsal_is_never_a_delivery() {
        assert_eq!(Intent::of(None).ok(), Some(Intent::Earnest));
        assert_eq!(Intent::of(Some("")).ok(), Some(Intent::Earnest));
        assert_eq!(Intent::of(Some("dry-run")).ok(), Some(Intent::DryRun));
        assert_eq!(Intent::of(Some("dry-run=true")).ok(), Some(Intent::DryRun));
        for wrong in ["dryrun", "dry-run=no", "Dry-Run", "dry-run&x=1"] {
            assert!(Intent::of(Some(wrong)).is_err(), "{wrong}");
        }
    }

    #[test]
    fn any_message_id_can_stand_in_a_path() {
        assert_eq!(in_path("sha256:ab/ø ?"), "sha256%3Aab%2F%C3%B8%20%3F");
    }
}
