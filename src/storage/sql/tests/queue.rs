use super::Ground;
use super::NOON;
use super::contract;
use super::notice;
use super::number;
use super::settlement;
use super::unit;
use crate::domain::Act;
use crate::domain::DeliveryState;
use crate::domain::Next;
use crate::domain::NoticeChannel;
use crate::domain::NoticeId;
use crate::domain::Reminder;
use crate::domain::Timestamp;
use crate::storage::Claim;
use crate::storage::DeliveryStore as _;
use crate::storage::DueNotice;
use crate::storage::Lease;
use crate::storage::MessageStore as _;
use crate::storage::OperatorStore as _;
use crate::storage::Person;
use crate::storage::QueueStore as _;
use crate::storage::ReminderStore as _;
use crate::storage::Settlement;
use crate::storage::StoreError;
use crate::storage::UserId;
use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

contract!(
    a_notice_is_claimed_settled_and_told,
    one_at_a_time_for_each_unit_and_channel_oldest_first,
    a_notice_that_nobody_has_begun_to_send_tells_of_later_messages_too,
    a_late_holder_changes_nothing,
    a_notice_is_tried_again_when_it_is_due,
    an_abandoned_notice_can_be_put_back,
    reminders_of_one_kind_to_one_unit_go_in_one_letter_and_share_what_comes_of_it,
    reminders_of_graded_reports_go_in_a_letter_of_their_own,
    workers_that_claim_at_once_never_hold_the_same,
    operators_see_each_state_oldest_first_with_the_references_and_why,
);

async fn a_notice_is_claimed_settled_and_told<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let given = settlement(1);
    let due = given.notices[0].due;
    store.settle(given.clone()).await.unwrap();
    store.settle(Settlement { notices: Vec::new(), ..settlement(2) }).await.unwrap();
    assert_eq!(store.next_notice_due().await.unwrap(), Some(due));

    assert!(store.claim_notices(claim(due.minus(Duration::from_micros(1)))).await.unwrap().is_empty());
    let leases = store.claim_notices(claim(due)).await.unwrap();

    let [lease] = leases.as_slice() else { panic!("{leases:?}") };
    let held = DueNotice {
        id: given.notices[0].id,
        unit: unit("gjerstad"),
        channel: NoticeChannel::Email,
        reference: given.message.reference.clone(),
        created_at: given.message.received_at,
        unread: 2,
        reminder: None,
        meeting: None,
        about: Vec::new(),
        graded: false,
        with: Vec::new(),
    };
    assert_eq!((&lease.held, lease.attempt, lease.expires), (&held, 1, claim(due).until));
    assert_eq!(store.next_notice_due().await.unwrap(), None);
    store.settle_notice(lease, Next::Delivered, None, due).await.unwrap();
    assert!(matches!(store.settle_notice(lease, Next::Delivered, None, due).await, Err(StoreError::LeaseLost)));
    let detail = store.message("message-1").await.unwrap();
    assert_eq!((detail.notices[0].state, detail.notices[0].attempts), (DeliveryState::Delivered, 1));
    assert_eq!(detail.journal.last().unwrap().action, "notified");
    assert_eq!(store.tallies().await.unwrap().notices, [(DeliveryState::Queued, 0), (DeliveryState::Delivered, 1)]);
    store.close().await;
}

async fn one_at_a_time_for_each_unit_and_channel_oldest_first<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let mut ids = Vec::new();
    let mut first = Vec::new();
    for it in 0..3 {
        let mut given = settlement(it);
        given.notices.clear();
        for (name, channel) in
            [("gjerstad", NoticeChannel::Email), ("gjerstad", NoticeChannel::Webhook), ("karmoy", NoticeChannel::Email)]
        {
            given.notices.push(notice(name, channel, Timestamp(NOON.0 + i64::from(it))));
        }
        ids.push(given.notices.iter().map(|it| it.id).collect::<Vec<_>>());
        store.settle(given).await.unwrap();
        if it == 0 {
            first = store.claim_notices(claim(at(60))).await.unwrap();
        }
    }

    assert_eq!(held(&first), ids[0]);
    assert!(store.claim_notices(claim(at(60))).await.unwrap().is_empty());
    store.settle_notice(&first[1], Next::Delivered, None, at(60)).await.unwrap();
    let second = store.claim_notices(claim(at(60))).await.unwrap();
    assert_eq!(held(&second), [ids[1][1]]);
    let limited = Claim { rows_max: 1, ..claim(at(600)) };
    assert_eq!(held(&store.claim_notices(limited).await.unwrap()), [ids[0][0]], "the leases have run out");
    store.close().await;
}

/// Why: `manual/decisions/notices-are-gathered.md`.
async fn a_notice_that_nobody_has_begun_to_send_tells_of_later_messages_too<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let first = settlement(1);
    let id = first.notices[0].id;
    for given in [first, settlement(2), settlement(3)] {
        store.settle(given).await.unwrap();
    }

    let leases = store.claim_notices(claim(at(60))).await.unwrap();
    assert_eq!(held(&leases), [id]);
    store.settle(settlement(4)).await.unwrap();
    store.settle_notice(&leases[0], Next::Retry { due: at(900) }, Some("busy"), at(61)).await.unwrap();

    let later = store.claim_notices(claim(at(62))).await.unwrap();
    assert_eq!(later.len(), 1, "a notice that was being sent may have counted without the fourth message");
    store.settle_notice(&later[0], Next::Delivered, None, at(62)).await.unwrap();
    store.settle(settlement(5)).await.unwrap();
    assert_eq!(store.claim_notices(claim(at(63))).await.unwrap().len(), 1, "one that waits long is not relied on");
    store.close().await;
}

/// Why: `manual/decisions/notices-are-gathered.md`.
async fn reminders_of_one_kind_to_one_unit_go_in_one_letter_and_share_what_comes_of_it<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let mut messages = Vec::new();
    for it in 1..=4 {
        let given = Settlement { notices: Vec::new(), ..settlement(it) };
        messages.push(given.message.id);
        store.settle(given).await.unwrap();
    }
    let lying = store.unread_items(None, 9).await.unwrap();
    let ways = [NoticeChannel::Email, NoticeChannel::Webhook];
    let of = |it: &[NoticeChannel], due| it.iter().map(|it| notice("gjerstad", *it, due)).collect::<Vec<_>>();
    let mut letters = Vec::new();
    for item in &lying[..3] {
        let notices = of(&ways, at(1));
        letters.push(notices[0].id);
        assert!(store.remind(item, Reminder::Unread, &notices, at(1)).await.unwrap());
    }

    let leases = store.claim_notices(claim(at(2))).await.unwrap();
    let [email, call] = leases.as_slice() else { panic!("{leases:?}") };
    assert_eq!((email.held.id, &email.held.with[..]), (letters[0], &letters[1..]));
    let about: Vec<_> = email.held.about.iter().map(|it| (&it.reference, it.since)).collect();
    let expected: Vec<_> = lying[..3].iter().map(|it| (&it.reference, Some(it.received_at))).collect();
    assert_eq!(about, expected);
    assert_eq!((call.held.with.len(), call.held.about.len()), (0, 1), "a system is told of each by itself");

    // The mail server is away, for all of them; what comes later goes its own way.
    store.settle_notice(email, Next::Retry { due: at(90) }, Some("busy"), at(3)).await.unwrap();
    let fourth = of(&ways[..1], at(4));
    assert!(store.remind(&lying[3], Reminder::Unread, &fourth, at(4)).await.unwrap());
    let alone = store.claim_notices(claim(at(5))).await.unwrap();
    let alone: Vec<_> = alone.iter().filter(|it| it.held.channel == NoticeChannel::Email).collect();
    assert_eq!((alone.len(), alone[0].held.id, alone[0].held.with.len()), (1, fourth[0].id, 0));
    store.settle_notice(alone[0], Next::Delivered, None, at(5)).await.unwrap();

    let again = store.claim_notices(claim(at(90))).await.unwrap();
    let again = again.iter().find(|it| it.held.channel == NoticeChannel::Email).unwrap();
    assert_eq!((again.attempt, again.held.id, again.held.with.len()), (2, letters[0], 2));
    // A second holder after the lease ran out; the first changes none of them.
    let third = store.claim_notices(claim(at(500))).await.unwrap();
    let third = third.iter().find(|it| it.held.channel == NoticeChannel::Email).unwrap();
    assert_eq!((third.attempt, third.held.with.len()), (3, 0), "the others have been tried less often by now");
    assert!(matches!(store.settle_notice(again, Next::Delivered, None, at(501)).await, Err(StoreError::LeaseLost)));
    store.settle_notice(third, Next::Delivered, None, at(501)).await.unwrap();
    let rest = store.claim_notices(claim(at(502))).await.unwrap();
    let rest = rest.iter().find(|it| it.held.channel == NoticeChannel::Email).unwrap();
    assert_eq!((rest.held.id, &rest.held.with[..]), (letters[1], &letters[2..]));
    store.settle_notice(rest, Next::Delivered, None, at(502)).await.unwrap();

    for message in &messages[..3] {
        let detail = store.message(&message.to_string()).await.unwrap();
        let letter = detail.notices.iter().find(|it| it.channel == NoticeChannel::Email).unwrap();
        assert_eq!(letter.state, DeliveryState::Delivered);
        let told = detail.journal.iter().filter(|it| it.action == "notified" && it.detail.contains("by email"));
        assert_eq!(told.count(), 1, "each message says that somebody was told");
    }
    let sql = "SELECT COUNT(*) AS number FROM notices WHERE state = 'queued' AND channel = 'email'";
    assert_eq!(number(&store, sql).await, 0, "none is lost, and none is sent twice");
    let queued = number(&store, "SELECT COUNT(*) AS number FROM notices WHERE state = 'queued'").await;
    let tallies = store.tallies().await.unwrap().notices;
    let tally = tallies.iter().find(|it| it.0 == DeliveryState::Queued).unwrap().1;
    assert_eq!(i64::try_from(tally).unwrap(), queued);
    store.close().await;
}

async fn reminders_of_graded_reports_go_in_a_letter_of_their_own<G: Ground>(ground: &G) {
    let store = ground.open().await;
    for (number, graded) in [(1, true), (2, false), (3, true), (4, false)] {
        let mut given = Settlement { notices: Vec::new(), ..settlement(number) };
        given.items[0].protected = graded;
        store.settle(given).await.unwrap();
    }
    let lying = store.unread_items(None, 9).await.unwrap();
    for (index, item) in lying.iter().enumerate() {
        let due = at(1 + u64::try_from(index).unwrap());
        let notices = [notice("gjerstad", NoticeChannel::Email, due)];
        assert!(store.remind(item, Reminder::UnreadLeader, &notices, due).await.unwrap());
    }
    let about = |lease: &Lease<DueNotice>| lease.held.about.iter().map(|it| it.reference.clone()).collect::<Vec<_>>();
    let of = |numbers: [usize; 2]| numbers.map(|it| lying[it - 1].reference.clone());

    let [first] = store.claim_notices(claim(at(60))).await.unwrap().try_into().unwrap();
    store.settle_notice(&first, Next::Delivered, None, at(60)).await.unwrap();
    let [second] = store.claim_notices(claim(at(61))).await.unwrap().try_into().unwrap();
    store.settle_notice(&second, Next::Delivered, None, at(61)).await.unwrap();

    assert_eq!((first.held.graded, about(&first)), (true, of([1, 3]).to_vec()));
    assert_eq!((second.held.graded, about(&second)), (false, of([2, 4]).to_vec()));
    assert!(store.claim_notices(claim(at(62))).await.unwrap().is_empty());
    store.close().await;
}

async fn a_late_holder_changes_nothing<G: Ground>(ground: &G) {
    let store = ground.open().await;
    store.settle(settlement(1)).await.unwrap();
    let late = store.claim_notices(claim(at(60))).await.unwrap();

    let again = store.claim_notices(claim(at(120))).await.unwrap();
    assert_eq!((again.len(), again[0].attempt), (1, 2));
    for next in [Next::Delivered, Next::Abandoned, Next::Retry { due: at(0) }] {
        let settled = store.settle_notice(&late[0], next, Some("timeout"), at(121)).await;
        assert!(matches!(settled, Err(StoreError::LeaseLost)));
    }

    assert_eq!(number(&store, "SELECT COUNT(*) AS number FROM notices WHERE last_failure IS NULL").await, 1);
    store.settle_notice(&again[0], Next::Delivered, None, at(122)).await.unwrap();
    store.close().await;
}

async fn a_notice_is_tried_again_when_it_is_due<G: Ground>(ground: &G) {
    let store = ground.open().await;
    store.settle(settlement(1)).await.unwrap();
    let leases = store.claim_notices(claim(at(60))).await.unwrap();

    let next = Next::Retry { due: at(90) };
    store.settle_notice(&leases[0], next, Some("could not reach the mail server"), at(61)).await.unwrap();

    assert_eq!(store.next_notice_due().await.unwrap(), Some(at(90)));
    assert!(store.claim_notices(claim(at(89))).await.unwrap().is_empty());
    let row = &store.message("message-1").await.unwrap().notices[0];
    assert_eq!(row.last_failure.as_deref(), Some("could not reach the mail server"));
    assert_eq!((row.state, row.due), (DeliveryState::Queued, Some(at(90))));
    assert_eq!(store.claim_notices(claim(at(90))).await.unwrap()[0].attempt, 2);
    store.close().await;
}

async fn an_abandoned_notice_can_be_put_back<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let given = settlement(1);
    let id = given.notices[0].id;
    store.settle(given).await.unwrap();
    assert!(matches!(store.requeue_notice(id, at(60)).await, Err(StoreError::Absent)));
    let leases = store.claim_notices(claim(at(60))).await.unwrap();
    store.settle_notice(&leases[0], Next::Abandoned, Some("no such mailbox"), at(60)).await.unwrap();
    assert!(store.claim_notices(claim(at(600))).await.unwrap().is_empty());
    assert_eq!(store.message("message-1").await.unwrap().journal.last().unwrap().action, "notice_abandoned");

    store.requeue_notice(id, at(700)).await.unwrap();

    let again = store.claim_notices(claim(at(700))).await.unwrap();
    assert_eq!((held(&again), again[0].attempt), (vec![id], 1));
    assert_eq!(store.tallies().await.unwrap().notices, [(DeliveryState::Queued, 1), (DeliveryState::Abandoned, 0)]);
    store.close().await;
}

async fn operators_see_each_state_oldest_first_with_the_references_and_why<G: Ground>(ground: &G) {
    let store = ground.open().await;
    // Two units, so that the second is not told together with the first.
    let mut second = settlement(2);
    second.notices = vec![notice("karmoy", NoticeChannel::Email, second.message.received_at)];
    let given = [settlement(1), second];
    for it in &given {
        store.settle(it.clone()).await.unwrap();
    }
    let references = async |state, rows_max| -> Vec<String> {
        let rows = store.queue(state, rows_max).await.unwrap();
        rows.into_iter().map(|it| it.reference.to_string()).collect()
    };
    let both = given.each_ref().map(|it| it.message.reference.to_string());

    assert_eq!(references(DeliveryState::Queued, 10).await, both);
    assert_eq!(references(DeliveryState::Queued, 1).await, both[..1], "no more than asked for");
    assert!(references(DeliveryState::Abandoned, 10).await.is_empty());

    let leases = store.claim_notices(claim(at(60))).await.unwrap();
    assert_eq!(leases.len(), 2);
    store.settle_notice(&leases[0], Next::Abandoned, Some("no such mailbox"), at(61)).await.unwrap();
    store.settle_notice(&leases[1], Next::Delivered, None, at(61)).await.unwrap();

    assert!(references(DeliveryState::Queued, 10).await.is_empty());
    let [abandoned] = store.queue(DeliveryState::Abandoned, 10).await.unwrap().try_into().unwrap();
    assert_eq!(abandoned.row.last_failure.as_deref(), Some("no such mailbox"));
    assert_eq!((abandoned.row.attempts, abandoned.row.state), (1, DeliveryState::Abandoned));
    let delivered = store.queue(DeliveryState::Delivered, 10).await.unwrap();
    assert_eq!(delivered.len(), 1);
    assert_ne!(delivered[0].reference, abandoned.reference);
    store.close().await;
}

async fn workers_that_claim_at_once_never_hold_the_same<G: Ground>(ground: &G) {
    let stores = [ground.open().await, ground.open().await];
    for it in 0..30 {
        let mut given = settlement(it);
        given.notices = vec![notice(&format!("unit-{it}"), NoticeChannel::Email, given.message.received_at)];
        stores[0].settle(given).await.unwrap();
    }

    let workers: Vec<_> = (0..6)
        .map(|it| {
            let store = Arc::clone(&stores[it % 2]);
            tokio::spawn(async move {
                let mut delivered = Vec::new();
                for _ in 0..60 {
                    for lease in store.claim_notices(Claim { rows_max: 2, ..claim(at(60)) }).await.unwrap() {
                        store.settle_notice(&lease, Next::Delivered, None, at(60)).await.unwrap();
                        delivered.push(lease.held.id);
                    }
                }
                delivered
            })
        })
        .collect();
    let mut delivered = Vec::new();
    for worker in workers {
        delivered.extend(worker.await.unwrap());
    }

    assert_eq!(delivered.len(), 30);
    assert_eq!(delivered.into_iter().collect::<HashSet<_>>().len(), 30);
    for store in stores {
        store.close().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_notice_tells_how_many_nobody_has_opened() {
    let ground = super::SqliteGround::new();
    let store = ground.open().await;
    let given = settlement(1);
    store.settle(given.clone()).await.unwrap();
    let who = Person { id: UserId(super::some_id()), display_name: "Kari".to_owned() };
    super::act(&*store, given.items[0].id, &[unit("gjerstad")], Act::Open, &who).await.unwrap().unwrap();

    assert_eq!(store.claim_notices(claim(at(60))).await.unwrap()[0].held.unread, 0);
    store.close().await;
}

/// So many seconds after noon.
fn at(seconds: u64) -> Timestamp {
    NOON.plus(Duration::from_secs(seconds))
}

/// A wish for ten, held for a minute.
fn claim(now: Timestamp) -> Claim {
    Claim { rows_max: 10, now, until: now.plus(Duration::from_secs(60)) }
}

fn held(leases: &[Lease<DueNotice>]) -> Vec<NoticeId> {
    leases.iter().map(|it| it.held.id).collect()
}
