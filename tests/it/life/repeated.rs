//! The same message again: one is stored, and the receipt is the same, byte for byte.

use crate::support::TestGateway;
use crate::support::corpus;
use crate::support::header;
use crate::support::text;
use bytes::Bytes;
use meldeport::domain::MessageState;
use std::collections::BTreeSet;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_bytes_get_the_same_receipt_also_after_the_house_has_been_closed() {
    let mut gateway = TestGateway::open().await;
    let message = gateway.fresh(corpus!("valid/hospital-inpatient.xml"));

    let first = gateway.send_as("hospital", message.clone()).await;
    let again = gateway.send_as("hospital", message.clone()).await;
    gateway.close_and_open_again().await;
    let after = gateway.send_as("hospital", message).await;

    assert_eq!(first.status, 200, "{}", text(&first));
    for reply in [&again, &after] {
        assert_eq!(reply.body, first.body);
        assert_eq!(header(reply, "meldeport-reference"), header(&first, "meldeport-reference"));
    }
    assert_stored_once(&gateway).await;
    gateway.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn other_bytes_under_the_same_id_are_a_conflict_and_the_first_stands() {
    let gateway = TestGateway::open().await;
    let message = gateway.fresh(corpus!("valid/hospital-inpatient.xml"));
    let other = message.replace("Gjerne en som kjenner til rehabilitering", "Helst en som kjenner til rehabilitering");
    assert_ne!(message, other);

    let first = gateway.send_as("hospital", message.clone()).await;
    let conflict = gateway.send_as("hospital", other).await;
    let again = gateway.send_as("hospital", message).await;

    assert_eq!(conflict.status, 409, "{}", text(&conflict));
    assert_eq!(again.body, first.body);
    assert_stored_once(&gateway).await;
    assert_eq!(gateway.house().store.tallies().await.unwrap().refusals, 1);
    gateway.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sixty_four_senders_of_the_same_bytes_at_once_get_one_receipt_between_them() {
    let gateway = TestGateway::open().await;
    let message = Bytes::from(gateway.fresh(corpus!("valid/hospital-inpatient.xml")));
    gateway.plant(&message);

    let mut posts = tokio::task::JoinSet::new();
    for _ in 0..64 {
        let (mut system, message) = (gateway.system("hospital"), message.clone());
        posts.spawn(async move { system.post("/messages", message, None).await.unwrap() });
    }
    let replies = posts.join_all().await;

    let different: BTreeSet<_> = replies.iter().map(|it| (it.status.as_u16(), it.body.clone())).collect();
    assert_eq!((replies.len(), different.len()), (64, 1));
    assert_eq!(different.first().unwrap().0, 200);
    assert_stored_once(&gateway).await;
    gateway.close().await;
}

async fn assert_stored_once(gateway: &TestGateway) {
    let tallies = gateway.house().store.tallies().await.unwrap();
    let items: u64 = tallies.items.iter().map(|(_, _, count)| count).sum();
    let notices: u64 = tallies.notices.iter().map(|(_, count)| count).sum();
    assert_eq!(tallies.messages, [(MessageState::Accepted, 1)]);
    assert_eq!((items, notices), (1, 1));
}
