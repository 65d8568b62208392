//! Proving once more who one is, before content is opened: at the provider, or with the password.

use crate::domain::Redacted;
use crate::inbox::House;
use crate::inbox::client::Client;
use crate::inbox::factor;
use crate::inbox::fault::Fault;
use crate::inbox::fault::query_value;
use crate::inbox::form::Posted;
use crate::inbox::known::Origin;
use crate::inbox::oidc;
use crate::inbox::oidc::Refused;
use crate::inbox::session;
use crate::inbox::session::SignedIn;
use crate::inbox::sign_in;
use crate::inbox::sign_in::Attempt;
use crate::inbox::texts::Words;
use crate::inbox::view::Page;
use crate::inbox::view::html;
use crate::storage::Proof;
use askama::Template;
use axum::Router;
use axum::extract::Query;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::StatusCode;
use axum::http::header;
use axum::response::IntoResponse;
use axum::response::Redirect;
use axum::response::Response;
use axum::routing::get;
use serde::Deserialize;
use std::sync::Arc;

pub(super) const PATH: &str = "/prove";

pub(super) fn routes() -> Router<Arc<House>> {
    Router::new().route(PATH, get(show).post(prove))
}

/// Whether the person has proved strongly enough, and not too long ago, who they are to open content.
pub(super) fn is_enough(house: &House, who: &SignedIn) -> bool {
    let proof = &who.session.proof;
    let is_fresh = house.config().content_proof_max().is_none_or(|it| who.at.since(proof.proved_at) <= it);
    let is_strong = if proof.provider.is_empty() {
        proof.factors >= house.config().content_factors_min
    } else {
        let provider = house.inbox.providers.find(&proof.provider);
        provider.is_some_and(|it| it.config.is_enough_for_content(&proof.level))
    };
    is_fresh && is_strong
}

#[derive(Deserialize)]
struct ProveQuery {
    #[serde(default)]
    next: String,
    /// Why one who came back from a provider has not proved it.
    refused: Option<String>,
}

#[derive(Template)]
#[template(path = "prove_refused.html")]
struct RefusedPage {
    page: Page,
    t: Words,
    why: &'static str,
    /// Address and name of the provider, for another attempt.
    again: (String, String),
}

#[derive(Template)]
#[template(path = "prove.html")]
struct ProvePage {
    page: Page,
    t: Words,
    key: String,
    next: String,
    error: Option<&'static str>,
    /// A password is not enough, however fresh it is.
    weak: bool,
}

async fn show(
    State(house): State<Arc<House>>,
    who: SignedIn,
    headers: HeaderMap,
    Query(query): Query<ProveQuery>,
) -> Result<Response, Fault> {
    let next = session::safe_path(&query.next);
    let for_account = next == factor::ACCOUNT && !factor::may_change(&who);
    if is_enough(&house, &who) && !for_account {
        return Ok(Redirect::to(next).into_response());
    }
    if !who.session.proof.provider.is_empty() {
        let refused = Refused::ALL.into_iter().find(|it| query.refused.as_deref() == Some(it.word()));
        if let Some(refused) = refused {
            return Ok(draw_refused(&house, &who, next, refused));
        }
        return oidc::send_to_prove(&house, &headers, &who, next).await;
    }
    Ok(draw(&house, &who, next, None, StatusCode::OK))
}

/// One who came back and is not let in to content: why, and the way to try again, which asks for the high level.
fn draw_refused(house: &House, who: &SignedIn, next: &str, why: Refused) -> Response {
    let t = Words(who.language);
    let name = who.session.proof.provider.as_str();
    let label = house.inbox.providers.find(name).map_or(name, |it| it.config.label.as_str());
    let page = RefusedPage {
        page: Page::signed_in(house, who, t.prove_heading()),
        t,
        why: why.text_of_proof(t),
        again: (format!("{PATH}?next={}", query_value(next)), label.to_owned()),
    };
    html(StatusCode::OK, &page)
}

fn draw(house: &House, who: &SignedIn, next: &str, error: Option<&'static str>, status: StatusCode) -> Response {
    let t = Words(who.language);
    let page = ProvePage {
        page: Page::signed_in(house, who, t.prove_heading()),
        t,
        key: who.draw_key(PATH),
        next: next.to_owned(),
        error,
        weak: who.session.proof.factors < house.config().content_factors_min,
    };
    html(status, &page)
}

#[derive(Deserialize)]
struct ProveForm {
    password: String,
    #[serde(default)]
    next: String,
    key: String,
}

/// Takes the password once more. The session that goes on is a new one.
async fn prove(
    State(house): State<Arc<House>>,
    who: SignedIn,
    headers: HeaderMap,
    client: Client,
    Posted(form): Posted<ProveForm>,
) -> Result<Response, Fault> {
    who.check_key(PATH, &form.key)?;
    let t = Words(who.language);
    let fault = |it| Fault::store(who.language, it);
    let next = session::safe_path(&form.next);
    if !who.session.proof.provider.is_empty() {
        return Ok(Redirect::to(&format!("{PATH}?next={}", query_value(next))).into_response());
    }
    let origin = Origin::of(&house, client, &headers);
    match sign_in::try_sign_in(&house, &origin, &who.user.login, Redacted::new(form.password)).await.map_err(fault)? {
        Attempt::Right(user) => {
            let now = house.now();
            let proof = Proof { proved_at: now, ..who.session.proof.clone() };
            let token = session::begin(&house, &headers, user.id, proof).await.map_err(fault)?;
            house.journal(who.actor(), "proved_again", "").await.map_err(fault)?;
            let cookie = session::cookie(&token, who.language, house.config().session_max());
            Ok(([(header::SET_COOKIE, cookie)], Redirect::to(next)).into_response())
        }
        Attempt::Wrong => Ok(draw(&house, &who, next, Some(t.prove_wrong()), StatusCode::UNAUTHORIZED)),
        Attempt::Wait(_) => Ok(draw(&house, &who, next, Some(t.sign_in_wait()), StatusCode::TOO_MANY_REQUESTS)),
        Attempt::Crowded => Err(Fault::busy(who.language, "too many sign-ins at once")),
    }
}
