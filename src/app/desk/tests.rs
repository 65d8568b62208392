//! The form over the real heart, the real intake and a real store: written, judged, sent, looked after.

use super::Desk;
use crate::app::Heart;
use crate::app::configuration::Book;
use crate::app::outbox::Letterbox;
use crate::clock::Clock;
use crate::clock::TestClock;
use crate::domain::Act;
use crate::domain::Acting;
use crate::domain::Authority;
use crate::domain::Colleague;
use crate::domain::*;
use crate::inbox;
use crate::inbox::DeskJudgement;
use crate::inbox::FormConfig;
use crate::inbox::Inbox;
use crate::inbox::InboxConfig;
use crate::inbox::Names as _;
use crate::inbox::Providers;
use crate::inbox::PublicDirectory;
use crate::inbox::RefusedPasswords;
use crate::inbox::ReportDesk;
use crate::inbox::SecondFactor;
use crate::inbox::Token;
use crate::inbox::Written;
use crate::judge;
use crate::notify::EmailConfig;
use crate::notify::EmailNotifier;
use crate::notify::EmailTls;
use crate::notify::Notice;
use crate::notify::Notifier as _;
use crate::sink::Sink;
use crate::sink::SinkTls;
use crate::storage::Deed;
use crate::storage::*;
use crate::trial::FORM_SENDER;
use crate::work::Bell;
use axum::Router;
use axum::body::Body;
use axum::http::Request;
use axum::http::StatusCode;
use http_body_util::BodyExt as _;
use jiff::civil::date;
use sqlx::Sqlite;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;
use tower::ServiceExt as _;
use uuid::Uuid;

fn now() -> Timestamp {
    Timestamp::from_jiff("2026-11-20T10:00:00Z".parse().unwrap())
}

struct Gateway {
    router: Router,
    store: Arc<SqlStore<Sqlite>>,
    desk: Arc<Desk>,
    heart: Arc<Heart>,
    clock: Arc<TestClock>,
    _folder: TempDir,
}

impl Gateway {
    async fn new() -> Self {
        Self::with(FormConfig { sender: FORM_SENDER.to_owned(), ..FormConfig::default() }).await
    }

    async fn with(form: FormConfig) -> Self {
        let folder = TempDir::new().unwrap();
        let sealing = Sealing::On(Keys::generate());
        let store = open_sqlite(&folder.path().join("store.db"), sealing, StoreOptions::default()).await.unwrap();
        let (heart, clock) = (Arc::new(Heart::example()), Arc::new(TestClock::at(now())));
        let messages = Arc::clone(&store) as Arc<dyn MessageStore>;
        let desk = Arc::new(Desk::with(heart.clone(), messages.clone(), clock.clone(), &form.sender));
        let router = inbox::router(Inbox {
            accounts: store.clone(),
            api: store.clone(),
            audit: store.clone(),
            items: store.clone(),
            messages,
            operator: store.clone(),
            clock: clock.clone(),
            reader: heart.clone(),
            names: heart.clone(),
            checker: heart.clone(),
            numbers: heart.clone(),
            contacts: heart.clone(),
            forms: store.clone(),
            desk: desk.clone(),
            outbox: Arc::new(Letterbox::shut(heart.clone())),
            scans: store.clone(),
            while_unsure: inbox::WhileUnsure::NobodyLooks,
            config: InboxConfig { form, second_factor: SecondFactor::Offered, ..InboxConfig::default() },
            sessions: store.clone(),
            refused_passwords: RefusedPasswords::default(),
            people: store.clone(),
            openings: store.clone(),
            cases: store.clone(),
            reminders: store.clone(),
            register: store.clone(),
            search: store.clone(),
            figures: store.clone(),
            closing: tokio_util::sync::CancellationToken::new(),
            meetings: store.clone(),
            tasks: store.clone(),
            questions: store.clone(),
            identities: store.clone(),
            factors: store.clone(),
            providers: Providers::default(),
            book: Arc::new(Book { heart: heart.clone(), revisions: store.clone() }),
        });
        Self { router, store, desk, heart, clock, _folder: folder }
    }

    fn browser(&self) -> Browser {
        Browser { router: self.router.clone(), cookies: HashMap::new() }
    }

    /// A link for the school, as an operator makes it.
    async fn invite(&self) -> String {
        let token = Token::generate();
        let invite = FormInvite {
            token_sha256: token.sha256(),
            organisation: OrgNumber::parse("310000116").unwrap(),
            organisation_name: "Eksempel skole".to_owned(),
            category: ReporterCategory::School,
            created_at: now(),
            expires: now().plus(Duration::from_hours(1)),
            used_at: None,
        };
        self.store.add_form_invite(&invite).await.unwrap();
        format!("/meld/adgang/{}", token.text().reveal())
    }

    /// The school's report about a child in Risør, from the corpus, made now.
    fn child(&self) -> NeedReport {
        let xml = include_str!("../../../tests/corpus/valid/school-barnekoordinator.xml");
        let arrival = crate::app::rehearsal::arrival(xml.into(), None, now());
        let report = judge::reopen(&arrival, &self.heart.rulebook(), |_, it| it.report).unwrap();
        let Some(Report::Need { report, .. }) = report else { panic!("the corpus holds a report") };
        NeedReport { report_id: Uuid::now_v7().to_string(), created: now(), ..*report }
    }

    /// The same about an adult who consents alone.
    fn adult(&self) -> NeedReport {
        let mut report = self.child();
        let patient = report.patient.as_mut().unwrap();
        patient.id = PatientId { kind: "UKJENT".to_owned(), number: None, reason: Some("IKKE_OPPGITT".to_owned()) };
        patient.date_of_birth = Some(Redacted::new(date(1980, 5, 17)));
        patient.contact_ways.clear();
        report.guardians.clear();
        report.needs = vec![Need { kind: NeedKind::Coordinator, dimensions: Vec::new() }];
        report.consent.status = ConsentStatus::Given;
        (report.consent.given_by_role, report.consent.given_by) = (None, None);
        report
    }

    async fn judge(&self, report: &NeedReport) -> DeskJudgement {
        self.desk.judge(report).await.unwrap()
    }

    async fn rows(&self, unit: &str) -> Vec<InboxRow> {
        let query = InboxQuery { units: vec![UnitId(unit.to_owned())], ..InboxQuery::first(10) };
        self.store.inbox_page(&query).await.unwrap()
    }

    async fn staff(&self, unit: &str) -> (Browser, User) {
        let units = vec![UnitId(unit.to_owned())];
        let (id, name) = (UserId(Uuid::now_v7()), "Kari Saksbehandler".to_owned());
        let user = User { id, login: "kari".to_owned(), display_name: name, units, ended_at: None };
        self.store.add_user(&user, now()).await.unwrap();
        let token = Token::generate();
        self.store.add_link(token.sha256(), id, now().plus(Duration::from_hours(1))).await.unwrap();
        let mut browser = self.browser();
        let path = format!("/first/{}", token.text().reveal());
        let page = browser.get(&path).await;
        let password = ("password", "fjorten grønne elger");
        browser.post(&page, &path, &[password, ("repeat", password.1)]).await;
        (browser, user)
    }
}

struct Browser {
    router: Router,
    cookies: HashMap<String, String>,
}

struct Page {
    status: StatusCode,
    body: String,
    location: String,
}

impl Page {
    fn key(&self, action: &str) -> String {
        let mut forms = self.body.split("<form").skip(1);
        let form = forms.find(|it| it.contains(&format!("action=\"{action}\"")));
        let form = form.unwrap_or_else(|| panic!("no form to {action}: {} {}", self.status, self.body));
        form.split("name=\"key\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
    }
}

impl Browser {
    async fn get(&mut self, path: &str) -> Page {
        self.send(Request::get(path), String::new()).await
    }

    async fn post(&mut self, page: &Page, action: &str, fields: &[(&str, &str)]) -> Page {
        let key = page.key(action);
        let encode = |text: &str| text.bytes().map(|it| format!("%{it:02X}")).collect::<String>();
        let all = fields.iter().copied().chain([("key", key.as_str())]);
        let body: Vec<String> = all.map(|(name, value)| format!("{name}={}", encode(value))).collect();
        let request = Request::post(action).header("content-type", "application/x-www-form-urlencoded");
        self.send(request.header("sec-fetch-site", "same-origin"), body.join("&")).await
    }

    async fn send(&mut self, request: axum::http::request::Builder, body: String) -> Page {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = request.header("cookie", cookies.join("; ")).header("accept-language", "nb");
        let response = self.router.clone().oneshot(request.body(Body::from(body)).unwrap()).await.unwrap();
        for cookie in response.headers().get_all("set-cookie") {
            let (name, rest) = cookie.to_str().unwrap().split_once('=').unwrap();
            self.cookies.insert(name.to_owned(), rest.split(';').next().unwrap().to_owned());
        }
        let status = response.status();
        let location = response.headers().get("location").map_or("", |it| it.to_str().unwrap()).to_owned();
        let bytes = response.into_body().collect().await.unwrap().to_bytes();
        Page { status, location, body: String::from_utf8(bytes.to_vec()).unwrap() }
    }

    /// What the page for those who have a code says.
    async fn status(&mut self, code: &str) -> Page {
        let form = Request::post("/meld/status").header("content-type", "application/x-www-form-urlencoded");
        self.send(form, format!("code={code}")).await
    }

    /// Fills in a step and expects to come to `next`.
    async fn fill(&mut self, step: &str, fields: &[(&str, &str)], next: &str) -> Page {
        let action = format!("/meld/{step}");
        let page = self.get(&action).await;
        let answer = self.post(&page, &action, fields).await;
        assert_eq!(answer.location, format!("/meld/{next}"), "{step}: {} {}", answer.status, answer.body);
        page
    }

    /// Steps two to five about an adult in Risør or Loppa.
    async fn about_an_adult(&mut self, scopes: &[&str], extra: &[(&str, &str)]) -> Page {
        let declared = self.what_an_adult_needs(scopes, extra).await;
        self.fill("tjenester", &[("services_now", "FYSIOTERAPI")], "se-over").await;
        declared
    }

    /// Steps two to four.
    async fn what_an_adult_needs(&mut self, scopes: &[&str], extra: &[(&str, &str)]) -> Page {
        let person =
            [("id_kind", "FNR"), ("id_number", "12835401802"), ("given_name", "Ragna"), ("family_name", "Prøvesen")];
        self.fill("person", &person, "samtykke").await;
        let consent =
            self.fill("samtykke", &[("consent", "SAMTYKKET"), ("consent_day", "2026-11-19")], "grunnlag").await;
        assert!(!consent.body.contains("Samtykkeerklæring"), "each page has one matter");
        let mut ground = vec![("consent_read", "lest")];
        ground.extend(scopes.iter().map(|it| ("scopes", *it)));
        let declared = self.fill("grunnlag", &ground, "behov").await;
        for asked in ["g1_name", "given_by", "basis", "value=\"FORESATT\"", "<span>Foresatte</span>"] {
            assert!(!consent.body.contains(asked) && !declared.body.contains(asked), "{asked} is asked about an adult");
        }
        assert_eq!(self.get("/meld/foresatte").await.location, "/meld/behov");
        let mut need = vec![
            ("needs", "KOORDINATOR"),
            ("description", "Trenger hjelp til å samordne flere tjenester etter en lang sykdom."),
            ("duration", "USIKKERT"),
            ("urgency", "ORDINAER"),
        ];
        need.extend_from_slice(extra);
        self.fill("behov", &need, "tjenester").await;
        declared
    }
}

const SELF: [(&str, &str); 3] =
    [("category", "PERSON_SELV"), ("reporter_name", "Ragna Prøvesen"), ("reporter_phone", "+47 99 00 01 51")];

fn code_of(receipt: &Page) -> String {
    receipt.body.split("receipt-code\">").nth(1).unwrap().split('<').next().unwrap().to_owned()
}

/// seed: L-01, L-38, L-41, L-42, L-43, L-45
/// seed in part: H-21, L-27
#[tokio::test]
async fn a_person_applies_in_loppa_and_sees_what_becomes_of_it() {
    let gateway = Gateway::new().await;
    let mut person = gateway.browser();
    let start = person.get("/meld?kommune=5614").await;
    let begun = person.post(&start, "/meld/start", &[("kommune", "5614")]).await;
    assert_eq!(begun.location, "/meld/melder", "{}", begun.body);

    person.fill("melder", &SELF, "person").await;
    let declared = person.about_an_adult(&["KONTAKT", "KOORDINATOR"], &[("extra", "STOTTEKONTAKT")]).await;
    let review = person.get("/meld/se-over").await;
    assert!(review.body.contains("Loppa") && review.body.contains("Koordinerende enhet i Loppa"), "{}", review.body);
    for place in ["/meld/behov", "/meld/se-over"] {
        assert!(person.get(place).await.body.contains("Støttekontakt"), "{place}");
    }
    let receipt = person.post(&review, "/meld/se-over", &[]).await;

    assert!(receipt.status == StatusCode::OK && receipt.body.contains("Meldingen er mottatt"), "{}", receipt.body);
    let rows = gateway.rows("loppa-koordinerende-enhet").await;
    assert_eq!((rows.len(), rows[0].needs.join(" ")), (1, "KOORDINATOR".to_owned()));
    // What it is called, when it came, and who has it.
    for said in [rows[0].reference.as_str(), "20. november 2026 kl. 11.00", "Koordinerende enhet i Loppa"] {
        assert!(receipt.body.contains(said), "{said}: {}", receipt.body);
    }
    let origin = gateway.store.form_origin(rows[0].message).await.unwrap().unwrap();
    assert!(
        declared.body.contains(&origin.consent_version) && origin.consent_version.starts_with("consent@2026-11-01-")
    );
    assert_eq!(gateway.store.message(&rows[0].message.to_string()).await.unwrap().channel, "form");
    assert_eq!(person.get("/meld/melder").await.status, StatusCode::GONE, "what is sent is no draft");

    let asked = person.get("/meld/status").await;
    let key_less = Request::post("/meld/status").header("content-type", "application/x-www-form-urlencoded");
    assert!(asked.body.contains("action=\"/meld/status\""));
    let said = person.send(key_less, format!("code={}", code_of(&receipt).to_lowercase())).await;
    assert!(said.body.contains("Mottatt, ikke lest ennå"), "{}", said.body);
    let reader = Colleague { id: Uuid::now_v7(), name: "Leder".to_owned() };
    let by = Acting { who: reader, authority: Authority::Own, at: now() };
    let deed = Deed { item: rows[0].id, units: vec![rows[0].unit.clone()], act: Act::Open, by, version: None };
    gateway.store.act_on_case(&deed).await.unwrap();
    let again = Request::post("/meld/status").header("content-type", "application/x-www-form-urlencoded");
    let said = person.send(again, format!("code={}", code_of(&receipt))).await;
    assert!(said.body.contains("Åpnet av kommunen") && !said.body.contains("Ragna") && !said.body.contains("Leder"));

    // Risør's configuration has no such application: it is not offered there, and who sends it all the same asks for nothing.
    assert!(person.get("/meld?kommune=5614").await.status == StatusCode::OK);
    let mut other = gateway.browser();
    let start = other.get("/meld").await;
    other.post(&start, "/meld/start", &[("kommune", "4201")]).await;
    other.fill("melder", &SELF, "person").await;
    other.about_an_adult(&["KONTAKT"], &[("extra", "STOTTEKONTAKT")]).await;
    for place in ["/meld/behov", "/meld/se-over"] {
        assert!(!other.get(place).await.body.contains("Støttekontakt"), "{place}");
    }
    let review = other.get("/meld/se-over").await;
    let sent = other.post(&review, "/meld/se-over", &[]).await;
    assert!(sent.body.contains("Meldingen er mottatt"), "{}", sent.body);
    for (unit, is_asked) in [("loppa-koordinerende-enhet", true), ("risor-helse-og-omsorg", false)] {
        let row = gateway.rows(unit).await.remove(0);
        let raw = gateway.store.raw(row.message).await.unwrap();
        assert_eq!(String::from_utf8_lossy(raw.bytes.reveal()).contains("STOTTEKONTAKT"), is_asked, "{unit}");
    }

    // Another municipality takes it over: that is told, and not which.
    let to = MunicipalityNumber::parse("4211").unwrap();
    let to = TransferTarget::Municipality { number: to, name: "Gjerstad kommune".to_owned() };
    let offer = Act::OfferTransfer { transfer: Uuid::now_v7(), to, why: Redacted::new("Flyttet.".to_owned()) };
    for act in [Act::Take, offer, Act::TransferAccepted] {
        let who = Colleague { id: Uuid::from_u128(3), name: "Leder".to_owned() };
        let by = Acting { who, authority: Authority::Own, at: now() };
        let deed = Deed { item: rows[0].id, units: vec![rows[0].unit.clone()], act, by, version: None };
        assert!(matches!(gateway.store.act_on_case(&deed).await.unwrap(), Acted::Done { .. }));
    }
    let said = person.status(&code_of(&receipt)).await;
    assert!(said.body.contains("Overført til en annen kommune eller et helseforetak"), "{}", said.body);
    assert!(!said.body.contains("Gjerstad") && !said.body.contains("Flyttet"), "{}", said.body);
}

/// seed: H-33, H-23
/// seed in part: L-01, H-15
#[tokio::test]
async fn a_school_without_a_system_reports_a_child_by_a_link_that_is_used_once() {
    let gateway = Gateway::new().await;
    let link = gateway.invite().await;
    let mut teacher = gateway.browser();
    let mut other = gateway.browser();
    let (page, others) = (teacher.get(&link).await, other.get(&link).await);
    let begun = teacher.post(&page, &link, &[("kommune", "4201")]).await;
    assert_eq!(begun.location, "/meld/melder", "{}", begun.body);
    assert_eq!(other.get(&link).await.status, StatusCode::GONE, "it is told at once");
    assert_eq!(other.post(&others, &link, &[("kommune", "4201")]).await.status, StatusCode::GONE);

    let step = teacher.get("/meld/melder").await;
    assert!(step.body.contains("Eksempel skole (310000116)") && step.body.contains("informere personen om retten"));
    teacher.fill("melder", &[("reporter_name", "Hilde Prøvelærer"), ("reporter_phone", "99000113")], "person").await;
    let person = [("id_kind", "FNR"), ("id_number", "048617 51843"), ("given_name", "Åse"), ("family_name", "Testdal")];
    teacher.fill("person", &person, "samtykke").await;
    let consent = teacher.get("/meld/samtykke").await;
    assert!(
        consent.body.contains("<span>Foresatte</span>") && !consent.body.contains("name=\"g1_name\""),
        "a child has guardians"
    );

    // A child of nine seldom consents alone. It hinders nobody, and is said before anything is sent.
    teacher.fill("samtykke", &[("consent", "SAMTYKKET"), ("consent_day", "2026-11-18")], "grunnlag").await;
    teacher.fill("grunnlag", &[("consent_read", "lest")], "foresatte").await;
    let nobody = teacher.get("/meld/foresatte").await;
    assert!(nobody.body.contains("name=\"no_guardian\""), "a child of nine has somebody, or a reason");
    let mother = [("g1_relation", "MO"), ("g1_name", "Ingunn Testdal"), ("g1_informed", "JA")];
    teacher.fill("foresatte", &mother, "behov").await;
    let need = [
        ("needs", "BARNEKOORDINATOR"),
        ("description", "Trenger én som holder i trådene mellom seks tjenester."),
        ("urgency", "ORDINAER"),
    ];
    teacher.fill("behov", &need, "tjenester").await;
    teacher.fill("tjenester", &[("services_now", "SKOLE"), ("services_now", "FYSIOTERAPI")], "se-over").await;
    let by_child = "Personen er under 16 år og har samtykket selv.";
    let remarked = teacher.get("/meld/se-over").await;
    assert!(remarked.body.contains(by_child), "{}", remarked.body);
    teacher.fill("samtykke", &[("consent", "AVGITT_PA_VEGNE"), ("consent_day", "18.11.2026")], "grunnlag").await;
    let by_mother = [("consent_read", "lest"), ("given_by_role", "FORESATT"), ("given_by", "Ingunn Testdal")];
    teacher.fill("grunnlag", &by_mother, "foresatte").await;
    let review = teacher.get("/meld/se-over").await;
    assert!(!review.body.contains(by_child), "mended: {}", review.body);
    let receipt = teacher.post(&review, "/meld/se-over", &[]).await;

    assert!(receipt.body.contains("Samtykket omfatter ikke tilbakemelding"), "{}", receipt.body);
    let rows = gateway.rows("risor-oppvekst").await;
    assert_eq!(rows.len(), 1);
    let (mut kari, _) = gateway.staff("risor-oppvekst").await;
    let of_schools = kari.get("/register.csv?sector=SKOLE").await;
    assert!(of_schools.body.contains(rows[0].reference.as_str()), "it is kept as a school's: {}", of_schools.body);
    assert_eq!(kari.get("/register.csv?sector=FASTLEGE").await.body.lines().count(), 1);
    let list = kari.get("/").await;
    let open = format!("/items/{}/open", rows[0].id);
    kari.post(&list, &open, &[]).await;
    let read = kari.get(&format!("/items/{}", rows[0].id)).await;
    for said in ["Grunnskole", "Eksempel skole", "Hilde Prøvelærer"] {
        assert!(read.body.contains(said), "{said}: {}", read.body);
    }
    let form = Request::post("/meld/status").header("content-type", "application/x-www-form-urlencoded");
    let said = teacher.send(form, format!("code={}", code_of(&receipt))).await;
    assert!(
        said.body.contains("Mottatt")
            && said.body.contains("omfatter ikke tilbakemelding")
            && !said.body.contains("lest ennå")
    );
}

/// A number may not tell the age; then the day of birth is asked for, so that nobody is asked about an adult's parents.
#[tokio::test]
async fn whether_parents_are_asked_about_is_decided_by_the_day_of_birth() {
    for (born, next, is_child) in [("2008-11-25", "foresatte", true), ("2008-11-01", "behov", false)] {
        let gateway = Gateway::new().await;
        let mut person = gateway.browser();
        let start = person.get("/meld?kommune=5614").await;
        person.post(&start, "/meld/start", &[("kommune", "5614")]).await;
        person.fill("melder", &SELF, "person").await;
        let about = [
            ("id_kind", "UKJENT"),
            ("id_reason", "IKKE_OPPGITT"),
            ("given_name", "Ragna"),
            ("family_name", "Prøvesen"),
        ];
        let page = person.get("/meld/person").await;
        let without = person.post(&page, "/meld/person", &about).await;
        assert!(without.body.contains("href=\"#born\""), "{}", without.body);
        person.fill("person", &[&about[..], &[("born", born)]].concat(), "samtykke").await;
        person.fill("samtykke", &[("consent", "SAMTYKKET"), ("consent_day", "2026-11-19")], "grunnlag").await;
        let page = person.fill("grunnlag", &[("consent_read", "lest")], next).await;
        assert_eq!(page.body.contains("<span>Foresatte</span>"), is_child, "{}", page.body);
        assert!(page.body.contains(if is_child { "Steg 4 av 8" } else { "Steg 4 av 7" }), "{}", page.body);
    }
}

#[tokio::test]
async fn staff_write_down_a_telephone_call_and_it_is_told_who_did() {
    let gateway = Gateway::new().await;
    let (mut kari, user) = gateway.staff("risor-systemkoordinator").await;
    let start = kari.get("/meld").await;
    assert!(start.body.contains("Registrer en melding"));
    kari.post(&start, "/meld/start", &[("kommune", "4201")]).await;
    let called = [
        ("source", "telephone"),
        ("category", "PAARORENDE"),
        ("reporter_name", "Odd Tenkt"),
        ("reporter_phone", "99000161"),
    ];
    kari.fill("melder", &called, "person").await;
    kari.about_an_adult(&["KONTAKT", "TILBAKEMELDING_TIL_MELDER"], &[]).await;
    let review = kari.get("/meld/se-over").await;

    let receipt = kari.post(&review, "/meld/se-over", &[]).await;

    assert!(receipt.body.contains("Meldingen er mottatt"), "{}", receipt.body);
    let detail = gateway.store.messages(&MessageQuery { rows_max: 5, ..MessageQuery::default() }).await.unwrap();
    let message = gateway.store.message(&detail[0].id.to_string()).await.unwrap();
    assert_eq!((message.channel.as_str(), detail.len()), ("manual", 1));
    let line = message.journal.iter().find(|it| it.action == "registered").unwrap();
    assert_eq!(line.actor, Actor::Person { id: user.id.to_string(), name: "Kari Saksbehandler".to_owned() });
    assert_eq!(line.detail, "telephone");

    // Another at the same browser, after signing out, does not get at a draft.
    let start = kari.get("/meld").await;
    kari.post(&start, "/meld/start", &[("kommune", "4201")]).await;
    kari.cookies.remove("__Host-meldeport");
    assert!(kari.get("/meld/person").await.location.starts_with("/sign-in"));
}

/// Staff write down what came by telephone, in a meeting and on paper, and a relative sends the same in the form.
///
/// seed: R-22, L-37
#[tokio::test]
async fn what_comes_orally_or_on_paper_is_in_the_register_like_what_comes_in_the_form() {
    let gateway = Gateway::new().await;
    let (mut kari, _) = gateway.staff("risor-helse-og-omsorg").await;
    let caller = [("category", "PAARORENDE"), ("reporter_name", "Odd Tenkt"), ("reporter_phone", "99000161")];
    let ways = [
        (Some("telephone"), "På telefon"),
        (Some("meeting"), "I et møte"),
        (Some("post"), "I posten eller på papir"),
        (None, "I skjemaet"),
    ];
    for (source, said) in ways {
        let mut relative = gateway.browser();
        let writer = if source.is_some() { &mut kari } else { &mut relative };
        let start = writer.get("/meld").await;
        writer.post(&start, "/meld/start", &[("kommune", "4201")]).await;
        let reporter: Vec<_> = source.map(|it| ("source", it)).into_iter().chain(caller).collect();
        writer.fill("melder", &reporter, "person").await;
        writer.about_an_adult(&["KONTAKT", "TILBAKEMELDING_TIL_MELDER"], &[]).await;
        let review = writer.get("/meld/se-over").await;
        let receipt = writer.post(&review, "/meld/se-over", &[]).await;

        let row = gateway.rows("risor-helse-og-omsorg").await.pop().unwrap();
        let cover = kari.get(&format!("/items/{}", row.id)).await;
        let by = source.map_or(said.to_owned(), |_| format!("{said}, skrevet inn av Kari Saksbehandler"));
        assert!(cover.body.contains(&by), "{by}: {}", cover.body);
        // What the caller is given on request: the reference, and a code that answers.
        assert!(receipt.body.contains(row.reference.as_str()), "{}", receipt.body);
        let told = gateway.browser().status(&code_of(&receipt)).await;
        assert!(told.body.contains("Mottatt, ikke lest ennå") && told.body.contains(row.reference.as_str()));
        gateway.clock.advance(Duration::from_secs(60));
    }

    let (page, csv) = (kari.get("/register").await.body, kari.get("/register.csv").await.body);
    let json = kari.get("/register.json").await.body;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let mut lines = csv.trim_start_matches('\u{feff}').lines().map(|it| it.split(';').collect::<Vec<_>>());
    let head = lines.next().unwrap();
    let channel = head.iter().position(|it| *it == "Kom inn").unwrap();
    let reference = head.iter().position(|it| *it == "Referanse").unwrap();
    let mut rows: Vec<_> = lines.collect();
    rows.reverse();
    let mut in_json: Vec<_> = json["rows"].as_array().unwrap().iter().map(|it| &it["channel"]).collect();
    in_json.reverse();
    assert_eq!(rows.iter().map(|it| it[channel]).collect::<Vec<_>>(), ways.map(|it| it.1));
    assert_eq!(in_json, ways.map(|it| it.1));
    assert!(ways.iter().all(|it| page.contains(it.1)) && page.contains("Kom inn"), "{page}");
    // Nothing else tells them apart.
    for row in &mut rows {
        (row[channel], row[reference]) = ("", "");
    }
    assert!(rows.iter().all(|it| *it == rows[0]) && rows.len() == 4, "{rows:?}");
}

/// seed: R-21
#[tokio::test]
async fn one_who_does_not_know_who_can_help_says_so_and_is_led_to_the_default_unit() {
    let gateway = Gateway::new().await;
    let mut person = gateway.browser();
    let start = person.get("/meld").await;
    person.post(&start, "/meld/start", &[("kommune", "4201")]).await;
    person.fill("melder", &SELF, "person").await;
    person.what_an_adult_needs(&["KONTAKT"], &[]).await;
    let action = "/meld/tjenester";
    let step = person.get(action).await;
    assert!(step.body.contains("Jeg vet ikke hvilken tjeneste eller hvem som kan hjelpe"), "{}", step.body);

    let both = [("unsure", "ja"), ("services_wished", "FYSIOTERAPI")];
    let refused = person.post(&step, action, &both).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("href=\"#unsure-1\"") && refused.body.contains("Ikke begge deler"));
    person.fill("tjenester", &[("unsure", "ja")], "se-over").await;
    let review = person.get("/meld/se-over").await;
    assert!(review.body.contains("Systemkoordinator i Risør"), "{}", review.body);
    let receipt = person.post(&review, "/meld/se-over", &[]).await;

    let default = gateway
        .heart
        .reception(&MunicipalityNumber::parse("4201").unwrap(), date(2026, 11, 20))
        .map(|it| it.units[0].id.clone());
    let rows = gateway.rows("risor-systemkoordinator").await;
    assert_eq!((rows.len(), Some(&rows[0].unit)), (1, default.as_ref()));
    assert!(receipt.body.contains(rows[0].reference.as_str()), "{}", receipt.body);
    // One who knows of a service is led to it.
    let mut other = gateway.browser();
    let start = other.get("/meld").await;
    other.post(&start, "/meld/start", &[("kommune", "4201")]).await;
    other.fill("melder", &SELF, "person").await;
    other.about_an_adult(&["KONTAKT"], &[]).await;
    assert!(other.get("/meld/se-over").await.body.contains("Helse og omsorg i Risør"));
}

/// seed in part: L-01
#[tokio::test]
async fn a_private_person_is_let_in_only_where_the_municipality_says_so() {
    let gateway = Gateway::new().await;
    let mut person = gateway.browser();
    for (number, is_open) in [("4201", true), ("5614", true), ("4211", false), ("1149", false), ("4601", false)] {
        let start = person.get("/meld").await;
        let answer = person.post(&start, "/meld/start", &[("kommune", number)]).await;
        assert_eq!(answer.status == StatusCode::SEE_OTHER, is_open, "{number}");
        assert!(is_open || answer.body.contains("tar ikke imot skjema fra privatpersoner"), "{number}");
    }
    let closed = Gateway::with(FormConfig::default()).await;
    assert!(closed.browser().get("/meld").await.body.contains("Skjemaet er ikke åpnet her."));
}

#[tokio::test]
async fn what_is_missing_is_told_with_links_and_nothing_personal_is_in_the_address() {
    let gateway = Gateway::new().await;
    let mut person = gateway.browser();
    let start = person.get("/meld").await;
    person.post(&start, "/meld/start", &[("kommune", "4201")]).await;

    let page = person.get("/meld/melder").await;
    let told = person.post(&page, "/meld/melder", &[("reporter_name", "Ragna"), ("reporter_phone", "ring meg")]).await;

    assert_eq!(told.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        told.body.contains("href=\"#category\"") && told.body.contains("href=\"#reporter_phone\""),
        "{}",
        told.body
    );
    assert!(told.body.contains("value=\"Ragna\""), "what was written is kept");
    assert_eq!(person.get("/meld/behov").await.location, "/meld/melder", "steps are taken in order");
    person.fill("melder", &SELF, "person").await;
    let page = person.get("/meld/person").await;
    let wrong = [("id_kind", "FNR"), ("id_number", "12835401803"), ("family_name", "Prøvesen"), ("born", "31.2.1954")];
    let told = person.post(&page, "/meld/person", &wrong).await;
    assert!(told.body.contains("href=\"#id_number\"") && told.body.contains("href=\"#born\""), "{}", told.body);

    let page = person.get("/meld/person").await;
    let deleted = person.post(&page, "/meld/slett", &[]).await;
    assert!(deleted.location.starts_with("/meld?slettet=1"));
    assert_eq!(person.get("/meld/person").await.status, StatusCode::GONE);
}

#[tokio::test]
async fn limits_hold_and_drafts_expire() {
    let form = FormConfig {
        sender: FORM_SENDER.to_owned(),
        drafts_per_hour_max: 1,
        status_per_minute_max: 1,
        ..FormConfig::default()
    };
    let gateway = Gateway::with(form).await;
    let mut person = gateway.browser();
    let start = person.get("/meld").await;
    assert_eq!(person.post(&start, "/meld/start", &[("kommune", "4201")]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(person.post(&start, "/meld/start", &[("kommune", "4201")]).await.status, StatusCode::TOO_MANY_REQUESTS);
    for expected in [StatusCode::NOT_FOUND, StatusCode::TOO_MANY_REQUESTS] {
        let form = Request::post("/meld/status").header("content-type", "application/x-www-form-urlencoded");
        assert_eq!(person.send(form, "code=0000".to_owned()).await.status, expected);
    }
    gateway.clock.advance(Duration::from_hours(25));
    assert_eq!(person.get("/meld/melder").await.status, StatusCode::GONE);
}

/// seed: H-26, L-41
/// seed in part: H-20, H-23, H-43, H-50, G-26
#[tokio::test]
async fn every_kind_of_reporter_is_taken_without_an_hpr_number() {
    let gateway = Gateway::new().await;
    let mut sent_by = Vec::new();
    for category in ReporterCategory::ALL.iter().copied().filter(|it| *it != ReporterCategory::HospitalCoordinatingUnit)
    {
        let mut report = gateway.adult();
        report.reporter.category = category;
        report.reporter.hpr = None;
        if category.is_private() {
            report.reporter.private = true;
            (report.reporter.organisation, report.reporter.organisation_name) = (None, None);
            report.reporter.her_id = None;
        }
        let judgement = gateway.judge(&report).await;
        assert!(judgement.is_accepted, "{}: {:?}", category.code(), judgement.findings);
        let sent = gateway.desk.send(&report, Written::ByReporter).await.unwrap();
        assert!(sent.is_accepted, "{}", category.code());
        sent_by.push((category, sent.reference.to_string()));
    }
    // One of each is in the register of the unit that has them all, under its own kind.
    let (mut kari, _) = gateway.staff("risor-helse-og-omsorg").await;
    assert!(sent_by.len() > 20, "{sent_by:?}");
    for (category, reference) in sent_by {
        let csv = kari.get(&format!("/register.csv?sector={}", category.code())).await.body;
        assert!(csv.lines().count() == 2 && csv.contains(&reference), "{}: {csv}", category.code());
    }
}

/// seed: H-22
#[tokio::test]
async fn every_age_is_taken() {
    let gateway = Gateway::new().await;
    for (years, born) in [(0, date(2026, 8, 1)), (17, date(2009, 2, 1)), (18, date(2008, 2, 1)), (95, date(1931, 2, 1))]
    {
        let mut report = if years < 16 { gateway.child() } else { gateway.adult() };
        let patient = report.patient.as_mut().unwrap();
        patient.id = PatientId { kind: "UKJENT".to_owned(), number: None, reason: Some("IKKE_OPPGITT".to_owned()) };
        patient.date_of_birth = Some(Redacted::new(born));
        let judgement = gateway.judge(&report).await;
        assert!(judgement.is_accepted, "{years}: {:?}", judgement.findings);
        assert_eq!(judgement.born.map(Redacted::into_inner), Some(born));
        let sent = gateway.desk.send(&report, Written::ByReporter).await.unwrap();
        let rows = gateway.rows(if years < 18 { "risor-oppvekst" } else { "risor-helse-og-omsorg" }).await;
        assert!(rows.iter().any(|it| it.reference == sent.reference), "{years}: {rows:?}");
    }
}

/// seed: L-42, L-43, H-41
/// seed in part: L-44
#[tokio::test]
async fn one_service_an_uncertain_duration_and_every_service_are_taken() {
    let gateway = Gateway::new().await;
    let mut report = gateway.adult();
    report.duration = Some(ExpectedDuration::Uncertain);
    let all: Vec<String> = {
        let texts = include_str!("../../../schemas/behovsmelding-1.0.xsd");
        let list =
            texts.split("simpleType name=\"TjenesteType\"").nth(1).unwrap().split("</xs:simpleType>").next().unwrap();
        list.split("enumeration value=\"").skip(1).map(|it| it.split('"').next().unwrap().to_owned()).collect()
    };
    assert!(all.len() > 30);
    for kind in all {
        report.report_id = Uuid::now_v7().to_string();
        let (status, name) = (Some("NAA".to_owned()), None);
        report.services = vec![Service { kind: kind.clone(), level: None, status, name, contact: None }];
        let judgement = gateway.judge(&report).await;
        assert!(judgement.is_accepted, "{kind}: {:?}", judgement.findings);
        let few = judgement.findings.iter().find(|it| it.code == Code::FewServices).map(|it| it.severity);
        assert_eq!(few, Some(Severity::Info), "{kind}");
        let sent = gateway.desk.send(&report, Written::ByReporter).await.unwrap();
        let kept = gateway.store.message(&sent.reference.to_string()).await.unwrap();
        assert!(sent.is_accepted && !kept.items.is_empty(), "{kind}: {kept:?}");
        let said = kept.findings.iter().find(|it| it.code == Code::FewServices.id()).map(|it| it.severity);
        assert_eq!(said, Some(Severity::Info), "{kind}");
    }
}

#[tokio::test]
async fn a_report_of_no_service_is_led_to_the_default_unit_and_the_same_report_twice_is_one() {
    let gateway = Gateway::new().await;
    let mut report = gateway.adult();
    report.services.clear();
    let default = gateway.heart.reception(&report.receiver.municipality, date(2026, 11, 20)).unwrap().units.remove(0);

    assert_eq!(gateway.judge(&report).await.units, [default.id]);
    let first = gateway.desk.send(&report, Written::ByReporter).await.unwrap();
    let again = gateway.desk.send(&report, Written::ByReporter).await.unwrap();
    assert!(first.is_accepted && first.reference == again.reference);
    assert_eq!(gateway.clock.now(), now());
}

/// A case is lifted to the group in Risør, where nobody sits; after its own time the deputy, then the leader, gets a letter
/// through a real mail server, and the letters tell nothing about whom.
///
/// seed: G-05, R-03
#[tokio::test]
async fn what_a_group_leaves_unread_is_written_to_its_deputy_and_leader_without_persons() {
    let gateway = Gateway::new().await;
    let sent = gateway.desk.send(&gateway.child(), Written::ByReporter).await.unwrap();
    let reference = sent.reference.to_string();
    let lingering = gateway.store.unread_items(None, 9).await.unwrap().remove(0);
    let who = Colleague { id: Uuid::from_u128(1), name: "Kari Saksbehandler".to_owned() };
    let lift = Act::Lift {
        to: LiftTo::Group { item: Uuid::now_v7(), group: UnitId("risor-koordinerende-enhet".to_owned()) },
        reason: LiftReason::NotSolvedOtherwise,
        step: LiftStep::Two,
        text: None,
    };
    for act in [Act::Open, Act::Take, lift] {
        let by = Acting { who: who.clone(), authority: Authority::Own, at: now() };
        let deed = Deed { item: lingering.item, units: vec![lingering.unit.clone()], act, by, version: None };
        assert!(matches!(gateway.store.act_on_case(&deed).await.unwrap(), Acted::Done { .. }));
    }

    gateway.clock.advance(Duration::from_hours(24 * 60));
    let metrics = Arc::new(crate::telemetry::Metrics::new("0"));
    let config = crate::work::DeadlinesConfig::default();
    let (store, heart, clock) = (gateway.store.clone(), gateway.heart.clone(), gateway.clock.clone());
    let meetings = gateway.store.clone();
    let worker = crate::work::DeadlineWorker::new(store, meetings, heart, clock, metrics, &config, Bell::default());
    worker.look().await.unwrap();

    let sink = Sink::start(SinkTls::None).await.unwrap();
    let email = EmailConfig {
        server: "127.0.0.1".to_owned(),
        port: sink.address().port(),
        tls: EmailTls::None,
        from: "Meldeport <ikke-svar@mottak.example>".to_owned(),
        ..EmailConfig::default()
    };
    let inbox = "https://innboks.risor.example/";
    let heart = gateway.heart.clone();
    let notifier = EmailNotifier::new(&email, std::path::Path::new(""), inbox, heart, gateway.clock.clone()).unwrap();
    let until = gateway.clock.now().plus(Duration::from_secs(60));
    // One at a time for each unit and channel, so it is asked until nothing is left.
    loop {
        let claim = Claim { rows_max: 9, now: gateway.clock.now(), until };
        let leases = gateway.store.claim_notices(claim).await.unwrap();
        if leases.is_empty() {
            break;
        }
        for lease in leases {
            let DueNotice { id, unit, reference, created_at, unread, reminder, meeting, .. } = lease.held.clone();
            if reminder.is_some() {
                let notice = Notice { id, unit, reference, created_at, unread, reminder, meeting };
                notifier.notify(&notice).await.unwrap();
            }
            gateway.store.settle_notice(&lease, Next::Delivered, None, gateway.clock.now()).await.unwrap();
        }
    }
    let mails = sink.mails();
    let to = |part: &str| mails.iter().filter(|it| it.to.iter().any(|it| it.contains(part))).collect::<Vec<_>>();
    let deputy = to("stedfortreder-koordinerende-enhet@risor.example");
    assert_eq!(deputy.len(), 1, "{:?}", mails.iter().map(|it| &it.to).collect::<Vec<_>>());
    assert!(deputy[0].header("Subject").unwrap().contains("stedfortreder"));
    assert!(mails.iter().any(|it| it.header("Subject").unwrap().contains("leder:")), "and the leader after that");
    let (report, mut planted) = (gateway.child(), vec!["BARNEKOORDINATOR".to_owned(), "Barnekoordinator".to_owned()]);
    let patient = report.patient.as_ref().unwrap();
    planted.extend(patient.id.number.as_ref().map(|it| it.reveal().clone()));
    planted.extend(patient.name.as_ref().and_then(|it| it.family.as_ref()).map(|it| it.reveal().clone()));
    for mail in &mails {
        let said = format!("{}\n{}", mail.header("Subject").unwrap(), mail.body());
        assert!(said.contains(&reference), "{said}");
        assert!(planted.iter().all(|it| !said.contains(it.as_str())), "{said}");
    }
}

/// Who can be lifted to without asking, by the directory as it is published.
#[tokio::test]
async fn units_of_one_municipality_work_together_and_those_of_two_do_not() {
    let gateway = Gateway::new().await;
    let unit = |id: &str| UnitId(id.to_owned());
    let (office, day) = (unit("gjerstad-tjenestekontor"), date(2026, 11, 22));

    assert_eq!(gateway.heart.municipality_of(&office).as_deref(), Some("Gjerstad"));
    assert!(gateway.heart.work_together(&office, &unit("gjerstad-koordinerende-gruppe"), day));
    assert!(!gateway.heart.work_together(&office, &unit("loppa-koordinerende-enhet"), day));
    assert!(!gateway.heart.work_together(&office, &unit("finnes-ikke"), day));
}

mod walk;
