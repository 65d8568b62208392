//! Gaps in the unit directory: what is allowed, and yet will one day leave a report with nobody.

mod bodies;
mod units;

#[cfg(test)]
mod tests;

use crate::domain::HerId;
use crate::domain::Severity;
use crate::domain::Text;
use crate::routing::directory::Directory;
use crate::routing::directory::Period;
use crate::routing::directory::Source;
use jiff::ToSpan;
use jiff::civil::Date;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// How long before something ends it is told. Days.
const ENDING_DAYS_MAX: i64 = 60;

/// Something in the directory that a person should look at.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Gap {
    pub kind: GapKind,
    /// Error: reports will be refused or delayed. Warning: it will go wrong one day. Info: good to know.
    pub severity: Severity,
    /// The municipality, hospital trust, unit or rule it is about.
    pub subject: String,
    pub source: Source,
    /// Whole sentences.
    pub text: Text,
}

/// What kind of gap it is; for tests and metrics.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum GapKind {
    /// No default unit in some period.
    DefaultMissing,
    /// The municipality number is not, or no longer, in use.
    NumberNotInUse,
    /// Nobody is told when a report waits.
    NoNotifyChannel,
    /// A group without somebody who stands in.
    GroupWithoutDeputy,
    /// A group in which nobody has a seat.
    GroupWithoutMembers,
    /// A group without somebody who reads, or whose reader has no seat today.
    GroupWithoutReader,
    /// An earlier rule takes everything.
    RuleUnreachable,
    /// None of a rule's units is in operation while the rule is in force.
    RuleWithoutUnit,
    /// A rule sends only to groups, so it does not hold for protected addresses.
    OnlyGroups,
    /// Something ends soon.
    ValidityEnds,
    /// Two have the same HER-id at the same time.
    HerIdTwice,
    /// A rule sends to a unit that does not work for the municipality.
    NotCovering,
    /// A unit says it covers a municipality that does not send to it.
    CoverUnused,
    /// A district, or a missing one, that no rule takes care of.
    DistrictUnmapped,
    /// A unit that nothing is sent to.
    UnitUnused,
    /// A rule by age comes before the rule for barnekoordinator.
    AgeBeforeChildCoordinator,
    /// No rule that fits everything.
    NoCatchAll,
}

/// All gaps as seen on `today`, worst first, then in order of file and line.
pub fn check(directory: &Directory, today: Date) -> Vec<Gap> {
    let mut look = Look { directory, today, gaps: Vec::new() };
    for body in directory.bodies.iter().filter(|it| !it.validity.ends_before(today)) {
        look.number(body);
        look.defaults(body);
        look.rules(body);
        look.districts(body);
    }
    for unit in directory.units.iter().filter(|it| !it.validity.ends_before(today)) {
        look.unit(unit);
    }
    look.her_ids();
    let mut gaps = look.gaps;
    gaps.sort_by(|one, other| {
        (Reverse(one.severity), &one.source, one.kind).cmp(&(Reverse(other.severity), &other.source, other.kind))
    });
    gaps
}

struct Look<'a> {
    directory: &'a Directory,
    today: Date,
    gaps: Vec<Gap>,
}

impl Look<'_> {
    fn tell(&mut self, kind: GapKind, severity: Severity, subject: &str, source: &Source, text: Text) {
        self.gaps.push(Gap { kind, severity, subject: subject.to_owned(), source: source.clone(), text });
    }

    fn her_ids(&mut self) {
        let directory = self.directory;
        let units = directory.units.iter().map(|it| (&it.her_ids, it.validity, it.id.to_string(), &it.source));
        let bodies = directory.bodies.iter().map(|it| (&it.her_ids, it.validity, it.owner.to_string(), &it.source));
        let mut seen: BTreeMap<HerId, Vec<(Period, String)>> = BTreeMap::new();
        for (her_ids, validity, name, source) in units.chain(bodies) {
            for her_id in her_ids {
                let others = seen.entry(*her_id).or_default();
                let other = others.iter().find(|(it, _)| it.and(validity).is_some()).map(|it| it.1.clone());
                others.push((validity, name.clone()));
                if let Some(other) = other {
                    let text = Text::owned(
                        format!(
                            "HER-id {her_id} er oppgitt både for {other} og for {name}. En adresse kan bare høre til ett sted."
                        ),
                        format!(
                            "HER-id {her_id} er oppgitt både for {other} og for {name}. Ei adresse kan berre høyre til éin stad."
                        ),
                        format!(
                            "HER-id {her_id} is given both for {other} and for {name}. An address can only belong to one place."
                        ),
                    );
                    self.tell(GapKind::HerIdTwice, Severity::Error, &name, source, text);
                }
            }
        }
    }

    fn ends_soon(&mut self, period: Period, subject: &str, source: &Source, what: [&str; 3]) {
        let Some(last) = period.to else { return };
        let horizon = self.today.checked_add(ENDING_DAYS_MAX.days()).unwrap_or(Date::MAX);
        if self.today <= last && last <= horizon {
            let text = Text::owned(
                format!("{} {subject} slutter å gjelde etter {last}. Sørg for at noe kommer etter.", what[0]),
                format!("{} {subject} sluttar å gjelde etter {last}. Syt for at noko kjem etter.", what[1]),
                format!("{} {subject} ends after {last}. Make sure that something follows.", what[2]),
            );
            self.tell(GapKind::ValidityEnds, Severity::Warning, subject, source, text);
        }
    }
}
