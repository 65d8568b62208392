//! How long things took for cases, and how they stand, so that nobody can be found in the numbers.

use super::mask::CELL_MIN;
use super::mask::Cell;
use super::mask::QUARTERS;
use super::mask::Shown;
use super::mask::masked;
use crate::storage::Paced;
use crate::storage::Stands;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// The middle of values that are counted; of an even number of them, the middle between the two. `None`: of fewer than
/// [`CELL_MIN`], which would tell of single persons.
pub(super) fn median(counts: &BTreeMap<u64, u64>) -> Option<u64> {
    let number: u64 = counts.values().sum();
    if number < CELL_MIN {
        return None;
    }
    let at = |position: u64| {
        let mut passed = 0;
        let found = counts.iter().find(|(_, count)| {
            passed += *count;
            passed > position
        });
        found.map(|(value, _)| *value)
    };
    let (below, above) = (at((number - 1) / 2)?, at(number / 2)?);
    Some(below.midpoint(above))
}

/// How long things took for some cases. Tenths of days.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Pace<K> {
    pub of: K,
    pub cases: Cell,
    /// To the first answer, or to now.
    pub waited: Option<u64>,
    /// From when the sender made it to its receipt.
    pub receipted: Option<u64>,
    pub opened: Option<u64>,
    pub registered: Option<u64>,
    pub coordinated: Option<u64>,
    pub answered: Option<u64>,
    pub closed: Option<u64>,
    pub overdue: Cell,
    pub unread: Cell,
    pub unassigned: Cell,
    /// Open, and nobody is the main coordinator today.
    pub uncoordinated: Cell,
}

/// Some cases: how many took so many tenths of days, and how many are as they stand.
#[derive(Default)]
pub(super) struct Group {
    took: BTreeMap<Paced, BTreeMap<u64, u64>>,
    stand: BTreeMap<Stands, u64>,
}

impl Group {
    pub(super) fn took(&mut self, pace: Paced, tenths: u64, count: u64) {
        *self.took.entry(pace).or_default().entry(tenths).or_default() += count;
    }

    pub(super) fn stand(&mut self, standing: Stands, count: u64) {
        *self.stand.entry(standing).or_default() += count;
    }

    fn count(&self, standing: Stands) -> u64 {
        self.stand.get(&standing).copied().unwrap_or_default()
    }

    fn median(&self, pace: Paced) -> Option<u64> {
        self.took.get(&pace).and_then(median)
    }
}

/// How long things took per group, the slowest first. What is too few to tell comes last. `quarters` are the same groups by
/// quarter, which what is hidden hangs on.
pub(super) fn paces<K: Ord + Clone>(
    groups: &BTreeMap<K, Group>,
    quarters: &[BTreeMap<K, Group>; QUARTERS],
    shown: Shown,
) -> Vec<Pace<K>> {
    let keys: BTreeSet<&K> = quarters.iter().flat_map(BTreeMap::keys).collect();
    let column = |standing| {
        let by_quarter = |key| quarters.each_ref().map(|it| it.get(key).map_or(0, |group| group.count(standing)));
        let rows = keys.iter().map(|key| ((*key).clone(), by_quarter(*key))).collect();
        masked(rows, shown).0.into_iter().filter(|(key, _)| groups.contains_key(key)).collect::<Vec<_>>()
    };
    let sizes = column(Stands::Any);
    let (overdue, unread, unassigned) = (column(Stands::Overdue), column(Stands::Unread), column(Stands::Unassigned));
    let uncoordinated = column(Stands::Uncoordinated);
    let mut paces = Vec::new();
    for (index, (key, cases)) in sizes.into_iter().enumerate() {
        let group = &groups[&key];
        let size = group.count(Stands::Any);
        let part = |cell: Cell| match (cases, cell) {
            // The rest of them could be calculated.
            (Cell::Told(_), Cell::Told(count)) if (1..CELL_MIN).contains(&size.saturating_sub(count)) => Cell::Hidden,
            (Cell::Told(_), cell) => cell,
            (Cell::Hidden, _) => Cell::Hidden,
        };
        paces.push(Pace {
            cases,
            waited: group.median(Paced::Waited),
            receipted: group.median(Paced::Receipted),
            opened: group.median(Paced::Opened),
            registered: group.median(Paced::Registered),
            coordinated: group.median(Paced::Coordinated),
            answered: group.median(Paced::Answered),
            closed: group.median(Paced::Closed),
            overdue: part(overdue[index].1),
            unread: part(unread[index].1),
            unassigned: part(unassigned[index].1),
            uncoordinated: part(uncoordinated[index].1),
            of: key,
        });
    }
    paces.sort_by_key(|it| std::cmp::Reverse(it.waited));
    paces
}

#[cfg(test)]
mod tests {
    use super::median;

    #[test]
    fn a_median_is_the_middle_and_is_not_told_of_few() {
        let counts = |values: &[u64]| {
            let mut counts = std::collections::BTreeMap::new();
            values.iter().for_each(|it| *counts.entry(*it).or_default() += 1);
            counts
        };

        assert_eq!(median(&counts(&[9, 1, 5, 3, 7])), Some(5));
        assert_eq!(median(&counts(&[1, 1, 1, 60, 60])), Some(1));
        assert_eq!(median(&counts(&[1, 2, 3, 5, 5, 60])), Some(4));
        assert_eq!(median(&counts(&[1, 2, 3, 4])), None);
    }
}
