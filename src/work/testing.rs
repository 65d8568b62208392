//! For tests: a real SQLite store in a folder of its own, and a clock that is moved by hand.

use crate::clock::Clock;
use crate::clock::TestClock;
use crate::domain::AckWish;
use crate::domain::AppRecVersion;
use crate::domain::Channel;
use crate::domain::DeliveryState;
use crate::domain::ItemId;
use crate::domain::MessageId;
use crate::domain::MessageState;
use crate::domain::NoticeChannel;
use crate::domain::NoticeId;
use crate::domain::OrgNumber;
use crate::domain::ReceiptId;
use crate::domain::Redacted;
use crate::domain::Reference;
use crate::domain::Share;
use crate::domain::Timestamp;
use crate::domain::UnitId;
use crate::storage::ItemSummary;
use crate::storage::MessageStore;
use crate::storage::NewItem;
use crate::storage::NewMessage;
use crate::storage::NewNotice;
use crate::storage::NewReceipt;
use crate::storage::NoticeRow;
use crate::storage::OperatorStore;
use crate::storage::Sealing;
use crate::storage::Settled;
use crate::storage::Settlement;
use crate::storage::SqlStore;
use crate::storage::StoreOptions;
use crate::storage::open_sqlite;
use bytes::Bytes;
use sqlx::Sqlite;
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::Mutex;
use std::time::Duration;
use tempfile::TempDir;
use uuid::Uuid;

/// Noon on a day in November.
const START: &str = "2026-11-21T12:00:00Z";

/// Made up; its control digit holds.
const SENDER: &str = "310000108";

pub(crate) struct House {
    pub(crate) clock: Arc<TestClock>,
    pub(crate) store: Arc<SqlStore<Sqlite>>,
    /// The message that each notice is about.
    about: Mutex<HashMap<NoticeId, MessageId>>,
    _folder: TempDir,
}

impl House {
    pub(crate) async fn new() -> Self {
        let clock = Arc::new(TestClock::at(Timestamp::from_jiff(START.parse().unwrap())));
        let folder = tempfile::tempdir().unwrap();
        let options = StoreOptions { clock: clock.clone(), ..StoreOptions::default() };
        let store = open_sqlite(&folder.path().join("meldeport.db"), Sealing::Off, options).await.unwrap();
        Self { clock, store, about: Mutex::default(), _folder: folder }
    }

    /// A message for `unit` is settled, with a notice over `channel` that is due now.
    pub(crate) async fn queue(&self, unit: &str, channel: NoticeChannel) -> NoticeId {
        let (message, notice) = (MessageId(Uuid::now_v7()), NoticeId(Uuid::now_v7()));
        let settlement = self.settlement(
            message,
            NewNotice { id: notice, unit: UnitId(unit.to_owned()), channel, due: self.clock.now() },
        );
        assert!(matches!(self.store.settle(settlement).await.unwrap(), Settled::New));
        self.about.lock().unwrap().insert(notice, message);
        notice
    }

    fn settlement(&self, id: MessageId, notice: NewNotice) -> Settlement {
        let mut random = [0; 9];
        random.copy_from_slice(&Uuid::new_v4().as_bytes()[..9]);
        let message = NewMessage {
            id,
            reference: Reference::from_random(random),
            channel: Channel::Https,
            received_at: self.clock.now(),
            sender: OrgNumber::parse(SENDER).unwrap(),
            sender_name: "eksempel-sykehus".to_owned(),
            sender_message_id: id.to_string(),
            message_type: "BEHOVSMELDING".to_owned(),
            sender_her_id: None,
            receiver_her_id: None,
            municipality: None,
            report_id: None,
            bytes: Bytes::from_static(b"<MsgHead/>"),
            charset: None,
            sha256: [7; 32],
            judged_us: 1,
        };
        let item = NewItem {
            id: ItemId(Uuid::now_v7()),
            unit: notice.unit.clone(),
            share: Share::Content,
            came_at: None,
            kind: "BEHOV".to_owned(),
            needs: Vec::new(),
            dimensions: Vec::new(),
            ids: Vec::new(),
            urgent: false,
            protected: false,
            attachments: 0,
            made_at: None,
            deadline: self.clock.now(),
            reporter: None,
            age_group: None,
            relay_log: false,
            summary: Redacted::new(ItemSummary {
                person_name: Some(PLANTED_NAME.to_owned()),
                ..ItemSummary::default()
            }),
        };
        let receipt = NewReceipt {
            id: ReceiptId(Uuid::now_v7()),
            version: AppRecVersion::V1_1,
            ack: AckWish::Always,
            xml: Bytes::from_static(b"<AppRec/>"),
        };
        Settlement {
            message,
            state: MessageState::Accepted,
            findings: Vec::new(),
            route: Vec::new(),
            items: vec![item],
            receipt: Some(receipt),
            notices: vec![notice],
            alarms: Vec::new(),
            follows: None,
        }
    }

    /// A message with three attachments is settled.
    pub(crate) async fn receive_with_attachments(&self) -> MessageId {
        let id = MessageId(Uuid::now_v7());
        let (unit, due) = (UnitId("gjerstad".to_owned()), self.clock.now());
        let notice = NewNotice { id: NoticeId(Uuid::now_v7()), unit, channel: NoticeChannel::Email, due };
        let mut settlement = self.settlement(id, notice);
        settlement.items[0].attachments = 3;
        assert!(matches!(self.store.settle(settlement).await.unwrap(), Settled::New));
        id
    }

    /// A message for `unit` is settled that is to be answered in so long. Nobody is told of it.
    pub(crate) async fn receive(&self, unit: &str, answered_in: Duration) -> MessageId {
        let (id, unit) = (MessageId(Uuid::now_v7()), UnitId(unit.to_owned()));
        let notice =
            NewNotice { id: NoticeId(Uuid::now_v7()), unit, channel: NoticeChannel::Email, due: self.clock.now() };
        let mut settlement = Settlement { notices: Vec::new(), ..self.settlement(id, notice) };
        settlement.items[0].deadline = self.clock.now().plus(answered_in);
        assert!(matches!(self.store.settle(settlement).await.unwrap(), Settled::New));
        id
    }

    /// An urgent message for `unit` is settled. Nobody is told of it.
    pub(crate) async fn receive_urgent(&self, unit: &str) -> MessageId {
        let (id, unit, due) = (MessageId(Uuid::now_v7()), UnitId(unit.to_owned()), self.clock.now());
        let notice = NewNotice { id: NoticeId(Uuid::now_v7()), unit, channel: NoticeChannel::Email, due };
        let mut settlement = Settlement { notices: Vec::new(), ..self.settlement(id, notice) };
        settlement.items[0].urgent = true;
        settlement.items[0].deadline = due.plus(Duration::from_secs(30 * 86_400));
        assert!(matches!(self.store.settle(settlement).await.unwrap(), Settled::New));
        id
    }

    pub(crate) async fn notice(&self, id: NoticeId) -> NoticeRow {
        let message = self.about.lock().unwrap()[&id];
        let detail = self.store.message(&message.to_string()).await.unwrap();
        detail.notices.into_iter().find(|it| it.id == id).unwrap()
    }

    /// Waits, for a minute at most, until the notice is in `state`.
    pub(crate) async fn until(&self, id: NoticeId, state: DeliveryState) -> NoticeRow {
        self.until_row(id, |it| it.state == state).await
    }

    pub(crate) async fn until_row(&self, id: NoticeId, fits: impl Fn(&NoticeRow) -> bool) -> NoticeRow {
        for _ in 0..6000 {
            let row = self.notice(id).await;
            if fits(&row) {
                return row;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("it never came to that: {:?}", self.notice(id).await);
    }
}

/// The person in every message of this house. It must never be seen outside of the store.
pub(crate) const PLANTED_NAME: &str = "Kari Planteprøve";
