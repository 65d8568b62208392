//! Writes a report that is passed on (videresending): to another municipality, to a hospital
//! trust, or from a trust to the municipality.
//! The relay form of `schemas/behovsmelding-1.0.xsd`: the unit that passes it on becomes Melder, and who saw the need stays
//! as OpprinneligMelder. Everything else stands as it stood, attachments byte for byte.

use super::dialog;
use super::element::Out;
use super::element::copy;
use super::element::finish;
use super::element::start;
use super::element::text;
use super::msghead::Letterhead;
use super::msghead::Signature;
use super::msghead::envelope;
use super::msghead::main_document;
use crate::domain::CoordinatingBody;
use crate::domain::DialogueVersion;
use crate::domain::Head;
use crate::domain::ReceiverLevel;
use crate::domain::Redacted;
use crate::wire::behovsmelding::NAMESPACE;
use crate::wire::msghead;
use crate::wire::node::child;
use crate::wire::node::child_coded;
use crate::wire::node::child_text;
use crate::wire::node::children;
use quick_xml::events::BytesEnd;
use quick_xml::events::BytesStart;
use quick_xml::events::Event;
use roxmltree::Document;
use roxmltree::Node;
use std::io;

/// The report in `original` for the coordinating unit of `to`. `None`: the original has nothing that can be passed on, or the unit that
/// passes it on has no organisation number or telephone.
///
/// A covering note goes along when there is a `text`, when the original is a dialogue message, or when it had been passed on
/// before: then the note is where the unit between is named. `version` is the note's when the original has no dialogue.
pub fn transfer(
    head: &Letterhead<'_>,
    to: &CoordinatingBody,
    text: &Redacted<String>,
    signature: &Signature<'_>,
    version: DialogueVersion,
    original: &Document<'_>,
    original_head: &Head,
) -> Option<Redacted<Vec<u8>>> {
    let root = original.root_element();
    let report = crate::wire::open::reports(root).next();
    let dialogue = dialog::dialogue_in(original);
    if report.is_none() && dialogue.is_none() {
        return None;
    }
    // What stands beside them in other terms, such as a nursing and care message, would be lost on the way.
    let known = [report, dialogue.map(|(node, _)| node)];
    let is_file = |it: &Node<'_, '_>| it.tag_name().name() == "Base64Container";
    if crate::wire::open::contents(root).any(|it| !is_file(&it) && !known.contains(&Some(it))) {
        return None;
    }
    let relay = match report {
        Some(report) => Some((report, Relay::of(head, signature, report)?)),
        None => None,
    };
    let said = text.reveal().trim();
    let was_relayed = report.is_some_and(|it| child(it, "OpprinneligMelder").is_some());
    let covered = dialogue.is_some() || !said.is_empty() || was_relayed;
    let version = dialogue.map_or(version, |(_, version)| version);
    let kind = match (covered, version) {
        (false, _) => ("BEHOVSMELDING", "Melding om behov"),
        (true, DialogueVersion::V1_0) => ("DIALOG_NOTAT", "Notat"),
        (true, DialogueVersion::V1_1) => ("DIALOG_HELSEFAGLIG", "Helsefaglig dialog"),
    };
    let mut out = start();
    envelope(&mut out, head, kind, |out| {
        if covered {
            let said = covering_text(signature, original_head, said);
            main_document(out, head.at, "Dialogmelding", |out| {
                dialog::cover(out, version, &said, signature, dialogue.map(|(node, _)| node))
            })?;
        }
        if let Some((report, relay)) = &relay {
            main_document(out, head.at, "Melding om behov", |out| relayed(out, *report, relay, to))?;
        }
        for attachment in children(root, "Document").filter(is_attachment) {
            copy(out, attachment, None, Some(msghead::NAMESPACE))?;
        }
        Ok(())
    })
    .expect("writing to memory does not fail");
    Some(finish(out))
}

/// Who passes it on, who wrote it first, and why it is passed on.
fn covering_text(signature: &Signature<'_>, original: &Head, said: &str) -> String {
    let her_id = original.sender.her_id().map(|it| format!(" (HER-id {it})")).unwrap_or_default();
    let mut text = format!(
        "Videresendt av {}, {}. Opprinnelig avsender: {}{her_id}. Opprinnelig melding: {}, {}.",
        signature.name,
        signature.unit,
        original.sender.display_name(),
        original.message_id,
        original.generated.verbatim,
    );
    if !said.is_empty() {
        text.push_str("\n\n");
        text.push_str(said);
    }
    text
}

fn is_attachment(document: &Node<'_, '_>) -> bool {
    let kind = child(*document, "RefDoc").and_then(|it| child_coded(it, "MsgType")).and_then(|it| it.code);
    kind.as_deref() == Some("A")
}

/// The unit that passes a report on, as Melder.
struct Relay<'a> {
    category: &'static str,
    organisation: String,
    her_id: Option<String>,
    organisation_name: String,
    unit: &'a str,
    name: &'a str,
    telephone: &'a str,
}

impl<'a> Relay<'a> {
    /// The sender's outer level is the organisation. A report that was for a hospital trust is passed on by its unit; the
    /// schema has no category for a municipality's, so that one counts as a public body.
    fn of(head: &Letterhead<'_>, signature: &Signature<'a>, report: Node<'_, '_>) -> Option<Self> {
        let level = child(report, "Mottaker").and_then(|it| child_text(it, "Nivaa"));
        let for_trust = level.as_deref().and_then(ReceiverLevel::from_code) == Some(ReceiverLevel::HospitalTrust);
        let organisation = head.sender.organisation()?;
        Some(Self {
            category: if for_trust { "HF_KE" } else { "ANDRE_OFF" },
            organisation: organisation.ident("ENH")?.trim().to_owned(),
            her_id: organisation.her_id().map(|it| it.to_string()),
            organisation_name: organisation.name.clone(),
            unit: signature.unit,
            name: signature.name,
            telephone: signature.telephone?,
        })
    }

    fn write(&self, out: &mut Out) -> io::Result<()> {
        out.create_element("Melder").write_inner_content(|out| {
            text(out, "Kategori", self.category)?;
            out.create_element("Virksomhet").write_inner_content(|out| {
                text(out, "Orgnr", &self.organisation)?;
                if let Some(her_id) = &self.her_id {
                    text(out, "HerId", her_id)?;
                }
                text(out, "Navn", &self.organisation_name)
            })?;
            text(out, "Enhet", self.unit)?;
            text(out, "Navn", self.name)?;
            text(out, "Telefon", self.telephone)?;
            text(out, "SvarOnskes", "true")?;
            text(out, "SvarKanal", "MELDING")
        })?;
        Ok(())
    }
}

/// The report with another receiver and another reporter.
fn relayed(out: &mut Out, report: Node<'_, '_>, relay: &Relay<'_>, to: &CoordinatingBody) -> io::Result<()> {
    let name = report.tag_name().name();
    let mut element = BytesStart::new(name);
    element.push_attribute(("xmlns", NAMESPACE));
    for attribute in report.attributes().filter(|it| it.namespace().is_none()) {
        element.push_attribute((attribute.name(), attribute.value()));
    }
    out.write_event(Event::Start(element))?;
    let was_relayed = child(report, "OpprinneligMelder").is_some();
    for part in report.children().filter(Node::is_element) {
        match part.tag_name().name() {
            "Mottaker" => {
                out.create_element("Mottaker").write_inner_content(|out| match to {
                    CoordinatingBody::Municipality(number) => text(out, "Kommunenr", number.as_str()),
                    // The person lives where they lived.
                    CoordinatingBody::HospitalTrust(number) => {
                        text(out, "Kommunenr", &child_text(part, "Kommunenr").unwrap_or_default())?;
                        text(out, "Nivaa", ReceiverLevel::HospitalTrust.code())?;
                        text(out, "Orgnr", number.as_str())
                    }
                })?;
            }
            "Melder" => {
                relay.write(out)?;
                if !was_relayed {
                    copy(out, part, Some("OpprinneligMelder"), Some(NAMESPACE))?;
                }
            }
            _ => copy(out, part, None, Some(NAMESPACE))?,
        }
    }
    out.write_event(Event::End(BytesEnd::new(name)))
}
