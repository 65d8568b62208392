//! What a case still needs before it can be closed, as a list with a way to each: what the house asks for, and what one who
//! closes would regret not having done.

use crate::domain::ActKind;
use crate::domain::Case;
use crate::domain::CaseOutcome;
use crate::domain::ItemState;
use crate::domain::Language;
use crate::inbox::House;
use crate::inbox::access;
use crate::inbox::access::Looked;
use crate::inbox::casework;
use crate::inbox::icon::Icon;
use crate::inbox::moment;
use crate::inbox::session::SignedIn;
use crate::inbox::texts::Words;
use crate::inbox::view::Tag;
use crate::storage::CaseDetail;

/// The list on the report's page, for those who can close the case.
pub(in crate::inbox) struct ClosingView {
    /// Nothing is missing that must be there.
    pub ready: bool,
    pub steps: Vec<ClosingStep>,
}

/// One thing that is done, is asked for, or is missed.
pub(in crate::inbox) struct ClosingStep {
    pub what: &'static str,
    /// When it was done, or what it is.
    pub said: Option<String>,
    pub tag: Tag,
    /// Where it is done, when it can be done now.
    pub href: Option<String>,
}

impl ClosingView {
    /// `None` where there is nothing to close, or for one who does not.
    pub(in crate::inbox) fn of(house: &House, who: &SignedIn, looked: &Looked, detail: &CaseDetail) -> Option<Self> {
        let (t, case) = (Words(who.language), &detail.case);
        let open = matches!(case.state, ItemState::Taken | ItemState::Waiting);
        if !open || case.lifted_here || !access::may_act(who, looked, ActKind::Close) {
            return None;
        }
        let by = casework::acting(house, who, &looked.detail.row.unit);
        let can = |act: ActKind| access::may_act(who, looked, act) && case.may_do(act, &by).is_ok();
        let today = house.now().date_in_norway();
        let steps = Need::ALL.into_iter().filter(|it| it.concerns(case)).map(|need| {
            let done = need.is_met(case, today);
            let act = need.act();
            let href = (!done && can(act)).then(|| casework::action(looked.detail.row.id, act));
            ClosingStep { what: need.words(t), said: need.said(case, who.language), tag: need.tag(done, t), href }
        });
        let missing = Need::ALL.into_iter().any(|it| it.is_asked_for() && !it.is_met(case, today));
        Some(Self { ready: !missing, steps: steps.collect() })
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Need {
    Answer,
    Outcome,
    Coordinator,
    Filing,
}

impl Need {
    /// In the order in which a case is worked on.
    const ALL: [Self; 4] = [Self::Answer, Self::Outcome, Self::Coordinator, Self::Filing];

    /// Nobody misses a coordinator where none was granted, and who answers are those who have the case at home.
    fn concerns(self, case: &Case) -> bool {
        match self {
            Self::Outcome | Self::Filing => true,
            Self::Answer => !case.lies_elsewhere(),
            Self::Coordinator => !case.coordinators.is_empty() || case.outcome.is_none_or(|(it, _)| grants(it)),
        }
    }

    /// Whether the case cannot be closed without it.
    const fn is_asked_for(self) -> bool {
        match self {
            Self::Outcome | Self::Filing => true,
            Self::Answer | Self::Coordinator => false,
        }
    }

    fn is_met(self, case: &Case, today: jiff::civil::Date) -> bool {
        match self {
            // Who has said something since, waits again.
            Self::Answer => case.first_answer_at.is_some() && case.heard_at.is_none(),
            Self::Outcome => case.outcome.is_some(),
            Self::Coordinator => case.coordinated_until().is_some_and(|it| it >= today),
            Self::Filing => case.archive_reference.is_some(),
        }
    }

    const fn act(self) -> ActKind {
        match self {
            Self::Answer => ActKind::Answer,
            Self::Outcome => ActKind::Decide,
            Self::Coordinator => ActKind::AppointCoordinator,
            Self::Filing => ActKind::Archive,
        }
    }

    const fn words(self, t: Words) -> &'static str {
        match self {
            Self::Answer => t.closing_answer(),
            Self::Outcome => t.case_outcome(),
            Self::Coordinator => t.closing_coordinator(),
            Self::Filing => t.closing_filing(),
        }
    }

    fn said(self, case: &Case, language: Language) -> Option<String> {
        let t = Words(language);
        match self {
            Self::Answer => case.first_answer_at.map(|it| moment::date(it.date_in_norway(), language)),
            Self::Outcome => case.outcome.and_then(|(it, _)| t.case_code(it.code())).map(str::to_owned),
            Self::Filing => case.archive_reference.as_ref().map(|it| it.reveal().clone()),
            Self::Coordinator => None,
        }
    }

    const fn tag(self, done: bool, t: Words) -> Tag {
        match (done, self.is_asked_for()) {
            (true, _) => Tag { word: t.closing_done(), icon: Icon::Check, tone: "success" },
            (false, true) => Tag { word: t.closing_missing(), icon: Icon::Warning, tone: "warning" },
            (false, false) => Tag { word: t.closing_advised(), icon: Icon::Info, tone: "neutral" },
        }
    }
}

const fn grants(outcome: CaseOutcome) -> bool {
    matches!(outcome, CaseOutcome::Granted | CaseOutcome::PartlyGranted)
}
