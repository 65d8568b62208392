//! `[store]` and `[directory]`: where things are kept and where the units are described.

use crate::config::Config;
use crate::config::ConfigError;
use serde::Deserialize;
use std::os::unix::fs::PermissionsExt;
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
    /// What an operator should know about how the store is reached and kept, as whole sentences.
    pub fn check_store(&self) -> Vec<String> {
        let mut said = Vec::new();
        if self.store.sealing == SealingChoice::Off {
            said.push("store.sealing is off. Whoever can read the database can read what is about persons.".to_owned());
        }
        for (setting, file) in [("keys_file", &self.store.keys_file), ("url_file", &self.store.url_file)] {
            let mode = std::fs::metadata(self.path(file)).map_or(0, |it| it.permissions().mode() & 0o777);
            if mode & 0o007 != 0 {
                said.push(format!(
                    "The file of store.{setting} can be read by everybody on this machine. chmod 600 it."
                ));
            }
        }
        if self.store.engine == EngineChoice::Postgres
            && std::fs::read_to_string(self.path(&self.store.url_file)).is_ok_and(|it| may_be_overheard(it.trim()))
        {
            said.push(
                "The URL in store.url_file leads to another machine without sslmode=verify-full. What goes to the database may be read or changed on its way."
                    .to_owned(),
            );
        }
        said
    }

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

/// Whether a database's URL leads to another machine without proof of whose it is.
fn may_be_overheard(url: &str) -> bool {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
    let authority = place.split('/').next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    let setting = |wanted: &str| query.split('&').filter_map(|it| it.split_once('=')).find(|(name, _)| *name == wanted);
    let named = setting("host").map_or(name, |(_, value)| value);
    let here = named.is_empty()
        || named.starts_with('/')
        || named.starts_with("%2F")
        || named == "localhost"
        || named.parse().is_ok_and(|it: std::net::IpAddr| it.is_loopback());
    !here && setting("sslmode").is_none_or(|(_, value)| value != "verify-full")
}

#[cfg(test)]
mod tests {
    use super::may_be_overheard;

    #[test]
    fn a_database_elsewhere_must_prove_who_it_is() {
        for safe in [
            "postgres://meldeport@localhost/meldeport",
            "postgres://meldeport:p@127.0.0.1:5432/meldeport",
            "postgres://meldeport@[::1]:5432/meldeport",
            "postgres:///meldeport?host=/var/run/postgresql",
            "postgres://meldeport@db.kommune.example/meldeport?sslmode=verify-full&sslrootcert=/etc/ca.pem",
        ] {
            assert!(!may_be_overheard(safe), "{safe}");
        }
        for open in [
            "postgres://meldeport@db.kommune.example/meldeport",
            "postgres://meldeport@db.kommune.example/meldeport?sslmode=require",
            "postgres://localhost@db.kommune.example:5432/localhost?sslmode=prefer",
        ] {
            assert!(may_be_overheard(open), "{open}");
        }
    }
}
