//! `meldeport cert`: certificates and revocation lists, and when each ends.

use crate::cli::Exit;
use crate::cli::Stop;
use crate::cli::chain;
use crate::cli::load;
use crate::clock::Clock;
use crate::clock::SystemClock;
use crate::config::Config;
use crate::domain::Timestamp;
use crate::transport::https;
use crate::transport::https::Paper;
use crate::transport::https::PaperKind;
use clap::Args;
use clap::Subcommand;
use serde_json::json;
use std::path::Path;
use std::time::Duration;

const HOUR: Duration = Duration::from_secs(60 * 60);

#[derive(Args, Debug)]
pub(super) struct Line {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// List the certificates and lists that the configuration names
    #[command(
        after_help = "Reads the files; asks no gateway. New files are taken into use without a restart.\n\nExamples:\n  meldeport cert list\n  meldeport cert list --days 60 --json | jq 'select(.ends_soon)'\n\nExit status 1: something has ended or ends soon: a certificate within --days, a revocation list within the hours of work.watch.revocation_list_hours."
    )]
    List {
        /// A certificate ends soon when it ends within so many days
        #[arg(long, default_value_t = 14)]
        days: u32,
        /// One JSON object per line
        #[arg(long)]
        json: bool,
    },
}

/// A paper, and how long it lasts.
pub(super) struct Lasting {
    pub(super) paper: Paper,
    pub(super) ends_soon: bool,
    /// In words, for people.
    pub(super) said: String,
}

pub(super) fn run(line: Line, config: &Path) -> Result<Exit, Stop> {
    let Command::List { days, json } = line.command;
    let config = load(config)?;
    let all = all(&config, days, SystemClock.now())?;
    for it in &all {
        let paper = &it.paper;
        if json {
            println!(
                "{}",
                json!({
                    "kind": paper.kind.label(), "file": paper.file.display().to_string(), "subject": paper.subject,
                    "ends": paper.ends.map(|it| it.to_string()), "ends_soon": it.ends_soon,
                })
            );
        } else {
            let mark = if it.ends_soon { "!" } else { " " };
            println!("{mark} {:<15}  {}  {}", paper.kind.label(), it.said, paper.file.display());
            if !paper.subject.is_empty() {
                println!("    {}", paper.subject);
            }
        }
    }
    Ok(if all.iter().any(|it| it.ends_soon) { Exit::No } else { Exit::Fine })
}

/// Everything that the configuration names, the inbox's own included.
pub(super) fn all(config: &Config, days: u32, now: Timestamp) -> Result<Vec<Lasting>, Stop> {
    let wrong = |error| Stop::Said(Exit::Configuration, chain(&error));
    let mut papers = https::papers(&config.https()).map_err(wrong)?;
    let inbox = config.path(&config.inbox_listener.certificate_file);
    if papers.iter().all(|it| it.file != inbox) {
        papers.extend(https::own(&inbox).map_err(wrong)?);
    }
    let list_hours = config.work.watch.revocation_list_hours.iter().copied().max().unwrap_or(0);
    Ok(papers.into_iter().map(|it| lasting(it, days, list_hours, now)).collect())
}

fn lasting(paper: Paper, days: u32, list_hours: u32, now: Timestamp) -> Lasting {
    let warned = match paper.kind {
        PaperKind::Own | PaperKind::Root => HOUR * 24 * days,
        PaperKind::RevocationList => HOUR * list_hours,
    };
    let (ends_soon, said) = match paper.ends {
        None => (false, "does not say when it ends".to_owned()),
        Some(ends) if ends <= now => (true, format!("ENDED {}", ends.date_in_norway())),
        Some(ends) => {
            let left = ends.since(now);
            let hours = left.as_secs() / HOUR.as_secs();
            let left_said =
                if hours < 72 { format!("{hours} hours left") } else { format!("{} days left", hours / 24) };
            (left <= warned, format!("ends {} ({left_said})", ends.date_in_norway()))
        }
    };
    Lasting { paper, ends_soon, said }
}
