//! Hands notices to units: claim, send with the lease's time, settle. Gives up after a while, and says so with an alarm.

use crate::clock::Clock;
use crate::domain::AlarmKind;
use crate::domain::NewAlarm;
use crate::domain::Next;
use crate::domain::NoticeChannel;
use crate::domain::NoticeId;
use crate::domain::UnitId;
use crate::notify::Notice;
use crate::notify::Notifiers;
use crate::notify::NotifyError;
use crate::receipt::RetryPolicy;
use crate::receipt::after;
use crate::storage::Actor;
use crate::storage::AlarmOutcome;
use crate::storage::Claim;
use crate::storage::DueNotice;
use crate::storage::Lease;
use crate::storage::NewJournalLine;
use crate::storage::StoreError;
use crate::telemetry::Event;
use crate::telemetry::Metrics;
use crate::telemetry::NoticeOutcome;
use crate::telemetry::Pulse;
use crate::work::Bell;
use crate::work::NoticeStore;
use crate::work::NoticesConfig;
use crate::work::attempt;
use crate::work::attempt::SETTLE_TIME;
use crate::work::attempt::chance;
use crate::work::attempt::outcome_of;
use crate::work::rhythm;
use crate::work::rhythm::Rhythm;
use crate::work::rhythm::Round;
use std::collections::BTreeSet;
use std::collections::HashMap;
use std::collections::HashSet;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::MutexGuard;
use std::sync::PoisonError;
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

const NAME: &str = "notices";

/// The worker. One per process is enough; several, also on several nodes, do no harm.
pub struct NoticeWorker {
    shared: Arc<Shared>,
    at_once_max: usize,
    rhythm: Rhythm,
}

struct Shared {
    store: Arc<dyn NoticeStore>,
    notifiers: Notifiers,
    clock: Arc<dyn Clock>,
    metrics: Arc<Metrics>,
    policy: RetryPolicy,
    lease: Duration,
    /// Units with an open alarm, as of the last look.
    alarmed: Mutex<HashSet<UnitId>>,
    /// Channels that this worker has given up on since it started. A unit's alarm stays while one of them is left, so that
    /// a working webhook does not hide a dead mailbox.
    broken: Mutex<HashMap<UnitId, BTreeSet<NoticeChannel>>>,
}

impl NoticeWorker {
    /// `policy` is that of `config`, read.
    pub fn new(
        store: Arc<dyn NoticeStore>,
        notifiers: Notifiers,
        clock: Arc<dyn Clock>,
        metrics: Arc<Metrics>,
        policy: RetryPolicy,
        config: &NoticesConfig,
    ) -> Self {
        let rhythm = Rhythm::new(NAME, config.period(), config.lease(), &clock, &metrics);
        Self {
            shared: Arc::new(Shared {
                store,
                notifiers,
                clock,
                metrics,
                policy,
                lease: config.lease(),
                alarmed: Mutex::default(),
                broken: Mutex::default(),
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

impl Round for NoticeWorker {
    fn rhythm(&self) -> &Rhythm {
        &self.rhythm
    }

    /// Claims as many as there are hands for, and starts on them.
    async fn round(&mut self, hands: &mut JoinSet<()>) -> Result<Duration, StoreError> {
        let free = self.at_once_max.saturating_sub(hands.len());
        if free == 0 {
            return Ok(self.rhythm.period());
        }
        for lease in self.shared.claim(free).await? {
            let shared = Arc::clone(&self.shared);
            hands.spawn(async move { shared.deliver(lease).await });
        }
        Ok(self.rhythm.until(self.shared.store.next_notice_due().await?))
    }
}

impl Shared {
    async fn claim(&self, rows_max: usize) -> Result<Vec<Lease<DueNotice>>, StoreError> {
        let now = self.clock.now();
        let rows_max = u32::try_from(rows_max).unwrap_or(u32::MAX);
        let leases = self.store.claim_notices(Claim { rows_max, now, until: now.plus(self.lease) }).await?;
        if !leases.is_empty() {
            let alarms = self.store.alarms().await?;
            let alarmed = alarms.into_iter().filter(|it| it.kind == AlarmKind::NoticeAbandoned);
            *hold(&self.alarmed) = alarmed.map(|it| UnitId(it.subject)).collect();
        }
        Ok(leases)
    }

    async fn deliver(&self, lease: Lease<DueNotice>) {
        let began = Instant::now();
        let attempted = self.attempt(&lease).await;
        let now = self.clock.now();
        let outcome = outcome_of(&attempted);
        let next = after(&self.policy, lease.attempt, outcome, chance(), now);
        let failure = attempted.err().map(|it| it.chain());
        // The alarm first: if we fall here, the notice is still in the queue and nothing has been hidden.
        let alarm = match next {
            Next::Abandoned => self.raise(&lease.held).await,
            Next::Delivered | Next::Retry { .. } => None,
        };
        match self.settle(&lease, next, failure.as_deref()).await {
            Ok(()) => {
                self.tell(&lease, next, failure.as_deref().unwrap_or_default(), alarm, began.elapsed());
                if next == Next::Delivered {
                    self.all_is_well(&lease.held).await;
                }
            }
            Err(error) => {
                self.metrics.worker_trouble(NAME);
                tracing::warn!(
                    event = %Event::LeaseLost, "notice.id" = %lease.held.id, unit = %lease.held.unit,
                    channel = lease.held.channel.label(), attempt = lease.attempt, failure = %error,
                    "could not keep what came of a notice; it may be sent again, under the same id"
                );
            }
        }
    }

    /// One attempt within the lease's time. A notice whose earlier holders never came back is not tried for ever.
    async fn attempt(&self, lease: &Lease<DueNotice>) -> Result<(), NotifyError> {
        if lease.attempt > self.policy.attempts_max {
            return Err(NotifyError::TimedOut);
        }
        let time = lease.expires.since(self.clock.now()).saturating_sub(SETTLE_TIME);
        let held = lease.held.clone();
        let DueNotice { id, unit, channel, reference, created_at, unread, reminder, meeting, about, graded, with: _ } =
            held;
        let names_unit = !graded;
        let notice = Notice { id, unit, reference, created_at, unread, reminder, meeting, about, names_unit };
        tokio::time::timeout(time, self.notifiers.notify(channel, &notice)).await.unwrap_or(Err(NotifyError::TimedOut))
    }

    async fn settle(&self, lease: &Lease<DueNotice>, next: Next, failure: Option<&str>) -> Result<(), StoreError> {
        attempt::settle(|| self.store.settle_notice(lease, next, failure, self.clock.now())).await
    }

    async fn raise(&self, notice: &DueNotice) -> Option<AlarmOutcome> {
        hold(&self.broken).entry(notice.unit.clone()).or_default().insert(notice.channel);
        hold(&self.alarmed).insert(notice.unit.clone());
        self.metrics.alarm_raised(AlarmKind::NoticeAbandoned);
        let alarm = NewAlarm { kind: AlarmKind::NoticeAbandoned, subject: notice.unit.0.clone() };
        match self.store.open_alarm(alarm, self.clock.now()).await {
            Ok(outcome) => Some(outcome),
            Err(error) => {
                self.metrics.worker_trouble(NAME);
                tracing::error!(event = %Event::StoreUnavailable, unit = %notice.unit, failure = %error, "could not open an alarm");
                None
            }
        }
    }

    /// The unit has been told; if no channel of it is left broken, its alarm is over.
    async fn all_is_well(&self, notice: &DueNotice) {
        let still_broken = {
            let mut broken = hold(&self.broken);
            let left = broken.get_mut(&notice.unit).is_some_and(|channels| {
                channels.remove(&notice.channel);
                !channels.is_empty()
            });
            if !left {
                broken.remove(&notice.unit);
            }
            left
        };
        if still_broken || !hold(&self.alarmed).contains(&notice.unit) {
            return;
        }
        match self.store.clear_alarm(AlarmKind::NoticeAbandoned, &notice.unit.0, self.clock.now()).await {
            Ok(()) => {
                hold(&self.alarmed).remove(&notice.unit);
                tracing::info!(event = %Event::AlarmCleared, alarm = AlarmKind::NoticeAbandoned.label(), subject = %notice.unit, "the unit can be told again");
            }
            // It stays open; the next delivery tries again.
            Err(error) => {
                tracing::warn!(event = %Event::StoreUnavailable, unit = %notice.unit, failure = %error, "could not clear an alarm");
            }
        }
    }

    /// One line and one count for each attempt.
    fn tell(&self, lease: &Lease<DueNotice>, next: Next, failure: &str, alarm: Option<AlarmOutcome>, took: Duration) {
        let DueNotice { id, unit, channel, created_at, .. } = &lease.held;
        let (attempt, duration_ms) = (lease.attempt, u64::try_from(took.as_millis()).unwrap_or(u64::MAX));
        let outcome = match next {
            Next::Delivered => NoticeOutcome::Delivered,
            Next::Retry { .. } => NoticeOutcome::Postponed,
            Next::Abandoned => NoticeOutcome::Abandoned,
        };
        self.metrics.notice_attempted(*channel, outcome, took);
        match next {
            Next::Delivered => {
                self.metrics.notice_waited(*channel, self.clock.now().since(*created_at));
                tracing::info!(
                    event = %Event::NoticeDelivered, "notice.id" = %id, unit = %unit, channel = channel.label(),
                    attempt, duration_ms, "a unit has been told"
                );
            }
            Next::Retry { due } => tracing::warn!(
                event = %Event::NoticePostponed, "notice.id" = %id, unit = %unit, channel = channel.label(), attempt,
                duration_ms, failure, due = %due, "a unit could not be told; it will be tried again"
            ),
            // The first one wakes somebody; those that follow say the same.
            Next::Abandoned if alarm == Some(AlarmOutcome::AlreadyOpen) => tracing::warn!(
                event = %Event::NoticeAbandoned, "notice.id" = %id, unit = %unit, channel = channel.label(), attempt,
                duration_ms, failure, "a unit could not be told, and has been given up again"
            ),
            Next::Abandoned => tracing::error!(
                event = %Event::NoticeAbandoned, "notice.id" = %id, unit = %unit, channel = channel.label(), attempt,
                duration_ms, failure, "a unit could not be told and has been given up; its messages wait unseen"
            ),
        }
    }
}

/// Puts an abandoned notice back in the queue on behalf of an operator, and wakes the worker.
///
/// # Errors
/// [`StoreError::Absent`] when there is no abandoned notice with that id.
pub async fn requeue_notice(
    store: &dyn NoticeStore,
    bell: &Bell,
    clock: &dyn Clock,
    id: NoticeId,
    operator: &str,
) -> Result<(), StoreError> {
    let now = clock.now();
    store.requeue_notice(id, now).await?;
    let line = NewJournalLine {
        at: now,
        actor: Actor::Operator(operator.to_owned()),
        action: "notice_requeued",
        message: None,
        detail: format!("notice {id}"),
    };
    store.journal(line).await?;
    bell.ring();
    tracing::info!(event = %Event::NoticeRequeued, "notice.id" = %id, operator, "an abandoned notice is in the queue again");
    Ok(())
}

/// The value, also when another holder panicked: sets of names are whole after each change.
fn hold<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests;
