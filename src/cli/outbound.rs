//! `meldeport outbound`: what units have sent and where it stands, without what was written.

use crate::app::OutboundTimes;
use crate::cli::Exit;
use crate::cli::Stop;
use crate::cli::load;
use crate::clock::Clock;
use crate::clock::SystemClock;
use crate::domain::OutboundId;
use crate::domain::OutboundState;
use crate::storage::Actor;
use crate::storage::OutboundQuery;
use crate::storage::OutboundRow;
use crate::storage::StoreError;
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
    /// List what has been sent or waits, newest first
    List {
        /// queued, sent, acknowledged, rejected, abandoned or cancelled
        #[arg(long)]
        state: Option<String>,
        /// How many at most
        #[arg(long, default_value_t = 50)]
        limit: u32,
        /// One JSON object per line
        #[arg(long)]
        json: bool,
    },
    /// Send again what was given up, rejected or not answered: the same message under the same id
    Requeue { id: String },
    /// Take back what has not been tried yet
    #[command(after_help = "Exit status 1: it has been tried already.")]
    Cancel { id: String },
    /// Say that it has been dealt with another way, such as by telephone; its alarms are cleared
    Close { id: String },
}

pub(super) async fn run(line: Line, config: &Path) -> Result<Exit, Stop> {
    let config = load(config)?;
    let store = crate::app::open_store(&config).await?;
    let (now, by) = (SystemClock.now(), Actor::Operator(super::operator()));
    match line.command {
        Command::List { state, limit, json } => {
            let state = match state.as_deref().map(|it| (it, OutboundState::from_label(it))) {
                None => None,
                Some((_, Some(state))) => Some(state),
                Some((said, None)) => {
                    let known = OutboundState::ALL.map(OutboundState::label).join(", ");
                    return Err(Stop::Said(Exit::Usage, format!("`{said}` is no state; the states are {known}")));
                }
            };
            for row in store.outbounds(&OutboundQuery { about: None, state, rows_max: limit }).await? {
                if json {
                    println!("{}", row_json(&row));
                } else {
                    println!("{}", row_text(&row));
                }
            }
            Ok(Exit::Fine)
        }
        Command::Requeue { id } => {
            let answer_by = now.plus(OutboundTimes::of(&config).answered_within);
            let done = store.requeue_outbound(read(&id)?, &by, answer_by, now).await;
            told(done, &id, "is in the queue again.", "does not wait for an operator")
        }
        Command::Cancel { id } => {
            let done = store.cancel_outbound(read(&id)?, &by, now).await;
            told(done, &id, "will not be sent.", "has been tried already, or is not there; it cannot be taken back")
        }
        Command::Close { id } => {
            let done = store.close_outbound(read(&id)?, &by, now).await;
            told(done, &id, "is dealt with.", "does not wait for anybody, or is being sent just now")
        }
    }
}

fn read(id: &str) -> Result<OutboundId, Stop> {
    id.parse().map_err(|_| Stop::Said(Exit::Usage, format!("`{id}` is no id of something sent")))
}

fn told(done: Result<(), StoreError>, id: &str, yes: &str, no: &str) -> Result<Exit, Stop> {
    match done {
        Ok(()) => {
            println!("{id} {yes}");
            Ok(Exit::Fine)
        }
        Err(StoreError::Absent) => Err(Stop::Said(Exit::No, format!("{id} {no}"))),
        Err(error) => Err(error.into()),
    }
}

/// One line about one of them.
pub(super) fn row_text(row: &OutboundRow) -> String {
    let codes = if row.answer_codes.is_empty() { String::new() } else { format!("  {}", row.answer_codes.join(" ")) };
    let failure = row.last_failure.as_ref().map(|it| format!("  last failure: {it}")).unwrap_or_default();
    format!(
        "{}  {}  {:<12}  {:<12}  to {}  attempts {}{codes}{failure}",
        row.id,
        row.reference,
        row.kind.label(),
        row.state.label(),
        row.receiver,
        row.attempts
    )
}

pub(super) fn row_json(row: &OutboundRow) -> serde_json::Value {
    json!({
        "id": row.id.to_string(),
        "about": row.about.to_string(),
        "reference": row.reference.as_str(),
        "kind": row.kind.label(),
        "detail": row.kind.detail(),
        "receiver": row.receiver,
        "state": row.state.label(),
        "created_at": row.created_at.to_string(),
        "due": row.state.is_waiting().then(|| row.due.to_string()),
        "attempts": row.attempts,
        "answer_by": row.answer_by.to_string(),
        "late_at": row.late_at.map(|it| it.to_string()),
        "answered_at": row.answered_at.map(|it| it.to_string()),
        "answer_codes": row.answer_codes,
        "last_failure": row.last_failure,
    })
}
