//! Any document read as an AppRec, as the demonstration, `send` and `load` read answers.
#![no_main]

use libfuzzer_sys::fuzz_mutator;
use libfuzzer_sys::fuzz_target;
use meldeport::wire::apprec;
use meldeport::wire::xml;
use meldeport_fuzz::SCHEMAS;

fuzz_target!(|data: &[u8]| {
    let limits = xml::Limits::default();
    let Ok(text) = xml::decode(data, None, limits.bytes_max) else { return };
    let Ok(tree) = xml::gate(text.as_str(), &limits).and_then(xml::plant) else { return };

    let Some(read) = apprec::read(&tree) else { return };

    if SCHEMAS.check(&tree, 1).is_empty() {
        assert!(read.status.code.is_some(), "a valid AppRec has a status");
        assert!(!read.sender.is_empty() || text.as_str().contains("<Name"), "a valid AppRec names its sender");
    }
});

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    meldeport_fuzz::mutate_xml(data, size, max_size, seed)
});
