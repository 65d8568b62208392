//! A report as a letter: a summary with consent first, and then every field that was sent, in words.

mod care;
mod dialogue;
mod header;
mod plain;
mod rich;
mod sections;

pub(super) use plain::plain;
pub(super) use sections::sections;

use crate::domain::CareReport;
use crate::domain::Case;
use crate::domain::ConsentStatus;
use crate::domain::ContactWay;
use crate::domain::DialogueReport;
use crate::domain::Head;
use crate::domain::Language;
use crate::domain::NeedReport;
use crate::domain::Redacted;
use crate::domain::Report;
use crate::domain::ReportPatient;
use crate::domain::Reporter;
use crate::domain::Timestamp;
use crate::domain::UrgencyLevel;
use crate::inbox::icon::Icon;
use crate::inbox::moment;
use crate::inbox::port::Names;
use crate::inbox::port::ReadMessage;
use crate::inbox::texts::Words;
use crate::inbox::view::Tag;

/// What a case worker wants to know first.
pub(super) struct Summary {
    pub consent: Tag,
    pub consent_lines: Vec<String>,
    pub who: String,
    pub who_lines: Vec<String>,
    pub what: Vec<String>,
    pub contact: Vec<String>,
    pub reporter: Vec<String>,
}

/// A part of the letter.
pub(super) struct Section {
    pub heading: String,
    pub entries: Vec<Entry>,
}

/// A field, or a few that belong together.
pub(super) struct Entry {
    pub label: String,
    pub lines: Vec<String>,
    /// Running text, whose own line breaks are kept.
    pub prose: bool,
    /// A text with structure of its own, before the lines.
    pub rich: Option<rich::Rich>,
}

/// The summary card.
pub(super) fn summary(read: &ReadMessage, names: &dyn Names, now: Timestamp, language: Language) -> Summary {
    match &read.report {
        Report::Need { report, .. } => need_summary(report, names, now, language),
        Report::Dialogue(dialogue) => dialogue_summary(&read.head, dialogue, now, language),
        Report::Care(care) => care_summary(&read.head, care, now, language),
    }
}

/// As a dialogue message, a nursing and care message has no field for consent that is known.
fn care_summary(head: &Head, report: &CareReport, now: Timestamp, language: Language) -> Summary {
    let t = Words(language);
    let (who, who_lines) = who(report.patient.as_ref(), now, language);
    let mut what = vec![t.code("DialogKlasse", report.classification.class().code())];
    what.extend(report.classification.needs.iter().map(|it| t.code("BehovType", it.code())));
    what.push(t.care_element(&report.care.kind));
    Summary {
        consent: Tag { word: t.consent_unsaid(), icon: Icon::Warning, tone: "warning" },
        consent_lines: vec![t.consent_unsaid_text().to_owned()],
        who,
        who_lines,
        what,
        contact: Vec::new(),
        reporter: vec![head.sender.display_name()],
    }
}

/// A dialogue message has no field for consent, so that is the first to say.
fn dialogue_summary(head: &Head, report: &DialogueReport, now: Timestamp, language: Language) -> Summary {
    let t = Words(language);
    let (who, who_lines) = who(report.patient.as_ref(), now, language);
    let mut what = vec![t.code("DialogKlasse", report.classification.class().code())];
    what.extend(report.classification.needs.iter().map(|it| t.code("BehovType", it.code())));
    what.extend(report.dialogue.titles().map(|it| it.reveal().clone()));
    if report.dialogue.is_urgent() {
        what.push(t.urgent().to_owned());
    }
    let mut reporter = vec![head.sender.display_name()];
    reporter.extend(dialogue::professionals(report));
    Summary {
        consent: Tag { word: t.consent_unsaid(), icon: Icon::Warning, tone: "warning" },
        consent_lines: vec![t.consent_unsaid_text().to_owned()],
        who,
        who_lines,
        what,
        contact: Vec::new(),
        reporter,
    }
}

/// Whom it is about: a name, and lines about them.
fn who(patient: Option<&ReportPatient>, now: Timestamp, language: Language) -> (String, Vec<String>) {
    let t = Words(language);
    match patient {
        Some(patient) => (name_of(patient, t), person_lines(patient, now, language)),
        None => (t.no_person().to_owned(), Vec::new()),
    }
}

fn need_summary(report: &NeedReport, names: &dyn Names, now: Timestamp, language: Language) -> Summary {
    let t = Words(language);
    let (who, who_lines) = who(report.patient.as_ref(), now, language);
    let mut what: Vec<String> = report.needs.iter().map(|it| t.code("BehovType", it.kind.code())).collect();
    if what.is_empty() {
        what.push(t.code("Meldingstype", report.kind.code()));
    }
    if report.urgency.level == UrgencyLevel::Urgent {
        let reason = report.urgency.reason.as_deref().map(|it| t.code("HasteGrunn", it).to_lowercase());
        what.push(match reason {
            Some(reason) => format!("{}: {reason}", t.urgent()),
            None => t.urgent().to_owned(),
        });
    }
    if let Some(admission) = &report.admission {
        let day = admission.planned_discharge.map(|it| moment::date(it, language));
        let planned = day.unwrap_or_else(|| t.unknown().to_owned());
        what.push(format!("{}: {planned}", t.planned_discharge()));
    }
    if let Some(moving) = &report.new_municipality {
        let to = names.municipality(&moving.municipality);
        let to = to.unwrap_or_else(|| moving.municipality.to_string());
        what.push(format!("{}: {to}", t.moves_to()));
    }
    Summary {
        consent: consent_tag(report.consent.status, t),
        consent_lines: consent_lines(report, t),
        who,
        who_lines,
        what,
        contact: contact_lines(report, t),
        reporter: reporter_lines(report, t),
    }
}

fn name_of(patient: &ReportPatient, t: Words) -> String {
    let name = patient.name.as_ref().map(|it| it.full().into_inner()).filter(|it| !it.is_empty());
    match (name, &patient.unborn) {
        (Some(name), _) => name,
        (None, Some(_)) => t.unborn().to_owned(),
        (None, None) => t.no_name().to_owned(),
    }
}

fn person_lines(patient: &ReportPatient, now: Timestamp, language: Language) -> Vec<String> {
    let t = Words(language);
    let mut lines = Vec::new();
    if let Some(born) = &patient.date_of_birth {
        let born = *born.reveal();
        let day = moment::date(born, language);
        lines.push(match moment::age(born, now.date_in_norway()) {
            Some(years) => format!("{} {day} ({})", t.born(), t.years(years)),
            None => format!("{} {day}", t.born()),
        });
    }
    if let Some(due) = &patient.unborn {
        let due = due.reveal().map_or_else(|| t.unknown().to_owned(), |it| moment::date(it, language));
        lines.push(format!("{}: {due}", t.due_date()));
    }
    lines.push(person_id(patient, t));
    if patient.needs_interpreter == Some(true) {
        let spoken = patient.language.as_ref().map(|it| t.code("Spraak", it.reveal()));
        lines.push(match spoken {
            Some(spoken) => format!("{} ({spoken})", t.needs_interpreter()),
            None => t.needs_interpreter().to_owned(),
        });
    }
    lines
}

/// `Fødselsnummer 128354 01802`: eleven digits with a gap where people make one.
fn person_id(patient: &ReportPatient, t: Words) -> String {
    let kind = t.code("PersonIdType", &patient.id.kind);
    let number = patient.id.number.as_ref().map(|it| it.reveal().as_str()).filter(|it| !it.is_empty());
    match (number, &patient.id.reason) {
        (Some(number), _) if number.len() == 11 && number.bytes().all(|it| it.is_ascii_digit()) => {
            format!("{kind} {} {}", &number[..6], &number[6..])
        }
        (Some(number), _) => format!("{kind} {number}"),
        (None, Some(reason)) => format!("{}: {}", t.no_id(), t.code("UkjentGrunn", reason).to_lowercase()),
        (None, None) => t.no_id().to_owned(),
    }
}

impl Summary {
    /// The consent that is in force now stands first, and what the report said of it beneath.
    pub fn with_consent_now(mut self, case: &Case, t: Words) -> Self {
        let Some(status) = case.consent else { return self };
        let tag = consent_tag(status, t);
        let since = case.particulars.consent_on.map(|it| moment::date(it, t.0));
        let reported = std::mem::replace(&mut self.consent, tag).word;
        let changed = std::iter::once(t.consent_changed(since.as_deref()));
        let before = std::iter::once(t.consent_reported(reported));
        self.consent_lines = changed.chain(before).chain(self.consent_lines).collect();
        self
    }
}

fn consent_tag(status: ConsentStatus, t: Words) -> Tag {
    let (icon, tone) = match status {
        ConsentStatus::Given | ConsentStatus::GivenOrally | ConsentStatus::GivenOnBehalf => (Icon::Check, "success"),
        ConsentStatus::NotObjected => (Icon::Info, "info"),
        ConsentStatus::Unclear => (Icon::Warning, "warning"),
        ConsentStatus::Objected => (Icon::Stop, "danger"),
    };
    Tag { word: t.consent_short(status), icon, tone }
}

fn consent_lines(report: &NeedReport, t: Words) -> Vec<String> {
    let consent = &report.consent;
    let mut lines = vec![t.code("SamtykkeStatus", consent.status.code())];
    if let Some(date) = consent.date {
        lines.push(format!("{}: {}", t.date(), moment::date(date, t.0)));
    }
    let role = consent.given_by_role.as_deref().map(|it| t.code("AvgittAvRolle", it));
    match (role, revealed(&consent.given_by)) {
        (Some(role), Some(name)) => lines.push(format!("{}: {name} ({})", t.given_by(), role.to_lowercase())),
        (Some(role), None) => lines.push(format!("{}: {role}", t.given_by())),
        (None, Some(name)) => lines.push(format!("{}: {name}", t.given_by())),
        (None, None) => {}
    }
    if !consent.scopes.is_empty() {
        let scopes: Vec<_> = consent
            .scopes
            .iter()
            .map(|it| match revealed(&it.text) {
                Some(text) => format!("{} ({text})", t.code("OmfangKode", &it.code)),
                None => t.code("OmfangKode", &it.code),
            })
            .collect();
        lines.push(format!("{}: {}", t.covers(), scopes.join("; ")));
    }
    if let Some(until) = consent.valid_until {
        lines.push(format!("{}: {}", t.valid_until(), moment::date(until, t.0)));
    }
    lines
}

/// How the person can safely be reached: what was said about it comes before any number.
fn contact_lines(report: &NeedReport, t: Words) -> Vec<String> {
    let mut lines = Vec::new();
    let Some(patient) = &report.patient else {
        return lines;
    };
    if patient.contact_ways.contains(&ContactWay::DoNotContact) {
        lines.push(t.code("KanKontaktesVia", ContactWay::DoNotContact.code()));
    } else if !patient.contact_ways.is_empty() {
        let ways: Vec<_> = patient.contact_ways.iter().map(|it| t.code("KanKontaktesVia", it.code())).collect();
        lines.push(ways.join(", "));
    }
    lines.extend(revealed(&patient.telephone).map(|it| format!("{} {it}", t.telephone())));
    for guardian in &report.guardians {
        let relation = guardian.relation.as_deref().map(|it| t.code("Slektskap", it).to_lowercase());
        let name = revealed(&guardian.name).unwrap_or_default();
        let telephone = revealed(&guardian.telephone).map(|it| format!(", {} {it}", t.telephone().to_lowercase()));
        let mut line = format!("{name} ({})", relation.unwrap_or_else(|| t.guardian().to_lowercase()));
        line.push_str(&telephone.unwrap_or_default());
        if guardian.must_not_be_informed == Some(true) {
            line = format!("{line} – {}", t.must_not_be_informed().to_uppercase());
        }
        lines.push(line);
    }
    lines
}

fn reporter_lines(report: &NeedReport, t: Words) -> Vec<String> {
    let mut lines = reporter_short(&report.reporter, t);
    if let Some(original) = &report.original_reporter {
        lines.push(format!("{}: {}", t.original_reporter(), reporter_short(original, t).join(", ")));
    }
    lines
}

fn reporter_short(reporter: &Reporter, t: Words) -> Vec<String> {
    let place = [reporter.organisation_name.as_deref(), reporter.unit.as_deref()];
    let place = place.into_iter().flatten().collect::<Vec<_>>().join(", ");
    let mut lines = vec![t.code("MelderKategori", reporter.category.code())];
    lines.extend((!place.is_empty()).then_some(place));
    lines.extend(revealed(&reporter.name).map(ToOwned::to_owned));
    lines.extend(revealed(&reporter.telephone).map(|it| format!("{} {it}", t.telephone())));
    lines
}

/// A personal text that is to be drawn for somebody who may read it.
fn revealed(text: &Option<Redacted<String>>) -> Option<&str> {
    text.as_ref().map(|it| it.reveal().as_str()).filter(|it| !it.is_empty())
}
