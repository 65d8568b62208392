//! Who is let in: certificates, chains and revocation lists.

use super::*;

#[tokio::test]
async fn without_a_client_certificate_there_is_no_handshake() {
    let gate = Gate::open().await;

    let told = gate.refused(None).await;

    assert!(told.contains("CertificateRequired"), "{told}");
}

#[tokio::test]
async fn a_certificate_of_an_authority_we_do_not_trust_is_refused() {
    let gate = Gate::open().await;
    let other = MadeAuthority::root("En annen CA", gate.clock.now()).unwrap();

    let told = gate.refused(Some(&other.client(&seid2("310000108", None)).unwrap())).await;

    assert!(told.contains("UnknownCA"), "{told}");
}

#[tokio::test]
async fn a_certificate_that_has_ended_or_not_begun_is_refused() {
    let gate = Gate::open().await;
    let now = gate.clock.now();
    let subject = seid2("310000108", None);
    let ended = gate.authority.client_between(&subject, now.minus(HOUR * 48), now.minus(HOUR)).unwrap();
    let early = gate.authority.client_between(&subject, now.plus(HOUR), now.plus(HOUR * 48)).unwrap();

    let told = gate.refused(Some(&ended)).await;
    assert!(told.contains("CertificateExpired"), "{told}");
    let told = gate.refused(Some(&early)).await;
    assert!(told.contains("Certificate") && told != "let in", "{told}");
}

#[tokio::test]
async fn a_revoked_certificate_is_refused_and_others_are_not() {
    let gate = Gate::open().await;
    let (good, revoked) = (gate.hospital(), gate.hospital());
    gate.write("revoked.crl", &gate.authority.revocation_list(&[&revoked], 30).unwrap());
    assert_eq!(gate.reload().await, "done");

    let told = gate.refused(Some(&revoked)).await;

    assert!(told.contains("CertificateRevoked"), "{told}");
    assert_eq!(gate.refused(Some(&good)).await, "let in");
}

#[tokio::test]
async fn a_certificate_about_which_no_list_speaks_follows_the_policy() {
    let below = |gate: &Gate| gate.authority.subordinate("Prøve-CA 2").unwrap();
    let strict = Gate::open().await;
    let lenient = Gate::open_with(|it| it.unknown_revocation = RevocationPolicy::Allow).await;

    let told = strict.refused(Some(&below(&strict).client(&seid2("310000108", None)).unwrap())).await;
    assert_ne!(told, "let in");
    let told = lenient.refused(Some(&below(&lenient).client(&seid2("310000108", None)).unwrap())).await;
    assert_eq!(told, "let in");
}

#[tokio::test]
async fn a_list_past_its_own_date_follows_the_policy() {
    let strict = Gate::open().await;
    let lenient = Gate::open_with(|it| it.expired_revocation_list = RevocationPolicy::Allow).await;
    for gate in [&strict, &lenient] {
        // Valid from the day before the authority was made, for one day: it is past its date in a moment.
        gate.write("revoked.crl", &gate.authority.revocation_list(&[], 1).unwrap());
        assert_eq!(gate.reload().await, "done");
        gate.clock.advance(HOUR);
    }

    assert_ne!(strict.refused(Some(&strict.hospital())).await, "let in");
    assert_eq!(lenient.refused(Some(&lenient.hospital())).await, "let in");
}

#[tokio::test]
async fn each_mismatch_of_a_certificate_has_its_own_code() {
    let gate = Gate::open().await;
    let unit = |digits: &str| Some(MadeSubUnit::Named { number: number(digits), name: "AVDELING".to_owned() });
    let cases = [
        (MadeSubject::NameOnly { name: "EKSEMPEL".to_owned() }, (403, "MP-101")),
        (seid2("310000124", None), (403, "MP-102")),
        (seid2("310000116", unit("984886136")), (403, "MP-105")),
        (seid2("310000116", None), (403, "MP-105")),
    ];
    for (subject, (status, expected)) in cases {
        let client = gate.client(&gate.authority.client(&subject).unwrap());
        assert_eq!(code(gate.post(&client, ACCEPTED).await).await, (status, expected.to_owned()), "{subject:?}");
    }
    assert!(gate.store.stored().await.is_empty());
}

#[tokio::test]
async fn both_generations_and_both_formats_of_sub_units_are_let_in() {
    let gate = Gate::open().await;
    let register = MadeSubUnit::Register { number: number("974095769"), name: "Avdeling".to_owned() };
    let named = MadeSubUnit::Named { number: number("974095769"), name: "AVDELING".to_owned() };
    let first = |sub_unit| {
        let name = "EKSEMPEL".to_owned();
        MadeSubject::Seid1 { organisation: number("310000116"), name, sub_unit }
    };
    let subjects = [
        seid2("310000116", Some(register.clone())),
        seid2("310000116", Some(named.clone())),
        first(Some(register)),
        first(Some(named)),
    ];
    for (position, subject) in subjects.iter().enumerate() {
        let client = gate.client(&gate.authority.client(subject).unwrap());
        let response = gate.post(&client, &format!(r#"<m id="A-{position}" v="accepted"/>"#)).await;
        assert_eq!(response.status(), 200, "{subject:?}");
    }
    assert_eq!(gate.store.stored().await.len(), 4);
}

#[tokio::test]
async fn tls_1_2_is_spoken_too() {
    let gate = Gate::open().await;

    let mut line = gate.line_with(Some(&gate.hospital()), &[&rustls::version::TLS12]).await.unwrap();
    line.write_all(b"GET /receipts/x HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").await.unwrap();

    assert!(until_closed(&mut line).await.unwrap().starts_with("HTTP/1.1 404"));
}
