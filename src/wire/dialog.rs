//! Reads the dialogue message (dialogmelding) 1.0 and 1.1 of KITH. Lenient, as its neighbour `behovsmelding`, and
//! complete: an element that has no place of its own is kept as a detail.

use super::node::at;
use super::node::coded;
use super::node::text;
use super::rich::rich;
use crate::domain::Code;
use crate::domain::Coded;
use crate::domain::Detail;
use crate::domain::Dialogue;
use crate::domain::DialogueEntry;
use crate::domain::DialogueNote;
use crate::domain::DialogueParty;
use crate::domain::DialogueQuestion;
use crate::domain::DialogueRole;
use crate::domain::DialogueVersion;
use crate::domain::Observation;
use crate::domain::PartyKind;
use crate::domain::Redacted;
use crate::domain::RichText;
use roxmltree::Node;

pub(super) const ROOT: &str = "Dialogmelding";

/// The version that a namespace stands for.
pub(super) fn version(namespace: Option<&str>) -> Option<DialogueVersion> {
    match namespace {
        Some("http://www.kith.no/xmlstds/dialog/2006-10-11") => Some(DialogueVersion::V1_0),
        Some("http://www.kith.no/xmlstds/dialog/2013-01-23") => Some(DialogueVersion::V1_1),
        Some(_) | None => None,
    }
}

/// The dialogue whose root element is `root`, and what was noticed on the way.
pub(super) fn dialogue(root: Node<'_, '_>, version: DialogueVersion) -> (Dialogue, Vec<Observation>) {
    let mut reader = Reader { observations: Vec::new() };
    let mut dialogue = Dialogue { version, case_kind: None, case_title: None, entries: Vec::new(), rest: Vec::new() };
    for child in elements(root) {
        match child.tag_name().name() {
            "SakstypeKodet" => keep_coded(&mut dialogue.case_kind, child, &mut dialogue.rest),
            "Sakstype" => keep(&mut dialogue.case_title, child, &mut dialogue.rest),
            "Notat" => dialogue.entries.push(DialogueEntry::Note(Box::new(reader.note(child)))),
            "Foresporsel" => dialogue.entries.push(DialogueEntry::Question(Box::new(reader.question(child)))),
            _ => details(child, &mut dialogue.rest),
        }
    }
    (dialogue, reader.observations)
}

struct Reader {
    observations: Vec<Observation>,
}

impl Reader {
    fn note(&mut self, node: Node<'_, '_>) -> DialogueNote {
        let mut note = DialogueNote::default();
        for child in elements(node) {
            match child.tag_name().name() {
                "TemaKodet" => keep_coded(&mut note.theme, child, &mut note.rest),
                "Tema" => keep(&mut note.title, child, &mut note.rest),
                "TekstNotatInnhold" if note.content.is_none() => note.content = Some(self.rich(child)),
                "Merknad" => keep(&mut note.remark, child, &mut note.rest),
                "DokIdNotat" => keep(&mut note.document_id, child, &mut note.rest),
                "DatoNotat" => keep(&mut note.date, child, &mut note.rest),
                "Foresporsel" if note.question.is_none() => note.question = Some(Box::new(self.question(child))),
                "RollerRelatertNotat" => note.roles.push(role(child)),
                _ => details(child, &mut note.rest),
            }
        }
        note
    }

    fn question(&mut self, node: Node<'_, '_>) -> DialogueQuestion {
        let mut question = DialogueQuestion::default();
        for child in elements(node) {
            match child.tag_name().name() {
                "TypeForesp" => keep_coded(&mut question.kind, child, &mut question.rest),
                "EmneSporsmal" => keep(&mut question.subject, child, &mut question.rest),
                "Sporsmal" if question.text.is_none() => question.text = Some(self.rich(child)),
                "Formål" => keep_coded(&mut question.purpose, child, &mut question.rest),
                "Begrunnelse" => keep(&mut question.reason, child, &mut question.rest),
                "Hastegrad" => keep_coded(&mut question.urgency, child, &mut question.rest),
                "FraDato" => keep(&mut question.from, child, &mut question.rest),
                "TilDato" => keep(&mut question.to, child, &mut question.rest),
                "TypeJournalinfo" => question.record_kinds.push(Redacted::new(coded(child))),
                "KodetOpplysning" => keep_coded(&mut question.information, child, &mut question.rest),
                "DokIdForesp" => keep(&mut question.document_id, child, &mut question.rest),
                "RollerRelatertNotat" => question.roles.push(role(child)),
                _ => details(child, &mut question.rest),
            }
        }
        question
    }

    /// A text that could be marked up; that something in it could act is told once for each text.
    fn rich(&mut self, node: Node<'_, '_>) -> Redacted<RichText> {
        let text = rich(node);
        if text.left_out > 0 {
            self.observations.push(Observation::new(Code::ActiveContentLeftOut, at(node)));
        }
        Redacted::new(text)
    }
}

fn role(node: Node<'_, '_>) -> DialogueRole {
    let mut role = DialogueRole::default();
    for child in elements(node) {
        match child.tag_name().name() {
            "RolleNotat" => keep_coded(&mut role.in_note, child, &mut role.rest),
            "RoleToPatient" => keep_coded(&mut role.to_patient, child, &mut role.rest),
            "TilknyttetEnhet" => {
                for part in elements(child) {
                    match kind_of(part) {
                        Some(kind) => party(kind, part, &mut role.parties),
                        None => details(part, &mut role.rest),
                    }
                }
            }
            _ => match kind_of(child) {
                Some(kind) => party(kind, child, &mut role.parties),
                None => details(child, &mut role.rest),
            },
        }
    }
    role
}

fn kind_of(node: Node<'_, '_>) -> Option<PartyKind> {
    match node.tag_name().name() {
        "HealthcareProfessional" => Some(PartyKind::HealthcareProfessional),
        "Person" => Some(PartyKind::Person),
        "Kontaktenhet" | "Organisation" => Some(PartyKind::Unit),
        _ => None,
    }
}

/// A party, followed by those within it, outermost first.
fn party(kind: PartyKind, node: Node<'_, '_>, parties: &mut Vec<DialogueParty>) {
    let mut it = DialogueParty { kind, name: None, to_patient: None, details: Vec::new() };
    let mut names = [None, None, None];
    let mut within = Vec::new();
    for child in elements(node) {
        match child.tag_name().name() {
            "GivenName" => keep(&mut names[0], child, &mut it.details),
            "MiddleName" => keep(&mut names[1], child, &mut it.details),
            "FamilyName" => keep(&mut names[2], child, &mut it.details),
            "OrganisationName" => keep(&mut it.name, child, &mut it.details),
            "RoleToPatient" => keep_coded(&mut it.to_patient, child, &mut it.details),
            _ => match kind_of(child) {
                Some(kind) => within.push((kind, child)),
                None => details(child, &mut it.details),
            },
        }
    }
    let said: Vec<String> = names.into_iter().flatten().map(Redacted::into_inner).collect();
    if !said.is_empty() {
        it.name = Some(Redacted::new(said.join(" ")));
    }
    parties.push(it);
    within.into_iter().for_each(|(kind, node)| party(kind, node, parties));
}

fn elements<'a, 'i>(node: Node<'a, 'i>) -> impl Iterator<Item = Node<'a, 'i>> {
    node.children().filter(Node::is_element)
}

/// The first goes to its field; another of the same name is kept as a detail.
fn keep(field: &mut Option<Redacted<String>>, node: Node<'_, '_>, rest: &mut Vec<Detail>) {
    let text = text(node);
    match field {
        None if !text.is_empty() => *field = Some(Redacted::new(text)),
        Some(_) | None => details(node, rest),
    }
}

/// As [`keep`], for a coded value. Text within it, which the schema forbids, is a detail.
fn keep_coded(field: &mut Option<Redacted<Coded>>, node: Node<'_, '_>, rest: &mut Vec<Detail>) {
    let has_text = !text(node).is_empty();
    if field.is_none() {
        *field = Some(Redacted::new(coded(node)));
    } else if !has_text {
        details(node, rest);
    }
    if has_text {
        details(node, rest);
    }
}

/// The element with everything in it as one line: an address, a telephone, an id.
pub(super) fn details(node: Node<'_, '_>, details: &mut Vec<Detail>) {
    let mut values = Vec::new();
    said(node, &mut values);
    if !values.is_empty() {
        let element = node.tag_name().name().to_owned();
        details.push(Detail { element, value: Redacted::new(values.join(", ")) });
    }
}

/// Each text and each code below the element, in order.
fn said(node: Node<'_, '_>, values: &mut Vec<String>) {
    let it = coded(node);
    let name = it.name.or(it.other).or(it.code);
    values.extend(name);
    for child in node.children() {
        if child.is_element() {
            said(child, values);
        } else if let Some(text) = child.text().filter(|_| child.is_text()) {
            values.extend(Some(text.trim().to_owned()).filter(|it| !it.is_empty()));
        }
    }
}
