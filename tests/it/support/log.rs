//! The log of the whole test binary. One for all: a log per thread would miss what the house says on its own threads.

use meldeport::telemetry;
use meldeport::telemetry::LogConfig;
use std::io;
use std::sync::LazyLock;
use std::sync::Mutex;
use std::sync::Once;
use std::sync::PoisonError;
use tracing_subscriber::fmt::MakeWriter;

static WRITTEN: LazyLock<Mutex<Vec<u8>>> = LazyLock::new(Mutex::default);
static BEGIN: Once = Once::new();

/// Everything of ours is listened to, down to what nobody turns on in production.
pub fn listen() {
    BEGIN.call_once(|| {
        let config = LogConfig { level: "trace".to_owned(), ..LogConfig::default() };
        let log = telemetry::dispatch(&config, Captured).unwrap();
        tracing::dispatcher::set_global_default(log).unwrap();
    });
}

/// What all gateways have said so far.
pub fn text() -> String {
    let written = WRITTEN.lock().unwrap_or_else(PoisonError::into_inner);
    String::from_utf8_lossy(&written).into_owned()
}

struct Captured;

impl MakeWriter<'_> for Captured {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        Self
    }
}

impl io::Write for Captured {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        WRITTEN.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
