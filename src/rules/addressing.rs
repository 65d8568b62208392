//! Sender and receiver (standards/FACTS.md a.1 and a.2): two levels with a HER-id each, and a sender that is the one
//! whom the certificate speaks for. Whether the receiver is one of ours is for `routing`.

use crate::domain::At;
use crate::domain::Code;
use crate::domain::Deviation;
use crate::domain::HerId;
use crate::domain::LevelKind;
use crate::domain::Observation;
use crate::domain::Party;
use crate::domain::PartyLevel;
use crate::domain::Severity;
use crate::rules::case::Case;
use crate::rules::case::Told;

/// Which codes tell about a party.
struct Codes {
    empty: Code,
    her_id_missing: Code,
    her_id_malformed: Code,
    /// What an address of one level weighs, when it is not an error.
    one_level: Option<Severity>,
}

/// Both levels of the sender are needed to answer.
const SENDER: Codes = Codes {
    empty: Code::SenderEmpty,
    her_id_missing: Code::SenderHerIdMissing,
    her_id_malformed: Code::SenderHerIdMalformed,
    one_level: None,
};

/// Flat addresses occur, and the report itself says which municipality it is for.
const RECEIVER: Codes = Codes {
    empty: Code::ReceiverEmpty,
    her_id_missing: Code::ReceiverHerIdMissing,
    her_id_malformed: Code::ReceiverHerIdMalformed,
    one_level: Some(Severity::Warning),
};

pub(super) fn sender(case: &Case<'_>, told: &mut Told) {
    party("/MsgHead/MsgInfo/Sender", &case.head.sender, &SENDER, told);
}

pub(super) fn receiver(case: &Case<'_>, told: &mut Told) {
    party("/MsgHead/MsgInfo/Receiver", &case.head.receiver, &RECEIVER, told);
}

/// An empty `<Organisation/>` is valid by the schema. A party without any Organisation is not, and is left to it.
fn party(root: &str, party: &Party, codes: &Codes, told: &mut Told) {
    if party.levels.is_empty() {
        return;
    }
    if party.levels.iter().all(says_nothing) {
        return told.tell_at_path(codes.empty, level_path(root, party, 0));
    }
    for (index, level) in party.levels.iter().enumerate() {
        let path = level_path(root, party, index);
        match ident(level, "HER") {
            None | Some((_, "")) => told.tell_at_path(codes.her_id_missing, path),
            Some((place, text)) if her_id(text).is_none() => told.tell_at_path(codes.her_id_malformed, path + &place),
            Some(_) => {}
        }
    }
    match party.levels.len() {
        1 => {
            let observation = Observation::new(Code::PartyOneLevel, At::Path(level_path(root, party, 0)));
            told.add(match codes.one_level {
                Some(severity) => observation.weighing(severity),
                None => observation.deviating(Deviation::SenderOneLevel),
            });
        }
        2 => {}
        _ => told.tell_at_path(Code::PartyTooManyLevels, level_path(root, party, 2)),
    }
}

/// Every HER-id of the sender must be registered for the organisation in the certificate.
pub(super) fn sender_is_registered(case: &Case<'_>, told: &mut Told) {
    let party = &case.head.sender;
    for (index, level) in party.levels.iter().enumerate() {
        let Some((place, text)) = ident(level, "HER") else { continue };
        if her_id(text).is_some_and(|it| !case.sender.her_ids.contains(&it)) {
            let path = level_path("/MsgHead/MsgInfo/Sender", party, index) + &place;
            told.tell_at_path(Code::SenderHerIdNotRegistered, path);
        }
    }
}

/// The outermost level is the organisation that the certificate is issued to. Its number may be left out there, since
/// the HER-id has been compared already.
pub(super) fn sender_is_the_certificates(case: &Case<'_>, told: &mut Told) {
    let party = &case.head.sender;
    let Some((place, text)) = party.organisation().and_then(|it| ident(it, "ENH")) else { return };
    let number: String = text.chars().filter(|it| !it.is_whitespace()).collect();
    if number != case.sender.organisation.as_str() {
        told.tell_at_path(Code::SenderOrganisationDiffers, level_path("/MsgHead/MsgInfo/Sender", party, 0) + &place);
    }
}

/// The organisation numbers in the header that are not already compared with the certificate, with their paths.
pub(super) fn other_organisation_numbers<'a>(case: &Case<'a>) -> Vec<(String, &'a str)> {
    let head = case.head;
    let parties = [("/MsgHead/MsgInfo/Sender", &head.sender, 1), ("/MsgHead/MsgInfo/Receiver", &head.receiver, 0)];
    parties
        .into_iter()
        .flat_map(|(root, party, first)| {
            party.levels.iter().enumerate().skip(first).filter_map(move |(index, level)| {
                let (place, text) = ident(level, "ENH")?;
                Some((level_path(root, party, index) + &place, text))
            })
        })
        .collect()
}

fn says_nothing(level: &PartyLevel) -> bool {
    level.name.trim().is_empty() && level.idents.iter().all(|it| it.id.trim().is_empty())
}

/// A HER-id is a whole number that fits in 31 bits (standards/FACTS.md g.6).
fn her_id(text: &str) -> Option<HerId> {
    HerId::parse(text).filter(|it| i32::try_from(it.0).is_ok())
}

/// The id of type `kind` at a level, and where it stands below the level.
fn ident<'a>(level: &'a PartyLevel, kind: &str) -> Option<(String, &'a str)> {
    let index = level.idents.iter().position(|it| it.kind.code.as_deref() == Some(kind))?;
    let number = if level.idents.len() > 1 { format!("[{}]", index + 1) } else { String::new() };
    Some((format!("/Ident{number}/Id"), level.idents[index].id.trim()))
}

/// `/MsgHead/MsgInfo/Sender/Organisation/HealthcareProfessional`.
fn level_path(root: &str, party: &Party, index: usize) -> String {
    party.levels.iter().take(index + 1).fold(root.to_owned(), |path, level| match level.kind {
        LevelKind::Organisation => path + "/Organisation",
        LevelKind::HealthcareProfessional => path + "/HealthcareProfessional",
    })
}
