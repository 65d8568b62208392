//! What goes on by itself: handing notices to units, sending what they have written, reminding, telling case systems, having
//! attachments looked at, removing what is over, and watching over queues and certificates.
//!
//! A worker claims under a lease, does the work within the lease's time, and settles with the lease in hand. It is woken by
//! a bell *and* by a period: the bell makes it quick, the period makes it sure. It takes no hints about what to do; it
//! looks. All live in the same loop (`rhythm`); what comes after an attempt is decided by `receipt::after`.

mod attempt;
mod config;
mod deadlines;
mod hooks;
mod notices;
mod outbound;
mod retention;
mod rhythm;
mod scans;
mod watch;
mod words;

pub use config::*;
pub use deadlines::DeadlineWorker;
pub use deadlines::RemindWhom;
pub use hooks::HookWorker;
pub use notices::NoticeWorker;
pub use notices::requeue_notice;
pub use outbound::Mail;
pub use outbound::OutboundWorkStore;
pub use outbound::OutboundWorker;
pub use outbound::Posted;
pub use retention::Removal;
pub use retention::Removed;
pub use retention::RetentionWorker;
pub use retention::remove_outlived;
pub use scans::OpenAttachments;
pub use scans::OpenedAttachment;
pub use scans::ScanWorker;
pub use watch::Watch;
pub use watch::days_left;
pub use words::Recipients;
pub use words::WordStore;
pub use words::WordWorker;

use crate::storage::DeliveryStore;
use crate::storage::MessageStore;
use crate::storage::OperatorStore;
use crate::storage::ScanStore;
use std::sync::Arc;
use tokio::sync::Notify;

/// The part of the store that the notices' worker needs.
pub trait NoticeStore: DeliveryStore + OperatorStore {}

impl<T: DeliveryStore + OperatorStore> NoticeStore for T {}

/// The part of the store that the antivirus worker needs.
pub trait ScanningStore: ScanStore + MessageStore + OperatorStore {}

impl<T: ScanStore + MessageStore + OperatorStore> ScanningStore for T {}

/// Wakes a worker. Ringing twice before it has woken is ringing once. Clones are the same bell.
#[derive(Clone, Default, Debug)]
pub struct Bell(Arc<Notify>);

impl Bell {
    pub fn ring(&self) {
        self.0.notify_one();
    }

    /// Returns when it rings, also when it rang since the last time somebody waited.
    pub async fn rung(&self) {
        self.0.notified().await;
    }
}

#[cfg(test)]
mod testing;
