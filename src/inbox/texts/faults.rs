//! Pages that say why something did not go.

use crate::inbox::texts::Words;
use crate::inbox::texts::words;

words! {
    fault_id
        "Feil-id"
        "Feil-id"
        "Fault id"
    fault_signed_out
        "Du er logget ut"
        "Du er logga ut"
        "You are signed out"
    fault_signed_out_text
        "Det du prøvde å gjøre, er ikke gjort. Logg inn og prøv igjen."
        "Det du prøvde å gjere, er ikkje gjort. Logg inn og prøv igjen."
        "What you tried to do has not been done. Sign in and try again."
    fault_form_key
        "Siden var for gammel"
        "Sida var for gammal"
        "The page was too old"
    fault_form_key_text
        "Ingenting er gjort. Gå til innboksen og prøv igjen derfra."
        "Ingenting er gjort. Gå til innboksen og prøv igjen derifrå."
        "Nothing has been done. Go to the inbox and try again from there."
    fault_awareness
        "Meldingen er bare til orientering"
        "Meldinga er berre til orientering"
        "The report is only for information"
    fault_awareness_text
        "Innholdet er hos en annen enhet. Enheten din kan ikke åpne den eller gjøre noe med den."
        "Innhaldet er hos ei anna eining. Eininga di kan ikkje opne ho eller gjere noko med ho."
        "The content is with another unit. Your unit can neither open it nor act on it."
    fault_not_opened
        "Meldingen er ikke åpnet"
        "Meldinga er ikkje opna"
        "The report has not been opened"
    fault_not_opened_text
        "Åpne meldingen før du laster ned vedlegg."
        "Opne meldinga før du lastar ned vedlegg."
        "Open the report before you download its attachments."
    fault_not_found
        "Vi finner ikke siden"
        "Vi finn ikkje sida"
        "We cannot find that page"
    fault_not_found_text
        "Den finnes ikke, eller den hører til en enhet du ikke er med i."
        "Ho finst ikkje, eller ho høyrer til ei eining du ikkje er med i."
        "It does not exist, or it belongs to a unit that you are not in."
    fault_link_used
        "Lenken virker ikke"
        "Lenkja verkar ikkje"
        "The link does not work"
    fault_link_used_text
        "Den er brukt før, eller den er for gammel. Be den som administrerer innboksen, om en ny."
        "Ho er brukt før, eller ho er for gammal. Be den som administrerer innboksen, om ei ny."
        "It has been used before, or it is too old. Ask the administrator of the inbox for a new one."
    fault_busy
        "Innboksen er opptatt akkurat nå"
        "Innboksen er oppteken akkurat no"
        "The inbox is busy just now"
    fault_busy_text
        "Ingen meldinger er tapt. Vent litt og prøv igjen."
        "Ingen meldingar er tapte. Vent litt og prøv igjen."
        "No report has been lost. Wait a little and try again."
    fault_bug
        "Noe gikk galt hos oss"
        "Noko gjekk gale hos oss"
        "Something went wrong on our side"
    fault_bug_text
        "Ingen meldinger er tapt. Prøv igjen, og ta kontakt med drift hvis det ikke hjelper."
        "Ingen meldingar er tapte. Prøv igjen, og ta kontakt med drift om det ikkje hjelper."
        "No report has been lost. Try again, and contact operations if it does not help."
}

impl Words {
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
