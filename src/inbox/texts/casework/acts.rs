//! Acts: as a button says them, as the history tells them, and what their forms mean.

use crate::domain::ActKind;
use crate::inbox::texts::Words;

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
            ActKind::Give => self.pick("Kollegaen får ansvaret for meldingen. En koordinator som ikke er saksbehandler, får ikke ansvaret, men oppnevnes, og har saken så lenge.", "Kollegaen får ansvaret for meldinga. Ein koordinator som ikkje er saksbehandlar, får ikkje ansvaret, men blir oppnemnd, og har saka så lenge.", "The colleague becomes responsible for the report. A coordinator who is no case worker does not become responsible, but is appointed, and has the case as long as that."),
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
}
