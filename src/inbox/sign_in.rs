//! Signing in and out with a local account, and the one-time first link.
//!
//! Unknown logins, accounts without a password and ended accounts all look and cost the same as a wrong password.

use crate::domain::Language;
use crate::domain::Redacted;
use crate::inbox::House;
use crate::inbox::client::Client;
use crate::inbox::factor;
use crate::inbox::fault::Fault;
use crate::inbox::fault::query_value;
use crate::inbox::first_asks;
use crate::inbox::first_asks::Asks;
use crate::inbox::first_asks::Proved;
use crate::inbox::form::Posted;
use crate::inbox::form_key;
use crate::inbox::form_key::Nonce;
use crate::inbox::guessable;
use crate::inbox::known;
use crate::inbox::known::Origin;
use crate::inbox::language;
use crate::inbox::oidc;
use crate::inbox::oidc::Refused;
use crate::inbox::password;
use crate::inbox::password::Crowded;
use crate::inbox::password::PasswordRefused;
use crate::inbox::session;
use crate::inbox::session::AnyStage;
use crate::inbox::session::FORM_COOKIE;
use crate::inbox::start;
use crate::inbox::texts::Words;
use crate::inbox::token;
use crate::inbox::token::Token;
use crate::inbox::view::Page;
use crate::inbox::view::html;
use crate::inbox::view::languages;
use crate::storage::Actor;
use crate::storage::OneTimeLink;
use crate::storage::Proof;
use crate::storage::SignInStage;
use crate::storage::StoreError;
use crate::storage::User;
use crate::storage::login_name;
use crate::telemetry::Event;
use askama::Template;
use axum::extract::Path;
use axum::extract::Query;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::HeaderName;
use axum::http::HeaderValue;
use axum::http::StatusCode;
use axum::http::header;
use axum::response::IntoResponse;
use axum::response::Redirect;
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use std::sync::Arc;
use std::time::Duration;

pub(super) const SIGN_OUT: &str = "/sign-out";
pub(super) const SIGN_IN: &str = "/sign-in";
/// What a browser is told to forget at sign-out. Not cookies: that would also take those of the municipality's other services.
const CLEAR_SITE_DATA: &str = "\"cache\", \"storage\"";

/// So many failed attempts within so long, and the next must wait until fewer have been made. Never a lock for good.
pub(super) const SLOW_DOWN: [(u64, Duration); 2] = [(5, Duration::from_secs(60)), (10, Duration::from_secs(15 * 60))];
/// Longest login that is looked up. Bytes.
const LOGIN_BYTES_MAX: usize = 200;

/// What the journal says of who made a link, when nobody in the inbox did.
pub(super) const BY_OPERATOR: &str = "the operator";

#[derive(Template)]
#[template(path = "sign_in.html")]
struct SignInPage {
    page: Page,
    t: Words,
    key: String,
    next: String,
    login: String,
    ended: bool,
    out: bool,
    error: Option<&'static str>,
    check_page: bool,
    local_accounts: bool,
    providers: Vec<(String, String)>,
    /// Challenge and RP id for the script that asks for a passkey.
    passkey: (String, String),
}

#[derive(Deserialize)]
pub(super) struct SignInQuery {
    #[serde(default)]
    next: String,
    ended: Option<String>,
    out: Option<String>,
    lang: Option<String>,
    /// Why one who came back from a provider was not let in.
    refused: Option<String>,
}

/// The page to sign in on.
pub(super) async fn show(
    State(house): State<Arc<House>>,
    headers: HeaderMap,
    Query(query): Query<SignInQuery>,
) -> Response {
    let language = query.lang.as_deref().and_then(language::from_tag).unwrap_or_else(|| language::of_browser(&headers));
    let refused = Refused::ALL.into_iter().find(|it| query.refused.as_deref() == Some(it.word()));
    let error = refused.map(|it| it.text(Words(language)));
    let said = Said { ended: query.ended.is_some(), out: query.out.is_some(), error, ..Said::default() };
    draw_sign_in(&house, &headers, language, &query.next, said)
}

/// What the sign-in page says besides its form.
#[derive(Default)]
struct Said {
    login: String,
    ended: bool,
    out: bool,
    error: Option<&'static str>,
    status: StatusCode,
}

fn draw_sign_in(house: &House, headers: &HeaderMap, language: Language, next: &str, said: Said) -> Response {
    let t = Words(language);
    let next = session::safe_path(next).to_owned();
    let (secret, set_cookie) = form_secret(headers);
    let mut page = Page::open(house, language, t.sign_in());
    page.language_links = languages(language, |it| format!("{SIGN_IN}?lang={}&next={}", it.tag(), query_value(&next)));
    let key = form_key::draw(&secret, SIGN_IN);
    let Said { login, ended, out, error, status } = said;
    let check_page = house.config().check_page;
    let local_accounts = house.config().local_accounts;
    let providers = oidc::buttons(house, &next, language);
    let passkey = factor::asking(house, &secret);
    let view =
        SignInPage { page, t, key, next, login, ended, out, error, check_page, local_accounts, providers, passkey };
    let response = html(status, &view);
    with_cookie(response, set_cookie)
}

/// The secret behind the forms that come before a session: the value of a cookie that only this browser has, and that
/// no other site can set. The second value is to be set when the browser had none.
pub(super) fn form_secret(headers: &HeaderMap) -> (Redacted<String>, Option<String>) {
    match session::cookie_value(headers, FORM_COOKIE).filter(|it| it.len() == token::TOKEN_CHARACTERS) {
        Some(secret) => (Redacted::new(secret.to_owned()), None),
        None => {
            let secret = URL_SAFE_NO_PAD.encode(token::random::<32>());
            let cookie = format!("{FORM_COOKIE}={secret}; Path=/; Secure; HttpOnly; SameSite=Lax");
            (Redacted::new(secret), Some(cookie))
        }
    }
}

/// Checks a form that came before a session. A browser without our cookie has no secret that anything could fit.
pub(super) fn check_form(headers: &HeaderMap, action: &str, brought: &str) -> Option<Nonce> {
    let (secret, unknown) = form_secret(headers);
    if unknown.is_some() { None } else { form_key::check(&secret, action, brought) }
}

pub(super) fn with_cookie(mut response: Response, cookie: Option<String>) -> Response {
    if let Some(cookie) = cookie {
        let value = HeaderValue::try_from(cookie).expect("our cookies are ASCII without control characters");
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    response
}

#[derive(Deserialize)]
pub(super) struct SignInForm {
    login: String,
    password: String,
    #[serde(default)]
    next: String,
    #[serde(default)]
    lang: String,
    key: String,
}

/// Signs in, or says that login or password is wrong.
pub(super) async fn sign_in(
    State(house): State<Arc<House>>,
    headers: HeaderMap,
    client: Client,
    Posted(form): Posted<SignInForm>,
) -> Result<Response, Fault> {
    let language = language::from_tag(&form.lang).unwrap_or_else(|| language::of_browser(&headers));
    let t = Words(language);
    let again = |error, status| {
        let said = Said { login: form.login.clone(), error: Some(error), status, ..Said::default() };
        draw_sign_in(&house, &headers, language, &form.next, said)
    };
    if check_form(&headers, SIGN_IN, &form.key).is_none() {
        return Ok(again(t.sign_in_form_old(), StatusCode::FORBIDDEN));
    }

    if !house.config().local_accounts {
        return Err(Fault::absent(language));
    }
    let password = Redacted::new(form.password.clone());
    match try_sign_in(&house, &Origin::of(&house, client, &headers), form.login.trim(), password).await {
        Ok(Attempt::Right(user)) => {
            let (fault, now) = (|it| Fault::store(language, it), house.now());
            let stage = factor::stage_of(&house, user.id).await.map_err(fault)?;
            let proof = Proof { stage, ..Proof::password(now) };
            let token = session::begin(&house, &headers, user.id, proof).await.map_err(fault)?;
            // With a second factor to come, the journal waits for that.
            if stage == SignInStage::Whole {
                house.journal(session::actor_of(&user), "signed_in", "").await.map_err(fault)?;
            }
            let cookie = session::cookie(&token, language, house.config().session_max());
            let next = match stage {
                SignInStage::Whole => start::place(&house, user.id, &form.next).await.map_err(fault)?,
                SignInStage::Second | SignInStage::Enrol => session::safe_path(&form.next).to_owned(),
            };
            let place = factor::place_of(stage, &next);
            let response = ([(header::SET_COOKIE, cookie)], Redirect::to(&place)).into_response();
            Ok(with_cookie(response, known::remember(&house, &headers)))
        }
        Ok(Attempt::Wrong) => Ok(again(t.sign_in_wrong(), StatusCode::UNAUTHORIZED)),
        Ok(Attempt::Wait(wait)) => {
            let mut response = again(t.sign_in_wait(), StatusCode::TOO_MANY_REQUESTS);
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(wait.as_secs()));
            Ok(response)
        }
        Ok(Attempt::Crowded) => Err(Fault::busy(language, "too many sign-ins at once")),
        Err(error) => Err(Fault::store(language, error)),
    }
}

pub(super) enum Attempt {
    Right(Box<User>),
    Wrong,
    /// Too many failed attempts lately.
    Wait(Duration),
    Crowded,
}

pub(super) async fn try_sign_in(
    house: &House,
    origin: &Origin,
    login: &str,
    password: Redacted<String>,
) -> Result<Attempt, StoreError> {
    let accounts = &house.inbox.accounts;
    let now = house.now();
    // The store keeps only a keyed hash of it, since people type their password here now and then.
    let login = &login_name(login);
    for (failures_max, within) in SLOW_DOWN {
        if accounts.failed_sign_ins(login, now.minus(within)).await? >= failures_max {
            return Ok(Attempt::Wait(within));
        }
    }

    if let Some(wait) = origin.must_wait(house).await? {
        return Ok(Attempt::Wait(wait));
    }

    let known = if login.len() <= LOGIN_BYTES_MAX { accounts.user_by_login(login).await? } else { None };
    let user = known.filter(|it| it.ended_at.is_none_or(|ended| ended > now));
    let kept = match &user {
        Some(user) => accounts.password_hash(user.id).await?,
        None => None,
    };
    let too_long = password.reveal().chars().count() > password::PASSWORD_CHARACTERS_MAX;
    let password = if too_long { Redacted::default() } else { password };
    match (house.passwords.fits(password, kept).await, user) {
        (Ok(true), Some(user)) => {
            tracing::info!(event = Event::SignedIn.name(), user.id = %user.id, "a password for the inbox was right");
            Ok(Attempt::Right(Box::new(user)))
        }
        (Ok(_), user) => {
            let (_, longest) = SLOW_DOWN[SLOW_DOWN.len() - 1];
            accounts.count_failed_sign_in(login, now, now.minus(longest)).await?;
            origin.failed(house).await?;
            // The one who tried has not proved to be the person, so the house tells it.
            let about = user.map_or_else(|| "unknown login".to_owned(), |it| format!("of {}", it.login));
            house.journal(Actor::House, "sign_in_failed", about).await?;
            house.inbox.metrics.sign_in_failed("password");
            tracing::warn!(event = Event::SignInFailed.name(), "a sign-in to the inbox failed");
            Ok(Attempt::Wrong)
        }
        (Err(Crowded), _) => Ok(Attempt::Crowded),
    }
}

/// The page to sign in on, for one who must wait.
pub(super) fn turned_away(house: &House, headers: &HeaderMap, language: Language, wait: Duration) -> Response {
    let error = Some(Words(language).sign_in_wait());
    let said = Said { error, status: StatusCode::TOO_MANY_REQUESTS, ..Said::default() };
    let mut response = draw_sign_in(house, headers, language, "/", said);
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(wait.as_secs()));
    response
}

#[derive(Deserialize)]
pub(super) struct KeyForm {
    key: String,
}

/// Ends the session. Without one there is nothing to end, and that is fine too.
pub(super) async fn sign_out(
    State(house): State<Arc<House>>,
    who: Result<AnyStage, Fault>,
    Posted(form): Posted<KeyForm>,
) -> Result<Response, Fault> {
    let mut place = format!("{SIGN_IN}?out=1");
    if let Ok(AnyStage(who)) = who {
        who.check_key(SIGN_OUT, &form.key)?;
        let fault = |it| Fault::store(who.language, it);
        house.inbox.accounts.end_session(who.token.sha256()).await.map_err(fault)?;
        house.journal(who.actor(), "signed_out", "").await.map_err(fault)?;
        if let Some(mut page) = oidc::signed_out(&house, who.language, &who.session.proof).await {
            let gone = HeaderValue::try_from(session::no_cookie()).expect("our cookies are ASCII");
            page.headers_mut().append(header::SET_COOKIE, gone);
            page.headers_mut().insert("clear-site-data", HeaderValue::from_static(CLEAR_SITE_DATA));
            return Ok(page);
        }
        place = format!("{place}&lang={}", who.language.tag());
    }
    let forget = HeaderName::from_static("clear-site-data");
    let headers = [(header::SET_COOKIE, session::no_cookie()), (forget, CLEAR_SITE_DATA.to_owned())];
    Ok((headers, Redirect::to(&place)).into_response())
}

#[derive(Template)]
#[template(path = "first.html")]
struct FirstPage {
    page: Page,
    t: Words,
    login: String,
    action: String,
    key: String,
    characters_min: usize,
    error: Option<String>,
    local_accounts: bool,
    providers: Vec<(String, String)>,
}

#[derive(Deserialize)]
pub(super) struct LanguageQuery {
    lang: Option<String>,
}

/// The page where a new person chooses a password. Looking at it does not use the link.
pub(super) async fn show_first(
    State(house): State<Arc<House>>,
    Path(link): Path<String>,
    headers: HeaderMap,
    Query(query): Query<LanguageQuery>,
) -> Response {
    let language = query.lang.as_deref().and_then(language::from_tag).unwrap_or_else(|| language::of_browser(&headers));
    let Some(token) = Token::parse(&link) else { return Fault::link_used(language).into_response() };
    let link = match house.inbox.accounts.link(token.sha256(), house.now()).await {
        Ok(Some(link)) => link,
        Ok(None) => return Fault::link_used(language).into_response(),
        Err(error) => return Fault::store(language, error).into_response(),
    };
    match first_asks::asks(&house, &headers, &link).await {
        Ok(Asks::Nothing(_)) => draw_first(&house, &headers, language, &token, link.login, None),
        Ok(asks @ (Asks::Factor | Asks::Tie)) => first_asks::draw(&house, &headers, &token, &link, asks),
        Err(error) => Fault::store(language, error).into_response(),
    }
}

fn draw_first(
    house: &House,
    headers: &HeaderMap,
    language: Language,
    token: &Token,
    login: String,
    refused: Option<PasswordRefused>,
) -> Response {
    let t = Words(language);
    let (secret, set_cookie) = form_secret(headers);
    let action = first_path(token);
    let mut page = Page::open(house, language, t.first_heading());
    page.language_links = languages(language, |it| format!("{action}?lang={}", it.tag()));
    let characters_min = house.config().password_characters_min;
    let status = if refused.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let error = refused.map(|it| t.password_refused(it, characters_min));
    let key = form_key::draw(&secret, &action);
    let (local_accounts, providers) = (house.config().local_accounts, oidc::first_buttons(house, token));
    let view = FirstPage { page, t, login, action, key, characters_min, error, local_accounts, providers };
    with_cookie(html(status, &view), set_cookie)
}

pub(super) fn first_path(token: &Token) -> String {
    format!("/first/{}", token.text().reveal())
}

#[derive(Deserialize)]
pub(super) struct FirstForm {
    password: String,
    repeat: String,
    #[serde(default)]
    lang: String,
    key: String,
}

/// What came of using a one-time link.
#[derive(Clone)]
pub(super) enum First {
    /// The password is set and a session has begun.
    Begun(Token),
    /// The link has been used, has expired, or never was.
    Used,
}

/// Uses the link: sets the password and signs in.
pub(super) async fn use_first(
    State(house): State<Arc<House>>,
    Path(link): Path<String>,
    headers: HeaderMap,
    Posted(form): Posted<FirstForm>,
) -> Result<Response, Fault> {
    let language = language::from_tag(&form.lang).unwrap_or_else(|| language::of_browser(&headers));
    if !house.config().local_accounts {
        return Err(Fault::absent(language));
    }
    let link = Token::parse(&link).ok_or_else(|| Fault::link_used(language))?;
    let nonce = check_form(&headers, &first_path(&link), &form.key).ok_or_else(|| Fault::form_key_wrong(language))?;
    let mut fits = password::check_length(&form.password, &form.repeat, house.config());
    let made = house.inbox.accounts.link(link.sha256(), house.now()).await;
    let made = made.map_err(|it| Fault::store(language, it))?;
    let mut proved = Proved::No;
    if let Some(made) = &made {
        match first_asks::asks(&house, &headers, made).await.map_err(|it| Fault::store(language, it))? {
            Asks::Nothing(it) => proved = it,
            asks @ (Asks::Factor | Asks::Tie) => return Ok(first_asks::draw(&house, &headers, &link, made, asks)),
        }
    }
    let login = made.as_ref().map(|it| it.login.clone());
    // Only for one who has a link: to look at a password costs much.
    if login.is_some() && fits.is_ok() {
        let looked = guessable::in_turn(&house, form.password.clone()).await;
        fits = looked.map_err(|_| Fault::busy(language, "too many sign-ins at once"))?;
    }
    // The person is known by the link, which is not used by a password that is too like their name.
    if let (Some(login), true) = (&login, fits.is_ok()) {
        let user = house.inbox.accounts.user_by_login(login).await.map_err(|it| Fault::store(language, it))?;
        fits = user.map_or(Ok(()), |it| password::check_owner(&form.password, &it));
    }
    if let Err(refused) = fits {
        let again = |login| draw_first(&house, &headers, language, &link, login, Some(refused));
        return login.map(again).ok_or_else(|| Fault::link_used(language));
    }

    let password = Redacted::new(form.password);
    let begin = || async {
        // A guess costs us no hash; the second click of a double click has its answer already.
        let Some(made) = &made else { return Ok(First::Used) };
        // Hashed before the link is used, so that a crowd does not cost anybody their link.
        let Ok(hash) = house.passwords.hash(password.clone()).await else {
            return Err(Fault::busy(language, "too many sign-ins at once"));
        };
        begin_first(&house, &headers, (&link, made, proved), hash).await.map_err(|it| Fault::store(language, it))
    };
    match house.firsts.run(nonce, house.now(), begin).await? {
        First::Begun(token) => {
            let cookie = session::cookie(&token, language, house.config().session_max());
            let begun = house.inbox.accounts.session(token.sha256(), house.now()).await;
            let place = match begun.map_err(|it| Fault::store(language, it))? {
                Some((_, user)) => start::place(&house, user.id, "/").await,
                None => Ok("/".to_owned()),
            };
            let place = place.map_err(|it| Fault::store(language, it))?;
            let response = ([(header::SET_COOKIE, cookie)], Redirect::to(&place)).into_response();
            Ok(with_cookie(response, known::remember(&house, &headers)))
        }
        First::Used => Err(Fault::link_used(language)),
    }
}

async fn begin_first(
    house: &House,
    headers: &HeaderMap,
    (link, made, proved): (&Token, &OneTimeLink, Proved),
    hash: Redacted<String>,
) -> Result<First, StoreError> {
    let accounts = &house.inbox.accounts;
    let now = house.now();
    let Some(id) = accounts.use_link(link.sha256(), now).await? else {
        return Ok(First::Used);
    };
    let Some(user) = accounts.user_by_id(id).await?.filter(|it| it.ended_at.is_none()) else {
        return Ok(First::Used);
    };
    accounts.set_password_hash(user.id, hash, now).await?;
    tell_link(house, &user, made).await?;
    house.journal(session::actor_of(&user), "password_set", "").await?;
    let proof = match proved {
        Proved::Yes => Proof { factors: 2, ..Proof::password(now) },
        Proved::No => Proof { stage: factor::stage_of(house, user.id).await?, ..Proof::password(now) },
    };
    let stage = proof.stage;
    let token = session::begin(house, headers, user.id, proof).await?;
    if stage == SignInStage::Whole {
        house.journal(session::actor_of(&user), "signed_in", "").await?;
    }
    tracing::info!(event = Event::SignedIn.name(), user.id = %user.id, "signed in to the inbox by a first link");
    Ok(First::Begun(token))
}

/// Tells the journal that a link was used, and who made it: so far, nobody has proved to be its owner.
pub(super) async fn tell_link(house: &House, user: &User, link: &OneTimeLink) -> Result<(), StoreError> {
    let by = link.made_by.as_ref().map_or(BY_OPERATOR, |it| it.display_name.as_str());
    house.journal(session::actor_of(user), "link_used", format!("by {by}")).await
}
