//! Lists of items: Ufordelt, Mine, Enhetens, Gruppens, Venter svar, Ferdig, Avvik. Everything about the view is in its URL.

use crate::domain;
use crate::domain::ActKind;
use crate::domain::ItemId;
use crate::domain::ItemState;
use crate::domain::Language;
use crate::domain::ReportKind;
use crate::domain::Role;
use crate::domain::Share;
use crate::domain::Sight;
use crate::domain::Timestamp;
use crate::domain::UnitId;
use crate::inbox::House;
use crate::inbox::act;
use crate::inbox::begin;
use crate::inbox::events;
use crate::inbox::fault::Fault;
use crate::inbox::groups;
use crate::inbox::groups::WaitTag;
use crate::inbox::guard;
use crate::inbox::icon::Icon;
use crate::inbox::moment;
use crate::inbox::moment::Moment;
use crate::inbox::narrow;
use crate::inbox::narrow::Asked;
use crate::inbox::narrow::Chip;
use crate::inbox::narrow::Choice;
use crate::inbox::narrow::Narrowed;
use crate::inbox::overdue;
use crate::inbox::people;
use crate::inbox::people::Hint;
use crate::inbox::questions;
use crate::inbox::session::SignedIn;
use crate::inbox::tasks;
use crate::inbox::texts::Words;
use crate::inbox::view::Page;
use crate::inbox::view::Tag;
use crate::inbox::view::html;
use crate::inbox::view::unit_name;
use crate::storage::InboxCounts;
use crate::storage::InboxCursor;
use crate::storage::InboxOrder;
use crate::storage::InboxQuery;
use crate::storage::InboxRow;
use crate::storage::OnlyTold;
use crate::storage::StoreError;
use crate::storage::UserId;
use askama::Template;
use axum::extract::Query;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header;
use axum::response::Response;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Which list.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Tab {
    /// Nobody is responsible.
    Unassigned,
    /// I am responsible.
    Mine,
    /// Everything that is not done.
    Unit,
    /// Lifted to the groups that I take part in.
    Group,
    /// The sender has been asked.
    Waiting,
    Done,
    /// What went astray: offered to us or by us, or not for us.
    Astray,
}

impl Tab {
    const ALL: [Self; 7] =
        [Self::Unassigned, Self::Mine, Self::Unit, Self::Group, Self::Waiting, Self::Done, Self::Astray];

    const fn word(self) -> &'static str {
        match self {
            Self::Unassigned => "unassigned",
            Self::Mine => "mine",
            Self::Unit => "unit",
            Self::Group => "group",
            Self::Waiting => "waiting",
            Self::Done => "done",
            Self::Astray => "astray",
        }
    }

    fn states(self) -> Vec<ItemState> {
        match self {
            Self::Unassigned => vec![ItemState::Unread, ItemState::Opened, ItemState::Proposed],
            Self::Mine => vec![ItemState::Taken, ItemState::Waiting, ItemState::Offered],
            Self::Unit | Self::Group => vec![
                ItemState::Unread,
                ItemState::Opened,
                ItemState::Taken,
                ItemState::Waiting,
                ItemState::Proposed,
                ItemState::Offered,
            ],
            Self::Waiting => vec![ItemState::Waiting],
            Self::Done => vec![ItemState::Closed, ItemState::Transferred],
            Self::Astray => vec![ItemState::Proposed, ItemState::Offered, ItemState::Withdrawn],
        }
    }

    const fn name(self, t: Words) -> &'static str {
        match self {
            Self::Unassigned => t.tab_unassigned(),
            Self::Mine => t.tab_mine(),
            Self::Unit => t.tab_unit(),
            Self::Group => t.tab_group(),
            Self::Waiting => t.tab_waiting(),
            Self::Done => t.tab_done(),
            Self::Astray => t.tab_astray(),
        }
    }

    const fn empty(self, t: Words) -> &'static str {
        match self {
            Self::Unassigned => t.empty_unassigned(),
            Self::Mine => t.empty_mine(),
            Self::Unit => t.empty_unit(),
            Self::Group => t.empty_group(),
            Self::Waiting => t.empty_waiting(),
            Self::Done => t.empty_done(),
            Self::Astray => t.empty_astray(),
        }
    }

    const fn order(self) -> InboxOrder {
        match self {
            Self::Unassigned | Self::Mine | Self::Unit | Self::Group | Self::Waiting => InboxOrder::Work,
            Self::Done | Self::Astray => InboxOrder::NewestFirst,
        }
    }
}

/// The states of what the unit's list holds.
pub(super) fn unit_states() -> Vec<ItemState> {
    Tab::Unit.states()
}

/// A list as its URL says.
struct Wanted {
    tab: Tab,
    unit: Option<UnitId>,
    order: InboxOrder,
    after: Option<InboxCursor>,
    narrowed: Narrowed,
}

impl Wanted {
    /// `None`: the URL is not one of ours, or names somebody else's unit.
    fn parse(query: Asked, first: Tab, units: &[UnitId], now: Timestamp) -> Option<Self> {
        let narrowed = Narrowed::parse(&query, now)?;
        let tab = match query.tab {
            None => first,
            Some(word) => Tab::ALL.into_iter().find(|it| it.word() == word)?,
        };
        let unit = match query.unit.filter(|it| !it.is_empty()) {
            None => None,
            Some(id) => Some(units.iter().find(|it| it.0 == id)?.clone()),
        };
        let order = match query.order.as_deref() {
            None | Some("") => tab.order(),
            Some("work") => InboxOrder::Work,
            Some("newest") => InboxOrder::NewestFirst,
            Some(_) => return None,
        };
        let after = match query.after {
            None => None,
            Some(text) => Some(parse_cursor(&text)?),
        };
        Some(Self { tab, unit, order, after, narrowed })
    }

    /// The URL of this list at another tab, order or page.
    fn href(&self, tab: Tab, order: InboxOrder, after: Option<InboxCursor>) -> String {
        // Another list has other states.
        let but: &[&str] = if tab == self.tab { &[] } else { &["status"] };
        self.href_but(tab, order, after, but)
    }

    /// As [`Wanted::href`], without some of the fields.
    fn href_but(&self, tab: Tab, order: InboxOrder, after: Option<InboxCursor>, but: &[&str]) -> String {
        let mut href = format!("/?tab={}", tab.word());
        if let Some(unit) = self.unit.as_ref().filter(|_| !but.contains(&"unit")) {
            href = format!("{href}&unit={}", super::fault::query_value(&unit.0));
        }
        if order != tab.order() {
            href = format!("{href}&order={}", order_word(order));
        }
        if let Some(cursor) = after {
            href = format!("{href}&after={}", cursor_text(cursor));
        }
        href + &self.narrowed.query(but)
    }

    /// The URL of what tells how many there are as time goes. `None`: of a list that is narrowed nothing is told.
    fn events(&self) -> Option<String> {
        self.narrowed.is_empty().then(|| match &self.unit {
            None => events::PATH.to_owned(),
            Some(unit) => format!("{}?unit={}", events::PATH, super::fault::query_value(&unit.0)),
        })
    }
}

const fn order_word(order: InboxOrder) -> &'static str {
    match order {
        InboxOrder::Work => "work",
        InboxOrder::NewestFirst => "newest",
    }
}

fn cursor_text(cursor: InboxCursor) -> String {
    format!("{}_{}_{}", cursor.deadline.0, cursor.received_at.0, cursor.id)
}

fn parse_cursor(text: &str) -> Option<InboxCursor> {
    let mut parts = text.splitn(3, '_');
    let deadline = Timestamp(parts.next()?.parse().ok()?);
    let received_at = Timestamp(parts.next()?.parse().ok()?);
    let id: ItemId = parts.next()?.parse().ok()?;
    Some(InboxCursor { deadline, received_at, id })
}

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

/// One item as a list shows it.
pub(super) struct Row {
    pub reference: String,
    pub href: String,
    /// Opening is an act: unread items have a form. Action and key.
    pub open: Option<(String, String)>,
    pub state: Tag,
    pub urgent: bool,
    pub protected: bool,
    pub awareness: bool,
    pub received: Moment,
    pub kind: String,
    /// Another kind than most have.
    pub is_other: bool,
    pub concerns: String,
    pub name: String,
    pub sender: String,
    /// Said only to those who belong to several, and never of a graded address: it tells the municipality.
    pub unit: Option<String>,
    pub responsible: String,
    pub attachments: u32,
    pub deadline: Deadline,
    /// Somebody outside has said something that has not been answered.
    pub heard: bool,
    /// Its sender has withdrawn it.
    pub withdrawn: bool,
    /// That it waits too long for its group's meeting.
    pub wait: Option<WaitTag>,
    /// Who follows it up when this unit is only told of it, and how it stands there.
    pub held: Option<String>,
}

/// When an item must be answered, and whether that is past.
pub(super) struct Deadline {
    pub at: Moment,
    /// `21. november 2026`
    pub day: String,
    /// `om 3 dager`; that it is answered, or done.
    pub near: String,
    pub overdue: Option<Tag>,
    pub contact_overdue: Option<Tag>,
}

impl Deadline {
    fn of(row: &InboxRow, now: Timestamp, language: Language) -> Self {
        let (t, today) = (Words(language), now.date_in_norway());
        let day = row.deadline.date_in_norway();
        let open = match row.state {
            ItemState::Unread | ItemState::Opened | ItemState::Taken | ItemState::Waiting | ItemState::Offered => {
                row.share == Share::Content
            }
            ItemState::Proposed | ItemState::Transferred | ItemState::Withdrawn | ItemState::Closed => false,
        };
        let days = day.since(today).map_or(0, |it| it.get_days());
        let near = match (row.answered, open) {
            (true, _) => t.answered_word().to_owned(),
            (false, true) => t.in_days(days),
            (false, false) => String::new(),
        };
        let tag = |word| Tag { word, icon: Icon::Warning, tone: "danger" };
        let late = open && !row.answered && row.deadline <= now;
        let contact_late = open && row.next_contact_on.is_some_and(|it| it < today);
        Self {
            at: Moment::of(row.deadline, now, language),
            // Another unit answers, by its own.
            day: if domain::only_told(row.state, row.share) { "–".to_owned() } else { moment::date(day, language) },
            near,
            overdue: late.then(|| tag(t.overdue_word())),
            contact_overdue: contact_late.then(|| tag(t.contact_overdue_word())),
        }
    }
}

impl Row {
    pub(super) fn of(row: &InboxRow, house: &House, who: &SignedIn) -> Self {
        let t = Words(who.language);
        let awareness = row.share == Share::Awareness;
        // «Skjermet» is said of graded addresses alone.
        let hidden = match (row.protected, awareness) {
            (true, _) => Some(t.hidden()),
            (false, true) => Some(t.not_shown()),
            (false, false) => None,
        };
        let summary = row.summary.reveal();
        // A graded case is asked for on its cover, and one who may not read it sees only that.
        let reads = domain::roles_at(&who.memberships, &row.unit, row.id, who.at).into_iter().any(domain::reads);
        let open = (row.state == ItemState::Unread && !awareness && !row.protected && reads).then(|| {
            let action = act::action(row.id, ActKind::Open);
            let key = who.draw_key(&action);
            (action, key)
        });
        Self {
            reference: row.reference.to_string(),
            href: format!("/items/{}", row.id),
            open,
            state: Tag::of_row(row, t),
            urgent: row.urgent,
            protected: row.protected,
            awareness: domain::only_told(row.state, row.share),
            received: Moment::of(row.received_at, house.now(), who.language),
            kind: t.kind_short(&row.kind),
            is_other: row.kind != ReportKind::Need.code(),
            concerns: row.needs.iter().map(|it| t.need_short(it)).collect::<Vec<_>>().join(", "),
            name: match (hidden, &summary.person_name) {
                (Some(word), _) => word.to_owned(),
                (None, Some(name)) if !name.is_empty() => name.clone(),
                (None, Some(_) | None) => t.no_name().to_owned(),
            },
            sender: hidden.map_or_else(|| summary.sender.clone(), str::to_owned),
            unit: (who.units_seen().len() > 1 && !row.protected).then(|| unit_name(house, &row.unit)),
            responsible: row.responsible.as_ref().map_or_else(|| "–".to_owned(), |it| it.display_name.clone()),
            attachments: row.attachments,
            deadline: Deadline::of(row, house.now(), who.language),
            heard: row.heard_at.is_some(),
            withdrawn: row.withdrawn,
            wait: None,
            held: None,
        }
    }
}

/// What an item is about, in words: its needs, or its kind when it names none.
pub(super) fn concerns(row: &InboxRow, language: Language) -> String {
    let t = Words(language);
    let needs: Vec<_> = row.needs.iter().map(|it| t.need_short(it)).collect();
    if needs.is_empty() || row.kind != "BEHOV" {
        let kind = t.kind_short(&row.kind);
        return if needs.is_empty() { kind } else { format!("{kind}: {}", needs.join(", ")) };
    }
    needs.join(", ")
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
            name: unit_name(&house, it),
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

/// How many there are in each list.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct TabCounts {
    /// In the order of [`Tab::ALL`], and whether there may be more.
    counts: Vec<(Tab, u64, bool)>,
    /// Whatever the state: grows by what has come.
    all: u64,
}

impl TabCounts {
    /// `only_told`: how many of what nobody has taken are another unit's.
    fn of(mine: u64, only_told: u64, count: impl Fn(ItemState) -> u64, at_least: &[ItemState]) -> Self {
        let of_tab = |tab: Tab| match tab {
            Tab::Mine => (tab, mine, false),
            Tab::Group => (tab, 0, false),
            Tab::Unassigned | Tab::Unit | Tab::Waiting | Tab::Done | Tab::Astray => {
                let states = tab.states();
                let all: u64 = states.iter().map(|it| count(*it)).sum();
                let left_out = if tab == Tab::Unassigned { only_told } else { 0 };
                (tab, all.saturating_sub(left_out), states.iter().any(|it| at_least.contains(it)))
            }
        };
        let counts = Tab::ALL.into_iter().filter(|it| *it != Tab::Group).map(of_tab).collect();
        Self { counts, all: ItemState::ALL.into_iter().map(count).sum() }
    }

    /// What is seen by `sights`, nothing left out.
    pub(super) async fn read(house: &House, sights: &[Sight], who: UserId) -> Result<Self, StoreError> {
        let counts = house.inbox.people.seen_counts(sights, who).await?;
        Ok(Self::of(counts.mine, counts.only_told, |it| counts.of(it), &[]))
    }

    /// With what has been lifted to one's groups.
    fn with_group(mut self, lifted: &InboxCounts) -> Self {
        self.group(|it| lifted.of(it));
        self
    }

    fn group(&mut self, count: impl Fn(ItemState) -> u64) {
        self.counts.push((Tab::Group, Tab::Group.states().into_iter().map(count).sum(), false));
    }

    /// `17`, or `17+` when there may be more.
    fn said(&self, tab: Tab) -> String {
        let found = self.counts.iter().find(|(it, _, _)| *it == tab);
        found.map_or_else(|| "0".to_owned(), |(_, count, more)| format!("{count}{}", if *more { "+" } else { "" }))
    }

    /// Numbers by the word of the list: nothing about anybody.
    pub(super) fn json(&self) -> String {
        let mut told: serde_json::Map<String, serde_json::Value> =
            self.counts.iter().map(|(tab, count, _)| (tab.word().to_owned(), (*count).into())).collect();
        told.insert("all".to_owned(), self.all.into());
        serde_json::Value::Object(told).to_string()
    }
}

/// Whether somebody in this role takes reports down for others.
const fn registers(role: Role) -> bool {
    match role {
        Role::CaseWorker
        | Role::Secretary
        | Role::Leader
        | Role::Member
        | Role::Coordinator
        | Role::SystemCoordinator => true,
        Role::Guest | Role::DirectoryAdministrator | Role::Auditor => false,
    }
}

/// Everything that is said above a list.
async fn hints(house: &House, who: &SignedIn) -> Result<Vec<Hint>, Fault> {
    let fault = |it: StoreError| Fault::store(who.language, it);
    let mut hints = people::hints(house, who).await?;
    hints.extend(questions::hint(house, who).await.map_err(fault)?);
    hints.extend(tasks::hint(house, who).await.map_err(fault)?);
    Ok(hints)
}

/// The rows with what they wait for.
async fn listed_rows(house: &House, who: &SignedIn, rows: &[InboxRow]) -> Result<Vec<Row>, StoreError> {
    let mut waits = groups::waits(house, who, rows).await?;
    let mut held = held(house, who, rows).await?;
    let row = |it: &InboxRow| Row { wait: waits.remove(&it.id), held: held.remove(&it.id), ..Row::of(it, house, who) };
    Ok(rows.iter().map(row).collect())
}

/// Who follows up what these rows only tell of, and how the case stands there. Not of a graded address: it would tell the
/// municipality.
pub(super) async fn held(
    house: &House,
    who: &SignedIn,
    rows: &[InboxRow],
) -> Result<BTreeMap<ItemId, String>, StoreError> {
    let t = Words(who.language);
    let told: Vec<&InboxRow> =
        rows.iter().filter(|it| domain::only_told(it.state, it.share) && !it.protected).collect();
    if told.is_empty() {
        return Ok(BTreeMap::new());
    }
    let messages: Vec<_> = told.iter().map(|it| it.message).collect();
    let held = house.inbox.cases.held_elsewhere(&messages).await?;
    let said = |row: &&InboxRow| {
        let of_row = held.iter().filter(|it| it.message == row.message && it.unit != row.unit);
        let units = of_row.map(|it| format!("{} · {}", unit_name(house, &it.unit), Tag::of_state(it.state, t).word));
        let units = units.collect::<Vec<_>>().join("; ");
        (!units.is_empty()).then_some((row.id, units))
    };
    Ok(told.iter().filter_map(said).collect())
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
        told: if wanted.tab == Tab::Unassigned { OnlyTold::LeftOut } else { OnlyTold::Listed },
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
        let mut told = TabCounts::of(counts.mine, counts.only_told, |it| counts.of(it), &counts.at_least);
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

#[cfg(test)]
mod tests {
    use super::cursor_text;
    use super::parse_cursor;
    use crate::domain::ItemId;
    use crate::domain::Timestamp;
    use crate::storage::InboxCursor;
    use uuid::Uuid;

    #[test]
    fn a_cursor_survives_the_url() {
        let cursor = InboxCursor { deadline: Timestamp(9), received_at: Timestamp(-5), id: ItemId(Uuid::from_u128(7)) };

        assert_eq!(parse_cursor(&cursor_text(cursor)), Some(cursor));
        assert_eq!(parse_cursor("2_5_x"), None);
        assert_eq!(parse_cursor(""), None);
    }
}
