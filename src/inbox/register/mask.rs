//! Numbers so small that they tell of single persons are hidden, and so is what they could be calculated from: the sum of their
//! table, the other quarters and the year. Why: `manual/decisions/register.md`.

/// The smallest number of persons that is told.
pub(super) const CELL_MIN: u64 = 5;

/// Quarters in a year.
pub(super) const QUARTERS: usize = 4;
/// The column of the year, after its quarters.
const YEAR: usize = QUARTERS;
const COLUMNS: usize = QUARTERS + 1;

/// A number of persons, when it may be told. Nought tells of nobody.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Cell {
    Told(u64),
    Hidden,
}

/// Which column of a year's table is shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Shown {
    Year,
    /// From nought.
    Quarter(usize),
}

impl Shown {
    const fn column(self) -> usize {
        match self {
            Self::Year => YEAR,
            Self::Quarter(quarter) => quarter,
        }
    }

    /// What is shown of a row.
    pub(super) fn of(self, quarters: &[u64; QUARTERS]) -> u64 {
        match self {
            Self::Year => quarters.iter().sum(),
            Self::Quarter(quarter) => quarters[quarter],
        }
    }
}

/// One column of a year's table and its sum. Whoever has seen the tables of all quarters and of the year can calculate no
/// number from one to four from the others.
pub(super) fn masked<K>(rows: Vec<(K, [u64; QUARTERS])>, shown: Shown) -> (Vec<(K, Cell)>, Cell) {
    let mut table = Table::of(rows.iter().map(|it| &it.1));
    table.hide();
    let (column, sums) = (shown.column(), rows.len());
    let cells = rows.into_iter().enumerate().map(|(row, (key, _))| (key, table.cell(row, column)));
    (cells.collect(), table.cell(sums, column))
}

/// A cell by row and column.
type Place = (usize, usize);

/// Rows by quarter and year; the last row is the sums.
struct Table {
    counts: Vec<[u64; COLUMNS]>,
    hidden: Vec<[bool; COLUMNS]>,
}

impl Table {
    fn of<'a>(rows: impl Iterator<Item = &'a [u64; QUARTERS]>) -> Self {
        let mut sums = [0; COLUMNS];
        let mut counts: Vec<[u64; COLUMNS]> = Vec::new();
        for row in rows {
            let mut whole = [0; COLUMNS];
            whole[..QUARTERS].copy_from_slice(row);
            whole[YEAR] = row.iter().sum();
            sums.iter_mut().zip(whole).for_each(|(sum, count)| *sum += count);
            counts.push(whole);
        }
        counts.push(sums);
        let hidden = counts.iter().map(|row| row.map(is_small)).collect();
        Self { counts, hidden }
    }

    fn cell(&self, row: usize, column: usize) -> Cell {
        if self.hidden[row][column] { Cell::Hidden } else { Cell::Told(self.counts[row][column]) }
    }

    /// Hides until nothing small can be calculated. Each round hides one more, so it comes to an end.
    fn hide(&mut self) {
        while let Some((row, column)) = self.next_in_a_line().or_else(|| self.next_around_what_is_alone()) {
            self.hidden[row][column] = true;
        }
    }

    /// Rows and columns, each with a sum.
    fn lines(&self) -> impl Iterator<Item = Vec<Place>> {
        let rows = self.counts.len();
        let across = (0..rows).map(|row| (0..COLUMNS).map(|column| (row, column)).collect());
        across.chain((0..COLUMNS).map(move |column| (0..rows).map(|row| (row, column)).collect()))
    }

    /// What must be hidden too where one alone is hidden in a line, or several that are few together.
    fn next_in_a_line(&self) -> Option<Place> {
        self.lines().find_map(|line| {
            let hidden: Vec<u64> = line.iter().filter(|it| self.hidden[it.0][it.1]).map(|it| self.count(*it)).collect();
            let can_be_calculated = hidden.len() == 1 || !hidden.is_empty() && hidden.iter().sum::<u64>() < CELL_MIN;
            can_be_calculated.then(|| self.smallest_told(line)).flatten()
        })
    }

    /// Two may be hidden in each line, and one still follow from all the lines together: when nothing hidden leads around it.
    fn next_around_what_is_alone(&self) -> Option<Place> {
        let mut alone = self.places().filter(|it| is_small(self.count(*it)) && !self.is_led_around(*it));
        alone.find_map(|(row, column)| {
            let crossing = self.places().filter(|it| it.0 == row || it.1 == column);
            self.smallest_told(crossing.collect())
        })
    }

    /// Whether other hidden cells lead from the row of a hidden cell to its column. Each hidden cell stands in two equations, its
    /// row's and its column's, and follows from them all just when it alone holds two parts of them together.
    fn is_led_around(&self, place: Place) -> bool {
        let others = |row: usize| {
            let hidden = self.hidden[row].into_iter().enumerate();
            hidden.filter(move |(column, is_hidden)| *is_hidden && (row, *column) != place).map(|(column, _)| column)
        };
        let mut reached = [false; COLUMNS];
        others(place.0).for_each(|it| reached[it] = true);
        for _ in 0..COLUMNS {
            for row in 0..self.counts.len() {
                if others(row).any(|it| reached[it]) {
                    others(row).for_each(|it| reached[it] = true);
                }
            }
        }
        reached[place.1]
    }

    fn places(&self) -> impl Iterator<Item = Place> + use<> {
        (0..self.counts.len()).flat_map(|row| (0..COLUMNS).map(move |column| (row, column)))
    }

    fn count(&self, (row, column): Place) -> u64 {
        self.counts[row][column]
    }

    /// The smallest of `line` that is told and tells of somebody: a sum only when there is nothing else.
    fn smallest_told(&self, line: Vec<Place>) -> Option<Place> {
        let sums = self.counts.len() - 1;
        let told = line.into_iter().filter(|it| !self.hidden[it.0][it.1] && self.count(*it) > 0);
        told.min_by_key(|it| (it.0 == sums || it.1 == YEAR, self.count(*it)))
    }
}

fn is_small(count: u64) -> bool {
    (1..CELL_MIN).contains(&count)
}

#[cfg(test)]
mod tests {
    use super::Cell;
    use super::QUARTERS;
    use super::Shown;
    use super::Table;
    use super::is_small;
    use super::masked;
    use proptest::prelude::any;
    use proptest::prelude::proptest;

    fn told(cell: Cell) -> Option<u64> {
        match cell {
            Cell::Told(count) => Some(count),
            Cell::Hidden => None,
        }
    }

    fn shown(rows: &[[u64; QUARTERS]], shown: Shown) -> (Vec<Option<u64>>, Option<u64>) {
        let (cells, total) = masked(rows.iter().map(|it| ((), *it)).collect(), shown);
        (cells.into_iter().map(|(_, it)| told(it)).collect(), told(total))
    }

    /// Of a year in whose other quarters nothing came.
    fn cells(counts: &[u64]) -> (Vec<Option<u64>>, Option<u64>) {
        let rows: Vec<_> = counts.iter().map(|it| [0, 0, *it, 0]).collect();
        assert_eq!(shown(&rows, Shown::Year), shown(&rows, Shown::Quarter(2)));
        shown(&rows, Shown::Year)
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
    fn the_year_less_three_quarters_is_not_the_fourth() {
        let rows = [[12, 11, 14, 13], [9, 8, 10, 9], [7, 9, 6, 1]];

        let (year, total) = shown(&rows, Shown::Year);

        assert_eq!((year, total), (vec![Some(50), Some(36), Some(23)], Some(109)), "the year is told");
        assert_eq!(shown(&rows, Shown::Quarter(3)), (vec![Some(13), None, None], Some(23)));
        assert_eq!(shown(&rows, Shown::Quarter(2)), (vec![Some(14), None, None], Some(30)), "as they have the least");
        assert_eq!(shown(&rows, Shown::Quarter(0)), (vec![Some(12), Some(9), Some(7)], Some(28)));
    }

    /// Solves what is told for what is hidden, as somebody with a pencil would.
    fn can_be_calculated(table: &Table) -> Vec<(usize, usize)> {
        let hidden: Vec<_> = table.places().filter(|it| table.hidden[it.0][it.1]).collect();
        let equations = table.lines().map(|line| {
            let unknown = hidden.iter().map(|it| if line.contains(it) { 1.0 } else { 0.0 });
            unknown.collect::<Vec<f64>>()
        });
        let mut rows: Vec<Vec<f64>> = equations.collect();
        let mut done = 0;
        for column in 0..hidden.len() {
            let Some(pivot) = (done..rows.len()).find(|it| rows[*it][column].abs() > 1e-9) else { continue };
            rows.swap(done, pivot);
            let by = rows[done][column];
            rows[done].iter_mut().for_each(|it| *it /= by);
            let pivot = rows[done].clone();
            for (index, row) in rows.iter_mut().enumerate() {
                let times = row[column];
                if index != done {
                    row.iter_mut().zip(&pivot).for_each(|(it, pivot)| *it -= times * pivot);
                }
            }
            done += 1;
        }
        let alone = rows.iter().filter(|row| row.iter().filter(|it| it.abs() > 1e-9).count() == 1);
        alone.filter_map(|row| row.iter().position(|it| it.abs() > 1e-9)).map(|it| hidden[it]).collect()
    }

    proptest! {
        #[test]
        fn nothing_small_can_be_calculated(rows in any::<Vec<[u8; QUARTERS]>>(), few in 1_u64..30) {
            let rows: Vec<[u64; QUARTERS]> = rows.iter().take(12).map(|it| it.map(|it| u64::from(it) % few)).collect();
            let mut table = Table::of(rows.iter());
            table.hide();

            for place in can_be_calculated(&table) {
                assert!(!is_small(table.count(place)), "{place:?} of {:?}, hidden {:?}", table.counts, table.hidden);
            }
            for place in table.places() {
                assert!(table.hidden[place.0][place.1] || !is_small(table.count(place)));
            }
        }
    }
}
