//! What the intake needs from the house around it.

use crate::domain::AppRecStatus;
use crate::domain::AppRecVersion;
use crate::domain::Arrival;
use crate::domain::Channel;
use crate::domain::Code;
use crate::domain::Deviation;
use crate::domain::Judgement;
use crate::domain::MaskedLine;
use crate::domain::MessageLimits;
use crate::domain::MessageState;
use crate::domain::NoticeChannel;
use crate::domain::Peer;
use crate::domain::ReceiptError;
use crate::domain::ReceiptId;
use crate::domain::RegisteredSender;
use crate::domain::ReturnedReceipt;
use crate::domain::Rulebook;
use crate::domain::Severity;
use crate::domain::Timestamp;
use crate::domain::UnitId;
use crate::domain::Verdict;
use bytes::Bytes;
use std::time::Duration;

/// The pure heart with the rulebook and the unit directory in force, which can change between two messages.
///
/// Nothing here waits or fails. A panic in it is caught by the intake and makes the message stuck.
pub trait Judging: Send + Sync {
    fn judge(&self, arrival: &Arrival) -> Judgement;

    /// What would come of `arrival`, with all that its sender needs in order to mend it. Nothing about persons is in it.
    /// The receipt is the AppRec that the sender is registered with, or that goes with its message, or else the one it wishes.
    fn rehearse(&self, arrival: &Arrival, id: ReceiptId, wish: AppRecVersion) -> Rehearsal;

    /// The AppRec for `verdict`, UTF-8, with `id` as its id and `now` as its GenDate.
    fn receipt(&self, verdict: &Verdict, wish: AppRecVersion, id: ReceiptId, now: Timestamp) -> Bytes;

    /// The sender's message id, when it can be read. Asked only after [`Judging::judge`] has panicked.
    fn sender_message_id(&self, arrival: &Arrival) -> Option<String>;

    /// What `arrival` says of something that we sent, when it is an AppRec that says which.
    fn returned(&self, arrival: &Arrival) -> Option<ReturnedReceipt>;

    /// How `unit` wishes to be told that something waits.
    fn notice_channels(&self, unit: &UnitId) -> Vec<NoticeChannel>;

    /// Who `peer` speaks for, or which code says why not. See [`standing`].
    fn sender_of(&self, peer: &Peer) -> Result<RegisteredSender, Code>;

    /// The registered sender with that name in the configuration.
    fn sender_named(&self, name: &str) -> Option<RegisteredSender>;

    /// How large a message may be, now.
    fn limits(&self) -> MessageLimits;
}

/// A rehearsal (prøve): what would come of a message, the same by whichever way it is asked for.
#[derive(Clone, Debug)]
pub struct Rehearsal {
    pub judgement: Judgement,
    /// The line of each finding with its values masked, in the order of the findings.
    pub lines: Vec<Option<MaskedLine>>,
    /// Unless the message is refused.
    pub receipt: Option<RehearsedReceipt>,
}

/// The receipt (AppRec 1.1) that would have been sent.
#[derive(Clone, Debug)]
pub struct RehearsedReceipt {
    pub status: AppRecStatus,
    pub errors: Vec<ReceiptError>,
    /// Indented, for people.
    pub xml: String,
}

/// Who `peer` speaks for by `rulebook`: [`Code::SenderNotRegistered`] when the organisation is unknown,
/// [`Code::SenderSubUnitNotRegistered`] when it is known but the certificate's sub-unit is not among those named.
pub fn standing(rulebook: &Rulebook, peer: &Peer) -> Result<RegisteredSender, Code> {
    match rulebook.sender_of(peer) {
        Some(sender) => Ok(sender.clone()),
        None if rulebook.knows_organisation(&peer.organisation) => Err(Code::SenderSubUnitNotRegistered),
        None => Err(Code::SenderNotRegistered),
    }
}

/// What the intake counts.
pub trait IntakeMetrics: Send + Sync {
    /// A new message has been judged and committed; judging took `judge`.
    fn message_judged(&self, channel: Channel, state: MessageState, judge: Duration);

    /// A message has been answered: from the last byte read until its commit was synced.
    fn message_accepted(&self, channel: Channel, accept: Duration);

    /// A message that we had already got its receipt again.
    fn message_repeated(&self, channel: Channel);

    /// Something could not be answered with a receipt.
    fn message_refused(&self, code: Code);

    fn finding(&self, code: Code, severity: Severity);

    /// A registered sender made a small deviation that it has leave to make.
    fn deviation_tolerated(&self, sender: &str, deviation: Deviation);

    /// So many more (or fewer) messages are being read, judged or stored.
    fn in_flight(&self, delta: i64);

    /// A registered sender showed a certificate that ends then.
    fn certificate_seen(&self, sender: &str, ends: Timestamp);
}

/// Counts nothing: for tests and for judging from files.
#[derive(Clone, Copy, Default, Debug)]
pub struct Uncounted;

impl IntakeMetrics for Uncounted {
    fn message_judged(&self, _: Channel, _: MessageState, _: Duration) {}

    fn message_accepted(&self, _: Channel, _: Duration) {}

    fn message_repeated(&self, _: Channel) {}

    fn message_refused(&self, _: Code) {}

    fn finding(&self, _: Code, _: Severity) {}

    fn deviation_tolerated(&self, _: &str, _: Deviation) {}

    fn in_flight(&self, _: i64) {}

    fn certificate_seen(&self, _: &str, _: Timestamp) {}
}

#[cfg(test)]
mod tests {
    use super::standing;
    use crate::domain::Code;
    use crate::domain::OrgNumber;
    use crate::domain::Peer;
    use crate::domain::RegisteredSender;
    use crate::domain::Rulebook;
    use crate::domain::Sector;
    use crate::domain::Timestamp;
    use crate::domain::WayBack;

    fn peer(organisation: &str, sub_unit: Option<&str>) -> Peer {
        Peer {
            organisation: OrgNumber::parse(organisation).unwrap(),
            sub_unit: sub_unit.map(|it| OrgNumber::parse(it).unwrap()),
            certificate_sha256: [0; 32],
            certificate_ends: Timestamp(i64::MAX),
        }
    }

    #[test]
    fn an_unknown_organisation_and_an_unknown_sub_unit_are_told_apart() {
        let sender = RegisteredSender {
            name: "eksempel-sykehus".to_owned(),
            display_name: "Eksempel sykehus HF".to_owned(),
            organisation: OrgNumber::parse("310000108").unwrap(),
            sub_units: vec![OrgNumber::parse("974095769").unwrap()],
            her_ids: Vec::new(),
            sector: Sector::Health,
            way_back: WayBack::default(),
            tolerated: Vec::new(),
        };
        let rulebook = Rulebook { senders: vec![sender.clone()], ..Rulebook::default() };

        assert_eq!(standing(&rulebook, &peer("310000108", Some("974095769"))), Ok(sender));
        assert_eq!(standing(&rulebook, &peer("310000108", Some("984886136"))), Err(Code::SenderSubUnitNotRegistered));
        assert_eq!(standing(&rulebook, &peer("310000108", None)), Err(Code::SenderSubUnitNotRegistered));
        assert_eq!(standing(&rulebook, &peer("310000116", None)), Err(Code::SenderNotRegistered));
    }
}
