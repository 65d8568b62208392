//! What is said of a case that is to be closed.

use crate::inbox::texts::words;

words! {
    closing_heading
        "Før saken kan avsluttes"
        "Før saka kan avsluttast"
        "Before the case can be closed"
    closing_ready
        "Alt som må være med, er på plass. Saken kan avsluttes."
        "Alt som må vere med, er på plass. Saka kan avsluttast."
        "All that is needed is there. The case can be closed."
    closing_answer
        "Svar til den som meldte"
        "Svar til den som melde"
        "Answer to whoever reported"
    closing_coordinator
        "Hovedkoordinator"
        "Hovudkoordinator"
        "Main coordinator"
    closing_filing
        "Journalføring"
        "Journalføring"
        "Filing"
    closing_done
        "Gjort"
        "Gjort"
        "Done"
    closing_missing
        "Mangler"
        "Manglar"
        "Missing"
    lift_ended_with_the_case
        "Saken er ferdigbehandlet."
        "Saka er ferdigbehandla."
        "The case is closed."
    closing_advised
        "Anbefalt"
        "Tilrådd"
        "Advised"
}
