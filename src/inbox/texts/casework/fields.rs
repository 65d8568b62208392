//! The fields of the forms of acts, and what is wrong with them.

use crate::inbox::texts::words;

words! {
    choose
        "Velg"
        "Vel"
        "Choose"
    field_optional
        "kan stå tom"
        "kan stå tom"
        "optional"
    wrong_missing
        "må fylles ut"
        "må fyllast ut"
        "must be filled in"
    wrong_too_long
        "er for lang"
        "er for lang"
        "is too long"
    wrong_not_a_date
        "er ikke en dato. Skriv for eksempel 2026-11-22"
        "er ikkje ein dato. Skriv til dømes 2026-11-22"
        "is not a date. Write for example 2026-11-22"
    wrong_not_yet
        "er fram i tid. Skriv dagen da det skjedde"
        "er fram i tid. Skriv dagen då det hende"
        "is in the future. Write the day when it happened"
    wrong_past
        "er passert. Skriv en dag fra i dag av"
        "er passert. Skriv ein dag frå i dag av"
        "is past. Write a day from today on"
    wrong_unticked
        "kryss av hvis det er det du vil"
        "kryss av dersom det er det du vil"
        "tick it if that is what you want"
    field_text
        "Tekst"
        "Tekst"
        "Text"
    field_colleague
        "Kollega"
        "Kollega"
        "Colleague"
    field_group
        "Gruppe"
        "Gruppe"
        "Group"
    field_reason
        "Grunn"
        "Grunn"
        "Reason"
    field_step
        "Trinn"
        "Steg"
        "Step"
    field_to_unit
        "Mottaker"
        "Mottakar"
        "Receiver"
    field_why
        "Hvorfor"
        "Kvifor"
        "Why"
    field_archive
        "Arkivreferanse (saks- og dokumentnummer)"
        "Arkivreferanse (saks- og dokumentnummer)"
        "Archive reference (case and document number)"
    field_outcome
        "Hva saken endte med"
        "Kva saka enda med"
        "What came of it"
    field_day
        "Dato"
        "Dato"
        "Date"
    field_coordinator
        "Koordinator"
        "Koordinator"
        "Coordinator"
    field_coordinator_kind
        "Type koordinator"
        "Type koordinator"
        "Kind of coordinator"
    field_duty
        "Oppgave"
        "Oppgåve"
        "Duty"
    field_from
        "Fra og med"
        "Frå og med"
        "From"
    field_until
        "Til og med"
        "Til og med"
        "Until"
    field_overlap
        "Overlapper en annen hovedkoordinator"
        "Overlappar ein annan hovudkoordinator"
        "Overlaps another main coordinator"
    field_replaces
        "Hvem som slutter"
        "Kven som sluttar"
        "Who ends"
    field_last_day
        "Siste dag"
        "Siste dag"
        "Last day"
    field_status
        "Status"
        "Status"
        "Status"
    field_members
        "Medlemmer"
        "Medlemmer"
        "Members"
    field_next_contact
        "Dato for neste kontakt"
        "Dato for neste kontakt"
        "Date of next contact"
    field_consent
        "Samtykke"
        "Samtykke"
        "Consent"
    field_unmet_need
        "Behov som ikke er dekket"
        "Behov som ikkje er dekt"
        "Need that is not covered"
    field_improvement
        "Viser saken noe som kan gjøres bedre?"
        "Viser saka noko som kan gjerast betre?"
        "Does the case show something that can be done better?"
}
