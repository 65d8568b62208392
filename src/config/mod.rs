//! The configuration: defaults → file → `MELDEPORT__SECTION__KEY` → flags. Touches no socket.
//!
//! Each room owns its own section's type; this module composes them, loads them, and turns what the operator wrote into
//! the values that the pure heart takes. `config/meldeport.example.toml` holds every setting with its default.

mod content;
mod error;
mod inbox;
mod listeners;
mod rules;
mod store;

pub use content::ContentConfig;
pub use error::ConfigError;
pub use listeners::ApiListenerConfig;
pub use listeners::InboxListenerConfig;
pub use rules::LimitsConfig;
pub use rules::ReportsConfig;
pub use rules::RulesConfig;
pub use rules::SenderConfig;
pub use rules::TolerateConfig;
pub use store::DirectoryConfig;
pub use store::EngineChoice;
pub use store::SealingChoice;
pub use store::StoreConfig;
pub use store::UnprovedDatabase;

use crate::admin::AdminConfig;
use crate::antivirus::AntivirusConfig;
use crate::domain::Environment;
use crate::inbox::InboxConfig;
use crate::intake::IntakeConfig;
use crate::notify::NotifyConfig;
use crate::telemetry::LogConfig;
use crate::transport::https::HttpsConfig;
use crate::transport::https::OutboundConfig;
use crate::work::WorkConfig;
use serde::Deserialize;
use std::path::Path;
use std::path::PathBuf;

/// Prefix of environment variables: `MELDEPORT__HTTPS__LISTEN`.
const PREFIX: &str = "MELDEPORT";

/// Everything that can be set.
#[derive(Clone, Debug, Deserialize, Default, PartialEq)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    pub environment: EnvironmentChoice,
    /// Relative paths in the other sections begin here. Relative itself, it begins at the configuration file's folder.
    pub data_dir: PathBuf,
    pub store: StoreConfig,
    pub directory: DirectoryConfig,
    pub content: ContentConfig,
    pub rules: RulesConfig,
    pub limits: LimitsConfig,
    pub intake: IntakeConfig,
    pub https: HttpsConfig,
    pub outbound: OutboundConfig,
    pub inbox: InboxConfig,
    pub inbox_listener: InboxListenerConfig,
    pub api_listener: ApiListenerConfig,
    pub admin: AdminConfig,
    pub notify: NotifyConfig,
    pub antivirus: AntivirusConfig,
    pub work: WorkConfig,
    pub log: LogConfig,
    pub senders: Vec<SenderConfig>,
}

/// Whether real people are behind the messages here.
#[derive(Clone, Copy, Debug, Deserialize, Default, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum EnvironmentChoice {
    #[default]
    Production,
    Test,
}

impl From<EnvironmentChoice> for Environment {
    fn from(choice: EnvironmentChoice) -> Self {
        match choice {
            EnvironmentChoice::Production => Self::Production,
            EnvironmentChoice::Test => Self::Test,
        }
    }
}

impl Config {
    /// Reads `file` and the environment.
    ///
    /// # Errors
    /// The file cannot be read, is not TOML, or holds a setting that is unknown or of the wrong kind.
    pub fn load(file: &Path) -> Result<Self, ConfigError> {
        let text = std::fs::read_to_string(file)
            .map_err(|source| ConfigError::Unreadable { file: file.to_owned(), source })?;
        let mut config = Self::parse(&text, environment()).map_err(|fault| fault.in_file(file))?;
        let folder = file.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."));
        config.data_dir = folder.join(&config.data_dir);
        Ok(config)
    }

    /// Reads text as if it were the file, with these variables as if they were the environment.
    ///
    /// # Errors
    /// As [`Config::load`].
    pub fn parse(text: &str, environment: config::Environment) -> Result<Self, ConfigError> {
        let built = config::Config::builder()
            .add_source(config::File::from_str(text, config::FileFormat::Toml))
            .add_source(environment)
            .build()
            .map_err(|error| ConfigError::from_library(&error, None))?;
        built.clone().try_deserialize().map_err(|error| ConfigError::from_library(&error, Some(&built)))
    }

    /// The inbox's address as people type it.
    pub fn inbox_address(&self) -> &str {
        self.inbox.public_address.trim_end_matches('/')
    }

    /// The HTTPS way in with its files where they are.
    pub fn https(&self) -> HttpsConfig {
        let mut https = self.https.clone();
        https.certificate_file = self.path(&https.certificate_file);
        https.key_file = self.path(&https.key_file);
        https.client_roots_file = self.path(&https.client_roots_file);
        https.revocation_list_files = https.revocation_list_files.iter().map(|it| self.path(it)).collect();
        https
    }

    /// The way out with every file named and where it is.
    pub fn outbound(&self) -> OutboundConfig {
        let either = |own: &Path, other: &Path| self.path(if own.as_os_str().is_empty() { other } else { own });
        OutboundConfig {
            certificate_file: either(&self.outbound.certificate_file, &self.https.certificate_file),
            key_file: either(&self.outbound.key_file, &self.https.key_file),
            roots_file: either(&self.outbound.roots_file, &self.https.client_roots_file),
            ..self.outbound.clone()
        }
    }

    /// Sections in which `newer` is otherwise, and which a gateway that runs does not read again: it must be started anew.
    pub fn sections_for_restart(&self, newer: &Self) -> Vec<&'static str> {
        // Every section is named, so that a new one asks to be thought of.
        let Self {
            environment: _,
            directory: _,
            content: _,
            rules: _,
            limits: _,
            senders: _,
            data_dir,
            store,
            intake,
            https,
            outbound,
            inbox,
            inbox_listener,
            api_listener,
            admin,
            notify,
            antivirus,
            work,
            log,
        } = self;
        let sections = [
            ("data_dir", *data_dir != newer.data_dir),
            ("store", *store != newer.store),
            ("intake", *intake != newer.intake),
            ("https", *https != newer.https),
            ("outbound", *outbound != newer.outbound),
            ("inbox", *inbox != newer.inbox),
            ("inbox_listener", *inbox_listener != newer.inbox_listener),
            ("api_listener", *api_listener != newer.api_listener),
            ("admin", *admin != newer.admin),
            ("notify", *notify != newer.notify),
            ("antivirus", *antivirus != newer.antivirus),
            ("work", *work != newer.work),
            ("log", *log != newer.log),
        ];
        sections.into_iter().filter(|(_, differs)| *differs).map(|(name, _)| name).collect()
    }

    /// A path of the configuration, from the data folder when it is relative.
    pub fn path(&self, path: &Path) -> PathBuf {
        self.data_dir.join(path)
    }
}

/// Keys are not parsed as numbers, so that an organisation number keeps its leading zero.
fn environment() -> config::Environment {
    config::Environment::with_prefix(PREFIX).prefix_separator("__").separator("__").ignore_empty(true)
}

#[cfg(test)]
mod tests {
    use super::Config;

    /// What an operator reads must be what the program does.
    #[test]
    fn the_example_file_says_the_defaults_and_names_every_setting() {
        let text = include_str!("../../config/meldeport.example.toml");
        let nothing = || config::Environment::with_prefix("MELDEPORT_TEST_OF_NOTHING");

        assert_eq!(Config::parse(text, nothing()).unwrap(), Config::default());
        let debugged = format!("{:#?}", Config::default());
        let names = debugged.lines().filter_map(|it| it.trim().split_once(": ")).map(|(name, _)| name);
        for name in names.filter(|it| it.chars().all(|it| it.is_ascii_lowercase() || it == '_' || it.is_ascii_digit()))
        {
            assert!(text.contains(name), "the example file does not name {name}");
        }
    }

    #[test]
    fn what_waits_for_a_restart_is_named() {
        let nothing = || config::Environment::with_prefix("MELDEPORT_TEST_OF_NOTHING");
        let taken = "environment = \"test\"\n[limits]\nbytes_max = 5\n[rules]\naccept_synthetic_persons = true\n";
        let waits = "[https]\nlisten = \"127.0.0.1:2\"\n[notify.email]\nserver = \"post\"\n[log]\nlevel = \"warn\"\n";
        let now = Config::default();

        let of = |text: &str| now.sections_for_restart(&Config::parse(text, nothing()).unwrap());

        assert!(of(taken).is_empty());
        assert_eq!(of(waits), ["https", "notify", "log"]);
    }

    #[test]
    fn a_variable_overrides_the_file() {
        let variables = [("MELDEPORT__HTTPS__LISTEN".to_owned(), "127.0.0.1:1".to_owned())].into_iter().collect();
        let environment = super::environment().source(Some(variables));

        let config = Config::parse("[https]\nlisten = \"127.0.0.1:2\"\n", environment).unwrap();

        assert_eq!(config.https.listen.port(), 1);
    }
}
