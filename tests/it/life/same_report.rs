//! `?dry-run`, `meldeport judge` and the page «Sjekk en melding» say the same of every message.

use crate::support::TestGateway;
use meldeport::clock::Clock;
use regex::Regex;
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;

fn corpus() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let files = ["valid", "invalid"].map(|it| fs::read_dir(root.join(it)).unwrap());
    let mut files: Vec<_> = files.into_iter().flatten().map(|it| it.unwrap().path()).collect();
    files.retain(|it| it.extension().is_some_and(|it| it == "xml"));
    files.sort();
    files
}

/// As askama writes text into a page.
fn escaped(text: &str) -> String {
    ["&", "<", ">", "\"", "'"]
        .into_iter()
        .zip(["&#38;", "&#60;", "&#62;", "&#34;", "&#39;"])
        .fold(text.to_owned(), |text, (plain, escaped)| text.replace(plain, escaped))
}

/// An AppRec without what differs from one to the next.
fn without_own(xml: &Value) -> Value {
    let Some(xml) = xml.as_str() else { return Value::Null };
    let own = Regex::new(r"<Id>[0-9a-f-]{36}</Id>|<GenDate>[^<]*</GenDate>").unwrap();
    Value::from(own.replacen(xml, 2, "").into_owned())
}

fn nb(value: &Value) -> &Value {
    &value["nb"]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_three_ways_to_try_a_message_give_the_same_report_of_every_file_of_the_corpus() {
    let gateway = TestGateway::open_with(|config, _| config.inbox.checks_per_minute_max = 10_000).await;
    let files = corpus();
    assert!(files.len() > 60, "the corpus was found");
    let judged = Command::new(env!("CARGO_BIN_EXE_meldeport"))
        .args(["judge", "--json", "--at", &gateway.clock.now().to_string(), "--config"])
        .arg(gateway.world.config())
        .args(&files)
        .output()
        .unwrap();
    let judged: Vec<Value> =
        String::from_utf8(judged.stdout).unwrap().lines().map(|it| serde_json::from_str(it).unwrap()).collect();
    assert_eq!(judged.len(), files.len());
    let (mut hospital, mut school) = (gateway.system("hospital"), gateway.system("school"));

    for (file, judged) in files.iter().zip(&judged) {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let bytes = fs::read(file).unwrap();
        let is_school = String::from_utf8_lossy(&bytes).contains("<Id>80002</Id>");
        let system = if is_school { &mut school } else { &mut hospital };
        let reply = system.post("/messages?dry-run", bytes.clone().into(), None).await.unwrap();
        assert_eq!(reply.status, 200, "{name}");
        let rehearsed: Value = serde_json::from_slice(&reply.body).unwrap();
        let page = gateway.browser().check(&bytes).await;

        for key in ["verdict", "sender_message_id", "findings_left_out"] {
            assert_eq!(judged[key], rehearsed[key], "{name}: {key}");
        }
        let (of_judge, of_rehearsal) = (findings(judged), findings(&rehearsed));
        assert_eq!(of_judge.len(), of_rehearsal.len(), "{name}");
        assert_eq!(page.matches("<h3>").count(), of_judge.len(), "{name}");
        for (one, other) in of_judge.iter().zip(of_rehearsal) {
            for key in ["code", "severity", "apprec", "xpath", "line", "column", "schema", "masked"] {
                assert_eq!(one[key], other[key], "{name}: {key}");
            }
            assert_eq!(one["text"], *nb(&other["texts"]), "{name}");
            assert_eq!(one["expected"], *nb(&other["expected"]), "{name}");
            assert_eq!(one["mend"], *nb(&other["mend"]), "{name}");
            on_page(&page, one, &name);
        }
        let steps = |report: &Value| report["route"].as_array().unwrap().clone();
        assert_eq!(steps(judged).len(), steps(&rehearsed).len(), "{name}");
        for (one, other) in steps(judged).iter().zip(steps(&rehearsed)) {
            assert_eq!(
                (&one["rule"], &one["fitted"], &one["why"]),
                (&other["rule"], &other["fitted"], nb(&other["why"]))
            );
            if one["fitted"] == true {
                assert!(page.contains(&escaped(one["why"].as_str().unwrap())), "{name}: the route is on the page");
            }
        }
        let (of_judge, of_rehearsal) = (&judged["receipt"], &rehearsed["receipt"]);
        assert_eq!(of_judge["status"], of_rehearsal["status"], "{name}");
        assert_eq!(of_judge["errors"], of_rehearsal["errors"], "{name}");
        assert_eq!(without_own(&of_judge["xml"]), without_own(&of_rehearsal["xml"]), "{name}");
        assert_eq!(of_judge.is_null(), judged["verdict"] == "refused", "{name}");
        if let Some(status) = of_judge["status"].as_str() {
            assert!(page.contains(&escaped(&format!("<Status V=\"{status}\""))), "{name}: the receipt is on the page");
        }
    }
    gateway.close().await;
}

fn findings(report: &Value) -> Vec<Value> {
    report["findings"].as_array().unwrap().clone()
}

/// Text, place, line and how to mend it.
fn on_page(page: &str, finding: &Value, name: &str) {
    let mut wanted = vec![finding["code"].clone(), finding["mend"].clone(), finding["expected"].clone()];
    wanted.push(finding["schema"].clone());
    wanted.push(finding["xpath"].clone());
    wanted.extend(["before", "here", "after"].map(|it| finding["masked"][it].clone()));
    for text in wanted.iter().filter_map(Value::as_str).filter(|it| *it != "/") {
        assert!(page.contains(&escaped(text)), "{name}: {text} is not on the page");
    }
}
