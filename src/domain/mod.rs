//! The nouns: what a message, a report of need, a verdict and a receipt *are*.
//!
//! Nothing here reads a clock, a file or a socket, and nothing here derives `Serialize`: what leaves the house is
//! written by `wire`, by `storage` or by a view model. Personal data is held in [`Redacted`].

mod address;
mod alarm;
mod calendar;
mod casework;
mod code;
mod dialogue;
mod draft;
mod finding;
mod head;
mod id;
mod item;
mod municipality;
mod peer;
mod receipt;
mod redacted;
mod report;
mod rulebook;
mod text;
mod time;
mod verdict;

pub use address::*;
pub use alarm::*;
pub use calendar::*;
pub use casework::*;
pub use code::*;
pub use dialogue::*;
pub use draft::*;
pub use finding::*;
pub use head::*;
pub use id::*;
pub use item::*;
pub use municipality::*;
pub use peer::*;
pub use receipt::*;
pub use redacted::*;
pub use report::*;
pub use rulebook::*;
pub use text::*;
pub use time::*;
pub use verdict::*;
