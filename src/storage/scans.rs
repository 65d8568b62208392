//! Attachments that wait for an antivirus program, under a lease, and what it said of them.

use crate::domain::MessageId;
use crate::domain::Reference;
use crate::domain::ScanResult;
use crate::domain::Timestamp;
use crate::storage::Claim;
use crate::storage::Lease;
use crate::storage::StoreError;
use async_trait::async_trait;

/// What the scanning worker and the inbox need. Every accepted message with attachments is in the queue from its commit.
#[async_trait]
pub trait ScanStore: Send + Sync {
    /// Takes up to `claim.rows_max` messages that are due, oldest first, under a lease.
    async fn claim_scans(&self, claim: Claim) -> Result<Vec<Lease<DueScan>>, StoreError>;

    /// Keeps what was found out, with a journal line, and an alarm when something harmful was found; all in one. What
    /// `files` does not name is asked for again at `again`; `None`: all have been looked at. [`StoreError::LeaseLost`]
    /// when somebody else has it now.
    async fn settle_scan(
        &self,
        lease: &Lease<DueScan>,
        files: &[ScannedFile],
        again: Option<Timestamp>,
        now: Timestamp,
    ) -> Result<(), StoreError>;

    /// Keeps what was found out about one of several attachments, as [`ScanStore::settle_scan`] does, and holds the lease until
    /// `until`: what has been looked at is never looked at again. [`StoreError::LeaseLost`] when somebody else has it now.
    async fn keep_scanned(
        &self,
        lease: &Lease<DueScan>,
        file: ScannedFile,
        until: Timestamp,
        now: Timestamp,
    ) -> Result<(), StoreError>;

    /// What is known of the attachments of a message, by position.
    async fn scanned_files(&self, message: MessageId) -> Result<Vec<ScannedFile>, StoreError>;

    /// When the next message is due, if any waits that nobody holds.
    async fn next_scan_due(&self) -> Result<Option<Timestamp>, StoreError>;
}

/// A message whose attachments are to be looked at.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DueScan {
    pub message: MessageId,
    pub reference: Reference,
}

/// What a look at one attachment showed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ScannedFile {
    /// Place among the message's Documents, from 1.
    pub position: u32,
    pub result: ScanResult,
}
