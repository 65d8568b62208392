//! `meldeport send` against a gateway: the receipt as a person reads it, the exit status, and trying again.

use crate::support::TestGateway;
use crate::support::corpus;
use crate::support::wait_until;
use meldeport::trial::free_port;
use serde_json::Value;
use std::path::Path;
use std::process::Output;
use std::process::Stdio;
use tokio::process::Command;

/// The command with the hospital's certificate, for a file with `message`.
fn send(gateway: &TestGateway, address: &str, folder: &Path, message: &str, more: &[&str]) -> Command {
    let file = folder.join("melding.xml");
    std::fs::write(&file, message).unwrap();
    gateway.plant(message.as_bytes());
    let (certificate, key) = gateway.world.certificate("hospital");
    let mut command = Command::new(env!("CARGO_BIN_EXE_meldeport"));
    command.arg("send").arg(file).args(["--to", address, "--json"]).args(more);
    command.arg("--certificate").arg(certificate).arg("--key").arg(key);
    command.arg("--trust").arg(gateway.world.authority()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn said(output: &Output) -> Value {
    let text = String::from_utf8_lossy(&output.stdout);
    serde_json::from_str(text.trim()).unwrap_or_else(|_| panic!("{text}\n{}", String::from_utf8_lossy(&output.stderr)))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_command_tells_what_was_accepted_rejected_rehearsed_and_known_already() {
    let (gateway, folder) = (TestGateway::open().await, tempfile::tempdir().unwrap());
    let address = format!("https://{}", gateway.house().intake_address);
    let good = gateway.fresh(corpus!("valid/hospital-inpatient.xml"));
    let bad = gateway.fresh(corpus!("invalid/MP-467-no-need.xml"));
    let run = async |message: &str, more: &[&str]| {
        send(&gateway, &address, folder.path(), message, more).output().await.unwrap()
    };

    let rehearsed = run(&good, &["--dry-run"]).await;
    let accepted = run(&good, &["--apprec", "1.0"]).await;
    let again = run(&good, &[]).await;
    let rejected = run(&bad, &[]).await;

    assert_eq!(rehearsed.status.code(), Some(0), "{rehearsed:?}");
    assert_eq!(said(&rehearsed)["outcome"], "accepted");
    assert!(said(&rehearsed)["reference"].is_null(), "nothing is kept of a rehearsal");
    assert_eq!(accepted.status.code(), Some(0));
    let told = said(&accepted);
    assert_eq!((&told["outcome"], &told["http"], &told["attempts"]), (&"accepted".into(), &200.into(), &1.into()));
    assert_eq!(told["receipt"]["status"], "1");
    assert_eq!(said(&again)["reference"], told["reference"], "the receiver knows it by its id");
    assert_eq!(said(&again)["receipt"]["id"], told["receipt"]["id"]);
    assert_eq!(rejected.status.code(), Some(1));
    assert_eq!((&said(&rejected)["outcome"], &said(&rejected)["receipt"]["status"]), (&"rejected".into(), &"2".into()));
    assert!(!said(&rejected)["receipt"]["errors"].as_array().unwrap().is_empty());
    let kept = gateway.from("eksempel-sykehus").await;
    assert_eq!(kept.len(), 2, "one accepted and one rejected");
    gateway.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_certificate_that_is_not_trusted_is_no_matter_of_later() {
    let (gateway, folder) = (TestGateway::open().await, tempfile::tempdir().unwrap());
    let by_number = format!("https://{}", gateway.house().intake_address);
    let message = gateway.fresh(corpus!("valid/hospital-inpatient.xml"));
    let stranger = rcgen::generate_simple_self_signed(["meldeport.example".to_owned()]).unwrap();
    let other = folder.path().join("other.pem");
    std::fs::write(&other, stranger.cert.pem()).unwrap();
    let (certificate, key) = gateway.world.certificate("hospital");
    let send = async |trust: Option<&Path>| {
        let file = folder.path().join("melding.xml");
        std::fs::write(&file, &message).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_meldeport"));
        command.arg("send").arg(file).args(["--to", &by_number, "--json", "--attempts", "3"]);
        command.arg("--certificate").arg(&certificate).arg("--key").arg(&key);
        command.args(trust.iter().flat_map(|it| [Path::new("--trust"), it]));
        let output = command.output().await.unwrap();
        let told = said(&output);
        assert_eq!((output.status.code(), &told["outcome"]), (Some(78), &"not_sent".into()), "{output:?}");
        assert!(output.stderr.is_empty(), "it does not try again: {output:?}");
        (told["why"].as_str().unwrap().to_owned(), told["mend"].as_str().unwrap().to_owned())
    };

    let (why, mend) = send(None).await;
    assert!(why.contains("this machine does not know") && mend.contains("--trust"), "{why} {mend}");
    let (why, _) = send(Some(&other)).await;
    assert!(why.contains("is not from the authority in") && why.contains("other.pem"), "{why}");

    assert!(gateway.from("eksempel-sykehus").await.is_empty());
    gateway.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_command_tries_again_until_the_gateway_is_up_and_gives_up_in_the_end() {
    let free = free_port(0).unwrap();
    let mut gateway = TestGateway::open_with(|config, _| config.https.listen = free).await;
    let (address, folder) = (format!("https://{free}"), tempfile::tempdir().unwrap());
    let message = gateway.fresh(corpus!("valid/hospital-inpatient.xml"));
    gateway.close_house().await;

    let given_up = send(&gateway, &address, folder.path(), &message, &["--attempts", "2"]).output().await.unwrap();
    assert_eq!(given_up.status.code(), Some(75), "{given_up:?}");
    assert_eq!((&said(&given_up)["outcome"], &said(&given_up)["attempts"]), (&"later".into(), &2.into()));

    let mut trying = send(&gateway, &address, folder.path(), &message, &["--attempts", "20"]).spawn().unwrap();
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    assert!(trying.try_wait().unwrap().is_none(), "it waits for the gateway");
    gateway.open_house().await;
    let output = trying.wait_with_output().await.unwrap();

    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert_eq!(said(&output)["outcome"], "accepted");
    assert!(said(&output)["attempts"].as_u64().unwrap() >= 2);
    wait_until("it is stored once", async || gateway.from("eksempel-sykehus").await.len() == 1).await;
    gateway.close().await;
}
