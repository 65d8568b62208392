//! Nobody is responsible for a case that they do not see any more, however they came to lose sight of it.

use super::Ground;
use super::NOON;
use super::contract;
use super::deed_of;
use super::item;
use super::settlement;
use super::some_id;
use super::unit;
use crate::domain::Act;
use crate::domain::ActKind;
use crate::domain::Clearance;
use crate::domain::Coordinator;
use crate::domain::CoordinatorDuty;
use crate::domain::CoordinatorKind;
use crate::domain::ItemId;
use crate::domain::ItemState;
use crate::domain::LiftReason;
use crate::domain::LiftStep;
use crate::domain::LiftTo;
use crate::domain::Membership;
use crate::domain::MembershipId;
use crate::domain::Overlap;
use crate::domain::Redacted;
use crate::domain::Reminder;
use crate::domain::Role;
use crate::domain::Share;
use crate::domain::Sight;
use crate::domain::Timestamp;
use crate::storage::AccountStore as _;
use crate::storage::Acted;
use crate::storage::Actor;
use crate::storage::CaseStore;
use crate::storage::MessageStore as _;
use crate::storage::PeopleStore as _;
use crate::storage::Person;
use crate::storage::RegisterFilter;
use crate::storage::RegisterQuery;
use crate::storage::RegisterStore;
use crate::storage::ReminderStore as _;
use crate::storage::SqlStore;
use crate::storage::User;
use crate::storage::UserId;
use jiff::civil::date;
use std::sync::Arc;
use std::time::Duration;

contract!(
    one_who_is_only_a_member_now_keeps_what_is_lifted_and_nothing_else,
    one_who_is_cleared_no_more_keeps_no_graded_case,
    one_who_is_to_come_back_keeps_nothing_meanwhile,
    a_member_who_took_a_lifted_case_has_it_no_more_when_the_lift_is_taken_back,
    a_unit_is_told_once_that_nobody_has_a_case_and_its_reminders_apply_anew,
    the_register_tells_that_a_main_coordinator_has_left,
);

async fn one_who_is_only_a_member_now_keeps_what_is_lifted_and_nothing_else<G: Ground>(ground: &G) {
    let (store, nora) = someone(ground).await;
    let worked = grant(&*store, &nora, wanted(Role::CaseWorker)).await;
    grant(&*store, &nora, wanted(Role::Member)).await;
    let (lifted, other) = (planted(&*store, 1, false).await, planted(&*store, 2, false).await);
    for it in [lifted, other] {
        takes(&*store, it, &nora).await;
    }
    done(&*store, lifted, lift_to_members(), &nora, 2).await;

    store.end_membership(worked, None, &Actor::House, at(3)).await.unwrap();

    assert_eq!(responsible(&*store, lifted).await, (ItemState::Taken, Some(nora.id)), "she sees it still");
    assert_eq!(responsible(&*store, other).await, (ItemState::Opened, None));
    assert_eq!(store.let_go(at(4), 1).await.unwrap(), 0, "and that is all");
    store.close().await;
}

async fn one_who_is_cleared_no_more_keeps_no_graded_case<G: Ground>(ground: &G) {
    let (store, nora) = someone(ground).await;
    let to = Some(at(3600));
    let cleared = Membership { clearance: Clearance::Graded, to, ..wanted(Role::CaseWorker) };
    grant(&*store, &nora, cleared).await;
    grant(&*store, &nora, wanted(Role::Secretary)).await;
    let (graded, ordinary) = (planted(&*store, 1, true).await, planted(&*store, 2, false).await);
    for it in [graded, ordinary] {
        takes(&*store, it, &nora).await;
    }

    assert_eq!(store.let_go(at(3599), 9).await.unwrap(), 0);
    assert_eq!(store.let_go(at(3600), 9).await.unwrap(), 1);

    assert_eq!(responsible(&*store, graded).await, (ItemState::Opened, None));
    assert_eq!(responsible(&*store, ordinary).await, (ItemState::Taken, Some(nora.id)));
    store.close().await;
}

async fn one_who_is_to_come_back_keeps_nothing_meanwhile<G: Ground>(ground: &G) {
    let (store, nora) = someone(ground).await;
    let now = grant(&*store, &nora, wanted(Role::CaseWorker)).await;
    grant(&*store, &nora, Membership { from: at(90 * 86_400), ..wanted(Role::CaseWorker) }).await;
    let case = planted(&*store, 1, false).await;
    takes(&*store, case, &nora).await;

    store.end_membership(now, None, &Actor::House, at(2)).await.unwrap();

    assert_eq!(responsible(&*store, case).await, (ItemState::Opened, None));
    store.close().await;
}

/// At once; and when an agenda showed it to her and shows it no more, as soon as somebody looks.
async fn a_member_who_took_a_lifted_case_has_it_no_more_when_the_lift_is_taken_back<G: Ground>(ground: &G) {
    let (store, nora) = someone(ground).await;
    let kari = Person { id: UserId(some_id()), display_name: "Kari".to_owned() };
    grant(&*store, &nora, wanted(Role::Member)).await;
    let case = planted(&*store, 1, false).await;
    done(&*store, case, Act::Open, &kari, 0).await;
    done(&*store, case, lift_to_members(), &kari, 1).await;
    takes(&*store, case, &nora).await;
    assert_eq!(store.let_go(at(2), 9).await.unwrap(), 0);

    let back = Act::TakeBackLift { why: Redacted::new("Feil gruppe.".to_owned()) };
    let acted = store.act_on_case(&deed_of(case, "gjerstad", back, &kari, at(3))).await.unwrap();

    let Acted::Done { state, version, .. } = acted else { panic!("{acted:?}") };
    let told = store.case(case, &[unit("gjerstad")]).await.unwrap();
    assert_eq!((state, version), (ItemState::Opened, told.version), "the page is told how it stands");
    let acts: Vec<_> = told.events.iter().rev().take(2).map(|it| it.act).collect();
    assert_eq!(acts, [ActKind::Lapse, ActKind::TakeBackLift]);
    assert_eq!(responsible(&*store, case).await, (ItemState::Opened, None));

    // As when it is taken off the agenda that showed it.
    done(&*store, case, lift_to_members(), &kari, 20).await;
    takes(&*store, case, &nora).await;
    super::tamper(&*store, "DELETE FROM lifts").await;
    assert_eq!(store.let_go(at(30), 9).await.unwrap(), 1);
    assert_eq!(responsible(&*store, case).await, (ItemState::Opened, None));
    store.close().await;
}

async fn a_unit_is_told_once_that_nobody_has_a_case_and_its_reminders_apply_anew<G: Ground>(ground: &G) {
    let (store, nora) = someone(ground).await;
    let case = planted(&*store, 1, false).await;
    let kari = Person { id: UserId(some_id()), display_name: "Kari".to_owned() };
    for round in 0..2 {
        let here = grant(&*store, &nora, wanted(Role::CaseWorker)).await;
        takes(&*store, case, &nora).await;
        let late = store.late_items(at(99), 9).await.unwrap();
        assert_eq!(late.len(), 1, "{round}: it is reminded of as any other");
        assert!(store.remind(&late[0], Reminder::AnswerLate, &[], at(99)).await.unwrap());
        assert!(store.late_items(at(99), 9).await.unwrap().is_empty());
        assert!(store.left_items(9).await.unwrap().is_empty(), "somebody has it");
        store.end_membership(here, None, &Actor::House, at(100)).await.unwrap();
    }

    let left = store.left_items(9).await.unwrap();
    assert_eq!((left.len(), left[0].item, left[0].unit.clone()), (1, case, unit("gjerstad")));
    assert_eq!(store.late_items(at(101), 9).await.unwrap().len(), 1);
    assert!(store.remind(&left[0], Reminder::NobodyResponsible, &[], at(101)).await.unwrap());
    assert!(!store.remind(&left[0], Reminder::NobodyResponsible, &[], at(102)).await.unwrap());
    assert!(store.left_items(9).await.unwrap().is_empty());

    // Taken before anybody was told: there is nothing to tell.
    let here = grant(&*store, &nora, wanted(Role::CaseWorker)).await;
    takes(&*store, case, &nora).await;
    store.end_membership(here, None, &Actor::House, at(200)).await.unwrap();
    takes(&*store, case, &kari).await;
    assert!(!store.remind(&left[0], Reminder::NobodyResponsible, &[], at(201)).await.unwrap());
    assert!(store.left_items(9).await.unwrap().is_empty());
    store.close().await;
}

async fn the_register_tells_that_a_main_coordinator_has_left<G: Ground>(ground: &G) {
    let (store, nora) = someone(ground).await;
    let kari = Person { id: UserId(some_id()), display_name: "Kari".to_owned() };
    // Who is here now is asked of the clock, so all of this was long ago.
    let here = grant(&*store, &nora, Membership { from: Timestamp(0), ..wanted(Role::Coordinator) }).await;
    let (hers, elsewhere) = (planted(&*store, 1, false).await, planted(&*store, 2, false).await);
    for (case, staff) in [(hers, Some(nora.id.0)), (elsewhere, None)] {
        takes(&*store, case, &kari).await;
        let coordinator = Coordinator {
            id: some_id(),
            kind: CoordinatorKind::Municipal,
            duty: CoordinatorDuty::Main,
            name: Redacted::new(nora.display_name.clone()),
            staff,
            from: date(2026, 1, 1),
            until: None,
            overlap: Overlap::Unsaid,
            decision: None,
        };
        done(&*store, case, Act::AppointCoordinator { coordinator }, &kari, 2).await;
    }
    assert_eq!(left_in_register(&*store).await, []);

    store.end_membership(here, None, &Actor::House, Timestamp(9)).await.unwrap();

    assert_eq!(left_in_register(&*store).await, [hers], "the other has the same name, and never had a role here");
    store.close().await;
}

async fn left_in_register(store: &dyn RegisterStore) -> Vec<ItemId> {
    let query = RegisterQuery { filter: RegisterFilter::default(), after: None, rows_max: 9 };
    let rows = store.register_page(&[Sight::whole(unit("gjerstad"))], &query).await.unwrap();
    assert!(rows.len() == 2 && rows.iter().all(|it| it.coordinator.is_some()));
    rows.iter().filter(|it| it.coordinator_left).map(|it| it.id).collect()
}

async fn someone<G: Ground>(ground: &G) -> (Arc<SqlStore<G::Engine>>, Person) {
    let store = ground.open().await;
    let nora = User {
        id: UserId(some_id()),
        login: "nora".to_owned(),
        display_name: "Nora på jobb".to_owned(),
        units: Vec::new(),
        ended_at: None,
    };
    store.add_user(&nora, Timestamp(0)).await.unwrap();
    (store, Person { id: nora.id, display_name: nora.display_name })
}

fn wanted(role: Role) -> Membership {
    let (id, unit, clearance) = (MembershipId(0), unit("gjerstad"), Clearance::Ordinary);
    Membership { id, unit, role, case: None, clearance, from: NOON, to: None }
}

async fn grant<E: super::Engine>(store: &SqlStore<E>, who: &Person, wanted: Membership) -> MembershipId {
    store.grant(who.id, &wanted, &Actor::House, NOON).await.unwrap()
}

async fn planted<E: super::Engine>(store: &SqlStore<E>, number: u32, graded: bool) -> ItemId {
    let mut given = settlement(number);
    given.items = vec![item("gjerstad", Share::Content)];
    given.items[0].protected = graded;
    given.notices.clear();
    let id = given.items[0].id;
    store.settle(given).await.unwrap();
    id
}

async fn takes(store: &dyn CaseStore, case: ItemId, who: &Person) {
    done(store, case, Act::Take, who, 1).await;
}

async fn done(store: &dyn CaseStore, case: ItemId, act: Act, who: &Person, seconds: u64) {
    let acted = store.act_on_case(&deed_of(case, "gjerstad", act, who, at(seconds))).await.unwrap();
    assert!(matches!(acted, Acted::Done { .. }), "{acted:?}");
}

async fn responsible(store: &dyn CaseStore, case: ItemId) -> (ItemState, Option<UserId>) {
    let case = store.case(case, &[unit("gjerstad")]).await.unwrap().case;
    (case.state, case.responsible.map(|it| UserId(it.id)))
}

fn lift_to_members() -> Act {
    let to = LiftTo::Members { unit: unit("gjerstad") };
    Act::Lift { to, reason: LiftReason::BetterHere, step: LiftStep::One, text: None }
}

fn at(seconds: u64) -> Timestamp {
    NOON.plus(Duration::from_secs(seconds))
}
