//! Small departures from the standard that real systems make, and the leave to make them.

use crate::domain::Text;
use jiff::civil::Date;

/// A small, known departure from the standard (avvik) that harms nothing that is read from the message.
///
/// Each was seen in messages of systems in use. What it is, is decided by the structure of a message and never by what
/// somebody wrote in it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Deviation {
    /// RefToConversation stands before RefToParent.
    ConversationOrder,
    /// A field of MsgInfo stands in the wrong place among its siblings (Ack after ConversationRef).
    HeaderOrder,
    /// TeleAddress stands before TypeTelecom.
    TelecomOrder,
    /// A date with one digit for the month or the day: 1991-12-4.
    DateDigits,
    /// An attribute without a namespace that the standard does not have, on the root (xmlxd).
    RootAttribute,
    /// A schemaLocation of a namespace that is nearly the right one.
    SchemaLocation,
    /// A signature whose values are no base64, as systems write that sign later or not at all.
    SignatureValues,
    /// The type of an id has its code and its name in each other's place: V="HPR-nummer" DN="HPR".
    IdentTypeSwapped,
    /// The sender gives one level of address where two are asked for.
    SenderOneLevel,
}

impl Deviation {
    pub const ALL: [Self; 9] = [
        Self::ConversationOrder,
        Self::HeaderOrder,
        Self::TelecomOrder,
        Self::DateDigits,
        Self::RootAttribute,
        Self::SchemaLocation,
        Self::SignatureValues,
        Self::IdentTypeSwapped,
        Self::SenderOneLevel,
    ];

    /// The name in the configuration, in metrics and in reports.
    pub const fn key(self) -> &'static str {
        match self {
            Self::ConversationOrder => "conversation_order",
            Self::HeaderOrder => "header_order",
            Self::TelecomOrder => "telecom_order",
            Self::DateDigits => "date_digits",
            Self::RootAttribute => "root_attribute",
            Self::SchemaLocation => "schema_location",
            Self::SignatureValues => "signature_values",
            Self::IdentTypeSwapped => "ident_type_swapped",
            Self::SenderOneLevel => "sender_one_level",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.key() == key)
    }

    /// What the sender does.
    pub const fn text(self) -> Text {
        match self {
            Self::ConversationOrder => Text::of(
                "RefToConversation står foran RefToParent",
                "RefToConversation står framfor RefToParent",
                "RefToConversation stands before RefToParent",
            ),
            Self::HeaderOrder => Text::of(
                "feltene i MsgInfo står i feil rekkefølge",
                "felta i MsgInfo står i feil rekkjefølgje",
                "the fields of MsgInfo stand in the wrong order",
            ),
            Self::TelecomOrder => Text::of(
                "TeleAddress står foran TypeTelecom",
                "TeleAddress står framfor TypeTelecom",
                "TeleAddress stands before TypeTelecom",
            ),
            Self::DateDigits => Text::of(
                "datoer har ett siffer for dag eller måned",
                "datoar har eitt siffer for dag eller månad",
                "dates have one digit for the day or the month",
            ),
            Self::RootAttribute => Text::of(
                "MsgHead har en opplysning som standarden ikke kjenner",
                "MsgHead har ei opplysning som standarden ikkje kjenner",
                "MsgHead has an attribute that the standard does not know",
            ),
            Self::SchemaLocation => Text::of(
                "xsi er skrevet feil der det står schemaLocation",
                "xsi er skrive feil der det står schemaLocation",
                "xsi is bound wrongly where schemaLocation stands",
            ),
            Self::SignatureValues => {
                Text::of("signaturen er ikke fylt ut", "signaturen er ikkje fylt ut", "the signature is not filled in")
            }
            Self::IdentTypeSwapped => Text::of(
                "koden og navnet for en id-type har byttet plass",
                "koden og namnet for ein id-type har bytt plass",
                "the code and the name of an id type have changed places",
            ),
            Self::SenderOneLevel => Text::of(
                "avsenderen oppgir bare ett nivå",
                "avsendaren oppgir berre eitt nivå",
                "the sender gives one level only",
            ),
        }
    }
}

/// Leave for one sender to make one deviation until a day (tillatelse).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Grant {
    pub deviation: Deviation,
    /// The last day on which it holds, in Norway.
    pub until: Date,
    /// Why the operator gave it.
    pub because: String,
}

impl Grant {
    pub fn holds(&self, deviation: Deviation, day: Date) -> bool {
        self.deviation == deviation && day <= self.until
    }
}

/// What is to be said of a finding that is a known deviation (avvik som kan tåles).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tolerance {
    /// The operator could let the sender make it, and has not, or not any longer.
    Possible(Deviation),
    /// The sender may make it until this day.
    Granted { deviation: Deviation, until: Date },
}

impl Tolerance {
    pub const fn deviation(self) -> Deviation {
        match self {
            Self::Possible(deviation) | Self::Granted { deviation, .. } => deviation,
        }
    }

    pub const fn granted(self) -> Option<Deviation> {
        match self {
            Self::Possible(_) => None,
            Self::Granted { deviation, .. } => Some(deviation),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Deviation;
    use super::Grant;
    use std::collections::HashSet;

    #[test]
    fn every_deviation_is_found_by_its_own_key() {
        let keys: HashSet<_> = Deviation::ALL.iter().map(|it| it.key()).collect();

        assert_eq!(keys.len(), Deviation::ALL.len());
        for deviation in Deviation::ALL {
            assert_eq!(Deviation::from_key(deviation.key()), Some(deviation));
        }
        assert_eq!(Deviation::from_key("everything"), None);
    }

    #[test]
    fn a_grant_holds_for_its_deviation_through_its_last_day() {
        let until = jiff::civil::date(2027, 3, 1);
        let grant = Grant { deviation: Deviation::TelecomOrder, until, because: String::new() };

        assert!(grant.holds(Deviation::TelecomOrder, until));
        assert!(!grant.holds(Deviation::TelecomOrder, until.tomorrow().unwrap()));
        assert!(!grant.holds(Deviation::HeaderOrder, until));
    }
}
