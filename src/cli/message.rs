//! `meldeport message`: what operators see of messages, never their content.

use crate::app;
use crate::cli::Exit;
use crate::cli::Stop;
use crate::cli::load;
use crate::cli::outbound;
use crate::cli::write;
use crate::config::Config;
use crate::domain::MessageState;
use crate::domain::UnitId;
use crate::storage::Actor;
use crate::storage::MessageDetail;
use crate::storage::MessageQuery;
use crate::storage::MessageRow;
use crate::storage::OutboundQuery;
use crate::storage::StoreError;
use clap::Args;
use clap::Subcommand;
use serde_json::json;
use std::path::Path;

/// What one message has led to is a handful.
const OUTBOUND_ROWS_MAX: u32 = 1000;

#[derive(Args, Debug)]
pub(super) struct Line {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// List messages, newest first
    #[command(
        after_help = "Examples:\n  meldeport message list --state stuck\n  meldeport message list --unit loppa-leder --json | jq .reference"
    )]
    List {
        /// accepted, rejected or stuck
        #[arg(long)]
        state: Option<String>,
        /// Name of a registered sender
        #[arg(long)]
        sender: Option<String>,
        /// Only what lies in this unit's inbox
        #[arg(long)]
        unit: Option<String>,
        /// How many at most
        #[arg(long, default_value_t = 50)]
        limit: u32,
        /// One JSON object per line
        #[arg(long)]
        json: bool,
    },
    /// Show one message's whole life
    #[command(after_help = "ID is our reference (7K3-9QX-2MA), our id or the sender's message id.")]
    Show {
        id: String,
        /// One JSON object
        #[arg(long)]
        json: bool,
    },
    /// Judge a stuck message again
    #[command(
        after_help = "Use it when the fault that made the message stuck has been mended. Exit status 1: it is not stuck."
    )]
    Requeue { id: String },
    /// Write to the sender, or pass the report on, in a unit's name
    #[command(
        after_help = "Examples:\n  meldeport message answer 7K3-9QX-2MA --text-file svar.txt --name 'Kari Saksbehandler'\n  meldeport message answer 7K3-9QX-2MA --text-file hvorfor.txt --transfer 1149\n\nExit status 1: there is no way to the receiver; it says which, and that you must telephone."
    )]
    Answer(write::Line),
}

pub(super) async fn run(line: Line, config: &Path) -> Result<Exit, Stop> {
    let config = load(config)?;
    let store = app::open_store(&config).await?;
    match line.command {
        Command::List { state, sender, unit, limit, json } => {
            let state = match state.as_deref().map(|it| (it, MessageState::from_label(it))) {
                None => None,
                Some((_, Some(state))) => Some(state),
                Some((said, None)) => {
                    return Err(Stop::Said(
                        Exit::Usage,
                        format!("`{said}` is no state; the states are accepted, rejected and stuck"),
                    ));
                }
            };
            let query =
                MessageQuery { state, sender, unit: unit.map(UnitId), since: None, before: None, rows_max: limit };
            let rows = store.messages(&query).await?;
            if rows.is_empty() {
                // A misspelt name must not pass for a place where nothing has come.
                known(&config, &query)?;
            }
            for row in rows {
                if json {
                    println!("{}", row_json(&row));
                } else {
                    println!("{}", row_text(&row));
                }
            }
            Ok(Exit::Fine)
        }
        Command::Show { id, json } => {
            let detail = match store.message(&id).await {
                Err(StoreError::Absent) => return Err(Stop::Said(Exit::No, format!("no message is known as `{id}`"))),
                other => other?,
            };
            let query = OutboundQuery { about: Some(detail.row.id), state: None, rows_max: OUTBOUND_ROWS_MAX };
            let sent = store.outbounds(&query).await?;
            if json {
                let mut data = detail_json(&detail);
                data["outbound"] = sent.iter().map(outbound::row_json).collect();
                println!("{data}");
            } else {
                print!("{}", detail_text(&detail));
                for it in &sent {
                    println!("  outbound    {}", outbound::row_text(it));
                }
            }
            Ok(Exit::Fine)
        }
        Command::Answer(line) => {
            let detail = match store.message(&line.id).await {
                Err(StoreError::Absent) => {
                    return Err(Stop::Said(Exit::No, format!("no message is known as `{}`", line.id)));
                }
                other => other?,
            };
            write::run(line, &config, &*store, &detail).await
        }
        Command::Requeue { id } => {
            let detail = match store.message(&id).await {
                Err(StoreError::Absent) => return Err(Stop::Said(Exit::No, format!("no message is known as `{id}`"))),
                other => other?,
            };
            if detail.row.state != MessageState::Stuck {
                return Err(Stop::Said(
                    Exit::No,
                    format!(
                        "{} is {}, not stuck; there is nothing to judge again",
                        detail.row.reference,
                        detail.row.state.label()
                    ),
                ));
            }
            let state = app::rejudge(&config, store, detail.row.id, &super::operator()).await?;
            println!("{} is now {}.", detail.row.reference, state.label());
            Ok(Exit::Fine)
        }
    }
}

/// Whether the sender and the unit that are asked for are known here.
fn known(config: &Config, query: &MessageQuery) -> Result<(), Stop> {
    if let Some(sender) = &query.sender
        && config.senders.iter().all(|it| it.name != *sender)
    {
        let names: Vec<_> = config.senders.iter().map(|it| it.name.as_str()).collect();
        let said = format!("no sender `{sender}` is registered. Senders: {}", names.join(", "));
        return Err(Stop::Said(Exit::No, said));
    }
    if let Some(unit) = &query.unit {
        let directory = app::directory(config)?;
        if directory.unit(unit).is_none() {
            let names: Vec<_> = directory.units().iter().map(|it| it.id.0.as_str()).collect();
            let said = format!("there is no unit `{unit}` in the directory. Units: {}", names.join(", "));
            return Err(Stop::Said(Exit::No, said));
        }
    }
    Ok(())
}

fn row_text(row: &MessageRow) -> String {
    let units: Vec<_> = row.units.iter().map(|it| it.0.as_str()).collect();
    let outcome = if row.errors.is_empty() { units.join(", ") } else { row.errors.join(" ") };
    format!("{}  {}  {:<8}  {:<20}  {}", row.reference, row.received_at, row.state.label(), row.sender_name, outcome)
}

fn row_json(row: &MessageRow) -> serde_json::Value {
    json!({
        "id": row.id.to_string(),
        "reference": row.reference.as_str(),
        "received_at": row.received_at.to_string(),
        "state": row.state.label(),
        "sender": row.sender_name,
        "sender_message_id": row.sender_message_id,
        "message_type": row.message_type,
        "size": row.size,
        "units": row.units.iter().map(|it| it.0.as_str()).collect::<Vec<_>>(),
        "errors": row.errors,
    })
}

fn detail_json(detail: &MessageDetail) -> serde_json::Value {
    let mut data = row_json(&detail.row);
    data["channel"] = json!(detail.channel);
    data["sha256"] = json!(app::hex(&detail.sha256));
    data["route"] = json!(detail.route.iter().map(|it| &it.said).collect::<Vec<_>>());
    data["findings"] = detail
        .findings
        .iter()
        .map(|it| json!({ "code": it.code, "severity": it.severity.label(), "xpath": it.xpath, "line": it.line, "column": it.column, "text": it.text }))
        .collect();
    data["items"] =
        detail.items.iter().map(|(unit, state)| json!({ "unit": unit.0, "state": state.label() })).collect();
    data["notices"] = detail
        .notices
        .iter()
        .map(|it| {
            json!({
                "id": it.id.to_string(), "unit": it.unit.0, "channel": it.channel.label(), "state": it.state.label(),
                "attempts": it.attempts, "due": it.due.map(|it| it.to_string()), "last_failure": it.last_failure,
            })
        })
        .collect();
    data["receipt"] = json!(detail.receipt.as_ref().map(|(version, id)| json!({ "version": version, "id": id })));
    data["journal"] = detail
        .journal
        .iter()
        .map(|it| json!({ "sequence": it.sequence, "at": it.at.to_string(), "actor": actor(&it.actor), "action": it.action, "detail": it.detail }))
        .collect();
    data
}

fn detail_text(detail: &MessageDetail) -> String {
    let row = &detail.row;
    let mut lines = vec![
        format!("{}  {}", row.reference, row.state.label()),
        format!(
            "  received    {} over {} from {}, {} bytes",
            row.received_at, detail.channel, row.sender_name, row.size
        ),
        format!("  their id    {} ({})", row.sender_message_id, row.message_type),
        format!("  our id      {}", row.id),
    ];
    if let Some((version, id)) = &detail.receipt {
        lines.push(format!("  receipt     AppRec {version} {id}"));
    }
    for it in &detail.findings {
        let place = it.line.map(|line| format!(" (line {line})")).unwrap_or_default();
        lines.push(format!("  {:<10}  {} {}{place}", it.severity.label(), it.code, it.text));
    }
    lines.extend(detail.route.iter().map(|it| format!("  route       {}", it.said)));
    lines.extend(detail.items.iter().map(|(unit, state)| format!("  inbox       {unit}: {}", state.label())));
    for it in &detail.notices {
        let failure = it.last_failure.as_ref().map(|it| format!(", last failure: {it}")).unwrap_or_default();
        lines.push(format!(
            "  notice      {} by {}: {}, attempts {}{failure}",
            it.unit,
            it.channel.label(),
            it.state.label(),
            it.attempts
        ));
    }
    lines.extend(
        detail
            .journal
            .iter()
            .map(|it| format!("  journal     {} {} {} {}", it.at, actor(&it.actor), it.action, it.detail)),
    );
    lines.join("\n") + "\n"
}

fn actor(actor: &Actor) -> String {
    match actor {
        Actor::House => "meldeport".to_owned(),
        Actor::Operator(name) => format!("operator {name}"),
        Actor::Person { name, .. } => name.clone(),
    }
}
