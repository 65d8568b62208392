//! Where reports from the form become messages: made by `wire`, judged by the pure heart, and brought in by the one way in.

use crate::app::Heart;
use crate::clock::Clock;
use crate::domain::AppRecVersion;
use crate::domain::Arrival;
use crate::domain::Channel;
use crate::domain::Code;
use crate::domain::Decision;
use crate::domain::HerId;
use crate::domain::Judgement;
use crate::domain::MessageState;
use crate::domain::Municipality;
use crate::domain::MunicipalityNumber;
use crate::domain::NeedReport;
use crate::domain::Party;
use crate::domain::Peer;
use crate::domain::RegisteredSender;
use crate::domain::Report;
use crate::domain::Share;
use crate::domain::Timestamp;
use crate::inbox::DeskFault;
use crate::inbox::DeskJudgement;
use crate::inbox::DeskSent;
use crate::inbox::ReportDesk;
use crate::inbox::Written;
use crate::intake::Intake;
use crate::intake::Judging;
use crate::intake::NotAccepted;
use crate::judge;
use crate::routing::Directory;
use crate::routing::Owner;
use crate::wire::compose;
use crate::wire::compose::Envelope;
use async_trait::async_trait;
use bytes::Bytes;
use jiff::civil::Date;
use std::sync::Arc;

/// What the second level of the form's address is called.
const DESK_NAME: &str = "Skjemaet /meld";

/// The form's sender and the ways that its reports go.
pub(super) struct Desk {
    pub(super) heart: Arc<Heart>,
    pub(super) intake: Arc<Intake>,
    pub(super) clock: Arc<dyn Clock>,
    /// Name of the registered sender that the form sends as. Empty: the form is closed.
    pub(super) sender: String,
}

#[async_trait]
impl ReportDesk for Desk {
    fn is_open(&self) -> bool {
        self.sender().is_ok()
    }

    async fn judge(&self, report: &NeedReport, written: Written) -> Result<DeskJudgement, DeskFault> {
        let (sender, arrival) = self.arrival(report, channel(written))?;
        let ticket = self.intake.enter(sender).map_err(DeskFault::Later)?;
        let judgement =
            self.intake.preview(ticket, arrival.clone(), AppRecVersion::default()).await.map_err(DeskFault::Later)?;
        let verdict = match judgement.judgement {
            Judgement::Refusal(refusal) => {
                let code = refusal.findings.first().map_or(Code::XmlMalformed, |it| it.code);
                return Err(DeskFault::Refused(code));
            }
            Judgement::Verdict(verdict) => verdict,
        };
        let (is_accepted, targets) = match &verdict.decision {
            Decision::Accepted { route, .. } => (true, route.targets.as_slice()),
            Decision::Rejected => (false, Default::default()),
        };
        let of = |share| targets.iter().filter(move |it| it.share == share).map(|it| it.unit.clone()).collect();
        let (units, told) = (of(Share::Content), of(Share::Awareness));
        Ok(DeskJudgement { findings: verdict.findings, is_accepted, units, told, born: self.born(&arrival) })
    }

    async fn send(&self, report: &NeedReport, written: Written) -> Result<DeskSent, DeskFault> {
        let (sender, arrival) = self.arrival(report, channel(written))?;
        let mut ticket = self.intake.enter(sender).map_err(DeskFault::Later)?;
        ticket.grow(arrival.bytes.len()).map_err(DeskFault::Later)?;
        match self.intake.accept(ticket, arrival, AppRecVersion::default()).await {
            Ok(accepted) => Ok(DeskSent {
                message: accepted.message,
                reference: accepted.reference,
                // A message that is stuck is kept, and an operator has been told.
                is_accepted: accepted.state != MessageState::Rejected,
            }),
            Err(NotAccepted::Later(code)) => Err(DeskFault::Later(code)),
            Err(other) => Err(DeskFault::Refused(other.code())),
        }
    }
}

impl Desk {
    /// The registered sender, when it has both levels of its address.
    fn sender(&self) -> Result<(RegisteredSender, HerId, HerId), DeskFault> {
        let sender = Some(&self.sender).filter(|it| !it.is_empty()).and_then(|it| self.heart.sender_named(it));
        let sender = sender.ok_or(DeskFault::Closed)?;
        let (outer, inner) = match *sender.her_ids.as_slice() {
            [outer, inner, ..] => (outer, inner),
            [] | [_] => return Err(DeskFault::Closed),
        };
        Ok((sender, outer, inner))
    }

    /// The report as a message that has just arrived.
    fn arrival(&self, report: &NeedReport, channel: Channel) -> Result<(RegisteredSender, Arrival), DeskFault> {
        let (sender, outer, inner) = self.sender()?;
        // Also what came by post last month is written down now: the units of today receive it.
        let now = self.clock.now();
        let day = now.date_in_norway();
        let receiver = self.heart.with_directory(|it| receiver(it, &report.receiver.municipality, day));
        let envelope = Envelope {
            message_id: report.report_id.clone(),
            generated: now,
            sender: Party {
                levels: vec![
                    compose::level(&sender.display_name, outer, Some(&sender.organisation)),
                    compose::level(DESK_NAME, inner, None),
                ],
            },
            receiver: receiver.ok_or(DeskFault::NoReceiver)?,
        };
        let arrival = Arrival {
            peer: Peer {
                organisation: sender.organisation.clone(),
                sub_unit: sender.sub_units.first().cloned(),
                // The form has no certificate: who may use it has been asked at its own door.
                certificate_sha256: [0; 32],
                certificate_ends: Timestamp(i64::MAX),
            },
            channel,
            received_at: now,
            bytes: Bytes::from(compose::message(&envelope, report)),
            charset: None,
        };
        Ok((sender, arrival))
    }

    /// The day of birth as the report has it once it is read: the identity number tells it too.
    fn born(&self, arrival: &Arrival) -> Option<crate::domain::Redacted<Date>> {
        let report = judge::reopen(arrival, &self.heart.rulebook(), |_, it| it.report).flatten()?;
        match report {
            Report::Need { report, .. } => report.patient.and_then(|it| it.date_of_birth),
            Report::Dialogue(_) | Report::Care(_) => None,
        }
    }
}

const fn channel(written: Written) -> Channel {
    match written {
        Written::ByReporter => Channel::Form,
        Written::ByStaff => Channel::Manual,
    }
}

/// The municipality and the unit that takes what no other unit takes, so that no sender needs to know the units.
fn receiver(directory: &Directory, number: &MunicipalityNumber, day: Date) -> Option<Party> {
    let body = directory.body_on(&Owner::Municipality(number.clone()), day)?;
    let unit = directory.unit(&body.default_on(day)?.unit)?;
    let name = Municipality::find(number).map_or("", |it| it.name);
    let outer = compose::level(&format!("{name} kommune"), *body.her_ids.first()?, None);
    let inner = unit.her_ids.first().map(|it| compose::level(&unit.name.nb, *it, None));
    Some(Party { levels: std::iter::once(outer).chain(inner).collect() })
}

#[cfg(test)]
impl Desk {
    /// A desk without a sender.
    pub(super) fn closed(heart: Arc<Heart>, store: Arc<dyn crate::storage::MessageStore>) -> Self {
        Self::with(heart, store, Arc::new(crate::clock::SystemClock), "")
    }

    pub(super) fn with(
        heart: Arc<Heart>,
        store: Arc<dyn crate::storage::MessageStore>,
        clock: Arc<dyn Clock>,
        sender: &str,
    ) -> Self {
        let tasks = tokio_util::task::TaskTracker::new();
        let counted = Arc::new(crate::intake::Uncounted);
        let config = crate::intake::IntakeConfig::default();
        let intake = Intake::new(config, heart.clone(), store, Arc::clone(&clock), counted, tasks);
        Self { heart, intake, clock, sender: sender.to_owned() }
    }
}

#[cfg(test)]
mod tests;
