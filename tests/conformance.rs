//! The conformance kit as vendors meet it: a process of its own, a sending system over TLS, and the report.

use bytes::Bytes;
use meldeport::clock::Clock;
use meldeport::clock::SystemClock;
use meldeport::conformance::Case;
use meldeport::trial::Reply;
use meldeport::trial::SendingSystem;
use meldeport::trial::freshen;
use serde_json::Value;
use std::io::BufRead;
use std::io::BufReader;
use std::net::SocketAddr;
use std::path::Path;
use std::path::PathBuf;
use std::process::Child;
use std::process::Command;
use std::process::Output;
use std::process::Stdio;
use std::time::Duration;
use uuid::Uuid;

fn meldeport(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_meldeport")).args(arguments).env_remove("MELDEPORT_CONFIG").output().unwrap()
}

/// The kit, running.
struct Kit {
    process: Child,
    folder: PathBuf,
    receiver: SocketAddr,
    page: String,
}

impl Kit {
    fn start(folder: &Path) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_meldeport"))
            .args(["conformance", "serve", "--listen", "127.0.0.1:0", "--page", "127.0.0.1:0"])
            .args(["--retry-after", "1", "--slow", "2", "--var"])
            .arg(folder)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut said = BufReader::new(process.stdout.take().unwrap()).lines();
        let mut next = |name: &str| {
            let line = said.next().unwrap().unwrap();
            line.strip_prefix(name).unwrap_or_else(|| panic!("{line}")).trim().to_owned()
        };
        let receiver = next("receiver");
        let page = next("report");
        let receiver = receiver.strip_prefix("https://").unwrap().strip_suffix("/messages").unwrap().parse().unwrap();
        Self { process, folder: folder.to_owned(), receiver, page }
    }

    fn system(&self, holder: &str) -> SendingSystem {
        let file = |end: &str| self.folder.join("world/certificates").join(format!("{holder}.{end}"));
        let authority = self.folder.join("world/certificates/authority.pem");
        SendingSystem::new(self.receiver, &authority, &file("pem"), &file("key")).unwrap()
    }

    fn var(&self) -> &str {
        self.folder.to_str().unwrap()
    }

    fn report(&self) -> (Option<i32>, Value) {
        let output = meldeport(&["conformance", "report", "--json", "--var", self.var()]);
        (output.status.code(), serde_json::from_slice(&output.stdout).unwrap())
    }

    async fn page(&self, path: &str) -> String {
        let url = format!("{}{path}", self.page.trim_end_matches('/'));
        reqwest::get(url).await.unwrap().error_for_status().unwrap().text().await.unwrap()
    }
}

impl Drop for Kit {
    fn drop(&mut self) {
        // It is ours; a test that has failed already has more to say than this.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// What a sending system does when no answer comes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Manner {
    SendsAgain,
    GivesUp,
}

/// Sends until there is an answer.
async fn deliver(system: &mut SendingSystem, message: &str, manner: Manner) -> Option<Reply> {
    let message = Bytes::from(message.to_owned());
    for _ in 0..4 {
        match system.post("/messages", message.clone(), None).await {
            Ok(reply) if reply.status == 503 => {
                let wait = reply.headers["retry-after"].to_str().unwrap().parse().unwrap();
                tokio::time::sleep(Duration::from_secs(wait)).await;
            }
            Ok(reply) => return Some(reply),
            Err(_) if manner == Manner::GivesUp => return None,
            Err(_) => {}
        }
    }
    panic!("no answer came after four attempts");
}

fn fresh(message: &str) -> String {
    freshen(message, SystemClock.now(), Uuid::now_v7())
}

fn id(message: &str) -> String {
    message.split("<MsgId>").nth(1).unwrap().split('<').next().unwrap().to_owned()
}

fn case(report: &Value, number: u8) -> &Value {
    report["cases"].as_array().unwrap().iter().find(|it| it["number"] == number).unwrap()
}

fn missing(report: &Value) -> Vec<String> {
    let cases = report["cases"].as_array().unwrap().iter().filter(|it| it["done"] == false);
    cases.map(|it| format!("{}: {}", it["name"], it["why"]["en"])).collect()
}

#[tokio::test]
async fn a_complete_sender_has_done_every_case_and_the_report_survives_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let kit = Kit::start(folder.path());
    assert_eq!(kit.report().0, Some(1), "nothing has come");
    let mut hospital = kit.system("hospital");

    // Every case that is done by a message of its own; the faults happen on the way.
    let first = fresh(Case::Accepted.example().unwrap());
    let reply = deliver(&mut hospital, &first, Manner::SendsAgain).await.unwrap();
    assert_eq!(reply.status, 200);
    let mut school = kit.system("school");
    for case in Case::ALL.iter().filter(|it| **it != Case::Accepted) {
        let system = match case {
            Case::ChildCoordinator | Case::Question => &mut school,
            _ => &mut hospital,
        };
        if let Some(message) = case.example() {
            let reply = deliver(system, &fresh(message), Manner::SendsAgain).await.unwrap();
            assert_eq!(reply.status, 200, "{case:?}");
        }
    }
    let need = Case::Need.example().unwrap();
    for (old, new) in [
        ("<Ack V=\"J\" DN=\"Ja\"/>", "<Ack V=\"N\" DN=\"Nei\"/>"),
        ("<Ack V=\"J\" DN=\"Ja\"/>", "<Ack V=\"F\" DN=\"Kun ved feil\"/>"),
        ("<Meldingstype>BEHOV<", "<Meldingstype>ANSVARSGRUPPE<"),
    ] {
        assert!(need.contains(old), "{old}");
        deliver(&mut hospital, &fresh(&need.replace(old, new)), Manner::SendsAgain).await.unwrap();
    }

    // What has no message of its own.
    deliver(&mut hospital, &first, Manner::SendsAgain).await.unwrap();
    assert_eq!(hospital.get(&format!("/receipts/{}", id(&first))).await.unwrap().body, reply.body);
    let rehearsal = hospital.post("/messages?dry-run", first.clone().into(), None).await.unwrap();
    assert_eq!(rehearsal.status, 200);
    let changed = first.replace("</MsgHead>", " </MsgHead>");
    assert_eq!(hospital.post("/messages", changed.into(), None).await.unwrap().status, 409);
    let mut renewed = kit.system("hospital-renewed");
    deliver(&mut renewed, &fresh(Case::OwnRenewed.example().unwrap()), Manner::SendsAgain).await.unwrap();

    let (exit, report) = kit.report();
    assert_eq!((exit, report["complete"].as_bool()), (Some(1), Some(false)));
    assert_eq!(missing(&report).len(), 1, "{:#?}", missing(&report));
    assert_eq!(case(&report, 4)["done"], false, "only a person can say what is on a screen");

    assert_eq!(meldeport(&["conformance", "confirm", "4", "--var", kit.var()]).status.code(), Some(0));
    let (exit, report) = kit.report();
    assert_eq!((exit, report["complete"].as_bool()), (Some(0), Some(true)));
    assert_eq!(report["voluntary"]["done"], report["voluntary"]["of"]);
    let page = kit.page("/?lang=en").await;
    assert!(page.contains("All obligatory cases are done.") && page.contains("<html lang=\"en\">"), "{page}");
    assert!(!page.contains("<script") && !page.contains("Prøvesen"));
    assert!(kit.page("/").await.contains("Alle obligatoriske tilfeller er gjort."));
    assert_eq!(serde_json::from_str::<Value>(&kit.page("/report.json").await).unwrap()["complete"], true);

    drop(kit);
    let kit = Kit::start(folder.path());
    assert_eq!(kit.report().0, Some(0));
    let again = deliver(&mut kit.system("hospital"), &first, Manner::SendsAgain).await.unwrap();
    assert_eq!(again.body, reply.body, "the same world, the same certificates, the same receipt");
    let kept = std::fs::read_to_string(folder.path().join("seen.jsonl")).unwrap();
    for personal in ["Prøvesen", "12835401802", "Ragna"] {
        assert!(!kept.contains(personal), "{personal} is kept");
    }
}

#[tokio::test]
async fn a_sender_that_gives_up_after_the_cut_is_told_so() {
    let folder = tempfile::tempdir().unwrap();
    let kit = Kit::start(folder.path());
    let mut hospital = kit.system("hospital");
    let mut lost = None;
    for file in [Case::Accepted, Case::Busy, Case::Slow, Case::Cut] {
        let message = fresh(file.example().unwrap());
        if deliver(&mut hospital, &message, Manner::GivesUp).await.is_none() {
            assert!(lost.replace(id(&message)).is_none(), "only one line is cut");
        }
    }

    let (exit, report) = kit.report();

    assert_eq!(exit, Some(1));
    for number in [1, 7, 8] {
        assert_eq!(case(&report, number)["done"], true, "{:#?}", case(&report, number));
    }
    let cut = case(&report, 9);
    assert_eq!((cut["done"].as_bool(), cut["message_id"].as_str()), (Some(false), lost.as_deref()));
    let why = cut["why"]["en"].as_str().unwrap();
    assert!(why.contains("has not come again") && why.contains("SAME MsgId"), "{why}");
    let page = kit.page("/").await;
    assert!(page.contains("den SAMME MsgId") && page.contains("Mangler"), "{page}");
    let said = meldeport(&["conformance", "report", "--var", kit.var()]);
    assert!(String::from_utf8_lossy(&said.stdout).contains("✗  9"), "{}", String::from_utf8_lossy(&said.stdout));
}
