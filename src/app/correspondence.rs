//! What units write, made into messages: who can be written to, and the message itself from what was written and what it is
//! about. Pure but for the rulebook and the unit directory in force.

use crate::app::Heart;
use crate::clock::Clock;
use crate::config::Config;
use crate::domain::Coded;
use crate::domain::Conversation;
use crate::domain::CoordinatingBody;
use crate::domain::Correspondent;
use crate::domain::DialogueVersion;
use crate::domain::HerId;
use crate::domain::Ident;
use crate::domain::ItemId;
use crate::domain::LevelKind;
use crate::domain::MessageState;
use crate::domain::Municipality;
use crate::domain::NoWayOut;
use crate::domain::NoticeChannel;
use crate::domain::NoticeId;
use crate::domain::OrgNumber;
use crate::domain::OutboundId;
use crate::domain::OutboundKind;
use crate::domain::OutboundState;
use crate::domain::Party;
use crate::domain::PartyLevel;
use crate::domain::Patient;
use crate::domain::PersonIdent;
use crate::domain::Redacted;
use crate::domain::RegisteredSender;
use crate::domain::ReportPatient;
use crate::domain::ReturnedReceipt;
use crate::domain::Timestamp;
use crate::domain::UnitId;
use crate::intake::Judging;
use crate::intake::uuid_at;
use crate::judge::Reopened;
use crate::routing;
use crate::routing::Unit;
use crate::storage::Actor;
use crate::storage::DueOutbound;
use crate::storage::NewOutbound;
use crate::storage::RawMessage;
use crate::transport::https::HttpsSender;
use crate::wire::write;
use crate::wire::write::Letterhead;
use crate::wire::write::Signature;
use crate::work::Mail;
use crate::work::Posted;
use async_trait::async_trait;
use bytes::Bytes;
use roxmltree::Document;
use std::sync::Arc;
use std::time::Duration;

/// What somebody has written, before it is known whether it can be sent.
#[derive(Clone)]
pub struct Draft {
    /// Minted when the form is shown, so that a form sent twice is one.
    pub id: OutboundId,
    pub item: Option<ItemId>,
    /// In whose name: the item's unit.
    pub unit: UnitId,
    pub kind: OutboundKind,
    pub text: Redacted<String>,
    pub by: Actor,
}

impl Heart {
    /// Who `kind` would go to when it is about a message of the sender with that name. Quick: for deciding which buttons to
    /// show, and whether to say that the unit must telephone.
    ///
    /// # Errors
    /// There is no way; the reason is to be told at once.
    pub fn correspondent(&self, sender_name: &str, kind: &OutboundKind) -> Result<Correspondent, NoWayOut> {
        let found = match kind {
            OutboundKind::Answer | OutboundKind::TakenOver | OutboundKind::Question | OutboundKind::FaultReport(_) => {
                self.sender_named(sender_name).ok_or(NoWayOut::SenderGone)?
            }
            OutboundKind::Transfer(to) => {
                let takes = |it: &RegisteredSender| it.way_back.reports.as_ref().is_some_and(|it| it.body == *to);
                self.find_sender(takes).ok_or(NoWayOut::ReceiverUnknown)?
            }
        };
        match found.way_back.address {
            None => Err(NoWayOut::NoAddress),
            Some(_) => Ok(Correspondent {
                name: found.name,
                display_name: found.display_name,
                organisation: found.organisation,
            }),
        }
    }

    /// The municipalities and hospital trusts whose coordinating units take reports from here, by name.
    pub fn takers_of_reports(&self) -> Vec<(CoordinatingBody, String)> {
        let mut all = self.registered(|it| {
            let body = it.way_back.reports.as_ref().map(|it| it.body.clone())?;
            let name = match &body {
                CoordinatingBody::Municipality(number) => Municipality::find(number).map(|it| it.name.to_owned()),
                CoordinatingBody::HospitalTrust(_) => None,
            };
            Some((body, name.unwrap_or_else(|| it.display_name.clone())))
        });
        all.sort_by(|one, other| one.1.cmp(&other.1));
        all
    }

    /// `draft` about `original`, ready for the queue. The message is made once in vain, so that what stands in the way is
    /// said to the one who writes and not found out later.
    ///
    /// # Errors
    /// It cannot be sent; the reason is to be told at once.
    pub fn ready_to_send(
        &self,
        draft: Draft,
        original: &RawMessage,
        times: OutboundTimes,
        now: Timestamp,
    ) -> Result<NewOutbound, NoWayOut> {
        if original.state != MessageState::Accepted {
            return Err(NoWayOut::NotAccepted);
        }
        let to = self.correspondent(&original.sender_name, &draft.kind)?;
        let rehearsed = DueOutbound {
            id: draft.id,
            about: original.id,
            reference: original.reference.clone(),
            kind: draft.kind.clone(),
            receiver: to.name.clone(),
            by: draft.by.clone(),
            state: OutboundState::Queued,
            units: vec![draft.unit],
            text: draft.text.clone(),
            body: None,
        };
        self.compose_outbound(&rehearsed, original, now)?;
        let due = now.plus(times.undo);
        Ok(NewOutbound {
            id: draft.id,
            about: original.id,
            item: draft.item,
            kind: draft.kind,
            to,
            text: draft.text,
            by: draft.by,
            at: now,
            due,
            answer_by: due.plus(times.answered_within),
        })
    }

    /// The message as it is sent.
    pub(super) fn compose_outbound(
        &self,
        outbound: &DueOutbound,
        original: &RawMessage,
        now: Timestamp,
    ) -> Result<Redacted<Bytes>, NoWayOut> {
        let receiver = self.sender_named(&outbound.receiver).ok_or(NoWayOut::SenderGone)?;
        let unit = outbound.units.first().and_then(|it| self.with_directory(|all| all.unit(it).cloned()));
        let made = self.reopened(original, |tree, mut read| {
            // Each receiver of a message answers for itself, also one that got it as a copy.
            read.head.addressed_as =
                self.with_directory(|all| routing::addressed_as(all, &read.head, original.received_at));
            compose(outbound, &receiver, unit.as_ref(), tree, &read, now)
        });
        made.ok_or(NoWayOut::Unreadable)?
    }
}

/// How long something can be taken back, and when its AppRec should have come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct OutboundTimes {
    pub undo: Duration,
    pub answered_within: Duration,
}

impl OutboundTimes {
    pub fn of(config: &Config) -> Self {
        Self {
            undo: Duration::from_secs(config.outbound.undo_seconds),
            answered_within: config.work.outbound.answered_within(),
        }
    }
}

/// A new id, fixed before anything is tried.
pub fn outbound_id(clock: &dyn Clock) -> OutboundId {
    OutboundId(uuid_at(clock.now()))
}

fn compose(
    outbound: &DueOutbound,
    receiver: &RegisteredSender,
    unit: Option<&Unit>,
    tree: &Document<'_>,
    read: &Reopened,
    now: Timestamp,
) -> Result<Redacted<Bytes>, NoWayOut> {
    let head = &read.head;
    let unit_name = unit.map_or_else(|| head.addressee().display_name(), |it| it.name.nb.clone().into_owned());
    let name = match &outbound.by {
        Actor::Person { name, .. } => name.clone(),
        Actor::Operator(account) => account.clone(),
        Actor::House => unit_name.clone(),
    };
    let telephone = unit.and_then(|it| it.contact.telephone.as_deref());
    let signature = Signature { name: &name, unit: &unit_name, telephone };
    let sent = read.report.as_ref().and_then(|it| it.dialogue()).map(|it| it.dialogue.version);
    let version = receiver.way_back.dialogue.or(sent).unwrap_or(DialogueVersion::V1_1);
    let patient = head.patient.clone().or_else(|| read.report.as_ref().and_then(|it| it.patient()).map(patient));
    let conversation = Conversation {
        parent: head.message_id.clone(),
        conversation: head.conversation.as_ref().map_or(&head.message_id, |it| &it.conversation).clone(),
    };
    let sender = with_unit(head.addressee(), unit);
    let mut letterhead = Letterhead {
        id: outbound.id,
        at: now,
        processing: &head.processing,
        conversation: Some(&conversation),
        sender: &sender,
        receiver: &head.sender,
        patient: patient.as_ref(),
    };
    let made = match &outbound.kind {
        OutboundKind::Answer => write::answer(&letterhead, version, &outbound.text, &signature, tree),
        OutboundKind::TakenOver => write::taken_over(&letterhead, version, &outbound.text, &signature, tree),
        OutboundKind::Question => write::question(&letterhead, version, &outbound.text, &signature),
        OutboundKind::FaultReport(reason) => write::fault_report(&letterhead, *reason, &outbound.text, &signature),
        OutboundKind::Transfer(body) => {
            let address = receiver.way_back.reports.as_ref().ok_or(NoWayOut::ReceiverUnknown)?;
            if head.addressee().her_id() == Some(address.her_id) {
                return Err(NoWayOut::ReceiverOwn);
            }
            if telephone.is_none() {
                return Err(NoWayOut::NoTelephone);
            }
            let organisation = (receiver.display_name.as_str(), address.organisation_her_id, &receiver.organisation);
            let to = party(organisation, (&address.name, address.her_id));
            (letterhead.receiver, letterhead.conversation) = (&to, None);
            write::transfer(&letterhead, body, &outbound.text, &signature, version, tree, head)
                .ok_or(NoWayOut::Unreadable)?
        }
    };
    Ok(made.map(Bytes::from))
}

/// We answer as we were addressed. A flat address has no unit: the one that writes is put below it.
fn with_unit(addressed: &Party, unit: Option<&Unit>) -> Party {
    let mut party = addressed.clone();
    if let (1, Some(unit)) = (party.levels.len(), unit)
        && let Some(her_id) = unit.her_ids.first()
    {
        party.levels.push(level(&unit.name.nb, vec![her(*her_id)]));
    }
    party
}

fn party(organisation: (&str, HerId, &OrgNumber), unit: (&str, HerId)) -> Party {
    let number =
        Ident { id: organisation.2.to_string(), kind: id_kind("ENH", "Organisasjonsnummeret i Enhetsregisteret") };
    Party { levels: vec![level(organisation.0, vec![her(organisation.1), number]), level(unit.0, vec![her(unit.1)])] }
}

fn level(name: &str, idents: Vec<Ident>) -> PartyLevel {
    PartyLevel { kind: LevelKind::Organisation, name: name.to_owned(), idents }
}

fn her(her_id: HerId) -> Ident {
    Ident { id: her_id.to_string(), kind: id_kind("HER", "HER-id") }
}

fn id_kind(code: &str, name: &str) -> Coded {
    Coded { code: Some(code.to_owned()), name: Some(name.to_owned()), ..Coded::default() }
}

/// The report's person, for the header of a message whose own had none.
fn patient(person: &ReportPatient) -> Patient {
    let name = person.name.as_ref();
    Patient {
        family_name: name.and_then(|it| it.family.clone()),
        middle_name: name.and_then(|it| it.middle.clone()),
        given_name: name.and_then(|it| it.given.clone()),
        idents: person
            .id
            .number
            .iter()
            .map(|it| PersonIdent { id: it.clone(), kind: id_kind(&person.id.kind, &person.id.kind) })
            .collect(),
        ..Patient::default()
    }
}

/// Makes messages and sends them: what the worker asks for.
pub(super) struct PostOffice {
    pub(super) heart: Arc<Heart>,
    pub(super) sender: HttpsSender,
}

#[async_trait]
impl Mail for PostOffice {
    fn compose(
        &self,
        outbound: &DueOutbound,
        original: &RawMessage,
        now: Timestamp,
    ) -> Result<Redacted<Bytes>, NoWayOut> {
        self.heart.compose_outbound(outbound, original, now)
    }

    async fn send(&self, receiver: &str, message: Bytes) -> Posted {
        let Some(receiver) = self.heart.sender_named(receiver) else { return Posted::Nowhere(NoWayOut::SenderGone) };
        let Some(address) = receiver.way_back.address else { return Posted::Nowhere(NoWayOut::NoAddress) };
        match self.sender.post(&address, message).await {
            Ok(answer) => {
                Posted::Answered { status: answer.status, retry_after: answer.retry_after, body: answer.body }
            }
            Err(error) => Posted::Unanswered(crate::cli::chain(&error)),
        }
    }

    fn receipt(&self, body: &Bytes) -> Option<ReturnedReceipt> {
        self.heart.receipt_in(body)
    }

    fn notice_channels(&self, unit: &UnitId) -> Vec<NoticeChannel> {
        Judging::notice_channels(&*self.heart, unit)
    }

    fn notice_id(&self, now: Timestamp) -> NoticeId {
        NoticeId(uuid_at(now))
    }
}
