//! Everything that a dialogue message says, in its own order.

use crate::domain::Coded;
use crate::domain::Detail;
use crate::domain::DialogueEntry;
use crate::domain::DialogueNote;
use crate::domain::DialogueParty;
use crate::domain::DialogueQuestion;
use crate::domain::DialogueReport;
use crate::domain::DialogueRole;
use crate::domain::DialogueVersion;
use crate::domain::PartyKind;
use crate::domain::Redacted;
use crate::domain::RichText;
use crate::inbox::letter::Entry;
use crate::inbox::letter::Section;
use crate::inbox::letter::rich::Rich;
use crate::inbox::letter::sections::Fields;
use crate::inbox::texts::Words;

/// What it is about and why we think so, and then each note and question.
pub(super) fn sections(report: &DialogueReport, t: Words) -> Vec<Section> {
    let dialogue = &report.dialogue;
    let mut fields = Fields::new();
    let (class, why) = (report.classification.class(), report.classification.why());
    let class = t.code("DialogKlasse", class.code());
    fields.lines(t.label_classification(), vec![class, why.in_language(t.0).to_owned()]);
    let version = match dialogue.version {
        DialogueVersion::V1_0 => "1.0",
        DialogueVersion::V1_1 => "1.1",
    };
    fields.say(t.label_version(), Some(version));
    fields.say(t.label_case_code(), dialogue.case_kind.as_ref().map(coded));
    text(&mut fields, t.label_case_type(), &dialogue.case_title);
    rest(&mut fields, &dialogue.rest, t);
    let mut sections = vec![fields.under(t.section_dialogue())];
    for entry in &dialogue.entries {
        let mut fields = Fields::new();
        let heading = match entry {
            DialogueEntry::Note(it) => {
                note(&mut fields, it, t);
                t.section_note()
            }
            DialogueEntry::Question(it) => {
                question(&mut fields, it, t);
                t.section_question()
            }
        };
        sections.push(fields.under(heading));
    }
    sections
}

/// Health personnel who are named with a role, for the summary.
pub(super) fn professionals(report: &DialogueReport) -> Vec<String> {
    let parties = report.dialogue.roles().flat_map(|it| &it.parties);
    let professionals = parties.filter(|it| it.kind == PartyKind::HealthcareProfessional);
    let mut names: Vec<String> = Vec::new();
    for name in professionals.filter_map(|it| it.name.as_ref()) {
        if !names.contains(name.reveal()) {
            names.push(name.reveal().clone());
        }
    }
    names
}

fn note(fields: &mut Fields, note: &DialogueNote, t: Words) {
    text(fields, t.label_theme(), &note.title);
    fields.say(t.label_theme_code(), note.theme.as_ref().map(coded));
    rich(fields, t.label_text(), &note.content, t);
    text(fields, t.label_remark(), &note.remark);
    text(fields, t.date(), &note.date);
    text(fields, t.label_document_id(), &note.document_id);
    if let Some(it) = &note.question {
        question(fields, it, t);
    }
    roles(fields, &note.roles, t);
    rest(fields, &note.rest, t);
}

fn question(fields: &mut Fields, question: &DialogueQuestion, t: Words) {
    fields.say(t.label_question_kind(), question.kind.as_ref().map(coded));
    text(fields, t.label_subject(), &question.subject);
    rich(fields, t.label_question(), &question.text, t);
    fields.say(t.label_purpose(), question.purpose.as_ref().map(coded));
    text(fields, t.reason(), &question.reason);
    fields.say(t.label_urgency(), question.urgency.as_ref().map(coded));
    text(fields, t.label_from_date(), &question.from);
    text(fields, t.label_to_date(), &question.to);
    let asked = question.record_kinds.iter().chain(&question.information).map(coded);
    fields.lines(t.label_asked_for(), asked.collect());
    text(fields, t.label_document_id(), &question.document_id);
    roles(fields, &question.roles, t);
    rest(fields, &question.rest, t);
}

fn roles(fields: &mut Fields, roles: &[DialogueRole], t: Words) {
    for role in roles {
        let in_note = role.in_note.as_ref().map(|it| format!("{}: {}", t.label_role_in_note(), coded(it)));
        let to_patient = role.to_patient.as_ref().map(|it| format!("{}: {}", t.label_role_to_patient(), coded(it)));
        let mut lines: Vec<String> = in_note.into_iter().chain(to_patient).collect();
        for it in &role.parties {
            party(&mut lines, it, t);
        }
        lines.extend(role.rest.iter().map(|it| detail(it, t)));
        fields.lines(t.label_involved(), lines);
    }
}

fn party(lines: &mut Vec<String>, party: &DialogueParty, t: Words) {
    let kind = match party.kind {
        PartyKind::HealthcareProfessional => t.party_professional(),
        PartyKind::Person => t.party_person(),
        PartyKind::Unit => t.party_unit(),
    };
    let name = party.name.as_ref().map_or("–", |it| it.reveal());
    lines.push(format!("{kind}: {name}"));
    lines.extend(party.to_patient.as_ref().map(|it| format!("{}: {}", t.label_role_to_patient(), coded(it))));
    lines.extend(party.details.iter().map(|it| detail(it, t)));
}

fn rest(fields: &mut Fields, details: &[Detail], t: Words) {
    for it in details {
        fields.say(&t.code("DialogElement", &it.element), Some(it.value.reveal().as_str()));
    }
}

fn detail(detail: &Detail, t: Words) -> String {
    format!("{}: {}", t.code("DialogElement", &detail.element), detail.value.reveal())
}

fn text(fields: &mut Fields, label: &str, text: &Option<Redacted<String>>) {
    fields.prose(label, text);
}

/// The text itself, and that something in it is not shown.
fn rich(fields: &mut Fields, label: &str, text: &Option<Redacted<RichText>>, t: Words) {
    let Some(text) = text else { return };
    let lines = if text.reveal().left_out > 0 { vec![t.content_left_out().to_owned()] } else { Vec::new() };
    fields.push(Entry { label: label.to_owned(), lines, prose: false, rich: Some(Rich::of(text)) });
}

/// Name and code, as the sender gave them.
fn coded(coded: &Redacted<Coded>) -> String {
    let coded = coded.reveal();
    let words: Vec<&str> = [coded.name.as_deref(), coded.other.as_deref()].into_iter().flatten().collect();
    match (words.is_empty(), coded.code.as_deref()) {
        (true, code) => code.unwrap_or("–").to_owned(),
        (false, None) => words.join(", "),
        (false, Some(code)) => format!("{} ({code})", words.join(", ")),
    }
}
