//! What the form asks of the house: to judge a report as the gateway would, and to send it the one way in.

use crate::domain::Code;
use crate::domain::Finding;
use crate::domain::MessageId;
use crate::domain::NeedReport;
use crate::domain::Redacted;
use crate::domain::Reference;
use crate::domain::UnitId;
use async_trait::async_trait;
use jiff::civil::Date;

/// Makes messages of reports and brings them in. The sender is the registered one that the configuration names.
#[async_trait]
pub trait ReportDesk: Send + Sync {
    /// Whether the operator has opened the form: its sender is registered, with both levels of its address.
    fn is_open(&self) -> bool;

    /// What the gateway's own rules say of the report as it is now. Nothing is stored.
    async fn judge(&self, report: &NeedReport, written: Written) -> Result<DeskJudgement, DeskFault>;

    /// Brings the report in. The same report again, with the same id and time, is recognised.
    async fn send(&self, report: &NeedReport, written: Written) -> Result<DeskSent, DeskFault>;
}

/// Whose hand wrote the report.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Written {
    /// The one who reports.
    ByReporter,
    /// Staff, of what came by telephone, in a meeting or on paper.
    ByStaff,
}

/// What would come of a report.
#[derive(Clone, Debug)]
pub struct DeskJudgement {
    pub findings: Vec<Finding>,
    pub is_accepted: bool,
    /// The units that would get it.
    pub units: Vec<UnitId>,
    /// Those that would only be told that there is one.
    pub told: Vec<UnitId>,
    /// As written, or as the identity number says.
    pub born: Option<Redacted<Date>>,
}

/// A report that has been judged and kept.
#[derive(Clone, Debug)]
pub struct DeskSent {
    pub message: MessageId,
    pub reference: Reference,
    pub is_accepted: bool,
}

/// Why nothing was judged or sent.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum DeskFault {
    #[error("the form has no registered sender")]
    Closed,
    #[error("the municipality cannot be addressed")]
    NoReceiver,
    #[error("not now: {}", .0.id())]
    Later(Code),
    #[error("a report that we made ourselves was refused: {}", .0.id())]
    Refused(Code),
}
