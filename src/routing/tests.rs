//! The models of municipal practice, one by one, on the files that we publish and on small directories.

mod any_question;
mod models;
mod published;

use crate::domain::AddressGrading;
use crate::domain::AlarmKind;
use crate::domain::AskedAbout;
use crate::domain::Classification;
use crate::domain::ClassificationRule;
use crate::domain::Code;
use crate::domain::Dialogue;
use crate::domain::DialogueReport;
use crate::domain::DialogueVersion;
use crate::domain::DistrictNumber;
use crate::domain::HerId;
use crate::domain::MunicipalityNumber;
use crate::domain::NeedKind;
use crate::domain::NoRoute;
use crate::domain::OrgNumber;
use crate::domain::Reason;
use crate::domain::ReceiverLevel;
use crate::domain::Redacted;
use crate::domain::ReportKind;
use crate::domain::ReporterCategory;
use crate::domain::Route;
use crate::domain::RouteTarget;
use crate::domain::RuleOutcome;
use crate::domain::Severity;
use crate::domain::Share;
use crate::domain::Timestamp;
use crate::domain::UrgencyLevel;
use crate::domain::norway;
use crate::routing::AgeOnDay;
use crate::routing::CaseResult;
use crate::routing::Directory;
use crate::routing::RouteQuestion;
use crate::routing::check;
use crate::routing::decide;
use crate::routing::decide_dialogue;
use crate::routing::run_cases;
use jiff::civil::Date;
use jiff::civil::date;
use std::sync::LazyLock;

const PUBLISHED: &[(&str, &str)] = &[
    ("eksempel-storby.toml", include_str!("../../config/municipalities/eksempel-storby.toml")),
    ("gjerstad.toml", include_str!("../../config/municipalities/gjerstad.toml")),
    ("karmoy.toml", include_str!("../../config/municipalities/karmoy.toml")),
    ("loppa.toml", include_str!("../../config/municipalities/loppa.toml")),
    ("risor.toml", include_str!("../../config/municipalities/risor.toml")),
];
const EXAMPLE: &str = include_str!("../../config/units.example.toml");

static DIRECTORY: LazyLock<Directory> = LazyLock::new(|| read(PUBLISHED));

/// The same, where every municipality wants what no rule takes to be rejected.
static REJECTING: LazyLock<Directory> = LazyLock::new(|| {
    let changed = |text: &str| text.replace("when_unroutable = \"default\"", "when_unroutable = \"reject\"");
    let files: Vec<_> = PUBLISHED.iter().map(|(name, text)| ((*name).to_owned(), changed(text))).collect();
    Directory::parse(&files).unwrap()
});

fn read(files: &[(&str, &str)]) -> Directory {
    let files: Vec<_> = files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    Directory::parse(&files).unwrap_or_else(|faults| {
        panic!("{}", faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"));
    })
}

fn small(text: &str) -> Directory {
    read(&[("small.toml", text)])
}

fn at(day: Date) -> Timestamp {
    Timestamp::from_jiff(day.at(9, 0, 0, 0).to_zoned(norway()).unwrap().timestamp())
}

const TODAY: Date = date(2026, 10, 15);

/// An ordinary report about a grown-up, to be changed by each test.
fn question(municipality: &str) -> RouteQuestion {
    RouteQuestion {
        municipality: MunicipalityNumber::parse(municipality).unwrap(),
        district: None,
        level: ReceiverLevel::Municipality,
        hospital_trust: None,
        kind: ReportKind::Need,
        needs: vec![NeedKind::Coordinator],
        age: Redacted::new(AgeOnDay::Months(40 * 12)),
        services: Vec::new(),
        reporter: Some(ReporterCategory::GeneralPractitioner),
        relayed: false,
        urgency: UrgencyLevel::Ordinary,
        admitted: false,
        grading: AddressGrading::Ungraded,
        receiver: None,
    }
}

/// Units with content, then `(aware)` ones.
fn units(route: &Route) -> Vec<String> {
    let name = |it: &RouteTarget| match it.share {
        Share::Content => it.unit.to_string(),
        Share::Awareness => format!("({})", it.unit),
    };
    route.targets.iter().map(name).collect()
}

fn goes(directory: &Directory, question: &RouteQuestion) -> Vec<String> {
    units(&decide(directory, question, at(TODAY)).unwrap())
}

fn refused(directory: &Directory, question: &RouteQuestion) -> NoRoute {
    decide(directory, question, at(TODAY)).unwrap_err()
}

/// A small municipality: an office that is the default, and room for more.
fn with(more: &str) -> String {
    format!(
        r#"
[municipality]
number = "4211"
her_ids = [90001]
default = "kontor"
when_unroutable = "default"

[[unit]]
id = "kontor"
name = "Kontoret"
kind = "office"
her_ids = [900011]
{more}
"#
    )
}

fn unit(id: &str, more: &str) -> String {
    format!("\n[[unit]]\nid = \"{id}\"\nname = \"{id}\"\nkind = \"office\"\n{more}\n")
}

fn rule(name: &str, to: &str, more: &str) -> String {
    format!("\n[[rule]]\nname = \"{name}\"\nwhy = \"Derfor.\"\nto = [\"{to}\"]\n{more}\n")
}
