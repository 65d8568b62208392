//! What the inbox says of the header of a message (meldingshode).

use crate::inbox::texts::Words;

impl Words {
    pub(in crate::inbox) const fn section_header(self) -> &'static str {
        self.pick(
            "Kontaktopplysninger og annet fra meldingshodet",
            "Kontaktopplysningar og anna frå meldingshovudet",
            "Contact details and other things from the header",
        )
    }

    pub(in crate::inbox) const fn label_priority(self) -> &'static str {
        self.pick("Prioritet", "Prioritet", "Priority")
    }

    pub(in crate::inbox) const fn label_document(self) -> &'static str {
        self.pick("Dokument", "Dokument", "Document")
    }
}
