use super::Engine as _;
use super::Ground;
use super::NOON;
use super::SECRET_TEXT;
use super::contract;
use super::deed_of;
use super::notice;
use super::number;
use super::settlement;
use super::some_id;
use super::unit;
use crate::domain::Act;
use crate::domain::Acting;
use crate::domain::Authority;
use crate::domain::Clearance;
use crate::domain::Colleague;
use crate::domain::Coordinator;
use crate::domain::CoordinatorDuty;
use crate::domain::CoordinatorKind;
use crate::domain::ItemId;
use crate::domain::LiftReason;
use crate::domain::LiftStep;
use crate::domain::LiftTo;
use crate::domain::Meeting;
use crate::domain::MeetingDecision;
use crate::domain::MeetingId;
use crate::domain::MeetingKind;
use crate::domain::MeetingPlan;
use crate::domain::MeetingState;
use crate::domain::Next;
use crate::domain::NoticeChannel;
use crate::domain::Overlap;
use crate::domain::Redacted;
use crate::domain::Reference;
use crate::domain::Sight;
use crate::domain::TaskKind;
use crate::domain::Timestamp;
use crate::domain::Which;
use crate::storage::Acted;
use crate::storage::CaseStore as _;
use crate::storage::Claim;
use crate::storage::DeliveryStore as _;
use crate::storage::MeetingStore as _;
use crate::storage::MessageStore as _;
use crate::storage::NewMinutes;
use crate::storage::NewTask;
use crate::storage::OperatorStore as _;
use crate::storage::PeopleStore as _;
use crate::storage::Person;
use crate::storage::QuestionStore as _;
use crate::storage::RegisterStore as _;
use crate::storage::Settlement;
use crate::storage::Shift;
use crate::storage::StoreError;
use crate::storage::TaskStore as _;
use crate::storage::ThreadSide;
use crate::storage::UserId;
use jiff::civil::date;
use std::time::Duration;
use uuid::Uuid;

contract!(
    a_meeting_is_called_moved_and_called_off_and_people_are_told_each_time,
    cases_are_put_on_one_coming_agenda_in_an_order_and_members_see_them_then,
    minutes_are_sealed_and_say_what_becomes_of_the_case,
    what_is_said_first_is_told_once_and_of_no_meeting_that_was_called_off,
    a_registered_case_has_tasks_that_are_ticked_off_and_undone_with_the_registering,
    a_task_from_a_meeting_is_its_owners_also_where_they_see_nothing_else,
    a_question_waits_until_it_is_answered,
    a_case_is_lifted_to_its_own_group_with_a_reason_that_is_counted,
);

const DAY: Duration = Duration::from_secs(86_400);

fn person(number: u128, name: &str) -> Person {
    Person { id: UserId(Uuid::from_u128(number)), display_name: name.to_owned() }
}

fn secretary() -> Person {
    person(5, "Siri Sekretær")
}

fn meeting(days: u32) -> Meeting {
    Meeting {
        id: MeetingId(some_id()),
        reference: Reference::from_random([u8::try_from(days).unwrap(); 9]),
        unit: unit("gjerstad"),
        kind: MeetingKind::Fixed,
        state: MeetingState::Planned,
        plan: MeetingPlan { at: NOON.plus(DAY * days), minutes: 90, place: "Møterom 2".to_owned() },
        revision: 0,
        changed_at: NOON,
    }
}

fn quiet(number: u32) -> Settlement {
    Settlement { notices: Vec::new(), ..settlement(number) }
}

async fn a_meeting_is_called_moved_and_called_off_and_people_are_told_each_time<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let (first, later) = (meeting(9), meeting(40));
    let told = |due| [notice("gjerstad", NoticeChannel::Email, due)];
    store.add_meeting(&later, &[], &[], &secretary()).await.unwrap();
    store.add_meeting(&first, &[], &told(NOON), &secretary()).await.unwrap();

    assert_eq!(store.meetings(&unit("gjerstad"), 9).await.unwrap(), [later.clone(), first.clone()]);
    assert!(store.meetings(&unit("karmoy"), 9).await.unwrap().is_empty());
    let units = [unit("gjerstad"), unit("karmoy")];
    assert_eq!(store.next_meetings(&units, NOON).await.unwrap(), std::slice::from_ref(&first));
    assert_eq!(store.next_meetings(&units, first.ends()).await.unwrap(), [later]);
    assert!(matches!(store.meeting(first.id, &[unit("karmoy")]).await, Err(StoreError::Absent)));

    let plan = MeetingPlan { place: "Møterom 3".to_owned(), ..first.plan.clone() };
    let moved = Meeting { plan, revision: 1, ..first.clone() };
    assert!(store.change_meeting(&moved, &told(NOON), &secretary()).await.unwrap());
    assert!(!store.change_meeting(&moved, &told(NOON), &secretary()).await.unwrap(), "somebody was quicker");
    let off = Meeting { state: MeetingState::Cancelled, revision: 2, ..moved };
    assert!(store.change_meeting(&off, &[], &secretary()).await.unwrap());
    assert!(!store.change_meeting(&Meeting { revision: 3, ..off.clone() }, &[], &secretary()).await.unwrap());
    assert_eq!(store.next_meetings(&units, NOON).await.unwrap().len(), 1, "only the later one is left");

    // A notice of a message is not taken for one of a meeting, nor the other way.
    store.settle(settlement(1)).await.unwrap();
    let mut sent = Vec::new();
    for _ in 0..3 {
        let claim = Claim { rows_max: 9, now: NOON.plus(DAY), until: NOON.plus(DAY * 2) };
        let lease = store.claim_notices(claim).await.unwrap().remove(0);
        store.settle_notice(&lease, Next::Delivered, None, NOON.plus(DAY)).await.unwrap();
        sent.push(lease.held.meeting);
    }
    let of_meeting: Vec<_> = sent.into_iter().flatten().collect();
    assert_eq!(of_meeting, [off.clone(), off], "each tells how the meeting stands when it is sent");
    store.close().await;
}

async fn cases_are_put_on_one_coming_agenda_in_an_order_and_members_see_them_then<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let mut ids = Vec::new();
    for number in 1..=3 {
        let given = quiet(number);
        ids.push(given.items[0].id);
        store.settle(given).await.unwrap();
    }
    let (first, later) = (meeting(9), meeting(40));
    store.add_meeting(&first, &[], &[], &secretary()).await.unwrap();
    store.add_meeting(&later, &[ids[2]], &[], &secretary()).await.unwrap();

    let waiting = |rows: Vec<crate::storage::InboxRow>| rows.iter().map(|it| it.id).collect::<Vec<_>>();
    let of = unit("gjerstad");
    assert_eq!(waiting(store.waiting_for_meeting(&of, NOON, 9).await.unwrap()), ids[..2]);
    assert_eq!(store.lifted(&ids).await.unwrap(), [ids[2]]);
    assert_eq!(store.put_on_agenda(first.id, &ids, &secretary(), NOON).await.unwrap(), 3);
    assert_eq!(store.put_on_agenda(first.id, &ids, &secretary(), NOON).await.unwrap(), 0);
    assert!(store.agenda(later.id).await.unwrap().is_empty(), "a case is on one coming agenda");
    assert!(store.waiting_for_meeting(&of, NOON, 9).await.unwrap().is_empty());
    assert_eq!(store.lifted(&ids).await.unwrap().len(), 3);
    let discussed = store.discussed_at(&ids[..1], NOON).await.unwrap();
    assert_eq!(discussed, [(ids[0], first.plan.at)]);

    let order = async || -> Vec<ItemId> { store.agenda(first.id).await.unwrap().iter().map(|it| it.row.id).collect() };
    assert!(store.shift(first.id, ids[2], Shift::Earlier).await.unwrap());
    assert_eq!(order().await, [ids[0], ids[2], ids[1]]);
    assert!(store.shift(first.id, ids[0], Shift::Later).await.unwrap());
    assert_eq!(order().await, [ids[2], ids[0], ids[1]]);
    assert!(!store.shift(first.id, ids[2], Shift::Earlier).await.unwrap(), "it is the first");
    assert!(!store.shift(first.id, ItemId(some_id()), Shift::Later).await.unwrap());

    assert!(store.take_off_agenda(first.id, ids[0], &secretary(), NOON).await.unwrap());
    assert!(!store.take_off_agenda(first.id, ids[0], &secretary(), NOON).await.unwrap());
    assert_eq!(store.lifted(&ids[..1]).await.unwrap(), [], "who saw it only for the meeting sees it no more");
    // The meeting is over, and nobody wrote what it said: they wait again.
    assert_eq!(store.waiting_for_meeting(&of, first.ends(), 9).await.unwrap().len(), 3);
    store.close().await;
}

async fn minutes_are_sealed_and_say_what_becomes_of_the_case<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let given = quiet(1);
    let (item, of) = (given.items[0].id, unit("gjerstad"));
    store.settle(given.clone()).await.unwrap();
    let (held, next) = (meeting(1), meeting(30));
    store.add_meeting(&held, &[item], &[], &secretary()).await.unwrap();
    let said = |decision| NewMinutes {
        text: Redacted::new(SECRET_TEXT.to_owned()),
        decision,
        task: None,
        notices: Vec::new(),
    };
    let after = held.ends();

    let absent = store.write_minutes(next.id, item, &said(None), &secretary(), after).await;
    assert!(matches!(absent, Err(StoreError::Absent)), "it is not on that agenda");
    store.write_minutes(held.id, item, &said(Some(MeetingDecision::NextMeeting)), &secretary(), after).await.unwrap();
    let discussed = store.meetings_of(item).await.unwrap();
    let minutes = discussed[0].minutes.as_ref().unwrap();
    assert_eq!((minutes.text.reveal().as_str(), discussed[0].number), (SECRET_TEXT, 1));
    assert_eq!(store.waiting_for_meeting(&of, after, 9).await.unwrap().len(), 1, "it is to be discussed again");
    assert!(!store.take_off_agenda(held.id, item, &secretary(), after).await.unwrap(), "what was said stays");

    store.add_meeting(&next, &[item], &[], &secretary()).await.unwrap();
    let decided = said(Some(MeetingDecision::TakenOn));
    store.write_minutes(next.id, item, &decided, &secretary(), next.ends()).await.unwrap();
    assert!(
        store.waiting_for_meeting(&of, next.ends(), 9).await.unwrap().is_empty(),
        "the group has said what becomes of it"
    );
    let agenda = store.agenda(next.id).await.unwrap();
    assert_eq!((agenda[0].minuted, agenda[0].decision), (true, Some(MeetingDecision::TakenOn)));

    // What is at rest shows nothing, and the journal says who wrote.
    let plain =
        "SELECT COUNT(*) AS number FROM agenda WHERE minutes = $1".replace("$1", &hex(SECRET_TEXT, G::Engine::LABEL));
    assert_eq!(number(&*store, &plain).await, 0);
    let journal = store.message(&given.message.id.to_string()).await.unwrap().journal;
    assert_eq!(journal.iter().filter(|it| it.action == "minutes_written").count(), 2);
    assert!(journal.iter().all(|it| !it.detail.contains(SECRET_TEXT)));
    store.close().await;
}

/// Written by several at once, and again, it is told once; and a meeting that somebody has called off says nothing.
async fn what_is_said_first_is_told_once_and_of_no_meeting_that_was_called_off<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let given = quiet(1);
    let item = given.items[0].id;
    store.settle(given).await.unwrap();
    let (held, off) = (meeting(1), meeting(30));
    store.add_meeting(&held, &[item], &[], &secretary()).await.unwrap();
    let said = NewMinutes {
        text: Redacted::new("Drøftet.".to_owned()),
        decision: None,
        task: None,
        notices: vec![notice("gjerstad", NoticeChannel::Email, NOON)],
    };
    let (by, after) = (secretary(), off.ends());
    let write = || store.write_minutes(held.id, item, &said, &by, after);

    let (one, two, three, four) = tokio::join!(write(), write(), write(), write());

    for it in [one, two, three, four] {
        it.unwrap();
    }
    assert_eq!(number(&*store, "SELECT COUNT(*) AS number FROM notices").await, 1, "they are told of the first alone");
    store.add_meeting(&off, &[item], &[], &secretary()).await.unwrap();
    let off = Meeting { state: MeetingState::Cancelled, revision: 1, ..off };
    assert!(store.change_meeting(&off, &[], &secretary()).await.unwrap());
    let late = store.write_minutes(off.id, item, &said, &secretary(), after).await;
    assert!(matches!(late, Err(StoreError::Absent)), "{late:?}");
    let written = "SELECT COUNT(*) AS number FROM agenda WHERE written_at IS NOT NULL";
    assert_eq!(number(&*store, written).await, 1);
    store.close().await;
}

/// `text` as the engine writes bytes.
fn hex(text: &str, engine: &str) -> String {
    let digits: String = text.bytes().map(|it| format!("{it:02x}")).collect();
    if engine == "sqlite" { format!("x'{digits}'") } else { format!("'\\x{digits}'::bytea") }
}

/// seed in part: L-19, L-29
async fn a_registered_case_has_tasks_that_are_ticked_off_and_undone_with_the_registering<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let given = quiet(1);
    let item = given.items[0].id;
    store.settle(given).await.unwrap();
    let deed = |act: Act, seconds: i64| deed_of(item, "gjerstad", act, &secretary(), Timestamp(NOON.0 + seconds));
    let sights = [Sight::whole(unit("gjerstad"))];

    store.act_on_case(&deed(Act::Take, 0)).await.unwrap();
    assert!(store.tasks_of(item).await.unwrap().is_empty(), "it is not registered");
    store.act_on_case(&deed(Act::Confirm, 1)).await.unwrap();
    let kinds: Vec<_> = store.tasks_of(item).await.unwrap().iter().map(|it| it.kind).collect();
    assert_eq!(kinds, [TaskKind::CallToMeeting, TaskKind::MappingMeeting, TaskKind::AppointCoordinator]);
    let colleague = Colleague { id: secretary().id.0, name: secretary().display_name };
    let by = Acting { who: colleague, authority: Authority::Own, at: Timestamp(NOON.0 + 2) };
    store.undo(item, &[unit("gjerstad")], &by).await.unwrap();
    assert!(store.tasks_of(item).await.unwrap().is_empty(), "the registering was taken back");

    store.act_on_case(&deed(Act::Confirm, 3)).await.unwrap();
    let tasks = store.tasks_of(item).await.unwrap();
    let far = date(2099, 1, 1);
    assert_eq!(store.overdue_tasks(&sights, UserId(some_id()), &[], far).await.unwrap(), 3);
    assert_eq!(store.overdue_tasks(&sights, UserId(some_id()), &[], tasks[0].due_on).await.unwrap(), 0);
    assert!(store.tick_task(item, tasks[0].id, &secretary(), NOON).await.unwrap());
    assert!(!store.tick_task(item, tasks[0].id, &secretary(), NOON).await.unwrap());
    let coordinator = Coordinator {
        id: some_id(),
        kind: CoordinatorKind::Municipal,
        duty: CoordinatorDuty::Main,
        name: Redacted::new("Prøve Koordinator".to_owned()),
        staff: None,
        from: date(2026, 1, 1),
        until: None,
        overlap: Overlap::Unsaid,
        decision: None,
    };
    store.act_on_case(&deed(Act::AppointCoordinator { coordinator }, 4)).await.unwrap();
    assert_eq!(
        store.overdue_tasks(&sights, UserId(some_id()), &[], far).await.unwrap(),
        1,
        "appointing is done by appointing"
    );
    let by = Acting { at: Timestamp(NOON.0 + 5), ..by };
    store.undo(item, &[unit("gjerstad")], &by).await.unwrap();
    let open = store.open_tasks(&sights, UserId(some_id()), &[], 9).await.unwrap();
    assert_eq!(open.len(), 2, "and not when that is taken back");
    store.close().await;
}

async fn a_task_from_a_meeting_is_its_owners_also_where_they_see_nothing_else<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let given = quiet(1);
    let item = given.items[0].id;
    store.settle(given).await.unwrap();
    let (held, mona) = (meeting(1), person(9, "Mona Medlem"));
    store.add_meeting(&held, &[item], &[], &secretary()).await.unwrap();
    let task = NewTask {
        id: some_id(),
        kind: TaskKind::FromMeeting,
        text: Some(Redacted::new(SECRET_TEXT.to_owned())),
        due_on: date(2026, 12, 1),
        assignee: Some(mona.clone()),
        meeting: Some(held.id),
    };
    let said = NewMinutes {
        text: Redacted::new("Drøftet.".to_owned()),
        decision: None,
        task: Some((item, task)),
        notices: Vec::new(),
    };
    store.write_minutes(held.id, item, &said, &secretary(), held.ends()).await.unwrap();

    let here = [unit("gjerstad")];
    let own = store.open_tasks(&[], mona.id, &here, 9).await.unwrap();
    assert_eq!(own.len(), 1);
    assert!(store.open_tasks(&[], mona.id, &[unit("karmoy")], 9).await.unwrap().is_empty(), "who has left has none");
    assert_eq!(own[0].text.as_ref().map(|it| it.reveal().as_str()), Some(SECRET_TEXT));
    assert_eq!(own[0].assignee, Some(mona.clone()));
    assert!(store.open_tasks(&[], UserId(some_id()), &here, 9).await.unwrap().is_empty());
    assert_eq!(
        store.overdue_tasks(&[Sight::whole(unit("gjerstad"))], mona.id, &here, date(2099, 1, 1)).await.unwrap(),
        1
    );
    let ordinary = Sight { unit: unit("karmoy"), which: Which::All, clearance: Clearance::Ordinary };
    assert!(store.open_tasks(&[ordinary], UserId(some_id()), &here, 9).await.unwrap().is_empty());
    store.close().await;
}

async fn a_question_waits_until_it_is_answered<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let given = quiet(1);
    let item = given.items[0].id;
    store.settle(given.clone()).await.unwrap();
    let (kaia, leader) = (person(8, "Kaia Koordinator"), person(9, "Lise Leder"));
    let text = |it: &str| Redacted::new(it.to_owned());

    store.say(item, ThreadSide::Asked, &text(SECRET_TEXT), &kaia, NOON).await.unwrap();
    let waiting = store.unanswered(&[unit("gjerstad")], 9).await.unwrap();
    assert_eq!((waiting.len(), waiting[0].asked_by.as_str()), (1, "Kaia Koordinator"));
    assert!(store.unanswered(&[unit("karmoy")], 9).await.unwrap().is_empty());
    store.say(item, ThreadSide::Answered, &text("Ring meg."), &leader, NOON.plus(DAY)).await.unwrap();
    assert!(store.unanswered(&[unit("gjerstad")], 9).await.unwrap().is_empty());

    let thread = store.thread(item).await.unwrap();
    let said: Vec<_> = thread.iter().map(|it| (it.side, it.text.as_ref().unwrap().reveal().as_str())).collect();
    assert_eq!(said, [(ThreadSide::Asked, SECRET_TEXT), (ThreadSide::Answered, "Ring meg.")]);
    let journal = store.message(&given.message.id.to_string()).await.unwrap().journal;
    assert!(journal.iter().any(|it| it.action == "question_asked"));
    assert!(journal.iter().all(|it| !it.detail.contains(SECRET_TEXT)));
    store.close().await;
}

/// seed in part: G-16, R-19
async fn a_case_is_lifted_to_its_own_group_with_a_reason_that_is_counted<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let (given, other) = (quiet(1), quiet(2));
    let (item, agenda_only) = (given.items[0].id, other.items[0].id);
    store.settle(given).await.unwrap();
    store.settle(other).await.unwrap();
    let (reason, step) = (LiftReason::BetterHere, LiftStep::Two);

    let lift = |item, at| {
        let to = LiftTo::Members { unit: unit("gjerstad") };
        let lift = Act::Lift { to, reason, step, text: None };
        deed_of(item, "gjerstad", lift, &secretary(), at)
    };
    for it in [item, agenda_only] {
        store.act_on_case(&deed_of(it, "gjerstad", Act::Open, &secretary(), NOON)).await.unwrap();
    }
    assert!(matches!(store.act_on_case(&lift(item, NOON)).await.unwrap(), Acted::Done { .. }));
    store.add_meeting(&meeting(9), &[agenda_only], &[], &secretary()).await.unwrap();

    let sights = [Sight::whole(unit("gjerstad"))];
    let lifts = store.lift_reasons(&sights, NOON, NOON.plus(DAY), 9).await.unwrap();
    assert_eq!(lifts.len(), 1, "putting a case on the agenda lifts it from nowhere");
    assert_eq!((lifts[0].reason.as_str(), lifts[0].step.as_deref()), (reason.code(), Some(step.code())));
    let told = store.lifts_of(&[item, agenda_only]).await.unwrap();
    assert_eq!(told, [(item, lifts[0].clone())], "the agenda says why of the one that was lifted");
    let after = store.act_on_case(&lift(agenda_only, NOON)).await.unwrap();
    assert!(matches!(after, Acted::Done { .. }), "it can be lifted after that: {after:?}");
    let by = Acting {
        who: Colleague { id: secretary().id.0, name: secretary().display_name },
        authority: Authority::Own,
        at: NOON,
    };
    store.undo(agenda_only, &[unit("gjerstad")], &by).await.unwrap();
    assert!(store.lifted(&[agenda_only]).await.unwrap().contains(&agenda_only), "it is on the agenda as before");
    store.close().await;
}
