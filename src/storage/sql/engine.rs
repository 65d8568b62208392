//! What the one body needs from an engine: a few accents, and three kinds of value.

use crate::domain::Timestamp;
use crate::storage::StoreError;
use sqlx::AssertSqlSafe;
use sqlx::Database;
use sqlx::SqlSafeStr;
use sqlx::SqlStr;
use std::fmt::Write as _;
use std::marker::PhantomData;
use uuid::Uuid;

/// An SQL engine. Everything that differs between engines is in its implementations; see `sqlite.rs`, `postgres.rs`.
pub trait Engine: Database {
    /// For people, and for names of tests.
    const LABEL: &'static str;
    /// Begins a transaction that will write.
    const BEGIN_WRITE: &'static str;
    /// Begins a transaction whose reads all see one moment.
    const BEGIN_READ: &'static str;
    /// Ends a `SELECT` of rows that will be changed in the same transaction.
    const FOR_UPDATE: &'static str;
    /// As [`Engine::FOR_UPDATE`], and passes by the rows that others hold.
    const SKIP_LOCKED: &'static str;
    /// Keeps other processes from migrating at the same time, until the transaction ends.
    const LOCK_MIGRATIONS: &'static str;
    /// Lets the rest of a transaction take longer than any arrival may: a migration of many rows, or waiting for another
    /// node's.
    const PATIENTLY: &'static str;
    /// Words in migrations, and what this engine calls them.
    const TYPES: &'static [(&'static str, &'static str)];

    /// Writes the placeholder of the value at `position`, from 1, in a statement whose values are bound in order.
    fn placeholder(position: usize, sql: &mut String);

    fn bind(arguments: &mut Self::Arguments, value: Value) -> sqlx::Result<()>;

    fn text(row: &Self::Row, column: &str) -> sqlx::Result<Option<String>>;

    fn integer(row: &Self::Row, column: &str) -> sqlx::Result<Option<i64>>;

    fn bytes(row: &Self::Row, column: &str) -> sqlx::Result<Option<Vec<u8>>>;

    fn fetch(
        connection: &mut Self::Connection,
        sql: SqlStr,
        arguments: Self::Arguments,
    ) -> impl Future<Output = sqlx::Result<Vec<Self::Row>>> + Send;

    /// Runs one statement; how many rows it changed.
    fn execute(
        connection: &mut Self::Connection,
        sql: SqlStr,
        arguments: Self::Arguments,
    ) -> impl Future<Output = sqlx::Result<u64>> + Send;

    /// Runs several statements without values: a migration.
    fn script(connection: &mut Self::Connection, sql: SqlStr) -> impl Future<Output = sqlx::Result<()>> + Send;

    /// What an error that the engine gave by number is about.
    fn blame(code: &str) -> Blame;
}

/// The part of [`Engine`] that reads the same for both and differs only in types. One use per engine.
macro_rules! speaks_sqlx {
    () => {
        fn bind(arguments: &mut Self::Arguments, value: $crate::storage::sql::Value) -> sqlx::Result<()> {
            use sqlx::Arguments as _;
            use $crate::storage::sql::Value;
            match value {
                Value::Text(it) => arguments.add(it),
                Value::Integer(it) => arguments.add(it),
                Value::Bytes(it) => arguments.add(it),
            }
            .map_err(sqlx::Error::Encode)
        }

        fn text(row: &Self::Row, column: &str) -> sqlx::Result<Option<String>> {
            sqlx::Row::try_get(row, column)
        }

        fn integer(row: &Self::Row, column: &str) -> sqlx::Result<Option<i64>> {
            sqlx::Row::try_get(row, column)
        }

        fn bytes(row: &Self::Row, column: &str) -> sqlx::Result<Option<Vec<u8>>> {
            sqlx::Row::try_get(row, column)
        }

        async fn fetch(
            connection: &mut Self::Connection,
            sql: sqlx::SqlStr,
            arguments: Self::Arguments,
        ) -> sqlx::Result<Vec<Self::Row>> {
            sqlx::query_with(sql, arguments).fetch_all(connection).await
        }

        async fn execute(
            connection: &mut Self::Connection,
            sql: sqlx::SqlStr,
            arguments: Self::Arguments,
        ) -> sqlx::Result<u64> {
            Ok(sqlx::query_with(sql, arguments).execute(connection).await?.rows_affected())
        }

        async fn script(connection: &mut Self::Connection, sql: sqlx::SqlStr) -> sqlx::Result<()> {
            sqlx::raw_sql(sql).execute(connection).await.map(drop)
        }
    };
}
pub(crate) use speaks_sqlx;

/// What an error is about, which decides what to do next.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Blame {
    /// The database cannot be reached or written just now: all who wait are told to try again later.
    World,
    /// Two transactions stood in each other's way: begin again.
    Race,
    /// What was to be written breaks a constraint or cannot be kept: one bad row must not fail the others.
    Data,
    /// Nobody knows; perhaps one bad row.
    Unknown,
}

impl Blame {
    pub(crate) fn of<E: Engine>(error: &StoreError) -> Self {
        match error {
            StoreError::Unavailable(cause) => match cause.downcast_ref::<sqlx::Error>() {
                Some(sqlx::Error::Database(it)) => it.code().map_or(Self::Unknown, |code| E::blame(&code)),
                Some(sqlx::Error::Encode(_)) => Self::Data,
                None if cause.is::<Fell>() => Self::Unknown,
                Some(_) | None => Self::World,
            },
            StoreError::Inconsistent { .. }
            | StoreError::Sealed { .. }
            | StoreError::LeaseLost
            | StoreError::Absent => Self::Data,
        }
    }
}

/// A bug while something was written. What was begun has been rolled back.
#[derive(Debug, thiserror::Error)]
#[error("the writer fell over a bug")]
pub(crate) struct Fell;

/// Whether `error` says that something is there already that may be there only once.
pub(crate) fn is_unique_violation(error: &StoreError) -> bool {
    let StoreError::Unavailable(cause) = error else { return false };
    cause
        .downcast_ref::<sqlx::Error>()
        .and_then(sqlx::Error::as_database_error)
        .is_some_and(sqlx::error::DatabaseError::is_unique_violation)
}

/// An error of the world.
pub(crate) fn unavailable(error: sqlx::Error) -> StoreError {
    StoreError::Unavailable(Box::new(error))
}

/// A value on its way to the database. `None` inside: NULL of that kind.
#[derive(Clone, Debug)]
pub enum Value {
    Text(Option<String>),
    Integer(Option<i64>),
    Bytes(Option<Vec<u8>>),
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::Text(Some(value.to_owned()))
    }
}

impl From<String> for Value {
    fn from(value: String) -> Self {
        Self::Text(Some(value))
    }
}

impl From<Option<String>> for Value {
    fn from(value: Option<String>) -> Self {
        Self::Text(value)
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Integer(Some(value))
    }
}

impl From<u32> for Value {
    fn from(value: u32) -> Self {
        Self::Integer(Some(i64::from(value)))
    }
}

impl From<u64> for Value {
    /// Saturates: the numbers here are sizes, counts and durations.
    fn from(value: u64) -> Self {
        Self::Integer(Some(i64::try_from(value).unwrap_or(i64::MAX)))
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Integer(Some(i64::from(value)))
    }
}

impl From<Option<i64>> for Value {
    fn from(value: Option<i64>) -> Self {
        Self::Integer(value)
    }
}

impl From<Timestamp> for Value {
    fn from(value: Timestamp) -> Self {
        Self::Integer(Some(value.0))
    }
}

impl From<Uuid> for Value {
    fn from(value: Uuid) -> Self {
        Self::Bytes(Some(value.as_bytes().to_vec()))
    }
}

impl From<Option<Uuid>> for Value {
    fn from(value: Option<Uuid>) -> Self {
        Self::Bytes(value.map(|it| it.as_bytes().to_vec()))
    }
}

impl From<[u8; 32]> for Value {
    fn from(value: [u8; 32]) -> Self {
        Self::Bytes(Some(value.to_vec()))
    }
}

impl From<Vec<u8>> for Value {
    fn from(value: Vec<u8>) -> Self {
        Self::Bytes(Some(value))
    }
}

impl From<Option<Vec<u8>>> for Value {
    fn from(value: Option<Vec<u8>>) -> Self {
        Self::Bytes(value)
    }
}

/// `values![a, b]`: each as what it is in the database.
macro_rules! values {
    ($($value:expr),* $(,)?) => { vec![$($crate::storage::sql::Value::from($value)),*] };
}
pub(crate) use values;

/// A row that came from the database, of `table` as errors call it.
pub(crate) struct Record<E: Engine> {
    row: E::Row,
    table: &'static str,
}

impl<E: Engine> Record<E> {
    pub fn text(&self, column: &'static str) -> Result<String, StoreError> {
        self.text_if_any(column)?.ok_or_else(|| self.fault(column))
    }

    pub fn text_if_any(&self, column: &'static str) -> Result<Option<String>, StoreError> {
        E::text(&self.row, column).map_err(|_| self.fault(column))
    }

    pub fn integer(&self, column: &'static str) -> Result<i64, StoreError> {
        self.integer_if_any(column)?.ok_or_else(|| self.fault(column))
    }

    pub fn integer_if_any(&self, column: &'static str) -> Result<Option<i64>, StoreError> {
        E::integer(&self.row, column).map_err(|_| self.fault(column))
    }

    /// A size, a count or a number of something; never negative.
    pub fn count<N: TryFrom<i64>>(&self, column: &'static str) -> Result<N, StoreError> {
        N::try_from(self.integer(column)?).map_err(|_| self.fault(column))
    }

    pub fn flag(&self, column: &'static str) -> Result<bool, StoreError> {
        Ok(self.integer(column)? != 0)
    }

    pub fn time(&self, column: &'static str) -> Result<Timestamp, StoreError> {
        self.integer(column).map(Timestamp)
    }

    pub fn time_if_any(&self, column: &'static str) -> Result<Option<Timestamp>, StoreError> {
        Ok(self.integer_if_any(column)?.map(Timestamp))
    }

    pub fn bytes(&self, column: &'static str) -> Result<Vec<u8>, StoreError> {
        self.bytes_if_any(column)?.ok_or_else(|| self.fault(column))
    }

    pub fn bytes_if_any(&self, column: &'static str) -> Result<Option<Vec<u8>>, StoreError> {
        E::bytes(&self.row, column).map_err(|_| self.fault(column))
    }

    pub fn hash(&self, column: &'static str) -> Result<[u8; 32], StoreError> {
        self.bytes(column)?.try_into().map_err(|_| self.fault(column))
    }

    pub fn uuid(&self, column: &'static str) -> Result<Uuid, StoreError> {
        self.uuid_if_any(column)?.ok_or_else(|| self.fault(column))
    }

    pub fn uuid_if_any(&self, column: &'static str) -> Result<Option<Uuid>, StoreError> {
        let bytes = self.bytes_if_any(column)?;
        bytes.map(|it| Uuid::from_slice(&it)).transpose().map_err(|_| self.fault(column))
    }

    /// A text that must be one of ours.
    pub fn word<T>(&self, column: &'static str, read: impl FnOnce(&str) -> Option<T>) -> Result<T, StoreError> {
        read(&self.text(column)?).ok_or_else(|| self.fault(column))
    }

    pub const fn fault(&self, column: &'static str) -> StoreError {
        StoreError::Inconsistent { table: self.table, column }
    }
}

/// Runs a statement and reads all it gives. Errors call the rows `table`.
pub(crate) async fn fetch<E: Engine>(
    connection: &mut E::Connection,
    table: &'static str,
    sql: impl SqlSafeStr,
    values: Vec<Value>,
) -> Result<Vec<Record<E>>, StoreError> {
    let sql = sql.into_sql_str();
    #[cfg(test)]
    super::tests::plans::look::<E>(connection, sql.as_str(), &values).await;
    let rows = E::fetch(connection, sql, arguments::<E>(values)?).await.map_err(unavailable)?;
    Ok(rows.into_iter().map(|row| Record { row, table }).collect())
}

/// Runs a statement; how many rows it changed.
pub(crate) async fn execute<E: Engine>(
    connection: &mut E::Connection,
    sql: impl SqlSafeStr,
    values: Vec<Value>,
) -> Result<u64, StoreError> {
    let sql = sql.into_sql_str();
    #[cfg(test)]
    super::tests::plans::look::<E>(connection, sql.as_str(), &values).await;
    E::execute(connection, sql, arguments::<E>(values)?).await.map_err(unavailable)
}

fn arguments<E: Engine>(values: Vec<Value>) -> Result<E::Arguments, StoreError> {
    let mut arguments = E::Arguments::default();
    for value in values {
        E::bind(&mut arguments, value).map_err(unavailable)?;
    }
    Ok(arguments)
}

/// An `INSERT` of many rows at once. Rows are written in portions whose sizes are powers of two, so that few different
/// statements are prepared: the cost of a statement is what the number of messages per second hangs on.
pub(crate) struct Insert {
    pub table: &'static str,
    pub columns: &'static [&'static str],
    /// What stands after the rows: `ON CONFLICT … RETURNING …`.
    pub tail: &'static str,
}

impl Insert {
    /// The most rows in one statement.
    const ROWS_MAX: usize = 64;

    pub async fn execute<E: Engine>(
        &self,
        connection: &mut E::Connection,
        rows: Vec<Vec<Value>>,
    ) -> Result<u64, StoreError> {
        let mut changed = 0;
        for (sql, values) in self.portions::<E>(rows) {
            changed += execute::<E>(connection, AssertSqlSafe(sql), values).await?;
        }
        Ok(changed)
    }

    pub async fn fetch<E: Engine>(
        &self,
        connection: &mut E::Connection,
        rows: Vec<Vec<Value>>,
    ) -> Result<Vec<Record<E>>, StoreError> {
        let mut given = Vec::with_capacity(rows.len());
        for (sql, values) in self.portions::<E>(rows) {
            given.extend(fetch(connection, self.table, AssertSqlSafe(sql), values).await?);
        }
        Ok(given)
    }

    fn portions<E: Engine>(&self, rows: Vec<Vec<Value>>) -> impl Iterator<Item = (String, Vec<Value>)> {
        let mut left = rows.len();
        let mut rows = rows.into_iter();
        std::iter::from_fn(move || {
            if left == 0 {
                return None;
            }
            let size = (1 << left.ilog2()).min(Self::ROWS_MAX);
            left -= size;
            Some((self.sql::<E>(size), rows.by_ref().take(size).flatten().collect()))
        })
    }

    fn sql<E: Engine>(&self, rows: usize) -> String {
        let mut sql = format!("INSERT INTO {} ({}) VALUES ", self.table, self.columns.join(", "));
        sql.reserve(rows * self.columns.len() * 7);
        let mut placeholders = Placeholders::<E>::default();
        for row in 0..rows {
            sql.push_str(if row == 0 { "(" } else { ", (" });
            placeholders.list(self.columns.len(), &mut sql);
            sql.push(')');
        }
        if !self.tail.is_empty() {
            write!(sql, " {}", self.tail).expect("writing to a String never fails");
        }
        sql
    }
}

/// Counts placeholders while a statement is put together.
pub(crate) struct Placeholders<E> {
    written: usize,
    engine: PhantomData<E>,
}

impl<E> Default for Placeholders<E> {
    fn default() -> Self {
        Self { written: 0, engine: PhantomData }
    }
}

impl<E: Engine> Placeholders<E> {
    pub fn one(&mut self, sql: &mut String) {
        self.written += 1;
        E::placeholder(self.written, sql);
    }

    /// `count` placeholders with commas between.
    pub fn list(&mut self, count: usize, sql: &mut String) {
        for index in 0..count {
            if index > 0 {
                sql.push_str(", ");
            }
            self.one(sql);
        }
    }
}

/// A statement that is put together from parts, with its values. The parts are always our own text.
pub(crate) struct Statement<E> {
    pub sql: String,
    pub values: Vec<Value>,
    placeholders: Placeholders<E>,
}

impl<E: Engine> Statement<E> {
    pub fn new(sql: &'static str) -> Self {
        Self { sql: sql.to_owned(), values: Vec::new(), placeholders: Placeholders::default() }
    }

    pub fn push(&mut self, sql: &'static str) -> &mut Self {
        self.sql.push_str(sql);
        self
    }

    pub fn value(&mut self, value: impl Into<Value>) -> &mut Self {
        self.placeholders.one(&mut self.sql);
        self.values.push(value.into());
        self
    }

    /// `(a, b, c)`; an empty list is `(NULL)`, which nothing is in.
    pub fn list(&mut self, values: impl IntoIterator<Item = impl Into<Value>>) -> &mut Self {
        self.sql.push('(');
        let before = self.values.len();
        for value in values {
            if self.values.len() > before {
                self.sql.push_str(", ");
            }
            self.value(value);
        }
        if self.values.len() == before {
            self.sql.push_str("NULL");
        }
        self.sql.push(')');
        self
    }

    pub async fn fetch(
        self,
        connection: &mut E::Connection,
        table: &'static str,
    ) -> Result<Vec<Record<E>>, StoreError> {
        fetch(connection, table, AssertSqlSafe(self.sql), self.values).await
    }
}
