//! What part of the register a URL asks for. Codes and days only, so that nothing about a person is in it.

use crate::domain::AgeGroup;
use crate::domain::CaseOutcome;
use crate::domain::ItemId;
use crate::domain::ItemState;
use crate::domain::NeedKind;
use crate::domain::PlanStatus;
use crate::domain::ReporterCategory;
use crate::domain::Sight;
use crate::domain::TeamStatus;
use crate::domain::Timestamp;
use crate::domain::norway;
use crate::inbox::fault::query_value;
use crate::storage::RegisterCursor;
use crate::storage::RegisterFilter;
use jiff::civil::Date;
use serde::Deserialize;

/// The fields as they came.
#[derive(Clone, Default, Deserialize)]
pub(super) struct Asked {
    list: Option<String>,
    unit: Option<String>,
    need: Option<String>,
    status: Option<String>,
    plan: Option<String>,
    outcome: Option<String>,
    sector: Option<String>,
    age: Option<String>,
    team: Option<String>,
    from: Option<String>,
    to: Option<String>,
    after: Option<String>,
}

/// Which list of the register.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum List {
    All,
    /// Somebody here is to do something with it.
    Open,
    /// Open, with a need, and nobody is the main coordinator today.
    Gap,
    /// Nobody is responsible.
    Unassigned,
    Overdue,
    /// The day of review is past, or an active plan has none.
    Review,
    /// A unit has been asked to appoint the coordinator, and has not yet.
    Delegated,
}

impl List {
    pub(super) const ALL: [Self; 7] =
        [Self::All, Self::Open, Self::Gap, Self::Unassigned, Self::Overdue, Self::Review, Self::Delegated];

    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Open => "open",
            Self::Gap => "gap",
            Self::Unassigned => "unassigned",
            Self::Overdue => "overdue",
            Self::Review => "review",
            Self::Delegated => "delegated",
        }
    }
}

/// What has been asked for and understood.
pub(super) struct Wanted {
    pub list: List,
    pub unit: Option<String>,
    pub state: Option<ItemState>,
    pub filter: RegisterFilter,
    pub from: Option<Date>,
    pub to: Option<Date>,
    pub after: Option<RegisterCursor>,
}

/// Open: somebody here is to do something with it.
pub(super) const OPEN: [ItemState; 5] =
    [ItemState::Unread, ItemState::Opened, ItemState::Taken, ItemState::Waiting, ItemState::Offered];

impl Wanted {
    /// `None`: the URL is not one of ours, or names a unit that is not seen.
    pub(super) fn parse(asked: &Asked, sights: &[Sight], now: Timestamp) -> Option<Self> {
        let list = match text(asked.list.as_ref()) {
            None => List::All,
            Some(word) => List::ALL.into_iter().find(|it| it.word() == word)?,
        };
        let unit = match text(asked.unit.as_ref()) {
            None => None,
            Some(id) => Some(sights.iter().find(|it| it.unit.0 == id)?.unit.0.clone()),
        };
        let state = code(asked.status.as_ref(), ItemState::from_label)?;
        let from: Option<Date> = code(asked.from.as_ref(), |it| it.parse().ok())?;
        let to: Option<Date> = code(asked.to.as_ref(), |it| it.parse().ok())?;
        let day_after = match to {
            None => None,
            Some(day) => Some(day_begins(day.tomorrow().ok()?)?),
        };
        let filter = RegisterFilter {
            need: code(asked.need.as_ref(), NeedKind::from_code)?,
            states: states(list, state),
            plan: code(asked.plan.as_ref(), PlanStatus::from_code)?,
            outcome: code(asked.outcome.as_ref(), CaseOutcome::from_code)?,
            reporter: code(asked.sector.as_ref(), ReporterCategory::from_code)?,
            age_group: code(asked.age.as_ref(), AgeGroup::from_code)?,
            team: code(asked.team.as_ref(), TeamStatus::from_code)?,
            unreviewed_on: (list == List::Review).then(|| now.date_in_norway()),
            delegated: list == List::Delegated,
            from: match from {
                None => None,
                Some(day) => Some(day_begins(day)?),
            },
            until: day_after,
            uncoordinated_on: (list == List::Gap).then(|| now.date_in_norway()),
            unanswered_at: (list == List::Overdue).then_some(now),
        };
        let after = code(asked.after.as_ref(), parse_cursor)?;
        Some(Self { list, unit, state, filter, from, to, after })
    }

    /// The same filter for another list.
    pub(super) fn filter_of(&self, list: List, now: Timestamp) -> RegisterFilter {
        RegisterFilter {
            states: states(list, self.state),
            uncoordinated_on: (list == List::Gap).then(|| now.date_in_norway()),
            unanswered_at: (list == List::Overdue).then_some(now),
            unreviewed_on: (list == List::Review).then(|| now.date_in_norway()),
            delegated: list == List::Delegated,
            ..self.filter.clone()
        }
    }

    /// The sights that are left when one unit is asked for.
    pub(super) fn sights(&self, sights: &[Sight]) -> Vec<Sight> {
        let here = |it: &&Sight| self.unit.as_ref().is_none_or(|unit| it.unit.0 == *unit);
        sights.iter().filter(here).cloned().collect()
    }

    /// The query of the URL, from the understood values: `list=gap&need=IP`. It also stands in the journal.
    pub(super) fn query(&self, list: List, after: Option<RegisterCursor>) -> String {
        let filter = &self.filter;
        let fields = [
            ("list", (list != List::All).then(|| list.word().to_owned())),
            ("unit", self.unit.clone()),
            ("need", filter.need.map(|it| it.code().to_owned())),
            ("status", self.state.map(|it| it.label().to_owned())),
            ("plan", filter.plan.map(|it| it.code().to_owned())),
            ("outcome", filter.outcome.map(|it| it.code().to_owned())),
            ("sector", filter.reporter.map(|it| it.code().to_owned())),
            ("team", filter.team.map(|it| it.code().to_owned())),
            ("age", filter.age_group.map(|it| it.code().to_owned())),
            ("from", self.from.map(|it| it.to_string())),
            ("to", self.to.map(|it| it.to_string())),
            ("after", after.map(|it| format!("{}_{}", it.received_at.0, it.id))),
        ];
        let given = fields.into_iter().filter_map(|(name, value)| Some(format!("{name}={}", query_value(&value?))));
        given.collect::<Vec<_>>().join("&")
    }
}

/// The state that is asked for, or those of the list. Empty: all.
fn states(list: List, state: Option<ItemState>) -> Vec<ItemState> {
    if let Some(state) = state {
        return vec![state];
    }
    match list {
        List::All | List::Review | List::Delegated => Vec::new(),
        List::Open | List::Gap | List::Overdue => OPEN.to_vec(),
        List::Unassigned => vec![ItemState::Unread, ItemState::Opened],
    }
}

/// A field that was left empty is as one that is not there.
fn text(field: Option<&String>) -> Option<&str> {
    field.map(|it| it.trim()).filter(|it| !it.is_empty())
}

/// `Some(None)`: not asked for. `None`: not one of ours.
fn code<T>(field: Option<&String>, read: impl FnOnce(&str) -> Option<T>) -> Option<Option<T>> {
    match text(field) {
        None => Some(None),
        Some(it) => read(it).map(Some),
    }
}

fn parse_cursor(text: &str) -> Option<RegisterCursor> {
    let (received_at, id) = text.split_once('_')?;
    Some(RegisterCursor { received_at: Timestamp(received_at.parse().ok()?), id: id.parse::<ItemId>().ok()? })
}

/// The first moment of the day in Norway.
pub(super) fn day_begins(day: Date) -> Option<Timestamp> {
    Some(Timestamp::from_jiff(day.to_zoned(norway()).ok()?.timestamp()))
}
