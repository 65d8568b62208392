//! The versions of the unit directory that have been in force: what was changed, when, and by whom the files say.

use crate::domain::Timestamp;
use crate::storage::StoreError;
use async_trait::async_trait;

/// What the history of the configuration needs.
#[async_trait]
pub trait RevisionStore: Send + Sync {
    /// Keeps a version that is taken into use. `Ok(false)`: it is the one that was in force last.
    async fn keep_revision(&self, revision: &Revision) -> Result<bool, StoreError>;

    /// The versions, newest first.
    async fn revisions(&self, rows_max: u32) -> Result<Vec<Revision>, StoreError>;
}

/// A version of the unit directory (versjon av oppsettet). No word in it is about a patient.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Revision {
    pub version: String,
    pub at: Timestamp,
    /// In order of name.
    pub files: Vec<RevisedFile>,
}

/// A file of the directory as it was.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RevisedFile {
    pub name: String,
    pub text: String,
    /// Who the file says changed it last, and why.
    pub by: Option<String>,
    pub why: Option<String>,
}
