//! What is said about where one is signed in, and about a new password.

use super::Words;

impl Words {
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

    pub(in crate::inbox) const fn kept_prove_heading(self) -> &'static str {
        self.pick(
            "Vis hvem du er én gang til. Det du skrev, er her",
            "Vis kven du er éin gong til. Det du skreiv, er her",
            "Prove who you are once more. What you wrote is here",
        )
    }

    pub(in crate::inbox) const fn kept_prove(self) -> &'static str {
        self.pick(
            "1. Vis hvem du er i en ny fane",
            "1. Vis kven du er i ei ny fane",
            "1. Prove who you are in a new tab",
        )
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

    pub(in crate::inbox) const fn account_to_sessions(self) -> &'static str {
        self.pick(
            "Bytt passord og se hvor du er logget inn",
            "Byt passord og sjå kvar du er logga inn",
            "Change your password and see where you are signed in",
        )
    }

    pub(in crate::inbox) const fn account_to_sessions_only(self) -> &'static str {
        self.pick("Se hvor du er logget inn", "Sjå kvar du er logga inn", "See where you are signed in")
    }

    pub(in crate::inbox) const fn sessions_to_account_only(self) -> &'static str {
        self.pick("Hvordan du logger inn", "Korleis du loggar inn", "How you sign in")
    }

    pub(in crate::inbox) const fn sessions_to_account(self) -> &'static str {
        self.pick(
            "Autentiseringsapp og passnøkler",
            "Autentiseringsapp og passnøklar",
            "Authenticator app and passkeys",
        )
    }

    pub(in crate::inbox) const fn sessions_heading(self) -> &'static str {
        self.pick("Innloggingene dine", "Innloggingane dine", "Where you are signed in")
    }

    pub(in crate::inbox) const fn sessions_text(self) -> &'static str {
        self.pick(
            "Kjenner du ikke igjen en av dem, så logg ut alle andre og bytt passord.",
            "Kjenner du ikkje att ei av dei, så logg ut alle andre og byt passord.",
            "If there is one that you do not recognise, sign out all others and change your password.",
        )
    }

    pub(in crate::inbox) const fn sessions_began(self) -> &'static str {
        self.pick("Logget inn", "Logga inn", "Signed in")
    }

    pub(in crate::inbox) const fn sessions_seen(self) -> &'static str {
        self.pick("Sist brukt", "Sist brukt", "Last used")
    }

    pub(in crate::inbox) const fn sessions_ends(self) -> &'static str {
        self.pick("Slutter senest", "Sluttar seinast", "Ends at the latest")
    }

    pub(in crate::inbox) const fn sessions_this(self) -> &'static str {
        self.pick("Denne nettleseren", "Denne nettlesaren", "This browser")
    }

    pub(in crate::inbox) const fn sessions_other(self) -> &'static str {
        self.pick("Et annet sted", "Ein annan stad", "Elsewhere")
    }

    pub(in crate::inbox) const fn sessions_where(self) -> &'static str {
        self.pick("Hvor", "Kvar", "Where")
    }

    pub(in crate::inbox) const fn sessions_end(self) -> &'static str {
        self.pick("Logg ut alle andre steder", "Logg ut alle andre stader", "Sign out everywhere else")
    }

    pub(in crate::inbox) const fn sessions_alone(self) -> &'static str {
        self.pick(
            "Du er ikke logget inn andre steder.",
            "Du er ikkje logga inn andre stader.",
            "You are not signed in anywhere else.",
        )
    }

    pub(in crate::inbox) const fn sessions_ended(self) -> &'static str {
        self.pick(
            "Du er logget ut alle andre steder.",
            "Du er logga ut alle andre stader.",
            "You have been signed out everywhere else.",
        )
    }

    pub(in crate::inbox) const fn sessions_own_password(self) -> &'static str {
        self.pick("Passordet ditt nå", "Passordet ditt no", "Your password now")
    }

    pub(in crate::inbox) const fn sessions_own_password_wrong(self) -> &'static str {
        self.pick(
            "Passordet ditt stemmer ikke. Skriv det på nytt.",
            "Passordet ditt stemmer ikkje. Skriv det på nytt.",
            "That is not your password. Write it again.",
        )
    }

    pub(in crate::inbox) const fn sessions_sign_in_anew(self) -> &'static str {
        self.pick(
            "Logg ut og inn igjen, og prøv så på nytt: vi må vite at det er deg.",
            "Logg ut og inn att, og prøv så på nytt: vi må vite at det er deg.",
            "Sign out and in again, then try once more: we must know that it is you.",
        )
    }

    pub(in crate::inbox) const fn sessions_password(self) -> &'static str {
        self.pick("Bytt passord", "Byt passord", "Change password")
    }

    pub(in crate::inbox) const fn sessions_password_text(self) -> &'static str {
        self.pick(
            "Når passordet er byttet, blir du logget ut alle andre steder.",
            "Når passordet er bytt, blir du logga ut alle andre stader.",
            "When the password has been changed, you are signed out everywhere else.",
        )
    }

    pub(in crate::inbox) const fn sessions_password_changed(self) -> &'static str {
        self.pick("Passordet er byttet.", "Passordet er bytt.", "The password has been changed.")
    }
}
