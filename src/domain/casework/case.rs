//! What is known of an item now, and what it becomes.

use crate::domain::Act;
use crate::domain::ActKind;
use crate::domain::ActRefused;
use crate::domain::Authority;
use crate::domain::CaseOutcome;
use crate::domain::Colleague;
use crate::domain::ConsentStatus;
use crate::domain::Coordinator;
use crate::domain::CoordinatorDuty;
use crate::domain::DelegationSide;
use crate::domain::Detailed;
use crate::domain::Improvement;
use crate::domain::ItemState;
use crate::domain::LiftTo;
use crate::domain::Overlap;
use crate::domain::Particulars;
use crate::domain::PeriodRefused;
use crate::domain::PlanStatus;
use crate::domain::Redacted;
use crate::domain::Responsibility;
use crate::domain::Share;
use crate::domain::TeamStatus;
use crate::domain::Timestamp;
use crate::domain::UnitId;
use crate::domain::UnmetNeed;
use jiff::civil::Date;
use std::time::Duration;

/// For how long an act can be taken back. What leaves the house waits so long.
pub const UNDO_WAIT: Duration = Duration::from_secs(10);

/// An item as casework knows it (sak).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Case {
    pub state: ItemState,
    pub share: Share,
    pub responsible: Option<Colleague>,
    pub opened_at: Option<Timestamp>,
    pub confirmed_at: Option<Timestamp>,
    /// When the reporter was first answered.
    pub first_answer_at: Option<Timestamp>,
    /// When somebody outside said something that has not been answered since.
    pub heard_at: Option<Timestamp>,
    pub closed_at: Option<Timestamp>,
    pub next_contact_on: Option<Date>,
    pub outcome: Option<(CaseOutcome, Date)>,
    /// Journalføring: where the case is in the archive.
    pub archive_reference: Option<Redacted<String>>,
    /// What the consent has been changed to; `None`: it is as the report says.
    pub consent: Option<ConsentStatus>,
    pub plan: Option<(PlanStatus, Date)>,
    pub team: Option<TeamStatus>,
    pub unmet_need: Option<UnmetNeed>,
    pub improvement: Improvement,
    /// Another group that it has been lifted to.
    pub lifted_to: Option<UnitId>,
    /// It has been lifted to the members of the group that it lies with.
    pub lifted_to_members: bool,
    /// It is only lifted to here: another unit has it at home. Known from that unit's row, and not kept in this one.
    pub lifted_here: bool,
    /// The unit was asked to appoint a coordinator, or has done so: another unit has the case at home. Known as above.
    pub delegated_here: bool,
    pub coordinators: Vec<Coordinator>,
    /// What has been noted besides.
    pub particulars: Particulars,
}

/// Who acts, and when.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Acting {
    pub who: Colleague,
    pub authority: Authority,
    pub at: Timestamp,
}

impl Case {
    /// A case that has just come.
    pub fn new(share: Share) -> Self {
        Self {
            state: ItemState::Unread,
            share,
            responsible: None,
            opened_at: None,
            confirmed_at: None,
            first_answer_at: None,
            heard_at: None,
            closed_at: None,
            next_contact_on: None,
            outcome: None,
            archive_reference: None,
            consent: None,
            plan: None,
            team: None,
            unmet_need: None,
            improvement: Improvement::No,
            lifted_to: None,
            lifted_to_members: false,
            lifted_here: false,
            delegated_here: false,
            coordinators: Vec::new(),
            particulars: Particulars::default(),
        }
    }

    /// The case after `act`, or why it cannot be done.
    pub fn after(&self, act: &Act, by: &Acting) -> Result<Self, ActRefused> {
        self.may_do(act.kind(), by)?;
        let mut after = self.clone();
        after.state = self.state_after(act);
        after.take_on(act, by)?;
        Ok(after)
    }

    /// The case after another unit that works with it has done `act` with its coordinators: it holds here too, whoever has the
    /// case here and how ever far it has come.
    pub fn after_elsewhere(&self, act: &Act, by: &Acting) -> Result<Self, ActRefused> {
        self.is_ours(act.kind())?;
        let mut after = self.clone();
        after.take_on(act, by)?;
        // Who else has been asked to appoint is asked still.
        after.particulars.delegation.clone_from(&self.particulars.delegation);
        Ok(after)
    }

    /// What the event of `act` keeps: what it carries, and what only the case before it knows.
    pub fn details_of(&self, act: &Act) -> Vec<(Detailed, Redacted<String>)> {
        let mut details = act.details();
        if let Act::ChangeCoordinator { replaces, .. } = act {
            let before = self.coordinators.iter().find(|it| it.id == *replaces);
            details.extend(before.map(|it| (Detailed::Instead, it.name.clone())));
        }
        if let Act::EndCoordinator { coordinator, .. } = act {
            let ended = self.coordinators.iter().find(|it| it.id == *coordinator);
            details.splice(0..0, ended.map(|it| (Detailed::Name, it.name.clone())));
        }
        details
    }

    /// Whether an act of this kind can be done now, whatever it says; pages offer only what can.
    pub fn may_do(&self, act: ActKind, by: &Acting) -> Result<(), ActRefused> {
        self.is_ours(act)?;
        self.lies_here(act)?;
        self.is_open_to(act)?;
        self.is_in_the_right_hands(act, by)?;
        self.is_ready_for(act)
    }

    /// Who is responsible, seen from `who`.
    pub fn responsibility(&self, who: &Colleague) -> Responsibility {
        match &self.responsible {
            None => Responsibility::Nobody,
            Some(it) if it.id == who.id => Responsibility::Own,
            Some(_) => Responsibility::Another,
        }
    }

    /// Until when the case must be answered after somebody outside has said something. One who has been answered waits anew,
    /// until `anew`; one who has not been, waits as before, though never longer than what must be seen soon may.
    pub fn deadline_after_word(&self, deadline: Timestamp, anew: Timestamp, soon: bool) -> Timestamp {
        match (self.first_answer_at, soon) {
            (Some(_), _) => anew,
            (None, true) => deadline.min(anew),
            (None, false) => deadline,
        }
    }

    /// The last day on which somebody is the main coordinator; `None` when nobody is named. Open-ended: the last day
    /// there is.
    pub fn coordinated_until(&self) -> Option<Date> {
        let main = self.coordinators.iter().filter(|it| it.duty == CoordinatorDuty::Main);
        main.map(|it| it.until.unwrap_or(Date::MAX)).max()
    }

    /// Whether another unit has the case at home.
    pub const fn lies_elsewhere(&self) -> bool {
        self.lifted_here || self.delegated_here
    }

    /// Whether we have the content at all: what has gone away has none.
    fn is_ours(&self, act: ActKind) -> Result<(), ActRefused> {
        let for_the_receiver =
            matches!(act, ActKind::AcceptTransfer | ActKind::DeclineTransfer | ActKind::OfferEnded | ActKind::Comment);
        match (self.state, self.share) {
            (ItemState::Withdrawn | ItemState::Transferred, _) => Err(ActRefused::ContentRemoved),
            (ItemState::Proposed, _) if for_the_receiver => Ok(()),
            (ItemState::Proposed, _) => Err(ActRefused::NotAccepted),
            (
                ItemState::Unread
                | ItemState::Opened
                | ItemState::Taken
                | ItemState::Waiting
                | ItemState::Offered
                | ItemState::Closed,
                share,
            ) => match share {
                Share::Content => Ok(()),
                Share::Awareness => Err(ActRefused::OnlyAwareness),
            },
        }
    }

    /// Whether it is this unit's to do. A group that a case is only lifted to reads it and says something: nobody outside is
    /// told anything by it, and nothing is decided, that those who have it at home would have to stand for.
    const fn lies_here(&self, act: ActKind) -> Result<(), ActRefused> {
        if !self.lifted_here {
            return if self.delegated_here { Self::is_asked_for(act) } else { Ok(()) };
        }
        match act {
            ActKind::Open | ActKind::Comment | ActKind::FlagUnmetNeed | ActKind::FlagImprovement | ActKind::Undo => {
                Ok(())
            }
            // What the house does.
            ActKind::AnswerArrived | ActKind::LiftEnded | ActKind::Lapse | ActKind::FinishDelegation => Ok(()),
            // What was begun here before can be ended.
            ActKind::Release | ActKind::TakeBackLift | ActKind::TakeBackDelegation | ActKind::UnlinkFamily => Ok(()),
            ActKind::RegisterAnswer => Ok(()),
            ActKind::TakeBackTransfer | ActKind::TransferAccepted | ActKind::TransferDeclined => Ok(()),
            ActKind::AcceptTransfer | ActKind::DeclineTransfer | ActKind::OfferEnded => Ok(()),
            ActKind::Take | ActKind::Give | ActKind::Confirm | ActKind::AskForMore | ActKind::Answer => {
                Err(ActRefused::LiftedHere)
            }
            ActKind::WrongAddressee | ActKind::OfferTransfer | ActKind::Lift => Err(ActRefused::LiftedHere),
            ActKind::Archive | ActKind::Decide | ActKind::Close | ActKind::Reopen => Err(ActRefused::LiftedHere),
            ActKind::AppointCoordinator | ActKind::ChangeCoordinator | ActKind::EndCoordinator | ActKind::Delegate => {
                Err(ActRefused::LiftedHere)
            }
            ActKind::SetPlan | ActKind::SetTeam | ActKind::PlanContact | ActKind::ChangeConsent => {
                Err(ActRefused::LiftedHere)
            }
            ActKind::InformOfWish | ActKind::Assess | ActKind::SendDecision | ActKind::PlanStart => {
                Err(ActRefused::LiftedHere)
            }
            ActKind::PlanReview | ActKind::TickChecklist | ActKind::LinkFamily => Err(ActRefused::LiftedHere),
        }
    }

    /// A unit that was asked to appoint a coordinator does that, and what goes with it. What is said to those outside, and where
    /// the case goes, is for those who have it at home.
    const fn is_asked_for(act: ActKind) -> Result<(), ActRefused> {
        match act {
            ActKind::AskForMore | ActKind::Answer | ActKind::WrongAddressee | ActKind::OfferTransfer => {
                Err(ActRefused::DelegatedHere)
            }
            ActKind::Lift | ActKind::Delegate | ActKind::SendDecision | ActKind::ChangeConsent => {
                Err(ActRefused::DelegatedHere)
            }
            ActKind::Open | ActKind::Take | ActKind::Give | ActKind::Release | ActKind::Confirm => Ok(()),
            ActKind::Comment | ActKind::FlagUnmetNeed | ActKind::FlagImprovement | ActKind::Undo => Ok(()),
            ActKind::AppointCoordinator | ActKind::ChangeCoordinator | ActKind::EndCoordinator => Ok(()),
            ActKind::SetPlan | ActKind::SetTeam | ActKind::PlanContact | ActKind::InformOfWish => Ok(()),
            ActKind::Assess | ActKind::PlanStart | ActKind::PlanReview | ActKind::TickChecklist => Ok(()),
            ActKind::Archive | ActKind::Decide | ActKind::Close | ActKind::Reopen => Ok(()),
            ActKind::LinkFamily | ActKind::UnlinkFamily | ActKind::TakeBackDelegation => Ok(()),
            // What was begun here before can be ended.
            ActKind::RegisterAnswer | ActKind::TakeBackLift | ActKind::TakeBackTransfer => Ok(()),
            // What the house does, and what another unit does.
            ActKind::AnswerArrived | ActKind::LiftEnded | ActKind::Lapse | ActKind::FinishDelegation => Ok(()),
            ActKind::TransferAccepted | ActKind::TransferDeclined | ActKind::OfferEnded => Ok(()),
            ActKind::AcceptTransfer | ActKind::DeclineTransfer => Ok(()),
        }
    }

    /// Whether the state lets the act be done at all, whoever does it. What has no content is refused before.
    fn is_open_to(&self, act: ActKind) -> Result<(), ActRefused> {
        let state = self.state;
        let unless = |states: &[ItemState], refused: ActRefused| {
            if states.contains(&state) { Err(refused) } else { Ok(()) }
        };
        let only = |needed: ItemState, refused: ActRefused| if state == needed { Ok(()) } else { Err(refused) };
        let not_offered = || unless(&[ItemState::Offered], ActRefused::OfferedAway);
        let not_closed = || unless(&[ItemState::Closed], ActRefused::Closed);
        let opened = || unless(&[ItemState::Unread], ActRefused::Unopened);
        let someone = || unless(&[ItemState::Unread, ItemState::Opened], ActRefused::NobodyResponsible);
        match act {
            ActKind::Open | ActKind::AnswerArrived | ActKind::FinishDelegation => Ok(()),
            ActKind::LiftEnded => unless(&[ItemState::Offered], ActRefused::OfferedAway),
            ActKind::RegisterAnswer => only(ItemState::Waiting, ActRefused::NotWaiting),
            // Whatever else goes on: nobody has it.
            ActKind::Lapse => someone(),
            ActKind::AcceptTransfer | ActKind::DeclineTransfer | ActKind::OfferEnded => {
                only(ItemState::Proposed, ActRefused::NotOffered)
            }
            ActKind::TakeBackTransfer | ActKind::TransferAccepted | ActKind::TransferDeclined => {
                only(ItemState::Offered, ActRefused::NotOffered)
            }
            ActKind::Reopen => only(ItemState::Closed, ActRefused::NotClosed),
            // Said about the case, whoever has it and how ever far it has come.
            ActKind::Comment => opened(),
            // The coordinator, the plan and the consent live on after the report is dealt with.
            ActKind::AppointCoordinator
            | ActKind::ChangeCoordinator
            | ActKind::EndCoordinator
            | ActKind::SetPlan
            | ActKind::SetTeam
            | ActKind::PlanContact
            | ActKind::InformOfWish
            | ActKind::Assess
            | ActKind::SendDecision
            | ActKind::PlanStart
            | ActKind::PlanReview
            | ActKind::TickChecklist
            | ActKind::Delegate
            | ActKind::ChangeConsent => not_offered().and_then(|()| someone()),
            // Also where nobody has looked yet: the other end ends it. What many may read that should not is mended in any state; a
            // case that leaves ends it by itself.
            ActKind::TakeBackDelegation => not_offered(),
            ActKind::TakeBackLift => Ok(()),
            ActKind::FlagUnmetNeed | ActKind::FlagImprovement | ActKind::LinkFamily | ActKind::UnlinkFamily => {
                opened().and_then(|()| not_offered())
            }
            ActKind::WrongAddressee | ActKind::OfferTransfer | ActKind::Lift | ActKind::Archive => {
                opened().and_then(|()| not_offered()).and_then(|()| not_closed())
            }
            ActKind::Take | ActKind::Give | ActKind::Confirm => not_offered().and_then(|()| not_closed()),
            ActKind::Release => someone()
                .and_then(|()| unless(&[ItemState::Waiting], ActRefused::WaitsForSender))
                .and_then(|()| not_offered())
                .and_then(|()| not_closed()),
            ActKind::AskForMore | ActKind::Answer | ActKind::Decide | ActKind::Close => {
                someone().and_then(|()| not_offered()).and_then(|()| not_closed())
            }
            // Undoing restores what was; the store knows what that is.
            ActKind::Undo => Err(ActRefused::NothingToUndo),
        }
    }

    /// Whether it is this person's to do, given who is responsible.
    fn is_in_the_right_hands(&self, act: ActKind, by: &Acting) -> Result<(), ActRefused> {
        let another = self.responsibility(&by.who) == Responsibility::Another;
        let of_the_responsible = matches!(
            act,
            ActKind::Give
                | ActKind::Release
                | ActKind::AskForMore
                | ActKind::Answer
                | ActKind::RegisterAnswer
                | ActKind::WrongAddressee
                | ActKind::OfferTransfer
                | ActKind::TakeBackTransfer
                | ActKind::Decide
                | ActKind::Close
        );
        // One does not take from a colleague; a leader gives it to somebody, which says so to both. Where the coordinator has it,
        // what a coordinator cannot do, such as to answer, decide and close, is still the unit's to do.
        let taking = act == ActKind::Take;
        let others = by.authority == Authority::Own && !self.is_with_its_coordinator(by.at);
        if another && (taking || of_the_responsible && others) {
            return Err(ActRefused::TakenByAnother);
        }
        if taking && self.responsibility(&by.who) == Responsibility::Own {
            return Err(ActRefused::AlreadyTaken);
        }
        Ok(())
    }

    /// Whether everything that must come first is there.
    fn is_ready_for(&self, act: ActKind) -> Result<(), ActRefused> {
        match act {
            ActKind::Close if self.archive_reference.is_none() => Err(ActRefused::NoArchiveReference),
            ActKind::Close if self.outcome.is_none() => Err(ActRefused::NoOutcome),
            ActKind::Confirm if self.confirmed_at.is_some() => Err(ActRefused::AlreadyConfirmed),
            ActKind::SendDecision if self.outcome.is_none() => Err(ActRefused::NoOutcome),
            ActKind::Delegate if self.particulars.delegation.is_some() => Err(ActRefused::AlreadyDelegated),
            ActKind::TakeBackDelegation | ActKind::FinishDelegation if self.particulars.delegation.is_none() => {
                Err(ActRefused::NotDelegated)
            }
            ActKind::UnlinkFamily if self.particulars.family.is_none() => Err(ActRefused::NotLinked),
            ActKind::TakeBackLift if self.lifted_to.is_none() && !self.lifted_to_members => Err(ActRefused::NotLifted),
            ActKind::Lift if self.lifted_to.is_some() && self.lifted_to_members => Err(ActRefused::AlreadyLifted),
            // What came to the wrong place must not be kept in a journal there (HIS 1151).
            ActKind::WrongAddressee if self.archive_reference.is_some() => Err(ActRefused::AlreadyArchived),
            _ => Ok(()),
        }
    }

    const fn state_after(&self, act: &Act) -> ItemState {
        match (act, self.state) {
            (Act::Open | Act::Confirm, ItemState::Unread) => ItemState::Opened,
            (Act::Take | Act::Give { .. }, ItemState::Unread | ItemState::Opened) => ItemState::Taken,
            (Act::Release | Act::Reopen, _) => ItemState::Opened,
            // One who is telephoned has answered when the call is over.
            (Act::AskForMore { answer: None, .. }, _) => ItemState::Waiting,
            (Act::AskForMore { answer: Some(_), .. }, _) => ItemState::Taken,
            (Act::AnswerArrived { .. } | Act::RegisterAnswer { .. }, ItemState::Waiting) => ItemState::Taken,
            (Act::Lapse { to: None, .. }, ItemState::Taken | ItemState::Waiting) => ItemState::Opened,
            (Act::LiftEnded, _) => ItemState::Withdrawn,
            // Nobody looks at what is done; what is said about it later must be seen, and is answered where the case lies.
            (Act::AnswerArrived { .. }, ItemState::Closed) if !self.lies_elsewhere() => match self.responsible {
                Some(_) => ItemState::Taken,
                None => ItemState::Opened,
            },
            (Act::WrongAddressee { .. } | Act::DeclineTransfer { .. } | Act::OfferEnded, _) => ItemState::Withdrawn,
            (Act::OfferTransfer { .. }, _) => ItemState::Offered,
            (Act::TakeBackTransfer | Act::TransferDeclined { .. }, _) => match self.responsible {
                Some(_) => ItemState::Taken,
                None => ItemState::Opened,
            },
            (Act::AcceptTransfer, _) => ItemState::Taken,
            (Act::TransferAccepted, _) => ItemState::Transferred,
            (Act::Close, _) => ItemState::Closed,
            (_, unchanged) => unchanged,
        }
    }

    fn take_on(&mut self, act: &Act, by: &Acting) -> Result<(), ActRefused> {
        match act {
            Act::Open => {
                self.opened_at.get_or_insert(by.at);
            }
            Act::Take => {
                self.opened_at.get_or_insert(by.at);
                self.responsible = Some(by.who.clone());
            }
            Act::Give { to } => {
                self.responsible = Some(to.clone());
            }
            Act::Release => self.responsible = None,
            Act::Confirm => {
                self.opened_at.get_or_insert(by.at);
                self.confirmed_at = Some(by.at);
            }
            Act::Answer { .. } | Act::AskForMore { .. } => {
                self.first_answer_at.get_or_insert(by.at);
                self.heard_at = None;
            }
            Act::RegisterAnswer { .. } => {}
            Act::TakeBackLift { .. } => {
                self.lifted_to = None;
                self.lifted_to_members = false;
            }
            Act::LiftEnded => {
                self.heard_at = None;
                self.responsible = None;
                self.closed_at = Some(by.at);
            }
            Act::Lapse { to, .. } => self.responsible.clone_from(to),
            // It is answered at home, and what is closed here stays so.
            Act::AnswerArrived { .. } if self.lies_elsewhere() => {}
            Act::AnswerArrived { .. } => {
                self.heard_at = Some(by.at);
                self.closed_at = None;
            }
            Act::TakeBackTransfer | Act::OfferTransfer { .. } | Act::Comment { .. } => {}
            Act::WrongAddressee { .. } => {
                self.first_answer_at.get_or_insert(by.at);
                self.heard_at = None;
                self.closed_at = Some(by.at);
                self.responsible = None;
            }
            Act::AcceptTransfer => {
                self.share = Share::Content;
                self.opened_at.get_or_insert(by.at);
                self.responsible = Some(by.who.clone());
            }
            Act::DeclineTransfer { .. } | Act::OfferEnded => self.closed_at = Some(by.at),
            Act::TransferAccepted => {
                self.share = Share::Awareness;
                self.heard_at = None;
                self.closed_at = Some(by.at);
            }
            Act::TransferDeclined { .. } => {}
            Act::Lift { to: LiftTo::Members { .. }, .. } => {
                if std::mem::replace(&mut self.lifted_to_members, true) {
                    return Err(ActRefused::AlreadyLifted);
                }
            }
            Act::Lift { to: LiftTo::Group { group, .. }, .. } => {
                if self.lifted_to.replace(group.clone()).is_some() {
                    return Err(ActRefused::AlreadyLifted);
                }
            }
            Act::Archive { reference } => self.archive_reference = Some(reference.clone()),
            Act::Decide { outcome, on, .. } => self.outcome = Some((*outcome, *on)),
            Act::AppointCoordinator { coordinator } => {
                self.add(coordinator)?;
                // What a unit was to do is done, and what it was to wait for need not be waited for.
                self.particulars.delegation = None;
            }
            Act::ChangeCoordinator { replaces, coordinator, .. } => {
                let before = self.coordinators.iter_mut().find(|it| it.id == *replaces);
                let before = before.ok_or(ActRefused::NoSuchCoordinator)?;
                if coordinator.overlap == Overlap::Unsaid {
                    let until = coordinator.from.yesterday().map_err(|_| ActRefused::PeriodBackwards)?;
                    before.until = Some(before.until.map_or(until, |it| it.min(until)));
                    // Whom somebody follows from the first day, has never been it.
                    let never = until.tomorrow().is_ok_and(|it| it == before.from);
                    if until < before.from && !never {
                        return Err(ActRefused::PeriodBackwards);
                    }
                    self.coordinators.retain(|it| it.id != *replaces || !never);
                }
                self.add(coordinator)?;
            }
            Act::EndCoordinator { coordinator, last_day, .. } => {
                let ended = self.coordinators.iter_mut().find(|it| it.id == *coordinator);
                let ended = ended.ok_or(ActRefused::NoSuchCoordinator)?;
                // Until the day before the first: the appointment is taken back, and was none.
                let never = last_day.tomorrow().is_ok_and(|it| it == ended.from);
                if *last_day < ended.from && !never {
                    return Err(ActRefused::PeriodBackwards);
                }
                ended.until = Some(*last_day);
                self.coordinators.retain(|it| it.id != *coordinator || !never);
            }
            Act::SetPlan { status, on } => self.plan = Some((*status, *on)),
            Act::SetTeam { status, on, members } => {
                self.team = Some(*status);
                self.particulars.team_on = Some(*on);
                self.particulars.team_members.clone_from(members);
            }
            Act::PlanContact { on } => self.next_contact_on = *on,
            Act::ChangeConsent { status, on, .. } => {
                self.consent = Some(*status);
                self.particulars.consent_on = Some(*on);
            }
            Act::Note { what } => self.note(what, by)?,
            Act::FlagUnmetNeed { need } => self.unmet_need = *need,
            Act::FlagImprovement { improvement, .. } => self.improvement = *improvement,
            Act::Close => {
                // Nobody waits for what another unit was to do; what was laid to this one still is.
                let given = self.particulars.delegation.as_ref().is_some_and(|it| it.side == DelegationSide::Given);
                if given {
                    self.particulars.delegation = None;
                }
                self.heard_at = None;
                self.closed_at = Some(by.at);
            }
            Act::Reopen => {
                self.closed_at = None;
                self.responsible = None;
            }
        }
        Ok(())
    }

    /// The one who is responsible is a coordinator of the case too. Cases were handed to their coordinators once.
    fn is_with_its_coordinator(&self, now: Timestamp) -> bool {
        let today = now.date_in_norway();
        let mut active = self.coordinators.iter().filter(|it| it.is_active(today)).filter_map(|it| it.staff);
        self.responsible.as_ref().is_some_and(|it| active.any(|staff| staff == it.id))
    }

    fn add(&mut self, coordinator: &Coordinator) -> Result<(), ActRefused> {
        coordinator.may_join(&self.coordinators).map_err(|it| match it {
            PeriodRefused::Backwards => ActRefused::PeriodBackwards,
            PeriodRefused::Overlaps => ActRefused::CoordinatorOverlaps,
        })?;
        self.coordinators.push(coordinator.clone());
        Ok(())
    }
}
