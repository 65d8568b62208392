//! What has to be done about cases: on a case's page, and in a list of one's own and one's units' tasks.
//!
//! What somebody was given to do is shown to that person and to those who work with the case; other readers do not see it.
//! Who only sees that there are cases sees that there are tasks, and not what is written in them.

use crate::domain::ItemId;
use crate::domain::ItemState;
use crate::domain::Redacted;
use crate::domain::Sight;
use crate::domain::TaskKind;
use crate::domain::UnitId;
use crate::domain::Which;
use crate::domain::Wish;
use crate::domain::worked_units;
use crate::inbox::House;
use crate::inbox::access;
use crate::inbox::access::Looked;
use crate::inbox::casework;
use crate::inbox::casework::CaseForm;
use crate::inbox::casework::Field;
use crate::inbox::fault::Fault;
use crate::inbox::form::Posted;
use crate::inbox::form::Sent;
use crate::inbox::groups;
use crate::inbox::icon::Icon;
use crate::inbox::kept;
use crate::inbox::moment;
use crate::inbox::people::Hint;
use crate::inbox::prove;
use crate::inbox::session::SignedIn;
use crate::inbox::texts::Words;
use crate::inbox::view::Page;
use crate::inbox::view::Tag;
use crate::inbox::view::html;
use crate::inbox::view::unit_name_in;
use crate::storage::NewTask;
use crate::storage::Person;
use crate::storage::StoreError;
use crate::storage::Task;
use askama::Template;
use axum::Router;
use axum::extract::Path;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::response::Redirect;
use axum::response::Response;
use axum::routing::get;
use axum::routing::post;
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;
use uuid::Uuid;

pub(super) const PATH: &str = "/tasks";

/// Tasks on one page at most.
const ROWS_MAX: u32 = 300;
/// Longest text of a task. Characters.
const TEXT_CHARACTERS_MAX: usize = 500;

pub(super) fn routes() -> Router<Arc<House>> {
    Router::new()
        .route(PATH, get(list))
        .route("/items/{id}/tasks", post(add))
        .route("/items/{id}/tasks/{task}/done", post(tick))
}

/// The tasks of a case, on its page.
#[derive(Default)]
pub(super) struct TasksPart {
    pub open: Vec<TaskView>,
    pub done: Vec<TaskView>,
    /// What was open when the case was closed, has ended with it.
    pub ended: bool,
    /// The form that adds one, for those who work with the case.
    pub add: Option<AddForm>,
}

pub(super) struct AddForm {
    pub action: String,
    pub key: String,
    pub kinds: Vec<(&'static str, &'static str)>,
    pub people: Vec<(String, String)>,
}

/// A task as pages show it.
pub(super) struct TaskView {
    pub what: &'static str,
    pub text: Option<String>,
    pub due: String,
    pub overdue: Option<Tag>,
    pub who: Option<String>,
    /// By whom it was done.
    pub done: Option<String>,
    /// Action and key of the form that ticks it off.
    pub tick: Option<(String, String)>,
    pub reference: String,
    pub href: String,
    pub unit: String,
}

impl TaskView {
    /// `read`: whether the person may read what is written. `works`: whether they may tick it off.
    fn of(task: &Task, house: &House, who: &SignedIn, read: bool, works: bool) -> Self {
        let (t, today) = (Words(who.language), house.now().date_in_norway());
        let own = is_own(task, who);
        let late = task.done.is_none() && task.due_on < today;
        let tag = Tag { word: t.overdue_word(), icon: Icon::Warning, tone: "danger" };
        let tick = (task.done.is_none() && (works || own && read)).then(|| {
            let action = format!("/items/{}/tasks/{}/done", task.item, task.id);
            let key = who.draw_key(&action);
            (action, key)
        });
        Self {
            what: t.task_kind(task.kind),
            text: task.text.as_ref().filter(|_| read).map(|it| it.reveal().clone()),
            due: moment::date(task.due_on, who.language),
            overdue: late.then_some(tag),
            who: task.assignee.as_ref().map(|it| it.display_name.clone()),
            done: task.done.as_ref().map(|it| it.1.clone()),
            tick,
            reference: task.reference.to_string(),
            href: format!("/items/{}", task.item),
            // It tells the municipality.
            unit: if task.graded { t.hidden().to_owned() } else { unit_name_in(house, &task.unit, who.language) },
        }
    }
}

fn is_own(task: &Task, who: &SignedIn) -> bool {
    task.assignee.as_ref().is_some_and(|it| it.id == who.user.id)
}

/// The tasks of a case that its reader sees.
pub(super) async fn part(house: &House, who: &SignedIn, looked: &Looked) -> Result<TasksPart, StoreError> {
    let item = looked.detail.row.id;
    let works = looked.may(Wish::Work).is_ok();
    // What was not done has ended with the case.
    let is_closed = looked.detail.row.state == ItemState::Closed;
    let seen = |it: &Task| works || it.assignee.is_none() || is_own(it, who);
    let tasks: Vec<Task> = house.inbox.tasks.tasks_of(item).await?.into_iter().filter(seen).collect();
    let view = |it: &Task| {
        let there = TaskView::of(it, house, who, true, works);
        // What lies with the other unit is ticked off there.
        if it.item == item && !is_closed { there } else { TaskView { tick: None, overdue: None, ..there } }
    };
    let add = if works && !is_closed && groups::has_content(&looked.detail.row) {
        let people = groups::people(house, who, &looked.detail.row.unit).await?;
        let action = format!("/items/{item}/tasks");
        let t = Words(who.language);
        Some(AddForm {
            key: who.draw_key(&action),
            action,
            kinds: TaskKind::ALL.iter().map(|it| (it.code(), t.task_kind(*it))).collect(),
            people: people.iter().map(|it| (it.id.to_string(), it.display_name.clone())).collect(),
        })
    } else {
        None
    };
    let (open, done): (Vec<Task>, Vec<Task>) = tasks.into_iter().partition(|it| it.done.is_none());
    let ended = is_closed && !open.is_empty();
    Ok(TasksPart { open: open.iter().map(view).collect(), done: done.iter().map(view).collect(), ended, add })
}

/// What a person sees tasks of: units seen as a whole, and one's own cases. Others get their tasks by name.
fn sights(who: &SignedIn) -> Vec<Sight> {
    let wide = |it: &Sight| match it.which {
        Which::All | Which::Own | Which::Appointed => true,
        Which::Lifted | Which::Case(_) => false,
    };
    who.sights().into_iter().filter(wide).collect()
}

/// That tasks are overdue, above a list.
pub(super) async fn hint(house: &House, who: &SignedIn) -> Result<Option<Hint>, StoreError> {
    let today = house.now().date_in_norway();
    let late = house.inbox.tasks.overdue_tasks(&sights(who), who.user.id, &who.units_held(), today).await?;
    let t = Words(who.language);
    Ok((late > 0).then(|| Hint { text: t.tasks_overdue(late), href: Some(PATH.to_owned()), link: t.tasks_link() }))
}

#[derive(Template)]
#[template(path = "tasks.html")]
struct TasksPage {
    page: Page,
    t: Words,
    /// Something is written that the person must prove who they are to read.
    hidden: bool,
    own: Vec<TaskView>,
    units: Vec<TaskView>,
}

async fn list(State(house): State<Arc<House>>, who: SignedIn) -> Result<Response, Fault> {
    let fault = |it: StoreError| Fault::store(who.language, it);
    let tasks = house.inbox.tasks.open_tasks(&sights(&who), who.user.id, &who.units_held(), ROWS_MAX).await;
    let tasks = tasks.map_err(fault)?;
    let worked = worked_units(&who.memberships, who.at);
    // What is written in a task is of the case, and asks for as much as the case does.
    let proved = prove::is_enough(&house, &who);
    let hidden = !proved && tasks.iter().any(|it| it.text.is_some());
    house.journal(who.actor(), "listed", format!("tasks, {}", tasks.len())).await.map_err(fault)?;
    let (own, units): (Vec<Task>, Vec<Task>) = tasks.into_iter().partition(|it| is_own(it, &who));
    let view = |it: &Task| {
        let works = worked.contains(&it.unit);
        // What is written of a graded case is read on its own page, by two.
        TaskView::of(it, &house, &who, works && !it.graded && proved, works)
    };
    // One's own are there as long as one has the case, and are read as far as it is.
    let mut reached: BTreeMap<ItemId, Option<bool>> = BTreeMap::new();
    for item in own.iter().map(|it| it.item) {
        if let Entry::Vacant(place) = reached.entry(item) {
            let looked = access::look(&house, &who, item).await.ok().filter(|it| it.may(Wish::See).is_ok());
            place.insert(looked.map(|it| it.may(Wish::Read).is_ok()));
        }
    }
    let own = own.iter().filter_map(|it| {
        let reads = reached.get(&it.item).copied().flatten()?;
        Some(TaskView::of(it, &house, &who, reads && proved, reads))
    });
    let t = Words(who.language);
    let page = TasksPage {
        page: Page::signed_in(&house, &who, t.tasks()),
        t,
        hidden,
        own: own.collect(),
        units: units.iter().map(view).collect(),
    };
    Ok(html(StatusCode::OK, &page))
}

#[derive(Deserialize, Default)]
struct TaskForm {
    #[serde(default)]
    key: String,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    text: String,
    #[serde(default)]
    assignee: String,
    #[serde(default)]
    due: String,
}

impl TaskForm {
    /// The task, or each field that must be put right, and why.
    fn read(&self, people: &[Person], today: Date, t: Words) -> Result<NewTask, Vec<(&'static str, &'static str)>> {
        let mut wrong = Vec::new();
        let kind = TaskKind::from_code(&self.kind);
        if kind.is_none() {
            wrong.push(("kind", t.wrong_missing()));
        }
        let text = self.text.trim();
        if text.chars().count() > TEXT_CHARACTERS_MAX {
            wrong.push(("text", t.wrong_too_long()));
        }
        let assignee = people.iter().find(|it| it.id.to_string() == self.assignee).cloned();
        if assignee.is_none() && !self.assignee.is_empty() {
            wrong.push(("assignee", t.wrong_missing()));
        }
        let due = self.due.trim();
        let due_on = due.parse::<Date>().ok();
        if due_on.is_some_and(|it| it < today) {
            wrong.push(("due", t.wrong_past()));
        }
        if due_on.is_none() {
            wrong.push(("due", if due.is_empty() { t.wrong_missing() } else { t.wrong_not_a_date() }));
        }
        let (Some(kind), Some(due_on), true) = (kind, due_on, wrong.is_empty()) else { return Err(wrong) };
        let text = (!text.is_empty()).then(|| Redacted::new(text.to_owned()));
        Ok(NewTask { id: Uuid::now_v7(), kind, text, due_on, assignee, meeting: None })
    }

    /// The fields with what was typed in them.
    fn fields(&self, people: &[Person], wrong: &[(&'static str, &'static str)], t: Words) -> Vec<Field> {
        let field = |name: &'static str, label: &'static str, control: &'static str, value: &str| Field {
            name,
            label,
            hint: "",
            control,
            options: Vec::new(),
            value: value.to_owned(),
            required: false,
            wrong: wrong.iter().find(|it| it.0 == name).map(|it| it.1),
        };
        let kinds = TaskKind::ALL.iter().map(|it| (it.code().to_owned(), t.task_kind(*it).to_owned()));
        let people = people.iter().map(|it| (it.id.to_string(), it.display_name.clone()));
        vec![
            Field { options: kinds.collect(), required: true, ..field("kind", t.task(), "select", &self.kind) },
            field("text", t.task_text(), "area", &self.text),
            Field { options: people.collect(), ..field("assignee", t.task_assignee(), "select", &self.assignee) },
            Field { required: true, ..field("due", t.task_due(), "date", &self.due) },
        ]
    }
}

async fn add(
    State(house): State<Arc<House>>,
    Path(id): Path<String>,
    Sent(who, form): Sent<TaskForm>,
) -> Result<Response, Fault> {
    let fault = |it: StoreError| Fault::store(who.language, it);
    let t = Words(who.language);
    let id: ItemId = id.parse().map_err(|_| Fault::absent(who.language))?;
    let action = format!("/items/{id}/tasks");
    let looked = access::look(&house, &who, id).await?;
    access::require(&house, &who, &looked, Wish::Work).await?;
    if !groups::has_content(&looked.detail.row) {
        return Err(Fault::absent(who.language));
    }
    let unit: &UnitId = &looked.detail.row.unit;
    let people = groups::people(&house, &who, unit).await.map_err(fault)?;
    // What was written stays, on a page of its own, whatever keeps it from being done.
    let again = |wrong: &[(&'static str, &'static str)], refused: Option<&str>, status| {
        let fields = form.fields(&people, wrong, t);
        let refused = refused.map(str::to_owned);
        let form = CaseForm {
            heading: t.task_add(),
            submit: t.task_add(),
            intro: String::new(),
            action: action.clone(),
            fields,
            warnings: Vec::new(),
            refused,
        };
        casework::draw_form(&house, &who, &looked.detail, form, status)
    };
    let Ok(nonce) = who.check_key(&action, &form.key) else {
        return Ok(again(&[], Some(t.kept_again()), kept::AGAIN));
    };
    let task = match form.read(&people, house.now().date_in_norway(), t) {
        Ok(task) => task,
        Err(wrong) => return Ok(again(&wrong, None, StatusCode::UNPROCESSABLE_ENTITY)),
    };
    let (by, now) = (who.person(), house.now());
    let add = || house.inbox.tasks.add_task(id, &task, &by, now);
    house.acts.run(nonce, now, add).await.map_err(fault)?;
    Ok(Redirect::to(&format!("/items/{id}#tasks-heading")).into_response())
}

#[derive(Deserialize)]
struct TickForm {
    key: String,
}

async fn tick(
    State(house): State<Arc<House>>,
    who: SignedIn,
    Path((id, task)): Path<(String, String)>,
    Posted(form): Posted<TickForm>,
) -> Result<Response, Fault> {
    let fault = |it: StoreError| Fault::store(who.language, it);
    let id: ItemId = id.parse().map_err(|_| Fault::absent(who.language))?;
    let task: Uuid = Uuid::parse_str(&task).map_err(|_| Fault::absent(who.language))?;
    who.check_key(&format!("/items/{id}/tasks/{task}/done"), &form.key)?;
    let looked = access::look(&house, &who, id).await?;
    let tasks = house.inbox.tasks.tasks_of(id).await.map_err(fault)?;
    let own = tasks.iter().any(|it| it.id == task && is_own(it, &who));
    // What a meeting gave a member is that member's to tick off; anything else is for those who work with the case.
    let wish = if own { Wish::Read } else { Wish::Work };
    access::require(&house, &who, &looked, wish).await?;
    house.inbox.tasks.tick_task(id, task, &who.person(), house.now()).await.map_err(fault)?;
    Ok(Redirect::to(PATH).into_response())
}
