//! Something that is wrong, or worth knowing, about a sender's message.

use crate::domain::Code;
use crate::domain::Text;

/// One thing wrong, said so that the sender can mend it: code, place, and what was expected. Never the value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Finding {
    pub code: Code,
    pub severity: Severity,
    pub place: Option<Place>,
    /// What was expected at the place, when the code's own text does not say it all.
    pub expected: Option<Text>,
}

impl Finding {
    /// A finding with the severity that its code has before strictness is applied.
    pub fn new(code: Code, place: Option<Place>) -> Self {
        Self { code, severity: code.severity(), place, expected: None }
    }

    pub fn expecting(mut self, expected: Text) -> Self {
        self.expected = Some(expected);
        self
    }

    /// What is wrong, and what was expected, as one text.
    pub fn text(&self) -> Text {
        let said = self.code.text();
        match &self.expected {
            None => said,
            Some(more) => Text::owned(
                format!("{} {}", said.nb, more.nb),
                format!("{} {}", said.nn, more.nn),
                format!("{} {}", said.en, more.en),
            ),
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
