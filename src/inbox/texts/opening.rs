//! Words of the two-person rule: why somebody asks, and what came of it.

use crate::domain::Language;
use crate::domain::OpeningReason;
use crate::domain::OpeningRefusal;
use crate::inbox::texts::Words;
use crate::inbox::texts::words;

words! {
    opening_why "Hvorfor trenger du å åpne meldingen?" "Kvifor treng du å opne meldinga?" "Why do you need to open the report?"
    opening_why_not "Hvorfor godkjenner du ikke?" "Kvifor godkjenner du ikkje?" "Why do you not agree?"
    opening_more "Mer om grunnen" "Meir om grunnen" "More about the reason"
    opening_more_hint "Fyll ut når du velger «Noe annet». Den andre ser det du skriver. Skriv ikke navn, helse eller adresse. Grunnen du velger, står i hendelsesloggen; det du skriver her, gjør ikke det." "Fyll ut når du vel «Noko anna». Den andre ser det du skriv. Skriv ikkje namn, helse eller adresse. Grunnen du vel, står i hendingsloggen; det du skriv her, gjer ikkje det." "Fill it in when you choose «Something else». The other person sees what you write. Write no name, health or address. The reason that you choose stands in the journal; what you write here does not."
    opening_choose "Velg en grunn." "Vel ein grunn." "Choose a reason."
    opening_say "Skriv hva grunnen er." "Skriv kva grunnen er." "Write what the reason is."
    opening_too_long "Skriv høyst 500 tegn." "Skriv høgst 500 teikn." "Write at most 500 characters."
    opening_refuse "Avslå åpning" "Avslå opning" "Do not agree"
    opening_reason "Grunn" "Grunn" "Reason"
    opening_no_reason "Et fagsystem ba om det, uten grunn." "Eit fagsystem bad om det, utan grunn." "A case system asked, without a reason."
    opening_was_agreed "Åpningen er godkjent." "Opninga er godkjend." "The opening was agreed to."
    opening_was_refused "Åpningen er avslått. Den som spurte, ser hvorfor." "Opninga er avslått. Den som spurde, ser kvifor." "The opening was not agreed to. The one who asked sees why."
    opening_was_gone "Ingen ba om det lenger. Noen andre har svart, eller det er for lenge siden." "Ingen bad om det lenger. Nokon annan har svart, eller det er for lenge sidan." "Nobody was asking any more. Somebody else has answered, or it is too long ago."
    opening_again "Du kan be på nytt hvis grunnen er en annen." "Du kan be på nytt viss grunnen er ein annan." "You can ask again if the reason is another."
}

impl Words {
    pub(in crate::inbox) const fn opening_asked_for(self, reason: OpeningReason) -> &'static str {
        match reason {
            OpeningReason::Work => {
                self.pick("Jeg skal arbeide med saken", "Eg skal arbeide med saka", "I am going to work with the case")
            }
            OpeningReason::Urgent => self.pick(
                "Det haster, og den ansvarlige er ikke til stede",
                "Det hastar, og den ansvarlege er ikkje til stades",
                "It is urgent, and the one responsible is away",
            ),
            OpeningReason::Contact => self.pick(
                "Noen har tatt kontakt om saken",
                "Nokon har teke kontakt om saka",
                "Somebody has been in touch about the case",
            ),
            OpeningReason::Review => self.pick(
                "Jeg skal se over det som er gjort",
                "Eg skal sjå over det som er gjort",
                "I am to look over what has been done",
            ),
            OpeningReason::Other => self.pick("Noe annet", "Noko anna", "Something else"),
        }
    }

    pub(in crate::inbox) const fn opening_refused_for(self, refusal: OpeningRefusal) -> &'static str {
        match refusal {
            OpeningRefusal::NotNeeded => self.pick(
                "Trenger det ikke i jobben sin",
                "Treng det ikkje i jobben sin",
                "Does not need it for their work",
            ),
            OpeningRefusal::Elsewhere => {
                self.pick("En annen har saken", "Ein annan har saka", "Somebody else has the case")
            }
            OpeningRefusal::TooClose => self.pick(
                "Står for nær personen saken gjelder",
                "Står for nær personen saka gjeld",
                "Is too close to the person",
            ),
            OpeningRefusal::Unclear => self.pick(
                "Grunnen er ikke klar nok. Spør på nytt",
                "Grunnen er ikkje klar nok. Spør på nytt",
                "The reason is not clear enough. Ask again",
            ),
            OpeningRefusal::Other => self.pick("Noe annet", "Noko anna", "Something else"),
        }
    }

    /// What came of it, by whom and when.
    pub(in crate::inbox) fn opening_answered(self, agreed: bool, by: &str, at: &str) -> String {
        match (self.0, agreed) {
            (Language::Nb, true) => format!("Godkjent av {by}, {at}."),
            (Language::Nb, false) => format!("Avslått av {by}, {at}."),
            (Language::Nn, true) => format!("Godkjend av {by}, {at}."),
            (Language::Nn, false) => format!("Avslått av {by}, {at}."),
            (Language::En, true) => format!("Agreed to by {by}, {at}."),
            (Language::En, false) => format!("Not agreed to by {by}, {at}."),
        }
    }

    /// Until when an opening that was agreed to holds.
    pub(in crate::inbox) fn opening_until(self, at: &str) -> String {
        match self.0 {
            Language::Nb => format!("Gjelder til {at}."),
            Language::Nn => format!("Gjeld til {at}."),
            Language::En => format!("Holds until {at}."),
        }
    }
}
