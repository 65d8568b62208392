//! The thread between a coordinator and the leader.

use super::SqlStore;
use super::engine::Engine;
use super::engine::Statement;
use super::engine::values;
use crate::domain::ItemId;
use crate::domain::Redacted;
use crate::domain::Reference;
use crate::domain::Timestamp;
use crate::domain::UnitId;
use crate::storage::Actor;
use crate::storage::NewJournalLine;
use crate::storage::Person;
use crate::storage::QuestionStore;
use crate::storage::StoreError;
use crate::storage::ThreadLine;
use crate::storage::ThreadSide;
use crate::storage::Unanswered;
use crate::storage::seal::Place;
use async_trait::async_trait;

/// Rows of one look at most, whatever is asked for.
const ROWS_MAX: u32 = 500;

#[async_trait]
impl<E: Engine> QuestionStore for SqlStore<E> {
    async fn thread(&self, item: ItemId) -> Result<Vec<ThreadLine>, StoreError> {
        let sql = "-- thread
SELECT q.sequence, q.at, q.author_name, q.side, q.text, i.message, k.key_id, k.wrapped
FROM questions AS q
INNER JOIN items AS i ON i.id = q.item
LEFT JOIN data_keys AS k ON k.message = i.message
WHERE q.item = $1
ORDER BY q.sequence";
        let found = self.ask("questions", sql, values![item.0]).await?;
        found
            .iter()
            .map(|it| {
                let text = match it.bytes_if_any("text")? {
                    None => None,
                    Some(sealed) => {
                        let row = question_row(item, it.count("sequence")?);
                        let place = Place { table: "questions", column: "text", row: &row };
                        let text = self.data_key(it.uuid("message")?, it)?.open(place, &sealed)?;
                        Some(Redacted::new(String::from_utf8(text).map_err(|_| it.fault("text"))?))
                    }
                };
                let side = it.word("side", ThreadSide::from_label)?;
                Ok(ThreadLine { at: it.time("at")?, by: it.text("author_name")?, side, text })
            })
            .collect()
    }

    async fn say(
        &self,
        item: ItemId,
        side: ThreadSide,
        text: &Redacted<String>,
        by: &Person,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut work = self.pools.work().await?;
        let (message, key) = self.item_key(&mut work, item).await?;
        let sql = "SELECT COALESCE(MAX(sequence), 0) AS last FROM questions WHERE item = $1";
        let last = work.fetch("questions", sql, values![item.0]).await?;
        let sequence = last.first().map_or(Ok(0), |it| it.count::<u64>("last"))? + 1;
        let row = question_row(item, sequence);
        let place = Place { table: "questions", column: "text", row: &row };
        let sql = "-- say
INSERT INTO questions (item, sequence, at, author, author_name, side, text)
VALUES ($1, $2, $3, $4, $5, $6, $7)";
        let sealed = key.seal(place, text.reveal().as_bytes());
        let row = values![item.0, sequence, now, by.id.0, by.display_name.as_str(), side.label(), sealed];
        work.execute(sql, row).await?;
        let action = match side {
            ThreadSide::Asked => "question_asked",
            ThreadSide::Answered => "question_answered",
        };
        let actor = Actor::Person { id: by.id.to_string(), name: by.display_name.clone() };
        work.tell(NewJournalLine { at: now, actor, action, message: Some(message), detail: String::new() });
        work.commit().await
    }

    async fn unanswered(&self, units: &[UnitId], rows_max: u32) -> Result<Vec<Unanswered>, StoreError> {
        let mut statement = Statement::<E>::new(
            "-- unanswered
SELECT q.item, q.at, q.author_name, i.unit, m.reference
FROM questions AS q
CROSS JOIN items AS i
INNER JOIN messages AS m ON m.id = i.message
WHERE i.id = q.item AND q.side = 'asked' AND i.protected = 0 AND i.state NOT IN ('transferred', 'withdrawn')
    AND NOT EXISTS (SELECT 1 FROM questions AS l WHERE l.item = q.item AND l.sequence > q.sequence)
    AND i.unit IN ",
        );
        statement.list(units.iter().map(|it| it.0.as_str()));
        statement.push(" ORDER BY q.at, q.item LIMIT ").value(rows_max.min(ROWS_MAX));
        let found = self.pools.look().await?.run("questions", statement).await?;
        found
            .iter()
            .map(|it| {
                Ok(Unanswered {
                    item: ItemId(it.uuid("item")?),
                    reference: it.word("reference", Reference::parse)?,
                    unit: UnitId(it.text("unit")?),
                    asked_at: it.time("at")?,
                    asked_by: it.text("author_name")?,
                })
            })
            .collect()
    }
}

/// Where a line of a thread stands, for what is sealed in it.
fn question_row(item: ItemId, sequence: u64) -> Vec<u8> {
    [&item.0.as_bytes()[..], &sequence.to_be_bytes()[..]].concat()
}
