//! Who is signed in: the session's cookie, how long it holds, and the forms that belong to it.

use crate::domain;
use crate::domain::Language;
use crate::domain::Membership;
use crate::domain::Redacted;
use crate::domain::Role;
use crate::domain::Sight;
use crate::domain::Timestamp;
use crate::domain::UnitId;
use crate::inbox::House;
use crate::inbox::factor;
use crate::inbox::fault::Fault;
use crate::inbox::form_key;
use crate::inbox::form_key::Nonce;
use crate::inbox::guard::Caller;
use crate::inbox::language;
use crate::inbox::token;
use crate::inbox::token::Token;
use crate::storage::Actor;
use crate::storage::Person;
use crate::storage::Proof;
use crate::storage::Session;
use crate::storage::SignInStage;
use crate::storage::StoreError;
use crate::storage::User;
use crate::storage::UserId;
use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::Method;
use axum::http::header;
use axum::http::request::Parts;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use std::sync::Arc;
use std::time::Duration;

/// Name of the session's cookie. The prefix makes browsers demand Secure, Path=/ and no Domain.
pub(super) const COOKIE: &str = "__Host-meldeport";
/// Name of the cookie that ties the forms before sign-in to one browser.
pub(super) const FORM_COOKIE: &str = "__Host-meldeport-form";
/// Longest path to come back to after signing in. Bytes.
const BACK_BYTES_MAX: usize = 300;

/// A person with a session that holds. As an extractor it sends everybody else to sign in.
pub(super) struct SignedIn {
    pub token: Token,
    pub session: Session,
    pub user: User,
    /// Every role of the person, also those that have ended or not begun.
    pub memberships: Vec<Membership>,
    /// When the request came: access is decided by it.
    pub at: Timestamp,
    pub language: Language,
    /// Path and query of the request: where a chosen language comes back to.
    pub here: String,
    /// What is known around the request of who asks.
    pub caller: Caller,
}

impl SignedIn {
    pub(super) fn person(&self) -> Person {
        Person { id: self.user.id, display_name: self.user.display_name.clone() }
    }

    pub(super) fn actor(&self) -> Actor {
        actor_of(&self.user)
    }

    /// Everything that the person sees in lists.
    pub(super) fn sights(&self) -> Vec<Sight> {
        domain::sights(&self.memberships, self.at)
    }

    /// The units in which the person has any role now.
    pub(super) fn units_held(&self) -> Vec<UnitId> {
        let held = self.memberships.iter().filter(|it| it.holds(self.at));
        let mut units: Vec<UnitId> = held.map(|it| it.unit.clone()).collect();
        units.sort_unstable();
        units.dedup();
        units
    }

    /// The units of which the person sees cases.
    pub(super) fn units_seen(&self) -> Vec<UnitId> {
        let mut units: Vec<UnitId> = self.sights().into_iter().map(|it| it.unit).collect();
        units.dedup();
        units
    }

    /// The units in which the person has `role` now.
    pub(super) fn units_as(&self, role: Role) -> Vec<UnitId> {
        domain::units_as(&self.memberships, role, self.at)
    }

    /// The key of a form that posts to `action`.
    pub(super) fn draw_key(&self, action: &str) -> String {
        form_key::draw(&self.session.form_secret, action)
    }

    /// Whether a form is one that we drew for this session and action.
    pub(super) fn check_key(&self, action: &str, brought: &str) -> Result<Nonce, Fault> {
        form_key::check(&self.session.form_secret, action, brought).ok_or_else(|| Fault::form_key_wrong(self.language))
    }
}

/// The person as the journal names them.
pub(super) fn actor_of(user: &User) -> Actor {
    Actor::Person { id: user.id.to_string(), name: user.display_name.clone() }
}

impl FromRequestParts<Arc<House>> for SignedIn {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, house: &Arc<House>) -> Result<Self, Self::Rejection> {
        let AnyStage(who) = AnyStage::from_request_parts(parts, house).await?;
        match who.session.proof.stage {
            SignInStage::Whole => Ok(who),
            stage @ (SignInStage::Second | SignInStage::Enrol) => {
                let safe = matches!(parts.method, Method::GET | Method::HEAD);
                let next = if safe { safe_path(&who.here) } else { "/" };
                Err(Fault::half_signed_in(who.language, factor::place_of(stage, next)))
            }
        }
    }
}

/// As [`SignedIn`], but also one who has not come all the way yet: only for the pages that lead there.
pub(super) struct AnyStage(pub SignedIn);

impl FromRequestParts<Arc<House>> for AnyStage {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, house: &Arc<House>) -> Result<Self, Self::Rejection> {
        let here = parts.uri.path_and_query().map_or("/", |it| it.as_str()).to_owned();
        let safe = matches!(parts.method, Method::GET | Method::HEAD);
        let guess = language::of_browser(&parts.headers);
        let Some((token, chosen)) = brought(&parts.headers) else {
            return Err(Fault::not_signed_in(guess, safe.then_some(here), Ended::NeverBegan));
        };
        let language = chosen.unwrap_or(guess);
        match holding(house, &token).await.map_err(|it| Fault::store(language, it))? {
            Some((session, user)) => {
                let caller = parts.extensions.get::<Caller>().cloned().unwrap_or_default();
                caller.is(user.id, &user.display_name);
                let read = house.inbox.people.memberships(user.id).await;
                let memberships = read.map_err(|it| Fault::store(language, it))?;
                Ok(Self(SignedIn { token, session, user, memberships, at: house.now(), language, here, caller }))
            }
            None => Err(Fault::not_signed_in(language, safe.then_some(here), Ended::Ended)),
        }
    }
}

/// Whether there ever was a session.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Ended {
    NeverBegan,
    Ended,
}

/// The session of `token` and its user, when it still holds.
async fn holding(house: &House, token: &Token) -> Result<Option<(Session, User)>, StoreError> {
    let now = house.now();
    let Some((session, user)) = house.inbox.accounts.session(token.sha256(), now).await? else {
        return Ok(None);
    };
    let idle = now.since(session.seen_at) > house.config().session_idle_max();
    if idle || now >= session.expires || user.ended_at.is_some_and(|it| it <= now) {
        house.inbox.accounts.end_session(token.sha256()).await?;
        return Ok(None);
    }
    Ok(Some((session, user)))
}

/// Who is signed in by a request's cookie, all the way; for a page that is drawn after the request itself has been answered.
pub(super) async fn still(house: &House, headers: &HeaderMap, here: String, language: Language) -> Option<SignedIn> {
    let (token, chosen) = brought(headers)?;
    let (session, user) = holding(house, &token).await.ok()??;
    if session.proof.stage != SignInStage::Whole {
        return None;
    }
    let memberships = house.inbox.people.memberships(user.id).await.ok()?;
    let language = chosen.unwrap_or(language);
    let caller = Caller::default();
    Some(SignedIn { token, session, user, memberships, at: house.now(), language, here, caller })
}

/// Who has the session of a token that has just begun, however far they have come.
pub(super) async fn begun(house: &House, token: &Token, language: Language) -> Result<Option<SignedIn>, StoreError> {
    let Some((session, user)) = holding(house, token).await? else { return Ok(None) };
    let memberships = house.inbox.people.memberships(user.id).await?;
    let (at, here, caller) = (house.now(), String::new(), Caller::default());
    Ok(Some(SignedIn { token: token.clone(), session, user, memberships, at, language, here, caller }))
}

/// Begins a session for `user`, always with a new token; ends the one that the browser had.
pub(super) async fn begin(house: &House, headers: &HeaderMap, user: UserId, proof: Proof) -> Result<Token, StoreError> {
    if let Some((before, _)) = brought(headers) {
        house.inbox.accounts.end_session(before.sha256()).await?;
    }
    let now = house.now();
    let token = Token::generate();
    let session = Session {
        token_sha256: token.sha256(),
        user,
        created_at: now,
        seen_at: now,
        expires: now.plus(house.config().session_max()),
        form_secret: Redacted::new(URL_SAFE_NO_PAD.encode(token::random::<32>())),
        proof,
    };
    house.inbox.accounts.add_session(&session).await?;
    Ok(token)
}

/// The token and the chosen language in the session's cookie, whether or not it holds.
pub(super) fn brought(headers: &HeaderMap) -> Option<(Token, Option<Language>)> {
    let value = cookie_value(headers, COOKIE)?;
    let (token, language) = value.split_once('.').unwrap_or((value, ""));
    Some((Token::parse(token)?, language::from_tag(language)))
}

pub(super) fn cookie_value<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .into_iter()
        .filter_map(|it| it.to_str().ok())
        .flat_map(|it| it.split(';'))
        .filter_map(|it| it.trim().split_once('='))
        .find(|(found, _)| *found == name)
        .map(|(_, value)| value)
}

/// The session's cookie. Out of reach of scripts and of other sites' forms.
pub(super) fn cookie(token: &Token, language: Language, lasts: Duration) -> String {
    format!(
        "{COOKIE}={}.{}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age={}",
        token.text().reveal(),
        language.tag(),
        lasts.as_secs()
    )
}

/// Takes the session's cookie back.
pub(super) fn no_cookie() -> String {
    format!("{COOKIE}=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0")
}

/// `path` when it is a place in this inbox; else the front page. Never another site.
pub(super) fn safe_path(path: &str) -> &str {
    let local = path.starts_with('/')
        && !path.starts_with("//")
        && path.len() <= BACK_BYTES_MAX
        && path.bytes().all(|it| it.is_ascii_graphic() && it != b'\\')
        && !path.starts_with("/sign-")
        && !path.starts_with("/first/");
    if local { path } else { "/" }
}

/// As [`safe_path`], and also back to a one-time link: for what is posted, which stands in no address.
pub(super) fn safe_next(path: &str) -> &str {
    match path.strip_prefix("/first/").and_then(Token::parse) {
        Some(_) => path,
        None => safe_path(path),
    }
}

#[cfg(test)]
mod tests {
    use super::safe_next;
    use super::safe_path;
    use crate::inbox::token::Token;

    #[test]
    fn one_only_ever_comes_back_to_this_inbox() {
        assert_eq!(safe_path("/items/0190?x=1"), "/items/0190?x=1");
        for elsewhere in
            ["", "//evil.example", "https://evil.example", "/\\evil.example", "/a\nb", "/sign-in", "/first/abc"]
        {
            assert_eq!(safe_path(elsewhere), "/", "{elsewhere}");
            assert_eq!(safe_next(elsewhere), "/", "{elsewhere}");
        }
        let link = format!("/first/{}", Token::generate().text().reveal());
        assert_eq!((safe_path(&link), safe_next(&link)), ("/", link.as_str()));
    }
}
