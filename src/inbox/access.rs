//! The guard of one case: loads it, asks the domain how far the person may go, and journals every no.

use crate::domain;
use crate::domain::Access;
use crate::domain::ActKind;
use crate::domain::CaseFacts;
use crate::domain::Denial;
use crate::domain::ItemId;
use crate::domain::Role;
use crate::domain::SecondPerson;
use crate::domain::UnitId;
use crate::domain::Wish;
use crate::inbox::House;
use crate::inbox::fault::Fault;
use crate::inbox::prove;
use crate::inbox::refusals::Refused;
use crate::inbox::session::SignedIn;
use crate::storage::InboxRow;
use crate::storage::ItemDetail;
use crate::storage::StoreError;
use std::time::Duration;

/// How long an opening that a second person has agreed to holds, and how long asking for one does.
pub(super) const SECOND_HOLDS: Duration = Duration::from_secs(8 * 60 * 60);

/// A case, and how far the person may go with it. Having it is not being allowed to show it: see [`require`].
pub(super) struct Looked {
    pub detail: ItemDetail,
    /// It has been lifted to the members of its unit.
    pub lifted: bool,
    /// The person is one of its coordinators today.
    pub coordinates: bool,
    /// Whether the person may be the second who agrees.
    pub may_agree: bool,
    see: Access,
    read: Access,
    work: Access,
}

impl Looked {
    pub(super) const fn may(&self, wish: Wish) -> Result<(), Denial> {
        let access = match wish {
            Wish::See => self.see,
            Wish::Read => self.read,
            Wish::Work => self.work,
        };
        match access {
            Access::Granted(_) => Ok(()),
            Access::Denied(why) => Err(why),
        }
    }
}

/// Loads a case of any unit that the person belongs to or has belonged to.
pub(super) async fn look(house: &House, who: &SignedIn, id: ItemId) -> Result<Looked, Fault> {
    let fault = |it| Fault::store(who.language, it);
    let units: Vec<UnitId> = who.memberships.iter().map(|it| it.unit.clone()).collect();
    let mut detail = house.inbox.items.item(id, &units).await.map_err(fault)?;
    let mut about: Vec<ItemId> = detail.earlier.iter().map(|it| it.id).collect();
    about.push(id);
    let lifted = house.inbox.people.lifted(&about).await.map_err(fault)?;
    let coordinated = coordinated(house, who, &about).await.map_err(fault)?;
    let tied = Tied { lifted: &lifted, coordinated: &coordinated };
    let second = if detail.row.protected {
        let since = who.at.minus(SECOND_HOLDS);
        house.inbox.openings.second_person(id, who.user.id, since).await.map_err(fault)?
    } else {
        SecondPerson::NotAsked
    };
    let case = facts(&detail.row, who, tied, second);
    let coordinates = case.coordinates;
    let ask = |wish| domain::decide(&who.memberships, &case, wish, who.at);
    let (see, read, work) = (ask(Wish::See), ask(Wish::Read), ask(Wish::Work));
    let may_agree = domain::may_agree(&who.memberships, &case, who.at);
    if matches!(see, Access::Granted(_)) {
        who.caller.has_been_let_in();
    }
    // Need to know: the other reports about the same person are shown to those who see them anyway.
    detail.earlier.retain(|it| {
        let case = facts(it, who, tied, SecondPerson::NotAsked);
        matches!(domain::decide(&who.memberships, &case, Wish::See, who.at), Access::Granted(_))
    });
    Ok(Looked { lifted: lifted.contains(&id), coordinates, may_agree, see, read, work, detail })
}

/// Those of `rows` that the person sees.
pub(super) async fn seen(house: &House, who: &SignedIn, rows: Vec<InboxRow>) -> Result<Vec<InboxRow>, StoreError> {
    let ids: Vec<ItemId> = rows.iter().map(|it| it.id).collect();
    let lifted = house.inbox.people.lifted(&ids).await?;
    let coordinated = coordinated(house, who, &ids).await?;
    let tied = Tied { lifted: &lifted, coordinated: &coordinated };
    let sees = |it: &InboxRow| {
        let case = facts(it, who, tied, SecondPerson::NotAsked);
        matches!(domain::decide(&who.memberships, &case, Wish::See, who.at), Access::Granted(_))
    };
    Ok(rows.into_iter().filter(sees).collect())
}

/// What ties some cases to others than those who see them all.
#[derive(Clone, Copy)]
struct Tied<'a> {
    /// Those that have been lifted.
    lifted: &'a [ItemId],
    /// Those that the person coordinates today.
    coordinated: &'a [ItemId],
}

/// Those of `items` that the person coordinates today. It gives access to those who are coordinators by role, and to nobody else.
async fn coordinated(house: &House, who: &SignedIn, items: &[ItemId]) -> Result<Vec<ItemId>, StoreError> {
    match domain::units_as(&who.memberships, Role::Coordinator, who.at).is_empty() {
        true => Ok(Vec::new()),
        false => house.inbox.people.coordinated(items, who.user.id).await,
    }
}

fn facts<'a>(row: &'a InboxRow, who: &SignedIn, tied: Tied<'_>, second: SecondPerson) -> CaseFacts<'a> {
    CaseFacts {
        item: row.id,
        unit: &row.unit,
        own: row.responsible.as_ref().is_some_and(|it| it.id == who.user.id),
        coordinates: tied.coordinated.contains(&row.id),
        lifted: tied.lifted.contains(&row.id),
        graded: row.protected,
        second,
    }
}

/// Goes on only if the person may. Every no is in the journal: who wanted what, and why not.
pub(super) async fn require(house: &House, who: &SignedIn, looked: &Looked, wish: Wish) -> Result<(), Fault> {
    let Err(why) = looked.may(wish) else {
        // By role yes; but content asks that the person has just proved, and strongly enough, who they are.
        return if wish > Wish::See && !prove::is_enough(house, who) {
            Err(Fault::prove(who.language, format!("/items/{}", looked.detail.row.id)))
        } else {
            Ok(())
        };
    };
    let wanted = match wish {
        Wish::See => "see",
        Wish::Read => "read",
        Wish::Work => "work",
    };
    deny(house, who, looked, wanted, why).await
}

/// How far one must be let in to do something of this kind.
const fn wish_behind(kind: ActKind) -> Wish {
    if domain::needs_reading(kind) { Wish::Read } else { Wish::See }
}

/// Whether the person may do something of this kind with the case, whatever state it is in.
pub(super) fn may_act(who: &SignedIn, looked: &Looked, kind: ActKind) -> bool {
    let row = &looked.detail.row;
    // A graded case is never read by many.
    if kind == ActKind::Lift && row.protected {
        return false;
    }
    let roles = domain::roles_at(&who.memberships, &row.unit, row.id, who.at);
    let reads = looked.may(wish_behind(kind)).is_ok() && roles.iter().any(|it| domain::may(*it, kind));
    reads || acts_unread(who, looked, kind)
}

/// Whether the person does it by a role that never opens a report. A graded case is not touched so.
fn acts_unread(who: &SignedIn, looked: &Looked, kind: ActKind) -> bool {
    let row = &looked.detail.row;
    let roles = domain::roles_at(&who.memberships, &row.unit, row.id, who.at);
    looked.may(Wish::See).is_ok() && !row.protected && roles.iter().any(|it| domain::acts_unread(*it, kind))
}

/// Goes on only if the person may do something of this kind. Every no is in the journal.
pub(super) async fn require_act(house: &House, who: &SignedIn, looked: &Looked, kind: ActKind) -> Result<(), Fault> {
    let wish = if acts_unread(who, looked, kind) { Wish::See } else { wish_behind(kind) };
    require(house, who, looked, wish).await?;
    if may_act(who, looked, kind) {
        return Ok(());
    }
    deny(house, who, looked, kind.label(), Denial::NotByRole).await
}

/// The no itself, in the journal: who wanted what, and why not.
pub(super) async fn deny(
    house: &House,
    who: &SignedIn,
    looked: &Looked,
    wanted: &str,
    why: Denial,
) -> Result<(), Fault> {
    let reason = match why {
        Denial::Unknown => "not theirs",
        Denial::Ended => "access has ended",
        Denial::NotByRole => "not by role",
        Denial::SecondPerson(_) => "no second person has agreed",
    };
    let (message, detail) = (Some(looked.detail.row.message), format!("{wanted}: {reason}"));
    let refused = Refused { action: "access_denied", message, detail };
    house.tell_refused(who.user.id, who.actor(), refused).await.map_err(|it| Fault::store(who.language, it))?;
    who.caller.has_been_told();
    Err(Fault::denied(who.language, why))
}
