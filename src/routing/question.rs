//! What is asked when a report looks for its unit: the report, seen only as far as a rule can ask.

use crate::domain::AddressGrading;
use crate::domain::DistrictNumber;
use crate::domain::HerId;
use crate::domain::MunicipalityNumber;
use crate::domain::NeedKind;
use crate::domain::NeedReport;
use crate::domain::OrgNumber;
use crate::domain::ReceiverLevel;
use crate::domain::Redacted;
use crate::domain::ReportKind;
use crate::domain::ReporterCategory;
use crate::domain::Timestamp;
use crate::domain::UrgencyLevel;
use jiff::civil::Date;

/// Status of a service (tjenestestatus) that is over, and so says nothing about where the report should go.
const SERVICE_OVER: &str = "AVSLUTTET";

/// A question to the unit directory.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RouteQuestion {
    pub municipality: MunicipalityNumber,
    pub district: Option<DistrictNumber>,
    pub level: ReceiverLevel,
    /// The hospital trust, when the level is HF and its number is one.
    pub hospital_trust: Option<OrgNumber>,
    pub kind: ReportKind,
    pub needs: Vec<NeedKind>,
    pub age: Redacted<AgeOnDay>,
    /// Kinds of services that are, or should be, involved; not those that are over.
    pub services: Vec<String>,
    pub reporter: ReporterCategory,
    /// Relayed by a hospital's coordinating unit: there is an original reporter.
    pub relayed: bool,
    pub urgency: UrgencyLevel,
    /// The person is in hospital now.
    pub admitted: bool,
    pub grading: AddressGrading,
    /// The HER-id that the message is addressed to. `None`: not asked for, as when somebody tries the rules out.
    pub receiver: Option<HerId>,
}

impl RouteQuestion {
    /// The question that `report` asks, addressed to `receiver`, on the day in Norway at `at`.
    pub fn of(report: &NeedReport, receiver: Option<HerId>, at: Timestamp) -> Self {
        let day = at.date_in_norway();
        let services = report.services.iter().filter(|it| it.status.as_deref() != Some(SERVICE_OVER));
        Self {
            municipality: report.receiver.municipality.clone(),
            district: report.receiver.district.clone(),
            level: report.receiver.level,
            hospital_trust: report.receiver.organisation.as_deref().and_then(|it| OrgNumber::parse(it).ok()),
            kind: report.kind,
            needs: report.needs.iter().map(|it| it.kind).collect(),
            age: Redacted::new(age_of(report, day)),
            services: services.map(|it| it.kind.clone()).collect(),
            reporter: report.reporter.category,
            relayed: report.original_reporter.is_some(),
            urgency: report.urgency.level,
            admitted: report.admission.is_some(),
            grading: report.patient.as_ref().map_or(AddressGrading::Ungraded, |it| it.grading),
            receiver,
        }
    }
}

/// How old the person is on the day of the question.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AgeOnDay {
    /// Expected; counts as age 0 in a rule.
    Unborn,
    /// Whole months lived.
    Months(u32),
    /// No date of birth, or no person at all.
    Unknown,
}

fn age_of(report: &NeedReport, day: Date) -> AgeOnDay {
    let Some(patient) = &report.patient else { return AgeOnDay::Unknown };
    if patient.unborn.is_some() {
        return AgeOnDay::Unborn;
    }
    patient.date_of_birth.as_ref().map_or(AgeOnDay::Unknown, |it| AgeOnDay::Months(months_between(*it.reveal(), day)))
}

/// Whole months from `born` to `day`; 0 before birth. One born on a leap day is a year older on 1 March.
fn months_between(born: Date, day: Date) -> u32 {
    let years = i32::from(day.year()) - i32::from(born.year());
    let months = years * 12 + i32::from(day.month()) - i32::from(born.month()) - i32::from(day.day() < born.day());
    u32::try_from(months).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::months_between;
    use jiff::civil::date;

    #[test]
    fn a_person_is_eighteen_on_the_birthday_and_not_the_day_before() {
        let born = date(2008, 10, 5);

        assert_eq!(months_between(born, date(2026, 10, 4)), 18 * 12 - 1);
        assert_eq!(months_between(born, date(2026, 10, 5)), 18 * 12);
    }

    #[test]
    fn one_born_on_a_leap_day_is_a_year_older_on_the_first_of_march() {
        let born = date(2008, 2, 29);

        assert_eq!(months_between(born, date(2026, 2, 28)), 18 * 12 - 1);
        assert_eq!(months_between(born, date(2026, 3, 1)), 18 * 12);
    }

    #[test]
    fn a_day_before_birth_counts_as_no_age() {
        assert_eq!(months_between(date(2027, 1, 1), date(2026, 10, 5)), 0);
    }
}
