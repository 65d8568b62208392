//! What the report's page says of the case.

use crate::domain::ActKind;
use crate::domain::Assessment;
use crate::domain::Case;
use crate::domain::ConsentStatus;
use crate::domain::DelegationSide;
use crate::domain::Detailed;
use crate::domain::Improvement;
use crate::domain::Language;
use crate::domain::Redacted;
use crate::domain::UnitId;
use crate::inbox::House;
use crate::inbox::access;
use crate::inbox::access::Looked;
use crate::inbox::act;
use crate::inbox::casework;
use crate::inbox::moment;
use crate::inbox::moment::Moment;
use crate::inbox::session::SignedIn;
use crate::inbox::texts::Words;
use crate::inbox::view::unit_name_in;
use crate::storage::CaseDetail;
use crate::storage::CaseEvent;

/// The case on the report's page.
pub(in crate::inbox) struct CaseView {
    pub undo: Option<UndoView>,
    /// What is known: label and words.
    pub facts: Vec<(&'static str, String)>,
    /// Acts with a form that can be done now and are wanted most: address and words.
    pub links: Vec<(String, &'static str)>,
    /// The others, under what they are about.
    pub groups: Vec<ActGroup>,
    /// Cases in the same family: address and reference.
    pub kin: Vec<(String, String)>,
}

/// Acts that belong together.
pub(in crate::inbox) struct ActGroup {
    pub heading: &'static str,
    pub links: Vec<(String, &'static str)>,
}

/// The bar with which the last act is taken back.
pub(in crate::inbox) struct UndoView {
    /// What would be taken back.
    pub act: &'static str,
    pub href: String,
    pub key: String,
    /// For how many seconds from now.
    pub seconds: u64,
}

impl CaseView {
    /// `may_lift`: whether there is a group that the case can be lifted to.
    pub(in crate::inbox) fn of(
        house: &House,
        who: &SignedIn,
        looked: &Looked,
        case: &CaseDetail,
        may_lift: bool,
    ) -> Self {
        let (t, item) = (Words(who.language), &looked.detail);
        let by = casework::acting(house, who, &item.row.unit);
        let undo = undo(house, who, looked, case);
        let possible: Vec<ActKind> = casework::WITH_FORM
            .iter()
            .copied()
            .filter(|it| access::may_act(who, looked, *it) && case.case.may_do(*it, &by).is_ok())
            .filter(|it| has_coordinators(*it, &case.case, house.now().date_in_norway()))
            .filter(|it| *it != ActKind::Lift || may_lift)
            .filter(|it| *it != ActKind::TransferDeclined || casework::is_offered_outside(case))
            .collect();
        let link = |it: &ActKind| (casework::action(item.row.id, *it), t.act_kind(*it));
        let links = possible.iter().filter(|it| About::of(**it) == About::Wanted).map(link).collect();
        let groups = About::GROUPS.iter().map(|about| ActGroup {
            heading: about.heading(t),
            links: possible.iter().filter(|it| About::of(**it) == *about).map(link).collect(),
        });
        let groups = groups.filter(|it| !it.links.is_empty()).collect();
        Self { undo, facts: facts(house, who, case), links, groups, kin: Vec::new() }
    }
}

/// What this person did last, while it can be taken back.
pub(in crate::inbox) fn undo(house: &House, who: &SignedIn, looked: &Looked, case: &CaseDetail) -> Option<UndoView> {
    let (t, item) = (Words(who.language), &looked.detail);
    let by = casework::acting(house, who, &item.row.unit);
    case.undo.filter(|it| it.who == by.who.id && house.now() <= it.until).map(|it| {
        let href = act::action(item.row.id, ActKind::Undo);
        let key = who.draw_key(&href);
        UndoView { act: t.act_kind(it.act), href, key, seconds: it.until.since(house.now()).as_secs() }
    })
}

/// What an act with a form is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum About {
    /// Most cases need it: it has a button of its own.
    Wanted,
    Hands,
    Outcome,
    Coordinator,
    Following,
}

impl About {
    const GROUPS: [Self; 4] = [Self::Hands, Self::Outcome, Self::Coordinator, Self::Following];

    const fn of(kind: ActKind) -> Self {
        match kind {
            ActKind::Answer | ActKind::AskForMore | ActKind::RegisterAnswer => Self::Wanted,
            ActKind::DeclineTransfer | ActKind::TransferDeclined => Self::Wanted,
            ActKind::TakeBackLift | ActKind::LiftEnded | ActKind::Lapse => Self::Hands,
            ActKind::Give | ActKind::Lift | ActKind::OfferTransfer | ActKind::WrongAddressee => Self::Hands,
            ActKind::Open | ActKind::Take | ActKind::Release | ActKind::TakeBackTransfer => Self::Hands,
            ActKind::AcceptTransfer | ActKind::TransferAccepted | ActKind::OfferEnded => Self::Hands,
            ActKind::Archive | ActKind::Decide | ActKind::Close | ActKind::Reopen => Self::Outcome,
            ActKind::InformOfWish => Self::Coordinator,
            ActKind::Assess | ActKind::SendDecision => Self::Outcome,
            ActKind::Delegate | ActKind::TakeBackDelegation | ActKind::FinishDelegation => Self::Coordinator,
            ActKind::PlanStart | ActKind::PlanReview | ActKind::TickChecklist => Self::Coordinator,
            ActKind::LinkFamily | ActKind::UnlinkFamily => Self::Following,
            ActKind::AppointCoordinator | ActKind::ChangeCoordinator | ActKind::EndCoordinator => Self::Coordinator,
            ActKind::SetPlan | ActKind::SetTeam => Self::Coordinator,
            ActKind::PlanContact | ActKind::ChangeConsent | ActKind::FlagUnmetNeed => Self::Following,
            ActKind::FlagImprovement | ActKind::Comment | ActKind::Confirm => Self::Following,
            ActKind::AnswerArrived | ActKind::Undo => Self::Following,
        }
    }

    const fn heading(self, t: Words) -> &'static str {
        match self {
            Self::Wanted => t.actions(),
            Self::Hands => t.acts_hands(),
            Self::Outcome => t.acts_outcome(),
            Self::Coordinator => t.acts_coordinator(),
            Self::Following => t.acts_following(),
        }
    }
}

/// Nobody can be changed or ended who is not there.
fn has_coordinators(kind: ActKind, case: &Case, today: jiff::civil::Date) -> bool {
    let some = case.coordinators.iter().any(|it| it.until.is_none_or(|until| today <= until));
    some || !matches!(kind, ActKind::ChangeCoordinator | ActKind::EndCoordinator)
}

fn facts(house: &House, who: &SignedIn, detail: &CaseDetail) -> Vec<(&'static str, String)> {
    let (t, case) = (Words(who.language), &detail.case);
    let day = |it: jiff::civil::Date| moment::date(it, who.language);
    let word = |code: &'static str| t.case_code(code).unwrap_or(code);
    let mut facts = vec![(t.case_deadline(), Moment::of(detail.deadline, house.now(), who.language).full)];
    let mut add = |label: &'static str, value: Option<String>| facts.extend(value.map(|it| (label, it)));
    add(t.case_outcome(), case.outcome.map(|(what, on)| format!("{}, {}", word(what.code()), day(on))));
    add(t.case_archive(), case.archive_reference.as_ref().map(|it| it.reveal().clone()));
    add(t.case_plan(), case.plan.map(|(what, on)| format!("{}, {}", word(what.code()), day(on))));
    let known = &case.particulars;
    let text = |it: &Option<Redacted<String>>| it.as_ref().map(|it| it.reveal().clone());
    let since = |word: &str, on: Option<jiff::civil::Date>| match on {
        Some(on) => format!("{word}, {}", day(on)),
        None => word.to_owned(),
    };
    add(t.case_team(), case.team.map(|it| since(word(it.code()), known.team_on)));
    add(t.case_team_members(), text(&known.team_members));
    add(t.case_informed(), known.informed_on.map(day));
    add(t.case_wish(), text(&known.wish));
    let assessed = |it: &Assessment| format!("{}, {}, {}", word(it.result.code()), day(it.on), it.by.name);
    add(t.case_assessment(), known.assessment.as_ref().map(assessed));
    add(t.case_sent(), known.decision_sent_on.map(day));
    if let Some(it) = &known.delegation {
        let label = match it.side {
            DelegationSide::Given => t.case_delegated_to(),
            DelegationSide::Received => t.case_delegated_by(),
        };
        let late =
            if it.due < house.now().date_in_norway() { format!(" – {}", t.overdue_word()) } else { String::new() };
        add(label, Some(format!("{}, {} {}{late}", unit_name_in(house, &it.unit, t.0), t.by_day(), day(it.due))));
    }
    add(t.case_start(), known.start_on.map(day));
    add(t.case_review(), known.review_on.map(day));
    let ticked = known.checklist.iter().map(|it| word(it.code())).collect::<Vec<_>>().join(". ");
    add(t.case_checklist(), Some(ticked).filter(|it| !it.is_empty()));
    for it in &case.coordinators {
        let period = match it.until {
            Some(until) => format!("{} – {}", day(it.from), day(until)),
            None => format!("{} {}", t.word_from(), day(it.from)),
        };
        let said = format!("{}, {}, {}, {period}", it.name.reveal(), word(it.kind.code()), word(it.duty.code()));
        let decision = it.decision.as_ref();
        let decision = decision.map(|it| format!(", {}: {}", t.field_decision(), it.reveal())).unwrap_or_default();
        add(t.case_coordinator(), Some(said + &decision));
    }
    add(t.case_next_contact(), case.next_contact_on.map(day));
    add(t.case_consent(), case.consent.map(|it| since(t.consent_short(it), known.consent_on)));
    add(t.case_unmet_need(), case.unmet_need.map(|it| word(it.code()).to_owned()));
    let improvement = (case.improvement == Improvement::Yes).then(|| word(Improvement::Yes.code()).to_owned());
    add(t.case_improvement(), improvement);
    add(t.case_lifted(), case.lifted_to_members.then(|| t.case_lifted_to_members().to_owned()));
    add(t.case_lifted(), case.lifted_to.as_ref().map(|it| unit_name_in(house, it, t.0)));
    facts
}

/// What was said when an act was done, in words.
pub(in crate::inbox) fn said(event: &CaseEvent, house: &House, language: Language) -> Vec<String> {
    let t = Words(language);
    let line = |(what, said): &(Detailed, Redacted<String>)| {
        let said = said.reveal();
        match what {
            Detailed::Code | Detailed::Step | Detailed::Basis => code(said, t),
            Detailed::Unit => unit_name_in(house, &UnitId(said.clone()), t.0),
            Detailed::Date | Detailed::Until => {
                let day = said.parse().map_or_else(|_| said.clone(), |it| moment::date(it, language));
                match (what, event.act) {
                    (Detailed::Until, _) | (_, ActKind::EndCoordinator) => format!("{} {day}", t.word_until()),
                    (_, ActKind::AppointCoordinator | ActKind::ChangeCoordinator) => {
                        format!("{} {day}", t.word_from())
                    }
                    (_, _) => day,
                }
            }
            Detailed::Instead => format!("{} {said}", t.word_instead()),
            Detailed::Reply => format!("{}: {said}", t.reply_word()),
            Detailed::Text | Detailed::Name | Detailed::Reference => said.clone(),
        }
    };
    let told = event.details.iter().map(line);
    match event.act {
        // The house does it by itself when the case is over.
        ActKind::TakeBackLift if event.details.is_empty() && event.who.id.is_nil() => {
            vec![t.lift_ended_with_the_case().to_owned()]
        }
        // Who has left, and who has it now.
        ActKind::Lapse => told.enumerate().map(|(nth, name)| t.lapsed(&name, nth == 0)).collect(),
        _ => told.collect(),
    }
}

fn code(code: &str, t: Words) -> String {
    let consent = || ConsentStatus::from_code(code).map(|it| t.consent_short(it));
    let act = || ActKind::from_label(code).map(|it| t.act_kind(it));
    t.case_code(code).or_else(consent).or_else(act).unwrap_or(code).to_owned()
}
