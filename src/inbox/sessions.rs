//! Where a person is signed in, signing out everywhere else, and choosing a new password.
//!
//! Each of the two acts asks for the password again: a browser left open must not be enough to shut its owner out. Wrong
//! ones are counted together with those at sign-in. Who has no password here (signed in elsewhere) must have done so lately.

use crate::domain::Redacted;
use crate::domain::Timestamp;
use crate::inbox::House;
use crate::inbox::fault::Fault;
use crate::inbox::form::Posted;
use crate::inbox::guessable;
use crate::inbox::moment::Moment;
use crate::inbox::password;
use crate::inbox::password::Crowded;
use crate::inbox::password::PasswordRefused;
use crate::inbox::session;
use crate::inbox::session::SignedIn;
use crate::inbox::sign_in::SLOW_DOWN;
use crate::inbox::texts::Words;
use crate::inbox::view::Page;
use crate::inbox::view::html;
use crate::telemetry::Event;
use askama::Template;
use axum::Router;
use axum::extract::Query;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::HeaderValue;
use axum::http::StatusCode;
use axum::http::header;
use axum::response::IntoResponse;
use axum::response::Redirect;
use axum::response::Response;
use axum::routing::get;
use axum::routing::post;
use serde::Deserialize;
use std::sync::Arc;
use std::time::Duration;

pub(super) const PATH: &str = "/sessions";
const END: &str = "/sessions/end";
const PASSWORD: &str = "/sessions/password";

/// One who has no password here must have signed in no longer ago than this.
const LATELY: Duration = Duration::from_secs(10 * 60);

pub(super) fn routes() -> Router<Arc<House>> {
    Router::new().route(PATH, get(show)).route(END, post(end)).route(PASSWORD, post(change_password))
}

#[derive(Template)]
#[template(path = "sessions.html")]
struct SessionsPage {
    page: Page,
    t: Words,
    rows: Vec<Row>,
    has_password: bool,
    end_key: String,
    password_key: String,
    characters_min: usize,
    said: Option<&'static str>,
    /// What is wrong, and the field that it is about.
    error: Option<(String, &'static str)>,
}

impl SessionsPage {
    fn is_wrong(&self, field: &str) -> bool {
        self.error.as_ref().is_some_and(|(_, it)| *it == field)
    }
}

struct Row {
    this: bool,
    began: Moment,
    seen: Moment,
    ends: Moment,
}

#[derive(Deserialize)]
struct SessionsQuery {
    ended: Option<String>,
    changed: Option<String>,
}

async fn show(
    State(house): State<Arc<House>>,
    who: SignedIn,
    Query(query): Query<SessionsQuery>,
) -> Result<Response, Fault> {
    let t = Words(who.language);
    let said = match (query.changed, query.ended) {
        (Some(_), _) => Some(t.sessions_password_changed()),
        (None, Some(_)) => Some(t.sessions_ended()),
        (None, None) => None,
    };
    draw(&house, &who, StatusCode::OK, said, None).await
}

async fn draw(
    house: &House,
    who: &SignedIn,
    status: StatusCode,
    said: Option<&'static str>,
    error: Option<(String, &'static str)>,
) -> Result<Response, Fault> {
    let (t, now, fault) = (Words(who.language), house.now(), |it| Fault::store(who.language, it));
    let idle = house.config().session_idle_max();
    let sessions = house.inbox.sessions.sessions_of(who.user.id, now).await.map_err(fault)?;
    let moment = |at: Timestamp| Moment::of(at, now, who.language);
    let rows = sessions
        .iter()
        // What nobody has used for too long ends when it is next seen, so it has ended already.
        .filter(|it| now.since(it.seen_at) <= idle)
        .map(|it| Row {
            this: it.token_sha256 == who.token.sha256(),
            began: moment(it.created_at),
            seen: moment(it.seen_at),
            ends: moment(it.expires),
        })
        .collect();
    let has_password = house.inbox.accounts.password_hash(who.user.id).await.map_err(fault)?.is_some();
    let page = Page::signed_in(house, who, t.sessions_heading());
    let (end_key, password_key) = (who.draw_key(END), who.draw_key(PASSWORD));
    let characters_min = house.config().password_characters_min;
    Ok(html(status, &SessionsPage { page, t, rows, has_password, end_key, password_key, characters_min, said, error }))
}

#[derive(Deserialize)]
struct EndForm {
    #[serde(default)]
    own: String,
    key: String,
}

/// Ends all sessions of the person but this one.
async fn end(State(house): State<Arc<House>>, who: SignedIn, Posted(form): Posted<EndForm>) -> Result<Response, Fault> {
    who.check_key(END, &form.key)?;
    let fault = |it| Fault::store(who.language, it);
    if let Some(answer) = unproved(&house, &who, form.own, "own-end").await? {
        return Ok(answer);
    }
    let ended = house.inbox.sessions.end_sessions(who.user.id, Some(who.token.sha256())).await.map_err(fault)?;
    house.journal(who.actor(), "sessions_ended", ended.to_string()).await.map_err(fault)?;
    tracing::info!(event = Event::SessionsEnded.name(), user.id = %who.user.id, ended, "sessions were ended elsewhere");
    Ok(Redirect::to("/sessions?ended=1").into_response())
}

#[derive(Deserialize)]
struct PasswordForm {
    own: String,
    password: String,
    repeat: String,
    key: String,
}

/// Sets a new password; the store ends every session, and this browser gets a new one.
async fn change_password(
    State(house): State<Arc<House>>,
    who: SignedIn,
    headers: HeaderMap,
    Posted(form): Posted<PasswordForm>,
) -> Result<Response, Fault> {
    who.check_key(PASSWORD, &form.key)?;
    let fault = |it| Fault::store(who.language, it);
    if house.inbox.accounts.password_hash(who.user.id).await.map_err(fault)?.is_none() {
        return Err(Fault::absent(who.language));
    }
    let is_same = form.own == form.password;
    if let Some(answer) = unproved(&house, &who, form.own, "own-password").await? {
        return Ok(answer);
    }
    let crowded = |_: Crowded| Fault::busy(who.language, "too many sign-ins at once");
    let fits = check(&house, &who, &form.password, &form.repeat).await.map_err(crowded)?;
    if let Err(refused) = fits.and(if is_same { Err(PasswordRefused::Same) } else { Ok(()) }) {
        let error = Words(who.language).password_refused(refused, house.config().password_characters_min);
        return draw(&house, &who, StatusCode::UNPROCESSABLE_ENTITY, None, Some((error, "password"))).await;
    }
    let hash = house.passwords.hash(Redacted::new(form.password)).await.map_err(crowded)?;
    house.inbox.accounts.set_password_hash(who.user.id, hash, house.now()).await.map_err(fault)?;
    house.journal(who.actor(), "password_set", "").await.map_err(fault)?;
    tracing::info!(event = Event::PasswordChanged.name(), user.id = %who.user.id, "a password was changed");
    let token = session::begin(&house, &headers, who.user.id, who.session.proof.clone()).await.map_err(fault)?;
    let cookie = session::cookie(&token, who.language, house.config().session_max());
    Ok(([(header::SET_COOKIE, cookie)], Redirect::to("/sessions?changed=1")).into_response())
}

async fn check(
    house: &Arc<House>,
    who: &SignedIn,
    password: &str,
    repeat: &str,
) -> Result<Result<(), PasswordRefused>, Crowded> {
    let length = password::check_length(password, repeat, house.config());
    if length.is_err() {
        return Ok(length);
    }
    let guessable = guessable::in_turn(house, password.to_owned()).await?;
    Ok(guessable.and_then(|()| password::check_owner(password, &who.user)))
}

/// `None`: it is the person. Else the page that says why we do not know it; `field` is where the password is asked for.
async fn unproved(house: &House, who: &SignedIn, own: String, field: &'static str) -> Result<Option<Response>, Fault> {
    let (t, now) = (Words(who.language), house.now());
    let fault = |it| Fault::store(who.language, it);
    let accounts = &house.inbox.accounts;
    for (failures_max, within) in SLOW_DOWN {
        if accounts.failed_sign_ins(&who.user.login, now.minus(within)).await.map_err(fault)? >= failures_max {
            let error = Some((t.sign_in_wait().to_owned(), field));
            let mut answer = draw(house, who, StatusCode::TOO_MANY_REQUESTS, None, error).await?;
            answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(within.as_secs()));
            return Ok(Some(answer));
        }
    }
    let Some(kept) = accounts.password_hash(who.user.id).await.map_err(fault)? else {
        if now.since(who.session.created_at) <= LATELY {
            return Ok(None);
        }
        let error = Some((t.sessions_sign_in_anew().to_owned(), field));
        return Ok(Some(draw(house, who, StatusCode::FORBIDDEN, None, error).await?));
    };
    let too_long = own.chars().count() > password::PASSWORD_CHARACTERS_MAX;
    let own = if too_long { Redacted::default() } else { Redacted::new(own) };
    let fits = house.passwords.fits(own, Some(kept)).await;
    if fits.map_err(|_| Fault::busy(who.language, "too many sign-ins at once"))? {
        return Ok(None);
    }
    let (_, longest) = SLOW_DOWN[SLOW_DOWN.len() - 1];
    accounts.count_failed_sign_in(&who.user.login, now, now.minus(longest)).await.map_err(fault)?;
    house.journal(who.actor(), "password_wrong", "").await.map_err(fault)?;
    tracing::warn!(event = Event::SignInFailed.name(), user.id = %who.user.id, "a signed-in person's password was wrong");
    let error = Some((t.sessions_own_password_wrong().to_owned(), field));
    Ok(Some(draw(house, who, StatusCode::UNAUTHORIZED, None, error).await?))
}
