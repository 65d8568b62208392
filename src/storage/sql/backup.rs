//! A copy of the whole database while it is in use. Only SQLite: PostgreSQL has its own tools for it.

use super::SqlStore;
use super::engine::unavailable;
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
}
