//! The sections and elements that only a dialogue message (dialogmelding) has.

use crate::inbox::texts::words;

words! {
    section_dialogue
        "Dialogmelding"
        "Dialogmelding"
        "Dialogue message"
    section_note
        "Notat"
        "Notat"
        "Note"
    section_question
        "Forespørsel"
        "Førespurnad"
        "Question"
    label_classification
        "Hva den gjelder"
        "Kva ho gjeld"
        "What it is about"
    label_version
        "Versjon"
        "Versjon"
        "Version"
    label_case_code
        "Kodet sakstype"
        "Koda sakstype"
        "Coded case type"
    label_case_type
        "Sakstype"
        "Sakstype"
        "Case type"
    label_theme
        "Tema"
        "Tema"
        "Theme"
    label_theme_code
        "Kodet tema"
        "Koda tema"
        "Coded theme"
    label_text
        "Tekst"
        "Tekst"
        "Text"
    label_remark
        "Merknad"
        "Merknad"
        "Remark"
    label_document_id
        "Dokument-id hos avsenderen"
        "Dokument-id hos avsendaren"
        "The sender's document id"
    label_question_kind
        "Type forespørsel"
        "Type førespurnad"
        "Kind of question"
    label_subject
        "Emne"
        "Emne"
        "Subject"
    label_question
        "Spørsmål"
        "Spørsmål"
        "Question"
    label_purpose
        "Formål"
        "Formål"
        "Purpose"
    label_from_date
        "Fra dato"
        "Frå dato"
        "From date"
    label_to_date
        "Til dato"
        "Til dato"
        "To date"
    label_asked_for
        "Opplysninger det spørres etter"
        "Opplysningar det blir spurt etter"
        "Information asked for"
    label_role_in_note
        "Rolle i notatet"
        "Rolle i notatet"
        "Role in the note"
    label_role_to_patient
        "Rolle overfor personen"
        "Rolle overfor personen"
        "Role towards the person"
    label_involved
        "Nevnt med rolle"
        "Nemnd med rolle"
        "Named with a role"
    party_professional
        "Helsepersonell"
        "Helsepersonell"
        "Health professional"
    party_person
        "Person"
        "Person"
        "Person"
    party_unit
        "Enhet"
        "Eining"
        "Unit"
    label_answers
        "Svar på melding"
        "Svar på melding"
        "Answers message"
    label_conversation
        "Del av samtale"
        "Del av samtale"
        "Part of conversation"
    content_left_out
        "Aktivt innhold (skript, stilark, bilder utenfra) vises ikke. All tekst er med."
        "Aktivt innhald (skript, stilark, bilete utanfrå) blir ikkje vist. All tekst er med."
        "Active content (scripts, style sheets, outside pictures) is not shown. All text is here."
    consent_unsaid
        "Ikke oppgitt"
        "Ikkje oppgitt"
        "Not said"
    consent_unsaid_text
        "En dialogmelding sier ikke om personen samtykker. Avklar det før dere gjør mer."
        "Ei dialogmelding seier ikkje om personen samtykkjer. Avklar det før de gjer meir."
        "A dialogue message does not say whether the person consents. Clarify it before you do more."
}
