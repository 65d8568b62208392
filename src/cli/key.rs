//! `meldeport key`: the keys that seal what is about persons.

use crate::app;
use crate::app::Running;
use crate::cli::Exit;
use crate::cli::Stop;
use crate::cli::load;
use crate::cli::status;
use crate::cli::status::Gateway;
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
    /// List the keys of the key file, and how many messages still need each
    #[command(after_help = "Shows ids, never keys.\n\nExample:\n  meldeport key status")]
    Status {
        /// One JSON object per line
        #[arg(long)]
        json: bool,
    },
    /// Put a new key into the key file that opens and does not seal yet
    #[command(
        after_help = "The first step when several gateways share a database: bring the new line, which stands before the others, into every key file; then `key rotate ID` on each. A single gateway needs only `key rotate`.\n\nExample:\n  meldeport key add"
    )]
    Add,
    /// Make a new key, or take one that was added, and wrap every message's data key with it
    #[command(
        after_help = "The new key is added to the key file. A gateway that runs takes it into use within seconds and wraps the data keys of all messages anew beside its work; when none runs, this command does. No message is sealed again, so it is quick.\n\nKeep a copy of the new key file before you do anything else. Take an old line away only when `key status` says that it wraps nothing and no backup that you might restore needs it.\n\nSeveral gateways on one database: meldeport key add first; its help says how.\n\nExample:\n  meldeport key rotate && meldeport key status"
    )]
    Rotate {
        /// A key of the file, which was added before; without it a new one is made
        id: Option<String>,
    },
    /// Wrap what is still wrapped by older keys
    #[command(
        after_help = "For when a rotation was interrupted. It works beside a gateway that runs, a few hundred at a time, and everything can be read meanwhile. Cut off, it goes on where it was the next time. Does nothing when there is nothing to do."
    )]
    Rewrap,
    /// Take an old key out of the key file, when nothing in the database needs it
    #[command(
        after_help = "Refuses while any data key is still wrapped by it, and for a minute after the file was changed while the gateway runs.\nA backup from before the rotation can be opened with the old key only: keep a copy of its line with such backups, or wait until\nthey are gone. Several gateways: rotate on each first, and then remove on each.\n\nWithout --yes nothing is done: all the same is looked at, and it is said what would be.\n\nExample:\n  meldeport key status && meldeport key remove key-1a2b3c4d --yes\n\nExit status 1: it is still needed, there is no such key, or --yes was not said. 75: too soon after a change."
    )]
    Remove {
        /// The key, as `key status` names it
        id: String,
        /// Take it away; without this it is only said what would be lost
        #[arg(long)]
        yes: bool,
    },
}

pub(super) async fn run(line: Line, config: &Path) -> Result<Exit, Stop> {
    let config = load(config)?;
    match line.command {
        Command::Status { json } => {
            for it in app::key_uses(&config).await? {
                if json {
                    println!("{}", json!({ "id": it.id, "wraps": it.wraps, "seals": it.seals }));
                } else {
                    let seals = if it.seals { "  seals what comes" } else { "" };
                    println!("{}  wraps the data keys of {} messages{seals}", it.id, it.wraps);
                }
            }
        }
        Command::Add => {
            let id = app::add_key(&config)?;
            println!(
                "{id} can open now, and does not seal yet. Bring {} to the other gateways, then: meldeport key rotate {id}",
                config.path(&config.store.keys_file).display()
            );
        }
        Command::Rotate { id } => {
            let id = app::rotate_key(&config, id.as_deref())?;
            println!("{id} is the newest key. Keep a copy of {}.", config.path(&config.store.keys_file).display());
            match status::ask(&config).await {
                Gateway::Silent => println!("{} data keys wrapped anew.", app::rewrap(&config, progress).await?),
                Gateway::Ready | Gateway::NotReady(_) => {
                    println!(
                        "The gateway takes it into use within seconds, and wraps the data keys anew: meldeport key status"
                    );
                }
            }
        }
        Command::Rewrap => println!("{} data keys wrapped anew.", app::rewrap(&config, progress).await?),
        Command::Remove { id, yes } => {
            let file = config.path(&config.store.keys_file).display().to_string();
            let running = match status::ask(&config).await {
                Gateway::Silent => Running::No,
                Gateway::Ready | Gateway::NotReady(_) => Running::Yes,
            };
            if !yes {
                app::may_remove_key(&config, &id, running).await?;
                return Err(Stop::Said(
                    Exit::No,
                    format!(
                        "{id} would be taken out of {file}. A backup from before the rotation can be opened with it only: keep a copy \
                         of its line with such backups. Nothing has changed; to go on: meldeport key remove {id} --yes"
                    ),
                ));
            }
            app::remove_key(&config, &id, running).await?;
            println!(
                "{id} is out of {file}. Nothing in the database needs it; a backup from before the rotation does."
            );
        }
    }
    Ok(Exit::Fine)
}

fn progress(count: u64) {
    eprintln!("{count} so far");
}
