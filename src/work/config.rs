//! `[work]`: how patient and how busy the workers are.

use crate::receipt::RetryPolicy;
use crate::receipt::RetryPolicyFault;
use serde::Deserialize;
use std::time::Duration;

/// Section `[work]`.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
pub struct WorkConfig {
    pub notices: NoticesConfig,
    pub scans: ScansConfig,
    pub watch: WatchConfig,
}

/// Section `[work.notices]`.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct NoticesConfig {
    /// The wait after the first failure, the second and so on; the last is used again. `s`, `m`, `h` and `d`.
    pub retry_delays: Vec<String>,
    /// Attempts in all, before a notice is given up and an alarm is raised.
    pub attempts_max: u32,
    /// Notices that are being handed over at the same time; never more than one per unit and channel.
    pub at_once_max: u32,
    /// How long one attempt may take, the keeping of its outcome included. Longer than `notify.*.seconds_max`.
    pub lease_seconds: u64,
    /// How often the queue is looked at when no bell rings.
    pub period_seconds: u64,
}

/// Section `[work.scans]`.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ScansConfig {
    /// The wait before attachments are looked at again, when the antivirus program gave no answer.
    pub retry_seconds: u64,
    /// How long looking at all attachments of one message may take.
    pub lease_seconds: u64,
    /// How often the queue is looked at when no bell rings.
    pub period_seconds: u64,
}

/// Section `[work.watch]`.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WatchConfig {
    /// How often queues and certificates are looked at.
    pub period_seconds: u64,
    /// So many days before a certificate ends the alarm is raised, and raised again.
    pub certificate_days: Vec<u32>,
}

impl Default for NoticesConfig {
    fn default() -> Self {
        Self {
            retry_delays: ["1m", "5m", "15m", "1h", "4h", "12h"].map(str::to_owned).to_vec(),
            attempts_max: 12,
            at_once_max: 16,
            lease_seconds: 60,
            period_seconds: 15,
        }
    }
}

impl Default for ScansConfig {
    fn default() -> Self {
        Self { retry_seconds: 30, lease_seconds: 600, period_seconds: 15 }
    }
}

impl Default for WatchConfig {
    fn default() -> Self {
        Self { period_seconds: 30, certificate_days: vec![60, 30, 14, 7, 1] }
    }
}

impl NoticesConfig {
    pub fn policy(&self) -> Result<RetryPolicy, RetryPolicyFault> {
        RetryPolicy::from_list(&self.retry_delays, self.attempts_max)
    }

    pub(crate) const fn lease(&self) -> Duration {
        Duration::from_secs(self.lease_seconds)
    }

    pub(crate) const fn period(&self) -> Duration {
        Duration::from_secs(self.period_seconds)
    }

    /// What does not fit together, as whole sentences. `attempt_seconds_max` is the longest of `notify.*.seconds_max`.
    pub fn check(&self, attempt_seconds_max: u64) -> Vec<String> {
        let mut said = Vec::new();
        if let Err(fault) = self.policy() {
            said.push(format!("work.notices: {fault}."));
        }
        if self.at_once_max == 0 {
            said.push("work.notices.at_once_max is 0. No unit will be told that something waits.".to_owned());
        }
        if self.period_seconds == 0 {
            said.push("work.notices.period_seconds is 0. It must be at least 1.".to_owned());
        }
        if self.lease_seconds <= attempt_seconds_max + 5 {
            said.push(format!(
                "work.notices.lease_seconds is {}, but an attempt may take {attempt_seconds_max} seconds and its outcome \
                 must be kept. Make the lease at least {} seconds, or a notice may be sent twice.",
                self.lease_seconds,
                attempt_seconds_max + 6
            ));
        }
        said
    }
}

#[cfg(test)]
mod tests {
    use super::NoticesConfig;
    use crate::notify::NotifyConfig;
    use crate::receipt::RetryPolicy;

    #[test]
    fn the_defaults_fit_together_and_are_the_policy_that_the_heart_names() {
        let notify = NotifyConfig::default();
        let config = NoticesConfig::default();

        assert_eq!(config.check(notify.email.seconds_max.max(notify.webhook.seconds_max)), Vec::<String>::new());
        assert_eq!(config.policy().unwrap(), RetryPolicy::default());
    }

    #[test]
    fn what_cannot_work_is_spoken_of() {
        let config = NoticesConfig {
            retry_delays: vec!["snart".to_owned()],
            attempts_max: 3,
            at_once_max: 0,
            lease_seconds: 30,
            period_seconds: 0,
        };

        let said = config.check(30);

        assert_eq!(said.len(), 4, "{said:#?}");
        assert!(said[0].contains("«snart»") && said[3].contains("at least 36 seconds"), "{said:#?}");
    }
}
