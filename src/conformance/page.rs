//! The report page: what is done, what is missing and why. HTML without script; also as JSON, and fit for printing.

use crate::clock::Clock;
use crate::conformance::case::Duty;
use crate::conformance::progress;
use crate::conformance::progress::Progress;
use crate::conformance::report::Report;
use crate::conformance::seen::Log;
use askama::Template;
use axum::Router;
use axum::extract::Query;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::HeaderValue;
use axum::http::StatusCode;
use axum::http::header;
use axum::response::Html;
use axum::response::IntoResponse;
use axum::response::Response;
use axum::routing::get;
use serde::Deserialize;
use std::sync::Arc;

const STYLE: &str = include_str!("page.css");

/// What the pages need.
struct Desk {
    log: Arc<Log>,
    clock: Arc<dyn Clock>,
    /// Where messages are sent.
    address: String,
    /// Where the certificates lie.
    folder: String,
}

#[derive(Template)]
#[template(path = "conformance.html")]
struct ReportPage {
    lang: &'static str,
    t: Words,
    address: String,
    folder: String,
    made_at: String,
    verdict: String,
    tone: &'static str,
    groups: Vec<Group>,
}

struct Group {
    heading: String,
    rows: Vec<Row>,
}

struct Row {
    number: u8,
    is_done: bool,
    mark: &'static str,
    word: &'static str,
    title: String,
    task: String,
    why: String,
    message_id: Option<String>,
    done_at: Option<String>,
}

/// The page's own words.
#[derive(Clone, Copy)]
struct Words(&'static str);

impl Words {
    fn say(self, nb: &'static str, en: &'static str) -> &'static str {
        if self.0 == "en" { en } else { nb }
    }

    fn title(self) -> &'static str {
        self.say("Samsvarsprøve for sendersystemer", "Conformance test for sending systems")
    }

    fn skip(self) -> &'static str {
        self.say("Hopp til innholdet", "Skip to the content")
    }

    fn intro(self) -> &'static str {
        self.say(
            "Mottakeren er oppdiktet. Send bare meldinger om oppdiktede personer. Siden viser hva systemet ditt har gjort, og hva som mangler.",
            "The receiver is made up. Send only messages about made-up persons. The page shows what your system has done, and what is missing.",
        )
    }

    fn address(self) -> &'static str {
        self.say("Send til", "Send to")
    }

    fn certificates(self) -> &'static str {
        self.say("Sertifikater", "Certificates")
    }

    fn made_at(self) -> &'static str {
        self.say("Laget", "Made")
    }

    fn task(self) -> &'static str {
        self.say("Gjør slik:", "Do this:")
    }

    fn result(self) -> &'static str {
        self.say("Status:", "State:")
    }

    fn again(self) -> &'static str {
        self.say("Last siden på nytt", "Load the page again")
    }

    fn other(self) -> &'static str {
        self.say("English", "Norsk")
    }

    fn other_tag(self) -> &'static str {
        self.say("en", "nb")
    }

    fn json(self) -> &'static str {
        self.say("Rapporten som JSON", "The report as JSON")
    }

    fn print(self) -> &'static str {
        self.say(
            "Skriv ut siden fra nettleseren for å få rapporten på papir eller som PDF.",
            "Print the page from the browser to get the report on paper or as PDF.",
        )
    }

    fn message(self) -> &'static str {
        self.say("Melding", "Message")
    }
}

/// `/` the page, `/report.json` the same for machines.
pub fn pages(log: Arc<Log>, clock: Arc<dyn Clock>, address: String, folder: String) -> Router {
    let desk = Arc::new(Desk { log, clock, address, folder });
    Router::new().route("/", get(page)).route("/report.json", get(json)).route("/page.css", get(style)).with_state(desk)
}

#[derive(Deserialize)]
struct Wish {
    lang: Option<String>,
}

async fn page(State(desk): State<Arc<Desk>>, headers: HeaderMap, Query(wish): Query<Wish>) -> Response {
    let lang = language(wish.lang.as_deref(), &headers);
    let report = match desk.report() {
        Ok(report) => report,
        Err(fault) => return fault,
    };
    let page = view(&report, lang, desk.address.clone(), desk.folder.clone());
    match page.render() {
        Ok(html) => dressed(Html(html).into_response()),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

async fn json(State(desk): State<Arc<Desk>>) -> Response {
    match desk.report() {
        Ok(report) => {
            let mut response = dressed(report.json().to_string().into_response());
            let headers = response.headers_mut();
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
            let name = HeaderValue::from_static("attachment; filename=\"conformance.json\"");
            headers.insert(header::CONTENT_DISPOSITION, name);
            response
        }
        Err(fault) => fault,
    }
}

async fn style() -> Response {
    dressed(([(header::CONTENT_TYPE, "text/css; charset=utf-8")], STYLE).into_response())
}

impl Desk {
    fn report(&self) -> Result<Report, Response> {
        let seen = self.log.read().map_err(|error| {
            tracing::error!(error = &error as &dyn std::error::Error, "what was seen could not be read");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        })?;
        Ok(Report::new(&seen, self.clock.now()))
    }
}

fn dressed(mut response: Response) -> Response {
    let headers = response.headers_mut();
    let mut set = |name, value| headers.insert(name, HeaderValue::from_static(value));
    set(header::CACHE_CONTROL, "no-store");
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::CONTENT_SECURITY_POLICY, "default-src 'none'; style-src 'self'; frame-ancestors 'none'");
    set(header::REFERRER_POLICY, "no-referrer");
    response
}

/// What is asked for in the address, else what the browser prefers, else bokmål.
fn language(wished: Option<&str>, headers: &HeaderMap) -> &'static str {
    let preferred = headers.get(header::ACCEPT_LANGUAGE).and_then(|it| it.to_str().ok()).unwrap_or_default();
    let is_english = match wished {
        Some(wished) => wished == "en",
        None => preferred.trim_start().starts_with("en"),
    };
    if is_english { "en" } else { "nb" }
}

fn view(report: &Report, lang: &'static str, address: String, folder: String) -> ReportPage {
    let t = Words(lang);
    let (done, of) = report.count(Duty::Obligatory);
    let group = |duty, nb: &str, en: &str| {
        let (done, of) = report.count(duty);
        let name = if lang == "en" { en } else { nb };
        let rows = report.cases.iter().filter(|it| it.case.duty() == duty).map(|it| row(it, t)).collect();
        Group { heading: format!("{name} ({done}/{of})"), rows }
    };
    let verdict = match (report.is_complete(), lang) {
        (true, "en") => "All obligatory cases are done.".to_owned(),
        (true, _) => "Alle obligatoriske tilfeller er gjort.".to_owned(),
        (false, "en") => format!("{done} of {of} obligatory cases are done; {} are missing.", of - done),
        (false, _) => format!("{done} av {of} obligatoriske tilfeller er gjort; {} mangler.", of - done),
    };
    ReportPage {
        lang,
        t,
        address,
        folder,
        made_at: moment(report.made_at),
        verdict,
        tone: if report.is_complete() { "success" } else { "warning" },
        groups: vec![
            group(Duty::Obligatory, "Obligatoriske tilfeller", "Obligatory cases"),
            group(Duty::Voluntary, "Frivillige tilfeller", "Voluntary cases"),
        ],
    }
}

fn row(progress: &Progress, t: Words) -> Row {
    let case = progress.case;
    Row {
        number: case.number(),
        is_done: progress.is_done(),
        mark: if progress.is_done() { "✓" } else { "–" },
        word: if progress.is_done() { t.say("Gjort", "Done") } else { t.say("Mangler", "Missing") },
        title: case.title().in_language(t.0).to_owned(),
        task: case.task().in_language(t.0).to_owned(),
        why: progress.why.in_language(t.0).to_owned(),
        message_id: progress.message_id.clone(),
        done_at: progress.done_at.map(moment),
    }
}

fn moment(at: crate::domain::Timestamp) -> String {
    let day = at.date_in_norway();
    format!("{day} {}", progress::time(at))
}
