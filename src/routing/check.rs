//! Gaps in the unit directory: what is allowed, and yet will one day leave a report with nobody.

use crate::domain::DistrictNumber;
use crate::domain::HerId;
use crate::domain::Municipality;
use crate::domain::NeedKind;
use crate::domain::ReportKind;
use crate::domain::Severity;
use crate::domain::Text;
use crate::domain::UnitId;
use crate::domain::Validity;
use crate::routing::condition::DistrictChoice;
use crate::routing::directory::Body;
use crate::routing::directory::CoverQuestion;
use crate::routing::directory::Directory;
use crate::routing::directory::Group;
use crate::routing::directory::Owner;
use crate::routing::directory::Period;
use crate::routing::directory::Role;
use crate::routing::directory::Rule;
use crate::routing::directory::Source;
use crate::routing::directory::Unit;
use crate::routing::directory::UnitKind;
use crate::routing::directory::WhenUnroutable;
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

    // ── Municipalities and hospital trusts ───────────────────────────────────────────────────────────────────────────

    fn number(&mut self, body: &Body) {
        let Owner::Municipality(number) = &body.owner else { return };
        let (severity, text) = match Municipality::valid_on(number, self.today) {
            Validity::Valid(_) => return,
            Validity::Expired { successors, .. } => {
                let now = successors.iter().map(|it| it.number.as_str()).collect::<Vec<_>>().join(", ");
                (
                    Severity::Warning,
                    Text::owned(
                        format!(
                            "Kommunenummer {number} er gått ut og er nå {now}. Skriv reglene for det nye nummeret."
                        ),
                        format!(
                            "Kommunenummer {number} er gått ut og er no {now}. Skriv reglane for det nye nummeret."
                        ),
                        format!(
                            "Municipality number {number} is out of use and is now {now}. Write the rules for the new number."
                        ),
                    ),
                )
            }
            Validity::Unknown => (
                Severity::Error,
                Text::owned(
                    format!("{number} er ikke et kommunenummer i dag. Kontroller nummeret."),
                    format!("{number} er ikkje eit kommunenummer i dag. Kontroller nummeret."),
                    format!("{number} is not a municipality number today. Check the number."),
                ),
            ),
        };
        self.tell(GapKind::NumberNotInUse, severity, number.as_str(), &body.source, text);
    }

    fn defaults(&mut self, body: &Body) {
        let open =
            |it: &UnitId| self.directory.unit(it).filter(|unit| unit.owner == body.owner || !unit.covers.is_empty());
        let covered: Vec<Period> = body
            .defaults
            .iter()
            .filter_map(|it| open(&it.unit).and_then(|unit| unit.validity.and(it.validity)))
            .collect();
        let severity = match body.when_unroutable {
            WhenUnroutable::Default => Severity::Error,
            WhenUnroutable::Reject => Severity::Warning,
        };
        let owner = body.owner.to_string();
        for hole in holes(&covered, body.validity.from.max(Some(self.today)).unwrap_or(self.today), body.validity.to) {
            let (from, text_to) = (hole.from.map_or_else(String::new, |it| it.to_string()), hole.to);
            let until = |word: &str| text_to.map_or_else(String::new, |it| format!(" {word} {it}"));
            let text = Text::owned(
                format!(
                    "{owner} har ingen standardenhet fra {from}{}. En melding som ingen regel passer for, blir da avvist.",
                    until("til")
                ),
                format!(
                    "{owner} har inga standardeining frå {from}{}. Ei melding som ingen regel passar for, blir då avvist.",
                    until("til")
                ),
                format!(
                    "{owner} has no default unit from {from}{}. A report that no rule fits is then rejected.",
                    until("until")
                ),
            );
            self.tell(GapKind::DefaultMissing, severity, &owner, &body.source, text);
        }
    }

    fn rules(&mut self, body: &Body) {
        let alive: Vec<&Rule> = body.rules.iter().filter(|it| !it.validity.ends_before(self.today)).collect();
        for (position, rule) in alive.iter().enumerate() {
            let earlier = &alive[..position];
            self.rule_is_reached(rule, earlier, body);
            self.rule_has_units(rule, body);
            self.child_coordinator_first(rule, earlier);
            self.ends_soon(rule.validity, &rule.name, &rule.source, ["Regelen", "Regelen", "The rule"]);
        }
        if !alive.iter().any(|it| it.conditions.is_empty()) {
            let owner = body.owner.to_string();
            let text = match body.when_unroutable {
                WhenUnroutable::Default => Text::owned(
                    format!(
                        "{owner} har ingen regel som passer for alt. Det som faller utenfor, går til standardenheten med en alarm."
                    ),
                    format!(
                        "{owner} har ingen regel som passar for alt. Det som fell utanfor, går til standardeininga med ein alarm."
                    ),
                    format!(
                        "{owner} has no rule that fits everything. What falls outside goes to the default unit with an alarm."
                    ),
                ),
                WhenUnroutable::Reject => Text::owned(
                    format!("{owner} har ingen regel som passer for alt. Det som faller utenfor, blir avvist."),
                    format!("{owner} har ingen regel som passar for alt. Det som fell utanfor, blir avvist."),
                    format!("{owner} has no rule that fits everything. What falls outside is rejected."),
                ),
            };
            self.tell(GapKind::NoCatchAll, Severity::Info, &owner, &body.source, text);
        }
    }

    fn rule_is_reached(&mut self, rule: &Rule, earlier: &[&Rule], body: &Body) {
        // A rule passes on what its units cannot take, so it only shuts out later ones when one of them always can.
        let always = |it: &Rule| {
            it.to.iter().filter_map(|id| self.directory.unit(id)).any(|unit| {
                unit.owner == body.owner && unit.validity.includes(rule.validity) && !unit.kind.is_read_by_many()
            })
        };
        let taker = earlier
            .iter()
            .find(|it| it.conditions.include(&rule.conditions) && it.validity.includes(rule.validity) && always(it));
        if let Some(taker) = taker {
            let (name, taker) = (&rule.name, &taker.name);
            let text = Text::owned(
                format!(
                    "Regelen {name} blir aldri brukt: {taker} står før og tar alt den gjelder. Flytt den opp, eller fjern den."
                ),
                format!(
                    "Regelen {name} blir aldri brukt: {taker} står før og tek alt han gjeld. Flytt han opp, eller fjern han."
                ),
                format!(
                    "The rule {name} is never used: {taker} stands before it and takes all it is for. Move it up, or remove it."
                ),
            );
            self.tell(GapKind::RuleUnreachable, Severity::Warning, name, &rule.source, text);
        }
    }

    fn rule_has_units(&mut self, rule: &Rule, body: &Body) {
        let directory = self.directory;
        let units = || rule.to.iter().filter_map(|it| directory.unit(it));
        let name = &rule.name;
        for unit in units().chain(rule.aware.iter().filter_map(|it| directory.unit(it))) {
            if !covers_all_of(unit, rule, body, self.today) {
                let id = &unit.id;
                let text = Text::owned(
                    format!(
                        "Regelen {name} sender til {id}, som ikke er satt opp til å ta imot alt dette for {}. Utvid enhetens dekning.",
                        body.owner
                    ),
                    format!(
                        "Regelen {name} sender til {id}, som ikkje er sett opp til å ta imot alt dette for {}. Utvid dekninga til eininga.",
                        body.owner
                    ),
                    format!(
                        "The rule {name} sends to {id}, which is not set up to receive all of this for {}. Widen what the unit covers.",
                        body.owner
                    ),
                );
                self.tell(GapKind::NotCovering, Severity::Error, name, &rule.source, text);
            }
        }
        if !units().any(|it| it.validity.and(rule.validity).is_some_and(|both| !both.ends_before(self.today))) {
            let text = Text::owned(
                format!(
                    "Ingen av enhetene til regelen {name} er i drift mens regelen gjelder. Regelen sender ingenting."
                ),
                format!(
                    "Ingen av einingane til regelen {name} er i drift medan regelen gjeld. Regelen sender ingenting."
                ),
                format!(
                    "None of the units of the rule {name} is in operation while the rule is in force. The rule sends nothing."
                ),
            );
            self.tell(GapKind::RuleWithoutUnit, Severity::Warning, name, &rule.source, text);
        }
        if rule.conditions.protected != Some(false) && units().all(|it| it.kind.is_read_by_many()) {
            let text = Text::owned(
                format!(
                    "Regelen {name} sender bare til grupper. Meldinger om personer med gradert adresse følger den ikke."
                ),
                format!(
                    "Regelen {name} sender berre til grupper. Meldingar om personar med gradert adresse følgjer han ikkje."
                ),
                format!(
                    "The rule {name} sends only to groups. Reports about persons with a protected address do not follow it."
                ),
            );
            self.tell(GapKind::OnlyGroups, Severity::Info, name, &rule.source, text);
        }
    }

    fn child_coordinator_first(&mut self, rule: &Rule, earlier: &[&Rule]) {
        if !rule.conditions.needs.contains(&NeedKind::ChildCoordinator) {
            return;
        }
        let by_age = earlier.iter().find(|it| {
            it.conditions.age.is_some() && it.conditions.needs.is_empty() && it.validity.and(rule.validity).is_some()
        });
        if let Some(by_age) = by_age {
            let (name, before) = (&rule.name, &by_age.name);
            let text = Text::owned(
                format!(
                    "Regelen {name} gjelder barnekoordinator, men {before} står før og deler etter alder. Barnekoordinator skal gå foran alder; flytt den opp."
                ),
                format!(
                    "Regelen {name} gjeld barnekoordinator, men {before} står før og deler etter alder. Barnekoordinator skal gå føre alder; flytt han opp."
                ),
                format!(
                    "The rule {name} is for barnekoordinator, but {before} stands before it and divides by age. Barnekoordinator goes before age; move it up."
                ),
            );
            self.tell(GapKind::AgeBeforeChildCoordinator, Severity::Warning, name, &rule.source, text);
        }
    }

    fn districts(&mut self, body: &Body) {
        let rules: Vec<&Rule> = body.rules.iter().filter(|it| !it.validity.ends_before(self.today)).collect();
        if !rules.iter().any(|it| !it.conditions.districts.is_empty()) {
            return;
        }
        let named = |choice: &DistrictChoice| rules.iter().any(|it| it.conditions.districts.contains(choice));
        let catch_all = rules.iter().any(|it| it.conditions.is_empty());
        let owner = body.owner.to_string();
        let unnamed: Vec<&DistrictNumber> =
            body.districts.iter().filter(|it| !named(&DistrictChoice::Named((*it).clone()))).collect();
        let states = [
            (DistrictChoice::Missing, ["ikke er oppgitt", "ikkje er oppgitt", "is not given"]),
            (DistrictChoice::Unknown, ["er ukjent", "er ukjend", "is unknown"]),
        ];
        let holes: Vec<[&str; 3]> =
            states.iter().filter(|(it, _)| !catch_all && !named(it)).map(|(_, words)| *words).collect();
        for district in unnamed {
            let text = Text::owned(
                format!(
                    "Ingen regel i {owner} nevner bydel {district}. Meldinger derfra går som om bydelen ikke betydde noe."
                ),
                format!(
                    "Ingen regel i {owner} nemner bydel {district}. Meldingar derfrå går som om bydelen ikkje betydde noko."
                ),
                format!(
                    "No rule of {owner} names district {district}. Reports from there go as if the district did not matter."
                ),
            );
            self.tell(GapKind::DistrictUnmapped, Severity::Warning, district.as_str(), &body.source, text);
        }
        for [nb, nn, en] in holes {
            let text = Text::owned(
                format!("Ingen regel i {owner} sier hva som skjer når bydelen {nb}."),
                format!("Ingen regel i {owner} seier kva som skjer når bydelen {nn}."),
                format!("No rule of {owner} says what happens when the district {en}."),
            );
            self.tell(GapKind::DistrictUnmapped, Severity::Warning, &owner, &body.source, text);
        }
    }

    // ── Units ────────────────────────────────────────────────────────────────────────────────────────────────────────

    fn unit(&mut self, unit: &Unit) {
        let id = &unit.id.0;
        if unit.notify.email.is_none() && unit.notify.webhook.is_none() {
            let text = Text::owned(
                format!("Ingen får vite at en melding venter hos {id}. Sett opp e-post eller webhook under notify."),
                format!("Ingen får vite at ei melding ventar hos {id}. Set opp e-post eller webhook under notify."),
                format!("Nobody is told when a report waits at {id}. Set up e-mail or a webhook under notify."),
            );
            self.tell(GapKind::NoNotifyChannel, Severity::Warning, id, &unit.source, text);
        }
        self.ends_soon(unit.validity, id, &unit.source, ["Enheten", "Eininga", "The unit"]);
        for cover in &unit.covers {
            self.ends_soon(cover.validity, id, &unit.source, ["Dekningen til", "Dekninga til", "The cover of"]);
        }
        self.covers_are_used(unit);
        if let Some(group) = &unit.group {
            self.group(unit, group);
        }
        self.is_used(unit);
    }

    fn group(&mut self, unit: &Unit, group: &Group) {
        let id = &unit.id.0;
        if group.deputy.is_none() && group.backup_reader.is_none() {
            let text = Text::owned(
                format!(
                    "{id} har verken stedfortreder eller reserveleser. Når den som leser er borte, blir meldinger liggende."
                ),
                format!(
                    "{id} har verken stadfortredar eller reservelesar. Når den som les er borte, blir meldingar liggjande."
                ),
                format!(
                    "{id} has neither a deputy nor a backup reader. When the one who reads is away, reports lie waiting."
                ),
            );
            self.tell(GapKind::GroupWithoutDeputy, Severity::Warning, id, &unit.source, text);
        }
        let reader = match unit.kind {
            UnitKind::LeaderGroup => group.leader.as_ref(),
            UnitKind::Group => group.secretary.as_ref().or(group.leader.as_ref()),
            UnitKind::Office | UnitKind::ServiceArea | UnitKind::ContactPoint | UnitKind::HospitalUnit => return,
        };
        if reader.is_none() {
            let text = Text::owned(
                format!("{id} har ingen som leser: verken leder eller sekretær er oppgitt."),
                format!("{id} har ingen som les: verken leiar eller sekretær er oppgitt."),
                format!("{id} has nobody who reads: neither leader nor secretary is named."),
            );
            self.tell(GapKind::GroupWithoutReader, Severity::Error, id, &unit.source, text);
        }
        let officers = [&group.leader, &group.secretary, &group.deputy, &group.backup_reader];
        let mut absent: Vec<&Role> =
            officers.into_iter().flatten().filter(|it| !group.has_member_on(it, self.today)).collect();
        absent.dedup();
        for role in absent {
            let text = Text::owned(
                format!("Rollen {role} har en oppgave i {id}, men er ikke medlem i dag."),
                format!("Rolla {role} har ei oppgåve i {id}, men er ikkje medlem i dag."),
                format!("The role {role} has a task in {id}, but is not a member today."),
            );
            self.tell(GapKind::GroupWithoutReader, Severity::Warning, id, &unit.source, text);
        }
        for member in &group.members {
            let role = &member.role;
            self.ends_soon(
                member.validity,
                id,
                &unit.source,
                [&format!("Plassen til {role} i"), &format!("Plassen til {role} i"), &format!("The seat of {role} in")],
            );
        }
    }

    fn covers_are_used(&mut self, unit: &Unit) {
        let today = self.today;
        for cover in unit.covers.iter().filter(|it| !it.validity.ends_before(today)) {
            let owner = Owner::Municipality(cover.municipality.clone());
            let body = self.directory.bodies.iter().find(|it| it.owner == owner);
            let used = body.is_some_and(|it| {
                it.defaults.iter().any(|it| it.unit == unit.id) || it.rules.iter().any(|it| it.to.contains(&unit.id))
            });
            if !used {
                let (id, number) = (&unit.id, &cover.municipality);
                let text = Text::owned(
                    format!("{id} dekker {number}, men ingen regel der sender til enheten."),
                    format!("{id} dekkjer {number}, men ingen regel der sender til eininga."),
                    format!("{id} covers {number}, but no rule there sends to the unit."),
                );
                self.tell(GapKind::CoverUnused, Severity::Warning, &unit.id.0, &unit.source, text);
            }
        }
    }

    fn is_used(&mut self, unit: &Unit) {
        // Nobody sends to such a group: people bring cases to it.
        if unit.kind.is_read_by_many() {
            return;
        }
        let in_bodies = self.directory.bodies.iter().any(|body| {
            body.defaults.iter().any(|it| it.unit == unit.id)
                || body.rules.iter().any(|it| it.to.contains(&unit.id) || it.aware.contains(&unit.id))
        });
        let escalated = self.directory.units.iter().any(|it| it.escalate_to.as_ref() == Some(&unit.id));
        if !in_bodies && !escalated {
            let id = &unit.id;
            let text = Text::owned(
                format!("Ingen regel sender noe til {id}."),
                format!("Ingen regel sender noko til {id}."),
                format!("No rule sends anything to {id}."),
            );
            self.tell(GapKind::UnitUnused, Severity::Warning, &id.0, &unit.source, text);
        }
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

/// Whether `unit` may receive everything that `rule` can send it, for as long as the rule is in force from `today`.
fn covers_all_of(unit: &Unit, rule: &Rule, body: &Body, today: Date) -> bool {
    let day = rule.validity.from.max(Some(today)).unwrap_or(today);
    let all_kinds = if rule.conditions.kinds.is_empty() { ReportKind::ALL } else { &rule.conditions.kinds };
    let needs: Vec<&[NeedKind]> = match rule.conditions.needs.as_slice() {
        [] => vec![&[]],
        some => some.chunks(1).collect(),
    };
    all_kinds.iter().all(|kind| {
        needs.iter().all(|needs| unit.serves(&body.owner, Some(&CoverQuestion { kind: *kind, needs }), day))
    })
}

/// The parts of the time from `start` to `end` (without end: for ever) that no period covers.
fn holes(covered: &[Period], start: Date, end: Option<Date>) -> Vec<Period> {
    let mut found = Vec::new();
    let mut day = start;
    loop {
        if end.is_some_and(|it| it < day) {
            return found;
        }
        // Covered: jump to the day after the last covered one.
        if let Some(here) = covered.iter().find(|it| it.contains(day)) {
            let Some(next) = here.to.and_then(|it| it.tomorrow().ok()) else { return found };
            day = next;
            continue;
        }
        // Not covered: until the day before the next period begins.
        let next = covered.iter().filter_map(|it| it.from).filter(|it| day < *it).min();
        let last = match (next.and_then(|it| it.yesterday().ok()), end) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
        found.push(Period { from: Some(day), to: last });
        let Some(next) = next else { return found };
        day = next;
    }
}

#[cfg(test)]
mod tests {
    use super::GapKind;
    use super::check;
    use super::holes;
    use crate::domain::Severity;
    use crate::routing::directory::Directory;
    use crate::routing::directory::Period;
    use jiff::civil::Date;
    use jiff::civil::date;

    const TODAY: Date = date(2026, 11, 1);

    /// A directory without a gap; the tests spoil it one way each.
    const WHOLE: &str = r#"
[municipality]
number = "4601"
her_ids = [90005]
districts = ["460101", "460102"]
default = "felles"

[[unit]]
id = "felles"
name = "Felles mottak"
kind = "office"
her_ids = [900051]
notify = { email = "felles@storby.example" }

[[unit]]
id = "gruppe"
name = "Gruppen"
kind = "group"
notify = { email = "gruppe@storby.example" }
[unit.group]
secretary = "sekretær"
deputy = "nestleder"
members = ["sekretær", "nestleder"]

[[rule]]
name = "bydeler"
why = "Bydelene tar sine egne."
districts = ["460101", "460102"]
needs = ["IP"]
to = ["felles"]

[[rule]]
name = "alle"
why = "Ellers felles."
to = ["felles"]
"#;

    fn gaps(text: &str) -> Vec<(GapKind, Severity, String)> {
        let directory = Directory::parse(&[("x.toml".to_owned(), text.to_owned())]).unwrap();
        check(&directory, TODAY).into_iter().map(|it| (it.kind, it.severity, it.text.en.into_owned())).collect()
    }

    fn only(text: &str, kind: GapKind, severity: Severity) -> String {
        let found = gaps(text);
        assert_eq!(found.len(), 1, "{found:#?}");
        assert_eq!((found[0].0, found[0].1), (kind, severity));
        found[0].2.clone()
    }

    #[test]
    fn a_whole_directory_has_no_gap() {
        assert_eq!(gaps(WHOLE), []);
    }

    #[test]
    fn a_time_without_default_unit_is_an_error() {
        let text = WHOLE.replace("default = \"felles\"\n", "")
            + "\n[[default]]\nunit = \"felles\"\nvalid_to = 2026-12-31\n[[default]]\nunit = \"felles\"\nvalid_from = 2027-02-01\n";

        let said = only(&text, GapKind::DefaultMissing, Severity::Error);
        assert_eq!(
            said,
            "4601 has no default unit from 2027-01-01 until 2027-01-31. A report that no rule fits is then rejected."
        );
    }

    #[test]
    fn a_unit_that_nobody_tells_is_a_warning() {
        let text = WHOLE.replace("notify = { email = \"felles@storby.example\" }\n", "");

        only(&text, GapKind::NoNotifyChannel, Severity::Warning);
    }

    #[test]
    fn a_group_needs_somebody_who_stands_in_and_somebody_who_reads() {
        only(&WHOLE.replace("deputy = \"nestleder\"\n", ""), GapKind::GroupWithoutDeputy, Severity::Warning);
        only(&WHOLE.replace("secretary = \"sekretær\"\n", ""), GapKind::GroupWithoutReader, Severity::Error);
    }

    #[test]
    fn a_reader_whose_seat_has_ended_is_told() {
        let seats = "\n[[unit.group.member]]\nrole = \"sekretær\"\nvalid_to = 2026-10-31\n";
        let text =
            WHOLE.replace("members = [\"sekretær\", \"nestleder\"]\n", &format!("members = [\"nestleder\"]\n{seats}"));

        let said = only(&text, GapKind::GroupWithoutReader, Severity::Warning);
        assert_eq!(said, "The role sekretær has a task in gruppe, but is not a member today.");
    }

    #[test]
    fn a_rule_behind_a_wider_one_is_never_used() {
        let text =
            format!("{WHOLE}\n[[rule]]\nname = \"sen\"\nwhy = \"For sent.\"\nkinds = [\"BEHOV\"]\nto = [\"felles\"]\n");

        only(&text, GapKind::RuleUnreachable, Severity::Warning);
    }

    #[test]
    fn a_rule_behind_a_group_is_reached_by_protected_addresses() {
        let text = WHOLE.replace("needs = [\"IP\"]\nto = [\"felles\"]", "needs = [\"IP\"]\nto = [\"gruppe\"]");
        let text = format!(
            "{}\n",
            text.replace("name = \"alle\"", "name = \"bydeler-igjen\"\ndistricts = [\"460101\"]\nneeds = [\"IP\"]")
        ) + "[[rule]]\nname = \"alle\"\nwhy = \"Ellers felles.\"\nto = [\"felles\"]\n";

        only(&text, GapKind::OnlyGroups, Severity::Info);
    }

    #[test]
    fn what_ends_within_sixty_days_is_told_and_what_ends_later_is_not() {
        let ending = |day: &str| WHOLE.replace("kind = \"group\"", &format!("kind = \"group\"\nvalid_to = {day}"));

        only(&ending("2026-12-31"), GapKind::ValidityEnds, Severity::Warning);
        assert_eq!(gaps(&ending("2027-01-01")), []);
        assert_eq!(gaps(&ending("2026-10-31")), []);
    }

    #[test]
    fn one_her_id_for_two_is_an_error() {
        let text = WHOLE.replace("kind = \"group\"", "kind = \"group\"\nher_ids = [900051]");

        only(&text, GapKind::HerIdTwice, Severity::Error);
    }

    #[test]
    fn a_district_that_no_rule_names_is_told() {
        let text = WHOLE.replace(
            "districts = [\"460101\", \"460102\"]\ndefault",
            "districts = [\"460101\", \"460102\", \"460103\"]\ndefault",
        );

        let said = only(&text, GapKind::DistrictUnmapped, Severity::Warning);
        assert!(said.contains("460103"), "{said}");
    }

    #[test]
    fn without_a_rule_for_everything_a_missing_district_is_a_hole() {
        let text = WHOLE.replace("[[rule]]\nname = \"alle\"\nwhy = \"Ellers felles.\"\nto = [\"felles\"]\n", "");

        let kinds: Vec<_> = gaps(&text).into_iter().map(|it| it.0).collect();
        assert_eq!(kinds, [GapKind::DistrictUnmapped, GapKind::DistrictUnmapped, GapKind::NoCatchAll]);
    }

    #[test]
    fn a_unit_that_nobody_sends_to_is_told() {
        let text = format!(
            "{WHOLE}\n[[unit]]\nid = \"glemt\"\nname = \"Glemt\"\nkind = \"office\"\nnotify = {{ email = \"g@storby.example\" }}\n"
        );

        only(&text, GapKind::UnitUnused, Severity::Warning);
    }

    #[test]
    fn sending_to_another_municipality_s_unit_needs_a_cover() {
        let neighbour = r#"
[[municipality]]
number = "4627"
default = "askøy"
"#;
        let text = WHOLE
            .replace("[municipality]", "[[municipality]]")
            .replace("[[unit]]", "[[unit]]\nmunicipality = \"4601\"");
        let text =
            text.replace("[[rule]]", "[[rule]]\nmunicipality = \"4601\"") + &neighbour.replace("askøy", "felles");
        let text = text
            + "[[rule]]\nmunicipality = \"4627\"\nname = \"barn\"\nwhy = \"Sammen.\"\nneeds = [\"BARNEKOORDINATOR\"]\nto = [\"felles\"]\n";
        assert!(gaps(&text).iter().any(|it| it.0 == GapKind::NotCovering));

        let covered = text.replace(
            "her_ids = [900051]",
            "her_ids = [900051]\ncovers = [{ municipality = \"4627\", needs = [\"BARNEKOORDINATOR\"] }]",
        );
        assert!(!gaps(&covered).iter().any(|it| it.0 == GapKind::NotCovering));
    }

    #[test]
    fn a_cover_that_nobody_uses_is_told() {
        let text = WHOLE.replace("her_ids = [900051]", "her_ids = [900051]\ncovers = [{ municipality = \"4627\" }]");

        only(&text, GapKind::CoverUnused, Severity::Warning);
    }

    #[test]
    fn barnekoordinator_goes_before_age() {
        let age = "[[rule]]\nname = \"voksne\"\nwhy = \"Etter alder.\"\nage_from = 18\nto = [\"felles\"]\n\n";
        let child = "[[rule]]\nname = \"barnekoordinator\"\nwhy = \"Først.\"\nneeds = [\"BARNEKOORDINATOR\"]\nto = [\"felles\"]\n\n";
        let with =
            |rules: String| WHOLE.replace("[[rule]]\nname = \"alle\"", &format!("{rules}[[rule]]\nname = \"alle\""));

        only(&with(format!("{age}{child}")), GapKind::AgeBeforeChildCoordinator, Severity::Warning);
        assert_eq!(gaps(&with(format!("{child}{age}"))), []);
    }

    #[test]
    fn an_old_municipality_number_is_told_with_its_successor() {
        let text = WHOLE.replace("460101", "120101").replace("460102", "120102").replace("\"4601\"", "\"1201\"");

        let said = only(&text, GapKind::NumberNotInUse, Severity::Warning);
        assert!(said.contains("is now 4601"), "{said}");
    }

    #[test]
    fn holes_are_found_before_between_and_after() {
        let period = |from, to| Period { from, to };
        let covered = [
            period(Some(date(2026, 2, 1)), Some(date(2026, 2, 28))),
            period(Some(date(2026, 4, 1)), Some(date(2026, 4, 30))),
        ];

        let found = holes(&covered, date(2026, 1, 1), None);
        assert_eq!(
            found,
            [
                period(Some(date(2026, 1, 1)), Some(date(2026, 1, 31))),
                period(Some(date(2026, 3, 1)), Some(date(2026, 3, 31))),
                period(Some(date(2026, 5, 1)), None),
            ]
        );
        assert_eq!(holes(&[period(None, None)], date(2026, 1, 1), None), []);
    }
}
