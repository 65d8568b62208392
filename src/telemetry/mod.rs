//! What the house tells those who run it: logs, metrics, and whether its workers and certificates are well.
//!
//! Never about a patient. Fields are ids, codes, counts and names from the configuration; labels of metrics come from
//! closed lists, or from the unit directory, so that they cannot grow without bound.

mod certificates;
mod event;
mod log;
mod metrics;
mod pulse;

pub use certificates::*;
pub use event::*;
pub use log::*;
pub use metrics::*;
pub use pulse::*;

/// A writer that keeps what a log wrote, so that a test can read it.
#[cfg(test)]
#[derive(Clone, Default)]
pub(crate) struct Captured(std::sync::Arc<std::sync::Mutex<Vec<u8>>>);

#[cfg(test)]
impl Captured {
    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

#[cfg(test)]
impl std::io::Write for Captured {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
impl tracing_subscriber::fmt::MakeWriter<'_> for Captured {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}
