//! Coordinators by appointment: what is theirs, from the first day to the last.

use super::Ground;
use super::contract;
use super::item;
use super::settlement;
use super::some_id;
use super::unit;
use crate::clock::Clock as _;
use crate::clock::TestClock;
use crate::domain::Act;
use crate::domain::Acting;
use crate::domain::Authority;
use crate::domain::Clearance;
use crate::domain::Colleague;
use crate::domain::Coordinator;
use crate::domain::CoordinatorDuty;
use crate::domain::CoordinatorKind;
use crate::domain::ItemId;
use crate::domain::Overlap;
use crate::domain::Redacted;
use crate::domain::Share;
use crate::domain::Sight;
use crate::domain::TaskKind;
use crate::domain::Timestamp;
use crate::domain::Which;
use crate::storage::Acted;
use crate::storage::CaseStore;
use crate::storage::Deed;
use crate::storage::InboxQuery;
use crate::storage::ListFilter;
use crate::storage::MessageStore;
use crate::storage::NewTask;
use crate::storage::PeopleStore;
use crate::storage::Person;
use crate::storage::ReminderStore;
use crate::storage::SearchQuery;
use crate::storage::SearchStore;
use crate::storage::Sought;
use crate::storage::SqlStore;
use crate::storage::StoreOptions;
use crate::storage::TaskStore;
use crate::storage::UserId;
use crate::storage::sql::engine::Engine;
use jiff::civil::Date;
use jiff::civil::date;
use std::sync::Arc;
use std::time::Duration;
use uuid::Uuid;

contract!(
    what_one_coordinates_is_seen_from_the_first_day_to_the_last,
    what_one_is_also_responsible_for_is_counted_once,
    nobody_coordinates_in_another_unit_or_what_they_are_not_cleared_for,
);

const DAY: Duration = Duration::from_secs(86_400);
const KIM: Uuid = Uuid::from_u128(70);
const KARI: Uuid = Uuid::from_u128(71);

/// 5 October 2026, ten o'clock in Norway.
fn start() -> Timestamp {
    Timestamp::from_jiff("2026-10-05T08:00:00Z".parse().unwrap())
}

async fn opened<G: Ground>(ground: &G) -> (Arc<SqlStore<G::Engine>>, Arc<TestClock>) {
    let clock = Arc::new(TestClock::at(start()));
    let shown = Arc::clone(&clock) as Arc<dyn crate::clock::Clock>;
    (ground.open_with(StoreOptions { clock: shown, ..StoreOptions::default() }).await, clock)
}

/// A case that Kari has, with Kim as coordinator for these days.
async fn case<E: Engine>(store: &SqlStore<E>, number: u32, graded: bool, days: (Date, Option<Date>)) -> ItemId {
    let mut settlement = settlement(number);
    let mut planted = item("gjerstad", Share::Content);
    planted.protected = graded;
    planted.deadline = start();
    let id = planted.id;
    settlement.items = vec![planted];
    store.settle(settlement).await.unwrap();
    for act in [Act::Open, Act::Take] {
        done(store, id, act, KARI).await;
    }
    let coordinator = Coordinator {
        id: some_id(),
        kind: CoordinatorKind::Municipal,
        duty: CoordinatorDuty::Main,
        name: Redacted::new("Kim Koordinator".to_owned()),
        staff: Some(KIM),
        from: days.0,
        until: days.1,
        overlap: Overlap::Unsaid,
        decision: None,
    };
    done(store, id, Act::AppointCoordinator { coordinator }, KARI).await;
    id
}

async fn done<E: Engine>(store: &SqlStore<E>, item: ItemId, act: Act, who: Uuid) {
    let who = Colleague { id: who, name: "Kari".to_owned() };
    let by = Acting { who, authority: Authority::Own, at: start() };
    let deed = Deed { item, units: vec![unit("gjerstad")], act, by, version: None };
    assert!(matches!(store.act_on_case(&deed).await.unwrap(), Acted::Done { .. }));
}

fn sight(which: Which) -> Sight {
    Sight { unit: unit("gjerstad"), which, clearance: Clearance::Ordinary }
}

/// What one with the role of coordinator sees.
fn sights() -> [Sight; 2] {
    [sight(Which::Own), sight(Which::Appointed)]
}

async fn what_one_coordinates_is_seen_from_the_first_day_to_the_last<G: Ground>(ground: &G) {
    let (store, clock) = opened(ground).await;
    let id = case(&*store, 1, false, (date(2026, 10, 6), Some(date(2026, 10, 7)))).await;
    let other = case(&*store, 2, false, (date(2027, 1, 1), None)).await;
    let kari = Person { id: UserId(KARI), display_name: "Kari".to_owned() };
    for it in [id, other] {
        let task = NewTask {
            id: some_id(),
            kind: TaskKind::Other,
            text: None,
            due_on: date(2026, 10, 4),
            assignee: None,
            meeting: None,
        };
        store.add_task(it, &task, &kari, start()).await.unwrap();
    }
    let who = UserId(KIM);

    for has_it in [false, true, true, false] {
        let now = clock.now();
        let expected = if has_it { vec![id] } else { Vec::new() };
        assert_eq!(store.coordinated(&[id, other], who).await.unwrap(), expected, "{now}");
        // In lists; also for one who sees all and asks for their own.
        for (sights, responsible) in [(&sights()[..], None), (&sights(), Some(who)), (&[sight(Which::All)], Some(who))]
        {
            let query = InboxQuery { responsible, ..InboxQuery::first(9) };
            let rows = store.seen_page(sights, who, &query).await.unwrap();
            assert_eq!(rows.iter().map(|it| it.id).collect::<Vec<_>>(), expected, "{now} {sights:?}");
            let reference = rows.first().map(|it| it.reference.clone());
            let query = InboxQuery { reference: reference.clone(), ..query };
            if reference.is_some() {
                assert_eq!(store.seen_page(sights, who, &query).await.unwrap().len(), 1);
            }
        }
        // In counts.
        let found = expected.len() as u64;
        let counts = store.seen_counts(&sights(), who).await.unwrap();
        assert_eq!((counts.taken, counts.mine), (found, found), "{now}");
        let counts = store.filtered_counts(&sights(), who, &ListFilter::default()).await.unwrap();
        assert_eq!((counts.of(crate::domain::ItemState::Taken), counts.mine), (found, found), "{now}");
        let whole = [sight(Which::All)];
        assert_eq!(store.seen_counts(&whole, who).await.unwrap().mine, found, "{now}");
        assert_eq!(store.filtered_counts(&whole, who, &ListFilter::default()).await.unwrap().mine, found, "{now}");
        assert_eq!(store.overdue_count(&sights(), who, now).await.unwrap(), found, "{now}");
        // In the search, and in the list of tasks.
        let sought = Sought::PersonName(Redacted::new(super::PERSON_NAME.to_owned()));
        let query = SearchQuery { sought, after: None, rows_max: 9 };
        assert_eq!(store.find(&sights(), who, &query).await.unwrap().len(), expected.len(), "{now}");
        assert_eq!(store.open_tasks(&sights(), who, &[], 9).await.unwrap().len(), expected.len(), "{now}");
        let today = now.date_in_norway();
        assert_eq!(store.overdue_tasks(&sights(), who, &[], today).await.unwrap(), found, "{now}");
        clock.advance(DAY);
    }
    store.close().await;
}

async fn what_one_is_also_responsible_for_is_counted_once<G: Ground>(ground: &G) {
    let (store, _) = opened(ground).await;
    let id = case(&*store, 1, false, (date(2026, 10, 5), None)).await;
    let kim = Colleague { id: KIM, name: "Kim".to_owned() };
    done(&*store, id, Act::Give { to: kim }, KARI).await;
    let who = UserId(KIM);

    for (sights, responsible) in [(&sights()[..], None), (&[sight(Which::All)], Some(who))] {
        let query = InboxQuery { responsible, ..InboxQuery::first(9) };
        assert_eq!(store.seen_page(sights, who, &query).await.unwrap().len(), 1);
        assert_eq!(store.seen_counts(sights, who).await.unwrap().mine, 1);
        assert_eq!(store.filtered_counts(sights, who, &ListFilter::default()).await.unwrap().mine, 1);
    }
    assert_eq!(store.seen_counts(&sights(), who).await.unwrap().taken, 1);
    store.close().await;
}

async fn nobody_coordinates_in_another_unit_or_what_they_are_not_cleared_for<G: Ground>(ground: &G) {
    let (store, _) = opened(ground).await;
    let open = case(&*store, 1, false, (date(2026, 10, 5), None)).await;
    let graded = case(&*store, 2, true, (date(2026, 10, 5), None)).await;
    let seen = async |sight: Sight, who| {
        let mut rows = store.seen_page(&[sight], who, &InboxQuery::first(9)).await.unwrap();
        rows.sort_by_key(|it| it.id);
        rows.iter().map(|it| it.id).collect::<Vec<_>>()
    };
    let (appointed, who) = (sight(Which::Appointed), UserId(KIM));

    assert_eq!(seen(appointed.clone(), who).await, [open]);
    let cleared = Sight { clearance: Clearance::Graded, ..appointed.clone() };
    let mut both = vec![open, graded];
    both.sort_unstable();
    assert_eq!(seen(cleared, who).await, both);
    assert_eq!(seen(Sight { unit: unit("karmoy"), ..appointed.clone() }, who).await, []);
    assert_eq!(seen(appointed, UserId(KARI)).await, [], "who appointed is no coordinator");
    store.close().await;
}
