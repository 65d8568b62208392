//! The form over the real heart, the real intake and a real store: written, judged, sent, looked after.

mod groups;
mod others;
mod person;
mod status;
mod taken;
mod walk;
mod ways;

use crate::app::Heart;
use crate::app::configuration::Book;
use crate::app::desk::Desk;
use crate::app::outbox::Letterbox;
use crate::clock::TestClock;
use crate::domain::*;
use crate::inbox;
use crate::inbox::DeskJudgement;
use crate::inbox::FormConfig;
use crate::inbox::Inbox;
use crate::inbox::InboxConfig;
use crate::inbox::Providers;
use crate::inbox::RefusedPasswords;
use crate::inbox::ReportDesk;
use crate::inbox::SecondFactor;
use crate::inbox::Token;
use crate::judge;
use crate::storage::*;
use crate::trial::FORM_SENDER;
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
            metrics: Arc::new(crate::telemetry::Metrics::new("0")),
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
        let xml = include_str!("../../../../tests/corpus/valid/school-barnekoordinator.xml");
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
        self.desk.judge(report, inbox::Written::ByReporter).await.unwrap()
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
        self.store.add_link(token.sha256(), id, None, now().plus(Duration::from_hours(1))).await.unwrap();
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
