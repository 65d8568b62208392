//! A case system that is bound to its client certificate, over real TLS.

use crate::support::TestGateway;
use meldeport::app::sha256;
use meldeport::domain::Clearance;
use meldeport::domain::UnitId;
use meldeport::inbox::Token;
use meldeport::storage::Actor;
use meldeport::storage::ApiCredential;
use meldeport::storage::NewApiClient;
use meldeport::storage::UserId;
use reqwest::Certificate;
use reqwest::Client;
use reqwest::Identity;
use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::PemObject;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;
use uuid::Uuid;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_case_system_that_is_bound_to_a_certificate_gets_in_with_it_and_nowhere_else() {
    let gateway = TestGateway::open_with(|config, _| {
        config.api_listener.enabled = true;
        config.api_listener.listen = SocketAddr::from(([127, 0, 0, 1], 0));
    })
    .await;
    let house = gateway.house();
    let (certificate, _) = gateway.world.certificate("hospital");
    let (token, now) = (Token::generate(), meldeport::clock::Clock::now(&*gateway.clock));
    let client = NewApiClient {
        id: UserId(Uuid::now_v7()),
        name: "epj".to_owned(),
        units: vec![UnitId("gjerstad-tjenestekontor".to_owned())],
        clearance: Clearance::Ordinary,
        certificate_sha256: Some(sha256(&CertificateDer::from_pem_file(certificate).unwrap())),
        credential: ApiCredential { token_sha256: token.sha256(), expires: now.plus(Duration::from_secs(3600)) },
    };
    let by = Actor::Operator("drift".to_owned());
    assert!(house.store.add_api_client(&client, &by, now).await.unwrap());
    let (own, people) = (house.api_address.unwrap(), house.inbox_address);

    let mut answers = Vec::new();
    for (who, address) in [(Some("hospital"), own), (Some("school"), own), (None, own), (Some("hospital"), people)] {
        let url = format!("https://{address}/api/v1/me");
        let answer = caller(&gateway, who).get(url).bearer_auth(token.text().reveal()).send().await.unwrap();
        let status = answer.status().as_u16();
        let told: serde_json::Value = answer.json().await.unwrap();
        answers.push((status, told["code"].as_str().unwrap_or_default().to_owned()));
    }

    let refused = || (403, "MP-603".to_owned());
    assert_eq!(answers, [(200, String::new()), refused(), refused(), refused()]);
    let page = caller(&gateway, Some("hospital")).get(format!("https://{own}/sign-in")).send().await.unwrap();
    assert_eq!(page.status().as_u16(), 404, "it is for case systems only");
    gateway.close().await;
}

/// Trusts the made-up authority; shows the certificate of `who`.
fn caller(gateway: &TestGateway, who: Option<&str>) -> Client {
    let read = |file: PathBuf| std::fs::read(file).unwrap();
    let authority = Certificate::from_pem(&read(gateway.world.authority())).unwrap();
    let mut client = Client::builder().tls_certs_only([authority]);
    if let Some(who) = who {
        let (certificate, key) = gateway.world.certificate(who);
        client = client.identity(Identity::from_pem(&[read(certificate), read(key)].concat()).unwrap());
    }
    client.build().unwrap()
}
