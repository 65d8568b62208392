//! `meldeport route`: where a message would go and which rule decides; and the cases that municipalities wrote themselves.

use crate::app;
use crate::cli::Exit;
use crate::cli::Stop;
use crate::cli::load;
use crate::clock::Clock;
use crate::clock::SystemClock;
use crate::domain::AddressGrading;
use crate::domain::DistrictNumber;
use crate::domain::HerId;
use crate::domain::MunicipalityNumber;
use crate::domain::NeedKind;
use crate::domain::OrgNumber;
use crate::domain::ReceiverLevel;
use crate::domain::Redacted;
use crate::domain::ReportKind;
use crate::domain::ReporterCategory;
use crate::domain::RouteStep;
use crate::domain::Timestamp;
use crate::domain::UrgencyLevel;
use crate::judge;
use crate::routing;
use crate::routing::AgeOnDay;
use crate::routing::CaseResult;
use crate::routing::Directory;
use crate::routing::RouteQuestion;
use clap::Args;
use clap::Subcommand;
use serde_json::json;
use std::path::Path;
use std::path::PathBuf;

#[derive(Args, Debug)]
pub(super) struct Line {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Say where a report would go, and which rule decides
    #[command(
        after_help = "Without a configuration file the units are those of the mission's example municipalities.\n\nExamples:\n  meldeport route explain message.xml\n  meldeport route explain --municipality 4211 --need IP\n  meldeport route explain --municipality 4601 --district 460101 --need BARNEKOORDINATOR --age 1y6m\n  meldeport route explain --municipality 4211 --need BARNEKOORDINATOR --unborn --relayed\n\nExit status 1: no unit can receive it."
    )]
    Explain(Box<Explain>),
    /// Run the cases in the unit directory
    #[command(after_help = "Exit status 1: at least one case does not come out as its municipality says.")]
    Test {
        /// One JSON object per case
        #[arg(long)]
        json: bool,
    },
}

#[derive(Args, Debug)]
struct Explain {
    /// A message; without it, the options below say what is asked
    #[arg(value_name = "FILE", conflicts_with_all = ["municipality", "district", "needs", "age", "unborn", "relayed", "services"])]
    file: Option<PathBuf>,
    /// Municipality number
    #[arg(long, required_unless_present = "file")]
    municipality: Option<String>,
    /// District number, six digits
    #[arg(long)]
    district: Option<String>,
    /// Kind of report, such as BEHOV or MULIG_BEHOV_HABREHAB
    #[arg(long, default_value = "BEHOV")]
    kind: String,
    /// Kind of need, such as IP or BARNEKOORDINATOR; may be given several times
    #[arg(long = "need", value_name = "NEED")]
    needs: Vec<String>,
    /// The person's age: years (7), months (18m) or both (1y6m)
    #[arg(long, value_parser = age_in_months, value_name = "AGE")]
    age: Option<u32>,
    /// The person is an expected child
    #[arg(long, conflicts_with = "age")]
    unborn: bool,
    /// A hospital's coordinating unit passes on what somebody else reported
    #[arg(long)]
    relayed: bool,
    /// A service that is involved, such as PSYKISK_HELSE; may be given several times
    #[arg(long = "service", value_name = "SERVICE")]
    services: Vec<String>,
    /// Who reports, such as SKOLE
    #[arg(long, default_value = "SYKEHUS_SOMATIKK")]
    reporter: String,
    /// The report is urgent
    #[arg(long)]
    urgent: bool,
    /// The person is in hospital
    #[arg(long)]
    admitted: bool,
    /// Protection of the address, such as FORTROLIG
    #[arg(long, default_value = "UGRADERT")]
    grading: String,
    /// Organisation number of a hospital trust whose own coordinating unit is meant
    #[arg(long, value_name = "ORGNR")]
    hospital_trust: Option<String>,
    /// HER-id that the message is addressed to
    #[arg(long)]
    her_id: Option<u32>,
    /// At this moment, such as 2026-11-22T10:00:00Z
    #[arg(long, value_name = "TIME")]
    at: Option<String>,
    /// One JSON object
    #[arg(long)]
    json: bool,
}

pub(super) fn run(line: Line, config: &Path) -> Result<Exit, Stop> {
    let directory = if config.exists() {
        app::directory(&load(config)?)?
    } else {
        eprintln!("meldeport: there is no {}; using the example municipalities", config.display());
        app::example_directory()
    };
    match line.command {
        Command::Explain(it) => explain(&it, &directory),
        Command::Test { json } => Ok(test(&directory, json)),
    }
}

fn explain(asked: &Explain, directory: &Directory) -> Result<Exit, Stop> {
    let at = match &asked.at {
        None => SystemClock.now(),
        Some(said) => said
            .parse()
            .map(Timestamp::from_jiff)
            .map_err(|_| usage("at", said, "a moment like 2026-11-22T10:00:00Z"))?,
    };
    let question = match &asked.file {
        Some(file) => question_of(file, at)?,
        None => question(asked)?,
    };
    let (targets, steps, exit) = match routing::decide(directory, &question, at) {
        Ok(route) => (route.targets, route.steps, Exit::Fine),
        Err(none) => {
            if !asked.json {
                println!("{}: {}", none.code.id(), none.code.text().en);
            }
            (Vec::new(), none.steps, Exit::No)
        }
    };
    if asked.json {
        let targets: Vec<_> =
            targets.iter().map(|it| json!({ "unit": it.unit.0, "share": it.share.label() })).collect();
        let steps: Vec<_> =
            steps.iter().map(|it| json!({ "rule": it.rule, "fitted": it.fitted, "why": it.why.en })).collect();
        println!("{}", json!({ "targets": targets, "steps": steps }));
        return Ok(exit);
    }
    for target in &targets {
        println!("→ {} ({})", target.unit, target.share.label());
    }
    print_steps(&steps);
    Ok(exit)
}

fn print_steps(steps: &[RouteStep]) {
    for step in steps {
        println!("  {} {}: {}", if step.fitted { "✓" } else { "·" }, step.rule, step.why.en);
    }
}

/// The question that the report in a message asks. What else is wrong with the message is for `judge`.
fn question_of(file: &Path, at: Timestamp) -> Result<RouteQuestion, Stop> {
    let rulebook = app::example_rulebook();
    let arrival = app::rehearsal::arrival(super::judge::contents(file, rulebook.limits.bytes_max)?, None, at);
    let read = judge::reopen(&arrival, &rulebook, |_, it| it);
    let report = read.as_ref().and_then(|it| it.report.as_ref()?.need());
    match (&read, report) {
        (Some(read), Some(report)) => Ok(RouteQuestion::of(report, read.head.addressee().her_id(), at)),
        _ => {
            Err(Stop::Said(Exit::No, format!("{}: no report can be read from it; see meldeport judge", file.display())))
        }
    }
}

fn question(asked: &Explain) -> Result<RouteQuestion, Stop> {
    let municipality = asked.municipality.as_deref().unwrap_or_default();
    Ok(RouteQuestion {
        municipality: MunicipalityNumber::parse(municipality)
            .ok_or_else(|| usage("municipality", municipality, "four digits"))?,
        district: match &asked.district {
            None => None,
            Some(said) => Some(DistrictNumber::parse(said).ok_or_else(|| usage("district", said, "six digits"))?),
        },
        level: if asked.hospital_trust.is_some() { ReceiverLevel::HospitalTrust } else { ReceiverLevel::Municipality },
        hospital_trust: match &asked.hospital_trust {
            None => None,
            Some(said) => {
                Some(OrgNumber::parse(said).map_err(|_| usage("hospital-trust", said, "an organisation number"))?)
            }
        },
        kind: code("kind", &asked.kind, ReportKind::from_code, &codes(ReportKind::ALL, ReportKind::code))?,
        needs: asked
            .needs
            .iter()
            .map(|it| code("need", it, NeedKind::from_code, &codes(NeedKind::ALL, NeedKind::code)))
            .collect::<Result<_, _>>()?,
        age: Redacted::new(if asked.unborn {
            AgeOnDay::Unborn
        } else {
            asked.age.map_or(AgeOnDay::Unknown, AgeOnDay::Months)
        }),
        services: asked.services.clone(),
        reporter: Some(code(
            "reporter",
            &asked.reporter,
            ReporterCategory::from_code,
            &codes(ReporterCategory::ALL, ReporterCategory::code),
        )?),
        relayed: asked.relayed,
        urgency: if asked.urgent { UrgencyLevel::Urgent } else { UrgencyLevel::Ordinary },
        admitted: asked.admitted,
        grading: code(
            "grading",
            &asked.grading,
            AddressGrading::from_code,
            "UGRADERT, KLIENTADRESSE, FORTROLIG, STRENGT_FORTROLIG",
        )?,
        receiver: asked.her_id.map(HerId),
    })
}

/// `7`, `7y`, `18m` or `1y6m`, in months.
fn age_in_months(said: &str) -> Result<u32, String> {
    let expected = || "write years (7), months (18m) or both (1y6m); nobody is older than 150 years".to_owned();
    let (years, months) = match (said.split_once('y'), said.strip_suffix('m')) {
        (Some((years, "")), _) => (years, "0"),
        (Some((years, rest)), _) => (years, rest.strip_suffix('m').ok_or_else(expected)?),
        (None, Some(months)) => ("0", months),
        (None, None) => (said, "0"),
    };
    let number = |it: &str| it.parse::<u32>().ok().filter(|it| *it <= 1800).ok_or_else(expected);
    let months = number(years)? * 12 + number(months)?;
    if months <= 1800 { Ok(months) } else { Err(expected()) }
}

fn codes<T: Copy>(all: &[T], code: fn(T) -> &'static str) -> String {
    all.iter().map(|it| code(*it)).collect::<Vec<_>>().join(", ")
}

fn code<T>(name: &str, said: &str, find: impl Fn(&str) -> Option<T>, known: &str) -> Result<T, Stop> {
    find(said).ok_or_else(|| usage(name, said, &format!("one of {known}")))
}

fn usage(name: &str, said: &str, expected: &str) -> Stop {
    Stop::Said(Exit::Usage, format!("--{name} is `{said}`; it must be {expected}"))
}

fn test(directory: &Directory, as_json: bool) -> Exit {
    let outcomes = routing::run_cases(directory);
    let mut failed = 0;
    for outcome in &outcomes {
        let said = match &outcome.result {
            CaseResult::Passed => None,
            CaseResult::Failed { wanted, got } => Some((wanted.clone(), got.clone())),
        };
        failed += u32::from(said.is_some());
        if as_json {
            let (expected, got) = said.clone().unzip();
            println!(
                "{}",
                json!({ "case": outcome.name, "file": outcome.source.file, "passed": said.is_none(), "expected": expected, "got": got })
            );
        } else if let Some((expected, got)) = said {
            println!("✗ {} ({}): expected {expected}, got {got}", outcome.name, outcome.source);
            print_steps(&outcome.steps);
        } else {
            println!("✓ {}", outcome.name);
        }
    }
    eprintln!("{} cases, {failed} otherwise than expected", outcomes.len());
    if failed == 0 { Exit::Fine } else { Exit::No }
}
