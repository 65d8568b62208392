//! What a said value means: dates, moments, yes and no, codes. `None` where the schema check has already told that
//! the value is not written the way it should be.

use crate::domain::Said;
use crate::domain::Timestamp;
use jiff::civil::Date;
use jiff::civil::DateTime;
use jiff::tz::Offset;

/// xs:date. A zone after the day is allowed there, and says nothing about a day in a life; it is left out. A day or a
/// month of one digit is read too: some senders may write so, and the schema check tells of the others.
pub(super) fn date(text: &str) -> Option<Date> {
    let mut parts = text.splitn(3, '-');
    if let (Some(year), Some(month), Some(day)) = (parts.next(), parts.next(), parts.next())
        && (month.len() == 1 || day.len() == 1)
    {
        return whole_date(&format!("{year}-{month:0>2}-{day:0>2}"));
    }
    whole_date(text)
}

fn whole_date(text: &str) -> Option<Date> {
    let (day, zone) = text.split_at_checked(10)?;
    let bytes = day.as_bytes();
    let shaped = bytes.iter().enumerate().all(|(index, byte)| match index {
        4 | 7 => *byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    if !shaped || (!zone.is_empty() && offset(zone).is_none()) {
        return None;
    }
    Date::new(day[..4].parse().ok()?, day[5..7].parse().ok()?, day[8..].parse().ok()?).ok()
}

pub(super) fn said_date(said: Option<&Said>) -> Option<Date> {
    said.and_then(|it| date(it.as_str()))
}

/// xs:dateTime with a zone, which the schema demands of `opprettet`.
pub(super) fn moment(text: &str) -> Option<Timestamp> {
    let zone_starts = text.get(19..)?.find(['Z', '+', '-'])? + 19;
    let (local, zone) = text.split_at(zone_starts);
    let (whole, fraction) = local.split_at(19);
    let midnight_after = whole.ends_with("T24:00:00");
    let whole = if midnight_after { whole.replace("T24", "T00") } else { whole.to_owned() };
    let (day, clock) = whole.split_once('T')?;
    let day = whole_date(day)?;
    let field = |range: std::ops::Range<usize>| -> Option<i8> {
        let digits = clock.get(range)?;
        digits.bytes().all(|it| it.is_ascii_digit()).then(|| digits.parse().ok()).flatten()
    };
    let colons = clock.len() == 8 && clock.as_bytes()[2] == b':' && clock.as_bytes()[5] == b':';
    if !colons || (midnight_after && fraction.bytes().any(|it| !matches!(it, b'.' | b'0'))) {
        return None;
    }
    let day = if midnight_after { day.tomorrow().ok()? } else { day };
    let nanoseconds = nanoseconds(fraction)?;
    let local = DateTime::new(
        day.year(),
        day.month(),
        day.day(),
        field(0..2)?,
        field(3..5)?,
        field(6..8).filter(|it| *it < 60)?,
        nanoseconds,
    )
    .ok()?;
    offset(zone)?.to_timestamp(local).ok().map(Timestamp::from_jiff)
}

/// `.123` and the like; more digits than a nanosecond has are cut off.
fn nanoseconds(fraction: &str) -> Option<i32> {
    if fraction.is_empty() {
        return Some(0);
    }
    let digits = fraction.strip_prefix('.')?;
    let readable = !digits.is_empty() && digits.bytes().all(|it| it.is_ascii_digit());
    let mut nine: String = digits.chars().take(9).collect();
    while nine.len() < 9 {
        nine.push('0');
    }
    readable.then(|| nine.parse().ok()).flatten()
}

fn offset(zone: &str) -> Option<Offset> {
    if zone == "Z" {
        return Some(Offset::UTC);
    }
    let bytes = zone.as_bytes();
    let shaped = bytes.len() == 6
        && matches!(bytes[0], b'+' | b'-')
        && bytes[3] == b':'
        && [1, 2, 4, 5].iter().all(|index| bytes[*index].is_ascii_digit());
    if !shaped {
        return None;
    }
    let (hours, minutes): (i32, i32) = (zone[1..3].parse().ok()?, zone[4..].parse().ok()?);
    let seconds = (hours * 60 + minutes) * 60;
    let inside = minutes < 60 && seconds <= 14 * 3600;
    inside.then(|| Offset::from_seconds(if bytes[0] == b'-' { -seconds } else { seconds }).ok()).flatten()
}

/// xs:boolean.
pub(super) fn boolean(text: &str) -> Option<bool> {
    match text {
        "true" | "1" => Some(true),
        "false" | "0" => Some(false),
        _ => None,
    }
}

pub(super) fn says_yes(said: Option<&Said>) -> bool {
    coded(said, boolean) == Some(true)
}

/// Whether `said` is the code `code`.
pub(super) fn is(said: Option<&Said>, code: &str) -> bool {
    said.is_some_and(|it| it.as_str() == code)
}

/// The value of one of our own code lists.
pub(super) fn coded<T>(said: Option<&Said>, from_code: fn(&str) -> Option<T>) -> Option<T> {
    said.and_then(|it| from_code(it.as_str()))
}

/// Whole years from `born` to `today`; 0 before birth.
pub(super) fn years_between(born: Date, today: Date) -> u32 {
    let years = i32::from(today.year()) - i32::from(born.year());
    let before_birthday = (today.month(), today.day()) < (born.month(), born.day());
    u32::try_from(years - i32::from(before_birthday)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::date;
    use super::moment;
    use super::years_between;

    #[test]
    fn a_date_is_ten_signs_or_a_few_less_and_perhaps_a_zone() {
        let day = Some(jiff::civil::date(2026, 2, 28));
        for text in ["2026-02-28", "2026-02-28Z", "2026-02-28+01:00", "2026-2-28"] {
            assert_eq!(date(text), day, "{text}");
        }
        for text in [
            "",
            "2026--28",
            "26-2-28",
            "2026-2-30",
            "20260228",
            "2026-02-29",
            "28.02.2026",
            "2026-02-28T00:00",
            "2026-02-28+1",
            "ååååå-æ",
        ] {
            assert_eq!(date(text), None, "{text}");
        }
    }

    #[test]
    fn a_moment_has_a_zone() {
        let cases = [
            ("2026-10-01T12:00:00+02:00", "2026-10-01T10:00:00.000000Z"),
            ("2026-10-01T12:00:00Z", "2026-10-01T12:00:00.000000Z"),
            ("2026-10-01T12:00:00.1234567890123-01:30", "2026-10-01T13:30:00.123456Z"),
            ("2026-10-01T24:00:00Z", "2026-10-02T00:00:00.000000Z"),
        ];
        for (text, expected) in cases {
            assert_eq!(moment(text).unwrap().to_string(), expected);
        }
        for text in [
            "2026-10-01T12:00:00",
            "2026-10-01T24:00:00.1Z",
            "2026-10-01T12:00:60Z",
            "2026-10-01T12:00:00.Z",
            "2026-10-01T12:00:00+15:00",
            "2026-10-01 12:00:00Z",
            "2026-10-01T1æ:00:0Z",
            "",
        ] {
            assert_eq!(moment(text), None, "{text}");
        }
    }

    #[test]
    fn a_person_has_the_age_from_the_birthday_on() {
        let born = jiff::civil::date(2010, 10, 5);
        assert_eq!(years_between(born, jiff::civil::date(2026, 10, 4)), 15);
        assert_eq!(years_between(born, jiff::civil::date(2026, 10, 5)), 16);
        assert_eq!(years_between(born, jiff::civil::date(2009, 1, 1)), 0);
        // One who is born on a leap day is a year older on 1 March.
        assert_eq!(years_between(jiff::civil::date(2020, 2, 29), jiff::civil::date(2026, 2, 28)), 5);
        assert_eq!(years_between(jiff::civil::date(2020, 2, 29), jiff::civil::date(2026, 3, 1)), 6);
    }
}
