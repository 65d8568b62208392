//! The whole report, under the names of its sections and elements.

use crate::domain::Language;
use crate::inbox::texts::Words;
use crate::inbox::texts::words;

words! {
    letter
        "Hele meldingen"
        "Heile meldinga"
        "The whole report"
    section_need
        "Behovet"
        "Behovet"
        "The need"
    section_person
        "Personen"
        "Personen"
        "The person"
    section_guardians
        "Foresatte, verge og fullmektig"
        "Føresette, verje og fullmektig"
        "Guardians and representatives"
    section_consent
        "Samtykke"
        "Samtykke"
        "Consent"
    section_reporter
        "Melder"
        "Meldar"
        "Reporter"
    section_services
        "Tjenester"
        "Tenester"
        "Services"
    section_existing
        "Finnes fra før"
        "Finst frå før"
        "What exists already"
    section_circumstances
        "Hast, innleggelse og overganger"
        "Hast, innlegging og overgangar"
        "Urgency, admission and transitions"
    section_about
        "Om meldingen"
        "Om meldinga"
        "About the report"
    label_needs
        "Behov"
        "Behov"
        "Needs"
    label_description
        "Beskrivelse"
        "Beskriving"
        "Description"
    label_what_matters
        "Hva er viktig for personen"
        "Kva er viktig for personen"
        "What matters to the person"
    label_goals
        "Mål"
        "Mål"
        "Goals"
    label_duration
        "Varighet"
        "Kor lenge"
        "Duration"
    label_coordinator_wish
        "Ønske om koordinator"
        "Ønske om koordinator"
        "Wish for a coordinator"
    label_family_link
        "Familie"
        "Familie"
        "Family"
    label_name
        "Navn"
        "Namn"
        "Name"
    label_id
        "Id"
        "Id"
        "Identity"
    label_born
        "Fødselsdato"
        "Fødselsdato"
        "Date of birth"
    label_address
        "Adresse"
        "Adresse"
        "Address"
    label_grading
        "Adressegradering"
        "Adressegradering"
        "Address grading"
    label_spoken
        "Språk"
        "Språk"
        "Language"
    label_interpreter
        "Trenger tolk"
        "Treng tolk"
        "Needs an interpreter"
    label_contact_ways
        "Kan kontaktes"
        "Kan kontaktast"
        "May be contacted"
    label_no_guardian
        "Foresatt mangler"
        "Føresett manglar"
        "No guardian named"
    label_parental
        "Har foreldreansvar"
        "Har foreldreansvar"
        "Has parental responsibility"
    label_informed
        "Vet om meldingen"
        "Veit om meldinga"
        "Knows about the report"
    reason
        "Grunn"
        "Grunn"
        "Reason"
    label_basis
        "Rettslig grunnlag"
        "Rettsleg grunnlag"
        "Legal basis"
    label_category
        "Kategori"
        "Kategori"
        "Category"
    label_organisation
        "Virksomhet"
        "Verksemd"
        "Organisation"
    private_person
        "Privatperson"
        "Privatperson"
        "Private person"
    organisation_number
        "Organisasjonsnummer"
        "Organisasjonsnummer"
        "Organisation number"
    label_department
        "Avdeling"
        "Avdeling"
        "Department"
    label_role
        "Rolle"
        "Rolle"
        "Role"
    label_position
        "Stilling"
        "Stilling"
        "Position"
    label_hpr
        "HPR-nummer"
        "HPR-nummer"
        "HPR number"
    label_wants_answer
        "Ønsker svar"
        "Ønskjer svar"
        "Wants an answer"
    label_answer_channel
        "Svar ønskes som"
        "Svar ønskt som"
        "Answer wanted by"
    label_urgency
        "Hastegrad"
        "Hastegrad"
        "Urgency"
    label_admission
        "Innlagt"
        "Innlagd"
        "Admitted"
    label_transitions
        "Overgang"
        "Overgang"
        "Transition"
    label_attached
        "Vedlegg som er nevnt"
        "Vedlegg som er nemnde"
        "Attachments mentioned"
    label_kind
        "Meldingstype"
        "Meldingstype"
        "Kind of report"
    label_created
        "Skrevet"
        "Skriven"
        "Written"
    label_written_in
        "Skrevet på"
        "Skriven på"
        "Written in"
    label_processing
        "Behandlingsstatus"
        "Behandlingsstatus"
        "Processing status"
    processing_training
        "Opplæring"
        "Opplæring"
        "Training"
    processing_debugging
        "Feilsøking"
        "Feilsøking"
        "Debugging"
    label_concerns
        "Gjelder tidligere melding"
        "Gjeld tidlegare melding"
        "Concerns earlier report"
    label_report_id
        "Meldingens id"
        "Id for meldinga"
        "Id of the report"
    label_from
        "Sendt fra"
        "Send frå"
        "Sent from"
    label_to
        "Sendt til"
        "Send til"
        "Sent to"
    label_receiver_wish
        "Meldt til"
        "Meldt til"
        "Reported to"
    label_other_receivers
        "Også sendt til"
        "Også send til"
        "Also sent to"
    label_extension
        "Lokale tillegg"
        "Lokale tillegg"
        "Local additions"
    extension_not_shown
        "Meldingen har lokale tillegg som ikke vises her."
        "Meldinga har lokale tillegg som ikkje blir viste her."
        "The report has local additions that are not shown here."
    district
        "Bydel"
        "Bydel"
        "District"
    municipality
        "Kommune"
        "Kommune"
        "Municipality"
}

impl Words {
    /// `mark`: what the sender calls the family, which says nothing to people here but can be compared.
    pub(in crate::inbox) fn family_link_said(self, mark: &str) -> String {
        match self.0 {
            Language::Nb => format!("Avsenderen har merket at flere i familien er meldt. Avsenderens merke: {mark}"),
            Language::Nn => {
                format!("Avsendaren har merkt at fleire i familien er melde. Merket til avsendaren: {mark}")
            }
            Language::En => {
                format!("The sender has marked that several of the family are reported. The sender’s mark: {mark}")
            }
        }
    }
}
