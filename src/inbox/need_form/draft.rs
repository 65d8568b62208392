//! A draft and the cookie that leads to it.

use crate::domain::Language;
use crate::domain::MunicipalityNumber;
use crate::domain::Redacted;
use crate::inbox::House;
use crate::inbox::contacts::public_page;
use crate::inbox::contacts::reader;
use crate::inbox::fault::Fault;
use crate::inbox::form::Posted;
use crate::inbox::form_key;
use crate::inbox::form_key::Nonce;
use crate::inbox::need_form::PATH;
use crate::inbox::need_form::answers::Answers;
use crate::inbox::need_form::fields::Asking;
use crate::inbox::need_form::fields::Step;
use crate::inbox::need_form::port::DeskFault;
use crate::inbox::session;
use crate::inbox::session::SignedIn;
use crate::inbox::texts::Words;
use crate::inbox::token;
use crate::inbox::token::Token;
use crate::inbox::view::Page;
use crate::inbox::view::html;
use crate::storage::FormDraft;
use crate::storage::FormHolder;
use askama::Template;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::StatusCode;
use axum::http::header;
use axum::response::IntoResponse;
use axum::response::Redirect;
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use std::sync::Arc;
use uuid::Uuid;

/// Name of the cookie. The prefix makes browsers demand Secure, Path=/ and no Domain.
const COOKIE: &str = "__Host-meldeport-report";

/// A draft that has just been made.
pub(super) struct Begun {
    pub token: Token,
    pub draft: FormDraft,
}

impl Begun {
    pub(super) fn new(
        house: &House,
        holder: FormHolder,
        municipality: &MunicipalityNumber,
        language: Language,
    ) -> Self {
        let (token, now) = (Token::generate(), house.now());
        let draft = FormDraft {
            id: Uuid::now_v7(),
            token_sha256: token.sha256(),
            holder,
            form_secret: Redacted::new(URL_SAFE_NO_PAD.encode(token::random::<32>())),
            created_at: now,
            expires: now.plus(house.config().form.draft_max()),
            proved: None,
            body: Answers::new(municipality, language).write(),
        };
        Self { token, draft }
    }

    pub(super) fn go_on(&self, house: &House) -> Response {
        go_on(house, &self.token)
    }
}

/// To the first step, with the cookie that leads to the draft.
pub(super) fn go_on(house: &House, token: &Token) -> Response {
    let cookie = format!(
        "{COOKIE}={}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age={}",
        token.text().reveal(),
        house.config().form.draft_max().as_secs()
    );
    ([(header::SET_COOKIE, cookie)], Redirect::to(&format!("{PATH}/{}", Step::Reporter.slug()))).into_response()
}

/// Takes the cookie back.
pub(super) fn no_cookie() -> String {
    format!("{COOKIE}=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0")
}

/// A draft as it is written on.
pub(super) struct Writing {
    pub draft: FormDraft,
    pub answers: Answers,
    /// Set when staff write, who must still be signed in.
    pub who: Option<SignedIn>,
    pub language: Language,
}

impl Writing {
    pub(super) const fn t(&self) -> Words {
        Words(self.language)
    }

    pub(super) fn draw_key(&self, action: &str) -> String {
        form_key::draw(&self.draft.form_secret, action)
    }

    pub(super) fn check_key(&self, action: &str, brought: &str) -> Result<Nonce, Fault> {
        form_key::check(&self.draft.form_secret, action, brought).ok_or_else(|| Fault::form_key_wrong(self.language))
    }

    pub(super) fn asking(&self, house: &House) -> Asking<'_> {
        Asking {
            holder: &self.draft.holder,
            answers: &self.answers,
            today: house.now().date_in_norway(),
            has_extra: !extra(house, &self.answers).is_empty(),
        }
    }

    pub(super) async fn keep(&self, house: &House) -> Result<(), Fault> {
        let kept = house.inbox.forms.keep_form_draft(self.draft.id, &self.answers.write(), house.now()).await;
        kept.map_err(|it| Fault::store(self.language, it))
    }

    /// The frame of a page of the form.
    pub(super) fn page(&self, house: &House, title: &str, place: &str) -> Page {
        let mut page = match &self.who {
            Some(who) => Page::signed_in(house, who, title),
            None => public_page(house, self.t(), title, |it| format!("{place}?lang={}", it.tag())),
        };
        page.lang = self.language.tag();
        page
    }

    /// The report as far as it has been written, for judging: under an id of its own.
    pub(super) fn trial(&self, house: &House) -> Option<crate::domain::NeedReport> {
        let extra = extra(house, &self.answers);
        let municipality = self.answers.municipality()?;
        let asking = self.asking(house);
        let came = super::build::came_at(&asking, house.now());
        Some(super::build::report(&asking, &municipality, &extra, Uuid::now_v7(), came))
    }
}

/// What else the municipality takes applications for.
pub(super) fn extra(house: &House, answers: &Answers) -> Vec<crate::inbox::ExtraOffer> {
    let day = house.now().date_in_norway();
    let reception = answers.municipality().and_then(|it| house.inbox.contacts.reception(&it, day));
    reception.map(|it| it.form.extra).unwrap_or_default()
}

/// The draft that the browser's cookie leads to.
pub(super) async fn of(house: &House, headers: &HeaderMap) -> Result<Option<FormDraft>, crate::storage::StoreError> {
    let Some(token) = session::cookie_value(headers, COOKIE).and_then(Token::parse) else { return Ok(None) };
    house.inbox.forms.form_draft(token.sha256(), house.now()).await
}

/// The draft to write on, or the page that says why there is none.
pub(super) async fn writing(
    house: &House,
    headers: &HeaderMap,
    who: Result<SignedIn, Fault>,
    lang: Option<&str>,
) -> Result<Writing, Box<Response>> {
    let guess = reader(headers, lang);
    let found = of(house, headers).await.map_err(|it| Box::new(Fault::store(guess, it).into_response()))?;
    let Some(draft) = found else { return Err(Box::new(gone(house, guess))) };
    let Some(mut answers) = Answers::read(&draft.body) else {
        return Err(Box::new(Fault::bug(guess, "a draft of the form could not be read").into_response()));
    };
    if let Some(chosen) = lang.and_then(crate::inbox::language::from_tag) {
        answers.set_language(chosen);
    }
    let who = match (&draft.holder, who) {
        (FormHolder::Staff(id), Ok(who)) if who.user.id == *id => Some(who),
        // Another person at the same browser does not get at it, and neither does anybody after the session.
        (FormHolder::Staff(_), Ok(_)) => return Err(Box::new(gone(house, guess))),
        (FormHolder::Staff(_), Err(fault)) => return Err(Box::new(fault.into_response())),
        (FormHolder::Organisation { .. } | FormHolder::Private, _) => None,
    };
    let language = who.as_ref().map_or_else(|| answers.language(), |it| it.language);
    Ok(Writing { draft, answers, who, language })
}

#[derive(Template)]
#[template(path = "form_gone.html")]
struct GonePage {
    page: Page,
    t: Words,
    heading: &'static str,
    text: &'static str,
    /// Whether it leads to how one reaches the municipalities, and not to the form.
    public_list: bool,
    /// Whether the browser has a draft that is still written on.
    has_draft: bool,
}

pub(super) fn gone(house: &House, language: Language) -> Response {
    let t = Words(language);
    let page = public_page(house, t, t.form_gone(), |it| format!("{PATH}?lang={}", it.tag()));
    html(
        StatusCode::GONE,
        &GonePage { page, t, heading: t.form_gone(), text: t.form_gone_text(), public_list: false, has_draft: false },
    )
}

/// A link that lets nobody in any more, to one who has no inbox. The browser that used it has its draft, and is led to it.
pub(super) async fn link_used(house: &House, headers: &HeaderMap, language: Language) -> Response {
    let has_draft = of(house, headers).await.is_ok_and(|it| it.is_some());
    let t = Words(language);
    let (heading, text) = (t.form_link_used(), t.form_link_used_text());
    let page = public_page(house, t, heading, |it| format!("/kontakt?lang={}", it.tag()));
    html(StatusCode::GONE, &GonePage { page, t, heading, text, public_list: true, has_draft })
}

/// A municipality that is none, to one who looks for how to reach it.
pub(in crate::inbox) fn no_such_place(house: &House, language: Language) -> Response {
    let t = Words(language);
    let (heading, text) = (t.form_no_such_place(), t.form_no_such_place_text());
    let page = public_page(house, t, heading, |it| format!("/kontakt?lang={}", it.tag()));
    html(StatusCode::NOT_FOUND, &GonePage { page, t, heading, text, public_list: true, has_draft: false })
}

/// Something is away just now, and what was written is kept.
pub(super) fn later(house: &House, writing: &Writing, fault: DeskFault, place: &str) -> Response {
    let t = writing.t();
    let status = match fault {
        DeskFault::Refused(_) => return Fault::bug(writing.language, &fault.to_string()).into_response(),
        DeskFault::Later(_) => StatusCode::SERVICE_UNAVAILABLE,
        DeskFault::Closed | DeskFault::NoReceiver => StatusCode::CONFLICT,
    };
    tracing::warn!(%fault, "the form could not judge or send a report");
    let page = writing.page(house, t.form_heading(), place);
    html(
        status,
        &GonePage { page, t, heading: t.error_heading(), text: t.form_later(), public_list: false, has_draft: false },
    )
}

#[derive(Deserialize)]
pub(super) struct KeyForm {
    key: String,
}

impl KeyForm {
    pub(super) fn key(&self) -> &str {
        &self.key
    }
}

/// Where the form that throws a draft away posts to.
pub(super) const DELETE: &str = "/meld/slett";

pub(super) async fn delete(
    State(house): State<Arc<House>>,
    headers: HeaderMap,
    who: Result<SignedIn, Fault>,
    Posted(form): Posted<KeyForm>,
) -> Result<Response, Fault> {
    let writing = match writing(&house, &headers, who, None).await {
        Ok(writing) => writing,
        Err(response) => return Ok(*response),
    };
    writing.check_key(DELETE, &form.key)?;
    let ended = house.inbox.forms.end_form_draft(writing.draft.id).await;
    ended.map_err(|it| Fault::store(writing.language, it))?;
    let place = format!("{PATH}?slettet=1&lang={}", writing.language.tag());
    Ok(([(header::SET_COOKIE, no_cookie())], Redirect::to(&place)).into_response())
}
