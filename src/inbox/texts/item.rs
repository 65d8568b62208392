//! The page of one report: its cover, its acts, its summary and what came with it.

use crate::inbox::texts::Words;
use crate::inbox::texts::words;

words! {
    report
        "Melding"
        "Melding"
        "Report"
    received
        "Mottatt"
        "Motteken"
        "Received"
    unit
        "Enhet"
        "Eining"
        "Unit"
    responsible
        "Ansvarlig"
        "Ansvarleg"
        "Responsible"
    reference
        "Referanse"
        "Referanse"
        "Reference"
    sender_message_id
        "Avsenderens meldings-id"
        "Avsendaren sin meldings-id"
        "Sender's message id"
    cover_heading
        "Meldingen er ikke åpnet"
        "Meldinga er ikkje opna"
        "This report has not been opened"
    cover_text
        "Når du åpner meldingen, blir det skrevet i hendelsesloggen hvem som åpnet den og når."
        "Når du opnar meldinga, blir det skrive i hendingsloggen kven som opna ho og når."
        "When you open the report, the journal will say who opened it and when."
    protected_heading
        "Gradert adresse"
        "Gradert adresse"
        "Graded address"
    protected_text
        "Personen har skjermet adresse. Ikke skriv ned, si høyt eller del noe som kan vise hvor personen er: adresse, kommune, enhet, skole, lege eller avsender."
        "Personen har skjerma adresse. Ikkje skriv ned, sei høgt eller del noko som kan vise kvar personen er: adresse, kommune, eining, skule, lege eller avsendar."
        "The person's address is protected. Do not write down, say aloud or share anything that can show where the person is: address, municipality, unit, school, doctor or sender."
    content_is_gone
        "Innholdet er slettet, fordi det ikke skal oppbevares lenger her. Det er i arkivet, der saken er journalført."
        "Innhaldet er sletta, fordi det ikkje skal oppbevarast lenger her. Det er i arkivet, der saka er journalført."
        "The content has been deleted, because it is to be kept here no longer. It is in the archive where the case is filed."
    unreadable
        "Innholdet i meldingen kan ikke vises. Drift har fått beskjed. Oppgi referansen hvis du tar kontakt."
        "Innhaldet i meldinga kan ikkje visast. Drift har fått melding. Oppgi referansen om du tek kontakt."
        "The content of the report cannot be shown. Operations have been told. Give the reference if you contact them."
    actions
        "Handlinger"
        "Handlingar"
        "Actions"
    no_actions
        "En annen har ansvaret. Den som har ansvaret, kan legge meldingen tilbake."
        "Ein annan har ansvaret. Den som har ansvaret, kan leggje meldinga tilbake."
        "Somebody else is responsible. They can put the report back."
    open_short
        "Åpne"
        "Opne"
        "Open"
    print
        "Skriv ut"
        "Skriv ut"
        "Print"
    done_open
        "Meldingen er åpnet."
        "Meldinga er opna."
        "The report is opened."
    done_take
        "Du har nå ansvaret for meldingen."
        "Du har no ansvaret for meldinga."
        "You are now responsible for the report."
    done_release
        "Meldingen er lagt tilbake. Ingen har ansvaret for den nå."
        "Meldinga er lagd tilbake. Ingen har ansvaret for ho no."
        "The report has been put back. Nobody is responsible for it now."
    done_close
        "Meldingen er ferdig."
        "Meldinga er ferdig."
        "The report is done."
    done_reopen
        "Meldingen er åpnet igjen. Ingen har ansvaret for den nå."
        "Meldinga er opna igjen. Ingen har ansvaret for ho no."
        "The report is open again. Nobody is responsible for it now."
    refused_closed
        "Det gikk ikke: Meldingen er ferdig. Gjenåpne den først."
        "Det gjekk ikkje: Meldinga er ferdig. Opne ho på nytt først."
        "That was not possible: the report is done. Reopen it first."
    refused_nobody
        "Det gikk ikke: Ingen har ansvaret for meldingen. Ta ansvar først."
        "Det gjekk ikkje: Ingen har ansvaret for meldinga. Ta ansvar først."
        "That was not possible: nobody is responsible for the report. Take responsibility first."
    refused_not_closed
        "Det gikk ikke: Meldingen er ikke ferdig, så den kan ikke gjenåpnes."
        "Det gjekk ikkje: Meldinga er ikkje ferdig, så ho kan ikkje opnast på nytt."
        "That was not possible: the report is not done, so it cannot be reopened."
    summary
        "Kort fortalt"
        "Kort fortalt"
        "In short"
    summary_consent
        "Samtykke"
        "Samtykke"
        "Consent"
    summary_who
        "Hvem"
        "Kven"
        "Who"
    summary_what
        "Hva"
        "Kva"
        "What"
    summary_contact
        "Kontakt"
        "Kontakt"
        "Contact"
    summary_reporter
        "Meldt av"
        "Meldt av"
        "Reported by"
    no_person
        "Spørsmål uten person"
        "Spørsmål utan person"
        "Question about nobody in particular"
    unborn
        "Ventet barn"
        "Venta barn"
        "Expected child"
    born
        "Født"
        "Fødd"
        "Born"
    due_date
        "Termin"
        "Termin"
        "Due date"
    unknown
        "Ukjent"
        "Ukjent"
        "Unknown"
    no_id
        "Uten kjent id-nummer"
        "Utan kjent id-nummer"
        "Without a known identity number"
    needs_interpreter
        "Trenger tolk"
        "Treng tolk"
        "Needs an interpreter"
    planned_discharge
        "Planlagt utskrivning"
        "Planlagd utskriving"
        "Planned discharge"
    moves_to
        "Flytter til"
        "Flyttar til"
        "Moves to"
    date
        "Dato"
        "Dato"
        "Date"
    given_by
        "Gitt av"
        "Gitt av"
        "Given by"
    covers
        "Gjelder"
        "Gjeld"
        "Covers"
    valid_until
        "Gyldig til"
        "Gyldig til"
        "Valid until"
    telephone
        "Telefon"
        "Telefon"
        "Telephone"
    email
        "E-post"
        "E-post"
        "E-mail"
    guardian
        "Foresatt"
        "Føresett"
        "Guardian"
    representative
        "Verge eller fullmektig"
        "Verje eller fullmektig"
        "Representative"
    must_not_be_informed
        "Skal ikke informeres"
        "Skal ikkje informerast"
        "Must not be told"
    original_reporter
        "Opprinnelig melder"
        "Opphavleg meldar"
        "Original reporter"
    attachments
        "Vedlegg"
        "Vedlegg"
        "Attachments"
    attachment
        "Vedlegg"
        "Vedlegg"
        "Attachment"
    attachments_note
        "Vedlegg lastes ned, og nedlastingen skrives i hendelsesloggen. Slett filen når du er ferdig med den."
        "Vedlegg blir lasta ned, og nedlastinga blir skriven i hendingsloggen. Slett fila når du er ferdig med ho."
        "Attachments are downloaded, and the journal says so. Delete the file when you are done with it."
    download
        "Last ned"
        "Last ned"
        "Download"
    attachment_unknown_type
        "ukjent filtype"
        "ukjend filtype"
        "unknown type"
    attachment_external
        "Filen ligger et annet sted og hentes ikke."
        "Fila ligg ein annan stad og blir ikkje henta."
        "The file is kept elsewhere and is not fetched."
    attachment_broken
        "Filen kan ikke leses."
        "Fila kan ikkje lesast."
        "The file cannot be read."
    remarks
        "Merknader til meldingen"
        "Merknader til meldinga"
        "Remarks on the report"
    remarks_note
        "Avsenderen har fått de samme merknadene. Meldingen er tatt imot."
        "Avsendaren har fått dei same merknadene. Meldinga er teken imot."
        "The sender has been told the same. The report has been accepted."
    severity_info
        "Opplysning"
        "Opplysning"
        "Note"
    severity_warning
        "Merknad"
        "Merknad"
        "Remark"
    severity_error
        "Feil"
        "Feil"
        "Error"
    why_here
        "Hvorfor kom den hit?"
        "Kvifor kom ho hit?"
        "Why did it come here?"
    earlier
        "Andre meldinger om samme person"
        "Andre meldingar om same person"
        "Other reports about the same person"
    timeline
        "Hva som har skjedd"
        "Kva som har skjedd"
        "What has happened"
}

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
}
