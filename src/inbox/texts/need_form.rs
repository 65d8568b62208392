//! What the form says.

use crate::domain::Language;
use crate::inbox::moment;
use crate::inbox::texts::Words;
use crate::inbox::texts::words;

impl Words {
    pub(in crate::inbox) fn form_needed(self, what: &str) -> String {
        match self.0 {
            Language::Nb => format!("Fyll ut: {what}"),
            Language::Nn => format!("Fyll ut: {what}"),
            Language::En => format!("Fill in: {what}"),
        }
    }

    pub(in crate::inbox) fn form_step_of(self, number: usize, of: usize) -> String {
        match self.0 {
            Language::Nb => format!("Steg {number} av {of}"),
            Language::Nn => format!("Steg {number} av {of}"),
            Language::En => format!("Step {number} of {of}"),
        }
    }

    pub(in crate::inbox) fn form_kept_for(self, hours: u64) -> String {
        match self.0 {
            Language::Nb => format!(
                "Utkastet lagres kryptert og slettes etter {hours} timer, eller når du sender eller sletter det."
            ),
            Language::Nn => format!(
                "Utkastet blir lagra kryptert og sletta etter {hours} timar, eller når du sender eller slettar det."
            ),
            Language::En => format!(
                "The draft is kept encrypted and is deleted after {hours} hours, or when you send or delete it."
            ),
        }
    }

    /// Of which day the declaration of consent is: `consent@2026-11-01-…` as people say it.
    pub(in crate::inbox) fn form_declared(self, version: &str) -> String {
        let day = version.split('@').nth(1).and_then(|it| it.get(..10)).and_then(|it| it.parse().ok());
        let day = day.map(|it| moment::date(it, self.0)).unwrap_or_default();
        match self.0 {
            Language::Nb => format!("Erklæringen er fra {day}."),
            Language::Nn => format!("Erklæringa er frå {day}."),
            Language::En => format!("The declaration is of {day}."),
        }
    }

    /// What the person has said, to the one who fills in the form; a letter says more to the one who receives it.
    pub(in crate::inbox) const fn form_consent(self, code: &str) -> Option<&'static str> {
        match code.as_bytes() {
            b"SAMTYKKET_MUNTLIG_JOURNALFORT" => Some(self.consent_oral()),
            b"IKKE_AVKLART" => Some(self.consent_unclear()),
            b"MOTSATT_SEG" => Some(self.consent_objected()),
            _ => None,
        }
    }

    pub(in crate::inbox) fn form_not_private(self, municipality: &str) -> String {
        match self.0 {
            Language::Nb => format!(
                "{municipality} tar ikke imot skjema fra privatpersoner. Ring eller skriv til kommunen, eller be en tjeneste melde fra for deg."
            ),
            Language::Nn => format!(
                "{municipality} tek ikkje imot skjema frå privatpersonar. Ring eller skriv til kommunen, eller be ei teneste melde frå for deg."
            ),
            Language::En => format!(
                "{municipality} does not take forms from private persons. Call or write to the municipality, or ask a service to report for you."
            ),
        }
    }

    pub(in crate::inbox) fn form_no_receiver(self, municipality: &str) -> String {
        match self.0 {
            Language::Nb => format!("{municipality} tar ikke imot meldinger her. Ring eller skriv til kommunen."),
            Language::Nn => format!("{municipality} tek ikkje imot meldingar her. Ring eller skriv til kommunen."),
            Language::En => {
                format!("{municipality} does not take reports here. Call or write to the municipality.")
            }
        }
    }

    pub(in crate::inbox) fn form_how_to_reach(self, municipality: &str) -> String {
        match self.0 {
            Language::Nb => format!("Slik når du {municipality}"),
            Language::Nn => format!("Slik når du {municipality}"),
            Language::En => format!("How to reach {municipality}"),
        }
    }

    /// How a report came about, in words.
    pub(in crate::inbox) const fn form_source(self, label: &str) -> &'static str {
        match label.as_bytes() {
            b"telephone" => self.source_telephone(),
            b"meeting" => self.source_meeting(),
            b"post" => self.source_post(),
            _ => self.source_form(),
        }
    }
}

words! {
    form_proved_by "innlogget med" "innlogga med" "signed in with"
    form_prove "Kommunen vil vite hvem som melder. Logg inn først. Det du skriver, blir ikke knyttet til annet enn denne meldingen." "Kommunen vil vite kven som melder. Logg inn først. Det du skriv, blir ikkje knytt til anna enn denne meldinga." "The municipality wants to know who reports. Sign in first. What you write is tied to nothing but this report."
    form_prove_with "Logg inn med" "Logg inn med" "Sign in with"
    form_heading "Meld behov for individuell plan eller koordinator" "Meld behov for individuell plan eller koordinator" "Report a need for an individual plan or a coordinator"
    form_intro "Skjemaet er for tjenester uten eget fagsystem, og for privatpersoner der kommunen har åpnet for det. Det tar omtrent ti minutter." "Skjemaet er for tenester utan eige fagsystem, og for privatpersonar der kommunen har opna for det. Det tek omtrent ti minutt." "The form is for services without a system of their own, and for private persons where the municipality allows it. It takes about ten minutes."
    form_staff_heading "Registrer en melding" "Registrer ei melding" "Register a report"
    form_staff_intro "Skriv inn det som kom på telefon, i et møte eller på papir, eller meld fra selv. Meldingen går samme vei som alle andre, og det går fram hvem som skrev den inn." "Skriv inn det som kom på telefon, i eit møte eller på papir, eller meld frå sjølv. Meldinga går same vegen som alle andre, og det går fram kven som skreiv ho inn." "Write down what came by telephone, in a meeting or on paper, or report yourself. The report goes the same way as all others, and it is told who wrote it down."
    form_register "Registrer muntlig eller på papir" "Registrer munnleg eller på papir" "Register an oral or paper report"
    form_closed "Skjemaet er ikke åpnet her." "Skjemaet er ikkje opna her." "The form is not open here."
    form_closed_text "Ring eller skriv til koordinerende enhet i kommunen." "Ring eller skriv til koordinerande eining i kommunen." "Call or write to the municipality's coordinating unit."
    form_choose_municipality "Hvilken kommune gjelder det?" "Kva kommune gjeld det?" "Which municipality is it about?"
    form_choose_hint "Kommunen der personen oppholder seg. Vet du ikke hvilken enhet som skal ha meldingen, går den til kommunens felles mottak." "Kommunen der personen oppheld seg. Veit du ikkje kva eining som skal ha meldinga, går ho til kommunens felles mottak." "The municipality where the person stays. If you do not know which unit should have the report, it goes to the municipality's common reception."
    form_start "Begynn" "Start" "Begin"
    form_continue_draft "Fortsett på utkastet" "Hald fram med utkastet" "Continue the draft"
    form_has_draft "Du har et utkast som ikke er sendt." "Du har eit utkast som ikkje er sendt." "You have a draft that has not been sent."
    form_invited "Adgang til skjemaet" "Tilgang til skjemaet" "Access to the form"
    form_invited_text "Lenken er for én melding fra virksomheten din. Den kan brukes én gang." "Lenkja er for éi melding frå verksemda di. Ho kan brukast éin gong." "The link is for one report from your organisation. It can be used once."
    form_gone "Utkastet finnes ikke lenger" "Utkastet finst ikkje lenger" "The draft is no longer there"
    form_gone_text "Det er sendt, slettet eller for gammelt. Du kan begynne på nytt." "Det er sendt, sletta eller for gammalt. Du kan byrje på nytt." "It has been sent, deleted or has become too old. You can begin anew."
    form_many "Mange bruker skjemaet akkurat nå, eller virksomheten har sendt mange i dag. Prøv igjen senere, eller ring kommunen." "Mange bruker skjemaet akkurat no, eller verksemda har sendt mange i dag. Prøv igjen seinare, eller ring kommunen." "Many use the form just now, or your organisation has sent many today. Try again later, or call the municipality."
    form_later "Meldingen kunne ikke sjekkes eller sendes akkurat nå. Det du har skrevet, er lagret. Prøv igjen om litt." "Meldinga kunne ikkje sjekkast eller sendast akkurat no. Det du har skrive, er lagra. Prøv igjen om litt." "The report could not be checked or sent just now. What you have written is kept. Try again in a while."
    form_save "Lagre og gå videre" "Lagre og gå vidare" "Save and continue"
    form_back "Tilbake" "Tilbake" "Back"
    form_delete "Slett utkastet" "Slett utkastet" "Delete the draft"
    form_delete_sure "Alt du har skrevet, blir borte, og det kan ikke hentes tilbake." "Alt du har skrive, blir borte, og det kan ikkje hentast tilbake." "Everything you have written will be gone, and it cannot be brought back."
    form_delete_yes "Ja, slett utkastet" "Ja, slett utkastet" "Yes, delete the draft"
    form_objected_to_private "Når personen ikke vil at det meldes, kan du ikke melde her. Er du bekymret for personen, ringer du kommunen." "Når personen ikkje vil at det blir meldt, kan du ikkje melde her. Er du uroa for personen, ringer du kommunen." "When the person does not want it, you cannot report here. If you are worried about the person, call the municipality."
    form_deleted "Utkastet er slettet." "Utkastet er sletta." "The draft has been deleted."
    form_review "Se over og send" "Sjå over og send" "Review and send"
    form_review_text "Les gjennom. Du kan endre alt før du sender." "Les gjennom. Du kan endre alt før du sender." "Read it through. You can change everything before you send."
    form_change "Endre" "Endre" "Change"
    form_not_answered "Ikke besvart" "Ikkje svart på" "Not answered"
    form_send "Send meldingen" "Send meldinga" "Send the report"
    form_remarks "Merknader" "Merknader" "Remarks"
    form_remarks_text "Meldingen kan sendes slik den er. Mottakeren ser de samme merknadene." "Meldinga kan sendast slik ho er. Mottakaren ser dei same merknadene." "The report can be sent as it is. The receiver sees the same remarks."
    form_must_mend "Dette må rettes før meldingen kan sendes" "Dette må rettast før meldinga kan sendast" "This must be mended before the report can be sent"
    form_goes_to "Meldingen går til" "Meldinga går til" "The report goes to"
    form_sent "Meldingen er mottatt" "Meldinga er motteken" "The report has been received"
    form_sent_text "Kommunen har fått meldingen og tar den videre. Ta vare på referansen og koden." "Kommunen har fått meldinga og tek ho vidare. Ta vare på referansen og koden." "The municipality has the report and takes it from here. Keep the reference and the code."
    form_receiver "Mottaker" "Mottakar" "Receiver"
    form_code "Kode" "Kode" "Code"
    form_code_text "Med koden kan du se hva som har skjedd med meldingen. Den vises bare nå, og vi kan ikke finne den igjen. Alle som har koden, kan bruke den." "Med koden kan du sjå kva som har skjedd med meldinga. Han blir berre vist no, og vi kan ikkje finne han igjen. Alle som har koden, kan bruke han." "With the code you can see what has become of the report. It is shown only now, and we cannot find it again. Everybody who has the code can use it."
    form_to_status "Se status" "Sjå status" "See status"
    form_another "Ny melding" "Ny melding" "New report"
    form_print "Skriv ut eller skriv ned kvitteringen før du lukker siden." "Skriv ut eller skriv ned kvitteringa før du lukkar sida." "Print the receipt or write it down before you close the page."
    form_not_in_list "Velg et av svarene." "Vel eit av svara." "Choose one of the answers."
    form_not_a_day "Skriv dato som 21.11.2026." "Skriv dato som 21.11.2026." "Write the date as 21.11.2026."
    form_not_a_telephone "Skriv et norsk telefonnummer med åtte sifre, eller + og landkode først." "Skriv eit norsk telefonnummer med åtte siffer, eller + og landkode først." "Write a Norwegian telephone number of eight digits, or + and the country code first."
    form_due_of_one_born "Termin skrives bare når barnet ikke er født. Ta den bort, eller velg «Ukjent id» og «Barnet er ikke født»." "Termin skriv du berre når barnet ikkje er fødd. Ta han bort, eller vel «Ukjend id» og «Barnet er ikkje fødd»." "A due date is written only when the child is not born. Remove it, or choose “Unknown id” and “The child is not born”."
    form_not_an_organisation "Organisasjonsnummeret må ha ni sifre som stemmer." "Organisasjonsnummeret må ha ni siffer som stemmer." "The organisation number must have nine digits that hold."
    form_description_short "Skriv minst 20 tegn, så kommunen forstår behovet." "Skriv minst 20 teikn, så kommunen forstår behovet." "Write at least 20 characters, so that the municipality understands the need."
    form_consent_not_read "Bekreft at erklæringen er lest." "Stadfest at erklæringa er lesen." "Confirm that the declaration has been read."
    form_choose "Velg" "Vel" "Choose"
    form_optional "valgfritt" "valfritt" "optional"
    form_organisation_is "Du melder for" "Du melder for" "You report for"
    form_channel "Kom inn" "Kom inn" "Came in"
    form_written_by "skrevet inn av" "skrive inn av" "written down by"

    consent_oral "Personen har samtykket muntlig, og det er journalført der du arbeider." "Personen har samtykt munnleg, og det er journalført der du arbeider." "The person has consented orally, and it is in the record where you work."
    consent_unclear "Samtykket er ikke avklart ennå." "Samtykket er ikkje avklart enno." "The consent is not clear yet."
    consent_objected "Personen har motsatt seg at det meldes." "Personen har sett seg imot at det blir meldt." "The person has objected to the report."
    when_organisation "Trengs ikke når meldingen kom på telefon, i et møte eller på papir. Da er navnet nok." "Trengst ikkje når meldinga kom på telefon, i eit møte eller på papir. Då er namnet nok." "Not needed when the report came by telephone, in a meeting or on paper. The name is enough then."
    when_id_number "Trengs ikke når du har valgt «Ukjent id»." "Trengst ikkje når du har valt «Ukjend id»." "Not needed when you have chosen “Unknown id”."
    when_id_reason "Fyll ut når du har valgt «Ukjent id»." "Fyll ut når du har valt «Ukjend id»." "Fill in when you have chosen “Unknown id”."
    when_consented "Fyll ut når noen har samtykket." "Fyll ut når nokon har samtykt." "Fill in when somebody has consented."
    when_on_behalf "Fyll ut når noen har samtykket på vegne av personen." "Fyll ut når nokon har samtykt på vegner av personen." "Fill in when somebody has consented on the person's behalf."
    when_basis "Fyll ut når grunnlaget er et annet enn dem i listen." "Fyll ut når grunnlaget er eit anna enn dei i lista." "Fill in when the basis is another than those in the list."
    when_guardian "Fyll ut både relasjon og navn når du oppgir en foresatt." "Fyll ut både relasjon og namn når du oppgir ein føresett." "Fill in both relation and name when you name a parent or guardian."
    when_not_informed "Fyll ut når den foresatte ikke er orientert, eller ikke skal bli det." "Fyll ut når den føresette ikkje er orientert, eller ikkje skal bli det." "Fill in when the guardian has not been told, or must not be."
    when_no_guardian "Fyll ut når et barn under 16 år ikke har noen foresatt oppgitt." "Fyll ut når eit barn under 16 år ikkje har nokon føresett oppgitt." "Fill in when no guardian is named for a child under 16."
    when_other_reason "Fyll ut når grunnen er en annen enn dem i listen." "Fyll ut når grunnen er ein annan enn dei i lista." "Fill in when the reason is another than those in the list."
    when_urgent "Fyll ut når det haster." "Fyll ut når det hastar." "Fill in when it is urgent."
    form_link_used "Lenken er brukt eller for gammel" "Lenkja er brukt eller for gammal" "The link has been used or is too old"
    form_link_used_text "Hver lenke gjelder én melding. Be kommunen om en ny lenke, eller ring og fortell hva det gjelder." "Kvar lenkje gjeld éi melding. Be kommunen om ei ny lenkje, eller ring og fortel kva det gjeld." "Each link is for one report. Ask the municipality for a new link, or call and tell what it is about."
    form_no_such_place "Vi har ingen opplysninger om denne kommunen" "Vi har ingen opplysningar om denne kommunen" "We know nothing of this municipality"
    form_no_such_place_text "Nummeret hører ikke til noen kommune. Finn kommunen i oversikten." "Nummeret høyrer ikkje til nokon kommune. Finn kommunen i oversikta." "The number is not that of a municipality. Find the municipality in the list."

    step_reporter "Hvem melder?" "Kven melder?" "Who reports?"
    step_person "Hvem gjelder det?" "Kven gjeld det?" "Whom is it about?"
    step_consent "Samtykke" "Samtykke" "Consent"
    step_ground "Grunnlaget for meldingen" "Grunnlaget for meldinga" "What the report rests on"
    step_guardians "Foresatte" "Føresette" "Parents and guardians"
    step_need "Hva er behovet?" "Kva er behovet?" "What is the need?"
    step_services "Tjenester og situasjon" "Tenester og situasjon" "Services and situation"

    source_form "I skjemaet" "I skjemaet" "In the form"
    source_telephone "På telefon" "På telefon" "By telephone"
    source_meeting "I et møte" "I eit møte" "In a meeting"
    source_post "I posten eller på papir" "I posten eller på papir" "By post or on paper"

    h_contact "Kontakt" "Kontakt" "Contact"
    h_guardian_1 "Foresatt" "Føresett" "Parent or guardian"
    h_guardian_2 "Foresatt nummer to" "Føresett nummer to" "Second parent or guardian"
    h_no_guardian "Når ingen foresatt er oppgitt" "Når ingen føresett er oppgitt" "When no parent or guardian is named"
    h_existing "Finnes dette fra før?" "Finst dette frå før?" "Is this there already?"

    f_came_on "Når kom den?" "Når kom ho?" "When did it come?"
    f_came_on_hint "Dagen brevet, samtalen eller møtet var. Fristen og ventetiden regnes fra den." "Dagen brevet, samtalen eller møtet var. Fristen og ventetida blir rekna frå han." "The day of the letter, call or meeting. The deadline and the waiting time count from it."
    form_came_later "Dagen kan ikke ligge fram i tid." "Dagen kan ikkje ligge fram i tid." "The day cannot be in the future."
    form_came_long_ago "Dagen er mer enn ett år siden. Sjekk årstallet." "Dagen er meir enn eitt år sidan. Sjekk årstalet." "The day is more than a year ago. Check the year."
    form_told "Får bare vite at det er meldt" "Får berre vite at det er meldt" "Is only told that there is a report"
    form_to_own "Åpne meldingen i innboksen" "Opne meldinga i innboksen" "Open the report in the inbox"
    form_before "Det er meldt om samme person før" "Det er meldt om same person før" "The same person has been reported before"
    form_before_text "Se om dette er den samme meldingen, før du sender den en gang til." "Sjå om dette er den same meldinga, før du sender ho ein gong til." "See whether this is the same report before you send it once more."
    source_oneself "Jeg melder fra selv" "Eg melder frå sjølv" "I report it myself"
    f_source "Hvordan kom meldingen?" "Korleis kom meldinga?" "How did the report come?"
    f_category "Hvem er det som melder?" "Kven er det som melder?" "Who is it that reports?"
    f_organisation_name "Virksomhet" "Verksemd" "Organisation"
    f_organisation_hint "Tomt når det er en privatperson." "Tomt når det er ein privatperson." "Empty for a private person."
    f_organisation "Organisasjonsnummer" "Organisasjonsnummer" "Organisation number"
    f_unit "Avdeling eller enhet" "Avdeling eller eining" "Department or unit"
    f_unit_hint "For eksempel 3. trinn eller avdeling sør." "Til dømes 3. trinn eller avdeling sør." "For example third grade or department south."
    f_reporter_name "Navnet til den som melder" "Namnet til den som melder" "Name of the one who reports"
    f_position "Stilling" "Stilling" "Position"
    f_reporter_phone "Telefon til den som melder" "Telefon til den som melder" "Telephone of the one who reports"
    f_reporter_phone_staff "Et nummer dere kan nå melder på. Står det ikke i brevet, slår dere opp melder eller sentralbordet der melder arbeider. Finner dere ikke noe, skriver dere nummeret til deres egen enhet, og i beskrivelsen av behovet at melder ikke har oppgitt telefon." "Eit nummer de kan nå meldaren på. Står det ikkje i brevet, slår de opp meldaren eller sentralbordet der meldaren arbeider. Finn de ikkje noko, skriv de nummeret til dykkar eiga eining, og i skildringa av behovet at meldaren ikkje har oppgitt telefon." "A number on which you can reach the one who reports. If it is not in the letter, look up the person or the switchboard where they work. If you find none, write the number of your own unit, and in the description of the need that the one who reports gave no telephone."
    f_wants_answer "Ønskes svar?" "Ønskjer de svar?" "Is an answer wanted?"
    f_answer_channel "Hvordan ønskes svar?" "Korleis ønskjer de svar?" "How is the answer wanted?"

    f_id_kind "Hva slags id-nummer har personen?" "Kva slags id-nummer har personen?" "What kind of identity number does the person have?"
    f_id_number "Id-nummer" "Id-nummer" "Identity number"
    f_id_reason "Hvorfor mangler id-nummer?" "Kvifor manglar id-nummer?" "Why is there no identity number?"
    f_given_name "Fornavn" "Førenamn" "Given name"
    f_family_name "Etternavn" "Etternamn" "Family name"
    f_family_name_hint "Kan stå tomt når et barn ikke er født." "Kan stå tomt når eit barn ikkje er fødd." "May be empty when a child is not born yet."
    f_born "Fødselsdato" "Fødselsdato" "Date of birth"
    f_born_hint "Trengs ikke når du har skrevet fødselsnummer." "Trengst ikkje når du har skrive fødselsnummer." "Not needed when you have written a national identity number."
    f_due "Termin, når det gjelder et barn som er ventet" "Termin, når det gjeld eit barn som er venta" "Due date, when a child is expected"
    f_due_hint "La stå tom ellers." "La stå tom elles." "Leave empty otherwise."
    f_grading "Er adressen beskyttet?" "Er adressa verna?" "Is the address protected?"
    f_grading_hint "Er adressen beskyttet, skriver du verken adresse eller telefon." "Er adressa verna, skriv du verken adresse eller telefon." "If it is protected, write neither address nor telephone."
    f_phone "Telefon til personen" "Telefon til personen" "The person's telephone"
    f_address "Adresse" "Adresse" "Address"
    f_contact_ways "Hvordan kan personen kontaktes?" "Korleis kan personen kontaktast?" "How can the person be contacted?"
    f_interpreter "Trengs tolk?" "Trengst tolk?" "Is an interpreter needed?"
    f_language "Språk" "Språk" "Language"

    f_consent_read "Erklæringen" "Erklæringa" "The declaration"
    f_consent "Hva har personen sagt?" "Kva har personen sagt?" "What has the person said?"
    f_consent_oneself "Samtykker du?" "Samtykkjer du?" "Do you consent?"
    consent_oneself "Jeg samtykker" "Eg samtykkjer" "I consent"
    f_consent_day "Dato for samtykket" "Dato for samtykket" "Date of the consent"
    f_given_by_role "Hvem har samtykket?" "Kven har samtykt?" "Who has consented?"
    f_given_by "Navnet til den som har samtykket på vegne av personen" "Namnet til den som har samtykt på vegner av personen" "Name of the one who has consented on the person's behalf"
    f_scopes "Samtykket gjelder" "Samtykket gjeld" "The consent covers"
    f_scopes_hint "Uten samtykke til tilbakemelding ser du bare at meldingen er mottatt." "Utan samtykke til tilbakemelding ser du berre at meldinga er motteken." "Without consent to feedback you only see that the report has been received."
    f_ask_from "Tjenester kommunen kan hente opplysninger fra" "Tenester kommunen kan hente opplysningar frå" "Services that the municipality may ask"
    f_ask_from_hint "Skriv hvilke, for eksempel helsestasjonen og PPT." "Skriv kva for nokre, til dømes helsestasjonen og PPT." "Write which, for example the child health centre."
    f_basis "Annet grunnlag enn samtykke" "Anna grunnlag enn samtykke" "Another basis than consent"
    f_basis_hint "Bare når meldingen sendes uten samtykke, eller noen samtykker for en voksen." "Berre når meldinga blir send utan samtykke, eller nokon samtykkjer for ein vaksen." "Only when the report is sent without consent, or somebody consents for an adult."
    f_basis_reason "Begrunnelse for grunnlaget" "Grunngiving for grunnlaget" "Reason for the basis"
    f_relation "Relasjon" "Relasjon" "Relation"
    f_guardian_name "Navn" "Namn" "Name"
    f_guardian_phone "Telefon" "Telefon" "Telephone"
    f_responsible "Har foreldreansvar?" "Har foreldreansvar?" "Has parental responsibility?"
    f_informed "Er orientert om meldingen?" "Er orientert om meldinga?" "Has been told of the report?"
    f_hidden "Skjerming" "Skjerming" "Protection"
    f_informed_reason "Grunnen til at foresatt ikke er eller skal bli orientert" "Grunnen til at føresett ikkje er eller skal bli orientert" "Why the guardian is not or must not be told"
    f_no_guardian "Hvorfor er ingen foresatt oppgitt?" "Kvifor er ingen føresett oppgitt?" "Why is no parent or guardian named?"
    f_no_guardian_text "Forklaring" "Forklaring" "Explanation"

    f_needs "Hva kan personen ha behov for?" "Kva kan personen ha behov for?" "What may the person need?"
    f_needs_hint "Koordinator kan ønskes også uten plan. Kommunen vurderer retten." "Koordinator kan ønskjast også utan plan. Kommunen vurderer retten." "A coordinator can be wished for without a plan too. The municipality assesses the right."
    f_extra "Kommunen tar også imot søknad om" "Kommunen tek også imot søknad om" "The municipality also takes applications for"
    f_description "Beskriv situasjonen og behovet" "Beskriv situasjonen og behovet" "Describe the situation and the need"
    f_description_hint "Fra 20 til 4000 tegn. Ikke skriv fødselsnummer her." "Frå 20 til 4000 teikn. Ikkje skriv fødselsnummer her." "From 20 to 4000 characters. Do not write identity numbers here."
    f_what_matters "Hva er viktig for personen?" "Kva er viktig for personen?" "What matters to the person?"
    f_goals "Mål" "Mål" "Goals"
    f_duration "Hvor lenge ventes behovet å vare?" "Kor lenge er behovet venta å vare?" "How long is the need expected to last?"
    f_duration_hint "Det finnes ingen fast grense. Svar «usikkert» om du ikke vet." "Det finst inga fast grense. Svar «usikkert» om du ikkje veit." "There is no fixed limit. Answer “uncertain” if you do not know."
    f_urgency "Haster det?" "Hastar det?" "Is it urgent?"
    f_urgency_reason "Hvorfor haster det?" "Kvifor hastar det?" "Why is it urgent?"
    f_wish "Ønsker personen koordinator?" "Ønskjer personen koordinator?" "Does the person want a coordinator?"
    f_wish_who "Ønsker personen en bestemt koordinator?" "Ønskjer personen ein bestemt koordinator?" "Does the person want a certain coordinator?"
    f_unsure "Er du i tvil?" "Er du i tvil?" "Are you in doubt?"
    f_unsure_hint "Da fordeler kommunen meldingen selv. Skriv gjerne i beskrivelsen hva du lurer på." "Då fordeler kommunen meldinga sjølv. Skriv gjerne i omtalen kva du lurer på." "Then the municipality finds out itself who should have the report. You may write in the description what you wonder about."
    form_unsure_and_services "Kryss enten av for at du ikke vet, eller for tjenester. Ikke begge deler." "Kryss anten av for at du ikkje veit, eller for tenester. Ikkje begge delar." "Tick either that you do not know, or services. Not both."
    f_services_now "Tjenester personen har nå" "Tenester personen har no" "Services that the person has now"
    f_services_hint "Kryss av det du vet om." "Kryss av det du veit om." "Tick what you know of."
    f_services_wished "Tjenester personen ønsker" "Tenester personen ønskjer" "Services that the person wants"
    f_has_plan "Individuell plan" "Individuell plan" "Individual plan"
    f_has_coordinator "Koordinator" "Koordinator" "Coordinator"
    f_has_team "Ansvarsgruppe" "Ansvarsgruppe" "Team around the person"
    f_transitions "Er personen i en overgang?" "Er personen i ein overgang?" "Is the person in a transition?"

    status_heading "Hva har skjedd med meldingen?" "Kva har skjedd med meldinga?" "What has become of the report?"
    status_intro "Skriv koden fra kvitteringen." "Skriv koden frå kvitteringa." "Write the code from the receipt."
    status_wrong "Koden passer ikke til noen melding. Sjekk den og prøv igjen." "Koden passar ikkje til noka melding. Sjekk han og prøv igjen." "The code fits no report. Check it and try again."
    status_wait "Mange spør akkurat nå. Vent et minutt og prøv igjen." "Mange spør akkurat no. Vent eit minutt og prøv igjen." "Many ask just now. Wait a minute and try again."
    status_received "Mottatt" "Motteken" "Received"
    status_not_read "Mottatt, ikke lest ennå" "Motteken, ikkje lesen enno" "Received, not read yet"
    status_opened "Åpnet av kommunen" "Opna av kommunen" "Opened by the municipality"
    status_passed_on "Overført til en annen kommune eller et helseforetak, som har tatt over saken" "Overført til ein annan kommune eller eit helseføretak, som har teke over saka" "Transferred to another municipality or a hospital trust, which has taken over the case"
    status_taken "En saksbehandler har tatt ansvar" "Ein saksbehandlar har teke ansvar" "A case worker has taken responsibility"
    status_done "Ferdigbehandlet hos enheten" "Ferdigbehandla hos eininga" "Finished at the unit"
    status_in_work "Meldingen er mottatt, og vi ser på en feil hos oss." "Meldinga er motteken, og vi ser på ein feil hos oss." "The report has been received, and we are looking at a fault of ours."
    status_no_feedback "Samtykket omfatter ikke tilbakemelding til den som meldte. Derfor vises ikke hva som skjer med saken." "Samtykket omfattar ikkje tilbakemelding til den som melde. Difor blir det ikkje vist kva som skjer med saka." "The consent does not cover feedback to the one who reported. Therefore what becomes of the case is not shown."
    status_call "Ring kommunen og oppgi referansen når du lurer på noe." "Ring kommunen og oppgi referansen når du lurer på noko." "Call the municipality and give the reference if you wonder about something."
    journal_registered "skrev inn meldingen" "skreiv inn meldinga" "wrote the report down"
    journal_sent_by_form "tok imot meldingen i skjemaet" "tok imot meldinga i skjemaet" "received the report by the form"
}
