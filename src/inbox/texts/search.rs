//! What is said of a search that found nothing: what was sought, and how to try again. Never the words that were sought.

use crate::inbox::texts::words;

words! {
    found_no_id "Ingen melding har denne referansen eller id-en" "Inga melding har denne referansen eller id-en" "No report has this reference or id"
    found_no_person_id "Ingen meldinger om personen med dette fødselsnummeret" "Ingen meldingar om personen med dette fødselsnummeret" "No reports about the person with this identity number"
    found_no_organisation "Ingen meldinger fra virksomheten med dette organisasjonsnummeret" "Ingen meldingar frå verksemda med dette organisasjonsnummeret" "No reports from the organisation with this number"
    found_no_person "Ingen meldinger om personer med dette navnet" "Ingen meldingar om personar med dette namnet" "No reports about persons of this name"
    found_no_sender "Ingen meldinger fra avsendere med dette navnet" "Ingen meldingar frå avsendarar med dette namnet" "No reports from senders of this name"
    found_no_name "Ingen meldinger om personer, eller fra avsendere, med dette navnet" "Ingen meldingar om personar, eller frå avsendarar, med dette namnet" "No reports about persons, or from senders, of this name"
    found_again "Sjekk skrivemåten, og søk på nytt i feltet øverst på siden. Navn søkes på hele ord, og det du skrev, er ikke lagret." "Sjekk skrivemåten, og søk på nytt i feltet øvst på sida. Namn blir søkte på heile ord, og det du skreiv, er ikkje lagra." "Check the spelling, and search again in the field on top of the page. Names are searched by whole words, and what you typed is not kept."
}
