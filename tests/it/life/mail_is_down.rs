//! The mail server is away for a while; the unit is told when it is back.

use crate::support::TestGateway;
use crate::support::corpus;
use crate::support::wait_until;
use meldeport::domain::DeliveryState;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::net::TcpStream;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_notice_waits_for_a_dead_mail_server_and_is_delivered_when_it_is_back() {
    // A port on which nobody listens yet.
    let dead = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
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

/// Leads every connection to the sink.
async fn lead(listener: TcpListener, sink: SocketAddr) {
    loop {
        let (mut client, _) = listener.accept().await.unwrap();
        let mut server = TcpStream::connect(sink).await.unwrap();
        // How a conversation ends is between the two.
        tokio::spawn(async move { drop(tokio::io::copy_bidirectional(&mut client, &mut server).await) });
    }
}
