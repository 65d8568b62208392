//! The conformance kit: a made-up receiver that shows whether a sending system does all that it must, and survives what
//! happens on a bad day.
//!
//! ```text
//! the vendor's system ──TLS──► front.rs ──TLS──► the real intake, in a made-up world
//!                                 │  busy, slow, cut, renewed: only here
//!                                 ▼
//!                              seen.rs      one line of JSON for everything that was seen; survives a restart
//!                                 ▼
//!                              progress.rs  which cases are done, which are missing, and why      pure
//!                                 ▼
//!                              page.rs · report.rs
//! ```
//!
//! Nothing is decided twice: the state is what was seen, and the report is worked out from it each time. Faults are made by
//! the front alone; the gateway behind it is the same as in production and does not know of them. Of a message only its id,
//! hashes, codes and kind are kept, and never a value about a person.

mod case;
mod front;
mod page;
mod progress;
mod reading;
mod report;
mod seen;

pub use case::Both;
pub use case::Case;
pub use case::Duty;
pub use front::Front;
pub use front::FrontError;
pub use front::Waits;
pub use page::pages;
pub use progress::Progress;
pub use progress::progress;
pub use report::Report;
pub use seen::Log;
pub use seen::Seen;

#[cfg(test)]
mod tests;
