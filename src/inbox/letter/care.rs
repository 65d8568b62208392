//! Everything that a nursing and care message says, element by element, in its own order.

use crate::domain::CareReport;
use crate::domain::Coded;
use crate::domain::Passage;
use crate::domain::PassagePart;
use crate::domain::Redacted;
use crate::inbox::letter::Entry;
use crate::inbox::letter::Section;
use crate::inbox::letter::rich::Rich;
use crate::inbox::letter::sections::Fields;
use crate::inbox::texts::Words;

/// What it is about and why we think so, and then its content.
pub(super) fn sections(report: &CareReport, t: Words) -> Vec<Section> {
    let mut fields = Fields::new();
    let classification = &report.classification;
    let class = t.code("DialogKlasse", classification.class().code());
    fields.lines(t.label_classification(), vec![class, classification.why().in_language(t.0).to_owned()]);
    let care = &report.care;
    fields.say(t.label_care_kind(), Some(t.care_element(&care.kind)));
    fields.say(t.label_version(), Some(care.edition.as_str()));
    fields.say(t.label_remark(), Some(t.care_not_checked()));
    let mut sections = vec![fields.under(t.section_care())];
    let content = care.content.reveal();
    // What the root says besides other elements has no heading of its own.
    let own = |it: &&PassagePart| !matches!(it, PassagePart::Passage(_));
    let own = Passage { element: content.element.clone(), parts: content.parts.iter().filter(own).cloned().collect() };
    let mut fields = Fields::new();
    if !own.parts.is_empty() {
        fields.push(entry(&own, t));
    }
    for passage in content.passages() {
        if passage.passages().next().is_none() {
            fields.push(entry(passage, t));
            continue;
        }
        // A heading for each group; single fields before it stand together.
        sections.push(std::mem::replace(&mut fields, Fields::new()).under(t.section_care_content()));
        let mut group = Fields::new();
        for part in &passage.parts {
            match part {
                PassagePart::Passage(it) => group.push(entry(it, t)),
                PassagePart::Text(_) | PassagePart::Rich(_) | PassagePart::Coded(_) | PassagePart::Attribute { .. } => {
                    let parts = vec![part.clone()];
                    group.push(entry(&Passage { element: passage.element.clone(), parts }, t));
                }
            }
        }
        sections.push(group.under(&t.care_element(&passage.element)));
    }
    sections.push(fields.under(t.section_care_content()));
    sections
}

/// A passage without others in it is a few lines; otherwise it is drawn with its structure.
fn entry(passage: &Passage, t: Words) -> Entry {
    let label = t.care_element(&passage.element);
    let is_plain = |it: &PassagePart| match it {
        PassagePart::Text(_) | PassagePart::Coded(_) | PassagePart::Attribute { .. } => true,
        PassagePart::Rich(_) | PassagePart::Passage(_) => false,
    };
    if !passage.parts.iter().all(is_plain) {
        let rich = Some(Rich::of_passage(&Redacted::new(passage.clone()), t));
        return Entry { label, lines: Vec::new(), prose: false, rich };
    }
    let lines: Vec<String> = passage.parts.iter().filter_map(|it| line(it, t)).collect();
    let lines = if lines.is_empty() { vec!["–".to_owned()] } else { lines };
    Entry { label, lines, prose: true, rich: None }
}

/// What a part says on a line of its own.
pub(super) fn line(part: &PassagePart, t: Words) -> Option<String> {
    match part {
        PassagePart::Text(it) => Some(it.clone()),
        PassagePart::Coded(it) => Some(coded(it)),
        PassagePart::Attribute { name, value } => Some(format!("{}: {value}", t.care_element(name))),
        PassagePart::Rich(_) | PassagePart::Passage(_) => None,
    }
}

/// Name and code, as the sender gave them.
fn coded(coded: &Coded) -> String {
    let words: Vec<&str> = [coded.name.as_deref(), coded.other.as_deref()].into_iter().flatten().collect();
    match (words.is_empty(), coded.code.as_deref()) {
        (true, code) => code.or(coded.system.as_deref()).unwrap_or("–").to_owned(),
        (false, None) => words.join(", "),
        (false, Some(code)) => format!("{} ({code})", words.join(", ")),
    }
}
