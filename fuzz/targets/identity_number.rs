//! Any text as an identity number, an organisation number, a HER-id, a municipality, a reference. What parses is what it
//! says it is, and nothing prints the number.
#![no_main]

use libfuzzer_sys::fuzz_target;
use meldeport::domain::DistrictNumber;
use meldeport::domain::HerId;
use meldeport::domain::MunicipalityNumber;
use meldeport::domain::OrgNumber;
use meldeport::domain::Reference;
use meldeport::rules::identity::NationalId;

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    if let Ok(id) = NationalId::parse(text) {
        let digits: Vec<u32> = text.chars().filter_map(|it| it.to_digit(10)).collect();
        assert_eq!(digits.len(), 11, "an identity number has eleven digits");
        assert_eq!(control(&digits, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]), 0, "the second control digit holds");
        assert!(control(&digits, &[3, 7, 6, 1, 8, 9, 4, 5, 2, 1]) <= 3, "the first control digit is of a known series");
        assert!(!format!("{id:?}").contains(text), "the number is never printed");
    }
    if let Ok(number) = OrgNumber::parse(text) {
        let digits: Vec<u32> = number.as_str().chars().filter_map(|it| it.to_digit(10)).collect();
        assert_eq!(digits.len(), 9);
        assert_eq!(control(&digits, &[3, 2, 7, 6, 5, 4, 3, 2, 1]), 0);
        assert_eq!(OrgNumber::parse(number.as_str()).as_ref(), Ok(&number), "what it is written as can be read again");
    }
    if let Some(id) = HerId::parse(text) {
        assert_eq!(HerId::parse(&id.to_string()), Some(id));
    }
    if let Some(number) = MunicipalityNumber::parse(text) {
        assert!(number.as_str().len() == 4 && number.as_str().bytes().all(|it| it.is_ascii_digit()));
    }
    if let Some(number) = DistrictNumber::parse(text) {
        assert!(number.as_str().len() == 6 && number.as_str().bytes().all(|it| it.is_ascii_digit()));
    }
    if let Some(reference) = Reference::parse(text) {
        assert_eq!(Reference::parse(reference.as_str()).as_ref(), Some(&reference));
    }
});

fn control(digits: &[u32], weights: &[u32]) -> u32 {
    digits.iter().zip(weights).map(|(digit, weight)| digit * weight).sum::<u32>() % 11
}
