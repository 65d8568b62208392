//! What the writer of arrivals meets in bad hours: a bug of ours, a lock of another node, a database that has moved.

use super::Ground;
use super::NOON;
use super::PostgresGround;
use super::SqliteGround;
use super::contract;
use super::number;
use super::settlement;
use crate::storage::JournalProof;
use crate::storage::MessageStore as _;
use crate::storage::OperatorStore as _;
use crate::storage::Sealing;
use crate::storage::Settled;
use crate::storage::StoreError;
use crate::storage::StoreOptions;
use crate::storage::sql::Engine;
use crate::storage::sql::Pools;
use crate::storage::sql::SqlStore;
use sqlx::AssertSqlSafe;
use sqlx::Sqlite;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::sqlite::SqlitePoolOptions;
use std::sync::Arc;
use std::sync::atomic::AtomicU32;
use std::sync::atomic::Ordering;
use std::time::Duration;

contract!(ready_is_said_by_what_an_arrival_would_meet);

/// On PostgreSQL nothing but the journal's head is held here: a probe that goes another way would say that all is well.
async fn ready_is_said_by_what_an_arrival_would_meet<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let mut held = store.pools.work().await.unwrap();
    let sql = format!("SELECT lines FROM journal_head WHERE id = 1{}", G::Engine::FOR_UPDATE);
    held.fetch("journal_head", AssertSqlSafe(sql), Vec::new()).await.unwrap();
    let soon = Duration::from_millis(200);

    let probe = tokio::time::timeout(soon, store.probe(NOON)).await;
    let arrival = tokio::time::timeout(soon, store.settle(settlement(1))).await;
    assert!(arrival.is_err() && probe.is_err(), "{arrival:?} {probe:?}");
    drop(held);

    store.probe(NOON).await.unwrap();
    assert!(matches!(store.settle(settlement(2)).await.unwrap(), Settled::New));
    store.close().await;
}

/// A store whose writer falls over a bug as often as the number says, each time a batch begins.
async fn with_a_bug(ground: &SqliteGround, times: &Arc<AtomicU32>) -> Arc<SqlStore<Sqlite>> {
    ground.open().await.close().await;
    let connect = SqliteConnectOptions::new().filename(ground.file()).foreign_keys(true);
    let (times, same_times) = (Arc::clone(times), Arc::clone(times));
    let fall = |times: &AtomicU32| {
        let fell = times.try_update(Ordering::SeqCst, Ordering::SeqCst, |it| it.checked_sub(1));
        assert!(fell.is_err(), "a bug that was put in");
    };
    let write = SqlitePoolOptions::new()
        .max_connections(1)
        .after_connect(move |_, _| {
            fall(&times);
            Box::pin(std::future::ready(Ok(())))
        })
        .before_acquire(move |_, _| {
            fall(&same_times);
            Box::pin(std::future::ready(Ok(true)))
        });
    let write = write.connect_with(connect.clone()).await.unwrap();
    let read = SqlitePoolOptions::new().connect_with(connect).await.unwrap();
    let options = StoreOptions::default();
    SqlStore::open(Pools { write, read }, Sealing::On(ground.keys()), options).await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bug_in_the_writer_is_told_as_later_and_the_next_message_is_kept() {
    let (ground, bugs) = (SqliteGround::new(), Arc::new(AtomicU32::new(0)));
    let store = with_a_bug(&ground, &bugs).await;
    store.settle(settlement(0)).await.unwrap();

    bugs.store(1, Ordering::SeqCst);
    let error = store.settle(settlement(1)).await.unwrap_err();
    assert!(error.retry() && error.chain().contains("bug"), "{error:?}");
    assert_eq!(number(&store, "SELECT COUNT(*) AS number FROM messages").await, 1);
    bugs.store(1, Ordering::SeqCst);
    assert!(store.probe(NOON).await.is_err());

    store.probe(NOON).await.unwrap();
    assert!(matches!(store.settle(settlement(1)).await.unwrap(), Settled::New));
    assert!(matches!(store.verify_journal().await.unwrap(), JournalProof::Whole { lines: 2, .. }));
    store.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_message_that_the_writer_falls_over_does_not_take_the_others_with_it() {
    let (ground, bugs) = (SqliteGround::new(), Arc::new(AtomicU32::new(0)));
    let store = with_a_bug(&ground, &bugs).await;
    let held = store.pools.work().await.unwrap();
    let settle = |it| {
        let store = Arc::clone(&store);
        tokio::spawn(async move { (it, store.settle(settlement(it)).await) })
    };
    // The first waits for the connection that is held; the others wait behind it, and are one batch.
    let mut tasks = vec![settle(0)];
    tokio::time::sleep(Duration::from_millis(50)).await;
    tasks.extend((1..20).map(settle));
    tokio::time::sleep(Duration::from_millis(50)).await;
    // One bug for the first, one for the batch, and one for the first of it that is written alone.
    bugs.store(3, Ordering::SeqCst);
    drop(held);

    let (mut kept, mut later) = (0, Vec::new());
    for task in tasks {
        match task.await.unwrap() {
            (_, Ok(Settled::New)) => kept += 1,
            (number, Err(StoreError::Unavailable(_))) => later.push(number),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!((later.len(), later[0], kept), (2, 0, 18), "{later:?}");
    assert_eq!(number(&store, "SELECT COUNT(*) AS number FROM messages").await, kept);
    for it in later {
        assert!(matches!(store.settle(settlement(it)).await.unwrap(), Settled::New));
    }
    assert!(matches!(store.verify_journal().await.unwrap(), JournalProof::Whole { lines: 20, .. }));
    store.close().await;
}

/// As after a failover: the server at the other end of the old connections is a standby by now, and new connections lead to the
/// one that takes writes.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn connections_to_a_server_that_no_longer_takes_writes_are_let_go() {
    let Some(ground) = PostgresGround::new().await else { return };
    let store = ground.open().await;
    store.settle(settlement(0)).await.unwrap();

    for number in 1..=3 {
        every_connection(&store, "SET default_transaction_read_only = on").await;
        assert!(matches!(store.settle(settlement(number)).await.unwrap(), Settled::New));
        store.probe(NOON).await.unwrap();
    }
    // And a server that is shut down: 57P01, and the connection is gone.
    every_connection(&store, "SELECT pg_terminate_backend(pg_backend_pid())").await;
    assert!(matches!(store.settle(settlement(4)).await.unwrap(), Settled::New));

    store.close().await;
    ground.clear().await;
}

/// As long as there is no other server, the answer is at once "later", and it heals by itself.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_only_reads_is_told_as_try_again_later_and_heals() {
    let Some(ground) = PostgresGround::new().await else { return };
    let name = format!("only_reads_{}", super::some_id().simple());
    ground.say(format!("CREATE ROLE {name} LOGIN SUPERUSER")).await;
    let (before, after) = ground.url.split_once("//meldeport@").expect("the test's own database");
    let url = format!("{before}//{name}@{after}?options[search_path]={}", ground.schema);
    let store = crate::storage::open_postgres(&url, Sealing::On(ground.keys()), StoreOptions::default()).await.unwrap();
    store.settle(settlement(0)).await.unwrap();

    ground.say(format!("ALTER ROLE {name} SET default_transaction_read_only = on")).await;
    every_connection(&store, "SET default_transaction_read_only = on").await;
    for _ in 0..3 {
        let begun = std::time::Instant::now();
        let error = store.settle(settlement(1)).await.unwrap_err();
        assert!(error.retry() && error.chain().contains("read-only"), "{error:?}");
        assert!(store.probe(NOON).await.is_err());
        assert!(begun.elapsed() < Duration::from_secs(2), "{:?}", begun.elapsed());
    }
    ground.say(format!("ALTER ROLE {name} RESET default_transaction_read_only")).await;

    assert!(matches!(store.settle(settlement(1)).await.unwrap(), Settled::New));
    assert!(matches!(store.verify_journal().await.unwrap(), JournalProof::Whole { lines: 2, .. }));
    store.close().await;
    ground.say(format!("REASSIGN OWNED BY {name} TO meldeport; DROP OWNED BY {name}; DROP ROLE {name}")).await;
    ground.clear().await;
}

/// Runs `sql` on each connection that lies in the pool.
async fn every_connection<E: Engine>(store: &SqlStore<E>, sql: &'static str) {
    let mut taken = Vec::new();
    while let Some(it) = store.pools.write.try_acquire() {
        taken.push(it);
    }
    assert!(!taken.is_empty());
    for it in &mut taken {
        // The one that ends itself has no answer.
        let _answer = E::script(it, sqlx::SqlSafeStr::into_sql_str(sql)).await;
    }
}
