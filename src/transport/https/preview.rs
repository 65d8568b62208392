//! The answer to `POST /messages?dry-run`: verdict, findings and route as JSON, for those who build sending systems.
//!
//! ```json
//! { "verdict": "accepted", "sender_message_id": "…", "message_type": "BEHOVSMELDING", "units": ["…"],
//!   "findings": [ … ], "findings_left_out": 0, "route": [{ "rule": "…", "fitted": true, "why": { "nb": "…", … } }] }
//! ```

use crate::domain::Classification;
use crate::domain::Decision;
use crate::domain::Deviation;
use crate::domain::Judgement;
use crate::domain::Route;
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
    findings: Vec<FindingView>,
    findings_left_out: usize,
    /// Deviations that the operator could let this sender make; with them the message would pass.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    would_pass_with: Vec<DeviationView>,
    route: Vec<StepView>,
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
pub(crate) fn response(judgement: Judgement) -> Response {
    let json = serde_json::to_vec(&preview(judgement)).expect("a preview has only strings, numbers and lists");
    let mut response = Response::new(Body::from(json));
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

fn preview(judgement: Judgement) -> Preview {
    let findings = judgement.findings().iter().map(FindingView::of).collect();
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
            }
        }
    }
}

fn units(route: &Route) -> Vec<UnitView> {
    use crate::domain::Share;
    let share = |it| match it {
        Share::Content => "content",
        Share::Awareness => "awareness",
    };
    route.targets.iter().map(|it| UnitView { unit: it.unit.to_string(), share: share(it.share) }).collect()
}

fn steps(route: Route) -> Vec<StepView> {
    let steps = route.steps.into_iter();
    steps.map(|it| StepView { rule: it.rule, fitted: it.fitted, why: TextView::of(it.why) }).collect()
}
