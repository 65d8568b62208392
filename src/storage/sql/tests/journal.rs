use super::Ground;
use super::NOON;
use super::contract;
use super::rejected;
use super::tamper;
use crate::domain::Timestamp;
use crate::storage::Actor;
use crate::storage::JournalProof;
use crate::storage::MessageStore as _;
use crate::storage::NewJournalLine;
use crate::storage::OperatorStore as _;
use crate::storage::sql::SqlStore;
use std::sync::Arc;

contract!(
    an_empty_journal_is_whole,
    a_changed_line_is_found,
    a_changed_line_with_a_changed_hash_is_found,
    a_removed_line_is_found,
    swapped_lines_are_found,
    a_removed_tail_is_found,
    a_journal_that_was_written_anew_is_known_by_where_it_stood,
    a_line_put_in_at_the_end_is_found,
    writers_at_the_same_time_leave_no_gap,
);

async fn an_empty_journal_is_whole<G: Ground>(ground: &G) {
    let store = ground.open().await;

    assert_eq!(store.verify_journal().await.unwrap(), JournalProof::Whole { lines: 0, last_hash: [0; 32] });
    store.close().await;
}

async fn a_changed_line_is_found<G: Ground>(ground: &G) {
    for column in ["at = at + 1", "actor = 'house'", "actor_id = 'root'", "action = 'opened'", "detail = 'x'"] {
        assert_eq!(
            after(ground, &format!("UPDATE journal SET {column} WHERE sequence = 1203")).await,
            1203,
            "{column}"
        );
    }
}

async fn a_changed_line_with_a_changed_hash_is_found<G: Ground>(ground: &G) {
    let sql = "UPDATE journal SET hash = (SELECT hash FROM journal WHERE sequence = 7) WHERE sequence = 5";
    assert_eq!(after(ground, sql).await, 5);
}

async fn a_removed_line_is_found<G: Ground>(ground: &G) {
    assert_eq!(after(ground, "DELETE FROM journal WHERE sequence = 1000").await, 1000);
    assert_eq!(after(ground, "DELETE FROM journal WHERE sequence = 1").await, 1);
}

async fn swapped_lines_are_found<G: Ground>(ground: &G) {
    let sql = "UPDATE journal SET sequence = -1 WHERE sequence = 10;
UPDATE journal SET sequence = 10 WHERE sequence = 11;
UPDATE journal SET sequence = 11 WHERE sequence = -1;";
    assert_eq!(after(ground, sql).await, 10);
}

async fn a_removed_tail_is_found<G: Ground>(ground: &G) {
    assert_eq!(after(ground, "DELETE FROM journal WHERE sequence > 1190").await, 1191);
    // One who also moves the head back without the right hash.
    let sql = "DELETE FROM journal WHERE sequence > 1190; UPDATE journal_head SET lines = 1190";
    assert_eq!(after(ground, sql).await, 1190);
}

/// A journal that has been cut and sealed again proves itself; only who knows where it stood sees that it is another.
async fn a_journal_that_was_written_anew_is_known_by_where_it_stood<G: Ground>(ground: &G) {
    let store = ground.open().await;
    write(&store).await;
    let (lines, hash) = store.journal_tip().await.unwrap();
    assert_eq!(store.journal_hash(lines).await.unwrap(), Some(hash));
    assert_eq!(store.journal_hash(lines + 1).await.unwrap(), None);
    let before = store.journal_hash(1190).await.unwrap().unwrap();
    let sql = "DELETE FROM journal WHERE sequence > 1190;
UPDATE journal_head SET lines = 1190, hash = (SELECT hash FROM journal WHERE sequence = 1190);";
    tamper(&store, sql).await;

    assert_eq!(store.verify_journal().await.unwrap(), JournalProof::Whole { lines: 1190, last_hash: before });
    assert_eq!(store.journal_hash(lines).await.unwrap(), None);
    tamper(&store, "DELETE FROM journal; UPDATE journal_head SET lines = 0, hash = (SELECT value FROM empty_hash)")
        .await;
    store.close().await;
}

async fn a_line_put_in_at_the_end_is_found<G: Ground>(ground: &G) {
    let sql = "INSERT INTO journal (sequence, at, actor, actor_id, actor_name, action, detail, hash)
SELECT sequence + 1, at, actor, actor_id, actor_name, action, detail, hash FROM journal WHERE sequence = 1205";
    assert_eq!(after(ground, sql).await, 1206);
}

async fn writers_at_the_same_time_leave_no_gap<G: Ground>(ground: &G) {
    let stores = [ground.open().await, ground.open().await];
    let tasks: Vec<_> = (0..40)
        .map(|it| {
            let store = Arc::clone(&stores[it as usize % 2]);
            tokio::spawn(async move {
                store.settle(rejected(it)).await.unwrap();
                store.journal(line(it)).await.unwrap();
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }

    for store in stores {
        assert!(matches!(store.verify_journal().await.unwrap(), JournalProof::Whole { lines: 80, .. }));
        store.close().await;
    }
}

/// Where a journal of 1205 lines is broken after `sql` has been done to it. Mends it by making it anew.
async fn after<G: Ground>(ground: &G, sql: &str) -> u64 {
    let store = ground.open().await;
    write(&store).await;
    assert!(matches!(store.verify_journal().await.unwrap(), JournalProof::Whole { lines: 1205, .. }));
    tamper(&store, sql).await;
    let proof = store.verify_journal().await.unwrap();
    tamper(&store, "DELETE FROM journal; UPDATE journal_head SET lines = 0, hash = (SELECT value FROM empty_hash)")
        .await;
    store.close().await;
    match proof {
        JournalProof::BrokenAt { sequence } => sequence,
        JournalProof::Whole { .. } => 0,
    }
}

/// More than a page of lines, in one transaction.
async fn write<E: super::Engine>(store: &SqlStore<E>) {
    tamper(store, "CREATE TABLE IF NOT EXISTS empty_hash AS SELECT hash AS value FROM journal_head WHERE lines = 0")
        .await;
    let mut work = store.pools.work().await.unwrap();
    for it in 0..1205 {
        work.tell(line(it));
    }
    work.commit().await.unwrap();
}

fn line(number: u32) -> NewJournalLine {
    NewJournalLine {
        at: Timestamp(NOON.0 + i64::from(number)),
        actor: Actor::Operator("kari".to_owned()),
        action: "requeued",
        message: None,
        detail: format!("line {number}"),
    }
}
