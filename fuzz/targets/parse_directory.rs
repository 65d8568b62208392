//! Any text as a file of the unit directory. Either every fault with its place, or a directory that can be checked,
//! whose own cases can be run, and whose version depends on nothing but the text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use meldeport::routing;
use meldeport::routing::Directory;

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let files = [("units.toml".to_owned(), text.to_owned())];
    match Directory::parse(&files) {
        Err(faults) => {
            assert!(!faults.is_empty(), "a directory is refused for a reason");
            for fault in &faults {
                assert!(!fault.to_string().is_empty());
            }
        }
        Ok(directory) => {
            let again = Directory::parse(&files).expect("the same text parses twice");
            assert_eq!(directory, again);
            for day in ["2020-01-01", "2026-10-21", "2040-12-31"] {
                let day = day.parse().expect("this is a date");
                for gap in routing::check(&directory, day) {
                    assert!(!gap.text.en.is_empty());
                }
            }
            drop(routing::run_cases(&directory));
            for unit in directory.units() {
                assert_eq!(directory.unit(&unit.id).map(|it| &it.id), Some(&unit.id));
            }
        }
    }
});
