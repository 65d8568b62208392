//! A whole gateway to test: real TLS, real store, real mail, in a made-up world of its own.

mod browser;
mod log;
mod oidc;
mod peers;
mod planted;
#[path = "../../oidc/provider.rs"]
mod provider;
mod worker;

pub use browser::Browser;
pub use browser::Page;
pub use oidc::Oidc;
pub use peers::Peers;
pub use peers::Place;
pub use peers::add_hospital;
pub use provider::INBOX;
pub use worker::CaseWorker;

use crate::support::planted::Planted;
use bytes::Bytes;
use meldeport::app;
use meldeport::app::House;
use meldeport::clock::Clock;
use meldeport::clock::SystemClock;
use meldeport::clock::TestClock;
use meldeport::config::Config;
use meldeport::domain::Clearance;
use meldeport::domain::DeliveryState;
use meldeport::domain::ItemState;
use meldeport::domain::Membership;
use meldeport::domain::MembershipId;
use meldeport::domain::OutboundState;
use meldeport::domain::Role;
use meldeport::domain::UnitId;
use meldeport::sink::Sink;
use meldeport::sink::SinkTls;
use meldeport::storage::Actor;
use meldeport::storage::JournalProof;
use meldeport::storage::MessageDetail;
use meldeport::storage::MessageQuery;
use meldeport::storage::OutboundQuery;
use meldeport::storage::OutboundRow;
use meldeport::storage::User;
use meldeport::storage::UserId;
use meldeport::trial::Ports;
use meldeport::trial::Reply;
use meldeport::trial::SendingSystem;
use meldeport::trial::World;
use meldeport::trial::free_port;
use meldeport::trial::freshen;
use meldeport::wire::apprec;
use meldeport::wire::apprec::ReadAppRec;
use std::collections::BTreeSet;
use std::net::Ipv4Addr;
use std::net::SocketAddr;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;
use std::sync::Mutex;
use std::time::Duration;
use std::time::Instant;
use tokio::task::spawn_blocking;
use uuid::Uuid;

/// How long the house may take to do what it has to do anyway.
const WAIT_MAX: Duration = Duration::from_secs(20);

/// A gateway in a temporary folder, on ports that the machine chooses, with a clock that is moved.
pub struct TestGateway {
    pub world: World,
    pub clock: Arc<TestClock>,
    pub sink: Sink,
    pub config: Config,
    house: Option<House>,
    planted: Mutex<Planted>,
    /// Kinds and subjects of alarms that the story ends with.
    alarms: BTreeSet<(String, String)>,
    closed: bool,
    _folder: tempfile::TempDir,
}

impl TestGateway {
    pub async fn open() -> Self {
        Self::open_with(|_, _| {}).await
    }

    /// `adjust` gets the configuration and the made-up world's folder before the house is opened.
    pub async fn open_with(adjust: impl FnOnce(&mut Config, &Path)) -> Self {
        log::listen();
        let folder = tempfile::tempdir().unwrap();
        let clock = Arc::new(TestClock::at(SystemClock.now()));
        let sink = Sink::start(SinkTls::None).await.unwrap();
        let any = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        let ports = Ports { intake: any, inbox: any, admin: any, smtp: sink.address() };
        let world = World::make(folder.path(), ports, &*clock).unwrap();
        let mut config = Config::load(&world.config()).unwrap();
        config.work.notices.period_seconds = 1;
        adjust(&mut config, folder.path());
        let mut gateway = Self {
            world,
            clock,
            sink,
            config,
            house: None,
            planted: Mutex::default(),
            alarms: BTreeSet::new(),
            closed: false,
            _folder: folder,
        };
        gateway.open_house().await;
        gateway
    }

    /// The house goes down; the world stays.
    pub async fn close_house(&mut self) {
        self.house.take().unwrap().close().await;
    }

    /// The house comes up on the same store.
    pub async fn open_house(&mut self) {
        let file = Some(self.world.config());
        let clock: Arc<dyn Clock> = self.clock.clone();
        let house = House::open_from(&self.config, file, clock).await;
        self.house = Some(house.unwrap_or_else(|stop| panic!("{}", stop.said())));
    }

    /// Closes the house and opens it again on the same store.
    pub async fn close_and_open_again(&mut self) {
        self.house.take().unwrap().close().await;
        self.open_house().await;
    }

    pub fn house(&self) -> &House {
        self.house.as_ref().unwrap()
    }

    // ── Sending ──

    /// A message of the corpus as if it had been made yesterday, under a new id.
    pub fn fresh(&self, message: &str) -> String {
        freshen(message, self.clock.now(), Uuid::now_v7())
    }

    /// A connection of `hospital` or `school`, with its certificate.
    pub fn system(&self, who: &str) -> SendingSystem {
        let (certificate, key) = self.world.certificate(who);
        SendingSystem::new(self.house().intake_address, &self.world.authority(), &certificate, &key).unwrap()
    }

    pub async fn send_as(&self, who: &str, message: impl Into<Bytes>) -> Reply {
        self.send_wishing(who, message, None).await
    }

    /// `accept` is the header in which a sender asks for a version of the AppRec.
    pub async fn send_wishing(&self, who: &str, message: impl Into<Bytes>, accept: Option<&str>) -> Reply {
        let message = message.into();
        self.plant(&message);
        self.system(who).post("/messages", message, accept).await.unwrap()
    }

    /// What stands in the message about persons must be found nowhere when the gateway closes.
    pub fn plant(&self, message: &[u8]) {
        self.planted.lock().unwrap().add(message);
    }

    pub async fn message(&self, reply: &Reply) -> MessageDetail {
        self.house().store.message(header(reply, "meldeport-reference")).await.unwrap()
    }

    // ── People ──

    pub fn browser(&self) -> Browser {
        Browser::new(self.house().inbox_address, &self.world.authority())
    }

    /// Makes an account; gives the path of its one-time link.
    pub async fn invite(&self, login: &str, units: &[&str]) -> String {
        let user = User {
            id: UserId(Uuid::now_v7()),
            login: login.to_owned(),
            // Colleagues of different houses have different names, so that one who writes is not taken for one who reads.
            display_name: match login {
                "kari" => "Kari Saksbehandler".to_owned(),
                other => format!("{other} {other}stad"),
            },
            units: units.iter().map(|it| UnitId((*it).to_owned())).collect(),
            ended_at: None,
        };
        let (store, now) = (&*self.house().store, self.clock.now());
        assert!(store.add_user(&user, now).await.unwrap());
        let expires = now.plus(Duration::from_secs(3600));
        let link = app::one_time_link(store, &self.config, user.id, expires).await;
        let link = link.unwrap_or_else(|stop| panic!("{}", stop.said()));
        link.strip_prefix(self.config.inbox_address()).unwrap().to_owned()
    }

    /// Gives somebody who can sign in a role in `unit`, as the operator.
    pub async fn grant(&self, login: &str, role: Role, unit: &str) {
        let store = &self.house().store;
        let user = store.user_by_login(login).await.unwrap().unwrap();
        let (unit, from) = (UnitId(unit.to_owned()), self.clock.now());
        let clearance = Clearance::Ordinary;
        let wanted = Membership { id: MembershipId(0), unit, role, case: None, clearance, from, to: None };
        store.grant(user.id, &wanted, &Actor::Operator("drift".to_owned()), from).await.unwrap();
    }

    /// What the gateway has sent, newest first.
    pub async fn sent(&self) -> Vec<OutboundRow> {
        let query = OutboundQuery { rows_max: 10, ..OutboundQuery::default() };
        self.house().store.outbounds(&query).await.unwrap()
    }

    /// Waits until what was said last is acknowledged. The time in which it can be taken back goes by.
    pub async fn acknowledged(&self, count: usize) -> OutboundRow {
        self.clock.advance(Duration::from_secs(12));
        wait_until("it is acknowledged", async || {
            let sent = self.sent().await;
            sent.len() == count && sent[0].state == OutboundState::Acknowledged
        })
        .await;
        self.sent().await.remove(0)
    }

    /// Everything that has come from a sender, newest first.
    pub async fn from(&self, sender: &str) -> Vec<MessageDetail> {
        let query = MessageQuery { sender: Some(sender.to_owned()), rows_max: 20, ..MessageQuery::default() };
        let mut all = Vec::new();
        for row in self.house().store.messages(&query).await.unwrap() {
            let raw = self.house().store.raw(row.id).await.unwrap();
            self.plant(raw.bytes.reveal());
            all.push(self.house().store.message(&row.id.to_string()).await.unwrap());
        }
        all
    }

    /// State of the message's only item.
    pub async fn state_of(&self, message: &MessageDetail) -> ItemState {
        self.house().store.message(&message.row.id.to_string()).await.unwrap().items[0].1
    }

    // ── Operators ──

    pub async fn admin_get(&self, path: &str) -> (u16, String) {
        let response = reqwest::get(format!("http://{}{path}", self.house().admin_address)).await.unwrap();
        (response.status().as_u16(), response.text().await.unwrap())
    }

    pub async fn admin_post(&self, path: &str) -> (u16, String) {
        let url = format!("http://{}{path}", self.house().admin_address);
        let request = reqwest::Client::new().post(url).header("Meldeport-Operator", "vakt");
        let response = request.send().await.unwrap();
        (response.status().as_u16(), response.text().await.unwrap())
    }

    /// A command of the program with the house's own configuration, as an operator types it: its status, and all it said.
    pub async fn command(&self, arguments: &[&str]) -> (Option<i32>, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_meldeport"));
        command.args(arguments).arg("--config").arg(self.world.config()).env_remove("MELDEPORT_CONFIG");
        let output = spawn_blocking(move || command.output().unwrap()).await.unwrap();
        let said = [output.stdout, output.stderr].concat();
        (output.status.code(), String::from_utf8(said).unwrap())
    }

    /// Kind and subject of each open alarm, as operators are told over HTTP.
    pub async fn open_alarms(&self) -> BTreeSet<(String, String)> {
        let (status, body) = self.admin_get("/alarms").await;
        assert_eq!(status, 200, "{body}");
        let alarms: Vec<serde_json::Value> = serde_json::from_str(&body).unwrap();
        let text = |it: &serde_json::Value, key: &str| it[key].as_str().unwrap().to_owned();
        alarms.iter().map(|it| (text(it, "kind"), text(it, "subject"))).collect()
    }

    /// The story ends with this alarm open; without a word from the story, none may be.
    pub fn ends_with_alarm(&mut self, kind: &str, subject: &str) {
        self.alarms.insert((kind.to_owned(), subject.to_owned()));
    }

    // ── The end ──

    /// Notices in the queue.
    pub async fn queued(&self) -> u64 {
        let notices = self.house().store.tallies().await.unwrap().notices;
        notices.iter().filter(|(state, _)| *state == DeliveryState::Queued).map(|(_, count)| count).sum()
    }

    /// Proves rest, and closes: nothing waits in a queue, no alarm is open but those that the story named, the journal is
    /// whole, and what stood in the messages about persons is in no log, metric, mail or file.
    pub async fn close(mut self) {
        wait_until("the queue of notices is empty", async || self.queued().await == 0).await;
        assert_eq!(self.open_alarms().await, self.alarms);
        let store = Arc::clone(&self.house().store);
        assert!(matches!(store.verify_journal().await.unwrap(), JournalProof::Whole { .. }));
        let (status, metrics) = self.admin_get("/metrics").await;
        assert_eq!(status, 200);
        let (_, ready) = self.admin_get("/ready").await;
        let (_, alarms) = self.admin_get("/alarms").await;
        drop(store);
        self.house.take().unwrap().close().await;

        let planted = self.planted.lock().unwrap();
        for (place, text) in [("the metrics", &metrics), ("/ready", &ready), ("/alarms", &alarms)] {
            planted.assert_absent(place, text);
        }
        planted.assert_absent("the log", &log::text());
        for mail in self.sink.mails() {
            planted.assert_absent("a mail", &mail.text);
            planted.assert_absent("a mail", &mail.body());
        }
        drop(planted);
        let found = self.persons_in_files();
        assert!(found.is_empty(), "{found:?}");
        self.closed = true;
    }

    /// Closes a house that has done wrong on purpose, and tells what about persons lies in which of its files.
    pub async fn close_and_tell_what_lies_in_files(mut self) -> Vec<String> {
        self.house.take().unwrap().close().await;
        self.closed = true;
        self.persons_in_files()
    }

    /// What the world was made with is not about anybody; everything else in the folder was written by the house.
    fn persons_in_files(&self) -> Vec<String> {
        let made = ["certificates", "units", "meldeport.toml"].map(|it| self.world.folder.join(it));
        let mut written = files_under(&self.world.folder);
        written.retain(|it| !made.iter().any(|made| it.starts_with(made)));
        assert!(!written.is_empty());
        let planted = self.planted.lock().unwrap();
        let lies = |file: &PathBuf| planted.found_in_bytes(&file.display().to_string(), &std::fs::read(file).unwrap());
        written.iter().flat_map(lies).collect()
    }
}

impl Drop for TestGateway {
    fn drop(&mut self) {
        assert!(self.closed || std::thread::panicking(), "a story must close its gateway: that proves rest");
    }
}

/// Waits for a state, not for an event.
pub async fn wait_until(what: &str, mut is_so: impl AsyncFnMut() -> bool) {
    let began = Instant::now();
    while !is_so().await {
        assert!(began.elapsed() < WAIT_MAX, "waited in vain until {what}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

pub fn header<'a>(reply: &'a Reply, name: &str) -> &'a str {
    let value = reply.headers.get(name).unwrap_or_else(|| panic!("no {name}: {}", text(reply)));
    value.to_str().unwrap()
}

pub fn text(reply: &Reply) -> String {
    String::from_utf8_lossy(&reply.body).into_owned()
}

/// The AppRec in an answer.
pub fn receipt(reply: &Reply) -> ReadAppRec {
    let text = text(reply);
    let document = roxmltree::Document::parse(&text).unwrap_or_else(|_| panic!("no AppRec: {text}"));
    apprec::read(&document).unwrap_or_else(|| panic!("no AppRec: {text}"))
}

/// The id that the sender has given its message.
pub fn message_id(message: &str) -> String {
    message.split("<MsgId>").nth(1).unwrap().split('<').next().unwrap().to_owned()
}

/// A message of the corpus.
macro_rules! corpus {
    ($file:literal) => {
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/corpus/", $file))
    };
}
pub(crate) use corpus;

fn files_under(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(files_under(&path));
        } else {
            files.push(path);
        }
    }
    files
}
