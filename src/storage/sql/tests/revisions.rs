//! Versions of the unit directory.

use super::Ground;
use super::NOON;
use super::contract;
use crate::domain::Timestamp;
use crate::storage::JournalProof;
use crate::storage::OperatorStore;
use crate::storage::RevisedFile;
use crate::storage::Revision;
use crate::storage::RevisionStore;

contract!(a_version_is_kept_once_for_each_time_it_is_taken_into_use);

async fn a_version_is_kept_once_for_each_time_it_is_taken_into_use<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let revision = |version: &str, hour: i64, by: Option<&str>| Revision {
        version: version.to_owned(),
        at: Timestamp(NOON.0 + hour * 3_600_000_000),
        files: vec![RevisedFile {
            name: "risor.toml".to_owned(),
            text: format!("# {version}\n"),
            by: by.map(str::to_owned),
            why: None,
        }],
    };
    let (one, two, back) = (revision("a", 0, None), revision("b", 1, Some("Kari")), revision("a", 2, None));

    assert!(store.keep_revision(&one).await.unwrap());
    assert!(!store.keep_revision(&revision("a", 1, None)).await.unwrap(), "it is in force already");
    assert!(store.keep_revision(&two).await.unwrap());
    assert!(store.keep_revision(&back).await.unwrap(), "what was changed back was changed");

    assert_eq!(store.revisions(9).await.unwrap(), [back.clone(), two, one]);
    assert_eq!(store.revisions(1).await.unwrap(), [back]);
    assert!(matches!(store.verify_journal().await.unwrap(), JournalProof::Whole { lines: 3, .. }));
    store.close().await;
}
