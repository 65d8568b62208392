//! Is it right? Returns all that is wrong, never only the first thing.

pub mod schema;
