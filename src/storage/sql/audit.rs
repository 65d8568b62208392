//! Which units each line of the journal concerns, and the pages that auditors turn.

use super::Pools;
use super::SqlStore;
use super::engine::Engine;
use super::engine::Insert;
use super::engine::Record;
use super::engine::Statement;
use super::engine::Value;
use super::engine::values;
use super::journal::read_line;
use crate::domain::Clearance;
use crate::domain::ItemId;
use crate::domain::JournalKind;
use crate::domain::MessageId;
use crate::domain::Sight;
use crate::domain::Timestamp;
use crate::storage::Actor;
use crate::storage::AuditStore;
use crate::storage::JournalLine;
use crate::storage::JournalQuery;
use crate::storage::JournalTurn;
use crate::storage::StoreError;
use crate::storage::ToldAbout;
use async_trait::async_trait;
use sqlx::AssertSqlSafe;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use uuid::Uuid;

/// Lines of one page at most, whatever is asked for.
const LINES_MAX: u32 = 1001;
/// Lines that are looked at in one transaction when a database is opened that was made before this was kept.
const FILL_LINES: u64 = 1000;
/// Ids in one statement at most; portions are powers of two, so that few different statements are prepared.
const PORTION_MAX: usize = 64;

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
                let it = ToldAbout { reference, graded, line: read_line(&record)? };
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

    async fn message_of(&self, item: ItemId) -> Result<Option<MessageId>, StoreError> {
        let found = self.ask("items", "SELECT message FROM items WHERE id = $1", values![item.0]).await?;
        found.first().map(|it| it.uuid("message").map(MessageId)).transpose()
    }
}

/// The lines of one unit. `CROSS JOIN` keeps the order in which the tables are read: what is asked for is found by one index,
/// and nothing is read that is not told, but for what is graded.
pub(super) fn page_statement<E: Engine>(
    sight: &Sight,
    query: &JournalQuery,
    message: Option<MessageId>,
) -> Statement<E> {
    let mut statement = Statement::<E>::new(
        "-- journal_page
SELECT j.sequence, j.at, j.actor, j.actor_id, j.actor_name, j.action, j.message, j.detail, m.reference,
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

/// Writes down which units `lines`, which stand in the journal, concern.
pub(super) async fn concern<E: Engine>(
    connection: &mut E::Connection,
    lines: &[JournalLine],
) -> Result<(), StoreError> {
    let mut rows = Vec::new();
    let messages: BTreeSet<Uuid> = lines.iter().filter_map(|it| it.message.map(|it| it.0)).collect();
    let messages: Vec<Uuid> = messages.into_iter().collect();
    for portion in portions(&messages) {
        let mut statement = Statement::<E>::new(NOT_YET_OF_THEIR_UNITS);
        statement.list(portion.iter().copied()).push(NOT_YET);
        for record in statement.fetch(connection, "journal").await? {
            let line = read_line(&record)?;
            rows.push(row(&record.text("unit")?, &line, actor_id(&line)));
        }
    }
    let people = People::of::<E>(connection, lines).await?;
    for line in lines {
        let person = actor_id(line).or_else(|| people.subject(line));
        rows.extend(people.units(line).into_iter().map(|unit| row(unit, line, person)));
        if let Subject::Role { login, unit } = Subject::of(line)
            && line.action == "role_given"
        {
            for added in user_added::<E>(connection, login).await? {
                rows.push(row(unit, &added, actor_id(&added).or(person)));
            }
        }
    }
    CONCERNED.execute::<E>(connection, rows).await.map(drop)
}

const CONCERNED: Insert = Insert {
    table: "journal_units",
    columns: &["unit", "at", "sequence", "kind", "person"],
    tail: "ON CONFLICT DO NOTHING",
};

fn row(unit: &str, line: &JournalLine, person: Option<Uuid>) -> Vec<Value> {
    values![unit, line.at, line.sequence, JournalKind::of(&line.action).label(), person]
}

/// Also lines from before the unit had the message: a case that comes from another unit brings its journal.
const NOT_YET_OF_THEIR_UNITS: &str = "-- concern_messages
SELECT j.sequence, j.at, j.actor, j.actor_id, j.actor_name, j.action, j.message, j.detail, i.unit
FROM items AS i
INNER JOIN journal AS j ON j.message = i.message
WHERE i.message IN ";

const NOT_YET: &str = " AND NOT EXISTS (SELECT 1
    FROM journal_units AS u
    WHERE u.unit = i.unit AND u.at = j.at AND u.sequence = j.sequence)";

/// The line that says that an account was made: it came before its first role.
async fn user_added<E: Engine>(connection: &mut E::Connection, login: &str) -> Result<Vec<JournalLine>, StoreError> {
    let mut statement = Statement::<E>::new(
        "SELECT sequence, at, actor, actor_id, actor_name, action, message, detail
FROM journal
WHERE action = 'user_added' AND detail = ",
    );
    statement.value(login);
    statement.fetch(connection, "journal").await?.iter().map(read_line).collect()
}

fn actor_id(line: &JournalLine) -> Option<Uuid> {
    match &line.actor {
        Actor::Person { id, .. } => Uuid::parse_str(id).ok(),
        Actor::House | Actor::Operator(_) => None,
    }
}

/// Whom a line is about, as far as its particulars say.
enum Subject<'a> {
    Nobody,
    Login(&'a str),
    Role { login: &'a str, unit: &'a str },
}

impl<'a> Subject<'a> {
    fn of(line: &'a JournalLine) -> Self {
        let detail = line.detail.as_str();
        match line.action.as_str() {
            "sign_in_failed" | "second_factor_failed" => detail.strip_prefix("of ").map_or(Self::Nobody, Self::Login),
            "user_added" | "user_link_made" | "user_ended" | "second_factor_reset" => Self::Login(detail),
            "identity_tied" | "identity_untied" => Self::Login(detail.split_once(": ").map_or(detail, |it| it.0)),
            "sessions_ended" if !matches!(line.actor, Actor::Person { .. }) => Self::Login(detail),
            "role_given" | "role_ended" => {
                let parts = detail.split_once(": ").and_then(|(login, rest)| Some((login, rest.split_once(" in ")?.1)));
                let role = |(login, rest): (&'a str, &'a str)| {
                    let unit = rest.split_once(" from ").map_or(rest, |(unit, _)| unit);
                    Self::Role { login, unit }
                };
                parts.map_or(Self::Nobody, role)
            }
            _ => Self::Nobody,
        }
    }

    const fn login(&self) -> Option<&'a str> {
        match self {
            Self::Nobody => None,
            Self::Login(login) | Self::Role { login, .. } => Some(login),
        }
    }
}

/// Where the people whom some lines are of and about have their roles.
struct People {
    by_login: BTreeMap<String, Uuid>,
    /// Unit, from when, until when.
    roles: BTreeMap<Uuid, Vec<(String, Timestamp, Option<Timestamp>)>>,
}

impl People {
    async fn of<E: Engine>(connection: &mut E::Connection, lines: &[JournalLine]) -> Result<Self, StoreError> {
        let mut people = Self { by_login: BTreeMap::new(), roles: BTreeMap::new() };
        let logins: BTreeSet<&str> = lines.iter().filter_map(|it| Subject::of(it).login()).collect();
        let logins: Vec<&str> = logins.into_iter().collect();
        for portion in portions(&logins) {
            let mut statement = Statement::<E>::new("SELECT id, login FROM users WHERE login IN ");
            statement.list(portion.iter().copied());
            for record in statement.fetch(connection, "users").await? {
                people.by_login.insert(record.text("login")?, record.uuid("id")?);
            }
        }
        let of_people = lines.iter().filter(|it| is_of_people(it));
        let mut ids: BTreeSet<Uuid> = of_people.filter_map(actor_id).collect();
        ids.extend(people.by_login.values());
        let ids: Vec<Uuid> = ids.into_iter().collect();
        for portion in portions(&ids) {
            let mut statement =
                Statement::<E>::new("SELECT user_id, unit, valid_from, valid_to FROM memberships WHERE user_id IN ");
            statement.list(portion.iter().copied());
            for record in statement.fetch(connection, "memberships").await? {
                let role = (record.text("unit")?, record.time("valid_from")?, record.time_if_any("valid_to")?);
                people.roles.entry(record.uuid("user_id")?).or_default().push(role);
            }
        }
        Ok(people)
    }

    fn subject(&self, line: &JournalLine) -> Option<Uuid> {
        self.by_login.get(Subject::of(line).login()?).copied()
    }

    /// The units that a line concerns because of whom it is of or about.
    fn units<'a>(&'a self, line: &'a JournalLine) -> BTreeSet<&'a str> {
        if !is_of_people(line) {
            return BTreeSet::new();
        }
        // A role is its own unit's, and tells no other where else somebody works.
        if let Subject::Role { unit, .. } = Subject::of(line) {
            return BTreeSet::from([unit]);
        }
        let about = self.subject(line).map(|it| self.units_of(it, line.at)).unwrap_or_default();
        if !about.is_empty() {
            return about;
        }
        actor_id(line).map(|it| self.units_of(it, line.at)).unwrap_or_default()
    }

    /// Where a person had a role at that time. One who had none any more is still known where they had one before.
    fn units_of(&self, person: Uuid, at: Timestamp) -> BTreeSet<&str> {
        let begun = || self.roles.get(&person).into_iter().flatten().filter(|(_, from, _)| *from <= at);
        let held = begun().filter(|(_, _, to)| to.is_none_or(|to| to > at));
        let held: BTreeSet<&str> = held.map(|(unit, _, _)| unit.as_str()).collect();
        if held.is_empty() { begun().map(|(unit, _, _)| unit.as_str()).collect() } else { held }
    }
}

/// Whether a line is a matter of people and not of a message alone: one without a message, and a refusal.
fn is_of_people(line: &JournalLine) -> bool {
    line.message.is_none() || JournalKind::of(&line.action) == JournalKind::Refused
}

/// `all` in portions of few different sizes.
fn portions<T>(mut all: &[T]) -> impl Iterator<Item = &[T]> {
    std::iter::from_fn(move || {
        if all.is_empty() {
            return None;
        }
        let (portion, rest) = all.split_at((1 << all.len().ilog2()).min(PORTION_MAX));
        all = rest;
        Some(portion)
    })
}

/// Makes what is not made yet: in a database from before, or one that an older version has written in meanwhile.
pub(super) async fn fill<E: Engine>(pools: &Pools<E>) -> Result<(), StoreError> {
    const HEAD: &str = "SELECT lines, concerned_to FROM journal_head WHERE id = 1";
    let behind = |head: &[Record<E>]| -> Result<Option<(u64, u64)>, StoreError> {
        let Some(head) = head.first() else { return Ok(None) };
        let (lines, made): (u64, u64) = (head.count("lines")?, head.count("concerned_to")?);
        Ok((made < lines).then_some((lines, made)))
    };
    while behind(&pools.ask("journal_head", HEAD, values![]).await?)?.is_some() {
        let mut work = pools.work().await?;
        let sql = AssertSqlSafe(format!("{HEAD}{}", E::FOR_UPDATE));
        let Some((lines, made)) = behind(&work.fetch("journal_head", sql, values![]).await?)? else { return Ok(()) };
        let until = lines.min(made + FILL_LINES);
        let sql = "-- fill_journal_units
SELECT sequence, at, actor, actor_id, actor_name, action, message, detail
FROM journal
WHERE sequence > $1 AND sequence <= $2
ORDER BY sequence";
        let page = work.fetch("journal", sql, values![made, until]).await?;
        // A line that cannot be read has been changed: that is for `audit verify` to say.
        let page: Vec<JournalLine> = page.iter().filter_map(|it| read_line(it).ok()).collect();
        work.concern(&page).await?;
        work.execute("UPDATE journal_head SET concerned_to = $1 WHERE id = 1", values![until]).await?;
        work.commit().await?;
    }
    Ok(())
}
