//! The page on which a message is tried without being sent.

use crate::domain::AppRecStatus;
use crate::domain::Language;
use crate::inbox::texts::Words;
use crate::inbox::texts::words;

words! {
    check_heading
        "Sjekk en melding"
        "Sjekk ei melding"
        "Check a message"
    check_invitation
        "Lager du et system som sender meldinger hit?"
        "Lagar du eit system som sender meldingar hit?"
        "Do you build a system that sends messages here?"
    check_intro
        "For deg som lager eller tester et system som sender meldinger hit. Du får vite om meldingen ville blitt tatt imot, hva som er feil og hvordan det rettes, hvilken enhet den ville havnet hos, og kvitteringen (AppRec) avsenderen ville fått."
        "For deg som lagar eller testar eit system som sender meldingar hit. Du får vite om meldinga ville blitt teken imot, kva som er feil og korleis det blir retta, kva eining ho ville hamna hos, og kvitteringa (AppRec) avsendaren ville fått."
        "For those who build or test a system that sends messages here. You are told whether the message would be accepted, what is wrong and how to mend it, which unit would get it, and the receipt (AppRec) that the sender would get."
    check_file
        "Velg en fil"
        "Vel ei fil"
        "Choose a file"
    check_file_hint
        "XML, slik systemet ville sendt den. Høyst"
        "XML, slik systemet ville sendt ho. Høgst"
        "XML, as the system would send it. At most"
    check_paste
        "Eller lim inn meldingen"
        "Eller lim inn meldinga"
        "Or paste the message"
    check_paste_hint
        "Velger du en fil, brukes den. Tegnkodingen blir bare prøvd når du velger en fil."
        "Vel du ei fil, blir ho brukt. Teiknkodinga blir berre prøvd når du vel ei fil."
        "A chosen file is used instead. The character encoding is only tried when you choose a file."
    check_registered
        "Regn avsenderen i meldingen som registrert, også om den ikke er det her ennå"
        "Rekn avsendaren i meldinga som registrert, også om han ikkje er det her enno"
        "Count the sender in the message as registered, also when it is not registered here yet"
    check_submit
        "Sjekk meldingen"
        "Sjekk meldinga"
        "Check the message"
    check_privacy
        "Ingenting av det du sender inn her, blir lagret eller logget, og ingen får meldingen. Bruk likevel oppdiktede personer."
        "Ingenting av det du sender inn her, blir lagra eller logga, og ingen får meldinga. Bruk likevel oppdikta personar."
        "Nothing of what you send here is stored or logged, and nobody gets the message. Use made-up persons all the same."
    check_empty
        "Velg en fil eller lim inn meldingen."
        "Vel ei fil eller lim inn meldinga."
        "Choose a file or paste the message."
    check_too_large
        "Meldingen er større enn mottaket tar imot. Velg en mindre fil."
        "Meldinga er større enn mottaket tek imot. Vel ei mindre fil."
        "The message is larger than the gateway accepts. Choose a smaller file."
    check_unreadable
        "Skjemaet kom ikke helt fram. Prøv igjen."
        "Skjemaet kom ikkje heilt fram. Prøv igjen."
        "The form did not arrive whole. Try again."
    check_busy
        "Mange sjekker meldinger akkurat nå. Vent et minutt og prøv igjen."
        "Mange sjekkar meldingar akkurat no. Vent eit minutt og prøv igjen."
        "Many are checking messages just now. Wait a minute and try again."
    check_accepted
        "Meldingen ville blitt tatt imot"
        "Meldinga ville blitt teken imot"
        "The message would be accepted"
    check_rejected
        "Meldingen ville blitt avvist"
        "Meldinga ville blitt avvist"
        "The message would be rejected"
    check_refused
        "Meldingen kan ikke besvares"
        "Meldinga kan ikkje svarast på"
        "The message cannot be answered"
    check_findings
        "Funn i meldingen"
        "Funn i meldinga"
        "Findings in the message"
    check_masked
        "Verdiene i linjene er skjult med prikker. Elementnavn og kjente koder vises."
        "Verdiane i linjene er skjulte med prikkar. Elementnamn og kjende kodar er viste."
        "The values in the lines are hidden by dots. Element names and known codes are shown."
    check_line
        "Linje"
        "Linje"
        "Line"
    check_schema
        "Med skjemaets egne ord:"
        "Med orda til skjemaet:"
        "In the schema's own words:"
    check_mend
        "Slik rettes det:"
        "Slik blir det retta:"
        "How to mend it:"
    check_would_pass
        "Bare små avvik står i veien"
        "Berre små avvik står i vegen"
        "Only small deviations stand in the way"
    check_would_pass_text
        "Den som drifter mottaket, kan la én avsender gjøre dette en tid. Da ville meldingen blitt tatt imot, med merknader:"
        "Den som driftar mottaket, kan late éin avsendar gjere dette ei tid. Då ville meldinga blitt teken imot, med merknader:"
        "Those who run the gateway can let one sender do this for a while. Then the message would be accepted, with remarks:"
    check_route
        "Hvor den ville havnet"
        "Kvar ho ville hamna"
        "Where it would go"
    check_why
        "Hvorfor"
        "Kvifor"
        "Why"
    check_gets_content
        "får hele meldingen"
        "får heile meldinga"
        "gets the whole report"
    check_gets_awareness
        "får bare vite at meldingen finnes"
        "får berre vite at meldinga finst"
        "is only told that the report exists"
    check_receipt
        "Kvitteringen avsenderen ville fått"
        "Kvitteringa avsendaren ville fått"
        "The receipt that the sender would get"
    check_receipt_xml
        "Vis kvitteringen som XML (AppRec 1.1)"
        "Vis kvitteringa som XML (AppRec 1.1)"
        "Show the receipt as XML (AppRec 1.1)"
    check_another
        "Sjekk en melding til"
        "Sjekk ei melding til"
        "Check another message"
}

impl Words {
    pub(in crate::inbox) fn check_accepted_text(self, remarks: usize) -> String {
        let said = self.pick(
            "Avsenderen får en kvittering med status OK",
            "Avsendaren får ei kvittering med status OK",
            "The sender gets a receipt with the status OK",
        );
        if remarks == 0 {
            return format!("{said}.");
        }
        let (and, one, several) = match self.0 {
            Language::Nb | Language::Nn => ("og", "merknad", "merknader"),
            Language::En => ("and", "remark", "remarks"),
        };
        format!("{said} {and} {}.", self.count(remarks, one, several))
    }

    pub(in crate::inbox) fn check_rejected_text(self, errors: usize) -> String {
        match self.0 {
            Language::Nb => format!(
                "Det er {} som må rettes. Avsenderen får en negativ kvittering som sier det samme.",
                self.count(errors, "feil", "feil")
            ),
            Language::Nn => format!(
                "Det er {} som må rettast. Avsendaren får ei negativ kvittering som seier det same.",
                self.count(errors, "feil", "feil")
            ),
            Language::En => format!(
                "There {} to mend. The sender gets a negative receipt that says the same.",
                if errors == 1 { "is 1 error".to_owned() } else { format!("are {errors} errors") }
            ),
        }
    }

    pub(in crate::inbox) fn check_refused_text(self, http: u16) -> String {
        match self.0 {
            Language::Nb => format!(
                "Den kunne ikke leses så langt at det går an å lage en kvittering. Avsenderen får HTTP-status {http} og forklaringen under."
            ),
            Language::Nn => format!(
                "Ho kunne ikkje lesast så langt at det går an å lage ei kvittering. Avsendaren får HTTP-status {http} og forklaringa under."
            ),
            Language::En => format!(
                "It could not be read far enough to make a receipt. The sender gets HTTP status {http} and the explanation below."
            ),
        }
    }

    pub(in crate::inbox) fn check_left_out(self, left_out: usize) -> String {
        match self.0 {
            Language::Nb => format!("… og {left_out} til. Rett disse først."),
            Language::Nn => format!("… og {left_out} til. Rett desse først."),
            Language::En => format!("… and {left_out} more. Mend these first."),
        }
    }

    pub(in crate::inbox) fn check_place(self, line: u32, column: u32) -> String {
        match self.0 {
            Language::Nb => format!("Linje {line}, tegn {column}"),
            Language::Nn => format!("Linje {line}, teikn {column}"),
            Language::En => format!("Line {line}, character {column}"),
        }
    }

    pub(in crate::inbox) fn check_receipt_text(self, status: AppRecStatus) -> String {
        let (code, name) = (status.code(), status.name());
        format!(
            "{} {code} ({name}).",
            self.pick("En AppRec 1.1 med status", "Ein AppRec 1.1 med status", "An AppRec 1.1 with status")
        )
    }
}
