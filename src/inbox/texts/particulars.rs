//! What is said of what is noted in a case: the steps to a plan, delegated appointments, and family.

use crate::domain::ActKind;
use crate::domain::Lacking;
use crate::inbox::texts::Words;

impl Words {
    /// An act of this kind as something to do; empty for those that are told elsewhere.
    pub(super) const fn particular_kind(self, kind: ActKind) -> &'static str {
        match kind {
            ActKind::InformOfWish => self.pick(
                "Registrer informasjon om ønske",
                "Registrer informasjon om ønske",
                "Register that wishes were asked for",
            ),
            ActKind::Assess => self.pick("Registrer vurdering", "Registrer vurdering", "Register the assessment"),
            ActKind::SendDecision => self.pick(
                "Registrer at vedtaket er sendt",
                "Registrer at vedtaket er sendt",
                "Register that the decision is sent",
            ),
            ActKind::PlanStart => self.pick("Avtal oppstartsmøte", "Avtal oppstartsmøte", "Plan the start-up meeting"),
            ActKind::PlanReview => {
                self.pick("Avtal evaluering av planen", "Avtal evaluering av planen", "Plan the review")
            }
            ActKind::TickChecklist => self.pick("Fyll ut sjekklisten", "Fyll ut sjekklista", "Fill in the checklist"),
            ActKind::Delegate => self.pick(
                "Be en enhet oppnevne koordinator",
                "Be ei eining oppnemne koordinator",
                "Ask a unit to appoint the coordinator",
            ),
            ActKind::TakeBackDelegation => self.pick(
                "Avslutt delegeringen uten koordinator",
                "Avslutt delegeringa utan koordinator",
                "End the delegation without a coordinator",
            ),
            ActKind::FinishDelegation => {
                self.pick("Koordinator er oppnevnt", "Koordinator er oppnemnd", "A coordinator has been appointed")
            }
            ActKind::LinkFamily => {
                self.pick("Knytt til sak i familien", "Knyt til sak i familien", "Link to a case in the family")
            }
            ActKind::UnlinkFamily => self.pick("Løs fra familien", "Løys frå familien", "Unlink from the family"),
            _ => "",
        }
    }

    /// The same as something that was done, after the name of whoever did it.
    pub(super) const fn particular_told(self, kind: ActKind) -> &'static str {
        match kind {
            ActKind::InformOfWish => self.pick(
                "noterte at personen er informert om ønske",
                "noterte at personen er informert om ønske",
                "noted that the person was told of the right to wish",
            ),
            ActKind::Assess => self.pick("registrerte vurdering", "registrerte vurdering", "registered an assessment"),
            ActKind::SendDecision => self.pick(
                "noterte at vedtaket er sendt",
                "noterte at vedtaket er sendt",
                "noted that the decision was sent",
            ),
            ActKind::PlanStart => self.pick(
                "satte dato for oppstartsmøte",
                "sette dato for oppstartsmøte",
                "set the date of the start-up meeting",
            ),
            ActKind::PlanReview => self.pick(
                "satte dato for evaluering av planen",
                "sette dato for evaluering av planen",
                "set the date of the review",
            ),
            ActKind::TickChecklist => {
                self.pick("gikk gjennom sjekklisten", "gjekk gjennom sjekklista", "went through the checklist")
            }
            ActKind::Delegate => self.pick(
                "ba en enhet oppnevne koordinator",
                "bad ei eining oppnemne koordinator",
                "asked a unit to appoint the coordinator",
            ),
            ActKind::TakeBackDelegation => {
                self.pick("avsluttet delegeringen", "avslutta delegeringa", "ended the delegation")
            }
            ActKind::FinishDelegation => self.pick(
                "oppnevnte koordinator i den andre enheten",
                "oppnemnde koordinator i den andre eininga",
                "appointed the coordinator in the other unit",
            ),
            ActKind::LinkFamily => self.pick(
                "knyttet saken til en sak i familien",
                "knytte saka til ei sak i familien",
                "linked the case to one in the family",
            ),
            ActKind::UnlinkFamily => {
                self.pick("løste saken fra familien", "løyste saka frå familien", "unlinked the case from the family")
            }
            _ => "",
        }
    }

    /// What its form means.
    pub(super) const fn particular_intro(self, kind: ActKind) -> &'static str {
        match kind {
            ActKind::InformOfWish => self.pick(
                "Personen har rett til å si hvem som helst skal være koordinator. Noter når det ble sagt fra, og hva ønsket er.",
                "Personen har rett til å seie kven som helst skal vere koordinator. Noter når det vart sagt frå, og kva ønsket er.",
                "The person has the right to say who should preferably be the coordinator. Note when this was said, and what the wish is.",
            ),
            ActKind::Assess => self.pick(
                "Hva dere kom til, og når. Navnet ditt står ved vurderingen.",
                "Kva de kom til, og når. Namnet ditt står ved vurderinga.",
                "What you concluded, and when. Your name stands beside the assessment.",
            ),
            ActKind::SendDecision => self.pick(
                "Bare at det er sendt, og når. Selve vedtaket går i brev eller digital post, aldri herfra.",
                "Berre at det er sendt, og når. Sjølve vedtaket går i brev eller digital post, aldri herifrå.",
                "Only that it has been sent, and when. The decision itself goes by letter or digital mail, never from here.",
            ),
            ActKind::PlanStart => self.pick(
                "Når personen, koordinatoren og de andre møtes for å begynne. La feltet stå tomt hvis det ikke er avtalt.",
                "Når personen, koordinatoren og dei andre møtest for å byrje. La feltet stå tomt om det ikkje er avtalt.",
                "When the person, the coordinator and the others meet to begin. Leave it empty when nothing is agreed.",
            ),
            ActKind::PlanReview => self.pick(
                "Når planen skal gås gjennom. Er dagen passert, står saken i listen «Evaluering» i registeret.",
                "Når planen skal gåast gjennom. Er dagen passert, står saka i lista «Evaluering» i registeret.",
                "When the plan is to be gone through. When the day is past, the case is in the list “Review” of the register.",
            ),
            ActKind::TickChecklist => self.pick(
                "Kryss av for det som er på plass nå.",
                "Kryss av for det som er på plass no.",
                "Tick what is in place now.",
            ),
            ActKind::Delegate => self.pick(
                "Enheten får saken i innboksen sin og oppnevner koordinator der. Dere ser det her til det er gjort, og begge blir minnet om fristen.",
                "Eininga får saka i innboksen sin og oppnemner koordinator der. De ser det her til det er gjort, og begge blir minte om fristen.",
                "The unit gets the case in its inbox and appoints the coordinator there. You see it here until it is done, and both are reminded of the deadline.",
            ),
            ActKind::TakeBackDelegation => self.pick(
                "Begge enhetene får vite at oppgaven er avsluttet. Ingen koordinator er oppnevnt, og enheten som ble bedt om det, har ikke saken lenger.",
                "Begge einingane får vite at oppgåva er avslutta. Ingen koordinator er oppnemnd, og eininga som vart beden om det, har ikkje saka lenger.",
                "Both units are told that the task has ended. No coordinator has been appointed, and the unit that was asked to has the case no more.",
            ),
            ActKind::LinkFamily => self.pick(
                "Skriv referansen til den andre saken. Bare de som har tilgang til begge sakene, ser at den andre finnes, og bare så lenge begge samtykker.",
                "Skriv referansen til den andre saka. Berre dei som har tilgang til begge sakene, ser at den andre finst, og berre så lenge begge samtykkjer.",
                "Write the reference of the other case. Only those who have access to both see that the other exists, and only as long as both consent.",
            ),
            ActKind::UnlinkFamily => self.pick(
                "Saken blir ikke lenger vist ved de andre sakene i familien.",
                "Saka blir ikkje lenger vist ved dei andre sakene i familien.",
                "The case is no longer shown beside the other cases in the family.",
            ),
            _ => "",
        }
    }

    pub(in crate::inbox) const fn lacking(self, what: Lacking) -> &'static str {
        match what {
            Lacking::Information => self.pick(
                "Det er ikke notert at personen er informert om å kunne ønske koordinator.",
                "Det er ikkje notert at personen er informert om å kunne ønskje koordinator.",
                "It has not been noted that the person was told of the right to wish for a coordinator.",
            ),
            Lacking::Assessment => self.pick(
                "Det er ikke registrert noen vurdering av behovet.",
                "Det er ikkje registrert noka vurdering av behovet.",
                "No assessment of the need has been registered.",
            ),
        }
    }

    pub(in crate::inbox) const fn field_anyway(self) -> &'static str {
        self.pick(
            "Oppnevn koordinator selv om dette mangler",
            "Oppnemn koordinator sjølv om dette manglar",
            "Appoint a coordinator although this is missing",
        )
    }

    pub(in crate::inbox) const fn field_decision(self) -> &'static str {
        self.pick("Vedtaksreferanse", "Vedtaksreferanse", "Reference of the decision")
    }

    pub(in crate::inbox) const fn field_wish(self) -> &'static str {
        self.pick("Hva personen ønsker", "Kva personen ønskjer", "What the person wishes")
    }

    pub(in crate::inbox) const fn field_result(self) -> &'static str {
        self.pick("Resultat", "Resultat", "Result")
    }

    pub(in crate::inbox) const fn field_sent_on(self) -> &'static str {
        self.pick("Sendt", "Sendt", "Sent")
    }

    pub(in crate::inbox) const fn field_due(self) -> &'static str {
        self.pick("Frist", "Frist", "Deadline")
    }

    pub(in crate::inbox) const fn field_service_unit(self) -> &'static str {
        self.pick("Enhet som skal oppnevne", "Eining som skal oppnemne", "Unit that is to appoint")
    }

    pub(in crate::inbox) const fn field_other_reference(self) -> &'static str {
        self.pick("Referansen til den andre saken", "Referansen til den andre saka", "Reference of the other case")
    }

    pub(in crate::inbox) const fn wrong_not_found(self) -> &'static str {
        self.pick(
            "er ikke en annen sak som du har tilgang til",
            "er ikkje ei anna sak som du har tilgang til",
            "is not another case that you have access to",
        )
    }

    pub(in crate::inbox) const fn wrong_no_consent(self) -> &'static str {
        self.pick(
            "kan ikke knyttes: begge må ha samtykket",
            "kan ikkje knytast: begge må ha samtykt",
            "cannot be linked: both must have consented",
        )
    }

    pub(in crate::inbox) const fn wrong_other_unopened(self) -> &'static str {
        self.pick(
            "saken med den referansen har ingen åpnet ennå. Åpne den og les den først",
            "saka med den referansen har ingen opna enno. Opne ho og les ho først",
            "nobody has opened the case with that reference yet. Open and read it first",
        )
    }

    pub(in crate::inbox) const fn wrong_same_person(self) -> &'static str {
        self.pick(
            "saken gjelder den samme personen, og står alt under «Andre meldinger om samme person»",
            "saka gjeld den same personen, og står alt under «Andre meldingar om same person»",
            "that case is about the same person, and stands under the other reports about the same person already",
        )
    }

    pub(in crate::inbox) const fn wrong_linked_elsewhere(self) -> &'static str {
        self.pick(
            "er alt knyttet til en annen familie. Løs den fra den først",
            "er alt knytt til ein annan familie. Løys ho frå den først",
            "is already linked to another family. Unlink it first",
        )
    }

    pub(in crate::inbox) const fn case_informed(self) -> &'static str {
        self.pick("Informert om ønske", "Informert om ønske", "Informed of the right to wish")
    }

    pub(in crate::inbox) const fn case_wish(self) -> &'static str {
        self.pick("Ønske om koordinator", "Ønske om koordinator", "Wish for a coordinator")
    }

    pub(in crate::inbox) const fn case_assessment(self) -> &'static str {
        self.pick("Vurdering", "Vurdering", "Assessment")
    }

    pub(in crate::inbox) const fn case_sent(self) -> &'static str {
        self.pick("Vedtaket er sendt", "Vedtaket er sendt", "Decision sent")
    }

    pub(in crate::inbox) const fn case_start(self) -> &'static str {
        self.pick("Oppstartsmøte", "Oppstartsmøte", "Start-up meeting")
    }

    pub(in crate::inbox) const fn case_review(self) -> &'static str {
        self.pick("Evaluering av planen", "Evaluering av planen", "Review of the plan")
    }

    pub(in crate::inbox) const fn case_checklist(self) -> &'static str {
        self.pick("Sjekkliste", "Sjekkliste", "Checklist")
    }

    pub(in crate::inbox) const fn case_delegated_to(self) -> &'static str {
        self.pick("Skal oppnevne koordinator", "Skal oppnemne koordinator", "Is to appoint the coordinator")
    }

    pub(in crate::inbox) const fn case_delegated_by(self) -> &'static str {
        self.pick(
            "Dere skal oppnevne koordinator for",
            "De skal oppnemne koordinator for",
            "You are to appoint the coordinator for",
        )
    }

    pub(in crate::inbox) const fn case_team_members(self) -> &'static str {
        self.pick("Medlemmer av ansvarsgruppen", "Medlemmer av ansvarsgruppa", "Members of the team")
    }

    pub(in crate::inbox) const fn by_day(self) -> &'static str {
        self.pick("innen", "innan", "by")
    }

    pub(in crate::inbox) const fn register_review(self) -> &'static str {
        self.pick("Evaluering", "Evaluering", "Review")
    }

    pub(in crate::inbox) const fn register_delegated(self) -> &'static str {
        self.pick("Delegert oppnevning", "Delegert oppnemning", "Delegated appointment")
    }

    pub(in crate::inbox) const fn register_appoint_by(self) -> &'static str {
        self.pick("Oppnevnes innen", "Skal oppnemnast innan", "To be appointed by")
    }

    pub(in crate::inbox) const fn kin_heading(self) -> &'static str {
        self.pick("Saker i samme familie", "Saker i same familie", "Cases in the same family")
    }

    pub(in crate::inbox) const fn kin_exists(self) -> &'static str {
        self.pick("Det finnes en sak:", "Det finst ei sak:", "There is a case:")
    }

    pub(in crate::inbox) const fn refused_already_delegated(self) -> &'static str {
        self.pick(
            "Det gikk ikke: En enhet er alt bedt om å oppnevne koordinator. Avslutt den delegeringen først.",
            "Det gjekk ikkje: Ei eining er alt beden om å oppnemne koordinator. Avslutt den delegeringa først.",
            "That was not possible: a unit has already been asked to appoint the coordinator. End that delegation first.",
        )
    }

    pub(in crate::inbox) const fn refused_not_delegated(self) -> &'static str {
        self.pick(
            "Det gikk ikke: Ingen er bedt om å oppnevne koordinator her.",
            "Det gjekk ikkje: Ingen er beden om å oppnemne koordinator her.",
            "That was not possible: nobody has been asked to appoint a coordinator here.",
        )
    }

    pub(in crate::inbox) const fn refused_not_linked(self) -> &'static str {
        self.pick(
            "Det gikk ikke: Saken er ikke knyttet til noen familie.",
            "Det gjekk ikkje: Saka er ikkje knytt til nokon familie.",
            "That was not possible: the case is not linked to any family.",
        )
    }

    /// A code of what is noted, in words. `None`: it is none.
    pub(super) fn particular_code(self, code: &str) -> Option<&'static str> {
        Some(match code {
            "RETT" => self.pick(
                "Har rett til koordinator og individuell plan",
                "Har rett til koordinator og individuell plan",
                "Has the right to a coordinator and an individual plan",
            ),
            "RETT_KOORDINATOR" => {
                self.pick("Har rett til koordinator", "Har rett til koordinator", "Has the right to a coordinator")
            }
            "RETT_BARNEKOORDINATOR" => self.pick(
                "Har rett til barnekoordinator",
                "Har rett til barnekoordinator",
                "Has the right to a child coordinator",
            ),
            "IKKE_RETT" => self.pick("Har ikke rett", "Har ikkje rett", "Has no right"),
            "MA_UTREDES" => self.pick("Må utredes mer", "Må greiast ut meir", "More must be known first"),
            "DELTAR_OG_EGNE_MAL" => self.pick(
                "Personen deltar, og målene er egne",
                "Personen deltek, og måla er eigne",
                "The person takes part, and the goals are the person's own",
            ),
            "KOORDINATOR_PA_PLASS" => self.pick(
                "Det er en koordinator som personen når",
                "Det er ein koordinator som personen når",
                "There is a coordinator whom the person can reach",
            ),
            "TILTAK_OG_ANSVAR" => {
                self.pick("Det står hvem som gjør hva", "Det står kven som gjer kva", "It says who does what")
            }
            "SAMTYKKE_DEKKER" => self.pick(
                "Samtykket sier hvem som kan vite hva",
                "Samtykket seier kven som kan vite kva",
                "The consent says who may know what",
            ),
            "EVALUERING_AVTALT" => {
                self.pick("Evaluering er avtalt", "Evaluering er avtalt", "A review has been agreed")
            }
            "KRISEPLAN" => self.pick(
                "Det står hva som gjøres i en krise",
                "Det står kva som blir gjort i ei krise",
                "It says what is done in a crisis",
            ),
            _ => return None,
        })
    }
}
