//! Reads one table of a TOML file, key by key, and collects every fault with its line.
//!
//! Serde stops at the first fault of a file; whoever mends a directory should see them all at once. So the text is
//! parsed into a tree that knows its places, and each key is taken from it by name. What is left over is unknown.

use crate::domain::Text;
use crate::routing::directory::Period;
use crate::routing::directory::Source;
use crate::routing::parse::DirectoryFault;
use jiff::civil::Date;
use std::cell::RefCell;
use std::ops::Range;
use toml::Spanned;
use toml::de::DeTable;
use toml::de::DeValue;

/// One file, and the faults found so far in all files.
pub(super) struct File<'f> {
    pub name: &'f str,
    pub text: &'f str,
    pub faults: &'f RefCell<Vec<DirectoryFault>>,
}

impl File<'_> {
    pub fn source(&self, span: &Range<usize>) -> Source {
        let before = self.text.get(..span.start).unwrap_or(self.text);
        let line = u32::try_from(before.bytes().filter(|it| *it == b'\n').count()).unwrap_or(u32::MAX);
        Source { file: self.name.to_owned(), line: line.saturating_add(1) }
    }

    pub fn fault(&self, source: Source, what: String, mend: String) {
        self.faults.borrow_mut().push(DirectoryFault { source, what, mend });
    }
}

/// A table on its way to becoming a noun.
pub(super) struct Fields<'f, 't> {
    file: &'f File<'f>,
    table: &'t DeTable<'t>,
    span: Range<usize>,
    /// What the table is, for sentences: `unit`, `rule`.
    what: &'static str,
    asked: Vec<&'static str>,
}

/// Something read, and where it stood.
#[derive(Clone, Debug)]
pub(super) struct Placed<T> {
    pub value: T,
    pub source: Source,
}

impl<'f, 't> Fields<'f, 't> {
    pub const fn new(file: &'f File<'f>, table: &'t DeTable<'t>, span: Range<usize>, what: &'static str) -> Self {
        Self { file, table, span, what, asked: Vec::new() }
    }

    pub fn source(&self) -> Source {
        self.file.source(&self.span)
    }

    /// Faults about the table as a whole.
    pub fn fault(&self, what: String, mend: String) {
        self.file.fault(self.source(), what, mend);
    }

    pub fn text_maybe(&mut self, key: &'static str) -> Option<Placed<String>> {
        let found = self.take(key)?;
        match found.get_ref().as_str() {
            Some(text) if !text.trim().is_empty() => Some(self.placed(found, text.trim().to_owned())),
            Some(_) => {
                self.wrong(found, key, "must not be empty", "Write something between the quotes, or remove the line")
            }
            None => self.wrong(found, key, "must be text", "Put it in quotes"),
        }
    }

    pub fn text(&mut self, key: &'static str, example: &str) -> Option<Placed<String>> {
        self.required(key, example);
        self.text_maybe(key)
    }

    /// Text read by `parse`; `expected` says what it should look like.
    pub fn parsed_maybe<T>(
        &mut self,
        key: &'static str,
        expected: &str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Option<Placed<T>> {
        let text = self.text_maybe(key)?;
        match parse(&text.value) {
            Some(value) => Some(Placed { value, source: text.source }),
            None => {
                self.file.fault(
                    text.source,
                    format!("`{key}` of this {} must be {expected}.", self.what),
                    format!("Correct `{}`.", text.value),
                );
                None
            }
        }
    }

    pub fn parsed<T>(
        &mut self,
        key: &'static str,
        expected: &str,
        example: &str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Option<Placed<T>> {
        self.required(key, example);
        self.parsed_maybe(key, expected, parse)
    }

    /// One of a closed set of words; the nearest is suggested.
    pub fn choice<T: Copy>(&mut self, key: &'static str, all: &[(&str, T)]) -> Option<Placed<T>> {
        let text = self.text_maybe(key)?;
        let found = all.iter().find(|(word, _)| *word == text.value);
        if found.is_none() {
            self.not_in_list(key, &text, all.iter().map(|it| it.0));
        }
        found.map(|(_, value)| Placed { value: *value, source: text.source })
    }

    /// A list of texts, or one text alone.
    pub fn texts(&mut self, key: &'static str) -> Vec<Placed<String>> {
        let Some(found) = self.take(key) else { return Vec::new() };
        let values = match found.get_ref() {
            DeValue::Array(it) => it.iter().collect(),
            _ => vec![found],
        };
        let read = |it: &'t Spanned<DeValue<'t>>| match it.get_ref().as_str() {
            Some(text) => Some(self.placed(it, text.trim().to_owned())),
            None => self.wrong(it, key, "must be a list of texts", "Put each in quotes, as in [\"one\", \"two\"]"),
        };
        values.into_iter().filter_map(read).collect()
    }

    /// A list of words of a closed set, each at most once.
    pub fn choices<T>(&mut self, key: &'static str, all: &[&str], parse: impl Fn(&str) -> Option<T>) -> Vec<T> {
        let texts = self.texts(key);
        self.no_repeats(key, &texts);
        let mut values = Vec::new();
        for text in texts {
            match parse(&text.value) {
                Some(value) => values.push(value),
                None => self.not_in_list(key, &text, all.iter().copied()),
            }
        }
        values
    }

    /// A list of texts that `parse` understands, each at most once.
    pub fn parsed_list<T>(
        &mut self,
        key: &'static str,
        expected: &str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Vec<Placed<T>> {
        let texts = self.texts(key);
        self.no_repeats(key, &texts);
        let mut values = Vec::new();
        for text in texts {
            match parse(&text.value) {
                Some(value) => values.push(Placed { value, source: text.source }),
                None => self.file.fault(
                    text.source,
                    format!("Each of `{key}` of this {} must be {expected}.", self.what),
                    format!("Correct `{}`.", text.value),
                ),
            }
        }
        values
    }

    /// Whole numbers between `min` and `max`.
    pub fn numbers(&mut self, key: &'static str, min: u32, max: u32) -> Vec<Placed<u32>> {
        let Some(found) = self.take(key) else { return Vec::new() };
        let values = match found.get_ref() {
            DeValue::Array(it) => it.iter().collect(),
            _ => vec![found],
        };
        values.into_iter().filter_map(|it| self.number_in(it, key, min, max)).collect()
    }

    pub fn number_maybe(&mut self, key: &'static str, min: u32, max: u32) -> Option<Placed<u32>> {
        let found = self.take(key)?;
        self.number_in(found, key, min, max)
    }

    /// An age in years, such as 18 or 17.5, as whole months.
    pub fn months_maybe(&mut self, key: &'static str) -> Option<u32> {
        const YEARS_MAX: f64 = 130.0;
        let found = self.take(key)?;
        let years = match found.get_ref() {
            DeValue::Integer(it) => i32::from_str_radix(it.as_str(), it.radix()).ok().map(f64::from),
            DeValue::Float(it) => it.as_str().parse::<f64>().ok(),
            _ => None,
        };
        let months = years.map(|it| it * 12.0).filter(|it| *it >= 0.0 && *it <= YEARS_MAX * 12.0 && it.fract() == 0.0);
        // Between 0 and 1560 and without fraction, as just checked, so nothing is lost.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the value was just checked")]
        let whole = months.map(|it| it as u32);
        whole.or_else(|| {
            self.wrong(found, key, "must be an age in years that is a whole number of months", "Write 18 or 17.5")
        })
    }

    pub fn truth_maybe(&mut self, key: &'static str) -> Option<bool> {
        let found = self.take(key)?;
        found
            .get_ref()
            .as_bool()
            .or_else(|| self.wrong(found, key, "must be true or false", "Write true or false without quotes"))
    }

    pub fn date_maybe(&mut self, key: &'static str) -> Option<Placed<Date>> {
        let found = self.take(key)?;
        let text = match found.get_ref() {
            DeValue::Datetime(it) => it.to_string(),
            DeValue::String(it) => it.to_string(),
            _ => String::new(),
        };
        match (text.len(), text.parse::<Date>()) {
            (10, Ok(date)) => Some(self.placed(found, date)),
            _ => self.wrong(found, key, "must be a date", "Write year, month and day, as in 2026-01-31"),
        }
    }

    pub fn date(&mut self, key: &'static str, example: &str) -> Option<Placed<Date>> {
        self.required(key, example);
        self.date_maybe(key)
    }

    /// `valid_from` and `valid_to`, both included.
    pub fn period(&mut self) -> Period {
        let from = self.date_maybe("valid_from");
        let to = self.date_maybe("valid_to");
        if let (Some(from), Some(to)) = (&from, &to)
            && to.value < from.value
        {
            self.file.fault(
                to.source.clone(),
                format!("`valid_to` of this {} is before its `valid_from`.", self.what),
                "Swap or correct the dates; both days are included.".to_owned(),
            );
        }
        Period { from: from.map(|it| it.value), to: to.map(|it| it.value) }
    }

    /// One text for all languages, or a table with `nb` and perhaps `nn` and `en`; a missing one is the bokmål.
    pub fn words_maybe(&mut self, key: &'static str) -> Option<Text> {
        let found = self.take(key)?;
        match found.get_ref() {
            DeValue::String(it) => Some(Text::owned(it.to_string(), it.to_string(), it.to_string())),
            DeValue::Table(it) => {
                let mut words = Fields::new(self.file, it, found.span(), "text");
                let nb = words.text("nb", "\"…\"");
                let nn = words.text_maybe("nn");
                let en = words.text_maybe("en");
                words.finish();
                let nb = nb?.value;
                let or_nb = |it: Option<Placed<String>>| it.map_or_else(|| nb.clone(), |it| it.value);
                let (nn, en) = (or_nb(nn), or_nb(en));
                Some(Text::owned(nb, nn, en))
            }
            _ => self.wrong(found, key, "must be text", "Write \"…\", or { nb = \"…\", nn = \"…\", en = \"…\" }"),
        }
    }

    pub fn words(&mut self, key: &'static str) -> Option<Text> {
        self.required(key, "{ nb = \"…\", nn = \"…\", en = \"…\" }");
        self.words_maybe(key)
    }

    /// The tables under `key`, whether written `[key]` or `[[key]]`.
    pub fn tables(&mut self, key: &'static str, what: &'static str) -> Vec<Fields<'f, 't>> {
        let Some(found) = self.take(key) else { return Vec::new() };
        let values: Vec<_> = match found.get_ref() {
            DeValue::Array(it) => it.iter().collect(),
            _ => vec![found],
        };
        let read = |it: &'t Spanned<DeValue<'t>>| match it.get_ref().as_table() {
            Some(table) => Some(Fields::new(self.file, table, it.span(), what)),
            None => self.wrong(it, key, "must be a table", "Write it as a table with a heading in brackets"),
        };
        values.into_iter().filter_map(read).collect()
    }

    /// Tells of keys that nobody asked for, with the nearest name that exists.
    pub fn finish(self) {
        for key in self.table.keys() {
            let name = key.get_ref().as_ref();
            if !self.asked.contains(&name) {
                let known = self.asked.iter().copied();
                let mend = match nearest(name, known.clone()) {
                    Some(near) => format!("Did you mean `{near}`?"),
                    None => format!("These are known here: {}.", known.collect::<Vec<_>>().join(", ")),
                };
                self.file.fault(
                    self.file.source(&key.span()),
                    format!("`{name}` is not known in a {}.", self.what),
                    mend,
                );
            }
        }
    }

    fn take(&mut self, key: &'static str) -> Option<&'t Spanned<DeValue<'t>>> {
        self.asked.push(key);
        self.table.get(key)
    }

    fn required(&self, key: &'static str, example: &str) {
        if self.table.get(key).is_none() {
            self.fault(format!("This {} has no `{key}`.", self.what), format!("Add a line `{key} = {example}`."));
        }
    }

    fn number_in(&self, found: &'t Spanned<DeValue<'t>>, key: &str, min: u32, max: u32) -> Option<Placed<u32>> {
        let number = match found.get_ref() {
            DeValue::Integer(it) => u32::from_str_radix(it.as_str(), it.radix()).ok(),
            _ => None,
        };
        match number.filter(|it| (min..=max).contains(it)) {
            Some(value) => Some(self.placed(found, value)),
            None => self.wrong(
                found,
                key,
                &format!("must be a whole number from {min} to {max}"),
                "Correct the number, without quotes",
            ),
        }
    }

    fn placed<T>(&self, found: &Spanned<DeValue<'t>>, value: T) -> Placed<T> {
        Placed { value, source: self.file.source(&found.span()) }
    }

    fn wrong<T>(&self, found: &Spanned<DeValue<'t>>, key: &str, must: &str, mend: &str) -> Option<T> {
        self.file.fault(
            self.file.source(&found.span()),
            format!("`{key}` of this {} {must}.", self.what),
            format!("{mend}."),
        );
        None
    }

    fn not_in_list<'w>(&self, key: &str, text: &Placed<String>, words: impl Iterator<Item = &'w str> + Clone) {
        let mend = match nearest(&text.value, words.clone()) {
            Some(near) => format!("Did you mean `{near}`?"),
            None => format!("Choose one of {}.", words.collect::<Vec<_>>().join(", ")),
        };
        self.file.fault(
            text.source.clone(),
            format!("`{}` is not a value that `{key}` of a {} can have.", text.value, self.what),
            mend,
        );
    }

    fn no_repeats(&self, key: &str, texts: &[Placed<String>]) {
        for (position, text) in texts.iter().enumerate() {
            if texts[..position].iter().any(|it| it.value == text.value) {
                self.file.fault(
                    text.source.clone(),
                    format!("`{}` stands twice in `{key}` of this {}.", text.value, self.what),
                    "Remove one of them.".to_owned(),
                );
            }
        }
    }
}

/// The known name that is at most a third of its letters away, if any.
pub(super) fn nearest<'w>(name: &str, known: impl Iterator<Item = &'w str>) -> Option<&'w str> {
    known
        .map(|it| (distance(&name.to_lowercase(), &it.to_lowercase()), it))
        .filter(|(steps, it)| *steps <= it.chars().count().max(3) / 3)
        .min()
        .map(|(_, it)| it)
}

/// How many letters must be changed, added or removed (Levenshtein).
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (line, letter) in one.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = line + 1;
        for (column, wanted) in other.iter().enumerate() {
            let change = diagonal + usize::from(letter != *wanted);
            diagonal = row[column + 1];
            row[column + 1] = change.min(diagonal + 1).min(row[column] + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_of_the_finger_finds_the_name_that_was_meant() {
        let known = ["valid_from", "valid_to", "languages"];

        assert_eq!(nearest("valid_form", known.into_iter()), Some("valid_from"));
        assert_eq!(nearest("language", known.into_iter()), Some("languages"));
        assert_eq!(nearest("telephone", known.into_iter()), None);
    }
}
