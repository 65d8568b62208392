//! What the operator decides about the inbox.

use crate::inbox::about::AboutConfig;
use serde::Deserialize;
use serde::Serialize;
use std::path::PathBuf;
use std::time::Duration;

/// Settings of the inbox. Every field has a default that a small municipality can live with.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct InboxConfig {
    /// Where people reach the inbox, with scheme and without a slash at the end: `https://innboks.example:9443`.
    pub public_address: String,
    /// Shown loudly on each page when it is not empty: `Test`, `Opplæring`.
    pub environment: String,
    /// A session that nobody has used for so long ends. Seconds.
    pub session_idle_seconds_max: u64,
    /// A session ends then at the latest. Seconds.
    pub session_seconds_max: u64,
    /// Rows on one page of a list.
    pub rows_max: u32,
    /// Passwords are checked at most so many at a time; each costs 19 MiB of memory.
    pub passwords_at_once_max: usize,
    /// Fewest characters of a password. Besides it must not be one's own name, and not easy to guess.
    pub password_characters_min: usize,
    /// A file of passwords that nobody may choose, one on each line: a published list of those that have leaked. Empty: only
    /// what is easy to guess is refused.
    pub refused_passwords_file: PathBuf,
    /// Whether anybody may check a message on the page `/sjekk`, without signing in.
    pub check_page: bool,
    /// Messages checked there at most at one time; each may take a few times its own size of memory.
    pub checks_at_once_max: usize,
    /// Messages checked there at most in one minute.
    pub checks_per_minute_max: u32,
    /// Longest time to answer one request before the person is asked to try again. Seconds.
    pub request_seconds_max: u64,
    /// Who answers for the inbox, and how they are reached.
    pub about: AboutConfig,
}

impl Default for InboxConfig {
    fn default() -> Self {
        Self {
            public_address: "https://localhost:9443".to_owned(),
            environment: String::new(),
            session_idle_seconds_max: 30 * 60,
            session_seconds_max: 10 * 60 * 60,
            rows_max: 50,
            passwords_at_once_max: 2,
            password_characters_min: 12,
            refused_passwords_file: PathBuf::new(),
            check_page: true,
            checks_at_once_max: 2,
            checks_per_minute_max: 60,
            request_seconds_max: 30,
            about: AboutConfig::default(),
        }
    }
}

impl InboxConfig {
    pub(crate) const fn session_idle_max(&self) -> Duration {
        Duration::from_secs(self.session_idle_seconds_max)
    }

    pub(crate) const fn session_max(&self) -> Duration {
        Duration::from_secs(self.session_seconds_max)
    }

    pub(crate) const fn request_max(&self) -> Duration {
        Duration::from_secs(self.request_seconds_max)
    }
}
