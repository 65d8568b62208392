//! Group commit: arrivals that wait at the same time share one transaction and one sync.
//!
//! One task writes. It takes all that waits, up to a limit, and never waits for more to come: under light load a message
//! is written alone and at once, under heavy load the batches grow by themselves.

use super::Pools;
use super::StoreOptions;
use super::engine::Blame;
use super::engine::Engine;
use super::engine::Fell;
use super::engine::is_unique_violation;
use super::settle::Outcome;
use super::settle::Wish;
use super::settle::write;
use crate::storage::StoreError;
use std::error::Error;
use std::fmt;
use std::future::poll_fn;
use std::panic::AssertUnwindSafe;
use std::panic::catch_unwind;
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering;
use std::task::Poll;
use std::time::Duration;
use tokio::sync::Mutex;
use tokio::sync::mpsc;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// How often a batch that stood in another's way begins again.
const ATTEMPTS_MAX: u32 = 4;

/// The way to the task that writes.
pub(super) struct Writer {
    jobs: mpsc::Sender<Job>,
    waiting_bytes: Arc<AtomicUsize>,
    waiting_bytes_max: usize,
    closing: CancellationToken,
    task: Mutex<Option<JoinHandle<()>>>,
}

struct Job {
    wish: Wish,
    answer: oneshot::Sender<Result<Outcome, StoreError>>,
}

impl Writer {
    pub fn start<E: Engine>(pools: Pools<E>, options: &StoreOptions) -> Self {
        let (jobs, queue) = mpsc::channel(options.waiting_messages_max);
        let closing = CancellationToken::new();
        let waiting_bytes = Arc::new(AtomicUsize::new(0));
        let limits = Limits {
            batch_messages_max: options.batch_messages_max,
            batch_bytes_max: options.batch_bytes_max,
            settle_wait_max: options.settle_wait_max,
        };
        let task = tokio::spawn(run(pools, queue, limits, Arc::clone(&waiting_bytes), closing.clone()));
        let waiting_bytes_max = options.waiting_bytes_max;
        Self { jobs, waiting_bytes, waiting_bytes_max, closing, task: Mutex::new(Some(task)) }
    }

    /// Waits until `wish` is durable. [`StoreError::Unavailable`] at once when too much waits already.
    pub async fn write(&self, wish: Wish) -> Result<Outcome, StoreError> {
        let size = wish.size();
        let waiting = self.waiting_bytes.fetch_add(size, Ordering::AcqRel);
        // One message alone is always let in, however large: its size was limited at the door.
        if waiting > 0 && waiting + size > self.waiting_bytes_max {
            self.waiting_bytes.fetch_sub(size, Ordering::AcqRel);
            return Err(full());
        }
        let (answer, answered) = oneshot::channel();
        if let Err(error) = self.jobs.try_send(Job { wish, answer }) {
            self.waiting_bytes.fetch_sub(size, Ordering::AcqRel);
            return Err(match error {
                mpsc::error::TrySendError::Full(_) => full(),
                mpsc::error::TrySendError::Closed(_) => closed(),
            });
        }
        answered.await.unwrap_or_else(|_| Err(closed()))
    }

    /// Takes nothing more, writes what waits, and ends.
    pub async fn close(&self) {
        self.closing.cancel();
        if let Some(task) = self.task.lock().await.take() {
            // It ends by itself; a bug that a message brought has been told to those who waited, and has not ended it.
            let _ended = task.await;
        }
    }
}

struct Limits {
    batch_messages_max: usize,
    batch_bytes_max: usize,
    settle_wait_max: Duration,
}

async fn run<E: Engine>(
    pools: Pools<E>,
    mut queue: mpsc::Receiver<Job>,
    limits: Limits,
    waiting_bytes: Arc<AtomicUsize>,
    closing: CancellationToken,
) {
    let mut taken = Vec::with_capacity(limits.batch_messages_max);
    loop {
        tokio::select! {
            biased;
            () = closing.cancelled(), if !queue.is_closed() => {
                queue.close();
                continue;
            }
            count = queue.recv_many(&mut taken, limits.batch_messages_max) => {
                if count == 0 {
                    return;
                }
            }
        }
        while !taken.is_empty() {
            let batch: Vec<Job> = taken.drain(..portion(&taken, limits.batch_bytes_max)).collect();
            let size: usize = batch.iter().map(|it| it.wish.size()).sum();
            settle(&pools, batch, limits.settle_wait_max).await;
            waiting_bytes.fetch_sub(size, Ordering::AcqRel);
        }
    }
}

/// How many of the first `jobs` fit in one batch; at least one.
fn portion(jobs: &[Job], bytes_max: usize) -> usize {
    let mut bytes = 0;
    let fitting = jobs.iter().take_while(|it| {
        bytes += it.wish.size();
        bytes <= bytes_max
    });
    fitting.count().max(1)
}

/// Writes a batch and answers all who wait. When one of them cannot be stored, each is written by itself, so that it
/// fails alone.
async fn settle<E: Engine>(pools: &Pools<E>, batch: Vec<Job>, wait_max: Duration) {
    let wishes: Vec<&Wish> = batch.iter().map(|it| &it.wish).collect();
    let error = match commit(pools, &wishes, wait_max).await {
        Ok(outcomes) => {
            for (job, outcome) in batch.into_iter().zip(outcomes) {
                // Nobody listens when the sender has gone; the message is stored all the same.
                let _gone = job.answer.send(Ok(outcome));
            }
            return;
        }
        Err(error) => error,
    };
    match Blame::of::<E>(&error) {
        Blame::Data | Blame::Unknown if batch.len() > 1 => {
            tracing::warn!(
                messages = batch.len(),
                "a batch could not be written as one; each message is written alone"
            );
            for job in batch {
                let outcome = commit(pools, &[&job.wish], wait_max).await.map_err(|it| about_one::<E>(it));
                let outcome = outcome.map(|mut it| it.remove(0));
                let _gone = job.answer.send(outcome);
            }
        }
        Blame::Data | Blame::Unknown | Blame::Race | Blame::World => {
            let error = Arc::new(about_one::<E>(error));
            for job in batch {
                let _gone = job.answer.send(Err(shared(&error)));
            }
        }
    }
}

async fn commit<E: Engine>(pools: &Pools<E>, wishes: &[&Wish], wait_max: Duration) -> Result<Vec<Outcome>, StoreError> {
    let mut attempt = 1;
    loop {
        let once = caught(async {
            let mut work = pools.work().await?;
            let outcomes = write(&mut work, wishes).await?;
            work.commit().await?;
            Ok(outcomes)
        });
        // When time is up nobody knows whether the commit came through. The sender is told to try again, and is then
        // told what we have.
        let outcome = match tokio::time::timeout(wait_max, once).await {
            Ok(Ok(written)) => written,
            Ok(Err(fell)) => Err(StoreError::Unavailable(Box::new(fell))),
            Err(elapsed) => Err(StoreError::Unavailable(Box::new(elapsed))),
        };
        match outcome {
            Err(error) if attempt < ATTEMPTS_MAX && Blame::of::<E>(&error) == Blame::Race => attempt += 1,
            other => return other,
        }
    }
}

/// Does `work` to its end, also when that is a panic: one bug must not keep everybody out until somebody restarts the gateway.
/// What the work held is dropped with it; an open transaction is rolled back, so nothing is acknowledged that was not kept.
async fn caught<F: Future>(work: F) -> Result<F::Output, Fell> {
    let mut work = Box::pin(work);
    poll_fn(|context| match catch_unwind(AssertUnwindSafe(|| work.as_mut().poll(context))) {
        Ok(polled) => polled.map(Ok),
        Err(_told_by_the_hook) => Poll::Ready(Err(Fell)),
    })
    .await
}

/// What the one who brought a bad settlement is told. An id or a reference that is taken already is a throw of the dice:
/// the sender tries again, and gets other ones.
fn about_one<E: Engine>(error: StoreError) -> StoreError {
    match Blame::of::<E>(&error) {
        Blame::Data if matches!(error, StoreError::Unavailable(_)) && !is_unique_violation(&error) => {
            StoreError::Inconsistent { table: "messages", column: "*" }
        }
        Blame::Data | Blame::Unknown | Blame::Race | Blame::World => error,
    }
}

/// The same error for each of several who wait.
fn shared(error: &Arc<StoreError>) -> StoreError {
    match &**error {
        StoreError::Unavailable(_) => StoreError::Unavailable(Box::new(Shared(Arc::clone(error)))),
        StoreError::Inconsistent { table, column } => StoreError::Inconsistent { table, column },
        StoreError::Sealed { key_id } => StoreError::Sealed { key_id: key_id.clone() },
        StoreError::LeaseLost => StoreError::LeaseLost,
        StoreError::Absent => StoreError::Absent,
    }
}

/// Speaks for the cause of an error that several share.
struct Shared(Arc<StoreError>);

impl Shared {
    fn cause(&self) -> &(dyn Error + 'static) {
        self.0.source().unwrap_or(&*self.0)
    }
}

impl fmt::Debug for Shared {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.cause(), formatter)
    }
}

impl fmt::Display for Shared {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self.cause(), formatter)
    }
}

impl Error for Shared {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.cause().source()
    }
}

fn full() -> StoreError {
    StoreError::Unavailable("too many messages wait to be written".into())
}

fn closed() -> StoreError {
    StoreError::Unavailable("the store has been closed".into())
}
