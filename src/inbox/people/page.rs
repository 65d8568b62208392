//! The page of people and roles.

use crate::domain;
use crate::domain::Clearance;
use crate::domain::Cleared;
use crate::domain::Membership;
use crate::domain::Role;
use crate::domain::Sight;
use crate::domain::Standing;
use crate::domain::Timestamp;
use crate::domain::UnitId;
use crate::inbox::House;
use crate::inbox::fault::Fault;
use crate::inbox::icon::Icon;
use crate::inbox::moment;
use crate::inbox::people;
use crate::inbox::people::form::Wrong;
use crate::inbox::session::SignedIn;
use crate::inbox::texts::Words;
use crate::inbox::view::Page;
use crate::inbox::view::html;
use crate::inbox::view::unit_name_in;
use crate::storage::API_LOGIN_PREFIX;
use crate::storage::Clearing;
use crate::storage::OpenCases;
use crate::storage::User;
use crate::storage::UserId;
use crate::storage::cleared_in;
use askama::Template;
use axum::extract::Query;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;
use uuid::Uuid;

#[derive(Template)]
#[template(path = "people.html")]
struct PeoplePage {
    page: Page,
    t: Words,
    said: Option<&'static str>,
    errors: Vec<Wrong>,
    link: Option<Link>,
    units: Vec<UnitView>,
    choices: Vec<Choice>,
    roles: Vec<Choice>,
    replaceable: Vec<Choice>,
    give_key: String,
    /// Whether the person may clear anybody in any of the units.
    may_clear: bool,
    filled: Filled,
}

impl PeoplePage {
    /// What is wrong with a field.
    fn wrong(&self, field: &str) -> Option<&'static str> {
        self.errors.iter().find(|it| it.0 == field).map(|it| it.1)
    }

    /// What describes a field for those who cannot see where it stands, and that it is wrong.
    fn described(&self, field: &str, hint: &str) -> String {
        let error = self.wrong(field).map(|_| format!("{field}-error"));
        let by: Vec<String> =
            Some(hint.to_owned()).filter(|it| !it.is_empty()).into_iter().chain(error.clone()).collect();
        let described = if by.is_empty() { String::new() } else { format!(" aria-describedby=\"{}\"", by.join(" ")) };
        described + if error.is_some() { " aria-invalid=\"true\"" } else { "" }
    }
}

/// A one-time link to hand over.
pub(super) struct Link {
    pub name: String,
    pub address: String,
}

struct UnitView {
    name: String,
    few_cleared: bool,
    now: Vec<Row>,
    past: Vec<Row>,
}

struct Row {
    name: String,
    login: String,
    role: &'static str,
    from: String,
    to: String,
    cleared: bool,
    /// That whoever cleared the person is cleared here no more.
    on_ended: Option<String>,
    not_yet: bool,
    end: Option<(String, String)>,
    /// How many open cases would be nobody's.
    open: Option<String>,
    /// What comes of ending it: for whom, and for the unit.
    end_asks: Vec<&'static str>,
    link_key: Option<String>,
    /// A new link is the operator's to make.
    link_by_operator: bool,
    /// That only the operator makes a link, since the person has roles elsewhere.
    link_elsewhere: bool,
}

struct Choice {
    value: String,
    name: String,
    chosen: bool,
}

/// What was typed, to be drawn again when something was wrong with it.
#[derive(Clone, Default, Deserialize)]
pub(super) struct Filled {
    #[serde(default)]
    pub unit: String,
    #[serde(default)]
    pub login: String,
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub role: String,
    #[serde(default)]
    pub from: String,
    #[serde(default)]
    pub to: String,
    #[serde(default)]
    pub case: String,
    #[serde(default)]
    pub cleared: String,
    #[serde(default)]
    pub replaces: String,
    #[serde(default)]
    pub key: String,
}

/// What is said on top.
#[derive(Default)]
pub(super) struct Said {
    pub done: Option<&'static str>,
    pub errors: Vec<Wrong>,
    pub link: Option<Link>,
    pub filled: Filled,
}

#[derive(Deserialize)]
pub(super) struct PeopleQuery {
    done: Option<String>,
}

pub(super) async fn show(
    State(house): State<Arc<House>>,
    who: SignedIn,
    Query(query): Query<PeopleQuery>,
) -> Result<Response, Fault> {
    let t = Words(who.language);
    let done = match query.done.as_deref() {
        Some("given") => Some(t.people_given()),
        Some("ended") => Some(t.people_ended()),
        Some("was_ended") => Some(t.people_was_ended()),
        Some(_) | None => None,
    };
    draw(&house, &who, StatusCode::OK, Said { done, ..Said::default() }).await
}

/// Draws the page for one who keeps the people of at least one unit.
pub(super) async fn draw(house: &House, who: &SignedIn, status: StatusCode, said: Said) -> Result<Response, Fault> {
    let t = Words(who.language);
    if !people::keeps_people(who) {
        return Err(Fault::denied(who.language, domain::Denial::NotByRole));
    }
    let kept = kept_units(who);
    let all = house.inbox.people.people_of(&kept).await.map_err(|it| Fault::store(who.language, it))?;
    // To be told that somebody has a graded case is for the cleared alone.
    let sights: Vec<Sight> = kept
        .iter()
        .map(|unit| Sight {
            clearance: domain::clearance(&who.memberships, unit, who.at),
            ..Sight::whole(unit.clone())
        })
        .collect();
    let open = house.inbox.people.open_cases(&sights).await.map_err(|it| Fault::store(who.language, it))?;
    // A link opens every door of a person: whoever has roles elsewhere too is asked of another.
    let mut links = HashMap::new();
    for (user, _) in all.iter().filter(|(user, held)| link_by(who, user, held) != LinkBy::Other) {
        let everywhere = house.inbox.people.memberships(user.id).await.map_err(|it| Fault::store(who.language, it))?;
        let by = match link_by(who, user, &everywhere) {
            LinkBy::Other => LinkBy::Elsewhere,
            by @ (LinkBy::This | LinkBy::Operator | LinkBy::Elsewhere) => by,
        };
        links.insert(user.id, by);
    }
    let clearings = house.inbox.people.clearings(&kept).await.map_err(|it| Fault::store(who.language, it))?;
    let filled = said.filled;
    let choice = |unit: &UnitId| Choice {
        value: unit.0.clone(),
        name: unit_name_in(house, unit, who.language),
        chosen: unit.0 == filled.unit,
    };
    let given = |role: &Role| kept.iter().any(|unit| domain::may_keep(&who.memberships, unit, *role, who.at));
    let page = PeoplePage {
        page: Page::signed_in(house, who, t.people()),
        t,
        said: said.done,
        errors: said.errors,
        link: said.link,
        units: kept.iter().map(|it| unit_view(house, who, it, &all, &open, &clearings, &links)).collect(),
        choices: kept.iter().map(choice).collect(),
        roles: Role::ALL
            .into_iter()
            .filter(given)
            .map(|it| Choice {
                value: it.label().to_owned(),
                name: t.role(it).to_owned(),
                chosen: it.label() == filled.role,
            })
            .collect(),
        replaceable: replaceable(house, who, &all, &filled),
        give_key: who.draw_key(super::form::GIVE),
        may_clear: kept.iter().any(|it| domain::clearance(&who.memberships, it, who.at) == Clearance::Graded),
        filled,
    };
    Ok(html(status, &page))
}

/// The units whose people this person keeps.
pub(super) fn kept_units(who: &SignedIn) -> Vec<UnitId> {
    let keeps = |it: &&Membership| it.holds(who.at) && Role::ALL.into_iter().any(|role| it.role.may_give(role));
    let mut units: Vec<UnitId> = who.memberships.iter().filter(keeps).map(|it| it.unit.clone()).collect();
    units.sort_unstable();
    units.dedup();
    units
}

fn replaceable(house: &House, who: &SignedIn, all: &[(User, Vec<Membership>)], filled: &Filled) -> Vec<Choice> {
    let t = Words(who.language);
    let mut choices = Vec::new();
    for (user, held) in all {
        for it in held.iter().filter(|it| may_end(who, it)) {
            let value = it.id.0.to_string();
            let unit = unit_name_in(house, &it.unit, who.language);
            let name = format!("{} – {} – {unit}", user.display_name, t.role(it.role));
            choices.push(Choice { chosen: value == filled.replaces, value, name });
        }
    }
    choices
}

/// Whether this person may end that membership. One's own can be ended too: leaving needs nobody's leave.
pub(super) fn may_end(who: &SignedIn, membership: &Membership) -> bool {
    membership.standing(who.at) != Standing::Ended
        && domain::may_keep(&who.memberships, &membership.unit, membership.role, who.at)
}

/// Who makes a one-time link for somebody.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum LinkBy {
    This,
    /// They have roles where this person is not administrator.
    Elsewhere,
    /// They are cleared: a link is a way to what they are cleared for, and its maker would be two with themselves.
    Operator,
    /// Not this person, who is not told more.
    Other,
}

/// Whether this person makes one-time links for another: only one who is directory administrator wherever the other has a role,
/// or the link would open doors elsewhere; and for those who are cleared anywhere, the operator alone.
pub(super) fn link_by(who: &SignedIn, user: &User, all: &[Membership]) -> LinkBy {
    let is_administrator =
        |unit: &UnitId| domain::units_as(&who.memberships, Role::DirectoryAdministrator, who.at).contains(unit);
    let mut live = all.iter().filter(|it| it.standing(who.at) != Standing::Ended).peekable();
    // One who has no role any more is nobody's here.
    let has_any = live.peek().is_some();
    let is_person = !user.login.starts_with(API_LOGIN_PREFIX);
    let may = is_person
        && user.id != who.user.id
        && user.ended_at.is_none()
        && has_any
        && live.all(|it| is_administrator(&it.unit));
    let is_cleared = all.iter().any(|it| it.standing(who.at) != Standing::Ended && it.clearance == Clearance::Graded);
    match (may, is_cleared) {
        (true, false) => LinkBy::This,
        (true, true) => LinkBy::Operator,
        (false, _) => LinkBy::Other,
    }
}

fn unit_view(
    house: &House,
    who: &SignedIn,
    unit: &UnitId,
    all: &[(User, Vec<Membership>)],
    open: &[OpenCases],
    clearings: &[Clearing],
    links: &HashMap<UserId, LinkBy>,
) -> UnitView {
    let t = Words(who.language);
    let cleared = cleared_in(clearings, unit, who.at);
    let (mut now, mut past) = (Vec::new(), Vec::new());
    let keeps = |it: &Membership| {
        it.unit == *unit && it.role == Role::DirectoryAdministrator && it.holds(who.at) && it.to.is_none()
    };
    let keepers = all.iter().filter(|(user, held)| user.ended_at.is_none() && held.iter().any(keeps)).count();
    for (user, held) in all {
        let link = links.get(&user.id).copied().unwrap_or(LinkBy::Other);
        let cases = open.iter().find(|it| it.who == user.id && it.unit == *unit);
        for it in held.iter().filter(|it| it.unit == *unit) {
            let ended = it.standing(who.at) == Standing::Ended || user.ended_at.is_some();
            let end = may_end(who, it).then(|| {
                let action = super::form::end_action(it.id);
                let key = who.draw_key(&action);
                (action, key)
            });
            let row = Row {
                name: user.display_name.clone(),
                login: user.login.clone(),
                role: t.role(it.role),
                from: day(it.from, who),
                to: it.to.map_or_else(|| t.people_no_end().to_owned(), |to| last_day(to, who)),
                cleared: it.clearance == Clearance::Graded,
                on_ended: on_ended(&cleared, user, clearings)
                    .filter(|_| it.clearance == Clearance::Graded)
                    .map(|by| t.cleared_on_ended(&by)),
                not_yet: it.standing(who.at) == Standing::NotYet,
                end: end.filter(|_| !ended),
                open: cases.map(|it| t.open_cases(&user.display_name, it.count)),
                end_asks: [
                    Some(t.people_end_at_once()),
                    (user.id == who.user.id).then(|| t.people_end_oneself()),
                    (keeps(it) && keepers == 1).then(|| t.people_end_last()),
                ]
                .into_iter()
                .flatten()
                .collect(),
                link_key: (!ended && link == LinkBy::This).then(|| who.draw_key(super::form::LINK)),
                link_by_operator: !ended && link == LinkBy::Operator,
                link_elsewhere: !ended && link == LinkBy::Elsewhere,
            };
            if ended { past.push(row) } else { now.push(row) }
        }
    }
    UnitView {
        name: unit_name_in(house, unit, who.language),
        few_cleared: !can_open_graded(&cleared, unit, all, who.at),
        now,
        past,
    }
}

/// Whether any two people of the unit open a graded case together. A case system agrees to nothing, and opens nothing for them.
fn can_open_graded(cleared: &[Cleared], unit: &UnitId, all: &[(User, Vec<Membership>)], now: Timestamp) -> bool {
    let people = || all.iter().filter(|(user, _)| !user.login.starts_with(API_LOGIN_PREFIX));
    let ids = |may: fn(&[Membership], &UnitId, Timestamp) -> bool| -> Vec<Uuid> {
        people().filter(|(_, held)| may(held, unit, now)).map(|(user, _)| user.id.0).collect()
    };
    domain::has_two(cleared, &ids(domain::opens_graded), &ids(domain::agrees_to_graded))
}

/// Those on whose word the person is cleared, when none of them is cleared any more.
fn on_ended(cleared: &[Cleared], user: &User, clearings: &[Clearing]) -> Option<String> {
    let givers = &cleared.iter().find(|it| it.who == user.id.0)?.on_ended;
    let name = |giver: &Uuid| clearings.iter().filter_map(|it| it.by.as_ref()).find(|it| it.id.0 == *giver);
    let names: Vec<&str> = givers.iter().filter_map(name).map(|it| it.display_name.as_str()).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

fn day(at: Timestamp, who: &SignedIn) -> String {
    moment::date(at.date_in_norway(), who.language)
}

/// The last day on which something that ends at `to` holds.
fn last_day(to: Timestamp, who: &SignedIn) -> String {
    day(to.minus(Duration::from_micros(1)), who)
}
