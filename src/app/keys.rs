//! Key-encryption keys: what there is, and how a new one comes into use without anybody noticing.

use crate::app::open;
use crate::app::open::Door;
use crate::app::open::WhenMissing;
use crate::app::open::sync_folder;
use crate::app::sha256;
use crate::cli::Exit;
use crate::cli::Stop;
use crate::config::Config;
use crate::config::ConfigError;
use crate::config::SealingChoice;
use crate::lifecycle::Lifecycle;
use crate::storage::Keys;
use crate::storage::StoreError;
use std::fs;
use std::io;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// Data keys that are wrapped anew in one transaction.
const ROWS_AT_ONCE: u32 = 500;

/// A gateway has taken a changed key file into use by then, several times over.
const LET_GO_MAX: Duration = Duration::from_secs(60);

/// A key, and how many messages' data keys it wraps.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct KeyUse {
    pub id: String,
    pub wraps: u64,
    /// It seals what comes.
    pub seals: bool,
}

/// The keys of the key file, oldest first.
///
/// # Errors
/// Sealing is off, or the store cannot be opened with the keys.
pub async fn key_uses(config: &Config) -> Result<Vec<KeyUse>, Stop> {
    let keys = keys(config)?;
    let opened = open::open(config, WhenMissing::Say).await?;
    let uses = opened.door.key_uses().await?;
    opened.door.close().await;
    let last = keys.ids().count().saturating_sub(1);
    let of = |id: &str| uses.iter().find(|(used, _)| used == id).map_or(0, |(_, count)| *count);
    Ok(keys.ids().enumerate().map(|(at, id)| KeyUse { id: id.to_owned(), wraps: of(id), seals: at == last }).collect())
}

/// Puts a new key first in the key file, where it opens and does not seal; gives its id.
///
/// # Errors
/// Sealing is off, or the file cannot be written. Then nothing has changed.
pub fn add_key(config: &Config) -> Result<String, Stop> {
    let more = keys(config)?.with_new_first();
    let id = more.ids().next().unwrap_or_default().to_owned();
    write_keys(config, &more)?;
    Ok(id)
}

/// Lets the key `id` seal from now on, or a new one; gives its id. A gateway that runs takes it into use by itself.
///
/// # Errors
/// Sealing is off, there is no such key, or the file cannot be written. Then nothing has changed.
pub fn rotate_key(config: &Config, id: Option<&str>) -> Result<String, Stop> {
    let known = keys(config)?;
    let more = match id {
        None => known.with_new(),
        Some(id) => known.with_newest(id).ok_or_else(|| {
            Stop::Said(Exit::No, format!("there is no key {id} in the key file; see meldeport key status"))
        })?,
    };
    write_keys(config, &more)?;
    Ok(more.ids().last().unwrap_or_default().to_owned())
}

fn write_keys(config: &Config, keys: &Keys) -> Result<(), Stop> {
    let file = config.path(&config.store.keys_file);
    let unwritable = |source| Stop::Configuration(ConfigError::Unreadable { file: file.clone(), source });
    write_whole(&file, keys.to_text().reveal()).map_err(unwritable)
}

/// Takes the key `id` out of the key file, when nothing in the database needs it any more. What the file held is never half
/// written, and is put back when a gateway has sealed with the key meanwhile.
///
/// # Errors
/// Sealing is off, there is no such key, it seals what comes, something still needs it, or a gateway that runs may not have
/// let go of it yet. Then nothing has changed.
pub async fn remove_key(config: &Config, id: &str, gateway: Running) -> Result<(), Stop> {
    let (known, without) = without_key(config, id, gateway)?;
    let opened = open::open(config, WhenMissing::Say).await?;
    let outcome = taken_out(config, &*opened.door, id, (&known, &without)).await;
    opened.door.close().await;
    outcome
}

/// Whether [`remove_key`] would take the key `id` away now. Changes nothing.
///
/// # Errors
/// As [`remove_key`].
pub async fn may_remove_key(config: &Config, id: &str, gateway: Running) -> Result<(), Stop> {
    without_key(config, id, gateway)?;
    let opened = open::open(config, WhenMissing::Say).await?;
    let outcome = still_needed(&*opened.door, id).await;
    opened.door.close().await;
    outcome
}

/// The keys of the key file, and those that are left without `id`.
fn without_key(config: &Config, id: &str, gateway: Running) -> Result<(Keys, Keys), Stop> {
    let known = keys(config)?;
    let no = |said: String| Stop::Said(Exit::No, said);
    if known.ids().last() == Some(id) {
        return Err(no(format!("{id} seals what comes. First: meldeport key rotate")));
    }
    let without = known
        .without(id)
        .ok_or_else(|| no(format!("there is no key {id} in the key file; see meldeport key status")))?;
    let changed = fs::metadata(config.path(&config.store.keys_file)).and_then(|it| it.modified());
    let is_fresh = changed.is_ok_and(|it| it.elapsed().is_ok_and(|it| it < LET_GO_MAX));
    if gateway == Running::Yes && is_fresh {
        let said = "the key file has just been changed, and the gateway may not have let go of the old key. Try again in a minute";
        return Err(Stop::Said(Exit::Later, said.to_owned()));
    }
    Ok((known, without))
}

/// Whether a gateway uses the key file now.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Running {
    Yes,
    No,
}

async fn taken_out(config: &Config, door: &dyn Door, id: &str, (known, without): (&Keys, &Keys)) -> Result<(), Stop> {
    still_needed(door, id).await?;
    write_keys(config, without)?;
    // Somebody may have sealed between the look and the writing.
    let outcome = still_needed(door, id).await;
    if outcome.is_err() {
        write_keys(config, known)?;
    }
    outcome
}

async fn still_needed(door: &dyn Door, id: &str) -> Result<(), Stop> {
    let uses = door.key_uses().await?;
    match uses.iter().find(|(used, count)| used == id && *count > 0) {
        Some((_, count)) => {
            let said = format!("{id} still wraps the data keys of {count} messages. First: meldeport key rewrap");
            Err(Stop::Said(Exit::No, said))
        }
        None => Ok(()),
    }
}

/// Wraps every data key under the newest key, beside a gateway or without one. Gives how many it was, and tells `progress` after
/// each piece; what is done stays done when it is cut off.
///
/// # Errors
/// The store cannot be used.
pub async fn rewrap(config: &Config, progress: impl Fn(u64)) -> Result<u64, Stop> {
    let opened = open::open(config, WhenMissing::Say).await?;
    let mut count = 0;
    loop {
        match opened.door.rewrap(ROWS_AT_ONCE).await? {
            0 => break,
            more => count += more,
        }
        progress(count);
    }
    opened.door.close().await;
    Ok(count)
}

fn keys(config: &Config) -> Result<Keys, Stop> {
    if config.store.sealing == SealingChoice::Off {
        return Err(Stop::Said(Exit::No, "sealing is off; there are no keys".to_owned()));
    }
    let file = config.path(&config.store.keys_file);
    let text = fs::read_to_string(&file)
        .map_err(|source| Stop::Configuration(ConfigError::Unreadable { file: file.clone(), source }))?;
    Keys::parse(&text).map_err(|fault| Stop::Configuration(ConfigError::wrong(format!("{}: {fault}.", file.display()))))
}

/// The file is never half written: a new one takes its place.
fn write_whole(file: &Path, text: &str) -> io::Result<()> {
    let mut name = file.as_os_str().to_owned();
    name.push(".new");
    let fresh = PathBuf::from(name);
    let mut out = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&fresh)?;
    out.write_all(text.as_bytes())?;
    out.sync_all()?;
    // A gateway under an account of its own must still be able to read it.
    let owner = fs::metadata(file)?;
    std::os::unix::fs::chown(
        &fresh,
        Some(std::os::unix::fs::MetadataExt::uid(&owner)),
        Some(std::os::unix::fs::MetadataExt::gid(&owner)),
    )?;
    fs::rename(&fresh, file)?;
    // What is sealed from now on must not lose its key when the power goes.
    sync_folder(file)
}

/// Looks whether the key file has changed, for a gateway that runs.
pub(super) struct KeyFile {
    file: Option<PathBuf>,
    seen: Option<[u8; 32]>,
    door: Arc<dyn Door>,
}

impl KeyFile {
    pub(super) fn new(config: &Config, door: Arc<dyn Door>) -> Self {
        let file = match config.store.sealing {
            SealingChoice::On => Some(config.path(&config.store.keys_file)),
            SealingChoice::Off => None,
        };
        let seen = file.as_deref().and_then(|it| fs::read(it).ok()).map(|it| sha256(&it));
        Self { file, seen, door }
    }

    /// The file, as an alarm names it.
    pub(super) fn named(&self) -> String {
        self.file.as_deref().map(|it| it.display().to_string()).unwrap_or_default()
    }

    /// `None`: nothing has changed. `Err`: the new keys are bad, in a sentence, and the old ones still in use.
    pub(super) async fn look(&mut self, life: &Lifecycle) -> Option<Result<(), String>> {
        let file = self.file.as_deref()?;
        let text = match fs::read_to_string(file) {
            Ok(text) => text,
            // Told once. The keys are in memory, so that the next start is the first to fail.
            Err(error) => {
                let gone = format!("{} cannot be read: {error}; the gateway would not start again", file.display());
                return self.seen.take().map(|_| Err(gone));
            }
        };
        let now = Some(sha256(text.as_bytes()));
        if now == self.seen {
            return None;
        }
        self.seen = now;
        let keys = match Keys::parse(&text) {
            Ok(keys) => keys,
            Err(fault) => return Some(Err(fault.to_string())),
        };
        if let Err(error) = self.door.take_keys(keys).await {
            return Some(Err(error.to_string()));
        }
        life.tasks().spawn(wrap_anew(Arc::clone(&self.door), life.clone()));
        Some(Ok(()))
    }
}

/// Little by little, beside everything else. What is left when the house closes is wrapped anew after the next change, or
/// by `meldeport key rewrap`.
async fn wrap_anew(door: Arc<dyn Door>, life: Lifecycle) {
    let (soft, mut count) = (life.soft(), 0);
    while !soft.is_cancelled() {
        match door.rewrap(ROWS_AT_ONCE).await {
            Ok(0) => {
                tracing::info!(count, "all data keys are wrapped by the newest key");
                return;
            }
            Ok(more) => count += more,
            Err(error) => return told(&error),
        }
    }
}

fn told(error: &StoreError) {
    tracing::error!(
        error = error as &dyn std::error::Error,
        "not all data keys could be wrapped anew; meldeport key rewrap does the rest"
    );
}
