//! What is said about casework: states, acts and their forms, refusals.

mod acts;
mod case;
mod closing;
mod codes;
mod fields;
mod refused;

use crate::inbox::texts::words;

words! {
    tab_waiting
        "Venter svar"
        "Ventar svar"
        "Awaiting reply"
    tab_astray
        "Avvik"
        "Avvik"
        "Went astray"
    empty_waiting
        "Ingen meldinger venter på svar fra avsenderen."
        "Ingen meldingar ventar på svar frå avsendaren."
        "No report is waiting for the sender's reply."
    empty_astray
        "Ingen meldinger er tilbudt, trukket eller kommet feil."
        "Ingen meldingar er tilbydde, trekte eller komne feil."
        "No report is offered, withdrawn or gone astray."
    state_waiting
        "Venter svar"
        "Ventar svar"
        "Awaiting reply"
    state_proposed
        "Tilbudt oss"
        "Tilbydd oss"
        "Offered to us"
    state_offered
        "Overføring tilbudt"
        "Overføring tilbydd"
        "Transfer offered"
    state_transferred
        "Overført"
        "Overført"
        "Transferred"
    state_withdrawn
        "Trukket tilbake"
        "Trekt tilbake"
        "Withdrawn"
    act_confirm_next
        "Bekreft mottatt og ta neste"
        "Stadfest motteken og ta neste"
        "Confirm received and take next"
    act_undo
        "Angre"
        "Angre"
        "Undo"
    done_it
        "Det er gjort."
        "Det er gjort."
        "Done."
    done_undo
        "Det du gjorde, er angret."
        "Det du gjorde, er angra."
        "What you did has been undone."
    undo_text
        "Du kan angre i noen sekunder."
        "Du kan angre i nokre sekund."
        "You can undo this for a few seconds."
    back_to_report
        "Tilbake til meldingen"
        "Tilbake til meldinga"
        "Back to the report"
    proposed_text
        "En annen enhet tilbyr dere denne meldingen. Innholdet vises når dere har tatt imot."
        "Ei anna eining tilbyr dykk denne meldinga. Innhaldet blir vist når de har teke imot."
        "Another unit offers you this report. The content is shown when you have accepted."
    gone_text
        "Innholdet er ikke her lenger. Det som ble gjort, står igjen."
        "Innhaldet er ikkje her lenger. Det som vart gjort, står att."
        "The content is no longer here. What was done is kept."
}
