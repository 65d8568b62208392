//! Messages for trying out: those of the corpus made fresh, and as many distinct ones as a load test wants.

use crate::domain::Timestamp;
use jiff::ToSpan;
use jiff::civil::Date;
use regex::Regex;
use std::sync::LazyLock;
use uuid::Uuid;

static DATE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\b20\d\d-\d\d-\d\d").expect("the pattern is right"));
static GENERATED: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"<GenDate>(\d{4}-\d\d-\d\d)").expect("the pattern is right"));
static MESSAGE_ID: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"<MsgId>([^<]*)</MsgId>").expect("the pattern is right"));

/// How far from its GenDate a date of the message must lie to be one of the case, and not a birth date. Days.
const CASE_DAYS: i32 = 500;

/// The message as if it had been made yesterday, with a new id. Dates of the case move along; birth dates stay.
pub fn freshen(message: &str, now: Timestamp, id: Uuid) -> String {
    let message = match MESSAGE_ID.captures(message).map(|it| it[1].to_owned()) {
        Some(old) if !old.trim().is_empty() => message.replace(&old, &id.to_string()),
        Some(_) | None => message.to_owned(),
    };
    let Some(made) = GENERATED.captures(&message).and_then(|it| it[1].parse::<Date>().ok()) else { return message };
    let yesterday = now.date_in_norway().saturating_sub(1.day());
    let days = made.until(yesterday).map_or(0, |it| it.get_days());
    DATE.replace_all(&message, |found: &regex::Captures<'_>| {
        let date = found[0].parse::<Date>().ok();
        let of_case = date.filter(|it| made.until(*it).is_ok_and(|it| it.get_days().abs() <= CASE_DAYS));
        of_case.map_or_else(|| found[0].to_owned(), |it| it.saturating_add(days.days()).to_string())
    })
    .into_owned()
}

/// A message from which many distinct ones are made: other ids, other persons.
#[derive(Clone, Debug)]
pub struct Template {
    text: String,
    message_id: String,
    person_id: String,
    born: String,
    given: String,
    family: String,
}

const GIVEN: [&str; 12] = [
    "Solfrid",
    "Håkon",
    "Ingebjørg",
    "Åsmund",
    "Tordis",
    "Øystein",
    "Gunnvor",
    "Sæmund",
    "Liv",
    "Torbjørn",
    "Ragnhild",
    "Eirik",
];
const FAMILY: [&str; 10] = [
    "Prøvestad",
    "Testnes",
    "Øvelsøy",
    "Fiktivsen",
    "Tenktvik",
    "Oppdiktet",
    "Skissebø",
    "Modellhaug",
    "Mønstrås",
    "Dømeland",
];

impl Template {
    /// From a message of the corpus that is accepted: its person's number is Skatteetaten-synthetic.
    pub fn new(message: &str) -> Option<Self> {
        let find = |pattern: &str| Regex::new(pattern).ok()?.captures(message).map(|it| it[1].to_owned());
        Some(Self {
            message_id: find(r"<MsgId>([^<]*)</MsgId>")?,
            person_id: find(r"<Patient>[\s\S]*?<Id>(\d{11})</Id>")?,
            born: find(r"<DateOfBirth>([^<]*)</DateOfBirth>")?,
            given: find(r"<GivenName>([^<]*)</GivenName>")?,
            family: find(r"<FamilyName>([^<]*)</FamilyName>")?,
            text: message.to_owned(),
        })
    }

    /// The message number `number`, with `id`. The same number gives the same person.
    pub fn make(&self, number: u64, id: Uuid) -> String {
        let (person_id, born) = person(number);
        let chosen =
            |names: &[&'static str], step: u64| names[usize::try_from(number / step).unwrap_or(0) % names.len()];
        self.text
            .replace(&self.message_id, &id.to_string())
            .replace(&self.person_id, &person_id)
            .replace(&self.born, &born)
            .replace(&self.given, chosen(&GIVEN, 1))
            .replace(&self.family, chosen(&FAMILY, 12))
    }
}

/// A Skatteetaten-synthetic identity number (month + 80) whose control digits hold, and its birth date.
fn person(number: u64) -> (String, String) {
    let day = number % 28 + 1;
    let month = number / 28 % 12 + 1;
    let year = 40 + number / 336 % 55;
    for individual in 0..400 {
        let individual = (number / 18_480 + individual) % 400;
        let nine = format!("{day:02}{:02}{year:02}{individual:03}", month + 80);
        if let Some(two) = control_digits(&nine) {
            return (format!("{nine}{two}"), format!("19{year:02}-{month:02}-{day:02}"));
        }
    }
    unreachable!("of 400 individual numbers some have control digits")
}

/// The two control digits of an identity number (standards/FACTS.md g.1), or none when it has none.
fn control_digits(nine: &str) -> Option<String> {
    let mut digits: Vec<u32> = nine.chars().filter_map(|it| it.to_digit(10)).collect();
    for weights in [&[3, 7, 6, 1, 8, 9, 4, 5, 2][..], &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2][..]] {
        let sum: u32 = digits.iter().zip(weights).map(|(digit, weight)| digit * weight).sum();
        let control = (11 - sum % 11) % 11;
        if control == 10 {
            return None;
        }
        digits.push(control);
    }
    Some(format!("{}{}", digits[9], digits[10]))
}

#[cfg(test)]
mod tests {
    use super::Template;
    use super::control_digits;
    use super::freshen;
    use crate::domain::Timestamp;
    use std::collections::HashSet;
    use uuid::Uuid;

    const HOSPITAL: &str = include_str!("../../tests/corpus/valid/hospital-inpatient.xml");

    #[test]
    fn a_fresh_message_was_made_yesterday_and_the_person_is_as_old_as_before() {
        let now = Timestamp::from_jiff("2031-05-20T12:00:00Z".parse().unwrap());
        let id = Uuid::from_u128(7);

        let fresh = freshen(HOSPITAL, now, id);

        assert!(fresh.contains("<GenDate>2031-05-19T09:12:44+02:00</GenDate>"));
        assert!(fresh.contains("<DateOfBirth>1954-03-12</DateOfBirth>"));
        assert!(fresh.contains("<PlanlagtUtskrivning>2031-06-01</PlanlagtUtskrivning>"));
        assert!(fresh.contains(&format!("<MsgId>{id}</MsgId>")));
    }

    #[test]
    fn made_messages_are_distinct_and_their_numbers_hold() {
        let template = Template::new(HOSPITAL).unwrap();
        let mut seen = HashSet::new();
        for number in 0..2000u32 {
            let message = template.make(u64::from(number), Uuid::from_u128(u128::from(number)));
            let at = message.find("<Patient>").unwrap();
            let id = message[at..].split("<Id>").nth(1).unwrap().split('<').next().unwrap().to_owned();
            assert_eq!(control_digits(&id[..9]).unwrap(), id[9..]);
            assert!(seen.insert(id));
        }
    }
}
