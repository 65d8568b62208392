//! `meldeport alarm`: what a person must deal with, and saying that it has been dealt with.

use crate::app;
use crate::cli::Exit;
use crate::cli::Stop;
use crate::cli::load;
use crate::clock::Clock;
use crate::clock::SystemClock;
use crate::domain::AlarmKind;
use crate::storage::Actor;
use crate::storage::Alarm;
use crate::storage::NewJournalLine;
use crate::storage::StoreError;
use clap::Args;
use clap::Subcommand;
use serde_json::json;
use std::path::Path;

/// Characters of the reason that is written in the journal.
const REASON_CHARS_MAX: usize = 200;

#[derive(Args, Debug)]
pub(super) struct Line {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// List the alarms that are open, oldest first, and what to do about each
    #[command(after_help = "Exit status 0: none is open. 1: there is at least one.")]
    List {
        /// One JSON object per line
        #[arg(long)]
        json: bool,
    },
    /// Say that an alarm has been dealt with
    #[command(
        after_help = "Most alarms end by themselves when what they tell of has been mended. This is for those that only a person can end, such as unroutable: nobody else knows that the person has been helped. What is still so raises its alarm again. Who closed it and why goes into the journal: write nothing about the person there.\n\nExamples:\n  meldeport alarm close unroutable 4211 --because 'the rule for the new unit is there now'\n  meldeport alarm close unroutable 'HER-id 900011' --because 'the sender has been told the right one'\n\nExit status 1: there is no such open alarm, or another command ends it."
    )]
    Close {
        /// As alarm list says it
        kind: String,
        /// As alarm list says it
        subject: String,
        /// What was done
        #[arg(long, value_name = "REASON")]
        because: String,
    },
}

pub(super) async fn run(line: Line, config: &Path) -> Result<Exit, Stop> {
    let store = app::open_store(&load(config)?).await?;
    match line.command {
        Command::List { json } => {
            let alarms = store.alarms().await?;
            for it in &alarms {
                println!("{}", if json { as_json(it).to_string() } else { as_text(it) });
            }
            if !json && alarms.is_empty() {
                println!("No alarm is open.");
            }
            Ok(if alarms.is_empty() { Exit::Fine } else { Exit::No })
        }
        Command::Close { kind, subject, because } => {
            let kind = AlarmKind::from_label(&kind).ok_or_else(|| {
                let known = AlarmKind::ALL.map(AlarmKind::label).join(", ");
                Stop::Said(Exit::Usage, format!("`{kind}` is no kind of alarm; the kinds are {known}"))
            })?;
            let because = because.trim();
            if because.is_empty() || because.chars().count() > REASON_CHARS_MAX || because.chars().any(char::is_control)
            {
                let said = format!("--because takes one line of 1 to {REASON_CHARS_MAX} characters");
                return Err(Stop::Said(Exit::Usage, said));
            }
            if let Some(command) = ended_by(kind) {
                return Err(Stop::Said(Exit::No, format!("it ends with {command}")));
            }
            let told = NewJournalLine {
                at: SystemClock.now(),
                actor: Actor::Operator(super::operator()),
                action: "alarm_closed",
                message: None,
                detail: format!("{} {subject}: {because}", kind.label()),
            };
            match store.close_alarm(kind, &subject, told).await {
                Ok(()) => {
                    println!("{} {subject} is closed. It is raised again if it is still so.", kind.label());
                    Ok(Exit::Fine)
                }
                Err(StoreError::Absent) => {
                    let said = format!("no alarm {} is open for `{subject}`; see meldeport alarm list", kind.label());
                    Err(Stop::Said(Exit::No, said))
                }
                Err(error) => Err(error.into()),
            }
        }
    }
}

/// The command that deals with the matter and ends its alarm; closing the alarm alone would leave something that waits.
const fn ended_by(kind: AlarmKind) -> Option<&'static str> {
    match kind {
        AlarmKind::MessageStuck => Some("meldeport message requeue REFERENCE"),
        AlarmKind::OutboundAbandoned | AlarmKind::OutboundRejected | AlarmKind::OutboundUnanswered => {
            Some("meldeport outbound requeue ID or meldeport outbound close ID; ids are in meldeport outbound list")
        }
        AlarmKind::Unroutable
        | AlarmKind::NoticeAbandoned
        | AlarmKind::ReceiptAbandoned
        | AlarmKind::CertificateEnds
        | AlarmKind::RevocationListEnds
        | AlarmKind::ReloadFailed
        | AlarmKind::JournalBroken
        | AlarmKind::AttachmentInfected
        | AlarmKind::ScannerSilent
        | AlarmKind::TransferUnanswered
        | AlarmKind::NoReceiver
        | AlarmKind::HookAbandoned => None,
    }
}

/// What to do about an alarm, in one sentence; the manual's page on operations has more.
pub(super) const fn mend(kind: AlarmKind) -> &'static str {
    match kind {
        AlarmKind::MessageStuck => {
            "A bug of ours. Report it with the log; upgrade; meldeport message requeue REFERENCE."
        }
        AlarmKind::Unroutable => {
            "Mend the unit directory (meldeport route explain), see that the person has been helped, then meldeport alarm close."
        }
        AlarmKind::NoticeAbandoned => {
            "Call the unit; mend its address or webhook; meldeport queue requeue --all. The reports lie in its inbox."
        }
        AlarmKind::ReceiptAbandoned => "Tell the sender what became of its message; then meldeport alarm close.",
        AlarmKind::CertificateEnds => "Renew it, or write to the sender whose it is. meldeport cert list has ours.",
        AlarmKind::RevocationListEnds => {
            "Fetch the lists of the authorities now, and look at the timer that should have. After they end no sender comes in."
        }
        AlarmKind::ReloadFailed => {
            "The file is bad and the old one is in use; the log says what is wrong. Mend it: it is read again by itself."
        }
        AlarmKind::JournalBroken => {
            "Stop, keep a copy of everything, and find out who could write there. Then meldeport alarm close."
        }
        AlarmKind::OutboundAbandoned | AlarmKind::OutboundRejected | AlarmKind::OutboundUnanswered => {
            "See that somebody telephones; then meldeport outbound close ID, or requeue ID (ids: meldeport outbound list)."
        }
        AlarmKind::AttachmentInfected => {
            "Tell the sender by telephone, see that the report itself is dealt with; then meldeport alarm close."
        }
        AlarmKind::ScannerSilent => {
            "Start the antivirus program. What waits is looked at by itself, and the alarm ends."
        }
        AlarmKind::TransferUnanswered => {
            "Call both units; it ends when one of them answers or the offer is taken back."
        }
        AlarmKind::NoReceiver => "Mend the unit directory (meldeport directory gaps); it ends by itself.",
        AlarmKind::HookAbandoned => {
            "Call those who run the case system; meldeport api-client hook queue has the reason, hook requeue ID tries again."
        }
    }
}

fn as_json(alarm: &Alarm) -> serde_json::Value {
    json!({
        "kind": alarm.kind.label(), "subject": alarm.subject, "opened_at": alarm.opened_at.to_string(),
        "times": alarm.times, "do": mend(alarm.kind),
    })
}

fn as_text(alarm: &Alarm) -> String {
    format!(
        "{}  {}  open since {}, raised {} times\n    → {}",
        alarm.kind.label(),
        alarm.subject,
        alarm.opened_at,
        alarm.times,
        mend(alarm.kind)
    )
}
