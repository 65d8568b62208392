//! The register of reported needs, the coordinators, and what statistics are counted from. Nothing here names a patient, and
//! only the coordinators' own names and the references of their decisions are unsealed.

use crate::domain::AgeGroup;
use crate::domain::CaseOutcome;
use crate::domain::CoordinatorDuty;
use crate::domain::CoordinatorKind;
use crate::domain::ItemId;
use crate::domain::ItemState;
use crate::domain::NeedKind;
use crate::domain::PlanStatus;
use crate::domain::Redacted;
use crate::domain::Reference;
use crate::domain::ReporterCategory;
use crate::domain::Sight;
use crate::domain::TeamStatus;
use crate::domain::Timestamp;
use crate::domain::UnitId;
use crate::storage::Person;
use crate::storage::StoreError;
use async_trait::async_trait;
use jiff::civil::Date;

/// What the register, the list of coordinators and the statistics need.
///
/// Only sights of whole units count; whoever sees single cases of a unit has no overview of it.
#[async_trait]
pub trait RegisterStore: Send + Sync {
    /// One page, newest first, by keyset.
    async fn register_page(&self, sights: &[Sight], query: &RegisterQuery) -> Result<Vec<RegisterRow>, StoreError>;

    /// How many rows all pages of the filter have together.
    async fn register_count(&self, sights: &[Sight], filter: &RegisterFilter) -> Result<u64, StoreError>;

    /// Everybody who coordinates or has coordinated in cases that are seen, in no order; one row per case and time.
    async fn coordinations(&self, sights: &[Sight], rows_max: u32) -> Result<Vec<Coordination>, StoreError>;

    /// When each unit was last in touch with each of its coordinators, for the units that are seen.
    async fn coordinator_contacts(&self, sights: &[Sight]) -> Result<Vec<CoordinatorContact>, StoreError>;

    /// Writes down that the unit was in touch with a coordinator, with its journal line; an earlier day changes nothing.
    /// `Ok(false)`: nobody of that index has coordinated in the unit.
    async fn record_contact(
        &self,
        contact: &CoordinatorContact,
        by: &Person,
        now: Timestamp,
    ) -> Result<bool, StoreError>;

    /// Why cases were lifted, one for each lift that was not taken back, since `from` and before `until`.
    async fn lift_reasons(
        &self,
        sights: &[Sight],
        from: Timestamp,
        until: Timestamp,
        rows_max: u32,
    ) -> Result<Vec<LiftTold>, StoreError>;
}

/// When a unit was last in touch with a coordinator (sist kontaktet).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CoordinatorContact {
    pub unit: UnitId,
    /// As [`Coordination::who`].
    pub who: Vec<u8>,
    pub on: Date,
}

/// A page of the register.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RegisterQuery {
    pub filter: RegisterFilter,
    pub after: Option<RegisterCursor>,
    pub rows_max: u32,
}

/// Where the next page begins.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RegisterCursor {
    pub received_at: Timestamp,
    pub id: ItemId,
}

/// Which rows. What is `None` narrows nothing.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct RegisterFilter {
    pub need: Option<NeedKind>,
    /// Empty: all states.
    pub states: Vec<ItemState>,
    pub plan: Option<PlanStatus>,
    pub outcome: Option<CaseOutcome>,
    pub reporter: Option<ReporterCategory>,
    pub age_group: Option<AgeGroup>,
    pub team: Option<TeamStatus>,
    /// Only plans whose day of review was before that day, and active plans without one.
    pub unreviewed_on: Option<Date>,
    /// Only cases whose appointment of a coordinator waits for another unit, or is waited for by one.
    pub delegated: bool,
    /// Received then or later.
    pub from: Option<Timestamp>,
    /// Received before.
    pub until: Option<Timestamp>,
    /// Only cases with a need that have no main coordinator on that day.
    pub uncoordinated_on: Option<Date>,
    /// Only cases whose deadline was before that moment, and whose reporter has not been answered.
    pub unanswered_at: Option<Timestamp>,
}

/// A case as the register has it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RegisterRow {
    pub id: ItemId,
    pub reference: Reference,
    pub unit: UnitId,
    pub state: ItemState,
    pub kind: String,
    pub needs: Vec<String>,
    /// Codes: social, psychosocial, medical.
    pub dimensions: Vec<String>,
    pub protected: bool,
    /// The registered sender's name.
    pub sender: String,
    /// How it came: the word of the form's source for what came through the form, and otherwise of the channel.
    pub channel: String,
    pub reporter: Option<String>,
    pub age_group: Option<String>,
    pub received_at: Timestamp,
    pub deadline: Timestamp,
    pub opened_at: Option<Timestamp>,
    pub first_answer_at: Option<Timestamp>,
    pub closed_at: Option<Timestamp>,
    pub outcome: Option<String>,
    pub plan: Option<String>,
    pub unmet_need: Option<String>,
    pub improvement: bool,
    /// The report says that there is a relay log (stafettlogg, BTI).
    pub relay_log: bool,
    /// Somebody outside has said something that has not been answered.
    pub heard: bool,
    /// The first day on which there was a coordinator.
    pub coordinated_from: Option<Date>,
    /// The main coordinator who was named last, at work, and where the decision to appoint is found.
    pub coordinator: Option<Redacted<String>>,
    /// The coordinator is a colleague who has no role in the unit any more.
    pub coordinator_left: bool,
    pub decision: Option<Redacted<String>>,
    pub team: Option<String>,
    pub review_on: Option<Date>,
    /// By when a unit is to appoint a coordinator.
    pub delegated_due: Option<Date>,
}

/// A coordinator's time in one case, without the case.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Coordination {
    /// The same for the same coordinator, and nothing else: a blind index.
    pub who: Vec<u8>,
    pub name: Redacted<String>,
    pub unit: UnitId,
    pub kind: CoordinatorKind,
    pub duty: CoordinatorDuty,
    pub from: Date,
    /// The last day. `None`: nobody has said.
    pub until: Option<Date>,
    /// Only to tell whether two of them coordinate for the same person.
    pub item: ItemId,
    /// Who is coordinated for: the same for one person's cases, and nothing else.
    pub person: Vec<u8>,
}

/// A lift to a group (løft), as the statistics count it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LiftTold {
    /// Code of why.
    pub reason: String,
    /// Code of how far the case had come (trinn).
    pub step: Option<String>,
}
