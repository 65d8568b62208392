//! Every message of the corpus is judged, and what is said of it is a snapshot.

use bytes::Bytes;
use meldeport::app;
use meldeport::domain::AckWish;
use meldeport::domain::AppRecStatus;
use meldeport::domain::AppRecVersion;
use meldeport::domain::Arrival;
use meldeport::domain::Channel;
use meldeport::domain::Code;
use meldeport::domain::Decision;
use meldeport::domain::Deviation;
use meldeport::domain::Environment;
use meldeport::domain::Grant;
use meldeport::domain::HerId;
use meldeport::domain::Judgement;
use meldeport::domain::MESSAGE_ID_BYTES_MAX;
use meldeport::domain::OrgNumber;
use meldeport::domain::Peer;
use meldeport::domain::ReceiptError;
use meldeport::domain::ReceiptId;
use meldeport::domain::Rulebook;
use meldeport::domain::Severity;
use meldeport::domain::Share;
use meldeport::domain::Timestamp;
use meldeport::domain::Tolerance;
use meldeport::judge;
use meldeport::judge::Reopened;
use meldeport::receipt;
use meldeport::routing::Directory;
use meldeport::wire;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::path::PathBuf;
use std::sync::LazyLock;
use std::time::Duration;
use uuid::Uuid;

/// When a message that does not say when it was made counts as having come.
const NOW: &str = "2026-10-18T20:00:00Z";

static DIRECTORY: LazyLock<Directory> = LazyLock::new(app::example_directory);

/// As in production, but with the corpus's made-up persons.
static RULEBOOK: LazyLock<Rulebook> =
    LazyLock::new(|| Rulebook { environment: Environment::Production, ..app::example_rulebook() });

fn corpus(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus").join(folder);
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|it| it.unwrap().path())
        .filter(|it| it.extension().is_some_and(|it| it == "xml"))
        .collect();
    files.sort();
    files
}

/// Judged as if it came an hour after it was made, with the certificate of the organisation whose HER-id it names.
fn judged(file: &Path) -> Judgement {
    judged_by(file, &RULEBOOK)
}

fn judged_by(file: &Path, rulebook: &Rulebook) -> Judgement {
    judge::judge(&arrival(file), rulebook, &DIRECTORY)
}

fn reopened(file: &Path) -> Reopened {
    judge::reopen(&arrival(file), &RULEBOOK, |_, it| it).unwrap()
}

/// Every sender has leave to make these for a long time.
fn tolerating(deviations: &[Deviation]) -> Rulebook {
    let until = jiff::civil::date(2099, 12, 31);
    let grant = |it: &Deviation| Grant { deviation: *it, until, because: "a test".to_owned() };
    let mut rulebook = RULEBOOK.clone();
    for sender in &mut rulebook.senders {
        sender.tolerated = deviations.iter().map(grant).collect();
    }
    rulebook
}

fn arrival(file: &Path) -> Arrival {
    let mut arrival = Arrival {
        peer: Peer {
            organisation: OrgNumber::parse(meldeport::trial::HOSPITAL).unwrap(),
            sub_unit: None,
            certificate_sha256: [0; 32],
            certificate_ends: Timestamp(i64::MAX),
        },
        channel: Channel::File,
        received_at: Timestamp::from_jiff(NOW.parse().unwrap()),
        bytes: Bytes::from(fs::read(file).unwrap()),
        charset: None,
    };
    let head = judge::head(&arrival, &RULEBOOK);
    // When it came is what these two are about.
    let name = file.file_name().unwrap().to_string_lossy();
    let is_about_time = name.starts_with("MP-232") || name.starts_with("MP-233");
    if let Some(made) = head.as_ref().and_then(|it| it.generated.at).filter(|_| !is_about_time) {
        arrival.received_at = made.plus(Duration::from_hours(1));
    }
    let is_school = head
        .as_ref()
        .and_then(|it| it.sender.organisation())
        .and_then(|it| it.her_id())
        .is_some_and(|it| it.0 == 80002);
    if is_school {
        arrival.peer.organisation = OrgNumber::parse(meldeport::trial::SCHOOL).unwrap();
    }
    arrival
}

fn corpus_file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus").join(name)
}

fn said(judgement: &Judgement) -> String {
    let mut said = String::new();
    match judgement {
        Judgement::Refusal(_) => said.push_str("refused\n"),
        Judgement::Verdict(verdict) => match &verdict.decision {
            Decision::Accepted { route, report } => {
                let units: Vec<_> = route
                    .targets
                    .iter()
                    .map(|it| match it.share {
                        Share::Content => it.unit.to_string(),
                        Share::Awareness => format!("{} (awareness)", it.unit),
                    })
                    .collect();
                writeln!(said, "accepted → {}", units.join(", ")).unwrap();
                if let Some(it) = report.classification() {
                    let needs: Vec<_> = it.needs.iter().map(|it| it.code()).collect();
                    writeln!(said, "{} [{}]: {}", it.class().code(), needs.join(", "), it.why().nb).unwrap();
                }
            }
            Decision::Rejected => said.push_str("rejected\n"),
        },
    }
    for finding in judgement.findings() {
        let place =
            finding.place.as_ref().map(|it| format!("{}:{} {}", it.line, it.column, it.xpath)).unwrap_or_default();
        writeln!(said, "{} {} {place}\n    {}", finding.severity.label(), finding.code.id(), finding.text().nb)
            .unwrap();
    }
    said
}

/// A longer one could not be kept on PostgreSQL, and its sender would be told to come back for ever.
#[test]
fn an_id_that_no_database_can_find_is_refused_and_not_only_rejected() {
    let file = corpus_file("invalid/MP-212-long-message-id.xml");
    let text = fs::read_to_string(&file).unwrap();
    let (start, end) = (text.find("<MsgId>").unwrap() + "<MsgId>".len(), text.find("</MsgId>").unwrap());
    let with_id = |length: usize| {
        let bytes = Bytes::from(format!("{}{}{}", &text[..start], "x".repeat(length), &text[end..]));
        judge::judge(&Arrival { bytes, ..arrival(&file) }, &RULEBOOK, &DIRECTORY)
    };

    assert!(matches!(with_id(MESSAGE_ID_BYTES_MAX), Judgement::Verdict(_)));
    let Judgement::Refusal(refusal) = with_id(MESSAGE_ID_BYTES_MAX + 1) else { panic!("not refused") };
    assert_eq!((refusal.findings[0].code, refusal.sender_message_id), (Code::MessageIdTooLong, None));
}

#[test]
fn every_valid_message_is_accepted_and_what_is_said_of_it_stays() {
    let mut all = String::new();
    let mut rejected = Vec::new();
    for file in corpus("valid").into_iter().chain(corpus("remarked")) {
        let judgement = judged(&file);
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let is_accepted = matches!(&judgement, Judgement::Verdict(it) if it.is_accepted());
        if !is_accepted {
            rejected.push(name.clone());
        }
        write!(all, "── {name}\n{}\n", said(&judgement)).unwrap();
    }
    assert!(rejected.is_empty(), "{rejected:?}\n{all}");
    insta::assert_snapshot!("valid", all);
}

#[test]
fn every_faulty_message_is_told_what_is_wrong_and_that_stays() {
    let mut all = String::new();
    let mut accepted = Vec::new();
    for file in corpus("invalid") {
        let judgement = judged(&file);
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let is_wrong = judgement.findings().iter().any(|it| it.severity == Severity::Error);
        if !is_wrong {
            accepted.push(name.clone());
        }
        write!(all, "── {name}\n{}\n", said(&judgement)).unwrap();
    }
    assert!(accepted.is_empty(), "{accepted:?}\n{all}");
    insta::assert_snapshot!("invalid", all);
}

#[test]
fn every_remark_is_told_of_a_message_that_passes_and_that_stays() {
    let mut all = String::new();
    for file in corpus("remarks") {
        let judgement = judged(&file);
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        assert!(matches!(&judgement, Judgement::Verdict(it) if it.is_accepted()), "{name}: {}", said(&judgement));
        write!(all, "── {name}\n{}\n", said(&judgement)).unwrap();
    }
    insta::assert_snapshot!("remarks", all);
}

/// Most faults have a message that is made for them, and named after their code.
#[test]
fn a_message_named_after_a_code_is_told_that_code() {
    let mut codes = BTreeSet::new();
    for file in corpus("invalid").into_iter().chain(corpus("remarks")) {
        let name = file.file_name().unwrap().to_str().unwrap().to_owned();
        let Some(code) = name.get(..6).filter(|it| it.starts_with("MP-")).and_then(Code::from_id) else { continue };
        let judgement = judged(&file);
        let told: Vec<_> = judgement.findings().iter().map(|it| it.code.id()).collect();
        assert!(told.contains(&code.id()), "{name} is told {told:?}");
        codes.insert(code);
    }
    println!("{} codes have a message of their own", codes.len());
    assert!(codes.len() >= 80, "{} codes have a message of their own", codes.len());
}

/// Ten faults, ten findings, in the order in which a reader meets them; none only follows from another.
#[test]
fn ten_faults_are_ten_findings_in_document_order() {
    let file = corpus("invalid").into_iter().find(|it| it.ends_with("ten-faults.xml")).unwrap();

    let judgement = judged(&file);

    let findings = judgement.findings();
    let codes: Vec<_> = findings.iter().map(|it| it.code.id()).collect();
    let expected = ["MP-290", "MP-306", "MP-301", "MP-443", "MP-423", "MP-466", "MP-308", "MP-304", "MP-305", "MP-476"];
    assert_eq!(codes, expected);
    assert!(findings.is_sorted_by_key(|it| it.place.as_ref().map(|it| (it.line, it.column))));
}

/// Whoever misspells a name hears of the name, and not also that what it names is missing.
#[test]
fn a_misspelt_element_is_one_fault() {
    let file = corpus_file("valid/hospital-inpatient.xml");
    let text = fs::read_to_string(&file).unwrap();
    for (name, misspelt) in
        [("Pasient", "Passient"), ("Navn", "Nvan"), ("Samtykke", "Samtyke"), ("Fodselsdato", "Fodselsdat")]
    {
        let wrong = text.replacen(&format!("<{name}>"), &format!("<{misspelt}>"), 1).replacen(
            &format!("</{name}>"),
            &format!("</{misspelt}>"),
            1,
        );

        let judgement = judge::judge(&Arrival { bytes: Bytes::from(wrong), ..arrival(&file) }, &RULEBOOK, &DIRECTORY);

        let codes: Vec<_> = judgement.findings().iter().map(|it| it.code).collect();
        assert!(codes.contains(&Code::SchemaElementUnexpected), "{misspelt}: {codes:?}");
        let about_missing =
            [Code::PatientMissing, Code::PatientNameMissing, Code::ConsentMissing, Code::BirthDateMissing];
        assert!(!codes.iter().any(|it| about_missing.contains(it)), "{misspelt}: {codes:?}");
    }
}

/// The privacy rule of the findings: what stands in a message never stands in what is said of it.
#[test]
fn no_finding_holds_a_value_from_the_message() {
    let personal = ["Prøvesen", "Testdal", "12835401802", "12835401803", "04861751843", "Ragna", "99 00 01"];
    for file in corpus("valid").into_iter().chain(corpus("remarked")).chain(corpus("invalid")) {
        let judgement = judged(&file);
        for finding in judgement.findings() {
            let text = finding.text();
            for said in [&text.nb, &text.nn, &text.en] {
                for value in personal {
                    assert!(!said.contains(value), "{}: {} says «{value}»", file.display(), finding.code.id());
                }
            }
        }
    }
}

/// A sender that is rejected can always see why.
#[test]
fn a_message_is_rejected_exactly_when_an_error_is_told() {
    for file in
        corpus("valid").into_iter().chain(corpus("remarked")).chain(corpus("invalid")).chain(corpus("everything"))
    {
        if let Judgement::Verdict(verdict) = judged(&file) {
            assert_eq!(verdict.is_accepted(), verdict.errors().next().is_none(), "{}", file.display());
        }
    }
}

#[test]
fn judging_twice_says_the_same() {
    for file in corpus("valid").into_iter().chain(corpus("remarked")).chain(corpus("invalid")) {
        assert_eq!(said(&judged(&file)), said(&judged(&file)), "{}", file.display());
    }
}

/// Each file in `deviating` is named after the small deviation that it makes, and has no other fault.
#[test]
fn a_deviation_is_rejected_without_leave_and_a_remark_with_it() {
    let files = corpus("deviating");
    assert_eq!(files.len(), Deviation::ALL.len());
    for file in files {
        let deviation = Deviation::from_key(file.file_stem().unwrap().to_str().unwrap()).unwrap();

        let Judgement::Verdict(strict) = judged(&file) else { panic!("{}", file.display()) };
        let errors: Vec<_> = strict.errors().map(|it| it.tolerance).collect();
        assert!(!strict.is_accepted() && !errors.is_empty(), "{}", file.display());
        assert!(errors.iter().all(|it| *it == Some(Tolerance::Possible(deviation))), "{}: {errors:?}", file.display());
        assert_eq!(strict.would_pass_with, [deviation], "{}", file.display());

        let Judgement::Verdict(granted) = judged_by(&file, &tolerating(&[deviation])) else { panic!() };
        assert!(granted.is_accepted(), "{}: {}", file.display(), said(&Judgement::Verdict(granted)));
        let remarks: Vec<_> = granted.remarks().filter_map(|it| it.tolerance?.granted()).collect();
        assert!(remarks.len() == errors.len() && remarks.iter().all(|it| *it == deviation), "{}", file.display());
        let receipt = meldeport::receipt::status_of(&granted);
        assert_eq!(receipt.0, AppRecStatus::Ok);
        let told =
            |it: &ReceiptError| it.other_text.starts_with("Merknad ") && it.other_text.contains("til og med 2099-");
        assert!(receipt.1.iter().any(told), "{}: {:?}", file.display(), receipt.1);

        let others: Vec<_> = Deviation::ALL.into_iter().filter(|it| *it != deviation).collect();
        let Judgement::Verdict(others) = judged_by(&file, &tolerating(&others)) else { panic!() };
        assert!(!others.is_accepted(), "{} passes with the leave of others", file.display());
    }
}

/// A message with a deviation reads as the message that it should have been.
#[test]
fn what_deviates_is_read_as_what_was_meant() {
    let base = corpus("valid").into_iter().find(|it| it.ends_with("dialog-note-plain.xml")).unwrap();
    let meant = reopened(&base);
    for file in corpus("deviating") {
        let mut read = reopened(&file);
        let name = file.file_stem().unwrap().to_str().unwrap();
        let deviation = Deviation::from_key(name).unwrap();
        match deviation {
            Deviation::ConversationOrder | Deviation::HeaderOrder => {
                let conversation = read.head.conversation.take().unwrap();
                assert!(conversation.parent.ends_with("0ff") && conversation.conversation.ends_with("0fe"), "{name}");
            }
            Deviation::SenderOneLevel => read.head.sender = meant.head.sender.clone(),
            Deviation::DateDigits => {
                let born = |it: &Reopened| it.report.as_ref().unwrap().patient().unwrap().date_of_birth.clone();
                assert_eq!(born(&read), born(&meant));
                read.head.patient.as_mut().unwrap().date_of_birth =
                    meant.head.patient.as_ref().unwrap().date_of_birth.clone();
            }
            Deviation::IdentTypeSwapped
            | Deviation::TelecomOrder
            | Deviation::RootAttribute
            | Deviation::SchemaLocation
            | Deviation::SignatureValues => {}
        }
        assert_eq!(read.head, meant.head, "{name}");
        // The kind and the number of a telephone are shown in the order in which they stand.
        assert!(read.report == meant.report || deviation == Deviation::TelecomOrder, "{name}");
    }
}

/// Each receiver answers for itself: the one who got a copy is the sender of the receipt.
#[test]
fn a_copy_is_answered_by_the_receiver_that_we_are() {
    let Judgement::Verdict(verdict) = judged(&corpus_file("valid/copy-to-us.xml")) else {
        panic!("it can be answered")
    };
    let receipt = receipt::compose(&verdict, ReceiptId(Uuid::nil()), Timestamp(0), AppRecVersion::V1_1);

    assert_eq!(verdict.head.receiver.her_id(), HerId::parse("999981"));
    assert_eq!(receipt.sender.her_id(), HerId::parse("900021"));
    assert_eq!(receipt.receiver.her_id(), HerId::parse("800011"));
}

/// Standards/FACTS.md a.5: each deviation is of the wild, and none of them is a fault.
#[test]
fn a_header_as_they_come_is_understood() {
    let Judgement::Verdict(verdict) = judged(&corpus_file("valid/head-in-the-wild.xml")) else {
        panic!("it can be answered")
    };
    let head = &verdict.head;

    assert_eq!(head.generated.at.unwrap().to_string(), "2026-10-25T00:30:00.000000Z", "the first of the two");
    assert_eq!(head.generated.verbatim, "2026-10-25T02:30:00");
    assert_eq!(head.ack, AckWish::OnFault);
    assert_eq!((head.receiver.levels.len(), head.addressee().her_id()), (1, HerId::parse("900021")));
    assert_eq!(head.conversation.as_ref().unwrap().conversation, "første-melding");
    assert!(verdict.is_accepted());
}

/// One file for each way in which a need can come, and the receipts that it gets. `INSTA_UPDATE=always` writes receipts.
#[test]
fn the_examples_for_those_who_build_are_accepted_and_get_these_receipts() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas/examples");
    let mut kinds = BTreeSet::new();
    let mut carriers = BTreeSet::new();
    for (name, receipt) in [
        ("behovsmelding-1.0.xml", Some(("apprec-1.1.xml", AppRecVersion::V1_1))),
        ("behovsmelding-1.0.xml", Some(("apprec-1.0.xml", AppRecVersion::V1_0))),
        ("helseopplysninger-plo-1.6.xml", Some(("apprec-1.1-with-remarks.xml", AppRecVersion::V1_1))),
        ("utskrivningsrapport-plo-1.5.xml", None),
        ("dialog-notat-1.0.xml", None),
        ("dialog-helsefaglig-1.1.xml", None),
        ("dialog-with-behovsmelding.xml", None),
        ("attachments.xml", None),
    ] {
        let Judgement::Verdict(verdict) = judged(&folder.join(name)) else { panic!("{name} is refused") };
        let Decision::Accepted { report, .. } = &verdict.decision else { panic!("{name} is rejected") };
        kinds.insert(verdict.head.message_type.code.clone().unwrap());
        carriers.insert((report.need().is_some(), report.dialogue().is_some(), report.care().is_some()));
        let Some((file, version)) = receipt else { continue };
        let id = ReceiptId(Uuid::from_u128(0xA0A0));
        let now = Timestamp::from_jiff("2026-10-19T10:00:02Z".parse().unwrap());
        let written = wire::apprec::write_indented(&receipt::compose(&verdict, id, now, version));
        if std::env::var_os("INSTA_UPDATE").is_some_and(|it| it == "always") {
            fs::write(folder.join(file), &written).unwrap();
        }
        assert_eq!(fs::read_to_string(folder.join(file)).unwrap_or_default(), written, "{file}");
    }
    assert_eq!(carriers.len(), 4, "by itself, beside a dialogue, a dialogue, a care message: {carriers:?}");
    assert!(kinds.len() >= 5, "{kinds:?}");
}

/// What other systems wrote is judged too. None of them is registered here, so none is accepted; and none may stop us;
/// `tests/schema.rs` holds what the schema says of them against xmllint.
#[test]
fn dialogue_messages_of_other_systems_are_judged_without_a_panic() {
    let shared = std::env::var_os("MELDEPORT_SHARED")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"), PathBuf::from);
    let mut judged_files = 0;
    for folder in ["dialogmelding-1.0", "dialogmelding-1.1", "msghead-other"] {
        let Ok(entries) = fs::read_dir(shared.join("standards/corpus").join(folder)) else { continue };
        for file in entries.map(|it| it.unwrap().path()).filter(|it| it.extension().is_some_and(|it| it == "xml")) {
            let judgement = judged(&file);
            let accepted = matches!(&judgement, Judgement::Verdict(it) if it.is_accepted());
            assert!(!accepted && !judgement.findings().is_empty(), "{}", file.display());
            judged_files += 1;
        }
    }
    println!("{judged_files} messages of other systems");
}
