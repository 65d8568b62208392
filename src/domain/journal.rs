//! What sort of act a line of the journal (hendelseslogg) tells of.

use crate::domain::ActKind;

/// The journal's word for what a case was told of something that it sent: the receiver does not have it, or cannot use it. Nobody
/// has said anything, so it is not the act's own word.
pub const NOT_RECEIVED: &str = "not_received";

/// A sort of act (slag hendelse): what an auditor asks for, coarser than the word that the journal keeps.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum JournalKind {
    /// What somebody was not let do, or failed at: a page, a case, a sign-in.
    Refused,
    /// What a report says was opened and read.
    Read,
    /// Lists were shown, and searches made.
    Listed,
    /// Content or overviews left the house: printed, downloaded as a file, packed for the archive.
    TakenOut,
    /// A case went on to others: transferred, lifted, delegated.
    PassedOn,
    /// The work with a case.
    Worked,
    /// A report came, was judged, and its unit was told.
    Received,
    /// Signing in and out, and what one proves oneself by.
    SignedIn,
    /// Accounts and roles of people.
    Access,
    /// The journal itself was read.
    JournalRead,
}

impl JournalKind {
    pub const ALL: [Self; 10] = [
        Self::Refused,
        Self::Read,
        Self::Listed,
        Self::TakenOut,
        Self::PassedOn,
        Self::Worked,
        Self::Received,
        Self::SignedIn,
        Self::Access,
        Self::JournalRead,
    ];

    /// The word used in the database and in addresses.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Refused => "refused",
            Self::Read => "read",
            Self::Listed => "listed",
            Self::TakenOut => "taken_out",
            Self::PassedOn => "passed_on",
            Self::Worked => "worked",
            Self::Received => "received",
            Self::SignedIn => "signed_in",
            Self::Access => "access",
            Self::JournalRead => "journal_read",
        }
    }

    pub fn from_label(label: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.label() == label)
    }

    /// The sort of what the journal calls `action`. What is not known (any more) is work.
    pub fn of(action: &str) -> Self {
        match action {
            "refused" | "access_denied" | "sign_in_failed" | "second_factor_failed" | "password_wrong" => Self::Refused,
            "viewed" | "downloaded" | "attachment_viewed" | "minutes_read" | "questions_read" | "experience_viewed"
            | "second_asked" | "second_agreed" | "second_refused" => Self::Read,
            "listed" | "searched" => Self::Listed,
            "printed" | "exported" | "overview_exported" => Self::TakenOut,
            "accepted"
            | "rejected"
            | "stuck"
            | "message_requeued"
            | "registered"
            | "sent_by_form"
            | "notified"
            | "notice_abandoned"
            | "notice_requeued"
            | "reminded"
            | "attachments_checked"
            | "attachment_stopped"
            | NOT_RECEIVED => Self::Received,
            "signed_in"
            | "signed_out"
            | "proved_again"
            | "sessions_ended"
            | "password_set"
            | "password_removed"
            | "link_used"
            | "recovery_code_used"
            | "second_factor_set"
            | "second_factor_removed"
            | "second_factor_reset"
            | "identity_tied"
            | "identity_untied" => Self::SignedIn,
            "user_added" | "user_link_made" | "user_ended" | "role_given" | "role_ended" => Self::Access,
            "journal_read" | "access_log_read" => Self::JournalRead,
            other => ActKind::from_label(other).map_or(Self::Worked, Self::of_act),
        }
    }

    const fn of_act(act: ActKind) -> Self {
        match act {
            ActKind::Open => Self::Read,
            ActKind::AnswerArrived => Self::Received,
            ActKind::WrongAddressee
            | ActKind::OfferTransfer
            | ActKind::TakeBackTransfer
            | ActKind::AcceptTransfer
            | ActKind::DeclineTransfer
            | ActKind::TransferAccepted
            | ActKind::TransferDeclined
            | ActKind::OfferEnded
            | ActKind::Lift
            | ActKind::TakeBackLift
            | ActKind::LiftEnded
            | ActKind::Delegate
            | ActKind::TakeBackDelegation
            | ActKind::FinishDelegation => Self::PassedOn,
            ActKind::Take
            | ActKind::Lapse
            | ActKind::RegisterAnswer
            | ActKind::Give
            | ActKind::Release
            | ActKind::Confirm
            | ActKind::AskForMore
            | ActKind::Answer
            | ActKind::Archive
            | ActKind::Decide
            | ActKind::AppointCoordinator
            | ActKind::ChangeCoordinator
            | ActKind::EndCoordinator
            | ActKind::SetPlan
            | ActKind::SetTeam
            | ActKind::PlanContact
            | ActKind::ChangeConsent
            | ActKind::FlagUnmetNeed
            | ActKind::FlagImprovement
            | ActKind::InformOfWish
            | ActKind::Assess
            | ActKind::SendDecision
            | ActKind::PlanStart
            | ActKind::PlanReview
            | ActKind::TickChecklist
            | ActKind::LinkFamily
            | ActKind::UnlinkFamily
            | ActKind::Comment
            | ActKind::Close
            | ActKind::Reopen
            | ActKind::Undo => Self::Worked,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::JournalKind;

    #[test]
    fn every_sort_has_a_word_of_its_own_and_is_found_by_it() {
        for kind in JournalKind::ALL {
            assert_eq!(JournalKind::from_label(kind.label()), Some(kind));
        }
    }

    #[test]
    fn what_the_journal_tells_is_of_one_sort() {
        for (action, kind) in [
            ("opened", JournalKind::Read),
            ("lifted", JournalKind::PassedOn),
            ("taken", JournalKind::Worked),
            ("access_denied", JournalKind::Refused),
            ("answer_arrived", JournalKind::Received),
            ("something_new", JournalKind::Worked),
        ] {
            assert_eq!(JournalKind::of(action), kind, "{action}");
        }
    }
}
