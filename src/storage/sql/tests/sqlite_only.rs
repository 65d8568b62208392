//! What only a file can suffer.

use super::Ground as _;
use super::NOON;
use super::SqliteGround;
use super::number;
use super::settlement;
use super::tamper;
use super::unit;
use crate::domain::AgeGroup;
use crate::domain::Clearance;
use crate::domain::ItemId;
use crate::domain::ItemState;
use crate::domain::JournalKind;
use crate::domain::MessageId;
use crate::domain::MunicipalityNumber;
use crate::domain::NeedDimension;
use crate::domain::NeedKind;
use crate::domain::PlanStatus;
use crate::domain::Redacted;
use crate::domain::Reference;
use crate::domain::ReporterCategory;
use crate::domain::Sight;
use crate::domain::TeamStatus;
use crate::domain::Timestamp;
use crate::domain::Which;
use crate::storage::Due;
use crate::storage::InboxCursor;
use crate::storage::InboxOrder;
use crate::storage::InboxQuery;
use crate::storage::JournalCursor;
use crate::storage::JournalQuery;
use crate::storage::JournalTurn;
use crate::storage::ListFilter;
use crate::storage::MessageStore as _;
use crate::storage::OperatorStore as _;
use crate::storage::Quarter;
use crate::storage::SearchCursor;
use crate::storage::SearchQuery;
use crate::storage::Settled;
use crate::storage::Sought;
use crate::storage::StoreError;
use crate::storage::StoreOptions;
use crate::storage::UserId;
use crate::storage::sql::audit::page_statement;
use crate::storage::sql::inbox::appointed_statement;
use crate::storage::sql::inbox::only_told_statement;
use crate::storage::sql::inbox::own_statement;
use crate::storage::sql::inbox::page_statements;
use crate::storage::sql::reminders::overdue_in;
use crate::storage::sql::search::count_statement;
use crate::storage::sql::statistics::late_statement;
use sqlx::AssertSqlSafe;
use sqlx::Connection as _;
use sqlx::Sqlite;
use sqlx::SqliteConnection;
use std::os::unix::fs::PermissionsExt as _;
use std::time::Duration;
use std::time::Instant;
use uuid::Uuid;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_our_own_account_can_read_the_files() {
    let ground = SqliteGround::new();
    std::fs::write(ground.file(), b"").unwrap();
    std::fs::set_permissions(ground.file(), std::fs::Permissions::from_mode(0o644)).unwrap();
    let store = ground.open().await;
    store.settle(settlement(1)).await.unwrap();

    let mut files = 0;
    for entry in std::fs::read_dir(ground.folder.path()).unwrap() {
        let entry = entry.unwrap();
        assert_eq!(entry.metadata().unwrap().permissions().mode() & 0o777, 0o600, "{:?}", entry.file_name());
        files += 1;
    }

    assert_eq!(files, 3, "the database, its log and its index");
    store.close().await;
}

/// As on a disk that is full down to its last block, which no pragma can imitate: SQLite has ended the transaction when ROLLBACK
/// comes. `OR ROLLBACK` ends it the same way.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_transaction_that_sqlite_ended_by_itself_does_not_shut_the_store() {
    let ground = SqliteGround::new();
    let store = ground.open().await;

    let mut work = store.pools.work().await.unwrap();
    let ended = work.execute("INSERT OR ROLLBACK INTO probe (id, at) VALUES (1, 0)", Vec::new()).await;
    drop(work);

    assert!(ended.is_err());
    assert!(matches!(store.settle(settlement(1)).await.unwrap(), Settled::New));
    assert!(store.probe(Timestamp(0)).await.is_ok());
    store.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_is_told_as_try_again_later_and_heals() {
    let ground = SqliteGround::new();
    let store = ground.open().await;
    store.settle(settlement(0)).await.unwrap();
    let pages = number(&store, "SELECT page_count AS number FROM pragma_page_count()").await;
    tamper(&store, &format!("PRAGMA max_page_count = {}", pages + 2)).await;

    let mut kept = 1;
    let error = loop {
        match store.settle(settlement(kept)).await {
            Ok(settled) => assert!(matches!(settled, Settled::New)),
            Err(error) => break error,
        }
        kept += 1;
        assert!(kept < 200, "the disk should have been full by now");
    };

    assert!(matches!(&error, StoreError::Unavailable(cause) if cause.to_string().contains("full")), "{error:?}");
    assert_eq!(number(&store, "SELECT COUNT(*) AS number FROM messages").await, i64::from(kept));
    tamper(&store, "PRAGMA max_page_count = 1000000").await;
    assert!(matches!(store.settle(settlement(kept)).await.unwrap(), Settled::New));
    store.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lock_that_another_process_holds_is_told_as_try_again_later() {
    let ground = SqliteGround::new();
    let options = StoreOptions { lock_wait_max: Duration::from_millis(100), ..StoreOptions::default() };
    let store = ground.open_with(options).await;
    let url = format!("sqlite://{}", ground.file().display());
    let mut other = SqliteConnection::connect(&url).await.unwrap();
    sqlx::raw_sql("BEGIN IMMEDIATE").execute(&mut other).await.unwrap();

    let begun = Instant::now();
    let error = store.settle(settlement(1)).await.unwrap_err();
    let waited = begun.elapsed();

    assert!(error.retry());
    assert!(waited < Duration::from_secs(2), "{waited:?}");
    sqlx::raw_sql("ROLLBACK").execute(&mut other).await.unwrap();
    assert!(matches!(store.settle(settlement(1)).await.unwrap(), Settled::New));
    store.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_commit_is_synced() {
    let ground = SqliteGround::new();
    let store = ground.open().await;
    let mut work = store.pools.work().await.unwrap();

    let synchronous = work.fetch("pragma", "PRAGMA synchronous", Vec::new()).await.unwrap();
    let journal_mode = work.fetch("pragma", "PRAGMA journal_mode", Vec::new()).await.unwrap();
    let foreign_keys = work.fetch("pragma", "PRAGMA foreign_keys", Vec::new()).await.unwrap();

    assert_eq!(synchronous[0].integer("synchronous").unwrap(), 2, "FULL");
    assert_eq!(journal_mode[0].text("journal_mode").unwrap(), "wal");
    assert_eq!(foreign_keys[0].integer("foreign_keys").unwrap(), 1);
    drop(work);
    store.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_list_is_scanned_or_sorted() {
    let ground = SqliteGround::new();
    let store = ground.open().await;
    let sights = [unit("gjerstad"), unit("karmoy")].map(Sight::whole);
    let (one, other) = (UserId(Uuid::from_u128(1)), store.asking(UserId(Uuid::from_u128(2))));

    for order in [InboxOrder::Work, InboxOrder::NewestFirst] {
        for responsible in [None, Some(one)] {
            for after in
                [None, Some(InboxCursor { deadline: Timestamp(1), received_at: Timestamp(1), id: ItemId(Uuid::nil()) })]
            {
                let query = InboxQuery {
                    states: vec![ItemState::Unread, ItemState::Taken],
                    responsible,
                    order,
                    after,
                    ..InboxQuery::first(50)
                };
                for statement in page_statements::<Sqlite>(&sights, &other, &query) {
                    let plan = plan(&store, &statement.sql, statement.values).await;
                    let along = match responsible {
                        None => "USING COVERING INDEX items_",
                        Some(_) => "_own (responsible=? AND unit=? AND state=?",
                    };
                    let searches = plan.iter().filter(|it| it.contains(along)).count();
                    assert_eq!(searches, 4, "{order:?} {responsible:?} {after:?}: {plan:#?}");
                    let walks = plan.iter().any(|it| it.contains("SCAN items") || it.contains("TEMP B-TREE"));
                    assert!(!walks, "{order:?} {responsible:?} {after:?}: {plan:#?}");
                }
            }
        }
    }
    let reference = Some(Reference::from_random([1; 9]));
    for responsible in [None, Some(one)] {
        let query = InboxQuery { responsible, reference: reference.clone(), ..InboxQuery::first(50) };
        for statement in page_statements::<Sqlite>(&sights, &other, &query) {
            let plan = plan(&store, &statement.sql, statement.values).await;
            let by_message = plan.iter().any(|it| it.contains("items_unit_message") || it.contains("items_message"));
            assert!(by_message, "{plan:#?}");
        }
    }
    let statement = own_statement::<Sqlite>(&[unit("gjerstad"), unit("karmoy")], &other);
    let own = plan(&store, &statement.sql, statement.values).await;
    assert!(
        own.iter().all(|it| it.contains("USING COVERING INDEX items_") && it.contains("responsible=?")),
        "{own:#?}"
    );
    for sql in [
        "SELECT MIN(received_at) FROM items WHERE state = 'unread'",
        "SELECT MIN(created_at) FROM notices WHERE state = 'queued'",
        "SELECT MIN(due) AS due FROM notices WHERE state = 'queued' AND lease_token IS NULL",
        "SELECT id FROM messages WHERE state = 'stuck' ORDER BY received_at DESC, id DESC LIMIT 10",
        "SELECT id FROM messages WHERE sender_message_id = 'x' ORDER BY received_at DESC LIMIT 1",
        "SELECT sequence FROM journal WHERE message = x'00' ORDER BY sequence",
    ] {
        let plan = plan(&store, sql, Vec::new()).await;
        assert!(plan.iter().any(|it| it.contains("INDEX")), "{sql}: {plan:#?}");
    }
    store.close().await;
}

/// However many reports a unit has: a coordinator's are found by who the coordinator is, and the unit is not walked through.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_somebody_coordinates_is_found_by_who_coordinates() {
    let ground = SqliteGround::new();
    let store = ground.open().await;
    let who = UserId(Uuid::from_u128(1));
    let asking = store.asking(who);
    let appointed = Sight { unit: unit("gjerstad"), which: Which::Appointed, clearance: Clearance::Ordinary };
    let cursor = InboxCursor { deadline: Timestamp(1), received_at: Timestamp(1), id: ItemId(Uuid::nil()) };
    let mut plans = Vec::new();
    for order in [InboxOrder::Work, InboxOrder::NewestFirst] {
        for after in [None, Some(cursor)] {
            for responsible in [None, Some(who)] {
                let states = vec![ItemState::Taken, ItemState::Closed];
                let query = InboxQuery { states, responsible, order, after, ..InboxQuery::first(50) };
                for statement in page_statements::<Sqlite>(std::slice::from_ref(&appointed), &asking, &query) {
                    plans.push(plan(&store, &statement.sql, statement.values).await);
                }
            }
        }
    }
    for state in ItemState::ALL {
        let statement = count_statement::<Sqlite>(&appointed, &asking, &ListFilter::default(), state);
        plans.push(plan(&store, &statement.sql, statement.values).await);
    }
    for statement in [appointed_statement::<Sqlite>(&appointed, &asking), only_told_statement(&appointed, &asking)] {
        plans.push(plan(&store, &statement.sql, statement.values).await);
    }
    let [open, _, _] = overdue_in::<Sqlite>("SELECT COUNT(*) AS count FROM items WHERE ", &appointed, &asking, NOON);
    plans.push(plan(&store, &open.sql, open.values).await);
    for plan in plans {
        let walked = |it: &&String| it.contains("SEARCH items") || it.contains("SCAN items");
        for walk in plan.iter().filter(walked) {
            assert!(walk.contains("PRIMARY KEY (id=?)"), "{walk}: {plan:#?}");
        }
        let found = plan.iter().filter(|it| it.contains("coordinators_who (who_index=? AND unit=?"));
        assert!(found.count() > 0, "{plan:#?}");
    }
    store.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_search_filter_or_statistic_reads_what_it_does_not_need() {
    let ground = SqliteGround::new();
    let store = ground.open().await;
    let (sight, who) = (Sight::whole(unit("gjerstad")), &store.asking(UserId(Uuid::from_u128(1))));
    let ordinary = Sight { clearance: Clearance::Ordinary, ..sight.clone() };
    let filter = ListFilter {
        kind: Some("BEHOV".to_owned()),
        need: Some(NeedKind::IndividualPlan),
        dimension: Some(NeedDimension::Social),
        reporter: Some(ReporterCategory::School),
        sender: Some("eksempel-sykehus".to_owned()),
        age_group: Some(AgeGroup::Child),
        urgent: Some(true),
        responsible: None,
        due: Some(Due { from: Some(Timestamp(1)), before: Timestamp(2) }),
        plan: Some(PlanStatus::Active),
        team: Some(TeamStatus::Active),
        coordinated: Some((false, jiff::civil::date(2026, 1, 1))),
        municipality: MunicipalityNumber::parse("4211"),
    };
    for order in [InboxOrder::Work, InboxOrder::NewestFirst] {
        let query = InboxQuery {
            states: vec![ItemState::Unread, ItemState::Closed],
            filter: filter.clone(),
            order,
            after: Some(InboxCursor { deadline: Timestamp(1), received_at: Timestamp(1), id: ItemId(Uuid::nil()) }),
            ..InboxQuery::first(50)
        };
        for statement in page_statements::<Sqlite>(std::slice::from_ref(&ordinary), who, &query) {
            let plan = plan(&store, &statement.sql, statement.values).await;
            let covered = plan.iter().filter(|it| it.contains("USING COVERING INDEX items_")).count();
            assert_eq!(covered, 2, "{order:?}: {plan:#?}");
            assert_no_walk(&plan);
        }
    }
    for state in ItemState::ALL {
        let statement = count_statement::<Sqlite>(&ordinary, who, &filter, state);
        let plan = plan(&store, &statement.sql, statement.values).await;
        assert!(plan.iter().any(|it| it.contains("USING COVERING INDEX items_work (unit=? AND state=?)")), "{plan:#?}");
        assert_no_walk(&plan);
    }
    let text = |it: &str| Redacted::new(it.to_owned());
    for after in [None, Some(SearchCursor { at: Timestamp(1), item: ItemId(Uuid::nil()) })] {
        for sought in [
            Sought::Id("7K3-9QX-2MA".to_owned()),
            Sought::PersonId(text("05818530120")),
            Sought::PersonName(text("Testdal")),
            Sought::PersonName(text("Åse Marie Testdal")),
            Sought::SenderName(text("Eksempel sykehus")),
            Sought::Organisation(text("310000108")),
        ] {
            let query = SearchQuery { sought, after, rows_max: 50 };
            let tokens = store.tokens(&ordinary, &query.sought);
            for statement in store.statements(&ordinary, who, &query, tokens) {
                let plan = plan(&store, &statement.sql, statement.values).await;
                assert!(plan.iter().any(|it| it.contains("INDEX")), "{query:?}: {plan:#?}");
                let sorts_few = matches!(query.sought, Sought::Id(_));
                assert!(plan.iter().all(|it| !it.starts_with("SCAN items")), "{query:?}: {plan:#?}");
                assert!(sorts_few || plan.iter().all(|it| !it.contains("TEMP B-TREE")), "{query:?}: {plan:#?}");
            }
        }
    }
    let quarters = [Quarter { year: 2026, quarter: 3 }, Quarter { year: 2026, quarter: 4 }];
    let statement = late_statement::<Sqlite>(&sight, &quarters, Timestamp(1));
    let late = plan(&store, &statement.sql, statement.values).await;
    assert!(
        late.iter().any(|it| it.contains("USING COVERING INDEX items_work (unit=? AND state=? AND deadline<?)")),
        "{late:#?}"
    );
    let select = "SELECT COUNT(*) AS count FROM items WHERE ";
    let parts = overdue_in::<Sqlite>(select, &ordinary, who, Timestamp(1));
    let [open, asked, offered] = parts.map(|it| (it.sql, it.values));
    let open = plan(&store, &open.0, open.1).await;
    assert!(open.iter().any(|it| it.contains("USING COVERING INDEX items_work (unit=? AND state=?)")), "{open:#?}");
    assert_only_copies_besides(&open, "items USING COVERING INDEX items_work");
    let asked = plan(&store, &asked.0, asked.1).await;
    assert!(asked.iter().any(|it| it.contains("USING INDEX items_delegated (delegated_due<?)")), "{asked:#?}");
    assert_only_copies_besides(&asked, "items USING INDEX items_delegated");
    let offered = plan(&store, &offered.0, offered.1).await;
    assert!(offered.iter().any(|it| it.contains("transfers_open (offered_at<?)")), "{offered:#?}");
    assert_no_walk(&offered);
    let figures =
        "SELECT what, value, count FROM statistics WHERE unit = 'x' AND quarter IN ('a', 'b') AND protected = 0";
    let figures = plan(&store, figures, Vec::new()).await;
    assert!(
        figures.iter().all(|it| it.contains("USING PRIMARY KEY (unit=? AND quarter=? AND protected=?)")),
        "{figures:#?}"
    );
    store.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_page_of_the_journal_walks_past_what_was_not_asked_for() {
    let ground = SqliteGround::new();
    let store = ground.open().await;
    let whole = Sight::whole(unit("gjerstad"));
    let ordinary = Sight { clearance: Clearance::Ordinary, ..whole.clone() };
    let line = JournalCursor { at: Timestamp(5), sequence: 5 };
    let (kind, person) = (Some(JournalKind::Refused), Some(UserId(Uuid::nil())));
    for turn in [JournalTurn::Newest, JournalTurn::OlderThan(line), JournalTurn::NewerThan(line)] {
        for (kind, person, index) in [
            (None, None, "SEARCH u USING PRIMARY KEY (unit=?"),
            (kind, None, "journal_units_kind (unit=? AND kind=?"),
            (None, person, "journal_units_person (unit=? AND person=?"),
            (kind, person, "journal_units_person (unit=? AND person=?"),
        ] {
            for days in [(None, None), (Some(Timestamp(1)), Some(Timestamp(9)))] {
                let (from, until) = days;
                let query = JournalQuery { kind, person, reference: None, from, until, turn, lines_max: 51 };
                for sight in [&whole, &ordinary] {
                    let statement = page_statement::<Sqlite>(sight, &query, None);
                    let plan = plan(&store, &statement.sql, statement.values).await;
                    assert!(plan[0].contains(index), "{query:?}: {plan:#?}");
                    assert!(!plan.iter().any(|it| it.contains("SCAN") || it.contains("TEMP B-TREE")), "{plan:#?}");
                }
                let statement = page_statement::<Sqlite>(&ordinary, &query, Some(MessageId(Uuid::nil())));
                let plan = plan(&store, &statement.sql, statement.values).await;
                assert!(plan[0].contains("journal_message (message=?"), "{query:?}: {plan:#?}");
                assert!(!plan.iter().any(|it| it.contains("SCAN")), "{plan:#?}");
            }
        }
    }
    store.close().await;
}

fn assert_no_walk(plan: &[String]) {
    assert!(!plan.iter().any(|it| it.starts_with("SCAN items") || it.contains("TEMP B-TREE")), "{plan:#?}");
}

/// What is read besides `own` are the unit's copies of what lies elsewhere, and where each came from.
fn assert_only_copies_besides(plan: &[String], own: &str) {
    let of_copies = [
        "i USING INDEX items_counted_elsewhere (unit=?)",
        "i USING INDEX items_came_from (unit=?)",
        "h EXISTS USING PRIMARY KEY",
        "h USING PRIMARY KEY",
    ];
    let is_read = |it: &&String| it.starts_with("SEARCH") || it.starts_with("SCAN");
    for it in plan.iter().filter(is_read) {
        assert!(it.contains(own) || of_copies.iter().any(|copies| it.contains(copies)), "{plan:#?}");
    }
}

async fn plan(
    store: &crate::storage::SqlStore<Sqlite>,
    sql: &str,
    values: Vec<crate::storage::sql::Value>,
) -> Vec<String> {
    let rows = store.ask("plan", AssertSqlSafe(format!("EXPLAIN QUERY PLAN {sql}")), values).await.unwrap();
    rows.iter().map(|it| it.text("detail").unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_copy_of_the_file_taken_while_open_has_all_that_was_acknowledged() {
    let ground = SqliteGround::new();
    let store = ground.open().await;
    for it in 0..10 {
        store.settle(settlement(it)).await.unwrap();
    }

    // What is left on disk when the process dies now.
    let other = SqliteGround { folder: tempfile::tempdir().unwrap(), keys: ground.keys.clone() };
    for entry in std::fs::read_dir(ground.folder.path()).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), other.folder.path().join(entry.file_name())).unwrap();
    }

    let revived = other.open().await;
    assert_eq!(number(&revived, "SELECT COUNT(*) AS number FROM messages").await, 10);
    assert!(matches!(revived.settle(settlement(3)).await.unwrap(), Settled::Known(_)));
    assert!(revived.verify_journal().await.is_ok());
    revived.close().await;
    store.close().await;
}
