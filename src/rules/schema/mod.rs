//! The schema engine: our own validator for the part of XML Schema 1.0 that our schemas use.
//!
//! It is our own because good findings are what the project exists for: every fault at once, none a mere consequence of another,
//! each with its place and with what was expected there, never with the value that was found. How it was chosen stands in the
//! manual's decisions.
//!
//! ```text
//! Schemas::compile(&[(file, text)])   once, at start: names become numbers, content models become automata
//! schemas.check(&tree, faults_max)    for each message, on any thread: no allocation while all is well
//! examine(&tree, observations_max)     the same by the schemas we publish, as observations with code and words
//! ```
//!
//! What the compiler does not know it refuses with file and line, so that no part of a schema is silently ignored. Refused:
//! `all`, `redefine`, `include`, `key`, `keyref`, `unique`, `notation`, substitution groups, and occurrence counts above
//! [`OCCURRENCES_MAX`]. It reads no file and no network: a schema that is imported must be among those given.

mod automaton;
mod check;
mod compile;
mod deviate;
mod fault;
mod model;
mod names;
mod observe;
mod own_words;
mod published;
mod value;

#[cfg(test)]
mod tests;

pub use compile::CompileError;
pub use compile::OCCURRENCES_MAX;
pub use fault::Expected;
pub use fault::Fault;
pub use fault::FaultKind;
pub use fault::Name;
pub use fault::ValueFault;
pub use fault::Why;
pub use model::Schemas;
pub use published::examine;
pub use published::is_code;
pub use published::published;
pub use value::Builtin;
