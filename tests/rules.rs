//! The business rules over the whole corpus: nothing against a valid message but the remarks it is made to earn, and what
//! each faulty one is faulty for. What the schema tells as well stands in `tests/schema.rs`.

use meldeport::domain::HerId;
use meldeport::domain::MessageLimits;
use meldeport::domain::OrgNumber;
use meldeport::domain::RegisteredSender;
use meldeport::domain::Rulebook;
use meldeport::domain::Sector;
use meldeport::domain::Severity;
use meldeport::domain::SyntheticPersons;
use meldeport::rules;
use meldeport::wire::Carrier;
use meldeport::wire::UnpackLimits;
use meldeport::wire::open;
use meldeport::wire::place;
use meldeport::wire::xml;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::Duration;

/// Everything of the weight `Info` is left out: it is told of many good messages.
fn remarks_and_errors(file: &Path) -> Option<Vec<String>> {
    let bytes = fs::read(file).unwrap();
    let limits = xml::Limits::default();
    let text = xml::decode(&bytes, None, limits.bytes_max).ok()?;
    let tree = xml::plant(xml::gate(text.as_str(), &limits).ok()?).ok()?;
    let opened = open(&tree, &UnpackLimits::from(&MessageLimits::default()))?;
    let draft = match &opened.carrier {
        Carrier::Behovsmelding(draft) => Some(draft.as_ref()),
        Carrier::Dialogue(_, draft) | Carrier::Care(_, _, draft) => draft.as_deref(),
        Carrier::Unknown => None,
    };
    let rulebook = Rulebook { synthetic_persons: SyntheticPersons::Accepted, ..Rulebook::default() };
    let organisation = opened.head.sender.organisation().and_then(|it| it.ident("ENH")).unwrap_or("310000108");
    let sender = senders().into_iter().find(|it| it.organisation.as_str() == organisation).unwrap();
    let received_at = opened.head.generated.at.unwrap().plus(Duration::from_secs(2));
    let context = rules::Context { rulebook: &rulebook, sender: &sender, received_at };

    let observed = rules::examine(&opened.head, draft, &opened.attachments, &context);
    let lines = xml::Lines::new(tree.input_text());
    let mut told: Vec<String> = rules::strictness::apply(observed, &rulebook.strictness)
        .into_iter()
        .filter(|(_, severity)| *severity > Severity::Info)
        .map(|(it, severity)| {
            let path = place(&tree, &lines, &it.at).xpath;
            let last = path.rsplit('/').next().unwrap_or_default();
            format!("{} {} {last}", it.code.id(), severity.label())
        })
        .collect();
    told.sort();

    let is_settled = draft.is_some_and(|it| rules::settle(it).is_some());
    let is_obstructed = draft.is_some_and(|it| !rules::obstacles(it).is_empty());
    assert!(draft.is_none() || is_settled != is_obstructed, "{}", file.display());
    Some(told)
}

/// As `tests/corpus/PARTIES.md` has them.
fn senders() -> Vec<RegisteredSender> {
    let sender = |name: &str, organisation, her_ids: &[u32], sector| RegisteredSender {
        name: name.to_owned(),
        display_name: name.to_owned(),
        organisation: OrgNumber::parse(organisation).unwrap(),
        sub_units: Vec::new(),
        her_ids: her_ids.iter().copied().map(HerId).collect(),
        sector,
        tolerated: Vec::new(),
    };
    vec![
        sender("eksempel-sykehus", "310000108", &[80001, 800_011, 800_012, 800_019], Sector::Health),
        sender("eksempel-skole", "310000116", &[80002, 800_021], Sector::Other),
    ]
}

fn corpus(folder: &str) -> BTreeMap<String, Vec<String>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus").join(folder);
    fs::read_dir(folder)
        .unwrap()
        .map(|it| it.unwrap().path())
        .filter(|it| it.extension().is_some_and(|it| it == "xml"))
        .filter_map(|it| Some((it.file_stem().unwrap().to_str().unwrap().to_owned(), remarks_and_errors(&it)?)))
        .collect()
}

/// seed in part: L-07, L-42, H-40, H-41, H-26, L-44
#[test]
fn valid_messages_earn_no_more_than_their_remarks() {
    let expected = BTreeMap::from([("bydel-missing", vec!["MP-430 warning Kommunenr"])]);

    let found = corpus("valid");

    assert!(found.len() >= 20, "the corpus was not found");
    for (name, told) in &found {
        assert_eq!(told, &expected.get(name.as_str()).cloned().unwrap_or_default(), "{name}");
    }
}

/// Code, weight and the last step of the place. A file without a row is faulty in a way that reading, the schema or
/// routing tells.
const FAULTS: &[(&str, &[&str])] = &[
    ("address-though-graded", &["MP-461 error Adresse", "MP-461 error Telefon"]),
    ("attachment-by-reference", &["MP-265 error FileReference"]),
    ("attachment-lost", &["MP-268 error DokumentId"]),
    ("attachment-not-base64", &["MP-264 error Content"]),
    ("attachment-not-permitted", &["MP-262 error Content"]),
    ("attachment-wrong-magic", &["MP-262 error Content"]),
    ("bad-org-number", &["MP-423 error Orgnr"]),
    ("consent-in-future", &["MP-443 error Dato"]),
    ("consent-without-date", &["MP-442 error Samtykke"]),
    ("dialog-unsupported-type", &["MP-401 error @V"]),
    ("district-of-another-municipality", &["MP-429 error Bydel"]),
    ("expired-municipality", &["MP-428 error Kommunenr"]),
    ("fnr-bad-checksum", &["MP-406 error Id"]),
    ("id-unknown-without-reason", &["MP-413 error @type"]),
    ("main-document-not-xml", &["MP-271 error MsgType"]),
    ("missing-consent", &["MP-434 error Behovsmelding"]),
    ("missing-patient", &["MP-402 error Behovsmelding"]),
    ("missing-patient-name", &["MP-418 error Pasient"]),
    ("missing-type", &["MP-230 error Type"]),
    ("no-need", &["MP-467 error Behovsmelding"]),
    ("on-behalf-without-whom", &["MP-447 error Samtykke"]),
    ("processing-status-t", &["MP-234 error @V"]),
    ("question-with-patient", &["MP-403 error Pasient"]),
    ("refused-without-basis", &["MP-435 error Status"]),
    ("sender-level-one-only", &["MP-249 error Organisation"]),
    (
        "several-faults",
        &[
            "MP-406 error Id",
            "MP-423 error Orgnr",
            "MP-428 error Kommunenr",
            "MP-443 error Dato",
            "MP-461 error Adresse",
            "MP-461 error Telefon",
        ],
    ),
    (
        "six-attachments",
        &[
            "MP-260 error Document[7]",
            "MP-269 warning Document[5]",
            "MP-269 warning Document[6]",
            "MP-269 warning Document[7]",
        ],
    ),
    ("unclear-consent-from-school", &["MP-440 error Status"]),
    ("unknown-municipality", &["MP-428 error Kommunenr"]),
    ("unsupported-type", &["MP-401 error @V"]),
    ("withdrawal-without-reference", &["MP-468 error Behovsmelding"]),
    ("wrong-migversion", &["MP-231 error MIGversion"]),
];

#[test]
fn faulty_messages_are_told_their_faults_and_nothing_else() {
    let expected: BTreeMap<&str, &[&str]> = FAULTS.iter().copied().collect();

    let found = corpus("invalid");

    for (name, told) in &found {
        assert_eq!(told, expected.get(name.as_str()).copied().unwrap_or_default(), "{name}");
    }
    let lost: Vec<_> = expected.keys().filter(|it| !found.contains_key(**it)).collect();
    assert!(lost.is_empty(), "rows without a file that can be read: {lost:?}");
}
