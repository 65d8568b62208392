//! Bodies: how they are sent, and how large and how slow they may be.

use super::*;

#[tokio::test]
async fn how_a_message_is_sent_is_checked_and_refusals_are_kept() {
    let gate = Gate::open().await;
    let client = gate.client(&gate.hospital());
    let send = |headers: &[(&'static str, &'static str)], body: Vec<u8>| {
        let request = client.post(gate.url("/messages"));
        let request = headers.iter().fold(request, |it, (name, value)| it.header(*name, *value));
        async move { request.body(body).send().await.unwrap() }
    };
    let xml = ("Content-Type", "application/xml");
    let plain = || ACCEPTED.as_bytes().to_vec();

    assert_eq!(code(send(&[], plain()).await).await, (415, "MP-203".to_owned()));
    assert_eq!(code(send(&[("Content-Type", "application/json")], plain()).await).await, (415, "MP-203".to_owned()));
    assert_eq!(code(send(&[xml, ("Content-Encoding", "br")], plain()).await).await, (415, "MP-203".to_owned()));
    assert_eq!(code(send(&[xml, ("Content-Encoding", "gzip")], plain()).await).await, (400, "MP-219".to_owned()));
    assert_eq!(code(send(&[xml], Vec::new()).await).await, (400, "MP-201".to_owned()));
    let kept: Vec<_> = gate.store.refusals().into_iter().map(|it| it.code).collect();
    assert_eq!(kept, ["MP-203", "MP-203", "MP-203", "MP-219", "MP-201"]);

    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(ACCEPTED.as_bytes()).unwrap();
    let response = send(&[xml, ("Content-Encoding", "gzip")], encoder.finish().unwrap()).await;
    assert_eq!(response.status(), 200);
    assert_eq!(&gate.store.only().await.message.bytes[..], ACCEPTED.as_bytes());
}

#[tokio::test]
async fn the_charset_of_the_content_type_is_handed_on() {
    let gate = Gate::open().await;
    let client = gate.client(&gate.hospital());
    let request = client.post(gate.url("/messages")).header("Content-Type", "text/xml; Charset=\"ISO-8859-1\"");

    assert_eq!(request.body(ACCEPTED).send().await.unwrap().status(), 200);

    assert_eq!(gate.store.only().await.message.charset.as_deref(), Some("ISO-8859-1"));
}

#[tokio::test]
async fn a_body_that_is_too_large_is_refused_without_reading_it_all() {
    let gate = Gate::open().await;
    gate.judging.rulebook.lock().unwrap().limits.bytes_max = 10_000;
    let certificate = gate.hospital();

    // Said beforehand, over HTTP/1.1, and never sent.
    let mut line = gate.line(Some(&certificate)).await.unwrap();
    let head = "POST /messages HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/xml\r\nContent-Length: 999999999\r\n\
                Expect: 100-continue\r\n\r\n";
    line.write_all(head.as_bytes()).await.unwrap();
    let told = until_closed(&mut line).await.expect("the line is closed");
    assert!(told.starts_with("HTTP/1.1 413") && told.contains("MP-202"), "{told}");

    // Found out on the way, over HTTP/2 and over HTTP/1.1.
    for client in [gate.client(&certificate), gate.builder(&certificate).http1_only().build().unwrap()] {
        let response = gate.post(&client, &"x".repeat(2_000_000)).await;
        let document = problem(response).await;
        assert_eq!((&document["status"], &document["code"]), (&413.into(), &"MP-202".into()));
        assert!(document["texts"]["en"]["title"].as_str().unwrap().contains("10000 bytes"));
    }
    assert!(gate.store.stored().await.is_empty());
    assert!(gate.store.refusals().iter().all(|it| it.size <= 10_000));
}

#[tokio::test]
async fn a_body_without_a_length_is_read_up_to_the_largest_message() {
    let gate = Gate::open().await;
    gate.judging.rulebook.lock().unwrap().limits.bytes_max = 100;
    let mut line = gate.line(Some(&gate.hospital())).await.unwrap();
    let head = "POST /messages HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/xml\r\nTransfer-Encoding: chunked\r\n\r\n";
    line.write_all(head.as_bytes()).await.unwrap();
    for _ in 0..3 {
        line.write_all(format!("32\r\n{}\r\n", "x".repeat(50)).as_bytes()).await.unwrap();
    }

    let mut answer = vec![0; 12];
    line.read_exact(&mut answer).await.unwrap();

    assert_eq!(answer, b"HTTP/1.1 413");
}

#[tokio::test]
async fn a_body_that_comes_too_slowly_is_given_up() {
    let gate = Gate::open_with(|it| {
        it.body_grace_seconds = 1;
        it.body_bytes_per_second_min = 1000;
    })
    .await;
    let mut line = gate.line(Some(&gate.hospital())).await.unwrap();
    let head =
        "POST /messages HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/xml\r\nContent-Length: 500\r\n\r\n<m ";
    line.write_all(head.as_bytes()).await.unwrap();

    let told = until_closed(&mut line).await.expect("the line is closed");

    assert!(told.starts_with("HTTP/1.1 408") && told.contains("MP-218"), "{told}");
    assert_eq!(gate.store.refusals()[0].size, 3);
}

#[tokio::test]
async fn more_than_the_house_can_hold_is_told_to_come_back() {
    let gate = Gate::open_taking(IntakeConfig { messages_in_flight_max: 1, ..IntakeConfig::default() }, |_| {}).await;
    let certificate = gate.hospital();
    let mut slow = gate.line(Some(&certificate)).await.unwrap();
    let head =
        "POST /messages HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/xml\r\nContent-Length: 26\r\n\r\n<m ";
    slow.write_all(head.as_bytes()).await.unwrap();
    tokio::time::sleep(Duration::from_millis(300)).await;

    let client = gate.client(&certificate);
    let response = gate.post(&client, ACCEPTED).await;
    assert_eq!(response.headers()["retry-after"], "10");
    assert_eq!(code(response).await, (503, "MP-902".to_owned()));

    slow.write_all(&ACCEPTED.as_bytes()[3..]).await.unwrap();
    let mut answer = vec![0; 12];
    slow.read_exact(&mut answer).await.unwrap();
    assert_eq!(answer, b"HTTP/1.1 200");
    let fresh = gate.post(&client, r#"<m id="A-2" v="accepted"/>"#).await;
    assert_eq!(fresh.status(), 200);
}
