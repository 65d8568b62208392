//! What the public directory says.

use crate::inbox::texts::Words;
use crate::inbox::texts::words;

words! {
    contacts_heading
        "Hvem tar imot meldinger i kommunen?"
        "Kven tek imot meldingar i kommunen?"
        "Who receives reports in the municipality?"
    contacts_intro
        "Finn koordinerende enhet i en kommune: hva den tar imot, og hvordan du når den."
        "Finn koordinerande eining i ein kommune: kva ho tek imot, og korleis du når ho."
        "Find a municipality's coordinating unit: what it receives, and how to reach it."
    contacts_search
        "Kommune"
        "Kommune"
        "Municipality"
    contacts_search_hint
        "Navn eller kommunenummer, for eksempel Risør eller 4201."
        "Namn eller kommunenummer, til dømes Risør eller 4201."
        "Name or number, for example Risør or 4201."
    contacts_all
        "Kommuner med mottak her"
        "Kommunar med mottak her"
        "Municipalities that receive here"
    contacts_found
        "Treff"
        "Treff"
        "Found"
    contacts_nothing
        "Ingen kommune heter det eller har det nummeret."
        "Ingen kommune heiter det eller har det nummeret."
        "No municipality has that name or number."
    contacts_none
        "Ingen kommuner har mottak her ennå."
        "Ingen kommunar har mottak her enno."
        "No municipality receives here yet."
    contacts_no_receiver
        "Ingen mottaker"
        "Ingen mottakar"
        "No receiver"
    contacts_no_receiver_text
        "Kommunen har ingen mottaker her. Ring kommunens sentralbord og spør etter koordinerende enhet. Send ikke opplysninger om en person på e-post."
        "Kommunen har ingen mottakar her. Ring sentralbordet i kommunen og spør etter koordinerande eining. Send ikkje opplysningar om ein person på e-post."
        "The municipality has no receiver here. Call its switchboard and ask for the coordinating unit. Do not send information about a person by e-mail."
    contacts_expired
        "Kommunenummeret er ikke i bruk lenger. Se i stedet:"
        "Kommunenummeret er ikkje i bruk lenger. Sjå i staden:"
        "The municipality number is no longer in use. See instead:"
    contacts_of
        "Koordinerende enhet i"
        "Koordinerande eining i"
        "Coordinating unit in"
    contacts_form
        "Meld fra på nett"
        "Meld frå på nett"
        "Report online"
    contacts_form_everybody
        "Alle kan bruke skjemaet: den det gjelder, pårørende og ansatte i alle tjenester."
        "Alle kan bruke skjemaet: den det gjeld, pårørande og tilsette i alle tenester."
        "Everybody can use the form: the person, next of kin and staff of all services."
    contacts_form_registered
        "Skjemaet er for ansatte i tjenester som har fått tilgang. Andre kan ringe eller skrive."
        "Skjemaet er for tilsette i tenester som har fått tilgang. Andre kan ringje eller skrive."
        "The form is for staff of services that have been given access. Others can call or write."
    contacts_form_go
        "Gå til skjemaet"
        "Gå til skjemaet"
        "Go to the form"
    contacts_extra
        "I samme skjema kan du også søke om:"
        "I same skjema kan du også søkje om:"
        "In the same form you can also apply for:"
    municipality_number
        "Kommunenummer"
        "Kommunenummer"
        "Municipality number"
    opening_hours
        "Åpningstid"
        "Opningstid"
        "Opening hours"
    postal_address
        "Postadresse"
        "Postadresse"
        "Postal address"
    email_no_persons
        "E-post (ikke opplysninger om personer)"
        "E-post (ikkje opplysningar om personar)"
        "E-mail (no information about persons)"
    web_page
        "Nettside"
        "Nettside"
        "Web page"
    electronic_address
        "Elektronisk adresse"
        "Elektronisk adresse"
        "Electronic address"
    languages_read
        "Språk"
        "Språk"
        "Languages"
    unit_receives
        "Tar imot"
        "Tek imot"
        "Receives"
    unit_is_default
        "Alt som ingen annen enhet tar imot, også når du ikke vet hvem som skal ha meldingen."
        "Alt som inga anna eining tek imot, også når du ikkje veit kven som skal ha meldinga."
        "Everything that no other unit receives, also when you do not know who should have the report."
    unit_receives_nothing
        "Ingen meldinger direkte. Enheten samordner arbeidet."
        "Ingen meldingar direkte. Eininga samordnar arbeidet."
        "No reports directly. The unit coordinates the work."
    links_heading
        "Lover, forskrifter og veiledere"
        "Lover, forskrifter og rettleiarar"
        "Acts, regulations and guidelines"
    content_updated
        "Tekstene og lenkene ble sist endret"
        "Tekstane og lenkjene vart sist endra"
        "Texts and links last changed on"
    content_history
        "Tidligere versjoner"
        "Tidlegare versjonar"
        "Earlier versions"
    history_heading
        "Alle versjoner av tekster og lenker"
        "Alle versjonar av tekstar og lenkjer"
        "All versions of texts and links"
    history_intro
        "Hver tekst har en dato og et versjonsnavn. Hvilken samtykkeerklæring noen har godtatt, lagres sammen med meldingen."
        "Kvar tekst har ein dato og eit versjonsnamn. Kva samtykkeerklæring nokon har godteke, blir lagra saman med meldinga."
        "Each text has a date and the name of its version. Which declaration of consent somebody has accepted is kept with the report."
    history_texts
        "Tekster"
        "Tekstar"
        "Texts"
    valid_from
        "gjelder fra"
        "gjeld frå"
        "valid from"
}

impl Words {
    pub(in crate::inbox) const fn contact_person(self) -> &'static str {
        self.pick("Kontaktperson", "Kontaktperson", "Contact person")
    }

    pub(in crate::inbox) const fn contact_deputy(self) -> &'static str {
        self.pick("Stedfortreder", "Stadfortredar", "Deputy")
    }
}
