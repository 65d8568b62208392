//! What was said of a case in a meeting, and what somebody was given to do.

use super::call;
use super::group_of;
use super::has_content;
use super::meeting_of;
use super::meeting_path;
use super::page::writes_minutes;
use crate::domain::ItemId;
use crate::domain::Meeting;
use crate::domain::MeetingDecision;
use crate::domain::Redacted;
use crate::domain::Role;
use crate::domain::TaskKind;
use crate::domain::UnitId;
use crate::domain::Wish;
use crate::inbox::House;
use crate::inbox::access;
use crate::inbox::fault::Fault;
use crate::inbox::form::Sent;
use crate::inbox::kept;
use crate::inbox::moment::Moment;
use crate::inbox::session::SignedIn;
use crate::inbox::texts::Words;
use crate::inbox::view::Page;
use crate::inbox::view::html;
use crate::storage::CameFrom;
use crate::storage::NewMinutes;
use crate::storage::NewTask;
use crate::storage::Person;
use crate::storage::StoreError;
use crate::storage::UserId;
use askama::Template;
use axum::extract::Path;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::response::Redirect;
use axum::response::Response;
use jiff::civil::Date;
use serde::Deserialize;
use std::sync::Arc;
use uuid::Uuid;

/// Longest text that is kept of one field. Characters.
const TEXT_CHARACTERS_MAX: usize = 4000;

#[derive(Template)]
#[template(path = "minutes.html")]
struct MinutesPage {
    page: Page,
    t: Words,
    back: String,
    case: String,
    reference: String,
    at: Moment,
    action: String,
    key: String,
    typed: Typed,
    decisions: Vec<(&'static str, &'static str)>,
    people: Vec<(String, String)>,
    refused: Option<&'static str>,
    wrong: Vec<(&'static str, &'static str)>,
    stage: Stage,
}

impl MinutesPage {
    /// What is wrong with a field.
    fn wrong_with(&self, name: &str) -> Option<&'static str> {
        self.wrong.iter().find(|it| it.0 == name).map(|it| it.1)
    }
}

#[derive(Deserialize, Default)]
pub(super) struct Typed {
    #[serde(default)]
    key: String,
    #[serde(default)]
    said: String,
    #[serde(default)]
    decision: String,
    #[serde(default)]
    task: String,
    #[serde(default)]
    assignee: String,
    #[serde(default)]
    due: String,
}

/// The case, the meeting, and who takes part in the group.
struct About {
    item: ItemId,
    meeting: Meeting,
    reference: String,
    before: Typed,
    /// The unit that lifted it to here, which has it.
    home: Option<CameFrom>,
    people: Vec<Person>,
    stage: Stage,
}

/// What can be done with the minutes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// Written, changed, and somebody given something to do.
    Open,
    /// The lift has ended before anything was written: text and decision are, once.
    Late,
    /// The lift has ended: they are read.
    Read,
}

pub(super) async fn ask(
    State(house): State<Arc<House>>,
    who: SignedIn,
    Path(path): Path<(String, String, String)>,
) -> Result<Response, Fault> {
    let mut about = About::read(&house, &who, path).await?;
    let typed = std::mem::take(&mut about.before);
    Ok(about.draw(&house, &who, typed, Vec::new(), StatusCode::OK))
}

pub(super) async fn write(
    State(house): State<Arc<House>>,
    Path(path): Path<(String, String, String)>,
    Sent(who, typed): Sent<Typed>,
) -> Result<Response, Fault> {
    let t = Words(who.language);
    let about = About::read(&house, &who, path).await?;
    let typed = match about.stage {
        Stage::Open => typed,
        // Nobody does anything with the case for the group any more.
        Stage::Late => Typed { key: typed.key, said: typed.said, decision: typed.decision, ..Typed::default() },
        Stage::Read => return Err(Fault::absent(who.language)),
    };
    let Ok(nonce) = who.check_key(&about.action(), &typed.key) else {
        return Ok(about.draw(&house, &who, typed, Vec::new(), kept::AGAIN));
    };
    let mut wrong = Vec::new();
    let said = text(&typed.said);
    if said.is_none() {
        wrong.push(("said", t.wrong_missing()));
    }
    let (task, due) = (text(&typed.task), typed.due.trim().parse().ok());
    let assignee = about.people.iter().find(|it| it.id.to_string() == typed.assignee).cloned();
    // A task is whole or none.
    let begun = task.is_some() || assignee.is_some() || !typed.due.trim().is_empty();
    if begun && task.is_none() {
        wrong.push(("task", t.wrong_missing()));
    }
    if begun && due.is_none() {
        wrong.push(("due", if typed.due.trim().is_empty() { t.wrong_missing() } else { t.wrong_not_a_date() }));
    }
    if due.is_some_and(|it: Date| it < house.now().date_in_norway()) {
        wrong.push(("due", t.wrong_past()));
    }
    for (name, value) in [("said", &typed.said), ("task", &typed.task)] {
        if value.chars().count() > TEXT_CHARACTERS_MAX {
            wrong.push((name, t.wrong_too_long()));
        }
    }
    let Some(said) = said.filter(|_| wrong.is_empty()) else {
        return Ok(about.draw(&house, &who, typed, wrong, StatusCode::UNPROCESSABLE_ENTITY));
    };
    let task = due.zip(task).map(|(due_on, task)| {
        let at = about.task_belongs_to(assignee.as_ref());
        let (text, meeting) = (Some(task), Some(about.meeting.id));
        (at, NewTask { id: Uuid::now_v7(), kind: TaskKind::FromMeeting, text, due_on, assignee, meeting })
    });
    let notices = about.home.iter().flat_map(|it| call::notices(&house, &it.unit)).collect();
    let said = NewMinutes { text: said, decision: MeetingDecision::from_code(&typed.decision), task, notices };
    let (meeting, item, by, now) = (about.meeting.id, about.item, who.person(), house.now());
    let write = || house.inbox.meetings.write_minutes(meeting, item, &said, &by, now);
    house.acts.run(nonce, now, write).await.map_err(|it| Fault::store(who.language, it))?;
    Ok(Redirect::to(&format!("{}?done=minutes", meeting_path(&about.meeting))).into_response())
}

fn text(typed: &str) -> Option<Redacted<String>> {
    let typed = typed.trim();
    (!typed.is_empty()).then(|| Redacted::new(typed.to_owned()))
}

impl About {
    /// Only for those who work with the case; what was written before is a reading, and is told.
    async fn read(house: &House, who: &SignedIn, path: (String, String, String)) -> Result<Self, Fault> {
        let fault = |it: StoreError| Fault::store(who.language, it);
        let unit = group_of(house, who, &path.0)?;
        let meeting = meeting_of(house, who, &unit, &path.1).await?;
        let item: ItemId = path.2.parse().map_err(|_| Fault::absent(who.language))?;
        let looked = access::look(house, who, item).await?;
        access::require(house, who, &looked, Wish::Work).await?;
        let stage = match has_content(&looked.detail.row) {
            true => Stage::Open,
            false => after_the_lift(house, who, &meeting, item).await?,
        };
        let case = house.inbox.cases.case(item, std::slice::from_ref(&unit)).await.map_err(fault)?;
        let home = case.came_from.filter(|it| it.by_lift);
        let discussed = house.inbox.meetings.meetings_of(item).await.map_err(fault)?;
        let discussed = discussed.into_iter().find(|it| it.meeting.id == meeting.id);
        let discussed = discussed.ok_or_else(|| Fault::absent(who.language))?;
        let before = discussed.minutes.map(|it| Typed {
            said: it.text.into_inner(),
            decision: it.decision.map_or("", MeetingDecision::code).to_owned(),
            ..Typed::default()
        });
        if before.is_some() {
            let (message, which) = (looked.detail.row.message, format!("meeting {}", meeting.id));
            house.journal_about(message, who.actor(), "minutes_read", which).await.map_err(fault)?;
        }
        let mut people = match stage {
            Stage::Open => people(house, who, &unit).await.map_err(fault)?,
            Stage::Late | Stage::Read => Vec::new(),
        };
        // The one who has it at home is given what the meeting says should be done there.
        if let Some(it) = home.as_ref().and_then(|it| it.responsible.as_ref())
            && !people.iter().any(|person| person.id.0 == it.id)
        {
            people.push(Person { id: UserId(it.id), display_name: it.name.clone() });
        }
        let reference = looked.detail.row.reference.to_string();
        Ok(Self { item, meeting, reference, before: before.unwrap_or_default(), home, people, stage })
    }

    /// What the one who has it at home is given to do is a task of the case there.
    fn task_belongs_to(&self, assignee: Option<&Person>) -> ItemId {
        let home = self.home.as_ref().zip(assignee);
        let theirs = home.filter(|(home, person)| home.responsible.as_ref().is_some_and(|it| it.id == person.id.0));
        theirs.map_or(self.item, |(home, _)| home.item)
    }

    fn action(&self) -> String {
        format!("{}/items/{}", meeting_path(&self.meeting), self.item)
    }

    fn draw(
        &self,
        house: &House,
        who: &SignedIn,
        typed: Typed,
        wrong: Vec<(&'static str, &'static str)>,
        status: StatusCode,
    ) -> Response {
        let t = Words(who.language);
        let action = self.action();
        let page = MinutesPage {
            page: Page::signed_in(house, who, &format!("{} {}", t.minutes(), self.reference)),
            t,
            back: meeting_path(&self.meeting),
            case: format!("/items/{}", self.item),
            reference: self.reference.clone(),
            at: Moment::of(self.meeting.plan.at, house.now(), who.language),
            key: who.draw_key(&action),
            action,
            typed,
            decisions: MeetingDecision::ALL.iter().map(|it| (it.code(), t.meeting_decision(*it))).collect(),
            people: self.people.iter().map(|it| (it.id.to_string(), it.display_name.clone())).collect(),
            // A form of a session that is gone is looked over before it is sent again.
            refused: (status == kept::AGAIN).then(|| t.kept_again()),
            wrong,
            stage: self.stage,
        };
        html(status, &page)
    }
}

/// What can be done with the minutes of a case whose lift has ended: nothing, when it is kept nowhere, or the person does not write
/// them.
async fn after_the_lift(house: &House, who: &SignedIn, meeting: &Meeting, item: ItemId) -> Result<Stage, Fault> {
    let rows = house.inbox.meetings.agenda(meeting.id).await.map_err(|it| Fault::store(who.language, it))?;
    let line = rows.into_iter().find(|it| it.row.id == item && it.kept_at_home);
    match line.filter(|_| writes_minutes(who, &meeting.unit)) {
        Some(line) if line.minuted => Ok(Stage::Read),
        Some(_) => Ok(Stage::Late),
        None => Err(Fault::absent(who.language)),
    }
}

/// Those who take part in the group now and read what is lifted to it: whom a meeting can give something to do.
pub(in crate::inbox) async fn people(house: &House, who: &SignedIn, unit: &UnitId) -> Result<Vec<Person>, StoreError> {
    let all = house.inbox.people.people_of(std::slice::from_ref(unit)).await?;
    let takes_part = |role: Role| matches!(role, Role::Member | Role::Secretary | Role::CaseWorker | Role::Leader);
    let people = all.into_iter().filter(|(user, held)| {
        user.ended_at.is_none() && held.iter().any(|it| it.holds(who.at) && takes_part(it.role))
    });
    Ok(people.map(|(user, _)| Person { id: UserId(user.id.0), display_name: user.display_name }).collect())
}
