//! What was wrong with a request: which part of it, and what was expected there. Never what stood there.

use crate::domain::Language;
use serde_json::Value;
use serde_json::json;

/// A part of a request that is not as it must be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::inbox) enum Wanted {
    Cursor,
    /// Most rows of a page.
    Limit(u32),
    Start,
    QueryFields,
    IfMatch,
    IdempotencyKey,
    Accept,
    /// The act says nothing more than which it is.
    NoBody,
    FiledBody,
    Reference,
    /// Bytes at most.
    BodyUpTo(usize),
    Path,
}

impl Wanted {
    /// The place, then the field.
    const fn place(self) -> &'static str {
        match self {
            Self::Cursor => "query.cursor",
            Self::Limit(_) => "query.limit",
            Self::Start => "query.start",
            Self::QueryFields => "query",
            Self::IfMatch => "header.If-Match",
            Self::IdempotencyKey => "header.Idempotency-Key",
            Self::Accept => "header.Accept",
            Self::NoBody | Self::FiledBody | Self::BodyUpTo(_) => "body",
            Self::Reference => "body.reference",
            Self::Path => "path",
        }
    }

    /// What was expected.
    fn text(self, language: Language) -> String {
        let [nb, nn, en] = match self {
            Self::Cursor => [
                "next_cursor fra en tidligere side, akkurat som den ble gitt",
                "next_cursor frå ei tidlegare side, akkurat som han vart gitt",
                "next_cursor of an earlier page, exactly as it was given",
            ],
            Self::Limit(max) => {
                return match language {
                    Language::Nb => format!("et heltall fra 1 til {max}"),
                    Language::Nn => format!("eit heiltal frå 1 til {max}"),
                    Language::En => format!("a whole number from 1 to {max}"),
                };
            }
            Self::Start => ["now, eller ingenting", "now, eller ingenting", "now, or nothing"],
            Self::QueryFields => [
                "bare cursor, limit og start, hver av dem høyst én gang",
                "berre cursor, limit og start, kvar av dei høgst éin gong",
                "only cursor, limit and start, each at most once",
            ],
            Self::IfMatch => [
                "etag fra saken slik den ble hentet, med anførselstegn (\"3\"), eller *",
                "etag frå saka slik ho vart henta, med hermeteikn (\"3\"), eller *",
                "the item's etag as it was fetched, with its quotes (\"3\"), or *",
            ],
            Self::IdempotencyKey => [
                "8 til 200 synlige ASCII-tegn, en ny for hver handling",
                "8 til 200 synlege ASCII-teikn, ein ny for kvar handling",
                "8 to 200 visible ASCII characters, new for each act",
            ],
            Self::Accept => [
                "application/json eller application/xml",
                "application/json eller application/xml",
                "application/json or application/xml",
            ],
            Self::NoBody => ["tom, eller {}", "tom, eller {}", "empty, or {}"],
            Self::FiledBody => [
                "et JSON-objekt med teksten reference, og ikke noe annet felt",
                "eit JSON-objekt med teksten reference, og ikkje noko anna felt",
                "a JSON object with the text reference, and no other field",
            ],
            Self::Reference => [
                "1 til 200 tegn, ikke bare mellomrom, uten styretegn",
                "1 til 200 teikn, ikkje berre mellomrom, utan styreteikn",
                "1 to 200 characters, not only blanks, no control characters",
            ],
            Self::BodyUpTo(max) => {
                return match language {
                    Language::Nb => format!("høyst {max} byte"),
                    Language::Nn => format!("høgst {max} byte"),
                    Language::En => format!("{max} bytes at most"),
                };
            }
            Self::Path => ["en adresse i UTF-8", "ei adresse i UTF-8", "an address in UTF-8"],
        };
        match language {
            Language::Nb => nb.to_owned(),
            Language::Nn => nn.to_owned(),
            Language::En => en.to_owned(),
        }
    }

    pub(super) fn json(self, language: Language) -> Value {
        json!({ "where": self.place(), "text": self.text(language) })
    }
}
