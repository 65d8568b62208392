use super::Ground;
use super::NOON;
use super::contract;
use super::number;
use super::rejected;
use super::sender;
use super::settlement;
use super::sha256;
use super::some_id;
use super::stuck;
use super::tamper;
use super::unit;
use crate::clock::TestClock;
use crate::domain::AlarmKind;
use crate::domain::Channel;
use crate::domain::DeliveryState;
use crate::domain::ItemState;
use crate::domain::MESSAGE_ID_BYTES_MAX;
use crate::domain::MessageId;
use crate::domain::MessageState;
use crate::domain::NewAlarm;
use crate::domain::OrgNumber;
use crate::domain::Timestamp;
use crate::storage::Actor;
use crate::storage::AlarmOutcome;
use crate::storage::InboxStore as _;
use crate::storage::JournalProof;
use crate::storage::MessageQuery;
use crate::storage::MessageStore as _;
use crate::storage::NewJournalLine;
use crate::storage::NewRefusal;
use crate::storage::OperatorStore as _;
use crate::storage::ReceiptAnswer;
use crate::storage::Sealing;
use crate::storage::Settled;
use crate::storage::StoreError;
use crate::storage::StoreOptions;
use crate::storage::sql::Engine;
use crate::storage::sql::engine::values;
use crate::storage::sql::settle::Ready;
use crate::storage::sql::settle::Wish;
use crate::storage::sql::settle::write;
use bytes::Bytes;
use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;
use std::time::Instant;

contract!(
    a_new_message_is_kept_whole,
    the_same_message_again_gets_the_same_receipt,
    other_bytes_under_the_same_id_are_a_conflict_with_both_hashes,
    the_same_id_from_another_sender_is_another_message,
    sixty_four_at_once_are_one_new_and_sixty_three_known,
    a_transaction_that_is_not_committed_leaves_nothing,
    one_bad_settlement_does_not_fail_the_others,
    many_messages_at_once_are_all_kept_and_the_counts_are_right,
    a_stuck_message_is_decided_once,
    a_stuck_message_that_was_sent_again_brings_nothing_twice,
    one_alarm_is_open_for_each_kind_and_subject,
    an_operator_closes_an_alarm_once_and_the_journal_has_it,
    a_refusal_is_kept,
    messages_are_listed_newest_first_page_by_page,
    what_waits_is_written_before_the_store_closes,
    too_many_that_wait_are_told_at_once,
    a_database_from_a_newer_version_is_refused,
    a_database_made_by_an_edited_migration_is_refused,
    the_longest_id_that_is_let_in_can_be_kept,
    a_node_waits_for_another_that_migrates,
    a_node_that_falls_silent_in_a_transaction_does_not_stop_the_others,
);

/// Random, so that no engine can make it shorter.
async fn the_longest_id_that_is_let_in_can_be_kept<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let mut given = settlement(1);
    let random = (0..).map(|_| some_id().simple().to_string()).flat_map(|it| it[16..].chars().collect::<Vec<_>>());
    given.message.sender_message_id = random.take(MESSAGE_ID_BYTES_MAX).collect();
    given.message.report_id = Some(given.message.sender_message_id.clone());

    let mut again = settlement(1);
    again.message.sender_message_id = given.message.sender_message_id.clone();

    assert!(matches!(store.settle(given).await.unwrap(), Settled::New));
    assert!(matches!(store.settle(again).await.unwrap(), Settled::Known(_)));
    store.close().await;
}

async fn a_node_waits_for_another_that_migrates<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let mut migrating = store.pools.work().await.unwrap();
    migrating.fetch("test", <G::Engine as Engine>::LOCK_MIGRATIONS, values![]).await.unwrap();
    let hurried = StoreOptions { settle_wait_max: Duration::from_secs(1), ..StoreOptions::default() };

    let (opened, ()) = tokio::join!(ground.try_open(Sealing::On(ground.keys()), hurried), async {
        tokio::time::sleep(Duration::from_secs(2)).await;
        drop(migrating);
    });

    opened.unwrap().close().await;
    store.close().await;
}

/// Only where there are several nodes: it holds the journal's head, and nobody hears from it again.
async fn a_node_that_falls_silent_in_a_transaction_does_not_stop_the_others<G: Ground>(ground: &G) {
    if <G::Engine as Engine>::LABEL == "sqlite" {
        return;
    }
    let hurried = StoreOptions { settle_wait_max: Duration::from_millis(1500), ..StoreOptions::default() };
    let (silent, other) = (ground.open_with(hurried).await, ground.open().await);
    let mut held = silent.pools.work().await.unwrap();
    held.execute("UPDATE journal_head SET lines = lines WHERE id = 1", values![]).await.unwrap();

    let settled = other.settle(settlement(1)).await;

    assert!(matches!(settled, Ok(Settled::New)), "{settled:?}");
    assert!(held.commit().await.is_err());
    assert!(matches!(silent.settle(settlement(1)).await.unwrap(), Settled::Known(_)), "it finds its way back");
    silent.close().await;
    other.close().await;
}

async fn a_new_message_is_kept_whole<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let given = settlement(1);

    assert!(matches!(store.settle(given.clone()).await.unwrap(), Settled::New));

    let raw = store.raw(given.message.id).await.unwrap();
    assert_eq!(raw.bytes.reveal(), &given.message.bytes);
    assert_eq!(
        (raw.state, raw.channel, raw.received_at),
        (MessageState::Accepted, Channel::Https, given.message.received_at)
    );
    assert_eq!((raw.sender, raw.sha256), (given.message.sender.clone(), given.message.sha256));
    assert_eq!(raw.charset.as_deref(), Some("utf-8"));

    let ReceiptAnswer::Have(answer) = store.receipt(&sender(), "message-1").await.unwrap() else {
        panic!("no receipt")
    };
    assert_eq!(answer.receipt, given.receipt.as_ref().map(|it| it.xml.clone()));
    assert!(matches!(store.receipt(&sender(), "message-2").await.unwrap(), ReceiptAnswer::Unknown));

    let by_any_id = [
        given.message.id.to_string(),
        given.message.reference.as_str().to_lowercase().replace('-', ""),
        "message-1".to_owned(),
    ];
    for any_id in by_any_id {
        let detail = store.message(&any_id).await.unwrap();
        assert_eq!(detail.row.id, given.message.id, "{any_id}");
        assert_eq!(detail.row.units, [unit("gjerstad"), unit("karmoy")]);
        assert_eq!(detail.row.size, given.message.bytes.len() as u64);
        assert_eq!((detail.findings, detail.route), (given.findings.clone(), given.route.clone()));
        assert_eq!(detail.receipt, Some(("1.1".to_owned(), given.receipt.as_ref().unwrap().id.to_string())));
        assert_eq!(detail.notices.len(), 1);
        assert_eq!(detail.notices[0].due, Some(given.notices[0].due));
        let [line] = detail.journal.as_slice() else { panic!("{:?}", detail.journal) };
        assert_eq!(
            (line.action.as_str(), line.message, line.at),
            ("accepted", Some(given.message.id), raw.received_at)
        );
        assert!(line.detail.contains("gjerstad, karmoy") && line.detail.contains("MP-414"), "{}", line.detail);
    }
    assert!(matches!(store.message("nobody").await, Err(StoreError::Absent)));
    assert!(matches!(store.raw(MessageId(some_id())).await, Err(StoreError::Absent)));

    let detail = store.item(given.items[0].id, &[unit("gjerstad")]).await.unwrap();
    assert_eq!(detail.row.summary, given.items[0].summary);
    assert_eq!((detail.row.needs, detail.row.attachments), (given.items[0].needs.clone(), 2));
    store.close().await;
}

async fn the_same_message_again_gets_the_same_receipt<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let first = settlement(1);
    store.settle(first.clone()).await.unwrap();
    store.close().await;

    let store = ground.open().await;
    let Settled::Known(answer) = store.settle(settlement(1)).await.unwrap() else { panic!("it should be known") };

    assert_eq!(answer.receipt, first.receipt.map(|it| it.xml));
    assert_eq!((answer.message, answer.reference), (first.message.id, first.message.reference));
    assert_eq!(number(&store, "SELECT COUNT(*) AS number FROM items").await, 2);
    assert_eq!(number(&store, "SELECT COUNT(*) AS number FROM journal").await, 1);
    store.close().await;
}

async fn other_bytes_under_the_same_id_are_a_conflict_with_both_hashes<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let first = settlement(1);
    store.settle(first.clone()).await.unwrap();
    let mut other = settlement(1);
    other.message.bytes = Bytes::from_static(b"<other/>");
    other.message.sha256 = sha256(b"<other/>");

    let settled = store.settle(other.clone()).await.unwrap();

    let Settled::Conflict { first_sha256, first_reference } = settled else { panic!("it should be a conflict") };
    assert_eq!((first_sha256, &first_reference), (first.message.sha256, &first.message.reference));
    assert_eq!(number(&store, "SELECT COUNT(*) AS number FROM messages").await, 1);
    let refusals =
        store.ask("refusals", "SELECT code, size, sha256, first_sha256, peer FROM refusals", values![]).await.unwrap();
    let [refusal] = refusals.as_slice() else { panic!("{} refusals", refusals.len()) };
    assert_eq!(refusal.text("code").unwrap(), "MP-213");
    assert_eq!(refusal.hash("sha256").unwrap(), other.message.sha256);
    assert_eq!(refusal.hash("first_sha256").unwrap(), first.message.sha256);
    assert_eq!(refusal.integer("size").unwrap(), 8);
    assert_eq!(store.tallies().await.unwrap().refusals, 1);
    store.close().await;
}

async fn the_same_id_from_another_sender_is_another_message<G: Ground>(ground: &G) {
    let store = ground.open().await;
    store.settle(settlement(1)).await.unwrap();
    let mut other = settlement(1);
    other.message.sender = OrgNumber::parse("974760673").unwrap();

    assert!(matches!(store.settle(other).await.unwrap(), Settled::New));
    store.close().await;
}

async fn sixty_four_at_once_are_one_new_and_sixty_three_known<G: Ground>(ground: &G) {
    // Two stores on one database, as two nodes are; each brings half.
    let stores = [ground.open().await, ground.open().await];
    let tasks: Vec<_> = (0..64)
        .map(|index| {
            let store = Arc::clone(&stores[index % 2]);
            tokio::spawn(async move { store.settle(settlement(7)).await.unwrap() })
        })
        .collect();

    let mut new = 0;
    let mut receipts = Vec::new();
    for task in tasks {
        match task.await.unwrap() {
            Settled::New => new += 1,
            Settled::Known(answer) => receipts.push(answer.receipt.unwrap()),
            Settled::Conflict { .. } => panic!("the bytes are the same"),
        }
    }

    assert_eq!((new, receipts.len()), (1, 63));
    let ReceiptAnswer::Have(kept) = stores[0].receipt(&sender(), "message-7").await.unwrap() else { panic!("none") };
    assert!(receipts.iter().all(|it| Some(it) == kept.receipt.as_ref()));
    for table in ["messages", "receipts", "notices", "journal", "data_keys"] {
        assert_eq!(number(&stores[0], &format!("SELECT COUNT(*) AS number FROM {table}")).await, 1, "{table}");
    }
    for store in stores {
        store.close().await;
    }
}

async fn a_transaction_that_is_not_committed_leaves_nothing<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let given = settlement(1);
    let key = store.sealer.new_data_key(given.message.id.0);
    let wish = Wish::Settle(Box::new(Ready::of(&store.sealer, &key, given.clone())));

    let mut work = store.pools.work().await.unwrap();
    write(&mut work, &[&wish]).await.unwrap();
    drop(work);
    store.close().await;

    let store = ground.open().await;
    for table in ["messages", "items", "receipts", "notices", "journal", "data_keys", "tallies", "alarms"] {
        assert_eq!(number(&store, &format!("SELECT COUNT(*) AS number FROM {table}")).await, 0, "{table}");
    }
    assert!(matches!(store.settle(given).await.unwrap(), Settled::New));
    store.close().await;
}

async fn one_bad_settlement_does_not_fail_the_others<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let first = settlement(0);
    store.settle(first.clone()).await.unwrap();
    // A reference that is taken: a throw of the dice, which the sender's next attempt throws again.
    let mut unlucky = settlement(1);
    unlucky.message.reference = first.message.reference;
    let mut twice = settlement(2);
    twice.items[1].id = twice.items[0].id;

    let settle = |it| {
        let store = Arc::clone(&store);
        tokio::spawn(async move { store.settle(it).await })
    };
    // All of them in one batch: the writer cannot begin while its connection is held.
    let held = store.pools.work().await.unwrap();
    let good: Vec<_> = (3..23).map(|it| settle(settlement(it))).collect();
    let (unlucky, twice) = (settle(unlucky), settle(twice));
    tokio::time::sleep(Duration::from_millis(50)).await;
    drop(held);

    for task in good {
        assert!(matches!(task.await.unwrap().unwrap(), Settled::New));
    }
    for bad in [unlucky, twice] {
        assert!(bad.await.unwrap().unwrap_err().retry());
    }
    assert_eq!(number(&store, "SELECT COUNT(*) AS number FROM messages").await, 21);
    assert!(matches!(store.verify_journal().await.unwrap(), JournalProof::Whole { lines: 21, .. }));
    store.close().await;
}

async fn many_messages_at_once_are_all_kept_and_the_counts_are_right<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let tasks: Vec<_> = (0..300)
        .map(|it| {
            let store = Arc::clone(&store);
            let given = if it % 3 == 0 { rejected(it) } else { settlement(it) };
            tokio::spawn(async move { store.settle(given).await.unwrap() })
        })
        .collect();
    for task in tasks {
        assert!(matches!(task.await.unwrap(), Settled::New));
    }

    let tallies = store.tallies().await.unwrap();
    assert_eq!(tallies.messages, [(MessageState::Accepted, 200), (MessageState::Rejected, 100)]);
    assert_eq!(tallies.items, [(unit("gjerstad"), ItemState::Unread, 200), (unit("karmoy"), ItemState::Unread, 200)]);
    assert_eq!(tallies.notices, [(DeliveryState::Queued, 1)]);
    assert_eq!(tallies.oldest_unread, Some(Timestamp(NOON.0 + 1)));
    assert!(tallies.oldest_queued_notice.is_some());
    assert!(matches!(store.verify_journal().await.unwrap(), JournalProof::Whole { lines: 300, .. }));
    store.close().await;
}

async fn a_stuck_message_is_decided_once<G: Ground>(ground: &G) {
    let later = NOON.plus(Duration::from_secs(60));
    let store =
        ground.open_with(StoreOptions { clock: Arc::new(TestClock::at(later)), ..StoreOptions::default() }).await;
    let before = stuck(1);
    store.settle(before.clone()).await.unwrap();
    let Settled::Known(answer) = store.settle(stuck(1)).await.unwrap() else { panic!("it should be known") };
    assert_eq!((answer.state, answer.receipt), (MessageState::Stuck, None));

    let mut after = settlement(1);
    after.message.id = before.message.id;
    after.alarms = vec![NewAlarm { kind: AlarmKind::Unroutable, subject: "4211".to_owned() }];
    store.resettle(after.clone()).await.unwrap();

    let detail = store.message("message-1").await.unwrap();
    assert_eq!((detail.row.id, &detail.row.reference), (before.message.id, &before.message.reference));
    assert_eq!(detail.row.state, MessageState::Accepted);
    assert_eq!(detail.items.len(), 2);
    let told: Vec<_> = detail.journal.iter().map(|it| (it.action.as_str(), it.at, &it.actor)).collect();
    assert_eq!(told, [("stuck", before.message.received_at, &Actor::House), ("accepted", later, &Actor::House)]);
    assert_eq!(store.raw(before.message.id).await.unwrap().bytes.reveal(), &before.message.bytes);
    assert_eq!(store.item(after.items[0].id, &[unit("gjerstad")]).await.unwrap().row.summary, after.items[0].summary);
    assert_eq!(store.alarms().await.unwrap()[0].opened_at, later);
    assert_eq!(store.tallies().await.unwrap().messages, [(MessageState::Accepted, 1), (MessageState::Stuck, 0)]);
    assert!(matches!(store.resettle(after).await, Err(StoreError::Absent)));
    store.close().await;
}

async fn a_stuck_message_that_was_sent_again_brings_nothing_twice<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let (before, again) = (stuck(1), settlement(1));
    store.settle(before.clone()).await.unwrap();
    store.settle(again.clone()).await.unwrap();

    let mut after = settlement(1);
    after.message.id = before.message.id;
    store.resettle(after).await.unwrap();

    let detail = store.message(&before.message.id.to_string()).await.unwrap();
    assert_eq!((detail.row.state, detail.items.len(), detail.notices.len()), (MessageState::Accepted, 0, 0));
    assert!(detail.route[0].said.contains(again.message.reference.as_str()), "{:?}", detail.route);
    assert_eq!(detail.row.sender_message_id, "sha256:1");
    assert_eq!(number(&store, "SELECT COUNT(*) AS number FROM items").await, 2);
    let ReceiptAnswer::Have(answer) = store.receipt(&sender(), "message-1").await.unwrap() else { panic!("none") };
    assert_eq!(answer.message, again.message.id);
    store.close().await;
}

async fn one_alarm_is_open_for_each_kind_and_subject<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let alarm = || NewAlarm { kind: AlarmKind::NoticeAbandoned, subject: "gjerstad".to_owned() };
    let second = Timestamp(NOON.0 + 1);

    assert_eq!(store.open_alarm(alarm(), NOON).await.unwrap(), AlarmOutcome::Opened);
    assert_eq!(store.open_alarm(alarm(), second).await.unwrap(), AlarmOutcome::AlreadyOpen);
    let mut with_alarms = rejected(1);
    with_alarms.alarms = vec![alarm(), alarm()];
    store.settle(with_alarms).await.unwrap();

    let open = store.alarms().await.unwrap();
    assert_eq!(open.iter().map(|it| (it.opened_at, it.times)).collect::<Vec<_>>(), [(NOON, 4)]);
    store.clear_alarm(AlarmKind::NoticeAbandoned, "gjerstad", second).await.unwrap();
    assert_eq!(store.alarms().await.unwrap(), []);
    assert_eq!(store.open_alarm(alarm(), second).await.unwrap(), AlarmOutcome::Opened);
    assert_eq!(store.tallies().await.unwrap().alarms_open, 1);
    store.close().await;
}

async fn an_operator_closes_an_alarm_once_and_the_journal_has_it<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let alarm = NewAlarm { kind: AlarmKind::Unroutable, subject: "4211".to_owned() };
    store.open_alarm(alarm, NOON).await.unwrap();
    let told = || NewJournalLine {
        at: NOON,
        actor: Actor::Operator("kari".to_owned()),
        action: "alarm_closed",
        message: None,
        detail: "unroutable 4211: the rule is there now".to_owned(),
    };

    let other = store.close_alarm(AlarmKind::Unroutable, "4601", told()).await;
    store.close_alarm(AlarmKind::Unroutable, "4211", told()).await.unwrap();
    let again = store.close_alarm(AlarmKind::Unroutable, "4211", told()).await;

    assert!(matches!((other, again), (Err(StoreError::Absent), Err(StoreError::Absent))));
    assert_eq!(store.alarms().await.unwrap(), []);
    assert!(matches!(store.verify_journal().await.unwrap(), JournalProof::Whole { lines: 1, .. }));
    store.close().await;
}

async fn a_refusal_is_kept<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let refusal = NewRefusal {
        at: NOON,
        channel: Channel::Https,
        peer: None,
        sender_message_id: None,
        code: "MP-207".to_owned(),
        size: 12,
        sha256: sha256(b"<not>xml"),
        first_sha256: None,
    };

    store.keep_refusal(refusal).await.unwrap();

    assert_eq!(
        number(&store, "SELECT COUNT(*) AS number FROM refusals WHERE code = 'MP-207' AND peer IS NULL").await,
        1
    );
    assert_eq!(store.tallies().await.unwrap().refusals, 1);
    store.close().await;
}

async fn messages_are_listed_newest_first_page_by_page<G: Ground>(ground: &G) {
    let store = ground.open().await;
    for it in 0..23 {
        store.settle(if it % 5 == 0 { rejected(it) } else { settlement(it) }).await.unwrap();
    }
    let all = MessageQuery { rows_max: 10, ..MessageQuery::default() };

    let mut seen = Vec::new();
    let mut query = all.clone();
    loop {
        let page = store.messages(&query).await.unwrap();
        let Some(last) = page.last() else { break };
        query.before = Some(last.id);
        seen.extend(page);
    }

    assert_eq!(seen.len(), 23);
    assert!(seen.is_sorted_by(|one, next| one.received_at > next.received_at));
    assert_eq!(seen[22].errors, ["MP-303"]);
    assert_eq!(seen[21].units, [unit("gjerstad"), unit("karmoy")]);
    let count =
        async |query: MessageQuery| store.messages(&MessageQuery { rows_max: 100, ..query }).await.unwrap().len();
    assert_eq!(count(MessageQuery { state: Some(MessageState::Rejected), ..all.clone() }).await, 5);
    assert_eq!(count(MessageQuery { state: Some(MessageState::Stuck), ..all.clone() }).await, 0);
    assert_eq!(count(MessageQuery { sender: Some("eksempel-sykehus".to_owned()), ..all.clone() }).await, 23);
    assert_eq!(count(MessageQuery { sender: Some("another".to_owned()), ..all.clone() }).await, 0);
    assert_eq!(count(MessageQuery { unit: Some(unit("karmoy")), ..all.clone() }).await, 18);
    assert_eq!(count(MessageQuery { since: Some(Timestamp(NOON.0 + 20)), ..all.clone() }).await, 3);
    store.close().await;
}

async fn what_waits_is_written_before_the_store_closes<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let held = store.pools.work().await.unwrap();
    let tasks: Vec<_> = (0..40)
        .map(|it| {
            let store = Arc::clone(&store);
            tokio::spawn(async move { store.settle(settlement(it)).await })
        })
        .collect();
    tokio::time::sleep(Duration::from_millis(50)).await;

    let closing = tokio::spawn({
        let store = Arc::clone(&store);
        async move { store.close().await }
    });
    tokio::time::sleep(Duration::from_millis(50)).await;
    drop(held);
    closing.await.unwrap();

    for task in tasks {
        assert!(matches!(task.await.unwrap().unwrap(), Settled::New));
    }
    assert!(matches!(store.settle(settlement(99)).await, Err(StoreError::Unavailable(_))));
    let store = ground.open().await;
    assert_eq!(number(&store, "SELECT COUNT(*) AS number FROM messages").await, 40);
    store.close().await;
}

async fn too_many_that_wait_are_told_at_once<G: Ground>(ground: &G) {
    let options = StoreOptions { waiting_messages_max: 4, batch_messages_max: 1, ..StoreOptions::default() };
    let store = ground.open_with(options).await;
    // The head is what every batch must have, on both engines.
    let mut held = store.pools.work().await.unwrap();
    held.execute("UPDATE journal_head SET lines = lines WHERE id = 1", values![]).await.unwrap();
    let tasks: Vec<_> = (0..20)
        .map(|it| {
            let store = Arc::clone(&store);
            tokio::spawn(async move {
                let begun = Instant::now();
                (store.settle(settlement(it)).await, begun.elapsed())
            })
        })
        .collect();
    tokio::time::sleep(Duration::from_millis(500)).await;
    drop(held);

    let mut refused = HashSet::new();
    for (index, task) in tasks.into_iter().enumerate() {
        match task.await.unwrap() {
            (Ok(settled), _) => assert!(matches!(settled, Settled::New)),
            (Err(error), waited) => {
                assert!(error.retry());
                assert!(waited < Duration::from_millis(400), "{waited:?}");
                refused.insert(index);
            }
        }
    }
    assert!((14..=16).contains(&refused.len()), "{} of 20 were refused", refused.len());
    assert_eq!(number(&store, "SELECT COUNT(*) AS number FROM messages").await, 20 - refused.len() as i64);
    store.close().await;
}

async fn a_database_from_a_newer_version_is_refused<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let known = number(&*store, "SELECT MAX(number) AS number FROM migrations").await;
    let later = format!("INSERT INTO migrations SELECT {}, 'later', hash, 0 FROM journal_head", known + 1);
    tamper(&store, &later).await;
    store.close().await;

    let error = ground.try_open(Sealing::On(ground.keys()), StoreOptions::default()).await.unwrap_err();

    let newer = known + 1;
    let said =
        format!("the database was last used by a newer meldeport: it has migration {newer}, and we know {known}");
    assert_eq!(error.to_string(), said);
}

async fn a_database_made_by_an_edited_migration_is_refused<G: Ground>(ground: &G) {
    let store = ground.open().await;
    tamper(&store, "UPDATE migrations SET sha256 = (SELECT hash FROM journal_head)").await;
    store.close().await;

    let error = ground.try_open(Sealing::On(ground.keys()), StoreOptions::default()).await.unwrap_err();

    assert_eq!(error.to_string(), "the database was made by another text of migration 1 than ours");
}
