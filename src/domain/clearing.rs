//! On whose word somebody is cleared for graded addresses, and who therefore are two in the two-person rule.

use crate::domain::Role;
use crate::domain::Timestamp;
use std::collections::BTreeSet;
use uuid::Uuid;

/// On whose word somebody is cleared (hvem som går god for klareringen).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Voucher {
    /// The operator's command line: nobody in the inbox has chosen this person.
    Operator,
    /// A person in the inbox whom the operator has cleared, directly or through others.
    Person(Uuid),
}

/// A clearance as it was given in a unit (klarering). Also one that has ended, since others may stand on it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Vouched {
    pub who: Uuid,
    /// Whom it goes back to, as it was kept when it was given.
    pub voucher: Voucher,
    /// Who gave it. `None`: the operator.
    pub giver: Option<Uuid>,
    pub role: Role,
    pub given_at: Timestamp,
    pub from: Timestamp,
    /// It held until then: the role's end, or the account's. `None`: it has none.
    pub to: Option<Timestamp>,
}

impl Vouched {
    /// A guest has one case, and is cleared for nothing.
    fn held(&self, at: Timestamp) -> bool {
        self.from <= at && self.to.is_none_or(|to| to > at) && self.role != Role::Guest
    }
}

/// One who is cleared in a unit now, and in whose hands the account may be.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Cleared {
    pub who: Uuid,
    /// The person alone, when the operator has cleared them; else with everybody on whose word they are, back to those whom
    /// the operator cleared: each of them could have made the account for themselves.
    hands: BTreeSet<Uuid>,
    /// Those on whose word the person is cleared are not cleared here any more themselves.
    pub on_ended: Vec<Uuid>,
}

/// Who is cleared now, of all that has been given in one unit.
pub fn cleared(given: &[Vouched], now: Timestamp) -> Vec<Cleared> {
    let holding: BTreeSet<Uuid> = given.iter().filter(|it| it.held(now)).map(|it| it.who).collect();
    let one = |who: &Uuid| {
        let mut looked = BTreeSet::new();
        look_back(given, *who, now, &mut looked);
        let hands = looked.into_iter().map(|it| it.0).collect();
        let own = || given.iter().filter(|it| it.who == *who && it.held(now));
        let stands = own().any(|it| it.giver.is_none_or(|giver| holding.contains(&giver)));
        let on_ended: BTreeSet<Uuid> = own().filter(|_| !stands).filter_map(|it| it.giver).collect();
        Cleared { who: *who, hands, on_ended: on_ended.into_iter().collect() }
    };
    holding.iter().map(one).collect()
}

/// Everybody in whose hands the account of `who` may have been at a moment, with the moments that were looked at.
fn look_back(given: &[Vouched], who: Uuid, at: Timestamp, looked: &mut BTreeSet<(Uuid, Timestamp)>) {
    if !looked.insert((who, at)) {
        return;
    }
    let own = || given.iter().filter(|it| it.who == who && it.held(at));
    // The operator knows that this is a person.
    if own().any(|it| it.voucher == Voucher::Operator && it.giver.is_none()) {
        return;
    }
    for it in own() {
        if let Some(giver) = it.giver {
            look_back(given, giver, it.given_at, looked);
        }
        if let Voucher::Person(origin) = it.voucher {
            looked.insert((origin, it.given_at));
        }
    }
}

/// On whose word a clearance stands that `giver` gives. `None`: one who is not cleared gives none.
pub fn voucher_of(own: &[Voucher], giver: Uuid) -> Option<Voucher> {
    // The giver's own word, when the operator has cleared the giver.
    let origin = |it: &Voucher| match it {
        Voucher::Operator => giver,
        Voucher::Person(origin) => *origin,
    };
    let mut origins: Vec<Uuid> = own.iter().map(origin).collect();
    origins.sort_by_key(|it| *it != giver);
    origins.first().copied().map(Voucher::Person)
}

/// Whether these are two for the two-person rule: two who are cleared, and nobody could have both accounts in hand. Somebody
/// alone, with as many accounts as they can have cleared, is never two; nor are they and one whom they have cleared.
pub fn are_two(cleared: &[Cleared], one: Uuid, other: Uuid) -> bool {
    let of = |who: Uuid| cleared.iter().find(move |it| it.who == who);
    match (of(one), of(other)) {
        (Some(one), Some(other)) => one.who != other.who && one.hands.is_disjoint(&other.hands),
        (Some(_) | None, _) => false,
    }
}

/// Whether a graded case can be opened at all: by one of `opening`, with one of `agreeing` who is another.
pub fn has_two(cleared: &[Cleared], opening: &[Uuid], agreeing: &[Uuid]) -> bool {
    opening.iter().any(|one| agreeing.iter().any(|other| are_two(cleared, *one, *other)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const GIVEN: Timestamp = Timestamp(1_790_000_000_000_000);
    const NOW: Timestamp = Timestamp(GIVEN.0 + 1_000_000);

    fn person(number: u128) -> Uuid {
        Uuid::from_u128(number)
    }

    /// Given one after the other; the origin is kept as it is when the role is given.
    struct Unit(Vec<Vouched>);

    impl Unit {
        fn of(given: &[(u128, Option<u128>)]) -> Self {
            let mut unit = Self(Vec::new());
            for (who, giver) in given {
                unit.give(*who, *giver);
            }
            unit
        }

        fn give(&mut self, who: u128, giver: Option<u128>) {
            let given_at = Timestamp(GIVEN.0 + i64::try_from(self.0.len()).unwrap());
            let giver = giver.map(person);
            let own = |giver| self.0.iter().filter(move |it| it.who == giver && it.held(given_at)).map(|it| it.voucher);
            let voucher = giver.map(|it| voucher_of(&own(it).collect::<Vec<_>>(), it).expect("the giver is cleared"));
            self.0.push(Vouched {
                who: person(who),
                voucher: voucher.unwrap_or(Voucher::Operator),
                giver,
                role: Role::CaseWorker,
                given_at,
                from: given_at,
                to: None,
            });
        }

        /// Ends the clearance that was given as number `number`, counted from none.
        fn end(&mut self, number: usize) {
            self.0[number].to = Some(Timestamp(GIVEN.0 + i64::try_from(self.0.len()).unwrap()));
        }

        fn are_two(&self, one: u128, other: u128) -> bool {
            let cleared = cleared(&self.0, NOW);
            let two = are_two(&cleared, person(one), person(other));
            assert_eq!(are_two(&cleared, person(other), person(one)), two, "{one} and {other}, whoever asks");
            two
        }
    }

    #[test]
    fn one_person_is_never_two_however_many_they_have_cleared() {
        // The operator has cleared 1 and 2; 1 has cleared 3, 4 and 5.
        let unit = Unit::of(&[(1, None), (2, None), (3, Some(1)), (4, Some(1)), (5, Some(1))]);
        for (one, other, two) in [
            (1, 2, true),
            (3, 2, true),
            (4, 2, true),
            (3, 4, false),
            (1, 3, false),
            (4, 5, false),
            (1, 1, false),
            (1, 9, false),
        ] {
            assert_eq!(unit.are_two(one, other), two, "{one} {other}");
        }
    }

    #[test]
    fn a_second_clearance_makes_nobody_two_with_their_own_shadow() {
        // 1 has been cleared by 2 as well, which is an ordinary act; 9 is 1's own.
        assert!(!Unit::of(&[(1, None), (2, None), (1, Some(2)), (9, Some(1))]).are_two(1, 9));
        // Whom two have cleared, without the operator.
        let unit = Unit::of(&[(1, None), (2, None), (3, Some(1)), (3, Some(2)), (9, Some(3))]);
        assert!(!unit.are_two(3, 9));
        // Nor are they two with those who cleared them, or with whom these have cleared.
        assert!(!unit.are_two(9, 1) && !unit.are_two(9, 2) && !unit.are_two(3, 1));
        assert!(!Unit::of(&[(1, None), (2, None), (3, Some(1)), (4, Some(1)), (4, Some(2))]).are_two(3, 4));
        // Whom the operator has cleared is somebody, whoever has cleared them too.
        assert!(Unit::of(&[(1, None), (2, None), (1, Some(2))]).are_two(1, 2));
    }

    #[test]
    fn what_somebody_gave_away_stays_theirs_when_they_are_cleared_in_another_way() {
        // 3 made 9 on 1's word, lost it, and was cleared by 2.
        let mut unit = Unit::of(&[(1, None), (2, None), (3, Some(1)), (9, Some(3)), (3, Some(2))]);
        unit.end(2);
        assert!(!unit.are_two(3, 9) && !unit.are_two(9, 1));
        assert!(unit.are_two(9, 2));
        // The operator's clearance of 1 has ended, and 2 has cleared 1.
        let mut unit = Unit::of(&[(1, None), (2, None), (9, Some(1)), (1, Some(2))]);
        unit.end(0);
        assert!(!unit.are_two(1, 9));
        // Cleared by the operator after all: 3 is somebody, and 9 is still on the word of both.
        let unit = Unit::of(&[(1, None), (3, Some(1)), (9, Some(3)), (3, None)]);
        assert!(unit.are_two(3, 1) && !unit.are_two(9, 3) && !unit.are_two(9, 1));
    }

    #[test]
    fn two_who_clear_each_other_at_one_moment_come_to_an_end() {
        let given = |who, giver, voucher| Vouched {
            who: person(who),
            voucher,
            giver: Some(person(giver)),
            role: Role::Leader,
            given_at: GIVEN,
            from: GIVEN,
            to: None,
        };
        let round = [given(1, 2, Voucher::Person(person(2))), given(2, 1, Voucher::Person(person(1)))];
        assert!(!are_two(&cleared(&round, NOW), person(1), person(2)));
    }

    #[test]
    fn a_clearance_whose_giver_is_cleared_no_more_is_told() {
        let on_ended = |unit: &Unit, who| {
            let cleared = cleared(&unit.0, NOW);
            cleared.iter().find(|it| it.who == person(who)).unwrap().on_ended.clone()
        };
        let mut unit = Unit::of(&[(1, None), (2, None), (3, Some(1))]);
        assert!(on_ended(&unit, 3).is_empty());
        unit.end(0);
        assert_eq!(on_ended(&unit, 3), [person(1)]);
        assert!(unit.are_two(3, 2), "it holds still");
        // Another who is cleared has given them one too.
        unit.give(3, Some(2));
        assert!(on_ended(&unit, 3).is_empty());
    }

    #[test]
    fn a_graded_case_can_be_opened_when_one_may_and_another_may_agree() {
        let given = Unit::of(&[(1, None), (2, None)]).0;
        let cleared = cleared(&given, NOW);
        for (opening, agreeing, can) in [
            (vec![1, 2], vec![1, 2], true),
            (vec![1], vec![1, 2], true),
            (vec![1], vec![1], false),
            (vec![], vec![1, 2], false),
            (vec![1, 2], vec![], false),
        ] {
            let people = |it: &[u128]| it.iter().copied().map(person).collect::<Vec<_>>();
            assert_eq!(has_two(&cleared, &people(&opening), &people(&agreeing)), can, "{opening:?} {agreeing:?}");
        }
    }

    #[test]
    fn a_clearance_goes_back_to_one_whom_the_operator_cleared() {
        let (operator, other) = (Voucher::Operator, Voucher::Person(person(2)));

        assert_eq!(voucher_of(&[other, operator], person(1)), Some(Voucher::Person(person(1))), "their own word");
        assert_eq!(voucher_of(&[other], person(3)), Some(other), "the word of who cleared them");
        assert_eq!(voucher_of(&[], person(9)), None);
    }
}
