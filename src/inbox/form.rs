//! A form as posted; one that cannot be read is answered with a page like every other fault.

use crate::domain::Redacted;
use crate::inbox::House;
use crate::inbox::fault;
use crate::inbox::fault::Fault;
use crate::inbox::kept;
use crate::inbox::session::SignedIn;
use axum::body::Body;
use axum::body::Bytes;
use axum::extract::Form;
use axum::extract::FromRequest;
use axum::extract::FromRequestParts as _;
use axum::extract::Request;
use axum::http::header;
use axum::response::IntoResponse;
use axum::response::Response;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::OnceLock;

/// As axum's `Form`, with our page when it fails (a missing form key among them).
pub(super) struct Posted<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Posted<T> {
    type Rejection = Fault;

    async fn from_request(request: Request, state: &S) -> Result<Self, Self::Rejection> {
        let headers = request.headers().clone();
        match Form::<T>::from_request(request, state).await {
            Ok(Form(form)) => Ok(Self(form)),
            Err(rejection) => Err(fault::unreadable_form(&headers, rejection.into_response().status())),
        }
    }
}

/// What somebody wrote, at hand while their request lasts: for a page that must ask for something else first. Kept nowhere else.
#[derive(Clone, Default)]
pub(super) struct Written(Arc<OnceLock<Redacted<Bytes>>>);

impl Written {
    fn is(&self, form: Bytes) {
        self.0.get_or_init(|| Redacted::new(form));
    }

    /// Its fields; `None`: no form in which people write has been sent.
    pub(super) async fn fields(&self) -> Option<BTreeMap<String, String>> {
        let form = Body::from(self.0.get()?.reveal().clone());
        let request = Request::post("/").header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let Form(fields) = Form::from_request(request.body(form).ok()?, &()).await.ok()?;
        Some(fields)
    }
}

/// Who is signed in, and the form that they sent, for forms in which people write. From one who is not signed in any more it is
/// answered with the page that keeps what was written; so it is, by [`guard`](crate::inbox::guard), when the person must prove once
/// more who they are. Not for passwords.
pub(super) struct Sent<T>(pub SignedIn, pub T);

impl<T: DeserializeOwned> FromRequest<Arc<House>> for Sent<T> {
    type Rejection = Response;

    async fn from_request(request: Request, house: &Arc<House>) -> Result<Self, Self::Rejection> {
        let (mut parts, body) = request.into_parts();
        let who = SignedIn::from_request_parts(&mut parts, house).await;
        let place = parts.uri.path().to_owned();
        let written = parts.extensions.get::<Written>().cloned();
        let headers = parts.headers.clone();
        let request = Request::from_parts(parts, body);
        match who {
            Ok(who) => {
                let (parts, body) = request.into_parts();
                let whole = Request::from_parts(parts.clone(), body);
                let form = match Bytes::from_request(whole, house).await {
                    Ok(form) => form,
                    Err(why) => return Err(fault::unreadable_form(&headers, why.status()).into_response()),
                };
                if let Some(written) = written {
                    written.is(form.clone());
                }
                match Posted::from_request(Request::from_parts(parts, form.into()), house).await {
                    Ok(Posted(form)) => Ok(Self(who, form)),
                    Err(unreadable) => Err(unreadable.into_response()),
                }
            }
            Err(why) => match Posted::<BTreeMap<String, String>>::from_request(request, house).await {
                Ok(Posted(posted)) => Err(kept::answer(why, &place, &posted)),
                Err(_) => Err(why.into_response()),
            },
        }
    }
}
