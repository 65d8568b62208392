//! Sends what units have written: claim, make the message when it is sent first, send with the lease's time, settle by the
//! receiver's word. Gives up after a while, and raises an alarm when no AppRec comes in time.
//!
//! The message's bytes are kept before they are sent first, so that every attempt sends the same: a receiver that has them
//! already says so by the id, and does nothing twice.

use crate::clock::Clock;
use crate::domain::AlarmKind;
use crate::domain::Calendar;
use crate::domain::NoWayOut;
use crate::domain::NoticeChannel;
use crate::domain::NoticeId;
use crate::domain::OutboundId;
use crate::domain::OutboundNext;
use crate::domain::Patience;
use crate::domain::ReceiverSays;
use crate::domain::Redacted;
use crate::domain::ReturnedReceipt;
use crate::domain::Timestamp;
use crate::domain::UnitId;
use crate::domain::deadline;
use crate::receipt::Reply;
use crate::receipt::RetryPolicy;
use crate::receipt::after_reply;
use crate::storage::Claim;
use crate::storage::DueOutbound;
use crate::storage::Lease;
use crate::storage::MessageStore;
use crate::storage::NewNotice;
use crate::storage::OutboundSettled;
use crate::storage::OutboundStore;
use crate::storage::RawMessage;
use crate::storage::StoreError;
use crate::telemetry::Event;
use crate::telemetry::Metrics;
use crate::telemetry::Pulse;
use crate::work::Bell;
use crate::work::OutboundWorkConfig;
use crate::work::attempt;
use crate::work::attempt::SETTLE_TIME;
use crate::work::attempt::chance;
use crate::work::rhythm;
use crate::work::rhythm::Rhythm;
use crate::work::rhythm::Round;
use async_trait::async_trait;
use bytes::Bytes;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

const NAME: &str = "outbound";

/// What the worker needs of the house.
#[async_trait]
pub trait Mail: Send + Sync {
    /// The message as it is to be sent. Work for the processor; asked once for each.
    fn compose(
        &self,
        outbound: &DueOutbound,
        original: &RawMessage,
        now: Timestamp,
    ) -> Result<Redacted<Bytes>, NoWayOut>;

    /// Sends it to the receiver's address as it is registered now.
    async fn send(&self, receiver: &str, message: Bytes) -> Posted;

    /// An AppRec in an answer's body.
    fn receipt(&self, body: &Bytes) -> Option<ReturnedReceipt>;

    /// How `unit` wishes to be told that something waits.
    fn notice_channels(&self, unit: &UnitId) -> Vec<NoticeChannel>;

    fn notice_id(&self, now: Timestamp) -> NoticeId;
}

/// What came of sending.
#[derive(Clone, Debug)]
pub enum Posted {
    /// The receiver answered.
    Answered { status: u16, retry_after: Option<Duration>, body: Bytes },
    /// It could not be reached, or did not answer. A sentence about the world.
    Unanswered(String),
    /// It is not registered with an address any more.
    Nowhere(NoWayOut),
}

/// The part of the store that the worker needs.
pub trait OutboundWorkStore: OutboundStore + MessageStore {}

impl<T: OutboundStore + MessageStore> OutboundWorkStore for T {}

/// The worker. One per process is enough; several, also on several nodes, do no harm.
pub struct OutboundWorker {
    shared: Arc<Shared>,
    at_once_max: usize,
    rhythm: Rhythm,
}

struct Shared {
    store: Arc<dyn OutboundWorkStore>,
    mail: Arc<dyn Mail>,
    clock: Arc<dyn Clock>,
    metrics: Arc<Metrics>,
    policy: RetryPolicy,
    lease: Duration,
    ask_again: Duration,
    /// Rung when a notice has been added.
    notices: Bell,
}

impl OutboundWorker {
    /// `policy` is that of `config`, read. `notices` is the bell of the notices' worker.
    pub fn new(
        store: Arc<dyn OutboundWorkStore>,
        mail: Arc<dyn Mail>,
        clock: Arc<dyn Clock>,
        metrics: Arc<Metrics>,
        policy: RetryPolicy,
        config: &OutboundWorkConfig,
        notices: Bell,
    ) -> Self {
        let rhythm = Rhythm::new(NAME, config.period(), config.lease(), &clock, &metrics);
        Self {
            shared: Arc::new(Shared {
                store,
                mail,
                clock,
                metrics,
                policy,
                lease: config.lease(),
                ask_again: config.ask_again(),
                notices,
            }),
            at_once_max: usize::try_from(config.at_once_max).unwrap_or(usize::MAX),
            rhythm,
        }
    }

    /// Ring it when there is something new in the queue.
    pub fn bell(&self) -> Bell {
        self.rhythm.bell()
    }

    /// Whether the worker is alive; for readiness.
    pub fn pulse(&self) -> Pulse {
        self.rhythm.pulse()
    }

    /// Works until told to stop; then takes nothing new, finishes what it holds, and returns.
    pub async fn run(self, shutdown: CancellationToken) {
        rhythm::run(self, shutdown).await;
    }
}

impl Round for OutboundWorker {
    fn rhythm(&self) -> &Rhythm {
        &self.rhythm
    }

    /// Tells of what is late, claims as many as there are hands for, and starts on them.
    async fn round(&mut self, hands: &mut JoinSet<()>) -> Result<Duration, StoreError> {
        self.shared.tell_late().await?;
        let free = self.at_once_max.saturating_sub(hands.len());
        if free == 0 {
            return Ok(self.rhythm.period());
        }
        let now = self.shared.clock.now();
        let rows_max = u32::try_from(free).unwrap_or(u32::MAX);
        let claim = Claim { rows_max, now, until: now.plus(self.shared.lease) };
        for lease in self.shared.store.claim_outbound(claim).await? {
            let shared = Arc::clone(&self.shared);
            hands.spawn(async move { shared.deliver(lease).await });
        }
        Ok(self.rhythm.until(self.shared.store.next_outbound_due().await?))
    }
}

impl Shared {
    async fn deliver(&self, lease: Lease<DueOutbound>) {
        let came = self.attempt(&lease).await;
        let now = self.clock.now();
        let DueOutbound { state, .. } = &lease.held;
        let next = after_reply(&self.policy, *state, lease.attempt, came.reply, self.ask_again, chance(), now);
        let notices = match next {
            OutboundNext::Rejected | OutboundNext::Abandoned => notices(&*self.mail, &lease.held.units, now),
            OutboundNext::Retry { .. } | OutboundNext::Sent { .. } | OutboundNext::Acknowledged => Vec::new(),
        };
        let rings = !notices.is_empty();
        let deal_by = Some(deadline(now, false, Patience::default(), &Calendar::default()));
        let settled = OutboundSettled { next, failure: came.failure, codes: came.codes, notices, deal_by, now };
        match self.settle(&lease, &settled).await {
            Ok(()) => {
                self.tell(&lease, &settled);
                if rings {
                    self.notices.ring();
                }
            }
            Err(error) => {
                self.metrics.worker_trouble(NAME);
                tracing::warn!(
                    event = %Event::LeaseLost, "outbound.id" = %lease.held.id, attempt = lease.attempt, failure = %error,
                    "could not keep what came of sending; it may be sent again, under the same id"
                );
            }
        }
    }

    /// One attempt within the lease's time.
    async fn attempt(&self, lease: &Lease<DueOutbound>) -> Came {
        let message = match self.message(lease).await {
            Ok(Ok(message)) => message,
            Ok(Err(no_way)) => return Came::never(no_way.text().en.into_owned()),
            Err(error) => return Came::later(format!("our own store did not answer: {error}")),
        };
        let time = lease.expires.since(self.clock.now()).saturating_sub(SETTLE_TIME);
        let sending = self.mail.send(&lease.held.receiver, message.into_inner());
        match tokio::time::timeout(time, sending).await {
            Err(_) => Came::later("the receiver did not answer in time".to_owned()),
            Ok(Posted::Unanswered(why)) => Came::later(why),
            Ok(Posted::Nowhere(no_way)) => Came::never(no_way.text().en.into_owned()),
            Ok(Posted::Answered { status, retry_after, body }) => {
                self.understood(lease.held.id, status, retry_after, &body)
            }
        }
    }

    /// The bytes that are sent each time: made and kept before the first.
    async fn message(&self, lease: &Lease<DueOutbound>) -> Result<Result<Redacted<Bytes>, NoWayOut>, StoreError> {
        if let Some(body) = &lease.held.body {
            return Ok(Ok(body.clone()));
        }
        let original = self.store.raw(lease.held.about).await?;
        let (mail, outbound, now) = (Arc::clone(&self.mail), lease.held.clone(), self.clock.now());
        // Reading the original is work for the processor; the sockets shall not notice.
        let composed = tokio::task::spawn_blocking(move || mail.compose(&outbound, &original, now)).await;
        let message = match composed {
            Ok(Ok(message)) => message,
            Ok(Err(no_way)) => return Ok(Err(no_way)),
            Err(_) => return Ok(Err(NoWayOut::Unreadable)),
        };
        self.store.keep_outbound_body(lease, &message).await?;
        Ok(Ok(message))
    }

    /// What an answer means. An AppRec about something else is no answer to this.
    fn understood(&self, id: OutboundId, status: u16, retry_after: Option<Duration>, body: &Bytes) -> Came {
        let failure = || Some(format!("the receiver answered HTTP {status}"));
        match status {
            200..=299 => {
                let receipt = self.mail.receipt(body).filter(|it| it.original_id == id.to_string());
                match receipt {
                    None => Came { reply: Reply::Held, failure: None, codes: Vec::new() },
                    Some(it) => Came {
                        reply: Reply::Receipt(it.says),
                        failure: (it.says == ReceiverSays::Unclear)
                            .then(|| "the receiver's AppRec has a status that we do not know".to_owned()),
                        codes: it.errors.into_iter().map(|it| it.code).collect(),
                    },
                }
            }
            408 | 425 | 429 | 500..=599 => {
                Came { reply: Reply::Later { retry_after }, failure: failure(), codes: Vec::new() }
            }
            _ => Came { reply: Reply::Never, failure: failure(), codes: Vec::new() },
        }
    }

    async fn settle(&self, lease: &Lease<DueOutbound>, settled: &OutboundSettled) -> Result<(), StoreError> {
        attempt::settle(|| self.store.settle_outbound(lease, settled.clone())).await
    }

    async fn tell_late(&self) -> Result<(), StoreError> {
        let now = self.clock.now();
        for late in self.store.late_outbound(now).await? {
            let notices = notices(&*self.mail, &late.units, now);
            self.store.tell_late_outbound(late.id, notices, now).await?;
            self.metrics.alarm_raised(AlarmKind::OutboundUnanswered);
            self.notices.ring();
            tracing::error!(
                event = %Event::OutboundLate, "outbound.id" = %late.id, receiver = late.receiver, kind = late.kind.label(),
                state = late.state.label(), "no AppRec has come for what a unit sent"
            );
        }
        Ok(())
    }

    fn tell(&self, lease: &Lease<DueOutbound>, settled: &OutboundSettled) {
        let DueOutbound { id, receiver, kind, .. } = &lease.held;
        let (attempt, failure) = (lease.attempt, settled.failure.as_deref().unwrap_or_default());
        let (kind, codes) = (kind.label(), settled.codes.join(","));
        match settled.next {
            OutboundNext::Acknowledged | OutboundNext::Sent { .. } => tracing::info!(
                event = %Event::OutboundSent, "outbound.id" = %id, receiver, kind, attempt,
                state = settled.next.state().label(), "something of a unit has been sent"
            ),
            OutboundNext::Retry { due } => tracing::warn!(
                event = %Event::OutboundPostponed, "outbound.id" = %id, receiver, kind, attempt, failure, due = %due,
                "something of a unit could not be sent; it will be tried again"
            ),
            OutboundNext::Rejected => {
                self.metrics.alarm_raised(AlarmKind::OutboundRejected);
                tracing::error!(
                    event = %Event::OutboundRejected, "outbound.id" = %id, receiver, kind, attempt, codes,
                    "a receiver rejected what a unit sent"
                );
            }
            OutboundNext::Abandoned => {
                self.metrics.alarm_raised(AlarmKind::OutboundAbandoned);
                tracing::error!(
                    event = %Event::OutboundAbandoned, "outbound.id" = %id, receiver, kind, attempt, failure,
                    "something of a unit could not be sent and has been given up"
                );
            }
        }
    }
}

/// What came of an attempt.
struct Came {
    reply: Reply,
    failure: Option<String>,
    codes: Vec<String>,
}

impl Came {
    const fn later(why: String) -> Self {
        Self { reply: Reply::Later { retry_after: None }, failure: Some(why), codes: Vec::new() }
    }

    const fn never(why: String) -> Self {
        Self { reply: Reply::Never, failure: Some(why), codes: Vec::new() }
    }
}

/// The units are told that something waits, as they are of a message.
fn notices(mail: &dyn Mail, units: &[UnitId], now: Timestamp) -> Vec<NewNotice> {
    let each = units.iter().flat_map(|unit| mail.notice_channels(unit).into_iter().map(move |channel| (unit, channel)));
    each.map(|(unit, channel)| NewNotice { id: mail.notice_id(now), unit: unit.clone(), channel, due: now }).collect()
}
