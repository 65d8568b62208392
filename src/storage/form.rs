//! The form: links that let an organisation in, drafts that are being written, and what senders may see afterwards.

use crate::domain::AnswerKind;
use crate::domain::CaseOutcome;
use crate::domain::ItemState;
use crate::domain::MessageId;
use crate::domain::MessageState;
use crate::domain::OrgNumber;
use crate::domain::Redacted;
use crate::domain::Reference;
use crate::domain::ReporterCategory;
use crate::domain::Timestamp;
use crate::domain::UnitId;
use crate::storage::StoreError;
use crate::storage::UserId;
use async_trait::async_trait;
use jiff::civil::Date;
use uuid::Uuid;

/// What the form needs.
#[async_trait]
pub trait FormStore: Send + Sync {
    /// Keeps a one-time link by the SHA-256 of its token.
    async fn add_form_invite(&self, invite: &FormInvite) -> Result<(), StoreError>;

    /// Uses a link and begins a draft, both or neither. `Ok(false)`: the link has been used, has expired or never was.
    async fn use_form_invite(
        &self,
        token_sha256: [u8; 32],
        draft: &FormDraft,
        now: Timestamp,
    ) -> Result<Option<FormInvite>, StoreError>;

    /// Whether a link can still be used.
    async fn form_invite_holds(&self, token_sha256: [u8; 32], now: Timestamp) -> Result<bool, StoreError>;

    /// All links, newest first.
    async fn form_invites(&self) -> Result<Vec<FormInvite>, StoreError>;

    /// Begins a draft, and throws away those that have expired.
    async fn begin_form_draft(&self, draft: &FormDraft) -> Result<(), StoreError>;

    /// The draft of a token, unless it has expired.
    async fn form_draft(&self, token_sha256: [u8; 32], now: Timestamp) -> Result<Option<FormDraft>, StoreError>;

    /// Keeps what has been filled in. [`StoreError::Absent`] when the draft is gone.
    async fn keep_form_draft(&self, id: Uuid, body: &Redacted<String>, now: Timestamp) -> Result<(), StoreError>;

    /// Throws a draft away.
    async fn end_form_draft(&self, id: Uuid) -> Result<(), StoreError>;

    /// How many drafts of private persons there are now, and how many were begun since `since`.
    async fn private_form_drafts(&self, since: Timestamp, now: Timestamp) -> Result<(u64, u64), StoreError>;

    /// How many reports an organisation has sent through the form since `since`.
    async fn form_reports_since(&self, organisation: &OrgNumber, since: Timestamp) -> Result<u64, StoreError>;

    /// Keeps that a message came through the form and throws its draft away, with a line in the journal. Done twice it is done
    /// once: the first code holds.
    async fn keep_form_report(&self, report: &FormReport, draft: Uuid) -> Result<(), StoreError>;

    /// What has become of the report with that code.
    async fn form_status(&self, code_sha256: [u8; 32]) -> Result<Option<FormStatus>, StoreError>;

    /// How a message came through the form, if it did.
    async fn form_origin(&self, message: MessageId) -> Result<Option<FormOrigin>, StoreError>;
}

/// A link that lets somebody of an organisation use the form.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FormInvite {
    pub token_sha256: [u8; 32],
    pub organisation: OrgNumber,
    pub organisation_name: String,
    pub category: ReporterCategory,
    pub created_at: Timestamp,
    pub expires: Timestamp,
    pub used_at: Option<Timestamp>,
}

/// Who writes in the form.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum FormHolder {
    /// Somebody of an organisation that has been let in.
    Organisation { number: OrgNumber, name: String, category: ReporterCategory },
    /// A private person, where the municipality allows it.
    Private,
    /// A signed-in person.
    Staff(UserId),
}

impl FormHolder {
    /// The word used in the database.
    pub const fn label(&self) -> &'static str {
        match self {
            Self::Organisation { .. } => "organisation",
            Self::Private => "private",
            Self::Staff(_) => "staff",
        }
    }
}

/// A report that is being written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FormDraft {
    pub id: Uuid,
    pub token_sha256: [u8; 32],
    pub holder: FormHolder,
    /// Secret that every form of the draft carries.
    pub form_secret: Redacted<String>,
    pub created_at: Timestamp,
    pub expires: Timestamp,
    /// Provider and level of assurance, when a private person has proved who they are.
    pub proved: Option<String>,
    /// JSON. Sealed at rest.
    pub body: Redacted<String>,
}

/// How a report in the form came about.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum FormSource {
    /// The one who reports wrote it.
    Form,
    Telephone,
    Meeting,
    /// On paper.
    Post,
}

impl FormSource {
    pub const ALL: [Self; 4] = [Self::Form, Self::Telephone, Self::Meeting, Self::Post];

    /// The word used in the database and in forms.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Form => "form",
            Self::Telephone => "telephone",
            Self::Meeting => "meeting",
            Self::Post => "post",
        }
    }

    pub fn from_label(label: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.label() == label)
    }
}

/// A report that has come through the form.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FormReport {
    pub message: MessageId,
    pub code_sha256: [u8; 32],
    pub holder: FormHolder,
    pub source: FormSource,
    /// Id and name at work of the one who wrote it, when it is staff.
    pub written_by: Option<(UserId, String)>,
    /// As in the draft.
    pub proved: Option<String>,
    /// Whether the consent lets the sender see what has become of it.
    pub feedback: bool,
    pub consent_version: String,
    pub sent_at: Timestamp,
}

/// What a sender may come to know.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FormStatus {
    pub reference: Reference,
    pub received_at: Timestamp,
    pub state: MessageState,
    /// Whether the consent lets the sender see what becomes of it: as it was given, and not taken back since.
    pub feedback: bool,
    /// The furthest that a unit with the content has come; closed only when all of them have closed it.
    pub item: Option<ItemState>,
    /// Another municipality or a hospital trust has taken it over, and no unit here has it any more.
    pub passed_on: bool,
    /// When a unit found that it was not for it, and no unit here has it any more.
    pub misaddressed_at: Option<Timestamp>,
    pub opened_at: Option<Timestamp>,
    /// When a unit that still waits asked the sender for more.
    pub asked_at: Option<Timestamp>,
    /// What the sender has been answered, the first first. The kind is `None` when what was said has been removed.
    pub answers: Vec<(Option<AnswerKind>, Timestamp)>,
    /// What came of it.
    pub outcome: Option<(CaseOutcome, Date)>,
    pub closed_at: Option<Timestamp>,
    /// The unit that it came to.
    pub first_unit: Option<UnitId>,
    /// The unit that has it now.
    pub unit: Option<UnitId>,
}

/// How a message came, for those who read it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FormOrigin {
    pub source: FormSource,
    pub written_by: Option<String>,
    /// Provider and level of assurance, when a private person has proved who they are.
    pub proved: Option<String>,
    pub consent_version: String,
}
