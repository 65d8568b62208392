//! For tests: a house with a clock that is moved by hand, and a queue in memory that keeps the port's promises.

use crate::clock::Clock;
use crate::clock::TestClock;
use crate::domain::AlarmKind;
use crate::domain::DeliveryState;
use crate::domain::NewAlarm;
use crate::domain::Next;
use crate::domain::NoticeChannel;
use crate::domain::NoticeId;
use crate::domain::Reference;
use crate::domain::Timestamp;
use crate::domain::UnitId;
use crate::storage::Alarm;
use crate::storage::AlarmOutcome;
use crate::storage::Claim;
use crate::storage::DeliveryStore;
use crate::storage::DueNotice;
use crate::storage::JournalProof;
use crate::storage::Lease;
use crate::storage::MessageDetail;
use crate::storage::MessageQuery;
use crate::storage::MessageRow;
use crate::storage::NewJournalLine;
use crate::storage::NoticeRow;
use crate::storage::OperatorStore;
use crate::storage::StoreError;
use crate::storage::Tallies;
use async_trait::async_trait;
use std::sync::Arc;
use std::sync::Mutex;
use std::time::Duration;
use uuid::Uuid;

/// Noon on a day in November.
const START: &str = "2026-11-21T12:00:00Z";

pub(crate) struct House {
    pub(crate) clock: Arc<TestClock>,
    pub(crate) store: Arc<Memory>,
}

impl House {
    pub(crate) async fn new() -> Self {
        let clock = Arc::new(TestClock::at(Timestamp::from_jiff(START.parse().unwrap())));
        Self { clock, store: Arc::new(Memory::default()) }
    }

    /// Queues a notice, due now.
    pub(crate) async fn queue(&self, unit: &str, channel: NoticeChannel) -> NoticeId {
        let now = self.clock.now();
        let notice = DueNotice {
            id: NoticeId(Uuid::now_v7()),
            unit: UnitId(unit.to_owned()),
            channel,
            reference: Reference::parse("7K3-9QX-2MA").unwrap(),
            created_at: now,
            unread: 1,
        };
        let id = notice.id;
        let row = Row { notice, state: DeliveryState::Queued, due: now, attempts: 0, lease: None, last_failure: None };
        self.store.0.lock().unwrap().rows.push(row);
        id
    }

    pub(crate) async fn notice(&self, id: NoticeId) -> NoticeRow {
        let held = self.store.0.lock().unwrap();
        let row = held.rows.iter().find(|it| it.notice.id == id).unwrap();
        NoticeRow {
            id,
            unit: row.notice.unit.clone(),
            channel: row.notice.channel,
            state: row.state,
            attempts: row.attempts,
            due: (row.state == DeliveryState::Queued).then_some(row.due),
            last_failure: row.last_failure.clone(),
        }
    }

    /// Waits, for a few seconds at most, until the notice is in `state`.
    pub(crate) async fn until(&self, id: NoticeId, state: DeliveryState) -> NoticeRow {
        self.until_row(id, |it| it.state == state).await
    }

    pub(crate) async fn until_row(&self, id: NoticeId, fits: impl Fn(&NoticeRow) -> bool) -> NoticeRow {
        for _ in 0..500 {
            let row = self.notice(id).await;
            if fits(&row) {
                return row;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("it never came to that: {:?}", self.notice(id).await);
    }
}

#[derive(Default)]
pub(crate) struct Memory(Mutex<Held>);

#[derive(Default)]
struct Held {
    rows: Vec<Row>,
    alarms: Vec<Alarm>,
    journal: Vec<NewJournalLine>,
}

struct Row {
    notice: DueNotice,
    state: DeliveryState,
    due: Timestamp,
    attempts: u32,
    lease: Option<(Uuid, Timestamp)>,
    last_failure: Option<String>,
}

#[async_trait]
impl DeliveryStore for Memory {
    async fn claim_notices(&self, claim: Claim) -> Result<Vec<Lease<DueNotice>>, StoreError> {
        let mut held = self.0.lock().unwrap();
        for row in &mut held.rows {
            row.lease = row.lease.filter(|(_, expires)| *expires > claim.now);
        }
        let mut leases = Vec::new();
        let mut order: Vec<_> = (0..held.rows.len()).collect();
        order.sort_by_key(|it| (held.rows[*it].due, held.rows[*it].notice.id));
        for at in order {
            let row = &held.rows[at];
            let address = (row.notice.unit.clone(), row.notice.channel);
            let busy =
                held.rows.iter().any(|it| it.lease.is_some() && (it.notice.unit.clone(), it.notice.channel) == address);
            let due = row.state == DeliveryState::Queued && row.due <= claim.now;
            if busy || !due || leases.len() == usize::try_from(claim.rows_max).unwrap() {
                continue;
            }
            let row = &mut held.rows[at];
            let token = Uuid::new_v4();
            row.lease = Some((token, claim.until));
            row.attempts += 1;
            leases.push(Lease { held: row.notice.clone(), token, attempt: row.attempts, expires: claim.until });
        }
        Ok(leases)
    }

    async fn settle_notice(
        &self,
        lease: &Lease<DueNotice>,
        next: Next,
        failure: Option<&str>,
        _now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut held = self.0.lock().unwrap();
        let row = held.rows.iter_mut().find(|it| it.lease.is_some_and(|(token, _)| token == lease.token));
        let row = row.ok_or(StoreError::LeaseLost)?;
        row.lease = None;
        row.last_failure = failure.map(str::to_owned).or(row.last_failure.take());
        row.state = match next {
            Next::Delivered => DeliveryState::Delivered,
            Next::Abandoned => DeliveryState::Abandoned,
            Next::Retry { due } => {
                row.due = due;
                DeliveryState::Queued
            }
        };
        Ok(())
    }

    async fn requeue_notice(&self, id: NoticeId, now: Timestamp) -> Result<(), StoreError> {
        let mut held = self.0.lock().unwrap();
        let abandoned = |it: &&mut Row| it.notice.id == id && it.state == DeliveryState::Abandoned;
        let row = held.rows.iter_mut().find(abandoned).ok_or(StoreError::Absent)?;
        row.state = DeliveryState::Queued;
        row.due = now;
        row.attempts = 0;
        Ok(())
    }

    async fn next_notice_due(&self) -> Result<Option<Timestamp>, StoreError> {
        let held = self.0.lock().unwrap();
        let waits = |it: &&Row| it.state == DeliveryState::Queued && it.lease.is_none();
        Ok(held.rows.iter().filter(waits).map(|it| it.due).min())
    }
}

/// Keeps alarms and the lines of a journal, and no messages.
#[async_trait]
impl OperatorStore for Memory {
    async fn probe(&self, _now: Timestamp) -> Result<(), StoreError> {
        Ok(())
    }

    async fn messages(&self, _query: &MessageQuery) -> Result<Vec<MessageRow>, StoreError> {
        Ok(Vec::new())
    }

    async fn message(&self, _any_id: &str) -> Result<MessageDetail, StoreError> {
        Err(StoreError::Absent)
    }

    async fn open_alarm(&self, alarm: NewAlarm, now: Timestamp) -> Result<AlarmOutcome, StoreError> {
        let mut held = self.0.lock().unwrap();
        match held.alarms.iter_mut().find(|it| it.kind == alarm.kind && it.subject == alarm.subject) {
            Some(open) => {
                open.times += 1;
                Ok(AlarmOutcome::AlreadyOpen)
            }
            None => {
                held.alarms.push(Alarm { kind: alarm.kind, subject: alarm.subject, opened_at: now, times: 1 });
                Ok(AlarmOutcome::Opened)
            }
        }
    }

    async fn clear_alarm(&self, kind: AlarmKind, subject: &str, _now: Timestamp) -> Result<(), StoreError> {
        self.0.lock().unwrap().alarms.retain(|it| it.kind != kind || it.subject != subject);
        Ok(())
    }

    async fn alarms(&self) -> Result<Vec<Alarm>, StoreError> {
        Ok(self.0.lock().unwrap().alarms.clone())
    }

    async fn tallies(&self) -> Result<Tallies, StoreError> {
        let held = self.0.lock().unwrap();
        let count = |state| held.rows.iter().filter(|it| it.state == state).count() as u64;
        let queued = held.rows.iter().filter(|it| it.state == DeliveryState::Queued);
        Ok(Tallies {
            notices: DeliveryState::ALL.into_iter().map(|it| (it, count(it))).collect(),
            oldest_queued_notice: queued.map(|it| it.notice.created_at).min(),
            alarms_open: held.alarms.len() as u64,
            ..Tallies::default()
        })
    }

    async fn journal(&self, line: NewJournalLine) -> Result<(), StoreError> {
        self.0.lock().unwrap().journal.push(line);
        Ok(())
    }

    async fn verify_journal(&self) -> Result<JournalProof, StoreError> {
        Ok(JournalProof::Whole { lines: self.0.lock().unwrap().journal.len() as u64, last_hash: [0; 32] })
    }
}
