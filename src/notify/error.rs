//! Why a unit could not be told. Nothing here quotes what the other side said: it might quote us.

use crate::domain::NoticeChannel;
use crate::domain::UnitId;
use std::time::Duration;

type Cause = Box<dyn std::error::Error + Send + Sync>;

/// One attempt failed.
#[derive(Debug, thiserror::Error)]
pub enum NotifyError {
    /// The unit directory has no such unit, or no such channel for it. An operator mends it and requeues.
    #[error("the unit directory has no {} address for {unit}", channel.label())]
    NoAddress { unit: UnitId, channel: NoticeChannel },
    /// The operator has not set the channel up.
    #[error("the channel {} is not set up", .0.label())]
    ChannelOff(NoticeChannel),
    /// The address cannot be used at all.
    #[error("the {} address of {unit} cannot be used: {why}", channel.label())]
    BadAddress { unit: UnitId, channel: NoticeChannel, why: &'static str },
    #[error("could not reach the receiver")]
    Unreachable(#[source] Cause),
    /// Whether it arrived is not known; the next attempt has the same id.
    #[error("the receiver did not answer in time")]
    TimedOut,
    /// The receiver answered no.
    #[error("the receiver answered {status}")]
    Refused { status: u16, retry: NotifyRetry },
    /// The receiver's answer was not of the protocol.
    #[error("the receiver's answer was not understood")]
    NotUnderstood,
}

/// Whether trying again can help.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum NotifyRetry {
    Never,
    Later,
    /// The receiver asked for so much time.
    After(Duration),
}

impl NotifyError {
    pub const fn retry(&self) -> NotifyRetry {
        match self {
            Self::NoAddress { .. } | Self::ChannelOff(_) | Self::BadAddress { .. } => NotifyRetry::Never,
            Self::Unreachable(_) | Self::TimedOut | Self::NotUnderstood => NotifyRetry::Later,
            Self::Refused { retry, .. } => *retry,
        }
    }

    /// The error and its causes in one line, for operators.
    pub fn chain(&self) -> String {
        let mut said = self.to_string();
        let mut next = std::error::Error::source(self);
        while let Some(cause) = next {
            said.push_str(": ");
            said.push_str(&cause.to_string());
            next = cause.source();
        }
        said
    }
}
