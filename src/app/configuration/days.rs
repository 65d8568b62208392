//! Days and times in the document as people say them: `21. november 2026 kl. 14.05`.

use crate::domain::Language;
use crate::domain::Timestamp;
use crate::domain::norway;
use jiff::civil::Date;

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

pub(super) fn date(day: Date, language: Language) -> String {
    let month = usize::try_from(day.month() - 1).expect("months count from 1 to 12");
    match language {
        Language::Nb | Language::Nn => format!("{}. {} {}", day.day(), MONTHS_NO[month], day.year()),
        Language::En => format!("{} {} {}", day.day(), MONTHS_EN[month], day.year()),
    }
}

/// In Norway's time.
pub(super) fn moment(at: Timestamp, language: Language) -> String {
    let zoned = at.to_jiff().to_zoned(norway());
    let day = date(zoned.date(), language);
    match language {
        Language::Nb | Language::Nn => format!("{day} kl. {:02}.{:02}", zoned.hour(), zoned.minute()),
        Language::En => format!("{day} at {:02}:{:02}", zoned.hour(), zoned.minute()),
    }
}
