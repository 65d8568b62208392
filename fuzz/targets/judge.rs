//! The whole heart on any bytes: a judgement always, the same one twice, every promise about findings kept, and an answer
//! that can be read.
#![no_main]

use bytes::Bytes;
use libfuzzer_sys::fuzz_mutator;
use libfuzzer_sys::fuzz_target;
use meldeport::app;
use meldeport::domain::AppRecVersion;
use meldeport::domain::Arrival;
use meldeport::domain::Channel;
use meldeport::domain::Decision;
use meldeport::domain::Judgement;
use meldeport::domain::OrgNumber;
use meldeport::domain::Peer;
use meldeport::domain::ReceiptId;
use meldeport::domain::Rulebook;
use meldeport::domain::Severity;
use meldeport::domain::Share;
use meldeport::domain::Timestamp;
use meldeport::domain::Verdict;
use meldeport::judge;
use meldeport::receipt;
use meldeport::routing::Directory;
use meldeport::trial;
use meldeport::wire::apprec;
use roxmltree::Document;
use std::sync::LazyLock;

static DIRECTORY: LazyLock<Directory> = LazyLock::new(app::example_directory);
static RULEBOOK: LazyLock<Rulebook> = LazyLock::new(app::example_rulebook);

fuzz_target!(|data: &[u8]| {
    let arrival = arrival(data);

    let judgement = judge::judge(&arrival, &RULEBOOK, &DIRECTORY);

    assert!(judgement.findings().is_sorted_by_key(|it| it.place.as_ref().map(|it| (it.line, it.column))));
    match &judgement {
        Judgement::Refusal(refusal) => assert!(!refusal.findings.is_empty(), "a refusal has its reason"),
        Judgement::Verdict(verdict) => check_verdict(verdict, &arrival),
    }
    let again = judge::judge(&arrival, &RULEBOOK, &DIRECTORY);
    assert_eq!(again.findings(), judgement.findings(), "the same bytes give the same judgement");
});

fn arrival(data: &[u8]) -> Arrival {
    // The hospital sends, or the school when its HER-id stands in the message.
    let is_school = data.windows(5).any(|it| it == b"80002");
    let organisation = if is_school { trial::SCHOOL } else { trial::HOSPITAL };
    Arrival {
        peer: Peer {
            organisation: OrgNumber::parse(organisation).expect("the made-up numbers hold"),
            sub_unit: None,
            certificate_sha256: [0; 32],
            certificate_ends: Timestamp(i64::MAX),
        },
        channel: Channel::File,
        // The corpus is of October 2026.
        received_at: Timestamp::from_jiff("2026-10-21T10:00:00Z".parse().expect("this is a moment")),
        bytes: Bytes::copy_from_slice(data),
        charset: None,
    }
}

fn check_verdict(verdict: &Verdict, arrival: &Arrival) {
    assert!(verdict.findings.len() <= RULEBOOK.limits.findings_max);
    let errors = verdict.errors().count();
    match &verdict.decision {
        Decision::Accepted { report, route } => {
            assert_eq!(errors, 0, "what is accepted has no error");
            assert!(route.targets.iter().any(|it| it.share == Share::Content), "what is accepted is read by somebody");
            assert!(!route.steps.is_empty(), "a route has its reason");
            let again = judge::reopen(arrival, &RULEBOOK, |_, it| it.report).flatten();
            assert_eq!(again.as_ref(), Some(report), "staff are shown what was judged");
        }
        Decision::Rejected => assert!(errors > 0 || verdict.findings_left_out > 0, "what is rejected has its reason"),
    }
    for finding in &verdict.findings {
        let place = finding.place.as_ref().expect("a finding about a message has its place");
        assert!(place.line >= 1 && place.column >= 1 && place.xpath.starts_with('/'), "{place:?}");
        assert!(finding.severity <= Severity::Error);
        let text = finding.text();
        for said in [&text.nb, &text.nn, &text.en] {
            assert!(!said.is_empty());
        }
    }
    for version in [AppRecVersion::V1_0, AppRecVersion::V1_1] {
        let id: ReceiptId = "01890000-0000-7000-8000-000000000000".parse().expect("this is a UUID");
        let written = apprec::write(&receipt::compose(verdict, id, arrival.received_at, version));
        let written = String::from_utf8(written).expect("an AppRec is UTF-8");
        let tree = Document::parse(&written).expect("an AppRec is well-formed");
        let read = apprec::read(&tree).expect("an AppRec can be read");
        assert_eq!(read.original_id, verdict.head.message_id, "the sender's id is echoed letter by letter");
    }
}

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    meldeport_fuzz::mutate_xml(data, size, max_size, seed)
});
