//! What is asked when a report looks for its unit: the report, seen only as far as a rule can ask.

use crate::domain::AddressGrading;
use crate::domain::CareReport;
use crate::domain::Classification;
use crate::domain::DialogueReport;
use crate::domain::DistrictNumber;
use crate::domain::HerId;
use crate::domain::MunicipalityNumber;
use crate::domain::NeedKind;
use crate::domain::NeedReport;
use crate::domain::OrgNumber;
use crate::domain::ReceiverLevel;
use crate::domain::Redacted;
use crate::domain::ReportKind;
use crate::domain::ReportPatient;
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
    /// `None`: not said, as in a dialogue message.
    pub reporter: Option<ReporterCategory>,
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
            age: Redacted::new(age_of(report.patient.as_ref(), day)),
            services: services.map(|it| it.kind.clone()).collect(),
            reporter: Some(report.reporter.category),
            relayed: report.original_reporter.is_some(),
            urgency: report.urgency.level,
            admitted: report.admission.is_some(),
            grading: report.patient.as_ref().map_or(AddressGrading::Ungraded, |it| it.grading),
            receiver,
        }
    }

    /// The question that a dialogue message about a need asks of the municipality that it is addressed to.
    pub(super) fn of_dialogue(
        letter: &Letter<'_>,
        municipality: MunicipalityNumber,
        receiver: HerId,
        at: Timestamp,
    ) -> Self {
        let patient = letter.patient;
        Self {
            municipality,
            district: None,
            level: ReceiverLevel::Municipality,
            hospital_trust: None,
            kind: ReportKind::Need,
            needs: letter.classification.needs.clone(),
            age: Redacted::new(age_of(patient, at.date_in_norway())),
            services: Vec::new(),
            reporter: None,
            relayed: false,
            urgency: if letter.urgent { UrgencyLevel::Urgent } else { UrgencyLevel::Ordinary },
            admitted: false,
            grading: patient.map_or(AddressGrading::Ungraded, |it| it.grading),
            receiver: Some(receiver),
        }
    }
}

/// What routing asks of a message that is no report of need.
#[derive(Clone, Copy, Debug)]
pub struct Letter<'a> {
    pub classification: &'a Classification,
    pub patient: Option<&'a ReportPatient>,
    pub urgent: bool,
}

impl<'a> From<&'a DialogueReport> for Letter<'a> {
    fn from(report: &'a DialogueReport) -> Self {
        let urgent = report.dialogue.is_urgent();
        Self { classification: &report.classification, patient: report.patient.as_ref(), urgent }
    }
}

impl<'a> From<&'a CareReport> for Letter<'a> {
    fn from(report: &'a CareReport) -> Self {
        Self { classification: &report.classification, patient: report.patient.as_ref(), urgent: false }
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

fn age_of(patient: Option<&ReportPatient>, day: Date) -> AgeOnDay {
    let Some(patient) = patient else { return AgeOnDay::Unknown };
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
    use super::AgeOnDay;
    use super::RouteQuestion;
    use super::months_between;
    use crate::domain::AddressGrading;
    use crate::domain::DistrictNumber;
    use crate::domain::HerId;
    use crate::domain::MunicipalityNumber;
    use crate::domain::Need;
    use crate::domain::NeedKind;
    use crate::domain::NeedReport;
    use crate::domain::OrgNumber;
    use crate::domain::ReceiverLevel;
    use crate::domain::ReceiverWish;
    use crate::domain::Redacted;
    use crate::domain::ReportKind;
    use crate::domain::ReportPatient;
    use crate::domain::Reporter;
    use crate::domain::ReporterCategory;
    use crate::domain::Service;
    use crate::domain::Timestamp;
    use crate::domain::Urgency;
    use crate::domain::UrgencyLevel;
    use crate::domain::testing::smallest_report;
    use crate::domain::testing::unknown_patient;
    use jiff::civil::Date;
    use jiff::civil::date;

    /// A report with little in it, about somebody born on `born`.
    fn report(born: Option<Date>, unborn: bool) -> NeedReport {
        let service = |kind: &str, status: &str| Service {
            kind: kind.to_owned(),
            level: None,
            status: Some(status.to_owned()),
            name: None,
            contact: None,
        };
        let municipality = MunicipalityNumber::parse("4601").unwrap();
        NeedReport {
            kind: ReportKind::Need,
            receiver: ReceiverWish {
                municipality: municipality.clone(),
                district: DistrictNumber::parse("460101"),
                level: ReceiverLevel::Municipality,
                organisation: Some("310000108".to_owned()),
            },
            patient: Some(ReportPatient {
                date_of_birth: born.map(Redacted::new),
                unborn: unborn.then(|| Redacted::new(None)),
                grading: AddressGrading::Confidential,
                ..unknown_patient()
            }),
            reporter: Reporter {
                category: ReporterCategory::HospitalCoordinatingUnit,
                ..smallest_report(municipality.clone()).reporter
            },
            needs: vec![Need { kind: NeedKind::Rehabilitation, dimensions: Vec::new() }],
            services: vec![service("PSYKISK_HELSE", "AVSLUTTET"), service("FYSIOTERAPI", "NAA")],
            urgency: Urgency { level: UrgencyLevel::Urgent, reason: None },
            ..smallest_report(municipality)
        }
    }

    fn moment(text: &str) -> Timestamp {
        Timestamp::from_jiff(text.parse().unwrap())
    }

    #[test]
    fn a_report_asks_what_a_rule_can_ask_and_forgets_services_that_are_over() {
        let it = RouteQuestion::of(&report(None, false), Some(HerId(900_051)), moment("2026-10-15T10:00:00Z"));

        assert_eq!(it.services, ["FYSIOTERAPI"]);
        assert_eq!(it.needs, [NeedKind::Rehabilitation]);
        assert_eq!(it.hospital_trust, OrgNumber::parse("310000108").ok());
        assert_eq!((it.urgency, it.relayed, it.admitted), (UrgencyLevel::Urgent, false, false));
        assert!(it.grading.is_protected());
        assert_eq!((it.receiver, *it.age.reveal()), (Some(HerId(900_051)), AgeOnDay::Unknown));
    }

    #[test]
    fn the_age_is_that_of_the_day_in_norway() {
        let child = report(Some(date(2008, 7, 1)), false);
        let age = |at: &str| *RouteQuestion::of(&child, None, moment(at)).age.reveal();

        assert_eq!(age("2026-06-30T21:30:00Z"), AgeOnDay::Months(18 * 12 - 1));
        // Half past midnight on 1 July in Oslo.
        assert_eq!(age("2026-06-30T22:30:00Z"), AgeOnDay::Months(18 * 12));
    }

    #[test]
    fn an_expected_child_is_unborn_and_a_question_has_nobody() {
        let at = moment("2026-10-15T10:00:00Z");
        assert_eq!(*RouteQuestion::of(&report(None, true), None, at).age.reveal(), AgeOnDay::Unborn);

        let nobody = NeedReport { patient: None, ..report(None, false) };
        let it = RouteQuestion::of(&nobody, None, at);
        assert_eq!((*it.age.reveal(), it.grading), (AgeOnDay::Unknown, AddressGrading::Ungraded));
    }

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
