//! National code lists (standards/FACTS.md a.6). They grow without us, so a code that we do not know is a remark.
//! Codes of our own standard are enumerations in the schema, which tells about them.

use crate::domain::At;
use crate::domain::Code;
use crate::domain::Observation;
use crate::domain::Said;
use crate::domain::Text;
use crate::rules::case::Case;
use crate::rules::case::Told;
use crate::rules::identity::IdKind;

/// 8115 Prioritet.
const PRIORITIES: &[&str] = &["L", "N", "H"];

/// 3101 Kjønn.
const SEXES: &[&str] = &["0", "1", "2", "9"];

/// 9033 Slektskap mv. til pasient, as of 2022, with the codes that ended in 2010 and still occur.
const RELATIONS: &[&str] = &[
    "MO", "FA", "SM", "SF", "FM", "FF", "MF", "MM", "EF", "SA", "SI", "HS", "SS", "BR", "HB", "SB", "DA", "SO", "SD",
    "SN", "GM", "GF", "BB", "TO", "AS", "AN", "AP", "BM", "BF", "AM", "AF",
];

/// 9060 Kategori helsepersonell.
const PROFESSIONS: &[&str] = &[
    "AA", "AT", "AU", "BI", "ET", "FA1", "FA2", "FB", "FO", "FT", "HE", "HF", "HP", "JO", "KE", "KI", "LE", "MT", "NP",
    "OA", "OI", "OP", "OR", "OS", "PE", "PM", "PS", "RA", "SP", "TH", "TL", "TP", "TT", "VE", "VP", "XX",
];

/// 9034 Helsepersonells funksjoner: 3 to 24.
const FUNCTIONS: &[&str] = &[
    "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16", "17", "18", "19", "20", "21", "22",
    "23", "24",
];

pub(super) fn priority(case: &Case<'_>, told: &mut Told) {
    let said = case.head.priority.as_ref().and_then(|it| it.code.as_deref());
    if said.is_some_and(|it| !PRIORITIES.contains(&it)) {
        told.add(unknown("8115", At::Path("/MsgHead/MsgInfo/RequestedPriority/@V".to_owned())));
    }
}

pub(super) fn sex(case: &Case<'_>, told: &mut Told) {
    let said = case.head.patient.as_ref().and_then(|it| it.sex.as_ref()).and_then(|it| it.reveal().code.as_deref());
    if said.is_some_and(|it| !SEXES.contains(&it)) {
        told.add(unknown("3101", At::Path("/MsgHead/MsgInfo/Patient/Sex/@V".to_owned())));
    }
}

/// The types of the header patient's ids.
pub(super) fn id_types(case: &Case<'_>, told: &mut Told) {
    let Some(patient) = &case.head.patient else { return };
    for (index, ident) in patient.idents.iter().enumerate() {
        if ident.kind.code.as_deref().is_some_and(|it| IdKind::from_code(it).is_none()) {
            let number = if patient.idents.len() > 1 { format!("[{}]", index + 1) } else { String::new() };
            told.add(unknown("8116", At::Path(format!("/MsgHead/MsgInfo/Patient/Ident{number}/TypeId/@V"))));
        }
    }
}

/// How a guardian is related to the child. Only its form is in the schema.
pub(super) fn relations(case: &Case<'_>, told: &mut Told) {
    let Some(draft) = case.draft else { return };
    for said in draft.guardians.iter().filter_map(|it| it.relation.as_ref()) {
        told_unless(RELATIONS, "9033", said, told);
    }
}

/// A role is a code of the system that it names. Another system is the schema's to tell.
pub(super) fn roles(case: &Case<'_>, told: &mut Told) {
    let Some(draft) = case.draft else { return };
    for role in [&draft.reporter, &draft.original_reporter].into_iter().flatten().flat_map(|it| &it.roles) {
        let (Some(code), Some(system)) = (&role.code, &role.system) else { continue };
        match system.as_str().rsplit('.').next() {
            Some("9060") => told_unless(PROFESSIONS, "9060", code, told),
            Some("9034") => told_unless(FUNCTIONS, "9034", code, told),
            Some(_) | None => {}
        }
    }
}

/// Texts in other languages than Norwegian may need help to be read.
pub(super) fn language(case: &Case<'_>, told: &mut Told) {
    let said = case.draft.and_then(|it| it.language.as_ref());
    if let Some(said) = said
        && matches!(said.as_str(), "se" | "en")
    {
        told.tell(Code::TextLanguageOther, &said.at);
    }
}

fn told_unless(list: &[&str], number: &'static str, said: &Said, told: &mut Told) {
    if !list.contains(&said.as_str()) {
        told.add(unknown(number, said.at.clone()));
    }
}

fn unknown(list: &str, at: At) -> Observation {
    Observation::new(Code::NationalCodeUnknown, at).expecting(Text::owned(
        format!("Kodeverket er {list}."),
        format!("Kodeverket er {list}."),
        format!("The code system is {list}."),
    ))
}
