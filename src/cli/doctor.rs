//! `meldeport doctor`: looks at everything that can be wrong with an installation, and says what to do about each.

use crate::app;
use crate::cli::Exit;
use crate::cli::Stop;
use crate::cli::alarm;
use crate::cli::cert;
use crate::cli::check;
use crate::cli::load;
use crate::cli::status;
use crate::cli::status::Gateway;
use crate::clock::Clock;
use crate::clock::SystemClock;
use crate::config::Config;
use crate::config::EngineChoice;
use crate::config::SealingChoice;
use crate::domain::MessageState;
use crate::domain::Severity;
use crate::storage::JournalProof;
use crate::storage::Store;
use clap::Args;
use serde_json::json;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

/// A certificate that ends within so many days is told.
const CERTIFICATE_DAYS: u32 = 30;

#[derive(Args, Debug)]
#[command(
    after_help = "Changes nothing but one probe row. Looks at the configuration, the files and who may read them, the certificates, the store, the queue, the alarms and the gateway.\n\nExamples:\n  meldeport doctor\n  meldeport doctor --journal --json | jq 'select(.well | not)'\n\nExit status 0: all is well. 1: something is not, and it says what to do."
)]
pub(super) struct Line {
    /// Prove the whole journal too, which can take minutes
    #[arg(long)]
    journal: bool,
    /// One JSON object per line
    #[arg(long)]
    json: bool,
}

/// One thing that was looked at.
struct Look {
    what: &'static str,
    said: String,
    /// What to do; `None`: it is well.
    mend: Option<String>,
}

impl Look {
    fn well(what: &'static str, said: impl Into<String>) -> Self {
        Self { what, said: said.into(), mend: None }
    }

    fn bad(what: &'static str, said: impl Into<String>, mend: impl Into<String>) -> Self {
        Self { what, said: said.into(), mend: Some(mend.into()) }
    }
}

pub(super) async fn run(line: Line, file: &Path) -> Result<Exit, Stop> {
    let config = load(file)?;
    let mut looks = configuration(&config);
    looks.extend(files(&config));
    looks.extend(certificates(&config));
    looks.push(gateway(&config).await);
    match app::open_store(&config).await {
        Ok(store) => looks.extend(stored(&*store, line.journal).await?),
        Err(stop @ Stop::Configuration(_)) => {
            looks.push(Look::bad("store", stop.said(), "Nothing was made or changed. Senders keep what is not acknowledged."));
        }
        Err(stop) => looks.push(Look::bad(
            "store",
            format!("The store cannot be opened: {}.", stop.said()),
            "Is the disk full (df -h)? Is the key file the right one? For PostgreSQL: does the server answer? Senders are told to come back; nothing is lost.",
        )),
    }
    for it in &looks {
        if line.json {
            println!("{}", json!({ "what": it.what, "well": it.mend.is_none(), "text": it.said, "do": it.mend }));
        } else {
            let mark = if it.mend.is_none() { "✓" } else { "✗" };
            println!("{mark} {:<13} {}", it.what, it.said);
            if let Some(mend) = &it.mend {
                println!("  {:<13} → {mend}", "");
            }
        }
    }
    Ok(if looks.iter().all(|it| it.mend.is_none()) { Exit::Fine } else { Exit::No })
}

fn configuration(config: &Config) -> Vec<Look> {
    let remarks = match check::remarks(config) {
        Ok(remarks) => remarks,
        Err(stop) => {
            return vec![Look::bad("configuration", stop.said(), "Mend the file; meldeport check tells all of it.")];
        }
    };
    let mut looks: Vec<Look> = remarks
        .into_iter()
        .filter(|it| it.severity == Severity::Error)
        .map(|it| Look::bad("configuration", format!("{}: {}", it.about, it.said), "See meldeport check."))
        .collect();
    if looks.is_empty() {
        looks.push(Look::well("configuration", "It can be used."));
    }
    looks
}

/// Secrets must be ours alone, and the data folder must be there.
fn files(config: &Config) -> Vec<Look> {
    let mut secrets = vec![config.path(&config.https.key_file), config.path(&config.inbox_listener.key_file)];
    if config.store.sealing == SealingChoice::On {
        secrets.push(config.path(&config.store.keys_file));
    }
    match config.store.engine {
        EngineChoice::Sqlite => secrets.push(config.path(&config.store.path)),
        EngineChoice::Postgres => secrets.push(config.path(&config.store.url_file)),
    }
    secrets.dedup();
    secrets
        .iter()
        .map(|file| match std::fs::metadata(file).map(|it| it.permissions().mode() & 0o777) {
            Ok(mode) if mode & 0o007 == 0 => Look::well("file", format!("{} is not readable by everybody.", file.display())),
            Ok(mode) => Look::bad(
                "file",
                format!("{} can be read by everybody on this machine ({mode:03o}).", file.display()),
                format!("chmod 600 {}", file.display()),
            ),
            Err(error) => Look::bad(
                "file",
                format!("{} cannot be looked at: {error}.", file.display()),
                "Is the path right, and does this account own it? A store and its keys are made when the gateway first starts.",
            ),
        })
        .collect()
}

fn certificates(config: &Config) -> Vec<Look> {
    match cert::all(config, CERTIFICATE_DAYS, SystemClock.now()) {
        Err(stop) => vec![Look::bad("certificate", stop.said(), "Senders cannot connect before it is mended.")],
        Ok(papers) => papers
            .iter()
            .map(|it| {
                let said = format!("{} {} {}.", it.paper.kind.label(), it.paper.file.display(), it.said);
                if it.ends_soon {
                    let mend = "Put the new one in its place; it is taken into use without a restart. A list of revoked certificates is fetched from its authority, best by a timer.";
                    Look::bad("certificate", said, mend)
                } else {
                    Look::well("certificate", said)
                }
            })
            .collect(),
    }
}

async fn gateway(config: &Config) -> Look {
    match status::ask(config).await {
        Gateway::Ready => Look::well("gateway", format!("It is ready (asked on {}).", config.admin.listen)),
        Gateway::NotReady(faults) => Look::bad(
            "gateway",
            format!("It runs, but is not ready: {}", faults.join(" ")),
            "Senders are told to come back. Mend what it says; it becomes ready by itself.",
        ),
        Gateway::Silent => Look::bad(
            "gateway",
            format!("Nobody answers on {}.", config.admin.listen),
            "systemctl start meldeport; journalctl -u meldeport tells why it stopped. Senders send again, and nothing is lost.",
        ),
    }
}

async fn stored(store: &dyn Store, proves_journal: bool) -> Result<Vec<Look>, Stop> {
    let now = SystemClock.now();
    let mut looks = vec![match store.probe(now).await {
        Ok(()) => Look::well("store", "It can be read and written."),
        Err(error) => Look::bad(
            "store",
            format!("It cannot be written: {}.", error.chain()),
            "Is the disk full (df -h)? Is it mounted read-only?",
        ),
    }];
    let tallies = store.tallies().await?;
    let stuck: u64 =
        tallies.messages.iter().filter(|(state, _)| *state == MessageState::Stuck).map(|(_, count)| count).sum();
    if stuck > 0 {
        looks.push(Look::bad(
            "messages",
            format!("{stuck} wait for an operator, because judging them went wrong here."),
            "meldeport message list --state stuck; after an update: meldeport message requeue REFERENCE",
        ));
    }
    for it in store.alarms().await? {
        looks.push(Look::bad(
            "alarm",
            format!("{} about {}, open since {}.", it.kind.label(), it.subject, it.opened_at),
            alarm::mend(it.kind),
        ));
    }
    if proves_journal {
        looks.push(match store.verify_journal().await? {
            JournalProof::Whole { lines, .. } => Look::well("journal", format!("It is whole: {lines} lines.")),
            JournalProof::BrokenAt { sequence } => Look::bad(
                "journal",
                format!("It is broken at line {sequence}."),
                "Keep a copy of the database before you do anything else, and tell whoever answers for security.",
            ),
        });
    }
    Ok(looks)
}
