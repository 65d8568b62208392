//! Versions of the unit directory: lines are only added.

use super::SqlStore;
use super::engine::Engine;
use super::engine::Record;
use super::engine::values;
use crate::storage::Actor;
use crate::storage::NewJournalLine;
use crate::storage::RevisedFile;
use crate::storage::Revision;
use crate::storage::RevisionStore;
use crate::storage::StoreError;
use crate::storage::seal::Place;
use crate::storage::seal::Sealer;
use async_trait::async_trait;
use serde::Deserialize;
use serde::Serialize;

#[derive(Serialize, Deserialize)]
struct FileColumns {
    name: String,
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<String>,
}

#[async_trait]
impl<E: Engine> RevisionStore for SqlStore<E> {
    async fn keep_revision(&self, revision: &Revision) -> Result<bool, StoreError> {
        let mut work = self.pools.work().await?;
        // Several nodes read the same files at the same time: one of them is first.
        work.fetch("directory_revisions", E::LOCK_MIGRATIONS, values![]).await?;
        let latest = "SELECT version FROM directory_revisions ORDER BY sequence DESC LIMIT 1";
        let latest = work.fetch("directory_revisions", latest, values![]).await?;
        if let Some(latest) = latest.first()
            && latest.text("version")? == revision.version
        {
            return Ok(false);
        }
        let columns: Vec<FileColumns> = revision
            .files
            .iter()
            .map(|it| FileColumns {
                name: it.name.clone(),
                text: it.text.clone(),
                by: it.by.clone(),
                why: it.why.clone(),
            })
            .collect();
        let files = serde_json::to_vec(&columns).expect("texts and lists of them are always JSON");
        let files = self.sealer.seal_secret(place(&revision.version), &files);
        let sql = "INSERT INTO directory_revisions (version, at, files) VALUES ($1, $2, $3)";
        work.execute(sql, values![revision.version.as_str(), revision.at, files]).await?;
        work.tell(NewJournalLine {
            at: revision.at,
            actor: Actor::House,
            action: "directory_taken_into_use",
            message: None,
            detail: format!("version {}", revision.version),
        });
        work.commit().await?;
        Ok(true)
    }

    async fn revisions(&self, rows_max: u32) -> Result<Vec<Revision>, StoreError> {
        let sql = "-- revisions
SELECT version, at, files
FROM directory_revisions
ORDER BY sequence DESC
LIMIT $1";
        let found = self.ask("directory_revisions", sql, values![rows_max]).await?;
        found.iter().map(|it| read(&self.sealer, it)).collect()
    }
}

/// Contact persons and their telephone numbers stand in the files, so they are sealed like other names.
fn place(version: &str) -> Place<'_> {
    Place { table: "directory_revisions", column: "files", row: version.as_bytes() }
}

fn read<E: Engine>(sealer: &Sealer, record: &Record<E>) -> Result<Revision, StoreError> {
    let files = sealer.open_secret(place(&record.text("version")?), &record.bytes("files")?)?;
    let columns: Vec<FileColumns> = serde_json::from_slice(&files).map_err(|_| record.fault("files"))?;
    let file = |it: FileColumns| RevisedFile { name: it.name, text: it.text, by: it.by, why: it.why };
    Ok(Revision {
        version: record.text("version")?,
        at: record.time("at")?,
        files: columns.into_iter().map(file).collect(),
    })
}
