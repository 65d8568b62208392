//! What the page says of a case.

use crate::domain::ConsentStatus;
use crate::inbox::texts::Words;
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

impl Words {
    /// The top line of the consent's card, when it is not as the report said.
    pub(in crate::inbox) fn consent_changed(self, since: Option<&str>) -> String {
        let since = since.map_or_else(String::new, |it| format!(": {it}"));
        let changed =
            self.pick("Endret etter at meldingen kom", "Endra etter at meldinga kom", "Changed since the report came");
        format!("{changed}{since}")
    }

    pub(in crate::inbox) fn consent_reported(self, word: &str) -> String {
        format!("{}: {word}", self.pick("Det sto i meldingen", "Det stod i meldinga", "The report said"))
    }

    pub(in crate::inbox) const fn consent_choice(self, status: ConsentStatus) -> &'static str {
        match status {
            ConsentStatus::Objected => self.pick(
                "Motsatt seg, eller trukket samtykket tilbake",
                "Sett seg imot, eller trekt samtykket tilbake",
                "Objected, or withdrew the consent",
            ),
            _ => self.consent_short(status),
        }
    }

    pub(in crate::inbox) const fn consent_is_withdrawn(self) -> &'static str {
        self.pick(
            "Personen har motsatt seg eller trukket samtykket tilbake. Gi opplysninger videre bare når loven gir grunnlag for det.",
            "Personen har sett seg imot eller trekt samtykket tilbake. Gi opplysningar vidare berre når lova gir grunnlag for det.",
            "The person has objected or withdrawn the consent. Pass information on only when the law gives a basis for it.",
        )
    }
}
