//! What the sender is answered (applikasjonskvittering), and when something that could not be handed over is tried again.
//!
//! Pure: takes a verdict and gives a receipt; takes an outcome and gives what comes next. The XML is written by `wire`,
//! the queue is kept by `storage` and worked by `work`.

mod outbound;
mod retry;
mod version;

use crate::domain::AppRecCode;
use crate::domain::AppRecStatus;
use crate::domain::AppRecVersion;
use crate::domain::Decision;
use crate::domain::Finding;
use crate::domain::Generated;
use crate::domain::OriginalMessage;
use crate::domain::Receipt;
use crate::domain::ReceiptError;
use crate::domain::ReceiptId;
use crate::domain::Timestamp;
use crate::domain::Verdict;

pub use outbound::*;
pub use retry::*;
pub use version::*;

/// Error elements in one receipt; the last one tells how many more findings there were.
pub const ERRORS_MAX: usize = 50;

/// Characters of a finding's place in a receipt. Names of elements are the sender's own and may be long.
pub const PLACE_CHARS_MAX: usize = 200;

/// The receipt for a verdict: sender and receiver change places with their levels kept, and the original's type, time
/// and id are echoed letter by letter; who got a copy answers for itself (HIS 80415, standards/FACTS.md b.3).
pub fn compose(verdict: &Verdict, id: ReceiptId, now: Timestamp, version: AppRecVersion) -> Receipt {
    let (status, errors) = status_of(verdict);
    Receipt {
        id,
        version,
        generated_at: now,
        sender: verdict.head.addressee().clone(),
        receiver: verdict.head.sender.clone(),
        status,
        errors,
        original: OriginalMessage {
            message_type: verdict.head.message_type.clone(),
            issue_date: issue_date(&verdict.head.generated, now),
            id: verdict.head.message_id.clone(),
        },
    }
}

/// GenDate letter by letter. When it is no moment at all, echoing it would make a receipt that no schema allows; then the
/// time of the answer stands there, and the finding about GenDate says why.
fn issue_date(generated: &Generated, now: Timestamp) -> String {
    match generated.at {
        Some(_) => generated.verbatim.clone(),
        None => now.to_string(),
    }
}

/// Status (code list 8258) and Error elements (8221) of a verdict, in document order.
///
/// Rejected is status 2 with one Error for each error. Accepted is status 1; its remarks stand as Errors with `X99`,
/// each text beginning with «Merknad». Why, and what that asks of senders: `manual/decisions/remarks-in-apprec.md`.
pub fn status_of(verdict: &Verdict) -> (AppRecStatus, Vec<ReceiptError>) {
    match &verdict.decision {
        Decision::Accepted { .. } => (AppRecStatus::Ok, told(verdict.remarks().map(remark), 0)),
        Decision::Rejected => (AppRecStatus::Rejected, told(verdict.errors().map(fault), verdict.findings_left_out)),
    }
}

/// At most [`ERRORS_MAX`] of them; when there are more, the last one says how many.
fn told(all: impl Iterator<Item = ReceiptError>, left_out_before: usize) -> Vec<ReceiptError> {
    let mut all: Vec<_> = all.collect();
    let left_out = left_out_before + all.len().saturating_sub(ERRORS_MAX);
    if left_out == 0 {
        return all;
    }
    let kept = all.len().min(ERRORS_MAX - 1);
    let left_out = left_out_before + all.len() - kept;
    all.truncate(kept);
    all.push(ReceiptError { apprec: AppRecCode::X99, other_text: format!("og {left_out} til") });
    all
}

fn fault(finding: &Finding) -> ReceiptError {
    ReceiptError {
        apprec: finding.code.entry().apprec.unwrap_or(AppRecCode::X99),
        other_text: in_words(finding.code.id(), finding),
    }
}

fn remark(finding: &Finding) -> ReceiptError {
    ReceiptError { apprec: AppRecCode::X99, other_text: in_words(&format!("Merknad {}", finding.code.id()), finding) }
}

/// `MP-431 | what is wrong, in bokmål | /MsgHead/MsgInfo/Patient/Ident[2]/Id, linje 17`. Never a value.
fn in_words(name: &str, finding: &Finding) -> String {
    let text = finding.text().nb;
    match &finding.place {
        None => format!("{name} | {text}"),
        Some(place) => format!("{name} | {text} | {}, linje {}", tail_of(&place.xpath), place.line),
    }
}

/// The end of a path says the most; the beginning is left out when it is long.
fn tail_of(path: &str) -> String {
    let chars = path.chars().count();
    if chars <= PLACE_CHARS_MAX {
        return path.to_owned();
    }
    let tail: String = path.chars().skip(chars - PLACE_CHARS_MAX + 1).collect();
    format!("…{tail}")
}

#[cfg(test)]
mod tests;
