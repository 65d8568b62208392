//! Every act in every state, as one table.

use crate::domain::Act;
use crate::domain::ActKind;
use crate::domain::ActRefused;
use crate::domain::Acting;
use crate::domain::AnswerKind;
use crate::domain::AnswerWay;
use crate::domain::AssessmentResult;
use crate::domain::Authority;
use crate::domain::Case;
use crate::domain::CaseOutcome;
use crate::domain::Colleague;
use crate::domain::ConsentStatus;
use crate::domain::Coordinator;
use crate::domain::CoordinatorDuty;
use crate::domain::CoordinatorKind;
use crate::domain::Delegation;
use crate::domain::DelegationSide;
use crate::domain::Detailed;
use crate::domain::FollowUpKind;
use crate::domain::Improvement;
use crate::domain::ItemId;
use crate::domain::ItemState;
use crate::domain::LiftReason;
use crate::domain::LiftStep;
use crate::domain::LiftTo;
use crate::domain::MisaddressReason;
use crate::domain::MunicipalityNumber;
use crate::domain::OrgNumber;
use crate::domain::Overlap;
use crate::domain::Particular;
use crate::domain::Particulars;
use crate::domain::PlanCheck;
use crate::domain::PlanStatus;
use crate::domain::Redacted;
use crate::domain::Share;
use crate::domain::TeamStatus;
use crate::domain::Timestamp;
use crate::domain::TransferTarget;
use crate::domain::UnitId;
use crate::domain::UnmetNeed;
use jiff::civil::date;
use uuid::Uuid;

/// What becomes of each act in each state, done by the one who is responsible, or by anybody when nobody is, with an
/// archive reference and an outcome registered. A small word is the state afterwards; `=` leaves it as it is.
///
/// Columns: unread, opened, taken, waiting, proposed, offered, transferred, withdrawn, closed.
const TABLE: &str = "
opened                 opened  =       =         =          NotAccepted =            Removed Removed =
taken                  taken   taken   Already   Already    NotAccepted OfferedAway  Removed Removed Closed
given                  taken   taken   =         =          NotAccepted OfferedAway  Removed Removed Closed
released               Nobody  Nobody  opened    Waits      NotAccepted OfferedAway  Removed Removed Closed
confirmed              opened  =       =         =          NotAccepted OfferedAway  Removed Removed Closed
asked_for_more         Nobody  Nobody  waiting   =          NotAccepted OfferedAway  Removed Removed Closed
answered               Nobody  Nobody  =         =          NotAccepted OfferedAway  Removed Removed Closed
answer_arrived         =       =       =         taken      NotAccepted =            Removed Removed taken
answer_registered not_waiting not_waiting not_waiting taken NotAccepted not_waiting Removed Removed not_waiting
wrong_addressee        Unopen  Archive Archive   Archive    NotAccepted OfferedAway  Removed Removed Closed
transfer_offered       Unopen  offered offered   offered    NotAccepted OfferedAway  Removed Removed Closed
transfer_taken_back    NoOffer NoOffer NoOffer   NoOffer    NotAccepted taken        Removed Removed NoOffer
transfer_received      NoOffer NoOffer NoOffer   NoOffer    taken       NoOffer      Removed Removed NoOffer
transfer_refused       NoOffer NoOffer NoOffer   NoOffer    withdrawn   NoOffer      Removed Removed NoOffer
transfer_accepted      NoOffer NoOffer NoOffer   NoOffer    NotAccepted transferred  Removed Removed NoOffer
transfer_declined      NoOffer NoOffer NoOffer   NoOffer    NotAccepted taken        Removed Removed NoOffer
offer_ended            NoOffer NoOffer NoOffer   NoOffer    withdrawn   NoOffer      Removed Removed NoOffer
lifted                 Unopen  =       =         =          NotAccepted OfferedAway  Removed Removed Closed
lift_taken_back not_lifted not_lifted not_lifted not_lifted NotAccepted not_lifted Removed Removed not_lifted
lift_ended withdrawn withdrawn withdrawn withdrawn NotAccepted OfferedAway Removed Removed withdrawn
responsibility_lapsed Nobody Nobody opened opened NotAccepted = Removed Removed =
archived               Unopen  =       =         =          NotAccepted OfferedAway  Removed Removed Closed
decided                Nobody  Nobody  =         =          NotAccepted OfferedAway  Removed Removed Closed
coordinator_appointed  Nobody  Nobody  =         =          NotAccepted OfferedAway  Removed Removed =
coordinator_changed    Nobody  Nobody  =         =          NotAccepted OfferedAway  Removed Removed =
coordinator_ended      Nobody  Nobody  =         =          NotAccepted OfferedAway  Removed Removed =
plan_set               Nobody  Nobody  =         =          NotAccepted OfferedAway  Removed Removed =
team_set               Nobody  Nobody  =         =          NotAccepted OfferedAway  Removed Removed =
contact_planned        Nobody  Nobody  =         =          NotAccepted OfferedAway  Removed Removed =
consent_changed        Nobody  Nobody  =         =          NotAccepted OfferedAway  Removed Removed =
unmet_need_flagged     Unopen  =       =         =          NotAccepted OfferedAway  Removed Removed =
improvement_flagged    Unopen  =       =         =          NotAccepted OfferedAway  Removed Removed =
wish_informed          Nobody  Nobody  =         =          NotAccepted OfferedAway  Removed Removed =
assessed               Nobody  Nobody  =         =          NotAccepted OfferedAway  Removed Removed =
decision_sent          Nobody  Nobody  =         =          NotAccepted OfferedAway  Removed Removed =
start_planned          Nobody  Nobody  =         =          NotAccepted OfferedAway  Removed Removed =
review_planned         Nobody  Nobody  =         =          NotAccepted OfferedAway  Removed Removed =
checklist_ticked       Nobody  Nobody  =         =          NotAccepted OfferedAway  Removed Removed =
appointment_delegated  Nobody  Nobody  =         =          NotAccepted OfferedAway  Removed Removed =
delegation_taken_back  NoTask  NoTask  NoTask    NoTask     NotAccepted OfferedAway  Removed Removed NoTask
delegation_finished    NoTask  NoTask  NoTask    NoTask     NotAccepted NoTask       Removed Removed NoTask
family_linked          Unopen  =       =         =          NotAccepted OfferedAway  Removed Removed =
family_unlinked        Unopen  NoKin   NoKin     NoKin      NotAccepted OfferedAway  Removed Removed NoKin
commented              Unopen  =       =         =          =           =            Removed Removed =
closed                 Nobody  Nobody  closed    closed     NotAccepted OfferedAway  Removed Removed Closed
reopened               NotDone NotDone NotDone   NotDone    NotAccepted NotDone      Removed Removed opened
";

fn kari() -> Colleague {
    Colleague { id: Uuid::from_u128(1), name: "Kari Saksbehandler".to_owned() }
}

fn ola() -> Colleague {
    Colleague { id: Uuid::from_u128(2), name: "Ola Kollega".to_owned() }
}

fn by(who: Colleague, authority: Authority) -> Acting {
    Acting { who, authority, at: Timestamp(1_790_000_000_000_000) }
}

fn some_text() -> Redacted<String> {
    Redacted::new("Noe som ble skrevet.".to_owned())
}

fn coordinator(id: u128) -> Coordinator {
    Coordinator {
        id: Uuid::from_u128(id),
        kind: CoordinatorKind::Municipal,
        duty: CoordinatorDuty::Main,
        name: Redacted::new("Prøve Koordinator".to_owned()),
        staff: None,
        from: date(2026, 1, 1),
        until: None,
        overlap: Overlap::Unsaid,
        decision: None,
    }
}

/// A case in `state` as it can be: responsible where somebody must be, with an archive reference, an outcome and one
/// coordinator.
fn case(state: ItemState) -> Case {
    let share = match state {
        ItemState::Proposed | ItemState::Transferred => Share::Awareness,
        ItemState::Unread | ItemState::Opened | ItemState::Taken | ItemState::Waiting => Share::Content,
        ItemState::Offered | ItemState::Withdrawn | ItemState::Closed => Share::Content,
    };
    let responsible = match state {
        ItemState::Taken | ItemState::Waiting | ItemState::Offered | ItemState::Closed => Some(kari()),
        ItemState::Unread | ItemState::Opened | ItemState::Proposed => None,
        ItemState::Transferred | ItemState::Withdrawn => None,
    };
    Case {
        state,
        responsible,
        archive_reference: Some(Redacted::new("2026/17-3".to_owned())),
        outcome: Some((CaseOutcome::Granted, date(2026, 11, 1))),
        coordinators: vec![coordinator(10)],
        ..Case::new(share)
    }
}

fn act(kind: ActKind) -> Option<Act> {
    let on = date(2026, 11, 22);
    let unit = UnitId("gruppe".to_owned());
    let second = Coordinator { from: date(2026, 6, 1), ..coordinator(11) };
    Some(match kind {
        ActKind::Open => Act::Open,
        ActKind::Take => Act::Take,
        ActKind::Give => Act::Give { to: ola() },
        ActKind::Release => Act::Release,
        ActKind::Confirm => Act::Confirm,
        ActKind::AskForMore => Act::AskForMore { question: some_text(), way: AnswerWay::Electronic, answer: None },
        ActKind::RegisterAnswer => Act::RegisterAnswer { text: some_text() },
        ActKind::TakeBackLift => Act::TakeBackLift { why: some_text() },
        ActKind::LiftEnded => Act::LiftEnded,
        ActKind::Lapse => Act::Lapse { from: kari(), to: None },
        ActKind::Answer => {
            Act::Answer { kind: AnswerKind::Preliminary, text: some_text(), way: AnswerWay::Electronic, basis: None }
        }
        ActKind::AnswerArrived => Act::AnswerArrived { what: FollowUpKind::Answer },
        ActKind::WrongAddressee => {
            Act::WrongAddressee { reason: MisaddressReason::WrongAddressee, text: None, way: AnswerWay::Electronic }
        }
        ActKind::OfferTransfer => {
            Act::OfferTransfer { transfer: Uuid::from_u128(9), to: TransferTarget::Unit(unit), why: some_text() }
        }
        ActKind::TakeBackTransfer => Act::TakeBackTransfer,
        ActKind::AcceptTransfer => Act::AcceptTransfer,
        ActKind::DeclineTransfer => Act::DeclineTransfer { why: some_text() },
        ActKind::TransferAccepted => Act::TransferAccepted,
        ActKind::TransferDeclined => Act::TransferDeclined { why: some_text() },
        ActKind::OfferEnded => Act::OfferEnded,
        ActKind::Lift => Act::Lift {
            to: LiftTo::Group { item: Uuid::from_u128(8), group: unit },
            reason: LiftReason::NotSolvedOtherwise,
            step: LiftStep::Two,
            text: None,
        },
        ActKind::Archive => Act::Archive { reference: Redacted::new("2026/18-1".to_owned()) },
        ActKind::Decide => Act::Decide { outcome: CaseOutcome::Refused, on, text: None },
        ActKind::AppointCoordinator => {
            Act::AppointCoordinator { coordinator: Coordinator { duty: CoordinatorDuty::Beside, ..second } }
        }
        ActKind::ChangeCoordinator => {
            Act::ChangeCoordinator { replaces: Uuid::from_u128(10), coordinator: second, why: Some(some_text()) }
        }
        ActKind::EndCoordinator => {
            Act::EndCoordinator { coordinator: Uuid::from_u128(10), last_day: on, why: Some(some_text()) }
        }
        ActKind::SetPlan => Act::SetPlan { status: PlanStatus::Active, on },
        ActKind::SetTeam => Act::SetTeam { status: TeamStatus::Active, on, members: None },
        ActKind::PlanContact => Act::PlanContact { on: Some(on) },
        ActKind::ChangeConsent => Act::ChangeConsent { status: ConsentStatus::Given, on, text: None },
        ActKind::FlagUnmetNeed => Act::FlagUnmetNeed { need: Some(UnmetNeed::Coordinator) },
        ActKind::FlagImprovement => Act::FlagImprovement { improvement: Improvement::Yes, text: None },
        ActKind::InformOfWish => note(Particular::InformOfWish { on, wish: Some(some_text()) }),
        ActKind::Assess => note(Particular::Assess { result: AssessmentResult::Right, on, text: None }),
        ActKind::SendDecision => note(Particular::SendDecision { on }),
        ActKind::PlanStart => note(Particular::PlanStart { on: Some(on) }),
        ActKind::PlanReview => note(Particular::PlanReview { on: Some(on) }),
        ActKind::TickChecklist => note(Particular::TickChecklist { done: PlanCheck::ALL.to_vec() }),
        ActKind::Delegate => {
            note(Particular::Delegate { item: Uuid::from_u128(7), to: unit, due: on, text: Some(some_text()) })
        }
        ActKind::TakeBackDelegation => note(Particular::TakeBackDelegation),
        ActKind::FinishDelegation => note(Particular::FinishDelegation { coordinator: second }),
        ActKind::LinkFamily => {
            note(Particular::LinkFamily { family: Uuid::from_u128(6), with: ItemId(Uuid::from_u128(5)) })
        }
        ActKind::UnlinkFamily => note(Particular::UnlinkFamily),
        ActKind::Comment => Act::Comment { text: some_text() },
        ActKind::Close => Act::Close,
        ActKind::Reopen => Act::Reopen,
        ActKind::Undo => return None,
    })
}

fn note(what: Particular) -> Act {
    Act::Note { what }
}

fn word(before: ItemState, outcome: Result<Case, ActRefused>) -> &'static str {
    match outcome {
        Ok(after) if after.state == before => "=",
        Ok(after) => after.state.label(),
        Err(ActRefused::Closed) => "Closed",
        Err(ActRefused::NobodyResponsible) => "Nobody",
        Err(ActRefused::NotClosed) => "NotDone",
        Err(ActRefused::Unopened) => "Unopen",
        Err(ActRefused::WaitsForSender) => "Waits",
        Err(ActRefused::OfferedAway) => "OfferedAway",
        Err(ActRefused::NotOffered) => "NoOffer",
        Err(ActRefused::NotAccepted) => "NotAccepted",
        Err(ActRefused::ContentRemoved) => "Removed",
        Err(ActRefused::AlreadyArchived) => "Archive",
        Err(ActRefused::AlreadyTaken) => "Already",
        Err(ActRefused::NotDelegated) => "NoTask",
        Err(ActRefused::NotLinked) => "NoKin",
        Err(other) => other.label(),
    }
}

/// seed: K-20
/// seed in part: K-03, L-03, L-27
#[test]
fn every_act_in_every_state_is_as_the_table_says() {
    let mut lines = TABLE.trim().lines();
    for kind in ActKind::ALL {
        let Some(act) = act(*kind) else { continue };
        let mut words = lines.next().unwrap().split_whitespace();
        assert_eq!(words.next(), Some(kind.label()));
        for state in ItemState::ALL {
            let found = word(state, case(state).after(&act, &by(kari(), Authority::Own)));
            assert_eq!(Some(found), words.next(), "{kind:?} when {state:?}");
        }
        assert_eq!(words.next(), None);
    }
    assert_eq!(lines.next(), None);
}

/// As it is at home, where it is lifted to, and where it was laid to.
#[test]
fn a_case_is_over_exactly_when_it_has_a_moment_at_which_it_ended() {
    let is_over = |it| matches!(it, ItemState::Closed | ItemState::Withdrawn | ItemState::Transferred);
    let mut done = 0;
    for (state, (lifted_here, delegated_here)) in ItemState::ALL
        .into_iter()
        .flat_map(|state| [(false, false), (true, false), (false, true)].map(|place| (state, place)))
    {
        let closed_at = is_over(state).then_some(Timestamp(1));
        let before = Case { closed_at, lifted_here, delegated_here, ..case(state) };
        for act in ActKind::ALL.iter().filter_map(|it| act(*it)) {
            let Ok(after) = before.after(&act, &by(kari(), Authority::Leading)) else { continue };
            done += 1;
            let kind = act.kind();
            assert_eq!(after.closed_at.is_some(), is_over(after.state), "{kind:?} when {state:?}, {lifted_here}");
        }
    }
    assert!(done > 250, "{done}");
}

#[test]
fn a_unit_that_only_knows_of_a_report_can_do_nothing_with_it() {
    for state in [ItemState::Unread, ItemState::Opened] {
        let aware = Case { share: Share::Awareness, ..case(state) };
        for act in ActKind::ALL.iter().filter_map(|it| act(*it)) {
            assert_eq!(aware.after(&act, &by(kari(), Authority::Leading)), Err(ActRefused::OnlyAwareness), "{act:?}");
        }
    }
}

/// seed: L-17
/// seed in part: L-20
#[test]
fn closing_needs_an_archive_reference_and_an_outcome() {
    let kari = by(kari(), Authority::Own);
    let unfiled = Case { archive_reference: None, ..case(ItemState::Taken) };
    let undecided = Case { outcome: None, ..case(ItemState::Taken) };

    assert_eq!(unfiled.after(&Act::Close, &kari), Err(ActRefused::NoArchiveReference));
    assert_eq!(undecided.after(&Act::Close, &kari), Err(ActRefused::NoOutcome));
    let closed = case(ItemState::Taken).after(&Act::Close, &kari).unwrap();
    assert_eq!((closed.state, closed.closed_at), (ItemState::Closed, Some(kari.at)));
}

#[test]
fn what_a_colleague_has_is_left_alone_unless_one_leads() {
    let taken = case(ItemState::Taken);
    for kind in [ActKind::Give, ActKind::Release, ActKind::Decide, ActKind::Close, ActKind::AskForMore, ActKind::Answer]
    {
        let act = act(kind).unwrap();
        assert_eq!(taken.after(&act, &by(ola(), Authority::Own)), Err(ActRefused::TakenByAnother), "{kind:?}");
        assert!(taken.after(&act, &by(ola(), Authority::Leading)).is_ok(), "{kind:?}");
    }
    assert_eq!(taken.after(&Act::Take, &by(ola(), Authority::Leading)), Err(ActRefused::TakenByAnother));
    assert!(taken.after(&Act::Comment { text: some_text() }, &by(ola(), Authority::Own)).is_ok());
}

#[test]
fn what_lies_with_its_coordinator_is_still_answered_and_closed_by_the_unit() {
    let mut with_kari = case(ItemState::Taken);
    with_kari.coordinators = vec![Coordinator { staff: Some(kari().id), ..coordinator(9) }];
    let ola = by(ola(), Authority::Own);
    for kind in [ActKind::Give, ActKind::Release, ActKind::Decide, ActKind::Close, ActKind::AskForMore, ActKind::Answer]
    {
        assert!(with_kari.after(&act(kind).unwrap(), &ola).is_ok(), "{kind:?}");
    }
    assert_eq!(with_kari.after(&Act::Take, &ola), Err(ActRefused::TakenByAnother), "it stays with the coordinator");
    let mut over = with_kari.clone();
    over.coordinators[0].until = Some(date(2026, 1, 31));
    assert_eq!(
        over.after(&act(ActKind::Close).unwrap(), &ola),
        Err(ActRefused::TakenByAnother),
        "who is none any more"
    );
}

/// seed in part: G-15, G-16, G-17
#[test]
fn a_case_is_lifted_once_and_by_anybody_who_has_it() {
    let lift = act(ActKind::Lift).unwrap();
    let lifted = case(ItemState::Taken).after(&lift, &by(ola(), Authority::Own)).unwrap();

    assert_eq!(lifted.lifted_to, Some(UnitId("gruppe".to_owned())));
    assert_eq!(lifted.after(&lift, &by(kari(), Authority::Own)), Err(ActRefused::AlreadyLifted));

    let Act::Lift { reason, step, text, .. } = lift.clone() else { unreachable!() };
    let to_members = Act::Lift { to: LiftTo::Members { unit: UnitId("her".to_owned()) }, reason, step, text };
    let both = lifted.after(&to_members, &by(kari(), Authority::Own)).unwrap();
    assert!(both.lifted_to_members && both.lifted_to == lifted.lifted_to, "the members here may read it too");
    for again in [&to_members, &lift] {
        assert_eq!(both.after(again, &by(ola(), Authority::Own)), Err(ActRefused::AlreadyLifted));
    }
    let unopened = case(ItemState::Unread).after(&to_members, &by(ola(), Authority::Own));
    assert_eq!(unopened, Err(ActRefused::Unopened), "one reads before one shows it to others");
}

#[test]
fn a_case_that_is_only_lifted_to_here_is_read_and_spoken_of_and_decided_at_home() {
    for state in [ItemState::Unread, ItemState::Opened, ItemState::Taken, ItemState::Closed] {
        let here = Case { lifted_here: true, ..case(state) };
        for kind in [
            ActKind::Take,
            ActKind::Give,
            ActKind::Confirm,
            ActKind::Answer,
            ActKind::AskForMore,
            ActKind::WrongAddressee,
            ActKind::OfferTransfer,
            ActKind::Lift,
            ActKind::Archive,
            ActKind::Decide,
            ActKind::Close,
            ActKind::Reopen,
            ActKind::AppointCoordinator,
            ActKind::Delegate,
            ActKind::ChangeConsent,
            ActKind::LinkFamily,
        ] {
            let act = act(kind).unwrap();
            assert_eq!(here.after(&act, &by(kari(), Authority::Leading)), Err(ActRefused::LiftedHere), "{kind:?}");
        }
        for kind in [ActKind::Open, ActKind::LiftEnded] {
            assert!(
                here.after(&act(kind).unwrap(), &by(kari(), Authority::Leading)).is_ok(),
                "{kind:?} when {state:?}"
            );
        }
    }
    let opened = Case { lifted_here: true, ..case(ItemState::Opened) };
    for kind in [ActKind::Comment, ActKind::FlagUnmetNeed, ActKind::FlagImprovement] {
        assert!(opened.after(&act(kind).unwrap(), &by(ola(), Authority::Own)).is_ok(), "{kind:?}");
    }
}

#[test]
fn closing_a_case_ends_what_another_unit_was_asked_to_do_and_not_what_this_one_was() {
    let delegation = |side| Delegation { side, unit: UnitId("annen".to_owned()), due: date(2026, 12, 1) };
    for (side, ended) in [(DelegationSide::Given, true), (DelegationSide::Received, false)] {
        let particulars = Particulars { delegation: Some(delegation(side)), ..Particulars::default() };
        let open = Case { particulars, ..case(ItemState::Taken) };
        let closed = open.after(&Act::Close, &by(kari(), Authority::Own)).unwrap();
        assert_eq!(closed.particulars.delegation.is_none(), ended, "{side:?}");
    }
}

/// One who is telephoned has answered when the call is over; else the answer is written down when it comes.
#[test]
fn an_answer_by_telephone_leaves_nothing_waiting() {
    let kari = by(kari(), Authority::Own);
    let asked = |answer| Act::AskForMore { question: some_text(), way: AnswerWay::Telephone, answer };

    let at_once = case(ItemState::Taken).after(&asked(Some(some_text())), &kari).unwrap();
    assert_eq!((at_once.state, at_once.first_answer_at), (ItemState::Taken, Some(kari.at)));
    let waits = case(ItemState::Taken).after(&asked(None), &kari).unwrap();
    assert_eq!(waits.state, ItemState::Waiting);
    let later = waits.after(&Act::RegisterAnswer { text: some_text() }, &kari).unwrap();
    assert_eq!((later.state, later.heard_at), (ItemState::Taken, None));
}

#[test]
fn who_leaves_leaves_no_case_behind() {
    let house = by(Colleague { id: Uuid::nil(), name: String::new() }, Authority::Leading);
    for (state, freed) in [
        (ItemState::Taken, ItemState::Opened),
        (ItemState::Waiting, ItemState::Opened),
        (ItemState::Offered, ItemState::Offered),
    ] {
        let nobody = case(state).after(&Act::Lapse { from: kari(), to: None }, &house).unwrap();
        assert_eq!((nobody.state, nobody.responsible), (freed, None));
        let given = case(state).after(&Act::Lapse { from: kari(), to: Some(ola()) }, &house).unwrap();
        assert_eq!((given.state, given.responsible), (state, Some(ola())));
    }
}

/// seed in part: H-31
#[test]
fn a_change_of_coordinator_leaves_both_in_the_history() {
    let change = act(ActKind::ChangeCoordinator).unwrap();
    let changed = case(ItemState::Closed).after(&change, &by(kari(), Authority::Own)).unwrap();

    let periods: Vec<_> = changed.coordinators.iter().map(|it| (it.from, it.until)).collect();
    assert_eq!(periods, [(date(2026, 1, 1), Some(date(2026, 5, 31))), (date(2026, 6, 1), None)]);
}

/// Kari is responsible; Ola is her colleague, whoever appoints him.
#[test]
fn an_appointment_makes_nobody_responsible() {
    let chosen = Coordinator { staff: Some(ola().id), ..coordinator(5) };
    let none = Case { coordinators: Vec::new(), ..case(ItemState::Taken) };
    for authority in [Authority::Own, Authority::Leading] {
        let appoint = Act::AppointCoordinator { coordinator: chosen.clone() };
        let appointed = none.after(&appoint, &by(kari(), authority)).unwrap();
        let from = Coordinator { from: date(2026, 9, 21), ..chosen.clone() };
        let change = Act::ChangeCoordinator { replaces: Uuid::from_u128(10), coordinator: from, why: None };
        let changed = case(ItemState::Taken).after(&change, &by(kari(), authority)).unwrap();
        for after in [appointed, changed] {
            assert_eq!(after.responsible, Some(kari()));
            assert!(after.coordinators.iter().any(|it| it.staff == Some(ola().id)));
        }
    }
}

#[test]
fn an_appointment_that_was_wrong_is_taken_back_or_replaced_from_its_first_day() {
    let taken = case(ItemState::Taken);
    let by = by(kari(), Authority::Own);
    let back = |last_day| Act::EndCoordinator { coordinator: Uuid::from_u128(10), last_day, why: None };
    assert_eq!(taken.after(&back(date(2025, 12, 31)), &by).unwrap().coordinators, []);
    assert_eq!(taken.after(&back(date(2025, 12, 30)), &by), Err(ActRefused::PeriodBackwards));

    let instead = |from| {
        let coordinator = Coordinator { from, ..coordinator(11) };
        Act::ChangeCoordinator { replaces: Uuid::from_u128(10), coordinator, why: None }
    };
    let replaced = taken.after(&instead(date(2026, 1, 1)), &by).unwrap();
    assert_eq!(replaced.coordinators.iter().map(|it| it.id).collect::<Vec<_>>(), [Uuid::from_u128(11)]);
    assert_eq!(taken.after(&instead(date(2025, 12, 31)), &by), Err(ActRefused::PeriodBackwards));
    let mut ended = taken.clone();
    ended.coordinators[0].until = Some(date(2026, 2, 1));
    let after = ended.after(&instead(date(2026, 3, 1)), &by).unwrap();
    assert_eq!(after.coordinators[0].until, Some(date(2026, 2, 1)), "a time that is over is not made longer");
}

/// seed in part: L-40, H-32
#[test]
fn a_second_main_coordinator_is_refused_unless_they_overlap() {
    let second = Coordinator { from: date(2026, 6, 1), ..coordinator(12) };
    let appoint = |coordinator: Coordinator| {
        case(ItemState::Taken).after(&Act::AppointCoordinator { coordinator }, &by(kari(), Authority::Own))
    };

    assert_eq!(appoint(second.clone()), Err(ActRefused::CoordinatorOverlaps));
    let both = appoint(Coordinator { overlap: Overlap::Said, ..second }).unwrap();
    assert_eq!(both.coordinators.iter().filter(|it| it.is_active(date(2026, 7, 1))).count(), 2);
}

#[test]
fn a_coordinator_who_is_not_there_cannot_end() {
    let end = Act::EndCoordinator { coordinator: Uuid::from_u128(77), last_day: date(2026, 11, 1), why: None };
    let early = Act::EndCoordinator { coordinator: Uuid::from_u128(10), last_day: date(2025, 11, 1), why: None };

    let taken = case(ItemState::Taken);
    assert_eq!(taken.after(&end, &by(kari(), Authority::Own)), Err(ActRefused::NoSuchCoordinator));
    assert_eq!(taken.after(&early, &by(kari(), Authority::Own)), Err(ActRefused::PeriodBackwards));
}

/// seed: G-25, L-22
#[test]
fn it_is_known_until_when_somebody_has_the_main_responsibility() {
    let nobody = Case { coordinators: Vec::new(), ..case(ItemState::Taken) };
    assert_eq!(nobody.coordinated_until(), None);
    assert_eq!(case(ItemState::Taken).coordinated_until(), Some(jiff::civil::Date::MAX));

    let end = Act::EndCoordinator { coordinator: Uuid::from_u128(10), last_day: date(2026, 11, 21), why: None };
    let ended = case(ItemState::Taken).after(&end, &by(kari(), Authority::Own)).unwrap();
    assert_eq!(ended.coordinated_until(), Some(date(2026, 11, 21)));
}

/// seed in part: H-39
#[test]
fn an_offer_that_is_declined_comes_back_to_the_one_who_had_it() {
    let offer = act(ActKind::OfferTransfer).unwrap();
    let offered = case(ItemState::Taken).after(&offer, &by(kari(), Authority::Own)).unwrap();
    assert_eq!(offered.state, ItemState::Offered);

    let back = offered.after(&Act::TransferDeclined { why: some_text() }, &by(ola(), Authority::Leading)).unwrap();
    assert_eq!((back.state, back.responsible), (ItemState::Taken, Some(kari())));
}

#[test]
fn what_leaves_the_house_can_be_undone_until_it_does() {
    let leaving: Vec<ActKind> =
        ActKind::ALL.iter().filter_map(|it| act(*it)).filter(Act::leaves_the_house).map(|it| it.kind()).collect();

    assert_eq!(leaving, [ActKind::AskForMore, ActKind::Answer, ActKind::WrongAddressee]);
    let number = MunicipalityNumber::parse("4211").unwrap();
    let to = TransferTarget::Municipality { number, name: "Gjerstad".to_owned() };
    let number = OrgNumber::parse("310000108").unwrap();
    let trust = TransferTarget::HospitalTrust { number, name: "Eksempel sykehus".to_owned() };
    for to in [to, trust] {
        assert!(Act::OfferTransfer { transfer: Uuid::from_u128(9), to, why: some_text() }.leaves_the_house());
    }
    assert!(leaving.into_iter().chain([ActKind::OfferTransfer]).all(ActKind::can_be_undone));
}

#[test]
fn what_is_said_by_telephone_is_not_sent() {
    let said = Act::Answer { kind: AnswerKind::Outcome, text: some_text(), way: AnswerWay::Telephone, basis: None };

    assert!(!said.leaves_the_house());
    assert!(said.details().contains(&(Detailed::Code, Redacted::new("TELEFON".to_owned()))));
}

#[test]
fn every_word_is_its_own() {
    for kind in ActKind::ALL {
        assert_eq!(ActKind::from_label(kind.label()), Some(*kind));
    }
    let mut labels: Vec<_> = ActRefused::ALL.iter().map(|it| it.label()).collect();
    labels.sort_unstable();
    labels.dedup();
    assert_eq!(labels.len(), ActRefused::ALL.len());
}
