//! An inbox over a real store to test, and a browser that keeps its cookies.

mod browser;
mod directory;

use crate::clock::TestClock;
use crate::domain::Calendar;
use crate::domain::Patience;
use crate::domain::deadline;
use crate::domain::*;
use crate::inbox::Inbox;
use crate::inbox::InboxConfig;
use crate::inbox::Providers;
use crate::inbox::ReadMessage;
use crate::inbox::ReadReport;
use crate::inbox::RefusedPasswords;
use crate::inbox::SecondFactor;
use crate::inbox::Token;
use crate::inbox::WhileUnsure;
use crate::inbox::router;
use crate::inbox::tests::report;
use crate::storage::*;
use crate::telemetry::Metrics;
use axum::Router;
use axum::http::StatusCode;
pub(super) use browser::Answer;
pub(super) use browser::Browser;
use bytes::Bytes;
use directory::Directory;
use directory::Shelf;
use sqlx::ConnectOptions as _;
use sqlx::Sqlite;
use sqlx::sqlite::SqliteConnectOptions;
use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;
use uuid::Uuid;

pub(super) const PASSWORD: &str = "fjorten grønne elger";

/// 5 October 2026, 10.00 in Norway.
pub(super) fn start() -> Timestamp {
    Timestamp::from_jiff("2026-10-05T08:00:00Z".parse().unwrap())
}

/// A whole inbox over a store of its own.
pub(super) struct House {
    pub store: Arc<SqlStore<Sqlite>>,
    pub clock: Arc<TestClock>,
    pub router: Router,
    pub closing: tokio_util::sync::CancellationToken,
    pub metrics: Arc<Metrics>,
    shelf: Arc<Shelf>,
    /// Where the database is; it goes when the test ends.
    folder: TempDir,
}

/// A line of the journal as it lies in the database.
pub(super) struct Line {
    pub action: String,
    pub actor_id: String,
    pub actor_name: String,
    pub message: Option<Vec<u8>>,
    pub detail: String,
}

/// What an item is planted with.
pub(super) struct Plant {
    pub unit: &'static str,
    pub share: Share,
    pub name: String,
    pub person_id: Option<String>,
    pub sender: String,
    /// As it is registered.
    pub sender_name: &'static str,
    pub urgent: bool,
    pub protected: bool,
    pub born: Option<jiff::civil::Date>,
    pub kind: &'static str,
    pub needs: &'static [&'static str],
    pub dimensions: &'static [&'static str],
    pub reporter: Option<&'static str>,
    pub age_group: Option<AgeGroup>,
    /// Days since the sender made it. `None`: it does not say.
    pub days_under_way: Option<u64>,
    pub ids: &'static [&'static str],
    pub bytes: &'static [u8],
    pub report: Option<ReadMessage>,
    pub route: Vec<KeptStep>,
}

impl Default for Plant {
    fn default() -> Self {
        let read = report::full(&|name| format!("[{name}]"));
        Self {
            unit: "gjerstad",
            share: Share::Content,
            name: "Åse Testdal".to_owned(),
            person_id: None,
            sender: "Eksempel sykehus HF, Medisinsk avdeling".to_owned(),
            sender_name: "eksempel-sykehus",
            urgent: false,
            protected: false,
            born: None,
            kind: "BEHOV",
            needs: &["BARNEKOORDINATOR", "IP"],
            dimensions: &[],
            reporter: None,
            age_group: None,
            days_under_way: None,
            ids: &[],
            bytes: b"%PDF-1.7 a made-up file",
            report: Some(read),
            route: vec!["Regelen «hele kommunen» passet.".into()],
        }
    }
}

/// A planted item.
pub(super) struct Planted {
    pub item: ItemId,
    pub message: MessageId,
    pub reference: String,
}

/// A password is enough, since most stories are about what comes after.
pub(super) fn plain() -> InboxConfig {
    InboxConfig { second_factor: SecondFactor::Offered, ..InboxConfig::default() }
}

impl House {
    pub(super) async fn new() -> Self {
        Self::with(plain()).await
    }

    pub(super) async fn with(config: InboxConfig) -> Self {
        Self::built(config, start(), Path::new("."), WhileUnsure::NobodyLooks).await
    }

    pub(super) async fn where_unsure(config: InboxConfig, while_unsure: WhileUnsure) -> Self {
        Self::built(config, start(), Path::new("."), while_unsure).await
    }

    /// Where a real provider takes part, its time is ours.
    pub(super) async fn at_the_real_time(config: InboxConfig, keys: &Path) -> Self {
        let now = crate::clock::Clock::now(&crate::clock::SystemClock);
        Self::built(config, now, keys, WhileUnsure::NobodyLooks).await
    }

    async fn built(config: InboxConfig, now: Timestamp, keys: &Path, while_unsure: WhileUnsure) -> Self {
        let (folder, clock) = (TempDir::new().unwrap(), Arc::new(TestClock::at(now)));
        let shown: Arc<dyn crate::clock::Clock> = clock.clone();
        let providers = Providers::load(&config.providers, keys, &shown).unwrap();
        let sealing = Sealing::On(Keys::generate());
        let options = StoreOptions { clock: Arc::clone(&shown), ..StoreOptions::default() };
        let store = open_sqlite(&folder.path().join("store.db"), sealing, options).await.unwrap();
        let shelf = Arc::new(Shelf::default());
        let closing = tokio_util::sync::CancellationToken::new();
        let metrics = Arc::new(Metrics::new("0"));
        let router = router(Inbox {
            metrics: Arc::clone(&metrics),
            accounts: Arc::clone(&store) as Arc<dyn AccountStore>,
            api: Arc::clone(&store) as Arc<dyn ApiStore>,
            audit: Arc::clone(&store) as Arc<dyn AuditStore>,
            sessions: Arc::clone(&store) as Arc<dyn SessionStore>,
            refused_passwords: RefusedPasswords::read(b"pingvinene danser vals\n"),
            items: Arc::clone(&store) as Arc<dyn InboxStore>,
            people: Arc::clone(&store) as Arc<dyn PeopleStore>,
            openings: Arc::clone(&store) as Arc<dyn OpeningStore>,
            reminders: Arc::clone(&store) as Arc<dyn ReminderStore>,
            identities: Arc::clone(&store) as Arc<dyn IdentityStore>,
            factors: Arc::clone(&store) as Arc<dyn FactorStore>,
            providers,
            cases: Arc::clone(&store) as Arc<dyn CaseStore>,
            register: Arc::clone(&store) as Arc<dyn RegisterStore>,
            search: Arc::clone(&store) as Arc<dyn SearchStore>,
            figures: Arc::clone(&store) as Arc<dyn StatisticsStore>,
            closing: closing.clone(),
            meetings: Arc::clone(&store) as Arc<dyn MeetingStore>,
            tasks: Arc::clone(&store) as Arc<dyn TaskStore>,
            questions: Arc::clone(&store) as Arc<dyn QuestionStore>,
            messages: Arc::clone(&store) as Arc<dyn MessageStore>,
            operator: Arc::clone(&store) as Arc<dyn OperatorStore>,
            clock: Arc::clone(&clock) as Arc<dyn crate::clock::Clock>,
            reader: Arc::clone(&shelf) as Arc<dyn ReadReport>,
            names: Arc::new(Directory),
            checker: Arc::new(Directory),
            numbers: Arc::new(Directory),
            contacts: Arc::new(Directory),
            forms: Arc::clone(&store) as Arc<dyn FormStore>,
            desk: Arc::new(Directory),
            outbox: Arc::new(Directory),
            scans: Arc::clone(&store) as Arc<dyn ScanStore>,
            while_unsure,
            config,
            book: Arc::new(Directory),
        });
        Self { store, clock, router, closing, metrics, shelf, folder }
    }

    /// A user without a password, and a one-time link for them.
    pub(super) async fn invite(&self, login: &str, name: &str, units: &[&str]) -> (User, Token) {
        let user = User {
            id: UserId(Uuid::now_v7()),
            login: login.to_owned(),
            display_name: name.to_owned(),
            units: units.iter().map(|it| UnitId((*it).to_owned())).collect(),
            ended_at: None,
        };
        let now = crate::clock::Clock::now(&*self.clock);
        assert!(self.store.add_user(&user, now).await.unwrap());
        let token = Token::generate();
        let expires = now.plus(Duration::from_secs(3600));
        self.store.add_link(token.sha256(), user.id, None, expires).await.unwrap();
        (user, token)
    }

    /// A browser in which a new user of `units` has signed in by the first link.
    pub(super) async fn signed_in(&self, login: &str, name: &str, units: &[&str]) -> (Browser, User) {
        let (user, token) = self.invite(login, name, units).await;
        let mut browser = self.browser();
        let path = format!("/first/{}", token.text().reveal());
        let form = browser.get(&path).await;
        let answer = browser.post(&path, &[("password", PASSWORD), ("repeat", PASSWORD)], &form).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        (browser, user)
    }

    /// A browser of a new user with one role in `unit`.
    pub(super) async fn signed_in_as(&self, login: &str, role: Role, unit: &str) -> (Browser, User) {
        let (browser, user) = self.signed_in(login, &format!("{login} Prøve"), &[]).await;
        self.grant(&user, Membership { role, ..membership(unit) }).await;
        (browser, user)
    }

    /// A browser in which somebody signs in by the password again.
    pub(super) async fn signed_in_again(&self, login: &str) -> Browser {
        let mut browser = self.browser();
        let form = browser.get("/sign-in").await;
        let answer = browser.post("/sign-in", &[("login", login), ("password", PASSWORD)], &form).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        browser
    }

    /// Gives a role, as the operator.
    pub(super) async fn grant(&self, user: &User, wanted: Membership) -> MembershipId {
        self.store.grant(user.id, &wanted, &Actor::Operator("drift".to_owned()), start()).await.unwrap()
    }

    /// Makes the user one who may handle graded addresses in `unit`.
    pub(super) async fn clear(&self, user: &User, unit: &str) {
        self.grant(user, Membership { clearance: Clearance::Graded, ..membership(unit) }).await;
    }

    /// One asks to open a graded case, and another agrees.
    pub(super) async fn agreed_to(&self, planted: &Planted, asks: &mut Browser, agrees: &mut Browser) {
        let path = format!("/items/{}", planted.item);
        let (cover, ask) = (asks.get(&path).await, format!("{path}/second"));
        if cover.key(&ask).is_some() {
            asks.post(&ask, &[("because", "work")], &cover).await;
        }
        let list = agrees.get("/second").await;
        let action = list.actions().into_iter().find(|it| it.contains("/second/")).unwrap().to_owned();
        let answer = agrees.post(&action, &[], &list).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    }

    pub(super) fn browser(&self) -> Browser {
        Browser { router: self.router.clone(), cookies: HashMap::new(), language: "nb" }
    }

    pub(super) async fn plant(&self, plant: Plant) -> Planted {
        self.plant_also(plant, None).await.0
    }

    /// A report with its content in the unit `has`, of which the unit `told` only knows.
    pub(super) async fn plant_for_two(&self, has: &'static str, told: &'static str) -> (Planted, Planted) {
        let told = (told, Share::Awareness);
        let (one, other) = self.plant_also(Plant { unit: has, ..Plant::default() }, Some(told)).await;
        (one, other.unwrap())
    }

    /// A report that two units have.
    pub(super) async fn plant_in_both(&self, unit: &'static str, also: &'static str) -> (Planted, Planted) {
        let also = (also, Share::Content);
        let (one, other) = self.plant_also(Plant { unit, ..Plant::default() }, Some(also)).await;
        (one, other.unwrap())
    }

    async fn plant_also(&self, plant: Plant, told: Option<(&str, Share)>) -> (Planted, Option<Planted>) {
        let (message, item) = (MessageId(Uuid::now_v7()), ItemId(Uuid::now_v7()));
        let random: [u8; 9] = crate::inbox::token::random();
        let reference = Reference::from_random(random);
        let attachments = plant.report.as_ref().map_or(0, |it| it.attachments.len());
        if let Some(report) = plant.report {
            self.shelf.0.lock().unwrap().insert(message, report);
        }
        let summary = ItemSummary {
            person_name: Some(plant.name),
            person_id: plant.person_id,
            sender: plant.sender,
            born: plant.born,
            writer: None,
        };
        let mut settlement = Settlement {
            message: NewMessage {
                id: message,
                reference: reference.clone(),
                channel: Channel::Https,
                received_at: crate::clock::Clock::now(&*self.clock),
                sender: OrgNumber::parse("310000108").unwrap(),
                sender_name: plant.sender_name.to_owned(),
                sender_message_id: message.to_string(),
                message_type: "BEHOVSMELDING".to_owned(),
                sender_her_id: HerId::parse("800011"),
                receiver_her_id: HerId::parse("900011"),
                municipality: MunicipalityNumber::parse("4211"),
                report_id: None,
                bytes: Bytes::from_static(plant.bytes),
                charset: None,
                sha256: [7; 32],
                judged_us: 900,
            },
            state: MessageState::Accepted,
            findings: vec![KeptFinding {
                code: "MP-452".to_owned(),
                severity: Severity::Warning,
                xpath: None,
                line: None,
                column: None,
                text: "Merknad i klare ord.".to_owned(),
            }],
            route: plant.route,
            items: vec![NewItem {
                id: item,
                unit: UnitId(plant.unit.to_owned()),
                share: plant.share,
                came_at: None,
                kind: plant.kind.to_owned(),
                needs: plant.needs.iter().map(|it| (*it).to_owned()).collect(),
                dimensions: plant.dimensions.iter().map(|it| (*it).to_owned()).collect(),
                ids: plant.ids.iter().map(|it| (*it).to_owned()).collect(),
                urgent: plant.urgent,
                protected: plant.protected,
                attachments: u32::try_from(attachments).unwrap(),
                made_at: plant
                    .days_under_way
                    .map(|it| crate::clock::Clock::now(&*self.clock).minus(Duration::from_secs(it * 24 * 60 * 60))),
                deadline: deadline(
                    crate::clock::Clock::now(&*self.clock),
                    plant.urgent,
                    Patience::default(),
                    &Calendar::default(),
                ),
                reporter: plant.reporter.map(str::to_owned),
                age_group: plant.age_group,
                relay_log: false,
                summary: Redacted::new(summary),
            }],
            receipt: None,
            notices: Vec::new(),
            alarms: Vec::new(),
            follows: None,
        };
        let reference = reference.to_string();
        let also = told.map(|(unit, share)| {
            let (id, unit) = (ItemId(Uuid::now_v7()), UnitId(unit.to_owned()));
            let told = NewItem { id, unit, share, ..settlement.items[0].clone() };
            settlement.items.push(told);
            Planted { item: id, message, reference: reference.clone() }
        });
        assert!(matches!(self.store.settle(settlement).await.unwrap(), Settled::New));
        (Planted { item, message, reference }, also)
    }

    /// Its sender withdraws it; our reference of the withdrawal.
    pub(super) async fn withdraw(&self, planted: &Planted, unit: &str) -> String {
        self.hear(planted, unit, FollowUpKind::Withdrawal, None).await
    }

    /// Its sender says more about it; our reference of that message, which can be read when `said` is there.
    pub(super) async fn hear(
        &self,
        planted: &Planted,
        unit: &str,
        kind: FollowUpKind,
        said: Option<ReadMessage>,
    ) -> String {
        let now = crate::clock::Clock::now(&*self.clock);
        let detail = self.store.item(planted.item, &[UnitId(unit.to_owned())]).await.unwrap();
        let message = MessageId(Uuid::now_v7());
        let reference = Reference::from_random(crate::inbox::token::random());
        let attachments = said.as_ref().map_or(0, |it| u32::try_from(it.attachments.len()).unwrap());
        if let Some(said) = said {
            self.shelf.0.lock().unwrap().insert(message, said);
        }
        let settlement = Settlement {
            message: NewMessage {
                id: message,
                reference: reference.clone(),
                channel: Channel::Https,
                received_at: now,
                sender: OrgNumber::parse("310000108").unwrap(),
                sender_name: "eksempel-sykehus".to_owned(),
                sender_message_id: message.to_string(),
                message_type: "BEHOVSMELDING".to_owned(),
                sender_her_id: HerId::parse("800011"),
                receiver_her_id: HerId::parse("900011"),
                municipality: MunicipalityNumber::parse("4211"),
                report_id: None,
                bytes: Bytes::from_static(b"<MsgHead/>"),
                charset: None,
                sha256: [8; 32],
                judged_us: 900,
            },
            state: MessageState::Accepted,
            findings: Vec::new(),
            route: Vec::new(),
            items: Vec::new(),
            receipt: None,
            notices: Vec::new(),
            alarms: Vec::new(),
            follows: Some(FollowUp {
                about: planted.message,
                reference: detail.row.reference,
                kind,
                from: "Eksempel sykehus".to_owned(),
                deadline: now,
                urgent: false,
                attachments,
                transfer: None,
                why: String::new(),
                notices: Vec::new(),
            }),
        };
        assert!(matches!(self.store.settle(settlement).await.unwrap(), Settled::New));
        reference.to_string()
    }

    /// Puts what was said and cannot be undone any more in the queue of what is sent.
    pub(super) async fn queue_what_was_said(&self) {
        let now = crate::clock::Clock::now(&*self.clock);
        for word in self.store.due_words(now, 9).await.unwrap() {
            let outbound = NewOutbound {
                id: word.id.outbound_id(),
                about: word.message,
                item: Some(word.id.item),
                kind: OutboundKind::Answer,
                to: Correspondent {
                    name: "eksempel-sykehus".to_owned(),
                    display_name: "Eksempel sykehus HF".to_owned(),
                    organisation: OrgNumber::parse("310000108").unwrap(),
                },
                text: Redacted::new("Svar".to_owned()),
                by: Actor::Person { id: word.who.id.to_string(), name: word.who.name.clone() },
                at: now,
                due: now,
                answer_by: now.plus(Duration::from_secs(86_400)),
            };
            self.store.enqueue(outbound).await.unwrap();
            self.store.word_handed_over(word.id).await.unwrap();
        }
    }

    /// What is due to be sent is tried, and `next` comes of it. How much it was.
    pub(super) async fn try_to_send(&self, next: OutboundNext) -> usize {
        let now = crate::clock::Clock::now(&*self.clock);
        let claim = Claim { rows_max: 9, now, until: now.plus(Duration::from_secs(60)) };
        let leases = self.store.claim_outbound(claim).await.unwrap();
        for lease in &leases {
            let (failure, codes, notices) = (None, Vec::new(), Vec::new());
            let settled = OutboundSettled { next, failure, codes, notices, deal_by: Some(now), now };
            self.store.settle_outbound(lease, settled).await.unwrap();
        }
        leases.len()
    }

    /// Gives the case to somebody, as a leader of the unit would.
    pub(super) async fn give(&self, planted: &Planted, unit: &str, to: &User) {
        let who = Colleague { id: Uuid::from_u128(1), name: "Lise Leder".to_owned() };
        let by = Acting { who, authority: Authority::Leading, at: crate::clock::Clock::now(&*self.clock) };
        let to = Colleague { id: to.id.0, name: to.display_name.clone() };
        let units = vec![UnitId(unit.to_owned())];
        let deed = Deed { item: planted.item, units, act: Act::Give { to }, by, version: None };
        let given = self.store.act_on_case(&deed).await.unwrap();
        assert!(matches!(given, Acted::Done { .. }), "{given:?}");
    }

    pub(super) async fn state(&self, planted: &Planted, unit: &str) -> ItemState {
        self.store.item(planted.item, &[UnitId(unit.to_owned())]).await.unwrap().row.state
    }

    /// The journal's words about one message.
    pub(super) async fn actions(&self, planted: &Planted) -> Vec<String> {
        let of_message = |it: &Line| it.message.as_deref() == Some(planted.message.0.as_bytes().as_slice());
        self.journal().await.into_iter().filter(of_message).map(|it| it.action).collect()
    }

    /// Runs our own text in the database, past the port.
    pub(in crate::inbox::tests) async fn tamper(&self, sql: &'static str) {
        let file = SqliteConnectOptions::new().filename(self.folder.path().join("store.db"));
        let mut connection = file.connect().await.unwrap();
        sqlx::query(sql).execute(&mut connection).await.unwrap();
    }

    /// The whole journal, which is also proved to be whole.
    pub(super) async fn journal(&self) -> Vec<Line> {
        assert!(matches!(self.store.verify_journal().await.unwrap(), JournalProof::Whole { .. }));
        let file = SqliteConnectOptions::new().filename(self.folder.path().join("store.db")).read_only(true);
        let mut connection = file.connect().await.unwrap();
        let sql = "SELECT action, actor_id, actor_name, message, detail FROM journal ORDER BY sequence";
        type Columns = (String, String, String, Option<Vec<u8>>, String);
        let lines: Vec<Columns> = sqlx::query_as(sql).fetch_all(&mut connection).await.unwrap();
        let line = |(action, actor_id, actor_name, message, detail): Columns| Line {
            action,
            actor_id,
            actor_name,
            message,
            detail,
        };
        lines.into_iter().map(line).collect()
    }
}

/// A case worker's, from the beginning on.
pub(super) fn membership(unit: &str) -> Membership {
    Membership {
        id: MembershipId(0),
        unit: UnitId(unit.to_owned()),
        role: Role::CaseWorker,
        case: None,
        clearance: Clearance::Ordinary,
        from: start(),
        to: None,
    }
}

/// A file of the corpus, as it came from the made-up hospital.
pub(super) fn arrival(file: &Path) -> Arrival {
    Arrival {
        peer: Peer {
            organisation: OrgNumber::parse(crate::trial::HOSPITAL).unwrap(),
            sub_unit: None,
            certificate_sha256: [0; 32],
            certificate_ends: Timestamp(i64::MAX),
        },
        channel: Channel::File,
        received_at: Timestamp(0),
        bytes: Bytes::from(std::fs::read(file).unwrap()),
        charset: None,
    }
}
