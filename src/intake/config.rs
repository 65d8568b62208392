//! How much the intake takes on.

use crate::intake::admission::AdmissionLimits;
use serde::Deserialize;

/// Section `[intake]`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct IntakeConfig {
    /// Messages that are read, judged or stored at one time. More are told to come back.
    pub messages_in_flight_max: usize,
    /// Bytes of those messages together.
    pub bytes_in_flight_max: usize,
    /// Bytes of those messages from one organisation. At least the largest message.
    pub bytes_in_flight_per_sender_max: usize,
    /// Threads that judge. 0: one per core.
    pub judging_threads: usize,
    /// Messages that wait for a thread.
    pub judging_queue_max: usize,
    /// How long a message may wait for a thread and be judged before its sender is told to come back.
    pub judging_seconds_max: u64,
    /// How long the store may take to commit before the sender is told to come back.
    pub settling_seconds_max: u64,
}

impl Default for IntakeConfig {
    fn default() -> Self {
        Self {
            messages_in_flight_max: 1024,
            bytes_in_flight_max: 256 * 1024 * 1024,
            bytes_in_flight_per_sender_max: 64 * 1024 * 1024,
            judging_threads: 0,
            judging_queue_max: 1024,
            judging_seconds_max: 30,
            settling_seconds_max: 30,
        }
    }
}

impl IntakeConfig {
    /// What does not fit together, as whole sentences. `message_bytes_max` is the rulebook's largest message.
    pub fn check(&self, message_bytes_max: usize) -> Vec<String> {
        let mut said = Vec::new();
        if self.messages_in_flight_max == 0 {
            said.push("intake.messages_in_flight_max is 0. The gateway will receive nothing.".to_owned());
        }
        if self.judging_queue_max == 0 {
            said.push("intake.judging_queue_max is 0. The gateway will receive nothing.".to_owned());
        }
        if self.bytes_in_flight_per_sender_max < message_bytes_max {
            said.push(format!(
                "intake.bytes_in_flight_per_sender_max is {}, but one message may have {message_bytes_max} bytes. The \
                 largest messages will always be told to come back.",
                self.bytes_in_flight_per_sender_max
            ));
        }
        if self.bytes_in_flight_max < self.bytes_in_flight_per_sender_max {
            said.push(
                "intake.bytes_in_flight_max is less than intake.bytes_in_flight_per_sender_max. One sender can fill the \
                 whole intake."
                    .to_owned(),
            );
        }
        said
    }

    pub(crate) const fn admission(&self) -> AdmissionLimits {
        AdmissionLimits {
            messages_max: self.messages_in_flight_max,
            bytes_max: self.bytes_in_flight_max,
            bytes_per_sender_max: self.bytes_in_flight_per_sender_max,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::IntakeConfig;
    use crate::domain::MessageLimits;

    #[test]
    fn the_defaults_fit_together() {
        assert_eq!(IntakeConfig::default().check(MessageLimits::default().bytes_max), Vec::<String>::new());
    }

    #[test]
    fn a_share_smaller_than_a_message_is_spoken_of() {
        let config = IntakeConfig { bytes_in_flight_per_sender_max: 1000, ..IntakeConfig::default() };

        let said = config.check(20_000);

        assert_eq!(said.len(), 1);
        assert!(said[0].contains("20000 bytes"), "{}", said[0]);
    }
}
