//! The life of a report as a list of sentences: from the journal, and from what was done with the case.

use crate::domain::ActKind;
use crate::domain::Language;
use crate::domain::NOT_RECEIVED;
use crate::domain::Timestamp;
use crate::inbox::House;
use crate::inbox::casework;
use crate::inbox::icon::Icon;
use crate::inbox::moment::Moment;
use crate::inbox::particulars;
use crate::inbox::texts::Words;
use crate::storage::Actor;
use crate::storage::CaseEvent;
use crate::storage::JournalLine;
use std::time::Duration;

/// Views by one person that follow each other within so long are drawn as one. (The journal keeps each.)
const VIEWS_TOGETHER: Duration = Duration::from_secs(15 * 60);

/// One thing that happened.
pub(super) struct Event {
    pub at: Moment,
    pub who: String,
    pub what: String,
    /// More, when there is more to say.
    pub detail: String,
    /// What was said when it was done: a text, a date, a choice.
    pub said: Vec<String>,
    /// It was taken back.
    pub undone: bool,
    pub icon: Icon,
}

/// Oldest first.
pub(super) fn events(journal: &[JournalLine], acts: &[CaseEvent], house: &House, language: Language) -> Vec<Event> {
    let mut left: Vec<&CaseEvent> = acts.iter().filter(|it| it.act != ActKind::Open).collect();
    let mut events: Vec<(Timestamp, Event)> = Vec::new();
    let mut viewed: Vec<(&Actor, Timestamp)> = Vec::new();
    for line in journal {
        if line.action == "opened" {
            viewed.push((&line.actor, line.at));
        }
        if line.action == "viewed" {
            let again = viewed.iter().any(|(who, at)| **who == line.actor && line.at.since(*at) < VIEWS_TOGETHER);
            viewed.retain(|(who, _)| **who != line.actor);
            viewed.push((&line.actor, line.at));
            if again {
                continue;
            }
        }
        let is_of = |it: &CaseEvent| match line.action == NOT_RECEIVED {
            true => it.act == ActKind::AnswerArrived,
            false => it.act.label() == line.action,
        };
        let act = left.iter().position(|it| it.at == line.at && is_of(it));
        let mut event = event(line, house, language);
        if let Some(act) = act.map(|it| left.remove(it)) {
            event.detail = String::new();
            tell(&mut event, act, house, language);
        }
        events.push((line.at, event));
    }
    // What the journal of this message does not have: it came with the case from another unit.
    for act in left {
        let t = Words(language);
        let mut event = Event {
            at: Moment::of(act.at, house.now(), language),
            who: act.who.name.clone(),
            what: t.act_told(act.act).to_owned(),
            detail: String::new(),
            said: Vec::new(),
            undone: false,
            icon: Icon::Person,
        };
        tell(&mut event, act, house, language);
        events.push((act.at, event));
    }
    events.sort_by_key(|it| it.0);
    events.into_iter().map(|it| it.1).collect()
}

fn event(line: &JournalLine, house: &House, language: Language) -> Event {
    let t = Words(language);
    let (what, icon) = t.journal_action(&line.action).unwrap_or((t.journal_other(), Icon::Info));
    Event {
        at: Moment::of(line.at, house.now(), language),
        who: who(&line.actor, t),
        what: what.to_owned(),
        detail: particulars::of(line, house, language),
        said: Vec::new(),
        undone: false,
        icon,
    }
}

fn tell(event: &mut Event, act: &CaseEvent, house: &House, language: Language) {
    event.said = casework::said(act, house, language);
    event.undone = act.undone;
    if act.act == ActKind::Lapse && event.said.len() > 1 {
        event.what = Words(language).lapsed_on().to_owned();
    }
    if act.act == ActKind::Comment {
        event.icon = Icon::Envelope;
    }
}

/// Who did it, by the name at work.
pub(super) fn who(actor: &Actor, t: Words) -> String {
    match actor {
        Actor::House => "Meldeport".to_owned(),
        Actor::Operator(name) if name == Actor::NOBODY => t.operations().to_owned(),
        Actor::Operator(name) => format!("{} ({name})", t.operations()),
        Actor::Person { name, .. } => name.clone(),
    }
}
