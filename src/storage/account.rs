//! Local accounts, one-time links and sessions of the inbox.

use crate::domain::Redacted;
use crate::domain::Timestamp;
use crate::domain::UnitId;
use crate::storage::Person;
use crate::storage::StoreError;
use async_trait::async_trait;
use std::fmt;
use uuid::Uuid;

/// Our id of a user of the inbox.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct UserId(pub Uuid);

impl fmt::Display for UserId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

/// What signing in needs.
#[async_trait]
pub trait AccountStore: Send + Sync {
    /// Makes an account without a password. `Ok(false)`: the login name is taken.
    async fn add_user(&self, user: &User, now: Timestamp) -> Result<bool, StoreError>;

    /// Also an ended account, by `ended_at`; it has no password any more.
    async fn user_by_login(&self, login: &str) -> Result<Option<User>, StoreError>;

    /// As [`AccountStore::user_by_login`], by our id.
    async fn user_by_id(&self, id: UserId) -> Result<Option<User>, StoreError>;

    async fn users(&self) -> Result<Vec<User>, StoreError>;

    /// Ends the account and all its sessions at once. What the person did stays in the journal.
    async fn end_user(&self, id: UserId, now: Timestamp) -> Result<(), StoreError>;

    /// The password's argon2id hash (PHC string), when one is set.
    async fn password_hash(&self, id: UserId) -> Result<Option<Redacted<String>>, StoreError>;

    /// Sets the password's hash and ends all sessions and unused links of the user; the one who has just set it signs in anew.
    async fn set_password_hash(&self, id: UserId, hash: Redacted<String>, now: Timestamp) -> Result<(), StoreError>;

    /// Takes away the password, and every unused link, of one who has another way in. `Ok(false)`: there is none.
    async fn remove_password(&self, id: UserId) -> Result<bool, StoreError>;

    /// Keeps a one-time link by the SHA-256 of its token, in place of those that the person has not used. `made_by` is the
    /// person of the inbox who made it; nobody: the operator. [`StoreError::Absent`] when the account has ended.
    async fn add_link(
        &self,
        token_sha256: [u8; 32],
        user: UserId,
        made_by: Option<UserId>,
        expires: Timestamp,
    ) -> Result<(), StoreError>;

    /// A link, when it can be used now. Looking does not use it.
    async fn link(&self, token_sha256: [u8; 32], now: Timestamp) -> Result<Option<OneTimeLink>, StoreError>;

    /// Uses a one-time link: exactly one caller gets the user, once, before it expires.
    async fn use_link(&self, token_sha256: [u8; 32], now: Timestamp) -> Result<Option<UserId>, StoreError>;

    async fn add_session(&self, session: &Session) -> Result<(), StoreError>;

    /// The session and its user, when neither has ended; moves `seen_at` forward, in steps of half a minute. The session
    /// is given as it was before, so that a long silence can be seen.
    async fn session(&self, token_sha256: [u8; 32], now: Timestamp) -> Result<Option<(Session, User)>, StoreError>;

    async fn end_session(&self, token_sha256: [u8; 32]) -> Result<(), StoreError>;

    /// Counts a failed attempt to sign in; returns how many there have been since `since`.
    async fn count_failed_sign_in(&self, login: &str, now: Timestamp, since: Timestamp) -> Result<u64, StoreError>;

    /// How many failed attempts there have been since `since`.
    async fn failed_sign_ins(&self, login: &str, since: Timestamp) -> Result<u64, StoreError>;
}

/// A login name as it is kept and looked up: in small letters, without blanks around it. `Kari` and `kari` are one person.
pub fn login_name(typed: &str) -> String {
    typed.trim().to_lowercase()
}

/// A one-time link that can be used (engangslenke).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OneTimeLink {
    /// Whom it is for.
    pub user: UserId,
    pub login: String,
    /// Who made it. `None`: the operator.
    pub made_by: Option<Person>,
}

/// Longest name at work.
pub const NAME_AT_WORK_CHARACTERS_MAX: usize = 120;
/// So many digits are a number of something or somebody, and no part of a name.
const NAME_DIGITS_MAX: usize = 5;

/// Whether a text can be somebody's name at work. It stands open in lists and in the journal, so a number that tells who somebody
/// is must not be in it.
pub fn is_name_at_work(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let is_said = !text.trim().is_empty() && text.chars().count() <= NAME_AT_WORK_CHARACTERS_MAX;
    is_said && digits <= NAME_DIGITS_MAX && !text.chars().any(char::is_control)
}

/// A person who may use the inbox.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct User {
    pub id: UserId,
    /// What the person signs in as, in small letters ([`login_name`]).
    pub login: String,
    /// Name at work.
    pub display_name: String,
    /// Units whose every case the person may work with now, by their roles. When the account is made, the person becomes a
    /// case worker in each.
    pub units: Vec<UnitId>,
    pub ended_at: Option<Timestamp>,
}

/// A signed-in browser.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Session {
    pub token_sha256: [u8; 32],
    pub user: UserId,
    pub created_at: Timestamp,
    pub seen_at: Timestamp,
    /// It ends then at the latest.
    pub expires: Timestamp,
    /// Secret that every form of the session carries.
    pub form_secret: Redacted<String>,
    pub proof: Proof,
}

/// How the person behind a session has proved who they are.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Proof {
    pub method: SignInMethod,
    pub stage: SignInStage,
    /// How many factors were shown.
    pub factors: u32,
    /// The provider's name in the configuration; empty for local accounts.
    pub provider: String,
    /// The level of assurance as the provider calls it.
    pub level: String,
    /// When the person last proved who they are.
    pub proved_at: Timestamp,
    /// The provider's ID token: it is asked for when signing out there. Sealed at rest.
    pub id_token: Option<Redacted<String>>,
}

impl Proof {
    /// A password of ours and nothing more.
    pub const fn password(proved_at: Timestamp) -> Self {
        Self {
            method: SignInMethod::Password,
            stage: SignInStage::Whole,
            factors: 1,
            provider: String::new(),
            level: String::new(),
            proved_at,
            id_token: None,
        }
    }
}

/// By what somebody signed in.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum SignInMethod {
    Password,
    /// OpenID Connect.
    Provider,
    Passkey,
}

impl SignInMethod {
    pub const fn label(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Provider => "oidc",
            Self::Passkey => "passkey",
        }
    }

    pub fn from_label(label: &str) -> Option<Self> {
        [Self::Password, Self::Provider, Self::Passkey].into_iter().find(|it| it.label() == label)
    }
}

/// How far somebody has come in signing in.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum SignInStage {
    /// Signed in.
    Whole,
    /// The second factor is still asked for; nothing else can be done.
    Second,
    /// A second factor must be chosen first; nothing else can be done.
    Enrol,
}

impl SignInStage {
    pub const fn label(self) -> &'static str {
        match self {
            Self::Whole => "whole",
            Self::Second => "second",
            Self::Enrol => "enrol",
        }
    }

    pub fn from_label(label: &str) -> Option<Self> {
        [Self::Whole, Self::Second, Self::Enrol].into_iter().find(|it| it.label() == label)
    }
}

#[cfg(test)]
mod tests {
    use super::is_name_at_work;

    #[test]
    fn a_name_at_work_holds_no_number_that_tells_who_somebody_is() {
        for name in ["Kari Saksbehandler", "Åse Marie Ødegård-Li", "Vakt 2", "Team 1234"] {
            assert!(is_name_at_work(name), "{name}");
        }
        let long = "a".repeat(121);
        for text in ["", "  ", "Kari 12835401802", "128354 01802", "99 00 01 51", "Kari\nOla", &long] {
            assert!(!is_name_at_work(text), "{text}");
        }
    }
}
