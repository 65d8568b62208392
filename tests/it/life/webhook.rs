//! A unit's own system is called, and each call is signed with the secret that is in force.

use crate::support::TestGateway;
use crate::support::corpus;
use crate::support::text;
use crate::support::wait_until;
use aws_lc_rs::hmac;
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::routing::post;
use std::fs;
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::sync::Mutex;

/// Signature and body of each call, oldest first.
type Calls = Arc<Mutex<Vec<(String, String)>>>;

/// A unit's system that says yes to everything.
async fn system() -> (String, Calls) {
    let calls = Calls::default();
    let hear = async |State(calls): State<Calls>, headers: HeaderMap, body: Bytes| {
        let signature = headers["meldeport-signature"].to_str().unwrap().to_owned();
        calls.lock().unwrap().push((signature, String::from_utf8(body.to_vec()).unwrap()));
    };
    let router = Router::new().route("/hook", post(hear)).with_state(Arc::clone(&calls));
    let listener = tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let url = format!("http://{}/hook", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    (url, calls)
}

/// Whether a call was signed with `secret`.
fn is_signed(call: &(String, String), secret: &str) -> bool {
    let (signature, body) = call;
    let (time, hex) = signature.split_once(",v1=").unwrap();
    let said = format!("{}.{body}", time.strip_prefix("t=").unwrap());
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
    let tag = hmac::sign(&key, said.as_bytes());
    tag.as_ref().iter().map(|it| format!("{it:02x}")).collect::<String>() == hex
}

async fn next_call(gateway: &TestGateway, calls: &Calls) -> (String, String) {
    let before = calls.lock().unwrap().len();
    let reply = gateway.send_as("hospital", gateway.fresh(corpus!("valid/hospital-inpatient.xml"))).await;
    assert_eq!(reply.status, 200, "{}", text(&reply));
    wait_until("the system has been called", async || calls.lock().unwrap().len() > before).await;
    calls.lock().unwrap().last().unwrap().clone()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_changed_webhook_secret_signs_the_next_call_and_no_call_says_whom_it_is_about() {
    let (url, calls) = system().await;
    let gateway = TestGateway::open_with(|_, folder| {
        let file = folder.join("units/gjerstad.toml");
        let secret = folder.join("hook.secret");
        fs::write(&secret, "den første hemmeligheten\n").unwrap();
        let email = "email = \"tjenestekontor@gjerstad.example\"";
        let hook = format!("{email}\nwebhook_url = \"{url}\"\nwebhook_secret_file = \"{}\"", secret.display());
        fs::write(&file, fs::read_to_string(&file).unwrap().replacen(email, &hook, 1)).unwrap();
    })
    .await;

    let first = next_call(&gateway, &calls).await;
    assert!(is_signed(&first, "den første hemmeligheten"));
    assert!(!first.1.contains("Ragna") && !first.1.contains("12835401802"), "{}", first.1);

    // The file alone is changed; nobody starts anything again.
    fs::write(gateway.world.folder.join("hook.secret"), "den andre hemmeligheten\n").unwrap();
    gateway.house().reload();
    let is_new = async || is_signed(&next_call(&gateway, &calls).await, "den andre hemmeligheten");
    wait_until("the new secret is in force", is_new).await;
    let last = next_call(&gateway, &calls).await;
    assert!(!is_signed(&last, "den første hemmeligheten"));
    gateway.close().await;
}
