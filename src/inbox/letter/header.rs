//! What the header says besides: how the sender is reached, other ids, remarks on a document.

use crate::domain::HeaderDetail;
use crate::domain::HeaderPart;
use crate::inbox::letter::Section;
use crate::inbox::letter::sections::Fields;
use crate::inbox::texts::Words;

/// One entry for each part of the header, with a line for each thing it says.
pub(super) fn section(particulars: &[HeaderDetail], t: Words) -> Section {
    let mut fields = Fields::new();
    for part in particulars.chunk_by(|one, other| one.of == other.of) {
        let label = match part[0].of {
            HeaderPart::Sender => t.label_from().to_owned(),
            HeaderPart::Receiver => t.label_to().to_owned(),
            HeaderPart::OtherReceiver => t.label_other_receivers().to_owned(),
            HeaderPart::Patient => t.section_person().to_owned(),
            HeaderPart::Document(position) => format!("{} {position}", t.label_document()),
        };
        fields.lines(&label, part.iter().map(|it| line(it, t)).collect());
    }
    fields.under(t.section_header())
}

/// `Medisinsk avdeling – Telefon eller e-post: Arbeidsplass, tel:+4799000101`.
fn line(it: &HeaderDetail, t: Words) -> String {
    let said = format!("{}: {}", t.code("DialogElement", &it.detail.element), it.detail.value.reveal());
    match &it.who {
        Some(who) => format!("{} – {said}", who.reveal()),
        None => said,
    }
}
