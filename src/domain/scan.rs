//! Whether an attachment is harmful, as far as anybody knows.

/// What a look at an attachment showed (resultat av viruskontroll).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum ScanResult {
    Clean,
    /// It holds something harmful, and is never given to anybody.
    Infected,
    /// It cannot be looked at, for instance since it is too large for the scanner.
    Unscannable,
}

impl ScanResult {
    pub const ALL: [Self; 3] = [Self::Clean, Self::Infected, Self::Unscannable];

    /// The word in the database.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Clean => "clean",
            Self::Infected => "infected",
            Self::Unscannable => "unscannable",
        }
    }

    pub fn from_label(label: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.label() == label)
    }
}
