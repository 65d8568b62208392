//! What a person is in a unit, and from when until when.

use crate::domain::ItemId;
use crate::domain::Timestamp;
use crate::domain::UnitId;
use crate::domain::clearance;

/// What a person does in a unit (rolle). The operator of the machine has none of these.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Role {
    /// Works with every case of the unit (saksbehandler).
    CaseWorker,
    /// Prepares the cases of a unit or a group and opens them (sekretær).
    Secretary,
    /// Answers for the unit: sees that there are cases and how they stand, and opens none (leder).
    Leader,
    /// Member of a group that meets: reads what has been lifted to it (medlem).
    Member,
    /// Invited to one case, until a moment (gjest).
    Guest,
    /// Works with the cases that are their own (koordinator).
    Coordinator,
    /// Keeps the people of the unit (katalogadministrator).
    DirectoryAdministrator,
    /// Reads the journal and nothing else (revisor, personvernombud).
    Auditor,
    /// Sees to the routines of the municipality: how cases stand, never what is in them (systemkoordinator).
    SystemCoordinator,
}

impl Role {
    pub const ALL: [Self; 9] = [
        Self::CaseWorker,
        Self::Secretary,
        Self::Leader,
        Self::Member,
        Self::Guest,
        Self::Coordinator,
        Self::DirectoryAdministrator,
        Self::Auditor,
        Self::SystemCoordinator,
    ];

    /// The word used in the database and on the command line.
    pub const fn label(self) -> &'static str {
        match self {
            Self::CaseWorker => "case_worker",
            Self::Secretary => "secretary",
            Self::Leader => "leader",
            Self::Member => "member",
            Self::Guest => "guest",
            Self::Coordinator => "coordinator",
            Self::DirectoryAdministrator => "directory_administrator",
            Self::Auditor => "auditor",
            Self::SystemCoordinator => "system_coordinator",
        }
    }

    pub fn from_label(label: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.label() == label)
    }

    /// Whether one who is `self` in a unit may give and end the role `other` there; see also
    /// [`check_grant`].
    pub const fn may_give(self, other: Self) -> bool {
        match self {
            Self::DirectoryAdministrator => true,
            Self::Leader => {
                matches!(other, Self::CaseWorker | Self::Secretary | Self::Member | Self::Guest | Self::Coordinator)
            }
            Self::Secretary => matches!(other, Self::Guest),
            Self::CaseWorker
            | Self::Member
            | Self::Guest
            | Self::Coordinator
            | Self::Auditor
            | Self::SystemCoordinator => false,
        }
    }
}

/// Where a person begins after signing in (startside).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum StartPage {
    /// The list of what has come.
    Inbox,
    /// The numbers of their units: plans, coordinators, what waits.
    Overview,
}

impl StartPage {
    pub const ALL: [Self; 2] = [Self::Inbox, Self::Overview];

    /// The word used in the database.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Inbox => "inbox",
            Self::Overview => "overview",
        }
    }

    pub fn from_label(label: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.label() == label)
    }

    /// Where one with these roles begins who has not chosen. The contact person of a unit (kontaktperson: its secretary, leader
    /// or system coordinator) begins with how it stands (seed K-17); who works with cases, with the cases.
    pub fn of(memberships: &[Membership], now: Timestamp) -> Self {
        let begins = |role| match role {
            Role::Secretary | Role::Leader | Role::SystemCoordinator => Self::Overview,
            Role::CaseWorker
            | Role::Member
            | Role::Guest
            | Role::Coordinator
            | Role::DirectoryAdministrator
            | Role::Auditor => Self::Inbox,
        };
        let held = || memberships.iter().filter(|it| it.holds(now)).map(|it| it.role);
        let works = held().any(|it| it == Role::CaseWorker);
        if !works && held().any(|it| begins(it) == Self::Overview) { Self::Overview } else { Self::Inbox }
    }
}

/// Our number of a membership.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct MembershipId(pub u64);

/// Whether a person may handle reports about people with a graded address.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Clearance {
    #[default]
    Ordinary,
    /// Cleared for graded addresses (kode 6 og 7, klientadresse).
    Graded,
}

/// A role of a person in a unit, for a time (medlemskap).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Membership {
    pub id: MembershipId,
    pub unit: UnitId,
    pub role: Role,
    /// The one case that a guest is invited to. Absent for all other roles.
    pub case: Option<ItemId>,
    pub clearance: Clearance,
    pub from: Timestamp,
    /// It holds until then, and no longer. Absent: until it is ended.
    pub to: Option<Timestamp>,
}

impl Membership {
    pub fn standing(&self, now: Timestamp) -> Standing {
        if self.to.is_some_and(|it| it <= now) {
            Standing::Ended
        } else if self.from > now {
            Standing::NotYet
        } else {
            Standing::Holds
        }
    }

    pub fn holds(&self, now: Timestamp) -> bool {
        self.standing(now) == Standing::Holds
    }
}

/// Where a membership stands at a moment.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Standing {
    NotYet,
    Holds,
    Ended,
}

/// Why a membership cannot be given.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum GrantRefused {
    /// Nobody gives a role to themselves.
    OneSelf,
    /// None of the giver's roles in the unit may give this one.
    NotByRole,
    /// A guest is invited to one case, until a moment; and only a guest is.
    GuestWithoutCase,
    /// Clearance is for a whole unit, and a guest has one case.
    GuestCleared,
    /// Only one who is cleared in the unit clears another there.
    NotCleared,
    /// It would end before it begins, or has ended already.
    NeverHolds,
}

/// Whether it is the giver's own.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Receiver {
    OneSelf,
    Another,
}

/// Whether one who has `own` memberships may give `wanted`. The first reason why not.
pub fn check_grant(
    own: &[Membership],
    receiver: Receiver,
    wanted: &Membership,
    now: Timestamp,
) -> Result<(), GrantRefused> {
    if receiver == Receiver::OneSelf {
        return Err(GrantRefused::OneSelf);
    }
    if !may_keep(own, &wanted.unit, wanted.role, now) {
        return Err(GrantRefused::NotByRole);
    }
    check_shape(wanted, now)?;
    if wanted.clearance == Clearance::Graded && clearance(own, &wanted.unit, now) != Clearance::Graded {
        return Err(GrantRefused::NotCleared);
    }
    Ok(())
}

/// What holds for every membership, whoever gives it.
pub fn check_shape(wanted: &Membership, now: Timestamp) -> Result<(), GrantRefused> {
    let is_guest = wanted.role == Role::Guest;
    if is_guest != wanted.case.is_some() || is_guest && wanted.to.is_none() {
        return Err(GrantRefused::GuestWithoutCase);
    }
    if is_guest && wanted.clearance == Clearance::Graded {
        return Err(GrantRefused::GuestCleared);
    }
    if wanted.to.is_some_and(|it| it <= wanted.from || it <= now) {
        return Err(GrantRefused::NeverHolds);
    }
    Ok(())
}

/// Whether one who has `own` memberships may give and end `role` in `unit`.
pub fn may_keep(own: &[Membership], unit: &UnitId, role: Role, now: Timestamp) -> bool {
    own.iter().any(|it| it.unit == *unit && it.holds(now) && it.role.may_give(role))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;
    use uuid::Uuid;

    const NOW: Timestamp = Timestamp(1_790_000_000_000_000);

    fn membership(role: Role) -> Membership {
        let unit = UnitId("gjerstad".to_owned());
        let case = (role == Role::Guest).then(|| ItemId(Uuid::from_u128(7)));
        let to = (role == Role::Guest).then(|| NOW.plus(Duration::from_secs(60)));
        Membership { id: MembershipId(1), unit, role, case, clearance: Clearance::Ordinary, from: NOW, to }
    }

    #[test]
    fn who_sees_to_a_unit_begins_with_how_it_stands_and_who_works_with_cases_with_these() {
        for (roles, expected) in [
            (vec![Role::Secretary], StartPage::Overview),
            (vec![Role::Leader, Role::Member], StartPage::Overview),
            (vec![Role::SystemCoordinator], StartPage::Overview),
            (vec![Role::Secretary, Role::CaseWorker], StartPage::Inbox),
            (vec![Role::Coordinator], StartPage::Inbox),
            (vec![Role::DirectoryAdministrator, Role::Auditor], StartPage::Inbox),
            (vec![], StartPage::Inbox),
        ] {
            let held: Vec<_> = roles.iter().copied().map(membership).collect();
            assert_eq!(StartPage::of(&held, NOW), expected, "{roles:?}");
            let over: Vec<_> = held.into_iter().map(|it| Membership { to: Some(NOW), ..it }).collect();
            assert_eq!(StartPage::of(&over, NOW), StartPage::Inbox, "{roles:?}, ended");
        }
        for page in StartPage::ALL {
            assert_eq!(StartPage::from_label(page.label()), Some(page));
        }
    }

    #[test]
    fn a_label_names_one_role() {
        for role in Role::ALL {
            assert_eq!(Role::from_label(role.label()), Some(role));
        }
        assert_eq!(Role::from_label("operator"), None);
    }

    /// seed in part: G-19, K-25
    #[test]
    fn who_may_give_which_role() {
        let give = |giver, role| check_grant(&[membership(giver)], Receiver::Another, &membership(role), NOW);

        for role in Role::ALL {
            assert_eq!(give(Role::DirectoryAdministrator, role), Ok(()));
            for giver in [Role::CaseWorker, Role::Member, Role::Guest, Role::Coordinator, Role::Auditor] {
                assert_eq!(give(giver, role), Err(GrantRefused::NotByRole), "{giver:?} {role:?}");
            }
        }
        assert_eq!(give(Role::Secretary, Role::Guest), Ok(()));
        assert_eq!(give(Role::Secretary, Role::Member), Err(GrantRefused::NotByRole));
        assert_eq!(give(Role::Leader, Role::Secretary), Ok(()));
        assert_eq!(give(Role::Leader, Role::Auditor), Err(GrantRefused::NotByRole));
    }

    #[test]
    fn only_one_who_is_cleared_in_the_unit_clears_another() {
        let cleared = |it: Membership| Membership { clearance: Clearance::Graded, ..it };
        let giver = membership(Role::DirectoryAdministrator);
        let elsewhere = Membership { unit: UnitId("karmoy".to_owned()), ..cleared(giver.clone()) };
        let over = Membership { to: Some(NOW), ..cleared(membership(Role::CaseWorker)) };
        let wanted = cleared(membership(Role::CaseWorker));
        let give = |own: &[Membership]| check_grant(own, Receiver::Another, &wanted, NOW);

        assert_eq!(give(&[giver.clone(), elsewhere, over]), Err(GrantRefused::NotCleared));
        assert_eq!(give(&[cleared(giver.clone())]), Ok(()));
        assert_eq!(give(&[giver, cleared(membership(Role::CaseWorker))]), Ok(()), "by another role in the unit");
    }

    #[test]
    fn nobody_gives_to_themselves_in_another_unit_or_when_their_own_time_is_over() {
        let own = membership(Role::DirectoryAdministrator);
        let wanted = membership(Role::CaseWorker);
        let elsewhere = Membership { unit: UnitId("karmoy".to_owned()), ..wanted.clone() };
        let over = Membership { to: Some(NOW), ..own.clone() };

        assert_eq!(
            check_grant(std::slice::from_ref(&own), Receiver::OneSelf, &wanted, NOW),
            Err(GrantRefused::OneSelf)
        );
        assert_eq!(check_grant(&[own], Receiver::Another, &elsewhere, NOW), Err(GrantRefused::NotByRole));
        assert_eq!(check_grant(&[over], Receiver::Another, &wanted, NOW), Err(GrantRefused::NotByRole));
    }

    /// seed in part: G-20
    #[test]
    fn a_guest_has_one_case_and_an_end_and_nobody_else_has_a_case() {
        let guest = membership(Role::Guest);

        assert_eq!(check_shape(&guest, NOW), Ok(()));
        let endless = Membership { to: None, ..guest.clone() };
        let caseless = Membership { case: None, ..guest.clone() };
        let member = Membership { case: guest.case, ..membership(Role::Member) };
        for wrong in [endless, caseless, member] {
            assert_eq!(check_shape(&wrong, NOW), Err(GrantRefused::GuestWithoutCase));
        }
        let cleared = Membership { clearance: Clearance::Graded, ..guest.clone() };
        assert_eq!(
            check_shape(&cleared, NOW),
            Err(GrantRefused::GuestCleared),
            "or a secretary could clear a colleague"
        );
        assert_eq!(check_shape(&Membership { to: Some(NOW), ..guest }, NOW), Err(GrantRefused::NeverHolds));
    }
}
