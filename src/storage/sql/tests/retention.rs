//! Removing what has outlived its purpose: what is over goes, and nothing else.

use super::Ground;
use super::NOON;
use super::contract;
use super::item;
use super::number;
use super::rejected;
use super::settlement;
use super::unit;
use crate::domain::Act;
use crate::domain::Acting;
use crate::domain::AlarmKind;
use crate::domain::Authority;
use crate::domain::CaseOutcome;
use crate::domain::Colleague;
use crate::domain::ItemId;
use crate::domain::MessageId;
use crate::domain::NewAlarm;
use crate::domain::PlanStatus;
use crate::domain::Redacted;
use crate::domain::Share;
use crate::domain::Timestamp;
use crate::storage::AccountStore;
use crate::storage::Acted;
use crate::storage::CaseStore;
use crate::storage::Deed;
use crate::storage::ExpiredForms;
use crate::storage::IdentityStore;
use crate::storage::InboxStore;
use crate::storage::JournalProof;
use crate::storage::MessageStore;
use crate::storage::NewRefusal;
use crate::storage::OperatorStore;
use crate::storage::RegisterFilter;
use crate::storage::RegisterQuery;
use crate::storage::RegisterStore;
use crate::storage::RetentionStore;
use crate::storage::Settled;
use crate::storage::StoreError;
use crate::storage::Traces;
use crate::storage::TracesBefore;
use crate::storage::sql::settle::conflict;
use jiff::civil::date;
use std::time::Duration;
use uuid::Uuid;

contract!(
    what_is_closed_filed_and_over_loses_its_content_and_nothing_else_does,
    a_case_that_is_reopened_between_the_look_and_the_removal_stays,
    a_rejected_message_loses_its_content_after_its_time_and_keeps_its_answer,
    nothing_is_there_to_remove_in_an_empty_store,
    traces_of_what_happened_at_the_doors_go_when_they_are_old,
);

const DAY: u64 = 24 * 3600;

fn text(text: &str) -> Redacted<String> {
    Redacted::new(text.to_owned())
}

fn after(days: u64) -> Timestamp {
    NOON.plus(Duration::from_secs(days * DAY))
}

async fn act(store: &dyn CaseStore, id: ItemId, act: Act) {
    let who = Colleague { id: Uuid::from_u128(1), name: "Kari Prøve".to_owned() };
    let by = Acting { who, authority: Authority::Own, at: NOON };
    let deed = Deed { item: id, units: vec![unit("gjerstad")], act, by, version: None };
    let acted = store.act_on_case(&deed).await.unwrap();
    assert!(matches!(acted, Acted::Done { .. }), "{acted:?}");
}

/// A message with one case, after these acts.
async fn worked<G: Ground>(
    store: &crate::storage::SqlStore<G::Engine>,
    number: u32,
    acts: Vec<Act>,
) -> (MessageId, ItemId) {
    let mut given = settlement(number);
    given.items = vec![item("gjerstad", Share::Content)];
    given.notices.clear();
    let (message, id) = (given.message.id, given.items[0].id);
    store.settle(given).await.unwrap();
    for it in acts {
        act(store, id, it).await;
    }
    (message, id)
}

fn closing(comment: &str) -> Vec<Act> {
    vec![
        Act::Open,
        Act::Take,
        Act::Comment { text: text(comment) },
        Act::Archive { reference: text("2026/17-3") },
        Act::Decide { outcome: CaseOutcome::Granted, on: date(2026, 11, 22), text: Some(text("Plantet begrunnelse")) },
        Act::Close,
    ]
}

async fn what_is_closed_filed_and_over_loses_its_content_and_nothing_else_does<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let (unread, _) = worked::<G>(&store, 1, Vec::new()).await;
    let (taken, _) = worked::<G>(&store, 2, vec![Act::Open, Act::Take]).await;
    let mut planned = closing("x");
    planned.insert(2, Act::SetPlan { status: PlanStatus::Active, on: date(2026, 11, 22) });
    let (plan, _) = worked::<G>(&store, 3, planned).await;
    let (over, item) = worked::<G>(&store, 4, closing("Plantet kommentar")).await;
    let kept = [unread, taken, plan];

    assert!(store.outlived(NOON, after(1), 9).await.unwrap().is_empty(), "not before its time");
    let found = store.outlived(after(90), after(180), 9).await.unwrap();
    assert_eq!(found.iter().map(|it| it.message).collect::<Vec<_>>(), [over]);
    for it in kept {
        assert!(!store.remove_outlived(it, after(90), after(180)).await.unwrap(), "never, whoever asks");
    }
    assert!(store.remove_outlived(over, after(90), after(180)).await.unwrap());

    assert!(matches!(store.raw(over).await, Err(StoreError::Absent)));
    for it in kept {
        assert!(store.raw(it).await.is_ok());
    }
    let detail = store.item(item, &[unit("gjerstad")]).await.unwrap();
    let summary = detail.row.summary.reveal();
    assert_eq!((summary.person_name.as_deref(), summary.person_id.as_deref()), (None, None));
    let case = store.case(item, &[unit("gjerstad")]).await.unwrap();
    assert!(case.events.iter().all(|it| it.details.is_empty()), "what was said is gone");
    assert_eq!(case.case.archive_reference, Some(text("2026/17-3")), "where it is filed is known");
    assert_eq!(case.case.outcome, Some((CaseOutcome::Granted, date(2026, 11, 22))));
    let sights = [crate::domain::Sight::whole(unit("gjerstad"))];
    let query = RegisterQuery { filter: RegisterFilter::default(), after: None, rows_max: 9 };
    let rows = store.register_page(&sights, &query).await.unwrap();
    assert_eq!(rows.len(), 4, "the register keeps its row");
    let left = "SELECT COUNT(*) AS number FROM items WHERE state = 'closed' AND person_index IS NOT NULL";
    assert_eq!(number(&*store, left).await, 1, "and the person is found no more by it");
    let lines = store.message(&over.to_string()).await.unwrap().journal;
    assert!(lines.iter().any(|it| it.action == "content_outlived" && it.detail.contains("all closed and filed")));
    assert!(store.outlived(after(90), after(180), 9).await.unwrap().is_empty());
    assert!(!store.remove_outlived(over, after(90), after(180)).await.unwrap(), "once");
    assert!(matches!(store.verify_journal().await.unwrap(), JournalProof::Whole { .. }));
    store.close().await;
}

async fn a_case_that_is_reopened_between_the_look_and_the_removal_stays<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let (message, id) = worked::<G>(&store, 1, closing("x")).await;
    assert_eq!(store.outlived(after(90), after(180), 9).await.unwrap().len(), 1);

    act(&*store, id, Act::Reopen).await;

    assert!(!store.remove_outlived(message, after(90), after(180)).await.unwrap());
    assert!(store.raw(message).await.is_ok());
    store.close().await;
}

async fn a_rejected_message_loses_its_content_after_its_time_and_keeps_its_answer<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let (accepted, _) = worked::<G>(&store, 1, Vec::new()).await;
    let (given, alarmed) = (rejected(2), rejected(3));
    let (message, waits) = (given.message.id, alarmed.message.id);
    let alarm = NewAlarm { kind: AlarmKind::MessageStuck, subject: alarmed.message.reference.to_string() };
    store.settle(given.clone()).await.unwrap();
    store.settle(alarmed).await.unwrap();
    store.open_alarm(alarm, NOON).await.unwrap();

    assert!(store.rejected_outlived(NOON, 9).await.unwrap().is_empty(), "not before its time");
    let found = store.rejected_outlived(after(90), 9).await.unwrap();
    assert_eq!(found.iter().map(|it| it.message).collect::<Vec<_>>(), [message]);
    for it in [accepted, waits] {
        assert!(!store.remove_rejected(it, after(90), after(180)).await.unwrap(), "never, whoever asks");
        assert!(store.raw(it).await.is_ok());
    }
    assert!(!store.remove_rejected(message, NOON, after(180)).await.unwrap(), "nor too early");
    let before = store.message(&message.to_string()).await.unwrap();
    assert!(store.remove_rejected(message, after(90), after(180)).await.unwrap());

    assert!(matches!(store.raw(message).await, Err(StoreError::Absent)));
    let kept = store.message(&message.to_string()).await.unwrap();
    assert_eq!((kept.findings.len(), kept.sha256), (2, before.sha256));
    assert_eq!(kept.receipt, before.receipt);
    let mut repeated = rejected(2);
    repeated.message.id = MessageId(Uuid::now_v7());
    let again = store.settle(repeated).await.unwrap();
    assert!(matches!(again, Settled::Known(_)), "a repeat gets the same answer: {again:?}");
    assert!(kept.journal.iter().any(|it| it.action == "content_outlived" && it.detail.ends_with("; rejected")));
    assert!(!store.remove_rejected(message, after(90), after(180)).await.unwrap(), "once");
    assert!(store.rejected_outlived(after(90), 9).await.unwrap().is_empty());
    assert!(matches!(store.verify_journal().await.unwrap(), JournalProof::Whole { .. }));
    store.close().await;
}

async fn traces_of_what_happened_at_the_doors_go_when_they_are_old<G: Ground>(ground: &G) {
    let store = ground.open().await;
    let refusal = |days| NewRefusal { at: after(days), ..conflict(&rejected(1).message) };
    for days in [0, 1, 2, 40] {
        store.keep_refusal(refusal(days)).await.unwrap();
        store.count_failed_sign_in(&format!("kari{days}"), after(days), NOON).await.unwrap();
        store.count_failed_address(&format!("192.0.2.{days}"), after(days), NOON).await.unwrap();
        let alarm = NewAlarm { kind: AlarmKind::Unroutable, subject: format!("alarm {days}") };
        store.open_alarm(alarm, after(0)).await.unwrap();
        if days != 1 {
            store.clear_alarm(AlarmKind::Unroutable, &format!("alarm {days}"), after(days)).await.unwrap();
        }
    }
    let old = |days| TracesBefore { refusals: after(days), alarms: after(days), sign_ins: after(days) };
    let traces = |refusals, alarms, sign_ins| Traces { refusals, alarms, sign_ins };

    // The alarm of day 1 is open, however old it is.
    assert_eq!(store.old_traces(old(30)).await.unwrap(), traces(3, 2, 6));
    assert_eq!(store.remove_old_traces(old(30), 2, after(50)).await.unwrap(), traces(2, 2, 4));
    assert_eq!(store.remove_old_traces(old(30), 2, after(50)).await.unwrap(), traces(1, 0, 2));
    let nothing_old = TracesBefore { refusals: Timestamp(i64::MIN), ..old(0) };
    assert!(store.remove_old_traces(nothing_old, 2, after(50)).await.unwrap().are_none());
    assert!(store.remove_old_traces(old(30), 2, after(50)).await.unwrap().are_none());

    assert_eq!(store.tallies().await.unwrap().refusals, 1);
    assert_eq!(number(&store, "SELECT COUNT(*) AS number FROM refusals").await, 1);
    assert_eq!(store.failed_sign_ins("kari40", after(0)).await.unwrap(), 1);
    assert_eq!(store.alarms().await.unwrap().len(), 1);
    assert_eq!(number(&store, "SELECT COUNT(*) AS number FROM journal WHERE action = 'traces_outlived'").await, 2);
    assert!(matches!(store.verify_journal().await.unwrap(), JournalProof::Whole { .. }));
    store.close().await;
}

async fn nothing_is_there_to_remove_in_an_empty_store<G: Ground>(ground: &G) {
    let store = ground.open().await;

    assert_eq!(store.expired_forms(NOON, NOON).await.unwrap(), ExpiredForms::default());
    assert_eq!(store.remove_expired_forms(NOON, NOON).await.unwrap(), ExpiredForms::default());
    assert!(matches!(store.verify_journal().await.unwrap(), JournalProof::Whole { lines: 0, .. }));
    store.close().await;
}
