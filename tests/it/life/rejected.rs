//! What is wrong is told, all of it, and lands in no inbox.

use crate::support::TestGateway;
use crate::support::corpus;
use crate::support::receipt;
use meldeport::domain::MessageState;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_faulty_report_is_answered_with_every_fault_and_lies_in_no_inbox() {
    let gateway = TestGateway::open().await;

    let reply = gateway.send_as("hospital", gateway.fresh(corpus!("invalid/several-faults.xml"))).await;

    let receipt = receipt(&reply);
    assert_eq!((reply.status.as_u16(), receipt.status.code.as_deref()), (200, Some("2")));
    assert!(receipt.errors.len() >= 8, "{:?}", receipt.errors);
    let detail = gateway.message(&reply).await;
    assert_eq!((detail.row.state, detail.items.len()), (MessageState::Rejected, 0));
    let tallies = gateway.house().store.tallies().await.unwrap();
    assert!(tallies.items.is_empty() && tallies.notices.is_empty(), "{tallies:?}");
    assert!(gateway.sink.mails().is_empty());
    gateway.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_municipality_without_a_unit_is_answered_with_e21_and_an_alarm_waits_for_a_person() {
    let mut gateway = TestGateway::open().await;

    let reply =
        gateway.send_as("hospital", gateway.fresh(corpus!("invalid/MP-481-municipality-without-unit.xml"))).await;

    let receipt = receipt(&reply);
    assert_eq!(receipt.status.code.as_deref(), Some("2"));
    assert!(receipt.errors.iter().any(|it| it.code.as_deref() == Some("E21")), "{:?}", receipt.errors);
    let alarms = gateway.open_alarms().await;
    assert_eq!(alarms.len(), 1, "{alarms:?}");
    let (kind, subject) = alarms.first().unwrap();
    assert_eq!(kind, "unroutable");
    gateway.ends_with_alarm(kind, subject);
    gateway.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_no_message_is_refused_with_a_problem_document_and_not_kept() {
    let gateway = TestGateway::open().await;

    let reply = gateway.send_as("hospital", corpus!("invalid/MP-207-malformed.xml")).await;

    assert!(reply.status.is_client_error(), "{}", reply.status);
    assert!(crate::support::header(&reply, "content-type").starts_with("application/problem+json"));
    let tallies = gateway.house().store.tallies().await.unwrap();
    assert_eq!((tallies.messages.len(), tallies.refusals), (0, 1));
    gateway.close().await;
}
