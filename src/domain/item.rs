//! A message in a unit's inbox, and the states of things that wait.

use crate::domain::Share;
use crate::domain::Timestamp;

/// Where an item in the inbox stands. The only way between states is [`crate::domain::Case::after`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum ItemState {
    /// Nobody has looked (ulest).
    Unread,
    /// Somebody has looked; nobody has taken responsibility (åpnet).
    Opened,
    /// Somebody has taken responsibility (tatt).
    Taken,
    /// The sender has been asked for more and has not answered yet (venter svar).
    Waiting,
    /// Another unit has offered it to us; we know that it exists, and have not accepted (tilbudt oss).
    Proposed,
    /// We have offered it to another receiver, who has not accepted yet (overføring tilbudt).
    Offered,
    /// Another receiver has accepted it. A row without content (overført).
    Transferred,
    /// It was not for us, and its content is removed (feil adressat); or it was only offered and never became ours.
    Withdrawn,
    /// Done (ferdig).
    Closed,
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
    /// The person has taken it already.
    AlreadyTaken,
    /// It is not closed.
    NotClosed,
    /// Nobody has opened it; one reads before one judges.
    Unopened,
    /// The sender has been asked and has not answered; responsibility stays until then.
    WaitsForSender,
    /// It is offered to another receiver; take the offer back first.
    OfferedAway,
    /// There is no offer to accept, decline or take back.
    NotOffered,
    /// It is offered to this unit, which has not accepted.
    NotAccepted,
    /// It was passed on or withdrawn, and there is no content any more.
    ContentRemoved,
    /// The unit only knows that the report exists.
    OnlyAwareness,
    /// Where the case is in the archive must be registered before it is closed (journalføring).
    NoArchiveReference,
    /// What came of it must be said before it is closed (avklaring eller vedtak).
    NoOutcome,
    /// Somebody has confirmed already.
    AlreadyConfirmed,
    /// It has been lifted to a group already.
    AlreadyLifted,
    /// Only those who are cleared for it read it; a group is not.
    GradedForMembers,
    /// It has been registered in an archive, from which what came wrong must be taken first.
    AlreadyArchived,
    /// The receiver has the report already.
    AlreadyThere,
    /// There is a main coordinator in that time, and nobody has said that they overlap.
    CoordinatorOverlaps,
    /// It would end before it began.
    PeriodBackwards,
    /// No such coordinator in this case.
    NoSuchCoordinator,
    /// There is nothing of this person's to undo.
    NothingToUndo,
    /// The time for undoing is over.
    TooLateToUndo,
    /// Somebody has done something with it since.
    ChangedSince,
    /// The appointment has been laid to a unit already, or was laid to this one.
    AlreadyDelegated,
    /// Nobody has been asked to appoint for this unit.
    NotDelegated,
    /// It is in no family.
    NotLinked,
    /// It waits for no answer.
    NotWaiting,
    /// It has not been lifted.
    NotLifted,
    /// It is only lifted to here; another unit has it at home, and decides.
    LiftedHere,
    /// The unit was asked to appoint a coordinator; another has the case at home, and answers for it.
    DelegatedHere,
}

impl ActRefused {
    pub const ALL: [Self; 32] = [
        Self::Closed,
        Self::NobodyResponsible,
        Self::TakenByAnother,
        Self::AlreadyTaken,
        Self::NotClosed,
        Self::Unopened,
        Self::WaitsForSender,
        Self::OfferedAway,
        Self::NotOffered,
        Self::NotAccepted,
        Self::ContentRemoved,
        Self::OnlyAwareness,
        Self::NoArchiveReference,
        Self::NoOutcome,
        Self::AlreadyConfirmed,
        Self::AlreadyLifted,
        Self::GradedForMembers,
        Self::AlreadyArchived,
        Self::AlreadyThere,
        Self::CoordinatorOverlaps,
        Self::PeriodBackwards,
        Self::NoSuchCoordinator,
        Self::NothingToUndo,
        Self::TooLateToUndo,
        Self::ChangedSince,
        Self::AlreadyDelegated,
        Self::NotDelegated,
        Self::NotLinked,
        Self::NotWaiting,
        Self::NotLifted,
        Self::LiftedHere,
        Self::DelegatedHere,
    ];

    /// The reason as a word, for the diary and for machines.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::NobodyResponsible => "nobody_responsible",
            Self::TakenByAnother => "taken_by_another",
            Self::AlreadyTaken => "already_taken",
            Self::NotClosed => "not_closed",
            Self::Unopened => "unopened",
            Self::WaitsForSender => "waits_for_sender",
            Self::OfferedAway => "offered_away",
            Self::NotOffered => "not_offered",
            Self::NotAccepted => "not_accepted",
            Self::ContentRemoved => "content_removed",
            Self::OnlyAwareness => "only_awareness",
            Self::NoArchiveReference => "no_archive_reference",
            Self::NoOutcome => "no_outcome",
            Self::AlreadyConfirmed => "already_confirmed",
            Self::AlreadyLifted => "already_lifted",
            Self::GradedForMembers => "graded_for_members",
            Self::AlreadyArchived => "already_archived",
            Self::AlreadyThere => "already_there",
            Self::CoordinatorOverlaps => "coordinator_overlaps",
            Self::PeriodBackwards => "period_backwards",
            Self::NoSuchCoordinator => "no_such_coordinator",
            Self::NothingToUndo => "nothing_to_undo",
            Self::TooLateToUndo => "too_late_to_undo",
            Self::ChangedSince => "changed_since",
            Self::AlreadyDelegated => "already_delegated",
            Self::NotDelegated => "not_delegated",
            Self::NotLinked => "not_linked",
            Self::NotWaiting => "not_waiting",
            Self::NotLifted => "not_lifted",
            Self::LiftedHere => "lifted_here",
            Self::DelegatedHere => "delegated_here",
        }
    }
}

impl ItemState {
    pub const ALL: [Self; 9] = [
        Self::Unread,
        Self::Opened,
        Self::Taken,
        Self::Waiting,
        Self::Proposed,
        Self::Offered,
        Self::Transferred,
        Self::Withdrawn,
        Self::Closed,
    ];

    /// The word used in the database.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Unread => "unread",
            Self::Opened => "opened",
            Self::Taken => "taken",
            Self::Waiting => "waiting",
            Self::Proposed => "proposed",
            Self::Offered => "offered",
            Self::Transferred => "transferred",
            Self::Withdrawn => "withdrawn",
            Self::Closed => "closed",
        }
    }

    pub fn from_label(label: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.label() == label)
    }

    /// Whether the unit may read the report itself in this state. What is unread is opened first.
    pub const fn shows_content(self) -> bool {
        match self {
            Self::Opened | Self::Taken | Self::Waiting | Self::Offered | Self::Closed => true,
            Self::Unread | Self::Proposed | Self::Transferred | Self::Withdrawn => false,
        }
    }
}

/// Whether a unit is only told that a report exists (til orientering), which is another's to do something with: not when it
/// has been offered to the unit, and not when what the unit had is gone.
pub const fn only_told(state: ItemState, share: Share) -> bool {
    match (share, state) {
        (Share::Content, _)
        | (Share::Awareness, ItemState::Proposed | ItemState::Transferred | ItemState::Withdrawn) => false,
        (
            Share::Awareness,
            ItemState::Unread
            | ItemState::Opened
            | ItemState::Taken
            | ItemState::Waiting
            | ItemState::Offered
            | ItemState::Closed,
        ) => true,
    }
}

/// Whether anybody who received a message has opened it (lest eller ikke lest), as its sender may know.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Reading {
    Unread,
    Opened,
    /// Another municipality or a hospital trust has taken it over, and nobody here has it any more (overført). Not which.
    Transferred,
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

#[cfg(test)]
mod tests {
    use super::ItemState;

    #[test]
    fn every_state_has_its_own_word() {
        for state in ItemState::ALL {
            assert_eq!(ItemState::from_label(state.label()), Some(state));
        }
    }
}
