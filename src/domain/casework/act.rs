//! What people do with a case, each act with what it carries.

use crate::domain::AnswerKind;
use crate::domain::AnswerWay;
use crate::domain::CaseOutcome;
use crate::domain::ConsentStatus;
use crate::domain::CoordinatingBody;
use crate::domain::Coordinator;
use crate::domain::FeedbackBasis;
use crate::domain::FollowUpKind;
use crate::domain::Improvement;
use crate::domain::LiftReason;
use crate::domain::LiftStep;
use crate::domain::MisaddressReason;
use crate::domain::MunicipalityNumber;
use crate::domain::OrgNumber;
use crate::domain::Particular;
use crate::domain::PlanStatus;
use crate::domain::Redacted;
use crate::domain::TeamStatus;
use crate::domain::UnitId;
use crate::domain::UnmetNeed;
use jiff::civil::Date;
use uuid::Uuid;

/// Somebody at work here: our id and the name that colleagues see.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Colleague {
    pub id: Uuid,
    pub name: String,
}

/// To whom a case is to be passed on (overføring).
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum TransferTarget {
    /// A unit that uses this gateway.
    Unit(UnitId),
    /// The coordinating unit of another municipality.
    Municipality { number: MunicipalityNumber, name: String },
    /// The coordinating unit of a hospital trust (HF-KE).
    HospitalTrust { number: OrgNumber, name: String },
}

impl TransferTarget {
    /// Whose unit outside it is. `None`: it is a unit here.
    pub fn outside(&self) -> Option<CoordinatingBody> {
        match self {
            Self::Unit(_) => None,
            Self::Municipality { number, .. } => Some(CoordinatingBody::Municipality(number.clone())),
            Self::HospitalTrust { number, .. } => Some(CoordinatingBody::HospitalTrust(number.clone())),
        }
    }
}

/// To whom a case is lifted (løft til gruppe).
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum LiftTo {
    /// The members of the group that the case lies with already: they may read it from now on.
    Members { unit: UnitId },
    /// Another group, whose item gets the id `item`.
    Group { item: Uuid, group: UnitId },
}

impl LiftTo {
    pub const fn unit(&self) -> &UnitId {
        match self {
            Self::Members { unit } => unit,
            Self::Group { group, .. } => group,
        }
    }
}

/// One act with what it carries (handling). Texts are what staff wrote, and can be about the person.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Act {
    /// Åpne.
    Open,
    /// Ta ansvar.
    Take,
    /// Gi til.
    Give { to: Colleague },
    /// Legg tilbake.
    Release,
    /// Bekreft mottatt: somebody has seen to it that it belongs here and is registered.
    Confirm,
    /// Be om mer. With `answer`, it was answered at once: one who is telephoned does.
    AskForMore { question: Redacted<String>, way: AnswerWay, answer: Option<Redacted<String>> },
    /// Svar melder.
    Answer { kind: AnswerKind, text: Redacted<String>, way: AnswerWay, basis: Option<FeedbackBasis> },
    /// Somebody outside has answered, or said more. The house does it, when that arrives.
    AnswerArrived { what: FollowUpKind },
    /// Svaret er kommet: somebody outside has answered by word of mouth, and a person writes down what was said.
    RegisterAnswer { text: Redacted<String> },
    /// Feil adressat.
    WrongAddressee { reason: MisaddressReason, text: Option<Redacted<String>>, way: AnswerWay },
    /// Tilby overføring. The receiver's item, when it is a unit here, gets the id `transfer`.
    OfferTransfer { transfer: Uuid, to: TransferTarget, why: Redacted<String> },
    /// Trekk tilbake tilbudet.
    TakeBackTransfer,
    /// Ta imot overføringen: the receiver's.
    AcceptTransfer,
    /// Avslå overføringen: the receiver's.
    DeclineTransfer { why: Redacted<String> },
    /// The receiver has accepted: the house does it, or a person who was told so by another municipality or trust.
    TransferAccepted,
    /// The receiver has declined; as [`Act::TransferAccepted`].
    TransferDeclined { why: Redacted<String> },
    /// The one who offered has taken it back. The house does it with the receiver's row.
    OfferEnded,
    /// Løft til gruppe.
    Lift { to: LiftTo, reason: LiftReason, step: LiftStep, text: Option<Redacted<String>> },
    /// Trekk tilbake løftet: those whom it was lifted to read it no more.
    TakeBackLift { why: Redacted<String> },
    /// What the unit had it by, a lift or a delegation, has ended. The house does it with the row there.
    LiftEnded,
    /// The one who was responsible has no access any more (ansvaret falt bort). The house does it, or whoever names a successor.
    Lapse { from: Colleague, to: Option<Colleague> },
    /// Registrer journalføring.
    Archive { reference: Redacted<String> },
    /// Avklaring eller vedtak.
    Decide { outcome: CaseOutcome, on: Date, text: Option<Redacted<String>> },
    /// Oppnevn koordinator.
    AppointCoordinator { coordinator: Coordinator },
    /// Bytt koordinator: the one who was ends the day before, unless it is said that they overlap.
    ChangeCoordinator { replaces: Uuid, coordinator: Coordinator, why: Option<Redacted<String>> },
    /// Avslutt koordinator; the last day.
    EndCoordinator { coordinator: Uuid, last_day: Date, why: Option<Redacted<String>> },
    /// Individuell plan.
    SetPlan { status: PlanStatus, on: Date },
    /// Ansvarsgruppe.
    SetTeam { status: TeamStatus, on: Date, members: Option<Redacted<String>> },
    /// Neste kontakt. `None`: none is planned.
    PlanContact { on: Option<Date> },
    /// Endret samtykke.
    ChangeConsent { status: ConsentStatus, on: Date, text: Option<Redacted<String>> },
    /// Udekket behov. `None`: it is covered after all.
    FlagUnmetNeed { need: Option<UnmetNeed> },
    /// Forbedringsområde.
    FlagImprovement { improvement: Improvement, text: Option<Redacted<String>> },
    /// Something noted in the case.
    Note { what: Particular },
    /// Kommentar.
    Comment { text: Redacted<String> },
    /// Ferdig.
    Close,
    /// Gjenåpne.
    Reopen,
}

macro_rules! kinds {
    ($($(#[$inner:meta])* $variant:ident = $label:literal),+ $(,)?) => {
        /// Which act, without what it carries.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum ActKind { $($(#[$inner])* $variant),+ }

        impl ActKind {
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word used in the database, in the journal and in addresses.
            pub const fn label(self) -> &'static str {
                match self { $(Self::$variant => $label),+ }
            }

            pub fn from_label(label: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|it| it.label() == label)
            }
        }
    };
}
kinds! {
    Open = "opened",
    Take = "taken",
    Give = "given",
    Release = "released",
    Confirm = "confirmed",
    AskForMore = "asked_for_more",
    Answer = "answered",
    AnswerArrived = "answer_arrived",
    RegisterAnswer = "answer_registered",
    WrongAddressee = "wrong_addressee",
    OfferTransfer = "transfer_offered",
    TakeBackTransfer = "transfer_taken_back",
    AcceptTransfer = "transfer_received",
    DeclineTransfer = "transfer_refused",
    TransferAccepted = "transfer_accepted",
    TransferDeclined = "transfer_declined",
    OfferEnded = "offer_ended",
    Lift = "lifted",
    TakeBackLift = "lift_taken_back",
    LiftEnded = "lift_ended",
    Lapse = "responsibility_lapsed",
    Archive = "archived",
    Decide = "decided",
    AppointCoordinator = "coordinator_appointed",
    ChangeCoordinator = "coordinator_changed",
    EndCoordinator = "coordinator_ended",
    SetPlan = "plan_set",
    SetTeam = "team_set",
    PlanContact = "contact_planned",
    ChangeConsent = "consent_changed",
    FlagUnmetNeed = "unmet_need_flagged",
    FlagImprovement = "improvement_flagged",
    InformOfWish = "wish_informed",
    Assess = "assessed",
    SendDecision = "decision_sent",
    PlanStart = "start_planned",
    PlanReview = "review_planned",
    TickChecklist = "checklist_ticked",
    Delegate = "appointment_delegated",
    TakeBackDelegation = "delegation_taken_back",
    FinishDelegation = "delegation_finished",
    LinkFamily = "family_linked",
    UnlinkFamily = "family_unlinked",
    Comment = "commented",
    Close = "closed",
    Reopen = "reopened",
    /// Angre.
    Undo = "undone",
}

impl ActKind {
    /// Whether what it does can be taken back for a few seconds.
    pub const fn can_be_undone(self) -> bool {
        match self {
            Self::Open | Self::AnswerArrived | Self::TransferAccepted | Self::TransferDeclined => false,
            Self::OfferEnded | Self::AcceptTransfer | Self::DeclineTransfer | Self::Undo => false,
            // Another unit has been told already.
            Self::TakeBackLift | Self::LiftEnded | Self::Lapse => false,
            Self::TakeBackTransfer | Self::TakeBackDelegation | Self::FinishDelegation => false,
            // The other case has been changed too.
            Self::LinkFamily | Self::UnlinkFamily => false,
            Self::Take | Self::Give | Self::Release | Self::Confirm | Self::AskForMore | Self::Answer => true,
            Self::WrongAddressee | Self::OfferTransfer | Self::Lift | Self::RegisterAnswer => true,
            Self::Archive | Self::Decide | Self::SetPlan | Self::SetTeam | Self::PlanContact => true,
            Self::AppointCoordinator | Self::ChangeCoordinator | Self::EndCoordinator => true,
            Self::ChangeConsent | Self::FlagUnmetNeed | Self::FlagImprovement | Self::Comment => true,
            Self::InformOfWish | Self::Assess | Self::SendDecision | Self::Delegate => true,
            Self::PlanStart | Self::PlanReview | Self::TickChecklist => true,
            Self::Close | Self::Reopen => true,
        }
    }
}

impl Act {
    pub const fn kind(&self) -> ActKind {
        match self {
            Self::Open => ActKind::Open,
            Self::Take => ActKind::Take,
            Self::Give { .. } => ActKind::Give,
            Self::Release => ActKind::Release,
            Self::Confirm => ActKind::Confirm,
            Self::AskForMore { .. } => ActKind::AskForMore,
            Self::Answer { .. } => ActKind::Answer,
            Self::AnswerArrived { .. } => ActKind::AnswerArrived,
            Self::RegisterAnswer { .. } => ActKind::RegisterAnswer,
            Self::WrongAddressee { .. } => ActKind::WrongAddressee,
            Self::OfferTransfer { .. } => ActKind::OfferTransfer,
            Self::TakeBackTransfer => ActKind::TakeBackTransfer,
            Self::AcceptTransfer => ActKind::AcceptTransfer,
            Self::DeclineTransfer { .. } => ActKind::DeclineTransfer,
            Self::TransferAccepted => ActKind::TransferAccepted,
            Self::TransferDeclined { .. } => ActKind::TransferDeclined,
            Self::OfferEnded => ActKind::OfferEnded,
            Self::Lift { .. } => ActKind::Lift,
            Self::TakeBackLift { .. } => ActKind::TakeBackLift,
            Self::LiftEnded => ActKind::LiftEnded,
            Self::Lapse { .. } => ActKind::Lapse,
            Self::Archive { .. } => ActKind::Archive,
            Self::Decide { .. } => ActKind::Decide,
            Self::AppointCoordinator { .. } => ActKind::AppointCoordinator,
            Self::ChangeCoordinator { .. } => ActKind::ChangeCoordinator,
            Self::EndCoordinator { .. } => ActKind::EndCoordinator,
            Self::SetPlan { .. } => ActKind::SetPlan,
            Self::SetTeam { .. } => ActKind::SetTeam,
            Self::PlanContact { .. } => ActKind::PlanContact,
            Self::ChangeConsent { .. } => ActKind::ChangeConsent,
            Self::FlagUnmetNeed { .. } => ActKind::FlagUnmetNeed,
            Self::FlagImprovement { .. } => ActKind::FlagImprovement,
            Self::Note { what } => what.kind(),
            Self::Comment { .. } => ActKind::Comment,
            Self::Close => ActKind::Close,
            Self::Reopen => ActKind::Reopen,
        }
    }

    /// Whether somebody outside is sent a message for it, when it cannot be taken back any more.
    pub const fn leaves_the_house(&self) -> bool {
        match self {
            Self::AskForMore { way, .. } | Self::Answer { way, .. } | Self::WrongAddressee { way, .. } => match way {
                AnswerWay::Electronic => true,
                AnswerWay::Telephone => false,
            },
            Self::OfferTransfer { to, .. } => match to {
                TransferTarget::Municipality { .. } | TransferTarget::HospitalTrust { .. } => true,
                TransferTarget::Unit(_) => false,
            },
            Self::Open | Self::Take | Self::Give { .. } | Self::Release | Self::Confirm => false,
            Self::AnswerArrived { .. } | Self::TakeBackTransfer | Self::AcceptTransfer | Self::OfferEnded => false,
            Self::DeclineTransfer { .. } | Self::TransferAccepted | Self::TransferDeclined { .. } => false,
            Self::RegisterAnswer { .. } | Self::TakeBackLift { .. } | Self::LiftEnded | Self::Lapse { .. } => false,
            Self::Lift { .. } | Self::Archive { .. } | Self::Decide { .. } => false,
            Self::AppointCoordinator { .. } | Self::ChangeCoordinator { .. } | Self::EndCoordinator { .. } => false,
            Self::SetPlan { .. } | Self::SetTeam { .. } | Self::PlanContact { .. } => false,
            Self::ChangeConsent { .. } | Self::FlagUnmetNeed { .. } | Self::FlagImprovement { .. } => false,
            Self::Note { .. } | Self::Comment { .. } | Self::Close | Self::Reopen => false,
        }
    }

    /// What it carries, in words and codes: what its event keeps, sealed, and the timeline shows.
    pub fn details(&self) -> Vec<(Detailed, Redacted<String>)> {
        let text = |it: &Redacted<String>| (Detailed::Text, it.clone());
        let word = |what: Detailed, it: &str| (what, Redacted::new(it.to_owned()));
        let day = |it: &Date| (Detailed::Date, Redacted::new(it.to_string()));
        // That it was written is what one expects.
        let by = |it: &AnswerWay| match it {
            AnswerWay::Electronic => None,
            AnswerWay::Telephone => Some(word(Detailed::Code, it.code())),
        };
        match self {
            Self::Open | Self::Take | Self::Release | Self::Confirm => Vec::new(),
            Self::AnswerArrived { what } => vec![word(Detailed::Code, what.code())],
            Self::TakeBackTransfer | Self::AcceptTransfer | Self::TransferAccepted | Self::OfferEnded => Vec::new(),
            Self::Close | Self::Reopen => Vec::new(),
            Self::Give { to } => vec![word(Detailed::Name, &to.name)],
            Self::AskForMore { question, way, answer } => {
                let answer = answer.as_ref().map(|it| (Detailed::Reply, it.clone()));
                [Some(text(question)), by(way), answer].into_iter().flatten().collect()
            }
            Self::RegisterAnswer { text: said } => vec![(Detailed::Reply, said.clone())],
            Self::TakeBackLift { why } => vec![text(why)],
            Self::LiftEnded => Vec::new(),
            Self::Lapse { from, to } => {
                let named = |it: &Colleague| word(Detailed::Name, &it.name);
                std::iter::once(named(from)).chain(to.as_ref().map(named)).collect()
            }
            Self::Answer { kind, text: said, way, basis } => {
                let basis = basis.map(|it| word(Detailed::Basis, it.code()));
                [Some(word(Detailed::Code, kind.code())), basis, Some(text(said)), by(way)]
                    .into_iter()
                    .flatten()
                    .collect()
            }
            Self::WrongAddressee { reason, text: said, way } => {
                [Some(word(Detailed::Code, reason.code())), said.as_ref().map(text), by(way)]
                    .into_iter()
                    .flatten()
                    .collect()
            }
            Self::OfferTransfer { to, why, .. } => {
                let to = match to {
                    TransferTarget::Unit(unit) => word(Detailed::Unit, &unit.0),
                    TransferTarget::Municipality { name, .. } | TransferTarget::HospitalTrust { name, .. } => {
                        word(Detailed::Name, name)
                    }
                };
                vec![to, text(why)]
            }
            Self::DeclineTransfer { why } | Self::TransferDeclined { why } => vec![text(why)],
            Self::Lift { to, reason, step, text: said } => [
                Some(word(Detailed::Unit, &to.unit().0)),
                Some(word(Detailed::Code, reason.code())),
                Some(word(Detailed::Step, step.code())),
                said.as_ref().map(text),
            ]
            .into_iter()
            .flatten()
            .collect(),
            Self::Archive { reference } => vec![(Detailed::Reference, reference.clone())],
            Self::Decide { outcome, on, text: said } => {
                [Some(word(Detailed::Code, outcome.code())), Some(day(on)), said.as_ref().map(text)]
                    .into_iter()
                    .flatten()
                    .collect()
            }
            Self::AppointCoordinator { coordinator } => of_coordinator(coordinator),
            Self::ChangeCoordinator { coordinator, why, .. } => {
                let mut details = of_coordinator(coordinator);
                details.extend(why.as_ref().map(text));
                details
            }
            Self::EndCoordinator { last_day, why, .. } => {
                [Some(day(last_day)), why.as_ref().map(text)].into_iter().flatten().collect()
            }
            Self::SetPlan { status, on } => vec![word(Detailed::Code, status.code()), day(on)],
            Self::SetTeam { status, on, members } => {
                [Some(word(Detailed::Code, status.code())), Some(day(on)), members.as_ref().map(text)]
                    .into_iter()
                    .flatten()
                    .collect()
            }
            Self::PlanContact { on } => on.as_ref().map(day).into_iter().collect(),
            Self::ChangeConsent { status, on, text: said } => {
                [Some(word(Detailed::Code, status.code())), Some(day(on)), said.as_ref().map(text)]
                    .into_iter()
                    .flatten()
                    .collect()
            }
            Self::FlagUnmetNeed { need } => need.iter().map(|it| word(Detailed::Code, it.code())).collect(),
            Self::FlagImprovement { improvement, text: said } => {
                [Some(word(Detailed::Code, improvement.code())), said.as_ref().map(text)]
                    .into_iter()
                    .flatten()
                    .collect()
            }
            Self::Note { what } => what.details(),
            Self::Comment { text: said } => vec![text(said)],
        }
    }
}

fn of_coordinator(coordinator: &Coordinator) -> Vec<(Detailed, Redacted<String>)> {
    let day = |it: Date| Redacted::new(it.to_string());
    let mut details = vec![
        (Detailed::Name, coordinator.name.clone()),
        (Detailed::Code, Redacted::new(coordinator.kind.code().to_owned())),
        (Detailed::Date, day(coordinator.from)),
    ];
    details.extend(coordinator.until.map(|it| (Detailed::Until, day(it))));
    details.extend(coordinator.decision.as_ref().map(|it| (Detailed::Reference, it.clone())));
    details
}

/// What a part of an event says.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Detailed {
    Code,
    Step,
    Basis,
    Text,
    /// What was answered by word of mouth.
    Reply,
    Name,
    Unit,
    Reference,
    Date,
    Until,
    /// In whose place.
    Instead,
}

impl Detailed {
    pub const ALL: [Self; 11] = [
        Self::Code,
        Self::Step,
        Self::Basis,
        Self::Text,
        Self::Reply,
        Self::Name,
        Self::Unit,
        Self::Reference,
        Self::Date,
        Self::Until,
        Self::Instead,
    ];

    /// The word used in the database.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::Step => "step",
            Self::Basis => "basis",
            Self::Text => "text",
            Self::Reply => "reply",
            Self::Name => "name",
            Self::Unit => "unit",
            Self::Reference => "reference",
            Self::Date => "date",
            Self::Until => "until",
            Self::Instead => "instead",
        }
    }

    pub fn from_label(label: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.label() == label)
    }
}
