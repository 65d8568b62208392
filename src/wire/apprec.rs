//! Writes and reads AppRec 1.0 and 1.1 (applikasjonskvittering, HIS 80415:2004 and 80415:2012).
//!
//! Written strictly: order, code systems and both levels of the parties as the standard says. Read leniently.

use super::node::child;
use super::node::child_coded;
use super::node::child_text;
use super::node::children;
use super::node::coded;
use crate::domain::AppRecVersion;
use crate::domain::Coded;
use crate::domain::Ident;
use crate::domain::LevelKind;
use crate::domain::Party;
use crate::domain::PartyLevel;
use crate::domain::Receipt;
use crate::domain::ReceiverSays;
use crate::domain::Redacted;
use crate::domain::ReturnedError;
use crate::domain::ReturnedReceipt;
use quick_xml::Writer;
use quick_xml::events::BytesDecl;
use quick_xml::events::BytesText;
use quick_xml::events::Event;
use roxmltree::Document;
use std::io;

/// Code list of the error codes (feilkoder for applikasjonskvittering).
const ERRORS: &str = "2.16.578.1.12.4.1.1.8221";
const SOFTWARE: &str = "Meldeport";

type Out = Writer<Vec<u8>>;

const fn namespace(version: AppRecVersion) -> &'static str {
    match version {
        AppRecVersion::V1_0 => "http://www.kith.no/xmlstds/apprec/2004-11-21",
        AppRecVersion::V1_1 => "http://www.kith.no/xmlstds/apprec/2012-02-15",
    }
}

const fn migversion(version: AppRecVersion) -> &'static str {
    match version {
        AppRecVersion::V1_0 => "1.0 2004-11-21",
        AppRecVersion::V1_1 => "v1.1 2012-02-15",
    }
}

/// The receipt as XML in UTF-8.
pub fn write(receipt: &Receipt) -> Vec<u8> {
    let mut out = Writer::new(Vec::with_capacity(2048));
    compose(&mut out, receipt).expect("writing to memory does not fail");
    out.into_inner()
}

/// The same with line breaks and indentation, for people.
pub fn write_indented(receipt: &Receipt) -> String {
    let mut out = Writer::new_with_indent(Vec::with_capacity(4096), b' ', 2);
    compose(&mut out, receipt).expect("writing to memory does not fail");
    String::from_utf8(out.into_inner()).expect("a receipt is written in UTF-8")
}

fn compose(out: &mut Out, receipt: &Receipt) -> io::Result<()> {
    out.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    out.create_element("AppRec").with_attribute(("xmlns", namespace(receipt.version))).write_inner_content(|out| {
        code(out, "MsgType", Some("APPREC"), Some("Applikasjonskvittering"))?;
        element(out, "MIGversion", migversion(receipt.version))?;
        element(out, "SoftwareName", SOFTWARE)?;
        element(out, "SoftwareVersion", env!("CARGO_PKG_VERSION"))?;
        element(out, "GenDate", &receipt.generated_at.to_string())?;
        element(out, "Id", &receipt.id.to_string())?;
        party(out, "Sender", &receipt.sender)?;
        party(out, "Receiver", &receipt.receiver)?;
        code(out, "Status", Some(receipt.status.code()), Some(receipt.status.name()))?;
        for error in &receipt.errors {
            out.create_element("Error")
                .with_attribute(("V", error.apprec.code()))
                .with_attribute(("S", ERRORS))
                .with_attribute(("DN", error.apprec.name()))
                .with_attribute(("OT", error.other_text.as_str()))
                .write_empty()?;
        }
        out.create_element("OriginalMsgId").write_inner_content(|out| {
            let kind = &receipt.original.message_type;
            code(out, "MsgType", kind.code.as_deref(), kind.name.as_deref())?;
            element(out, "IssueDate", &receipt.original.issue_date)?;
            element(out, "Id", &receipt.original.id)
        })?;
        Ok(())
    })?;
    Ok(())
}

/// The outermost level is Inst; an organisation below it is Dept, a person below it is HCPerson.
fn party(out: &mut Out, name: &str, party: &Party) -> io::Result<()> {
    let (outer, inner) = match party.levels.split_first() {
        Some((outer, inner)) => (outer.clone(), inner),
        None => (PartyLevel::default(), [].as_slice()),
    };
    let of_kind = |kind| inner.iter().filter(move |it| it.kind == kind);
    out.create_element(name).write_inner_content(|out| {
        out.create_element("HCP").write_inner_content(|out| {
            out.create_element("Inst").write_inner_content(|out| {
                let rest = identity(out, &outer)?;
                for department in of_kind(LevelKind::Organisation) {
                    level(out, "Dept", department)?;
                }
                additional(out, &rest)?;
                for person in of_kind(LevelKind::HealthcareProfessional) {
                    level(out, "HCPerson", person)?;
                }
                Ok(())
            })?;
            Ok(())
        })?;
        Ok(())
    })?;
    Ok(())
}

fn level(out: &mut Out, name: &str, level: &PartyLevel) -> io::Result<()> {
    out.create_element(name).write_inner_content(|out| {
        let rest = identity(out, level)?;
        additional(out, &rest)
    })?;
    Ok(())
}

/// Name, Id and TypeId, with the HER-id before any other; returns the other ids.
fn identity(out: &mut Out, level: &PartyLevel) -> io::Result<Vec<Ident>> {
    element(out, "Name", &level.name)?;
    let is_her = |it: &Ident| it.kind.code.as_deref() == Some("HER");
    let chosen = level.idents.iter().position(is_her).or((!level.idents.is_empty()).then_some(0));
    let mut rest = level.idents.clone();
    if let Some(chosen) = chosen {
        let ident = rest.remove(chosen);
        element(out, "Id", &ident.id)?;
        code(out, "TypeId", ident.kind.code.as_deref(), ident.kind.name.as_deref())?;
    }
    Ok(rest)
}

fn additional(out: &mut Out, idents: &[Ident]) -> io::Result<()> {
    for ident in idents {
        out.create_element("AdditionalId").write_inner_content(|out| {
            element(out, "Id", &ident.id)?;
            code(out, "Type", ident.kind.code.as_deref(), ident.kind.name.as_deref())
        })?;
    }
    Ok(())
}

fn element(out: &mut Out, name: &str, text: &str) -> io::Result<()> {
    out.create_element(name).write_text_content(BytesText::new(text))?;
    Ok(())
}

fn code(out: &mut Out, name: &str, value: Option<&str>, display: Option<&str>) -> io::Result<()> {
    let mut element = out.create_element(name);
    if let Some(value) = value {
        element = element.with_attribute(("V", value));
    }
    if let Some(display) = display {
        element = element.with_attribute(("DN", display));
    }
    element.write_empty()?;
    Ok(())
}

/// What an AppRec says, for those who show it to people or wait for it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ReadAppRec {
    pub version: AppRecVersion,
    pub id: String,
    /// Code list 8258: `1`, `2`, `3`, or what stood there.
    pub status: Coded,
    pub errors: Vec<Coded>,
    pub original_id: String,
    /// Name of the one who answers, outermost level.
    pub sender: String,
}

/// Reads an AppRec of either version. `None`: it is something else.
pub fn read(tree: &Document<'_>) -> Option<ReadAppRec> {
    let root = tree.root_element();
    let known = [AppRecVersion::V1_0, AppRecVersion::V1_1];
    let version = known.into_iter().find(|it| root.tag_name().namespace() == Some(namespace(*it)))?;
    if root.tag_name().name() != "AppRec" {
        return None;
    }
    let sender = child(root, "Sender").and_then(|it| child(it, "HCP")).and_then(|it| child(it, "Inst"));
    Some(ReadAppRec {
        version,
        id: child_text(root, "Id").unwrap_or_default(),
        status: child_coded(root, "Status").unwrap_or_default(),
        errors: children(root, "Error").map(coded).collect(),
        original_id: child(root, "OriginalMsgId").and_then(|it| child_text(it, "Id")).unwrap_or_default(),
        sender: sender.and_then(|it| child_text(it, "Name")).unwrap_or_default(),
    })
}

/// Whether the tree is an AppRec of either version, readable or not.
pub fn is_apprec(tree: &Document<'_>) -> bool {
    read(tree).is_some()
}

/// An AppRec about something that we sent. `None`: it is something else, or does not say which message it answers.
///
/// Senders mistype: `V` and `S` of an Error are swapped in the wild, and a code may lie in either (standards/FACTS.md b.4).
pub fn returned(tree: &Document<'_>) -> Option<ReturnedReceipt> {
    let said = read(tree).filter(|it| !it.original_id.is_empty())?;
    let says = match said.status.code.as_deref() {
        Some("1" | "3") => ReceiverSays::Good,
        Some("2") => ReceiverSays::Rejected,
        Some(_) | None => ReceiverSays::Unclear,
    };
    let errors = said.errors.into_iter().map(|it| {
        let is_code = |it: &String| it.len() <= CODE_CHARS_MAX && it.bytes().all(|it| it.is_ascii_alphanumeric());
        let code = [it.code, it.system].into_iter().flatten().find(is_code).unwrap_or_else(|| "X99".to_owned());
        let text = [it.name, it.other].into_iter().flatten().collect::<Vec<_>>().join(": ");
        ReturnedError { code, text: Redacted::new(text) }
    });
    Some(ReturnedReceipt { id: said.id, says, errors: errors.collect(), original_id: said.original_id })
}

/// A code that is longer is no code.
const CODE_CHARS_MAX: usize = 12;

#[cfg(test)]
mod tests {
    use super::read;
    use super::write;
    use crate::domain::AppRecCode;
    use crate::domain::AppRecStatus;
    use crate::domain::AppRecVersion;
    use crate::domain::Coded;
    use crate::domain::Ident;
    use crate::domain::LevelKind;
    use crate::domain::OriginalMessage;
    use crate::domain::Party;
    use crate::domain::PartyLevel;
    use crate::domain::Receipt;
    use crate::domain::ReceiptError;
    use crate::domain::ReceiptId;
    use crate::domain::Timestamp;
    use uuid::Uuid;

    fn ident(kind: &str, id: &str) -> Ident {
        Ident { id: id.to_owned(), kind: Coded { code: Some(kind.to_owned()), ..Coded::default() } }
    }

    fn receipt(version: AppRecVersion) -> Receipt {
        let outer = PartyLevel {
            kind: LevelKind::Organisation,
            name: "Eksempel <kommune> & co".to_owned(),
            idents: vec![ident("ENH", "310000124"), ident("HER", "90001")],
        };
        let inner = PartyLevel {
            kind: LevelKind::HealthcareProfessional,
            name: "Lege Eksempel".to_owned(),
            idents: vec![ident("HER", "900011")],
        };
        Receipt {
            id: ReceiptId(Uuid::nil()),
            version,
            generated_at: Timestamp(0),
            sender: Party { levels: vec![outer.clone()] },
            receiver: Party { levels: vec![outer, inner] },
            status: AppRecStatus::Rejected,
            errors: vec![ReceiptError { apprec: AppRecCode::E31, other_text: "MP-431 \"sitat\" <æøå>".to_owned() }],
            original: OriginalMessage {
                message_type: Coded { code: Some("BEHOVSMELDING".to_owned()), ..Coded::default() },
                issue_date: "2026-10-01T12:00:00".to_owned(),
                id: "abc & <def>".to_owned(),
            },
        }
    }

    #[test]
    fn what_is_written_can_be_read_and_says_the_same() {
        for version in [AppRecVersion::V1_0, AppRecVersion::V1_1] {
            let xml = String::from_utf8(write(&receipt(version))).unwrap();
            let said = read(&roxmltree::Document::parse(&xml).unwrap()).unwrap();

            assert_eq!(said.version, version);
            assert_eq!(said.original_id, "abc & <def>");
            assert_eq!(said.errors[0].other.as_deref(), Some("MP-431 \"sitat\" <æøå>"));
            assert_eq!(said.sender, "Eksempel <kommune> & co");
        }
    }

    #[test]
    fn the_her_id_comes_first_and_other_ids_are_kept() {
        let xml = String::from_utf8(write(&receipt(AppRecVersion::V1_1))).unwrap();
        let (her, other) = (xml.find("<Id>90001</Id>").unwrap(), xml.find("<AdditionalId><Id>310000124</Id>").unwrap());

        assert!(her < other);
        assert!(xml.contains("<HCPerson><Name>Lege Eksempel</Name><Id>900011</Id>"));
    }
}
