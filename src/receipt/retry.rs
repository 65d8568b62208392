//! When something that could not be handed over is tried again.

use crate::domain::Next;
use crate::domain::Timestamp;
use std::fmt;
use std::time::Duration;

/// No try comes sooner than this after a failure, whatever chance says.
pub const DELAY_MIN: Duration = Duration::from_secs(1);

/// A receiver that asks us to wait longer than this is tried after this all the same.
pub const RETRY_AFTER_MAX: Duration = Duration::from_secs(24 * 60 * 60);

/// How patient we are: the waits one after the other, as a person would write them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RetryPolicy {
    /// The wait after the first failure, the second, and so on; the last one is used again for those that follow.
    pub delays: Vec<Duration>,
    pub jitter: Jitter,
    /// Tries in all, the first included. At least 1.
    pub attempts_max: u32,
}

/// How chance spreads the tries, so that many that failed together do not come back together.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Jitter {
    /// Exactly the delay.
    None,
    /// Anywhere from [`DELAY_MIN`] to the delay, evenly.
    #[default]
    Full,
}

/// What came of a try.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Outcome {
    Delivered,
    /// Trying again can help. `retry_after`: the receiver said how long to wait.
    Transient {
        retry_after: Option<Duration>,
    },
    /// Trying again cannot help.
    Permanent,
}

/// What happens to a delivery after its try number `attempt` (from 1). `random` is chance, brought by the caller.
pub fn after(policy: &RetryPolicy, attempt: u32, outcome: Outcome, random: u64, now: Timestamp) -> Next {
    match outcome {
        Outcome::Delivered => Next::Delivered,
        Outcome::Permanent => Next::Abandoned,
        Outcome::Transient { .. } if attempt >= policy.attempts_max => Next::Abandoned,
        Outcome::Transient { retry_after } => {
            let wished = retry_after.unwrap_or_default().min(RETRY_AFTER_MAX);
            let wait = policy.jitter.spread(policy.delay_after(attempt), random).max(wished).max(DELAY_MIN);
            Next::Retry { due: now.plus(wait) }
        }
    }
}

impl RetryPolicy {
    /// Reads a list such as `["1m", "5m", "1h"]` (s, m, h, d; also `1h 30m`).
    pub fn from_list<T: AsRef<str>>(delays: &[T], attempts_max: u32) -> Result<Self, RetryPolicyFault> {
        if attempts_max == 0 {
            return Err(RetryPolicyFault::NoAttempt);
        }
        let delays = delays.iter().map(|it| read_delay(it.as_ref())).collect::<Result<Vec<_>, _>>()?;
        if delays.is_empty() && attempts_max > 1 {
            return Err(RetryPolicyFault::NoDelay);
        }
        Ok(Self { delays, jitter: Jitter::default(), attempts_max })
    }

    /// The longest wait after try number `attempt` (from 1), before chance.
    pub fn delay_after(&self, attempt: u32) -> Duration {
        let position = usize::try_from(attempt.saturating_sub(1)).unwrap_or(usize::MAX);
        self.delays.get(position).or(self.delays.last()).copied().unwrap_or(DELAY_MIN)
    }

    /// How long until we give up at the latest, when every try fails at once and nobody asks us to wait.
    pub fn patience(&self) -> Duration {
        (1..self.attempts_max)
            .map(|it| self.delay_after(it).max(DELAY_MIN))
            .fold(Duration::ZERO, Duration::saturating_add)
    }
}

impl Default for RetryPolicy {
    /// A short break, an evening, a night and a weekend are all survived: the tries go on for about three days.
    fn default() -> Self {
        let minutes = |it: u64| Duration::from_secs(60 * it);
        Self {
            delays: vec![minutes(1), minutes(5), minutes(15), minutes(60), minutes(4 * 60), minutes(12 * 60)],
            jitter: Jitter::Full,
            attempts_max: 12,
        }
    }
}

impl Jitter {
    fn spread(self, delay: Duration, random: u64) -> Duration {
        match self {
            Self::None => delay,
            Self::Full => {
                let micros = u64::try_from(delay.as_micros()).unwrap_or(u64::MAX);
                Duration::from_micros(random.checked_rem(micros.saturating_add(1)).unwrap_or(random))
            }
        }
    }
}

/// What is wrong with a list of delays.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum RetryPolicyFault {
    #[error("«{0}» is not a time to wait; write for example 30s, 5m, 1h or 1d")]
    NotADelay(String),
    #[error("there must be at least one delay when there is more than one attempt")]
    NoDelay,
    #[error("there must be at least one attempt")]
    NoAttempt,
}

fn read_delay(text: &str) -> Result<Duration, RetryPolicyFault> {
    let fault = || RetryPolicyFault::NotADelay(text.to_owned());
    let text = text.trim();
    // The time library knows no days here, since a day may be 23 or 25 hours; a wait of a day is 24.
    let hours = text.strip_suffix('d').and_then(|it| it.trim().parse::<u32>().ok()).map(|it| format!("{}h", it * 24));
    let read: jiff::SignedDuration = hours.as_deref().unwrap_or(text).parse().map_err(|_| fault())?;
    Duration::try_from(read).map_err(|_| fault())
}

impl fmt::Display for RetryPolicy {
    /// For people: `1m, 5m, 1h, at most 12 attempts`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for delay in &self.delays {
            let delay = jiff::SignedDuration::try_from(*delay).unwrap_or(jiff::SignedDuration::MAX);
            write!(formatter, "{delay:#}, ")?;
        }
        write!(formatter, "at most {} attempts", self.attempts_max)
    }
}

#[cfg(test)]
mod tests {
    use super::DELAY_MIN;
    use super::Jitter;
    use super::Outcome;
    use super::RETRY_AFTER_MAX;
    use super::RetryPolicy;
    use super::RetryPolicyFault;
    use super::after;
    use crate::domain::Next;
    use crate::domain::Timestamp;
    use proptest::prelude::*;
    use std::time::Duration;

    #[test]
    fn a_list_is_read_as_a_person_writes_it() {
        let policy = RetryPolicy::from_list(&["30s", " 5m", "1h 30m", "2d"], 9).unwrap();

        assert_eq!(policy.delays.iter().map(Duration::as_secs).collect::<Vec<_>>(), [30, 300, 5400, 172_800]);
        assert_eq!(policy.to_string(), "30s, 5m, 1h 30m, 48h, at most 9 attempts");
    }

    #[test]
    fn a_list_that_says_nothing_is_refused() {
        let nothing: [&str; 0] = [];

        assert_eq!(RetryPolicy::from_list(&["soon"], 3), Err(RetryPolicyFault::NotADelay("soon".to_owned())));
        assert_eq!(RetryPolicy::from_list(&["-1m"], 3), Err(RetryPolicyFault::NotADelay("-1m".to_owned())));
        assert_eq!(RetryPolicy::from_list(&nothing, 3), Err(RetryPolicyFault::NoDelay));
        assert_eq!(RetryPolicy::from_list(&["1m"], 0), Err(RetryPolicyFault::NoAttempt));
    }

    #[test]
    fn by_default_a_weekend_is_survived() {
        assert!(RetryPolicy::default().patience() > Duration::from_secs(60 * 60 * 62));
    }

    #[test]
    fn a_receiver_that_asks_for_time_gets_it() {
        let policy = RetryPolicy { jitter: Jitter::None, ..RetryPolicy::default() };
        let asked = Outcome::Transient { retry_after: Some(Duration::from_secs(120)) };

        assert_eq!(after(&policy, 1, asked, 0, Timestamp(0)), Next::Retry { due: Timestamp(120_000_000) });
    }

    fn policies() -> impl Strategy<Value = RetryPolicy> {
        (prop::collection::vec(0u64..200_000, 0..8), any::<bool>(), 1u32..20).prop_map(
            |(delays, full, attempts_max)| RetryPolicy {
                delays: delays.into_iter().map(Duration::from_secs).collect(),
                jitter: if full { Jitter::Full } else { Jitter::None },
                attempts_max,
            },
        )
    }

    proptest! {
        #[test]
        fn a_try_comes_later_than_now_and_no_later_than_promised(
            policy in policies(), attempt in 1u32..30, wait in prop::option::of(any::<u32>()), random: u64, now in 0i64..1 << 60,
        ) {
            let retry_after = wait.map(|it| Duration::from_secs(u64::from(it)));
            let now = Timestamp(now);

            match after(&policy, attempt, Outcome::Transient { retry_after }, random, now) {
                Next::Delivered => prop_assert!(false, "a failure is never a delivery"),
                Next::Abandoned => prop_assert!(attempt >= policy.attempts_max),
                Next::Retry { due } => {
                    let asked = retry_after.unwrap_or_default().min(RETRY_AFTER_MAX);
                    prop_assert!(attempt < policy.attempts_max);
                    prop_assert!(due.since(now) >= DELAY_MIN.max(asked));
                    prop_assert!(due.since(now) <= policy.delay_after(attempt).max(asked).max(DELAY_MIN));
                }
            }
        }

        #[test]
        fn what_cannot_succeed_is_given_up_at_once(policy in policies(), attempt in 1u32..30, random: u64) {
            prop_assert_eq!(after(&policy, attempt, Outcome::Permanent, random, Timestamp(0)), Next::Abandoned);
        }

        #[test]
        fn what_arrived_is_delivered_however_late(policy in policies(), attempt in 1u32..30, random: u64) {
            prop_assert_eq!(after(&policy, attempt, Outcome::Delivered, random, Timestamp(0)), Next::Delivered);
        }

        #[test]
        fn every_delivery_ends(policy in policies(), randoms in prop::collection::vec(any::<u64>(), 20)) {
            let mut now = Timestamp(0);
            let mut attempts = 0;
            for (attempt, random) in (1..).zip(randoms) {
                attempts = attempt;
                match after(&policy, attempt, Outcome::Transient { retry_after: None }, random, now) {
                    Next::Retry { due } => now = due,
                    Next::Delivered | Next::Abandoned => break,
                }
            }
            prop_assert_eq!(attempts, policy.attempts_max);
            prop_assert!(now.since(Timestamp(0)) <= policy.patience());
        }
    }
}
