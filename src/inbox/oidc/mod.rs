//! Signing in by OpenID Connect: the browser is sent to a provider and comes back with a code, which we exchange ourselves.
//!
//! ```text
//! GET /sign-in/with/{provider}            → the provider (code, PKCE S256, state, nonce, level)
//! GET /first/{token}/with/{provider}      the same, and the one-time link ties the person to who they are there
//! GET /sign-in/callback                   ← the provider; state and browser must fit, then the token is checked
//! GET /prove                              once more, for content: a higher level, or not so long ago
//! ```
//!
//! Nobody gets an account by coming from a provider: a person is tied to an account by a one-time link, or by the operator.

mod claims;
mod config;
mod provider;

pub use config::AssertionAudience;
pub use config::ClientAlgorithm;
pub use config::ProviderConfig;
pub use provider::ProviderError;

use crate::clock::Clock;
use crate::domain::Language;
use crate::domain::Redacted;
use crate::domain::Timestamp;
use crate::inbox::House;
use crate::inbox::client::Client;
use crate::inbox::fault::Fault;
use crate::inbox::fault::query_value;
use crate::inbox::first_asks;
use crate::inbox::first_asks::Asks;
use crate::inbox::known;
use crate::inbox::known::Origin;
use crate::inbox::language;
use crate::inbox::need_form;
use crate::inbox::prove;
use crate::inbox::session;
use crate::inbox::session::SignedIn;
use crate::inbox::sign_in;
use crate::inbox::start;
use crate::inbox::texts::Words;
use crate::inbox::token;
use crate::inbox::token::Token;
use crate::inbox::view::Page;
use crate::inbox::view::html;
use crate::storage::Actor;
use crate::storage::Attempt;
use crate::storage::Proof;
use crate::storage::SignInMethod;
use crate::storage::SignInStage;
use crate::storage::StoreError;
use crate::storage::User;
use crate::storage::UserId;
use crate::telemetry::Event;
use askama::Template;
use axum::Router;
use axum::extract::Path;
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
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use claims::Expected;
use provider::Provider;
use provider::Question;
use serde::Deserialize;
use std::sync::Arc;
use std::time::Duration;

const CALLBACK: &str = "/sign-in/callback";
/// How long somebody may take at the provider.
const ATTEMPT_HOLDS: Duration = Duration::from_secs(10 * 60);
/// Longest code that is looked at. Bytes.
const CODE_BYTES_MAX: usize = 4096;

pub(super) fn routes() -> Router<Arc<House>> {
    Router::new()
        .route("/sign-in/with/{provider}", get(start))
        .route("/first/{token}/with/{provider}", get(start_first))
        .route(CALLBACK, get(callback))
}

/// The providers of the configuration, with our keys to them.
#[derive(Clone, Debug, Default)]
pub struct Providers(Arc<[Arc<Provider>]>);

impl Providers {
    /// Reads the keys; asks no provider anything yet, so that one that is down keeps nobody else out.
    ///
    /// # Errors
    /// A setting or a key is wrong.
    pub fn load(
        configs: &[ProviderConfig],
        folder: &std::path::Path,
        clock: &Arc<dyn Clock>,
    ) -> Result<Self, ProviderError> {
        let load = |it: &ProviderConfig| Provider::new(it.clone(), folder, Arc::clone(clock)).map(Arc::new);
        Ok(Self(configs.iter().map(load).collect::<Result<Vec<_>, _>>()?.into()))
    }

    pub(super) fn find(&self, name: &str) -> Option<&Arc<Provider>> {
        self.0.iter().find(|it| it.config.name == name)
    }

    /// Name and label of each.
    pub(super) fn labels(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|it| (it.config.name.as_str(), it.config.label.as_str()))
    }
}

#[derive(Deserialize)]
struct StartQuery {
    #[serde(default)]
    next: String,
    lang: Option<String>,
}

/// What a browser is sent away for.
struct Errand {
    back: String,
    link_sha256: Option<[u8; 32]>,
    /// Who must come back, when it is to prove who they are once more.
    user: Option<UserId>,
}

async fn start(
    State(house): State<Arc<House>>,
    Path(name): Path<String>,
    headers: HeaderMap,
    Query(query): Query<StartQuery>,
) -> Result<Response, Fault> {
    let language = query.lang.as_deref().and_then(language::from_tag).unwrap_or_else(|| language::of_browser(&headers));
    let back = session::safe_path(&query.next).to_owned();
    send_away(&house, &headers, language, &name, Errand { back, link_sha256: None, user: None }).await
}

async fn start_first(
    State(house): State<Arc<House>>,
    Path((link, name)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let language = language::of_browser(&headers);
    let link = Token::parse(&link).ok_or_else(|| Fault::link_used(language))?;
    let made = house.inbox.accounts.link(link.sha256(), house.now()).await.map_err(|it| Fault::store(language, it))?;
    let made = made.ok_or_else(|| Fault::link_used(language))?;
    match first_asks::asks(&house, &headers, &made).await.map_err(|it| Fault::store(language, it))? {
        Asks::Nothing(_) => {}
        asks @ (Asks::Factor | Asks::Tie) => return Ok(first_asks::draw(&house, &headers, &link, &made, asks)),
    }
    let errand = Errand { back: "/".to_owned(), link_sha256: Some(link.sha256()), user: None };
    send_away(&house, &headers, language, &name, errand).await
}

/// Sends one who is signed in to their provider once more, because content asks for more.
pub(super) async fn send_to_prove(
    house: &House,
    headers: &HeaderMap,
    who: &SignedIn,
    back: &str,
) -> Result<Response, Fault> {
    let errand = Errand { back: back.to_owned(), link_sha256: None, user: Some(who.user.id) };
    send_away(house, headers, who.language, &who.session.proof.provider, errand).await
}

/// Sends one who wants to write in the form to the form's provider; `back` says to which municipality.
pub(super) async fn prove_writer(
    house: &House,
    headers: &HeaderMap,
    language: Language,
    back: String,
) -> Result<Response, Fault> {
    let name = house.config().form.provider.clone();
    send_away(house, headers, language, &name, Errand { back, link_sha256: None, user: None }).await
}

async fn send_away(
    house: &House,
    headers: &HeaderMap,
    language: Language,
    name: &str,
    errand: Errand,
) -> Result<Response, Fault> {
    let provider = house.inbox.providers.find(name).ok_or_else(|| Fault::absent(language))?;
    let metadata = match provider.metadata().await {
        Ok(metadata) => metadata,
        Err(error) => {
            tell_failed(house, name, Refused::Down, &crate::inbox::fault::chain(&error));
            return Ok(Redirect::to(&Way::of(&errand).refused(Refused::Down)).into_response());
        }
    };
    let now = house.now();
    let (state, nonce) = (Token::generate(), random_text());
    let verifier = random_text();
    let (secret, set_cookie) = sign_in::form_secret(headers);
    let proves = errand.user.is_some() || need_form::proved_place(&errand.back).is_some();
    let age_max = match (proves, provider.config.max_age_seconds) {
        (true, _) => Some(Duration::ZERO),
        (false, 0) => None,
        (false, seconds) => Some(Duration::from_secs(seconds)),
    };
    let attempt = Attempt {
        state_sha256: state.sha256(),
        provider: provider.config.name.clone(),
        nonce: nonce.clone(),
        verifier: Redacted::new(verifier.clone()),
        browser_sha256: token::sha256(secret.reveal().as_bytes()),
        back: errand.back,
        link_sha256: errand.link_sha256,
        user: errand.user,
        not_before: age_max.map_or(Timestamp(i64::MIN), |it| now.minus(it)),
        expires: now.plus(ATTEMPT_HOLDS),
    };
    house.inbox.identities.add_attempt(&attempt, now).await.map_err(|it| Fault::store(language, it))?;
    let level = match (proves, provider.config.content_acr_values.as_str()) {
        (true, asked) if !asked.is_empty() => asked,
        (true | false, _) => &provider.config.acr_values,
    };
    let question = Question {
        redirect: &redirect_uri(house),
        state: state.text().reveal(),
        nonce: &nonce,
        verifier: &verifier,
        level,
        age_max,
    };
    let url = provider.authorization(&metadata, &question);
    Ok(sign_in::with_cookie(Redirect::to(&url).into_response(), set_cookie))
}

fn redirect_uri(house: &House) -> String {
    format!("{}{CALLBACK}", house.config().public_address.trim_end_matches('/'))
}

fn random_text() -> String {
    URL_SAFE_NO_PAD.encode(token::random::<32>())
}

#[derive(Deserialize)]
struct Answer {
    #[serde(default)]
    code: String,
    #[serde(default)]
    state: String,
    iss: Option<String>,
    error: Option<String>,
}

/// Why somebody who came back is not let in. The words are those of the sign-in page's address.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Refused {
    /// Not sent from this browser, too late, or used already.
    Unknown,
    /// The provider said no, or what it said is not believed.
    Provider,
    /// The level of assurance is too low.
    Level,
    /// Nobody here is tied to that subject.
    Nobody,
    /// The link is for one, and the subject is another's here.
    Taken,
    /// The link is for an account that has a way in, which was not shown.
    Link,
    /// Who proves once more came back as somebody else.
    Other,
    /// The provider does not answer.
    Down,
}

impl Refused {
    pub(super) const ALL: [Self; 8] =
        [Self::Unknown, Self::Provider, Self::Level, Self::Nobody, Self::Taken, Self::Link, Self::Other, Self::Down];

    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Provider => "provider",
            Self::Level => "level",
            Self::Nobody => "nobody",
            Self::Taken => "taken",
            Self::Link => "link",
            Self::Other => "other",
            Self::Down => "down",
        }
    }

    pub(super) const fn text(self, t: Words) -> &'static str {
        match self {
            Self::Unknown => t.oidc_unknown(),
            Self::Provider => t.oidc_provider(),
            Self::Level => t.oidc_level(),
            Self::Nobody => t.oidc_nobody(),
            Self::Taken => t.oidc_taken(),
            Self::Link => t.oidc_link(),
            Self::Other => t.prove_other(),
            Self::Down => t.oidc_down(),
        }
    }

    /// What is said to one who is signed in, and was to prove once more who they are.
    pub(super) const fn text_of_proof(self, t: Words) -> &'static str {
        match self {
            Self::Level => t.prove_level(),
            Self::Nobody => t.prove_other(),
            Self::Unknown | Self::Provider | Self::Taken | Self::Link | Self::Other | Self::Down => self.text(t),
        }
    }
}

/// Where one who is not let in is told so, and where they wanted to go.
struct Way {
    place: &'static str,
    next: String,
    /// Who it is, when somebody who is signed in was sent to prove it.
    user: Option<UserId>,
}

impl Way {
    fn of(errand: &Errand) -> Self {
        let writes = errand.user.is_none() && errand.link_sha256.is_none();
        Self::to(writes, errand.user.is_some(), &errand.back)
    }

    fn of_attempt(attempt: &Attempt) -> Self {
        let writes = attempt.user.is_none() && attempt.link_sha256.is_none();
        Self { user: attempt.user, ..Self::to(writes, attempt.user.is_some(), &attempt.back) }
    }

    /// `may_write`: neither somebody in particular nor a link was sent; `proves`: one who is signed in was.
    fn to(may_write: bool, proves: bool, back: &str) -> Self {
        if may_write && need_form::proved_place(back).is_some() {
            return Self { place: need_form::PATH, next: String::new(), user: None };
        }
        Self { place: if proves { prove::PATH } else { sign_in::SIGN_IN }, next: back.to_owned(), user: None }
    }

    fn refused(&self, why: Refused) -> String {
        let next = match self.next.as_str() {
            "" | "/" => String::new(),
            next => format!("&next={}", query_value(next)),
        };
        format!("{}?refused={}{next}", self.place, why.word())
    }
}

/// For the one who runs it: at which provider, and why. Nothing of the person.
fn tell_failed(house: &House, provider: &str, refused: Refused, why: &str) {
    let (event, reason) = (Event::SignInFailed.name(), refused.word());
    house.inbox.metrics.sign_in_failed(reason);
    tracing::warn!(event, provider, reason, why, "a sign-in to the inbox failed");
}

/// Why the way back ended, for the journal and the log.
enum Ended {
    Refused(Refused, String),
    Fault(Fault),
}

async fn callback(
    State(house): State<Arc<House>>,
    headers: HeaderMap,
    client: Client,
    Query(answer): Query<Answer>,
) -> Result<Response, Fault> {
    let language = language::of_browser(&headers);
    let store = |it| Fault::store(language, it);
    let mut way = Way { place: sign_in::SIGN_IN, next: String::new(), user: None };
    match come_back(&house, &headers, language, &answer, &mut way).await {
        Ok(response) => Ok(response),
        Err(Ended::Fault(fault)) => Err(fault),
        Err(Ended::Refused(why, detail)) => {
            if let Some(wait) = Origin::of(&house, client, &headers).failed(&house).await.map_err(store)? {
                return Ok(sign_in::turned_away(&house, &headers, language, wait));
            }
            // The detail begins with the provider's name where it is known.
            let (provider, said) = detail.split_once(": ").unwrap_or(("", detail.as_str()));
            tell_failed(&house, provider, why, said);
            // One who was signed in and went to prove it again is known, whatever came of it.
            let known = match way.user {
                Some(user) => house.inbox.accounts.user_by_id(user).await.map_err(store)?,
                None => None,
            };
            let actor = known.as_ref().map_or(Actor::House, session::actor_of);
            house.journal(actor, "sign_in_failed", detail).await.map_err(store)?;
            Ok(Redirect::to(&way.refused(why)).into_response())
        }
    }
}

/// `way` becomes where one who is not let in is told so.
async fn come_back(
    house: &House,
    headers: &HeaderMap,
    language: Language,
    answer: &Answer,
    way: &mut Way,
) -> Result<Response, Ended> {
    let store = |it: StoreError| Ended::Fault(Fault::store(language, it));
    let now = house.now();
    let unknown = |why: &str| Ended::Refused(Refused::Unknown, why.to_owned());
    let state = Token::parse(&answer.state).ok_or_else(|| unknown("came back with no state of ours"))?;
    let (secret, is_new) = sign_in::form_secret(headers);
    if is_new.is_some() {
        return Err(unknown("came back in another browser"));
    }
    let browser = token::sha256(secret.reveal().as_bytes());
    let attempt = house.inbox.identities.take_attempt(state.sha256(), browser, now).await.map_err(store)?;
    let attempt = attempt.ok_or_else(|| unknown("came back with an unknown, used or old state, or another's"))?;
    let name = attempt.provider.as_str();
    let writes = need_form::proved_place(&attempt.back);
    let writes = writes.filter(|_| attempt.user.is_none() && attempt.link_sha256.is_none());
    *way = Way::of_attempt(&attempt);
    let refused = |why: &str| Ended::Refused(Refused::Provider, format!("{name}: {why}"));
    let provider = house.inbox.providers.find(name).ok_or_else(|| refused("is no longer set up"))?;
    if answer.iss.as_ref().is_some_and(|it| *it != provider.config.issuer) {
        return Err(refused("the answer is of another issuer"));
    }
    if answer.error.is_some() || answer.code.is_empty() || answer.code.len() > CODE_BYTES_MAX {
        return Err(refused("the provider gave no code"));
    }

    let exchanged = provider.exchange(&answer.code, &attempt.verifier, &redirect_uri(house)).await;
    let (claims, id_token) = exchanged.map_err(|error| refused(&crate::inbox::fault::chain(&error)))?;
    let expected = Expected {
        provider: &provider.config,
        nonce: &attempt.nonce,
        not_before: attempt.not_before,
        for_content: attempt.user.is_some() || writes.is_some(),
        now: house.now(),
    };
    let identity = claims::check(&claims, &expected).map_err(|error| match error {
        claims::NotBelieved::Level => Ended::Refused(Refused::Level, format!("{name}: {error}")),
        claims::NotBelieved::Issuer
        | claims::NotBelieved::Audience
        | claims::NotBelieved::Time
        | claims::NotBelieved::Nonce
        | claims::NotBelieved::Subject
        | claims::NotBelieved::TooOld => refused(&error.to_string()),
    })?;

    if let Some(number) = writes {
        if house.config().form.provider != name {
            return Err(refused("is not where those who write prove who they are"));
        }
        let proved = format!("{}, {}", provider.config.label, identity.level);
        let begun = need_form::begin_proved(house, language, &number, proved).await;
        return begun.map_err(Ended::Fault);
    }
    let user = match whose(house, headers, &attempt, &identity.subject).await.map_err(store)? {
        Whose::Theirs(user) => user,
        Whose::Nobodys => {
            let said = format!("{name}: nobody here is tied to that subject");
            return Err(Ended::Refused(Refused::Nobody, said));
        }
        Whose::Anothers => {
            let said = format!("{name}: the link is for one, and the subject is another's");
            return Err(Ended::Refused(Refused::Taken, said));
        }
        Whose::Asked => {
            let said = format!("{name}: the link is for one who has a way in, which was not shown");
            return Err(Ended::Refused(Refused::Link, said));
        }
    };
    if attempt.user.is_some_and(|it| it != user.id) {
        return Err(Ended::Refused(Refused::Other, format!("{name}: somebody else came back")));
    }
    let proof = Proof {
        method: SignInMethod::Provider,
        stage: SignInStage::Whole,
        factors: 2,
        provider: name.to_owned(),
        level: identity.level,
        proved_at: identity.proved_at,
        id_token: Some(id_token),
    };
    let token = session::begin(house, headers, user.id, proof).await.map_err(store)?;
    let action = if attempt.user.is_some() { "proved_again" } else { "signed_in" };
    house.journal(session::actor_of(&user), action, name).await.map_err(store)?;
    tracing::info!(event = Event::SignedIn.name(), user.id = %user.id, "signed in to the inbox by a provider");
    let cookie = session::cookie(&token, language, house.config().session_max());
    let place = start::place(house, user.id, &attempt.back).await.map_err(store)?;
    let response = ([(header::SET_COOKIE, cookie)], Redirect::to(&place)).into_response();
    Ok(sign_in::with_cookie(response, known::remember(house, headers)))
}

/// Whose a subject is.
enum Whose {
    Theirs(Box<User>),
    Nobodys,
    /// Somebody else's than the link is for.
    Anothers,
    /// Nobody's yet, and the one whom the link is for has a way in that this browser has not shown.
    Asked,
}

/// The person whom the subject is tied to; a one-time link ties the one it is for now, in place of who they were there.
async fn whose(
    house: &House,
    headers: &HeaderMap,
    attempt: &Attempt,
    subject: &Redacted<String>,
) -> Result<Whose, StoreError> {
    let (accounts, identities) = (&house.inbox.accounts, &house.inbox.identities);
    let now = house.now();
    let known = identities.identity(&attempt.provider, subject).await?;
    let id = match (known, attempt.link_sha256) {
        (Some(id), None) => id,
        (None, None) => return Ok(Whose::Nobodys),
        (known, Some(link)) => {
            let Some(made) = accounts.link(link, now).await? else { return Ok(Whose::Nobodys) };
            let Some(user) = accounts.user_by_id(made.user).await? else { return Ok(Whose::Nobodys) };
            if known.is_some_and(|it| it != user.id) {
                return Ok(Whose::Anothers);
            }
            // Asked anew: what was shown before going to the provider may have ended meanwhile.
            let asks = first_asks::asks(house, headers, &made).await?;
            if known.is_none() && matches!(asks, Asks::Factor | Asks::Tie) {
                return Ok(Whose::Asked);
            }
            let Some(id) = accounts.use_link(link, now).await? else { return Ok(Whose::Nobodys) };
            let by = session::actor_of(&user);
            if known.is_none() && !identities.tie(&attempt.provider, subject, id, &by, now).await? {
                return Ok(Whose::Anothers);
            }
            sign_in::tell_link(house, &user, &made).await?;
            id
        }
    };
    let user = accounts.user_by_id(id).await?.filter(|it| it.ended_at.is_none());
    Ok(user.map_or(Whose::Nobodys, |it| Whose::Theirs(Box::new(it))))
}

#[derive(Template)]
#[template(path = "signed_out.html")]
struct SignedOutPage {
    page: Page,
    t: Words,
    label: String,
    action: String,
    id_token: String,
    client_id: String,
    back: String,
}

/// After our own session has ended: a page from which the provider's session is ended too (RP-initiated logout). A form and
/// no address, since the token names the person. `None`: there is nothing to end there.
pub(super) async fn signed_out(house: &House, language: Language, proof: &Proof) -> Option<Response> {
    let provider = house.inbox.providers.find(&proof.provider)?;
    let id_token = proof.id_token.as_ref()?;
    let end = provider.metadata().await.ok()?.end_session_endpoint.clone()?;
    let t = Words(language);
    let mut page = Page::plain(language, t.sign_out());
    page.environment = house.config().environment.clone();
    let view = SignedOutPage {
        page,
        t,
        label: provider.config.label.clone(),
        action: end.to_string(),
        id_token: id_token.reveal().clone(),
        client_id: provider.config.client_id.clone(),
        back: format!("{}/sign-in?out=1", house.config().public_address.trim_end_matches('/')),
    };
    let mut response = html(StatusCode::OK, &view);
    let policy = super::guard::policy_with_form_to(&end.origin().ascii_serialization());
    if let Ok(policy) = HeaderValue::try_from(policy) {
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    Some(response)
}

/// The buttons of the sign-in page: URL and label.
pub(super) fn buttons(house: &House, next: &str, language: Language) -> Vec<(String, String)> {
    let button = |(name, label): (&str, &str)| {
        (format!("/sign-in/with/{name}?next={}&lang={}", query_value(next), language.tag()), label.to_owned())
    };
    house.inbox.providers.labels().map(button).collect()
}

/// The same on the page of a one-time link.
pub(super) fn first_buttons(house: &House, token: &Token) -> Vec<(String, String)> {
    let button =
        |(name, label): (&str, &str)| (format!("/first/{}/with/{name}", token.text().reveal()), label.to_owned());
    house.inbox.providers.labels().map(button).collect()
}
