//! The one body: every fact of the storage port, once, for every engine.
//!
//! It compares and sets; it decides nothing. `engine.rs` says what differs between engines, `work.rs` what a transaction
//! is here, `settle.rs` and `writer.rs` how many arrivals share one sync. The rest has one file per part of the port.

mod account;
mod api;
mod audit;
mod backup;
mod casework;
mod concern;
mod delivery;
mod engine;
mod factor;
mod filter;
mod follow_up;
mod form;
mod hooks;
mod identity;
mod inbox;
mod journal;
mod keys;
mod meeting;
mod message;
mod migrate;
mod opening;
mod operator;
mod outbound;
mod people;
mod question;
mod queue;
mod register;
mod reminders;
mod retention;
mod revisions;
mod scans;
mod search;
mod sessions;
mod settle;
mod statistics;
mod task;
mod tokens;
mod trial;
mod work;
mod writer;

#[cfg(test)]
mod tests;

pub use engine::Blame;
pub use engine::Engine;
pub use engine::Value;
pub(crate) use engine::speaks_sqlx;

use crate::clock::Clock;
use crate::clock::SystemClock;
use crate::storage::OpenError;
use crate::storage::Sealing;
use crate::storage::seal::Sealer;
use sqlx::Pool;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;
use writer::Writer;

/// The store over one engine. Made by `open_sqlite` and `open_postgres`.
pub struct SqlStore<E: Engine> {
    pools: Pools<E>,
    sealer: Sealer,
    writer: Writer,
    options: StoreOptions,
}

/// How connections are shared out.
pub(crate) struct Pools<E: Engine> {
    /// SQLite has one writer at a time: one connection. PostgreSQL: the same pool as `read`.
    pub write: Pool<E>,
    pub read: Pool<E>,
}

// Derived, `Clone` would ask it of the engine too.
impl<E: Engine> Clone for Pools<E> {
    fn clone(&self) -> Self {
        Self { write: self.write.clone(), read: self.read.clone() }
    }
}

/// Limits of the store, each with its name.
#[derive(Clone)]
pub struct StoreOptions {
    /// How many arrivals share one sync at most.
    pub batch_messages_max: usize,
    /// How many bytes of messages share one sync at most, so that large ones do not make all others wait. At least one
    /// message is taken.
    pub batch_bytes_max: usize,
    /// How many arrivals may wait for the writer; the next is told to try again later.
    pub waiting_messages_max: usize,
    /// How many bytes of messages may wait for the writer.
    pub waiting_bytes_max: usize,
    /// How long the writer gives one batch.
    pub settle_wait_max: Duration,
    /// How long to wait for a connection, or for a lock that another process holds.
    pub lock_wait_max: Duration,
    pub read_connections_max: u32,
    /// Asked only where the port does not bring the time: when a message is judged again, and for migrations.
    pub clock: Arc<dyn Clock>,
}

impl Default for StoreOptions {
    fn default() -> Self {
        Self {
            batch_messages_max: 128,
            batch_bytes_max: 8 * 1024 * 1024,
            waiting_messages_max: 1024,
            waiting_bytes_max: 64 * 1024 * 1024,
            settle_wait_max: Duration::from_secs(10),
            lock_wait_max: Duration::from_secs(5),
            read_connections_max: 4,
            clock: Arc::new(SystemClock),
        }
    }
}

impl<E: Engine> SqlStore<E> {
    /// Migrates, proves the keys, and starts the writer of arrivals.
    pub(crate) async fn open(pools: Pools<E>, sealing: Sealing, options: StoreOptions) -> Result<Arc<Self>, OpenError> {
        migrate::migrate(&pools, options.clock.now()).await?;
        let sealer = migrate::open_vault(&pools, sealing).await?;
        tokens::fill(&pools, &sealer).await?;
        concern::fill(&pools).await?;
        let writer = Writer::start(pools.clone(), &options);
        Ok(Arc::new(Self { pools, sealer, writer, options }))
    }

    /// Takes no more arrivals, writes those that wait, and closes all connections. Afterwards every wish gets
    /// [`Unavailable`](crate::storage::StoreError::Unavailable).
    pub async fn close(&self) {
        self.writer.close().await;
        self.pools.read.close().await;
        self.pools.write.close().await;
    }
}

impl<E: Engine> fmt::Debug for SqlStore<E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("SqlStore").field("engine", &E::LABEL).finish_non_exhaustive()
    }
}
