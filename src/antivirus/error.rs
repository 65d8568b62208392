//! Why a file could not be looked at. All of it is the world's, and passes.

/// A scanner that gives no answer. Trying again helps.
#[derive(Debug, thiserror::Error)]
pub enum ScanError {
    #[error("could not reach the antivirus program")]
    Unreachable(#[source] std::io::Error),
    #[error("the antivirus program took too long")]
    TimedOut,
    /// Its answer is left out: nobody knows what is in it.
    #[error("the antivirus program gave an answer that is not understood")]
    NotUnderstood,
}

/// What is wrong with the setting.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum AntivirusConfigFault {
    #[error("antivirus.address is neither `unix:` and a path nor an address and a port such as 127.0.0.1:3310")]
    Address,
    /// The bytes go over it in clear.
    #[error("antivirus.address is not on this machine; files must not go over a network in clear")]
    NotLoopback,
}
