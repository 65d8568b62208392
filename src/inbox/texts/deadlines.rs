//! What the inbox says of deadlines, of printing and of the package for the archive.

use crate::domain::Language;
use crate::inbox::texts::Words;

impl Words {
    pub(in crate::inbox) const fn journal_reminded(self) -> &'static str {
        self.pick("sendte en påminnelse", "sende ei påminning", "sent a reminder")
    }

    pub(in crate::inbox) const fn journal_printed(self) -> &'static str {
        self.pick("skrev ut meldingen", "skreiv ut meldinga", "printed the report")
    }

    pub(in crate::inbox) const fn journal_exported(self) -> &'static str {
        self.pick("hentet arkivpakken", "henta arkivpakken", "fetched the package for the archive")
    }

    pub(in crate::inbox) const fn col_deadline(self) -> &'static str {
        self.pick("Frist", "Frist", "Deadline")
    }

    pub(in crate::inbox) const fn overdue_word(self) -> &'static str {
        self.pick("Over fristen", "Over fristen", "Overdue")
    }

    pub(in crate::inbox) const fn contact_overdue_word(self) -> &'static str {
        self.pick("Oppfølging er over tiden", "Oppfølging er over tida", "Follow-up is overdue")
    }

    pub(in crate::inbox) const fn overdue_heading(self) -> &'static str {
        self.pick("Må følges opp", "Må følgjast opp", "To be followed up")
    }

    pub(in crate::inbox) const fn overdue_text(self) -> &'static str {
        self.pick(
            "Meldinger som ikke er besvart innen fristen, saker der dagen for neste kontakt er passert, saker der en enhet skulle ha oppnevnt koordinator, og saker som er tilbudt en annen mottaker uten svar på tre døgn.",
            "Meldingar som ikkje er svara på innan fristen, saker der dagen for neste kontakt er passert, saker der ei eining skulle ha oppnemnt koordinator, og saker som er tilbodne ein annan mottakar utan svar på tre døgn.",
            "Reports that were not answered in time, cases whose day of the next contact is past, cases where a unit should have appointed a coordinator, and cases offered to another receiver who has not answered in three days.",
        )
    }

    pub(in crate::inbox) const fn overdue_none(self) -> &'static str {
        self.pick("Ingenting må følges opp.", "Ingenting må følgjast opp.", "Nothing needs to be followed up.")
    }

    /// `3 må følges opp`: more than what is over the deadline for an answer, which is counted elsewhere.
    pub(in crate::inbox) fn overdue_count(self, count: u64) -> String {
        format!("{count} {}", self.pick("må følges opp", "må følgjast opp", "to be followed up"))
    }

    pub(in crate::inbox) const fn answered_word(self) -> &'static str {
        self.pick("besvart", "svara på", "answered")
    }

    /// `om 3 dager`, `i dag`, `2 dager siden`
    pub(in crate::inbox) fn in_days(self, days: i32) -> String {
        let count = days.unsigned_abs();
        let unit = self.pick("dager", "dagar", "days");
        match days {
            -1 => self.pick("i går", "i går", "yesterday").to_owned(),
            0 => self.pick("i dag", "i dag", "today").to_owned(),
            1 => self.pick("i morgen", "i morgon", "tomorrow").to_owned(),
            2.. => format!("{} {count} {unit}", self.pick("om", "om", "in")),
            ..=-2 => format!("{count} {unit} {}", self.pick("siden", "sidan", "ago")),
        }
    }

    pub(in crate::inbox) fn offer_was_declined(self, reference: &str) -> String {
        match self.0 {
            Language::Nb => format!("Mottakeren sa nei til å overta {reference}. Saken er fortsatt deres."),
            Language::Nn => format!("Mottakaren sa nei til å ta over {reference}. Saka er framleis dykkar."),
            Language::En => format!("The receiver declined to take over {reference}. The case is still yours."),
        }
    }

    pub(in crate::inbox) const fn offer_why_declined(self) -> &'static str {
        self.pick("Se hvorfor", "Sjå kvifor", "See why")
    }

    pub(in crate::inbox) const fn print_page(self) -> &'static str {
        self.pick("Utskrift for journalen", "Utskrift for journalen", "Print for the records")
    }

    pub(in crate::inbox) const fn print_now(self) -> &'static str {
        self.pick("Skriv ut", "Skriv ut", "Print")
    }

    pub(in crate::inbox) const fn print_by(self) -> &'static str {
        self.pick("Skrevet ut av", "Skrive ut av", "Printed by")
    }

    pub(in crate::inbox) const fn archive_package_note(self) -> &'static str {
        self.pick(
            "Kommentarene og tidslinjen følger med i pakken.",
            "Kommentarane og tidslinja følgjer med i pakken.",
            "The comments and the timeline are in the package too.",
        )
    }

    /// Of what was written to somebody outside, `count` can still be undone or waits to be sent.
    pub(in crate::inbox) fn archive_not_sent_yet(self, count: usize) -> String {
        match (count, self.0) {
            (1, Language::Nb) => "Ett brev er ikke sendt ennå, og følger ikke med.".to_owned(),
            (1, Language::Nn) => "Eitt brev er ikkje sendt enno, og følgjer ikkje med.".to_owned(),
            (1, Language::En) => "One letter has not been sent yet, and is not in it.".to_owned(),
            (_, Language::Nb) => format!("{count} brev er ikke sendt ennå, og følger ikke med."),
            (_, Language::Nn) => format!("{count} brev er ikkje sende enno, og følgjer ikkje med."),
            (_, Language::En) => format!("{count} letters have not been sent yet, and are not in it."),
        }
    }

    pub(in crate::inbox) const fn archive_package(self) -> &'static str {
        self.pick("Hent arkivpakke (Noark 5)", "Hent arkivpakke (Noark 5)", "Fetch package for the archive (Noark 5)")
    }
}
