//! Hands over what units say to somebody outside, when it cannot be taken back any more: from the event that said it to the
//! queue of what is sent. Then removes what was not for us, lets go of the cases of those who have no access any more, and tells
//! of offers that nobody answers.
//!
//! What is put in the queue has an id that is computed from the event, so that looking twice sends once.

use crate::clock::Clock;
use crate::domain::ActKind;
use crate::domain::AlarmKind;
use crate::domain::AnswerKind;
use crate::domain::Correspondent;
use crate::domain::Detailed;
use crate::domain::FaultReason;
use crate::domain::NewAlarm;
use crate::domain::NoWayOut;
use crate::domain::OFFER_WAIT_MAX;
use crate::domain::OutboundKind;
use crate::domain::Redacted;
use crate::domain::Timestamp;
use crate::storage::Actor;
use crate::storage::CaseStore;
use crate::storage::DueWord;
use crate::storage::InboxStore;
use crate::storage::MessageStore;
use crate::storage::NewOutbound;
use crate::storage::OperatorStore;
use crate::storage::OutboundStore;
use crate::storage::RawMessage;
use crate::storage::StoreError;
use crate::telemetry::Event;
use crate::telemetry::Metrics;
use crate::telemetry::Pulse;
use crate::work::Bell;
use crate::work::OutboundWorkConfig;
use crate::work::rhythm;
use crate::work::rhythm::Rhythm;
use crate::work::rhythm::Round;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

const NAME: &str = "words";

/// An undo that was pressed in time may still be on its way into the store.
const UNDO_GRACE: Duration = Duration::from_secs(1);

/// Looked at in one round.
const ROWS_MAX: u32 = 100;

/// Who it goes to, as it is registered now.
pub trait Recipients: Send + Sync {
    fn recipient(&self, sender_name: &str, kind: &OutboundKind) -> Result<Correspondent, NoWayOut>;
}

/// The part of the store that the worker needs.
pub trait WordStore: CaseStore + OutboundStore + MessageStore + InboxStore + OperatorStore {}

impl<T: CaseStore + OutboundStore + MessageStore + InboxStore + OperatorStore> WordStore for T {}

/// The worker. One per process is enough; several, also on several nodes, do no harm.
pub struct WordWorker {
    store: Arc<dyn WordStore>,
    recipients: Arc<dyn Recipients>,
    clock: Arc<dyn Clock>,
    metrics: Arc<Metrics>,
    answered_within: Duration,
    /// Rung when something has been put in the queue of what is sent.
    outbound: Bell,
    rhythm: Rhythm,
}

impl WordWorker {
    /// `outbound` is the bell of the worker that sends, whose periods are this one's too.
    pub fn new(
        store: Arc<dyn WordStore>,
        recipients: Arc<dyn Recipients>,
        clock: Arc<dyn Clock>,
        metrics: Arc<Metrics>,
        config: &OutboundWorkConfig,
        outbound: Bell,
    ) -> Self {
        let rhythm = Rhythm::new(NAME, config.period(), Duration::from_secs(30), &clock, &metrics);
        let answered_within = config.answered_within();
        Self { store, recipients, clock, metrics, answered_within, outbound, rhythm }
    }

    /// Ring it when somebody has said something: it then knows when to look.
    pub fn bell(&self) -> Bell {
        self.rhythm.bell()
    }

    /// Whether the worker is alive; for readiness.
    pub fn pulse(&self) -> Pulse {
        self.rhythm.pulse()
    }

    /// Works until told to stop.
    pub async fn run(self, shutdown: CancellationToken) {
        rhythm::run(self, shutdown).await;
    }

    /// One look at everything. Returns how long to wait when nothing else happens.
    async fn look(&self) -> Result<Duration, StoreError> {
        let now = self.clock.now();
        let settled = Timestamp(now.0.saturating_sub(micros(UNDO_GRACE)));
        let words = self.store.due_words(settled, ROWS_MAX).await?;
        for word in &words {
            // One that cannot be handed over does not hold back the others.
            if let Err(error) = self.hand_over(word, now).await {
                self.metrics.worker_trouble(NAME);
                tracing::warn!(
                    event = %Event::StoreUnavailable, worker = NAME, message.id = %word.message, act = word.act.label(),
                    failure = %error, "could not put what was said in the queue; it is tried again"
                );
            }
        }
        self.store.remove_withdrawn(settled, ROWS_MAX).await?;
        // Those whose time has come by its date leave no case with nobody who sees it.
        let let_go = self.store.let_go(now, ROWS_MAX).await?;
        if let_go > 0 {
            tracing::info!(event = %Event::ItemActed, count = let_go, "cases of people without access are nobody's now");
        }
        let ended = self.store.end_lifts(settled, now, ROWS_MAX).await?;
        if ended > 0 {
            tracing::info!(event = %Event::ItemActed, count = ended, "lifts of cases that are over have ended");
        }
        self.tell_stale(now).await?;
        let due = self.store.next_word_due().await?;
        Ok(self.rhythm.until(due.map(|it| it.plus(UNDO_GRACE))))
    }

    /// In the queue first, and handed over then: between the two it can be found again, and is the same.
    async fn hand_over(&self, word: &DueWord, now: Timestamp) -> Result<(), StoreError> {
        let original = self.store.raw(word.message).await?;
        let kind = self.kind(word).await?;
        let to = match (self.recipients.recipient(&original.sender_name, &kind), &kind) {
            (Ok(to), _) => to,
            // Whoever sends finds that there is no way any more, gives it up and tells the unit and an operator.
            (
                Err(_),
                OutboundKind::Answer | OutboundKind::TakenOver | OutboundKind::Question | OutboundKind::FaultReport(_),
            ) => as_it_came(&original),
            // It stays an offer, and is told of when nobody answers it.
            (Err(_), OutboundKind::Transfer(_)) => return Err(StoreError::Absent),
        };
        let outbound = NewOutbound {
            id: word.id.outbound_id(),
            about: word.message,
            item: Some(word.id.item),
            to,
            text: said(word, &kind),
            kind,
            by: Actor::Person { id: word.who.id.to_string(), name: word.who.name.clone() },
            at: now,
            due: word.due,
            answer_by: now.plus(self.answered_within),
        };
        let (id, label) = (outbound.id, outbound.kind.label());
        self.store.enqueue(outbound).await?;
        match self.store.word_handed_over(word.id).await {
            // Another node was as quick, with the same.
            Ok(()) | Err(StoreError::Absent) => {}
            Err(error) => return Err(error),
        }
        self.outbound.ring();
        tracing::info!(event = %Event::WordHandedOver, "outbound.id" = %id, message.id = %word.message, kind = label, "what a unit said is to be sent");
        Ok(())
    }

    async fn kind(&self, word: &DueWord) -> Result<OutboundKind, StoreError> {
        Ok(match word.act {
            ActKind::AskForMore => OutboundKind::Question,
            ActKind::WrongAddressee => {
                OutboundKind::FaultReport(part(word, Detailed::Code).and_then(FaultReason::from_code).ok_or(BROKEN)?)
            }
            ActKind::OfferTransfer => {
                let units = std::slice::from_ref(&word.unit);
                let transfer = self.store.case(word.id.item, units).await?.transfer;
                let to = transfer.and_then(|it| it.to.outside());
                to.map(OutboundKind::Transfer).ok_or(BROKEN)?
            }
            // No other act waits to be said.
            _ => match part(word, Detailed::Code).and_then(AnswerKind::from_code) {
                Some(AnswerKind::TakenOver) => OutboundKind::TakenOver,
                Some(AnswerKind::Preliminary | AnswerKind::Outcome | AnswerKind::Message) | None => {
                    OutboundKind::Answer
                }
            },
        })
    }

    /// An alarm for each offer that nobody answers; those that have been answered are cleared.
    async fn tell_stale(&self, now: Timestamp) -> Result<(), StoreError> {
        const KIND: AlarmKind = AlarmKind::TransferUnanswered;
        let before = Timestamp(now.0.saturating_sub(micros(OFFER_WAIT_MAX)));
        let open: BTreeSet<String> =
            self.store.alarms().await?.into_iter().filter(|it| it.kind == KIND).map(|it| it.subject).collect();
        let mut stale = BTreeSet::new();
        for transfer in self.store.stale_transfers(before, ROWS_MAX).await? {
            let row = self.store.item(transfer.item, &[transfer.from_unit]).await?.row;
            stale.insert(row.reference.to_string());
        }
        for subject in stale.difference(&open) {
            self.store.open_alarm(NewAlarm { kind: KIND, subject: subject.clone() }, now).await?;
            self.metrics.alarm_raised(KIND);
            tracing::error!(event = %Event::AlarmOpened, alarm = KIND.label(), subject, "nobody answers an offer of a report");
        }
        for subject in open.difference(&stale) {
            self.store.clear_alarm(KIND, subject, now).await?;
            tracing::info!(event = %Event::AlarmCleared, alarm = KIND.label(), subject, "the offer has been answered");
        }
        Ok(())
    }
}

impl Round for WordWorker {
    fn rhythm(&self) -> &Rhythm {
        &self.rhythm
    }

    async fn round(&mut self, _hands: &mut JoinSet<()>) -> Result<Duration, StoreError> {
        self.look().await
    }
}

/// An event that does not say what its act says.
const BROKEN: StoreError = StoreError::Inconsistent { table: "case_events", column: "detail" };

/// The sender as it was when the message came.
fn as_it_came(original: &RawMessage) -> Correspondent {
    Correspondent {
        name: original.sender_name.clone(),
        display_name: original.sender_name.clone(),
        organisation: original.sender.clone(),
    }
}

/// What goes into the message. An answer says first what it is.
fn said(word: &DueWord, kind: &OutboundKind) -> Redacted<String> {
    let text = part(word, Detailed::Text).unwrap_or_default();
    let code = part(word, Detailed::Code).and_then(AnswerKind::from_code);
    Redacted::new(match (kind, code) {
        (OutboundKind::Answer, Some(AnswerKind::Preliminary)) => format!("Foreløpig svar.\n\n{text}"),
        (OutboundKind::Answer, Some(AnswerKind::Outcome)) => format!("Dette er gjort.\n\n{text}"),
        (OutboundKind::FaultReport(reason), _) if text.is_empty() => reason.name().to_owned(),
        _ => text.to_owned(),
    })
}

fn part(word: &DueWord, what: Detailed) -> Option<&str> {
    word.details.iter().find(|it| it.0 == what).map(|it| it.1.reveal().as_str())
}

fn micros(duration: Duration) -> i64 {
    i64::try_from(duration.as_micros()).unwrap_or(i64::MAX)
}
