//! Municipalities and city districts (domain/FACTS.md § 2.5 nos. 2 and 29, § 7.1). Where a report goes from there is for
//! `routing`; here it is only asked whether the places exist.

use crate::domain::Code;
use crate::domain::DistrictNumber;
use crate::domain::Municipality;
use crate::domain::MunicipalityNumber;
use crate::domain::Observation;
use crate::domain::ReceiverLevel;
use crate::domain::Said;
use crate::domain::Text;
use crate::domain::Validity;
use crate::rules::case::Case;
use crate::rules::case::Told;
use crate::rules::reading;

/// Municipalities whose coordinating unit is divided into city districts, so that the district decides who gets the
/// report. Stavanger (1103) has districts too, but one unit.
const DIVIDED: [&str; 3] = ["0301", "4601", "5001"];

/// The number must have been in use on the day when the report was written. Its form is the schema's to tell.
pub(super) fn municipality(case: &Case<'_>, told: &mut Told) {
    let Some(draft) = case.draft else { return };
    let written = draft.created.as_ref().and_then(|it| reading::moment(it.as_str()));
    let day = written.map_or(case.today, |it| it.date_in_norway());
    if let Some((said, number)) = number(draft.municipality.as_ref()) {
        match Municipality::valid_on(&number, day) {
            Validity::Valid(_) => {}
            Validity::Unknown => told.tell(Code::MunicipalityNotValid, &said.at),
            Validity::Expired { successors, .. } if successors.is_empty() => {
                told.tell(Code::MunicipalityNotValid, &said.at);
            }
            Validity::Expired { successors, .. } => {
                told.add(Observation::new(Code::MunicipalityNotValid, said.at.clone()).expecting(became(&successors)));
            }
        }
    }
}

/// What an old number has become. That is no secret: it is the receiver's.
fn became(successors: &[&Municipality]) -> Text {
    let names: Vec<String> = successors.iter().map(|it| format!("{} {}", it.number, it.name)).collect();
    let names = names.join(", ");
    Text::owned(
        format!("Nummeret er erstattet av {names}."),
        format!("Nummeret er bytt ut med {names}."),
        format!("The number was replaced by {names}."),
    )
}

pub(super) fn district(case: &Case<'_>, told: &mut Told) {
    let Some(draft) = case.draft else { return };
    let Some((said, municipality)) = number(draft.municipality.as_ref()) else { return };
    match &draft.district {
        Some(said) => {
            if DistrictNumber::parse(said.as_str()).is_some_and(|it| !it.is_in(&municipality)) {
                told.tell(Code::DistrictOutsideMunicipality, &said.at);
            }
        }
        None => {
            let to_trust =
                reading::coded(draft.level.as_ref(), ReceiverLevel::from_code) == Some(ReceiverLevel::HospitalTrust);
            if case.asks_for_something() && !to_trust && DIVIDED.contains(&municipality.as_str()) {
                told.tell(Code::DistrictRecommended, &said.at);
            }
        }
    }
}

/// Where the person moves to: a place that exists, and another one than the receiver.
pub(super) fn new_municipality(case: &Case<'_>, told: &mut Told) {
    let Some(draft) = case.draft else { return };
    let Some((said, new)) = number(draft.new_municipality.as_ref()) else { return };
    let day = reading::said_date(draft.new_municipality_from.as_ref()).unwrap_or(case.today);
    if reading::is(draft.municipality.as_ref(), new.as_str()) {
        told.tell(Code::NewMunicipalitySameAsReceiver, &said.at);
    } else {
        // Where a person moves to is theirs, so nothing is said of what an old number has become.
        match Municipality::valid_on(&new, day) {
            Validity::Valid(_) => {}
            Validity::Unknown | Validity::Expired { .. } => told.tell(Code::NewMunicipalityNotValid, &said.at),
        }
    }
}

pub(super) fn moving(case: &Case<'_>, told: &mut Told) {
    let Some(draft) = case.draft else { return };
    if let (Some(said), None) = (draft.transitions.iter().find(|it| it.as_str() == "FLYTTING"), &draft.new_municipality)
    {
        told.tell(Code::MoveWithoutNewMunicipality, &said.at);
    }
}

fn number(said: Option<&Said>) -> Option<(&Said, MunicipalityNumber)> {
    said.and_then(|it| Some((it, MunicipalityNumber::parse(it.as_str())?)))
}
