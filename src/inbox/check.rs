//! «Sjekk en melding»: anybody may try a message out and read what would come of it, without signing in.
//!
//! Nothing is stored, journalled or logged of what is sent, and the answer shows no value of a person: the lines in question
//! are masked. There is no state to protect, so there is no form key; a form from another site is refused all the same. How many
//! messages are checked at a time and in a minute is limited, so that the page cannot take the inbox down with it.

use crate::domain::Finding;
use crate::domain::Language;
use crate::domain::MaskedLine;
use crate::domain::MunicipalityNumber;
use crate::domain::Redacted;
use crate::domain::Route;
use crate::domain::Severity;
use crate::domain::Share;
use crate::domain::Timestamp;
use crate::inbox::Checked;
use crate::inbox::CheckedFinding;
use crate::inbox::CheckedReceipt;
use crate::inbox::CheckedVerdict;
use crate::inbox::CountsAs;
use crate::inbox::House;
use crate::inbox::InboxConfig;
use crate::inbox::fault::Fault;
use crate::inbox::language;
use crate::inbox::session;
use crate::inbox::texts::Words;
use crate::inbox::view::Page;
use crate::inbox::view::Tag;
use crate::inbox::view::html;
use crate::inbox::view::languages;
use crate::inbox::view::unit_name_in;
use askama::Template;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::extract::Multipart;
use axum::extract::Query;
use axum::extract::State;
use axum::extract::multipart::Field;
use axum::extract::multipart::MultipartError;
use axum::extract::multipart::MultipartRejection;
use axum::http::HeaderMap;
use axum::http::HeaderValue;
use axum::http::StatusCode;
use axum::http::header;
use axum::response::IntoResponse;
use axum::response::Response;
use axum::routing::get;
use bytes::Bytes;
use serde::Deserialize;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::time::Duration;
use tokio::sync::OwnedSemaphorePermit;
use tokio::sync::Semaphore;

/// Where the page is.
pub(super) const PATH: &str = "/sjekk";

/// A form whose message is too large is read to its end, so that the browser gets to the answer; but no longer than so many times
/// the largest message.
const READ_ON_TIMES_MAX: usize = 4;
/// Longest time to read a form.
const READ_MAX: Duration = Duration::from_secs(20);
/// Seconds after which somebody turned away may try again.
const AGAIN_SECONDS: u64 = 60;

pub(super) fn routes() -> Router<Arc<House>> {
    // The limit is the message's own, and it may change while the house runs.
    Router::new().route(PATH, get(show).post(check).layer(DefaultBodyLimit::disable()))
}

/// How many messages are checked at a time and in a minute.
pub(super) struct Checks {
    turns: Arc<Semaphore>,
    per_minute_max: u32,
    /// When the minute began, and how many have been checked in it.
    minute: Mutex<(Timestamp, u32)>,
}

impl Checks {
    pub(super) fn new(config: &InboxConfig) -> Self {
        Self {
            turns: Arc::new(Semaphore::new(config.checks_at_once_max.max(1))),
            per_minute_max: config.checks_per_minute_max,
            minute: Mutex::new((Timestamp(i64::MIN), 0)),
        }
    }

    /// A turn, held as long as the message is.
    fn turn(&self, now: Timestamp) -> Option<OwnedSemaphorePermit> {
        let turn = Arc::clone(&self.turns).try_acquire_owned().ok()?;
        let mut minute = self.minute.lock().unwrap_or_else(PoisonError::into_inner);
        if minute.0 <= now.minus(Duration::from_secs(60)) {
            *minute = (now, 0);
        }
        minute.1 += 1;
        (minute.1 <= self.per_minute_max).then_some(turn)
    }
}

#[derive(Template)]
#[template(path = "check.html")]
struct CheckPage {
    page: Page,
    t: Words,
    size_max: String,
    error: Option<&'static str>,
    report: Option<ReportView>,
}

/// What came of a message, in words.
struct ReportView {
    heading: &'static str,
    text: String,
    tone: &'static str,
    findings: Vec<FindingView>,
    left_out: Option<String>,
    would_pass_with: Vec<(&'static str, String)>,
    route: Option<RouteView>,
    receipt: Option<ReceiptView>,
}

struct FindingView {
    tag: Tag,
    code: &'static str,
    apprec: Option<String>,
    text: String,
    expected: Option<String>,
    /// In the schema's own words, which are English in every language.
    schema_says: Option<String>,
    tolerated: Option<String>,
    mend: Option<String>,
    place: Option<String>,
    line_number: u32,
    xpath: String,
    line: Option<MaskedLine>,
}

struct RouteView {
    municipality: String,
    units: Vec<(String, &'static str)>,
    reasons: Vec<String>,
}

struct ReceiptView {
    text: String,
    errors: Vec<String>,
    xml: String,
}

#[derive(Deserialize)]
pub(super) struct CheckQuery {
    lang: Option<String>,
}

/// The empty form.
async fn show(State(house): State<Arc<House>>, headers: HeaderMap, Query(query): Query<CheckQuery>) -> Response {
    let language = query.lang.as_deref().and_then(language::from_tag).unwrap_or_else(|| reader(&headers));
    if !house.config().check_page {
        return Fault::absent(language).into_response();
    }
    draw(&house, language, StatusCode::OK, Said::Nothing)
}

fn reader(headers: &HeaderMap) -> Language {
    session::brought(headers).and_then(|(_, chosen)| chosen).unwrap_or_else(|| language::of_browser(headers))
}

/// What the page says besides its form.
enum Said {
    Nothing,
    Error(&'static str),
    Report(Box<ReportView>),
}

fn draw(house: &House, language: Language, status: StatusCode, said: Said) -> Response {
    let t = Words(language);
    let (error, report) = match said {
        Said::Nothing => (None, None),
        Said::Error(error) => (Some(error), None),
        Said::Report(report) => (None, Some(*report)),
    };
    let mut page = Page::open(house, language, t.check_heading());
    page.language_links = languages(language, |it| format!("{PATH}?lang={}", it.tag()));
    let size_max = t.size(house.inbox.checker.bytes_max());
    html(status, &CheckPage { page, t, size_max, error, report })
}

/// Checks the message in the form.
async fn check(
    State(house): State<Arc<House>>,
    headers: HeaderMap,
    form: Result<Multipart, MultipartRejection>,
) -> Response {
    let language = reader(&headers);
    if !house.config().check_page {
        return Fault::absent(language).into_response();
    }
    let t = Words(language);
    let again = |status, error| draw(&house, language, status, Said::Error(error));
    let Ok(form) = form else { return again(StatusCode::UNSUPPORTED_MEDIA_TYPE, t.check_unreadable()) };
    let Some(turn) = house.checks.turn(house.now()) else {
        let mut response = again(StatusCode::TOO_MANY_REQUESTS, t.check_busy());
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(AGAIN_SECONDS));
        return response;
    };
    let filled = tokio::time::timeout(READ_MAX, read(form, house.inbox.checker.bytes_max())).await;
    let filled = match filled {
        Ok(Ok(filled)) => filled,
        Ok(Err(_)) | Err(_) => return again(StatusCode::BAD_REQUEST, t.check_unreadable()),
    };
    let language = filled.language.unwrap_or(language);
    let t = Words(language);
    let again = |status, error| draw(&house, language, status, Said::Error(error));
    let (message, charset) = match filled.message {
        Brought::Nothing => return again(StatusCode::UNPROCESSABLE_ENTITY, t.check_empty()),
        Brought::TooLarge => return again(StatusCode::PAYLOAD_TOO_LARGE, t.check_too_large()),
        Brought::File(bytes) => (bytes, None),
        Brought::Pasted(bytes) => (bytes, Some("utf-8")),
    };

    let (checker, now) = (Arc::clone(&house.inbox.checker), house.now());
    let checked = tokio::task::spawn_blocking(move || {
        let checked = checker.check(&message, charset, filled.counts_as, now);
        drop(turn);
        checked
    });
    match checked.await {
        Ok(checked) => draw(&house, language, StatusCode::OK, Said::Report(Box::new(report(&house, t, checked)))),
        Err(_) => Fault::bug(language, "checking a message panicked").into_response(),
    }
}

/// The form as it was filled in.
struct Filled {
    language: Option<Language>,
    counts_as: CountsAs,
    message: Brought,
}

enum Brought {
    Nothing,
    TooLarge,
    File(Redacted<Bytes>),
    /// Through a text field: as UTF-8, whatever it was before.
    Pasted(Redacted<Bytes>),
}

/// A file wins over what is pasted.
async fn read(mut form: Multipart, bytes_max: usize) -> Result<Filled, MultipartError> {
    let mut filled = Filled { language: None, counts_as: CountsAs::ItIs, message: Brought::Nothing };
    let mut left = bytes_max.saturating_mul(READ_ON_TIMES_MAX);
    while let Some(field) = form.next_field().await? {
        let name = field.name().unwrap_or_default().to_owned();
        let value = value(field, bytes_max, &mut left).await?;
        match (name.as_str(), value) {
            (_, Value::TooLong) => filled.message = Brought::TooLarge,
            (_, Value::Endless) => {
                filled.message = Brought::TooLarge;
                break;
            }
            ("lang", Value::Whole(bytes)) => {
                filled.language = std::str::from_utf8(&bytes).ok().and_then(language::from_tag);
            }
            ("registered", Value::Whole(_)) => filled.counts_as = CountsAs::Registered,
            ("file", Value::Whole(bytes)) if !bytes.is_empty() => {
                filled.message = Brought::File(Redacted::new(bytes.into()));
            }
            ("message", Value::Whole(bytes)) if matches!(filled.message, Brought::Nothing) => {
                let text = bytes.trim_ascii();
                if !text.is_empty() {
                    filled.message = Brought::Pasted(Redacted::new(without_encoding(text).into()));
                }
            }
            (_, Value::Whole(_)) => {}
        }
    }
    Ok(filled)
}

enum Value {
    Whole(Vec<u8>),
    /// More than is looked at; the rest has been read and dropped.
    TooLong,
    /// More than is even read.
    Endless,
}

async fn value(mut field: Field<'_>, bytes_max: usize, left: &mut usize) -> Result<Value, MultipartError> {
    let (mut bytes, mut is_too_long) = (Vec::new(), false);
    while let Some(chunk) = field.chunk().await? {
        let Some(rest) = left.checked_sub(chunk.len()) else { return Ok(Value::Endless) };
        *left = rest;
        is_too_long = is_too_long || bytes.len() + chunk.len() > bytes_max;
        if is_too_long {
            bytes = Vec::new();
        } else {
            bytes.extend_from_slice(&chunk);
        }
    }
    Ok(if is_too_long { Value::TooLong } else { Value::Whole(bytes) })
}

/// Pasted text has been made UTF-8 on its way, so what its declaration says of the encoding is replaced by blanks. Nothing
/// moves.
fn without_encoding(text: &[u8]) -> Vec<u8> {
    let mut text = text.to_vec();
    let find = |text: &[u8], wanted: &[u8]| text.windows(wanted.len()).position(|it| it == wanted);
    let end = if text.starts_with(b"<?xml") { find(&text, b"?>").unwrap_or(0) } else { 0 };
    let declaration = &text[..end];
    if let Some(start) = find(declaration, b"encoding")
        && let Some(open) = declaration[start..].iter().position(|it| matches!(it, b'"' | b'\'')).map(|it| start + it)
        && let Some(close) = declaration[open + 1..].iter().position(|it| *it == declaration[open])
    {
        text[start..=open + 1 + close].fill(b' ');
    }
    text
}

fn report(house: &House, t: Words, checked: Checked) -> ReportView {
    let errors = checked.findings.iter().filter(|it| it.finding.severity == Severity::Error).count();
    let remarks = checked.findings.iter().filter(|it| it.finding.severity == Severity::Warning).count();
    let (heading, tone, text) = match checked.verdict {
        CheckedVerdict::Accepted => {
            (t.check_accepted(), if remarks == 0 { "success" } else { "warning" }, t.check_accepted_text(remarks))
        }
        CheckedVerdict::Rejected => (t.check_rejected(), "danger", t.check_rejected_text(errors)),
        CheckedVerdict::Refused => {
            let http = checked.findings.first().map_or(400, |it| it.finding.code.entry().http);
            (t.check_refused(), "danger", t.check_refused_text(http))
        }
    };
    ReportView {
        heading,
        text,
        tone,
        findings: checked.findings.into_iter().map(|it| finding(t, it, checked.receipt.is_some())).collect(),
        left_out: (checked.findings_left_out > 0).then(|| t.check_left_out(checked.findings_left_out)),
        would_pass_with: checked
            .would_pass_with
            .into_iter()
            .map(|it| (it.key(), it.text().in_language(t.0).to_owned()))
            .collect(),
        route: checked.route.map(|it| route(house, t, &it)),
        receipt: checked.receipt.map(|it| receipt(t, it)),
    }
}

/// Its AppRec code is told only when a receipt would carry it.
fn finding(t: Words, checked: CheckedFinding, in_receipt: bool) -> FindingView {
    let CheckedFinding { finding, line } = checked;
    let tolerated = finding.tolerated().map(|it| it.in_language(t.0).to_owned());
    let Finding { code, severity, place, expected, schema_says, meant: _, tolerance: _ } = finding;
    FindingView {
        tag: t.severity(severity),
        code: code.id(),
        apprec: code
            .entry()
            .apprec
            .filter(|_| in_receipt && severity == Severity::Error)
            .map(|it| it.code().to_owned()),
        text: code.text().in_language(t.0).to_owned(),
        expected: expected.map(|it| it.in_language(t.0).to_owned()),
        tolerated,
        schema_says,
        mend: (severity > Severity::Info).then(|| code.mend().in_language(t.0).to_owned()),
        place: place.as_ref().map(|it| t.check_place(it.line, it.column)),
        line_number: place.as_ref().map_or(0, |it| it.line),
        xpath: place.map(|it| it.xpath).filter(|it| it != "/").unwrap_or_default(),
        line,
    }
}

fn route(house: &House, t: Words, route: &Route) -> RouteView {
    let share = |it| match it {
        Share::Content => t.check_gets_content(),
        Share::Awareness => t.check_gets_awareness(),
    };
    let named = |number: &MunicipalityNumber| match house.inbox.names.municipality(number) {
        Some(name) => format!("{name} ({number})"),
        None => number.to_string(),
    };
    RouteView {
        municipality: route.municipality.as_ref().map_or_else(|| t.unknown().to_owned(), named),
        units: route.targets.iter().map(|it| (unit_name_in(house, &it.unit, t.0), share(it.share))).collect(),
        reasons: route.steps.iter().filter(|it| it.fitted).map(|it| it.why.in_language(t.0).to_owned()).collect(),
    }
}

fn receipt(t: Words, receipt: CheckedReceipt) -> ReceiptView {
    let errors =
        receipt.errors.iter().map(|it| format!("{} {} – {}", it.apprec.code(), it.apprec.name(), it.other_text));
    ReceiptView { text: t.check_receipt_text(receipt.status), errors: errors.collect(), xml: receipt.xml }
}

#[cfg(test)]
mod tests {
    use super::Checks;
    use super::without_encoding;
    use crate::domain::Timestamp;
    use crate::inbox::InboxConfig;
    use std::time::Duration;

    #[test]
    fn pasted_text_says_no_encoding_and_nothing_moves() {
        for (pasted, read) in [
            (
                "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a/>",
                "<?xml version=\"1.0\"                      ?><a/>",
            ),
            ("<?xml version='1.0' encoding='UTF-16' ?><a/>", "<?xml version='1.0'                   ?><a/>"),
            ("<?xml version=\"1.0\"?><a encoding=\"x\"/>", "<?xml version=\"1.0\"?><a encoding=\"x\"/>"),
            ("<a encoding=\"x\"/>", "<a encoding=\"x\"/>"),
            ("<?xml encoding", "<?xml encoding"),
            ("<?xml encoding=\"?><a/>", "<?xml encoding=\"?><a/>"),
        ] {
            assert_eq!(String::from_utf8(without_encoding(pasted.as_bytes())).unwrap(), read);
        }
    }

    #[test]
    fn only_so_many_are_checked_at_a_time_and_in_a_minute() {
        let config = InboxConfig { checks_at_once_max: 1, checks_per_minute_max: 2, ..InboxConfig::default() };
        let (checks, now) = (Checks::new(&config), Timestamp(1_000_000));

        let first = checks.turn(now);
        assert!(first.is_some() && checks.turn(now).is_none(), "one at a time");
        drop(first);
        assert!(checks.turn(now).is_some());
        assert!(checks.turn(now).is_none(), "two in a minute");
        assert!(checks.turn(now.plus(Duration::from_secs(60))).is_some());
    }
}
