//! Which lists there are, and how many each has.

use crate::domain::ItemState;
use crate::domain::Sight;
use crate::inbox::House;
use crate::inbox::texts::Words;
use crate::storage::InboxCounts;
use crate::storage::InboxOrder;
use crate::storage::OnlyTold;
use crate::storage::StoreError;
use crate::storage::UserId;

/// Which list.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::inbox) enum Tab {
    /// Nobody is responsible.
    Unassigned,
    /// I am responsible, or coordinate.
    Mine,
    /// Everything that is not done.
    Unit,
    /// Lifted to the groups that I take part in.
    Group,
    /// The sender has been asked.
    Waiting,
    Done,
    /// What went astray: offered to us or by us, or not for us.
    Astray,
    /// What others have, and the unit is only told of.
    Told,
}

impl Tab {
    pub(super) const ALL: [Self; 8] =
        [Self::Unassigned, Self::Mine, Self::Unit, Self::Group, Self::Waiting, Self::Done, Self::Astray, Self::Told];

    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Unassigned => "unassigned",
            Self::Mine => "mine",
            Self::Unit => "unit",
            Self::Group => "group",
            Self::Waiting => "waiting",
            Self::Done => "done",
            Self::Astray => "astray",
            Self::Told => "told",
        }
    }

    pub(super) fn states(self) -> Vec<ItemState> {
        match self {
            Self::Unassigned => vec![ItemState::Unread, ItemState::Opened, ItemState::Proposed],
            // Nobody may have for a time what one coordinates.
            Self::Mine => vec![ItemState::Opened, ItemState::Taken, ItemState::Waiting, ItemState::Offered],
            Self::Unit | Self::Group => vec![
                ItemState::Unread,
                ItemState::Opened,
                ItemState::Taken,
                ItemState::Waiting,
                ItemState::Proposed,
                ItemState::Offered,
            ],
            Self::Waiting => vec![ItemState::Waiting],
            Self::Done => vec![ItemState::Closed, ItemState::Transferred],
            Self::Astray => vec![ItemState::Proposed, ItemState::Offered, ItemState::Withdrawn],
            Self::Told => vec![ItemState::Unread, ItemState::Opened],
        }
    }

    /// What becomes of reports that the unit is only told of.
    pub(super) const fn told(self) -> OnlyTold {
        match self {
            Self::Unassigned => OnlyTold::LeftOut,
            // What was only offered or lifted here, and is not any more, has not gone astray.
            Self::Mine | Self::Unit | Self::Group | Self::Waiting | Self::Astray => OnlyTold::NotTold,
            Self::Done => OnlyTold::Listed,
            Self::Told => OnlyTold::Alone,
        }
    }

    pub(super) const fn name(self, t: Words) -> &'static str {
        match self {
            Self::Unassigned => t.tab_unassigned(),
            Self::Mine => t.tab_mine(),
            Self::Unit => t.tab_unit(),
            Self::Group => t.tab_group(),
            Self::Waiting => t.tab_waiting(),
            Self::Done => t.tab_done(),
            Self::Astray => t.tab_astray(),
            Self::Told => t.awareness(),
        }
    }

    pub(super) const fn empty(self, t: Words) -> &'static str {
        match self {
            Self::Unassigned => t.empty_unassigned(),
            Self::Mine => t.empty_mine(),
            Self::Unit => t.empty_unit(),
            Self::Group => t.empty_group(),
            Self::Waiting => t.empty_waiting(),
            Self::Done => t.empty_done(),
            Self::Astray => t.empty_astray(),
            Self::Told => t.empty_told(),
        }
    }

    pub(super) const fn order(self) -> InboxOrder {
        match self {
            Self::Unassigned | Self::Mine | Self::Unit | Self::Group | Self::Waiting => InboxOrder::Work,
            Self::Done | Self::Astray | Self::Told => InboxOrder::NewestFirst,
        }
    }
}

/// The states of what the unit's list holds.
pub(in crate::inbox) fn unit_states() -> Vec<ItemState> {
    Tab::Unit.states()
}

/// How many are in states of this unit's work, and are another's.
#[derive(Clone, Copy)]
pub(super) struct Elsewhere {
    pub only_told: u64,
    pub lifted: u64,
    /// Of what has gone astray: those that were only offered or lifted here.
    pub taken_back: u64,
}

/// How many there are in each list.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(in crate::inbox) struct TabCounts {
    /// In the order of [`Tab::ALL`], and whether there may be more.
    counts: Vec<(Tab, u64, bool)>,
    /// Whatever the state: grows by what has come.
    all: u64,
}

impl TabCounts {
    pub(super) fn of(
        mine: u64,
        elsewhere: Elsewhere,
        count: impl Fn(ItemState) -> u64,
        at_least: &[ItemState],
    ) -> Self {
        let Elsewhere { only_told, lifted, taken_back } = elsewhere;
        let of_tab = |tab: Tab| match tab {
            Tab::Mine => (tab, mine, false),
            Tab::Group => (tab, 0, false),
            Tab::Told => (tab, only_told, tab.states().iter().any(|it| at_least.contains(it))),
            Tab::Unassigned | Tab::Unit | Tab::Waiting | Tab::Done | Tab::Astray => {
                let states = tab.states();
                let all: u64 = states.iter().map(|it| count(*it)).sum();
                let left_out = match tab.told() {
                    OnlyTold::LeftOut => only_told + lifted,
                    OnlyTold::NotTold if tab == Tab::Astray => taken_back,
                    OnlyTold::NotTold if states.contains(&ItemState::Unread) => only_told,
                    OnlyTold::NotTold | OnlyTold::Listed | OnlyTold::Alone => 0,
                };
                (tab, all.saturating_sub(left_out), states.iter().any(|it| at_least.contains(it)))
            }
        };
        let counts = Tab::ALL.into_iter().filter(|it| *it != Tab::Group).map(of_tab).collect();
        Self { counts, all: ItemState::ALL.into_iter().map(count).sum() }
    }

    /// What is seen by `sights`, nothing left out.
    pub(in crate::inbox) async fn read(house: &House, sights: &[Sight], who: UserId) -> Result<Self, StoreError> {
        let counts = house.inbox.people.seen_counts(sights, who).await?;
        let elsewhere =
            Elsewhere { only_told: counts.only_told, lifted: counts.lifted_here, taken_back: counts.taken_back };
        Ok(Self::of(counts.mine, elsewhere, |it| counts.of(it), &[]))
    }

    /// With what has been lifted to one's groups.
    pub(super) fn with_group(mut self, lifted: &InboxCounts) -> Self {
        self.group(|it| lifted.of(it));
        self
    }

    pub(super) fn group(&mut self, count: impl Fn(ItemState) -> u64) {
        self.counts.push((Tab::Group, Tab::Group.states().into_iter().map(count).sum(), false));
    }

    pub(super) fn is_empty(&self, tab: Tab) -> bool {
        self.said(tab) == "0"
    }

    /// `17`, or `17+` when there may be more.
    pub(super) fn said(&self, tab: Tab) -> String {
        let found = self.counts.iter().find(|(it, _, _)| *it == tab);
        found.map_or_else(|| "0".to_owned(), |(_, count, more)| format!("{count}{}", if *more { "+" } else { "" }))
    }

    /// Numbers by the word of the list: nothing about anybody.
    pub(in crate::inbox) fn json(&self) -> String {
        let mut told: serde_json::Map<String, serde_json::Value> =
            self.counts.iter().map(|(tab, count, _)| (tab.word().to_owned(), (*count).into())).collect();
        told.insert("all".to_owned(), self.all.into());
        serde_json::Value::Object(told).to_string()
    }
}
