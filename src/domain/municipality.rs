//! Municipalities (kommuner): which numbers are in use on which day, and what became of those that are not.
//!
//! The table is `municipality.txt` beside this file; its head says where the facts come from. When a reform comes,
//! the table gets new lines and last days, and the tests below say whether it still holds together.

use crate::domain::MunicipalityNumber;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::sync::LazyLock;

const TABLE: &str = include_str!("municipality.txt");

static MUNICIPALITIES: LazyLock<BTreeMap<&'static str, Municipality>> = LazyLock::new(|| {
    TABLE.lines().filter(|it| !it.starts_with('#')).map(read_line).map(|it| (it.number_text, it)).collect()
});

/// A municipality (kommune) under one number. A new number is a new entry.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Municipality {
    pub number: MunicipalityNumber,
    number_text: &'static str,
    /// The official name, with the Sámi and Kven ones: `Guovdageaidnu - Kautokeino`.
    pub name: &'static str,
    /// The county (fylke) it belonged to under this number.
    pub county: &'static str,
    /// First day of the number; 1977-01-01 stands for that day or earlier.
    pub valid_from: Date,
    /// Last day of the number, included; `None`: still in use.
    pub valid_to: Option<Date>,
    /// What the number became the day after its last day; several when the municipality was divided.
    pub successors: Vec<MunicipalityNumber>,
}

/// What a municipality number is on a certain day.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Validity {
    Valid(&'static Municipality),
    /// In use earlier. The successors are those in use on the day asked for, in order of number: one after a new
    /// number or a merger, several after a division.
    Expired {
        was: &'static Municipality,
        successors: Vec<&'static Municipality>,
    },
    /// Never a municipality number, or not yet one on that day. (Svalbard, 2100, is not a municipality.)
    Unknown,
}

impl Municipality {
    /// What `number` is on `day`.
    pub fn valid_on(number: &MunicipalityNumber, day: Date) -> Validity {
        match Self::find(number) {
            None => Validity::Unknown,
            Some(it) if day < it.valid_from => Validity::Unknown,
            Some(it) if it.is_valid_on(day) => Validity::Valid(it),
            Some(it) => Validity::Expired { was: it, successors: it.successors_on(day) },
        }
    }

    /// The entry of `number`, whether in use or not.
    pub fn find(number: &MunicipalityNumber) -> Option<&'static Self> {
        MUNICIPALITIES.get(number.as_str())
    }

    /// All entries in order of number, those out of use too.
    pub fn all() -> impl Iterator<Item = &'static Self> {
        MUNICIPALITIES.values()
    }

    pub fn is_valid_on(&self, day: Date) -> bool {
        self.valid_from <= day && self.valid_to.is_none_or(|last| day <= last)
    }

    /// Follows the successors until they are in use on `day`: 0101 Halden became 3001, and 3001 became 3101.
    fn successors_on(&self, day: Date) -> Vec<&'static Self> {
        let mut found: Vec<&'static Self> = Vec::new();
        let mut open: Vec<&MunicipalityNumber> = self.successors.iter().collect();
        while let Some(number) = open.pop() {
            let Some(next) = Self::find(number) else { continue };
            if next.is_valid_on(day) {
                found.push(next);
            } else {
                open.extend(&next.successors);
            }
        }
        found.sort_by_key(|it| it.number_text);
        found.dedup();
        found
    }
}

fn read_line(line: &'static str) -> Municipality {
    let mut fields = line.split(';');
    let mut next = || fields.next().expect("each line of municipality.txt has six fields; a test reads them all");
    let (number_text, name, county, first, last, successors) = (next(), next(), next(), next(), next(), next());
    let number = |text: &str| MunicipalityNumber::parse(text).expect("municipality.txt holds numbers of four digits");
    let date = |text: &str| text.parse::<Date>().expect("municipality.txt holds dates as year-month-day");
    Municipality {
        number: number(number_text),
        number_text,
        name,
        county,
        valid_from: date(first),
        valid_to: (!last.is_empty()).then(|| date(last)),
        successors: successors.split_whitespace().map(number).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::Municipality;
    use super::TABLE;
    use super::Validity;
    use crate::domain::MunicipalityNumber;
    use jiff::civil::Date;
    use jiff::civil::date;
    use std::collections::BTreeMap;

    fn number(text: &str) -> MunicipalityNumber {
        MunicipalityNumber::parse(text).unwrap()
    }

    fn successors(text: &str, day: Date) -> Vec<&'static str> {
        match Municipality::valid_on(&number(text), day) {
            Validity::Expired { successors, .. } => successors.iter().map(|it| it.number.as_str()).collect(),
            other => panic!("{text} on {day} is {other:?}"),
        }
    }

    #[test]
    fn norway_has_357_municipalities_in_15_counties_since_2024() {
        let mut counted: BTreeMap<&str, usize> = BTreeMap::new();
        for it in Municipality::all().filter(|it| it.is_valid_on(date(2026, 11, 1))) {
            *counted.entry(it.county).or_default() += 1;
        }

        let expected = [
            ("Agder", 25),
            ("Akershus", 21),
            ("Buskerud", 18),
            ("Finnmark", 18),
            ("Innlandet", 46),
            ("Møre og Romsdal", 27),
            ("Nordland", 41),
            ("Oslo", 1),
            ("Rogaland", 23),
            ("Telemark", 17),
            ("Troms", 21),
            ("Trøndelag", 38),
            ("Vestfold", 6),
            ("Vestland", 43),
            ("Østfold", 12),
        ];
        assert_eq!(counted.into_iter().collect::<Vec<_>>(), expected);
        assert_eq!(expected.iter().map(|it| it.1).sum::<usize>(), 357);
    }

    #[test]
    fn there_were_356_between_the_reforms_and_422_before() {
        let count = |day| Municipality::all().filter(|it| it.is_valid_on(day)).count();

        assert_eq!(count(date(2023, 12, 31)), 356);
        assert_eq!(count(date(2020, 1, 1)), 356);
        assert_eq!(count(date(2019, 12, 31)), 422);
    }

    #[test]
    fn the_table_has_no_number_twice_and_no_successor_that_was_not_there() {
        let lines: Vec<_> = TABLE.lines().filter(|it| !it.starts_with('#')).collect();
        assert_eq!(Municipality::all().count(), lines.len());
        assert!(lines.iter().all(|it| it.split(';').count() == 6));

        for it in Municipality::all() {
            assert_eq!(it.valid_to.is_none(), it.successors.is_empty(), "{}", it.number);
            for next in &it.successors {
                let day_after = it.valid_to.unwrap().tomorrow().unwrap();
                assert!(Municipality::find(next).unwrap().is_valid_on(day_after), "{} → {next}", it.number);
            }
            assert!(it.valid_to.is_none_or(|last| it.valid_from < last), "{}", it.number);
        }
    }

    #[test]
    fn the_municipalities_of_the_mission_are_there() {
        for (text, name) in
            [("4211", "Gjerstad"), ("1149", "Karmøy"), ("5614", "Loppa"), ("4201", "Risør"), ("4601", "Bergen")]
        {
            match Municipality::valid_on(&number(text), date(2026, 10, 15)) {
                Validity::Valid(it) => assert_eq!(it.name, name),
                other => panic!("{text}: {other:?}"),
            }
        }
    }

    #[test]
    fn an_expired_number_is_followed_to_the_day_asked_for() {
        let today = date(2026, 10, 15);

        assert_eq!(successors("5432", today), ["5614"]);
        assert_eq!(successors("2014", today), ["5614"]);
        assert_eq!(successors("2014", date(2022, 5, 1)), ["5432"]);
        assert_eq!(successors("0101", today), ["3101"]);
        assert_eq!(successors("0911", today), ["4211"]);
    }

    #[test]
    fn a_divided_municipality_has_several_successors() {
        let today = date(2026, 10, 15);

        assert_eq!(successors("1507", today), ["1508", "1580"]);
        assert_eq!(successors("1504", today), ["1508", "1580"]);
        assert_eq!(successors("5012", today), ["5055", "5056", "5059"]);
    }

    #[test]
    fn a_number_is_unknown_before_its_first_day_and_svalbard_always() {
        assert_eq!(Municipality::valid_on(&number("5614"), date(2023, 12, 31)), Validity::Unknown);
        assert_eq!(Municipality::valid_on(&number("2100"), date(2026, 10, 15)), Validity::Unknown);
        assert_eq!(Municipality::valid_on(&number("9998"), date(2026, 10, 15)), Validity::Unknown);
    }
}
