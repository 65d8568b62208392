//! What people are refused, in the journal, and never more of it than can be read.
//!
//! The first time somebody is refused something is a line at once. The same again within a minute is counted, and becomes one
//! line with how many there were when the minute is over. One who is refused many different things gets the first of them
//! told one by one, and the rest as a number: who hammers at our doors does not fill the journal.

use crate::domain::MessageId;
use crate::domain::Timestamp;
use crate::inbox::House;
use crate::storage::Actor;
use crate::storage::StoreError;
use crate::storage::UserId;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::time::Duration;

/// How long the same is gathered.
const GATHERED: Duration = Duration::from_secs(60);
/// Different things that one person is refused in that time and that get a line each.
const DIFFERENT_MAX: usize = 30;
/// What the rest is gathered under.
const THE_REST: &str = "other";

/// What somebody was refused. Two that are equal are told as one.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Refused {
    pub action: &'static str,
    pub message: Option<MessageId>,
    pub detail: String,
}

#[derive(Default)]
pub(super) struct Refusals(Mutex<Gathered>);

#[derive(Default)]
struct Gathered {
    people: BTreeMap<UserId, Person>,
    /// Somebody sees to it that the rest is told although nobody asks for anything more.
    watched: bool,
}

struct Person {
    actor: Actor,
    began: BTreeMap<Refused, Begun>,
}

struct Begun {
    at: Timestamp,
    /// The first of them is in the journal.
    told: bool,
    again: u64,
}

/// What is gathered no longer, and of which something is to be written.
struct Over {
    id: UserId,
    actor: Actor,
    refused: Refused,
    begun: Begun,
}

impl Over {
    /// How often, besides the line that is there or is written now.
    fn detail(&self) -> String {
        let Refused { detail, .. } = &self.refused;
        if self.begun.again == 0 { detail.clone() } else { format!("{detail}; {} more", self.begun.again) }
    }
}

impl Refusals {
    /// What is to be written now: this, or nothing because it has been.
    fn count(&self, id: UserId, actor: &Actor, refused: Refused, now: Timestamp) -> Option<Refused> {
        let mut gathered = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let person =
            gathered.people.entry(id).or_insert_with(|| Person { actor: actor.clone(), began: BTreeMap::new() });
        let known = person.began.contains_key(&refused);
        let refused = if known || person.began.len() < DIFFERENT_MAX {
            refused
        } else {
            Refused { action: refused.action, message: None, detail: THE_REST.to_owned() }
        };
        match person.began.get_mut(&refused) {
            Some(begun) => {
                begun.again += 1;
                None
            }
            None => {
                person.began.insert(refused.clone(), Begun { at: now, told: true, again: 0 });
                Some(refused)
            }
        }
    }

    /// The line that [`Refusals::count`] asked for could not be written: it is when the minute is over.
    fn was_not_told(&self, id: UserId, refused: &Refused) {
        let mut gathered = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(begun) = gathered.people.get_mut(&id).and_then(|it| it.began.get_mut(refused)) {
            begun.told = false;
        }
    }

    /// What could not be written waits for the next time.
    fn put_back(&self, over: Over) {
        let mut gathered = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Over { id, actor, refused, begun } = over;
        let person = gathered.people.entry(id).or_insert_with(|| Person { actor, began: BTreeMap::new() });
        match person.began.get_mut(&refused) {
            // It has begun anew meanwhile: all of it is counted there.
            Some(anew) => anew.again += begun.again + u64::from(!begun.told),
            None => {
                person.began.insert(refused, begun);
            }
        }
    }

    /// Takes out what is gathered no longer; what has been refused again is to be written, and what could not be before. `None`
    /// of `now`: all of it.
    fn ended(&self, now: Option<Timestamp>) -> Vec<Over> {
        let mut gathered = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut ended = Vec::new();
        gathered.people.retain(|id, person| {
            let is_over = |begun: &Begun| now.is_none_or(|now| now.since(begun.at) >= GATHERED);
            let over: Vec<Refused> = person.began.iter().filter(|(_, it)| is_over(it)).map(|it| it.0.clone()).collect();
            for refused in over {
                if let Some(begun) = person.began.remove(&refused)
                    && (begun.again > 0 || !begun.told)
                {
                    ended.push(Over { id: *id, actor: person.actor.clone(), refused, begun });
                }
            }
            !person.began.is_empty()
        });
        ended
    }

    /// Whether somebody must begin to watch.
    fn watch(&self) -> bool {
        let mut gathered = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let begins = !gathered.watched && !gathered.people.is_empty();
        gathered.watched |= begins;
        begins
    }

    /// Whether there is nothing left to watch; then nobody does any more.
    fn is_at_rest(&self) -> bool {
        let mut gathered = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        gathered.watched &= !gathered.people.is_empty();
        !gathered.watched
    }
}

impl House {
    /// Writes in the journal that somebody was refused something, or counts that it was so again.
    pub(super) async fn tell_refused(&self, id: UserId, actor: Actor, refused: Refused) -> Result<(), StoreError> {
        // What this one is refused is counted all the same.
        let gathered = self.tell_gathered(Some(self.now())).await;
        let Some(refused) = self.refusals.count(id, &actor, refused, self.now()) else { return gathered };
        let Refused { action, message, detail } = refused.clone();
        let added = self.add_line(actor, action, message, detail).await;
        if added.is_err() {
            self.refusals.was_not_told(id, &refused);
        }
        added.and(gathered)
    }

    /// Writes what has been gathered for a minute; `None`: all of it.
    async fn tell_gathered(&self, now: Option<Timestamp>) -> Result<(), StoreError> {
        let mut told = Ok(());
        for over in self.refusals.ended(now) {
            // A store that is busy is not asked for each of them.
            if told.is_ok() {
                let (actor, Refused { action, message, .. }) = (over.actor.clone(), &over.refused);
                told = self.add_line(actor, action, *message, over.detail()).await;
            }
            if told.is_err() {
                self.refusals.put_back(over);
            }
        }
        told
    }
}

/// Sees to it that what has been gathered is told when its minute is over, or when the house closes.
pub(super) fn watch(house: &Arc<House>) {
    if !house.refusals.watch() {
        return;
    }
    let house = Arc::clone(house);
    tokio::spawn(async move {
        loop {
            let now = tokio::select! {
                () = tokio::time::sleep(GATHERED) => Some(house.now()),
                () = house.inbox.closing.cancelled() => None,
            };
            if let Err(error) = house.tell_gathered(now).await {
                tracing::error!(%error, "refusals could not be written in the journal");
            }
            if now.is_none() || house.refusals.is_at_rest() {
                break;
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use super::DIFFERENT_MAX;
    use super::GATHERED;
    use super::Over;
    use super::Refusals;
    use super::Refused;
    use crate::domain::Timestamp;
    use crate::storage::Actor;
    use crate::storage::UserId;
    use uuid::Uuid;

    fn of(number: usize) -> Refused {
        Refused { action: "refused", message: None, detail: format!("GET /page/{number}; 403") }
    }

    #[test]
    fn the_same_again_is_counted_and_told_when_the_minute_is_over() {
        let (refusals, id) = (Refusals::default(), UserId(Uuid::nil()));
        let (noon, later) = (Timestamp(0), Timestamp(0).plus(GATHERED));

        assert_eq!(refusals.count(id, &Actor::House, of(1), noon), Some(of(1)));
        assert!(refusals.watch() && !refusals.watch(), "one watches");
        for _ in 0..7 {
            assert_eq!(refusals.count(id, &Actor::House, of(1), noon), None);
        }
        assert!(refusals.ended(Some(noon)).is_empty());
        assert_eq!(told(&refusals.ended(Some(later))), ["GET /page/1; 403; 7 more"]);
        assert!(refusals.is_at_rest());
        assert_eq!(refusals.count(id, &Actor::House, of(1), later), Some(of(1)), "a new minute, a new line");
        assert!(refusals.ended(None).is_empty(), "what was refused once has been told");
    }

    /// The first of them was lost when the store was busy, and all of them when it was busy a minute later.
    #[test]
    fn what_could_not_be_written_is_written_later() {
        let (refusals, id) = (Refusals::default(), UserId(Uuid::nil()));
        let (noon, later) = (Timestamp(0), Timestamp(0).plus(GATHERED));
        for it in [of(1), of(2)] {
            assert!(refusals.count(id, &Actor::House, it.clone(), noon).is_some());
            refusals.was_not_told(id, &it);
        }
        assert_eq!(refusals.count(id, &Actor::House, of(2), noon), None);

        let ended = refusals.ended(Some(later));
        assert_eq!(told(&ended), ["GET /page/1; 403", "GET /page/2; 403; 1 more"]);
        ended.into_iter().for_each(|it| refusals.put_back(it));
        assert!(refusals.watch(), "somebody must see to it that it is tried again");
        let ended = refusals.ended(Some(later));
        assert_eq!(told(&ended), ["GET /page/1; 403", "GET /page/2; 403; 1 more"]);

        assert!(refusals.count(id, &Actor::House, of(2), later).is_some());
        ended.into_iter().for_each(|it| refusals.put_back(it));
        assert_eq!(told(&refusals.ended(None)), ["GET /page/1; 403", "GET /page/2; 403; 2 more"]);
        assert!(refusals.ended(None).is_empty());
    }

    fn told(ended: &[Over]) -> Vec<String> {
        ended.iter().map(Over::detail).collect()
    }

    #[test]
    fn who_tries_everything_gets_so_many_lines_and_no_more() {
        let (refusals, id) = (Refusals::default(), UserId(Uuid::nil()));

        let told = (0..1000).filter_map(|it| refusals.count(id, &Actor::House, of(it), Timestamp(0))).count();

        assert_eq!(told, DIFFERENT_MAX + 1);
        let ended = refusals.ended(None);
        assert_eq!(ended.iter().map(|it| it.begun.again).sum::<u64>() + told as u64, 1000);
        assert_eq!(ended.len(), 1);
    }
}
