//! What comes back about what we sent: an AppRec, or feedback on an error. Matched by id and sender, kept with its message,
//! and told to the unit. An AppRec is never answered by an AppRec.

use crate::domain::Arrival;
use crate::domain::Calendar;
use crate::domain::Code;
use crate::domain::Finding;
use crate::domain::MessageState;
use crate::domain::NoticeId;
use crate::domain::OrgNumber;
use crate::domain::OutboundId;
use crate::domain::OutboundNext;
use crate::domain::Patience;
use crate::domain::ReceiverSays;
use crate::domain::Refusal;
use crate::domain::Timestamp;
use crate::domain::deadline;
use crate::intake::Accepted;
use crate::intake::Intake;
use crate::intake::NotAccepted;
use crate::intake::mint;
use crate::intake::prepare::Disputed;
use crate::intake::unavailable;
use crate::receipt;
use crate::storage::NewNotice;
use crate::storage::OutboundRow;
use crate::storage::OutboundSettled;
use crate::storage::Settlement;
use crate::storage::StoreError;
use crate::telemetry::Event;
use bytes::Bytes;

impl Intake {
    /// An AppRec about something that we sent. Once settled, the same again changes nothing.
    pub(super) async fn take_receipt(&self, arrival: &Arrival) -> Result<Accepted, NotAccepted> {
        let Some(returned) = self.judging.returned(arrival).filter(|it| it.says != ReceiverSays::Unclear) else {
            return Err(self.refuse(arrival, refusal(Code::ReceiptUnreadable, None)).await);
        };
        let sent = match returned.original_id.trim().parse() {
            Ok(id) => self.sent_to(id, &arrival.peer.organisation).await,
            Err(_) => Ok(None),
        };
        let sent = match sent {
            Ok(Some(sent)) => sent,
            Ok(None) => {
                let refusal = refusal(Code::ReceiptForNothingSent, Some(returned.original_id));
                return Err(self.refuse(arrival, refusal).await);
            }
            Err(error) => return Err(self.turn_away(unavailable(&error))),
        };
        let codes = returned.errors.iter().map(|it| it.code.clone()).collect();
        if let Some(next) = receipt::after_returned(sent.state, returned.says)
            && let Err(error) = self.settle_word(&sent, next, codes, Tells::TheCase).await
        {
            return Err(self.turn_away(unavailable(&error)));
        }
        Ok(Accepted {
            message: sent.about,
            reference: sent.reference,
            state: MessageState::Accepted,
            sender_message_id: returned.id,
            receipt: Some(Bytes::new()),
            reading: None,
        })
    }

    /// Feedback on an error: settles what it is about before the message itself is committed, so that a message that is
    /// sent again because we fell in between finds it settled. Says in the message's route what it is about.
    pub(super) async fn dispute(
        &self,
        settlement: &mut Settlement,
        disputed: Option<Disputed>,
    ) -> Result<(), StoreError> {
        let Some(disputed) = disputed else { return Ok(()) };
        let sent = match disputed.id {
            Some(id) => self.sent_to(id, &settlement.message.sender).await?,
            None => None,
        };
        let said = match &sent {
            Some(sent) => format!("Meldingen melder om feil i noe som er sendt herfra, referanse {}.", sent.reference),
            None => "Meldingen melder om feil i noe som ikke finnes blant det som er sendt herfra.".to_owned(),
        };
        settlement.route.push(said.into());
        let Some(sent) = sent else { return Ok(()) };
        let reason = disputed.reason.filter(|it| it.bytes().all(|it| it.is_ascii_alphanumeric()));
        let code = format!("8117:{}", reason.as_deref().unwrap_or("?"));
        match receipt::after_returned(sent.state, ReceiverSays::Rejected) {
            // The message that says so joins the case, and tells it.
            Some(next) => self.settle_word(&sent, next, vec![code], Tells::NobodyElse).await,
            None => Ok(()),
        }
    }

    /// What we have sent under that id to that organisation, if it has been tried at all.
    pub(super) async fn sent_to(
        &self,
        id: OutboundId,
        organisation: &OrgNumber,
    ) -> Result<Option<OutboundRow>, StoreError> {
        match self.store.sent(id).await {
            Ok(row) => Ok(Some(row).filter(|it| it.receiver_organisation == *organisation && it.attempts > 0)),
            Err(StoreError::Absent) => Ok(None),
            Err(error) => Err(error),
        }
    }

    async fn settle_word(
        &self,
        sent: &OutboundRow,
        next: OutboundNext,
        codes: Vec<String>,
        tells: Tells,
    ) -> Result<(), StoreError> {
        let now = self.clock.now();
        let deal_by = match tells {
            Tells::TheCase => Some(deadline(now, false, Patience::default(), &Calendar::default())),
            Tells::NobodyElse => None,
        };
        let notices = match next {
            OutboundNext::Rejected | OutboundNext::Abandoned => self.notices_about(sent, now),
            OutboundNext::Acknowledged | OutboundNext::Sent { .. } | OutboundNext::Retry { .. } => Vec::new(),
        };
        let said = codes.join(",");
        let settled = OutboundSettled { next, failure: None, codes, notices, deal_by, now };
        match self.store.settle_sent(sent.id, sent.state, settled).await {
            Ok(()) => {}
            // Settled by the worker or another word in this very moment; the sender comes back, and finds it so.
            Err(StoreError::Absent) => return Err(StoreError::LeaseLost),
            Err(error) => return Err(error),
        }
        match next {
            OutboundNext::Rejected => tracing::error!(
                event = Event::OutboundRejected.name(), "outbound.id" = %sent.id, receiver = sent.receiver, codes = said,
                "a receiver rejected what a unit sent"
            ),
            OutboundNext::Acknowledged
            | OutboundNext::Abandoned
            | OutboundNext::Sent { .. }
            | OutboundNext::Retry { .. } => tracing::info!(
                event = Event::OutboundSent.name(), "outbound.id" = %sent.id, receiver = sent.receiver,
                state = next.state().label(), "a receiver answered what a unit sent"
            ),
        }
        Ok(())
    }

    fn notices_about(&self, sent: &OutboundRow, now: Timestamp) -> Vec<NewNotice> {
        self.notices_to(&sent.units, now)
    }

    /// That something waits, on every channel of `units`.
    pub(super) fn notices_to(&self, units: &[crate::domain::UnitId], now: Timestamp) -> Vec<NewNotice> {
        let channels = |unit| self.judging.notice_channels(unit).into_iter().map(move |channel| (unit, channel));
        let each = units.iter().flat_map(channels);
        let notice = |(unit, channel): (&crate::domain::UnitId, _)| NewNotice {
            id: NoticeId(mint::uuid_at(now)),
            unit: unit.clone(),
            channel,
            due: now,
        };
        each.map(notice).collect()
    }
}

/// Whom a word about what we sent tells, besides the queue.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Tells {
    /// The case that it was written in.
    TheCase,
    NobodyElse,
}

fn refusal(code: Code, sender_message_id: Option<String>) -> Refusal {
    Refusal { findings: vec![Finding::new(code, None)], sender_message_id }
}
