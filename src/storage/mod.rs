//! The storage port: facts of a message's life, one transaction each, durable (synced) when it returns.
//!
//! Storage decides nothing: it compares and sets. There is no rule in SQL. The one body is in `storage/sql`, with the
//! accents of SQLite and PostgreSQL beside it; `storage/seal` encrypts what is about persons.

mod account;
mod delivery;
mod inbox;
mod message;
mod operator;

pub use account::*;
pub use delivery::*;
pub use inbox::*;
pub use message::*;
pub use operator::*;

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
}

/// Everything that the house keeps. One value implements all of it; each room asks only for the part it needs.
pub trait Store: MessageStore + DeliveryStore + InboxStore + OperatorStore + AccountStore {}

impl<T: MessageStore + DeliveryStore + InboxStore + OperatorStore + AccountStore> Store for T {}
