//! When a report must be dealt with.

use crate::domain::Calendar;
use crate::domain::ReportKind;
use crate::domain::Timestamp;

/// Working hours until somebody must have read a withdrawal (tilbaketrekking): two working days. Until then a unit goes on with
/// what the person may not want.
pub const WITHDRAWAL_WORKING_HOURS: u32 = 16;
/// Working hours until a question (spørsmål) must have an answer: a working week. It is about nobody, and has no case to wait for.
pub const QUESTION_WORKING_HOURS: u32 = 40;

/// How long a report may wait, in the unit's own time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Patience {
    /// An urgent report (haster): working hours until somebody must have answered.
    pub urgent_working_hours: u32,
    /// Any report: working hours until somebody must have opened it.
    pub unopened_working_hours: u32,
}

impl Default for Patience {
    /// One working day for what is urgent, and two until any is opened.
    fn default() -> Self {
        Self { urgent_working_hours: 8, unopened_working_hours: 16 }
    }
}

/// Until when the sender must have an answer, at least a preliminary one (foreløpig svar): a month
/// (forvaltningsloven § 11 a), or some working hours when it is urgent.
pub fn deadline(received_at: Timestamp, urgent: bool, patience: Patience, calendar: &Calendar) -> Timestamp {
    let month = calendar.month_after(received_at);
    if urgent { calendar.working_hours_after(received_at, patience.urgent_working_hours).min(month) } else { month }
}

/// As [`deadline`], by what came: only a need has the month. `None`: what is no report of need by its kind, such as a dialogue
/// message, waits as one.
pub fn deadline_of(
    kind: Option<ReportKind>,
    received_at: Timestamp,
    urgent: bool,
    patience: Patience,
    calendar: &Calendar,
) -> Timestamp {
    let need = deadline(received_at, urgent, patience, calendar);
    let within = |hours| calendar.working_hours_after(received_at, hours).min(need);
    match kind {
        Some(ReportKind::Withdrawal) => within(WITHDRAWAL_WORKING_HOURS),
        Some(ReportKind::Question) => within(QUESTION_WORKING_HOURS),
        Some(ReportKind::Need | ReportKind::PossibleNeed | ReportKind::TeamAroundPerson | ReportKind::ChangedNeed)
        | None => need,
    }
}

/// Until when somebody must have opened the report.
pub fn open_by(received_at: Timestamp, urgent: bool, patience: Patience, calendar: &Calendar) -> Timestamp {
    let ordinary = calendar.working_hours_after(received_at, patience.unopened_working_hours);
    if urgent {
        calendar.working_hours_after(received_at, patience.urgent_working_hours).min(ordinary)
    } else {
        ordinary
    }
}

#[cfg(test)]
mod tests {
    use super::Patience;
    use super::deadline;
    use super::deadline_of;
    use super::open_by;
    use crate::domain::Calendar;
    use crate::domain::ReportKind;
    use crate::domain::Timestamp;

    fn at(text: &str) -> Timestamp {
        Timestamp::from_jiff(text.parse::<jiff::Zoned>().unwrap().timestamp())
    }

    #[test]
    fn a_report_is_answered_within_a_month_and_an_urgent_one_within_a_working_day() {
        let calendar = Calendar::default();
        let received = at("2026-11-20T14:05:00+01:00[Europe/Oslo]");

        let ordinary = deadline(received, false, Patience::default(), &calendar);
        let urgent = deadline(received, true, Patience::default(), &calendar);

        // 20 December 2026 is a Sunday: the last working day before it.
        assert_eq!(ordinary, at("2026-12-18T16:00:00+01:00[Europe/Oslo]"));
        assert_eq!(urgent, at("2026-11-23T14:05:00+01:00[Europe/Oslo]"));
        assert_eq!(
            open_by(received, false, Patience::default(), &calendar),
            at("2026-11-24T14:05:00+01:00[Europe/Oslo]")
        );
    }
    #[test]
    fn a_withdrawal_is_read_within_two_working_days_and_a_question_answered_within_a_week() {
        let calendar = Calendar::default();
        let received = at("2026-11-20T14:05:00+01:00[Europe/Oslo]");
        let by = |kind, urgent| deadline_of(kind, received, urgent, Patience::default(), &calendar);

        assert_eq!(by(Some(ReportKind::Withdrawal), false), at("2026-11-24T14:05:00+01:00[Europe/Oslo]"));
        assert_eq!(by(Some(ReportKind::Question), false), at("2026-11-27T14:05:00+01:00[Europe/Oslo]"));
        for kind in [None, Some(ReportKind::Need), Some(ReportKind::ChangedNeed)] {
            assert_eq!(by(kind, false), at("2026-12-18T16:00:00+01:00[Europe/Oslo]"), "{kind:?}");
        }
        // What is urgent never waits longer.
        assert_eq!(by(Some(ReportKind::Question), true), at("2026-11-23T14:05:00+01:00[Europe/Oslo]"));
    }
}
