//! The access log (innsynslogg) of one person, to be printed and handed over: so nothing in it may rest on a slip.
//!
//! The number comes by POST and is in no address, title or log; on paper the person's name is written by hand.

use crate::domain::Clearance;
use crate::domain::Language;
use crate::domain::Redacted;
use crate::domain::Sight;
use crate::domain::UnitId;
use crate::inbox::House;
use crate::inbox::fault::Fault;
use crate::inbox::moment::Moment;
use crate::inbox::session::SignedIn;
use crate::inbox::texts::Words;
use crate::inbox::told::Choice;
use crate::inbox::told::Line;
use crate::inbox::told::PATH;
use crate::inbox::told::People;
use crate::inbox::told::line;
use crate::inbox::told::number::NotANumber;
use crate::inbox::told::number::NumberKind;
use crate::inbox::view::Page;
use crate::inbox::view::html;
use crate::inbox::view::unit_name_in;
use crate::storage::TOLD_LINES_MAX;
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;

/// Characters of what is typed as a number that are looked at.
const NUMBER_CHARACTERS_MAX: usize = 40;

/// The form that asks for one person's log.
pub(super) struct Ask {
    pub kinds: Vec<Choice>,
    /// Only what was wrong, so that it can be mended.
    pub typed: String,
    pub wrong: Option<&'static str>,
}

impl Ask {
    pub(super) fn empty(t: Words) -> Self {
        Self::of(NumberKind::default(), t)
    }

    fn of(kind: NumberKind, t: Words) -> Self {
        let choice =
            |it: NumberKind| Choice { value: it.label().to_owned(), name: it.name(t).to_owned(), chosen: it == kind };
        Self { kinds: NumberKind::ALL.map(choice).into(), typed: String::new(), wrong: None }
    }
}

#[derive(Template)]
#[template(path = "access_log.html")]
struct AccessLogPage {
    page: Page,
    t: Words,
    key: String,
    heading: &'static str,
    printed: Moment,
    /// Absent when what was typed can be nobody's number.
    log: Option<AccessLog>,
    ask: Ask,
}

struct AccessLog {
    /// The units that it covers, by name.
    units: Vec<String>,
    /// Those of them whose graded reports are left out, by name.
    uncleared: String,
    /// Whether the number is of a kind whose slips cannot be seen.
    unchecked: bool,
    lines: Vec<Line>,
    /// There are older lines.
    cut: bool,
}

/// Everything that was done with one person's reports in the units of `sights`.
pub(super) async fn show(
    house: &House,
    who: &SignedIn,
    sights: &[Sight],
    kind: NumberKind,
    typed: String,
) -> Result<Response, Fault> {
    let (t, now) = (Words(who.language), house.now());
    let page = |log, ask| AccessLogPage {
        page: Page::signed_in(house, who, t.told_one()),
        t,
        key: who.draw_key(PATH),
        heading: t.told_one(),
        printed: Moment::of(now, now, who.language),
        log,
        ask,
    };
    let number = match number(house, kind, &typed) {
        Ok(number) => number,
        Err(why) => {
            let ask = Ask { typed, wrong: Some(why.said(t)), ..Ask::of(kind, t) };
            return Ok(html(StatusCode::UNPROCESSABLE_ENTITY, &page(None, ask)));
        }
    };
    let fault = |it| Fault::store(who.language, it);
    let mut told = house.inbox.people.journal_about(&number, sights).await.map_err(fault)?;
    let older = told.len().saturating_sub(TOLD_LINES_MAX);
    told.drain(..older);
    house.journal(who.actor(), "access_log_read", format!("{} lines", told.len())).await.map_err(fault)?;
    let people = People::of(house, who, sights).await?;
    let uncleared = sights.iter().filter(|it| it.clearance == Clearance::Ordinary).map(|it| &it.unit);
    let log = AccessLog {
        units: names(house, sights.iter().map(|it| &it.unit), who.language),
        uncleared: names(house, uncleared, who.language).join("; "),
        unchecked: kind != NumberKind::National,
        cut: older > 0,
        lines: told.iter().map(|it| line(it, &people, who, house)).collect(),
    };
    Ok(html(StatusCode::OK, &page(Some(log), Ask::empty(t))))
}

fn number(house: &House, kind: NumberKind, typed: &str) -> Result<Redacted<String>, NotANumber> {
    if typed.trim().is_empty() || typed.chars().count() > NUMBER_CHARACTERS_MAX {
        return Err(NotANumber::Nothing);
    }
    let today = house.now().date_in_norway();
    house.inbox.numbers.check_number(kind, &Redacted::new(typed.to_owned()), today)
}

/// With the municipality, where the name does not say it: units of different ones are often called the same.
fn names<'a>(house: &House, units: impl Iterator<Item = &'a UnitId>, language: Language) -> Vec<String> {
    let named = |it: &UnitId| {
        let name = unit_name_in(house, it, language);
        match house.inbox.names.municipality_of(it).filter(|place| !name.contains(place)) {
            Some(place) => format!("{name}, {place}"),
            None => name,
        }
    };
    let mut names: Vec<String> = units.map(named).collect();
    names.sort_by_key(|it| it.to_lowercase());
    names
}
