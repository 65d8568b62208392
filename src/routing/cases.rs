//! Cases that a municipality writes beside its rules, to see that they do what was meant.

use crate::domain::Code;
use crate::domain::Route;
use crate::domain::RouteStep;
use crate::domain::Share;
use crate::domain::Timestamp;
use crate::domain::UnitId;
use crate::domain::norway;
use crate::routing::decide::decide;
use crate::routing::directory::Directory;
use crate::routing::directory::Source;
use crate::routing::question::RouteQuestion;
use jiff::civil::Date;

/// A made-up report and where it should go.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Case {
    pub name: String,
    pub source: Source,
    /// The day on which it is asked.
    pub on: Date,
    pub question: RouteQuestion,
    pub expected: Expected,
}

/// What a case should come to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Expected {
    Units {
        /// In order.
        content: Vec<UnitId>,
        aware: Vec<UnitId>,
        /// The rule that should decide, if the case says.
        rule: Option<String>,
        /// Whether an alarm should be raised.
        alarm: bool,
    },
    Refused(Code),
}

/// What came of a case.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CaseOutcome {
    pub name: String,
    pub source: Source,
    pub result: CaseResult,
    /// The rules that were looked at.
    pub steps: Vec<RouteStep>,
}

/// Whether a case came out as its municipality said.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum CaseResult {
    Passed,
    /// What was wanted and what came, each as a fragment for people: `gjerstad-tjenestekontor, by rule alle`.
    Failed {
        wanted: String,
        got: String,
    },
}

impl CaseOutcome {
    pub fn passed(&self) -> bool {
        self.result == CaseResult::Passed
    }
}

/// Runs every case of the directory, in order of file and line.
pub fn run_cases(directory: &Directory) -> Vec<CaseOutcome> {
    directory.cases.iter().map(|it| run(directory, it)).collect()
}

/// What a municipality's own case comes to today: the same as asking with `route explain` (prøvekjøring).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Trial {
    pub name: String,
    pub source: Source,
    /// Those who get the report, and those who are told of it.
    pub units: Vec<(UnitId, Share)>,
    /// The rule that decided.
    pub rule: Option<String>,
    /// Nobody can receive it.
    pub refused: Option<Code>,
    pub passed: bool,
}

/// Runs every case, and tells what each came to.
pub fn trials(directory: &Directory) -> Vec<Trial> {
    let tried = directory.cases.iter().map(|case| {
        let passed = run(directory, case).passed();
        let (units, rule, refused) = match decide(directory, &case.question, noon(case.on)) {
            Ok(route) => {
                let rule = decided(&route);
                (route.targets.into_iter().map(|it| (it.unit, it.share)).collect(), rule, None)
            }
            Err(none) => (Vec::new(), None, Some(none.code)),
        };
        Trial { name: case.name.clone(), source: case.source.clone(), units, rule, refused, passed }
    });
    tried.collect()
}

/// The rule that decided a route.
fn decided(route: &Route) -> Option<String> {
    route.steps.iter().filter(|it| it.fitted && !it.rule.starts_with('(')).map(|it| it.rule.clone()).next_back()
}

fn run(directory: &Directory, case: &Case) -> CaseOutcome {
    let (got, steps) = match decide(directory, &case.question, noon(case.on)) {
        Ok(route) => (came_to(&route, &case.expected), route.steps),
        Err(none) => (Expected::Refused(none.code), none.steps),
    };
    let result = if got == case.expected {
        CaseResult::Passed
    } else {
        CaseResult::Failed { wanted: words(&case.expected), got: words(&got) }
    };
    CaseOutcome { name: case.name.clone(), source: case.source.clone(), result, steps }
}

/// The route in the terms of an expectation; the rule is named only when the case asks for it.
fn came_to(route: &Route, expected: &Expected) -> Expected {
    let asks_for_rule = matches!(expected, Expected::Units { rule: Some(_), .. });
    let units = |share| route.targets.iter().filter(|it| it.share == share).map(|it| it.unit.clone()).collect();
    Expected::Units {
        content: units(Share::Content),
        aware: units(Share::Awareness),
        rule: if asks_for_rule { decided(route) } else { None },
        alarm: route.alarm.is_some(),
    }
}

fn words(expected: &Expected) -> String {
    match expected {
        Expected::Refused(code) => format!("refused with {}", code.id()),
        Expected::Units { content, aware, rule, alarm } => {
            let join = |units: &[UnitId]| units.iter().map(|it| it.0.as_str()).collect::<Vec<_>>().join(" and ");
            let mut said = join(content);
            if !aware.is_empty() {
                said.push_str(&format!(", {} made aware", join(aware)));
            }
            if let Some(rule) = rule {
                said.push_str(&format!(", by rule {rule}"));
            }
            if *alarm {
                said.push_str(", with an alarm");
            }
            said
        }
    }
}

fn noon(day: Date) -> Timestamp {
    let noon = day.at(12, 0, 0, 0).to_zoned(norway());
    // Outside the years that a moment can have, the day is wrong anyway, and no rule is in force.
    noon.map_or(Timestamp(0), |it| Timestamp::from_jiff(it.timestamp()))
}
