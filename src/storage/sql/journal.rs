//! The journal: a chain of hashes, so that a changed, removed or swapped line is found.

use super::Pools;
use super::concern;
use super::engine::Engine;
use super::engine::Insert;
use super::engine::Record;
use super::engine::execute;
use super::engine::fetch;
use super::engine::values;
use crate::domain::MessageId;
use crate::storage::Actor;
use crate::storage::JournalLine;
use crate::storage::JournalProof;
use crate::storage::NewJournalLine;
use crate::storage::StoreError;
use aws_lc_rs::digest;

/// How many lines are in memory at once while the journal is walked.
const PAGE_LINES: u64 = 1000;
/// Stands where the hash of the line before the first one would stand.
const NO_HASH: [u8; 32] = [0; 32];

/// Adds `lines` at the end. On PostgreSQL the head's row lets in one transaction at a time.
pub(super) async fn append<E: Engine>(
    connection: &mut E::Connection,
    lines: Vec<NewJournalLine>,
) -> Result<(), StoreError> {
    let sql = format!("SELECT lines, hash, concerned_to FROM journal_head WHERE id = 1{}", E::FOR_UPDATE);
    let head = fetch::<E>(connection, "journal_head", sqlx::AssertSqlSafe(sql), values![]).await?;
    let head = head.first().ok_or(LOST_HEAD)?;
    let mut sequence = head.count::<u64>("lines")?;
    let mut hash = head.hash("hash")?;
    let concerned_to = head.count::<u64>("concerned_to")?;
    let is_behind = concerned_to < sequence;
    if lines.is_empty() {
        return Ok(());
    }

    let mut rows = Vec::with_capacity(lines.len());
    let mut kept = Vec::with_capacity(lines.len());
    for line in lines {
        sequence += 1;
        let line = JournalLine {
            sequence,
            at: line.at,
            actor: line.actor,
            action: line.action.to_owned(),
            message: line.message,
            detail: line.detail,
        };
        hash = chain(&hash, &line);
        let [actor, actor_id, actor_name] = actor_columns(&line.actor);
        rows.push(values![
            sequence,
            line.at,
            actor,
            actor_id,
            actor_name,
            line.action.as_str(),
            line.message.map(|it| it.0),
            line.detail.as_str(),
            hash
        ]);
        kept.push(line);
    }
    LINES.execute::<E>(connection, rows).await?;
    concern::concern::<E>(connection, &kept).await?;
    // Lines that an older version has written are made up for when the database is opened.
    let concerned_to = if is_behind { concerned_to } else { sequence };
    let sql = "UPDATE journal_head SET lines = $1, hash = $2, concerned_to = $3 WHERE id = 1";
    execute::<E>(connection, sql, values![sequence, hash, concerned_to]).await?;
    Ok(())
}

const LINES: Insert = Insert {
    table: "journal",
    columns: &["sequence", "at", "actor", "actor_id", "actor_name", "action", "message", "detail", "hash"],
    tail: "",
};

pub(super) const LOST_HEAD: StoreError = StoreError::Inconsistent { table: "journal_head", column: "id" };

/// Walks the lines that the head knows of, a page at a time, and then looks for lines beyond the end.
pub(super) async fn verify<E: Engine>(pools: &Pools<E>) -> Result<JournalProof, StoreError> {
    let (lines, last_hash) = tip(pools).await?;

    let mut walked = 0;
    let mut hash = NO_HASH;
    while walked < lines {
        let sql = "-- verify_journal
SELECT sequence, at, actor, actor_id, actor_name, action, message, detail, hash
FROM journal
WHERE sequence > $1 AND sequence <= $2
ORDER BY sequence";
        let page = pools.ask("journal", sql, values![walked, lines.min(walked + PAGE_LINES)]).await?;
        let expected = (lines - walked).min(PAGE_LINES);
        for record in &page {
            let sequence = walked + 1;
            // A line that cannot be read has been changed: that is an answer, not an error.
            let Ok(line) = read_line(record) else { return Ok(JournalProof::BrokenAt { sequence }) };
            let Ok(kept) = record.hash("hash") else { return Ok(JournalProof::BrokenAt { sequence }) };
            hash = chain(&hash, &line);
            if line.sequence != sequence || hash != kept {
                return Ok(JournalProof::BrokenAt { sequence });
            }
            walked = sequence;
        }
        if (page.len() as u64) < expected {
            return Ok(JournalProof::BrokenAt { sequence: walked + 1 });
        }
    }
    if hash != last_hash {
        return Ok(JournalProof::BrokenAt { sequence: lines.max(1) });
    }
    let beyond = "SELECT MIN(j.sequence) AS sequence
FROM journal AS j
WHERE j.sequence < 1 OR j.sequence > (SELECT lines FROM journal_head WHERE id = 1)";
    let beyond = pools.ask("journal", beyond, values![]).await?;
    match beyond.first().map(|it| it.integer_if_any("sequence")).transpose()?.flatten() {
        None => Ok(JournalProof::Whole { lines, last_hash }),
        Some(sequence) => Ok(JournalProof::BrokenAt { sequence: u64::try_from(sequence).unwrap_or(0) }),
    }
}

/// How many lines the head knows of, and the hash of the last.
pub(super) async fn tip<E: Engine>(pools: &Pools<E>) -> Result<(u64, [u8; 32]), StoreError> {
    let head = pools.ask("journal_head", "SELECT lines, hash FROM journal_head WHERE id = 1", values![]).await?;
    let head = head.first().ok_or(LOST_HEAD)?;
    Ok((head.count("lines")?, head.hash("hash")?))
}

/// A line from its columns.
pub(super) fn read_line<E: Engine>(record: &Record<E>) -> Result<JournalLine, StoreError> {
    Ok(JournalLine {
        sequence: record.count("sequence")?,
        at: record.time("at")?,
        actor: read_actor(record)?,
        action: record.text("action")?,
        message: record.uuid_if_any("message")?.map(MessageId),
        detail: record.text("detail")?,
    })
}

/// A line for those who read. One that cannot be read has been changed: it is told in its place, as what it is.
pub(super) fn line_as_kept<E: Engine>(record: &Record<E>) -> Result<JournalLine, StoreError> {
    read_line(record).or_else(|_| {
        Ok(JournalLine {
            sequence: record.count("sequence")?,
            at: record.time("at")?,
            actor: Actor::House,
            action: UNREADABLE.to_owned(),
            message: record.uuid_if_any("message").ok().flatten().map(MessageId),
            detail: String::new(),
        })
    })
}

/// What stands for the act of a line that cannot be read.
const UNREADABLE: &str = "unreadable";

/// Who, from the three columns.
pub(super) fn read_actor<E: Engine>(record: &Record<E>) -> Result<Actor, StoreError> {
    let (id, name) = (record.text("actor_id")?, record.text("actor_name")?);
    record.word("actor", |it| match it {
        "house" => Some(Actor::House),
        "operator" => Some(Actor::Operator(id)),
        "person" => Some(Actor::Person { id, name }),
        _ => None,
    })
}

pub(super) fn actor_columns(actor: &Actor) -> [&str; 3] {
    match actor {
        Actor::House => ["house", "", ""],
        Actor::Operator(account) => ["operator", account, ""],
        Actor::Person { id, name } => ["person", id, name],
    }
}

/// The hash of `line` after `previous`. Each field stands with its length before it, so that no two lines read the same.
fn chain(previous: &[u8; 32], line: &JournalLine) -> [u8; 32] {
    let [actor, actor_id, actor_name] = actor_columns(&line.actor);
    let mut context = digest::Context::new(&digest::SHA256);
    context.update(b"meldeport journal 1\n");
    context.update(previous);
    let (sequence, at) = (line.sequence.to_be_bytes(), line.at.0.to_be_bytes());
    let message: &[u8] = line.message.as_ref().map_or(&[], |it| it.0.as_bytes());
    let texts = [actor, actor_id, actor_name, &line.action].map(str::as_bytes);
    for field in [&sequence[..], &at].into_iter().chain(texts).chain([message, line.detail.as_bytes()]) {
        context.update(&(field.len() as u64).to_be_bytes());
        context.update(field);
    }
    context.finish().as_ref().try_into().expect("SHA-256 gives 32 bytes")
}
