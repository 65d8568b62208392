//! Something that is wrong, or worth knowing, about a sender's message.

use crate::domain::Code;
use crate::domain::Text;
use crate::domain::Tolerance;

/// One thing wrong, said so that the sender can mend it: code, place, and what was expected. Never the value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Finding {
    pub code: Code,
    pub severity: Severity,
    pub place: Option<Place>,
    /// What was expected at the place, when the code's own text does not say it all. Boxed, for findings travel as errors.
    pub expected: Option<Box<Text>>,
    /// The same in the schema's own words (English), for those who have the schema open beside them. No value from the message.
    pub schema_says: Option<String>,
    /// Of an element that is not known there: the name that was likely meant. It is the standard's, never the message's.
    pub meant: Option<String>,
    /// Set when it is one of the small deviations that a sender can be allowed.
    pub tolerance: Option<Tolerance>,
}

impl Finding {
    /// A finding with the severity that its code has before strictness is applied.
    pub fn new(code: Code, place: Option<Place>) -> Self {
        Self { code, severity: code.severity(), place, expected: None, schema_says: None, meant: None, tolerance: None }
    }

    pub fn expecting(mut self, expected: Text) -> Self {
        self.expected = Some(Box::new(expected));
        self
    }

    /// What is wrong, what was expected, and until when it is let pass, as one text.
    pub fn text(&self) -> Text {
        let pieces = [self.expected.as_deref().cloned(), self.tolerated()];
        pieces.into_iter().flatten().fold(self.code.text(), |said, more| {
            Text::owned(
                format!("{} {}", said.nb, more.nb),
                format!("{} {}", said.nn, more.nn),
                format!("{} {}", said.en, more.en),
            )
        })
    }

    /// Until when the sender may go on with it, when it may.
    pub fn tolerated(&self) -> Option<Text> {
        match self.tolerance? {
            Tolerance::Granted { until, .. } => Some(Text::owned(
                format!("Det tåles fra denne avsenderen til og med {until}; rett det før den tid."),
                format!("Det blir tolt frå denne avsendaren til og med {until}; rett det før den tid."),
                format!("It is let pass from this sender until {until}; mend it before then."),
            )),
            Tolerance::Possible(_) => None,
        }
    }
}

/// How much a finding weighs. Ordered: `Info < Warning < Error`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Severity {
    /// Worth knowing; shown to the unit.
    Info,
    /// A remark: the message is accepted, the sender and the unit are told.
    Warning,
    /// The message is rejected.
    Error,
}

impl Severity {
    pub const fn label(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// Where in the message.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Place {
    /// From 1, counted in the decoded text.
    pub line: u32,
    /// From 1, in characters.
    pub column: u32,
    /// Local names, with a position where siblings share a name: `/MsgHead/MsgInfo/Patient/Ident[2]/Id`.
    pub xpath: String,
}

/// The line of a finding with the values of people left out (maskert linje).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MaskedLine {
    /// What stands before the place, without the indentation.
    pub before: String,
    /// The tag or the text at the place.
    pub here: String,
    pub after: String,
    /// Whether there was more of the line at the beginning and at the end.
    pub cut: (bool, bool),
}
