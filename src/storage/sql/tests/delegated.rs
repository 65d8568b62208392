//! A delegated appointment, from each end: how it ends, and what becomes of the coordinator afterwards.

use super::Ground;
use super::contract;
use super::number;
use super::passed_on::assert_counts;
use super::passed_on::assert_gone;
use super::passed_on::at;
use super::passed_on::delegated;
use super::passed_on::does;
use super::passed_on::done;
use super::passed_on::lift;
use super::passed_on::taken;
use super::passed_on::text;
use super::settlement;
use super::some_id;
use super::tamper;
use super::unit;
use crate::domain::Act;
use crate::domain::ActKind;
use crate::domain::ActRefused;
use crate::domain::CaseOutcome;
use crate::domain::Coordinator;
use crate::domain::CoordinatorDuty;
use crate::domain::CoordinatorKind;
use crate::domain::FollowUpKind;
use crate::domain::ItemId;
use crate::domain::ItemState;
use crate::domain::Overlap;
use crate::domain::Particular;
use crate::domain::Share;
use crate::domain::TaskKind;
use crate::domain::TransferTarget;
use crate::storage::Acted;
use crate::storage::CaseStore as _;
use crate::storage::FollowUp;
use crate::storage::InboxStore as _;
use crate::storage::JournalProof;
use crate::storage::MessageStore as _;
use crate::storage::OperatorStore as _;
use crate::storage::RetentionStore as _;
use crate::storage::SqlStore;
use crate::storage::TaskStore as _;
use jiff::civil::date;
use uuid::Uuid;

contract!(
    a_unit_that_says_no_has_the_case_no_more_and_can_be_asked_again,
    a_unit_that_was_asked_has_the_case_no_more_when_it_is_closed_at_home,
    a_unit_that_was_asked_has_the_case_no_more_when_home_appoints,
    a_unit_that_has_appointed_keeps_the_case_when_it_is_closed_at_home,
    a_row_that_was_left_by_a_delegation_ends_and_others_do_not,
    one_row_that_cannot_be_ended_keeps_no_other_from_ending,
    a_coordinator_who_is_ended_where_she_was_appointed_is_ended_at_home,
    a_coordinator_who_is_changed_at_one_end_is_changed_at_the_other,
    whom_a_unit_that_was_asked_appoints_later_stands_at_home_too,
    the_task_to_appoint_is_done_when_the_unit_that_was_asked_has_done_it,
    what_is_heard_of_a_case_leaves_it_closed_where_it_was_laid_to,
);

async fn a_unit_that_says_no_has_the_case_no_more_and_can_be_asked_again<G: Ground>(ground: &G) {
    let (store, own) = taken(ground).await;
    let task = asked_and_taken(&*store, own).await;
    let no = || Act::Note { what: Particular::TakeBackDelegation };
    let transfer = some_id();
    offered_on(&*store, task, transfer).await;
    assert_eq!(does(&*store, task, "tj", no(), 20).await, Acted::Refused(ActRefused::OfferedAway));
    done(&*store, task, "tj", Act::TakeBackTransfer, 21).await;

    let said = does(&*store, task, "tj", no(), 22).await;

    let Acted::Done { state, version, undo_until, .. } = said else { panic!("{said:?}") };
    assert_eq!((state, undo_until), (ItemState::Withdrawn, None));
    assert_gone(&*store, task, "tj").await;
    let there = store.case(task, &[unit("tj")]).await.unwrap();
    assert_eq!(there.version, version, "what was told is as it stands");
    let acts: Vec<ActKind> = there.events.iter().map(|it| it.act).collect();
    assert!(acts.ends_with(&[ActKind::TakeBackDelegation, ActKind::LiftEnded]), "{acts:?}");
    let home = store.case(own, &[unit("gjerstad")]).await.unwrap();
    assert_eq!((home.case.state, home.case.particulars.delegation), (ItemState::Taken, None));
    assert_eq!(home.events.last().unwrap().act, ActKind::TakeBackDelegation, "home is told");
    let again = delegated(&*store, own).await;
    assert_eq!(store.item(again, &[unit("tj")]).await.unwrap().row.share, Share::Content);
    done(&*store, own, "gjerstad", Act::Note { what: Particular::TakeBackDelegation }, 30).await;
    let to = TransferTarget::Unit(unit("tj"));
    let transfer = some_id();
    done(&*store, own, "gjerstad", Act::OfferTransfer { transfer, to, why: text("Deres.") }, 31).await;
    assert_counts(&*store).await;
    store.close().await;
}

async fn a_unit_that_was_asked_has_the_case_no_more_when_it_is_closed_at_home<G: Ground>(ground: &G) {
    let (store, own) = taken(ground).await;
    let task = asked_and_taken(&*store, own).await;

    close(&*store, own).await;

    assert_gone(&*store, task, "tj").await;
    let days = |it: u64| at(it * 86_400);
    assert_eq!(store.outlived(days(90), days(180), 9).await.unwrap().len(), 1, "nobody keeps the content");
    assert_counts(&*store).await;
    store.close().await;
}

async fn a_unit_that_was_asked_has_the_case_no_more_when_home_appoints<G: Ground>(ground: &G) {
    let (store, own) = taken(ground).await;
    let task = asked_and_taken(&*store, own).await;

    done(&*store, own, "gjerstad", Act::AppointCoordinator { coordinator: nina() }, 20).await;

    assert_gone(&*store, task, "tj").await;
    let there = store.case(task, &[unit("tj")]).await.unwrap();
    let acts: Vec<ActKind> = there.events.iter().map(|it| it.act).collect();
    assert!(acts.ends_with(&[ActKind::FinishDelegation, ActKind::LiftEnded]), "{acts:?}");
    assert_eq!(number(&*store, "SELECT COUNT(*) AS number FROM coordinators").await, 1, "at home");
    assert_counts(&*store).await;
    store.close().await;
}

async fn a_unit_that_has_appointed_keeps_the_case_when_it_is_closed_at_home<G: Ground>(ground: &G) {
    let (store, own) = taken(ground).await;
    let task = asked_and_taken(&*store, own).await;
    done(&*store, task, "tj", Act::AppointCoordinator { coordinator: nina() }, 20).await;

    close(&*store, own).await;

    assert_eq!(store.item(task, &[unit("tj")]).await.unwrap().row.share, Share::Content);
    assert_eq!(store.end_lifts(at(60), at(61), 9).await.unwrap(), 0);
    store.close().await;
}

/// Older versions left the row of a unit that had said no as it was.
async fn a_row_that_was_left_by_a_delegation_ends_and_others_do_not<G: Ground>(ground: &G) {
    let (store, own) = taken(ground).await;
    let (group, beside) = (some_id(), some_id());
    done(&*store, own, "gjerstad", lift(group, "kg"), 1).await;
    let task = asked_and_taken(&*store, own).await;
    assert_eq!(store.end_lifts(at(14), at(15), 9).await.unwrap(), 0, "it is still asked");
    tamper(&*store, "UPDATE items SET delegated_due = NULL WHERE unit IN ('tj', 'gjerstad')").await;
    // Home had no delegation any more either, and could ask somebody else.
    let to = TransferTarget::Unit(unit("bo"));
    done(&*store, own, "gjerstad", Act::OfferTransfer { transfer: beside, to, why: text("Deres.") }, 16).await;

    assert_eq!(store.end_lifts(at(16), at(17), 9).await.unwrap(), 1);

    assert_gone(&*store, task, "tj").await;
    assert_eq!(store.item(ItemId(group), &[unit("kg")]).await.unwrap().row.share, Share::Content, "it is lifted");
    assert_eq!(store.item(ItemId(beside), &[unit("bo")]).await.unwrap().row.state, ItemState::Proposed);
    assert_eq!(store.end_lifts(at(18), at(19), 9).await.unwrap(), 0, "once");
    store.close().await;
}

async fn one_row_that_cannot_be_ended_keeps_no_other_from_ending<G: Ground>(ground: &G) {
    let (store, own) = taken(ground).await;
    let group = some_id();
    done(&*store, own, "gjerstad", lift(group, "kg"), 1).await;
    done(&*store, ItemId(group), "kg", Act::Open, 2).await;
    let task = asked_and_taken(&*store, own).await;
    tamper(&*store, "UPDATE items SET delegated_due = NULL WHERE unit IN ('tj', 'gjerstad')").await;
    close(&*store, own).await;
    // What is sealed for one column opens in no other.
    tamper(&*store, "UPDATE items SET summary = facts WHERE unit = 'kg'").await;

    assert_eq!(store.end_lifts(at(60), at(61), 9).await.unwrap(), 1);

    assert_gone(&*store, task, "tj").await;
    assert_eq!(number(&*store, "SELECT COUNT(*) AS number FROM items WHERE lifted_to IS NOT NULL").await, 1);
    store.close().await;
}

async fn a_coordinator_who_is_ended_where_she_was_appointed_is_ended_at_home<G: Ground>(ground: &G) {
    let (store, own) = taken(ground).await;
    let task = asked_and_taken(&*store, own).await;
    done(&*store, task, "tj", Act::AppointCoordinator { coordinator: nina() }, 20).await;
    close(&*store, own).await;
    let there = coordinators(&*store, task, "tj").await;

    let end = Act::EndCoordinator { coordinator: there[0].id, last_day: date(2026, 11, 30), why: None };
    let ended = does(&*store, task, "tj", end, 60).await;

    let Acted::Done { undo_until, .. } = ended else { panic!("{ended:?}") };
    assert_eq!(undo_until, None, "home has been told");
    let home = store.case(own, &[unit("gjerstad")]).await.unwrap();
    assert_eq!(home.case.coordinated_until(), Some(date(2026, 11, 30)));
    assert_eq!((home.case.state, home.events.last().unwrap().act), (ItemState::Closed, ActKind::EndCoordinator));
    let until = "SELECT COUNT(*) AS number FROM items WHERE unit = 'gjerstad' AND coordinated_until = '2026-11-30'";
    assert_eq!(number(&*store, until).await, 1, "lists know it too");

    // The other way round.
    let here = coordinators(&*store, own, "gjerstad").await;
    let never = Act::EndCoordinator { coordinator: here[0].id, last_day: date(2026, 11, 21), why: None };
    done(&*store, own, "gjerstad", never, 70).await;
    assert_eq!(coordinators(&*store, task, "tj").await, []);
    assert_counts(&*store).await;
    assert!(matches!(store.verify_journal().await.unwrap(), JournalProof::Whole { .. }));
    store.close().await;
}

async fn a_coordinator_who_is_changed_at_one_end_is_changed_at_the_other<G: Ground>(ground: &G) {
    let (store, own) = taken(ground).await;
    let task = asked_and_taken(&*store, own).await;
    done(&*store, task, "tj", Act::AppointCoordinator { coordinator: nina() }, 20).await;
    // Home is about to give it away: the coordinator is the same.
    let transfer = some_id();
    let to = TransferTarget::Unit(unit("risor"));
    done(&*store, own, "gjerstad", Act::OfferTransfer { transfer, to, why: text("Flyttet.") }, 21).await;

    let replaces = coordinators(&*store, task, "tj").await[0].id;
    let odd = Coordinator { name: text("Odd"), from: date(2026, 12, 1), ..nina() };
    done(&*store, task, "tj", Act::ChangeCoordinator { replaces, coordinator: odd, why: None }, 22).await;

    for (it, of) in [(own, "gjerstad"), (task, "tj")] {
        let known = coordinators(&*store, it, of).await;
        let known: Vec<_> = known.iter().map(|it| (it.name.reveal().as_str(), it.until)).collect();
        assert_eq!(known, [("Nina Koordinator", Some(date(2026, 11, 30))), ("Odd", None)], "{of}");
    }
    assert_eq!(store.case(own, &[unit("gjerstad")]).await.unwrap().case.state, ItemState::Offered);
    store.close().await;
}

async fn whom_a_unit_that_was_asked_appoints_later_stands_at_home_too<G: Ground>(ground: &G) {
    let (store, own) = taken(ground).await;
    let task = asked_and_taken(&*store, own).await;
    done(&*store, task, "tj", Act::AppointCoordinator { coordinator: nina() }, 20).await;
    let coordinator = coordinators(&*store, task, "tj").await[0].id;
    done(&*store, task, "tj", Act::EndCoordinator { coordinator, last_day: date(2026, 11, 30), why: None }, 21).await;
    // Home has asked another unit meanwhile.
    let what = Particular::Delegate { item: some_id(), to: unit("bo"), due: date(2026, 12, 24), text: None };
    done(&*store, own, "gjerstad", Act::Note { what }, 22).await;

    let odd = Coordinator { name: text("Odd"), from: date(2026, 12, 1), ..nina() };
    done(&*store, task, "tj", Act::AppointCoordinator { coordinator: odd }, 23).await;

    let home = store.case(own, &[unit("gjerstad")]).await.unwrap().case;
    assert_eq!(home.coordinators.last().unwrap().name, text("Odd"));
    assert!(home.particulars.delegation.is_some(), "which is asked still");
    store.close().await;
}

async fn the_task_to_appoint_is_done_when_the_unit_that_was_asked_has_done_it<G: Ground>(ground: &G) {
    let (store, own) = taken(ground).await;
    done(&*store, own, "gjerstad", Act::Confirm, 1).await;
    let open = async || {
        let tasks = store.tasks_of(own).await.unwrap();
        tasks.iter().filter(|it| it.kind == TaskKind::AppointCoordinator && it.done.is_none()).count()
    };
    assert_eq!(open().await, 1);
    let task = asked_and_taken(&*store, own).await;
    done(&*store, task, "tj", Act::AppointCoordinator { coordinator: nina() }, 20).await;
    assert_eq!(open().await, 0);
    store.close().await;
}

/// It is answered at home; there it is taken up again, and here it was closed.
async fn what_is_heard_of_a_case_leaves_it_closed_where_it_was_laid_to<G: Ground>(ground: &G) {
    let (store, own) = taken(ground).await;
    let task = asked_and_taken(&*store, own).await;
    done(&*store, task, "tj", Act::AppointCoordinator { coordinator: nina() }, 20).await;
    close(&*store, own).await;
    let outcome = Act::Decide { outcome: CaseOutcome::Granted, on: date(2026, 11, 22), text: None };
    for act in [Act::Archive { reference: text("2026/18-1") }, outcome, Act::Close] {
        done(&*store, task, "tj", act, 50).await;
    }
    let deadline = "SELECT deadline AS number FROM items WHERE unit = 'tj'";
    let before = number(&*store, deadline).await;
    let row = store.item(own, &[unit("gjerstad")]).await.unwrap().row;
    let mut word = settlement(2);
    word.follows = Some(FollowUp {
        about: row.message,
        reference: row.reference,
        kind: FollowUpKind::Withdrawal,
        from: "Eksempel sykehus".to_owned(),
        deadline: at(86_400),
        urgent: false,
        attachments: 0,
        transfer: None,
        why: String::new(),
        notices: Vec::new(),
    });

    store.settle(word).await.unwrap();

    let home = store.case(own, &[unit("gjerstad")]).await.unwrap().case;
    assert_eq!((home.state, home.closed_at), (ItemState::Taken, None));
    let there = store.case(task, &[unit("tj")]).await.unwrap();
    assert_eq!(there.case.state, ItemState::Closed);
    assert!(there.events.iter().any(|it| it.act == ActKind::AnswerArrived), "it can be read there: {:?}", there.events);
    assert_eq!(number(&*store, deadline).await, before);
    store.close().await;
}

async fn coordinators<E: super::Engine>(store: &SqlStore<E>, it: ItemId, of: &str) -> Vec<Coordinator> {
    store.case(it, &[unit(of)]).await.unwrap().case.coordinators
}

/// `tj` is asked to appoint, and has taken the case.
async fn asked_and_taken<E: super::Engine>(store: &SqlStore<E>, own: ItemId) -> ItemId {
    let task = delegated(store, own).await;
    for act in [Act::Open, Act::Take] {
        done(store, task, "tj", act, 3).await;
    }
    task
}

/// Older versions let those who were asked offer it to others: here from a row that `tj` had passed on to `hk`.
async fn offered_on<E: super::Engine>(store: &SqlStore<E>, task: ItemId, transfer: Uuid) {
    tamper(store, "UPDATE items SET came_from = NULL WHERE unit = 'tj'").await;
    let to = TransferTarget::Unit(unit("risor"));
    done(store, task, "tj", Act::OfferTransfer { transfer, to, why: text("Flyttet.") }, 4).await;
    let from = "UPDATE items SET came_from = (SELECT h.id FROM items AS h WHERE h.unit = 'gjerstad') WHERE unit = 'tj'";
    tamper(store, from).await;
}

async fn close<E: super::Engine>(store: &SqlStore<E>, own: ItemId) {
    let outcome = Act::Decide { outcome: CaseOutcome::NoNeed, on: date(2026, 11, 22), text: None };
    for act in [Act::Archive { reference: text("2026/17-3") }, outcome, Act::Close] {
        done(store, own, "gjerstad", act, 40).await;
    }
}

fn nina() -> Coordinator {
    Coordinator {
        id: some_id(),
        kind: CoordinatorKind::Municipal,
        duty: CoordinatorDuty::Main,
        name: text("Nina Koordinator"),
        staff: None,
        from: date(2026, 11, 22),
        until: None,
        overlap: Overlap::Unsaid,
        decision: None,
    }
}
