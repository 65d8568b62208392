//! What the operator decides about the inbox.

use crate::inbox::about::AboutConfig;
use crate::inbox::api::ApiConfig;
use crate::inbox::oidc::ProviderConfig;
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
    /// Whether people may sign in with a user name of ours. When no, by a provider only.
    pub local_accounts: bool,
    /// Whether people with a user name of ours must use a second factor: `offered` or `required`.
    pub second_factor: SecondFactor,
    /// Content is opened only when the person has proved who they are no longer ago than this. Seconds; 0: it does not matter.
    pub content_proof_seconds_max: u64,
    /// How many factors a person with a user name of ours must have shown to open content: 1 or 2.
    pub content_factors_min: u32,
    /// Providers of identities (OpenID Connect), each with a button on the sign-in page.
    pub providers: Vec<ProviderConfig>,
    /// Whether anybody may check a message on the page `/sjekk`, without signing in.
    pub check_page: bool,
    /// Messages checked there at most at one time; each may take a few times its own size of memory.
    pub checks_at_once_max: usize,
    /// Messages checked there at most in one minute.
    pub checks_per_minute_max: u32,
    /// Longest time to answer one request before the person is asked to try again. Seconds.
    pub request_seconds_max: u64,
    /// Browsers that are told of news in an open list, at one time; the rest see them when they refresh.
    pub listeners_max: usize,
    /// Lines of the journal in one file; who needs more asks for fewer days at a time.
    pub journal_file_lines_max: usize,
    /// Who answers for the inbox, and how they are reached.
    pub about: AboutConfig,
    /// The form `/meld`.
    pub form: FormConfig,
    /// The interface for case systems.
    pub api: ApiConfig,
    /// Days until the content of a rejected message is removed, for the page on privacy. No setting of its own: that of
    /// `[work.retention]`, put in where the parts are put together.
    #[serde(skip)]
    pub rejected_days: u32,
}

/// `[inbox.form]`: the form `/meld`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FormConfig {
    /// Name of the registered sender that the form sends as; it needs two HER-ids, level 1 and level 2. Empty: the form is closed.
    pub sender: String,
    /// Name of the provider of identities where private persons prove who they are before they write, at the level that opens
    /// content. Empty: they need not.
    pub provider: String,
    /// A draft is thrown away then. Hours.
    pub draft_hours_max: u64,
    /// Drafts of private persons at one time.
    pub drafts_max: u32,
    /// Drafts that private persons may begin in one hour, all of them together.
    pub drafts_per_hour_max: u32,
    /// Reports that one organisation may send through the form in a day.
    pub reports_per_day_max: u32,
    /// Codes that may be tried in one minute from one address on the page that tells what has become of a report, and how often
    /// one code is asked for.
    pub status_per_minute_max: u32,
}

impl Default for FormConfig {
    fn default() -> Self {
        Self {
            sender: String::new(),
            provider: String::new(),
            draft_hours_max: 24,
            drafts_max: 1000,
            drafts_per_hour_max: 100,
            reports_per_day_max: 50,
            status_per_minute_max: 60,
        }
    }
}

impl FormConfig {
    pub(crate) const fn draft_max(&self) -> Duration {
        Duration::from_secs(self.draft_hours_max.saturating_mul(3600))
    }
}

/// Whether a password is enough.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SecondFactor {
    /// Who wants one can have one.
    Offered,
    /// Nobody comes further than to the page where it is chosen.
    Required,
}

impl Default for InboxConfig {
    fn default() -> Self {
        Self {
            rejected_days: 0,
            public_address: "https://localhost:9443".to_owned(),
            environment: String::new(),
            session_idle_seconds_max: 30 * 60,
            session_seconds_max: 10 * 60 * 60,
            rows_max: 50,
            passwords_at_once_max: 2,
            password_characters_min: 12,
            refused_passwords_file: PathBuf::new(),
            local_accounts: true,
            second_factor: SecondFactor::Required,
            content_proof_seconds_max: 0,
            content_factors_min: 1,
            providers: Vec::new(),
            check_page: true,
            checks_at_once_max: 2,
            checks_per_minute_max: 60,
            request_seconds_max: 30,
            listeners_max: 500,
            journal_file_lines_max: 20_000,
            about: AboutConfig::default(),
            form: FormConfig::default(),
            api: ApiConfig::default(),
        }
    }
}

/// Fewer characters than this are guessed in a day by those who have the hash.
const PASSWORD_CHARACTERS_WISE: usize = 8;
/// Sessions longer than these are still there when somebody else sits down.
const IDLE_WISE: Duration = Duration::from_secs(30 * 60);
const SESSION_WISE: Duration = Duration::from_secs(12 * 60 * 60);

impl InboxConfig {
    /// What an operator should know about these settings, as whole sentences.
    pub fn check(&self) -> Vec<String> {
        let mut said = self.about.check();
        let named = &self.form.provider;
        if !named.is_empty() && !self.providers.iter().any(|it| it.name == *named) {
            said.push(format!(
                "inbox.form.provider is `{named}`, and no provider has that name. Private persons cannot write."
            ));
        }
        if self.password_characters_min < PASSWORD_CHARACTERS_WISE {
            said.push(format!(
                "inbox.password_characters_min is under {PASSWORD_CHARACTERS_WISE}. Such passwords are guessed."
            ));
        }
        if self.local_accounts && self.refused_passwords_file.as_os_str().is_empty() {
            said.push(
                "inbox.refused_passwords_file is not set. The 30,000 most used passwords are refused all the same; most of them are short, and a published list of long ones refuses more."
                    .to_owned(),
            );
        }
        if self.session_idle_max() > IDLE_WISE || self.session_max() > SESSION_WISE {
            said.push(
                "inbox.session_idle_seconds_max is over half an hour, or .session_seconds_max over twelve hours. A session may be there for the next one who sits down."
                    .to_owned(),
            );
        }
        if self.second_factor == SecondFactor::Offered && self.content_factors_min < 2 {
            said.push(
                "inbox.second_factor is \"offered\". A password alone opens reports; set it to \"required\", or let people sign in by a provider."
                    .to_owned(),
            );
        }
        said
    }

    pub(crate) const fn session_idle_max(&self) -> Duration {
        Duration::from_secs(self.session_idle_seconds_max)
    }

    pub(crate) const fn session_max(&self) -> Duration {
        Duration::from_secs(self.session_seconds_max)
    }

    /// The longest time since a person has proved who they are that is short enough to open content.
    pub(crate) const fn content_proof_max(&self) -> Option<Duration> {
        match self.content_proof_seconds_max {
            0 => None,
            seconds => Some(Duration::from_secs(seconds)),
        }
    }

    pub(crate) const fn request_max(&self) -> Duration {
        Duration::from_secs(self.request_seconds_max)
    }
}

#[cfg(test)]
mod tests {
    use super::InboxConfig;
    use super::SecondFactor;

    #[test]
    fn what_makes_accounts_easy_to_take_is_spoken_of() {
        let calm = InboxConfig::default().check();
        let risky =
            InboxConfig { password_characters_min: 7, session_seconds_max: 24 * 60 * 60, ..InboxConfig::default() };

        assert_eq!(risky.check().len(), calm.len() + 2);
        let form = super::FormConfig { provider: "nobody".to_owned(), ..super::FormConfig::default() };
        let said = InboxConfig { form, ..InboxConfig::default() }.check();
        assert!(said.iter().any(|it| it.contains("`nobody`")), "{said:?}");
        let weak = InboxConfig { second_factor: SecondFactor::Offered, ..InboxConfig::default() };
        assert_eq!(weak.check().len(), calm.len() + 1, "a password alone is spoken of");
        let listed = InboxConfig { refused_passwords_file: "lekket.txt".into(), ..InboxConfig::default() };
        assert_eq!(listed.check().len(), calm.len() - 1, "so is that there is no longer list");
    }
}
