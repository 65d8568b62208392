//! What stems from a case ends with it: whoever it was lifted or delegated to, and whoever they passed it on to.

use super::Ground;
use super::NOON;
use super::contract;
use super::deed_of;
use super::item;
use super::number;
use super::settlement;
use super::some_id;
use super::tamper;
use super::unit;
use crate::domain::Act;
use crate::domain::ActKind;
use crate::domain::ActRefused;
use crate::domain::AnswerWay;
use crate::domain::CaseOutcome;
use crate::domain::ConsentStatus;
use crate::domain::ItemId;
use crate::domain::ItemState;
use crate::domain::LiftReason;
use crate::domain::LiftStep;
use crate::domain::LiftTo;
use crate::domain::MisaddressReason;
use crate::domain::MunicipalityNumber;
use crate::domain::Particular;
use crate::domain::PlanStatus;
use crate::domain::Redacted;
use crate::domain::Share;
use crate::domain::Sight;
use crate::domain::TaskKind;
use crate::domain::Timestamp;
use crate::domain::TransferTarget;
use crate::storage::AccountStore as _;
use crate::storage::Acted;
use crate::storage::CaseStore;
use crate::storage::InboxStore as _;
use crate::storage::JournalProof;
use crate::storage::MessageStore as _;
use crate::storage::NewTask;
use crate::storage::OperatorStore as _;
use crate::storage::PeopleStore as _;
use crate::storage::Person;
use crate::storage::ReminderStore as _;
use crate::storage::RetentionStore as _;
use crate::storage::SqlStore;
use crate::storage::StoreError;
use crate::storage::TaskStore as _;
use crate::storage::User;
use crate::storage::UserId;
use jiff::civil::date;
use std::time::Duration;
use uuid::Uuid;

contract!(
    a_lift_that_is_taken_back_reaches_whom_the_group_passed_it_on_to,
    a_lift_is_not_taken_back_while_somebody_further_on_offers_the_case,
    a_wrong_addressee_leaves_nothing_with_those_it_was_passed_on_to,
    a_transfer_that_is_accepted_ends_what_the_first_unit_had_passed_on,
    a_transfer_that_is_accepted_outside_ends_it_too,
    a_delegation_is_of_the_row_that_has_the_task_and_not_of_an_earlier_one,
    a_delegation_that_is_taken_back_leaves_nothing_with_those_who_were_asked,
    a_lift_ends_with_the_case_and_keeps_nothing_from_being_removed,
    a_lift_from_before_to_a_case_that_went_away_ends_too,
    a_unit_that_is_to_appoint_somebody_says_nothing_for_the_case,
    a_consent_that_changes_at_home_is_known_wherever_the_case_is_read,
    only_what_is_lifted_is_for_the_members,
    what_is_left_to_do_goes_along_with_a_transfer,
);

async fn a_lift_that_is_taken_back_reaches_whom_the_group_passed_it_on_to<G: Ground>(ground: &G) {
    let (store, own) = taken(ground).await;
    let (group, further, service) = passed_on(&*store, own).await;

    done(&*store, own, "gjerstad", Act::TakeBackLift { why: text("Feil gruppe.") }, 20).await;

    for (it, of) in [(group, "kg"), (further, "hk"), (service, "tj")] {
        assert_gone(&*store, it, of).await;
        let last = store.case(it, &[unit(of)]).await.unwrap().events.last().unwrap().act;
        assert_eq!(last, ActKind::LiftEnded, "{of}");
    }
    let row = store.item(own, &[unit("gjerstad")]).await.unwrap().row;
    assert_eq!((row.state, row.share), (ItemState::Taken, Share::Content), "the unit itself has it");
    let held = store.held_elsewhere(&[row.message]).await.unwrap();
    assert_eq!(held.iter().map(|it| it.unit.0.as_str()).collect::<Vec<_>>(), ["gjerstad"]);
    assert_eq!(store.late_delegations(date(2027, 1, 1), 9).await.unwrap().len(), 0, "nobody is asked for what is over");
    assert_eq!(number(&*store, "SELECT COUNT(*) AS number FROM items WHERE person_index IS NOT NULL").await, 1);
    assert!(matches!(store.verify_journal().await.unwrap(), JournalProof::Whole { .. }));
    store.close().await;
}

async fn a_lift_is_not_taken_back_while_somebody_further_on_offers_the_case<G: Ground>(ground: &G) {
    let (store, own) = taken(ground).await;
    let (group, further, _) = passed_on(&*store, own).await;
    let transfer = some_id();
    let to = TransferTarget::Unit(unit("risor"));
    tamper(&*store, "UPDATE items SET came_from = NULL WHERE unit = 'hk'").await;
    done(&*store, further, "hk", Act::OfferTransfer { transfer, to, why: text("Flyttet.") }, 20).await;
    tamper(&*store, HK_FROM_KG).await;

    let back = || Act::TakeBackLift { why: text("Feil gruppe.") };
    assert_eq!(does(&*store, own, "gjerstad", back(), 21).await, Acted::Refused(ActRefused::OfferedAway));

    for (it, of) in [(group, "kg"), (further, "hk")] {
        assert_eq!(store.item(it, &[unit(of)]).await.unwrap().row.share, Share::Content, "{of}: nothing was done");
    }
    done(&*store, further, "hk", Act::TakeBackTransfer, 22).await;
    done(&*store, own, "gjerstad", back(), 23).await;
    assert_gone(&*store, further, "hk").await;
    store.close().await;
}

/// HIS 1151: what came to the wrong place is removed. An offer that somebody further on has made ends too.
async fn a_wrong_addressee_leaves_nothing_with_those_it_was_passed_on_to<G: Ground>(ground: &G) {
    let (store, own) = taken(ground).await;
    let message = store.item(own, &[unit("gjerstad")]).await.unwrap().row.message;
    let (group, further, service) = passed_on(&*store, own).await;
    let transfer = some_id();
    let to = TransferTarget::Unit(unit("risor"));
    tamper(&*store, "UPDATE items SET came_from = NULL WHERE unit = 'hk'").await;
    done(&*store, further, "hk", Act::OfferTransfer { transfer, to, why: text("Flyttet.") }, 5).await;
    tamper(&*store, HK_FROM_KG).await;
    let wrong = Act::WrongAddressee {
        reason: MisaddressReason::WrongAddressee,
        text: Some(text("Bor i Risør.")),
        way: AnswerWay::Telephone,
    };
    done(&*store, own, "gjerstad", wrong, 20).await;
    assert_eq!(store.remove_withdrawn(at(25), 9).await.unwrap(), 0, "it can still be undone");
    assert_eq!(store.item(group, &[unit("kg")]).await.unwrap().row.share, Share::Content);

    assert_eq!(store.remove_withdrawn(at(60), 9).await.unwrap(), 1);

    for (it, of) in [(own, "gjerstad"), (group, "kg"), (further, "hk"), (service, "tj")] {
        let row = store.item(it, &[unit(of)]).await.unwrap().row;
        assert_eq!((row.state, row.summary.reveal().person_name.clone()), (ItemState::Withdrawn, None), "{of}");
    }
    assert!(matches!(store.raw(message).await, Err(StoreError::Absent)), "nobody has it, so it is not kept");
    for kept in [
        "SELECT COUNT(*) AS number FROM case_events WHERE detail IS NOT NULL",
        "SELECT COUNT(*) AS number FROM items WHERE person_index IS NOT NULL OR lifted_to IS NOT NULL",
        "SELECT COUNT(*) AS number FROM coordinators",
        "SELECT COUNT(*) AS number FROM transfers WHERE state = 'open'",
    ] {
        assert_eq!(number(&*store, kept).await, 0, "{kept}");
    }
    let late = does(&*store, ItemId(transfer), "risor", Act::AcceptTransfer, 70).await;
    assert_eq!(late, Acted::Refused(ActRefused::ContentRemoved));
    assert_counts(&*store).await;
    assert!(matches!(store.verify_journal().await.unwrap(), JournalProof::Whole { .. }));
    store.close().await;
}

async fn a_transfer_that_is_accepted_ends_what_the_first_unit_had_passed_on<G: Ground>(ground: &G) {
    let (store, own) = taken(ground).await;
    let (group, further, service) = passed_on(&*store, own).await;
    let members = Act::Lift {
        to: LiftTo::Members { unit: unit("gjerstad") },
        reason: LiftReason::BetterHere,
        step: LiftStep::One,
        text: None,
    };
    done(&*store, own, "gjerstad", members, 5).await;
    let (offered, beside) = (some_id(), some_id());
    let delegate = Particular::Delegate { item: beside, to: unit("bo"), due: date(2026, 12, 24), text: None };
    done(&*store, own, "gjerstad", Act::Note { what: delegate }, 6).await;
    let to = TransferTarget::Unit(unit("risor"));
    done(&*store, own, "gjerstad", Act::OfferTransfer { transfer: offered, to, why: text("Flyttet.") }, 20).await;

    done(&*store, ItemId(offered), "risor", Act::AcceptTransfer, 40).await;

    for (it, of) in [(group, "kg"), (further, "hk"), (service, "tj"), (ItemId(beside), "bo")] {
        assert_gone(&*store, it, of).await;
    }
    assert!(store.case(own, &[unit("gjerstad")]).await.unwrap().case.lifted_to.is_none());
    assert_eq!(number(&*store, "SELECT COUNT(*) AS number FROM lifts").await, 0, "nor by the members here");
    let row = store.item(ItemId(offered), &[unit("risor")]).await.unwrap().row;
    assert_eq!((row.state, row.share), (ItemState::Taken, Share::Content));
    assert_eq!(number(&*store, "SELECT COUNT(*) AS number FROM items WHERE person_index IS NOT NULL").await, 1);
    store.close().await;
}

async fn a_transfer_that_is_accepted_outside_ends_it_too<G: Ground>(ground: &G) {
    let (store, own) = taken(ground).await;
    let (group, further, service) = passed_on(&*store, own).await;
    let number = MunicipalityNumber::parse("4201").unwrap();
    let to = TransferTarget::Municipality { number, name: "Risør".to_owned() };
    let offer = Act::OfferTransfer { transfer: some_id(), to, why: text("Flyttet.") };
    done(&*store, own, "gjerstad", offer, 20).await;

    done(&*store, own, "gjerstad", Act::TransferAccepted, 40).await;

    for (it, of) in [(group, "kg"), (further, "hk"), (service, "tj")] {
        assert_gone(&*store, it, of).await;
    }
    store.close().await;
}

/// Once lifted to the unit and taken back; then it is asked to appoint.
async fn a_delegation_is_of_the_row_that_has_the_task_and_not_of_an_earlier_one<G: Ground>(ground: &G) {
    let (store, own) = taken(ground).await;
    let (before, undone, task) = (some_id(), some_id(), some_id());
    done(&*store, own, "gjerstad", lift(before, "tj"), 1).await;
    done(&*store, own, "gjerstad", Act::TakeBackLift { why: text("Feil.") }, 2).await;
    let delegate = |item| {
        let what = Particular::Delegate { item, to: unit("tj"), due: date(2026, 12, 24), text: None };
        Act::Note { what }
    };
    done(&*store, own, "gjerstad", delegate(undone), 20).await;
    let by = deed_of(own, "gjerstad", Act::Open, &kari(), at(21)).by;
    let back = store.undo(own, &[unit("gjerstad")], &by).await.unwrap();
    assert!(matches!(back, Acted::Done { .. }), "it can be undone as any other: {back:?}");

    done(&*store, own, "gjerstad", delegate(task), 30).await;
    done(&*store, ItemId(task), "tj", Act::Open, 31).await;
    done(&*store, own, "gjerstad", Act::Note { what: Particular::TakeBackDelegation }, 60).await;

    let case = store.case(ItemId(task), &[unit("tj")]).await.unwrap();
    assert_eq!(case.case.particulars.delegation, None);
    let acts: Vec<ActKind> = case.events.iter().map(|it| it.act).collect();
    assert!(acts.contains(&ActKind::TakeBackDelegation), "the one who was asked is told: {acts:?}");
    assert_gone(&*store, ItemId(task), "tj").await;
    assert_counts(&*store).await;
    assert_eq!(store.late_delegations(date(2027, 1, 1), 9).await.unwrap().len(), 0);
    store.close().await;
}

/// The one who was asked has passed it on: that ends too, and not while it is offered away.
async fn a_delegation_that_is_taken_back_leaves_nothing_with_those_who_were_asked<G: Ground>(ground: &G) {
    let (store, own) = taken(ground).await;
    let (task, further, transfer) = (some_id(), some_id(), some_id());
    let what = Particular::Delegate { item: task, to: unit("tj"), due: date(2026, 12, 24), text: None };
    done(&*store, own, "gjerstad", Act::Note { what }, 1).await;
    // Older versions let those who were asked pass it on.
    tamper(&*store, "UPDATE items SET came_from = NULL WHERE unit = 'tj'").await;
    for act in [Act::Open, Act::Take, lift(further, "kg")] {
        done(&*store, ItemId(task), "tj", act, 2).await;
    }
    let to = TransferTarget::Unit(unit("risor"));
    let offer = Act::OfferTransfer { transfer, to, why: text("Flyttet.") };
    done(&*store, ItemId(task), "tj", offer, 3).await;
    let from = "UPDATE items SET came_from = (SELECT h.id FROM items AS h WHERE h.unit = 'gjerstad') WHERE unit = 'tj'";
    tamper(&*store, from).await;
    let back = || Act::Note { what: Particular::TakeBackDelegation };

    assert_eq!(does(&*store, own, "gjerstad", back(), 20).await, Acted::Refused(ActRefused::OfferedAway));
    assert_eq!(store.item(ItemId(task), &[unit("tj")]).await.unwrap().row.share, Share::Content, "nothing was done");
    done(&*store, ItemId(task), "tj", Act::TakeBackTransfer, 21).await;
    done(&*store, own, "gjerstad", back(), 22).await;

    for (it, of) in [(task, "tj"), (further, "kg")] {
        assert_gone(&*store, ItemId(it), of).await;
    }
    assert_eq!(store.item(own, &[unit("gjerstad")]).await.unwrap().row.share, Share::Content);
    assert_counts(&*store).await;
    store.close().await;
}

async fn a_lift_ends_with_the_case_and_keeps_nothing_from_being_removed<G: Ground>(ground: &G) {
    let (store, own) = taken(ground).await;
    let group = some_id();
    done(&*store, own, "gjerstad", lift(group, "kg"), 1).await;
    let members = LiftTo::Members { unit: unit("gjerstad") };
    let members = Act::Lift { to: members, reason: LiftReason::BetterHere, step: LiftStep::One, text: None };
    done(&*store, own, "gjerstad", members, 2).await;
    done(&*store, own, "gjerstad", Act::Archive { reference: text("2026/17-3") }, 3).await;
    let outcome = Act::Decide { outcome: CaseOutcome::NoNeed, on: date(2026, 11, 22), text: None };
    done(&*store, own, "gjerstad", outcome, 4).await;
    done(&*store, own, "gjerstad", Act::Close, 5).await;
    let days = |it: u64| at(it * 86_400);
    assert_eq!(store.outlived(days(90), days(180), 9).await.unwrap().len(), 0, "the group has it");

    assert_eq!(store.end_lifts(at(14), at(15), 9).await.unwrap(), 0, "closing can still be undone");
    assert_eq!(store.item(ItemId(group), &[unit("kg")]).await.unwrap().row.share, Share::Content);
    assert_eq!(store.end_lifts(at(16), at(17), 9).await.unwrap(), 1);

    assert_gone(&*store, ItemId(group), "kg").await;
    let home = store.case(own, &[unit("gjerstad")]).await.unwrap();
    assert_eq!((home.case.state, home.case.lifted_to, home.case.lifted_to_members), (ItemState::Closed, None, false));
    assert_eq!(home.events.last().unwrap().act, ActKind::TakeBackLift, "it says why");
    assert_eq!(number(&*store, "SELECT COUNT(*) AS number FROM lifts").await, 0);
    assert_eq!(store.end_lifts(days(1), days(1), 9).await.unwrap(), 0, "once");
    let over = store.outlived(days(90), days(180), 9).await.unwrap();
    assert_eq!(over.len(), 1);
    assert!(store.remove_outlived(over[0].message, days(90), days(180)).await.unwrap());
    assert_counts(&*store).await;
    assert!(matches!(store.verify_journal().await.unwrap(), JournalProof::Whole { .. }));
    store.close().await;
}

async fn a_lift_from_before_to_a_case_that_went_away_ends_too<G: Ground>(ground: &G) {
    let (store, own) = taken(ground).await;
    let group = some_id();
    done(&*store, own, "gjerstad", lift(group, "kg"), 1).await;
    // As an older version left it: gone, and lifted still.
    tamper(&store, "UPDATE items SET state = 'transferred', closed_at = 0 WHERE lifted_to IS NOT NULL").await;

    assert_eq!(store.end_lifts(at(16), at(17), 9).await.unwrap(), 1);

    assert_gone(&*store, ItemId(group), "kg").await;
    assert_eq!(store.end_lifts(at(18), at(19), 9).await.unwrap(), 0, "once");
    store.close().await;
}

async fn a_unit_that_is_to_appoint_somebody_says_nothing_for_the_case<G: Ground>(ground: &G) {
    let (store, own) = taken(ground).await;
    let task = delegated(&*store, own).await;
    for act in [Act::Open, Act::Take] {
        done(&*store, task, "tj", act, 3).await;
    }
    let wrong = Act::WrongAddressee { reason: MisaddressReason::WrongAddressee, text: None, way: AnswerWay::Telephone };
    let to = TransferTarget::Unit(unit("risor"));
    let offer = Act::OfferTransfer { transfer: some_id(), to, why: text("Flyttet.") };
    for act in [wrong, offer, lift(some_id(), "kg")] {
        let kind = act.kind();
        assert_eq!(does(&*store, task, "tj", act, 4).await, Acted::Refused(ActRefused::DelegatedHere), "{kind:?}");
    }
    let plan = Act::SetPlan { status: PlanStatus::InProgress, on: date(2026, 11, 22) };
    done(&*store, task, "tj", plan, 5).await;
    let home = does(&*store, own, "gjerstad", lift(some_id(), "kg"), 6).await;
    assert!(matches!(home, Acted::Done { .. }), "those at home can: {home:?}");
    store.close().await;
}

async fn a_consent_that_changes_at_home_is_known_wherever_the_case_is_read<G: Ground>(ground: &G) {
    let (store, own) = taken(ground).await;
    let group = some_id();
    done(&*store, own, "gjerstad", lift(group, "kg"), 1).await;
    let task = delegated(&*store, own).await;
    let said = async |it, of| store.case(it, &[unit(of)]).await.unwrap().case;
    assert_eq!(said(ItemId(group), "kg").await.consent, None);

    let change = Act::ChangeConsent { status: ConsentStatus::Objected, on: date(2026, 11, 20), text: None };
    done(&*store, own, "gjerstad", change, 20).await;

    for (it, of) in [(ItemId(group), "kg"), (task, "tj"), (own, "gjerstad")] {
        let case = said(it, of).await;
        let known = (case.consent, case.particulars.consent_on);
        assert_eq!(known, (Some(ConsentStatus::Objected), Some(date(2026, 11, 20))), "{of}");
    }
    store.close().await;
}

async fn only_what_is_lifted_is_for_the_members<G: Ground>(ground: &G) {
    let (store, own) = taken(ground).await;
    let (group, transfer) = (some_id(), some_id());
    done(&*store, own, "gjerstad", lift(group, "kg"), 1).await;
    let task = delegated(&*store, own).await;
    let lifted = async |it: ItemId| !store.lifted(&[it]).await.unwrap().is_empty();
    assert!(lifted(ItemId(group)).await);
    assert!(!lifted(task).await, "it was laid to the unit, not to its members");

    done(&*store, own, "gjerstad", Act::TakeBackLift { why: text("Gruppen tar saken.") }, 20).await;
    let to = TransferTarget::Unit(unit("bo"));
    done(&*store, own, "gjerstad", Act::OfferTransfer { transfer, to, why: text("Deres.") }, 21).await;
    assert!(!lifted(ItemId(transfer)).await, "it is only offered");
    done(&*store, ItemId(transfer), "bo", Act::AcceptTransfer, 22).await;
    assert!(!lifted(ItemId(transfer)).await, "it is the unit's own now");
    store.close().await;
}

async fn what_is_left_to_do_goes_along_with_a_transfer<G: Ground>(ground: &G) {
    let (store, own) = taken(ground).await;
    let (given, transfer) = (some_id(), some_id());
    let task = NewTask {
        id: given,
        kind: TaskKind::Other,
        text: Some(text("Ring skolen")),
        due_on: date(2026, 12, 1),
        assignee: Some(kari()),
        meeting: None,
    };
    store.add_task(own, &task, &kari(), at(1)).await.unwrap();
    let to = TransferTarget::Unit(unit("bo"));
    done(&*store, own, "gjerstad", Act::OfferTransfer { transfer, to, why: text("Deres.") }, 2).await;
    done(&*store, ItemId(transfer), "bo", Act::AcceptTransfer, 3).await;

    let there = store.tasks_of(ItemId(transfer)).await.unwrap();
    let [it] = there.as_slice() else { panic!("{there:?}") };
    assert_eq!((it.id, it.assignee.clone()), (given, None), "whom they give it to, they say themselves");
    assert_eq!(it.text, Some(text("Ring skolen")));
    let sights = [Sight::whole(unit("bo"))];
    assert_eq!(store.open_tasks(&sights, kari().id, &[], 9).await.unwrap().len(), 1);
    done(&*store, ItemId(transfer), "bo", Act::Confirm, 4).await;
    let begun = store.tasks_of(ItemId(transfer)).await.unwrap();
    assert!(begun.len() > 1, "nobody had confirmed it before: {begun:?}");
    store.close().await;
}

pub(super) async fn delegated<E: super::Engine>(store: &SqlStore<E>, own: ItemId) -> ItemId {
    let task = some_id();
    let what = Particular::Delegate { item: task, to: unit("tj"), due: date(2026, 12, 24), text: None };
    done(store, own, "gjerstad", Act::Note { what }, 2).await;
    ItemId(task)
}

/// A case that Kari has taken in `gjerstad`.
pub(super) async fn taken<G: Ground>(ground: &G) -> (std::sync::Arc<crate::storage::SqlStore<G::Engine>>, ItemId) {
    let store = ground.open().await;
    let mut given = settlement(1);
    given.items = vec![item("gjerstad", Share::Content)];
    given.notices.clear();
    let id = given.items[0].id;
    store.settle(given).await.unwrap();
    let units = ["gjerstad", "kg", "hk", "tj", "bo", "risor"].map(unit).to_vec();
    let Person { id: user, display_name } = kari();
    let user = User { id: user, login: "kari".to_owned(), display_name, units, ended_at: None };
    store.add_user(&user, Timestamp(0)).await.unwrap();
    for act in [Act::Open, Act::Take] {
        done(&*store, id, "gjerstad", act, 0).await;
    }
    (store, id)
}

const HK_FROM_KG: &str =
    "UPDATE items SET came_from = (SELECT h.id FROM items AS h WHERE h.unit = 'kg') WHERE unit = 'hk'";

/// Lifts it to the group `kg`, which lifts it on to `hk` and asks `tj` to appoint: their rows. A group that a case is only lifted
/// to does none of that any more, so it stands as such cases do that are older.
async fn passed_on<E: super::Engine>(store: &SqlStore<E>, own: ItemId) -> (ItemId, ItemId, ItemId) {
    let (group, further, service) = (some_id(), some_id(), some_id());
    done(store, own, "gjerstad", lift(group, "kg"), 1).await;
    let refused = does(store, ItemId(group), "kg", Act::Take, 2).await;
    assert_eq!(refused, Acted::Refused(ActRefused::LiftedHere));
    // Older versions let a group take and pass on what was lifted to it.
    tamper(store, "UPDATE items SET came_from = NULL WHERE unit = 'kg'").await;
    for act in [Act::Open, Act::Take, Act::Comment { text: text("Plantet kommentar") }, lift(further, "hk")] {
        done(store, ItemId(group), "kg", act, 2).await;
    }
    let delegate = Particular::Delegate { item: service, to: unit("tj"), due: date(2026, 12, 24), text: None };
    done(store, ItemId(group), "kg", Act::Note { what: delegate }, 3).await;
    let from = "UPDATE items SET came_from = (SELECT h.id FROM items AS h WHERE h.unit = 'gjerstad') WHERE unit = 'kg'";
    tamper(store, from).await;
    tamper(store, "UPDATE items SET came_from = NULL WHERE unit = 'hk'").await;
    for act in [Act::Open, Act::Take] {
        done(store, ItemId(further), "hk", act.clone(), 4).await;
        done(store, ItemId(service), "tj", act, 4).await;
    }
    tamper(store, HK_FROM_KG).await;
    (ItemId(group), ItemId(further), ItemId(service))
}

pub(super) fn lift(item: Uuid, group: &str) -> Act {
    let to = LiftTo::Group { item, group: unit(group) };
    Act::Lift { to, reason: LiftReason::NotSolvedOtherwise, step: LiftStep::Two, text: None }
}

pub(super) async fn assert_gone<S: CaseStore + crate::storage::InboxStore>(store: &S, it: ItemId, of: &str) {
    let row = store.item(it, &[unit(of)]).await.unwrap().row;
    assert_eq!((row.state, row.share), (ItemState::Withdrawn, Share::Awareness), "{of}");
    assert_eq!(row.summary.reveal().person_name, None, "{of}");
    let case = store.case(it, &[unit(of)]).await.unwrap();
    assert!(case.events.iter().all(|it| it.details.is_empty()) && case.came_from.is_none(), "{of}");
    assert_eq!((case.case.lifted_to, case.case.particulars.delegation), (None, None), "{of}");
}

pub(super) async fn assert_counts<E: super::Engine>(store: &crate::storage::SqlStore<E>) {
    let differing = "SELECT COUNT(*) AS number
FROM (SELECT unit, state, COUNT(*) AS rows FROM items GROUP BY unit, state) AS i
FULL OUTER JOIN (SELECT unit, state, count FROM tallies WHERE what = 'item' AND count <> 0) AS t
    ON t.unit = i.unit AND t.state = i.state
WHERE i.rows IS NULL OR t.count IS NULL OR i.rows <> t.count";
    assert_eq!(number(store, differing).await, 0);
}

pub(super) fn text(text: &str) -> Redacted<String> {
    Redacted::new(text.to_owned())
}

pub(super) fn at(seconds: u64) -> Timestamp {
    NOON.plus(Duration::from_secs(seconds))
}

fn kari() -> Person {
    Person { id: UserId(Uuid::from_u128(7)), display_name: "Kari".to_owned() }
}

pub(super) async fn does(store: &dyn CaseStore, item: ItemId, of: &str, act: Act, seconds: u64) -> Acted {
    store.act_on_case(&deed_of(item, of, act, &kari(), at(seconds))).await.unwrap()
}

pub(super) async fn done(store: &dyn CaseStore, item: ItemId, of: &str, act: Act, seconds: u64) {
    let kind = act.kind();
    let acted = does(store, item, of, act, seconds).await;
    assert!(matches!(acted, Acted::Done { .. }), "{kind:?} in {of}: {acted:?}");
}
