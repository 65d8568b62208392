//! `meldeport queue`: notices that wait, and those that were given up.

use crate::app;
use crate::cli::Exit;
use crate::cli::Stop;
use crate::cli::load;
use crate::domain::DeliveryState;
use crate::domain::NoticeId;
use crate::storage::QueuedNotice;
use clap::Args;
use clap::Subcommand;
use clap::ValueEnum;
use serde_json::json;
use std::path::Path;
use uuid::Uuid;

/// Rows of one list.
const ROWS_MAX: u32 = 200;

#[derive(Args, Debug)]
pub(super) struct Line {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// List notices that wait or were given up, oldest first
    #[command(
        after_help = "A notice tells a unit that something waits in its inbox; it says nothing about whom. The reports themselves are safe in the inbox whether or not the notice comes through.\n\nExamples:\n  meldeport queue list\n  meldeport queue list --state abandoned --json | jq -r .id\n\nExit status 1: something has been given up."
    )]
    List {
        /// Only these; without it those that wait and those that were given up
        #[arg(long, value_enum)]
        state: Option<StateChoice>,
        /// One JSON object per line
        #[arg(long)]
        json: bool,
    },
    /// Put abandoned notices back in the queue
    #[command(
        after_help = "Do it when what hindered them has been mended. A gateway that runs tries them within seconds.\n\nExamples:\n  meldeport queue requeue 01990f0e-7d6c-7000-8000-000000000001\n  meldeport queue requeue --all\n\nExit status 1: there is no such abandoned notice."
    )]
    Requeue {
        /// Ids, as queue list gives them
        #[arg(value_name = "ID", required_unless_present = "all", conflicts_with = "all")]
        ids: Vec<Uuid>,
        /// All that were given up
        #[arg(long)]
        all: bool,
    },
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum StateChoice {
    Queued,
    Abandoned,
    Delivered,
}

impl From<StateChoice> for DeliveryState {
    fn from(choice: StateChoice) -> Self {
        match choice {
            StateChoice::Queued => Self::Queued,
            StateChoice::Abandoned => Self::Abandoned,
            StateChoice::Delivered => Self::Delivered,
        }
    }
}

pub(super) async fn run(line: Line, config: &Path) -> Result<Exit, Stop> {
    let config = load(config)?;
    match line.command {
        Command::List { state, json } => {
            let store = app::open_store(&config).await?;
            let states = match state {
                Some(state) => vec![state.into()],
                None => vec![DeliveryState::Abandoned, DeliveryState::Queued],
            };
            let mut rows = Vec::new();
            for state in states {
                rows.extend(store.queue(state, ROWS_MAX).await?);
            }
            for row in &rows {
                println!("{}", if json { as_json(row).to_string() } else { as_text(row) });
            }
            if !json && rows.is_empty() {
                println!("Nothing waits.");
            }
            let given_up = rows.iter().any(|it| it.row.state == DeliveryState::Abandoned);
            Ok(if given_up { Exit::No } else { Exit::Fine })
        }
        Command::Requeue { ids, all } => {
            let mut ids: Vec<NoticeId> = ids.into_iter().map(NoticeId).collect();
            if all {
                let store = app::open_store(&config).await?;
                ids.extend(store.queue(DeliveryState::Abandoned, ROWS_MAX).await?.iter().map(|it| it.row.id));
            }
            if ids.is_empty() {
                return Err(Stop::Said(Exit::No, "nothing has been given up".to_owned()));
            }
            for id in ids {
                app::requeue_notice(&config, id, &super::operator()).await?;
                println!("{id} is in the queue again.");
            }
            Ok(Exit::Fine)
        }
    }
}

fn as_json(notice: &QueuedNotice) -> serde_json::Value {
    let row = &notice.row;
    json!({
        "id": row.id.to_string(), "reference": notice.reference.as_str(), "unit": row.unit.0,
        "channel": row.channel.label(), "state": row.state.label(), "attempts": row.attempts,
        "created_at": notice.created_at.to_string(), "due": row.due.map(|it| it.to_string()),
        "last_failure": row.last_failure,
    })
}

fn as_text(notice: &QueuedNotice) -> String {
    let row = &notice.row;
    let due = row.due.map(|it| format!(", next {it}")).unwrap_or_default();
    let failure = row.last_failure.as_ref().map(|it| format!("\n    {it}")).unwrap_or_default();
    format!(
        "{}  {:<9}  {} by {}, about {}, since {}, attempts {}{due}{failure}",
        row.id,
        row.state.label(),
        row.unit,
        row.channel.label(),
        notice.reference,
        notice.created_at,
        row.attempts
    )
}
