//! `meldeport judge`: what would be said of a message, without a server and without storing anything.

use crate::app;
use crate::app::rehearsal;
use crate::cli::Exit;
use crate::cli::Stop;
use crate::clock::Clock;
use crate::clock::SystemClock;
use crate::config::Config;
use crate::domain::AppRecVersion;
use crate::domain::Classification;
use crate::domain::Decision;
use crate::domain::Deviation;
use crate::domain::Finding;
use crate::domain::Head;
use crate::domain::Judgement;
use crate::domain::Language;
use crate::domain::MaskedLine;
use crate::domain::ReceiptId;
use crate::domain::RegisteredSender;
use crate::domain::RouteStep;
use crate::domain::Rulebook;
use crate::domain::Severity;
use crate::domain::Share;
use crate::domain::Text;
use crate::domain::Timestamp;
use crate::inbox::CountsAs;
use crate::intake::Rehearsal;
use crate::intake::RehearsedReceipt;
use crate::judge;
use crate::judge::Stage;
use crate::routing::Directory;
use bytes::Bytes;
use clap::Args;
use clap::ValueEnum;
use serde_json::json;
use std::io::Read;
use std::path::Path;
use std::path::PathBuf;
use uuid::Uuid;

#[derive(Args, Debug)]
#[command(
    after_help = "Without a configuration file the message's own sender counts as registered, made-up persons are taken, and the units are those of the mission's example municipalities.\n\nExamples:\n  meldeport judge message.xml\n  meldeport judge --json --stage schema *.xml | jq -c .findings\n\nExit status 1: at least one file would be rejected or refused."
)]
pub(super) struct Line {
    /// Files with one message each; - is standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// How far to judge
    #[arg(long, value_enum, default_value_t = StageChoice::Route)]
    stage: StageChoice,
    /// Judge as if it came from this registered sender
    #[arg(long = "as", value_name = "SENDER")]
    sender: Option<String>,
    /// Judge as if it came at this moment, such as 2026-11-22T10:00:00Z
    #[arg(long, value_name = "TIME")]
    at: Option<String>,
    /// Language of the texts
    #[arg(long, value_enum, default_value_t = LanguageChoice::Nb)]
    language: LanguageChoice,
    /// One JSON object per file and line
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(super) enum StageChoice {
    Envelope,
    Schema,
    Rules,
    Route,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(super) enum LanguageChoice {
    Nb,
    Nn,
    En,
}

impl From<LanguageChoice> for Language {
    fn from(choice: LanguageChoice) -> Self {
        match choice {
            LanguageChoice::Nb => Self::Nb,
            LanguageChoice::Nn => Self::Nn,
            LanguageChoice::En => Self::En,
        }
    }
}

/// What judging needs, from the configuration or from the example world.
struct Bench {
    rulebook: Rulebook,
    directory: Directory,
    counts_as: CountsAs,
}

pub(super) fn run(line: &Line, config: &Path) -> Result<Exit, Stop> {
    let now = match &line.at {
        None => SystemClock.now(),
        Some(said) => said.parse().map(Timestamp::from_jiff).map_err(|_| {
            Stop::Said(Exit::Usage, format!("`{said}` is not a moment; write it like 2026-11-22T10:00:00Z"))
        })?,
    };
    let bench = bench(config)?;
    let mut exit = Exit::Fine;
    for file in &line.files {
        let bytes = contents(file, bench.rulebook.limits.bytes_max)?;
        let judged = judged(line, &bench, bytes, now)?;
        if !judged.is_fine {
            exit = Exit::No;
        }
        if line.json {
            println!("{}", judged.as_json(file, line.language.into()));
        } else {
            print!("{}", judged.as_text(file, line.language.into()));
        }
    }
    Ok(exit)
}

fn bench(config: &Path) -> Result<Bench, Stop> {
    if config.exists() {
        let config = Config::load(config)?;
        return Ok(Bench {
            rulebook: config.rulebook()?,
            directory: app::directory(&config)?,
            counts_as: CountsAs::ItIs,
        });
    }
    eprintln!("meldeport: there is no {}; judging with the example world", config.display());
    Ok(Bench {
        rulebook: app::example_rulebook(),
        directory: app::example_directory(),
        counts_as: CountsAs::Registered,
    })
}

/// At most one byte more than is accepted, so that a huge file costs no more than a large one.
pub(super) fn contents(file: &Path, bytes_max: usize) -> Result<Bytes, Stop> {
    let mut bytes = Vec::new();
    let most = bytes_max as u64 + 1;
    let read = if file == Path::new("-") {
        std::io::stdin().lock().take(most).read_to_end(&mut bytes)
    } else {
        std::fs::File::open(file).and_then(|it| it.take(most).read_to_end(&mut bytes))
    };
    read.map_err(|error| Stop::Said(Exit::Usage, format!("could not read {}: {error}", file.display())))?;
    Ok(bytes.into())
}

/// What was said of one file.
struct Judged {
    verdict: &'static str,
    is_fine: bool,
    head: Option<Head>,
    sender_message_id: Option<String>,
    units: Vec<String>,
    route: Vec<RouteStep>,
    /// Only of a dialogue message.
    classification: Option<Classification>,
    findings: Vec<(Finding, Option<MaskedLine>)>,
    findings_left_out: usize,
    /// The receipt that would be sent, when the message was judged to the end.
    receipt: Option<RehearsedReceipt>,
    would_pass_with: Vec<Deviation>,
}

fn judged(line: &Line, bench: &Bench, bytes: Bytes, now: Timestamp) -> Result<Judged, Stop> {
    let arrival = rehearsal::arrival(bytes, None, now);
    let head = judge::head(&arrival, &bench.rulebook);
    if line.stage == StageChoice::Schema && head.is_none() {
        let findings = judge::check_schema(&arrival, &bench.rulebook);
        let lines = judge::masked_lines(&arrival, &bench.rulebook, &findings);
        let is_fine = findings.iter().all(|it| it.severity < Severity::Error);
        let verdict = if is_fine { "accepted" } else { "rejected" };
        return Ok(Judged {
            verdict,
            is_fine,
            head: None,
            sender_message_id: None,
            units: vec![],
            route: vec![],
            classification: None,
            findings: findings.into_iter().zip(lines).collect(),
            findings_left_out: 0,
            receipt: None,
            would_pass_with: vec![],
        });
    }
    let sender = sender(line, bench, head.as_ref())?;
    let stage = match line.stage {
        StageChoice::Envelope => Stage::Envelope,
        StageChoice::Schema => Stage::Schema,
        StageChoice::Rules => Stage::Rules,
        StageChoice::Route => Stage::Route,
    };
    let registered = sender.as_ref().and_then(|it| it.way_back.apprec);
    let answer = rehearsal::Answer { id: ReceiptId(Uuid::now_v7()), registered, asked: AppRecVersion::default() };
    let judgement =
        rehearsal::judgement(arrival.clone(), &bench.rulebook, &bench.directory, sender, bench.counts_as, stage);
    let rehearsed = rehearsal::rehearsed(judgement, &arrival, &bench.rulebook, answer);
    Ok(Judged::of(rehearsed, head, line.stage))
}

/// Who the message counts as coming from.
fn sender(line: &Line, bench: &Bench, head: Option<&Head>) -> Result<Option<RegisteredSender>, Stop> {
    if let Some(name) = &line.sender {
        let found = bench.rulebook.senders.iter().find(|it| it.name == *name);
        return found
            .cloned()
            .map(Some)
            .ok_or_else(|| Stop::Said(Exit::Usage, format!("no sender is registered as `{name}`")));
    }
    Ok(rehearsal::sender(&bench.rulebook, head, bench.counts_as))
}

impl Judged {
    fn of(rehearsed: Rehearsal, head: Option<Head>, stage: StageChoice) -> Self {
        let Rehearsal { judgement, lines, receipt } = rehearsed;
        let findings = judgement.findings().iter().cloned().zip(lines).collect();
        let receipt = receipt.filter(|_| stage == StageChoice::Route);
        match judgement {
            Judgement::Refusal(refusal) => Self {
                verdict: "refused",
                is_fine: false,
                head,
                sender_message_id: refusal.sender_message_id,
                units: vec![],
                route: vec![],
                classification: None,
                findings,
                findings_left_out: 0,
                receipt,
                would_pass_with: vec![],
            },
            Judgement::Verdict(verdict) => {
                let is_fine = match stage {
                    StageChoice::Route => verdict.is_accepted(),
                    StageChoice::Envelope | StageChoice::Schema | StageChoice::Rules => {
                        verdict.errors().next().is_none()
                    }
                };
                let (units, route, classification) = match &verdict.decision {
                    Decision::Accepted { route, report } => (
                        route
                            .targets
                            .iter()
                            .filter(|it| it.share == Share::Content)
                            .map(|it| it.unit.0.clone())
                            .collect(),
                        route.steps.clone(),
                        report.classification().cloned(),
                    ),
                    Decision::Rejected => (vec![], vec![], None),
                };
                Self {
                    verdict: if is_fine { "accepted" } else { "rejected" },
                    is_fine,
                    sender_message_id: Some(verdict.head.message_id.clone()),
                    head: Some(verdict.head),
                    units,
                    route,
                    classification,
                    findings,
                    findings_left_out: verdict.findings_left_out,
                    receipt,
                    would_pass_with: verdict.would_pass_with,
                }
            }
        }
    }

    fn as_json(&self, file: &Path, language: Language) -> serde_json::Value {
        let findings: Vec<_> = self
            .findings
            .iter()
            .map(|(it, line)| {
                json!({
                    "code": it.code.id(),
                    "severity": it.severity.label(),
                    "apprec": it.code.entry().apprec.map(|it| it.code()),
                    "xpath": it.place.as_ref().map(|it| it.xpath.as_str()),
                    "line": it.place.as_ref().map(|it| it.line),
                    "column": it.place.as_ref().map(|it| it.column),
                    "text": it.text().in_language(language),
                    "expected": it.expected.as_ref().map(|it| it.in_language(language)),
                    "schema": it.schema_says,
                    "mend": mend(it).map(|it| it.in_language(language).to_owned()),
                    "masked": line.as_ref().map(|it| json!({ "before": it.before, "here": it.here, "after": it.after })),
                    "deviation": it.tolerance.map(|it| it.deviation().key()),
                })
            })
            .collect();
        let classification = self
            .classification
            .as_ref()
            .map(|it| json!({ "class": it.class().code(), "why": it.why().in_language(language) }));
        let route: Vec<_> = self
            .route
            .iter()
            .map(|it| json!({ "rule": it.rule, "fitted": it.fitted, "why": it.why.in_language(language) }))
            .collect();
        let receipt = self.receipt.as_ref().map(|it| {
            let errors = it.errors.iter().map(|it| json!({ "code": it.apprec.code(), "text": it.other_text }));
            json!({ "status": it.status.code(), "errors": errors.collect::<Vec<_>>(), "xml": it.xml })
        });
        let mut json = json!({
            "file": file.display().to_string(),
            "verdict": self.verdict,
            "sender_message_id": self.sender_message_id,
            "message_type": self.head.as_ref().and_then(|it| it.message_type.code.as_deref()),
            "units": self.units,
            "findings": findings,
            "findings_left_out": self.findings_left_out,
            "route": route,
            "receipt": receipt,
        });
        if let (false, Some(fields)) = (self.would_pass_with.is_empty(), json.as_object_mut()) {
            let keys: Vec<_> = self.would_pass_with.iter().map(|it| it.key()).collect();
            fields.insert("would_pass_with".to_owned(), json!(keys));
        }
        if let (Some(classification), Some(fields)) = (classification, json.as_object_mut()) {
            fields.insert("classification".to_owned(), classification);
        }
        json
    }

    fn as_text(&self, file: &Path, language: Language) -> String {
        let mut lines = vec![format!("{}: {}", file.display(), self.verdict)];
        for (it, line) in &self.findings {
            let place =
                it.place.as_ref().map(|it| format!("{}:{} {}", it.line, it.column, it.xpath)).unwrap_or_default();
            let apprec = it.code.entry().apprec.map(|it| format!(" ({})", it.code())).unwrap_or_default();
            lines.push(format!("  {} {}{apprec}  {place}", it.severity.label(), it.code.id()));
            lines.push(format!("      {}", it.text().in_language(language)));
            if let Some(schema) = &it.schema_says {
                lines.push(format!("      XSD: {schema}"));
            }
            if let Some(line) = line {
                lines.push(format!("      │ {}»{}«{}", line.before, line.here, line.after));
            }
            if let Some(mend) = mend(it) {
                lines.push(format!("      → {}", mend.in_language(language)));
            }
        }
        if self.findings_left_out > 0 {
            lines.push(format!("  and {} more", self.findings_left_out));
        }
        if let Some(receipt) = &self.receipt {
            let codes: Vec<_> = receipt.errors.iter().map(|it| it.apprec.code()).collect();
            let (status, name) = (receipt.status.code(), receipt.status.name());
            lines.push(format!("  AppRec {status} {name} {}", codes.join(" ")).trim_end().to_owned());
        }
        if !self.would_pass_with.is_empty() {
            lines.push(format!("  {}", would_pass(language)));
            let each = self.would_pass_with.iter();
            lines.extend(each.map(|it| format!("      {}: {}", it.key(), it.text().in_language(language))));
        }
        let why = self.classification.as_ref().map(|it| (it.class().code(), it.why()));
        lines.extend(why.as_ref().map(|(class, why)| format!("  {class}: {}", why.in_language(language))));
        lines.extend(self.units.iter().map(|it| format!("  → {it}")));
        // The classification is a step of the route too, and is told once.
        let told = |it: &&RouteStep| why.as_ref().is_some_and(|(_, why)| *why == it.why);
        let steps = self.route.iter().filter(|it| it.fitted && !told(it));
        lines.extend(steps.map(|it| format!("      {}", it.why.in_language(language))));
        lines.join("\n") + "\n"
    }
}

/// How to mend it, when there is something to mend.
fn mend(finding: &Finding) -> Option<Text> {
    (finding.severity > Severity::Info).then(|| finding.code.mend())
}

/// Before the deviations that the operator could grant.
fn would_pass(language: Language) -> &'static str {
    match language {
        Language::Nb => "Alt dette er små avvik. Meldingen ville blitt tatt imot hvis avsenderen fikk lov til:",
        Language::Nn => "Alt dette er små avvik. Meldinga ville blitt teken imot om avsendaren fekk lov til:",
        Language::En => "All of this is small deviations. The message would pass if the sender were allowed:",
    }
}
