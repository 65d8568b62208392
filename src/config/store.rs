//! `[store]` and `[directory]`: where things are kept and where the units are described.

use crate::config::Config;
use crate::config::ConfigError;
use serde::Deserialize;
use std::path::PathBuf;

/// `[store]`.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(default, deny_unknown_fields)]
pub struct StoreConfig {
    pub engine: EngineChoice,
    /// SQLite: the database file.
    pub path: PathBuf,
    /// PostgreSQL: a file whose only line is the connection URL.
    pub url_file: PathBuf,
    /// Keys that seal what is about persons; made on first start when it is not there. Keep a copy apart from the backup.
    pub keys_file: PathBuf,
    pub sealing: SealingChoice,
}

impl Default for StoreConfig {
    fn default() -> Self {
        Self {
            engine: EngineChoice::Sqlite,
            path: "meldeport.db".into(),
            url_file: "postgres-url".into(),
            keys_file: "keys".into(),
            sealing: SealingChoice::On,
        }
    }
}

/// Which database.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum EngineChoice {
    Sqlite,
    Postgres,
}

/// Whether what is about persons is encrypted in the database.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum SealingChoice {
    On,
    /// Only where the database itself is encrypted by other means.
    Off,
}

/// `[directory]`.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Default)]
#[serde(default, deny_unknown_fields)]
pub struct DirectoryConfig {
    /// Files, or folders whose `.toml` files are all read.
    pub files: Vec<PathBuf>,
}

impl Config {
    /// Name and text of each file of the unit directory, in order of name.
    ///
    /// # Errors
    /// A file or folder cannot be read.
    pub fn directory_texts(&self) -> Result<Vec<(String, String)>, ConfigError> {
        self.texts_of(&self.directory.files)
    }

    /// Name and text of each of `named`; of a folder, each of its `.toml` files. In order of name.
    pub(super) fn texts_of(&self, named: &[PathBuf]) -> Result<Vec<(String, String)>, ConfigError> {
        let mut files = Vec::new();
        for named in named.iter().map(|it| self.path(it)) {
            if named.is_dir() {
                let entries = std::fs::read_dir(&named)
                    .map_err(|source| ConfigError::Unreadable { file: named.clone(), source })?;
                files.extend(
                    entries.flatten().map(|it| it.path()).filter(|it| it.extension().is_some_and(|it| it == "toml")),
                );
            } else {
                files.push(named);
            }
        }
        files.sort();
        files
            .into_iter()
            .map(|file| match std::fs::read_to_string(&file) {
                Ok(text) => Ok((file.display().to_string(), text)),
                Err(source) => Err(ConfigError::Unreadable { file, source }),
            })
            .collect()
    }
}
