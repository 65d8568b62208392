//! Words about signing in by a provider, proving anew, second factors and the journal.

use crate::domain::Language;
use crate::inbox::texts::Words;

impl Words {
    pub(in crate::inbox) const fn oidc_with(self) -> &'static str {
        self.pick("Logg inn med", "Logg inn med", "Sign in with")
    }

    pub(in crate::inbox) const fn oidc_first(self) -> &'static str {
        self.pick(
            "Knytt brukeren din til den innloggingen du bruker ellers. Lenken brukes opp når du er tilbake.",
            "Knyt brukaren din til den innlogginga du bruker elles. Lenkja er brukt opp når du er tilbake.",
            "Tie your account to the sign-in that you use elsewhere. The link is used up when you are back.",
        )
    }

    pub(in crate::inbox) const fn oidc_unknown(self) -> &'static str {
        self.pick(
            "Innloggingen tok for lang tid eller begynte i en annen nettleser. Prøv igjen.",
            "Innlogginga tok for lang tid eller byrja i ein annan nettlesar. Prøv igjen.",
            "The sign-in took too long or began in another browser. Try again.",
        )
    }

    pub(in crate::inbox) const fn oidc_provider(self) -> &'static str {
        self.pick(
            "Innloggingen ble avbrutt eller kunne ikke bekreftes. Prøv igjen.",
            "Innlogginga vart avbroten eller kunne ikkje stadfestast. Prøv igjen.",
            "The sign-in was broken off or could not be confirmed. Try again.",
        )
    }

    pub(in crate::inbox) const fn oidc_level(self) -> &'static str {
        self.pick(
            "Innloggingen har for lavt sikkerhetsnivå for innboksen. Logg inn med et høyere nivå.",
            "Innlogginga har for lågt tryggleiksnivå for innboksen. Logg inn med eit høgare nivå.",
            "The sign-in has too low a level of assurance for the inbox. Sign in with a higher level.",
        )
    }

    pub(in crate::inbox) const fn oidc_nobody(self) -> &'static str {
        self.pick(
            "Ingen bruker her er knyttet til den innloggingen. Be den som administrerer innboksen, om en engangslenke.",
            "Ingen brukar her er knytt til den innlogginga. Be den som administrerer innboksen, om ei eingongslenkje.",
            "No account here is tied to that sign-in. Ask the administrator of the inbox for a one-time link.",
        )
    }

    pub(in crate::inbox) const fn oidc_out(self) -> &'static str {
        self.pick("Logg også ut av", "Logg også ut av", "Also sign out of")
    }

    pub(in crate::inbox) const fn oidc_out_text(self) -> &'static str {
        self.pick("Andre som bruker maskinen etter deg, kan fortsatt komme inn uten å logge inn på nytt, til du har logget ut der også.", "Andre som brukar maskina etter deg, kan framleis kome inn utan å logge inn på nytt, til du har logga ut der også.", "Others who use the machine after you can still get in without signing in, until you have signed out there too.")
    }

    pub(in crate::inbox) const fn prove_heading(self) -> &'static str {
        self.pick("Bekreft at det er deg", "Stadfest at det er deg", "Confirm that it is you")
    }

    pub(in crate::inbox) const fn prove_text(self) -> &'static str {
        self.pick(
            "Du skal åpne opplysninger om en person, og det er en stund siden du logget inn.",
            "Du skal opne opplysningar om ein person, og det er ei stund sidan du logga inn.",
            "You are about to open information about a person, and it is a while since you signed in.",
        )
    }

    pub(in crate::inbox) const fn prove_weak(self) -> &'static str {
        self.pick("For å åpne opplysninger om personer må du ha logget inn med to faktorer. Legg til en på siden om brukeren din, og logg inn på nytt.", "For å opne opplysningar om personar må du ha logga inn med to faktorar. Legg til ein på sida om brukaren din, og logg inn på nytt.", "To open information about people you must have signed in with two factors. Add one on the page about your account, and sign in again.")
    }

    pub(in crate::inbox) const fn prove_wrong(self) -> &'static str {
        self.pick(
            "Passordet er feil. Prøv igjen.",
            "Passordet er feil. Prøv igjen.",
            "The password is wrong. Try again.",
        )
    }

    pub(in crate::inbox) const fn prove_submit(self) -> &'static str {
        self.pick("Bekreft", "Stadfest", "Confirm")
    }

    pub(in crate::inbox) const fn account(self) -> &'static str {
        self.pick("Brukeren din", "Brukaren din", "Your account")
    }

    pub(in crate::inbox) const fn told(self) -> &'static str {
        self.pick("Hendelseslogg", "Hendingslogg", "Journal")
    }

    pub(in crate::inbox) const fn told_one(self) -> &'static str {
        self.pick("Innsynslogg for én person", "Innsynslogg for éin person", "Access log of one person")
    }

    pub(in crate::inbox) const fn told_text(self) -> &'static str {
        self.pick(
            "Det som er gjort med meldingene i enhetene dine og av dem som hører til der, også det de ble nektet. Nyeste først.",
            "Det som er gjort med meldingane i einingane dine og av dei som høyrer til der, òg det dei vart nekta. Nyaste først.",
            "What was done with the reports of your units and by those who belong there, also what they were refused. Newest first.",
        )
    }

    pub(in crate::inbox) const fn told_one_text(self) -> &'static str {
        self.pick(
            "Alt som er gjort med meldingene om denne personen i enhetene under, eldst først. Skrevet ut",
            "Alt som er gjort med meldingane om denne personen i einingane under, eldst først. Skrive ut",
            "Everything that was done with this person's reports in the units below, oldest first. Printed",
        )
    }

    pub(in crate::inbox) const fn told_number(self) -> &'static str {
        self.pick("Nummeret til personen", "Nummeret til personen", "The person's number")
    }

    pub(in crate::inbox) const fn told_number_hint(self) -> &'static str {
        self.pick(
            "Nummeret blir ikke lagret, og står verken i adressen eller i loggen.",
            "Nummeret blir ikkje lagra, og står verken i adressa eller i loggen.",
            "The number is not stored, and is neither in the address nor in the log.",
        )
    }

    pub(in crate::inbox) const fn told_find(self) -> &'static str {
        self.pick("Finn innsynsloggen", "Finn innsynsloggen", "Find the access log")
    }

    pub(in crate::inbox) const fn told_nothing(self) -> &'static str {
        self.pick("Ingenting er skrevet om dette.", "Ingenting er skrive om dette.", "Nothing is written about this.")
    }

    pub(in crate::inbox) const fn told_no_reference(self) -> &'static str {
        self.pick(
            "Referansen må være skrevet som i meldingen, for eksempel 7K3-9QX-2MA.",
            "Referansen må vere skriven som i meldinga, til dømes 7K3-9QX-2MA.",
            "The reference must be written as in the report, for example 7K3-9QX-2MA.",
        )
    }

    pub(in crate::inbox) const fn told_all(self) -> &'static str {
        self.pick("Vis alt", "Vis alt", "Show all")
    }

    pub(in crate::inbox) const fn told_newest(self) -> &'static str {
        self.pick("Nyeste", "Nyaste", "Newest")
    }

    pub(in crate::inbox) const fn told_newer(self) -> &'static str {
        self.pick("Nyere", "Nyare", "Newer")
    }

    pub(in crate::inbox) const fn told_older(self) -> &'static str {
        self.pick("Eldre", "Eldre", "Older")
    }

    pub(in crate::inbox) const fn told_details(self) -> &'static str {
        self.pick("Detaljer", "Detaljar", "Details")
    }

    pub(in crate::inbox) const fn told_when(self) -> &'static str {
        self.pick("Når", "Når", "When")
    }

    pub(in crate::inbox) const fn told_who(self) -> &'static str {
        self.pick("Hvem", "Kven", "Who")
    }

    pub(in crate::inbox) const fn told_what(self) -> &'static str {
        self.pick("Hva", "Kva", "What")
    }

    pub(in crate::inbox) const fn factor_heading(self) -> &'static str {
        self.pick("Kode fra appen", "Kode frå appen", "Code from the app")
    }

    pub(in crate::inbox) const fn factor_text(self) -> &'static str {
        self.pick(
            "Skriv koden på seks sifre fra autentiseringsappen din, eller en av reservekodene.",
            "Skriv koden på seks siffer frå autentiseringsappen din, eller ein av reservekodane.",
            "Write the six digits from your authenticator app, or one of your recovery codes.",
        )
    }

    pub(in crate::inbox) const fn factor_passkey_text(self) -> &'static str {
        self.pick(
            "Brukeren din har en passnøkkel. Bruk den for å komme videre. Får du det ikke til, ber du en som drifter innboksen om å nullstille den.",
            "Brukaren din har ein passnøkkel. Bruk han for å kome vidare. Får du det ikkje til, ber du ein som driftar innboksen om å nullstille han.",
            "Your account has a passkey. Use it to go on. If you cannot, ask somebody who runs the inbox to reset it.",
        )
    }

    pub(in crate::inbox) const fn factor_code(self) -> &'static str {
        self.pick("Kode", "Kode", "Code")
    }

    pub(in crate::inbox) const fn factor_wrong(self) -> &'static str {
        self.pick(
            "Koden er feil eller brukt før. Prøv igjen med en ny kode.",
            "Koden er feil eller brukt før. Prøv igjen med ein ny kode.",
            "The code is wrong or has been used. Try again with a new one.",
        )
    }

    pub(in crate::inbox) const fn factor_submit(self) -> &'static str {
        self.pick("Fortsett", "Hald fram", "Continue")
    }

    pub(in crate::inbox) const fn factor_app(self) -> &'static str {
        self.pick("Autentiseringsapp", "Autentiseringsapp", "Authenticator app")
    }

    pub(in crate::inbox) const fn factor_app_on(self) -> &'static str {
        self.pick(
            "Du bruker en autentiseringsapp når du logger inn.",
            "Du bruker ein autentiseringsapp når du loggar inn.",
            "You use an authenticator app when you sign in.",
        )
    }

    pub(in crate::inbox) const fn factor_app_off(self) -> &'static str {
        self.pick("Du logger inn med bare passord. Legg til en app, så kan ingen andre logge inn selv om de kjenner passordet.", "Du loggar inn med berre passord. Legg til ein app, så kan ingen andre logge inn sjølv om dei kjenner passordet.", "You sign in with a password only. Add an app, and nobody else can sign in although they know the password.")
    }

    pub(in crate::inbox) const fn factor_required(self) -> &'static str {
        self.pick(
            "Innboksen krever to faktorer. Legg til en app for å gå videre.",
            "Innboksen krev to faktorar. Legg til ein app for å gå vidare.",
            "The inbox asks for two factors. Add an app to go on.",
        )
    }

    pub(in crate::inbox) const fn factor_add(self) -> &'static str {
        self.pick("Legg til en app", "Legg til ein app", "Add an app")
    }

    pub(in crate::inbox) const fn factor_again(self) -> &'static str {
        self.pick("Bytt app", "Byt app", "Change the app")
    }

    pub(in crate::inbox) const fn factor_scan(self) -> &'static str {
        self.pick(
            "Skann bildet med appen, eller skriv inn nøkkelen. Skriv så koden som appen viser.",
            "Skann biletet med appen, eller skriv inn nøkkelen. Skriv så koden som appen viser.",
            "Scan the picture with the app, or type in the key. Then write the code that the app shows.",
        )
    }

    pub(in crate::inbox) const fn factor_qr(self) -> &'static str {
        self.pick("QR-kode med nøkkelen til appen", "QR-kode med nøkkelen til appen", "QR code with the app's key")
    }

    pub(in crate::inbox) const fn factor_key(self) -> &'static str {
        self.pick("Nøkkel", "Nøkkel", "Key")
    }

    pub(in crate::inbox) const fn factor_confirm(self) -> &'static str {
        self.pick("Bekreft koden", "Stadfest koden", "Confirm the code")
    }

    pub(in crate::inbox) const fn factor_codes(self) -> &'static str {
        self.pick("Reservekodene dine", "Reservekodane dine", "Your recovery codes")
    }

    pub(in crate::inbox) const fn factor_codes_text(self) -> &'static str {
        self.pick("Ta vare på dem på et trygt sted. Hver kan brukes én gang hvis du mister telefonen. De vises bare nå.", "Ta vare på dei på ein trygg stad. Kvar kan brukast éin gong om du mistar telefonen. Dei blir viste berre no.", "Keep them in a safe place. Each works once if you lose your telephone. They are shown only now.")
    }

    pub(in crate::inbox) const fn factor_done(self) -> &'static str {
        self.pick(
            "Appen er lagt til. Neste gang du logger inn, blir du spurt om en kode.",
            "Appen er lagd til. Neste gong du loggar inn, blir du spurd om ein kode.",
            "The app has been added. Next time you sign in, you are asked for a code.",
        )
    }

    pub(in crate::inbox) const fn passkeys(self) -> &'static str {
        self.pick("Passnøkler", "Passnøklar", "Passkeys")
    }

    pub(in crate::inbox) const fn passkeys_text(self) -> &'static str {
        self.pick("Med en passnøkkel logger du inn med fingeravtrykk, ansikt eller PIN på telefonen eller datamaskinen din, uten brukernavn og passord.", "Med ein passnøkkel loggar du inn med fingeravtrykk, ansikt eller PIN på telefonen eller datamaskina di, utan brukarnamn og passord.", "With a passkey you sign in by fingerprint, face or PIN on your device, without user name and password.")
    }

    pub(in crate::inbox) const fn passkey_name(self) -> &'static str {
        self.pick("Hva vil du kalle den?", "Kva vil du kalle han?", "What will you call it?")
    }

    pub(in crate::inbox) const fn passkey_add(self) -> &'static str {
        self.pick("Legg til en passnøkkel", "Legg til ein passnøkkel", "Add a passkey")
    }

    pub(in crate::inbox) const fn passkey_remove(self) -> &'static str {
        self.pick("Fjern", "Fjern", "Remove")
    }

    pub(in crate::inbox) const fn passkey_sign_in(self) -> &'static str {
        self.pick("Logg inn med passnøkkel", "Logg inn med passnøkkel", "Sign in with a passkey")
    }
}

/// Words that hang on a number.
impl Words {
    pub(in crate::inbox) fn codes_left(self, count: u64) -> String {
        match self.0 {
            Language::Nb => format!("Du har {count} reservekoder igjen."),
            Language::Nn => format!("Du har {count} reservekodar igjen."),
            Language::En => format!("You have {count} recovery codes left."),
        }
    }
}
