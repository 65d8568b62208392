//! A coordinator asks the leader of the coordinating unit for advice about a case, and the leader answers. Nobody else sees it:
//! not the members of the group, and not those who work with other cases of the unit.
//!
//! A case with a graded address is not written about here; one talks about it.

use crate::domain;
use crate::domain::Denial;
use crate::domain::ItemId;
use crate::domain::Redacted;
use crate::domain::Role;
use crate::domain::Wish;
use crate::inbox::House;
use crate::inbox::access;
use crate::inbox::access::Looked;
use crate::inbox::fault::Fault;
use crate::inbox::form::Sent;
use crate::inbox::kept;
use crate::inbox::moment::Moment;
use crate::inbox::people::Hint;
use crate::inbox::session::SignedIn;
use crate::inbox::texts::Words;
use crate::inbox::view::Page;
use crate::inbox::view::html;
use crate::storage::StoreError;
use crate::storage::ThreadSide;
use askama::Template;
use axum::Router;
use axum::extract::Path;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::response::Redirect;
use axum::response::Response;
use axum::routing::get;
use serde::Deserialize;
use std::sync::Arc;

pub(super) const PATH: &str = "/questions";

/// Questions on one page at most.
const ROWS_MAX: u32 = 200;
/// Longest text. Characters.
const TEXT_CHARACTERS_MAX: usize = 4000;

pub(super) fn routes() -> Router<Arc<House>> {
    Router::new().route(PATH, get(list)).route("/items/{id}/questions", get(show).post(say))
}

fn action(id: ItemId) -> String {
    format!("/items/{id}/questions")
}

/// On which side of the thread a person is; `None`: it is not theirs.
fn side(who: &SignedIn, looked: &Looked) -> Option<ThreadSide> {
    let row = &looked.detail.row;
    let roles = domain::roles_at(&who.memberships, &row.unit, row.id, who.at);
    let own = looked.coordinates || row.responsible.as_ref().is_some_and(|it| it.id == who.user.id);
    if row.protected || looked.may(Wish::See).is_err() {
        None
    } else if roles.contains(&Role::Leader) {
        Some(ThreadSide::Answered)
    } else if roles.contains(&Role::Coordinator) && own && looked.may(Wish::Read).is_ok() {
        Some(ThreadSide::Asked)
    } else {
        None
    }
}

/// Where the thread is, and what the link to it says, for those whose it is.
pub(super) fn link(who: &SignedIn, looked: &Looked) -> Option<(String, &'static str)> {
    let t = Words(who.language);
    let words = match side(who, looked)? {
        ThreadSide::Asked => t.questions_ask(),
        ThreadSide::Answered => t.questions_of_coordinator(),
    };
    Some((action(looked.detail.row.id), words))
}

/// That a coordinator waits for an answer, above a list.
pub(super) async fn hint(house: &House, who: &SignedIn) -> Result<Option<Hint>, StoreError> {
    let units = who.units_as(Role::Leader);
    if units.is_empty() {
        return Ok(None);
    }
    let waiting = house.inbox.questions.unanswered(&units, ROWS_MAX).await?.len();
    let t = Words(who.language);
    Ok((waiting > 0).then(|| Hint {
        text: t.questions_waiting(waiting),
        href: Some(PATH.to_owned()),
        link: t.questions_link(),
    }))
}

#[derive(Template)]
#[template(path = "questions.html")]
struct QuestionsPage {
    page: Page,
    t: Words,
    /// Where, reference, who asks, and when.
    waiting: Vec<(String, String, String, Moment)>,
}

async fn list(State(house): State<Arc<House>>, who: SignedIn) -> Result<Response, Fault> {
    let (t, units) = (Words(who.language), who.units_as(Role::Leader));
    if units.is_empty() {
        return Err(Fault::denied(who.language, Denial::NotByRole));
    }
    let waiting = house.inbox.questions.unanswered(&units, ROWS_MAX).await;
    let waiting = waiting.map_err(|it| Fault::store(who.language, it))?;
    let view = waiting.into_iter().map(|it| {
        let at = Moment::of(it.asked_at, house.now(), who.language);
        (action(it.item), it.reference.to_string(), it.asked_by, at)
    });
    let page = QuestionsPage { page: Page::signed_in(&house, &who, t.questions()), t, waiting: view.collect() };
    Ok(html(StatusCode::OK, &page))
}

#[derive(Template)]
#[template(path = "thread.html")]
struct ThreadPage {
    page: Page,
    t: Words,
    back: String,
    reference: String,
    intro: &'static str,
    lines: Vec<LineView>,
    action: String,
    key: String,
    button: &'static str,
    /// What was written, when something keeps it from being sent: why, and what is wrong with it.
    typed: String,
    refused: Option<&'static str>,
    wrong: Option<&'static str>,
}

struct LineView {
    by: String,
    at: Moment,
    asked: bool,
    text: String,
}

async fn show(State(house): State<Arc<House>>, who: SignedIn, Path(id): Path<String>) -> Result<Response, Fault> {
    let (looked, side) = allowed(&house, &who, &id).await?;
    draw(&house, &who, &looked, side, Again::default(), StatusCode::OK).await
}

/// What is drawn again of what was written.
#[derive(Default)]
struct Again {
    typed: String,
    refused: Option<&'static str>,
    wrong: Option<&'static str>,
}

async fn draw(
    house: &House,
    who: &SignedIn,
    looked: &Looked,
    side: ThreadSide,
    again: Again,
    status: StatusCode,
) -> Result<Response, Fault> {
    let (t, row) = (Words(who.language), &looked.detail.row);
    let Again { typed, refused, wrong } = again;
    let lines = house.inbox.questions.thread(row.id).await.map_err(|it| Fault::store(who.language, it))?;
    if !lines.is_empty() {
        house
            .journal_about(row.message, who.actor(), "questions_read", "")
            .await
            .map_err(|it| Fault::store(who.language, it))?;
    }
    let view = lines.into_iter().map(|it| LineView {
        at: Moment::of(it.at, house.now(), who.language),
        by: it.by,
        asked: it.side == ThreadSide::Asked,
        text: it.text.map_or_else(|| t.content_removed().to_owned(), Redacted::into_inner),
    });
    let (intro, button) = match side {
        ThreadSide::Asked => (t.questions_intro_coordinator(), t.questions_send()),
        ThreadSide::Answered => (t.questions_intro_leader(), t.questions_answer()),
    };
    let action = action(row.id);
    let page = ThreadPage {
        page: Page::signed_in(house, who, &format!("{} {}", t.questions(), row.reference)),
        t,
        back: format!("/items/{}", row.id),
        reference: row.reference.to_string(),
        intro,
        lines: view.collect(),
        key: who.draw_key(&action),
        action,
        button,
        typed,
        refused,
        wrong,
    };
    Ok(html(status, &page))
}

#[derive(Deserialize)]
struct SayForm {
    #[serde(default)]
    key: String,
    #[serde(default)]
    text: String,
}

async fn say(
    State(house): State<Arc<House>>,
    Path(id): Path<String>,
    Sent(who, form): Sent<SayForm>,
) -> Result<Response, Fault> {
    let t = Words(who.language);
    let (looked, side) = allowed(&house, &who, &id).await?;
    let item = looked.detail.row.id;
    let Ok(nonce) = who.check_key(&action(item), &form.key) else {
        let again = Again { typed: form.text, refused: Some(t.kept_again()), wrong: None };
        return draw(&house, &who, &looked, side, again, kept::AGAIN).await;
    };
    let text = form.text.trim();
    let wrong = match text.chars().count() {
        0 => Some(t.wrong_missing()),
        1..=TEXT_CHARACTERS_MAX => None,
        _ => Some(t.wrong_too_long()),
    };
    if wrong.is_some() {
        let again = Again { typed: form.text, refused: None, wrong };
        return draw(&house, &who, &looked, side, again, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let (text, by, now) = (Redacted::new(text.to_owned()), who.person(), house.now());
    let say = || house.inbox.questions.say(item, side, &text, &by, now);
    house.acts.run(nonce, now, say).await.map_err(|it| Fault::store(who.language, it))?;
    Ok(Redirect::to(&action(item)).into_response())
}

/// The case, for the coordinator who has it and for the leader of its unit. Every no is in the journal.
async fn allowed(house: &House, who: &SignedIn, id: &str) -> Result<(Looked, ThreadSide), Fault> {
    let id: ItemId = id.parse().map_err(|_| Fault::absent(who.language))?;
    let looked = access::look(house, who, id).await?;
    access::require(house, who, &looked, Wish::See).await?;
    match side(who, &looked) {
        Some(side) => Ok((looked, side)),
        None => {
            access::deny(house, who, &looked, "questions", Denial::NotByRole).await?;
            Err(Fault::denied(who.language, Denial::NotByRole))
        }
    }
}
