//! A rehearsal (prøve): what would be said of a message that came by no transport. Nothing is stored.
//!
//! `meldeport judge`, the page «Sjekk en melding» and `?dry-run` all ask here, so that they say the same.

use crate::domain::AppRecVersion;
use crate::domain::Arrival;
use crate::domain::Channel;
use crate::domain::Decision;
use crate::domain::Head;
use crate::domain::Judgement;
use crate::domain::LevelKind;
use crate::domain::OrgNumber;
use crate::domain::Peer;
use crate::domain::Receipt;
use crate::domain::ReceiptId;
use crate::domain::RegisteredSender;
use crate::domain::Rulebook;
use crate::domain::Sector;
use crate::domain::Timestamp;
use crate::domain::Verdict;
use crate::domain::WayBack;
use crate::inbox::Checked;
use crate::inbox::CheckedFinding;
use crate::inbox::CheckedReceipt;
use crate::inbox::CheckedVerdict;
use crate::inbox::CountsAs;
use crate::intake::Rehearsal;
use crate::intake::RehearsedReceipt;
use crate::judge;
use crate::judge::Stage;
use crate::receipt;
use crate::routing::Directory;
use crate::wire;
use bytes::Bytes;

/// Bytes from nowhere, as if the made-up hospital had sent them.
pub fn arrival(bytes: Bytes, charset: Option<String>, now: Timestamp) -> Arrival {
    let nobody = Peer {
        organisation: OrgNumber::parse(crate::trial::HOSPITAL).expect("the made-up number holds"),
        sub_unit: None,
        certificate_sha256: [0; 32],
        certificate_ends: Timestamp(i64::MAX),
    };
    Arrival { peer: nobody, channel: Channel::File, received_at: now, bytes, charset }
}

/// Who a message counts as coming from: the sender that is registered with its HER-id; without one, and when its own sender
/// counts, a registration made of what the header says.
pub fn sender(rulebook: &Rulebook, head: Option<&Head>, counts_as: CountsAs) -> Option<RegisteredSender> {
    let head = head?;
    let her_id = head.sender.her_id();
    let registered = rulebook.senders.iter().find(|it| her_id.is_some_and(|her_id| it.her_ids.contains(&her_id)));
    match (registered, counts_as) {
        (Some(registered), _) => Some(registered.clone()),
        (None, CountsAs::Registered) => Some(of_head(head)),
        (None, CountsAs::ItIs) => None,
    }
}

fn of_head(head: &Head) -> RegisteredSender {
    let organisation =
        head.sender.organisation().and_then(|it| it.ident("ENH")).and_then(|it| OrgNumber::parse(it).ok());
    RegisteredSender {
        name: "message".to_owned(),
        display_name: head.sender.display_name(),
        organisation: organisation
            .unwrap_or_else(|| OrgNumber::parse(crate::trial::HOSPITAL).expect("the made-up number holds")),
        sub_units: Vec::new(),
        her_ids: head.sender.levels.iter().filter_map(|it| it.her_id()).collect(),
        sector: Sector::Health,
        way_back: WayBack::default(),
        tolerated: Vec::new(),
    }
}

/// The judgement of `arrival` up to `stage` as if `sender` had sent it.
pub fn judgement(
    mut arrival: Arrival,
    rulebook: &Rulebook,
    directory: &Directory,
    sender: Option<RegisteredSender>,
    counts_as: CountsAs,
    stage: Stage,
) -> Judgement {
    let mut rulebook = rulebook.clone();
    if let Some(sender) = sender {
        arrival.peer.organisation = sender.organisation.clone();
        arrival.peer.sub_unit = sender.sub_units.first().cloned();
        match counts_as {
            CountsAs::Registered => rulebook.senders = vec![sender],
            CountsAs::ItIs => {}
        }
    }
    judge::examine_until(&arrival, &rulebook, directory, stage)
}

/// What the receipt that would have been sent depends on besides the verdict (svar).
#[derive(Clone, Copy)]
pub struct Answer {
    pub id: ReceiptId,
    /// The AppRec that the sender is registered with.
    pub registered: Option<AppRecVersion>,
    /// The AppRec that it asks for with `Accept`.
    pub asked: AppRecVersion,
}

/// The whole report about a judgement: with the lines in question and the receipt that would have been sent.
pub fn rehearsed(judgement: Judgement, arrival: &Arrival, rulebook: &Rulebook, answer: Answer) -> Rehearsal {
    let lines = judge::masked_lines(arrival, rulebook, judgement.findings());
    let receipt = match &judgement {
        Judgement::Refusal(_) => None,
        Judgement::Verdict(verdict) => Some(receipt_of(verdict, answer, arrival.received_at)),
    };
    Rehearsal { judgement, lines, receipt }
}

/// The whole report about `arrival`, for the page.
pub fn check(
    arrival: &Arrival,
    rulebook: &Rulebook,
    directory: &Directory,
    counts_as: CountsAs,
    id: ReceiptId,
) -> Checked {
    let head = judge::head(arrival, rulebook);
    let sender = sender(rulebook, head.as_ref(), counts_as);
    let registered = sender.as_ref().and_then(|it| it.way_back.apprec);
    let answer = Answer { id, registered, asked: AppRecVersion::default() };
    let judgement = judgement(arrival.clone(), rulebook, directory, sender, counts_as, Stage::Route);
    let Rehearsal { judgement, lines, receipt } = rehearsed(judgement, arrival, rulebook, answer);
    let findings = judgement.findings().iter().cloned().zip(lines);
    let findings = findings.map(|(finding, line)| CheckedFinding { finding, line }).collect();
    let receipt = receipt.map(|it| CheckedReceipt { status: it.status, errors: it.errors, xml: it.xml });
    match judgement {
        Judgement::Refusal(_) => {
            let verdict = CheckedVerdict::Refused;
            let would_pass_with = Vec::new();
            Checked { verdict, findings, findings_left_out: 0, would_pass_with, route: None, receipt }
        }
        Judgement::Verdict(verdict) => {
            let (findings_left_out, would_pass_with) = (verdict.findings_left_out, verdict.would_pass_with);
            let (said, route) = match verdict.decision {
                Decision::Accepted { route, .. } => (CheckedVerdict::Accepted, Some(route)),
                Decision::Rejected => (CheckedVerdict::Rejected, None),
            };
            Checked { verdict: said, findings, findings_left_out, would_pass_with, route, receipt }
        }
    }
}

fn receipt_of(verdict: &Verdict, answer: Answer, now: Timestamp) -> RehearsedReceipt {
    let message_type = verdict.head.message_type.code.as_deref();
    let version = receipt::version(answer.registered, message_type, answer.asked);
    let receipt = without_persons(receipt::compose(verdict, answer.id, now, version));
    RehearsedReceipt { xml: wire::apprec::write_indented(&receipt), status: receipt.status, errors: receipt.errors }
}

/// A person who sends on behalf of an organisation stands in the receipt; the page leaves out who it is.
fn without_persons(mut receipt: Receipt) -> Receipt {
    let mask = |text: &mut String| *text = text.chars().map(|it| if it.is_alphanumeric() { '•' } else { it }).collect();
    for level in receipt.sender.levels.iter_mut().chain(&mut receipt.receiver.levels) {
        if level.kind == LevelKind::HealthcareProfessional {
            mask(&mut level.name);
            level.idents.iter_mut().for_each(|it| mask(&mut it.id));
        }
    }
    receipt
}

#[cfg(test)]
mod tests;
