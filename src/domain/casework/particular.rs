//! What is known of a case besides how it stands (opplysninger): the steps of the Directorate's guide from a wish to a plan
//! that is reviewed, whom the appointment of a coordinator has been laid to, and that there are cases in the same family.

use crate::domain::ActKind;
use crate::domain::ActRefused;
use crate::domain::Acting;
use crate::domain::AssessmentResult;
use crate::domain::Case;
use crate::domain::Colleague;
use crate::domain::ConsentStatus;
use crate::domain::Coordinator;
use crate::domain::Detailed;
use crate::domain::ItemId;
use crate::domain::PlanCheck;
use crate::domain::Redacted;
use crate::domain::UnitId;
use jiff::civil::Date;
use uuid::Uuid;

/// Something that is noted in a case (opplysning).
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Particular {
    /// Informert om ønske: the person has been told that they may wish for a certain coordinator (seed L-30).
    InformOfWish { on: Date, wish: Option<Redacted<String>> },
    /// Vurdering: whether the person has the right to what was asked for (seed L-31).
    Assess { result: AssessmentResult, on: Date, text: Option<Redacted<String>> },
    /// Vedtaket er sendt; the letter itself goes another way (seed L-32).
    SendDecision { on: Date },
    /// Oppstartsmøte (seed L-33). `None`: none is planned.
    PlanStart { on: Option<Date> },
    /// Evaluering av planen (seed K-05). `None`: none is planned.
    PlanReview { on: Option<Date> },
    /// Sjekkliste for planen: what is done of it; the rest is not.
    TickChecklist { done: Vec<PlanCheck> },
    /// Deleger oppnevning: a service unit is to appoint the coordinator (seed H-28). Its item gets the id `item`.
    Delegate { item: Uuid, to: UnitId, due: Date, text: Option<Redacted<String>> },
    /// Trekk tilbake delegeringen, or give it back; either end does it, and both are rid of it.
    TakeBackDelegation,
    /// The other end has appointed; the house does it.
    FinishDelegation { coordinator: Coordinator },
    /// Knytt til en sak i samme familie (seed H-09). `family` means nothing by itself.
    LinkFamily { family: Uuid, with: ItemId },
    /// The other end of [`Particular::LinkFamily`]; the house does it.
    BeLinked { family: Uuid },
    /// Løs fra familien.
    UnlinkFamily,
}

/// What has been noted (opplysninger i saken).
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Particulars {
    /// When the person was told of the right to wish, and what the wish is.
    pub informed_on: Option<Date>,
    pub wish: Option<Redacted<String>>,
    pub assessment: Option<Assessment>,
    pub decision_sent_on: Option<Date>,
    pub consent_on: Option<Date>,
    pub start_on: Option<Date>,
    pub review_on: Option<Date>,
    pub checklist: Vec<PlanCheck>,
    /// Since when the team around the person is as it is, and who is in it.
    pub team_on: Option<Date>,
    pub team_members: Option<Redacted<String>>,
    pub delegation: Option<Delegation>,
    /// Opaque: cases that have the same are in the same family.
    pub family: Option<Uuid>,
}

/// What came of an assessment, when, and whose it is (vurdering).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Assessment {
    pub result: AssessmentResult,
    pub on: Date,
    pub by: Colleague,
}

/// That a service unit is to appoint the coordinator (delegert oppnevning).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Delegation {
    pub side: DelegationSide,
    /// The unit at the other end.
    pub unit: UnitId,
    pub due: Date,
}

/// At which end of a delegation a case is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum DelegationSide {
    /// This unit has laid it to another, and sees it until it is done.
    Given,
    /// This unit is to appoint.
    Received,
}

impl DelegationSide {
    pub const ALL: [Self; 2] = [Self::Given, Self::Received];

    /// The word used in the database.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Given => "given",
            Self::Received => "received",
        }
    }

    pub fn from_label(label: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.label() == label)
    }
}

/// What should be there before a coordinator is appointed (seeds L-30, L-31). People can go on without; they are told.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Lacking {
    /// Nobody has said that the person was told of the right to wish.
    Information,
    /// Nobody has assessed the need.
    Assessment,
}

impl Case {
    /// What is lacking before a coordinator is appointed.
    pub fn lacking(&self) -> Vec<Lacking> {
        let mut lacking = Vec::new();
        if self.particulars.informed_on.is_none() {
            lacking.push(Lacking::Information);
        }
        if self.particulars.assessment.is_none() {
            lacking.push(Lacking::Assessment);
        }
        lacking
    }

    /// The family that may be told of now: none when the person has said no to their case being used so (seed H-46).
    pub fn told_family(&self) -> Option<Uuid> {
        match self.consent {
            Some(ConsentStatus::Objected | ConsentStatus::Unclear) => None,
            Some(
                ConsentStatus::Given
                | ConsentStatus::GivenOrally
                | ConsentStatus::GivenOnBehalf
                | ConsentStatus::NotObjected,
            )
            | None => self.particulars.family,
        }
    }

    pub(super) fn note(&mut self, what: &Particular, by: &Acting) -> Result<(), ActRefused> {
        let known = &mut self.particulars;
        match what {
            Particular::InformOfWish { on, wish } => {
                known.informed_on = Some(*on);
                known.wish.clone_from(wish);
            }
            Particular::Assess { result, on, .. } => {
                known.assessment = Some(Assessment { result: *result, on: *on, by: by.who.clone() });
            }
            Particular::SendDecision { on } => known.decision_sent_on = Some(*on),
            Particular::PlanStart { on } => known.start_on = *on,
            Particular::PlanReview { on } => known.review_on = *on,
            Particular::TickChecklist { done } => known.checklist.clone_from(done),
            Particular::Delegate { to, due, .. } => {
                known.delegation = Some(Delegation { side: DelegationSide::Given, unit: to.clone(), due: *due });
            }
            Particular::TakeBackDelegation => known.delegation = None,
            Particular::FinishDelegation { coordinator } => {
                known.delegation = None;
                // Somebody may have been appointed here too; then this one stands in the unit's own case.
                if coordinator.may_join(&self.coordinators).is_ok() {
                    self.coordinators.push(coordinator.clone());
                }
            }
            Particular::LinkFamily { family, .. } | Particular::BeLinked { family } => known.family = Some(*family),
            Particular::UnlinkFamily => known.family = None,
        }
        Ok(())
    }
}

impl Particular {
    pub const fn kind(&self) -> ActKind {
        match self {
            Self::InformOfWish { .. } => ActKind::InformOfWish,
            Self::Assess { .. } => ActKind::Assess,
            Self::SendDecision { .. } => ActKind::SendDecision,
            Self::PlanStart { .. } => ActKind::PlanStart,
            Self::PlanReview { .. } => ActKind::PlanReview,
            Self::TickChecklist { .. } => ActKind::TickChecklist,
            Self::Delegate { .. } => ActKind::Delegate,
            Self::TakeBackDelegation => ActKind::TakeBackDelegation,
            Self::FinishDelegation { .. } => ActKind::FinishDelegation,
            Self::LinkFamily { .. } | Self::BeLinked { .. } => ActKind::LinkFamily,
            Self::UnlinkFamily => ActKind::UnlinkFamily,
        }
    }

    /// What its event keeps. Never which other case is in the family: the event stands in the case for all who read it.
    pub(super) fn details(&self) -> Vec<(Detailed, Redacted<String>)> {
        let word = |what: Detailed, it: &str| (what, Redacted::new(it.to_owned()));
        let day = |it: &Date| word(Detailed::Date, &it.to_string());
        let text = |it: &Option<Redacted<String>>| it.as_ref().map(|it| (Detailed::Text, it.clone()));
        match self {
            Self::InformOfWish { on, wish } => [Some(day(on)), text(wish)].into_iter().flatten().collect(),
            Self::Assess { result, on, text: said } => {
                [Some(word(Detailed::Code, result.code())), Some(day(on)), text(said)].into_iter().flatten().collect()
            }
            Self::SendDecision { on } => vec![day(on)],
            Self::PlanStart { on } | Self::PlanReview { on } => on.iter().map(day).collect(),
            Self::TickChecklist { done } => done.iter().map(|it| word(Detailed::Code, it.code())).collect(),
            Self::Delegate { to, due, text: said, .. } => {
                [Some(word(Detailed::Unit, &to.0)), Some(day(due)), text(said)].into_iter().flatten().collect()
            }
            Self::FinishDelegation { coordinator } => vec![(Detailed::Name, coordinator.name.clone())],
            Self::TakeBackDelegation | Self::LinkFamily { .. } | Self::BeLinked { .. } | Self::UnlinkFamily => {
                Vec::new()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Lacking;
    use super::Particular;
    use crate::domain::Act;
    use crate::domain::ActRefused;
    use crate::domain::Acting;
    use crate::domain::AssessmentResult;
    use crate::domain::Authority;
    use crate::domain::Case;
    use crate::domain::Colleague;
    use crate::domain::ConsentStatus;
    use crate::domain::ItemState;
    use crate::domain::Share;
    use crate::domain::Timestamp;
    use crate::domain::UnitId;
    use jiff::civil::date;
    use uuid::Uuid;

    fn kari() -> Acting {
        let who = Colleague { id: Uuid::from_u128(1), name: "Kari Saksbehandler".to_owned() };
        Acting { who, authority: Authority::Own, at: Timestamp(1_790_000_000_000_000) }
    }

    fn taken() -> Case {
        Case { state: ItemState::Taken, responsible: Some(kari().who), ..Case::new(Share::Content) }
    }

    fn note(case: &Case, what: Particular) -> Result<Case, ActRefused> {
        case.after(&Act::Note { what }, &kari())
    }

    #[test]
    fn what_is_lacking_before_an_appointment_is_told_until_it_is_there() {
        let on = date(2026, 11, 22);
        assert_eq!(taken().lacking(), [Lacking::Information, Lacking::Assessment]);

        let informed = note(&taken(), Particular::InformOfWish { on, wish: None }).unwrap();
        assert_eq!(informed.lacking(), [Lacking::Assessment]);
        let assess = Particular::Assess { result: AssessmentResult::Right, on, text: None };
        let assessed = note(&informed, assess).unwrap();
        assert_eq!(assessed.lacking(), []);
        assert_eq!(assessed.particulars.assessment.unwrap().by, kari().who);
    }

    #[test]
    fn a_decision_is_sent_after_it_is_made() {
        let sent = note(&taken(), Particular::SendDecision { on: date(2026, 11, 22) });

        assert_eq!(sent, Err(ActRefused::NoOutcome));
    }

    #[test]
    fn an_appointment_is_laid_to_one_unit_at_a_time() {
        let delegate = |to: &str| Particular::Delegate {
            item: Uuid::from_u128(7),
            to: UnitId(to.to_owned()),
            due: date(2026, 12, 1),
            text: None,
        };
        let laid = note(&taken(), delegate("hjemmetjenesten")).unwrap();

        assert_eq!(note(&laid, delegate("psykisk-helse")), Err(ActRefused::AlreadyDelegated));
        let back = note(&laid, Particular::TakeBackDelegation).unwrap();
        assert!(note(&back, delegate("psykisk-helse")).is_ok());
        assert_eq!(note(&back, Particular::TakeBackDelegation), Err(ActRefused::NotDelegated));
    }

    /// seed in part: H-46
    #[test]
    fn a_family_is_not_told_of_when_the_person_has_said_no() {
        let family = Uuid::from_u128(3);
        let linked = note(&taken(), Particular::BeLinked { family }).unwrap();
        assert_eq!(linked.told_family(), Some(family));

        let said = |status| Case { consent: Some(status), ..linked.clone() }.told_family();
        assert_eq!(said(ConsentStatus::Objected), None);
        assert_eq!(said(ConsentStatus::Unclear), None);
        assert_eq!(said(ConsentStatus::Given), Some(family));
        assert_eq!(note(&linked, Particular::UnlinkFamily).unwrap().told_family(), None);
    }
}
