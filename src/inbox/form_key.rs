//! Form keys: a form is only obeyed when we drew it, for this session and this action, and it is obeyed once.
//!
//! A key is `nonce.tag`, where the tag is HMAC-SHA-256 of the action and the nonce under the session's secret. What came
//! of a key is remembered for a while, so that the second click of a double click gets the first one's answer.

use crate::domain::Redacted;
use crate::domain::Timestamp;
use crate::inbox::token;
use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use std::collections::HashMap;
use std::future::Future;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::time::Duration;
use tokio::sync::OnceCell;

/// How long it is remembered what came of a key.
const ONCE_REMEMBERED: Duration = Duration::from_secs(15 * 60);
/// How many keys are remembered at most; the oldest go first.
const ONCE_KEYS_MAX: usize = 10_000;

/// Makes the key of a form that posts to `action`.
pub(super) fn draw(secret: &Redacted<String>, action: &str) -> String {
    let nonce: [u8; 16] = token::random();
    let tag = hmac::sign(&key_of(secret), &said(action, &nonce));
    format!("{}.{}", URL_SAFE_NO_PAD.encode(nonce), URL_SAFE_NO_PAD.encode(tag))
}

/// The nonce of a key that we drew for `action`; `None` when we did not. Compares in constant time.
pub(super) fn check(secret: &Redacted<String>, action: &str, brought: &str) -> Option<Nonce> {
    let (nonce, tag) = brought.split_once('.')?;
    let nonce: [u8; 16] = URL_SAFE_NO_PAD.decode(nonce).ok()?.try_into().ok()?;
    let tag = URL_SAFE_NO_PAD.decode(tag).ok()?;
    hmac::verify(&key_of(secret), &said(action, &nonce), &tag).ok()?;
    Some(Nonce(nonce))
}

fn key_of(secret: &Redacted<String>) -> hmac::Key {
    hmac::Key::new(hmac::HMAC_SHA256, secret.reveal().as_bytes())
}

fn said(action: &str, nonce: &[u8; 16]) -> Vec<u8> {
    let mut said = Vec::with_capacity(action.len() + 17);
    said.extend_from_slice(action.as_bytes());
    said.push(0);
    said.extend_from_slice(nonce);
    said
}

/// What makes one drawing of a form different from the next.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) struct Nonce([u8; 16]);

/// What came of the keys that were used lately. Kept in this process: a second node, or a restart, falls back on the
/// state machine of items, which refuses or repeats without harm.
pub(super) struct Once<T> {
    used: Mutex<HashMap<Nonce, Used<T>>>,
}

/// When a key was used first, and what came of it once that is known.
type Used<T> = (Timestamp, Arc<OnceCell<T>>);

impl<T: Clone> Once<T> {
    pub(super) fn new() -> Self {
        Self { used: Mutex::new(HashMap::new()) }
    }

    /// Does `work` for the first who brings `nonce`; the others wait and get the same outcome. An error is not an
    /// outcome: the next may try again.
    pub(super) async fn run<E, F>(&self, nonce: Nonce, now: Timestamp, work: impl FnOnce() -> F) -> Result<T, E>
    where
        F: Future<Output = Result<T, E>>,
    {
        let cell = self.cell(nonce, now);
        cell.get_or_try_init(work).await.cloned()
    }

    fn cell(&self, nonce: Nonce, now: Timestamp) -> Arc<OnceCell<T>> {
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        if used.len() >= ONCE_KEYS_MAX {
            used.retain(|_, (at, _)| now.since(*at) < ONCE_REMEMBERED);
        }
        if used.len() >= ONCE_KEYS_MAX
            && let Some(oldest) = used.iter().min_by_key(|(_, (at, _))| *at).map(|(nonce, _)| *nonce)
        {
            used.remove(&oldest);
        }
        let (at, cell) = used.entry(nonce).or_insert_with(|| (now, Arc::new(OnceCell::new())));
        if now.since(*at) >= ONCE_REMEMBERED {
            (*at, *cell) = (now, Arc::new(OnceCell::new()));
        }
        Arc::clone(cell)
    }
}

#[cfg(test)]
mod tests {
    use super::Once;
    use super::check;
    use super::draw;
    use crate::domain::Redacted;
    use crate::domain::Timestamp;
    use std::convert::Infallible;
    use std::sync::atomic::AtomicUsize;
    use std::sync::atomic::Ordering;

    #[test]
    fn a_key_fits_only_its_own_session_and_action() {
        let secret = Redacted::new("one session".to_owned());
        let key = draw(&secret, "/items/1/take");

        assert!(check(&secret, "/items/1/take", &key).is_some());
        assert!(check(&secret, "/items/2/take", &key).is_none());
        assert!(check(&Redacted::new("another session".to_owned()), "/items/1/take", &key).is_none());
        for broken in ["", ".", "a.b", &key[1..], &key[..key.len() - 1]] {
            assert!(check(&secret, "/items/1/take", broken).is_none(), "{broken}");
        }
    }

    #[tokio::test]
    async fn two_clicks_at_once_do_the_work_once_and_get_the_same_outcome() {
        let secret = Redacted::new("one session".to_owned());
        let nonce = check(&secret, "/a", &draw(&secret, "/a")).unwrap();
        let (once, times) = (Once::new(), AtomicUsize::new(0));
        let work = async || {
            tokio::task::yield_now().await;
            Ok::<_, Infallible>(times.fetch_add(1, Ordering::SeqCst))
        };

        let (first, second) = tokio::join!(once.run(nonce, Timestamp(0), work), once.run(nonce, Timestamp(0), work));

        assert_eq!((first, second), (Ok(0), Ok(0)));
    }
}
