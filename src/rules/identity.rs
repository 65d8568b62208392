//! Identity numbers of persons (standards/FACTS.md g.1 to g.4, and g.6 for DUF).
//!
//! A [`NationalId`] that exists has eleven digits, control digits that hold, and a date that can exist. What the number
//! *is* shows in its pattern alone, so the type that the sender declares is compared with it afterwards. Whether the
//! number has been given to anybody is for the population register, which is never asked here.

use crate::domain::Redacted;
use jiff::civil::Date;
use std::fmt;

/// Which kind of id a sender says that it is (ID-type person, code list 8116, with our own `UKJENT`).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum IdKind {
    /// Fødselsnummer.
    Fnr,
    /// D-nummer.
    Dnr,
    /// H-nummer: an auxiliary number within one organisation.
    Hnr,
    /// Felles hjelpenummer.
    Fhn,
    /// DUF-nummer: given by the immigration authorities.
    Duf,
    /// Passports, foreign numbers and others, whose form we do not know.
    Other,
    /// `UKJENT`: there is no number, and a reason in its place.
    Unknown,
}

impl IdKind {
    /// `None`: neither in code list 8116 nor `UKJENT`.
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "FNR" => Some(Self::Fnr),
            "DNR" => Some(Self::Dnr),
            "HNR" => Some(Self::Hnr),
            "FHN" => Some(Self::Fhn),
            "DUF" => Some(Self::Duf),
            "HPR" | "HER" | "PNR" | "SEF" | "DKF" | "SSN" | "FPN" | "UID" | "XXX" => Some(Self::Other),
            "UKJENT" => Some(Self::Unknown),
            _ => None,
        }
    }

    /// Whether numbers of this kind have eleven digits and two control digits.
    pub const fn is_national(self) -> bool {
        match self {
            Self::Fnr | Self::Dnr | Self::Hnr | Self::Fhn => true,
            Self::Duf | Self::Other | Self::Unknown => false,
        }
    }
}

/// An identity number of eleven digits that can be one.
#[derive(Clone, PartialEq, Eq)]
pub struct NationalId {
    number: Redacted<String>,
    pub shape: Shape,
    pub series: MonthSeries,
    pub control: ControlSeries,
    birth: BirthInNumber,
}

/// What the first digits show.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shape {
    /// The day as it is: a fødselsnummer or one of its relatives.
    Birth,
    /// The day plus 40: a D-nummer.
    DNumber,
    /// First digit 8 or 9: a felles hjelpenummer, whose other digits say nothing.
    Help,
}

/// What has been added to the month.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum MonthSeries {
    Plain,
    /// An H-nummer, or made up by NAV: the two cannot be told apart.
    Plus40,
    /// Made up by Norsk helsenett.
    Plus65,
    /// Made up by Skatteetaten (Tenor).
    Plus80,
}

/// Which rule the first control digit follows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ControlSeries {
    /// Rest 0, as all numbers so far.
    Classic,
    /// Rest 1, 2 or 3: given from 2032. Such a number does not tell the century.
    From2032,
}

/// Why a text is not an identity number.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum IdFault {
    NotElevenDigits,
    ControlDigits,
    ImpossibleDate,
    /// One of SSB's stand-ins for a child without a number.
    Placeholder(Placeholder),
}

/// SSB's stand-ins: the date followed by a fixed tail.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Placeholder {
    /// `00100` or `00200`: born, without a number yet.
    Newborn,
    /// `99999` after the due date.
    Unborn,
}

/// How a number agrees with the kind that it is declared as.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fit {
    Fits,
    /// It is of that kind, and made up.
    Synthetic,
    Contradicts,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum BirthInNumber {
    Known(Date),
    /// Day, month and two digits of the year.
    CenturyUnknown {
        year: i16,
        month: i8,
        day: i8,
    },
    None,
}

const WEIGHTS_1: [u32; 9] = [3, 7, 6, 1, 8, 9, 4, 5, 2];
const WEIGHTS_2: [u32; 10] = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2];

impl NationalId {
    /// Reads a number as people write it: ordinary and no-break spaces are skipped, other signs are not.
    pub fn parse(text: &str) -> Result<Self, IdFault> {
        let number: String = text.chars().filter(|it| !matches!(it, ' ' | '\u{a0}')).collect();
        let digits = digits(&number).ok_or(IdFault::NotElevenDigits)?;
        let Some(control) = control(&digits) else {
            return Err(placeholder(&digits).map_or(IdFault::ControlDigits, IdFault::Placeholder));
        };
        let shape = match digits[0] {
            8 | 9 => Shape::Help,
            4..=7 => Shape::DNumber,
            _ => Shape::Birth,
        };
        if shape == Shape::Help {
            let (series, birth) = (MonthSeries::Plain, BirthInNumber::None);
            return match control {
                ControlSeries::Classic => Ok(Self { number: number.into(), shape, series, control, birth }),
                ControlSeries::From2032 => Err(IdFault::ControlDigits),
            };
        }
        let (series, month) = month(&digits).ok_or(IdFault::ImpossibleDate)?;
        let day = two(&digits, 0) - if shape == Shape::DNumber { 40 } else { 0 };
        let birth = birth(&digits, shape, control, month, day).ok_or(IdFault::ImpossibleDate)?;
        Ok(Self { number: number.into(), shape, series, control, birth })
    }

    /// The eleven digits without spaces.
    pub const fn number(&self) -> &Redacted<String> {
        &self.number
    }

    /// The date of birth, where the number tells it with its century.
    pub const fn date_of_birth(&self) -> Option<Date> {
        match self.birth {
            BirthInNumber::Known(date) => Some(date),
            BirthInNumber::CenturyUnknown { .. } | BirthInNumber::None => None,
        }
    }

    /// Whether `date` can be the date of birth of the one who has this number.
    pub fn agrees_with(&self, date: Date) -> bool {
        match self.birth {
            BirthInNumber::Known(known) => known == date,
            BirthInNumber::CenturyUnknown { year, month, day } => {
                (date.year().rem_euclid(100), date.month(), date.day()) == (year, month, day)
            }
            BirthInNumber::None => true,
        }
    }

    /// Whether the pattern is that of a number of kind `kind` (g.3, "disambiguation order").
    pub const fn fit(&self, kind: IdKind) -> Fit {
        match (kind, self.shape) {
            (IdKind::Fnr, Shape::Birth) | (IdKind::Dnr, Shape::DNumber) => match self.series {
                MonthSeries::Plain => Fit::Fits,
                MonthSeries::Plus40 | MonthSeries::Plus65 | MonthSeries::Plus80 => Fit::Synthetic,
            },
            // An older form of the H-nummer begins with 8 or 9.
            (IdKind::Hnr, Shape::Help) | (IdKind::Fhn, Shape::Help) => Fit::Fits,
            (IdKind::Hnr, Shape::Birth | Shape::DNumber) => match self.series {
                MonthSeries::Plus40 => Fit::Fits,
                MonthSeries::Plain | MonthSeries::Plus65 | MonthSeries::Plus80 => Fit::Contradicts,
            },
            (IdKind::Fnr, Shape::DNumber | Shape::Help)
            | (IdKind::Dnr, Shape::Birth | Shape::Help)
            | (IdKind::Fhn, Shape::Birth | Shape::DNumber) => Fit::Contradicts,
            (IdKind::Duf | IdKind::Other | IdKind::Unknown, _) => Fit::Fits,
        }
    }
}

impl fmt::Debug for NationalId {
    /// Neither the number nor the date in it.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("NationalId").field("shape", &self.shape).field("series", &self.series).finish()
    }
}

/// Whether `text` has the form of a DUF-nummer: a year that is not after `this_year`, and eight digits. Its control
/// digits are not published, so they are not checked.
pub fn is_duf(text: &str, this_year: i16) -> bool {
    let number: String = text.chars().filter(|it| !matches!(it, ' ' | '\u{a0}')).collect();
    let all_digits = number.len() == 12 && number.bytes().all(|it| it.is_ascii_digit());
    all_digits && number[..4].parse::<i16>().is_ok_and(|year| (1980..=this_year).contains(&year))
}

fn digits(number: &str) -> Option<[u8; 11]> {
    let bytes: [u8; 11] = number.as_bytes().try_into().ok()?;
    bytes.iter().all(u8::is_ascii_digit).then(|| bytes.map(|it| it - b'0'))
}

/// The number of two digits that begins at `index`.
fn two(digits: &[u8; 11], index: usize) -> i8 {
    i8::try_from(digits[index] * 10 + digits[index + 1]).expect("two digits are at most 99")
}

fn control(digits: &[u8; 11]) -> Option<ControlSeries> {
    let sum = |weights: &[u32]| -> u32 { weights.iter().zip(digits).map(|(it, digit)| it * u32::from(*digit)).sum() };
    let first = (sum(&WEIGHTS_1) + u32::from(digits[9])) % 11;
    let second = (sum(&WEIGHTS_2) + u32::from(digits[10])) % 11;
    match (first, second) {
        (0, 0) => Some(ControlSeries::Classic),
        (1..=3, 0) => Some(ControlSeries::From2032),
        _ => None,
    }
}

fn placeholder(digits: &[u8; 11]) -> Option<Placeholder> {
    let (day, month) = (two(digits, 0), two(digits, 2));
    let is_date = CENTURIES.iter().any(|it| Date::new(it + i16::from(two(digits, 4)), month, day).is_ok());
    match digits[6..] {
        [0, 0, 1 | 2, 0, 0] if is_date => Some(Placeholder::Newborn),
        [9, 9, 9, 9, 9] if is_date => Some(Placeholder::Unborn),
        _ => None,
    }
}

fn month(digits: &[u8; 11]) -> Option<(MonthSeries, i8)> {
    match two(digits, 2) {
        field @ 1..=12 => Some((MonthSeries::Plain, field)),
        field @ 41..=52 => Some((MonthSeries::Plus40, field - 40)),
        field @ 66..=77 => Some((MonthSeries::Plus65, field - 65)),
        field @ 81..=92 => Some((MonthSeries::Plus80, field - 80)),
        _ => None,
    }
}

/// The centuries in which a holder of a number can have been born.
const CENTURIES: [i16; 3] = [1800, 1900, 2000];

/// `None`: there is no such day.
fn birth(digits: &[u8; 11], shape: Shape, control: ControlSeries, month: i8, day: i8) -> Option<BirthInNumber> {
    let year = i16::from(two(digits, 4));
    let individual = u16::from(digits[6]) * 100 + u16::from(digits[7]) * 10 + u16::from(digits[8]);
    let century = match control {
        ControlSeries::Classic => match shape {
            Shape::Birth => century_of_birth_number(individual, year),
            Shape::DNumber => century_of_d_number(individual, year),
            Shape::Help => None,
        },
        ControlSeries::From2032 => None,
    };
    match century {
        Some(century) => Date::new(century + year, month, day).ok().map(BirthInNumber::Known),
        None => {
            let exists = CENTURIES.iter().any(|it| Date::new(it + year, month, day).is_ok());
            exists.then_some(BirthInNumber::CenturyUnknown { year, month, day })
        }
    }
}

/// g.1. `None`: the table has no century for the number.
const fn century_of_birth_number(individual: u16, year: i16) -> Option<i16> {
    match (individual, year) {
        (0..=499, _) => Some(1900),
        (500..=749, 54..) => Some(1800),
        (500..=999, ..40) => Some(2000),
        (900..=999, 40..) => Some(1900),
        _ => None,
    }
}

/// g.2, as the series was widened in November 2021.
const fn century_of_d_number(individual: u16, year: i16) -> Option<i16> {
    match (individual, year) {
        (500..=599, 58..) => Some(1800),
        (0..=199, ..40) => Some(1900),
        (0..=499 | 600..=999, 40..) => Some(1900),
        (200..=999, ..40) => Some(2000),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::ControlSeries;
    use super::Fit;
    use super::IdFault;
    use super::IdKind;
    use super::MonthSeries;
    use super::NationalId;
    use super::Placeholder;
    use super::Shape;
    use super::is_duf;
    use jiff::civil::date;

    // The numbers below are the worked examples of standards/FACTS.md g.1 to g.4, which Skatteetaten, NAV and others
    // have published as examples; they are nobody's. Those with control digits of our own are synthetic.

    #[test]
    fn the_worked_examples_of_the_classic_rule_hold() {
        for number in ["31129956715", "02013299997", "30108299920"] {
            let id = NationalId::parse(number).unwrap();
            assert_eq!((id.shape, id.series, id.control), (Shape::Birth, MonthSeries::Plain, ControlSeries::Classic));
        }
    }

    #[test]
    fn the_worked_examples_of_the_2032_rule_are_of_the_new_series() {
        for number in ["31129956723", "02013299903", "30108299939"] {
            let id = NationalId::parse(number).unwrap();
            assert_eq!((id.shape, id.control), (Shape::Birth, ControlSeries::From2032), "{number}");
            assert_eq!(id.date_of_birth(), None, "the new series does not tell the century");
        }
        // Control digit 10 under the old rule, so only the new series can hold it; the month is of NAV's.
        let id = NationalId::parse("31529956706").unwrap();
        assert_eq!((id.series, id.control), (MonthSeries::Plus40, ControlSeries::From2032));
    }

    #[test]
    fn no_last_digits_make_the_number_without_a_control_digit_classic() {
        for tail in 0..100 {
            let id = NationalId::parse(&format!("315299567{tail:02}"));
            assert!(id.map_or(true, |it| it.control == ControlSeries::From2032), "{tail}");
        }
    }

    #[test]
    fn the_worked_d_number_holds() {
        let id = NationalId::parse("71129956709").unwrap();

        assert_eq!((id.shape, id.control), (Shape::DNumber, ControlSeries::Classic));
        assert_eq!(id.date_of_birth(), Some(date(1899, 12, 31)));
        assert_eq!(id.fit(IdKind::Dnr), Fit::Fits);
        assert_eq!(id.fit(IdKind::Fnr), Fit::Contradicts);
    }

    #[test]
    fn the_worked_common_auxiliary_numbers_hold() {
        for number in ["80123456797", "91234567883"] {
            let id = NationalId::parse(number).unwrap();
            assert_eq!(id.shape, Shape::Help);
            assert_eq!(id.fit(IdKind::Fhn), Fit::Fits);
            assert_eq!(id.fit(IdKind::Hnr), Fit::Fits, "an older form of the H-nummer");
            assert_eq!(id.fit(IdKind::Fnr), Fit::Contradicts);
            assert!(id.agrees_with(date(2001, 1, 1)), "its digits say nothing about the date of birth");
        }
    }

    #[test]
    fn the_worked_synthetic_numbers_show_who_made_them() {
        let cases = [
            ("10915596784", Shape::Birth, MonthSeries::Plus80),
            ("31929956780", Shape::Birth, MonthSeries::Plus80),
            ("31779956744", Shape::Birth, MonthSeries::Plus65),
            ("31529956889", Shape::Birth, MonthSeries::Plus40),
            ("13527248013", Shape::Birth, MonthSeries::Plus40),
            ("68467038838", Shape::DNumber, MonthSeries::Plus40),
        ];
        for (number, shape, series) in cases {
            let id = NationalId::parse(number).unwrap();
            assert_eq!((id.shape, id.series, id.control), (shape, series, ControlSeries::Classic), "{number}");
            let kind = if shape == Shape::Birth { IdKind::Fnr } else { IdKind::Dnr };
            assert_eq!(id.fit(kind), Fit::Synthetic, "{number}");
        }
    }

    #[test]
    fn a_month_plus_forty_is_an_h_number_when_declared_so() {
        let id = NationalId::parse("31529956889").unwrap();

        assert_eq!(id.fit(IdKind::Hnr), Fit::Fits);
        assert_eq!(NationalId::parse("31929956780").unwrap().fit(IdKind::Hnr), Fit::Contradicts);
    }

    #[test]
    fn the_persons_of_the_corpus_have_the_dates_they_are_said_to_have() {
        let persons = [
            ("12835401802", date(1954, 3, 12)),
            ("04861751843", date(2017, 6, 4)),
            ("29822051802", date(2020, 2, 29)),
            ("58850321874", date(2003, 5, 18)),
            ("26879102048", date(1991, 7, 26)),
        ];
        for (number, born) in persons {
            let id = NationalId::parse(number).unwrap();
            assert_eq!(id.date_of_birth(), Some(born), "{number}");
            assert!(id.agrees_with(born));
            assert!(!id.agrees_with(born.tomorrow().unwrap()));
        }
    }

    #[test]
    fn without_a_century_the_rest_of_the_date_is_compared() {
        let id = NationalId::parse("30108299939").unwrap();

        assert!(id.agrees_with(date(1982, 10, 30)));
        assert!(id.agrees_with(date(2082, 10, 30)));
        assert!(!id.agrees_with(date(1983, 10, 30)));
    }

    #[test]
    fn one_wrong_digit_is_always_found() {
        let right = "12835401802";
        for position in 0..11 {
            for digit in b'0'..=b'9' {
                let mut wrong = right.as_bytes().to_vec();
                if wrong[position] == digit {
                    continue;
                }
                wrong[position] = digit;
                let found = NationalId::parse(std::str::from_utf8(&wrong).unwrap());
                // A single wrong digit can at most turn into the new series, which is not in use.
                assert!(found.is_err() || found.unwrap().control == ControlSeries::From2032);
            }
        }
    }

    #[test]
    fn only_eleven_ordinary_digits_count() {
        for text in ["", "1283540180", "128354018022", "1283540180X", "١٢٨٣٥٤٠١٨٠٢", "128354-01802"] {
            assert_eq!(NationalId::parse(text), Err(IdFault::NotElevenDigits), "{text}");
        }
        assert_eq!(NationalId::parse("128354 01802").unwrap().number().reveal(), "12835401802");
        assert_eq!(NationalId::parse("128354\u{a0}01802").unwrap().number().reveal(), "12835401802");
    }

    #[test]
    fn a_day_that_does_not_exist_is_told() {
        // 31 February, 30 February and 29 February 1999 of Skatteetaten's series, with control digits made to hold.
        for start in ["318299", "308299", "298299", "008199"] {
            let faults: Vec<_> = (0..100_000)
                .map(|tail| format!("{start}{tail:05}"))
                .filter(|it| super::control(&super::digits(it).unwrap()) == Some(ControlSeries::Classic))
                .filter(|it| super::century_of_birth_number(it[6..9].parse().unwrap(), 99) == Some(1900))
                .map(|it| NationalId::parse(&it))
                .collect();
            assert!(!faults.is_empty());
            assert!(faults.iter().all(|it| *it == Err(IdFault::ImpossibleDate)), "{start}");
        }
    }

    #[test]
    fn stand_ins_of_ssb_are_recognised() {
        assert_eq!(NationalId::parse("05082600100"), Err(IdFault::Placeholder(Placeholder::Newborn)));
        assert_eq!(NationalId::parse("05082600200"), Err(IdFault::Placeholder(Placeholder::Newborn)));
        assert_eq!(NationalId::parse("24122699999"), Err(IdFault::Placeholder(Placeholder::Unborn)));
        assert_eq!(NationalId::parse("99992600100"), Err(IdFault::ControlDigits));
    }

    #[test]
    fn debug_never_prints_the_number() {
        let shown = format!("{:?}", NationalId::parse("12835401802").unwrap());

        assert!(!shown.contains("1283") && !shown.contains("1954"), "{shown}");
    }

    #[test]
    fn a_duf_number_is_a_year_and_eight_digits() {
        assert!(is_duf("201512345678", 2026));
        assert!(!is_duf("20151234567", 2026));
        assert!(!is_duf("203012345678", 2026));
        assert!(!is_duf("189912345678", 2026));
    }
}
