//! The receipt: in the version that is asked for, valid as published, and only for its sender.

use crate::support::TestGateway;
use crate::support::corpus;
use crate::support::message_id;
use crate::support::text;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;

const WISHES: [(&str, &str); 2] =
    [("1.0", "application/xml;version=1.0"), ("1.1", "application/vnd.meldeport.apprec+xml;version=1.1")];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn apprec_1_0_is_given_to_those_who_accept_it_and_1_1_to_all_others() {
    let gateway = TestGateway::open().await;
    for (accept, root) in [
        (Some(WISHES[0].1), "http://www.kith.no/xmlstds/apprec/2004-11-21"),
        (Some(WISHES[1].1), "http://www.kith.no/xmlstds/apprec/2012-02-15"),
        (None, "http://www.kith.no/xmlstds/apprec/2012-02-15"),
    ] {
        let message = gateway.fresh(corpus!("valid/loppa-rehabilitation.xml"));

        let reply = gateway.send_wishing("hospital", message, accept).await;

        let said = text(&reply);
        let document = roxmltree::Document::parse(&said).unwrap();
        assert_eq!(document.root_element().tag_name().namespace(), Some(root), "{accept:?}");
    }
    gateway.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_receipt_can_be_fetched_by_its_sender_and_by_nobody_else() {
    let gateway = TestGateway::open().await;
    let message = gateway.fresh(corpus!("valid/hospital-inpatient.xml"));
    let path = format!("/receipts/{}", message_id(&message));
    let first = gateway.send_as("hospital", message).await;

    let own = gateway.system("hospital").get(&path).await.unwrap();
    let others = gateway.system("school").get(&path).await.unwrap();
    let unknown = gateway.system("school").get("/receipts/no-such-message").await.unwrap();

    assert_eq!((own.status.as_u16(), &own.body), (200, &first.body));
    assert_eq!(others.status, 404, "{}", text(&others));
    // A stranger cannot even see whether there is such a message.
    let without_id = |reply| {
        let mut problem: serde_json::Value = serde_json::from_str(&text(reply)).unwrap();
        problem.as_object_mut().unwrap().remove("instance");
        problem.as_object_mut().unwrap().remove("request_id");
        problem
    };
    assert_eq!(without_id(&others), without_id(&unknown));
    gateway.close().await;
}

/// The published schemas are not ours to copy. They lie in `../shared`, or where `MELDEPORT_SHARED` says.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_receipt_of_every_message_of_the_corpus_is_valid_against_the_published_schema() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let shared = std::env::var_os("MELDEPORT_SHARED").map_or_else(|| here.join("../shared"), PathBuf::from);
    if !shared.join("standards/xsd").is_dir() {
        eprintln!("NOT COMPARED WITH THE PUBLISHED SCHEMAS: ../shared is not here (looked in {})", shared.display());
        return;
    }
    for (_, accept) in WISHES {
        // One house for each version: a repeated message keeps the version that was asked for first.
        let mut gateway = TestGateway::open().await;
        let folder = tempfile::tempdir().unwrap();
        // By version: a dialogue message gets the one of its time, whatever it asks for.
        let mut files: [Vec<PathBuf>; 2] = Default::default();
        let mut refused = 0;
        for file in corpus_files(here) {
            let bytes = std::fs::read(&file).unwrap();
            let reply = gateway.send_wishing(sender_of(&bytes), bytes, Some(accept)).await;
            if reply.status == 200 {
                let version = usize::from(text(&reply).contains("xmlstds/apprec/2012-02-15"));
                let receipt = folder.path().join(format!("{version}-{:03}.xml", files[version].len()));
                std::fs::write(&receipt, &reply.body).unwrap();
                files[version].push(receipt);
            } else {
                assert!(reply.status.is_client_error(), "{}: {}", file.display(), text(&reply));
                refused += 1;
            }
        }
        for ((version, _), files) in WISHES.iter().zip(&files) {
            assert!(!files.is_empty(), "nobody got AppRec {version}");
            let output = Command::new("xmllint")
                .args(["--nonet", "--noout", "--schema"])
                .arg(shared.join(format!("standards/xsd/apprec-v{version}.xsd")))
                .args(files)
                .output()
                .expect("xmllint is installed (Debian: apt-get install libxml2-utils)");
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        }
        let count = files.iter().map(Vec::len).sum::<usize>();
        assert!(count >= 50 && refused >= 5, "{count} receipts, {refused} refused");
        for (kind, subject) in gateway.open_alarms().await {
            assert_eq!(kind, "unroutable");
            gateway.ends_with_alarm(&kind, &subject);
        }
        gateway.close().await;
    }
}

fn corpus_files(here: &Path) -> Vec<PathBuf> {
    let folders = ["valid", "invalid", "bugs"].map(|it| here.join("tests/corpus").join(it));
    let entries = folders.iter().flat_map(|it| std::fs::read_dir(it).unwrap());
    let mut files: Vec<_> =
        entries.map(|it| it.unwrap().path()).filter(|it| it.extension().is_some_and(|it| it == "xml")).collect();
    files.sort();
    files
}

/// By the HER-id of the school, in whatever encoding.
fn sender_of(bytes: &[u8]) -> &'static str {
    let plain: Vec<u8> = bytes.iter().copied().filter(|it| *it != 0).collect();
    if String::from_utf8_lossy(&plain).contains("<Id>80002</Id>") { "school" } else { "hospital" }
}
