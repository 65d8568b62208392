//! The answer to `POST /messages?dry-run`: verdict, findings and route as JSON, for those who build sending systems.
//!
//! ```json
//! { "verdict": "accepted", "sender_message_id": "…", "message_type": "BEHOVSMELDING", "units": ["…"],
//!   "findings": [{ "code": "MP-431", "severity": "error", "apprec": "E31", "xpath": "…", "line": 41, "column": 9,
//!                  "texts": { "nb": "…", … }, "expected": { "nb": "…", … }, "schema": "…", "mend": { "nb": "…", … },
//!                  "masked": { "before": "…", "here": "…", "after": "…" } }],
//!   "findings_left_out": 0, "route": [{ "rule": "…", "fitted": true, "why": { "nb": "…", … } }],
//!   "receipt": { "status": "1", "errors": [{ "code": "X99", "text": "…" }], "xml": "…" } }
//! ```
//!
//! `meldeport judge --json` has the same under the same names, with one language where this has three.

use crate::domain::Classification;
use crate::domain::Decision;
use crate::domain::Deviation;
use crate::domain::Finding;
use crate::domain::Judgement;
use crate::domain::MaskedLine;
use crate::domain::Route;
use crate::domain::Severity;
use crate::intake::Rehearsal;
use crate::intake::RehearsedReceipt;
use crate::transport::https::problem::FindingView;
use crate::transport::https::problem::TextView;
use axum::body::Body;
use axum::response::Response;
use http::HeaderValue;
use http::header;
use serde::Serialize;

#[derive(Serialize)]
struct Preview {
    verdict: &'static str,
    sender_message_id: Option<String>,
    message_type: Option<String>,
    municipality: Option<String>,
    units: Vec<UnitView>,
    /// Only of a dialogue message.
    #[serde(skip_serializing_if = "Option::is_none")]
    classification: Option<ClassificationView>,
    findings: Vec<ReportedFinding>,
    findings_left_out: usize,
    /// Deviations that the operator could let this sender make; with them the message would pass.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    would_pass_with: Vec<DeviationView>,
    route: Vec<StepView>,
    /// Unless it is refused.
    receipt: Option<ReceiptView>,
}

/// A finding with what is needed to mend it.
#[derive(Serialize)]
struct ReportedFinding {
    #[serde(flatten)]
    finding: FindingView,
    expected: Option<TextView>,
    schema: Option<String>,
    mend: Option<TextView>,
    masked: Option<LineView>,
}

/// The line in question, with the values of people left out.
#[derive(Serialize)]
struct LineView {
    before: String,
    here: String,
    after: String,
}

#[derive(Serialize)]
struct ReceiptView {
    status: &'static str,
    errors: Vec<ErrorView>,
    xml: String,
}

#[derive(Serialize)]
struct ErrorView {
    code: &'static str,
    text: String,
}

impl ReportedFinding {
    fn of(finding: &Finding, line: Option<MaskedLine>) -> Self {
        Self {
            finding: FindingView::of(finding),
            expected: finding.expected.as_deref().cloned().map(TextView::of),
            schema: finding.schema_says.clone(),
            mend: (finding.severity > Severity::Info).then(|| TextView::of(finding.code.mend())),
            masked: line.map(|it| LineView { before: it.before, here: it.here, after: it.after }),
        }
    }
}

impl ReceiptView {
    fn of(receipt: RehearsedReceipt) -> Self {
        let errors = receipt.errors.into_iter();
        let errors = errors.map(|it| ErrorView { code: it.apprec.code(), text: it.other_text }).collect();
        Self { status: receipt.status.code(), errors, xml: receipt.xml }
    }
}

#[derive(Serialize)]
struct UnitView {
    unit: String,
    share: &'static str,
}

#[derive(Serialize)]
struct ClassificationView {
    class: &'static str,
    why: TextView,
}

#[derive(Serialize)]
struct DeviationView {
    deviation: &'static str,
    what: TextView,
}

impl DeviationView {
    fn of(deviation: Deviation) -> Self {
        Self { deviation: deviation.key(), what: TextView::of(deviation.text()) }
    }
}

impl ClassificationView {
    fn of(classification: &Classification) -> Self {
        Self { class: classification.class().code(), why: TextView::of(classification.why()) }
    }
}

#[derive(Serialize)]
struct StepView {
    rule: String,
    fitted: bool,
    why: TextView,
}

/// 200 with what would have come of the message.
pub(crate) fn response(rehearsal: Rehearsal) -> Response {
    let json = serde_json::to_vec(&preview(rehearsal)).expect("a preview has only strings, numbers and lists");
    let mut response = Response::new(Body::from(json));
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

fn preview(rehearsal: Rehearsal) -> Preview {
    let Rehearsal { judgement, lines, receipt } = rehearsal;
    let findings = judgement.findings().iter().zip(lines).map(|(it, line)| ReportedFinding::of(it, line)).collect();
    let receipt = receipt.map(ReceiptView::of);
    match judgement {
        Judgement::Refusal(refusal) => Preview {
            verdict: "refused",
            sender_message_id: refusal.sender_message_id,
            message_type: None,
            municipality: None,
            units: Vec::new(),
            classification: None,
            findings,
            findings_left_out: 0,
            would_pass_with: Vec::new(),
            route: Vec::new(),
            receipt,
        },
        Judgement::Verdict(verdict) => {
            let (route, classification) = match verdict.decision {
                Decision::Accepted { route, report } => {
                    (Some(route), report.classification().map(ClassificationView::of))
                }
                Decision::Rejected => (None, None),
            };
            Preview {
                verdict: if route.is_some() { "accepted" } else { "rejected" },
                sender_message_id: Some(verdict.head.message_id),
                message_type: verdict.head.message_type.code,
                municipality: route.as_ref().and_then(|it| it.municipality.as_ref()).map(ToString::to_string),
                units: route.as_ref().map(units).unwrap_or_default(),
                classification,
                findings,
                findings_left_out: verdict.findings_left_out,
                would_pass_with: verdict.would_pass_with.into_iter().map(DeviationView::of).collect(),
                route: route.map(steps).unwrap_or_default(),
                receipt,
            }
        }
    }
}

fn units(route: &Route) -> Vec<UnitView> {
    route.targets.iter().map(|it| UnitView { unit: it.unit.to_string(), share: it.share.label() }).collect()
}

fn steps(route: Route) -> Vec<StepView> {
    let steps = route.steps.into_iter();
    steps.map(|it| StepView { rule: it.rule, fitted: it.fitted, why: TextView::of(it.why) }).collect()
}
