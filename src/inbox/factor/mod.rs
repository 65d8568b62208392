//! The second factor of local accounts: the page that asks for it, and the page «Brukeren din» where it is chosen, and where
//! one sees to whom at a provider one is tied.

mod added;
mod code;
mod passkey;
mod tie;

pub(super) use passkey::asking;

use crate::domain::Language;
use crate::domain::Redacted;
use crate::inbox::House;
use crate::inbox::fault::Fault;
use crate::inbox::fault::query_value;
use crate::inbox::form::Posted;
use crate::inbox::language;
use crate::inbox::session;
use crate::inbox::session::AnyStage;
use crate::inbox::session::SignedIn;
use crate::inbox::sign_in;
use crate::inbox::start;
use crate::inbox::texts::Words;
use crate::inbox::token;
use crate::inbox::token::Token;
use crate::inbox::view::LanguageLink;
use crate::inbox::view::Page;
use crate::inbox::view::html;
use crate::inbox::view::languages;
use crate::storage::Actor;
use crate::storage::Passkey;
use crate::storage::Proof;
use crate::storage::SignInMethod;
use crate::storage::SignInStage;
use crate::storage::StoreError;
use crate::storage::UserId;
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
use axum::routing::post;
use qrcode::QrCode;
use qrcode::render::svg;
use serde::Deserialize;
use std::sync::Arc;
use std::time::Duration;

pub(super) const SECOND: &str = "/sign-in/second";
pub(super) const ACCOUNT: &str = "/account";
const BEGIN: &str = "/account/app";
const CONFIRM: &str = "/account/app/confirm";

/// So many wrong codes within so long, and the next must wait.
const WRONG_CODES_MAX: u64 = 5;
const WRONG_CODES_WITHIN: Duration = Duration::from_secs(15 * 60);

/// Factors are changed only by one who has said who they are within this time.
const CHANGE_PROOF_MAX: Duration = Duration::from_secs(15 * 60);

pub(super) fn routes() -> Router<Arc<House>> {
    Router::new()
        .route(SECOND, get(show_second).post(second))
        .route(ACCOUNT, get(show_account))
        .route(BEGIN, post(begin))
        .route(CONFIRM, post(confirm))
        .merge(added::routes())
        .merge(passkey::routes())
        .merge(tie::routes())
}

/// How far one who has shown the right password has come.
pub(super) async fn stage_of(house: &House, user: UserId) -> Result<SignInStage, StoreError> {
    Ok(match (has_any(house, user).await?, house.config().second_factor) {
        (true, _) => SignInStage::Second,
        (false, crate::inbox::SecondFactor::Required) => SignInStage::Enrol,
        (false, crate::inbox::SecondFactor::Offered) => SignInStage::Whole,
    })
}

/// Whether the person has a second factor. A passkey counts as the app does: or whoever has the password could add an app of
/// their own beside it, and have both.
pub(super) async fn has_any(house: &House, user: UserId) -> Result<bool, StoreError> {
    let factors = &house.inbox.factors;
    Ok(factors.authenticator(user).await?.is_some() || !factors.passkeys(user).await?.is_empty())
}

/// Where one who has begun to sign in goes on.
pub(super) fn place_of(stage: SignInStage, next: &str) -> String {
    match stage {
        SignInStage::Whole => next.to_owned(),
        SignInStage::Second => format!("{SECOND}?next={}", query_value(next)),
        SignInStage::Enrol => ACCOUNT.to_owned(),
    }
}

#[derive(Template)]
#[template(path = "second_factor.html")]
struct SecondFactorPage {
    page: Page,
    t: Words,
    has_app: bool,
    /// Challenge and RP id for the script, when the person has a passkey.
    passkey: Option<(String, String)>,
    key: String,
    sign_out_key: String,
    next: String,
    error: Option<&'static str>,
}

#[derive(Deserialize)]
struct NextQuery {
    #[serde(default)]
    next: String,
}

async fn show_second(
    State(house): State<Arc<House>>,
    AnyStage(who): AnyStage,
    headers: HeaderMap,
    Query(query): Query<NextQuery>,
) -> Result<Response, Fault> {
    let next = session::safe_path(&query.next);
    match who.session.proof.stage {
        SignInStage::Second => draw_second(&house, &who, &headers, next, None, StatusCode::OK).await,
        stage @ (SignInStage::Whole | SignInStage::Enrol) => Ok(Redirect::to(&place_of(stage, next)).into_response()),
    }
}

async fn draw_second(
    house: &House,
    who: &SignedIn,
    headers: &HeaderMap,
    next: &str,
    error: Option<&'static str>,
    status: StatusCode,
) -> Result<Response, Fault> {
    let (t, fault) = (Words(who.language), |it| Fault::store(who.language, it));
    let has_app = house.inbox.factors.authenticator(who.user.id).await.map_err(fault)?.is_some();
    let has_passkey = !house.inbox.factors.passkeys(who.user.id).await.map_err(fault)?.is_empty();
    let (secret, set_cookie) = sign_in::form_secret(headers);
    let passkey = has_passkey.then(|| asking(house, &secret));
    let heading = if has_app { t.factor_heading() } else { t.passkey_sign_in() };
    let mut page = Page::plain(who.language, heading);
    page.environment = house.config().environment.clone();
    let (key, sign_out_key) = (who.draw_key(SECOND), who.draw_key(sign_in::SIGN_OUT));
    let view = SecondFactorPage { page, t, has_app, passkey, key, sign_out_key, next: next.to_owned(), error };
    Ok(sign_in::with_cookie(html(status, &view), set_cookie))
}

/// The page that asks for the second factor of a session that has just begun, and goes on to `back`.
pub(super) async fn draw_second_of(
    house: &House,
    headers: &HeaderMap,
    begun: &Token,
    language: Language,
    back: &str,
) -> Result<Response, Fault> {
    let who = session::begun(house, begun, language).await.map_err(|it| Fault::store(language, it))?;
    let who = who.ok_or_else(|| Fault::link_used(language))?;
    draw_second(house, &who, headers, back, None, StatusCode::OK).await
}

#[derive(Deserialize)]
struct CodeForm {
    code: String,
    #[serde(default)]
    next: String,
    key: String,
}

/// Takes the code, and goes on with a new session.
async fn second(
    State(house): State<Arc<House>>,
    AnyStage(who): AnyStage,
    headers: HeaderMap,
    Posted(form): Posted<CodeForm>,
) -> Result<Response, Fault> {
    who.check_key(SECOND, &form.key)?;
    let (t, fault) = (Words(who.language), |it| Fault::store(who.language, it));
    let next = session::safe_next(&form.next);
    if who.session.proof.stage != SignInStage::Second {
        return Ok(Redirect::to(next).into_response());
    }
    match try_code(&house, &who, &form.code).await.map_err(fault)? {
        Tried::Wait => {
            let status = StatusCode::TOO_MANY_REQUESTS;
            draw_second(&house, &who, &headers, next, Some(t.sign_in_wait()), status).await
        }
        Tried::Wrong => {
            draw_second(&house, &who, &headers, next, Some(t.factor_wrong()), StatusCode::UNAUTHORIZED).await
        }
        Tried::Right => {
            let cookie = go_on(&house, &headers, &who).await.map_err(fault)?;
            let place = start::place(&house, who.user.id, next).await.map_err(fault)?;
            Ok(([(header::SET_COOKIE, cookie)], Redirect::to(&place)).into_response())
        }
    }
}

/// A whole session in place of the one that waited for the second factor.
async fn go_on(house: &House, headers: &HeaderMap, who: &SignedIn) -> Result<String, StoreError> {
    let now = house.now();
    let method = SignInMethod::Password;
    let proof = Proof { factors: 2, method, ..Proof::password(now) };
    let token = session::begin(house, headers, who.user.id, proof).await?;
    house.journal(who.actor(), "signed_in", "two factors").await?;
    Ok(session::cookie(&token, who.language, house.config().session_max()))
}

enum Tried {
    Right,
    Wrong,
    Wait,
}

async fn try_code(house: &House, who: &SignedIn, typed: &str) -> Result<Tried, StoreError> {
    let (accounts, factors) = (&house.inbox.accounts, &house.inbox.factors);
    let now = house.now();
    let since = now.minus(WRONG_CODES_WITHIN);
    // Beside the login names, where no login name can be: it has a blank in it.
    let counter = format!("second factor of {}", who.user.login);
    if accounts.failed_sign_ins(&counter, since).await? >= WRONG_CODES_MAX {
        return Ok(Tried::Wait);
    }
    let Some(authenticator) = factors.authenticator(who.user.id).await? else { return Ok(Tried::Wrong) };
    let step = code::step_of(authenticator.secret.reveal(), typed, authenticator.last_step, now);
    let right = match step {
        Some(step) => factors.use_step(who.user.id, step).await?,
        None => {
            let used = token::sha256(code::plain(typed).as_bytes());
            let used = factors.use_recovery_code(who.user.id, used, now).await?;
            if used {
                house.journal(who.actor(), "recovery_code_used", "").await?;
            }
            used
        }
    };
    if right {
        return Ok(Tried::Right);
    }
    accounts.count_failed_sign_in(&counter, now, since).await?;
    house.journal(Actor::House, "second_factor_failed", format!("of {}", who.user.login)).await?;
    Ok(Tried::Wrong)
}

#[derive(Template)]
#[template(path = "account.html")]
struct AccountPage {
    page: Page,
    t: Words,
    /// The person must choose a second factor before anything else, or leave.
    half: Option<Half>,
    has_app: bool,
    codes_left: u64,
    local: bool,
    /// What lets in besides the provider by which the person is here, to be taken away.
    added: added::Added,
    begin_key: String,
    begun: Option<Begun>,
    error: Option<&'static str>,
    passkeys: Vec<(String, String, String)>,
    passkey: passkey::Making,
    ties: Vec<tie::TieView>,
    /// There is no other way in, so that the last of them stays.
    ties_only: bool,
}

/// What every page has in its frame, for one who has not come all the way in.
struct Half {
    sign_out_key: String,
    language_key: String,
    languages: Vec<LanguageLink>,
}

/// A secret that waits for its first code.
struct Begun {
    qr: Drawing,
    secret: String,
    confirm_key: String,
}

/// An SVG that we have drawn ourselves.
struct Drawing(String);

impl std::fmt::Display for Drawing {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Rectangles only: the picture holds no text of anybody.
impl askama::filters::HtmlSafe for Drawing {}

/// What the page says besides what is always there.
#[derive(Default)]
struct Said {
    secret: Option<Redacted<Vec<u8>>>,
    error: Option<&'static str>,
    status: StatusCode,
}

async fn show_account(State(house): State<Arc<House>>, AnyStage(who): AnyStage) -> Result<Response, Fault> {
    if who.session.proof.stage == SignInStage::Second {
        return Ok(Redirect::to(SECOND).into_response());
    }
    draw_account(&house, &who, Said::default()).await
}

async fn draw_account(house: &House, who: &SignedIn, said: Said) -> Result<Response, Fault> {
    let fault = |it| Fault::store(who.language, it);
    let t = Words(who.language);
    let app = house.inbox.factors.authenticator(who.user.id).await.map_err(fault)?;
    let passkeys = house.inbox.factors.passkeys(who.user.id).await.map_err(fault)?;
    let local = who.session.proof.provider.is_empty();
    let required = who.session.proof.stage == SignInStage::Enrol;
    let page = if required {
        let mut page = Page::plain(who.language, t.account());
        page.environment = house.config().environment.clone();
        page
    } else {
        Page::signed_in(house, who, t.account())
    };
    let half = required.then(|| Half {
        sign_out_key: who.draw_key(sign_in::SIGN_OUT),
        language_key: who.draw_key(language::ACTION),
        languages: languages(who.language, |_| String::new()),
    });
    let (ties, ties_only) = tie::views(house, who, !passkeys.is_empty()).await.map_err(fault)?;
    let added = added::Added::of(house, who).await.map_err(fault)?;
    let remove = |it: &Passkey| {
        let action = passkey::remove_action(&it.credential);
        let key = who.draw_key(&action);
        (it.name.clone(), action, key)
    };
    let view = AccountPage {
        page,
        t,
        half,
        has_app: app.is_some(),
        codes_left: app.map_or(0, |it| it.codes_left),
        local,
        added,
        begin_key: who.draw_key(BEGIN),
        begun: said.secret.map(|it| begun(house, who, &it)),
        error: said.error,
        passkeys: passkeys.iter().map(remove).collect(),
        passkey: passkey::Making::of(house, who, &passkeys),
        ties,
        ties_only,
    };
    Ok(html(said.status, &view))
}

fn begun(house: &House, who: &SignedIn, secret: &Redacted<Vec<u8>>) -> Begun {
    let base32 = code::base32(secret.reveal());
    let issuer = if house.config().environment.is_empty() { "Meldeport" } else { "Meldeport%20test" };
    let login = query_value(&who.user.login);
    let url =
        format!("otpauth://totp/{issuer}:{login}?secret={base32}&issuer={issuer}&algorithm=SHA1&digits=6&period=30");
    let drawn = QrCode::new(url.as_bytes())
        .expect("an address of that length fits a QR code")
        .render::<svg::Color<'_>>()
        .min_dimensions(220, 220)
        .build();
    // The XML declaration has no place inside a page.
    let drawn = drawn.find("<svg").map_or_else(String::new, |at| drawn[at..].to_owned());
    let groups: Vec<String> = base32.as_bytes().chunks(4).map(|it| String::from_utf8_lossy(it).into_owned()).collect();
    Begun { qr: Drawing(drawn), secret: groups.join(" "), confirm_key: who.draw_key(CONFIRM) }
}

#[derive(Deserialize)]
struct KeyForm {
    key: String,
}

/// Makes a new secret and shows it.
async fn begin(
    State(house): State<Arc<House>>,
    AnyStage(who): AnyStage,
    Posted(form): Posted<KeyForm>,
) -> Result<Response, Fault> {
    who.check_key(BEGIN, &form.key)?;
    refuse_half(&house, &who).await?;
    let secret = Redacted::new(token::random::<{ code::SECRET_BYTES }>().to_vec());
    let kept = house.inbox.factors.begin_authenticator(who.user.id, &secret).await;
    kept.map_err(|it| Fault::store(who.language, it))?;
    draw_account(&house, &who, Said { secret: Some(secret), ..Said::default() }).await
}

/// One who has not shown the second factor changes none, also when it has come since the session began; and one who has not
/// said lately who they are says it first: a browser left open is no place to add a key of one's own.
async fn refuse_half(house: &House, who: &SignedIn) -> Result<(), Fault> {
    let proof = &who.session.proof;
    let has_any = has_any(house, who.user.id).await.map_err(|it| Fault::store(who.language, it))?;
    let is_half = proof.stage == SignInStage::Second || has_any && proof.factors < 2;
    if is_half || !proof.provider.is_empty() {
        return Err(Fault::denied(who.language, crate::domain::Denial::NotByRole));
    }
    let stale = proof.stage == SignInStage::Whole && !may_change(who);
    if stale { Err(Fault::prove(who.language, ACCOUNT.to_owned())) } else { Ok(()) }
}

/// Goes on only if the person may take away what lets them in: as [`refuse_half`], but one who is here by a provider may too,
/// since somebody else may have added it.
async fn may_take_away(house: &House, who: &SignedIn) -> Result<(), Fault> {
    if who.session.proof.provider.is_empty() {
        return refuse_half(house, who).await;
    }
    if may_change(who) { Ok(()) } else { Err(Fault::prove(who.language, ACCOUNT.to_owned())) }
}

/// Whoever has come in by what one who is here by a provider has taken away is out, and its links are none.
async fn end_others(house: &House, who: &SignedIn) -> Result<(), Fault> {
    if who.session.proof.provider.is_empty() {
        return Ok(());
    }
    let ended = house.inbox.sessions.end_sessions(who.user.id, Some(who.token.sha256())).await;
    ended.map(drop).map_err(|it| Fault::store(who.language, it))
}

/// Whether the person has said who they are lately enough to change their factors.
pub(super) fn may_change(who: &SignedIn) -> bool {
    who.at.since(who.session.proof.proved_at) <= CHANGE_PROOF_MAX
}

/// Takes the new secret into use when its first code fits, and shows the recovery codes once.
async fn confirm(
    State(house): State<Arc<House>>,
    AnyStage(who): AnyStage,
    headers: HeaderMap,
    Posted(form): Posted<CodeForm>,
) -> Result<Response, Fault> {
    who.check_key(CONFIRM, &form.key)?;
    refuse_half(&house, &who).await?;
    let fault = |it| Fault::store(who.language, it);
    let (factors, now) = (&house.inbox.factors, house.now());
    let Some(secret) = factors.begun_authenticator(who.user.id).await.map_err(fault)? else {
        return draw_account(&house, &who, Said::default()).await;
    };
    let Some(step) = code::step_of(secret.reveal(), &form.code, 0, now) else {
        let (error, status) = (Some(Words(who.language).factor_wrong()), StatusCode::UNPROCESSABLE_ENTITY);
        return draw_account(&house, &who, Said { secret: Some(secret), error, status }).await;
    };
    let codes: Vec<String> = (0..code::RECOVERY_CODES).map(|_| code::recovery_code(token::random())).collect();
    let hashes: Vec<[u8; 32]> = codes.iter().map(|it| token::sha256(code::plain(it).as_bytes())).collect();
    factors.confirm_authenticator(who.user.id, step, &hashes, now).await.map_err(fault)?;
    house.journal(who.actor(), "second_factor_set", "authenticator").await.map_err(fault)?;
    let cookie = go_on(&house, &headers, &who).await.map_err(fault)?;
    // The keys of the forms on this page belong to the session that has just ended; it holds none.
    let t = Words(who.language);
    let mut page = Page::plain(who.language, t.factor_codes());
    page.environment = house.config().environment.clone();
    let mut response = html(StatusCode::OK, &CodesPage { page, t, codes });
    let cookie = cookie.parse().expect("our cookies are ASCII without control characters");
    response.headers_mut().append(header::SET_COOKIE, cookie);
    Ok(response)
}

#[derive(Template)]
#[template(path = "codes.html")]
struct CodesPage {
    page: Page,
    t: Words,
    codes: Vec<String>,
}
