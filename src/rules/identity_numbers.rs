//! Who the person is: identity number, name and date of birth (domain/FACTS.md § 2.5 nos. 4 to 6 and § 5.4,
//! standards/FACTS.md g). Newborn and expected children and people without a number are always taken in.

use crate::domain::At;
use crate::domain::Code;
use crate::domain::DraftPatient;
use crate::domain::Observation;
use crate::domain::Severity;
use crate::domain::SyntheticPersons;
use crate::domain::Text;
use crate::rules::case::Case;
use crate::rules::case::Told;
use crate::rules::identity;
use crate::rules::identity::ControlSeries;
use crate::rules::identity::Fit;
use crate::rules::identity::IdFault;
use crate::rules::identity::IdKind;
use crate::rules::identity::MonthSeries;
use crate::rules::identity::NationalId;
use crate::rules::reading;
use jiff::civil::Date;

/// The oldest that a person is believed to be without a remark. Years.
const AGE_YEARS_MAX: u32 = 120;
/// How long before now a due date may lie. Days.
const DUE_DAYS_PAST_MAX: i32 = 42;
/// How far after now a due date may lie. Days.
const DUE_DAYS_FUTURE_MAX: i32 = 300;

/// The report's own number. A kind that is missing or not in the list is the schema's to tell.
pub(super) fn number(case: &Case<'_>, told: &mut Told) {
    let Some(person) = case.person else { return };
    let Some(kind) = reading::coded(person.id_kind.as_ref(), IdKind::from_code) else { return };
    match (kind, &person.id) {
        (IdKind::Unknown, said) => unknown(case, person, said.as_ref().map(|it| &it.at), told),
        (_, None) => told.tell(Code::IdentityNumberMissing, person.id_kind.as_ref().map_or(&person.at, |it| &it.at)),
        (_, Some(said)) => {
            if let Some(code) = fault(case, kind, said.as_str()) {
                told.add(code.at(said.at.clone()));
            }
        }
    }
}

/// Numbers in the header. The one that the report repeats is told once, there.
pub(super) fn numbers_in_header(case: &Case<'_>, told: &mut Told) {
    let Some(patient) = case.head.patient.as_ref().filter(|_| case.draft.is_none() || case.person.is_some()) else {
        return;
    };
    let in_report = case.person.and_then(|it| it.id.as_ref()).map(|it| it.as_str());
    for (index, ident) in patient.idents.iter().enumerate() {
        let text = ident.id.reveal().trim();
        let kind = ident.kind.code.as_deref().and_then(IdKind::from_code);
        let Some(kind) = kind.filter(|it| *it != IdKind::Unknown) else { continue };
        if text.is_empty() || in_report == Some(text) {
            continue;
        }
        if let Some(code) = fault(case, kind, text) {
            let number = if patient.idents.len() > 1 { format!("[{}]", index + 1) } else { String::new() };
            told.add(code.at(At::Path(format!("/MsgHead/MsgInfo/Patient/Ident{number}/Id"))));
        }
    }
}

fn unknown(case: &Case<'_>, person: &DraftPatient, number: Option<&At>, told: &mut Told) {
    let place = person.id_kind.as_ref().map_or(&person.at, |it| &it.at);
    match &person.id_reason {
        None => told.tell(Code::UnknownIdentityWithoutReason, place),
        Some(reason) => {
            let contradicted = match reason.as_str() {
                "UFODT" => !case.unborn,
                "NYFODT" => case.age.is_some_and(|it| it > 0),
                _ => false,
            };
            if contradicted {
                told.tell(Code::UnknownIdentityReasonContradicted, &reason.at);
            }
        }
    }
    if let Some(at) = number {
        told.tell(Code::UnknownIdentityWithNumber, at);
    }
}

/// What is to be told about a number, and what more was expected.
struct Fault {
    code: Code,
    expected: Option<Text>,
}

impl Fault {
    fn at(self, at: At) -> Observation {
        let observation = Observation::new(self.code, at);
        match self.expected {
            Some(expected) => observation.expecting(expected),
            None => observation,
        }
    }
}

impl From<Code> for Fault {
    fn from(code: Code) -> Self {
        Self { code, expected: None }
    }
}

/// The weightiest thing to tell about a number; one number gets one finding.
fn fault(case: &Case<'_>, kind: IdKind, text: &str) -> Option<Fault> {
    match kind {
        IdKind::Fnr | IdKind::Dnr | IdKind::Hnr | IdKind::Fhn => national_fault(case, kind, text),
        IdKind::Duf if identity::is_duf(text, case.today.year()) => Some(Code::IdentityNumberTemporary.into()),
        IdKind::Duf => Some(Fault {
            code: Code::IdentityNumberMalformed,
            expected: Some(Text::of(
                "Et DUF-nummer er tolv sifre, og begynner med et årstall.",
                "Eit DUF-nummer er tolv siffer, og byrjar med eit årstal.",
                "A DUF number is twelve digits, and begins with a year.",
            )),
        }),
        IdKind::Other | IdKind::Unknown => None,
    }
}

fn national_fault(case: &Case<'_>, kind: IdKind, text: &str) -> Option<Fault> {
    let id = match NationalId::parse(text) {
        Ok(id) => id,
        Err(IdFault::NotElevenDigits) => {
            return Some(Fault {
                code: Code::IdentityNumberMalformed,
                expected: Some(Text::of(
                    "Nummeret skal ha elleve sifre.",
                    "Nummeret skal ha elleve siffer.",
                    "The number must have eleven digits.",
                )),
            });
        }
        Err(IdFault::ControlDigits) => return Some(Code::IdentityNumberControlDigits.into()),
        Err(IdFault::ImpossibleDate) => return Some(Code::IdentityNumberDateImpossible.into()),
        Err(IdFault::Placeholder(_)) => return Some(Code::IdentityNumberPlaceholder.into()),
    };
    let not_yet = id.control == ControlSeries::From2032 && case.today < case.rulebook.new_identity_numbers_from;
    match (id.fit(kind), case.rulebook.synthetic_persons) {
        (Fit::Contradicts, SyntheticPersons::Refused | SyntheticPersons::Accepted) => {
            Some(Code::IdentityNumberKindDiffers.into())
        }
        // Where no synthetic numbers are expected, the month plus 40 is an H-nummer under the wrong name.
        (Fit::Synthetic, SyntheticPersons::Refused) if id.series == MonthSeries::Plus40 => {
            Some(Code::IdentityNumberKindDiffers.into())
        }
        (Fit::Synthetic, SyntheticPersons::Refused) => Some(Code::IdentityNumberSynthetic.into()),
        (Fit::Fits | Fit::Synthetic, SyntheticPersons::Refused | SyntheticPersons::Accepted) => match kind {
            _ if not_yet => Some(Code::IdentityNumberNotYetInUse.into()),
            IdKind::Dnr => Some(Code::IdentityNumberTemporary.into()),
            IdKind::Hnr => Some(Code::IdentityNumberLocal.into()),
            IdKind::Fnr | IdKind::Fhn | IdKind::Duf | IdKind::Other | IdKind::Unknown => None,
        },
    }
}

/// The date within the number and the date of birth. The number may be the mother's when a child is expected.
pub(super) fn date_in_number(case: &Case<'_>, told: &mut Told) {
    let Some(person) = case.person.filter(|_| !case.unborn) else { return };
    let kind = reading::coded(person.id_kind.as_ref(), IdKind::from_code);
    let (Some(kind), Some(number), Some(said)) = (kind, &person.id, &person.date_of_birth) else { return };
    let (Ok(id), Some(born)) = (NationalId::parse(number.as_str()), reading::date(said.as_str())) else { return };
    // A date to come is told by itself.
    if born <= case.today && kind.is_national() && id.fit(kind) != Fit::Contradicts && !id.agrees_with(born) {
        told.tell(Code::IdentityNumberDateDiffers, &said.at);
    }
}

/// A name element without a family name is the schema's to tell.
pub(super) fn name(case: &Case<'_>, told: &mut Told) {
    let Some(person) = case.person.filter(|_| !case.unborn) else { return };
    if [&person.given_name, &person.middle_name, &person.family_name].into_iter().all(Option::is_none) {
        told.tell(Code::PatientNameMissing, &person.at);
    }
}

pub(super) fn date_of_birth(case: &Case<'_>, told: &mut Told) {
    let Some(person) = case.person.filter(|_| !case.unborn) else { return };
    match (&person.date_of_birth, case.born) {
        // The number tells the date as well, so nothing is lost.
        (None, Some(_)) => {
            told.add(Observation::new(Code::BirthDateMissing, person.at.clone()).weighing(Severity::Warning));
        }
        (None, None) => told.tell(Code::BirthDateMissing, &person.at),
        (Some(said), Some(born)) if born > case.today => told.tell(Code::BirthDateInFuture, &said.at),
        (Some(said), Some(_)) if case.age.is_some_and(|it| it > AGE_YEARS_MAX) => {
            told.tell(Code::BirthDateImplausible, &said.at);
        }
        // A date that cannot be read is the schema's to tell.
        (Some(_), _) => {}
    }
}

pub(super) fn due_date(case: &Case<'_>, told: &mut Told) {
    let Some(said) = case.person.filter(|_| case.unborn).and_then(|it| it.due.as_ref()) else { return };
    let Some(due) = reading::date(said.as_str()) else { return };
    if !(-DUE_DAYS_PAST_MAX..=DUE_DAYS_FUTURE_MAX).contains(&days_from(case.today, due)) {
        told.tell(Code::DueDateImplausible, &said.at);
    }
}

/// Days from `today` to `day`; negative when it is past.
fn days_from(today: Date, day: Date) -> i32 {
    (day - today).get_days()
}
