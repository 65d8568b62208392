//! The small deviations that a sender has leave to make: until the last day of the leave they are remarks and not errors.

use crate::domain::Grant;
use crate::domain::Observation;
use crate::domain::Severity;
use crate::domain::Tolerance;
use jiff::civil::Date;

/// An observation with its weight on `day` by the sender's grants, and what can be said of tolerating it.
pub fn weigh(
    observation: &Observation,
    severity: Severity,
    grants: &[Grant],
    day: Date,
) -> (Severity, Option<Tolerance>) {
    let Some(deviation) = observation.deviation.filter(|_| severity == Severity::Error) else {
        return (severity, None);
    };
    let held = grants.iter().filter(|it| it.holds(deviation, day)).max_by_key(|it| it.until);
    match held {
        Some(grant) => (Severity::Warning, Some(Tolerance::Granted { deviation, until: grant.until })),
        None => (severity, Some(Tolerance::Possible(deviation))),
    }
}

#[cfg(test)]
mod tests {
    use super::weigh;
    use crate::domain::At;
    use crate::domain::Code;
    use crate::domain::Deviation;
    use crate::domain::Grant;
    use crate::domain::Observation;
    use crate::domain::Severity;
    use crate::domain::Tolerance;
    use jiff::civil::date;

    fn observation() -> Observation {
        Observation::new(Code::SchemaElementMisplaced, At::Path("/".to_owned())).deviating(Deviation::TelecomOrder)
    }

    fn grant(deviation: Deviation) -> Grant {
        Grant { deviation, until: date(2027, 3, 1), because: String::new() }
    }

    #[test]
    fn a_granted_deviation_is_a_remark_until_its_last_day_and_an_error_after() {
        let grants = [grant(Deviation::TelecomOrder)];
        let granted = Tolerance::Granted { deviation: Deviation::TelecomOrder, until: date(2027, 3, 1) };
        let on = |day| weigh(&observation(), Severity::Error, &grants, day);

        assert_eq!(on(date(2027, 3, 1)), (Severity::Warning, Some(granted)));
        let possible = Some(Tolerance::Possible(Deviation::TelecomOrder));
        assert_eq!(on(date(2027, 3, 2)), (Severity::Error, possible));
    }

    #[test]
    fn a_grant_of_another_deviation_changes_nothing() {
        let weighed = weigh(&observation(), Severity::Error, &[grant(Deviation::DateDigits)], date(2027, 1, 1));

        assert_eq!(weighed, (Severity::Error, Some(Tolerance::Possible(Deviation::TelecomOrder))));
    }

    #[test]
    fn what_is_no_error_needs_no_leave() {
        let grants = [grant(Deviation::TelecomOrder)];

        assert_eq!(weigh(&observation(), Severity::Info, &grants, date(2027, 1, 1)), (Severity::Info, None));
    }
}
