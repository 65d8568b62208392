//! The storage port: facts of a message's life, one transaction each, durable (synced) when it returns.
//!
//! Storage decides nothing: it compares and sets. There is no rule in SQL. The one body is in `storage/sql`, with the
//! accents of SQLite and PostgreSQL beside it; `storage/seal` encrypts what is about persons.

mod account;
mod api;
mod audit;
mod casework;
mod delivery;
mod factor;
mod filter;
mod follow_up;
mod form;
mod identity;
mod inbox;
mod meeting;
mod message;
mod opening;
mod operator;
mod outbound;
mod people;
mod postgres;
mod question;
mod queue;
mod register;
mod reminders;
mod retention;
mod revisions;
mod route;
mod scans;
mod seal;
mod search;
mod sessions;
mod sql;
mod sqlite;
mod statistics;
mod task;

pub use account::*;
pub use api::*;
pub use audit::*;
pub use casework::*;
pub use delivery::*;
pub use factor::*;
pub use filter::*;
pub use follow_up::*;
pub use form::*;
pub use identity::*;
pub use inbox::*;
pub use meeting::*;
pub use message::*;
pub use opening::*;
pub use operator::*;
pub use outbound::*;
pub use people::*;
pub use postgres::open_postgres;
pub use question::*;
pub use queue::*;
pub use register::*;
pub use reminders::*;
pub use retention::*;
pub use revisions::*;
pub use route::*;
pub use scans::*;
pub use seal::Keys;
pub use seal::KeysFault;
pub use seal::Sealing;
pub use search::*;
pub use sessions::SessionStore;
pub use sql::Engine;
pub use sql::SqlStore;
pub use sql::StoreOptions;
pub use sqlite::open_sqlite;
pub use sqlite::sqlite_is_in_use;
pub use statistics::*;
pub use task::*;

use std::io;
use std::path::PathBuf;

/// What can go wrong between us and the database.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database did not answer, is locked, or the disk is full. Nothing was stored; trying again can help.
    #[error("could not reach or write the database")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// A row is not as it must be. A bug or a damaged file.
    #[error("the database holds something it should not: {table}.{column}")]
    Inconsistent { table: &'static str, column: &'static str },
    /// A sealed value cannot be opened with the keys we have.
    #[error("could not unseal a stored value: key {key_id} is missing or wrong")]
    Sealed { key_id: String },
    /// The lease was lost: somebody else has claimed it since, and no row was changed.
    #[error("the lease has been lost to another worker")]
    LeaseLost,
    /// There is no such thing.
    #[error("nothing is stored under that id")]
    Absent,
}

impl StoreError {
    /// Whether trying again can help.
    pub const fn retry(&self) -> bool {
        match self {
            Self::Unavailable(_) => true,
            Self::Inconsistent { .. } | Self::Sealed { .. } | Self::LeaseLost | Self::Absent => false,
        }
    }

    /// The error and its causes in one line, for operators: `disk is full` is what they must know.
    pub fn chain(&self) -> String {
        let mut said = self.to_string();
        let mut next = std::error::Error::source(self);
        while let Some(cause) = next {
            let cause_says = cause.to_string();
            // A database's error gives itself as its own cause.
            if !said.contains(&cause_says) {
                said.push_str(": ");
                said.push_str(&cause_says);
            }
            next = cause.source();
        }
        said
    }
}

/// Why a database cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error("could not make or take over the database file {}", path.display())]
    File {
        path: PathBuf,
        #[source]
        cause: io::Error,
    },
    #[error("could not connect to the database")]
    Connect(#[source] sqlx::Error),
    #[error("the database was last used by a newer meldeport: it has migration {found}, and we know {known}")]
    Newer { found: u32, known: u32 },
    #[error("the database was made by another text of migration {number} than ours")]
    MigrationChanged { number: u32 },
    #[error("the database was made with sealing {made}, and is to be opened with sealing {asked}")]
    SealingDiffers { made: String, asked: &'static str },
    /// Among others [`StoreError::Sealed`]: a key is missing or wrong.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl OpenError {
    /// Whether the file is not a database (any more), or one with damage.
    pub fn is_damage(&self) -> bool {
        match self {
            Self::Connect(error) => is_damage(error),
            Self::Store(StoreError::Unavailable(error)) => error.downcast_ref().is_some_and(is_damage),
            Self::Store(_)
            | Self::File { .. }
            | Self::Newer { .. }
            | Self::MigrationChanged { .. }
            | Self::SealingDiffers { .. } => false,
        }
    }
}

/// SQLite's own numbers: 11 `SQLITE_CORRUPT` and 26 `SQLITE_NOTADB`, in the lowest byte. PostgreSQL's codes have five characters.
fn is_damage(error: &sqlx::Error) -> bool {
    let code = error.as_database_error().and_then(|it| it.code()).filter(|it| it.len() < 5);
    code.and_then(|it| it.parse::<u32>().ok()).is_some_and(|it| matches!(it & 0xff, 11 | 26))
}

/// Everything that the house keeps. One value implements all of it; each room asks only for the part it needs.
pub trait Store:
    MessageStore
    + DeliveryStore
    + InboxStore
    + OperatorStore
    + AccountStore
    + ScanStore
    + SessionStore
    + QueueStore
    + FollowUpStore
    + FormStore
    + OutboundStore
    + OpeningStore
    + PeopleStore
    + IdentityStore
    + FactorStore
    + CaseStore
    + ReminderStore
    + RegisterStore
    + SearchStore
    + StatisticsStore
    + RevisionStore
    + RetentionStore
    + MeetingStore
    + TaskStore
    + QuestionStore
    + ApiStore
    + AuditStore
    + HookStore
{
}

impl<
    T: MessageStore
        + DeliveryStore
        + InboxStore
        + OperatorStore
        + AccountStore
        + ScanStore
        + SessionStore
        + QueueStore
        + FollowUpStore
        + FormStore
        + OutboundStore
        + OpeningStore
        + PeopleStore
        + IdentityStore
        + FactorStore
        + CaseStore
        + ReminderStore
        + RegisterStore
        + SearchStore
        + StatisticsStore
        + RevisionStore
        + RetentionStore
        + MeetingStore
        + TaskStore
        + QuestionStore
        + ApiStore
        + AuditStore
        + HookStore,
> Store for T
{
}
