//! What each role may do with a case.

use crate::domain::ActKind;
use crate::domain::Role;

/// Whether one with `role` may act on what a colleague is responsible for: somebody must be able to when the colleague is
/// away.
pub const fn authority(role: Role) -> Authority {
    match role {
        Role::Leader | Role::Secretary => Authority::Leading,
        Role::CaseWorker
        | Role::Member
        | Role::Guest
        | Role::Coordinator
        | Role::DirectoryAdministrator
        | Role::Auditor
        | Role::SystemCoordinator => Authority::Own,
    }
}

/// Over whose cases somebody may act.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Authority {
    /// Those that the person is responsible for, and those that nobody is.
    Own,
    /// Also those that a colleague is responsible for.
    Leading,
}

/// Whether `role` does `act` without reading the report: it says nothing of what was sent, and the role never opens it.
pub const fn acts_unread(role: Role, act: ActKind) -> bool {
    matches!((role, act), (Role::SystemCoordinator, ActKind::AppointCoordinator | ActKind::Undo))
}

/// Whether one with `role` may do `act` at all, in a unit or case where the role is held. Whether it can be done now is
/// another question: [`crate::domain::Case::after`].
pub const fn may(role: Role, act: ActKind) -> bool {
    match act {
        // What the house does by itself is nobody's to do.
        ActKind::AnswerArrived
        | ActKind::OfferEnded
        | ActKind::FinishDelegation
        | ActKind::LiftEnded
        | ActKind::Lapse => false,
        ActKind::Open | ActKind::Comment => match role {
            Role::CaseWorker | Role::Secretary | Role::Leader | Role::Member | Role::Guest | Role::Coordinator => true,
            Role::DirectoryAdministrator | Role::Auditor | Role::SystemCoordinator => false,
        },
        // The one who undoes must be the one who did it, so whoever may do anything may undo.
        ActKind::Undo => may(role, ActKind::Comment),
        // Any member may lift a case, and take on what the meeting gives them (seeds G-15, L-28).
        ActKind::Take
        | ActKind::Release
        | ActKind::Lift
        | ActKind::TakeBackLift
        | ActKind::FlagUnmetNeed
        | ActKind::FlagImprovement
        | ActKind::PlanContact => match role {
            Role::CaseWorker | Role::Secretary | Role::Leader | Role::Member => true,
            Role::Coordinator => {
                matches!(act, ActKind::FlagUnmetNeed | ActKind::FlagImprovement | ActKind::PlanContact)
            }
            Role::Guest | Role::DirectoryAdministrator | Role::Auditor | Role::SystemCoordinator => false,
        },
        ActKind::SetPlan
        | ActKind::SetTeam
        | ActKind::ChangeConsent
        | ActKind::InformOfWish
        | ActKind::PlanStart
        | ActKind::PlanReview
        | ActKind::TickChecklist => match role {
            Role::CaseWorker | Role::Secretary | Role::Leader | Role::Coordinator => true,
            Role::Member | Role::Guest | Role::DirectoryAdministrator | Role::Auditor | Role::SystemCoordinator => {
                false
            }
        },
        ActKind::Decide => match role {
            Role::CaseWorker | Role::Leader => true,
            Role::Secretary
            | Role::Member
            | Role::Guest
            | Role::Coordinator
            | Role::DirectoryAdministrator
            | Role::Auditor
            | Role::SystemCoordinator => false,
        },
        // In some cases it is the system coordinator who appoints (seed R-17); that says nothing of the report.
        ActKind::AppointCoordinator => match role {
            Role::CaseWorker | Role::Secretary | Role::Leader | Role::SystemCoordinator => true,
            Role::Member | Role::Guest | Role::Coordinator | Role::DirectoryAdministrator | Role::Auditor => false,
        },
        ActKind::Give
        | ActKind::Confirm
        | ActKind::AskForMore
        | ActKind::Answer
        | ActKind::RegisterAnswer
        | ActKind::WrongAddressee
        | ActKind::OfferTransfer
        | ActKind::TakeBackTransfer
        | ActKind::AcceptTransfer
        | ActKind::DeclineTransfer
        | ActKind::TransferAccepted
        | ActKind::TransferDeclined
        | ActKind::Archive
        | ActKind::ChangeCoordinator
        | ActKind::EndCoordinator
        | ActKind::Assess
        | ActKind::SendDecision
        | ActKind::Delegate
        | ActKind::TakeBackDelegation
        | ActKind::LinkFamily
        | ActKind::UnlinkFamily
        | ActKind::Close
        | ActKind::Reopen => match role {
            Role::CaseWorker | Role::Secretary | Role::Leader => true,
            Role::Member
            | Role::Guest
            | Role::Coordinator
            | Role::DirectoryAdministrator
            | Role::Auditor
            | Role::SystemCoordinator => false,
        },
    }
}

/// Whether one must be allowed to read a case to do `act` with it. To give it to somebody, it is enough to see that it is
/// there: a leader sees to it that someone has each case, and opens none.
pub const fn needs_reading(act: ActKind) -> bool {
    !matches!(act, ActKind::Give)
}

#[cfg(test)]
mod tests {
    use super::may;
    use crate::domain::ActKind;
    use crate::domain::Role;

    fn allowed(role: Role) -> Vec<ActKind> {
        ActKind::ALL.iter().copied().filter(|it| may(role, *it)).collect()
    }

    #[test]
    fn those_who_keep_the_house_see_no_case() {
        for role in [Role::DirectoryAdministrator, Role::Auditor] {
            assert_eq!(allowed(role), [], "{role:?}");
        }
    }

    /// seed in part: R-17
    #[test]
    fn a_system_coordinator_appoints_and_does_nothing_else() {
        assert_eq!(allowed(Role::SystemCoordinator), [ActKind::AppointCoordinator]);
        for role in [Role::Member, Role::Guest, Role::Coordinator] {
            assert!(!may(role, ActKind::AppointCoordinator), "{role:?}");
        }
    }

    /// seed: G-20, K-25, L-14
    #[test]
    fn a_guest_reads_and_says_something_and_nothing_more() {
        assert_eq!(allowed(Role::Guest), [ActKind::Open, ActKind::Comment, ActKind::Undo]);
    }

    /// seed in part: G-15
    #[test]
    fn any_member_may_lift_a_case_to_the_group() {
        assert!(may(Role::Member, ActKind::Lift));
        assert!(!may(Role::Guest, ActKind::Lift));
        assert!(!may(Role::Coordinator, ActKind::Lift));
    }

    /// seed in part: K-16
    #[test]
    fn a_secretary_does_everything_but_decide() {
        let leader = allowed(Role::Leader);
        let without: Vec<ActKind> = leader.into_iter().filter(|it| *it != ActKind::Decide).collect();

        assert_eq!(allowed(Role::Secretary), without);
    }

    #[test]
    fn what_the_house_does_is_nobodys_to_do() {
        for role in Role::ALL {
            assert!(!may(role, ActKind::AnswerArrived) && !may(role, ActKind::OfferEnded));
        }
    }
}
