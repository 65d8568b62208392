//! Who coordinates for a person, from when and until when, and that only one is the one to turn to.

use crate::domain::CoordinatorDuty;
use crate::domain::CoordinatorKind;
use crate::domain::Overlap;
use crate::domain::Redacted;
use jiff::civil::Date;
use uuid::Uuid;

/// A coordinator's time with a person (koordinator med periode).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Coordinator {
    pub id: Uuid,
    pub kind: CoordinatorKind,
    pub duty: CoordinatorDuty,
    /// Name at work. Who coordinates for a person tells about the person, so it is kept as the rest.
    pub name: Redacted<String>,
    /// Our id of the person at work, when the coordinator uses this inbox.
    pub staff: Option<Uuid>,
    pub from: Date,
    /// The last day. `None`: nobody has said.
    pub until: Option<Date>,
    pub overlap: Overlap,
    /// Vedtaksreferanse: where the decision to appoint is found (seeds L-04, H-06).
    pub decision: Option<Redacted<String>>,
}

/// Why a coordinator's time cannot be so.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum PeriodRefused {
    /// It would end before it began.
    Backwards,
    /// There is a main coordinator in that time already, and nobody has said that they overlap.
    Overlaps,
}

impl Coordinator {
    /// Whether the coordinator is one on `day`.
    pub fn is_active(&self, day: Date) -> bool {
        self.from <= day && self.until.is_none_or(|it| day <= it)
    }

    /// Whether the two are one appointment, as two units that work with the case have it: each has its own id.
    pub fn is_the_same_as(&self, other: &Self) -> bool {
        (self.kind, self.duty, self.staff, self.from) == (other.kind, other.duty, other.staff, other.from)
            && self.name.reveal() == other.name.reveal()
    }

    /// Whether this one may stand among `others`: at most one is the main one (seed L-40), unless it is said that they
    /// overlap (seed H-32).
    pub fn may_join(&self, others: &[Self]) -> Result<(), PeriodRefused> {
        if self.until.is_some_and(|it| it < self.from) {
            return Err(PeriodRefused::Backwards);
        }
        let clash = |other: &&Self| {
            other.id != self.id
                && other.duty == CoordinatorDuty::Main
                && self.until.is_none_or(|until| other.from <= until)
                && other.until.is_none_or(|until| self.from <= until)
        };
        match (self.duty, self.overlap) {
            (CoordinatorDuty::Main, Overlap::Unsaid) if others.iter().any(|it| clash(&it)) => {
                Err(PeriodRefused::Overlaps)
            }
            (CoordinatorDuty::Main | CoordinatorDuty::Beside, Overlap::Unsaid | Overlap::Said) => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Coordinator;
    use super::PeriodRefused;
    use crate::domain::CoordinatorDuty;
    use crate::domain::CoordinatorKind;
    use crate::domain::Overlap;
    use jiff::civil::Date;
    use jiff::civil::date;
    use uuid::Uuid;

    fn main(id: u128, from: Date, until: Option<Date>) -> Coordinator {
        Coordinator {
            id: Uuid::from_u128(id),
            kind: CoordinatorKind::Municipal,
            duty: CoordinatorDuty::Main,
            name: "Prøve Koordinator".to_owned().into(),
            staff: None,
            from,
            until,
            overlap: Overlap::Unsaid,
            decision: None,
        }
    }

    /// seed in part: L-40
    #[test]
    fn a_second_main_coordinator_is_refused_unless_it_is_said_that_they_overlap() {
        let first = main(1, date(2026, 1, 1), None);
        let second = main(2, date(2026, 6, 1), None);

        assert_eq!(second.may_join(std::slice::from_ref(&first)), Err(PeriodRefused::Overlaps));
        assert_eq!(
            Coordinator { overlap: Overlap::Said, ..second.clone() }.may_join(std::slice::from_ref(&first)),
            Ok(())
        );
        assert_eq!(Coordinator { duty: CoordinatorDuty::Beside, ..second }.may_join(&[first]), Ok(()));
    }

    /// seed in part: H-32
    #[test]
    fn an_overlap_of_fourteen_days_is_accepted_when_it_is_said() {
        let first = main(1, date(2026, 1, 1), Some(date(2026, 6, 14)));
        let second = Coordinator { overlap: Overlap::Said, ..main(2, date(2026, 6, 1), None) };

        assert_eq!(second.may_join(std::slice::from_ref(&first)), Ok(()));
        assert!(first.is_active(date(2026, 6, 7)) && second.is_active(date(2026, 6, 7)));
    }

    #[test]
    fn one_may_begin_the_day_after_the_other_has_ended() {
        let first = main(1, date(2026, 1, 1), Some(date(2026, 5, 31)));

        assert_eq!(main(2, date(2026, 6, 1), None).may_join(std::slice::from_ref(&first)), Ok(()));
        assert_eq!(
            main(2, date(2026, 5, 31), None).may_join(std::slice::from_ref(&first)),
            Err(PeriodRefused::Overlaps)
        );
        assert_eq!(main(2, date(2025, 5, 1), Some(date(2025, 12, 31))).may_join(&[first]), Ok(()));
    }

    #[test]
    fn nobody_ends_before_they_began() {
        let backwards = main(1, date(2026, 6, 2), Some(date(2026, 6, 1)));

        assert_eq!(backwards.may_join(&[]), Err(PeriodRefused::Backwards));
    }
}
