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
use meldeport::domain::Timestamp;
use meldeport::domain::WayBack;
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
        Carrier::Dialogue(_, _, draft) | Carrier::Care(_, _, draft) => draft.as_deref(),
        Carrier::Unknown => None,
    };
    let rulebook = Rulebook { synthetic_persons: SyntheticPersons::Accepted, ..Rulebook::default() };
    let organisation = opened.head.sender.organisation().and_then(|it| it.ident("ENH")).unwrap_or("310000108");
    let sender = senders().into_iter().find(|it| it.organisation.as_str() == organisation).unwrap();
    // A time that no calendar has lies far from the corpus's own.
    let noon = || Timestamp::from_jiff("2026-10-19T10:00:00Z".parse().unwrap());
    let received_at = opened.head.generated.at.unwrap_or_else(noon).plus(Duration::from_secs(2));
    let context = rules::Context {
        rulebook: &rulebook,
        sender: &sender,
        received_at,
        channel: meldeport::domain::Channel::Https,
    };

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
        way_back: WayBack::default(),
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
    let expected = BTreeMap::from([
        ("bydel-missing", vec!["MP-430 warning Kommunenr"]),
        ("head-in-the-wild", vec!["MP-249 warning Organisation"]),
        (
            "six-attachments",
            vec!["MP-269 warning Document[5]", "MP-269 warning Document[6]", "MP-269 warning Document[7]"],
        ),
    ]);

    let found = corpus("valid");

    assert!(found.len() >= 20, "the corpus was not found");
    for (name, told) in &found {
        assert_eq!(told, &expected.get(name.as_str()).cloned().unwrap_or_default(), "{name}");
    }
}

/// Code, weight and the last step of the place: what the rules alone tell. All that is told of every file, by reading, schema and
/// routing too, is the snapshot of `tests/corpus.rs`.
const FAULTS: &[(&str, &[&str])] = &[
    ("MP-461-address-though-graded", &["MP-461 error Adresse", "MP-461 error Telefon"]),
    ("MP-265-attachment-by-reference", &["MP-265 error FileReference"]),
    ("MP-268-attachment-lost", &["MP-268 error DokumentId"]),
    ("MP-264-attachment-not-base64", &["MP-264 error Content"]),
    ("MP-262-attachment-wrong-magic", &["MP-262 error Content"]),
    ("MP-262-attachment-not-permitted", &["MP-262 error Content"]),
    ("MP-267-attachment-packed-otherwise", &["MP-267 error Compression"]),
    ("MP-272-attachment-not-packed", &["MP-272 error Content"]),
    ("MP-273-attachment-bomb", &["MP-273 error Content"]),
    ("MP-260-too-many-attachments", &["MP-260 error Document[52]"]),
    ("MP-423-bad-org-number", &["MP-423 error Orgnr"]),
    ("MP-443-consent-in-future", &["MP-443 error Dato"]),
    ("MP-442-consent-without-date", &["MP-442 error Samtykke"]),
    ("MP-401-dialog-unsupported-type", &["MP-401 error @V"]),
    ("MP-429-district-of-another-municipality", &["MP-429 error Bydel"]),
    ("MP-428-expired-municipality", &["MP-428 error Kommunenr"]),
    ("MP-406-fnr-bad-checksum", &["MP-406 error Id"]),
    ("MP-413-id-unknown-without-reason", &["MP-413 error @type"]),
    ("MP-271-main-document-not-xml", &["MP-271 error MsgType"]),
    ("MP-434-missing-consent", &["MP-434 error Behovsmelding"]),
    ("MP-402-missing-patient", &["MP-402 error Behovsmelding"]),
    ("MP-418-missing-patient-name", &["MP-418 error Pasient"]),
    ("MP-230-missing-type", &["MP-230 error Type"]),
    ("MP-467-no-need", &["MP-467 error Behovsmelding"]),
    ("MP-447-on-behalf-without-whom", &["MP-447 error Samtykke"]),
    ("MP-232-made-in-year-12026", &["MP-232 error GenDate"]),
    ("MP-234-processing-status-t", &["MP-234 error @V"]),
    ("MP-403-question-with-patient", &["MP-403 error Pasient"]),
    ("MP-435-refused-without-basis", &["MP-435 error Status"]),
    ("MP-249-sender-level-one-only", &["MP-249 error Organisation"]),
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
    ("MP-440-unclear-consent-from-school", &["MP-440 error Status"]),
    ("MP-428-unknown-municipality", &["MP-428 error Kommunenr"]),
    ("MP-401-unsupported-type", &["MP-401 error @V"]),
    ("MP-468-withdrawal-without-reference", &["MP-468 error Behovsmelding"]),
    ("MP-231-wrong-migversion", &["MP-231 error MIGversion"]),
];

#[test]
fn faulty_messages_are_told_their_faults_and_nothing_else() {
    let expected: BTreeMap<&str, &[&str]> = FAULTS.iter().copied().collect();

    let found = corpus("invalid");

    for (name, told) in &found {
        if let Some(expected) = expected.get(name.as_str()) {
            assert_eq!(told, expected, "{name}");
        }
    }
    let lost: Vec<_> = expected.keys().filter(|it| !found.contains_key(**it)).collect();
    assert!(lost.is_empty(), "rows without a file that can be read: {lost:?}");
}
