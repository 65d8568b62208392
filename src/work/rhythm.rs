//! The one loop in which every worker lives. It beats, makes a round, and waits for its bell, for what is due next or for the
//! end of its period. Told to stop, it takes nothing new and finishes what it holds.

use crate::clock::Clock;
use crate::domain::Timestamp;
use crate::storage::StoreError;
use crate::telemetry::Event;
use crate::telemetry::Metrics;
use crate::telemetry::Pulse;
use crate::work::Bell;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinError;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

/// When the next is due already but could not be claimed, it is looked for again after this at the soonest.
const PAUSE_MIN: Duration = Duration::from_secs(1);

/// What a worker does when it is woken.
pub(super) trait Round: Send {
    fn rhythm(&self) -> &Rhythm;

    /// One look at what waits. What need not be waited for is started in `hands`. Returns how long to wait when nothing else
    /// happens.
    fn round(&mut self, hands: &mut JoinSet<()>) -> impl Future<Output = Result<Duration, StoreError>> + Send;
}

/// Makes rounds until told to stop; then finishes what is in hand, and returns.
pub(super) async fn run(mut worker: impl Round, shutdown: CancellationToken) {
    let rhythm = worker.rhythm().clone();
    let mut hands = JoinSet::new();
    while !shutdown.is_cancelled() {
        rhythm.beat();
        let wait = match worker.round(&mut hands).await {
            Ok(wait) => wait,
            Err(error) => {
                rhythm.note_trouble(&error);
                rhythm.period
            }
        };
        tokio::select! {
            () = shutdown.cancelled() => {}
            () = rhythm.bell.rung() => {}
            () = tokio::time::sleep(wait) => {}
            Some(ended) = hands.join_next() => rhythm.note_end(ended),
        }
    }
    while let Some(ended) = hands.join_next().await {
        rhythm.note_end(ended);
    }
}

/// What wakes a worker, and how it is seen to be alive. Clones are the same rhythm.
#[derive(Clone)]
pub(super) struct Rhythm {
    name: &'static str,
    period: Duration,
    bell: Bell,
    pulse: Pulse,
    clock: Arc<dyn Clock>,
    metrics: Arc<Metrics>,
}

impl Rhythm {
    /// A worker that looks each `period` at the least, and whose round takes `round_max` at the most.
    pub(super) fn new(
        name: &'static str,
        period: Duration,
        round_max: Duration,
        clock: &Arc<dyn Clock>,
        metrics: &Arc<Metrics>,
    ) -> Self {
        let pulse = Pulse::new(name, period * 3 + round_max, clock.now());
        let (clock, metrics) = (Arc::clone(clock), Arc::clone(metrics));
        Self { name, period, bell: Bell::default(), pulse, clock, metrics }
    }

    pub(super) const fn period(&self) -> Duration {
        self.period
    }

    /// Ring it when there is something to look at.
    pub(super) fn bell(&self) -> Bell {
        self.bell.clone()
    }

    /// Whether the worker is alive; for readiness.
    pub(super) fn pulse(&self) -> Pulse {
        self.pulse.clone()
    }

    /// Says that the worker is alive, also in the middle of a long round.
    pub(super) fn beat(&self) {
        self.pulse.beat(self.clock.now());
    }

    /// How long to wait when the next is `due`.
    pub(super) fn until(&self, due: Option<Timestamp>) -> Duration {
        match due {
            Some(due) => due.since(self.clock.now()).clamp(PAUSE_MIN, self.period.max(PAUSE_MIN)),
            None => self.period,
        }
    }

    fn note_trouble(&self, error: &StoreError) {
        self.metrics.worker_trouble(self.name);
        tracing::warn!(
            event = %Event::StoreUnavailable, worker = self.name, failure = %error,
            "a worker could not make its round; it tries again"
        );
    }

    /// A panic is a bug of ours. The lease runs out by itself, and what was held is tried again.
    fn note_end(&self, ended: Result<(), JoinError>) {
        if ended.is_err() {
            self.metrics.worker_trouble(self.name);
            tracing::error!(event = %Event::Panicked, worker = self.name, "work went wrong on our side; its lease will run out");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Rhythm;
    use super::Round;
    use super::run;
    use crate::clock::Clock;
    use crate::clock::TestClock;
    use crate::domain::Timestamp;
    use crate::storage::StoreError;
    use crate::telemetry::Metrics;
    use std::sync::Arc;
    use std::sync::atomic::AtomicU32;
    use std::sync::atomic::Ordering;
    use std::time::Duration;
    use tokio::task::JoinSet;
    use tokio_util::sync::CancellationToken;

    const PERIOD: Duration = Duration::from_secs(60);

    /// Fails in its first round; starts a piece of work in its second, in which it is told to stop.
    struct Worker {
        rhythm: Rhythm,
        shutdown: CancellationToken,
        rounds: Arc<AtomicU32>,
        finished: Arc<AtomicU32>,
    }

    impl Round for Worker {
        fn rhythm(&self) -> &Rhythm {
            &self.rhythm
        }

        async fn round(&mut self, hands: &mut JoinSet<()>) -> Result<Duration, StoreError> {
            if self.rounds.fetch_add(1, Ordering::SeqCst) == 0 {
                self.rhythm.bell().ring();
                return Err(StoreError::Absent);
            }
            let finished = Arc::clone(&self.finished);
            hands.spawn(async move {
                tokio::task::yield_now().await;
                finished.fetch_add(1, Ordering::SeqCst);
            });
            self.shutdown.cancel();
            Ok(PERIOD)
        }
    }

    #[tokio::test]
    async fn a_worker_goes_on_after_a_failed_round_and_finishes_what_it_holds() {
        let clock: Arc<dyn Clock> = Arc::new(TestClock::at(Timestamp(0)));
        let metrics = Arc::new(Metrics::new("0"));
        let rhythm = Rhythm::new("test", PERIOD, Duration::ZERO, &clock, &metrics);
        let (rounds, finished, shutdown) = (Arc::default(), Arc::default(), CancellationToken::new());
        let worker =
            Worker { rhythm, shutdown: shutdown.clone(), rounds: Arc::clone(&rounds), finished: Arc::clone(&finished) };

        tokio::time::timeout(PERIOD / 2, run(worker, shutdown)).await.unwrap();

        assert_eq!((rounds.load(Ordering::SeqCst), finished.load(Ordering::SeqCst)), (2, 1));
    }

    #[test]
    fn what_is_due_already_is_looked_for_after_a_pause_and_never_later_than_the_period() {
        let start = Timestamp(1_000_000_000);
        let clock: Arc<dyn Clock> = Arc::new(TestClock::at(start));
        let rhythm = Rhythm::new("test", PERIOD, Duration::ZERO, &clock, &Arc::new(Metrics::new("0")));
        assert_eq!(rhythm.until(None), PERIOD);
        assert_eq!(rhythm.until(Some(start)), super::PAUSE_MIN);
        assert_eq!(rhythm.until(Some(start.plus(PERIOD / 2))), PERIOD / 2);
        assert_eq!(rhythm.until(Some(start.plus(PERIOD * 2))), PERIOD);
    }
}
