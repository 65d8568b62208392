//! Around every request: headers that keep the browser strict, a time limit, and one line in the log.

use crate::domain::ItemId;
use crate::inbox::House;
use crate::inbox::api;
use crate::inbox::api::Problem;
use crate::inbox::fault::Fault;
use crate::inbox::form::Written;
use crate::inbox::kept;
use crate::inbox::language;
use crate::inbox::refusals;
use crate::inbox::refusals::Refused;
use crate::inbox::session;
use crate::storage::Actor;
use crate::storage::UserId;
use crate::telemetry::Event;
use axum::extract::FromRequestParts as _;
use axum::extract::MatchedPath;
use axum::extract::RawPathParams;
use axum::extract::Request;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::HeaderName;
use axum::http::HeaderValue;
use axum::http::Method;
use axum::http::StatusCode;
use axum::http::header;
use axum::middleware::Next;
use axum::response::IntoResponse;
use axum::response::Response;
use std::sync::Arc;
use std::sync::OnceLock;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering;
use std::time::Duration;
use std::time::Instant;

/// Longest wait for the session of one who is told of a fault; then the page has no menu.
const SESSION_MAX: Duration = Duration::from_secs(2);

/// Where reports are, in the pattern of a route; the id is what stands there in the path.
const OF_ITEM: [&str; 2] = ["/items/{id}", "/items/{item}"];

/// Nothing is loaded from anywhere but here, nothing is inline, and no other page may frame us.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; \
     object-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The same for the one page whose form goes to a provider of identities.
pub(super) fn policy_with_form_to(origin: &str) -> String {
    CONTENT_SECURITY_POLICY.replace("form-action 'self'", &format!("form-action 'self' {origin}"))
}

/// The same for the page whose script asks us how many there are as time goes.
pub(super) fn policy_with_events() -> HeaderValue {
    let policy = CONTENT_SECURITY_POLICY.replace("object-src 'none'", "connect-src 'self'; object-src 'none'");
    HeaderValue::from_str(&policy).expect("the policy is plain ASCII")
}

const HEADERS: [(HeaderName, &str); 7] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::STRICT_TRANSPORT_SECURITY, "max-age=31536000; includeSubDomains"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
];

/// Who turned out to be asking: put into the request, filled when the session has been found to hold.
#[derive(Clone, Default)]
pub(super) struct Caller(Arc<Known>);

#[derive(Default)]
struct Known {
    who: OnceLock<(UserId, String)>,
    /// What they are refused is in the journal already, with more about it than is known here.
    told: AtomicBool,
    /// The report is one that they see: that something of it is not there is no refusal.
    let_in: AtomicBool,
}

impl Caller {
    /// The first to say it is right; there is one session in a request.
    pub(super) fn is(&self, id: UserId, name: &str) {
        self.0.who.get_or_init(|| (id, name.to_owned()));
    }

    pub(super) fn has_been_let_in(&self) {
        self.0.let_in.store(true, Ordering::Relaxed);
    }

    pub(super) fn has_been_told(&self) {
        self.0.told.store(true, Ordering::Relaxed);
    }
}

/// What is needed to answer one who turns out to be signed in with their own page.
struct Asker {
    headers: HeaderMap,
    path: String,
    /// Where a chosen language comes back to.
    here: String,
}

impl Asker {
    fn of(request: &Request) -> Self {
        let cookies = request.headers().get_all(header::COOKIE).iter().map(|it| (header::COOKIE, it.clone()));
        let path = request.uri().path().to_owned();
        let whole = request.uri().path_and_query().map_or("/", |it| it.as_str());
        let here = if *request.method() == Method::GET { whole.to_owned() } else { path.clone() };
        Self { headers: cookies.collect(), path, here }
    }

    /// The fault on a page with the menu; or, when somebody must prove who they are and has written something, the page that keeps
    /// it. `None`: nobody is signed in, or the store does not say so in time.
    async fn answer(self, house: &House, fault: &Fault, written: &Written) -> Option<Response> {
        let asked = session::still(house, &self.headers, self.here, fault.language());
        let who = tokio::time::timeout(SESSION_MAX, asked).await.ok()??;
        let Some(place) = fault.proves_at() else { return Some(fault.for_signed_in(house, &who)) };
        let fields = written.fields().await?;
        Some(kept::to_prove(house, &who, &place, &self.path, &fields))
    }
}

/// Keeps the promises that hold for every answer, also when the handler panics or is too slow.
pub(super) async fn keep(State(house): State<Arc<House>>, request: Request, next: Next) -> Response {
    let began = Instant::now();
    let method = request.method().clone();
    // The pattern, never the path: a one-time link has its secret there.
    let route = request.extensions().get::<MatchedPath>().map_or("-", MatchedPath::as_str).to_owned();
    let is_form = method == Method::POST;
    let reader = session::brought(request.headers()).and_then(|(_, chosen)| chosen);
    let language = reader.unwrap_or_else(|| language::of_browser(request.headers()));

    let (mut parts, body) = request.into_parts();
    // As the handler reads it: decoded.
    let item = match RawPathParams::from_request_parts(&mut parts, &()).await {
        Ok(params) => item_of(&route, params.iter()),
        Err(_) => None,
    };
    let mut request = Request::from_parts(parts, body);
    let caller = Caller::default();
    request.extensions_mut().insert(caller.clone());
    let written = Written::default();
    request.extensions_mut().insert(written.clone());
    let asker = Asker::of(&request);

    // A case system gets no page.
    let is_api = request.uri().path().starts_with(api::PATH);
    let said = |fault: Fault| if is_api { Problem::from(fault).into_response() } else { fault.into_response() };
    let mut response = if came_from_elsewhere(&method, request.headers()) {
        said(Fault::form_key_wrong(language))
    } else {
        // In a task of its own: a panic ends there, and what has begun is finished although the browser hangs up.
        let work = tokio::spawn(next.run(request));
        match tokio::time::timeout(house.config().request_max(), work).await {
            Ok(Ok(response)) => response,
            Ok(Err(_)) => said(Fault::bug(language, "a handler of the inbox panicked")),
            Err(_) => said(Fault::busy(language, "a request to the inbox took too long")),
        }
    };

    if let Some(fault) = response.extensions_mut().remove::<Fault>()
        && let Some(theirs) = asker.answer(&house, &fault, &written).await
    {
        response = theirs;
    }
    harden(response.headers_mut());
    tracing::info!(
        http.method = %method,
        http.route = %route,
        http.status = response.status().as_u16(),
        user.id = caller.0.who.get().map(|(id, _)| tracing::field::display(id)),
        duration_ms = began.elapsed().as_millis(),
        "inbox request answered"
    );
    let status = response.status();
    let is_refusal = match status {
        StatusCode::FORBIDDEN => true,
        StatusCode::UNAUTHORIZED => is_api,
        // Whose report it is not is told no more than that there is none.
        StatusCode::NOT_FOUND => OF_ITEM.iter().any(|it| route.contains(it)),
        _ => false,
    };
    let is_refusal = is_refusal && !(status == StatusCode::NOT_FOUND && caller.0.let_in.load(Ordering::Relaxed));
    match caller.0.who.get() {
        Some((id, name)) if is_refusal && !caller.0.told.load(Ordering::Relaxed) => {
            let refused = format!("{method} {route}; {}", status.as_str());
            tell_refused(&house, *id, name, item, refused).await;
            refusals::watch(&house);
        }
        // Also what could not be written, and was answered so.
        Some(_) if is_refusal || status.is_server_error() => refusals::watch(&house),
        None if status == StatusCode::FORBIDDEN && is_form => {
            tracing::warn!(event = Event::Refused.name(), http.route = %route, "a form was refused");
        }
        Some(_) | None => {}
    }
    response
}

/// The headers that every answer has.
pub(super) fn harden(headers: &mut HeaderMap) {
    for (name, value) in HEADERS {
        // A handler that says otherwise means it: the public directory may be read from other sites.
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    let policy = HeaderValue::from_static(CONTENT_SECURITY_POLICY);
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(policy);
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
}

/// The id of a report in a path, by its name in the pattern.
fn item_of<'a>(route: &str, mut params: impl Iterator<Item = (&'a str, &'a str)>) -> Option<ItemId> {
    let name = OF_ITEM.iter().find(|it| route.contains(**it))?.rsplit(['{', '}']).nth(1)?;
    params.find(|it| it.0 == name)?.1.parse().ok()
}

/// Somebody asked for a page that is not theirs to see, or for more of a report than they may see, or sent a form that is not
/// theirs to send. Whether it is a slip or a search shows in the journal, with the report that it was about; that the answer
/// has been given already is why a store that is down is only logged.
async fn tell_refused(house: &House, id: UserId, name: &str, item: Option<ItemId>, refused: String) {
    tracing::warn!(event = Event::Refused.name(), user.id = %id, what = %refused, "somebody was refused");
    let actor = Actor::Person { id: id.to_string(), name: name.to_owned() };
    let told = async {
        let message = match item {
            Some(item) => house.inbox.audit.message_of(item).await?,
            None => None,
        };
        house.tell_refused(id, actor, Refused { action: "refused", message, detail: refused }).await
    };
    if let Err(error) = told.await {
        tracing::error!(%error, "a refusal could not be written in the journal");
    }
}

/// Whether a browser says that another site made it send this form.
fn came_from_elsewhere(method: &Method, headers: &HeaderMap) -> bool {
    let site = headers.get("sec-fetch-site").and_then(|it| it.to_str().ok());
    *method == Method::POST && site.is_some_and(|it| it != "same-origin" && it != "none")
}

#[cfg(test)]
mod tests {
    use super::item_of;

    #[test]
    fn the_report_of_a_path_is_where_the_pattern_says() {
        let id = "0190a1b2-0000-7000-8000-000000000001";
        for (route, params) in [
            ("/items/{id}/print", vec![("id", id)]),
            ("/api/v1/items/{id}", vec![("id", id)]),
            ("/groups/{unit}/meetings/{meeting}/items/{item}", vec![("unit", "a"), ("meeting", "b"), ("item", id)]),
        ] {
            let found = item_of(route, params.into_iter());
            assert_eq!(found.map(|it| it.to_string()).as_deref(), Some(id), "{route}");
        }
        assert_eq!(item_of("/items/{id}", [("id", "nonsense")].into_iter()), None);
        assert_eq!(item_of("/api/v1/clients/{id}", [("id", id)].into_iter()), None);
    }
}
