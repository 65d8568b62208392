//! Problem documents (RFC 9457): what is told when no AppRec can be made. Always of one shape.
//!
//! ```json
//! {
//!   "type": "urn:meldeport:problem:MP-213",
//!   "title": "…", "status": 409, "detail": "…",
//!   "instance": "urn:meldeport:request:01990f0e-…",
//!   "code": "MP-213", "blame": "sender", "retry": "after mending",
//!   "findings": [{ "code": "MP-207", "severity": "error", "xpath": "/MsgHead", "line": 1, "column": 4,
//!                  "texts": { "nb": "…", "nn": "…", "en": "…" } }],
//!   "texts": { "nb": { "title": "…", "detail": "…" }, "nn": { … }, "en": { … } }
//! }
//! ```
//!
//! `title` says what is wrong and `detail` how to mend it, in the language that `Accept-Language` asks for. `instance` is
//! what to quote on the telephone. No value from a message is ever in it.

use crate::domain::Code;
use crate::domain::Finding;
use crate::domain::Language;
use crate::domain::Text;
use axum::body::Body;
use axum::response::Response;
use http::HeaderMap;
use http::HeaderValue;
use http::StatusCode;
use http::header;
use serde::Serialize;

/// Seconds to wait before trying again when there is too much to do.
const RETRY_AFTER_SECONDS: &str = "10";

/// Something that is told instead of a receipt.
#[derive(Clone, Debug)]
pub(crate) struct Problem {
    code: Code,
    status: StatusCode,
    /// Said after the title: what was expected here.
    expected: Option<Text>,
    findings: Vec<Finding>,
    /// Our reference of a message, when there is one.
    reference: Option<String>,
    headers: HeaderMap,
}

impl Problem {
    /// With the status that the code has in the registry.
    pub(crate) fn of(code: Code) -> Self {
        let status = StatusCode::from_u16(code.entry().http).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut headers = HeaderMap::new();
        if status == StatusCode::SERVICE_UNAVAILABLE {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static(RETRY_AFTER_SECONDS));
        }
        Self { code, status, expected: None, findings: Vec::new(), reference: None, headers }
    }

    /// Of one finding: its code, and what it expected.
    pub(crate) fn of_finding(finding: Finding) -> Self {
        let mut problem = Self::of(finding.code);
        problem.expected = finding.expected.map(|it| *it);
        problem
    }

    pub(crate) fn with_status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }

    pub(crate) fn expecting(mut self, expected: Text) -> Self {
        self.expected = Some(expected);
        self
    }

    pub(crate) fn with_findings(mut self, findings: &[Finding]) -> Self {
        self.findings = findings.to_vec();
        self
    }

    pub(crate) fn about(mut self, reference: &str) -> Self {
        self.reference = Some(reference.to_owned());
        self
    }

    pub(crate) fn with_header(mut self, name: header::HeaderName, value: HeaderValue) -> Self {
        self.headers.insert(name, value);
        self
    }

    /// The answer. `request` is the request's own id.
    pub(crate) fn into_response(self, language: Language, request: &str) -> Response {
        let instance = match &self.reference {
            Some(reference) => format!("urn:meldeport:reference:{reference}"),
            None => format!("urn:meldeport:request:{request}"),
        };
        let texts = Texts { nb: self.said(Language::Nb), nn: self.said(Language::Nn), en: self.said(Language::En) };
        let chosen = match language {
            Language::Nb => texts.nb.clone(),
            Language::Nn => texts.nn.clone(),
            Language::En => texts.en.clone(),
        };
        let entry = self.code.entry();
        let document = Document {
            kind: format!("urn:meldeport:problem:{}", entry.id),
            title: chosen.title,
            status: self.status.as_u16(),
            detail: chosen.detail,
            instance,
            code: entry.id,
            blame: entry.blame.label(),
            retry: entry.retry.label(),
            findings: self.findings.iter().map(FindingView::of).collect(),
            texts,
        };
        let json = serde_json::to_vec(&document).expect("a problem document has only strings, numbers and lists");
        let mut response = Response::new(Body::from(json));
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        headers.extend(self.headers);
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(language.tag()));
        response
    }

    fn said(&self, language: Language) -> Said {
        let title = self.code.text().in_language(language).to_owned();
        let title = match &self.expected {
            None => title,
            Some(expected) => format!("{title} {}", expected.in_language(language)),
        };
        Said { title, detail: self.code.mend().in_language(language).to_owned() }
    }
}

#[derive(Serialize)]
struct Document {
    #[serde(rename = "type")]
    kind: String,
    title: String,
    status: u16,
    detail: String,
    instance: String,
    code: &'static str,
    blame: &'static str,
    retry: &'static str,
    findings: Vec<FindingView>,
    texts: Texts,
}

#[derive(Serialize)]
struct Texts {
    nb: Said,
    nn: Said,
    en: Said,
}

#[derive(Clone, Serialize)]
struct Said {
    title: String,
    detail: String,
}

/// A finding as it is told.
#[derive(Serialize)]
pub(crate) struct FindingView {
    code: &'static str,
    severity: &'static str,
    /// Code of list 8221, when an AppRec would tell it.
    apprec: Option<&'static str>,
    xpath: Option<String>,
    line: Option<u32>,
    column: Option<u32>,
    /// The small deviation that it is, when the operator could let a sender make it or has done so.
    #[serde(skip_serializing_if = "Option::is_none")]
    deviation: Option<&'static str>,
    texts: TextView,
}

/// A text in the three languages.
#[derive(Serialize)]
pub(crate) struct TextView {
    nb: String,
    nn: String,
    en: String,
}

impl TextView {
    pub(crate) fn of(text: Text) -> Self {
        Self { nb: text.nb.into_owned(), nn: text.nn.into_owned(), en: text.en.into_owned() }
    }
}

impl FindingView {
    pub(crate) fn of(finding: &Finding) -> Self {
        Self {
            code: finding.code.id(),
            severity: finding.severity.label(),
            apprec: finding.code.entry().apprec.map(|it| it.code()),
            xpath: finding.place.as_ref().map(|it| it.xpath.clone()),
            line: finding.place.as_ref().map(|it| it.line),
            column: finding.place.as_ref().map(|it| it.column),
            deviation: finding.tolerance.map(|it| it.deviation().key()),
            texts: TextView::of(finding.text()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Problem;
    use crate::domain::Code;
    use crate::domain::Language;
    use http_body_util::BodyExt;

    async fn document(problem: Problem, language: Language) -> serde_json::Value {
        let response = problem.into_response(language, "r-1");
        let bytes = response.into_body().collect().await.unwrap().to_bytes();
        serde_json::from_slice(&bytes).unwrap()
    }

    #[tokio::test]
    async fn every_code_makes_a_document_of_the_same_shape() {
        let mut shape: Option<Vec<String>> = None;
        for code in Code::ALL {
            let document = document(Problem::of(*code), Language::Nn).await;
            let keys: Vec<String> = document.as_object().unwrap().keys().cloned().collect();
            assert_eq!(*shape.get_or_insert_with(|| keys.clone()), keys, "{}", code.id());
            assert_eq!(document["type"], format!("urn:meldeport:problem:{}", code.id()));
            assert_eq!(document["title"], document["texts"]["nn"]["title"]);
        }
    }

    #[test]
    fn those_who_are_to_come_back_are_told_when() {
        let response = Problem::of(Code::StoreUnavailable).into_response(Language::Nb, "r-1");

        assert_eq!(response.status(), 503);
        assert_eq!(response.headers()["retry-after"], "10");
        assert!(!Problem::of(Code::BodyEmpty).into_response(Language::Nb, "r-1").headers().contains_key("retry-after"));
    }
}
