//! Opens what the configuration names: the store with its keys, the unit directory, one-time links.

use crate::app::Heart;
use crate::cli::Exit;
use crate::cli::Stop;
use crate::cli::chain;
use crate::clock::Clock;
use crate::clock::SystemClock;
use crate::config::Config;
use crate::config::ConfigError;
use crate::config::EngineChoice;
use crate::config::SealingChoice;
use crate::domain::AlarmKind;
use crate::domain::MessageId;
use crate::domain::MessageState;
use crate::domain::NoticeId;
use crate::domain::Timestamp;
use crate::inbox::Token;
use crate::intake::Intake;
use crate::intake::RejudgeError;
use crate::intake::Uncounted;
use crate::routing::Directory;
use crate::storage;
use crate::storage::AccountStore;
use crate::storage::Actor;
use crate::storage::Engine;
use crate::storage::Keys;
use crate::storage::NewJournalLine;
use crate::storage::OpenError;
use crate::storage::OperatorStore;
use crate::storage::Sealing;
use crate::storage::SqlStore;
use crate::storage::Store;
use crate::storage::StoreError;
use crate::storage::StoreOptions;
use crate::storage::UserId;
use crate::work;
use crate::work::Bell;
use crate::work::NoticeStore;
use crate::work::OutboundWorkStore;
use crate::work::ScanningStore;
use crate::work::WordStore;
use async_trait::async_trait;
use sqlx::Sqlite;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;
use tokio_util::task::TaskTracker;

/// The store behind the ports that the rooms know.
pub(super) struct Opened {
    pub(super) store: Arc<dyn Store>,
    pub(super) notices: Arc<dyn NoticeStore>,
    pub(super) outbound: Arc<dyn OutboundWorkStore>,
    pub(super) scanning: Arc<dyn ScanningStore>,
    pub(super) words: Arc<dyn WordStore>,
    pub(super) door: Arc<dyn Door>,
}

impl Opened {
    fn of<E: Engine>(store: Arc<SqlStore<E>>) -> Self {
        Self {
            store: store.clone(),
            notices: store.clone(),
            outbound: store.clone(),
            scanning: store.clone(),
            words: store.clone(),
            door: store,
        }
    }
}

/// What the house does with the store besides using it.
#[async_trait]
pub(super) trait Door: Send + Sync {
    /// Writes what waits and lets go of the database.
    async fn close(&self);

    /// Uses these keys from now on, or leaves those of before in use.
    async fn take_keys(&self, keys: Keys) -> Result<(), StoreError>;

    /// Wraps up to so many data keys anew; tells how many it was.
    async fn rewrap(&self, rows_max: u32) -> Result<u64, StoreError>;

    /// How many data keys each key wraps.
    async fn key_uses(&self) -> Result<Vec<(String, u64)>, StoreError>;
}

#[async_trait]
impl<E: Engine> Door for SqlStore<E> {
    async fn close(&self) {
        Self::close(self).await;
    }

    async fn take_keys(&self, keys: Keys) -> Result<(), StoreError> {
        Self::take_keys(self, keys).await
    }

    async fn rewrap(&self, rows_max: u32) -> Result<u64, StoreError> {
        Self::rewrap(self, rows_max).await
    }

    async fn key_uses(&self) -> Result<Vec<(String, u64)>, StoreError> {
        Self::key_uses(self).await
    }
}

/// What is done when there is no key file or no database yet.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum WhenMissing {
    /// The gateway's first start, and trials.
    Make,
    /// Everything else: a wrong path must not look like an empty house.
    Say,
}

/// Opens the store that the configuration names, migrated. It must be there: only the gateway makes it.
///
/// # Errors
/// The keys or the database are not there, or cannot be used.
pub async fn open_store(config: &Config) -> Result<Arc<dyn Store>, Stop> {
    Ok(open(config, WhenMissing::Say).await?.store)
}

/// Opens the SQLite database that the configuration names as itself: for trials, which do what no gateway does.
///
/// # Errors
/// As [`open_store`].
pub async fn open_sqlite_store(config: &Config) -> Result<Arc<SqlStore<Sqlite>>, Stop> {
    let sealing = sealing(config, WhenMissing::Make)?;
    storage::open_sqlite(&config.path(&config.store.path), sealing, StoreOptions::default())
        .await
        .map_err(|error| cannot_open(config, &error))
}

/// Puts an abandoned notice back in the queue for `operator`; a gateway that runs finds it within its period.
///
/// # Errors
/// The store cannot be used, or no abandoned notice has that id.
pub async fn requeue_notice(config: &Config, id: NoticeId, operator: &str) -> Result<(), Stop> {
    let opened = open(config, WhenMissing::Say).await?;
    match work::requeue_notice(&*opened.notices, &Bell::default(), &SystemClock, id, operator).await {
        Err(StoreError::Absent) => {
            Err(Stop::Said(Exit::No, format!("{id} is no abandoned notice; see meldeport queue list")))
        }
        other => Ok(other?),
    }
}

pub(super) async fn open(config: &Config, missing: WhenMissing) -> Result<Opened, Stop> {
    open_at(config, missing, Arc::new(SystemClock)).await
}

/// As [`open`], for a house whose clock it is.
pub(super) async fn open_at(config: &Config, missing: WhenMissing, clock: Arc<dyn Clock>) -> Result<Opened, Stop> {
    if let Some(said) = config.refused_database() {
        return Err(wrong(said));
    }
    if missing == WhenMissing::Say {
        must_be_there(config)?;
    }
    let keys_were_there = config.path(&config.store.keys_file).exists();
    let sealing = sealing(config, missing)?;
    let options = StoreOptions { clock, ..StoreOptions::default() };
    let failed = |error: OpenError| {
        if !keys_were_there && matches!(error, OpenError::Store(StoreError::Sealed { .. })) {
            // Ours, made a moment ago for a database that has keys of its own. Left there it would pass for the right one.
            drop(std::fs::remove_file(config.path(&config.store.keys_file)));
        }
        cannot_open(config, &error)
    };
    Ok(match config.store.engine {
        EngineChoice::Sqlite => {
            let path = config.path(&config.store.path);
            if let Some(folder) = path.parent() {
                std::fs::create_dir_all(folder)
                    .map_err(|source| ConfigError::Unreadable { file: folder.to_owned(), source })?;
            }
            Opened::of(storage::open_sqlite(&path, sealing, options).await.map_err(failed)?)
        }
        EngineChoice::Postgres => {
            let file = config.path(&config.store.url_file);
            let url = std::fs::read_to_string(&file).map_err(|source| ConfigError::Unreadable { file, source })?;
            Opened::of(storage::open_postgres(url.trim(), sealing, options).await.map_err(failed)?)
        }
    })
}

/// The database file, where it is one.
fn database_file(config: &Config) -> Option<PathBuf> {
    match config.store.engine {
        EngineChoice::Sqlite => Some(config.path(&config.store.path)),
        EngineChoice::Postgres => None,
    }
}

fn must_be_there(config: &Config) -> Result<(), Stop> {
    match database_file(config) {
        Some(file) if !file.exists() => Err(wrong(format!(
            "There is no database {}. The gateway makes it at its first start (meldeport serve). If it has been started, \
             --config, data_dir or store.path leads elsewhere.",
            file.display()
        ))),
        Some(_) | None => Ok(()),
    }
}

/// Why the store cannot be opened and what to do, with the status that says whether waiting helps.
pub(super) fn cannot_open(config: &Config, error: &OpenError) -> Stop {
    let keys = config.path(&config.store.keys_file);
    let said = chain(error);
    let mend = match error {
        OpenError::Newer { .. } | OpenError::MigrationChanged { .. } => {
            "Start the version that ran last, or a newer one; the database is untouched.".to_owned()
        }
        OpenError::SealingDiffers { .. } => "Set store.sealing back to what it was.".to_owned(),
        OpenError::Store(StoreError::Sealed { .. }) => format!(
            "Put the right key file back at {} (store.keys_file), or mend the path. The database is untouched.",
            keys.display()
        ),
        damaged if damaged.is_damage() => {
            "The database file is damaged. Keep it, copy it, and look at the disk; then restore the newest backup: \
             meldeport restore --replace FILE."
                .to_owned()
        }
        OpenError::File { .. } | OpenError::Connect(_) | OpenError::Store(_) => return Stop::Said(Exit::Later, said),
    };
    wrong(format!("{said}. {mend}"))
}

fn wrong(said: String) -> Stop {
    Stop::Configuration(ConfigError::wrong(said))
}

/// Whether what is about persons is sealed, and with which keys.
pub(super) fn sealing(config: &Config, missing: WhenMissing) -> Result<Sealing, Stop> {
    let file = config.path(&config.store.keys_file);
    let database = database_file(config).filter(|it| it.exists());
    Ok(match (config.store.sealing, file.exists(), missing, database) {
        (SealingChoice::Off, ..) => Sealing::Off,
        (SealingChoice::On, false, WhenMissing::Make, Some(database)) => {
            return Err(wrong(format!(
                "There is a database {}, but not its key file {} (store.keys_file). Put the key file back, or mend the path: \
                 without it nothing that is sealed can be read, and a new one would not help.",
                database.display(),
                file.display()
            )));
        }
        (SealingChoice::On, false, WhenMissing::Say, _) => {
            return Err(wrong(format!(
                "There is no key file {} (store.keys_file). Put it back, or mend the path: without it nothing that is sealed \
                 can be read, and a new one would not help.",
                file.display()
            )));
        }
        (SealingChoice::On, ..) => Sealing::On(keys(&file)?),
    })
}

/// The keys of `file`; made when there is no such file.
fn keys(file: &Path) -> Result<Keys, Stop> {
    let unreadable = |source| Stop::Configuration(ConfigError::Unreadable { file: file.to_owned(), source });
    match std::fs::read_to_string(file) {
        Ok(text) => Keys::parse(&text)
            .map_err(|fault| Stop::Configuration(ConfigError::wrong(format!("{}: {fault}.", file.display())))),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            if let Some(folder) = file.parent() {
                std::fs::create_dir_all(folder).map_err(unreadable)?;
            }
            let made = Keys::generate();
            let mut out =
                std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(file).map_err(unreadable)?;
            out.write_all(made.to_text().reveal().as_bytes()).and_then(|()| out.sync_all()).map_err(unreadable)?;
            sync_folder(file).map_err(unreadable)?;
            eprintln!(
                "meldeport: made a new key in {}. Keep a copy of it apart from the backup of the database.",
                file.display()
            );
            Ok(made)
        }
        Err(error) => Err(unreadable(error)),
    }
}

/// Makes sure that the name of a new `file` is on the disk too: syncing the file itself does not say where it stands.
pub(super) fn sync_folder(file: &Path) -> std::io::Result<()> {
    let folder = file.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::File::open(folder)?.sync_all()
}

/// The unit directory that the configuration names.
///
/// # Errors
/// A file cannot be read, or the directory has faults; all of them are told.
pub fn directory(config: &Config) -> Result<Directory, ConfigError> {
    let texts = config.directory_texts()?;
    Directory::parse(&texts).map_err(|faults| {
        let said: Vec<String> = faults.iter().map(ToString::to_string).collect();
        let said = said.join("\n");
        match faults.first() {
            Some(first) => ConfigError::Faults { file: first.source.file.clone().into(), said },
            None => ConfigError::wrong(said),
        }
    })
}

/// A one-time link with which a person sets a password.
///
/// # Errors
/// The store cannot be written.
pub async fn one_time_link(
    store: &dyn Store,
    config: &Config,
    user: UserId,
    expires: Timestamp,
) -> Result<String, Stop> {
    let token = Token::generate();
    let store: &dyn AccountStore = store;
    store.add_link(token.sha256(), user, None, expires).await?;
    Ok(format!("{}/first/{}", config.inbox_address(), token.text().reveal()))
}

/// Judges a stuck message again for `operator`, as the gateway would.
///
/// # Errors
/// The configuration or the store cannot be used, or judging goes wrong again.
pub async fn rejudge(
    config: &Config,
    store: Arc<dyn Store>,
    id: MessageId,
    operator: &str,
) -> Result<MessageState, Stop> {
    let heart = Heart::new(config)?;
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let messages = Arc::clone(&store);
    let tasks = TaskTracker::new();
    let intake = Intake::new(config.intake, Arc::new(heart), messages, Arc::clone(&clock), Arc::new(Uncounted), tasks);
    rejudge_by(&intake, &*store, &*clock, id, operator).await.map_err(|error| Stop::Said(Exit::No, chain(&error)))
}

/// Judges a stuck message again, writes in the journal who asked for it, and clears its alarm when it is stuck no more:
/// also when somebody else had judged it and the alarm was left behind.
pub(super) async fn rejudge_by(
    intake: &Intake,
    store: &dyn Store,
    clock: &dyn Clock,
    id: MessageId,
    operator: &str,
) -> Result<MessageState, RejudgeError> {
    let judged = intake.rejudge(id).await;
    if let Ok(state) = &judged {
        let line = NewJournalLine {
            at: clock.now(),
            actor: Actor::Operator(operator.to_owned()),
            action: "message_requeued",
            message: Some(id),
            detail: state.label().to_owned(),
        };
        OperatorStore::journal(store, line).await?;
    }
    match &judged {
        Ok(_) | Err(RejudgeError::NotStuck) => {
            let reference = store.message(&id.to_string()).await?.row.reference;
            store.clear_alarm(AlarmKind::MessageStuck, reference.as_str(), clock.now()).await?;
        }
        Err(
            RejudgeError::Store(_)
            | RejudgeError::SenderGone(_)
            | RejudgeError::StuckAgain
            | RejudgeError::Overloaded
            | RejudgeError::Refused(_),
        ) => {}
    }
    judged
}
