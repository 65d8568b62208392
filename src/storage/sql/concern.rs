//! Which units each line of the journal concerns: decided when the line is written, and kept beside the chain.

use super::Pools;
use super::engine::Engine;
use super::engine::Insert;
use super::engine::Record;
use super::engine::Statement;
use super::engine::Value;
use super::engine::fetch;
use super::engine::values;
use super::journal::read_line;
use crate::domain::ActKind;
use crate::domain::JournalKind;
use crate::domain::Timestamp;
use crate::storage::API_LOGIN_PREFIX;
use crate::storage::Actor;
use crate::storage::JournalLine;
use crate::storage::StoreError;
use sqlx::AssertSqlSafe;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use uuid::Uuid;

/// Lines that are looked at in one transaction when a database is opened that was made before this was kept.
const FILL_LINES: u64 = 1000;
/// Lines that are read at a time when a unit gets a case that has a journal already.
const BRING_LINES: usize = 1000;
/// Ids in one statement at most; portions are powers of two, so that few different statements are prepared.
const PORTION_MAX: usize = 64;

/// Writes down which units `lines`, which stand in the journal, concern. Other lines of their messages are not looked at.
pub(super) async fn concern<E: Engine>(
    connection: &mut E::Connection,
    lines: &[JournalLine],
) -> Result<(), StoreError> {
    let holders = holders::<E>(connection, lines).await?;
    let holders_of = |line: &JournalLine| line.message.and_then(|it| holders.get(&it.0)).map_or(&[][..], Vec::as_slice);
    let people = People::of::<E>(connection, lines, |it| holders_of(it).iter().any(|it| !it.has_content)).await?;
    let mut rows = Vec::new();
    for line in lines {
        let held = holders_of(line);
        let told = held.iter().filter(|it| it.is_told(line, held, &people));
        rows.extend(told.map(|it| row(&it.unit, line, actor_id(line))));
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

/// A unit that has got the content of a case gets what the journal says of it: also from before it had it.
pub(super) async fn bring<E: Engine>(
    connection: &mut E::Connection,
    message: Uuid,
    unit: &str,
) -> Result<(), StoreError> {
    let mut after = 0;
    loop {
        let page =
            fetch::<E>(connection, "journal", LINES_OF_MESSAGE, values![message, after, BRING_LINES as u64]).await?;
        // A line that cannot be read has been changed: that is for `audit verify` to say.
        let lines: Vec<JournalLine> = page.iter().filter_map(|it| read_line(it).ok()).collect();
        let rows = lines.iter().map(|it| row(unit, it, actor_id(it))).collect();
        CONCERNED.execute::<E>(connection, rows).await?;
        match lines.last() {
            Some(last) if page.len() == BRING_LINES => after = last.sequence,
            Some(_) | None => return Ok(()),
        }
    }
}

/// Binds the message, the line before, and how many.
pub(super) const LINES_OF_MESSAGE: &str = "-- bring_lines
SELECT sequence, at, actor, actor_id, actor_name, action, message, detail
FROM journal
WHERE message = $1 AND sequence > $2
ORDER BY sequence
LIMIT $3";

/// What was brought to a unit whose row was taken away as if it had never been. What its own people did is still theirs.
pub(super) const TAKE_BACK: &str = "-- take_back_lines
DELETE FROM journal_units
WHERE unit = $1 AND (at, sequence) IN (SELECT j.at, j.sequence FROM journal AS j WHERE j.message = $2)
    AND NOT EXISTS (SELECT 1 FROM items AS i WHERE i.message = $2 AND i.unit = $1)
    AND NOT EXISTS (SELECT 1 FROM memberships AS m WHERE m.unit = $1 AND m.user_id = journal_units.person)";

const CONCERNED: Insert = Insert {
    table: "journal_units",
    columns: &["unit", "at", "sequence", "kind", "person"],
    tail: "ON CONFLICT DO NOTHING",
};

fn row(unit: &str, line: &JournalLine, person: Option<Uuid>) -> Vec<Value> {
    values![unit, line.at, line.sequence, JournalKind::of(&line.action).label(), person]
}

/// A unit that has a message, or knows that there is one.
struct Holder {
    unit: String,
    /// It may read the report: then it reads all that is done with it.
    has_content: bool,
    /// When it had that no longer. `None`: it has it, or never had.
    until: Option<Timestamp>,
}

impl Holder {
    fn is_told(&self, line: &JournalLine, all: &[Self], people: &People) -> bool {
        if self.has_content || self.until.is_some_and(|it| line.at <= it) {
            return true;
        }
        if let Some(named) = named_units(line) {
            return named.contains(&self.unit.as_str());
        }
        match actor_id(line) {
            Some(person) => people.units_of(person, line.at).contains(self.unit.as_str()),
            // What the house does with a case that has left it is told to those who had it.
            None => self.until.is_some() && all.iter().all(|it| !it.has_content),
        }
    }
}

/// The units of the messages that some lines are about.
async fn holders<E: Engine>(
    connection: &mut E::Connection,
    lines: &[JournalLine],
) -> Result<BTreeMap<Uuid, Vec<Holder>>, StoreError> {
    let messages: BTreeSet<Uuid> = lines.iter().filter_map(|it| it.message.map(|it| it.0)).collect();
    let messages: Vec<Uuid> = messages.into_iter().collect();
    let mut holders: BTreeMap<Uuid, Vec<Holder>> = BTreeMap::new();
    for portion in portions(&messages) {
        for record in holders_statement::<E>(portion).fetch(connection, "items").await? {
            let holder = Holder {
                unit: record.text("unit")?,
                has_content: record.integer("has_content")? > 0,
                until: record.time_if_any("until")?,
            };
            holders.entry(record.uuid("message")?).or_default().push(holder);
        }
    }
    Ok(holders)
}

pub(super) fn holders_statement<E: Engine>(messages: &[Uuid]) -> Statement<E> {
    let mut statement = Statement::<E>::new(
        "-- holders
SELECT i.message, i.unit,
    COUNT(CASE WHEN i.share = 'content' AND i.state <> 'withdrawn' THEN 1 END) AS has_content,
    MAX(CASE WHEN i.state IN ('transferred', 'withdrawn') THEN (SELECT MAX(e.at)
        FROM case_events AS e
        WHERE e.item = i.id AND e.undone = 0 AND e.act IN ",
    );
    statement.list([ActKind::TransferAccepted, ActKind::LiftEnded, ActKind::WrongAddressee].map(ActKind::label));
    statement.push(") END) AS until\nFROM items AS i\nWHERE i.message IN ").list(messages.iter().copied());
    statement.push("\nGROUP BY i.message, i.unit");
    statement
}

/// The units that a line says it happened in or went to. `None`: it names none.
fn named_units(line: &JournalLine) -> Option<Vec<&str>> {
    let detail = line.detail.as_str();
    let part = |word| detail.split("; ").find_map(|it: &str| it.strip_prefix(word));
    match line.action.as_str() {
        "accepted" => part("to ").map(|it| it.split(", ").collect()),
        "notified" | "notice_abandoned" => Some(vec![part("to ")?.split_once(" by ")?.0]),
        "reminded" => Some(vec![detail.split_once("; ")?.1.split_once(" of ")?.1.split_once(" by ")?.0]),
        "meeting_called" | "meeting_moved" | "meeting_cancelled" => {
            Some(vec![detail.rsplit_once(" of ")?.1.split_once(" at ")?.0])
        }
        "role_given" | "role_ended" => match Subject::of(line) {
            Subject::Role { unit, .. } => Some(vec![unit]),
            Subject::Nobody | Subject::Login(_) | Subject::Client(_) | Subject::Units(_) | Subject::House => None,
        },
        _ => detail.strip_prefix("in ").map(|it| it.split("; ").next().unwrap_or_default().split(", ").collect()),
    }
}

/// The line that says that an account was made: it came before its first role.
async fn user_added<E: Engine>(connection: &mut E::Connection, login: &str) -> Result<Vec<JournalLine>, StoreError> {
    let mut statement = Statement::<E>::new(
        "SELECT sequence, at, actor, actor_id, actor_name, action, message, detail
FROM journal
WHERE action = 'user_added' AND detail = ",
    );
    statement.value(login);
    Ok(statement.fetch(connection, "journal").await?.iter().filter_map(|it| read_line(it).ok()).collect())
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
    Role {
        login: &'a str,
        unit: &'a str,
    },
    /// A case system, by its name: which there are, and what they are cleared for, is a matter of its own units.
    Client(&'a str),
    /// Not people: what was done is these units' own.
    Units(Vec<&'a str>),
    /// What was done to the whole house by the operator. It holds nothing of anybody.
    House,
}

impl<'a> Subject<'a> {
    fn of(line: &'a JournalLine) -> Self {
        let detail = line.detail.as_str();
        let is_by_operator = matches!(line.actor, Actor::Operator(_));
        match line.action.as_str() {
            "sign_in_failed" | "second_factor_failed" => detail.strip_prefix("of ").map_or(Self::Nobody, Self::Login),
            "user_added" | "user_link_made" | "user_ended" | "second_factor_reset" => Self::Login(detail),
            "identity_tied" | "identity_untied" => Self::Login(detail.split_once(": ").map_or(detail, |it| it.0)),
            "sessions_ended" if is_by_operator && detail == "everybody" => Self::House,
            "backed_up" | "restored" if is_by_operator => Self::House,
            "api_client_added" | "api_client_renewed" | "api_client_revoked" => {
                Self::Client(detail.split([' ', ',']).next().unwrap_or_default())
            }
            "sessions_ended" if !matches!(line.actor, Actor::Person { .. }) => Self::Login(detail),
            "role_given" | "role_ended" => {
                let parts = detail.split_once(": ").and_then(|(login, rest)| Some((login, rest.split_once(" in ")?.1)));
                let role = |(login, rest): (&'a str, &'a str)| {
                    let unit = rest.split_once(" from ").map_or(rest, |(unit, _)| unit);
                    Self::Role { login, unit }
                };
                parts.map_or(Self::Nobody, role)
            }
            "meeting_called" | "meeting_moved" | "meeting_cancelled" | "coordinator_contacted" => {
                named_units(line).map_or(Self::Nobody, Self::Units)
            }
            _ => Self::Nobody,
        }
    }

    fn login(&self) -> Option<Cow<'a, str>> {
        match self {
            Self::Nobody | Self::Units(_) | Self::House => None,
            Self::Login(login) | Self::Role { login, .. } => Some(Cow::Borrowed(login)),
            Self::Client(name) => Some(Cow::Owned(format!("{API_LOGIN_PREFIX}{name}"))),
        }
    }
}

/// Where the people whom some lines are of and about have their roles.
struct People {
    by_login: BTreeMap<String, Uuid>,
    /// Unit, from when, until when.
    roles: BTreeMap<Uuid, Vec<(String, Timestamp, Option<Timestamp>)>>,
    /// Every unit in which anybody has had a role, when a line is of the whole house.
    all: BTreeSet<String>,
}

impl People {
    /// Also of those whose lines about a message are told to their own units alone.
    async fn of<E: Engine>(
        connection: &mut E::Connection,
        lines: &[JournalLine],
        is_for_own: impl Fn(&JournalLine) -> bool,
    ) -> Result<Self, StoreError> {
        let mut people = Self { by_login: BTreeMap::new(), roles: BTreeMap::new(), all: BTreeSet::new() };
        if lines.iter().any(|it| matches!(Subject::of(it), Subject::House)) {
            let statement = Statement::<E>::new("SELECT DISTINCT unit FROM memberships");
            for record in statement.fetch(connection, "memberships").await? {
                people.all.insert(record.text("unit")?);
            }
        }
        let logins: BTreeSet<Cow<'_, str>> = lines.iter().filter_map(|it| Subject::of(it).login()).collect();
        let logins: Vec<Cow<'_, str>> = logins.into_iter().collect();
        for portion in portions(&logins) {
            let mut statement = Statement::<E>::new("SELECT id, login FROM users WHERE login IN ");
            statement.list(portion.iter().map(|it| it.as_ref()));
            for record in statement.fetch(connection, "users").await? {
                people.by_login.insert(record.text("login")?, record.uuid("id")?);
            }
        }
        let of_people = lines.iter().filter(|it| is_of_people(it) || is_for_own(it));
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
        self.by_login.get(Subject::of(line).login()?.as_ref()).copied()
    }

    /// The units that a line concerns because of whom it is of or about.
    fn units<'a>(&'a self, line: &'a JournalLine) -> BTreeSet<&'a str> {
        if !is_of_people(line) {
            return BTreeSet::new();
        }
        // A role is its own unit's, and tells no other where else somebody works.
        match Subject::of(line) {
            Subject::Role { unit, .. } => return BTreeSet::from([unit]),
            // Nor does what somebody does for one of their units.
            Subject::Units(units) => return units.into_iter().collect(),
            Subject::House => return self.all.iter().map(String::as_str).collect(),
            Subject::Nobody | Subject::Login(_) | Subject::Client(_) => {}
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

/// After so many lines it is told how far it has come.
const PROGRESS_LINES: u64 = 100_000;

/// Makes what is not made yet: in a database from before, or one that an older version has written in meanwhile.
pub(super) async fn fill<E: Engine>(pools: &Pools<E>) -> Result<(), StoreError> {
    const HEAD: &str = "SELECT lines, concerned_to FROM journal_head WHERE id = 1";
    let behind = |head: &[Record<E>]| -> Result<Option<(u64, u64)>, StoreError> {
        let Some(head) = head.first() else { return Ok(None) };
        let (lines, made): (u64, u64) = (head.count("lines")?, head.count("concerned_to")?);
        Ok((made < lines).then_some((lines, made)))
    };
    let mut is_begun = false;
    while behind(&pools.ask("journal_head", HEAD, values![]).await?)?.is_some() {
        let mut work = pools.work().await?;
        let sql = AssertSqlSafe(format!("{HEAD}{}", E::FOR_UPDATE));
        let Some((lines, made)) = behind(&work.fetch("journal_head", sql, values![]).await?)? else { return Ok(()) };
        if !std::mem::replace(&mut is_begun, true) {
            tracing::info!(lines, made, "the journal is being laid out by unit, for those who read it");
        }
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
        if until / PROGRESS_LINES > made / PROGRESS_LINES {
            tracing::info!(lines, made = until, "the journal is being laid out by unit");
        }
    }
    if is_begun {
        tracing::info!("the journal is laid out by unit");
    }
    Ok(())
}
