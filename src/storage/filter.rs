//! What a list is narrowed to.

use crate::domain::AgeGroup;
use crate::domain::MunicipalityNumber;
use crate::domain::NeedDimension;
use crate::domain::NeedKind;
use crate::domain::PlanStatus;
use crate::domain::ReporterCategory;
use crate::domain::TeamStatus;
use crate::domain::Timestamp;
use crate::storage::UserId;
use jiff::civil::Date;

/// Which rows of a list. What is `None` narrows nothing.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ListFilter {
    /// Code of the kind of report.
    pub kind: Option<String>,
    pub need: Option<NeedKind>,
    pub dimension: Option<NeedDimension>,
    pub reporter: Option<ReporterCategory>,
    /// Name of the registered sender.
    pub sender: Option<String>,
    pub age_group: Option<AgeGroup>,
    pub urgent: Option<bool>,
    pub responsible: Option<UserId>,
    pub due: Option<Due>,
    pub plan: Option<PlanStatus>,
    pub team: Option<TeamStatus>,
    /// Whether there is a main coordinator on that day.
    pub coordinated: Option<(bool, Date)>,
    pub municipality: Option<MunicipalityNumber>,
}

/// By when the sender must have an answer, and has none yet.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Due {
    /// `None`: however long ago.
    pub from: Option<Timestamp>,
    /// Not then any more.
    pub before: Timestamp,
}

impl ListFilter {
    /// Whether it asks for something that is hidden of graded cases: those are left out then, or the answer would tell it.
    pub const fn would_tell(&self) -> bool {
        self.reporter.is_some() || self.sender.is_some() || self.age_group.is_some() || self.municipality.is_some()
    }

    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
