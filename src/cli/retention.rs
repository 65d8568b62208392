//! `meldeport retention`: what has outlived its purpose, and its removal.

use crate::app;
use crate::cli::Exit;
use crate::cli::Stop;
use crate::cli::load;
use crate::clock::SystemClock;
use crate::work;
use crate::work::Removal;
use clap::Args;
use serde_json::json;
use std::path::Path;

#[derive(Args, Debug)]
#[command(
    after_help = "Removes the content of cases that were closed work.retention.content_days ago, when they are filed, every unit is done with them, and no coordinator, plan or day lies ahead; the content of messages that were rejected work.retention.rejected_days ago; drafts of the form that have expired; senders' codes that are old; and traces of refusals, alarms that were dealt with and sign-ins. What is unread or unfiled is never removed. The register keeps codes and days, the journal keeps that it was done. A gateway that runs does the same each night.\n\nExamples:\n  meldeport retention --dry-run\n  meldeport retention --json"
)]
pub(super) struct Line {
    /// Tell what would be removed, and remove nothing
    #[arg(long)]
    dry_run: bool,
    /// One JSON object
    #[arg(long)]
    json: bool,
}

pub(super) async fn run(line: Line, file: &Path) -> Result<Exit, Stop> {
    let config = load(file)?;
    let store = app::open_store(&config).await?;
    let removal = if line.dry_run { Removal::Told } else { Removal::Done };
    let removed = work::remove_outlived(&*store, &SystemClock, &config.work.retention, removal).await?;
    if line.json {
        let references: Vec<_> = removed.messages.iter().map(|it| it.reference.to_string()).collect();
        let rejected: Vec<_> = removed.rejected.iter().map(|it| it.reference.to_string()).collect();
        println!(
            "{}",
            json!({
                "dry_run": line.dry_run, "content": references, "rejected": rejected,
                "drafts": removed.forms.drafts, "codes": removed.forms.codes, "refusals": removed.traces.refusals,
                "alarms": removed.traces.alarms, "sign_ins": removed.traces.sign_ins,
            })
        );
        return Ok(Exit::Fine);
    }
    if config.work.retention.content_days == 0 {
        println!("Content is kept: work.retention.content_days is 0.");
    }
    for it in &removed.messages {
        println!("{}  closed {}", it.reference, it.closed_at.date_in_norway());
    }
    for it in &removed.rejected {
        println!("{}  rejected, came {}", it.reference, it.received_at.date_in_norway());
    }
    let (would, forms) = (if line.dry_run { "would be removed" } else { "removed" }, removed.forms);
    println!(
        "{} reports, {} rejected messages, {} drafts and {} codes {would}.",
        removed.messages.len(),
        removed.rejected.len(),
        forms.drafts,
        forms.codes
    );
    let traces = removed.traces;
    println!(
        "{} refusals, {} alarms that were dealt with and {} traces of sign-ins {would}.",
        traces.refusals, traces.alarms, traces.sign_ins
    );
    Ok(Exit::Fine)
}
