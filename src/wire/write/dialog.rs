//! Writes the dialogue message (dialogmelding) 1.0 and 1.1 of KITH: one note or one question, and who writes it.

use super::element::Out;
use super::element::copy;
use super::element::legal;
use super::element::listed;
use super::element::text;
use super::msghead::Signature;
use super::msghead::names;
use crate::domain::DialogueVersion;
use crate::domain::FaultReason;
use crate::domain::PASSED_ON_TITLE;
use crate::wire::dialog::ROOT;
use crate::wire::dialog::version as version_of;
use crate::wire::node::child;
use crate::wire::node::children;
use roxmltree::Document;
use roxmltree::Node;
use std::io;

const COMMON: &str = "http://www.kith.no/xmlstds/felleskomponent1";

pub(super) const fn namespace(version: DialogueVersion) -> &'static str {
    match version {
        DialogueVersion::V1_0 => "http://www.kith.no/xmlstds/dialog/2006-10-11",
        DialogueVersion::V1_1 => "http://www.kith.no/xmlstds/dialog/2013-01-23",
    }
}

/// `Svar på forespørsel` (9069), or `Henvendelse om pasient` (7322).
pub(super) fn answer(
    out: &mut Out,
    version: DialogueVersion,
    title: &str,
    said: &str,
    signature: &Signature<'_>,
    original: &Document<'_>,
) -> io::Result<()> {
    root(out, version, |out| {
        out.create_element("Notat").write_inner_content(|out| {
            match version {
                DialogueVersion::V1_0 => listed(out, "TemaKodet", "5", "9069", "Svar på forespørsel")?,
                DialogueVersion::V1_1 => listed(out, "TemaKodet", "6", "7322", "Henvendelse om pasient")?,
            }
            text(out, "Tema", title)?;
            text(out, "TekstNotatInnhold", said)?;
            if let Some(question) = question_in(original, version) {
                copy(out, question, None, Some(namespace(version)))?;
            }
            signed(out, signature)
        })?;
        Ok(())
    })
}

/// `Annen henvendelse` (9152), or `Forespørsel om helseopplysninger` (7322).
pub(super) fn question(
    out: &mut Out,
    version: DialogueVersion,
    said: &str,
    signature: &Signature<'_>,
) -> io::Result<()> {
    root(out, version, |out| {
        match version {
            DialogueVersion::V1_0 => out.create_element("Foresporsel").write_inner_content(|out| {
                listed(out, "TypeForesp", "99", "9152", "Annen henvendelse")?;
                text(out, "Sporsmal", said)?;
                signed(out, signature)
            })?,
            DialogueVersion::V1_1 => out.create_element("Notat").write_inner_content(|out| {
                listed(out, "TemaKodet", "8", "7322", "Forespørsel om helseopplysninger")?;
                text(out, "Tema", "Spørsmål om melding")?;
                text(out, "TekstNotatInnhold", said)?;
                signed(out, signature)
            })?,
        };
        Ok(())
    })
}

/// `Melding om avvik` (7321), with the reason (8117) as the case's kind.
pub(super) fn fault_report(
    out: &mut Out,
    reason: FaultReason,
    said: &str,
    signature: &Signature<'_>,
) -> io::Result<()> {
    root(out, DialogueVersion::V1_0, |out| {
        listed(out, "SakstypeKodet", reason.code(), "8117", reason.name())?;
        out.create_element("Notat").write_inner_content(|out| {
            listed(out, "TemaKodet", "2", "7321", "Melding om avvik")?;
            text(out, "Tema", reason.name())?;
            text(out, "TekstNotatInnhold", said)?;
            signed(out, signature)
        })?;
        Ok(())
    })
}

/// A note that says why a message is passed on and by whom, and after it everything that the original dialogue said. Its
/// questions stand within notes of their own, since notes and questions cannot stand side by side.
pub(super) fn cover(
    out: &mut Out,
    version: DialogueVersion,
    said: &str,
    signature: &Signature<'_>,
    original: Option<Node<'_, '_>>,
) -> io::Result<()> {
    let within = Some(namespace(version));
    root(out, version, |out| {
        for name in ["SakstypeKodet", "Sakstype"] {
            original.and_then(|it| child(it, name)).map_or(Ok(()), |it| copy(out, it, None, within))?;
        }
        out.create_element("Notat").write_inner_content(|out| {
            note_about_patient(out, version)?;
            text(out, "Tema", PASSED_ON_TITLE)?;
            text(out, "TekstNotatInnhold", said)?;
            signed(out, signature)
        })?;
        let Some(original) = original else { return Ok(()) };
        for note in children(original, "Notat") {
            copy(out, note, None, within)?;
        }
        for question in children(original, "Foresporsel") {
            out.create_element("Notat").write_inner_content(|out| {
                note_about_patient(out, version)?;
                text(out, "Tema", "Videresendt spørsmål")?;
                copy(out, question, None, within)
            })?;
        }
        Ok(())
    })
}

fn note_about_patient(out: &mut Out, version: DialogueVersion) -> io::Result<()> {
    match version {
        DialogueVersion::V1_0 => listed(out, "TemaKodet", "1", "7321", "Notat om pasient"),
        DialogueVersion::V1_1 => listed(out, "TemaKodet", "6", "7322", "Henvendelse om pasient"),
    }
}

fn root(out: &mut Out, version: DialogueVersion, content: impl FnOnce(&mut Out) -> io::Result<()>) -> io::Result<()> {
    out.create_element(ROOT)
        .with_attribute(("xmlns", namespace(version)))
        .with_attribute(("xmlns:f", COMMON))
        .write_inner_content(content)?;
    Ok(())
}

/// RollerRelatertNotat: a colleague by name, with the unit's telephone. A note that nobody stands behind has none.
fn signed(out: &mut Out, signature: &Signature<'_>) -> io::Result<()> {
    if signature.name.trim().is_empty() {
        return Ok(());
    }
    out.create_element("RollerRelatertNotat").write_inner_content(|out| {
        out.create_element("HealthcareProfessional").write_inner_content(|out| {
            names(out, signature.name)?;
            let digits: String =
                signature.telephone.unwrap_or_default().chars().filter(|it| !matches!(it, ' ' | '-')).collect();
            if digits.is_empty() {
                return Ok(());
            }
            out.create_element("TeleCom").write_inner_content(|out| {
                out.create_element("f:TypeTelecom")
                    .with_attribute(("V", "WP"))
                    .with_attribute(("DN", "Arbeidsplass"))
                    .write_empty()?;
                let address = format!("tel:{}", legal(&digits));
                out.create_element("f:TeleAddress").with_attribute(("V", address.as_str())).write_empty()?;
                Ok(())
            })?;
            Ok(())
        })?;
        Ok(())
    })?;
    Ok(())
}

/// The dialogue message in a message, whatever its version.
pub(super) fn dialogue_in<'a, 'i>(original: &'a Document<'i>) -> Option<(Node<'a, 'i>, DialogueVersion)> {
    crate::wire::open::contents(original.root_element()).find_map(|it| {
        let version = version_of(it.tag_name().namespace())?;
        (it.tag_name().name() == ROOT).then_some((it, version))
    })
}

/// The first question of a dialogue message of `version`.
fn question_in<'a, 'i>(original: &'a Document<'i>, version: DialogueVersion) -> Option<Node<'a, 'i>> {
    let (dialogue, _) = dialogue_in(original).filter(|(_, said)| *said == version)?;
    child(dialogue, "Foresporsel").or_else(|| children(dialogue, "Notat").find_map(|it| child(it, "Foresporsel")))
}
