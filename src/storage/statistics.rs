//! What is counted for statistics: kept with each change, so that asking costs the same however much there is.

use crate::domain::Sight;
use crate::domain::Timestamp;
use crate::domain::UnitId;
use crate::storage::StoreError;
use async_trait::async_trait;

/// What statistics need. Only sights of whole units count.
#[async_trait]
pub trait StatisticsStore: Send + Sync {
    /// Everything that is counted of what was received in `quarters`.
    async fn statistics(
        &self,
        sights: &[Sight],
        quarters: &[Quarter],
        now: Timestamp,
    ) -> Result<Vec<Statistic>, StoreError>;

    /// The values that `count` has ever had in the units that are seen as a whole, graded cases left out. Sorted.
    async fn values_of(&self, sights: &[Sight], count: Counts) -> Result<Vec<String>, StoreError>;
}

/// A quarter of a year, in Norway.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Quarter {
    pub year: i16,
    /// From 1.
    pub quarter: i8,
}

impl Quarter {
    /// The one that `at` is in.
    pub fn of(at: Timestamp) -> Self {
        let day = at.date_in_norway();
        Self { year: day.year(), quarter: (day.month() - 1) / 3 + 1 }
    }

    /// As it stands in the database: `2026-4`.
    pub(crate) fn label(self) -> String {
        format!("{}-{}", self.year, self.quarter)
    }
}

/// How many there are of something.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Statistic {
    pub unit: UnitId,
    pub what: Figure,
    /// A code, a name, or tenths of days. Empty: it is not set.
    pub value: String,
    pub count: u64,
}

/// What is counted.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Figure {
    Cases(Counts),
    /// How many took so many tenths of days.
    Took {
        of: Of,
        pace: Paced,
    },
    /// How many are so.
    Are {
        of: Of,
        standing: Stands,
    },
}

/// Which cases.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Of {
    All,
    /// Those with a need, by its code.
    Need(String),
    /// Those from a registered sender, by its name. Empty: hidden, or not known.
    Sender(String),
}

/// What cases are counted by.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Counts {
    Need,
    Reporter,
    Sender,
    Municipality,
    AgeGroup,
    Outcome,
    Plan,
    UnmetNeed,
    Improvement,
    RelayLog,
}

/// From when it was received until something happened.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Paced {
    /// The first answer; else that it was closed; else now.
    Waited,
    Opened,
    /// Somebody confirmed that the unit has it (registrert).
    Registered,
    Coordinated,
    Answered,
    Closed,
    /// Counted backwards: since the sender made it. The receipt goes in the answer, so this is also how long that took.
    Receipted,
}

/// How a case stands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Stands {
    /// Each case.
    Any,
    Unread,
    /// Nobody is responsible.
    Unassigned,
    /// Open, not answered, and the deadline is past.
    Overdue,
    /// Offered to another, who has not answered.
    Offered,
    /// Open, with a need, and nobody is the main coordinator today.
    Uncoordinated,
}

impl Counts {
    pub(crate) const ALL: [Self; 10] = [
        Self::Need,
        Self::Reporter,
        Self::Sender,
        Self::Municipality,
        Self::AgeGroup,
        Self::Outcome,
        Self::Plan,
        Self::UnmetNeed,
        Self::Improvement,
        Self::RelayLog,
    ];

    pub(crate) const fn label(self) -> &'static str {
        match self {
            Self::Need => "need",
            Self::Reporter => "reporter",
            Self::Sender => "sender",
            Self::Municipality => "municipality",
            Self::AgeGroup => "age_group",
            Self::Outcome => "outcome",
            Self::Plan => "plan",
            Self::UnmetNeed => "unmet_need",
            Self::Improvement => "improvement",
            Self::RelayLog => "relay_log",
        }
    }
}

impl Paced {
    pub(crate) const ALL: [Self; 7] = [
        Self::Waited,
        Self::Opened,
        Self::Registered,
        Self::Coordinated,
        Self::Answered,
        Self::Closed,
        Self::Receipted,
    ];

    pub(crate) const fn label(self) -> &'static str {
        match self {
            Self::Waited => "waited",
            Self::Opened => "opened",
            Self::Registered => "registered",
            Self::Coordinated => "coordinated",
            Self::Answered => "answered",
            Self::Closed => "closed",
            Self::Receipted => "receipted",
        }
    }
}

impl Stands {
    pub(crate) const ALL: [Self; 6] =
        [Self::Any, Self::Unread, Self::Unassigned, Self::Overdue, Self::Offered, Self::Uncoordinated];

    pub(crate) const fn label(self) -> &'static str {
        match self {
            Self::Any => "any",
            Self::Unread => "unread",
            Self::Unassigned => "unassigned",
            Self::Overdue => "overdue",
            Self::Offered => "offered",
            Self::Uncoordinated => "uncoordinated",
        }
    }
}

impl Figure {
    /// As it stands in the database: `reporter`, `opened`, `opened need IP`, `opened sender eksempel-sykehus`.
    pub(crate) fn label(&self) -> String {
        let (word, of) = match self {
            Self::Cases(it) => (it.label(), &Of::All),
            Self::Took { of, pace } => (pace.label(), of),
            Self::Are { of, standing } => (standing.label(), of),
        };
        match of {
            Of::All => word.to_owned(),
            Of::Need(code) => format!("{word} need {code}"),
            Of::Sender(name) => format!("{word} sender {name}"),
        }
    }

    pub(crate) fn from_label(label: &str) -> Option<Self> {
        let (word, rest) = label.split_once(' ').unwrap_or((label, ""));
        let of = match rest.split_once(' ') {
            None => Of::All,
            Some(("need", code)) => Of::Need(code.to_owned()),
            Some(("sender", name)) => Of::Sender(name.to_owned()),
            Some(_) => return None,
        };
        if let Some(it) = Counts::ALL.into_iter().find(|it| it.label() == word) {
            return Some(Self::Cases(it));
        }
        if let Some(pace) = Paced::ALL.into_iter().find(|it| it.label() == word) {
            return Some(Self::Took { of, pace });
        }
        Stands::ALL.into_iter().find(|it| it.label() == word).map(|standing| Self::Are { of, standing })
    }
}
