//! How much the house takes on at once: messages and bytes, in all and per organisation.
//!
//! A sender that pours can fill its own share, never the others'. What is not taken on is told so at once (503 with
//! `Retry-After`); the sender still has its message.

use crate::domain::Code;
use crate::domain::OrgNumber;
use crate::domain::RegisteredSender;
use crate::intake::IntakeMetrics;
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::MutexGuard;
use std::sync::PoisonError;

/// The most that may be under way at one time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct AdmissionLimits {
    pub(crate) messages_max: usize,
    pub(crate) bytes_max: usize,
    pub(crate) bytes_per_sender_max: usize,
}

/// Counts what is under way.
pub(crate) struct Admission {
    limits: AdmissionLimits,
    metrics: Arc<dyn IntakeMetrics>,
    held: Mutex<Held>,
}

#[derive(Default)]
struct Held {
    messages: usize,
    bytes: usize,
    by_sender: HashMap<OrgNumber, Share>,
}

#[derive(Default)]
struct Share {
    messages: usize,
    bytes: usize,
}

/// A place for one message of a registered sender while it is read, judged and stored. Dropping it gives the place back.
pub struct Ticket {
    admission: Arc<Admission>,
    sender: RegisteredSender,
    bytes: usize,
}

impl Admission {
    pub(crate) fn new(limits: AdmissionLimits, metrics: Arc<dyn IntakeMetrics>) -> Arc<Self> {
        Arc::new(Self { limits, metrics, held: Mutex::new(Held::default()) })
    }

    /// A place for one message of `sender`, or [`Code::Overloaded`].
    pub(crate) fn enter(self: &Arc<Self>, sender: RegisteredSender) -> Result<Ticket, Code> {
        let mut held = self.lock();
        if held.messages >= self.limits.messages_max {
            return Err(Code::Overloaded);
        }
        held.messages += 1;
        held.by_sender.entry(sender.organisation.clone()).or_default().messages += 1;
        drop(held);
        self.metrics.in_flight(1);
        Ok(Ticket { admission: Arc::clone(self), sender, bytes: 0 })
    }

    /// Each change is whole before the lock is let go, so a poisoned lock still guards right numbers.
    fn lock(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Ticket {
    pub const fn sender(&self) -> &RegisteredSender {
        &self.sender
    }

    /// Counts `more` bytes of the message as they arrive; [`Code::Overloaded`] when there is no room for them.
    pub fn grow(&mut self, more: usize) -> Result<(), Code> {
        let limits = self.admission.limits;
        let mut held = self.admission.lock();
        let of_sender = held.by_sender.get(&self.sender.organisation).map_or(0, |it| it.bytes);
        if held.bytes + more > limits.bytes_max || of_sender + more > limits.bytes_per_sender_max {
            return Err(Code::Overloaded);
        }
        held.bytes += more;
        if let Some(share) = held.by_sender.get_mut(&self.sender.organisation) {
            share.bytes += more;
        }
        self.bytes += more;
        Ok(())
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        self.admission.metrics.in_flight(-1);
        let mut held = self.admission.lock();
        held.messages -= 1;
        held.bytes -= self.bytes;
        let Some(share) = held.by_sender.get_mut(&self.sender.organisation) else { return };
        share.messages -= 1;
        share.bytes -= self.bytes;
        if share.messages == 0 {
            held.by_sender.remove(&self.sender.organisation);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Admission;
    use super::AdmissionLimits;
    use crate::domain::Code;
    use crate::domain::OrgNumber;
    use crate::domain::RegisteredSender;
    use crate::domain::Sector;
    use crate::intake::Uncounted;
    use std::sync::Arc;

    const LIMITS: AdmissionLimits = AdmissionLimits { messages_max: 3, bytes_max: 100, bytes_per_sender_max: 60 };

    fn sender(organisation: &str) -> RegisteredSender {
        RegisteredSender {
            name: organisation.to_owned(),
            display_name: organisation.to_owned(),
            organisation: OrgNumber::parse(organisation).unwrap(),
            sub_units: Vec::new(),
            her_ids: Vec::new(),
            sector: Sector::Health,
            tolerated: Vec::new(),
        }
    }

    #[test]
    fn one_sender_cannot_take_the_others_room() {
        let admission = Admission::new(LIMITS, Arc::new(Uncounted));
        let hospital = || sender("310000108");
        let school = sender("310000116");

        let mut first = admission.enter(hospital()).unwrap();
        let mut second = admission.enter(hospital()).unwrap();
        first.grow(50).unwrap();

        assert_eq!(second.grow(20), Err(Code::Overloaded));
        assert_eq!(admission.enter(school).unwrap().grow(50), Ok(()));
    }

    #[test]
    fn a_place_is_given_back_with_its_bytes() {
        let admission = Admission::new(LIMITS, Arc::new(Uncounted));
        let hospital = || sender("310000108");

        let tickets: Vec<_> = (0..3).map(|_| admission.enter(hospital()).unwrap()).collect();
        assert_eq!(admission.enter(hospital()).err(), Some(Code::Overloaded));
        drop(tickets);

        let mut again = admission.enter(hospital()).unwrap();
        again.grow(60).unwrap();
        drop(again);
        assert_eq!(admission.lock().bytes, 0);
        assert!(admission.lock().by_sender.is_empty());
    }
}
