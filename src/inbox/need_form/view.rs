//! Questions and answers as they are drawn.

use crate::inbox::ExtraOffer;
use crate::inbox::moment;
use crate::inbox::need_form::fields::Asking;
use crate::inbox::need_form::fields::Field;
use crate::inbox::need_form::fields::Kind;
use crate::inbox::need_form::fields::SOMETIMES;
use crate::inbox::need_form::voice;
use crate::inbox::texts::Words;

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
    let options = voice::options(asking, field, extra, t)
        .into_iter()
        .map(|(value, label)| OptionView { chosen: answers.has(field.name, &value), value, label })
        .collect();
    let value = match field.kind {
        // A browser's own field for days understands only this.
        Kind::Day if field.name == "came_on" && answers.one(field.name).is_empty() => asking.today.to_string(),
        Kind::Line { .. } if answers.one(field.name).is_empty() => {
            asking.prefilled(field.name).unwrap_or_default().to_owned()
        }
        Kind::Day => answers.day(field.name).map_or_else(|| answers.one(field.name).to_owned(), |it| it.to_string()),
        _ => answers.one(field.name).to_owned(),
    };
    let sometimes = SOMETIMES.iter().any(|it| it.0 == field.name);
    FieldView {
        name: field.name,
        heading: voice::heading(asking, field, t),
        label: voice::label(asking, field, t),
        hint: voice::hint(asking, field, t),
        kind,
        value,
        characters_max: field.kind.characters_max(),
        options,
        is_optional: !field.is_needed && !sometimes,
        autocomplete: field.autocomplete,
        error: errors.iter().find(|(name, _)| *name == field.name).map(|(_, said)| said.clone()),
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
            let options = voice::options(asking, field, extra, t);
            let chosen =
                options.into_iter().filter(|(value, _)| answers.has(field.name, value)).map(|(_, label)| label);
            chosen.collect::<Vec<_>>().join("\n")
        }
    };
    (!said.is_empty()).then(|| (voice::label(asking, field, t), said))
}
