//! Counting cases so that nobody can be found in the numbers: medians, and cells under five hidden, also by subtraction.

use crate::storage::Paced;
use crate::storage::Stands;
use std::collections::BTreeMap;

/// The smallest number of persons that is told.
pub(super) const CELL_MIN: u64 = 5;

/// A number of persons, when it may be told. Nought tells of nobody.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Cell {
    Told(u64),
    Hidden,
}

/// A column of counts with their sum. A count from one to four is hidden. While what is hidden could be calculated from the
/// sum, the next smallest is hidden too; when there is none left, the sum is.
pub(super) fn masked<K>(counts: Vec<(K, u64)>) -> (Vec<(K, Cell)>, Cell) {
    let total: u64 = counts.iter().map(|(_, count)| count).sum();
    let mut by_size: Vec<usize> = (0..counts.len()).filter(|it| counts[*it].1 > 0).collect();
    by_size.sort_by_key(|it| counts[*it].1);
    let (mut hidden, mut sum) = (vec![false; counts.len()], 0);
    let mut number = 0;
    for index in by_size {
        let count = counts[index].1;
        let can_be_calculated = number > 0 && (number == 1 || sum < CELL_MIN);
        if count >= CELL_MIN && !can_be_calculated {
            break;
        }
        hidden[index] = true;
        number += 1;
        sum += count;
    }
    let told = number != 1 && (number == 0 || sum >= CELL_MIN);
    let cells = counts.into_iter().zip(hidden);
    let cells = cells.map(|((key, count), hidden)| (key, if hidden { Cell::Hidden } else { Cell::Told(count) }));
    (cells.collect(), if told { Cell::Told(total) } else { Cell::Hidden })
}

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

/// How long things took per group, the slowest first. What is too few to tell comes last.
pub(super) fn paces<K: Ord + Clone>(groups: &BTreeMap<K, Group>) -> Vec<Pace<K>> {
    let column = |standing| {
        let counts = groups.iter().map(|(key, group)| (key.clone(), group.count(standing)));
        masked(counts.collect()).0
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
    use super::Cell;
    use super::masked;
    use super::median;

    fn cells(counts: &[u64]) -> (Vec<Option<u64>>, Option<u64>) {
        let told = |it| match it {
            Cell::Told(count) => Some(count),
            Cell::Hidden => None,
        };
        let (cells, total) = masked(counts.iter().map(|it| ((), *it)).collect());
        (cells.into_iter().map(|(_, it)| told(it)).collect(), told(total))
    }

    #[test]
    fn a_cell_under_five_is_hidden_and_so_is_what_it_could_be_calculated_from() {
        assert_eq!(cells(&[6, 9, 5]), (vec![Some(6), Some(9), Some(5)], Some(20)));
        assert_eq!(cells(&[6, 4, 9]), (vec![None, None, Some(9)], Some(19)), "the second smallest too");
        assert_eq!(cells(&[1, 1, 9, 7]), (vec![None, None, Some(9), None], Some(18)), "two of two are few");
        assert_eq!(cells(&[4, 3, 9]), (vec![None, None, Some(9)], Some(16)));
        assert_eq!(cells(&[0, 3, 0]), (vec![Some(0), None, Some(0)], None), "the sum is the cell");
        assert_eq!(cells(&[2, 2]), (vec![None, None], None));
        assert_eq!(cells(&[0, 6]), (vec![Some(0), Some(6)], Some(6)));
        assert_eq!(cells(&[]), (vec![], Some(0)));
    }

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
