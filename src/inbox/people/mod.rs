//! The people of a unit: who has which role, from when until when; giving and ending roles.

mod form;
mod page;

use crate::domain;
use crate::domain::CaseFacts;
use crate::domain::Clearance;
use crate::domain::Membership;
use crate::domain::Role;
use crate::domain::SecondPerson;
use crate::domain::Sight;
use crate::domain::Which;
use crate::inbox::House;
use crate::inbox::fault::Fault;
use crate::inbox::second;
use crate::inbox::session::SignedIn;
use crate::inbox::texts::Words;
use crate::storage::API_LOGIN_PREFIX;
use crate::storage::InboxRow;
use crate::storage::StoreError;
use axum::Router;
use axum::routing::get;
use axum::routing::post;
use std::collections::BTreeSet;
use std::sync::Arc;

pub(super) const PATH: &str = "/people";

pub(super) fn routes() -> Router<Arc<House>> {
    Router::new()
        .route(PATH, get(page::show))
        .route("/people/give", post(form::give))
        .route("/people/link", post(form::link))
        .route("/people/{membership}/end", post(form::end))
}

/// Whether the person keeps the people of any unit.
pub(super) fn keeps_people(who: &SignedIn) -> bool {
    who.memberships.iter().any(|it| it.holds(who.at) && Role::ALL.into_iter().any(|role| it.role.may_give(role)))
}

/// Something to say above a list.
pub(super) struct Hint {
    pub text: String,
    pub href: Option<String>,
    pub link: &'static str,
}

/// That somebody waits for this person as the second, and that there are cases that only others see.
pub(super) async fn hints(house: &House, who: &SignedIn) -> Result<Vec<Hint>, Fault> {
    let (t, fault) = (Words(who.language), |it: StoreError| Fault::store(who.language, it));
    let mut hints = Vec::new();
    let waiting = second::count(house, who).await.map_err(fault)?;
    if waiting > 0 {
        hints.push(Hint {
            text: t.second_waiting(waiting),
            href: Some(second::PATH.to_owned()),
            link: t.second_link(),
        });
    }
    let newly = second::newly_cleared(house, who).await.map_err(fault)?;
    let newly: BTreeSet<_> = newly.iter().map(|it| it.who.id).filter(|it| *it != who.user.id).collect();
    let newly = newly.len();
    if newly > 0 {
        hints.push(Hint { text: t.cleared_lately(newly), href: Some(second::PATH.to_owned()), link: t.second_link() });
    }
    let mut narrow = who.sights();
    narrow.retain(|it| it.which == Which::All && it.clearance == Clearance::Ordinary);
    if !narrow.is_empty() {
        let whole: Vec<Sight> = narrow.iter().map(|it| Sight::whole(it.unit.clone())).collect();
        let seen = house.inbox.people.seen_counts(&narrow, who.user.id).await.map_err(fault)?;
        let all = house.inbox.people.seen_counts(&whole, who.user.id).await.map_err(fault)?;
        let open = |it: crate::storage::InboxCounts| it.unread + it.opened + it.taken;
        let hidden = open(all).saturating_sub(open(seen));
        if hidden > 0 {
            let href = keeps_people(who).then(|| PATH.to_owned());
            hints.push(Hint { text: t.graded_hidden(hidden), href, link: t.manual_people_link() });
        }
    }
    Ok(hints)
}

/// What a case is given to somebody as.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum GivenAs {
    /// To be responsible for it.
    Responsible,
    /// To coordinate, for a time.
    Coordinator,
}

/// Those who can be given a case of this unit. Id and name, by name.
pub(super) async fn who_can_have(
    house: &House,
    who: &SignedIn,
    row: &InboxRow,
    given_as: GivenAs,
) -> Result<Vec<(String, String)>, StoreError> {
    let case = CaseFacts {
        item: row.id,
        unit: &row.unit,
        own: false,
        coordinates: false,
        lifted: false,
        graded: row.protected,
        second: SecondPerson::NotAsked,
    };
    let takes = |held: &[Membership]| match given_as {
        GivenAs::Responsible => domain::can_be_given(held, &case, who.at),
        GivenAs::Coordinator => domain::can_coordinate(held, &case, who.at),
    };
    // One gives nothing to oneself, and may well be the coordinator.
    let other = |id| given_as == GivenAs::Coordinator || id != who.user.id;
    let people = house.inbox.people.people_of(std::slice::from_ref(&row.unit)).await?;
    let able = people.into_iter().filter(|(user, held)| other(user.id) && user.ended_at.is_none() && takes(held));
    let able = able.filter(|(user, _)| !user.login.starts_with(API_LOGIN_PREFIX));
    let mut able: Vec<_> = able.map(|(user, _)| (user.id.to_string(), user.display_name)).collect();
    able.sort_by(|one, other| one.1.cmp(&other.1));
    Ok(able)
}
