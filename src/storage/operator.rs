//! What operators see and mend, without ever seeing a patient.

use crate::domain::AlarmKind;
use crate::domain::DeliveryState;
use crate::domain::ItemState;
use crate::domain::MessageId;
use crate::domain::MessageState;
use crate::domain::NewAlarm;
use crate::domain::NoticeChannel;
use crate::domain::NoticeId;
use crate::domain::OutboundState;
use crate::domain::Reference;
use crate::domain::Timestamp;
use crate::domain::UnitId;
use crate::storage::KeptFinding;
use crate::storage::KeptStep;
use crate::storage::StoreError;
use async_trait::async_trait;

/// What the admin face and the command line need.
#[async_trait]
pub trait OperatorStore: Send + Sync {
    /// Whether an arrival could be kept just now: goes the whole way of one (its queue, its writer, the journal's head, a sync), and
    /// changes one small row, which is always the same.
    async fn probe(&self, now: Timestamp) -> Result<(), StoreError>;

    /// Messages, newest first, by keyset.
    async fn messages(&self, query: &MessageQuery) -> Result<Vec<MessageRow>, StoreError>;

    /// One message by our id, our reference or the sender's id.
    async fn message(&self, any_id: &str) -> Result<MessageDetail, StoreError>;

    async fn open_alarm(&self, alarm: NewAlarm, now: Timestamp) -> Result<AlarmOutcome, StoreError>;

    async fn clear_alarm(&self, kind: AlarmKind, subject: &str, now: Timestamp) -> Result<(), StoreError>;

    /// Clears an alarm that an operator has dealt with; `told` is the line in the journal. `Absent`: there is no such open alarm.
    async fn close_alarm(&self, kind: AlarmKind, subject: &str, told: NewJournalLine) -> Result<(), StoreError>;

    /// Alarms that are open, oldest first.
    async fn alarms(&self) -> Result<Vec<Alarm>, StoreError>;

    /// Numbers for metrics: how many of what, and how old the oldest that waits is.
    async fn tallies(&self) -> Result<Tallies, StoreError>;

    /// Adds a line to the journal on behalf of a person or the house.
    async fn journal(&self, line: NewJournalLine) -> Result<(), StoreError>;

    /// Says for whom lines of the journal are that an older version has written beside this one.
    async fn catch_up_journal(&self) -> Result<(), StoreError>;

    /// Walks the whole journal and proves its chain of hashes.
    async fn verify_journal(&self) -> Result<JournalProof, StoreError>;

    /// How many lines the journal has, and the hash of the last: what is written down elsewhere, so that another journal cannot
    /// be put in its place unnoticed.
    async fn journal_tip(&self) -> Result<(u64, [u8; 32]), StoreError>;

    /// The hash that stands at a line. `None`: there is no such line.
    async fn journal_hash(&self, sequence: u64) -> Result<Option<[u8; 32]>, StoreError>;
}

/// Which messages to list.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct MessageQuery {
    pub state: Option<MessageState>,
    /// Name of a registered sender.
    pub sender: Option<String>,
    pub unit: Option<UnitId>,
    pub since: Option<Timestamp>,
    pub before: Option<MessageId>,
    pub rows_max: u32,
}

/// One message in a list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MessageRow {
    pub id: MessageId,
    pub reference: Reference,
    pub received_at: Timestamp,
    pub state: MessageState,
    pub sender_name: String,
    pub sender_message_id: String,
    pub message_type: String,
    pub size: u64,
    pub units: Vec<UnitId>,
    /// Codes of the findings that are errors.
    pub errors: Vec<String>,
}

/// Everything about a message but its content.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MessageDetail {
    pub row: MessageRow,
    pub channel: String,
    pub sha256: [u8; 32],
    pub findings: Vec<KeptFinding>,
    pub route: Vec<KeptStep>,
    pub items: Vec<(UnitId, ItemState)>,
    pub notices: Vec<NoticeRow>,
    /// `1.0` or `1.1`, and the receipt's id.
    pub receipt: Option<(String, String)>,
    /// Oldest first.
    pub journal: Vec<JournalLine>,
}

/// A notice as operators see it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NoticeRow {
    pub id: NoticeId,
    pub unit: UnitId,
    pub channel: NoticeChannel,
    pub state: DeliveryState,
    pub attempts: u32,
    pub due: Option<Timestamp>,
    pub last_failure: Option<String>,
}

/// An alarm that is open.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Alarm {
    pub kind: AlarmKind,
    pub subject: String,
    pub opened_at: Timestamp,
    /// How often it has been raised since.
    pub times: u64,
}

/// Whether an alarm is news.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AlarmOutcome {
    Opened,
    AlreadyOpen,
}

/// Numbers for metrics.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Tallies {
    pub messages: Vec<(MessageState, u64)>,
    pub items: Vec<(UnitId, ItemState, u64)>,
    pub notices: Vec<(DeliveryState, u64)>,
    pub outbound: Vec<(OutboundState, u64)>,
    pub oldest_unread: Option<Timestamp>,
    /// How many of the unread the unit is only told of; nobody is to open those.
    pub only_told: u64,
    pub oldest_queued_notice: Option<Timestamp>,
    /// What case systems have not been told yet by webhook, and what was given up.
    pub hooks_queued: u64,
    pub hooks_abandoned: u64,
    pub oldest_queued_hook: Option<Timestamp>,
    /// Of what units have sent, what was given up and what the receiver could not use, and nobody has dealt with yet.
    pub outbound_abandoned: u64,
    pub outbound_rejected: u64,
    pub oldest_queued_outbound: Option<Timestamp>,
    pub refusals: u64,
    pub alarms_open: u64,
}

/// Who did something.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Actor {
    /// The house itself.
    House,
    /// An operator at the command line, by the name of the account on the machine.
    Operator(String),
    /// A person in the inbox: id and name at work.
    Person { id: String, name: String },
}

impl Actor {
    /// An operator whose account on the machine has no name.
    pub const NOBODY: &str = "unknown";
}

/// A line to be added. No personal data about patients.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewJournalLine {
    pub at: Timestamp,
    pub actor: Actor,
    /// What was done, a word from a closed list: `received`, `opened`, `signed_in` …
    pub action: &'static str,
    pub message: Option<MessageId>,
    /// More, for people: a unit's name, a code. Never about a patient.
    pub detail: String,
}

/// A line of the journal.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct JournalLine {
    pub sequence: u64,
    pub at: Timestamp,
    pub actor: Actor,
    pub action: String,
    pub message: Option<MessageId>,
    pub detail: String,
}

/// What walking the journal showed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum JournalProof {
    Whole {
        lines: u64,
        last_hash: [u8; 32],
    },
    /// The first line whose hash does not follow from what stands before it.
    BrokenAt {
        sequence: u64,
    },
}
