//! Protection of a person's address (adressegradering) and what follows from it.

/// FREG's levels of protection. Anything but `Ungraded` hides where the person can be found, also indirectly:
/// municipality, district, reporting unit, school and general practitioner.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum AddressGrading {
    #[default]
    Ungraded,
    /// Klientadresse.
    Client,
    /// Fortrolig (kode 7).
    Confidential,
    /// Strengt fortrolig (kode 6).
    StrictlyConfidential,
}

impl AddressGrading {
    pub const fn is_protected(self) -> bool {
        match self {
            Self::Ungraded => false,
            Self::Client | Self::Confidential | Self::StrictlyConfidential => true,
        }
    }

    /// The code in the message and in the database (FREG's own words).
    pub const fn code(self) -> &'static str {
        match self {
            Self::Ungraded => "UGRADERT",
            Self::Client => "KLIENTADRESSE",
            Self::Confidential => "FORTROLIG",
            Self::StrictlyConfidential => "STRENGT_FORTROLIG",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Ungraded, Self::Client, Self::Confidential, Self::StrictlyConfidential]
            .into_iter()
            .find(|it| it.code() == code)
    }
}
