//! What the inbox says, in the three languages.

mod about;
mod attachments;
mod care;
mod casework;
mod codes;
mod contacts;
mod deadlines;
mod follow_up;
mod form_and_walks;
mod groups;
mod journal;
mod list;
mod need_form;
mod outbound;
mod outside;
mod particulars;
mod people;
mod proof;
mod register;
mod report;
mod sessions;
mod setup;
mod words;

use crate::domain::ActKind;
use crate::domain::ActRefused;
use crate::domain::AppRecStatus;
use crate::domain::ConsentStatus;
use crate::domain::Language;
use crate::domain::Severity;
use crate::inbox::icon::Icon;
use crate::inbox::password::PASSWORD_CHARACTERS_MAX;
use crate::inbox::password::PasswordRefused;
use crate::inbox::view::Tag;

/// The words of one language. Short name `t` in templates.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Words(pub Language);

impl Words {
    const fn pick(self, nb: &'static str, nn: &'static str, en: &'static str) -> &'static str {
        match self.0 {
            Language::Nb => nb,
            Language::Nn => nn,
            Language::En => en,
        }
    }

    pub(super) const fn yes_no(self, yes: bool) -> &'static str {
        if yes { self.yes() } else { self.no() }
    }

    pub(super) fn years(self, years: i16) -> String {
        match self.0 {
            Language::Nb | Language::Nn => format!("{years} år"),
            Language::En if years == 1 => "1 year old".to_owned(),
            Language::En => format!("{years} years old"),
        }
    }

    pub(super) fn size(self, bytes: usize) -> String {
        let kilobytes = bytes.div_ceil(1000);
        if kilobytes < 1000 {
            return format!("{kilobytes} kB");
        }
        let tenths = bytes.div_ceil(100_000);
        let point = self.pick(",", ",", ".");
        format!("{}{point}{} MB", tenths / 10, tenths % 10)
    }

    /// A need in a narrow column.
    pub(super) fn need_short(self, code: &str) -> String {
        let said = match code {
            "IP" => "IP",
            "KOORDINATOR" => self.pick("Koordinator", "Koordinator", "Coordinator"),
            "BARNEKOORDINATOR" => self.pick("Barnekoordinator", "Barnekoordinator", "Child coordinator"),
            "KOORDINATOR_OG_IP" => self.pick("Koordinator og IP", "Koordinator og IP", "Coordinator and IP"),
            other => return self.code("BehovType", other),
        };
        said.to_owned()
    }

    /// A kind of report in a narrow column.
    pub(super) fn kind_short(self, code: &str) -> String {
        let said = match code {
            "BEHOV" => self.pick("Behov", "Behov", "Need"),
            "MULIG_BEHOV_HABREHAB" => self.pick("Mulig behov", "Mogleg behov", "Possible need"),
            "ANSVARSGRUPPE" => self.pick("Ansvarsgruppe", "Ansvarsgruppe", "Team around the person"),
            "ENDRET_BEHOV" => self.pick("Endret behov", "Endra behov", "Changed need"),
            "SPORSMAL" => self.pick("Spørsmål", "Spørsmål", "Question"),
            "TILBAKETREKK" => self.pick("Tilbaketrekking", "Tilbaketrekking", "Withdrawal"),
            "BEHOV_FOR_PLAN_ELLER_KOORDINATOR" => self.pick("Dialogmelding", "Dialogmelding", "Dialogue"),
            "UKLASSIFISERT" => {
                self.pick("Uklassifisert dialogmelding", "Uklassifisert dialogmelding", "Unclassified dialogue")
            }
            "PLO_BEHOV" => {
                self.pick("Pleie- og omsorgsmelding", "Pleie- og omsorgsmelding", "Nursing and care message")
            }
            "PLO_UKLASSIFISERT" => self.pick(
                "Uklassifisert pleie- og omsorgsmelding",
                "Uklassifisert pleie- og omsorgsmelding",
                "Unclassified nursing and care message",
            ),
            other => other,
        };
        said.to_owned()
    }

    pub(super) const fn consent_short(self, status: ConsentStatus) -> &'static str {
        match status {
            ConsentStatus::Given => self.pick("Samtykket", "Samtykt", "Consented"),
            ConsentStatus::GivenOrally => self.pick("Samtykket muntlig", "Samtykt munnleg", "Consented orally"),
            ConsentStatus::GivenOnBehalf => {
                self.pick("Samtykket på vegne av", "Samtykt på vegner av", "Consented on behalf")
            }
            ConsentStatus::NotObjected => self.pick("Ikke motsatt seg", "Ikkje sett seg imot", "Not objected"),
            ConsentStatus::Unclear => self.pick("Ikke avklart", "Ikkje avklart", "Not clarified"),
            ConsentStatus::Objected => self.pick("Motsatt seg", "Sett seg imot", "Objected"),
        }
    }

    pub(super) const fn severity(self, severity: Severity) -> Tag {
        match severity {
            Severity::Info => Tag { word: self.severity_info(), icon: Icon::Info, tone: "info" },
            Severity::Warning => Tag { word: self.severity_warning(), icon: Icon::Warning, tone: "warning" },
            Severity::Error => Tag { word: self.severity_error(), icon: Icon::Stop, tone: "danger" },
        }
    }

    /// That an act is done.
    pub(super) const fn done(self, act: ActKind) -> &'static str {
        match act {
            ActKind::Open => self.done_open(),
            ActKind::Take => self.done_take(),
            ActKind::Release => self.done_release(),
            ActKind::Close => self.done_close(),
            ActKind::Reopen => self.done_reopen(),
            ActKind::Undo => self.done_undo(),
            _ => self.done_it(),
        }
    }

    /// Why an act was refused, and what to do instead. `other` is a colleague's name at work.
    pub(super) fn refused(self, why: ActRefused, other: Option<&str>) -> String {
        match (why, other) {
            (ActRefused::Closed, _) => self.refused_closed().to_owned(),
            (ActRefused::NobodyResponsible, _) => self.refused_nobody().to_owned(),
            (ActRefused::NotClosed, _) => self.refused_not_closed().to_owned(),
            (ActRefused::TakenByAnother, Some(name)) => match self.0 {
                Language::Nb => format!("Det gikk ikke: {name} har ansvaret for meldingen."),
                Language::Nn => format!("Det gjekk ikkje: {name} har ansvaret for meldinga."),
                Language::En => format!("That was not possible: {name} is responsible for the report."),
            },
            (ActRefused::TakenByAnother, None) => self.no_actions().to_owned(),
            (ActRefused::Unopened, _) => self.refused_unopened().to_owned(),
            (ActRefused::WaitsForSender, _) => self.refused_waits().to_owned(),
            (ActRefused::OfferedAway, _) => self.refused_offered_away().to_owned(),
            (ActRefused::NotOffered, _) => self.refused_not_offered().to_owned(),
            (ActRefused::NotAccepted, _) => self.refused_not_accepted().to_owned(),
            (ActRefused::ContentRemoved, _) => self.refused_content_removed().to_owned(),
            (ActRefused::OnlyAwareness, _) => self.refused_only_awareness().to_owned(),
            (ActRefused::NoArchiveReference, _) => self.refused_no_archive_reference().to_owned(),
            (ActRefused::NoOutcome, _) => self.refused_no_outcome().to_owned(),
            (ActRefused::AlreadyConfirmed, _) => self.refused_already_confirmed().to_owned(),
            (ActRefused::AlreadyLifted, _) => self.refused_already_lifted().to_owned(),
            (ActRefused::GradedForMembers, _) => self.refused_graded_for_members().to_owned(),
            (ActRefused::AlreadyArchived, _) => self.refused_already_archived().to_owned(),
            (ActRefused::AlreadyThere, _) => self.refused_already_there().to_owned(),
            (ActRefused::CoordinatorOverlaps, _) => self.refused_coordinator_overlaps().to_owned(),
            (ActRefused::PeriodBackwards, _) => self.refused_period_backwards().to_owned(),
            (ActRefused::NoSuchCoordinator, _) => self.refused_no_such_coordinator().to_owned(),
            (ActRefused::NothingToUndo, _) => self.refused_nothing_to_undo().to_owned(),
            (ActRefused::TooLateToUndo, _) => self.refused_too_late_to_undo().to_owned(),
            (ActRefused::ChangedSince, _) => self.refused_changed_since().to_owned(),
            (ActRefused::AlreadyDelegated, _) => self.refused_already_delegated().to_owned(),
            (ActRefused::NotDelegated, _) => self.refused_not_delegated().to_owned(),
            (ActRefused::NotLinked, _) => self.refused_not_linked().to_owned(),
        }
    }

    /// How many of something, with the word in one and in several.
    fn count(self, number: usize, one: &str, several: &str) -> String {
        format!("{number} {}", if number == 1 { one } else { several })
    }

    pub(super) fn check_accepted_text(self, remarks: usize) -> String {
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

    pub(super) fn check_rejected_text(self, errors: usize) -> String {
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

    pub(super) fn check_refused_text(self, http: u16) -> String {
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

    pub(super) fn check_left_out(self, left_out: usize) -> String {
        match self.0 {
            Language::Nb => format!("… og {left_out} til. Rett disse først."),
            Language::Nn => format!("… og {left_out} til. Rett desse først."),
            Language::En => format!("… and {left_out} more. Mend these first."),
        }
    }

    pub(super) fn check_place(self, line: u32, column: u32) -> String {
        match self.0 {
            Language::Nb => format!("Linje {line}, tegn {column}"),
            Language::Nn => format!("Linje {line}, teikn {column}"),
            Language::En => format!("Line {line}, character {column}"),
        }
    }

    pub(super) fn check_receipt_text(self, status: AppRecStatus) -> String {
        let (code, name) = (status.code(), status.name());
        format!(
            "{} {code} ({name}).",
            self.pick("En AppRec 1.1 med status", "Ein AppRec 1.1 med status", "An AppRec 1.1 with status")
        )
    }

    pub(super) fn password_hint(self, characters_min: usize) -> String {
        match self.0 {
            Language::Nb => format!(
                "Minst {characters_min} tegn. Gjerne flere ord etter hverandre. Ikke ditt eget navn eller brukernavn."
            ),
            Language::Nn => format!(
                "Minst {characters_min} teikn. Gjerne fleire ord etter kvarandre. Ikkje ditt eige namn eller brukarnamn."
            ),
            Language::En => format!(
                "At least {characters_min} characters. Several words in a row are fine. Not your own name or user name."
            ),
        }
    }

    pub(super) fn password_refused(self, why: PasswordRefused, characters_min: usize) -> String {
        let most = PASSWORD_CHARACTERS_MAX;
        match (why, self.0) {
            (PasswordRefused::TooShort, Language::Nb) => format!("Passordet må ha minst {characters_min} tegn."),
            (PasswordRefused::TooShort, Language::Nn) => format!("Passordet må ha minst {characters_min} teikn."),
            (PasswordRefused::TooShort, Language::En) => {
                format!("The password must have at least {characters_min} characters.")
            }
            (PasswordRefused::TooLong, Language::Nb) => format!("Passordet kan ha høyst {most} tegn."),
            (PasswordRefused::TooLong, Language::Nn) => format!("Passordet kan ha høgst {most} teikn."),
            (PasswordRefused::TooLong, Language::En) => {
                format!("The password can have at most {most} characters.")
            }
            (PasswordRefused::OwnName, _) => self
                .pick(
                    "Passordet ligner for mye på navnet eller brukernavnet ditt. Velg et annet.",
                    "Passordet liknar for mykje på namnet eller brukarnamnet ditt. Vel eit anna.",
                    "The password is too like your name or user name. Choose another.",
                )
                .to_owned(),
            (PasswordRefused::Guessable, _) => self
                .pick(
                    "Passordet er lett å gjette: det er brukt av mange, eller laget av vanlige ord, tall og rekker av taster. Skriv heller noen ord som ikke hører sammen.",
                    "Passordet er lett å gjette: det er brukt av mange, eller laga av vanlege ord, tal og rekkjer av tastar. Skriv heller nokre ord som ikkje høyrer saman.",
                    "The password is easy to guess: many have used it, or it is made of common words, numbers and rows of keys. Write a few words that do not belong together instead.",
                )
                .to_owned(),
            (PasswordRefused::RepeatDiffers, _) => self
                .pick(
                    "De to passordene er ikke like. Skriv det samme to ganger.",
                    "Dei to passorda er ikkje like. Skriv det same to gonger.",
                    "The two passwords differ. Write the same one twice.",
                )
                .to_owned(),
        }
    }

    /// What a word of the journal means, and its icon.
    pub(super) fn journal_action(self, action: &str) -> Option<(&'static str, Icon)> {
        Some(match action {
            "overview_exported" => (self.exported(), Icon::Tray),
            "accepted" => (self.pick("tok imot meldingen", "tok imot meldinga", "accepted the report"), Icon::Tray),
            "stuck" => (
                self.pick(
                    "klarte ikke å vurdere meldingen",
                    "klarte ikkje å vurdere meldinga",
                    "could not judge the report",
                ),
                Icon::Warning,
            ),
            "message_requeued" => {
                (self.pick("ba om ny vurdering", "bad om ny vurdering", "had the report judged again"), Icon::Tray)
            }
            "opened" => (self.pick("åpnet meldingen", "opna meldinga", "opened the report"), Icon::Eye),
            "viewed" => (self.pick("leste meldingen", "las meldinga", "read the report"), Icon::Eye),
            "taken" => (self.pick("tok ansvar", "tok ansvar", "took responsibility"), Icon::Person),
            "released" => {
                (self.pick("la meldingen tilbake", "la meldinga tilbake", "put the report back"), Icon::Person)
            }
            "closed" => {
                (self.pick("gjorde meldingen ferdig", "gjorde meldinga ferdig", "marked it as done"), Icon::Check)
            }
            "reopened" => (self.pick("gjenåpnet meldingen", "opna meldinga på nytt", "reopened the report"), Icon::Eye),
            "answer_arrived" => (
                self.pick("fikk mer om saken utenfra", "fekk meir om saka utanfrå", "was told more from outside"),
                Icon::Envelope,
            ),
            "transfer_accepted" => (self.act_told(ActKind::TransferAccepted), Icon::Check),
            "transfer_declined" => (self.act_told(ActKind::TransferDeclined), Icon::Warning),
            "downloaded" => {
                (self.pick("lastet ned vedlegg", "lasta ned vedlegg", "downloaded an attachment"), Icon::Clip)
            }
            "registered" => (self.journal_registered(), Icon::Envelope),
            "sent_by_form" => (self.journal_sent_by_form(), Icon::Tray),
            "access_denied" => {
                (self.pick("fikk ikke tilgang", "fekk ikkje tilgang", "was not given access"), Icon::Stop)
            }
            "second_asked" => (
                self.pick(
                    "ba om å få åpne (gradert adresse)",
                    "bad om å få opne (gradert adresse)",
                    "asked to open (graded address)",
                ),
                Icon::Shield,
            ),
            "second_agreed" => {
                (self.pick("godkjente åpning", "godkjende opning", "agreed to the opening"), Icon::Shield)
            }
            "lifted" => (
                self.pick("løftet saken til gruppen", "løfta saka til gruppa", "lifted the case to the group"),
                Icon::Person,
            ),
            "role_given" => {
                (self.pick("ga tilgang til saken", "gav tilgang til saka", "gave access to the case"), Icon::Person)
            }
            "role_ended" => (
                self.pick("avsluttet tilgang til saken", "avslutta tilgang til saka", "ended access to the case"),
                Icon::Person,
            ),
            "attachment_viewed" => {
                (self.pick("så på vedlegg", "såg på vedlegg", "looked at an attachment"), Icon::Clip)
            }
            "attachments_checked" => (
                self.pick(
                    "kontrollerte vedleggene for skadelig innhold",
                    "kontrollerte vedlegga for skadeleg innhald",
                    "checked the attachments for harmful content",
                ),
                Icon::Check,
            ),
            "attachment_stopped" => (
                self.pick(
                    "stoppet et vedlegg med skadelig innhold",
                    "stoppa eit vedlegg med skadeleg innhald",
                    "stopped an attachment that holds something harmful",
                ),
                Icon::Stop,
            ),
            "notified" => (self.pick("varslet enheten", "varsla eininga", "told the unit"), Icon::Envelope),
            "rejected" => (self.journal_rejected(), Icon::Stop),
            "content_removed" => (self.journal_content_removed(), Icon::Stop),
            "reminded" => (self.journal_reminded(), Icon::Clock),
            "printed" => (self.journal_printed(), Icon::Clip),
            "exported" => (self.journal_exported(), Icon::Clip),
            "notice_abandoned" => (
                self.pick("klarte ikke å varsle enheten", "klarte ikkje å varsle eininga", "could not tell the unit"),
                Icon::Warning,
            ),
            other => {
                let told = ActKind::from_label(other).map(|it| (self.act_told(it), Icon::Person));
                return told.or_else(|| self.outbound_action(other)).or_else(|| self.group_action(other));
            }
        })
    }
}
