//! Whether the house can do its work just now. Asks, and does not guess.

use crate::clock::Clock;
use crate::domain::Timestamp;
use crate::storage::OperatorStore;
use crate::telemetry::CertificateBook;
use crate::telemetry::OWN;
use crate::telemetry::Pulse;
use std::sync::Arc;
use std::sync::Mutex;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// A database that takes longer than this to keep what arrives is not ready.
pub const PROBE_TIME_MAX: Duration = Duration::from_secs(2);

/// How long what the database answered is told again, so that those who ask often make no load.
pub const PROBE_KEPT_MAX: Duration = Duration::from_secs(1);

/// What readiness is told by.
#[derive(Clone, Debug)]
pub struct Readiness {
    pulses: Vec<Pulse>,
    book: CertificateBook,
    stopping: CancellationToken,
    probed: Arc<Mutex<Option<Probed>>>,
}

/// What the database last answered.
#[derive(Clone, Debug)]
struct Probed {
    at: Timestamp,
    fault: Option<String>,
}

/// The answer, check by check.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ReadyReport {
    pub checks: Vec<Check>,
}

/// One check. `fault`: what is wrong, a sentence for people.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Check {
    pub name: String,
    pub fault: Option<String>,
}

impl ReadyReport {
    pub fn is_ready(&self) -> bool {
        self.checks.iter().all(Check::is_fine)
    }
}

impl Check {
    fn new(name: &str, fault: Option<String>) -> Self {
        Self { name: name.to_owned(), fault }
    }

    pub const fn is_fine(&self) -> bool {
        self.fault.is_none()
    }
}

impl Readiness {
    /// `stopping` is the shutdown token of the house.
    pub fn new(pulses: Vec<Pulse>, book: CertificateBook, stopping: CancellationToken) -> Self {
        Self { pulses, book, stopping, probed: Arc::default() }
    }

    /// Goes the way of an arrival through the store, listens to every pulse, and looks at our certificate.
    pub async fn look(&self, store: &dyn OperatorStore, clock: &dyn Clock) -> ReadyReport {
        let now = clock.now();
        let stopping = self.stopping.is_cancelled().then(|| "The house is shutting down.".to_owned());
        let mut checks = vec![Check::new("running", stopping), Check::new("store", self.store(store, clock).await)];
        checks.extend(self.pulses.iter().map(|it| Check::new(&format!("worker {}", it.name()), pulse(it, now))));
        checks.push(Check::new("certificate", self.certificate(now)));
        ReadyReport { checks }
    }

    async fn store(&self, store: &dyn OperatorStore, clock: &dyn Clock) -> Option<String> {
        let now = clock.now();
        if let Some(it) = self.probed.lock().expect("nobody panics while holding it").as_ref()
            && it.at <= now
            && now < it.at.plus(PROBE_KEPT_MAX)
        {
            return it.fault.clone();
        }
        let fault = probe(store, now).await;
        let probed = Probed { at: clock.now(), fault: fault.clone() };
        *self.probed.lock().expect("nobody panics while holding it") = Some(probed);
        fault
    }

    fn certificate(&self, now: Timestamp) -> Option<String> {
        match self.book.ends(OWN) {
            None => Some("No certificate has been loaded. Nobody can connect.".to_owned()),
            Some(ends) if ends <= now => Some(format!("Our certificate ended {ends}. Senders will refuse to connect.")),
            Some(_) => None,
        }
    }
}

async fn probe(store: &dyn OperatorStore, now: Timestamp) -> Option<String> {
    match tokio::time::timeout(PROBE_TIME_MAX, store.probe(now)).await {
        Ok(Ok(())) => None,
        Ok(Err(error)) => Some(format!("The database cannot be written: {}.", error.chain())),
        Err(_) => Some(format!("The database did not answer within {} seconds.", PROBE_TIME_MAX.as_secs())),
    }
}

fn pulse(pulse: &Pulse, now: Timestamp) -> Option<String> {
    let silence = pulse.silence(now).as_secs();
    (!pulse.is_alive(now)).then(|| format!("It has not been heard from for {silence} seconds."))
}
