//! Tells an open list how many there are, as time goes (server-sent events): numbers only, and nothing about anybody.
//!
//! The stream belongs to a session and ends with it: listening is not using. Access is decided anew each time, so that who
//! leaves a unit hears no more of it. There is a limit to how many listen; whoever finds no place has the list as without it.

use crate::domain;
use crate::domain::Sight;
use crate::inbox::House;
use crate::inbox::fault::Fault;
use crate::inbox::language;
use crate::inbox::list::TabCounts;
use crate::inbox::session;
use crate::inbox::session::Ended;
use crate::inbox::token::Token;
use crate::storage::StoreError;
use crate::storage::UserId;
use axum::Router;
use axum::body::Body;
use axum::extract::Query;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::StatusCode;
use axum::http::header;
use axum::response::IntoResponse;
use axum::response::Response;
use axum::routing::get;
use bytes::Bytes;
use http_body_util::channel::Channel;
use http_body_util::channel::Sender;
use serde::Deserialize;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::OwnedSemaphorePermit;
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;

pub(super) const PATH: &str = "/events";
/// How often it is looked whether something has changed.
const LOOK_PERIOD: Duration = Duration::from_secs(3);
/// After so many looks without a change, something is sent that says nothing: a browser that has gone away is found out.
const QUIET_LOOKS_MAX: u32 = 5;
/// Events that wait for a slow browser.
const WAITING_EVENTS_MAX: usize = 4;

/// Places for those who listen, and when the house closes.
pub(super) struct Listeners {
    places: Arc<Semaphore>,
    closing: CancellationToken,
}

impl Listeners {
    pub(super) fn new(listeners_max: usize, closing: CancellationToken) -> Self {
        Self { places: Arc::new(Semaphore::new(listeners_max)), closing }
    }
}

pub(super) fn routes() -> Router<Arc<House>> {
    Router::new().route(PATH, get(listen))
}

#[derive(Deserialize)]
struct Asked {
    unit: Option<String>,
}

/// One who listens.
struct Listener {
    token: Token,
    unit: Option<String>,
    told: String,
}

async fn listen(
    State(house): State<Arc<House>>,
    headers: HeaderMap,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    let language = language::of_browser(&headers);
    let token = session::brought(&headers).map(|(token, _)| token);
    let Some(token) = token else { return Err(Fault::not_signed_in(language, None, Ended::NeverBegan)) };
    let mut listener = Listener { token, unit: asked.unit.filter(|it| !it.is_empty()), told: String::new() };
    let Ok(place) = Arc::clone(&house.listeners.places).try_acquire_owned() else {
        return Err(Fault::busy(language, "too many listen for news of lists"));
    };
    let first = listener.look(&house).await.map_err(|it| Fault::store(language, it))?;
    let Some(first) = first else { return Err(Fault::not_signed_in(language, None, Ended::Ended)) };
    let (mut sender, body) = Channel::<Bytes, Infallible>::new(WAITING_EVENTS_MAX);
    tokio::spawn(async move {
        if sender.send_data(event(&first)).await.is_ok() {
            tell(&house, &mut listener, sender, place).await;
        }
    });
    let kind = [(header::CONTENT_TYPE, "text/event-stream"), (header::CACHE_CONTROL, "no-store")];
    Ok((StatusCode::OK, kind, Body::new(body)).into_response())
}

/// Tells what changes until the browser leaves, the session ends or the house closes.
async fn tell(
    house: &House,
    listener: &mut Listener,
    mut sender: Sender<Bytes, Infallible>,
    place: OwnedSemaphorePermit,
) {
    let mut quiet = 0;
    loop {
        tokio::select! {
            () = house.listeners.closing.cancelled() => break,
            () = tokio::time::sleep(LOOK_PERIOD) => {}
        }
        let before = listener.told.clone();
        let sent = match listener.look(house).await {
            Ok(Some(counts)) if counts != before => {
                quiet = 0;
                sender.send_data(event(&counts)).await
            }
            // The store is busy: the next look may be luckier.
            Ok(Some(_)) | Err(_) => {
                quiet += 1;
                if quiet < QUIET_LOOKS_MAX {
                    continue;
                }
                quiet = 0;
                sender.send_data(Bytes::from_static(b":\n\n")).await
            }
            Ok(None) => {
                // The script does not come back for more.
                drop(sender.send_data(Bytes::from_static(b"event: end\ndata:\n\n")).await);
                break;
            }
        };
        if sent.is_err() {
            break;
        }
    }
    drop(place);
}

fn event(counts: &str) -> Bytes {
    Bytes::from(format!("data: {counts}\n\n"))
}

impl Listener {
    /// The counts as they are now. `None`: the session has ended.
    async fn look(&mut self, house: &House) -> Result<Option<String>, StoreError> {
        let Some((user, sights)) = self.standing(house).await? else { return Ok(None) };
        let counts = TabCounts::read(house, &sights, user).await?.json();
        self.told.clone_from(&counts);
        Ok(Some(counts))
    }

    /// Who listens and what the person sees now, without using the session.
    async fn standing(&self, house: &House) -> Result<Option<(UserId, Vec<Sight>)>, StoreError> {
        let now = house.now();
        let found = house.inbox.sessions.whose_session(self.token.sha256(), now).await?;
        let Some((user, seen_at)) = found else { return Ok(None) };
        if now.since(seen_at) > house.config().session_idle_max() {
            return Ok(None);
        }
        let memberships = house.inbox.people.memberships(user).await?;
        let mut sights = domain::sights(&memberships, now);
        sights.retain(|it| self.unit.as_ref().is_none_or(|unit| it.unit.0 == *unit));
        Ok(Some((user, sights)))
    }
}
