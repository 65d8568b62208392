use super::Ground;
use super::NOON;
use super::contract;
use super::settlement;
use crate::domain::AlarmKind;
use crate::domain::ScanResult;
use crate::domain::Timestamp;
use crate::storage::Claim;
use crate::storage::DueScan;
use crate::storage::MessageStore as _;
use crate::storage::OperatorStore as _;
use crate::storage::ScanStore as _;
use crate::storage::ScannedFile;
use crate::storage::Settlement;
use crate::storage::StoreError;
use std::time::Duration;

/// When all of the messages have come.
const SOON: Timestamp = Timestamp(NOON.0 + 1_000_000);

contract!(
    a_message_with_attachments_waits_from_its_commit_and_is_looked_at_once,
    what_was_not_answered_is_asked_again_when_it_is_due,
    a_late_looker_changes_nothing,
    each_answer_is_kept_at_once_and_makes_the_lease_last,
    what_was_found_harmful_stays_so,
);

async fn a_message_with_attachments_waits_from_its_commit_and_is_looked_at_once<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let given = with_attachments(1);
    store.settle(given.clone()).await.unwrap();
    store.settle(without_attachments(2)).await.unwrap();
    assert_eq!(store.next_scan_due().await.unwrap(), Some(given.message.received_at));

    let leases = store.claim_scans(claim(SOON)).await.unwrap();
    assert!(store.claim_scans(claim(SOON)).await.unwrap().is_empty(), "somebody holds it");
    let [lease] = leases.as_slice() else { panic!("{leases:?}") };
    let files = [file(2, ScanResult::Clean), file(3, ScanResult::Infected), file(4, ScanResult::Unscannable)];
    store.settle_scan(lease, &files, None, SOON).await.unwrap();

    let held = DueScan { message: given.message.id, reference: given.message.reference.clone() };
    assert_eq!((&lease.held, lease.attempt, lease.expires), (&held, 1, claim(SOON).until));
    assert_eq!(store.scanned_files(given.message.id).await.unwrap(), files);
    assert_eq!(store.next_scan_due().await.unwrap(), None);
    assert!(store.claim_scans(claim(SOON.plus(Duration::from_secs(3600)))).await.unwrap().is_empty());
    let alarms = store.alarms().await.unwrap();
    let alarms: Vec<_> = alarms.iter().map(|it| (it.kind, it.subject.as_str())).collect();
    assert_eq!(alarms, [(AlarmKind::AttachmentInfected, given.message.reference.as_str())]);
    let journal = store.message(&given.message.id.to_string()).await.unwrap().journal;
    let told: Vec<_> = journal.iter().skip(1).map(|it| (it.action.as_str(), it.detail.as_str())).collect();
    assert_eq!(told[0], ("attachment_stopped", "3"));
    assert_eq!((told.len(), told[1].0), (2, "attachments_checked"));
}

async fn what_was_not_answered_is_asked_again_when_it_is_due<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let given = with_attachments(1);
    store.settle(given.clone()).await.unwrap();
    let lease = store.claim_scans(claim(SOON)).await.unwrap().remove(0);
    let again = SOON.plus(Duration::from_secs(30));
    store.settle_scan(&lease, &[file(2, ScanResult::Clean)], Some(again), SOON).await.unwrap();

    assert_eq!(store.next_scan_due().await.unwrap(), Some(again));
    assert!(store.claim_scans(claim(SOON)).await.unwrap().is_empty());
    let second = store.claim_scans(claim(again)).await.unwrap().remove(0);
    assert_eq!(second.attempt, 2);
    store.settle_scan(&second, &[file(3, ScanResult::Clean)], None, again).await.unwrap();
    assert_eq!(store.scanned_files(given.message.id).await.unwrap().len(), 2);
}

async fn a_late_looker_changes_nothing<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let given = with_attachments(1);
    store.settle(given.clone()).await.unwrap();
    let late = store.claim_scans(claim(SOON)).await.unwrap().remove(0);
    let after = late.expires;
    let now = store.claim_scans(claim(after)).await.unwrap().remove(0);

    let lost = store.settle_scan(&late, &[file(2, ScanResult::Clean)], None, after).await;

    assert!(matches!(lost, Err(StoreError::LeaseLost)), "{lost:?}");
    assert!(store.scanned_files(given.message.id).await.unwrap().is_empty());
    store.settle_scan(&now, &[file(2, ScanResult::Infected)], None, after).await.unwrap();
}

async fn each_answer_is_kept_at_once_and_makes_the_lease_last<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let given = with_attachments(1);
    store.settle(given.clone()).await.unwrap();
    let lease = store.claim_scans(claim(SOON)).await.unwrap().remove(0);
    let later = |seconds| SOON.plus(Duration::from_secs(seconds));

    store.keep_scanned(&lease, file(2, ScanResult::Infected), later(1100), later(500)).await.unwrap();
    assert!(store.claim_scans(claim(later(700))).await.unwrap().is_empty(), "it is still looked at");
    assert_eq!(store.scanned_files(given.message.id).await.unwrap(), [file(2, ScanResult::Infected)]);
    let other = store.claim_scans(claim(later(1100))).await.unwrap().remove(0);
    let lost = store.keep_scanned(&lease, file(3, ScanResult::Clean), later(1800), later(1200)).await;

    assert!(matches!(lost, Err(StoreError::LeaseLost)), "{lost:?}");
    assert_eq!(store.scanned_files(given.message.id).await.unwrap(), [file(2, ScanResult::Infected)]);
    store.settle_scan(&other, &[file(3, ScanResult::Clean)], None, later(1200)).await.unwrap();
    let journal = store.message(&given.message.id.to_string()).await.unwrap().journal;
    let told: Vec<_> = journal.iter().skip(1).map(|it| it.action.as_str()).collect();
    assert_eq!(told, ["attachment_stopped", "attachments_checked"]);
    assert_eq!(store.alarms().await.unwrap().len(), 1);
}

async fn what_was_found_harmful_stays_so<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let given = with_attachments(1);
    store.settle(given.clone()).await.unwrap();
    let lease = store.claim_scans(claim(SOON)).await.unwrap().remove(0);
    store.settle_scan(&lease, &[file(2, ScanResult::Infected)], Some(SOON), SOON).await.unwrap();
    let lease = store.claim_scans(claim(SOON)).await.unwrap().remove(0);
    store.settle_scan(&lease, &[file(2, ScanResult::Clean)], None, SOON).await.unwrap();

    assert_eq!(store.scanned_files(given.message.id).await.unwrap(), [file(2, ScanResult::Infected)]);
}

fn with_attachments(number: u32) -> Settlement {
    counting(number, 3)
}

fn without_attachments(number: u32) -> Settlement {
    counting(number, 0)
}

fn counting(number: u32, attachments: u32) -> Settlement {
    let mut settlement = settlement(number);
    settlement.items.iter_mut().for_each(|it| it.attachments = attachments);
    settlement.alarms.clear();
    settlement
}

const fn file(position: u32, result: ScanResult) -> ScannedFile {
    ScannedFile { position, result }
}

fn claim(now: Timestamp) -> Claim {
    Claim { rows_max: 10, now, until: now.plus(Duration::from_secs(600)) }
}
