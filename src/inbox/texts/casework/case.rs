//! What the page says of a case.

use crate::inbox::texts::words;

words! {
    case_heading
        "Saken"
        "Saka"
        "The case"
    case_undone
        "angret"
        "angra"
        "undone"
    case_deadline
        "Frist for svar"
        "Frist for svar"
        "Answer due"
    case_outcome
        "Avklaring eller vedtak"
        "Avklaring eller vedtak"
        "Clarification or decision"
    case_archive
        "Arkivreferanse"
        "Arkivreferanse"
        "Archive reference"
    case_plan
        "Individuell plan"
        "Individuell plan"
        "Individual plan"
    case_team
        "Ansvarsgruppe"
        "Ansvarsgruppe"
        "Team around the person"
    case_coordinator
        "Koordinator"
        "Koordinator"
        "Coordinator"
    case_next_contact
        "Neste kontakt"
        "Neste kontakt"
        "Next contact"
    case_consent
        "Samtykke nå"
        "Samtykke no"
        "Consent now"
    case_unmet_need
        "Udekket behov"
        "Udekt behov"
        "Unmet need"
    case_improvement
        "Forbedringsområde"
        "Forbetringsområde"
        "Can be done better"
    case_lifted
        "Løftet til"
        "Løfta til"
        "Lifted to"
    case_lifted_to_members
        "Medlemmene her"
        "Medlemmene her"
        "The members here"
}
