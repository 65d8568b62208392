//! What the inbox says, in the three languages: one file per topic. A text stands in the file of the page that shows it
//! first; what takes a number or a name is a function beside it.

mod about;
mod access_log;
mod attachments;
mod audit;
mod begin;
mod care;
mod casework;
mod check;
mod clearing;
mod codes;
mod contacts;
mod deadlines;
mod dialogue;
mod faults;
mod follow_up;
mod form_findings;
mod form_private;
mod form_status;
mod frame;
mod groups;
mod hands;
mod header;
mod item;
mod journal;
mod letter;
mod list;
mod need_form;
mod one_time_link;
mod opening;
mod outbound;
mod outside;
mod overview;
mod particulars;
mod people;
mod proof;
mod register;
mod report;
mod search;
mod sessions;
mod setup;
mod sign_in;
mod tie;
mod uptime;
mod why_here;

use crate::domain::ActKind;
use crate::domain::ActRefused;
use crate::domain::ConsentStatus;
use crate::domain::Language;
use crate::domain::NOT_RECEIVED;
use crate::domain::Severity;
use crate::inbox::icon::Icon;
use crate::inbox::view::Tag;

/// Defines one function on [`Words`] per text, in bokmål, nynorsk and English, so that a missing one does not compile.
macro_rules! words {
    ($($name:ident $nb:literal $nn:literal $en:literal)+) => {
        impl crate::inbox::texts::Words {
            $(
                #[doc = $en]
                pub(in crate::inbox) const fn $name(self) -> &'static str {
                    self.pick($nb, $nn, $en)
                }
            )+
        }
    };
}
use words;

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
            (ActRefused::AlreadyTaken, _) => self.refused_already_taken().to_owned(),
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
            (ActRefused::NotWaiting, _) => self.refused_not_waiting().to_owned(),
            (ActRefused::NotLifted, _) => self.refused_not_lifted().to_owned(),
            (ActRefused::DelegatedHere, _) => self.refused_delegated_here().to_owned(),
            (ActRefused::LiftedHere, _) => self.refused_lifted_here().to_owned(),
            (ActRefused::NotLinked, _) => self.refused_not_linked().to_owned(),
        }
    }

    /// How many of something, with the word in one and in several.
    fn count(self, number: usize, one: &str, several: &str) -> String {
        format!("{number} {}", if number == 1 { one } else { several })
    }

    /// What a word of the journal means, and its icon.
    pub(super) fn journal_action(self, action: &str) -> Option<(&'static str, Icon)> {
        Some(match action {
            "experience_viewed" => (self.looked_at_experience(), Icon::Eye),
            "unreadable" => (self.unreadable_line(), Icon::Warning),
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
            NOT_RECEIVED => (
                self.pick(
                    "fikk ikke fram det enheten sendte",
                    "fekk ikkje fram det eininga sende",
                    "could not bring what the unit sent",
                ),
                Icon::Warning,
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
            "second_refused" => {
                (self.pick("avslo åpning", "avslo opning", "did not agree to the opening"), Icon::Shield)
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
                let told = told.or_else(|| self.outbound_action(other)).or_else(|| self.group_action(other));
                return told.or_else(|| self.own_action(other));
            }
        })
    }
}
