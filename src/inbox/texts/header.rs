//! What the header of a message says, at the end of the letter.

use crate::inbox::texts::words;

words! {
    section_header
        "Kontaktopplysninger og annet fra meldingshodet"
        "Kontaktopplysningar og anna frå meldingshovudet"
        "Contact details and other things from the header"
    label_priority
        "Prioritet"
        "Prioritet"
        "Priority"
    label_document
        "Dokument"
        "Dokument"
        "Document"
}
