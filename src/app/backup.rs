//! Copies of the store: taken while the gateway runs, put back while it does not.

use crate::app::open::WhenMissing;
use crate::app::open::cannot_open;
use crate::app::open::sealing;
use crate::app::open::sync_folder;
use crate::cli::Exit;
use crate::cli::Stop;
use crate::cli::chain;
use crate::clock::Clock;
use crate::clock::SystemClock;
use crate::config::Config;
use crate::config::EngineChoice;
use crate::storage;
use crate::storage::Actor;
use crate::storage::JournalProof;
use crate::storage::NewJournalLine;
use crate::storage::OperatorStore;
use crate::storage::StoreError;
use crate::storage::StoreOptions;
use std::fs;
use std::io;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::path::PathBuf;

/// What PostgreSQL's own tools are for.
const POSTGRES: &str = "the store is PostgreSQL: take the copy with pg_dump --format=custom, or keep a standby and archive the log (PITR); put it back with pg_restore";

/// Writes a copy of the store to `file`, which must not exist, and proves that it can be opened with the keys and that its
/// journal is whole. Gives the journal's length.
///
/// # Errors
/// The store is not SQLite, or cannot be read; the file is there already or cannot be written; the copy is not whole.
pub async fn back_up(config: &Config, file: &Path, by: Actor) -> Result<u64, Stop> {
    let store = match config.store.engine {
        EngineChoice::Postgres => return Err(Stop::Said(Exit::Usage, POSTGRES.to_owned())),
        EngineChoice::Sqlite => config.path(&config.store.path),
    };
    if !store.exists() {
        return Err(Stop::Said(Exit::No, format!("there is no store at {}", store.display())));
    }
    fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(file).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => {
            Stop::Said(Exit::Later, format!("{} is there already; a copy is never overwritten", file.display()))
        }
        _ => about(file, &error),
    })?;
    let copied = copied(config, &store, file, by).await;
    if copied.is_err() {
        // Half a copy must not be taken for a backup later. A whole one stays, also when its journal is broken: it is evidence.
        forget(file);
    }
    copied?;
    whole(config, file).await
}

async fn copied(config: &Config, store: &Path, file: &Path, by: Actor) -> Result<(), Stop> {
    let sealing = sealing(config, WhenMissing::Say)?;
    let open = storage::open_sqlite(store, sealing, StoreOptions::default()).await;
    let open = open.map_err(|error| cannot_open(config, &error))?;
    let copied = open.back_up(file).await;
    // Only of a copy that was made; and it tells of itself too.
    let mut told = Ok(());
    if copied.is_ok() {
        let (at, detail) = (SystemClock.now(), String::new());
        let line = NewJournalLine { at, actor: by, action: "backed_up", message: None, detail };
        told = open.journal(line.clone()).await.and(tell_copy(config, file, line).await);
    }
    open.close().await;
    copied?;
    // On a full disk the line has no room, and that is the hour in which the copy is wanted.
    if let Err(error) = told {
        eprintln!("The copy is made, but the journal could not be told of it: {}", chain(&error));
    }
    fs::File::open(file)
        .and_then(|it| it.sync_all())
        .and_then(|()| sync_folder(file))
        .map_err(|error| about(file, &error))
}

async fn tell_copy(config: &Config, file: &Path, line: NewJournalLine) -> Result<(), StoreError> {
    let unavailable = |error: Box<dyn std::error::Error + Send + Sync>| StoreError::Unavailable(error);
    let sealing = sealing(config, WhenMissing::Say).map_err(|_| StoreError::Absent)?;
    let copy = storage::open_sqlite(file, sealing, StoreOptions::default()).await;
    let copy = copy.map_err(|error| unavailable(Box::new(error)))?;
    let told = copy.journal(line).await;
    copy.close().await;
    told
}

/// Puts a copy in the store's place, with every session and one-time link of it ended. What was there is kept beside it under another name, which is given back.
///
/// # Errors
/// The copy cannot be opened or is not whole, a store is there and may not be replaced or is in use, or a file cannot be
/// written.
pub async fn restore(
    config: &Config,
    file: &Path,
    replaces: Replaces,
    by: Actor,
) -> Result<(u64, Option<PathBuf>), Stop> {
    let store = match config.store.engine {
        EngineChoice::Postgres => return Err(Stop::Said(Exit::Usage, POSTGRES.to_owned())),
        EngineChoice::Sqlite => config.path(&config.store.path),
    };
    if !file.is_file() {
        return Err(Stop::Said(Exit::Usage, format!("there is no file {}", file.display())));
    }
    if store.exists() && replaces == Replaces::Nothing {
        return Err(Stop::Said(
            Exit::No,
            format!(
                "{} is there; with --replace it is kept under another name and the copy put in its place",
                store.display()
            ),
        ));
    }
    if store.exists() && storage::sqlite_is_in_use(&store).await {
        return Err(Stop::Said(
            Exit::No,
            format!(
                "{} is in use: what a gateway or another command goes on to store there would be put aside with it; stop \
                 it first",
                store.display()
            ),
        ));
    }
    let coming = beside(&store, "restoring");
    copy(file, &coming).map_err(|error| about(&coming, &error))?;
    let made_ready = async {
        let lines = whole(config, &coming).await?;
        shut_out(config, &coming, lines, by).await?;
        Ok::<u64, Stop>(lines)
    };
    let lines = match made_ready.await {
        Ok(lines) => lines,
        Err(stop) => {
            forget(&coming);
            return Err(stop);
        }
    };
    let before = store.exists().then(|| beside(&store, "before-restore"));
    if let Some(before) = &before {
        for end in ["", "-wal", "-shm"] {
            let (from, to) = (beside_exactly(&store, end), beside_exactly(before, end));
            if from.exists() {
                fs::rename(&from, &to).map_err(|error| about(&from, &error))?;
            }
        }
    }
    fs::rename(&coming, &store).and_then(|()| sync_folder(&store)).map_err(|error| about(&store, &error))?;
    forget(&coming);
    Ok((lines, before))
}

/// Whether a store that is there may be put aside.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Replaces {
    Nothing,
    TheStore,
}

/// Opens a copy with the keys and proves its journal.
async fn whole(config: &Config, file: &Path) -> Result<u64, Stop> {
    let opened = storage::open_sqlite(file, sealing(config, WhenMissing::Say)?, StoreOptions::default()).await;
    let opened = opened.map_err(|error| {
        Stop::Said(Exit::No, format!("{} cannot be opened with the keys: {}", file.display(), chain(&error)))
    })?;
    let proof = opened.verify_journal().await;
    opened.close().await;
    match proof? {
        JournalProof::Whole { lines, .. } => Ok(lines),
        JournalProof::BrokenAt { sequence } => {
            Err(Stop::Said(Exit::No, format!("{}: its journal is broken at line {sequence}", file.display())))
        }
    }
}

/// Who was signed in when the copy was taken is not let in by it, and its journal begins again with a line that says so.
async fn shut_out(config: &Config, file: &Path, lines: u64, by: Actor) -> Result<(), Stop> {
    let opened = storage::open_sqlite(file, sealing(config, WhenMissing::Say)?, StoreOptions::default()).await;
    let opened = opened.map_err(|error| cannot_open(config, &error))?;
    opened.shut_out(by, lines, SystemClock.now()).await?;
    opened.close().await;
    Ok(())
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    let mut reading = fs::File::open(from)?;
    let mut writing = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(to)?;
    io::copy(&mut reading, &mut writing)?;
    writing.sync_all()
}

/// The file and what SQLite keeps beside it. What is gone already is no fault.
fn forget(file: &Path) {
    for end in ["", "-wal", "-shm"] {
        drop(fs::remove_file(beside_exactly(file, end)));
    }
}

/// A name beside `file` that is free.
fn beside(file: &Path, word: &str) -> PathBuf {
    (0..)
        .map(|number| beside_exactly(file, &if number == 0 { format!(".{word}") } else { format!(".{word}-{number}") }))
        .find(|it| !it.exists())
        .expect("some name is free")
}

fn beside_exactly(file: &Path, end: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(end);
    PathBuf::from(name)
}

fn about(file: &Path, error: &io::Error) -> Stop {
    Stop::Said(Exit::Later, format!("{}: {error}", file.display()))
}
