//! A copy of the whole database while it is in use. Only SQLite: PostgreSQL has its own tools for it.

use super::SqlStore;
use super::engine::unavailable;
use super::engine::values;
use crate::domain::Timestamp;
use crate::storage::Actor;
use crate::storage::NewJournalLine;
use crate::storage::StoreError;
use sqlx::AssertSqlSafe;
use sqlx::Sqlite;
use std::path::Path;

impl SqlStore<Sqlite> {
    /// Writes one consistent copy of everything that has been committed to `file`, which must be absent or empty. Others
    /// read and write meanwhile. What is sealed stays sealed.
    pub async fn back_up(&self, file: &Path) -> Result<(), StoreError> {
        let path = file.display().to_string().replace('\'', "''");
        let mut connection = self.pools.write.acquire().await.map_err(unavailable)?;
        sqlx::query(AssertSqlSafe(format!("VACUUM INTO '{path}'")))
            .execute(&mut *connection)
            .await
            .map_err(unavailable)?;
        Ok(())
    }

    /// In a copy that is put back: ends every session, every one-time link, also to the form, and every opening of a graded
    /// case that was agreed to, and says in the journal that it was put back. `lines`
    /// is how far its journal came.
    pub async fn shut_out(&self, by: Actor, lines: u64, now: Timestamp) -> Result<(), StoreError> {
        let mut work = self.pools.work().await?;
        for sql in [
            "DELETE FROM sessions",
            "DELETE FROM links",
            "DELETE FROM attempts",
            // Those that were used since the copy was taken would hold once more.
            "DELETE FROM form_invites WHERE used_at IS NULL",
            "DELETE FROM openings WHERE agreed_at IS NOT NULL",
        ] {
            work.execute(sql, values![]).await?;
        }
        let detail = format!("from a copy of {lines} lines");
        work.tell(NewJournalLine { at: now, actor: by, action: "restored", message: None, detail });
        work.commit().await
    }
}
