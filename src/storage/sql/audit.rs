//! The pages of the journal that auditors turn.

use super::SqlStore;
use super::engine::Engine;
use super::engine::Statement;
use super::engine::values;
use super::journal::line_as_kept;
use crate::domain::Clearance;
use crate::domain::ItemId;
use crate::domain::MessageId;
use crate::domain::Sight;
use crate::storage::AuditStore;
use crate::storage::HouseQuery;
use crate::storage::JournalLine;
use crate::storage::JournalQuery;
use crate::storage::JournalTurn;
use crate::storage::StoreError;
use crate::storage::ToldAbout;
use async_trait::async_trait;
use std::collections::BTreeMap;

/// Lines of one page at most, whatever is asked for.
const LINES_MAX: u32 = 1001;

#[async_trait]
impl<E: Engine> AuditStore for SqlStore<E> {
    async fn journal_page(&self, sights: &[Sight], query: &JournalQuery) -> Result<Vec<ToldAbout>, StoreError> {
        let mut look = self.pools.look().await?;
        let message = match &query.reference {
            None => None,
            Some(reference) => {
                let sql = "SELECT id FROM messages WHERE reference = $1";
                let found = look.fetch("messages", sql, values![reference.as_str()]).await?;
                let Some(found) = found.first() else { return Ok(Vec::new()) };
                Some(MessageId(found.uuid("id")?))
            }
        };
        let mut told = BTreeMap::new();
        for sight in sights {
            for record in look.run("journal", page_statement(sight, query, message)).await? {
                let here = record.integer_if_any("here")?.is_some();
                let reference = if here { record.text_if_any("reference")? } else { None };
                let graded = record.integer_if_any("graded")?.unwrap_or_default() != 0;
                let it = ToldAbout { reference, graded, line: line_as_kept(&record)? };
                // A line that concerns several of the units is one line; what it is about is told if any of them has it.
                let known: &mut ToldAbout = told.entry(it.cursor()).or_insert_with(|| it.clone());
                if known.reference.is_none() {
                    known.reference = it.reference;
                }
            }
        }
        let lines_max = usize::try_from(query.lines_max.min(LINES_MAX)).unwrap_or(usize::MAX);
        let mut told: Vec<ToldAbout> = match query.turn {
            JournalTurn::Newest | JournalTurn::OlderThan(_) => told.into_values().rev().take(lines_max).collect(),
            JournalTurn::NewerThan(_) => told.into_values().take(lines_max).collect(),
        };
        told.sort_unstable_by_key(|it| std::cmp::Reverse(it.cursor()));
        Ok(told)
    }

    async fn house_lines(&self, query: &HouseQuery) -> Result<Vec<JournalLine>, StoreError> {
        let mut statement = Statement::<E>::new(HOUSE_LINES);
        if let Some(action) = &query.action {
            statement.push(" AND action = ").value(action.as_str());
        }
        if let Some(since) = query.since {
            statement.push(" AND at >= ").value(since);
        }
        if let Some(before) = query.before {
            statement.push(" AND sequence < ").value(before);
        }
        statement.push(" ORDER BY sequence DESC LIMIT ").value(query.lines_max.min(LINES_MAX));
        self.pools.look().await?.run("journal", statement).await?.iter().map(line_as_kept).collect()
    }

    async fn message_of(&self, item: ItemId) -> Result<Option<MessageId>, StoreError> {
        let found = self.ask("items", "SELECT message FROM items WHERE id = $1", values![item.0]).await?;
        found.first().map(|it| it.uuid("message").map(MessageId)).transpose()
    }
}

/// A guest's role is about a report, and a role all the same.
const HOUSE_LINES: &str = "-- house_lines
SELECT sequence, at, actor, actor_id, actor_name, action, message, detail
FROM journal
WHERE (action IN ('role_given', 'role_ended', 'user_added', 'user_link_made', 'user_ended')
    OR (message IS NULL AND actor <> 'person'
        AND action NOT IN ('refused', 'access_denied', 'sign_in_failed', 'second_factor_failed', 'password_wrong')))";

/// The lines of one unit. `CROSS JOIN` keeps the order in which the tables are read: what is asked for is found by one index,
/// and nothing is read that is not told, but for what is graded.
pub(super) fn page_statement<E: Engine>(
    sight: &Sight,
    query: &JournalQuery,
    message: Option<MessageId>,
) -> Statement<E> {
    let mut statement = Statement::<E>::new(
        "-- journal_page
SELECT u.sequence, u.at, j.actor, j.actor_id, j.actor_name, j.action, j.message, j.detail, m.reference,
    (SELECT MAX(h.protected) FROM items AS h WHERE h.message = j.message AND h.unit = u.unit) AS here,
    (SELECT MAX(g.protected) FROM items AS g WHERE g.message = j.message) AS graded
FROM ",
    );
    statement.push(match message {
        None => "journal_units AS u CROSS JOIN journal AS j",
        Some(_) => "journal AS j CROSS JOIN journal_units AS u",
    });
    statement.push(" LEFT JOIN messages AS m ON m.id = j.message WHERE j.sequence = u.sequence AND u.unit = ");
    statement.value(sight.unit.0.as_str());
    if let Some(message) = message {
        statement.push(" AND u.at = j.at AND j.message = ").value(message.0);
    }
    if let Some(kind) = query.kind {
        // One person did less than everybody did of one sort: with both, the person is what is looked up.
        statement.push(if query.person.is_some() { " AND u.kind || '' = " } else { " AND u.kind = " });
        statement.value(kind.label());
    }
    if let Some(person) = query.person {
        statement.push(" AND u.person = ").value(person.0);
    }
    if let Some(from) = query.from {
        statement.push(" AND u.at >= ").value(from);
    }
    if let Some(until) = query.until {
        statement.push(" AND u.at < ").value(until);
    }
    let (turned, order) = match query.turn {
        JournalTurn::Newest => (None, " ORDER BY u.at DESC, u.sequence DESC LIMIT "),
        JournalTurn::OlderThan(line) => {
            (Some((" AND (u.at, u.sequence) < (", line)), " ORDER BY u.at DESC, u.sequence DESC LIMIT ")
        }
        JournalTurn::NewerThan(line) => {
            (Some((" AND (u.at, u.sequence) > (", line)), " ORDER BY u.at, u.sequence LIMIT ")
        }
    };
    if let Some((than, line)) = turned {
        statement.push(than).value(line.at).push(", ").value(line.sequence).push(")");
    }
    statement.push(match sight.clearance {
        Clearance::Ordinary => {
            " AND NOT EXISTS (SELECT 1 FROM items AS p
    WHERE p.message = j.message AND p.unit = u.unit AND p.protected = 1)"
        }
        Clearance::Graded => "",
    });
    statement.push(order).value(query.lines_max.min(LINES_MAX));
    statement
}
