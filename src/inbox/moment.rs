//! Dates and times as people in Norway write them.

use crate::domain::Language;
use crate::domain::Timestamp;
use crate::domain::clock_in_words;
use crate::domain::day_in_words;
use crate::domain::norway;
use jiff::civil::Date;

/// A moment as it is drawn: for people, and for machines (`datetime`), with the offset.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Moment {
    /// `21. november 2026 kl. 14.05`
    pub full: String,
    /// `i dag kl. 14.05`, `i går kl. 14.05`, else as `full`.
    pub near: String,
    /// `2026-11-21T14:05:00+01:00`
    pub machine: String,
}

impl Moment {
    pub(super) fn of(at: Timestamp, now: Timestamp, language: Language) -> Self {
        let zoned = at.to_jiff().to_zoned(norway());
        let full = full(at, language);
        let today = now.date_in_norway();
        let day = match (zoned.date() == today, today.yesterday().ok() == Some(zoned.date()), language) {
            (true, _, Language::Nb | Language::Nn) => Some("i dag"),
            (true, _, Language::En) => Some("today"),
            (_, true, Language::Nb | Language::Nn) => Some("i går"),
            (_, true, Language::En) => Some("yesterday"),
            (false, false, _) => None,
        };
        let near = day.map_or_else(|| full.clone(), |it| format!("{it} {}", clock_in_words(&zoned, language)));
        Self { full, near, machine: zoned.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string() }
    }
}

/// `21. november 2026 kl. 14.05`, in Norway's time.
pub(crate) fn full(at: Timestamp, language: Language) -> String {
    at.in_words(language)
}

/// `21. november 2026`
pub(crate) fn date(day: Date, language: Language) -> String {
    day_in_words(day, language)
}

/// `21. november 2026` for `2026-11-21`, as files have it; what is no date is left as it is.
pub(super) fn in_words(cell: String, language: Language) -> String {
    cell.parse().map_or(cell, |it| date(it, language))
}

/// Whole years between `born` and `today`; `None` when `born` lies ahead.
pub(super) fn age(born: Date, today: Date) -> Option<i16> {
    let had_birthday = (today.month(), today.day()) >= (born.month(), born.day());
    let years = today.year() - born.year() - i16::from(!had_birthday);
    (born <= today).then_some(years)
}

#[cfg(test)]
mod tests {
    use super::Moment;
    use super::age;
    use crate::domain::Language;
    use crate::domain::Timestamp;
    use jiff::civil::date;

    #[test]
    fn a_moment_is_written_in_local_time_and_in_the_readers_language() {
        let at = Timestamp::from_jiff("2026-11-21T13:05:00Z".parse().unwrap());
        let later = Timestamp::from_jiff("2026-11-23T13:05:00Z".parse().unwrap());

        let nb = Moment::of(at, later, Language::Nb);
        assert_eq!(nb.full, "21. november 2026 kl. 14.05");
        assert_eq!(nb.near, nb.full);
        assert_eq!(nb.machine, "2026-11-21T14:05:00+01:00");
        assert_eq!(Moment::of(at, at, Language::Nn).near, "i dag kl. 14.05");
        assert_eq!(Moment::of(at, later, Language::En).full, "21 November 2026 at 14:05");
    }

    #[test]
    fn age_changes_on_the_birthday() {
        assert_eq!(age(date(2017, 6, 4), date(2026, 6, 3)), Some(8));
        assert_eq!(age(date(2017, 6, 4), date(2026, 6, 4)), Some(9));
        assert_eq!(age(date(2027, 1, 1), date(2026, 6, 4)), None);
    }
}
