//! What has been noted in a case, as JSON: a part of the sealed case.

use super::columns::some;
use super::columns::uuid;
use crate::domain::Assessment;
use crate::domain::AssessmentResult;
use crate::domain::Colleague;
use crate::domain::Delegation;
use crate::domain::DelegationSide;
use crate::domain::Particulars;
use crate::domain::PlanCheck;
use crate::domain::Redacted;
use crate::domain::UnitId;
use jiff::civil::Date;
use serde::Deserialize;
use serde::Serialize;

/// What is not there is left out; a case that was written before any of it has none.
#[derive(Serialize, Deserialize, Default, PartialEq)]
#[serde(default)]
pub(super) struct ParticularsColumns {
    #[serde(skip_serializing_if = "Option::is_none")]
    informed_on: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    wish: Option<String>,
    /// Result, day, and whose it is: id and name.
    #[serde(skip_serializing_if = "Option::is_none")]
    assessment: Option<(String, String, String, String)>,
    #[serde(skip_serializing_if = "Option::is_none")]
    decision_sent_on: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    consent_on: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    start_on: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    review_on: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    checklist: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    team_on: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    team_members: Option<String>,
    /// Side, unit, day.
    #[serde(skip_serializing_if = "Option::is_none")]
    delegation: Option<(String, String, String)>,
    #[serde(skip_serializing_if = "Option::is_none")]
    family: Option<String>,
}

impl ParticularsColumns {
    pub(super) fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    pub(super) fn of(known: &Particulars) -> Self {
        let day = |it: &Option<Date>| it.map(|it| it.to_string());
        let text = |it: &Option<Redacted<String>>| it.as_ref().map(|it| it.reveal().clone());
        let assessed = |it: &Assessment| {
            (it.result.code().to_owned(), it.on.to_string(), it.by.id.to_string(), it.by.name.clone())
        };
        Self {
            informed_on: day(&known.informed_on),
            wish: text(&known.wish),
            assessment: known.assessment.as_ref().map(assessed),
            decision_sent_on: day(&known.decision_sent_on),
            consent_on: day(&known.consent_on),
            start_on: day(&known.start_on),
            review_on: day(&known.review_on),
            checklist: known.checklist.iter().map(|it| it.code().to_owned()).collect(),
            team_on: day(&known.team_on),
            team_members: text(&known.team_members),
            delegation: known
                .delegation
                .as_ref()
                .map(|it| (it.side.label().to_owned(), it.unit.0.clone(), it.due.to_string())),
            family: known.family.map(|it| it.to_string()),
        }
    }

    /// `None`: something cannot be read.
    pub(super) fn read(self) -> Option<Particulars> {
        let day = |it: Option<String>| some(it, |it| it.parse::<Date>().ok());
        Some(Particulars {
            informed_on: day(self.informed_on)?,
            wish: self.wish.map(Redacted::new),
            assessment: some(self.assessment, |(result, on, id, name)| {
                Some(Assessment {
                    result: AssessmentResult::from_code(&result)?,
                    on: on.parse().ok()?,
                    by: Colleague { id: uuid(&id)?, name },
                })
            })?,
            decision_sent_on: day(self.decision_sent_on)?,
            consent_on: day(self.consent_on)?,
            start_on: day(self.start_on)?,
            review_on: day(self.review_on)?,
            checklist: self.checklist.iter().map(|it| PlanCheck::from_code(it)).collect::<Option<_>>()?,
            team_on: day(self.team_on)?,
            team_members: self.team_members.map(Redacted::new),
            delegation: some(self.delegation, |(side, unit, due)| {
                Some(Delegation {
                    side: DelegationSide::from_label(&side)?,
                    unit: UnitId(unit),
                    due: due.parse().ok()?,
                })
            })?,
            family: some(self.family, |it| uuid(&it))?,
        })
    }
}
