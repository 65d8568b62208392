//! The port for putting things back in the queue.

use crate::domain::MessageId;
use crate::domain::NoticeId;
use crate::domain::OutboundId;
use async_trait::async_trait;

/// Puts back what an operator wants tried again. Each is written to the journal under the operator's name.
#[async_trait]
pub trait Requeue: Send + Sync {
    /// Judges a stuck message again. Returns what became of it: the state's label.
    async fn message(&self, id: MessageId, operator: &str) -> Result<String, RequeueError>;

    /// Puts something that a unit wrote back in the queue, due now. Returns the state's label.
    async fn outbound(&self, id: OutboundId, operator: &str) -> Result<String, RequeueError>;

    /// Puts an abandoned notice in the queue, due now. Returns the state's label.
    async fn notice(&self, id: NoticeId, operator: &str) -> Result<String, RequeueError>;
}

/// Why something was not put back.
#[derive(Debug, thiserror::Error)]
pub enum RequeueError {
    /// It does not exist, or does not wait for an operator.
    #[error("nothing with that id waits for an operator")]
    NotWaiting,
    #[error("it is not possible just now, try later: {0}")]
    Later(String),
}
