//! Answers when something is not as it should be: said plainly, with what to do next, and never with a value.

use crate::domain::Code;
use crate::domain::Denial;
use crate::domain::ItemId;
use crate::domain::Language;
use crate::inbox::House;
use crate::inbox::language;
use crate::inbox::session;
use crate::inbox::session::Ended;
use crate::inbox::session::SignedIn;
use crate::inbox::texts::Words;
use crate::inbox::token;
use crate::inbox::view::Page;
use crate::inbox::view::html;
use crate::storage::StoreError;
use askama::Template;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::HeaderValue;
use axum::http::StatusCode;
use axum::http::header;
use axum::response::IntoResponse;
use axum::response::Redirect;
use axum::response::Response;
use std::error::Error;
use std::fmt::Write as _;
use std::sync::Arc;

/// Seconds after which somebody turned away for load may try again.
const BUSY_SECONDS: u64 = 5;

/// Why a request is not answered with what it asked for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Fault {
    language: Language,
    kind: Kind,
}

#[derive(Clone, PartialEq, Eq, Debug)]
enum Kind {
    /// A page was asked for: sign in and come back. A form was sent: nothing was done.
    NotSignedIn {
        back: Option<String>,
        ended: Ended,
    },
    FormKeyWrong,
    /// The unit is only told that the report exists.
    OnlyAwareness,
    /// A report that nobody has opened is opened with the button, not by its parts.
    NotOpened,
    /// An attachment that nobody has looked at, or that holds something harmful.
    HeldBack,
    NotFound,
    /// The person's time with this case is over.
    AccessEnded,
    /// The person's role does not go so far.
    NotByRole,
    /// A second person must agree first.
    SecondPerson,
    /// The second factor is still missing; it is asked for there.
    HalfSignedIn {
        place: String,
    },
    /// The person must prove once more who they are, and comes back there.
    Prove {
        back: String,
    },
    MethodNotAllowed,
    LinkUsed,
    TooLarge,
    Busy {
        id: String,
    },
    Bug {
        id: String,
    },
}

impl Fault {
    pub(super) const fn not_signed_in(language: Language, back: Option<String>, ended: Ended) -> Self {
        Self { language, kind: Kind::NotSignedIn { back, ended } }
    }

    /// In which language to tell somebody who is not signed in (any more); `None`: it is something else.
    pub(super) const fn without_session(&self) -> Option<Language> {
        match self.kind {
            Kind::NotSignedIn { .. } => Some(self.language),
            _ => None,
        }
    }

    pub(super) const fn form_key_wrong(language: Language) -> Self {
        Self { language, kind: Kind::FormKeyWrong }
    }

    pub(super) const fn only_awareness(language: Language) -> Self {
        Self { language, kind: Kind::OnlyAwareness }
    }

    pub(super) const fn not_opened(language: Language) -> Self {
        Self { language, kind: Kind::NotOpened }
    }

    pub(super) const fn held_back(language: Language) -> Self {
        Self { language, kind: Kind::HeldBack }
    }

    pub(super) const fn absent(language: Language) -> Self {
        Self { language, kind: Kind::NotFound }
    }

    pub(super) const fn denied(language: Language, why: Denial) -> Self {
        let kind = match why {
            Denial::Unknown => Kind::NotFound,
            Denial::Ended => Kind::AccessEnded,
            Denial::NotByRole => Kind::NotByRole,
            Denial::SecondPerson(_) => Kind::SecondPerson,
        };
        Self { language, kind }
    }

    pub(super) const fn half_signed_in(language: Language, place: String) -> Self {
        Self { language, kind: Kind::HalfSignedIn { place } }
    }

    pub(super) const fn prove(language: Language, back: String) -> Self {
        Self { language, kind: Kind::Prove { back } }
    }

    pub(super) const fn link_used(language: Language) -> Self {
        Self { language, kind: Kind::LinkUsed }
    }

    /// A fault of ours that trying again does not mend. Logs it once, here.
    pub(super) fn bug(language: Language, what: &str) -> Self {
        let id = fault_id();
        tracing::error!(fault.id = %id, what, "inbox request failed");
        Self { language, kind: Kind::Bug { id } }
    }

    /// The house is busy or a part of it is away; trying again helps. Logs it once, here.
    pub(super) fn busy(language: Language, what: &str) -> Self {
        let id = fault_id();
        tracing::warn!(fault.id = %id, what, "inbox request turned away");
        Self { language, kind: Kind::Busy { id } }
    }

    pub(super) const fn language(&self) -> Language {
        self.language
    }

    /// What a case system is told, which gets no page.
    pub(super) const fn code(&self) -> Code {
        match &self.kind {
            Kind::NotSignedIn { .. } | Kind::HalfSignedIn { .. } | Kind::Prove { .. } => Code::ApiCredentialRefused,
            Kind::FormKeyWrong | Kind::TooLarge => Code::ApiRequestUnreadable,
            Kind::OnlyAwareness => Code::ApiContentNotHere,
            Kind::NotOpened => Code::ApiNotOpened,
            Kind::HeldBack => Code::ApiAttachmentHeld,
            Kind::NotFound | Kind::LinkUsed => Code::ApiItemUnknown,
            Kind::AccessEnded | Kind::NotByRole => Code::ApiNotPermitted,
            Kind::SecondPerson => Code::ApiSecondPersonNeeded,
            Kind::MethodNotAllowed => Code::ApiRouteUnknown,
            Kind::Busy { .. } => Code::Overloaded,
            Kind::Bug { .. } => Code::ApiFault,
        }
    }

    pub(super) fn store(language: Language, error: StoreError) -> Self {
        match error {
            StoreError::Absent => Self::absent(language),
            StoreError::Unavailable(_) => Self::busy(language, &chain(&error)),
            StoreError::Inconsistent { .. } | StoreError::Sealed { .. } | StoreError::LeaseLost => {
                Self::bug(language, &chain(&error))
            }
        }
    }
}

/// Something to say on the telephone, and to search the log for.
fn fault_id() -> String {
    token::random::<4>().iter().fold(String::new(), |mut id, byte| {
        write!(id, "{byte:02X}").expect("writing to a string does not fail");
        id
    })
}

pub(super) fn chain(error: &dyn Error) -> String {
    let mut said = error.to_string();
    let mut cause = error.source();
    while let Some(it) = cause {
        write!(said, ": {it}").expect("writing to a string does not fail");
        cause = it.source();
    }
    said
}

#[derive(Template)]
#[template(path = "fault.html")]
struct FaultPage<'a> {
    page: Page,
    t: Words,
    heading: &'a str,
    text: &'a str,
    fault_id: Option<&'a str>,
    sign_in: bool,
    /// The report that it was about.
    back: Option<&'a str>,
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let language = self.language;
        self.draw(&|heading| Page::plain(language, heading), None)
    }
}

impl Fault {
    fn draw(&self, page: &dyn Fn(&str) -> Page, back: Option<String>) -> Response {
        let t = Words(self.language);
        let (status, heading, text) = match &self.kind {
            Kind::NotSignedIn { back: Some(back), ended } => return to_sign_in(back, *ended),
            Kind::NotSignedIn { back: None, .. } => {
                (StatusCode::UNAUTHORIZED, t.fault_signed_out(), t.fault_signed_out_text())
            }
            Kind::FormKeyWrong => (StatusCode::FORBIDDEN, t.fault_form_key(), t.fault_form_key_text()),
            Kind::OnlyAwareness => (StatusCode::FORBIDDEN, t.fault_awareness(), t.fault_awareness_text()),
            Kind::NotOpened => (StatusCode::CONFLICT, t.fault_not_opened(), t.fault_not_opened_text()),
            Kind::HeldBack => (StatusCode::CONFLICT, t.fault_held_back(), t.fault_held_back_text()),
            Kind::NotFound => (StatusCode::NOT_FOUND, t.fault_not_found(), t.fault_not_found_text()),
            Kind::HalfSignedIn { place } => return Redirect::to(place).into_response(),
            Kind::Prove { back } => return self.told(Redirect::to(&prove_place(back)).into_response()),
            Kind::AccessEnded => (StatusCode::FORBIDDEN, t.fault_ended(), t.fault_ended_text()),
            Kind::NotByRole => (StatusCode::FORBIDDEN, t.fault_role(), t.fault_role_text()),
            Kind::SecondPerson => (StatusCode::FORBIDDEN, t.second_heading(), t.second_text()),
            Kind::MethodNotAllowed => (StatusCode::METHOD_NOT_ALLOWED, t.fault_method(), t.fault_method_text()),
            Kind::LinkUsed => (StatusCode::GONE, t.fault_link_used(), t.fault_link_used_text()),
            Kind::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, t.fault_too_large(), t.fault_too_large_text()),
            Kind::Busy { .. } => (StatusCode::SERVICE_UNAVAILABLE, t.fault_busy(), t.fault_busy_text()),
            Kind::Bug { .. } => (StatusCode::INTERNAL_SERVER_ERROR, t.fault_bug(), t.fault_bug_text()),
        };
        let fault_id = match &self.kind {
            Kind::Busy { id } | Kind::Bug { id } => Some(id.as_str()),
            Kind::NotSignedIn { .. }
            | Kind::FormKeyWrong
            | Kind::OnlyAwareness
            | Kind::NotOpened
            | Kind::HeldBack
            | Kind::NotFound
            | Kind::AccessEnded
            | Kind::NotByRole
            | Kind::SecondPerson
            | Kind::HalfSignedIn { .. }
            | Kind::Prove { .. }
            | Kind::MethodNotAllowed
            | Kind::LinkUsed
            | Kind::TooLarge => None,
        };
        let sign_in = matches!(self.kind, Kind::NotSignedIn { .. });
        let page = page(heading);
        let mut response =
            html(status, &FaultPage { page, t, heading, text, fault_id, sign_in, back: back.as_deref() });
        if matches!(self.kind, Kind::Busy { .. }) {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(BUSY_SECONDS));
        }
        self.told(response)
    }

    /// The answer, with what it answers: around every request it is drawn anew for one who is signed in.
    fn told(&self, mut response: Response) -> Response {
        response.extensions_mut().insert(self.clone());
        response
    }

    /// The same with the header that a signed-in person has on every page, and a way back to the report that it was about.
    pub(super) fn for_signed_in(&self, house: &House, who: &SignedIn) -> Response {
        let is_of_report = match self.kind {
            Kind::FormKeyWrong | Kind::NotOpened | Kind::HeldBack | Kind::NotByRole | Kind::SecondPerson => true,
            Kind::TooLarge | Kind::MethodNotAllowed | Kind::Busy { .. } | Kind::Bug { .. } => true,
            Kind::NotSignedIn { .. }
            | Kind::OnlyAwareness
            | Kind::NotFound
            | Kind::AccessEnded
            | Kind::HalfSignedIn { .. }
            | Kind::Prove { .. }
            | Kind::LinkUsed => false,
        };
        let back = report_of(&who.here).filter(|it| is_of_report && *it != who.here);
        self.draw(&|heading| Page::signed_in(house, who, heading), back)
    }

    /// Where the person must prove once more who they are; `None`: it is something else.
    pub(super) fn proves_at(&self) -> Option<String> {
        match &self.kind {
            Kind::Prove { back } => Some(prove_place(back)),
            _ => None,
        }
    }
}

fn prove_place(back: &str) -> String {
    format!("/prove?next={}", query_value(back))
}

/// `/items/<id>` of a path beneath it.
fn report_of(here: &str) -> Option<String> {
    let id: ItemId = here.strip_prefix("/items/")?.split(['/', '?']).next()?.parse().ok()?;
    Some(format!("/items/{id}"))
}

fn to_sign_in(back: &str, ended: Ended) -> Response {
    let mut place = "/sign-in".to_owned();
    let back = session::safe_path(back);
    let mut separator = '?';
    if back != "/" {
        write!(place, "{separator}next={}", query_value(back)).expect("writing to a string does not fail");
        separator = '&';
    }
    match ended {
        Ended::NeverBegan => Redirect::to(&place).into_response(),
        Ended::Ended => {
            write!(place, "{separator}ended=1").expect("writing to a string does not fail");
            ([(header::SET_COOKIE, session::no_cookie())], Redirect::to(&place)).into_response()
        }
    }
}

/// `text` as a value in a query, everything but letters, digits and a few safe marks as percent signs.
pub(super) fn query_value(text: &str) -> String {
    text.bytes().fold(String::new(), |mut value, byte| {
        if byte.is_ascii_alphanumeric() || b"-_.~/".contains(&byte) {
            value.push(char::from(byte));
        } else {
            write!(value, "%{byte:02X}").expect("writing to a string does not fail");
        }
        value
    })
}

pub(super) async fn not_found(State(_): State<Arc<House>>, headers: HeaderMap) -> Fault {
    Fault { language: reader_of(&headers), kind: Kind::NotFound }
}

pub(super) async fn method_not_allowed(State(_): State<Arc<House>>, headers: HeaderMap) -> Fault {
    Fault { language: reader_of(&headers), kind: Kind::MethodNotAllowed }
}

/// A form that cannot be read: too large, or not a form.
pub(super) fn unreadable_form(headers: &HeaderMap, status: StatusCode) -> Fault {
    let kind = if status == StatusCode::PAYLOAD_TOO_LARGE { Kind::TooLarge } else { Kind::FormKeyWrong };
    Fault { language: reader_of(headers), kind }
}

fn reader_of(headers: &HeaderMap) -> Language {
    session::brought(headers).and_then(|(_, chosen)| chosen).unwrap_or_else(|| language::of_browser(headers))
}
