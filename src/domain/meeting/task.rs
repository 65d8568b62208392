//! What has to be done about a case, by when, and by whom (oppgaver).

use crate::domain::Calendar;
use crate::domain::ReportKind;
use crate::domain::Timestamp;
use crate::domain::report::codes;
use jiff::Span;
use jiff::civil::Date;

/// Days from the day a report was received until its applicant must have been called to a meeting, and until the meeting
/// that finds out about the need must have been.
const CALL_DAYS_MAX: i32 = 14;
const MAPPING_DAYS_MAX: i32 = 28;
/// … and until somebody must have been appointed.
const APPOINT_DAYS_MAX: i32 = 30;

codes! {
    /// What is to be done (oppgave); seeds L-19, L-28, L-29.
    TaskKind {
        /// Appoint a coordinator.
        AppointCoordinator = "OPPNEVN_KOORDINATOR",
        /// Call the person, and whoever comes with them, to a meeting.
        CallToMeeting = "INNKALL_TIL_MOTE",
        /// The meeting in which the need is found out about.
        MappingMeeting = "KARTLEGGINGSMOTE",
        /// What a meeting of the group gave somebody to do.
        FromMeeting = "OPPFOLGING",
        /// Anything else.
        Other = "ANNET",
    }
}

/// The tasks of a case that has been registered, by when each must be done: never later than on a working day.
///
/// Only what reports a need begins them.
pub fn first_tasks(kind: ReportKind, received_at: Timestamp, calendar: &Calendar) -> Vec<(TaskKind, Date)> {
    let begins = match kind {
        ReportKind::Need | ReportKind::PossibleNeed | ReportKind::ChangedNeed => true,
        ReportKind::TeamAroundPerson | ReportKind::Question | ReportKind::Withdrawal => false,
    };
    let received = received_at.date_in_norway();
    let by = |days: i32| {
        let day = received.checked_add(Span::new().days(days)).unwrap_or(received);
        calendar.working_day_until(day)
    };
    if !begins {
        return Vec::new();
    }
    vec![
        (TaskKind::CallToMeeting, by(CALL_DAYS_MAX)),
        (TaskKind::MappingMeeting, by(MAPPING_DAYS_MAX)),
        (TaskKind::AppointCoordinator, by(APPOINT_DAYS_MAX)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::meeting::tests::moment;
    use jiff::civil::date;

    /// seed in part: L-19, L-29
    #[test]
    fn a_registered_need_is_to_be_talked_about_and_to_have_a_coordinator_by_a_working_day() {
        let received = moment("2026-11-23T10:00:00+01:00");

        let tasks = first_tasks(ReportKind::Need, received, &Calendar::default());

        // 21 December is a Monday; 23 December a Wednesday.
        let days = [date(2026, 12, 7), date(2026, 12, 21), date(2026, 12, 23)];
        let kinds = [TaskKind::CallToMeeting, TaskKind::MappingMeeting, TaskKind::AppointCoordinator];
        assert_eq!(tasks, kinds.into_iter().zip(days).collect::<Vec<_>>());
        assert!(tasks.iter().all(|(_, by)| Calendar::default().is_working_day(*by)));
        let by_christmas = first_tasks(ReportKind::Need, moment("2026-11-27T10:00:00+01:00"), &Calendar::default());
        assert_eq!(by_christmas[1], (TaskKind::MappingMeeting, date(2026, 12, 24)), "25 December is a holiday");
    }

    #[test]
    fn a_question_begins_no_tasks() {
        assert_eq!(first_tasks(ReportKind::Question, moment("2026-11-23T10:00:00+01:00"), &Calendar::default()), []);
    }
}
