//! Words of the journal's own page: what people did besides working with a case, and what an auditor asks for.

use crate::domain::JournalKind;
use crate::domain::Language;
use crate::inbox::icon::Icon;
use crate::inbox::texts::Words;

impl Words {
    /// A sort of act, as a choice.
    pub(in crate::inbox) const fn journal_kind(self, kind: JournalKind) -> &'static str {
        match kind {
            JournalKind::Refused => {
                self.pick("Nektet eller mislykket", "Nekta eller mislykka", "Refused or failed attempts")
            }
            JournalKind::Read => self.pick("Åpnet og lest", "Opna og lese", "Opened and read"),
            JournalKind::Listed => self.pick("Lister og søk", "Lister og søk", "Lists and searches"),
            JournalKind::TakenOut => {
                self.pick("Utskrift og nedlasting", "Utskrift og nedlasting", "Prints and downloads")
            }
            JournalKind::PassedOn => self.pick("Overføring og løft", "Overføring og løft", "Transfers and lifts"),
            JournalKind::Worked => self.pick("Arbeid med saken", "Arbeid med saka", "Work with the case"),
            JournalKind::Received => self.pick("Mottak og varsling", "Mottak og varsling", "Arrival and notices"),
            JournalKind::SignedIn => self.pick("Innlogging", "Innlogging", "Signing in"),
            JournalKind::Access => self.pick("Brukere og roller", "Brukarar og roller", "Accounts and roles"),
            JournalKind::JournalRead => {
                self.pick("Innsyn i hendelsesloggen", "Innsyn i hendingsloggen", "Reading of the journal")
            }
        }
    }

    /// Stands for the act of a line that has been changed.
    pub(super) const fn unreadable_line(self) -> &'static str {
        self.pick(
            "linjen er endret og kan ikke leses – meld det til driften",
            "linja er endra og kan ikkje lesast – meld det til drifta",
            "the line has been changed and cannot be read – report it to operations",
        )
    }

    /// Stands last in a file that does not have all that was asked for.
    pub(in crate::inbox) fn told_cut(self, lines: usize, oldest: &str) -> String {
        let lines = thousands(lines, self.0);
        match self.0 {
            Language::Nb => format!(
                "Filen er kuttet her: den har de {lines} nyeste linjene, tilbake til {oldest}. Det finnes eldre. Velg færre dager om gangen."
            ),
            Language::Nn => format!(
                "Fila er kutta her: ho har dei {lines} nyaste linjene, tilbake til {oldest}. Det finst eldre. Vel færre dagar om gongen."
            ),
            Language::En => format!(
                "The file is cut here: it has the {lines} newest lines, back to {oldest}. There are older ones. Choose fewer days at a time."
            ),
        }
    }

    /// Beside the link to the file.
    pub(in crate::inbox) fn told_cut_hint(self, lines: usize) -> String {
        let lines = thousands(lines, self.0);
        match self.0 {
            Language::Nb => {
                format!("Filen har høyst {lines} linjer, de nyeste. Er det flere, står det i siste linje.")
            }
            Language::Nn => {
                format!("Fila har høgst {lines} linjer, dei nyaste. Er det fleire, står det i siste linje.")
            }
            Language::En => {
                format!("The file has {lines} lines at most, the newest. If there are more, the last line says so.")
            }
        }
    }

    /// What people did that is about no case.
    pub(super) const fn own_action(self, action: &str) -> Option<(&'static str, Icon)> {
        Some(match action.as_bytes() {
            b"refused" => (self.pick("ble nektet", "vart nekta", "was refused"), Icon::Stop),
            b"signed_in" => (self.pick("logget inn", "logga inn", "signed in"), Icon::Person),
            b"signed_out" => (self.pick("logget ut", "logga ut", "signed out"), Icon::Person),
            b"sign_in_failed" => (
                self.pick(
                    "avviste et forsøk på innlogging",
                    "avviste eit forsøk på innlogging",
                    "turned away a sign-in",
                ),
                Icon::Stop,
            ),
            b"second_factor_failed" => (
                self.pick(
                    "avviste engangskode ved innlogging",
                    "avviste eingongskode ved innlogging",
                    "turned away a one-time code at sign-in",
                ),
                Icon::Stop,
            ),
            b"recovery_code_used" => (
                self.pick("brukte en gjenopprettingskode", "brukte ein gjenopprettingskode", "used a recovery code"),
                Icon::Warning,
            ),
            b"second_factor_set" => (
                self.pick("la til en ekstra faktor", "la til ein ekstra faktor", "added a second factor"),
                Icon::Shield,
            ),
            b"second_factor_removed" => (
                self.pick("fjernet en ekstra faktor", "fjerna ein ekstra faktor", "removed a second factor"),
                Icon::Warning,
            ),
            b"second_factor_reset" => (
                self.pick(
                    "nullstilte den ekstra faktoren",
                    "nullstilte den ekstra faktoren",
                    "reset the second factor",
                ),
                Icon::Warning,
            ),
            b"backed_up" => (self.pick("tok en sikkerhetskopi", "tok ein tryggingskopi", "took a backup"), Icon::Tray),
            b"restored" => (
                self.pick("la tilbake en sikkerhetskopi", "la tilbake ein tryggingskopi", "put back a backup"),
                Icon::Warning,
            ),
            b"identity_tied" => (
                self.pick(
                    "knyttet brukeren til en innlogging utenfra",
                    "knytte brukaren til ei innlogging utanfrå",
                    "tied the account to a sign-in from outside",
                ),
                Icon::Shield,
            ),
            b"identity_untied" => (
                self.pick(
                    "fjernet knytningen til en innlogging utenfra",
                    "fjerna knytinga til ei innlogging utanfrå",
                    "took away the tie to a sign-in from outside",
                ),
                Icon::Warning,
            ),
            b"password_set" => (self.pick("satte passord", "sette passord", "set a password"), Icon::Shield),
            b"password_removed" => {
                (self.pick("fjernet passordet", "fjerna passordet", "removed the password"), Icon::Warning)
            }
            b"link_used" => {
                (self.pick("brukte en engangslenke", "brukte ei eingongslenkje", "used a one-time link"), Icon::Shield)
            }
            b"password_wrong" => {
                (self.pick("skrev feil passord", "skreiv feil passord", "typed a wrong password"), Icon::Stop)
            }
            b"sessions_ended" => {
                (self.pick("avsluttet innlogginger", "avslutta innloggingar", "ended sessions"), Icon::Person)
            }
            b"proved_again" => (
                self.pick("bekreftet på nytt hvem det er", "stadfesta på nytt kven det er", "proved again who it is"),
                Icon::Shield,
            ),
            b"user_added" => {
                (self.pick("opprettet en bruker", "oppretta ein brukar", "added an account"), Icon::Person)
            }
            b"user_link_made" => {
                (self.pick("laget en engangslenke", "laga ei eingongslenkje", "made a one-time link"), Icon::Person)
            }
            b"user_ended" => (self.pick("avsluttet en bruker", "avslutta ein brukar", "ended an account"), Icon::Stop),
            b"listed" => (self.pick("så på en liste", "såg på ei liste", "looked at a list"), Icon::Eye),
            b"searched" => (self.pick("søkte", "søkte", "searched"), Icon::Eye),
            b"journal_read" => {
                (self.pick("leste hendelsesloggen", "las hendingsloggen", "read the journal"), Icon::Eye)
            }
            b"access_log_read" => (
                self.pick(
                    "leste innsynsloggen for én person",
                    "las innsynsloggen for éin person",
                    "read the access log of one person",
                ),
                Icon::Eye,
            ),
            b"meeting_called" => {
                (self.pick("kalte inn til møte", "kalla inn til møte", "called a meeting"), Icon::Clock)
            }
            b"meeting_moved" => (self.pick("flyttet et møte", "flytta eit møte", "moved a meeting"), Icon::Clock),
            b"meeting_cancelled" => {
                (self.pick("avlyste et møte", "avlyste eit møte", "called off a meeting"), Icon::Stop)
            }
            b"coordinator_contacted" => (
                self.pick(
                    "noterte kontakt med en koordinator",
                    "noterte kontakt med ein koordinator",
                    "noted contact with a coordinator",
                ),
                Icon::Person,
            ),
            b"notice_requeued" => (
                self.pick("satte et varsel i kø igjen", "sette eit varsel i kø igjen", "queued a notice again"),
                Icon::Envelope,
            ),
            b"content_outlived" => (
                self.pick(
                    "fjernet innhold som ikke skal ligge lenger",
                    "fjerna innhald som ikkje skal liggje lenger",
                    "removed content that is to be kept no longer",
                ),
                Icon::Stop,
            ),
            b"forms_outlived" => {
                (self.pick("fjernet gamle skjemaer", "fjerna gamle skjema", "removed old forms"), Icon::Stop)
            }
            b"form_invited" => (
                self.pick("inviterte til skjemaet", "inviterte til skjemaet", "invited somebody to the form"),
                Icon::Envelope,
            ),
            b"directory_taken_into_use" => (
                self.pick(
                    "tok i bruk en ny enhetskatalog",
                    "tok i bruk ein ny einingskatalog",
                    "took a new unit directory into use",
                ),
                Icon::Info,
            ),
            b"alarm_closed" => (self.pick("lukket en alarm", "lukka ein alarm", "closed an alarm"), Icon::Check),
            b"api_client_added" => (
                self.pick("ga et fagsystem tilgang", "gav eit fagsystem tilgang", "gave a case system access"),
                Icon::Person,
            ),
            b"api_client_renewed" => (
                self.pick(
                    "fornyet tilgangen til et fagsystem",
                    "fornya tilgangen til eit fagsystem",
                    "renewed a case system's access",
                ),
                Icon::Person,
            ),
            b"api_client_revoked" => (
                self.pick(
                    "trakk tilbake tilgangen til et fagsystem",
                    "trekte tilbake tilgangen til eit fagsystem",
                    "withdrew a case system's access",
                ),
                Icon::Stop,
            ),
            b"api_hook_set" | b"api_hook_removed" | b"api_hook_requeued" | b"api_hook_abandoned" => (
                self.pick(
                    "endret varsling til et fagsystem",
                    "endra varsling til eit fagsystem",
                    "changed how a case system is told",
                ),
                Icon::Envelope,
            ),
            _ => return None,
        })
    }

    pub(in crate::inbox) const fn role_given_told(self) -> &'static str {
        self.pick("ga en rolle", "gav ei rolle", "gave a role")
    }

    pub(in crate::inbox) const fn role_ended_told(self) -> &'static str {
        self.pick("avsluttet en rolle", "avslutta ei rolle", "ended a role")
    }

    /// What somebody was refused: what stands behind a route, coarsely. Never the path.
    pub(in crate::inbox) fn place(self, route: &str) -> &'static str {
        let beneath =
            |place: &str| route.strip_prefix(place).is_some_and(|it| it.is_empty() || it.starts_with(['/', '.', '{']));
        let t = self;
        if route.contains("/items/{") {
            return t.pick("en melding", "ei melding", "a report");
        }
        let places: [(&str, &'static str); 20] = [
            ("/register/coordinators", t.pick("koordinatorene", "koordinatorane", "the coordinators")),
            ("/register", t.pick("registeret", "registeret", "the register")),
            ("/statistikk", t.pick("statistikken", "statistikken", "the statistics")),
            ("/oversikt", t.pick("oversikten", "oversikta", "the overview")),
            ("/journal", t.pick("hendelsesloggen", "hendingsloggen", "the journal")),
            ("/people", t.pick("personer og roller", "personar og roller", "people and roles")),
            ("/oppsett", t.pick("oppsettet", "oppsettet", "the configuration")),
            ("/groups", t.pick("gruppene", "gruppene", "the groups")),
            ("/questions", t.pick("spørsmålene til lederen", "spørsmåla til leiaren", "the questions to the leader")),
            ("/second", t.pick("godkjenning av åpning", "godkjenning av opning", "agreeing to an opening")),
            ("/tasks", t.pick("oppgavene", "oppgåvene", "the tasks")),
            ("/overdue", t.pick("det som er over fristen", "det som er over fristen", "what is overdue")),
            ("/search", t.pick("søket", "søket", "the search")),
            ("/account", t.pick("brukeren sin", "brukaren sin", "their account")),
            ("/sessions", t.pick("innloggingene sine", "innloggingane sine", "their sessions")),
            ("/first", t.pick("engangslenken", "eingongslenkja", "the one-time link")),
            ("/sign-in", t.pick("innloggingen", "innlogginga", "the sign-in")),
            ("/sign-out", t.pick("utloggingen", "utlogginga", "signing out")),
            ("/meld", t.pick("skjemaet", "skjemaet", "the form")),
            (
                "/api",
                t.pick(
                    "grensesnittet for fagsystemer",
                    "grensesnittet for fagsystem",
                    "the interface for case systems",
                ),
            ),
        ];
        let found = places.into_iter().find(|(place, _)| beneath(place));
        found.map_or_else(|| t.pick("en side", "ei side", "a page"), |(_, name)| name)
    }

    /// Why, from the status that was answered.
    pub(in crate::inbox) fn refused_why(self, status: &str) -> &'static str {
        match status {
            "401" => self.pick("ikke godtatt legitimasjon", "ikkje godteken legitimasjon", "credentials not accepted"),
            "404" => self.pick("saken er ikke deres", "saka er ikkje deira", "the case is not theirs"),
            _ => self.pick(
                "ikke lov for rollen, eller et gammelt skjema",
                "ikkje lov for rolla, eller eit gammalt skjema",
                "not for the role, or an old form",
            ),
        }
    }

    pub(in crate::inbox) const fn refused_much(self) -> &'static str {
        self.pick("mange forskjellige sider", "mange ulike sider", "many different pages")
    }

    pub(in crate::inbox) fn times_more(self, times: usize) -> String {
        match self.0 {
            Language::Nb | Language::Nn => self.count(times, "gang til", "ganger til"),
            Language::En => self.count(times, "more time", "more times"),
        }
    }

    pub(in crate::inbox) fn journal_lines(self, lines: usize) -> String {
        match self.0 {
            Language::Nb | Language::Nn => self.count(lines, "linje", "linjer"),
            Language::En => self.count(lines, "line", "lines"),
        }
    }

    pub(in crate::inbox) fn searched_by(self, by: &str) -> Option<&'static str> {
        Some(match by {
            "id" => self.pick("etter referanse eller id", "etter referanse eller id", "by reference or id"),
            "identity number" => self.pick("etter fødselsnummer", "etter fødselsnummer", "by identity number"),
            "organisation number" => {
                self.pick("etter organisasjonsnummer", "etter organisasjonsnummer", "by organisation number")
            }
            "name" => self.pick("etter navn", "etter namn", "by name"),
            "sender" => self.pick("etter avsender", "etter avsendar", "by sender"),
            _ => return None,
        })
    }

    pub(in crate::inbox) fn listed_what(self, what: &str) -> Option<&'static str> {
        Some(match what {
            "unassigned" => self.pick("ufordelte meldinger", "ufordelte meldingar", "reports that nobody has"),
            "mine" => self.pick("egne saker", "eigne saker", "their own cases"),
            "unit" => self.pick("enhetens saker", "saker i eininga", "the unit's cases"),
            "group" => self.pick("gruppens saker", "saker i gruppa", "the group's cases"),
            "waiting" => {
                self.pick("saker som venter på svar", "saker som ventar på svar", "cases that wait for an answer")
            }
            "done" => self.pick("ferdige saker", "ferdige saker", "cases that are done"),
            "astray" => self.pick("avvik", "avvik", "what went astray"),
            "overdue" => self.pick("saker over fristen", "saker over fristen", "overdue cases"),
            "tasks" => self.pick("oppgaver", "oppgåver", "tasks"),
            "register" => self.pick("registeret", "registeret", "the register"),
            "statistics" => self.pick("statistikken", "statistikken", "the statistics"),
            "overview" => self.pick("oversikten", "oversikta", "the overview"),
            "coordinators" => self.pick("koordinatorene", "koordinatorane", "the coordinators"),
            "report" => self.pick("lederrapporten", "leiarrapporten", "the report for leaders"),
            "journal" => self.pick("hendelsesloggen", "hendingsloggen", "the journal"),
            "configuration" => self.pick("oppsettet", "oppsettet", "the configuration"),
            "experience" => self.pick(
                "erfaring uten personopplysninger",
                "erfaring utan personopplysningar",
                "experience without personal data",
            ),
            "meetings" | "meeting" => self.pick("møter i gruppen", "møte i gruppa", "meetings of the group"),
            "questions" => self.pick("spørsmål til lederen", "spørsmål til leiaren", "questions to the leader"),
            "second" => self.pick(
                "åpninger som venter på godkjenning",
                "opningar som ventar på godkjenning",
                "openings that wait for a second",
            ),
            _ => return None,
        })
    }

    pub(in crate::inbox) const fn with_two_factors(self) -> &'static str {
        self.pick("med to faktorer", "med to faktorar", "with two factors")
    }

    pub(in crate::inbox) const fn with_passkey(self) -> &'static str {
        self.pick("med passnøkkel", "med passnøkkel", "with a passkey")
    }

    pub(in crate::inbox) const fn with_app(self) -> &'static str {
        self.pick("kodeapp", "kodeapp", "code app")
    }
}

/// With a mark between thousands: a blank that is never the end of a line, or a comma.
fn thousands(number: usize, language: Language) -> String {
    let mark = match language {
        Language::Nb | Language::Nn => '\u{a0}',
        Language::En => ',',
    };
    if number < 1000 { number.to_string() } else { format!("{}{mark}{:03}", number / 1000, number % 1000) }
}
