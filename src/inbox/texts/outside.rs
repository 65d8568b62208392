//! Words for what units say to somebody outside, and for the page on which they write it.

use crate::domain::NoWayOut;
use crate::inbox::texts::Words;
use crate::inbox::texts::words;

words! {
    field_question
        "Spørsmål til avsenderen"
        "Spørsmål til avsendaren"
        "Question to the sender"
    field_answer
        "Svar"
        "Svar"
        "Answer"
    field_answer_kind
        "Hva slags svar"
        "Kva slags svar"
        "Kind of answer"
    field_wrong_reason
        "Hva er feil"
        "Kva er feil"
        "What is wrong"
    field_more
        "Mer om det"
        "Meir om det"
        "More about it"
    field_way
        "Hvordan melder får vite det"
        "Korleis meldar får vite det"
        "How the reporter is told"
    way_electronic
        "Som melding, om noen sekunder"
        "Som melding, om nokre sekund"
        "As a message, in a few seconds"
    way_telephone
        "På telefon. Ingenting sendes"
        "På telefon. Ingenting blir sendt"
        "By telephone. Nothing is sent"
    call_reporter
        "Ring melder"
        "Ring meldar"
        "Telephone the reporter"
    no_telephone
        "Det står ikke noe telefonnummer til melder i meldingen."
        "Det står ikkje noko telefonnummer til meldar i meldinga."
        "The report has no telephone number of the reporter."
    call_then_write
        "Skriv her hva som ble sagt."
        "Skriv her kva som vart sagt."
        "Write here what was said."
    no_feedback_consent
        "Samtykket omfatter ikke tilbakemelding til melder. Skriv ikke noe om personen eller om hva som ble gjort."
        "Samtykket omfattar ikkje tilbakemelding til meldar. Skriv ikkje noko om personen eller om kva som vart gjort."
        "The consent does not cover feedback to the reporter. Write nothing about the person or what was done."
    no_trust_outside
        "Et helseforetak som ikke står i listen, kan ikke ta imot meldingen elektronisk herfra. Ring den koordinerende enheten der, og skriv i en kommentar hvem du snakket med og hva dere ble enige om. Saken er deres til noen har tatt over. Driften kan legge inn helseforetakets adresse."
        "Eit helseføretak som ikkje står i lista, kan ikkje ta imot meldinga elektronisk herifrå. Ring den koordinerande eininga der, og skriv i ein kommentar kven du snakka med og kva de vart samde om. Saka er dykkar til nokon har teke over. Drifta kan leggje inn adressa til helseføretaket."
        "A hospital trust that is not in the list cannot take the report electronically from here. Telephone its coordinating unit, and write in a comment whom you spoke to and what you agreed. The case is yours until somebody has taken over. Operations can add the trust's address."
    outside_here
        "utenfor; meldingen sendes dit"
        "utanfor; meldinga blir sendt dit"
        "outside; the report is sent there"
}

impl Words {
    /// Why nothing can be sent.
    pub(in crate::inbox) fn no_way(self, why: NoWayOut) -> String {
        why.text().in_language(self.0).to_owned()
    }

    /// A reason of wrong addressee (code list 8117).
    pub(in crate::inbox) const fn wrong_reason(self, code: &'static str) -> &'static str {
        match code.as_bytes() {
            b"1" => self.pick("Feil adressat", "Feil adressat", "Wrong addressee"),
            b"2" => self.pick("Mangelfulle opplysninger", "Mangelfulle opplysningar", "Too little is said"),
            _ => self.pick("Annet", "Anna", "Other"),
        }
    }
}
