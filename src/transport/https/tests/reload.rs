//! Files that change while the gateway runs.

use super::*;

#[tokio::test]
async fn our_own_certificate_is_changed_under_a_kept_alive_connection() {
    let gate = Gate::open().await;
    let certificate = gate.hospital();
    let mut kept = gate.line(Some(&certificate)).await.unwrap();
    let own = |line: &TlsStream<TcpStream>| line.get_ref().1.peer_certificates().unwrap()[0].to_vec();
    let request = b"GET /receipts/x HTTP/1.1\r\nHost: localhost\r\n\r\n";

    let new = gate.authority.gateway(&["localhost"], 30).unwrap();
    gate.write("gateway.pem", &new.certificate_pem);
    gate.write("gateway.key", new.key_pem.reveal());
    assert_eq!(gate.reload().await, "done");

    kept.write_all(request).await.unwrap();
    assert!(kept.read(&mut [0; 4096]).await.unwrap() > 0);
    let fresh = gate.line(Some(&certificate)).await.unwrap();
    assert_ne!(own(&kept), own(&fresh));
    assert_eq!(own(&fresh), CertificateDer::from_pem_slice(new.certificate_pem.as_bytes()).unwrap().to_vec());
}

#[tokio::test]
async fn a_new_revocation_list_reaches_connections_that_are_open_already() {
    let gate = Gate::open().await;
    let (revoked, good) = (gate.hospital(), gate.hospital());
    let (its_client, other) = (gate.client(&revoked), gate.client(&good));
    assert_eq!(gate.post(&its_client, ACCEPTED).await.status(), 200);
    assert_eq!(gate.post(&other, ACCEPTED).await.status(), 200);

    gate.write("revoked.crl", &gate.authority.revocation_list(&[&revoked], 30).unwrap());
    assert_eq!(gate.reload().await, "done");

    assert_eq!(code(gate.post(&its_client, ACCEPTED).await).await, (403, "MP-107".to_owned()));
    assert_eq!(gate.post(&other, ACCEPTED).await.status(), 200);
    // It has been let go, and is not let in again: not by a new handshake, nor by resuming its old session.
    let request = its_client.post(gate.url("/messages")).header("Content-Type", "application/xml").body(ACCEPTED);
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert!(request.send().await.is_err());
}

#[tokio::test]
async fn a_bad_file_leaves_the_old_one_in_use_and_says_so() {
    let gate = Gate::open().await;
    let client = gate.client(&gate.hospital());

    gate.write("roots.pem", "not a certificate");
    assert!(gate.reload().await.contains("roots.pem holds no certificate"));
    assert_eq!(gate.post(&client, ACCEPTED).await.status(), 200);

    gate.write("roots.pem", &gate.authority.certificate_pem());
    gate.write("gateway.key", gate.hospital().key_pem.reveal());
    let told = gate.reload().await;
    assert!(told.contains("gateway.pem and") && told.contains("do not go together"), "{told}");
    assert_eq!(gate.refused(Some(&gate.hospital())).await, "let in");
}

#[tokio::test]
async fn changed_files_are_noticed_without_being_told_and_a_bad_one_is_told_once() {
    let gate = Gate::open_with(|it| it.reload_seconds = 1).await;
    let told = |count: usize| {
        let reloads = Arc::clone(&gate.reloads);
        async move {
            for _ in 0..100 {
                if reloads.lock().unwrap().len() >= count {
                    return reloads.lock().unwrap().clone();
                }
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
            panic!("no reload was told")
        }
    };

    gate.write("revoked.crl", "damaged");
    assert!(told(1).await[0].contains("holds no revocation list"));
    tokio::time::sleep(Duration::from_millis(2500)).await;
    assert_eq!(told(1).await.len(), 1);
    gate.write("revoked.crl", &gate.authority.revocation_list(&[], 30).unwrap());

    assert_eq!(told(2).await[1], "done");
}

#[tokio::test]
async fn a_key_that_everybody_can_read_is_refused() {
    let authority = MadeAuthority::root("Prøve-CA", SystemClock.now()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let config = files(folder.path(), &authority);
    std::fs::set_permissions(&config.key_file, std::fs::Permissions::from_mode(0o644)).unwrap();

    let refused = HttpsListener::bind(config, Arc::new(SystemClock)).await.err().unwrap();

    assert!(matches!(refused, HttpsError::Tls(TlsError::KeyReadableByAll { mode: 0o644, .. })), "{refused}");
}

#[tokio::test]
async fn what_is_in_use_can_be_seen() {
    let authority = MadeAuthority::root("Prøve-CA", SystemClock.now()).unwrap();
    let folder = tempfile::tempdir().unwrap();

    let listener = HttpsListener::bind(files(folder.path(), &authority), Arc::new(SystemClock)).await.unwrap();
    let trust = listener.trusted().load_full();

    let day = HOUR * 24;
    let now = SystemClock.now();
    assert!(trust.own_certificate_ends > now.plus(day * 89) && trust.own_certificate_ends < now.plus(day * 91));
    assert_eq!((trust.roots, trust.revocation_lists), (1, 1));
    let until: Timestamp = trust.revocation_lists_good_until.unwrap();
    assert!(until > now.plus(day * 28) && until < now.plus(day * 30));
}
