//! Whose access log is asked for: a number that can be a person's, by the gateway's own rules. A slip of the hand must not
//! become a sheet that says that nobody has read about somebody.

use crate::domain::Redacted;
use crate::inbox::texts::Words;
use jiff::civil::Date;

/// What sort of number it is said to be. Reports know people by others than those of eleven digits too.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum NumberKind {
    /// Fødselsnummer, D-nummer, H-nummer and felles hjelpenummer: eleven digits, the last of which prove the others.
    #[default]
    National,
    /// DUF-nummer: twelve digits that begin with a year.
    Duf,
    /// Passports and foreign numbers, whose form we do not know.
    Other,
}

impl NumberKind {
    pub(super) const ALL: [Self; 3] = [Self::National, Self::Duf, Self::Other];

    pub(super) const fn label(self) -> &'static str {
        match self {
            Self::National => "national",
            Self::Duf => "duf",
            Self::Other => "other",
        }
    }

    pub(super) fn from_label(label: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.label() == label)
    }

    pub(super) const fn name(self, t: Words) -> &'static str {
        match self {
            Self::National => t.number_national(),
            Self::Duf => t.number_duf(),
            Self::Other => t.number_other(),
        }
    }
}

/// Why nobody can have what was typed as their number.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NotANumber {
    /// Nothing, or longer than any number.
    Nothing,
    NotElevenDigits,
    ControlDigits,
    ImpossibleDate,
    /// What is written for a child that has no number yet; many have the same.
    StandIn,
    NotDuf,
}

impl NotANumber {
    /// What was expected, and how it is mended.
    pub(super) const fn said(self, t: Words) -> &'static str {
        match self {
            Self::Nothing => t.number_missing(),
            Self::NotElevenDigits => t.number_not_eleven(),
            Self::ControlDigits => t.number_control(),
            Self::ImpossibleDate => t.number_date(),
            Self::StandIn => t.number_stand_in(),
            Self::NotDuf => t.number_not_duf(),
        }
    }
}

/// Says whether something typed can be the number of a person. Implemented where the rules are known.
pub trait CheckNumber: Send + Sync {
    /// The number without spaces.
    fn check_number(
        &self,
        kind: NumberKind,
        typed: &Redacted<String>,
        today: Date,
    ) -> Result<Redacted<String>, NotANumber>;
}
