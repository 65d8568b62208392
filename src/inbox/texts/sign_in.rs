//! Signing in with a password, and choosing the first one.

use crate::domain::Language;
use crate::inbox::password::PASSWORD_CHARACTERS_MAX;
use crate::inbox::password::PasswordRefused;
use crate::inbox::texts::Words;
use crate::inbox::texts::words;

words! {
    sign_in
        "Logg inn"
        "Logg inn"
        "Sign in"
    login
        "Brukernavn"
        "Brukarnamn"
        "User name"
    password
        "Passord"
        "Passord"
        "Password"
    show_password
        "Vis passordet"
        "Vis passordet"
        "Show the password"
    sign_in_ended
        "Du er logget ut. Det skjer når innboksen ikke har vært brukt på en stund, og når tilgangen din blir endret. Logg inn igjen, så kommer du tilbake dit du var."
        "Du er logga ut. Det skjer når innboksen ikkje har vore brukt på ei stund, og når tilgangen din blir endra. Logg inn igjen, så kjem du tilbake dit du var."
        "You have been signed out. That happens when the inbox has not been used for a while, and when your access is changed. Sign in again to come back to where you were."
    sign_in_out
        "Du er logget ut."
        "Du er logga ut."
        "You are signed out."
    sign_in_wrong
        "Brukernavnet eller passordet er feil. Prøv igjen."
        "Brukarnamnet eller passordet er feil. Prøv igjen."
        "The user name or the password is wrong. Try again."
    sign_in_wait
        "Det er gjort for mange mislykkede forsøk. Vent litt før du prøver igjen."
        "Det er gjort for mange mislukka forsøk. Vent litt før du prøver igjen."
        "There have been too many failed attempts. Wait a while before you try again."
    sign_in_form_old
        "Siden var for gammel, og ingenting ble sendt. Prøv igjen."
        "Sida var for gammal, og ingenting vart sendt. Prøv igjen."
        "The page was too old, and nothing was sent. Try again."
    sign_in_help
        "Har du ikke brukernavn, eller har du glemt passordet? Den som administrerer innboksen hos dere, kan gi deg en ny engangslenke."
        "Har du ikkje brukarnamn, eller har du gløymt passordet? Den som administrerer innboksen hos dykk, kan gi deg ei ny eingongslenkje."
        "No user name, or forgotten the password? The administrator of your inbox can give you a new one-time link."
    first_heading
        "Velg et passord"
        "Vel eit passord"
        "Choose a password"
    first_text
        "Lenken du fikk, kan brukes én gang. Når du har valgt et passord, er du logget inn."
        "Lenkja du fekk, kan brukast éin gong. Når du har valt eit passord, er du logga inn."
        "The link you were given works once. When you have chosen a password, you are signed in."
    first_login
        "Brukernavnet ditt er"
        "Brukarnamnet ditt er"
        "Your user name is"
    first_password
        "Nytt passord"
        "Nytt passord"
        "New password"
    first_repeat
        "Gjenta passordet"
        "Gjenta passordet"
        "Repeat the password"
    first_submit
        "Lagre og logg inn"
        "Lagre og logg inn"
        "Save and sign in"
}

impl Words {
    pub(in crate::inbox) fn password_hint(self, characters_min: usize) -> String {
        match self.0 {
            Language::Nb => format!(
                "Minst {characters_min} tegn. Gjerne flere ord etter hverandre. Ikke ditt eget navn eller brukernavn."
            ),
            Language::Nn => format!(
                "Minst {characters_min} teikn. Gjerne fleire ord etter kvarandre. Ikkje ditt eige namn eller brukarnamn."
            ),
            Language::En => format!(
                "At least {characters_min} characters. Several words in a row are fine. Not your own name or user name."
            ),
        }
    }

    pub(in crate::inbox) fn password_refused(self, why: PasswordRefused, characters_min: usize) -> String {
        let most = PASSWORD_CHARACTERS_MAX;
        match (why, self.0) {
            (PasswordRefused::TooShort, Language::Nb) => format!("Passordet må ha minst {characters_min} tegn."),
            (PasswordRefused::TooShort, Language::Nn) => format!("Passordet må ha minst {characters_min} teikn."),
            (PasswordRefused::TooShort, Language::En) => {
                format!("The password must have at least {characters_min} characters.")
            }
            (PasswordRefused::TooLong, Language::Nb) => format!("Passordet kan ha høyst {most} tegn."),
            (PasswordRefused::TooLong, Language::Nn) => format!("Passordet kan ha høgst {most} teikn."),
            (PasswordRefused::TooLong, Language::En) => {
                format!("The password can have at most {most} characters.")
            }
            (PasswordRefused::OwnName, _) => self
                .pick(
                    "Passordet ligner for mye på navnet eller brukernavnet ditt. Velg et annet.",
                    "Passordet liknar for mykje på namnet eller brukarnamnet ditt. Vel eit anna.",
                    "The password is too like your name or user name. Choose another.",
                )
                .to_owned(),
            (PasswordRefused::Guessable, _) => self
                .pick(
                    "Passordet er lett å gjette: det er brukt av mange, eller laget av vanlige ord, tall og rekker av taster. Skriv heller noen ord som ikke hører sammen.",
                    "Passordet er lett å gjette: det er brukt av mange, eller laga av vanlege ord, tal og rekkjer av tastar. Skriv heller nokre ord som ikkje høyrer saman.",
                    "The password is easy to guess: many have used it, or it is made of common words, numbers and rows of keys. Write a few words that do not belong together instead.",
                )
                .to_owned(),
            (PasswordRefused::Leaked, _) => self
                .pick(
                    "Dette passordet står på en liste over passord som er lekket fra andre steder. Slike lister prøver innbruddsprogrammer først. Velg et annet: skriv noen ord som ikke hører sammen, og bruk det bare her.",
                    "Dette passordet står på ei liste over passord som er lekne frå andre stader. Slike lister prøver innbrotsprogram først. Vel eit anna: skriv nokre ord som ikkje høyrer saman, og bruk det berre her.",
                    "This password is on a list of passwords that have leaked from other places. Programs that break in try such lists first. Choose another: write a few words that do not belong together, and use it only here.",
                )
                .to_owned(),
            (PasswordRefused::Same, _) => self.password_same().to_owned(),
            (PasswordRefused::RepeatDiffers, _) => self
                .pick(
                    "De to passordene er ikke like. Skriv det samme to ganger.",
                    "Dei to passorda er ikkje like. Skriv det same to gonger.",
                    "The two passwords differ. Write the same one twice.",
                )
                .to_owned(),
        }
    }
}
