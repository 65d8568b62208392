//! The threads that judge: a few, dedicated, fed by a short queue.
//!
//! Judging is pure work for the processor, so it has its own threads and never delays the sockets. The queue has an
//! end: when it is full the sender is told to come back, instead of everybody waiting longer. A panic in the work is
//! caught and handed back; the thread lives on.

use std::any::Any;
use std::collections::VecDeque;
use std::panic::AssertUnwindSafe;
use std::panic::catch_unwind;
use std::sync::Arc;
use std::sync::Condvar;
use std::sync::Mutex;
use std::sync::MutexGuard;
use std::sync::PoisonError;
use tokio::sync::oneshot;

/// Threads and their queue. Dropping it lets the threads finish what is queued and end.
pub(crate) struct Pool {
    shared: Arc<Shared>,
}

/// Why work was not done.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum NotDone {
    /// The queue is full, or the pool is closing.
    Full,
    /// The work panicked. What it said is not kept: it may hold values from the message.
    Panicked,
}

type Job = Box<dyn FnOnce() + Send>;

struct Shared {
    queue: Mutex<Queue>,
    bell: Condvar,
    jobs_max: usize,
}

struct Queue {
    jobs: VecDeque<Job>,
    closed: bool,
}

impl Pool {
    /// Starts `threads` threads (0: one per core) with a queue of at most `jobs_max` waiting jobs.
    pub(crate) fn start(threads: usize, jobs_max: usize) -> Self {
        let count = if threads == 0 { cores() } else { threads };
        let queue = Mutex::new(Queue { jobs: VecDeque::new(), closed: false });
        let shared = Arc::new(Shared { queue, bell: Condvar::new(), jobs_max });
        for number in 1..=count {
            let shared = Arc::clone(&shared);
            std::thread::Builder::new()
                .name(format!("judge-{number}"))
                .spawn(move || shared.work())
                .expect("the operating system gives the house its few threads at start");
        }
        Self { shared }
    }

    /// Does `work` on one of the threads. When the caller stops waiting, the work is still done and its value dropped.
    pub(crate) async fn run<T, W>(&self, work: W) -> Result<T, NotDone>
    where
        T: Send + 'static,
        W: FnOnce() -> T + Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        let job: Job = Box::new(move || {
            let outcome = catch_unwind(AssertUnwindSafe(work)).map_err(forget);
            // Nobody waits any more: the caller gave up, and its work has no effect.
            let _ = answer.send(outcome);
        });
        self.shared.put(job)?;
        match answered.await {
            Ok(outcome) => outcome,
            Err(_) => Err(NotDone::Full),
        }
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        self.shared.lock().closed = true;
        self.shared.bell.notify_all();
    }
}

impl Shared {
    fn put(&self, job: Job) -> Result<(), NotDone> {
        let mut queue = self.lock();
        if queue.closed || queue.jobs.len() >= self.jobs_max {
            return Err(NotDone::Full);
        }
        queue.jobs.push_back(job);
        drop(queue);
        self.bell.notify_one();
        Ok(())
    }

    fn work(&self) {
        while let Some(job) = self.next() {
            job();
        }
    }

    fn next(&self) -> Option<Job> {
        let mut queue = self.lock();
        loop {
            if let Some(job) = queue.jobs.pop_front() {
                return Some(job);
            }
            if queue.closed {
                return None;
            }
            queue = self.bell.wait(queue).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// No job runs under the lock, so a poisoned lock still guards a whole queue.
    fn lock(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Drops what a panic said. A payload whose own drop panics must not end the thread either.
fn forget(payload: Box<dyn Any + Send>) -> NotDone {
    if let Err(second) = catch_unwind(AssertUnwindSafe(|| drop(payload))) {
        std::mem::forget(second);
    }
    NotDone::Panicked
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

#[cfg(test)]
mod tests {
    use super::NotDone;
    use super::Pool;
    use std::sync::Arc;
    use std::sync::mpsc;

    #[tokio::test]
    async fn a_panic_is_handed_back_and_the_thread_lives_on() {
        let pool = Pool::start(1, 8);

        assert_eq!(pool.run(|| -> u8 { panic!("a fault of ours") }).await, Err(NotDone::Panicked));
        assert_eq!(pool.run(|| 7).await, Ok(7));
    }

    #[tokio::test]
    async fn a_full_queue_says_so_at_once() {
        let pool = Arc::new(Pool::start(1, 1));
        let (started, has_started) = mpsc::channel();
        let (open, gate) = mpsc::channel::<()>();

        let busy = tokio::spawn({
            let pool = Arc::clone(&pool);
            async move {
                pool.run(move || {
                    started.send(()).unwrap();
                    gate.recv().unwrap();
                    1
                })
                .await
            }
        });
        tokio::task::spawn_blocking(move || has_started.recv().unwrap()).await.unwrap();
        let mut waiting = Box::pin(pool.run(|| 2));
        assert!(futures_poll_once(waiting.as_mut()).await.is_none());

        assert_eq!(pool.run(|| 3).await, Err(NotDone::Full));

        open.send(()).unwrap();
        assert_eq!(busy.await.unwrap(), Ok(1));
        assert_eq!(waiting.await, Ok(2));
    }

    /// Polls once: the future's value when it is ready already.
    async fn futures_poll_once<F: Future + Unpin>(mut future: F) -> Option<F::Output> {
        std::future::poll_fn(|context| match std::pin::Pin::new(&mut future).poll(context) {
            std::task::Poll::Ready(value) => std::task::Poll::Ready(Some(value)),
            std::task::Poll::Pending => std::task::Poll::Ready(None),
        })
        .await
    }
}
