//! One contract, kept by both engines. Each story is told once and run on each.
//!
//! PostgreSQL is found by `MELDEPORT_TEST_PG_URL`; each story gets a schema of its own there, and removes it.

mod accounts;
mod api;
mod appointed;
mod audit;
mod casework;
mod concern;
mod delegated;
mod factors;
mod follow_up;
mod form;
mod inbox;
mod journal;
mod keys;
mod left;
mod meetings;
mod outbound;
mod passed_on;
mod people;
pub(super) mod plans;
mod queue;
mod receive;
mod register;
mod reminders;
mod retention;
mod revisions;
mod scans;
mod search;
mod sqlite_only;
mod trouble;

use super::Engine;
use super::SqlStore;
use super::StoreOptions;
use crate::domain::AckWish;
use crate::domain::Act;
use crate::domain::ActRefused;
use crate::domain::Acting;
use crate::domain::AgeGroup;
use crate::domain::AppRecVersion;
use crate::domain::Authority;
use crate::domain::CaseOutcome;
use crate::domain::Channel;
use crate::domain::Colleague;
use crate::domain::HerId;
use crate::domain::ItemId;
use crate::domain::ItemState;
use crate::domain::MessageId;
use crate::domain::MessageState;
use crate::domain::MunicipalityNumber;
use crate::domain::NewAlarm;
use crate::domain::NoticeChannel;
use crate::domain::NoticeId;
use crate::domain::OrgNumber;
use crate::domain::ReceiptId;
use crate::domain::Redacted;
use crate::domain::Reference;
use crate::domain::Severity;
use crate::domain::Share;
use crate::domain::Timestamp;
use crate::domain::UnitId;
use crate::storage::Acted;
use crate::storage::CaseStore;
use crate::storage::Deed;
use crate::storage::ItemSummary;
use crate::storage::KeptFinding;
use crate::storage::Keys;
use crate::storage::NewItem;
use crate::storage::NewMessage;
use crate::storage::NewNotice;
use crate::storage::NewReceipt;
use crate::storage::OpenError;
use crate::storage::Person;
use crate::storage::Sealing;
use crate::storage::Settlement;
use crate::storage::StoreError;
use crate::storage::open_postgres;
use crate::storage::open_sqlite;
use crate::storage::seal::fill_random;
use async_trait::async_trait;
use aws_lc_rs::digest;
use bytes::Bytes;
use sqlx::AssertSqlSafe;
use sqlx::Connection as _;
use sqlx::PgConnection;
use sqlx::Postgres;
use sqlx::Sqlite;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering;
use uuid::Uuid;

/// `contract!(a_story, another);` runs each on both engines.
macro_rules! contract {
    ($($story:ident),+ $(,)?) => {
        mod sqlite {$(
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $story() {
                super::$story(&$crate::storage::sql::tests::SqliteGround::new()).await;
            }
        )+}
        mod postgres {$(
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $story() {
                let Some(ground) = $crate::storage::sql::tests::PostgresGround::new().await else { return };
                super::$story(&ground).await;
                ground.clear().await;
            }
        )+}
    };
}
use contract;

/// A place where a database can be made, opened and opened again.
#[async_trait]
trait Ground: Send + Sync {
    type Engine: Engine;

    async fn try_open(&self, sealing: Sealing, options: StoreOptions)
    -> Result<Arc<SqlStore<Self::Engine>>, OpenError>;

    fn keys(&self) -> Keys;

    async fn open(&self) -> Arc<SqlStore<Self::Engine>> {
        self.open_with(StoreOptions::default()).await
    }

    async fn open_with(&self, options: StoreOptions) -> Arc<SqlStore<Self::Engine>> {
        self.try_open(Sealing::On(self.keys()), options).await.unwrap()
    }
}

struct SqliteGround {
    folder: tempfile::TempDir,
    keys: Keys,
}

impl SqliteGround {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), keys: Keys::generate() }
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("meldeport.db")
    }
}

#[async_trait]
impl Ground for SqliteGround {
    type Engine = Sqlite;

    async fn try_open(&self, sealing: Sealing, options: StoreOptions) -> Result<Arc<SqlStore<Sqlite>>, OpenError> {
        open_sqlite(&self.file(), sealing, options).await
    }

    fn keys(&self) -> Keys {
        self.keys.clone()
    }
}

struct PostgresGround {
    url: String,
    schema: String,
    keys: Keys,
}

impl PostgresGround {
    async fn new() -> Option<Self> {
        let Ok(url) = std::env::var("MELDEPORT_TEST_PG_URL") else {
            eprintln!("NOT TESTED ON POSTGRESQL: MELDEPORT_TEST_PG_URL is not set (postgres://…)");
            return None;
        };
        let ground = Self { url, schema: format!("story_{}", some_id().simple()), keys: Keys::generate() };
        ground.say(format!("CREATE SCHEMA {}", ground.schema)).await;
        Some(ground)
    }

    async fn clear(self) {
        self.say(format!("DROP SCHEMA {} CASCADE", self.schema)).await;
    }

    async fn say(&self, sql: String) {
        let mut connection = PgConnection::connect(&self.url).await.unwrap();
        sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
    }
}

#[async_trait]
impl Ground for PostgresGround {
    type Engine = Postgres;

    async fn try_open(&self, sealing: Sealing, options: StoreOptions) -> Result<Arc<SqlStore<Postgres>>, OpenError> {
        let mark = if self.url.contains('?') { '&' } else { '?' };
        let url = format!("{}{mark}options[search_path]={}", self.url, self.schema);
        open_postgres(&url, sealing, options).await
    }

    fn keys(&self) -> Keys {
        self.keys.clone()
    }
}

/// Runs our own text in its own transaction, past the port: to look, or to do harm.
async fn tamper<E: Engine>(store: &SqlStore<E>, sql: &str) {
    let mut work = store.pools.work().await.unwrap();
    work.script(AssertSqlSafe(sql.to_owned())).await.unwrap();
    work.commit().await.unwrap();
}

/// The one number that a `SELECT … AS number` gives.
async fn number<E: Engine>(store: &SqlStore<E>, sql: &str) -> i64 {
    store.ask("test", AssertSqlSafe(sql.to_owned()), Vec::new()).await.unwrap()[0].integer("number").unwrap()
}

/// A made-up person; the month is 81, as Skatteetaten's synthetic numbers have it.
const PERSON_ID: &str = "05818530120";
const OTHER_PERSON_ID: &str = "05818530392";
const PERSON_NAME: &str = "Kari Plantet-Prøve";
const SECRET_TEXT: &str = "en opplysning som bare enheten skal lese";

/// Noon in some day, in microseconds.
const NOON: Timestamp = Timestamp(1_790_000_000_000_000);

/// A new id; ids sort by when they were made, as ours do.
fn some_id() -> Uuid {
    static MADE: AtomicU64 = AtomicU64::new(0);
    let mut random = [0; 8];
    fill_random(&mut random);
    Uuid::from_u64_pair(MADE.fetch_add(1, Ordering::Relaxed), u64::from_be_bytes(random))
}

fn sender() -> OrgNumber {
    OrgNumber::parse("310000108").unwrap()
}

fn unit(name: &str) -> UnitId {
    UnitId(name.to_owned())
}

/// One act of one person, who is no leader.
fn deed_of(item: ItemId, unit: &str, act: Act, who: &Person, at: Timestamp) -> Deed {
    let colleague = Colleague { id: who.id.0, name: who.display_name.clone() };
    let by = Acting { who: colleague, authority: Authority::Own, at };
    Deed { item, units: vec![UnitId(unit.to_owned())], act, by, version: None }
}

/// An accepted message with one item for `gjerstad`, one for `karmoy`, a receipt, and a notice for `gjerstad`.
/// The same `number`: the same id of the sender and the same bytes, but ids of ours are new each time.
fn settlement(number: u32) -> Settlement {
    let bytes = Bytes::from(format!("<MsgHead><!-- {number} {PERSON_ID} {PERSON_NAME} --> {SECRET_TEXT}</MsgHead>"));
    let mut random = [0; 9];
    fill_random(&mut random);
    let received_at = Timestamp(NOON.0 + i64::from(number));
    Settlement {
        message: NewMessage {
            id: MessageId(some_id()),
            reference: Reference::from_random(random),
            channel: Channel::Https,
            received_at,
            sender: sender(),
            sender_name: "eksempel-sykehus".to_owned(),
            sender_message_id: format!("message-{number}"),
            message_type: "BEHOVSMELDING".to_owned(),
            sender_her_id: Some(HerId(8_094_866)),
            receiver_her_id: None,
            municipality: MunicipalityNumber::parse("4211"),
            report_id: None,
            sha256: sha256(&bytes),
            bytes,
            charset: Some("utf-8".to_owned()),
            judged_us: 420,
        },
        state: MessageState::Accepted,
        findings: vec![finding("MP-414", Severity::Warning)],
        route: vec!["Kommunen har én enhet.".into()],
        items: vec![item("gjerstad", Share::Content), item("karmoy", Share::Awareness)],
        receipt: Some(NewReceipt {
            id: ReceiptId(some_id()),
            version: AppRecVersion::V1_1,
            ack: AckWish::Always,
            xml: Bytes::from(format!("<AppRec>{}</AppRec>", some_id())),
        }),
        notices: vec![notice("gjerstad", NoticeChannel::Email, received_at)],
        alarms: Vec::<NewAlarm>::new(),
        follows: None,
    }
}

/// As [`settlement`], with nothing for units: what most stories about receiving need.
fn rejected(number: u32) -> Settlement {
    Settlement {
        state: MessageState::Rejected,
        findings: vec![finding("MP-303", Severity::Error), finding("MP-303", Severity::Error)],
        items: Vec::new(),
        notices: Vec::new(),
        ..settlement(number)
    }
}

fn stuck(number: u32) -> Settlement {
    let mut stuck = Settlement { state: MessageState::Stuck, receipt: None, ..rejected(number) };
    stuck.message.sender_message_id = format!("sha256:{number}");
    stuck
}

fn item(unit_name: &str, share: Share) -> NewItem {
    NewItem {
        id: ItemId(some_id()),
        unit: unit(unit_name),
        share,
        came_at: None,
        kind: "BEHOV".to_owned(),
        needs: vec!["IP".to_owned(), "KOORDINATOR".to_owned()],
        dimensions: Vec::new(),
        ids: Vec::new(),
        urgent: false,
        protected: false,
        attachments: 2,
        made_at: None,
        deadline: NOON,
        reporter: Some("FASTLEGE".to_owned()),
        age_group: Some(AgeGroup::Child),
        relay_log: false,
        summary: Redacted::new(ItemSummary {
            person_name: Some(PERSON_NAME.to_owned()),
            person_id: Some(PERSON_ID.to_owned()),
            sender: "Eksempel sykehus".to_owned(),
            born: Some(jiff::civil::date(1985, 1, 5)),
            writer: None,
        }),
    }
}

/// Acts as `who`, as the inbox does; the state afterwards, or why not.
async fn act(
    store: &dyn CaseStore,
    item: ItemId,
    units: &[UnitId],
    act: Act,
    who: &Person,
) -> Result<Result<ItemState, ActRefused>, StoreError> {
    let who = Colleague { id: who.id.0, name: who.display_name.clone() };
    let by = Acting { who, authority: Authority::Own, at: NOON };
    let deed = Deed { item, units: units.to_vec(), act, by, version: None };
    Ok(match store.act_on_case(&deed).await? {
        Acted::Done { state, .. } => Ok(state),
        Acted::Refused(why) => Err(why),
    })
}

/// What must be registered before a case is closed.
fn filing() -> [Act; 2] {
    let decide = Act::Decide { outcome: CaseOutcome::Granted, on: jiff::civil::date(2026, 11, 22), text: None };
    [Act::Archive { reference: Redacted::new("2026/17-3".to_owned()) }, decide]
}

fn notice(unit_name: &str, channel: NoticeChannel, due: Timestamp) -> NewNotice {
    NewNotice { id: NoticeId(some_id()), unit: unit(unit_name), channel, due }
}

fn finding(code: &str, severity: Severity) -> KeptFinding {
    KeptFinding {
        code: code.to_owned(),
        severity,
        xpath: Some("/MsgHead/MsgInfo/MsgId".to_owned()),
        line: Some(1),
        column: Some(10),
        text: "Noe mangler «her».".to_owned(),
    }
}

fn sha256(bytes: &[u8]) -> [u8; 32] {
    digest::digest(&digest::SHA256, bytes).as_ref().try_into().unwrap()
}
