//! The register, the coordinators, and why cases were lifted.

use super::Ground;
use super::NOON;
use super::contract;
use super::item;
use super::settlement;
use super::some_id;
use super::unit;
use crate::domain::Act;
use crate::domain::Acting;
use crate::domain::AgeGroup;
use crate::domain::Authority;
use crate::domain::Clearance;
use crate::domain::Colleague;
use crate::domain::Coordinator;
use crate::domain::CoordinatorDuty;
use crate::domain::CoordinatorKind;
use crate::domain::ItemId;
use crate::domain::ItemState;
use crate::domain::LiftReason;
use crate::domain::LiftStep;
use crate::domain::LiftTo;
use crate::domain::NeedKind;
use crate::domain::Overlap;
use crate::domain::PlanStatus;
use crate::domain::Redacted;
use crate::domain::ReporterCategory;
use crate::domain::Share;
use crate::domain::Sight;
use crate::domain::Timestamp;
use crate::domain::Which;
use crate::storage::Acted;
use crate::storage::CaseStore;
use crate::storage::Deed;
use crate::storage::ItemSummary;
use crate::storage::MessageStore;
use crate::storage::NewItem;
use crate::storage::RegisterCursor;
use crate::storage::RegisterFilter;
use crate::storage::RegisterQuery;
use crate::storage::RegisterStore;
use jiff::civil::date;
use std::time::Duration;
use uuid::Uuid;

contract!(
    the_register_is_filtered_paged_and_counted_alike,
    a_case_whose_coordinator_has_ended_is_in_the_gap_the_day_after,
    coordinators_are_named_and_patients_are_not,
    a_case_that_two_units_have_stands_once_for_one_who_sees_both,
    two_cases_of_one_person_are_one_person,
    reasons_for_lifts_are_counted_unless_taken_back,
);

async fn the_register_is_filtered_paged_and_counted_alike<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let mut ids = Vec::new();
    for number in 0..20_u32 {
        let mut given = NewItem { age_group: Some(AgeGroup::Child), ..item("gjerstad", Share::Content) };
        if number % 4 == 0 {
            given.needs = vec![NeedKind::CoordinatorAndPlan.code().to_owned()];
            given.reporter = Some(ReporterCategory::School.code().to_owned());
        }
        given.protected = number == 19;
        ids.push(plant(&*store, number, given).await);
    }
    plant(&*store, 20, item("risor", Share::Content)).await;
    for act in [Act::Open, Act::Take] {
        done(&*store, ids[0], act).await;
    }
    done(&*store, ids[0], Act::SetPlan { status: PlanStatus::Active, on: date(2026, 11, 22) }).await;

    let plain = [sight(Clearance::Ordinary)];
    let filters = [
        (RegisterFilter::default(), 19),
        (RegisterFilter { need: Some(NeedKind::CoordinatorAndPlan), ..RegisterFilter::default() }, 5),
        // A part of another code is not the code.
        (RegisterFilter { need: Some(NeedKind::Coordinator), ..RegisterFilter::default() }, 14),
        (RegisterFilter { reporter: Some(ReporterCategory::School), ..RegisterFilter::default() }, 5),
        (RegisterFilter { plan: Some(PlanStatus::Active), ..RegisterFilter::default() }, 1),
        (RegisterFilter { states: vec![ItemState::Taken], ..RegisterFilter::default() }, 1),
        (RegisterFilter { age_group: Some(AgeGroup::Old), ..RegisterFilter::default() }, 0),
        (RegisterFilter { from: Some(at(10)), until: Some(at(15)), ..RegisterFilter::default() }, 5),
        (RegisterFilter { unanswered_at: Some(at(1)), ..RegisterFilter::default() }, 19),
    ];
    for (filter, expected) in filters {
        assert_eq!(store.register_count(&plain, &filter).await.unwrap(), expected, "{filter:?}");
        let mut query = RegisterQuery { filter, after: None, rows_max: 3 };
        let mut seen = Vec::new();
        loop {
            let page = store.register_page(&plain, &query).await.unwrap();
            query.after = page.last().map(|it| RegisterCursor { received_at: it.received_at, id: it.id });
            seen.extend(page.iter().map(|it| (it.received_at, it.id)));
            if page.len() < 3 {
                break;
            }
        }
        assert_eq!(seen.len() as u64, expected);
        assert!(seen.windows(2).all(|it| it[0] > it[1]), "newest first, and none twice");
    }
    let cleared = [sight(Clearance::Graded)];
    assert_eq!(store.register_count(&cleared, &RegisterFilter::default()).await.unwrap(), 20);
    let lifted_only = [Sight { which: Which::Lifted, ..sight(Clearance::Graded) }];
    assert_eq!(store.register_count(&lifted_only, &RegisterFilter::default()).await.unwrap(), 0);
    store.close().await;
}

async fn a_case_whose_coordinator_has_ended_is_in_the_gap_the_day_after<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let id = plant(&*store, 0, item("gjerstad", Share::Content)).await;
    for act in [Act::Open, Act::Take] {
        done(&*store, id, act).await;
    }
    let gap = async |day| {
        let filter = RegisterFilter { uncoordinated_on: Some(day), ..RegisterFilter::default() };
        store.register_count(&[sight(Clearance::Ordinary)], &filter).await.unwrap()
    };
    assert_eq!(gap(date(2026, 11, 22)).await, 1);
    let until = Some(date(2026, 12, 1));
    done(&*store, id, Act::AppointCoordinator { coordinator: Coordinator { until, ..coordinator(1) } }).await;

    assert_eq!(gap(date(2026, 10, 31)).await, 1, "it has not begun");
    assert_eq!(gap(date(2026, 11, 22)).await, 0);
    assert_eq!(gap(date(2026, 12, 1)).await, 0, "the last day is one");
    assert_eq!(gap(date(2026, 12, 2)).await, 1);
    store.close().await;
}

async fn coordinators_are_named_and_patients_are_not<G: Ground>(ground: &G) {
    let store = ground.open().await;
    for (number, protected) in [(0, false), (1, false), (2, true)] {
        let id = plant(&*store, number, NewItem { protected, ..item("gjerstad", Share::Content) }).await;
        for act in [Act::Open, Act::Take] {
            done(&*store, id, act).await;
        }
        done(&*store, id, Act::AppointCoordinator { coordinator: coordinator(u128::from(number) + 1) }).await;
    }

    let found = store.coordinations(&[sight(Clearance::Ordinary)], 10).await.unwrap();

    assert_eq!(found.len(), 2, "a graded case is not seen");
    assert!(found.iter().all(|it| it.name.reveal() == "Kim Koordinator" && it.who == found[0].who));
    assert!(found.iter().all(|it| it.from == date(2026, 11, 1) && it.until.is_none()));
    assert_eq!(store.coordinations(&[sight(Clearance::Graded)], 10).await.unwrap().len(), 3);
    store.close().await;
}

async fn a_case_that_two_units_have_stands_once_for_one_who_sees_both<G: Ground>(ground: &G) {
    let store = ground.open().await;
    for (number, protected) in [(0, false), (1, true)] {
        let id = plant(&*store, number, NewItem { protected, ..item("gjerstad", Share::Content) }).await;
        for act in [Act::Open, Act::Take] {
            done(&*store, id, act).await;
        }
        let (reason, step) = (LiftReason::NotSolvedOtherwise, LiftStep::Two);
        let to = LiftTo::Group { item: some_id(), group: unit("kg") };
        done(&*store, id, Act::Lift { to, reason, step, text: None }).await;
    }
    let of = |name: &str, clearance| Sight { unit: unit(name), which: Which::All, clearance };
    let (all, gap) = (
        RegisterFilter::default(),
        RegisterFilter { uncoordinated_on: Some(date(2026, 11, 22)), ..RegisterFilter::default() },
    );
    let graded = Clearance::Graded;
    for (sights, expected) in [
        (vec![of("gjerstad", graded)], 2),
        (vec![of("kg", graded)], 2),
        (vec![of("gjerstad", graded), of("kg", graded)], 2),
        (vec![of("gjerstad", Clearance::Ordinary), of("kg", Clearance::Ordinary)], 1),
        // The graded one is seen in the group alone, and is not lost.
        (vec![of("gjerstad", Clearance::Ordinary), of("kg", graded)], 2),
    ] {
        for filter in [&all, &gap] {
            assert_eq!(store.register_count(&sights, filter).await.unwrap(), expected, "{sights:?}");
            let query = RegisterQuery { filter: filter.clone(), after: None, rows_max: 9 };
            let page = store.register_page(&sights, &query).await.unwrap();
            assert_eq!(page.len() as u64, expected, "{sights:?}");
        }
    }
    store.close().await;
}

async fn two_cases_of_one_person_are_one_person<G: Ground>(ground: &G) {
    let store = ground.open().await;
    for number in 0..3 {
        let mut given = item("gjerstad", Share::Content);
        if number == 2 {
            given.summary = Redacted::new(ItemSummary { person_id: None, ..given.summary.reveal().clone() });
        }
        let id = plant(&*store, number, given).await;
        for act in [Act::Open, Act::Take] {
            done(&*store, id, act).await;
        }
        done(&*store, id, Act::AppointCoordinator { coordinator: coordinator(u128::from(number) + 1) }).await;
    }
    let found = store.coordinations(&[sight(Clearance::Ordinary)], 9).await.unwrap();
    let persons: std::collections::BTreeSet<_> = found.iter().map(|it| it.person.clone()).collect();
    assert_eq!((found.len(), persons.len()), (3, 2), "one is not known by a number, and is another");
    store.close().await;
}

/// seed in part: G-16, G-17, R-19, R-20
async fn reasons_for_lifts_are_counted_unless_taken_back<G: Ground>(ground: &G) {
    let store = ground.open().await;
    for (number, reason) in [(0, LiftReason::NotSolvedOtherwise), (1, LiftReason::BetterHere)] {
        let id = plant(&*store, number, item("gjerstad", Share::Content)).await;
        for act in [Act::Open, Act::Take] {
            done(&*store, id, act).await;
        }
        let (item, step) = (some_id(), LiftStep::Two);
        done(&*store, id, Act::Lift { to: LiftTo::Group { item, group: unit("kg") }, reason, step, text: None }).await;
        if reason == LiftReason::BetterHere {
            let undone = store.undo(id, &[unit("gjerstad")], &by()).await.unwrap();
            assert!(matches!(undone, Acted::Done { .. }), "{undone:?}");
        }
    }

    let seen = [sight(Clearance::Ordinary)];
    let reasons = store.lift_reasons(&seen, NOON, at(1), 10).await.unwrap();

    let [told] = reasons.as_slice() else { panic!("{reasons:?}") };
    assert_eq!((told.reason.as_str(), told.step.is_some()), (LiftReason::NotSolvedOtherwise.code(), true));
    assert!(store.lift_reasons(&seen, at(1), at(2), 10).await.unwrap().is_empty());
    store.close().await;
}

async fn plant(store: &dyn MessageStore, number: u32, given: NewItem) -> ItemId {
    let mut settlement = settlement(number);
    settlement.message.received_at = at(u64::from(number));
    let id = given.id;
    settlement.items = vec![given];
    settlement.notices.clear();
    store.settle(settlement).await.unwrap();
    id
}

async fn done(store: &dyn CaseStore, item: ItemId, act: Act) {
    let deed = Deed { item, units: vec![unit("gjerstad")], act, by: by(), version: None };
    let acted = store.act_on_case(&deed).await.unwrap();
    assert!(matches!(acted, Acted::Done { .. }), "{acted:?}");
}

fn by() -> Acting {
    let who = Colleague { id: Uuid::from_u128(7), name: "Kari".to_owned() };
    Acting { who, authority: Authority::Own, at: NOON }
}

fn at(seconds: u64) -> Timestamp {
    NOON.plus(Duration::from_secs(seconds))
}

fn sight(clearance: Clearance) -> Sight {
    Sight { unit: unit("gjerstad"), which: Which::All, clearance }
}

fn coordinator(id: u128) -> Coordinator {
    Coordinator {
        id: Uuid::from_u128(id),
        kind: CoordinatorKind::Municipal,
        duty: CoordinatorDuty::Main,
        name: Redacted::new("Kim Koordinator".to_owned()),
        staff: None,
        from: date(2026, 11, 1),
        until: None,
        overlap: Overlap::Unsaid,
        decision: None,
    }
}
