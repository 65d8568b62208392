//! The accent of SQLite: one file, one writer, a few readers. Its twin is `postgres.rs`.

use crate::storage::OpenError;
use crate::storage::Sealing;
use crate::storage::sql::Blame;
use crate::storage::sql::Engine;
use crate::storage::sql::Pools;
use crate::storage::sql::SqlStore;
use crate::storage::sql::StoreOptions;
use crate::storage::sql::speaks_sqlx;
use sqlx::ConnectOptions as _;
use sqlx::Connection as _;
use sqlx::Sqlite;
use sqlx::SqliteConnection;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::sqlite::SqliteJournalMode;
use sqlx::sqlite::SqlitePoolOptions;
use sqlx::sqlite::SqliteSynchronous;
use std::fs;
use std::future::ready;
use std::io;
use std::os::unix::fs::OpenOptionsExt as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::sync::Arc;

/// Only the gateway's own account reads and writes the file, its log (`-wal`) and its index (`-shm`).
const FILE_MODE: u32 = 0o600;
/// Prepared statements kept per connection. Batches come in a few sizes for each table.
const STATEMENTS_MAX: usize = 256;
/// How large the log may stay on disk after it has been written back. Bytes.
const LOG_BYTES_MAX: &str = "67108864";
/// After how many pages in the log it is written back. A larger log means fewer syncs under load.
const LOG_PAGES: &str = "4000";
/// Pages kept in memory by the connection that writes, and by each that reads. Negative: KiB (sqlite.org/pragma.html).
const WRITE_CACHE: &str = "-16000";
const READ_CACHE: &str = "-2000";

/// Opens the file at `path`, or makes it, and brings it to the newest migration.
pub async fn open_sqlite(
    path: &Path,
    sealing: Sealing,
    options: StoreOptions,
) -> Result<Arc<SqlStore<Sqlite>>, OpenError> {
    own_file(path).map_err(|cause| OpenError::File { path: path.to_owned(), cause })?;
    let connect = SqliteConnectOptions::new()
        .filename(path)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(options.lock_wait_max)
        .statement_cache_capacity(STATEMENTS_MAX)
        .page_size(8192)
        .pragma("wal_autocheckpoint", LOG_PAGES)
        .pragma("journal_size_limit", LOG_BYTES_MAX)
        .pragma("cache_size", WRITE_CACHE)
        .disable_statement_logging();
    let write = SqlitePoolOptions::new()
        .max_connections(1)
        .acquire_timeout(options.lock_wait_max)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
        .before_acquire(|connection, _| Box::pin(ready(is_usable(connection))))
        .connect_with(connect.clone())
        .await
        .map_err(OpenError::Connect)?;
    let read = SqlitePoolOptions::new()
        .max_connections(options.read_connections_max)
        .acquire_timeout(options.lock_wait_max)
        .max_lifetime(None)
        .test_before_acquire(false)
        .before_acquire(|connection, _| Box::pin(ready(is_usable(connection))))
        .connect_with(connect.pragma("query_only", "ON").pragma("cache_size", READ_CACHE))
        .await
        .map_err(OpenError::Connect)?;
    SqlStore::open(Pools { write, read }, sealing, options).await
}

/// Whether a connection can begin a transaction. When the disk is full, SQLite ends one by itself; rolling it back then fails,
/// and the library takes it for open for ever. Such a connection is closed and another opened in its place.
fn is_usable(connection: &SqliteConnection) -> sqlx::Result<bool> {
    Ok(!connection.is_in_transaction())
}

/// Makes the file when there is none, and takes it away from everybody else. SQLite gives the log and the index the same
/// mode.
fn own_file(path: &Path) -> io::Result<()> {
    match fs::OpenOptions::new().write(true).create_new(true).mode(FILE_MODE).open(path) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            if !fs::metadata(path)?.is_file() {
                return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is not a file"));
            }
            fs::set_permissions(path, fs::Permissions::from_mode(FILE_MODE))
        }
        Err(error) => Err(error),
    }
}

impl Engine for Sqlite {
    const LABEL: &'static str = "sqlite";
    const BEGIN_WRITE: &'static str = "BEGIN IMMEDIATE";
    const BEGIN_READ: &'static str = "BEGIN";
    const FOR_UPDATE: &'static str = "";
    const SKIP_LOCKED: &'static str = "";
    const LOCK_MIGRATIONS: &'static str = "SELECT 1";
    const TYPES: &'static [(&'static str, &'static str)] = &[
        ("BYTES", "BLOB"),
        ("ROW_NUMBER", "INTEGER PRIMARY KEY"),
        ("SEQUENCE", "INTEGER PRIMARY KEY AUTOINCREMENT"),
        ("CLUSTERED", "WITHOUT ROWID"),
        ("NO_HASH", "zeroblob(32)"),
    ];

    /// Without a number: SQLite finds the name of a numbered one by walking all of them, which is slow in a statement of
    /// a thousand values.
    fn placeholder(_position: usize, sql: &mut String) {
        sql.push('?');
    }

    speaks_sqlx!();

    fn blame(code: &str) -> Blame {
        // The low byte is the primary result code (sqlite.org/rescode.html).
        match code.parse::<u32>().map(|it| it & 0xff) {
            // BUSY, LOCKED, NOMEM, READONLY, INTERRUPT, IOERR, CORRUPT, FULL, CANTOPEN, PROTOCOL, NOTADB.
            Ok(5..=11 | 13..=15 | 26) => Blame::World,
            // TOOBIG, CONSTRAINT, MISMATCH, RANGE.
            Ok(18..=20 | 25) => Blame::Data,
            Ok(_) | Err(_) => Blame::Unknown,
        }
    }
}
