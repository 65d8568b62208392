//! Whether a worker is alive: it beats, and somebody listens.

use crate::domain::Timestamp;
use std::sync::Arc;
use std::sync::atomic::AtomicI64;
use std::sync::atomic::Ordering;
use std::time::Duration;

/// One worker's pulse. Clones are the same pulse.
#[derive(Clone, Debug)]
pub struct Pulse {
    name: &'static str,
    silence_max: Duration,
    last: Arc<AtomicI64>,
}

impl Pulse {
    /// A worker that must beat at least each `silence_max`, counted from `now`.
    pub fn new(name: &'static str, silence_max: Duration, now: Timestamp) -> Self {
        Self { name, silence_max, last: Arc::new(AtomicI64::new(now.0)) }
    }

    pub const fn name(&self) -> &'static str {
        self.name
    }

    pub fn beat(&self, now: Timestamp) {
        self.last.fetch_max(now.0, Ordering::Relaxed);
    }

    /// How long since the last beat.
    pub fn silence(&self, now: Timestamp) -> Duration {
        now.since(Timestamp(self.last.load(Ordering::Relaxed)))
    }

    pub fn is_alive(&self, now: Timestamp) -> bool {
        self.silence(now) <= self.silence_max
    }
}
