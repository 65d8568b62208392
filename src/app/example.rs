//! The example world for those who judge messages without a configuration: the mission's municipalities and senders.

use crate::domain::Environment;
use crate::domain::HerId;
use crate::domain::OrgNumber;
use crate::domain::RegisteredSender;
use crate::domain::Rulebook;
use crate::domain::Sector;
use crate::domain::SyntheticPersons;
use crate::routing::Directory;
use crate::trial::MUNICIPALITIES;
use crate::trial::SENDERS;

/// The five municipalities of the mission.
pub fn example_directory() -> Directory {
    let texts = MUNICIPALITIES.map(|(name, text)| (name.to_owned(), text.to_owned()));
    Directory::parse(&texts).unwrap_or_else(|faults| panic!("a test parses the example municipalities: {faults:?}"))
}

/// The made-up hospital and school, and made-up persons.
pub fn example_rulebook() -> Rulebook {
    let senders = SENDERS.iter().map(|it| RegisteredSender {
        name: it.name.to_owned(),
        display_name: it.display_name.to_owned(),
        organisation: OrgNumber::parse(it.organisation).expect("the made-up numbers hold"),
        sub_units: Vec::new(),
        her_ids: it.her_ids.iter().map(|it| HerId(*it)).collect(),
        sector: if it.is_health { Sector::Health } else { Sector::Other },
        tolerated: Vec::new(),
    });
    Rulebook {
        environment: Environment::Test,
        senders: senders.collect(),
        synthetic_persons: SyntheticPersons::Accepted,
        ..Rulebook::default()
    }
}
