//! Writes what the house sends: a MsgHead 1.2 around a dialogue message or a report of need. The twin of the readers
//! beside it; what is written here is read there, and a test holds both against the published schemas.
//!
//! Strict: order, code systems and both levels of the parties as the standards say. The same values give the same bytes.
//! Nothing here asks whether it should be sent.

mod dialog;
mod element;
mod msghead;
mod transfer;

pub use msghead::Letterhead;
pub use msghead::Signature;
pub use transfer::transfer;

use self::element::Out;
use self::element::finish;
use self::element::start;
use crate::domain::DialogueVersion;
use crate::domain::FaultReason;
use crate::domain::Redacted;
use crate::domain::TAKEN_OVER_TITLE;
use roxmltree::Document;

/// Title of an answer.
const ANSWER_TITLE: &str = "Svar på melding";

/// An answer to the sender (svar). `original` is the message that is answered; a question in it, of the same version, is
/// sent along as the standard asks (HISD 80903).
pub fn answer(
    head: &Letterhead<'_>,
    version: DialogueVersion,
    text: &Redacted<String>,
    signature: &Signature<'_>,
    original: &Document<'_>,
) -> Redacted<Vec<u8>> {
    answer_titled(ANSWER_TITLE, head, version, text, signature, original)
}

/// The answer by which a unit takes over a case that was passed on to it. Only its title tells it from other answers.
pub fn taken_over(
    head: &Letterhead<'_>,
    version: DialogueVersion,
    text: &Redacted<String>,
    signature: &Signature<'_>,
    original: &Document<'_>,
) -> Redacted<Vec<u8>> {
    answer_titled(TAKEN_OVER_TITLE, head, version, text, signature, original)
}

fn answer_titled(
    title: &str,
    head: &Letterhead<'_>,
    version: DialogueVersion,
    text: &Redacted<String>,
    signature: &Signature<'_>,
    original: &Document<'_>,
) -> Redacted<Vec<u8>> {
    let kind = match version {
        DialogueVersion::V1_0 => ("DIALOG_SVAR", "Svar på forespørsel"),
        DialogueVersion::V1_1 => ("DIALOG_HELSEFAGLIG", "Helsefaglig dialog"),
    };
    dialogue(head, kind, |out| dialog::answer(out, version, title, text.reveal(), signature, original))
}

/// A question to the sender (forespørsel).
pub fn question(
    head: &Letterhead<'_>,
    version: DialogueVersion,
    text: &Redacted<String>,
    signature: &Signature<'_>,
) -> Redacted<Vec<u8>> {
    let kind = match version {
        DialogueVersion::V1_0 => ("DIALOG_FORESPORSEL", "Forespørsel"),
        DialogueVersion::V1_1 => ("DIALOG_HELSEFAGLIG", "Helsefaglig dialog"),
    };
    dialogue(head, kind, |out| dialog::question(out, version, text.reveal(), signature))
}

/// Feedback on an error in what was received (tilbakemelding om feil, HIS 1151): always a dialogue message 1.0.
pub fn fault_report(
    head: &Letterhead<'_>,
    reason: FaultReason,
    text: &Redacted<String>,
    signature: &Signature<'_>,
) -> Redacted<Vec<u8>> {
    dialogue(head, ("DIALOG_AVVIK", "Avviksmelding"), |out| dialog::fault_report(out, reason, text.reveal(), signature))
}

fn dialogue(
    head: &Letterhead<'_>,
    kind: (&str, &str),
    content: impl FnOnce(&mut Out) -> std::io::Result<()>,
) -> Redacted<Vec<u8>> {
    let mut out = start();
    msghead::envelope(&mut out, head, kind, |out| {
        msghead::main_document(out, head.at, "Dialogmelding", content)?;
        Ok(())
    })
    .expect("writing to memory does not fail");
    finish(out)
}

#[cfg(test)]
mod tests;
