//! What a message is, as far as the kit needs it: its id, its hashes and what is special about it.

use crate::app;
use crate::app::rehearsal;
use crate::conformance::seen::Trait;
use crate::domain::AckWish;
use crate::domain::AddressGrading;
use crate::domain::Beside;
use crate::domain::ConsentStatus;
use crate::domain::Head;
use crate::domain::NeedKind;
use crate::domain::NeedReport;
use crate::domain::ProcessingStatus;
use crate::domain::Report;
use crate::domain::ReportKind;
use crate::domain::Rulebook;
use crate::domain::Timestamp;
use crate::domain::UrgencyLevel;
use crate::judge;
use crate::wire::apprec;
use bytes::Bytes;
use regex::Regex;
use std::sync::LazyLock;

/// What changes when a message is sent anew under another id.
static ENVELOPE_OWN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"<((?:\w+:)?(?:MsgId|GenDate))>[^<]*</(?:\w+:)?(?:MsgId|GenDate)>").expect("the pattern is right")
});

/// What could be read of a message.
pub(super) struct Reading {
    pub(super) message_id: Option<String>,
    pub(super) sha256: String,
    pub(super) alike: String,
    pub(super) traits: Vec<Trait>,
}

pub(super) fn read(bytes: &Bytes, rulebook: &Rulebook, now: Timestamp) -> Reading {
    let sha256 = app::hex(&app::sha256(bytes));
    let arrival = rehearsal::arrival(bytes.clone(), None, now);
    let read = judge::reopen(&arrival, rulebook, |_, it| it);
    let Some(read) = read else {
        return Reading { message_id: None, alike: sha256.clone(), sha256, traits: Vec::new() };
    };
    let mut traits = of_head(&read.head);
    if !read.attachments.is_empty() {
        traits.push(Trait::Attachment);
    }
    let is_report = match &read.report {
        Some(Report::Need { report, beside }) => {
            traits.extend(of_report(report));
            traits.extend(beside.as_ref().map(|it| match it {
                Beside::Dialogue(_) => Trait::Dialogue,
                Beside::Care(_) => Trait::Care,
            }));
            true
        }
        Some(Report::Dialogue(_)) => {
            traits.push(Trait::Dialogue);
            false
        }
        Some(Report::Care(_)) => {
            traits.push(Trait::Care);
            false
        }
        None => false,
    };
    // Only a report has an id of its own by which two sendings of the same can be told from two reports.
    let alike = if is_report { alike(bytes) } else { sha256.clone() };
    let message_id = Some(read.head.message_id).filter(|it| !it.is_empty());
    Reading { message_id, sha256, alike, traits }
}

fn alike(bytes: &Bytes) -> String {
    let text = String::from_utf8_lossy(bytes);
    app::hex(&app::sha256(ENVELOPE_OWN.replace_all(&text, "<$1/>").as_bytes()))
}

fn of_head(head: &Head) -> Vec<Trait> {
    let ack = match head.ack {
        AckWish::Never => Some(Trait::AckNever),
        AckWish::OnFault => Some(Trait::AckOnFault),
        AckWish::Always | AckWish::Unknown(_) => None,
    };
    let test = match head.processing {
        ProcessingStatus::Training | ProcessingStatus::Debugging => Some(Trait::TestMarked),
        ProcessingStatus::Production | ProcessingStatus::Unknown(_) => None,
    };
    ack.into_iter().chain(test).collect()
}

fn of_report(report: &NeedReport) -> Vec<Trait> {
    let kind = match report.kind {
        ReportKind::Need => Trait::Need,
        ReportKind::PossibleNeed => Trait::PossibleNeed,
        ReportKind::TeamAroundPerson => Trait::TeamAroundPerson,
        ReportKind::ChangedNeed => Trait::ChangedNeed,
        ReportKind::Question => Trait::Question,
        ReportKind::Withdrawal => Trait::Withdrawal,
    };
    let patient = report.patient.as_ref();
    let holds = [
        (report.needs.iter().any(|it| it.kind == NeedKind::ChildCoordinator), Trait::ChildCoordinator),
        (!report.guardians.is_empty(), Trait::Guardian),
        (report.consent.status == ConsentStatus::Objected, Trait::Objected),
        (patient.is_some_and(|it| it.unborn.is_some()), Trait::Unborn),
        (patient.is_some_and(|it| it.grading != AddressGrading::Ungraded), Trait::Graded),
        (report.urgency.level == UrgencyLevel::Urgent, Trait::Urgent),
    ];
    std::iter::once(kind).chain(holds.into_iter().filter(|(holds, _)| *holds).map(|(_, it)| it)).collect()
}

/// Status and our codes of an AppRec; nothing of another document.
pub(super) fn receipt(body: &[u8]) -> Option<(String, Vec<String>)> {
    let text = std::str::from_utf8(body).ok()?;
    let tree = roxmltree::Document::parse(text).ok()?;
    let read = apprec::read(&tree)?;
    let code = |other: &str| {
        let own = other.split_whitespace().find(|it| it.starts_with("MP-"))?;
        Some(own.trim_end_matches('|').to_owned())
    };
    let errors = read.errors.iter().filter_map(|it| it.other.as_deref().and_then(code)).collect();
    Some((read.status.code.unwrap_or_default(), errors))
}
