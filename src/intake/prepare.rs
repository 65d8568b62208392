//! From a judgement to everything that is committed with it.

use crate::domain::AgeGroup;
use crate::domain::AlarmKind;
use crate::domain::AppRecVersion;
use crate::domain::Arrival;
use crate::domain::Calendar;
use crate::domain::Channel;
use crate::domain::Code;
use crate::domain::Coded;
use crate::domain::Decision;
use crate::domain::Deviation;
use crate::domain::DialogueNote;
use crate::domain::Finding;
use crate::domain::FollowUpKind;
use crate::domain::ItemId;
use crate::domain::Judgement;
use crate::domain::MessageId;
use crate::domain::MessageState;
use crate::domain::NeedDimension;
use crate::domain::NewAlarm;
use crate::domain::NoticeId;
use crate::domain::OutboundId;
use crate::domain::Patience;
use crate::domain::ReceiptId;
use crate::domain::Redacted;
use crate::domain::Reference;
use crate::domain::Refusal;
use crate::domain::RegisteredSender;
use crate::domain::Report;
use crate::domain::ReportKind;
use crate::domain::Route;
use crate::domain::RouteStep;
use crate::domain::RouteTarget;
use crate::domain::Share;
use crate::domain::TAKEN_OVER_TITLE;
use crate::domain::Timestamp;
use crate::domain::TransferWord;
use crate::domain::UnitId;
use crate::domain::Verdict;
use crate::domain::deadline_of;
use crate::intake::Judging;
use crate::intake::mint;
use crate::receipt;
use crate::storage::ItemSummary;
use crate::storage::KeptFinding;
use crate::storage::KeptStep;
use crate::storage::NewItem;
use crate::storage::NewMessage;
use crate::storage::NewNotice;
use crate::storage::NewReceipt;
use crate::storage::NewRefusal;
use crate::storage::PRIVATE_PERSON;
use crate::storage::Settlement;
use jiff::civil::Date;
use std::time::Instant;

/// What there is to do after judging.
pub(crate) enum Prepared {
    Settle {
        settlement: Box<Settlement>,
        /// The small deviations in it that the sender has leave to make.
        tolerated: Vec<Deviation>,
        /// What it says of something that we sent.
        disputed: Option<Disputed>,
        /// The earlier message that it is about, as it says itself.
        referral: Option<Referral>,
    },
    Refuse(Refusal),
}

/// How a message that is accepted names an earlier one, and what it says of it.
#[derive(Clone, Debug)]
pub(crate) struct Referral {
    pub(crate) kind: FollowUpKind,
    /// RefToParent and RefToConversation: ids that we gave what we sent, or that the sender gave what it sent.
    pub(crate) ids: Vec<String>,
    /// `gjelder`: the id of an earlier report.
    pub(crate) report: Option<String>,
    /// The identity number of whom it is about.
    pub(crate) person: Option<Redacted<String>>,
    /// What it says of a case that was offered to its sender.
    pub(crate) offer: Option<TransferWord>,
    pub(crate) urgent: bool,
    pub(crate) attachments: u32,
    /// When the case must be answered anew.
    pub(crate) deadline: Timestamp,
}

/// That a message is feedback on an error in something that we sent (DIALOG_AVVIK, HIS 1151).
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Disputed {
    /// What it refers to; `None` when that can be none of ours.
    pub(crate) id: Option<OutboundId>,
    /// The reason: a code of list 8117.
    pub(crate) reason: Option<String>,
}

const FAULT_REPORT: &str = "DIALOG_AVVIK";
const FAULT_REASONS: &str = ".8117";

/// Who a message is: decided once, kept when it is judged again.
#[derive(Clone, Debug)]
pub(crate) struct Identity {
    pub(crate) id: MessageId,
    pub(crate) reference: Reference,
}

impl Identity {
    pub(crate) fn new(now: Timestamp) -> Self {
        Self { id: MessageId(mint::uuid_at(now)), reference: mint::reference() }
    }
}

/// Judges and gathers what belongs to the one commit. Work for the processor; it may panic.
pub(crate) fn prepare(
    judging: &dyn Judging,
    arrival: &Arrival,
    sender: &RegisteredSender,
    wish: AppRecVersion,
    identity: Identity,
    now: Timestamp,
) -> Prepared {
    let started = Instant::now();
    let judgement = judging.judge(arrival);
    let judged_us = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX);
    match judgement {
        Judgement::Refusal(refusal) => Prepared::Refuse(refusal),
        Judgement::Verdict(verdict) => {
            let mut message = message_without_head(arrival, sender, identity);
            message.judged_us = judged_us;
            let tolerated = verdict.findings.iter().filter_map(|it| it.tolerance?.granted()).collect();
            let disputed = disputed(&verdict);
            let referral = referral(&verdict, now);
            let settlement = Box::new(settlement(judging, message, sender, &verdict, wish, now));
            Prepared::Settle { settlement, tolerated, disputed, referral }
        }
    }
}

/// The message as it is kept when judging it went wrong: only its bytes, and that somebody must look.
pub(crate) fn stuck(
    arrival: &Arrival,
    sender: &RegisteredSender,
    identity: Identity,
    sender_message_id: Option<String>,
) -> Settlement {
    let alarm = NewAlarm { kind: AlarmKind::MessageStuck, subject: identity.reference.to_string() };
    let mut message = message_without_head(arrival, sender, identity);
    message.sender_message_id = sender_message_id.unwrap_or_else(|| format!("sha256:{}", mint::hex(&message.sha256)));
    Settlement {
        message,
        state: MessageState::Stuck,
        findings: Vec::new(),
        route: Vec::new(),
        items: Vec::new(),
        receipt: None,
        notices: Vec::new(),
        alarms: vec![alarm],
        follows: None,
    }
}

/// What is kept of something that could not be answered with a receipt.
pub(crate) fn refusal(arrival: &Arrival, refusal: &Refusal, now: Timestamp) -> NewRefusal {
    NewRefusal {
        at: now,
        channel: arrival.channel,
        peer: Some(arrival.peer.organisation.clone()),
        sender_message_id: refusal.sender_message_id.clone(),
        code: first_code(&refusal.findings).id().to_owned(),
        size: arrival.bytes.len() as u64,
        sha256: mint::sha256(&arrival.bytes),
        first_sha256: None,
    }
}

/// The code that a refusal is told by.
pub(crate) fn first_code(findings: &[Finding]) -> Code {
    findings.first().map_or(Code::XmlMalformed, |it| it.code)
}

fn message_without_head(arrival: &Arrival, sender: &RegisteredSender, identity: Identity) -> NewMessage {
    NewMessage {
        id: identity.id,
        reference: identity.reference,
        channel: arrival.channel,
        received_at: arrival.received_at,
        sender: arrival.peer.organisation.clone(),
        sender_name: sender.name.clone(),
        sender_message_id: String::new(),
        message_type: String::new(),
        sender_her_id: None,
        receiver_her_id: None,
        municipality: None,
        report_id: None,
        bytes: arrival.bytes.clone(),
        charset: arrival.charset.clone(),
        sha256: mint::sha256(&arrival.bytes),
        judged_us: 0,
    }
}

fn settlement(
    judging: &dyn Judging,
    mut message: NewMessage,
    sender: &RegisteredSender,
    verdict: &Verdict,
    wish: AppRecVersion,
    now: Timestamp,
) -> Settlement {
    let head = &verdict.head;
    message.sender_message_id.clone_from(&head.message_id);
    message.message_type = head.message_type.code.clone().unwrap_or_default();
    message.sender_her_id = head.sender.her_id();
    message.receiver_her_id = head.addressee().her_id();

    let id = ReceiptId(mint::uuid_at(now));
    let version = receipt::version(sender.way_back.apprec, head.message_type.code.as_deref(), wish);
    let xml = judging.receipt(verdict, version, id, now);
    let kept_receipt = Some(NewReceipt { id, version, ack: head.ack.clone(), xml });
    let findings = verdict.findings.iter().map(kept).collect();

    match &verdict.decision {
        Decision::Accepted { report, route } => {
            message.municipality = route.municipality.clone();
            message.report_id = report.need().map(|it| it.report_id.clone());
            Settlement {
                state: MessageState::Accepted,
                findings,
                route: route.steps.iter().map(said).collect(),
                items: items(verdict, &message, report, route, now),
                receipt: kept_receipt,
                notices: notices(judging, route, now),
                alarms: route.alarm.map(|kind| alarm(kind, &message, route)).into_iter().collect(),
                follows: None,
                message,
            }
        }
        Decision::Rejected => Settlement {
            state: MessageState::Rejected,
            findings,
            route: Vec::new(),
            items: Vec::new(),
            receipt: kept_receipt,
            notices: Vec::new(),
            alarms: undelivered(verdict).into_iter().collect(),
            follows: None,
            message,
        },
    }
}

/// Only what is accepted says anything about what we sent.
fn disputed(verdict: &Verdict) -> Option<Disputed> {
    let Decision::Accepted { report, .. } = &verdict.decision else { return None };
    if verdict.head.message_type.code.as_deref() != Some(FAULT_REPORT) {
        return None;
    }
    let parent = verdict.head.conversation.as_ref().and_then(|it| it.parent.trim().parse().ok());
    let dialogue = report.dialogue().map(|it| &it.dialogue);
    let themes = dialogue.iter().flat_map(|it| it.notes()).filter_map(|it| it.theme.as_ref());
    let kinds = dialogue.iter().filter_map(|it| it.case_kind.as_ref()).chain(themes);
    let is_reason = |it: &&Coded| it.system.as_deref().is_some_and(|it| it.ends_with(FAULT_REASONS));
    let reason = kinds.map(Redacted::reveal).find(is_reason).and_then(|it| it.code.clone());
    Some(Disputed { id: parent, reason })
}

/// What names no earlier message is a case of its own.
fn referral(verdict: &Verdict, now: Timestamp) -> Option<Referral> {
    let Decision::Accepted { report, .. } = &verdict.decision else { return None };
    let conversation = verdict.head.conversation.as_ref();
    let ids = conversation.into_iter().flat_map(|it| [&it.parent, &it.conversation]);
    // The first message of a conversation may be named by itself.
    let own = verdict.head.message_id.trim();
    let ids: Vec<String> = ids.map(|it| it.trim().to_owned()).filter(|it| !it.is_empty() && it != own).collect();
    let earlier = report.need().and_then(|it| it.concerns.as_ref().filter(|earlier| **earlier != it.report_id));
    let earlier = earlier.map(|it| it.trim().to_owned());
    if ids.is_empty() && earlier.is_none() {
        return None;
    }
    let kind = follow_up_kind(verdict, report);
    let numbers = verdict.head.patient.iter().flat_map(|it| &it.idents).map(|it| &it.id);
    let of_report = report.patient().and_then(|it| it.id.number.as_ref());
    Some(Referral {
        kind,
        ids,
        report: earlier,
        person: of_report.into_iter().chain(numbers).next().cloned(),
        offer: offer_word(kind, report),
        urgent: report.is_urgent(),
        attachments: u32::try_from(verdict.attachments.len()).unwrap_or(u32::MAX),
        deadline: due(report, now),
    })
}

fn follow_up_kind(verdict: &Verdict, report: &Report) -> FollowUpKind {
    match report.need().map(|it| it.kind) {
        Some(ReportKind::ChangedNeed) => FollowUpKind::ChangedNeed,
        Some(ReportKind::Withdrawal) => FollowUpKind::Withdrawal,
        Some(ReportKind::TeamAroundPerson) => FollowUpKind::TeamAroundPerson,
        Some(ReportKind::Need | ReportKind::PossibleNeed | ReportKind::Question) => FollowUpKind::Supplement,
        None if verdict.head.message_type.code.as_deref() == Some(FAULT_REPORT) => FollowUpKind::FaultReport,
        None => FollowUpKind::Answer,
    }
}

/// Taking over is said in so many words, and nothing else is taken for it.
fn offer_word(kind: FollowUpKind, report: &Report) -> Option<TransferWord> {
    match kind {
        FollowUpKind::FaultReport => Some(TransferWord::Declined),
        FollowUpKind::Answer => {
            let dialogue = &report.dialogue()?.dialogue;
            let is_taken_over = |it: &DialogueNote| {
                it.title.as_ref().is_some_and(|it| it.reveal().trim().eq_ignore_ascii_case(TAKEN_OVER_TITLE))
            };
            dialogue.notes().any(is_taken_over).then_some(TransferWord::Accepted)
        }
        FollowUpKind::Supplement
        | FollowUpKind::ChangedNeed
        | FollowUpKind::Withdrawal
        | FollowUpKind::TeamAroundPerson
        | FollowUpKind::Rejected
        | FollowUpKind::NotDelivered => None,
    }
}

pub(crate) fn kept(finding: &Finding) -> KeptFinding {
    KeptFinding {
        code: finding.code.id().to_owned(),
        severity: finding.severity,
        xpath: finding.place.as_ref().map(|it| it.xpath.clone()),
        line: finding.place.as_ref().map(|it| it.line),
        column: finding.place.as_ref().map(|it| it.column),
        text: finding.text().nb.into_owned(),
    }
}

/// One looked-at rule.
fn said(step: &RouteStep) -> KeptStep {
    let outcome = if step.fitted { "passet" } else { "passet ikke" };
    let said = format!("Regelen «{}» {outcome}. {}", step.rule, step.why.nb);
    KeptStep { said, reason: Some(step.reason.clone()) }
}

fn items(verdict: &Verdict, message: &NewMessage, report: &Report, route: &Route, now: Timestamp) -> Vec<NewItem> {
    let channel = message.channel;
    // A report that came by post a week ago has been with the municipality since then.
    let came_at = match channel {
        Channel::Https | Channel::Form | Channel::File => None,
        Channel::Manual => report.need().map(|it| it.created).filter(|it| *it < now),
    };
    let came = came_at.unwrap_or(now);
    let item = |target: &RouteTarget| {
        let (id, unit) = (ItemId(mint::uuid_at(now)), target.unit.clone());
        let item = match target.share {
            Share::Content => content_item(id, unit, verdict, channel, report, came),
            Share::Awareness => awareness_item(id, unit, report, came),
        };
        NewItem { came_at, ..item }
    };
    route.targets.iter().map(item).collect()
}

/// Whom a report comes from, as a row names it. The form is our own sender, and those who write in it are others.
fn row_sender(verdict: &Verdict, channel: Channel, report: &Report) -> String {
    let of_header = || verdict.head.sender.display_name();
    match channel {
        Channel::Https | Channel::File => of_header(),
        Channel::Form | Channel::Manual => match report.need().map(|it| &it.reporter) {
            Some(it) if it.private && it.category.is_private() => PRIVATE_PERSON.to_owned(),
            // Staff who wrote down what somebody of a service said know it by name alone.
            Some(it) if it.private => it.unit.clone().unwrap_or_else(|| PRIVATE_PERSON.to_owned()),
            Some(it) => it.organisation_name.clone().or_else(|| it.organisation.clone()).unwrap_or_else(of_header),
            None => of_header(),
        },
    }
}

/// By which organisation number a report is found that somebody wrote in the form.
fn writer(channel: Channel, report: &Report) -> Option<String> {
    match channel {
        Channel::Https | Channel::File => None,
        Channel::Form | Channel::Manual => {
            let reporter = &report.need()?.reporter;
            Some(reporter.organisation.clone().filter(|_| !reporter.private).unwrap_or_default())
        }
    }
}

fn content_item(
    id: ItemId,
    unit: UnitId,
    verdict: &Verdict,
    channel: Channel,
    report: &Report,
    now: Timestamp,
) -> NewItem {
    let patient = report.patient();
    let summary = ItemSummary {
        person_name: patient
            .and_then(|it| it.name.as_ref())
            .map(|it| it.full().into_inner())
            .filter(|it| !it.is_empty()),
        person_id: patient.and_then(|it| it.id.number.as_ref()).map(|it| it.reveal().clone()),
        sender: row_sender(verdict, channel, report),
        born: patient.and_then(|it| it.date_of_birth.as_ref()).map(|it| *it.reveal()),
        writer: writer(channel, report),
    };
    NewItem {
        id,
        unit,
        share: Share::Content,
        came_at: None,
        kind: report.kind_code().to_owned(),
        needs: report.needs().iter().map(|it| it.code().to_owned()).collect(),
        dimensions: dimensions(report),
        ids: ids(verdict, report),
        urgent: report.is_urgent(),
        protected: is_protected(report),
        attachments: u32::try_from(verdict.attachments.len()).unwrap_or(u32::MAX),
        made_at: report.need().map(|it| it.created),
        deadline: due(report, now),
        reporter: report.need().map(|it| it.reporter.category.code().to_owned()),
        age_group: patient.and_then(|it| it.date_of_birth.as_ref()).and_then(|it| age_group(it, now)),
        relay_log: has_relay_log(report),
        summary: Redacted::new(summary),
    }
}

/// That a report exists, for a unit that shall know no more: no person, no sender, no needs.
fn awareness_item(id: ItemId, unit: UnitId, report: &Report, now: Timestamp) -> NewItem {
    NewItem {
        id,
        unit,
        share: Share::Awareness,
        came_at: None,
        kind: report.kind_code().to_owned(),
        needs: Vec::new(),
        dimensions: Vec::new(),
        ids: Vec::new(),
        urgent: report.is_urgent(),
        protected: is_protected(report),
        attachments: 0,
        made_at: None,
        deadline: due(report, now),
        reporter: None,
        age_group: None,
        relay_log: false,
        summary: Redacted::new(ItemSummary::default()),
    }
}

/// The sides of all needs, each once.
fn dimensions(report: &Report) -> Vec<String> {
    let mut all: Vec<NeedDimension> =
        report.need().iter().flat_map(|it| &it.needs).flat_map(|it| it.dimensions.iter().copied()).collect();
    all.sort_unstable();
    all.dedup();
    all.into_iter().map(|it| it.code().to_owned()).collect()
}

/// What people may ask for a report by, besides our reference and the message's own id.
fn ids(verdict: &Verdict, report: &Report) -> Vec<String> {
    let document = report.need().map(|it| it.report_id.clone());
    let conversation = verdict.head.conversation.iter().flat_map(|it| [it.conversation.clone(), it.parent.clone()]);
    let mut ids: Vec<String> = document.into_iter().chain(conversation).filter(|it| !it.trim().is_empty()).collect();
    ids.dedup();
    ids
}

fn due(report: &Report, now: Timestamp) -> Timestamp {
    let kind = report.need().map(|it| it.kind);
    deadline_of(kind, now, report.is_urgent(), Patience::default(), &Calendar::default())
}

/// Bedre tverrfaglig innsats (BTI): seeds G-11, R-11.
fn has_relay_log(report: &Report) -> bool {
    let entries = report.need().into_iter().flat_map(|it| &it.existing.entries);
    entries.filter(|it| it.what == "Stafettlogg").any(|it| it.answer.as_deref() == Some("JA"))
}

fn age_group(born: &Redacted<Date>, now: Timestamp) -> Option<AgeGroup> {
    AgeGroup::of(*born.reveal(), now.date_in_norway())
}

fn is_protected(report: &Report) -> bool {
    report.patient().is_some_and(|it| it.grading.is_protected())
}

/// Only units that get the report itself are told that something waits.
fn notices(judging: &dyn Judging, route: &Route, now: Timestamp) -> Vec<NewNotice> {
    let content = route.targets.iter().filter(|it| it.share == Share::Content);
    content
        .flat_map(|target| {
            judging.notice_channels(&target.unit).into_iter().map(|channel| NewNotice {
                id: NoticeId(mint::uuid_at(now)),
                unit: target.unit.clone(),
                channel,
                due: now,
            })
        })
        .collect()
}

/// The alarm that a route calls for; its subject is as [`AlarmKind`] says.
fn alarm(kind: AlarmKind, message: &NewMessage, route: &Route) -> NewAlarm {
    let subject = match kind {
        AlarmKind::Unroutable => {
            route.municipality.as_ref().map_or_else(|| message.reference.to_string(), ToString::to_string)
        }
        AlarmKind::MessageStuck
        | AlarmKind::NoticeAbandoned
        | AlarmKind::ReceiptAbandoned
        | AlarmKind::CertificateEnds
        | AlarmKind::RevocationListEnds
        | AlarmKind::ReloadFailed
        | AlarmKind::JournalBroken
        | AlarmKind::OutboundAbandoned
        | AlarmKind::OutboundRejected
        | AlarmKind::OutboundUnanswered
        | AlarmKind::AttachmentInfected
        | AlarmKind::ScannerSilent
        | AlarmKind::NoReceiver
        | AlarmKind::TransferUnanswered
        | AlarmKind::HookAbandoned => message.reference.to_string(),
    };
    NewAlarm { kind, subject }
}

/// A report that was rejected only because nobody here can receive it is a person left waiting: somebody must know.
fn undelivered(verdict: &Verdict) -> Option<NewAlarm> {
    let nobody = verdict.errors().any(|it| it.code == Code::MunicipalityWithoutUnit);
    nobody.then(|| {
        let subject = verdict.head.receiver.her_id().map_or_else(|| "HER-id ?".to_owned(), |it| format!("HER-id {it}"));
        NewAlarm { kind: AlarmKind::Unroutable, subject }
    })
}
