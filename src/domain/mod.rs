//! The nouns: what a message, a report of need, a verdict and a receipt *are*.
//!
//! Nothing here reads a clock, a file or a socket, and nothing here derives `Serialize`: what leaves the house is
//! written by `wire`, by `storage` or by a view model. Personal data is held in [`Redacted`].

mod access;
mod address;
mod alarm;
mod archive;
mod calendar;
mod care;
mod casework;
mod clearing;
mod code;
mod deviation;
mod dialogue;
mod draft;
mod file;
mod finding;
mod head;
mod id;
mod item;
mod journal;
mod meeting;
mod municipality;
mod outbound;
mod peer;
mod reason;
mod receipt;
mod redacted;
mod report;
mod role;
mod rulebook;
mod scan;
mod text;
mod time;
mod verdict;

pub use access::*;
pub use address::*;
pub use alarm::*;
pub use archive::*;
pub use calendar::*;
pub use care::*;
pub use casework::*;
pub use clearing::*;
pub use code::*;
pub use deviation::*;
pub use dialogue::*;
pub use draft::*;
pub use file::*;
pub use finding::*;
pub use head::*;
pub use id::*;
pub use item::*;
pub use journal::*;
pub use meeting::*;
pub use municipality::*;
pub use outbound::*;
pub use peer::*;
pub use reason::*;
pub use receipt::*;
pub use redacted::*;
pub use report::*;
pub use role::*;
pub use rulebook::*;
pub use scan::*;
pub use text::*;
pub use time::*;
pub use verdict::*;

#[cfg(test)]
pub(crate) mod testing;
