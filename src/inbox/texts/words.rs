//! Every sentence of the inbox in bokmål, nynorsk and English, in one place.

use crate::domain::Language;
use crate::inbox::texts::Words;

/// Defines one function on [`Words`] per text, so that a missing one does not compile.
macro_rules! words {
    ($($name:ident $nb:literal $nn:literal $en:literal)+) => {
        impl Words {
            $(
                #[doc = $en]
                pub(in crate::inbox) const fn $name(self) -> &'static str {
                    match self.0 {
                        Language::Nb => $nb,
                        Language::Nn => $nn,
                        Language::En => $en,
                    }
                }
            )+
        }
    };
}
pub(super) use words;

words! {
    skip
        "Hopp til hovedinnholdet"
        "Hopp til hovudinnhaldet"
        "Skip to main content"
    product
        "Meldeport"
        "Meldeport"
        "Meldeport"
    tagline
        "Melding om behov for individuell plan og koordinator"
        "Melding om behov for individuell plan og koordinator"
        "Reports of need for an individual plan or a coordinator"
    inbox
        "Innboks"
        "Innboks"
        "Inbox"
    environment_note
        "Ikke bruk opplysninger om virkelige personer her."
        "Ikkje bruk opplysningar om verkelege personar her."
        "Do not use information about real persons here."
    language
        "Språk"
        "Språk"
        "Language"
    signed_in_as
        "Logget inn som"
        "Logga inn som"
        "Signed in as"
    sign_in
        "Logg inn"
        "Logg inn"
        "Sign in"
    sign_out
        "Logg ut"
        "Logg ut"
        "Sign out"
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
    error_heading
        "Du må rette dette"
        "Du må rette dette"
        "Please correct this"
    first_heading
        "Velg et passord"
        "Vel eit passord"
        "Choose a password"
    first_text
        "Lenken du fikk, kan brukes én gang. Når du har valgt et passord, er du logget inn."
        "Lenkja du fekk, kan brukast éin gong. Når du har valt eit passord, er du logga inn."
        "The link you were given works once. When you have chosen a password, you are signed in."
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
    search
        "Søk"
        "Søk"
        "Search"
    search_label
        "Søk etter referanse, navn, fødselsnummer eller avsender"
        "Søk etter referanse, namn, fødselsnummer eller avsendar"
        "Search for a reference, name, identity number or sender"
    search_hint
        "Referanse, navn, nummer …"
        "Referanse, namn, nummer …"
        "Reference, name, number …"
    search_heading
        "Finn en melding"
        "Finn ei melding"
        "Find a report"
    tabs_label
        "Lister"
        "Lister"
        "Lists"
    tab_unassigned
        "Ufordelt"
        "Ufordelt"
        "Unassigned"
    tab_mine
        "Mine"
        "Mine"
        "Mine"
    tab_unit
        "Enhetens"
        "Eininga sine"
        "The unit's"
    tab_done
        "Ferdig"
        "Ferdig"
        "Done"
    empty_unassigned
        "Ingen meldinger venter på noen. Godt jobbet."
        "Ingen meldingar ventar på nokon. Godt jobba."
        "No reports are waiting for anybody. Well done."
    empty_mine
        "Du har ikke ansvar for noen meldinger. Ta ansvar for en fra «Ufordelt»."
        "Du har ikkje ansvar for nokon meldingar. Ta ansvar for ei frå «Ufordelt»."
        "You are not responsible for any report. Take one from “Unassigned”."
    empty_unit
        "Enheten har ingen meldinger under arbeid."
        "Eininga har ingen meldingar under arbeid."
        "The unit has no reports to work on."
    empty_done
        "Ingen meldinger er ferdige ennå."
        "Ingen meldingar er ferdige enno."
        "No reports are done yet."
    no_unit
        "Brukeren din er ikke knyttet til noen enhet. Be den som administrerer innboksen, om å ordne det."
        "Brukaren din er ikkje knytt til noka eining. Be den som administrerer innboksen, om å ordne det."
        "Your account belongs to no unit. Ask the administrator of the inbox to mend that."
    filter_unit
        "Enhet"
        "Eining"
        "Unit"
    filter_all_units
        "Alle mine enheter"
        "Alle einingane mine"
        "All my units"
    filter_order
        "Rekkefølge"
        "Rekkjefølgje"
        "Order"
    order_work
        "Kortest frist først"
        "Kortast frist først"
        "Earliest deadline first"
    order_newest
        "Nyest først"
        "Nyast først"
        "Newest first"
    filter_apply
        "Vis"
        "Vis"
        "Show"
    next_page
        "Neste side"
        "Neste side"
        "Next page"
    first_page
        "Til første side"
        "Til første side"
        "To the first page"
    paging
        "Flere meldinger"
        "Fleire meldingar"
        "More reports"
    col_report
        "Melding"
        "Melding"
        "Report"
    col_state
        "Status"
        "Status"
        "Status"
    col_received
        "Mottatt"
        "Motteken"
        "Received"
    col_concerns
        "Gjelder"
        "Gjeld"
        "Concerns"
    col_name
        "Navn"
        "Namn"
        "Name"
    col_sender
        "Avsender"
        "Avsendar"
        "Sender"
    col_responsible
        "Ansvarlig"
        "Ansvarleg"
        "Responsible"
    col_attachments
        "Vedlegg"
        "Vedlegg"
        "Attachments"
    hidden
        "Skjermet"
        "Skjerma"
        "Hidden"
    no_name
        "Uten navn"
        "Utan namn"
        "No name"
    nobody
        "Ingen"
        "Ingen"
        "Nobody"
    awareness
        "Til orientering"
        "Til orientering"
        "For information"
    awareness_text
        "Enheten din får bare vite at meldingen finnes og hvem som følger den opp. Innholdet er hos en annen enhet."
        "Eininga di får berre vite at meldinga finst og kven som følgjer ho opp. Innhaldet er hos ei anna eining."
        "Your unit is only told that the report exists and who follows it up. The content is with another unit."
    urgent
        "Haster"
        "Hastar"
        "Urgent"
    state_unread
        "Ulest"
        "Ulesen"
        "Unread"
    state_opened
        "Åpnet"
        "Opna"
        "Opened"
    state_taken
        "Under arbeid"
        "Under arbeid"
        "In progress"
    state_closed
        "Ferdig"
        "Ferdig"
        "Done"
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
        "Når du åpner meldingen, blir det skrevet i journalen hvem som åpnet den og når."
        "Når du opnar meldinga, blir det skrive i journalen kven som opna ho og når."
        "When you open the report, the journal will say who opened it and when."
    protected_heading
        "Gradert adresse"
        "Gradert adresse"
        "Graded address"
    protected_text
        "Personen har skjermet adresse. Ikke skriv ned, si høyt eller del noe som kan vise hvor personen er: adresse, kommune, enhet, skole, lege eller avsender."
        "Personen har skjerma adresse. Ikkje skriv ned, sei høgt eller del noko som kan vise kvar personen er: adresse, kommune, eining, skule, lege eller avsendar."
        "The person's address is protected. Do not write down, say aloud or share anything that can show where the person is: address, municipality, unit, school, doctor or sender."
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
    letter
        "Hele meldingen"
        "Heile meldinga"
        "The whole report"
    section_need
        "Behovet"
        "Behovet"
        "The need"
    section_person
        "Personen"
        "Personen"
        "The person"
    section_guardians
        "Foresatte, verge og fullmektig"
        "Føresette, verje og fullmektig"
        "Guardians and representatives"
    section_consent
        "Samtykke"
        "Samtykke"
        "Consent"
    section_reporter
        "Melder"
        "Meldar"
        "Reporter"
    section_services
        "Tjenester"
        "Tenester"
        "Services"
    section_existing
        "Finnes fra før"
        "Finst frå før"
        "What exists already"
    section_circumstances
        "Hast, innleggelse og overganger"
        "Hast, innlegging og overgangar"
        "Urgency, admission and transitions"
    section_about
        "Om meldingen"
        "Om meldinga"
        "About the report"
    label_needs
        "Behov"
        "Behov"
        "Needs"
    label_description
        "Beskrivelse"
        "Beskriving"
        "Description"
    label_what_matters
        "Hva er viktig for personen"
        "Kva er viktig for personen"
        "What matters to the person"
    label_goals
        "Mål"
        "Mål"
        "Goals"
    label_duration
        "Varighet"
        "Kor lenge"
        "Duration"
    label_coordinator_wish
        "Ønske om koordinator"
        "Ønske om koordinator"
        "Wish for a coordinator"
    label_family_link
        "Familielenke"
        "Familielenkje"
        "Family link"
    label_name
        "Navn"
        "Namn"
        "Name"
    label_id
        "Id"
        "Id"
        "Identity"
    label_born
        "Fødselsdato"
        "Fødselsdato"
        "Date of birth"
    label_address
        "Adresse"
        "Adresse"
        "Address"
    label_grading
        "Adressegradering"
        "Adressegradering"
        "Address grading"
    label_spoken
        "Språk"
        "Språk"
        "Language"
    label_interpreter
        "Trenger tolk"
        "Treng tolk"
        "Needs an interpreter"
    label_contact_ways
        "Kan kontaktes"
        "Kan kontaktast"
        "May be contacted"
    label_no_guardian
        "Foresatt mangler"
        "Føresett manglar"
        "No guardian named"
    label_parental
        "Har foreldreansvar"
        "Har foreldreansvar"
        "Has parental responsibility"
    label_informed
        "Vet om meldingen"
        "Veit om meldinga"
        "Knows about the report"
    reason
        "Grunn"
        "Grunn"
        "Reason"
    label_basis
        "Rettslig grunnlag"
        "Rettsleg grunnlag"
        "Legal basis"
    label_category
        "Kategori"
        "Kategori"
        "Category"
    label_organisation
        "Virksomhet"
        "Verksemd"
        "Organisation"
    private_person
        "Privatperson"
        "Privatperson"
        "Private person"
    organisation_number
        "Organisasjonsnummer"
        "Organisasjonsnummer"
        "Organisation number"
    label_department
        "Avdeling"
        "Avdeling"
        "Department"
    label_role
        "Rolle"
        "Rolle"
        "Role"
    label_position
        "Stilling"
        "Stilling"
        "Position"
    label_hpr
        "HPR-nummer"
        "HPR-nummer"
        "HPR number"
    label_wants_answer
        "Ønsker svar"
        "Ønskjer svar"
        "Wants an answer"
    label_answer_channel
        "Svar ønskes som"
        "Svar ønskt som"
        "Answer wanted by"
    label_urgency
        "Hastegrad"
        "Hastegrad"
        "Urgency"
    label_admission
        "Innlagt"
        "Innlagd"
        "Admitted"
    label_transitions
        "Overgang"
        "Overgang"
        "Transition"
    label_attached
        "Vedlegg som er nevnt"
        "Vedlegg som er nemnde"
        "Attachments mentioned"
    label_kind
        "Meldingstype"
        "Meldingstype"
        "Kind of report"
    label_created
        "Skrevet"
        "Skriven"
        "Written"
    label_written_in
        "Skrevet på"
        "Skriven på"
        "Written in"
    label_processing
        "Behandlingsstatus"
        "Behandlingsstatus"
        "Processing status"
    processing_training
        "Opplæring"
        "Opplæring"
        "Training"
    processing_debugging
        "Feilsøking"
        "Feilsøking"
        "Debugging"
    label_concerns
        "Gjelder tidligere melding"
        "Gjeld tidlegare melding"
        "Concerns earlier report"
    label_report_id
        "Meldingens id"
        "Id for meldinga"
        "Id of the report"
    label_from
        "Sendt fra"
        "Send frå"
        "Sent from"
    label_to
        "Sendt til"
        "Send til"
        "Sent to"
    label_receiver_wish
        "Meldt til"
        "Meldt til"
        "Reported to"
    label_other_receivers
        "Også sendt til"
        "Også send til"
        "Also sent to"
    label_extension
        "Lokale tillegg"
        "Lokale tillegg"
        "Local additions"
    extension_not_shown
        "Meldingen har lokale tillegg som ikke vises her."
        "Meldinga har lokale tillegg som ikkje blir viste her."
        "The report has local additions that are not shown here."
    district
        "Bydel"
        "Bydel"
        "District"
    attachments
        "Vedlegg"
        "Vedlegg"
        "Attachments"
    attachment
        "Vedlegg"
        "Vedlegg"
        "Attachment"
    attachments_note
        "Vedlegg lastes ned, og nedlastingen skrives i journalen. Slett filen når du er ferdig med den."
        "Vedlegg blir lasta ned, og nedlastinga blir skriven i journalen. Slett fila når du er ferdig med ho."
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
        "Tidligere meldinger om samme person"
        "Tidlegare meldingar om same person"
        "Earlier reports about the same person"
    timeline
        "Hva som har skjedd"
        "Kva som har skjedd"
        "What has happened"
    operations
        "Drift"
        "Drift"
        "Operations"
    fault_id
        "Feil-id"
        "Feil-id"
        "Fault id"
    to_inbox
        "Til innboksen"
        "Til innboksen"
        "To the inbox"
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
    session_ends
        "Du blir snart logget ut fordi innboksen ikke er i bruk."
        "Du blir snart logga ut fordi innboksen ikkje er i bruk."
        "You will soon be signed out because the inbox is not in use."
    session_stay
        "Fortsett å være logget inn"
        "Hald fram som innlogga"
        "Stay signed in"
    yes
        "Ja"
        "Ja"
        "Yes"
    no
        "Nei"
        "Nei"
        "No"
    section_dialogue
        "Dialogmelding"
        "Dialogmelding"
        "Dialogue message"
    section_note
        "Notat"
        "Notat"
        "Note"
    section_question
        "Forespørsel"
        "Førespurnad"
        "Question"
    label_classification
        "Hva den gjelder"
        "Kva ho gjeld"
        "What it is about"
    label_version
        "Versjon"
        "Versjon"
        "Version"
    label_case_code
        "Kodet sakstype"
        "Koda sakstype"
        "Coded case type"
    label_case_type
        "Sakstype"
        "Sakstype"
        "Case type"
    label_theme
        "Tema"
        "Tema"
        "Theme"
    label_theme_code
        "Kodet tema"
        "Koda tema"
        "Coded theme"
    label_text
        "Tekst"
        "Tekst"
        "Text"
    label_remark
        "Merknad"
        "Merknad"
        "Remark"
    label_document_id
        "Dokument-id hos avsenderen"
        "Dokument-id hos avsendaren"
        "The sender's document id"
    label_question_kind
        "Type forespørsel"
        "Type førespurnad"
        "Kind of question"
    label_subject
        "Emne"
        "Emne"
        "Subject"
    label_question
        "Spørsmål"
        "Spørsmål"
        "Question"
    label_purpose
        "Formål"
        "Formål"
        "Purpose"
    label_from_date
        "Fra dato"
        "Frå dato"
        "From date"
    label_to_date
        "Til dato"
        "Til dato"
        "To date"
    label_asked_for
        "Opplysninger det spørres etter"
        "Opplysningar det blir spurt etter"
        "Information asked for"
    label_role_in_note
        "Rolle i notatet"
        "Rolle i notatet"
        "Role in the note"
    label_role_to_patient
        "Rolle overfor personen"
        "Rolle overfor personen"
        "Role towards the person"
    label_involved
        "Nevnt med rolle"
        "Nemnd med rolle"
        "Named with a role"
    party_professional
        "Helsepersonell"
        "Helsepersonell"
        "Health professional"
    party_person
        "Person"
        "Person"
        "Person"
    party_unit
        "Enhet"
        "Eining"
        "Unit"
    label_answers
        "Svar på melding"
        "Svar på melding"
        "Answers message"
    label_conversation
        "Del av samtale"
        "Del av samtale"
        "Part of conversation"
    content_left_out
        "Aktivt innhold (skript, stilark, bilder utenfra) vises ikke. All tekst er med."
        "Aktivt innhald (skript, stilark, bilete utanfrå) blir ikkje vist. All tekst er med."
        "Active content (scripts, style sheets, outside pictures) is not shown. All text is here."
    consent_unsaid
        "Ikke oppgitt"
        "Ikkje oppgitt"
        "Not said"
    consent_unsaid_text
        "En dialogmelding sier ikke om personen samtykker. Avklar det før dere gjør mer."
        "Ei dialogmelding seier ikkje om personen samtykkjer. Avklar det før de gjer meir."
        "A dialogue message does not say whether the person consents. Clarify it before you do more."
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
    municipality
        "Kommune"
        "Kommune"
        "Municipality"
}
