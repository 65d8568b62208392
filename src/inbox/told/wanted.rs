//! What part of the journal a URL asks for. Codes, days, ids and references only, so that no name is in it.

use crate::domain::JournalKind;
use crate::domain::Reference;
use crate::domain::Timestamp;
use crate::domain::norway;
use crate::inbox::fault::query_value;
use crate::storage::JournalCursor;
use crate::storage::JournalQuery;
use crate::storage::JournalTurn;
use crate::storage::UserId;
use jiff::civil::Date;
use serde::Deserialize;

/// The fields as they came.
#[derive(Clone, Default, Deserialize)]
pub(super) struct Asked {
    from: Option<String>,
    to: Option<String>,
    kind: Option<String>,
    who: Option<String>,
    reference: Option<String>,
    after: Option<String>,
    before: Option<String>,
}

/// What has been asked for and understood.
#[derive(Clone, Default)]
pub(super) struct Wanted {
    pub from: Option<Date>,
    pub to: Option<Date>,
    pub kind: Option<JournalKind>,
    pub who: Option<UserId>,
    pub reference: Option<Reference>,
    pub turn: JournalTurn,
}

impl Wanted {
    /// `None`: the URL is not one of ours.
    pub(super) fn parse(asked: &Asked) -> Option<Self> {
        let turn = match (given(asked.after.as_ref(), cursor)?, given(asked.before.as_ref(), cursor)?) {
            (Some(line), _) => JournalTurn::OlderThan(line),
            (None, Some(line)) => JournalTurn::NewerThan(line),
            (None, None) => JournalTurn::Newest,
        };
        Some(Self {
            from: given(asked.from.as_ref(), |it| it.parse().ok())?,
            to: given(asked.to.as_ref(), |it| it.parse().ok())?,
            kind: given(asked.kind.as_ref(), JournalKind::from_label)?,
            who: given(asked.who.as_ref(), |it| it.parse().ok().map(UserId))?,
            reference: given(asked.reference.as_ref(), reference)?,
            turn,
        })
    }

    /// The reference as it was typed, when that is not one: it is said, and stands in no address.
    pub(super) fn mistyped(asked: &Asked) -> bool {
        given(asked.reference.as_ref(), reference).is_none()
    }

    /// The same without what was typed.
    pub(super) fn without_reference(asked: Asked) -> Asked {
        Asked { reference: None, ..asked }
    }

    /// `None`: a day that no calendar has.
    pub(super) fn query(&self, lines_max: u32) -> Option<JournalQuery> {
        let begins = |day: Option<Date>| match day {
            None => Some(None),
            Some(day) => Some(Some(Timestamp::from_jiff(day.to_zoned(norway()).ok()?.timestamp()))),
        };
        let day_after = match self.to {
            None => None,
            Some(day) => Some(day.tomorrow().ok()?),
        };
        Some(JournalQuery {
            kind: self.kind,
            person: self.who,
            reference: self.reference.as_ref().map(|it| it.as_str().to_owned()),
            from: begins(self.from)?,
            until: begins(day_after)?,
            turn: self.turn,
            lines_max,
        })
    }

    /// The query of the URL, from the understood values: `from=2026-11-01&kind=read`. It also stands in the journal.
    pub(super) fn url_query(&self, turn: JournalTurn) -> String {
        let cursor = |it: JournalCursor| format!("{}_{}", it.at.0, it.sequence);
        let (after, before) = match turn {
            JournalTurn::Newest => (None, None),
            JournalTurn::OlderThan(line) => (Some(cursor(line)), None),
            JournalTurn::NewerThan(line) => (None, Some(cursor(line))),
        };
        let fields = [
            ("from", self.from.map(|it| it.to_string())),
            ("to", self.to.map(|it| it.to_string())),
            ("kind", self.kind.map(|it| it.label().to_owned())),
            ("who", self.who.map(|it| it.to_string())),
            ("reference", self.reference.as_ref().map(|it| it.as_str().to_owned())),
            ("after", after),
            ("before", before),
        ];
        let given = fields.into_iter().filter_map(|(name, value)| Some(format!("{name}={}", query_value(&value?))));
        given.collect::<Vec<_>>().join("&")
    }

    pub(super) const fn is_narrowed(&self) -> bool {
        self.from.is_some()
            || self.to.is_some()
            || self.kind.is_some()
            || self.who.is_some()
            || self.reference.is_some()
    }
}

/// One of ours: a word of nine letters could be a name, so one without a digit must be written as we write it.
fn reference(text: &str) -> Option<Reference> {
    let is_ours = |it: &Reference| it.as_str() == text || text.contains(|it: char| it.is_ascii_digit());
    Reference::parse(text).filter(is_ours)
}

/// `Some(None)`: left empty or not there. `None`: not one of ours.
fn given<T>(field: Option<&String>, read: impl FnOnce(&str) -> Option<T>) -> Option<Option<T>> {
    match field.map(|it| it.trim()).filter(|it| !it.is_empty()) {
        None => Some(None),
        Some(text) => read(text).map(Some),
    }
}

fn cursor(text: &str) -> Option<JournalCursor> {
    let (at, sequence) = text.split_once('_')?;
    Some(JournalCursor { at: Timestamp(at.parse().ok()?), sequence: sequence.parse().ok()? })
}

#[cfg(test)]
mod tests {
    use super::Asked;
    use super::Wanted;
    use crate::domain::Timestamp;
    use crate::storage::JournalCursor;
    use crate::storage::JournalTurn;

    #[test]
    fn what_is_asked_for_is_said_again_in_the_address() {
        let text = |it: &str| Some(it.to_owned());
        let asked = Asked {
            from: text("2026-11-01"),
            to: text(" "),
            kind: text("refused"),
            who: text("0190a1b2-0000-7000-8000-000000000001"),
            reference: text("7k39qx2ma"),
            after: text("17_3"),
            before: None,
        };
        let wanted = Wanted::parse(&asked).unwrap();

        let turn = JournalTurn::OlderThan(JournalCursor { at: Timestamp(17), sequence: 3 });
        assert_eq!(wanted.turn, turn);
        assert_eq!(
            wanted.url_query(turn),
            "from=2026-11-01&kind=refused&who=0190a1b2-0000-7000-8000-000000000001&reference=7K3-9QX-2MA&after=17_3"
        );
        assert!(wanted.query(10).is_some_and(|it| it.from.is_some() && it.until.is_none()));
    }

    #[test]
    fn a_name_is_no_reference() {
        for name in ["Margrethe", "ann-eva-per", "12835401804"] {
            assert!(Wanted::mistyped(&Asked { reference: Some(name.to_owned()), ..Asked::default() }), "{name}");
        }
    }
}
