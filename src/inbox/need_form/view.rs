//! Questions and answers as they are drawn.

use crate::domain::Language;
use crate::inbox::ExtraOffer;
use crate::inbox::moment;
use crate::inbox::need_form::build::FEEDBACK;
use crate::inbox::need_form::fields::Asking;
use crate::inbox::need_form::fields::Field;
use crate::inbox::need_form::fields::Kind;
use crate::inbox::need_form::fields::SOMETIMES;
use crate::inbox::need_form::fields::categories;
use crate::inbox::texts::Words;
use crate::storage::FormHolder;
use crate::storage::FormSource;

/// A parent or guardian among the answers of a list: of no use about an adult.
const GUARDIAN: &str = "FORESATT";

const OWN_CONSENT: &str = "SAMTYKKET";
/// What only services can say: that it is in their records, and what holds between health services.
const ORAL_CONSENT: &str = "SAMTYKKET_MUNTLIG_JOURNALFORT";
const NOT_OBJECTED: &str = "IKKE_MOTSATT_SEG";
const ON_BEHALF: &str = "AVGITT_PA_VEGNE";

/// One question.
pub(super) struct FieldView {
    pub name: &'static str,
    pub heading: Option<&'static str>,
    pub label: &'static str,
    pub hint: Option<&'static str>,
    /// line, day, prose, select, radio, checks.
    pub kind: &'static str,
    pub value: String,
    pub characters_max: usize,
    pub options: Vec<OptionView>,
    /// Neither needed nor needed now and then.
    pub is_optional: bool,
    pub autocomplete: &'static str,
    pub error: Option<String>,
}

impl FieldView {
    /// Where a link to the question leads: the first thing that can be filled in.
    pub(super) fn target(&self) -> String {
        match self.kind {
            "radio" | "checks" => format!("{}-1", self.name),
            _ => self.name.to_owned(),
        }
    }

    /// What describes the question for those who cannot see where it stands.
    pub(super) fn described_by(&self) -> String {
        let hint = self.hint.map(|_| format!("{}-hint", self.name));
        let error = self.error.as_ref().map(|_| format!("{}-error", self.name));
        hint.into_iter().chain(error).collect::<Vec<_>>().join(" ")
    }
}

/// One answer of a list.
pub(super) struct OptionView {
    pub value: String,
    pub label: String,
    pub chosen: bool,
}

pub(super) fn field(
    asking: &Asking<'_>,
    field: &'static Field,
    extra: &[ExtraOffer],
    errors: &[(&'static str, String)],
    t: Words,
) -> FieldView {
    let answers = asking.answers;
    let kind = match field.kind {
        Kind::Line { .. } => "line",
        Kind::Day => "day",
        Kind::Prose { .. } => "prose",
        Kind::Select(..) => "select",
        Kind::Radio(..) => "radio",
        Kind::Checks(..) => "checks",
    };
    let options = options(asking, field, extra, t)
        .into_iter()
        .map(|(value, label)| OptionView { chosen: answers.has(field.name, &value), value, label })
        .collect();
    let value = match field.kind {
        // A browser's own field for days understands only this.
        Kind::Day if field.name == "came_on" && answers.one(field.name).is_empty() => asking.today.to_string(),
        Kind::Line { .. } if answers.one(field.name).is_empty() && asking.is_reporters_name(field.name) => {
            answers.one("reporter_name").to_owned()
        }
        Kind::Day => answers.day(field.name).map_or_else(|| answers.one(field.name).to_owned(), |it| it.to_string()),
        _ => answers.one(field.name).to_owned(),
    };
    let sometimes = SOMETIMES.iter().find(|it| it.0 == field.name).map(|it| it.1);
    FieldView {
        name: field.name,
        heading: field.heading.map(|it| it(t)),
        label: label(asking, field, t),
        hint: hint(asking, field).or(sometimes).map(|it| it(t)),
        kind,
        value,
        characters_max: field.kind.characters_max(),
        options,
        is_optional: !field.is_needed && sometimes.is_none(),
        autocomplete: field.autocomplete,
        error: errors.iter().find(|(name, _)| *name == field.name).map(|(_, said)| said.clone()),
    }
}

/// A person who reports about themselves is not asked what the person has said.
fn label(asking: &Asking<'_>, field: &Field, t: Words) -> &'static str {
    match field.name {
        "consent" if asking.is_about_oneself() => t.f_consent_oneself(),
        _ => (field.label)(t),
    }
}

/// Those who write down what others have said are told what to do when something was not said.
fn hint(asking: &Asking<'_>, field: &Field) -> Option<fn(Words) -> &'static str> {
    match (field.name, asking.holder) {
        ("reporter_phone", FormHolder::Staff(_)) => Some(Words::f_reporter_phone_staff),
        ("scopes", _) if asking.feedback_is_implied() => None,
        _ => field.hint,
    }
}

fn options(asking: &Asking<'_>, field: &Field, extra: &[ExtraOffer], t: Words) -> Vec<(String, String)> {
    let (list, codes) = match field.kind {
        Kind::Select(list, codes) | Kind::Radio(list, codes) | Kind::Checks(list, codes) => (list, codes),
        Kind::Line { .. } | Kind::Day | Kind::Prose { .. } => return Vec::new(),
    };
    match field.name {
        "category" => categories(asking.holder).into_iter().map(|it| (it.to_owned(), t.code(list, it))).collect(),
        "extra" => extra.iter().map(|it| (it.code.clone(), it.name.in_language(t.0).to_owned())).collect(),
        "scopes" if asking.feedback_is_implied() => {
            let asked = codes.iter().filter(|it| **it != FEEDBACK);
            asked.map(|it| ((*it).to_owned(), word(list, it, t))).collect()
        }
        "consent" if asking.is_about_oneself() => {
            let said = |it: &&&'static str| match **it {
                OWN_CONSENT => t.consent_oneself().to_owned(),
                other => word(list, other, t),
            };
            let asked = codes.iter().filter(|it| ![ORAL_CONSENT, NOT_OBJECTED, ON_BEHALF].contains(it));
            asked.map(|it| ((*it).to_owned(), said(&it))).collect()
        }
        "consent" if asking.is_private() => {
            let asked = codes.iter().filter(|it| ![ORAL_CONSENT, NOT_OBJECTED].contains(it));
            asked.map(|it| ((*it).to_owned(), word(list, it, t))).collect()
        }
        "basis" if asking.is_private() => vec![("ANNET".to_owned(), word(list, "ANNET", t))],
        _ => {
            let is_asked =
                |it: &&&str| **it != GUARDIAN || !asking.is_adult() || asking.answers.has(field.name, GUARDIAN);
            codes.iter().filter(is_asked).map(|it| ((*it).to_owned(), word(list, it, t))).collect()
        }
    }
}

/// The word for a code of a list.
fn word(list: &str, code: &str, t: Words) -> String {
    match list {
        // Staff who write in the form report themselves; everything else came to them.
        "FormSource" if code == "form" => t.source_oneself().to_owned(),
        "FormSource" => t.form_source(FormSource::from_label(code).map_or("form", FormSource::label)).to_owned(),
        "SamtykkeStatus" => t.form_consent(code).map_or_else(|| t.code(list, code), str::to_owned),
        "FormSamtykke" => match t.0 {
            Language::Nb => "Erklæringen over er lest av eller for den som samtykker".to_owned(),
            Language::Nn => "Erklæringa over er lesen av eller for den som samtykkjer".to_owned(),
            Language::En => "The declaration above has been read by or to the one who consents".to_owned(),
        },
        "FormVetIkke" => match t.0 {
            Language::Nb => "Jeg vet ikke hvilken tjeneste eller hvem som kan hjelpe".to_owned(),
            Language::Nn => "Eg veit ikkje kva teneste eller kven som kan hjelpe".to_owned(),
            Language::En => "I do not know which service or who can help".to_owned(),
        },
        "FormSkjules" => match t.0 {
            Language::Nb => "Skal ikke informeres (barnet ønsker det)".to_owned(),
            Language::Nn => "Skal ikkje informerast (barnet ønskjer det)".to_owned(),
            Language::En => "Must not be told (the child wishes it)".to_owned(),
        },
        _ => t.code(list, code),
    }
}

/// One answer on the page for looking it over: its question, and what was answered.
pub(super) fn answer(
    asking: &Asking<'_>,
    field: &'static Field,
    extra: &[ExtraOffer],
    t: Words,
) -> Option<(&'static str, String)> {
    let answers = asking.answers;
    let said = match field.kind {
        Kind::Line { .. } | Kind::Prose { .. } => answers.one(field.name).to_owned(),
        // The identity number tells the day of birth of the one who has it, and it is good to see that it is the right one.
        Kind::Day if field.name == "born" && answers.day("due").is_none() => {
            answers.born().map(|it| moment::date(it, t.0)).unwrap_or_default()
        }
        Kind::Day => answers.day(field.name).map(|it| moment::date(it, t.0)).unwrap_or_default(),
        Kind::Select(..) | Kind::Radio(..) | Kind::Checks(..) => {
            let options = options(asking, field, extra, t);
            let chosen =
                options.into_iter().filter(|(value, _)| answers.has(field.name, value)).map(|(_, label)| label);
            chosen.collect::<Vec<_>>().join("\n")
        }
    };
    (!said.is_empty()).then(|| (label(asking, field, t), said))
}
