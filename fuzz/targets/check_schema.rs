//! Any document against our schemas. All faults, in order, each at a place that is there, and the same verdict however
//! many faults one asks for.
#![no_main]

use libfuzzer_sys::fuzz_mutator;
use libfuzzer_sys::fuzz_target;
use meldeport::rules::schema::FaultKind;
use meldeport::wire::xml;
use meldeport_fuzz::SCHEMAS;

const FAULTS_MAX: usize = 200;

fuzz_target!(|data: &[u8]| {
    let limits = xml::Limits::default();
    let Ok(text) = xml::decode(data, None, limits.bytes_max) else { return };
    let Ok(tree) = xml::gate(text.as_str(), &limits).and_then(xml::plant) else { return };

    let faults = SCHEMAS.check(&tree, FAULTS_MAX);

    assert!(faults.len() <= FAULTS_MAX);
    assert!(faults.is_sorted_by_key(|it| it.offset), "faults come in document order: {faults:#?}");
    for fault in &faults {
        let node = tree.get_node(fault.node).expect("the fault is about an element of this tree");
        assert!(node.is_element());
        assert!(fault.offset <= text.as_str().len() && text.as_str().is_char_boundary(fault.offset));
        if let Some(position) = fault.attribute {
            assert!(position < node.attributes().len(), "the attribute is there");
        }
        if let FaultKind::ElementMissing { missing, .. } = &fault.kind {
            assert!(!missing.is_empty());
        }
    }
    assert_eq!(
        SCHEMAS.check(&tree, 1).is_empty(),
        faults.is_empty(),
        "the verdict does not depend on how much is told"
    );
    assert_eq!(SCHEMAS.check(&tree, FAULTS_MAX), faults, "the same tree gives the same faults");
});

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    meldeport_fuzz::mutate_xml(data, size, max_size, seed)
});
