//! The one registry of everything that can be wrong. `manual/errors.md` is printed from it.
//!
//! `MP-1xx` peer and trust · `2xx` envelope · `3xx` schema · `4xx` business rules and routing · `5xx` delivery out ·
//! `6xx` the interface for case systems · `9xx` our own house. A code is never reused, and its text never holds a value from a message.

mod table;

use crate::domain::AppRecCode;
use crate::domain::RuleFamily;
use crate::domain::Severity;
use crate::domain::Text;

pub use table::Code;

/// Everything the registry knows about one code.
#[derive(Clone, Debug)]
pub struct CodeEntry {
    /// Stable id: `MP-301`.
    pub id: &'static str,
    /// The variant's name as a metric label: `schema_element_unexpected`.
    pub label: &'static str,
    pub severity: Severity,
    pub blame: Blame,
    /// Whether the same message can succeed later.
    pub retry: Retry,
    /// HTTP status when it is told as a problem document (RFC 9457).
    pub http: u16,
    pub ebxml: EbxmlError,
    /// Code of list 8221 in an AppRec; `None` where no AppRec can be made.
    pub apprec: Option<AppRecCode>,
    /// Whose strictness applies; `None`: cannot be relaxed.
    pub family: Option<RuleFamily>,
    /// What is wrong.
    pub text: Text,
    /// How to mend it.
    pub mend: Text,
}

/// Whose it is to mend.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Blame {
    Sender,
    Gateway,
    /// A system that we hand on to.
    Downstream,
}

impl Blame {
    pub const fn label(self) -> &'static str {
        match self {
            Self::Sender => "sender",
            Self::Gateway => "gateway",
            Self::Downstream => "downstream",
        }
    }
}

/// Whether sending the same bytes again can help.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Retry {
    /// The message must be mended first and get a new id.
    AfterMending,
    /// The same message can be sent again, later.
    Later,
    /// Nothing needs to be sent again.
    Needless,
}

impl Retry {
    pub const fn label(self) -> &'static str {
        match self {
            Self::AfterMending => "after mending",
            Self::Later => "later",
            Self::Needless => "needless",
        }
    }
}

/// errorCode of ebMS 2.0 (OASIS ebMS 2.0 § 4.2.3.4).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum EbxmlError {
    ValueNotRecognized,
    NotSupported,
    Inconsistent,
    OtherXml,
    DeliveryFailure,
    SecurityFailure,
    Unknown,
    /// It is answered with an AppRec, not with an ebXML error.
    None,
}

impl EbxmlError {
    pub const fn label(self) -> &'static str {
        match self {
            Self::ValueNotRecognized => "ValueNotRecognized",
            Self::NotSupported => "NotSupported",
            Self::Inconsistent => "Inconsistent",
            Self::OtherXml => "OtherXml",
            Self::DeliveryFailure => "DeliveryFailure",
            Self::SecurityFailure => "SecurityFailure",
            Self::Unknown => "Unknown",
            Self::None => "–",
        }
    }
}

impl Code {
    pub fn id(self) -> &'static str {
        self.entry().id
    }

    pub fn label(self) -> &'static str {
        self.entry().label
    }

    /// Severity before strictness is applied.
    pub fn severity(self) -> Severity {
        self.entry().severity
    }

    pub fn text(self) -> Text {
        self.entry().text
    }

    pub fn mend(self) -> Text {
        self.entry().mend
    }

    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|it| it.id().eq_ignore_ascii_case(id))
    }
}

/// Defines `Code` and its entries from one table, so that no code can lack a field.
macro_rules! codes {
    ($(
        $(#[$doc:meta])*
        $variant:ident $label:literal $id:literal $severity:ident $blame:ident $retry:ident $http:literal $ebxml:ident $apprec:tt $family:tt
        nb $nb:literal nn $nn:literal en $en:literal
        mend nb $mnb:literal nn $mnn:literal en $men:literal
    )+) => {
        /// Every way the gateway can say that something is wrong, or worth knowing.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum Code { $($(#[$doc])* #[doc = $en] $variant),+ }

        impl Code {
            /// In order of id.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Everything the registry knows about this code.
            pub const fn entry(self) -> $crate::domain::CodeEntry {
                match self {
                    $(Self::$variant => $crate::domain::CodeEntry {
                        id: $id,
                        label: $label,
                        severity: $crate::domain::Severity::$severity,
                        blame: $crate::domain::Blame::$blame,
                        retry: $crate::domain::Retry::$retry,
                        http: $http,
                        ebxml: $crate::domain::EbxmlError::$ebxml,
                        apprec: $crate::domain::code::codes!(@apprec $apprec),
                        family: $crate::domain::code::codes!(@family $family),
                        text: $crate::domain::Text::of($nb, $nn, $en),
                        mend: $crate::domain::Text::of($mnb, $mnn, $men),
                    }),+
                }
            }
        }
    };
    (@apprec -) => { None };
    (@apprec $code:ident) => { Some($crate::domain::AppRecCode::$code) };
    (@family -) => { None };
    (@family $family:ident) => { Some($crate::domain::RuleFamily::$family) };
}
use codes;

#[cfg(test)]
mod tests {
    use super::Blame;
    use super::Code;
    use super::Severity;
    use std::collections::HashSet;

    #[test]
    fn ids_and_labels_are_unique_and_in_order() {
        let ids: Vec<_> = Code::ALL.iter().map(|it| it.id()).collect();
        let mut sorted = ids.clone();
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(ids, sorted);

        let labels: HashSet<_> = Code::ALL.iter().map(|it| it.label()).collect();
        assert_eq!(labels.len(), Code::ALL.len());
    }

    #[test]
    fn an_error_of_the_senders_in_an_opened_message_has_an_apprec_code() {
        for code in Code::ALL {
            let entry = code.entry();
            let in_message = entry.id.starts_with("MP-3") || entry.id.starts_with("MP-4");
            if in_message && entry.blame == Blame::Sender && entry.severity == Severity::Error {
                assert!(entry.apprec.is_some(), "{} has no AppRec code", entry.id);
            }
        }
    }

    /// Words of those who make schemas and programs. What a schema calls something can stand in `expected`, and names of
    /// fields are names.
    const JARGON: [&str; 24] = [
        "attributt",
        "element",
        "entitet",
        "velform",
        "skjema",
        "navnerom",
        "namnerom",
        "deklara",
        "validere",
        "valider",
        "parse",
        "streng ",
        "node",
        "token",
        "enumer",
        "fasett",
        "regex",
        "regulær",
        "instans",
        "prefiks",
        "syntaks",
        "xpath",
        "xsd",
        "payload",
    ];

    #[test]
    fn no_norwegian_text_speaks_the_language_of_schemas() {
        for code in Code::ALL {
            for text in [code.text(), code.mend()] {
                for said in [&text.nb, &text.nn] {
                    let lower = said.to_lowercase();
                    let found: Vec<_> = JARGON.iter().filter(|it| lower.contains(**it)).collect();
                    assert!(found.is_empty(), "{}: {found:?} in «{said}»", code.id());
                }
            }
        }
    }

    #[test]
    fn every_text_is_a_sentence_in_each_language() {
        for code in Code::ALL {
            for text in [code.text(), code.mend()] {
                for said in [&text.nb, &text.nn, &text.en] {
                    assert!(said.ends_with('.') || said.ends_with('?'), "{}: {said}", code.id());
                    assert!(said.starts_with(|it: char| it.is_uppercase() || it == '«'), "{}: {said}", code.id());
                }
            }
        }
    }
}
