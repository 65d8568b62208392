//! The life of a report as a list of sentences, from the journal.

use crate::domain::Language;
use crate::domain::Timestamp;
use crate::inbox::icon::Icon;
use crate::inbox::moment::Moment;
use crate::inbox::texts::Words;
use crate::storage::Actor;
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
    pub icon: Icon,
}

/// Oldest first.
pub(super) fn events(journal: &[JournalLine], now: Timestamp, language: Language) -> Vec<Event> {
    let t = Words(language);
    let mut events = Vec::new();
    let mut viewed: Option<(&Actor, Timestamp)> = None;
    for line in journal {
        let looking = matches!(line.action.as_str(), "opened" | "viewed");
        let again = line.action == "viewed"
            && viewed.is_some_and(|(who, at)| *who == line.actor && line.at.since(at) < VIEWS_TOGETHER);
        viewed = looking.then_some((&line.actor, line.at));
        if again {
            continue;
        }
        let told = t.journal_action(&line.action);
        let who = match &line.actor {
            Actor::House => "Meldeport".to_owned(),
            Actor::Operator(name) => format!("{} ({name})", t.operations()),
            Actor::Person { name, .. } => name.clone(),
        };
        let (what, detail, icon) = match told {
            Some((what, icon)) if is_about_attachment(&line.action) => {
                (what, format!("{} {}", t.attachment(), line.detail), icon)
            }
            // The particulars of these are for operators.
            Some((what, icon)) => (what, String::new(), icon),
            // A word that we do not know is shown as it stands: better that than a gap.
            None => (line.action.as_str(), line.detail.clone(), Icon::Info),
        };
        let what = what.to_owned();
        events.push(Event { at: Moment::of(line.at, now, language), who, what, detail, icon });
    }
    events
}

/// Their detail is which attachment it was.
fn is_about_attachment(action: &str) -> bool {
    matches!(action, "downloaded" | "attachment_viewed" | "attachment_stopped")
}
