//! Casework (saksarbeid): what becomes of an item after it has come, as one state machine without side effects.
//!
//! A [`Case`] is what is known of an item now. [`Case::after`] gives the case after an act, or why not; it is the only way
//! from one to the next. Who may do what at all is [`may`], and the caller asks it first.

mod act;
mod case;
mod codes;
mod coordinator;
mod deadline;
mod follow_up;
mod particular;
mod reminder;
mod role;

pub use act::*;
pub use case::*;
pub use codes::*;
pub use coordinator::*;
pub use deadline::*;
pub use follow_up::*;
pub use particular::*;
pub use reminder::*;
pub use role::*;

#[cfg(test)]
mod tests;
