//! The units' inbox: lists by keyset, one item with its history, and what people do with it.

use super::SqlStore;
use super::engine::Engine;
use super::engine::Record;
use super::engine::Statement;
use super::engine::values;
use super::journal::read_line;
use super::settle::findings_from_text;
use super::settle::route_from_text;
use super::settle::share_from_label;
use super::settle::summary_from_bytes;
use crate::domain::ItemId;
use crate::domain::ItemState;
use crate::domain::MessageId;
use crate::domain::MessageState;
use crate::domain::Redacted;
use crate::domain::Reference;
use crate::domain::UnitId;
use crate::storage::InboxCounts;
use crate::storage::InboxOrder;
use crate::storage::InboxQuery;
use crate::storage::InboxRow;
use crate::storage::InboxStore;
use crate::storage::ItemDetail;
use crate::storage::Person;
use crate::storage::StoreError;
use crate::storage::UserId;
use crate::storage::seal::Place;
use async_trait::async_trait;
use std::cmp::Reverse;
use std::collections::HashMap;
use uuid::Uuid;

/// Rows in one page at most, whatever is asked for.
const PAGE_ROWS_MAX: u32 = 500;
/// Parts of one statement: each unit and state is walked by itself, along an index.
const ARMS_MAX: usize = 100;
/// Earlier items about the same person that are shown beside an item.
const EARLIER_ROWS_MAX: u32 = 50;

#[async_trait]
impl<E: Engine> InboxStore for SqlStore<E> {
    async fn inbox_page(&self, query: &InboxQuery) -> Result<Vec<InboxRow>, StoreError> {
        let mut look = self.pools.look().await?;
        let mut keys = Vec::new();
        for statement in page_statements(query) {
            for record in look.run("items", statement).await? {
                let moment = match query.order {
                    InboxOrder::Work => "deadline",
                    InboxOrder::NewestFirst => "received_at",
                };
                keys.push(Key { moment: record.integer(moment)?, id: record.uuid("id")? });
            }
        }
        match query.order {
            InboxOrder::Work => keys.sort_unstable_by_key(|it| (it.moment, it.id)),
            InboxOrder::NewestFirst => keys.sort_unstable_by_key(|it| Reverse((it.moment, it.id))),
        }
        keys.truncate(rows_max(query) as usize);

        let mut statement = Statement::new(ROWS);
        statement.push("WHERE i.id IN ").list(keys.iter().map(|it| it.id));
        let mut rows = HashMap::with_capacity(keys.len());
        for record in look.run("items", statement).await? {
            rows.insert(record.uuid("id")?, self.row(&record)?);
        }
        Ok(keys.iter().filter_map(|it| rows.remove(&it.id)).collect())
    }

    async fn inbox_counts(&self, units: &[UnitId], who: UserId) -> Result<InboxCounts, StoreError> {
        let mut look = self.pools.look().await?;
        let mut statement = Statement::<E>::new("SELECT state, count FROM tallies WHERE what = 'item' AND unit IN ");
        statement.list(units.iter().map(|it| it.0.as_str()));
        let mut counts = InboxCounts::default();
        for record in look.run("tallies", statement).await? {
            let count: u64 = record.count("count")?;
            match record.word("state", ItemState::from_label)? {
                ItemState::Unread => counts.unread += count,
                ItemState::Opened => counts.opened += count,
                ItemState::Taken => counts.taken += count,
                ItemState::Waiting => counts.waiting += count,
                ItemState::Proposed => counts.proposed += count,
                ItemState::Offered => counts.offered += count,
                ItemState::Transferred => counts.transferred += count,
                ItemState::Withdrawn => counts.withdrawn += count,
                ItemState::Closed => counts.closed += count,
            }
        }
        let own = look.run("items", own_statement(units, who)).await?;
        counts.mine = own.first().map_or(Ok(0), |it| it.count("count"))?;
        Ok(counts)
    }

    async fn item(&self, id: ItemId, units: &[UnitId]) -> Result<ItemDetail, StoreError> {
        let mut look = self.pools.look().await?;
        let mut statement = Statement::new(ROWS);
        statement.push("WHERE i.id = ").value(id.0);
        statement.push(" AND i.unit IN ").list(units.iter().map(|it| it.0.as_str()));
        let found = look.run("items", statement).await?;
        let found = found.first().ok_or(StoreError::Absent)?;
        let row = self.row(found)?;

        let sql = "SELECT state, sender_message_id, message_type, findings, route FROM messages WHERE id = $1";
        let message = look.fetch("messages", sql, values![row.message.0]).await?;
        let message = message.first().ok_or_else(|| found.fault("message"))?;

        let journal = look.fetch("journal", JOURNAL_OF_MESSAGE, values![row.message.0]).await?;
        let mut earlier = Vec::new();
        if let Some(person) = found.bytes_if_any("person_index")? {
            let mut statement = Statement::new(ROWS);
            statement.push("WHERE i.person_index = ").value(person);
            statement.push(" AND i.id <> ").value(id.0);
            statement.push(" AND i.unit IN ").list(units.iter().map(|it| it.0.as_str()));
            statement.push(" ORDER BY i.received_at DESC, i.id DESC LIMIT ").value(EARLIER_ROWS_MAX);
            for record in look.run("items", statement).await? {
                earlier.push(self.row(&record)?);
            }
        }
        Ok(ItemDetail {
            row,
            message_state: message.word("state", MessageState::from_label)?,
            sender_message_id: message.text("sender_message_id")?,
            message_type: message.text("message_type")?,
            findings: message.word("findings", findings_from_text)?,
            route: message.word("route", route_from_text)?,
            journal: journal.iter().map(read_line).collect::<Result<_, _>>()?,
            earlier,
        })
    }
}

impl<E: Engine> SqlStore<E> {
    /// A row of a list, its summary unsealed.
    fn row(&self, record: &Record<E>) -> Result<InboxRow, StoreError> {
        let (id, message) = (record.uuid("id")?, record.uuid("message")?);
        let place = Place { table: "items", column: "summary", row: id.as_bytes() };
        let summary = self.data_key(message, record)?.open(place, &record.bytes("summary")?)?;
        let summary = summary_from_bytes(&summary).ok_or_else(|| record.fault("summary"))?;
        let responsible = match record.uuid_if_any("responsible")? {
            Some(id) => Some(Person { id: UserId(id), display_name: record.text("responsible_name")? }),
            None => None,
        };
        Ok(InboxRow {
            id: ItemId(id),
            message: MessageId(message),
            reference: record.word("reference", Reference::parse)?,
            unit: UnitId(record.text("unit")?),
            share: record.word("share", share_from_label)?,
            state: record.word("state", ItemState::from_label)?,
            kind: record.text("kind")?,
            needs: record.text("needs")?.split_whitespace().map(str::to_owned).collect(),
            urgent: record.integer("place_in_line")? == i64::from(place_in_line(true)),
            protected: record.flag("protected")?,
            attachments: record.count("attachments")?,
            received_at: record.time("received_at")?,
            deadline: record.time("deadline")?,
            responsible,
            summary: Redacted::new(summary),
        })
    }
}

/// What a row of a list is read from. A `WHERE` follows.
const ROWS: &str = "-- inbox_rows
SELECT i.id, i.message, i.unit, i.share, i.state, i.place_in_line, i.received_at, i.deadline, i.kind, i.needs, i.protected,
    i.attachments, i.responsible, i.responsible_name, i.person_index, i.summary, m.reference, k.key_id, k.wrapped
FROM items AS i
INNER JOIN messages AS m ON m.id = i.message
LEFT JOIN data_keys AS k ON k.message = i.message
";

/// The history of one message.
pub(super) const JOURNAL_OF_MESSAGE: &str = "-- journal_of_message
SELECT sequence, at, actor, actor_id, actor_name, action, message, detail
FROM journal
WHERE message = $1
ORDER BY sequence";

/// What a list is sorted by.
struct Key {
    /// The deadline or when it was received, by the order.
    moment: i64,
    id: Uuid,
}

/// The statements that find a page's keys: one part for each unit and state, each along an index from the cursor on, and
/// none longer than the page. The parts are merged here, so that no engine sorts.
pub(super) fn page_statements<E: Engine>(query: &InboxQuery) -> Vec<Statement<E>> {
    let states: &[ItemState] = if query.states.is_empty() { &ItemState::ALL } else { &query.states };
    if let Some(reference) = &query.reference {
        return vec![reference_statement(query, states, reference)];
    }
    let mut arms: Vec<(&UnitId, ItemState)> =
        query.units.iter().flat_map(|unit| states.iter().map(move |state| (unit, *state))).collect();
    arms.sort_unstable();
    arms.dedup();
    arms.chunks(ARMS_MAX)
        .map(|arms| {
            let mut statement = Statement::new("-- inbox_page\n");
            for (index, (unit, state)) in arms.iter().enumerate() {
                statement.push(if index > 0 { "\nUNION ALL\n" } else { "" });
                page_arm(&mut statement, query, unit, *state);
            }
            statement
        })
        .collect()
}

/// The items of one message: found by the message first, whatever else is asked.
fn reference_statement<E: Engine>(query: &InboxQuery, states: &[ItemState], reference: &Reference) -> Statement<E> {
    let mut statement = Statement::new("-- inbox_by_reference\n");
    statement.push("SELECT deadline, received_at, id FROM (SELECT deadline, received_at, id, state, responsible");
    statement.push(" FROM items WHERE unit IN ").list(query.units.iter().map(|it| it.0.as_str()));
    statement.push(" AND message = (SELECT id FROM messages WHERE reference = ").value(reference.as_str());
    // With a limit of its own the inner part stands by itself, so no engine is led to walk a list for the state's sake.
    statement.push(") LIMIT ").value(PAGE_ROWS_MAX).push(") AS part WHERE state IN ");
    statement.list(states.iter().map(|it| it.label()));
    if let Some(responsible) = query.responsible {
        statement.push(" AND responsible = ").value(responsible.0);
    }
    statement
}

/// How many items a person has taken, along the index of the responsible.
pub(super) fn own_statement<E: Engine>(units: &[UnitId], who: UserId) -> Statement<E> {
    let mut statement = Statement::new("-- inbox_own\nSELECT COUNT(*) AS count FROM items WHERE responsible = ");
    let states = [ItemState::Taken, ItemState::Waiting, ItemState::Offered];
    statement.value(who.0).push(" AND state IN ").list(states.iter().map(|it| it.label()));
    statement.push(" AND unit IN ").list(units.iter().map(|it| it.0.as_str()));
    statement
}

fn page_arm<E: Engine>(statement: &mut Statement<E>, query: &InboxQuery, unit: &UnitId, state: ItemState) {
    // Only columns of the index, so that the rows themselves are read for one page and not for each part.
    statement.push(match query.order {
        InboxOrder::Work => "SELECT * FROM (SELECT deadline, id",
        InboxOrder::NewestFirst => "SELECT * FROM (SELECT received_at, id",
    });
    statement.push(" FROM items WHERE unit = ").value(unit.0.as_str());
    statement.push(" AND state = ").value(state.label());
    if let Some(responsible) = query.responsible {
        statement.push(" AND responsible = ").value(responsible.0);
    }
    match query.order {
        InboxOrder::Work => {
            if let Some(after) = query.after {
                statement.push(" AND (deadline, id) > (");
                statement.value(after.deadline).push(", ").value(after.id.0).push(")");
            }
            statement.push(" ORDER BY deadline, id LIMIT ");
        }
        InboxOrder::NewestFirst => {
            if let Some(after) = query.after {
                statement.push(" AND (received_at, id) < (");
                statement.value(after.received_at).push(", ").value(after.id.0).push(")");
            }
            statement.push(" ORDER BY received_at DESC, id DESC LIMIT ");
        }
    }
    statement.value(rows_max(query)).push(") AS part");
}

/// What is urgent sorts first.
pub(super) const fn place_in_line(urgent: bool) -> u32 {
    if urgent { 0 } else { 1 }
}

fn rows_max(query: &InboxQuery) -> u32 {
    query.rows_max.min(PAGE_ROWS_MAX)
}
