//! The inbox's way to whoever is outside: what is in force says who can be written to, and what stands in the way.

use crate::app::Heart;
use crate::app::correspondence::Draft;
use crate::app::correspondence::OutboundTimes;
use crate::app::correspondence::outbound_id;
use crate::clock::Clock;
use crate::domain::CoordinatingBody;
use crate::domain::Correspondent;
use crate::domain::NoWayOut;
use crate::domain::OutboundKind;
use crate::inbox::Outbox;
use crate::inbox::Saying;
use crate::storage::RawMessage;
use crate::work::Bell;
use crate::work::Recipients;
use std::sync::Arc;

impl Recipients for Heart {
    fn recipient(&self, sender_name: &str, kind: &OutboundKind) -> Result<Correspondent, NoWayOut> {
        self.correspondent(sender_name, kind)
    }
}

/// Where units put what they have written.
pub(super) struct Letterbox {
    pub(super) heart: Arc<Heart>,
    pub(super) times: OutboundTimes,
    /// That of the worker that hands over.
    pub(super) bell: Bell,
    pub(super) clock: Arc<dyn Clock>,
}

impl Outbox for Letterbox {
    fn way(&self, sender_name: &str, kind: &OutboundKind) -> Result<(), NoWayOut> {
        self.heart.correspondent(sender_name, kind).map(drop)
    }

    fn rehearse(&self, saying: Saying, original: &RawMessage) -> Result<(), NoWayOut> {
        let draft = Draft {
            id: outbound_id(&*self.clock),
            item: Some(saying.item),
            unit: saying.unit,
            kind: saying.kind,
            text: saying.text,
            by: saying.by,
        };
        self.heart.ready_to_send(draft, original, self.times, self.clock.now()).map(drop)
    }

    fn takers(&self) -> Vec<(CoordinatingBody, String)> {
        self.heart.takers_of_reports()
    }

    fn ring(&self) {
        self.bell.ring();
    }
}

#[cfg(test)]
impl Letterbox {
    /// One that nobody empties.
    pub(super) fn shut(heart: Arc<Heart>) -> Self {
        let times = OutboundTimes::of(&crate::config::Config::default());
        Self { heart, times, bell: Bell::default(), clock: Arc::new(crate::clock::SystemClock) }
    }
}
