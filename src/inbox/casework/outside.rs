//! What a form must know of those outside: whether the sender can be written to, whom one telephones if not, and who takes
//! reports.

use crate::domain::Act;
use crate::domain::ActKind;
use crate::domain::AnswerKind;
use crate::domain::AnswerWay;
use crate::domain::CoordinatingBody;
use crate::domain::DialogueNote;
use crate::domain::FaultReason;
use crate::domain::NoWayOut;
use crate::domain::OutboundKind;
use crate::domain::PASSED_ON_TITLE;
use crate::domain::Redacted;
use crate::domain::Report;
use crate::domain::TransferTarget;
use crate::inbox::House;
use crate::inbox::fault::Fault;
use crate::inbox::item;
use crate::inbox::port::ReadMessage;
use crate::inbox::port::Saying;
use crate::inbox::session::SignedIn;
use crate::inbox::texts::Words;
use crate::storage::CaseDetail;
use crate::storage::ItemDetail;
use crate::storage::TransferState;
use std::sync::Arc;

/// What a consent covers when the reporter may be told what came of it.
const FEEDBACK: &str = "TILBAKEMELDING_TIL_MELDER";

/// What there is to choose from, and what must be known before one writes.
#[derive(Default)]
pub(super) struct Outside {
    pub ways: Vec<(String, String)>,
    /// What one does instead of writing, when nothing can be sent: the one thing that the form says.
    pub call: Option<String>,
    /// Municipalities and hospital trusts whose coordinating units can be sent a report.
    pub takers: Vec<(CoordinatingBody, String)>,
    pub warnings: Vec<String>,
    /// Another coordinating unit passed it on, and waits to hear whether it is taken over.
    pub passed_on: bool,
    /// The reporter may be told what came of it: the consent says so, or it is a colleague who passed it on.
    pub feedback: bool,
}

/// Looks when the act says something to somebody outside. The reporter's telephone number is content: it is journalled.
pub(super) async fn look(
    house: &Arc<House>,
    who: &SignedIn,
    detail: &ItemDetail,
    (kind, has_objected): (ActKind, bool),
    may_read: bool,
) -> Result<Outside, Fault> {
    match kind {
        ActKind::AskForMore | ActKind::Answer | ActKind::WrongAddressee => {
            to_the_sender(house, who, detail, (kind, has_objected), may_read).await
        }
        ActKind::OfferTransfer => {
            let takers = house.inbox.outbox.takers();
            let is_trust = |it: &(CoordinatingBody, String)| matches!(it.0, CoordinatingBody::HospitalTrust(_));
            let warnings = match takers.iter().any(is_trust) {
                true => Vec::new(),
                false => vec![Words(who.language).no_trust_outside().to_owned()],
            };
            Ok(Outside { takers, warnings, ..Outside::default() })
        }
        _ => Ok(Outside::default()),
    }
}

async fn to_the_sender(
    house: &Arc<House>,
    who: &SignedIn,
    detail: &ItemDetail,
    (kind, has_objected): (ActKind, bool),
    may_read: bool,
) -> Result<Outside, Fault> {
    let t = Words(who.language);
    let fault = |it| Fault::store(who.language, it);
    let original = house.inbox.messages.raw(detail.row.message).await.map_err(fault)?;
    let read = if may_read {
        house.journal_about(detail.row.message, who.actor(), "viewed", "").await.map_err(fault)?;
        item::read(house, who, detail).await?
    } else {
        None
    };
    let telephone = || (AnswerWay::Telephone.code().to_owned(), t.way_telephone().to_owned());
    let mut outside = match house.inbox.outbox.way(&original.sender_name, &OutboundKind::Answer) {
        Ok(()) => {
            let electronic = (AnswerWay::Electronic.code().to_owned(), t.way_electronic().to_owned());
            Outside { ways: vec![electronic, telephone()], ..Outside::default() }
        }
        Err(no_way) => {
            let call = match read.as_ref().map(reporter) {
                Some(Some(whom)) => t.call_whom(&whom),
                Some(None) => t.call_without_number().to_owned(),
                // Who reported is not told before the report is opened.
                None => t.call_unread().to_owned(),
            };
            let call = if kind == ActKind::WrongAddressee { format!("{call} {}", t.content_goes()) } else { call };
            let warnings = if says_more_than_call(no_way) { vec![t.no_way(no_way)] } else { Vec::new() };
            Outside { ways: vec![telephone()], call: Some(call), warnings, ..Outside::default() }
        }
    };
    outside.passed_on = read.as_ref().is_some_and(was_passed_on);
    // One who has taken over answers a colleague, and says nothing of the person.
    outside.feedback = may_tell_outcome(outside.passed_on, read.as_ref().is_some_and(covers_feedback), has_objected);
    if kind == ActKind::Answer && !outside.feedback {
        let said = if outside.call.is_some() { t.no_feedback_consent_said() } else { t.no_feedback_consent() };
        outside.warnings.push(said.to_owned());
    }
    Ok(outside)
}

/// Whether why nothing can be sent is something that can be mended, or that one must know besides that one telephones.
const fn says_more_than_call(why: NoWayOut) -> bool {
    match why {
        NoWayOut::SenderGone | NoWayOut::NoAddress => false,
        NoWayOut::ReceiverUnknown | NoWayOut::ReceiverOwn | NoWayOut::NoTelephone => true,
        NoWayOut::NotAccepted | NoWayOut::Unreadable => true,
    }
}

fn was_passed_on(read: &ReadMessage) -> bool {
    let relayed = read.report.need().is_some_and(|it| it.original_reporter.is_some());
    let is_cover = |it: &DialogueNote| it.title.as_ref().is_some_and(|it| it.reveal() == PASSED_ON_TITLE);
    relayed || read.report.dialogue().is_some_and(|it| it.dialogue.notes().any(is_cover))
}

/// Name and telephone number of whoever reported.
fn reporter(read: &ReadMessage) -> Option<String> {
    let Report::Need { report, .. } = &read.report else { return None };
    let reporter = &report.reporter;
    let telephone = reporter.telephone.as_ref()?.reveal();
    Some(match &reporter.name {
        Some(name) => format!("{}, {telephone}", name.reveal()),
        None => telephone.clone(),
    })
}

/// Whether what came of it can be told without a ground of its own. Who has objected since is told of no more, whatever the report
/// said.
const fn may_tell_outcome(passed_on: bool, covered: bool, has_objected: bool) -> bool {
    passed_on || covered && !has_objected
}

/// Whether the reporter may be told what came of it. A message without a person, or without a field for consent, does not
/// say no.
fn covers_feedback(read: &ReadMessage) -> bool {
    let Report::Need { report, .. } = &read.report else { return true };
    report.patient.is_none() || report.consent.scopes.iter().any(|it| it.code == FEEDBACK)
}

/// Whether it has been offered to somebody who does not use this gateway: then a person here hears what they say.
pub(in crate::inbox) fn is_offered_outside(case: &CaseDetail) -> bool {
    case.transfer.as_ref().is_some_and(|it| {
        it.state == TransferState::Open
            && match it.to {
                TransferTarget::Unit(_) => false,
                TransferTarget::Municipality { .. } | TransferTarget::HospitalTrust { .. } => true,
            }
    })
}

/// What stands in the way of sending what `act` says, if it is to be sent.
pub(super) async fn rehearse(
    house: &Arc<House>,
    who: &SignedIn,
    detail: &ItemDetail,
    act: &Act,
) -> Result<Result<(), NoWayOut>, Fault> {
    let Some((kind, text)) = said(act).filter(|_| act.leaves_the_house()) else { return Ok(Ok(())) };
    let original = house.inbox.messages.raw(detail.row.message).await;
    let original = original.map_err(|it| Fault::store(who.language, it))?;
    let by = who.actor();
    let saying = Saying { item: detail.row.id, unit: detail.row.unit.clone(), kind, text, by };
    let outbox = Arc::clone(&house.inbox.outbox);
    item::blocking(who.language, move || outbox.rehearse(saying, &original)).await
}

fn said(act: &Act) -> Option<(OutboundKind, Redacted<String>)> {
    match act {
        Act::AskForMore { question, .. } => Some((OutboundKind::Question, question.clone())),
        Act::Answer { kind: AnswerKind::TakenOver, text, .. } => Some((OutboundKind::TakenOver, text.clone())),
        Act::Answer { text, .. } => Some((OutboundKind::Answer, text.clone())),
        Act::WrongAddressee { reason, text, .. } => {
            let text = text.clone().unwrap_or_else(|| Redacted::new(String::new()));
            Some((OutboundKind::FaultReport(FaultReason::from_code(reason.code())?), text))
        }
        Act::OfferTransfer { to, why, .. } => Some((OutboundKind::Transfer(to.outside()?), why.clone())),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::may_tell_outcome;

    #[test]
    fn an_objection_ends_what_the_report_allowed_and_a_colleague_is_answered_still() {
        assert!(may_tell_outcome(false, true, false));
        assert!(!may_tell_outcome(false, true, true), "the person has said no since");
        assert!(!may_tell_outcome(false, false, false));
        assert!(may_tell_outcome(true, false, true), "one who has taken over is told nothing of the person");
    }
}
