//! The mail server is away for a while; the unit is told when it is back.

use crate::support::CaseWorker;
use crate::support::TestGateway;
use crate::support::corpus;
use crate::support::header;
use crate::support::message_id;
use crate::support::receipt;
use crate::support::text;
use crate::support::wait_until;
use meldeport::domain::DeliveryState;
use meldeport::domain::ItemState;
use meldeport::trial::free_port;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::net::TcpStream;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_notice_waits_for_a_dead_mail_server_and_is_delivered_when_it_is_back() {
    // A port on which nobody listens yet.
    let dead = free_port(0).unwrap();
    let gateway = TestGateway::open_with(|config, _| config.notify.email.port = dead.port()).await;

    let reply = gateway.send_as("hospital", gateway.fresh(corpus!("valid/hospital-inpatient.xml"))).await;

    let notice = async || gateway.message(&reply).await.notices.remove(0);
    wait_until("it has been tried", async || notice().await.attempts == 1 && notice().await.last_failure.is_some())
        .await;
    gateway.clock.advance(Duration::from_secs(10 * 60));
    wait_until("it has been tried again", async || notice().await.attempts == 2).await;
    assert_eq!(notice().await.state, DeliveryState::Queued);
    assert!(gateway.sink.mails().is_empty());

    let back = tokio::spawn(lead(TcpListener::bind(dead).await.unwrap(), gateway.sink.address()));
    gateway.clock.advance(Duration::from_secs(60 * 60));
    wait_until("the unit is told", async || notice().await.state == DeliveryState::Delivered).await;

    assert_eq!(gateway.sink.mails().len(), 1);
    assert!(notice().await.attempts >= 3);
    gateway.close().await;
    back.abort();
}

/// Everything of the receiver's is down, and nobody is there: the sender has its receipt at once, and is told that the report
/// lies unread until it is opened. Whoever comes by can see that reports are taken.
///
/// seed: H-21
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn while_nobody_is_there_the_sender_is_told_that_it_is_received_and_not_read() {
    let dead = free_port(0).unwrap();
    let gateway = TestGateway::open_with(|config, _| config.notify.email.port = dead.port()).await;
    let message = gateway.fresh(corpus!("valid/hospital-inpatient.xml"));

    let reply = gateway.send_as("hospital", message.clone()).await;

    assert_eq!(receipt(&reply).status.code.as_deref(), Some("1"), "no silence: {}", text(&reply));
    assert_eq!(header(&reply, "meldeport-reading"), "unread");
    let came = gateway.message(&reply).await;
    let place = format!("/receipts/{}", message_id(&message));
    let asked = async || gateway.system("hospital").get(&place).await.unwrap();
    for _ in 0..3 {
        gateway.clock.advance(Duration::from_secs(2 * 60 * 60));
        let later = asked().await;
        assert_eq!((later.status.as_u16(), header(&later, "meldeport-reading")), (200, "unread"));
        assert_eq!(later.body, reply.body, "the same receipt");
    }
    assert_eq!(gateway.state_of(&came).await, ItemState::Unread);
    assert!(gateway.sink.mails().is_empty());
    // The directory and the state of things, for everybody.
    let mut stranger = gateway.browser();
    let directory = stranger.get("/kontakt/4211").await;
    assert!(directory.body.contains("href=\"tel:"), "{}", directory.body);
    let status = stranger.get("/drift").await;
    assert!(status.status == 200 && status.body.contains("Meldeport tar imot meldinger nå."), "{}", status.body);
    assert!(directory.body.contains("href=\"/drift?lang=nb\""));
    let told: serde_json::Value = serde_json::from_str(&stranger.get("/drift.json").await.body).unwrap();
    assert!(told["receives"] == true && told["since"].is_string(), "{told}");

    // Somebody comes, and opens it.
    let back = tokio::spawn(lead(TcpListener::bind(dead).await.unwrap(), gateway.sink.address()));
    let mut kari = CaseWorker::new(&gateway, "kari", &[&came.items[0].0.0]).await;
    kari.take().await;
    assert_eq!(header(&asked().await, "meldeport-reading"), "opened");
    // Another has no answer at all.
    assert_eq!(gateway.system("school").get(&place).await.unwrap().status.as_u16(), 404);
    gateway.clock.advance(Duration::from_secs(24 * 60 * 60));
    wait_until("the unit is told", async || gateway.queued().await == 0).await;
    gateway.close().await;
    back.abort();
}

/// Leads every connection to the sink.
async fn lead(listener: TcpListener, sink: SocketAddr) {
    loop {
        let (mut client, _) = listener.accept().await.unwrap();
        let mut server = TcpStream::connect(sink).await.unwrap();
        // How a conversation ends is between the two.
        tokio::spawn(async move { drop(tokio::io::copy_bidirectional(&mut client, &mut server).await) });
    }
}
