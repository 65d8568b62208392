use super::Ground;
use super::NOON;
use super::SECRET_TEXT;
use super::contract;
use super::notice;
use super::number;
use super::sender;
use super::settlement;
use super::some_id;
use super::tamper;
use super::unit;
use crate::domain::AlarmKind;
use crate::domain::CoordinatingBody;
use crate::domain::Correspondent;
use crate::domain::FaultReason;
use crate::domain::MessageId;
use crate::domain::NoticeChannel;
use crate::domain::OutboundId;
use crate::domain::OutboundKind;
use crate::domain::OutboundNext;
use crate::domain::OutboundState;
use crate::domain::Redacted;
use crate::domain::Timestamp;
use crate::storage::Actor;
use crate::storage::Claim;
use crate::storage::DueOutbound;
use crate::storage::JournalProof;
use crate::storage::Lease;
use crate::storage::MessageStore as _;
use crate::storage::NewOutbound;
use crate::storage::OperatorStore as _;
use crate::storage::OutboundQuery;
use crate::storage::OutboundSettled;
use crate::storage::OutboundStore as _;
use crate::storage::StoreError;
use bytes::Bytes;
use std::time::Duration;

contract!(
    what_is_written_is_claimed_sent_and_acknowledged,
    a_form_that_is_sent_twice_is_queued_once,
    it_can_be_taken_back_until_it_is_tried,
    one_at_a_time_goes_to_each_receiver,
    a_late_holder_of_something_to_send_changes_nothing,
    what_is_sent_each_time_is_the_same,
    a_rejection_raises_an_alarm_and_tells_the_unit,
    what_was_given_up_can_be_sent_again_or_settled_another_way,
    what_nobody_answers_is_told_of_once,
    what_was_written_is_sealed,
    a_word_that_comes_too_late_for_the_state_changes_nothing,
    one_that_cannot_be_read_is_set_aside_and_does_not_hold_back_the_others,
);

fn at(seconds: u64) -> Timestamp {
    NOON.plus(Duration::from_secs(seconds))
}

fn claim(now: Timestamp) -> Claim {
    Claim { rows_max: 10, now, until: now.plus(Duration::from_secs(90)) }
}

fn written(about: MessageId, receiver: &str) -> NewOutbound {
    NewOutbound {
        id: OutboundId(some_id()),
        about,
        item: None,
        kind: OutboundKind::FaultReport(FaultReason::WrongAddressee),
        to: Correspondent {
            name: receiver.to_owned(),
            display_name: "Eksempel sykehus HF".to_owned(),
            organisation: sender(),
        },
        text: Redacted::new(SECRET_TEXT.to_owned()),
        by: Actor::Person { id: "kari".to_owned(), name: "Kari Saksbehandler".to_owned() },
        at: at(0),
        due: at(60),
        answer_by: at(3600),
    }
}

fn came(next: OutboundNext, now: Timestamp) -> OutboundSettled {
    OutboundSettled { next, failure: None, codes: Vec::new(), notices: Vec::new(), deal_by: None, now }
}

fn held(leases: &[Lease<DueOutbound>]) -> Vec<OutboundId> {
    leases.iter().map(|it| it.held.id).collect()
}

async fn what_is_written_is_claimed_sent_and_acknowledged<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let given = settlement(1);
    store.settle(given.clone()).await.unwrap();
    let new = written(given.message.id, "eksempel-sykehus");
    store.enqueue(new.clone()).await.unwrap();
    assert_eq!(store.next_outbound_due().await.unwrap(), Some(at(60)));
    assert!(store.claim_outbound(claim(at(59))).await.unwrap().is_empty());

    let leases = store.claim_outbound(claim(at(60))).await.unwrap();
    let [lease] = leases.as_slice() else { panic!("{leases:?}") };
    assert_eq!((lease.held.id, lease.attempt, &lease.held.kind), (new.id, 1, &new.kind));
    assert_eq!(lease.held.text.reveal(), SECRET_TEXT);
    assert_eq!((&lease.held.by, &lease.held.units), (&new.by, &vec![unit("gjerstad")]));
    store.settle_outbound(lease, came(OutboundNext::Sent { ask_at: at(900) }, at(61))).await.unwrap();
    let asked = store.claim_outbound(claim(at(900))).await.unwrap();
    assert_eq!(asked[0].held.state, OutboundState::Sent);
    store.settle_outbound(&asked[0], came(OutboundNext::Acknowledged, at(901))).await.unwrap();

    let row = store.outbound(new.id).await.unwrap();
    assert_eq!((row.state, row.attempts, row.answered_at), (OutboundState::Acknowledged, 2, Some(at(901))));
    assert_eq!(row.receiver_organisation, sender());
    assert!(store.claim_outbound(claim(at(9_000))).await.unwrap().is_empty());
    let journal = store.message("message-1").await.unwrap().journal;
    let actions: Vec<_> = journal.iter().map(|it| it.action.as_str()).collect();
    assert_eq!(actions, ["accepted", "outbound_queued", "outbound_sent", "outbound_acknowledged"]);
    assert_eq!(journal[1].actor, new.by);
    let counted = store.tallies().await.unwrap().outbound;
    assert_eq!(counted.into_iter().filter(|(_, it)| *it > 0).collect::<Vec<_>>(), [(OutboundState::Acknowledged, 1)]);
    assert!(matches!(store.verify_journal().await.unwrap(), JournalProof::Whole { .. }));
    store.close().await;
}

async fn a_form_that_is_sent_twice_is_queued_once<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let given = settlement(1);
    store.settle(given.clone()).await.unwrap();
    let new = written(given.message.id, "eksempel-sykehus");

    store.enqueue(new.clone()).await.unwrap();
    store.enqueue(new.clone()).await.unwrap();
    let nothing = store.enqueue(written(MessageId(some_id()), "eksempel-sykehus")).await;

    assert!(matches!(nothing, Err(StoreError::Absent)));
    let query = OutboundQuery { about: Some(given.message.id), state: None, rows_max: 10 };
    assert_eq!(store.outbounds(&query).await.unwrap().len(), 1);
    assert_eq!(store.message("message-1").await.unwrap().journal.len(), 2);
    store.close().await;
}

async fn it_can_be_taken_back_until_it_is_tried<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let given = settlement(1);
    store.settle(given.clone()).await.unwrap();
    let (first, second) = (written(given.message.id, "a"), written(given.message.id, "b"));
    store.enqueue(first.clone()).await.unwrap();
    store.enqueue(second.clone()).await.unwrap();
    let by = Actor::Operator("kari".to_owned());

    store.cancel_outbound(first.id, &by, at(10)).await.unwrap();
    let leases = store.claim_outbound(claim(at(60))).await.unwrap();
    let too_late = store.cancel_outbound(second.id, &by, at(61)).await;

    assert_eq!(held(&leases), [second.id]);
    assert!(matches!(too_late, Err(StoreError::Absent)));
    assert_eq!(store.outbound(first.id).await.unwrap().state, OutboundState::Cancelled);
    store.close().await;
}

async fn one_at_a_time_goes_to_each_receiver<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let given = settlement(1);
    store.settle(given.clone()).await.unwrap();
    let new: Vec<_> = ["a", "a", "b"].map(|it| written(given.message.id, it)).to_vec();
    for it in &new {
        store.enqueue(it.clone()).await.unwrap();
    }

    let first = store.claim_outbound(claim(at(60))).await.unwrap();
    assert_eq!(held(&first), [new[0].id, new[2].id]);
    assert!(store.claim_outbound(claim(at(60))).await.unwrap().is_empty());
    // What waits long for its next try does not hold up what comes after it.
    store.settle_outbound(&first[0], came(OutboundNext::Retry { due: at(9_000) }, at(61))).await.unwrap();
    let second = store.claim_outbound(claim(at(62))).await.unwrap();

    assert_eq!(held(&second), [new[1].id]);
    store.close().await;
}

async fn a_late_holder_of_something_to_send_changes_nothing<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let given = settlement(1);
    store.settle(given.clone()).await.unwrap();
    store.enqueue(written(given.message.id, "a")).await.unwrap();

    let first = store.claim_outbound(claim(at(60))).await.unwrap();
    let second = store.claim_outbound(claim(at(600))).await.unwrap();

    let late = store.settle_outbound(&first[0], came(OutboundNext::Abandoned, at(601))).await;
    let body = store.keep_outbound_body(&first[0], &Redacted::new(Bytes::from_static(b"<late/>"))).await;
    assert!(matches!(late, Err(StoreError::LeaseLost)) && matches!(body, Err(StoreError::LeaseLost)));
    store.settle_outbound(&second[0], came(OutboundNext::Acknowledged, at(602))).await.unwrap();
    assert!(store.alarms().await.unwrap().is_empty());
    store.close().await;
}

async fn what_is_sent_each_time_is_the_same<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let given = settlement(1);
    store.settle(given.clone()).await.unwrap();
    store.enqueue(written(given.message.id, "a")).await.unwrap();
    let body = Redacted::new(Bytes::from_static(b"<MsgHead/>"));

    let first = store.claim_outbound(claim(at(60))).await.unwrap();
    assert!(first[0].held.body.is_none());
    store.keep_outbound_body(&first[0], &body).await.unwrap();
    let again = store.keep_outbound_body(&first[0], &Redacted::new(Bytes::from_static(b"<other/>"))).await;
    store.settle_outbound(&first[0], came(OutboundNext::Retry { due: at(70) }, at(61))).await.unwrap();
    let second = store.claim_outbound(claim(at(70))).await.unwrap();

    assert!(matches!(again, Err(StoreError::LeaseLost)));
    assert_eq!(second[0].held.body.as_ref(), Some(&body));
    assert_eq!(second[0].attempt, 2);
    store.close().await;
}

async fn a_rejection_raises_an_alarm_and_tells_the_unit<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let mut given = settlement(1);
    given.notices.clear();
    store.settle(given.clone()).await.unwrap();
    let new = written(given.message.id, "a");
    store.enqueue(new.clone()).await.unwrap();
    let leases = store.claim_outbound(claim(at(60))).await.unwrap();
    store.settle_outbound(&leases[0], came(OutboundNext::Acknowledged, at(61))).await.unwrap();

    let rejected = OutboundSettled {
        codes: vec!["E21".to_owned(), "X99".to_owned()],
        notices: vec![notice("gjerstad", NoticeChannel::Email, at(70))],
        ..came(OutboundNext::Rejected, at(70))
    };
    store.answer_outbound(new.id, OutboundState::Acknowledged, rejected).await.unwrap();

    let row = store.outbound(new.id).await.unwrap();
    assert_eq!(
        (row.state, row.answer_codes.as_slice()),
        (OutboundState::Rejected, &["E21".to_owned(), "X99".to_owned()][..])
    );
    let alarms = store.alarms().await.unwrap();
    assert_eq!(alarms.len(), 1);
    assert_eq!(
        (alarms[0].kind, &alarms[0].subject),
        (AlarmKind::OutboundRejected, &given.message.reference.to_string())
    );
    let tallies = store.tallies().await.unwrap();
    assert_eq!((tallies.outbound_abandoned, tallies.outbound_rejected), (0, 1));
    let detail = store.message("message-1").await.unwrap();
    assert_eq!(detail.notices.len(), 1);
    assert!(detail.journal.last().unwrap().detail.ends_with("codes E21 X99"));
    store.close().await;
}

async fn what_was_given_up_can_be_sent_again_or_settled_another_way<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let given = settlement(1);
    store.settle(given.clone()).await.unwrap();
    let (first, second) = (written(given.message.id, "a"), written(given.message.id, "b"));
    for it in [&first, &second] {
        store.enqueue(it.clone()).await.unwrap();
    }
    for lease in store.claim_outbound(claim(at(60))).await.unwrap() {
        store.settle_outbound(&lease, came(OutboundNext::Abandoned, at(61))).await.unwrap();
    }
    let by = Actor::Operator("kari".to_owned());
    assert_eq!(store.alarms().await.unwrap()[0].times, 2);
    let tallied = async || {
        let told = store.tallies().await.unwrap();
        (told.outbound_abandoned, told.outbound_rejected, told.oldest_queued_outbound)
    };
    assert_eq!(tallied().await, (2, 0, None));

    store.requeue_outbound(first.id, &by, at(9_000), at(100)).await.unwrap();
    assert_eq!(store.alarms().await.unwrap().len(), 1, "the other one still calls for it");
    assert_eq!(tallied().await, (1, 0, Some(at(0))));
    store.close_outbound(second.id, &by, at(101)).await.unwrap();
    assert_eq!(tallied().await, (0, 0, Some(at(0))), "somebody has dealt with it");

    assert!(store.alarms().await.unwrap().is_empty());
    let leases = store.claim_outbound(claim(at(102))).await.unwrap();
    assert_eq!((held(&leases), leases[0].attempt), (vec![first.id], 1));
    let again = store.requeue_outbound(first.id, &by, at(9_000), at(103)).await;
    assert!(matches!(again, Err(StoreError::Absent)), "it is being sent");
    assert!(matches!(store.verify_journal().await.unwrap(), JournalProof::Whole { .. }));
    store.close().await;
}

async fn what_nobody_answers_is_told_of_once<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let given = settlement(1);
    store.settle(given.clone()).await.unwrap();
    let new = written(given.message.id, "a");
    store.enqueue(new.clone()).await.unwrap();

    assert!(store.late_outbound(at(3599)).await.unwrap().is_empty());
    let late = store.late_outbound(at(3600)).await.unwrap();
    assert_eq!((late.len(), late[0].id, &late[0].units), (1, new.id, &vec![unit("gjerstad")]));
    for _ in 0..2 {
        store
            .tell_late_outbound(new.id, vec![notice("gjerstad", NoticeChannel::Webhook, at(3600))], at(3600))
            .await
            .unwrap();
    }

    assert!(store.late_outbound(at(9_000)).await.unwrap().is_empty());
    let alarms = store.alarms().await.unwrap();
    assert_eq!((alarms.len(), alarms[0].kind, alarms[0].times), (1, AlarmKind::OutboundUnanswered, 1));
    let leases = store.claim_outbound(claim(at(3700))).await.unwrap();
    store.settle_outbound(&leases[0], came(OutboundNext::Acknowledged, at(3701))).await.unwrap();
    assert!(store.alarms().await.unwrap().is_empty(), "it was answered in the end");
    store.close().await;
}

async fn what_was_written_is_sealed<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let given = settlement(1);
    store.settle(given.clone()).await.unwrap();
    let mut new = written(given.message.id, "a");
    new.kind = OutboundKind::Transfer(CoordinatingBody::parse("1149").unwrap());
    store.enqueue(new.clone()).await.unwrap();
    let leases = store.claim_outbound(claim(at(60))).await.unwrap();
    let body = Redacted::new(Bytes::from(format!("<MsgHead>{SECRET_TEXT}</MsgHead>")));
    store.keep_outbound_body(&leases[0], &body).await.unwrap();

    assert_eq!(store.outbound_text(new.id).await.unwrap().reveal(), SECRET_TEXT);
    let longer = "SELECT COUNT(*) AS number FROM outbound WHERE LENGTH(text) > 41 AND LENGTH(body) > LENGTH(text)";
    assert_eq!(number(&store, longer).await, 1);
    assert_eq!(store.outbound(new.id).await.unwrap().kind, new.kind);
    store.close().await;
}

async fn a_word_that_comes_too_late_for_the_state_changes_nothing<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let given = settlement(1);
    store.settle(given.clone()).await.unwrap();
    let new = written(given.message.id, "a");
    store.enqueue(new.clone()).await.unwrap();
    let leases = store.claim_outbound(claim(at(60))).await.unwrap();
    store.settle_outbound(&leases[0], came(OutboundNext::Acknowledged, at(61))).await.unwrap();

    let word = store.answer_outbound(new.id, OutboundState::Sent, came(OutboundNext::Rejected, at(62))).await;

    assert!(matches!(word, Err(StoreError::Absent)));
    assert_eq!(store.outbound(new.id).await.unwrap().state, OutboundState::Acknowledged);
    store.close().await;
}

async fn one_that_cannot_be_read_is_set_aside_and_does_not_hold_back_the_others<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let (first, second) = (settlement(1), settlement(2));
    for it in [&first, &second] {
        store.settle(it.clone()).await.unwrap();
    }
    let damaged = written(first.message.id, "eksempel-sykehus");
    let whole = written(second.message.id, "eksempel-sykehus");
    for it in [&damaged, &whole] {
        store.enqueue(it.clone()).await.unwrap();
    }
    // What one bad block of a disk does: the data key is not what it was.
    tamper(&store, "CREATE TABLE kept AS SELECT message, wrapped FROM data_keys").await;
    let swap = "UPDATE data_keys SET wrapped = (SELECT k.wrapped FROM kept AS k WHERE k.message <> data_keys.message) \
                WHERE message = (SELECT message FROM outbound ORDER BY id LIMIT 1)";
    tamper(&store, swap).await;

    let leases = store.claim_outbound(claim(at(60))).await.unwrap();
    let others = store.claim_outbound(claim(at(60))).await.unwrap();

    let taken: Vec<_> = held(&leases).into_iter().chain(held(&others)).collect();
    assert_eq!(taken, [whole.id]);
    let row = store.outbound(damaged.id).await.unwrap();
    assert_eq!(row.state, OutboundState::Abandoned);
    assert!(row.last_failure.is_some_and(|it| it.starts_with("it cannot be read here: ")));
    let alarms = store.alarms().await.unwrap();
    let alarms: Vec<_> = alarms.iter().map(|it| (it.kind, it.subject.as_str())).collect();
    assert_eq!(alarms, [(AlarmKind::OutboundAbandoned, first.message.reference.as_str())]);

    // Once it can be read, it can be put back.
    let mend = "UPDATE data_keys SET wrapped = (SELECT k.wrapped FROM kept AS k WHERE k.message = data_keys.message)";
    tamper(&store, mend).await;
    store.settle_outbound(&[leases, others].concat()[0], came(OutboundNext::Acknowledged, at(61))).await.unwrap();
    store.requeue_outbound(damaged.id, &damaged.by, at(7200), at(70)).await.unwrap();
    assert_eq!(held(&store.claim_outbound(claim(at(70))).await.unwrap()), [damaged.id]);
    store.close().await;
}
