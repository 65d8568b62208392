//! What lets in as one who signs in by a provider, besides it: seen and taken away on the page «Brukeren din», since somebody else
//! may have added it by a one-time link.

use super::ACCOUNT;
use crate::inbox::House;
use crate::inbox::fault::Fault;
use crate::inbox::form::Posted;
use crate::inbox::session::SignedIn;
use crate::storage::StoreError;
use axum::Router;
use axum::extract::State;
use axum::response::IntoResponse;
use axum::response::Redirect;
use axum::response::Response;
use axum::routing::post;
use serde::Deserialize;
use std::sync::Arc;

const REMOVE_APP: &str = "/account/app/remove";
const REMOVE_PASSWORD: &str = "/account/password/remove";

pub(super) fn routes() -> Router<Arc<House>> {
    Router::new().route(REMOVE_APP, post(remove_app)).route(REMOVE_PASSWORD, post(remove_password))
}

/// Action and key of the forms that take it away. Empty for who is here by a way of our own.
#[derive(Default)]
pub(super) struct Added {
    pub app: Option<(&'static str, String)>,
    pub password: Option<(&'static str, String)>,
}

impl Added {
    pub(super) async fn of(house: &House, who: &SignedIn) -> Result<Self, StoreError> {
        if who.session.proof.provider.is_empty() {
            return Ok(Self::default());
        }
        let has_app = house.inbox.factors.authenticator(who.user.id).await?.is_some();
        let has_password = house.inbox.accounts.password_hash(who.user.id).await?.is_some();
        let form = |action| (action, who.draw_key(action));
        Ok(Self { app: has_app.then(|| form(REMOVE_APP)), password: has_password.then(|| form(REMOVE_PASSWORD)) })
    }

    pub(super) const fn is_any(&self) -> bool {
        self.app.is_some() || self.password.is_some()
    }
}

#[derive(Deserialize)]
struct KeyForm {
    key: String,
}

/// Goes on only for one who has just come by a provider, and so has a way in that is left.
async fn check(house: &House, who: &SignedIn, action: &str, form: &KeyForm) -> Result<(), Fault> {
    who.check_key(action, &form.key)?;
    if who.session.proof.provider.is_empty() {
        return Err(Fault::denied(who.language, crate::domain::Denial::NotByRole));
    }
    super::may_take_away(house, who).await
}

async fn remove_app(
    State(house): State<Arc<House>>,
    who: SignedIn,
    Posted(form): Posted<KeyForm>,
) -> Result<Response, Fault> {
    check(&house, &who, REMOVE_APP, &form).await?;
    let fault = |it| Fault::store(who.language, it);
    if house.inbox.factors.remove_authenticator(who.user.id).await.map_err(fault)? {
        house.journal(who.actor(), "second_factor_removed", "authenticator").await.map_err(fault)?;
        super::end_others(&house, &who).await?;
    }
    Ok(Redirect::to(ACCOUNT).into_response())
}

async fn remove_password(
    State(house): State<Arc<House>>,
    who: SignedIn,
    Posted(form): Posted<KeyForm>,
) -> Result<Response, Fault> {
    check(&house, &who, REMOVE_PASSWORD, &form).await?;
    let fault = |it| Fault::store(who.language, it);
    if house.inbox.accounts.remove_password(who.user.id).await.map_err(fault)? {
        house.journal(who.actor(), "password_removed", "").await.map_err(fault)?;
        super::end_others(&house, &who).await?;
    }
    Ok(Redirect::to(ACCOUNT).into_response())
}
