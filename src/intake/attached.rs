//! Which case a message belongs to, when it is about one that is here already: then it joins that case and gets no item of
//! its own. When in doubt it does not join: an item too many is read, a report in another person's case is a breach.

use crate::domain::Code;
use crate::domain::Finding;
use crate::domain::FollowUpKind;
use crate::domain::ItemId;
use crate::domain::OutboundKind;
use crate::domain::RegisteredSender;
use crate::domain::TransferWord;
use crate::intake::Intake;
use crate::intake::prepare;
use crate::intake::prepare::Referral;
use crate::storage::Earlier;
use crate::storage::FollowUp;
use crate::storage::OutboundRow;
use crate::storage::Referred;
use crate::storage::SamePerson;
use crate::storage::Settlement;
use crate::storage::StoreError;

/// A case that was found, and what was offered from it to the one who writes.
struct Found {
    case: Referred,
    offered: Option<ItemId>,
}

impl Intake {
    /// Says in `settlement` which case it belongs to, or that what it refers to was not found.
    pub(super) async fn attach(
        &self,
        settlement: &mut Settlement,
        referral: Option<Referral>,
        sender: &RegisteredSender,
    ) -> Result<(), StoreError> {
        let Some(referral) = referral else { return Ok(()) };
        let Some(Found { case, offered }) = self.case_of(settlement, &referral).await? else {
            settlement.findings.push(prepare::kept(&Finding::new(Code::EarlierMessageNotFound, None)));
            return Ok(());
        };
        let said = format!("Meldingen viser til en sak som er her, og er lagt i den: {}.", case.reference);
        settlement.route.push(said.into());
        settlement.follows = Some(FollowUp {
            about: case.message,
            notices: self.notices_to(&case.units, settlement.message.received_at),
            reference: case.reference,
            kind: referral.kind,
            from: sender.display_name.clone(),
            deadline: referral.deadline,
            urgent: referral.urgent,
            attachments: referral.attachments,
            transfer: offered.zip(referral.offer),
            why: why(&referral),
        });
        Ok(())
    }

    /// By what we sent first; then by the sender's own conversation; then by the report's id.
    async fn case_of(&self, settlement: &Settlement, referral: &Referral) -> Result<Option<Found>, StoreError> {
        let sender = &settlement.message.sender;
        let person = referral.person.as_ref();
        for id in &referral.ids {
            if let Ok(outbound) = id.parse()
                && let Some(sent) = self.sent_to(outbound, sender).await?
            {
                let earlier = Earlier::Message(sent.about);
                let cases = self.store.referred(&earlier, person).await?;
                let fits = |it: &Referred| is_here(it) && it.person != SamePerson::Other;
                let case = cases.into_iter().find(fits);
                return Ok(case.map(|case| Found { case, offered: offered(&sent) }));
            }
        }
        for id in &referral.ids {
            let earlier = Earlier::OfSender { sender: sender.clone(), sender_message_id: id.clone() };
            let cases = self.store.referred(&earlier, person).await?;
            let fits = |it: &Referred| {
                is_here(it) && it.person != SamePerson::Other && it.municipality == settlement.message.municipality
            };
            if let Some(case) = cases.into_iter().find(fits) {
                return Ok(Some(Found { case, offered: None }));
            }
        }
        let Some(report) = &referral.report else { return Ok(None) };
        let cases = self.store.referred(&Earlier::Report(report.clone()), person).await?;
        let is_trusted = |it: &Referred| match it.person {
            SamePerson::Same => true,
            SamePerson::Other => false,
            SamePerson::Unknown => it.sender == *sender,
        };
        let fits = |it: &Referred| is_here(it) && is_trusted(it) && it.municipality == settlement.message.municipality;
        Ok(cases.into_iter().find(fits).map(|case| Found { case, offered: None }))
    }
}

fn is_here(case: &Referred) -> bool {
    !case.units.is_empty()
}

/// The item that was offered to the one who answers.
fn offered(sent: &OutboundRow) -> Option<ItemId> {
    match sent.kind {
        OutboundKind::Transfer(_) => sent.item,
        OutboundKind::Answer | OutboundKind::TakenOver | OutboundKind::Question | OutboundKind::FaultReport(_) => None,
    }
}

/// Why an offer was declined: that it was reported as an error. The words themselves stand in the message.
fn why(referral: &Referral) -> String {
    match (referral.offer, referral.kind) {
        (Some(TransferWord::Declined), FollowUpKind::FaultReport) => {
            "Mottakeren har meldt tilbake om feil. Les meldingen fra mottakeren i saken.".to_owned()
        }
        _ => String::new(),
    }
}
