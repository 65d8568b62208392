//! Words for what units say to somebody outside, and for the page on which they write it.

use crate::domain::Language;
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
    call_without_number
        "Ring melder, og skriv her hva som ble sagt. Det står ikke noe telefonnummer til melder i meldingen."
        "Ring meldar, og skriv her kva som vart sagt. Det står ikkje noko telefonnummer til meldar i meldinga."
        "Telephone the reporter, and write here what was said. The report has no telephone number of the reporter."
    call_unread
        "Ring melder, og skriv her hva som ble sagt. Hvem som meldte, står i meldingen når den er åpnet."
        "Ring meldar, og skriv her kva som vart sagt. Kven som melde, står i meldinga når ho er opna."
        "Telephone the reporter, and write here what was said. Who reported stands in the report once it is opened."
    no_feedback_consent_said
        "Samtykket omfatter ikke tilbakemelding til melder. Si ikke noe om personen eller om hva som ble gjort, hvis du ikke har et annet grunnlag for det."
        "Samtykket omfattar ikkje tilbakemelding til meldar. Ikkje sei noko om personen eller om kva som vart gjort, om du ikkje har eit anna grunnlag for det."
        "The consent does not cover feedback to the reporter. Say nothing about the person or what was done, unless you have another basis for it."
    content_goes
        "Når du lagrer, fjernes innholdet herfra."
        "Når du lagrar, blir innhaldet fjerna herifrå."
        "When you save, the content is removed from here."
    field_said
        "Hva som ble sagt"
        "Kva som vart sagt"
        "What was said"
    field_asked
        "Hva du spurte om"
        "Kva du spurde om"
        "What you asked"
    field_replied
        "Hva melder svarte"
        "Kva meldar svarte"
        "What the reporter answered"
    field_replied_hint
        "La feltet stå tomt hvis svaret kommer senere. Da venter saken på det."
        "La feltet stå tomt om svaret kjem seinare. Då ventar saka på det."
        "Leave it empty if the answer comes later. Then the case waits for it."
    field_basis_said_hint
        "Hvis du sa noe om personen eller om hva som ble gjort."
        "Om du sa noko om personen eller om kva som vart gjort."
        "If you said anything about the person or about what was done."
    no_feedback_consent
        "Samtykket omfatter ikke tilbakemelding til melder. Et foreløpig svar kan sendes når det ikke sier noe om personen eller om hva som ble gjort. Annet svar som melding sendes bare når du sier hva du bygger på."
        "Samtykket omfattar ikkje tilbakemelding til meldar. Eit førebels svar kan sendast når det ikkje seier noko om personen eller om kva som vart gjort. Anna svar som melding blir berre sendt når du seier kva du byggjer på."
        "The consent does not cover feedback to the reporter. A preliminary answer can be sent when it says nothing about the person or what was done. Any other answer is sent as a message only when you say on what basis."
    field_basis
        "Grunnlag for å gi melder tilbakemelding"
        "Grunnlag for å gi meldar tilbakemelding"
        "Basis for telling the reporter"
    field_basis_hint
        "Kreves for utfall og beskjed som sendes. Det står i saken hva du valgte."
        "Må vere med for utfall og beskjed som blir sende. Det står i saka kva du valde."
        "Needed for an outcome and a message that are sent. What you chose stands in the case."
    basis_consent_since
        "Personen har samtykket til det siden"
        "Personen har samtykt til det sidan"
        "The person has consented to it since"
    basis_cooperating
        "Samarbeidende personell (helsepersonelloven § 25)"
        "Samarbeidande personell (helsepersonellova § 25)"
        "Cooperating personnel (Health Personnel Act § 25)"
    basis_health_care
        "Den som yter helsehjelp (helsepersonelloven § 45)"
        "Den som yter helsehjelp (helsepersonellova § 45)"
        "Those who give health care (Health Personnel Act § 45)"
    wrong_no_basis
        "Samtykket omfatter ikke tilbakemelding. Velg hva du bygger på, send et foreløpig svar uten opplysninger om personen, eller ring."
        "Samtykket omfattar ikkje tilbakemelding. Vel kva du byggjer på, send eit førebels svar utan opplysningar om personen, eller ring."
        "The consent does not cover feedback. Choose your basis, send a preliminary answer that tells nothing about the person, or telephone."
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
    /// The one thing to do when nothing can be sent. `whom`: name and telephone number.
    pub(in crate::inbox) fn call_whom(self, whom: &str) -> String {
        match self.0 {
            Language::Nb => format!("Ring melder ({whom}), og skriv her hva som ble sagt."),
            Language::Nn => format!("Ring meldar ({whom}), og skriv her kva som vart sagt."),
            Language::En => format!("Telephone the reporter ({whom}), and write here what was said."),
        }
    }

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
