//! Why a message went where it went, as it is kept beside it.

use crate::domain::Reason;

/// One step of the explanation. No personal data.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct KeptStep {
    /// For operators, in bokmål, with the rule's name and codes.
    pub said: String,
    /// For those who read the report. `None`: it was kept before reasons were, or no rule had anything to say.
    pub reason: Option<Reason>,
}

impl From<String> for KeptStep {
    fn from(said: String) -> Self {
        Self { said, reason: None }
    }
}

impl From<&str> for KeptStep {
    fn from(said: &str) -> Self {
        said.to_owned().into()
    }
}
