//! A message in a unit's inbox, and the states of things that wait.

use crate::domain::ItemId;
use crate::domain::Timestamp;

/// Where an item in the inbox stands. The only way between states is [`ItemState::after`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum ItemState {
    /// Nobody has looked (ulest).
    Unread,
    /// Somebody has looked; nobody has taken responsibility (åpnet).
    Opened,
    /// Somebody has taken responsibility (tatt).
    Taken,
    /// Done (ferdig).
    Closed,
}

/// What a person does with an item.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum ItemAct {
    Open,
    /// Ta ansvar.
    Take,
    /// Give the responsibility back (legg tilbake).
    Release,
    /// Ferdig.
    Close,
    /// Gjenåpne.
    Reopen,
}

/// Why an act is not possible.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum ActRefused {
    /// The item is closed; it must be reopened first.
    Closed,
    /// Nobody has taken the item; responsibility comes before closing.
    NobodyResponsible,
    /// Somebody else has taken it.
    TakenByAnother,
    /// It is not closed.
    NotClosed,
}

impl ItemState {
    pub const ALL: [Self; 4] = [Self::Unread, Self::Opened, Self::Taken, Self::Closed];

    /// The word used in the database.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Unread => "unread",
            Self::Opened => "opened",
            Self::Taken => "taken",
            Self::Closed => "closed",
        }
    }

    pub fn from_label(label: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.label() == label)
    }

    /// The state after `act`, or why not. `own` says whether the one who acts is the one responsible now.
    pub const fn after(self, act: ItemAct, own: Responsibility) -> Result<Self, ActRefused> {
        match (act, self) {
            (ItemAct::Open, Self::Unread) => Ok(Self::Opened),
            (ItemAct::Open, unchanged) => Ok(unchanged),
            (ItemAct::Take, Self::Unread | Self::Opened) => Ok(Self::Taken),
            (ItemAct::Take, Self::Taken) => match own {
                Responsibility::Own => Ok(Self::Taken),
                Responsibility::Nobody | Responsibility::Another => Err(ActRefused::TakenByAnother),
            },
            (ItemAct::Release, Self::Taken) => match own {
                Responsibility::Own => Ok(Self::Opened),
                Responsibility::Nobody | Responsibility::Another => Err(ActRefused::TakenByAnother),
            },
            (ItemAct::Release, Self::Unread | Self::Opened) => Err(ActRefused::NobodyResponsible),
            (ItemAct::Close, Self::Taken) => match own {
                Responsibility::Own => Ok(Self::Closed),
                Responsibility::Nobody | Responsibility::Another => Err(ActRefused::TakenByAnother),
            },
            (ItemAct::Close, Self::Unread | Self::Opened) => Err(ActRefused::NobodyResponsible),
            (ItemAct::Reopen, Self::Closed) => Ok(Self::Opened),
            (ItemAct::Reopen, Self::Unread | Self::Opened | Self::Taken) => Err(ActRefused::NotClosed),
            (ItemAct::Take | ItemAct::Release | ItemAct::Close, Self::Closed) => Err(ActRefused::Closed),
        }
    }
}

/// Who is responsible for an item, seen from the one who acts.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Responsibility {
    Nobody,
    Own,
    Another,
}

/// What a message in the store has come to.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum MessageState {
    Accepted,
    Rejected,
    /// Judging failed on our side; an operator requeues it.
    Stuck,
}

impl MessageState {
    pub const ALL: [Self; 3] = [Self::Accepted, Self::Rejected, Self::Stuck];

    pub const fn label(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
            Self::Stuck => "stuck",
        }
    }

    pub fn from_label(label: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.label() == label)
    }
}

/// Where a delivery (notice or receipt) stands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum DeliveryState {
    /// Waits for its due time, or is being tried under a lease.
    Queued,
    Delivered,
    /// Given up; an alarm is open and an operator can requeue it.
    Abandoned,
}

impl DeliveryState {
    pub const ALL: [Self; 3] = [Self::Queued, Self::Delivered, Self::Abandoned];

    pub const fn label(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Delivered => "delivered",
            Self::Abandoned => "abandoned",
        }
    }

    pub fn from_label(label: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.label() == label)
    }
}

/// Over which channel a unit is told.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum NoticeChannel {
    Email,
    Webhook,
}

impl NoticeChannel {
    pub const fn label(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Webhook => "webhook",
        }
    }

    pub fn from_label(label: &str) -> Option<Self> {
        [Self::Email, Self::Webhook].into_iter().find(|it| it.label() == label)
    }
}

/// What happens to a delivery after an attempt. Decided in `receipt`, applied by the store.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Next {
    Delivered,
    Retry { due: Timestamp },
    Abandoned,
}

/// Somebody acting on an item, for the journal.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ItemActed {
    pub item: ItemId,
    pub act: ItemAct,
    pub state: ItemState,
}

#[cfg(test)]
mod tests {
    use super::ActRefused;
    use super::ItemAct;
    use super::ItemState;
    use super::Responsibility;

    #[test]
    fn responsibility_comes_before_closing() {
        assert_eq!(ItemState::Opened.after(ItemAct::Close, Responsibility::Nobody), Err(ActRefused::NobodyResponsible));
        assert_eq!(ItemState::Taken.after(ItemAct::Close, Responsibility::Own), Ok(ItemState::Closed));
        assert_eq!(ItemState::Taken.after(ItemAct::Close, Responsibility::Another), Err(ActRefused::TakenByAnother));
    }

    #[test]
    fn looking_never_undoes_what_somebody_did() {
        for state in ItemState::ALL {
            let after = state.after(ItemAct::Open, Responsibility::Nobody).unwrap();
            assert!(after >= state);
        }
    }

    #[test]
    fn a_closed_item_must_be_reopened_first() {
        assert_eq!(ItemState::Closed.after(ItemAct::Take, Responsibility::Nobody), Err(ActRefused::Closed));
        assert_eq!(ItemState::Closed.after(ItemAct::Reopen, Responsibility::Nobody), Ok(ItemState::Opened));
    }
}
