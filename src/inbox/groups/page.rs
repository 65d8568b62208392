//! The page of a group, and of one of its meetings.

use super::CASES_MAX;
use super::MEETINGS_MAX;
use super::WaitTag;
use super::agenda::Put;
use super::agenda::choices;
use super::arranges;
use super::coming;
use super::group_of;
use super::group_path;
use super::groups;
use super::has_content;
use super::meeting_of;
use super::meeting_path;
use super::part::wait_of;
use super::puts;
use crate::domain::Calendar;
use crate::domain::ItemId;
use crate::domain::Meeting;
use crate::domain::MeetingDecision;
use crate::domain::MeetingKind;
use crate::domain::MeetingRefused;
use crate::domain::MeetingState;
use crate::domain::MeetingWait;
use crate::domain::Role;
use crate::domain::Timestamp;
use crate::domain::UnitId;
use crate::domain::norway;
use crate::inbox::House;
use crate::inbox::access;
use crate::inbox::fault::Fault;
use crate::inbox::icon::Icon;
use crate::inbox::list::Row;
use crate::inbox::moment::Moment;
use crate::inbox::session::SignedIn;
use crate::inbox::texts::Words;
use crate::inbox::view::Page;
use crate::inbox::view::html;
use crate::inbox::view::unit_name_in;
use crate::storage::AgendaRow;
use crate::storage::InboxRow;
use crate::storage::LiftTold;
use crate::storage::StoreError;
use askama::Template;
use axum::extract::Path;
use axum::extract::Query;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::response::Redirect;
use axum::response::Response;
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::HashMap;
use std::sync::Arc;

/// What a form proposes: noon, for an hour and a half.
const HOUR_PROPOSED: i8 = 12;
const MINUTES_PROPOSED: u32 = 90;

#[derive(Template)]
#[template(path = "groups.html")]
struct GroupsPage {
    page: Page,
    t: Words,
    groups: Vec<(String, String, Option<Moment>)>,
}

#[derive(Template)]
#[template(path = "group.html")]
struct GroupPage {
    page: Page,
    t: Words,
    name: String,
    notice: Option<&'static str>,
    /// What is urgent and cannot wait: how many, and the form that calls a meeting about them.
    urgent: Option<Urgent>,
    /// How many wait past the month or for no meeting, and what can be done about it.
    late: Option<(String, &'static str)>,
    next: Option<MeetingView>,
    agenda: Agenda,
    waiting: Waiting,
    coming: Vec<MeetingView>,
    past: Vec<MeetingView>,
    form: Option<CallForm>,
}

#[derive(Template)]
#[template(path = "meeting.html")]
struct MeetingPage {
    page: Page,
    t: Words,
    back: String,
    name: String,
    notice: Option<&'static str>,
    /// Why it was not called off.
    refused: Option<&'static str>,
    meeting: MeetingView,
    agenda: Agenda,
    /// What can be put on this agenda, for those who do.
    waiting: Option<Waiting>,
    form: Option<CallForm>,
    /// Action and key of the form that calls it off.
    cancel: Option<(String, String)>,
}

pub(super) struct Urgent {
    pub text: String,
    pub form: Option<CallForm>,
}

/// A meeting as pages show it.
pub(super) struct MeetingView {
    pub at: Moment,
    pub minutes: String,
    pub place: String,
    pub reference: String,
    pub href: String,
    pub calendar: String,
    pub extraordinary: bool,
    pub cancelled: bool,
}

impl MeetingView {
    pub(super) fn of(meeting: &Meeting, house: &House, who: &SignedIn) -> Self {
        let href = meeting_path(meeting);
        Self {
            at: Moment::of(meeting.plan.at, house.now(), who.language),
            minutes: Words(who.language).meeting_minutes_long(meeting.plan.minutes),
            place: meeting.plan.place.clone(),
            reference: meeting.reference.to_string(),
            calendar: format!("{href}/invitation.ics"),
            href,
            extraordinary: meeting.kind == MeetingKind::Extraordinary,
            cancelled: meeting.state == MeetingState::Cancelled,
        }
    }
}

/// The form that calls or moves a meeting, with what was typed.
pub(super) struct CallForm {
    pub action: String,
    pub key: String,
    pub button: &'static str,
    pub primary: bool,
    pub typed: Typed,
    pub wrong: Option<MeetingWrong>,
    /// Why it must be looked over before it is sent again.
    pub refused: Option<&'static str>,
    /// What is odd about the time; sent again as it is, the meeting is called all the same.
    pub odd: Vec<String>,
    /// Sets apart the ids of two forms on a page.
    pub id: &'static str,
}

/// What is wrong, and in which field.
#[derive(Clone, Copy)]
pub(super) struct MeetingWrong {
    pub field: &'static str,
    pub text: &'static str,
}

impl MeetingWrong {
    const fn of(why: MeetingRefused, t: Words) -> Self {
        let field = match why {
            MeetingRefused::InThePast => "day",
            MeetingRefused::Length => "minutes",
            MeetingRefused::PlaceTooLong | MeetingRefused::PlaceHasNumber => "place",
        };
        Self { field, text: t.meeting_refused(why) }
    }
}

impl CallForm {
    /// What is wrong with a field.
    fn wrong_with(&self, name: &str) -> Option<&'static str> {
        self.wrong.filter(|it| it.field == name).map(|it| it.text)
    }
}

/// What was typed of a meeting.
#[derive(Clone, Deserialize, Default)]
pub(super) struct Typed {
    #[serde(default)]
    pub key: String,
    #[serde(default)]
    pub day: String,
    #[serde(default)]
    pub time: String,
    #[serde(default)]
    pub minutes: String,
    #[serde(default)]
    pub place: String,
    /// The time that one was asked about because something is odd about it.
    #[serde(default)]
    pub sure: String,
}

impl Typed {
    /// Day, time and length, as they were typed.
    pub(super) fn time_said(&self) -> String {
        format!("{} {} {}", self.day, self.time, self.minutes)
    }

    fn of(at: Timestamp, minutes: u32, place: &str) -> Self {
        let zoned = at.to_jiff().to_zoned(norway());
        Self {
            key: String::new(),
            day: zoned.date().to_string(),
            time: zoned.strftime("%H:%M").to_string(),
            minutes: minutes.to_string(),
            place: place.to_owned(),
            sure: String::new(),
        }
    }
}

/// The cases of a meeting.
#[derive(Default)]
pub(super) struct Agenda {
    pub lines: Vec<AgendaLine>,
    /// How many more there are that this person does not see.
    pub hidden: Option<String>,
    /// Action and key of the forms that order it; absent for those who do not.
    pub order: Option<(String, String)>,
    /// Other planned meetings that a case can be moved to.
    pub others: Vec<(String, String)>,
}

pub(super) struct AgendaLine {
    pub row: Row,
    /// Why it was lifted, and from which step.
    pub lift: Option<String>,
    pub item: ItemId,
    pub wait: Option<WaitTag>,
    pub said: Option<&'static str>,
    pub minuted: bool,
    /// Where the minutes are written, for those who write them.
    pub minutes: Option<String>,
    /// The minutes can be read there, and not changed any more.
    pub only_read: bool,
    /// Its lift has ended, and what was said of it is kept.
    pub kept_at_home: bool,
    pub first: bool,
    pub last: bool,
}

pub(super) struct WaitingLine {
    pub row: Row,
    pub item: ItemId,
    pub lift: Option<String>,
    pub wait: Option<WaitTag>,
}

/// The cases that wait for a meeting.
pub(super) struct Waiting {
    pub lines: Vec<WaitingLine>,
    pub put: Option<Put>,
    /// Where one is afterwards: `meeting`, or nothing for the group's page.
    pub back: &'static str,
}

#[derive(Deserialize)]
pub(super) struct DoneQuery {
    done: Option<String>,
}

/// The groups that one takes part in; with one, its page.
pub(super) async fn list(State(house): State<Arc<House>>, who: SignedIn) -> Result<Response, Fault> {
    let units = groups(&house, &who);
    match units.as_slice() {
        [] => return Err(Fault::absent(who.language)),
        [unit] => return Ok(Redirect::to(&group_path(unit)).into_response()),
        [..] => {}
    }
    let next = house.inbox.meetings.next_meetings(&units, house.now()).await;
    let next = next.map_err(|it| Fault::store(who.language, it))?;
    let t = Words(who.language);
    let groups = units.iter().map(|unit| {
        let at = next.iter().find(|it| it.unit == *unit).map(|it| Moment::of(it.plan.at, house.now(), who.language));
        (group_path(unit), unit_name_in(&house, unit, who.language), at)
    });
    let page = GroupsPage { page: Page::signed_in(&house, &who, t.groups()), t, groups: groups.collect() };
    Ok(html(StatusCode::OK, &page))
}

pub(super) async fn show(
    State(house): State<Arc<House>>,
    who: SignedIn,
    Path(unit): Path<String>,
    Query(query): Query<DoneQuery>,
) -> Result<Response, Fault> {
    let unit = group_of(&house, &who, &unit)?;
    draw_group(&house, &who, &unit, Said { done: query.done, ..Said::default() }, StatusCode::OK).await
}

/// What is said on top of a page, and what must be typed anew.
#[derive(Default)]
pub(super) struct Said {
    pub done: Option<String>,
    pub typed: Option<Typed>,
    pub wrong: Option<MeetingRefused>,
    /// It was the form that calls an extraordinary meeting.
    pub urgent: bool,
    /// It was written in a session that is gone.
    pub again: bool,
    /// What is odd about its time.
    pub odd: Vec<String>,
    /// It was to be called off, and has minutes.
    pub held: bool,
}

pub(super) async fn draw_group(
    house: &House,
    who: &SignedIn,
    unit: &UnitId,
    said: Said,
    status: StatusCode,
) -> Result<Response, Fault> {
    let (t, now, fault) = (Words(who.language), house.now(), |it: StoreError| Fault::store(who.language, it));
    let store = &house.inbox.meetings;
    let meetings = store.meetings(unit, MEETINGS_MAX).await.map_err(fault)?;
    let planned = coming(house, unit).await.map_err(fault)?;
    let next = planned.first().cloned();
    let arranges = arranges(who, unit);
    let rows = match &next {
        Some(next) => store.agenda(next.id).await.map_err(fault)?,
        None => Vec::new(),
    };
    let agenda = agenda(house, who, next.as_ref(), rows, &planned).await.map_err(fault)?;
    let lines = waiting(house, who, unit, next.as_ref()).await.map_err(fault)?;
    let tags: Vec<&WaitTag> = lines
        .iter()
        .filter_map(|it| it.wait.as_ref())
        .chain(agenda.lines.iter().filter_map(|it| it.wait.as_ref()))
        .collect();
    let urgent_count = tags.iter().filter(|it| it.urgent).count();
    let late = tags.len() - urgent_count;
    journal(house, who, &format!("group {unit}"), lines.len() + agenda.lines.len()).await.map_err(fault)?;

    let wrong = said.wrong.map(|it| MeetingWrong::of(it, t));
    let refused = said.again.then(|| t.kept_again());
    let soon = Calendar::default().next_working_day(now.date_in_norway());
    let urgent = (urgent_count > 0).then(|| Urgent {
        text: if next.is_some() { t.group_urgent(urgent_count) } else { t.group_urgent_no_meeting(urgent_count) },
        form: arranges.then(|| {
            let typed = said.typed.clone().filter(|_| said.urgent).unwrap_or_else(|| proposed(soon, ""));
            let action = format!("{}/urgent", group_path(unit));
            let wrong = wrong.filter(|_| said.urgent);
            let refused = refused.filter(|_| said.urgent);
            let odd = if said.urgent { said.odd.clone() } else { Vec::new() };
            CallForm { refused, odd, ..form(who, action, t.call_extraordinary(), typed, wrong, "urgent", true) }
        }),
    });
    let call = arranges.then(|| {
        let typed = said.typed.clone().filter(|_| !said.urgent).unwrap_or_else(|| Typed {
            minutes: MINUTES_PROPOSED.to_string(),
            time: format!("{HOUR_PROPOSED:02}:00"),
            place: meetings.first().map(|it| it.plan.place.clone()).unwrap_or_default(),
            ..Typed::default()
        });
        let (wrong, refused) = (wrong.filter(|_| !said.urgent), refused.filter(|_| !said.urgent));
        let odd = if said.urgent { Vec::new() } else { said.odd.clone() };
        CallForm { refused, odd, ..form(who, group_path(unit), t.meeting_call(), typed, wrong, "call", false) }
    });
    let put = if puts(who, unit) { Put::of(&planned, who, now) } else { None };
    let view = |it: &Meeting| MeetingView::of(it, house, who);
    let is_next = |it: &Meeting| next.as_ref().is_some_and(|next| next.id == it.id);
    let page = GroupPage {
        page: Page::signed_in(house, who, t.group()),
        t,
        name: unit_name_in(house, unit, who.language),
        notice: said.done.as_deref().and_then(|it| t.meeting_done(it)),
        urgent,
        late: (late > 0).then(|| {
            let said = if next.is_some() { t.group_late(late) } else { t.group_no_meeting(late) };
            (said, if arranges { t.group_late_text() } else { t.group_late_wait() })
        }),
        next: next.as_ref().map(view),
        agenda,
        waiting: Waiting { lines, put, back: "" },
        coming: meetings.iter().rev().filter(|it| it.plan.at > now && !is_next(it)).map(view).collect(),
        past: meetings.iter().filter(|it| it.plan.at <= now && !is_next(it)).map(view).collect(),
        form: call,
    };
    Ok(html(status, &page))
}

fn proposed(day: Date, place: &str) -> Typed {
    Typed {
        key: String::new(),
        day: day.to_string(),
        time: format!("{HOUR_PROPOSED:02}:00"),
        minutes: MINUTES_PROPOSED.to_string(),
        place: place.to_owned(),
        sure: String::new(),
    }
}

/// The cases that wait for a meeting, as this person sees them, and whether they can wait for `meeting`.
async fn waiting(
    house: &House,
    who: &SignedIn,
    unit: &UnitId,
    meeting: Option<&Meeting>,
) -> Result<Vec<WaitingLine>, StoreError> {
    let waiting = house.inbox.meetings.waiting_for_meeting(unit, house.now(), CASES_MAX).await?;
    let seen = access::seen(house, who, waiting).await?;
    let lifts = lifts(house, who, &seen).await?;
    let line = |row: InboxRow| {
        let wait = wait_of(&row, &[], meeting.map(|it| it.plan.at));
        WaitingLine {
            item: row.id,
            lift: lifts.get(&row.id).cloned(),
            wait: WaitTag::of(wait, &row, Words(who.language)),
            row: Row::of(&row, house, who),
        }
    };
    Ok(seen.into_iter().map(line).collect())
}

/// Why each of these was lifted to here, and from which step.
async fn lifts(house: &House, who: &SignedIn, rows: &[InboxRow]) -> Result<HashMap<ItemId, String>, StoreError> {
    let t = Words(who.language);
    let items: Vec<ItemId> = rows.iter().map(|it| it.id).collect();
    let named = |it: &LiftTold| {
        let reason = t.case_code(&it.reason).unwrap_or(&it.reason).to_owned();
        let step = it.step.as_deref().map(|it| t.lift_step(it));
        step.map_or_else(|| reason.clone(), |step| format!("{reason}. {step}"))
    };
    Ok(house.inbox.meetings.lifts_of(&items).await?.iter().map(|(item, it)| (*item, named(it))).collect())
}

fn form(
    who: &SignedIn,
    action: String,
    button: &'static str,
    typed: Typed,
    wrong: Option<MeetingWrong>,
    id: &'static str,
    primary: bool,
) -> CallForm {
    let key = who.draw_key(&action);
    CallForm { action, key, button, primary, typed, wrong, refused: None, odd: Vec::new(), id }
}

pub(super) async fn one(
    State(house): State<Arc<House>>,
    who: SignedIn,
    Path((unit, id)): Path<(String, String)>,
    Query(query): Query<DoneQuery>,
) -> Result<Response, Fault> {
    let unit = group_of(&house, &who, &unit)?;
    let meeting = meeting_of(&house, &who, &unit, &id).await?;
    draw_meeting(&house, &who, &meeting, Said { done: query.done, ..Said::default() }, StatusCode::OK).await
}

pub(super) async fn draw_meeting(
    house: &House,
    who: &SignedIn,
    meeting: &Meeting,
    said: Said,
    status: StatusCode,
) -> Result<Response, Fault> {
    let (t, fault) = (Words(who.language), |it: StoreError| Fault::store(who.language, it));
    let rows = house.inbox.meetings.agenda(meeting.id).await.map_err(fault)?;
    let is_held = rows.iter().any(|it| it.minuted);
    let planned = coming(house, &meeting.unit).await.map_err(fault)?;
    let agenda = agenda(house, who, Some(meeting), rows, &planned).await.map_err(fault)?;
    let is_coming = meeting.is_coming(house.now());
    let waiting = if is_coming && puts(who, &meeting.unit) {
        let lines = waiting(house, who, &meeting.unit, Some(meeting)).await.map_err(fault)?;
        let put = Put::of(std::slice::from_ref(meeting), who, house.now());
        Some(Waiting { lines, put, back: "meeting" })
    } else {
        None
    };
    let listed = agenda.lines.len() + waiting.as_ref().map_or(0, |it| it.lines.len());
    journal(house, who, &format!("meeting {}", meeting.reference), listed).await.map_err(fault)?;
    let changes = arranges(who, &meeting.unit) && is_coming;
    let path = meeting_path(meeting);
    let form = changes.then(|| {
        let plan = &meeting.plan;
        let typed = said.typed.unwrap_or_else(|| Typed::of(plan.at, plan.minutes, &plan.place));
        let wrong = said.wrong.map(|it| MeetingWrong::of(it, t));
        let refused = said.again.then(|| t.kept_again());
        let odd = said.odd;
        CallForm { refused, odd, ..form(who, format!("{path}/move"), t.meeting_move(), typed, wrong, "move", false) }
    });
    // What has minutes has been held.
    let cancel = (changes && !is_held).then(|| {
        let action = format!("{path}/cancel");
        let key = who.draw_key(&action);
        (action, key)
    });
    let page = MeetingPage {
        page: Page::signed_in(house, who, t.meeting()),
        t,
        back: group_path(&meeting.unit),
        name: unit_name_in(house, &meeting.unit, who.language),
        notice: said.done.as_deref().and_then(|it| t.meeting_done(it)),
        refused: said.held.then(|| t.meeting_held()),
        meeting: MeetingView::of(meeting, house, who),
        agenda,
        waiting,
        form,
        cancel,
    };
    Ok(html(status, &page))
}

/// The agenda as this person may see it: need to know holds here as in any list.
pub(super) async fn agenda(
    house: &House,
    who: &SignedIn,
    meeting: Option<&Meeting>,
    rows: Vec<AgendaRow>,
    planned: &[Meeting],
) -> Result<Agenda, StoreError> {
    let Some(meeting) = meeting else { return Ok(Agenda::default()) };
    let t = Words(who.language);
    let all = rows.len();
    let seen: Vec<InboxRow> = access::seen(house, who, rows.iter().map(|it| it.row.clone()).collect()).await?;
    let lifts = lifts(house, who, &seen).await?;
    let changes = arranges(who, &meeting.unit) && meeting.is_coming(house.now());
    let path = meeting_path(meeting);
    let writes = writes_minutes(who, &meeting.unit) && meeting.may_have_been_held(house.now());
    let mut lines: Vec<AgendaLine> = Vec::new();
    for it in rows.into_iter().filter(|it| seen.iter().any(|row| row.id == it.row.id)) {
        let at = Some(meeting.plan.at).filter(|_| meeting.is_coming(house.now()));
        let wait = match (at, it.minuted) {
            (Some(at), false) => MeetingWait::of(it.row.received_at, it.row.urgent, it.row.answered, Some(at)),
            (Some(_), true) | (None, _) => MeetingWait::InTime,
        };
        lines.push(AgendaLine {
            item: it.row.id,
            lift: lifts.get(&it.row.id).cloned(),
            wait: WaitTag::of(wait, &it.row, t),
            said: it.decision.map(|it: MeetingDecision| t.meeting_decision(it)),
            minuted: it.minuted,
            minutes: (writes && (has_content(&it.row) || it.kept_at_home))
                .then(|| format!("{path}/items/{}", it.row.id)),
            only_read: it.minuted && !has_content(&it.row),
            kept_at_home: it.kept_at_home,
            first: false,
            last: false,
            row: Row::of(&it.row, house, who),
        });
    }
    if let Some(first) = lines.first_mut() {
        first.first = true;
    }
    if let Some(last) = lines.last_mut() {
        last.last = true;
    }
    let hidden = all - lines.len();
    let order = changes.then(|| {
        let action = format!("{path}/order");
        let key = who.draw_key(&action);
        (action, key)
    });
    let others =
        if changes { choices(planned.iter().filter(|it| it.id != meeting.id), who, house.now()) } else { Vec::new() };
    Ok(Agenda { hidden: (hidden > 0).then(|| t.agenda_hidden(hidden)), lines, order, others })
}

/// Whether a person can write minutes in the group at all; each case is asked for by itself.
pub(super) fn writes_minutes(who: &SignedIn, unit: &UnitId) -> bool {
    [Role::Secretary, Role::CaseWorker].into_iter().any(|it| who.units_as(it).contains(unit))
}

pub(super) async fn journal(house: &House, who: &SignedIn, what: &str, rows: usize) -> Result<(), StoreError> {
    house.journal(who.actor(), "listed", format!("{what}, {rows}")).await
}
