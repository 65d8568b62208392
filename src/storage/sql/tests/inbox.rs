use super::Ground;
use super::NOON;
use super::OTHER_PERSON_ID;
use super::act;
use super::contract;
use super::filing;
use super::item;
use super::number;
use super::settlement;
use super::some_id;
use super::unit;
use crate::domain::Act;
use crate::domain::ActRefused;
use crate::domain::ItemId;
use crate::domain::ItemState;
use crate::domain::Reference;
use crate::domain::Share;
use crate::domain::UnitId;
use crate::storage::InboxCounts;
use crate::storage::InboxCursor;
use crate::storage::InboxOrder;
use crate::storage::InboxQuery;
use crate::storage::InboxRow;
use crate::storage::InboxStore;
use crate::storage::JournalProof;
use crate::storage::MessageStore as _;
use crate::storage::OperatorStore as _;
use crate::storage::Person;
use crate::storage::Settlement;
use crate::storage::StoreError;
use crate::storage::UserId;
use std::collections::HashSet;
use std::sync::Arc;
use uuid::Uuid;

contract!(
    paging_gives_every_row_once_in_both_orders,
    paging_is_stable_while_rows_are_inserted,
    a_list_shows_only_the_units_states_and_person_asked_for,
    a_message_is_found_by_its_reference_in_ones_own_units,
    acts_follow_the_state_machine_and_are_told,
    an_item_is_absent_for_other_units,
    two_who_take_at_once_are_one_who_has_taken,
    counts_agree_with_the_rows_after_many_acts,
    earlier_reports_about_the_same_person_are_found,
);

async fn paging_gives_every_row_once_in_both_orders<G: Ground>(ground: &G) {
    let store = ground.open().await;
    for it in 0..37 {
        // Several share a moment, so that only the id tells them apart.
        store.settle(one_item(it, it / 4, "gjerstad", it % 5 == 0)).await.unwrap();
        store.settle(one_item(100 + it, it, "karmoy", false)).await.unwrap();
    }

    for order in [InboxOrder::Work, InboxOrder::NewestFirst] {
        let rows = walk(&*store, query(order, &["gjerstad", "karmoy"], 7)).await;
        assert_eq!(rows.len(), 74);
        assert_eq!(rows.iter().map(|it| it.id).collect::<HashSet<_>>().len(), 74);
        let sorted = rows.is_sorted_by_key(|it| match order {
            InboxOrder::Work => (it.deadline.0, it.id.0.as_u128()),
            InboxOrder::NewestFirst => (-it.received_at.0, !it.id.0.as_u128()),
        });
        assert!(sorted, "{order:?}");
    }
    store.close().await;
}

async fn paging_is_stable_while_rows_are_inserted<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let mut before = HashSet::new();
    for it in 0..30 {
        let given = one_item(it, 1000 + it, "gjerstad", it % 3 == 0);
        before.insert(given.items[0].id);
        store.settle(given).await.unwrap();
    }

    for (order, first) in [(InboxOrder::Work, 100), (InboxOrder::NewestFirst, 200)] {
        let mut asked = query(order, &["gjerstad"], 4);
        let mut seen = Vec::new();
        let mut more = first;
        loop {
            let page = store.inbox_page(&asked).await.unwrap();
            let Some(last) = page.last() else { break };
            asked.after = Some(cursor(last));
            seen.extend(page.into_iter().map(|it| it.id));
            // One on each side of where we stand.
            for moment in [0, 5000] {
                if seen.len() < 40 {
                    store.settle(one_item(more, moment, "gjerstad", more % 2 == 0)).await.unwrap();
                    more += 1;
                }
            }
        }
        let unique: HashSet<ItemId> = seen.iter().copied().collect();
        assert_eq!(unique.len(), seen.len(), "{order:?}: no row twice");
        assert!(before.is_subset(&unique), "{order:?}: no row left out");
    }
    store.close().await;
}

async fn a_list_shows_only_the_units_states_and_person_asked_for<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let given: Vec<Settlement> = (0..6).map(|it| one_item(it, it, "gjerstad", false)).collect();
    for it in &given {
        store.settle(it.clone()).await.unwrap();
    }
    store.settle(one_item(50, 50, "karmoy", false)).await.unwrap();
    let (kari, ola) = (person("Kari"), person("Ola"));
    let units = [unit("gjerstad")];
    let acts = [(0, Act::Open, &kari), (1, Act::Take, &kari), (2, Act::Take, &ola), (3, Act::Take, &kari)];
    let filed = filing().into_iter().chain([Act::Close]).map(|it| (3, it, &kari));
    for (index, it, who) in acts.into_iter().chain(filed) {
        act(&*store, given[index].items[0].id, &units, it, who).await.unwrap().unwrap();
    }

    let ids = async |query: InboxQuery| -> Vec<ItemId> {
        store.inbox_page(&query).await.unwrap().into_iter().map(|it| it.id).collect()
    };
    let id = |index: usize| given[index].items[0].id;
    let all = query(InboxOrder::Work, &["gjerstad"], 100);
    assert_eq!(ids(all.clone()).await, [0, 1, 2, 3, 4, 5].map(id));
    assert_eq!(ids(InboxQuery { states: vec![ItemState::Unread], ..all.clone() }).await, [4, 5].map(id));
    let twice = vec![ItemState::Taken, ItemState::Opened, ItemState::Taken];
    assert_eq!(ids(InboxQuery { states: twice, ..all.clone() }).await, [0, 1, 2].map(id));
    assert_eq!(ids(InboxQuery { responsible: Some(kari.id), ..all.clone() }).await, [1, 3].map(id));
    let newest = InboxQuery { responsible: Some(kari.id), order: InboxOrder::NewestFirst, ..all.clone() };
    assert_eq!(ids(newest).await, [3, 1].map(id));
    assert_eq!(ids(InboxQuery { units: Vec::new(), ..all.clone() }).await, []);
    assert_eq!(ids(InboxQuery { units: vec![unit("nowhere")], ..all.clone() }).await, []);
    let rows = store.inbox_page(&InboxQuery { states: vec![ItemState::Closed], ..all }).await.unwrap();
    assert_eq!(rows[0].responsible, Some(kari));
    assert_eq!(rows[0].summary, given[3].items[0].summary);
    assert_eq!((&rows[0].reference, rows[0].share), (&given[3].message.reference, Share::Content));
    store.close().await;
}

async fn a_message_is_found_by_its_reference_in_ones_own_units<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let mut both = one_item(1, 1, "gjerstad", false);
    both.items.push(item("karmoy", Share::Awareness));
    store.settle(both.clone()).await.unwrap();
    for it in 2..6 {
        store.settle(one_item(it, it, "gjerstad", false)).await.unwrap();
    }
    let kari = person("Kari");
    act(&*store, both.items[0].id, &[unit("gjerstad")], Act::Take, &kari).await.unwrap().unwrap();

    let found = async |units: &[&str], change: &dyn Fn(&mut InboxQuery)| -> Vec<ItemId> {
        let mut query = query(InboxOrder::NewestFirst, units, 10);
        query.reference = Some(both.message.reference.clone());
        change(&mut query);
        store.inbox_page(&query).await.unwrap().into_iter().map(|it| it.id).collect()
    };
    let mut all = both.items.iter().map(|it| it.id).collect::<Vec<_>>();
    all.sort_by_key(|it| std::cmp::Reverse(it.0));
    assert_eq!(found(&["gjerstad", "karmoy"], &|_| ()).await, all);
    assert_eq!(found(&["gjerstad"], &|_| ()).await, [both.items[0].id]);
    assert_eq!(found(&["nowhere"], &|_| ()).await, []);
    assert_eq!(found(&[], &|_| ()).await, []);
    assert_eq!(found(&["gjerstad", "karmoy"], &|it| it.responsible = Some(kari.id)).await, [both.items[0].id]);
    assert_eq!(found(&["gjerstad", "karmoy"], &|it| it.states = vec![ItemState::Unread]).await, [both.items[1].id]);
    let unknown = Reference::from_random([9; 9]);
    assert_eq!(found(&["gjerstad"], &|it| it.reference = Some(unknown.clone())).await, []);
    store.close().await;
}

async fn acts_follow_the_state_machine_and_are_told<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let given = settlement(1);
    store.settle(given.clone()).await.unwrap();
    let (id, units) = (given.items[0].id, [unit("gjerstad")]);
    let (kari, ola) = (person("Kari"), person("Ola"));

    let [archive, decide] = filing();
    let steps = [
        (Act::Close, &kari, Err(ActRefused::NobodyResponsible)),
        (Act::Open, &kari, Ok(ItemState::Opened)),
        (Act::Open, &ola, Ok(ItemState::Opened)),
        (Act::Take, &kari, Ok(ItemState::Taken)),
        (Act::Take, &ola, Err(ActRefused::TakenByAnother)),
        (Act::Release, &kari, Ok(ItemState::Opened)),
        (Act::Take, &ola, Ok(ItemState::Taken)),
        (Act::Close, &kari, Err(ActRefused::TakenByAnother)),
        (Act::Close, &ola, Err(ActRefused::NoArchiveReference)),
        (archive, &ola, Ok(ItemState::Taken)),
        (decide, &ola, Ok(ItemState::Taken)),
        (Act::Close, &ola, Ok(ItemState::Closed)),
        (Act::Take, &kari, Err(ActRefused::Closed)),
        (Act::Reopen, &kari, Ok(ItemState::Opened)),
        (Act::Take, &kari, Ok(ItemState::Taken)),
    ];
    for (it, who, outcome) in steps {
        let kind = it.kind();
        assert_eq!(act(&*store, id, &units, it, who).await.unwrap(), outcome, "{kind:?}");
    }

    let detail = store.item(id, &units).await.unwrap();
    assert_eq!((detail.row.state, detail.row.responsible), (ItemState::Taken, Some(kari)));
    let told: Vec<&str> = detail.journal.iter().map(|it| it.action.as_str()).collect();
    assert_eq!(
        told,
        [
            "accepted", "opened", "opened", "taken", "released", "taken", "archived", "decided", "closed", "reopened",
            "taken"
        ]
    );
    let counts = store.inbox_counts(&units, person("Kari").id).await.unwrap();
    assert_eq!(counts, InboxCounts { taken: 1, mine: 1, ..InboxCounts::default() });
    let counts = store.inbox_counts(&units, ola.id).await.unwrap();
    assert_eq!(counts, InboxCounts { taken: 1, ..InboxCounts::default() });
    let counts = store.inbox_counts(&[unit("nowhere")], person("Kari").id).await.unwrap();
    assert_eq!(counts, InboxCounts::default());
    assert!(matches!(store.verify_journal().await.unwrap(), JournalProof::Whole { lines: 11, .. }));
    store.close().await;
}

async fn an_item_is_absent_for_other_units<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let given = settlement(1);
    store.settle(given.clone()).await.unwrap();
    let id = given.items[0].id;

    for units in [Vec::new(), vec![unit("karmoy")]] {
        assert!(matches!(store.item(id, &units).await, Err(StoreError::Absent)));
        let opened = act(&*store, id, &units, Act::Open, &person("Kari")).await;
        assert!(matches!(opened, Err(StoreError::Absent)));
    }
    assert!(matches!(store.item(ItemId(some_id()), &[unit("gjerstad")]).await, Err(StoreError::Absent)));
    assert_eq!(number(&*store, "SELECT COUNT(*) AS number FROM journal").await, 1);
    store.close().await;
}

async fn two_who_take_at_once_are_one_who_has_taken<G: Ground>(ground: &G) {
    let stores = [ground.open().await, ground.open().await];
    let given = settlement(1);
    stores[0].settle(given.clone()).await.unwrap();
    let id = given.items[0].id;

    let tasks: Vec<_> = (0..12)
        .map(|it| {
            let store = Arc::clone(&stores[it % 2]);
            tokio::spawn(async move {
                let who = person(&format!("Person {it}"));
                act(&*store, id, &[unit("gjerstad")], Act::Take, &who).await.unwrap()
            })
        })
        .collect();
    let mut taken = 0;
    for task in tasks {
        match task.await.unwrap() {
            Ok(ItemState::Taken) => taken += 1,
            other => assert_eq!(other, Err(ActRefused::TakenByAnother)),
        }
    }

    assert_eq!(taken, 1);
    assert!(matches!(stores[0].verify_journal().await.unwrap(), JournalProof::Whole { lines: 2, .. }));
    for store in stores {
        store.close().await;
    }
}

async fn counts_agree_with_the_rows_after_many_acts<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let given: Vec<Settlement> = (0..20).map(settlement).collect();
    for it in &given {
        store.settle(it.clone()).await.unwrap();
    }
    // Each item gets all seven, beginning at another one.
    let [archive, decide] = filing();
    let acts = [Act::Open, Act::Take, archive, decide, Act::Close, Act::Reopen, Act::Release];
    let who = person("Kari");
    for step in 0..140 {
        let id = given[step % 20].items[0].id;
        let next = acts[(step % 20 + step / 20) % 7].clone();
        let _refused_or_not = act(&*store, id, &[unit("gjerstad")], next, &who).await.unwrap();
    }

    let differing = "SELECT COUNT(*) AS number
FROM (SELECT unit, state, COUNT(*) AS rows FROM items GROUP BY unit, state) AS i
FULL OUTER JOIN (SELECT unit, state, count FROM tallies WHERE what = 'item' AND count <> 0) AS t
    ON t.unit = i.unit AND t.state = i.state
WHERE i.rows IS NULL OR t.count IS NULL OR i.rows <> t.count";
    assert_eq!(number(&*store, differing).await, 0);
    let counts = store.inbox_counts(&[unit("gjerstad"), unit("karmoy")], who.id).await.unwrap();
    assert_eq!(counts.unread + counts.opened + counts.taken + counts.closed, 40);
    assert!(counts.closed > 0 && counts.opened > 0, "{counts:?}");
    store.close().await;
}

async fn earlier_reports_about_the_same_person_are_found<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let given: Vec<Settlement> = (0..4)
        .map(|it| {
            let mut given = one_item(it, it, if it == 2 { "karmoy" } else { "gjerstad" }, false);
            if it == 1 {
                given.items[0].summary = given.items[0]
                    .summary
                    .clone()
                    .map(|was| crate::storage::ItemSummary { person_id: Some(OTHER_PERSON_ID.to_owned()), ..was });
            }
            given
        })
        .collect();
    for it in &given {
        store.settle(it.clone()).await.unwrap();
    }

    let earlier = async |index: usize, units: &[UnitId]| -> Vec<ItemId> {
        let detail = store.item(given[index].items[0].id, units).await.unwrap();
        detail.earlier.into_iter().map(|it| it.id).collect()
    };
    let id = |index: usize| given[index].items[0].id;
    assert_eq!(earlier(3, &[unit("gjerstad")]).await, [id(0)]);
    assert_eq!(earlier(3, &[unit("gjerstad"), unit("karmoy")]).await, [id(2), id(0)]);
    assert_eq!(earlier(1, &[unit("gjerstad")]).await, []);
    store.close().await;
}

fn query(order: InboxOrder, units: &[&str], rows_max: u32) -> InboxQuery {
    let units = units.iter().map(|it| unit(it)).collect();
    InboxQuery { units, order, ..InboxQuery::first(rows_max) }
}

fn cursor(row: &InboxRow) -> InboxCursor {
    InboxCursor { deadline: row.deadline, received_at: row.received_at, id: row.id }
}

async fn walk(store: &dyn InboxStore, mut query: InboxQuery) -> Vec<InboxRow> {
    let mut rows = Vec::new();
    loop {
        let page = store.inbox_page(&query).await.unwrap();
        assert!(page.len() <= query.rows_max as usize);
        let Some(last) = page.last() else { return rows };
        query.after = Some(cursor(last));
        rows.extend(page);
    }
}

fn one_item(number: u32, moment: u32, unit_name: &str, urgent: bool) -> Settlement {
    let mut given = settlement(number);
    given.message.received_at.0 = NOON.0 + i64::from(moment);
    given.items = vec![item(unit_name, Share::Content)];
    given.items[0].urgent = urgent;
    given.items[0].deadline.0 = NOON.0 + i64::from(moment) + if urgent { 0 } else { 1_000_000 };
    given.notices.clear();
    given
}

/// The same person for the same name.
fn person(name: &str) -> Person {
    let id = UserId(Uuid::from_slice(&super::sha256(name.as_bytes())[..16]).unwrap());
    Person { id, display_name: name.to_owned() }
}
