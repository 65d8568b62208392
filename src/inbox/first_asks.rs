//! What a one-time link asks for before it changes an account: the ways in that the account has already. Whoever makes the link,
//! or finds it, is not to get round them.

use crate::inbox::House;
use crate::inbox::factor;
use crate::inbox::fault::Fault;
use crate::inbox::form::Posted;
use crate::inbox::form_key;
use crate::inbox::language;
use crate::inbox::oidc;
use crate::inbox::session;
use crate::inbox::sign_in;
use crate::inbox::texts::Words;
use crate::inbox::token::Token;
use crate::inbox::view::Page;
use crate::inbox::view::html;
use crate::storage::OneTimeLink;
use crate::storage::Proof;
use crate::storage::SignInStage;
use crate::storage::StoreError;
use askama::Template;
use axum::Router;
use axum::extract::Path;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::HeaderValue;
use axum::http::StatusCode;
use axum::http::header;
use axum::response::Response;
use axum::routing::post;
use serde::Deserialize;
use std::sync::Arc;

pub(super) fn routes() -> Router<Arc<House>> {
    Router::new().route("/first/{token}/second", post(second))
}

/// What stands between a link and the account.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Asks {
    Nothing(Proved),
    /// The account has an app or a passkey, and this browser has not shown it of late.
    Factor,
    /// The account is somebody's at a provider, and the link is not the operator's.
    Tie,
}

/// Whether this browser has a session of the account by two factors.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Proved {
    Yes,
    No,
}

/// What a link asks for in the browser that brings it.
pub(super) async fn asks(house: &House, headers: &HeaderMap, link: &OneTimeLink) -> Result<Asks, StoreError> {
    let here = session::still(house, headers, String::new(), language::of_browser(headers)).await;
    let is_proof =
        |it: &session::SignedIn| it.user.id == link.user && it.session.proof.factors >= 2 && factor::may_change(it);
    if here.as_ref().is_some_and(is_proof) {
        return Ok(Asks::Nothing(Proved::Yes));
    }
    if factor::has_any(house, link.user).await? {
        return Ok(Asks::Factor);
    }
    let ties = house.inbox.identities.ties(link.user).await?;
    let is_tied = ties.iter().any(|(provider, _)| house.inbox.providers.find(provider).is_some());
    Ok(if is_tied && link.made_by.is_some() { Asks::Tie } else { Asks::Nothing(Proved::No) })
}

#[derive(Template)]
#[template(path = "first_asks.html")]
struct AsksPage {
    page: Page,
    t: Words,
    login: String,
    /// Action and key of the form that goes on to the second factor. `None`: one signs in at a provider.
    factor: Option<(String, String)>,
    providers: Vec<(String, String)>,
}

fn action(token: &Token) -> String {
    format!("/first/{}/second", token.text().reveal())
}

/// The page that asks for it. The link is not used up.
pub(super) fn draw(house: &House, headers: &HeaderMap, token: &Token, link: &OneTimeLink, asks: Asks) -> Response {
    let language = language::of_browser(headers);
    let t = Words(language);
    let (secret, set_cookie) = sign_in::form_secret(headers);
    let action = action(token);
    let key = form_key::draw(&secret, &action);
    let view = AsksPage {
        page: Page::open(house, language, t.link_asks()),
        t,
        login: link.login.clone(),
        factor: (asks == Asks::Factor).then_some((action, key)),
        providers: if asks == Asks::Tie { oidc::buttons(house, "/", language) } else { Vec::new() },
    };
    sign_in::with_cookie(html(StatusCode::OK, &view), set_cookie)
}

#[derive(Deserialize)]
struct KeyForm {
    key: String,
}

/// Goes on to the second factor, and from there back to the link. The link stands in for the password, and is not used up.
async fn second(
    State(house): State<Arc<House>>,
    Path(link): Path<String>,
    headers: HeaderMap,
    Posted(form): Posted<KeyForm>,
) -> Result<Response, Fault> {
    let language = language::of_browser(&headers);
    let fault = |it| Fault::store(language, it);
    let token = Token::parse(&link).ok_or_else(|| Fault::link_used(language))?;
    sign_in::check_form(&headers, &action(&token), &form.key).ok_or_else(|| Fault::form_key_wrong(language))?;
    let link = house.inbox.accounts.link(token.sha256(), house.now()).await.map_err(fault)?;
    let link = link.ok_or_else(|| Fault::link_used(language))?;
    let asked = asks(&house, &headers, &link).await.map_err(fault)?;
    if asked != Asks::Factor {
        return Ok(draw(&house, &headers, &token, &link, asked));
    }
    let proof = Proof { stage: SignInStage::Second, ..Proof::password(house.now()) };
    let begun = session::begin(&house, &headers, link.user, proof).await.map_err(fault)?;
    let back = sign_in::first_path(&token);
    let mut page = factor::draw_second_of(&house, &headers, &begun, language, &back).await?;
    let cookie = session::cookie(&begun, language, house.config().session_max());
    let cookie = HeaderValue::try_from(cookie).expect("our cookies are ASCII without control characters");
    page.headers_mut().append(header::SET_COOKIE, cookie);
    Ok(page)
}
