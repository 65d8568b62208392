//! The form `/meld`: a report of need from those who have no system that sends, in steps, and without any script.
//!
//! Who may write: somebody of an organisation that an operator has let in by a link, a private person where the municipality
//! says so, and staff who are signed in (who also write down what came by telephone, in a meeting or on paper). What is written
//! is kept sealed in a draft that is reached only by a cookie, and is judged at each step by the gateway's own rules. Sending goes
//! the one way in ([`ReportDesk`]); this room makes no message and knows no rule.
//!
//! Never here: anything about the person in an address, a title, a cookie or a log.

mod answers;
mod build;
mod draft;
mod fields;
mod places;
mod port;
mod review;
mod status;
mod step;
mod view;
mod voice;

pub(in crate::inbox) use draft::no_such_place;
pub use port::DeskFault;
pub use port::DeskJudgement;
pub use port::DeskSent;
pub use port::ReportDesk;
pub use port::Written;

use crate::domain::Language;
use crate::domain::Municipality;
use crate::domain::MunicipalityNumber;
use crate::inbox::House;
use crate::inbox::contacts;
use crate::inbox::contacts::LinkView;
use crate::inbox::contacts::TextView;
use crate::inbox::contacts::public_page;
use crate::inbox::contacts::reader;
use crate::inbox::fault::Fault;
use crate::inbox::form::Posted;
use crate::inbox::form_key;
use crate::inbox::form_key::Once;
use crate::inbox::need_form::draft::Begun;
use crate::inbox::oidc;
use crate::inbox::session::SignedIn;
use crate::inbox::sign_in;
use crate::inbox::texts::Words;
use crate::inbox::token::Token;
use crate::inbox::view::Page;
use crate::inbox::view::html;
use crate::storage::FormHolder;
use askama::Template;
use axum::Router;
use axum::extract::DefaultBodyLimit;
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
use axum::routing::post;
use serde::Deserialize;
use std::sync::Arc;
use std::time::Duration;

/// Where the form begins.
pub(super) const PATH: &str = "/meld";
const START: &str = "/meld/start";
/// Where a private person goes to prove who they are.
const PROVE: &str = "/meld/bekreft";
/// Where one who has proved it comes back to; only the way back from a provider leads there.
const PROVED: &str = "/meld/bekreftet?kommune=";

/// Largest page of the form that is read: four long texts, each of whose letters may take nine signs on the way. Bytes.
const PAGE_BYTES_MAX: usize = 128 * 1024;
/// The time in which begun drafts of private persons are counted.
const HOUR: Duration = Duration::from_secs(60 * 60);
/// Seconds after which somebody turned away may try again.
const AGAIN_SECONDS: u64 = 600;

pub(super) fn routes() -> Router<Arc<House>> {
    Router::new()
        .route(PATH, get(show_start))
        .route(START, post(start))
        .route("/meld/adgang/{token}", get(show_invited).post(use_invite))
        .route(PROVE, get(prove))
        .route("/meld/slett", post(draft::delete))
        .route("/meld/se-over", get(review::show).post(review::send))
        .route("/meld/status", get(status::show).post(status::ask))
        .route("/meld/{step}", get(step::show).post(step::save))
        .layer(DefaultBodyLimit::max(PAGE_BYTES_MAX))
}

/// What the form's handlers share.
pub(super) struct FormState {
    /// What came of the forms that sent a report.
    sent: Once<review::Receipt>,
    /// What came of the forms that began a draft by a link.
    invited: Once<Option<Token>>,
    status_asked: status::Asked,
}

impl FormState {
    pub(super) fn new() -> Self {
        Self { sent: Once::new(), invited: Once::new(), status_asked: status::Asked::default() }
    }
}

#[derive(Deserialize)]
pub(super) struct StartQuery {
    lang: Option<String>,
    kommune: Option<String>,
    slettet: Option<String>,
    refused: Option<String>,
}

#[derive(Template)]
#[template(path = "form_start.html")]
struct StartPage {
    page: Page,
    t: Words,
    key: String,
    is_staff: bool,
    is_open: bool,
    has_draft: bool,
    deleted: bool,
    refused: Option<&'static str>,
    /// Where one must prove who one is first, and with what.
    prove: Option<(String, String)>,
    /// That the chosen municipality is to be reached in another way.
    elsewhere: Option<String>,
    chosen_name: &'static str,
    chosen: String,
    municipalities: Vec<(String, &'static str, bool)>,
    texts: Vec<TextView>,
    /// Law and guidance in force, and when that last changed.
    links: Vec<LinkView>,
    updated: Option<String>,
}

/// The first page: which municipality, and whether one may write at all.
async fn show_start(
    State(house): State<Arc<House>>,
    headers: HeaderMap,
    who: Result<SignedIn, Fault>,
    Query(query): Query<StartQuery>,
) -> Response {
    let t = Words(reader(&headers, query.lang.as_deref()));
    let has_draft = draft::of(&house, &headers).await.is_ok_and(|it| it.is_some());
    let chosen = query.kommune.as_deref().and_then(MunicipalityNumber::parse);
    let refused = oidc::Refused::ALL.into_iter().find(|it| Some(it.word()) == query.refused.as_deref());
    draw_start(
        &house,
        &headers,
        t,
        who.ok().as_ref(),
        chosen.as_ref(),
        Start {
            has_draft,
            deleted: query.slettet.is_some(),
            refused: refused.map(|it| it.text(t)),
            ..Start::default()
        },
    )
}

/// The municipalities that the person's units work for. None of them: of no unit that receives, and any may be chosen.
fn served(house: &House, who: &SignedIn) -> Vec<MunicipalityNumber> {
    let (day, units) = (house.now().date_in_norway(), who.units_held());
    let directory = &house.inbox.contacts;
    let is_served = |it: &MunicipalityNumber| {
        directory.reception(it, day).is_some_and(|it| it.units.iter().any(|it| units.contains(&it.id)))
    };
    directory.receiving(day).into_iter().filter(is_served).collect()
}

/// What the first page says besides its form.
#[derive(Default)]
struct Start {
    elsewhere: Option<String>,
    has_draft: bool,
    deleted: bool,
    refused: Option<&'static str>,
    prove: Option<(String, String)>,
}

fn draw_start(
    house: &House,
    headers: &HeaderMap,
    t: Words,
    who: Option<&SignedIn>,
    chosen: Option<&MunicipalityNumber>,
    said: Start,
) -> Response {
    let day = house.now().date_in_norway();
    let directory = &house.inbox.contacts;
    let heading = if who.is_some() { t.form_staff_heading() } else { t.form_heading() };
    let mut page = match who {
        Some(who) => Page::signed_in(house, who, heading),
        None => public_page(house, t, heading, |it| match chosen {
            Some(number) => format!("{PATH}?kommune={number}&lang={}", it.tag()),
            None => format!("{PATH}?lang={}", it.tag()),
        }),
    };
    page.lang = t.0.tag();
    let (secret, set_cookie) = sign_in::form_secret(headers);
    let served = who.map(|it| served(house, it)).unwrap_or_default();
    let of_one = if let [one] = served.as_slice() { Some(one) } else { None };
    let chosen = chosen.or(of_one);
    let receiving = directory.receiving(day);
    let mut municipalities: Vec<(String, &'static str, bool)> = receiving
        .iter()
        .filter(|it| served.is_empty() || served.contains(it))
        .filter_map(|it| Some((it, Municipality::find(it)?)))
        .map(|(number, it)| (number.to_string(), it.name, chosen == Some(number)))
        .collect();
    municipalities.sort_by_key(|it| in_order(it.1));
    let status = if said.refused.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let start = StartPage {
        page,
        t,
        key: form_key::draw(&secret, START),
        is_staff: who.is_some(),
        is_open: house.inbox.desk.is_open(),
        has_draft: said.has_draft,
        deleted: said.deleted,
        refused: said.refused,
        prove: said.prove,
        elsewhere: said.elsewhere,
        chosen_name: chosen.and_then(Municipality::find).map_or("", |it| it.name),
        chosen: chosen.map(ToString::to_string).unwrap_or_default(),
        municipalities,
        // What is told to those who wonder whether to report, staff know.
        texts: if who.is_some() { Vec::new() } else { contacts::texts(house, &["rights", "who-can-report"], t, day) },
        links: if who.is_some() { Vec::new() } else { LinkView::shown(house, chosen, t, day) },
        updated: if who.is_some() { None } else { contacts::updated(house, t, day) },
    };
    sign_in::with_cookie(html(status, &start), set_cookie)
}

#[derive(Deserialize)]
struct StartForm {
    #[serde(default)]
    kommune: String,
    #[serde(default)]
    lang: String,
    key: String,
}

/// Begins a draft for staff, or for a private person where the municipality allows it.
async fn start(
    State(house): State<Arc<House>>,
    headers: HeaderMap,
    who: Result<SignedIn, Fault>,
    Posted(form): Posted<StartForm>,
) -> Result<Response, Fault> {
    let language = reader(&headers, Some(&form.lang));
    let t = Words(language);
    let who = who.ok();
    sign_in::check_form(&headers, START, &form.key).ok_or_else(|| Fault::form_key_wrong(language))?;
    let number = MunicipalityNumber::parse(&form.kommune);
    let refuse = |why| Start { refused: Some(why), ..Start::default() };
    let again = |number: Option<&MunicipalityNumber>, why| {
        Ok(draw_start(&house, &headers, t, who.as_ref(), number, refuse(why)))
    };
    let elsewhere = |number: &MunicipalityNumber, why: fn(Words, &str) -> String| {
        let name = Municipality::find(number).map_or("", |it| it.name);
        let said = Start { elsewhere: Some(why(t, name)), ..Start::default() };
        draw_start(&house, &headers, t, who.as_ref(), Some(number), said)
    };
    if !house.inbox.desk.is_open() {
        return again(number.as_ref(), t.form_closed());
    }
    let Some(number) = number else { return again(None, t.form_choose_municipality()) };
    let now = house.now();
    let own = who.as_ref().map(|it| served(&house, it)).unwrap_or_default();
    if !own.is_empty() && !own.contains(&number) {
        return again(None, t.form_choose_municipality());
    }
    let Some(reception) = house.inbox.contacts.reception(&number, now.date_in_norway()) else {
        return Ok(elsewhere(&number, Words::form_no_receiver));
    };
    let holder = match &who {
        Some(who) => FormHolder::Staff(who.user.id),
        None if reception.form.private_persons => FormHolder::Private,
        None => return Ok(elsewhere(&number, Words::form_not_private)),
    };
    if holder == FormHolder::Private {
        if are_too_many(&house, language).await? {
            return Ok(turned_away(draw_start(&house, &headers, t, None, Some(&number), refuse(t.form_many()))));
        }
        // By a link and not by the form's own answer: a form may lead nowhere but here.
        if let Some(provider) = prover(&house) {
            let prove = Some((format!("{PROVE}?kommune={number}&lang={}", language.tag()), provider));
            let said = Start { prove, ..Start::default() };
            return Ok(draw_start(&house, &headers, t, None, Some(&number), said));
        }
    }
    let begun = Begun::new(&house, holder, &number, language);
    house.inbox.forms.begin_form_draft(&begun.draft).await.map_err(|it| Fault::store(language, it))?;
    Ok(begun.go_on(&house))
}

/// Label of the provider where private persons prove who they are. `None`: they need not. One that is named and not there has
/// its name for a label, and cannot be gone to.
fn prover(house: &House) -> Option<String> {
    let named = &house.config().form.provider;
    let label = house.inbox.providers.labels().find(|it| it.0 == named).map_or(named.as_str(), |it| it.1);
    (!named.is_empty()).then(|| label.to_owned())
}

/// Whether private persons have begun as many drafts as there may be.
async fn are_too_many(house: &House, language: Language) -> Result<bool, Fault> {
    let now = house.now();
    let drafts = house.inbox.forms.private_form_drafts(now.minus(HOUR), now).await;
    let (alive, begun) = drafts.map_err(|it| Fault::store(language, it))?;
    let limits = &house.config().form;
    Ok(alive >= u64::from(limits.drafts_max) || begun >= u64::from(limits.drafts_per_hour_max))
}

/// Whether a private person may write to the municipality by the form.
fn takes_private(house: &House, number: &MunicipalityNumber) -> bool {
    let reception = house.inbox.contacts.reception(number, house.now().date_in_norway());
    house.inbox.desk.is_open() && reception.is_some_and(|it| it.form.private_persons)
}

/// Sends a private person to the provider.
async fn prove(
    State(house): State<Arc<House>>,
    headers: HeaderMap,
    Query(query): Query<StartQuery>,
) -> Result<Response, Fault> {
    let language = reader(&headers, query.lang.as_deref());
    let number = query.kommune.as_deref().and_then(MunicipalityNumber::parse);
    let number = number.filter(|it| takes_private(&house, it)).ok_or_else(|| Fault::absent(language))?;
    oidc::prove_writer(&house, &headers, language, format!("{PROVED}{number}")).await
}

/// The municipality that somebody who comes back from a provider wants to write to, when that is what they went for.
pub(super) fn proved_place(back: &str) -> Option<MunicipalityNumber> {
    back.strip_prefix(PROVED).and_then(MunicipalityNumber::parse)
}

/// Begins the draft of one who has just proved who they are. `proved`: by which provider, at what level; who it is, is told
/// in the form.
pub(super) async fn begin_proved(
    house: &House,
    language: Language,
    number: &MunicipalityNumber,
    proved: String,
) -> Result<Response, Fault> {
    if !takes_private(house, number) || are_too_many(house, language).await? {
        return Err(Fault::absent(language));
    }
    let mut begun = Begun::new(house, FormHolder::Private, number, language);
    begun.draft.proved = Some(proved);
    house.inbox.forms.begin_form_draft(&begun.draft).await.map_err(|it| Fault::store(language, it))?;
    Ok(begun.go_on(house))
}

fn turned_away(mut response: Response) -> Response {
    *response.status_mut() = StatusCode::TOO_MANY_REQUESTS;
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(AGAIN_SECONDS));
    response
}

#[derive(Template)]
#[template(path = "form_invited.html")]
struct InvitedPage {
    page: Page,
    t: Words,
    action: String,
    key: String,
    is_open: bool,
    municipalities: Vec<(String, &'static str)>,
}

/// Names are listed from a to å: these three letters stand last, in this order, whatever their numbers are.
fn in_order(name: &str) -> String {
    let place = |it: char| match it {
        'æ' => '\u{f8fd}',
        'ø' => '\u{f8fe}',
        'å' => '\u{f8ff}',
        other => other,
    };
    name.to_lowercase().chars().map(place).collect()
}

/// The page that a link leads to. Looking at it does not use the link.
async fn show_invited(
    State(house): State<Arc<House>>,
    Path(link): Path<String>,
    headers: HeaderMap,
    Query(query): Query<StartQuery>,
) -> Response {
    let language = reader(&headers, query.lang.as_deref());
    let t = Words(language);
    let Some(token) = Token::parse(&link) else { return draft::link_used(&house, &headers, language).await };
    match house.inbox.forms.form_invite_holds(token.sha256(), house.now()).await {
        Ok(true) => {}
        Ok(false) => return draft::link_used(&house, &headers, language).await,
        Err(error) => return Fault::store(language, error).into_response(),
    }
    let action = invite_path(&token);
    let (secret, set_cookie) = sign_in::form_secret(&headers);
    let page = public_page(&house, t, t.form_invited(), |it| format!("{action}?lang={}", it.tag()));
    let day = house.now().date_in_norway();
    let named = |number: MunicipalityNumber| Some((number.to_string(), Municipality::find(&number)?.name));
    let mut municipalities: Vec<(String, &'static str)> =
        house.inbox.contacts.receiving(day).into_iter().filter_map(named).collect();
    municipalities.sort_by_key(|it| in_order(it.1));
    let key = form_key::draw(&secret, &action);
    let is_open = house.inbox.desk.is_open();
    sign_in::with_cookie(
        html(StatusCode::OK, &InvitedPage { page, t, action, key, is_open, municipalities }),
        set_cookie,
    )
}

fn invite_path(token: &Token) -> String {
    format!("{PATH}/adgang/{}", token.text().reveal())
}

/// Uses the link and begins the draft of its organisation.
async fn use_invite(
    State(house): State<Arc<House>>,
    Path(link): Path<String>,
    headers: HeaderMap,
    Posted(form): Posted<StartForm>,
) -> Result<Response, Fault> {
    let language = reader(&headers, Some(&form.lang));
    let Some(link) = Token::parse(&link) else { return Ok(draft::link_used(&house, &headers, language).await) };
    let nonce =
        sign_in::check_form(&headers, &invite_path(&link), &form.key).ok_or_else(|| Fault::form_key_wrong(language))?;
    let now = house.now();
    let number = MunicipalityNumber::parse(&form.kommune)
        .filter(|it| house.inbox.contacts.reception(it, now.date_in_norway()).is_some());
    let Some(number) = number.filter(|_| house.inbox.desk.is_open()) else {
        let query = StartQuery { lang: Some(form.lang), kommune: None, slettet: None, refused: None };
        return Ok(show_invited(State(house), Path(link.text().reveal().clone()), headers, Query(query)).await);
    };
    let work = || async {
        let begun = Begun::new(&house, FormHolder::Private, &number, language);
        let used = house.inbox.forms.use_form_invite(link.sha256(), &begun.draft, now).await;
        let used = used.map_err(|it| Fault::store(language, it))?;
        Ok::<_, Fault>(used.map(|_| begun.token))
    };
    match house.form.invited.run(nonce, now, work).await? {
        Some(token) => Ok(draft::go_on(&house, &token)),
        None => Ok(draft::link_used(&house, &headers, language).await),
    }
}

/// Back to where a draft is written.
fn to_step(slug: &str) -> Response {
    Redirect::to(&format!("{PATH}/{slug}")).into_response()
}
