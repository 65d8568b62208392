//! Puts a fault of reading into a finding, in three languages. It says the place and what was expected, never the text.

use super::xml::Encoding;
use super::xml::Fault;
use super::xml::FaultKind;
use super::xml::LimitName;
use super::xml::Malformed;
use super::xml::Source;
use crate::domain::Code;
use crate::domain::Finding;
use crate::domain::Place;
use crate::domain::Text;

/// The finding that tells a sender why its bytes could not be read.
pub fn finding(fault: &Fault) -> Finding {
    let place = Place { line: fault.line, column: fault.column, xpath: "/".to_owned() };
    let (code, expected) = match fault.kind {
        FaultKind::EncodingUnsupported { source, .. } => (Code::EncodingUnsupported, Some(said_by(source))),
        FaultKind::EncodingConflict { one, other } => (Code::EncodingConflict, Some(conflict(one, other))),
        FaultKind::EncodingMalformed { encoding } => (Code::EncodingMalformed, Some(not_in(encoding, fault.offset))),
        FaultKind::Utf16WithoutMark => (
            Code::EncodingUnsupported,
            Some(Text::of(
                "Det ser ut som UTF-16 uten bytemerke (BOM).",
                "Det ser ut som UTF-16 utan bytemerke (BOM).",
                "It looks like UTF-16 without a byte order mark.",
            )),
        ),
        // The same code as the transport's, that stops reading before we see it.
        FaultKind::Limit { limit: LimitName::BytesMax, max } => (
            Code::BodyTooLarge,
            Some(Text::owned(
                format!("Den kan ha høyst {max} byte."),
                format!("Ho kan ha høgst {max} byte."),
                format!("It may have at most {max} bytes."),
            )),
        ),
        FaultKind::Limit { limit, max } => (Code::XmlLimitExceeded, Some(limited(limit.as_str(), max))),
        FaultKind::Doctype => (Code::DoctypeRefused, None),
        FaultKind::Malformed(malformed) => (Code::XmlMalformed, Some(expected(malformed))),
    };
    let finding = Finding::new(code, Some(place));
    match expected {
        Some(expected) => finding.expecting(expected),
        None => finding,
    }
}

fn said_by(source: Source) -> Text {
    match source {
        Source::ByteOrderMark => {
            Text::of("Det ses av de første bytene.", "Det syner dei første bytane.", "The first bytes show it.")
        }
        Source::Declaration => Text::of(
            "Det står i XML-deklarasjonen.",
            "Det står i XML-deklarasjonen.",
            "It stands in the XML declaration.",
        ),
        Source::Transport => {
            Text::of("Det står i Content-Type.", "Det står i Content-Type.", "It stands in Content-Type.")
        }
    }
}

fn conflict(one: (Source, Encoding), other: (Source, Encoding)) -> Text {
    let name = |source| match source {
        Source::ByteOrderMark => ("de første bytene", "dei første bytane", "the first bytes"),
        Source::Declaration => ("XML-deklarasjonen", "XML-deklarasjonen", "the XML declaration"),
        Source::Transport => ("Content-Type", "Content-Type", "Content-Type"),
    };
    let (first, second) = (name(one.0), name(other.0));
    Text::owned(
        format!("Etter {} er det {}, etter {} er det {}.", first.0, one.1, second.0, other.1),
        format!("Etter {} er det {}, etter {} er det {}.", first.1, one.1, second.1, other.1),
        format!("By {} it is {}, by {} it is {}.", first.2, one.1, second.2, other.1),
    )
}

fn not_in(encoding: Encoding, offset: usize) -> Text {
    Text::owned(
        format!("Byte nummer {offset} er ikke {encoding}."),
        format!("Byte nummer {offset} er ikkje {encoding}."),
        format!("Byte number {offset} is not {encoding}."),
    )
}

fn limited(name: &str, max: usize) -> Text {
    Text::owned(
        format!("Grensen er {max} ({name})."),
        format!("Grensa er {max} ({name})."),
        format!("The limit is {max} ({name})."),
    )
}

fn expected(malformed: Malformed) -> Text {
    let (nb, nn) = match malformed {
        Malformed::NoRoot => ("Dokumentet har ingen elementer.", "Dokumentet har ingen element."),
        Malformed::Truncated => (
            "Dokumentet slutter for tidlig; alt som åpnes, må lukkes.",
            "Dokumentet sluttar for tidleg; alt som blir opna, må lukkast.",
        ),
        Malformed::AfterRoot => {
            ("Det står noe etter slutten på meldingen.", "Det står noko etter slutten på meldinga.")
        }
        Malformed::EndTag => {
            ("Slutten hører ikke til det elementet som er åpent.", "Slutten høyrer ikkje til det elementet som er ope.")
        }
        Malformed::DuplicateAttribute => ("Et attributt står to ganger.", "Eit attributt står to gonger."),
        Malformed::DuplicateNamespace => (
            "Et prefiks er deklarert to ganger på samme element.",
            "Eit prefiks er deklarert to gonger på same element.",
        ),
        Malformed::UndeclaredPrefix => {
            ("Et prefiks er ikke deklarert med xmlns.", "Eit prefiks er ikkje deklarert med xmlns.")
        }
        Malformed::ReservedNamespace => (
            "Prefiksene xml og xmlns er reservert, og et prefiks må peke på et navn.",
            "Prefiksa xml og xmlns er reserverte, og eit prefiks må peike på eit namn.",
        ),
        Malformed::Name => {
            ("Et navn har et tegn som navn ikke kan ha.", "Eit namn har eit teikn som namn ikkje kan ha.")
        }
        Malformed::Character => ("Her står et tegn som XML ikke tillater.", "Her står eit teikn som XML ikkje tillèt."),
        Malformed::Reference => ("Tegnet & må skrives &amp;.", "Teiknet & må skrivast &amp;."),
        Malformed::AttributeValue => (
            "Tegnet < må skrives &lt; i verdien til et attributt.",
            "Teiknet < må skrivast &lt; i verdien til eit attributt.",
        ),
        Malformed::Tag => ("Attributter skrives navn=\"verdi\".", "Attributt skal skrivast namn=\"verdi\"."),
        Malformed::Comment => ("Tegnene -- kan ikke stå i en kommentar.", "Teikna -- kan ikkje stå i ein kommentar."),
        Malformed::CdataEnd => ("Tegnene ]]> må skrives ]]&gt; i tekst.", "Teikna ]]> må skrivast ]]&gt; i tekst."),
        Malformed::Declaration => ("XML-deklarasjonen må stå aller først.", "XML-deklarasjonen må stå aller først."),
        Malformed::Version => ("Bruk XML versjon 1.0.", "Bruk XML versjon 1.0."),
        Malformed::Markup => ("Dette er ikke XML.", "Dette er ikkje XML."),
    };
    let detail = malformed.expected();
    let mut letters = detail.chars();
    let en = letters.next().map(|first| format!("{}{}.", first.to_uppercase(), letters.as_str())).unwrap_or_default();
    Text::owned(nb.to_owned(), nn.to_owned(), en)
}
