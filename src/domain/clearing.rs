//! On whose word somebody is cleared for graded addresses, and who therefore are two in the two-person rule.

use uuid::Uuid;

/// On whose word somebody is cleared (hvem som går god for klareringen).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Voucher {
    /// The operator's command line: nobody in the inbox has chosen this person.
    Operator,
    /// A person in the inbox whom the operator has cleared, directly or through others.
    Person(Uuid),
}

/// A clearance that holds in a unit: whose it is, and on whose word.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Cleared {
    pub who: Uuid,
    pub voucher: Voucher,
}

impl Cleared {
    /// Where the clearance begins: with the person, when the operator gave it, else with the one who vouches.
    const fn root(self) -> Uuid {
        match self.voucher {
            Voucher::Operator => self.who,
            Voucher::Person(voucher) => voucher,
        }
    }
}

/// On whose word a clearance stands that `giver` gives. `None`: one who is not cleared gives none.
pub fn voucher_of(cleared: &[Cleared], giver: Uuid) -> Option<Voucher> {
    let mut own: Vec<Uuid> = cleared.iter().filter(|it| it.who == giver).map(|it| it.root()).collect();
    // The giver's own word, when the operator has cleared the giver.
    own.sort_by_key(|it| *it != giver);
    own.first().copied().map(Voucher::Person)
}

/// Whether these are two for the two-person rule: two who are cleared, and on the word of different people. Somebody alone,
/// with as many accounts as they can have cleared, is never two; nor are they and one whom they have cleared.
pub fn are_two(cleared: &[Cleared], one: Uuid, other: Uuid) -> bool {
    let of = |who: Uuid| cleared.iter().filter(move |it| it.who == who);
    one != other && of(one).any(|one| of(other).any(|other| one.root() != other.root()))
}

/// Whether any two of these are two.
pub fn has_two(cleared: &[Cleared]) -> bool {
    cleared.iter().any(|one| cleared.iter().any(|other| are_two(cleared, one.who, other.who)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(number: u128) -> Uuid {
        Uuid::from_u128(number)
    }

    fn by(who: u128, giver: Option<u128>) -> Cleared {
        let voucher = giver.map_or(Voucher::Operator, |it| Voucher::Person(person(it)));
        Cleared { who: person(who), voucher }
    }

    #[test]
    fn one_person_is_never_two_however_many_they_have_cleared() {
        // The operator has cleared 1 and 2; 1 has cleared 3, 4 and 5.
        let cleared = [by(1, None), by(2, None), by(3, Some(1)), by(4, Some(1)), by(5, Some(1))];
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
            assert_eq!(are_two(&cleared, person(one), person(other)), two, "{one} {other}");
            assert_eq!(are_two(&cleared, person(other), person(one)), two, "{other} {one}");
        }
        assert!(has_two(&cleared));
        assert!(!has_two(&[cleared[0], cleared[2], cleared[3]]));
        // Somebody whom another has cleared too is known to more than one.
        assert!(are_two(&[by(3, Some(1)), by(4, Some(1)), by(4, Some(2))], person(3), person(4)));
    }

    #[test]
    fn a_clearance_goes_back_to_one_whom_the_operator_cleared() {
        let cleared = [by(1, None), by(3, Some(1)), by(1, Some(2))];

        assert_eq!(voucher_of(&cleared, person(1)), Some(Voucher::Person(person(1))), "their own word");
        assert_eq!(voucher_of(&cleared, person(3)), Some(Voucher::Person(person(1))), "the word of who cleared them");
        assert_eq!(voucher_of(&cleared, person(9)), None);
    }
}
