//! Whatever can be opened can be answered: the AppRec that is written is well-formed, echoes the sender's id letter by
//! letter, and is valid by its schema when the header it answers is.
#![no_main]

use libfuzzer_sys::fuzz_mutator;
use libfuzzer_sys::fuzz_target;
use meldeport::domain::AppRecVersion;
use meldeport::domain::Code;
use meldeport::domain::Decision;
use meldeport::domain::Finding;
use meldeport::domain::Head;
use meldeport::domain::MessageLimits;
use meldeport::domain::Party;
use meldeport::domain::Place;
use meldeport::domain::ReceiptId;
use meldeport::domain::Timestamp;
use meldeport::domain::Verdict;
use meldeport::receipt;
use meldeport::wire;
use meldeport::wire::UnpackLimits;
use meldeport::wire::apprec;
use meldeport::wire::xml;
use meldeport_fuzz::SCHEMAS;

fuzz_target!(|data: &[u8]| {
    let limits = xml::Limits::default();
    let Ok(text) = xml::decode(data, None, limits.bytes_max) else { return };
    let Ok(tree) = xml::gate(text.as_str(), &limits).and_then(xml::plant) else { return };
    let Some(opened) = wire::open(&tree, &UnpackLimits::from(&MessageLimits::default())) else { return };
    let place = Place { line: 1, column: 1, xpath: xml::xpath_of(tree.root_element()) };
    let is_valid = SCHEMAS.check(&tree, 1).is_empty();
    let verdict = Verdict {
        head: opened.head,
        attachments: opened.attachments,
        decision: Decision::Rejected,
        findings: vec![Finding::new(Code::SchemaElementMissing, Some(place))],
        findings_left_out: 0,
        would_pass_with: Vec::new(),
    };
    let id: ReceiptId = "01890000-0000-7000-8000-000000000000".parse().expect("this is a UUID");
    for version in [AppRecVersion::V1_0, AppRecVersion::V1_1] {
        let composed = receipt::compose(&verdict, id, Timestamp(1_790_000_000_000_000), version);
        let written = String::from_utf8(apprec::write(&composed)).expect("an AppRec is UTF-8");
        let answer = xml::gate(&written, &limits).and_then(xml::plant).expect("an AppRec can be read by ourselves");
        let read = apprec::read(&answer).expect("what we wrote is an AppRec");

        assert_eq!(read.version, version);
        assert_eq!(read.original_id, verdict.head.message_id, "the sender's id is echoed letter by letter");
        if is_valid && can_be_answered(&verdict.head) {
            let faults = SCHEMAS.check(&answer, 10);
            assert!(faults.is_empty(), "{faults:#?}\n{written}");
        }
    }
});

/// Both parties have a name and an id on each level: what the rules on addressing ask for.
fn can_be_answered(head: &Head) -> bool {
    let whole = |party: &Party| {
        !party.levels.is_empty() && party.levels.iter().all(|it| !it.name.is_empty() && it.her_id().is_some())
    };
    whole(&head.sender) && whole(&head.receiver) && !head.message_id.is_empty()
}

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    meldeport_fuzz::mutate_xml(data, size, max_size, seed)
});
