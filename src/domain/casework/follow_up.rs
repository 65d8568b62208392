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

impl FollowUpKind {
    /// Whether it says what is reported: that there is a need, another need, or none any more.
    pub const fn says_what_is_reported(self) -> bool {
        match self {
            Self::Supplement | Self::ChangedNeed | Self::Withdrawal => true,
            Self::Answer | Self::TeamAroundPerson | Self::FaultReport | Self::Rejected | Self::NotDelivered => false,
        }
    }

    /// Whether somebody outside has said it, in a message; else it is what the house knows of something that it sent.
    pub const fn is_from_outside(self) -> bool {
        match self {
            Self::Answer | Self::Supplement | Self::ChangedNeed | Self::Withdrawal => true,
            Self::TeamAroundPerson | Self::FaultReport => true,
            Self::Rejected | Self::NotDelivered => false,
        }
    }
}

/// Which of what has come about a case, oldest first, withdraws it: the last that says what is reported, when that is a
/// withdrawal. One who reports again afterwards has not withdrawn any more.
pub fn withdrawn_by(kinds: impl IntoIterator<Item = FollowUpKind>) -> Option<usize> {
    let said = kinds.into_iter().enumerate().filter(|(_, it)| it.says_what_is_reported()).last();
    said.filter(|(_, it)| *it == FollowUpKind::Withdrawal).map(|(index, _)| index)
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

#[cfg(test)]
mod tests {
    use super::FollowUpKind;
    use super::withdrawn_by;

    #[test]
    fn a_case_is_withdrawn_until_something_is_reported_again() {
        use FollowUpKind::Answer;
        use FollowUpKind::ChangedNeed;
        use FollowUpKind::Withdrawal;

        assert_eq!(withdrawn_by([]), None);
        assert_eq!(withdrawn_by([Answer, Withdrawal, Answer]), Some(1), "an answer reports nothing");
        assert_eq!(withdrawn_by([Withdrawal, ChangedNeed]), None);
        assert_eq!(withdrawn_by([Withdrawal, ChangedNeed, Withdrawal]), Some(2));
    }
}
