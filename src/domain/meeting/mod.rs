//! Meetings of a group that meets now and then (møter): when a case is discussed, whether it can wait until then, and what
//! has to be done about it afterwards.

mod invitation;
mod task;

pub use invitation::*;
pub use task::*;

use crate::domain::Reference;
use crate::domain::Timestamp;
use crate::domain::UnitId;
use crate::domain::holiday;
use crate::domain::report::codes;
use jiff::civil::Weekday;
use std::fmt;
use uuid::Uuid;

/// Longest wait for a meeting before the month is over in which the sender must have an answer. Days.
pub const MEETING_WAIT_DAYS_MAX: i32 = 30;
/// Longest wait for a meeting of what is urgent (haster). Days.
pub const URGENT_WAIT_DAYS_MAX: i32 = 7;

/// A meeting lasts so many minutes.
pub const MEETING_MINUTES_MIN: u32 = 15;
pub const MEETING_MINUTES_MAX: u32 = 8 * 60;
/// Longest name of a place. Characters.
pub const MEETING_PLACE_CHARACTERS_MAX: usize = 80;
/// So many digits in a row could be somebody's number.
const PLACE_DIGITS_MAX: usize = 5;

/// Our number of a meeting.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct MeetingId(pub Uuid);

impl fmt::Display for MeetingId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

/// A meeting of a group (møte). Nothing in it is about a person: it stands in notices and in calendars elsewhere.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Meeting {
    pub id: MeetingId,
    /// Says nothing, and can be said on the telephone.
    pub reference: Reference,
    pub unit: UnitId,
    pub kind: MeetingKind,
    pub state: MeetingState,
    pub plan: MeetingPlan,
    /// How often it has been changed; a calendar keeps the highest.
    pub revision: u32,
    pub changed_at: Timestamp,
}

impl Meeting {
    /// When it is over.
    pub fn ends(&self) -> Timestamp {
        self.plan.ends()
    }

    /// Whether it is planned, and not over.
    pub fn is_coming(&self, now: Timestamp) -> bool {
        self.state == MeetingState::Planned && self.ends() > now
    }

    /// Whether there can be something to write of it: its day has come, and it is not called off.
    pub fn may_have_been_held(&self, now: Timestamp) -> bool {
        self.state == MeetingState::Planned && self.plan.at.date_in_norway() <= now.date_in_norway()
    }
}

/// When and where (tid og sted).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MeetingPlan {
    pub at: Timestamp,
    pub minutes: u32,
    /// A room or a way to join. Empty: it is not said.
    pub place: String,
}

impl MeetingPlan {
    pub fn ends(&self) -> Timestamp {
        self.at.plus(std::time::Duration::from_secs(u64::from(self.minutes) * 60))
    }

    /// Whether it can be called. The first reason why not.
    pub fn check(&self, now: Timestamp) -> Result<(), MeetingRefused> {
        let digits = self.place.split(|it: char| !it.is_ascii_digit()).map(str::len).max().unwrap_or(0);
        if self.at <= now {
            Err(MeetingRefused::InThePast)
        } else if !(MEETING_MINUTES_MIN..=MEETING_MINUTES_MAX).contains(&self.minutes) {
            Err(MeetingRefused::Length)
        } else if self.place.chars().count() > MEETING_PLACE_CHARACTERS_MAX || self.place.chars().any(char::is_control)
        {
            Err(MeetingRefused::PlaceTooLong)
        } else if digits > PLACE_DIGITS_MAX {
            Err(MeetingRefused::PlaceHasNumber)
        } else {
            Ok(())
        }
    }

    /// What is odd about it beside `others`, the meetings that the group has anyway.
    pub fn oddities(&self, others: &[Meeting]) -> Vec<MeetingOddity> {
        let day = self.at.date_in_norway();
        let free = match (holiday(day), day.weekday()) {
            (Some(_), _) => Some(MeetingOddity::OnAHoliday),
            (None, Weekday::Saturday | Weekday::Sunday) => Some(MeetingOddity::OnAWeekend),
            (None, _) => None,
        };
        let meanwhile = others.iter().filter(|it| it.plan.at < self.ends() && self.at < it.ends());
        free.into_iter().chain(meanwhile.map(|it| MeetingOddity::Meanwhile(it.plan.at))).collect()
    }
}

/// What is odd about when a meeting is to be (uvanlig møtetid). It can be meant so: one is asked, and nothing is refused.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum MeetingOddity {
    OnAWeekend,
    OnAHoliday,
    /// The group has another meeting then, which begins at this time.
    Meanwhile(Timestamp),
}

/// Why a meeting cannot be called so.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum MeetingRefused {
    InThePast,
    /// Shorter or longer than meetings are.
    Length,
    PlaceTooLong,
    /// The place holds a number that could be a person's.
    PlaceHasNumber,
}

/// Whether a meeting was planned long ahead (fast møte) or is called for what cannot wait (ekstraordinært møte).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum MeetingKind {
    Fixed,
    Extraordinary,
}

impl MeetingKind {
    /// The word used in the database and to machines.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Fixed => "fixed",
            Self::Extraordinary => "extraordinary",
        }
    }

    pub fn from_label(label: &str) -> Option<Self> {
        [Self::Fixed, Self::Extraordinary].into_iter().find(|it| it.label() == label)
    }
}

/// Where a meeting stands. That it has been held is known by the clock.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum MeetingState {
    Planned,
    /// Avlyst.
    Cancelled,
}

impl MeetingState {
    /// The word used in the database and to machines.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Cancelled => "cancelled",
        }
    }

    pub fn from_label(label: &str) -> Option<Self> {
        [Self::Planned, Self::Cancelled].into_iter().find(|it| it.label() == label)
    }
}

codes! {
    /// What a meeting said of a case (møtets konklusjon).
    MeetingDecision {
        /// The group sees to it.
        TakenOn = "GRUPPEN_FOLGER_OPP",
        /// The service area goes on with it, with the group's advice.
        GivenBack = "TILBAKE_TIL_TJENESTEN",
        Clarified = "AVKLART",
        /// Discussed again at the next meeting.
        NextMeeting = "NESTE_MOTE",
    }
}

/// Whether a case can wait for the group's meeting (ventetid til møtet).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum MeetingWait {
    InTime,
    /// The meeting comes after the month in which the sender must have an answer; so many days after it was received.
    PastTheMonth(i32),
    /// It is urgent, and the meeting is too far off; so many days after it was received.
    TooLongForUrgent(i32),
    /// It must be answered, and there is no meeting.
    NoMeeting,
}

impl MeetingWait {
    /// `next`: when the group meets next, or when the case is to be discussed. `answered`: the sender has had an answer, at
    /// least a preliminary one, so the month is kept.
    pub fn of(received_at: Timestamp, urgent: bool, answered: bool, next: Option<Timestamp>) -> Self {
        let Some(next) = next else { return if answered { Self::InTime } else { Self::NoMeeting } };
        let days = next.date_in_norway().since(received_at.date_in_norway()).map_or(0, |it| it.get_days());
        if answered {
            Self::InTime
        } else if urgent && days > URGENT_WAIT_DAYS_MAX {
            Self::TooLongForUrgent(days)
        } else if days > MEETING_WAIT_DAYS_MAX {
            Self::PastTheMonth(days)
        } else {
            Self::InTime
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use std::time::Duration;

    const DAY: Duration = Duration::from_secs(86_400);

    pub(crate) fn moment(text: &str) -> Timestamp {
        Timestamp::from_jiff(format!("{text}[Europe/Oslo]").parse::<jiff::Zoned>().unwrap().timestamp())
    }

    pub(crate) fn meeting() -> Meeting {
        Meeting {
            id: MeetingId(Uuid::from_u128(7)),
            reference: Reference::from_random([7; 9]),
            unit: UnitId("gjerstad-koordinerende-gruppe".to_owned()),
            kind: MeetingKind::Fixed,
            state: MeetingState::Planned,
            plan: MeetingPlan {
                at: moment("2026-12-09T12:00:00+01:00"),
                minutes: 90,
                place: "Kommunehuset, møterom 2".to_owned(),
            },
            revision: 0,
            changed_at: moment("2026-11-22T10:00:00+01:00"),
        }
    }

    /// seed in part: G-18, L-13
    #[test]
    fn a_case_waits_a_month_at_most_and_an_urgent_one_a_week() {
        let received = moment("2026-11-02T15:00:00+01:00");
        let wait = |urgent, days: u32| MeetingWait::of(received, urgent, false, Some(received.plus(DAY * days)));

        assert_eq!(wait(false, 30), MeetingWait::InTime);
        assert_eq!(wait(false, 31), MeetingWait::PastTheMonth(31));
        assert_eq!(wait(false, 45), MeetingWait::PastTheMonth(45));
        assert_eq!(wait(true, 7), MeetingWait::InTime);
        assert_eq!(wait(true, 40), MeetingWait::TooLongForUrgent(40));
        assert_eq!(MeetingWait::of(received, false, false, None), MeetingWait::NoMeeting);
    }

    #[test]
    fn a_sender_who_has_been_answered_can_wait() {
        let received = moment("2026-11-02T15:00:00+01:00");

        let wait = |next| MeetingWait::of(received, true, true, next);
        assert_eq!(wait(Some(received.plus(DAY * 45))), MeetingWait::InTime);
        assert_eq!(wait(None), MeetingWait::InTime);
    }

    #[test]
    fn a_meeting_lies_ahead_lasts_a_while_and_its_place_holds_nobodys_number() {
        let (now, plan) = (moment("2026-11-22T10:00:00+01:00"), meeting().plan);
        let place = |it: &str| MeetingPlan { place: it.to_owned(), ..plan.clone() }.check(now);

        assert_eq!(plan.check(now), Ok(()));
        assert_eq!(plan.check(plan.at), Err(MeetingRefused::InThePast));
        assert_eq!(MeetingPlan { minutes: 5, ..plan.clone() }.check(now), Err(MeetingRefused::Length));
        assert_eq!(MeetingPlan { minutes: 481, ..plan.clone() }.check(now), Err(MeetingRefused::Length));
        assert_eq!(place("Rom 12345"), Ok(()));
        assert_eq!(place("Hjemme hos 170590"), Err(MeetingRefused::PlaceHasNumber));
        assert_eq!(place(&"x".repeat(81)), Err(MeetingRefused::PlaceTooLong));
        assert_eq!(place("to\nlinjer"), Err(MeetingRefused::PlaceTooLong));
    }

    #[test]
    fn a_meeting_on_a_free_day_or_beside_another_is_odd_and_not_refused() {
        let (planned, plan) = (meeting(), meeting().plan);
        let at = |it: &str| MeetingPlan { at: moment(it), ..plan.clone() };
        let beside = |it: &str| at(it).oddities(std::slice::from_ref(&planned));

        assert_eq!(beside("2026-12-08T12:00:00+01:00"), []);
        assert_eq!(beside("2026-12-12T12:00:00+01:00"), [MeetingOddity::OnAWeekend]);
        assert_eq!(beside("2026-12-25T12:00:00+01:00"), [MeetingOddity::OnAHoliday]);
        // The planned one lasts from twelve to half past one.
        let meanwhile = [MeetingOddity::Meanwhile(planned.plan.at)];
        for (time, expected) in [("10:30", &[][..]), ("11:00", &meanwhile), ("13:15", &meanwhile), ("13:30", &[])] {
            assert_eq!(beside(&format!("2026-12-09T{time}:00+01:00")), expected, "{time}");
        }
    }

    #[test]
    fn a_meeting_may_have_been_held_from_its_day_on_unless_it_is_called_off() {
        let meeting = meeting();
        let cancelled = Meeting { state: MeetingState::Cancelled, ..meeting.clone() };

        assert!(!meeting.may_have_been_held(moment("2026-12-08T23:59:00+01:00")));
        assert!(meeting.may_have_been_held(moment("2026-12-09T08:00:00+01:00")));
        assert!(meeting.may_have_been_held(meeting.ends()));
        assert!(!cancelled.may_have_been_held(meeting.ends()));
    }

    #[test]
    fn a_meeting_is_coming_until_it_is_over_or_cancelled() {
        let meeting = meeting();

        assert!(meeting.is_coming(meeting.plan.at));
        assert!(!meeting.is_coming(meeting.ends()));
        let cancelled = Meeting { state: MeetingState::Cancelled, ..meeting.clone() };
        assert!(!cancelled.is_coming(meeting.changed_at));
    }
}
