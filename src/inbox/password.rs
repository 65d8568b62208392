//! Passwords: argon2id, a few at a time, never in the log; and what we ask of a new one.

use crate::domain::Redacted;
use crate::inbox::config::InboxConfig;
use crate::storage::User;
use argon2::Argon2;
use argon2::password_hash::PasswordHasher;
use argon2::password_hash::PasswordVerifier;
use argon2::password_hash::phc::PasswordHash;
use std::sync::Arc;
use std::sync::LazyLock;
use std::time::Duration;
use tokio::sync::Semaphore;

/// Longest password that is looked at. Characters.
pub(super) const PASSWORD_CHARACTERS_MAX: usize = 200;
/// How long to stand in line for a turn before the person is asked to try again.
const TURN_WAIT_MAX: Duration = Duration::from_secs(10);

/// Hash of nothing that anybody knows: an unknown login costs as much time as a known one.
static NOBODY: LazyLock<String> = LazyLock::new(|| {
    let unknowable: [u8; 32] = super::token::random();
    hash_now(&unknowable)
});

/// Hashes and compares, with a limit on how many at a time.
pub(super) struct Passwords {
    turns: Arc<Semaphore>,
}

/// Too many people sign in just now.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Crowded;

impl Passwords {
    pub(super) fn new(config: &InboxConfig) -> Self {
        // Now, so that the first unknown login takes no longer than the others.
        LazyLock::force(&NOBODY);
        Self { turns: Arc::new(Semaphore::new(config.passwords_at_once_max.max(1))) }
    }

    /// Whether `password` is the one that `kept` was made of. Without a kept hash the answer is no, after the same work.
    pub(super) async fn fits(
        &self,
        password: Redacted<String>,
        kept: Option<Redacted<String>>,
    ) -> Result<bool, Crowded> {
        self.in_turn(move || {
            let known = kept.is_some();
            let kept = kept.map_or_else(|| NOBODY.clone(), Redacted::into_inner);
            let fits = PasswordHash::new(&kept)
                .is_ok_and(|hash| Argon2::default().verify_password(password.reveal().as_bytes(), &hash).is_ok());
            fits && known
        })
        .await
    }

    /// The PHC string of `password` with a new salt.
    pub(super) async fn hash(&self, password: Redacted<String>) -> Result<Redacted<String>, Crowded> {
        self.in_turn(move || Redacted::new(hash_now(password.reveal().as_bytes()))).await
    }

    /// What costs much by a password, a few at a time and off the threads that answer.
    pub(super) async fn in_turn<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Crowded> {
        let turn = tokio::time::timeout(TURN_WAIT_MAX, Arc::clone(&self.turns).acquire_owned())
            .await
            .map_err(|_| Crowded)?
            .expect("the semaphore of turns is never closed");
        let done = tokio::task::spawn_blocking(move || {
            let done = work();
            drop(turn);
            done
        });
        Ok(done.await.expect("hashing a password does not panic and is not cancelled"))
    }
}

fn hash_now(password: &[u8]) -> String {
    Argon2::default()
        .hash_password(password)
        .expect("argon2 with its own default parameters hashes anything of a sane length")
        .to_string()
}

/// Why a new password is not taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum PasswordRefused {
    TooShort,
    TooLong,
    /// It holds the login or the person's own name.
    OwnName,
    /// It is made of words, years and rows of keys that many choose.
    Guessable,
    /// It stands on a list of passwords that have leaked, the library's or the operator's.
    Leaked,
    RepeatDiffers,
    /// It is the password that was to be changed.
    Same,
}

/// What can be said of a new password before knowing whose it is.
pub(super) fn check_length(password: &str, repeat: &str, config: &InboxConfig) -> Result<(), PasswordRefused> {
    let characters = password.chars().count();
    if characters < config.password_characters_min {
        Err(PasswordRefused::TooShort)
    } else if characters > PASSWORD_CHARACTERS_MAX {
        Err(PasswordRefused::TooLong)
    } else if password != repeat {
        Err(PasswordRefused::RepeatDiffers)
    } else {
        Ok(())
    }
}

/// Whether it is the person's own login or name, or either of them with a little around it.
pub(super) fn check_owner(password: &str, user: &User) -> Result<(), PasswordRefused> {
    let password = plain(password);
    let names = user.display_name.split_whitespace().map(plain).filter(|it| it.chars().count() >= 4);
    let own = [plain(&user.login), plain(&user.display_name)].into_iter().filter(|it| it.chars().count() >= 3);
    let mut rest = password.clone();
    for name in own.chain(names) {
        rest = rest.replace(&name, "");
    }
    // What is left when the names are gone must still be hard to guess.
    if rest != password && rest.chars().count() < 8 { Err(PasswordRefused::OwnName) } else { Ok(()) }
}

fn plain(text: &str) -> String {
    text.chars().filter(|it| it.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::PasswordRefused;
    use super::Passwords;
    use super::check_length;
    use super::check_owner;
    use crate::domain::Redacted;
    use crate::inbox::config::InboxConfig;
    use crate::storage::User;
    use crate::storage::UserId;
    use uuid::Uuid;

    #[test]
    fn length_is_all_that_is_asked_of_a_password_but_that_it_is_not_ones_own_name() {
        let config = InboxConfig::default();
        let user = User {
            id: UserId(Uuid::nil()),
            login: "solveig".to_owned(),
            display_name: "Solveig Saksbehandler".to_owned(),
            units: Vec::new(),
            ended_at: None,
        };

        assert_eq!(check_length("kort passord", "kort passord", &config), Ok(()));
        assert_eq!(check_length("for kort", "for kort", &config), Err(PasswordRefused::TooShort));
        assert_eq!(check_length("langt nok ja", "langt nok nei", &config), Err(PasswordRefused::RepeatDiffers));
        assert_eq!(check_length(&"x".repeat(201), &"x".repeat(201), &config), Err(PasswordRefused::TooLong));
        assert_eq!(check_owner("Solveig-2026!!", &user), Err(PasswordRefused::OwnName));
        assert_eq!(check_owner("solveig saksbehandler", &user), Err(PasswordRefused::OwnName));
        assert_eq!(check_owner("fjorten grønne solveig i tåka", &user), Ok(()));
    }

    #[tokio::test]
    async fn a_password_fits_its_own_hash_and_nothing_fits_nobody() {
        let passwords = Passwords::new(&InboxConfig::default());
        let right = Redacted::new("fjorten grønne elger".to_owned());
        let hash = passwords.hash(right.clone()).await.unwrap();

        assert!(hash.reveal().starts_with("$argon2id$"));
        assert_eq!(passwords.fits(right.clone(), Some(hash.clone())).await, Ok(true));
        assert_eq!(passwords.fits(Redacted::new("noe annet".to_owned()), Some(hash)).await, Ok(false));
        assert_eq!(passwords.fits(right, None).await, Ok(false));
    }
}
