//! `meldeport audit verify`: proves that nobody has changed the journal.

use crate::app;
use crate::cli::Exit;
use crate::cli::Stop;
use crate::cli::load;
use crate::clock::Clock;
use crate::clock::SystemClock;
use crate::domain::AlarmKind;
use crate::domain::NewAlarm;
use crate::storage::JournalProof;
use clap::Args;
use clap::Subcommand;
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
        after_help = "When it is broken the alarm journal_broken is opened.\n\nExit status 0: the journal is whole. 1: it is broken, and the first broken line is told."
    )]
    Verify {
        /// One JSON object
        #[arg(long)]
        json: bool,
    },
}

pub(super) async fn run(line: Line, config: &Path) -> Result<Exit, Stop> {
    let Command::Verify { json } = line.command;
    let store = app::open_store(&load(config)?).await?;
    let proof = store.verify_journal().await?;
    if let JournalProof::BrokenAt { sequence } = proof {
        let alarm = NewAlarm { kind: AlarmKind::JournalBroken, subject: sequence.to_string() };
        store.open_alarm(alarm, SystemClock.now()).await?;
    }
    let (exit, said, data) = match proof {
        JournalProof::Whole { lines, last_hash } => (
            Exit::Fine,
            format!("The journal is whole: {lines} lines, last hash {}.", app::hex(&last_hash)),
            json!({ "whole": true, "lines": lines, "last_hash": app::hex(&last_hash) }),
        ),
        JournalProof::BrokenAt { sequence } => (
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
