//! Who has read what: the journal of a unit's reports, and the access log (innsynslogg) of one person, to be printed.
//!
//! The identity number comes by POST, is turned into its blind index, and is in no address, title or log.

use crate::domain;
use crate::domain::Denial;
use crate::domain::Redacted;
use crate::domain::Role;
use crate::domain::Sight;
use crate::domain::UnitId;
use crate::inbox::House;
use crate::inbox::fault::Fault;
use crate::inbox::form::Posted;
use crate::inbox::moment::Moment;
use crate::inbox::particulars;
use crate::inbox::session::SignedIn;
use crate::inbox::texts::Words;
use crate::inbox::timeline;
use crate::inbox::view::Page;
use crate::inbox::view::html;
use crate::storage::ToldAbout;
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use serde::Deserialize;
use std::sync::Arc;

pub(super) const PATH: &str = "/journal";

/// Newest lines on the page before anybody is asked about.
const LINES_MAX: u32 = 200;
/// Characters of what is typed as an identity number that are looked at.
const NUMBER_CHARACTERS_MAX: usize = 40;

pub(super) fn routes() -> Router<Arc<House>> {
    Router::new().route(PATH, get(show).post(find))
}

/// The units whose journal the person may read: as auditor or leader.
pub(super) fn units(who: &SignedIn) -> Vec<UnitId> {
    let mut units = who.units_as(Role::Auditor);
    units.extend(who.units_as(Role::Leader));
    units.sort_unstable();
    units.dedup();
    units
}

#[derive(Template)]
#[template(path = "told.html")]
struct ToldPage {
    page: Page,
    t: Words,
    key: String,
    heading: &'static str,
    /// About one person, and so to be printed.
    one: bool,
    printed: Moment,
    lines: Vec<Line>,
}

struct Line {
    at: Moment,
    who: String,
    what: String,
    detail: String,
    reference: String,
}

async fn show(State(house): State<Arc<House>>, who: SignedIn) -> Result<Response, Fault> {
    let sights = kept(&who)?;
    let told =
        house.inbox.people.journal_of_units(&sights, LINES_MAX).await.map_err(|it| Fault::store(who.language, it))?;
    house.journal(who.actor(), "journal_read", "").await.map_err(|it| Fault::store(who.language, it))?;
    Ok(draw(&house, &who, &told, false))
}

/// Whose journal is read, and whether that of graded cases too: to be told that there is one says where somebody is.
fn kept(who: &SignedIn) -> Result<Vec<Sight>, Fault> {
    let sight = |unit: UnitId| {
        let clearance = domain::clearance(&who.memberships, &unit, who.at);
        Sight { clearance, ..Sight::whole(unit) }
    };
    let sights: Vec<Sight> = units(who).into_iter().map(sight).collect();
    if sights.is_empty() { Err(Fault::denied(who.language, Denial::NotByRole)) } else { Ok(sights) }
}

#[derive(Deserialize)]
struct FindForm {
    number: String,
    key: String,
}

/// Everything that was done with one person's reports.
async fn find(
    State(house): State<Arc<House>>,
    who: SignedIn,
    Posted(form): Posted<FindForm>,
) -> Result<Response, Fault> {
    who.check_key(PATH, &form.key)?;
    let fault = |it| Fault::store(who.language, it);
    let sights = kept(&who)?;
    let number: String = form.number.chars().filter(|it| !it.is_whitespace()).take(NUMBER_CHARACTERS_MAX).collect();
    let told = house.inbox.people.journal_about(&Redacted::new(number), &sights).await.map_err(fault)?;
    house.journal(who.actor(), "access_log_read", format!("{} lines", told.len())).await.map_err(fault)?;
    Ok(draw(&house, &who, &told, true))
}

fn draw(house: &House, who: &SignedIn, told: &[ToldAbout], one: bool) -> Response {
    let t = Words(who.language);
    let now = house.now();
    let heading = if one { t.told_one() } else { t.told() };
    let lines = told.iter().map(|it| line(it, who, house)).collect();
    let page = ToldPage {
        page: Page::signed_in(house, who, heading),
        t,
        key: who.draw_key(PATH),
        heading,
        one,
        printed: Moment::of(now, now, who.language),
        lines,
    };
    html(StatusCode::OK, &page)
}

fn line(told: &ToldAbout, who: &SignedIn, house: &House) -> Line {
    let t = Words(who.language);
    let line = &told.line;
    let what = t.journal_action(&line.action).map_or_else(|| t.journal_other(), |(what, _)| what);
    Line {
        at: Moment::of(line.at, house.now(), who.language),
        who: timeline::who(&line.actor, t),
        what: what.to_owned(),
        // The particulars name units and senders, which tell where the person is.
        detail: if told.graded { String::new() } else { particulars::of(line, house, who.language) },
        reference: told.reference.clone(),
    }
}
