//! The statements of accessibility and privacy, in the three languages. When one changes, so does its date in `about.rs`.

use super::Words;
use crate::domain::Language;
use crate::inbox::about::Facts;
use crate::inbox::about::Section;
use crate::inbox::about::Statement;

/// Where the supervisory authority for accessibility is reached.
const AUTHORITY_FOR_ACCESSIBILITY: &str = "https://www.uutilsynet.no/";
/// Where the data protection authority is reached.
const AUTHORITY_FOR_PRIVACY: &str = "https://www.datatilsynet.no/";

/// The addresses that a statement leads to; other than these only what the municipality wrote itself.
fn link(name: &str, address: &str) -> (String, String) {
    (name.to_owned(), address.to_owned())
}

impl Words {
    pub(in crate::inbox) const fn about_accessibility(self) -> &'static str {
        self.pick("Tilgjengelighet", "Tilgjenge", "Accessibility")
    }

    pub(in crate::inbox) const fn about_privacy(self) -> &'static str {
        self.pick("Personvern", "Personvern", "Privacy")
    }

    pub(in crate::inbox) const fn about_revised(self) -> &'static str {
        self.pick(
            "Teksten ble sist gått gjennom",
            "Teksten vart sist gått gjennom",
            "This text was last gone through on",
        )
    }

    /// The navigation at the foot of each page.
    pub(in crate::inbox) const fn about_pages(self) -> &'static str {
        self.pick("Om disse sidene", "Om desse sidene", "About these pages")
    }

    pub(in crate::inbox) fn accessibility(self, facts: &Facts<'_>) -> Statement {
        let mut sections = vec![
            self.section(
                self.pick("Hvor godt sidene følger kravene", "Kor godt sidene følgjer krava", "How well the pages meet the requirements"),
                &[
                    self.pick(
                        "Sidene er laget for å følge WCAG 2.1 på nivå A og AA, som norsk regelverk krever, og det som WCAG 2.2 legger til på nivå A og AA.",
                        "Sidene er laga for å følgje WCAG 2.1 på nivå A og AA, som norsk regelverk krev, og det som WCAG 2.2 legg til på nivå A og AA.",
                        "The pages are made to meet WCAG 2.1 at levels A and AA, as Norwegian rules require, and what WCAG 2.2 adds at levels A and AA.",
                    ),
                    self.pick(
                        "Et program (axe) prøver sidene i en virkelig nettleser, i tre bredder, lyst og mørkt. Det finner ingen brudd i dag. Et slikt program finner bare en del av de feilene som finnes.",
                        "Eit program (axe) prøver sidene i ein verkeleg nettlesar, i tre breidder, lyst og mørkt. Det finn ingen brot i dag. Eit slikt program finn berre ein del av dei feila som finst.",
                        "A program (axe) tries the pages in a real browser, in three widths, light and dark. It finds no breach today. Such a program finds only some of the faults that there are.",
                    ),
                    self.pick(
                        "Sidene er ikke prøvd av personer som bruker skjermleser eller andre hjelpemidler til daglig, og ingen utenfor prosjektet har vurdert dem. Det kan derfor være feil som vi ikke kjenner.",
                        "Sidene er ikkje prøvde av personar som bruker skjermlesar eller andre hjelpemiddel til dagleg, og ingen utanfor prosjektet har vurdert dei. Det kan difor vere feil som vi ikkje kjenner.",
                        "The pages have not been tried by people who use a screen reader or other aids every day, and nobody outside the project has assessed them. There may therefore be faults that we do not know of.",
                    ),
                ],
            ),
            self.section(
                self.pick("Det vi vet ikke er godt nok", "Det vi veit ikkje er godt nok", "What we know is not good enough"),
                &[
                    self.pick(
                        "Vedlegg og brev er slik avsenderen laget dem. En PDF eller et bilde kan mangle tekst som en skjermleser kan lese. Be avsenderen om innholdet på en annen måte.",
                        "Vedlegg og brev er slik avsendaren laga dei. Ein PDF eller eit bilete kan mangle tekst som ein skjermlesar kan lese. Be avsendaren om innhaldet på ein annan måte.",
                        "Attachments and letters are as the sender made them. A PDF or a picture may lack text that a screen reader can read. Ask the sender for the content in another way.",
                    ),
                    self.pick(
                        "Beskjeden om at innloggingen snart tar slutt, og at du kan bli, krever at nettleseren kjører skript. Alt annet virker uten.",
                        "Beskjeden om at innlogginga snart tek slutt, og at du kan bli, krev at nettlesaren køyrer skript. Alt anna verkar utan.",
                        "The message that your session is about to end, and that you can stay, needs a browser that runs scripts. Everything else works without.",
                    ),
                ],
            ),
        ];
        let mut tell = self.section(
            self.pick(
                "Si fra når noe ikke virker for deg",
                "Sei frå når noko ikkje verkar for deg",
                "Tell us when something does not work for you",
            ),
            &[],
        );
        tell.paragraphs.push(self.turn_to(&facts.about.responsible, &facts.about.contact));
        tell.paragraphs.push(
            self.pick(
                "Fortell hvilken side det gjelder, hva du prøvde å gjøre, og hvilken nettleser og hvilket hjelpemiddel du bruker. Ta ikke med opplysninger om personer.",
                "Fortel kva side det gjeld, kva du prøvde å gjere, og kva nettlesar og hjelpemiddel du bruker. Ta ikkje med opplysningar om personar.",
                "Say which page it is about, what you tried to do, and which browser and aid you use. Leave out information about persons.",
            )
            .to_owned(),
        );
        sections.push(tell);
        let mut complain = self.section(
            self.pick("Hvis du vil klage", "Dersom du vil klage", "If you want to complain"),
            &[self.pick(
                "Får du ikke svar, eller hjelper ikke svaret, kan du si fra til tilsynet for universell utforming av ikt (Uutilsynet).",
                "Får du ikkje svar, eller hjelper ikkje svaret, kan du seie frå til tilsynet for universell utforming av ikt (Uutilsynet).",
                "If you get no answer, or the answer does not help, you can tell the Norwegian authority for universal design of ICT (Uutilsynet).",
            )],
        );
        complain.links.push(link("Uutilsynet", AUTHORITY_FOR_ACCESSIBILITY));
        sections.push(complain);
        let mut own = self.section(
            self.pick("Kommunens egen erklæring", "Erklæringa til kommunen", "The municipality's own statement"),
            &[self.pick(
                "Det som står her, er skrevet av dem som lager Meldeport. En offentlig virksomhet skal ha sin egen tilgjengelighetserklæring på uustatus.no.",
                "Det som står her, er skrive av dei som lagar Meldeport. Ei offentleg verksemd skal ha si eiga tilgjengeerklæring på uustatus.no.",
                "What stands here is written by those who make Meldeport. A public body shall have its own statement of accessibility at uustatus.no.",
            )],
        );
        match facts.about.statement() {
            Some(address) => own.links.push(link(
                self.pick(
                    "Les den registrerte erklæringen",
                    "Les den registrerte erklæringa",
                    "Read the registered statement",
                ),
                address,
            )),
            None => own.paragraphs.push(
                self.pick(
                    "Lenken til den er ikke lagt inn her ennå.",
                    "Lenkja til erklæringa er ikkje lagd inn her enno.",
                    "The link to it has not been put in here yet.",
                )
                .to_owned(),
            ),
        }
        sections.push(own);
        Statement {
            heading: self.about_accessibility(),
            intro: self.pick(
                "Alle skal kunne bruke disse sidene: med tastatur alene, med skjermleser, med forstørret tekst og med egne farger.",
                "Alle skal kunne bruke desse sidene: med tastatur åleine, med skjermlesar, med forstørra tekst og med eigne fargar.",
                "Everybody should be able to use these pages: by keyboard alone, with a screen reader, with larger text and with colours of their own.",
            ),
            sections,
        }
    }

    pub(in crate::inbox) fn privacy(self, facts: &Facts<'_>) -> Statement {
        let mut responsible = self.section(
            self.pick("Hvem som har ansvaret", "Kven som har ansvaret", "Who is responsible"),
            &[self.pick(
                "Kommunen bestemmer hva opplysningene skal brukes til, og har ansvaret for dem (dataansvarlig). De som driver maskinen for kommunen, gjør det etter avtale med den.",
                "Kommunen avgjer kva opplysningane skal brukast til, og har ansvaret for dei (dataansvarleg). Dei som driv maskina for kommunen, gjer det etter avtale med han.",
                "The municipality decides what the data is used for and answers for it (controller). Those who run the machine for the municipality do so by agreement with it.",
            )],
        );
        responsible.paragraphs.push(self.turn_to(&facts.about.responsible, &facts.about.contact));
        let officer = facts.about.privacy_officer.trim();
        if !officer.is_empty() {
            let name = self.pick("Personvernombudet", "Personvernombodet", "The data protection officer");
            responsible.paragraphs.push(format!("{name}: {officer}"));
        }
        let mut sections = vec![
            responsible,
            self.section(
                self.pick("Hva sidene er til", "Kva sidene er til", "What the pages are for"),
                &[
                    self.pick(
                        "Her kommer meldinger om at en person kan ha behov for individuell plan, koordinator eller barnekoordinator, slik at rett enhet i kommunen kan ta saken videre (helse- og omsorgstjenesteloven §§ 7-1 til 7-3). Opplysningene brukes ikke til noe annet.",
                        "Hit kjem meldingar om at ein person kan ha behov for individuell plan, koordinator eller barnekoordinator, slik at rett eining i kommunen kan ta saka vidare (helse- og omsorgstenestelova §§ 7-1 til 7-3). Opplysningane blir ikkje brukte til noko anna.",
                        "Reports come here that a person may need an individual plan, a coordinator or a children's coordinator, so that the right unit of the municipality can take the case further (Health and Care Services Act §§ 7-1 to 7-3). The data is used for nothing else.",
                    ),
                    self.pick(
                        "Programmet avgjør ikke hvem som har rett til noe. Det slår ikke opp personer i andre registre, og det sender ikke innhold med e-post.",
                        "Programmet avgjer ikkje kven som har rett til noko. Det slår ikkje opp personar i andre register, og det sender ikkje innhald med e-post.",
                        "The program does not decide who has a right to anything. It looks nobody up in other registers and sends no content by e-mail.",
                    ),
                ],
            ),
            self.section(
                self.pick("Den meldingen gjelder", "Den meldinga gjeld", "The person the report is about"),
                &[
                    self.pick(
                        "Meldingen oppbevares slik den kom, kryptert. Bare enheten som fikk den, kan lese den, og hver lesing, nedlasting og handling skrives i en journal med navn og tid. De som driver maskinen, har ingen side eller kommando som viser innholdet.",
                        "Meldinga blir oppbevart slik ho kom, kryptert. Berre eininga som fekk ho, kan lese ho, og kvar lesing, nedlasting og handling blir skriven i ein journal med namn og tid. Dei som driv maskina, har inga side eller kommando som viser innhaldet.",
                        "The report is kept as it came, encrypted. Only the unit that got it can read it, and each reading, download and act is written in a journal with name and time. Those who run the machine have no page or command that shows the content.",
                    ),
                    self.pick(
                        "Er adressen gradert, vises det ikke i lister hvem det gjelder eller hvor meldingen kommer fra.",
                        "Er adressa gradert, står det ikkje i lister kven det gjeld eller kvar meldinga kjem frå.",
                        "If the address is protected, lists show neither who it is about nor where the report comes from.",
                    ),
                ],
            ),
            self.section(
                self.pick("Du som melder", "Du som melder", "You who report"),
                &[
                    self.pick(
                    "Navn, rolle, arbeidssted og telefon som du oppgir, følger meldingen og leses av enheten som får den.",
                    "Namn, rolle, arbeidsstad og telefon som du oppgir, følgjer meldinga og blir lesne av eininga som får ho.",
                    "The name, role, place of work and telephone that you give go with the report and are read by the unit that gets it.",
                    ),
                    self.pick(
                        "Der kommunen tar imot meldinger gjennom skjemaet på disse sidene, ligger det du skriver, kryptert til du sender det eller kaster det. Lar du det ligge, forsvinner det av seg selv.",
                        "Der kommunen tek imot meldingar gjennom skjemaet på desse sidene, ligg det du skriv, kryptert til du sender det eller kastar det. Lèt du det liggje, forsvinn det av seg sjølv.",
                        "Where the municipality takes reports through the form on these pages, what you write is kept encrypted until you send it or throw it away. If you leave it, it disappears by itself.",
                    ),
                ],
            ),
        ];
        let mut user = self.section(
            self.pick("Du som bruker innboksen", "Du som bruker innboksen", "You who use the inbox"),
            &[self.pick(
                "Vi har navnet ditt på jobb, brukernavnet, hvilke enheter du hører til, og når du logget inn. Journalen sier hva du åpnet, lastet ned og gjorde. Den kan ikke endres i ettertid.",
                "Vi har namnet ditt på jobb, brukarnamnet, kva einingar du høyrer til, og når du logga inn. Journalen seier kva du opna, lasta ned og gjorde. Han kan ikkje endrast i ettertid.",
                "We have your name at work, your user name, which units you belong to, and when you signed in. The journal says what you opened, downloaded and did. It cannot be changed afterwards.",
            )],
        );
        user.paragraphs.push(self.session_lasts(facts));
        sections.push(user);
        if facts.check_page {
            sections.push(self.section(
                self.pick("Sjekk en melding", "Sjekk ei melding", "Check a message"),
                &[self.pick(
                    "Det du limer inn eller laster opp for å sjekke, blir ikke lagret og ikke skrevet i noen logg.",
                    "Det du limer inn eller lastar opp for å sjekke, blir ikkje lagra og ikkje skrive i nokon logg.",
                    "What you paste or upload to have it checked is not stored and not written in any log.",
                )],
            ));
        }
        let mut kept = self.section(
            self.pick("Hvor lenge", "Kor lenge", "For how long"),
            &[self.pick(
                "Kommunen bestemmer hvor lenge meldingene blir liggende her, etter pasientjournalloven og arkivlova. Innholdet fjernes tidligst når saken er ferdig og ført i kommunens egen journal, og bare hvis kommunen har bestemt hvor lenge etter det. Kladder i skjemaet slettes av seg selv.",
                "Kommunen avgjer kor lenge meldingane blir liggjande her, etter pasientjournallova og arkivlova. Innhaldet blir fjerna tidlegast når saka er ferdig og ført i journalen til kommunen, og berre dersom kommunen har avgjort kor lenge etter det. Kladdar i skjemaet blir sletta av seg sjølve.",
                "The municipality decides how long reports stay here, by the acts on patient records and archives. The content is removed at the earliest when the case is done and entered in the municipality's own record, and only if the municipality has decided how long after that. Drafts of the form are deleted by themselves.",
            )],
        );
        kept.paragraphs.push(self.rejected_kept(facts.rejected_days));
        sections.push(kept);
        sections.push(self.section(
            self.pick("Informasjonskapsler", "Informasjonskapslar", "Cookies"),
            &[self.pick(
                "Sidene bruker bare informasjonskapsler som trengs for at de skal virke: for å holde deg innlogget, for å knytte skjemaer til nettleseren din, og for å vite at noen har logget inn her før, så ingen stenger dere ute ved å prøve passord. Ingen av dem sier noe om deg. Ingenting hentes fra andre nettsteder, og ingen teller besøkene dine.",
                "Sidene bruker berre informasjonskapslar som trengst for at dei skal verke: for å halde deg innlogga, for å knyte skjema til nettlesaren din, og for å vite at nokon har logga inn her før, så ingen stengjer dykk ute ved å prøve passord. Ingen av dei seier noko om deg. Ingenting blir henta frå andre nettstader, og ingen tel besøka dine.",
                "The pages use only cookies that they need to work: to keep you signed in, to tie forms to your browser, and to know that somebody has signed in here before, so that nobody shuts you out by trying passwords. None of them says anything about you. Nothing is fetched from other sites, and nobody counts your visits.",
            )],
        ));
        let mut rights = self.section(
            self.pick("Rettighetene dine", "Rettane dine", "Your rights"),
            &[self.pick(
                "Du kan be kommunen om å få se hva som står om deg og hvem som har lest det, og om å få rettet det som er feil. Er du ikke fornøyd med svaret, kan du klage til Datatilsynet.",
                "Du kan be kommunen om å få sjå kva som står om deg og kven som har lese det, og om å få retta det som er feil. Er du ikkje nøgd med svaret, kan du klage til Datatilsynet.",
                "You can ask the municipality to see what is written about you and who has read it, and to have what is wrong put right. If you are not content with the answer, you can complain to the data protection authority (Datatilsynet).",
            )],
        );
        rights.links.push(link("Datatilsynet", AUTHORITY_FOR_PRIVACY));
        sections.push(rights);
        Statement {
            heading: self.about_privacy(),
            intro: self.pick(
                "Hva som blir tatt vare på om deg her, og hvem som får se det.",
                "Kva som blir teke vare på om deg her, og kven som får sjå det.",
                "What is kept about you here, and who gets to see it.",
            ),
            sections,
        }
    }

    fn section(self, heading: &'static str, paragraphs: &[&str]) -> Section {
        Section { heading, paragraphs: paragraphs.iter().map(|it| (*it).to_owned()).collect(), links: Vec::new() }
    }

    /// Whom to turn to, or that nobody has been named.
    fn turn_to(self, responsible: &str, contact: &str) -> String {
        let (responsible, contact) = (responsible.trim(), contact.trim());
        let who =
            if responsible.is_empty() { self.pick("Kommunen", "Kommunen", "The municipality") } else { responsible };
        if contact.is_empty() {
            let where_to = self.pick(
                "har ikke lagt inn her hvordan de kan nås. Bruk sentralbordet eller den vanlige postadressen.",
                "har ikkje lagt inn her korleis dei kan nåast. Bruk sentralbordet eller den vanlege postadressa.",
                "has not put in here how to reach them. Use the switchboard or the usual address.",
            );
            return format!("{who} {where_to}");
        }
        format!("{who}: {contact}")
    }

    /// How long the content of a message that was turned away is kept.
    fn rejected_kept(self, days: u32) -> String {
        match (self.0, days) {
            (Language::Nb, 0) => "En melding som blir avvist fordi det er feil i den, kommer ikke til noen enhet. Det er ikke bestemt når innholdet i den slettes.".to_owned(),
            (Language::Nn, 0) => "Ei melding som blir avvist fordi det er feil i ho, kjem ikkje til noka eining. Det er ikkje bestemt når innhaldet i ho blir sletta.".to_owned(),
            (Language::En, 0) => "A message that is rejected because something is wrong with it comes to no unit. It has not been decided when its content is deleted.".to_owned(),
            (Language::Nb, days) => format!("En melding som blir avvist fordi det er feil i den, kommer ikke til noen enhet. Innholdet i den slettes etter {days} dager."),
            (Language::Nn, days) => format!("Ei melding som blir avvist fordi det er feil i ho, kjem ikkje til noka eining. Innhaldet i ho blir sletta etter {days} dagar."),
            (Language::En, days) => format!("A message that is rejected because something is wrong with it comes to no unit. Its content is deleted after {days} days."),
        }
    }

    fn session_lasts(self, facts: &Facts<'_>) -> String {
        let Facts { idle_minutes, session_hours, .. } = facts;
        match self.0 {
            Language::Nb => format!(
                "Innloggingen din tar slutt etter {idle_minutes} minutter uten bruk, og senest etter {session_hours} timer. Mislykkede forsøk på innlogging telles i et kvarter, uten at det du skrev, blir tatt vare på."
            ),
            Language::Nn => format!(
                "Innlogginga di tek slutt etter {idle_minutes} minutt utan bruk, og seinast etter {session_hours} timar. Mislykka forsøk på innlogging blir talde i eit kvarter, utan at det du skreiv, blir teke vare på."
            ),
            Language::En => format!(
                "Your session ends after {idle_minutes} minutes without use, and after {session_hours} hours at the latest. Failed attempts to sign in are counted for a quarter of an hour, without keeping what you typed."
            ),
        }
    }
}
