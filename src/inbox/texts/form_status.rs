//! What the sender of a report is told of what has become of it, besides that it has come.

use crate::inbox::texts::words;

words! {
    status_preliminary "Foreløpig svar er gitt" "Førebels svar er gitt" "A preliminary answer has been given"
    status_answered "Besvart" "Svart på" "Answered"
    status_asks "Kommunen venter på svar fra deg" "Kommunen ventar på svar frå deg" "The municipality is waiting for an answer from you"
    status_asks_text "Kommunen har spurt deg om mer, og saken venter på svaret. Ring enheten." "Kommunen har spurt deg om meir, og saka ventar på svaret. Ring eininga." "The municipality has asked you for more, and the case waits for your answer. Call the unit."
    status_not_here "Meldingen hørte ikke hjemme her" "Meldinga høyrde ikkje heime her" "The report did not belong here"
    status_not_here_text "Enheten har den ikke lenger og går ikke videre med den. Har ingen ringt deg, ringer du enheten og spør hvem som skal ha meldingen." "Eininga har ho ikkje lenger og går ikkje vidare med ho. Har ingen ringt deg, ringer du eininga og spør kven som skal ha meldinga." "The unit no longer has it and does nothing more with it. If nobody has called you, call the unit and ask who should have the report."
    status_outcome "Utfall" "Utfall" "Outcome"
}
