//! Which unit gets a report, and why (ruting).
//!
//! Municipalities describe their units and rules in TOML; [`Directory::parse`] turns the texts into a [`Directory`] or
//! tells every fault at once. [`decide`] answers one [`RouteQuestion`] with a route and the steps that led to it,
//! [`check`] looks for gaps, and [`run_cases`] tries the cases that the municipality wrote itself.
//!
//! This room reads no file, asks no clock and never sends anything. It sees a person only as far as a rule can ask:
//! an age range, whether the address is protected, which services are named.

mod cases;
mod check;
mod condition;
mod decide;
mod directory;
mod parse;
mod question;

pub use cases::CaseOutcome;
pub use cases::CaseResult;
pub use cases::Trial;
pub use cases::run_cases;
pub use cases::trials;
pub use check::Gap;
pub use check::GapKind;
pub use check::check;
pub use condition::AgeRange;
pub use condition::Conditions;
pub use condition::DistrictChoice;
pub use decide::addressed_as;
pub use decide::decide;
pub use decide::decide_dialogue;
pub use directory::*;
pub use parse::DirectoryFault;
pub use question::AgeOnDay;
pub use question::Letter;
pub use question::RouteQuestion;

#[cfg(test)]
mod tests;
