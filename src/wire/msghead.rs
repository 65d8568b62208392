//! Reads MsgHead 1.2 (hodemelding, HIS 80601). Lenient: what is missing or odd stays empty, and `rules` tells.

use super::node::at;
use super::node::child;
use super::node::child_coded;
use super::node::child_text;
use super::node::children;
use super::node::coded;
use crate::domain::AckWish;
use crate::domain::AddressedAs;
use crate::domain::Code;
use crate::domain::Coded;
use crate::domain::Conversation;
use crate::domain::Deviation;
use crate::domain::Generated;
use crate::domain::Head;
use crate::domain::Ident;
use crate::domain::LevelKind;
use crate::domain::Observation;
use crate::domain::OtherReceiver;
use crate::domain::Party;
use crate::domain::PartyLevel;
use crate::domain::Patient;
use crate::domain::PersonIdent;
use crate::domain::ProcessingStatus;
use crate::domain::Redacted;
use crate::domain::Severity;
use crate::domain::Timestamp;
use crate::domain::norway;
use jiff::civil::DateTime;
use jiff::tz::Offset;
use roxmltree::Node;

pub(super) const NAMESPACE: &str = "http://www.kith.no/xmlstds/msghead/2006-05-24";

/// Organisations within organisations that are followed; HIS 1153 uses two.
const LEVELS_MAX: usize = 4;

/// The header of the message whose root element is `root`.
pub(super) fn head(root: Node<'_, '_>) -> Option<Head> {
    let info = child(root, "MsgInfo")?;
    Some(Head {
        message_type: child_coded(info, "Type").unwrap_or_default(),
        migversion: child_text(info, "MIGversion").unwrap_or_default(),
        generated: generated(child_text(info, "GenDate").unwrap_or_default()),
        message_id: child_text(info, "MsgId").unwrap_or_default(),
        processing: processing(child_coded(info, "ProcessingStatus").and_then(|it| it.code)),
        priority: child_coded(info, "RequestedPriority"),
        ack: ack(child_coded(info, "Ack").and_then(|it| it.code)),
        conversation: child(info, "ConversationRef").map(conversation),
        sender: child(info, "Sender").map(party).unwrap_or_default(),
        receiver: child(info, "Receiver").map(party).unwrap_or_default(),
        other_receivers: children(info, "OtherReceiver").map(other_receiver).collect(),
        addressed_as: AddressedAs::Receiver,
        patient: child(info, "Patient").map(patient),
    })
}

fn conversation(node: Node<'_, '_>) -> Conversation {
    let id = |name| child_text(node, name).unwrap_or_default();
    Conversation { parent: id("RefToParent"), conversation: id("RefToConversation") }
}

fn processing(code: Option<String>) -> ProcessingStatus {
    match code.as_deref() {
        None | Some("P") => ProcessingStatus::Production,
        Some("T") => ProcessingStatus::Training,
        Some("D") => ProcessingStatus::Debugging,
        Some(other) => ProcessingStatus::Unknown(other.to_owned()),
    }
}

fn ack(code: Option<String>) -> AckWish {
    match code.as_deref() {
        None | Some("J") => AckWish::Always,
        Some("N") => AckWish::Never,
        Some("F") => AckWish::OnFault,
        Some(other) => AckWish::Unknown(other.to_owned()),
    }
}

fn other_receiver(node: Node<'_, '_>) -> OtherReceiver {
    OtherReceiver { role: child_coded(node, "RoleReceiver").unwrap_or_default(), party: party(node) }
}

/// The levels from the outermost organisation inwards; a person may be the innermost.
fn party(node: Node<'_, '_>) -> Party {
    let mut levels = Vec::new();
    let mut here = child(node, "Organisation");
    while let Some(organisation) = here {
        levels.push(PartyLevel {
            kind: LevelKind::Organisation,
            name: child_text(organisation, "OrganisationName").unwrap_or_default(),
            idents: children(organisation, "Ident").map(ident).collect(),
        });
        if let Some(professional) = child(organisation, "HealthcareProfessional") {
            levels.push(self::professional(professional));
            break;
        }
        here = child(organisation, "Organisation").filter(|_| levels.len() < LEVELS_MAX);
    }
    Party { levels }
}

fn professional(node: Node<'_, '_>) -> PartyLevel {
    let names = ["GivenName", "MiddleName", "FamilyName"];
    PartyLevel {
        kind: LevelKind::HealthcareProfessional,
        name: names.into_iter().filter_map(|it| child_text(node, it)).collect::<Vec<_>>().join(" "),
        idents: children(node, "Ident").map(ident).collect(),
    }
}

fn ident(node: Node<'_, '_>) -> Ident {
    Ident { id: child_text(node, "Id").unwrap_or_default(), kind: id_type(node) }
}

/// The types of ids that are known by their codes (8116, 9051).
const ID_TYPES: [&str; 13] =
    ["FNR", "DNR", "HNR", "FHN", "DUF", "PNR", "UID", "HPR", "HER", "ENH", "RSH", "LOK", "XXX"];

/// The type of an id. Where code and name have changed places, they are put right; [`swapped`] tells of it.
fn id_type(ident: Node<'_, '_>) -> Coded {
    let mut kind = child_coded(ident, "TypeId").unwrap_or_default();
    if is_swapped(kind.code.as_deref(), kind.name.as_deref()) {
        std::mem::swap(&mut kind.code, &mut kind.name);
    }
    kind
}

fn is_swapped(code: Option<&str>, name: Option<&str>) -> bool {
    let is_known = |it: &str| ID_TYPES.contains(&it.trim());
    code.is_some_and(|it| !it.trim().is_empty() && !is_known(it)) && name.is_some_and(is_known)
}

/// Every type of id in the header whose code and name have changed places. It weighs as much as the id matters: without
/// its HER-id a party cannot be answered, and without its own a person cannot be found.
pub(super) fn swapped(root: Node<'_, '_>) -> Vec<Observation> {
    let types = child(root, "MsgInfo").into_iter().flat_map(|it| it.descendants());
    types
        .filter(|it| it.has_tag_name((NAMESPACE, "TypeId")) && is_swapped(it.attribute("V"), it.attribute("DN")))
        .map(|it| {
            let matters =
                it.attribute("DN") == Some("HER") || it.ancestors().any(|it| it.has_tag_name((NAMESPACE, "Patient")));
            let told = Observation::new(Code::IdentTypeSwapped, at(it)).deviating(Deviation::IdentTypeSwapped);
            if matters { told } else { told.weighing(Severity::Warning) }
        })
        .collect()
}

fn patient(node: Node<'_, '_>) -> Patient {
    let personal = |name| child_text(node, name).map(Redacted::new);
    Patient {
        family_name: personal("FamilyName"),
        middle_name: personal("MiddleName"),
        given_name: personal("GivenName"),
        date_of_birth: personal("DateOfBirth"),
        sex: child(node, "Sex").map(|it| Redacted::new(coded(it))),
        idents: children(node, "Ident")
            .map(|it| PersonIdent { id: Redacted::new(child_text(it, "Id").unwrap_or_default()), kind: id_type(it) })
            .collect(),
        has_address: child(node, "Address").is_some(),
        has_telecom: child(node, "TeleCom").is_some(),
    }
}

fn generated(verbatim: String) -> Generated {
    let at = moment(&verbatim);
    Generated { verbatim, at }
}

/// A moment as xs:dateTime writes it. Without an offset it is Norwegian time; in the hour that daylight saving doubles
/// the first of the two is meant, and in the hour that it skips the clock is read as if it had not been moved yet.
pub(super) fn moment(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    let zone_starts = text.get(10..)?.find(['Z', '+', '-']).map(|it| it + 10);
    let (local, zone) = text.split_at(zone_starts.unwrap_or(text.len()));
    let local = civil(local)?;
    let moment = match zone {
        "" => local.to_zoned(norway()).ok()?.timestamp(),
        "Z" => Offset::UTC.to_timestamp(local).ok()?,
        offset => self::offset(offset)?.to_timestamp(local).ok()?,
    };
    Some(Timestamp::from_jiff(moment))
}

/// `24:00:00` is the beginning of the next day (XML Schema part 2, § 3.2.7).
fn civil(text: &str) -> Option<DateTime> {
    match text.get(10..19) {
        Some("T24:00:00") => {
            let day: jiff::civil::Date = text.get(..10)?.parse().ok()?;
            let rest_is_zero = text.get(19..)?.bytes().all(|it| matches!(it, b'.' | b'0'));
            rest_is_zero.then(|| day.tomorrow().ok()).flatten().map(|it| it.to_datetime(jiff::civil::Time::midnight()))
        }
        // A 60th second is no moment to XML Schema, and finer than the clock's billionths is no other moment.
        Some(it) if text.as_bytes()[10] == b'T' && !it.ends_with(":60") => {
            let billionths = text.get(..29).filter(|_| text.as_bytes()[19] == b'.' && only_digits(&text[20..]));
            billionths.unwrap_or(text).parse().ok()
        }
        Some(_) | None => None,
    }
}

fn only_digits(text: &str) -> bool {
    text.bytes().all(|it| it.is_ascii_digit())
}

fn offset(text: &str) -> Option<Offset> {
    let sign = if text.starts_with('-') { -1 } else { 1 };
    let (hours, minutes) = text.get(1..)?.split_once(':')?;
    let (hours, minutes): (i32, i32) = (hours.parse().ok()?, minutes.parse().ok()?);
    (text.len() == 6 && hours <= 14 && minutes < 60)
        .then(|| Offset::from_seconds(sign * (hours * 3600 + minutes * 60)).ok())
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::moment;

    #[test]
    fn a_moment_without_offset_is_norwegian() {
        assert_eq!(moment("2026-01-15T12:00:00").unwrap().to_string(), "2026-01-15T11:00:00.000000Z");
        assert_eq!(moment("2026-07-15T12:00:00").unwrap().to_string(), "2026-07-15T10:00:00.000000Z");
    }

    #[test]
    fn offsets_fractions_and_the_end_of_the_day_are_understood() {
        assert_eq!(moment("2026-01-15T12:00:00.5+02:00").unwrap().to_string(), "2026-01-15T10:00:00.500000Z");
        assert_eq!(moment("2026-01-15T12:00:00Z").unwrap().to_string(), "2026-01-15T12:00:00.000000Z");
        assert_eq!(moment("2026-01-15T24:00:00Z").unwrap().to_string(), "2026-01-16T00:00:00.000000Z");
    }

    #[test]
    fn a_fraction_finer_than_any_clock_is_read_and_a_sixtieth_second_is_not() {
        let finer = "2026-01-15T12:00:00.1234567890123Z";
        assert_eq!(moment(finer).unwrap().to_string(), "2026-01-15T12:00:00.123456Z");
        assert_eq!(moment("2026-01-15T12:00:00.12345678901234x"), None);
        assert_eq!(moment("2026-01-15T12:00:60Z"), None);
    }

    #[test]
    fn the_doubled_hour_is_its_first_and_the_skipped_hour_is_read_as_winter_time() {
        // Clocks went back on 25 October 2026 at 03:00 and forward on 29 March 2026 at 02:00.
        assert_eq!(moment("2026-10-25T02:30:00").unwrap().to_string(), "2026-10-25T00:30:00.000000Z");
        assert_eq!(moment("2026-03-29T02:30:00").unwrap().to_string(), "2026-03-29T01:30:00.000000Z");
    }

    #[test]
    fn what_is_not_a_moment_is_none() {
        for text in ["", "2026-01-15", "15.01.2026 12:00", "2026-01-15 12:00:00", "2026-13-01T00:00:00", "æøåæøåæøåæøå"]
        {
            assert_eq!(moment(text), None, "{text}");
        }
    }
}
