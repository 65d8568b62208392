//! The one way in: a place for the message, judging, one commit, an answer.
//!
//! ```text
//! sender_of(peer) ─► enter(sender) ─► Ticket        is there room? bytes are counted while they arrive
//!                          │
//!        accept(ticket, arrival, wish)
//!            pool: judge, receipt, items, notices, hash       no clock, log or database; a panic makes it stuck
//!            store.settle ═══ one commit
//!            Ok(Accepted)                                     only now may anybody acknowledge
//! ```
//!
//! - The same id and the same bytes again get the same receipt, byte for byte. The version that was asked for first stays.
//! - A fault of ours never becomes a rejection of theirs: a panic in judging stores the message as stuck, with an alarm.
//! - When the store does not answer, the sender is told to come back, and nothing has been promised.
//! - Once begun, [`Intake::accept`] runs to its end even if the sender hangs up: the commit, the log line and the count
//!   belong together.
//!
//! Never here: sockets, certificates, XML.

mod admission;
mod attached;
mod config;
mod mint;
mod pool;
mod port;
mod prepare;
mod returned;

pub use admission::Ticket;
pub use config::IntakeConfig;
pub(crate) use mint::sha256;
pub(crate) use mint::uuid_at;
pub use port::IntakeMetrics;
pub use port::Judging;
pub use port::Rehearsal;
pub use port::RehearsedReceipt;
pub use port::Uncounted;
pub use port::standing;

use crate::clock::Clock;
use crate::domain::AppRecVersion;
use crate::domain::Arrival;
use crate::domain::Channel;
use crate::domain::Code;
use crate::domain::Deviation;
use crate::domain::Finding;
use crate::domain::MessageId;
use crate::domain::MessageLimits;
use crate::domain::MessageState;
use crate::domain::OrgNumber;
use crate::domain::Peer;
use crate::domain::ReceiptId;
use crate::domain::Reference;
use crate::domain::Refusal;
use crate::domain::RegisteredSender;
use crate::domain::Severity;
use crate::domain::Timestamp;
use crate::intake::admission::Admission;
use crate::intake::pool::NotDone;
use crate::intake::pool::Pool;
use crate::intake::prepare::Identity;
use crate::intake::prepare::Prepared;
use crate::storage::Answer;
use crate::storage::KeptFinding;
use crate::storage::MessageStore;
use crate::storage::NewRefusal;
use crate::storage::RawMessage;
use crate::storage::ReceiptAnswer;
use crate::storage::Settled;
use crate::storage::Settlement;
use crate::storage::StoreError;
use crate::telemetry::Event;
use bytes::Bytes;
use std::sync::Arc;
use std::time::Duration;
use std::time::Instant;
use tokio_util::task::TaskTracker;

/// Takes messages in. Made once; transports hold it in an [`Arc`].
pub struct Intake {
    judging: Arc<dyn Judging>,
    store: Arc<dyn MessageStore>,
    clock: Arc<dyn Clock>,
    metrics: Arc<dyn IntakeMetrics>,
    admission: Arc<Admission>,
    pool: Pool,
    /// What must be finished before the house closes.
    tasks: TaskTracker,
    judging_max: Duration,
    settling_max: Duration,
}

/// A message that we have, and what its sender is told.
#[derive(Clone, Debug)]
pub struct Accepted {
    pub message: MessageId,
    pub reference: Reference,
    pub state: MessageState,
    /// The id by which the sender can ask for the receipt.
    pub sender_message_id: String,
    /// The AppRec. `None` while it is stuck. Empty when nothing is owed: what came was an AppRec itself.
    pub receipt: Option<Bytes>,
}

/// A message that we do not have.
#[derive(Clone, Debug)]
pub enum NotAccepted {
    /// It cannot be opened far enough to be answered with a receipt.
    Refused(Refusal),
    /// We have other bytes under its id.
    Conflict { first_reference: Reference },
    /// Not now: overloaded, or the store does not answer. The sender still has its message.
    Later(Code),
}

impl NotAccepted {
    /// The code that it is told by.
    pub fn code(&self) -> Code {
        match self {
            Self::Refused(refusal) => prepare::first_code(&refusal.findings),
            Self::Conflict { .. } => Code::MessageIdReused,
            Self::Later(code) => *code,
        }
    }

    pub fn findings(&self) -> &[Finding] {
        match self {
            Self::Refused(refusal) => &refusal.findings,
            Self::Conflict { .. } | Self::Later(_) => &[],
        }
    }
}

/// Why a stuck message could not be judged again. It is as it was.
#[derive(Debug, thiserror::Error)]
pub enum RejudgeError {
    #[error("could not read or write the message")]
    Store(#[from] StoreError),
    #[error("the message is not stuck")]
    NotStuck,
    #[error("no sender named {0} is registered any more")]
    SenderGone(String),
    #[error("judging the message went wrong again")]
    StuckAgain,
    #[error("there is too much to do just now")]
    Overloaded,
    /// It cannot be answered with a receipt; the sender must be told another way.
    #[error("the message cannot be opened: {}", .0.id())]
    Refused(Code),
}

impl Intake {
    pub fn new(
        config: IntakeConfig,
        judging: Arc<dyn Judging>,
        store: Arc<dyn MessageStore>,
        clock: Arc<dyn Clock>,
        metrics: Arc<dyn IntakeMetrics>,
        tasks: TaskTracker,
    ) -> Arc<Self> {
        Arc::new(Self {
            judging,
            store,
            clock,
            admission: Admission::new(config.admission(), Arc::clone(&metrics)),
            metrics,
            pool: Pool::start(config.judging_threads, config.judging_queue_max),
            tasks,
            judging_max: Duration::from_secs(config.judging_seconds_max),
            settling_max: Duration::from_secs(config.settling_seconds_max),
        })
    }

    /// Who `peer` speaks for, or the code that says why nobody.
    pub fn sender_of(&self, peer: &Peer) -> Result<RegisteredSender, Code> {
        self.judging.sender_of(peer)
    }

    /// A registered sender showed its certificate: operators are warned before it ends.
    pub fn saw_certificate(&self, sender: &RegisteredSender, peer: &Peer) {
        self.metrics.certificate_seen(&sender.name, peer.certificate_ends);
    }

    /// How large a message may be, now.
    pub fn limits(&self) -> MessageLimits {
        self.judging.limits()
    }

    /// A place for one message; [`Code::Overloaded`] when there is none.
    pub fn enter(&self, sender: RegisteredSender) -> Result<Ticket, Code> {
        self.admission.enter(sender)
    }

    /// Judges, commits, and says what the sender is to be told.
    pub async fn accept(
        self: &Arc<Self>,
        ticket: Ticket,
        arrival: Arrival,
        wish: AppRecVersion,
    ) -> Result<Accepted, NotAccepted> {
        let intake = Arc::clone(self);
        let work = self.tasks.spawn(async move {
            let (began, channel) = (Instant::now(), arrival.channel);
            let outcome = intake.accept_to_the_end(ticket, arrival, wish).await;
            if outcome.is_ok() {
                intake.metrics.message_accepted(channel, began.elapsed());
            }
            outcome
        });
        // The task is never aborted, so it ends otherwise only by a panic: a bug, and nothing has been promised.
        work.await.unwrap_or(Err(NotAccepted::Later(Code::StoreUnavailable)))
    }

    /// Judges without storing anything, for those who build sending systems. A panic is [`Code::JudgingFailed`].
    pub async fn preview(&self, ticket: Ticket, arrival: Arrival, wish: AppRecVersion) -> Result<Rehearsal, Code> {
        let judging = Arc::clone(&self.judging);
        let id = ReceiptId(uuid_at(self.clock.now()));
        let judged = self.on_the_pool(move || judging.rehearse(&arrival, id, wish)).await;
        drop(ticket);
        judged.map_err(|fault| match fault {
            NotDone::Full => Code::Overloaded,
            NotDone::Panicked => Code::JudgingFailed,
        })
    }

    /// The receipt again, for the organisation that sent the message; [`Code::ReceiptNotYours`] when it has sent none.
    pub async fn receipt(&self, sender: &OrgNumber, sender_message_id: &str) -> Result<Accepted, Code> {
        let asked = self.store.receipt(sender, sender_message_id);
        match tokio::time::timeout(self.settling_max, asked).await {
            Ok(Ok(ReceiptAnswer::Have(answer))) => Ok(known(answer, sender_message_id.to_owned())),
            Ok(Ok(ReceiptAnswer::Unknown)) => Err(Code::ReceiptNotYours),
            Ok(Err(error)) => Err(unavailable(&error)),
            Err(_) => Err(slow()),
        }
    }

    /// Keeps that a registered sender brought something that was refused before it could be judged: `read` is what had
    /// been read of it. What cannot be kept is logged; the sender gets its answer all the same.
    pub async fn note_refusal(&self, peer: &Peer, channel: Channel, code: Code, read: &[u8]) {
        self.count_refusal(Some(peer), channel, code);
        let refusal = NewRefusal {
            at: self.clock.now(),
            channel,
            peer: Some(peer.organisation.clone()),
            sender_message_id: None,
            code: code.id().to_owned(),
            size: read.len() as u64,
            sha256: mint::sha256(read),
            first_sha256: None,
        };
        if let Err(error) = self.store.keep_refusal(refusal).await {
            tracing::error!(error = &error as &dyn std::error::Error, code = code.id(), "a refusal could not be kept");
        }
    }

    /// Counts and logs what was turned away at the door; nothing is kept.
    pub fn count_refusal(&self, peer: Option<&Peer>, channel: Channel, code: Code) {
        self.metrics.message_refused(code);
        tracing::info!(
            peer.org = peer.map(|it| it.organisation.as_str()),
            channel = channel.label(),
            event = Event::MessageRefused.name(),
            verdict = "refused",
            code = code.id(),
            "turned away at the door"
        );
    }

    /// Judges a stuck message again, as if it arrived from its registered sender now. Its id, reference and bytes stay.
    pub async fn rejudge(&self, id: MessageId) -> Result<MessageState, RejudgeError> {
        let raw = self.store.raw(id).await?;
        if raw.state != MessageState::Stuck {
            return Err(RejudgeError::NotStuck);
        }
        let sender = self
            .judging
            .sender_named(&raw.sender_name)
            .ok_or_else(|| RejudgeError::SenderGone(raw.sender_name.clone()))?;
        let identity = Identity { id: raw.id, reference: raw.reference.clone() };
        let prepared = self.prepare(&again(raw, &sender), &sender, AppRecVersion::default(), identity).await;
        let (mut settlement, tolerated, disputed, referral) = match prepared {
            Ok(Prepared::Settle { settlement, tolerated, disputed, referral }) => {
                (*settlement, tolerated, disputed, referral)
            }
            Ok(Prepared::Refuse(refusal)) => {
                return Err(RejudgeError::Refused(prepare::first_code(&refusal.findings)));
            }
            Err(NotDone::Panicked) => return Err(RejudgeError::StuckAgain),
            Err(NotDone::Full) => return Err(RejudgeError::Overloaded),
        };
        self.dispute(&mut settlement, disputed).await?;
        self.attach(&mut settlement, referral, &sender).await?;
        let diary = Diary::of(&settlement, tolerated, self.clock.now());
        let state = settlement.state;
        match self.store.resettle(settlement).await {
            Ok(()) => {
                self.count(&diary, state);
                diary.write(Event::MessageRequeued, state.label(), self.clock.now());
                Ok(state)
            }
            Err(StoreError::Absent) => Err(RejudgeError::NotStuck),
            Err(error) => Err(RejudgeError::Store(error)),
        }
    }

    async fn accept_to_the_end(
        &self,
        ticket: Ticket,
        arrival: Arrival,
        wish: AppRecVersion,
    ) -> Result<Accepted, NotAccepted> {
        let began = self.clock.now();
        let identity = Identity::new(began);
        let (settlement, tolerated) = match self.prepare(&arrival, ticket.sender(), wish, identity.clone()).await {
            Ok(Prepared::Settle { mut settlement, tolerated, disputed, referral }) => {
                if let Err(error) = self.dispute(&mut settlement, disputed).await {
                    return Err(self.turn_away(unavailable(&error)));
                }
                if let Err(error) = self.attach(&mut settlement, referral, ticket.sender()).await {
                    return Err(self.turn_away(unavailable(&error)));
                }
                (*settlement, tolerated)
            }
            Ok(Prepared::Refuse(refusal)) if prepare::first_code(&refusal.findings) == Code::ReceiptNotMessage => {
                return self.take_receipt(&arrival).await;
            }
            Ok(Prepared::Refuse(refusal)) => return Err(self.refuse(&arrival, refusal).await),
            Err(NotDone::Panicked) => (self.stuck(&arrival, ticket.sender(), identity).await, Vec::new()),
            Err(NotDone::Full) => return Err(self.turn_away(Code::Overloaded)),
        };
        self.settle(settlement, tolerated, began).await
    }

    async fn prepare(
        &self,
        arrival: &Arrival,
        sender: &RegisteredSender,
        wish: AppRecVersion,
        identity: Identity,
    ) -> Result<Prepared, NotDone> {
        let judging = Arc::clone(&self.judging);
        let (arrival, sender, now) = (arrival.clone(), sender.clone(), self.clock.now());
        self.on_the_pool(move || prepare::prepare(&*judging, &arrival, &sender, wish, identity, now)).await
    }

    /// The message's id is worth a second try, so that a repeat of it is recognised; a second panic costs nothing.
    async fn stuck(&self, arrival: &Arrival, sender: &RegisteredSender, identity: Identity) -> Settlement {
        let judging = Arc::clone(&self.judging);
        let asked = arrival.clone();
        let read = self.on_the_pool(move || judging.sender_message_id(&asked)).await;
        prepare::stuck(arrival, sender, identity, read.ok().flatten())
    }

    async fn settle(
        &self,
        settlement: Settlement,
        tolerated: Vec<Deviation>,
        began: Timestamp,
    ) -> Result<Accepted, NotAccepted> {
        let diary = Diary::of(&settlement, tolerated, began);
        let fresh = Accepted {
            message: settlement.message.id,
            reference: settlement.message.reference.clone(),
            state: settlement.state,
            sender_message_id: settlement.message.sender_message_id.clone(),
            receipt: settlement.receipt.as_ref().map(|it| it.xml.clone()),
        };
        let settled = match tokio::time::timeout(self.settling_max, self.store.settle(settlement)).await {
            Ok(Ok(settled)) => settled,
            Ok(Err(error)) => return Err(self.turn_away(unavailable(&error))),
            Err(_) => return Err(self.turn_away(slow())),
        };
        let now = self.clock.now();
        match settled {
            Settled::New => {
                self.count(&diary, fresh.state);
                diary.write(settled_event(fresh.state), fresh.state.label(), now);
                Ok(fresh)
            }
            Settled::Known(answer) => {
                self.metrics.message_repeated(diary.channel);
                diary.of_known(&answer).write(Event::MessageRepeated, answer.state.label(), now);
                Ok(known(answer, fresh.sender_message_id))
            }
            Settled::Conflict { first_reference, .. } => {
                self.metrics.message_refused(Code::MessageIdReused);
                diary.write(Event::MessageConflict, "refused", now);
                Err(NotAccepted::Conflict { first_reference })
            }
        }
    }

    async fn refuse(&self, arrival: &Arrival, refusal: Refusal) -> NotAccepted {
        let code = prepare::first_code(&refusal.findings);
        let kept = self.store.keep_refusal(prepare::refusal(arrival, &refusal, self.clock.now())).await;
        if let Err(error) = kept {
            return self.turn_away(unavailable(&error));
        }
        self.metrics.message_refused(code);
        tracing::info!(
            peer.org = %arrival.peer.organisation,
            channel = arrival.channel.label(),
            event = Event::MessageRefused.name(),
            verdict = "refused",
            code = code.id(),
            size = arrival.bytes.len(),
            "message refused"
        );
        NotAccepted::Refused(refusal)
    }

    fn turn_away(&self, code: Code) -> NotAccepted {
        self.metrics.message_refused(code);
        NotAccepted::Later(code)
    }

    fn count(&self, diary: &Diary, state: MessageState) {
        self.metrics.message_judged(diary.channel, state, Duration::from_micros(diary.judged_us));
        for (code, severity) in &diary.findings {
            self.metrics.finding(*code, *severity);
        }
        for deviation in &diary.tolerated {
            self.metrics.deviation_tolerated(&diary.sender, *deviation);
        }
    }

    /// Waits for the pool, but not for ever.
    async fn on_the_pool<T, W>(&self, work: W) -> Result<T, NotDone>
    where
        T: Send + 'static,
        W: FnOnce() -> T + Send + 'static,
    {
        tokio::time::timeout(self.judging_max, self.pool.run(work)).await.unwrap_or(Err(NotDone::Full))
    }
}

/// What the diary says about one message: nothing personal.
struct Diary {
    message: MessageId,
    reference: Reference,
    channel: Channel,
    peer: OrgNumber,
    sender: String,
    findings: Vec<(Code, Severity)>,
    /// Deviations that the sender had leave to make.
    tolerated: Vec<Deviation>,
    size: usize,
    judged_us: u64,
    began: Timestamp,
}

impl Diary {
    fn of(settlement: &Settlement, tolerated: Vec<Deviation>, began: Timestamp) -> Self {
        let message = &settlement.message;
        Self {
            message: message.id,
            reference: message.reference.clone(),
            channel: message.channel,
            peer: message.sender.clone(),
            sender: message.sender_name.clone(),
            findings: settlement.findings.iter().filter_map(coded).collect(),
            tolerated,
            size: message.bytes.len(),
            judged_us: message.judged_us,
            began,
        }
    }

    /// The diary names the message that we have, not the id that was made in vain.
    fn of_known(mut self, answer: &Answer) -> Self {
        self.message = answer.message;
        self.reference = answer.reference.clone();
        self
    }

    fn write(&self, event: Event, verdict: &'static str, now: Timestamp) {
        tracing::info!(
            event = event.name(),
            message.id = %self.message,
            message.reference = %self.reference,
            peer.org = %self.peer,
            sender = self.sender,
            channel = self.channel.label(),
            verdict,
            codes = codes(&self.findings),
            size = self.size,
            judged_us = self.judged_us,
            duration_ms = u64::try_from(now.since(self.began).as_millis()).unwrap_or(u64::MAX),
            "message settled"
        );
    }
}

/// A message that waits for a person is an event of its own.
const fn settled_event(state: MessageState) -> Event {
    match state {
        MessageState::Accepted | MessageState::Rejected => Event::MessageSettled,
        MessageState::Stuck => Event::MessageStuck,
    }
}

fn coded(finding: &KeptFinding) -> Option<(Code, Severity)> {
    Code::from_id(&finding.code).map(|code| (code, finding.severity))
}

/// Each code once, in order: `MP-301,MP-402`.
fn codes(findings: &[(Code, Severity)]) -> String {
    let mut codes: Vec<&str> = findings.iter().map(|(code, _)| code.id()).collect();
    codes.sort_unstable();
    codes.dedup();
    codes.join(",")
}

fn known(answer: Answer, sender_message_id: String) -> Accepted {
    Accepted {
        message: answer.message,
        reference: answer.reference,
        state: answer.state,
        sender_message_id,
        receipt: answer.receipt,
    }
}

/// A stored message as it arrived. Its certificate is not kept; the registered sender stands for it.
fn again(raw: RawMessage, sender: &RegisteredSender) -> Arrival {
    Arrival {
        peer: Peer {
            organisation: raw.sender,
            sub_unit: sender.sub_units.first().cloned(),
            certificate_sha256: [0; 32],
            certificate_ends: Timestamp(i64::MAX),
        },
        channel: raw.channel,
        received_at: raw.received_at,
        bytes: raw.bytes.into_inner(),
        charset: raw.charset,
    }
}

fn unavailable(error: &StoreError) -> Code {
    tracing::error!(
        event = Event::StoreUnavailable.name(),
        error = error as &dyn std::error::Error,
        "the store did not do what the intake asked"
    );
    Code::StoreUnavailable
}

fn slow() -> Code {
    tracing::error!(event = Event::StoreUnavailable.name(), "the store did not answer in time");
    Code::StoreUnavailable
}

#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
