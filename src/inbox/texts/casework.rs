//! What is said about casework: states, refusals, acts and their forms.

use crate::domain::ActKind;
use crate::domain::FollowUpKind;
use crate::inbox::texts::Words;
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
        "Det gikk ikke: Det er alt en hovedkoordinator i den tiden. Avslutt den forrige, eller kryss av for at de overlapper."
        "Det gjekk ikkje: Det er alt ein hovudkoordinator i den tida. Avslutt den førre, eller kryss av for at dei overlappar."
        "That was not possible: there is already a main coordinator in that period. End the former one, or tick that they overlap."
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
    proposed_text
        "En annen enhet tilbyr dere denne meldingen. Innholdet vises når dere har tatt imot."
        "Ei anna eining tilbyr dykk denne meldinga. Innhaldet blir vist når de har teke imot."
        "Another unit offers you this report. The content is shown when you have accepted."
    gone_text
        "Innholdet er ikke her lenger. Det som ble gjort, står igjen."
        "Innhaldet er ikkje her lenger. Det som vart gjort, står att."
        "The content is no longer here. What was done is kept."
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

impl Words {
    /// The act, as a button or a heading says it.
    pub(in crate::inbox) const fn act_kind(self, kind: ActKind) -> &'static str {
        match kind {
            ActKind::Open => self.pick("Åpne meldingen", "Opne meldinga", "Open the report"),
            ActKind::Take => self.pick("Ta ansvar", "Ta ansvar", "Take responsibility"),
            ActKind::Give => self.pick("Gi til en kollega", "Gi til ein kollega", "Give to a colleague"),
            ActKind::Release => self.pick("Legg tilbake", "Legg tilbake", "Put back"),
            ActKind::Confirm => self.pick("Bekreft mottatt", "Stadfest motteken", "Confirm received"),
            ActKind::AskForMore => self.pick("Be om mer", "Be om meir", "Ask for more"),
            ActKind::Answer => self.pick("Svar melder", "Svar meldar", "Answer the reporter"),
            ActKind::RegisterAnswer => self.pick("Svaret er kommet", "Svaret er kome", "The answer has come"),
            ActKind::TakeBackLift => self.pick("Trekk tilbake løftet", "Trekk tilbake løftet", "Take the lift back"),
            ActKind::LiftEnded => {
                self.pick("Saken er trukket tilbake", "Saka er trekt tilbake", "The case has been taken back")
            }
            ActKind::Lapse => self.pick("Ansvaret falt bort", "Ansvaret fall bort", "The responsibility lapsed"),
            ActKind::AnswerArrived => self.pick("Svar fra avsender", "Svar frå avsendar", "Reply from the sender"),
            ActKind::WrongAddressee => self.pick("Feil adressat", "Feil adressat", "Wrong addressee"),
            ActKind::OfferTransfer => {
                self.pick("Overfør til en annen enhet", "Overfør til ei anna eining", "Transfer to another unit")
            }
            ActKind::TakeBackTransfer => {
                self.pick("Trekk tilbake tilbudet", "Trekk tilbake tilbodet", "Take the offer back")
            }
            ActKind::AcceptTransfer => self.pick("Ta imot overføringen", "Ta imot overføringa", "Accept the transfer"),
            ActKind::DeclineTransfer => self.pick("Avslå overføringen", "Avslå overføringa", "Decline the transfer"),
            ActKind::TransferAccepted => {
                self.pick("Mottakeren har tatt imot", "Mottakaren har teke imot", "The receiver has accepted")
            }
            ActKind::TransferDeclined => {
                self.pick("Mottakeren har avslått", "Mottakaren har avslått", "The receiver has declined")
            }
            ActKind::OfferEnded => self.pick("Tilbudet er trukket", "Tilbodet er trekt", "The offer has ended"),
            ActKind::Lift => self.pick("Løft til gruppe", "Løft til gruppe", "Lift to a group"),
            ActKind::Archive => self.pick("Registrer journalføring", "Registrer journalføring", "Register filing"),
            ActKind::Decide => self.pick(
                "Registrer avklaring eller vedtak",
                "Registrer avklaring eller vedtak",
                "Register a clarification or decision",
            ),
            ActKind::AppointCoordinator => {
                self.pick("Oppnevn koordinator", "Oppnemn koordinator", "Appoint a coordinator")
            }
            ActKind::ChangeCoordinator => self.pick("Bytt koordinator", "Byt koordinator", "Change the coordinator"),
            ActKind::EndCoordinator => self.pick("Avslutt koordinator", "Avslutt koordinator", "End a coordinator"),
            ActKind::SetPlan => {
                self.pick("Registrer individuell plan", "Registrer individuell plan", "Register the individual plan")
            }
            ActKind::SetTeam => self.pick("Registrer ansvarsgruppe", "Registrer ansvarsgruppe", "Register the team"),
            ActKind::PlanContact => self.pick("Avtal neste kontakt", "Avtal neste kontakt", "Plan the next contact"),
            ActKind::ChangeConsent => self.pick("Endre samtykke", "Endre samtykke", "Change consent"),
            ActKind::FlagUnmetNeed => self.pick("Merk udekket behov", "Merk udekt behov", "Flag an unmet need"),
            ActKind::FlagImprovement => {
                self.pick("Merk forbedringsområde", "Merk forbetringsområde", "Flag what can be done better")
            }
            ActKind::InformOfWish
            | ActKind::Assess
            | ActKind::SendDecision
            | ActKind::PlanStart
            | ActKind::PlanReview
            | ActKind::TickChecklist
            | ActKind::Delegate
            | ActKind::TakeBackDelegation
            | ActKind::FinishDelegation
            | ActKind::LinkFamily
            | ActKind::UnlinkFamily => self.particular_kind(kind),
            ActKind::Comment => self.pick("Kommenter", "Kommenter", "Comment"),
            ActKind::Close => self.pick("Ferdig", "Ferdig", "Done"),
            ActKind::Reopen => self.pick("Gjenåpne", "Opne på nytt", "Reopen"),
            ActKind::Undo => self.pick("Angre", "Angre", "Undo"),
        }
    }

    /// On the button of an act's form. What is named by a noun is saved; the rest is done.
    pub(in crate::inbox) const fn act_submit(self, kind: ActKind) -> &'static str {
        match kind {
            ActKind::SetPlan
            | ActKind::SetTeam
            | ActKind::PlanContact
            | ActKind::FlagUnmetNeed
            | ActKind::FlagImprovement
            | ActKind::InformOfWish
            | ActKind::PlanStart
            | ActKind::PlanReview
            | ActKind::TickChecklist => self.pick("Lagre", "Lagre", "Save"),
            ActKind::WrongAddressee => {
                self.pick("Si fra om feil adressat", "Sei frå om feil adressat", "Tell of the wrong addressee")
            }
            ActKind::RegisterAnswer => self.pick("Lagre svaret", "Lagre svaret", "Save the answer"),
            ActKind::Comment => self.pick("Lagre kommentaren", "Lagre kommentaren", "Save the comment"),
            ActKind::AskForMore => self.pick("Send spørsmålet", "Send spørsmålet", "Send the question"),
            ActKind::Answer => self.pick("Send svaret", "Send svaret", "Send the answer"),
            ActKind::Open
            | ActKind::Take
            | ActKind::Give
            | ActKind::Release
            | ActKind::Confirm
            | ActKind::AnswerArrived
            | ActKind::OfferTransfer
            | ActKind::TakeBackTransfer
            | ActKind::AcceptTransfer
            | ActKind::DeclineTransfer
            | ActKind::TransferAccepted
            | ActKind::TransferDeclined
            | ActKind::OfferEnded
            | ActKind::TakeBackLift
            | ActKind::LiftEnded
            | ActKind::Lapse
            | ActKind::Lift
            | ActKind::Archive
            | ActKind::Decide
            | ActKind::AppointCoordinator
            | ActKind::ChangeCoordinator
            | ActKind::EndCoordinator
            | ActKind::ChangeConsent
            | ActKind::Assess
            | ActKind::SendDecision
            | ActKind::Delegate
            | ActKind::TakeBackDelegation
            | ActKind::FinishDelegation
            | ActKind::LinkFamily
            | ActKind::UnlinkFamily
            | ActKind::Close
            | ActKind::Reopen
            | ActKind::Undo => self.act_kind(kind),
        }
    }

    pub(in crate::inbox) const fn cancel(self) -> &'static str {
        self.pick("Avbryt", "Avbryt", "Cancel")
    }

    /// What somebody did, after their name.
    pub(in crate::inbox) fn lift_to_members(self, unit: &str) -> String {
        format!("{} {unit}", self.pick("Medlemmene i", "Medlemmene i", "The members of"))
    }

    pub(in crate::inbox) const fn act_told(self, kind: ActKind) -> &'static str {
        match kind {
            ActKind::Open => self.pick("åpnet meldingen", "opna meldinga", "opened the report"),
            ActKind::Take => self.pick("tok ansvar", "tok ansvar", "took responsibility"),
            ActKind::Give => self.pick("ga ansvaret til", "gav ansvaret til", "gave the responsibility to"),
            ActKind::Release => self.pick("la meldingen tilbake", "la meldinga tilbake", "put the report back"),
            ActKind::Confirm => self.pick(
                "bekreftet at meldingen er mottatt",
                "stadfesta at meldinga er motteken",
                "confirmed that the report was received",
            ),
            ActKind::AskForMore => {
                self.pick("ba avsenderen om mer", "bad avsendaren om meir", "asked the sender for more")
            }
            ActKind::Answer => self.pick("svarte melder", "svara meldar", "answered the reporter"),
            ActKind::RegisterAnswer => self.pick(
                "skrev ned svaret som kom muntlig",
                "skreiv ned svaret som kom munnleg",
                "wrote down the answer that was given by word of mouth",
            ),
            ActKind::TakeBackLift => self.pick("trakk tilbake løftet", "trekte tilbake løftet", "took the lift back"),
            ActKind::LiftEnded => self.pick("trakk saken tilbake", "trekte saka tilbake", "took the case back"),
            ActKind::Lapse => self.pick(
                "registrerte at ansvaret falt bort",
                "registrerte at ansvaret fall bort",
                "noted that the responsibility lapsed",
            ),
            ActKind::AnswerArrived => {
                self.pick("har sendt mer i saken", "har sendt meir i saka", "has said more in the case")
            }
            ActKind::WrongAddressee => {
                self.pick("meldte fra om feil adressat", "melde frå om feil adressat", "reported a wrong addressee")
            }
            ActKind::OfferTransfer => {
                self.pick("tilbød overføring til", "tilbaud overføring til", "offered a transfer to")
            }
            ActKind::TakeBackTransfer => self.pick(
                "trakk tilbake tilbudet om overføring",
                "trekte tilbake tilbodet om overføring",
                "took the offer of transfer back",
            ),
            ActKind::AcceptTransfer => {
                self.pick("tok imot overføringen", "tok imot overføringa", "accepted the transfer")
            }
            ActKind::DeclineTransfer => self.pick("avslo overføringen", "avslo overføringa", "declined the transfer"),
            ActKind::TransferAccepted => self.pick(
                "tok over saken hos mottakeren",
                "tok over saka hos mottakaren",
                "took the case over at the receiver",
            ),
            ActKind::TransferDeclined => self.pick(
                "avslo overføringen hos mottakeren",
                "avslo overføringa hos mottakaren",
                "declined the transfer at the receiver",
            ),
            ActKind::OfferEnded => self.pick(
                "trakk tilbudet om overføring",
                "trekte tilbodet om overføring",
                "withdrew the offer of transfer",
            ),
            ActKind::Lift => {
                self.pick("løftet saken til gruppe", "løfta saka til gruppe", "lifted the case to a group")
            }
            ActKind::Archive => {
                self.pick("registrerte journalføring", "registrerte journalføring", "registered the filing")
            }
            ActKind::Decide => self.pick(
                "registrerte avklaring eller vedtak",
                "registrerte avklaring eller vedtak",
                "registered a clarification or decision",
            ),
            ActKind::AppointCoordinator => {
                self.pick("oppnevnte koordinator", "oppnemnde koordinator", "appointed a coordinator")
            }
            ActKind::ChangeCoordinator => {
                self.pick("byttet koordinator", "bytte koordinator", "changed the coordinator")
            }
            ActKind::EndCoordinator => {
                self.pick("avsluttet koordinator", "avslutta koordinator", "ended a coordinator")
            }
            ActKind::SetPlan => self.pick(
                "registrerte status for individuell plan",
                "registrerte status for individuell plan",
                "registered where the individual plan stands",
            ),
            ActKind::SetTeam => self.pick(
                "registrerte ansvarsgruppe",
                "registrerte ansvarsgruppe",
                "registered the team around the person",
            ),
            ActKind::PlanContact => self.pick(
                "satte dato for neste kontakt",
                "sette dato for neste kontakt",
                "set the date of next contact",
            ),
            ActKind::ChangeConsent => {
                self.pick("registrerte endret samtykke", "registrerte endra samtykke", "registered a changed consent")
            }
            ActKind::FlagUnmetNeed => self.pick("merket udekket behov", "merkte udekt behov", "flagged an unmet need"),
            ActKind::FlagImprovement => {
                self.pick("merket forbedringsområde", "merkte forbetringsområde", "flagged something to do better")
            }
            ActKind::InformOfWish
            | ActKind::Assess
            | ActKind::SendDecision
            | ActKind::PlanStart
            | ActKind::PlanReview
            | ActKind::TickChecklist
            | ActKind::Delegate
            | ActKind::TakeBackDelegation
            | ActKind::FinishDelegation
            | ActKind::LinkFamily
            | ActKind::UnlinkFamily => self.particular_told(kind),
            ActKind::Comment => self.pick("kommenterte", "kommenterte", "commented"),
            ActKind::Close => self.pick("gjorde meldingen ferdig", "gjorde meldinga ferdig", "marked it as done"),
            ActKind::Reopen => self.pick("gjenåpnet meldingen", "opna meldinga på nytt", "reopened the report"),
            ActKind::Undo => self.pick("angret", "angra", "undid"),
        }
    }

    /// What the form of an act means; empty for those without one.
    pub(in crate::inbox) const fn act_intro(self, kind: ActKind) -> &'static str {
        match kind {
            ActKind::InformOfWish
            | ActKind::Assess
            | ActKind::SendDecision
            | ActKind::PlanStart
            | ActKind::PlanReview
            | ActKind::TickChecklist
            | ActKind::Delegate
            | ActKind::TakeBackDelegation
            | ActKind::FinishDelegation
            | ActKind::LinkFamily
            | ActKind::UnlinkFamily => self.particular_intro(kind),
            ActKind::Comment => self.pick("Kommentaren blir stående i saken. Avsenderen ser den ikke.", "Kommentaren blir ståande i saka. Avsendaren ser han ikkje.", "The comment stays in the case. The sender does not see it."),
            ActKind::Give => self.pick("Kollegaen får ansvaret for meldingen. Koordinatoren ser bare de sakene som er overlevert, og bare så lenge.", "Kollegaen får ansvaret for meldinga. Koordinatoren ser berre dei sakene som er overleverte, og berre så lenge.", "The colleague becomes responsible for the report. A coordinator sees only the cases that have been handed over, and only as long as that."),
            ActKind::AskForMore => self.pick("Spørsmålet går til den som sendte meldingen. Meldingen venter til svaret kommer.", "Spørsmålet går til den som sende meldinga. Meldinga ventar til svaret kjem.", "The question goes to whoever sent the report. The report waits until the reply comes."),
            ActKind::RegisterAnswer => self.pick("Når svaret kom muntlig. Et svar som blir sendt, kommer inn i saken av seg selv.", "Når svaret kom munnleg. Eit svar som blir sendt, kjem inn i saka av seg sjølv.", "When the answer was given by word of mouth. One that is sent comes into the case by itself."),
            ActKind::TakeBackLift => self.pick("De som saken ble løftet til, kan ikke lese den lenger, fra nå av. Det blir stående at den var der.", "Dei som saka vart løfta til, kan ikkje lese ho lenger, frå no av. Det blir ståande at ho var der.", "Those whom the case was lifted to can read it no more, from now on. What stays there is that it was."),
            ActKind::Answer => self.pick("Svaret går til den som sendte meldingen. Du kan angre i noen sekunder.", "Svaret går til den som sende meldinga. Du kan angre i nokre sekund.", "The answer goes to whoever sent the report. You can undo it for a few seconds."),
            ActKind::WrongAddressee => self.pick("Den som sendte meldingen, får vite at den ikke hører hjemme her. Så fjernes innholdet herfra.", "Den som sende meldinga, får vite at ho ikkje høyrer heime her. Så blir innhaldet fjerna herifrå.", "Whoever sent the report is told that it does not belong here. Then the content is removed from here."),
            ActKind::Lift => self.pick("Medlemmene i gruppen kan lese saken fra nå av; en annen gruppe får den i sin innboks. Du beholder ansvaret.", "Medlemmene i gruppa kan lese saka frå no av; ei anna gruppe får ho i innboksen sin. Du held på ansvaret.", "The members of the group may read the case from now on; another group gets it in its inbox. You remain responsible."),
            ActKind::OfferTransfer => self.pick("Meldingen er deres til mottakeren tar imot. Da følger innholdet med, og her blir det bare stående at den var her.", "Meldinga er dykkar til mottakaren tek imot. Då følgjer innhaldet med, og her blir det berre ståande at ho var her.", "The report is yours until the receiver accepts. Then the content goes along, and what stays here is only that it was here."),
            ActKind::DeclineTransfer => self.pick("Meldingen blir hos enheten som tilbød den. Skriv hvorfor, så den kan sendes dit den hører hjemme.", "Meldinga blir hos eininga som tilbaud ho. Skriv kvifor, så ho kan sendast dit ho høyrer heime.", "The report stays with the unit that offered it. Say why, so that it can be sent where it belongs."),
            ActKind::TransferDeclined => self.pick("Mottakeren har sagt nei. Meldingen blir hos dere.", "Mottakaren har sagt nei. Meldinga blir hos dykk.", "The receiver has said no. The report stays with you."),
            ActKind::Archive => self.pick("Meldingen må være journalført før den kan settes som ferdig.", "Meldinga må vere journalført før ho kan setjast som ferdig.", "The report must be filed before it can be marked as done."),
            ActKind::Decide => self.pick("Det må stå hva saken endte med før meldingen kan settes som ferdig.", "Det må stå kva saka enda med før meldinga kan setjast som ferdig.", "What came of the case must be said before the report can be marked as done."),
            ActKind::AppointCoordinator => self.pick("Det kan bare være én hovedkoordinator om gangen, hvis det ikke er sagt at to overlapper.", "Det kan berre vere éin hovudkoordinator om gongen, om det ikkje er sagt at to overlappar.", "There can be only one main coordinator at a time, unless it is said that two overlap."),
            ActKind::ChangeCoordinator => self.pick("Den som slutter, slutter dagen før den nye begynner, hvis de ikke overlapper. Begge blir stående i historikken.", "Den som sluttar, sluttar dagen før den nye byrjar, om dei ikkje overlappar. Begge blir ståande i historikken.", "The one who leaves ends the day before the new one begins, unless they overlap. Both stay in the history."),
            ActKind::EndCoordinator => self.pick("Perioden slutter den dagen du skriver.", "Perioden sluttar den dagen du skriv.", "The period ends on the day you write."),
            ActKind::SetPlan => self.pick("Hvor planen står, og siden når.", "Kvar planen står, og sidan når.", "Where the plan stands, and since when."),
            ActKind::SetTeam => self.pick("Om det er en gruppe rundt personen, og siden når.", "Om det er ei gruppe rundt personen, og sidan når.", "Whether there is a team around the person, and since when."),
            ActKind::PlanContact => self.pick("Når noen her skal ta kontakt igjen. La feltet stå tomt hvis det ikke er avtalt.", "Når nokon her skal ta kontakt igjen. La feltet stå tomt om det ikkje er avtalt.", "When somebody here is to be in touch again. Leave it empty when nothing is agreed."),
            ActKind::ChangeConsent => self.pick("Det som står i meldingen, blir ikke endret. Det nye gjelder fra den dagen du skriver.", "Det som står i meldinga, blir ikkje endra. Det nye gjeld frå den dagen du skriv.", "What the report says is not changed. The new consent holds from the day you write."),
            ActKind::FlagUnmetNeed => self.pick("Brukes i samlet rapport uten navn. La feltet stå tomt når behovet er dekket.", "Blir brukt i samla rapport utan namn. La feltet stå tomt når behovet er dekt.", "Used in a report of totals without names. Leave it empty when the need is covered."),
            ActKind::FlagImprovement => self.pick("Brukes i samlet rapport uten navn.", "Blir brukt i samla rapport utan namn.", "Used in a report of totals without names."),
            ActKind::Open | ActKind::Take | ActKind::Release | ActKind::Confirm | ActKind::AnswerArrived | ActKind::LiftEnded | ActKind::Lapse | ActKind::TakeBackTransfer | ActKind::AcceptTransfer | ActKind::TransferAccepted | ActKind::OfferEnded | ActKind::Close | ActKind::Reopen | ActKind::Undo => "",
        }
    }

    /// A code of casework in words. `None`: it is none.
    pub(in crate::inbox) fn case_code(self, code: &str) -> Option<&'static str> {
        if let Some(kind) = FollowUpKind::from_code(code) {
            return Some(self.follow_up(kind));
        }
        Some(match code {
            "IKKE_LOST_ANNEN_MATE" => {
                self.pick("Ikke løst på annen måte", "Ikkje løyst på annan måte", "Not solved in any other way")
            }
            "SAMTYKKET_SIDEN" => self.basis_consent_since(),
            "HPL_25" => self.basis_cooperating(),
            "HPL_45" => self.basis_health_care(),
            "GEVINST_KOMPETANSE" => self.pick(
                "Klart bedre her, og andre lærer av det",
                "Klart betre her, og andre lærer av det",
                "Clearly better here, and others learn from it",
            ),
            "TVIL_OM_ANSVAR" => self.pick(
                "Tvil om hvem som har ansvaret",
                "Tvil om kven som har ansvaret",
                "In doubt who is responsible",
            ),
            "I" => self.pick("Trinn I", "Steg I", "Step I"),
            "II" => self.pick("Trinn II", "Steg II", "Step II"),
            "III" => self.pick("Trinn III", "Steg III", "Step III"),
            "AVKLART_I_TJENESTEOMRADET" => {
                self.pick("Avklart i tjenesteområdet", "Avklart i tenesteområdet", "Clarified in the service area")
            }
            "INNVILGET" => self.pick("Innvilget", "Innvilga", "Granted"),
            "DELVIS_INNVILGET" => self.pick("Delvis innvilget", "Delvis innvilga", "Partly granted"),
            "AVSLAG" => self.pick("Avslag", "Avslag", "Refused"),
            "TRUKKET" => self.pick("Trukket av personen", "Trekt av personen", "Withdrawn by the person"),
            "IKKE_SAMTYKKE" => self.pick("Ikke samtykke", "Ikkje samtykke", "No consent"),
            "IKKE_BEHOV" => self.pick(
                "Ikke behov for samordnede tjenester",
                "Ikkje behov for samordna tenester",
                "No need for coordinated services",
            ),
            "VEILEDET" => self.pick("Veiledet", "Rettleidd", "Advised"),
            "FLYTTET" => self.pick("Flyttet", "Flytta", "Moved away"),
            "DOD" => self.pick("Død", "Død", "Deceased"),
            "ANNET" => self.pick("Annet", "Anna", "Other"),
            "KOMMUNAL" => self.pick("Kommunal koordinator", "Kommunal koordinator", "Municipal coordinator"),
            "BARNEKOORDINATOR" => self.pick("Barnekoordinator", "Barnekoordinator", "Child coordinator"),
            "FORLOPSKOORDINATOR" => self.pick("Forløpskoordinator", "Forløpskoordinator", "Pathway coordinator"),
            "HF" => {
                self.pick("Koordinator i helseforetak", "Koordinator i helseføretak", "Coordinator in a hospital trust")
            }
            "HOVED" => self.pick("Hovedkoordinator", "Hovudkoordinator", "Main coordinator"),
            "VED_SIDEN" => self.pick("Ved siden av", "Ved sida av", "Beside"),
            "NEI" => self.pick("Nei", "Nei", "No"),
            "JA" => self.pick("Ja", "Ja", "Yes"),
            "OVERLAPPER" => self.pick("Ja, de overlapper", "Ja, dei overlappar", "Yes, they overlap"),
            "ONSKET" => self.pick("Ønsket", "Ønskt", "Wished"),
            "UNDER_ARBEID" => self.pick("Under arbeid", "Under arbeid", "In progress"),
            "VIRKSOM" => self.pick("Virksom", "Verksam", "Active"),
            "AVSLATT" => self.pick("Avslått", "Avslått", "Refused"),
            "AVSLUTTET" => self.pick("Avsluttet", "Avslutta", "Ended"),
            "INGEN" => self.pick("Ingen", "Inga", "None"),
            "PLANLAGT" => self.pick("Planlagt", "Planlagd", "Planned"),
            "AKTIV" => self.pick("Aktiv", "Aktiv", "Active"),
            "KOORDINATOR" => self.pick("Koordinator", "Koordinator", "Coordinator"),
            "INDIVIDUELL_PLAN" => self.pick("Individuell plan", "Individuell plan", "Individual plan"),
            "REHABILITERING" => self.pick("Rehabilitering", "Rehabilitering", "Rehabilitation"),
            "HABILITERING" => self.pick("Habilitering", "Habilitering", "Habilitation"),
            "AVLASTNING" => self.pick("Avlastning", "Avlasting", "Respite care"),
            "BOLIG" => self.pick("Bolig", "Bustad", "Housing"),
            "PSYKISK_HELSE_RUS" => {
                self.pick("Psykisk helse og rus", "Psykisk helse og rus", "Mental health and addiction")
            }
            "ARBEID_AKTIVITET" => self.pick("Arbeid og aktivitet", "Arbeid og aktivitet", "Work and activity"),
            "SKOLE_BARNEHAGE" => self.pick("Skole og barnehage", "Skule og barnehage", "School and kindergarten"),
            "OVERTATT" => self.pick("Vi tar over saken", "Vi tek over saka", "We take the case over"),
            "FORELOPIG" => self.pick("Foreløpig svar", "Førebels svar", "Preliminary answer"),
            "UTFALL" => self.pick("Hva som ble gjort", "Kva som vart gjort", "What was done"),
            "TELEFON" => self.pick("Sagt på telefon", "Sagt på telefon", "Said by telephone"),
            "BESKJED" => self.pick("Beskjed", "Beskjed", "Message"),
            _ => return self.particular_code(code),
        })
    }
}
