//! What stands in the sent messages about persons, and the search for it where it must not be.

use roxmltree::Document;
use roxmltree::Node;
use std::collections::BTreeSet;

/// Elements whose text is about a person wherever they stand.
const PERSONAL: [&str; 16] = [
    "FamilyName",
    "MiddleName",
    "GivenName",
    "Fornavn",
    "Mellomnavn",
    "Etternavn",
    "Gate",
    "Telefon",
    "Epost",
    "Beskrivelse",
    "HvaErViktigForPersonen",
    "Maal",
    "Tema",
    "TekstNotatInnhold",
    "Merknad",
    "Sporsmal",
];
/// Elements in which `Navn` is the name of a person.
const PERSONS: [&str; 6] = ["Foresatt", "Verge", "Melder", "OpprinneligMelder", "AvgittAv", "Kontaktlege"];
/// Words shorter than this may turn up by chance among sealed bytes. Bytes.
const CHANCE_MAX: usize = 6;

#[derive(Default)]
pub struct Planted(BTreeSet<String>);

impl Planted {
    /// Takes note of the persons in a message; one that is not XML in UTF-8 has none that can be taken note of.
    pub fn add(&mut self, message: &[u8]) {
        let Ok(text) = std::str::from_utf8(message) else { return };
        let Ok(document) = Document::parse(text) else { return };
        let found = document.descendants().filter(|it| it.is_element() && is_personal(*it));
        let values = found.filter_map(|it| it.text()).map(str::trim).filter(|it| !it.is_empty());
        self.0.extend(values.map(str::to_owned));
    }

    pub fn assert_absent(&self, place: &str, text: &str) {
        for value in &self.0 {
            assert!(!stands_in(value, text), "«{value}» is in {place}:\n{text}");
        }
    }

    pub fn found_in_bytes(&self, place: &str, bytes: &[u8]) -> Vec<String> {
        let text = String::from_utf8_lossy(bytes);
        let long = self.0.iter().filter(|it| it.len() >= CHANCE_MAX);
        long.filter(|it| stands_in(it, &text)).map(|it| format!("«{it}» is in {place}")).collect()
    }
}

fn is_personal(node: Node<'_, '_>) -> bool {
    let name = node.tag_name().name();
    let parent = node.parent_element().map_or("", |it| it.tag_name().name());
    match name {
        "Id" => node.text().is_some_and(|it| it.len() == 11 && it.bytes().all(|it| it.is_ascii_digit())),
        "Navn" => PERSONS.contains(&parent),
        name => PERSONAL.contains(&name),
    }
}

/// As a word of its own, so that «Jon» is not found in «Jonsvatnet».
fn stands_in(value: &str, text: &str) -> bool {
    text.match_indices(value).any(|(at, found)| {
        let before = text[..at].chars().next_back();
        let after = text[at + found.len()..].chars().next();
        ![before, after].into_iter().flatten().any(char::is_alphanumeric)
    })
}

#[test]
fn a_planted_word_is_found_when_it_is_there() {
    let mut planted = Planted::default();
    planted.add(
        "<a><Id>12835401802</Id><Melder><Navn>Solveig Prøvemo</Navn></Melder><Fornavn>Jon</Fornavn></a>".as_bytes(),
    );

    assert_eq!(planted.0.len(), 3);
    for (text, is_there) in [("id=12835401802", true), ("«Jon»", true), ("Jonsvatnet", false), ("Solveig Prøve", false)]
    {
        assert_eq!(planted.0.iter().any(|it| stands_in(it, text)), is_there, "{text}");
    }
}
