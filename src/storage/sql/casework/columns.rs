//! A case as JSON, before it is sealed, and back.

use super::particulars::ParticularsColumns;
use crate::domain::Case;
use crate::domain::CaseOutcome;
use crate::domain::Colleague;
use crate::domain::ConsentStatus;
use crate::domain::Coordinator;
use crate::domain::CoordinatorDuty;
use crate::domain::CoordinatorKind;
use crate::domain::Detailed;
use crate::domain::Improvement;
use crate::domain::ItemState;
use crate::domain::Overlap;
use crate::domain::PlanStatus;
use crate::domain::Redacted;
use crate::domain::Share;
use crate::domain::TeamStatus;
use crate::domain::Timestamp;
use crate::domain::UnitId;
use crate::domain::UnmetNeed;
use jiff::civil::Date;
use serde::Deserialize;
use serde::Serialize;
use uuid::Uuid;

/// A case as JSON. What is not there is left out.
#[derive(Serialize, Deserialize)]
struct CaseColumns {
    state: String,
    share: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    responsible: Option<(String, String)>,
    #[serde(skip_serializing_if = "Option::is_none")]
    opened_at: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    confirmed_at: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    first_answer_at: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    heard_at: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    closed_at: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_contact_on: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    outcome: Option<(String, String)>,
    #[serde(skip_serializing_if = "Option::is_none")]
    archive_reference: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    consent: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    plan: Option<(String, String)>,
    #[serde(skip_serializing_if = "Option::is_none")]
    team: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unmet_need: Option<String>,
    improvement: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    lifted_to: Option<String>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    lifted_to_members: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    coordinators: Vec<CoordinatorColumns>,
    #[serde(default, skip_serializing_if = "ParticularsColumns::is_empty")]
    particulars: ParticularsColumns,
}

#[derive(Serialize, Deserialize)]
struct CoordinatorColumns {
    id: String,
    kind: String,
    duty: String,
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    staff: Option<String>,
    from: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<String>,
    overlap: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    decision: Option<String>,
}

pub(super) fn case_to_bytes(case: &Case) -> Vec<u8> {
    let day = |it: &Date| it.to_string();
    let columns = CaseColumns {
        state: case.state.label().to_owned(),
        share: case.share.label().to_owned(),
        responsible: case.responsible.as_ref().map(|it| (it.id.to_string(), it.name.clone())),
        opened_at: case.opened_at.map(|it| it.0),
        confirmed_at: case.confirmed_at.map(|it| it.0),
        first_answer_at: case.first_answer_at.map(|it| it.0),
        heard_at: case.heard_at.map(|it| it.0),
        closed_at: case.closed_at.map(|it| it.0),
        next_contact_on: case.next_contact_on.as_ref().map(day),
        outcome: case.outcome.as_ref().map(|(what, on)| (what.code().to_owned(), day(on))),
        archive_reference: case.archive_reference.as_ref().map(|it| it.reveal().clone()),
        consent: case.consent.map(|it| it.code().to_owned()),
        plan: case.plan.as_ref().map(|(what, on)| (what.code().to_owned(), day(on))),
        team: case.team.map(|it| it.code().to_owned()),
        unmet_need: case.unmet_need.map(|it| it.code().to_owned()),
        improvement: case.improvement.code().to_owned(),
        lifted_to: case.lifted_to.as_ref().map(|it| it.0.clone()),
        lifted_to_members: case.lifted_to_members,
        coordinators: case
            .coordinators
            .iter()
            .map(|it| CoordinatorColumns {
                id: it.id.to_string(),
                kind: it.kind.code().to_owned(),
                duty: it.duty.code().to_owned(),
                name: it.name.reveal().clone(),
                staff: it.staff.map(|it| it.to_string()),
                from: day(&it.from),
                until: it.until.as_ref().map(day),
                overlap: it.overlap.code().to_owned(),
                decision: it.decision.as_ref().map(|it| it.reveal().clone()),
            })
            .collect(),
        particulars: ParticularsColumns::of(&case.particulars),
    };
    json(&columns)
}

pub(super) fn case_from_bytes(bytes: &[u8]) -> Option<Case> {
    let columns: CaseColumns = serde_json::from_slice(bytes).ok()?;
    let day = |it: &String| it.parse::<Date>().ok();
    Some(Case {
        state: ItemState::from_label(&columns.state)?,
        share: Share::from_label(&columns.share)?,
        responsible: some(columns.responsible, |(id, name)| Some(Colleague { id: uuid(&id)?, name }))?,
        opened_at: columns.opened_at.map(Timestamp),
        confirmed_at: columns.confirmed_at.map(Timestamp),
        first_answer_at: columns.first_answer_at.map(Timestamp),
        heard_at: columns.heard_at.map(Timestamp),
        closed_at: columns.closed_at.map(Timestamp),
        next_contact_on: some(columns.next_contact_on, |it| day(&it))?,
        outcome: some(columns.outcome, |(what, on)| Some((CaseOutcome::from_code(&what)?, day(&on)?)))?,
        archive_reference: columns.archive_reference.map(Redacted::new),
        consent: some(columns.consent, |it| ConsentStatus::from_code(&it))?,
        plan: some(columns.plan, |(what, on)| Some((PlanStatus::from_code(&what)?, day(&on)?)))?,
        team: some(columns.team, |it| TeamStatus::from_code(&it))?,
        unmet_need: some(columns.unmet_need, |it| UnmetNeed::from_code(&it))?,
        improvement: Improvement::from_code(&columns.improvement)?,
        lifted_to: columns.lifted_to.map(UnitId),
        lifted_to_members: columns.lifted_to_members,
        lifted_here: false,
        delegated_here: false,
        coordinators: columns.coordinators.into_iter().map(coordinator).collect::<Option<_>>()?,
        particulars: columns.particulars.read()?,
    })
}

fn coordinator(columns: CoordinatorColumns) -> Option<Coordinator> {
    Some(Coordinator {
        id: uuid(&columns.id)?,
        kind: CoordinatorKind::from_code(&columns.kind)?,
        duty: CoordinatorDuty::from_code(&columns.duty)?,
        name: Redacted::new(columns.name),
        staff: some(columns.staff, |it| uuid(&it))?,
        from: columns.from.parse().ok()?,
        until: some(columns.until, |it| it.parse().ok())?,
        overlap: Overlap::from_code(&columns.overlap)?,
        decision: columns.decision.map(Redacted::new),
    })
}

pub(super) fn uuid(text: &str) -> Option<Uuid> {
    Uuid::parse_str(text).ok()
}

/// What is there must be readable; what is not there is fine.
pub(super) fn some<T, U>(value: Option<T>, read: impl FnOnce(T) -> Option<U>) -> Option<Option<U>> {
    match value {
        None => Some(None),
        Some(value) => read(value).map(Some),
    }
}

pub(super) fn details_to_bytes(details: &[(Detailed, Redacted<String>)]) -> Vec<u8> {
    let columns: Vec<(&str, &str)> = details.iter().map(|(what, it)| (what.label(), it.reveal().as_str())).collect();
    json(&columns)
}

pub(super) fn details_from_bytes(bytes: &[u8]) -> Option<Vec<(Detailed, Redacted<String>)>> {
    let columns: Vec<(String, String)> = serde_json::from_slice(bytes).ok()?;
    columns.into_iter().map(|(what, it)| Some((Detailed::from_label(&what)?, Redacted::new(it)))).collect()
}

fn json(value: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(value).expect("texts, numbers and lists of them are always JSON")
}
