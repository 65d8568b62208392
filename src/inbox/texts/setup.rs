//! What is said around the configuration's document.

use crate::inbox::texts::Words;

impl Words {
    pub(in crate::inbox) const fn setup(self) -> &'static str {
        self.pick("Oppsett", "Oppsett", "Configuration")
    }

    pub(in crate::inbox) const fn setup_intro(self) -> &'static str {
        self.pick(
            "Reglene, enhetene, avtalene og rutinene som gjelder for dere, hva prøvene kommer til, og alle endringer. Dokumentet passer i et kvalitetssystem. Det sier ingenting om personer.",
            "Reglane, einingane, avtalane og rutinane som gjeld for dykk, kva prøvene kjem til, og alle endringar. Dokumentet passar i eit kvalitetssystem. Det seier ingenting om personar.",
            "The rules, units, agreements and routines that hold for you, what the trials come to, and every change. The document fits a quality system. It says nothing about persons.",
        )
    }

    pub(in crate::inbox) const fn questionnaire(self) -> &'static str {
        self.pick("Fortell hvordan det var", "Fortel korleis det var", "Tell us how it was")
    }

    pub(in crate::inbox) const fn questionnaire_go(self) -> &'static str {
        self.pick(
            "Svar på noen spørsmål uten å si hvem du er",
            "Svar på nokre spørsmål utan å seie kven du er",
            "Answer some questions without saying who you are",
        )
    }

    pub(in crate::inbox) const fn links_page(self) -> &'static str {
        self.pick("Lenker", "Lenkjer", "Links")
    }

    pub(in crate::inbox) const fn links_none(self) -> &'static str {
        self.pick(
            "Det er ikke satt opp noen lenker.",
            "Det er ikkje sett opp nokon lenkjer.",
            "No links have been set up.",
        )
    }

    pub(in crate::inbox) const fn setup_text(self) -> &'static str {
        self.pick("Last ned som tekst", "Last ned som tekst", "Download as text")
    }
}
