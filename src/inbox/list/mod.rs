//! Lists of items: Ufordelt, Mine, Enhetens, Gruppens, Venter svar, Ferdig, Avvik. Everything about the view is in its URL.

mod row;
mod tabs;
mod wanted;

use crate::domain::Role;
use crate::domain::Sight;
use crate::inbox::House;
use crate::inbox::begin;
use crate::inbox::fault::Fault;
use crate::inbox::groups;
use crate::inbox::guard;
use crate::inbox::icon::Icon;
use crate::inbox::moment::Moment;
use crate::inbox::narrow;
use crate::inbox::narrow::Asked;
use crate::inbox::narrow::Chip;
use crate::inbox::narrow::Choice;
use crate::inbox::overdue;
use crate::inbox::people;
use crate::inbox::people::Hint;
use crate::inbox::questions;
use crate::inbox::session::SignedIn;
use crate::inbox::tasks;
use crate::inbox::texts::Words;
use crate::inbox::view::Page;
use crate::inbox::view::html;
use crate::inbox::view::unit_name_in;
use crate::storage::InboxCursor;
use crate::storage::InboxQuery;
use crate::storage::InboxRow;
use crate::storage::StoreError;
use askama::Template;
use axum::extract::Query;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header;
use axum::response::Response;
pub(super) use row::Row;
pub(super) use row::concerns;
pub(super) use row::held;
use std::sync::Arc;
use tabs::Elsewhere;
use tabs::Tab;
pub(super) use tabs::TabCounts;
pub(super) use tabs::unit_states;
use wanted::Wanted;
use wanted::order_word;

#[derive(Template)]
#[template(path = "list.html")]
struct ListPage {
    page: Page,
    t: Words,
    tabs: Vec<TabLink>,
    heading: &'static str,
    rows: Vec<Row>,
    empty: &'static str,
    /// `3 over fristen`, when there are any.
    overdue: Option<String>,
    /// Whether the person takes down what is reported by telephone or on paper.
    registers: bool,
    hints: Vec<Hint>,
    units: Vec<UnitChoice>,
    tab: &'static str,
    order: &'static str,
    choices: Vec<Choice>,
    chips: Vec<Chip>,
    /// The list without any of them.
    clear: String,
    /// The list as it is now.
    again: String,
    drawn: Moment,
    events: Option<String>,
    /// How many there were of each list when this was drawn, as JSON for the script.
    drawn_counts: String,
    next: Option<String>,
    first: Option<String>,
}

struct TabLink {
    word: &'static str,
    name: &'static str,
    count: String,
    href: String,
    chosen: bool,
}

struct UnitChoice {
    id: String,
    name: String,
    chosen: bool,
}

/// Draws a list, and writes in the journal that it was shown.
pub(super) async fn show(
    State(house): State<Arc<House>>,
    who: SignedIn,
    Query(query): Query<Asked>,
) -> Result<Response, Fault> {
    let t = Words(who.language);
    let seen = who.units_seen();
    // Whoever has only cases that were given to them has nothing to hand out.
    let is_given = is_given_cases(&who);
    let first = if is_given { Tab::Unit } else { Tab::Unassigned };
    let wanted = Wanted::parse(query, first, &seen, who.at).ok_or_else(|| Fault::absent(who.language))?;
    if begin::is_for(&who) {
        return begin::draw(&house, &who).await;
    }
    let listed = read(&house, &who, &wanted).await.map_err(|it| Fault::store(who.language, it))?;
    let Listed { rows, more, counts } = listed;
    let next = rows.last().filter(|_| more).map(|last| {
        let cursor = InboxCursor { deadline: last.deadline, received_at: last.received_at, id: last.id };
        wanted.href(wanted.tab, wanted.order, Some(cursor))
    });
    let first = wanted.after.map(|_| wanted.href(wanted.tab, wanted.order, None));
    let in_group = !groups::lifted_sights(&house, &who).is_empty();
    let tabs = Tab::ALL
        .into_iter()
        .filter(|tab| in_group || *tab != Tab::Group || wanted.tab == Tab::Group)
        .filter(|tab| *tab != Tab::Told || wanted.tab == Tab::Told || !counts.is_empty(Tab::Told))
        .map(|tab| TabLink {
            word: tab.word(),
            name: tab.name(t),
            count: counts.said(tab),
            href: wanted.href(tab, tab.order(), None),
            chosen: tab == wanted.tab,
        })
        .collect();
    let units = seen
        .iter()
        .map(|it| UnitChoice {
            id: it.0.clone(),
            name: unit_name_in(&house, it, who.language),
            chosen: wanted.unit.as_ref() == Some(it),
        })
        .collect();
    let choices = narrow::choices(&house, &who, &wanted.narrowed, &wanted.tab.states()).await;
    let choices = choices.map_err(|it| Fault::store(who.language, it))?;
    let without = |but: Option<&str>| wanted.href_but(wanted.tab, wanted.order, None, but.as_slice());
    let mut all: Vec<&str> = wanted.narrowed.fields.iter().map(|(name, _)| *name).collect();
    all.push("unit");
    let page = ListPage {
        page: Page::signed_in(&house, &who, wanted.tab.name(t)),
        t,
        tabs,
        heading: wanted.tab.name(t),
        rows: listed_rows(&house, &who, &rows).await.map_err(|it| Fault::store(who.language, it))?,
        empty: if is_given { t.empty_given() } else { wanted.tab.empty(t) },
        overdue: overdue::count(&house, &who).await?.map(|it| t.overdue_count(it)),
        registers: who.memberships.iter().any(|it| it.holds(who.at) && registers(it.role)),
        hints: hints(&house, &who).await?,
        units,
        tab: wanted.tab.word(),
        order: order_word(wanted.order),
        chips: narrow::chips(&choices, &wanted.narrowed, wanted.unit.as_ref(), &house, t, without),
        choices,
        clear: wanted.href_but(wanted.tab, wanted.order, None, &all),
        again: wanted.href(wanted.tab, wanted.order, None),
        drawn: Moment::of(who.at, who.at, who.language),
        events: wanted.events(),
        drawn_counts: counts.json(),
        next,
        first,
    };
    let mut answer = html(StatusCode::OK, &page);
    // The script may ask here how many there are, and nowhere else.
    answer.headers_mut().insert(header::CONTENT_SECURITY_POLICY, guard::policy_with_events());
    Ok(answer)
}

/// Whether somebody in this role takes reports down for others.
const fn registers(role: Role) -> bool {
    match role {
        Role::CaseWorker | Role::Secretary | Role::Leader | Role::Coordinator | Role::SystemCoordinator => true,
        // A member of a group sits in no office that people call.
        Role::Member | Role::Guest | Role::DirectoryAdministrator | Role::Auditor => false,
    }
}

/// Everything that is said above a list.
async fn hints(house: &House, who: &SignedIn) -> Result<Vec<Hint>, Fault> {
    let fault = |it: StoreError| Fault::store(who.language, it);
    let mut hints = people::hints(house, who).await?;
    hints.extend(questions::hint(house, who).await.map_err(fault)?);
    hints.extend(tasks::hint(house, who).await.map_err(fault)?);
    hints.extend(overdue::declined(house, who).await.map_err(fault)?);
    Ok(hints)
}

/// The rows with what they wait for.
async fn listed_rows(house: &House, who: &SignedIn, rows: &[InboxRow]) -> Result<Vec<Row>, StoreError> {
    let mut waits = groups::waits(house, who, rows).await?;
    let mut held = held(house, who, rows).await?;
    let row = |it: &InboxRow| Row { wait: waits.remove(&it.id), held: held.remove(&it.id), ..Row::of(it, house, who) };
    Ok(rows.iter().map(row).collect())
}

/// What a list was found to hold.
struct Listed {
    rows: Vec<InboxRow>,
    more: bool,
    counts: TabCounts,
}

async fn read(house: &House, who: &SignedIn, wanted: &Wanted) -> Result<Listed, StoreError> {
    let people = &house.inbox.people;
    let in_unit = |it: &Sight| wanted.unit.as_ref().is_none_or(|unit| it.unit == *unit);
    let mut sights = who.sights();
    sights.retain(in_unit);
    let mut in_groups = groups::lifted_sights(house, who);
    in_groups.retain(in_unit);
    let rows_max = house.config().rows_max;
    let query = InboxQuery {
        units: Vec::new(),
        states: wanted.narrowed.states(wanted.tab.states()),
        responsible: (wanted.tab == Tab::Mine).then_some(who.user.id),
        reference: None,
        told: wanted.tab.told(),
        filter: wanted.narrowed.filter.clone(),
        order: wanted.order,
        after: wanted.after,
        rows_max: rows_max + 1,
    };
    let chosen = if wanted.tab == Tab::Group { &in_groups } else { &sights };
    let nothing_fits = query.states.is_empty();
    let mut rows = if nothing_fits { Vec::new() } else { people.seen_page(chosen, who.user.id, &query).await? };
    let rows_kept = usize::try_from(rows_max).unwrap_or(usize::MAX);
    let more = rows.len() > rows_kept;
    rows.truncate(rows_kept);

    let counts = if wanted.narrowed.filter.is_empty() {
        let counts = TabCounts::read(house, &sights, who.user.id).await?;
        if in_groups.is_empty() {
            counts
        } else {
            counts.with_group(&people.seen_counts(&in_groups, who.user.id).await?)
        }
    } else {
        let (filter, search) = (&wanted.narrowed.filter, &house.inbox.search);
        let counts = search.filtered_counts(&sights, who.user.id, filter).await?;
        let elsewhere =
            Elsewhere { only_told: counts.only_told, lifted: counts.lifted_here, taken_back: counts.taken_back };
        let mut told = TabCounts::of(counts.mine, elsewhere, |it| counts.of(it), &counts.at_least);
        if !in_groups.is_empty() {
            let lifted = search.filtered_counts(&in_groups, who.user.id, filter).await?;
            told.group(|it| lifted.of(it));
        }
        told
    };

    house.journal(who.actor(), "listed", format!("{}, {}", wanted.tab.word(), rows.len())).await?;
    Ok(Listed { rows, more, counts })
}

/// Whether all that the person sees are single cases: as coordinator, or as guest.
fn is_given_cases(who: &SignedIn) -> bool {
    let mut held = who.memberships.iter().filter(|it| it.holds(who.at)).peekable();
    held.peek().is_some() && held.all(|it| matches!(it.role, Role::Coordinator | Role::Guest))
}
