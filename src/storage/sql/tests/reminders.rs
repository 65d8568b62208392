use super::Ground;
use super::NOON;
use super::act;
use super::contract;
use super::deed_of;
use super::notice;
use super::settlement;
use super::unit;
use crate::domain::Act;
use crate::domain::AnswerKind;
use crate::domain::AnswerWay;
use crate::domain::DeliveryState;
use crate::domain::ItemId;
use crate::domain::LiftReason;
use crate::domain::LiftStep;
use crate::domain::LiftTo;
use crate::domain::Next;
use crate::domain::NoticeChannel;
use crate::domain::OFFER_WAIT_MAX;
use crate::domain::Particular;
use crate::domain::Redacted;
use crate::domain::Reminder;
use crate::domain::Sight;
use crate::domain::Timestamp;
use crate::domain::TransferTarget;
use crate::storage::CaseStore as _;
use crate::storage::Claim;
use crate::storage::DeliveryStore as _;
use crate::storage::MessageStore as _;
use crate::storage::OperatorStore as _;
use crate::storage::Person;
use crate::storage::ReminderStore as _;
use crate::storage::Settlement;
use crate::storage::UserId;
use std::time::Duration;
use uuid::Uuid;

contract!(
    a_reminder_is_queued_once_and_says_what_it_is,
    what_has_been_opened_is_not_reminded_of,
    what_is_late_or_past_its_next_contact_is_overdue,
    a_copy_at_a_group_is_not_reminded_of_when_the_case_is_looked_after_at_home,
    an_offer_that_nobody_answers_is_overdue_and_reminded_of_once_each_time,
    a_unit_that_is_asked_to_appoint_somebody_is_reminded_to_open_it,
    a_question_that_was_passed_on_is_reminded_of_where_it_is_now,
);

const LATER: Timestamp = Timestamp(NOON.0 + 3_600_000_000);

fn quiet(number: u32) -> Settlement {
    Settlement { notices: Vec::new(), ..settlement(number) }
}

fn kari() -> Person {
    Person { id: UserId(Uuid::from_u128(5)), display_name: "Kari Prøve".to_owned() }
}

async fn a_reminder_is_queued_once_and_says_what_it_is<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let mut by_post = quiet(1);
    let long_ago = NOON.minus(Duration::from_secs(9 * 86_400));
    for (item, days) in by_post.items.iter_mut().zip([0, 9]) {
        item.came_at = Some(long_ago.minus(Duration::from_secs(days * 86_400)));
    }
    store.settle(by_post.clone()).await.unwrap();
    store.settle(quiet(2)).await.unwrap();

    let page = store.unread_items(None, 1).await.unwrap();
    let [first] = page.as_slice() else { panic!("{page:?}") };
    assert_eq!((first.received_at, first.here_since), (long_ago, by_post.message.received_at));
    let oldest = store.tallies().await.unwrap();
    assert_eq!((oldest.oldest_unread, oldest.only_told), (Some(first.received_at), 2), "nor does it wait to be opened");
    let rest = store.unread_items(Some((first.received_at, first.item)), 9).await.unwrap();
    assert_eq!((rest.len(), &first.unit), (1, &unit("gjerstad")), "awareness is nobody's to open");

    let notices = [notice("gjerstad", NoticeChannel::Email, LATER)];
    assert!(store.remind(first, Reminder::UnreadDeputy, &notices, LATER).await.unwrap());
    let again = [notice("gjerstad", NoticeChannel::Email, LATER)];
    assert!(!store.remind(first, Reminder::UnreadDeputy, &again, LATER).await.unwrap());

    // A reminder goes to others than a new message does, so it never stands for one.
    let given = settlement(3);
    store.settle(given.clone()).await.unwrap();
    assert_eq!(store.message(&given.message.id.to_string()).await.unwrap().notices.len(), 1);

    let claim = Claim { rows_max: 1, now: LATER, until: LATER.plus(Duration::from_secs(60)) };
    let new = store.claim_notices(claim).await.unwrap().remove(0);
    assert_eq!(new.held.reminder, None);
    store.settle_notice(&new, Next::Delivered, None, LATER).await.unwrap();
    let leases = store.claim_notices(claim).await.unwrap();
    let [lease] = leases.as_slice() else { panic!("{leases:?}") };
    assert_eq!((lease.held.id, lease.held.reminder), (notices[0].id, Some(Reminder::UnreadDeputy)));
    assert_eq!(store.tallies().await.unwrap().notices[0], (DeliveryState::Queued, 1), "the rest is delivered");
    assert_eq!(store.unread_items(None, 9).await.unwrap()[0].reminded, [Reminder::UnreadDeputy]);
    let journal = store.message(&first.message.to_string()).await.unwrap().journal;
    assert_eq!(journal.iter().filter(|it| it.action == "reminded").count(), 1);

    assert!(store.remind(first, Reminder::UnreadLeader, &[], LATER).await.unwrap());
    let left: Vec<_> = store.unread_items(None, 9).await.unwrap().iter().map(|it| it.item).collect();
    assert_eq!(left.len(), 2);
    assert!(left.contains(&rest[0].item) && left.contains(&given.items[0].id), "no step is left for the first");
    store.close().await;
}

async fn a_copy_at_a_group_is_not_reminded_of_when_the_case_is_looked_after_at_home<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let given = quiet(1);
    let (home, there) = (given.items[0].id, Uuid::from_u128(77));
    store.settle(given).await.unwrap();
    let kari = kari();
    let lift = Act::Lift {
        to: LiftTo::Group { item: there, group: unit("gruppe") },
        reason: LiftReason::NotSolvedOtherwise,
        step: LiftStep::One,
        text: None,
    };
    for done in [Act::Open, lift] {
        store.act_on_case(&deed_of(home, "gjerstad", done, &kari, NOON)).await.unwrap();
    }
    let late = Timestamp(i64::MAX / 2);
    let unread =
        async || -> Vec<Uuid> { store.unread_items(None, 9).await.unwrap().iter().map(|it| it.item.0).collect() };
    let unanswered =
        async || -> Vec<Uuid> { store.late_items(late, 9).await.unwrap().iter().map(|it| it.item.0).collect() };
    assert_eq!(unread().await, [there], "nobody has taken it anywhere");
    assert_eq!(unanswered().await.len(), 2);

    store.act_on_case(&deed_of(home, "gjerstad", Act::Take, &kari, NOON)).await.unwrap();

    assert!(unread().await.is_empty(), "at home somebody has it");
    assert_eq!(unanswered().await, [home.0], "the one who has it at home is to answer");
    let answer = Act::Answer {
        kind: AnswerKind::Preliminary,
        text: Redacted::new("Vi ser på det.".to_owned()),
        way: AnswerWay::Telephone,
        basis: None,
    };
    store.act_on_case(&deed_of(home, "gjerstad", answer, &kari, NOON)).await.unwrap();
    assert!(unanswered().await.is_empty());

    // What is looked after at home is not overdue in the group either: nobody there could do anything about it.
    let group = [Sight::whole(unit("gruppe"))];
    assert_eq!(store.overdue(&group, kari.id, late, 9).await.unwrap().len(), 0);
    assert_eq!(store.overdue_count(&group, kari.id, late).await.unwrap(), 0);
    store.close().await;
}

/// The unit that is asked has a task, whoever has the case at home.
async fn a_unit_that_is_asked_to_appoint_somebody_is_reminded_to_open_it<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let given = quiet(1);
    let (home, there) = (given.items[0].id, Uuid::from_u128(77));
    store.settle(given).await.unwrap();
    let due = NOON.plus(Duration::from_secs(30 * 86_400)).date_in_norway();
    let delegate = Particular::Delegate { item: there, to: unit("tjenesten"), due, text: None };
    for done in [Act::Open, Act::Take] {
        store.act_on_case(&deed_of(home, "gjerstad", done, &kari(), NOON)).await.unwrap();
    }
    let asked_at = NOON.plus(Duration::from_secs(20 * 86_400));
    let asked = Act::Note { what: delegate };
    store.act_on_case(&deed_of(home, "gjerstad", asked, &kari(), asked_at)).await.unwrap();

    let unread = store.unread_items(None, 9).await.unwrap();
    let [unread] = unread.as_slice() else { panic!("{unread:?}") };
    assert_eq!((unread.item.0, unread.here_since), (there, asked_at), "it lies here since it came here");
    let notices = [notice("tjenesten", NoticeChannel::Email, asked_at)];
    assert!(store.remind(unread, Reminder::Unread, &notices, asked_at).await.unwrap());
    let claim = Claim { rows_max: 9, now: asked_at, until: asked_at.plus(Duration::from_secs(60)) };
    let letters = store.claim_notices(claim).await.unwrap();
    let since: Vec<_> = letters.iter().flat_map(|it| &it.held.about).map(|it| it.since).collect();
    assert_eq!(since, [Some(asked_at)], "and the letter says so");
    let late = Timestamp(i64::MAX / 2);
    let unanswered: Vec<_> = store.late_items(late, 9).await.unwrap().iter().map(|it| it.item).collect();
    assert_eq!(unanswered, [home], "to answer is not what it was asked for");
    let there = [Sight::whole(unit("tjenesten"))];
    assert_eq!(store.overdue(&there, kari().id, NOON, 9).await.unwrap().len(), 0);
    let after = NOON.plus(Duration::from_secs(40 * 86_400));
    assert_eq!(store.overdue_count(&there, kari().id, after).await.unwrap(), 1, "to appoint is, once the day is past");

    let contact = Act::PlanContact { on: Some(asked_at.date_in_norway()) };
    for done in [Act::Open, Act::Take, contact] {
        store.act_on_case(&deed_of(ItemId(unread.item.0), "tjenesten", done, &kari(), asked_at)).await.unwrap();
    }
    let day_after = asked_at.plus(Duration::from_secs(86_400));
    assert_eq!(store.overdue_count(&there, kari().id, asked_at).await.unwrap(), 0);
    assert_eq!(store.overdue_count(&there, kari().id, day_after).await.unwrap(), 1, "a contact is agreed here");
    assert_eq!(store.overdue(&there, kari().id, after, 9).await.unwrap().len(), 1, "late in two ways, and once");
    store.close().await;
}

/// It reports no need and is not counted, before and after it was passed on; who has accepted it has it alone.
async fn a_question_that_was_passed_on_is_reminded_of_where_it_is_now<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let mut given = quiet(1);
    given.items.truncate(1);
    given.items[0].kind = "SPORSMAL".to_owned();
    let (home, there) = (given.items[0].id, Uuid::from_u128(77));
    store.settle(given).await.unwrap();
    let to = TransferTarget::Unit(unit("oppvekst"));
    let offer = Act::OfferTransfer { transfer: there, to, why: Redacted::new("Gjelder skolen.".to_owned()) };
    for done in [Act::Open, Act::Take, offer] {
        store.act_on_case(&deed_of(home, "gjerstad", done, &kari(), NOON)).await.unwrap();
    }
    let accepted = deed_of(ItemId(there), "oppvekst", Act::AcceptTransfer, &kari(), NOON);
    store.act_on_case(&accepted).await.unwrap();

    let late = Timestamp(i64::MAX / 2);
    let unanswered: Vec<_> = store.late_items(late, 9).await.unwrap().iter().map(|it| it.item.0).collect();
    assert_eq!(unanswered, [there]);
    let sights = [Sight::whole(unit("oppvekst"))];
    assert_eq!(store.overdue_count(&sights, kari().id, late).await.unwrap(), 1);
    store.close().await;
}

async fn what_has_been_opened_is_not_reminded_of<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let given = quiet(1);
    store.settle(given.clone()).await.unwrap();
    let waiting = store.unread_items(None, 9).await.unwrap();
    act(&*store, given.items[0].id, &[unit("gjerstad")], Act::Open, &kari()).await.unwrap().unwrap();

    assert!(store.unread_items(None, 9).await.unwrap().is_empty());
    assert!(!store.remind(&waiting[0], Reminder::Unread, &[], LATER).await.unwrap());
    assert_eq!(store.late_items(Timestamp(NOON.0 - 1), 9).await.unwrap(), []);
    assert_eq!(store.late_items(NOON, 9).await.unwrap()[0].item, given.items[0].id);
    assert!(store.remind(&waiting[0], Reminder::AnswerLate, &[], LATER).await.unwrap());
    assert_eq!(store.late_items(LATER, 9).await.unwrap(), []);
    store.close().await;
}

/// seed in part: K-01, H-17
async fn what_is_late_or_past_its_next_contact_is_overdue<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let mut given = [quiet(1), quiet(2), quiet(3)];
    for (settlement, days) in given.iter_mut().zip([2, 30, 30]) {
        settlement.items[0].deadline = NOON.plus(Duration::from_secs(days * 86_400));
        store.settle(settlement.clone()).await.unwrap();
    }
    let planned = given[1].items[0].id;
    for it in [Act::Open, Act::Take, Act::PlanContact { on: Some(NOON.date_in_norway()) }] {
        let deed = deed_of(planned, "gjerstad", it, &kari(), NOON);
        store.act_on_case(&deed).await.unwrap();
    }
    let (sights, who) = ([Sight::whole(unit("gjerstad"))], kari().id);
    let found = async |now| {
        let rows = store.overdue(&sights, who, now, 9).await.unwrap();
        assert_eq!(store.overdue_count(&sights, who, now).await.unwrap(), rows.len() as u64);
        rows.iter().map(|it| it.id).collect::<Vec<_>>()
    };

    assert_eq!(found(NOON).await, [], "the day itself is not past");
    assert_eq!(found(NOON.plus(Duration::from_secs(86_400))).await, [planned]);
    assert_eq!(found(NOON.plus(Duration::from_secs(3 * 86_400))).await, [given[0].items[0].id, planned]);
    let row = &store.overdue(&sights, who, NOON.plus(Duration::from_secs(86_400)), 9).await.unwrap()[0];
    assert_eq!((row.next_contact_on, row.answered), (Some(NOON.date_in_norway()), false));
    let elsewhere = [Sight::whole(unit("risor"))];
    assert_eq!(store.overdue_count(&elsewhere, who, LATER).await.unwrap(), 0);
    store.close().await;
}

async fn an_offer_that_nobody_answers_is_overdue_and_reminded_of_once_each_time<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let mut given = quiet(1);
    given.items[0].deadline = NOON.plus(10 * OFFER_WAIT_MAX);
    let id = given.items[0].id;
    store.settle(given).await.unwrap();
    let mine = [unit("gjerstad")];
    act(&*store, id, &mine, Act::Open, &kari()).await.unwrap().unwrap();
    act(&*store, id, &mine, Act::Take, &kari()).await.unwrap().unwrap();
    let (sights, who) = ([Sight::whole(unit("gjerstad"))], kari().id);
    let mut now = NOON;
    for number in 0..2_u128 {
        let (transfer, to) = (Uuid::from_u128(100 + number), TransferTarget::Unit(unit("risor")));
        let offer = Act::OfferTransfer { transfer, to, why: Redacted::new("Flyttet.".to_owned()) };
        store.act_on_case(&deed_of(id, "gjerstad", offer, &kari(), now)).await.unwrap();
        let over = now.plus(OFFER_WAIT_MAX);
        let (before, late) = (Timestamp(over.0 - 1), over);

        assert_eq!(store.overdue_count(&sights, who, before).await.unwrap(), 0);
        assert_eq!(store.overdue_count(&sights, who, late).await.unwrap(), 1);
        assert_eq!(store.overdue(&sights, who, late, 9).await.unwrap()[0].id, id);
        let there = [Sight::whole(unit("risor"))];
        assert_eq!(store.overdue_count(&there, who, late).await.unwrap(), 0, "it is not theirs");
        assert_eq!(store.unanswered_offers(Timestamp(now.0 - 1), 9).await.unwrap(), []);
        let waiting = store.unanswered_offers(now, 9).await.unwrap();
        assert_eq!((waiting.len(), waiting[0].item, &waiting[0].unit), (1, id, &unit("gjerstad")));
        let notices = [notice("gjerstad", NoticeChannel::Email, late)];
        assert!(store.remind(&waiting[0], Reminder::OfferUnanswered, &notices, late).await.unwrap());
        assert!(!store.remind(&waiting[0], Reminder::OfferUnanswered, &[], late).await.unwrap());
        assert_eq!(store.unanswered_offers(now, 9).await.unwrap(), []);

        now = late.plus(Duration::from_secs(60));
        store.act_on_case(&deed_of(id, "gjerstad", Act::TakeBackTransfer, &kari(), now)).await.unwrap();
        assert_eq!(store.overdue_count(&sights, who, now).await.unwrap(), 0);
    }
    store.close().await;
}
