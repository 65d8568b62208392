//! Dates, times and durations of XML Schema 1.0: years of four digits or more (and no year 0), `24:00:00`, zones from -14:00 to
//! +14:00, and the partial order between moments with and without a zone.

use std::cmp::Ordering;

use super::Builtin;

/// Years of more digits are not followed; the standard lets a processor stop at four, and libxml2 stops here too.
const YEAR_DIGITS_MAX: usize = 18;

/// A point on the time line of its type. A part that the type does not have is that of a fixed leap year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Moment {
    /// From the year 1, of the local time when there is no zone.
    seconds: i128,
    nanoseconds: u32,
    has_zone: bool,
}

const DAY: i64 = 86_400;
const ZONE_MAX: i64 = 14 * 3600;

impl PartialOrd for Moment {
    fn partial_cmp(&self, other: &Moment) -> Option<Ordering> {
        let exact = (self.seconds, self.nanoseconds).cmp(&(other.seconds, other.nanoseconds));
        if self.has_zone == other.has_zone || (self.seconds - other.seconds).abs() > i128::from(ZONE_MAX) {
            Some(exact)
        } else {
            None
        }
    }
}

/// A value of one of the types of date and time, or `None` when it is not written as one.
pub(super) fn moment(of: Builtin, value: &str) -> Option<Moment> {
    let mut rest = Rest(value.as_bytes());
    let (mut year, mut month, mut day, mut time) = (4, 1, 1, (0, 0));
    match of {
        Builtin::DateTime => {
            (year, month, day) = (rest.year()?, rest.after(b'-')?.two()?, rest.after(b'-')?.two()?);
            time = rest.after(b'T')?.time()?;
        }
        Builtin::Date => (year, month, day) = (rest.year()?, rest.after(b'-')?.two()?, rest.after(b'-')?.two()?),
        Builtin::Time => time = rest.time()?,
        Builtin::GYear => year = rest.year()?,
        Builtin::GYearMonth => (year, month) = (rest.year()?, rest.after(b'-')?.two()?),
        Builtin::GMonth => month = rest.after(b'-')?.after(b'-')?.two()?,
        Builtin::GMonthDay => (month, day) = (rest.after(b'-')?.after(b'-')?.two()?, rest.after(b'-')?.two()?),
        Builtin::GDay => day = rest.after(b'-')?.after(b'-')?.after(b'-')?.two()?,
        _ => return None,
    }
    let zone = rest.zone()?;
    if !rest.0.is_empty() || !(1..=12).contains(&month) || !(1..=days_in(year, month)).contains(&day) {
        return None;
    }
    let (second, nanoseconds) = time;
    let seconds = days_before(year, month, day) * i128::from(DAY) + i128::from(second - zone.unwrap_or(0));
    Some(Moment { seconds, nanoseconds, has_zone: zone.is_some() })
}

/// What is left to read. Each step takes what it reads, or is `None`.
struct Rest<'a>(&'a [u8]);

impl Rest<'_> {
    fn after(&mut self, byte: u8) -> Option<&mut Self> {
        self.0 = self.0.strip_prefix(&[byte])?;
        Some(self)
    }

    fn digits(&mut self) -> &[u8] {
        let count = self.0.iter().take_while(|it| it.is_ascii_digit()).count();
        let (digits, rest) = self.0.split_at(count);
        self.0 = rest;
        digits
    }

    fn two(&mut self) -> Option<i64> {
        match self.0 {
            [tens @ b'0'..=b'9', ones @ b'0'..=b'9', rest @ ..] => {
                self.0 = rest;
                Some(i64::from(tens - b'0') * 10 + i64::from(ones - b'0'))
            }
            _ => None,
        }
    }

    /// There is no year 0; the year before 1 is -1, which is counted as 0 here.
    fn year(&mut self) -> Option<i64> {
        let is_negative = self.after(b'-').is_some();
        let digits = self.digits();
        if digits.len() < 4 || digits.len() > YEAR_DIGITS_MAX || (digits.len() > 4 && digits[0] == b'0') {
            return None;
        }
        let year = digits.iter().fold(0, |year, it| year * 10 + i64::from(it - b'0'));
        match (year, is_negative) {
            (0, _) => None,
            (_, true) => Some(1 - year),
            (_, false) => Some(year),
        }
    }

    /// Seconds of the day and nanoseconds; `24:00:00` is the end of the day.
    fn time(&mut self) -> Option<(i64, u32)> {
        let (hour, minute, second) = (self.two()?, self.after(b':')?.two()?, self.after(b':')?.two()?);
        let nanoseconds = match self.after(b'.') {
            Some(rest) => fraction(rest.digits())?,
            None => 0,
        };
        let is_end_of_day = (hour, minute, second, nanoseconds) == (24, 0, 0, 0);
        if minute > 59 || second > 59 || (hour > 23 && !is_end_of_day) {
            return None;
        }
        Some((hour * 3600 + minute * 60 + second, nanoseconds))
    }

    /// Seconds east of UTC; the inner `None` is no zone.
    fn zone(&mut self) -> Option<Option<i64>> {
        let sign = match self.0.first() {
            None => return Some(None),
            Some(b'Z') => return self.after(b'Z').map(|_| Some(0)),
            Some(b'+') => 1,
            Some(b'-') => -1,
            Some(_) => return None,
        };
        self.0 = &self.0[1..];
        let (hours, minutes) = (self.two()?, self.after(b':')?.two()?);
        let seconds = hours * 3600 + minutes * 60;
        if minutes > 59 || seconds > ZONE_MAX { None } else { Some(Some(sign * seconds)) }
    }
}

/// Nanoseconds; digits beyond the ninth are read and not kept.
fn fraction(digits: &[u8]) -> Option<u32> {
    if digits.is_empty() {
        return None;
    }
    Some((0..9).fold(0, |sum, n| sum * 10 + digits.get(n).map_or(0, |it| u32::from(it - b'0'))))
}

fn is_leap(year: i64) -> bool {
    (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
}

fn days_in(year: i64, month: i64) -> i64 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days from 0001-01-01, in the Gregorian calendar carried backwards.
fn days_before(year: i64, month: i64, day: i64) -> i128 {
    let years = i128::from(year) - 1;
    let to_year = years * 365 + years.div_euclid(4) - years.div_euclid(100) + years.div_euclid(400);
    to_year + i128::from((1..month).map(|it| days_in(year, it)).sum::<i64>() + day - 1)
}

/// A duration: months and seconds apart, because a month has no fixed length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Duration {
    months: i64,
    nanoseconds: i128,
}

impl PartialOrd for Duration {
    /// Added to four dates (part 2 § 3.2.6.2); determined when all four agree.
    fn partial_cmp(&self, other: &Duration) -> Option<Ordering> {
        let at = |it: &Duration, (year, month): (i64, i64)| {
            let months = month - 1 + it.months;
            let days = days_before(year + months.div_euclid(12), months.rem_euclid(12) + 1, 1);
            days * i128::from(DAY) * 1_000_000_000 + it.nanoseconds
        };
        let mut orders =
            [(1696, 9), (1697, 2), (1903, 3), (1903, 7)].into_iter().map(|it| at(self, it).cmp(&at(other, it)));
        let first = orders.next()?;
        orders.all(|it| it == first).then_some(first)
    }
}

/// Digits of one number of a duration, so that no sum overflows.
const DURATION_DIGITS_MAX: usize = 9;

pub(super) fn duration(value: &str) -> Option<Duration> {
    let (sign, rest) = match value.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, value),
    };
    let rest = rest.strip_prefix('P')?;
    let (date, time) = match rest.split_once('T') {
        Some((date, time)) if !time.is_empty() => (date, time),
        Some(_) => return None,
        None => (rest, ""),
    };
    if date.is_empty() && time.is_empty() {
        return None;
    }
    let (date, _) = numbers(date, b"YMD")?;
    let (time, nanoseconds) = numbers(time, b"HMS")?;
    let seconds = date[2] * DAY + time[0] * 3600 + time[1] * 60 + time[2];
    let nanoseconds = i128::from(seconds) * 1_000_000_000 + i128::from(nanoseconds);
    Some(Duration { months: sign * (date[0] * 12 + date[1]), nanoseconds: i128::from(sign) * nanoseconds })
}

/// Numbers, each before its letter, in the order of the letters. Only one before `S` may have a fraction.
fn numbers(text: &str, letters: &[u8; 3]) -> Option<([i64; 3], u32)> {
    let mut rest = Rest(text.as_bytes());
    let mut found = [0; 3];
    let (mut next, mut nanoseconds) = (0, 0);
    while !rest.0.is_empty() {
        let digits = rest.digits();
        if digits.is_empty() || digits.len() > DURATION_DIGITS_MAX {
            return None;
        }
        let number = digits.iter().fold(0, |sum, it| sum * 10 + i64::from(it - b'0'));
        if let Some(rest) = rest.after(b'.') {
            nanoseconds = fraction(rest.digits())?;
            if rest.0 != b"S" {
                return None;
            }
        }
        let letter = *rest.0.first()?;
        let place = next + letters[next..].iter().position(|it| *it == letter)?;
        found[place] = number;
        next = place + 1;
        rest.0 = &rest.0[1..];
    }
    Some((found, nanoseconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is(of: Builtin, value: &str) -> bool {
        moment(of, value).is_some()
    }

    #[test]
    fn dates_and_times_are_written_as_they_should() {
        let good = [
            "2020-01-01T24:00:00",
            "20200-01-01T00:00:00",
            "-0001-01-01T00:00:00",
            "123456789012345678-12-31T23:59:59Z",
            "2020-02-29T23:59:59.123456789012Z",
            "2020-01-01T00:00:00+14:00",
            "2020-01-01T00:00:00-14:00",
        ];
        let bad = [
            "2020-01-01T24:00:01",
            "2020-01-01T24:00:00.1",
            "0000-01-01T00:00:00",
            "2019-02-29T00:00:00",
            "1900-02-29T00:00:00",
            "2020-01-01T00:00:60",
            "2020-01-01T00:00:00.",
            "2020-01-01T00:00:00+14:01",
            "2020-01-01T00:00:00+13:60",
            "2020-01-01T00:00",
            "2020-01-01T00:00:00z",
            "2020-01-01 00:00:00",
            "+2020-01-01T00:00:00",
            "02020-01-01T00:00:00",
            "20-01-01T00:00:00",
            "2020-13-01T00:00:00",
            "2020-1-1T00:00:00",
            "2020-01-01T00:00:00 ",
            "",
        ];
        for value in good {
            assert!(is(Builtin::DateTime, value), "{value}");
        }
        for value in bad {
            assert!(!is(Builtin::DateTime, value), "{value}");
        }
    }

    #[test]
    fn the_parts_of_a_date_are_types_too() {
        assert!(is(Builtin::Date, "2020-02-29+01:00") && !is(Builtin::Date, "2020-02-30"));
        assert!(is(Builtin::Time, "23:59:59.5Z") && !is(Builtin::Time, "2:00:00"));
        assert!(is(Builtin::GYear, "2020") && is(Builtin::GYear, "2020Z") && !is(Builtin::GYear, "202"));
        assert!(is(Builtin::GYearMonth, "2020-12") && !is(Builtin::GYearMonth, "2020-13"));
        assert!(is(Builtin::GMonth, "--12") && !is(Builtin::GMonth, "12"));
        assert!(is(Builtin::GMonthDay, "--02-29") && !is(Builtin::GMonthDay, "--02-30"));
        assert!(is(Builtin::GDay, "---31") && !is(Builtin::GDay, "---32"));
    }

    #[test]
    fn durations_have_at_least_one_number_and_a_partial_order() {
        assert!(["P1Y", "-P1Y2M3DT4H5M6.7S", "PT0S", "P1M", "PT1M"].iter().all(|it| duration(it).is_some()));
        assert!(
            !["P", "PT", "P1YT", "P1S", "P1D1Y", "1Y", "P-1Y", "PT1.5H", "P1.5D", "PT1."]
                .iter()
                .any(|it| duration(it).is_some())
        );
        let compare = |one: &str, other: &str| duration(one).unwrap().partial_cmp(&duration(other).unwrap());
        assert_eq!(compare("P1M", "P30D"), None);
        assert_eq!(compare("P1M", "P32D"), Some(Ordering::Less));
        assert_eq!(compare("P1Y", "P12M"), Some(Ordering::Equal));
        assert_eq!(compare("PT24H", "P1D"), Some(Ordering::Equal));
    }
}
