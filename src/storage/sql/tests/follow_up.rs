//! What comes about a case that is here already.

use super::Ground;
use super::NOON;
use super::PERSON_ID;
use super::act;
use super::contract;
use super::filing;
use super::notice;
use super::number;
use super::settlement;
use super::unit;
use crate::domain::Act;
use crate::domain::AnswerWay;
use crate::domain::FollowUpKind;
use crate::domain::ItemId;
use crate::domain::ItemState;
use crate::domain::MisaddressReason;
use crate::domain::NoticeChannel;
use crate::domain::Redacted;
use crate::domain::Timestamp;
use crate::domain::TransferTarget;
use crate::domain::withdrawn_by;
use crate::storage::CaseStore as _;
use crate::storage::Claim;
use crate::storage::DeliveryStore as _;
use crate::storage::Earlier;
use crate::storage::FollowUp;
use crate::storage::FollowUpStore as _;
use crate::storage::InboxQuery;
use crate::storage::InboxStore as _;
use crate::storage::JournalProof;
use crate::storage::MessageStore as _;
use crate::storage::OperatorStore as _;
use crate::storage::Person;
use crate::storage::RetentionStore as _;
use crate::storage::SamePerson;
use crate::storage::Settled;
use crate::storage::Settlement;
use crate::storage::StoreError;
use crate::storage::UserId;
use crate::storage::sql::engine::values;
use std::time::Duration;
use uuid::Uuid;

contract!(
    a_follow_up_joins_the_case_with_an_event_and_no_item,
    a_waiting_case_is_taken_again_and_a_closed_one_taken_up,
    a_follow_up_is_found_by_its_own_reference_and_told_of_by_the_cases,
    a_case_is_found_by_each_of_the_three_references,
    what_belongs_to_a_case_that_is_gone_is_a_case_of_its_own,
    what_came_about_a_case_goes_when_the_case_has_outlived_its_use,
    a_stuck_message_that_is_judged_again_joins_the_case_too,
    the_same_follow_up_again_is_known_and_tells_nobody_twice,
    what_comes_while_its_case_is_given_away_is_a_case_of_its_own,
    a_row_says_that_its_sender_has_withdrawn_until_more_is_reported,
    a_withdrawal_reaches_the_unit_that_has_the_content_and_is_to_be_read_soon,
);

/// The row says what the domain says, for every sequence of two.
async fn a_row_says_that_its_sender_has_withdrawn_until_more_is_reported<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let units = [unit("gjerstad")];
    let pairs = FollowUpKind::ALL.iter().flat_map(|first| FollowUpKind::ALL.iter().map(move |then| [*first, *then]));
    for (number, pair) in (0_u32..).step_by(3).zip(pairs) {
        let first = settlement(number);
        store.settle(first.clone()).await.unwrap();
        assert!(!store.item(item_of(&first), &units).await.unwrap().row.withdrawn);
        for (nth, kind) in (1..).zip(pair) {
            store.settle(of_kind(kind, number + nth, &first)).await.unwrap();
        }

        let row = store.item(item_of(&first), &units).await.unwrap().row;
        assert_eq!(row.withdrawn, withdrawn_by(pair).is_some(), "{pair:?}");
        let came = store.follow_ups(first.message.id).await.unwrap();
        assert_eq!(came.iter().map(|it| it.kind).collect::<Vec<_>>(), pair);
    }
    store.close().await;
}

async fn a_withdrawal_reaches_the_unit_that_has_the_content_and_is_to_be_read_soon<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let month = NOON.plus(Duration::from_secs(30 * 24 * 60 * 60));
    let mut first = settlement(1);
    first.items.iter_mut().for_each(|it| it.deadline = month);
    store.settle(first.clone()).await.unwrap();
    let (gjerstad, risor) = ([unit("gjerstad")], [unit("risor")]);
    let offered = ItemId(super::some_id());
    let to = TransferTarget::Unit(unit("risor"));
    let offer = Act::OfferTransfer { transfer: offered.0, to, why: text("Flyttet.") };
    for it in [Act::Open, Act::Take, offer] {
        act(&*store, item_of(&first), &gjerstad, it, &kari()).await.unwrap().unwrap();
    }
    act(&*store, offered, &risor, Act::AcceptTransfer, &kari()).await.unwrap().unwrap();
    let before = store.item(offered, &risor).await.unwrap().row;
    assert_eq!((before.withdrawn, before.deadline), (false, month));

    let found = store.referred(&Earlier::Message(first.message.id), None).await.unwrap();
    assert_eq!(found[0].units, risor, "those who are told");
    store.settle(of_kind(FollowUpKind::Withdrawal, 2, &first)).await.unwrap();

    let row = store.item(offered, &risor).await.unwrap().row;
    assert_eq!((row.withdrawn, row.state), (true, ItemState::Taken), "a person decides what becomes of it");
    assert_eq!(row.deadline, later(), "nobody goes on for a month with what has been withdrawn");
    let case = store.case(offered, &risor).await.unwrap();
    assert_eq!(case.events.last().unwrap().details[0].1.reveal(), "TILBAKETREKK");
    let left = store.item(item_of(&first), &gjerstad).await.unwrap().row;
    assert_eq!((left.withdrawn, left.state), (false, ItemState::Transferred), "what has left the unit is not told of");
    store.close().await;
}

fn of_kind(kind: FollowUpKind, number: u32, first: &Settlement) -> Settlement {
    let mut settlement = following(number, first);
    settlement.message.received_at = Timestamp(NOON.0 + i64::from(number));
    settlement.follows.as_mut().unwrap().kind = kind;
    settlement
}

/// A node looks for the case in the moment in which somebody on another node says that it is not theirs.
async fn what_comes_while_its_case_is_given_away_is_a_case_of_its_own<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let first = settlement(1);
    store.settle(first.clone()).await.unwrap();
    act(&*store, item_of(&first), &[unit("gjerstad")], Act::Open, &kari()).await.unwrap().unwrap();
    let mut giving = store.pools.work().await.unwrap();
    let withdraw = "UPDATE items SET state = 'withdrawn' WHERE id = $1";
    assert_eq!(giving.execute(withdraw, values![item_of(&first).0]).await.unwrap(), 1);

    let second = following(2, &first);
    let (settled, given) = tokio::join!(store.settle(second.clone()), async {
        tokio::time::sleep(Duration::from_millis(400)).await;
        giving.commit().await
    });

    given.unwrap();
    assert!(matches!(settled.unwrap(), Settled::New));
    let detail = store.message("message-2").await.unwrap();
    assert_eq!(detail.row.units, [unit("gjerstad"), unit("karmoy")], "somebody has it");
    assert!(store.follow_ups(first.message.id).await.unwrap().is_empty());
    store.close().await;
}

async fn a_follow_up_joins_the_case_with_an_event_and_no_item<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let first = settlement(1);
    store.settle(first.clone()).await.unwrap();
    let version = store.case(item_of(&first), &[unit("gjerstad")]).await.unwrap().version;

    let second = following(2, &first);
    assert!(matches!(store.settle(second.clone()).await.unwrap(), Settled::New));

    assert_eq!(number(&*store, "SELECT COUNT(*) AS number FROM items").await, 2, "those of the first");
    let case = store.case(item_of(&first), &[unit("gjerstad")]).await.unwrap();
    assert_eq!((case.version, case.events.len()), (version + 1, 1));
    assert_eq!(case.events[0].details[0].1.reveal(), "SVAR");
    assert_eq!(case.events[0].who.name, "Eksempel sykehus");
    let [row] = store.follow_ups(first.message.id).await.unwrap().try_into().unwrap();
    assert_eq!((row.message, row.kind), (second.message.id, FollowUpKind::Answer));
    assert_eq!(row.reference, second.message.reference);
    // It is a message of its own, with its own receipt.
    assert!(store.receipt(&second.message.sender, "message-2").await.is_ok());
    assert!(!store.raw(second.message.id).await.unwrap().bytes.reveal().is_empty());
    assert!(matches!(store.verify_journal().await.unwrap(), JournalProof::Whole { .. }));
    store.close().await;
}

async fn a_waiting_case_is_taken_again_and_a_closed_one_taken_up<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let first = settlement(1);
    store.settle(first.clone()).await.unwrap();
    let (id, units) = (item_of(&first), [unit("gjerstad")]);
    let question = Act::AskForMore { question: text("Hvor?"), way: AnswerWay::Telephone, answer: None };
    for it in [Act::Open, Act::Take, question] {
        act(&*store, id, &units, it, &kari()).await.unwrap().unwrap();
    }
    assert!(store.item(id, &units).await.unwrap().row.answered);

    store.settle(following(2, &first)).await.unwrap();
    let row = store.item(id, &units).await.unwrap().row;
    assert_eq!((row.state, row.deadline), (ItemState::Taken, later()), "it waits anew");
    assert!(row.heard_at.is_some() && !row.answered);

    for it in filing().into_iter().chain([Act::Close]) {
        act(&*store, id, &units, it, &kari()).await.unwrap().unwrap();
    }
    assert_eq!(store.item(id, &units).await.unwrap().row.heard_at, None);
    store.settle(following(3, &first)).await.unwrap();
    let case = store.case(id, &units).await.unwrap().case;
    assert_eq!((case.state, case.closed_at), (ItemState::Taken, None));
    assert!(case.outcome.is_some() && case.archive_reference.is_some());
    store.close().await;
}

async fn a_follow_up_is_found_by_its_own_reference_and_told_of_by_the_cases<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let first = Settlement { notices: Vec::new(), ..settlement(1) };
    let second = following(2, &first);
    store.settle(first.clone()).await.unwrap();
    store.settle(second.clone()).await.unwrap();

    let query = InboxQuery {
        units: vec![unit("gjerstad")],
        reference: Some(second.message.reference.clone()),
        ..InboxQuery::first(10)
    };
    let found = store.inbox_page(&query).await.unwrap();
    assert_eq!(found.iter().map(|it| it.id).collect::<Vec<_>>(), [item_of(&first)]);
    let claim = Claim { rows_max: 10, now: later(), until: later().plus(Duration::from_secs(60)) };
    let [lease] = store.claim_notices(claim).await.unwrap().try_into().unwrap();
    assert_eq!(lease.held.reference, first.message.reference);
    store.close().await;
}

async fn a_case_is_found_by_each_of_the_three_references<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let mut first = settlement(1);
    first.message.report_id = Some("R-1".to_owned());
    store.settle(first.clone()).await.unwrap();
    let second = following(2, &first);
    store.settle(second.clone()).await.unwrap();
    let same = text(PERSON_ID);
    let sender = first.message.sender.clone();
    let of_sender = |id: &str| Earlier::OfSender { sender: sender.clone(), sender_message_id: id.to_owned() };

    // A follow-up stands for the case that it belongs to.
    for earlier in [
        Earlier::Message(first.message.id),
        of_sender("message-1"),
        of_sender("message-2"),
        Earlier::Report("R-1".to_owned()),
    ] {
        let [found] = store.referred(&earlier, Some(&same)).await.unwrap().try_into().unwrap();
        assert_eq!((found.message, found.person), (first.message.id, SamePerson::Same), "{earlier:?}");
        assert_eq!(found.units, [unit("gjerstad")], "only those that have the content");
        assert_eq!((found.municipality, found.sender), (first.message.municipality.clone(), sender.clone()));
    }
    let other = text("12835401802");
    let person = async |person: Option<&Redacted<String>>| {
        store.referred(&of_sender("message-1"), person).await.unwrap()[0].person
    };
    assert_eq!(person(Some(&other)).await, SamePerson::Other);
    assert_eq!(person(None).await, SamePerson::Unknown);
    for nothing in [of_sender("message-9"), Earlier::Report("R-9".to_owned())] {
        assert!(store.referred(&nothing, Some(&same)).await.unwrap().is_empty());
    }
    store.close().await;
}

async fn what_belongs_to_a_case_that_is_gone_is_a_case_of_its_own<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let first = settlement(1);
    store.settle(first.clone()).await.unwrap();
    store.settle(following(2, &first)).await.unwrap();
    let (id, units) = (item_of(&first), [unit("gjerstad")]);
    let wrong = Act::WrongAddressee { reason: MisaddressReason::WrongAddressee, text: None, way: AnswerWay::Telephone };
    for it in [Act::Open, wrong] {
        act(&*store, id, &units, it, &kari()).await.unwrap().unwrap();
    }
    assert!(store.referred(&Earlier::Message(first.message.id), None).await.unwrap()[0].units.is_empty());

    let late = following(3, &first);
    store.settle(late.clone()).await.unwrap();
    let items = store.message("message-3").await.unwrap().items;
    assert_eq!(items.len(), 2, "it is nobody's case but its own");

    // With the case go the bytes of what came about it.
    assert_eq!(store.remove_withdrawn(later(), 10).await.unwrap(), 1);
    for gone in ["message-1", "message-2"] {
        let id = store.message(gone).await.unwrap().row.id;
        assert!(matches!(store.raw(id).await, Err(StoreError::Absent)), "{gone}");
    }
    assert!(store.raw(late.message.id).await.is_ok());
    store.close().await;
}

async fn what_came_about_a_case_goes_when_the_case_has_outlived_its_use<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let first = settlement(1);
    let second = following(2, &first);
    store.settle(first.clone()).await.unwrap();
    store.settle(second.clone()).await.unwrap();
    for it in [Act::Open, Act::Take].into_iter().chain(filing()).chain([Act::Close]) {
        act(&*store, item_of(&first), &[unit("gjerstad")], it, &kari()).await.unwrap().unwrap();
    }

    let now = later().plus(Duration::from_secs(24 * 60 * 60));
    assert!(store.remove_outlived(first.message.id, later(), now).await.unwrap());

    assert!(matches!(store.raw(second.message.id).await, Err(StoreError::Absent)));
    let found = store.referred(&Earlier::Message(first.message.id), None).await.unwrap();
    assert!(found[0].units.is_empty(), "what comes now is a case of its own");
    store.close().await;
}

async fn a_stuck_message_that_is_judged_again_joins_the_case_too<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let first = settlement(1);
    store.settle(first.clone()).await.unwrap();
    let mut stuck = super::stuck(2);
    stuck.message.sender_message_id = "message-2".to_owned();
    store.settle(stuck.clone()).await.unwrap();

    let mut again = following(2, &first);
    again.message.id = stuck.message.id;
    store.resettle(again).await.unwrap();

    assert_eq!(store.follow_ups(first.message.id).await.unwrap().len(), 1);
    assert!(store.message("message-2").await.unwrap().items.is_empty());
    store.close().await;
}

async fn the_same_follow_up_again_is_known_and_tells_nobody_twice<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let first = settlement(1);
    store.settle(first.clone()).await.unwrap();
    store.settle(following(2, &first)).await.unwrap();

    assert!(matches!(store.settle(following(2, &first)).await.unwrap(), Settled::Known(_)));

    let case = store.case(item_of(&first), &[unit("gjerstad")]).await.unwrap();
    assert_eq!((case.events.len(), store.follow_ups(first.message.id).await.unwrap().len()), (1, 1));
    store.close().await;
}

/// A message that belongs to the case of `first`.
fn following(number: u32, first: &Settlement) -> Settlement {
    let at = Timestamp(NOON.0 + i64::from(number));
    let follows = FollowUp {
        about: first.message.id,
        reference: first.message.reference.clone(),
        kind: FollowUpKind::Answer,
        from: "Eksempel sykehus".to_owned(),
        deadline: later(),
        urgent: false,
        attachments: 0,
        transfer: None,
        why: String::new(),
        notices: vec![notice("gjerstad", NoticeChannel::Email, at)],
    };
    Settlement { follows: Some(follows), ..settlement(number) }
}

fn item_of(settlement: &Settlement) -> ItemId {
    settlement.items[0].id
}

fn later() -> Timestamp {
    NOON.plus(Duration::from_secs(24 * 60 * 60))
}

fn text(said: &str) -> Redacted<String> {
    Redacted::new(said.to_owned())
}

fn kari() -> Person {
    Person { id: UserId(Uuid::from_u128(7)), display_name: "Kari".to_owned() }
}
