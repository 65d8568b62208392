//! A dialogue message (dialogmelding, HISD 1155) that carries what somebody has to say about a person, and what the
//! house makes of it. Nothing that stood in it is left out: what has no field of its own is kept as a [`Detail`].

use crate::domain::Coded;
use crate::domain::NeedKind;
use crate::domain::Redacted;
use crate::domain::ReportPatient;
use crate::domain::Text;

/// A dialogue message (dialogmelding) as it was read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Dialogue {
    pub version: DialogueVersion,
    /// SakstypeKodet.
    pub case_kind: Option<Redacted<Coded>>,
    /// Sakstype.
    pub case_title: Option<Redacted<String>>,
    pub entries: Vec<DialogueEntry>,
    pub rest: Vec<Detail>,
}

/// Which version, by namespace.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum DialogueVersion {
    /// `http://www.kith.no/xmlstds/dialog/2006-10-11`.
    V1_0,
    /// `http://www.kith.no/xmlstds/dialog/2013-01-23`.
    V1_1,
}

impl DialogueVersion {
    /// As an operator writes it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::V1_0 => "1.0",
            Self::V1_1 => "1.1",
        }
    }
}

/// What a dialogue message has one or more of.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum DialogueEntry {
    Note(Box<DialogueNote>),
    Question(Box<DialogueQuestion>),
}

/// A note (notat): the text itself, or the answer to a question.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct DialogueNote {
    /// TemaKodet: 7321, 7322, 9069 or another list, by the kind of message.
    pub theme: Option<Redacted<Coded>>,
    /// Tema.
    pub title: Option<Redacted<String>>,
    /// TekstNotatInnhold.
    pub content: Option<Redacted<RichText>>,
    /// Merknad.
    pub remark: Option<Redacted<String>>,
    pub document_id: Option<Redacted<String>>,
    /// DatoNotat, as written.
    pub date: Option<Redacted<String>>,
    /// The question that the note answers.
    pub question: Option<Box<DialogueQuestion>>,
    pub roles: Vec<DialogueRole>,
    pub rest: Vec<Detail>,
}

/// A question (forespørsel).
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct DialogueQuestion {
    /// TypeForesp: 9065, 9152, 9153 or 9154.
    pub kind: Option<Redacted<Coded>>,
    /// EmneSporsmal; only in 1.1.
    pub subject: Option<Redacted<String>>,
    /// Sporsmal.
    pub text: Option<Redacted<RichText>>,
    /// Formål, code list 9068.
    pub purpose: Option<Redacted<Coded>>,
    /// Begrunnelse.
    pub reason: Option<Redacted<String>>,
    /// Hastegrad, code list 9067.
    pub urgency: Option<Redacted<Coded>>,
    /// FraDato and TilDato, as written.
    pub from: Option<Redacted<String>>,
    pub to: Option<Redacted<String>>,
    /// TypeJournalinfo.
    pub record_kinds: Vec<Redacted<Coded>>,
    /// KodetOpplysning; only in 1.1.
    pub information: Option<Redacted<Coded>>,
    pub document_id: Option<Redacted<String>>,
    pub roles: Vec<DialogueRole>,
    pub rest: Vec<Detail>,
}

/// Somebody with a part in a note or question (RollerRelatertNotat).
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct DialogueRole {
    /// RolleNotat, code list 9057.
    pub in_note: Option<Redacted<Coded>>,
    /// RoleToPatient, code list 9034.
    pub to_patient: Option<Redacted<Coded>>,
    pub parties: Vec<DialogueParty>,
    pub rest: Vec<Detail>,
}

/// A person or unit that holds a role.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DialogueParty {
    pub kind: PartyKind,
    /// The person's whole name, or the organisation's.
    pub name: Option<Redacted<String>>,
    /// RoleToPatient, code list 9034.
    pub to_patient: Option<Redacted<Coded>>,
    /// Everything else that is said, in the order of the message.
    pub details: Vec<Detail>,
}

/// What kind of party it is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum PartyKind {
    HealthcareProfessional,
    Person,
    /// Kontaktenhet, or an organisation within one.
    Unit,
}

/// Something that was said without having a field here: the element's name and its content.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Detail {
    pub element: String,
    pub value: Redacted<String>,
}

/// A text with the structure that its writer gave it, and nothing that could act: no markup, no addresses that are
/// followed, no scripts.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct RichText {
    pub blocks: Vec<Block>,
    /// How many scripts, style sheets, pictures and other active parts were left out.
    pub left_out: usize,
}

/// A part of a text that stands by itself.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Block {
    Paragraph(Vec<Inline>),
    Heading(Vec<Inline>),
    List {
        ordered: bool,
        items: Vec<Vec<Block>>,
    },
    /// Rows of cells, the empty ones too: what a cell says depends on the column that it stands in.
    Table(Vec<Vec<Cell>>),
    Quote(Vec<Block>),
}

/// A cell (celle) of a table.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Cell {
    pub is_heading: bool,
    /// How many columns and rows it covers, at least one of each.
    pub columns: u8,
    pub rows: u8,
    pub blocks: Vec<Block>,
}

/// A part of a line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Inline {
    Text(String),
    Strong(Vec<Inline>),
    Emphasis(Vec<Inline>),
    /// Raised, as the exponent in 10⁹: without it another number is read.
    Raised(Vec<Inline>),
    Lowered(Vec<Inline>),
    /// Struck out: written, and taken back.
    Struck(Vec<Inline>),
    LineBreak,
}

impl Dialogue {
    /// Every question, also those within notes.
    pub fn questions(&self) -> impl Iterator<Item = &DialogueQuestion> {
        self.entries.iter().filter_map(|it| match it {
            DialogueEntry::Note(note) => note.question.as_deref(),
            DialogueEntry::Question(question) => Some(question),
        })
    }

    pub fn notes(&self) -> impl Iterator<Item = &DialogueNote> {
        self.entries.iter().filter_map(|it| match it {
            DialogueEntry::Note(note) => Some(&**note),
            DialogueEntry::Question(_) => None,
        })
    }

    /// Every role, of notes and of questions.
    pub fn roles(&self) -> impl Iterator<Item = &DialogueRole> {
        self.notes().flat_map(|it| &it.roles).chain(self.questions().flat_map(|it| &it.roles))
    }

    /// The short texts that say what it is about: Sakstype, Tema and EmneSporsmal.
    pub fn titles(&self) -> impl Iterator<Item = &Redacted<String>> {
        let notes = self.notes().filter_map(|it| it.title.as_ref());
        self.case_title.iter().chain(notes).chain(self.questions().filter_map(|it| it.subject.as_ref()))
    }

    /// Whether a question is urgent: øhjelp, pågående or within a day (code list 9067).
    pub fn is_urgent(&self) -> bool {
        let urgency = self.questions().filter_map(|it| it.urgency.as_ref());
        urgency.filter_map(|it| it.reveal().code.as_deref()).any(|it| matches!(it, "1" | "2" | "3"))
    }
}

/// What the house understood a dialogue message to be about, and by which rule.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Classification {
    pub rule: ClassificationRule,
    /// The needs that the words name. Empty: none in particular.
    pub needs: Vec<NeedKind>,
}

/// The rule that decided (`rules::classify`), in the order in which they are tried.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ClassificationRule {
    /// A report of need (behovsmelding) lies in the same message.
    EmbeddedReport,
    /// A configured word stands in Sakstype, Tema or EmneSporsmal.
    Words(String),
    /// A configured word stands in the text of a nursing and care message, which has no titles.
    WordsInText(String),
    /// Somebody is a coordinator for the person (9034: 8 or 18).
    CoordinatorRole,
    /// A first enquiry about a patient to a contact at the receiver (7322: 6, with 9034: 24).
    FirstEnquiry,
    /// None of them.
    Undecided,
}

/// What a dialogue message is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum DialogueClass {
    /// Behov for individuell plan eller koordinator.
    NeedOfPlanOrCoordinator,
    /// A person must read it and decide.
    Unclassified,
}

impl DialogueClass {
    /// The code, as it is stored and told.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NeedOfPlanOrCoordinator => "BEHOV_FOR_PLAN_ELLER_KOORDINATOR",
            Self::Unclassified => "UKLASSIFISERT",
        }
    }
}

impl Classification {
    pub const fn class(&self) -> DialogueClass {
        match self.rule {
            ClassificationRule::EmbeddedReport
            | ClassificationRule::Words(_)
            | ClassificationRule::WordsInText(_)
            | ClassificationRule::CoordinatorRole
            | ClassificationRule::FirstEnquiry => DialogueClass::NeedOfPlanOrCoordinator,
            ClassificationRule::Undecided => DialogueClass::Unclassified,
        }
    }

    /// Why, in a sentence. The words are the operator's, never the message's.
    pub fn why(&self) -> Text {
        match &self.rule {
            ClassificationRule::EmbeddedReport => Text::of(
                "En behovsmelding ligger i den samme forsendelsen, og den gjelder.",
                "Ei behovsmelding ligg i den same sendinga, og den gjeld.",
                "A report of need lies in the same message, and that one counts.",
            ),
            ClassificationRule::Words(words) => Text::owned(
                format!("«{words}» står i sakstypen, temaet eller emnet."),
                format!("«{words}» står i sakstypen, temaet eller emnet."),
                format!("“{words}” stands in the case type, the theme or the subject."),
            ),
            ClassificationRule::WordsInText(words) => Text::owned(
                format!("«{words}» står i teksten."),
                format!("«{words}» står i teksten."),
                format!("“{words}” stands in the text."),
            ),
            ClassificationRule::CoordinatorRole => Text::of(
                "En koordinator for personen er nevnt med rolle (8 eller 18 i kodeverk 9034).",
                "Ein koordinator for personen er nemnd med rolle (8 eller 18 i kodeverk 9034).",
                "A coordinator for the person is named by role (8 or 18 in code list 9034).",
            ),
            ClassificationRule::FirstEnquiry => Text::of(
                "Det er en første henvendelse om en pasient til en kontakt hos mottakeren (7322: 6 og 9034: 24).",
                "Det er ein første førespurnad om ein pasient til ein kontakt hos mottakaren (7322: 6 og 9034: 24).",
                "It is a first enquiry about a patient to a contact at the receiver (7322: 6 and 9034: 24).",
            ),
            ClassificationRule::Undecided => Text::of(
                "Verken tema, ord eller roller sier hva meldingen gjelder. En person må lese og avgjøre.",
                "Verken tema, ord eller roller seier kva meldinga gjeld. Ein person må lese og avgjere.",
                "Neither theme, words nor roles say what the message is about. A person must read it and decide.",
            ),
        }
    }
}

/// Words that tell what a dialogue message is about, and the need that they name. The operator's.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DialogueWords {
    /// Whole words; case and accents do not count.
    pub words: String,
    pub need: NeedKind,
}

/// A dialogue message as something for a unit to act on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DialogueReport {
    pub dialogue: Dialogue,
    pub classification: Classification,
    /// The header's patient.
    pub patient: Option<ReportPatient>,
}
