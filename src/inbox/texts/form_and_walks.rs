//! Words of the frame: where a page's actions stand, and what is kept when a session is over.

use crate::inbox::texts::Words;

impl Words {
    pub(in crate::inbox) const fn acts_more(self) -> &'static str {
        self.pick("Flere handlinger", "Fleire handlingar", "More actions")
    }

    pub(in crate::inbox) const fn acts_hands(self) -> &'static str {
        self.pick("Hvem har saken", "Kven har saka", "Who has the case")
    }

    pub(in crate::inbox) const fn acts_outcome(self) -> &'static str {
        self.pick("Journal og utfall", "Journal og utfall", "Filing and outcome")
    }

    pub(in crate::inbox) const fn acts_coordinator(self) -> &'static str {
        self.pick("Koordinator og plan", "Koordinator og plan", "Coordinator and plan")
    }

    pub(in crate::inbox) const fn acts_following(self) -> &'static str {
        self.pick("Oppfølging", "Oppfølging", "Following up")
    }

    pub(in crate::inbox) const fn acts_paper(self) -> &'static str {
        self.pick("Papir og arkiv", "Papir og arkiv", "Paper and archive")
    }

    pub(in crate::inbox) const fn contact_person(self) -> &'static str {
        self.pick("Kontaktperson", "Kontaktperson", "Contact person")
    }

    pub(in crate::inbox) const fn contact_deputy(self) -> &'static str {
        self.pick("Stedfortreder", "Stadfortredar", "Deputy")
    }

    pub(in crate::inbox) const fn statistics_no_rows(self) -> &'static str {
        self.pick("Ingen i perioden.", "Ingen i perioden.", "None in the period.")
    }

    pub(in crate::inbox) const fn coordinator_contacted(self) -> &'static str {
        self.pick("Sist kontaktet", "Sist kontakta", "Last contacted")
    }

    pub(in crate::inbox) const fn contacted_column(self) -> &'static str {
        self.pick("Ny kontakt", "Ny kontakt", "New contact")
    }

    pub(in crate::inbox) const fn contacted_day(self) -> &'static str {
        self.pick("Dagen for kontakten", "Dagen for kontakten", "The day of the contact")
    }

    pub(in crate::inbox) const fn contacted_submit(self) -> &'static str {
        self.pick("Registrer", "Registrer", "Register")
    }

    pub(in crate::inbox) const fn contacted_done(self) -> &'static str {
        self.pick("Kontakten er registrert.", "Kontakten er registrert.", "The contact has been registered.")
    }

    pub(in crate::inbox) const fn contacted_wrong(self) -> &'static str {
        self.pick(
            "Velg en dag som ikke er senere enn i dag.",
            "Vel ein dag som ikkje er seinare enn i dag.",
            "Choose a day that is not later than today.",
        )
    }

    pub(in crate::inbox) const fn kept_heading(self) -> &'static str {
        self.pick(
            "Du er logget ut, men det du skrev er her",
            "Du er logga ut, men det du skreiv er her",
            "You have been signed out, but what you wrote is here",
        )
    }

    pub(in crate::inbox) const fn kept_text(self) -> &'static str {
        self.pick(
            "Ingenting er sendt ennå. Det du skrev, står bare på denne siden og er ikke lagret noe annet sted.",
            "Ingenting er sendt enno. Det du skreiv, står berre på denne sida og er ikkje lagra nokon annan stad.",
            "Nothing has been sent yet. What you wrote stands on this page alone and is stored nowhere else.",
        )
    }

    pub(in crate::inbox) const fn kept_sign_in(self) -> &'static str {
        self.pick("1. Logg inn i en ny fane", "1. Logg inn i ei ny fane", "1. Sign in in a new tab")
    }

    pub(in crate::inbox) const fn kept_go_on(self) -> &'static str {
        self.pick("2. Fortsett med det du skrev", "2. Hald fram med det du skreiv", "2. Go on with what you wrote")
    }

    pub(in crate::inbox) const fn kept_written(self) -> &'static str {
        self.pick("Dette skrev du", "Dette skreiv du", "This is what you wrote")
    }

    pub(in crate::inbox) const fn kept_again(self) -> &'static str {
        self.pick(
            "Siden var for gammel, så ingenting er gjort ennå. Det du skrev, står under. Se over, og send på nytt.",
            "Sida var for gammal, så ingenting er gjort enno. Det du skreiv, står under. Sjå over, og send på nytt.",
            "The page was too old, so nothing has been done yet. What you wrote is below. Look it over and send it again.",
        )
    }

    pub(in crate::inbox) const fn fault_too_large(self) -> &'static str {
        self.pick("Det ble for mye på én gang", "Det vart for mykje på éin gong", "That was too much at once")
    }

    pub(in crate::inbox) const fn fault_too_large_text(self) -> &'static str {
        self.pick(
            "Ingenting er lagret. Gå tilbake, kort ned teksten, og prøv igjen.",
            "Ingenting er lagra. Gå tilbake, kort ned teksten, og prøv igjen.",
            "Nothing has been stored. Go back, shorten the text, and try again.",
        )
    }

    pub(in crate::inbox) const fn fault_method(self) -> &'static str {
        self.pick("Dette kan ikke gjøres her", "Dette kan ikkje gjerast her", "This cannot be done here")
    }

    pub(in crate::inbox) const fn fault_method_text(self) -> &'static str {
        self.pick(
            "Ingenting er gjort. Gå til innboksen og prøv derfra.",
            "Ingenting er gjort. Gå til innboksen og prøv derifrå.",
            "Nothing has been done. Go to the inbox and try from there.",
        )
    }
}
