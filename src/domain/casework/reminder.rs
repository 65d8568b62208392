//! When somebody is reminded of a report that nobody has opened, or nobody has answered.

use crate::domain::Calendar;
use crate::domain::Patience;
use crate::domain::Reference;
use crate::domain::Timestamp;
use crate::domain::open_by;
use std::time::Duration;

/// An offer that nobody has answered for so long is told of (tre døgn).
pub const OFFER_WAIT_MAX: Duration = Duration::from_secs(3 * 24 * 60 * 60);

/// What a reminder is about (det som ligger): our reference, and since when it lies or by when it should have been done. `None`:
/// it is nothing that time tells.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reminded {
    pub reference: Reference,
    pub since: Option<Timestamp>,
}

/// What somebody is reminded of (påminnelse). Each is sent once for an item, and tells neither content nor persons.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Reminder {
    /// To the unit: nobody has opened it.
    Unread,
    /// The same, to those who read when nobody else has (stedfortreder).
    UnreadDeputy,
    /// The same, to those who are responsible for the unit (leder).
    UnreadLeader,
    /// To the unit: the time for an answer is over (foreløpig svar).
    AnswerLate,
    /// To the leader of a group: something urgent has come, and the group does not meet soon enough.
    MeetingTooLate,
    /// To the unit that was to appoint a coordinator, and to the one that asked: the time is over (seed H-29).
    DelegationLate,
    /// To the unit that offered a case to another receiver: nobody has answered (seed H-39).
    OfferUnanswered,
    /// To the unit that lifted a case to a group: a meeting has dealt with it. It is told once for each meeting.
    MeetingSpoke,
    /// To the unit: whoever was responsible for a case sees it no more, and nobody has it.
    NobodyResponsible,
    /// To the unit that a case was lifted to, offered to or laid to: it waits there. Told when it cannot be undone any more.
    PassedOn,
}

impl Reminder {
    pub const ALL: [Self; 10] = [
        Self::Unread,
        Self::UnreadDeputy,
        Self::UnreadLeader,
        Self::AnswerLate,
        Self::MeetingTooLate,
        Self::DelegationLate,
        Self::OfferUnanswered,
        Self::MeetingSpoke,
        Self::NobodyResponsible,
        Self::PassedOn,
    ];

    /// Whether it is meant for somebody above or beside the unit, and not for the unit's own mailbox.
    pub const fn is_for_others(self) -> bool {
        match self {
            Self::UnreadDeputy | Self::UnreadLeader | Self::MeetingTooLate => true,
            Self::Unread | Self::AnswerLate | Self::DelegationLate | Self::OfferUnanswered => false,
            Self::MeetingSpoke | Self::NobodyResponsible | Self::PassedOn => false,
        }
    }

    /// The word used in the database and to machines.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Unread => "unread",
            Self::UnreadDeputy => "unread_deputy",
            Self::UnreadLeader => "unread_leader",
            Self::AnswerLate => "answer_late",
            Self::MeetingTooLate => "meeting_too_late",
            Self::DelegationLate => "delegation_late",
            Self::OfferUnanswered => "offer_unanswered",
            Self::MeetingSpoke => "meeting_spoke",
            Self::NobodyResponsible => "nobody_responsible",
            Self::PassedOn => "passed_on",
        }
    }

    pub fn from_label(label: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.label() == label)
    }
}

/// How long a unit's reports may lie unopened. Working hours; `None`: what the house says.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct UnreadLimits {
    /// Until the unit itself is reminded.
    pub unit_hours: Option<u32>,
    /// Until its deputy is.
    pub deputy_hours: Option<u32>,
}

/// Which reminders an unopened report has earned by `now`: the unit's when [`open_by`] is over; the deputy's after its own
/// time, or twice the unit's; the leader's after the unit's time once more.
pub fn unread_reminders(
    received_at: Timestamp,
    urgent: bool,
    limits: UnreadLimits,
    patience: Patience,
    calendar: &Calendar,
    now: Timestamp,
) -> Vec<Reminder> {
    let unit = limits.unit_hours.unwrap_or(patience.unopened_working_hours);
    let unit = if urgent { unit.min(patience.urgent_working_hours) } else { unit };
    let deputy = match limits.deputy_hours {
        Some(hours) if !urgent => hours.max(unit),
        Some(_) | None => unit.saturating_mul(2),
    };
    let leader = deputy.saturating_add(unit);
    let patience = |hours| Patience { unopened_working_hours: hours, ..patience };
    let steps = [(Reminder::Unread, unit), (Reminder::UnreadDeputy, deputy), (Reminder::UnreadLeader, leader)];
    let over = |hours| open_by(received_at, false, patience(hours), calendar) <= now;
    steps.into_iter().filter(|(_, hours)| over(*hours)).map(|(reminder, _)| reminder).collect()
}

#[cfg(test)]
mod tests {
    use super::Reminder;
    use super::UnreadLimits;
    use super::unread_reminders;
    use crate::domain::Calendar;
    use crate::domain::Patience;
    use crate::domain::Timestamp;

    fn moment(text: &str) -> Timestamp {
        Timestamp::from_jiff(format!("{text}[Europe/Oslo]").parse::<jiff::Zoned>().unwrap().timestamp())
    }

    fn due(limits: UnreadLimits, urgent: bool, now: &str) -> Vec<Reminder> {
        let received = moment("2027-03-24T15:00:00+01:00");
        unread_reminders(received, urgent, limits, Patience::default(), &Calendar::default(), moment(now))
    }

    #[test]
    fn no_time_goes_by_over_easter_and_each_step_comes_in_its_turn() {
        let limits = UnreadLimits { unit_hours: Some(2), deputy_hours: Some(17) };

        assert_eq!(due(limits, false, "2027-03-30T08:59:00+02:00"), []);
        assert_eq!(due(limits, false, "2027-03-30T09:00:00+02:00"), [Reminder::Unread]);
        assert_eq!(due(limits, false, "2027-03-31T16:00:00+02:00"), [Reminder::Unread, Reminder::UnreadDeputy]);
        assert_eq!(due(limits, false, "2027-04-01T10:00:00+02:00"), Reminder::ALL[..3]);
    }

    #[test]
    fn what_is_urgent_does_not_wait_for_the_patient_unit() {
        let limits = UnreadLimits { unit_hours: Some(72), deputy_hours: Some(96) };

        assert_eq!(due(limits, true, "2027-03-30T15:00:00+02:00"), [Reminder::Unread]);
        assert_eq!(due(limits, true, "2027-03-31T15:00:00+02:00"), [Reminder::Unread, Reminder::UnreadDeputy]);
        assert_eq!(due(limits, false, "2027-03-31T15:00:00+02:00"), []);
    }
}
