//! Asks an antivirus program whether a file is harmful (antivirus). It gets the bytes and nothing else: no name, no
//! sender, no person.
//!
//! The port is [`ScanFile`]; [`Clamd`] speaks with the daemon of ClamAV on the same machine. What is done with the answer
//! is for `work`, and what is shown of it for `inbox`.

mod clamd;
mod config;
mod error;

pub use clamd::Clamd;
pub use config::AntivirusConfig;
pub use error::AntivirusConfigFault;
pub use error::ScanError;

use crate::domain::ScanResult;
use async_trait::async_trait;

/// Looks at one file.
#[async_trait]
pub trait ScanFile: Send + Sync {
    async fn scan(&self, bytes: &[u8]) -> Result<Scanned, ScanError>;
}

/// What a scanner said of a file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Scanned {
    pub result: ScanResult,
    /// What it called the harm. The scanner's own word, never the file's.
    pub signature: Option<String>,
}
