//! The page «Sjekk en melding» over the real heart, with the example world in force.

use super::arrival;
use super::check;
use super::judgement;
use super::sender;
use crate::app::Heart;
use crate::app::desk::Desk;
use crate::app::example_directory;
use crate::app::example_rulebook;
use crate::app::outbox::Letterbox;
use crate::clock::TestClock;
use crate::domain::Finding;
use crate::domain::Judgement;
use crate::domain::Place;
use crate::domain::ReceiptId;
use crate::domain::Timestamp;
use crate::inbox;
use crate::inbox::CheckMessage;
use crate::inbox::CountsAs;
use crate::inbox::Inbox;
use crate::inbox::InboxConfig;
use crate::inbox::Providers;
use crate::inbox::RefusedPasswords;
use crate::inbox::SecondFactor;
use crate::inbox::WhileUnsure;
use crate::judge;
use crate::judge::Stage;
use crate::storage::AccountStore;
use crate::storage::ApiStore;
use crate::storage::CaseStore;
use crate::storage::FactorStore;
use crate::storage::FormStore;
use crate::storage::IdentityStore;
use crate::storage::InboxStore;
use crate::storage::JournalProof;
use crate::storage::Keys;
use crate::storage::MessageStore;
use crate::storage::OpeningStore;
use crate::storage::OperatorStore;
use crate::storage::PeopleStore;
use crate::storage::RegisterStore;
use crate::storage::ReminderStore;
use crate::storage::ScanStore;
use crate::storage::Sealing;
use crate::storage::SearchStore;
use crate::storage::SessionStore;
use crate::storage::StatisticsStore;
use crate::storage::StoreOptions;
use crate::storage::open_sqlite;
use crate::telemetry::Captured;
use axum::Router;
use axum::body::Body;
use axum::http::Request;
use axum::http::StatusCode;
use bytes::Bytes;
use http_body_util::BodyExt as _;
use regex::Regex;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use tempfile::TempDir;
use tower::ServiceExt as _;
use uuid::Uuid;

const CORPUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/corpus");

fn now() -> Timestamp {
    Timestamp::from_jiff("2026-10-18T20:00:00Z".parse().unwrap())
}

fn corpus(folder: &str) -> Vec<(String, Bytes)> {
    let files = fs::read_dir(Path::new(CORPUS).join(folder)).unwrap().map(|it| it.unwrap().path());
    let mut files: Vec<_> = files.filter(|it| it.extension().is_some_and(|it| it == "xml")).collect();
    files.sort();
    files.iter().map(|it| (it.display().to_string(), fs::read(it).unwrap().into())).collect()
}

fn message(name: &str) -> String {
    fs::read_to_string(Path::new(CORPUS).join(name)).unwrap()
}

/// The inbox with the real heart, over a store of its own.
struct Gateway {
    router: Router,
    store: Arc<dyn OperatorStore>,
    _folder: TempDir,
}

impl Gateway {
    async fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let sealing = Sealing::On(Keys::generate());
        let store = open_sqlite(&folder.path().join("store.db"), sealing, StoreOptions::default()).await.unwrap();
        let heart = Arc::new(Heart::example());
        let router = inbox::router(Inbox {
            accounts: Arc::clone(&store) as Arc<dyn AccountStore>,
            api: Arc::clone(&store) as Arc<dyn ApiStore>,
            audit: store.clone(),
            sessions: Arc::clone(&store) as Arc<dyn SessionStore>,
            refused_passwords: RefusedPasswords::default(),
            items: Arc::clone(&store) as Arc<dyn InboxStore>,
            people: Arc::clone(&store) as Arc<dyn PeopleStore>,
            openings: Arc::clone(&store) as Arc<dyn OpeningStore>,
            reminders: Arc::clone(&store) as Arc<dyn ReminderStore>,
            identities: Arc::clone(&store) as Arc<dyn IdentityStore>,
            factors: Arc::clone(&store) as Arc<dyn FactorStore>,
            providers: Providers::default(),
            cases: Arc::clone(&store) as Arc<dyn CaseStore>,
            register: Arc::clone(&store) as Arc<dyn RegisterStore>,
            search: Arc::clone(&store) as Arc<dyn SearchStore>,
            figures: Arc::clone(&store) as Arc<dyn StatisticsStore>,
            closing: tokio_util::sync::CancellationToken::new(),
            meetings: store.clone(),
            tasks: store.clone(),
            questions: store.clone(),
            messages: Arc::clone(&store) as Arc<dyn MessageStore>,
            operator: Arc::clone(&store) as Arc<dyn OperatorStore>,
            clock: Arc::new(TestClock::at(now())),
            reader: heart.clone(),
            names: heart.clone(),
            checker: heart.clone(),
            numbers: heart.clone(),
            contacts: heart.clone(),
            forms: Arc::clone(&store) as Arc<dyn FormStore>,
            desk: Arc::new(Desk::closed(heart.clone(), Arc::clone(&store) as Arc<dyn MessageStore>)),
            outbox: Arc::new(Letterbox::shut(heart.clone())),
            scans: Arc::clone(&store) as Arc<dyn ScanStore>,
            while_unsure: WhileUnsure::NobodyLooks,
            config: InboxConfig {
                checks_per_minute_max: 1000,
                second_factor: SecondFactor::Offered,
                ..InboxConfig::default()
            },
            book: Arc::new(crate::app::configuration::Book { heart, revisions: store.clone() }),
        });
        Self { router, store, _folder: folder }
    }

    /// The page that comes of a form with these fields; a field named `file` is a file.
    async fn post(&self, fields: &[(&str, &[u8])]) -> (StatusCode, String) {
        let mut body = Vec::new();
        for (name, value) in fields {
            let file = if *name == "file" { "; filename=\"melding.xml\"\r\nContent-Type: text/xml" } else { "" };
            body.extend(format!("--grense\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n").bytes());
            body.extend_from_slice(value);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(b"--grense--\r\n");
        let request = Request::post("/sjekk")
            .header("content-type", "multipart/form-data; boundary=grense")
            .header("sec-fetch-site", "same-origin")
            .body(Body::from(body))
            .unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let status = response.status();
        let bytes = response.into_body().collect().await.unwrap().to_bytes();
        (status, String::from_utf8(bytes.to_vec()).unwrap())
    }
}

/// What the command line would say of a message.
fn judged(bytes: &Bytes) -> Judgement {
    let (rulebook, directory, registered) = (example_rulebook(), example_directory(), CountsAs::Registered);
    let arrival = arrival(bytes.clone(), None, now());
    let head = judge::reopen(&arrival, &rulebook, |_, it| it.head);
    let sender = sender(&rulebook, head.as_ref(), registered);
    judgement(arrival, &rulebook, &directory, sender, registered, Stage::Route)
}

/// Values of people in a message: names, identity numbers, telephones, addresses and free text.
fn personal(text: &str) -> Vec<String> {
    let named = r"<(?:\w+:)?(?:Fornavn|Etternavn|FamilyName|MiddleName|GivenName|Id|Telefon|Gate|Beskrivelse|HvaErViktigForPersonen|Hvem)\b[^>]*>([^<]{4,})<";
    let pattern = Regex::new(named).unwrap();
    let values = pattern.captures_iter(text).map(|it| it[1].trim().to_owned());
    let is_personal = |it: &String| it.len() >= 4 && (it.len() >= 11 || it.chars().any(char::is_alphabetic));
    values.filter(is_personal).collect()
}

#[tokio::test]
async fn the_page_tells_what_judge_tells_of_every_message_of_the_corpus() {
    let gateway = Gateway::new().await;
    let code = Regex::new(r#"<span class="tag neutral">(MP-\d+)</span>"#).unwrap();
    let files = [corpus("valid"), corpus("invalid")].concat();
    assert!(files.len() > 60, "the corpus was found");

    for (file, bytes) in files {
        let (status, page) = gateway.post(&[("registered", b"1"), ("file", &bytes)]).await;

        let judged = judged(&bytes);
        let told: Vec<_> = code.captures_iter(&page).map(|it| it[1].to_owned()).collect();
        let expected: Vec<_> = judged.findings().iter().map(|it| it.code.id().to_owned()).collect();
        assert_eq!((status, told), (StatusCode::OK, expected), "{file}");
        let heading = match &judged {
            Judgement::Refusal(_) => "Meldingen kan ikke besvares",
            Judgement::Verdict(it) if it.is_accepted() => "Meldingen ville blitt tatt imot",
            Judgement::Verdict(_) => "Meldingen ville blitt avvist",
        };
        assert!(page.contains(heading), "{file}");
        assert_eq!(page.contains("&#60;AppRec xmlns="), matches!(judged, Judgement::Verdict(_)), "{file}");
        for value in personal(&String::from_utf8_lossy(&bytes)) {
            assert!(!page.contains(&value), "{file}: a value of a person is on the page");
        }
    }
}

#[test]
fn the_receipt_that_is_shown_is_of_the_version_that_would_have_been_sent() {
    let (rulebook, directory) = (example_rulebook(), example_directory());
    let shown = |name: &str| {
        let arrival = arrival(message(name).into(), None, now());
        let id = ReceiptId(Uuid::from_u128(1));
        let checked = check(&arrival, &rulebook, &directory, CountsAs::Registered, id);
        checked.receipt.expect("a verdict has a receipt").xml
    };

    assert!(shown("valid/dialog-note-plain.xml").contains("http://www.kith.no/xmlstds/apprec/2004-11-21"));
    assert!(shown("valid/dialog-xhtml.xml").contains("http://www.kith.no/xmlstds/apprec/2012-02-15"));
    assert!(shown("valid/hospital-inpatient.xml").contains("http://www.kith.no/xmlstds/apprec/2012-02-15"));
}

#[test]
fn no_masked_line_of_any_message_shows_a_value_of_a_person() {
    let rulebook = example_rulebook();
    let mut seen = 0;
    for (file, bytes) in [corpus("valid"), corpus("invalid"), corpus("everything")].concat() {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let place = |line, column| Some(Place { line, column, xpath: String::new() });
        let findings: Vec<_> = (1..=u32::try_from(text.lines().count()).unwrap())
            .flat_map(|line| [1, 30, 200].map(|column| place(line, column)))
            .map(|it| Finding::new(crate::domain::Code::RootUnknown, it))
            .collect();

        let lines = judge::masked_lines(&arrival(bytes, None, now()), &rulebook, &findings);

        let shown: Vec<_> = lines.iter().flatten().map(|it| format!("{}{}{}", it.before, it.here, it.after)).collect();
        let shown = shown.join("\n");
        for value in personal(&text) {
            seen += 1;
            assert!(!shown.contains(&value), "{file}: a value of a person is shown");
        }
    }
    assert!(seen > 500, "{seen} values were looked for");
}

#[tokio::test]
async fn a_message_that_only_small_deviations_keep_out_is_told_which() {
    let gateway = Gateway::new().await;
    for (language, heading) in [
        ("nb", "Bare små avvik står i veien"),
        ("nn", "Berre små avvik står i vegen"),
        ("en", "Only small deviations stand in the way"),
    ] {
        let lang = ("lang", language.as_bytes());
        let deviating = message("deviating/date_digits.xml");
        let (_, page) = gateway.post(&[lang, ("registered", b"1"), ("file", deviating.as_bytes())]).await;
        assert!(page.contains(heading) && page.contains("<span class=\"code\">date_digits</span>"), "{page}");

        let lost = deviating.replacen("<MsgId>", "<Msgid>", 1).replacen("</MsgId>", "</Msgid>", 1);
        let (_, page) = gateway.post(&[lang, ("registered", b"1"), ("file", lost.as_bytes())]).await;
        assert!(!page.contains(heading), "{page}");
    }
}

#[tokio::test]
async fn every_part_of_the_report_is_there_in_three_languages() {
    let gateway = Gateway::new().await;
    let (good, faulty) =
        (message("valid/hospital-inpatient.xml"), message("invalid/MP-303-missing-consent-status.xml"));
    for (language, accepted, rejected, mend) in [
        ("nb", "Meldingen ville blitt tatt imot", "Meldingen ville blitt avvist", "Slik rettes det:"),
        ("nn", "Meldinga ville blitt teken imot", "Meldinga ville blitt avvist", "Slik blir det retta:"),
        ("en", "The message would be accepted", "The message would be rejected", "How to mend it:"),
    ] {
        let lang = ("lang", language.as_bytes());
        let (_, page) = gateway.post(&[lang, ("registered", b"1"), ("file", good.as_bytes())]).await;
        assert!(page.contains(accepted) && page.contains(&format!("<html lang=\"{language}\">")));
        assert!(page.contains("Gjerstad (4211)") && page.contains("id=\"route-heading\""), "the route is told");
        assert!(page.contains("&#60;Status V=&#34;1&#34; DN=&#34;OK&#34;/&#62;"), "{page}");

        let (_, page) = gateway.post(&[lang, ("registered", b"1"), ("message", faulty.as_bytes())]).await;
        assert!(page.contains(rejected) && page.contains(mend), "{language}");
        assert!(page.contains("&#60;Status V=&#34;2&#34; DN=&#34;Avvist&#34;/&#62;"));
        assert!(page.contains("<pre class=\"xml-line\"") && page.contains("<mark>&#60;Samtykke&#62;</mark>"), "{page}");
    }
}

#[tokio::test]
async fn a_sender_that_is_not_registered_counts_only_when_the_page_is_told_so() {
    let gateway = Gateway::new().await;
    let stranger = message("valid/hospital-inpatient.xml")
        .replace("310000108", "310000493")
        .replace("<Id>80001</Id>", "<Id>81234</Id>")
        .replace("<Id>800011</Id>", "<Id>812345</Id>");

    let (_, counted) = gateway.post(&[("registered", b"1"), ("file", stranger.as_bytes())]).await;
    let (_, as_it_is) = gateway.post(&[("file", stranger.as_bytes())]).await;

    assert!(!counted.contains("MP-103") && !counted.contains("MP-102"), "{counted}");
    assert!(as_it_is.contains("MP-103"), "{as_it_is}");
}

#[tokio::test]
async fn pasted_text_may_name_any_encoding_and_a_file_wins_over_it() {
    let gateway = Gateway::new().await;
    let pasted = message("valid/hospital-inpatient.xml").replace("encoding=\"UTF-8\"", "encoding=\"ISO-8859-1\"");
    let lines = pasted.replace('\n', "\r\n");

    let (_, page) = gateway.post(&[("registered", b"1"), ("message", lines.as_bytes()), ("file", b"")]).await;
    assert!(page.contains("Meldingen ville blitt tatt imot"), "{page}");

    let (_, page) = gateway.post(&[("registered", b"1"), ("message", lines.as_bytes()), ("file", b"<a/>")]).await;
    assert!(page.contains("Meldingen kan ikke besvares"));
}

#[tokio::test]
async fn nothing_of_a_checked_message_is_logged_or_stored() {
    let log = Captured::default();
    let subscriber = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(log.clone()).finish();
    let _guard = tracing::subscriber::set_default(subscriber);
    let _second = tracing::Dispatch::new(tracing_subscriber::registry());
    let gateway = Gateway::new().await;
    let planted = message("valid/hospital-inpatient.xml").replace("Ragna", "Hemmelig").replace("Prøvesen", "Plantet");

    for text in
        [planted.clone(), planted.replace("</Pasient>", "<Hemmelig>Plantet"), planted.replace("BEHOV<", "Plantet<")]
    {
        let (status, page) = gateway.post(&[("registered", b"1"), ("message", text.as_bytes())]).await;
        assert_eq!(status, StatusCode::OK);
        assert!(!page.contains("Plantet") && !page.contains("12835401802"), "{page}");
    }

    let logged = log.text();
    assert!(logged.contains("/sjekk"), "the requests were logged: {logged}");
    for secret in ["Hemmelig", "Plantet", "12835401802", "99 00 01 01", "Eksempelveien", "1c878ac1"] {
        assert!(!logged.contains(secret), "{secret} is in the log");
    }
    assert!(matches!(gateway.store.verify_journal().await.unwrap(), JournalProof::Whole { lines: 0, .. }));
}

#[test]
fn the_receipt_leaves_out_who_the_sending_person_is() {
    let heart = Heart::example();
    let person = "<HealthcareProfessional><FamilyName>Plantet</FamilyName><GivenName>Hemmelig</GivenName><Ident><Id>9144900</Id><TypeId V=\"HPR\"/></Ident></HealthcareProfessional>";
    let text = message("valid/hospital-inpatient.xml").replacen(
        "        </Organisation>\n      </Organisation>\n    </Sender>",
        &format!("        </Organisation>\n{person}      </Organisation>\n    </Sender>"),
        1,
    );

    let checked = heart.check(&Bytes::from(text).into(), None, CountsAs::Registered, now());

    let xml = checked.receipt.unwrap().xml;
    assert!(xml.contains("<HCPerson>") && !xml.contains("Plantet") && !xml.contains("9144900"), "{xml}");
}
