//! What is written is read again by the readers beside it, holds against the published schemas, and is the same each time.

use super::Letterhead;
use super::Signature;
use super::answer;
use super::fault_report;
use super::question;
use super::transfer;
use crate::domain::AttachmentContent;
use crate::domain::Conversation;
use crate::domain::CoordinatingBody;
use crate::domain::DialogueVersion;
use crate::domain::FaultReason;
use crate::domain::Head;
use crate::domain::MessageLimits;
use crate::domain::OutboundId;
use crate::domain::Party;
use crate::domain::Redacted;
use crate::domain::Timestamp;
use crate::wire;
use crate::wire::Carrier;
use crate::wire::Opened;
use crate::wire::UnpackLimits;
use roxmltree::Document;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use uuid::Uuid;

const RELAYED: &str = include_str!("../../../tests/corpus/valid/hospital-ke-relay.xml");
const ATTACHED: &str = include_str!("../../../tests/corpus/valid/attachments.xml");
const EXTENDED: &str = include_str!("../../../tests/corpus/valid/changed-need.xml");
const QUESTION: &str = include_str!("../../../tests/corpus/valid/dialog-two-notes.xml");
const ROLES: &str = include_str!("../../../tests/corpus/valid/dialog-roles.xml");
const RICH: &str = include_str!("../../../tests/corpus/valid/dialog-xhtml.xml");
const CARE: &str = include_str!("../../../tests/corpus/remarked/care-with-report.xml");
const BESIDE: &str = include_str!("../../../tests/corpus/valid/dialog-with-report.xml");

/// Everything that XML makes trouble of, and a sign that it does not allow.
const SAID: &str = "Hei! <b>5 & 6</b> ]]> \"sitat\" 'æøå'\r\nNy linje\u{b}.\n";

fn limits() -> UnpackLimits {
    UnpackLimits::from(&MessageLimits::default())
}

fn opened(text: &str) -> Opened {
    wire::open(&Document::parse(text).unwrap(), &limits()).unwrap()
}

/// `write` with the corpus message `original` answered by its own receiver.
fn written(
    original: &str,
    write: impl Fn(&Letterhead<'_>, &Signature<'_>, &Document<'_>, &Head) -> Redacted<Vec<u8>>,
) -> String {
    let tree = Document::parse(original).unwrap();
    let head = wire::open(&tree, &limits()).unwrap().head;
    let conversation = Conversation { parent: head.message_id.clone(), conversation: head.message_id.clone() };
    let letterhead = Letterhead {
        id: OutboundId(Uuid::from_u128(7)),
        at: Timestamp(1_795_000_000_000_000),
        processing: &head.processing,
        conversation: Some(&conversation),
        sender: &head.receiver,
        receiver: &head.sender,
        patient: head.patient.as_ref(),
    };
    let signature =
        Signature { name: "Kari Ås & Li", unit: "Koordinerende enhet", telephone: Some("+47 99 00 01-11") };
    let (once, again) = (write(&letterhead, &signature, &tree, &head), write(&letterhead, &signature, &tree, &head));
    assert_eq!(once.reveal(), again.reveal());
    String::from_utf8(once.into_inner()).unwrap()
}

fn said() -> Redacted<String> {
    Redacted::new(SAID.to_owned())
}

fn passed_on(original: &str, text: &str) -> String {
    passed_on_to("4211", original, text)
}

fn passed_on_to(number: &str, original: &str, text: &str) -> String {
    written(original, |head, signature, tree, original| {
        let (to, text) = (CoordinatingBody::parse(number).unwrap(), Redacted::new(text.to_owned()));
        let head = Letterhead { conversation: None, ..*head };
        transfer(&head, &to, &text, signature, DialogueVersion::V1_1, tree, original).unwrap()
    })
}

/// Each kind of message that the house writes, by a name.
fn all() -> Vec<(&'static str, String)> {
    let mut all = Vec::new();
    for version in [DialogueVersion::V1_0, DialogueVersion::V1_1] {
        all.push(("answer", written(QUESTION, |head, by, tree, _| answer(head, version, &said(), by, tree))));
        all.push((
            "answer to a report",
            written(RELAYED, |head, by, tree, _| answer(head, version, &said(), by, tree)),
        ));
        all.push(("question", written(RELAYED, |head, by, _, _| question(head, version, &said(), by))));
    }
    for reason in FaultReason::ALL {
        all.push(("fault", written(RELAYED, |head, by, _, _| fault_report(head, reason, &said(), by))));
    }
    for original in [RELAYED, ATTACHED, EXTENDED, QUESTION, ROLES, RICH, BESIDE] {
        for text in ["", SAID] {
            all.push(("transfer", passed_on(original, text)));
            all.push(("transfer to a trust", passed_on_to("310000108", original, text)));
        }
    }
    all
}

#[test]
fn what_is_written_is_read_again_with_parties_patient_and_conversation() {
    let original = opened(QUESTION).head;
    for version in [DialogueVersion::V1_0, DialogueVersion::V1_1] {
        let read = opened(&written(QUESTION, |head, by, tree, _| answer(head, version, &said(), by, tree)));

        assert_eq!((&read.head.sender, &read.head.receiver), (&original.receiver, &original.sender));
        assert_eq!(read.head.patient, original.patient);
        assert_eq!(read.head.conversation.unwrap().parent, original.message_id);
        assert_eq!(read.head.message_id, Uuid::from_u128(7).to_string());
        assert_eq!(read.head.generated.at, Some(Timestamp(1_795_000_000_000_000)));
        let Carrier::Dialogue(dialogue, _, None) = read.carrier else { panic!("no dialogue message") };
        assert_eq!(dialogue.version, version);
        let note = dialogue.notes().next().unwrap();
        let text = wire_text(note.content.as_ref().unwrap().reveal());
        assert!(text.contains("<b>5 & 6</b> ]]> \"sitat\" 'æøå'"), "{text}");
        assert!(text.contains("Ny linje."), "{text}");
        assert_eq!(
            note.question.is_some(),
            version == DialogueVersion::V1_0,
            "a question goes back in its own version"
        );
        assert_eq!(note.roles[0].parties[0].name.as_ref().unwrap().reveal(), "Kari Ås & Li");
    }
}

fn wire_text(text: &crate::domain::RichText) -> String {
    format!("{:?}", text.blocks).replace("\\\"", "\"").replace("\\'", "'")
}

#[test]
fn feedback_on_an_error_says_which_message_and_why() {
    let read = opened(&written(RELAYED, |head, by, _, _| fault_report(head, FaultReason::WrongAddressee, &said(), by)));

    assert_eq!(read.head.message_type.code.as_deref(), Some("DIALOG_AVVIK"));
    assert_eq!(read.head.conversation.unwrap().parent, opened(RELAYED).head.message_id);
    let Carrier::Dialogue(dialogue, _, None) = read.carrier else { panic!("no dialogue message") };
    let reason = dialogue.case_kind.unwrap();
    assert_eq!(reason.reveal().code.as_deref(), Some("1"));
    assert_eq!(reason.reveal().system.as_deref(), Some("2.16.578.1.12.4.1.1.8117"));
    assert_eq!(dialogue.version, DialogueVersion::V1_0);
}

#[test]
fn a_report_that_is_passed_on_keeps_its_reporter_and_everything_else() {
    let (before, after) = (opened(ATTACHED), opened(&passed_on(ATTACHED, "")));

    assert_eq!(after.head.message_type.code.as_deref(), Some("BEHOVSMELDING"));
    let (Carrier::Behovsmelding(before_report), Carrier::Behovsmelding(report)) = (before.carrier, after.carrier)
    else {
        panic!("no report of need")
    };
    let text = |it: &Option<crate::domain::Said>| it.as_ref().map(|it| it.as_str().to_owned());
    assert_eq!(text(&report.municipality).as_deref(), Some("4211"));
    assert_eq!(text(&report.report_id), text(&before_report.report_id));
    let (first, kept) = (before_report.reporter.unwrap(), report.original_reporter.unwrap());
    assert_eq!(text(&kept.name), text(&first.name));
    assert_eq!(text(&kept.telephone), text(&first.telephone));
    let relay = report.reporter.unwrap();
    assert_eq!(text(&relay.name).as_deref(), Some("Kari Ås & Li"));
    assert_eq!(text(&relay.category).as_deref(), Some("ANDRE_OFF"));
    assert_eq!(text(&report.description), text(&before_report.description));
}

#[test]
fn attachments_are_passed_on_byte_for_byte_and_in_order() {
    let bytes = |text: &str| {
        let tree = Document::parse(text).unwrap();
        let attachments = wire::open(&tree, &limits()).unwrap().attachments;
        let inline = attachments.into_iter().map(|it| match it.content {
            AttachmentContent::Inline(file) => {
                (it.id, it.declared_type, wire::attachment_bytes(tree.input_text(), &file, &limits()).unwrap())
            }
            other => panic!("the corpus has inline attachments: {other:?}"),
        });
        inline.collect::<Vec<_>>()
    };

    assert_eq!(bytes(&passed_on(ATTACHED, "")).len(), 3);
    for original in [ATTACHED, ROLES] {
        assert_eq!(bytes(&passed_on(original, SAID)), bytes(original));
    }
}

#[test]
fn who_saw_the_need_is_not_forgotten_when_a_report_is_passed_on_again() {
    let read = opened(&passed_on(RELAYED, ""));

    let Carrier::Dialogue(cover, _, Some(report)) = read.carrier else { panic!("no covering note") };
    assert_eq!(report.original_reporter.unwrap().name.unwrap().as_str(), "Tor Utprøving");
    let note = cover.notes().next().unwrap().content.as_ref().unwrap().reveal().clone();
    assert!(wire_text(&note).contains("Eksempel sykehus HF, Koordinerende enhet i HF (HER-id 800019)"), "{note:?}");
}

#[test]
fn a_report_for_a_hospital_trust_says_which_and_keeps_where_the_person_lives() {
    let made = passed_on_to("310000108", ATTACHED, "");

    let before = ATTACHED.split("<Kommunenr>").nth(1).unwrap().split('<').next().unwrap();
    let receiver = made.split("<Mottaker>").nth(1).unwrap().split("</Mottaker>").next().unwrap();
    assert_eq!(receiver, format!("<Kommunenr>{before}</Kommunenr><Nivaa>HF</Nivaa><Orgnr>310000108</Orgnr>"));
    assert!(made.contains("<OpprinneligMelder>"));
}

#[test]
fn a_dialogue_message_is_passed_on_with_all_that_it_says() {
    for original in [QUESTION, ROLES, RICH, BESIDE] {
        // A comment is not passed on, and cuts a text in two where it stands.
        let (plain, passed_on) = (original.replace("<!-- en kommentar -->", ""), passed_on(original, "Feil kommune."));
        let (before, after) = (opened(&plain), opened(&passed_on));
        let (Carrier::Dialogue(before, ..), Carrier::Dialogue(after, _, report)) = (before.carrier, after.carrier)
        else {
            panic!("no dialogue message")
        };
        assert_eq!(after.version, before.version);
        assert_eq!(after.questions().count(), before.questions().count());
        assert!(before.questions().eq(after.questions()));
        let notes: Vec<_> = after.notes().collect();
        for note in before.notes() {
            assert!(notes.contains(&note), "{note:?}");
        }
        assert_eq!(report.is_some(), original == BESIDE);
    }
}

#[test]
fn a_report_beside_a_care_message_is_not_passed_on_without_it() {
    let tree = Document::parse(CARE).unwrap();
    let head = wire::open(&tree, &limits()).unwrap().head;
    let letterhead = Letterhead {
        id: OutboundId(Uuid::nil()),
        at: Timestamp(0),
        processing: &head.processing,
        conversation: None,
        sender: &head.receiver,
        receiver: &head.sender,
        patient: None,
    };
    let signature = Signature { name: "Kari", unit: "KE", telephone: Some("+47 99 00 01 11") };
    let municipality = CoordinatingBody::parse("4211").unwrap();

    let made = transfer(
        &letterhead,
        &municipality,
        &Redacted::new(String::new()),
        &signature,
        DialogueVersion::V1_1,
        &tree,
        &head,
    );

    assert!(made.is_none());
}

#[test]
fn nothing_is_passed_on_by_a_unit_that_nobody_can_call() {
    let tree = Document::parse(RELAYED).unwrap();
    let head = wire::open(&tree, &limits()).unwrap().head;
    let empty = Party::default();
    for (sender, telephone) in [(&head.receiver, None), (&empty, Some("+47 99 00 01 11"))] {
        let letterhead = Letterhead {
            id: OutboundId(Uuid::nil()),
            at: Timestamp(0),
            processing: &head.processing,
            conversation: None,
            sender,
            receiver: &head.sender,
            patient: None,
        };
        let signature = Signature { name: "Kari", unit: "KE", telephone };
        let municipality = CoordinatingBody::parse("4211").unwrap();
        let text = Redacted::new(String::new());

        let made = transfer(&letterhead, &municipality, &text, &signature, DialogueVersion::V1_1, &tree, &head);

        assert!(made.is_none());
    }
}

/// Against our own schemas always; against the published ones where they are.
#[test]
fn everything_that_is_written_is_valid_against_the_schemas() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::tempdir().unwrap();
    let mut files = Vec::new();
    for (index, (name, text)) in all().into_iter().enumerate() {
        let file = folder.path().join(format!("{index:02}-{}.xml", name.replace(' ', "-")));
        std::fs::write(&file, &text).unwrap();
        files.push(file);
    }
    assert!(files.len() >= 20, "only {}", files.len());

    assert_valid(&here.join("schemas/all.xsd"), &files);
    let shared = std::env::var_os("MELDEPORT_SHARED").map_or_else(|| here.join("../shared"), PathBuf::from);
    let published = shared.join("standards/xsd/drivers/all-kith.xsd");
    if published.is_file() {
        // Beside the published ones stands only our own report, which they know nothing of.
        let driver = folder.path().join("driver.xsd");
        let own = here.join("schemas/behovsmelding-1.0.xsd");
        let text = format!(
            r#"<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:x-local:driver:kith">
               <xs:include schemaLocation="{}"/><xs:import namespace="urn:meldeport:behovsmelding:1.0" schemaLocation="{}"/></xs:schema>"#,
            published.display(),
            own.display()
        );
        std::fs::write(&driver, text).unwrap();
        assert_valid(&driver, &files);
    } else {
        eprintln!("NOT COMPARED WITH THE PUBLISHED SCHEMAS: ../shared is not here (looked in {})", shared.display());
    }
}

fn assert_valid(schema: &Path, files: &[PathBuf]) {
    let output = Command::new("xmllint")
        .args(["--nonet", "--noout", "--schema"])
        .arg(schema)
        .args(files)
        .output()
        .expect("xmllint is installed (Debian: apt-get install libxml2-utils)");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}
