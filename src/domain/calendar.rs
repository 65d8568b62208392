//! Norwegian working days and hours (arbeidsdager og arbeidstid), computed: no list of holidays to keep up to date.

use crate::domain::Timestamp;
use crate::domain::norway;
use jiff::Span;
use jiff::ToSpan as _;
use jiff::civil::Date;
use jiff::civil::Time;
use jiff::civil::Weekday;
use jiff::civil::date;
use jiff::civil::time;

/// When people are at work: the same hours on every working day, in Norwegian time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Calendar {
    pub opens: Time,
    pub closes: Time,
}

impl Default for Calendar {
    /// Eight to four.
    fn default() -> Self {
        Self { opens: time(8, 0, 0, 0), closes: time(16, 0, 0, 0) }
    }
}

/// The most working hours that can be counted forward; nothing here waits longer than this.
const WORKING_HOURS_MAX: u32 = 10_000;

impl Calendar {
    /// Whether people are at work on `day`: Monday to Friday, and no public holiday (helligdag, høytidsdag).
    pub fn is_working_day(&self, day: Date) -> bool {
        !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) && holiday(day).is_none()
    }

    /// The first working day after `day`.
    pub fn next_working_day(&self, day: Date) -> Date {
        let mut next = day;
        loop {
            let Ok(later) = next.tomorrow() else { return next };
            next = later;
            if self.is_working_day(next) {
                return next;
            }
        }
    }

    /// `day` itself when people work then, else the last working day before.
    pub fn working_day_until(&self, day: Date) -> Date {
        let mut until = day;
        while !self.is_working_day(until) {
            let Ok(earlier) = until.yesterday() else { return until };
            until = earlier;
        }
        until
    }

    /// The moment when people have been at work for `hours` hours since `from`.
    pub fn working_hours_after(&self, from: Timestamp, hours: u32) -> Timestamp {
        let local = from.to_jiff().to_zoned(norway()).datetime();
        let (mut day, mut start) = (local.date(), local.time().max(self.opens));
        let mut left = i64::from(hours.min(WORKING_HOURS_MAX)) * 3600;
        loop {
            if self.is_working_day(day) && start < self.closes {
                let here = seconds_between(start, self.closes);
                if left <= here {
                    return at(day, start.wrapping_add(left.seconds()));
                }
                left -= here;
            }
            let Ok(next) = day.tomorrow() else { return from };
            (day, start) = (next, self.opens);
        }
    }

    /// When the office closes on the last working day of the month that begins at `from` (forvaltningsloven § 11 a). The
    /// 31st becomes the last day of a shorter month.
    pub fn month_after(&self, from: Timestamp) -> Timestamp {
        let day = from.date_in_norway();
        let last = day.checked_add(Span::new().months(1)).unwrap_or(day);
        at(self.working_day_until(last), self.closes)
    }
}

/// A public holiday in Norway.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Holiday {
    NewYearsDay,
    MaundyThursday,
    GoodFriday,
    EasterSunday,
    EasterMonday,
    LabourDay,
    ConstitutionDay,
    AscensionDay,
    Pentecost,
    PentecostMonday,
    ChristmasDay,
    BoxingDay,
}

/// The public holiday on `day`, if it is one. The two that can fall together with others are told by their own date.
pub fn holiday(day: Date) -> Option<Holiday> {
    match (day.month(), day.day()) {
        (1, 1) => return Some(Holiday::NewYearsDay),
        (5, 1) => return Some(Holiday::LabourDay),
        (5, 17) => return Some(Holiday::ConstitutionDay),
        (12, 25) => return Some(Holiday::ChristmasDay),
        (12, 26) => return Some(Holiday::BoxingDay),
        _ => {}
    }
    let since = day.since(easter_sunday(day.year())).map_or(i32::MAX, |it| it.get_days());
    match since {
        -3 => Some(Holiday::MaundyThursday),
        -2 => Some(Holiday::GoodFriday),
        0 => Some(Holiday::EasterSunday),
        1 => Some(Holiday::EasterMonday),
        39 => Some(Holiday::AscensionDay),
        49 => Some(Holiday::Pentecost),
        50 => Some(Holiday::PentecostMonday),
        _ => None,
    }
}

/// Easter Sunday (første påskedag) of a year, by the Gregorian computus.
pub fn easter_sunday(year: i16) -> Date {
    let year_number = i32::from(year);
    let golden = year_number.rem_euclid(19);
    let (century, of_century) = (year_number.div_euclid(100), year_number.rem_euclid(100));
    let (leap_centuries, century_rest) = (century / 4, century % 4);
    let moon_drift = (century - (century + 8) / 25 + 1) / 3;
    let epact = (19 * golden + century - leap_centuries - moon_drift + 15).rem_euclid(30);
    let (leap_years, year_rest) = (of_century / 4, of_century % 4);
    let to_sunday = (32 + 2 * century_rest + 2 * leap_years - epact - year_rest).rem_euclid(7);
    let correction = (golden + 11 * epact + 22 * to_sunday) / 451;
    let days = epact + to_sunday - 7 * correction;
    // The earliest Easter is 22 March.
    date(year, 3, 22).checked_add(i64::from(days).days()).unwrap_or(date(year, 4, 25))
}

fn seconds_between(from: Time, until: Time) -> i64 {
    let seconds = |it: Time| i64::from(it.hour()) * 3600 + i64::from(it.minute()) * 60 + i64::from(it.second());
    seconds(until) - seconds(from)
}

/// The moment in Norway. A time that the change to summer time leaves out becomes the one an hour later.
fn at(day: Date, time: Time) -> Timestamp {
    let moment = day.to_datetime(time).to_zoned(norway());
    Timestamp::from_jiff(moment.map_or(jiff::Timestamp::MAX, |it| it.timestamp()))
}

#[cfg(test)]
mod tests {
    use super::Calendar;
    use super::Holiday;
    use super::easter_sunday;
    use super::holiday;
    use crate::domain::Timestamp;
    use jiff::civil::date;

    fn moment(text: &str) -> Timestamp {
        Timestamp::from_jiff(format!("{text}[Europe/Oslo]").parse::<jiff::Zoned>().unwrap().timestamp())
    }

    #[test]
    fn easter_is_when_the_almanac_says() {
        for (year, month, day) in [
            (1818, 3, 22),
            (2000, 4, 23),
            (2008, 3, 23),
            (2011, 4, 24),
            (2019, 4, 21),
            (2024, 3, 31),
            (2025, 4, 20),
            (2026, 4, 5),
            (2027, 3, 28),
            (2038, 4, 25),
            (2049, 4, 18),
        ] {
            assert_eq!(easter_sunday(year), date(year, month, day));
        }
        for year in 1900..2200 {
            assert_eq!(easter_sunday(year).weekday(), jiff::civil::Weekday::Sunday, "{year}");
        }
    }

    #[test]
    fn a_year_has_its_twelve_holidays() {
        let days = date(2026, 1, 1).series(jiff::Span::new().days(1)).take(365);
        let found: Vec<(i8, i8, Holiday)> =
            days.filter_map(|it| holiday(it).map(|which| (it.month(), it.day(), which))).collect();

        assert_eq!(
            found,
            [
                (1, 1, Holiday::NewYearsDay),
                (4, 2, Holiday::MaundyThursday),
                (4, 3, Holiday::GoodFriday),
                (4, 5, Holiday::EasterSunday),
                (4, 6, Holiday::EasterMonday),
                (5, 1, Holiday::LabourDay),
                (5, 14, Holiday::AscensionDay),
                (5, 17, Holiday::ConstitutionDay),
                (5, 24, Holiday::Pentecost),
                (5, 25, Holiday::PentecostMonday),
                (12, 25, Holiday::ChristmasDay),
                (12, 26, Holiday::BoxingDay),
            ]
        );
    }

    #[test]
    fn working_hours_are_counted_over_nights_weekends_and_holidays() {
        let calendar = Calendar::default();

        let cases = [
            // In the middle of a day, and over the night.
            ("2026-11-17T10:00:00+01:00", 2, "2026-11-17T12:00:00+01:00"),
            ("2026-11-17T15:00:00+01:00", 2, "2026-11-18T09:00:00+01:00"),
            // What comes at night or on a Saturday waits until the office opens.
            ("2026-11-21T03:00:00+01:00", 4, "2026-11-23T12:00:00+01:00"),
            ("2026-11-20T23:59:00+01:00", 8, "2026-11-23T16:00:00+01:00"),
            // Wednesday before Easter, over to summer time already: the next working day is Tuesday.
            ("2026-04-01T15:00:00+02:00", 2, "2026-04-07T09:00:00+02:00"),
            // Over the change to summer time, 29 March 2026.
            ("2026-03-27T15:00:00+01:00", 2, "2026-03-30T09:00:00+02:00"),
            ("2026-12-24T15:30:00+01:00", 1, "2026-12-28T08:30:00+01:00"),
            ("2026-11-17T10:00:00+01:00", 0, "2026-11-17T10:00:00+01:00"),
        ];
        for (from, hours, until) in cases {
            assert_eq!(calendar.working_hours_after(moment(from), hours), moment(until), "{from} + {hours}");
        }
    }

    #[test]
    fn a_month_ends_on_a_working_day_and_short_months_are_known() {
        let calendar = Calendar::default();

        let cases = [
            ("2026-11-17T10:00:00+01:00", "2026-12-17T16:00:00+01:00"),
            ("2026-01-31T10:00:00+01:00", "2026-02-27T16:00:00+01:00"),
            // 5 April is Easter Sunday; the last working day is the Wednesday before.
            ("2026-03-05T10:00:00+01:00", "2026-04-01T16:00:00+02:00"),
            ("2026-12-01T10:00:00+01:00", "2026-12-31T16:00:00+01:00"),
        ];
        for (from, until) in cases {
            assert_eq!(calendar.month_after(moment(from)), moment(until), "{from}");
        }
    }

    #[test]
    fn the_next_and_the_last_working_day_are_found_past_holidays() {
        let calendar = Calendar::default();

        assert_eq!(calendar.next_working_day(date(2026, 4, 1)), date(2026, 4, 7));
        assert_eq!(calendar.working_day_until(date(2026, 12, 26)), date(2026, 12, 24));
    }
}
