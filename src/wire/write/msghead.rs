//! Writes MsgHead 1.2 (hodemelding, HIS 80601): the envelope of everything that is sent.

use super::element::Out;
use super::element::code;
use super::element::coded;
use super::element::text;
use crate::domain::Conversation;
use crate::domain::LevelKind;
use crate::domain::OutboundId;
use crate::domain::Party;
use crate::domain::PartyLevel;
use crate::domain::Patient;
use crate::domain::ProcessingStatus;
use crate::domain::Timestamp;
use crate::wire::msghead::NAMESPACE;
use jiff::civil::Date;
use quick_xml::events::BytesText;
use std::io;

const MIGVERSION: &str = "v1.2 2006-05-24";

/// What stands at the top of everything that is sent.
#[derive(Clone, Copy, Debug)]
pub struct Letterhead<'a> {
    /// MsgId.
    pub id: OutboundId,
    /// GenDate.
    pub at: Timestamp,
    /// As of the message that it is about: an answer to a rehearsal is a rehearsal.
    pub processing: &'a ProcessingStatus,
    /// The message that is answered. `None`: the first of a dialogue.
    pub conversation: Option<&'a Conversation>,
    pub sender: &'a Party,
    pub receiver: &'a Party,
    pub patient: Option<&'a Patient>,
}

/// Who writes, and where the receiver can call.
#[derive(Clone, Copy, Debug)]
pub struct Signature<'a> {
    /// A colleague's name at work.
    pub name: &'a str,
    pub unit: &'a str,
    pub telephone: Option<&'a str>,
}

/// The whole message; `documents` writes what it holds. `kind` is MsgInfo/Type: code (8279) and name.
pub(super) fn envelope(
    out: &mut Out,
    head: &Letterhead<'_>,
    kind: (&str, &str),
    documents: impl FnOnce(&mut Out) -> io::Result<()>,
) -> io::Result<()> {
    out.create_element("MsgHead").with_attribute(("xmlns", NAMESPACE)).write_inner_content(|out| {
        out.create_element("MsgInfo").write_inner_content(|out| {
            code(out, "Type", kind.0, kind.1)?;
            text(out, "MIGversion", MIGVERSION)?;
            text(out, "GenDate", &head.at.to_string())?;
            text(out, "MsgId", &head.id.to_string())?;
            processing(out, head.processing)?;
            code(out, "Ack", "J", "Ja")?;
            if let Some(conversation) = head.conversation {
                out.create_element("ConversationRef").write_inner_content(|out| {
                    text(out, "RefToParent", &conversation.parent)?;
                    text(out, "RefToConversation", &conversation.conversation)
                })?;
            }
            for (name, party) in [("Sender", head.sender), ("Receiver", head.receiver)] {
                out.create_element(name).write_inner_content(|out| self::party(out, &party.levels))?;
            }
            head.patient.map_or(Ok(()), |it| patient(out, it))
        })?;
        documents(out)
    })?;
    Ok(())
}

/// The main document: an XML instance.
pub(super) fn main_document(
    out: &mut Out,
    at: Timestamp,
    description: &str,
    content: impl FnOnce(&mut Out) -> io::Result<()>,
) -> io::Result<()> {
    out.create_element("Document").write_inner_content(|out| {
        code(out, "DocumentConnection", "H", "Hoveddokument")?;
        text(out, "ContentDescription", description)?;
        out.create_element("RefDoc").write_inner_content(|out| {
            out.create_element("IssueDate").with_attribute(("V", at.to_string().as_str())).write_empty()?;
            code(out, "MsgType", "XML", "XML-instans")?;
            text(out, "MimeType", "text/xml")?;
            out.create_element("Content").write_inner_content(content)?;
            Ok(())
        })?;
        Ok(())
    })?;
    Ok(())
}

fn processing(out: &mut Out, status: &ProcessingStatus) -> io::Result<()> {
    match status {
        ProcessingStatus::Production => Ok(()),
        ProcessingStatus::Training => code(out, "ProcessingStatus", "T", "Opplæring"),
        ProcessingStatus::Debugging => code(out, "ProcessingStatus", "D", "Debugging"),
        ProcessingStatus::Unknown(other) => code(out, "ProcessingStatus", other, other),
    }
}

/// The outermost level, with those within it.
fn party(out: &mut Out, levels: &[PartyLevel]) -> io::Result<()> {
    let Some((outer, within)) = levels.split_first() else { return Ok(()) };
    match outer.kind {
        LevelKind::Organisation => {
            out.create_element("Organisation").write_inner_content(|out| {
                text(out, "OrganisationName", &outer.name)?;
                idents(out, outer, "9051")?;
                party(out, within)
            })?;
        }
        LevelKind::HealthcareProfessional => {
            out.create_element("HealthcareProfessional").write_inner_content(|out| {
                names(out, &outer.name)?;
                idents(out, outer, "8116")
            })?;
        }
    }
    Ok(())
}

/// The last word is the family name: the header's reader has joined them.
pub(super) fn names(out: &mut Out, whole: &str) -> io::Result<()> {
    let (given, family) = whole.trim().rsplit_once(' ').unwrap_or(("", whole.trim()));
    text(out, "FamilyName", family)?;
    if given.is_empty() { Ok(()) } else { text(out, "GivenName", given.trim()) }
}

fn idents(out: &mut Out, level: &PartyLevel, list: &str) -> io::Result<()> {
    for ident in &level.idents {
        out.create_element("Ident").write_inner_content(|out| {
            text(out, "Id", &ident.id)?;
            coded(out, "TypeId", &ident.kind, Some(list))
        })?;
    }
    Ok(())
}

fn patient(out: &mut Out, patient: &Patient) -> io::Result<()> {
    out.create_element("Patient").write_inner_content(|out| {
        let names = [
            ("FamilyName", &patient.family_name),
            ("MiddleName", &patient.middle_name),
            ("GivenName", &patient.given_name),
        ];
        for (name, value) in names {
            if let Some(value) = value {
                text(out, name, value.reveal())?;
            }
        }
        // A date that is none was tolerated when it came; it is not passed on.
        let born = patient.date_of_birth.as_ref().and_then(|it| it.reveal().trim().parse::<Date>().ok());
        if let Some(born) = born {
            text(out, "DateOfBirth", &born.to_string())?;
        }
        if let Some(sex) = &patient.sex {
            let sex = sex.reveal();
            let (value, display) = (sex.code.as_deref().unwrap_or("0"), sex.name.as_deref().unwrap_or_default());
            code(out, "Sex", value, display)?;
        }
        for ident in &patient.idents {
            out.create_element("Ident").write_inner_content(|out| {
                out.create_element("Id").write_text_content(BytesText::new(ident.id.reveal()))?;
                coded(out, "TypeId", &ident.kind, Some("8116"))
            })?;
        }
        Ok(())
    })?;
    Ok(())
}
