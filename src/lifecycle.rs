//! How the house opens and closes.
//!
//! ```text
//! Starting ──opened()──► Open ──SIGTERM, SIGINT or close()──► Closing ──all tasks ended──► the end, clean
//!                                                                │
//!                                        grace is over, or a second signal ──► hard ──► the end, with something dropped
//! ```
//!
//! *Soft*: take nothing new, finish what you hold. *Hard*: let go now. Every long wait in the house hears at least one of
//! the two. SIGHUP asks for a reload of what can be reloaded. Rooms below get the tokens themselves, not this type, where
//! they need no more.

use crate::telemetry::Event;
use std::any::Any;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// One house. Cheap to clone; all clones are the same house.
#[derive(Clone, Debug)]
pub struct Lifecycle {
    soft: CancellationToken,
    hard: CancellationToken,
    tasks: TaskTracker,
    phase: Arc<watch::Sender<Phase>>,
    reloads: Arc<watch::Sender<u64>>,
}

/// What the house is doing. `/ready` tells it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Phase {
    Starting,
    Open,
    Closing,
}

/// How the house closed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ending {
    /// Everything that was begun was finished.
    Clean,
    /// Time ran out. What was dropped had not been acknowledged; `left` tasks had not ended.
    Forced { left: usize },
}

impl Default for Lifecycle {
    fn default() -> Self {
        Self::new()
    }
}

impl Lifecycle {
    pub fn new() -> Self {
        Self {
            soft: CancellationToken::new(),
            hard: CancellationToken::new(),
            tasks: TaskTracker::new(),
            phase: Arc::new(watch::Sender::new(Phase::Starting)),
            reloads: Arc::new(watch::Sender::new(0)),
        }
    }

    /// Cancelled when nothing new shall be taken.
    pub fn soft(&self) -> CancellationToken {
        self.soft.clone()
    }

    /// Cancelled when everything shall be let go. Never before [`Lifecycle::soft`].
    pub fn hard(&self) -> CancellationToken {
        self.hard.clone()
    }

    /// Where tasks are counted that must end before the house is closed.
    pub fn tasks(&self) -> TaskTracker {
        self.tasks.clone()
    }

    pub fn phase(&self) -> Phase {
        *self.phase.borrow()
    }

    /// Changes whenever a reload is asked for. One who listens late still hears the last one.
    pub fn reloads(&self) -> watch::Receiver<u64> {
        let mut reloads = self.reloads.subscribe();
        if *reloads.borrow() > 0 {
            reloads.mark_changed();
        }
        reloads
    }

    /// Asks for a reload, as SIGHUP does.
    pub fn reload(&self) {
        self.reloads.send_modify(|it| *it += 1);
    }

    /// All listeners listen.
    pub fn opened(&self) {
        self.phase.send_if_modified(|it| {
            let was_starting = *it == Phase::Starting;
            if was_starting {
                *it = Phase::Open;
            }
            was_starting
        });
    }

    /// Begins to close: nothing new is taken from now on.
    pub fn close(&self) {
        self.phase.send_replace(Phase::Closing);
        self.tasks.close();
        self.soft.cancel();
    }

    /// Waits for a signal (or [`Lifecycle::close`] by somebody else), closes, and waits for the tasks up to `grace`.
    ///
    /// # Errors
    /// The operating system refuses to hand over signals.
    pub async fn run(&self, grace: Duration) -> std::io::Result<Ending> {
        use tokio::signal::unix::SignalKind;
        use tokio::signal::unix::signal;
        let mut terminate = signal(SignalKind::terminate())?;
        let mut interrupt = signal(SignalKind::interrupt())?;
        let mut hangup = signal(SignalKind::hangup())?;
        loop {
            tokio::select! {
                () = self.soft.cancelled() => break,
                _ = terminate.recv() => break,
                _ = interrupt.recv() => break,
                _ = hangup.recv() => {
                    tracing::info!("reload asked for");
                    self.reload();
                }
            }
        }
        tracing::info!(
            event = Event::Stopping.name(),
            grace_seconds = grace.as_secs(),
            "closing: nothing new is taken"
        );
        self.close();
        let impatient = async {
            tokio::select! {
                () = tokio::time::sleep(grace) => {}
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
        };
        Ok(self.end(impatient).await)
    }

    /// Waits for the tasks until `impatient` is done, then lets go of what is left.
    async fn end(&self, impatient: impl Future<Output = ()>) -> Ending {
        tokio::select! {
            () = self.tasks.wait() => {
                self.hard.cancel();
                return Ending::Clean;
            }
            () = impatient => {}
        }
        let left = self.tasks.len();
        tracing::warn!(left, "closing: time is over, letting go of what is left");
        self.hard.cancel();
        // What hears the hard token ends within the blink of an eye; what does not is dropped with the runtime.
        let _ = tokio::time::timeout(Duration::from_secs(1), self.tasks.wait()).await;
        Ending::Forced { left }
    }
}

/// How the standard library begins to say that nobody reads what is printed.
const PIPE_CLOSED: &str = "failed printing to stdout: Broken pipe";

/// Whether a panic says that nobody reads what a command prints, as in `meldeport errors | head`. That is no bug.
pub fn is_closed_pipe(panicked: &(dyn Any + Send)) -> bool {
    panicked.downcast_ref::<String>().is_some_and(|it| it.starts_with(PIPE_CLOSED))
}

/// Makes a panic say where it happened and nothing more: what it would say may hold values from a message.
/// Called once, first in `main`.
pub fn hush_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(|it| format!("{}:{}", it.file(), it.line())).unwrap_or_default();
        if !tracing::dispatcher::has_been_set() {
            if is_closed_pipe(panic.payload()) {
                return;
            }
            // A command without a log; it would fall over without a word.
            eprintln!("meldeport: a bug: panicked at {place}");
        }
        let thread = std::thread::current();
        tracing::error!(
            event = Event::Panicked.name(),
            place,
            thread = thread.name().unwrap_or("unnamed"),
            "a bug: panicked"
        );
    }));
}

#[cfg(test)]
mod tests {
    use super::Ending;
    use super::Lifecycle;
    use super::Phase;
    use std::time::Duration;

    #[tokio::test]
    async fn a_closing_house_finishes_what_it_holds() {
        let house = Lifecycle::new();
        house.opened();
        let (finish, finished) = tokio::sync::oneshot::channel::<()>();
        let task = house.tasks().spawn(async move { finished.await.is_ok() });
        assert_eq!(house.phase(), Phase::Open);

        house.close();
        house.opened();
        let ending = tokio::spawn({
            let house = house.clone();
            async move { house.end(std::future::pending()).await }
        });
        assert_eq!(house.phase(), Phase::Closing);
        assert!(house.soft().is_cancelled() && !house.hard().is_cancelled());
        finish.send(()).unwrap();

        assert_eq!(ending.await.unwrap(), Ending::Clean);
        assert!(task.await.unwrap());
    }

    #[tokio::test]
    async fn one_that_cannot_finish_is_let_go_and_counted() {
        let house = Lifecycle::new();
        let hard = house.hard();
        house.tasks().spawn(async move { hard.cancelled().await });

        house.close();
        let ending = house.end(async {}).await;

        assert_eq!(ending, Ending::Forced { left: 1 });
        assert_eq!(house.tasks().len(), 0);
    }

    #[tokio::test]
    async fn a_signal_closes_and_a_hangup_reloads() {
        let house = Lifecycle::new();
        let mut reloads = house.reloads();
        let running = tokio::spawn({
            let house = house.clone();
            async move { house.run(Duration::from_secs(5)).await.unwrap() }
        });
        let me = std::process::id().to_string();

        // The handlers are in place once a hangup has been heard; before that it would end the process.
        let _guard = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::hangup()).unwrap();
        while !reloads.has_changed().unwrap() {
            kill("-HUP", &me).await;
            let _ = tokio::time::timeout(Duration::from_millis(100), reloads.changed()).await.map(|it| it.unwrap());
            if *reloads.borrow() > 0 {
                break;
            }
        }
        kill("-TERM", &me).await;

        assert_eq!(running.await.unwrap(), Ending::Clean);
    }

    async fn kill(signal: &str, process: &str) {
        let status = tokio::process::Command::new("kill").args([signal, process]).status().await.unwrap();
        assert!(status.success());
    }
}
