//! Counting cases so that nobody can be found in the numbers: medians, and cells under five hidden, also by subtraction.

use super::wanted::OPEN;
use super::wanted::day_begins;
use crate::domain::ItemState;
use crate::domain::Timestamp;
use crate::storage::RegisterRow;
use std::collections::BTreeMap;
use std::time::Duration;

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

/// The middle value; of an even number of values, the middle between the two. `None`: of fewer than [`CELL_MIN`], which
/// would tell of single persons.
pub(super) fn median(mut values: Vec<Duration>) -> Option<Duration> {
    if (values.len() as u64) < CELL_MIN {
        return None;
    }
    values.sort_unstable();
    let middle = values.len() / 2;
    Some(if values.len() % 2 == 1 { values[middle] } else { (values[middle - 1] + values[middle]) / 2 })
}

/// How long things took for some cases.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Pace<K> {
    pub of: K,
    pub cases: Cell,
    /// To the first answer, or to now.
    pub waited: Option<Duration>,
    pub opened: Option<Duration>,
    pub coordinated: Option<Duration>,
    pub answered: Option<Duration>,
    pub closed: Option<Duration>,
    pub overdue: Cell,
    pub unread: Cell,
    pub unassigned: Cell,
}

/// How long things took per `of`, the slowest first. What is too few to tell comes last.
pub(super) fn paces<K: Ord + Clone>(
    rows: &[RegisterRow],
    of: impl Fn(&RegisterRow) -> Vec<K>,
    now: Timestamp,
) -> Vec<Pace<K>> {
    let mut groups: BTreeMap<K, Vec<&RegisterRow>> = BTreeMap::new();
    for row in rows {
        for key in of(row) {
            groups.entry(key).or_default().push(row);
        }
    }
    let sizes = groups.iter().map(|(key, rows)| (key.clone(), rows.len() as u64)).collect();
    let column = |is: &dyn Fn(&RegisterRow) -> bool| {
        let counts = groups.iter().map(|(key, rows)| {
            let count = rows.iter().filter(|it| is(it)).count() as u64;
            (key.clone(), count)
        });
        masked(counts.collect()).0
    };
    let overdue = column(&|it| is_overdue(it, now));
    let unread = column(&|it| it.state == ItemState::Unread);
    let unassigned = column(&is_unassigned);
    let mut paces = Vec::new();
    for (index, (key, cases)) in masked(sizes).0.into_iter().enumerate() {
        let rows = &groups[&key];
        let size = rows.len() as u64;
        let took = |until: &dyn Fn(&RegisterRow) -> Option<Timestamp>| {
            let values = rows.iter().filter_map(|it| until(it).map(|end| end.since(it.received_at)));
            median(values.collect())
        };
        let part = |cell: Cell| match (cases, cell) {
            // The rest of them could be calculated.
            (Cell::Told(_), Cell::Told(count)) if (1..CELL_MIN).contains(&size.saturating_sub(count)) => Cell::Hidden,
            (Cell::Told(_), cell) => cell,
            (Cell::Hidden, _) => Cell::Hidden,
        };
        paces.push(Pace {
            cases,
            waited: took(&|it| Some(it.first_answer_at.or(it.closed_at).unwrap_or(now))),
            opened: took(&|it| it.opened_at),
            coordinated: took(&|it| it.coordinated_from.and_then(day_begins)),
            answered: took(&|it| it.first_answer_at),
            closed: took(&|it| it.closed_at),
            overdue: part(overdue[index].1),
            unread: part(unread[index].1),
            unassigned: part(unassigned[index].1),
            of: key,
        });
    }
    paces.sort_by_key(|it| std::cmp::Reverse(it.waited));
    paces
}

fn is_overdue(row: &RegisterRow, now: Timestamp) -> bool {
    OPEN.contains(&row.state) && (row.first_answer_at.is_none() || row.heard) && row.deadline < now
}

fn is_unassigned(row: &RegisterRow) -> bool {
    matches!(row.state, ItemState::Unread | ItemState::Opened)
}

#[cfg(test)]
mod tests {
    use super::Cell;
    use super::masked;
    use super::median;
    use std::time::Duration;

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
        let days = |days: &[u64]| days.iter().map(|it| Duration::from_secs(it * 86_400)).collect::<Vec<_>>();

        assert_eq!(median(days(&[9, 1, 5, 3, 7])), Some(Duration::from_secs(5 * 86_400)));
        assert_eq!(median(days(&[1, 2, 3, 4, 5, 60])), Some(Duration::from_secs(7 * 43_200)));
        assert_eq!(median(days(&[1, 2, 3, 4])), None);
    }
}
