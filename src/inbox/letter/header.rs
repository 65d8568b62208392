//! What the header says besides: how the sender is reached, other ids, remarks on a document.

use crate::domain::HeaderDetail;
use crate::domain::HeaderPart;
use crate::domain::Language;
use crate::domain::Timestamp;
use crate::inbox::letter::Section;
use crate::inbox::letter::sections::Fields;
use crate::inbox::moment;
use crate::inbox::moment::Moment;
use crate::inbox::texts::Words;

/// One entry for each part of the header, with a line for each thing it says.
pub(super) fn section(particulars: &[HeaderDetail], now: Timestamp, t: Words) -> Section {
    let mut fields = Fields::new();
    for part in particulars.chunk_by(|one, other| one.of == other.of) {
        let label = match part[0].of {
            HeaderPart::Sender => t.label_from().to_owned(),
            HeaderPart::Receiver => t.label_to().to_owned(),
            HeaderPart::OtherReceiver => t.label_other_receivers().to_owned(),
            HeaderPart::Patient => t.section_person().to_owned(),
            HeaderPart::Document(position) => format!("{} {position}", t.label_document()),
        };
        fields.lines(&label, part.iter().map(|it| line(it, now, t)).collect());
    }
    fields.under(t.section_header())
}

/// `Medisinsk avdeling – Telefon eller e-post: Arbeidsplass, tel:+4799000101`.
fn line(it: &HeaderDetail, now: Timestamp, t: Words) -> String {
    let value = in_words(it.detail.value.reveal(), now, t.0);
    let said = format!("{}: {value}", t.code("DialogElement", &it.detail.element));
    match &it.who {
        Some(who) => format!("{} – {said}", who.reveal()),
        None => said,
    }
}

/// A date or a moment as people write it; anything else as it is.
fn in_words(value: &str, now: Timestamp, language: Language) -> String {
    match value.parse::<jiff::Timestamp>() {
        Ok(at) => Moment::of(Timestamp::from_jiff(at), now, language).full,
        Err(_) => moment::in_words(value.to_owned(), language),
    }
}

#[cfg(test)]
mod tests {
    use super::in_words;
    use crate::domain::Language;
    use crate::domain::Timestamp;

    #[test]
    fn dates_in_the_header_are_written_as_people_do() {
        let said = |value| in_words(value, Timestamp(0), Language::Nb);

        assert_eq!(said("2026-11-21T09:12:44+02:00"), "21. november 2026 kl. 08.12");
        assert_eq!(said("2026-11-21"), "21. november 2026");
        assert_eq!(said("tel:+4799000101"), "tel:+4799000101");
    }
}
