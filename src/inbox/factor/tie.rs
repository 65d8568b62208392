//! Who a person is at a provider of identities: seen, and taken away, on the page «Brukeren din».

use super::ACCOUNT;
use super::may_change;
use crate::inbox::House;
use crate::inbox::fault::Fault;
use crate::inbox::form::Posted;
use crate::inbox::moment;
use crate::inbox::session;
use crate::inbox::session::SignedIn;
use crate::storage::StoreError;
use axum::Router;
use axum::extract::Path;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header;
use axum::response::IntoResponse;
use axum::response::Redirect;
use axum::response::Response;
use axum::routing::post;
use serde::Deserialize;
use std::sync::Arc;

pub(super) fn routes() -> Router<Arc<House>> {
    Router::new().route("/account/tie/{provider}/remove", post(remove))
}

fn remove_action(provider: &str) -> String {
    format!("/account/tie/{provider}/remove")
}

/// A provider at which the person is somebody.
pub(super) struct TieView {
    /// As the sign-in page calls the provider.
    pub label: String,
    pub since: String,
    /// Action and key of the form that takes it away, when another way in is left.
    pub remove: Option<(String, String)>,
}

/// The ties of a person, and whether they are the only way in.
pub(super) async fn views(
    house: &House,
    who: &SignedIn,
    has_passkey: bool,
) -> Result<(Vec<TieView>, bool), StoreError> {
    let ties = house.inbox.identities.ties(who.user.id).await?;
    let has_password = house.inbox.accounts.password_hash(who.user.id).await?.is_some();
    let only = ties.len() == 1 && !(house.config().local_accounts && (has_password || has_passkey));
    let view = |(provider, at): &(String, crate::domain::Timestamp)| {
        let label = house.inbox.providers.find(provider).map_or(provider.as_str(), |it| it.config.label.as_str());
        let action = remove_action(provider);
        let key = who.draw_key(&action);
        TieView {
            label: label.to_owned(),
            since: moment::date(at.date_in_norway(), who.language),
            remove: (!only).then_some((action, key)),
        }
    };
    Ok((ties.iter().map(view).collect(), only))
}

#[derive(Deserialize)]
struct KeyForm {
    key: String,
}

/// Takes a tie away, and ends every session; the one who does it stays, unless it is by that provider that they are here.
async fn remove(
    State(house): State<Arc<House>>,
    who: SignedIn,
    Path(provider): Path<String>,
    headers: HeaderMap,
    Posted(form): Posted<KeyForm>,
) -> Result<Response, Fault> {
    who.check_key(&remove_action(&provider), &form.key)?;
    if !may_change(&who) {
        return Err(Fault::prove(who.language, ACCOUNT.to_owned()));
    }
    let fault = |it| Fault::store(who.language, it);
    let has_passkey = !house.inbox.factors.passkeys(who.user.id).await.map_err(fault)?.is_empty();
    let (_, only) = views(&house, &who, has_passkey).await.map_err(fault)?;
    // The page has no button for the last way in; somebody else may have taken the other one away meanwhile.
    if only {
        return Ok(Redirect::to(ACCOUNT).into_response());
    }
    let untied = house.inbox.identities.untie(who.user.id, &provider, &who.actor(), house.now()).await;
    if !untied.map_err(fault)? {
        return Ok(Redirect::to(ACCOUNT).into_response());
    }
    if who.session.proof.provider == provider {
        let gone = [(header::SET_COOKIE, session::no_cookie())];
        return Ok((gone, Redirect::to("/sign-in?out=1")).into_response());
    }
    let token = session::begin(&house, &headers, who.user.id, who.session.proof.clone()).await.map_err(fault)?;
    let cookie = session::cookie(&token, who.language, house.config().session_max());
    Ok(([(header::SET_COOKIE, cookie)], Redirect::to(ACCOUNT)).into_response())
}
