//! `[store]` and `[directory]`: where things are kept and where the units are described.

use crate::config::Config;
use crate::config::ConfigError;
use serde::Deserialize;
use sqlx::postgres::PgConnectOptions;
use sqlx::postgres::PgSslMode;
use std::net::IpAddr;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::str::FromStr as _;

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
    /// What is done about a PostgreSQL on another machine that does not prove who it is.
    pub unproved_database: UnprovedDatabase,
}

impl Default for StoreConfig {
    fn default() -> Self {
        Self {
            engine: EngineChoice::Sqlite,
            path: "meldeport.db".into(),
            url_file: "postgres-url".into(),
            keys_file: "keys".into(),
            sealing: SealingChoice::On,
            unproved_database: UnprovedDatabase::Refuse,
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

/// What is done about a database on another machine that is reached without proof of whose it is.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum UnprovedDatabase {
    /// Nothing is opened.
    Refuse,
    /// Only where the way to it is proved and encrypted by other means, such as a tunnel.
    Accept,
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
        if self.store.unproved_database == UnprovedDatabase::Accept && self.is_database_unproved() {
            said.push(
                "The URL in store.url_file leads to another machine without sslmode=verify-full, and store.unproved_database accepts it. What goes to the database may be read or changed on its way."
                    .to_owned(),
            );
        }
        said
    }

    /// Why the database is not to be opened, in whole sentences: what is sealed is sealed there too, but not who signs in,
    /// what waits and what is asked.
    pub fn refused_database(&self) -> Option<String> {
        (self.store.unproved_database == UnprovedDatabase::Refuse && self.is_database_unproved()).then(|| {
            format!(
                "The URL in {} leads to another machine, and nothing proves that it is the right one: what goes there may be \
                 read or changed on its way. Write sslmode=verify-full and sslrootcert=… in the URL. Where a tunnel or the \
                 like proves and encrypts the way, set store.unproved_database = \"accept\".",
                self.path(&self.store.url_file).display()
            )
        })
    }

    fn is_database_unproved(&self) -> bool {
        self.store.engine == EngineChoice::Postgres
            && std::fs::read_to_string(self.path(&self.store.url_file)).is_ok_and(|it| may_be_overheard(it.trim()))
    }

    /// Name and text of each file of the unit directory, in order of name.
    ///
    /// # Errors
    /// A file or folder cannot be read.
    pub fn directory_texts(&self) -> Result<Vec<(String, String)>, ConfigError> {
        self.texts_of("directory.files", &self.directory.files)
    }

    /// Name and text of each of `named`, which `setting` names; of a folder, each of its `.toml` files. In order of name.
    pub(super) fn texts_of(
        &self,
        setting: &'static str,
        named: &[PathBuf],
    ) -> Result<Vec<(String, String)>, ConfigError> {
        let mut files = Vec::new();
        for named in named.iter().map(|it| self.path(it)) {
            if named.is_dir() {
                let entries = std::fs::read_dir(&named).map_err(|source| ConfigError::NamedUnreadable {
                    setting,
                    file: named.clone(),
                    source,
                })?;
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
                Err(source) => Err(ConfigError::NamedUnreadable { setting, file, source }),
            })
            .collect()
    }
}

/// Whether a database's URL leads to another machine without proof of whose it is. The driver is asked, since it also listens
/// to other spellings and to the environment (`PGHOST`, `PGSSLMODE`). What it cannot read, it does not open either.
fn may_be_overheard(url: &str) -> bool {
    let Ok(way) = PgConnectOptions::from_str(url) else { return false };
    let host = way.get_host().trim_matches(['[', ']']);
    let is_here = way.get_socket().is_some()
        || host.starts_with('/')
        || host == "localhost"
        || host.parse().is_ok_and(|it: IpAddr| it.to_canonical().is_loopback());
    !is_here && !matches!(way.get_ssl_mode(), PgSslMode::VerifyFull)
}

#[cfg(test)]
mod tests {
    use super::EngineChoice;
    use super::UnprovedDatabase;
    use super::may_be_overheard;
    use crate::config::Config;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn a_database_elsewhere_must_prove_who_it_is() {
        for safe in [
            "postgres://meldeport@localhost/meldeport",
            "postgres://meldeport:p@127.0.0.1:5432/meldeport",
            "postgres://meldeport@[::1]:5432/meldeport",
            "postgres://meldeport@%2Fvar%2Frun%2Fpostgresql/meldeport",
            "postgres:///meldeport?host=/var/run/postgresql",
            "postgres://meldeport@db.kommune.example/meldeport?sslmode=verify-full&sslrootcert=/etc/ca.pem",
        ] {
            assert!(!may_be_overheard(safe), "{safe}");
        }
        for open in [
            "postgres://meldeport@db.kommune.example/meldeport",
            "postgres://meldeport@db.kommune.example/meldeport?sslmode=require",
            "postgres://localhost@db.kommune.example:5432/localhost?sslmode=prefer",
            "postgres://meldeport@db.kommune.example/meldeport?ssl-mode=verify-ca",
            "postgres://meldeport@localhost/meldeport?hostaddr=192.0.2.7",
            "postgres://meldeport@localhost/meldeport?sslmode=verify-full&sslmode=require&host=db.kommune.example",
            "postgres://meldeport@127.0.0.1.kommune.example/meldeport",
        ] {
            assert!(may_be_overheard(open), "{open}");
        }
    }

    #[test]
    fn it_is_refused_unless_the_operator_has_said_to_accept_it() {
        let folder = tempfile::tempdir().unwrap();
        let mut config = Config { data_dir: folder.path().into(), ..Config::default() };
        config.store.engine = EngineChoice::Postgres;
        let url = config.path(&config.store.url_file);
        std::fs::write(&url, "postgres://meldeport:hemmelig@db.kommune.example/meldeport\n").unwrap();
        std::fs::set_permissions(&url, std::fs::Permissions::from_mode(0o600)).unwrap();

        let refused = config.refused_database().unwrap();
        assert!(refused.contains("sslmode=verify-full") && refused.contains("store.unproved_database"), "{refused}");
        assert!(
            !refused.contains("hemmelig") && config.check_store().is_empty(),
            "said once, and without the password"
        );
        config.store.unproved_database = UnprovedDatabase::Accept;
        assert_eq!((config.refused_database(), config.check_store().len()), (None, 1));
        config.store.unproved_database = UnprovedDatabase::Refuse;
        std::fs::write(&url, "postgres://meldeport@localhost/meldeport\n").unwrap();
        assert_eq!(config.refused_database(), None);
    }
}
