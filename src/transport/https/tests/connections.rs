//! Connections: how many, how long, and how they end.

use super::*;

#[tokio::test]
async fn one_who_dribbles_a_header_is_let_go() {
    let gate = Gate::open_with(|it| it.header_seconds_max = 1).await;
    let mut line = gate.line(Some(&gate.hospital())).await.unwrap();
    line.write_all(b"POST /mess").await.unwrap();

    assert_eq!(until_closed(&mut line).await.as_deref(), Some(""));
}

#[tokio::test]
async fn one_who_asks_nothing_is_let_go_and_one_who_asks_is_kept() {
    let gate = Gate::open_with(|it| it.idle_seconds_max = 2).await;
    let certificate = gate.hospital();
    let mut silent = gate.line(Some(&certificate)).await.unwrap();
    let mut asking = gate.line(Some(&certificate)).await.unwrap();
    let request = b"GET /receipts/x HTTP/1.1\r\nHost: localhost\r\n\r\n";

    for _ in 0..4 {
        tokio::time::sleep(Duration::from_millis(800)).await;
        asking.write_all(request).await.unwrap();
        assert!(asking.read(&mut [0; 4096]).await.unwrap() > 0);
    }

    assert_eq!(until_closed(&mut silent).await.as_deref(), Some(""));
}

#[tokio::test]
async fn one_who_never_shakes_hands_is_let_go() {
    let gate = Gate::open_with(|it| it.handshake_seconds_max = 1).await;
    let mut socket = TcpStream::connect(gate.address).await.unwrap();

    let read = tokio::time::timeout(Duration::from_secs(10), socket.read(&mut [0; 16])).await;

    assert_eq!(read.expect("the line is closed").unwrap_or(0), 0);
}

#[tokio::test]
async fn one_address_has_only_so_many_connections() {
    let gate = Gate::open_with(|it| it.connections_per_address_max = 2).await;
    let certificate = gate.hospital();
    let first = gate.line(Some(&certificate)).await.unwrap();
    let _second = gate.line(Some(&certificate)).await.unwrap();

    assert!(gate.line(Some(&certificate)).await.is_err());
    drop(first);

    for _ in 0..200 {
        if gate.line(Some(&certificate)).await.is_ok() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("the place was not given back");
}

#[tokio::test]
async fn a_certificate_that_ends_under_a_kept_alive_connection_is_refused_from_then_on() {
    let gate = Gate::open().await;
    let now = gate.clock.now();
    let soon = gate.authority.client_between(&seid2("310000108", None), now.minus(HOUR), now.plus(HOUR)).unwrap();
    let client = gate.client(&soon);
    assert_eq!(gate.post(&client, ACCEPTED).await.status(), 200);

    gate.clock.advance(HOUR * 2);

    assert_eq!(code(gate.post(&client, ACCEPTED).await).await, (403, "MP-107".to_owned()));
}

#[tokio::test]
async fn a_closing_gateway_finishes_what_it_holds_and_takes_nothing_new() {
    let gate = Gate::open().await;
    let certificate = gate.hospital();
    let mut idle = gate.line(Some(&certificate)).await.unwrap();
    let mut sending = gate.line(Some(&certificate)).await.unwrap();
    let length = ACCEPTED.len();
    let head = format!(
        "POST /messages HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/xml\r\nContent-Length: {length}\r\n\r\n"
    );
    sending.write_all(head.as_bytes()).await.unwrap();
    sending.write_all(&ACCEPTED.as_bytes()[..5]).await.unwrap();
    tokio::time::sleep(Duration::from_millis(200)).await;

    gate.life.close();
    assert_eq!(until_closed(&mut idle).await.as_deref(), Some(""));
    sending.write_all(&ACCEPTED.as_bytes()[5..]).await.unwrap();

    let told = until_closed(&mut sending).await.unwrap();
    assert!(told.starts_with("HTTP/1.1 200") && told.contains("status=\"1\""), "{told}");
    assert_eq!(gate.store.stored().await.len(), 1);
    assert!(gate.line(Some(&certificate)).await.is_err());
    tokio::time::timeout(Duration::from_secs(5), gate.life.tasks().wait()).await.expect("nothing is left");
}
