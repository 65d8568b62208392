//! One transaction that writes: it gathers what must be counted and told, and locks in one order everywhere.

use super::Pools;
use super::SqlStore;
use super::concern;
use super::engine::Engine;
use super::engine::Insert;
use super::engine::Record;
use super::engine::Statement;
use super::engine::Value;
use super::engine::execute;
use super::engine::fetch;
use super::engine::unavailable;
use super::engine::values;
use super::journal::append;
use super::statistics::FigureKey;
use crate::domain::DeliveryState;
use crate::domain::ItemState;
use crate::domain::MessageState;
use crate::domain::OutboundState;
use crate::domain::UnitId;
use crate::storage::JournalLine;
use crate::storage::NewJournalLine;
use crate::storage::StoreError;
use sqlx::SqlSafeStr;
use sqlx::Transaction;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use uuid::Uuid;

/// A transaction that writes. Dropped, it leaves nothing behind.
pub(crate) struct Work<E: Engine> {
    transaction: Transaction<'static, E>,
    counts: BTreeMap<Count, i64>,
    figures: BTreeMap<FigureKey, i64>,
    lines: Vec<NewJournalLine>,
    /// Messages whose journal comes to units that had none of it.
    brought: BTreeSet<(Uuid, UnitId)>,
    holds_journal: bool,
}

/// A transaction whose reads all see one moment.
pub(crate) struct Look<E: Engine> {
    transaction: Transaction<'static, E>,
}

/// Something that is counted. Ordered, so that all transactions lock the counters in the same order.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Count {
    Message(MessageState),
    Item(UnitId, ItemState),
    Notice(DeliveryState),
    Outbound(OutboundState),
    Refusal,
}

impl Count {
    fn key(&self) -> [&str; 3] {
        match self {
            Self::Message(state) => ["message", "", state.label()],
            Self::Item(unit, state) => ["item", &unit.0, state.label()],
            Self::Notice(state) => ["notice", "", state.label()],
            Self::Outbound(state) => ["outbound", "", state.label()],
            Self::Refusal => ["refusal", "", ""],
        }
    }
}

impl<E: Engine> Pools<E> {
    pub(crate) async fn work(&self) -> Result<Work<E>, StoreError> {
        let transaction = self.write.begin_with(E::BEGIN_WRITE).await.map_err(unavailable)?;
        let (counts, figures, lines) = (BTreeMap::new(), BTreeMap::new(), Vec::new());
        Ok(Work { transaction, counts, figures, lines, brought: BTreeSet::new(), holds_journal: false })
    }

    pub(crate) async fn look(&self) -> Result<Look<E>, StoreError> {
        let transaction = self.read.begin_with(E::BEGIN_READ).await.map_err(unavailable)?;
        Ok(Look { transaction })
    }

    /// One `SELECT` by itself.
    pub(crate) async fn ask(
        &self,
        table: &'static str,
        sql: impl SqlSafeStr + Send,
        values: Vec<Value>,
    ) -> Result<Vec<Record<E>>, StoreError> {
        let sql = sql.into_sql_str();
        let mut connection = self.read.acquire().await.map_err(unavailable)?;
        fetch(&mut *connection, table, sql, values).await
    }
}

impl<E: Engine> SqlStore<E> {
    pub(crate) async fn ask(
        &self,
        table: &'static str,
        sql: impl SqlSafeStr + Send,
        values: Vec<Value>,
    ) -> Result<Vec<Record<E>>, StoreError> {
        self.pools.ask(table, sql, values).await
    }
}

impl<E: Engine> Work<E> {
    pub async fn fetch(
        &mut self,
        table: &'static str,
        sql: impl SqlSafeStr + Send,
        values: Vec<Value>,
    ) -> Result<Vec<Record<E>>, StoreError> {
        let sql = sql.into_sql_str();
        fetch(&mut *self.transaction, table, sql, values).await
    }

    /// How many rows it changed.
    pub async fn execute(&mut self, sql: impl SqlSafeStr + Send, values: Vec<Value>) -> Result<u64, StoreError> {
        let sql = sql.into_sql_str();
        execute::<E>(&mut *self.transaction, sql, values).await
    }

    pub async fn insert(&mut self, insert: &Insert, rows: Vec<Vec<Value>>) -> Result<u64, StoreError> {
        insert.execute::<E>(&mut *self.transaction, rows).await
    }

    pub async fn insert_and_fetch(
        &mut self,
        insert: &Insert,
        rows: Vec<Vec<Value>>,
    ) -> Result<Vec<Record<E>>, StoreError> {
        insert.fetch(&mut *self.transaction, rows).await
    }

    pub async fn script(&mut self, sql: impl SqlSafeStr + Send) -> Result<(), StoreError> {
        let sql = sql.into_sql_str();
        E::script(&mut *self.transaction, sql).await.map_err(unavailable)
    }

    /// `count` more of `what`, once this is committed.
    pub fn count(&mut self, what: Count, count: i64) {
        *self.counts.entry(what).or_default() += count;
    }

    /// `count` more of a figure in statistics, once this is committed.
    pub fn figure(&mut self, what: FigureKey, count: i64) {
        *self.figures.entry(what).or_default() += count;
    }

    /// A line of the journal, in the same transaction as what it tells.
    pub fn tell(&mut self, line: NewJournalLine) {
        self.lines.push(line);
    }

    /// Which units lines that stand in the journal concern.
    pub async fn concern(&mut self, lines: &[JournalLine]) -> Result<(), StoreError> {
        concern::concern::<E>(&mut *self.transaction, lines).await
    }

    /// `unit` has the content of a message from now on, and so reads what the journal says of it from before.
    pub fn bring(&mut self, message: Uuid, unit: &UnitId) {
        self.brought.insert((message, unit.clone()));
    }

    /// Takes its turn at the journal's head when this is committed, although it may have nothing to tell.
    pub fn hold_journal(&mut self) {
        self.holds_journal = true;
    }

    /// Counts, tells and commits; durable when it returns. The journal's head is locked last, so that others wait for the
    /// sync and for nothing else.
    pub async fn commit(mut self) -> Result<(), StoreError> {
        let counts: Vec<_> = std::mem::take(&mut self.counts)
            .into_iter()
            .filter(|(_, count)| *count != 0)
            .map(|(what, count)| {
                let [what, unit, state] = what.key();
                values![what, unit, state, count]
            })
            .collect();
        self.insert(&ADD_COUNTS, counts).await?;
        let figures: Vec<_> = std::mem::take(&mut self.figures)
            .into_iter()
            .filter(|(_, count)| *count != 0)
            .map(|(key, count)| values![key.unit, key.quarter, key.protected, key.what, key.value, count])
            .collect();
        self.insert(&ADD_FIGURES, figures).await?;
        let lines = std::mem::take(&mut self.lines);
        if self.holds_journal || !lines.is_empty() || !self.brought.is_empty() {
            append::<E>(&mut *self.transaction, lines).await?;
        }
        // The head is held: no line comes in between.
        for (message, unit) in std::mem::take(&mut self.brought) {
            concern::bring::<E>(&mut *self.transaction, message, &unit.0).await?;
        }
        self.transaction.commit().await.map_err(unavailable)
    }
}

impl<E: Engine> Look<E> {
    pub async fn fetch(
        &mut self,
        table: &'static str,
        sql: impl SqlSafeStr + Send,
        values: Vec<Value>,
    ) -> Result<Vec<Record<E>>, StoreError> {
        let sql = sql.into_sql_str();
        fetch(&mut *self.transaction, table, sql, values).await
    }

    pub async fn run(&mut self, table: &'static str, statement: Statement<E>) -> Result<Vec<Record<E>>, StoreError> {
        statement.fetch(&mut *self.transaction, table).await
    }
}

const ADD_COUNTS: Insert = Insert {
    table: "tallies",
    columns: &["what", "unit", "state", "count"],
    tail: "ON CONFLICT (what, unit, state) DO UPDATE SET count = tallies.count + excluded.count",
};

const ADD_FIGURES: Insert = Insert {
    table: "statistics",
    columns: &["unit", "quarter", "protected", "what", "value", "count"],
    tail: "ON CONFLICT (unit, quarter, protected, what, value) DO UPDATE SET count = statistics.count + excluded.count",
};
