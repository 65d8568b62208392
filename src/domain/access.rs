//! Who may see, read and work with which case. The one place that decides it; pages and lists ask here.

use crate::domain::Clearance;
use crate::domain::ItemId;
use crate::domain::Membership;
use crate::domain::Role;
use crate::domain::Standing;
use crate::domain::Timestamp;
use crate::domain::UnitId;

/// What a person wants with a case.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Wish {
    /// Know that it is there and how it stands: a row of a list, a cover.
    See,
    /// Read what was sent.
    Read,
    /// Do something with it: take, close, answer.
    Work,
}

/// What access hangs on, seen from the person who asks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CaseFacts<'a> {
    pub item: ItemId,
    pub unit: &'a UnitId,
    /// The person who asks is responsible for it.
    pub own: bool,
    /// The person who asks is one of its coordinators today.
    pub coordinates: bool,
    /// It has been lifted to the members of the unit's group.
    pub lifted: bool,
    /// The address of the person it is about is graded.
    pub graded: bool,
    /// What the second person has said. Looked at only when it is graded.
    pub second: SecondPerson,
}

/// Whether somebody else has agreed that this person opens a graded case (toperson-regelen).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum SecondPerson {
    NotAsked,
    Asked,
    Agreed,
    Refused,
}

/// Why somebody asks to open a graded case (grunn til å be om åpning). Stands in the journal.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum OpeningReason {
    /// They shall work with the case.
    Work,
    /// It cannot wait for the one who has it.
    Urgent,
    /// Somebody has been in touch about it.
    Contact,
    /// To look over what has been done.
    Review,
    /// Said in words.
    Other,
}

impl OpeningReason {
    pub const ALL: [Self; 5] = [Self::Work, Self::Urgent, Self::Contact, Self::Review, Self::Other];

    pub const fn label(self) -> &'static str {
        match self {
            Self::Work => "work",
            Self::Urgent => "urgent",
            Self::Contact => "contact",
            Self::Review => "review",
            Self::Other => "other",
        }
    }

    pub fn from_label(label: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.label() == label)
    }
}

/// Why the second person does not agree to an opening (grunn til å avslå åpning). Stands in the journal.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum OpeningRefusal {
    /// They do not need it for their work.
    NotNeeded,
    /// Somebody else has the case.
    Elsewhere,
    /// They are too close to the person (inhabil).
    TooClose,
    /// More must be known before it can be agreed to.
    Unclear,
    /// Said in words.
    Other,
}

impl OpeningRefusal {
    pub const ALL: [Self; 5] = [Self::NotNeeded, Self::Elsewhere, Self::TooClose, Self::Unclear, Self::Other];

    pub const fn label(self) -> &'static str {
        match self {
            Self::NotNeeded => "not_needed",
            Self::Elsewhere => "elsewhere",
            Self::TooClose => "too_close",
            Self::Unclear => "unclear",
            Self::Other => "other",
        }
    }

    pub fn from_label(label: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.label() == label)
    }
}

/// The answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Access {
    /// By this role.
    Granted(Role),
    Denied(Denial),
}

/// Why not. Ordered: of several reasons the last is told.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Denial {
    /// The case is nothing to this person, who is not told that it exists.
    Unknown,
    /// The time in which the person had access is over.
    Ended,
    /// The person may know of it, but the role does not go so far.
    NotByRole,
    /// A second person must agree first.
    SecondPerson(SecondPerson),
}

/// Some cases of one unit that a person may see in lists.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Sight {
    pub unit: UnitId,
    pub which: Which,
    pub clearance: Clearance,
}

/// Which cases of a unit.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Which {
    All,
    /// Those that have been lifted to the group.
    Lifted,
    /// Those that the person is responsible for.
    Own,
    /// Those that the person coordinates today by appointment, and is not responsible for.
    Appointed,
    /// This one.
    Case(ItemId),
}

impl Sight {
    /// Every case of a unit, graded ones too.
    pub const fn whole(unit: UnitId) -> Self {
        Self { unit, which: Which::All, clearance: Clearance::Graded }
    }

    pub fn covers(&self, case: &CaseFacts<'_>) -> bool {
        let chosen = match self.which {
            Which::All => true,
            Which::Lifted => case.lifted,
            Which::Own => case.own,
            Which::Appointed => case.coordinates && !case.own,
            Which::Case(item) => case.item == item,
        };
        chosen && self.unit == *case.unit && (!case.graded || self.clearance == Clearance::Graded)
    }
}

/// Which cases `role` gives sight of. Where there are several, they have nothing in common.
fn which(role: Role, case: Option<ItemId>) -> Vec<Which> {
    match (role, case) {
        (Role::CaseWorker | Role::Secretary | Role::Leader | Role::SystemCoordinator, _) => vec![Which::All],
        (Role::Member, _) => vec![Which::Lifted],
        (Role::Coordinator, _) => vec![Which::Own, Which::Appointed],
        (Role::Guest, Some(item)) => vec![Which::Case(item)],
        (Role::Guest, None) | (Role::DirectoryAdministrator | Role::Auditor, _) => Vec::new(),
    }
}

/// How far `role` goes with a case that it sees.
const fn reach(role: Role) -> Wish {
    match role {
        Role::CaseWorker | Role::Secretary | Role::Coordinator => Wish::Work,
        Role::Member | Role::Guest => Wish::Read,
        Role::Leader | Role::SystemCoordinator | Role::DirectoryAdministrator | Role::Auditor => Wish::See,
    }
}

/// Whether `role` goes as far as reading what was sent.
pub const fn reads(role: Role) -> bool {
    matches!(reach(role), Wish::Read | Wish::Work)
}

/// Everything that a person sees in lists now. A unit that is seen as a whole is named once.
pub fn sights(memberships: &[Membership], now: Timestamp) -> Vec<Sight> {
    let mut sights: Vec<Sight> = Vec::new();
    for membership in memberships.iter().filter(|it| it.holds(now)) {
        let clearance = clearance(memberships, &membership.unit, now);
        for which in which(membership.role, membership.case) {
            sights.push(Sight { unit: membership.unit.clone(), which, clearance });
        }
    }
    let whole: Vec<UnitId> = sights.iter().filter(|it| it.which == Which::All).map(|it| it.unit.clone()).collect();
    sights.retain(|it| it.which == Which::All || !whole.contains(&it.unit));
    sights.sort_by(|one, other| one.unit.cmp(&other.unit));
    let mut once: Vec<Sight> = Vec::new();
    for sight in sights {
        if !once.contains(&sight) {
            once.push(sight);
        }
    }
    once
}

/// The units whose every case a person may work with now.
pub fn worked_units(memberships: &[Membership], now: Timestamp) -> Vec<UnitId> {
    let works =
        |it: &&Membership| it.holds(now) && which(it.role, it.case) == [Which::All] && reach(it.role) == Wish::Work;
    let mut units: Vec<UnitId> = memberships.iter().filter(works).map(|it| it.unit.clone()).collect();
    units.sort_unstable();
    units.dedup();
    units
}

/// The units in which a person has `role` now.
pub fn units_as(memberships: &[Membership], role: Role, now: Timestamp) -> Vec<UnitId> {
    let held = memberships.iter().filter(|it| it.role == role && it.holds(now));
    let mut units: Vec<UnitId> = held.map(|it| it.unit.clone()).collect();
    units.sort_unstable();
    units.dedup();
    units
}

/// What a person is in a unit now, with regard to one case: a guest is one in that case only.
pub fn roles_at(memberships: &[Membership], unit: &UnitId, item: ItemId, now: Timestamp) -> Vec<Role> {
    let here = |it: &&Membership| it.holds(now) && it.unit == *unit && it.case.is_none_or(|case| case == item);
    memberships.iter().filter(here).map(|it| it.role).collect()
}

/// Clearance is the person's in the unit, whichever role it came with; but a guest has one case, and is cleared for nothing.
pub fn clearance(memberships: &[Membership], unit: &UnitId, now: Timestamp) -> Clearance {
    let cleared = |it: &Membership| {
        it.holds(now) && it.unit == *unit && it.clearance == Clearance::Graded && it.role != Role::Guest
    };
    if memberships.iter().any(cleared) { Clearance::Graded } else { Clearance::Ordinary }
}

/// Whether a person may do as they wish with a case.
pub fn decide(memberships: &[Membership], case: &CaseFacts<'_>, wish: Wish, now: Timestamp) -> Access {
    let mut denial = Denial::Unknown;
    let here = memberships.iter().filter(|it| it.unit == *case.unit);
    for (membership, which) in here.flat_map(|it| which(it.role, it.case).into_iter().map(move |which| (it, which))) {
        let clearance = clearance(memberships, &membership.unit, now);
        let sight = Sight { unit: membership.unit.clone(), which, clearance };
        let answer = match membership.standing(now) {
            Standing::NotYet => Err(Denial::Unknown),
            // Only a guest has been told of a case by name; the others just see it no more.
            Standing::Ended if which == Which::Case(case.item) => Err(Denial::Ended),
            Standing::Ended => Err(Denial::Unknown),
            Standing::Holds if !sight.covers(case) => Err(Denial::Unknown),
            Standing::Holds if reach(membership.role) < wish => Err(Denial::NotByRole),
            Standing::Holds if case.graded && wish > Wish::See && case.second != SecondPerson::Agreed => {
                Err(Denial::SecondPerson(case.second))
            }
            Standing::Holds => Ok(membership.role),
        };
        match answer {
            Ok(role) => return Access::Granted(role),
            Err(why) => denial = denial.max(why),
        }
    }
    Access::Denied(denial)
}

/// Whether a case can be given to a person (gi ansvaret): they may work with it as soon as it is theirs, and bring it to its
/// end. A coordinator, who answers and decides nothing, has it by appointment.
pub fn can_be_given(memberships: &[Membership], case: &CaseFacts<'_>, now: Timestamp) -> bool {
    let finishing: Vec<Membership> = memberships.iter().filter(|it| it.role != Role::Coordinator).cloned().collect();
    matches!(decide(&finishing, &as_theirs(case), Wish::Work, now), Access::Granted(_))
}

/// Whether a person can be appointed coordinator by their account: they may work with the case as long as they are it.
pub fn can_coordinate(memberships: &[Membership], case: &CaseFacts<'_>, now: Timestamp) -> bool {
    matches!(decide(memberships, &as_theirs(case), Wish::Work, now), Access::Granted(_))
}

/// Whether a person who has a case can keep it: they read it still. A member, whom none is given, may have taken on what was
/// lifted; a guest has none.
pub fn can_keep(memberships: &[Membership], case: &CaseFacts<'_>, now: Timestamp) -> bool {
    let at_work: Vec<Membership> = memberships.iter().filter(|it| it.role != Role::Guest).cloned().collect();
    matches!(decide(&at_work, &as_theirs(case), Wish::Read, now), Access::Granted(_))
}

/// The second person agrees to an opening, not to who is responsible.
const fn as_theirs<'a>(case: &CaseFacts<'a>) -> CaseFacts<'a> {
    CaseFacts { own: true, second: SecondPerson::Agreed, ..*case }
}

/// Whether a person may be the second who agrees that another opens a graded case: one who could open it too.
pub fn may_agree(memberships: &[Membership], case: &CaseFacts<'_>, now: Timestamp) -> bool {
    let as_agreed = CaseFacts { second: SecondPerson::Agreed, ..*case };
    case.graded
        && matches!(
            decide(memberships, &as_agreed, Wish::Work, now),
            Access::Granted(Role::CaseWorker | Role::Secretary)
        )
        || case.graded
            && clearance(memberships, case.unit, now) == Clearance::Graded
            && units_as(memberships, Role::Leader, now).contains(case.unit)
}

/// Whether a person opens graded cases of a unit, once another has agreed.
pub fn opens_graded(memberships: &[Membership], unit: &UnitId, now: Timestamp) -> bool {
    is_cleared_as(&[Role::CaseWorker, Role::Secretary], memberships, unit, now)
}

/// Whether a person may be the second in a unit, as [`may_agree`] says of one case.
pub fn agrees_to_graded(memberships: &[Membership], unit: &UnitId, now: Timestamp) -> bool {
    is_cleared_as(&[Role::CaseWorker, Role::Secretary, Role::Leader], memberships, unit, now)
}

fn is_cleared_as(roles: &[Role], memberships: &[Membership], unit: &UnitId, now: Timestamp) -> bool {
    let has_role = memberships.iter().any(|it| it.unit == *unit && it.holds(now) && roles.contains(&it.role));
    has_role && clearance(memberships, unit, now) == Clearance::Graded
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::MembershipId;
    use std::time::Duration;
    use uuid::Uuid;

    const NOW: Timestamp = Timestamp(1_790_000_000_000_000);
    const ITEM: ItemId = ItemId(Uuid::from_u128(7));

    fn unit() -> UnitId {
        UnitId("gjerstad-mottaksgruppe".to_owned())
    }

    fn membership(role: Role) -> Membership {
        Membership {
            id: MembershipId(1),
            unit: unit(),
            role,
            case: (role == Role::Guest).then_some(ITEM),
            clearance: Clearance::Ordinary,
            from: NOW,
            to: None,
        }
    }

    fn facts(unit: &UnitId) -> CaseFacts<'_> {
        let second = SecondPerson::NotAsked;
        CaseFacts { item: ITEM, unit, own: false, coordinates: false, lifted: false, graded: false, second }
    }

    /// The table. Columns: an ordinary case, one that is lifted, one that is the person's own, one that the person coordinates.
    /// What is reached: `-` nothing, `s` see, `r` read, `w` work.
    ///
    /// seed in part: G-02, G-19, K-22, K-23, K-24
    #[test]
    fn each_role_reaches_so_far_and_no_further() {
        let unit = unit();
        for (role, expected) in [
            (Role::CaseWorker, "wwww"),
            (Role::Secretary, "wwww"),
            (Role::Leader, "ssss"),
            (Role::SystemCoordinator, "ssss"),
            (Role::Member, "-r--"),
            (Role::Coordinator, "--ww"),
            (Role::Guest, "rrrr"),
            (Role::DirectoryAdministrator, "----"),
            (Role::Auditor, "----"),
        ] {
            let cases = [
                facts(&unit),
                CaseFacts { lifted: true, ..facts(&unit) },
                CaseFacts { own: true, ..facts(&unit) },
                CaseFacts { coordinates: true, ..facts(&unit) },
            ];
            let reached: String = cases.iter().map(|it| reached(&[membership(role)], it)).collect();
            assert_eq!(reached, expected, "{role:?}");
        }
    }

    fn reached(memberships: &[Membership], case: &CaseFacts<'_>) -> char {
        let granted = |wish| matches!(decide(memberships, case, wish, NOW), Access::Granted(_));
        match (granted(Wish::See), granted(Wish::Read), granted(Wish::Work)) {
            (false, false, false) => '-',
            (true, false, false) => 's',
            (true, true, false) => 'r',
            (true, true, true) => 'w',
            odd => panic!("reading without seeing, or working without reading: {odd:?}"),
        }
    }

    #[test]
    fn who_is_given_a_case_works_with_it_and_who_keeps_one_reads_it() {
        let unit = unit();
        let (ordinary, lifted) = (facts(&unit), CaseFacts { lifted: true, ..facts(&unit) });
        let graded = CaseFacts { graded: true, ..facts(&unit) };
        for role in Role::ALL {
            let held = [membership(role)];
            let cleared = [Membership { clearance: Clearance::Graded, ..membership(role) }];
            let works = matches!(role, Role::CaseWorker | Role::Secretary | Role::Coordinator);
            let finishes = works && role != Role::Coordinator;
            for case in [&ordinary, &lifted] {
                assert_eq!(can_be_given(&held, case, NOW), finishes, "{role:?}");
                assert_eq!(can_coordinate(&held, case, NOW), works, "{role:?}");
            }
            assert_eq!(can_keep(&held, &ordinary, NOW), works, "{role:?}");
            assert_eq!(can_keep(&held, &lifted, NOW), works || role == Role::Member, "{role:?}");
            for (memberships, may) in [(&held, false), (&cleared, works)] {
                assert_eq!(can_be_given(memberships, &graded, NOW), may && finishes, "{role:?}");
                assert_eq!(can_coordinate(memberships, &graded, NOW), may, "{role:?}");
                assert_eq!(can_keep(memberships, &graded, NOW), may, "{role:?}");
            }
        }
        let later = [Membership { from: Timestamp(NOW.0 + 1), ..membership(Role::CaseWorker) }];
        assert!(!can_be_given(&later, &ordinary, NOW) && !can_keep(&later, &ordinary, NOW));
        let invited_too = [membership(Role::Guest), membership(Role::Member)];
        assert!(can_keep(&invited_too, &lifted, NOW) && !can_keep(&invited_too, &ordinary, NOW));
    }

    /// What a list shows and what a page lets in are one decision.
    #[test]
    fn lists_show_exactly_what_may_be_seen() {
        let (unit, other) = (unit(), UnitId("karmoy".to_owned()));
        for role in Role::ALL {
            for clearance in [Clearance::Ordinary, Clearance::Graded] {
                let memberships = [Membership { clearance, ..membership(role) }];
                for bits in 0..32_u8 {
                    let [own, lifted, graded, here, coordinates] = [1, 2, 4, 8, 16].map(|bit| bits & bit != 0);
                    let unit = if here { &unit } else { &other };
                    let case = CaseFacts { own, coordinates, lifted, graded, ..facts(unit) };
                    let covering = sights(&memberships, NOW).iter().filter(|it| it.covers(&case)).count();
                    assert!(covering < 2, "nothing is counted twice: {role:?} {case:?}");
                    let seen = covering > 0;
                    let granted = matches!(decide(&memberships, &case, Wish::See, NOW), Access::Granted(_));
                    assert_eq!(seen, granted, "{role:?} {case:?}");
                }
            }
        }
    }

    /// seed in part: G-20, K-25, L-14
    #[test]
    fn a_guest_has_one_case_until_the_hour_and_is_then_told_that_it_is_over() {
        let unit = unit();
        let guest = Membership { to: Some(NOW.plus(Duration::from_secs(60))), ..membership(Role::Guest) };
        let other = CaseFacts { item: ItemId(Uuid::from_u128(8)), ..facts(&unit) };
        let at = |seconds| NOW.plus(Duration::from_secs(seconds));
        let ask = |case: &CaseFacts<'_>, now| decide(std::slice::from_ref(&guest), case, Wish::Read, now);

        assert_eq!(ask(&facts(&unit), at(59)), Access::Granted(Role::Guest));
        assert_eq!(ask(&other, at(59)), Access::Denied(Denial::Unknown));
        assert_eq!(ask(&facts(&unit), at(60)), Access::Denied(Denial::Ended));
        assert_eq!(
            decide(std::slice::from_ref(&guest), &facts(&unit), Wish::Work, at(1)),
            Access::Denied(Denial::NotByRole)
        );
    }

    #[test]
    fn what_has_not_begun_or_has_ended_gives_nothing() {
        let unit = unit();
        let later = Membership { from: Timestamp(NOW.0 + 1), ..membership(Role::CaseWorker) };
        let over = Membership { to: Some(NOW), ..membership(Role::CaseWorker) };

        assert_eq!(reached(&[later, over.clone()], &facts(&unit)), '-');
        assert_eq!(reached(&[over, membership(Role::Leader)], &facts(&unit)), 's');
    }

    #[test]
    fn a_graded_case_is_unseen_without_clearance_and_unread_without_a_second_person() {
        let unit = unit();
        let graded = CaseFacts { graded: true, ..facts(&unit) };
        let worker = membership(Role::CaseWorker);
        let cleared = Membership { clearance: Clearance::Graded, ..worker.clone() };
        let ask = |second| decide(std::slice::from_ref(&cleared), &CaseFacts { second, ..graded }, Wish::Read, NOW);

        assert_eq!(decide(std::slice::from_ref(&worker), &graded, Wish::See, NOW), Access::Denied(Denial::Unknown));
        assert_eq!(decide(std::slice::from_ref(&cleared), &graded, Wish::See, NOW), Access::Granted(Role::CaseWorker));
        for second in [SecondPerson::NotAsked, SecondPerson::Asked, SecondPerson::Refused] {
            assert_eq!(ask(second), Access::Denied(Denial::SecondPerson(second)));
        }
        assert_eq!(ask(SecondPerson::Agreed), Access::Granted(Role::CaseWorker));
        let leader = Membership { clearance: Clearance::Graded, ..membership(Role::Leader) };
        for (who, may) in [(cleared, true), (leader, true), (worker, false), (membership(Role::Leader), false)] {
            assert_eq!(may_agree(std::slice::from_ref(&who), &graded, NOW), may, "{who:?}");
            assert!(!may_agree(std::slice::from_ref(&who), &facts(&unit), NOW), "only a graded case asks for two");
            assert_eq!(agrees_to_graded(&[who], &unit, NOW), may, "of the unit");
        }
        for role in Role::ALL {
            let held = [Membership { clearance: Clearance::Graded, ..membership(role) }];
            let reads = role == Role::CaseWorker || role == Role::Secretary;
            assert_eq!(opens_graded(&held, &unit, NOW), reads, "{role:?}");
            assert_eq!(agrees_to_graded(&held, &unit, NOW), reads || role == Role::Leader, "{role:?}");
            // Clearance is the person's, whichever role it came with.
            assert_eq!(
                opens_graded(&[held, [membership(Role::CaseWorker)]].concat(), &unit, NOW),
                role != Role::Guest,
                "{role:?}"
            );
        }
    }

    #[test]
    fn an_invitation_to_one_case_clears_nobody_for_the_unit() {
        let unit = unit();
        let invited = Membership { clearance: Clearance::Graded, ..membership(Role::Guest) };
        let held = [membership(Role::CaseWorker), invited];

        assert_eq!(clearance(&held, &unit, NOW), Clearance::Ordinary);
        let graded = CaseFacts { graded: true, ..facts(&unit) };
        assert_eq!(decide(&held, &graded, Wish::See, NOW), Access::Denied(Denial::Unknown));
    }

    #[test]
    fn a_unit_seen_as_a_whole_is_named_once() {
        let memberships = [Role::Member, Role::CaseWorker, Role::Secretary, Role::Coordinator].map(membership);

        let seen = sights(&memberships, NOW);

        assert_eq!(seen, [Sight { unit: unit(), which: Which::All, clearance: Clearance::Ordinary }]);
        assert_eq!(worked_units(&memberships, NOW), [unit()]);
        assert_eq!(worked_units(&[membership(Role::Leader), membership(Role::Member)], NOW), []);
    }
}
