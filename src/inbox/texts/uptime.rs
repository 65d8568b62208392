//! Words of the page that says whether reports are taken just now.

use crate::inbox::texts::Words;

impl Words {
    pub(in crate::inbox) const fn uptime(self) -> &'static str {
        self.pick("Drift", "Drift", "Service status")
    }

    pub(in crate::inbox) const fn uptime_receives(self) -> &'static str {
        self.pick(
            "Meldeport tar imot meldinger nå.",
            "Meldeport tek imot meldingar no.",
            "Meldeport is taking reports now.",
        )
    }

    pub(in crate::inbox) const fn uptime_does_not(self) -> &'static str {
        self.pick(
            "Meldeport tar ikke imot meldinger akkurat nå.",
            "Meldeport tek ikkje imot meldingar akkurat no.",
            "Meldeport is not taking reports just now.",
        )
    }

    pub(in crate::inbox) const fn uptime_what_then(self) -> &'static str {
        self.pick(
            "Den som sender uten å få kvittering, har fortsatt meldingen, og sender den på nytt senere. Haster det, ring mottakeren.",
            "Den som sender utan å få kvittering, har framleis meldinga, og sender ho på nytt seinare. Hastar det, ring mottakaren.",
            "Whoever sends without getting a receipt still has the report, and sends it again later. If it is urgent, telephone the receiver.",
        )
    }

    pub(in crate::inbox) const fn uptime_since(self) -> &'static str {
        self.pick("I gang siden", "I gang sidan", "Running since")
    }

    pub(in crate::inbox) const fn uptime_looked(self) -> &'static str {
        self.pick("Sjekket", "Sjekka", "Checked")
    }

    pub(in crate::inbox) const fn uptime_nobody(self) -> &'static str {
        self.pick(
            "Når ingen er på jobb hos mottakeren",
            "Når ingen er på jobb hos mottakaren",
            "When nobody is at work at the receiver’s",
        )
    }

    pub(in crate::inbox) const fn uptime_nobody_text(self) -> &'static str {
        self.pick(
            "Meldingen blir tatt imot og kvittert for med en gang, også om natten og i helger. Den ligger ulest til noen åpner den. Blir den liggende for lenge, får stedfortrederen og lederen beskjed.",
            "Meldinga blir teken imot og kvittert for med ein gong, også om natta og i helger. Ho ligg ulesen til nokon opnar ho. Blir ho liggjande for lenge, får stadfortredaren og leiaren beskjed.",
            "The report is taken and receipted at once, also at night and at weekends. It lies unread until somebody opens it. If it lies too long, the deputy and the leader are told.",
        )
    }

    pub(in crate::inbox) const fn uptime_nobody_how(self) -> &'static str {
        self.pick(
            "Den som sendte, kan se at meldingen er mottatt, men ikke lest ennå: med koden fra skjemaet, eller i svaret på kvitteringen fra fagsystemet (Meldeport-Reading).",
            "Den som sende, kan sjå at meldinga er motteken, men ikkje lesen enno: med koden frå skjemaet, eller i svaret på kvitteringa frå fagsystemet (Meldeport-Reading).",
            "Whoever sent can see that the report is received but not read yet: with the code from the form, or with the receipt in their own system (Meldeport-Reading).",
        )
    }

    pub(in crate::inbox) const fn uptime_down(self) -> &'static str {
        self.pick("Når Meldeport er nede", "Når Meldeport er nede", "When Meldeport is down")
    }
}
