//! Time as the house knows it: microseconds since the epoch, UTC, handed in from outside.

use crate::domain::Language;
use jiff::Zoned;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::fmt;
use std::time::Duration;

/// A moment: microseconds since 1970-01-01T00:00:00Z. Comes only from a clock in the shell, or from a message.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// The moment `duration` later; saturates at the end of time.
    pub fn plus(self, duration: Duration) -> Self {
        Self(self.0.saturating_add(i64::try_from(duration.as_micros()).unwrap_or(i64::MAX)))
    }

    /// The moment `duration` earlier; saturates at the beginning of time.
    pub fn minus(self, duration: Duration) -> Self {
        Self(self.0.saturating_sub(i64::try_from(duration.as_micros()).unwrap_or(i64::MAX)))
    }

    /// How long since `earlier`; zero when `earlier` is later.
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_micros(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }

    /// This moment in the jiff library's terms; moments outside its years −9999 to 9999 become its limits.
    pub fn to_jiff(self) -> jiff::Timestamp {
        jiff::Timestamp::from_microsecond(self.0).unwrap_or(if self.0 < 0 {
            jiff::Timestamp::MIN
        } else {
            jiff::Timestamp::MAX
        })
    }

    pub fn from_jiff(moment: jiff::Timestamp) -> Self {
        Self(moment.as_microsecond())
    }

    /// The calendar day in Norway at this moment.
    pub fn date_in_norway(self) -> Date {
        self.to_jiff().to_zoned(norway()).date()
    }

    /// `21. november 2026 kl. 14.05`, in Norway's time.
    pub fn in_words(self, language: Language) -> String {
        let zoned = self.to_jiff().to_zoned(norway());
        format!("{} {}", day_in_words(zoned.date(), language), clock_in_words(&zoned, language))
    }
}

impl fmt::Display for Timestamp {
    /// RFC 3339 in UTC with microseconds, for data and logs. People read local time; see the view models.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:.6}", self.to_jiff())
    }
}

const MONTHS_NO: [&str; 12] = [
    "januar",
    "februar",
    "mars",
    "april",
    "mai",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "desember",
];
const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// `21. november 2026`
pub fn day_in_words(day: Date, language: Language) -> String {
    let month = usize::try_from(day.month() - 1).expect("months count from 1 to 12");
    match language {
        Language::Nb | Language::Nn => format!("{}. {} {}", day.day(), MONTHS_NO[month], day.year()),
        Language::En => format!("{} {} {}", day.day(), MONTHS_EN[month], day.year()),
    }
}

/// `kl. 14.05`
pub fn clock_in_words(zoned: &Zoned, language: Language) -> String {
    match language {
        Language::Nb | Language::Nn => format!("kl. {:02}.{:02}", zoned.hour(), zoned.minute()),
        Language::En => format!("at {:02}:{:02}", zoned.hour(), zoned.minute()),
    }
}

/// The time zone Europe/Oslo, from the table built into the binary (no file of the machine is read).
pub fn norway() -> TimeZone {
    TimeZone::get("Europe/Oslo").expect("the bundled time zone table holds Europe/Oslo")
}

#[cfg(test)]
mod tests {
    use super::Timestamp;
    use std::time::Duration;

    #[test]
    fn the_day_in_norway_changes_before_the_day_in_utc() {
        // 2026-06-30T22:30:00Z is half past midnight on 1 July in Oslo.
        let moment = Timestamp::from_jiff("2026-06-30T22:30:00Z".parse().unwrap());

        assert_eq!(moment.date_in_norway().to_string(), "2026-07-01");
    }

    #[test]
    fn arithmetic_saturates_instead_of_wrapping() {
        assert_eq!(Timestamp(i64::MAX).plus(Duration::from_secs(1)), Timestamp(i64::MAX));
        assert_eq!(Timestamp(5).since(Timestamp(9)), Duration::ZERO);
    }
}
