//! `[work]`: how patient and how busy the workers are.

use crate::domain::Patience;
use crate::receipt::RetryPolicy;
use crate::receipt::RetryPolicyFault;
use serde::Deserialize;
use std::time::Duration;

/// Section `[work]`.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
pub struct WorkConfig {
    pub notices: NoticesConfig,
    pub outbound: OutboundWorkConfig,
    pub scans: ScansConfig,
    pub watch: WatchConfig,
    pub deadlines: DeadlinesConfig,
    pub retention: RetentionConfig,
    pub hooks: HooksConfig,
}

impl WorkConfig {
    /// How often is tried again, where it cannot be: whole sentences that name the setting. With any of them nothing is opened.
    pub fn refused(&self) -> Vec<String> {
        let policies =
            [("notices", self.notices.policy()), ("outbound", self.outbound.policy()), ("hooks", self.hooks.policy())];
        policies.into_iter().filter_map(|(section, policy)| refused(section, policy)).collect()
    }
}

fn refused(section: &str, policy: Result<RetryPolicy, RetryPolicyFault>) -> Option<String> {
    let fault = policy.err()?;
    let setting = match fault {
        RetryPolicyFault::NotADelay(_) | RetryPolicyFault::NoDelay => "retry_delays",
        RetryPolicyFault::NoAttempt => "attempts_max",
    };
    Some(format!("work.{section}.{setting}: {fault}."))
}

/// Section `[work.retention]`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RetentionConfig {
    /// Days from a case is closed until its content is removed, when it is filed and over. 0: it is kept.
    pub content_days: u32,
    /// Days from a message came that was rejected until its content is removed. 0: it is kept.
    pub rejected_days: u32,
    /// Days from a report was sent by the form until its sender's code is removed.
    pub form_code_days: u32,
    /// Days from something was refused without a receipt until its row is removed. 0: it is kept.
    pub refused_days: u32,
    /// Days from an alarm was dealt with until its row is removed. 0: it is kept.
    pub alarm_days: u32,
    /// Days until traces of failed and ended sign-ins are removed. At least 1: who fails too often must wait.
    pub sign_in_days: u32,
    /// Hour of the night, in Norway.
    pub hour: i8,
}

impl Default for RetentionConfig {
    fn default() -> Self {
        Self {
            content_days: 0,
            rejected_days: 90,
            form_code_days: 365,
            refused_days: 365,
            alarm_days: 365,
            sign_in_days: 30,
            hour: 3,
        }
    }
}

/// Section `[work.deadlines]`.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DeadlinesConfig {
    /// How often what lies is looked at.
    pub period_seconds: u64,
    /// Working hours until a unit is reminded of a report that nobody has opened, when the unit directory does not say
    /// (`max_unread_hours`).
    pub unread_hours: u32,
    /// The same at most for a report that is urgent.
    pub urgent_hours: u32,
}

impl Default for DeadlinesConfig {
    fn default() -> Self {
        let Patience { urgent_working_hours, unopened_working_hours } = Patience::default();
        Self { period_seconds: 60, unread_hours: unopened_working_hours, urgent_hours: urgent_working_hours }
    }
}

impl DeadlinesConfig {
    pub(crate) const fn patience(&self) -> Patience {
        Patience { urgent_working_hours: self.urgent_hours, unopened_working_hours: self.unread_hours }
    }
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

/// Section `[work.outbound]`.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct OutboundWorkConfig {
    /// The wait after the first failure, the second and so on; the last is used again. `s`, `m`, `h` and `d`.
    pub retry_delays: Vec<String>,
    /// Attempts in all, before it is given up and an alarm is raised.
    pub attempts_max: u32,
    /// What is being sent at the same time; never more than one to each receiver.
    pub at_once_max: u32,
    /// How long one attempt may take, the keeping of its outcome included. Longer than `outbound.seconds_max`.
    pub lease_seconds: u64,
    /// How often the queue is looked at when no bell rings.
    pub period_seconds: u64,
    /// What has been delivered without an AppRec is sent again after so long, under the same id, to ask for it.
    pub ask_again_hours: u64,
    /// An alarm is raised when no AppRec has come by then. The standard waits 96 hours.
    pub receipt_hours_max: u64,
}

impl Default for OutboundWorkConfig {
    fn default() -> Self {
        Self {
            retry_delays: ["1m", "5m", "15m", "1h", "4h", "12h"].map(str::to_owned).to_vec(),
            attempts_max: 12,
            at_once_max: 8,
            lease_seconds: 90,
            period_seconds: 15,
            ask_again_hours: 4,
            receipt_hours_max: 48,
        }
    }
}

impl OutboundWorkConfig {
    pub fn policy(&self) -> Result<RetryPolicy, RetryPolicyFault> {
        RetryPolicy::from_list(&self.retry_delays, self.attempts_max)
    }

    pub(crate) const fn lease(&self) -> Duration {
        Duration::from_secs(self.lease_seconds)
    }

    pub(crate) const fn period(&self) -> Duration {
        Duration::from_secs(self.period_seconds)
    }

    pub(crate) const fn ask_again(&self) -> Duration {
        Duration::from_secs(self.ask_again_hours.saturating_mul(3600))
    }

    pub(crate) const fn answered_within(&self) -> Duration {
        Duration::from_secs(self.receipt_hours_max.saturating_mul(3600))
    }

    /// What does not fit together, as whole sentences. `attempt_seconds_max` is `outbound.seconds_max`.
    pub fn check(&self, attempt_seconds_max: u64) -> Vec<String> {
        let mut said = Vec::new();
        said.extend(refused("outbound", self.policy()));
        if self.at_once_max == 0 {
            said.push("work.outbound.at_once_max is 0. Nothing that units write will be sent.".to_owned());
        }
        if self.period_seconds == 0 {
            said.push("work.outbound.period_seconds is 0. It must be at least 1.".to_owned());
        }
        if self.lease_seconds <= attempt_seconds_max + 5 {
            said.push(format!(
                "work.outbound.lease_seconds is {}, but an attempt may take {attempt_seconds_max} seconds and its outcome \
                 must be kept. Make the lease at least {} seconds, or something may be sent twice.",
                self.lease_seconds,
                attempt_seconds_max + 6
            ));
        }
        if !(1..96).contains(&self.receipt_hours_max) {
            said.push(format!(
                "work.outbound.receipt_hours_max is {}. The standard counts a message without an AppRec as not received \
                 after 96 hours; the alarm must come before.",
                self.receipt_hours_max
            ));
        }
        said
    }
}

/// Section `[work.hooks]`.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct HooksConfig {
    /// The wait after the first failure, the second and so on; the last is used again. `s`, `m`, `h` and `d`.
    pub retry_delays: Vec<String>,
    /// Attempts in all, before an event is given up and an alarm is raised.
    pub attempts_max: u32,
    /// Case systems that are being told at the same time.
    pub at_once_max: u32,
    /// How long one attempt may take, the keeping of its outcome included. Longer than `notify.webhook.seconds_max`.
    pub lease_seconds: u64,
    /// How often it is looked for what has happened.
    pub period_seconds: u64,
}

impl Default for HooksConfig {
    fn default() -> Self {
        Self {
            retry_delays: ["10s", "1m", "5m", "15m", "1h", "4h", "12h"].map(str::to_owned).to_vec(),
            attempts_max: 12,
            at_once_max: 8,
            lease_seconds: 60,
            period_seconds: 5,
        }
    }
}

impl HooksConfig {
    pub fn policy(&self) -> Result<RetryPolicy, RetryPolicyFault> {
        RetryPolicy::from_list(&self.retry_delays, self.attempts_max)
    }

    pub(crate) const fn lease(&self) -> Duration {
        Duration::from_secs(self.lease_seconds)
    }

    pub(crate) const fn period(&self) -> Duration {
        Duration::from_secs(self.period_seconds)
    }

    /// What does not fit together, as whole sentences. `attempt_seconds_max` is `notify.webhook.seconds_max`.
    pub fn check(&self, attempt_seconds_max: u64) -> Vec<String> {
        let mut said = Vec::new();
        said.extend(refused("hooks", self.policy()));
        if self.at_once_max == 0 || self.period_seconds == 0 {
            said.push("work.hooks.at_once_max or .period_seconds is 0. No case system will be told.".to_owned());
        }
        if self.lease_seconds <= attempt_seconds_max + 5 {
            said.push(format!(
                "work.hooks.lease_seconds is {}, but an attempt may take {attempt_seconds_max} seconds and its outcome must \
                 be kept. Make the lease at least {} seconds, or an event may be told twice.",
                self.lease_seconds,
                attempt_seconds_max + 6
            ));
        }
        said
    }
}

/// Section `[work.scans]`.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ScansConfig {
    /// The wait before attachments are looked at again, when the antivirus program gave no answer.
    pub retry_seconds: u64,
    /// How long looking at one attachment may take, the keeping of what was found included. Longer than
    /// `antivirus.seconds_max`.
    pub lease_seconds: u64,
    /// How often the queue is looked at when no bell rings.
    pub period_seconds: u64,
}

impl ScansConfig {
    /// What does not fit together, as whole sentences. `attempt_seconds_max` is `antivirus.seconds_max`.
    pub fn check(&self, attempt_seconds_max: u64) -> Vec<String> {
        let mut said = Vec::new();
        if self.lease_seconds <= attempt_seconds_max + 5 {
            said.push(format!(
                "work.scans.lease_seconds is {}, but one attachment may take {attempt_seconds_max} seconds and what was found \
                 must be kept. Make the lease at least {} seconds, or two nodes may look at the same attachment.",
                self.lease_seconds,
                attempt_seconds_max + 6
            ));
        }
        said
    }
}

/// Section `[work.watch]`.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WatchConfig {
    /// How often queues and certificates are looked at.
    pub period_seconds: u64,
    /// So many days before a certificate ends the alarm is raised, and raised again.
    pub certificate_days: Vec<u32>,
    /// So many hours before a list of revoked certificates ends the alarm is raised, and raised again.
    pub revocation_list_hours: Vec<u32>,
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
        Self { period_seconds: 30, certificate_days: vec![60, 30, 14, 7, 1], revocation_list_hours: vec![12, 4, 1] }
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
        said.extend(refused("notices", self.policy()));
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
    fn the_defaults_for_sending_fit_together_and_a_late_alarm_is_spoken_of() {
        let attempt = crate::work::config::OutboundWorkConfig::default();
        assert_eq!(attempt.check(60), Vec::<String>::new());

        let late = crate::work::config::OutboundWorkConfig { receipt_hours_max: 120, lease_seconds: 60, ..attempt };
        assert_eq!(late.check(60).len(), 2);
    }

    #[test]
    fn a_lease_that_is_shorter_than_a_look_at_one_attachment_is_spoken_of() {
        let scans = crate::work::config::ScansConfig::default();
        assert_eq!(scans.check(crate::antivirus::AntivirusConfig::default().seconds_max), Vec::<String>::new());
        let said = scans.check(600);
        assert!(said.len() == 1 && said[0].contains("at least 606 seconds"), "{said:#?}");
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
        assert!(
            said[0].starts_with("work.notices.retry_delays: «snart»") && said[3].contains("at least 36 seconds"),
            "{said:#?}"
        );
    }
}
