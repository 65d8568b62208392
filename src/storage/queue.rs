//! The queue of notices as operators see it.

use crate::domain::DeliveryState;
use crate::domain::Reference;
use crate::domain::Timestamp;
use crate::storage::NoticeRow;
use crate::storage::StoreError;
use async_trait::async_trait;

/// Looks into the queue. What an operator puts back goes through [`DeliveryStore`](crate::storage::DeliveryStore).
#[async_trait]
pub trait QueueStore: Send + Sync {
    /// Notices in `state`, oldest first.
    async fn queue(&self, state: DeliveryState, rows_max: u32) -> Result<Vec<QueuedNotice>, StoreError>;
}

/// A notice with what it is about, as far as an operator may know.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct QueuedNotice {
    pub row: NoticeRow,
    /// The message's reference.
    pub reference: Reference,
    pub created_at: Timestamp,
}
