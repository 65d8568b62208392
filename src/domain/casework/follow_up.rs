//! What comes from outside about a case that is here already.

use crate::domain::report::codes;

codes! {
    /// What somebody outside has said in a case, after the report itself (oppfølging).
    FollowUpKind {
        /// The answer to what we sent, or more in the same conversation.
        Answer = "SVAR",
        /// Another report of need that supplements.
        Supplement = "TILLEGG",
        /// The need is another than was reported.
        ChangedNeed = "ENDRET_BEHOV",
        /// The report is withdrawn. A person here decides what becomes of the case.
        Withdrawal = "TILBAKETREKK",
        /// The coordinator asks for a team around the person (seed L-36).
        TeamAroundPerson = "ANSVARSGRUPPE",
        /// Feedback on an error in what we sent (tilbakemelding om feil).
        FaultReport = "AVVIK",
        /// The receiver's AppRec says that it cannot use what we sent.
        Rejected = "AVVIST",
        /// What we sent could not be delivered, and was given up.
        NotDelivered = "IKKE_LEVERT",
    }
}

/// What a receiver outside has said of a case that was offered to it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum TransferWord {
    /// It takes the case over.
    Accepted,
    /// It cannot take it.
    Declined,
}

/// Title (Tema) of the note that covers a message that is passed on (videresendt).
pub const PASSED_ON_TITLE: &str = "Videresendt melding";

/// Title (Tema) of the answer by which a coordinating unit takes over a case that was passed on to it. Nothing else that is
/// said in an answer counts as taking over.
pub const TAKEN_OVER_TITLE: &str = "Overføring mottatt";
