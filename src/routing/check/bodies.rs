//! Gaps of municipalities and hospital trusts: defaults, rules, districts.

use crate::domain::DistrictNumber;
use crate::domain::Municipality;
use crate::domain::NeedKind;
use crate::domain::ReportKind;
use crate::domain::Severity;
use crate::domain::Text;
use crate::domain::UnitId;
use crate::domain::Validity;
use crate::routing::check::GapKind;
use crate::routing::check::Look;
use crate::routing::condition::DistrictChoice;
use crate::routing::directory::Body;
use crate::routing::directory::CoverQuestion;
use crate::routing::directory::Owner;
use crate::routing::directory::Period;
use crate::routing::directory::Rule;
use crate::routing::directory::Unit;
use crate::routing::directory::WhenUnroutable;
use jiff::civil::Date;

impl Look<'_> {
    pub(super) fn number(&mut self, body: &Body) {
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

    pub(super) fn defaults(&mut self, body: &Body) {
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

    pub(super) fn rules(&mut self, body: &Body) {
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

    pub(super) fn districts(&mut self, body: &Body) {
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
pub(super) fn holes(covered: &[Period], start: Date, end: Option<Date>) -> Vec<Period> {
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
