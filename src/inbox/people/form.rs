//! Giving a role, ending one, and making a new one-time link.

use super::page;
use super::page::Filled;
use super::page::Link;
use super::page::Said;
use crate::domain;
use crate::domain::Clearance;
use crate::domain::Denial;
use crate::domain::GrantRefused;
use crate::domain::ItemId;
use crate::domain::Membership;
use crate::domain::MembershipId;
use crate::domain::Receiver;
use crate::domain::Reference;
use crate::domain::Role;
use crate::domain::Sight;
use crate::domain::Timestamp;
use crate::domain::UnitId;
use crate::domain::norway;
use crate::inbox::House;
use crate::inbox::fault::Fault;
use crate::inbox::form::Posted;
use crate::inbox::form::Sent;
use crate::inbox::kept;
use crate::inbox::session::SignedIn;
use crate::inbox::texts::Words;
use crate::inbox::token::Token;
use crate::storage::API_LOGIN_PREFIX;
use crate::storage::InboxQuery;
use crate::storage::StoreError;
use crate::storage::User;
use crate::storage::UserId;
use crate::storage::is_name_at_work;
use crate::storage::login_name;
use axum::extract::Path;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::response::Redirect;
use axum::response::Response;
use jiff::civil::Date;
use serde::Deserialize;
use std::sync::Arc;
use std::time::Duration;
use uuid::Uuid;

pub(super) const GIVE: &str = "/people/give";
pub(super) const LINK: &str = "/people/link";

/// How long a one-time link can be used.
const LINK_HOLDS: Duration = Duration::from_secs(72 * 60 * 60);
const LOGIN_CHARACTERS_MAX: usize = 60;

pub(super) fn end_action(id: MembershipId) -> String {
    format!("/people/{}/end", id.0)
}

/// Why nothing was done.
enum Undone {
    /// Said on the page, with what was typed: the fields, and what is wrong with each.
    Said(Vec<Wrong>),
    Store(StoreError),
}

/// A field by its id, and what is wrong with it.
pub(super) type Wrong = (&'static str, &'static str);

fn wrong(field: &'static str, said: &'static str) -> Undone {
    Undone::Said(vec![(field, said)])
}

/// The field that can mend what is refused.
const fn field_of(why: GrantRefused) -> &'static str {
    match why {
        GrantRefused::OneSelf => "people-login",
        GrantRefused::NotByRole => "people-role",
        GrantRefused::GuestWithoutCase => "people-case",
        GrantRefused::GuestCleared | GrantRefused::NotCleared => "people-cleared",
        GrantRefused::NeverHolds => "people-to",
    }
}

impl From<StoreError> for Undone {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// Gives a role to somebody, making the account first when it is new.
pub(super) async fn give(State(house): State<Arc<House>>, Sent(who, filled): Sent<Filled>) -> Result<Response, Fault> {
    if who.check_key(GIVE, &filled.key).is_err() {
        // Of a session that is gone: nothing is done, and what was written stays.
        let said = Said { errors: vec![("give", Words(who.language).kept_again())], filled, ..Said::default() };
        return page::draw(&house, &who, kept::AGAIN, said).await;
    }
    match try_give(&house, &who, &filled).await {
        Ok(None) => Ok(Redirect::to("/people?done=given").into_response()),
        Ok(Some(link)) => {
            let done = Some(Words(who.language).people_given());
            page::draw(&house, &who, StatusCode::OK, Said { done, link: Some(link), ..Said::default() }).await
        }
        Err(Undone::Said(errors)) => {
            let said = Said { errors, filled, ..Said::default() };
            page::draw(&house, &who, StatusCode::UNPROCESSABLE_ENTITY, said).await
        }
        Err(Undone::Store(error)) => Err(Fault::store(who.language, error)),
    }
}

/// A link is given when the account is new.
async fn try_give(house: &House, who: &SignedIn, filled: &Filled) -> Result<Option<Link>, Undone> {
    let t = Words(who.language);
    let (accounts, people) = (&house.inbox.accounts, &house.inbox.people);
    let login = login_name(&filled.login);
    let length = login.chars().count();
    let is_login = (2..=LOGIN_CHARACTERS_MAX).contains(&length) && !login.contains(char::is_whitespace);
    let known = if is_login { accounts.user_by_login(&login).await? } else { None };
    let mut errors = Vec::new();
    if !is_login {
        errors.push(("people-login", t.grant_login()));
    }
    // Neither a role to a system, which reads what the operator has said, nor a person who looks like one.
    if login.starts_with(API_LOGIN_PREFIX) {
        errors.push(("people-login", t.grant_system()));
    }
    let name = filled.name.trim();
    if known.is_none() && !is_name_at_work(name) {
        errors.push(("people-name", t.grant_name()));
    }
    let wanted = match wanted(house, who, filled).await {
        Ok(wanted) if errors.is_empty() => wanted,
        Ok(_) => return Err(Undone::Said(errors)),
        Err(Undone::Said(more)) => {
            errors.extend(more);
            return Err(Undone::Said(errors));
        }
        Err(Undone::Store(error)) => return Err(error.into()),
    };
    let receiver =
        if known.as_ref().is_some_and(|it| it.id == who.user.id) { Receiver::OneSelf } else { Receiver::Another };
    if let Err(why) = domain::check_grant(&who.memberships, receiver, &wanted, who.at) {
        return Err(wrong(field_of(why), t.grant_refused(why)));
    }
    let replaced = replaced(house, who, filled).await?;

    let (user, is_new) = match known {
        Some(user) if user.ended_at.is_some() => return Err(wrong("people-login", t.grant_has_ended())),
        Some(user) => {
            let held = people.memberships(user.id).await?;
            let same = |it: &Membership| {
                it.unit == wanted.unit && it.role == wanted.role && it.case == wanted.case && it.holds(who.at)
            };
            if held.iter().any(same) {
                return Err(wrong("people-role", t.grant_has_it()));
            }
            (user, false)
        }
        None => (add(house, who, login, name).await?, true),
    };
    people.grant(user.id, &wanted, &who.actor(), house.now()).await?;
    if let Some(replaced) = replaced {
        match people.end_membership(replaced, Some(user.id), &who.actor(), house.now()).await {
            // Somebody else was quicker: it has ended, which is what was wanted.
            Ok(_) | Err(StoreError::Absent) => {}
            Err(error) => return Err(error.into()),
        }
    }
    if is_new { Ok(Some(make_link(house, who, user).await?)) } else { Ok(None) }
}

async fn add(house: &House, who: &SignedIn, login: String, name: &str) -> Result<User, Undone> {
    let id = UserId(Uuid::now_v7());
    let user = User { id, login, display_name: name.to_owned(), units: Vec::new(), ended_at: None };
    if !house.inbox.accounts.add_user(&user, house.now()).await? {
        return Err(wrong("people-login", Words(who.language).grant_has_it()));
    }
    house.journal(who.actor(), "user_added", &user.login).await?;
    Ok(user)
}

async fn make_link(house: &House, who: &SignedIn, user: User) -> Result<Link, StoreError> {
    let (token, maker) = (Token::generate(), Some(who.user.id));
    house.inbox.accounts.add_link(token.sha256(), user.id, maker, house.now().plus(LINK_HOLDS)).await?;
    let inbox = house.config().public_address.trim_end_matches('/');
    Ok(Link { name: user.display_name, address: format!("{inbox}/first/{}", token.text().reveal()) })
}

/// The membership as the form says it.
async fn wanted(house: &House, who: &SignedIn, filled: &Filled) -> Result<Membership, Undone> {
    let t = Words(who.language);
    let unit = UnitId(filled.unit.clone());
    // Before anything is looked up there.
    if !page::kept_units(who).contains(&unit) {
        return Err(wrong("people-unit", t.grant_not_by_role()));
    }
    let role = Role::from_label(&filled.role).ok_or_else(|| wrong("people-role", t.grant_not_by_role()))?;
    let mut errors = Vec::new();
    let from = match filled.from.trim() {
        "" => who.at,
        text => begins(text).unwrap_or_else(|| {
            errors.push(("people-from", t.grant_date()));
            who.at
        }),
    };
    let to = match filled.to.trim() {
        "" => None,
        text => ends(text).or_else(|| {
            errors.push(("people-to", t.grant_date()));
            None
        }),
    };
    if to.is_some_and(|it| it <= who.at || it <= from) {
        errors.push(("people-to", t.grant_never()));
    }
    let case = match filled.case.trim() {
        "" => None,
        text => case_of(house, &unit, text).await?,
    };
    if case.is_none() && !filled.case.trim().is_empty() {
        errors.push(("people-case", t.grant_no_case()));
    }
    if role == Role::Guest {
        if filled.case.trim().is_empty() {
            errors.push(("people-case", t.grant_guest_case()));
        }
        if filled.to.trim().is_empty() {
            errors.push(("people-to", t.grant_guest_to()));
        }
    } else if case.is_some() {
        errors.push(("people-case", t.grant_case_only_guest()));
    }
    if !errors.is_empty() {
        return Err(Undone::Said(errors));
    }
    let clearance = if filled.cleared.is_empty() { Clearance::Ordinary } else { Clearance::Graded };
    Ok(Membership { id: MembershipId(0), unit, role, case, clearance, from, to })
}

async fn case_of(house: &House, unit: &UnitId, text: &str) -> Result<Option<ItemId>, StoreError> {
    let Some(reference) = Reference::parse(text) else { return Ok(None) };
    let query = InboxQuery { reference: Some(reference), ..InboxQuery::first(1) };
    // Nobody invites a guest to a graded case.
    let sight = Sight { clearance: Clearance::Ordinary, ..Sight::whole(unit.clone()) };
    let rows = house.inbox.people.seen_page(&[sight], UserId(Uuid::nil()), &query).await?;
    Ok(rows.first().map(|it| it.id))
}

/// The membership that is to end when the new one begins.
async fn replaced(house: &House, who: &SignedIn, filled: &Filled) -> Result<Option<MembershipId>, Undone> {
    if filled.replaces.is_empty() {
        return Ok(None);
    }
    let not_theirs = || wrong("people-replaces", Words(who.language).grant_not_by_role());
    let id = MembershipId(filled.replaces.parse().map_err(|_| not_theirs())?);
    if is_theirs_to_end(house, who, id).await? { Ok(Some(id)) } else { Err(not_theirs()) }
}

async fn is_theirs_to_end(house: &House, who: &SignedIn, id: MembershipId) -> Result<bool, StoreError> {
    let all = house.inbox.people.people_of(&page::kept_units(who)).await?;
    Ok(all.iter().any(|(_, held)| held.iter().any(|it| it.id == id && page::may_end(who, it))))
}

/// The first moment of the day in Norway.
fn begins(text: &str) -> Option<Timestamp> {
    let day: Date = text.parse().ok()?;
    Some(Timestamp::from_jiff(day.to_zoned(norway()).ok()?.timestamp()))
}

/// The first moment after the day.
fn ends(text: &str) -> Option<Timestamp> {
    let day: Date = text.parse().ok()?;
    Some(Timestamp::from_jiff(day.tomorrow().ok()?.to_zoned(norway()).ok()?.timestamp()))
}

#[derive(Deserialize)]
pub(super) struct EndForm {
    key: String,
}

/// Ends a role now.
pub(super) async fn end(
    State(house): State<Arc<House>>,
    who: SignedIn,
    Path(id): Path<u64>,
    Posted(form): Posted<EndForm>,
) -> Result<Response, Fault> {
    let id = MembershipId(id);
    who.check_key(&end_action(id), &form.key)?;
    let fault = |it| Fault::store(who.language, it);
    if !is_theirs_to_end(&house, &who, id).await.map_err(fault)? {
        return Ok(Redirect::to("/people?done=was_ended").into_response());
    }
    match house.inbox.people.end_membership(id, None, &who.actor(), house.now()).await {
        Ok(_) => Ok(Redirect::to("/people?done=ended").into_response()),
        Err(StoreError::Absent) => Ok(Redirect::to("/people?done=was_ended").into_response()),
        Err(error) => Err(fault(error)),
    }
}

#[derive(Deserialize)]
pub(super) struct LinkForm {
    login: String,
    key: String,
}

/// Makes a new one-time link for one who has lost the password.
pub(super) async fn link(
    State(house): State<Arc<House>>,
    who: SignedIn,
    Posted(form): Posted<LinkForm>,
) -> Result<Response, Fault> {
    who.check_key(LINK, &form.key)?;
    let fault = |it| Fault::store(who.language, it);
    let user = house.inbox.accounts.user_by_login(&login_name(&form.login)).await.map_err(fault)?;
    let user = user.ok_or_else(|| Fault::absent(who.language))?;
    let held = house.inbox.people.memberships(user.id).await.map_err(fault)?;
    if held.is_empty() || page::link_by(&who, &user, &held) != page::LinkBy::This {
        return Err(Fault::denied(who.language, Denial::NotByRole));
    }
    house.journal(who.actor(), "user_link_made", &user.login).await.map_err(fault)?;
    let link = make_link(&house, &who, user).await.map_err(fault)?;
    page::draw(&house, &who, StatusCode::OK, Said { link: Some(link), ..Said::default() }).await
}

#[cfg(test)]
mod tests {
    use super::begins;
    use super::ends;

    #[test]
    fn a_day_is_a_day_in_norway_and_the_last_one_counts() {
        assert_eq!(begins("2026-11-21").unwrap().to_string(), "2026-11-20T23:00:00.000000Z");
        assert_eq!(ends("2026-11-21").unwrap().to_string(), "2026-11-21T23:00:00.000000Z");
        assert_eq!(ends("2026-06-30").unwrap().to_string(), "2026-06-30T22:00:00.000000Z");
        for wrong in ["21.11.2026", "2026-02-30", ""] {
            assert_eq!((begins(wrong), ends(wrong)), (None, None), "{wrong}");
        }
    }
}
