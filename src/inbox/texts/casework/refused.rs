//! Why an act was refused.

use crate::inbox::texts::words;

words! {
    refused_unopened
        "Det gikk ikke: Ingen har åpnet meldingen. Åpne den og les den først."
        "Det gjekk ikkje: Ingen har opna meldinga. Opne ho og les ho først."
        "That was not possible: nobody has opened the report. Open it and read it first."
    refused_waits
        "Det gikk ikke: Vi venter på svar fra avsenderen. Gi ansvaret til en kollega i stedet for å legge det tilbake."
        "Det gjekk ikkje: Vi ventar på svar frå avsendaren. Gi ansvaret til ein kollega i staden for å leggje det tilbake."
        "That was not possible: we are waiting for the sender's reply. Give the responsibility to a colleague instead of putting it back."
    refused_offered_away
        "Det gikk ikke: Meldingen er tilbudt en annen mottaker. Trekk tilbudet tilbake først."
        "Det gjekk ikkje: Meldinga er tilbydd ein annan mottakar. Trekk tilbodet tilbake først."
        "That was not possible: the report has been offered to another receiver. Take the offer back first."
    refused_not_offered
        "Det gikk ikke: Det er ikke noe tilbud om overføring å svare på. Kanskje er det trukket tilbake."
        "Det gjekk ikkje: Det er ikkje noko tilbod om overføring å svare på. Kanskje er det trekt tilbake."
        "That was not possible: there is no offer of transfer to answer. It may have been taken back."
    refused_not_accepted
        "Det gikk ikke: Meldingen er tilbudt dere, men ikke tatt imot ennå. Ta imot overføringen først."
        "Det gjekk ikkje: Meldinga er tilbydd dykk, men ikkje teken imot enno. Ta imot overføringa først."
        "That was not possible: the report has been offered to you, but not accepted yet. Accept the transfer first."
    refused_content_removed
        "Det gikk ikke: Innholdet er ikke her lenger. Meldingen er overført eller trukket tilbake."
        "Det gjekk ikkje: Innhaldet er ikkje her lenger. Meldinga er overført eller trekt tilbake."
        "That was not possible: the content is no longer here. The report has been transferred or withdrawn."
    refused_only_awareness
        "Det gikk ikke: Enheten får bare vite at meldingen finnes. En annen enhet har ansvaret for den."
        "Det gjekk ikkje: Eininga får berre vite at meldinga finst. Ei anna eining har ansvaret for ho."
        "That was not possible: your unit only knows that the report exists. Another unit is responsible for it."
    refused_no_archive_reference
        "Det gikk ikke: Meldingen er ikke journalført. Registrer arkivreferansen før du setter den som ferdig."
        "Det gjekk ikkje: Meldinga er ikkje journalført. Registrer arkivreferansen før du set ho som ferdig."
        "That was not possible: the report has not been filed. Register the archive reference before you mark it as done."
    refused_no_outcome
        "Det gikk ikke: Det står ikke hva saken endte med. Registrer avklaring eller vedtak før du setter den som ferdig."
        "Det gjekk ikkje: Det står ikkje kva saka enda med. Registrer avklaring eller vedtak før du set ho som ferdig."
        "That was not possible: it is not said what came of the case. Register the clarification or decision before you mark it as done."
    refused_already_taken
        "Du har alt ansvaret for meldingen."
        "Du har alt ansvaret for meldinga."
        "You are responsible for the report already."
    refused_already_confirmed
        "Det gikk ikke: En kollega har alt bekreftet at meldingen er mottatt."
        "Det gjekk ikkje: Ein kollega har alt stadfesta at meldinga er motteken."
        "That was not possible: a colleague has already confirmed that the report has been received."
    refused_already_lifted
        "Det gikk ikke: Saken er alt løftet dit, eller til en annen gruppe."
        "Det gjekk ikkje: Saka er alt løfta dit, eller til ei anna gruppe."
        "That was not possible: the case has already been lifted there, or to another group."
    refused_graded_for_members
        "Det gikk ikke: Saken er gradert og kan ikke leses av en hel gruppe."
        "Det gjekk ikkje: Saka er gradert og kan ikkje lesast av ei heil gruppe."
        "That was not possible: the case is graded and cannot be read by a whole group."
    refused_already_archived
        "Det gikk ikke: Meldingen er journalført her. En melding som kom feil, skal ikke stå i journalen. Rett opp i arkivet, og fjern referansen først."
        "Det gjekk ikkje: Meldinga er journalført her. Ei melding som kom feil, skal ikkje stå i journalen. Rett opp i arkivet, og fjern referansen først."
        "That was not possible: the report has been filed here. A report that came to the wrong place must not stay in the records. Correct the archive and remove the reference first."
    refused_already_there
        "Det gikk ikke: Mottakeren har alt meldingen."
        "Det gjekk ikkje: Mottakaren har alt meldinga."
        "That was not possible: the receiver already has the report."
    refused_coordinator_overlaps
        "Det gikk ikke: Det er alt en hovedkoordinator i den tiden. Avslutt den forrige, eller velg «Overlapper» for den nye."
        "Det gjekk ikkje: Det er alt ein hovudkoordinator i den tida. Avslutt den førre, eller vel «Overlappar» for den nye."
        "That was not possible: there is already a main coordinator in that period. End the former one, or choose “Overlaps” for the new one."
    refused_period_backwards
        "Det gikk ikke: Perioden slutter før den begynner."
        "Det gjekk ikkje: Perioden sluttar før han byrjar."
        "That was not possible: the period ends before it begins."
    refused_no_such_coordinator
        "Det gikk ikke: Koordinatoren står ikke på denne saken."
        "Det gjekk ikkje: Koordinatoren står ikkje på denne saka."
        "That was not possible: there is no such coordinator in this case."
    refused_nothing_to_undo
        "Det er ikke noe å angre her."
        "Det er ikkje noko å angre her."
        "There is nothing to undo here."
    refused_too_late_to_undo
        "Det er for sent å angre."
        "Det er for seint å angre."
        "It is too late to undo."
    refused_changed_since
        "Det gikk ikke å angre: Noen har gjort noe med saken etterpå."
        "Det gjekk ikkje å angre: Nokon har gjort noko med saka etterpå."
        "It could not be undone: somebody has done something with the case since."
}
