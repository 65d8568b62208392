//! A sentence in the three languages of the house.

use std::borrow::Cow;

/// Written language of a text to people (målform og språk).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Language {
    /// Bokmål.
    #[default]
    Nb,
    /// Nynorsk.
    Nn,
    /// English.
    En,
}

impl Language {
    pub const ALL: [Self; 3] = [Self::Nb, Self::Nn, Self::En];

    /// BCP 47 tag.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Nb => "nb",
            Self::Nn => "nn",
            Self::En => "en",
        }
    }
}

/// One sentence in bokmål, nynorsk and English. Never holds a personal value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Text {
    pub nb: Cow<'static, str>,
    pub nn: Cow<'static, str>,
    pub en: Cow<'static, str>,
}

impl Text {
    pub const fn of(nb: &'static str, nn: &'static str, en: &'static str) -> Self {
        Self { nb: Cow::Borrowed(nb), nn: Cow::Borrowed(nn), en: Cow::Borrowed(en) }
    }

    pub fn owned(nb: String, nn: String, en: String) -> Self {
        Self { nb: Cow::Owned(nb), nn: Cow::Owned(nn), en: Cow::Owned(en) }
    }

    pub fn in_language(&self, language: Language) -> &str {
        match language {
            Language::Nb => &self.nb,
            Language::Nn => &self.nn,
            Language::En => &self.en,
        }
    }
}
