//! `meldeport message answer`: writes to the sender of a message, or passes it on, in a unit's name.

use crate::app::Draft;
use crate::app::Heart;
use crate::app::OutboundTimes;
use crate::app::outbound_id;
use crate::cli::Exit;
use crate::cli::Stop;
use crate::clock::Clock;
use crate::clock::SystemClock;
use crate::config::Config;
use crate::domain::CoordinatingBody;
use crate::domain::FaultReason;
use crate::domain::OutboundKind;
use crate::domain::Redacted;
use crate::domain::UnitId;
use crate::storage::Actor;
use crate::storage::MessageDetail;
use crate::storage::NewJournalLine;
use crate::storage::OperatorStore;
use crate::storage::Store;
use clap::Args;
use std::path::PathBuf;

#[derive(Args, Debug)]
pub(super) struct Line {
    /// Our reference, our id or the sender's message id
    pub(super) id: String,
    /// A file with what to say, UTF-8; `-` reads standard input
    #[arg(long, value_name = "FILE")]
    text_file: PathBuf,
    /// Ask the sender for more instead of answering
    #[arg(long, group = "what")]
    ask: bool,
    /// Report the message as wrong: wrong-addressee, incomplete or other
    #[arg(long, group = "what", value_name = "REASON")]
    fault: Option<String>,
    /// Pass the report on to the coordinating unit of the municipality, or of the hospital trust, with this number
    #[arg(long, group = "what", value_name = "NUMBER")]
    transfer: Option<String>,
    /// The unit in whose name; needed when several have the report
    #[arg(long)]
    unit: Option<String>,
    /// The colleague who signs; without it, the name of your account
    #[arg(long)]
    name: Option<String>,
    /// Do not wait the time in which it could be taken back
    #[arg(long)]
    now: bool,
}

pub(super) async fn run(line: Line, config: &Config, store: &dyn Store, about: &MessageDetail) -> Result<Exit, Stop> {
    let kind = kind(&line)?;
    let unit = unit(&line, about)?;
    let text = Redacted::new(read(&line.text_file)?);
    let is_bare = text.reveal().trim().is_empty();
    if is_bare && !matches!(kind, OutboundKind::Transfer(_)) {
        return Err(Stop::Said(Exit::Usage, "there is nothing in the file to say".to_owned()));
    }
    let heart = Heart::new(config)?;
    let operator = super::operator();
    let by = Actor::Operator(line.name.clone().unwrap_or_else(|| operator.clone()));
    let draft = Draft { id: outbound_id(&SystemClock), item: None, unit, kind, text, by };
    let mut times = OutboundTimes::of(config);
    if line.now {
        times.undo = std::time::Duration::ZERO;
    }
    let now = SystemClock.now();
    let original = store.raw(about.row.id).await?;
    let reading = NewJournalLine {
        at: now,
        actor: Actor::Operator(operator),
        action: "viewed",
        message: Some(about.row.id),
        detail: "to write about it at the command line".to_owned(),
    };
    OperatorStore::journal(store, reading).await?;
    let ready = heart
        .ready_to_send(draft, &original, times, now)
        .map_err(|no_way| Stop::Said(Exit::No, no_way.text().en.into_owned()))?;
    let (id, to, due) = (ready.id, ready.to.display_name.clone(), ready.due);
    store.enqueue(ready).await?;
    println!("{id} goes to {to} at {due}. Take it back before that with: meldeport outbound cancel {id}");
    Ok(Exit::Fine)
}

fn kind(line: &Line) -> Result<OutboundKind, Stop> {
    let usage = |said: String| Stop::Said(Exit::Usage, said);
    Ok(match (&line.fault, &line.transfer) {
        (Some(word), _) => {
            let reason = FaultReason::ALL.into_iter().find(|it| it.word() == word);
            let known = FaultReason::ALL.map(FaultReason::word).join(", ");
            OutboundKind::FaultReport(
                reason.ok_or_else(|| usage(format!("`{word}` is no reason; the reasons are {known}")))?,
            )
        }
        (None, Some(number)) => OutboundKind::Transfer(CoordinatingBody::parse(number).ok_or_else(|| {
            usage(format!("`{number}` is neither a municipality number (four digits) nor an organisation number"))
        })?),
        (None, None) if line.ask => OutboundKind::Question,
        (None, None) => OutboundKind::Answer,
    })
}

/// The unit that is named, or the only one that has the report.
fn unit(line: &Line, about: &MessageDetail) -> Result<UnitId, Stop> {
    let no = |said: String| Stop::Said(Exit::No, said);
    let units: Vec<&UnitId> = about.items.iter().map(|(unit, _)| unit).collect();
    let listed = || units.iter().map(|it| it.0.as_str()).collect::<Vec<_>>().join(", ");
    match (&line.unit, units.as_slice()) {
        (Some(said), _) => units
            .iter()
            .find(|it| it.0 == *said)
            .map(|it| (*it).clone())
            .ok_or_else(|| no(format!("the message does not lie with `{said}`; it lies with {}", listed()))),
        (None, [only]) => Ok((*only).clone()),
        (None, []) => Err(no("the message lies with no unit; there is nobody to write for".to_owned())),
        (None, _) => Err(no(format!("several units have it; name one with --unit: {}", listed()))),
    }
}

fn read(file: &std::path::Path) -> Result<String, Stop> {
    let wrong = |error: std::io::Error| Stop::Said(Exit::Usage, format!("{}: {error}", file.display()));
    if file.as_os_str() == "-" {
        return std::io::read_to_string(std::io::stdin()).map_err(wrong);
    }
    std::fs::read_to_string(file).map_err(wrong)
}
