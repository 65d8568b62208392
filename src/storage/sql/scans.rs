//! Attachments that wait for an antivirus program.

use super::SqlStore;
use super::engine::Engine;
use super::engine::Insert;
use super::engine::values;
use super::settle::ALARMS;
use super::work::Work;
use crate::domain::AlarmKind;
use crate::domain::MessageId;
use crate::domain::Reference;
use crate::domain::ScanResult;
use crate::domain::Timestamp;
use crate::storage::Actor;
use crate::storage::Claim;
use crate::storage::DueScan;
use crate::storage::Lease;
use crate::storage::NewJournalLine;
use crate::storage::ScanStore;
use crate::storage::ScannedFile;
use crate::storage::StoreError;
use crate::storage::seal::fill_random;
use async_trait::async_trait;
use sqlx::AssertSqlSafe;
use uuid::Builder;

/// One for each message with attachments, in its commit.
pub(super) const SCANS: Insert = Insert {
    table: "scans",
    columns: &["message", "state", "due", "attempts"],
    tail: "ON CONFLICT (message) DO NOTHING",
};

const SCANNED_FILES: Insert = Insert {
    table: "scanned_files",
    columns: &["message", "position", "result", "at"],
    // What has been found harmful stays so.
    tail: "ON CONFLICT (message, position) DO UPDATE SET result = excluded.result, at = excluded.at \
           WHERE scanned_files.result <> 'infected'",
};

#[async_trait]
impl<E: Engine> ScanStore for SqlStore<E> {
    async fn claim_scans(&self, claim: Claim) -> Result<Vec<Lease<DueScan>>, StoreError> {
        // A look without a lock, so that an idle worker's period costs next to nothing.
        let sql = "-- nothing_to_scan
SELECT 1
FROM scans
WHERE state = 'waiting' AND due <= $1 AND (lease_token IS NULL OR lease_expires <= $1)
LIMIT 1";
        if self.ask("scans", sql, values![claim.now]).await?.is_empty() {
            return Ok(Vec::new());
        }
        let mut work = self.pools.work().await?;
        let sql = format!(
            "-- claim_scans
SELECT s.message, s.attempts
FROM scans AS s
WHERE s.state = 'waiting' AND s.due <= $1 AND (s.lease_token IS NULL OR s.lease_expires <= $1)
ORDER BY s.due, s.message
LIMIT $2{}",
            E::SKIP_LOCKED
        );
        let mut leases = Vec::new();
        for record in work.fetch("scans", AssertSqlSafe(sql), values![claim.now, claim.rows_max]).await? {
            let message = record.uuid("message")?;
            let attempt = record.count::<u32>("attempts")?.saturating_add(1);
            let mut random = [0; 16];
            fill_random(&mut random);
            let token = Builder::from_random_bytes(random).into_uuid();
            let sql = "UPDATE scans SET lease_token = $1, lease_expires = $2, attempts = $3 WHERE message = $4";
            work.execute(sql, values![token, claim.until, attempt, message]).await?;
            let named =
                work.fetch("messages", "SELECT reference FROM messages WHERE id = $1", values![message]).await?;
            let named = named.first().ok_or(StoreError::Inconsistent { table: "scans", column: "message" })?;
            let reference = named.word("reference", Reference::parse)?;
            let held = DueScan { message: MessageId(message), reference };
            leases.push(Lease { held, token, attempt, expires: claim.until });
        }
        work.commit().await?;
        Ok(leases)
    }

    async fn settle_scan(
        &self,
        lease: &Lease<DueScan>,
        files: &[ScannedFile],
        again: Option<Timestamp>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let DueScan { message, reference } = &lease.held;
        let mut work = self.pools.work().await?;
        let state = if again.is_some() { "waiting" } else { "done" };
        let sql = "-- settle_scan
UPDATE scans
SET state = $1, due = COALESCE($2, due), lease_token = NULL, lease_expires = NULL
WHERE message = $3 AND lease_token = $4 AND state = 'waiting'";
        if work.execute(sql, values![state, again.map(|it| it.0), message.0, lease.token]).await? != 1 {
            return Err(StoreError::LeaseLost);
        }
        add_found(&mut work, &lease.held, files, now).await?;
        if again.is_none() {
            let detail = format!("reference {reference}; attempt {}", lease.attempt);
            work.tell(line(*message, "attachments_checked", detail, now));
        }
        work.commit().await
    }

    async fn keep_scanned(
        &self,
        lease: &Lease<DueScan>,
        file: ScannedFile,
        until: Timestamp,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut work = self.pools.work().await?;
        let sql = "-- keep_scanned
UPDATE scans
SET lease_expires = $1
WHERE message = $2 AND lease_token = $3 AND state = 'waiting'";
        if work.execute(sql, values![until, lease.held.message.0, lease.token]).await? != 1 {
            return Err(StoreError::LeaseLost);
        }
        add_found(&mut work, &lease.held, &[file], now).await?;
        work.commit().await
    }

    async fn scanned_files(&self, message: MessageId) -> Result<Vec<ScannedFile>, StoreError> {
        let sql = "SELECT position, result FROM scanned_files WHERE message = $1 ORDER BY position";
        let found = self.ask("scanned_files", sql, values![message.0]).await?;
        let file = |record: &super::engine::Record<E>| {
            Ok(ScannedFile {
                position: record.count("position")?,
                result: record.word("result", ScanResult::from_label)?,
            })
        };
        found.iter().map(file).collect()
    }

    async fn next_scan_due(&self) -> Result<Option<Timestamp>, StoreError> {
        let sql = "SELECT MIN(due) AS due FROM scans WHERE state = 'waiting' AND lease_token IS NULL";
        let found = self.ask("scans", sql, values![]).await?;
        found.first().map_or(Ok(None), |it| it.time_if_any("due"))
    }
}

/// What was found out, with a journal line and an alarm for what is harmful.
async fn add_found<E: Engine>(
    work: &mut Work<E>,
    held: &DueScan,
    files: &[ScannedFile],
    now: Timestamp,
) -> Result<(), StoreError> {
    let DueScan { message, reference } = held;
    let rows = files.iter().map(|it| values![message.0, it.position, it.result.label(), now]).collect();
    work.insert(&SCANNED_FILES, rows).await?;
    let infected: Vec<_> = files.iter().filter(|it| it.result == ScanResult::Infected).collect();
    for it in &infected {
        work.tell(line(*message, "attachment_stopped", it.position.to_string(), now));
    }
    if !infected.is_empty() {
        let kind = AlarmKind::AttachmentInfected.label();
        work.insert(&ALARMS, vec![values![kind, reference.as_str(), now, now, 1_u32]]).await?;
    }
    Ok(())
}

fn line(message: MessageId, action: &'static str, detail: String, at: Timestamp) -> NewJournalLine {
    NewJournalLine { at, actor: Actor::House, action, message: Some(message), detail }
}
