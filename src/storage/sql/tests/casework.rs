//! Casework: acts, what follows from them, and how they are taken back.

use super::Ground;
use super::NOON;
use super::PERSON_NAME;
use super::contract;
use super::item;
use super::number;
use super::settlement;
use super::some_id;
use super::tamper;
use super::unit;
use crate::domain::Act;
use crate::domain::ActKind;
use crate::domain::ActRefused;
use crate::domain::Acting;
use crate::domain::AnswerKind;
use crate::domain::AnswerWay;
use crate::domain::Authority;
use crate::domain::CaseOutcome;
use crate::domain::Colleague;
use crate::domain::Coordinator;
use crate::domain::CoordinatorDuty;
use crate::domain::CoordinatorKind;
use crate::domain::Correspondent;
use crate::domain::Delivery;
use crate::domain::Detailed;
use crate::domain::FollowUpKind;
use crate::domain::ItemId;
use crate::domain::ItemState;
use crate::domain::LiftReason;
use crate::domain::LiftStep;
use crate::domain::LiftTo;
use crate::domain::MisaddressReason;
use crate::domain::OutboundKind;
use crate::domain::OutboundNext;
use crate::domain::Overlap;
use crate::domain::Redacted;
use crate::domain::Share;
use crate::domain::Sight;
use crate::domain::Timestamp;
use crate::domain::TransferTarget;
use crate::domain::UnitId;
use crate::storage::Acted;
use crate::storage::Actor;
use crate::storage::CaseDetail;
use crate::storage::CaseStore;
use crate::storage::Claim;
use crate::storage::Deed;
use crate::storage::InboxStore;
use crate::storage::JournalProof;
use crate::storage::MessageStore;
use crate::storage::NewOutbound;
use crate::storage::OperatorStore;
use crate::storage::OutboundSettled;
use crate::storage::OutboundStore as _;
use crate::storage::PeopleStore;
use crate::storage::RegisterStore;
use crate::storage::StoreError;
use crate::storage::TransferState;
use jiff::civil::date;
use std::time::Duration;
use uuid::Uuid;

contract!(
    a_case_goes_from_unread_to_closed_and_remembers_all_of_it,
    what_is_said_is_sealed,
    an_act_is_taken_back_within_ten_seconds_and_not_later,
    only_the_one_who_did_it_takes_it_back_and_only_when_nothing_has_happened_since,
    what_is_to_be_sent_waits_until_it_cannot_be_undone,
    what_was_written_tells_whether_the_receiver_has_it,
    a_word_that_cannot_be_read_does_not_hold_back_the_others,
    a_wrong_addressee_keeps_nothing_about_the_person,
    a_transfer_moves_the_content_when_it_is_accepted,
    a_transfer_that_is_declined_or_taken_back_leaves_the_case_where_it_was,
    a_lifted_case_appears_in_the_group_with_its_history,
    an_undone_lift_or_offer_was_never_there,
    a_lift_that_is_taken_back_leaves_nothing_with_the_group,
    a_case_is_lifted_to_the_members_here_like_to_any_group,
    a_graded_case_is_lifted_to_no_members,
    a_stale_page_does_not_overwrite,
    counts_agree_with_the_rows_after_casework,
    a_case_of_another_unit_is_absent,
);

/// seed: L-17
/// seed in part: K-03, L-18, L-27, K-11
async fn a_case_goes_from_unread_to_closed_and_remembers_all_of_it<G: Ground>(ground: &G) {
    let (store, id) = one(ground).await;
    let kari = by("Kari", 0);

    let refused = do_it(&*store, id, Act::Close, &kari).await;
    assert_eq!(refused, Acted::Refused(ActRefused::NobodyResponsible));
    for act in [Act::Open, Act::Confirm, Act::Take] {
        done(&do_it(&*store, id, act, &kari).await);
    }
    assert_eq!(do_it(&*store, id, Act::Close, &kari).await, Acted::Refused(ActRefused::NoArchiveReference));
    done(&do_it(&*store, id, Act::Archive { reference: text("2026/17-3") }, &kari).await);
    assert_eq!(do_it(&*store, id, Act::Close, &kari).await, Acted::Refused(ActRefused::NoOutcome));
    let decide = Act::Decide { outcome: CaseOutcome::ClarifiedInService, on: date(2026, 11, 22), text: None };
    done(&do_it(&*store, id, decide, &kari).await);
    done(&do_it(&*store, id, Act::AppointCoordinator { coordinator: coordinator(1) }, &kari).await);
    done(&do_it(&*store, id, Act::Close, &kari).await);

    let detail = store.case(id, &[unit("gjerstad")]).await.unwrap();
    assert_eq!(detail.case.state, ItemState::Closed);
    assert_eq!(detail.case.archive_reference, Some(text("2026/17-3")));
    assert_eq!(detail.case.outcome, Some((CaseOutcome::ClarifiedInService, date(2026, 11, 22))));
    assert_eq!(detail.case.coordinators, [coordinator(1)]);
    assert_eq!((detail.case.opened_at, detail.case.confirmed_at), (Some(NOON), Some(NOON)));
    assert_eq!(
        acts(&detail),
        [
            ActKind::Open,
            ActKind::Confirm,
            ActKind::Take,
            ActKind::Archive,
            ActKind::Decide,
            ActKind::AppointCoordinator,
            ActKind::Close
        ]
    );
    assert_eq!(detail.version, 7);
    assert!(matches!(store.verify_journal().await.unwrap(), JournalProof::Whole { lines: 8, .. }));
    store.close().await;
}

async fn what_is_said_is_sealed<G: Ground>(ground: &G) {
    let (store, id) = one(ground).await;
    let kari = by("Kari", 0);
    for act in [Act::Open, Act::Take, Act::Comment { text: text("Plantet kommentar") }] {
        done(&do_it(&*store, id, act, &kari).await);
    }
    done(&do_it(&*store, id, Act::Archive { reference: text("PLANTET-2026/17") }, &kari).await);
    done(&do_it(&*store, id, Act::AppointCoordinator { coordinator: coordinator(1) }, &kari).await);

    let readable = "SELECT (SELECT COUNT(*) FROM case_events WHERE detail IS NOT NULL) AS number";
    assert_eq!(number(&*store, readable).await, 3);
    for (table, column) in [("case_events", "detail"), ("items", "facts"), ("items", "undo"), ("coordinators", "name")]
    {
        let sql = format!("SELECT {column} AS value FROM {table} WHERE {column} IS NOT NULL");
        for row in store.ask("test", sqlx::AssertSqlSafe(sql), Vec::new()).await.unwrap() {
            let bytes = row.bytes("value").unwrap();
            assert_eq!(bytes[0], 1, "{table}.{column} is sealed");
            let shown = String::from_utf8_lossy(&bytes).into_owned();
            assert!(!shown.contains("lantet") && !shown.contains("PLANTET"), "{table}.{column}");
        }
    }
    store.close().await;
}

async fn an_act_is_taken_back_within_ten_seconds_and_not_later<G: Ground>(ground: &G) {
    let (store, id) = one(ground).await;
    for act in [Act::Open, Act::Take] {
        done(&do_it(&*store, id, act, &by("Kari", 0)).await);
    }
    let before = store.case(id, &[unit("gjerstad")]).await.unwrap().case;

    done(&do_it(&*store, id, Act::Archive { reference: text("2026/17-3") }, &by("Kari", 1)).await);
    done(&store.undo(id, &[unit("gjerstad")], &by("Kari", 11)).await.unwrap());
    let detail = store.case(id, &[unit("gjerstad")]).await.unwrap();
    assert_eq!(detail.case, before);
    assert_eq!(acts(&detail), [ActKind::Open, ActKind::Take, ActKind::Archive, ActKind::Undo]);
    assert!(detail.events[2].undone && !detail.events[1].undone);

    done(&do_it(&*store, id, Act::Archive { reference: text("2026/17-4") }, &by("Kari", 20)).await);
    let late = store.undo(id, &[unit("gjerstad")], &by("Kari", 31)).await.unwrap();
    assert_eq!(late, Acted::Refused(ActRefused::TooLateToUndo));
    let again = store.undo(id, &[unit("gjerstad")], &by("Kari", 25)).await.unwrap();
    done(&again);
    let twice = store.undo(id, &[unit("gjerstad")], &by("Kari", 26)).await.unwrap();
    assert_eq!(twice, Acted::Refused(ActRefused::NothingToUndo));
    store.close().await;
}

async fn only_the_one_who_did_it_takes_it_back_and_only_when_nothing_has_happened_since<G: Ground>(ground: &G) {
    let (store, id) = one(ground).await;
    for act in [Act::Open, Act::Take] {
        done(&do_it(&*store, id, act, &by("Kari", 0)).await);
    }

    let another = store.undo(id, &[unit("gjerstad")], &by("Ola", 1)).await.unwrap();
    assert_eq!(another, Acted::Refused(ActRefused::NothingToUndo));
    done(&do_it(&*store, id, Act::Comment { text: text("Ja.") }, &by("Ola", 2)).await);
    let since = store.undo(id, &[unit("gjerstad")], &by("Kari", 3)).await.unwrap();
    assert_eq!(since, Acted::Refused(ActRefused::NothingToUndo));
    store.close().await;
}

async fn what_is_to_be_sent_waits_until_it_cannot_be_undone<G: Ground>(ground: &G) {
    let (store, id) = one(ground).await;
    for act in [Act::Open, Act::Take] {
        done(&do_it(&*store, id, act, &by("Kari", 0)).await);
    }
    let answer = Act::Answer {
        kind: AnswerKind::Preliminary,
        text: text("Vi svarer innen en måned."),
        way: AnswerWay::Electronic,
        basis: None,
    };
    done(&do_it(&*store, id, answer.clone(), &by("Kari", 1)).await);

    assert!(store.due_words(at(10), 10).await.unwrap().is_empty());
    assert_eq!(store.next_word_due().await.unwrap(), Some(at(11)));
    let due = store.due_words(at(11), 10).await.unwrap();
    assert_eq!(due.len(), 1);
    assert_eq!((due[0].act, due[0].due), (ActKind::Answer, at(11)));
    assert_eq!(due[0].details[1], (Detailed::Text, text("Vi svarer innen en måned.")));
    store.word_handed_over(due[0].id).await.unwrap();
    assert_eq!(store.next_word_due().await.unwrap(), None);
    assert!(matches!(store.word_handed_over(due[0].id).await, Err(StoreError::Absent)));
    assert!(store.due_words(at(1000), 10).await.unwrap().is_empty());

    done(&do_it(&*store, id, answer, &by("Kari", 20)).await);
    done(&store.undo(id, &[unit("gjerstad")], &by("Kari", 21)).await.unwrap());
    assert!(store.due_words(at(1000), 10).await.unwrap().is_empty());
    let first_answer = store.case(id, &[unit("gjerstad")]).await.unwrap().case.first_answer_at;
    assert_eq!(first_answer, Some(at(1)));
    store.close().await;
}

async fn what_was_written_tells_whether_the_receiver_has_it<G: Ground>(ground: &G) {
    let (store, id) = one(ground).await;
    let answer =
        |said| Act::Answer { kind: AnswerKind::Preliminary, text: text(said), way: AnswerWay::Electronic, basis: None };
    for (act, second) in [(Act::Open, 0), (Act::Take, 0), (answer("Vi ser på det."), 1)] {
        done(&do_it(&*store, id, act, &by("Kari", second)).await);
    }
    done(&store.undo(id, &[unit("gjerstad")], &by("Kari", 2)).await.unwrap());
    done(&do_it(&*store, id, answer("Vi ringer."), &by("Kari", 3)).await);
    let stands = async || {
        let events = store.case(id, &[unit("gjerstad")]).await.unwrap().events;
        events.iter().filter_map(|it| it.delivery).collect::<Vec<_>>()
    };
    assert_eq!(stands().await, [Delivery::Waits], "what was undone went nowhere");

    let word = store.due_words(at(60), 10).await.unwrap().remove(0);
    let outbound = NewOutbound {
        id: word.id.outbound_id(),
        about: word.message,
        item: Some(id),
        kind: OutboundKind::Answer,
        to: Correspondent {
            name: "eksempel-sykehus".to_owned(),
            display_name: "Eksempel sykehus HF".to_owned(),
            organisation: super::sender(),
        },
        text: text("Vi ringer."),
        by: Actor::Person { id: "kari".to_owned(), name: "Kari".to_owned() },
        at: at(60),
        due: at(60),
        answer_by: at(9_000),
    };
    store.enqueue(outbound).await.unwrap();
    store.word_handed_over(word.id).await.unwrap();
    assert_eq!(stands().await, [Delivery::Waits]);
    let mut told = Vec::new();
    let operator = Actor::Operator("drift".to_owned());
    for (second, next) in [
        (100, OutboundNext::Sent { ask_at: at(200) }),
        (200, OutboundNext::Acknowledged),
        (300, OutboundNext::Rejected),
        (400, OutboundNext::Abandoned),
        (500, OutboundNext::Acknowledged),
    ] {
        if second > 200 {
            // An acknowledged one is not put back by anybody; another answer would be.
            tamper(&*store, "UPDATE outbound SET state = 'rejected' WHERE state = 'acknowledged'").await;
            store.requeue_outbound(word.id.outbound_id(), &operator, at(9_000), at(second)).await.unwrap();
        }
        let claim = Claim { rows_max: 10, now: at(second), until: at(second + 50) };
        let lease = store.claim_outbound(claim).await.unwrap().remove(0);
        let (failure, codes, notices) = (None, Vec::new(), Vec::new());
        let settled = OutboundSettled { next, failure, codes, notices, deal_by: None, now: at(second) };
        store.settle_outbound(&lease, settled).await.unwrap();
        told.extend(stands().await);
    }

    let expected = [
        Delivery::Sent { at: at(100) },
        Delivery::Acknowledged { at: at(100) },
        Delivery::Rejected,
        Delivery::Abandoned { sent_at: None },
        Delivery::Acknowledged { at: at(500) },
    ];
    assert_eq!(told, expected);
    store.close().await;
}

async fn a_word_that_cannot_be_read_does_not_hold_back_the_others<G: Ground>(ground: &G) {
    let (store, id) = one(ground).await;
    let answer =
        |said| Act::Answer { kind: AnswerKind::Preliminary, text: text(said), way: AnswerWay::Electronic, basis: None };
    for (act, second) in [(Act::Open, 0), (Act::Take, 0), (answer("Vi ser på det."), 1), (answer("Vi ringer."), 30)] {
        done(&do_it(&*store, id, act, &by("Kari", second)).await);
    }
    let first = "(SELECT MIN(sequence) FROM case_events WHERE send_due IS NOT NULL)";
    let other = "(SELECT o.detail FROM case_events AS o WHERE o.send_due IS NOT NULL ORDER BY o.sequence DESC LIMIT 1)";
    tamper(&*store, &format!("UPDATE case_events SET detail = {other} WHERE sequence = {first}")).await;

    let due = store.due_words(at(1000), 10).await.unwrap();

    assert_eq!(due.len(), 1);
    assert_eq!(due[0].details[1], (Detailed::Text, text("Vi ringer.")));
    store.close().await;
}

async fn a_wrong_addressee_keeps_nothing_about_the_person<G: Ground>(ground: &G) {
    let (store, id) = one(ground).await;
    let message = store.item(id, &[unit("gjerstad")]).await.unwrap().row.message;
    done(&do_it(&*store, id, Act::Open, &by("Kari", 0)).await);
    let wrong = Act::WrongAddressee {
        reason: MisaddressReason::WrongAddressee,
        text: Some(text("Bor i Risør.")),
        way: AnswerWay::Electronic,
    };
    done(&do_it(&*store, id, wrong, &by("Kari", 1)).await);

    assert_eq!(store.remove_withdrawn(at(5), 10).await.unwrap(), 0, "it can still be undone");
    assert_eq!(store.remove_withdrawn(at(60), 10).await.unwrap(), 0, "the sender has not been told");
    let due = store.due_words(at(60), 10).await.unwrap();
    assert_eq!(due[0].details, [(Detailed::Code, text("1")), (Detailed::Text, text("Bor i Risør."))]);
    store.word_handed_over(due[0].id).await.unwrap();
    assert_eq!(store.remove_withdrawn(at(60), 10).await.unwrap(), 1);
    assert_eq!(store.remove_withdrawn(at(60), 10).await.unwrap(), 0);

    let row = store.item(id, &[unit("gjerstad")]).await.unwrap().row;
    assert_eq!((row.state, row.summary.reveal().person_name.clone()), (ItemState::Withdrawn, None));
    assert!(row.needs.is_empty());
    assert!(matches!(store.raw(message).await, Err(StoreError::Absent)));
    assert_eq!(number(&*store, "SELECT COUNT(*) AS number FROM case_events WHERE detail IS NOT NULL").await, 0);
    assert_eq!(number(&*store, "SELECT COUNT(*) AS number FROM items WHERE person_index IS NOT NULL").await, 0);
    store.close().await;
}

/// seed in part: K-10, K-12, H-38
async fn a_transfer_moves_the_content_when_it_is_accepted<G: Ground>(ground: &G) {
    let (store, id) = one(ground).await;
    for act in [Act::Open, Act::Take, Act::AppointCoordinator { coordinator: coordinator(1) }] {
        done(&do_it(&*store, id, act, &by("Kari", 0)).await);
    }
    let offered = offer(&*store, id, "risor", 1).await;
    let there = [unit("risor")];

    let row = store.item(offered, &there).await.unwrap().row;
    assert_eq!((row.state, row.share), (ItemState::Proposed, Share::Awareness));
    assert_eq!(row.summary.reveal().person_name, None);
    assert!(store.case(offered, &there).await.unwrap().events.is_empty());
    let stale = store.stale_transfers(at(2), 10).await.unwrap();
    assert_eq!((stale.len(), stale[0].state), (1, TransferState::Open));

    let accept = Deed { units: there.to_vec(), ..deed(offered, Act::AcceptTransfer, &by("Rita", 30)) };
    done(&store.act_on_case(&accept).await.unwrap());

    let row = store.item(offered, &there).await.unwrap().row;
    assert_eq!((row.state, row.share), (ItemState::Taken, Share::Content));
    assert_eq!(row.summary.reveal().person_name.as_deref(), Some(PERSON_NAME));
    let detail = store.case(offered, &there).await.unwrap();
    assert_eq!(detail.case.coordinators, [coordinator(1)]);
    assert!(acts(&detail).contains(&ActKind::AppointCoordinator) && acts(&detail).contains(&ActKind::AcceptTransfer));

    let first = store.item(id, &[unit("gjerstad")]).await.unwrap().row;
    assert_eq!((first.state, first.share), (ItemState::Transferred, Share::Awareness));
    assert_eq!(first.summary.reveal().person_name, None);
    let detail = store.case(id, &[unit("gjerstad")]).await.unwrap();
    assert!(detail.case.coordinators.is_empty());
    assert!(detail.events.iter().all(|it| it.details.is_empty()), "who did what stays, what was said does not");
    assert_eq!(detail.transfer.unwrap().state, TransferState::Accepted);
    assert!(store.stale_transfers(at(100), 10).await.unwrap().is_empty());
    assert_eq!(number(&*store, "SELECT COUNT(*) AS number FROM coordinators WHERE unit = 'risor'").await, 1);
    store.close().await;
}

/// seed in part: H-39
async fn a_transfer_that_is_declined_or_taken_back_leaves_the_case_where_it_was<G: Ground>(ground: &G) {
    let (store, id) = one(ground).await;
    for act in [Act::Open, Act::Take] {
        done(&do_it(&*store, id, act, &by("Kari", 0)).await);
    }
    let there = vec![unit("risor")];

    let offered = offer(&*store, id, "risor", 1).await;
    let decline = Act::DeclineTransfer { why: text("Ikke vår.") };
    let decline = Deed { units: there.clone(), ..deed(offered, decline, &by("Rita", 30)) };
    done(&store.act_on_case(&decline).await.unwrap());
    let case = store.case(id, &[unit("gjerstad")]).await.unwrap().case;
    assert_eq!((case.state, case.responsible.map(|it| it.name)), (ItemState::Taken, Some("Kari".to_owned())));
    assert_eq!(store.item(offered, &there).await.unwrap().row.state, ItemState::Withdrawn);

    let offered = offer(&*store, id, "risor", 40).await;
    done(&do_it(&*store, id, Act::TakeBackTransfer, &by("Kari", 41)).await);
    assert_eq!(store.item(offered, &there).await.unwrap().row.state, ItemState::Withdrawn);
    let accept = Deed { units: there, ..deed(offered, Act::AcceptTransfer, &by("Rita", 50)) };
    assert_eq!(store.act_on_case(&accept).await.unwrap(), Acted::Refused(ActRefused::ContentRemoved));
    assert_eq!(store.case(id, &[unit("gjerstad")]).await.unwrap().case.state, ItemState::Taken);
    store.close().await;
}

/// seed in part: G-06, G-16, R-06, K-23
async fn a_lifted_case_appears_in_the_group_with_its_history<G: Ground>(ground: &G) {
    let (store, id) = one(ground).await;
    done(&do_it(&*store, id, Act::Open, &by("Kari", 0)).await);
    let group = [unit("kg")];
    assert_eq!(store.inbox_counts(&group, crate::storage::UserId(Uuid::nil())).await.unwrap().unread, 0);

    let lifted = ItemId(some_id());
    done(&do_it(&*store, id, lift(lifted), &by("Kari", 1)).await);

    let row = store.item(lifted, &group).await.unwrap().row;
    assert_eq!((row.state, row.share), (ItemState::Unread, Share::Content));
    assert_eq!(row.summary.reveal().person_name.as_deref(), Some(PERSON_NAME));
    let detail = store.case(lifted, &group).await.unwrap();
    assert_eq!(acts(&detail), [ActKind::Open, ActKind::Lift]);
    assert!(detail.events[1].details.contains(&(Detailed::Code, text("IKKE_LOST_ANNEN_MATE"))));
    assert_eq!(store.inbox_counts(&group, crate::storage::UserId(Uuid::nil())).await.unwrap().unread, 1);
    let again = do_it(&*store, id, lift(ItemId(some_id())), &by("Kari", 2)).await;
    assert_eq!(again, Acted::Refused(ActRefused::AlreadyLifted));
    store.close().await;
}

async fn a_lift_that_is_taken_back_leaves_nothing_with_the_group<G: Ground>(ground: &G) {
    let (store, id) = one(ground).await;
    done(&do_it(&*store, id, Act::Open, &by("Kari", 0)).await);
    let (group, first) = ([unit("kg")], ItemId(some_id()));
    let back = || Act::TakeBackLift { why: text("Feil gruppe.") };
    assert_eq!(do_it(&*store, id, back(), &by("Kari", 1)).await, Acted::Refused(ActRefused::NotLifted));

    done(&do_it(&*store, id, lift(first), &by("Kari", 2)).await);
    done(&do_it(&*store, id, lift_to_members(), &by("Kari", 3)).await);
    let from = store.case(first, &group).await.unwrap().came_from.unwrap();
    assert_eq!((from.unit, from.responsible, from.by_lift), (unit("gjerstad"), None, true));
    let open = Deed { units: group.to_vec(), ..deed(first, Act::Open, &by("Gro", 4)) };
    done(&store.act_on_case(&open).await.unwrap());
    done(&do_it(&*store, id, back(), &by("Kari", 5)).await);

    let row = store.item(first, &group).await.unwrap().row;
    assert_eq!((row.state, row.share), (ItemState::Withdrawn, Share::Awareness));
    assert_eq!(row.summary.reveal().person_name, None);
    assert!(store.lifted(&[id]).await.unwrap().is_empty());
    let own = store.case(id, &[unit("gjerstad")]).await.unwrap().case;
    assert_eq!((own.state, own.lifted_to, own.lifted_to_members), (ItemState::Opened, None, false));
    let held = store.held_elsewhere(&[row.message]).await.unwrap();
    assert!(held.iter().all(|it| it.unit != unit("kg")), "{held:?}");

    // It can be lifted anew, and that be undone.
    done(&do_it(&*store, id, lift(ItemId(some_id())), &by("Kari", 20)).await);
    done(&store.undo(id, &[unit("gjerstad")], &by("Kari", 21)).await.unwrap());
    assert_differing(&*store).await;
    store.close().await;
}

async fn a_case_is_lifted_to_the_members_here_like_to_any_group<G: Ground>(ground: &G) {
    let (store, id) = one(ground).await;
    done(&do_it(&*store, id, Act::Open, &by("Kari", 0)).await);
    let own = [unit("gjerstad")];

    done(&do_it(&*store, id, lift_to_members(), &by("Kari", 1)).await);
    assert_eq!(store.lifted(&[id]).await.unwrap(), [id]);
    let again = do_it(&*store, id, lift_to_members(), &by("Kari", 2)).await;
    assert_eq!(again, Acted::Refused(ActRefused::AlreadyLifted));
    done(&store.undo(id, &own, &by("Kari", 3)).await.unwrap());
    assert!(store.lifted(&[id]).await.unwrap().is_empty(), "an undone lift was never there");

    done(&do_it(&*store, id, lift_to_members(), &by("Kari", 20)).await);
    done(&do_it(&*store, id, lift(ItemId(some_id())), &by("Kari", 21)).await);
    done(&store.undo(id, &own, &by("Kari", 22)).await.unwrap());
    let detail = store.case(id, &own).await.unwrap();
    assert!(detail.case.lifted_to_members && detail.case.lifted_to.is_none(), "only the last lift is undone");
    assert_eq!(store.lifted(&[id]).await.unwrap(), [id]);
    let undone: Vec<_> = detail.events.iter().filter(|it| it.act == ActKind::Lift).map(|it| it.undone).collect();
    assert_eq!(undone, [true, false, true]);
    let lifts = store.lift_reasons(&[Sight::whole(unit("gjerstad"))], NOON, at(99), 9).await.unwrap();
    assert_eq!(lifts.len(), 1, "{lifts:?}");
    store.close().await;
}

async fn a_graded_case_is_lifted_to_no_members<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let mut given = settlement(1);
    given.items = vec![item("gjerstad", Share::Content)];
    given.items[0].protected = true;
    let id = given.items[0].id;
    store.settle(given).await.unwrap();
    done(&do_it(&*store, id, Act::Open, &by("Kari", 0)).await);

    let refused = do_it(&*store, id, lift_to_members(), &by("Kari", 1)).await;

    assert_eq!(refused, Acted::Refused(ActRefused::GradedForMembers));
    assert!(store.lifted(&[id]).await.unwrap().is_empty());
    store.close().await;
}

async fn an_undone_lift_or_offer_was_never_there<G: Ground>(ground: &G) {
    let (store, id) = one(ground).await;
    for act in [Act::Open, Act::Take] {
        done(&do_it(&*store, id, act, &by("Kari", 0)).await);
    }

    let lifted = ItemId(some_id());
    done(&do_it(&*store, id, lift(lifted), &by("Kari", 1)).await);
    done(&store.undo(id, &[unit("gjerstad")], &by("Kari", 2)).await.unwrap());
    assert!(matches!(store.item(lifted, &[unit("kg")]).await, Err(StoreError::Absent)));

    let offered = offer(&*store, id, "risor", 3).await;
    done(&store.undo(id, &[unit("gjerstad")], &by("Kari", 4)).await.unwrap());
    assert!(matches!(store.item(offered, &[unit("risor")]).await, Err(StoreError::Absent)));
    assert_eq!(store.case(id, &[unit("gjerstad")]).await.unwrap().case.state, ItemState::Taken);

    // The group has opened it: it is theirs now.
    let lifted = ItemId(some_id());
    done(&do_it(&*store, id, lift(lifted), &by("Kari", 5)).await);
    let open = Deed { units: vec![unit("kg")], ..deed(lifted, Act::Open, &by("Gro", 6)) };
    done(&store.act_on_case(&open).await.unwrap());
    let late = store.undo(id, &[unit("gjerstad")], &by("Kari", 7)).await.unwrap();
    assert_eq!(late, Acted::Refused(ActRefused::ChangedSince));
    assert_differing(&*store).await;
    store.close().await;
}

async fn a_stale_page_does_not_overwrite<G: Ground>(ground: &G) {
    let (store, id) = one(ground).await;
    for act in [Act::Open, Act::Take] {
        done(&do_it(&*store, id, act, &by("Kari", 0)).await);
    }
    let stale = Deed { version: Some(1), ..deed(id, Act::Archive { reference: text("x") }, &by("Kari", 1)) };
    assert_eq!(store.act_on_case(&stale).await.unwrap(), Acted::Refused(ActRefused::ChangedSince));
    let fresh = Deed { version: Some(2), ..stale };
    done(&store.act_on_case(&fresh).await.unwrap());
    store.close().await;
}

async fn counts_agree_with_the_rows_after_casework<G: Ground>(ground: &G) {
    let (store, id) = one(ground).await;
    for act in [
        Act::Open,
        Act::Take,
        Act::AskForMore { question: text("Hvem er foresatt?"), way: AnswerWay::Electronic, answer: None },
        Act::AnswerArrived { what: FollowUpKind::Answer },
    ] {
        done(&do_it(&*store, id, act, &by("Kari", 0)).await);
    }
    let offered = offer(&*store, id, "risor", 20).await;
    let accept = Deed { units: vec![unit("risor")], ..deed(offered, Act::AcceptTransfer, &by("Rita", 30)) };
    done(&store.act_on_case(&accept).await.unwrap());

    assert_differing(&*store).await;
    store.close().await;
}

async fn a_case_of_another_unit_is_absent<G: Ground>(ground: &G) {
    let (store, id) = one(ground).await;
    let elsewhere = [unit("nowhere")];

    assert!(matches!(store.case(id, &elsewhere).await, Err(StoreError::Absent)));
    let act = Deed { units: elsewhere.to_vec(), ..deed(id, Act::Open, &by("Kari", 0)) };
    assert!(matches!(store.act_on_case(&act).await, Err(StoreError::Absent)));
    assert!(matches!(store.undo(id, &elsewhere, &by("Kari", 0)).await, Err(StoreError::Absent)));
    store.close().await;
}

async fn one<G: Ground>(ground: &G) -> (std::sync::Arc<crate::storage::SqlStore<G::Engine>>, ItemId) {
    let store = ground.open().await;
    let mut given = settlement(1);
    given.items = vec![item("gjerstad", Share::Content)];
    given.notices.clear();
    let id = given.items[0].id;
    store.settle(given).await.unwrap();
    (store, id)
}

async fn offer(store: &dyn CaseStore, id: ItemId, to: &str, seconds: u64) -> ItemId {
    let transfer = some_id();
    let to = TransferTarget::Unit(UnitId(to.to_owned()));
    done(&do_it(store, id, Act::OfferTransfer { transfer, to, why: text("Flyttet.") }, &by("Kari", seconds)).await);
    ItemId(transfer)
}

fn lift(item: ItemId) -> Act {
    let (reason, step) = (LiftReason::NotSolvedOtherwise, LiftStep::Two);
    Act::Lift { to: LiftTo::Group { item: item.0, group: unit("kg") }, reason, step, text: None }
}

fn lift_to_members() -> Act {
    let (reason, step) = (LiftReason::BetterHere, LiftStep::One);
    Act::Lift { to: LiftTo::Members { unit: unit("gjerstad") }, reason, step, text: None }
}

fn coordinator(id: u128) -> Coordinator {
    Coordinator {
        id: Uuid::from_u128(id),
        kind: CoordinatorKind::ChildCoordinator,
        duty: CoordinatorDuty::Main,
        name: text("Plantet Koordinator"),
        staff: None,
        from: date(2026, 1, 1),
        until: None,
        overlap: Overlap::Unsaid,
        decision: None,
    }
}

fn text(text: &str) -> Redacted<String> {
    Redacted::new(text.to_owned())
}

fn at(seconds: u64) -> Timestamp {
    NOON.plus(Duration::from_secs(seconds))
}

/// The same person for the same name.
fn by(name: &str, seconds: u64) -> Acting {
    let id = Uuid::from_slice(&super::sha256(name.as_bytes())[..16]).unwrap();
    Acting { who: Colleague { id, name: name.to_owned() }, authority: Authority::Own, at: at(seconds) }
}

fn deed(item: ItemId, act: Act, by: &Acting) -> Deed {
    Deed { item, units: vec![unit("gjerstad")], act, by: by.clone(), version: None }
}

async fn do_it(store: &dyn CaseStore, item: ItemId, act: Act, by: &Acting) -> Acted {
    store.act_on_case(&deed(item, act, by)).await.unwrap()
}

fn done(acted: &Acted) {
    assert!(matches!(acted, Acted::Done { .. }), "{acted:?}");
}

fn acts(detail: &CaseDetail) -> Vec<ActKind> {
    detail.events.iter().map(|it| it.act).collect()
}

async fn assert_differing<E: super::Engine>(store: &crate::storage::SqlStore<E>) {
    let differing = "SELECT COUNT(*) AS number
FROM (SELECT unit, state, COUNT(*) AS rows FROM items GROUP BY unit, state) AS i
FULL OUTER JOIN (SELECT unit, state, count FROM tallies WHERE what = 'item' AND count <> 0) AS t
    ON t.unit = i.unit AND t.state = i.state
WHERE i.rows IS NULL OR t.count IS NULL OR i.rows <> t.count";
    assert_eq!(number(store, differing).await, 0);
}
