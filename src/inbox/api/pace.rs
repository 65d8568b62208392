//! How often each case system may ask: so many requests in a minute, counted from the first.

use crate::domain::Timestamp;
use crate::storage::UserId;
use std::collections::HashMap;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::time::Duration;

const MINUTE: Duration = Duration::from_secs(60);

/// Counts requests. In this process only: each node lets so many through.
#[derive(Default)]
pub(in crate::inbox) struct Pace(Mutex<HashMap<Option<UserId>, Window>>);

/// A minute, and how many requests have come in it.
struct Window {
    began: Timestamp,
    requests: u32,
}

impl Pace {
    /// Counts one more of `who` (`None`: of those who are nobody here). `Err`: it is one too many; how long to wait.
    pub(super) fn count(&self, who: Option<UserId>, max: u32, now: Timestamp) -> Result<(), Duration> {
        let mut windows = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let window = windows.entry(who).or_insert(Window { began: now, requests: 0 });
        let passed = now.since(window.began);
        if passed >= MINUTE {
            *window = Window { began: now, requests: 0 };
        }
        if window.requests >= max {
            return Err(MINUTE.saturating_sub(passed).max(Duration::from_secs(1)));
        }
        window.requests += 1;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Pace;
    use crate::domain::Timestamp;
    use crate::storage::UserId;
    use std::time::Duration;
    use uuid::Uuid;

    #[test]
    fn each_has_its_own_minute() {
        let (pace, one) = (Pace::default(), Some(UserId(Uuid::from_u128(1))));
        let at = |seconds| Timestamp(0).plus(Duration::from_secs(seconds));

        assert!(pace.count(one, 2, at(0)).is_ok() && pace.count(one, 2, at(1)).is_ok());
        assert_eq!(pace.count(one, 2, at(20)), Err(Duration::from_secs(40)));
        assert!(pace.count(None, 2, at(20)).is_ok(), "others are not held up");
        assert!(pace.count(one, 2, at(60)).is_ok());
    }
}
