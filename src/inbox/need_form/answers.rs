//! What has been filled in so far, as it is kept in the draft.

use crate::domain::Language;
use crate::domain::MunicipalityNumber;
use crate::domain::Redacted;
use crate::domain::Timestamp;
use crate::inbox::language;
use crate::inbox::need_form::fields::FIELDS;
use crate::inbox::need_form::fields::Field;
use crate::inbox::need_form::fields::Kind;
use jiff::civil::Date;
use serde::Deserialize;
use serde::Serialize;
use std::collections::BTreeMap;
use uuid::Uuid;

/// Values of one field at most.
const VALUES_MAX: usize = 40;

/// A draft's body. Personal through and through: it leaves this room only sealed.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Answers {
    municipality: String,
    language: String,
    /// By the name of the field.
    values: BTreeMap<String, Vec<String>>,
    /// How many steps have been filled in.
    pub steps_done: usize,
    /// The version of the declaration of consent that was shown and accepted.
    pub consent_version: Option<String>,
    /// The day of birth that an identity number tells, when no day was written.
    born: Option<String>,
    /// The identity number that staff have been told about what there is: told once, and so in the journal once.
    #[serde(default)]
    looked_up: Option<String>,
    /// Set when sending has begun, so that the same report is sent again and not another.
    sending: Option<Sending>,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
struct Sending {
    /// A UUID as its number.
    id: (u64, u64),
    at: i64,
}

impl Answers {
    pub(super) fn new(municipality: &MunicipalityNumber, language: Language) -> Self {
        Self {
            municipality: municipality.to_string(),
            language: language.tag().to_owned(),
            values: BTreeMap::new(),
            steps_done: 0,
            consent_version: None,
            born: None,
            looked_up: None,
            sending: None,
        }
    }

    pub(super) fn read(body: &Redacted<String>) -> Option<Self> {
        serde_json::from_str(body.reveal()).ok()
    }

    pub(super) fn write(&self) -> Redacted<String> {
        Redacted::new(serde_json::to_string(self).expect("texts and numbers can be written as JSON"))
    }

    pub(super) fn municipality(&self) -> Option<MunicipalityNumber> {
        MunicipalityNumber::parse(&self.municipality)
    }

    pub(super) fn language(&self) -> Language {
        language::from_tag(&self.language).unwrap_or_default()
    }

    pub(super) fn set_language(&mut self, language: Language) {
        language.tag().clone_into(&mut self.language);
    }

    /// The first value of a field, without blanks around it; empty when there is none.
    pub(super) fn one(&self, name: &str) -> &str {
        self.all(name).first().map_or("", |it| it.trim())
    }

    pub(super) fn all(&self, name: &str) -> &[String] {
        self.values.get(name).map_or(&[], Vec::as_slice)
    }

    pub(super) fn has(&self, name: &str, value: &str) -> bool {
        self.all(name).iter().any(|it| it == value)
    }

    pub(super) fn text(&self, name: &str) -> Option<Redacted<String>> {
        Some(self.one(name)).filter(|it| !it.is_empty()).map(|it| Redacted::new(it.to_owned()))
    }

    /// A day, as `2026-11-21` or `21.11.2026`.
    pub(super) fn day(&self, name: &str) -> Option<Date> {
        day(self.one(name))
    }

    /// The person's day of birth, written or told by the identity number.
    pub(super) fn born(&self) -> Option<Date> {
        self.day("born").or_else(|| self.born.as_deref().and_then(day))
    }

    pub(super) fn set_born(&mut self, born: Option<Date>) {
        self.born = born.map(|it| it.to_string());
    }

    /// Takes the values of `fields` out of a posted form, and says whether that changed any. Other names are not looked at.
    pub(super) fn take(&mut self, fields: &[&Field], posted: &[(String, String)]) -> bool {
        let mut is_changed = false;
        for field in fields {
            let of_field = posted.iter().filter(|(name, _)| name == field.name).map(|(_, value)| cut(field, value));
            let values: Vec<String> = of_field.filter(|it| !it.trim().is_empty()).take(VALUES_MAX).collect();
            is_changed |= self.all(field.name) != values;
            self.values.insert(field.name.to_owned(), values);
        }
        // Another report than the one that was begun to be sent.
        self.sending = None;
        is_changed
    }

    /// Forgets the answers that are asked for no more, such as guardians when the person turns out to be an adult.
    pub(super) fn keep_only(&mut self, is_shown: impl Fn(&Field) -> bool) {
        let shown: Vec<&str> = FIELDS.iter().filter(|it| is_shown(it)).map(|it| it.name).collect();
        self.values.retain(|name, _| shown.contains(&name.as_str()));
    }

    /// The id and time of the report: the same from the first attempt to send it until something is changed.
    pub(super) fn begin_sending(&mut self, id: Uuid, now: Timestamp) -> (Uuid, Timestamp) {
        let sending = *self.sending.get_or_insert(Sending { id: id.as_u64_pair(), at: now.0 });
        (Uuid::from_u64_pair(sending.id.0, sending.id.1), Timestamp(sending.at))
    }

    /// Whether this number has not been looked up before; it has from now on.
    pub(super) fn look_up(&mut self, number: &str) -> bool {
        let is_new = self.looked_up.as_deref() != Some(number);
        self.looked_up = Some(number.to_owned());
        is_new
    }

    pub(super) fn stop_sending(&mut self) {
        self.sending = None;
    }
}

/// No longer than the field allows, and with line breaks only where they belong.
fn cut(field: &Field, value: &str) -> String {
    let value = value.replace("\r\n", "\n");
    let allowed = |it: &char| !it.is_control() || (*it == '\n' && matches!(field.kind, Kind::Prose { .. }));
    value.chars().filter(allowed).take(field.kind.characters_max()).collect()
}

/// A day, as `2026-11-21` or `21.11.2026`.
pub(super) fn day(text: &str) -> Option<Date> {
    if let Ok(date) = text.parse() {
        return Some(date).filter(|_| text.len() == 10);
    }
    let parts: Vec<&str> = text.split('.').map(str::trim).collect();
    let [day, month, year] = parts.as_slice() else { return None };
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::day;
    use jiff::civil::date;

    #[test]
    fn a_day_is_understood_as_browsers_and_as_people_write_it() {
        assert_eq!(day("2026-11-21"), Some(date(2026, 11, 21)));
        assert_eq!(day("21.11.2026"), Some(date(2026, 11, 21)));
        assert_eq!(day("1. 2. 2026"), Some(date(2026, 2, 1)));
        for wrong in ["", "2026-13-01", "21.11", "31.2.2026", "i morgen", "2026-11-21T10:00"] {
            assert_eq!(day(wrong), None, "{wrong}");
        }
    }
}
