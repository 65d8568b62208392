//! Problem documents (RFC 9457) with our codes, of the same shape as the way in gives; its twin is
//! `transport/https/problem.rs`.

use crate::domain::ActRefused;
use crate::domain::Code;
use crate::domain::Language;
use crate::inbox::FORM_BYTES_MAX;
use crate::inbox::api::ApiCaller;
use crate::inbox::api::wanted::Wanted;
use crate::inbox::fault::Fault;
use crate::inbox::language;
use crate::storage::StoreError;
use axum::extract::Request;
use axum::http::HeaderMap;
use axum::http::HeaderValue;
use axum::http::StatusCode;
use axum::http::header;
use axum::middleware::Next;
use axum::response::IntoResponse;
use axum::response::Response;
use serde_json::Value;
use serde_json::json;
use std::time::Duration;
use uuid::Uuid;

/// Something that is told instead of what was asked for.
#[derive(Debug)]
pub(in crate::inbox) struct Problem {
    code: Code,
    status: StatusCode,
    language: Language,
    /// Why the state machine says no, as a word for machines.
    reason: Option<ActRefused>,
    retry_after: Option<Duration>,
    /// Which parts of the request are not as they must be.
    findings: Vec<Wanted>,
}

impl Problem {
    /// With the status that the code has in the registry.
    pub(in crate::inbox) fn of(code: Code, language: Language) -> Self {
        let status = StatusCode::from_u16(code.entry().http).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let retry_after = (status == StatusCode::SERVICE_UNAVAILABLE).then_some(Duration::from_secs(10));
        Self { code, status, language, reason: None, retry_after, findings: Vec::new() }
    }

    pub(super) fn refused(why: ActRefused, language: Language) -> Self {
        let code = if why == ActRefused::ChangedSince {
            Code::ApiVersionDiffers
        } else if matches!(why, ActRefused::ContentRemoved | ActRefused::OnlyAwareness) {
            Code::ApiContentNotHere
        } else {
            Code::ApiActRefused
        };
        Self { reason: Some(why), ..Self::of(code, language) }
    }

    /// The request cannot be read.
    pub(super) fn unreadable(findings: Vec<Wanted>, language: Language) -> Self {
        Self::of(Code::ApiRequestUnreadable, language).with(findings)
    }

    pub(super) fn with(mut self, findings: Vec<Wanted>) -> Self {
        self.findings = findings;
        self
    }

    pub(super) fn again_after(mut self, wait: Duration) -> Self {
        self.retry_after = Some(wait);
        self
    }

    pub(super) fn store(caller: &ApiCaller, error: StoreError) -> Self {
        Fault::store(caller.who.language, error).into()
    }
}

impl From<Fault> for Problem {
    fn from(fault: Fault) -> Self {
        Self::of(fault.code(), fault.language())
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let entry = self.code.entry();
        let said = |language: Language| json!({ "title": entry.text.in_language(language), "detail": entry.mend.in_language(language) });
        let mut document = json!({
            "type": format!("urn:meldeport:problem:{}", entry.id),
            "title": entry.text.in_language(self.language),
            "status": self.status.as_u16(),
            "detail": entry.mend.in_language(self.language),
            "instance": format!("urn:meldeport:request:{}", Uuid::now_v7()),
            "code": entry.id,
            "blame": entry.blame.label(),
            "retry": entry.retry.label(),
            "findings": self.findings.iter().map(|it| it.json(self.language)).collect::<Vec<_>>(),
            "texts": { "nb": said(Language::Nb), "nn": said(Language::Nn), "en": said(Language::En) },
        });
        if let Some(reason) = self.reason {
            document["reason"] = Value::from(reason.label());
        }
        let mut response = (self.status, document.to_string()).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(self.language.tag()));
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"meldeport\""));
        }
        if let Some(wait) = self.retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(wait.as_secs().max(1)));
        }
        response
    }
}

/// Around every route: what is refused before a handler has it, such as a body that is too large, is told in the same form.
pub(super) async fn told(request: Request, next: Next) -> Response {
    let language = language::of_browser(request.headers());
    let response = next.run(request).await;
    let status = response.status();
    let is_told = response.headers().get(header::CONTENT_TYPE).is_some_and(|it| it == "application/problem+json");
    if is_told || !(status.is_client_error() || status.is_server_error()) {
        return response;
    }
    let (code, findings) = match status {
        StatusCode::PAYLOAD_TOO_LARGE => (Code::ApiRequestTooLarge, vec![Wanted::BodyUpTo(FORM_BYTES_MAX)]),
        StatusCode::BAD_REQUEST => (Code::ApiRequestUnreadable, vec![Wanted::Path]),
        _ if status.is_server_error() => (Code::ApiFault, Vec::new()),
        _ => (Code::ApiRequestUnreadable, Vec::new()),
    };
    Problem { status, ..Problem::of(code, language).with(findings) }.into_response()
}

pub(super) async fn not_found(headers: HeaderMap) -> Problem {
    Problem::of(Code::ApiRouteUnknown, language::of_browser(&headers))
}

pub(super) async fn method_not_allowed(headers: HeaderMap) -> Problem {
    let problem = Problem::of(Code::ApiRouteUnknown, language::of_browser(&headers));
    Problem { status: StatusCode::METHOD_NOT_ALLOWED, ..problem }
}
