use super::ERRORS_MAX;
use super::compose;
use super::status_of;
use crate::domain::AckWish;
use crate::domain::AppRecCode;
use crate::domain::AppRecStatus;
use crate::domain::AppRecVersion;
use crate::domain::Code;
use crate::domain::Coded;
use crate::domain::Decision;
use crate::domain::Finding;
use crate::domain::Generated;
use crate::domain::Head;
use crate::domain::Ident;
use crate::domain::LevelKind;
use crate::domain::MunicipalityNumber;
use crate::domain::Party;
use crate::domain::PartyLevel;
use crate::domain::Place;
use crate::domain::ProcessingStatus;
use crate::domain::ReceiptId;
use crate::domain::Route;
use crate::domain::RouteTarget;
use crate::domain::Severity;
use crate::domain::Share;
use crate::domain::Text;
use crate::domain::Timestamp;
use crate::domain::UnitId;
use crate::domain::Verdict;
use crate::domain::testing::smallest_report;
use uuid::Uuid;

#[test]
fn a_rejection_tells_each_error_in_document_order() {
    let verdict = rejected(vec![
        finding(Code::ReceiverUnknown, 17),
        Finding { severity: Severity::Warning, ..finding(a_code(), 18) },
        finding(a_code(), 40),
    ]);

    let (status, errors) = status_of(&verdict);

    assert_eq!(status, AppRecStatus::Rejected);
    assert_eq!(errors.len(), 2);
    assert_eq!(errors[0].apprec, AppRecCode::E21);
    assert_eq!(errors[1].apprec, a_code().entry().apprec.unwrap());
    assert!(errors[0].other_text.starts_with("MP-"), "{}", errors[0].other_text);
    assert!(
        errors[0].other_text.ends_with(" | /MsgHead/MsgInfo/Patient/Ident[2]/Id, linje 17"),
        "{}",
        errors[0].other_text
    );
    assert!(errors[1].other_text.ends_with(", linje 40"));
}

#[test]
fn a_code_without_an_apprec_code_is_told_as_another_fault() {
    let code = Code::ALL.iter().copied().find(|it| it.entry().apprec.is_none()).unwrap();

    let (_, errors) = status_of(&rejected(vec![Finding { severity: Severity::Error, ..Finding::new(code, None) }]));

    assert_eq!(errors[0].apprec, AppRecCode::X99);
    assert_eq!(errors[0].other_text, format!("{} | {}", code.id(), code.text().nb));
}

#[test]
fn what_was_expected_is_told_with_what_is_wrong() {
    let expected = Text::of("Forventet to nivåer.", "Venta to nivå.", "Two levels were expected.");
    let (_, errors) = status_of(&rejected(vec![finding(a_code(), 1).expecting(expected)]));

    assert!(errors[0].other_text.contains("Forventet to nivåer. | /MsgHead"));
}

#[test]
fn a_long_list_ends_with_how_many_more_there_are() {
    let mut verdict = rejected((0..80).map(|it| finding(a_code(), it)).collect());
    verdict.findings_left_out = 7;

    let (_, errors) = status_of(&verdict);

    assert_eq!(errors.len(), ERRORS_MAX);
    assert_eq!(errors.last().unwrap().other_text, "og 38 til");
}

#[test]
fn a_list_that_just_fits_is_told_whole() {
    let (_, errors) = status_of(&rejected((0..50).map(|it| finding(a_code(), it)).collect()));

    assert_eq!(errors.len(), ERRORS_MAX);
    assert!(errors.iter().all(|it| it.other_text.starts_with("MP-")));
}

#[test]
fn a_long_path_keeps_its_end() {
    let mut long = finding(a_code(), 3);
    long.place = Some(Place { line: 3, column: 1, xpath: format!("{}/Id", "/Blåbærsyltetøy".repeat(1000)) });

    let (_, errors) = status_of(&rejected(vec![long]));

    assert!(errors[0].other_text.ends_with("/Id, linje 3"));
    assert!(errors[0].other_text.contains(" | …"));
    assert!(errors[0].other_text.chars().count() < 600);
}

#[test]
fn the_parties_change_places_with_their_levels_and_the_original_is_echoed() {
    let verdict = rejected(vec![finding(a_code(), 1)]);
    let id = ReceiptId(Uuid::from_u128(7));

    let receipt = compose(&verdict, id, Timestamp(5), AppRecVersion::V1_0);

    assert_eq!(receipt.sender, verdict.head.receiver);
    assert_eq!(receipt.receiver, verdict.head.sender);
    assert_eq!(receipt.receiver.levels.len(), 2);
    assert_eq!(receipt.original.id, " 6BA7-ikke-en-guid ");
    assert_eq!(receipt.original.issue_date, "2026-11-21T10:00:00");
    assert_eq!(receipt.original.message_type.code.as_deref(), Some("BEHOVSMELDING"));
    assert_eq!((receipt.id, receipt.generated_at, receipt.version), (id, Timestamp(5), AppRecVersion::V1_0));
}

#[test]
fn a_time_that_is_no_time_is_not_echoed() {
    let mut verdict = rejected(vec![finding(a_code(), 1)]);
    verdict.head.generated = Generated { verbatim: "i går".to_owned(), at: None };

    let receipt = compose(&verdict, ReceiptId(Uuid::from_u128(7)), Timestamp(5), AppRecVersion::V1_1);

    assert_eq!(receipt.original.issue_date, "1970-01-01T00:00:00.000005Z");
}

#[test]
fn an_accepted_message_without_remarks_has_no_errors() {
    let info = Finding { severity: Severity::Info, ..finding(a_code(), 4) };

    assert_eq!(status_of(&accepted(vec![info])), (AppRecStatus::Ok, Vec::new()));
}

#[test]
fn a_remark_is_told_in_a_positive_receipt_and_called_a_remark() {
    let (status, errors) = status_of(&accepted(vec![
        Finding { severity: Severity::Warning, ..finding(Code::ReceiverUnknown, 12) },
        Finding { severity: Severity::Info, ..finding(a_code(), 13) },
    ]));

    assert_eq!(status, AppRecStatus::Ok);
    assert_eq!(errors.len(), 1);
    assert_eq!(errors[0].apprec, AppRecCode::X99);
    assert!(errors[0].other_text.starts_with("Merknad MP-"), "{}", errors[0].other_text);
    assert!(errors[0].other_text.ends_with("linje 12"));
}

/// A code of the sender's that rejects.
fn a_code() -> Code {
    Code::MessageTypeUnsupported
}

fn finding(code: Code, line: u32) -> Finding {
    Finding::new(code, Some(Place { line, column: 1, xpath: "/MsgHead/MsgInfo/Patient/Ident[2]/Id".to_owned() }))
}

fn rejected(findings: Vec<Finding>) -> Verdict {
    Verdict {
        head: head(),
        attachments: Vec::new(),
        decision: Decision::Rejected,
        findings,
        findings_left_out: 0,
        would_pass_with: Vec::new(),
    }
}

fn accepted(findings: Vec<Finding>) -> Verdict {
    let municipality = MunicipalityNumber::parse("4211").unwrap();
    let unit = UnitId("gjerstad-tjenestekontor".to_owned());
    let route = Route {
        municipality: Some(municipality.clone()),
        targets: vec![RouteTarget { unit, share: Share::Content }],
        steps: Vec::new(),
        alarm: None,
    };
    let decision = Decision::Accepted { report: smallest_report(municipality).into(), route };
    Verdict { decision, ..rejected(findings) }
}

fn head() -> Head {
    let level = |name: &str, her_id: &str| PartyLevel {
        kind: LevelKind::Organisation,
        name: name.to_owned(),
        idents: vec![Ident { id: her_id.to_owned(), kind: Coded { code: Some("HER".to_owned()), ..Coded::default() } }],
    };
    Head {
        message_type: Coded { code: Some("BEHOVSMELDING".to_owned()), ..Coded::default() },
        migversion: "v1.2 2006-05-24".to_owned(),
        generated: Generated { verbatim: "2026-11-21T10:00:00".to_owned(), at: Some(Timestamp(1)) },
        message_id: " 6BA7-ikke-en-guid ".to_owned(),
        processing: ProcessingStatus::Production,
        priority: None,
        ack: AckWish::Always,
        conversation: None,
        sender: Party { levels: vec![level("Eksempel sykehus HF", "9001"), level("Medisinsk avdeling", "9002")] },
        receiver: Party { levels: vec![level("Gjerstad kommune", "9101"), level("Koordinerende enhet", "9102")] },
        other_receivers: Vec::new(),
        addressed_as: Default::default(),
        patient: None,
    }
}
