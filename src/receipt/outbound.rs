//! What comes after an attempt to send something of ours, and after the receiver's word about it.

use crate::domain::Next;
use crate::domain::OutboundNext;
use crate::domain::OutboundState;
use crate::domain::ReceiverSays;
use crate::domain::Timestamp;
use crate::receipt::Outcome;
use crate::receipt::RetryPolicy;
use crate::receipt::after;
use std::time::Duration;

/// What came of an attempt.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Reply {
    /// An AppRec about this message.
    Receipt(ReceiverSays),
    /// The receiver has it, and its AppRec comes later.
    Held,
    /// Trying again can help. `retry_after`: the receiver said how long to wait.
    Later { retry_after: Option<Duration> },
    /// Trying again cannot help.
    Never,
}

/// After try number `attempt` (from 1) to send something that stood as `state`. What has been delivered is never given up:
/// it is asked for again after `ask_again`, and an alarm is raised when no AppRec comes in time.
pub fn after_reply(
    policy: &RetryPolicy,
    state: OutboundState,
    attempt: u32,
    reply: Reply,
    ask_again: Duration,
    random: u64,
    now: Timestamp,
) -> OutboundNext {
    let asked_later = OutboundNext::Sent { ask_at: now.plus(ask_again) };
    let outcome = match reply {
        Reply::Receipt(ReceiverSays::Good) => return OutboundNext::Acknowledged,
        Reply::Receipt(ReceiverSays::Rejected) => return OutboundNext::Rejected,
        Reply::Receipt(ReceiverSays::Unclear) | Reply::Held => return asked_later,
        Reply::Later { retry_after } => Outcome::Transient { retry_after },
        Reply::Never => Outcome::Permanent,
    };
    if state == OutboundState::Sent {
        return asked_later;
    }
    match after(policy, attempt, outcome, random, now) {
        Next::Retry { due } => OutboundNext::Retry { due },
        Next::Delivered | Next::Abandoned => OutboundNext::Abandoned,
    }
}

/// After an AppRec that came as a message of its own. `None`: it changes nothing. A negative word counts also after a
/// positive one; a positive one does not undo a negative one.
pub const fn after_returned(state: OutboundState, says: ReceiverSays) -> Option<OutboundNext> {
    match (state, says) {
        (OutboundState::Queued | OutboundState::Sent | OutboundState::Abandoned, ReceiverSays::Good) => {
            Some(OutboundNext::Acknowledged)
        }
        (
            OutboundState::Queued | OutboundState::Sent | OutboundState::Abandoned | OutboundState::Acknowledged,
            ReceiverSays::Rejected,
        ) => Some(OutboundNext::Rejected),
        (OutboundState::Acknowledged | OutboundState::Rejected | OutboundState::Cancelled, ReceiverSays::Good)
        | (OutboundState::Rejected | OutboundState::Cancelled, ReceiverSays::Rejected)
        | (
            OutboundState::Queued
            | OutboundState::Sent
            | OutboundState::Acknowledged
            | OutboundState::Rejected
            | OutboundState::Abandoned
            | OutboundState::Cancelled,
            ReceiverSays::Unclear,
        ) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::Reply;
    use super::after_reply;
    use super::after_returned;
    use crate::domain::OutboundNext;
    use crate::domain::OutboundState;
    use crate::domain::ReceiverSays;
    use crate::domain::Timestamp;
    use crate::receipt::RetryPolicy;
    use std::time::Duration;

    const HOUR: Duration = Duration::from_secs(3600);

    fn next(state: OutboundState, attempt: u32, reply: Reply) -> OutboundNext {
        after_reply(&RetryPolicy::default(), state, attempt, reply, HOUR, 0, Timestamp(0))
    }

    #[test]
    fn a_receiver_that_is_down_is_tried_again_and_given_up_in_the_end() {
        let later = Reply::Later { retry_after: None };

        assert!(matches!(next(OutboundState::Queued, 1, later), OutboundNext::Retry { .. }));
        assert_eq!(next(OutboundState::Queued, 12, later), OutboundNext::Abandoned);
        assert_eq!(next(OutboundState::Queued, 1, Reply::Never), OutboundNext::Abandoned);
    }

    #[test]
    fn what_has_been_delivered_is_asked_for_and_never_given_up() {
        let asked = OutboundNext::Sent { ask_at: Timestamp(0).plus(HOUR) };
        for reply in [Reply::Held, Reply::Later { retry_after: None }, Reply::Never] {
            assert_eq!(next(OutboundState::Sent, 99, reply), asked, "{reply:?}");
        }
        assert_eq!(next(OutboundState::Queued, 1, Reply::Receipt(ReceiverSays::Unclear)), asked);
    }

    #[test]
    fn the_receivers_word_decides_and_a_negative_one_is_not_undone() {
        let good = Reply::Receipt(ReceiverSays::Good);
        assert_eq!(next(OutboundState::Queued, 1, good), OutboundNext::Acknowledged);
        assert_eq!(after_returned(OutboundState::Acknowledged, ReceiverSays::Rejected), Some(OutboundNext::Rejected));
        assert_eq!(after_returned(OutboundState::Rejected, ReceiverSays::Good), None);
        assert_eq!(after_returned(OutboundState::Cancelled, ReceiverSays::Rejected), None);
    }
}
