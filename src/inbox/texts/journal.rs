//! Words for the particulars of the journal.

use crate::inbox::texts::Words;

impl Words {
    /// What is said of a line whose word we do not know (any more).
    pub(in crate::inbox) const fn journal_other(self) -> &'static str {
        self.pick("gjorde noe med saken", "gjorde noko med saka", "did something with the case")
    }

    pub(in crate::inbox) const fn word_from(self) -> &'static str {
        self.pick("fra", "frå", "from")
    }

    pub(in crate::inbox) const fn word_to(self) -> &'static str {
        self.pick("til", "til", "to")
    }

    pub(in crate::inbox) const fn word_through(self) -> &'static str {
        self.pick("til og med", "til og med", "through")
    }

    pub(in crate::inbox) const fn word_for(self) -> &'static str {
        self.pick("for", "for", "for")
    }

    pub(in crate::inbox) const fn journal_remarks(self) -> &'static str {
        self.pick("merknader", "merknader", "remarks")
    }

    pub(in crate::inbox) const fn journal_attempt(self) -> &'static str {
        self.pick("forsøk", "forsøk", "attempt")
    }

    pub(in crate::inbox) const fn journal_whole_message(self) -> &'static str {
        self.pick("Hele meldingen er fjernet.", "Heile meldinga er fjerna.", "The whole message has been removed.")
    }

    /// How a notice went, from the word that is kept.
    pub(in crate::inbox) fn channel(self, label: &str) -> &'static str {
        match label {
            "email" => self.pick("på e-post", "på e-post", "as e-mail"),
            _ => self.pick("til fagsystemet", "til fagsystemet", "to the case system"),
        }
    }

    pub(in crate::inbox) fn outbound_kind(self, label: &str) -> Option<&'static str> {
        Some(match label {
            "answer" => self.pick("Svar", "Svar", "An answer"),
            "question" => self.pick("Spørsmål", "Spørsmål", "A question"),
            "fault_report" => {
                self.pick("Melding om feil adressat", "Melding om feil adressat", "A note of wrong addressee")
            }
            "transfer" => self.pick("Overføring", "Overføring", "A transfer"),
            _ => return None,
        })
    }

    pub(in crate::inbox) const fn wish_see(self) -> &'static str {
        self.pick("ville se saken", "ville sjå saka", "wanted to see the case")
    }

    pub(in crate::inbox) const fn wish_read(self) -> &'static str {
        self.pick("ville lese", "ville lese", "wanted to read")
    }

    pub(in crate::inbox) const fn wish_work(self) -> &'static str {
        self.pick("ville gjøre noe med saken", "ville gjere noko med saka", "wanted to work with the case")
    }

    pub(in crate::inbox) const fn denied_unknown(self) -> &'static str {
        self.pick("saken er ikke deres", "saka er ikkje deira", "the case is not theirs")
    }

    pub(in crate::inbox) const fn denied_ended(self) -> &'static str {
        self.pick("tilgangen er slutt", "tilgangen er slutt", "the time of access is over")
    }

    pub(in crate::inbox) const fn denied_role(self) -> &'static str {
        self.pick("rollen går ikke så langt", "rolla går ikkje så langt", "the role does not go so far")
    }

    pub(in crate::inbox) const fn denied_second(self) -> &'static str {
        self.pick("ingen andre har godkjent det", "ingen andre har godkjent det", "nobody else has agreed to it")
    }

    pub(in crate::inbox) const fn journal_content_removed(self) -> &'static str {
        self.pick("fjernet innholdet", "fjerna innhaldet", "removed the content")
    }

    pub(in crate::inbox) const fn journal_rejected(self) -> &'static str {
        self.pick("avviste meldingen", "avviste meldinga", "rejected the report")
    }
}
