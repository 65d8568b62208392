//! Small adapters between rooms: what the intake counts, and the bell that a stored message rings.

use crate::domain::Channel;
use crate::domain::Code;
use crate::domain::Deviation;
use crate::domain::MessageId;
use crate::domain::MessageState;
use crate::domain::OrgNumber;
use crate::domain::OutboundId;
use crate::domain::OutboundState;
use crate::domain::Redacted;
use crate::domain::Severity;
use crate::domain::Timestamp;
use crate::intake::IntakeMetrics;
use crate::storage::Earlier;
use crate::storage::FollowUpRow;
use crate::storage::FollowUpStore;
use crate::storage::MessageStore;
use crate::storage::NewRefusal;
use crate::storage::OutboundRow;
use crate::storage::OutboundSettled;
use crate::storage::RawMessage;
use crate::storage::ReceiptAnswer;
use crate::storage::Referred;
use crate::storage::Settled;
use crate::storage::Settlement;
use crate::storage::Store;
use crate::storage::StoreError;
use crate::telemetry::CertificateBook;
use crate::telemetry::Metrics;
use crate::work::Bell;
use async_trait::async_trait;
use std::sync::Arc;
use std::time::Duration;

/// The verdict's label of a message that we had already.
const KNOWN: &str = "known";

/// Hands what the intake counts to the metrics and the book of certificates.
pub(super) struct Counting {
    pub(super) metrics: Arc<Metrics>,
    pub(super) book: CertificateBook,
}

impl IntakeMetrics for Counting {
    fn message_judged(&self, channel: Channel, state: MessageState, judge: Duration) {
        self.metrics.message_decided(channel, state.label());
        self.metrics.judging_took(channel, judge.as_secs_f64());
    }

    fn message_accepted(&self, channel: Channel, accept: Duration) {
        self.metrics.accepting_took(channel, accept.as_secs_f64());
    }

    fn message_repeated(&self, channel: Channel) {
        self.metrics.message_decided(channel, KNOWN);
    }

    fn message_refused(&self, code: Code) {
        self.metrics.message_refused(code);
    }

    fn finding(&self, code: Code, severity: Severity) {
        self.metrics.finding(code, severity);
    }

    fn deviation_tolerated(&self, sender: &str, deviation: Deviation) {
        self.metrics.deviation_tolerated(sender, deviation);
    }

    fn in_flight(&self, delta: i64) {
        self.metrics.in_flight(delta);
    }

    fn certificate_seen(&self, sender: &str, ends: Timestamp) {
        self.book.saw(sender, ends);
    }
}

/// The store, with a bell that wakes the workers when something new is to be handed on.
pub(super) struct Ringing {
    pub(super) store: Arc<dyn Store>,
    pub(super) bell: Bell,
    /// Wakes the antivirus worker, when there is one.
    pub(super) scan_bell: Option<Bell>,
    /// Wakes the one that looks at deadlines, when something urgent has come.
    pub(super) urgent_bell: Bell,
}

#[async_trait]
impl FollowUpStore for Ringing {
    async fn referred(
        &self,
        earlier: &Earlier,
        person: Option<&Redacted<String>>,
    ) -> Result<Vec<Referred>, StoreError> {
        self.store.referred(earlier, person).await
    }

    async fn follow_ups(&self, about: MessageId) -> Result<Vec<FollowUpRow>, StoreError> {
        self.store.follow_ups(about).await
    }
}

#[async_trait]
impl MessageStore for Ringing {
    async fn settle(&self, settlement: Settlement) -> Result<Settled, StoreError> {
        let has_notices = !settlement.notices.is_empty();
        let has_attachments = settlement.items.iter().any(|it| it.attachments > 0)
            || settlement.follows.as_ref().is_some_and(|it| it.attachments > 0);
        let is_urgent = settlement.items.iter().any(|it| it.urgent);
        let settled = self.store.settle(settlement).await?;
        if is_urgent && matches!(settled, Settled::New) {
            self.urgent_bell.ring();
        }
        if has_notices && matches!(settled, Settled::New) {
            self.bell.ring();
        }
        if let Some(bell) = self.scan_bell.as_ref().filter(|_| has_attachments && matches!(settled, Settled::New)) {
            bell.ring();
        }
        Ok(settled)
    }

    async fn resettle(&self, settlement: Settlement) -> Result<(), StoreError> {
        self.store.resettle(settlement).await?;
        self.bell.ring();
        Ok(())
    }

    async fn keep_refusal(&self, refusal: NewRefusal) -> Result<(), StoreError> {
        self.store.keep_refusal(refusal).await
    }

    async fn receipt(&self, sender: &OrgNumber, sender_message_id: &str) -> Result<ReceiptAnswer, StoreError> {
        self.store.receipt(sender, sender_message_id).await
    }

    async fn sent(&self, id: OutboundId) -> Result<OutboundRow, StoreError> {
        self.store.sent(id).await
    }

    async fn settle_sent(
        &self,
        id: OutboundId,
        from: OutboundState,
        settled: OutboundSettled,
    ) -> Result<(), StoreError> {
        let has_notices = !settled.notices.is_empty();
        self.store.settle_sent(id, from, settled).await?;
        if has_notices {
            self.bell.ring();
        }
        Ok(())
    }

    async fn raw(&self, id: MessageId) -> Result<RawMessage, StoreError> {
        self.store.raw(id).await
    }
}
