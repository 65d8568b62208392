//! `meldeport audit`: proves that nobody has changed the journal, and tells what it says of the house.

use crate::app;
use crate::cli::Exit;
use crate::cli::Stop;
use crate::cli::load;
use crate::clock::Clock;
use crate::clock::SystemClock;
use crate::domain::AlarmKind;
use crate::domain::NewAlarm;
use crate::domain::Timestamp;
use crate::domain::norway;
use crate::storage::Actor;
use crate::storage::HouseQuery;
use crate::storage::JournalProof;
use crate::storage::Store;
use clap::Args;
use clap::Subcommand;
use jiff::civil::Date;
use serde_json::json;
use std::path::Path;

#[derive(Args, Debug)]
pub(super) struct Line {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Walk the whole journal and prove its chain of hashes
    #[command(
        after_help = "When it is broken, or is another, the alarm journal_broken is opened.\n\nExit status 0: the journal is whole, and is the one that is known. 1: it is broken, and the first broken line is told; or it is another."
    )]
    Verify {
        /// Where the journal stood once, as the log tells each hour (`journal_tip`): LINES:HASH. May be given again
        #[arg(long, value_name = "LINES:HASH", value_parser = known)]
        known: Vec<Known>,
        /// One JSON object
        #[arg(long)]
        json: bool,
    },
    /// What was done to the house, and with accounts and roles, newest first
    #[command(
        after_help = "Copies taken and put back, keys, case systems, accounts, roles, what has outlived its purpose. Nothing of any report, nor of what anybody read\nor looked for: that is for auditors, in the inbox.\n\nExamples:\n  meldeport audit list --action role_given --since 2026-11-01\n  meldeport audit list --before 4711"
    )]
    List {
        /// Only these, by the word that stands in the line, such as role_given
        #[arg(long, value_name = "WORD")]
        action: Option<String>,
        /// From this day, as 2026-11-21
        #[arg(long, value_name = "DATE")]
        since: Option<Date>,
        /// The next page: lines before the one with this number
        #[arg(long, value_name = "LINE")]
        before: Option<u64>,
        /// How many at most
        #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=1000))]
        limit: u32,
        /// One JSON object per line
        #[arg(long)]
        json: bool,
    },
}

/// Where the journal stood once.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Known {
    lines: u64,
    hash: [u8; 32],
}

fn known(text: &str) -> Result<Known, String> {
    let wrong = || "write it as the log does: the number of lines, a colon, and 64 letters and digits".to_owned();
    let (lines, hash) = text.split_once(':').ok_or_else(wrong)?;
    let pair = |it: &[u8]| std::str::from_utf8(it).ok().and_then(|it| u8::from_str_radix(it, 16).ok());
    let hash: Option<Vec<u8>> = hash.as_bytes().chunks(2).map(pair).collect();
    let hash = hash.and_then(|it| it.try_into().ok()).ok_or_else(wrong)?;
    Ok(Known { lines: lines.parse().map_err(|_| wrong())?, hash })
}

pub(super) async fn run(line: Line, config: &Path) -> Result<Exit, Stop> {
    let store = app::open_store(&load(config)?).await?;
    match line.command {
        Command::Verify { known, json } => verify(&*store, &known, json).await,
        Command::List { action, since, before, limit, json } => {
            let midnight = |day: Date| {
                let zoned = day.to_zoned(norway()).map_err(|error| Stop::Said(Exit::Usage, error.to_string()))?;
                Ok::<_, Stop>(Timestamp::from_jiff(zoned.timestamp()))
            };
            let query = HouseQuery { action, since: since.map(midnight).transpose()?, before, lines_max: limit };
            list(&*store, &query, json).await
        }
    }
}

async fn list(store: &dyn Store, query: &HouseQuery, json: bool) -> Result<Exit, Stop> {
    let lines = store.house_lines(query).await?;
    for it in &lines {
        let (kind, by) = match &it.actor {
            Actor::House => ("house", "the house"),
            Actor::Operator(name) => ("operator", name.as_str()),
            Actor::Person { id: _, name } => ("person", name.as_str()),
        };
        if json {
            let at = it.at.to_string();
            let said = json!({ "line": it.sequence, "at": at, "kind": kind, "by": by, "action": it.action, "detail": it.detail });
            println!("{said}");
        } else {
            println!("{:>8}  {}  {:<22} {by}: {}", it.sequence, it.at, it.action, it.detail);
        }
    }
    match lines.last() {
        None => eprintln!("There is no such line."),
        Some(last) if lines.len() >= usize::try_from(query.lines_max).unwrap_or(usize::MAX) => {
            eprintln!("There may be older ones: --before {}", last.sequence);
        }
        Some(_) => {}
    }
    Ok(Exit::Fine)
}

async fn verify(store: &dyn Store, known: &[Known], json: bool) -> Result<Exit, Stop> {
    let proof = store.verify_journal().await?;
    let mut another = None;
    for it in known {
        // Before the first line stands no hash.
        let kept = if it.lines == 0 { Some([0; 32]) } else { store.journal_hash(it.lines).await? };
        if kept != Some(it.hash) {
            another = another.or(Some(it.lines));
        }
    }
    let broken_at = match proof {
        JournalProof::BrokenAt { sequence } => Some(sequence),
        JournalProof::Whole { .. } => another,
    };
    if let Some(line) = broken_at {
        let alarm = NewAlarm { kind: AlarmKind::JournalBroken, subject: line.to_string() };
        store.open_alarm(alarm, SystemClock.now()).await?;
    }
    let (exit, said, data) = match (proof, another) {
        (JournalProof::Whole { .. }, Some(lines)) => (
            Exit::No,
            format!(
                "The journal is whole, and is not the one that is known: line {lines} has another hash, or is not there. Somebody has cut it or written it anew, or an older database has been put back. Keep a copy of it before you do anything else."
            ),
            json!({ "whole": true, "known": false, "differs_at": lines }),
        ),
        (JournalProof::Whole { lines, last_hash }, None) => (
            Exit::Fine,
            format!("The journal is whole: {lines} lines, last hash {}.", app::hex(&last_hash)),
            json!({ "whole": true, "lines": lines, "last_hash": app::hex(&last_hash) }),
        ),
        (JournalProof::BrokenAt { sequence }, _) => (
            Exit::No,
            format!(
                "The journal is broken at line {sequence}: it does not follow from what stands before it. Somebody has changed the database by hand, or the file is damaged. Keep a copy of it before you do anything else."
            ),
            json!({ "whole": false, "broken_at": sequence }),
        ),
    };
    if json {
        println!("{data}");
    } else {
        println!("{said}");
    }
    Ok(exit)
}

#[cfg(test)]
mod tests {
    use super::Known;
    use super::known;

    #[test]
    fn where_the_journal_stood_is_read_as_the_log_tells_it() {
        let hash = "0f".repeat(32);

        assert_eq!(known(&format!("12:{hash}")), Ok(Known { lines: 12, hash: [15; 32] }));
        for wrong in ["", "12", &hash, "x:00", &format!("12:{hash}0f"), &format!("12:{}g", &hash[1..]), "12:å"] {
            assert!(known(wrong).is_err(), "{wrong}");
        }
    }
}
